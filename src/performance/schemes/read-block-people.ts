import { sql, type Transaction } from '../../foundation/database/transaction.ts'
import type { BlocksTerms } from './block-terms.contract.ts'
import type { Days, PostPart } from './post-parts.rules.ts'
import { lastDay, type Period } from './scheme-period.rules.ts'

export type BlockPerson = {
  staffKey: number; staffNo: string; postCode: string; linePath: string; grade: string | null
  /** The days in posts of the scheme that are measured each for itself; none: he is measured over the whole period. */
  parts: readonly PostPart[]
  /** He was hired on this day, after the begin of an indicator that measures a growth: it is counted from there. */
  hired?: string | undefined
}
/** `posts`: when he held posts of the scheme, `others`: another one, both since the first day of the longest window. `elsewhere`: he held another one in the period too. */
export type BlockHolder = Omit<BlockPerson, 'parts' | 'hired'> & { posts: Days[]; others: Days[]; elsewhere: boolean }

/** Who is paid by a scheme of blocks: the last of his posts of it in the period, with the line of that post and the grade of the last day; of the units and grades that it names. */
export async function readBlockPeople(tx: Transaction, terms: Pick<BlocksTerms, 'posts' | 'grades' | 'units'>, period: Period, first = period.from): Promise<BlockHolder[]> {
  const last = lastDay(period)
  const paths = terms.units.length === 0 ? null : (await tx.all(sql<{ path: string }>`
    SELECT scope_path AS path FROM organisation_institution_facts WHERE code = ANY(${[...terms.units]}::text[]) AND from_date <= ${last}::date AND (to_date IS NULL OR to_date > ${last}::date)`)).map(({ path }) => path)
  // the view compares spans of four tables: see readCovered
  await tx.run(sql`SET LOCAL enable_nestloop = off`)
  const ofScheme = sql`(post_code = ANY(${[...terms.posts]}::text[]) AND ${paths === null ? sql`true` : sql`EXISTS (SELECT FROM unnest(${paths}::text[]) u WHERE line_path = u OR starts_with(line_path, u || '.'))`})`
  const inPeriod = sql`(to_date IS NULL OR to_date > ${period.from}::date)`
  const spans = sql`jsonb_agg(jsonb_build_object('from', from_date, 'to', least(coalesce(to_date, ${period.to}::date), ${period.to}::date)) ORDER BY from_date, post_key)`
  const rows = await tx.all(sql<BlockHolder>`
    WITH held AS MATERIALIZED (SELECT *, ${ofScheme} AS own FROM organisation_post_facts WHERE from_date < ${period.to}::date AND (to_date IS NULL OR to_date > ${first}::date))
    SELECT p.staff_key AS "staffKey", p.staff_no AS "staffNo", p.post_code AS "postCode", p.line_path AS "linePath", g.grade, d.posts, d.others, d.elsewhere
    FROM (SELECT DISTINCT ON (staff_key) staff_key, staff_no, post_code, line_path FROM held WHERE own AND ${inPeriod} ORDER BY staff_key, from_date DESC, main DESC, post_key) p
    JOIN (SELECT staff_key, bool_or(NOT own AND ${inPeriod}) AS elsewhere, ${spans} FILTER (WHERE own) AS posts, coalesce(${spans} FILTER (WHERE NOT own), '[]') AS others
          FROM held GROUP BY staff_key) d ON d.staff_key = p.staff_key
    LEFT JOIN (SELECT DISTINCT ON (staff_key) staff_key, grade FROM organisation_grade_facts WHERE from_date <= ${last}::date AND (to_date IS NULL OR to_date > ${last}::date) ORDER BY staff_key, from_date DESC) g ON g.staff_key = p.staff_key
    WHERE ${terms.grades.length === 0 ? sql`true` : sql`g.grade = ANY(${[...terms.grades]}::text[])`}
    ORDER BY p.staff_key`)
  await tx.run(sql`SET LOCAL enable_nestloop = on`)
  return rows
}
