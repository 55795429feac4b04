import { sql, type Sql, type Transaction } from '../foundation/database/transaction.ts'
import { cutPage, readCursor } from '../foundation/http/cursor.ts'
import { handle } from '../foundation/http/route.ts'
import { monthStart } from '../foundation/values/business-date.ts'
import { ok, refuse } from '../foundation/values/outcome.ts'
import { listIndicatorRows, showIndicator, type IndicatorShown, type IndicatorUnit } from './indicator.contract.ts'
import { valueOf } from './indicator.rules.ts'
import { readIndicators } from './keep-indicators.ts'

/** The definition by which a month was worked out; without a month the one in force. */
async function definitionOf(tx: Transaction, code: string, version: number | undefined, today: string): Promise<IndicatorShown | null> {
  const all = await readIndicators(tx, today, code)
  return all.find((one) => (version === undefined ? one.inForce : one.version === version)) ?? all[0] ?? null
}

type Row = { key: string; sortName: string; staffKey: number | null; name: string; staffNo: string | null; unitName: string; people: number; numerator: string; denominator: string | null; facts: number }

export const showIndicatorRoute = handle(showIndicator, async (tx, { params: { code }, query }, { businessDate: day, may, services }) => {
  const wide = may('indicator.read-all').allowed
  const list = `indicator ${code} ${query.month ?? ''} ${query.by}`
  const place = readCursor(services.keys.keyring, list, query.cursor)
  if (!place.ok) return place
  const read = async () => {
    const months = await tx.all(sql<{ month: string; version: number; asOf: string }>`SELECT to_char(month, 'YYYY-MM') AS month, version, as_of AS "asOf" FROM indicator_month WHERE code = ${code} ORDER BY month DESC LIMIT 36`)
    const { currency } = await tx.one(sql<{ currency: string }>`SELECT currency FROM bank`)
    const shownMonth = query.month === undefined ? months[0] : months.find((one) => one.month === query.month)
    const indicator = await definitionOf(tx, code, shownMonth?.version, day)
    if (!indicator) return refuse('not-found')
    const empty = { items: [], nextCursor: null, count: null, indicator, month: query.month ?? null, months: months.map((one) => one.month), asOf: null, total: null, people: 0, mayOpenRows: may('indicator.read-rows').allowed, currency }
    if (!shownMonth) return ok(empty)
    const after = place.value === null ? sql`` : sql`WHERE (g."sortName", g.key) > (${String(place.value[0])}, ${String(place.value[1])})`
    const rows = await tx.all(sql<Row>`SELECT g.* FROM (${groupedValues(code, shownMonth.month, shownMonth.asOf, query.by)}) g ${after} ORDER BY g."sortName", g.key LIMIT ${query.limit + 1}`)
    const total = await tx.one(sql<{ numerator: string | null; denominator: string | null; people: number }>`SELECT sum(numerator)::text AS numerator, sum(denominator)::text AS denominator, count(*)::int AS people FROM indicator_value WHERE code = ${code} AND month = ${monthStart(shownMonth.month)}::date`)
    const { shown, nextCursor } = cutPage(services.keys.keyring, list, rows, query.limit, (last) => [last.sortName, last.key])
    const told = (numerator: string | null, denominator: string | null): string | null => (numerator === null ? null : valueOf(indicator.unit, numerator, denominator))
    return ok({
      ...empty, month: shownMonth.month, asOf: shownMonth.asOf, total: told(total.numerator, total.denominator), people: total.people, nextCursor,
      items: shown.map(({ sortName: _sort, numerator, denominator, ...row }) => ({ ...row, value: told(numerator, denominator) })),
    })
  }
  return wide ? tx.asRole('office', read) : read()
})

