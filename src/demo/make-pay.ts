import { closeMonth } from '../flows/close-month.ts'
import { settleMonth } from '../flows/settle-month.ts'
import { sql } from '../foundation/database/transaction.ts'
import type { Services } from '../foundation/http/route.ts'
import type { OnProgress } from '../foundation/jobs/run-job.ts'
import { addDays, monthEnd, monthStart, nextMonth } from '../foundation/values/business-date.ts'
import { chinaCalendar, nextWorkingDay } from '../foundation/values/working-calendar.ts'
import { confirmIndicatorFactRoute, enterIndicatorFactRoute } from '../performance/enter-indicator-fact.ts'
import { installScheme } from '../performance/install-scheme-version.ts'
import type { NewIndicatorFact } from '../performance/indicator-fact.contract.ts'
import { actAs } from './act-as.ts'
import { bankPlan } from './bank-plan.ts'
import { Chance } from './chance.ts'
import { demoId } from './demo-id.ts'
import { people, settledMonths } from './known-cases.ts'

const scheme = 'POINTS'
/** Units whose people are paid by the scorecard or the hundred points (make-block-schemes.ts). */
export const cardUnits = ['142100'] as const
export const hundredUnits = ['143902', '143903'] as const
const otherSchemes = [...cardUnits, ...hundredUnits]

/** The points scheme in force since January; managers of persons get evaluation points when a score is entered for them. */
export async function installDemoScheme(services: Services): Promise<void> {
  await services.db.asBatch((tx) => installScheme(tx, { code: scheme, from: '2026-01-01', name: '客户经理积分方案（2026）', nameEn: 'Points scheme for managers (2026)', terms: { retailPosts: ['RM'], exceptUnits: [...otherSchemes] } }))
}

type Entry = { by: string; checkedBy: string; day: string; body: NewIndicatorFact; confirmed: boolean }

/** Scores, targets and inspection findings that no ledger gives yet, of the people asked for: entered by one person with evidence, confirmed by another. */
export async function enterIndicatorFacts(services: Services, concerns: (staffNo: string) => boolean, onProgress: OnProgress): Promise<void> {
  const all = [...targets(await loanGrowth(services)), ...settledMonths.flatMap((month) => [...scores(month), ...inspections(month)]), ...pending()]
  const entries = all.filter(({ body }) => concerns(body.staffNo))
  for (const [place, { by, checkedBy, day, body, confirmed }] of entries.entries()) {
    await actAs(services, { staffNo: by, day, route: enterIndicatorFactRoute, body })
    if (confirmed) await actAs(services, { staffNo: checkedBy, day: nextWorkingDay(chinaCalendar, day), route: confirmIndicatorFactRoute, params: { factId: body.id }, key: `demo-${body.id}` })
    await onProgress('指标登记 / recording indicators', place + 1, entries.length)
  }
}

const office = { by: people.performance, checkedBy: people.performanceChecker }
const auditors = { by: people.audit, checkedBy: bankPlan().people.find(({ staffNo, posts }) => staffNo !== people.audit && posts.some(({ post }) => post === 'AUDIT'))?.staffNo ?? people.performance }

function scores(month: string): Entry[] {
  const day = nextWorkingDay(chinaCalendar, monthStart(nextMonth(month)))
  const base = (staffNo: string, what: string) => ({ id: demoId(day, what, staffNo, month), staffNo, month, businessDate: monthEnd(month) })
  return bankPlan().managers.flatMap(({ staffNo, segment }): Entry[] => {
    const chance = new Chance('demo', 'score', staffNo, month)
    const marketing = chance.weighted([[chance.whole(70, 89), 7], [chance.whole(90, 97), 2], [chance.whole(52, 69), 2], [chance.whole(38, 49), 0.3]])
    const entry: Entry = { ...office, day, confirmed: true, body: { ...base(staffNo, 'marketing'), indicator: 'MARKETING_SCORE', value: `${marketing}.${chance.pick(['00', '50'])}`, evidence: `${month} 营销活动台账及产品覆盖率统计表` } }
    if (segment === 'CORPORATE') return [entry]
    const value = `${chance.whole(56, 93)}.${chance.pick(['00', '20', '50', '80'])}`
    return [entry, { ...office, day, confirmed: true, body: { ...base(staffNo, 'retail'), indicator: 'RETAIL_SCORE', value, evidence: `${month} 零售综合评价表（客户资产、有效新客户、产品、服务、合规）` } }]
  })
}

// special staff look at a third of the managers each month
function inspections(month: string): Entry[] {
  const day = nextWorkingDay(chinaCalendar, addDays(monthStart(nextMonth(month)), 4))
  return bankPlan().managers.flatMap(({ staffNo }): Entry[] => {
    const chance = new Chance('demo', 'inspection', staffNo, month)
    if (!chance.hits(0.36)) return []
    const number = `${month.replace('-', '')}-${chance.whole(100, 999)}`
    const shared = { staffNo, month, businessDate: day }
    const report = chance.weighted<'EXCELLENT' | 'PASS' | 'UNTRUE_MINOR'>([['PASS', 6], ['EXCELLENT', 3], ['UNTRUE_MINOR', 1]])
    const check = chance.weighted<'PASS' | 'LATE' | 'MISSING'>([['PASS', 6], ['LATE', 2], ['MISSING', 1]])
    const evidence = { EXCELLENT: '各项数据均有来源并附现场影像，风险点明确', PASS: '内容属实，个别数据未注明来源', UNTRUE_MINOR: '存货数量与现场清点不符，不影响审批结论', LATE: '检查记录晚于规定时间三天', MISSING: '超过五天仍无检查记录' }
    return [
      { ...auditors, day, confirmed: true, body: { ...shared, id: demoId(day, 'report', staffNo, month), indicator: 'INSPECTION_REPORT', object: `调查报告 ${number}`, grade: report, evidence: evidence[report] } },
      { ...auditors, day, confirmed: true, body: { ...shared, id: demoId(day, 'check', staffNo, month), indicator: 'INSPECTION_CHECK', object: `贷后检查 ${number}`, grade: check, evidence: check === 'PASS' ? '按期现场检查，影像齐全' : evidence[check] } },
    ]
  })
}

