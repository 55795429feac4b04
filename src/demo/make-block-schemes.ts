import { sql } from '../foundation/database/transaction.ts'
import type { Services } from '../foundation/http/route.ts'
import type { OnProgress } from '../foundation/jobs/run-job.ts'
import { addDays, monthEnd, monthStart, nextMonth } from '../foundation/values/business-date.ts'
import { chinaCalendar, nextWorkingDay } from '../foundation/values/working-calendar.ts'
import { castVoteRoute, closeMotionRoute, putMotionRoute } from '../performance/appraisal-group/decide-motions.ts'
import { giveMarkRoute } from '../performance/appraisal-group/give-marks.ts'
import { confirmIndicatorFactRoute, enterIndicatorFactRoute } from '../performance/enter-indicator-fact.ts'
import { acknowledgeFindingRoute, actOnAppraisalPlanRoute, makeAppraisalPlanRoute } from '../performance/plan/keep-plans.ts'
import type { PlanItem } from '../performance/plan/plan.contract.ts'
import { getAppraisalPlanRoute } from '../performance/plan/show-plans.ts'
import { hundredBlocks, scorecardBlocks } from '../performance/scorecard-scheme.ts'
import { acknowledgeSchemeRoute, decideSchemeRoute, proposeSchemeRoute } from '../performance/schemes/keep-schemes.ts'
import { workOutIndicators } from '../performance/work-out-indicators.ts'
import { actAs } from './act-as.ts'
import { bankPlan, type ManagerPlace } from './bank-plan.ts'
import { Chance } from './chance.ts'
import { demoId } from './demo-id.ts'
import { demoBank, people, settledMonths } from './known-cases.ts'
import { cardUnits, hundredUnits, settleAndClose } from './make-pay.ts'

/** Schemes (b) and (c) live, of 榆次支行 and of two teams of the 客户经理部 in 长治: proposed, acknowledged by compliance, confirmed; plans beside last year's figures; marks, one of them calibrated; settled and closed. A bank that an older version made pays these people by points: it stays so. */
export async function makeBlockSchemes(services: Services, onProgress: OnProgress): Promise<void> {
  const leftOut = await services.db.asBatch((tx) => tx.maybe(sql`SELECT 1 FROM scheme WHERE code = 'POINTS' AND terms -> 'exceptUnits' ? ${cardUnits[0]}`))
  if (!leftOut) return
  await proposeSchemes(services)
  const card = bankPlan().managers.filter(({ outlet }) => outlet.startsWith('1421'))
  const hundred = bankPlan().managers.filter(({ line }) => (hundredUnits as readonly string[]).includes(line))
  // what was reached in the same months of last year
  await workOutIndicators(services, { months: ['2025-08', '2025-09', '2025-10', '2025-11', '2025-12'], code: 'CORPORATE_DEPOSIT_INCREMENT', onProgress })
  for (const code of ['NEW_CUSTOMERS', 'NPL_RATIO', 'DEPOSIT_INCREMENT', 'ASSET_INCREMENT']) await workOutIndicators(services, { months: ['2025-07', '2025-08', '2025-09', '2025-10', '2025-11', '2025-12'], code, onProgress })
  for (const [place, manager] of card.entries()) {
    await makePlan(services, manager, 'CARD', '2026-08-01', cardItems(manager))
    await onProgress('绩效计划 / appraisal plans', place + 1, card.length + hundred.length)
  }
  for (const [place, manager] of hundred.entries()) {
    await makePlan(services, manager, 'HUNDRED', '2026-07-01', hundredItems(manager))
    await onProgress('绩效计划 / appraisal plans', card.length + place + 1, card.length + hundred.length)
  }
  await enterForms(services, card)
  await giveMarks(services, hundred)
  for (const month of settledMonths) await settleAndClose(services, month, onProgress, 'CARD')
  await settleAndClose(services, '2026-09', onProgress, 'HUNDRED')
}

