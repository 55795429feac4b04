import { sql, type Sql } from '../foundation/database/transaction.ts'
import { addDays } from '../foundation/values/business-date.ts'
import type { Condition, IndicatorTerms } from './indicator.contract.ts'
import { sourceKinds, windowOf } from './indicator.rules.ts'

/**
 * `whole`: everything of the source as if one held it all. `span`: other days than the window of the definition, for a scheme that pays by quarter, half year or year; averages are over `days`, and `times` of it counts (a post of the year is held against its own days' share of the year's target: mean of its days × its days ÷ days of the year). `heldOn`: of a growth, whose the stock is from which it is counted (the first
 * day in a post, not the day before it). */
export type Measured = { code: string; terms: IndicatorTerms; month: string; today: string; currency: string; span?: Span; whole?: true }
export type Span = {
  from: string; to: string; days: number; times?: number; heldOn?: string
  /** The days of a post within the window: what comes by form belongs to them by its business date, the figure of a month by days (decision 0063); absent: by the first day of its month. */
  post?: { from: string; to: string }
}
const daysOf = ({ terms, month, today, span }: Measured): Span => span ?? windowOf(terms.window, month, today)

/** Rows of an indicator, one for each fact and person: staff_key, fact_id, kind, fact_date, customer_id, amount_fen, share_pct, numerator, denominator. One statement over published facts. */
export function rowsOfIndicator(given: Measured): Sql {
  const { shape } = sourceKinds[given.terms.source]
  return shape === 'STOCK' ? stockRows(given) : given.terms.source === 'INSPECTION' ? inspectionRows(given) : eventRows(given)
}

// Who holds a customer, or a thing that came over by a merge: until the day of the merge its former customer's managers, from then on the present one's.
const slices = sql`
  SELECT customer_id AS owner_id, staff_key, share_pct, from_date, to_date, base_adb_fen, assignment_id FROM customers_assignment_facts
  UNION ALL
  SELECT t.thing_id, a.staff_key, a.share_pct, greatest(a.from_date, t.from_date), least(a.to_date, t.to_date), 0, a.assignment_id
  FROM customers_merged_thing_facts t JOIN customers_assignment_facts a ON a.customer_id = t.customer_id AND (a.to_date IS NULL OR a.to_date > t.from_date) AND (t.to_date IS NULL OR a.from_date < t.to_date)`
const merged = sql`LEFT JOIN (SELECT DISTINCT thing_id FROM customers_merged_thing_facts) m ON m.thing_id = k.fact_id`
const owner = sql`coalesce(m.thing_id, k.customer_id)`
const everybody = sql`SELECT 0 AS staff_key, 100::numeric(5,2) AS share_pct, date '0001-01-01' AS from_date, NULL::date AS to_date`
const holders = ({ whole }: Measured): Sql => (whole ? sql`JOIN (${everybody}) h ON true` : sql`${merged} JOIN (${slices}) h ON h.owner_id = ${owner}`)

function customerFilter({ filter }: IndicatorTerms, alias: string, day: Sql): Sql {
  const id = sql.ref(`${alias}.customer_id`)
  return sql`
    ${filter.customerKind === null ? sql`` : sql`AND EXISTS (SELECT FROM customers_customer_facts c WHERE c.customer_id = ${id} AND c.kind = ${filter.customerKind})`}
    ${filter.tiers.length === 0 ? sql`` : sql`AND EXISTS (SELECT FROM customers_tier_facts t WHERE t.customer_id = ${id} AND t.tier = ANY(${[...filter.tiers]}::text[]) AND t.from_date <= ${day} AND (t.to_date IS NULL OR t.to_date > ${day}))`}`
}
const productFilter = (terms: IndicatorTerms, column: string): Sql => (terms.filter.products.length === 0 ? sql`` : sql`AND ${sql.ref(column)} = ANY(${[...terms.filter.products]}::text[])`)

// ---- stocks: balances of deposits, principal of loans -----------------------------------------------------------------

