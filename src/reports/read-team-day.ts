import { sql, type Sql } from '../foundation/database/transaction.ts'
import { handle } from '../foundation/http/route.ts'
import { addDays, monthOf, monthStart, weekday } from '../foundation/values/business-date.ts'
import { ok } from '../foundation/values/outcome.ts'
import { agendaLines, agendaSql, knownAgendaViews, type AgendaRow } from './read-agenda.ts'
import { commitmentsSince } from './list-commitments.ts'
import { readTeamDay, type TeamDay, type TeamMember } from './team-day.contract.ts'

const most = 200
const countedMost = 10_000

type Day = { lines: AgendaRow[] | null; members: TeamMember[] | null; growth: TeamDay['growth']; movements: number; warnings: number; ends: number; without_result: number }
const shown = (value: number): number | null => (value > countedMost ? null : value)

/**
 * What waits for the reader; who holds customers in his line today and what each did, who has promises past their day first; what waits of movements, warnings and ends: one statement with his own rights.
 * The figures are those of the lists that they open.
 */
export const readTeamDayRoute = handle(readTeamDay, async (tx, _input, { actor, businessDate: today, services }) => {
  const views = await knownAgendaViews(tx, services.db)
  const line = actor.breadth === 'ALL' ? sql`true` : actor.breadth === 'UNIT' ? sql`p.line_path >= ${actor.linePath} AND p.line_path < ${`${actor.linePath}/`}` : sql`p.staff_key = ${actor.staffKey}`
  const monday = addDays(today, -((weekday(today) + 6) % 7))
  const counted = (rows: Sql): Sql => sql`(SELECT count(*)::int FROM (SELECT FROM ${rows} LIMIT ${countedMost + 1}) n)`
  const day = await tx.oneKept(`team-day ${actor.breadth}`, sql<Day>`
    WITH ${agendaSql(views, actor.staffKey, today)},
    -- counted once for all: the planner believes in one member and counted again for each of them
    had AS MATERIALIZED (
      SELECT staff_key, (count(*) FILTER (WHERE business_date = ${today}))::int AS today, (count(*) FILTER (WHERE effective))::int AS month
      FROM contact WHERE business_date >= ${monthStart(today)} AND business_date <= ${today} AND voided_on IS NULL GROUP BY staff_key),
    -- with a bound below it, the day may be any: else the plan that is kept expected a third of all contacts, was thought dear, and the whole statement was planned anew every morning (longer than it runs)
    late AS MATERIALIZED (
      SELECT coalesce(n.next_owner_key, n.staff_key) AS staff_key, count(*)::int AS overdue FROM contact n
      WHERE n.next_on < ${today} AND n.next_on >= ${commitmentsSince(today)} AND n.voided_on IS NULL
        AND NOT EXISTS (SELECT FROM contact l WHERE l.customer_id = n.customer_id AND l.voided_on IS NULL AND l.effective AND (l.business_date, l.id) > (n.business_date, n.id))
      GROUP BY 1),
    people AS MATERIALIZED (
      SELECT DISTINCT ON (p.staff_key) p.staff_key, p.staff_name, p.post_name, p.place_name FROM organisation_post_facts p
      WHERE ${line} AND p.post_code = 'RM' AND p.from_date <= ${today} AND (p.to_date IS NULL OR p.to_date > ${today}) ORDER BY p.staff_key, p.main DESC),
    -- what each planned and how far it is, in 10,000 of the currency to two places, as the plan itself tells it
    grown AS MATERIALIZED (
      SELECT p.staff_key, p.first_day, p.last_day, t.target_value AS target,
        (SELECT round(sum(d.balance - d.month_begin) / 100000000, 2) FROM deposit_sum d WHERE d.staff_key = p.staff_key AND d.as_of BETWEEN p.first_day AND p.last_day) AS actual
      FROM work_plan p JOIN work_plan_target t ON t.plan_id = p.id AND t.indicator = 'DEPOSIT_GROWTH' AND t.dropped_on IS NULL
      WHERE p.period = 'MONTH' AND p.period_key = ${monthOf(today)} AND p.state IN ('SUBMITTED', 'CONFIRMED') AND p.staff_key IN (SELECT staff_key FROM people)),
    member AS (
      SELECT m.staff_key AS "staffKey", m.staff_name AS name, m.post_name AS "postName", m.place_name AS "unitName",
        coalesce(c.today, 0) AS today, coalesce(c.month, 0) AS month, coalesce(o.overdue, 0) AS overdue,
        CASE WHEN g.target IS NOT NULL THEN jsonb_build_object('target', g.target::text, 'actual', g.actual::text) END AS growth
      FROM people m
      LEFT JOIN had c ON c.staff_key = m.staff_key LEFT JOIN late o ON o.staff_key = m.staff_key LEFT JOIN grown g ON g.staff_key = m.staff_key
      ORDER BY overdue DESC, today, month, m.staff_key LIMIT ${most + 1}),
    moved AS (SELECT max(m.day) AS day FROM movement m WHERE m.day <= ${today}::date AND m.day > ${today}::date - 10)
    SELECT (SELECT jsonb_agg(to_jsonb(l)) FROM line l) AS lines, (SELECT jsonb_agg(to_jsonb(m)) FROM member m) AS members,
      (SELECT jsonb_build_object('firstDay', min(g.first_day), 'lastDay', min(g.last_day), 'target', sum(g.target)::text, 'actual', sum(g.actual)::text, 'planned', count(*)::int, 'people', (SELECT count(*)::int FROM people)) FROM grown g HAVING count(*) > 0) AS growth,
      ${counted(sql`movement m WHERE m.day = (SELECT day FROM moved) AND EXISTS (SELECT FROM alert a WHERE a.customer_id = m.customer_id AND a.kind IN ('MOVEMENT_IN', 'MOVEMENT_OUT') AND a.about = m.day::text AND a.state = 'OPEN')`)} AS movements,
      ${counted(sql`alert a WHERE a.state = 'OPEN' AND a.kind = 'BELOW_BASE' AND (a.silenced_until IS NULL OR a.silenced_until < ${today})`)} AS warnings,
      ${counted(sql`maturity m WHERE m.withdrawn_on IS NULL AND m.ends_on BETWEEN ${monday}::date AND ${monday}::date + 6`)} AS ends,
      ${counted(sql`maturity m WHERE m.withdrawn_on IS NULL AND m.result IS NULL AND m.ends_on < ${today}`)} AS without_result`)
  const members = day.members ?? []
  return ok({
    asOf: today, ...agendaLines(views, day.lines ?? []), members: members.slice(0, most), moreMembers: members.length > most, growth: day.growth,
    movements: shown(day.movements), warnings: shown(day.warnings), endsThisWeek: shown(day.ends), withoutResult: shown(day.without_result),
  })
})
