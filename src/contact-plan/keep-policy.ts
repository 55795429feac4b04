import { verdictOf } from '../foundation/access/permission.rules.ts'
import { sql, type Transaction } from '../foundation/database/transaction.ts'
import { handle } from '../foundation/http/route.ts'
import { decideProposal } from '../foundation/store/decide-proposal.ts'
import { add, change, end } from '../foundation/store/store.ts'
import { ok, refuse } from '../foundation/values/outcome.ts'
import { countCustomersOfTiers } from './engine-count-tiers.ts'
import { decidePolicy, listPolicies, proposePolicy, type PolicyChange, type PolicyRow, type PolicyTerms } from './policy.contract.ts'
import { earliestBegin, faultOfChange, type PolicyChangeAsked } from './policy.rules.ts'

const termColumns = sql`every_months AS "everyMonths", face_every_months AS "faceEveryMonths", leader_every_months AS "leaderEveryMonths", contact_window AS window, record_within AS "recordWithin", first_duty_until_day AS "firstDutyUntilDay"`

/** All rows of the policy, those of the past too: a past month keeps its rule. */
function readRows(tx: Transaction): Promise<PolicyRow[]> {
  return tx.all(sql<PolicyRow>`
    SELECT tier, region, from_date AS "from", to_date AS "to", version, legal_basis AS basis, ${termColumns} FROM contact_policy ORDER BY tier, region <> '*', region, from_date DESC`)
}

async function readRegions(tx: Transaction, day: string): Promise<string[]> {
  const rows = await tx.all(sql<{ region: string }>`
    SELECT DISTINCT region FROM organisation_institution_facts WHERE from_date <= ${day} AND (to_date IS NULL OR to_date > ${day}) AND region IS NOT NULL AND region <> '*' ORDER BY region`)
  return rows.map(({ region }) => region)
}

type ChangeRow = Omit<PolicyChange, 'terms' | 'customers' | 'may'> & PolicyTerms & { ends: boolean; proposedKey: number }

/** The rules of contact by tier and region, and what is proposed, with the number of customers whom it concerns. */
export const listPoliciesRoute = handle(listPolicies, async (tx, _input, context) => {
  const { businessDate } = context
  const rows = await readRows(tx)
  const regions = await readRegions(tx, businessDate)
  const counted = await countCustomersOfTiers(tx, businessDate)
  const changes = await tx.asRole('office', () => tx.all(sql<ChangeRow>`
    SELECT c.id, c.tier, c.region, c.from_date AS "from", c.ends, c.reason, p.staff_name AS "proposedBy", c.proposed_by AS "proposedKey", c.proposed_on AS "proposedOn", c.decision, d.staff_name AS "decidedBy", c.decided_on AS "decidedOn",
      c.decision_note AS "decisionNote", ${termColumns}
    FROM contact_policy_change c JOIN organisation_staff_facts p ON p.staff_key = c.proposed_by LEFT JOIN organisation_staff_facts d ON d.staff_key = c.decided_by
    ORDER BY c.decision IS NOT NULL, c.proposed_on DESC, c.id DESC LIMIT 50`))
  const own = new Set(rows.filter((row) => row.to === null && row.region !== '*').map((row) => `${row.tier} ${row.region}`))
  const customersOf = (tier: string, region: string): number =>
    counted.filter((one) => one.tier === tier && (region === '*' ? !own.has(`${tier} ${one.region}`) : one.region === region)).reduce((sum, one) => sum + one.customers, 0)
  const mayPropose = context.may('contact-policy.change')
  return ok({
    asOf: businessDate, rows, regions, nextMonth: earliestBegin(businessDate), mayPropose,
    changes: changes.map(({ ends, proposedKey, everyMonths, faceEveryMonths, leaderEveryMonths, window, recordWithin, firstDutyUntilDay, ...told }) => ({
      ...told, terms: ends ? null : { everyMonths, faceEveryMonths, leaderEveryMonths, window, recordWithin, firstDutyUntilDay }, customers: customersOf(told.tier, told.region),
      may: told.decision !== null ? verdictOf('decided-already') : proposedKey === context.actor.staffKey ? verdictOf('same-person') : mayPropose,
    })),
  })
})

