import { sql, type Sql } from '../foundation/database/transaction.ts'
import { monthStart } from '../foundation/values/business-date.ts'
import type { Addressees, AnswersFor, Cell, CellSource, CustomersAsked } from './form.contract.ts'

/** The unit from which somebody may ask: his line when he leads it; of an office the unit to which the office belongs. */
export function baseOf(actor: { breadth: string; linePath: string }): string {
  const above = actor.linePath.lastIndexOf('.')
  return actor.breadth === 'UNIT' || above < 0 ? actor.linePath : actor.linePath.slice(0, above)
}

/**
 * Who is asked on a day: staff_key, unit_key, scope_path. People by post, unit (with all below it) and name, within the base; or outlets, each with who heads it. The collector asks not himself.
 */
export function wantedOf(form: { answersFor: AnswersFor; addressees: Addressees; base: string; collector: number }, day: string): Sql {
  const { posts, units, people } = form.addressees
  const inUnits = (path: Sql): Sql => (units.length === 0 ? sql`true` : sql`EXISTS (SELECT FROM organisation_institution_facts u WHERE u.institution_key = ANY(${[...units]}::int[]) AND u.from_date <= ${day}::date AND (u.to_date IS NULL OR u.to_date > ${day}::date) AND (${path} = u.scope_path OR starts_with(${path}, u.scope_path || '.')))`)
  const within = (path: Sql): Sql => sql`(${path} = ${form.base} OR starts_with(${path}, ${`${form.base}.`}))`
  if (form.answersFor === 'OUTLET') {
    return sql`
      SELECT h.staff_key, i.institution_key AS unit_key, i.scope_path FROM organisation_institution_facts i
      JOIN LATERAL (
        SELECT f.staff_key FROM organisation_post_facts f WHERE f.place_key = i.institution_key AND f.post_code IN ('OUTLET_HEAD', 'OUTLET_HEAD_PLACE', 'TEAM_LEAD') AND f.from_date <= ${day}::date AND (f.to_date IS NULL OR f.to_date > ${day}::date)
        ORDER BY f.post_code = 'TEAM_LEAD', f.main DESC, f.staff_no LIMIT 1) h ON h.staff_key <> ${form.collector}::int
      WHERE i.kind = 'OUTLET' AND i.from_date <= ${day}::date AND (i.to_date IS NULL OR i.to_date > ${day}::date) AND ${within(sql`i.scope_path`)} AND ${inUnits(sql`i.scope_path`)}`
  }
  const byPost = posts.length === 0 && units.length === 0 ? sql`false` : sql`(${posts.length === 0 ? sql`true` : sql`f.post_code = ANY(${[...posts]}::text[])`} AND (${inUnits(sql`f.line_path`)} OR ${inUnits(sql`f.place_path`)}))`
  return sql`
    SELECT DISTINCT ON (f.staff_key) f.staff_key, f.line_key AS unit_key, f.line_path AS scope_path FROM organisation_post_facts f
    WHERE f.from_date <= ${day}::date AND (f.to_date IS NULL OR f.to_date > ${day}::date) AND ${within(sql`f.line_path`)} AND f.staff_key <> ${form.collector}::int AND (${byPost} OR f.staff_key = ANY(${[...people]}::int[]))
    ORDER BY f.staff_key, f.main DESC, f.post_key`
}

/** About which customers it is asked on a day: staff_key, unit_key, scope_path of the main manager, customer_id. `only`: those of the asker's segment. */
export function customersOf(form: { customers: CustomersAsked; only: readonly string[] | null; addressees: Addressees; base: string; collector: number }, day: string): Sql {
  const { kind, tiers } = form.customers
  return sql`
    SELECT w.staff_key, w.unit_key, w.scope_path, k.customer_id FROM (${wantedOf({ ...form, answersFor: 'PERSON' }, day)}) w JOIN customers_customer_facts k ON k.main_staff_key = w.staff_key AND k.status <> 'CLOSED'
    WHERE ${kind === null ? sql`true` : sql`k.kind = ${kind}`} ${tiers.length === 0 ? sql`` : sql`AND k.tier = ANY(${[...tiers]}::text[])`} ${form.only === null ? sql`` : sql`AND k.customer_id = ANY(${[...form.only]}::uuid[])`}`
}

