import { unless } from '../foundation/access/permission.rules.ts'
import { sql, type Transaction } from '../foundation/database/transaction.ts'
import { handle } from '../foundation/http/route.ts'
import { monthOf, nextMonth, shiftMonth } from '../foundation/values/business-date.ts'
import { ok, refuse } from '../foundation/values/outcome.ts'
import type { ControlReport } from './control-report.ts'
import { mayBeSettled } from './settle-one-month.ts'
import { listSettlements, runSettlement, settlementRefusals, watchSettlement } from './settlement.contract.ts'

type Row = {
  month: string; scheme_code: string; name: string; name_en: string; scheme_version: number; currency: string; hash: string; people: number; facts: number; points: string; payable_fen: string; carry_out_fen: string; settled_on: string
  settled_by: number | null; settled_name: string | null; stale: boolean; closed_on: string | null; closed_name: string | null; control: ControlReport; first_open: boolean
}

export const listSettlementsRoute = handle(listSettlements, async (tx, _input, { actor, may, businessDate }) => {
  const rows = await tx.all(sql<Row>`
    SELECT to_char(m.month, 'YYYY-MM') AS month, m.scheme_code, k.name, k.name_en, r.scheme_version, r.currency, r.hash, r.people, r.facts, r.points, r.payable_fen, r.carry_out_fen, r.settled_on, r.settled_by, p.staff_name AS settled_name, m.stale,
      c.closed_on, q.staff_name AS closed_name, r.control,
      NOT EXISTS (SELECT FROM settled_month e LEFT JOIN closed_month d ON d.month = e.month AND d.scheme_code = e.scheme_code WHERE e.scheme_code = m.scheme_code AND e.month < m.month AND d.run_id IS NULL) AS first_open
    FROM settled_month m JOIN settlement_run r ON r.id = m.run_id JOIN scheme k ON k.code = r.scheme_code AND k.version = r.scheme_version
    LEFT JOIN closed_month c ON c.month = m.month AND c.scheme_code = m.scheme_code
    LEFT JOIN organisation_staff_facts p ON p.staff_key = r.settled_by LEFT JOIN organisation_staff_facts q ON q.staff_key = c.closed_by
    ORDER BY m.month DESC, m.scheme_code LIMIT 36`)
  const schemes = await tx.all(sql<{ code: string; name: string; nameEn: string }>`
    SELECT code, name, name_en AS "nameEn" FROM scheme WHERE from_date <= ${businessDate}::date AND (to_date IS NULL OR to_date > ${businessDate}::date) ORDER BY code`)
  const indicators = await tx.all(sql<{ code: string; zh: string; en: string }>`SELECT DISTINCT ON (code) code, name AS zh, name_en AS en FROM indicator ORDER BY code, version DESC`)
  const close = may('settlement.close')
  const mayClose = (row: Row) =>
    unless(close, row.closed_on !== null ? 'month-closed' : !row.first_open ? 'earlier-month-open' : row.stale ? 'settle-again' : !row.control.ties ? 'control-does-not-tie' : row.settled_by === actor.staffKey ? 'same-person' : null)
  const last = rows[0]?.month
  return ok({
    months: rows.map((row) => ({
      month: row.month, scheme: row.scheme_code, schemeName: row.name, schemeNameEn: row.name_en, version: row.scheme_version, currency: row.currency, hash: row.hash, people: row.people, facts: row.facts, points: row.points,
      payableFen: row.payable_fen, carryOutFen: row.carry_out_fen, settledOn: row.settled_on, settledBy: row.settled_name, closedOn: row.closed_on, closedBy: row.closed_name,
      state: row.closed_on !== null ? 'CLOSED' as const : row.stale ? 'STALE' as const : 'SETTLED' as const, control: row.control, mayClose: mayClose(row),
    })),
    schemes, indicators: Object.fromEntries(indicators.map(({ code, zh, en }) => [code, { zh, en }])), next: last === undefined ? shiftMonth(monthOf(businessDate), -1) : nextMonth(last), mayRun: may('settlement.run').allowed,
  })
})

/** Long work runs in the server's queue; what would be refused is refused before. */
export const runSettlementRoute = handle(runSettlement, async (tx, { params, body }, { actor, services }) => {
  const possible = await mayBeSettled(tx, { ...params, dryRun: body.dryRun })
  if (!possible.ok) return possible
  if (!services.jobs) return refuse('unavailable')
  return ok({ jobId: await services.jobs.ask('settle-month', { month: params.month, scheme: params.scheme, dryRun: body.dryRun, settledBy: actor.staffKey }, actor.staffKey) })
})

type JobRow = { state: 'WAITING' | 'RUNNING' | 'DONE' | 'FAILED' | 'STOPPED'; stage: string | null; done: string; total: string | null; result: Record<string, unknown> | null }

export const watchSettlementRoute = handle(watchSettlement, async (tx, { params }) => {
  const job = await jobRow(tx, params.jobId)
  if (!job) return refuse('not-found')
  const result = job.result
  const failed = result !== null && result['ok'] === false ? String(result['refusal']) : null
  const text = failed === null ? undefined : settlementRefusals[failed]
  const filled = (words: string): string => words.replace(/\{(\w+)\}/g, (whole, key: string) => (typeof result?.[key] === 'string' ? String(result[key]) : whole))
  return ok({
    state: job.state, stage: job.stage, done: Number(job.done), total: job.total === null ? null : Number(job.total),
    refusal: failed === null ? null : { name: failed, zh: filled(text?.zh ?? failed), en: filled(text?.en ?? failed) },
    result: result === null || failed !== null ? null : {
      dryRun: result['dryRun'] === true, unchanged: result['unchanged'] === true, hash: String(result['hash']), people: Number(result['people']), facts: Number(result['facts']), corrections: Number(result['corrections']),
      points: String(result['points']), payableFen: String(result['payableFen']), carryOutFen: String(result['carryOutFen']), control: JSON.parse(String(result['control'])) as ControlReport,
    },
  })
})

function jobRow(tx: Transaction, id: string): Promise<JobRow | undefined> {
  return tx.maybe(sql<JobRow>`SELECT state, stage, done, total, result FROM job_run WHERE id = ${id} AND kind = 'settle-month'`)
}
