import { Button } from 'antd'
import { useState } from 'react'
import { Link, useNavigate } from 'react-router'
import { download, useAct, useContract } from '../../ui/client.ts'
import { useToast } from '../../ui/Confirm.tsx'
import { DataTable } from '../../ui/DataTable.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { TextField } from '../../ui/fields.tsx'
import { FilterBar } from '../../ui/FilterBar.tsx'
import { FormDrawer } from '../../ui/FormDrawer.tsx'
import { Note } from '../../ui/Note.tsx'
import { Page, PageHeader } from '../../ui/PageHeader.tsx'
import { PageTabs, usePageTab } from '../../ui/PageTabs.tsx'
import { Tag } from '../../ui/Tag.tsx'
import { usePhone } from '../../ui/settings.ts'
import { mark, usePick, useText } from '../../ui/text.ts'
import { useForm } from '../../ui/useForm.ts'
import { useListState } from '../../ui/useListState.ts'
import { useMay } from '../../ui/who.ts'
import { exportLeads, getAlertFigures, listAlerts } from '../../watch/alert.contract.ts'
import { decideLead, listLeads, type LeadView } from '../../watch/lead.contract.ts'
import { ExportWatched } from '../../watch/pages/ExportWatched.tsx'
import { limitText } from '../../watch/pages/limit-text.ts'
import { limitTold } from '../../watch/pages/limit-terms.ts'
import { useLimitTerms, useMoneyTold } from '../../watch/pages/use-limits.ts'
import { watchText } from '../../watch/pages/watch-text.ts'
import { AlertTable } from './AlertTable.tsx'
import { RuleResults } from './ChurnAndWarnings.tsx'

/** What is in the stock: products that customers lack, money that they keep elsewhere, whom they pay and who pays them. */
export default function GapsAndLeads() {
  const t = useText(watchText)
  const pick = usePick()
  const tabs = [{ key: 'gaps', label: t('gapTab') }, { key: 'leaks', label: t('leakTab') }, { key: 'payees', label: t('payeeTab') }, { key: 'buyers', label: t('buyerTab') }]
  const tab = usePageTab(tabs)
  const { data } = useContract(getAlertFigures, { query: { months: 1 } })
  // the most valuable gap says whether values are known at all
  const best = useContract(listAlerts, { query: { kind: 'GAP', sort: '-amount', limit: 1 } }, { enabled: tab === 'gaps' })
  const termsOf = useLimitTerms()
  return (
    <Page>
      <PageHeader title={t('gaps')} />
      <PageTabs tabs={tabs} label={t('parts')} />
      {tab === 'gaps' && (
        <>
          <Note>{best.data?.items[0]?.detail['basis'] === 'NONE' ? t('noContribution') : t('gapValue', { n: termsOf('GAP', 'PERSON')?.times ?? '--' })}{mark('。')}{t('gapLeftOut')}</Note>
          <AlertTable label={t('gapTab')} kind="GAP" none={t('noGaps')} filters={[{ name: 'rule', label: t('rule'), options: (data?.rules ?? []).filter((rule) => rule.code !== 'LEAKAGE').map((rule) => ({ value: rule.code, label: pick(rule) })) }]} />
          <RuleResults />
        </>
      )}
      {tab === 'leaks' && <><AlertTable label={t('leakTab')} kind="LEAKAGE" none={t('noLeaks')} /><RuleResults /></>}
      {tab === 'payees' && <Leads key="payees" direction="PAYEE" />}
      {tab === 'buyers' && <Leads key="buyers" direction="BUYER" />}
    </Page>
  )
}

