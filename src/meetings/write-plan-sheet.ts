import { sql, type Transaction } from '../foundation/database/transaction.ts'
import { handle, type Context } from '../foundation/http/route.ts'
import { writeBook, type SheetPart } from '../foundation/spreadsheets/write-sheet.ts'
import { recordReading } from '../foundation/store/store.ts'
import { decimalText } from '../foundation/values/decimal.ts'
import { ok, refuse } from '../foundation/values/outcome.ts'
import { readPlansProgress } from './engine-read-plan-progress.ts'
import { planShown, readable } from './read-plans.ts'
import { getPlanSheet, getUnitPlansSheet, type Light, type PlanIndicator, type PlanShown, type PlanState } from './work-plan.contract.ts'
import { growsWithTime, keyOf, progressOf, spanOf, timeShare } from './work-plan.rules.ts'

const xlsx = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'
const lightWords: Readonly<Record<Light, readonly [string, string]>> = { GREEN: ['达到序时', 'On time'], YELLOW: ['略落后', 'Slightly behind'], RED: ['落后', 'Behind'] }
const stateWords: Readonly<Record<PlanState, readonly [string, string]>> = { DRAFT: ['草稿', 'Draft'], SUBMITTED: ['待审阅', 'Handed in'], RETURNED: ['已退回', 'Returned'], CONFIRMED: ['已确认', 'Confirmed'] }

const amount = (value: string | null): { amount: string } | null => (value === null ? null : { amount: value })
const light = (value: Light | null, word: 0 | 1): string => (value === null ? '' : lightWords[value][word])

async function markOf(tx: Transaction, { actor, language }: Context): Promise<string> {
  const { at } = await tx.one(sql<{ at: string }>`SELECT to_char(now() AT TIME ZONE 'Asia/Shanghai', 'YYYY-MM-DD HH24:MI') AS at`)
  return language === 'zh' ? `${actor.name}（${actor.staffNo}） ${at} 导出，仅供工作计划审阅。内部资料，禁止外传` : `Exported by ${actor.name} (${actor.staffNo}) ${at}, for the review of work plans. Internal, not to be passed on`
}

/** A plan as a workbook: figures as numbers that can be added up, the days of a week on a sheet of their own. */
export function planSheets(plan: PlanShown, word: 0 | 1, mark: string): SheetPart[] {
  const zh = word === 0
  const whose = zh ? `${plan.staffName}　${plan.unitName}　${plan.periodKey}（${plan.firstDay} 至 ${plan.lastDay}）　${stateWords[plan.state][word]}` : `${plan.staffName}, ${plan.unitName}, ${plan.periodKey} (${plan.firstDay} to ${plan.lastDay}), ${stateWords[plan.state][word]}`
  return [
    {
      name: zh ? '目标' : 'Targets', above: [mark, whose, zh ? `工作方向：${plan.direction}` : `Direction: ${plan.direction}`, zh ? `时间已过 ${plan.timePct}%` : `${plan.timePct}% of the time has passed`],
      header: zh ? ['序号', '目标', '目标值', '完成', '单位', '完成率（%）', '进度', '距序时差', '措施', '所需资源'] : ['No.', 'Target', 'Figure', 'So far', 'Unit', 'Done (%)', 'Light', 'Missing to time', 'Measure', 'Resources'],
      rows: plan.targets.map((one, place) => [String(place + 1), one.title, amount(one.target), amount(one.progress.actual), one.unit, amount(one.progress.completionPct), light(one.progress.light, word), amount(one.progress.missingToTime), one.measure, one.resources]),
      below: [...(plan.commentedOn === null ? [] : [zh ? `审阅：${plan.commentedBy ?? ''} ${plan.commentedOn} ${plan.comment ?? ''}` : `Read by ${plan.commentedBy ?? ''} on ${plan.commentedOn}: ${plan.comment ?? ''}`]), ...(plan.review === null ? [] : [zh ? `总结：${plan.review}` : `Review: ${plan.review}`]), mark],
      widths: [6, 24, 12, 12, 8, 12, 12, 12, 40, 30],
    },
    ...(plan.items.length === 0 ? [] : [{
      name: zh ? '日程' : 'Days', above: [mark], header: zh ? ['日期', '客户', '事项', '情况'] : ['Day', 'Customer', 'What', 'State'],
      rows: plan.items.map((one) => [one.day, one.customerName, one.title, one.done === null ? '' : one.done ? (zh ? '已办' : 'Done') : zh ? '未办' : 'Open']), below: [mark], widths: [12, 30, 40, 8],
    }]),
  ]
}

