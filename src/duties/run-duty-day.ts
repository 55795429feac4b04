import type { Database } from '../foundation/database/database.ts'
import { bankCalendar } from '../foundation/calendar/read-calendar.ts'
import { sql, type Transaction } from '../foundation/database/transaction.ts'
import { bulk, quiet } from '../foundation/store/store.ts'
import { addDays } from '../foundation/values/business-date.ts'
import { newId } from '../foundation/values/uuid7.ts'
import { CalendarUnknown, type WorkingCalendar } from '../foundation/values/working-calendar.ts'
import { dueAfterEvent, dueBetween, type Due } from './due.rules.ts'
import { findProofs } from './finish-by-proof.ts'
import { countFacts, makeFromFacts } from './find-evidence.ts'
import { viewsEnding } from '../foundation/database/contributed-views.ts'
import { installDuties } from './install-duties.ts'
import { makeDigests, raiseTasks } from './make-digests.ts'
import { followHolders } from './move-holders.ts'
import { inForce, type DutyInForce } from './read-duties.ts'

export type DutyDay = { made: number; calendarLacks: string | null; again: boolean }
const dayLock = 7215330429
/** What lies further back is not asked for any more, however long nothing ran. */
const longestGap = 62

/**
 * A business day begins for the duties: what it asks of whom becomes rows (one statement a kind of duty, never twice), facts are counted, what passed its day is missed, what belongs to
 * somebody who left or is away goes to another, and everybody gets one digest (`digestsAnew`: those of the day are written again). Killed at any moment it is begun anew; done before, it changes nothing but what facts changed.
 */
export async function runDutyDay(db: Database, day: string, { digestsAnew = false }: { digestsAnew?: boolean } = {}): Promise<DutyDay> {
  const why = `duties of ${day}`
  const { duties, calendar, since, again } = await db.asBatch(async (tx) => {
    await installDuties(tx, day)
    const last = await tx.one(sql<{ last: string | null; first: string | null; again: boolean }>`SELECT max(day) FILTER (WHERE day < ${day} AND calendar_lacks IS NULL) AS last, min(day) AS first, bool_or(day = ${day}) IS TRUE AS again FROM duty_day`)
    // a day on which the calendar was not known is made up once it is
    const begun = last.last !== null ? addDays(last.last, 1) : last.first ?? day
    const since = begun < addDays(day, -longestGap) ? addDays(day, -longestGap) : begun < day ? begun : day
    return { duties: await inForce(tx, day), calendar: await bankCalendar(tx), since, again: last.again }
  })
  const run = { today: day, since, batch: newId(), why }
  let made = 0
  let lacks = null as string | null
  for (const duty of duties) {
    try {
      made += await db.asBatch(async (tx) => {
        await tx.run(sql`SELECT pg_advisory_xact_lock(${dayLock}::bigint)`)
        return make(tx, calendar, duty, run)
      })
    } catch (error) {
      // refused by name: the page of the calendar and of the duties say which day is missing; the other duties go on
      if (!(error instanceof CalendarUnknown)) throw error
      lacks = lacks === null || error.day < lacks ? error.day : lacks
    }
  }
  await db.asBatch(async (tx) => {
    await tx.run(sql`SELECT pg_advisory_xact_lock(${dayLock}::bigint)`)
    await takeDone(tx, run)
    await passOn(tx, run)
    await followHolders(tx, run, null)
    await raiseTasks(tx, run, calendar)
    const short = await makeDigests(tx, { ...run, duties, calendar, anew: digestsAnew })
    if (short !== null) lacks = lacks === null || short < lacks ? short : lacks
    await quiet(tx, 'duty_day', 'add', sql`
      INSERT INTO duty_day (day, made, calendar_lacks) VALUES (${day}, ${made}, ${lacks}) ON CONFLICT (day) DO NOTHING`)
    if (again) await quiet(tx, 'duty_day', 'change', sql`UPDATE duty_day SET made = made + ${made}, calendar_lacks = ${lacks} WHERE day = ${day} AND (calendar_lacks IS DISTINCT FROM ${lacks}::date OR ${made} > 0)`)
  })
  return { made, calendarLacks: lacks, again }
}

type Run = { today: string; since: string; batch: string; why: string }

async function make(tx: Transaction, calendar: WorkingCalendar, duty: DutyInForce, run: Run): Promise<number> {
  if (duty.fact === 'REPORT') {
    const made = duty.trigger === 'EVENT' ? await makeFromEvents(tx, calendar, duty, run) : duty.period === null ? 0 : await makeForPosts(tx, duty, dueBetween(calendar, duty.period, duty.due_rule, { since: run.since, today: run.today, from: duty.from_date }), run)
    await findProofs(tx, duty.code, { ...run, since: addDays(run.today, -longestGap) })
    return made
  }
  if (duty.trigger === 'EVENT') return makeFromEvents(tx, calendar, duty, run)
  if (duty.period === null) return 0
  const dues = dueBetween(calendar, duty.period, duty.due_rule, { since: run.since, today: run.today, from: duty.from_date })
  const time = duty.due_rule.time ?? null
  if (duty.fact === null) return dues.length === 0 ? 0 : makeForPosts(tx, duty, dues, run)
  const known = { ...duty, fact: duty.fact }
  const made = await makeFromFacts(tx, known, dues, { ...run, time })
  // what was entered late still counts for its month
  await countFacts(tx, known, { ...run, since: addDays(run.today, -10) })
  return made
}

