import { Exact, exact } from '../../foundation/values/decimal.ts'
import type { SchemeBlock } from '../block.contract.ts'
import { ledgerEvents } from '../scheme.contract.ts'
import { judgeClasses, judgeContest, judgeIndicator } from '../plan.rules.ts'
import type { BlocksTerms, ItemClass } from './block-terms.contract.ts'
import type { Finding, SchemeVersion } from './scheme-change.contract.ts'
import { indicatorsOf } from './block-month.rules.ts'
import { periodOf } from './scheme-period.rules.ts'
import type { SupportSchemeTerms } from './support-terms.contract.ts'

/** Values that a settlement hands in, by the kind of scheme; they stand before every block. */
export const handedIn: Readonly<Record<'POINTS' | 'BLOCKS', Readonly<Record<string, 'FEN' | 'COEFFICIENT'>>>> = {
  POINTS: { EARLY: 'FEN', OVERDUE: 'FEN', REFUND: 'FEN', CORRECTION: 'FEN', CARRY_IN: 'FEN', MARKETING: 'COEFFICIENT', LINK_F: 'COEFFICIENT', TEAM: 'COEFFICIENT' },
  BLOCKS: { GRADE_BASE: 'FEN', CORRECTION: 'FEN', CARRY_IN: 'FEN' },
}

export type KnownIndicator = { code: string; name: string; subject: Parameters<typeof judgeIndicator>[0]['subject']; onOneDay: boolean; byForm: boolean; /** A rank or a share of a market, as the definition says. */ isOnly: 'RANK' | 'MARKET_SHARE' | null }
export type Coverage = { code: string; posts: readonly string[]; grades: readonly string[]; /** Paths of lines; none: the whole bank. */ paths: readonly string[]; without: readonly string[] }
export type Authorised = { number: string; scheme: string; path: string; from: string; to: string }
/** What a scheme of support departments is held against: the units of its first day, the schemes there are, who has a main post in which line. */
export type SupportGround = { units: readonly { code: string; path: string }[]; schemes: readonly { code: string; kind: string }[]; posts: readonly { path: string; riskControl: boolean }[] }
export type SchemeGround = {
  code: string; from: string; today: string; name: string
  /** First day of the newest version of the code, null: the code is new. */
  lastFrom: string | null
  belowHeadOffice: boolean; authorisation: string | null
  /** What head office authorised for schemes: the number, the scheme, the path of the unit, from a day to before a day. */
  authorised: readonly Authorised[]
  /** Indicators of the plans that run on the first day. */
  planned: readonly string[]
  indicators: readonly KnownIndicator[]
  coverage: Coverage
  /** Other schemes in force from that day on. */
  others: readonly Coverage[]
  /** Of a scheme of support departments; null: of another kind. */
  support: SupportGround | null
}

/** Everything that stands against a scheme, refusals first. Nobody can override a refusal; a warning is acknowledged in writing by compliance. */
export function judgeScheme(version: SchemeVersion, ground: SchemeGround): Finding[] {
  const found = [
    ...(version.kind === 'SUPPORT' ? judgeSupport(version.terms, ground.support) : judgeBlocks(version, ground)), ...judgeStart(version, ground), ...judgeCoverage(ground),
    ...(ground.belowHeadOffice ? judgeAuthorisation(ground) : []), ...judgeContests(version, ground),
  ]
  const told = new Set<string>()
  const once = found.filter((one) => {
    const key = `${one.code} ${one.block ?? ''} ${one.item ?? ''}`
    if (told.has(key)) return false
    told.add(key)
    return true
  })
  return [...once.filter(({ level }) => level === 'REFUSE'), ...once.filter(({ level }) => level === 'WARN')]
}

const judgeBlocks = (version: Exclude<SchemeVersion, { kind: 'SUPPORT' }>, { indicators, from }: SchemeGround): Finding[] => [
  ...judgeNames(version.terms.blocks, version.kind), ...judgeIndicators(version.terms.blocks, indicators), ...(version.kind === 'BLOCKS' ? judgeWeights(version.terms, from) : judgePoints(version)),
]

