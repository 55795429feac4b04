import { unless, verdictOf } from '../foundation/access/permission.rules.ts'
import { sql, type Transaction } from '../foundation/database/transaction.ts'
import { handle, type Context } from '../foundation/http/route.ts'
import { addDays } from '../foundation/values/business-date.ts'
import { ok, refuse } from '../foundation/values/outcome.ts'
import { confidentialOf } from './engine-read-confidential.ts'
import { getMeeting, listMeetings, meetingParts, type ActionView, type MeetingPart, type MeetingRow, type MeetingView, type PartView } from './meeting.contract.ts'
import { faultOfTurn, mandatoryParts, outcomeOf, partsPerWeek, projectedName, weeklyParts } from './meeting.rules.ts'

export const listMeetingsRoute = handle(listMeetings, async (tx, { query }, context) => {
  const { actor, businessDate } = context
  const rows = await tx.all(sql<MeetingRow>`
    SELECT m.id, m.day, i.name AS "unitName", s.staff_name AS "chairName", m.state, (SELECT count(*)::int FROM meeting_attendance a WHERE a.meeting_id = m.id AND a.mark = 'PRESENT') AS present, (SELECT count(*)::int FROM meeting_attendance a WHERE a.meeting_id = m.id) AS belong,
      (SELECT count(*)::int FROM meeting_action a WHERE a.meeting_id = m.id) AS actions, (SELECT count(*)::int FROM meeting_part p WHERE p.meeting_id = m.id AND p.held) AS held
    FROM meeting m JOIN organisation_staff_facts s ON s.staff_key = m.chair_key JOIN organisation_institution_facts i ON i.institution_key = m.unit_key AND i.from_date <= m.day AND (i.to_date IS NULL OR i.to_date > m.day)
    ${query.before === undefined ? sql`` : sql`WHERE m.day < ${query.before}`} ORDER BY m.day DESC, i.name LIMIT ${query.limit + 1}`)
  const own = await tx.maybe(sql<{ id: string }>`SELECT id FROM meeting WHERE day = ${businessDate} AND (unit_key = ${actor.lineKey} OR viewers @> ARRAY[${actor.staffKey}::int]) ORDER BY unit_key = ${actor.lineKey} DESC, id LIMIT 1`)
  return ok({ asOf: businessDate, today: own?.id ?? null, items: rows.slice(0, query.limit), more: rows.length > query.limit, may: { prepare: context.may('meeting.hold') } })
})

type Head = { id: string; day: string; unitName: string; chairName: string; state: MeetingView['state']; from: string; to: string; beganAt: string | null; closedAt: string | null; unitKey: number; scopePath: string }
type PartRow = { part: MeetingPart; ownerKey: number | null; ownerName: string | null; minutes: number; content: string | null; held: boolean; before: number }

/** The actions of a meeting with what became of them, as far as the reader is party of the task. */
export async function actionsOf(tx: Transaction, meetingId: string): Promise<ActionView[]> {
  const rows = await tx.all(sql<Omit<ActionView, 'outcome'> & { taskState: string | null; extensions: number | null }>`
    SELECT a.id, a.title, s.staff_name AS owner, coalesce(t.due_on, a.due_on) AS "dueOn", a.task_id AS "taskId", t.state AS "taskState", t.extensions
    FROM meeting_action a JOIN organisation_staff_facts s ON s.staff_key = a.owner_key LEFT JOIN duties_task_facts t ON t.task_id = a.task_id WHERE a.meeting_id = ${meetingId} ORDER BY a.id`)
  return rows.map(({ taskState, extensions, ...row }) => ({ ...row, outcome: outcomeOf(taskState === null ? null : { state: taskState, extensions: extensions ?? 0 }) }))
}

