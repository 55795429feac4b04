import { unless, verdictOf } from '../foundation/access/permission.rules.ts'
import { bankCalendar } from '../foundation/calendar/read-calendar.ts'
import { sql, type Sql, type Transaction } from '../foundation/database/transaction.ts'
import { cutPage, readCursor } from '../foundation/http/cursor.ts'
import { handle, type Context } from '../foundation/http/route.ts'
import { ok, refuse } from '../foundation/values/outcome.ts'
import { isKnown, workingDaysBetween, type WorkingCalendar } from '../foundation/values/working-calendar.ts'
import { caseActs, getCase, listCases, type CaseLine, type CaseTask, type MemberShown } from './coordination.contract.ts'
import { arranges, isOver, mayStep, waitsFor } from './coordination.rules.ts'
import { caseColumns, caseJoins, factsOf, type CaseRow } from './read-case.ts'

type Row = CaseRow & { asker_name: string; holder_name: string; answerer_name: string | null; unit_name: string | null; customer_name: string | null }

function rowsOf(tx: Transaction, where: Sql, limit: number): Promise<Row[]> {
  return tx.all(sql<Row>`
    SELECT ${caseColumns}, s.staff_name AS asker_name, h.staff_name AS holder_name, w.staff_name AS answerer_name, k.name AS customer_name,
      (SELECT i.name FROM organisation_institution_facts i WHERE i.institution_key = a.unit_key ORDER BY i.from_date DESC LIMIT 1) AS unit_name
    FROM (SELECT * FROM coordination_case c WHERE ${where} ORDER BY c.due_on, c.id LIMIT ${limit}) c ${caseJoins}
    JOIN organisation_staff_facts s ON s.staff_key = c.asked_by JOIN organisation_staff_facts h ON h.staff_key = c.holder_key LEFT JOIN organisation_staff_facts w ON w.staff_key = c.answerer_key
    LEFT JOIN customers_customer_facts k ON k.customer_id = c.customer_id
    ORDER BY c.due_on, c.id`)
}

const left = (calendar: WorkingCalendar, today: string, day: string): number | null => (day < today || !isKnown(calendar, day) || !isKnown(calendar, today) ? null : workingDaysBetween(calendar, today, day))

/** `reads`: cases of whose customer the reader sees by his membership. What is over is told without its text to who sees the customer no more. */
function lineOf(row: Row, calendar: WorkingCalendar, { actor, businessDate: today }: Context, reads: ReadonlyMap<string, string>): CaseLine {
  const name = row.customer_name ?? reads.get(row.id) ?? null
  const hidden = row.customer_id !== null && name === null && isOver(row.state) && row.holder_key !== actor.staffKey
  const by = row.state === 'ASKED' && row.answer_by !== null ? row.answer_by : row.due_on
  return {
    id: row.id, number: row.number, form: row.form, kind: row.kind, title: hidden ? null : row.title, priority: row.priority, state: row.state, asker: { staffKey: row.asked_by, name: row.asker_name }, holder: { staffKey: row.holder_key, name: row.holder_name },
    answerer: row.answerer_key === null || row.answerer_name === null ? null : { staffKey: row.answerer_key, name: row.answerer_name }, unitName: row.unit_name, answerBy: row.state === 'ASKED' ? row.answer_by : null, askedOn: row.asked_on, dueOn: row.due_on,
    workingDaysLeft: isOver(row.state) ? null : left(calendar, today, by), late: !isOver(row.state) && row.state !== 'REPORTED' && row.state !== 'REFUSED' && by < today, escalated: row.escalated.length > 0, customerId: name === null ? null : row.customer_id, customerName: name,
    withCustomer: row.customer_id !== null, waitsForMe: waitsFor(factsOf(row), actor.staffKey),
  }
}

/** The names of customers that memberships open to the reader: by the grant that belongs to each, as long as it holds. */
async function namesByMembership(tx: Transaction, rows: readonly Row[], { actor, businessDate: day }: Context): Promise<Map<string, string>> {
  const blind = rows.filter((row) => row.customer_id !== null && row.customer_name === null && row.members.includes(actor.staffKey))
  if (blind.length === 0) return new Map()
  const granted = await tx.all(sql<{ customer_id: string }>`SELECT DISTINCT customer_id FROM access_read_grant_facts WHERE staff_key = ${actor.staffKey} AND customer_id = ANY(${blind.map((row) => row.customer_id ?? '')}::uuid[]) AND from_date <= ${day} AND until_date >= ${day}`)
  const open = new Set(granted.map((one) => one.customer_id))
  const names = await tx.asRole('engine', () => tx.all(sql<{ customer_id: string; name: string }>`SELECT customer_id, name FROM customers_customer_facts WHERE customer_id = ANY(${[...open]}::uuid[])`))
  return new Map(blind.flatMap((row) => names.filter((one) => one.customer_id === row.customer_id).map((one) => [row.id, one.name])))
}