const refuse = (code: Finding['code'], block: string | null = null, item: string | null = null): Finding => ({ code, level: 'REFUSE', block, item })
const warn = (code: Finding['code'], block: string | null = null, item: string | null = null): Finding => ({ code, level: 'WARN', block, item })

/** Codes that a block names, and codes that it gives to what stands after it. `may`: left out where it is not handed in. */
export function namesOf(block: SchemeBlock): { needs: string[]; may: string[]; gives: string[] } {
  const own = [block.code]
  switch (block.kind) {
    case 'POINTS_SUM': case 'PHASE': case 'CORE': return { needs: [], may: [], gives: own }
    case 'RATIOS': return { needs: [], may: [], gives: [...own, ...block.items.map(({ code }) => `${block.code}.${code}`), ...(block.parts ?? []).map(({ code }) => `${block.code}.${code}`)] }
    case 'MARKS': return { needs: [], may: [], gives: [...own, ...block.items.map(({ code }) => `${block.code}.${code}`)] }
    case 'PRODUCT': {
      const codes = block.factors.flatMap((factor) => ('of' in factor ? [factor.of] : []))
      return block.whenGiven === undefined ? { needs: codes, may: [], gives: own } : { needs: codes.filter((code) => code !== block.whenGiven), may: [block.whenGiven], gives: own }
    }
    case 'SUM': return { needs: block.parts.filter(({ leaveOut }) => leaveOut === undefined).map(({ of }) => of), may: block.parts.filter(({ leaveOut }) => leaveOut !== undefined).map(({ of }) => of), gives: own }
    case 'LINK': return { needs: [block.of], may: [block.factor], gives: [...own, block.fixed, block.base, block.linked] }
    case 'FACTOR': return { needs: [block.of, block.factor], may: [], gives: own }
    case 'BANDS': case 'GATE': return { needs: [block.of], may: [], gives: own }
    case 'BLEND': return { needs: [block.first, block.second, block.weight], may: [], gives: own }
    case 'EXCESS': return { needs: [block.weight, block.core], may: [], gives: own }
    case 'TEAM': return { needs: [block.own], may: [], gives: own }
    case 'PAYABLE': return { needs: [block.of], may: [], gives: [...own, block.carryOut] }
    case 'DEFER': return { needs: [block.of], may: [], gives: [...own, block.paidNow] }
  }
}

/** Values that a block needs, that no block before it gives and that are not handed in: with one of them open nothing can be worked out. */
export function lackingValues(blocks: readonly SchemeBlock[], handedOver: readonly string[]): string[] {
  const there = new Set(handedOver)
  const lacking = new Set<string>()
  for (const block of blocks) {
    const { needs, gives } = namesOf(block)
    for (const code of needs) if (!there.has(code)) lacking.add(code)
    for (const code of gives) there.add(code)
  }
  return [...lacking]
}

/** Each code once, each value named stands before the block that names it, one payable amount. */
function judgeNames(blocks: readonly SchemeBlock[], kind: 'POINTS' | 'BLOCKS'): Finding[] {
  const found: Finding[] = []
  const later = new Set(blocks.flatMap((block) => namesOf(block).gives))
  // what exists only for some is handed in by its block: a deferral gives nothing to whose post is not listed
  const before = new Set(Object.keys(handedIn[kind]))
  for (const block of blocks) {
    const { needs, may, gives } = namesOf(block)
    for (const code of [...needs, ...may]) if (!before.has(code)) found.push(refuse(later.has(code) ? 'STANDS_LATER' : 'UNKNOWN_VALUE', block.code, code))
    for (const code of gives) {
      if (before.has(code)) found.push(refuse('CODE_TWICE', block.code, code))
      before.add(code)
    }
    const items = block.kind === 'RATIOS' || block.kind === 'MARKS' ? block.items.map(({ code }) => code) : []
    for (const [place, code] of items.entries()) if (items.indexOf(code) !== place) found.push(refuse('CODE_TWICE', block.code, code))
  }
  // the statement begins with it
  const payable = blocks.filter((block) => block.kind === 'PAYABLE')
  if (payable.length !== 1 || payable[0]?.code !== 'PAYABLE' || payable[0].carryOut !== 'CARRY_OUT') found.push(refuse('WITHOUT_PAYABLE'))
  return found
}

