import { DateText } from './DateText.tsx'
import { daysBetween } from './date-format.ts'
import { Tag } from './Tag.tsx'
import { useText } from './text.ts'
import { uiText } from './ui-text.ts'
import { useBank } from './UiProvider.tsx'

/** "11-25 周三 · 剩 2 天"; late: "逾期 3 天". `workingDays` counts working days (from the server, which knows the calendar) instead of calendar days; `done` shows the date alone. */
export function Deadline({ date, workingDays, done = false }: { date: string | null | undefined; workingDays?: number; done?: boolean }) {
  const { today } = useBank()
  const t = useText(uiText)
  if (!date || done) return <DateText date={date} />
  const left = workingDays ?? daysBetween(today, date)
  if (left < 0) return (
    <span className="yq-row">
      <DateText date={date} />
      <Tag tone="error" icon="⬣">{t('late', { n: -left })}</Tag>
    </span>
  )
  const words = left === 0 ? t('dueToday') : workingDays === undefined ? t('daysLeft', { n: left }) : t('workingDaysLeft', { n: left })
  return (
    // the date stays whole, and what is left stands below it where both have no room
    <span className="yq-deadline">
      <DateText date={date} />
      <span className={left === 0 ? 'yq-num' : 'yq-num yq-quiet'}>{` · ${words}`}</span>
    </span>
  )
}
