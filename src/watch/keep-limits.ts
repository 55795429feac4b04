import { verdictOf } from '../foundation/access/permission.rules.ts'
import { sql, type Transaction } from '../foundation/database/transaction.ts'
import { handle } from '../foundation/http/route.ts'
import { decideProposal } from '../foundation/store/decide-proposal.ts'
import { add, change, end } from '../foundation/store/store.ts'
import { ok, refuse } from '../foundation/values/outcome.ts'
import { decideLimit, listLimits, proposeLimit, type LimitChange, type LimitKind, type LimitRule, type LimitTerms, type LimitView } from './limit.contract.ts'
import { earliestLimit, faultOfLimit, settable, type FoundLimitFault, type LimitAsked } from './limit.rules.ts'

type Stored = { rule: LimitRule; kind: 'CORPORATE' | 'PERSON'; own: boolean; from: string; to: string | null; version: string; basis: string; terms: LimitTerms }
type Ground = { code: string; stored: Stored[]; limits: LimitView[] }

/** The bank's own limits and those that came with the product, as far as the bank has none of its own. */
async function groundOf(tx: Transaction): Promise<Ground> {
  const { code } = await tx.one(sql<{ code: string }>`SELECT code FROM bank`)
  const stored = await tx.all(sql<Stored>`
    SELECT rule, customer_kind AS kind, bank <> '*' AS own, from_date AS "from", to_date AS "to", version, legal_basis AS basis,
      jsonb_build_object('leastFen', least_fen::text, 'share', trim_scale(share)::text, 'days', days, 'times', times, 'marketEffect', market_effect) AS terms
    FROM watch_limit WHERE bank IN ('*', ${code}) ORDER BY rule, customer_kind, from_date DESC, bank = '*'`)
  return { code, stored, limits: stored.flatMap((row) => viewOf(row, stored)) }
}

/** A row as it is read: only what may be set of it; a list that does not part the kinds is told once; an installed row ends where the bank's own begin. */
function viewOf(row: Stored, stored: readonly Stored[]): LimitView[] {
  const { kinds, parts } = settable[row.rule]
  const both = kinds[0] === 'BOTH'
  if (both ? row.kind !== 'PERSON' : !kinds.includes(row.kind)) return []
  const first = row.own ? undefined : stored.filter((one) => one.own && one.rule === row.rule && one.kind === row.kind).map((one) => one.from).sort()[0]
  if (first !== undefined && first <= row.from) return []
  const kept = <P extends keyof LimitTerms>(part: P): LimitTerms[P] | null => (parts.includes(part) ? row.terms[part] : null)
  const terms = { leastFen: kept('leastFen'), share: kept('share'), days: kept('days'), times: kept('times'), marketEffect: kept('marketEffect') }
  return [{ rule: row.rule, kind: both ? 'BOTH' : row.kind, from: row.from, to: first ?? row.to, version: row.version, basis: row.basis, installed: !row.own, terms }]
}

type ChangeRow = Omit<LimitChange, 'may'> & { proposedKey: number }

export const listLimitsRoute = handle(listLimits, async (tx, _input, { businessDate: day, actor, may }) => {
  const { limits } = await groundOf(tx)
  const changes = await tx.asRole('office', () => tx.all(sql<ChangeRow>`
    SELECT c.id, c.rule, c.kind, c.from_date AS "from", c.terms, c.reason, p.staff_name AS "proposedBy", c.proposed_by AS "proposedKey", c.proposed_on AS "proposedOn", c.decision, d.staff_name AS "decidedBy", c.decided_on AS "decidedOn",
      c.decision_note AS "decisionNote"
    FROM watch_limit_change c JOIN organisation_staff_facts p ON p.staff_key = c.proposed_by LEFT JOIN organisation_staff_facts d ON d.staff_key = c.decided_by ORDER BY c.decision IS NOT NULL, c.proposed_on DESC, c.id DESC LIMIT 50`))
  const mayChange = may('watch-limit.change')
  return ok({
    asOf: day, limits, mayPropose: mayChange, earliest: earliestLimit('LARGE_MOVEMENT', day), nextQuarter: earliestLimit('AUM', day),
    changes: changes.map(({ proposedKey, ...one }) => ({ ...one, may: one.decision !== null ? verdictOf('decided-already') : proposedKey === actor.staffKey ? verdictOf('same-person') : mayChange })),
  })
})

