import { sql, type Sql, type Transaction } from '../foundation/database/transaction.ts'
import { bulk } from '../foundation/store/store.ts'
import { addDays, monthStart } from '../foundation/values/business-date.ts'
import { CalendarUnknown, type WorkingCalendar } from '../foundation/values/working-calendar.ts'
import { reachedBy } from './due.rules.ts'
import { superiorsOn } from './find-superiors.ts'
import type { DutyInForce } from './read-duties.ts'

type Run = { today: string; since: string; batch: string; why: string }

/** What is older does not come up any more; it stays in the lists. */
const remembered = 60
/** More than this share of a duty missed in a month goes to the head of the branch. */
const missedShareFrom = 10

/** A given task that is not answered for: three working days after its day the giver's superior sees it. What was confirmed is closed with the day. */
export async function raiseTasks(tx: Transaction, { today, batch, why }: Run, calendar: WorkingCalendar): Promise<void> {
  await bulk(tx, { table: 'assigned_task', what: 'change', why, batch, statement: sql`UPDATE assigned_task SET state = 'CLOSED', ended_on = ${today}::date WHERE state = 'CONFIRMED' AND confirmed_on < ${today}::date` })
  const late = reachedOrNull(calendar, today, 3)
  if (late === null) return
  const raised = sql`
    SELECT t.id, coalesce(u.superior_key, (SELECT staff_key FROM top)) AS superior_key FROM assigned_task t LEFT JOIN seat s ON s.staff_key = t.given_by LEFT JOIN superior u ON u.staff_key = t.given_by AND u.scope_path = s.line_path AND u.level = 1
    WHERE t.ended_on IS NULL AND t.state <> 'CONFIRMED' AND t.due_on <= ${late}::date`
  const below = sql`below AS MATERIALIZED (SELECT DISTINCT f.staff_key, f.line_path AS scope_path FROM organisation_post_facts f JOIN assigned_task g ON g.given_by = f.staff_key AND g.ended_on IS NULL WHERE f.from_date <= ${today}::date AND (f.to_date IS NULL OR f.to_date > ${today}::date))`
  // first what happened, then the task: once the task names him, nothing is new any more
  await bulk(tx, {
    table: 'task_event', what: 'change', why, batch, alias: 'e', statement: sql`
      UPDATE task_event e SET viewers = e.viewers || n.superior_key FROM (WITH ${below}, ${superiorsOn(today)} ${raised}) n WHERE e.task_id = n.id AND n.superior_key IS NOT NULL AND NOT e.viewers @> ARRAY[n.superior_key]`,
  })
  await bulk(tx, {
    table: 'assigned_task', what: 'change', why, batch, alias: 't', statement: sql`
      UPDATE assigned_task t SET viewers = t.viewers || n.superior_key FROM (WITH ${below}, ${superiorsOn(today)} ${raised}) n WHERE t.id = n.id AND n.superior_key IS NOT NULL AND NOT t.viewers @> ARRAY[n.superior_key]`,
  })
}

function reachedOrNull(calendar: WorkingCalendar, today: string, n: number): string | null {
  try {
    return reachedBy(calendar, today, n)
  } catch (error) {
    if (error instanceof CalendarUnknown) return null
    throw error
  }
}

/**
 * One digest a person a day: stored due dates are compared with today, so that no step is lost however long the server was away. Who is told by a step and is not there: the next above, in
 * the end the head of the bank or the administrator. Returns the day that the calendar does not know, when a step could not be worked out.
 */
