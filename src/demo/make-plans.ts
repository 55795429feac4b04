import type { Services } from '../foundation/http/route.ts'
import { judgePlanRoute, makePlanRoute, reviewPlanRoute, savePlanRoute, submitPlanRoute } from '../meetings/keep-plans.ts'
import { getMyPlanRoute } from '../meetings/read-plans.ts'
import type { PlanPeriod } from '../meetings/work-plan.contract.ts'
import { actAs } from './act-as.ts'
import { demoId } from './demo-id.ts'
import { demoBank, people } from './known-cases.ts'

type Target = { indicator: string | null; title: string; target: string; unit?: string; measure: string; resources?: string }
const contacts = (target: string): Target => ({ indicator: 'CONTACTS', title: '有效联系', target, measure: '核心客户每月一次，到期客户提前一月沟通' })
const visits = (target: string): Target => ({ indicator: 'VISITS', title: '上门走访', target, measure: '每周二、周四下午集中走访' })
const growth = (target: string): Target => ({ indicator: 'DEPOSIT_GROWTH', title: '存款净增（万元）', target, measure: '到期资金承接，代发与结算沉淀', resources: '请产品与市场部支持代发礼遇' })
const coverage: Target = { indicator: 'COVERAGE_PCT', title: '核心客户联系覆盖率', target: '100', measure: '每月 20 日前完成八成' }
const training: Target = { indicator: null, title: '参加产品与合规培训', target: '2', unit: '次', measure: '按培训通知参加并做笔记' }

/** Plans of the team: October confirmed and reviewed, November confirmed, returned or waiting, a quarter, and this week's as a draft of what the product suggests. */
export async function makePlans(services: Services): Promise<void> {
  const planIdOf = (staffNo: string, key: string): string => demoId(`${key.slice(0, 4)}-10-09`, 'plan', staffNo, key)
  const contentOf = (staffNo: string, key: string, direction: string, targets: readonly Target[], items: readonly object[] = []) => ({
    direction, targets: targets.map((target, place) => ({ id: demoId('2026-10-09', 'plan-target', staffNo, key, place), ...target })), items,
  })
  const make = async (staffNo: string, day: string, period: PlanPeriod, periodKey: string, direction: string, targets: readonly Target[], items: readonly object[] = []): Promise<string> => {
    const id = planIdOf(staffNo, periodKey)
    await actAs(services, { staffNo, day, route: makePlanRoute, body: { id, period, periodKey, ...contentOf(staffNo, periodKey, direction, targets, items) } })
    return id
  }
  const submit = (staffNo: string, day: string, planId: string, round = 1): Promise<unknown> => actAs(services, { staffNo, day, route: submitPlanRoute, params: { planId }, key: `demo-plan-${planId}-submit-${round}` })
  const judge = (day: string, planId: string, body: object, round = 1): Promise<unknown> => actAs(services, { staffNo: people.teamLead, day, route: judgePlanRoute, params: { planId }, body, key: `demo-plan-${planId}-judge-${round}` })

  const october = [[people.manager, '稳住到期资金，核心客户一户不漏', [contacts('60'), visits('16'), growth('300'), coverage, training]], [people.colleague, '商圈新客户与老客户回访并重', [contacts('50'), visits('12'), growth('200'), training]], [people.corporateManager, '公司结算客户提质，代发工资突破', [contacts('30'), visits('14'), growth('800'), training]]] as const
  for (const [staffNo, direction, targets] of october) {
    const planId = await make(staffNo, '2026-10-09', 'MONTH', '2026-10', direction, targets)
    await submit(staffNo, '2026-10-09', planId)
    await judge('2026-10-10', planId, { decision: 'CONFIRMED', comment: '目标清楚，走访日期排到周' })
    const own = targets.findIndex(({ indicator }) => indicator === null)
    await actAs(services, {
      staffNo, day: '2026-11-02', route: reviewPlanRoute, params: { planId }, key: `demo-plan-${planId}-review`,
      body: { review: '月中受两笔采购付款影响，净增不足；联系和走访按计划完成。下月提前两周锁定到期客户。', actuals: [{ targetId: demoId('2026-10-09', 'plan-target', staffNo, '2026-10', own), actual: '2' }] },
    })
  }
  const quarter = await make(people.manager, '2026-10-09', 'QUARTER', '2026-Q4', '旺季前把基础客户做实，存款稳中有增', [contacts('180'), visits('48'), growth('900')])
  await submit(people.manager, '2026-10-09', quarter)
  await judge('2026-10-12', quarter, { decision: 'CONFIRMED' })

  const mine = await make(people.manager, '2026-11-03', 'MONTH', '2026-11', '抓到期承接与年末资金安排', [contacts('64'), visits('18'), growth('400'), coverage, training])
  await submit(people.manager, '2026-11-03', mine)
  await judge('2026-11-04', mine, { decision: 'CONFIRMED', comment: '到期客户名单每周一更新' })
  const other = await make(people.colleague, '2026-11-03', 'MONTH', '2026-11', '回访老客户', [contacts('50'), training])
  await submit(people.colleague, '2026-11-03', other)
  await judge('2026-11-04', other, { decision: 'RETURNED', comment: '请补充存款目标和走访安排' })
  await actAs(services, { staffNo: people.colleague, day: '2026-11-05', route: savePlanRoute, params: { planId: other }, body: contentOf(people.colleague, '2026-11', '回访老客户，承接到期资金', [contacts('50'), visits('12'), growth('250'), training]), key: `demo-plan-${other}-save` })
  await submit(people.colleague, '2026-11-05', other, 2)
  await judge('2026-11-06', other, { decision: 'CONFIRMED' }, 2)
  await submit(people.corporateManager, '2026-11-20', await make(people.corporateManager, '2026-11-20', 'MONTH', '2026-12', '年末放款与结算沉淀', [contacts('30'), visits('12'), growth('1000')]))

  const week = { staffNo: people.manager, day: demoBank.today }
  const planned = await actAs(services, { ...week, route: getMyPlanRoute, query: { period: 'WEEK' } }) as { periodKey: string; plan: object | null; suggested: { items: { day: string; source: string; thingId: string | null; customerId: string | null; title: string }[] } }
  if (planned.plan !== null) return
  const items = planned.suggested.items.slice(0, 8).map(({ day, source, thingId, customerId, title }, place) => ({ id: demoId(day, 'plan-item', place), day, source, thingId, customerId, title }))
  await make(people.manager, demoBank.today, 'WEEK', planned.periodKey, '本周走访四户，联系到期客户', [contacts('15'), visits('4')], items)
}