/** Everything of a meeting as the reader may see it; undefined: there is none for him. */
export async function readMeeting(tx: Transaction, context: Context, meetingId: string, projected: boolean): Promise<(MeetingView & { scopePath: string; unitKey: number }) | undefined> {
  const { actor, businessDate } = context
  const head = await tx.maybe(sql<Head>`
    SELECT m.id, m.day, i.name AS "unitName", s.staff_name AS "chairName", m.state, m.planned_from AS "from", m.planned_to AS "to", m.began_at AS "beganAt", m.closed_at AS "closedAt", m.unit_key AS "unitKey", m.scope_path AS "scopePath"
    FROM meeting m JOIN organisation_staff_facts s ON s.staff_key = m.chair_key JOIN organisation_institution_facts i ON i.institution_key = m.unit_key AND i.from_date <= m.day AND (i.to_date IS NULL OR i.to_date > m.day) WHERE m.id = ${meetingId}`)
  if (!head) return undefined
  const monday = addDays(head.day, -((new Date(`${head.day}T00:00:00Z`).getUTCDay() + 6) % 7))
  const parts = await tx.all(sql<PartRow>`
    SELECT p.part, p.owner_key AS "ownerKey", s.staff_name AS "ownerName", p.minutes, p.content, p.held,
      (SELECT count(*)::int FROM meeting_part b JOIN meeting w ON w.id = b.meeting_id WHERE w.unit_key = ${head.unitKey} AND w.day >= ${monday} AND w.day < ${head.day} AND b.part = p.part AND b.held) AS before
    FROM meeting_part p LEFT JOIN organisation_staff_facts s ON s.staff_key = p.owner_key WHERE p.meeting_id = ${meetingId} ORDER BY array_position(${[...meetingParts]}::text[], p.part)`)
  const attendance = await tx.all(sql<MeetingView['attendance'][number]>`
    SELECT a.staff_key AS "staffKey", s.staff_name AS name, coalesce((SELECT f.post_name FROM organisation_post_facts f WHERE f.staff_key = a.staff_key AND f.from_date <= ${head.day} AND (f.to_date IS NULL OR f.to_date > ${head.day}) ORDER BY f.main DESC, f.post_key LIMIT 1), '--') AS "postName",
      a.mark, a.absence_reason AS reason
    FROM meeting_attendance a JOIN organisation_staff_facts s ON s.staff_key = a.staff_key WHERE a.meeting_id = ${meetingId} ORDER BY s.staff_no`)
  const focus = await tx.all(sql<{ id: string; customerId: string; customerName: string; kind: string; part: 'PROSPECT' | 'ANALYSIS'; note: string }>`
    SELECT f.id, f.customer_id AS "customerId", k.name AS "customerName", k.kind, f.part, f.note FROM meeting_focus f JOIN customers_customer_facts k ON k.customer_id = f.customer_id WHERE f.meeting_id = ${meetingId} ORDER BY f.id`)
  const confidential = projected ? await confidentialOf(tx, focus.map((one) => one.customerId)) : new Set<string>()
  const hold = unless(context.may('meeting.hold'), actor.breadth === 'UNIT' && (head.scopePath === actor.linePath || head.scopePath.startsWith(`${actor.linePath}.`)) ? null : 'not-your-unit')
  const write = unless(hold, head.state === 'CLOSED' ? 'meeting-closed' : null)
  const turn = { state: head.state, day: head.day, unmarked: attendance.filter((one) => one.mark === null).length, held: parts.filter((one) => one.held).map((one) => one.part) }
  return {
    ...head, partsPerWeek, attendance,
    parts: parts.map(({ ownerKey, ownerName, before, ...part }): PartView => ({ ...part, owner: ownerKey === null || ownerName === null ? null : { staffKey: ownerKey, name: ownerName }, mandatory: mandatoryParts.includes(part.part), thisWeek: weeklyParts.includes(part.part) ? before : null })),
    focus: focus.map(({ kind, ...one }) => (projected ? { ...one, customerId: null, customerName: projectedName({ name: one.customerName, kind, confidential: confidential.has(one.customerId) }) } : one)),
    actions: await actionsOf(tx, meetingId),
    may: { write, begin: unless(hold, faultOfTurn(turn, 'RUNNING', businessDate)), close: unless(hold, faultOfTurn(turn, 'CLOSED', businessDate)), minutes: verdictOf(head.state === 'CLOSED' ? null : 'not-closed') },
  }
}

export const getMeetingRoute = handle(getMeeting, async (tx, { params: { meetingId }, query }, context) => {
  const found = await readMeeting(tx, context, meetingId, query.projected)
  if (!found) return refuse('not-found')
  const { scopePath: _path, unitKey: _unit, ...meeting } = found
  return ok(meeting)
})
