import { verdictOf } from '../foundation/access/permission.rules.ts'
import { bankCalendar } from '../foundation/calendar/read-calendar.ts'
import { sql, type Sql, type Transaction } from '../foundation/database/transaction.ts'
import { cutPage, readCursor } from '../foundation/http/cursor.ts'
import { handle, type Context } from '../foundation/http/route.ts'
import { addDays, daysBetween } from '../foundation/values/business-date.ts'
import { ok, refuse } from '../foundation/values/outcome.ts'
import { daysLeft } from './due.rules.ts'
import { getTask, listTasks, taskActs, type TaskShown, type TaskSource, type TaskState } from './task.contract.ts'
import { lightOf, stepOf, waitsFor, type TaskFacts } from './task.rules.ts'

type Row = {
  id: string; group_id: string; group_tasks: number; group_done: number; title: string; content: string; evidence_asked: string; source: TaskSource; priority: 'HIGH' | 'USUAL'; given_by: number; giver_name: string; given_on: string; owner_key: number; owner_name: string
  helpers: number[]; helper_names: string[] | null; customer_id: string | null; customer_name: string | null; due_on: string; state: TaskState; questioned: boolean; question_until: string | null; extensions: number; asked_due: string | null; asked_why: string | null
  last_note_on: string | null
}

function rowsOf(tx: Transaction, where: Sql, limit: number): Promise<Row[]> {
  return tx.all(sql<Row>`
    SELECT t.*, g.staff_name AS giver_name, o.staff_name AS owner_name, k.name AS customer_name,
      (SELECT array_agg(h.staff_name ORDER BY h.staff_no) FROM organisation_staff_facts h WHERE h.staff_key = ANY(t.helpers)) AS helper_names,
      (SELECT count(*)::int FROM assigned_task s WHERE s.group_id = t.group_id) AS group_tasks, (SELECT count(*)::int FROM assigned_task s WHERE s.group_id = t.group_id AND s.state IN ('CONFIRMED', 'CLOSED')) AS group_done
    FROM (
      SELECT id, group_id, title, content, evidence_asked, source, priority, given_by, given_on, owner_key, helpers, customer_id, due_on, state, questioned, question_until, extensions, asked_due, asked_why, last_note_on FROM assigned_task
      WHERE ${where} ORDER BY due_on, id LIMIT ${limit}) t
    JOIN organisation_staff_facts g ON g.staff_key = t.given_by JOIN organisation_staff_facts o ON o.staff_key = t.owner_key
    LEFT JOIN customers_customer_facts k ON k.customer_id = t.customer_id
    ORDER BY t.due_on, t.id`)
}

async function shownOf(tx: Transaction, { actor, businessDate }: Context, rows: readonly Row[]): Promise<TaskShown[]> {
  const calendar = await bankCalendar(tx)
  return rows.map((row): TaskShown => {
    const facts: TaskFacts = { state: row.state, giver: row.given_by, owner: row.owner_key, helpers: row.helpers, questioned: row.questioned, questionUntil: row.question_until, dueOn: row.due_on, askedDue: row.asked_due }
    // what was written about a customer is read by who may see him
    const hidden = row.customer_id !== null && row.customer_name === null
    const may = Object.fromEntries(taskActs.map((act) => {
      const tried = stepOf(facts, act, { person: actor.staffKey, today: businessDate, note: 'x', dueOn: '9999-12-31' })
      return [act, verdictOf(tried.ok ? null : tried.refusal.name)]
    }))
    return {
      id: row.id, groupId: row.group_id, group: row.group_tasks > 1 ? { tasks: row.group_tasks, done: row.group_done } : null, title: hidden ? null : row.title, content: hidden ? null : row.content, evidenceAsked: row.evidence_asked, source: row.source,
      priority: row.priority, giver: { staffKey: row.given_by, name: row.giver_name }, givenOn: row.given_on, owner: { staffKey: row.owner_key, name: row.owner_name }, helpers: row.helper_names ?? [], customerId: hidden ? null : row.customer_id,
      customerName: row.customer_name, dueOn: row.due_on, workingDaysLeft: daysLeft(calendar, businessDate, row.due_on), light: lightOf(row.due_on, businessDate), state: row.state, questionUntil: row.question_until, extensions: row.extensions,
      askedDue: row.asked_due, askedWhy: hidden ? null : row.asked_why, lastNoteOn: row.last_note_on, daysSinceNote: daysBetween(row.last_note_on ?? row.given_on, businessDate), waitsForMe: waitsFor(facts, actor.staffKey), may,
    }
  })
}

/** What I must do or decide, by its day; or what I gave (with what came up to me), for supervision. */
export const listTasksRoute = handle(listTasks, async (tx, { query }, context) => {
  const { actor, businessDate, services } = context
  const list = `tasks ${actor.staffKey} ${query.list} ${query.done}`
  const place = readCursor(services.keys.keyring, list, query.cursor)
  if (!place.ok) return place
  const me = actor.staffKey
  const mine = query.list === 'mine'
  const where = sql.join([
    // the policy compares the same; said again so that the index over viewers is taken
    sql`viewers @> ARRAY[${me}::int]`,
    mine
      ? sql`(owner_key = ${me} OR helpers @> ARRAY[${me}::int] OR (given_by = ${me} AND (state IN ('QUESTIONED', 'REPORTED') OR asked_due IS NOT NULL)))`
      : sql`owner_key <> ${me} AND NOT helpers @> ARRAY[${me}::int]`,
    query.done ? sql`(ended_on >= ${addDays(businessDate, -30)} OR state = 'CONFIRMED')` : sql`ended_on IS NULL AND state <> 'CONFIRMED'`,
    ...(place.value === null ? [] : [sql`(due_on, id) > (${String(place.value[0])}::date, ${String(place.value[1])}::uuid)`]),
  ], sql` AND `)
  const rows = await rowsOf(tx, where, query.limit + 1)
  const { shown, nextCursor } = cutPage(services.keys.keyring, list, rows, query.limit, (last) => [last.due_on, last.id])
  return ok({ items: await shownOf(tx, context, shown), nextCursor, count: null })
})

export const getTaskRoute = handle(getTask, async (tx, { params }, context) => {
  const [shown] = await shownOf(tx, context, await rowsOf(tx, sql`id = ${params.taskId}`, 1))
  if (!shown) return refuse('not-found')
  const events = await tx.all(sql<{ id: string; kind: string; who: string | null; on: string; note: string | null }>`
    SELECT e.id, e.kind, s.staff_name AS who, e.done_on AS "on", e.note FROM task_event e LEFT JOIN organisation_staff_facts s ON s.staff_key = e.done_by WHERE e.task_id = ${params.taskId} ORDER BY e.happened_at, e.id`)
  return ok({ task: shown, events: events.map((event) => (shown.title === null ? { ...event, note: null } : event)) })
})
