import { createHash } from 'node:crypto'
import { adjustmentLine, payAdjustments } from '../appeal/pay-adjustments.ts'
import { sql, type Transaction } from '../../foundation/database/transaction.ts'
import type { OnProgress } from '../../foundation/jobs/run-job.ts'
import { monthOf, monthStart, shiftMonth } from '../../foundation/values/business-date.ts'
import { decimalText, exact } from '../../foundation/values/decimal.ts'
import type { Fen } from '../../foundation/values/fen.ts'
import { controlTransactions, notProved, type ControlReport, type ControlRow, type WithoutResult } from '../control-report.ts'
import { sumUnitOf, valueOf } from '../indicator.rules.ts'
import { givenBack } from '../deferral/given-back.ts'
import { claimLines, dueClaims } from '../deferral/recover-claims.ts'
import { prorateTarget } from '../plan.rules.ts'
import type { CarryLot } from '../points.rules.ts'
import type { Sandbox } from '../sandbox.ts'
import { storePay, type LineRow, type WorkedOut } from '../store-pay.ts'
import { blocksTerms, type BlocksTerms } from './block-terms.contract.ts'
import { markedItems, payOfBlocks, type BlocksInput, type BlocksPay } from './block-month.rules.ts'
import { growsSince, isLevel, readRunIndicators, spanOfPart, spanOfPerson, storeCorrections, storeIndicatorFacts, wholeOfRun, type BlockRun, type RunIndicator } from './collect-block-facts.ts'
import { hiredWithin, partCode, partsWithBegin, type GivenPart, type PostPart } from './post-parts.rules.ts'
import { readBlockPeople, type BlockHolder, type BlockPerson } from './read-block-people.ts'
import { markOf, readGateEvents, readMarks, readTargets, readWholeDays, storeMarkFacts, type GateEvent, type MarkFact } from './read-plan-facts.ts'
import { periodOf, shareOfTarget, targetOf, type Adding, type DaysShare, type Period, type TargetOfPeriod, type TargetSpan } from './scheme-period.rules.ts'
import { teamResults } from './team-result.rules.ts'

type Work = { facts: number; corrections: number; worked: WorkedOut; control: ControlReport }
export type BlockMonth = { month: string; schemeCode: string; version: number; terms: unknown; currency: string; today: string; sandbox?: Sandbox }

/** `days`: in posts of the scheme within the period; null: all of them. */
type Seated = BlockPerson & { days: number | null }

/** Exact sums of an indicator of a person: of the period's facts, by form or not, how many. */
export type Sums = { numerator: string; denominator: string | null; facts: number; byForm: boolean; hash: string }
type Person = Seated & { covered: boolean; carryIn: CarryLot[]; corrections: { fen: Fen }[]; lines: LineRow[]; input: BlocksInput; pay: BlocksPay; hashes: (string | number)[][] }

/**
 * Settles a period of a scheme of blocks into a run: facts of its indicators, marks and events, each person's pay by the blocks, corrections of closed periods, the control report. The statements, lines and facts are those that
 * every scheme has.
 */
export async function settleBlocks(tx: Transaction, asked: BlockMonth, runId: string, told: OnProgress): Promise<Work> {
  const terms = blocksTerms.parse(asked.terms)
  const period = periodOf(terms.period, asked.month)
  const indicators = await readRunIndicators(tx, { ...asked, terms, period })
  const first = indicators.reduce((day, { window }) => (window.from < day ? window.from : day), period.from)
  const targets = await readTargets(tx, asked.sandbox?.of ?? asked.schemeCode, { from: first, to: period.to })
  const seated = await withShares(tx, (await readBlockPeople(tx, terms, period, first)).map((holder) => seatedIn(terms, { ...period, first }, holder, targets.get(holder.staffKey), indicators)), { period, indicators, targets })
  const run: BlockRun & { people: Seated[] } = { ...asked, terms, period, people: seated }
  let facts = 0
  for (const indicator of indicators) {
    facts += await storeIndicatorFacts(tx, run, runId, indicator)
    await told('收集业务事实 / collecting facts', facts, null)
  }
  const [marks, events] = [await readMarks(tx, run.sandbox?.of ?? run.schemeCode, period), await readGateEvents(tx, period)]
  facts += await storeMarkFacts(tx, run, runId, marks, events)
  const closed = await closedPeriods(tx, run)
  let corrections = 0
  for (const one of closed) corrections += await storeCorrections(tx, run, runId, one.run, one.indicators)
  facts += corrections
  const worked = await workOut(tx, run, runId, indicators, { marks, events, closed, targets }, told)
  await told('核对 / control report', 0, null)
  return { facts, corrections, worked: worked.worked, control: run.sandbox ? notProved : await controlOf(tx, run, runId, indicators, worked.without) }
}

