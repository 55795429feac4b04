import { sql, type Sql, type Transaction } from '../../foundation/database/transaction.ts'
import { monthOf, monthStart } from '../../foundation/values/business-date.ts'
import { decimalText, exact } from '../../foundation/values/decimal.ts'
import { sumFen, type Fen } from '../../foundation/values/fen.ts'
import type { Name } from '../blocks.rules.ts'
import type { Deduction } from '../claw-back.rules.ts'
import { payOfMonth, type PointsMonth } from '../points.rules.ts'
import { pointsTerms } from '../scheme.contract.ts'
import { payOfBlocks } from '../schemes/block-month.rules.ts'
import { blocksTerms } from '../schemes/block-terms.contract.ts'
import { readRunIndicators, type RunIndicator } from '../schemes/collect-block-facts.ts'
import { periodOf } from '../schemes/scheme-period.rules.ts'
import { actualOf, joinedSums, readInput, slotsOf, type Indicators, type SentInput, type Sums } from '../schemes/settle-blocks.ts'
import { readMonth, type SentMonth } from '../work-out-statements.ts'
import { backOf, basicRelief, within } from './relief.rules.ts'

/**
 * What was deducted from a person in closed months, with its cause, by whatever scheme he was paid: withheld for a loan that is not served, an indicator that the loan made worse, an event of the gate about it (consequences of the
 * loss); findings of inspections and events that stand for themselves (own faults). The latest first.
 */
export async function readDeductions(tx: Transaction, staffKey: number, today: string): Promise<FoundDeduction[]> {
  const found = [...await pointsDeductions(tx, staffKey), ...await blocksDeductions(tx, staffKey, today), ...await supportDeductions(tx, staffKey)]
  return found.sort((a, b) => (a.ofMonth > b.ofMonth ? -1 : a.ofMonth < b.ofMonth ? 1 : 0))
}

// ---- points -----------------------------------------------------------------------------------------------------------

type Row = {
  scheme: string; month: string; lineCode: string; factId: string; loanId: string | null; object: string | null; fen: string; points: string | null; refunded: string; loanPoints: string | null; input: SentMonth; terms: unknown; scopePath: string; exempted: string | null
}
/** `fromMonth`: the first month of the period that ended with `ofMonth`; `name`: of an indicator; `inPoints`: whether points were deducted too. */
export type FoundDeduction = Deduction & { scheme: string; fromMonth: string; ofMonth: string; lineCode: string; name: Name | null; inPoints: boolean; factId: string; loanId: string | null; object: string | null; scopePath: string; exempted: string | null; /** Of `fen`, what belongs to the deferred parts of the period. */ deferred: DeferredPart[] }
/** Of a deferred part, what a full and what a basic relief give back. */
export type DeferredPart = { code: string; fen: Fen; basicFen: Fen }

/**
 * What was deducted from a person in closed months, with its cause: withheld for a loan that is not served (a consequence of the loss), findings of an inspection (an own fault). The money of a deduction is the difference of the
 * closed month worked out again without it; what came back since is off.
 */
