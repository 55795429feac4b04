import { Button } from 'antd'
import { useState } from 'react'
import { newId } from '../../foundation/values/uuid7.ts'
import { ActionButton } from '../../ui/ActionButton.tsx'
import { useAct, useContract } from '../../ui/client.ts'
import { useToast } from '../../ui/Confirm.tsx'
import { DataTable, rowsSource } from '../../ui/DataTable.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { ErrorState } from '../../ui/ErrorState.tsx'
import { AreaField, TextField } from '../../ui/fields.tsx'
import { FormDrawer } from '../../ui/FormDrawer.tsx'
import { Note } from '../../ui/Note.tsx'
import { Page, PageHeader } from '../../ui/PageHeader.tsx'
import { GiveBack } from '../../ui/ProposedChanges.tsx'
import { Tag } from '../../ui/Tag.tsx'
import { mark, useText } from '../../ui/text.ts'
import { useForm } from '../../ui/useForm.ts'
import { useListState } from '../../ui/useListState.ts'
import { confirmCalendarYear, enterCalendarYear, listCalendarYears, returnCalendarYear, type CalendarYearShown } from '../calendar-year.contract.ts'
import { readSpans } from '../calendar-year.rules.ts'
import { dutiesText } from './duties-text.ts'

const tones = { WAITING: 'info', IN_FORCE: 'success', REPLACED: 'plain', RETURNED: 'warning' } as const

/** Until when the calendar is known, the years that the bank entered, and the next one to enter: by one person, in force when another has checked it. */
export default function CalendarYears() {
  const t = useText(dutiesText)
  const list = useListState([])
  const { data, ...asked } = useContract(listCalendarYears, {})
  const [entering, setEntering] = useState(false)
  const [returning, setReturning] = useState<CalendarYearShown | null>(null)
  const confirm = useAct(confirmCalendarYear, { refresh: ['calendar', 'duties'] })
  const giveBack = useAct(returnCalendarYear, { refresh: ['calendar'] })
  return (
    <Page>
      <PageHeader title={t('calendar')} sub={data && t('knownUntil', { day: data.knownUntil })} actions={data?.mayEnter ? <Button type="primary" onClick={() => setEntering(true)}>{t('enterYear')}</Button> : undefined} />
      {data?.lacks && <Note tone="warning">{t('soonUnknown', { day: data.lacks, year: data.next })}</Note>}
      {confirm.error && <ErrorState error={confirm.error} onRetry={() => confirm.reset()} />}
      <DataTable<CalendarYearShown>
        label={t('calendar')} list={list} source={{ ...rowsSource(data?.items), error: asked.error }} rowKey={(row) => row.id} measure="份" measureEn="{n|year|years}" empty={<EmptyState title={t('noYears')} hint={data && t('noYearsHint', { day: data.knownUntil })} />}
        columns={[
          { key: 'year', title: t('year'), show: (row) => <strong className="yq-num">{row.year}</strong> },
          { key: 'state', title: t('state'), card: 'tag', show: (row) => <Tag tone={tones[row.state]}>{t(row.state)}</Tag> },
          { key: 'spans', title: t('lines'), show: (row) => <span><span className="yq-row"><span>{t('off', { n: row.offDays })}</span><span>{t('work', { n: row.workDays })}</span></span><span className="yq-small yq-quiet">{row.spans.filter((span) => span.kind === 'OFF').map((span) => `${span.name} ${span.from.slice(5)}${span.to === span.from ? '' : `–${span.to.slice(5)}`}`).join(mark('，'))}</span></span> },
          { key: 'basis', title: t('basis'), show: (row) => row.basis },
          { key: 'entered', title: t('enteredBy'), show: (row) => `${row.enteredBy} ${row.enteredOn}` },
          { key: 'decided', title: t('decidedBy'), show: (row) => (row.decidedBy === null ? '--' : `${row.decidedBy} ${row.decidedOn ?? ''}${row.returnReason === null ? '' : `${mark('（')}${row.returnReason}${mark('）')}`}`) },
          { key: 'act', title: '', card: 'action', show: (row) => row.state !== 'WAITING' ? '' : (
            <span className="yq-row">
              <ActionButton size="small" may={row.may['decide']} refusals={confirmCalendarYear.refusals} onClick={() => confirm.mutate({ params: { yearId: row.id } })}>{t('confirm')}</ActionButton>
              <ActionButton size="small" may={row.may['decide']} refusals={returnCalendarYear.refusals} onClick={() => setReturning(row)}>{t('return')}</ActionButton>
            </span>
          ) },
        ]}
      />
      {entering && data && <EnterYear year={data.next} onClose={() => setEntering(false)} />}
      {returning && <GiveBack key={returning.id} title={String(returning.year)} least={2} send={(reason) => giveBack.mutateAsync({ params: { yearId: returning.id }, body: { reason } })} onClose={() => setReturning(null)} />}
    </Page>
  )
}

function EnterYear({ year, onClose }: { year: number; onClose: () => void }) {
  const t = useText(dutiesText)
  const toast = useToast()
  const [id] = useState(newId)
  const send = useAct(enterCalendarYear, { refresh: ['calendar'] })
  const form = useForm({
    initial: { year: String(year), basis: '', lines: '' },
    check: (entry) => {
      const { spans, wrong } = readSpans(entry.lines)
      return { ...(/^(19|20|21)\d{2}$/.test(entry.year.trim()) ? {} : { year: t('required') }), ...(entry.basis.trim() === '' ? { basis: t('required') } : {}), ...(wrong[0] !== undefined ? { lines: t('wrongLines', { n: wrong[0] }) } : spans.length === 0 ? { lines: t('required') } : {}) }
    },
    send: (entry) => send.mutateAsync({ body: { id, year: Number(entry.year), basis: entry.basis, spans: readSpans(entry.lines).spans } }),
    draft: `calendar.${year}`,
  })
  return (
    <FormDrawer title={t('enterYear')} open onClose={onClose} form={form} submit={t('enterYear')} onDone={() => toast(t('entered'))}>
      <TextField form={form} name="year" label={t('year')} required max={4} inputMode="numeric" />
      <TextField form={form} name="basis" label={t('basis')} required max={100} />
      <AreaField form={form} name="lines" label={t('lines')} hint={t('linesHint')} required rows={12} />
    </FormDrawer>
  )
}