/** Spans of the source: customer, fact, [from, to), amount, the condition of a ratio, the day on which it began. */
function spans({ terms, currency }: Measured): Sql {
  if (terms.source === 'DEPOSIT') {
    return sql`SELECT b.customer_id, b.account_id AS fact_id, b.from_date, b.to_date, b.balance_fen AS amount_fen, false AS met, a.opened_on AS began_on
      FROM holdings_balance_facts b JOIN holdings_account_facts a ON a.customer_id = b.customer_id AND a.account_id = b.account_id
      WHERE b.line = 'DEPOSIT' AND b.currency = ${currency} AND b.balance_fen <> 0 ${productFilter(terms, 'a.product_code')}`
  }
  const only = loanCondition(terms.filter.only, 's')
  return sql`SELECT s.customer_id, s.loan_id AS fact_id, s.from_date, s.to_date, s.principal_fen AS amount_fen, ${terms.numerator === null ? sql`false` : loanCondition(terms.numerator, 's')} AS met, l.paid_out_on AS began_on
    FROM holdings_loan_span_facts s JOIN holdings_loan_facts l ON l.customer_id = s.customer_id AND l.loan_id = s.loan_id
    WHERE s.currency = ${currency} AND s.principal_fen <> 0 AND ${only} ${productFilter(terms, 'l.product_code')}`
}

function loanCondition(condition: Condition | null, alias: string): Sql {
  if (condition === 'OVERDUE') return sql`(${sql.ref(`${alias}.overdue_since`)} IS NOT NULL)`
  if (condition === 'NON_PERFORMING') return sql`(${sql.ref(`${alias}.loan_class`)} IN ('SUBSTANDARD', 'DOUBTFUL', 'LOSS'))`
  return sql`true`
}

const kindOfStock = ({ terms }: Measured): string => (terms.source === 'DEPOSIT' ? 'ACCOUNT' : 'LOAN')

function stockRows(given: Measured): Sql {
  const { terms } = given
  const { from, to, heldOn } = daysOf(given)
  const last = addDays(to, -1)
  if (terms.measure === 'AVERAGE') return countsPoolBase(given) ? sql`${averageRows(given)} UNION ALL ${baseRows(given, sql`customers_pool_slice_facts`)}` : averageRows(given)
  if (terms.measure === 'INCREMENT') return sql`${averageRows(given)} UNION ALL ${baseRows(given)}`
  if (terms.measure === 'CHANGE') return sql`${balanceRows(given, last, 'END', 1)} UNION ALL ${balanceRows(given, addDays(from, -1), 'START', -1, heldOn)}`
  return balanceRows(given, last, kindOfStock(given), 1)
}

const timesOf = (times: number | undefined): Sql => (times === undefined ? sql`` : sql`${times}::int *`)
/** Sum over the days of the window of balance × share, divided by the days; each day belongs to its managers. */
function averageRows(given: Measured): Sql {
  const { from, to, days, times } = daysOf(given)
  const part = timesOf(times)
  const overlap = sql`(least(coalesce(k.to_date, ${to}::date), coalesce(h.to_date, ${to}::date), ${to}::date) - greatest(k.from_date, h.from_date, ${from}::date))`
  return sql`
    SELECT staff_key, fact_id, ${kindOfStock(given)}::text AS kind, ${addDays(to, -1)}::date AS fact_date, customer_id, round(${part} sum(fen_days) / ${days}::int)::bigint AS amount_fen,
      round(sum(share_days) / sum(days), 4) AS share_pct, ${part} sum(fen_days * share_pct) / (100 * ${days}::int) AS numerator, NULL::numeric AS denominator
    FROM (
      SELECT h.staff_key, k.fact_id, k.customer_id, h.share_pct, ${overlap} AS days, k.amount_fen::numeric * ${overlap} AS fen_days, h.share_pct * ${overlap} AS share_days
      FROM (${spans(given)}) k ${holders(given)}
      WHERE k.from_date < ${to}::date AND (k.to_date IS NULL OR k.to_date > ${from}::date) AND ${overlap} > 0 ${customerFilter(given.terms, 'k', sql`${addDays(to, -1)}::date`)}) held
    GROUP BY staff_key, fact_id, customer_id`
}

