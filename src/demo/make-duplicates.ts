import { createCustomerRoute } from '../customers/create-customer.ts'
import { decideDifferentRoute } from '../customers/duplicates/list-duplicates.ts'
import { scanDuplicates } from '../customers/duplicates/scan-duplicates.ts'
import { confirmMergeRoute, proposeMergeRoute, undoMergeRoute } from '../flows/merge-customers.ts'
import { sql } from '../foundation/database/transaction.ts'
import type { Services } from '../foundation/http/route.ts'
import type { OnProgress } from '../foundation/jobs/run-job.ts'
import { actAs } from './act-as.ts'
import { demoId } from './demo-id.ts'
import { inventedResidentId, inventedUscc } from './identity-numbers.ts'
import { people } from './known-cases.ts'

type Side = { by: string; name: string; phone?: string; legalRepresentative?: string; operatingAddress?: string; resident?: number }
type Planted = { kind: 'CORPORATE' | 'PERSON'; what: string; one: Side; other: Side }
const { manager: li, colleague: zhang, assistant: zeng, corporateManager: shan, otherBranchManager: xie, formerlyGranted: qiu } = people

/** Customers that were entered twice, each in another way. The first four end as they are told in `makeDuplicates`. */
const planted: readonly Planted[] = [
  { kind: 'CORPORATE', what: 'legal form', one: { by: shan, name: '山西晋汾源商贸有限公司', phone: '13835100101', legalRepresentative: '贾汾源' }, other: { by: zhang, name: '山西晋汾源商贸有限责任公司', phone: '13835100101', operatingAddress: '太原市小店区长风街18号' } },
  { kind: 'CORPORATE', what: 'place in brackets', one: { by: shan, name: '山西汇汾通科技有限公司', legalRepresentative: '段汇通' }, other: { by: qiu, name: '汇汾通（山西）科技有限公司', legalRepresentative: '段汇通' } },
  { kind: 'CORPORATE', what: 'place left out', one: { by: shan, name: '太原晋汾泰食品有限公司', phone: '13835100103' }, other: { by: zeng, name: '晋汾泰食品有限公司', phone: '13835100103' } },
  { kind: 'CORPORATE', what: 'one character, two companies', one: { by: shan, name: '太原祥汾园林绿化有限公司', legalRepresentative: '靳祥' }, other: { by: zhang, name: '太原祥瑞汾园林绿化有限公司', legalRepresentative: '靳祥', phone: '13835100104' } },
  { kind: 'CORPORATE', what: 'county', one: { by: shan, name: '太原市小店区恒汾物流有限公司' }, other: { by: zeng, name: '太原小店恒汾物流有限公司' } },
  { kind: 'CORPORATE', what: 'traditional characters', one: { by: li, name: '山西鑫汾发贸易有限公司' }, other: { by: qiu, name: '山西鑫汾發貿易有限公司' } },
  { kind: 'CORPORATE', what: 'digits', one: { by: shan, name: '山西第三汾建工程有限公司' }, other: { by: zhang, name: '山西第3汾建工程有限公司' } },
  { kind: 'CORPORATE', what: 'the same sound', one: { by: shan, name: '太原瑞汾祥餐饮管理有限公司', legalRepresentative: '乔瑞祥' }, other: { by: zhang, name: '太原瑞芬祥餐饮管理有限公司', legalRepresentative: '乔瑞祥' } },
  { kind: 'CORPORATE', what: 'group in brackets', one: { by: shan, name: '山西汾泽（集团）有限公司' }, other: { by: zeng, name: '山西汾泽集团有限公司' } },
  { kind: 'CORPORATE', what: 'two branches of the bank', one: { by: shan, name: '山西汾岳能源有限公司', phone: '13835100110' }, other: { by: xie, name: '山西省汾岳能源有限责任公司', phone: '13835100110' } },
  { kind: 'PERSON', what: 'the same phone', one: { by: li, name: '冀汾梅', phone: '13835100111', resident: 910_001 }, other: { by: zhang, name: '冀汾梅', phone: '13835100111' } },
  { kind: 'PERSON', what: 'name written otherwise', one: { by: li, name: '阿依古丽·买买提', phone: '13835100112', resident: 910_002 }, other: { by: zeng, name: '阿依古丽买买提', phone: '13835100112' } },
  // near names that are not proposed: a branch, another city
  { kind: 'CORPORATE', what: 'a branch', one: { by: shan, name: '山西汾砚文化传媒有限公司' }, other: { by: zeng, name: '山西汾砚文化传媒有限公司晋中分公司' } },
]

