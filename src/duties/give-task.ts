import { bankCalendar } from '../foundation/calendar/read-calendar.ts'
import { sql, type Transaction } from '../foundation/database/transaction.ts'
import type { InputOf, ReplyOf } from '../foundation/http/contract.ts'
import { handle, type Context } from '../foundation/http/route.ts'
import { add } from '../foundation/store/store.ts'
import { newId } from '../foundation/values/uuid7.ts'
import { ok, refuse, type Outcome } from '../foundation/values/outcome.ts'
import { addWorkingDays, CalendarUnknown } from '../foundation/values/working-calendar.ts'
import { mayGiveTo } from './superior.rules.ts'
import { findTaskOwners, giveTask } from './task.contract.ts'

type Person = { staff_key: number; name: string; line_paths: string[]; sees: boolean }

export const giveTaskRoute = handle(giveTask, (tx, { body }, context) => tryGiveTask(tx, body, context))

/** A task is given: one each to every owner, under one group. About a customer only to people who may see him. */
export async function tryGiveTask(tx: Transaction, body: InputOf<typeof giveTask>['body'], { actor, businessDate }: Pick<Context, 'actor' | 'businessDate'>): Promise<Outcome<ReplyOf<typeof giveTask>>> {
  const owners = [...new Set(body.owners)]
  const own = owners.includes(actor.staffKey)
  if ((own && owners.length > 1) || own !== (body.source === 'RM_OWN')) return refuse('own-source', { field: 'source' })
  if (body.dueOn < businessDate) return refuse('in-the-past', { field: 'dueOn' })
  const helpers = [...new Set(body.helpers)].filter((key) => !owners.includes(key))
  const customer = body.customerId === null ? null : await tx.maybe(sql<{ scope_path: string; viewers: number[] }>`SELECT scope_path, viewers FROM customers_customer_facts WHERE customer_id = ${body.customerId}`)
  if (customer === undefined) return refuse('customer-not-seen', { field: 'customerId', details: { names: actor.name } })
  const people = await peopleOn(tx, [...owners, ...helpers], businessDate, customer)
  if (people.length !== owners.length + helpers.length) return refuse('not-employed', { field: 'owners' })
  const outside = people.filter((person) => owners.includes(person.staff_key) && !mayGiveTo(actor, { staffKey: person.staff_key, linePaths: person.line_paths }, body.source))
  if (outside.length > 0) return refuse('not-your-line', { field: 'owners', details: { names: outside.map(({ name }) => name).join('、') } })
  const blind = people.filter(({ sees }) => !sees)
  if (blind.length > 0) return refuse('customer-not-seen', { field: 'customerId', details: { names: blind.map(({ name }) => name).join('、') } })
  let questionUntil: string
  try {
    questionUntil = addWorkingDays(await bankCalendar(tx), businessDate, 1)
  } catch (error) {
    if (error instanceof CalendarUnknown) return refuse('calendar-unknown', { details: { day: error.day } })
    throw error
  }
  // each task is somebody's own and leaves its own line
  for (const owner of owners) {
    const id = owners.length === 1 ? body.id : newId()
    const viewers = [...new Set([actor.staffKey, owner, ...helpers])]
    await add(tx, 'assigned_task', {
      id, group_id: body.id, title: body.title, content: body.content, source: body.source, priority: body.priority, given_by: actor.staffKey, given_on: businessDate, owner_key: owner, helpers, customer_id: body.customerId, due_on: body.dueOn,
      evidence_asked: body.evidenceAsked, state: own ? 'ACCEPTED' : 'GIVEN', question_until: own ? null : questionUntil, viewers,
    }, { why: null, action: 'GIVE_TASK' })
    await add(tx, 'task_event', { id: newId(), task_id: id, kind: 'GIVE', done_by: actor.staffKey, done_on: businessDate, note: null, viewers }, { why: null, action: 'GIVE_TASK' })
  }
  return ok({ id: body.id, tasks: owners.length })
}

/** The people who are employed today, with their lines, and whether each may see the customer. */
function peopleOn(tx: Transaction, keys: readonly number[], day: string, customer: { scope_path: string; viewers: number[] } | null): Promise<Person[]> {
  return tx.all(sql<Person>`
    SELECT f.staff_key, f.staff_name AS name, array_agg(f.line_path) AS line_paths,
      ${customer === null ? sql`true` : sql`bool_or((f.breadth <> 'NONE' AND f.staff_key = ANY(${customer.viewers}::int[])) OR f.breadth = 'ALL' OR (f.breadth = 'UNIT' AND ${customer.scope_path}::text COLLATE "C" >= f.line_path AND ${customer.scope_path}::text COLLATE "C" < f.line_path || '/'))`} AS sees
    FROM organisation_post_facts f WHERE f.staff_key = ANY(${[...keys]}::int[]) AND f.from_date <= ${day} AND (f.to_date IS NULL OR f.to_date > ${day}) GROUP BY f.staff_key, f.staff_name`)
}

export const findTaskOwnersRoute = handle(findTaskOwners, async (tx, { query }, { actor, businessDate }) => {
  const wanted = query.search?.toLowerCase() ?? ''
  const rows = await tx.all(sql<{ staff_key: number; staff_no: string; staff_name: string; post_name: string; place_name: string; paths: string[] }>`
    SELECT staff_key, staff_no, staff_name, min(post_name) AS post_name, min(place_name) AS place_name, array_agg(line_path) AS paths FROM organisation_post_facts
    WHERE from_date <= ${businessDate} AND (to_date IS NULL OR to_date > ${businessDate}) AND (${wanted} = '' OR position(${wanted} in staff_name) > 0 OR starts_with(staff_no, ${wanted}))
      ${actor.breadth === 'UNIT' ? sql`AND (staff_key = ${actor.staffKey} OR (line_path >= ${actor.linePath} AND line_path < ${`${actor.linePath}/`}))` : sql``}
    GROUP BY staff_key, staff_no, staff_name ORDER BY min(line_path) = ${actor.linePath} DESC, staff_no LIMIT 50`)
  const may = rows.filter((row) => mayGiveTo(actor, { staffKey: row.staff_key, linePaths: row.paths }, actor.postCode === 'AUDIT' ? 'AUDIT' : 'LEADER'))
  const self = actor.breadth === 'UNIT' || may.some((row) => row.staff_key === actor.staffKey) ? may : [...may, { staff_key: actor.staffKey, staff_no: actor.staffNo, staff_name: actor.name, post_name: actor.postName, place_name: actor.placeName, paths: [] }]
  return ok({ items: self.slice(0, 20).map((row) => ({ staffKey: row.staff_key, staffNo: row.staff_no, name: row.staff_name, postName: row.post_name, unitName: row.place_name })) })
})
