import { Button } from 'antd'
import { useState } from 'react'
import { newId } from '../../../foundation/values/uuid7.ts'
import { ActionButton } from '../../../ui/ActionButton.tsx'
import { amountText } from '../../../ui/amount-format.ts'
import { Block } from '../../../ui/Block.tsx'
import { call, useAct, useContract } from '../../../ui/client.ts'
import { useConfirm, useToast } from '../../../ui/Confirm.tsx'
import { EmptyState } from '../../../ui/EmptyState.tsx'
import { ErrorState } from '../../../ui/ErrorState.tsx'
import { AreaField, CheckField, ChoiceField, DayField, MoneyField, TextField } from '../../../ui/fields.tsx'
import { FormDrawer } from '../../../ui/FormDrawer.tsx'
import { Page, PageHeader } from '../../../ui/PageHeader.tsx'
import { PlainTable } from '../../../ui/PlainTable.tsx'
import { Tag } from '../../../ui/Tag.tsx'
import { useText, type Say } from '../../../ui/text.ts'
import { useForm } from '../../../ui/useForm.ts'
import { decideTierRule, listTierRules, previewTierRule, proposeTierRule, tierKinds, type TierPreview, type TierRuleChange, type TierRuleView, type TierTerms } from '../../tiers/tier-rule.contract.ts'
import { tierText } from './tier-text.ts'

type T = Say<typeof tierText>
const money = (fen: string): string => amountText(fen, BigInt(fen) >= 1_000_000n ? 'wan' : 'yuan').replace(/\.00$/, '')
const wan = (fen: string | null): string => (fen === null ? '--' : `${money(fen)}${BigInt(fen) >= 1_000_000n ? ' 万' : ''}`)
const region = (code: string, t: T): string => (code === '*' ? t('wholeBank') : code)

function othersOf(terms: TierTerms, t: T): string {
  return [
    terms.credit === null ? null : t('creditTest', { tier: t(terms.credit) }), terms.linesMin === null || terms.linesTier === null ? null : t('linesTest', { n: terms.linesMin, tier: t(terms.linesTier) }),
    terms.strategic === null ? null : t('strategicTest', { tier: t(terms.strategic) }), t(terms.confirmCore ? 'confirmTest' : 'noConfirm'),
  ].filter(Boolean).join('；')
}
const linesText = (terms: TierTerms): string => [terms.t1Fen, terms.t2Fen, terms.t3Fen].map(wan).join(' / ')
const yearText = (terms: TierTerms): string => (terms.t1ContributionFen === null ? '--' : [terms.t1ContributionFen, terms.t2ContributionFen].map(wan).join(' / '))

/** From when on a customer is of which tier: what holds, what is to come, what was; changes by two people, with who would move. */
export default function TierRules() {
  const t = useText(tierText)
  const { data, error, refetch } = useContract(listTierRules, {})
  const [proposing, setProposing] = useState(false)
  const asOf = data?.asOf ?? ''
  const rules = data?.rules ?? []
  const parts = [
    { title: t('rulesInForce'), rows: rules.filter((rule) => rule.from <= asOf && (rule.to === null || rule.to > asOf)) }, { title: t('rulesComing'), rows: rules.filter((rule) => rule.from > asOf) },
    { title: t('rulesPast'), rows: rules.filter((rule) => rule.to !== null && rule.to <= asOf) },
  ]
  return (
    <Page>
      <PageHeader title={t('rules')} sub={t('rulesSub')} actions={data && <ActionButton type="primary" may={data.mayPropose} refusals={proposeTierRule.refusals} onClick={() => setProposing(true)}>{t('proposeRule')}</ActionButton>} />
      <Changes title={t('waitingChanges')} changes={(data?.changes ?? []).filter((one) => one.decision === null)} loading={!data} error={error} onRetry={() => void refetch()} />
      {data && parts.filter((part, place) => place === 0 || part.rows.length > 0).map((part) => (
        <Block key={part.title} title={part.title} asOf={data.asOf} flush>
          <PlainTable
            label={part.title}
            columns={[{ key: 'kind', title: t('kind') }, { key: 'region', title: t('region') }, { key: 'adb', title: t('adbLines') }, { key: 'year', title: t('yearLines') }, { key: 'others', title: t('others') }, { key: 'from', title: t('since') }, { key: 'to', title: t('until') }, { key: 'version', title: t('version') }, { key: 'basis', title: t('basis') }]}
            rows={part.rows.map((rule) => ({ key: `${rule.kind} ${rule.region} ${rule.from}`, cells: [t(rule.kind), region(rule.region, t), linesText(rule.terms), yearText(rule.terms), othersOf(rule.terms, t), rule.from === '1900-01-01' ? '--' : rule.from, rule.to ?? '--', rule.version, rule.basis] }))}
          />
        </Block>
      ))}
      {data && data.changes.some((one) => one.decision !== null) && <Changes title={t('decidedChanges')} changes={data.changes.filter((one) => one.decision !== null)} />}
      {proposing && data && <Propose rules={parts[0]?.rows ?? []} regions={data.regions} from={data.nextMonth} onClose={() => setProposing(false)} />}
    </Page>
  )
}

