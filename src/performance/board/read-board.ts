import { sql, type Transaction } from '../../foundation/database/transaction.ts'
import { handle } from '../../foundation/http/route.ts'
import { dayOfYear, daysInYear, monthStart, previousMonth, shiftMonth } from '../../foundation/values/business-date.ts'
import { clamp, decimalText, Exact, exact } from '../../foundation/values/decimal.ts'
import { ok } from '../../foundation/values/outcome.ts'
import type { IndicatorShown } from '../indicator.contract.ts'
import { valueOf } from '../indicator.rules.ts'
import { readIndicators } from '../keep-indicators.ts'
import { groupedValues } from '../show-indicator.ts'
import { readBoard } from './board.contract.ts'
import { readMedians, readPlace } from './engine-read-peers.ts'

type Sum = { code: string; month: string; numerator: string; denominator: string | null; people: number }
const leastPeople = 5
const mostRanked = 50
/** The indicators of a profile, the first eight that have a median. */
const profile = ['DEPOSIT_AVERAGE', 'DEPOSIT_INCREMENT', 'LOAN_AVERAGE', 'NEW_LOAN_AMOUNT', 'PROFIT', 'CUSTOMERS_HELD', 'COVERAGE', 'CONTACTS', 'DUTIES_ON_TIME', 'NEW_CUSTOMERS', 'PRODUCTS_SOLD', 'OVERDUE_RATIO']
const named = ({ code, name, nameEn, unit, direction }: IndicatorShown) => ({ code, name, nameEn, unit, direction })

/** The board in the reader's role: sums, trend and ranking of what he may read; of others a median and a place. */
export const readBoardRoute = handle(readBoard, async (tx, { query }, { businessDate: today, actor, may }) => {
  const wide = may('indicator.read-all').allowed
  const breadth = wide || actor.breadth === 'ALL' ? 'ALL' as const : actor.breadth === 'UNIT' ? 'UNIT' as const : 'SELF' as const
  const paid = may('statement.read-own').allowed || may('statement.read-team').allowed || may('statement.read-any').allowed
  const read = async () => {
    const { currency } = await tx.one(sql<{ currency: string }>`SELECT currency FROM bank`)
    const months = await tx.all(sql<{ month: string; asOf: string }>`SELECT to_char(month, 'YYYY-MM') AS month, max(as_of)::text AS "asOf" FROM indicator_month GROUP BY month ORDER BY month DESC LIMIT 24`)
    const shown = query.month === undefined ? months[0] : months.find(({ month }) => month === query.month)
    const asOf = shown?.asOf ?? today
    const timeProgress = decimalText(new Exact(dayOfYear(asOf)).div(daysInYear(asOf)), 6)
    const pay = paid ? await payTrend(tx) : []
    const none = { month: query.month ?? null, months: months.map(({ month }) => month), asOf: shown?.asOf ?? null, currency, timeProgress, breadth, people: 0, indicators: [], indicator: null, trend: [], target: null, ranking: [], enough: false, ranked: 0, place: null, radar: null, pay }
    if (!shown) return ok(none)
    const month = monthStart(shown.month)
    const definitions = new Map((await readIndicators(tx, today)).filter(({ inForce }) => inForce).map((one) => [one.code, one]))
    const sums = await tx.all(sql<Sum>`
      SELECT code, to_char(month, 'YYYY-MM') AS month, sum(numerator)::text AS numerator, sum(denominator)::text AS denominator, count(*)::int AS people FROM indicator_value
      WHERE month IN (${month}::date, ${monthStart(previousMonth(shown.month))}::date) GROUP BY code, month`)
    const told = (code: string, of: string): string | null => {
      const [sum, definition] = [sums.find((one) => one.code === code && one.month === of), definitions.get(code)]
      return sum && definition ? valueOf(definition.unit, sum.numerator, sum.denominator) : null
    }
    const there = [...definitions.values()].filter(({ code }) => sums.some((one) => one.code === code && one.month === shown.month))
    const place = (code: string): number => (profile.includes(code) ? profile.indexOf(code) : profile.length)
    there.sort((a, b) => place(a.code) - place(b.code) || (a.code < b.code ? -1 : 1))
    const indicators = there.map((one) => ({ ...named(one), value: told(one.code, shown.month), before: told(one.code, previousMonth(shown.month)) }))
    const chosen = there.find(({ code }) => code === query.indicator) ?? there[0]
    const whom = query.person ?? (breadth === 'SELF' ? actor.staffKey : null)
    const base = { ...none, month: shown.month, people: Math.max(0, ...sums.filter((one) => one.month === shown.month).map((one) => one.people)), indicators }
    if (!chosen) return ok(base)
    const ranked = breadth === 'SELF' ? { rows: [], people: 0 } : await ranking(tx, chosen, shown, query.by)
    return ok({
      ...base, indicator: named(chosen), trend: await trendOf(tx, chosen, shown.month), target: await targetOf(tx, chosen, month, asOf, timeProgress),
      ranking: ranked.people >= leastPeople ? ranked.rows : [], enough: ranked.people >= leastPeople, ranked: ranked.people,
      place: whom !== null && (await mayRead(tx, whom)) ? await readPlace(tx, { code: chosen.code, month, asOf, staffKey: whom, down: chosen.direction === 'DOWN' }) : null, radar: await radarOf(tx, definitions, month, asOf, whom),
    })
  }
  return wide ? tx.asRole('office', read) : read()
})

