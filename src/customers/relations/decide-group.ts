import { sql, type Transaction } from '../../foundation/database/transaction.ts'
import { handle } from '../../foundation/http/route.ts'
import { add, change, end } from '../../foundation/store/store.ts'
import { ok, refuse } from '../../foundation/values/outcome.ts'
import { newId } from '../../foundation/values/uuid7.ts'
import { lockStructure } from './engine-check-structure.ts'
import { controlledBy } from './engine-find-groups.ts'
import { seenCustomers } from './engine-name-parties.ts'
import { groupRowOn } from './group-table.ts'
import { changeGroup, confirmProposal, declineProposal, endMember } from './group.contract.ts'
import { leadOf } from './groups.rules.ts'
import { rolesOf, type HouseholdRole, type Tie } from './households.rules.ts'
import { inForce } from './in-force.ts'
import { groupById, proposalById } from './read-groups.ts'
import { readerOf } from './read-relations.ts'

/** What the rule found becomes a group, or its new members join the group that there is. The members begin on the day that the person names. */
export const confirmProposalRoute = handle(confirmProposal, async (tx, { params, body }, context) => {
  const { actor, businessDate: day } = context
  const seen = await proposalById(tx, params.proposalId)
  if (!seen) return refuse('not-found')
  // two who decide at once wait for each other here
  await lockStructure(tx)
  const found = await proposalById(tx, params.proposalId)
  if (!found || found.state !== 'OPEN') return refuse('decided-already')
  if (body.from > day) return refuse('begins-later', { field: 'from' })
  const parties = await tx.all(sql<{ id: string; customer: string | null }>`SELECT id, as_customer AS customer FROM party WHERE id = ANY(${found.parties}::uuid[])`)
  const opened = found.kind === 'HOUSEHOLD' ? await seenCustomers(tx, readerOf(context), found.customers) : null
  // a household is told by who knows the people: nobody makes one of persons whom he may not see
  if (opened && found.customers.some((id) => !opened.has(id))) return refuse('member-unseen')
  if (body.headPartyId !== undefined && !found.parties.includes(body.headPartyId)) return refuse('not-a-member', { field: 'headPartyId' })
  const row = groupRowOn(day)
  const standing = found.kind === 'HOUSEHOLD' ? await standingOf(tx, found.parties, body.headPartyId, day) : null
  const controls = new Map<string, number>()
  for (const party of found.kind === 'GROUP' ? parties : []) controls.set(party.id, (await controlledBy(tx, [party.id], day, row.controlPct)).length)
  const lead = leadOf(parties.map((party) => ({ partyId: party.id, isCustomer: party.customer !== null, controls: controls.get(party.id) ?? 0 })))
  return tx.asRole('office', async () => {
    const reason = { why: body.reason, action: 'CONFIRM_GROUP' }
    const extended = found.group_id === null ? undefined : await tx.maybe(sql<{ id: string }>`SELECT id FROM customer_group WHERE id = ${found.group_id} AND (to_date IS NULL OR to_date > ${day})`)
    const groupId = extended?.id ?? body.id
    if (!extended) {
      await add(tx, 'customer_group', {
        id: groupId, kind: found.kind, name: body.name, controller_party: found.controller_party, control_basis: found.tests.join(' '), from_date: body.from, confirmed_by: actor.staffKey, reason: body.reason, table_version: found.table_version,
      }, reason)
    }
    const there = new Set((await tx.all(sql<{ party_id: string }>`SELECT party_id FROM group_member WHERE group_id = ${groupId} AND to_date IS NULL`)).map((one) => one.party_id))
    for (const party of parties) {
      if (there.has(party.id)) continue
      await add(tx, 'group_member', {
        id: newId(), group_id: groupId, party_id: party.id, customer_id: party.customer, basis: found.tests.join(' '), from_date: body.from,
        ...(standing ? { role: extended && standing.roles.get(party.id) === 'HEAD' ? 'OTHER' : standing.roles.get(party.id), household: true, rolls_up: !standing.rolled.has(party.id) } : { role: !extended && party.id === lead ? 'LEAD' : 'MEMBER' }),
      }, { why: body.reason, action: 'JOIN_GROUP' })
    }
    await change(tx, 'group_proposal', { id: found.id }, { state: 'CONFIRMED', decided_by: actor.staffKey, decided_on: day, reason: body.reason, group_id: groupId }, reason)
    return ok({ groupId })
  })
})

/** How the members of a household stand to each other, and who rolls up in another one already: his balances are summed there only. */
async function standingOf(tx: Transaction, parties: readonly string[], head: string | undefined, day: string): Promise<{ roles: Map<string, HouseholdRole>; rolled: Set<string> }> {
  return tx.asRole('engine', async () => {
    const members = await tx.all(sql<{ partyId: string; birthDate: string | null }>`SELECT p.id AS "partyId", n.birth_date AS "birthDate" FROM party p LEFT JOIN person n ON n.customer_id = p.as_customer WHERE p.id = ANY(${[...parties]}::uuid[])`)
    const ties = await tx.all(sql<Tie>`SELECT r.from_party AS "from", r.to_party AS "to", r.means FROM relation r WHERE r.kind = 'FAMILY' AND r.from_party = ANY(${[...parties]}::uuid[]) AND r.to_party = ANY(${[...parties]}::uuid[]) AND ${inForce(day)}`)
    const rolled = await tx.all(sql<{ id: string }>`SELECT party_id AS id FROM group_member WHERE party_id = ANY(${[...parties]}::uuid[]) AND household AND rolls_up AND to_date IS NULL`)
    return { roles: rolesOf(members.map((one) => ({ ...one, wanted: one.partyId === head })), ties), rolled: new Set(rolled.map((one) => one.id)) }
  })
}

