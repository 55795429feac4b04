import { grantForCoordination } from '../access/grant-for-coordination.ts'
import { permissionTable } from '../access/permission-table.ts'
import { actOnCase, addMember, askCase, endMember } from '../coordination/coordination.contract.ts'
import { followCases } from '../coordination/follow-cases.ts'
import { tryActOnCase, tryAskCase } from '../coordination/keep-cases.ts'
import { tryAddMember, tryEndMember } from '../coordination/keep-members.ts'
import { mayDoAction } from '../foundation/access/permission.rules.ts'
import { sql, type Transaction } from '../foundation/database/transaction.ts'
import { handle } from '../foundation/http/route.ts'
import { ok, refuse, type Outcome } from '../foundation/values/outcome.ts'
import { newId } from '../foundation/values/uuid7.ts'

/** What is coordinated across departments, and what its members may read meanwhile: one act, both or neither. */

const mayRead = (postCode: string): boolean => mayDoAction(permissionTable, postCode, 'customer.read', { relation: 'GRANT' }).allowed

/** Nobody takes part in what concerns a customer whose post may not read customers. */
async function allMayRead(tx: Transaction, staffKeys: readonly number[], day: string): Promise<Outcome<null>> {
  const posts = await tx.all(sql<{ name: string; codes: string[] }>`
    SELECT staff_name AS name, array_agg(post_code) AS codes FROM organisation_post_facts WHERE staff_key = ANY(${[...staffKeys]}::int[]) AND from_date <= ${day} AND (to_date IS NULL OR to_date > ${day}) GROUP BY staff_key, staff_name`)
  const blind = posts.filter(({ codes }) => !codes.some(mayRead))
  return blind.length > 0 ? refuse('post-cannot-read', { field: 'members', details: { names: blind.map(({ name }) => name).join('、') } }) : ok(null)
}

async function settled<T>(tx: Transaction, outcome: Outcome<T>, caseId: string, day: string): Promise<Outcome<T>> {
  if (!outcome.ok) return outcome
  const batch = newId()
  await followCases(tx, batch, { caseId, day })
  await grantForCoordination(tx, batch, { caseId, day })
  return outcome
}

export const askCaseRoute = handle(askCase, async (tx, { body }, context) => {
  const { businessDate: day } = context
  if (body.customerId !== null) {
    const seen = await tx.maybe(sql`SELECT 1 FROM customers_customer_facts WHERE customer_id = ${body.customerId}`)
    const able = seen ? await allMayRead(tx, body.members.map((one) => one.staffKey), day) : ok(null)
    if (!able.ok) return able
  }
  return settled(tx, await tryAskCase(tx, body, context), body.id, day)
})

export const actOnCaseRoute = handle(actOnCase, async (tx, { params: { caseId }, body }, context) =>
  settled(tx, await tryActOnCase(tx, caseId, body, context, (row) => row.customer_id === null || mayRead(context.actor.postCode)), caseId, context.businessDate))

export const addCaseMemberRoute = handle(addMember, async (tx, { params: { caseId }, body }, context) => {
  const { businessDate: day } = context
  const about = await tx.maybe(sql<{ customer_id: string | null }>`SELECT customer_id FROM coordination_case_facts WHERE case_id = ${caseId}`)
  const able = about && about.customer_id !== null ? await allMayRead(tx, [body.staffKey], day) : ok(null)
  const added = await tryAddMember(tx, caseId, body, context)
  // what is more fundamental is told first; nothing is kept of a refusal
  if (added.ok && !able.ok) return able
  return settled(tx, added, caseId, day)
})

export const endCaseMemberRoute = handle(endMember, async (tx, { params, body }, context) => settled(tx, await tryEndMember(tx, params, body.reason, context), params.caseId, context.businessDate))
