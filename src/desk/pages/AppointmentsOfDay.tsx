import { useState } from 'react'
import { Link } from 'react-router'
import { addDays } from '../../foundation/values/business-date.ts'
import { listAppointments, type AppointmentView } from '../../meetings/appointment.contract.ts'
import { AppointmentDrawer, AppointmentTags, nameOf } from '../../meetings/pages/AppointmentDrawer.tsx'
import { meetingsText } from '../../meetings/pages/meetings-text.ts'
import { Block } from '../../ui/Block.tsx'
import { useContract } from '../../ui/client.ts'
import { DateText } from '../../ui/DateText.tsx'
import { useText } from '../../ui/text.ts'
import { useBank } from '../../ui/UiProvider.tsx'
import { useMay } from '../../ui/who.ts'
import { dayText } from './day-text.ts'

/** Behind: what passed and was not recorded; ahead: the next working days. */
const [back, ahead] = [7, 3]

/** My appointments of today and the next days, and those of last week that nobody recorded. Each opens; one with a customer is recorded by one tap. */
export function AppointmentsOfDay() {
  const t = useText(meetingsText)
  const d = useText(dayText)
  const may = useMay()
  const { today } = useBank()
  const [opened, setOpened] = useState<AppointmentView | null>(null)
  const { data, error, refetch } = useContract(listAppointments, { query: { from: addDays(today, -back), to: addDays(today, ahead) } })
  const lines = (data?.items ?? []).filter((one) => one.state === 'PLANNED' || (one.day === today && one.state === 'DONE'))
  if (!may('appointment.plan')) return null
  return (
    <Block
      title={d('appointments', { n: lines.filter((one) => one.day === today).length })} loading={!data} error={error} onRetry={() => void refetch()} flush={lines.length > 0}
      actions={<span className="yq-row yq-small"><Link to="/calendar?new=1">{t('plan')}</Link><Link to="/calendar">{t('calendar')}</Link></span>}
    >
      {lines.length === 0 ? <span className="yq-quiet">{d('noAppointments')}</span> : (
        <ul className="yq-day-list">
          {lines.map((one) => (
            <li key={one.id} className="yq-day-line">
              <div className="yq-day-what">
                <button type="button" className="yq-plain-link yq-name" onClick={() => setOpened(one)}>{nameOf(one, t('hiddenCustomer'))}</button>
                <span className="yq-small yq-num">{one.day === today ? null : <><DateText date={one.day} /> </>}{one.from}–{one.to}{one.withCustomer && one.subject !== null ? ` · ${one.subject}` : ''}</span>
                <span className="yq-row"><AppointmentTags appointment={one} /></span>
              </div>
              {one.state === 'PLANNED' && one.customerId !== null && one.day <= today && <Link to={`/customers/${one.customerId}/contacts/new`} className="yq-day-verb" aria-label={`${t('record')} ${one.customerName ?? ''}`}>{t('record')}</Link>}
            </li>
          ))}
        </ul>
      )}
      {opened && <AppointmentDrawer key={opened.id} appointment={opened} onClose={() => setOpened(null)} />}
    </Block>
  )
}
