import type { Actor } from '../../foundation/access/actor.ts'
import { verdictOf } from '../../foundation/access/permission.rules.ts'
import { sql, type Transaction } from '../../foundation/database/transaction.ts'
import { cutPage, readCursor } from '../../foundation/http/cursor.ts'
import type { InputOf } from '../../foundation/http/contract.ts'
import { handle, type Context } from '../../foundation/http/route.ts'
import { bankCalendar } from '../../foundation/calendar/read-calendar.ts'
import { add, bulk, change } from '../../foundation/store/store.ts'
import { addDays } from '../../foundation/values/business-date.ts'
import { ok, refuse, type Outcome } from '../../foundation/values/outcome.ts'
import { CalendarUnknown, workingDaysBetween } from '../../foundation/values/working-calendar.ts'
import { leads, managerSeat, type Seat } from './hand-over-case.ts'
import { readOwnershipPolicy } from './read-ownership-policy.ts'
import { askSubstitution, confirmSubstitution, endSubstitution, findSubstitutes, listSubstitutions, readHappened, type SubstitutionRow } from './substitution.contract.ts'
import { byRule, judgeSubstitution } from './substitution.rules.ts'

export type Substitution = { id: string; absent_key: number; substitute_key: number; from_date: string; until_date: string; state: SubstitutionRow['state']; scope_path: string; asked_by: number }
/** What must follow when a substitution begins or ends today: handed in by the flow. */
export type Follow = (tx: Transaction, absentKey: number) => Promise<void>

type Row = Omit<SubstitutionRow, 'may'> & { absent_key: number; substitute_key: number; scope_path: string; sort_day: string }

const rowsOf = (tx: Transaction, where: ReturnType<typeof sql>, day: string, limit: number): Promise<Row[]> => tx.all(sql<Row>`
  SELECT s.id, jsonb_build_object('staffKey', a.staff_key, 'name', a.staff_name, 'staffNo', a.staff_no) AS absent, jsonb_build_object('staffKey', b.staff_key, 'name', b.staff_name, 'staffNo', b.staff_no) AS substitute,
    s.from_date AS "from", s.until_date AS until, s.customers, s.listed, s.reason, s.state,
    s.state = 'CONFIRMED' AND s.from_date <= ${day} AND s.until_date >= ${day} AS now, k.staff_name AS "askedBy", f.staff_name AS "confirmedBy", s.state IN ('CONFIRMED', 'ENDED') AND s.confirmed_by IS NULL AS "byRule", s.end_reason AS "endReason",
    s.absent_key, s.substitute_key, s.scope_path, s.from_date AS sort_day
  FROM substitution s JOIN organisation_staff_facts a ON a.staff_key = s.absent_key JOIN organisation_staff_facts b ON b.staff_key = s.substitute_key JOIN organisation_staff_facts k ON k.staff_key = s.asked_by
  LEFT JOIN organisation_staff_facts f ON f.staff_key = s.confirmed_by
  WHERE ${where} ORDER BY s.from_date DESC, s.id DESC LIMIT ${limit}`)

const isSide = (actor: Pick<Actor, 'staffKey'>, row: { absent_key: number; substitute_key: number }): boolean => [row.absent_key, row.substitute_key].includes(actor.staffKey)

function view({ absent_key, substitute_key, scope_path, sort_day: _day, ...row }: Row, { actor, may }: Pick<Context, 'actor' | 'may'>): SubstitutionRow {
  const inLine = leads(actor, scope_path)
  const own = isSide(actor, { absent_key, substitute_key })
  const confirm = may('substitution.confirm')
  return {
    ...row,
    may: {
      confirm: verdictOf(row.state !== 'ASKED' ? 'not-asked' : !confirm.allowed || !inLine ? 'not-allowed' : own ? 'own-substitution' : null),
      end: verdictOf(!['ASKED', 'CONFIRMED'].includes(row.state) ? 'ended-already' : own || inLine ? null : 'not-yours'),
    },
  }
}

