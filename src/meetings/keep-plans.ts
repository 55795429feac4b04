import { sql, type Transaction } from '../foundation/database/transaction.ts'
import { handle, type Context } from '../foundation/http/route.ts'
import { add, change, end } from '../foundation/store/store.ts'
import { ok, refuse, type Outcome } from '../foundation/values/outcome.ts'
import { readPlanProgress } from './engine-read-plan-progress.ts'
import { readable, standingOf } from './read-plans.ts'
import { judgePlan, makePlan, reviewPlan, savePlan, submitPlan, type PlanContent, type PlanPeriod, type PlanState } from './work-plan.contract.ts'
import { faultOfContent, faultOfJudge, faultOfPeriod, faultOfReview, faultOfSave, faultOfSubmit, spanOf, type Fault } from './work-plan.rules.ts'

const refused = ({ name, ...more }: Fault) => refuse(name, more)

/** Customers named in a week's plan are those whom its author sees. */
async function unseen(tx: Transaction, content: Pick<PlanContent, 'items'>): Promise<Fault | null> {
  const named = [...new Set(content.items.flatMap(({ customerId }) => (customerId === null ? [] : [customerId])))]
  if (named.length === 0) return null
  const { seen } = await tx.one(sql<{ seen: number }>`SELECT count(*)::int AS seen FROM customers_customer_facts WHERE customer_id = ANY(${named}::uuid[])`)
  return seen === named.length ? null : { name: 'customer-not-seen', field: 'items' }
}

type Of = { planId: string; staffKey: number; scopePath: string }
/** Adds what is not there yet, each at the place at which it was written. */
async function addContent(tx: Transaction, { planId, staffKey, scopePath }: Of, { targets, items }: Pick<PlanContent, 'targets' | 'items'>, there: ReadonlySet<string> = new Set()): Promise<void> {
  const of = { plan_id: planId, staff_key: staffKey, scope_path: scopePath }
  for (const [place, one] of targets.entries()) {
    if (there.has(one.id)) continue
    await add(tx, 'work_plan_target', { id: one.id, ...of, place, title: one.title, indicator: one.indicator, target_value: one.target, unit: one.unit, measure: one.measure, resources: one.resources, carried_from: one.carriedFrom }, { why: null, action: 'PLAN_TARGET' })
  }
  for (const [place, one] of items.entries()) {
    if (there.has(one.id)) continue
    await add(tx, 'work_plan_item', { id: one.id, ...of, place, day: one.day, source: one.thingId === null ? 'OWN' : one.source, thing_id: one.thingId, customer_id: one.customerId, title: one.title }, { why: null, action: 'PLAN_ITEM' })
  }
}

export const makePlanRoute = handle(makePlan, async (tx, { body }, { actor, businessDate: today }) => {
  const fault = faultOfPeriod(body.period, body.periodKey, today)
  const span = spanOf(body.period, body.periodKey)
  if (fault || !span) return refused(fault ?? { name: 'period-unknown' })
  const there = await tx.maybe(sql`SELECT 1 FROM work_plan WHERE staff_key = ${actor.staffKey} AND period = ${body.period} AND period_key = ${body.periodKey}`)
  if (there) return refuse('planned-already', { field: 'periodKey', details: { period: body.periodKey } })
  const wrong = faultOfContent(body.period, span, body) ?? await unseen(tx, body)
  if (wrong) return refused(wrong)
  await add(tx, 'work_plan', {
    id: body.id, staff_key: actor.staffKey, period: body.period, period_key: body.periodKey, first_day: span.firstDay, last_day: span.lastDay, direction: body.direction, state: 'DRAFT', made_on: today, scope_path: actor.linePath,
  }, { why: null, action: 'MAKE_PLAN' })
  await addContent(tx, { planId: body.id, staffKey: actor.staffKey, scopePath: actor.linePath }, body)
  return ok({ id: body.id })
})

type Kept = { staffKey: number; period: PlanPeriod; firstDay: string; lastDay: string; state: PlanState; edition: number; reviewedOn: string | null; scopePath: string }
/** Locked before it is judged: two at once decide one after the other. A plan that the reader may not see is not there. */
async function kept(tx: Transaction, context: Context, planId: string): Promise<Kept | null> {
  const seen = await tx.maybe(sql`SELECT 1 FROM work_plan p WHERE ${readable(context, planId)}`)
  if (!seen) return null
  return (await tx.maybe(sql<Kept>`
    SELECT staff_key AS "staffKey", period, first_day AS "firstDay", last_day AS "lastDay", state, edition, reviewed_on AS "reviewedOn", scope_path AS "scopePath" FROM work_plan WHERE id = ${planId} FOR UPDATE`)) ?? null
}

