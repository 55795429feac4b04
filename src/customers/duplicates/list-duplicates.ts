import { sql, type Transaction } from '../../foundation/database/transaction.ts'
import { cutPage, readCursor } from '../../foundation/http/cursor.ts'
import type { Endpoint } from '../../foundation/http/contract.ts'
import { handle, type Context, type Route } from '../../foundation/http/route.ts'
import { change } from '../../foundation/store/store.ts'
import { ok, refuse } from '../../foundation/values/outcome.ts'
import { readSides } from './check-entry.ts'
import { decideDifferent, decideSamePerson, listDuplicates, type DuplicatePairRow } from './duplicate.contract.ts'

type Row = Omit<DuplicatePairRow, 'one' | 'other' | 'may'> & { otherId: string }

/** Pairs both sides of which the reader sees: the policy of the pair, and the customers' own once more. */
export const listDuplicatesRoute = handle(listDuplicates, async (tx, { query }, context) => {
  const { cursor, limit, state, level, kind } = query
  const { keyring } = context.services.keys
  const list = `duplicates.list ${JSON.stringify({ state, level, kind })}`
  const place = readCursor(keyring, list, cursor)
  if (!place.ok) return place
  const conditions = [
    state === 'OPEN' ? sql`p.state IN ('OPEN', 'SAME_PERSON')` : sql`p.state IN ('DIFFERENT', 'MERGED')`, ...(level === undefined ? [] : [sql`p.level = ${level}`]), ...(kind === undefined ? [] : [sql`a.kind = ${kind}`]),
    ...(place.value ? [sql`(p.score, p.id) < (${Number(place.value[0])}::int, ${String(place.value[1])}::uuid)`] : []),
  ]
  const rows = await tx.all(sql<Row>`
    SELECT p.customer_id AS "customerId", p.id, p.other_id AS "otherId", p.state, p.level, p.score, p.signs, p.found_on AS "foundOn", s.staff_name AS "decidedBy", p.decided_on AS "decidedOn", p.decision_reason AS reason,
      (SELECT m.id FROM merge_case m WHERE m.state = 'PROPOSED' AND ((m.customer_id = p.customer_id AND m.other_id = p.other_id) OR (m.customer_id = p.other_id AND m.other_id = p.customer_id)) LIMIT 1) AS "caseId"
    FROM duplicate_pair p JOIN customer a ON a.customer_id = p.customer_id JOIN customer b ON b.customer_id = p.other_id LEFT JOIN organisation_staff_facts s ON s.staff_key = p.decided_by
    WHERE ${sql.join(conditions, sql` AND `)} ORDER BY p.score DESC, p.id DESC LIMIT ${limit + 1}`)
  const { shown, nextCursor } = cutPage(keyring, list, rows, limit, (last) => [String(last.score), last.id])
  const sides = new Map((await readSides(tx, context, shown.flatMap((row) => [row.customerId, row.otherId]))).map((side) => [side.customerId, side]))
  const may = mayOf(context)
  const items = shown.flatMap(({ otherId, ...row }) => {
    const [one, other] = [sides.get(row.customerId), sides.get(otherId)]
    return one && other ? [{ ...row, one, other, may }] : []
  })
  const { value } = await tx.one(sql<{ value: number }>`SELECT count(*)::int AS value FROM (SELECT 1 FROM duplicate_pair p JOIN customer a ON a.customer_id = p.customer_id JOIN customer b ON b.customer_id = p.other_id WHERE ${sql.join(conditions.slice(0, place.value ? -1 : undefined), sql` AND `)} LIMIT 10001) k`)
  return ok({ items, nextCursor, count: { value: Math.min(value, 10_000), exact: value <= 10_000 }, scan: await lastScan(tx), mayScan: context.may('duplicate.scan').allowed })
})

const mayOf = ({ may }: Context): DuplicatePairRow['may'] => ({ 'duplicate.decide': may('duplicate.decide'), 'merge.propose': may('merge.propose') })

type Scan = { jobId: string; state: 'WAITING' | 'RUNNING' | 'DONE' | 'FAILED' | 'STOPPED'; stage: string | null; done: number; total: number | null; endedAt: string | null; found: number | null }
const lastScan = async (tx: Transaction): Promise<Scan | null> => (await tx.maybe(sql<Scan>`
  SELECT id AS "jobId", state, stage, done::int AS done, total::int AS total, ended_at AS "endedAt", (result ->> 'opened')::int AS found FROM job_run WHERE kind = 'duplicates' ORDER BY asked_at DESC LIMIT 1`)) ?? null

const decide = (contract: typeof decideDifferent | typeof decideSamePerson, state: 'DIFFERENT' | 'SAME_PERSON'): Route => handle(contract as typeof decideDifferent & Endpoint, async (tx, { params: { customerId, pairId }, body }, context) => {
  const pair = await tx.maybe(sql<{ other_id: string; state: string }>`SELECT other_id, state FROM duplicate_pair WHERE customer_id = ${customerId} AND id = ${pairId} FOR UPDATE`)
  // who may not see the other one is told that there is no such pair
  if (!pair || (await readSides(tx, context, [pair.other_id])).length === 0) return refuse('not-found')
  if (pair.state !== 'OPEN' && !(pair.state === 'SAME_PERSON' && state === 'DIFFERENT')) return refuse('pair-decided')
  await change(tx, 'duplicate_pair', { customer_id: customerId, id: pairId }, { state, decided_by: context.actor.staffKey, decided_on: context.businessDate, decision_reason: body.reason }, { why: body.reason, action: state === 'DIFFERENT' ? 'SAY_DIFFERENT' : 'SAY_SAME' })
  return ok({ id: pairId })
})
export const decideDifferentRoute = decide(decideDifferent, 'DIFFERENT')
export const decideSamePersonRoute = decide(decideSamePerson, 'SAME_PERSON')
