import { verdictOf } from '../../foundation/access/permission.rules.ts'
import { sql } from '../../foundation/database/transaction.ts'
import { handle } from '../../foundation/http/route.ts'
import { ok } from '../../foundation/values/outcome.ts'
import { mayDecide, moveColumns } from './list-moves.ts'
import { getCustomerTier, type StrategicEntry, type TierMove } from './tier.contract.ts'

type Held = { tier: 'T1'; from: string; to: string | null; reason: string | null; version: string | null }
type Entry = Omit<StrategicEntry, 'may'> & { proposedKey: number; endProposedKey: number | null }

/** The tiers that an opened customer held, its moves with who confirmed them, and its place on the strategic list. */
export const getCustomerTierRoute = handle(getCustomerTier, async (tx, { params: { customerId } }, context) => {
  const { businessDate: day, actor } = context
  const held = await tx.all(sql<Held>`SELECT tier, from_date AS "from", to_date AS "to", reason, table_version AS version FROM tier_held WHERE customer_id = ${customerId} ORDER BY from_date DESC LIMIT 60`)
  const moves = await tx.all(sql<TierMove>`SELECT ${moveColumns} FROM tier_move m WHERE m.customer_id = ${customerId} ORDER BY m.state <> 'WAITING', m.proposed_on DESC, m.id DESC LIMIT 60`)
  const entries = await tx.all(sql<Entry>`
    SELECT e.id, e.from_date AS "from", e.to_date AS "to", e.reason, p.staff_name AS "proposedBy", e.proposed_by AS "proposedKey", e.proposed_on AS "proposedOn", e.decision, d.staff_name AS "decidedBy", e.decided_on AS "decidedOn",
      e.decision_note AS "decisionNote", e.end_on AS "endOn", e.end_reason AS "endReason", ep.staff_name AS "endProposedBy", e.end_proposed_by AS "endProposedKey", ed.staff_name AS "endDecidedBy"
    FROM strategic_entry e JOIN organisation_staff_facts p ON p.staff_key = e.proposed_by LEFT JOIN organisation_staff_facts d ON d.staff_key = e.decided_by
    LEFT JOIN organisation_staff_facts ep ON ep.staff_key = e.end_proposed_by LEFT JOIN organisation_staff_facts ed ON ed.staff_key = e.end_decided_by
    WHERE e.customer_id = ${customerId} ORDER BY e.from_date DESC, e.id DESC LIMIT 30`)
  const may = context.may('strategic.change', context.opened ? { relation: context.opened.relation } : {})
  const strategic = entries.map(({ proposedKey, endProposedKey, ...entry }) => {
    const waits = entry.decision === null ? proposedKey : entry.decision === 'CONFIRMED' && entry.to === null && endProposedKey !== null ? endProposedKey : null
    return {
      ...entry,
      may: {
        decide: waits === null ? verdictOf('decided-already') : waits === actor.staffKey ? verdictOf('same-person') : may,
        end: entry.decision === 'CONFIRMED' && entry.to === null && endProposedKey === null ? may : verdictOf('not-on-the-list'),
      },
    }
  })
  return ok({ asOf: day, held, moves: moves.map((move) => ({ ...move, may: mayDecide(move, context, false) })), strategic, mayPropose: may })
})