/** Values of a month by manager, team or outlet, as sums; of the rows that the role reads. */
export function groupedValues(code: string, month: string, asOf: string, by: 'MANAGER' | 'TEAM' | 'OUTLET'): Sql {
  const values = sql`indicator_value v WHERE v.code = ${code} AND v.month = ${monthStart(month)}::date`
  const unit = (column: string): Sql => sql`LEFT JOIN organisation_institution_facts i ON i.institution_key = ${sql.ref(column)} AND i.from_date <= ${asOf}::date AND (i.to_date IS NULL OR i.to_date > ${asOf}::date)`
  if (by === 'MANAGER') {
    return sql`SELECT lpad(v.staff_key::text, 12, '0') AS key, p.staff_no AS "sortName", v.staff_key AS "staffKey", p.staff_name AS name, p.staff_no AS "staffNo", coalesce(i.name, '') AS "unitName", 1 AS people, v.numerator::text, v.denominator::text, v.facts
      FROM (SELECT * FROM ${values}) v JOIN organisation_staff_facts p ON p.staff_key = v.staff_key ${unit('v.line_key')}`
  }
  const column = by === 'TEAM' ? 'v.line_key' : 'v.place_key'
  return sql`SELECT coalesce(${sql.ref(column)}::text, '-') AS key, coalesce(min(i.scope_path), '') AS "sortName", NULL::int AS "staffKey", coalesce(min(i.name), '--') AS name, NULL::text AS "staffNo", '' AS "unitName", count(*)::int AS people,
      sum(v.numerator)::text AS numerator, sum(v.denominator)::text AS denominator, sum(v.facts)::int AS facts
    FROM (SELECT * FROM ${values}) v ${unit(column)} GROUP BY ${sql.ref(column)}`
}

type FactRow = { key: string; kind: string; date: string; customerId: string | null; customerName: string | null; amountFen: string | null; sharePct: string; numerator: string; denominator: string | null; weight: string }

export const listIndicatorRowsRoute = handle(listIndicatorRows, async (tx, { params: { code, staffKey }, query }, { businessDate: day, services }) => {
  const list = `indicator-rows ${code} ${query.month} ${staffKey}`
  const place = readCursor(services.keys.keyring, list, query.cursor)
  if (!place.ok) return place
  const month = monthStart(query.month)
  const value = await tx.maybe(sql<{ numerator: string; denominator: string | null; name: string; version: number; facts: number }>`
    SELECT v.numerator::text, v.denominator::text, p.staff_name AS name, m.version, v.facts FROM indicator_value v JOIN indicator_month m ON m.code = v.code AND m.month = v.month JOIN organisation_staff_facts p ON p.staff_key = v.staff_key
    WHERE v.code = ${code} AND v.month = ${month}::date AND v.staff_key = ${staffKey}`)
  const indicator = value && (await definitionOf(tx, code, value.version, day))
  if (!value || !indicator) return refuse('not-found')
  const after = place.value === null ? sql`` : sql`AND (abs(r.numerator), r.kind || ' ' || r.fact_id || ' ' || r.fact_date) < (${String(place.value[0])}::numeric, ${String(place.value[1])})`
  const rows = await tx.all(sql<FactRow>`
    SELECT r.kind || ' ' || r.fact_id || ' ' || r.fact_date AS key, r.kind, r.fact_date AS date, r.customer_id AS "customerId", k.name AS "customerName", r.amount_fen AS "amountFen", r.share_pct AS "sharePct", r.numerator::text, r.denominator::text, abs(r.numerator)::text AS weight
    FROM indicator_row r LEFT JOIN customers_customer_facts k ON k.customer_id = r.customer_id
    WHERE r.code = ${code} AND r.month = ${month}::date AND r.staff_key = ${staffKey} ${after} ORDER BY abs(r.numerator) DESC, r.kind || ' ' || r.fact_id || ' ' || r.fact_date DESC LIMIT ${query.limit + 1}`)
  const sums = await tx.one(sql<{ numerator: string | null; denominator: string | null }>`SELECT sum(numerator)::text AS numerator, sum(denominator)::text AS denominator FROM indicator_row WHERE code = ${code} AND month = ${month}::date AND staff_key = ${staffKey}`)
  const { shown, nextCursor } = cutPage(services.keys.keyring, list, rows, query.limit, (last) => [last.weight, last.key])
  return ok({
    items: shown.map((row) => ({
      key: row.key, kind: row.kind, date: row.date, customer: row.customerId === null ? null : { id: row.customerId, name: row.customerName }, amountFen: row.amountFen, sharePct: row.sharePct,
      counted: part(indicator.unit, row.numerator), of: row.denominator === null ? null : part(indicator.unit, row.denominator),
    })),
    nextCursor, count: { value: value.facts, exact: true }, name: value.name, indicator, value: valueOf(indicator.unit, value.numerator, value.denominator), sum: sums.numerator === null ? null : valueOf(indicator.unit, sums.numerator, sums.denominator),
  })
})

// A row's own part: money in whole fen, what is counted with two decimals.
const part = (unit: IndicatorUnit, amount: string): string => valueOf(unit === 'PERCENT' ? 'NUMBER' : unit, amount, null) ?? '0'