/** What leaves the house is an entry of the journal, as with the document. */
export const getPlanSheetRoute = handle(getPlanSheet, async (tx, { params }, context) => {
  const plan = await planShown(tx, context, readable(context, params.planId))
  if (!plan) return refuse('not-found')
  const word = context.language === 'zh' ? 0 : 1
  await recordReading(tx, { table: 'work_plan', objectId: plan.id, customerId: null, why: '导出工作计划', about: { period: plan.periodKey, export: 'work-plans.sheet' } })
  return ok({ type: xlsx, content: await writeBook(planSheets(plan, word, await markOf(tx, context))), fileName: `${word === 0 ? '工作计划' : 'work-plan'}-${plan.staffName}-${plan.periodKey}.xlsx` })
})

type Line = { planId: string; staffName: string; unitName: string; state: PlanState; submittedOn: string | null; reviewedOn: string | null; targetId: string; title: string; indicator: PlanIndicator | null; target: string | null; unit: string | null; measure: string; resources: string | null; told: string | null; comment: string | null }
const mostLines = 5_000

/** All plans of my line in a period, a row for each target: what was handed in. Customers are named in none of it. */
export const getUnitPlansSheetRoute = handle(getUnitPlansSheet, async (tx, { query }, context) => {
  const { actor, businessDate: today } = context
  const key = query.key ?? keyOf(query.period, today)
  const span = spanOf(query.period, key)
  if (!span) return refuse('period-unknown')
  const line = actor.breadth === 'ALL' ? sql`true` : sql`f.line_path >= ${actor.linePath} AND f.line_path < ${`${actor.linePath}/`}`
  const rows = await tx.all(sql<Line>`
    WITH member AS (
      SELECT DISTINCT ON (f.staff_key) f.staff_key, f.staff_name, f.place_name FROM organisation_post_facts f
      WHERE f.post_code IN ('RM', 'TEAM_LEAD', 'OUTLET_HEAD') AND ${line} AND f.staff_key <> ${actor.staffKey} AND f.from_date <= least(${span.lastDay}::date, ${today}::date) AND (f.to_date IS NULL OR f.to_date > least(${span.lastDay}::date, ${today}::date)) ORDER BY f.staff_key, f.main DESC, f.post_key)
    SELECT p.id AS "planId", m.staff_name AS "staffName", m.place_name AS "unitName", p.state, p.submitted_on AS "submittedOn", p.reviewed_on AS "reviewedOn", t.id AS "targetId", t.title, t.indicator, t.target_value::text AS target, t.unit, t.measure, t.resources,
      t.actual_value::text AS told, p.comment
    FROM member m JOIN work_plan p ON p.staff_key = m.staff_key AND p.period = ${query.period} AND p.period_key = ${key} AND p.state <> 'DRAFT' JOIN work_plan_target t ON t.plan_id = p.id AND t.dropped_on IS NULL
    ORDER BY m.place_name, m.staff_key, t.place LIMIT ${mostLines}`)
  const worked = await readPlansProgress(tx, [...new Set(rows.filter(({ reviewedOn }) => reviewedOn === null).map(({ planId }) => planId))], today)
  const time = timeShare(span, today)
  const word = context.language === 'zh' ? 0 : 1
  const zh = word === 0
  const mark = await markOf(tx, context)
  const content = await writeBook([{
    name: zh ? '工作计划' : 'Work plans', above: [mark, zh ? `${key}（${span.firstDay} 至 ${span.lastDay}），时间已过 ${decimalText(time.times(100), 2)}%` : `${key} (${span.firstDay} to ${span.lastDay}), ${decimalText(time.times(100), 2)}% of the time has passed`],
    header: zh ? ['单位', '姓名', '状态', '提交日期', '目标', '目标值', '完成', '单位（量）', '完成率（%）', '进度', '措施', '所需资源', '审阅意见'] : ['Unit', 'Name', 'State', 'Handed in', 'Target', 'Figure', 'So far', 'Measured in', 'Done (%)', 'Light', 'Measure', 'Resources', 'Comment'],
    rows: rows.map((one) => {
      const progress = progressOf({ target: one.target, actual: worked.get(one.targetId) ?? one.told, time, sum: growsWithTime(one.indicator) })
      return [one.unitName, one.staffName, stateWords[one.state][word], one.submittedOn, one.title, amount(one.target), amount(progress.actual), one.unit, amount(progress.completionPct), light(progress.light, word), one.measure, one.resources, one.comment]
    }),
    below: [mark], widths: [18, 12, 10, 12, 24, 12, 12, 10, 12, 12, 40, 30, 40],
  }])
  await recordReading(tx, { table: 'work_plan', objectId: null, customerId: null, why: '导出条线工作计划', about: { period: key, rows: rows.length, export: 'work-plans.unit-sheet' } })
  return ok({ type: xlsx, content, fileName: `${zh ? '条线工作计划' : 'work-plans'}-${key}.xlsx` })
})