async function pointsDeductions(tx: Transaction, staffKey: number): Promise<FoundDeduction[]> {
  const rows = await tx.all(sql<Row>`
    SELECT c.scheme_code AS scheme, c.month, f.line_code AS "lineCode", f.fact_id AS "factId", CASE WHEN f.kind = 'LOAN' THEN f.fact_id ELSE i.loan_id END AS "loanId", i.object, coalesce(-f.money_fen, 0)::text AS fen, (-f.points)::text AS points,
      coalesce((SELECT sum(b.money_fen) FROM pay_fact b JOIN closed_month d ON d.run_id = b.run_id WHERE b.fact_id = f.fact_id AND b.kind = 'LOAN' AND b.money_fen IS NOT NULL AND b.staff_key = f.staff_key AND b.line_code = 'REFUND' AND b.of_month = f.of_month), 0)::text AS refunded,
      (SELECT sum(o.points)::text FROM pay_fact o JOIN settled_month n ON n.run_id = o.run_id WHERE o.fact_id = f.fact_id AND o.kind = 'LOAN' AND o.points IS NOT NULL AND o.staff_key = f.staff_key) AS "loanPoints",
      s.input, k.terms, f.scope_path AS "scopePath",
      (SELECT x.number FROM pay_case_item y JOIN pay_case x ON x.id = y.case_id LEFT JOIN pay_case_end e ON e.case_id = x.id WHERE x.kind = 'EXEMPTION' AND y.kind = 'REVERSAL' AND y.staff_key = f.staff_key AND y.fact_id = f.fact_id AND y.of_month = f.of_month AND e.result IS DISTINCT FROM 'RETURNED' LIMIT 1) AS exempted
    FROM closed_month c JOIN settlement_run r ON r.id = c.run_id JOIN scheme k ON k.code = r.scheme_code AND k.version = r.scheme_version AND k.kind = 'POINTS' JOIN pay_statement s ON s.run_id = c.run_id AND s.staff_key = ${staffKey} JOIN pay_fact f ON f.run_id = c.run_id AND f.staff_key = ${staffKey}
    LEFT JOIN indicator_fact i ON i.id = f.fact_id AND f.line_code LIKE 'INSPECTION%'
    WHERE f.of_month = c.month AND ((f.line_code = 'OVERDUE' AND f.money_fen < 0) OR (f.line_code LIKE 'INSPECTION%' AND f.points < 0)) ORDER BY c.month DESC, f.line_code DESC, f.fact_id LIMIT 200`)
  return rows.flatMap((row): FoundDeduction[] => {
    const terms = pointsTerms.parse(row.terms)
    const then = readMonth(row.input)
    const withheld = row.lineCode === 'OVERDUE'
    const difference = payOfMonth(terms, without(then, row)).F - payOfMonth(terms, then).F - BigInt(row.refunded)
    if (withheld && difference <= 0n) return []
    return [{
      id: `${row.month} ${row.lineCode} ${row.factId}`, cause: row.loanId ?? '', month: monthOf(row.month), points: decimalText(exact((withheld ? row.loanPoints : row.points) ?? '0'), 2), fen: difference, kind: withheld ? 'CONSEQUENCE_OF_LOSS' : 'OWN_FAULT',
      scheme: row.scheme, fromMonth: row.month, ofMonth: row.month, lineCode: row.lineCode, name: null, inPoints: true, factId: row.factId, loanId: row.loanId, object: row.object, scopePath: row.scopePath, exempted: row.exempted, deferred: [],
    }]
  })
}

/** The closed month as it would have been without a deduction. */
function without(month: PointsMonth, { lineCode, fen, points }: Pick<Row, 'lineCode' | 'fen' | 'points'>): PointsMonth {
  if (lineCode !== 'OVERDUE') return { ...month, points: month.points.map((line) => (line.code === lineCode ? { ...line, points: decimalText(exact(line.points).plus(exact(points ?? '0')), 2) } : line)) }
  const place = month.overdue.findIndex((one) => one.fen === BigInt(fen))
  return { ...month, overdue: month.overdue.filter((_, at) => at !== place) }
}

// ---- blocks and support departments -----------------------------------------------------------------------------------

type Closed = { scheme: string; month: string; runId: string; terms: unknown; input: unknown; scopePath: string }
const closedOf = (tx: Transaction, kind: 'BLOCKS' | 'SUPPORT', staffKey: number) => tx.all(sql<Closed>`
  SELECT c.scheme_code AS scheme, c.month, c.run_id AS "runId", k.terms, s.input, s.scope_path AS "scopePath" FROM closed_month c JOIN settlement_run r ON r.id = c.run_id JOIN scheme k ON k.code = r.scheme_code AND k.version = r.scheme_version AND k.kind = ${kind}
  JOIN pay_statement s ON s.run_id = c.run_id AND s.staff_key = ${staffKey} ORDER BY c.month DESC LIMIT 60`)

