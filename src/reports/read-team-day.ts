import { sql } from '../foundation/database/transaction.ts'
import { handle } from '../foundation/http/route.ts'
import { monthStart } from '../foundation/values/business-date.ts'
import { ok } from '../foundation/values/outcome.ts'
import { readTeamDay, type TeamMember } from './team-day.contract.ts'

const most = 200

/** Who holds customers in the reader's line today, and what each did: contacts as the reader may see them, worst first. */
export const readTeamDayRoute = handle(readTeamDay, async (tx, _input, { actor, businessDate }) => {
  const line = actor.breadth === 'ALL' ? sql`true` : actor.breadth === 'UNIT' ? sql`p.line_path >= ${actor.linePath} AND p.line_path < ${`${actor.linePath}/`}` : sql`p.staff_key = ${actor.staffKey}`
  const members = await tx.all(sql<TeamMember>`
    SELECT m.staff_key AS "staffKey", m.staff_name AS name, m.post_name AS "postName", m.place_name AS "unitName",
      coalesce(c.today, 0) AS today, coalesce(c.month, 0) AS month, coalesce(o.overdue, 0) AS overdue
    FROM (
      SELECT DISTINCT ON (p.staff_key) p.staff_key, p.staff_name, p.post_name, p.place_name FROM organisation_post_facts p
      WHERE ${line} AND p.post_code = 'RM' AND p.from_date <= ${businessDate} AND (p.to_date IS NULL OR p.to_date > ${businessDate}) ORDER BY p.staff_key, p.main DESC) m
    LEFT JOIN (
      SELECT staff_key, (count(*) FILTER (WHERE business_date = ${businessDate}))::int AS today, (count(*) FILTER (WHERE effective))::int AS month
      FROM contact WHERE business_date >= ${monthStart(businessDate)} AND business_date <= ${businessDate} AND voided_on IS NULL GROUP BY staff_key) c ON c.staff_key = m.staff_key
    LEFT JOIN (
      SELECT n.staff_key, count(*)::int AS overdue FROM contact n
      WHERE n.next_on < ${businessDate} AND n.voided_on IS NULL
        AND NOT EXISTS (SELECT FROM contact l WHERE l.customer_id = n.customer_id AND l.voided_on IS NULL AND l.effective AND (l.business_date, l.id) > (n.business_date, n.id))
      GROUP BY n.staff_key) o ON o.staff_key = m.staff_key
    ORDER BY overdue DESC, today, month, m.staff_key LIMIT ${most + 1}`)
  return ok({ asOf: businessDate, members: members.slice(0, most), more: members.length > most })
})
