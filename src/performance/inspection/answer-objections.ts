import { sql, type Transaction } from '../../foundation/database/transaction.ts'
import { handle } from '../../foundation/http/route.ts'
import { add, change } from '../../foundation/store/store.ts'
import { monthStart } from '../../foundation/values/business-date.ts'
import { ok, refuse } from '../../foundation/values/outcome.ts'
import { newId } from '../../foundation/values/uuid7.ts'
import { superiorsOf } from '../appraisal-group/decide-motions.ts'
import { conductOf } from '../inspection.rules.ts'
import { oneInspectionAtATime } from './find-objects.ts'
import { findable, readObjects, readRuns } from './read-runs.ts'
import { answerObjection, makeObjection } from './run.contract.ts'
import { betterGrades, indicatorOf, objectOf } from './run.rules.ts'

/** Who may answer: members of the group in office for the run, without the inspector, the manager and who leads him. The confirmer leaves it when he has confirmed. */
async function answerersOf(tx: Transaction, run: { groupId: string; inspectorKey: number }, manager: number, day: string): Promise<number[]> {
  const { members } = await tx.one(sql<{ members: number[] }>`SELECT coalesce((SELECT n.members_key FROM appraisal_group n WHERE n.replaces_id = g.id), g.members_key) AS members FROM appraisal_group g WHERE g.id = ${run.groupId}`)
  const away = new Set([run.inspectorKey, manager, ...(await superiorsOf(tx, [manager], day))])
  return members.filter((key) => !away.has(key))
}

export const makeObjectionRoute = handle(makeObjection, (tx, { params, body }, { actor, businessDate: day }) => tx.asRole('office', async () => {
  const run = (await readRuns(tx, sql`r.id = ${params.runId} AND r.given_on IS NOT NULL AND r.staff_keys @> ARRAY[${actor.staffKey}::int]`))[0]
  const object = run && (await readObjects(tx, sql`o.id = ${params.objectId} AND o.run_id = ${run.id} AND o.staff_key = ${actor.staffKey} AND o.drawn`))[0]
  if (!run || !object) return refuse('not-found')
  if (object.claim !== null) return refuse('objected-already')
  if (run.confirmedOn !== null || run.objectionUntil === null || day > run.objectionUntil) return refuse('window-over', { details: { until: run.objectionUntil ?? '' } })
  if (betterGrades(run.object, object.grade ?? '').length === 0) return refuse('best-already')
  const answerers = await answerersOf(tx, run, actor.staffKey, day)
  if (answerers.length === 0) return refuse('nobody-to-answer')
  await add(tx, 'inspection_objection', { object_id: object.id, run_id: run.id, staff_key: actor.staffKey, label: object.label, claim: body.claim, made_on: day, inspector_key: run.inspectorKey, answerers }, { why: null, action: 'OBJECT_TO_FINDING' })
  return ok({ id: object.id })
}))

/** Before the findings are confirmed an upheld objection changes the grade that will count; after it, a fact of the month of this decision corrects the one that counted, and waits for its own second person. */
export const answerObjectionRoute = handle(answerObjection, (tx, { params, body }, context) => tx.asRole('office', async () => {
  await oneInspectionAtATime(tx)
  const { actor, businessDate: day } = context
  const me = actor.staffKey
  const run = (await readRuns(tx, sql`r.id = ${params.runId} AND ${findable(context)}`))[0]
  const object = run && (await readObjects(tx, sql`o.id = ${params.objectId} AND o.run_id = ${run.id} AND b.object_id IS NOT NULL`))[0]
  if (!run || !object || object.grade === null) return refuse('not-found')
  if (!(object.answerers ?? []).includes(me) || run.confirmedKey === me) return refuse('not-a-third-person')
  if (object.result !== null) return refuse('answered-already')
  const becomes = body.result === 'UPHELD' ? body.becomes : null
  if (body.result === 'UPHELD' && (becomes === null || !betterGrades(run.object, object.grade).includes(becomes))) return refuse('grade-as-it-was', { field: 'becomes' })
  const former = becomes === null || run.confirmedOn === null ? undefined : await tx.maybe(sql<{ id: string; deciders: number[] }>`
    SELECT id, ${run.deciders}::int[] AS deciders FROM indicator_fact WHERE inspected_id = ${object.id} AND indicator = ${indicatorOf(run.object)} AND corrects IS NULL`)
  const factId = former ? newId() : null
  if (former && factId !== null && becomes !== null) {
    await add(tx, 'indicator_fact', {
      id: factId, indicator: indicatorOf(run.object), staff_key: object.staffKey, month: monthStart(day), business_date: day, grade: becomes, object: object.label, loan_id: object.loanId, corrects: former.id, evidence: `${run.number} ${body.reason}`.slice(0, 500), entered_by: me, entered_on: day,
      inspected_id: object.id, deciders: former.deciders.filter((key) => key !== me),
    }, { why: body.reason, action: 'ENTER_FACT' })
    await mendEvent(tx, { objectId: object.id, becomes: conductOf({ object: objectOf(run.object), grade: becomes }), by: me, day, reason: body.reason })
  }
  await change(tx, 'inspection_objection', { object_id: object.id }, { result: body.result, becomes, reason: body.reason, answered_by: me, answered_on: day, fact_id: factId }, { why: body.reason, action: body.result === 'UPHELD' ? 'UPHOLD_OBJECTION' : 'REJECT_OBJECTION' })
  return ok({ id: object.id, factId })
}))

/** A conduct event that the former grade opened and that nobody has decided about goes back, or takes the class of the new grade. One that was confirmed stays: an exemption gives its pay back. */
async function mendEvent(tx: Transaction, given: { objectId: string; becomes: 'RED' | 'AMBER' | null; by: number; day: string; reason: string }): Promise<void> {
  const event = await tx.maybe(sql<{ id: string; grade: string }>`SELECT id, grade FROM indicator_fact WHERE inspected_id = ${given.objectId} AND indicator = 'CONDUCT_EVENT' AND confirmed_by IS NULL AND returned_by IS NULL FOR UPDATE`)
  if (!event || event.grade === given.becomes) return
  if (given.becomes === null) await change(tx, 'indicator_fact', { id: event.id }, { returned_by: given.by, returned_on: given.day, return_reason: given.reason.slice(0, 200) }, { why: given.reason, action: 'RETURN_FACT' })
  else await change(tx, 'indicator_fact', { id: event.id }, { grade: given.becomes }, { why: given.reason })
}