export const proposePolicyRoute = handle(proposePolicy, async (tx, { body }, { actor, businessDate }) => {
  const fault = faultOfChange(await readRows(tx), await readRegions(tx, businessDate), body, businessDate)
  if (fault) return refuse(fault.name, { field: fault.field, ...(fault.details ? { details: fault.details } : {}) })
  return tx.asRole('office', async () => {
    // two at once wait for each other here
    await tx.run(sql`SELECT pg_advisory_xact_lock(hashtextextended('contact policy', 11))`)
    if (await tx.maybe(sql`SELECT 1 FROM contact_policy_change WHERE tier = ${body.tier} AND region = ${body.region} AND decision IS NULL`)) return refuse('proposal-open')
    await add(tx, 'contact_policy_change', {
      id: body.id, tier: body.tier, region: body.region, from_date: body.from, ends: body.terms === null, ...columnsOf(body.terms), reason: body.reason, proposed_by: actor.staffKey, proposed_on: businessDate,
    }, { why: body.reason, action: 'PROPOSE_POLICY' })
    return ok({ id: body.id })
  })
})

function columnsOf(terms: PolicyTerms | null) {
  if (terms === null) return {}
  return {
    every_months: terms.everyMonths, face_every_months: terms.faceEveryMonths, leader_every_months: terms.leaderEveryMonths, contact_window: terms.window, record_within: terms.recordWithin,
    first_duty_until_day: terms.firstDutyUntilDay,
  }
}

type Proposed = PolicyTerms & { tier: PolicyRow['tier']; region: string; from: string; ends: boolean; reason: string; proposedKey: number; decision: string | null }

/** A second person confirms or returns. What was possible when it was proposed is judged again: the month may have begun since. */
export const decidePolicyRoute = handle(decidePolicy, async (tx, { params, body }, { actor, businessDate }) => {
  const [rows, regions] = [await readRows(tx), await readRegions(tx, businessDate)]
  return tx.asRole('office', async () => {
    const proposed = await tx.maybe(sql<Proposed>`
      SELECT tier, region, from_date AS "from", ends, reason, proposed_by AS "proposedKey", decision, ${termColumns} FROM contact_policy_change WHERE id = ${params.changeId} FOR UPDATE`)
    const decision = await decideProposal(tx, proposed, { table: 'contact_policy_change', id: params.changeId, returned: 'RETURN_POLICY', body, staffKey: actor.staffKey, day: businessDate })
    if (!decision.ok) return decision
    if (!proposed || decision.value === null) return ok({ id: params.changeId })
    const { tier, region, from, ends, reason, proposedKey: _key, decision: _decision, ...terms } = proposed
    const asked: PolicyChangeAsked = { tier, region, from, terms: ends ? null : terms }
    const fault = faultOfChange(rows, regions, asked, businessDate)
    if (fault) return refuse(fault.name, fault.details ? { details: fault.details } : {})
    await change(tx, 'contact_policy_change', { id: params.changeId }, decision.value, { why: reason, action: 'CONFIRM_POLICY' })
    const same = rows.filter((row) => row.tier === tier && row.region === region)
    const held = same.find((row) => row.from < from && (row.to === null || row.to > from))
    if (held) await end(tx, 'contact_policy', { tier, region, from_date: held.from }, { to_date: from }, { why: reason })
    if (asked.terms !== null) {
      await add(tx, 'contact_policy', { tier, region, from_date: from, version: String(Math.max(0, ...same.map((row) => Number(row.version))) + 1), ...columnsOf(asked.terms), legal_basis: reason }, { why: reason })
    }
    return ok({ id: params.changeId })
  })
})
