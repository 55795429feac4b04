import { sql, type Transaction } from '../../foundation/database/transaction.ts'
import { change } from '../../foundation/store/store.ts'
import { stateOf, type HandOverState, type Side } from './hand-over.rules.ts'

export type Case = {
  id: string; number: string; kind: 'ORDINARY' | 'EMERGENCY'; cause: string; leaver_key: number; supervisor_key: number; supervisor_named_by: number | null; reason: string; effective_on: string; state: HandOverState
  list_version: number; customers: number; opened_by: number; opened_on: string; listed_on: string | null; effected_on: string | null; visits_until: string | null; closed_on: string | null; end_reason: string | null
  scope_path: string; viewers: number[]
}

/** The case as the role of the transaction sees it; undefined: not there for this person. */
export function readCase(tx: Transaction, id: string): Promise<Case | undefined> {
  return tx.maybe(sql<Case>`SELECT * FROM hand_over WHERE id = ${id}`)
}

/** Holds the case for this transaction: two who sign or change at once follow each other. Run as batch, after readCase in the person's role. */
export function lockCase(tx: Transaction, id: string): Promise<Case> {
  return tx.one(sql<Case>`SELECT * FROM hand_over WHERE id = ${id} FOR UPDATE`)
}

export async function sideOf(tx: Transaction, id: string, staffKey: number): Promise<Side | null> {
  return (await tx.maybe(sql<{ side: Side }>`SELECT side FROM hand_over_party WHERE hand_over_id = ${id} AND staff_key = ${staffKey}`))?.side ?? null
}

/** Works out the state from list, samples and signatures of the present version, and keeps it. Run as batch with the case held. */
export async function refreshState(tx: Transaction, id: string, why: string | null): Promise<HandOverState> {
  const facts = await tx.one(sql<{ state: HandOverState; listed: boolean; unsampled: number; leaver: number; receivers: number; receivers_signed: number; supervisor: number }>`
    SELECT h.state, h.listed_on IS NOT NULL AS listed,
      (SELECT count(*)::int FROM hand_over_item i WHERE i.hand_over_id = h.id AND i.state = 'OPEN' AND i.must_sample AND i.sampled_on IS NULL) AS unsampled,
      (SELECT count(*)::int FROM hand_over_signature s WHERE s.hand_over_id = h.id AND s.list_version = h.list_version AND s.side = 'LEAVER') AS leaver,
      (SELECT count(DISTINCT i.receiver_key)::int FROM hand_over_item i WHERE i.hand_over_id = h.id AND i.state = 'OPEN') AS receivers,
      (SELECT count(*)::int FROM hand_over_signature s WHERE s.hand_over_id = h.id AND s.list_version = h.list_version AND s.side = 'RECEIVER'
        AND EXISTS (SELECT FROM hand_over_item i WHERE i.hand_over_id = h.id AND i.state = 'OPEN' AND i.receiver_key = s.staff_key)) AS receivers_signed,
      (SELECT count(*)::int FROM hand_over_signature s WHERE s.hand_over_id = h.id AND s.list_version = h.list_version AND s.side = 'SUPERVISOR') AS supervisor
    FROM hand_over h WHERE h.id = ${id}`)
  const state = stateOf({ listed: facts.listed, unsampled: facts.unsampled, leaverSigned: facts.leaver > 0, receivers: facts.receivers, receiversSigned: facts.receivers_signed, supervisorSigned: facts.supervisor > 0 })
  if (state !== facts.state) await change(tx, 'hand_over', { id }, { state }, { why, action: 'HAND_OVER_STATE' })
  return state
}

/** The list is complete as of a day. Run as batch with the case held. */
export async function markListed(tx: Transaction, id: string, day: string): Promise<void> {
  await change(tx, 'hand_over', { id }, { listed_on: day }, { why: null, action: 'SUBMIT_LIST' })
}

/** What is signed: every customer of the list with its receiver, in one order, and the day. */
export async function digestOf(tx: Transaction, id: string): Promise<string> {
  const { digest } = await tx.one(sql<{ digest: string }>`
    SELECT encode(sha256(convert_to(h.list_version || ' ' || h.effective_on || ' ' || coalesce((SELECT string_agg(i.customer_id || ' ' || i.receiver_key || ' ' || i.share_pct || ' ' || i.main, ',' ORDER BY i.customer_id)
      FROM hand_over_item i WHERE i.hand_over_id = h.id AND i.state = 'OPEN'), ''), 'UTF8')), 'hex') AS digest FROM hand_over h WHERE h.id = ${id}`)
  return digest
}

const ranks = sql`CASE post_code WHEN 'TEAM_LEAD' THEN 1 WHEN 'OUTLET_HEAD' THEN 2 WHEN 'BRANCH_HEAD' THEN 3 WHEN 'BANK_LEADER' THEN 4 ELSE 0 END`

export type Seat = { staff_key: number; line_path: string; line_key: number; post_code: string; rank: number }

/** Where a person sits as one who may look after customers on a day; undefined: he may not. */
export function managerSeat(tx: Transaction, staffKey: number, day: string): Promise<Seat | undefined> {
  return tx.maybe(sql<Seat>`
    SELECT staff_key, line_path, line_key, post_code, ${ranks} AS rank FROM organisation_post_facts
    WHERE staff_key = ${staffKey} AND breadth <> 'NONE' AND sequence = 'FRONT' AND post_code <> 'LOBBY' AND from_date <= ${day} AND (to_date IS NULL OR to_date > ${day})
    ORDER BY post_code <> 'RM', main DESC, post_key LIMIT 1`)
}

/** The nearest lead above a person: of his own line, else of the line above it. */
export async function directSuperior(tx: Transaction, seat: Seat, day: string): Promise<number | null> {
  const found = await tx.maybe(sql<{ staff_key: number }>`
    SELECT staff_key FROM (SELECT staff_key, line_path, post_key, ${ranks} AS rank FROM organisation_post_facts
      WHERE post_code IN ('TEAM_LEAD', 'OUTLET_HEAD', 'BRANCH_HEAD', 'BANK_LEADER') AND from_date <= ${day} AND (to_date IS NULL OR to_date > ${day}) AND staff_key <> ${seat.staff_key}) f
    WHERE rank > ${seat.rank} AND (line_path = ${seat.line_path} OR left(${seat.line_path}::text, length(line_path) + 1) = line_path || '.')
    ORDER BY length(line_path) DESC, rank, post_key LIMIT 1`)
  return found?.staff_key ?? null
}

/** Is a line inside what this person leads? */
export function leads(actor: { breadth: string; linePath: string }, linePath: string): boolean {
  return actor.breadth === 'ALL' || (actor.breadth === 'UNIT' && (linePath === actor.linePath || linePath.startsWith(`${actor.linePath}.`)))
}
