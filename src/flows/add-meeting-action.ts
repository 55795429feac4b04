import { tryGiveTask } from '../duties/give-task.ts'
import { handle } from '../foundation/http/route.ts'
import { newId } from '../foundation/values/uuid7.ts'
import { ok, refuse } from '../foundation/values/outcome.ts'
import { openMeeting, saveAction } from '../meetings/keep-meetings.ts'
import { addMeetingAction } from '../meetings/meeting.contract.ts'

/** An action of the meeting is an assigned task from the moment it is written: its owner accepts it, the chair confirms it, and the next meeting counts it. */
export const addMeetingActionRoute = handle(addMeetingAction, async (tx, { params: { meetingId }, body }, context) => {
  const { actor } = context
  const kept = await openMeeting(tx, context, meetingId)
  if (!kept.ok) return kept
  const { day, viewers } = kept.value
  if (!viewers.includes(body.ownerKey)) return refuse('not-of-meeting', { field: 'ownerKey' })
  const taskId = newId()
  const own = body.ownerKey === actor.staffKey
  const given = await tryGiveTask(tx, {
    id: taskId, title: body.title, content: `${day} 晨会布置：${body.title}`, source: own ? 'RM_OWN' : 'MEETING', priority: 'USUAL', owners: [body.ownerKey], helpers: [], customerId: null, dueOn: body.dueOn, evidenceAsked: '完成情况，下次晨会通报',
  }, context)
  if (!given.ok) return given.refusal.name === 'in-the-past' ? refuse('in-the-past', { field: 'dueOn' }) : given
  await saveAction(tx, kept.value, { id: body.id, title: body.title, ownerKey: body.ownerKey, dueOn: body.dueOn, taskId })
  return ok({ id: body.id })
})