/**
 * The days in posts of the scheme. They are measured each for itself when a plan ended with a transfer, or when the person was paid elsewhere on the others: those days are no business of this scheme. Who was hired or left inside the
 * period has no facts outside of his days. After a transfer before the period, what is counted since an earlier day begins with the present post.
 */
function seatedIn(terms: BlocksTerms, period: Period & { first: string }, { posts, others, elsewhere, ...person }: BlockHolder, targets: ReadonlyMap<string, readonly TargetSpan[]> | undefined, indicators: readonly RunIndicator[]): Seated {
  const parts = partsWithBegin(period, period.first, posts, others, [...(targets?.values() ?? [])].flat())
  const days = parts.reduce((sum, part) => sum + part.days, 0)
  const apart = (parts.length > 1 && terms.score !== null) || (elsewhere && days < period.days) || (parts.length === 1 && parts[0]?.since !== undefined)
  const hired = hiredWithin(period.first, posts, others) ?? undefined
  const growing = indicators.some((indicator) => growsSince(indicator, hired))
  return { ...person, ...(growing ? { hired } : {}), parts: apart ? parts.map((part): PostPart => ({ ...part, forms: 'BY_DAYS' })) : [], days: days < period.days ? days : null }
}

/** With the days by which the targets of levels were divided, of those who are measured by parts (decision 0063). */
async function withShares(tx: Transaction, people: readonly Seated[], { period, indicators, targets }: { period: Period; indicators: readonly RunIndicator[]; targets: Targets }): Promise<Seated[]> {
  const levels = indicators.filter(({ terms }) => isLevel(terms))
  const plans = people.flatMap(({ staffKey, parts }) => (parts.length === 0 ? [] : [...(targets.get(staffKey)?.values() ?? [])].flat().map(({ planId }) => planId)))
  const wholeOf = await readWholeDays(tx, levels.length === 0 ? [] : plans)
  return people.map((person) => {
    if (person.parts.length === 0 || levels.length === 0) return person
    const parts = person.parts.map((part): PostPart => {
      const shares = levels.flatMap(({ code }) => {
        const spans = (targets.get(person.staffKey)?.get(code) ?? []).map((span) => ({ ...span, wholeDays: wholeOf(span.planId, code, span.from) }))
        const share = shareOfTarget(spans, part, period)
        return share === null ? [] : [[code, share] as const]
      })
      return shares.length === 0 ? part : { ...part, shares: Object.fromEntries(shares) }
    })
    return { ...person, parts }
  })
}

// ---- working out ------------------------------------------------------------------------------------------------------

type Targets = ReadonlyMap<number, ReadonlyMap<string, TargetSpan[]>>
type Found = { targets: Targets; marks: ReadonlyMap<number, MarkFact[]>; events: ReadonlyMap<number, GateEvent[]>; closed: readonly ClosedPeriod[] }

