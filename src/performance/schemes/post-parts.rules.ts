import { daysBetween } from '../../foundation/values/business-date.ts'
import { exact, yuanOf } from '../../foundation/values/decimal.ts'
import { sumFen } from '../../foundation/values/fen.ts'
import { knownOf, workOutBlocks, type Given, type Known, type Ready, type Step, type Term, type WorkedBlocks } from '../blocks.rules.ts'
import type { SchemeBlock } from '../block.contract.ts'
import { weightByDays } from '../plan.rules.ts'
import type { DaysShare, TargetSpan } from './scheme-period.rules.ts'

export type Days = { from: string; to: string }
/** Days that a person was in a post of the scheme under one plan: [from, to). */
export type PostPart = Days & {
  days: number
  /** The part began before the period, on this day, after another post: what is counted since January begins there. */
  since?: string
  /** By indicator: the days of the post by which a level is held against its target (decision 0063); absent: by the days of the window. */
  shares?: Readonly<Record<string, DaysShare>>
  /** What comes by form belongs to the part by its day or by days (decision 0063); absent: parts that were settled before that was so. */
  forms?: 'BY_DAYS'
}

/**
 * The parts of a person's period (job transfer, 3.3): the days on which he held posts of the scheme, divided where a post began on the very day on which a plan ended. A locked plan ends early by nothing but a job transfer, so a
 * new line of the same post divides nothing, nor does the plan of the next quarter.
 */
export function partsOfPosts(period: Days, posts: readonly Days[], spans: readonly TargetSpan[]): PostPart[] {
  const held: Days[] = []
  for (const { from, to } of [...posts].sort((a, b) => (a.from < b.from ? -1 : 1))) {
    const part = { from: from > period.from ? from : period.from, to: to < period.to ? to : period.to }
    const last = held.at(-1)
    if (part.from >= part.to) continue
    if (last && part.from <= last.to) last.to = part.to > last.to ? part.to : last.to
    else held.push(part)
  }
  const ends = new Map<string, string>()
  for (const { planId, to } of spans) if (to !== null && to > (ends.get(planId) ?? '')) ends.set(planId, to)
  const transfers = [...new Set(posts.map(({ from }) => from))].filter((day) => [...ends.values()].includes(day)).sort()
  return held.flatMap(({ from, to }) => {
    const days = [from, ...transfers.filter((day) => day > from && day < to), to]
    return days.slice(1).map((end, place) => ({ from: days[place] ?? from, to: end, days: daysBetween(days[place] ?? from, end) }))
  })
}

/**
 * The parts of a period, each with the day on which its post began where that lies before the period and within the longest window of an indicator (`first`), after another post of this or another scheme: what was reached there is no
 * business of this one. Who was hired on that day has nothing before it.
 */
export function partsWithBegin(period: Days, first: string, posts: readonly Days[], others: readonly Days[], spans: readonly TargetSpan[]): PostPart[] {
  const wide = partsOfPosts({ from: first, to: period.to }, posts, spans)
  return partsOfPosts(period, posts, spans).map((part) => {
    const since = wide.find(({ from, to }) => from <= part.from && part.from < to)?.from ?? part.from
    const another = wide.some(({ from }) => from < since) || others.some(({ from, to }) => from < since && to > first)
    return since < part.from && since > first && another ? { ...part, since } : part
  })
}

/**
 * The day on which the first post of a person began, where he held none before the longest window of an indicator did: the customers whom he is given on it are no growth of his (decision 0064). Null: he was there before.
 */
export function hiredWithin(first: string, posts: readonly Days[], others: readonly Days[]): string | null {
  const begin = [...posts, ...others].reduce<string | null>((day, { from }) => (day === null || from < day ? from : day), null)
  return begin !== null && begin >= first ? begin : null
}

type Indicators = Given['indicators']
/** What was reached in a part. `indicators` null: those of the period itself, which are the present post's. */
export type GivenPart = PostPart & { indicators: Indicators | null }

/** The mark of a value of a part: 1#H. */
export const partCode = (place: number, code: string): string => `${place}#${code}`

/**
 * A person who was transferred inside the period. The blocks up to the score, the core coefficient and the excess are worked out for each part by its own targets and facts. Then the score and the core coefficient are weighted by days,
 * the excess of the parts is added, and what stands after them is worked out once.
 */