const previewText = (preview: TierPreview | null, t: T): string => (preview === null ? '--' : `${t('tried', { month: preview.month, n: preview.judged })}：${preview.moves.length === 0 ? t('nobodyMoves') : preview.moves.map((move) => `${t('matrixOf', { from: t(move.from), to: t(move.to) })} ${move.customers}`).join('，')}`)

function Changes({ title, changes, ...block }: { title: string; changes: readonly TierRuleChange[]; loading?: boolean; error?: unknown; onRetry?: () => void }) {
  const t = useText(tierText)
  const ask = useConfirm()
  const toast = useToast()
  const [returning, setReturning] = useState<TierRuleChange | null>(null)
  const decide = useAct(decideTierRule, { refresh: ['tier-rules'], onDone: () => toast(t('checked')) })
  const confirm = async (one: TierRuleChange): Promise<void> => {
    if (await ask({ title: t('confirmRule', { kind: t(one.kind), region: region(one.region, t) }), effect: `${t('ruleEffect', { from: one.from })}；${previewText(one.preview, t)}`, verb: t('check') })) decide.mutate({ params: { changeId: one.id }, body: { decision: 'CONFIRMED' } })
  }
  return (
    <Block title={title} {...block} flush={changes.length > 0}>
      {decide.error && <ErrorState error={decide.error} onRetry={() => decide.reset()} />}
      {changes.length === 0 ? <EmptyState title={t('noWaiting')} /> : (
        <PlainTable
          label={title} columns={[{ key: 'kind', title: t('kind') }, { key: 'terms', title: t('adbLines') }, { key: 'others', title: t('others') }, { key: 'preview', title: t('whoMoves') }, { key: 'why', title: t('reason') }, { key: 'result', title: t('result') }]}
          rows={changes.map((one) => ({
            key: one.id,
            cells: [
              `${t(one.kind)} ${region(one.region, t)} ${t('until2', { from: one.from })}`, `${linesText(one.terms)}；${yearText(one.terms)}`, othersOf(one.terms, t), previewText(one.preview, t), `${one.reason}（${one.proposedBy} ${one.proposedOn}）`,
              one.decision === null ? (
                <span key="act" className="yq-row">
                  <ActionButton size="small" type="primary" may={one.may} refusals={decideTierRule.refusals} onClick={() => void confirm(one)}>{t('check')}</ActionButton>
                  <ActionButton size="small" may={one.may} refusals={decideTierRule.refusals} onClick={() => setReturning(one)}>{t('giveBack')}</ActionButton>
                </span>
              ) : <span key="act"><Tag tone={one.decision === 'CONFIRMED' ? 'success' : 'warning'}>{t(one.decision === 'CONFIRMED' ? 'confirmedRule' : 'entryReturned')}</Tag> <span className="yq-small yq-quiet">{one.decidedBy} {one.decidedOn}{one.decisionNote === null ? '' : ` · ${one.decisionNote}`}</span></span>,
            ],
          }))}
        />
      )}
      {returning && <Return key={returning.id} change={returning} onClose={() => setReturning(null)} />}
    </Block>
  )
}

function Return({ change, onClose }: { change: TierRuleChange; onClose: () => void }) {
  const t = useText(tierText)
  const toast = useToast()
  const send = useAct(decideTierRule, { refresh: ['tier-rules'] })
  const form = useForm({ initial: { note: '' }, check: ({ note }) => (note.trim() === '' ? { note: t('required') } : {}), send: ({ note }) => send.mutateAsync({ params: { changeId: change.id }, body: { decision: 'RETURNED', note } }) })
  return <FormDrawer title={t('ruleReturn')} open onClose={onClose} form={form} submit={t('giveBack')} onDone={() => toast(t('returned'))}><AreaField form={form} name="note" label={t('declineNote')} required max={200} /></FormDrawer>
}

type Made = 'T1' | 'T2' | 'T3' | null
type Asked = { kind: string; region: string; from: string; t1: string | null; t2: string | null; t3: string | null; c1: string | null; c2: string | null; credit: string | null; linesMin: string; linesTier: string | null; strategic: string | null; confirmCore: boolean; reason: string }