const rankWords = /排名|名次|占比|市场份额|\brank|market share/i
const depositWords = /存款|deposit/i
const dayWords = /余额|时点|月末|季末|年末|\d+\s*日|balance|\bon \d|end of/i
const contestWords = /开门红|竞赛|专项奖|contest/i

function judgeIndicators(blocks: readonly SchemeBlock[], known: readonly KnownIndicator[]): Finding[] {
  return blocks.flatMap((block): Finding[] => {
    const named = block.kind === 'RATIOS' ? block.items.map(({ indicator }) => indicator) : block.kind === 'CORE' ? block.tests.map(({ indicator }) => indicator) : block.kind === 'EXCESS' ? [...block.items.map(({ indicator }) => indicator), block.profit.indicator] : []
    return named.flatMap((code) => {
      const indicator = known.find((one) => one.code === code)
      if (!indicator) return [refuse('UNKNOWN_INDICATOR', block.code, code)]
      // the terms of the definition decide. A name decides nothing: of a number by form, which no ledger proves, it is a reason for compliance to look
      const refused = judgeIndicator({ subject: indicator.subject, measure: indicator.isOnly ?? (indicator.onOneDay ? 'POINT_IN_TIME' : 'AVERAGE'), hasSource: true }).codes.map((one) => refuse(one === 'RANK_ONLY' ? 'RANK_ONLY' : 'POINT_IN_TIME_DEPOSIT', block.code, code))
      if (refused.length > 0 || !indicator.byForm) return refused
      return [...(rankWords.test(indicator.name) ? [warn('RANK_WORDS', block.code, code)] : []), ...(depositWords.test(indicator.name) && dayWords.test(indicator.name) ? [warn('POINT_IN_TIME_WORDS', block.code, code)] : [])]
    })
  })
}

/** Below head office a scheme is made only by what head office authorised: this scheme, for a unit in which all its people are, on its first day. */
function judgeAuthorisation({ authorisation, authorised, code, from, coverage }: SchemeGround): Finding[] {
  const number = (authorisation ?? '').trim()
  if (number === '') return [refuse('BELOW_HEAD_OFFICE')]
  const given = authorised.filter((one) => one.number === number && one.scheme === code)
  if (given.length === 0) return [refuse('AUTHORISATION_UNKNOWN', null, number)]
  const inForce = given.filter((one) => one.from <= from && one.to > from)
  if (inForce.length === 0) return [refuse('AUTHORISATION_NOT_IN_FORCE', null, number)]
  const within = (path: string): boolean => inForce.some((one) => path === one.path || path.startsWith(`${one.path}.`))
  return coverage.paths.length > 0 && coverage.paths.every(within) ? [] : [refuse('AUTHORISATION_OTHER_UNIT', null, number)]
}

/**
 * A contest rewards indicators of the running plan or is none: what it names, and every indicator of its blocks. A scheme that rewards a single thing is one whatever it is called (单项考评): an indicator is held against the plan, an event
 * of the tariff is no indicator of any plan. What only its name calls a contest is looked at by compliance.
 */
function judgeContests(version: SchemeVersion, { name, planned }: SchemeGround): Finding[] {
  const named = contestWords.test(name) ? [warn('CONTEST_WORDS')] : []
  // the pool of the support departments rewards no indicator
  if (version.kind === 'SUPPORT') return named
  const { terms } = version
  if (terms.contest === undefined) {
    const single = singleThing(version)
    return single === null || (version.kind === 'BLOCKS' && judgeContest(single, planned).codes.length === 0) ? named : [refuse('CONTEST_OUTSIDE_PLAN', null, single)]
  }
  return [...new Set([...terms.contest, ...indicatorsOf(terms.blocks)])].filter((code) => judgeContest(code, planned).codes.length > 0).map((code) => refuse('CONTEST_OUTSIDE_PLAN', null, code))
}

