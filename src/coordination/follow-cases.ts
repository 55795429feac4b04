import { bankCalendar } from '../foundation/calendar/read-calendar.ts'
import { sql, type Sql, type Transaction } from '../foundation/database/transaction.ts'
import { bulk } from '../foundation/store/store.ts'
import { addDays } from '../foundation/values/business-date.ts'
import { addWorkingDays, CalendarUnknown, isWorkingDay, type WorkingCalendar } from '../foundation/values/working-calendar.ts'

/** Posts that lead a unit, in SQL. */
const leaders = sql`('TEAM_LEAD', 'OUTLET_HEAD', 'OUTLET_HEAD_PLACE', 'BRANCH_HEAD', 'BANK_LEADER')`
const inForce = (f: 'f' | 'g', day: Sql): Sql => sql`${sql.ref(`${f}.from_date`)} <= ${day} AND (${sql.ref(`${f}.to_date`)} IS NULL OR ${sql.ref(`${f}.to_date`)} > ${day})`

/** Who may answer for a unit on a day: those who lead it; where nobody does, everybody whose line or desk it is. */
export function deskOf(unit: Sql, day: Sql): Sql {
  return sql`ARRAY(
    SELECT DISTINCT f.staff_key FROM organisation_post_facts f WHERE ${unit} IN (f.line_key, f.place_key) AND ${inForce('f', day)}
      AND (f.post_code IN ${leaders} OR NOT EXISTS (SELECT FROM organisation_post_facts g WHERE ${unit} IN (g.line_key, g.place_key) AND g.post_code IN ${leaders} AND ${inForce('g', day)})) ORDER BY 1)`
}

/**
 * What is coordinated follows its customer and its people: the asking side passes to the main manager when the customer goes to another (or its holder left the bank: else to who leads the line),
 * memberships end with their day or with the last post, the desk of a department is who leads it today, and each party sees it. Everything open when nothing is named; what is over when it is
 * named. The day is the bank's when none is given. Only rows that differ are written.
 */