async function proposeSchemes(services: Services): Promise<void> {
  const shared = { posts: ['RM'], grades: [], carryMonths: 12, correctionMonths: 12 }
  // half of the way from scale to simulated profit
  const blended = hundredBlocks.map((block) => (block.kind === 'PHASE' ? { ...block, phases: [{ from: '2026-01-01', value: '0.30' }, { from: '2027-01-01', value: '0.60' }] } : block))
  const schemes = [
    {
      code: 'CARD', day: '2026-07-16', from: '2026-08-01', name: '榆次支行平衡计分卡', nameEn: 'Scorecard of Yuci sub-branch', legalBasis: '《客户经理平衡计分卡考核办法（试行）》', reason: '榆次支行试行四维计分卡',
      terms: { ...shared, blocks: [...scorecardBlocks], units: [...cardUnits], period: 'MONTH', gradeBases: { A: '600000', B: '800000', C: '1000000' }, score: 'TOTAL', classes: { P1: 'risk', P2: 'compliance', P3: 'risk', C1: 'social', C2: 'social', C3: 'social', C4: 'social', L1: 'development', L2: 'development', L3: 'development' } },
    },
    {
      code: 'HUNDRED', day: '2026-06-16', from: '2026-07-01', name: '长治百分考核', nameEn: 'Hundred points of Changzhi', legalBasis: '《客户经理百分考核与核心指标办法》', reason: '客户经理部两个团队按季百分考核',
      terms: { ...shared, blocks: blended, units: [...hundredUnits], period: 'QUARTER', gradeBases: { A: '1800000', B: '2400000', C: '3000000' }, score: 'H', classes: { MAINTENANCE: 'development', POLICY: 'compliance', DISCIPLINE: 'compliance' } },
    },
  ]
  for (const { code, day, from, name, nameEn, legalBasis, reason, terms } of schemes) {
    const id = demoId(day, 'scheme', code)
    if (await services.db.asBatch((tx) => tx.maybe(sql`SELECT 1 FROM scheme WHERE code = ${code}`))) continue
    await actAs(services, { staffNo: people.performance, day, route: proposeSchemeRoute, body: { id, code, from, name, nameEn, legalBasis, authorisation: null, reason, version: { kind: 'BLOCKS', terms, tariff: [] } } })
    await actAs(services, { staffNo: people.compliance, day: nextWorkingDay(chinaCalendar, day), route: acknowledgeSchemeRoute, params: { changeId: id }, body: { text: '已知悉合规与风险类权重未高于其他各类，试行一年后按检查结果调整' }, key: `demo-${id}-known` })
    await actAs(services, { staffNo: people.performanceChecker, day: nextWorkingDay(chinaCalendar, addDays(day, 2)), route: decideSchemeRoute, params: { changeId: id }, body: { decision: 'CONFIRMED' }, key: `demo-${id}-decided` })
  }
}

type Aim = readonly [indicator: string, goal: string, target: string, weight: string, cls: PlanItem['cls'], split?: PlanItem['split']]
const itemsOf = (aims: readonly Aim[], marked: readonly (readonly [code: string, weight: string, cls: PlanItem['cls']])[]): PlanItem[] => [
  ...aims.map(([indicator, goal, target, weight, cls, split = 'WHOLE']): PlanItem => ({ indicator, objectiveId: demoId('2026-01-08', 'objective', goal), weight, cls, target, split, parts: null, note: '' })),
  ...marked.map(([indicator, weight, cls]): PlanItem => ({ indicator, objectiveId: null, weight, cls, target: null, split: 'WHOLE', parts: null, note: '' })),
]
const round = (yuan: number): string => `${Math.round(yuan / 10_000) * 10_000}.00`

