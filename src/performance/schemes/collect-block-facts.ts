import { sql, type Sql, type Transaction } from '../../foundation/database/transaction.ts'
import { bulk } from '../../foundation/store/store.ts'
import { addDays, daysBetween, monthStart, yearStart } from '../../foundation/values/business-date.ts'
import { exact, type Exact } from '../../foundation/values/decimal.ts'
import { indicatorTerms, type IndicatorTerms } from '../indicator.contract.ts'
import { unitOf, windowOf } from '../indicator.rules.ts'
import { rowsOfIndicator, wholeOfIndicator, type Measured, type Span } from '../measure-indicator.ts'
import type { Sandbox } from '../sandbox.ts'
import { workOutIndicator } from '../work-out-indicators.ts'
import type { BlocksTerms } from './block-terms.contract.ts'
import { indicatorsOf } from './block-month.rules.ts'
import { partCode, type PostPart } from './post-parts.rules.ts'
import type { BlockPerson } from './read-block-people.ts'
import type { Period } from './scheme-period.rules.ts'

/** A period that is settled under a scheme of blocks. */
export type BlockRun = { month: string; schemeCode: string; version: number; terms: BlocksTerms; currency: string; today: string; period: Period; people: BlockPerson[]; sandbox?: Sandbox }
/** An indicator as the scheme measures it: by its own window, or by the scheme's period where that is longer than a month. */
export type RunIndicator = { code: string; name: string; nameEn: string; version: number; terms: IndicatorTerms; unit: ReturnType<typeof unitOf>; window: { from: string; to: string; days: number }; byPeriod: boolean }

/** The indicators that the scheme names, each by the version in force at the end of the period (in a sandbox the first one since, where it is younger), in the order of their codes; a code that nobody defined is left out. */
export async function readRunIndicators(tx: Transaction, run: Pick<BlockRun, 'terms' | 'period' | 'month' | 'today' | 'sandbox'>): Promise<RunIndicator[]> {
  const codes = indicatorsOf(run.terms.blocks)
  const rows = await tx.all(sql<{ code: string; name: string; nameEn: string; version: number; terms: unknown }>`
    SELECT DISTINCT ON (code COLLATE "C") code, name, name_en AS "nameEn", version, terms FROM indicator WHERE code = ANY(${codes}::text[]) AND (to_date IS NULL OR to_date >= ${run.period.to}::date)
      AND (from_date < ${run.period.to}::date OR ${run.sandbox !== undefined}) ORDER BY code COLLATE "C", from_date`)
  const tomorrow = addDays(run.today, 1)
  return rows.map((row) => {
    const terms = indicatorTerms.parse(row.terms)
    const byPeriod = terms.window === 'MONTH' && run.terms.period !== 'MONTH'
    const to = run.period.to < tomorrow ? run.period.to : tomorrow
    const window = byPeriod ? { from: run.period.from, to, days: Math.max(1, run.period.days) } : windowOf(terms.window, run.month, run.today)
    return { ...row, terms, unit: unitOf(terms), window, byPeriod }
  })
}

/**
 * The first month of the period's windows whose contribution is not worked out, though that of an earlier one is: a price of funds is missing, or nobody asked for it. Its profit would be 0 in silence. A bank that works out none has none,
 * and the statements say so. Null: none is missing, or the scheme asks for none.
 */
export async function monthWithoutContribution(tx: Transaction, run: Pick<BlockRun, 'terms' | 'period' | 'month' | 'today'>): Promise<string | null> {
  const asked = (await readRunIndicators(tx, run)).filter(({ terms }) => terms.source === 'CONTRIBUTION')
  const [first] = asked.map(({ window }) => window.from).sort()
  if (first === undefined) return null
  const found = await tx.maybe(sql<{ month: string }>`
    SELECT to_char(m, 'YYYY-MM') AS month FROM (SELECT min(month_start) AS since FROM customers_contribution_month_facts) k, generate_series(greatest(${first}::date, k.since), ${run.period.to}::date - 1, interval '1 month') m
    WHERE k.since IS NOT NULL AND NOT EXISTS (SELECT FROM customers_contribution_month_facts f WHERE f.month_start = m::date) ORDER BY 1 LIMIT 1`)
  return found?.month ?? null
}

const measured = (run: BlockRun, indicator: RunIndicator): Measured => ({
  code: indicator.code, terms: indicator.terms, month: run.month, today: run.today, currency: run.currency, ...(indicator.byPeriod ? { span: indicator.window } : {}),
})

/** People who are measured over the same days: everybody over the window of the indicator, whoever changed posts over the days of each part. `place` 0: the only part. */
type Slice = { place: number; people: BlockPerson[]; span: Span | null; /** Nobody is measured otherwise: no need to tell whom. */ everybody?: true }