async function workOut(tx: Transaction, run: BlockRun & { people: readonly Seated[] }, runId: string, indicators: readonly RunIndicator[], found: Found, told: OnProgress): Promise<{ worked: WorkedOut; without: WithoutResult[] }> {
  const sums = await readSums(tx, runId)
  const measurable = new Set(indicators.filter(({ code }) => sums.anybody.has(code)).map(({ code }) => code))
  const people = await gather(tx, run)
  for (const person of people.values()) prepare(run, person, indicators, { ...found, sums: sums.of(person.staffKey, monthStart(run.month)), targets: found.targets.get(person.staffKey) ?? new Map(), measurable })
  await correct(tx, run, people, found.closed, sums)
  for (const one of await payAdjustments(tx, { runId, scheme: run.schemeCode, month: run.month, from: run.period.from, ...(run.sandbox ? { sandbox: run.sandbox } : {}) })) {
    const person = people.get(one.staffKey) ?? leaver(run, { staffKey: one.staffKey, staffNo: one.staffNo, linePath: one.scopePath, postCode: one.postCode, grade: null, parts: [] })
    people.set(one.staffKey, person)
    addLine(person, 'CORRECTION', adjustmentLine(one))
    person.corrections.push({ fen: one.fen })
    person.input = { ...person.input, corrections: person.corrections }
  }
  judge(run, people)
  if (!run.sandbox) await recover(tx, run, people)

  const content = createHash('sha256').update(JSON.stringify([run.month, run.schemeCode, run.currency, run.terms, indicators.map(({ code, version }) => [code, version])]))
  const sorted = [...people.values()].sort((a, b) => a.staffKey - b.staffKey)
  let [payableFen, carryOutFen] = [0n, 0n]
  const without: WithoutResult[] = []
  for (const person of sorted) {
    const { pay } = person
    payableFen += pay.payableFen
    carryOutFen += pay.carryOutFen
    const why = person.covered ? whyWithout(run.terms, person) : null
    if (why !== null) without.push({ staffNo: person.staffNo, why })
  }
  await storePay(tx, { month: run.month, schemeCode: run.schemeCode }, runId, sorted.map((person) => ({
    statement: {
      staff_key: person.staffKey, scope_path: person.linePath, post_code: person.postCode, points: person.pay.score ?? '0.00', before_carry_fen: person.pay.beforeFen, carry_in_fen: person.pay.carryInFen, payable_fen: person.pay.payableFen,
      carry_out_fen: person.pay.carryOutFen, input: person.input, steps: person.pay.steps, set_off: person.pay.setOff, carry_out: person.pay.carryOut, expired: person.pay.expired,
    },
    lines: person.lines, hashed: person.hashes,
  })), content, told)
  return { worked: { hash: content.digest('hex'), people: sorted.length, points: '0.00', payableFen, carryOutFen }, without }
}

/** What the pay of the period gives for claims on pay of before: after everything else, never more than is paid. */
async function recover(tx: Transaction, run: BlockRun, people: ReadonlyMap<number, Person>): Promise<void> {
  for (const [staffKey, claims] of await dueClaims(tx, { scheme: run.schemeCode, month: run.month })) {
    const person = people.get(staffKey)
    if (!person) continue
    for (const { fen, line } of claimLines(person.pay.payableFen, claims)) {
      addLine(person, 'CORRECTION', line)
      person.corrections.push({ fen })
    }
    person.input = { ...person.input, corrections: person.corrections }
    person.pay = payOfBlocks(run.terms, person.input)
  }
}

async function gather(tx: Transaction, run: BlockRun & { people: readonly Seated[] }): Promise<Map<number, Person>> {
  const people = new Map<number, Person>()
  const blank = (person: Seated, covered: boolean): Person => {
    const input: BlocksInput = { month: run.month, given: { from: run.period.from, post: person.postCode, grade: person.grade, events: [], points: [], indicators: {}, marks: {}, values: { GRADE_BASE: { unit: 'FEN', value: '0' } } }, corrections: [], carryIn: [] }
    return { ...person, covered, carryIn: [], corrections: [], lines: [], input, pay: payOfBlocks(run.terms, input), hashes: [] }
  }
  for (const person of run.people) people.set(person.staffKey, blank(person, true))
  const carried = await tx.all(sql<{ staff_key: number; staff_no: string; scope_path: string; post_code: string; carry_out: { month: string; cause: CarryLot['cause']; fen: string }[] }>`
    SELECT s.staff_key, p.staff_no, s.scope_path, s.post_code, s.carry_out FROM pay_statement s JOIN settled_month m ON m.run_id = s.run_id JOIN organisation_staff_facts p ON p.staff_key = s.staff_key
    WHERE m.scheme_code = ${run.schemeCode} AND m.month = (SELECT max(b.month) FROM settled_month b WHERE b.scheme_code = ${run.schemeCode} AND b.month < ${monthStart(run.month)}::date) AND s.carry_out_fen < 0`)
  for (const row of carried) {
    const person = people.get(row.staff_key) ?? blank({ staffKey: row.staff_key, staffNo: row.staff_no, linePath: row.scope_path, postCode: row.post_code, grade: null, parts: [], days: null }, false)
    people.set(row.staff_key, person)
    person.carryIn = row.carry_out.map((lot) => ({ ...lot, fen: BigInt(lot.fen) }))
  }
  return people
}

