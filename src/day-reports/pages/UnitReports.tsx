import { DatePicker } from 'antd'
import dayjs from 'dayjs'
import { useState } from 'react'
import { Link, useSearchParams } from 'react-router'
import { newId } from '../../foundation/values/uuid7.ts'
import { ActionButton } from '../../ui/ActionButton.tsx'
import { Block } from '../../ui/Block.tsx'
import { useAct, useContract } from '../../ui/client.ts'
import { useToast } from '../../ui/Confirm.tsx'
import { DataTable, rowsSource } from '../../ui/DataTable.tsx'
import { DateText } from '../../ui/DateText.tsx'
import { Deadline } from '../../ui/Deadline.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { AreaField } from '../../ui/fields.tsx'
import { FilterBar } from '../../ui/FilterBar.tsx'
import { FormDrawer } from '../../ui/FormDrawer.tsx'
import { Note } from '../../ui/Note.tsx'
import { Page, PageHeader } from '../../ui/PageHeader.tsx'
import { PageTabs, usePageTab } from '../../ui/PageTabs.tsx'
import { Tag } from '../../ui/Tag.tsx'
import { mark, usePick, useText } from '../../ui/text.ts'
import { useForm } from '../../ui/useForm.ts'
import { useListState } from '../../ui/useListState.ts'
import { useMay } from '../../ui/who.ts'
import { countUnitReports, listReportsToAnswer, listUnitReports, recordPhoneReport, type KindShown, type MonthPerson, type UnitPerson } from '../day-report.contract.ts'
import type { ReplyOf } from '../../foundation/http/contract.ts'
import { ReportTags } from './ReportBody.tsx'
import { reportsText } from './reports-text.ts'

const tones = { ON_TIME: 'success', LATE: 'warning', MISSING: 'error', NOT_YET: 'info', ABSENT: 'info', EXCUSED: 'info' } as const

/** What the people of a unit reported: the day, the month, and what asks for an answer. */
export default function UnitReports() {
  const t = useText(reportsText)
  const may = useMay()
  const tabs = [{ key: 'day', label: t('days') }, { key: 'month', label: t('months') }, ...(may('customer-book.read') ? [{ key: 'answers', label: t('answers') }] : [])]
  const tab = usePageTab(tabs)
  return (
    <Page>
      <PageHeader title={t('unit')} />
      <PageTabs tabs={tabs} label={t('parts')} />
      {tab === 'month' ? <Month /> : tab === 'answers' ? <Answers /> : <Day />}
    </Page>
  )
}

/** Which day or month, in the address. */
function Pick_({ name, month = false, value, label }: { name: string; month?: boolean; value: string; label: string }) {
  const [, setAddress] = useSearchParams()
  return <DatePicker aria-label={label} picker={month ? 'month' : 'date'} allowClear={false} value={dayjs(value)} onChange={(next) => setAddress((before) => { const all = new URLSearchParams(before); all.set(name, dayjs(next).format(month ? 'YYYY-MM' : 'YYYY-MM-DD')); return all })} />
}
const kindFilter = (kinds: readonly KindShown[], label: string, pick: (words: KindShown) => string) => (kinds.length < 2 ? [] : [{ name: 'kind', label, options: kinds.map((one) => ({ value: one.code, label: pick(one) })) }])

function Day() {
  const t = useText(reportsText)
  const pick = usePick()
  const [address] = useSearchParams()
  const list = useListState(['kind'])
  const { kind } = list.query
  const day = address.get('day')
  const source = useContract(listUnitReports, { query: { ...(kind === undefined || kind === '' ? {} : { kind }), ...(day === null ? {} : { day }) } })
  const [phoning, setPhoning] = useState<UnitPerson | null>(null)
  const items = source.data?.items ?? []
  const owed = items.filter((one) => one.state !== 'ABSENT' && one.state !== 'EXCUSED')
  return (
    <>
      {source.data && !source.data.workingDay && <Note>{t('freeDay', { day: source.data.day })}</Note>}
      {source.data?.workingDay && <p className="yq-small" style={{ margin: 0 }} role="status">{t('summary', { n: owed.length, done: owed.filter((one) => one.reportId !== null).length, missing: owed.filter((one) => one.reportId === null).length, unsigned: items.filter((one) => one.reportId !== null && one.signedOn === null).length })}</p>}
      <DataTable<UnitPerson>
        label={t('unit')} list={list} source={{ ...source, data: source.data && { items, nextCursor: null, count: null } }} rowKey={(row) => String(row.staffKey)} measure="人" measureEn="{n|person|people}" empty={<EmptyState title={t('noPeople')} />}
        bar={<FilterBar list={list} filters={kindFilter(source.data?.kinds ?? [], t('kind'), pick)}>{source.data && <Pick_ name="day" value={source.data.day} label={t('day')} />}</FilterBar>}
        columns={[
          { key: 'person', title: t('person'), show: (row) => (row.reportId === null ? row.staffName : <Link to={`/day-reports/${row.reportId}`}>{row.staffName}</Link>) },
          { key: 'state', title: t('state'), card: 'tag', show: (row) => <span className="yq-row"><Tag tone={tones[row.state]} {...(row.state === 'MISSING' ? { icon: '⬣' } : {})}>{t(row.state)}</Tag>{row.channel === 'PHONE' && <Tag tone="info">{t('byPhone')}</Tag>}</span> },
          { key: 'unit', title: t('unitName'), show: (row) => row.unitName },
          { key: 'facts', title: t('facts'), right: true, show: (row) => (row.reportId === null ? '--' : row.facts) },
          { key: 'signed', title: t('signedBy'), show: (row) => (row.reportId === null ? (row.substitute ?? '--') : row.signedOn === null ? t('unsigned') : <DateText date={row.signedOn} />) },
          { key: 'act', title: '', card: 'action', show: (row) => (row.reportId !== null ? <Link to={`/day-reports/${row.reportId}`} aria-label={`${t('open')} ${row.staffName}`}>{t('open')}</Link> : <ActionButton size="small" may={row.may['phone']} refusals={recordPhoneReport.refusals} onClick={() => setPhoning(row)} aria-label={`${t('phone')} ${row.staffName}`}>{t('phone')}</ActionButton>) },
        ]}
      />
      {phoning !== null && source.data && <Phone key={phoning.staffKey} person={phoning} kind={kind === undefined || kind === '' ? (source.data.kinds[0]?.code ?? 'DAILY') : kind} day={source.data.day} onClose={() => setPhoning(null)} />}
    </>
  )
}

