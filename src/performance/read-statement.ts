import { sql, type Sql, type Transaction } from '../foundation/database/transaction.ts'
import { cutPage, readCursor } from '../foundation/http/cursor.ts'
import type { Keyring } from '../foundation/secrets/keyring.ts'
import { daysInMonth, monthOf, monthStart } from '../foundation/values/business-date.ts'
import { exact, roundHalfUp } from '../foundation/values/decimal.ts'
import { ok, refuse, type Outcome } from '../foundation/values/outcome.ts'
import { readSplit } from './statement/read-split.ts'
import type { FactShown, LineShown, StatementShown } from './statement.contract.ts'

type StatementRow = {
  run_id: string; month: string; scheme_code: string; scheme_version: number; scheme_from: string; scheme_kind: 'POINTS' | 'BLOCKS' | 'SUPPORT'; scheme_name: string; scheme_name_en: string; currency: string; settled_on: string; stale: boolean; closed: boolean
  staff_no: string; staff_name: string; unit_name: string | null; points: string; payable_fen: string; carry_in_fen: string; carry_out_fen: string; before_carry_fen: string
  steps: StatementShown['steps']; set_off: StatementShown['setOff']; carry_out: StatementShown['carryOut']; expired: StatementShown['expired']
}

/** Of the statements `s` of a month `m`: that of the post which the person holds at its end stands first. */
export const presentFirst = sql`EXISTS (SELECT FROM organisation_post_facts h WHERE h.staff_key = s.staff_key AND h.post_code = s.post_code AND h.line_path = s.scope_path AND h.from_date < (m.month + interval '1 month')::date
  AND (h.to_date IS NULL OR h.to_date >= (m.month + interval '1 month')::date)) DESC, m.scheme_code`

/** The statement of a person and month (the last one without a month; of several schemes the one that is asked for, else that of his post at the month's end), as far as the role of the transaction may read it; null when there is none. */
export async function readStatement(tx: Transaction, staffKey: number, month: string | undefined, scheme?: string | undefined): Promise<StatementShown | null> {
  const row = await tx.maybe(sql<StatementRow>`
    SELECT s.run_id, m.month, m.scheme_code, r.scheme_version, k.from_date AS scheme_from, k.kind AS scheme_kind, k.name AS scheme_name, k.name_en AS scheme_name_en, r.currency, r.settled_on, m.stale, c.run_id IS NOT NULL AS closed,
      p.staff_no, p.staff_name, i.name AS unit_name, s.points, s.payable_fen, s.carry_in_fen, s.carry_out_fen, s.before_carry_fen, s.steps, s.set_off, s.carry_out, s.expired
    FROM pay_statement s JOIN settled_month m ON m.run_id = s.run_id JOIN settlement_run r ON r.id = s.run_id JOIN scheme k ON k.code = r.scheme_code AND k.version = r.scheme_version
    JOIN organisation_staff_facts p ON p.staff_key = s.staff_key
    LEFT JOIN closed_month c ON c.month = m.month AND c.scheme_code = m.scheme_code
    LEFT JOIN organisation_institution_facts i ON i.scope_path = s.scope_path AND i.from_date < (m.month + interval '1 month')::date AND (i.to_date IS NULL OR i.to_date >= (m.month + interval '1 month')::date)
    WHERE s.staff_key = ${staffKey} ${scheme === undefined ? sql`` : sql`AND m.scheme_code = ${scheme}`}
      AND m.month = ${month === undefined ? sql`(SELECT max(n.month) FROM pay_statement o JOIN settled_month n ON n.run_id = o.run_id WHERE o.staff_key = ${staffKey} ${scheme === undefined ? sql`` : sql`AND n.scheme_code = ${scheme}`})` : sql`${monthStart(month)}::date`}
    ORDER BY ${presentFirst} LIMIT 1`)
  if (!row) return null
  const lines = await tx.all(sql<LineRow>`SELECT * FROM pay_line WHERE run_id = ${row.run_id} AND staff_key = ${staffKey} ORDER BY place`)
  const months = await tx.all(sql<{ month: string; payableFen: string; points: string | null }>`
    SELECT to_char(m.month, 'YYYY-MM') AS month, sum(s.payable_fen)::text AS "payableFen", sum(s.points) FILTER (WHERE m.scheme_code = ${row.scheme_code}) AS points FROM pay_statement s JOIN settled_month m ON m.run_id = s.run_id
    WHERE s.staff_key = ${staffKey} GROUP BY m.month ORDER BY m.month DESC LIMIT 24`)
  return {
    person: { staffKey, staffNo: row.staff_no, name: row.staff_name, unitName: row.unit_name ?? '' }, month: monthOf(row.month),
    scheme: { code: row.scheme_code, version: row.scheme_version, from: row.scheme_from, name: row.scheme_name, nameEn: row.scheme_name_en, kind: row.scheme_kind }, currency: row.currency,
    state: row.closed ? 'CLOSED' : row.stale ? 'STALE' : 'SETTLED', settledOn: row.settled_on, points: row.points, payableFen: row.payable_fen, carryInFen: row.carry_in_fen, carryOutFen: row.carry_out_fen,
    beforeCarryFen: row.before_carry_fen, steps: row.steps, lines: lines.map(shownLine), setOff: row.set_off, carryOut: row.carry_out, expired: row.expired, months: months.reverse(),
    split: await readSplit(tx, staffKey, monthOf(row.month)),
  }
}

