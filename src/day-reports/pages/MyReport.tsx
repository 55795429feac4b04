import { Button } from 'antd'
import { useMemo, useState } from 'react'
import { Link, useSearchParams } from 'react-router'
import { newId } from '../../foundation/values/uuid7.ts'
import { Block } from '../../ui/Block.tsx'
import { useAct, useContract } from '../../ui/client.ts'
import { useToast } from '../../ui/Confirm.tsx'
import { DateText } from '../../ui/DateText.tsx'
import { DataTable } from '../../ui/DataTable.tsx'
import { Deadline } from '../../ui/Deadline.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { ErrorState } from '../../ui/ErrorState.tsx'
import { AreaField } from '../../ui/fields.tsx'
import { Form } from '../../ui/Form.tsx'
import { Note } from '../../ui/Note.tsx'
import { Page, PageHeader } from '../../ui/PageHeader.tsx'
import { PageTabs, usePageTab } from '../../ui/PageTabs.tsx'
import { reasonText } from '../../ui/ActionButton.tsx'
import { Skeleton } from '../../ui/Skeleton.tsx'
import { usePick, useText } from '../../ui/text.ts'
import { useForm } from '../../ui/useForm.ts'
import { useListState } from '../../ui/useListState.ts'
import { confirmMyReport, getMyReport, listMyReports, type ListedReport, type SectionShown } from '../day-report.contract.ts'
import type { ReplyOf } from '../../foundation/http/contract.ts'
import { ReportFacts } from './Facts.tsx'
import { ReportBody, ReportTags } from './ReportBody.tsx'
import { reportsText } from './reports-text.ts'

type Reply = ReplyOf<typeof getMyReport>

/** One page for the end of the day: what the system saw stands there, the person adds and confirms. Kinds of report by post. */
export default function MyReport() {
  const t = useText(reportsText)
  const pick = usePick()
  const [address, setAddress] = useSearchParams()
  const kind = address.get('kind')
  const period = address.get('period')
  const { data, error, refetch } = useContract(getMyReport, { query: { ...(kind === null ? {} : { kind }), ...(period === null ? {} : { period }) } })
  const tabs = [...(data?.kinds ?? []).map((one) => ({ key: one.code, label: pick(one) })), { key: 'past', label: t('past') }]
  const tab = usePageTab(data === undefined ? [] : tabs, 'kind')
  const past = kind === 'past'
  if (error && !past) return <Page><PageHeader title={t('mine')} /><ErrorState error={error} onRetry={() => void refetch()} /></Page>
  return (
    <Page>
      <PageHeader title={past || data === undefined ? t('mine') : pick(data.kind)} sub={past || data === undefined || data.kind.period === 'EVENT' ? undefined : data.period} {...(data?.report && !past ? { tags: <ReportTags report={data.report} /> } : {})} />
      {(data?.kinds.length ?? 0) > 0 && <PageTabs tabs={tabs} label={t('kinds')} name="kind" />}
      {past ? <PastReports /> : data === undefined ? <Skeleton /> : data.report ? <ReportBody report={data.report} /> : <Draft key={`${data.kind.code} ${data.period}`} data={data} onDone={(id) => { if (data.kind.period === 'EVENT') setAddress({ kind: 'past', report: id }); else void refetch() }} />}
      <span hidden>{tab}</span>
    </Page>
  )
}

