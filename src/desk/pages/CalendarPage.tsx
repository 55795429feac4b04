import { Button, Radio } from 'antd'
import { useState } from 'react'
import { useSearchParams } from 'react-router'
import { getCustomer, listCustomers } from '../../customers/customer.contract.ts'
import { addDays, monthEnd, monthStart } from '../../foundation/values/business-date.ts'
import { addMonths } from '../../foundation/values/business-date.ts'
import { listAppointments, type AppointmentView } from '../../meetings/appointment.contract.ts'
import { AppointmentDrawer } from '../../meetings/pages/AppointmentDrawer.tsx'
import { PlanAppointment } from '../../meetings/pages/AppointmentForm.tsx'
import { CalendarFeed } from '../../meetings/pages/CalendarFeed.tsx'
import { MonthView, WeekView } from '../../meetings/pages/CalendarViews.tsx'
import { meetingsText } from '../../meetings/pages/meetings-text.ts'
import { Block } from '../../ui/Block.tsx'
import { call, useContract } from '../../ui/client.ts'
import { dateText } from '../../ui/date-format.ts'
import type { Choice } from '../../ui/fields.tsx'
import { Note } from '../../ui/Note.tsx'
import { Page, PageHeader } from '../../ui/PageHeader.tsx'
import { useSettings } from '../../ui/settings.ts'
import { useText } from '../../ui/text.ts'
import { useBank } from '../../ui/UiProvider.tsx'
import { useMay, useWho } from '../../ui/who.ts'
import { findPeople } from '../../visits/pages/ContactForm.tsx'

const mondayOf = (day: string): string => addDays(day, -((new Date(`${day}T00:00:00Z`).getUTCDay() + 6) % 7))

/** Customers of one's scope as choices. */
export async function findCustomers(text: string): Promise<Choice[]> {
  if (text === '') return []
  const { items } = await call(listCustomers, { query: { q: text, limit: 20, count: 'no' } })
  return items.map((one) => ({ value: one.customerId, label: one.name }))
}

/** Appointments of a week or a month; the address holds what is shown. `new` opens the form, with `customer` for that customer. */
export default function CalendarPage() {
  const t = useText(meetingsText)
  const { today } = useBank()
  const { language } = useSettings()
  const { postCode } = useWho()
  const may = useMay()
  const [address, setAddress] = useSearchParams()
  const [opened, setOpened] = useState<AppointmentView | null>(null)
  const asked = address.get('day') ?? ''
  const day = /^\d{4}-\d{2}-\d{2}$/.test(asked) ? asked : today
  const view = address.get('view') === 'month' ? 'month' : 'week'
  const team = address.get('team') === 'true'
  const put = (patch: Record<string, string | null>): void => setAddress((before) => {
    const next = new URLSearchParams(before)
    for (const [name, value] of Object.entries(patch)) if (value === null) next.delete(name)
    else next.set(name, value)
    return next
  })
  // the month's sheet begins with the Monday before its first day
  const from = view === 'week' ? mondayOf(day) : mondayOf(monthStart(day))
  const to = view === 'week' ? addDays(from, 6) : addDays(from, 41)
  const { data, error, refetch, isPending } = useContract(listAppointments, { query: { from, to, ...(team ? { team: 'true' } : {}) } })
  const step = (by: 1 | -1): string => (view === 'week' ? addDays(day, 7 * by) : monthStart(addMonths(monthStart(day), by)))
  const title = view === 'week' ? `${dateText(from, 'short', language, today)} – ${dateText(to, 'short', language, today)}` : dateText(monthEnd(day), 'month', language, today)
  const planning = address.get('new') !== null && may('appointment.plan')
  return (
    <Page>
      <PageHeader title={t('calendar')} actions={may('appointment.plan') ? <Button type="primary" onClick={() => put({ new: '1' })}>{t('plan')}</Button> : undefined} thumb />
      <div className="yq-row" data-between="">
        <span className="yq-row">
          <Button onClick={() => put({ day: step(-1) })} aria-label={t('earlier')}>‹</Button>
          <Button onClick={() => put({ day: null })}>{t('today')}</Button>
          <Button onClick={() => put({ day: step(1) })} aria-label={t('later')}>›</Button>
          <strong className="yq-num" role="status">{title}</strong>
        </span>
        <span className="yq-row">
          {postCode !== 'RM' && <Radio.Group aria-label={t('whose')} optionType="button" options={[{ value: 'false', label: t('mine') }, { value: 'true', label: t('team') }]} value={String(team)} onChange={(event) => put({ team: event.target.value === 'true' ? 'true' : null })} />}
          <Radio.Group aria-label={t('view')} optionType="button" options={[{ value: 'week', label: t('week') }, { value: 'month', label: t('month') }]} value={view} onChange={(event) => put({ view: event.target.value === 'month' ? 'month' : null })} />
        </span>
      </div>
      <Block title={view === 'week' ? t('week') : t('month')} loading={isPending} error={error} onRetry={() => void refetch()} asOf={data?.asOf ?? null}>
        {data?.more && <Note tone="warning">{t('tooMany')}</Note>}
        {data && (view === 'week' ? <WeekView monday={from} data={data} onOpen={setOpened} /> : <MonthView day={day} data={data} onOpen={setOpened} onDay={(chosen) => put({ day: chosen })} />)}
      </Block>
      {may('calendar-feed.hold') && <CalendarFeed />}
      {opened && <AppointmentDrawer key={opened.id} appointment={opened} onClose={() => setOpened(null)} />}
      {planning && <Planning day={day < today ? today : day} customerId={address.get('customer')} onClose={() => put({ new: null, customer: null })} />}
    </Page>
  )
}

/** With a customer in the address his name is asked for first. */
function Planning({ day, customerId, onClose }: { day: string; customerId: string | null; onClose: () => void }) {
  const { data, error } = useContract(getCustomer, { params: { customerId: customerId ?? '' } }, { enabled: customerId !== null })
  if (customerId !== null && !data && !error) return null
  return <PlanAppointment day={day} customer={data && customerId !== null ? { value: customerId, label: data.name } : null} findCustomers={findCustomers} findPeople={findPeople} onClose={onClose} />
}