function cardItems({ staffNo, segment }: ManagerPlace): PlanItem[] {
  const chance = new Chance('demo', 'card', staffNo)
  const corporate = segment === 'CORPORATE'
  return itemsOf([
    ['PROFIT', 'S1', round(chance.between(0.8, 1.2) * (corporate ? 1_500_000 : 300_000)), '20', 'OPERATING'], ['CORPORATE_DEPOSIT_INCREMENT', 'S1', round(chance.between(0.8, 1.2) * (corporate ? 6_000_000 : 300_000)), '12', 'OPERATING'],
    ['FEE_INCOME', 'S1', round(chance.between(0.8, 1.2) * (corporate ? 120_000 : 30_000)), '8', 'OPERATING'], ['NEW_CUSTOMERS', 'S1', String(chance.whole(3, 6)), '8', 'SOCIAL'], ['COVERAGE', 'S1', '95', '7', 'SOCIAL'], ['CHURN', 'S1', '3.00', '6', 'SOCIAL'],
    ['SATISFACTION', 'S1', '90', '4', 'SOCIAL'], ['NPL_RATIO', 'S2', '1.50', '10', 'RISK'], ['REPORT_QUALITY', 'S2', '90', '6', 'COMPLIANCE'], ['CHECKS_ON_TIME', 'S2', '98', '4', 'RISK'], ['TRAINING', 'S3', '30', '6', 'DEVELOPMENT'], ['CERTIFICATES', 'S3', '1', '5', 'DEVELOPMENT'],
    ['MENTORING', 'S3', '4', '4', 'DEVELOPMENT'],
  ], [])
}

function hundredItems({ staffNo, segment }: ManagerPlace): PlanItem[] {
  const chance = new Chance('demo', 'hundred', staffNo)
  const size = segment === 'CORPORATE' ? 4 : 1
  return itemsOf([
    ['ASSET_INCREMENT', 'S1', round(chance.between(0.8, 1.2) * 2_500_000 * size), '17.50', 'OPERATING'], ['CUSTOMER_ASSET_INCREMENT', 'S1', round(chance.between(0.8, 1.2) * 1_500_000 * size), '10.50', 'OPERATING'],
    ['DEPOSIT_INCREMENT', 'S1', round(chance.between(0.8, 1.2) * 1_800_000 * size), '14', 'OPERATING'], ['FEE_INCOME', 'S1', round(chance.between(0.8, 1.2) * 60_000 * size), '7', 'OPERATING'], ['PROFIT', 'S1', round(chance.between(0.8, 1.2) * 600_000 * size), '21', 'OPERATING'],
  ], [['MAINTENANCE', '10', 'DEVELOPMENT'], ['POLICY', '8', 'COMPLIANCE'], ['DEDICATION', '6', 'OPERATING'], ['DISCIPLINE', '6', 'COMPLIANCE']])
}

type Shown = { findings: { code: string; indicator: string; level: string; answer: object | null; byCompliance: boolean }[] }
/** A plan until the end of the year: drawn up by the performance office, its warnings answered in writing, agreed by both. */
async function makePlan(services: Services, { staffNo }: ManagerPlace, scheme: string, from: string, items: PlanItem[]): Promise<void> {
  const day = nextWorkingDay(chinaCalendar, addDays(from, -9))
  const id = demoId(day, 'appraisal-plan', scheme, staffNo)
  const { key } = await services.db.asBatch((tx) => tx.one(sql<{ key: number }>`SELECT staff_key AS key FROM organisation_staff_facts WHERE staff_no = ${staffNo}`))
  const act = (by: string, kind: string) => actAs(services, { staffNo: by, day, route: actOnAppraisalPlanRoute, params: { planId: id }, body: { act: kind, items: null, note: '', transferPostKey: null, orderNo: '' }, key: `demo-${id}-${by}-${kind}` })
  await actAs(services, { staffNo: people.performance, day, route: makeAppraisalPlanRoute, body: { id, scheme, from, to: '2027-01-01', parentId: null, unitKey: null, staffKey: key, followsId: null, items } })
  await act(people.performance, 'PROPOSE')
  const { findings } = await actAs(services, { staffNo: people.performance, day, route: getAppraisalPlanRoute, params: { planId: id } }) as Shown
  for (const one of findings.filter(({ level, answer }) => level === 'WARN' && answer === null)) {
    const reason = one.byCompliance ? '权重按试行办法确定，风险与合规类由核心指标和一票否决补充' : one.code === 'TARGET_TOO_LOW' ? '上年同期有一次性业务，剔除后目标仍为增长' : '上年基数低，按新增客户名单逐户测算'
    await actAs(services, { staffNo: one.byCompliance ? people.compliance : people.performance, day, route: acknowledgeFindingRoute, params: { planId: id }, body: { code: one.code, indicator: one.indicator, reason }, key: `demo-${id}-${one.code}-${one.indicator}` })
  }
  await act(staffNo, 'AGREE')
  await act(people.performance, 'AGREE')
}

