import { z } from 'zod'
import { unless } from '../foundation/access/permission.rules.ts'
import { contributedViews } from '../foundation/database/contributed-views.ts'
import { sql, type Sql, type Transaction } from '../foundation/database/transaction.ts'
import { handle, type Context } from '../foundation/http/route.ts'
import { addDays, monthStart } from '../foundation/values/business-date.ts'
import { decimalText } from '../foundation/values/decimal.ts'
import { ok, refuse } from '../foundation/values/outcome.ts'
import { newId } from '../foundation/values/uuid7.ts'
import { readPlanProgress } from './engine-read-plan-progress.ts'
import { getMyPlan, getPlan, listMyPlans, listUnitPlans, type ItemShown, type PlanListed, type PlanPeriod, type PlanShown, type PlanState, type TargetShown } from './work-plan.contract.ts'
import { earlierKey, faultOfJudge, faultOfPeriod, faultOfReview, faultOfSave, faultOfSubmit, growsWithTime, keyOf, laterKey, progressOf, spanOf, timeShare, type Span, type Standing } from './work-plan.rules.ts'

type Row = Omit<PlanShown, 'timePct' | 'targets' | 'items' | 'may'>
type Target = Omit<TargetShown, 'progress'> & { told: string | null }

const planRow = (tx: Transaction, where: Sql): Promise<Row | undefined> => tx.maybe(sql<Row>`
  SELECT p.id, p.staff_key AS "staffKey", s.staff_name AS "staffName", coalesce(u.place_name, '') AS "unitName", p.period, p.period_key AS "periodKey", p.first_day AS "firstDay", p.last_day AS "lastDay", p.direction, p.state, p.edition,
    p.submitted_on AS "submittedOn", r.staff_name AS receiver, p.comment, c.staff_name AS "commentedBy", p.commented_on AS "commentedOn", p.confirmed_on AS "confirmedOn", p.review, p.reviewed_on AS "reviewedOn"
  FROM work_plan p JOIN organisation_staff_facts s ON s.staff_key = p.staff_key LEFT JOIN organisation_staff_facts r ON r.staff_key = p.receiver_key LEFT JOIN organisation_staff_facts c ON c.staff_key = p.commented_by
  LEFT JOIN LATERAL (SELECT f.place_name FROM organisation_post_facts f WHERE f.staff_key = p.staff_key AND f.from_date <= p.last_day ORDER BY f.to_date DESC NULLS FIRST, f.main DESC, f.post_key LIMIT 1) u ON true
  WHERE ${where}`)

const targetsOf = (tx: Transaction, planId: string): Promise<Target[]> => tx.all(sql<Target>`
  SELECT id, title, indicator, target_value::text AS target, unit, measure, resources, carried_from AS "carriedFrom", actual_value::text AS told FROM work_plan_target WHERE plan_id = ${planId} AND dropped_on IS NULL ORDER BY place`)

/** Done: an effective contact with the customer from that day on within the plan's time; the appointment, the task as they stand. Of a task that the reader does not see nobody can tell. */
const itemsOf = (tx: Transaction, planId: string, { lastDay }: Span): Promise<ItemShown[]> => tx.all(sql<ItemShown>`
  SELECT i.id, i.day, i.source, i.thing_id AS "thingId", k.customer_id AS "customerId", k.name AS "customerName", i.title,
    CASE WHEN i.source = 'APPOINTMENT' THEN (SELECT a.state = 'DONE' FROM appointment a WHERE a.id = i.thing_id) WHEN i.source = 'TASK' THEN (SELECT t.state IN ('REPORTED', 'CONFIRMED', 'CLOSED') FROM duties_task_facts t WHERE t.task_id = i.thing_id)
      WHEN k.customer_id IS NOT NULL THEN EXISTS (SELECT FROM visits_contact_facts v WHERE v.customer_id = k.customer_id AND v.effective AND v.business_date BETWEEN i.day - 3 AND ${lastDay}::date) END AS done
  FROM work_plan_item i LEFT JOIN customers_customer_facts k ON k.customer_id = i.customer_id WHERE i.plan_id = ${planId} AND i.dropped_on IS NULL ORDER BY i.day, i.place`)

export const standingOf = (row: Pick<Row, 'state' | 'lastDay' | 'reviewedOn' | 'staffKey'>, { actor }: Pick<Context, 'actor'>): Standing => ({ state: row.state, lastDay: row.lastDay, reviewedOn: row.reviewedOn, own: row.staffKey === actor.staffKey })

