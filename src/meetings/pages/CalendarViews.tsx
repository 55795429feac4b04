import { Calendar } from 'antd'
import dayjs from 'dayjs'
import { addDays } from '../../foundation/values/business-date.ts'
import { dateText, weekdayOf } from '../../ui/date-format.ts'
import { usePhone, useSettings } from '../../ui/settings.ts'
import { Tag } from '../../ui/Tag.tsx'
import { useText } from '../../ui/text.ts'
import { useBank } from '../../ui/UiProvider.tsx'
import type { AppointmentView } from '../appointment.contract.ts'
import { AppointmentTags, nameOf } from './AppointmentDrawer.tsx'
import { meetingsText } from './meetings-text.ts'
import './meetings.css'

export type CalendarData = { items: readonly AppointmentView[]; off: readonly string[]; worked: readonly string[] }
type Props = { data: CalendarData; onOpen: (appointment: AppointmentView) => void }

function DayMarks({ day, data }: { day: string; data: CalendarData }) {
  const t = useText(meetingsText)
  return (
    <>
      {data.off.includes(day) && <Tag>{t('off')}</Tag>}
      {data.worked.includes(day) && <Tag>{t('worked')}</Tag>}
    </>
  )
}

/** One appointment: its time, its name, how it stands. Opens. */
function Entry({ appointment, onOpen, short = false }: { appointment: AppointmentView; onOpen: Props['onOpen']; short?: boolean }) {
  const t = useText(meetingsText)
  const name = nameOf(appointment, t('hiddenCustomer'))
  return (
    <button type="button" className="yq-entry" data-state={appointment.state} onClick={() => onOpen(appointment)}>
      <span className="yq-num yq-small">{short ? appointment.from : `${appointment.from}–${appointment.to}`}</span>
      <span className="yq-entry-name">{name}</span>
      {!short && appointment.withCustomer && appointment.subject !== null && <span className="yq-small yq-quiet">{appointment.subject}</span>}
      {!short && !appointment.mine && <span className="yq-small yq-quiet">{appointment.ownerName}</span>}
      {!short && <span className="yq-row"><AppointmentTags appointment={appointment} /></span>}
    </button>
  )
}

/** Seven days beside each other; below each other on the phone. */
export function WeekView({ monday, data, onOpen }: Props & { monday: string }) {
  const t = useText(meetingsText)
  const { today } = useBank()
  const { language } = useSettings()
  return (
    <div className="yq-week">
      {Array.from({ length: 7 }, (_none, place) => addDays(monday, place)).map((day) => {
        const items = data.items.filter((one) => one.day === day)
        return (
          <section key={day} className="yq-week-day" data-today={day === today ? '' : undefined} aria-label={dateText(day, 'list', language, today)}>
            <h3 className="yq-row"><span className="yq-num">{day.slice(5)}</span><span className="yq-small">{weekdayOf(day, language)}</span>{day === today && <Tag tone="primary">{t('today')}</Tag>}<DayMarks day={day} data={data} /></h3>
            {items.length === 0 ? <span className="yq-small yq-quiet">{t('nothing')}</span> : items.map((one) => <Entry key={one.id} appointment={one} onOpen={onOpen} />)}
          </section>
        )
      })}
    </div>
  )
}

const shown = 3

/** The month; a day is chosen by its number and stands below in full. On the phone the days show how many. */
export function MonthView({ day, data, onOpen, onDay }: Props & { day: string; onDay: (day: string) => void }) {
  const t = useText(meetingsText)
  const phone = usePhone()
  const { today } = useBank()
  const { language } = useSettings()
  const ofDay = data.items.filter((one) => one.day === day)
  return (
    <div className="yq-stack">
      <div className="yq-month">
        <Calendar
          value={dayjs(day)} fullscreen={!phone} headerRender={() => <></>}
          fullCellRender={(current) => {
            const date = current.format('YYYY-MM-DD')
            const items = data.items.filter((one) => one.day === date && one.state !== 'CANCELLED')
            const other = date.slice(0, 7) !== day.slice(0, 7)
            return (
              <div className="yq-month-day" data-other={other ? '' : undefined} data-today={date === today ? '' : undefined} data-chosen={date === day ? '' : undefined}>
                <button type="button" className="yq-month-number" aria-current={date === day ? 'date' : undefined} aria-label={t('ofDay', { day: dateText(date, 'list', language, today) })} onClick={() => onDay(date)}>
                  <span className="yq-num">{Number(date.slice(8))}</span>
                  {data.off.includes(date) && <span className="yq-small">{t('off')}</span>}{data.worked.includes(date) && <span className="yq-small">{t('worked')}</span>}
                  {phone && items.length > 0 && <span className="yq-month-count yq-num">{items.length}</span>}
                </button>
                {!phone && items.slice(0, shown).map((one) => <Entry key={one.id} appointment={one} onOpen={onOpen} short />)}
                {!phone && items.length > shown && <span className="yq-small yq-quiet">{t('more', { n: items.length - shown })}</span>}
              </div>
            )
          }}
        />
      </div>
      <section className="yq-stack" aria-label={t('ofDay', { day: dateText(day, 'list', language, today) })}>
        <h3 className="yq-row">{t('ofDay', { day: dateText(day, 'list', language, today) })}<DayMarks day={day} data={data} /></h3>
        {ofDay.length === 0 ? <span className="yq-quiet">{t('nothing')}</span> : <div className="yq-day-entries">{ofDay.map((one) => <Entry key={one.id} appointment={one} onOpen={onOpen} />)}</div>}
      </section>
    </div>
  )
}