/** What no ledger gives yet of the managers of the scorecard: satisfaction and training of each settled month. */
async function enterForms(services: Services, managers: readonly ManagerPlace[]): Promise<void> {
  for (const month of settledMonths) for (const { staffNo } of managers) for (const code of ['SATISFACTION', 'TRAINING'] as const) {
    const chance = new Chance('demo', code, staffNo, month)
    const day = nextWorkingDay(chinaCalendar, monthStart(nextMonth(month)))
    // hours that the office entered for all were entered before
    const body = { id: demoId(day, code, 'card', staffNo, month), indicator: 'DEFINED' as const, code, staffNo, month, businessDate: monthEnd(month), value: code === 'TRAINING' ? `${chance.whole(3, 9)}.00` : `${chance.whole(82, 97)}.50`, evidence: code === 'TRAINING' ? `${month} 培训签到表` : `${month} 客户回访满意度统计` }
    await actAs(services, { staffNo: people.performance, day, route: enterIndicatorFactRoute, body })
    await actAs(services, { staffNo: people.performanceChecker, day: nextWorkingDay(chinaCalendar, addDays(day, 1)), route: confirmIndicatorFactRoute, params: { factId: body.id }, key: `demo-${body.id}` })
  }
}

/** Marks of two months by the leads of the two teams, one who marks high; the group brings one mark down. */
async function giveMarks(services: Services, managers: readonly ManagerPlace[]): Promise<void> {
  const leadOf = (line: string): string => bankPlan().people.find(({ posts }) => posts.some((post) => post.post === 'TEAM_LEAD' && post.line === line))?.staffNo ?? people.performance
  const idOf = (month: string, staffNo: string, item: string): string => demoId(nextWorkingDay(chinaCalendar, addDays(monthStart(nextMonth(month)), 6)), 'mark', staffNo, item, month)
  for (const month of ['2026-09', '2026-10']) for (const { staffNo, line } of managers) for (const item of ['MAINTENANCE', 'POLICY', 'DEDICATION', 'DISCIPLINE']) {
    const chance = new Chance('demo', 'mark', staffNo, item, month)
    const mark = line === hundredUnits[0] ? chance.whole(86, 98) : chance.whole(70, 90)
    await actAs(services, {
      staffNo: leadOf(line), day: nextWorkingDay(chinaCalendar, addDays(monthStart(nextMonth(month)), 6)), route: giveMarkRoute,
      body: { id: idOf(month, staffNo, item), staffNo, scheme: 'HUNDRED', item, month, mark: `${mark}.00`, text: mark > 95 ? '全月无差错，客户书面表扬两次，带动团队完成任务' : '', evidence: `${month} 团队工作检查记录` },
    })
  }
  const [first] = managers
  if (!first) return
  const day = demoBank.today
  const motionId = demoId(day, 'motion', 'calibration')
  const markId = idOf('2026-10', first.staffNo, 'DEDICATION')
  await actAs(services, { staffNo: people.hr, day, route: putMotionRoute, body: { id: motionId, kind: 'CALIBRATION', groupId: demoId(day, 'appraisal-group'), scheme: 'HUNDRED', month: '2026-10', marks: [{ markId, mark: '84.00', reason: '两个团队评分尺度不一，按全部门中位数校准' }], relatives: [], reasons: '上党客户团队评分普遍偏高' } })
  for (const staffNo of [people.bankLeader, people.hr, people.compliance, people.reviewer]) await actAs(services, { staffNo, day, route: castVoteRoute, params: { motionId }, body: { vote: 'YES', reason: '' }, key: `demo-${motionId}-${staffNo}` })
  await actAs(services, { staffNo: people.bankLeader, day, route: closeMotionRoute, params: { motionId }, body: { reasons: '按中位数校准，今后按评分标准逐项举证' }, key: `demo-${motionId}-close` })
}
