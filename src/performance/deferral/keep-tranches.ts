import { sql, type Sql, type Transaction } from '../../foundation/database/transaction.ts'
import { bulk } from '../../foundation/store/store.ts'
import { monthStart } from '../../foundation/values/business-date.ts'
import { splitFen } from '../../foundation/values/fen.ts'

/** Deferred parts of the statements of runs: the steps `DEFERRED.1` … that the scheme's block of deferral made, due on the period's last day and so many years (from the anchor, clamped to the month's end). */
export const deferredSteps = (runs: Sql): Sql => sql`
  SELECT s.run_id, s.staff_key, s.scope_path, r.scheme_code, r.month, step ->> 'code' AS line_code, substring(step ->> 'code' from '[.]([0-9]+)$')::int AS part, (block ->> 'tranches')::int AS parts, (step ->> 'value')::numeric::bigint AS fen,
    ((r.month + interval '1 month' - interval '1 day')::date + make_interval(years => substring(step ->> 'code' from '[.]([0-9]+)$')::int))::date AS due_on
  FROM settlement_run r JOIN scheme k ON k.code = r.scheme_code AND k.version = r.scheme_version
  CROSS JOIN LATERAL jsonb_array_elements(CASE WHEN jsonb_typeof(k.terms -> 'blocks') = 'array' THEN k.terms -> 'blocks' ELSE '[]'::jsonb END) block
  JOIN pay_statement s ON s.run_id = r.id CROSS JOIN LATERAL jsonb_array_elements(s.steps) step
  WHERE r.id IN (${runs}) AND block ->> 'kind' = 'DEFER' AND (step ->> 'code') ~ ('^' || (block ->> 'code') || '[.][0-9]+$') AND step ->> 'unit' = 'FEN' AND (step ->> 'value')::numeric > 0`

/** Deferred pay of a month that was just closed becomes tranches that are held; the share of a department without data is held for its people (3.5). Both once: a closed month never changes. */
export async function keepTranches(tx: Transaction, closed: { month: string; scheme: string; runId: string }): Promise<void> {
  const about = { month: closed.month, scheme: closed.scheme }
  await bulk(tx, {
    table: 'deferred_tranche', what: 'add', why: `closed ${closed.month}: deferred pay`, batch: closed.runId, sums: ['fen'], about,
    statement: sql`INSERT INTO deferred_tranche (id, staff_key, scheme_code, month, run_id, kind, line_code, part, parts, fen, due_on, scope_path)
      SELECT gen_random_uuid(), d.staff_key, d.scheme_code, d.month, d.run_id, 'DEFERRED', d.line_code, d.part, d.parts, d.fen, d.due_on, d.scope_path FROM (${deferredSteps(sql`${closed.runId}::uuid`)}) d`,
  })
  const shares = await heldShares(tx, closed.runId)
  if (shares.length === 0) return
  await bulk(tx, {
    table: 'deferred_tranche', what: 'add', why: `closed ${closed.month}: held shares of departments without data`, batch: closed.runId, sums: ['fen'], about,
    statement: sql`INSERT INTO deferred_tranche (id, staff_key, scheme_code, month, run_id, kind, line_code, part, parts, fen, due_on, scope_path)
      SELECT gen_random_uuid(), h.staff_key, ${closed.scheme}, ${monthStart(closed.month)}::date, ${closed.runId}::uuid, 'HELD_SHARE', 'SHARE', 1, 1, h.fen, NULL, h.scope_path
      FROM jsonb_to_recordset(${JSON.stringify(shares)}::jsonb) AS h(staff_key int, scope_path text, fen bigint)`,
  })
}

type Member = { staff_key: number; scope_path: string; department: string; held: string; weight: string; red: boolean }
/** A held share by the weights of the department's people, largest remainder; whom a RED event excludes gets nothing, his part stays in the bank. */
async function heldShares(tx: Transaction, runId: string): Promise<{ staff_key: number; scope_path: string; fen: string }[]> {
  const members = await tx.all(sql<Member>`
    SELECT s.staff_key, s.scope_path, s.input ->> 'department' AS department, l.detail ->> 'held' AS held, w.step ->> 'value' AS weight, EXISTS (SELECT FROM jsonb_array_elements(s.steps) f WHERE f ->> 'code' = 'F' AND f ->> 'why' = 'red-event') AS red
    FROM pay_line l JOIN pay_statement s ON s.run_id = l.run_id AND s.staff_key = l.staff_key JOIN LATERAL (SELECT e AS step FROM jsonb_array_elements(s.steps) e WHERE e ->> 'code' = 'PERSON_WEIGHT' LIMIT 1) w ON true
    WHERE l.run_id = ${runId}::uuid AND l.code = 'DEPARTMENT' AND l.why = 'held-without-data' ORDER BY department, s.staff_key`)
  return [...new Set(members.map(({ department }) => department))].flatMap((department) => {
    const own = members.filter((one) => one.department === department)
    if (own.every(({ weight }) => Number(weight) === 0)) return []
    const shares = splitFen(BigInt(own[0]?.held ?? '0'), own.map(({ weight }) => weight))
    return own.flatMap(({ staff_key, scope_path, red }, place) => (red || (shares[place] ?? 0n) <= 0n ? [] : [{ staff_key, scope_path, fen: (shares[place] ?? 0n).toString() }]))
  })
}