export async function planShown(tx: Transaction, context: Context, where: Sql): Promise<PlanShown | null> {
  const row = await planRow(tx, where)
  if (!row) return null
  const targets = await targetsOf(tx, row.id)
  // what was concluded stays as it was concluded
  const worked = row.reviewedOn === null && targets.some((one) => one.indicator !== null) ? await readPlanProgress(tx, row.id, context.businessDate) : new Map<string, string>()
  const time = timeShare(row, context.businessDate)
  const standing = standingOf(row, context)
  return {
    ...row, timePct: decimalText(time.times(100), 2), items: await itemsOf(tx, row.id, row),
    targets: targets.map(({ told, ...one }) => ({ ...one, progress: progressOf({ target: one.target, actual: worked.get(one.id) ?? told, time, sum: growsWithTime(one.indicator) }) })),
    may: {
      save: unless(context.may('work-plan.write'), faultOfSave(standing)), submit: unless(context.may('work-plan.write'), faultOfSubmit(standing)), review: unless(context.may('work-plan.write'), faultOfReview(standing, context.businessDate)),
      confirm: unless(context.may('work-plan.supervise'), faultOfJudge(standing, 'CONFIRMED')), return: unless(context.may('work-plan.supervise'), faultOfJudge(standing, 'RETURNED', '-')),
    },
  }
}

const frameOf = (period: PlanPeriod, key: string, span: Span): { period: PlanPeriod; periodKey: string; firstDay: string; lastDay: string; earlierKey: string; laterKey: string } => ({ period, periodKey: key, ...span, earlierKey: earlierKey(period, span), laterKey: laterKey(period, span) })

export const getMyPlanRoute = handle(getMyPlan, async (tx, { query }, context) => {
  const { actor, businessDate: today } = context
  const key = query.key ?? keyOf(query.period, today)
  const span = spanOf(query.period, key)
  if (!span) return refuse('period-unknown')
  const plan = await planShown(tx, context, sql`p.staff_key = ${actor.staffKey} AND p.period = ${query.period} AND p.period_key = ${key}`)
  const fault = plan !== null ? 'planned-already' : faultOfPeriod(query.period, key, today)?.name ?? null
  const suggested = plan === null && fault === null ? await suggest(tx, actor.staffKey, query.period, span, today) : { direction: '', targets: [], items: [] }
  return ok({ asOf: today, ...frameOf(query.period, key, span), plan, suggested, may: { make: unless(context.may('work-plan.write'), fault) } })
})

const agendaComment = z.looseObject({})
const mostItems = 24

/** What the product writes into a new plan: targets of the period before that were not reached, a week's due contacts, appointments and tasks. Nothing is kept until the person saves it. */
async function suggest(tx: Transaction, staffKey: number, period: PlanPeriod, span: Span, today: string): Promise<{ direction: string; targets: Omit<TargetShown, 'progress'>[]; items: ItemShown[] }> {
  const before = await tx.maybe(sql<{ id: string; direction: string; firstDay: string; lastDay: string }>`
    SELECT id, direction, first_day AS "firstDay", last_day AS "lastDay" FROM work_plan WHERE staff_key = ${staffKey} AND period = ${period} AND first_day < ${span.firstDay} ORDER BY first_day DESC LIMIT 1`)
  const old = before ? await targetsOf(tx, before.id) : []
  const worked = before && old.length > 0 ? await readPlanProgress(tx, before.id, today) : new Map<string, string>()
  const open = old.filter(({ id, target, told }) => {
    const actual = told ?? worked.get(id) ?? null
    return target === null || actual === null || Number(actual) < Number(target)
  })
  const targets = open.map(({ told: _told, ...one }) => ({ ...one, id: newId(), carriedFrom: one.id }))
  return { direction: before?.direction ?? '', targets, items: period === 'WEEK' ? await weekItems(tx, staffKey, span, today) : [] }
}