/** A person looked and does not take it for a group. The same set is not proposed again. */
export const declineProposalRoute = handle(declineProposal, async (tx, { params, body }, { actor, businessDate: day }) => {
  if (!(await proposalById(tx, params.proposalId))) return refuse('not-found')
  await lockStructure(tx)
  const found = await proposalById(tx, params.proposalId)
  if (!found || found.state !== 'OPEN') return refuse('decided-already')
  await tx.asRole('office', () => change(tx, 'group_proposal', { id: found.id }, { state: 'DECLINED', decided_by: actor.staffKey, decided_on: day, reason: body.reason }, { why: body.reason, action: 'DECLINE_GROUP' }))
  return ok({ proposalId: found.id })
})

export const changeGroupRoute = handle(changeGroup, async (tx, { params: { groupId }, body }, { businessDate: day }) => {
  const group = await groupById(tx, groupId, day)
  if (!group || group.kind === 'HOUSEHOLD') return refuse('not-found')
  await lockStructure(tx)
  if (group.to_date !== null && group.to_date <= day) return refuse('group-ended')
  const now = await tx.one(sql<{ limit: string | null; from: string | null; until: string | null }>`SELECT unified_limit_fen::text AS "limit", limit_from AS "from", limit_until AS until FROM customer_group WHERE id = ${groupId}`)
  const limit = { fen: body.limitFen === undefined ? now.limit : body.limitFen, from: body.limitFrom === undefined ? now.from : body.limitFrom, until: body.limitUntil === undefined ? now.until : body.limitUntil }
  const told = [limit.fen, limit.from, limit.until].filter((part) => part !== null).length
  if ((told !== 0 && told !== 3) || (limit.from !== null && limit.until !== null && limit.until <= limit.from) || (limit.fen !== null && BigInt(limit.fen) < 0n)) return refuse('limit-incomplete', { field: 'limitFen' })
  const units = [...(body.leadOrg === undefined || body.leadOrg === null ? [] : [body.leadOrg]), ...(body.coOrgs ?? [])]
  const { known } = await tx.one(sql<{ known: number }>`SELECT count(DISTINCT institution_key)::int AS known FROM organisation_institution_facts WHERE institution_key = ANY(${units}::int[]) AND from_date <= ${day} AND (to_date IS NULL OR to_date > ${day})`)
  if (known !== new Set(units).size) return refuse('outlet-unknown', { field: 'leadOrg' })
  const members = await tx.all(sql<{ id: string; party_id: string; role: string }>`SELECT id, party_id, role FROM group_member WHERE group_id = ${groupId} AND to_date IS NULL`)
  const lead = body.leadPartyId === undefined ? undefined : members.find((member) => member.party_id === body.leadPartyId)
  if (body.leadPartyId !== undefined && !lead) return refuse('not-a-member', { field: 'leadPartyId' })
  const reason = { why: body.reason }
  return tx.asRole('office', async () => {
    const former = members.find((member) => member.role === 'LEAD')
    if (lead && lead.id !== former?.id) {
      if (former) await change(tx, 'group_member', { id: former.id }, { role: 'MEMBER' }, reason)
      await change(tx, 'group_member', { id: lead.id }, { role: 'LEAD' }, reason)
    }
    await change(tx, 'customer_group', { id: groupId }, { name: body.name, unified_limit_fen: limit.fen, limit_from: limit.from, limit_until: limit.until, lead_org: body.leadOrg, co_orgs: body.coOrgs }, reason)
    return ok({ groupId })
  })
})

/** A member leaves on a day. With the last but one the group ends: a group of one is none. */
export const endMemberRoute = handle(endMember, async (tx, { params: { groupId, memberId }, body }, { businessDate: day }) => {
  const group = await groupById(tx, groupId, day)
  if (!group || group.kind === 'HOUSEHOLD') return refuse('not-found')
  await lockStructure(tx)
  const members = await tx.all(sql<{ id: string; role: string; from_date: string; to_date: string | null }>`SELECT id, role, from_date, to_date FROM group_member WHERE group_id = ${groupId}`)
  const member = members.find((one) => one.id === memberId)
  if (!member) return refuse('not-found')
  if (member.to_date !== null) return refuse('ended-already')
  const present = members.filter((one) => one.to_date === null)
  if (member.role === 'LEAD' && present.length > 2) return refuse('lead-stays')
  if (body.on < member.from_date || body.on > day) return refuse('end-day', { field: 'on', details: { from: member.from_date } })
  const ends = present.length <= 2
  await tx.asRole('office', async () => {
    const reason = { why: body.reason, action: 'LEAVE_GROUP' }
    for (const one of ends ? present : [member]) await end(tx, 'group_member', { id: one.id }, { to_date: body.on < one.from_date ? one.from_date : body.on, end_reason: body.reason }, reason)
    if (ends) await end(tx, 'customer_group', { id: groupId }, { to_date: body.on < group.from_date ? group.from_date : body.on, end_reason: body.reason }, { why: body.reason, action: 'END_GROUP' })
  })
  return ok({ groupId, ended: ends })
})