type Given = { marks: Found['marks']; events: Found['events']; sums: ReadonlyMap<string, Sums>; targets: ReadonlyMap<string, TargetSpan[]>; measurable: ReadonlySet<string> }

/** What the blocks are given for a person, and a line for each input with its facts. */
function prepare(run: BlockRun, person: Person, indicators: readonly RunIndicator[], found: Given): void {
  const { terms, period } = run
  const whole = baseOf(terms, person.grade)
  const base = whole === null || person.days === null ? whole : prorateTarget(whole, person.days, period.days).oldFen
  addLine(person, 'GRADE_BASE', { money_fen: (base ?? 0n).toString(), detail: { grade: person.grade, ...(person.days === null ? {} : { full: (whole ?? 0n).toString(), days: String(person.days), wholeDays: String(period.days) }) }, why: base === null ? 'no-grade-base' : null })
  const told = slotsOf(person.parts).map(({ part, codeOf }): Indicators => {
    const given: Indicators = {}
    for (const indicator of indicators) {
      const code = codeOf(indicator.code)
      const sums = joinedSums(found.sums.get(code), found.sums.get(`${code}.START`))
      const actual = actualOf(indicator, sums, found.measurable.has(indicator.code))
      const adding = addingOf(indicator)
      // a target holds for the window, whenever a growth within it begins: the plan of who was hired is made for him
      const aim = part === null ? indicator.window : spanOfPart(part, run, indicator)
      const window = part === null ? spanOfPerson(indicator, person.hired) ?? indicator.window : spanOfPart(part, run, indicator, person.hired)
      // a level that is counted since January is held against the part of the plan in which the period lies
      const target = person.covered ? targetOf(found.targets.get(indicator.code) ?? [], adding.overTime ? aim : part ?? period, adding) : null
      given[indicator.code] = { target: target?.target ?? null, actual: actual?.value ?? null }
      addLine(person, code, { ...indicatorLine({ ...indicator, window }, actual, target, part?.shares?.[indicator.code]), facts: sums?.facts ?? 0, by_form: indicator.terms.source === 'FORM' })
      if (sums) person.hashes.push([code, run.month, sums.facts, sums.hash])
    }
    return given
  })
  const own = found.marks.get(person.staffKey) ?? []
  const marks: Record<string, string> = {}
  for (const { code, name } of markedItems(terms.blocks)) {
    const mark = markOf(own, code)
    if (mark !== null) marks[code] = mark
    addLine(person, `MARK.${code}`, { quantity: mark, facts: own.filter(({ item }) => item === code).length, by_form: true, why: mark === null ? 'no-mark' : null, detail: { name: `${name.zh}评分`, nameEn: `${name.en}: mark` } })
  }
  const events = found.events.get(person.staffKey) ?? []
  if (events.length > 0) addLine(person, 'GATE', { quantity: String(events.length), facts: events.length, by_form: true, detail: { class: events.some((event) => event.class === 'RED') ? 'RED' : 'AMBER' } })
  person.hashes.push(...own.map((mark) => [mark.item, mark.month, mark.mark, mark.markId]), ...events.map((event) => [event.class, event.month, event.eventId]))
  person.input = {
    month: run.month, corrections: [], carryIn: person.carryIn,
    given: { from: period.from, post: person.postCode, grade: person.grade, events: events.map((event) => event.class), points: [], indicators: told.at(-1) ?? {}, marks, ...partsGiven(person, told), ...(person.hired === undefined ? {} : { hired: person.hired }), values: { GRADE_BASE: { unit: 'FEN', value: (base ?? 0n).toString(), why: base === null ? 'no-grade-base' : null } } },
  }
}

export type Indicators = Record<string, { target: string | null; actual: string | null }>
type Slot = { part: PostPart | null; codeOf: (code: string) => string }
/** Where the lines of an indicator stand: one for the period, or one for each part that is measured for itself. */
export const slotsOf = (parts: readonly PostPart[]): Slot[] => {
  const [only] = parts
  if (parts.length <= 1) return [{ part: only ?? null, codeOf: (code) => code }]
  return parts.map((part, place) => ({ part, codeOf: (code) => partCode(place + 1, code) }))
}