export function workOutInParts(blocks: readonly SchemeBlock[], score: string, given: Given, parts: readonly GivenPart[]): WorkedBlocks {
  const last = blocks.findIndex(({ code }) => code === score)
  const ofParts = blocks.filter((block, place) => place <= last || block.kind === 'CORE' || block.kind === 'EXCESS' || block.kind === 'PHASE')
  const worked = parts.map((part) => workOutBlocks(ofParts, { ...given, indicators: part.indicators ?? given.indicators }))
  const values = new Map<string, Known>()
  const ready = new Map<string, Step | null>()
  const named = (block: SchemeBlock): Pick<Step, 'name'> => (block.name ? { name: block.name } : {})
  for (const [place, block] of blocks.entries()) {
    const known = worked.flatMap((one) => one.values.get(block.code) ?? [])
    const [first] = known
    if (block.kind === 'PHASE' || first === undefined || known.length < parts.length) continue
    if (block.kind === 'EXCESS') {
      const sum = sumFen(known.map(({ text }) => BigInt(text)))
      values.set(block.code, knownOf('FEN', yuanOf(sum)))
      ready.set(block.code, { code: block.code, unit: 'FEN', value: sum.toString(), terms: joined(known, block.code), rounded: false, why: sum === 0n ? 'not-above-target' : null, ...named(block) })
    } else if (first.unit !== 'FEN' && (place <= last || block.kind === 'CORE')) {
      const mean = byDays(known, parts)
      values.set(block.code, mean)
      const told = block.code === score || block.kind === 'CORE'
      ready.set(block.code, told ? { code: block.code, unit: mean.unit, value: mean.text, terms: weighted(known, parts, block.code), rounded: true, why: 'weighted-by-days', ...named(block) } : null)
    }
  }
  // parts of a block that a later one may name
  for (const code of worked[0]?.values.keys() ?? []) {
    const known = worked.flatMap((one) => one.values.get(code) ?? [])
    if (!values.has(code) && code.includes('.') && known.length === parts.length && known[0]?.unit !== 'FEN') values.set(code, byDays(known, parts))
  }
  const whole = workOutBlocks(blocks, given, { values, steps: ready } satisfies Ready)
  const told = worked.flatMap((one, place) => one.steps.filter(({ code }) => !isPhase(blocks, code)).map((step) => ofPart(step, place + 1, { part: parts[place], one, score, indicators: parts[place]?.indicators ?? given.indicators, blocks })))
  return { values: whole.values, steps: [...told, ...whole.steps], flags: [...worked.flatMap(({ flags }) => flags), ...whole.flags] }
}

const isPhase = (blocks: readonly SchemeBlock[], code: string): boolean => blocks.some((block) => block.kind === 'PHASE' && block.code === code)

function byDays(known: readonly Known[], parts: readonly PostPart[]): Known {
  const unit = known[0]?.unit ?? 'SCORE'
  const scores = known.map(({ exact: value }, place) => ({ score: value.toFixed(), days: parts[place]?.days ?? 0 }))
  return knownOf(unit, exact(weightByDays(scores, unit === 'COEFFICIENT' || unit === 'NUMBER' ? 4 : 2) ?? '0'))
}

const sign = (text: string): Term => ({ sign: text })
const number = (value: number): Term => ({ value: String(value), unit: 'NUMBER', of: null })
/** 101.20 + 88.60, or with what follows each of them. */
const joined = (known: readonly Known[], code: string, after: (place: number) => Term[] = () => []): Term[] =>
  known.flatMap(({ text, unit }, place) => [...(place > 0 ? [sign('+')] : []), { value: text, unit, of: partCode(place + 1, code) }, ...after(place)])
/** ( 101.20 × 107 + 88.60 × 77 ) ÷ 184 */
function weighted(known: readonly Known[], parts: readonly PostPart[], code: string): Term[] {
  const terms = joined(known, code, (place) => [sign('×'), number(parts[place]?.days ?? 0)])
  return [sign('('), ...terms, sign(')'), sign('÷'), number(parts.reduce((sum, { days }) => sum + days, 0))]
}

/** A step of a part carries the part before its code, and so do the operands that belong to the part; the score of a part tells its days. */
function ofPart(step: Step, place: number, { part, one, score, indicators, blocks }: { part: PostPart | undefined; one: WorkedBlocks; score: string; indicators: Indicators; blocks: readonly SchemeBlock[] }): Step {
  const own = (code: string): boolean => !isPhase(blocks, code) && (one.steps.some((other) => other.code === code) || code in indicators)
  const terms = step.terms.map((term): Term => ('sign' in term || term.of === null || !own(term.of) ? term : { ...term, of: partCode(place, term.of) }))
  const days = step.code === score && part ? { zh: `（${part.from} 起 ${part.days} 天）`, en: ` (${part.days} days from ${part.from})` } : null
  const name = step.name && days ? { zh: `${step.name.zh}${days.zh}`, en: `${step.name.en}${days.en}` } : step.name
  return { ...step, code: partCode(place, step.code), terms, ...(name ? { name } : {}) }
}