/**
 * The days over which an indicator of a part is measured: the part itself; what is counted since an earlier day begins there for the first post and with the post for the others, also when it began before the period. Averages stay over
 * all days of the window (value × days held ÷ days); those since January over all days of the year, as the year's target is divided by days: the mean of the days so far × days of the post in the year ÷ days of the year. Where it is known by
 * which days the target was divided, averages, balances and what is managed are divided by these. `hired`: the first post began then; a growth begins there.
 */
export function spanOfPart(part: PostPart, run: Pick<BlockRun, 'period'>, indicator: Pick<RunIndicator, 'code' | 'window' | 'terms' | 'byPeriod'>, hired?: string): Span {
  const begin = part.from > run.period.from ? part.from : part.since ?? (growsSince(indicator, hired) ? hired : undefined)
  const after = begin !== undefined && (begin > indicator.window.from || (begin === hired && growsSince(indicator, hired)))
  const span = daysOfPart(part, run, indicator, after ? begin : undefined)
  return part.forms === undefined ? span : { ...span, post: { from: span.from, to: part.to } }
}

function daysOfPart(part: PostPart, run: Pick<BlockRun, 'period'>, { code, window, terms, byPeriod }: Pick<RunIndicator, 'code' | 'window' | 'terms' | 'byPeriod'>, begin: string | undefined): Span {
  const after = begin !== undefined
  const [from, to] = [begin ?? window.from, part.to < window.to ? part.to : window.to]
  const share = part.shares?.[code]
  if (share && from < to && isLevel(terms)) return { from, to, days: isMean(terms) ? daysBetween(from, to) * share.of : share.of, times: share.days }
  const ofYear = terms.window === 'YEAR' && !byPeriod && (terms.measure === 'AVERAGE' || terms.measure === 'INCREMENT') && from < to && (after || part.to < window.to)
  if (!ofYear) return { from, to, days: window.days, ...(after ? { heldOn: begin } : {}) }
  const year = { from: yearStart(window.from), to: yearStart(addDays(yearStart(window.from), 366)) }
  return { from, to, days: daysBetween(from, to) * daysBetween(year.from, year.to), times: daysBetween(from, part.to < run.period.to ? part.to : year.to) }
}

/** Whether a growth is counted from the day on which somebody was hired: from the stock of whom he holds on it, not from the window's begin (decision 0064). His averages and what is counted stay those of the window, as his plan is made for him. */
export const growsSince = (indicator: Pick<RunIndicator, 'terms' | 'window'>, hired: string | undefined): hired is string => hired !== undefined && indicator.terms.measure === 'CHANGE' && hired >= indicator.window.from && hired < indicator.window.to
/** The days over which an indicator of a person is measured who is not measured by parts. */
export const spanOfPerson = (indicator: Pick<RunIndicator, 'terms' | 'window'>, hired: string | undefined): Span | null => (growsSince(indicator, hired) ? { ...indicator.window, from: hired, heldOn: hired } : null)

const isMean = ({ measure }: Pick<IndicatorTerms, 'measure'>): boolean => measure === 'AVERAGE' || measure === 'INCREMENT'
/** What stands at every moment and is divided by days: an average, a balance, who is managed. */
export const isLevel = (terms: Pick<IndicatorTerms, 'measure' | 'source'>): boolean => isMean(terms) || terms.measure === 'BALANCE' || (terms.source === 'CUSTOMER_HELD' && terms.measure === 'COUNT')

function slicesOf(run: BlockRun, indicator: RunIndicator): Slice[] {
  const apart = new Map<string, Slice>()
  const whole: BlockPerson[] = []
  const put = (person: BlockPerson, place: number, span: Span): void => {
    const key = `${place} ${span.from} ${span.to} ${span.days} ${span.times ?? ''} ${span.post?.to ?? ''}`
    const slice = apart.get(key) ?? { place, people: [], span }
    apart.set(key, slice)
    slice.people.push(person)
  }
  for (const person of run.people) {
    const own = person.parts.length === 0 ? spanOfPerson(indicator, person.hired) : null
    if (own) put(person, 0, own)
    else if (person.parts.length === 0) whole.push(person)
    for (const [place, part] of person.parts.entries()) {
      const span = spanOfPart(part, run, indicator, person.hired)
      if (span.from < span.to) put(person, person.parts.length === 1 ? 0 : place + 1, span)
    }
  }
  return [{ place: 0, people: whole, span: null, ...(apart.size === 0 ? { everybody: true as const } : {}) }, ...apart.values()]
}

