import { sql, type Transaction } from '../../foundation/database/transaction.ts'
import { handle } from '../../foundation/http/route.ts'
import { add, end } from '../../foundation/store/store.ts'
import { ok, refuse } from '../../foundation/values/outcome.ts'
import { showParties, type Reader } from './engine-name-parties.ts'
import { descends, lockStructure, loopThrough, sharesWith, type NewEdge } from './engine-check-structure.ts'
import { findOther, takeParty } from './find-party.ts'
import { overlaps } from './in-force.ts'
import { proposeAround } from './propose-groups.ts'
import { endRelation, recordRelation, type Means, type RelationKind } from './relation.contract.ts'
import { faultOfRelation, keptRelative, kindRules } from './relation.rules.ts'

/** An edge is recorded on the file of the open customer. The whole bank is asked whether it closes a loop or makes more than a whole of a company; then the groups around it are looked at anew. */
export const recordRelationRoute = handle(recordRelation, async (tx, { params: { customerId }, body }, { actor, services, businessDate: day, opened }) => {
  const reader: Reader = { actor, opened: opened?.customerId ?? null }
  await lockStructure(tx)
  const own = await tx.maybe(sql<{ kind: 'CORPORATE' | 'PERSON' }>`SELECT kind FROM customer WHERE customer_id = ${customerId}`)
  if (!own) return refuse('not-found')
  const customerKind = async (id: string): Promise<'CORPORATE' | 'PERSON' | null> => {
    if (id === customerId) return own.kind
    if (actor.breadth === 'NONE') return null
    const role = ({ SELF: 'self', UNIT: 'unit', ALL: 'all' } as const)[actor.breadth]
    return tx.asRole(role, async () => (await tx.maybe(sql<{ kind: 'CORPORATE' | 'PERSON' }>`SELECT kind FROM customer WHERE customer_id = ${id}`))?.kind ?? null)
  }
  const found = await findOther({ tx, keys: services.keys, customerId, today: day, customerKind }, body.other)
  if (!found.ok) return found
  const [here, other] = [await takeParty(tx, customerId, own.kind, customerId), found.value]
  if (here.id === other.id) return refuse('same-party', { field: 'other' })
  const kept = body.kind === 'FAMILY' ? keptRelative(body.means) : { means: body.means, otherFirst: body.direction === 'IN' }
  const [from, to] = kept.otherFirst ? [other, here] : [here, other]
  const fault = faultOfRelation(body, from.kind, to.kind, day)
  if (fault) return { ok: false, refusal: fault }
  const edge: NewEdge = { from: from.id, to: to.id, fromDate: body.from, toDate: body.to }
  const twin = await standsAlready(tx, edge, body.kind, body.means)
  if (twin !== null) return refuse('exists-already', { field: 'other', details: { day: twin } })
  if (kept.means === 'PARENT' && (await descends(tx, edge))) return refuse('family-loop', { field: 'means' })
  if (body.kind === 'SHAREHOLDING' && body.sharePct !== null) {
    const { sum, above } = await sharesWith(tx, edge, body.sharePct)
    if (above) return refuse('shares-above-100', { field: 'sharePct', details: { sum } })
  }
  if ((body.kind === 'SHAREHOLDING' || body.kind === 'CONTROL') && !body.crossHolding) {
    const loop = await loopThrough(tx, edge)
    if (loop !== null) {
      const names = await showParties(tx, reader, loop)
      return refuse('control-loop', { field: 'crossHolding', details: { loop: [from.id, ...loop].map((id) => names.get(id)?.name ?? '--').join(' → ') } })
    }
  }
  await add(tx, 'relation', {
    id: body.id, customer_id: customerId, kind: body.kind, from_party: from.id, to_party: to.id, share_pct: body.sharePct, subscribed_fen: body.subscribedFen, paid_in_fen: body.paidInFen, cross_holding: body.crossHolding,
    means: kept.means, amount_fen: body.amountFen, income_pct: body.incomePct, outlay_pct: body.outlayPct, evidence: body.evidence, from_date: body.from, to_date: body.to, entered_by: actor.staffKey, entered_on: day,
  }, { why: null, action: 'RECORD_RELATION' })
  await proposeAround(tx, [from.id, to.id], day)
  return ok({ relationId: body.id, partyId: here.id, otherPartyId: other.id })
})

/** Since when the same relation stands; null: it does not. Guarantees may stand beside each other; a company has one legal representative at a time. */
async function standsAlready(tx: Transaction, edge: NewEdge, kind: RelationKind, means: Means | null): Promise<string | null> {
  if (kind === 'GUARANTEE') return null
  const between = kind === 'LEGAL_REPRESENTATIVE' ? sql`r.to_party = ${edge.to}`
    : kindRules[kind].directed ? sql`r.from_party = ${edge.from} AND r.to_party = ${edge.to}`
      : sql`((r.from_party = ${edge.from} AND r.to_party = ${edge.to}) OR (r.from_party = ${edge.to} AND r.to_party = ${edge.from}))`
  const same = kind === 'MANAGEMENT' ? sql`AND r.means = ${means}` : sql``
  return (await tx.maybe(sql<{ day: string }>`SELECT r.from_date AS day FROM relation r WHERE r.kind = ${kind} AND ${between} ${same} AND ${overlaps(edge.fromDate, edge.toDate)} ORDER BY r.from_date DESC LIMIT 1`))?.day ?? null
}

/** It ends on a day; that it stood stays. A mistake ends on its own first day, as if it had never stood. */
export const endRelationRoute = handle(endRelation, async (tx, { params: { customerId, relationId }, body }, { businessDate: day }) => {
  await lockStructure(tx)
  const found = await tx.maybe(sql<{ customer_id: string; from_party: string; to_party: string; from_date: string; to_date: string | null; entered_by: number | null }>`
    SELECT r.customer_id, r.from_party, r.to_party, r.from_date, r.to_date, r.entered_by FROM relation r
    WHERE r.id = ${relationId} AND (r.customer_id = ${customerId} OR r.from_party IN (SELECT id FROM party WHERE as_customer = ${customerId}) OR r.to_party IN (SELECT id FROM party WHERE as_customer = ${customerId}))`)
  if (!found) return refuse('not-found')
  if (found.entered_by === null) return refuse('found-by-rule')
  if (found.customer_id !== customerId) return refuse('recorded-elsewhere')
  if (found.to_date !== null && found.to_date <= day) return refuse('ended-already')
  if (body.on < found.from_date || body.on > day) return refuse('end-day', { field: 'on', details: { from: found.from_date } })
  await end(tx, 'relation', { id: relationId }, { to_date: body.on, end_reason: body.reason }, { why: body.reason, action: 'END_RELATION' })
  await proposeAround(tx, [found.from_party, found.to_party], day)
  return ok({ relationId })
})