type Event = { eventId: string; loanId: string | null; object: string | null; isOwnFault: boolean }
/** AMBER events behind the gate of a closed run. One about a loan follows from its loss, unless a check of that loan was copied: that opens an event of its own and is an own fault (3.7). */
const eventsOf = (tx: Transaction, runId: string, staffKey: number, gate = factsOfGate(runId, staffKey)) => tx.all(sql<Event>`
  SELECT f.fact_id AS "eventId", i.loan_id AS "loanId", i.object, i.loan_id IS NULL OR EXISTS (SELECT FROM indicator_fact c WHERE c.indicator = 'INSPECTION_CHECK' AND c.grade = 'COPIED' AND c.staff_key = f.staff_key AND c.loan_id = i.loan_id AND c.confirmed_by IS NOT NULL) AS "isOwnFault"
  FROM (${gate}) f JOIN indicator_fact i ON i.id = f.fact_id AND i.grade = 'AMBER' ORDER BY f.fact_id`)
const factsOfGate = (runId: string, staffKey: number): Sql => sql`SELECT fact_id, staff_key FROM pay_fact WHERE run_id = ${runId} AND staff_key = ${staffKey} AND line_code = 'GATE'`
/** A month that was closed before its run kept the events: those of the month that were confirmed when it was settled. */
const eventsOfMonth = (runId: string, staffKey: number, month: string): Sql => sql`
  SELECT e.id AS fact_id, e.staff_key FROM indicator_fact e JOIN settlement_run r ON r.id = ${runId} WHERE e.indicator = 'CONDUCT_EVENT' AND e.staff_key = ${staffKey} AND e.month = ${month}::date AND e.confirmed_on <= r.settled_on`

const exemptedBy = (tx: Transaction, staffKey: number) => tx.all(sql<Exempted>`
  SELECT y.fact_id AS "factId", y.of_month AS "ofMonth", y.line_code AS "lineCode", x.number, x.cause_id AS "loanId", y.detail ->> 'deductedFen' AS "deductedFen", coalesce(y.detail ->> 'relief', '1.00') AS relief,
    (y.fen + coalesce((y.detail ->> 'deferredFen')::bigint, 0))::text AS "givenFen" FROM pay_case_item y JOIN pay_case x ON x.id = y.case_id LEFT JOIN pay_case_end e ON e.case_id = x.id
  WHERE x.kind = 'EXEMPTION' AND y.kind = 'REVERSAL' AND y.staff_key = ${staffKey} AND e.result IS DISTINCT FROM 'RETURNED'`)

type Exempted = { factId: string; ofMonth: string; lineCode: string; number: string; loanId: string; deductedFen: string; relief: string; givenFen: string }
type Part = { lineCode: string; name: Name | null; factId: string; loanId: string | null; object: string | null; fen: Fen; basicFen?: Fen; isOwnFault: boolean; deferred?: DeferredPart[] }
function foundOf(closed: Closed, fromMonth: string, exempted: readonly Exempted[], { lineCode, factId, loanId, isOwnFault, ...part }: Part): FoundDeduction {
  return {
    id: `${closed.month} ${lineCode} ${factId}`, cause: loanId ?? '', month: monthOf(closed.month), points: '0.00', fen: part.fen, ...(part.basicFen === undefined ? {} : { basicFen: part.basicFen }), kind: isOwnFault ? 'OWN_FAULT' : 'CONSEQUENCE_OF_LOSS', scheme: closed.scheme, fromMonth, ofMonth: closed.month, lineCode, name: part.name, inPoints: false, factId, loanId,
    object: part.object, scopePath: closed.scopePath, deferred: part.deferred ?? [], exempted: exempted.find((one) => one.factId === factId && one.ofMonth === closed.month && one.lineCode === lineCode)?.number ?? null,
  }
}

/** What a period is worth: with its deferred parts, and these. */
type Worth = { fen: Fen; deferred: { code: string; fen: Fen }[] }
/** A period without what was exempted: what each loan took is measured beside it. */
type Beside = { gone: readonly string[]; goneEvents: number; values: readonly Indicators[]; payIs: Worth }
type Taken = Omit<Part, 'deferred' | 'basicFen'> & Worth

/** Loans of which a loss is counted: an indicator of overdue or non-performing loans. */
function countsLosses({ terms }: RunIndicator): boolean {
  const counted = terms.measure === 'RATIO' ? terms.numerator : terms.filter.only
  return terms.source === 'LOAN' && (counted === 'OVERDUE' || counted === 'NON_PERFORMING')
}