/** Of a customer given from the public pool only what grows from his frozen base counts for the manager: the base stays the pool's, which nobody holds. */
const countsPoolBase = ({ terms, whole }: Measured): boolean => terms.source === 'DEPOSIT' && terms.filter.products.length === 0 && !whole

/** The frozen base of each slice for the days on which it was held, negative. */
function baseRows(given: Measured, held: Sql = sql`customers_assignment_facts`): Sql {
  const { from, to, days, times } = daysOf(given)
  const heldDays = sql`(least(coalesce(k.to_date, ${to}::date), ${to}::date) - greatest(k.from_date, ${from}::date))`
  return sql`
    SELECT k.staff_key, k.assignment_id, 'BASE', ${addDays(to, -1)}::date, k.customer_id, -k.base_adb_fen, k.share_pct::numeric, ${timesOf(times)} -k.base_adb_fen::numeric * k.share_pct * ${heldDays} / (100 * ${days}::int), NULL::numeric
    FROM ${held} k WHERE k.base_adb_fen <> 0 AND k.from_date < ${to}::date AND (k.to_date IS NULL OR k.to_date > ${from}::date) ${customerFilter(given.terms, 'k', sql`${addDays(to, -1)}::date`)}`
}

/** What stood on one day; a loan of its originator goes by the shares of the day on which it was paid out. */
function balanceRows(given: Measured, day: string, kind: string, sign: 1 | -1, heldOn = day): Sql {
  const { terms } = given
  const ownedOn = terms.owner === 'ORIGINATOR' ? sql`k.began_on` : sql`${heldOn}::date`
  const { days, times } = daysOf(given)
  const part = times === undefined || terms.measure !== 'BALANCE' ? sql`` : sql`* ${times}::int / ${days}::int`
  const counted = sql`${sign}::int * k.amount_fen::numeric * h.share_pct ${part} / 100`
  const ratio = terms.measure === 'RATIO'
  return sql`
    SELECT h.staff_key, k.fact_id, ${kind}::text AS kind, ${day}::date AS fact_date, k.customer_id, ${sign}::int * k.amount_fen AS amount_fen, h.share_pct::numeric AS share_pct,
      ${ratio ? sql`CASE WHEN k.met THEN ${counted} ELSE 0 END` : counted} AS numerator, ${ratio ? counted : sql`NULL::numeric`} AS denominator
    FROM (${spans(given)}) k ${holders(given)} AND h.from_date <= ${ownedOn} AND (h.to_date IS NULL OR h.to_date > ${ownedOn})
    WHERE k.from_date <= ${day}::date AND (k.to_date IS NULL OR k.to_date > ${day}::date) ${customerFilter(terms, 'k', sql`${day}::date`)}`
}

// ---- events: what happened on a day, and who is held on the last -------------------------------------------------------

type Event = { from: Sql; kind: string; amount: Sql; /** What a sum or a mean takes where it is no amount. */ counted?: Sql; doer: Sql; began?: Sql; product?: string; /** Of a fact, what belongs to the days measured. */ part?: Sql; met?: Partial<Record<Condition, Sql>> }

/** The whole of a source, whoever holds it: how many facts count and their exact sum. What nobody holds is the difference to the rows. */
export function wholeOfIndicator(given: Measured): Sql<{ facts: number; total: string }> {
  const { shape } = sourceKinds[given.terms.source]
  return sql<{ facts: number; total: string }>`SELECT count(DISTINCT fact_id)::int AS facts, coalesce(sum(numerator), 0)::text AS total FROM (${shape === 'STOCK' ? stockRows({ ...given, whole: true }) : given.terms.source === 'INSPECTION' ? inspectionRows(given) : eventRows({ ...given, whole: true })}) w`
}