/** Everybody who holds one of the posts owes it: one statement for the duty, however many people. */
async function makeForPosts(tx: Transaction, duty: DutyInForce, dues: readonly Due[], { today, batch, why }: Run): Promise<number> {
  const rows = dues.map((due) => ({ key: due.key, opens_on: due.opensOn, due_on: due.dueOn, actor_day: due.dueOn < today ? due.dueOn : today }))
  const { count } = await bulk(tx, {
    table: 'duty_instance', what: 'add', why, batch, about: { duty: duty.code },
    statement: sql`
      INSERT INTO duty_instance (id, duty_code, duty_version, staff_key, holder_key, period_key, opens_on, due_on, due_time, state, scope_path, batch_id)
      SELECT uuid7(), ${duty.code}, ${duty.version}, a.staff_key, a.staff_key, p.key, p.opens_on, p.due_on, ${duty.due_rule.time ?? null}, CASE WHEN p.opens_on > ${today}::date THEN 'PLANNED' ELSE 'OPEN' END, a.line_path, ${batch}::uuid
      FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS p (key text, opens_on date, due_on date, actor_day date)
      CROSS JOIN LATERAL (
        SELECT DISTINCT ON (f.staff_key) f.staff_key, f.line_path FROM organisation_post_facts f
        WHERE f.post_code = ANY(${duty.posts}::text[]) AND f.from_date <= p.actor_day AND (f.to_date IS NULL OR f.to_date > p.actor_day)
          ${duty.unit_path === null ? sql`` : sql`AND f.line_path >= ${duty.unit_path} AND f.line_path < ${`${duty.unit_path}/`}`}
        ORDER BY f.staff_key, f.main DESC, f.post_key) a
      ON CONFLICT (duty_code, staff_key, period_key) DO NOTHING`,
  })
  return count
}

/** Events are found in views that capabilities publish: `…_duty_event_facts` (docs/words.md). None is known here by name. */
async function makeFromEvents(tx: Transaction, calendar: WorkingCalendar, duty: DutyInForce, { today, since, batch, why }: Run): Promise<number> {
  const first = since < duty.from_date ? duty.from_date : since
  const days: { day: string; due_on: string }[] = []
  for (let day = first; day <= today; day = addDays(day, 1)) days.push({ day, due_on: dueAfterEvent(calendar, duty.due_rule, day) })
  const views = await viewsEnding(tx, '_duty_event_facts')
  let made = 0
  for (const view of views) {
    const { count } = await bulk(tx, {
      table: 'duty_instance', what: 'add', why, batch, about: { duty: duty.code },
      statement: sql`
        INSERT INTO duty_instance (id, duty_code, duty_version, staff_key, holder_key, period_key, customer_id, opens_on, due_on, due_time, state, scope_path, batch_id)
        SELECT DISTINCT ON (e.staff_key, e.event_id) uuid7(), ${duty.code}, ${duty.version}, e.staff_key, e.staff_key, e.event_id::text, e.customer_id, e.day, p.due_on, ${duty.due_rule.time ?? null}, 'OPEN', a.line_path, ${batch}::uuid
        FROM ${sql.table(view)} e JOIN jsonb_to_recordset(${JSON.stringify(days)}::jsonb) AS p (day date, due_on date) ON p.day = e.day
        JOIN LATERAL (SELECT f.line_path FROM organisation_post_facts f WHERE f.staff_key = e.staff_key AND f.from_date <= ${today}::date ORDER BY f.to_date DESC NULLS FIRST, f.main DESC, f.post_key LIMIT 1) a ON true
        WHERE e.event = ${duty.event} ${duty.unit_path === null ? sql`` : sql`AND a.line_path >= ${duty.unit_path} AND a.line_path < ${`${duty.unit_path}/`}`}
        ON CONFLICT (duty_code, staff_key, period_key) DO NOTHING`,
    })
    made += count
  }
  return made
}

/** What other rooms tell is done (`…_duty_done_facts`, docs/words.md), as long as nobody confirmed or excused it. None is known here by name. */
async function takeDone(tx: Transaction, { today, batch, why }: Run): Promise<void> {
  const views = await viewsEnding(tx, '_duty_done_facts')
  for (const view of views) {
    await bulk(tx, {
      table: 'duty_instance', what: 'change', why, batch, alias: 'i', about: { facts: view },
      statement: sql`
        UPDATE duty_instance i SET state = CASE WHEN v.done_on <= i.due_on THEN 'DONE' ELSE 'DONE_LATE' END, done_on = v.done_on, evidence = v.evidence, batch_id = ${batch}::uuid
        FROM ${sql.table(view)} v
        WHERE i.duty_code = v.duty_code AND i.staff_key = v.staff_key AND i.period_key = v.period_key AND i.state IN ('PLANNED', 'OPEN', 'MISSED') AND i.due_on >= ${addDays(today, -longestGap)}::date AND v.done_on <= ${today}::date`,
    })
  }
}

/** What has opened is open; what passed its day is missed. Confirmed tasks are closed with the day. */
async function passOn(tx: Transaction, { today, batch, why }: Run): Promise<void> {
  await bulk(tx, {
    table: 'duty_instance', what: 'change', why, batch, statement: sql`
      UPDATE duty_instance SET state = CASE WHEN due_on < ${today}::date THEN 'MISSED' ELSE 'OPEN' END, batch_id = ${batch}::uuid
      WHERE (state = 'PLANNED' AND opens_on <= ${today}::date) OR (state = 'OPEN' AND due_on < ${today}::date)`,
  })
}
