import { Exact, clamp, decimalText, exact, fenOf, roundHalfUp, yuanOf } from '../foundation/values/decimal.ts'
import { equalTranches, type Fen } from '../foundation/values/fen.ts'
import type { BlockKind, SchemeBlock, Unit } from './block.contract.ts'

export type Block = SchemeBlock
export type Name = { zh: string; en: string }

/** One value that a formula names: how it came about with the real operands. `rounded`: the formula rounds here. */
export type Step = {
  code: string
  unit: Unit
  value: string
  terms: readonly Term[]
  rounded: boolean
  why: string | null
  /** What the scheme calls it; without a name the house's word for the code. */
  name?: Name
}
/** An operand of a formula (`of`: the step or line it comes from) or a sign between two. */
export type Term = { sign: string } | { value: string; unit: Unit; of: string | null }

/** What the facts of a person give for a period. Money in whole fen as digits, everything else as exact decimals. */
export type Given = {
  /** The first day of the period: a table inside a scheme is read by it. */
  from: string
  post: string | null
  grade: string | null
  /** Confirmed events of the compliance gate. */
  events: readonly ('RED' | 'AMBER')[]
  points: readonly { code: string; points: string }[]
  indicators: Readonly<Record<string, { target: string | null; actual: string | null }>>
  marks: Readonly<Record<string, string>>
  /** Values that come from elsewhere: sums of deductions, a base by grade, the result of the team. */
  values: Readonly<Record<string, { unit: Unit; value: string; why?: string | null }>>
  /** Of a value that pays for a month: he held the post on so many of its days. A product with it counts by days. */
  inPost?: Readonly<Record<string, { days: number; of: number }>>
}
export type Known = { exact: Exact; unit: Unit; text: string; why: string | null }
/** What a person who checks should look at: an indicator without data or without a target that divides. */
export type Flag = { block: string; item: string; why: 'no-data' | 'target-not-positive' | 'no-mark' | 'part-without-data' | 'no-rate-for-grade' }
export type WorkedBlocks = { values: ReadonlyMap<string, Known>; steps: Step[]; flags: Flag[] }

/** Values that are known beforehand, and for the blocks that are not worked out any more their step (null: it is not told). */
export type Ready = { values: ReadonlyMap<string, Known>; steps: ReadonlyMap<string, Step | null> }

type Desk = { given: Given; found: Map<string, Known>; steps: Step[]; flags: Flag[] }
type Evaluate<K extends BlockKind> = (block: Extract<Block, { kind: K }>, desk: Desk) => void

/**
 * Works out a scheme for one person: block after block in the order of the list, every named value rounded where it is named and then used rounded.
 * The one engine of every scheme. Throws when a block names a value that stands nowhere before it (the validator refused such a scheme).
 */
export function workOutBlocks(blocks: readonly Block[], given: Given, ready: Ready = { values: new Map(), steps: new Map() }): WorkedBlocks {
  const found = new Map<string, Known>(ready.values)
  for (const [code, { unit, value, why }] of Object.entries(given.values)) found.set(code, { ...knownOf(unit, unit === 'FEN' ? yuanOf(BigInt(value)) : exact(value)), text: value, why: why ?? null })
  const desk: Desk = { given, found, steps: [], flags: [] }
  for (const block of blocks) {
    const step = ready.steps.get(block.code)
    if (step === undefined) (evaluate[block.kind] as (block: Block, desk: Desk) => void)(block, desk)
    else if (step !== null) desk.steps.push(step)
  }
  return { values: found, steps: desk.steps, flags: desk.flags }
}

/** A value of a result in fen; throws when it is not money or was not worked out. */
export function fenIn(worked: WorkedBlocks, code: string): Fen {
  const known = worked.values.get(code)
  if (known?.unit !== 'FEN') throw new Error(`${code} is no amount of this scheme`)
  return BigInt(known.text)
}

