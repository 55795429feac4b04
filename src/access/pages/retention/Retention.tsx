import { useState } from 'react'
import { ActionButton } from '../../../ui/ActionButton.tsx'
import { Block } from '../../../ui/Block.tsx'
import { useAct, useContract } from '../../../ui/client.ts'
import { useConfirm, useToast } from '../../../ui/Confirm.tsx'
import { DataTable } from '../../../ui/DataTable.tsx'
import { DateText } from '../../../ui/DateText.tsx'
import { EmptyState } from '../../../ui/EmptyState.tsx'
import { ErrorState } from '../../../ui/ErrorState.tsx'
import { FilterBar } from '../../../ui/FilterBar.tsx'
import { Page, PageHeader } from '../../../ui/PageHeader.tsx'
import { PageTabs, usePageTab } from '../../../ui/PageTabs.tsx'
import { PlainTable } from '../../../ui/PlainTable.tsx'
import { Tag } from '../../../ui/Tag.tsx'
import { usePick, useText } from '../../../ui/text.ts'
import { useListState } from '../../../ui/useListState.ts'
import { askLiftHold, decideLegalHold, decideLiftHold, enterLegalHold, listLegalHolds, type LegalHoldShown } from '../../retention/legal-hold.contract.ts'
import { carryOutRetention, listRetentionCases, proposeRetention, readRetentionRules, signRetention, type RetentionCaseShown } from '../../retention/retention.contract.ts'
import { AskLift, DecideHold, EnterHold, families, ProposeCase, SignCase } from './RetentionDrawers.tsx'
import { retentionText } from './retention-text.ts'

/** What has passed its retention, who decided, legal holds, the terms. */
export default function Retention() {
  const t = useText(retentionText)
  const tabs = [{ key: 'cases', label: t('tabCases') }, { key: 'holds', label: t('tabHolds') }, { key: 'done', label: t('tabDone') }, { key: 'rules', label: t('tabRules') }]
  const tab = usePageTab(tabs)
  return (
    <Page>
      <PageHeader title={t('title')} sub={t('sub')} />
      <PageTabs tabs={tabs} label={t('title')} />
      {tab === 'holds' ? <Holds /> : tab === 'rules' ? <Rules /> : <Cases key={tab} part={tab === 'done' ? 'done' : 'open'} />}
    </Page>
  )
}

const Who = ({ number, name }: { number: string; name: string | null }) => {
  const t = useText(retentionText)
  return <span><span className="yq-name yq-num">{number}</span> <span className="yq-quiet">{name ?? t('destroyedName')}</span></span>
}

