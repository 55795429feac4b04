import { sql, type Transaction } from '../foundation/database/transaction.ts'
import { handle, type Context } from '../foundation/http/route.ts'
import { add, change, end } from '../foundation/store/store.ts'
import { addDays } from '../foundation/values/business-date.ts'
import { ok, refuse, type Outcome } from '../foundation/values/outcome.ts'
import { markAttendance, meetingParts, nameFocus, prepareMeeting, saveMeetingPart, turnMeeting, type MeetingPart, type MeetingState } from './meeting.contract.ts'
import { faultOfTurn, plannedMinutes } from './meeting.rules.ts'

/** The posts that belong to a unit's morning meeting. */
const attends = ['RM', 'TEAM_LEAD', 'OUTLET_HEAD', 'LOBBY']
const daysAhead = 7

export const prepareMeetingRoute = handle(prepareMeeting, async (tx, { body }, { actor, businessDate }) => {
  if (body.day < businessDate) return refuse('in-the-past', { field: 'day', details: { day: body.day } })
  if (body.day > addDays(businessDate, daysAhead)) return refuse('too-far', { field: 'day' })
  if (body.to <= body.from) return refuse('times-reversed', { field: 'to' })
  const taken = await tx.maybe(sql`SELECT 1 FROM meeting WHERE unit_key = ${actor.lineKey} AND day = ${body.day}`)
  if (taken) return refuse('prepared-already', { field: 'day' })
  const people = await tx.all(sql<{ staff_key: number }>`
    SELECT DISTINCT staff_key FROM organisation_post_facts WHERE line_path >= ${actor.linePath} AND line_path < ${`${actor.linePath}/`} AND post_code = ANY(${attends}::text[]) AND from_date <= ${body.day} AND (to_date IS NULL OR to_date > ${body.day}) ORDER BY staff_key LIMIT 100`)
  const keys = [...new Set([actor.staffKey, ...people.map((one) => one.staff_key)])]
  const scope = { scope_path: actor.linePath, viewers: keys }
  const why = { why: null, action: 'PREPARE_MEETING' }
  await add(tx, 'meeting', { id: body.id, unit_key: actor.lineKey, day: body.day, chair_key: actor.staffKey, state: 'PREPARED', planned_from: body.from, planned_to: body.to, ...scope }, why)
  for (const part of meetingParts) await add(tx, 'meeting_part', { meeting_id: body.id, part, owner_key: part === 'GOALS' || part === 'NOTICES' ? actor.staffKey : null, minutes: plannedMinutes[part], ...scope }, why)
  for (const staffKey of keys) await add(tx, 'meeting_attendance', { meeting_id: body.id, staff_key: staffKey, ...scope }, why)
  return ok({ id: body.id })
})

export type Kept = { id: string; day: string; state: MeetingState; chairKey: number; scope_path: string; viewers: number[] }

/** A meeting that the person leads and that is not closed; else the refusal. Waits for another who changes it. */
export async function openMeeting(tx: Transaction, { actor }: Pick<Context, 'actor'>, meetingId: string): Promise<Outcome<Kept>> {
  const kept = await tx.maybe(sql<Kept>`SELECT id, day, state, chair_key AS "chairKey", scope_path, viewers FROM meeting WHERE id = ${meetingId}`)
  if (!kept) return refuse('not-found')
  if (actor.breadth !== 'UNIT' || !(kept.scope_path === actor.linePath || kept.scope_path.startsWith(`${actor.linePath}.`))) return refuse('not-your-unit')
  const locked = await tx.one(sql<{ state: MeetingState }>`SELECT state FROM meeting WHERE id = ${meetingId} FOR UPDATE`)
  return locked.state === 'CLOSED' ? refuse('meeting-closed') : ok({ ...kept, state: locked.state })
}

/** Keeps what was decided beside the task that it became. */
export async function saveAction(tx: Transaction, meeting: Kept, action: { id: string; title: string; ownerKey: number; dueOn: string; taskId: string }): Promise<void> {
  await add(tx, 'meeting_action', { id: action.id, meeting_id: meeting.id, title: action.title, owner_key: action.ownerKey, due_on: action.dueOn, task_id: action.taskId, scope_path: meeting.scope_path, viewers: meeting.viewers }, { why: null, action: 'ADD_MEETING_ACTION' })
}