const places: Readonly<Record<Unit, number>> = { FEN: 2, PRICE: 2, POINTS: 2, SCORE: 2, COEFFICIENT: 4, NUMBER: 4 }
/** A value of a unit, rounded as the unit says. */
export function knownOf(unit: Unit, value: Exact): Known {
  if (unit !== 'FEN') return { exact: roundHalfUp(value, places[unit]), unit, text: decimalText(value, places[unit]), why: null }
  const amount = fenOf(value)
  return { exact: yuanOf(amount), unit, text: amount.toString(), why: null }
}

const sign = (text: string): Term => ({ sign: text })
const constant = (value: string, unit: Unit = 'NUMBER'): Term => ({ value, unit, of: null })
const operand = (known: Known, of: string): Term => ({ value: known.text, unit: known.unit, of })
/** Without a sign: the sign stands before it. */
const sized = (known: Known, of: string): Term => ({ value: known.text.replace(/^-/, ''), unit: known.unit, of })
const zero = new Exact(0)
const one = new Exact(1)

function known(desk: Desk, code: string): Known {
  const value = desk.found.get(code)
  if (!value) throw new Error(`${code} stands nowhere before the block that names it`)
  return value
}

type Told = { rounded?: boolean; why?: string | null; name?: Name }
function put(desk: Desk, code: string, unit: Unit, value: Exact, terms: readonly Term[], { rounded = false, why = null, name }: Told = {}): Known {
  const result = knownOf(unit, value)
  desk.found.set(code, result)
  desk.steps.push({ code, unit, value: result.text, terms, rounded, why, ...(name ? { name } : {}) })
  return result
}

/** A sum in the order given; a negative part is told with its sign. */
function addUp(parts: readonly { code: string; value: Known; minus?: boolean }[]): { sum: Exact; terms: Term[] } {
  let sum = zero
  const terms: Term[] = []
  for (const { code, value, minus } of parts) {
    const counted = minus === true ? value.exact.neg() : value.exact
    sum = sum.plus(counted)
    if (terms.length === 0 && minus !== true) terms.push(operand(value, code))
    else terms.push(sign(counted.lt(0) || (counted.isZero() && minus === true) ? '−' : '+'), sized(value, code))
  }
  return { sum, terms }
}

const spread = (weights: readonly Exact[]): Exact => weights.reduce((sum, weight) => sum.plus(weight), zero)
const numberText = (value: Exact): string => value.toFixed()