type LineRow = {
  run_id: string; place: number; code: string; quantity: string | null; unit_fen: string | null; each: string | null; measured_fen: string | null; points: string | null; money_fen: string | null; facts: number; by_form: boolean
  corrects_month: string | null; corrects_code: string | null; detail: Record<string, string | null>; why: string | null
}
function shownLine(row: LineRow): LineShown {
  return {
    place: row.place, code: row.code, quantity: row.quantity, unitFen: row.unit_fen, each: row.each, measuredFen: row.measured_fen, points: row.points, moneyFen: row.money_fen, facts: row.facts, byForm: row.by_form,
    correctsMonth: row.corrects_month === null ? null : monthOf(row.corrects_month), correctsCode: row.corrects_code, detail: row.detail, why: row.why,
  }
}

export type FactsAsked = { staffKey: number; month: string; scheme?: string | undefined; place: number; cursor?: string; limit: number; namesOfCustomers: boolean }
export type FactsPage = { items: FactShown[]; nextCursor: string | null; count: { value: number; exact: boolean } | null }
type FactRow = {
  fact_id: string; line_code: string; kind: FactShown['kind']; of_month: string; fact_date: string | null; customer_id: string | null; customer_name: string | null; customer_number: string | null; amount_fen: string | null
  share_pct: string | null; held_days: number | null; fen_days: string | null; share_days: string | null; points: string | null; money_fen: string | null; value: string | null; why: string | null; note: string | null; weight: string; numerator: string | null; denominator: string | null
}

/** The facts behind a line, the largest first. A role that may not list customers sees no names. */
export async function readFacts(tx: Transaction, keyring: Keyring, asked: FactsAsked): Promise<Outcome<FactsPage>> {
  const line = await tx.maybe(sql<LineRow>`
    SELECT l.* FROM pay_statement s JOIN settled_month m ON m.run_id = s.run_id LEFT JOIN pay_line l ON l.run_id = s.run_id AND l.staff_key = s.staff_key AND l.place = ${asked.place}
    WHERE s.staff_key = ${asked.staffKey} AND m.month = ${monthStart(asked.month)}::date ${asked.scheme === undefined ? sql`` : sql`AND m.scheme_code = ${asked.scheme}`} ORDER BY ${presentFirst} LIMIT 1`)
  if (!line?.run_id) return refuse('not-found')
  const list = `statement-facts ${asked.staffKey} ${asked.month} ${asked.scheme ?? ''} ${asked.place}`
  const place = readCursor(keyring, list, asked.cursor)
  if (!place.ok) return place
  const after = place.value === null ? sql`` : sql`AND (coalesce(abs(f.amount_fen), 0), f.fact_id) < (${String(place.value[0])}::bigint, ${String(place.value[1])}::uuid)`
  const named = asked.namesOfCustomers ? sql`LEFT JOIN customers_customer_facts k ON k.customer_id = f.customer_id` : sql`LEFT JOIN (SELECT NULL::uuid AS customer_id, NULL::text AS name, NULL::text AS number) k ON false`
  const rows = await tx.all(sql<FactRow>`
    SELECT f.fact_id, f.line_code, f.kind, f.of_month, f.fact_date, f.customer_id, k.name AS customer_name, k.number AS customer_number, f.amount_fen, f.share_pct, f.held_days, f.fen_days, f.share_days, f.points, f.money_fen,
      f.value, f.why, f.note, trim_scale(f.numerator)::text AS numerator, trim_scale(f.denominator)::text AS denominator, coalesce(abs(f.amount_fen), 0) AS weight
    FROM pay_fact f ${named}
    WHERE f.run_id = ${line.run_id} AND f.staff_key = ${asked.staffKey} AND ${factsOfLine(line, asked.month)} ${after}
    ORDER BY coalesce(abs(f.amount_fen), 0) DESC, f.fact_id DESC LIMIT ${asked.limit + 1}`)
  const { shown, nextCursor } = cutPage(keyring, list, rows, asked.limit, (last) => [last.weight, last.fact_id])
  return ok({ items: shown.map((row) => shownFact(row, line.detail['unit'] ?? null)), nextCursor, count: { value: line.facts, exact: true } })
}