export function followCases(tx: Transaction, batch: string, { day, caseId }: { day?: string; caseId?: string } = {}): Promise<void> {
  return tx.asRole('batch', async () => {
    const why = 'coordination follows its customer and its people'
    const today = day === undefined ? sql`(SELECT business_date FROM bank)` : sql`${day}::date`
    const which = caseId === undefined ? sql`c.ended_on IS NULL` : sql`c.id = ${caseId}`
    const gone = (key: Sql): Sql => sql`NOT EXISTS (SELECT FROM organisation_post_facts f WHERE f.staff_key = ${key} AND ${inForce('f', today)})`
    await bulk(tx, {
      table: 'coordination_case', what: 'change', why, batch, alias: 'c',
      statement: sql`
        UPDATE coordination_case c SET holder_key = n.next_key, batch_id = ${batch}::uuid
        FROM (
          SELECT o.id, coalesce(k.main_staff_key, (SELECT f.staff_key FROM organisation_post_facts f WHERE f.post_code IN ${leaders} AND (o.scope_path = f.line_path OR starts_with(o.scope_path, f.line_path || '.')) AND ${inForce('f', today)}
            ORDER BY length(f.line_path) DESC, f.staff_no LIMIT 1)) AS next_key
          FROM coordination_case o LEFT JOIN customers_customer_facts k ON k.customer_id = o.customer_id
          WHERE ${gone(sql`o.holder_key`)} OR (k.main_staff_key IS NOT NULL AND NOT k.viewers @> ARRAY[o.holder_key] AND EXISTS (SELECT FROM customers_assignment_facts s WHERE s.customer_id = o.customer_id AND s.staff_key = o.holder_key AND s.to_date IS NOT NULL))) n
        WHERE c.id = n.id AND n.next_key IS NOT NULL AND n.next_key <> c.holder_key AND c.ended_on IS NULL AND ${which}`,
    })
    await bulk(tx, {
      table: 'coordination_event', what: 'add', why, batch,
      statement: sql`INSERT INTO coordination_event (id, case_id, kind, done_on, note, scope_path, viewers, batch_id)
        SELECT uuid7(), c.id, 'PASS_ON', ${today}, s.staff_name, c.scope_path, c.viewers, ${batch}::uuid FROM coordination_case c JOIN organisation_staff_facts s ON s.staff_key = c.holder_key
        WHERE c.batch_id = ${batch}::uuid AND ${which} AND NOT EXISTS (SELECT FROM coordination_event e WHERE e.case_id = c.id AND e.batch_id = ${batch}::uuid)`,
    })
    await bulk(tx, {
      table: 'coordination_member', what: 'change', why, batch, alias: 'm',
      statement: sql`
        UPDATE coordination_member m SET left_on = CASE WHEN m.until_on < ${today} THEN m.until_on ELSE ${today} END, left_why = CASE WHEN m.until_on < ${today} THEN 'DATE' ELSE 'POST_ENDED' END, batch_id = ${batch}::uuid
        FROM coordination_case c WHERE c.id = m.case_id AND m.left_on IS NULL AND ${which} AND (m.until_on < ${today} OR ${gone(sql`m.staff_key`)})`,
    })
    await bulk(tx, {
      table: 'coordination_answer', what: 'change', why, batch, alias: 'a',
      statement: sql`
        UPDATE coordination_answer a SET desk = n.desk, batch_id = ${batch}::uuid
        FROM (SELECT o.id, ${deskOf(sql`o.unit_key`, today)} AS desk FROM coordination_answer o JOIN coordination_case c ON c.id = o.case_id WHERE o.answer IS NULL AND c.state = 'ASKED' AND ${which}) n
        WHERE a.id = n.id AND a.desk <> n.desk`,
    })
    await bulk(tx, {
      table: 'coordination_case', what: 'change', why, batch, alias: 'c',
      statement: sql`
        UPDATE coordination_case c SET scope_path = n.scope_path, viewers = n.viewers, batch_id = ${batch}::uuid
        FROM (
          SELECT o.id, coalesce(p.line_path, o.scope_path) AS scope_path, ARRAY(SELECT DISTINCT x FROM (
            SELECT o.holder_key AS x UNION SELECT k.main_staff_key WHERE k.main_staff_key IS NOT NULL UNION SELECT unnest(o.escalated)
            UNION SELECT m.staff_key FROM coordination_member m WHERE m.case_id = o.id AND (m.left_on IS NULL OR m.left_why = 'CLOSED')
            UNION SELECT unnest(l.desk) FROM (SELECT a.desk FROM coordination_answer a WHERE a.case_id = o.id ORDER BY a.round DESC LIMIT 1) l
            UNION SELECT a.answered_by FROM coordination_answer a WHERE a.case_id = o.id AND a.answered_by IS NOT NULL AND a.answer <> 'WITHDRAWN') v ORDER BY x) AS viewers
          FROM coordination_case o LEFT JOIN customers_customer_facts k ON k.customer_id = o.customer_id
          LEFT JOIN LATERAL (SELECT f.line_path FROM organisation_post_facts f WHERE f.staff_key = o.holder_key AND ${inForce('f', today)} ORDER BY f.main DESC, f.post_key LIMIT 1) p ON true) n
        WHERE c.id = n.id AND ${which} AND (c.scope_path <> n.scope_path OR c.viewers <> n.viewers)`,
    })
    for (const table of ['coordination_answer', 'coordination_member', 'coordination_task', 'coordination_event']) {
      await bulk(tx, {
        table, what: 'change', why, batch, alias: 'r',
        statement: sql`UPDATE ${sql.table(table)} r SET scope_path = c.scope_path, viewers = c.viewers FROM coordination_case c WHERE c.id = r.case_id AND ${which} AND (r.scope_path <> c.scope_path OR r.viewers <> c.viewers)`,
      })
    }
  })
}

