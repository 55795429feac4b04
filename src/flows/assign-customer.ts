import { tryAssignCustomer } from '../customers/assign-customer.ts'
import { assignCustomerContract } from '../customers/customer.contract.ts'
import { loadsOfNew } from '../customers/ownership/engine-read-load.ts'
import { handOverOf } from '../customers/ownership/engine-read-hand-over.ts'
import { readOwnershipPolicy } from '../customers/ownership/read-ownership-policy.ts'
import { sql } from '../foundation/database/transaction.ts'
import { handle } from '../foundation/http/route.ts'
import { monthStart } from '../foundation/values/business-date.ts'
import { ok, refuse } from '../foundation/values/outcome.ts'
import { newId } from '../foundation/values/uuid7.ts'
import { yearAverage } from '../holdings/balance-figures.ts'
import { followCoordination, followCustomer } from './parts/follow-customer.ts'

/** A head gives a customer its managers: their base is frozen at the year average of that day; its contacts follow, so that they are seen by whom the customer is seen. */
export const assignCustomerRoute = handle(assignCustomerContract, async (tx, { params: { customerId }, body }, { actor, businessDate: day }) => {
  if (body.from > day || body.from < monthStart(day)) return refuse('assign-day', { field: 'from' })
  if (actor.breadth === 'UNIT') {
    const outside = await tx.maybe(sql`
      SELECT 1 FROM unnest(${body.slices.map((slice) => slice.staffKey)}::int[]) k(staff_key)
      WHERE NOT EXISTS (SELECT FROM organisation_post_facts f WHERE f.staff_key = k.staff_key AND f.from_date <= ${body.from} AND (f.to_date IS NULL OR f.to_date > ${body.from})
        AND f.line_path >= ${actor.linePath} AND f.line_path < ${`${actor.linePath}/`})
        AND NOT EXISTS (SELECT FROM customers_assignment_facts a WHERE a.customer_id = ${customerId} AND a.staff_key = k.staff_key AND a.from_date <= ${day} AND (a.to_date IS NULL OR a.to_date > ${day}))`)
    if (outside) return refuse('not-your-unit', { field: 'slices' })
  }
  const baseAdbFen = await yearAverage(tx, customerId, body.from)
  const loads = await loadsOfNew(tx, customerId, body.slices, day)
  const full = loads.find((load) => load.verdict === 'STOP')
  if (full) return refuse('over-capacity', { field: 'slices', details: { name: full.name, ratio: full.ratio, most: (await readOwnershipPolicy(tx, day)).stopAbove } })
  const listed = await handOverOf(tx, customerId)
  if (listed !== null) return refuse('in-hand-over', { details: { number: listed } })
  const assigned = await tryAssignCustomer(tx, { customerId, slices: body.slices, from: body.from, baseAdbFen, reason: body.reason, today: day })
  if (!assigned.ok) return assigned
  const batch = newId()
  await followCustomer(tx, batch, customerId)
  await followCoordination(tx, batch)
  return ok({ customerId, from: body.from, warnings: loads.filter((load) => load.verdict === 'WARN').map(({ staffKey, ratio }) => ({ staffKey, ratio })) })
})