type Found = { day: string; source: ItemShown['source']; thingId: string | null; customerId: string | null; customerName: string | null; title: string }
async function weekItems(tx: Transaction, staffKey: number, span: Span, today: string): Promise<ItemShown[]> {
  const from = span.firstDay > today ? span.firstDay : today
  const friday = addDays(span.firstDay, 4) < from ? from : addDays(span.firstDay, 4)
  const views = await contributedViews(tx, '_agenda_facts', agendaComment)
  const parts = views.map((view) => sql`SELECT v.id, v.kind, v.customer_id, v.due_on, v.title_zh FROM ${sql.table(view.name)} v WHERE v.staff_key = ${staffKey} AND v.due_on BETWEEN ${span.firstDay} AND ${span.lastDay} AND v.kind NOT IN ('DUTY', 'APPOINTMENT', 'PLAN_TO_SEE', 'PLAN_RETURNED', 'PLAN_REVIEW')`)
  const rows = await tx.all(sql<Found>`
    SELECT f.day, f.source, f.thing_id AS "thingId", k.customer_id AS "customerId", k.name AS "customerName", left(f.title, 80) AS title FROM (
      SELECT a.day, 'APPOINTMENT' AS source, a.id AS thing_id, a.customer_id, a.from_time || ' ' || a.subject AS title, 0 AS sort FROM appointment a WHERE a.staff_key = ${staffKey} AND a.state = 'PLANNED' AND a.day BETWEEN ${from} AND ${span.lastDay}
      UNION ALL
      SELECT greatest(l.due_on, ${from}::date), CASE l.kind WHEN 'TASK' THEN 'TASK' ELSE 'CONTACT' END, l.id, l.customer_id, coalesce(l.title_zh, ''), 1 FROM (${sql.join(parts, sql` UNION ALL `)}) l
      UNION ALL
      SELECT ${friday}::date, 'CONTACT', c.customer_id, c.customer_id, '核心客户本月未联系', 2 FROM customers_customer_facts c
      WHERE c.main_staff_key = ${staffKey} AND c.tier = 'T1' AND c.status = 'ACTIVE' AND NOT EXISTS (SELECT FROM visits_contact_facts v WHERE v.customer_id = c.customer_id AND v.effective AND v.business_date BETWEEN ${monthStart(friday)} AND ${friday})
    ) f LEFT JOIN customers_customer_facts k ON k.customer_id = f.customer_id
    WHERE (f.customer_id IS NULL OR k.customer_id IS NOT NULL) AND length(f.title) >= 2 ORDER BY f.sort, f.day, k.name, f.thing_id LIMIT ${mostItems}`)
  return rows.sort((a, b) => (a.day < b.day ? -1 : a.day > b.day ? 1 : 0)).map((row) => ({ ...row, id: newId(), done: null }))
}

export const listMyPlansRoute = handle(listMyPlans, async (tx, _input, { actor, businessDate }) => ok({
  asOf: businessDate,
  items: await tx.all(sql<PlanListed>`
    SELECT p.id, p.period, p.period_key AS "periodKey", p.first_day AS "firstDay", p.last_day AS "lastDay", p.direction, p.state, p.edition, p.submitted_on AS "submittedOn", p.reviewed_on AS "reviewedOn",
      (SELECT count(*)::int FROM work_plan_target t WHERE t.plan_id = p.id AND t.dropped_on IS NULL) AS targets
    FROM work_plan p WHERE p.staff_key = ${actor.staffKey} ORDER BY p.first_day DESC, p.last_day DESC LIMIT 60`),
}))

const mostPeople = 300
export const listUnitPlansRoute = handle(listUnitPlans, async (tx, { query }, { actor, businessDate: today }) => {
  const key = query.key ?? keyOf(query.period, today)
  const span = spanOf(query.period, key)
  if (!span) return refuse('period-unknown')
  const line = actor.breadth === 'ALL' ? sql`true` : sql`f.line_path >= ${actor.linePath} AND f.line_path < ${`${actor.linePath}/`}`
  const rows = await tx.all(sql<{ staffKey: number; staffName: string; unitName: string; planId: string | null; state: PlanState | null; submittedOn: string | null; reviewedOn: string | null; targets: number }>`
    WITH member AS (
      SELECT DISTINCT ON (f.staff_key) f.staff_key, f.staff_name, f.place_name FROM organisation_post_facts f
      WHERE f.post_code IN ('RM', 'TEAM_LEAD', 'OUTLET_HEAD') AND ${line} AND f.staff_key <> ${actor.staffKey} AND f.from_date <= least(${span.lastDay}::date, ${today}::date) AND (f.to_date IS NULL OR f.to_date > least(${span.lastDay}::date, ${today}::date)) ORDER BY f.staff_key, f.main DESC, f.post_key)
    SELECT m.staff_key AS "staffKey", m.staff_name AS "staffName", m.place_name AS "unitName", p.id AS "planId", p.state, p.submitted_on AS "submittedOn", p.reviewed_on AS "reviewedOn",
      (SELECT count(*)::int FROM work_plan_target t WHERE t.plan_id = p.id AND t.dropped_on IS NULL) AS targets
    FROM member m LEFT JOIN work_plan p ON p.staff_key = m.staff_key AND p.period = ${query.period} AND p.period_key = ${key} AND p.state <> 'DRAFT'
    ORDER BY p.state = 'SUBMITTED' DESC NULLS LAST, p.id IS NOT NULL, m.place_name, m.staff_key LIMIT ${mostPeople + 1}`)
  return ok({ asOf: today, ...frameOf(query.period, key, span), items: rows.slice(0, mostPeople), more: rows.length > mostPeople })
})

/** A draft is its author's alone. */
export const readable = ({ actor }: Pick<Context, 'actor'>, planId: string): Sql => sql`p.id = ${planId} AND (p.staff_key = ${actor.staffKey} OR p.state <> 'DRAFT')`

export const getPlanRoute = handle(getPlan, async (tx, { params }, context) => {
  const plan = await planShown(tx, context, readable(context, params.planId))
  return plan ? ok({ asOf: context.businessDate, plan }) : refuse('not-found')
})
