import { mkdtempSync, rmSync } from 'node:fs'
import { Agent } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { permissionTable } from '../access/permission-table.ts'
import { makeBenchPlanned } from '../contact-plan/make-bench-planned.ts'
import { makeBenchOwners } from '../customers/make-bench-customers.ts'
import { makeBenchTasks } from '../duties/make-bench-tasks.ts'
import type { CommandResult, CommandRun } from '../foundation/cli/command.ts'
import { readConfig } from '../foundation/config/config.ts'
import { openDatabase } from '../foundation/database/open-database.ts'
import { buildApp } from '../foundation/http/app.ts'
import { newId } from '../foundation/values/uuid7.ts'
import { refreshDepositSums } from '../holdings/refresh-deposit-sums.ts'
import { routes } from '../routes.ts'
import { makeServices } from '../server.ts'
import { makeBenchContacts } from '../visits/make-bench-contacts.ts'
import { makeBenchMaturities } from '../watch/make-bench-movements.ts'
import { byTurns, day, get, grow, signIn, timed, told, type Client, type Timing } from './bench-customers.ts'

/**
 * The same rows by one statement of the superuser, as a person who knows the tables writes it: what waits for `$1` until a week after `$2` (promises, planned contacts, alerts, tasks, duties) with the customers' names,
 * whom to contact this month, his coverage, today's contacts, what ends within 30 days, his deposits.
 */
const byHand = `
  WITH mine AS (SELECT c.customer_id, c.name, c.tier, c.number FROM customer c WHERE c.viewers @> ARRAY[$1::int] AND c.merged_into IS NULL),
  last AS (
    SELECT m.customer_id, max(k.business_date) FILTER (WHERE k.effective) AS contact, max(k.business_date) FILTER (WHERE k.in_person) AS meeting, count(*) FILTER (WHERE k.effective AND k.business_date >= date_trunc('month', $2::date)) AS month
    FROM mine m LEFT JOIN contact k ON k.customer_id = m.customer_id AND k.voided_on IS NULL GROUP BY 1),
  line AS (
    SELECT c.customer_id, c.id, 'PROMISE' AS kind, c.next_on AS due, c.next_action AS title FROM contact c WHERE coalesce(c.next_owner_key, c.staff_key) = $1 AND c.next_on <= $2::date + 7 AND c.voided_on IS NULL
      AND NOT EXISTS (SELECT FROM contact l WHERE l.customer_id = c.customer_id AND l.voided_on IS NULL AND l.effective AND (l.business_date, l.id) > (c.business_date, c.id))
    UNION ALL SELECT p.customer_id, p.id, 'PLANNED', p.planned_on, p.subject FROM planned_contact p WHERE p.staff_key = $1 AND p.ended_on IS NULL AND p.planned_on <= $2::date + 7
      AND NOT EXISTS (SELECT FROM contact f WHERE f.customer_id = p.customer_id AND f.effective AND f.voided_on IS NULL AND (f.business_date > p.made_on OR f.business_date >= p.planned_on))
    UNION ALL SELECT a.customer_id, a.id, a.kind, a.due_on, a.kind FROM alert a WHERE a.owner_key = $1 AND a.state = 'OPEN' AND a.kind NOT IN ('GAP', 'LEAKAGE') AND a.due_on <= $2::date + 7 AND (a.silenced_until IS NULL OR a.silenced_until < $2)
    UNION ALL SELECT t.customer_id, t.id, 'TASK', t.due_on, t.title FROM assigned_task t WHERE t.owner_key = $1 AND t.ended_on IS NULL AND t.state IN ('GIVEN', 'ACCEPTED', 'IN_WORK', 'RETURNED') AND t.due_on <= $2::date + 7
    UNION ALL SELECT i.customer_id, i.id, 'DUTY', i.due_on, d.name FROM duty_instance i JOIN duty_kind d ON d.code = i.duty_code AND d.version = i.duty_version WHERE i.holder_key = $1 AND i.state = 'OPEN' AND i.due_on <= $2::date + 7
      AND (d.event IS NULL OR d.event NOT IN ('LARGE_MOVEMENT', 'MATURITY')))
  SELECT (SELECT jsonb_agg(jsonb_build_array(l.kind, l.id, c.customer_id, c.name, c.tier, l.due, l.title) ORDER BY l.due, l.kind, l.id) FROM line l LEFT JOIN customer c ON c.customer_id = l.customer_id) AS lines,
    (SELECT jsonb_agg(jsonb_build_array(m.customer_id, m.number, m.name, m.tier, t.contact, t.meeting) ORDER BY m.tier, t.contact NULLS FIRST) FROM mine m JOIN last t USING (customer_id)
      WHERE m.tier IN ('T1', 'T2', 'T3') AND (CASE m.tier WHEN 'T1' THEN t.month = 0 ELSE t.contact IS NULL OR t.contact < date_trunc('quarter', $2::date) END)) AS due,
    (SELECT jsonb_build_array(count(*), count(*) FILTER (WHERE t.month > 0)) FROM mine m JOIN last t USING (customer_id) WHERE m.tier = 'T1') AS coverage,
    (SELECT jsonb_agg(jsonb_build_array(c.customer_id, c.name, k.mode)) FROM contact k JOIN customer c ON c.customer_id = k.customer_id WHERE k.staff_key = $1 AND k.business_date = $2 AND k.voided_on IS NULL) AS done,
    (SELECT jsonb_build_array(count(*), sum(e.amount_fen)) FROM maturity e JOIN customer c ON c.customer_id = e.customer_id AND c.main_staff_key = $1 WHERE e.withdrawn_on IS NULL AND e.result IS NULL AND e.ends_on BETWEEN $2::date AND $2::date + 30) AS ends,
    (SELECT jsonb_build_array(sum(balance), sum(yesterday), sum(month_begin), sum(month_sum)) FROM deposit_sum WHERE staff_key = $1) AS deposits`

