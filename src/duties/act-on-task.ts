import { sql } from '../foundation/database/transaction.ts'
import { handle } from '../foundation/http/route.ts'
import { add, change } from '../foundation/store/store.ts'
import { newId } from '../foundation/values/uuid7.ts'
import { ok, refuse } from '../foundation/values/outcome.ts'
import { actOnTask, type TaskState } from './task.contract.ts'
import { isOver, stepOf } from './task.rules.ts'

type Row = { state: TaskState; given_by: number; owner_key: number; helpers: number[]; questioned: boolean; question_until: string | null; due_on: string; asked_due: string | null; extensions: number; viewers: number[] }

/** One step of a task: decided by its rules, kept as the task's state and as what happened. */
export const actOnTaskRoute = handle(actOnTask, async (tx, { params, body }, { actor, businessDate }) => {
  const task = await tx.maybe(sql<Row>`SELECT state, given_by, owner_key, helpers, questioned, question_until, due_on, asked_due, extensions, viewers FROM assigned_task WHERE id = ${params.taskId} FOR UPDATE`)
  if (!task) return refuse('not-found')
  const decided = stepOf(
    { state: task.state, giver: task.given_by, owner: task.owner_key, helpers: task.helpers, questioned: task.questioned, questionUntil: task.question_until, dueOn: task.due_on, askedDue: task.asked_due },
    body.act, { person: actor.staffKey, today: businessDate, note: body.note, dueOn: body.dueOn })
  if (!decided.ok) return decided
  const { state } = decided.value
  const { act } = body
  await change(tx, 'assigned_task', { id: params.taskId }, {
    state, changed_at: new Date(),
    questioned: act === 'QUESTION' ? true : undefined,
    asked_due: act === 'ASK_EXTENSION' ? body.dueOn : act === 'EXTEND' || act === 'KEEP_DUE' ? null : undefined,
    asked_why: act === 'ASK_EXTENSION' ? body.note : act === 'EXTEND' || act === 'KEEP_DUE' ? null : undefined,
    due_on: act === 'EXTEND' && task.asked_due !== null ? task.asked_due : undefined,
    extensions: act === 'EXTEND' ? task.extensions + 1 : undefined,
    last_note_on: act === 'NOTE' || act === 'REPORT' ? businessDate : undefined,
    reported_on: act === 'REPORT' ? businessDate : undefined,
    confirmed_on: act === 'CONFIRM' ? businessDate : undefined,
    ended_on: isOver(state) && state !== 'CONFIRMED' ? businessDate : undefined,
  }, { why: null, action: `TASK_${act}` })
  await add(tx, 'task_event', { id: newId(), task_id: params.taskId, kind: act, done_by: actor.staffKey, done_on: businessDate, note: act === 'ASK_EXTENSION' ? `${body.dueOn ?? ''} ${body.note ?? ''}`.trim() : body.note, viewers: task.viewers }, { why: null, action: `TASK_${act}` })
  return ok({ id: params.taskId, state })
})
