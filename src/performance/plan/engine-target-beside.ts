import { sql, type Sql, type Transaction } from '../../foundation/database/transaction.ts'
import { monthStart, shiftMonth } from '../../foundation/values/business-date.ts'
import { exact } from '../../foundation/values/decimal.ts'
import type { IndicatorTerms } from '../indicator.contract.ts'
import type { BesideShown } from './plan.contract.ts'
import { addsOverTime, growthOf, medianOfPeers, monthsOfPeriod } from './plan-target.rules.ts'
import { toldFigure } from './read-plan.ts'

type Whose = { unitKey: number; unitPath: string; staffKey: number | null }
type Period = { from: string; to: string }
type Sums = { key: number; numerator: string; denominator: string | null }

/** Which months tell what was reached in a period, and how they are put together. */
export function monthsThatTell(terms: IndicatorTerms, period: Period): { months: string[]; together: 'SUM' | 'MEAN' | 'LAST' } {
  const all = monthsOfPeriod(period.from, period.to)
  if (terms.window === 'YEAR' || terms.window === 'TWELVE_MONTHS' || terms.measure === 'BALANCE') return { months: all.slice(-1), together: 'LAST' }
  const ends = terms.window === 'QUARTER' ? all.filter((month) => Number(month.slice(5)) % 3 === 0) : all
  return { months: ends, together: addsOverTime(terms) || terms.measure === 'RATIO' || terms.measure === 'MEAN' || terms.measure === 'SCORE' ? 'SUM' : 'MEAN' }
}

const yearBefore = ({ from, to }: Period): Period => ({ from: monthStart(shiftMonth(from, -12)), to: monthStart(shiftMonth(to, -12)) })

/** Exact sums of people (or of units) over the months that tell a period; null: not every month is worked out. */
async function reached(tx: Transaction, code: string, terms: IndicatorTerms, period: Period, by: { people: Sql } | { units: Sql }): Promise<Map<number, string> | null> {
  const { months, together } = monthsThatTell(terms, period)
  const days = months.map((month) => `${month}-01`)
  const { known } = await tx.one(sql<{ known: number }>`SELECT count(*)::int AS known FROM indicator_month WHERE code = ${code} AND month = ANY(${days}::date[])`)
  if (months.length === 0 || known < months.length) return null
  const rows = 'people' in by
    ? await tx.all(sql<Sums>`SELECT staff_key AS key, sum(numerator)::text AS numerator, sum(denominator)::text AS denominator FROM indicator_value WHERE code = ${code} AND month = ANY(${days}::date[]) AND staff_key IN (${by.people}) GROUP BY staff_key`)
    : await tx.all(sql<Sums>`SELECT u.institution_key AS key, sum(v.numerator)::text AS numerator, sum(v.denominator)::text AS denominator FROM (${by.units}) u JOIN indicator_value v ON v.scope_path >= u.scope_path AND v.scope_path < u.scope_path || '/'
        WHERE v.code = ${code} AND v.month = ANY(${days}::date[]) GROUP BY u.institution_key`)
  const told = new Map<number, string>()
  for (const row of rows) {
    const value = toldFigure(terms, together === 'MEAN' ? exact(row.numerator).div(months.length).toFixed() : row.numerator, row.denominator)
    if (value !== null) told.set(row.key, value)
  }
  return told
}

/**
 * What stands beside the targets of a plan: what was reached in the same period of last year, how many peers there are (same grade and region; units of the same kind), the median of what they reached and of the growth
 * that their plans ask for. Peers are told as medians of five or more only. Engine: numbers of the whole bank, no rows.
 */