const evaluate: { [K in BlockKind]: Evaluate<K> } = {
  POINTS_SUM: (block, desk) => {
    const { points } = desk.given
    const { sum, terms } = addUp(points.map((line) => ({ code: line.code, value: { ...knownOf('POINTS', exact(line.points)), text: line.points }, minus: false })))
    // the first line tells its sign like all others
    const [first] = terms
    const told = first && 'value' in first && first.value.startsWith('-') ? [sign('−'), { ...first, value: first.value.slice(1) }, ...terms.slice(1)] : terms
    put(desk, block.code, 'POINTS', sum, told, { why: points.length === 0 ? 'no-points' : null, name: block.name })
  },

  PRODUCT: (block, desk) => {
    if (block.whenGiven !== undefined && !desk.found.has(block.whenGiven)) return
    let product = one
    let why: string | null = null
    const terms: Term[] = []
    for (const factor of block.factors) {
      if (terms.length > 0) terms.push(sign('×'))
      if ('constant' in factor) {
        product = product.times(exact(factor.constant))
        terms.push(constant(factor.constant, factor.unit))
        continue
      }
      const value = known(desk, factor.of)
      why ??= value.why
      const capped = factor.most !== undefined && value.exact.gt(exact(factor.most))
      product = product.times(capped && factor.most !== undefined ? exact(factor.most) : value.exact)
      terms.push(capped && factor.most !== undefined ? { value: factor.most, unit: value.unit, of: factor.of } : operand(value, factor.of))
      if (factor.percent === true) {
        product = product.div(100)
        terms.push(sign('÷'), constant('100'))
      }
      const held = desk.given.inPost?.[factor.of]
      if (held) {
        product = product.times(held.days).div(held.of)
        terms.push(sign('×'), constant(String(held.days)), sign('÷'), constant(String(held.of)))
      }
    }
    put(desk, block.code, block.unit, product, terms, { rounded: true, why, name: block.name })
  },

  SUM: (block, desk) => {
    const parts = block.parts.flatMap(({ of, minus, leaveOut }) => {
      const value = desk.found.get(of)
      if (leaveOut !== undefined && (!value || (leaveOut === 'ZERO' && value.exact.isZero()))) return []
      return [{ code: of, value: known(desk, of), minus: minus === true }]
    })
    const { sum, terms } = addUp(parts)
    put(desk, block.code, block.unit, sum, terms, { name: block.name })
  },

  LINK: (block, desk) => {
    const amount = known(desk, block.of)
    const factor = desk.found.get(block.factor)
    if (!factor || (amount.exact.lt(0) && !block.onNegative)) {
      put(desk, block.code, 'FEN', amount.exact, [operand(amount, block.of)], { why: factor ? 'negative-not-linked' : 'no-target', name: block.name })
      return
    }
    const kept = one.minus(exact(block.weight))
    const fixed = put(desk, block.fixed, 'FEN', amount.exact.times(kept), [operand(amount, block.of), sign('×'), constant(decimalText(kept, 2), 'COEFFICIENT')], { rounded: true })
    const base = put(desk, block.base, 'FEN', amount.exact.minus(fixed.exact), [operand(amount, block.of), sign('−'), operand(fixed, block.fixed)])
    const pay = base.exact.times(factor.exact)
    const linked = put(desk, block.linked, 'FEN', pay, [operand(base, block.base), sign('×'), operand(factor, block.factor)], { rounded: true, why: fenOf(pay) === 0n && !base.exact.isZero() ? 'no-growth' : null })
    put(desk, block.code, 'FEN', fixed.exact.plus(linked.exact), [operand(fixed, block.fixed), sign('+'), operand(linked, block.linked)], { name: block.name })
  },

  FACTOR: (block, desk) => {
    const amount = known(desk, block.of)
    const factor = known(desk, block.factor)
    if (amount.exact.lt(0)) put(desk, block.code, 'FEN', amount.exact, [operand(amount, block.of)], { why: 'negative-no-coefficient', name: block.name })
    else put(desk, block.code, 'FEN', amount.exact.times(factor.exact), [operand(amount, block.of), sign('×'), operand(factor, block.factor)], { rounded: true, why: factor.why, name: block.name })
  },

  BANDS: (block, desk) => {
    const value = known(desk, block.of)
    put(desk, block.code, 'COEFFICIENT', bandOf(block.bands, value.exact), [operand(value, block.of)], { why: 'by-band', name: block.name })
  },

  RATIOS: (block, desk) => scoreRatios(block, desk),

  MARKS: (block, desk) => {
    const marked = block.items.filter(({ code }) => desk.given.marks[code] !== undefined)
    for (const { code } of block.items) if (desk.given.marks[code] === undefined) desk.flags.push({ block: block.code, item: code, why: 'no-mark' })
    const parts = marked.map((item) => {
      const mark = desk.given.marks[item.code] ?? '0'
      const code = `${block.code}.${item.code}`
      const value = put(desk, code, 'SCORE', exact(item.weight).times(exact(mark)).div(100), [constant(item.weight), sign('×'), { value: mark, unit: 'SCORE', of: `MARK.${item.code}` }, sign('÷'), constant('100')], { rounded: true, name: item.name })
      return { code, value }
    })
    const whole = spread(block.items.map(({ weight }) => exact(weight)))
    const present = spread(marked.map(({ weight }) => exact(weight)))
    const { sum, terms } = addUp(parts)
    if (present.eq(whole) || present.isZero()) put(desk, block.code, 'SCORE', sum, terms, { why: parts.length === 0 ? 'no-mark' : null, name: block.name })
    else put(desk, block.code, 'SCORE', sum.times(whole).div(present), [sign('('), ...terms, sign(')'), sign('×'), constant(numberText(whole)), sign('÷'), constant(numberText(present))], { rounded: true, why: 'without-what-has-no-mark', name: block.name })
  },

  PHASE: (block, desk) => {
    const phase = [...block.phases].sort((a, b) => (a.from < b.from ? 1 : -1)).find(({ from }) => from <= desk.given.from)
    put(desk, block.code, 'COEFFICIENT', exact(phase?.value ?? '0'), [constant(phase?.value ?? '0', 'COEFFICIENT')], { why: phase ? `from ${phase.from}` : 'before-the-first-phase', name: block.name })
  },

  BLEND: (block, desk) => {
    const [first, second, weight] = [known(desk, block.first), known(desk, block.second), known(desk, block.weight)]
    const rest = one.minus(weight.exact)
    const left = put(desk, `${block.code}.1`, 'SCORE', rest.times(first.exact), [sign('('), constant('1'), sign('−'), operand(weight, block.weight), sign(')'), sign('×'), operand(first, block.first)], { rounded: true })
    const right = put(desk, `${block.code}.2`, 'SCORE', weight.exact.times(second.exact), [operand(weight, block.weight), sign('×'), operand(second, block.second)], { rounded: true })
    put(desk, block.code, 'SCORE', left.exact.plus(right.exact), [operand(left, `${block.code}.1`), sign('+'), operand(right, `${block.code}.2`)], { name: block.name })
  },

  CORE: (block, desk) => {
    if (desk.given.events.includes('RED')) {
      put(desk, block.code, 'COEFFICIENT', zero, [constant('0', 'COEFFICIENT')], { why: 'red-event', name: block.name })
      return
    }
    const missed = block.tests.filter((test) => isMissed(test, desk, block.code))
    const step = exact(block.step).times(missed.length)
    const value = exact(block.start).minus(step)
    const floor = exact(block.floor)
    put(desk, block.code, 'COEFFICIENT', value.lt(floor) ? floor : value, [constant(block.start, 'COEFFICIENT'), sign('−'), constant(block.step, 'COEFFICIENT'), sign('×'), constant(String(missed.length))], {
      why: value.lt(floor) ? 'at-the-floor' : missed.length === 0 ? null : `missed: ${missed.map(({ indicator }) => indicator).join(', ')}`, name: block.name,
    })
  },

  EXCESS: (block, desk) => payExcess(block, desk),

  GATE: (block, desk) => {
    const value = known(desk, block.of)
    const cap = exact(block.redCap)
    const { events } = desk.given
    if (events.includes('RED') && value.exact.gt(cap)) put(desk, block.code, block.unit, cap, [constant(block.redCap, block.unit === 'FEN' ? 'PRICE' : block.unit)], { why: 'red-event', name: block.name })
    else if (!events.includes('RED') && events.includes('AMBER') && block.amberFactor !== null && value.exact.gt(0)) {
      put(desk, block.code, block.unit, value.exact.times(exact(block.amberFactor)), [operand(value, block.of), sign('×'), constant(block.amberFactor, 'COEFFICIENT')], { rounded: true, why: 'amber-event', name: block.name })
    } else put(desk, block.code, block.unit, value.exact, [operand(value, block.of)], { name: block.name })
  },

  TEAM: (block, desk) => {
    const [own, team] = [known(desk, block.own), desk.found.get(block.team)]
    const weight = exact(block.weight)
    if (!team || weight.isZero()) {
      put(desk, block.code, block.unit, own.exact, [operand(own, block.own)], { why: team || weight.isZero() ? null : 'no-team-result', name: block.name })
      return
    }
    put(desk, block.code, block.unit, one.minus(weight).times(own.exact).plus(weight.times(team.exact)), [
      constant(numberText(one.minus(weight)), 'COEFFICIENT'), sign('×'), operand(own, block.own), sign('+'), constant(block.weight, 'COEFFICIENT'), sign('×'), operand(team, block.team),
    ], { rounded: true, name: block.name })
  },

  PAYABLE: (block, desk) => {
    const value = known(desk, block.of)
    const carried = desk.found.get('CARRY_IN')
    const { sum, terms } = addUp([{ code: block.of, value }, ...(carried && !carried.exact.isZero() ? [{ code: 'CARRY_IN', value: carried }] : [])])
    const payable = sum.gt(0) ? sum : zero
    put(desk, block.code, 'FEN', payable, terms, { why: sum.lt(0) ? 'month-not-enough' : sum.isZero() ? 'nothing-earned' : null, name: block.name })
    if (sum.lt(0)) put(desk, block.carryOut, 'FEN', sum, terms)
  },

  DEFER: (block, desk) => {
    const whole = known(desk, block.of)
    if (desk.given.post === null || !block.posts.includes(desk.given.post) || whole.exact.lte(0)) return
    const deferred = put(desk, block.code, 'FEN', whole.exact.times(exact(block.ratio)), [operand(whole, block.of), sign('×'), constant(block.ratio, 'COEFFICIENT')], { rounded: true, name: block.name })
    put(desk, block.paidNow, 'FEN', whole.exact.minus(deferred.exact), [operand(whole, block.of), sign('−'), operand(deferred, block.code)])
    equalTranches(BigInt(deferred.text), block.tranches).forEach((tranche, place) => {
      put(desk, `${block.code}.${place + 1}`, 'FEN', yuanOf(tranche), [operand(deferred, block.code), sign('÷'), constant(String(block.tranches))], { rounded: true, why: place === block.tranches - 1 ? 'last-takes-the-rest' : null })
    })
  },
}

