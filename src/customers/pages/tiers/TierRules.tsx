import { useNavigate } from 'react-router'
import { ActionButton } from '../../../ui/ActionButton.tsx'
import { Nothing } from '../../../ui/Amount.tsx'
import { Block } from '../../../ui/Block.tsx'
import { useAct, useContract } from '../../../ui/client.ts'
import { Page, PageHeader } from '../../../ui/PageHeader.tsx'
import { PlainTable } from '../../../ui/PlainTable.tsx'
import { DecidedChanges, WaitingChanges } from '../../../ui/ProposedChanges.tsx'
import { Tag } from '../../../ui/Tag.tsx'
import { useText } from '../../../ui/text.ts'
import { decideTierRule, listTierRules, proposeTierRule, type TierPreview, type TierRuleChange, type TierRuleView } from '../../tiers/tier-rule.contract.ts'
import { lineText, otherTests, ruleBefore, scopeName, termDifferences } from './tier-terms.ts'
import { tierText } from './tier-text.ts'

/** From when on a customer is of which tier: what holds, what is to come, what was; changes by two people, with who would move. */
export default function TierRules() {
  const t = useText(tierText)
  const navigate = useNavigate()
  const { data, error, refetch } = useContract(listTierRules, {})
  const decide = useAct(decideTierRule, { refresh: ['tier-rules'] })
  const asOf = data?.asOf ?? ''
  const rules = data?.rules ?? []
  const parts = [
    { title: t('rulesInForce'), rows: rules.filter((rule) => rule.from <= asOf && (rule.to === null || rule.to > asOf)) }, { title: t('rulesComing'), rows: rules.filter((rule) => rule.from > asOf) },
    { title: t('rulesPast'), rows: rules.filter((rule) => rule.to !== null && rule.to <= asOf) },
  ]
  const told = { titleOf: (one: TierRuleChange) => scopeName(one, t), differencesOf: (one: TierRuleChange) => termDifferences(ruleBefore(rules, one, one.from)?.terms, one.terms, t) }
  return (
    <Page>
      <PageHeader title={t('rules')} sub={t('rulesSub')} actions={data && <ActionButton type="primary" may={data.mayPropose} refusals={proposeTierRule.refusals} onClick={() => void navigate('/policies/tiers/new')}>{t('proposeRule')}</ActionButton>} />
      {data && <WaitingChanges changes={data.changes} {...told} effectOf={(one) => (one.preview === null ? undefined : <WhoMoves preview={one.preview} />)} decide={(changeId, body) => decide.mutateAsync({ params: { changeId }, body })} refusals={decideTierRule.refusals} />}
      {data ? parts.filter((part) => part.rows.length > 0).map((part) => (
        <section key={part.title} className="yq-stack" aria-label={part.title}>
          <h2>{part.title}</h2>
          <div className="yq-grid" data-columns="2">{part.rows.map((rule) => <Rule key={`${rule.kind} ${rule.region} ${rule.from}`} rule={rule} />)}</div>
        </section>
      )) : <Block title={t('rulesInForce')} loading={!error} error={error} onRetry={() => void refetch()} />}
      {data && <DecidedChanges changes={data.changes} {...told} />}
    </Page>
  )
}

/** One rule as a banker has it on paper: a row for each tier, from the top; any test of a row is enough. */
function Rule({ rule }: { rule: TierRuleView }) {
  const t = useText(tierText)
  const { terms } = rule
  const lines = [['T1', terms.t1Fen, terms.t1ContributionFen], ['T2', terms.t2Fen, terms.t2ContributionFen], ['T3', terms.t3Fen, null]] as const
  return (
    <Block title={scopeName(rule, t)} actions={<Tag>{t('versionOf', { n: rule.version })}</Tag>}>
      <div className="yq-stack">
        <PlainTable
          label={`${scopeName(rule, t)} ${t('versionOf', { n: rule.version })}`} columns={[{ key: 'tier', title: t('panel') }, { key: 'adb', title: t('adbFrom'), right: true }, { key: 'year', title: t('yearFrom'), right: true }, { key: 'others', title: t('others') }]}
          rows={[
            ...lines.map(([tier, adb, year]) => ({ key: tier, cells: [tier === 'T1' ? <Tag tone="tier" icon="★">{t(tier)}</Tag> : t(tier), lineText(adb, t), year === null ? '--' : lineText(year, t), otherTests(terms, tier, t).reduce((a, b) => (a === '' ? b : t('both', { a, b })), '') || '--'] })),
            { key: 'T4', cells: [t('T4'), t('theRest'), '', ''] },
          ]}
        />
        <p className="yq-small yq-quiet">{[rule.installed ? null : rule.to === null ? t('until2', { from: rule.from }) : t('fromTo2', { from: rule.from, to: rule.to }), t(terms.confirmCore ? 'confirmTest' : 'noConfirm'), t('basisOf', { basis: rule.installed ? t('installedBasis') : rule.basis })].filter(Boolean).join(' · ')}</p>
      </div>
    </Block>
  )
}

/** Who would move if the rule had judged the last full month: numbers of the whole bank. */
export function WhoMoves({ preview }: { preview: TierPreview }) {
  const t = useText(tierText)
  return (
    <div className="yq-stack" role="status">
      <p>{t('tried', { month: preview.month, n: preview.judged })}{preview.moves.length === 0 ? <>{t('comma')}{t('nobodyMoves')}</> : null}</p>
      {preview.moves.length > 0 && (
        <PlainTable
          label={t('whoMoves')} columns={[{ key: 'from', title: t('from') }, { key: 'to', title: t('to') }, { key: 'anyway', title: t('movedAnyway'), right: true }, { key: 'n', title: t('movedThen'), right: true }]}
          rows={preview.moves.map((move) => ({ key: `${move.from} ${move.to}`, cells: [t(move.from), t(move.to), move.anyway === undefined ? <Nothing key="anyway" /> : move.anyway.toLocaleString('en-US'), move.customers.toLocaleString('en-US')] }))}
        />
      )}
    </div>
  )
}

