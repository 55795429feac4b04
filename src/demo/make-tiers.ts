import { decideTierMoveRoute } from '../customers/tiers/decide-move.ts'
import { decideStrategicRoute, proposeStrategicRoute } from '../customers/tiers/keep-strategic.ts'
import { workOutMonths } from '../customers/value/run-value-job.ts'
import { sql } from '../foundation/database/transaction.ts'
import type { Services } from '../foundation/http/route.ts'
import type { OnProgress } from '../foundation/jobs/run-job.ts'
import { actAs } from './act-as.ts'
import { demoId } from './demo-id.ts'
import { customers, demoBank, people } from './known-cases.ts'

/** Contributions of the closed months, a strategic customer named by two heads, moves of core customers of which one is confirmed, one declined and the others wait. A second run finds all of it done. */
export async function makeTiers(services: Services, onProgress: OnProgress): Promise<void> {
  const day = demoBank.today
  await workOutMonths(services, { months: 24, again: true, onProgress })
  const { company, moves } = await services.db.asBatch(async (tx) => ({
    company: await tx.maybe(sql<{ id: string }>`SELECT customer_id AS id FROM customer WHERE number = ${customers.sharedCompany}`),
    // of the head's line only: he can open no other; the order must not hang on ids that chance made; those that a run before decided keep their place
    moves: await tx.all(sql<{ customerId: string; id: string }>`
      SELECT m.customer_id AS "customerId", m.id FROM tier_move m JOIN customer k ON k.customer_id = m.customer_id
      JOIN organisation_post_facts f ON f.staff_key = (SELECT staff_key FROM organisation_staff_facts WHERE staff_no = ${people.subBranchHead}) AND f.from_date <= ${day} AND (f.to_date IS NULL OR f.to_date > ${day})
      WHERE (m.state = 'WAITING' OR m.decided_on = ${day}) AND m.scope_path >= f.line_path AND m.scope_path < f.line_path || '/' ORDER BY k.number LIMIT 4`),
  }))
  if (company) {
    const id = demoId(day, 'strategic', customers.sharedCompany)
    await actAs(services, { staffNo: people.subBranchHead, day, route: proposeStrategicRoute, params: { customerId: company.id }, body: { id, from: day, reason: '省级专精特新企业，分行战略客户名单 2026 年第 3 批' } })
    await actAs(services, { staffNo: people.branchHead, day, route: decideStrategicRoute, params: { customerId: company.id, entryId: id }, body: { decision: 'CONFIRMED' }, key: `demo-${id}` })
  }
  const [confirmed, declined] = moves.length > 2 ? moves : []
  if (confirmed) await actAs(services, { staffNo: people.subBranchHead, day, route: decideTierMoveRoute, params: { customerId: confirmed.customerId, moveId: confirmed.id }, body: { decision: 'CONFIRMED', note: '已与客户经理核实' }, key: `demo-tier-${confirmed.id}` })
  if (declined) await actAs(services, { staffNo: people.subBranchHead, day, route: decideTierMoveRoute, params: { customerId: declined.customerId, moveId: declined.id }, body: { decision: 'DECLINED', note: '季末临时资金，下月再看' }, key: `demo-tier-${declined.id}` })
}