/** What is coordinated, by its day: what waits for me, what I asked, where I take part, or everything that I may see. */
export const listCasesRoute = handle(listCases, async (tx, { query }, context) => {
  const { actor, businessDate: today, services } = context
  const me = actor.staffKey
  const list = `coordination ${me} ${query.list} ${query.over} ${query.kind ?? ''} ${query.late} ${query.customerId ?? ''}`
  const place = readCursor(services.keys.keyring, list, query.cursor)
  if (!place.ok) return place
  const isMember = sql`EXISTS (SELECT FROM coordination_member m WHERE m.case_id = c.id AND m.staff_key = ${me})`
  const onDesk = sql`EXISTS (SELECT FROM coordination_answer l WHERE l.case_id = c.id AND l.answer IS NULL AND l.desk @> ARRAY[${me}::int])`
  const leads = sql`EXISTS (SELECT FROM coordination_member m WHERE m.case_id = c.id AND m.staff_key = ${me} AND m.part = 'LEAD' AND m.left_on IS NULL)`
  const hasTask = sql`EXISTS (SELECT FROM coordination_task t WHERE t.case_id = c.id AND t.owner_key = ${me} AND t.state = 'OPEN')`
  const of = {
    waiting: sql`((c.state = 'ASKED' AND ${onDesk}) OR (c.state = 'IN_WORK' AND (c.answerer_key = ${me} OR (c.form = 'GROUP' AND (c.holder_key = ${me} OR ${leads})) OR ${hasTask})) OR (c.state IN ('REPORTED', 'REFUSED') AND c.holder_key = ${me}) OR c.escalated @> ARRAY[${me}::int])`,
    asked: sql`(c.holder_key = ${me} OR c.asked_by = ${me})`, part: sql`(c.answerer_key = ${me} OR ${isMember})`, all: sql`true`,
  }[query.list]
  const conditions = [
    // the policies compare the same; said again so that the index over viewers is taken
    ...(query.list === 'all' ? [] : [sql`c.viewers @> ARRAY[${me}::int]`]), of, query.over ? sql`c.ended_on IS NOT NULL` : sql`c.ended_on IS NULL`,
    ...(query.kind === undefined ? [] : [sql`c.kind = ${query.kind}`]), ...(query.customerId === undefined ? [] : [sql`c.customer_id = ${query.customerId} AND EXISTS (SELECT FROM customers_customer_facts k WHERE k.customer_id = c.customer_id)`]),
    ...(query.late ? [sql`((c.state = 'IN_WORK' AND c.due_on < ${today}) OR (c.state = 'ASKED' AND EXISTS (SELECT FROM coordination_answer l WHERE l.case_id = c.id AND l.answer IS NULL AND l.answer_by < ${today})))`] : []),
    ...(place.value === null ? [] : [sql`(c.due_on, c.id) > (${String(place.value[0])}::date, ${String(place.value[1])}::uuid)`]),
  ]
  const rows = await rowsOf(tx, sql.join(conditions, sql` AND `), query.limit + 1)
  const { shown, nextCursor } = cutPage(services.keys.keyring, list, rows, query.limit, (last) => [last.due_on, last.id])
  const calendar = await bankCalendar(tx)
  const names = await namesByMembership(tx, shown, context)
  return ok({ items: shown.map((row) => lineOf(row, calendar, context, names)), nextCursor, count: null })
})

type Answer = { id: string; unitName: string; askedOn: string; answerBy: string; again: boolean; answer: 'ACCEPTED' | 'REFUSED' | 'HANDED_ON' | 'WITHDRAWN' | null; answeredBy: string | null; answeredOn: string | null; workingDays: number | null; late: boolean | null; reason: string | null }

