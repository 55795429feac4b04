import { sql, type Transaction } from '../foundation/database/transaction.ts'
import { add } from '../foundation/store/store.ts'
import { monthStart } from '../foundation/values/business-date.ts'
import { ok, refuse, type Outcome } from '../foundation/values/outcome.ts'
import { keepTranches } from './deferral/keep-tranches.ts'

/**
 * Closes a settled month for good (role batch): what comes late becomes a line of the next one, its deferred pay becomes tranches that are held. Refuses, most fundamental first: not settled, closed already, a month
 * before it is open, it was not settled again since a month before it changed, the person who closes is the one who settled.
 */
export async function closeSettledMonth(tx: Transaction, asked: { month: string; scheme: string; closedBy: number | null; today: string }): Promise<Outcome<{ runId: string; hash: string }>> {
  const month = monthStart(asked.month)
  await tx.run(sql`SELECT pg_advisory_xact_lock(hashtextextended(${`settle ${asked.scheme}`}, 11))`)
  const settled = await tx.maybe(sql<{ run_id: string; hash: string; stale: boolean; settled_by: number | null; closed: boolean; ties: boolean }>`
    SELECT m.run_id, r.hash, m.stale, r.settled_by, c.run_id IS NOT NULL AS closed, (r.control->>'ties')::boolean AS ties
    FROM settled_month m JOIN settlement_run r ON r.id = m.run_id LEFT JOIN closed_month c ON c.month = m.month AND c.scheme_code = m.scheme_code
    WHERE m.month = ${month}::date AND m.scheme_code = ${asked.scheme}`)
  if (!settled) return refuse('not-settled', { details: { month: asked.month } })
  if (settled.closed) return refuse('month-closed', { details: { month: asked.month } })
  const open = await tx.maybe(sql<{ month: string }>`SELECT m.month FROM settled_month m LEFT JOIN closed_month c ON c.month = m.month AND c.scheme_code = m.scheme_code
    WHERE m.scheme_code = ${asked.scheme} AND m.month < ${month}::date AND c.run_id IS NULL ORDER BY m.month LIMIT 1`)
  if (open) return refuse('earlier-month-open', { details: { month: open.month.slice(0, 7) } })
  if (settled.stale) return refuse('settle-again', { details: { month: asked.month } })
  if (!settled.ties) return refuse('control-does-not-tie', { details: { month: asked.month } })
  if (asked.closedBy !== null && asked.closedBy === settled.settled_by) return refuse('same-person')
  await add(tx, 'closed_month', { month, scheme_code: asked.scheme, run_id: settled.run_id, settled_by: settled.settled_by, closed_by: asked.closedBy, closed_on: asked.today }, { why: `closed ${asked.month}, scheme ${asked.scheme}`, action: 'CLOSE' })
  await keepTranches(tx, { month: asked.month, scheme: asked.scheme, runId: settled.run_id })
  return ok({ runId: settled.run_id, hash: settled.hash })
}