/**
 * A branch head's morning by one statement in the same way: deposits below `$1` whole, coverage of this month by outlet and by manager (whose tier is T1 on the day of the first duty and at the month's end, owed by the largest share,
 * met in the policy's window, in time or late), who did what, promises past their day, movements, warnings and ends, tasks of `$3`.
 */
const headByHand = `
  WITH rule AS MATERIALIZED (SELECT contact_window, first_duty_until_day AS until_day, date_trunc('month', $2::date)::date AS first, (date_trunc('month', $2::date) + interval '1 month')::date - 1 AS last FROM contact_policy WHERE tier = 'T1' AND region = '*' AND to_date IS NULL),
  core AS MATERIALIZED (
    SELECT c.customer_id, o.staff_key, p.name AS staff_name, p.place_key, k.any AS met, k.any AND NOT k.timely AS late
    FROM rule r CROSS JOIN customer c JOIN tier_held t ON t.customer_id = c.customer_id AND t.tier = 'T1' AND t.from_date <= r.last AND (t.to_date IS NULL OR t.to_date > r.last)
    LEFT JOIN LATERAL (SELECT a.staff_key FROM assignment a JOIN staff s ON s.key = a.staff_key WHERE a.customer_id = c.customer_id AND a.from_date <= r.last AND (a.to_date IS NULL OR a.to_date > r.last) ORDER BY a.share_pct DESC, a.main DESC, s.staff_no LIMIT 1) o ON true
    LEFT JOIN LATERAL (SELECT s.name, h.place_key FROM post_held h JOIN staff s ON s.key = h.staff_key WHERE h.staff_key = o.staff_key AND h.from_date <= $2 AND (h.to_date IS NULL OR h.to_date > $2) ORDER BY h.main DESC LIMIT 1) p ON true
    CROSS JOIN LATERAL (
      SELECT count(*) > 0 AS any, coalesce(bool_or(NOT f.late), false) AS timely FROM contact f
      WHERE f.customer_id = c.customer_id AND f.effective AND f.voided_on IS NULL AND f.business_date BETWEEN CASE r.contact_window WHEN 'CALENDAR_MONTH' THEN r.first ELSE r.last - 30 END AND r.last) k
    WHERE c.scope_path >= $1 AND c.scope_path < $1 || '/' AND c.tier = 'T1' AND c.merged_into IS NULL
      AND EXISTS (SELECT FROM tier_held e WHERE e.customer_id = c.customer_id AND e.tier = 'T1' AND e.from_date < r.first + r.until_day AND (e.to_date IS NULL OR e.to_date >= r.first + r.until_day)))
  SELECT (SELECT jsonb_build_array(sum(balance), sum(yesterday), sum(month_begin), sum(year_begin), sum(month_sum), sum(year_sum), sum(last_year_sum), sum(loan)) FROM deposit_sum WHERE line_path >= $1 AND line_path < $1 || '/') AS deposits,
    (SELECT jsonb_agg(g) FROM (SELECT place_key, sum(balance), sum(month_sum), sum(loan) FROM deposit_sum WHERE line_path >= $1 AND line_path < $1 || '/' GROUP BY 1) g) AS by_outlet,
    (SELECT jsonb_agg(g) FROM (SELECT staff_key, min(staff_name) AS name, count(*) AS duties, count(*) FILTER (WHERE met) AS met, count(*) FILTER (WHERE late) AS late FROM core GROUP BY 1) g) AS managers,
    (SELECT jsonb_agg(g) FROM (SELECT c.place_key, min(i.name) AS name, count(*) AS duties, count(*) FILTER (WHERE met) AS met, count(*) FILTER (WHERE late) AS late FROM core c LEFT JOIN institution_span i ON i.institution_key = c.place_key AND i.to_date IS NULL GROUP BY 1) g) AS outlets,
    (SELECT jsonb_agg(g) FROM (
      SELECT p.staff_key, s.name, coalesce(c.today, 0) AS today, coalesce(c.month, 0) AS month, coalesce(o.overdue, 0) AS overdue
      FROM post_held p JOIN staff s ON s.key = p.staff_key JOIN institution_span l ON l.institution_key = p.line_key AND l.to_date IS NULL AND l.scope_path >= $1 AND l.scope_path < $1 || '/'
      LEFT JOIN (SELECT staff_key, count(*) FILTER (WHERE business_date = $2) AS today, count(*) FILTER (WHERE effective) AS month FROM contact
        WHERE scope_path >= $1 AND scope_path < $1 || '/' AND business_date BETWEEN date_trunc('month', $2::date) AND $2 AND voided_on IS NULL GROUP BY 1) c ON c.staff_key = p.staff_key
      LEFT JOIN (SELECT n.staff_key, count(*) AS overdue FROM contact n WHERE n.scope_path >= $1 AND n.scope_path < $1 || '/' AND n.next_on < $2 AND n.voided_on IS NULL
        AND NOT EXISTS (SELECT FROM contact l WHERE l.customer_id = n.customer_id AND l.voided_on IS NULL AND l.effective AND (l.business_date, l.id) > (n.business_date, n.id)) GROUP BY 1) o ON o.staff_key = p.staff_key
      WHERE p.post_code = 'RM' AND p.to_date IS NULL ORDER BY overdue DESC, today, month LIMIT 201) g) AS members,
    (SELECT jsonb_agg(jsonb_build_array(t.id, t.title, t.due_on)) FROM assigned_task t WHERE t.owner_key = $3 AND t.ended_on IS NULL AND t.due_on <= $2::date + 7) AS tasks,
    (SELECT count(*) FROM movement m WHERE m.scope_path >= $1 AND m.scope_path < $1 || '/' AND m.day = (SELECT max(day) FROM movement WHERE day <= $2) AND EXISTS (SELECT FROM alert a WHERE a.customer_id = m.customer_id AND a.kind IN ('MOVEMENT_IN', 'MOVEMENT_OUT') AND a.about = m.day::text AND a.state = 'OPEN')) AS movements,
    (SELECT count(*) FROM alert a WHERE a.scope_path >= $1 AND a.scope_path < $1 || '/' AND a.state = 'OPEN' AND a.kind = 'BELOW_BASE') AS warnings,
    (SELECT count(*) FROM maturity m WHERE m.scope_path >= $1 AND m.scope_path < $1 || '/' AND m.withdrawn_on IS NULL AND m.ends_on BETWEEN $2 AND $2::date + 6) AS ends,
    (SELECT count(*) FROM maturity m WHERE m.scope_path >= $1 AND m.scope_path < $1 || '/' AND m.withdrawn_on IS NULL AND m.result IS NULL AND m.ends_on < $2) AS without_result`