export const getCaseRoute = handle(getCase, async (tx, { params: { caseId } }, context) => {
  const { actor, businessDate: day } = context
  const [row] = await rowsOf(tx, sql`c.id = ${caseId}`, 1)
  if (!row) return refuse('not-found')
  const names = await namesByMembership(tx, [row], context)
  const line = lineOf(row, await bankCalendar(tx), context, names)
  const facts = factsOf(row)
  const over = isOver(row.state) ? 'case-over' : null
  const arranging = arranges(facts, actor.staffKey) ? null : 'not-yours-to-arrange'
  const hidden = line.title === null
  const answers = await tx.all(sql<Answer>`
    SELECT a.id, (SELECT i.name FROM organisation_institution_facts i WHERE i.institution_key = a.unit_key ORDER BY i.from_date DESC LIMIT 1) AS "unitName", a.asked_on AS "askedOn", a.answer_by AS "answerBy", a.again, a.answer, s.staff_name AS "answeredBy",
      a.answered_on AS "answeredOn", a.working_days AS "workingDays", a.late, a.reason
    FROM coordination_answer a LEFT JOIN organisation_staff_facts s ON s.staff_key = a.answered_by WHERE a.case_id = ${caseId} ORDER BY a.round`)
  const members = await tx.all(sql<Omit<MemberShown, 'may'>>`
    SELECT m.id, m.staff_key AS "staffKey", s.staff_name AS name, (SELECT f.line_name FROM organisation_post_facts f WHERE f.staff_key = m.staff_key AND f.from_date <= ${day} AND (f.to_date IS NULL OR f.to_date > ${day}) ORDER BY f.main DESC, f.post_key LIMIT 1) AS "unitName", m.part,
      m.joined_on AS "joinedOn", m.until_on AS "untilOn", m.left_on AS "leftOn", m.left_why AS "leftWhy", ${row.customer_id !== null}::boolean AND m.left_on IS NULL AND m.until_on >= ${day} AS reads
    FROM coordination_member m JOIN organisation_staff_facts s ON s.staff_key = m.staff_key WHERE m.case_id = ${caseId} ORDER BY m.left_on NULLS FIRST, m.part = 'LEAD' DESC, m.part = 'ANSWER' DESC, m.joined_on, s.staff_no`)
  const tasks = await tx.all(sql<Omit<CaseTask, 'may'>>`
    SELECT t.id, t.title, t.owner_key AS "ownerKey", s.staff_name AS "ownerName", t.due_on AS "dueOn", t.state, t.ended_on AS "endedOn", t.evidence, coalesce(t.late, t.due_on < ${day}) AS late
    FROM coordination_task t JOIN organisation_staff_facts s ON s.staff_key = t.owner_key WHERE t.case_id = ${caseId} ORDER BY t.state <> 'OPEN', t.due_on, t.id`)
  const events = await tx.all(sql<{ id: string; kind: string; who: string | null; on: string; note: string | null }>`
    SELECT e.id, e.kind, s.staff_name AS who, e.done_on AS "on", e.note FROM coordination_event e LEFT JOIN organisation_staff_facts s ON s.staff_key = e.done_by WHERE e.case_id = ${caseId} ORDER BY e.done_on, e.happened_at, e.id`)
  return ok({
    case: {
      ...line, content: hidden ? null : row.content, untilOn: row.until_on, extensions: row.extensions, reportedOn: row.reported_on, evidence: hidden ? null : row.evidence, endedOn: row.ended_on,
      may: { ...Object.fromEntries(caseActs.map((act) => [act, mayStep(facts, act, actor.staffKey)])), ADD_MEMBER: verdictOf(arranging ?? over), ADD_TASK: verdictOf(arranging ?? over) },
    },
    answers: hidden ? answers.map((one) => ({ ...one, reason: null })) : answers,
    members: members.map((one) => {
      const own = one.staffKey === actor.staffKey
      return { ...one, may: { END: unless(verdictOf(own ? null : arranging), over ?? (one.leftOn !== null ? 'member-left' : one.part === 'ANSWER' ? 'answers-for-unit' : null)) } }
    }),
    tasks: tasks.map((one) => ({ ...one, title: hidden ? null : one.title, evidence: hidden ? null : one.evidence, may: {
      DONE: unless(verdictOf(one.ownerKey === actor.staffKey ? null : 'task-owner-only'), over ?? (one.state === 'OPEN' ? null : 'task-ended')), DROPPED: unless(verdictOf(arranging), over ?? (one.state === 'OPEN' ? null : 'task-ended')),
    } })),
    events: hidden ? events.map((one) => ({ ...one, note: null })) : events,
  })
})
