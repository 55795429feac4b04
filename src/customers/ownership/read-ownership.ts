import { sql } from '../../foundation/database/transaction.ts'
import { handle } from '../../foundation/http/route.ts'
import { ok } from '../../foundation/values/outcome.ts'
import { readOwnership, type OwnershipEvent } from './ownership.contract.ts'

type Slice = { id: string; staffKey: number; name: string; staffNo: string; sharePct: string; main: boolean; from: string; to: string | null; baseAdbFen: string; baseAsOf: string | null; now: boolean; reason: string | null }

/** The opened customer's ownership, the newest first. */
export const readOwnershipRoute = handle(readOwnership, async (tx, { params: { customerId } }, { businessDate: day, opened, may }) => {
  const slices = await tx.all(sql<Slice>`
    SELECT a.id, a.staff_key AS "staffKey", s.staff_name AS name, s.staff_no AS "staffNo", a.share_pct AS "sharePct", a.main, a.from_date AS "from", a.to_date AS "to", a.base_adb_fen AS "baseAdbFen", a.base_as_of AS "baseAsOf",
      a.from_date <= ${day} AND (a.to_date IS NULL OR a.to_date > ${day}) AS now, a.reason
    FROM assignment a JOIN organisation_staff_facts s ON s.staff_key = a.staff_key
    WHERE a.customer_id = ${customerId} AND a.to_date IS DISTINCT FROM a.from_date ORDER BY now DESC, a.from_date DESC, a.main DESC, a.share_pct DESC, s.staff_no LIMIT 200`)
  const standIns = await tx.all(sql<{ absent: string; substitute: string; until: string }>`
    SELECT a.staff_name AS absent, b.staff_name AS substitute, f.to_date - 1 AS until FROM customers_stand_in_facts f JOIN organisation_staff_facts a ON a.staff_key = f.absent_key JOIN organisation_staff_facts b ON b.staff_key = f.substitute_key
    WHERE f.customer_id = ${customerId} AND f.from_date <= ${day} AND f.to_date > ${day}`)
  const events = await tx.all(sql<OwnershipEvent>`
    SELECT e.id, e.day, e.kind, e.person, e.other, e.share AS "sharePct", e.main, e.reason, e.until, e.address FROM (
      SELECT a.id, a.from_date AS day, 'ASSIGNED' AS kind, s.staff_name AS person, NULL AS other, a.share_pct AS share, a.main, a.reason, NULL::date AS until, NULL AS address, 1 AS place
      FROM assignment a JOIN organisation_staff_facts s ON s.staff_key = a.staff_key WHERE a.customer_id = ${customerId} AND a.to_date IS DISTINCT FROM a.from_date AND a.from_date <= ${day}
        AND NOT EXISTS (SELECT FROM hand_over_item i WHERE i.customer_id = a.customer_id AND i.state = 'MOVED' AND i.receiver_key = a.staff_key AND i.batch_id = a.batch_id)
      UNION ALL
      SELECT i.id, a.from_date, 'HANDED_OVER', l.staff_name, r.staff_name, a.share_pct, a.main, a.reason, NULL, '/hand-overs/' || i.hand_over_id, 2
      FROM hand_over_item i JOIN assignment a ON a.customer_id = i.customer_id AND a.staff_key = i.receiver_key AND a.batch_id = i.batch_id JOIN organisation_staff_facts l ON l.staff_key = i.leaver_key JOIN organisation_staff_facts r ON r.staff_key = i.receiver_key
      WHERE i.customer_id = ${customerId} AND i.state = 'MOVED'
      UNION ALL
      SELECT p.id, p.returned_on, 'RETURNED', d.staff_name, f.staff_name, NULL, false, p.reason, NULL, NULL, 3 FROM pool_return p JOIN organisation_staff_facts d ON d.staff_key = p.decided_by LEFT JOIN organisation_staff_facts f ON f.staff_key = p.former_main_key
      WHERE p.customer_id = ${customerId}
      UNION ALL
      SELECT c.id, c.claimed_on, CASE c.kind WHEN 'CLAIM' THEN 'CLAIMED' ELSE 'CONTESTED' END, s.staff_name, NULL, NULL, false, c.reason, c.open_until, NULL, 4 FROM pool_claim c JOIN organisation_staff_facts s ON s.staff_key = c.staff_key
      WHERE c.customer_id = ${customerId}
      UNION ALL
      SELECT c.id, c.decided_on, c.state, s.staff_name, d.staff_name, NULL, false, c.decision_reason, NULL, NULL, 5 FROM pool_claim c JOIN organisation_staff_facts s ON s.staff_key = c.staff_key LEFT JOIN organisation_staff_facts d ON d.staff_key = c.decided_by
      WHERE c.customer_id = ${customerId} AND c.state IN ('GRANTED', 'REFUSED')
      UNION ALL
      SELECT f.substitution_id, f.from_date, 'STANDS_IN', b.staff_name, a.staff_name, NULL, false, NULL, f.to_date - 1, NULL, 6 FROM customers_stand_in_facts f JOIN organisation_staff_facts a ON a.staff_key = f.absent_key
      JOIN organisation_staff_facts b ON b.staff_key = f.substitute_key WHERE f.customer_id = ${customerId}) e
    ORDER BY e.day DESC, e.place DESC, e.id LIMIT 300`)
  const handOver = await tx.maybe(sql<{ number: string; receiver: string; effectiveOn: string }>`
    SELECT h.number, r.staff_name AS receiver, h.effective_on AS "effectiveOn" FROM hand_over_item i JOIN hand_over h ON h.id = i.hand_over_id JOIN organisation_staff_facts r ON r.staff_key = i.receiver_key
    WHERE i.customer_id = ${customerId} AND i.state = 'OPEN' LIMIT 1`)
  const relation = opened?.relation ?? 'GRANT'
  return ok({
    asOf: day, slices: slices.map(({ staffKey, name, staffNo, ...slice }) => ({ ...slice, person: { staffKey, name, staffNo } })), standIns, handOver: handOver ?? null, inPool: !slices.some((slice) => slice.now), events,
    may: { 'pool.return': may('pool.return', { relation }), 'pool.decide': may('pool.decide', { relation }), 'hand-over.open': may('hand-over.open') },
  })
})