/** Whether a fact by form happened in a post: on its business date, or where that lies outside of the month that it counts for, on the nearest day of it. */
const happenedIn = (alias: string, post: { from: string; to: string }): Sql => {
  const [month, on] = [sql.ref(`${alias}.month`), sql.ref(`${alias}.business_date`)]
  const day = sql`least(greatest(${on}, ${month}), (${month} + interval '1 month')::date - 1)`
  return sql`${day} >= ${post.from}::date AND ${day} < ${post.to}::date`
}

/** Each source as customer_id, fact_id, fact_date and its own columns under `e`. */
function eventSource(given: Measured): Event {
  const { code, terms, currency } = given
  const { from, to } = daysOf(given)
  const none = sql`NULL::bigint`
  const nobody = sql`NULL::int`
  const within = (column: string): Sql => sql`${sql.ref(column)} >= ${from}::date AND ${sql.ref(column)} < ${to}::date`
  switch (terms.source) {
    case 'LOAN_PAID_OUT':
      return { kind: 'LOAN', amount: sql`e.amount_fen`, doer: nobody, product: 'e.product_code', from: sql`SELECT *, loan_id AS fact_id, paid_out_on AS fact_date FROM holdings_loan_facts WHERE currency = ${currency} AND ${within('paid_out_on')}` }
    case 'LOAN_SETTLED':
      return { kind: 'LOAN', amount: sql`e.amount_fen`, doer: nobody, began: sql`e.paid_out_on`, product: 'e.product_code', met: { EARLY: sql`(e.settled_on < e.matures_on)` }, from: sql`SELECT *, loan_id AS fact_id, settled_on AS fact_date FROM holdings_loan_facts WHERE currency = ${currency} AND ${within('settled_on')}` }
    case 'TRANSACTION':
      return {
        kind: 'TRANSACTION', amount: sql`e.amount_fen`, doer: nobody, product: 'e.product_code', met: { IN: sql`(e.direction = 'IN')`, OUT: sql`(e.direction = 'OUT')` },
        from: sql`SELECT t.customer_id, t.transaction_id AS fact_id, t.booked_on AS fact_date, t.amount_fen, t.direction, a.product_code FROM holdings_transaction_facts t
          JOIN holdings_account_facts a ON a.customer_id = t.customer_id AND a.account_id = t.account_id AND a.currency = ${currency} WHERE ${within('t.booked_on')}`,
      }
    case 'ACCOUNT_OPENED':
      return { kind: 'ACCOUNT', amount: none, doer: nobody, product: 'e.product_code', from: sql`SELECT *, account_id AS fact_id, opened_on AS fact_date FROM holdings_account_facts WHERE ${within('opened_on')}` }
    case 'CARD_ISSUED':
      return { kind: 'CARD', amount: none, doer: nobody, product: 'e.product_code', from: sql`SELECT *, card_id AS fact_id, issued_on AS fact_date FROM holdings_card_facts WHERE ${within('issued_on')}` }
    case 'CUSTOMER_HELD':
      return { kind: 'CUSTOMER', amount: none, doer: nobody, from: sql`SELECT customer_id, customer_id AS fact_id, ${addDays(to, -1)}::date AS fact_date FROM customers_customer_facts` }
    case 'NEW_CUSTOMER':
      return { kind: 'CUSTOMER', amount: none, doer: nobody, from: sql`SELECT customer_id, customer_id AS fact_id, opened_on AS fact_date FROM customers_customer_facts WHERE ${within('opened_on')}` }
    case 'CONTRIBUTION':
      return { kind: 'CONTRIBUTION', amount: sql`e.pre_tax_fen`, doer: nobody, from: sql`SELECT customer_id, customer_id AS fact_id, (month_start + interval '1 month')::date - 1 AS fact_date, pre_tax_fen FROM customers_contribution_facts WHERE ${within('month_start')}` }
    case 'CONTACT':
      return {
        kind: 'CONTACT', amount: none, doer: sql`e.staff_key`, met: { EFFECTIVE: sql`e.effective`, IN_PERSON: sql`e.in_person`, LATE: sql`e.late` },
        from: sql`SELECT customer_id, contact_id AS fact_id, business_date AS fact_date, staff_key, effective, in_person, late FROM visits_contact_facts WHERE ${within('business_date')}`,
      }
    case 'COVERAGE':
      return { kind: 'CUSTOMER', amount: none, doer: sql`e.staff_key`, met: { MET: sql`e.met`, LATE: sql`e.late` }, from: sql`SELECT customer_id, customer_id AS fact_id, last_day AS fact_date, staff_key, met, late FROM contact_plan_coverage_facts WHERE ${within('month_start')} AND ${within('last_day')}` }
    case 'NEED':
      return { kind: 'NEED', amount: sql`coalesce(e.amount_fen, 0)`, doer: sql`e.staff_key`, from: sql`SELECT customer_id, need_id AS fact_id, surveyed_on AS fact_date, staff_key, amount_fen FROM visits_need_facts WHERE ${within('surveyed_on')}` }
    case 'DUTY':
      return {
        kind: 'DUTY', amount: none, doer: sql`e.staff_key`, met: { DONE: sql`(e.state IN ('DONE', 'DONE_LATE'))`, ON_TIME: sql`(e.state = 'DONE')` },
        from: sql`SELECT customer_id, instance_id AS fact_id, due_on AS fact_date, staff_key, state FROM duties_instance_facts WHERE state <> 'EXCUSED' AND ${within('due_on')}`,
      }
    case 'FEE':
      return {
        kind: 'TRANSACTION', amount: sql`e.amount_fen`, doer: nobody, product: 'e.product_code',
        from: sql`SELECT t.customer_id, t.transaction_id AS fact_id, t.booked_on AS fact_date, t.amount_fen, a.product_code FROM holdings_transaction_facts t
          JOIN holdings_account_facts a ON a.customer_id = t.customer_id AND a.account_id = t.account_id AND a.currency = ${currency} WHERE t.kind = 'FEE' AND t.direction = 'OUT' AND ${within('t.booked_on')}`,
      }
    case 'RECOVERY':
      // what was overdue of a loan on the last day before it was not any more
      return {
        kind: 'LOAN', amount: sql`e.amount_fen`, doer: nobody, began: sql`e.paid_out_on`, product: 'e.product_code',
        from: sql`SELECT s.customer_id, s.loan_id AS fact_id, s.to_date AS fact_date, coalesce(s.overdue_fen, s.principal_fen) AS amount_fen, l.product_code, l.paid_out_on
          FROM holdings_loan_span_facts s JOIN holdings_loan_facts l ON l.customer_id = s.customer_id AND l.loan_id = s.loan_id
          WHERE s.currency = ${currency} AND s.overdue_since IS NOT NULL AND ${within('s.to_date')}
            AND NOT EXISTS (SELECT FROM holdings_loan_span_facts n WHERE n.customer_id = s.customer_id AND n.loan_id = s.loan_id AND n.from_date = s.to_date AND n.overdue_since IS NOT NULL)`,
      }
    case 'PRODUCT_LINES': {
      const last = addDays(to, -1)
      return {
        kind: 'CUSTOMER', amount: none, counted: sql`e.lines`, doer: nobody,
        from: sql`SELECT k.customer_id, k.customer_id AS fact_id, ${last}::date AS fact_date, coalesce(h.lines, 0) AS lines FROM customers_customer_facts k LEFT JOIN (
            SELECT customer_id, count(DISTINCT line)::bigint AS lines FROM (
              SELECT customer_id, line FROM holdings_account_facts WHERE opened_on <= ${last}::date AND (closed_on IS NULL OR closed_on > ${last}::date)
              UNION ALL SELECT customer_id, 'LOAN' FROM holdings_loan_facts WHERE paid_out_on <= ${last}::date AND (settled_on IS NULL OR settled_on > ${last}::date)
              UNION ALL SELECT customer_id, 'CARD' FROM holdings_card_facts WHERE issued_on <= ${last}::date AND (expires_on IS NULL OR expires_on > ${last}::date)) o GROUP BY customer_id) h ON h.customer_id = k.customer_id
          WHERE k.status <> 'PROSPECT'`,
      }
    }
    case 'STANDING':
      // the base of the quarter without whom the bank itself took out (2.7)
      return {
        kind: 'CUSTOMER', amount: none, doer: sql`e.staff_key`, met: { LOST: sql`e.lost` },
        from: sql`SELECT customer_id, customer_id AS fact_id, least(as_of, last_day) AS fact_date, staff_key, lost IS NOT NULL AS lost FROM watch_standing_facts WHERE period LIKE '%-Q%' AND in_base AND excluded IS NULL AND NOT transferred AND ${within('first_day')}`,
      }
    case 'ASSET_GROWTH':
      return {
        kind: 'CUSTOMER', amount: sql`(e.end_fen - e.base)`, doer: sql`e.end_staff_key`,
        from: sql`SELECT customer_id, customer_id AS fact_id, least(as_of, last_day) AS fact_date, end_staff_key, coalesce(end_fen, 0) AS end_fen, increment_base_fen + coalesce(market_fen, 0) AS base FROM watch_standing_facts WHERE period LIKE '%-Q%' AND increment_base_fen IS NOT NULL AND ${within('first_day')}`,
      }
    case 'FORM': {
      const { post } = daysOf(given)
      if (post && terms.measure === 'COUNT') return { kind: 'FORM', amount: none, doer: sql`e.staff_key`, from: sql`SELECT NULL::uuid AS customer_id, id AS fact_id, business_date AS fact_date, staff_key, value FROM indicator_fact f WHERE indicator = ${code} AND confirmed_by IS NOT NULL AND ${happenedIn('f', post)}` }
      if (post) {
        const next = sql`(f.month + interval '1 month')::date`
        const held = sql`(least(${next}, ${post.to}::date) - greatest(f.month, ${post.from}::date))`
        return {
          kind: 'FORM', amount: none, counted: sql`e.value`, doer: sql`e.staff_key`, part: sql`e.held::numeric / e.of`,
          from: sql`SELECT NULL::uuid AS customer_id, f.id AS fact_id, f.business_date AS fact_date, f.staff_key, f.value, ${held} AS held, ${next} - f.month AS of FROM indicator_fact f WHERE f.indicator = ${code} AND f.confirmed_by IS NOT NULL AND ${held} > 0`,
        }
      }
      return { kind: 'FORM', amount: none, counted: sql`e.value`, doer: sql`e.staff_key`, from: sql`SELECT NULL::uuid AS customer_id, id AS fact_id, business_date AS fact_date, staff_key, value FROM indicator_fact WHERE indicator = ${code} AND confirmed_by IS NOT NULL AND ${within('month')}` }
    }
    case 'DEPOSIT':
    case 'LOAN':
    case 'INSPECTION':
      throw new Error('is no event by itself')
  }
}