export const listSubstitutionsRoute = handle(listSubstitutions, async (tx, { query }, context) => {
  const { businessDate: day, services } = context
  const list = `substitutions ${JSON.stringify([query.when])}`
  const place = readCursor(services.keys.keyring, list, query.cursor)
  if (!place.ok) return place
  const when = query.when === 'NOW' ? sql`s.state = 'CONFIRMED' AND s.from_date <= ${day} AND s.until_date >= ${day}` : query.when === 'COMING' ? sql`s.state IN ('ASKED', 'CONFIRMED') AND s.until_date >= ${day}`
    : query.when === 'PAST' ? sql`(s.state NOT IN ('ASKED', 'CONFIRMED') OR s.until_date < ${day})` : sql`true`
  const rows = await rowsOf(tx, sql`${when} ${place.value ? sql`AND (s.from_date, s.id) < (${place.value[0]}::date, ${place.value[1]}::uuid)` : sql``}`, day, query.limit + 1)
  const { shown, nextCursor } = cutPage(services.keys.keyring, list, rows, query.limit, (last) => [last.sort_day, last.id])
  const { n } = await tx.one(sql<{ n: number }>`SELECT count(*)::int AS n FROM (SELECT 1 FROM substitution s WHERE ${when} LIMIT 10001) c`)
  return ok({ items: shown.map((row) => view(row, context)), nextCursor, count: place.value === null ? { value: Math.min(n, 10_000), exact: n <= 10_000 } : null })
})

const gradeOf = async (tx: Transaction, staffKey: number, day: string): Promise<'A' | 'B' | 'C' | null> =>
  (await tx.maybe(sql<{ grade: 'A' | 'B' | 'C' }>`SELECT grade FROM organisation_grade_facts WHERE staff_key = ${staffKey} AND from_date <= ${day} AND (to_date IS NULL OR to_date > ${day})`))?.grade ?? null

export const findSubstitutesRoute = handle(findSubstitutes, async (tx, { query }, { actor, businessDate: day }) => {
  const policy = await readOwnershipPolicy(tx, day)
  const absentKey = query.absentKey ?? actor.staffKey
  const seat = await managerSeat(tx, absentKey, day)
  if (!seat || (absentKey !== actor.staffKey && !leads(actor, seat.line_path))) return ok({ absent: null, longest: policy.substitutionMost, items: [] })
  const people = await tx.all(sql<{ staffKey: number; name: string; staffNo: string; grade: 'A' | 'B' | 'C' | null; agreed: boolean }>`
    SELECT DISTINCT ON (f.staff_key) f.staff_key AS "staffKey", f.staff_name AS name, f.staff_no AS "staffNo", g.grade,
      EXISTS (SELECT FROM substitution_pair p WHERE p.first_key = least(f.staff_key, ${absentKey}::int) AND p.second_key = greatest(f.staff_key, ${absentKey}::int) AND p.ended_on IS NULL) AS agreed
    FROM organisation_post_facts f LEFT JOIN organisation_grade_facts g ON g.staff_key = f.staff_key AND g.from_date <= ${day} AND (g.to_date IS NULL OR g.to_date > ${day})
    WHERE f.line_key = ${seat.line_key} AND f.staff_key <> ${absentKey} AND f.breadth <> 'NONE' AND f.sequence = 'FRONT' AND f.post_code <> 'LOBBY' AND f.from_date <= ${day} AND (f.to_date IS NULL OR f.to_date > ${day}) ORDER BY f.staff_key`)
  const absent = await tx.one(sql<{ staffKey: number; name: string; staffNo: string }>`SELECT staff_key AS "staffKey", staff_name AS name, staff_no AS "staffNo" FROM organisation_staff_facts WHERE staff_key = ${absentKey}`)
  const mine = { lineKey: seat.line_key, rank: seat.rank, grade: await gradeOf(tx, absentKey, day) }
  const fitting = []
  for (const person of people) {
    const other = await managerSeat(tx, person.staffKey, day)
    const judged = judgeSubstitution({ sameperson: false, from: day, until: day, today: day, workingDays: 1, most: 1, absent: mine, substitute: other ? { lineKey: other.line_key, rank: other.rank, grade: person.grade } : null })
    if (judged.ok) fitting.push(person)
  }
  return ok({ absent, longest: policy.substitutionMost, items: fitting })
})