const codeOf = (code: string, place: number): string => (place === 0 ? code : partCode(place, code))
const keysOf = (people: readonly BlockPerson[]): number[] => people.map(({ staffKey }) => staffKey)

// a growth keeps the two days it is taken between apart
const lineCode = (code: string): Sql => sql`${code}::text || CASE WHEN r.kind = 'START' THEN '.START' ELSE '' END`
const kindOf = sql`CASE WHEN r.kind IN ('START', 'END') THEN 'LOAN' ELSE r.kind END`

/** Rows of an indicator as facts of pay, one for each person and fact. */
function factRows(indicator: string, rows: Sql, ofMonth: string, { place, people, everybody }: Slice): Sql {
  const code = codeOf(indicator, place)
  return sql`
    SELECT r.staff_key, ${lineCode(code)} AS line_code, ${ofMonth}::date AS of_month, r.fact_id, min(${kindOf}) AS kind, (array_agg(r.customer_id))[1] AS customer_id, max(r.fact_date) AS fact_date, sum(r.amount_fen)::bigint AS amount_fen,
      max(r.share_pct)::numeric(7,4) AS share_pct, sum(r.numerator::numeric(38,8)) AS numerator, sum(r.denominator::numeric(38,8)) AS denominator
    FROM (${rows}) r ${everybody ? sql`` : sql`WHERE r.staff_key = ANY(${keysOf(people)}::int[])`} GROUP BY r.staff_key, 2, r.fact_id`
}

const paid = ({ people }: { people: readonly BlockPerson[] }): Sql => sql`SELECT staff_key, scope_path FROM unnest(${keysOf(people)}::int[], ${people.map(({ linePath }) => linePath)}::text[]) AS p(staff_key, scope_path)`

/** Stores the facts of an indicator of the run; an indicator of a month is worked out with it, so that its page tells the same. Returns how many. */
export async function storeIndicatorFacts(tx: Transaction, run: BlockRun, runId: string, indicator: RunIndicator): Promise<number> {
  const first = monthStart(run.month)
  // what is only tried is measured beside the indicator's own page: the version may be younger than the month
  const beside = indicator.byPeriod || run.sandbox !== undefined
  if (!beside) await workOutIndicator(tx, indicator.code, run.month)
  let facts = 0
  for (const slice of slicesOf(run, indicator)) {
    const { people, span } = slice
    if (people.length === 0) continue
    const rows = span !== null ? rowsOfIndicator({ ...measured(run, indicator), span })
      : beside ? rowsOfIndicator(measured(run, indicator)) : sql`SELECT * FROM indicator_row WHERE code = ${indicator.code} AND month = ${first}::date`
    const { count } = await bulk(tx, {
      table: 'pay_fact', what: 'add', why: `settlement ${run.month}: ${indicator.code}`, batch: runId, about: { month: run.month, scheme: run.schemeCode },
      statement: sql`INSERT INTO pay_fact (run_id, staff_key, line_code, of_month, fact_id, kind, customer_id, fact_date, amount_fen, share_pct, numerator, denominator, scope_path)
        SELECT ${runId}::uuid, f.*, c.scope_path FROM (${factRows(indicator.code, rows, first, slice)}) f JOIN (${paid({ people })}) c ON c.staff_key = f.staff_key`,
    })
    facts += count
  }
  return facts
}

export type Whole = { facts: number; total: string; inLines: string; outside: string; measured: string }
/** For the control report: the whole of the ledger, what the run's facts hold, what people outside the scheme hold; worked out anew from the ledger. */
export async function wholeOfRun(tx: Transaction, run: BlockRun, runId: string, indicator: RunIndicator): Promise<Whole> {
  const given = measured(run, indicator)
  const whole = await tx.one(wholeOfIndicator(given))
  const parts = await tx.one(sql<{ all: string; outside: string }>`
    SELECT coalesce(sum(r.numerator::numeric(38,8)), 0)::text AS "all", coalesce(sum(r.numerator::numeric(38,8)) FILTER (WHERE c.staff_key IS NULL), 0)::text AS outside FROM (${rowsOfIndicator(given)}) r LEFT JOIN (${paid(run)}) c ON c.staff_key = r.staff_key`)
  const held = await tx.one(sql<{ sum: string }>`
    SELECT coalesce(sum(numerator), 0)::text AS sum FROM pay_fact
    WHERE run_id = ${runId}::uuid AND regexp_replace(line_code, '^[0-9]+#', '') IN (${indicator.code}, ${`${indicator.code}.START`}) AND of_month = ${monthStart(run.month)}::date`)
  return { facts: whole.facts, total: whole.total, inLines: held.sum, outside: exact(parts.outside).plus(await besidePosts(tx, run, indicator)).toFixed(), measured: parts.all }
}

