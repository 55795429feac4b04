import { sql, type Transaction } from '../../foundation/database/transaction.ts'
import { handle, type Context } from '../../foundation/http/route.ts'
import { addDays, dayOfYear, daysInYear, monthStart, nextMonth, previousMonth, shiftMonth } from '../../foundation/values/business-date.ts'
import { decimalText, Exact, exact } from '../../foundation/values/decimal.ts'
import { ok, refuse, type Outcome } from '../../foundation/values/outcome.ts'
import { valueOf } from '../indicator.rules.ts'
import { readIndicators } from '../keep-indicators.ts'
import { readAnalysis, type AnalysisShown } from './analysis.contract.ts'

type Unit = { key: number; name: string; nameEn: string; path: string; level: number }
const mostUnits = 300
const mostPeople = 60

/** Units of the reader's own line, the line itself first. */
async function unitsOf(tx: Transaction, { actor, businessDate: today }: Context): Promise<Unit[]> {
  const inside = actor.breadth === 'ALL' ? sql`true` : sql`(scope_path = ${actor.linePath} OR (scope_path >= ${`${actor.linePath}.`} AND scope_path < ${`${actor.linePath}/`}))`
  return tx.all(sql<Unit>`
    SELECT institution_key AS key, name, name_en AS "nameEn", scope_path AS path, length(scope_path) - length(replace(scope_path, '.', '')) AS level FROM organisation_institution_facts
    WHERE from_date <= ${today}::date AND (to_date IS NULL OR to_date > ${today}::date) AND ${inside} ORDER BY scope_path LIMIT ${mostUnits}`)
}

const monthsOf = (tx: Transaction): Promise<{ month: string; asOf: string }[]> => tx.all(sql<{ month: string; asOf: string }>`SELECT to_char(month, 'YYYY-MM') AS month, max(as_of)::text AS "asOf" FROM indicator_month GROUP BY month ORDER BY month DESC LIMIT 24`)

export const readAnalysisRoute = handle(readAnalysis, async (tx, { query }, context) => {
  const units = await unitsOf(tx, context)
  const months = await monthsOf(tx)
  const shownUnits = units.map(({ key, name, nameEn, level }) => ({ key, name, nameEn, level }))
  if (months.length === 0) return ok({ analysis: null, months: [], units: shownUnits })
  const found = await analyse(tx, { month: query.month ?? months[0]?.month ?? '', unit: query.unit }, context)
  return found.ok ? ok({ analysis: found.value, months: months.map(({ month }) => month), units: shownUnits }) : found
})

