import { sql, type Sql, type Transaction } from '../../foundation/database/transaction.ts'
import { bulk } from '../../foundation/store/store.ts'
import { addDays, daysInMonth, monthOf, monthStart, nextMonth, previousMonth } from '../../foundation/values/business-date.ts'
import { newId } from '../../foundation/values/uuid7.ts'
import { findMissingPrice } from './find-missing-price.ts'
import { makeUpProfitSums, refreshProfitSums } from './refresh-profit-sums.ts'

export const parameterNames = ['demandRate', 'depInsRate', 'vatRate', 'surchargeRate', 'pdCorporate', 'pdPerson', 'lgd', 'riskWeightCorporate', 'riskWeightPerson', 'capitalRatio', 'hurdleRate', 'taxRate', 'taxOnLoss', 'transactionCost', 'contactCost'] as const
export type ParameterName = (typeof parameterNames)[number]
export type ValueParameters = Record<ParameterName, string>

/** The parameters in force on a day, as exact decimals. */
export async function readParameters(tx: Transaction, day: string): Promise<ValueParameters> {
  const rows = await tx.all(sql<{ name: ParameterName; value: string }>`SELECT DISTINCT ON (name) name, value::text AS value FROM value_parameter WHERE from_date <= ${day} ORDER BY name, from_date DESC`)
  const found = new Map(rows.map((row) => [row.name, row.value]))
  return Object.fromEntries(parameterNames.map((name) => {
    const value = found.get(name)
    if (value === undefined) throw new Error(`no parameter ${name} on ${day}`)
    return [name, value]
  })) as ValueParameters
}

/** What no ledger of the bank tells: never counted, and said so. */
const neverThere = ['BILLS', 'WEALTH_FEES'] as const

/**
 * Works out the contribution of every customer in a month (2.9) by statements over published facts: lines with the rates that were used, then the customer's row. Who has one keeps it;
 * `again` works out everybody anew (prices were wrong, customers came with a past). Null: a price of funds that the month needs is not there, nothing is worked out.
 */
export async function workOutMonth(tx: Transaction, { month, today, again = false }: { month: string; today: string; again?: boolean }): Promise<{ customers: number } | null> {
  const { currency, priced } = await tx.one(sql<{ currency: string; priced: boolean }>`SELECT currency, EXISTS (SELECT FROM ftp_price p WHERE p.currency = bank.currency AND p.side = 'BID' AND p.term_months = 0 AND p.from_date <= ${monthStart(month)}) AS priced FROM bank`)
  // a product without its price would be left out in silence: the month is not worked out by halves
  if (!priced || (await findMissingPrice(tx, month))) return null
  const batch = newId()
  const why = `value of ${month}`
  const first = monthStart(month)
  const end = monthStart(nextMonth(month))
  const days = daysInMonth(month)
  const p = await readParameters(tx, first)
  const shared = { why, batch, about: { month } }
  if (again) {
    await bulk(tx, { ...shared, table: 'contribution_line', what: 'remove', alias: 'l', statement: sql`DELETE FROM contribution_line l WHERE l.month_start = ${first}` })
    await bulk(tx, { ...shared, table: 'contribution', what: 'remove', alias: 'c', statement: sql`DELETE FROM contribution c WHERE c.month_start = ${first}` })
    await bulk(tx, { ...shared, table: 'value_month', what: 'remove', alias: 'v', statement: sql`DELETE FROM value_month v WHERE v.month_start = ${first}` })
  }
  await tx.run(sql`SET LOCAL enable_nestloop = off`)
  await bulk(tx, { ...shared, table: 'contribution_line', what: 'add', sums: ['amount_fen'], statement: linesOf({ first, end, days, currency, p, batch }) })
  const { count } = await bulk(tx, { ...shared, table: 'contribution', what: 'add', sums: ['pre_tax_fen', 'eva_fen'], statement: customersOf({ first, end, days, currency, p, batch }) })
  await tx.run(sql`SET LOCAL enable_nestloop = on`)
  const { fees } = await tx.one(sql<{ fees: boolean }>`SELECT EXISTS (SELECT FROM contribution_line WHERE month_start = ${first} AND kind = 'FEES') AS fees`)
  const missing = [...neverThere, ...(fees ? [] : ['FEES'])]
  await bulk(tx, { ...shared, table: 'value_month', what: 'remove', alias: 'v', statement: sql`DELETE FROM value_month v WHERE v.month_start = ${first}` })
  await bulk(tx, {
    ...shared, table: 'value_month', what: 'add',
    statement: sql`INSERT INTO value_month (month_start, days, computed_on, customers, parameters, missing, batch_id)
      SELECT ${first}, ${days}, ${today}, count(*), ${JSON.stringify(p)}::jsonb, ${missing}::text[], ${batch} FROM contribution WHERE month_start = ${first}`,
  })
  if (count > 0) await refreshProfitSums(tx, month, batch)
  return { customers: count }
}

