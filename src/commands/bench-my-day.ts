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
import { byTurns, day, get, grow, signIn, timed, told, type Client } from './bench-customers.ts'

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
    UNION ALL SELECT i.customer_id, i.id, 'DUTY', i.due_on, d.name FROM duty_instance i JOIN duty_kind d ON d.code = i.duty_code AND d.version = i.duty_version WHERE i.holder_key = $1 AND i.state = 'OPEN' AND i.due_on <= $2::date + 7)
  SELECT (SELECT jsonb_agg(jsonb_build_array(l.kind, l.id, c.customer_id, c.name, c.tier, l.due, l.title) ORDER BY l.due, l.kind, l.id) FROM line l LEFT JOIN customer c ON c.customer_id = l.customer_id) AS lines,
    (SELECT jsonb_agg(jsonb_build_array(m.customer_id, m.number, m.name, m.tier, t.contact, t.meeting) ORDER BY m.tier, t.contact NULLS FIRST) FROM mine m JOIN last t USING (customer_id)
      WHERE m.tier IN ('T1', 'T2', 'T3') AND (CASE m.tier WHEN 'T1' THEN t.month = 0 ELSE t.contact IS NULL OR t.contact < date_trunc('quarter', $2::date) END)) AS due,
    (SELECT jsonb_build_array(count(*), count(*) FILTER (WHERE t.month > 0)) FROM mine m JOIN last t USING (customer_id) WHERE m.tier = 'T1') AS coverage,
    (SELECT jsonb_agg(jsonb_build_array(c.customer_id, c.name, k.mode)) FROM contact k JOIN customer c ON c.customer_id = k.customer_id WHERE k.staff_key = $1 AND k.business_date = $2 AND k.voided_on IS NULL) AS done,
    (SELECT jsonb_build_array(count(*), sum(e.amount_fen)) FROM maturity e JOIN customer c ON c.customer_id = e.customer_id AND c.main_staff_key = $1 WHERE e.withdrawn_on IS NULL AND e.result IS NULL AND e.ends_on BETWEEN $2::date AND $2::date + 30) AS ends,
    (SELECT jsonb_build_array(sum(balance), sum(yesterday), sum(month_begin), sum(month_sum)) FROM deposit_sum WHERE staff_key = $1) AS deposits`

/** `npx yinqiao bench my-day`: a manager of 400 customers in a bank of `size` opens his day: both of its requests over HTTP, beside one hand-written statement. */
export async function benchMyDay(run: CommandRun, options: { size: number; keep?: string }): Promise<CommandResult> {
  const folder = options.keep ?? mkdtempSync(join(tmpdir(), 'yq-bench-'))
  const { config } = readConfig({ YINQIAO_DATA: folder, YINQIAO_LOG: 'silent', PORT: '0' }, folder)
  const open = await openDatabase(config, (stage) => run.progress.show(stage))
  try {
    const services = makeServices(config, open.db)
    const manager = (await grow(services, folder, options.size, run)).find(({ reader }) => reader === 'manager')
    if (!manager) throw new Error('no manager')
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
      const cookie = await signIn(address, agent, manager.staffNo)
      // as the browser does: both at once
      const ask = () => Promise.all([get(address, agent, '/api/reports/my-day', cookie), get(address, agent, '/api/due-contacts?limit=100', cookie)])
      const query = (client: Client) => client.query(byHand, [manager.scope, day])
      const [answer] = await ask()
      const lines = (JSON.parse(answer) as { lines: unknown[] }).lines.length
      const there = ((await query(owner)).rows[0] as { lines: unknown[] | null } | undefined)?.lines?.length ?? 0
      run.progress.show({ zh: '测量', en: 'measuring' })
      const [http1, sql1] = await byTurns(120, () => ask(), () => query(owner))
      const http8 = await timed(8, 240, () => ask())
      const sql8 = await timed(8, 240, (client) => query(clients[client] ?? owner))
      const ratio = http1.p50 / sql1.p50
      return {
        ok: ratio <= 2 && lines === there, json: { size: options.size, lines, http1, sql1, http8, sql8, ratio },
        lines: ['| lines | HTTP 1: p10 p50 p99 | SQL 1: p10 p50 p99 | HTTP 8: p10 p50 p99 | SQL 8: p10 p50 p99 | ratio of medians | at most 2 |', '|---|---|---|---|---|---|---|', `| ${lines} | ${told(http1)} | ${told(sql1)} | ${told(http8)} | ${told(sql8)} | ${ratio.toFixed(2)} | ${ratio <= 2 ? 'yes' : 'NO'} |`],
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
