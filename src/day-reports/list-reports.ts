import { bankCalendar } from '../foundation/calendar/read-calendar.ts'
import { verdictOf } from '../foundation/access/permission.rules.ts'
import type { Actor } from '../foundation/access/actor.ts'
import { sql, type Sql, type Transaction } from '../foundation/database/transaction.ts'
import { cutPage, readCursor } from '../foundation/http/cursor.ts'
import { handle } from '../foundation/http/route.ts'
import { addDays, monthEnd, monthOf } from '../foundation/values/business-date.ts'
import { ok, refuse } from '../foundation/values/outcome.ts'
import { isKnown, type WorkingCalendar } from '../foundation/values/working-calendar.ts'
import { countUnitReports, listMyReports, listReportsToAnswer, listUnitReports, type ListedReport, type MonthPerson, type UnitPerson } from './day-report.contract.ts'
import { faultOf, type ReportKind } from './day-report.rules.ts'
import { kindShown, kindsOn } from './read-kinds.ts'
import { daysLeft } from './show-report.ts'

const inLine = (actor: Actor, column: Sql): Sql => (actor.breadth === 'UNIT' ? sql`${column} >= ${actor.linePath} AND ${column} < ${`${actor.linePath}/`}` : actor.breadth === 'ALL' ? sql`true` : sql`false`)

type Listed = ListedReport & { staff_name: string; unit_name: string | null; receiver: string | null; answer_due_on: string | null; last_day: string }
function listedRows(tx: Transaction, where: Sql, order: Sql, limit: number): Promise<Listed[]> {
  return tx.all(sql<Listed>`
    SELECT r.id, jsonb_build_object('code', k.code, 'zh', k.name, 'en', k.name_en, 'period', k.period, 'answers', k.answer_days IS NOT NULL) AS kind, r.period_key AS period, r.confirmed_on AS "confirmedOn", r.late, r.channel, r.signed_on AS "signedOn", r.answered_on AS "answeredOn",
      (SELECT count(*)::int FROM day_report_note n WHERE n.report_id = r.id) AS notes, (SELECT count(*)::int FROM day_report_fact f WHERE f.report_id = r.id) AS facts,
      s.staff_name, u.name AS unit_name, v.staff_name AS receiver, r.answer_due_on, r.last_day
    FROM (SELECT * FROM day_report r WHERE ${where} ORDER BY ${order} LIMIT ${limit}) r JOIN report_kind k ON k.code = r.kind_code AND k.version = r.kind_version JOIN organisation_staff_facts s ON s.staff_key = r.staff_key
    LEFT JOIN organisation_staff_facts v ON v.staff_key = r.receiver_key
    LEFT JOIN organisation_institution_facts u ON u.institution_key = r.place_key AND u.from_date <= r.last_day AND (u.to_date IS NULL OR u.to_date > r.last_day) ORDER BY ${order}`)
}
const plain = ({ staff_name: _s, unit_name: _u, receiver: _r, answer_due_on: _a, last_day: _l, ...row }: Listed): ListedReport => row

export const listMyReportsRoute = handle(listMyReports, async (tx, { query }, { actor, services }) => {
  const list = 'my day reports'
  const place = readCursor(services.keys.keyring, list, query.cursor)
  if (!place.ok) return place
  const rows = await listedRows(tx, sql`r.staff_key = ${actor.staffKey} ${place.value === null ? sql`` : sql`AND (r.last_day, r.id) < (${String(place.value[0])}::date, ${String(place.value[1])}::uuid)`}`, sql`r.last_day DESC, r.id DESC`, query.limit + 1)
  const { shown, nextCursor } = cutPage(services.keys.keyring, list, rows, query.limit, (last) => [last.last_day, last.id])
  return ok({ items: shown.map(plain), nextCursor, count: null })
})