export function besideTargets(tx: Transaction, whose: Whose, plan: Period & { id: string; scheme: string }, items: readonly { indicator: string; target: string | null; terms: IndicatorTerms | null | undefined }[]): Promise<Map<string, BesideShown>> {
  return tx.asRole('engine', async () => {
    const beside = new Map<string, BesideShown>()
    const day = plan.from
    const inForce = (alias: 'f' | 'g' | 'm'): Sql => sql`${sql.ref(`${alias}.from_date`)} <= ${day}::date AND (${sql.ref(`${alias}.to_date`)} IS NULL OR ${sql.ref(`${alias}.to_date`)} > ${day}::date)`
    const self = whose.staffKey ?? whose.unitKey
    const own = whose.staffKey === null ? { units: sql`SELECT ${whose.unitKey}::int AS institution_key, ${whose.unitPath}::text COLLATE "C" AS scope_path` } : { people: sql`SELECT ${whose.staffKey}::int` }
    const peers = whose.staffKey === null
      ? await tx.all(sql<{ key: number; path: string }>`
          SELECT f.institution_key AS key, f.scope_path AS path FROM organisation_institution_facts f WHERE ${inForce('f')} AND f.institution_key <> ${self} AND f.kind = (SELECT m.kind FROM organisation_institution_facts m WHERE m.institution_key = ${self} ORDER BY m.from_date DESC LIMIT 1)`)
      : await tx.all(sql<{ key: number; path: string }>`
          SELECT DISTINCT g.staff_key AS key, '' AS path FROM organisation_grade_facts g JOIN organisation_post_facts f ON f.staff_key = g.staff_key AND ${inForce('f')}
          WHERE ${inForce('g')} AND g.staff_key <> ${self} AND g.grade = (SELECT m.grade FROM organisation_grade_facts m WHERE m.staff_key = ${self} AND ${inForce('m')} LIMIT 1)
            AND f.region IS NOT DISTINCT FROM (SELECT m.region FROM organisation_post_facts m WHERE m.staff_key = ${self} AND ${inForce('m')} ORDER BY m.main DESC LIMIT 1)`)
    const keys = peers.map((one) => one.key)
    const asked = keys.length === 0 ? [] : await tx.all(sql<{ indicator: string; target: string; lastYear: string }>`
      SELECT t ->> 'indicator' AS indicator, t ->> 'target' AS target, t -> 'beside' ->> 'lastYear' AS "lastYear" FROM appraisal_plan p
      CROSS JOIN LATERAL (SELECT z.state, z.targets_place FROM plan_step z WHERE z.plan_id = p.id ORDER BY z.place DESC LIMIT 1) l JOIN plan_step s ON s.plan_id = p.id AND s.place = l.targets_place CROSS JOIN LATERAL jsonb_array_elements(s.targets) t
      WHERE p.scheme_code = ${plan.scheme} AND p.from_date = ${plan.from}::date AND p.to_date = ${plan.to}::date AND l.state <> 'WITHDRAWN' AND t ->> 'target' IS NOT NULL AND t -> 'beside' ->> 'lastYear' IS NOT NULL
        AND ${whose.staffKey === null ? sql`p.staff_key IS NULL AND p.unit_key = ANY(${keys}::int[])` : sql`p.staff_key = ANY(${keys}::int[])`}`)
    for (const { indicator, target, terms } of items) {
      if (!terms) {
        beside.set(indicator, { lastYear: null, peers: null, peerMedian: null, peerGrowth: null, growth: null })
        continue
      }
      const before = yearBefore(plan)
      const lastYear = (await reached(tx, indicator, terms, before, own))?.get(self) ?? null
      const theirs = keys.length === 0 ? null : await reached(tx, indicator, terms, before, whose.staffKey === null
        ? { units: sql`SELECT u.institution_key, u.scope_path COLLATE "C" AS scope_path FROM unnest(${keys}::int[], ${peers.map((one) => one.path)}::text[]) AS u(institution_key, scope_path)` }
        : { people: sql`SELECT unnest(${keys}::int[])` })
      const growths = asked.filter((one) => one.indicator === indicator).flatMap((one) => growthOf(exact(one.target), exact(one.lastYear)) ?? [])
      beside.set(indicator, {
        lastYear, peers: keys.length, peerMedian: medianOfPeers([...(theirs?.values() ?? [])]), peerGrowth: medianOfPeers(growths), growth: target === null || lastYear === null ? null : growthOf(exact(target), exact(lastYear)),
      })
    }
    return beside
  })
}

/** What was reached since the plan's begin, as far as it is worked out: the months that are there. */
export function reachedSoFar(tx: Transaction, whose: Whose, plan: Period, items: readonly { indicator: string; terms: IndicatorTerms }[]): Promise<Map<string, { value: string; month: string }>> {
  return tx.asRole('engine', async () => {
    const told = new Map<string, { value: string; month: string }>()
    for (const { indicator, terms } of items) {
      const last = await tx.maybe(sql<{ month: string | null }>`SELECT to_char(max(month), 'YYYY-MM') AS month FROM indicator_month WHERE code = ${indicator} AND month >= ${plan.from}::date AND month < ${plan.to}::date`)
      if (last?.month == null) continue
      // events add up from the first month on; where an earlier month is not worked out nothing is told
      const until = monthStart(shiftMonth(last.month, 1))
      const period = monthsThatTell(terms, plan).together === 'LAST' ? { from: `${last.month}-01`, to: until } : { from: plan.from, to: until }
      const own = whose.staffKey === null ? { units: sql`SELECT ${whose.unitKey}::int AS institution_key, ${whose.unitPath}::text COLLATE "C" AS scope_path` } : { people: sql`SELECT ${whose.staffKey}::int` }
      const value = (await reached(tx, indicator, terms, period, own))?.get(whose.staffKey ?? whose.unitKey)
      if (value !== undefined) told.set(indicator, { value, month: last.month })
    }
    return told
  })
}
