import type { Database } from '../foundation/database/database.ts'
import { sql, type Transaction } from '../foundation/database/transaction.ts'
import { add, bulk, quiet } from '../foundation/store/store.ts'
import { addDays, monthEnd, monthOf, monthStart, shiftMonth } from '../foundation/values/business-date.ts'
import { newId } from '../foundation/values/uuid7.ts'
import { dutiesOf } from './engine-read-coverage.ts'

/**
 * Writes the end of a day into the ledger of coverage: of this month, of the last one, and of every month for which something was entered or voided on the day. Only what differs from
 * the day before is written, by statements over the whole bank, and only from what that day knew: it may run on the evening or later, one day after the other. Runs as a batch before the bank's today moves on; a
 * second run of the same day changes nothing that did not change.
 */
export async function keepCoverage(tx: Transaction, day: string): Promise<void> {
  const batch = newId()
  const touched = await tx.all(sql<{ month: string }>`
    SELECT DISTINCT to_char(business_date, 'YYYY-MM') AS month FROM visits_contact_day_facts WHERE entered_on = ${day} OR voided_on = ${day}`)
  const months = [...new Set([monthOf(day), shiftMonth(monthOf(day), -1), ...touched.map(({ month }) => month)])].filter((month) => month <= monthOf(day)).sort()
  for (const month of months) {
    await keepMonth(tx, month, day, batch)
    const known = await tx.maybe(sql`SELECT 1 FROM coverage_day WHERE month_start = ${monthStart(month)} AND day = ${day}`)
    if (!known) await add(tx, 'coverage_day', { month_start: monthStart(month), day }, { why: 'end of the day' })
  }
}

/**
 * Writes the ends of past days that the ledger has not, up to and including `last`, in their order: a bank whose contacts were taken over has its past. The ledger only goes on: a day before one that it has is not
 * written any more. One transaction a day, so that a run that was cut off goes on where it was. Returns how many days were written.
 */
export async function keepPastCoverage(db: Database, { first, last }: { first: string; last: string }): Promise<number> {
  const { kept } = await db.asBatch((tx) => tx.one(sql<{ kept: string | null }>`SELECT max(day) AS kept FROM coverage_day`))
  let days = 0
  for (let day = kept === null || kept < first ? first : addDays(kept, 1); day <= last; day = addDays(day, 1)) {
    await db.asBatch((tx) => keepCoverage(tx, day))
    days++
  }
  return days
}

async function keepMonth(tx: Transaction, month: string, day: string, batch: string): Promise<void> {
  const lastDay = monthEnd(month)
  const why = `coverage of ${month} at the end of ${day}`
  const about = { month, day }
  await quiet(tx, 'coverage_draft', 'add', sql`
    WITH ${dutiesOf({ month, lastDay, seatDay: lastDay < day ? lastDay : day, knownOn: day })}
    INSERT INTO coverage_draft (customer_id, staff_key, line_path, place_key, met, late, contact_id) SELECT customer_id, staff_key, line_path, place_key, met, late, contact_id FROM duty`)
  const start = sql`${monthStart(month)}::date`
  const differs = sql`
    NOT EXISTS (SELECT FROM coverage_draft d WHERE d.customer_id = s.customer_id AND (d.staff_key, d.line_path, d.place_key, d.met, d.late, d.contact_id) IS NOT DISTINCT FROM (s.staff_key, s.line_path, s.place_key, s.met, s.late, s.contact_id))`
  // written on this very day and overtaken on it: nobody saw it at the day's end
  await bulk(tx, {
    table: 'coverage_span', what: 'remove', batch, why, about, alias: 's',
    statement: sql`DELETE FROM coverage_span s WHERE s.month_start = ${start} AND s.seen_to IS NULL AND s.seen_from = ${day} AND ${differs}`,
  })
  await bulk(tx, {
    table: 'coverage_span', what: 'change', batch, why, about, alias: 's',
    statement: sql`UPDATE coverage_span s SET seen_to = ${day} WHERE s.month_start = ${start} AND s.seen_to IS NULL AND s.seen_from < ${day} AND ${differs}`,
  })
  await bulk(tx, {
    table: 'coverage_span', what: 'add', batch, why, about,
    statement: sql`
      INSERT INTO coverage_span (customer_id, id, month_start, seen_from, staff_key, line_path, place_key, met, late, contact_id, batch_id)
      SELECT d.customer_id, uuid7(), ${start}, ${day}, d.staff_key, d.line_path, d.place_key, d.met, d.late, d.contact_id, ${batch} FROM coverage_draft d
      WHERE NOT EXISTS (SELECT FROM coverage_span s WHERE s.customer_id = d.customer_id AND s.month_start = ${start} AND s.seen_to IS NULL)`,
  })
  await quiet(tx, 'coverage_draft', 'remove', sql`DELETE FROM coverage_draft`)
}
