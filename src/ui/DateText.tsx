import { Nothing } from './Amount.tsx'
import { dateText, momentText, type DateForm } from './date-format.ts'
import { useSettings } from './settings.ts'
import { useBank } from './UiProvider.tsx'

/** A date (YYYY-MM-DD). Form list "11-23 周一", data "2026-11-23", prose 2026年11月23日, month, short. */
export function DateText({ date, form = 'list' }: { date: string | null | undefined; form?: DateForm }) {
  const { language } = useSettings()
  const { today } = useBank()
  if (!date) return <Nothing />
  return (
    <time dateTime={date} className="yq-num">
      {dateText(date, form, language, today)}
    </time>
  )
}

/** A moment (ISO) as "11-23 14:32", Chinese time. */
export function Moment({ at }: { at: string | null | undefined }) {
  const { today } = useBank()
  if (!at) return <Nothing />
  return (
    <time dateTime={at} className="yq-num">
      {momentText(at, today)}
    </time>
  )
}
