import { createHash } from 'node:crypto'
import { askExportRoute } from '../customers/lists/ask-export.ts'
import { checkImportRoute } from '../customers/lists/check-import.ts'
import { createSegmentRoute } from '../customers/lists/keep-segments.ts'
import { createTagRoute } from '../customers/lists/keep-tags.ts'
import { tagCustomerRoute } from '../customers/lists/keep-tags.ts'
import { batchPlanRoute } from '../flows/plan-contacts.ts'
import { sql } from '../foundation/database/transaction.ts'
import type { Services } from '../foundation/http/route.ts'
import { writeBook } from '../foundation/spreadsheets/write-sheet.ts'
import { createSavedViewRoute } from '../foundation/views/keep-saved-views.ts'
import { actAs } from './act-as.ts'
import { demoId } from './demo-id.ts'
import { inventedUscc } from './identity-numbers.ts'
import { customers, demoBank, people } from './known-cases.ts'

const day = demoBank.today
const id = (what: string): string => demoId(day, `lists ${what}`)
const all = (...conditions: { field: string; op: string; values: string[] }[]) => ({ match: 'ALL', groups: [{ match: 'ALL', conditions }] })

/** Views, segments, tags and planned contacts of the story, an import that waits to be run, and (in the full bank) an export that waits for approval. A second run finds them made. */
export async function makeLists(services: Services, full: boolean): Promise<void> {
  const ids = await services.db.asBatch((tx) => tx.all(sql<{ number: string; customer_id: string }>`SELECT number, customer_id FROM customers_customer_facts WHERE number = ANY(${Object.values(customers)}::text[])`))
  const customerId = (number: string): string => ids.find((row) => row.number === number)?.customer_id ?? ''
  const own = [customers.own, customers.shared, customers.notYetContacted].map(customerId)

  const view = (staffNo: string, name: string, filters: Record<string, string>, share: 'NONE' | 'LINE') => actAs(services, {
    staffNo, day, route: createSavedViewRoute, body: { id: id(`view ${name}`), list: 'customers', name, share: { with: share }, state: { filters: Object.entries(filters).map(([filter, value]) => ({ name: filter, value })), sort: '-adb', columns: null, unit: 'wan' } },
  })
  await view(people.teamLead, '核心优质户', { tier: 'T1' }, 'LINE')
  await view(people.manager, '我的企业户', { kind: 'CORPORATE' }, 'NONE')
  await view(people.branchHead, '潜在客户', { status: 'PROSPECT' }, 'LINE')

  const segment = (staffNo: string, name: string, about: string, definition: object, share: 'NONE' | 'LINE') => actAs(services, { staffNo, day, route: createSegmentRoute, body: { id: id(`segment ${name}`), name, about, definition, share: { with: share } } })
  await segment(people.teamLead, '重点户久未见面', '核心与重点客户，90 天没有见面', all({ field: 'tier', op: 'IN', values: ['T1', 'T2'] }, { field: 'lastMeeting', op: 'OVER_DAYS_AGO', values: ['90'] }), 'LINE')
  await segment(people.manager, '定期将到期', '30 天内有存款到期，提前联系', all({ field: 'depositMatures', op: 'NEXT_DAYS', values: ['30'] }), 'NONE')
  await segment(people.branchHead, '存款下滑', '日均较上月少 10 万元以上，或贷款逾期', {
    match: 'ANY', groups: [{ match: 'ALL', conditions: [{ field: 'adbChange', op: 'AT_MOST', values: ['-10000000'] }, { field: 'tier', op: 'IN', values: ['T1', 'T2', 'T3'] }] }, { match: 'ALL', conditions: [{ field: 'overdue', op: 'YES', values: [] }] }],
  }, 'LINE')

  const tags = { visit: id('tag visit'), chain: id('tag chain') }
  await actAs(services, { staffNo: people.manager, day, route: createTagRoute, body: { id: tags.visit, word: '年底走访', meaning: '12 月 20 日前上门' } })
  await actAs(services, { staffNo: people.teamLead, day, route: createTagRoute, body: { id: tags.chain, word: '供应链上游', meaning: '可做应收账款融资' } })
  for (const [place, customer] of own.entries()) await actAs(services, { staffNo: people.manager, day, route: tagCustomerRoute, params: { customerId: customer }, body: { id: id(`tagged ${place}`), tagId: tags.visit } })
  await actAs(services, { staffNo: people.manager, day, route: batchPlanRoute, body: { selection: { ids: own }, plannedOn: '2026-12-01', subject: '年底资金安排' }, key: 'demo-lists-plan' })

  const bytes = await writeBook([{
    name: '客户', header: ['客户类别*', '客户名称*', '证件种类*', '证件号码*', '电话', '客户来源', '经营地址', '企业规模'],
    rows: [
      ['企业', '太原晋阳湖餐饮管理有限公司', '统一社会信用代码', inventedUscc(910_001, '91', '140100'), '0351-6001001', '展会', '太原市晋源区晋阳湖路 8 号', '小'],
      ['企业', '山西并州智能装备有限公司', '统一社会信用代码', inventedUscc(910_002, '91', '140100'), '0351-6001002', '展会', '太原市综改区正阳街 12 号', '中'],
      ['企业', '太原汾东冷链物流有限公司', '统一社会信用代码', '911401000000000', '0351-6001003', '展会', null, null],
      ['企业', '山西迎泽文化传播有限公司', '统一社会信用代码', inventedUscc(910_003, '91', '140100'), '电话待补', '转介', null, '微型'],
    ],
  }])
  await actAs(services, {
    staffNo: people.manager, day, route: checkImportRoute, body: { id: id('import') },
    file: { name: '11月展会客户.xlsx', kind: 'XLSX', bytes, hash: createHash('sha256').update('demo import').digest('hex') },
  })
  if (full) await actAs(services, { staffNo: people.subBranchHead, day, route: askExportRoute, body: { id: id('export'), filters: { status: 'ACTIVE' }, purpose: '四季度存款走访分工' } })
}
