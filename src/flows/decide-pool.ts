import { tryAssignCustomer } from '../customers/assign-customer.ts'
import { endClaims, openClaims } from '../customers/ownership/claim-customer.ts'
import { handOverOf } from '../customers/ownership/engine-read-hand-over.ts'
import { loadsOfNew } from '../customers/ownership/engine-read-load.ts'
import { decideClaims, returnToPool as returnContract } from '../customers/ownership/pool.contract.ts'
import { readOwnershipPolicy } from '../customers/ownership/read-ownership-policy.ts'
import { returnToPool } from '../customers/ownership/return-to-pool.ts'
import { sql } from '../foundation/database/transaction.ts'
import { handle } from '../foundation/http/route.ts'
import { monthStart } from '../foundation/values/business-date.ts'
import { ok, refuse } from '../foundation/values/outcome.ts'
import { newId } from '../foundation/values/uuid7.ts'
import { yearAverage } from '../holdings/balance-figures.ts'
import { followCoordination, followCustomer } from './parts/follow-customer.ts'

/** The head decides between those who claim or contest, with a reason: one gets the customer today with his base frozen, or it stays in the pool. */
export const decideClaimsRoute = handle(decideClaims, async (tx, { params: { customerId }, body }, { actor, businessDate: day }) => {
  const claims = await openClaims(tx, customerId)
  if (claims.length === 0) return refuse('no-open-claim')
  if (claims.some((claim) => claim.staff_key === actor.staffKey)) return refuse('own-claim')
  const chosen = claims.find((claim) => claim.id === body.claimId)
  if (body.claimId !== null && !chosen) return refuse('no-open-claim')
  if (chosen) {
    const held = await tx.maybe(sql<{ main_staff_key: number | null }>`SELECT main_staff_key FROM customers_customer_facts WHERE customer_id = ${customerId}`)
    if (held?.main_staff_key !== null) return refuse('has-manager')
    const slices = [{ staffKey: chosen.staff_key, sharePct: '100', main: true }]
    const [full] = (await loadsOfNew(tx, customerId, slices, day)).filter((load) => load.verdict === 'STOP')
    if (full) return refuse('over-capacity', { details: { name: full.name, ratio: full.ratio, most: (await readOwnershipPolicy(tx, day)).stopAbove } })
    const assigned = await tryAssignCustomer(tx, { customerId, slices, from: day, baseAdbFen: await yearAverage(tx, customerId, day), reason: body.reason })
    if (!assigned.ok) return assigned
  }
  await endClaims(tx, customerId, claims, { granted: chosen?.id ?? null, by: actor.staffKey, day, reason: body.reason })
  const batch = newId()
  await followCustomer(tx, batch, customerId)
  await followCoordination(tx, batch)
  return ok({ decided: claims.length })
})

/** A supervisor takes a customer from its managers: never silent, always with a reason. */
export const returnToPoolRoute = handle(returnContract, async (tx, { params: { customerId }, body }, { actor, businessDate: day }) => {
  if (body.from > day || body.from < monthStart(day)) return refuse('return-day', { field: 'from' })
  const listed = await handOverOf(tx, customerId)
  if (listed !== null) return refuse('in-hand-over', { details: { number: listed } })
  const returned = await returnToPool(tx, { customerId, from: body.from, today: day, reason: body.reason, decidedBy: actor.staffKey })
  if (!returned.ok) return returned
  const batch = newId()
  await followCustomer(tx, batch, customerId)
  await followCoordination(tx, batch)
  return ok({ customerId })
})