/**
 * Of schemes of blocks: the closed period worked out again without the loss, for each loan one indicator after the other and then its event, so that the parts sum to what the loan took; the deferred part of it apart. Corrections of
 * the period that were paid since are known. Loans that were exempted are left out already: what two loans took only together comes back with the second of them, and is not given back twice where each took it alone. A loan that
 * takes nothing by itself, but something together with the others, stands there with nothing: it is exempted first.
 */
async function blocksDeductions(tx: Transaction, staffKey: number, today: string): Promise<FoundDeduction[]> {
  const everExempted = await exemptedBy(tx, staffKey)
  const found: FoundDeduction[] = []
  for (const closed of await closedOf(tx, 'BLOCKS', staffKey)) {
    const exempted = everExempted.filter(({ ofMonth }) => ofMonth === closed.month)
    const terms = blocksTerms.parse(closed.terms)
    const month = monthOf(closed.month)
    const period = periodOf(terms.period, month)
    const events = await eventsOf(tx, closed.runId, staffKey)
    const indicators = (await readRunIndicators(tx, { terms, period, month, today })).filter(countsLosses)
    const losses = indicators.length === 0 ? [] : await lossesOf(tx, closed, staffKey)
    if (events.length === 0 && losses.length === 0) continue
    const input = readInput(closed.input as SentInput)
    const deferredCodes = terms.blocks.flatMap((block) => (block.kind === 'DEFER' ? Array.from({ length: block.tranches }, (_, place) => `${block.code}.${place + 1}`) : []))
    const known = await sumsOf(tx, closed, staffKey)
    const slots = slotsOf(input.given.parts ?? [])
    const base = slots.map((_, place): Indicators => ({ ...(input.given.parts?.[place]?.indicators ?? input.given.indicators) }))
    const put = (values: Indicators[], place: number, indicator: RunIndicator, sums: Sums | undefined): void => {
      const own = values[place]
      if (own && sums) own[indicator.code] = { target: own[indicator.code]?.target ?? null, actual: actualOf(indicator, sums, true)?.value ?? null }
    }
    for (const indicator of indicators) for (const [place, { codeOf }] of slots.entries()) put(base, place, indicator, joinedSums(known.get(codeOf(indicator.code)), known.get(`${codeOf(indicator.code)}.START`)))
    const take = (values: Indicators[], taken: ReadonlyMap<string, string>): void => {
      for (const indicator of indicators) {
        for (const [place, { codeOf }] of slots.entries()) {
          const code = codeOf(indicator.code)
          const sums = known.get(code)
          const off = taken.get(code)
          if (sums && off !== undefined) put(values, place, indicator, { ...sums, numerator: exact(sums.numerator).minus(exact(off)).toFixed() })
        }
      }
    }
    // what loans add to each line, together
    const addedBy = (loanIds: readonly string[]): Map<string, string> => {
      const sums = new Map<string, string>()
      for (const one of losses) if (loanIds.includes(one.loanId)) sums.set(one.lineCode, exact(sums.get(one.lineCode) ?? '0').plus(exact(one.numerator)).toFixed())
      return sums
    }
    const payOf = (values: readonly Indicators[], without: number): Worth => {
      const pay = payOfBlocks(terms, {
        ...input, given: {
          ...input.given, events: input.given.events.filter((event, place) => event !== 'AMBER' || input.given.events.slice(0, place).filter((one) => one === 'AMBER').length >= without), indicators: values.at(-1) ?? {},
          ...(input.given.parts ? { parts: input.given.parts.map((part, place) => ({ ...part, indicators: part.indicators === null ? null : values[place] ?? {} })) } : {}),
        },
      })
      return { fen: pay.beforeFen + sumFen(pay.deferred), deferred: pay.steps.filter(({ code }) => deferredCodes.includes(code)).map(({ code, value }) => ({ code, fen: BigInt(value) })) }
    }
    const bare = payOf(base, 0)
    const besideOf = (out: readonly Exempted[]): Beside => {
      const gone = [...new Set(out.map(({ loanId }) => loanId))]
      const goneEvents = events.filter(({ eventId }) => out.some(({ lineCode, factId }) => lineCode === 'GATE' && factId === eventId)).length
      const values = base.map((one) => ({ ...one }))
      take(values, addedBy(gone))
      return { gone, goneEvents, values, payIs: payOf(values, goneEvents) }
    }
    // beside all that is exempted, and beside what is exempted in full (decision 0056)
    const [all, full] = [besideOf(exempted), besideOf(exempted.filter(({ relief }) => relief !== basicRelief))]
    const left = [...new Set(losses.map(({ loanId }) => loanId))].filter((loanId) => !all.gone.includes(loanId))
    const togetherTook = (): boolean => {
      const values = all.values.map((one) => ({ ...one }))
      take(values, addedBy([...all.gone, ...left]))
      return payOf(values, all.goneEvents).fen > all.payIs.fen
    }
    const together = left.length > 1 && togetherTook()
    // what a loan took, one indicator after the other and then its events
    const tookBeside = (loanId: string, { gone, goneEvents, values: given, payIs }: Beside): Taken[] => {
      const values = given.map((one) => ({ ...one }))
      let before = payIs
      const took = (now: Worth): Worth => {
        const told = { fen: now.fen - before.fen, deferred: now.deferred.map(({ code, fen }) => ({ code, fen: fen - (before.deferred.find((one) => one.code === code)?.fen ?? 0n) })) }
        before = now
        return told
      }
      const mineAdded = addedBy([...gone, loanId])
      const ofLoan = indicators.flatMap((indicator): Taken[] => {
        const mine = slots.flatMap(({ codeOf }, place) => losses.filter((one) => one.loanId === loanId && one.lineCode === codeOf(indicator.code)).map((one) => ({ ...one, place })))
        take(values, new Map(mine.map(({ lineCode }) => [lineCode, mineAdded.get(lineCode) ?? '0'])))
        const [first] = mine
        return first ? [{ lineCode: first.lineCode, name: { zh: indicator.name, en: indicator.nameEn }, factId: loanId, loanId, object: null, ...took(payOf(values, goneEvents)), isOwnFault: false }] : []
      })
      const about = events.filter((event) => event.loanId === loanId && !event.isOwnFault)
      const gate = about.map((event, place): Taken => ({ lineCode: 'GATE', name: null, factId: event.eventId, loanId, object: event.object, ...took(payOf(values, goneEvents + place + 1)), isOwnFault: false }))
      return [...ofLoan, ...gate]
    }
    const given = sumFen(exempted.map(({ givenFen }) => BigInt(givenFen)))
    const loans = [...new Set([...losses.map(({ loanId }) => loanId), ...events.flatMap(({ loanId, isOwnFault }) => (loanId === null || isOwnFault ? [] : [loanId]))])]
    const parts: Part[] = loans.flatMap((loanId) => {
      // given back already: as it stands in its case
      const stood = exempted.filter((one) => one.loanId === loanId)
      if (stood.length > 0) {
        return stood.map((one): Part => {
          const indicator = indicators.find(({ code }) => slots.some(({ codeOf }) => codeOf(code) === one.lineCode))
          const event = events.find(({ eventId }) => eventId === one.factId)
          return { lineCode: one.lineCode, name: indicator ? { zh: indicator.name, en: indicator.nameEn } : null, factId: one.factId, loanId, object: event?.object ?? null, fen: BigInt(one.deductedFen), isOwnFault: false }
        })
      }
      const beside = tookBeside(loanId, all)
      const besideFull = all.gone.length === full.gone.length ? beside : tookBeside(loanId, full)
      // of a deduction not more than is left of it, whatever the halves were rounded to
      const most = all.payIs.fen + sumFen(beside.map(({ fen }) => fen)) - bare.fen - given
      const cut = (fens: readonly Fen[]): Fen[] => within(most, fens)
      const back = (relief: '1.00' | typeof basicRelief): Fen[] => cut(beside.map((one, place) => backOf(relief, { all: one.fen, full: besideFull[place]?.fen ?? one.fen })))
      const [fully, basically] = [back('1.00'), back(basicRelief)]
      return beside.map((one, place): Part => ({
        ...one, fen: fully[place] ?? 0n, basicFen: basically[place] ?? 0n,
        deferred: one.deferred.map(({ code, fen }) => {
          const pair = { all: fen, full: besideFull[place]?.deferred.find((other) => other.code === code)?.fen ?? fen }
          return { code, fen: backOf('1.00', pair), basicFen: backOf(basicRelief, pair) }
        }).filter(({ fen, basicFen }) => fen !== 0n || basicFen !== 0n),
      }))
    })
    const faults = events.filter(({ isOwnFault }) => isOwnFault).map((event): Part => ({ lineCode: 'GATE', name: null, factId: event.eventId, loanId: event.loanId, object: event.object, fen: payOf(all.values, all.goneEvents + 1).fen - all.payIs.fen, isOwnFault: true }))
    found.push(...[...parts.filter(({ fen, lineCode, loanId }) => fen > 0n || (loanId !== null && all.gone.includes(loanId)) || (together && fen === 0n && lineCode !== 'GATE')), ...faults].map((part) => foundOf(closed, monthStart(monthOf(period.from)), exempted, part)))
  }
  return found
}

