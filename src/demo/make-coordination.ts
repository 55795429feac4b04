import { addCaseTaskRoute, endCaseTaskRoute } from '../coordination/keep-members.ts'
import { actOnCaseRoute, askCaseRoute } from '../flows/coordinate.ts'
import { sql } from '../foundation/database/transaction.ts'
import type { Services } from '../foundation/http/route.ts'
import { actAs } from './act-as.ts'
import { demoId } from './demo-id.ts'
import { people } from './known-cases.ts'

type Request = { key: string; by: string; on: string; unit: string; kind: string; title: string; content: string; dueOn: string; acts: readonly (readonly [by: string, on: string, act: string, note: string | null])[] }

const requests: readonly Request[] = [
  {
    key: 'papers', by: people.corporateManager, on: '2026-11-04', unit: '140020', kind: 'FRONT_SECOND', title: '明确批发客户授信资料口径', content: '近期三户批发客户补充资料各不相同，请明确购销合同、仓单和流水的口径，便于一次收齐。', dueOn: '2026-11-18',
    acts: [[people.reviewer, '2026-11-05', 'ACCEPT', null], [people.reviewer, '2026-11-10', 'REPORT', '已形成一页清单：近三个月购销合同、仓单复印件、主要账户六个月流水'], [people.corporateManager, '2026-11-11', 'CLOSE', '清单已发团队，三户资料按此补齐']],
  },
  {
    key: 'payroll', by: people.teamLead, on: '2026-11-17', unit: '140060', kind: 'DEPARTMENTS', title: '配套厂代发工资专属方案', content: '开发区配套厂约 260 人代发，需要手续费、工资卡和首月礼遇的组合方案。', dueOn: '2026-11-27', acts: [[people.product, '2026-11-18', 'ACCEPT', null], [people.product, '2026-11-20', 'NOTE', '费率测算已完成，礼遇部分周三前定稿']],
  },
  {
    key: 'hall', by: people.outletHead, on: '2026-11-09', unit: '140060', kind: 'RESOURCES', title: '旺季宣传物资增配', content: '营业部旺季客流约增三成，申请增配折页与易拉宝。', dueOn: '2026-11-20', acts: [[people.product, '2026-11-11', 'REFUSE', '物资由分行统一申领，请报太原分行汇总后提交']],
  },
  { key: 'limit', by: people.teamLead, on: '2026-11-16', unit: '140030', kind: 'LEVELS', title: '年末放款安排', content: '团队年末前预计放款六笔，请告知放款截止日与排队规则。', dueOn: '2026-11-30', acts: [] },
]

/** Coordination of four kinds: closed, in work, refused, past its answer, and a working group about one customer with its tasks: made on their days by the people themselves. */
export async function makeCoordination(services: Services): Promise<void> {
  const { units, staff, customerId } = await services.db.asBatch(async (tx) => ({
    units: new Map((await tx.all(sql<{ code: string; key: number }>`SELECT DISTINCT code, institution_key AS key FROM organisation_institution_facts`)).map(({ code, key }) => [code, key])),
    staff: new Map((await tx.all(sql<{ staff_no: string; key: number }>`SELECT staff_no, staff_key AS key FROM organisation_staff_facts`)).map(({ staff_no: staffNo, key }) => [staffNo, key])),
    customerId: (await tx.maybe(sql<{ id: string }>`
      SELECT k.customer_id AS id FROM customers_customer_facts k JOIN customers_assignment_facts a ON a.customer_id = k.customer_id AND a.main AND a.to_date IS NULL AND a.from_date < '2026-11-01'
      JOIN organisation_staff_facts s ON s.staff_key = a.staff_key AND s.staff_no = ${people.corporateManager} WHERE k.kind = 'CORPORATE' AND k.status = 'ACTIVE' AND k.main_staff_key = s.staff_key ORDER BY k.number LIMIT 1`))?.id,
  }))
  for (const { key, by, on, unit, kind, title, content, dueOn, acts } of requests) {
    const caseId = demoId(on, 'coordination', key)
    await actAs(services, { staffNo: by, day: on, route: askCaseRoute, body: { id: caseId, form: 'REQUEST', kind, title, content, unitKey: units.get(unit), dueOn } })
    for (const [who, day, act, note] of acts) await actAs(services, { staffNo: who, day, route: actOnCaseRoute, params: { caseId }, body: { act, note }, key: `demo-coordination-${key}-${act}` })
  }
  if (customerId === undefined) return
  const [begun, met] = ['2026-11-12', '2026-11-13']
  const caseId = demoId(begun, 'coordination', 'group')
  const params = { caseId }
  const lead = people.corporateManager
  const keyOf = (staffNo: string): number => staff.get(staffNo) ?? 0
  await actAs(services, {
    staffNo: lead, day: begun, route: askCaseRoute,
    body: { id: caseId, form: 'GROUP', kind: 'FRONT_SECOND', title: '重点客户综合服务专班', content: '客户明年扩产，需要结算、代发和中长期融资一并安排，定期碰头，一事一人。', customerId, priority: 'HIGH', dueOn: '2026-12-11', members: [{ staffKey: keyOf(people.teamLead), part: 'LEAD' }, { staffKey: keyOf(people.colleague), part: 'BUSINESS' }] },
  })
  await actAs(services, { staffNo: lead, day: met, route: actOnCaseRoute, params, body: { act: 'MEETING', note: '首次碰头：资金缺口约 1,200 万元，设备款明年三月支付；代发约 180 人。分工已定，每周五汇总进展。' }, key: 'demo-coordination-group-meeting' })
  const tasks = [['payroll', '整理代发人员名单并测算费率', people.colleague, '2026-11-20'], ['plan', '拟定综合服务方案初稿', people.corporateManager, '2026-11-27'], ['visit', '陪同客户走访设备厂', people.teamLead, '2026-12-04']] as const
  for (const [key, title, owner, dueOn] of tasks) await actAs(services, { staffNo: lead, day: met, route: addCaseTaskRoute, params, body: { id: demoId(met, 'coordination-task', key), title, ownerKey: keyOf(owner), dueOn } })
  await actAs(services, { staffNo: people.colleague, day: '2026-11-19', route: endCaseTaskRoute, params: { caseId, taskId: demoId(met, 'coordination-task', 'payroll') }, body: { as: 'DONE', evidence: '名单 183 人，费率测算表已交方案组' }, key: 'demo-coordination-group-payroll' })
}