/** Whether the reader's own role reads values of a person. */
async function mayRead(tx: Transaction, staffKey: number): Promise<boolean> {
  return (await tx.maybe(sql`SELECT 1 FROM indicator_value WHERE staff_key = ${staffKey} LIMIT 1`)) !== undefined
}

async function trendOf(tx: Transaction, { code, unit }: IndicatorShown, last: string): Promise<{ month: string; value: string | null }[]> {
  const rows = await tx.all(sql<Sum>`
    SELECT to_char(month, 'YYYY-MM') AS month, sum(numerator)::text AS numerator, sum(denominator)::text AS denominator FROM indicator_value
    WHERE code = ${code} AND month > ${monthStart(shiftMonth(last, -24))}::date AND month <= ${monthStart(last)}::date GROUP BY month ORDER BY month`)
  return rows.map(({ month, numerator, denominator }) => ({ month, value: valueOf(unit, numerator, denominator) }))
}

async function ranking(tx: Transaction, indicator: IndicatorShown, shown: { month: string; asOf: string }, by: 'MANAGER' | 'TEAM' | 'OUTLET') {
  const rows = await tx.all(sql<{ key: string; staffKey: number | null; name: string; unitName: string; people: number; numerator: string; denominator: string | null; all_people: number }>`
    SELECT g.*, sum(g.people) OVER ()::int AS all_people FROM (${groupedValues(indicator.code, shown.month, shown.asOf, by)}) g
    ORDER BY CASE WHEN g.denominator IS NULL THEN g.numerator::numeric WHEN g.denominator::numeric = 0 THEN NULL ELSE g.numerator::numeric / g.denominator::numeric END ${indicator.direction === 'DOWN' ? sql`ASC` : sql`DESC`} NULLS LAST, g.key LIMIT ${mostRanked}`)
  return { people: rows[0]?.all_people ?? 0, rows: rows.map(({ key, staffKey, name, unitName, numerator, denominator }) => ({ key, staffKey, name, unitName, value: valueOf(indicator.unit, numerator, denominator) })) }
}

