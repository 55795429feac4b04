import { verdictOf } from '../../foundation/access/permission.rules.ts'
import { sql, type Transaction } from '../../foundation/database/transaction.ts'
import { handle, type Context } from '../../foundation/http/route.ts'
import { decideProposal } from '../../foundation/store/decide-proposal.ts'
import { add, change, end } from '../../foundation/store/store.ts'
import { ok, refuse } from '../../foundation/values/outcome.ts'
import { tierRulesOn } from '../tier-table.ts'
import type { TierLines, TierRule } from '../tier.rules.ts'
import { previewTiers } from './engine-preview-tiers.ts'
import { linesOf, readStoredRules, rulesOn, type StoredRule } from './read-rules.ts'
import { decideTierRule, listTierRules, previewTierRule, proposeTierRule, type TierPreview, type TierRuleChange, type TierRuleView, type TierTerms } from './tier-rule.contract.ts'
import { earliestRule, faultOfRule, type FoundTierFault, type TierRuleAsked } from './tier-rule.rules.ts'

const bankCode = async (tx: Transaction): Promise<string> => (await tx.one(sql<{ code: string }>`SELECT code FROM bank`)).code

async function readRegions(tx: Transaction, day: string): Promise<string[]> {
  const rows = await tx.all(sql<{ region: string }>`
    SELECT DISTINCT region FROM organisation_institution_facts WHERE from_date <= ${day} AND (to_date IS NULL OR to_date > ${day}) AND region IS NOT NULL AND region <> '*' ORDER BY region`)
  return rows.map(({ region }) => region)
}

const madeOf = (tier: TierLines['credit'] | undefined): TierTerms['credit'] => (tier === 'T1' || tier === 'T2' || tier === 'T3' ? tier : null)
const termsOf = (lines: TierLines): TierTerms => ({
  t1Fen: lines.T1.toString(), t2Fen: lines.T2.toString(), t3Fen: lines.T3.toString(), t1ContributionFen: lines.contribution?.T1.toString() ?? null, t2ContributionFen: lines.contribution?.T2.toString() ?? null,
  credit: madeOf(lines.credit), linesMin: lines.products?.least ?? null, linesTier: madeOf(lines.products?.tier), strategic: madeOf(lines.strategic), confirmCore: lines.confirmCore === true,
})
const storedView = (rule: StoredRule): TierRuleView => ({ kind: rule.kind, region: rule.region, from: rule.from, to: rule.to, version: rule.version, basis: rule.basis, terms: termsOf(linesOf(rule)), installed: false })

/** The bank's own rules and, where it has none, those that came with the product. */
function views(stored: readonly StoredRule[], code: string, day: string): TierRuleView[] {
  const installed = tierRulesOn(code, day).map((rule): TierRuleView => {
    const first = stored.filter((one) => one.kind === rule.kind && one.region === rule.region).map((one) => one.from).sort()[0]
    return { kind: rule.kind, region: rule.region, from: '1900-01-01', to: first ?? null, version: rule.version, basis: '产品默认', terms: termsOf(rule.lines), installed: true }
  })
  return [...stored.map(storedView), ...installed].sort((a, b) => (a.kind === b.kind ? (a.region === b.region ? (a.from < b.from ? 1 : -1) : a.region < b.region ? -1 : 1) : a.kind < b.kind ? -1 : 1))
}

type Ground = { rules: TierRuleView[]; regions: string[]; stored: StoredRule[]; code: string }
async function groundOf(tx: Transaction, day: string): Promise<Ground> {
  const [stored, code, regions] = [await readStoredRules(tx), await bankCode(tx), await readRegions(tx, day)]
  return { stored, code, regions, rules: views(stored, code, day) }
}

type ChangeRow = Omit<TierRuleChange, 'may'> & { proposedKey: number }
const mayChange = (context: Context) => context.may('tier-rule.change')

export const listTierRulesRoute = handle(listTierRules, async (tx, _input, context) => {
  const { businessDate: day, actor } = context
  const { rules, regions } = await groundOf(tx, day)
  const changes = await tx.asRole('office', () => tx.all(sql<ChangeRow>`
    SELECT c.id, c.kind, c.region, c.from_date AS "from", c.terms, c.preview, c.reason, p.staff_name AS "proposedBy", c.proposed_by AS "proposedKey", c.proposed_on AS "proposedOn", c.decision, d.staff_name AS "decidedBy", c.decided_on AS "decidedOn",
      c.decision_note AS "decisionNote"
    FROM tier_rule_change c JOIN organisation_staff_facts p ON p.staff_key = c.proposed_by LEFT JOIN organisation_staff_facts d ON d.staff_key = c.decided_by ORDER BY c.decision IS NOT NULL, c.proposed_on DESC, c.id DESC LIMIT 50`))
  return ok({
    asOf: day, rules, regions, mayPropose: mayChange(context), nextMonth: earliestRule(day),
    changes: changes.map(({ proposedKey, ...one }) => ({
      ...one, may: one.decision !== null ? verdictOf('decided-already') : proposedKey === actor.staffKey ? verdictOf('same-person') : mayChange(context),
    })),
  })
})