/** The parts that are kept with the input; the indicators of the last one are those of the input itself. */
function partsGiven({ parts }: Seated, told: readonly Indicators[]): Pick<BlocksInput['given'], 'parts'> {
  return parts.length === 0 ? {} : { parts: parts.map((part, place): GivenPart => ({ ...part, indicators: place === parts.length - 1 ? null : told[place] ?? {} })) }
}

function addLine(person: Person, code: string, row: Partial<LineRow>): void {
  person.lines.push({
    place: person.lines.length + 1, code, quantity: null, unit_fen: null, each: null, measured_fen: null, points: null, money_fen: null, facts: 0, by_form: false, corrects_month: null, corrects_code: null, detail: {}, why: null, ...row,
  })
}

function baseOf(terms: BlocksTerms, grade: string | null): Fen | null {
  const text = (grade === null ? undefined : terms.gradeBases[grade]) ?? terms.gradeBases['*']
  return text === undefined ? null : BigInt(text)
}

/** Events and growth of a month or quarter add up over time; averages, balances, ratios and what is counted since January do not. */
const addingOf = ({ terms, unit }: RunIndicator): Adding => ({
  overTime: (terms.measure === 'SUM' || terms.measure === 'COUNT' || terms.measure === 'CHANGE') && (terms.window === 'MONTH' || terms.window === 'QUARTER') && terms.source !== 'CUSTOMER_HELD',
  byDays: unit !== 'PERCENT' && terms.measure !== 'MEAN' && terms.measure !== 'SCORE',
})

export function joinedSums(end: Sums | undefined, start: Sums | undefined): Sums | undefined {
  if (!end || !start) return end ?? start
  return { numerator: exact(end.numerator).plus(exact(start.numerator)).toFixed(), denominator: end.denominator, facts: end.facts + start.facts, byForm: end.byForm, hash: `${end.hash}/${start.hash}` }
}

type Actual = { value: string; fen: string | null }
/**
 * The actual value from exact sums, rounded once: money to the fen and told in yuan. A ledger in which somebody of the bank has something this period says 0 for whom it has nothing; a form, a mean or a ratio without facts
 * says nothing.
 */
export function actualOf({ unit, terms }: Pick<RunIndicator, 'unit' | 'terms'>, sums: Pick<Sums, 'numerator' | 'denominator'> | undefined, measurable: boolean): Actual | null {
  const hasMean = terms.measure === 'MEAN' || terms.measure === 'RATIO' || terms.measure === 'SCORE'
  if (!sums && (hasMean || terms.source === 'FORM' || !measurable)) return null
  const value = valueOf(unit, sums?.numerator ?? '0', hasMean ? sums?.denominator ?? null : null)
  if (value === null) return null
  return unit === 'FEN' ? { value: decimalText(exact(value).div(100), 2), fen: value } : { value, fen: null }
}

function indicatorLine(indicator: RunIndicator, actual: Actual | null, target: TargetOfPeriod | null, share: DaysShare | undefined): Partial<LineRow> {
  const { window } = indicator
  return {
    quantity: actual === null ? null : decimalText(exact(actual.value), 6), measured_fen: actual?.fen ?? null, why: actual === null ? 'no-data' : target === null ? 'no-target' : null,
    detail: {
      name: indicator.name, nameEn: indicator.nameEn, unit: indicator.unit, version: String(indicator.version), from: window.from, to: window.to, actual: actual?.value ?? null, target: target?.target ?? null,
      ...(share === undefined || share.days === share.of ? {} : { shareDays: String(share.days), shareOf: String(share.of) }),
      ...(target === null ? {} : { planId: target.planId, planVersion: String(target.planVersion) }), ...(target === null || target.full === target.target ? {} : { fullTarget: target.full, days: String(target.days), wholeDays: String(target.wholeDays) }),
    },
  }
}