/** What the band of a value gives; below the last band its value holds too. */
export function bandOf(list: readonly { from: string; value: string }[], value: Exact): Exact {
  const band = list.find(({ from }) => value.gte(exact(from))) ?? list.at(-1)
  return exact(band?.value ?? '0')
}

/** actual ÷ target where the quotient says something; null: not measurable, and why. DOWN: the lower the better, 2 − actual ÷ target. */
export function quotientOf(direction: 'UP' | 'DOWN', { target, actual }: { target: string | null; actual: string | null }): { quotient: Exact } | { quotient: null; why: 'no-data' | 'target-not-positive' } {
  if (actual === null) return { quotient: null, why: 'no-data' }
  if (target === null || exact(target).lte(0)) return { quotient: null, why: 'target-not-positive' }
  const quotient = exact(actual).div(exact(target))
  return { quotient: direction === 'UP' ? quotient : new Exact(2).minus(quotient) }
}

type Ratios = Extract<Block, { kind: 'RATIOS' }>
type RatioItem = Ratios['items'][number]

function scoreRatios(block: Ratios, desk: Desk): void {
  const measured = block.items.map((item) => ({ item, score: scoreOf(block, item, desk) }))
  const weightOf = weightsAfterSpreading(block, desk, measured.filter(({ score }) => score !== null).map(({ item }) => item))
  const perPart = new Map<string, { code: string; value: Known }[]>()
  for (const { item, score } of measured) {
    const code = `${block.code}.${item.code}`
    const weight = weightOf(item)
    const parts = perPart.get(item.part ?? '') ?? []
    perPart.set(item.part ?? '', parts)
    if (score === null) {
      put(desk, code, 'SCORE', zero, [], { why: 'not-measurable', name: item.name })
      continue
    }
    const scored = block.mode === 'PERCENT'
      ? put(desk, code, 'SCORE', score.value.exact.times(weight.exact).div(100), [operand(score.value, score.code), sign('×'), ...weight.terms, sign('÷'), constant('100')], { rounded: true, name: item.name })
      : put(desk, code, 'SCORE', score.exact.times(weight.exact), [...score.terms, sign('×'), ...weight.terms], { rounded: true, why: score.why, name: item.name })
    parts.push({ code, value: scored })
  }
  const totals: { code: string; value: Known }[] = []
  for (const [part, values] of perPart) {
    if (part === '') totals.push(...values)
    else {
      const { sum, terms } = addUp(values)
      totals.push({ code: `${block.code}.${part}`, value: put(desk, `${block.code}.${part}`, 'SCORE', sum, terms, { name: block.parts?.find((one) => one.code === part)?.name }) })
    }
  }
  const { sum, terms } = addUp(totals)
  put(desk, block.code, 'SCORE', sum, terms, { why: totals.length === 0 ? 'not-measurable' : null, name: block.name })
}