/** Asked for; agreed to by the rule where the lead agreed to the pair and it is planned a day ahead. */
export const askSubstitutionRoute = handle(askSubstitution, async (tx, { body }, { actor, businessDate: day }) => {
  const absentKey = body.absentKey ?? actor.staffKey
  const seat = await managerSeat(tx, absentKey, day)
  if (!seat || (absentKey !== actor.staffKey && !leads(actor, seat.line_path))) return refuse('not-your-absent', { field: 'absentKey' })
  const other = await managerSeat(tx, body.substituteKey, body.from)
  const policy = await readOwnershipPolicy(tx, day)
  const judged = await judge(tx, { body, day, absentKey, seat, other, most: policy.substitutionMost })
  if (!judged.ok) return judged
  return tx.asRole('batch', async () => {
    // two for one of these people at once wait for each other here
    for (const key of [absentKey, body.substituteKey].sort((a, b) => a - b)) await tx.one(sql`SELECT pg_advisory_xact_lock(hashtextextended(${`substitution ${key}`}, 19)) IS NULL AS waited`)
    const busy = await tx.maybe(sql<{ name: string; from: string; until: string }>`
      SELECT p.staff_name AS name, s.from_date AS "from", s.until_date AS until FROM substitution s JOIN organisation_staff_facts p ON p.staff_key = CASE WHEN s.absent_key IN (${absentKey}, ${body.substituteKey}) THEN s.absent_key ELSE s.substitute_key END
      WHERE s.state IN ('ASKED', 'CONFIRMED') AND s.from_date <= ${body.until} AND s.until_date >= ${body.from}
        AND (s.absent_key = ANY(ARRAY[${absentKey}::int, ${body.substituteKey}::int]) OR s.substitute_key = ${absentKey}) LIMIT 1`)
    if (busy) return refuse('overlaps', { details: busy })
    const pair = await tx.maybe(sql`SELECT 1 FROM substitution_pair WHERE first_key = ${Math.min(absentKey, body.substituteKey)} AND second_key = ${Math.max(absentKey, body.substituteKey)} AND ended_on IS NULL`)
    const agreed = byRule({ agreedPair: pair !== undefined, from: body.from, today: day })
    await add(tx, 'substitution', {
      id: body.id, absent_key: absentKey, substitute_key: body.substituteKey, from_date: body.from, until_date: body.until, customers: body.customers === 'ALL' ? 'ALL' : 'LIST', listed: body.customers === 'ALL' ? 0 : new Set(body.customers).size, reason: body.reason, state: agreed ? 'CONFIRMED' : 'ASKED',
      asked_by: actor.staffKey, asked_on: day, confirmed_on: agreed ? day : null, policy_version: policy.version, scope_path: seat.line_path, viewers: [...new Set([absentKey, body.substituteKey, actor.staffKey])].sort((a, b) => a - b),
    }, { why: body.reason, action: 'ASK_SUBSTITUTION' })
    const wanted = body.customers === 'ALL' ? null : [...new Set(body.customers)]
    const held = await tx.one(sql<{ n: number }>`SELECT count(*)::int AS n FROM assignment WHERE staff_key = ${absentKey} AND from_date <= ${body.from} AND (to_date IS NULL OR to_date > ${body.from})
      ${wanted === null ? sql`` : sql`AND customer_id = ANY(${wanted}::uuid[])`}`)
    if (held.n === 0 || (wanted !== null && held.n !== wanted.length)) return refuse('has-no-customers', { field: 'customers' })
    if (wanted !== null) {
      await bulk(tx, {
        table: 'substitution_customer', what: 'add', why: body.reason, batch: body.id,
        statement: sql`INSERT INTO substitution_customer (customer_id, id, substitution_id, batch_id) SELECT c, uuid7(), ${body.id}, ${body.id}::uuid FROM unnest(${wanted}::uuid[]) c`,
      })
    }
    return ok({ id: body.id, state: agreed ? ('CONFIRMED' as const) : ('ASKED' as const) })
  })
})

async function judge(tx: Transaction, given: { body: { from: string; until: string; substituteKey: number }; day: string; absentKey: number; seat: Seat; other: Seat | undefined; most: number }): Promise<Outcome<null>> {
  const { body, day, absentKey, seat, other, most } = given
  const calendar = await bankCalendar(tx)
  let workingDays = 0
  try {
    // a year of days is no substitution: it is not counted
    workingDays = body.until > addDays(body.from, 400) ? most + 1 : workingDaysBetween(calendar, addDays(body.from, -1), body.until)
  } catch (error) {
    if (error instanceof CalendarUnknown) return refuse('calendar-unknown', { field: 'until', details: { day: error.day } })
    throw error
  }
  return judgeSubstitution({
    sameperson: absentKey === body.substituteKey, from: body.from, until: body.until, today: day, workingDays, most, absent: { lineKey: seat.line_key, rank: seat.rank, grade: await gradeOf(tx, absentKey, day) },
    substitute: other ? { lineKey: other.line_key, rank: other.rank, grade: await gradeOf(tx, body.substituteKey, body.from) } : null,
  })
}

const readSubstitution = (tx: Transaction, id: string): Promise<Substitution | undefined> => tx.maybe(sql<Substitution>`SELECT id, absent_key, substitute_key, from_date, until_date, state, scope_path, asked_by FROM substitution WHERE id = ${id}`)