export const saveMeetingPartRoute = handle(saveMeetingPart, async (tx, { params: { meetingId }, body }, context) => {
  const kept = await openMeeting(tx, context, meetingId)
  if (!kept.ok) return kept
  if (body.ownerKey !== null && !kept.value.viewers.includes(body.ownerKey)) return refuse('owner-unknown', { field: 'ownerKey' })
  if (body.held && body.content === null) return refuse('held-without-words', { field: 'content' })
  await change(tx, 'meeting_part', { meeting_id: meetingId, part: body.part }, { owner_key: body.ownerKey, minutes: body.minutes, content: body.content, held: body.held }, { why: null })
  return ok({ id: meetingId })
})

export const markAttendanceRoute = handle(markAttendance, async (tx, { params: { meetingId }, body }, context) => {
  const kept = await openMeeting(tx, context, meetingId)
  if (!kept.ok) return kept
  if (body.marks.some((one) => !kept.value.viewers.includes(one.staffKey))) return refuse('not-of-meeting', { field: 'marks' })
  if (body.marks.some((one) => one.mark !== 'PRESENT' && one.reason === null)) return refuse('reason-missing', { field: 'marks' })
  for (const one of body.marks) await change(tx, 'meeting_attendance', { meeting_id: meetingId, staff_key: one.staffKey }, { mark: one.mark, absence_reason: one.mark === 'PRESENT' ? null : one.reason }, { why: null, action: 'MARK_ATTENDANCE' })
  return ok({ id: meetingId })
})

export const turnMeetingRoute = handle(turnMeeting, async (tx, { params: { meetingId }, body }, context) => {
  const { businessDate } = context
  const kept = await openMeeting(tx, context, meetingId)
  if (!kept.ok) return kept
  const { unmarked } = await tx.one(sql<{ unmarked: number }>`SELECT count(*)::int AS unmarked FROM meeting_attendance WHERE meeting_id = ${meetingId} AND mark IS NULL`)
  const held = (await tx.all(sql<{ part: MeetingPart }>`SELECT part FROM meeting_part WHERE meeting_id = ${meetingId} AND held`)).map(({ part }) => part)
  const fault = faultOfTurn({ state: kept.value.state, day: kept.value.day, unmarked, held }, body.to, businessDate)
  if (fault) return refuse(fault)
  const now = new Date().toISOString()
  if (body.to === 'RUNNING') await change(tx, 'meeting', { id: meetingId }, { state: 'RUNNING', began_at: now, chair_key: context.actor.staffKey }, { why: null, action: 'BEGIN_MEETING' })
  else await end(tx, 'meeting', { id: meetingId }, { state: 'CLOSED', closed_at: now, closed_on: businessDate }, { why: null, action: 'CLOSE_MEETING' })
  return ok({ state: body.to })
})

/** The customer is open: its scope is his, so that who may see him sees that the meeting speaks of him. */
export const nameFocusRoute = handle(nameFocus, async (tx, { params: { customerId }, body }, { actor }) => {
  const role = actor.breadth === 'UNIT' ? 'unit' as const : 'self' as const
  const meeting = await tx.asRole(role, () => tx.maybe(sql<{ day: string; state: MeetingState }>`SELECT day, state FROM meeting WHERE id = ${body.meetingId}`))
  if (!meeting) return refuse('meeting-unknown', { field: 'meetingId' })
  if (meeting.state === 'CLOSED') return refuse('meeting-closed')
  const { scope_path, viewers } = await tx.one(sql<{ scope_path: string; viewers: number[] }>`SELECT scope_path, viewers FROM customers_customer_facts WHERE customer_id = ${customerId}`)
  await add(tx, 'meeting_focus', { customer_id: customerId, id: body.id, meeting_id: body.meetingId, part: body.part, day: meeting.day, note: body.note, named_by: actor.staffKey, scope_path, viewers }, { why: null, action: 'NAME_FOCUS' })
  return ok({ id: body.id })
})
