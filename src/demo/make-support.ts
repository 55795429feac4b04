import { closeMonth } from '../flows/close-month.ts'
import { settleMonth } from '../flows/settle-month.ts'
import { sql } from '../foundation/database/transaction.ts'
import type { Services } from '../foundation/http/route.ts'
import type { OnProgress } from '../foundation/jobs/run-job.ts'
import { addDays, monthEnd, monthStart, nextMonth } from '../foundation/values/business-date.ts'
import { chinaCalendar, nextWorkingDay } from '../foundation/values/working-calendar.ts'
import { confirmIndicatorFactRoute, enterIndicatorFactRoute } from '../performance/enter-indicator-fact.ts'
import { installBlockScheme } from '../performance/install-scheme-version.ts'
import { actAs } from './act-as.ts'
import { bankPlan } from './bank-plan.ts'
import { Chance } from './chance.ts'
import { demoId } from './demo-id.ts'
import { people, settledMonths } from './known-cases.ts'

const scheme = 'SUPPORT'
/** Departments that serve the front line; the offices that judge it are paid by the quality of their own work. */
const departments = ['140060', '140070'] as const

/** The support departments share a pool of what the front line was paid, for the three closed months: marks entered by one person, confirmed by another, settled, closed. */
export async function makeSupport(services: Services, onProgress: OnProgress): Promise<void> {
  await services.db.asBatch((tx) => installBlockScheme(tx, {
    kind: 'SUPPORT', code: scheme, from: '2026-08-01', name: '二线部门绩效方案', nameEn: 'Scheme of support departments', legalBasis: '《二线部门服务一线考核办法》',
    terms: {
      served: [], schemes: ['POINTS'], poolRatio: '0.08', weights: { answerOnTime: '40', rightFirstTime: '30', disputes: '10', frontLineRating: '20' }, leastScore: '60', heldScore: '80.00', amberFactor: '0.80',
      departments: departments.map((code) => ({ code, staffWeight: '1' })), gradeFactors: { A: '0.80', B: '1.00', C: '1.20', '*': '1.00' }, controlBases: {}, controlDepartments: [],
    },
  }))
  for (const month of settledMonths) {
    const day = nextWorkingDay(chinaCalendar, monthStart(nextMonth(month)))
    const entries = departments.flatMap((code) => {
      const members = bankPlan().people.filter(({ posts }) => posts.some(({ line, main }) => main && line === code)).map(({ staffNo }) => staffNo)
      const chance = new Chance('demo', 'support', code, month)
      const [first] = members
      const department = first === undefined ? [] : ([['SUPPORT_ANSWERS', `${chance.whole(82, 98)}.00`], ['SUPPORT_RIGHT_FIRST', `${chance.whole(84, 99)}.00`], ['SUPPORT_DISPUTES_LOST', `${chance.whole(0, 1)}.00`], ['SUPPORT_RATING', `${chance.whole(80, 96)}.50`]] as const).map(([indicator, value]) => ({ staffNo: first, indicator, value }))
      return [...department, ...members.map((staffNo) => ({ staffNo, indicator: 'SUPPORT_OWN_MARK', value: `${new Chance('demo', 'own-mark', staffNo, month).whole(80, 98)}.00` }))]
    })
    for (const { staffNo, indicator, value } of entries) {
      const body = { id: demoId(day, indicator, staffNo, month), indicator: 'DEFINED' as const, code: indicator, staffNo, month, businessDate: monthEnd(month), value, evidence: `${month} 二线部门服务评价表` }
      await actAs(services, { staffNo: people.performance, day, route: enterIndicatorFactRoute, body })
      await actAs(services, { staffNo: people.performanceChecker, day: nextWorkingDay(chinaCalendar, addDays(day, 1)), route: confirmIndicatorFactRoute, params: { factId: body.id }, key: `demo-${body.id}` })
    }
    await settleAndCloseSupport(services, month, onProgress)
  }
}

async function settleAndCloseSupport(services: Services, month: string, onProgress: OnProgress): Promise<void> {
  const keys = new Map((await services.db.asBatch((tx) => tx.all(sql<{ staff_no: string; staff_key: number }>`
    SELECT staff_no, staff_key FROM organisation_staff_facts WHERE staff_no = ANY(${[people.performance, people.performanceChecker]}::text[])`))).map((row) => [row.staff_no, row.staff_key]))
  const settled = await settleMonth(services, { month, scheme, dryRun: false, settledBy: keys.get(people.performance) ?? null, onProgress: (_stage, done, total) => onProgress(`结算 ${month} / settling ${month}`, done, total) })
  if (!settled.ok) {
    // closed in a run before
    if (settled.refusal.name === 'month-closed' || settled.refusal.name === 'later-month-closed') return
    throw new Error(`settle ${scheme} ${month}: ${settled.refusal.name}`)
  }
  const closed = await closeMonth(services, { month, scheme, closedBy: keys.get(people.performanceChecker) ?? null })
  if (!closed.ok) throw new Error(`close ${scheme} ${month}: ${closed.refusal.name}`)
}
