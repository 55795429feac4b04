import { proposeAllocationRoute } from '../customers/ownership/propose-allocation.ts'
import { decideAllocationRoute } from '../flows/allocate-pool.ts'
import { sql } from '../foundation/database/transaction.ts'
import type { Services } from '../foundation/http/route.ts'
import { actAs } from './act-as.ts'
import { demoId } from './demo-id.ts'
import { customers, demoBank, people } from './known-cases.ts'

type Head = { staffNo: string; post: string; path: string; persons: number; isStory: boolean }

/** The public pool dealt out by two heads: one allocation proposed by the head of an outlet or sub-branch and confirmed by the leader of the bank, one that waits for another head. The customers of the stories are left where they are. */
export async function makePoolAllocations(services: Services): Promise<void> {
  const day = demoBank.today
  if (await services.db.asBatch((tx) => tx.maybe(sql`SELECT 1 FROM pool_allocation LIMIT 1`))) {
    // made before the process was cut off: what was to be confirmed is
    await confirmFirst(services, day)
    return
  }
  const heads = await services.db.asBatch((tx) => tx.all(sql<Head>`
    SELECT p.staff_no AS "staffNo", p.post_code AS post, p.line_path AS path, count(k.customer_id)::int AS persons, bool_or(k.number = ${customers.pool}) AS "isStory"
    FROM organisation_post_facts p JOIN customer k ON k.scope_path >= p.line_path AND k.scope_path < p.line_path || '/' AND k.main_staff_key IS NULL AND k.kind = 'PERSON' AND k.status = 'ACTIVE' AND k.merged_into IS NULL AND k.tier IN ('T1', 'T2')
      AND NOT EXISTS (SELECT FROM pool_claim c WHERE c.customer_id = k.customer_id AND c.state = 'OPEN')
    WHERE p.post_code IN ('OUTLET_HEAD', 'BRANCH_HEAD') AND p.main AND p.breadth = 'UNIT' AND p.from_date <= ${day}::date AND (p.to_date IS NULL OR p.to_date > ${day}::date)
    GROUP BY p.staff_no, p.post_code, p.line_path ORDER BY count(k.customer_id) DESC, p.staff_no`))
  const known = new Set<string>(Object.values(people))
  const within = (path: string, other: string): boolean => path === other || path.startsWith(`${other}.`)
  // the smallest line that has some, outside of the stories; and another line that does not meet it
  const first = heads.filter(({ staffNo, isStory }) => !known.has(staffNo) && !isStory).sort((a, b) => b.path.length - a.path.length || b.persons - a.persons)[0]
  if (first) {
    const id = demoId(day, 'pool allocation', 'decided')
    await actAs(services, { staffNo: first.staffNo, day, route: proposeAllocationRoute, body: { id, reason: '四季度公共池高端客户分配' } })
    await confirmFirst(services, day)
  }
  const second = heads.find(({ staffNo, path }) => staffNo !== first?.staffNo && staffNo === people.branchHead && (first === undefined || !within(path, first.path))) ?? heads.find(({ path }) => first === undefined || (!within(path, first.path) && !within(first.path, path)))
  if (second) await actAs(services, { staffNo: second.staffNo, day, route: proposeAllocationRoute, body: { id: demoId(day, 'pool allocation', 'waits'), reason: '四季度高端客户认领后的余户分配' } })
}

async function confirmFirst(services: Services, day: string): Promise<void> {
  const id = demoId(day, 'pool allocation', 'decided')
  const open = await services.db.asBatch((tx) => tx.maybe(sql`SELECT 1 FROM pool_allocation WHERE id = ${id} AND state = 'PROPOSED'`))
  if (open) await actAs(services, { staffNo: people.bankLeader, day, route: decideAllocationRoute, params: { allocationId: id }, body: { confirm: true, reason: '已核对回避关系，同意分配' }, key: `demo-${id}` })
}
