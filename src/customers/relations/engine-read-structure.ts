import { sql, type Transaction } from '../../foundation/database/transaction.ts'
import { groupRowOn } from './group-table.ts'
import { inForce } from './in-force.ts'
import { findOwners, holdersOf, type Holders, type HoldingEdge, type OwnerParty, type OwnersFound } from './owners.rules.ts'

/** Who the beneficial owners of a company are on a day, over everything that the bank knows of the structure above it: a verdict, the same for everybody who asks. By reference. */
export function ownersOf(tx: Transaction, company: string, day: string): Promise<OwnersFound & { holders: Holders }> {
  return tx.asRole(tx.role === 'batch' ? 'batch' : 'engine', async () => {
    const edges = await tx.all(sql<HoldingEdge>`
      WITH RECURSIVE above AS (
        SELECT ${company}::uuid AS party
        UNION SELECT r.from_party FROM above a JOIN relation r ON r.to_party = a.party AND r.kind IN ('SHAREHOLDING', 'CONTROL') AND ${inForce(day)})
      SELECT r.from_party AS "from", r.to_party AS "to", trim_scale(r.share_pct)::text AS "sharePct", r.cross_holding AS "crossHolding"
      FROM above a JOIN relation r ON r.to_party = a.party AND r.kind IN ('SHAREHOLDING', 'CONTROL') AND ${inForce(day)} ORDER BY r.id`)
    const parties = await tx.all(sql<OwnerParty>`SELECT id, kind FROM party WHERE id = ANY(${[...new Set(edges.map((edge) => edge.from))]}::uuid[])`)
    const managers = await tx.all(sql<{ id: string }>`
      SELECT r.from_party AS id FROM relation r WHERE r.to_party = ${company} AND ${inForce(day)} AND (r.kind = 'LEGAL_REPRESENTATIVE' OR (r.kind = 'MANAGEMENT' AND r.means IN ('CHAIRMAN', 'GENERAL_MANAGER')))
      ORDER BY CASE r.means WHEN 'CHAIRMAN' THEN 0 WHEN 'GENERAL_MANAGER' THEN 1 ELSE 2 END, r.from_date, r.id`)
    const { ownerPct, controlPct } = groupRowOn(day)
    return { ...findOwners({ company, edges, parties, managers: managers.map((one) => one.id), ownerPct, controlPct }), holders: holdersOf({ company, edges, parties, controlPct }) }
  })
}
