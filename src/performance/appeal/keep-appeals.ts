import { unless, verdictOf } from '../../foundation/access/permission.rules.ts'
import { bankCalendar, inKnownDays } from '../../foundation/calendar/read-calendar.ts'
import { sql, type Sql, type Transaction } from '../../foundation/database/transaction.ts'
import { handle, type Context } from '../../foundation/http/route.ts'
import { add } from '../../foundation/store/store.ts'
import { takeNumbers } from '../../foundation/store/take-numbers.ts'
import { monthOf, monthStart } from '../../foundation/values/business-date.ts'
import { ok, refuse, type Outcome } from '../../foundation/values/outcome.ts'
import { addWorkingDays, workingDaysBetween, type WorkingCalendar } from '../../foundation/values/working-calendar.ts'
import { presentFirst } from '../read-statement.ts'
import { checkAppeal, getAppeal, listAppeals, openAppeal, withdrawAppeal, type AppealShown } from './appeal.contract.ts'

/** Working days of the window after the month was closed, and for the answer (3.0, feedback). */
export const windowDays = 5
export const answerDays = 10

type Closed = { runId: string; scheme: string; closedOn: string | null; settledBy: number | null; scopePath: string }
/** The statement of a month, closed or not; of two schemes the one that is asked for, else that of the post held at the month's end, as the statement's page shows it. */
async function statementOf(tx: Transaction, staffKey: number, month: string, scheme: string | undefined): Promise<Closed | undefined> {
  return tx.maybe(sql<Closed>`
    SELECT s.run_id AS "runId", m.scheme_code AS scheme, c.closed_on AS "closedOn", c.settled_by AS "settledBy", s.scope_path AS "scopePath" FROM pay_statement s JOIN settled_month m ON m.run_id = s.run_id LEFT JOIN closed_month c ON c.month = m.month AND c.scheme_code = m.scheme_code
    WHERE s.staff_key = ${staffKey} AND m.month = ${monthStart(month)}::date ${scheme === undefined ? sql`` : sql`AND m.scheme_code = ${scheme}`} ORDER BY ${presentFirst} LIMIT 1`)
}
/** The last day of the window of a closed month, and why none is open. */
function windowOf(calendar: WorkingCalendar, found: Closed | undefined, month: string, day: string): Outcome<{ until: string; left: number; found: Closed }> {
  if (!found) return refuse('no-such-line')
  if (found.closedOn === null) return refuse('not-closed-yet', { details: { month } })
  const until = addWorkingDays(calendar, found.closedOn, windowDays)
  return day > until ? refuse('window-over', { details: { until } }) : ok({ until, left: workingDaysBetween(calendar, day, until), found })
}

export const checkAppealRoute = handle(checkAppeal, (tx, { query }, { actor, businessDate: day }) => inKnownDays(() => tx.asRole('self', async () => {
  const found = await statementOf(tx, actor.staffKey, query.month, query.scheme)
  const window = windowOf(await bankCalendar(tx), found, query.month, day)
  const appealed = await tx.all(sql<{ place: number; id: string }>`SELECT place, id FROM appeal WHERE staff_key = ${actor.staffKey} AND month = ${monthStart(query.month)}::date AND scheme_code = ${found?.scheme ?? ''} ORDER BY place`)
  return ok({ until: window.ok ? window.value.until : (window.refusal.details?.['until'] ?? null), workingDaysLeft: window.ok ? window.value.left : null, may: verdictOf(window.ok ? null : window.refusal.name), appealed })
})))

