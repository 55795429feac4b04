import { sql, type Transaction } from '../../foundation/database/transaction.ts'
import { add, change, end } from '../../foundation/store/store.ts'
import { ok, refuse, type Outcome } from '../../foundation/values/outcome.ts'
import { newId } from '../../foundation/values/uuid7.ts'

/** All shares of a customer end on a day: it belongs to nobody, its outlet's unit sees it. The decision stands with its reason. The customer is opened and held. */
export async function returnToPool(tx: Transaction, given: { customerId: string; from: string; /** The business date. */ today: string; reason: string; decidedBy: number }): Promise<Outcome<null>> {
  const { customerId, from, reason } = given
  const customer = await tx.one(sql<{ main_staff_key: number | null; loan_fen: string; outlet_path: string | null }>`
    SELECT k.main_staff_key, k.loan_fen, (SELECT o.scope_path FROM organisation_institution_facts o WHERE o.institution_key = k.outlet_key AND o.from_date <= ${from} AND (o.to_date IS NULL OR o.to_date > ${from})) AS outlet_path
    FROM customer k WHERE k.customer_id = ${customerId} FOR UPDATE OF k`)
  const held = await tx.all(sql<{ id: string; from_date: string }>`SELECT id, from_date FROM assignment WHERE customer_id = ${customerId} AND (to_date IS NULL OR to_date > ${from}) AND to_date IS DISTINCT FROM from_date ORDER BY from_date`)
  if (held.length === 0) return refuse('in-pool-already')
  if (BigInt(customer.loan_fen) > 0n) return refuse('has-loans')
  const later = held.find((slice) => slice.from_date > from)
  if (later) return refuse('later-assignment', { field: 'from', details: { day: later.from_date } })
  for (const slice of held) await end(tx, 'assignment', { customer_id: customerId, id: slice.id }, { to_date: from, end_known_on: given.today }, { why: reason, action: 'END_ASSIGNMENT' })
  await add(tx, 'pool_return', { customer_id: customerId, id: newId(), returned_on: from, former_main_key: customer.main_staff_key, decided_by: given.decidedBy, reason }, { why: reason, action: 'RETURN_TO_POOL' })
  await change(tx, 'customer', { customer_id: customerId }, { main_staff_key: null, viewers: [], ...(customer.outlet_path === null ? {} : { scope_path: customer.outlet_path }), changed_at: new Date().toISOString() }, { why: reason })
  return ok(null)
}
