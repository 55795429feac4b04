import { proposeAllocationRoute } from '../customers/ownership/propose-allocation.ts'
import { decideAllocationRoute } from '../flows/allocate-pool.ts'
import { sql } from '../foundation/database/transaction.ts'
import type { Services } from '../foundation/http/route.ts'
import { actAs } from './act-as.ts'
import { demoId } from './demo-id.ts'
import { customers, demoBank, people } from './known-cases.ts'

type Head = { staffNo: string; path: string; persons: number; isStory: boolean }

/** The public pool dealt out by two heads: one allocation proposed by the head of an outlet or sub-branch and confirmed by the leader of the bank, one that waits for another head. The customers of the stories are left where they are. */
export async function makePoolAllocations(services: Services): Promise<void> {
  const day = demoBank.today
  const [decided, waits] = [demoId(day, 'pool allocation', 'decided'), demoId(day, 'pool allocation', 'waits')]
  const known = new Set<string>(Object.values(people))
  // a step that runs again finds what it made before
  if (!(await stateOf(services, decided))) {
    // the smallest line that has some, outside of the stories
    const [first] = (await headsWithPool(services, day)).filter(({ staffNo, isStory }) => !known.has(staffNo) && !isStory).sort((a, b) => b.path.length - a.path.length || b.persons - a.persons)
    if (first) await actAs(services, { staffNo: first.staffNo, day, route: proposeAllocationRoute, body: { id: decided, reason: '四季度公共池高端客户分配' } })
  }
  if ((await stateOf(services, decided)) === 'PROPOSED') {
    await actAs(services, { staffNo: people.bankLeader, day, route: decideAllocationRoute, params: { allocationId: decided }, body: { confirm: true, reason: '已核对回避关系，同意分配' }, key: `demo-${decided}` })
  }
  if (await stateOf(services, waits)) return
  // of what is left in the pool: the head of the story if his line has some
  const left = await headsWithPool(services, day)
  const second = left.find(({ staffNo }) => staffNo === people.branchHead) ?? left[0]
  if (second) await actAs(services, { staffNo: second.staffNo, day, route: proposeAllocationRoute, body: { id: waits, reason: '四季度高端客户认领后的余户分配' } })
}

const stateOf = async (services: Services, id: string): Promise<string | null> => (await services.db.asBatch((tx) => tx.maybe(sql<{ state: string }>`SELECT state FROM pool_allocation WHERE id = ${id}`)))?.state ?? null

/** Heads in whose line high-end persons are nobody's, the most first. */
function headsWithPool(services: Services, day: string): Promise<Head[]> {
  return services.db.asBatch((tx) => tx.all(sql<Head>`
    SELECT p.staff_no AS "staffNo", p.line_path AS path, count(k.customer_id)::int AS persons, bool_or(k.number = ${customers.pool}) AS "isStory"
    FROM organisation_post_facts p JOIN customer k ON k.scope_path >= p.line_path AND k.scope_path < p.line_path || '/' AND k.main_staff_key IS NULL AND k.kind = 'PERSON' AND k.status = 'ACTIVE' AND k.merged_into IS NULL AND k.tier IN ('T1', 'T2')
    WHERE p.post_code IN ('OUTLET_HEAD', 'BRANCH_HEAD') AND p.main AND p.breadth = 'UNIT' AND p.from_date <= ${day}::date AND (p.to_date IS NULL OR p.to_date > ${day}::date)
      AND NOT EXISTS (SELECT FROM pool_claim c WHERE c.customer_id = k.customer_id AND c.state = 'OPEN') AND NOT EXISTS (SELECT FROM assignment a WHERE a.customer_id = k.customer_id AND (a.to_date IS NULL OR a.to_date > ${day}::date) AND a.to_date IS DISTINCT FROM a.from_date)
    GROUP BY p.staff_no, p.line_path ORDER BY count(k.customer_id) DESC, p.staff_no`))
}