type Scored = { exact: Exact; terms: Term[]; why: string | null; value: Known; code: string }

// The quotient within its limits. In PERCENT it is a value of its own, rounded; in RATIO it stays exact inside the score.
function scoreOf(block: Ratios, item: RatioItem, desk: Desk): Scored | null {
  const given = desk.given.indicators[item.indicator] ?? { target: null, actual: null }
  const code = `${block.code}.${item.code}.SCORE`
  if (item.steps && given.actual !== null) {
    const actual = knownOf('NUMBER', exact(given.actual))
    const value = put(desk, code, 'SCORE', bandOf(item.steps, exact(given.actual)), [{ ...operand(actual, item.indicator), value: given.actual }], { why: 'by-band', name: item.name })
    return { exact: value.exact.div(100), terms: [operand(value, code), sign('÷'), constant('100')], why: null, value, code }
  }
  const found = quotientOf(item.direction, given)
  if (found.quotient === null) {
    desk.flags.push({ block: block.code, item: item.code, why: found.why })
    return null
  }
  const scale = block.mode === 'PERCENT' ? 100 : 1
  const raw = found.quotient.times(scale)
  const limited = clamp(raw, exact(block.floor), exact(block.cap))
  const why = raw.gt(limited) ? 'at-the-cap' : raw.lt(limited) ? 'at-the-floor' : null
  const quotient: Term[] = [{ value: given.actual ?? '0', unit: 'NUMBER', of: item.indicator }, sign('÷'), { value: given.target ?? '0', unit: 'NUMBER', of: null }]
  const whole = item.direction === 'UP' ? quotient : [sign('('), constant('2'), sign('−'), ...quotient, sign(')')]
  const terms = why === null ? (scale === 1 ? whole : [...whole, sign('×'), constant('100')]) : [constant(why === 'at-the-cap' ? block.cap : block.floor)]
  if (block.mode === 'RATIO') return { exact: limited, terms, why, value: knownOf('COEFFICIENT', limited), code }
  const value = put(desk, code, 'SCORE', limited, terms, { rounded: true, why, name: item.name })
  return { exact: value.exact, terms, why, value, code }
}