/**
 * Confirmed findings with their points by the tariff of the definition; one that corrects another gives the difference of the two. A score is 100 with them: each person inspected has a row of the points that he begins with, so that the
 * rows sum to the score within its limits, and a team's is the mean of its people.
 */
function inspectionRows(given: Measured): Sql {
  const { terms } = given
  const { from, to, post } = daysOf(given)
  const tariff = JSON.stringify(terms.tariff ?? {})
  const object = (alias: string): Sql => sql`CASE ${sql.ref(`${alias}.indicator`)} WHEN 'INSPECTION_REPORT' THEN 'REPORT' ELSE 'CHECK' END`
  const points = (alias: string): Sql => sql`coalesce((${tariff}::jsonb ->> (${object(alias)} || '_' || ${sql.ref(`${alias}.grade`)}))::numeric, 0)`
  const only = terms.filter.only === null ? sql`` : sql`AND ${object('f')} = ${terms.filter.only}`
  const found = sql`
    SELECT f.staff_key, f.id, f.business_date, ${points('f')} - CASE WHEN o.id IS NULL THEN 0 ELSE ${points('o')} END AS points FROM indicator_fact f LEFT JOIN indicator_fact o ON o.id = f.corrects
    WHERE f.indicator IN ('INSPECTION_REPORT', 'INSPECTION_CHECK') AND f.confirmed_by IS NOT NULL AND ${post ? happenedIn('f', post) : sql`f.month >= ${from}::date AND f.month < ${to}::date`} ${only}`
  const rows = (numerator: Sql, denominator: Sql): Sql => sql`
    SELECT i.staff_key, i.id AS fact_id, 'FORM'::text AS kind, i.business_date AS fact_date, NULL::uuid AS customer_id, NULL::bigint AS amount_fen, 100::numeric AS share_pct, ${numerator} AS numerator, ${denominator} AS denominator FROM (${found}) i`
  if (terms.measure === 'COUNT') return rows(sql`1::numeric`, sql`NULL::numeric`)
  if (terms.measure !== 'SCORE') return rows(sql`i.points`, sql`NULL::numeric`)
  return sql`${rows(sql`i.points`, sql`0::numeric`)} UNION ALL
    SELECT b.staff_key, md5('inspection ' || b.staff_key)::uuid, 'FULL_MARK', ${addDays(to, -1)}::date, NULL::uuid, NULL::bigint, 100::numeric, greatest(0, least(120, 100 + sum(b.points))) - sum(b.points), 1::numeric FROM (${found}) b GROUP BY b.staff_key`
}