/** The last full month, when it is not there yet: what the night's load asks for. Earlier months are asked for by a person. */
export async function workOutLastMonth(tx: Transaction, day: string): Promise<void> {
  const month = previousMonth(monthOf(day))
  if (!(await tx.maybe(sql`SELECT 1 FROM value_month WHERE month_start = ${monthStart(month)}`))) await workOutMonth(tx, { month, today: day })
  await makeUpProfitSums(tx, newId())
}

type Month = { first: string; end: string; days: number; currency: string; p: ValueParameters; batch: string }

// a quotient keeps 30 decimals before it is rounded: with fewer a value just below half a fen could be rounded twice
const per360 = (days: number): Sql => sql`* ${days}::numeric / 360::numeric(40,30)`
const overlap = (table: string, { first, end }: Month): Sql => sql`(least(coalesce(${sql.ref(`${table}.to_date`)}, ${end}::date), ${end}::date) - greatest(${sql.ref(`${table}.from_date`)}, ${first}::date))`
const within = (table: string, { first, end }: Month): Sql => sql`${sql.ref(`${table}.from_date`)} < ${end}::date AND (${sql.ref(`${table}.to_date`)} IS NULL OR ${sql.ref(`${table}.to_date`)} > ${first}::date)`
const whoHasNone = (customer: Sql, first: string): Sql => sql`NOT EXISTS (SELECT FROM contribution c WHERE c.customer_id = ${customer} AND c.month_start = ${first})`

/** Prices with the terms for which they hold: a term takes the price of the next longer one, the longest takes all beyond. */
const prices = (currency: string): Sql => sql`
  price AS (
    SELECT side, term_months, rate, from_date, lead(from_date) OVER (PARTITION BY side, term_months ORDER BY from_date) AS until FROM ftp_price WHERE currency = ${currency}),
  step AS (
    SELECT side, term_months, lag(term_months, 1, -1) OVER w AS above, lead(term_months) OVER w IS NULL AS longest
    FROM (SELECT DISTINCT side, term_months FROM ftp_price WHERE currency = ${currency}) t WINDOW w AS (PARTITION BY side ORDER BY term_months)),
  tariff AS (SELECT p.side, p.term_months, p.rate, p.from_date, p.until, s.above, CASE WHEN s.longest THEN 10000 ELSE s.term_months END AS up_to FROM price p JOIN step s USING (side, term_months))`