export const openAppealRoute = handle(openAppeal, (tx, { body }, { actor, businessDate: day }) => inKnownDays(() => tx.asRole('self', async () => {
  const calendar = await bankCalendar(tx)
  const window = windowOf(calendar, await statementOf(tx, actor.staffKey, body.month, body.scheme), body.month, day)
  if (!window.ok) return window
  const { found } = window.value
  const line = await tx.maybe(sql<{ code: string; points: string | null; moneyFen: string | null }>`SELECT code, points::text AS points, money_fen::text AS "moneyFen" FROM pay_line WHERE run_id = ${found.runId} AND staff_key = ${actor.staffKey} AND place = ${body.place}`)
  if (!line) return refuse('no-such-line')
  if (await tx.maybe(sql`SELECT 1 FROM appeal WHERE staff_key = ${actor.staffKey} AND scheme_code = ${found.scheme} AND month = ${monthStart(body.month)}::date AND place = ${body.place}`)) return refuse('appealed-already')
  // the group of the nearest unit above the person, in office today
  const group = await tx.asRole('engine', () => tx.maybe(sql<{ id: string; heads: number[] }>`
    SELECT g.id, ARRAY[g.chair_key, g.secretary_key] AS heads FROM appraisal_group g JOIN organisation_institution_facts f ON f.institution_key = g.unit_key AND f.from_date <= ${day}::date AND (f.to_date IS NULL OR f.to_date > ${day}::date)
    WHERE g.from_date <= ${day}::date AND g.to_date > ${day}::date AND NOT EXISTS (SELECT FROM appraisal_group n WHERE n.replaces_id = g.id) AND (f.scope_path = ${found.scopePath} OR starts_with(${found.scopePath}, f.scope_path || '.')) ORDER BY length(f.scope_path) DESC, g.from_date DESC LIMIT 1`))
  if (!group) return refuse('no-group')
  const leaders = await tx.all(sql<{ key: number }>`SELECT DISTINCT staff_key AS key FROM organisation_post_facts WHERE post_code = 'BANK_LEADER' AND from_date <= ${day}::date AND (to_date IS NULL OR to_date > ${day}::date) ORDER BY 1 LIMIT 20`)
  const answerBy = addWorkingDays(calendar, day, answerDays)
  const number = `SS${day.slice(0, 4)}-${String(await tx.asRole('batch', () => takeNumbers(tx, `appeal-${day.slice(0, 4)}`))).padStart(4, '0')}`
  await add(tx, 'appeal', {
    id: body.id, number, staff_key: actor.staffKey, scheme_code: found.scheme, month: monthStart(body.month), run_id: found.runId, place: body.place, line_code: line.code, line_points: line.points, line_fen: line.moneyFen, claim: body.claim, group_id: group.id, opened_on: day, window_until: window.value.until,
    answer_by: answerBy, late_on: addWorkingDays(calendar, answerBy, 1), later_on: addWorkingDays(calendar, answerBy, 3), leaders: leaders.map((one) => one.key), settled_by: found.settledBy, heads: group.heads, scope_path: found.scopePath,
  }, { why: null, action: 'OPEN_APPEAL' })
  return ok({ id: body.id, number, answerBy })
})))

type Row = {
  id: string; number: string; staffKey: number; name: string; month: string; scheme: string; place: number; lineCode: string; linePoints: string | null; lineFen: string | null; claim: string; openedOn: string; answerBy: string; groupName: string; groupReaders: number[]; groupHeads: number[]; motionId: string | null; voting: boolean
  result: 'REJECTED' | 'ADJUSTED' | 'WITHDRAWN' | null; reason: string | null; decidedOn: string | null; moneyFen: string | null; payMonth: string | null; late: boolean | null
}
const rows = (tx: Transaction, where: Sql): Promise<Row[]> => tx.all(sql<Row>`
  SELECT a.id, a.number, a.staff_key AS "staffKey", p.staff_name AS name, a.month, a.scheme_code AS scheme, a.place, a.line_code AS "lineCode", a.line_points::text AS "linePoints", a.line_fen::text AS "lineFen", a.claim, a.opened_on AS "openedOn", a.answer_by AS "answerBy", g.name AS "groupName", g.readers AS "groupReaders", ARRAY[g.chair_key, g.secretary_key] AS "groupHeads",
    m.id AS "motionId", m.id IS NOT NULL AND d.result IS NULL AS voting, e.result, e.reason, e.decided_on AS "decidedOn", e.money_fen::text AS "moneyFen", e.pay_month AS "payMonth", e.late
  FROM appeal a JOIN appraisal_group g ON g.id = a.group_id JOIN organisation_staff_facts p ON p.staff_key = a.staff_key LEFT JOIN appeal_end e ON e.appeal_id = a.id
  LEFT JOIN LATERAL (SELECT x.id FROM group_motion x WHERE x.about_id = a.id ORDER BY x.put_on DESC, x.id DESC LIMIT 1) m ON true LEFT JOIN group_decision d ON d.motion_id = m.id
  WHERE ${where} ORDER BY a.opened_on DESC, a.id DESC LIMIT 200`)