/**
 * Customers entered twice, found by the scan of the book: the first pair is merged, the second waits for its second person, the third was merged and undone, the fourth was said to be two; the
 * others are open. A second run finds all of it done.
 */
export async function makeDuplicates(services: Services, onProgress: OnProgress): Promise<void> {
  const ids: [string, string][] = []
  for (const [place, { kind, what, one, other }] of planted.entries()) {
    const enter = async (side: Side, day: string, which: string): Promise<string> => {
      const id = demoId(day, 'duplicate', what, which)
      const identity = kind === 'CORPORATE' ? (which === 'one' ? { kind: 'USCC', number: inventedUscc(910_000 + place, '91', '140105') } : { kind: 'OTHER', number: `登记册 ${place + 1} 号` })
        : side.resident === undefined ? { kind: 'PASSPORT', number: `E9100${place}77` } : { kind: 'RESIDENT_ID', number: inventedResidentId(side.resident, 'F').number }
      await actAs(services, {
        staffNo: side.by, day, route: createCustomerRoute,
        body: {
          id, kind, name: side.name, identity, phone: side.phone ?? null, source: '厅堂推荐', sameNameSeen: true,
          ...(kind === 'CORPORATE' ? { corporate: { legalRepresentative: side.legalRepresentative ?? null, operatingAddress: side.operatingAddress ?? null } } : {}),
        },
      })
      return id
    }
    ids.push([await enter(one, '2026-11-09', 'one'), await enter(other, '2026-11-12', 'other')])
    await onProgress('疑似重复 / duplicates', place + 1, planted.length)
  }
  await scanDuplicates(services.db, onProgress)
  const propose = async (place: number, staffNo: string, reason: string): Promise<string> => {
    const [customerId = '', otherId = ''] = ids[place] ?? []
    const id = demoId('2026-11-19', 'merge', place)
    await actAs(services, { staffNo, day: '2026-11-19', route: proposeMergeRoute, params: { customerId }, body: { id, otherId, reason, choices: [] } })
    return id
  }
  const first = await propose(0, people.outletHead, '同一营业执照，两次建档')
  await actAs(services, { staffNo: people.dataSteward, day: '2026-11-20', route: confirmMergeRoute, params: { caseId: first }, body: { opinion: '执照与电话核对一致' }, key: `demo-${first}` })
  await propose(1, people.branchHead, '法定代表人相同，名称仅地名位置不同')
  const third = await propose(2, people.branchHead, '电话相同，名称未写地名')
  await actAs(services, { staffNo: people.dataSteward, day: '2026-11-20', route: confirmMergeRoute, params: { caseId: third }, body: { opinion: '电话核对一致' }, key: `demo-${third}` })
  await actAs(services, { staffNo: people.branchHead, day: '2026-11-21', route: undoMergeRoute, params: { caseId: third }, body: { reason: '客户说明为父子两家企业，共用电话' }, key: `demo-undo-${third}` })
  const [one = '', other = ''] = [...(ids[3] ?? [])].sort()
  const pair = await services.db.asBatch((tx) => tx.maybe(sql<{ id: string }>`SELECT pair_id AS id FROM customers_duplicate_pair_facts WHERE customer_id = ${one} AND other_id = ${other} AND state = 'OPEN'`))
  if (pair) await actAs(services, { staffNo: people.outletHead, day: '2026-11-21', route: decideDifferentRoute, params: { customerId: one, pairId: pair.id }, body: { reason: '执照不同，为两家独立企业' }, key: `demo-different-${pair.id}` })
}
