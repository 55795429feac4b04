import { sql, type Sql } from '../foundation/database/transaction.ts'

/**
 * Who is above whom today, as common table expressions: `seat` (one main post a person), `away` (absent people), `leader` (one a unit and rank, present),
 * `superior` (of each row of `below`: staff_key, scope_path; level 1 is the nearest), `top` (when nobody is above: the head of the bank, else the administrator).
 * An absent superior is passed over, so that what came up is never lost. `below` is written by the caller before.
 */
export function superiorsOn(day: string): Sql {
  return sql`
    seat AS MATERIALIZED (
      SELECT DISTINCT ON (staff_key) staff_key, staff_no, post_code, line_path FROM organisation_post_facts WHERE from_date <= ${day}::date AND (to_date IS NULL OR to_date > ${day}::date) ORDER BY staff_key, main DESC, post_key),
    away AS MATERIALIZED (SELECT absent_key, substitute_key FROM customers_absence_facts WHERE from_date <= ${day}::date AND to_date > ${day}::date),
    leader AS MATERIALIZED (
      SELECT DISTINCT ON (f.line_path, f.post_code) f.staff_key, f.line_path, f.post_code, ${rankOf(sql`f.post_code`)} AS rank FROM organisation_post_facts f
      WHERE f.from_date <= ${day}::date AND (f.to_date IS NULL OR f.to_date > ${day}::date) AND f.post_code IN ('TEAM_LEAD', 'OUTLET_HEAD', 'BRANCH_HEAD', 'BANK_LEADER') AND NOT EXISTS (SELECT FROM away a WHERE a.absent_key = f.staff_key)
      ORDER BY f.line_path, f.post_code, f.staff_no),
    top AS MATERIALIZED (
      SELECT staff_key FROM seat s WHERE post_code IN ('BANK_LEADER', 'ADMIN') ORDER BY EXISTS (SELECT FROM away a WHERE a.absent_key = s.staff_key), post_code = 'ADMIN', staff_no LIMIT 1),
    superior AS MATERIALIZED (
      SELECT b.staff_key, b.scope_path, l.staff_key AS superior_key, l.post_code, row_number() OVER (PARTITION BY b.staff_key, b.scope_path ORDER BY length(l.line_path) DESC, l.rank) AS level
      FROM below b LEFT JOIN seat s ON s.staff_key = b.staff_key
      JOIN leader l ON (b.scope_path = l.line_path OR starts_with(b.scope_path, l.line_path || '.')) AND l.staff_key <> b.staff_key
        AND (l.rank > ${rankOf(sql`coalesce(s.post_code, '')`)} OR (l.rank = ${rankOf(sql`coalesce(s.post_code, '')`)} AND length(l.line_path) < length(b.scope_path))))`
}

const rankOf = (post: Sql): Sql => sql`(CASE ${post} WHEN 'TEAM_LEAD' THEN 1 WHEN 'OUTLET_HEAD' THEN 2 WHEN 'OUTLET_HEAD_PLACE' THEN 2 WHEN 'BRANCH_HEAD' THEN 3 WHEN 'BANK_LEADER' THEN 4 ELSE 0 END)`