/** Targets of the year, entered in January: net growth of loans by manager (a shrinking book has a target of its own), points of a team. */
function targets(growth: ReadonlyMap<string, number>): Entry[] {
  const day = '2026-01-12'
  const plan = bankPlan()
  const own = plan.managers.flatMap(({ staffNo, segment, since }): Entry[] => {
    if (since > day) return []
    const chance = new Chance('demo', 'target', staffNo)
    const sofar = growth.get(staffNo) ?? 0
    const small = segment === 'CORPORATE' ? 12_000_000 : 1_200_000
    const wanted = sofar > small ? sofar * 1.5 * chance.between(0.8, 1.7) : sofar > -small ? (chance.hits(0.4) ? small * 2 : null) : chance.hits(0.65) ? sofar * 1.3 : small * 2
    if (wanted === null) return []
    return [{
      ...office, day, confirmed: true,
      body: { id: demoId(day, 'growth', staffNo), indicator: 'NET_GROWTH_TARGET', staffNo, month: '2026-01', businessDate: day, value: `${Math.round(wanted / 100_000) * 100_000}.00`, evidence: '2026 年度信贷计划分解表' },
    }]
  })
  const teams = plan.people.flatMap(({ staffNo, posts }): Entry[] => {
    const team = posts.find(({ post }) => post === 'TEAM_LEAD')?.line
    if (team === undefined) return []
    const points = plan.managers.filter(({ line }) => line === team).reduce((sum, { segment }) => sum + (segment === 'CORPORATE' ? 1_250 : 420), 0)
    return [{ ...office, day, confirmed: true, body: { id: demoId(day, 'team', staffNo), indicator: 'TEAM_TARGET', staffNo, month: '2026-01', businessDate: day, value: `${points}.00`, evidence: '2026 年团队月度积分目标' } }]
  })
  return [...own, ...teams]
}

/** One finding still waits for its second person. */
function pending(): Entry[] {
  const day = '2026-11-19'
  return [{
    ...auditors, day, confirmed: false,
    body: { id: demoId(day, 'pending'), indicator: 'INSPECTION_CHECK', staffNo: people.corporateManager, month: '2026-11', businessDate: day, object: '贷后检查 202611-208', grade: 'LATE', evidence: '十月检查记录于十一月六日补录，晚两天' },
  }]
}

/** Net growth of loans of each manager from the end of last year to the end of August, in yuan: what a plan would have aimed at. */
async function loanGrowth(services: Services): Promise<Map<string, number>> {
  const rows = await services.db.asBatch((tx) => tx.all(sql<{ staff_no: string; growth: string }>`
    SELECT s.staff_no, sum(l.principal_fen * a.share_pct / 10000 * CASE WHEN d.day = '2025-12-31' THEN -1 ELSE 1 END)::text AS growth
    FROM (VALUES ('2025-12-31'::date), ('2026-08-31'::date)) d (day)
    JOIN holdings_loan_span_facts l ON l.from_date <= d.day AND (l.to_date IS NULL OR l.to_date > d.day)
    JOIN customers_assignment_facts a ON a.customer_id = l.customer_id AND a.to_date IS NULL
    JOIN organisation_staff_facts s ON s.staff_key = a.staff_key GROUP BY s.staff_no`))
  return new Map(rows.map(({ staff_no, growth }) => [staff_no, Number(growth)]))
}

/** Settled by one person, closed by another; a month that is closed stays as it is. */
export async function settleAndClose(services: Services, month: string, onProgress: OnProgress, code: string = scheme): Promise<void> {
  const keys = new Map((await services.db.asBatch((tx) => tx.all(sql<{ staff_no: string; staff_key: number }>`
    SELECT staff_no, staff_key FROM organisation_staff_facts WHERE staff_no = ANY(${[people.performance, people.performanceChecker]}::text[])`))).map((row) => [row.staff_no, row.staff_key]))
  const settled = await settleMonth(services, { month, scheme: code, dryRun: false, settledBy: keys.get(people.performance) ?? null, onProgress: (_stage, done, total) => onProgress(`结算 ${month} / settling ${month}`, done, total) })
  if (!settled.ok) {
    // closed in a run before; a later month may be closed as well
    if (settled.refusal.name === 'month-closed' || settled.refusal.name === 'later-month-closed') return
    throw new Error(`settle ${month}: ${settled.refusal.name}`)
  }
  const closed = await closeMonth(services, { month, scheme: code, closedBy: keys.get(people.performanceChecker) ?? null })
  if (!closed.ok) throw new Error(`close ${month}: ${closed.refusal.name}`)
}