/** The blocks that pay depends on, without what weighs nothing in them: an item beside the one that counts makes no scheme of it. */
function countedBlocks(blocks: readonly SchemeBlock[]): SchemeBlock[] {
  const wanted = new Set(['PAYABLE'])
  const counted: SchemeBlock[] = []
  for (const block of [...blocks].reverse()) {
    const { needs, may, gives } = namesOf(block)
    if (!gives.some((code) => wanted.has(code))) continue
    for (const code of [...needs, ...may]) wanted.add(code)
    counted.unshift(block.kind === 'RATIOS' ? { ...block, items: block.items.filter(({ weight }) => Number(weight) > 0) } : block.kind === 'EXCESS' ? { ...block, items: block.items.filter(({ rate }) => Number(rate) > 0) } : block.kind === 'CORE' && Number(block.step) === 0 ? { ...block, tests: [] } : block)
  }
  return counted
}

/** The one thing that a scheme rewards; null: several, or marks of people, or none. Points of inspections judge how something was done, they are no reward of their own. */
function singleThing(version: Exclude<SchemeVersion, { kind: 'SUPPORT' }>): string | null {
  const counted = countedBlocks(version.terms.blocks)
  const rewarded = version.kind === 'POINTS' ? version.tariff.filter(({ event, points }) => (ledgerEvents as readonly string[]).includes(event) && Number(points) !== 0).map(({ event }) => event)
    : counted.some((block) => block.kind === 'MARKS' && block.items.some(({ weight }) => Number(weight) > 0)) ? [] : indicatorsOf(counted)
  const [first, ...more] = [...new Set(rewarded)]
  return first === undefined || more.length > 0 ? null : first
}

type Weighted = { code: string; weight: Exact }
/** Weights of all items of a scheme: the two sides of a blend count with the weight of the phase that holds on the first day. */
export function weightedItems(blocks: readonly SchemeBlock[], from: string): Weighted[] {
  const blend = blocks.find((block) => block.kind === 'BLEND')
  const phase = blend?.kind === 'BLEND' ? blocks.find((block) => block.code === blend.weight) : undefined
  const held = phase?.kind === 'PHASE' ? [...phase.phases].sort((a, b) => (a.from < b.from ? 1 : -1)).find((one) => one.from <= from)?.value ?? '0' : '0'
  return blocks.flatMap((block): Weighted[] => {
    if (block.kind !== 'RATIOS' && block.kind !== 'MARKS') return []
    const times = blend?.kind !== 'BLEND' ? exact('1') : block.code === blend.first ? exact('1').minus(exact(held)) : block.code === blend.second ? exact(held) : exact('1')
    return block.items.map(({ code, weight }) => ({ code, weight: exact(weight).times(times) }))
  })
}

function judgeWeights(terms: BlocksTerms, from: string): Finding[] {
  const items = weightedItems(terms.blocks, from)
  if (items.length === 0) return []
  const classes: Record<string, string> = {}
  for (const { code, weight } of items) {
    const name: ItemClass = terms.classes[code] ?? 'operating'
    classes[name] = exact(classes[name] ?? '0').plus(weight).toFixed()
  }
  const { codes } = judgeClasses(classes)
  const growth = items.some(({ code }) => terms.classes[code] === 'development' || terms.classes[code] === 'social')
  return [
    ...(codes.includes('WEIGHTS_NOT_100') ? [refuse('WEIGHTS_NOT_100')] : []), ...(codes.includes('RISK_COMPLIANCE_NOT_ABOVE') ? [warn('RISK_COMPLIANCE_NOT_ABOVE')] : []), ...(growth ? [] : [warn('NO_CUSTOMER_OR_GROWTH')]),
  ]
}

function judgePoints(version: Extract<SchemeVersion, { kind: 'POINTS' }>): Finding[] {
  const priced = version.terms.blocks.some((block) => block.kind === 'PRODUCT' && block.factors.some((factor) => 'constant' in factor && factor.unit === 'PRICE' && Number(factor.constant) > 0))
  const events = version.tariff.map(({ event }) => event)
  return [...(priced && Number(version.terms.unitPrice) > 0 ? [] : [refuse('PRICE_MISSING')]), ...events.filter((event, place) => events.indexOf(event) !== place).map((event) => refuse('TARIFF_TWICE', null, event))]
}