/** The lead agrees (and may agree to the pair for good), or not, with a reason. What begins today is in force at once. */
export async function decideSubstitution(tx: Transaction, { params, body }: InputOf<typeof confirmSubstitution>, { actor, businessDate: day }: Pick<Context, 'actor' | 'businessDate'>, follow: Follow): Promise<Outcome<{ state: SubstitutionRow['state'] }>> {
  const seen = await readSubstitution(tx, params.substitutionId)
  if (!seen || !leads(actor, seen.scope_path)) return refuse('not-found')
  if (isSide(actor, seen)) return refuse('own-substitution')
  if (!body.agree && body.reason === null) return refuse('reason-needed', { field: 'reason' })
  return tx.asRole('batch', async () => {
    const { state } = await tx.one(sql<{ state: string }>`SELECT state FROM substitution WHERE id = ${seen.id} FOR UPDATE`)
    if (state !== 'ASKED') return refuse('not-asked')
    if (seen.until_date < day) return refuse('passed')
    const decided = body.agree ? ('CONFIRMED' as const) : ('REFUSED' as const)
    await change(tx, 'substitution', { id: seen.id }, { state: decided, confirmed_by: actor.staffKey, confirmed_on: day, ...(body.agree ? {} : { ended_on: day, end_reason: body.reason }) }, { why: body.reason, action: body.agree ? 'CONFIRM_SUBSTITUTION' : 'REFUSE_SUBSTITUTION' })
    const [first, second] = [Math.min(seen.absent_key, seen.substitute_key), Math.max(seen.absent_key, seen.substitute_key)]
    if (body.agree && body.pair && !(await change(tx, 'substitution_pair', { first_key: first, second_key: second }, { agreed_by: actor.staffKey, agreed_on: day, ended_on: null }, { why: body.reason }))) {
      await add(tx, 'substitution_pair', { first_key: first, second_key: second, agreed_by: actor.staffKey, agreed_on: day }, { why: body.reason })
    }
    if (body.agree && seen.from_date <= day) await follow(tx, seen.absent_key)
    return ok({ state: decided })
  })
}

/** Back earlier: today is the last day's morning, the substitute sees nothing from now on. What had not begun never does. */
export async function stopSubstitution(tx: Transaction, { params, body }: InputOf<typeof endSubstitution>, { actor, businessDate: day }: Pick<Context, 'actor' | 'businessDate'>, follow: Follow): Promise<Outcome<{ state: SubstitutionRow['state'] }>> {
  const seen = await readSubstitution(tx, params.substitutionId)
  if (!seen) return refuse('not-found')
  if (!isSide(actor, seen) && !leads(actor, seen.scope_path)) return refuse('not-yours')
  return tx.asRole('batch', async () => {
    const { state } = await tx.one(sql<{ state: string }>`SELECT state FROM substitution WHERE id = ${seen.id} FOR UPDATE`)
    if (state !== 'ASKED' && state !== 'CONFIRMED') return refuse('ended-already')
    const began = state === 'CONFIRMED' && seen.from_date <= day
    const ended = began ? ('ENDED' as const) : ('CANCELLED' as const)
    await change(tx, 'substitution', { id: seen.id }, { state: ended, ended_on: day, end_reason: body.reason, ...(began && seen.until_date > day ? { until_date: day } : {}) }, { why: body.reason, action: 'END_SUBSTITUTION' })
    if (began) await follow(tx, seen.absent_key)
    return ok({ state: ended })
  })
}

const happenedMost = 200

/** What the substitute did meanwhile: his contacts for the absent manager, as far as the reader sees the customers. */
export const readHappenedRoute = handle(readHappened, async (tx, { params }, context) => {
  const [row] = await rowsOf(tx, sql`s.id = ${params.substitutionId}`, context.businessDate, 1)
  if (!row) return refuse('not-found')
  const contacts = await tx.all(sql<{ customerId: string; contactId: string; customerName: string; day: string; mode: string; effective: boolean; summary: string; nextAction: string | null; nextOn: string | null }>`
    SELECT f.customer_id AS "customerId", f.contact_id AS "contactId", k.name AS "customerName", f.business_date AS day, f.mode, f.effective, f.summary, f.next_action AS "nextAction", f.next_on AS "nextOn"
    FROM visits_substituted_facts f JOIN customers_customer_facts k ON k.customer_id = f.customer_id
    WHERE f.staff_key = ${row.substitute_key} AND f.for_key = ${row.absent_key} AND f.business_date BETWEEN ${row.from} AND ${row.until} ORDER BY f.business_date DESC, f.contact_id DESC LIMIT ${happenedMost + 1}`)
  return ok({ substitution: view(row, context), contacts: contacts.slice(0, happenedMost), more: contacts.length > happenedMost })
})