function Cases({ part }: { part: 'open' | 'done' }) {
  const t = useText(retentionText)
  const pick = usePick()
  const toast = useToast()
  const confirm = useConfirm()
  const list = useListState([])
  const source = useContract(listRetentionCases, { query: { part, cursor: list.query['cursor'], limit: 50 } })
  const [signing, setSigning] = useState<RetentionCaseShown | null>(null)
  const [proposing, setProposing] = useState(false)
  const carry = useAct(carryOutRetention, { refresh: families })
  const carryOut = async (row: RetentionCaseShown): Promise<void> => {
    if (!(await confirm({ title: t('carryTitle', { number: row.number }), effect: t('carryEffect'), verb: t('carryVerb'), danger: true }))) return
    carry.mutate({ params: { caseId: row.id } }, { onSuccess: () => toast(t('carried', { number: row.number })) })
  }
  const tone = { OPEN: 'warning', AGREED: 'info', DONE: 'success', RETURNED: 'plain', LAPSED: 'plain' } as const
  const icon = { OPEN: '■', AGREED: '●', DONE: '√', RETURNED: '●', LAPSED: '●' } as const
  const mayPropose = source.data?.mayPropose
  return (
    <>
      {carry.error && <ErrorState error={carry.error} onRetry={() => carry.reset()} />}
      <DataTable<RetentionCaseShown>
        label={t(part === 'open' ? 'tabCases' : 'tabDone')} list={list} source={source} rowKey={(row) => row.id} measure="项" measureEn="{n|proposal|proposals}"
        tools={part === 'open' && mayPropose && mayPropose.reason !== 'not-allowed' ? <ActionButton type="primary" may={mayPropose} refusals={proposeRetention.refusals} onClick={() => setProposing(true)}>{t('propose')}</ActionButton> : undefined}
        columns={[
          { key: 'customer', title: t('customer'), show: (row) => <Who number={row.number} name={row.maskedName} /> },
          { key: 'state', title: t('state'), card: 'tag', show: (row) => <span className="yq-row"><Tag tone={tone[row.state]} icon={icon[row.state]}>{t(row.state)}</Tag>{row.held && part === 'open' && <Tag tone="error" icon="■">{t('held')}</Tag>}</span> },
          { key: 'rule', title: t('rule'), show: (row) => pick(row.rule) },
          { key: 'lastOn', title: t('lastOn'), kind: 'date', value: (row) => row.lastOn },
          { key: 'dueOn', title: t('dueOn'), kind: 'date', value: (row) => row.dueOn },
          { key: 'proposed', title: t('proposed'), show: (row) => <span>{row.proposedBy ?? t('byNight')} <DateText date={row.proposedOn} />{row.reason !== null && <span className="yq-small yq-quiet"> {row.reason}</span>}</span> },
          { key: 'signatures', title: t('signatures'), show: (row) => <Signatures row={row} /> },
          ...(part === 'done' ? [{ key: 'endedOn', title: t('endedOn'), kind: 'date' as const, value: (row: RetentionCaseShown) => row.endedOn }, { key: 'rows', title: t('rows'), kind: 'number' as const, value: (row: RetentionCaseShown) => row.rows }] : []),
          ...(part === 'open' ? [{
            key: 'act', title: t('act'), card: 'action' as const,
            show: (row: RetentionCaseShown) => (
              <span className="yq-row">
                {row.state === 'OPEN' && row.may.sign.reason !== 'not-allowed' && <ActionButton size="small" may={row.may.sign} refusals={signRetention.refusals} details={{ number: row.number }} onClick={() => setSigning(row)} aria-label={`${t('sign')} ${row.number}`}>{t('sign')}</ActionButton>}
                {row.state === 'AGREED' && row.may.carryOut.reason !== 'not-allowed' && <ActionButton size="small" danger may={row.may.carryOut} refusals={carryOutRetention.refusals} details={{ number: row.number }} onClick={() => void carryOut(row)} aria-label={`${t('carryOut')} ${row.number}`}>{t('carryOut')}</ActionButton>}
              </span>
            ),
          }] : []),
        ]}
        empty={part === 'open' ? <EmptyState title={t('noCases')} hint={t('noCasesHint')} /> : <EmptyState title={t('noDone')} />}
      />
      {signing && <SignCase key={signing.id} row={signing} onClose={() => setSigning(null)} />}
      {proposing && <ProposeCase onClose={() => setProposing(false)} />}
    </>
  )
}

function Signatures({ row }: { row: RetentionCaseShown }) {
  const t = useText(retentionText)
  if (row.signatures.length === 0) return <span className="yq-quiet">{t('noSignature')}</span>
  return (
    <>
      {row.signatures.map((one) => (
        <div key={one.side}>{t(one.side)} {one.name} {t(one.said === 'AGREED' ? 'saidAGREED' : 'saidRETURNED')} <DateText date={one.on} />{one.note !== null && <span className="yq-small yq-quiet"> {one.note}</span>}</div>
      ))}
    </>
  )
}

