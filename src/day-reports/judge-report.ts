import { sql } from '../foundation/database/transaction.ts'
import { handle, type Context } from '../foundation/http/route.ts'
import type { Transaction } from '../foundation/database/transaction.ts'
import { add, change } from '../foundation/store/store.ts'
import { ok, refuse, type Outcome } from '../foundation/values/outcome.ts'
import { newId } from '../foundation/values/uuid7.ts'
import { noteReport, signReport } from './day-report.contract.ts'
import { judgeFault, mayRead } from './show-report.ts'

type Row = { staff_key: number; scope_path: string; receiver_posts: string[]; receiver_key: number | null; signed_name: string | null; answered_name: string | null; answer_days: number | null; answer_due_on: string | null; answer_duty: string | null }

/** Locked before it is judged: two at once decide one after the other. Read without lock by its author, who may not change it. */
async function found(tx: Transaction, context: Context, reportId: string): Promise<Row | undefined> {
  const row = await tx.maybe(sql<Row>`
    SELECT r.staff_key, r.scope_path, k.receiver_posts, r.receiver_key, g.staff_name AS signed_name, a.staff_name AS answered_name, k.answer_days, r.answer_due_on, k.answer_duty
    FROM day_report r JOIN report_kind k ON k.code = r.kind_code AND k.version = r.kind_version LEFT JOIN organisation_staff_facts g ON g.staff_key = r.signed_by LEFT JOIN organisation_staff_facts a ON a.staff_key = r.answered_by WHERE r.id = ${reportId}`)
  return row && mayRead(context, row) ? row : undefined
}

/** The author adds, who is above comments; nothing that was confirmed is changed. */
export const noteReportRoute = handle(noteReport, async (tx, { params, body }, context) => {
  const row = await found(tx, context, params.reportId)
  if (!row) return refuse('not-found')
  const own = row.staff_key === context.actor.staffKey
  const kind = own ? ('ADDITION' as const) : ('COMMENT' as const)
  await add(tx, 'day_report_note', { id: body.id, report_id: params.reportId, staff_key: row.staff_key, kind, written_by: context.actor.staffKey, written_on: context.businessDate, note: body.note, scope_path: row.scope_path }, { why: null, action: own ? 'ADD_TO_REPORT' : 'COMMENT_REPORT' })
  return ok({ id: body.id, kind })
})

export const signReportRoute = handle(signReport, async (tx, { params, body }, context) => {
  const { actor, businessDate } = context
  if (!(await tx.maybe(sql`SELECT 1 FROM day_report WHERE id = ${params.reportId} FOR UPDATE`))) return refuse('not-found')
  const row = await found(tx, context, params.reportId)
  if (!row) return refuse('not-found')
  const fault = judgeFault(context, row)
  if (fault !== null) return refuse(fault === 'not-allowed' ? 'not-found' : fault)
  if (row.signed_name !== null) return refuse('signed-already', { details: { name: row.signed_name } })
  if (row.answer_days !== null) return refuse('answer-first')
  await change(tx, 'day_report', { id: params.reportId }, { signed_by: actor.staffKey, signed_on: businessDate }, { why: null, action: 'SIGN_REPORT' })
  if (body.note !== null) await add(tx, 'day_report_note', { id: newId(), report_id: params.reportId, staff_key: row.staff_key, kind: 'COMMENT', written_by: actor.staffKey, written_on: businessDate, note: body.note, scope_path: row.scope_path }, { why: null, action: 'COMMENT_REPORT' })
  return ok({ signedOn: businessDate })
})

export type Answer = { answer: string; measures: readonly { id: string; title: string; ownerKey: number; dueOn: string }[] }
/** The answer is kept with its measures; the tasks of the measures are given by who calls. */
export async function keepAnswer(tx: Transaction, context: Context, reportId: string, { answer, measures }: Answer): Promise<Outcome<{ late: boolean; staffKey: number; receiverKey: number | null; dutyCode: string | null }>> {
  const { actor, businessDate } = context
  if (!(await tx.maybe(sql`SELECT 1 FROM day_report WHERE id = ${reportId} FOR UPDATE`))) return refuse('not-found')
  const row = await found(tx, context, reportId)
  if (!row) return refuse('not-found')
  const fault = judgeFault(context, row)
  if (fault !== null) return refuse(fault === 'not-allowed' ? 'not-found' : fault)
  if (row.answer_days === null || row.answer_due_on === null) return refuse('no-answer-asked')
  if (row.answered_name !== null) return refuse('answered-already', { details: { name: row.answered_name } })
  await change(tx, 'day_report', { id: reportId }, { answered_by: actor.staffKey, answered_on: businessDate, signed_by: actor.staffKey, signed_on: businessDate }, { why: null, action: 'ANSWER_REPORT' })
  await add(tx, 'day_report_note', { id: newId(), report_id: reportId, staff_key: row.staff_key, kind: 'ANSWER', written_by: actor.staffKey, written_on: businessDate, note: answer, scope_path: row.scope_path }, { why: null, action: 'ANSWER_REPORT' })
  for (const one of measures) {
    await add(tx, 'day_report_measure', { id: newId(), report_id: reportId, staff_key: row.staff_key, task_id: one.id, title: one.title, owner_key: one.ownerKey, due_on: one.dueOn, decided_by: actor.staffKey, decided_on: businessDate, scope_path: row.scope_path }, { why: null, action: 'DECIDE_MEASURE' })
  }
  return ok({ late: businessDate > row.answer_due_on, staffKey: row.staff_key, receiverKey: row.receiver_key, dutyCode: row.answer_duty })
}