/** Figures by `by` (a person, a unit or a customer), in one scan each. */
function figuresOf(source: Exclude<CellSource, 'LAST'>, answersFor: AnswersFor, day: string): Sql {
  if (answersFor === 'CUSTOMER') {
    return source === 'DEPOSITS' ? sql`SELECT d.customer_id AS by, d.deposit_fen::text AS value FROM customers_deposit_facts d`
      : sql`SELECT v.customer_id AS by, count(*)::text AS value FROM visits_contact_facts v WHERE v.effective AND v.business_date BETWEEN ${monthStart(day)}::date AND ${day}::date ${source === 'VISITS_MONTH' ? sql`AND v.in_person` : sql``} GROUP BY 1`
  }
  const own = answersFor === 'PERSON'
  switch (source) {
    case 'CUSTOMERS':
    case 'CORE_CUSTOMERS':
      return sql`SELECT ${own ? sql`k.main_staff_key` : sql`k.outlet_key`} AS by, count(*)::text AS value FROM customers_customer_facts k WHERE k.status <> 'CLOSED' AND k.main_staff_key IS NOT NULL ${source === 'CORE_CUSTOMERS' ? sql`AND k.tier = 'T1'` : sql``} GROUP BY 1`
    case 'DEPOSITS':
    case 'DEPOSITS_MONTH':
      return sql`SELECT ${own ? sql`d.staff_key` : sql`d.place_key`} AS by, round(sum(${source === 'DEPOSITS' ? sql`d.balance_fen` : sql`d.month_average_fen`}))::text AS value FROM holdings_deposit_sum_facts d WHERE d.staff_key IS NOT NULL GROUP BY 1`
    case 'CONTACTS_MONTH':
    case 'VISITS_MONTH':
      return sql`
        SELECT ${own ? sql`v.staff_key` : sql`k.outlet_key`} AS by, count(*)::text AS value FROM visits_contact_facts v ${own ? sql`` : sql`JOIN customers_customer_facts k ON k.customer_id = v.customer_id`}
        WHERE v.effective AND v.business_date BETWEEN ${monthStart(day)}::date AND ${day}::date ${source === 'VISITS_MONTH' ? sql`AND v.in_person` : sql``} GROUP BY 1`
  }
}

/** What stands ready for everybody who is asked, as jsonb "prefilled" by staff_key and unit_key: one statement over published facts; nought where a count finds nothing. Run as batch. */
export function prefilledOf(form: { cells: readonly Cell[]; answersFor: Exclude<AnswersFor, 'CUSTOMER'>; copiedFrom: string | null }, wanted: Sql, day: string): Sql {
  const filled = form.cells.flatMap((cell) => (cell.source === null ? [] : [{ code: cell.code, source: cell.source }]))
  const by = form.answersFor === 'PERSON' ? sql`w.staff_key` : sql`w.unit_key`
  const joins = filled.map(({ code, source }) => (source === 'LAST'
    ? sql`LEFT JOIN LATERAL (SELECT a.rows -> 0 -> 'values' ->> ${code} AS value FROM collection_answer a JOIN collection_form f ON f.id = a.form_id WHERE a.form_id = ${form.copiedFrom}::uuid AND a.submitted_on IS NOT NULL AND (NOT f.confirms OR a.confirmed_on IS NOT NULL) AND ${form.answersFor === 'PERSON' ? sql`a.staff_key = w.staff_key` : sql`a.unit_key = w.unit_key`} LIMIT 1) ${sql.ref(`of_${code}`)} ON true`
    : sql`LEFT JOIN (${figuresOf(source, form.answersFor, day)}) ${sql.ref(`of_${code}`)} ON ${sql.ref(`of_${code}.by`)} = ${by}`))
  const pairs = filled.map(({ code, source }) => sql`${code}::text, ${source === 'LAST' ? sql.ref(`of_${code}.value`) : sql`coalesce(${sql.ref(`of_${code}.value`)}, '0')`}`)
  return sql`
    SELECT w.staff_key, w.unit_key, w.scope_path, ${filled.length === 0 ? sql`'{}'::jsonb` : sql`jsonb_strip_nulls(jsonb_build_object(${sql.join(pairs)}))`} AS prefilled FROM (${wanted}) w ${sql.join(joins, sql` `)}`
}

/** What stands ready for each customer that is asked about (`wanted`: staff_key, customer_id), as customer_id, staff_key, prefilled. Run as batch. */
export function prefilledBySubject(cells: readonly Cell[], wanted: Sql, day: string): Sql {
  const filled = cells.flatMap((cell) => (cell.source === null || cell.source === 'LAST' ? [] : [{ code: cell.code, source: cell.source }]))
  const joins = filled.map(({ code, source }) => sql`LEFT JOIN (${figuresOf(source, 'CUSTOMER', day)}) ${sql.ref(`of_${code}`)} ON ${sql.ref(`of_${code}.by`)} = w.customer_id`)
  const pairs = filled.map(({ code }) => sql`${code}::text, coalesce(${sql.ref(`of_${code}.value`)}, '0')`)
  return sql`SELECT w.customer_id, w.staff_key, ${filled.length === 0 ? sql`'{}'::jsonb` : sql`jsonb_build_object(${sql.join(pairs)})`} AS prefilled FROM (${wanted}) w ${sql.join(joins, sql` `)}`
}
