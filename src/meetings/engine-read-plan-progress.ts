import { sql, type Transaction } from '../foundation/database/transaction.ts'
import { addMonths, monthStart } from '../foundation/values/business-date.ts'

type Worked = { targetId: string; staffKey: number; indicator: string | null; firstDay: string; lastDay: string; workedOut: string | null }

/** What the product works out of the targets of a plan, over the whole bank: a number for each target, the same to whoever reads it. Targets that only the person can tell are not there. */
export const readPlanProgress = (tx: Transaction, planId: string, today: string): Promise<Map<string, string>> => readPlansProgress(tx, [planId], today)

/** The same of many plans: one statement, and one for each span of time among them in which coverage is a target. */
export async function readPlansProgress(tx: Transaction, planIds: readonly string[], today: string): Promise<Map<string, string>> {
  return tx.asRole(tx.role === 'batch' ? 'batch' : 'engine', async () => {
    const rows = await tx.all(sql<Worked>`
      SELECT target_id AS "targetId", staff_key AS "staffKey", indicator, first_day AS "firstDay", last_day AS "lastDay", worked_out::text AS "workedOut" FROM meetings_plan_progress_facts WHERE plan_id = ANY(${planIds}::uuid[])`)
    const found = new Map(rows.flatMap((row) => (row.workedOut === null ? [] : [[row.targetId, row.workedOut] as const])))
    const open = rows.filter((row) => row.workedOut === null && row.indicator === 'COVERAGE_PCT')
    for (const span of new Set(open.map((row) => `${row.firstDay} ${row.lastDay}`))) {
      const asked = open.filter((row) => `${row.firstDay} ${row.lastDay}` === span)
      const [firstDay = '', lastDay = ''] = span.split(' ')
      const months: string[] = []
      for (let month = monthStart(firstDay); month <= lastDay && month <= today; month = addMonths(month, 1)) months.push(month)
      const covered = await tx.all(sql<{ staffKey: number; pct: string }>`
        SELECT staff_key AS "staffKey", round(100.0 * count(*) FILTER (WHERE met) / count(*), 2)::text AS pct FROM contact_plan_coverage_facts
        WHERE staff_key = ANY(${[...new Set(asked.map(({ staffKey }) => staffKey))]}::int[]) AND month_start = ANY(${months}::date[]) GROUP BY staff_key`)
      const pctOf = new Map(covered.map(({ staffKey, pct }) => [staffKey, pct]))
      for (const { targetId, staffKey } of asked) {
        const pct = pctOf.get(staffKey)
        if (pct !== undefined) found.set(targetId, pct)
      }
    }
    return found
  })
}
