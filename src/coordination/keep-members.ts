import { sql, type Transaction } from '../foundation/database/transaction.ts'
import type { InputOf } from '../foundation/http/contract.ts'
import { handle, type Context } from '../foundation/http/route.ts'
import { add, change, end } from '../foundation/store/store.ts'
import { ok, refuse, type Outcome } from '../foundation/values/outcome.ts'
import { addCaseTask, endCaseTask, type addMember } from './coordination.contract.ts'
import { arranges, isOver } from './coordination.rules.ts'
import { join, note, untilOf } from './keep-cases.ts'
import { caseToChange, factsOf, type CaseRow } from './read-case.ts'

type Doer = Pick<Context, 'actor' | 'businessDate'>

/** Members come and go; what they may read of the customer follows (flows/coordinate.ts). */
export async function tryAddMember(tx: Transaction, caseId: string, body: InputOf<typeof addMember>['body'], doer: Doer): Promise<Outcome<{ id: string }>> {
  const { actor, businessDate: day } = doer
  const row = await caseToChange(tx, caseId)
  if (!row) return refuse('not-found')
  if (!arranges(factsOf(row), actor.staffKey)) return refuse('not-yours-to-arrange')
  if (isOver(row.state)) return refuse('case-over')
  const found = await tx.maybe(sql<{ name: string }>`SELECT staff_name AS name FROM organisation_post_facts WHERE staff_key = ${body.staffKey} AND from_date <= ${day} AND (to_date IS NULL OR to_date > ${day}) LIMIT 1`)
  if (!found) return refuse('not-employed', { field: 'staffKey' })
  if (row.members.includes(body.staffKey) || row.holder_key === body.staffKey) return refuse('member-already', { field: 'staffKey' })
  // the membership is given by the asking side; whoever adds himself is refused above
  await join(tx, row, { id: body.id, staffKey: body.staffKey, part: body.part, addedBy: actor.staffKey, untilOn: row.until_on < day ? untilOf(day, day) : row.until_on }, day)
  await note(tx, row, 'JOIN', doer, found.name)
  return ok({ id: body.id })
}

type Member = { staff_key: number; part: string; left_on: string | null; name: string; tasks: number }
async function memberOf(tx: Transaction, row: CaseRow, memberId: string): Promise<Member | undefined> {
  return tx.maybe(sql<Member>`SELECT m.staff_key, m.part, m.left_on, s.staff_name AS name, (SELECT count(*)::int FROM coordination_task t WHERE t.case_id = m.case_id AND t.owner_key = m.staff_key AND t.state = 'OPEN') AS tasks
    FROM coordination_member m JOIN organisation_staff_facts s ON s.staff_key = m.staff_key WHERE m.case_id = ${row.id} AND m.id = ${memberId}`)
}

export async function tryEndMember(tx: Transaction, { caseId, memberId }: { caseId: string; memberId: string }, reason: string, doer: Doer): Promise<Outcome<{ id: string }>> {
  const { actor, businessDate: day } = doer
  const row = await caseToChange(tx, caseId)
  const member = row && (await memberOf(tx, row, memberId))
  if (!row || !member) return refuse('not-found')
  const own = member.staff_key === actor.staffKey
  if (!own && !arranges(factsOf(row), actor.staffKey)) return refuse('not-yours-to-arrange')
  if (isOver(row.state)) return refuse('case-over')
  if (member.left_on !== null) return refuse('member-left')
  if (member.part === 'ANSWER') return refuse('answers-for-unit')
  if (member.tasks > 0) return refuse('member-has-tasks', { details: { count: String(member.tasks) } })
  await end(tx, 'coordination_member', { id: memberId }, { left_on: day, left_why: own ? 'LEFT' : 'REMOVED', left_note: reason }, { why: reason, action: 'COORDINATION_LEAVE' })
  await note(tx, row, 'LEAVE', doer, own ? reason : `${member.name}：${reason}`)
  return ok({ id: memberId })
}

/** A task inside of it, for somebody who takes part. */
export const addCaseTaskRoute = handle(addCaseTask, async (tx, { params: { caseId }, body }, doer) => {
  const { actor, businessDate: day } = doer
  const row = await caseToChange(tx, caseId)
  if (!row) return refuse('not-found')
  if (!arranges(factsOf(row), actor.staffKey)) return refuse('not-yours-to-arrange')
  if (isOver(row.state)) return refuse('case-over')
  if (!row.members.includes(body.ownerKey) && row.holder_key !== body.ownerKey) return refuse('not-a-member', { field: 'ownerKey' })
  if (body.dueOn < day) return refuse('in-the-past', { field: 'dueOn' })
  if (body.dueOn > row.due_on && row.due_on >= day) return refuse('after-the-end', { field: 'dueOn', details: { day: row.due_on } })
  await add(tx, 'coordination_task', { id: body.id, case_id: caseId, title: body.title, owner_key: body.ownerKey, given_by: actor.staffKey, given_on: day, due_on: body.dueOn, state: 'OPEN', scope_path: row.scope_path, viewers: row.viewers }, { why: null, action: 'COORDINATION_TASK' })
  await note(tx, row, 'TASK', doer, body.title)
  return ok({ id: body.id })
})

/** Its owner reports it done with the evidence; who arranges drops it with the reason. */
export const endCaseTaskRoute = handle(endCaseTask, async (tx, { params: { caseId, taskId }, body }, doer) => {
  const { actor, businessDate: day } = doer
  const row = await caseToChange(tx, caseId)
  const task = row && (await tx.maybe(sql<{ owner_key: number; state: string; due_on: string; title: string }>`SELECT owner_key, state, due_on, title FROM coordination_task WHERE case_id = ${caseId} AND id = ${taskId}`))
  if (!row || !task) return refuse('not-found')
  if (body.as === 'DONE' && task.owner_key !== actor.staffKey) return refuse('task-owner-only')
  if (body.as === 'DROPPED' && !arranges(factsOf(row), actor.staffKey)) return refuse('not-yours-to-arrange')
  if (isOver(row.state)) return refuse('case-over')
  if (task.state !== 'OPEN') return refuse('task-ended')
  await change(tx, 'coordination_task', { id: taskId }, { state: body.as, ended_on: day, evidence: body.evidence, late: body.as === 'DONE' && day > task.due_on }, { why: null, action: `COORDINATION_TASK_${body.as}` })
  await note(tx, row, body.as === 'DONE' ? 'TASK_DONE' : 'TASK_DROPPED', doer, `${task.title}：${body.evidence}`)
  return ok({ id: taskId })
})