/** What each loan adds to the lines of a closed period, corrections since included. */
const lossesOf = (tx: Transaction, { scheme, month }: Closed, staffKey: number) => tx.all(sql<{ lineCode: string; loanId: string; numerator: string }>`
  SELECT f.line_code AS "lineCode", f.fact_id AS "loanId", trim_scale(sum(f.numerator))::text AS numerator FROM pay_fact f JOIN settled_month m ON m.run_id = f.run_id AND m.scheme_code = ${scheme}
  WHERE f.of_month = ${month}::date AND f.staff_key = ${staffKey} AND f.kind = 'LOAN' AND f.numerator IS NOT NULL GROUP BY f.line_code, f.fact_id HAVING sum(f.numerator) > 0 ORDER BY f.fact_id, f.line_code`)

async function sumsOf(tx: Transaction, { scheme, month }: Closed, staffKey: number): Promise<Map<string, Sums>> {
  const rows = await tx.all(sql<{ code: string; facts: number; numerator: string; denominator: string | null }>`
    SELECT f.line_code AS code, count(*)::int AS facts, trim_scale(sum(f.numerator))::text AS numerator, trim_scale(sum(f.denominator))::text AS denominator FROM pay_fact f JOIN settled_month m ON m.run_id = f.run_id AND m.scheme_code = ${scheme}
    WHERE f.of_month = ${month}::date AND f.staff_key = ${staffKey} AND f.numerator IS NOT NULL GROUP BY f.line_code`)
  return new Map(rows.map(({ code, ...sums }) => [code, { ...sums, byForm: false, hash: '' }]))
}