const refusalOf = (fault: FoundTierFault) => refuse(fault.name, { field: fault.field, ...(fault.details ? { details: fault.details } : {}) })

function withChange({ stored, code }: Ground, asked: TierRuleAsked, day: string): TierRule[] {
  const { terms } = asked
  const lines = linesOf({
    t1: terms.t1Fen, t2: terms.t2Fen, t3: terms.t3Fen, t1Contribution: terms.t1ContributionFen, t2Contribution: terms.t2ContributionFen, credit: terms.credit, linesMin: terms.linesMin, linesTier: terms.linesTier, strategic: terms.strategic,
    confirmCore: terms.confirmCore,
  })
  const others = rulesOn(stored, code, day).filter((rule) => rule.kind !== asked.kind || rule.region !== asked.region)
  return [...others, { kind: asked.kind, region: asked.region, version: '0', lines }]
}

const preview = (tx: Transaction, ground: Ground, asked: TierRuleAsked, day: string): Promise<TierPreview> => previewTiers(tx, day, { changed: withChange(ground, asked, day), inForce: rulesOn(ground.stored, ground.code, day) }, asked.kind)

export const previewTierRuleRoute = handle(previewTierRule, async (tx, { body }, { businessDate: day }) => {
  const ground = await groundOf(tx, day)
  const fault = faultOfRule(ground.rules, ground.regions, body, day)
  return fault ? refusalOf(fault) : ok(await preview(tx, ground, body, day))
})

export const proposeTierRuleRoute = handle(proposeTierRule, async (tx, { body }, { actor, businessDate: day }) => {
  const ground = await groundOf(tx, day)
  const fault = faultOfRule(ground.rules, ground.regions, body, day)
  if (fault) return refusalOf(fault)
  const found = await preview(tx, ground, body, day)
  return tx.asRole('office', async () => {
    // two at once wait for each other here
    await tx.run(sql`SELECT pg_advisory_xact_lock(hashtextextended('tier rules', 12))`)
    if (await tx.maybe(sql`SELECT 1 FROM tier_rule_change WHERE kind = ${body.kind} AND region = ${body.region} AND decision IS NULL`)) return refuse('proposal-open')
    await add(tx, 'tier_rule_change', {
      id: body.id, region: body.region, kind: body.kind, from_date: body.from, terms: body.terms, preview: found, reason: body.reason, proposed_by: actor.staffKey, proposed_on: day,
    }, { why: body.reason, action: 'PROPOSE_TIER_RULE' })
    return ok({ id: body.id })
  })
})

type Proposed = TierRuleAsked & { reason: string; proposedKey: number; decision: string | null }

/** The second person confirms or returns. What was possible when it was proposed is judged again: the month may have begun since. */
export const decideTierRuleRoute = handle(decideTierRule, async (tx, { params, body }, { actor, businessDate: day }) => {
  const { rules, regions, stored } = await groundOf(tx, day)
  return tx.asRole('office', async () => {
    const asked = await tx.maybe(sql<Proposed>`SELECT kind, region, from_date AS "from", terms, reason, proposed_by AS "proposedKey", decision FROM tier_rule_change WHERE id = ${params.changeId} FOR UPDATE`)
    const decision = await decideProposal(tx, asked, { table: 'tier_rule_change', id: params.changeId, returned: 'RETURN_TIER_RULE', body, staffKey: actor.staffKey, day })
    if (!decision.ok) return decision
    if (!asked || decision.value === null) return ok({ id: params.changeId })
    const fault = faultOfRule(rules, regions, asked, day)
    if (fault) return refusalOf(fault)
    await change(tx, 'tier_rule_change', { id: params.changeId }, decision.value, { why: asked.reason, action: 'CONFIRM_TIER_RULE' })
    const { kind, region, from, terms } = asked
    const same = stored.filter((rule) => rule.kind === kind && rule.region === region)
    const held = same.find((rule) => rule.from < from && (rule.to === null || rule.to > from))
    if (held) await end(tx, 'tier_rule', { region, kind, from_date: held.from }, { to_date: from }, { why: asked.reason })
    await add(tx, 'tier_rule', {
      region, kind, from_date: from, version: `${region === '*' ? '' : `${region}-`}${same.length + 2}`, t1_fen: terms.t1Fen, t2_fen: terms.t2Fen, t3_fen: terms.t3Fen, t1_contribution_fen: terms.t1ContributionFen,
      t2_contribution_fen: terms.t2ContributionFen, credit: terms.credit, lines_min: terms.linesMin, lines_tier: terms.linesTier, strategic: terms.strategic, confirm_core: terms.confirmCore, legal_basis: asked.reason,
    }, { why: asked.reason })
    return ok({ id: params.changeId })
  })
})
