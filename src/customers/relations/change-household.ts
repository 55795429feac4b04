import type { z } from 'zod'
import { sql, type Transaction } from '../../foundation/database/transaction.ts'
import { handle, type Context } from '../../foundation/http/route.ts'
import { add, end } from '../../foundation/store/store.ts'
import { ok, refuse, type Outcome } from '../../foundation/values/outcome.ts'
import { newId } from '../../foundation/values/uuid7.ts'
import { lockStructure } from './engine-check-structure.ts'
import { takeParty, type Party } from './find-party.ts'
import { addHouseholdMember, endHousehold, makeHousehold } from './group.contract.ts'

type Told = z.output<typeof addHouseholdMember.body>['member']
type Joining = Told & { party: Party; name: string }

/** A household of persons: who sees one of them sees it. A person may sit in several and rolls up in one. */
export const makeHouseholdRoute = handle(makeHousehold, async (tx, { params: { customerId }, body }, context) => {
  if (body.from > context.businessDate) return refuse('begins-later', { field: 'from' })
  await lockStructure(tx)
  const joining = await whoJoins(tx, context, customerId, [{ customerId, role: body.role, rollsUp: body.rollsUp }, ...body.members])
  if (!joining.ok) return joining
  return tx.asRole('office', async () => {
    await add(tx, 'customer_group', { id: body.id, kind: 'HOUSEHOLD', name: body.name, from_date: body.from, confirmed_by: context.actor.staffKey, reason: body.evidence }, { why: body.evidence, action: 'MAKE_HOUSEHOLD' })
    for (const one of joining.value) await join(tx, body.id, one, body.from, body.evidence)
    return ok({ groupId: body.id })
  })
})

export const addHouseholdMemberRoute = handle(addHouseholdMember, async (tx, { params: { customerId, groupId }, body }, context) => {
  if (body.from > context.businessDate) return refuse('begins-later', { field: 'from' })
  await lockStructure(tx)
  if (!(await householdOf(tx, customerId, groupId))) return refuse('not-found')
  const joining = await whoJoins(tx, context, customerId, [body.member])
  if (!joining.ok) return joining
  const [one] = joining.value
  if (!one || (await tx.maybe(sql`SELECT FROM group_member WHERE group_id = ${groupId} AND party_id = ${one.party.id} AND to_date IS NULL`))) return refuse('member-twice', { field: 'member' })
  await tx.asRole('office', () => join(tx, groupId, one, body.from, body.evidence))
  return ok({ groupId })
})

export const endHouseholdRoute = handle(endHousehold, async (tx, { params: { customerId, groupId }, body }, { businessDate: day }) => {
  await lockStructure(tx)
  const household = await householdOf(tx, customerId, groupId)
  if (!household) return refuse('not-found')
  const members = await tx.all(sql<{ id: string; from_date: string; to_date: string | null }>`SELECT id, from_date, to_date FROM group_member WHERE group_id = ${groupId}`)
  const member = body.memberId === null ? null : members.find((one) => one.id === body.memberId)
  if (member === undefined) return refuse('not-found')
  if (household.to_date !== null || (member !== null && member.to_date !== null)) return refuse('ended-already')
  const from = member?.from_date ?? household.from_date
  if (body.on < from || body.on > day) return refuse('end-day', { field: 'on', details: { from } })
  const present = members.filter((one) => one.to_date === null)
  const whole = member === null || present.length <= 2
  await tx.asRole('office', async () => {
    for (const one of whole ? present : [member]) await end(tx, 'group_member', { id: one.id }, { to_date: body.on < one.from_date ? one.from_date : body.on, end_reason: body.reason }, { why: body.reason, action: 'LEAVE_GROUP' })
    if (whole) await end(tx, 'customer_group', { id: groupId }, { to_date: body.on, end_reason: body.reason }, { why: body.reason, action: 'END_GROUP' })
  })
  return ok({ groupId })
})

async function householdOf(tx: Transaction, customerId: string, groupId: string): Promise<{ from_date: string; to_date: string | null } | undefined> {
  return tx.maybe(sql<{ from_date: string; to_date: string | null }>`
    SELECT g.from_date, g.to_date FROM customer_group g WHERE g.id = ${groupId} AND g.kind = 'HOUSEHOLD' AND EXISTS (SELECT FROM group_member m JOIN party p ON p.id = m.party_id WHERE m.group_id = g.id AND p.as_customer = ${customerId})`)
}

/** The customers named, as their parties: each a person whom the reader may see, each once, none of them rolling up elsewhere already. */
async function whoJoins(tx: Transaction, { actor }: Context, customerId: string, told: readonly Told[]): Promise<Outcome<Joining[]>> {
  if (new Set(told.map((one) => one.customerId)).size !== told.length) return refuse('member-twice', { field: 'members' })
  const ids = told.map((one) => one.customerId)
  const role = ({ SELF: 'self', UNIT: 'unit', ALL: 'all', NONE: 'self' } as const)[actor.breadth]
  const seen = new Map([...(await tx.asRole(role, () => tx.all(sql<{ id: string; kind: 'CORPORATE' | 'PERSON'; name: string }>`SELECT customer_id AS id, kind, name FROM customer WHERE customer_id = ANY(${ids}::uuid[])`))),
    ...(await tx.all(sql<{ id: string; kind: 'CORPORATE' | 'PERSON'; name: string }>`SELECT customer_id AS id, kind, name FROM customer WHERE customer_id = ${customerId}`))].map((row) => [row.id, row]))
  const joining: Joining[] = []
  for (const one of told) {
    const customer = seen.get(one.customerId)
    if (!customer) return refuse('other-unknown', { field: 'members' })
    if (customer.kind !== 'PERSON') return refuse('not-a-person', { field: 'members' })
    const party = await takeParty(tx, one.customerId, 'PERSON', customerId)
    if (one.rollsUp && (await tx.maybe(sql`SELECT FROM group_member WHERE party_id = ${party.id} AND household AND rolls_up AND to_date IS NULL`))) return refuse('rolls-up-elsewhere', { field: 'members', details: { name: customer.name } })
    joining.push({ ...one, party, name: customer.name })
  }
  return ok(joining)
}

function join(tx: Transaction, groupId: string, one: Joining, from: string, why: string): Promise<void> {
  return add(tx, 'group_member', { id: newId(), group_id: groupId, party_id: one.party.id, customer_id: one.customerId, role: one.role, household: true, rolls_up: one.rollsUp, from_date: from }, { why, action: 'JOIN_GROUP' })
}