export const savePlanRoute = handle(savePlan, async (tx, { params: { planId }, body }, context) => {
  const plan = await kept(tx, context, planId)
  if (!plan) return refuse('not-found')
  const fault = faultOfSave(standingOf(plan, context))
  if (fault) return refuse(fault)
  const wrong = faultOfContent(plan.period, plan, body) ?? await unseen(tx, body)
  if (wrong) return refused(wrong)
  const { businessDate: today } = context
  await change(tx, 'work_plan', { id: planId }, { direction: body.direction }, { why: null, action: 'CHANGE_PLAN' })
  // the earlier words stay in the books: what stood before is dropped, what stands now is added
  const before = await tx.all(sql<{ id: string; table: 'work_plan_target' | 'work_plan_item' }>`
    SELECT id, 'work_plan_target' AS "table" FROM work_plan_target WHERE plan_id = ${planId} AND dropped_on IS NULL UNION ALL SELECT id, 'work_plan_item' FROM work_plan_item WHERE plan_id = ${planId} AND dropped_on IS NULL`)
  const same = new Set([...body.targets, ...body.items].map(({ id }) => id))
  for (const one of before) if (!same.has(one.id)) await end(tx, one.table, { id: one.id }, { dropped_on: today }, { why: null, action: 'DROP_FROM_PLAN' })
  const there = new Set(before.map(({ id }) => id))
  for (const [place, one] of body.targets.entries()) {
    if (there.has(one.id)) await change(tx, 'work_plan_target', { id: one.id }, { place, title: one.title, indicator: one.indicator, target_value: one.target, unit: one.unit, measure: one.measure, resources: one.resources }, { why: null, action: 'PLAN_TARGET' })
  }
  for (const [place, one] of body.items.entries()) if (there.has(one.id)) await change(tx, 'work_plan_item', { id: one.id }, { place, day: one.day, title: one.title }, { why: null, action: 'PLAN_ITEM' })
  await addContent(tx, { planId, ...plan }, body, there)
  return ok({ id: planId })
})

/** Who of the line above is told: the nearest who leads it on that day. Nobody above: it still may be read by whoever leads the line later. */
async function receiverOf(tx: Transaction, staffKey: number, linePath: string, day: string): Promise<{ key: number; name: string } | null> {
  return (await tx.maybe(sql<{ key: number; name: string }>`
    SELECT f.staff_key AS key, f.staff_name AS name FROM organisation_post_facts f
    WHERE f.post_code IN ('TEAM_LEAD', 'OUTLET_HEAD', 'BRANCH_HEAD', 'BANK_LEADER') AND f.staff_key <> ${staffKey} AND f.from_date <= ${day} AND (f.to_date IS NULL OR f.to_date > ${day})
      AND (${linePath}::text COLLATE "C" = f.line_path OR starts_with(${linePath}::text, f.line_path || '.'))
      AND NOT EXISTS (SELECT FROM customers_absence_facts a WHERE a.absent_key = f.staff_key AND a.from_date <= ${day} AND a.to_date > ${day})
    ORDER BY length(f.line_path) DESC, array_position(ARRAY['TEAM_LEAD', 'OUTLET_HEAD', 'BRANCH_HEAD', 'BANK_LEADER'], f.post_code), f.staff_no LIMIT 1`)) ?? null
}

export const submitPlanRoute = handle(submitPlan, async (tx, { params: { planId } }, context) => {
  const plan = await kept(tx, context, planId)
  if (!plan) return refuse('not-found')
  const fault = faultOfSubmit(standingOf(plan, context))
  if (fault) return refuse(fault)
  const { businessDate: today, actor } = context
  const receiver = await receiverOf(tx, actor.staffKey, plan.scopePath, today)
  await change(tx, 'work_plan', { id: planId }, { state: 'SUBMITTED', submitted_on: today, receiver_key: receiver?.key ?? null, edition: plan.state === 'RETURNED' ? plan.edition + 1 : plan.edition }, { why: null, action: 'SUBMIT_PLAN' })
  return ok({ id: planId, receiver: receiver?.name ?? null })
})

export const judgePlanRoute = handle(judgePlan, async (tx, { params: { planId }, body }, context) => {
  const plan = await kept(tx, context, planId)
  if (!plan) return refuse('not-found')
  const fault = faultOfJudge(standingOf(plan, context), body.decision, body.comment)
  if (fault) return refuse(fault, fault === 'reason-missing' ? { field: 'comment' } : {})
  const { actor, businessDate: today } = context
  await change(tx, 'work_plan', { id: planId }, { state: body.decision, confirmed_on: body.decision === 'CONFIRMED' ? today : null, comment: body.comment, commented_by: actor.staffKey, commented_on: today }, { why: body.comment, action: body.decision === 'CONFIRMED' ? 'CONFIRM_PLAN' : 'RETURN_PLAN' })
  return ok({ state: body.decision })
})

export const reviewPlanRoute = handle(reviewPlan, async (tx, { params: { planId }, body }, context): Promise<Outcome<{ id: string }>> => {
  const plan = await kept(tx, context, planId)
  if (!plan) return refuse('not-found')
  const fault = faultOfReview(standingOf(plan, context), context.businessDate)
  if (fault) return refuse(fault)
  const worked = await readPlanProgress(tx, planId, context.businessDate)
  const targets = await tx.all(sql<{ id: string }>`SELECT id FROM work_plan_target WHERE plan_id = ${planId} AND dropped_on IS NULL`)
  const told = new Map(body.actuals.map(({ targetId, actual }) => [targetId, actual]))
  if ([...told.keys()].some((id) => worked.has(id) || !targets.some((one) => one.id === id))) return refuse('target-unknown', { field: 'actuals' })
  for (const { id } of targets) {
    const actual = worked.get(id) ?? told.get(id)
    if (actual !== undefined) await change(tx, 'work_plan_target', { id }, { actual_value: actual }, { why: null, action: 'PLAN_RESULT' })
  }
  await change(tx, 'work_plan', { id: planId }, { review: body.review, reviewed_on: context.businessDate }, { why: null, action: 'REVIEW_PLAN' })
  return ok({ id: planId })
})