/**
 * The weight of what cannot be measured goes to the other items of its part in proportion, exact; a part of which nothing can be measured gives its weight to all others. It is told as the fraction that it is (25 × 70 ÷ 45), which a
 * person can key in: a third of 40 digits cannot be read.
 */
function weightsAfterSpreading(block: Ratios, desk: Desk, measured: readonly RatioItem[]): (item: RatioItem) => { exact: Exact; terms: Term[] } {
  const weight = (items: readonly RatioItem[]): Exact => spread(items.map((item) => exact(item.weight)))
  const parts = [...new Set(block.items.map(({ part }) => part ?? ''))]
  const inPart = (items: readonly RatioItem[], part: string): Exact => weight(items.filter((item) => (item.part ?? '') === part))
  const empty = parts.filter((part) => inPart(measured, part).isZero())
  for (const part of empty) if (parts.length > 1) desk.flags.push({ block: block.code, item: part, why: 'part-without-data' })
  const lost = spread(empty.map((part) => inPart(block.items, part)))
  const kept = weight(block.items).minus(lost)
  return (item) => {
    const part = item.part ?? ''
    const left = inPart(measured, part)
    if (left.isZero()) return { exact: zero, terms: [constant('0')] }
    const whole = inPart(block.items, part)
    const share = (of: Exact, by: Exact): Term[] => [sign('×'), constant(numberText(of)), sign('÷'), constant(numberText(by))]
    const own = left.eq(whole) ? { exact: exact(item.weight), terms: [constant(item.weight)] } : { exact: exact(item.weight).times(whole).div(left), terms: [constant(item.weight), ...share(whole, left)] }
    return lost.isZero() || kept.isZero() ? own : { exact: own.exact.times(weight(block.items)).div(kept), terms: [...own.terms, ...share(weight(block.items), kept)] }
  }
}

