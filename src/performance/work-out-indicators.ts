import { sql, type Transaction } from '../foundation/database/transaction.ts'
import type { Services } from '../foundation/http/route.ts'
import type { JobKind, OnProgress } from '../foundation/jobs/run-job.ts'
import { add, bulk, change } from '../foundation/store/store.ts'
import { addDays, monthOf, monthStart, nextMonth, previousMonth } from '../foundation/values/business-date.ts'
import { newId } from '../foundation/values/uuid7.ts'
import { indicatorTerms } from './indicator.contract.ts'
import { windowOf } from './indicator.rules.ts'
import { rowsOfIndicator, type Measured } from './measure-indicator.ts'

export type WorkedIndicator = { code: string; month: string; version: number; people: number; facts: number; hash: string; unchanged: boolean }

/**
 * Works out an indicator for a month by the version in force at its end: the rows behind it and each person's value, the month as a whole. Twice gives the same. Null: no version is in force, or the month has not begun.
 */
export async function workOutIndicator(tx: Transaction, code: string, month: string): Promise<WorkedIndicator | null> {
  const [first, next] = [monthStart(month), monthStart(nextMonth(month))]
  const bank = await tx.one(sql<{ currency: string; business_date: string }>`SELECT currency, business_date FROM bank`)
  const version = await tx.maybe(sql<{ version: number; terms: unknown }>`SELECT version, terms FROM indicator WHERE code = ${code} AND from_date < ${next}::date AND (to_date IS NULL OR to_date >= ${next}::date)`)
  if (!version || first > bank.business_date) return null
  // two at once for one indicator and month wait for each other
  await tx.run(sql`SELECT pg_advisory_xact_lock(hashtextextended(${`indicator ${code} ${month}`}, 12))`)
  const given: Measured = { code, terms: indicatorTerms.parse(version.terms), month, today: bank.business_date, currency: bank.currency }
  const asOf = addDays(windowOf(given.terms.window, month, bank.business_date).to, -1)
  const batch = newId()
  const why = `indicator ${code} ${month}`
  const about = { code, month }
  await bulk(tx, { table: 'indicator_row', what: 'remove', why, batch, about, statement: sql`DELETE FROM indicator_row WHERE code = ${code} AND month = ${first}::date` })
  await bulk(tx, { table: 'indicator_value', what: 'remove', why, batch, about, statement: sql`DELETE FROM indicator_value WHERE code = ${code} AND month = ${first}::date` })
  // the line and place of each person on the last day that counts: of leavers the last they had
  const places = sql`SELECT DISTINCT ON (staff_key) staff_key, line_path, line_key, place_key FROM organisation_post_facts WHERE from_date <= ${asOf}::date ORDER BY staff_key, from_date DESC, main DESC, post_key`
  await bulk(tx, {
    table: 'indicator_row', what: 'add', why, batch, about, sums: ['numerator'],
    statement: sql`INSERT INTO indicator_row (code, month, staff_key, fact_id, kind, fact_date, scope_path, customer_id, amount_fen, share_pct, numerator, denominator)
      SELECT ${code}, ${first}::date, r.staff_key, r.fact_id, r.kind, r.fact_date, coalesce(p.line_path, ''), r.customer_id, r.amount_fen, r.share_pct, r.numerator, r.denominator
      FROM (${rowsOfIndicator(given)}) r LEFT JOIN (${places}) p ON p.staff_key = r.staff_key`,
  })
  await bulk(tx, {
    table: 'indicator_value', what: 'add', why, batch, about, sums: ['numerator'],
    statement: sql`INSERT INTO indicator_value (code, month, staff_key, scope_path, line_key, place_key, numerator, denominator, facts)
      SELECT r.code, r.month, r.staff_key, min(r.scope_path), min(p.line_key), min(p.place_key), sum(r.numerator), sum(r.denominator), count(*)::int
      FROM indicator_row r LEFT JOIN (${places}) p ON p.staff_key = r.staff_key WHERE r.code = ${code} AND r.month = ${first}::date GROUP BY r.code, r.month, r.staff_key`,
  })
  const sums = await tx.one(sql<{ people: number; facts: number; hash: string }>`
    SELECT count(*)::int AS people, coalesce(sum(facts), 0)::int AS facts, md5(coalesce(string_agg(staff_key || ' ' || trim_scale(numerator) || ' ' || coalesce(trim_scale(denominator)::text, '-') || ' ' || facts, ',' ORDER BY staff_key), '')) AS hash
    FROM indicator_value WHERE code = ${code} AND month = ${first}::date`)
  const known = await tx.maybe(sql<{ hash: string; version: number; as_of: string }>`SELECT hash, version, as_of FROM indicator_month WHERE code = ${code} AND month = ${first}::date`)
  const kept = { version: version.version, as_of: asOf, people: sums.people, facts: sums.facts, hash: sums.hash, computed_on: bank.business_date }
  if (known) await change(tx, 'indicator_month', { code, month: first }, kept, { why })
  else await add(tx, 'indicator_month', { code, month: first, ...kept }, { why })
  return { code, month, version: version.version, ...sums, unchanged: known?.hash === sums.hash }
}

/** Every indicator in force, or one, for the months asked for, the oldest first; each in a transaction of its own. */
export async function workOutIndicators(services: Pick<Services, 'db'>, { months, code, onProgress }: { months: readonly string[]; code?: string; onProgress?: OnProgress }): Promise<{ worked: number; facts: number }> {
  const codes = code === undefined ? (await services.db.asBatch((tx) => tx.all(sql<{ code: string }>`SELECT DISTINCT code FROM indicator ORDER BY code`))).map((row) => row.code) : [code]
  let [worked, facts, place] = [0, 0, 0]
  for (const month of [...months].sort()) {
    for (const one of codes) {
      await onProgress?.(`指标 ${one} ${month} / indicator ${one} ${month}`, place, months.length * codes.length)
      const found = await services.db.asBatch((tx) => workOutIndicator(tx, one, month))
      place += 1
      if (!found) continue
      worked += 1
      facts += found.facts
    }
  }
  await onProgress?.('指标 完成 / indicators done', place, months.length * codes.length)
  return { worked, facts }
}

/** The running month and the one before it: what a page shows first. */
export const shownMonths = (today: string): string[] => [previousMonth(monthOf(today)), monthOf(today)]

/** What a page asks for, and what follows a confirmed definition. */
export const indicatorsJob: JobKind = {
  kind: 'indicators',
  async run(services, params, onProgress) {
    const { months, code } = params as { months: string[]; code?: string }
    return workOutIndicators(services, { months, ...(code === undefined ? {} : { code }), onProgress })
  },
}
