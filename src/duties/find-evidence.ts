import { sql, type Sql, type Transaction } from '../foundation/database/transaction.ts'
import { bulk } from '../foundation/store/store.ts'
import { addMonths, monthEnd } from '../foundation/values/business-date.ts'
import { periodOf, type Due } from './due.rules.ts'

export type Fact = 'COVERAGE' | 'VISITS' | 'CLOSED_MONTH'
/** Besides those: a report that was confirmed or answered (finish-by-proof.ts). */
export type AnyFact = Fact | 'REPORT'

/** Of a month: who is asked for how much, how much is there, and when it was there (null: within the month). One statement over published facts. */
export function factOf(fact: Fact, month: string, posts: readonly string[], day: string): Sql<{ staff_key: number; wanted: number; met: number; done_on: string | null }> {
  const first = `${month}-01`
  if (fact === 'COVERAGE') {
    return sql`SELECT f.staff_key, count(*)::int AS wanted, count(*) FILTER (WHERE f.met)::int AS met, NULL::date AS done_on FROM contact_plan_coverage_facts f WHERE f.month_start = ${first}::date AND f.staff_key IS NOT NULL GROUP BY f.staff_key`
  }
  if (fact === 'VISITS') {
    // the periods in which a customer is met lie in the calendar: those that end with this month
    const ending = [1, 2, 3, 4, 6, 12].filter((months) => Number(month.slice(5, 7)) % months === 0).map((months) => ({ months, since: addMonths(first, 1 - months) }))
    return sql`
      SELECT k.main_staff_key AS staff_key, count(*)::int AS wanted,
        count(*) FILTER (WHERE EXISTS (SELECT FROM visits_contact_facts v WHERE v.customer_id = k.customer_id AND v.in_person AND v.business_date BETWEEN e.since AND ${monthEnd(first)}::date))::int AS met, NULL::date AS done_on
      FROM customers_customer_facts k
      JOIN LATERAL (
        SELECT y.face_every_months AS months FROM contact_plan_policy_facts y
        WHERE y.tier = k.tier AND y.from_date <= ${first}::date AND (y.to_date IS NULL OR y.to_date > ${first}::date)
          AND y.region IN ('*', (SELECT i.region FROM organisation_institution_facts i WHERE i.institution_key = k.outlet_key AND i.from_date <= ${first}::date AND (i.to_date IS NULL OR i.to_date > ${first}::date)))
        ORDER BY y.region = '*' LIMIT 1) p ON p.months IS NOT NULL
      JOIN jsonb_to_recordset(${JSON.stringify(ending)}::jsonb) AS e (months int, since date) ON e.months = p.months
      WHERE k.status = 'ACTIVE' AND k.main_staff_key IS NOT NULL GROUP BY k.main_staff_key`
  }
  return sql`
    SELECT DISTINCT f.staff_key, 1 AS wanted, (c.closed_on IS NOT NULL)::int AS met, c.closed_on AS done_on FROM organisation_post_facts f
    LEFT JOIN (SELECT min(closed_on) AS closed_on FROM performance_closed_month_facts WHERE month = ${first}::date) c ON true
    WHERE f.post_code = ANY(${[...posts]}::text[]) AND f.from_date <= ${day}::date AND (f.to_date IS NULL OR f.to_date > ${day}::date)`
}

export type FactDuty = { code: string; version: number; fact: Fact; posts: readonly string[] }

/** Rows for everybody of whom the facts ask something in these periods. */
export async function makeFromFacts(tx: Transaction, duty: FactDuty, dues: readonly Due[], { today, batch, time, why }: { today: string; batch: string; time: string | null; why: string }): Promise<number> {
  let made = 0
  for (const due of dues) {
    const month = periodOf('MONTH', `${due.key}-01`).key
    const { count } = await bulk(tx, {
      table: 'duty_instance', what: 'add', why, batch, about: { duty: duty.code, period: due.key },
      statement: sql`
        INSERT INTO duty_instance (id, duty_code, duty_version, staff_key, holder_key, period_key, opens_on, due_on, due_time, state, wanted, met, counted_on, scope_path, batch_id)
        SELECT uuid7(), ${duty.code}, ${duty.version}, w.staff_key, w.staff_key, ${due.key}, ${due.opensOn}::date, ${due.dueOn}::date, ${time}, CASE WHEN ${due.opensOn} > ${today} THEN 'PLANNED' ELSE 'OPEN' END, w.wanted, w.met, ${today}::date,
          p.line_path, ${batch}::uuid
        FROM (${factOf(duty.fact, month, duty.posts, today)}) w
        JOIN LATERAL (SELECT f.line_path FROM organisation_post_facts f WHERE f.staff_key = w.staff_key AND f.from_date <= ${today}::date ORDER BY f.to_date DESC NULLS FIRST, f.main DESC, f.post_key LIMIT 1) p ON true
        ON CONFLICT (duty_code, staff_key, period_key) DO NOTHING`,
    })
    made += count
  }
  return made
}

/** Counts again what the facts say, of everything that may still change: open, missed of late, or found done by facts in a period that is not over. */
export async function countFacts(tx: Transaction, duty: FactDuty, { today, since, batch, why }: { today: string; since: string; batch: string; why: string }): Promise<void> {
  const periods = await tx.all(sql<{ period_key: string }>`SELECT DISTINCT period_key FROM duty_instance WHERE duty_code = ${duty.code} AND due_on >= ${since}::date AND state <> 'EXCUSED' AND done_by IS NULL ORDER BY 1`)
  for (const { period_key: key } of periods) {
    await bulk(tx, {
      table: 'duty_instance', what: 'change', why, batch, alias: 'i', about: { duty: duty.code, period: key },
      statement: sql`
        UPDATE duty_instance i SET wanted = n.wanted, met = n.met, counted_on = ${today}::date, done_on = n.done_on, batch_id = ${batch}::uuid,
          state = CASE WHEN n.done_on IS NULL THEN CASE WHEN i.state = 'PLANNED' THEN 'PLANNED' WHEN i.due_on < ${today}::date THEN 'MISSED' ELSE 'OPEN' END WHEN n.done_on <= i.due_on THEN 'DONE' ELSE 'DONE_LATE' END
        FROM (
          SELECT o.id, coalesce(w.wanted, 0) AS wanted, coalesce(w.met, 0) AS met, CASE WHEN coalesce(w.met, 0) >= coalesce(w.wanted, 0) THEN coalesce(w.done_on, o.done_on, least(${today}::date, o.due_on)) END AS done_on
          FROM duty_instance o LEFT JOIN (${factOf(duty.fact, key, duty.posts, today)}) w ON w.staff_key = o.staff_key
          WHERE o.duty_code = ${duty.code} AND o.period_key = ${key} AND o.state <> 'EXCUSED' AND o.done_by IS NULL) n
        WHERE i.id = n.id AND (i.wanted, i.met, i.done_on) IS DISTINCT FROM (n.wanted, n.met, n.done_on)`,
    })
  }
}