function isMissed(test: Extract<Block, { kind: 'CORE' }>['tests'][number], desk: Desk, block: string): boolean {
  const given = desk.given.indicators[test.indicator] ?? { target: null, actual: null }
  const found = test.measure === 'COMPLETION' ? quotientOf('UP', given) : given.actual === null ? { quotient: null, why: 'no-data' as const } : { quotient: exact(given.actual) }
  if (found.quotient === null) {
    desk.flags.push({ block, item: test.indicator, why: found.why })
    return false
  }
  return test.side === 'LEAST' ? found.quotient.lt(exact(test.limit)) : found.quotient.gt(exact(test.limit))
}

function payExcess(block: Extract<Block, { kind: 'EXCESS' }>, desk: Desk): void {
  const [weight, core] = [known(desk, block.weight), known(desk, block.core)]
  const { grade, indicators } = desk.given
  const lines: { code: string; value: Known }[] = []
  const line = (code: string, name: Name, indicator: string, before: { factor: Exact; terms: Term[] }, rate: Exact | null): void => {
    const { target, actual } = indicators[indicator] ?? { target: null, actual: null }
    const at = `${block.code}.${code}`
    const none = (why: string): void => void put(desk, at, 'FEN', zero, [], { why, name })
    const found = quotientOf('UP', { target, actual })
    if (rate === null) {
      desk.flags.push({ block: block.code, item: code, why: 'no-rate-for-grade' })
      none('no-rate-for-grade')
    } else if (found.quotient === null || target === null || actual === null) {
      desk.flags.push({ block: block.code, item: code, why: found.quotient === null ? found.why : 'no-data' })
      none(found.quotient === null ? found.why : 'no-data')
    } else if (exact(actual).lte(exact(target))) none('not-above-target')
    else {
      const above = exact(actual).minus(exact(target))
      const terms = [...before.terms, sign('('), { value: actual, unit: 'NUMBER' as const, of: indicator }, sign('−'), constant(target), sign(')'), sign('×'), constant(numberText(rate)), sign('×'), operand(core, block.core)]
      lines.push({ code: at, value: put(desk, at, 'FEN', before.factor.times(above).times(rate).times(core.exact), terms, { rounded: true, name }) })
    }
  }
  const gradeFactor = grade === null ? undefined : block.gradeFactors[grade]
  const profitRate = grade === null ? undefined : block.profit.rates[grade]
  if (block.mode === 'BLENDED') {
    const rest = { factor: one.minus(weight.exact), terms: [sign('('), constant('1'), sign('−'), operand(weight, block.weight), sign(')'), sign('×')] }
    for (const item of block.items) line(item.code, item.name, item.indicator, rest, gradeFactor === undefined ? null : exact(item.rate).times(exact(gradeFactor)))
  }
  const before = block.mode === 'BLENDED' ? { factor: weight.exact, terms: [operand(weight, block.weight), sign('×')] } : { factor: one, terms: [] }
  line(block.profit.code, block.profit.name, block.profit.indicator, before, profitRate === undefined ? null : exact(profitRate))
  const { sum, terms } = addUp(lines)
  put(desk, block.code, 'FEN', sum, terms, { why: lines.length === 0 ? 'not-above-target' : null, name: block.name })
}