/** Those that wait first, then the answered ones, newest first. */
export const listReportsToAnswerRoute = handle(listReportsToAnswer, async (tx, { query }, { actor, businessDate, services }) => {
  const list = 'reports to answer'
  const place = readCursor(services.keys.keyring, list, query.cursor)
  if (!place.ok) return place
  const sort = sql`(r.answered_on IS NOT NULL)::int`
  const rows = await listedRows(tx, sql`r.answer_due_on IS NOT NULL AND r.staff_key <> ${actor.staffKey} AND ${inLine(actor, sql`r.scope_path`)} AND EXISTS (SELECT FROM report_kind q WHERE q.code = r.kind_code AND q.version = r.kind_version AND ${actor.postCode} = ANY(q.receiver_posts))
    ${place.value === null ? sql`` : sql`AND (${sort}, -(r.last_day - date '2000-01-01'), r.id) > (${Number(place.value[0])}, ${Number(place.value[1])}, ${String(place.value[2])}::uuid)`}`, sql`${sort}, -(r.last_day - date '2000-01-01'), r.id`, query.limit + 1)
  const calendar = await bankCalendar(tx)
  const dayNumber = (day: string): number => Math.round((Date.parse(`${day}T00:00:00Z`) - Date.parse('2000-01-01T00:00:00Z')) / 86_400_000)
  const { shown, nextCursor } = cutPage(services.keys.keyring, list, rows, query.limit, (last) => [last.answeredOn === null ? '0' : '1', String(-dayNumber(last.last_day)), last.id])
  return ok({
    items: shown.map((row) => ({ ...plain(row), staffName: row.staff_name, unitName: row.unit_name ?? '', receiver: row.receiver, answerDueOn: row.answer_due_on ?? businessDate, answerDaysLeft: row.answeredOn === null ? daysLeft(calendar, businessDate, row.answer_due_on) : null })),
    nextCursor, count: null,
  })
})

const mostPeople = 500
type Person = { staff_key: number; staff_name: string; unit_name: string; report_id: string | null; late: boolean | null; channel: 'SELF' | 'PHONE' | null; signed_on: string | null; facts: number; substitute: string | null; excused: boolean }

export const listUnitReportsRoute = handle(listUnitReports, async (tx, { query }, { actor, businessDate: today }) => {
  const kinds = (await kindsOn(tx, today)).filter((one) => one.period === 'DAY' && one.receiverPosts.includes(actor.postCode))
  const kind = kinds.find((one) => one.code === query.kind) ?? (query.kind === 'DAILY' ? kinds[0] : undefined)
  if (!kind) return refuse('kind-unknown')
  const day = query.day ?? today
  const calendar = await bankCalendar(tx)
  const workingDay = isKnown(calendar, day) && calendar.isWorkday(day)
  const rows = await tx.all(sql<Person>`
    WITH member AS (
      SELECT DISTINCT ON (f.staff_key) f.staff_key, f.staff_name, f.place_name AS unit_name FROM organisation_post_facts f
      WHERE f.post_code = ANY(${[...kind.posts]}::text[]) AND f.from_date <= ${day} AND (f.to_date IS NULL OR f.to_date > ${day}) AND ${inLine(actor, sql`f.line_path`)} AND f.staff_key <> ${actor.staffKey} ORDER BY f.staff_key, f.main DESC, f.post_key)
    SELECT p.*, r.id AS report_id, r.late, r.channel, r.signed_on, (SELECT count(*)::int FROM day_report_fact t WHERE t.report_id = r.id) AS facts, b.staff_name AS substitute,
      EXISTS (SELECT FROM duties_instance_facts i WHERE i.duty_code = ${kind.dutyCode} AND i.staff_key = p.staff_key AND i.period_key = ${day} AND i.state = 'EXCUSED') AS excused
    FROM member p LEFT JOIN day_report r ON r.kind_code = ${kind.code} AND r.staff_key = p.staff_key AND r.period_key = ${day}
    LEFT JOIN LATERAL (SELECT s.staff_name FROM customers_absence_facts a JOIN organisation_staff_facts s ON s.staff_key = a.substitute_key WHERE a.absent_key = p.staff_key AND a.from_date <= ${day} AND a.to_date > ${day} LIMIT 1) b ON true
    ORDER BY r.id IS NOT NULL, r.late DESC NULLS FIRST, p.unit_name, p.staff_key LIMIT ${mostPeople + 1}`)
  const items = !workingDay ? [] : rows.slice(0, mostPeople).map((row): UnitPerson => {
    const state = row.report_id !== null ? (row.late === true ? 'LATE' : 'ON_TIME') : row.substitute !== null ? 'ABSENT' : row.excused ? 'EXCUSED' : day >= today ? 'NOT_YET' : 'MISSING'
    const fault = faultOf(calendar, kind, day, { firstDay: day, lastDay: day }, { today, name: row.staff_name, held: true, substitute: row.substitute, reported: row.report_id !== null })
    return { staffKey: row.staff_key, staffName: row.staff_name, unitName: row.unit_name, state, reportId: row.report_id, channel: row.channel, signedOn: row.signed_on, facts: row.facts, substitute: row.substitute, may: { phone: verdictOf(fault?.name ?? null) } }
  })
  return ok({ asOf: today, day, kinds: kinds.map(kindShown), workingDay, items: worstFirst(items), more: rows.length > mostPeople })
})