/** Every fact of a statement up to so many, line after line, the largest first. */
export async function readEveryFact(tx: Transaction, { person, month, scheme, lines }: StatementShown, limit: number, namesOfCustomers: boolean): Promise<FactShown[]> {
  const named = namesOfCustomers ? sql`LEFT JOIN customers_customer_facts k ON k.customer_id = f.customer_id` : sql`LEFT JOIN (SELECT NULL::uuid AS customer_id, NULL::text AS name, NULL::text AS number) k ON false`
  const rows = await tx.all(sql<FactRow>`
    SELECT f.fact_id, f.line_code, f.kind, f.of_month, f.fact_date, f.customer_id, k.name AS customer_name, k.number AS customer_number, f.amount_fen, f.share_pct, f.held_days, f.fen_days, f.share_days, f.points, f.money_fen,
      f.value, f.why, f.note, trim_scale(f.numerator)::text AS numerator, trim_scale(f.denominator)::text AS denominator, '0' AS weight
    FROM pay_fact f JOIN settled_month m ON m.run_id = f.run_id AND m.month = ${monthStart(month)}::date AND m.scheme_code = ${scheme.code} ${named}
    WHERE f.staff_key = ${person.staffKey} ORDER BY array_position(${lines.map((line) => line.correctsCode ?? line.code)}::text[], replace(f.line_code, '.START', '')), f.line_code, f.of_month, coalesce(abs(f.amount_fen), 0) DESC, f.fact_id LIMIT ${limit}`)
  const units = new Map(lines.map((line) => [line.correctsCode ?? line.code, line.detail['unit'] ?? null]))
  return rows.map((row) => shownFact(row, units.get(row.line_code.replace(/\.START$/, '')) ?? null))
}

function factsOfLine(line: LineRow, month: string): Sql {
  if (line.code === 'CORRECTION' && line.detail['appealId'] != null) return sql`f.line_code = 'APPEAL' AND f.fact_id = ${line.detail['appealId']}::uuid`
  if (line.code === 'CORRECTION' && line.detail['itemId'] != null) return sql`f.line_code = ${line.detail['kind'] ?? ''} AND f.fact_id = ${line.detail['itemId']}::uuid`
  if (line.code === 'CORRECTION') return sql`f.line_code IN (${line.corrects_code}, ${`${line.corrects_code}.START`}) AND f.of_month = ${line.corrects_month}::date`
  if (/^([0-9]+#)?NET_GROWTH$/.test(line.code)) return sql`f.line_code IN (${line.code}, ${`${line.code}_END`}, ${`${line.code}_START`})`
  if (line.code === 'REFUND') return sql`f.line_code = 'REFUND'`
  if (line.detail['unit'] != null) return sql`f.line_code IN (${line.code}, ${`${line.code}.START`}) AND f.of_month = ${monthStart(month)}::date`
  return sql`f.line_code = ${line.code} AND f.of_month = ${monthStart(month)}::date`
}

function shownFact(row: FactRow, unit: string | null): FactShown {
  const days = daysInMonth(row.of_month)
  // a stock counts its average with share and days held; an event its amount with the share
  const counted = row.numerator !== null ? (unit === 'FEN' ? roundHalfUp(exact(row.numerator), 0).toFixed(0) : null) : row.fen_days !== null && row.share_days !== null
    ? roundHalfUp(exact(row.fen_days).times(exact(row.share_days)).div(100 * days * days), 0).toFixed(0)
    : row.amount_fen !== null && row.share_pct !== null ? roundHalfUp(exact(row.amount_fen).times(exact(row.share_pct)).div(100), 0).toFixed(0) : null
  return {
    factId: row.fact_id, line: row.line_code, kind: row.kind, ofMonth: monthOf(row.of_month), date: row.fact_date, customer: row.customer_id === null ? null : { id: row.customer_id, name: row.customer_name, number: row.customer_number },
    amountFen: row.amount_fen, sharePct: row.share_pct, heldDays: row.held_days, countedFen: counted, points: row.points, moneyFen: row.money_fen, value: row.numerator === null || unit === 'FEN' ? row.value : row.numerator, why: row.why, note: row.note,
  }
}

/** Months that are settled, newest first, at most 36. */
export async function settledMonths(tx: Transaction): Promise<string[]> {
  return (await tx.all(sql<{ month: string }>`SELECT DISTINCT to_char(month, 'YYYY-MM') AS month FROM settled_month ORDER BY month DESC LIMIT 36`)).map(({ month }) => month)
}
