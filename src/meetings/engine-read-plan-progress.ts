import { sql, type Transaction } from '../foundation/database/transaction.ts'
import { addMonths, monthStart } from '../foundation/values/business-date.ts'

/** What the product works out of the targets of a plan, over the whole bank: a number for each target, the same to whoever reads it. Targets that only the person can tell are not there. */
export async function readPlanProgress(tx: Transaction, planId: string, today: string): Promise<Map<string, string>> {
  return tx.asRole(tx.role === 'batch' ? 'batch' : 'engine', async () => {
    const rows = await tx.all(sql<{ targetId: string; staffKey: number; indicator: string | null; firstDay: string; lastDay: string; workedOut: string | null }>`
      SELECT target_id AS "targetId", staff_key AS "staffKey", indicator, first_day AS "firstDay", last_day AS "lastDay", worked_out::text AS "workedOut" FROM meetings_plan_progress_facts WHERE plan_id = ${planId}`)
    const found = new Map<string, string>()
    for (const row of rows) {
      if (row.workedOut !== null) found.set(row.targetId, row.workedOut)
      else if (row.indicator === 'COVERAGE_PCT') {
        const months: string[] = []
        for (let month = monthStart(row.firstDay); month <= row.lastDay && month <= today; month = addMonths(month, 1)) months.push(month)
        const { pct } = await tx.one(sql<{ pct: string | null }>`SELECT round(100.0 * count(*) FILTER (WHERE met) / nullif(count(*), 0), 2)::text AS pct FROM contact_plan_coverage_facts WHERE staff_key = ${row.staffKey} AND month_start = ANY(${months}::date[])`)
        if (pct !== null) found.set(row.targetId, pct)
      }
    }
    return found
  })
}
