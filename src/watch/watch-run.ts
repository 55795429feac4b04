import { sql, type Sql } from '../foundation/database/transaction.ts'
import type { MergeRun } from '../foundation/store/merge-run.ts'
import { addWorkingDays, CalendarUnknown, type WorkingCalendar } from '../foundation/values/working-calendar.ts'
import type { LimitRule } from './limit.contract.ts'

/** What a refresh is handed: the delivery's run, and whose bank it is. */
export type WatchRun = Pick<MergeRun, 'tx' | 'batch' | 'why' | 'businessDate' | 'effects'> & { bankCode: string; calendar: WorkingCalendar }

/** The limits of a rule in force on a day, one row for each kind of customer; the bank's own row wins over '*'. */
export function limitsOf(rule: Exclude<LimitRule, 'AUM'>, bankCode: string, day: string): Sql {
  return sql`
    SELECT DISTINCT ON (customer_kind) customer_kind, version, least_fen, share, days, times FROM watch_limit
    WHERE rule = ${rule} AND bank IN ('*', ${bankCode}) AND from_date <= ${day}::date AND (to_date IS NULL OR to_date > ${day}::date) ORDER BY customer_kind, bank = '*'`
}

/** So many working days after (or before) a day; null where the calendar does not know: a due date is never guessed. */
export function workingDaysFrom(calendar: WorkingCalendar, day: string, days: number): string | null {
  try {
    return addWorkingDays(calendar, day, days)
  } catch (error) {
    if (error instanceof CalendarUnknown) return null
    throw error
  }
}

/** Does what funds gain or lose by the market count in the increment of assets on a day (aum.marketEffect)? One row for each kind of customer; the bank's own row wins over '*'. */
export function marketEffectOf(bankCode: string, day: string): Sql {
  return sql`
    SELECT DISTINCT ON (customer_kind) customer_kind, market_effect FROM watch_limit
    WHERE rule = 'AUM' AND bank IN ('*', ${bankCode}) AND from_date <= ${day}::date AND (to_date IS NULL OR to_date > ${day}::date) ORDER BY customer_kind, bank = '*'`
}
