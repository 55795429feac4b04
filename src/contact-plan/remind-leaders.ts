import { bankCalendar } from '../foundation/calendar/read-calendar.ts'
import { sql, type Transaction } from '../foundation/database/transaction.ts'
import { bulk } from '../foundation/store/store.ts'
import { CalendarUnknown } from '../foundation/values/working-calendar.ts'
import { periodOf } from './contact-frequency.rules.ts'
import { leaderPosts } from './list-leader-visits.ts'
import { remindFrom } from './leader-visit.rules.ts'

/**
 * From ten working days before the end of a period on, each customer whom a leader should have visited in it and did not gets a reminder for his manager, once a period (D-05, 2.4 rule 10): one statement over
 * the bank, and none on the other days of the year. Where the calendar does not know the days nothing is guessed: the day of the duties says which are missing. Returns how many.
 */
export async function remindLeaders(tx: Transaction, today: string, batch: string): Promise<number> {
  const asked = await tx.all(sql<{ every: number }>`
    SELECT DISTINCT leader_every_months AS every FROM contact_policy WHERE leader_every_months IS NOT NULL AND from_date <= ${today} AND (to_date IS NULL OR to_date > ${today})`)
  const calendar = await bankCalendar(tx)
  const ending = asked.flatMap(({ every }) => {
    try {
      return today >= remindFrom(calendar, every, today) ? [{ every, first_day: periodOf(every, today).firstDay }] : []
    } catch (error) {
      if (error instanceof CalendarUnknown) return []
      throw error
    }
  })
  if (ending.length === 0) return 0
  const { count } = await bulk(tx, {
    table: 'leader_reminder', what: 'add', why: `leaders to be asked for a visit, ${today}`, batch, about: { day: today },
    statement: sql`
      WITH asked AS MATERIALIZED (
        SELECT u.institution_key, t.tier, (
          SELECT y.leader_every_months FROM contact_policy y
          WHERE y.tier = t.tier AND y.from_date <= ${today} AND (y.to_date IS NULL OR y.to_date > ${today}) AND y.region IN ('*', u.region) ORDER BY y.region = '*' LIMIT 1) AS every
        FROM organisation_institution_facts u CROSS JOIN (SELECT DISTINCT tier FROM contact_policy) t WHERE u.from_date <= ${today} AND (u.to_date IS NULL OR u.to_date > ${today}))
      INSERT INTO leader_reminder (customer_id, id, period_start, every_months, day, staff_key, batch_id)
      SELECT k.customer_id, uuid7(), e.first_day, e.every, ${today}::date, k.main_staff_key, ${batch}::uuid
      FROM asked a JOIN jsonb_to_recordset(${JSON.stringify(ending)}::jsonb) AS e (every int, first_day date) ON e.every = a.every
      JOIN customers_customer_facts k ON k.outlet_key = a.institution_key AND k.tier = a.tier AND k.status = 'ACTIVE' AND k.main_staff_key IS NOT NULL
      WHERE NOT EXISTS (SELECT FROM leader_reminder r WHERE r.customer_id = k.customer_id AND r.period_start = e.first_day)
        AND NOT EXISTS (
          SELECT FROM visits_contact_facts f
          WHERE f.customer_id = k.customer_id AND f.in_person AND f.business_date >= e.first_day AND EXISTS (
            SELECT FROM organisation_post_facts p WHERE p.staff_key = ANY(f.our_people || f.staff_key) AND p.post_code = ANY(${leaderPosts}::text[])
              AND p.from_date <= f.business_date AND (p.to_date IS NULL OR p.to_date > f.business_date)))
      ON CONFLICT (customer_id, period_start) DO NOTHING`,
  })
  return count
}