function eventRows(given: Measured): Sql {
  const { terms } = given
  const { to, days, times } = daysOf(given)
  const event = eventSource(given)
  const condition = (name: Condition | null): Sql => (name === null ? sql`true` : event.met?.[name] ?? sql`true`)
  const share = terms.owner === 'DOER' ? (event.part === undefined ? sql`100::numeric` : sql`100 * ${event.part}`) : sql`h.share_pct::numeric`
  const part = times === undefined || terms.source !== 'CUSTOMER_HELD' ? sql`${share} / 100` : sql`${share} * ${times}::int / (100 * ${days}::int)`
  const amount = event.counted ?? event.amount
  const numerator = terms.measure === 'SUM' || terms.measure === 'MEAN' ? sql`${amount}::numeric * ${part}` : terms.measure === 'RATIO' ? sql`CASE WHEN ${condition(terms.numerator)} THEN ${part} ELSE 0 END` : part
  const denominator = terms.measure === 'MEAN' || terms.measure === 'RATIO' ? part : sql`NULL::numeric`
  const ownedOn = terms.owner === 'OWNER_AT_END' ? sql`${addDays(to, -1)}::date` : terms.owner === 'ORIGINATOR' ? event.began ?? sql`e.fact_date` : sql`e.fact_date`
  // a thing that came over by a merge belongs to its former customer's managers until the day of the merge
  const held = terms.owner === 'DOER' ? sql`` : given.whole ? sql`JOIN (${everybody}) h ON true` : sql`
    LEFT JOIN customers_merged_thing_facts m ON m.thing_id = e.fact_id AND m.from_date <= ${ownedOn} AND (m.to_date IS NULL OR m.to_date > ${ownedOn})
    JOIN customers_assignment_facts h ON h.customer_id = coalesce(m.customer_id, e.customer_id) AND h.from_date <= ${ownedOn} AND (h.to_date IS NULL OR h.to_date > ${ownedOn})`
  return sql`
    SELECT ${terms.owner === 'DOER' ? event.doer : sql`h.staff_key`} AS staff_key, e.fact_id, ${event.kind}::text AS kind, e.fact_date, e.customer_id, ${event.amount} AS amount_fen, ${share} AS share_pct, ${numerator} AS numerator, ${denominator} AS denominator
    FROM (${event.from}) e ${held}
    WHERE ${condition(terms.filter.only)} ${terms.owner === 'DOER' && !given.whole ? sql`AND ${event.doer} IS NOT NULL` : sql``} ${event.product === undefined ? sql`` : productFilter(terms, event.product)} ${customerFilter(terms, 'e', sql`e.fact_date`)}`
}