type Shared = { share?: { shareFen: string; payFen: string; why: string | null } }
/** Of the support departments: what the gate took from one's share of the pool. With another event beside it the gate would have taken the same. */
async function supportDeductions(tx: Transaction, staffKey: number): Promise<FoundDeduction[]> {
  const exempted = await exemptedBy(tx, staffKey)
  const found: FoundDeduction[] = []
  for (const closed of await closedOf(tx, 'SUPPORT', staffKey)) {
    const { share } = closed.input as Shared
    if (share?.why !== 'amber-event') continue
    const kept = await eventsOf(tx, closed.runId, staffKey)
    const events = kept.length > 0 ? kept : await eventsOf(tx, closed.runId, staffKey, eventsOfMonth(closed.runId, staffKey, closed.month))
    const loans = new Set(events.map(({ loanId, isOwnFault }) => (isOwnFault ? null : loanId)))
    const fen = loans.size === 1 ? BigInt(share.shareFen) - BigInt(share.payFen) : 0n
    // several events about one loan took it together: it stands with the first
    found.push(...events.filter((event, place) => event.isOwnFault || (fen > 0n && place === 0)).map((event) => foundOf(closed, closed.month, exempted, { lineCode: 'GATE', name: null, factId: event.eventId, loanId: event.loanId, object: event.object, fen, isOwnFault: event.isOwnFault })))
  }
  return found
}