/** Pay of everybody; a scheme with a team result needs the own results of all first. */
function judge(run: BlockRun, people: ReadonlyMap<number, Person>): void {
  const all = [...people.values()]
  for (const person of all) person.pay = payOfBlocks(run.terms, person.input)
  for (const block of run.terms.blocks) {
    if (block.kind !== 'TEAM' || Number(block.weight) === 0) continue
    const results = teamResults(all.filter(({ covered }) => covered).map((person) => ({ key: person.staffKey, line: person.linePath, step: person.pay.steps.find(({ code }) => code === block.own) })))
    for (const person of all) {
      const team = results.get(person.linePath)
      if (team === undefined || !person.covered) continue
      person.input = { ...person.input, given: { ...person.input.given, values: { ...person.input.given.values, [block.team]: { unit: block.unit, value: team.value } } } }
      addLine(person, block.team, { quantity: block.unit === 'FEN' ? null : team.value, money_fen: block.unit === 'FEN' ? team.value : null, detail: { people: String(team.people) } })
      person.pay = payOfBlocks(run.terms, person.input)
    }
  }
}

function whyWithout(terms: BlocksTerms, person: Person): WithoutResult['why'] | null {
  if (baseOf(terms, person.grade) === null) return 'no-grade-base'
  if (person.pay.flags.length === 0 || person.pay.payableFen > 0n) return null
  const indicators = person.lines.filter(({ detail }) => detail['unit'] !== undefined)
  if (indicators.length > 0 && indicators.every(({ detail }) => detail['target'] === null)) return 'no-target'
  return indicators.length > 0 && indicators.every(({ detail }) => detail['actual'] === null) ? 'no-data' : null
}

// ---- what is known of facts -------------------------------------------------------------------------------------------

type AllSums = { of: (staffKey: number, ofMonth: string) => ReadonlyMap<string, Sums>; anybody: ReadonlySet<string> }