/** Of people who are measured by parts or since they were hired: what the whole window holds of them more (or less) than the days in their posts do. */
async function besidePosts(tx: Transaction, run: BlockRun, indicator: RunIndicator): Promise<Exact> {
  const given = measured(run, indicator)
  const [whole, ...slices] = slicesOf(run, indicator)
  const measuredWhole = new Set(keysOf(whole?.people ?? []))
  const apart = run.people.filter(({ staffKey }) => !measuredWhole.has(staffKey))
  if (apart.length === 0) return exact('0')
  const sumOf = async (span: Span | null, people: readonly BlockPerson[]): Promise<Exact> => exact((await tx.one(sql<{ sum: string }>`
    SELECT coalesce(sum(r.numerator::numeric(38,8)), 0)::text AS sum FROM (${rowsOfIndicator({ ...given, ...(span === null ? {} : { span }) })}) r WHERE r.staff_key = ANY(${keysOf(people)}::int[])`)).sum)
  let beside = await sumOf(null, apart)
  for (const { span, people } of slices) beside = beside.minus(await sumOf(span, people))
  return beside
}

/**
 * A closed period measured again: where a fact is not what the closed run and later corrections know, the difference is stored as a fact of this run that names the month it corrects. Only of people who have a statement of
 * that period. Returns how many facts differ.
 */
export async function storeCorrections(tx: Transaction, run: BlockRun, runId: string, then: BlockRun, indicators: readonly RunIndicator[]): Promise<number> {
  if (indicators.length === 0 || then.people.length === 0) return 0
  const ofMonth = monthStart(then.month)
  const slices = indicators.flatMap((indicator) => slicesOf(then, indicator).filter(({ people }) => people.length > 0).map((slice) => ({ slice, indicator })))
  if (slices.length === 0) return 0
  const now = sql.join(slices.map(({ indicator, slice }) => factRows(indicator.code, rowsOfIndicator({ ...measured(then, indicator), ...(slice.span === null ? {} : { span: slice.span }) }), ofMonth, slice)), sql` UNION ALL `)
  const codes = [...new Set(slices.map(({ indicator, slice }) => codeOf(indicator.code, slice.place)).flatMap((code) => [code, `${code}.START`]))]
  const { count } = await bulk(tx, {
    table: 'pay_fact', what: 'add', why: `settlement ${run.month}: late corrections of ${then.month}`, batch: runId, about: { month: run.month, scheme: run.schemeCode },
    statement: sql`INSERT INTO pay_fact (run_id, staff_key, line_code, of_month, fact_id, kind, customer_id, fact_date, amount_fen, share_pct, numerator, denominator, why, scope_path)
      SELECT ${runId}::uuid, p.staff_key, coalesce(n.line_code, k.line_code), ${ofMonth}::date, coalesce(n.fact_id, k.fact_id), coalesce(n.kind, k.kind), coalesce(n.customer_id, k.customer_id), coalesce(n.fact_date, k.fact_date),
        coalesce(n.amount_fen, 0) - coalesce(k.amount_fen, 0), n.share_pct, coalesce(n.numerator, 0) - coalesce(k.numerator, 0),
        CASE WHEN n.denominator IS NOT NULL OR k.denominator IS NOT NULL THEN coalesce(n.denominator, 0) - coalesce(k.denominator, 0) END,
        CASE WHEN n.fact_id IS NULL THEN 'no-longer-a-fact' WHEN k.fact_id IS NULL THEN 'came-late' ELSE 'corrected' END, p.scope_path
      FROM (${now}) n
      FULL JOIN (
        SELECT f.staff_key, f.line_code, f.fact_id, min(f.kind) AS kind, (array_agg(f.customer_id))[1] AS customer_id, min(f.fact_date) AS fact_date, sum(f.amount_fen)::bigint AS amount_fen, sum(f.numerator) AS numerator, sum(f.denominator) AS denominator
        FROM pay_fact f JOIN settled_month s ON s.run_id = f.run_id AND s.scheme_code = ${run.schemeCode} AND s.month < ${monthStart(run.month)}::date
        WHERE f.of_month = ${ofMonth}::date AND f.line_code = ANY(${codes}::text[]) GROUP BY f.staff_key, f.line_code, f.fact_id) k ON k.staff_key = n.staff_key AND k.line_code = n.line_code AND k.fact_id = n.fact_id
      JOIN (${paid(then)}) p ON p.staff_key = coalesce(n.staff_key, k.staff_key)
      WHERE coalesce(n.numerator, 0) <> coalesce(k.numerator, 0) OR coalesce(n.denominator, 0) <> coalesce(k.denominator, 0)`,
  })
  return count
}