/** Who finds an appeal: the one who opened it, members and secretary of the group, who leads his line, the offices. The state is told to each; what the group votes only to the group. */
async function seen(tx: Transaction, { actor, may, businessDate: day }: Pick<Context, 'actor' | 'may' | 'businessDate'>, more: Sql = sql`true`): Promise<AppealShown[]> {
  const led = actor.breadth === 'UNIT' ? sql`a.scope_path >= ${actor.linePath} AND a.scope_path < ${`${actor.linePath}/`}` : actor.breadth === 'ALL' || may('appeal.read-all').allowed ? sql`true` : sql`false`
  const found = await tx.asRole('office', () => rows(tx, sql`${more} AND (a.staff_key = ${actor.staffKey} OR g.readers @> ARRAY[${actor.staffKey}::int] OR (${led}))`))
  const calendar = await bankCalendar(tx)
  return found.map((row): AppealShown => {
    const mine = row.staffKey === actor.staffKey
    const inGroup = row.groupReaders.includes(actor.staffKey)
    const ended = row.result !== null
    return {
      id: row.id, number: row.number, name: row.name, mine, month: monthOf(row.month), scheme: row.scheme, place: row.place, lineCode: row.lineCode, linePoints: row.linePoints, lineFen: row.lineFen, claim: row.claim, openedOn: row.openedOn, answerBy: row.answerBy,
      workingDaysLeft: ended || day > row.answerBy ? null : workingDaysBetween(calendar, day, row.answerBy), state: row.result ?? (row.voting ? 'IN_VOTE' : 'OPEN'), late: row.late ?? day > row.answerBy, groupName: row.groupName, motionId: inGroup && !mine ? row.motionId : null,
      end: row.reason === null || row.decidedOn === null ? null : { reason: row.reason, on: row.decidedOn, moneyFen: row.moneyFen, payMonth: row.payMonth === null ? null : monthOf(row.payMonth), late: row.late ?? false },
      may: { withdraw: unless(may('appeal.open'), !mine ? 'not-allowed' : ended ? 'appeal-ended' : null), put: verdictOf(mine || !row.groupHeads.includes(actor.staffKey) ? 'not-of-the-group' : ended || row.voting ? 'appeal-ended' : null) },
    }
  })
}
const currencyOf = async (tx: Transaction): Promise<string> => (await tx.one(sql<{ currency: string }>`SELECT currency FROM bank`)).currency
export const listAppealsRoute = handle(listAppeals, (tx, _input, context) => inKnownDays(async () => ok({ appeals: await seen(tx, context), currency: await currencyOf(tx) })))
export const getAppealRoute = handle(getAppeal, (tx, { params }, context) => inKnownDays(async () => {
  const appeal = (await seen(tx, context, sql`a.id = ${params.appealId}`))[0]
  return appeal ? ok({ appeal, currency: await currencyOf(tx) }) : refuse('not-found')
}))

export const withdrawAppealRoute = handle(withdrawAppeal, (tx, { params, body }, { actor, businessDate }) => tx.asRole('self', async () => {
  const appeal = await tx.maybe(sql<{ scope_path: string; heads: number[]; answer_by: string; ended: boolean }>`SELECT a.scope_path, a.heads, a.answer_by, EXISTS (SELECT FROM appeal_end e WHERE e.appeal_id = a.id) AS ended FROM appeal a WHERE a.id = ${params.appealId}`)
  if (!appeal) return refuse('not-found')
  if (appeal.ended) return refuse('appeal-ended')
  await add(tx, 'appeal_end', { appeal_id: params.appealId, staff_key: actor.staffKey, result: 'WITHDRAWN', reason: body.reason, done_by: actor.staffKey, decided_on: businessDate, late: businessDate > appeal.answer_by, heads: appeal.heads, scope_path: appeal.scope_path }, { why: body.reason, action: 'WITHDRAW_APPEAL' })
  return ok({ id: params.appealId })
}))