async function readSums(tx: Transaction, runId: string): Promise<AllSums> {
  const rows = await tx.all(sql<{ staff_key: number; line_code: string; of_month: string; facts: number; numerator: string | null; denominator: string | null; by_form: boolean; hash: string }>`
    SELECT staff_key, line_code, of_month, count(*)::int AS facts, trim_scale(sum(numerator))::text AS numerator, trim_scale(sum(denominator))::text AS denominator, bool_or(kind = 'FORM') AS by_form,
      sum(hash_record_extended(ROW(fact_id, fact_date, amount_fen, share_pct, trim_scale(numerator), trim_scale(denominator), why), 0)::numeric)::text AS hash
    FROM pay_fact WHERE run_id = ${runId}::uuid AND numerator IS NOT NULL GROUP BY staff_key, line_code, of_month`)
  const found = new Map<string, Map<string, Sums>>()
  for (const row of rows) {
    const key = `${row.staff_key} ${row.of_month}`
    const own = found.get(key) ?? new Map<string, Sums>()
    found.set(key, own)
    own.set(row.line_code, { numerator: row.numerator ?? '0', denominator: row.denominator, facts: row.facts, byForm: row.by_form, hash: row.hash })
  }
  return { of: (staffKey, ofMonth) => found.get(`${staffKey} ${ofMonth}`) ?? new Map(), anybody: new Set(rows.map(({ line_code }) => line_code.replace(/^\d+#/, '').replace(/\.START$/, ''))) }
}

// ---- closed periods ---------------------------------------------------------------------------------------------------

type ClosedPeriod = { run: BlockRun; indicators: RunIndicator[]; inputs: ReadonlyMap<number, BlocksInput> }

/** Closed periods within reach, each with the version, the people and the inputs by which it was settled: a rule edited since changes nothing of them. */
async function closedPeriods(tx: Transaction, run: BlockRun): Promise<ClosedPeriod[]> {
  const oldest = `${shiftMonth(run.month, -run.terms.correctionMonths)}-01`
  const rows = await tx.all(sql<{ month: string; run_id: string; version: number; terms: unknown }>`
    SELECT c.month, c.run_id, k.version, k.terms FROM closed_month c JOIN settlement_run r ON r.id = c.run_id JOIN scheme k ON k.code = r.scheme_code AND k.version = r.scheme_version
    WHERE c.scheme_code = ${run.schemeCode} AND c.month < ${monthStart(run.month)}::date AND c.month >= ${oldest}::date ORDER BY c.month`)
  const found: ClosedPeriod[] = []
  for (const row of rows) {
    const terms = blocksTerms.parse(row.terms)
    const month = monthOf(row.month)
    const statements = await tx.all(sql<{ staffKey: number; staffNo: string; postCode: string; linePath: string; input: SentInput }>`
      SELECT s.staff_key AS "staffKey", p.staff_no AS "staffNo", s.post_code AS "postCode", s.scope_path AS "linePath", s.input FROM pay_statement s JOIN organisation_staff_facts p ON p.staff_key = s.staff_key WHERE s.run_id = ${row.run_id}`)
    const then: BlockRun = { ...run, month, version: row.version, terms, period: periodOf(terms.period, month), people: statements.map(({ input, ...person }) => ({ ...person, grade: input.given.grade, parts: input.given.parts ?? [], hired: input.given.hired })) }
    found.push({ run: then, indicators: await readRunIndicators(tx, then), inputs: new Map(statements.map(({ staffKey, input }) => [staffKey, readInput(input)])) })
  }
  return found
}

export type SentInput = Omit<BlocksInput, 'corrections' | 'carryIn'> & { corrections: { fen: string }[]; carryIn: { month: string; cause: CarryLot['cause']; fen: string }[] }
export const readInput = (sent: SentInput): BlocksInput => ({ ...sent, corrections: sent.corrections.map(({ fen }) => ({ fen: BigInt(fen) })), carryIn: sent.carryIn.map((lot) => ({ ...lot, fen: BigInt(lot.fen) })) })

/** Late corrections: the closed period is worked out again with one indicator after the other as it is known now; each gets its own difference, paid now. */
async function correct(tx: Transaction, run: BlockRun, people: Map<number, Person>, closed: readonly ClosedPeriod[], sums: AllSums): Promise<void> {
  const back = run.sandbox ? new Map<string, Fen>() : await givenBack(tx, { scheme: run.schemeCode, month: run.month })
  for (const then of closed) {
    const ofMonth = monthStart(then.run.month)
    const changed = then.run.people.filter(({ staffKey }) => sums.of(staffKey, ofMonth).size > 0)
    if (changed.length === 0) continue
    const known = await knownSums(tx, run, ofMonth, changed.map(({ staffKey }) => staffKey))
    for (const before of changed) {
      const input = then.inputs.get(before.staffKey)
      if (!input) continue
      const person = people.get(before.staffKey) ?? leaver(run, before)
      people.set(before.staffKey, person)
      const was = known.get(before.staffKey) ?? new Map<string, Sums>()
      const slots = slotsOf(before.parts)
      const values = slots.map((_, place): Indicators => ({ ...(input.given.parts?.[place]?.indicators ?? input.given.indicators) }))
      const pay = (): Fen => payOfBlocks(then.run.terms, {
        ...input, given: { ...input.given, indicators: values.at(-1) ?? {}, ...(input.given.parts ? { parts: input.given.parts.map((part, place) => ({ ...part, indicators: part.indicators === null ? null : values[place] ?? {} })) } : {}) },
      }).beforeFen
      // what earlier corrections made of the period is known already
      for (const [place, { codeOf }] of slots.entries()) {
        const of = values[place] ?? {}
        for (const indicator of then.indicators) of[indicator.code] = { target: of[indicator.code]?.target ?? null, actual: actualOf(indicator, sumsKnown(was, codeOf(indicator.code)), of[indicator.code]?.actual !== null)?.value ?? null }
      }
      let payWas = pay()
      const own = sums.of(before.staffKey, ofMonth)
      for (const [indicator, place, code] of then.indicators.flatMap((one) => slots.map(({ codeOf }, at) => [one, at, codeOf(one.code)] as const))) {
        const difference = joinedSums(own.get(code), own.get(`${code}.START`))
        if (!difference) continue
        const of = values[place] ?? {}
        const old = sumsKnown(was, code)
        const now = { numerator: exact(old?.numerator ?? '0').plus(exact(difference.numerator)).toFixed(), denominator: old?.denominator == null && difference.denominator === null ? null : exact(old?.denominator ?? '0').plus(exact(difference.denominator ?? '0')).toFixed() }
        const actualWas = of[indicator.code]?.actual ?? null
        const actual = actualOf(indicator, now, true)?.value ?? null
        of[indicator.code] = { target: of[indicator.code]?.target ?? null, actual }
        const payIs = pay()
        // what an exemption gave back of this line is not paid a second time
        const left = back.get(`${before.staffKey} ${ofMonth} ${code}`) ?? 0n
        const exempted = payIs <= payWas ? 0n : left < payIs - payWas ? left : payIs - payWas
        const fen = payIs - payWas - exempted
        addLine(person, 'CORRECTION', {
          money_fen: fen.toString(), facts: difference.facts, corrects_month: ofMonth, corrects_code: code, why: payIs === payWas ? 'no-difference-in-pay' : fen === 0n ? 'given-back-already' : null,
          detail: { name: indicator.name, nameEn: indicator.nameEn, unit: indicator.unit, was: actualWas, is: actual, payWas: payWas.toString(), payIs: payIs.toString(), ...(exempted === 0n ? {} : { exempted: exempted.toString() }) },
        })
        person.corrections.push({ fen })
        person.hashes.push([code, then.run.month, difference.facts, difference.hash])
        payWas = payIs
      }
      person.input = { ...person.input, corrections: person.corrections }
    }
  }
}

const sumsKnown = (known: ReadonlyMap<string, Sums>, code: string): Sums | undefined => joinedSums(known.get(code), known.get(`${code}.START`))

// somebody who is no longer paid by the scheme, to whom a correction of an old period is due
function leaver(run: BlockRun, person: BlockPerson): Person {
  const input: BlocksInput = { month: run.month, given: { from: run.period.from, post: person.postCode, grade: person.grade, events: [], points: [], indicators: {}, marks: {}, values: { GRADE_BASE: { unit: 'FEN', value: '0' } } }, corrections: [], carryIn: [] }
  return { ...person, parts: [], days: null, covered: false, carryIn: [], corrections: [], lines: [], input, pay: payOfBlocks(run.terms, input), hashes: [] }
}

/** What the closed run and the corrections since know of each indicator of a period. */
async function knownSums(tx: Transaction, run: BlockRun, ofMonth: string, staff: readonly number[]): Promise<Map<number, Map<string, Sums>>> {
  const rows = await tx.all(sql<{ staff_key: number; line_code: string; facts: number; numerator: string; denominator: string | null }>`
    SELECT f.staff_key, f.line_code, count(*)::int AS facts, trim_scale(sum(f.numerator))::text AS numerator, trim_scale(sum(f.denominator))::text AS denominator
    FROM pay_fact f JOIN settled_month s ON s.run_id = f.run_id AND s.scheme_code = ${run.schemeCode} AND s.month < ${monthStart(run.month)}::date
    WHERE f.of_month = ${ofMonth}::date AND f.numerator IS NOT NULL AND f.staff_key = ANY(${[...staff]}::int[]) GROUP BY f.staff_key, f.line_code`)
  const found = new Map<number, Map<string, Sums>>()
  for (const row of rows) {
    const own = found.get(row.staff_key) ?? new Map<string, Sums>()
    found.set(row.staff_key, own)
    own.set(row.line_code, { numerator: row.numerator, denominator: row.denominator, facts: row.facts, byForm: false, hash: '' })
  }
  return found
}

// ---- control ----------------------------------------------------------------------------------------------------------

/** Each indicator: the whole of its ledger = in lines + people outside the scheme + without a manager, measured anew. */
async function controlOf(tx: Transaction, run: BlockRun, runId: string, indicators: readonly RunIndicator[], without: readonly WithoutResult[]): Promise<ControlReport> {
  const rows: ControlRow[] = []
  for (const indicator of indicators) {
    const { facts, total, inLines, outside, measured } = await wholeOfRun(tx, run, runId, indicator)
    const nobody = exact(total).minus(exact(measured))
    rows.push({
      source: indicator.code, unit: sumUnitOf(indicator.terms), ...(indicator.unit === 'PERCENT' ? { part: 'NUMERATOR' as const } : {}), facts, total: short(total), inLines: short(inLines), outside: short(outside), withoutManager: short(nobody.toFixed()), otherCurrency: 0,
      ties: exact(inLines).plus(exact(outside)).minus(exact(measured)).abs().lte(exact('0.000001')),
    })
  }
  const transactions = await controlTransactions(tx, { month: run.month, currency: run.currency }, runId)
  return { rows, transactions, withoutResult: without.slice(0, 200), ties: rows.every(({ ties }) => ties) }
}

const short = (text: string): string => decimalText(exact(text), 4).replace(/0+$/, '').replace(/\.$/, '')