/** `npx yinqiao bench my-day`: a manager of 400 customers and the head of a branch in a bank of `size` open their day: its requests over HTTP, beside one hand-written statement. */
export async function benchMyDay(run: CommandRun, options: { size: number; keep?: string }): Promise<CommandResult> {
  const folder = options.keep ?? mkdtempSync(join(tmpdir(), 'yq-bench-'))
  const { config } = readConfig({ YINQIAO_DATA: folder, YINQIAO_LOG: 'silent', PORT: '0' }, folder)
  const open = await openDatabase(config, (stage) => run.progress.show(stage))
  try {
    const services = makeServices(config, open.db)
    const people = await grow(services, folder, options.size, run)
    const manager = people.find(({ reader }) => reader === 'manager')
    const head = people.find(({ reader }) => reader === 'branch')
    if (!manager || !head) throw new Error('no manager, or no head')
    const clients: Client[] = []
    for (let n = 0; n < 8; n++) clients.push(await services.db.connectOwner())
    const [owner] = clients
    if (!owner) throw new Error('no client')
    run.progress.show({ zh: '生成待办', en: 'making what waits' })
    const { rows: [made] } = await owner.query<{ n: number }>('SELECT count(*)::int AS n FROM assigned_task')
    if ((made?.n ?? 0) === 0) for (const make of [makeBenchOwners, makeBenchContacts, makeBenchPlanned, makeBenchMaturities, makeBenchTasks]) await services.db.asBatch((tx) => make(tx, { day, batch: newId() }))
    await services.db.asBatch((tx) => refreshDepositSums(tx, { day, batch: newId(), why: 'bench' }))
    await owner.query('VACUUM ANALYZE contact, planned_contact, assigned_task, maturity, alert, deposit_sum, assignment')
    const app = buildApp(routes, permissionTable, services)
    const address = new URL(await app.listen({ port: 0, host: '127.0.0.1' }))
    const agent = new Agent({ keepAlive: true, maxSockets: 32 })
    try {
      const [cookie, headCookie] = [await signIn(address, agent, manager.staffNo), await signIn(address, agent, head.staffNo)]
      const { rows: [headed] } = await owner.query<{ key: number }>('SELECT key FROM staff WHERE staff_no = $1', [head.staffNo])
      // as the browser does: all at once
      const asking = (who: string, paths: readonly string[]) => () => Promise.all(paths.map((path) => get(address, agent, path, who)))
      const cases = [
        { who: 'manager', ask: asking(cookie, ['/api/reports/my-day', '/api/due-contacts?limit=100']), query: (client: Client) => client.query(byHand, [manager.scope, day]) },
        { who: 'branch head', ask: asking(headCookie, ['/api/reports/team-day', '/api/coverage-today', '/api/holdings/deposit-view']), query: (client: Client) => client.query(headByHand, [head.scope, day, headed?.key]) },
      ]
      const linesOf = (text: string | undefined) => ((JSON.parse(text ?? '{}') as { lines?: unknown[] }).lines ?? []).length
      const there = ((await cases[0]?.query(owner))?.rows[0] as { lines: unknown[] | null } | undefined)?.lines?.length ?? 0
      const lines = linesOf((await cases[0]?.ask())?.[0])
      // both sides judge the same duties: else the ratio would compare two questions
      const judged = (rows: { duties: number; met: number; late: number }[] | null | undefined) => JSON.stringify((['duties', 'met', 'late'] as const).map((of) => (rows ?? []).reduce((sum, row) => sum + row[of], 0)))
      const [hand, shown] = [judged(((await cases[1]?.query(owner))?.rows[0] as { managers: { duties: number; met: number; late: number }[] | null } | undefined)?.managers), judged((JSON.parse((await cases[1]?.ask())?.[1] ?? '{}') as { managers?: { duties: number; met: number; late: number }[] }).managers)]
      if (hand !== shown) throw new Error(`coverage by hand ${hand}, by the product ${shown}`)
      const measured: { who: string; http1: Timing; sql1: Timing; http8: Timing; sql8: Timing; ratio: number }[] = []
      for (const { who, ask, query } of cases) {
        run.progress.show({ zh: `测量 ${who}`, en: `measuring ${who}` })
        const [http1, sql1] = await byTurns(120, () => ask(), () => query(owner))
        const http8 = await timed(8, 240, () => ask())
        const sql8 = await timed(8, 240, (client) => query(clients[client] ?? owner))
        measured.push({ who, http1, sql1, http8, sql8, ratio: http1.p50 / sql1.p50 })
      }
      return {
        ok: measured.every(({ ratio }) => ratio <= 2) && lines === there, json: { size: options.size, lines, measured },
        lines: ['| who | HTTP 1: p10 p50 p99 | SQL 1: p10 p50 p99 | HTTP 8: p10 p50 p99 | SQL 8: p10 p50 p99 | ratio of medians | at most 2 |', '|---|---|---|---|---|---|---|',
          ...measured.map(({ who, http1, sql1, http8, sql8, ratio }) => `| ${who}${who === 'manager' ? `, ${lines} lines${lines === there ? '' : `, by hand ${there}`}` : `, ${hand} duties, met, late`} | ${told(http1)} | ${told(sql1)} | ${told(http8)} | ${told(sql8)} | ${ratio.toFixed(2)} | ${ratio <= 2 ? 'yes' : 'NO'} |`)],
      }
    } finally {
      await app.close()
      agent.destroy()
      for (const client of clients) await client.end()
    }
  } finally {
    await open.close()
    if (options.keep === undefined) rmSync(folder, { recursive: true, force: true })
  }
}