function Phone({ person, kind, day, onClose }: { person: UnitPerson; kind: string; day: string; onClose: () => void }) {
  const t = useText(reportsText)
  const toast = useToast()
  const [id] = useState(newId)
  const send = useAct(recordPhoneReport, { refresh: ['day-reports'] })
  const form = useForm({
    initial: { note: '' }, check: ({ note }) => (note.trim() === '' ? { note: t('required') } : {}),
    send: ({ note }) => send.mutateAsync({ body: { id, kind, period: day, staffKey: person.staffKey, texts: [{ section: kind === 'DAILY' ? 'contacts' : 'duties', text: note }] } }), draft: `day-report.phone.${person.staffKey}.${day}`,
  })
  return (
    <FormDrawer title={t('phoneTitle', { name: person.staffName })} open onClose={onClose} form={form} submit={t('phone')} onDone={() => toast(t('recorded'))}>
      <AreaField form={form} name="note" label={t('noteText')} required max={2000} hint={t('phoneHint')} rows={5} />
    </FormDrawer>
  )
}

type MonthUnit = ReplyOf<typeof countUnitReports>['units'][number]
function Month() {
  const t = useText(reportsText)
  const [address] = useSearchParams()
  const list = useListState(['kind'])
  const month = address.get('month')
  const { kind } = list.query
  const source = useContract(countUnitReports, { query: { ...(kind === undefined || kind === '' ? {} : { kind }), ...(month === null ? {} : { month }) } })
  const number = (key: 'expected' | 'onTime' | 'late' | 'missing', title: string) => ({ key, title, right: true, show: (row: MonthUnit | MonthPerson) => row[key] })
  return (
    <>
      <span className="yq-row">{source.data && <Pick_ name="month" month value={`${source.data.month}-01`} label={t('month')} />}</span>
      <Block title={t('byUnit')} loading={source.isPending} error={source.error} onRetry={() => void source.refetch()} flush asOf={source.data?.asOf}>
        <DataTable<MonthUnit> plain label={t('byUnit')} list={list} source={rowsSource(source.data?.units)} rowKey={(row) => row.unitName} measure="个" measureEn="{n|unit|units}" empty={<EmptyState title={t('noPeople')} />}
          columns={[{ key: 'unit', title: t('unitName'), show: (row) => row.unitName }, number('expected', t('expected')), number('onTime', t('onTimeCount')), number('late', t('lateCount')), number('missing', t('missingCount'))]} />
      </Block>
      <Block title={t('byPerson')} loading={source.isPending} error={source.error} onRetry={() => void source.refetch()} flush asOf={source.data?.asOf}>
        <DataTable<MonthPerson> plain label={t('byPerson')} list={list} source={rowsSource(source.data?.items)} rowKey={(row) => String(row.staffKey)} measure="人" measureEn="{n|person|people}" empty={<EmptyState title={t('noPeople')} />}
          columns={[
            { key: 'person', title: t('person'), show: (row) => row.staffName }, { key: 'unit', title: t('unitName'), show: (row) => row.unitName }, number('expected', t('expected')), number('onTime', t('onTimeCount')), number('late', t('lateCount')), number('missing', t('missingCount')),
            { key: 'days', title: t('missingDays'), show: (row) => (row.missingDays.length === 0 ? '--' : row.missingDays.map((one) => one.slice(5)).join(mark('、'))) },
          ]} />
      </Block>
    </>
  )
}

type Waiting = NonNullable<ReplyOf<typeof listReportsToAnswer>['items']>[number]
function Answers() {
  const t = useText(reportsText)
  const pick = usePick()
  const list = useListState([])
  const source = useContract(listReportsToAnswer, { query: list.query.cursor === undefined ? {} : { cursor: list.query.cursor } })
  return (
    <DataTable<Waiting>
      label={t('answers')} list={list} source={source} rowKey={(row) => row.id} measure="份" measureEn="{n|report|reports}" empty={<EmptyState title={t('nothingToAnswer')} />}
      columns={[
        { key: 'kind', title: t('report'), show: (row) => <Link to={`/day-reports/${row.id}`}>{pick(row.kind)} {row.kind.period === 'EVENT' ? row.confirmedOn : row.period}</Link> },
        { key: 'state', title: t('state'), card: 'tag', show: (row) => <span className="yq-row"><ReportTags report={row} /></span> },
        { key: 'person', title: t('person'), show: (row) => row.staffName }, { key: 'unit', title: t('unitName'), show: (row) => row.unitName }, { key: 'receiver', title: t('receiver'), show: (row) => row.receiver ?? '--' },
        { key: 'due', title: t('answerDue'), show: (row) => <Deadline date={row.answerDueOn} done={row.answeredOn !== null} {...(row.answerDaysLeft === null ? {} : { workingDays: row.answerDaysLeft })} /> },
      ]}
    />
  )
}