function Leads({ direction }: { direction: 'PAYEE' | 'BUYER' }) {
  const t = useText(watchText)
  const may = useMay()
  const toast = useToast()
  const navigate = useNavigate()
  const list = useListState(['state'])
  const phone = usePhone()
  const source = useContract(listLeads, { query: { ...(list.query as { cursor?: string; state?: 'OPEN' }), direction, limit: phone ? 20 : 50 } })
  const take = useAct(decideLead, { refresh: ['watch'] })
  const [explaining, setExplaining] = useState<LeadView | null>(null)
  const limitWord = useText(limitText)
  const money = useMoneyTold()
  const terms = useLimitTerms()('PAYEE_LEAD', 'BOTH')
  return (
    <>
      <DataTable<LeadView>
        label={t(direction === 'PAYEE' ? 'payeeTab' : 'buyerTab')} list={list} source={source} rowKey={(row) => row.id} measure="家" measureEn="{n|name|names}"
        bar={<FilterBar list={list} filters={[{ name: 'state', label: t('state'), options: (['OPEN', 'TAKEN', 'EXPLAINED'] as const).map((value) => ({ value, label: t(value) })) }]} />}
        tools={<ExportWatched title={t(direction === 'PAYEE' ? 'payeeTab' : 'buyerTab')} fetch={(purpose) => download(exportLeads, { body: { direction, purpose, state: (list.query as { state?: 'OPEN' }).state ?? 'OPEN' } })} />}
        columns={[
          { key: 'name', title: t('name'), show: (row) => <span className="yq-name">{row.name}</span> },
          { key: 'sum', title: t('sum'), kind: 'amount', value: (row) => row.sumFen },
          { key: 'payments', title: t('payments'), kind: 'number', value: (row) => row.payments },
          { key: 'months', title: t('months'), kind: 'number', value: (row) => row.months, card: 'none' },
          { key: 'payers', title: t('payers'), show: (row) => <Payers lead={row} /> },
          { key: 'memo', title: t('memo'), show: (row) => row.memo ?? '--', card: 'none' },
          { key: 'last', title: t('lastOn'), kind: 'date', value: (row) => row.lastOn },
          { key: 'state', title: t('state'), card: 'tag', show: (row) => (row.state === 'OPEN' ? <Tag>{t('OPEN')}</Tag> : <span><Tag tone={row.state === 'TAKEN' ? 'success' : 'plain'} icon={row.state === 'TAKEN' ? '✓' : '●'}>{t(row.state)}</Tag> <span className="yq-small yq-quiet">{row.decidedBy} {row.note}</span></span>) },
          { key: 'action', title: t('action'), card: 'action', show: (row) => (row.state !== 'OPEN' || !may('lead.take') ? null : (
            <span className="yq-row">
              <Button size="small" loading={take.isPending} aria-label={`${t('take')} ${row.name}`} onClick={() => void take.mutateAsync({ params: { leadId: row.id }, body: { take: true } }).then(() => {
                toast(t('taken'))
                void navigate(`/customers/new?name=${encodeURIComponent(row.name)}&source=${encodeURIComponent('上下游线索')}`)
              }, () => undefined)}>{t('take')}</Button>
              <Button size="small" type="text" aria-label={`${t('explain')} ${row.name}`} onClick={() => setExplaining(row)}>{t('explain')}</Button>
            </span>
          )) },
        ]}
        empty={<EmptyState title={t('noLeads')} {...(terms ? { hint: t('noLeadsHint', { limit: limitTold('PAYEE_LEAD', terms, limitWord, money) }) } : {})} />}
      />
      {explaining !== null && <Explain lead={explaining} onClose={() => setExplaining(null)} />}
    </>
  )
}

/** Names only of the customers that the reader sees; of the others how many. */
function Payers({ lead }: { lead: LeadView }) {
  const t = useText(watchText)
  if (lead.known.length === 0) return <>{t('ourCustomers', { n: lead.customers })}</>
  const hidden = lead.customers - Math.min(lead.known.length, 3)
  return (
    <span className="yq-row yq-small">
      {lead.known.slice(0, 3).map((one) => <Link key={one.customerId} className="yq-name" to={`/customers/${one.customerId}?tab=flows`}>{one.name}</Link>)}
      {hidden > 0 && <span className="yq-quiet">{t('others', { n: hidden })}</span>}
    </span>
  )
}

function Explain({ lead, onClose }: { lead: LeadView; onClose: () => void }) {
  const t = useText(watchText)
  const toast = useToast()
  const act = useAct(decideLead, { refresh: ['watch'] })
  const form = useForm({
    initial: { note: '' }, check: ({ note }) => ({ note: note.trim().length < 2 ? t('needReason') : undefined }),
    send: ({ note }) => act.mutateAsync({ params: { leadId: lead.id }, body: { take: false, note: note.trim() } }),
  })
  return (
    <FormDrawer title={`${t('explainTitle')} · ${lead.name}`} open onClose={onClose} form={form} submit={t('save')} onDone={() => toast(t('saved'))}>
      <TextField form={form} name="note" label={t('reason')} required max={200} />
    </FormDrawer>
  )
}