function Holds() {
  const t = useText(retentionText)
  const list = useListState(['over'])
  const over = list.query['over'] === 'yes' ? ('yes' as const) : ('no' as const)
  const source = useContract(listLegalHolds, { query: { over, cursor: list.query['cursor'], limit: 50 } })
  const [drawer, setDrawer] = useState<'enter' | { act: 'decide' | 'lift' | 'decideLift'; row: LegalHoldShown } | null>(null)
  const close = () => setDrawer(null)
  const mayEnter = source.data?.mayEnter
  const tone = { ENTERED: 'warning', CONFIRMED: 'error', LIFT_ASKED: 'warning', LIFTED: 'plain', RETURNED: 'plain' } as const
  const button = (row: LegalHoldShown, act: 'decide' | 'lift' | 'decideLift', label: 'decide' | 'askLift') => {
    const may = row.may[act === 'lift' ? 'askLift' : act]
    return may.reason === 'not-allowed' ? null : <ActionButton size="small" may={may} refusals={(act === 'decide' ? decideLegalHold : act === 'lift' ? askLiftHold : decideLiftHold).refusals} onClick={() => setDrawer({ act, row })} aria-label={`${t(label)} ${row.number}`}>{t(label)}</ActionButton>
  }
  return (
    <>
      <DataTable<LegalHoldShown>
        label={t('tabHolds')} list={list} source={source} rowKey={(row) => row.id} measure="项" measureEn="{n|hold|holds}"
        bar={<FilterBar list={list} filters={[{ name: 'over', label: t('state'), options: [{ value: 'yes', label: t('formerHolds') }] }]} />}
        tools={mayEnter && mayEnter.reason !== 'not-allowed' ? <ActionButton type="primary" may={mayEnter} refusals={enterLegalHold.refusals} onClick={() => setDrawer('enter')}>{t('enter')}</ActionButton> : undefined}
        columns={[
          { key: 'customer', title: t('customer'), show: (row) => <Who number={row.number} name={row.maskedName} /> },
          { key: 'state', title: t('state'), card: 'tag', show: (row) => <Tag tone={tone[row.state]} icon={row.state === 'CONFIRMED' || row.state === 'ENTERED' ? '■' : '●'}>{t(row.state)}</Tag> },
          { key: 'kind', title: t('kind'), show: (row) => t(row.kind) },
          { key: 'reason', title: t('holdReason'), show: (row) => row.reason },
          { key: 'by', title: t('by'), show: (row) => <span>{row.enteredBy} <DateText date={row.enteredOn} />{row.decidedBy !== null && <> / {row.decidedBy} <DateText date={row.decidedOn} /></>}{row.decisionNote !== null && <span className="yq-small yq-quiet"> {row.decisionNote}</span>}</span> },
          { key: 'lift', title: t('lift'), show: (row) => (row.liftReason === null ? '--' : <span>{row.liftReason} <span className="yq-small yq-quiet">{row.liftAskedBy}{row.liftedBy === null ? '' : ` / ${row.liftedBy}`} <DateText date={row.liftedOn ?? row.liftAskedOn} /></span></span>) },
          { key: 'act', title: t('act'), card: 'action', show: (row) => (row.state === 'ENTERED' ? button(row, 'decide', 'decide') : row.state === 'CONFIRMED' ? button(row, 'lift', 'askLift') : row.state === 'LIFT_ASKED' ? button(row, 'decideLift', 'decide') : '') },
        ]}
        empty={<EmptyState title={t('noHolds')} hint={t('noHoldsHint')} />}
      />
      {drawer === 'enter' && <EnterHold onClose={close} />}
      {drawer !== null && drawer !== 'enter' && (drawer.act === 'lift' ? <AskLift row={drawer.row} onClose={close} /> : <DecideHold key={drawer.act} row={drawer.row} lifting={drawer.act === 'decideLift'} onClose={close} />)}
    </>
  )
}

function Rules() {
  const t = useText(retentionText)
  const pick = usePick()
  const { data, error, refetch } = useContract(readRetentionRules, {})
  return (
    <Block title={t('tabRules')} source={data ? t('version', { version: data.version }) : undefined} loading={!data} error={data ? undefined : error} onRetry={() => void refetch()} flush>
      {data && (
        <PlainTable
          label={t('tabRules')} columns={[{ key: 'data', title: t('data') }, { key: 'event', title: t('event') }, { key: 'years', title: t('years') }, { key: 'validity', title: t('validity') }, { key: 'basis', title: t('basis') }]}
          rows={data.rules.map((rule) => ({
            key: `${rule.code} ${rule.from}`,
            cells: [
              pick(rule.title), pick(rule.event), rule.years === null ? '--' : String(rule.years),
              <span>{rule.inForce && <Tag tone="success" icon="√">{t('inForce')}</Tag>} {rule.to === null ? t('since', { from: rule.from }) : t('between', { from: rule.from, to: rule.to })}</span>, pick(rule.basis),
            ],
          }))}
        />
      )}
    </Block>
  )
}
