import { sql } from '../foundation/database/transaction.ts'
import type { Services } from '../foundation/http/route.ts'
import type { OnProgress } from '../foundation/jobs/run-job.ts'
import { addDays, monthEnd, monthOf, monthStart, previousMonth, shiftMonth } from '../foundation/values/business-date.ts'
import { chinaCalendar, nextWorkingDay } from '../foundation/values/working-calendar.ts'
import { confirmIndicatorFactRoute, enterIndicatorFactRoute } from '../performance/enter-indicator-fact.ts'
import { proposeIndicatorRoute } from '../performance/keep-indicators.ts'
import { shownMonths, workOutIndicators } from '../performance/work-out-indicators.ts'
import { actAs } from './act-as.ts'
import { bankPlan } from './bank-plan.ts'
import { Chance } from './chance.ts'
import { demoId } from './demo-id.ts'
import { people } from './known-cases.ts'

const drawn = ['DEPOSIT_AVERAGE', 'LOAN_AVERAGE', 'NEW_LOAN_AMOUNT', 'CUSTOMERS_HELD', 'COVERAGE']

/** Hours of training entered by two people, a definition that waits for the second person, and the indicators of the last month and the running one. */
export async function makeIndicators(services: Services, onProgress: OnProgress): Promise<void> {
  const today = (await services.db.asBatch((tx) => tx.one(sql<{ day: string }>`SELECT business_date AS day FROM bank`))).day
  const month = previousMonth(monthOf(today))
  const entered = nextWorkingDay(chinaCalendar, monthStart(monthOf(today)))
  for (const { staffNo } of bankPlan().managers.slice(0, 12)) {
    const chance = new Chance('demo', 'training', staffNo, month)
    const body = { id: demoId(entered, 'training', staffNo, month), indicator: 'DEFINED' as const, code: 'TRAINING', staffNo, month, businessDate: monthEnd(month), value: `${chance.whole(2, 9)}.${chance.pick(['00', '50'])}`, evidence: `${month} 培训签到表与结业记录` }
    await actAs(services, { staffNo: people.performance, day: entered, route: enterIndicatorFactRoute, body })
    await actAs(services, { staffNo: people.performanceChecker, day: nextWorkingDay(chinaCalendar, addDays(entered, 1)), route: confirmIndicatorFactRoute, params: { factId: body.id }, key: `demo-${body.id}` })
  }
  await actAs(services, {
    staffNo: people.performance, day: today, route: proposeIndicatorRoute,
    body: {
      id: demoId(today, 'indicator', 'LARGE_CORPORATE_LOANS'), code: 'CORPORATE_NEW_LOANS', from: monthStart(monthOf(today)), name: '对公贷款发放额', nameEn: 'Corporate loans paid out', direction: 'UP', owner: '公司业务部', reason: '公司条线四季度考核需要单列对公发放',
      terms: { source: 'LOAN_PAID_OUT', measure: 'SUM', window: 'QUARTER', owner: 'OWNER_OF_DAY', filter: { customerKind: 'CORPORATE', tiers: [], products: [], only: null }, numerator: null },
    },
  })
  // half a year of what the board and the business analysis draw
  for (let back = 6; back >= 2; back--) {
    const month = shiftMonth(monthOf(today), -back)
    for (const code of drawn) {
      const known = await services.db.asBatch((tx) => tx.maybe(sql`SELECT 1 FROM indicator_month WHERE code = ${code} AND month = ${monthStart(month)}::date`))
      if (!known) await workOutIndicators(services, { months: [month], code, onProgress })
    }
  }
  for (const shown of shownMonths(today)) {
    // what is there stays: a bank that grows by this step again changes nothing
    const missing = await services.db.asBatch((tx) => tx.all(sql<{ code: string }>`
      SELECT DISTINCT i.code FROM indicator i WHERE NOT EXISTS (SELECT FROM indicator_month m WHERE m.code = i.code AND m.month = ${monthStart(shown)}::date) ORDER BY i.code`))
    for (const { code } of missing) await workOutIndicators(services, { months: [shown], code, onProgress })
  }
}