/** The figures of a unit and month in the reader's own role. Refuses: a unit outside the own line, a month without indicators. */
export async function analyse(tx: Transaction, asked: { month: string; unit?: number | undefined }, context: Context): Promise<Outcome<AnalysisShown>> {
  const units = await unitsOf(tx, context)
  const unit = asked.unit === undefined ? units[0] : units.find(({ key }) => key === asked.unit)
  if (!unit) return refuse('not-found')
  const shown = (await monthsOf(tx)).find(({ month }) => month === asked.month)
  if (!shown) return refuse('no-figures', { details: { month: asked.month } })
  const [first, next] = [monthStart(shown.month), monthStart(nextMonth(shown.month))]
  const asOf = shown.asOf < next ? shown.asOf : addDays(next, -1)
  const inside = (column: string) => sql`(${sql.ref(column)} = ${unit.path} OR (${sql.ref(column)} >= ${`${unit.path}.`} AND ${sql.ref(column)} < ${`${unit.path}/`}))`
  const { currency } = await tx.one(sql<{ currency: string }>`SELECT currency FROM bank`)
  const definitions = (await readIndicators(tx, context.businessDate)).filter(({ inForce }) => inForce)
  const timeProgress = decimalText(new Exact(dayOfYear(asOf)).div(daysInYear(asOf)), 6)

  const sums = await tx.all(sql<{ code: string; month: string; numerator: string; denominator: string | null }>`
    SELECT code, to_char(month, 'YYYY-MM') AS month, sum(numerator)::text AS numerator, sum(denominator)::text AS denominator FROM indicator_value v
    WHERE month IN (${first}::date, ${monthStart(previousMonth(shown.month))}::date) AND ${inside('v.scope_path')} GROUP BY code, month`)
  // what is reached is that of the people who have a target: of seventeen managers with one plan the other sixteen reach nothing of it
  const targets = await tx.all(sql<{ indicator: string; target: string; numerator: string | null; denominator: string | null }>`
    WITH t AS (SELECT t.indicator, t.staff_key, sum(t.target) AS target FROM performance_plan_target_facts t
    WHERE t.from_date <= ${asOf}::date AND (t.to_date IS NULL OR t.to_date > ${asOf}::date) AND EXISTS (SELECT FROM indicator_value v WHERE v.staff_key = t.staff_key AND v.month = ${first}::date AND ${inside('v.scope_path')}) GROUP BY t.indicator, t.staff_key)
    SELECT t.indicator, sum(t.target)::text AS target, sum(v.numerator)::text AS numerator, sum(v.denominator)::text AS denominator FROM t
    LEFT JOIN indicator_value v ON v.code = t.indicator AND v.month = ${first}::date AND v.staff_key = t.staff_key AND ${inside('v.scope_path')} GROUP BY t.indicator`)
  const trend = await tx.all(sql<{ code: string; month: string; fen: string }>`
    SELECT code, to_char(month, 'YYYY-MM') AS month, round(sum(numerator))::bigint::text AS fen FROM indicator_value v
    WHERE code IN ('DEPOSIT_AVERAGE', 'LOAN_AVERAGE') AND month > ${monthStart(shiftMonth(shown.month, -13))}::date AND month <= ${first}::date AND ${inside('v.scope_path')} GROUP BY code, month ORDER BY month`)
  const customers = await tx.one(sql<AnalysisShown['customers']>`
    SELECT count(*)::int AS all, (count(*) FILTER (WHERE kind = 'CORPORATE'))::int AS corporate, (count(*) FILTER (WHERE kind = 'PERSON'))::int AS person, (count(*) FILTER (WHERE opened_on >= ${first}::date))::int AS opened
    FROM customers_customer_facts k WHERE ${inside('k.scope_path')} AND status <> 'CLOSED' AND opened_on <= ${asOf}::date`)
  const tiers = await tx.all(sql<AnalysisShown['tiers'][number]>`SELECT tier, count(*)::int AS customers FROM customers_customer_facts k WHERE ${inside('k.scope_path')} AND status <> 'CLOSED' AND opened_on <= ${asOf}::date GROUP BY tier ORDER BY tier`)
  const moves = await tx.all(sql<AnalysisShown['moves'][number]>`
    SELECT from_tier AS from, to_tier AS to, count(*)::int AS customers FROM customers_tier_move_facts m
    WHERE effective_on >= ${first}::date AND effective_on < ${next}::date AND ${inside('m.scope_path')} GROUP BY from_tier, to_tier ORDER BY from_tier, to_tier`)
  const movements = await tx.all(sql<AnalysisShown['movements'][number]>`
    SELECT day, coalesce(sum(in_fen), 0)::text AS "inFen", coalesce(sum(out_fen), 0)::text AS "outFen", count(DISTINCT customer_id)::int AS customers FROM watch_movement_facts m
    WHERE day >= ${first}::date AND day <= ${asOf}::date AND ${inside('m.scope_path')} GROUP BY day ORDER BY day`)
  const people = await tx.all(sql<{ staffKey: number; name: string; unitName: string; values: Record<string, { n: string; d: string | null }> }>`
    SELECT v.staff_key AS "staffKey", p.staff_name AS name, coalesce(max(i.name), '') AS "unitName", jsonb_object_agg(v.code, jsonb_build_object('n', v.numerator::text, 'd', v.denominator::text)) AS values
    FROM indicator_value v JOIN organisation_staff_facts p ON p.staff_key = v.staff_key
    LEFT JOIN organisation_institution_facts i ON i.institution_key = v.line_key AND i.from_date <= ${asOf}::date AND (i.to_date IS NULL OR i.to_date > ${asOf}::date)
    WHERE v.month = ${first}::date AND v.code IN ('DEPOSIT_AVERAGE', 'LOAN_AVERAGE', 'CUSTOMERS_HELD', 'COVERAGE', 'CONTACTS') AND ${inside('v.scope_path')}
    GROUP BY v.staff_key, p.staff_name ORDER BY max(v.numerator) FILTER (WHERE v.code = 'DEPOSIT_AVERAGE') DESC NULLS LAST, v.staff_key LIMIT ${mostPeople}`)

  const told = (code: string, unitOfValue: AnalysisShown['indicators'][number]['unit'], month: string): string | null => {
    const sum = sums.find((one) => one.code === code && one.month === month)
    return sum ? valueOf(unitOfValue, sum.numerator, sum.denominator) : null
  }
  const indicators = definitions.filter(({ code }) => sums.some((one) => one.code === code && one.month === shown.month)).map(({ code, name, nameEn, unit: kind, direction }) => {
    const value = told(code, kind, shown.month)
    // percentages do not add up over people: no target of a unit follows from theirs
    const planned = kind === 'PERCENT' ? undefined : targets.find(({ indicator }) => indicator === code)
    const target = planned?.target
    const reached = planned?.numerator == null ? null : valueOf(kind, planned.numerator, planned.denominator)
    const actual = reached === null ? null : kind === 'FEN' ? exact(reached).div(100) : exact(reached)
    return { code, name, nameEn, unit: kind, direction, value, before: told(code, kind, previousMonth(shown.month)), target: target === undefined ? null : decimalText(exact(target), 2), completion: target === undefined || actual === null || exact(target).lte(0) ? null : decimalText(actual.div(exact(target)), 6) }
  })
  const of = (values: Record<string, { n: string; d: string | null }>, code: string, kind: 'FEN' | 'COUNT' | 'PERCENT'): string | null => (values[code] ? valueOf(kind, values[code].n, values[code].d) : null)
  return ok({
    month: shown.month, asOf, timeProgress, unit: { key: unit.key, name: unit.name, nameEn: unit.nameEn }, currency, indicators, customers, tiers, moves, movements,
    deposits: trend.filter(({ code }) => code === 'DEPOSIT_AVERAGE').map(({ month, fen }) => ({ month, fen })), loans: trend.filter(({ code }) => code === 'LOAN_AVERAGE').map(({ month, fen }) => ({ month, fen })),
    people: people.map(({ values, ...person }) => ({ ...person, depositFen: of(values, 'DEPOSIT_AVERAGE', 'FEN'), loanFen: of(values, 'LOAN_AVERAGE', 'FEN'), customers: of(values, 'CUSTOMERS_HELD', 'COUNT'), coverage: of(values, 'COVERAGE', 'PERCENT'), contacts: of(values, 'CONTACTS', 'COUNT') })),
  })
}