/** Targets of the plans that are in force on the day, of the people whom the reader may read, and what these people reached. Null: none has one that divides. */
async function targetOf(tx: Transaction, { code, unit }: IndicatorShown, month: string, asOf: string, timeProgress: string) {
  const plans = await tx.one(sql<{ there: boolean }>`SELECT to_regclass('performance_plan_target_facts') IS NOT NULL AS there`)
  if (!plans.there || unit === 'PERCENT') return null
  const sum = await tx.one(sql<{ target: string | null; people: number; numerator: string | null; denominator: string | null }>`
    WITH t AS (SELECT t.staff_key, sum(t.target) AS target FROM performance_plan_target_facts t WHERE t.indicator = ${code} AND t.from_date <= ${asOf}::date AND (t.to_date IS NULL OR t.to_date > ${asOf}::date) GROUP BY t.staff_key)
    SELECT sum(t.target)::text AS target, count(*)::int AS people, sum(v.numerator)::text AS numerator, sum(v.denominator)::text AS denominator FROM t LEFT JOIN indicator_value v ON v.code = ${code} AND v.month = ${month}::date AND v.staff_key = t.staff_key`)
  const value = sum.numerator === null ? null : valueOf(unit, sum.numerator, sum.denominator)
  if (sum.target === null || value === null || exact(sum.target).lte(0)) return null
  const actual = unit === 'FEN' ? exact(value).div(100) : exact(value)
  const completion = actual.div(exact(sum.target))
  return { target: decimalText(exact(sum.target), 2), completion: decimalText(completion, 6), toTime: decimalText(completion.div(exact(timeProgress)), 4), people: sum.people }
}

async function radarOf(tx: Transaction, definitions: ReadonlyMap<string, IndicatorShown>, month: string, asOf: string, staffKey: number | null) {
  const medians = new Map((await readMedians(tx, month, asOf)).map((one) => [one.code, one]))
  const own = await tx.all(sql<Sum>`
    SELECT code, '' AS month, sum(numerator)::text AS numerator, sum(denominator)::text AS denominator, count(*)::int AS people FROM indicator_value WHERE month = ${month}::date ${staffKey === null ? sql`` : sql`AND staff_key = ${staffKey}`} GROUP BY code`)
  if (own.length === 0) return null
  const spokes = profile.flatMap((code) => {
    const [definition, peers, sum] = [definitions.get(code), medians.get(code), own.find((one) => one.code === code)]
    if (!definition || !peers || exact(peers.median).lte(0) || !sum) return []
    // a unit is told per head where the indicator is a sum
    const mine = sum.denominator === null ? exact(sum.numerator).div(sum.people) : exact(sum.denominator).isZero() ? null : exact(sum.numerator).div(exact(sum.denominator))
    if (mine === null) return []
    const quotient = definition.direction === 'UP' ? mine.div(exact(peers.median)) : mine.isZero() ? new Exact(2) : exact(peers.median).div(mine)
    const tell = (amount: Exact): string | null => (definition.unit === 'PERCENT' ? decimalText(amount.times(100), 2) : valueOf(definition.unit, amount.toFixed(), null))
    return [{ ...named(definition), own: tell(mine), median: tell(exact(peers.median)), ratio: decimalText(clamp(quotient, new Exact(0), new Exact(2)), 4), people: peers.people }]
  }).slice(0, 8)
  if (spokes.length < 3) return null
  const name = staffKey === null ? '' : (await tx.maybe(sql<{ name: string }>`SELECT staff_name AS name FROM organisation_staff_facts WHERE staff_key = ${staffKey}`))?.name ?? ''
  return { name, people: Math.min(...spokes.map(({ people }) => people)), spokes: spokes.map(({ people: _people, ...spoke }) => spoke) }
}

async function payTrend(tx: Transaction): Promise<{ month: string; payableFen: string; people: number }[]> {
  const { from } = await tx.one(sql<{ from: string }>`SELECT (date_trunc('month', business_date) - interval '23 months')::date::text AS from FROM bank`)
  return tx.all(sql<{ month: string; payableFen: string; people: number }>`
    SELECT to_char(month, 'YYYY-MM') AS month, sum(payable_fen)::text AS "payableFen", count(DISTINCT staff_key)::int AS people FROM performance_statement_facts WHERE month >= ${from}::date GROUP BY month ORDER BY month`)
}