/** The last day on which what was due is so many working days late on this day; null where the calendar does not know. */
export function lateSince(calendar: WorkingCalendar, day: string, days: number): string | null {
  try {
    let worked = day
    while (!isWorkingDay(calendar, worked)) worked = addDays(worked, -1)
    return addWorkingDays(calendar, worked, -days)
  } catch (error) {
    if (error instanceof CalendarUnknown) return null
    throw error
  }
}

const upAfter = [1, 3] as const

/**
 * What the day brings: what a department has not answered, or what is not done, one working day after it was due comes to the superior of the department (of a group: of the line that set it
 * up), after three to the next one. Then everything follows its people. Runs as batch; twice is once.
 */
export async function runCoordinationDay(tx: Transaction, batch: string, day: string): Promise<void> {
  const calendar = await bankCalendar(tx)
  for (const [place, days] of upAfter.entries()) {
    const since = lateSince(calendar, day, days)
    if (since === null) continue
    const step = place + 1
    await bulk(tx, {
      table: 'coordination_case', what: 'change', why: 'coordination is late', batch, alias: 'c', about: { step },
      statement: sql`
        UPDATE coordination_case c SET escalated = n.escalated, late_step = CASE WHEN c.state = 'IN_WORK' THEN ${step}::int ELSE c.late_step END, batch_id = ${batch}::uuid
        FROM (
          SELECT o.id, ARRAY(SELECT DISTINCT x FROM (SELECT unnest(o.escalated) AS x UNION SELECT l.staff_key FROM (
              SELECT f.staff_key, dense_rank() OVER (ORDER BY length(f.line_path) DESC) AS level FROM organisation_post_facts f
              WHERE f.post_code IN ${leaders} AND f.post_code <> 'OUTLET_HEAD_PLACE' AND ${inForce('f', sql`${day}::date`)} AND (u.path = f.line_path OR starts_with(u.path, f.line_path || '.')) AND NOT f.staff_key = ANY(coalesce(a.desk, '{}')) AND f.staff_key <> o.holder_key) l
            WHERE l.level = ${step}) v ORDER BY x) AS escalated
          FROM coordination_case o
          LEFT JOIN LATERAL (SELECT * FROM coordination_answer a WHERE a.case_id = o.id ORDER BY a.round DESC LIMIT 1) a ON true
          CROSS JOIN LATERAL (SELECT coalesce((SELECT i.scope_path FROM organisation_institution_facts i WHERE i.institution_key = a.unit_key AND i.from_date <= ${day}::date AND (i.to_date IS NULL OR i.to_date > ${day}::date)), o.scope_path) AS path) u
          WHERE (o.state = 'ASKED' AND a.answer IS NULL AND a.answer_by <= ${since}::date AND a.up_step < ${step}) OR (o.state = 'IN_WORK' AND o.due_on <= ${since}::date AND o.late_step < ${step})) n
        WHERE c.id = n.id`,
    })
    await bulk(tx, {
      table: 'coordination_answer', what: 'change', why: 'coordination is late', batch, alias: 'a', about: { step },
      statement: sql`UPDATE coordination_answer a SET up_step = ${step}, batch_id = ${batch}::uuid FROM coordination_case c WHERE c.id = a.case_id AND c.state = 'ASKED' AND a.answer IS NULL AND a.answer_by <= ${since}::date AND a.up_step < ${step}`,
    })
  }
  await bulk(tx, {
    table: 'coordination_event', what: 'add', why: 'coordination is late', batch,
    statement: sql`INSERT INTO coordination_event (id, case_id, kind, done_on, note, scope_path, viewers, batch_id)
      SELECT uuid7(), c.id, 'ESCALATE', ${day}::date, (SELECT string_agg(s.staff_name, '、' ORDER BY s.staff_no) FROM organisation_staff_facts s WHERE s.staff_key = ANY(c.escalated)), c.scope_path, c.viewers, ${batch}::uuid FROM coordination_case c WHERE c.batch_id = ${batch}::uuid AND c.ended_on IS NULL`,
  })
  await followCases(tx, batch, { day })
}