function Draft({ data, onDone }: { data: Reply; onDone: (id: string) => void }) {
  const t = useText(reportsText)
  const pick = usePick()
  const toast = useToast()
  const [id] = useState(newId)
  const send = useAct(confirmMyReport, { refresh: ['day-reports', 'duties', 'reports'] })
  const period = data.kind.period === 'EVENT' ? id : data.period
  const initial = useMemo(() => Object.fromEntries(data.sections.map((section) => [section.code, section.text ?? ''])), [data.sections])
  const form = useForm<Record<string, string>>({
    initial, check: (texts) => Object.fromEntries(data.sections.flatMap((section) => (section.required && (texts[section.code] ?? '').trim() === '' ? [[section.code, t('required')]] : []))),
    send: async (texts) => {
      const kept = data.sections.flatMap(({ code }) => ((texts[code] ?? '').trim() === '' ? [] : [{ section: code, text: texts[code] ?? '' }]))
      const { late } = await send.mutateAsync({ body: { id, kind: data.kind.code, period, texts: kept } })
      toast(late ? t('confirmedLate') : t('confirmed'))
    },
    draft: `day-report.${data.kind.code}.${data.period}`,
  })
  const verdict = data.may['confirm']
  if (verdict && !verdict.allowed) {
    const reason = pick(reasonText(verdict.reason ?? '', confirmMyReport.refusals)).replace(/\{(\w+)\}/g, (_whole, name: string) => data.details[name] ?? '')
    return (
      <>
        <Note tone={verdict.reason === 'month-not-over' || verdict.reason === 'no-working-day' ? 'info' : 'warning'}>{reason}</Note>
        {verdict.reason === 'month-not-over' && data.sections.filter((section) => section.facts.length > 0).map((section) => <Block key={section.code} title={pick(section)}><ReportFacts facts={section.facts} label={pick(section)} /></Block>)}
      </>
    )
  }
  return (
    <>
      {data.dueOn !== null && data.kind.period !== 'EVENT' && <p className="yq-row yq-small" style={{ margin: 0 }}><span className="yq-quiet">{t('due')}</span><Deadline date={data.dueOn} />{data.dueTime !== null && <span>{t('by', { time: data.dueTime })}</span>}</p>}
      <Note>{t('seen')}</Note>
      {data.more && <Note tone="warning">{t('more')}</Note>}
      <Form form={form} submit={t('confirm')} drafts onDone={() => onDone(id)}>
        <div className="yq-block yq-report-paper">{data.sections.map((section) => <DraftSection key={section.code} section={section} form={form} />)}</div>
      </Form>
    </>
  )
}

/** What the system saw of a section, and room for words: open where they are asked for or where nothing else stands, else one step away. */
function DraftSection({ section, form }: { section: SectionShown; form: ReturnType<typeof useForm<Record<string, string>>> }) {
  const t = useText(reportsText)
  const pick = usePick()
  const [asked, setAsked] = useState(false)
  const open = asked || section.required || (form.values[section.code] ?? '') !== ''
  const facts = section.facts.length
  return (
    <section className="yq-report-section">
      <div className="yq-row" data-between="">
        <h3>{pick(section)}{facts > 0 && <span className="yq-quiet yq-num"> {facts}</span>}{section.next !== null && <span className="yq-quiet yq-small"> {t('ofNext', { day: section.next })}</span>}</h3>
        {!open && <Button size="small" aria-label={t('addHere', { section: pick(section) })} onClick={() => setAsked(true)}>＋ {t('addWords')}</Button>}
      </div>
      {facts > 0 && <ReportFacts facts={section.facts} label={pick(section)} />}
      {open && <AreaField form={form} name={section.code} label={t('addHere', { section: pick(section) })} required={section.required} max={2000} rows={2} />}
    </section>
  )
}

function PastReports() {
  const t = useText(reportsText)
  const pick = usePick()
  const list = useListState([])
  const source = useContract(listMyReports, { query: list.query.cursor === undefined ? {} : { cursor: list.query.cursor } })
  return (
    <DataTable<ListedReport>
      label={t('past')} list={list} source={source} rowKey={(row) => row.id} measure="份" measureEn="{n|report|reports}" empty={<EmptyState title={t('noReports')} />} rowTo={(row) => `/day-reports/${row.id}`}
      columns={[
        { key: 'period', title: t('period'), show: (row) => <Link to={`/day-reports/${row.id}`}>{row.kind.period === 'EVENT' ? row.confirmedOn : row.period}</Link> },
        { key: 'kind', title: t('kind'), show: (row) => pick(row.kind) },
        { key: 'state', title: t('state'), card: 'tag', show: (row) => <span className="yq-row"><ReportTags report={row} /></span> },
        { key: 'facts', title: t('facts'), right: true, show: (row) => row.facts },
        { key: 'notes', title: t('notes'), right: true, show: (row) => row.notes },
        { key: 'on', title: t('confirmedOn'), show: (row) => <DateText date={row.confirmedOn} /> },
      ]}
    />
  )
}
