import { sql, type Transaction } from '../../foundation/database/transaction.ts'
import { bulk } from '../../foundation/store/store.ts'
import { monthEnd, monthOf, monthStart, nextMonth, shiftMonth } from '../../foundation/values/business-date.ts'
import { newId } from '../../foundation/values/uuid7.ts'
import { schemePeriods, type SchemePeriod } from '../schemes/block-terms.contract.ts'
import { periodOf } from '../schemes/scheme-period.rules.ts'

export type PayPlace = { scheme: string; month: string }

/** The first month of a scheme that is not closed, not before `earliest`; null when no version of it pays that month any more. */
async function openMonthOf(tx: Transaction, scheme: string, earliest: string): Promise<PayPlace | null> {
  const last = await tx.one(sql<{ month: string | null }>`SELECT max(month)::text AS month FROM closed_month WHERE scheme_code = ${scheme}`)
  const open = last.month === null || nextMonth(last.month) < monthOf(earliest) ? monthOf(earliest) : nextMonth(last.month)
  const versions = await tx.all(sql<{ from: string; to: string | null; period: string | null }>`SELECT from_date AS from, to_date AS to, terms ->> 'period' AS period FROM scheme WHERE code = ${scheme} ORDER BY from_date`)
  const pays = versions.some(({ from, to, period }) => {
    const day = monthEnd(endOfPeriod(schemePeriods.find((one) => one === period) ?? 'MONTH', open))
    return from <= day && (to === null || to > day)
  })
  return pays ? { scheme, month: monthStart(open) } : null
}

function endOfPeriod(period: SchemePeriod, month: string): string {
  for (let ahead = 0; ahead < 12; ahead += 1) if (periodOf(period, shiftMonth(month, ahead)).isEnd) return shiftMonth(month, ahead)
  return month
}

/** Where a case is paid: in the scheme that it comes from, or, when that one pays nobody any more, in the one scheme by which all its people are paid now; null when there is none. */
export async function payPlaceOf(tx: Transaction, scheme: string, staff: readonly number[], earliest: string): Promise<PayPlace | null> {
  const own = await openMonthOf(tx, scheme, earliest)
  if (own) return own
  const now = await tx.all(sql<{ scheme: string }>`
    SELECT DISTINCT l.scheme_code AS scheme FROM unnest(${[...staff]}::int[]) p(staff_key) LEFT JOIN LATERAL (
      SELECT m.scheme_code FROM pay_statement s JOIN settled_month m ON m.run_id = s.run_id WHERE s.staff_key = p.staff_key ORDER BY m.month DESC, m.scheme_code LIMIT 1) l ON true`)
  const [only] = now
  return only && now.length === 1 && only.scheme !== scheme ? openMonthOf(tx, only.scheme, earliest) : null
}

/** Open months from one on are settled again before they can be closed: a line belongs into them now. `scheme` null: of every scheme (a claim is taken from whichever pays the person). */
export async function markStale(tx: Transaction, { scheme, from, why }: { scheme: string | null; from: string; why: string }): Promise<void> {
  await tx.asRole('batch', () => bulk(tx, {
    table: 'settled_month', what: 'change', why, batch: newId(),
    statement: sql`UPDATE settled_month SET stale = true WHERE ${scheme === null ? sql`true` : sql`scheme_code = ${scheme}`} AND month >= ${from}::date AND NOT stale
      AND NOT EXISTS (SELECT FROM closed_month c WHERE c.month = settled_month.month AND c.scheme_code = settled_month.scheme_code)`,
  }))
}
