import { sql, type Transaction } from '../../foundation/database/transaction.ts'
import type { BlocksTerms } from './block-terms.contract.ts'
import { lastDay, type Period } from './scheme-period.rules.ts'

export type BlockPerson = { staffKey: number; staffNo: string; postCode: string; linePath: string; grade: string | null }

/** Who is paid by a scheme of blocks: the last of his posts of it in the period, with line and grade of the last day; of the units and grades that it names. */
export async function readBlockPeople(tx: Transaction, terms: Pick<BlocksTerms, 'posts' | 'grades' | 'units'>, period: Period): Promise<BlockPerson[]> {
  const last = lastDay(period)
  const paths = terms.units.length === 0 ? null : (await tx.all(sql<{ path: string }>`
    SELECT scope_path AS path FROM organisation_institution_facts WHERE code = ANY(${[...terms.units]}::text[]) AND from_date <= ${last}::date AND (to_date IS NULL OR to_date > ${last}::date)`)).map(({ path }) => path)
  // the view compares spans of four tables: see readCovered
  await tx.run(sql`SET LOCAL enable_nestloop = off`)
  const rows = await tx.all(sql<BlockPerson>`
    SELECT p.staff_key AS "staffKey", p.staff_no AS "staffNo", p.post_code AS "postCode", p.line_path AS "linePath", g.grade
    FROM (SELECT DISTINCT ON (staff_key) staff_key, staff_no, post_code, line_path FROM organisation_post_facts
          WHERE post_code = ANY(${[...terms.posts]}::text[]) AND from_date < ${period.to}::date AND (to_date IS NULL OR to_date > ${period.from}::date)
          ORDER BY staff_key, from_date DESC, main DESC, post_key) p
    LEFT JOIN (SELECT DISTINCT ON (staff_key) staff_key, grade FROM organisation_grade_facts WHERE from_date <= ${last}::date AND (to_date IS NULL OR to_date > ${last}::date) ORDER BY staff_key, from_date DESC) g ON g.staff_key = p.staff_key
    WHERE ${paths === null ? sql`true` : sql`EXISTS (SELECT FROM unnest(${paths}::text[]) u WHERE p.line_path = u OR starts_with(p.line_path, u || '.'))`}
      AND ${terms.grades.length === 0 ? sql`true` : sql`g.grade = ANY(${[...terms.grades]}::text[])`}
    ORDER BY p.staff_key`)
  await tx.run(sql`SET LOCAL enable_nestloop = on`)
  return rows
}