export async function makeDigests(tx: Transaction, { today, since, batch, why, duties, calendar, anew }: Run & { duties: readonly DutyInForce[]; calendar: WorkingCalendar; anew: boolean }): Promise<string | null> {
  let lacks: string | null = null
  const limits = new Map<number, string | null>()
  const limitOf = (n: number): string | null => {
    if (!limits.has(n)) {
      const limit = reachedOrNull(calendar, today, n)
      if (limit === null) lacks ??= addDays(today, Math.max(1, -n))
      // the reminder fails closed: without a calendar it comes by calendar days, early rather than never
      limits.set(n, limit ?? addDays(today, -n))
    }
    return limits.get(n) ?? null
  }
  const steps = duties.flatMap((duty) => duty.escalation.map((step) => ({ code: duty.code, target: step.to, after: step.after, until: limitOf(step.after) })))
  const lateTask = limitOf(3)
  const monthBegan = monthStart(today) >= since
  const lines: Sql = sql`
    WITH step AS MATERIALIZED (SELECT * FROM jsonb_to_recordset(${JSON.stringify(steps)}::jsonb) AS s (code text, target text, after int, until date)),
    name AS MATERIALIZED (SELECT DISTINCT ON (code) code, name, name_en FROM duty_kind WHERE confirmed_on IS NOT NULL ORDER BY code, version DESC),
    owed AS MATERIALIZED (SELECT * FROM duty_instance WHERE state IN ('PLANNED', 'OPEN', 'MISSED') AND due_on > ${addDays(today, -remembered)}::date),
    task AS MATERIALIZED (SELECT * FROM assigned_task WHERE ended_on IS NULL AND state NOT IN ('CONFIRMED', 'REPORTED')),
    below AS MATERIALIZED (
      SELECT staff_key, scope_path FROM owed
      UNION SELECT f.staff_key, f.line_path FROM organisation_post_facts f WHERE f.staff_key IN (SELECT given_by FROM task) AND f.from_date <= ${today}::date AND (f.to_date IS NULL OR f.to_date > ${today}::date)
      ${monthBegan ? sql`UNION SELECT staff_key, scope_path FROM duty_instance WHERE due_on >= ${monthBefore(today)}::date AND due_on < ${monthStart(today)}::date` : sql``}),
    ${superiorsOn(today)},
    rise AS MATERIALIZED (
      SELECT staff_key, scope_path, max(superior_key) FILTER (WHERE level = 1) AS first, max(superior_key) FILTER (WHERE level = 2) AS second, (array_agg(superior_key ORDER BY level) FILTER (WHERE post_code IN ('BRANCH_HEAD', 'BANK_LEADER')))[1] AS branch
      FROM superior GROUP BY 1, 2),
    actor AS MATERIALIZED (SELECT code, max(until) AS until FROM step WHERE target = 'ACTOR' GROUP BY code),
    line AS (
      SELECT o.holder_key AS staff_key, CASE WHEN o.due_on < ${today}::date THEN 'OVERDUE' WHEN o.due_on = ${today}::date THEN 'DUE_TODAY' ELSE 'DUE_SOON' END AS kind, o.duty_code AS code, n.name, n.name_en, o.due_on AS day, o.id AS thing
      FROM owed o JOIN name n ON n.code = o.duty_code JOIN actor s ON s.code = o.duty_code AND o.due_on <= s.until
      UNION
      SELECT coalesce(
          CASE s.target WHEN 'SUPERIOR' THEN u.first WHEN 'SECOND' THEN coalesce(u.second, u.first) ELSE u.branch END,
          (SELECT staff_key FROM top)), 'TEAM_LATE', o.duty_code, n.name, n.name_en, o.due_on, o.id
      FROM owed o JOIN name n ON n.code = o.duty_code JOIN step s ON s.code = o.duty_code AND s.target <> 'ACTOR' AND o.due_on <= s.until LEFT JOIN rise u ON u.staff_key = o.staff_key AND u.scope_path = o.scope_path
      UNION
      SELECT t.owner_key, CASE WHEN t.due_on < ${today}::date THEN 'TASK_LATE' WHEN t.due_on = ${today}::date THEN 'TASK_TODAY' ELSE 'TASK_SOON' END, NULL, '', '', t.due_on, t.id
      FROM task t JOIN seat s ON s.staff_key = t.owner_key WHERE t.due_on <= ${addDays(today, 2)}::date
      UNION
      SELECT coalesce(g.staff_key, (SELECT staff_key FROM top)), 'TASK_ORPHAN', NULL, '', '', t.due_on, t.id FROM task t LEFT JOIN seat g ON g.staff_key = t.given_by WHERE NOT EXISTS (SELECT FROM seat s WHERE s.staff_key = t.owner_key)
      UNION
      SELECT coalesce(u.superior_key, (SELECT staff_key FROM top)), 'TASK_TEAM', NULL, '', '', t.due_on, t.id
      FROM task t LEFT JOIN seat g ON g.staff_key = t.given_by LEFT JOIN superior u ON u.staff_key = t.given_by AND u.scope_path = g.line_path AND u.level = 1 WHERE t.due_on <= ${lateTask}::date),
    counted AS (
      SELECT staff_key, kind, code, name, name_en, count(*)::int AS n, min(day) AS day FROM line WHERE staff_key IS NOT NULL GROUP BY 1, 2, 3, 4, 5
      ${monthBegan ? sql`UNION ALL SELECT m.branch_key, 'MISSED_SHARE', m.duty_code, n.name, n.name_en, m.missed, NULL FROM (${missedShare(today)}) m JOIN name n ON n.code = m.duty_code` : sql``})
    SELECT staff_key, jsonb_agg(jsonb_build_object('kind', kind, 'code', code, 'name', name, 'nameEn', name_en, 'who', NULL, 'n', n, 'day', day) ORDER BY kind, code) AS lines FROM counted GROUP BY staff_key`
  if (anew) await bulk(tx, { table: 'duty_digest', what: 'remove', why, batch, statement: sql`DELETE FROM duty_digest WHERE day = ${today}::date` })
  await bulk(tx, {
    table: 'duty_digest', what: 'add', why, batch,
    statement: sql`INSERT INTO duty_digest (staff_key, day, lines, batch_id) SELECT d.staff_key, ${today}::date, d.lines, ${batch}::uuid FROM (${lines}) d ON CONFLICT (staff_key, day) DO NOTHING`,
  })
  return lacks
}

const monthBefore = (today: string): string => monthStart(addDays(monthStart(today), -1))

/** Of the month that ended: duties of which the people below a head of a branch missed more than a tenth. */
const missedShare = (today: string): Sql => sql`
  SELECT branch_key, duty_code, count(*) FILTER (WHERE state IN ('MISSED', 'DONE_LATE'))::int AS missed FROM (
    SELECT i.duty_code, i.state, coalesce(u.branch, (SELECT staff_key FROM top)) AS branch_key
    FROM duty_instance i LEFT JOIN rise u ON u.staff_key = i.staff_key AND u.scope_path = i.scope_path WHERE i.due_on >= ${monthBefore(today)}::date AND i.due_on < ${monthStart(today)}::date AND i.state <> 'EXCUSED') b
  GROUP BY branch_key, duty_code HAVING count(*) FILTER (WHERE state IN ('MISSED', 'DONE_LATE')) * 100 > count(*) * ${missedShareFrom}::int`