const refusalOf = (fault: FoundLimitFault) => refuse(fault.name, { field: fault.field, ...(fault.details ? { details: fault.details } : {}) })

export const proposeLimitRoute = handle(proposeLimit, async (tx, { body: { id, reason, ...asked } }, { actor, businessDate: day }) => {
  const { limits } = await groundOf(tx)
  const fault = faultOfLimit(limits, asked, day)
  if (fault) return refusalOf(fault)
  return tx.asRole('office', async () => {
    // two at once wait for each other here
    await tx.run(sql`SELECT pg_advisory_xact_lock(hashtextextended('watch limits', 12))`)
    if (await tx.maybe(sql`SELECT 1 FROM watch_limit_change WHERE rule = ${asked.rule} AND kind = ${asked.kind} AND decision IS NULL`)) return refuse('proposal-open')
    await add(tx, 'watch_limit_change', { id, rule: asked.rule, kind: asked.kind, from_date: asked.from, terms: asked.terms, reason, proposed_by: actor.staffKey, proposed_on: day }, { why: reason, action: 'PROPOSE_WATCH_LIMIT' })
    return ok({ id })
  })
})

type Proposed = LimitAsked & { reason: string; proposedKey: number; decision: string | null }
const rowsOf = (kind: LimitKind): readonly ('CORPORATE' | 'PERSON')[] => (kind === 'BOTH' ? ['CORPORATE', 'PERSON'] : [kind])

/** The second person confirms or returns. What was possible when it was proposed is judged again: the day may have come since. */
export const decideLimitRoute = handle(decideLimit, async (tx, { params, body }, { actor, businessDate: day }) => {
  const { code, stored, limits } = await groundOf(tx)
  return tx.asRole('office', async () => {
    const asked = await tx.maybe(sql<Proposed>`SELECT rule, kind, from_date AS "from", terms, reason, proposed_by AS "proposedKey", decision FROM watch_limit_change WHERE id = ${params.changeId} FOR UPDATE`)
    const decision = await decideProposal(tx, asked, { table: 'watch_limit_change', id: params.changeId, returned: 'RETURN_WATCH_LIMIT', body, staffKey: actor.staffKey, day })
    if (!decision.ok) return decision
    if (!asked || decision.value === null) return ok({ id: params.changeId })
    const fault = faultOfLimit(limits, asked, day)
    if (fault) return refusalOf(fault)
    await change(tx, 'watch_limit_change', { id: params.changeId }, decision.value, { why: asked.reason, action: 'CONFIRM_WATCH_LIMIT' })
    const { parts } = settable[asked.rule]
    for (const kind of rowsOf(asked.kind)) {
      const same = stored.filter((one) => one.rule === asked.rule && one.kind === kind)
      const own = same.filter((one) => one.own)
      const held = own.find((one) => one.from < asked.from && (one.to === null || one.to > asked.from))
      // what may not be set stays as it came
      const before = held ?? same.find((one) => !one.own && one.from < asked.from && (one.to === null || one.to > asked.from))
      const kept = <P extends keyof LimitTerms>(part: P): LimitTerms[P] | null => (parts.includes(part) ? asked.terms[part] : before?.terms[part] ?? null)
      if (held) await end(tx, 'watch_limit', { rule: asked.rule, customer_kind: kind, bank: code, from_date: held.from }, { to_date: asked.from }, { why: asked.reason })
      await add(tx, 'watch_limit', {
        rule: asked.rule, customer_kind: kind, bank: code, from_date: asked.from, version: `${code}-${own.length + 2}`, least_fen: kept('leastFen'), share: kept('share'), days: kept('days'), times: kept('times'), market_effect: kept('marketEffect'),
        legal_basis: asked.reason,
      }, { why: asked.reason })
    }
    return ok({ id: params.changeId })
  })
})
