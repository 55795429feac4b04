import { mayDoAction } from '../foundation/access/permission.rules.ts'
import { sql } from '../foundation/database/transaction.ts'
import { handle } from '../foundation/http/route.ts'
import { add, end } from '../foundation/store/store.ts'
import { daysBetween } from '../foundation/values/business-date.ts'
import { ok, refuse } from '../foundation/values/outcome.ts'
import { giveGrant, listGrants, longestGrant, withdrawGrant } from './grant.contract.ts'
import { permissionTable } from './permission-table.ts'

/** The grants of a customer, those in force first. */
export const listGrantsRoute = handle(listGrants, async (tx, { params: { customerId } }, { actor, businessDate: day, opened, may }) => {
  const relation = opened?.relation ?? 'GRANT'
  const mine = relation === 'GRANT' ? sql`AND g.staff_key = ${actor.staffKey}` : sql``
  const items = await tx.all(sql<{ id: string; staffKey: number; name: string; staffNo: string; reason: string; from: string; until: string; givenBy: string; givenAt: string; withdrawnOn: string | null; inForce: boolean }>`
    SELECT g.id, g.staff_key AS "staffKey", s.staff_name AS name, s.staff_no AS "staffNo", g.reason, g.from_date AS "from", g.until_date AS until, b.staff_name AS "givenBy", g.given_at AS "givenAt", g.withdrawn_on AS "withdrawnOn",
      g.withdrawn_on IS NULL AND g.from_date <= ${day} AND g.until_date >= ${day} AS "inForce"
    FROM read_grant g JOIN organisation_staff_facts s ON s.staff_key = g.staff_key JOIN organisation_staff_facts b ON b.staff_key = g.given_by
    WHERE g.customer_id = ${customerId} ${mine} ORDER BY "inForce" DESC, g.given_at DESC, g.id LIMIT 100`)
  return ok({ items, may: { 'grant.give': may('grant.give', { relation }), 'grant.withdraw': may('grant.withdraw', { relation }) } })
})

/** A lead opens one customer to one person, to read, for a reason, until a day (which still counts). */
export const giveGrantRoute = handle(giveGrant, async (tx, { params: { customerId }, body }, { actor, businessDate: day }) => {
  if (body.staffKey === actor.staffKey) return refuse('grant-to-oneself', { field: 'staffKey' })
  const posts = await tx.all(sql<{ post_code: string }>`
    SELECT post_code FROM organisation_post_facts WHERE staff_key = ${body.staffKey} AND from_date <= ${day} AND (to_date IS NULL OR to_date > ${day})`)
  if (posts.length === 0) return refuse('not-employed', { field: 'staffKey' })
  if (!posts.some((post) => mayDoAction(permissionTable, post.post_code, 'customer.read', { relation: 'GRANT' }).allowed)) return refuse('post-cannot-read', { field: 'staffKey' })
  if (body.until < day) return refuse('until-passed', { field: 'until' })
  if (daysBetween(day, body.until) >= longestGrant) return refuse('grant-too-long', { field: 'until', details: { days: String(longestGrant) } })
  // two at once for one customer wait for each other here, so that both see the other's grant
  const { sees } = await tx.one(sql<{ sees: boolean }>`SELECT viewers @> ARRAY[${body.staffKey}::int] AS sees FROM customers_customer_facts WHERE customer_id = ${customerId}`)
  if (sees) return refuse('sees-already', { field: 'staffKey' })
  await tx.one(sql`SELECT pg_advisory_xact_lock(hashtextextended(${`${customerId} ${body.staffKey}`}, 11))`)
  const present = await tx.maybe(sql<{ until: string }>`
    SELECT until_date AS until FROM read_grant WHERE customer_id = ${customerId} AND staff_key = ${body.staffKey} AND withdrawn_on IS NULL AND until_date >= ${day} ORDER BY until_date DESC LIMIT 1`)
  if (present) return refuse('grant-exists', { field: 'staffKey', details: { until: present.until } })
  await add(tx, 'read_grant', { customer_id: customerId, id: body.id, staff_key: body.staffKey, reason: body.reason, from_date: day, until_date: body.until, given_by: actor.staffKey }, { why: body.reason, action: 'GIVE_GRANT' })
  return ok({ id: body.id })
})

/** A grant ends at once; that it was given stays. */
export const withdrawGrantRoute = handle(withdrawGrant, async (tx, { params: { customerId, grantId }, body }, { businessDate: day }) => {
  const grant = await tx.maybe(sql<{ in_force: boolean }>`
    SELECT withdrawn_on IS NULL AND until_date >= ${day} AS in_force FROM read_grant WHERE customer_id = ${customerId} AND id = ${grantId} FOR UPDATE`)
  if (!grant) return refuse('not-found')
  if (!grant.in_force) return refuse('grant-ended')
  await end(tx, 'read_grant', { customer_id: customerId, id: grantId }, { withdrawn_on: day }, { why: body.reason, action: 'WITHDRAW_GRANT' })
  return ok({})
})