function linesOf(month: Month): Sql {
  const { first, end, days, currency, p, batch } = month
  const tariffOf = (side: 'BID' | 'OFFER', term: Sql, day: Sql): Sql => sql`t.side = ${side} AND ${term} > t.above AND ${term} <= t.up_to AND t.from_date <= ${day} AND (t.until IS NULL OR t.until > ${day})`
  const months = (from: Sql, to: Sql): Sql => sql`(extract(year FROM age(${to}, ${from})) * 12 + extract(month FROM age(${to}, ${from})))::int`
  return sql`
    WITH ${prices(currency)},
    balance AS MATERIALIZED (
      SELECT b.customer_id, b.account_id, sum(b.balance_fen::numeric * ${overlap('b', month)}) AS fen_days
      FROM holdings_balance_facts b WHERE b.line = 'DEPOSIT' AND b.currency = ${currency} AND ${within('b', month)} AND ${whoHasNone(sql`b.customer_id`, first)} GROUP BY b.customer_id, b.account_id),
    deposit AS MATERIALIZED (
      SELECT customer_id, product_code, rate, ftp_rate, term, price_from, round(sum(fen_days) / ${days}::numeric(40,30)) AS adb FROM (
        SELECT b.customer_id, a.product_code, b.fen_days, coalesce(a.rate, ${p.demandRate}::numeric) AS rate, d.rate AS ftp_rate, 0 AS term, d.from_date AS price_from
        FROM balance b JOIN holdings_account_facts a ON a.customer_id = b.customer_id AND a.account_id = b.account_id
        CROSS JOIN (SELECT rate, from_date FROM price WHERE side = 'BID' AND term_months = 0 AND from_date <= ${first} ORDER BY from_date DESC LIMIT 1) d
        WHERE a.matures_on IS NULL
        UNION ALL
        SELECT b.customer_id, a.product_code, b.fen_days, a.rate, t.rate, t.term_months, t.from_date
        FROM balance b JOIN holdings_account_facts a ON a.customer_id = b.customer_id AND a.account_id = b.account_id
        JOIN tariff t ON ${tariffOf('BID', months(sql`a.opened_on`, sql`a.matures_on`), sql`a.opened_on`)} AND t.term_months > 0
        WHERE a.matures_on IS NOT NULL AND a.rate IS NOT NULL) x
      GROUP BY customer_id, product_code, rate, ftp_rate, term, price_from HAVING round(sum(fen_days) / ${days}::numeric(40,30)) <> 0),
    insured AS (
      SELECT customer_id, round(sum(fen_days) / ${days}::numeric(40,30)) AS adb FROM balance GROUP BY customer_id HAVING round(sum(fen_days) / ${days}::numeric(40,30)) > 0),
    owed AS MATERIALIZED (
      SELECT l.customer_id, l.product_code, l.rate, t.rate AS ftp_rate, t.term_months AS term, t.from_date AS price_from, round(sum(s.principal_fen::numeric * ${overlap('s', month)}) / ${days}::numeric(40,30)) AS adb
      FROM holdings_loan_span_facts s JOIN holdings_loan_facts l ON l.customer_id = s.customer_id AND l.loan_id = s.loan_id
      JOIN tariff t ON ${tariffOf('OFFER', sql`l.term_months`, sql`l.paid_out_on`)}
      WHERE l.currency = ${currency} AND l.rate IS NOT NULL AND ${within('s', month)} AND ${whoHasNone(sql`s.customer_id`, first)}
      GROUP BY l.customer_id, l.product_code, l.rate, t.rate, t.term_months, t.from_date HAVING round(sum(s.principal_fen::numeric * ${overlap('s', month)}) / ${days}::numeric(40,30)) <> 0),
    interest AS (SELECT customer_id, sum(round(adb * rate ${per360(days)})) AS gross, sum(adb) AS adb FROM owed GROUP BY customer_id),
    booked AS MATERIALIZED (
      SELECT t.customer_id, count(*)::int AS times, coalesce(sum(t.amount_fen) FILTER (WHERE t.kind = 'FEE' AND t.direction = 'OUT'), 0)::numeric AS fees
      FROM holdings_transaction_facts t JOIN holdings_account_facts a ON a.customer_id = t.customer_id AND a.account_id = t.account_id
      WHERE t.booked_on >= ${first} AND t.booked_on < ${end} AND a.currency = ${currency} AND ${whoHasNone(sql`t.customer_id`, first)} GROUP BY t.customer_id),
    met AS (SELECT customer_id, count(*)::int AS times FROM visits_contact_facts f WHERE business_date >= ${first} AND business_date < ${end} AND ${whoHasNone(sql`f.customer_id`, first)} GROUP BY customer_id),
    taxed AS (
      SELECT customer_id, gross, vat, round(vat * ${p.surchargeRate}::numeric) AS surcharge, own FROM (
        SELECT customer_id, gross, round(gross * ${p.vatRate}::numeric / (1 + ${p.vatRate}::numeric)::numeric(40,30)) AS vat, 'LOAN' AS own FROM interest
        UNION ALL SELECT customer_id, fees, round(fees * ${p.vatRate}::numeric / (1 + ${p.vatRate}::numeric)::numeric(40,30)), 'FEE' FROM booked WHERE fees > 0) g),
    line AS (
      SELECT customer_id, 1 AS place, 'DEPOSIT' AS kind, product_code, adb AS base, NULL::int AS times, rate, ftp_rate, 'BID' AS side, term, price_from, round(adb * (ftp_rate - rate) ${per360(days)}) AS amount FROM deposit
      UNION ALL SELECT customer_id, 2, 'DEPOSIT_INSURANCE', NULL, adb, NULL, ${p.depInsRate}::numeric, NULL, NULL, NULL, NULL, -round(adb * ${p.depInsRate}::numeric ${per360(days)}) FROM insured
      UNION ALL SELECT customer_id, 3, 'LOAN_INTEREST', product_code, adb, NULL, rate, NULL, NULL, NULL, NULL, round(adb * rate ${per360(days)}) FROM owed
      UNION ALL SELECT customer_id, 4, 'LOAN_FUNDING', product_code, adb, NULL, NULL, ftp_rate, 'OFFER', term, price_from, -round(adb * ftp_rate ${per360(days)}) FROM owed
      UNION ALL SELECT customer_id, CASE own WHEN 'LOAN' THEN 5 ELSE 9 END, own || '_VAT', NULL, gross, NULL, ${p.vatRate}::numeric, NULL, NULL, NULL, NULL, -vat FROM taxed
      UNION ALL SELECT customer_id, CASE own WHEN 'LOAN' THEN 6 ELSE 10 END, own || '_SURCHARGE', NULL, vat, NULL, ${p.surchargeRate}::numeric, NULL, NULL, NULL, NULL, -surcharge FROM taxed
      UNION ALL SELECT i.customer_id, 7, 'EXPECTED_LOSS', NULL, i.adb, NULL, ${pdOf(p)} * ${p.lgd}::numeric, NULL, NULL, NULL, NULL, -round(i.adb * ${pdOf(p)} * ${p.lgd}::numeric ${per360(days)})
        FROM interest i JOIN customer k ON k.customer_id = i.customer_id
      UNION ALL SELECT customer_id, 8, 'FEES', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, fees FROM booked WHERE fees > 0
      UNION ALL SELECT customer_id, 11, 'TRANSACTIONS', NULL, NULL, times, NULL, NULL, NULL, NULL, NULL, -round(times * ${p.transactionCost}::numeric * 100) FROM booked
      UNION ALL SELECT customer_id, 12, 'CONTACTS', NULL, NULL, times, NULL, NULL, NULL, NULL, NULL, -round(times * ${p.contactCost}::numeric * 100) FROM met)
    INSERT INTO contribution_line (customer_id, month_start, part, kind, product_code, base_fen, times, rate, ftp_rate, price_side, price_term, price_from, amount_fen, batch_id)
    SELECT customer_id, ${first}, row_number() OVER (PARTITION BY customer_id ORDER BY place, product_code, rate, term, price_from), kind, product_code, base, times, rate, ftp_rate, side, term, price_from, amount, ${batch} FROM line`
}