const places: Readonly<Record<UnitPerson['state'], number>> = { MISSING: 0, NOT_YET: 1, LATE: 2, ON_TIME: 3, ABSENT: 4, EXCUSED: 5 }
const worstFirst = (items: UnitPerson[]): UnitPerson[] => items.sort((a, b) => places[a.state] - places[b.state])

/** Of a day that is over; a day still open is counted once it has passed. */
function workingDaysOf(calendar: WorkingCalendar, first: string, last: string): string[] {
  const days: string[] = []
  for (let day = first; day <= last; day = addDays(day, 1)) if (isKnown(calendar, day) && calendar.isWorkday(day)) days.push(day)
  return days
}

export const countUnitReportsRoute = handle(countUnitReports, async (tx, { query }, { actor, businessDate: today }) => {
  const kinds = (await kindsOn(tx, today)).filter((one) => one.period === 'DAY' && one.receiverPosts.includes(actor.postCode))
  const kind: ReportKind | undefined = kinds.find((one) => one.code === query.kind) ?? (query.kind === 'DAILY' ? kinds[0] : undefined)
  if (!kind) return refuse('kind-unknown')
  const month = query.month ?? monthOf(today)
  const calendar = await bankCalendar(tx)
  // nothing is missing of the time before the bank began to ask for it
  const { begun } = await tx.one(sql<{ begun: string | null }>`
    SELECT least((SELECT min(last_day) FROM day_report WHERE kind_code = ${kind.code}), (SELECT min(opens_on) FROM duties_instance_facts WHERE duty_code = ${kind.dutyCode})) AS begun`)
  const first = begun !== null && begun > `${month}-01` ? begun : `${month}-01`
  const last = monthEnd(`${month}-01`) < today ? monthEnd(`${month}-01`) : addDays(today, -1)
  const days = begun === null ? [] : workingDaysOf(calendar, first, last)
  const rows = await tx.all(sql<MonthPerson>`
    WITH day AS MATERIALIZED (SELECT d::date AS day FROM jsonb_array_elements_text(${JSON.stringify(days)}::jsonb) d),
    owed AS (
      SELECT DISTINCT ON (f.staff_key, d.day) f.staff_key, f.staff_name, f.place_name AS unit_name, d.day FROM day d JOIN organisation_post_facts f ON f.post_code = ANY(${[...kind.posts]}::text[]) AND f.from_date <= d.day AND (f.to_date IS NULL OR f.to_date > d.day)
      WHERE ${inLine(actor, sql`f.line_path`)} AND f.staff_key <> ${actor.staffKey} AND NOT EXISTS (SELECT FROM customers_absence_facts a WHERE a.absent_key = f.staff_key AND a.from_date <= d.day AND a.to_date > d.day) ORDER BY f.staff_key, d.day, f.main DESC, f.post_key),
    state AS (
      SELECT o.*, r.id IS NOT NULL AS there, r.late, r.signed_on, r.id IS NULL AND EXISTS (SELECT FROM duties_instance_facts i WHERE i.duty_code = ${kind.dutyCode} AND i.staff_key = o.staff_key AND i.period_key = o.day::text AND i.state = 'EXCUSED') AS excused
      FROM owed o LEFT JOIN day_report r ON r.kind_code = ${kind.code} AND r.staff_key = o.staff_key AND r.period_key = o.day::text)
    SELECT staff_key AS "staffKey", max(staff_name) AS "staffName", max(unit_name) AS "unitName", count(*)::int AS expected, (count(*) FILTER (WHERE there AND NOT late))::int AS "onTime", (count(*) FILTER (WHERE there AND late))::int AS late,
      (count(*) FILTER (WHERE NOT there AND NOT excused))::int AS missing, (count(*) FILTER (WHERE excused))::int AS excused, (count(*) FILTER (WHERE signed_on IS NOT NULL))::int AS signed,
      coalesce(jsonb_agg(day ORDER BY day) FILTER (WHERE NOT there AND NOT excused), '[]'::jsonb) AS "missingDays"
    FROM state GROUP BY staff_key ORDER BY missing DESC, late DESC, "unitName", staff_key LIMIT ${mostPeople + 1}`)
  const items = rows.slice(0, mostPeople)
  const units = [...new Set(items.map((one) => one.unitName))].sort().map((unitName) => {
    const of = items.filter((one) => one.unitName === unitName)
    const sum = (name: 'expected' | 'onTime' | 'late' | 'missing'): number => of.reduce((all, one) => all + one[name], 0)
    return { unitName, expected: sum('expected'), onTime: sum('onTime'), late: sum('late'), missing: sum('missing') }
  })
  return ok({ asOf: today, month, items, units, more: rows.length > mostPeople })
})