function Propose({ rules, regions, from, onClose }: { rules: readonly TierRuleView[]; regions: readonly string[]; from: string; onClose: () => void }) {
  const t = useText(tierText)
  const toast = useToast()
  const [id] = useState(newId)
  const [preview, setPreview] = useState<TierPreview | null>(null)
  const [failed, setFailed] = useState<unknown>(null)
  const send = useAct(proposeTierRule, { refresh: ['tier-rules'] })
  const held = rules.find((rule) => rule.kind === 'CORPORATE' && rule.region === '*')?.terms
  const made = (value: string | null): Made => (value === 'T1' || value === 'T2' || value === 'T3' ? value : null)
  const termsOf = (asked: Asked): TierTerms => ({
    t1Fen: asked.t1 ?? '0', t2Fen: asked.t2 ?? '0', t3Fen: asked.t3 ?? '0', t1ContributionFen: asked.c1, t2ContributionFen: asked.c2, credit: made(asked.credit), linesMin: asked.linesMin.trim() === '' ? null : Number(asked.linesMin), linesTier: made(asked.linesTier),
    strategic: made(asked.strategic), confirmCore: asked.confirmCore,
  })
  const bodyOf = (asked: Asked) => ({ kind: asked.kind === 'PERSON' ? ('PERSON' as const) : ('CORPORATE' as const), region: asked.region, from: asked.from, terms: termsOf(asked) })
  const form = useForm<Asked>({
    initial: {
      kind: 'CORPORATE', region: '*', from, t1: held?.t1Fen ?? null, t2: held?.t2Fen ?? null, t3: held?.t3Fen ?? null, c1: held?.t1ContributionFen ?? null, c2: held?.t2ContributionFen ?? null, credit: held?.credit ?? null, linesMin: String(held?.linesMin ?? ''),
      linesTier: held?.linesTier ?? null, strategic: held?.strategic ?? null, confirmCore: held?.confirmCore ?? true, reason: '',
    },
    check: (asked) => ({
      ...(asked.t1 === null ? { t1: t('required') } : {}), ...(asked.t2 === null ? { t2: t('required') } : {}), ...(asked.t3 === null ? { t3: t('required') } : {}), ...(asked.reason.trim().length < 4 ? { reason: t('required') } : {}),
      ...(asked.linesMin.trim() !== '' && !/^([1-9]|1\d|20)$/.test(asked.linesMin.trim()) ? { linesMin: t('wrongNumber') } : {}),
    }),
    send: (asked) => send.mutateAsync({ body: { id, ...bodyOf(asked), reason: asked.reason } }),
  })
  const attempt = async (): Promise<void> => {
    setFailed(null)
    await call(previewTierRule, { body: bodyOf(form.values) }).then(setPreview, (error: unknown) => { setPreview(null); setFailed(error) })
  }
  const options = (['T1', 'T2', 'T3'] as const).map((value) => ({ value, label: t(value) }))
  return (
    <FormDrawer title={t('proposeRule')} open onClose={onClose} form={form} submit={t('proposeRule')} onDone={() => toast(t('sent'))}>
      <ChoiceField form={form} name="kind" label={t('kind')} required options={tierKinds.map((value) => ({ value, label: t(value) }))} />
      <ChoiceField form={form} name="region" label={t('region')} required options={['*', ...regions].map((value) => ({ value, label: region(value, t) }))} />
      <DayField form={form} name="from" label={t('effective')} required from={from} />
      <MoneyField form={form} name="t1" label={t('t1')} required /><MoneyField form={form} name="t2" label={t('t2')} required /><MoneyField form={form} name="t3" label={t('t3')} required />
      <MoneyField form={form} name="c1" label={t('c1')} hint={t('emptyMeans')} /><MoneyField form={form} name="c2" label={t('c2')} hint={t('emptyMeans')} />
      <ChoiceField form={form} name="credit" label={t('credit')} options={options} hint={t('emptyMeans')} />
      <TextField form={form} name="linesMin" label={t('linesMin')} max={2} inputMode="numeric" hint={t('emptyMeans')} />
      <ChoiceField form={form} name="linesTier" label={t('linesTier')} options={options} />
      <ChoiceField form={form} name="strategic" label={t('strategic')} options={options} hint={t('emptyMeans')} />
      <CheckField form={form} name="confirmCore" label={t('confirmCore')} />
      <AreaField form={form} name="reason" label={t('reason')} required max={200} hint={t('whyHint')} />
      <div className="yq-stack">
        <Button onClick={() => void attempt()}>{t('try')}</Button>
        {failed !== null && <ErrorState error={failed} />}
        {preview && <p role="status">{previewText(preview, t)}</p>}
      </div>
    </FormDrawer>
  )
}