const pdOf = (p: ValueParameters): Sql => sql`CASE k.kind WHEN 'CORPORATE' THEN ${p.pdCorporate}::numeric ELSE ${p.pdPerson}::numeric END`

/** From the lines to the customer: tax, capital, EVA. Everybody who is a customer in the month has a row, without lines one of zeros. */
function customersOf({ first, end, days, currency, p, batch }: Month): Sql {
  const weight = sql`CASE k.kind WHEN 'CORPORATE' THEN ${p.riskWeightCorporate}::numeric ELSE ${p.riskWeightPerson}::numeric END`
  const lastDay = addDays(end, -1)
  return sql`
    WITH summed AS (
      SELECT customer_id, sum(amount_fen) AS pre_tax, coalesce(sum(base_fen) FILTER (WHERE kind = 'DEPOSIT_INSURANCE'), 0) AS deposit_adb, coalesce(sum(base_fen) FILTER (WHERE kind = 'LOAN_INTEREST'), 0) AS loan_adb
      FROM contribution_line WHERE month_start = ${first} AND batch_id = ${batch} GROUP BY customer_id),
    gap AS (
      SELECT customer_id, array_agg(DISTINCT gap ORDER BY gap) AS missing FROM (
        SELECT customer_id, 'LOAN_RATE' AS gap FROM holdings_loan_facts WHERE rate IS NULL AND currency = ${currency} AND paid_out_on < ${end} AND (settled_on IS NULL OR settled_on > ${first})
        UNION ALL SELECT customer_id, 'TIME_RATE' FROM holdings_account_facts WHERE line = 'DEPOSIT' AND rate IS NULL AND matures_on IS NOT NULL AND currency = ${currency} AND opened_on < ${end} AND (closed_on IS NULL OR closed_on > ${first})
        UNION ALL SELECT customer_id, 'FOREIGN' FROM holdings_account_facts WHERE currency <> ${currency} AND opened_on < ${end} AND (closed_on IS NULL OR closed_on > ${first})) g GROUP BY customer_id)
    INSERT INTO contribution (customer_id, month_start, days, deposit_adb_fen, loan_adb_fen, pre_tax_fen, tax_fen, net_fen, capital_fen, charge_fen, eva_fen, missing, batch_id)
    SELECT customer_id, ${first}, ${days}, deposit_adb, loan_adb, pre_tax, -tax, pre_tax - tax, round(weighted * ${p.capitalRatio}::numeric), -charge, pre_tax - tax - charge, missing, ${batch}
    FROM (
      SELECT k.customer_id, coalesce(s.deposit_adb, 0) AS deposit_adb, coalesce(s.loan_adb, 0) AS loan_adb, coalesce(s.pre_tax, 0) AS pre_tax, w.weighted, coalesce(g.missing, '{}') AS missing,
        CASE WHEN s.pre_tax > 0 OR ${p.taxOnLoss}::numeric > 0 THEN round(coalesce(s.pre_tax, 0) * ${p.taxRate}::numeric) ELSE 0 END AS tax,
        round(w.weighted * ${p.capitalRatio}::numeric * ${p.hurdleRate}::numeric ${per360(days)}) AS charge
      FROM customer k LEFT JOIN summed s ON s.customer_id = k.customer_id LEFT JOIN gap g ON g.customer_id = k.customer_id
      CROSS JOIN LATERAL (SELECT coalesce(s.loan_adb, 0) * ${weight} AS weighted) w
      WHERE k.status <> 'PROSPECT' AND k.merged_into IS NULL AND (k.opened_on IS NULL OR k.opened_on <= ${lastDay}) AND ${whoHasNone(sql`k.customer_id`, first)}) x`
}