/**
 * The pool of the support departments: weights of 100, units and front-line schemes that exist, no department twice or inside another (its people would share twice), no department whose people all judge the business (their pay
 * must not depend on it; 3.5, step 8). People of risk control without a base of their own get nothing: compliance says so in writing.
 */
function judgeSupport(terms: SupportSchemeTerms, ground: SupportGround | null): Finding[] {
  const { units, schemes, posts } = ground ?? { units: [], schemes: [], posts: [] }
  const codes = terms.departments.map(({ code }) => code)
  const pathOf = (code: string): string | undefined => units.find((unit) => unit.code === code)?.path
  const within = (path: string, other: string): boolean => path === other || path.startsWith(`${other}.`)
  const staffOf = (code: string): SupportGround['posts'] => {
    const own = pathOf(code)
    return own === undefined ? [] : posts.filter(({ path }) => within(path, own))
  }
  const weights = Object.values(terms.weights).reduce((sum, weight) => sum.plus(exact(weight)), exact('0'))
  const controlled = [...codes, ...terms.controlDepartments].some((code) => staffOf(code).some(({ riskControl }) => riskControl))
  return [
    ...(weights.eq(100) ? [] : [refuse('WEIGHTS_NOT_100')]),
    ...codes.filter((code, place) => codes.indexOf(code) !== place).map((code) => refuse('CODE_TWICE', null, code)),
    ...[...codes, ...terms.controlDepartments, ...terms.served].filter((code) => pathOf(code) === undefined).map((code) => refuse('UNKNOWN_UNIT', null, code)),
    ...terms.schemes.filter((code) => !schemes.some((one) => one.code === code && one.kind !== 'SUPPORT')).map((code) => refuse('UNKNOWN_SCHEME', null, code)),
    ...codes.flatMap((code) => codes.filter((other) => other !== code && within(pathOf(code) ?? '', pathOf(other) ?? '-')).map((other) => refuse('DEPARTMENT_WITHIN', other, code))),
    ...codes.filter((code) => staffOf(code).length > 0 && staffOf(code).every(({ riskControl }) => riskControl)).map((code) => refuse('RISK_CONTROL_IN_POOL', null, code)),
    ...(controlled && Object.keys(terms.controlBases).length === 0 ? [warn('CONTROL_WITHOUT_BASE')] : []),
  ]
}

/** A new version of what is in force begins in a later month; a new scheme at the earliest in the running one; both on the first day of a period. */
function judgeStart(version: SchemeVersion, { from, today, lastFrom }: SchemeGround): Finding[] {
  const month = today.slice(0, 7)
  const tooEarly = lastFrom === null ? from.slice(0, 7) < month : from.slice(0, 7) <= month || from <= lastFrom
  const period = version.kind === 'BLOCKS' ? version.terms.period : 'MONTH'
  return [...(tooEarly ? [refuse('BEGINS_TOO_EARLY')] : []), ...(periodOf(period, from.slice(0, 7)).from === from ? [] : [refuse('NOT_FIRST_OF_PERIOD')])]
}

/** Nobody is paid by two schemes: same post, a grade in common, lines that lie within each other. */
function judgeCoverage({ code, coverage, others }: SchemeGround): Finding[] {
  const within = (path: string, other: string): boolean => path === other || path.startsWith(`${other}.`)
  const meets = (own: Coverage, other: Coverage): boolean => {
    const paths = own.paths.length === 0 ? other.paths : other.paths.length === 0 ? own.paths : [...own.paths.filter((path) => other.paths.some((one) => within(path, one))), ...other.paths.filter((path) => own.paths.some((one) => within(path, one)))]
    if (own.paths.length > 0 && other.paths.length > 0 && paths.length === 0) return false
    const without = [...own.without, ...other.without]
    return paths.length === 0 || paths.some((path) => !without.some((one) => within(path, one)))
  }
  return others.filter((other) => other.code !== code && other.posts.some((post) => coverage.posts.includes(post)) && (other.grades.length === 0 || coverage.grades.length === 0 || other.grades.some((grade) => coverage.grades.includes(grade))) && meets(coverage, other))
    .map((other) => refuse('PAID_TWICE', null, other.code))
}
