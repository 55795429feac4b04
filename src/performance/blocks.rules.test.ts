import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { exact } from '../foundation/values/decimal.ts'
import { fenFromYuan, sumFen, yuanText } from '../foundation/values/fen.ts'
import { bandOf, workOutBlocks, type Block, type Given, type Step, type Term, type WorkedBlocks } from './blocks.rules.ts'
import { hundredBlocks, scorecardBlocks } from './scorecard-scheme.ts'

const nobody: Given = { from: '2025-07-01', post: 'RM', grade: 'B', events: [], points: [], indicators: {}, marks: {}, values: {} }
const yuan = (text: string) => ({ unit: 'FEN' as const, value: fenFromYuan(text).toString() })
/** A value as the specification prints it: money in yuan. */
const shown = (worked: WorkedBlocks, code: string): string | null => {
  const value = worked.values.get(code)
  return value === undefined ? null : value.unit === 'FEN' ? yuanText(BigInt(value.text)) : value.text
}
/** The quotient that the first three operands of a step print, before its weight. */
const quotientOf = (worked: WorkedBlocks, code: string): string => recompute((worked.steps.find((step) => step.code === code)?.terms ?? []).slice(0, 3)).toFixed(4)
const whyOf = (worked: WorkedBlocks, code: string): string | null | undefined => worked.steps.find((step) => step.code === code)?.why
const changed = (blocks: readonly Block[], code: string, patch: Partial<Block>): Block[] => blocks.map((block) => (block.code === code ? ({ ...block, ...patch } as Block) : block))

describe('bsc-1: the scorecard', () => {
  const kpis: [code: string, indicator: string, target: string, actual: string, score: string, weighted: string][] = [
    ['F1', 'PROFIT', '1200000', '1128000', '94.00', '18.80'],
    ['F2', 'CORPORATE_DEPOSIT_INCREMENT', '15000000', '18900000', '120.00', '14.40'],
    ['F3', 'FEE_INCOME', '180000', '153000', '85.00', '6.80'],
    ['C1', 'NEW_CUSTOMERS', '24', '27', '112.50', '9.00'],
    ['C2', 'COVERAGE', '100', '96', '96.00', '6.72'],
    ['C3', 'CHURN', '3.00', '3.60', '80.00', '4.80'],
    ['C4', 'SATISFACTION', '90', '92.7', '103.00', '4.12'],
    ['P1', 'NPL_RATIO', '1.20', '0.90', '120.00', '12.00'],
    ['P2', 'REPORT_QUALITY', '90', '86.4', '96.00', '5.76'],
    ['P3', 'CHECKS_ON_TIME', '100', '97.5', '97.50', '3.90'],
    ['L1', 'TRAINING', '40', '44', '110.00', '6.60'],
    ['L2', 'CERTIFICATES', '2', '1', '50.00', '2.50'],
    ['L3', 'MENTORING', '4', '4', '100.00', '4.00'],
  ]
  const indicators = Object.fromEntries(kpis.map(([, indicator, target, actual]) => [indicator, { target, actual }]))
  const given: Given = { ...nobody, indicators, values: { GRADE_BASE: yuan('10000.00') } }
  const worked = workOutBlocks(scorecardBlocks, given)
  test.each(kpis)('%s %s: target %s, actual %s → score %s, weighted %s', (code, _indicator, _target, _actual, score, weighted) => {
    expect([shown(worked, `SCORED.${code}.SCORE`), shown(worked, `SCORED.${code}`)]).toEqual([score, weighted])
  })
  test('dimensions, total, coefficient, pay', () => {
    expect(['F', 'C', 'P', 'L'].map((part) => shown(worked, `SCORED.${part}`))).toEqual(['40.00', '24.64', '21.66', '13.10'])
    expect(['TOTAL', 'COEFFICIENT', 'EARNED', 'PAYABLE'].map((code) => shown(worked, code))).toEqual(['99.40', '1.0000', '10000.00', '10000.00'])
    expect(worked.flags).toEqual([])
  })
  test('without a cap each score is the raw quotient of the fixture', () => {
    const uncapped = workOutBlocks(scorecardBlocks.map((block) => (block.kind === 'RATIOS' ? { ...block, cap: '999' } : block)), given)
    expect(kpis.map(([code]) => [code, shown(uncapped, `SCORED.${code}.SCORE`)])).toEqual([
      ['F1', '94.00'], ['F2', '126.00'], ['F3', '85.00'], ['C1', '112.50'], ['C2', '96.00'], ['C3', '80.00'], ['C4', '103.00'], ['P1', '125.00'], ['P2', '96.00'], ['P3', '97.50'], ['L1', '110.00'], ['L2', '50.00'], ['L3', '100.00'],
    ])
  })
  test('what is above the cap says so', () => expect([whyOf(worked, 'SCORED.F2.SCORE'), whyOf(worked, 'SCORED.P1.SCORE'), whyOf(worked, 'SCORED.F1.SCORE')]).toEqual(['at-the-cap', 'at-the-cap', null]))
  test('without data the weight goes to the others of the dimension, in proportion and rounded last', () => {
    // C4 (4 of 25) has no data: 8, 7 and 6 become 8 × 25/21, 7 × 25/21, 6 × 25/21
    const without = workOutBlocks(scorecardBlocks, { ...given, indicators: { ...indicators, SATISFACTION: { target: '90', actual: null } } })
    expect(['C1', 'C2', 'C3', 'C4'].map((code) => shown(without, `SCORED.${code}`))).toEqual(['10.71', '8.00', '5.71', '0.00'])
    expect(without.flags).toEqual([{ block: 'SCORED', item: 'C4', why: 'no-data' }])
    expect(whyOf(without, 'SCORED.C4')).toBe('not-measurable')
    // told as a fraction: 9.5238… of forty digits cannot be read nor keyed in
    expect(told(without, 'SCORED.C1')).toBe('112.50 × 8 × 25 ÷ 21 ÷ 100')
    expect(told(worked, 'SCORED.C1')).toBe('112.50 × 8 ÷ 100')
  })
  test('a dimension without any data gives its weight to all others, and it is said', () => {
    const without = workOutBlocks(scorecardBlocks, { ...given, indicators: Object.fromEntries(kpis.filter(([code]) => !code.startsWith('L')).map(([, indicator, target]) => [indicator, { target, actual: target }])) })
    expect(shown(without, 'TOTAL')).toBe('100.01') // each of the ten rounded last: 20 × 100/85 = 23.53 …
    expect(without.flags).toContainEqual({ block: 'SCORED', item: 'L', why: 'part-without-data' })
  })
  test.each(['0', '-5'])('a target of %s: the quotient is refused, not computed', (target) => {
    const odd = workOutBlocks(scorecardBlocks, { ...given, indicators: { ...indicators, FEE_INCOME: { target, actual: '10' } } })
    expect(odd.flags).toEqual([{ block: 'SCORED', item: 'F3', why: 'target-not-positive' }])
    expect(shown(odd, 'SCORED.F3')).toBe('0.00')
  })
  test('steps instead of a quotient', () => {
    const blocks: Block[] = [{ kind: 'RATIOS', code: 'S', mode: 'PERCENT', floor: '0', cap: '120', items: [{ code: 'X', name: { zh: '投诉', en: 'Complaints' }, indicator: 'COMPLAINTS', weight: '10', direction: 'DOWN', steps: [{ from: '3', value: '0' }, { from: '1', value: '60' }, { from: '0', value: '100' }] }] }]
    const at = (actual: string): string | null => shown(workOutBlocks(blocks, { ...nobody, indicators: { COMPLAINTS: { target: '0', actual } } }), 'S')
    expect(['0', '1', '2', '3', '9'].map(at)).toEqual(['10.00', '6.00', '6.00', '0.00', '0.00'])
  })
  test('a RED event holds the total at 59.99 and the pay at 0; AMBER takes a fifth', () => {
    const red = workOutBlocks(scorecardBlocks, { ...given, events: ['AMBER', 'RED'] })
    expect(['TOTAL', 'COEFFICIENT', 'PAYABLE'].map((code) => shown(red, code))).toEqual(['59.99', '0.0000', '0.00'])
    const amber = workOutBlocks(scorecardBlocks, { ...given, events: ['AMBER'] })
    expect(['TOTAL', 'EARNED', 'GATED', 'PAYABLE'].map((code) => shown(amber, code))).toEqual(['99.40', '10000.00', '8000.00', '8000.00'])
    expect(whyOf(amber, 'GATED')).toBe('amber-event')
  })
  test('carried in and corrections meet the pay, the rest is carried on', () => {
    const short = workOutBlocks(scorecardBlocks, { ...given, values: { ...given.values, CORRECTION: yuan('-10200.00'), CARRY_IN: yuan('-50.00') } })
    expect(['F', 'PAYABLE', 'CARRY_OUT'].map((code) => shown(short, code))).toEqual(['-200.00', '0.00', '-250.00'])
  })
})

test.each([
  ['110.00', '1.30'], ['109.99', '1.10'], ['100.00', '1.10'], ['99.99', '1.00'], ['90.00', '1.00'], ['89.99', '0.90'], ['80.00', '0.90'], ['79.99', '0.70'], ['60.00', '0.70'], ['59.99', '0.00'], ['0', '0.00'],
])('bands.scorecardCoefficient: score %s → %s', (score, k) => {
  const bands = scorecardBlocks.find((block) => block.kind === 'BANDS')
  expect(bands && bandOf(bands.bands, exact(score)).toFixed(2)).toBe(k)
})

describe('hundred-1: 100 points, 2025-H2', () => {
  const indicators = {
    ASSET_INCREMENT: { target: '40000000', actual: '46000000' }, CUSTOMER_ASSET_INCREMENT: { target: '12000000', actual: '10200000' }, DEPOSIT_INCREMENT: { target: '30000000', actual: '33600000' },
    FEE_INCOME: { target: '300000', actual: '330000' }, PROFIT: { target: '900000.00', actual: '990000.00' },
  }
  const given: Given = { ...nobody, indicators, marks: { MAINTENANCE: '90', POLICY: '95', DEDICATION: '88', DISCIPLINE: '100' }, values: { GRADE_BASE: yuan('36000.00') } }
  const listed = changed(hundredBlocks, 'DEFERRED', { posts: ['RM'] } as Partial<Block>)
  const profitOnly = changed(listed, 'EXCESS', { mode: 'PROFIT_ONLY' } as Partial<Block>)
  const values = (worked: WorkedBlocks, codes: readonly string[]): (string | null)[] => codes.map((code) => shown(worked, code))
  const tranches = ['DEFERRED.1', 'DEFERRED.2', 'DEFERRED.3']

  test('scores, blend, marks and planned pay', () => {
    const worked = workOutBlocks(profitOnly, given)
    expect(values(worked, ['W', 'SCALE.ASSET', 'SCALE.CUSTOMER_ASSET', 'SCALE.LIABILITY', 'SCALE.INTERMEDIARY', 'SCALE', 'PROFIT'])).toEqual(['0.3000', '28.75', '12.75', '22.40', '11.00', '74.90', '77.00'])
    expect(values(worked, ['Q.1', 'Q.2', 'Q'])).toEqual(['52.43', '23.10', '75.53'])
    expect(values(worked, ['QUAL.MAINTENANCE', 'QUAL.POLICY', 'QUAL.DEDICATION', 'QUAL.DISCIPLINE', 'QUAL', 'H'])).toEqual(['9.00', '7.60', '5.28', '6.00', '27.88', '103.41'])
    expect(values(worked, ['CORE', 'PLANNED'])).toEqual(['0.9500', '34200.00'])
    // the quotients stand in the steps, before each is weighted
    expect(['SCALE.ASSET', 'SCALE.CUSTOMER_ASSET', 'SCALE.LIABILITY', 'SCALE.INTERMEDIARY', 'PROFIT.PROFIT'].map((code) => quotientOf(worked, code))).toEqual(['1.1500', '0.8500', '1.1200', '1.1000', '1.1000'])
    expect(whyOf(worked, 'CORE')).toBe('missed: CUSTOMER_ASSET_INCREMENT')
  })
  test('hundred-1: excess by profit only, with deferral', () => {
    const worked = workOutBlocks(profitOnly, given)
    expect(values(worked, ['EXCESS', 'EARNED', 'DEFERRED', 'PAID_NOW', ...tranches, 'PAYABLE'])).toEqual(['5130.00', '39330.00', '15732.00', '23598.00', '5244.00', '5244.00', '5244.00', '23598.00'])
  })
  test('hundred-1-blended', () => {
    const worked = workOutBlocks(listed, given)
    expect(values(worked, ['EXCESS.ASSET', 'EXCESS.CUSTOMER_ASSET', 'EXCESS.LIABILITY', 'EXCESS.INTERMEDIARY', 'EXCESS.PROFIT'])).toEqual(['399.00', '0.00', '478.80', '997.50', '1539.00'])
    // the volume by itself
    expect(exact(values(worked, ['EXCESS'])[0] ?? '0').minus(exact(values(worked, ['EXCESS.PROFIT'])[0] ?? '0')).toFixed(2)).toBe('1875.30')
    expect(whyOf(worked, 'EXCESS.CUSTOMER_ASSET')).toBe('not-above-target')
    expect(values(worked, ['PLANNED', 'EXCESS', 'EARNED', 'DEFERRED', 'PAID_NOW', ...tranches])).toEqual(['34200.00', '3414.30', '37614.30', '15045.72', '22568.58', '5015.24', '5015.24', '5015.24'])
  })
  test('hundred-1-zero-rates', () => {
    const free = listed.map((block) => (block.kind === 'EXCESS' ? { ...block, items: block.items.map((one) => ({ ...one, rate: '0' })) } : block))
    expect(values(workOutBlocks(free, given), ['EXCESS.ASSET', 'EXCESS.LIABILITY', 'EXCESS.INTERMEDIARY', 'EXCESS.PROFIT', 'EXCESS', 'EARNED', 'DEFERRED', 'PAID_NOW', ...tranches])).toEqual(
      ['0.00', '0.00', '0.00', '1539.00', '1539.00', '35739.00', '14295.60', '21443.40', '4765.20', '4765.20', '4765.20'])
  })
  test('hundred-uncapped: the limit 1.5 holds the score, never the excess', () => {
    const far = workOutBlocks(hundredBlocks, {
      ...given, from: '2025-01-01', indicators: { ASSET_INCREMENT: { target: '40000000.00', actual: '100000000.00' }, DEPOSIT_INCREMENT: { target: '30000000.00', actual: '90000000.00' }, CUSTOMER_ASSET_INCREMENT: { target: '1', actual: '1' }, FEE_INCOME: { target: '1', actual: '1' }, PROFIT: { target: '1', actual: '1' } },
    })
    expect(values(far, ['W', 'CORE', 'SCALE.ASSET', 'SCALE.LIABILITY', 'EXCESS.ASSET', 'EXCESS.LIABILITY', 'EXCESS'])).toEqual(['0.0000', '1.0000', '37.50', '30.00', '6000.00', '12000.00', '18000.00'])
  })
  test('deferral-remainder: the last tranche takes the rest', () => {
    const blocks: Block[] = [{ kind: 'DEFER', code: 'DEFERRED', of: 'TOTAL', ratio: '0.40', tranches: 3, posts: ['RM'], paidNow: 'PAID_NOW' }]
    expect(values(workOutBlocks(blocks, { ...nobody, values: { TOTAL: yuan('39331.00') } }), ['DEFERRED', 'PAID_NOW', ...tranches])).toEqual(['15732.40', '23598.60', '5244.13', '5244.13', '5244.14'])
    expect(workOutBlocks(blocks, { ...nobody, post: 'TELLER', values: { TOTAL: yuan('39331.00') } }).steps).toEqual([])
  })
  test('grades A and C are paid at 0.8 and 1.2 of the rate; an unknown grade is flagged and not guessed', () => {
    const at = (grade: string | null): (string | null)[] => values(workOutBlocks(listed, { ...given, grade }), ['EXCESS.ASSET', 'EXCESS.PROFIT'])
    expect([at('A'), at('C'), at('X')]).toEqual([['319.20', '1026.00'], ['478.80', '2052.00'], ['0.00', '0.00']])
    expect(workOutBlocks(listed, { ...given, grade: null }).flags).toContainEqual({ block: 'EXCESS', item: 'ASSET', why: 'no-rate-for-grade' })
  })
  test('phases: only scale, a part, only profit', () => {
    const at = (from: string): (string | null)[] => values(workOutBlocks(listed, { ...given, from }), ['W', 'Q'])
    expect([at('2024-07-01'), at('2025-01-01'), at('2026-01-01'), at('2026-07-01')]).toEqual([['0.0000', '74.90'], ['0.0000', '74.90'], ['0.6000', '76.16'], ['1.0000', '77.00']])
  })
  test('an item with a target of 0 has no excess and is flagged', () => {
    const odd = workOutBlocks(listed, { ...given, indicators: { ...indicators, FEE_INCOME: { target: '0', actual: '10' } } })
    expect(shown(odd, 'EXCESS.INTERMEDIARY')).toBe('0.00')
    expect(odd.flags).toEqual([{ block: 'SCALE', item: 'INTERMEDIARY', why: 'target-not-positive' }, { block: 'EXCESS', item: 'INTERMEDIARY', why: 'target-not-positive' }])
  })
  test('a RED event: the core coefficient is 0 and with it the pay', () => expect(values(workOutBlocks(listed, { ...given, events: ['RED'] }), ['CORE', 'PLANNED', 'EXCESS', 'PAYABLE'])).toEqual(['0.0000', '0.00', '0.00', '0.00']))
  test('core indicators missed cost 0.05 each, down to 0.70', () => {
    const many = listed.map((block) => (block.kind === 'CORE' ? { ...block, tests: Array.from({ length: 8 }, () => block.tests[0] as (typeof block.tests)[number]) } : block))
    const worked = workOutBlocks(many, given)
    expect([shown(worked, 'CORE'), whyOf(worked, 'CORE')]).toEqual(['0.7000', 'at-the-floor'])
  })
  test('team weight 0.20: own and team', () => {
    const team: Block[] = [{ kind: 'TEAM', code: 'T', unit: 'SCORE', own: 'OWN', team: 'TEAM', weight: '0.20' }]
    const at = (values_: Given['values']): string | null => shown(workOutBlocks(team, { ...nobody, values: values_ }), 'T')
    expect(at({ OWN: { unit: 'SCORE', value: '103.41' }, TEAM: { unit: 'SCORE', value: '90.00' } })).toBe('100.73')
    expect(at({ OWN: { unit: 'SCORE', value: '103.41' } })).toBe('103.41')
  })
})

/** The operands of a step as they stand on the statement. */
function told(worked: WorkedBlocks, code: string): string | undefined {
  return worked.steps.find((step) => step.code === code)?.terms.map((term) => ('sign' in term ? term.sign : term.value)).join(' ')
}

/** Recomputes a step from its printed operands as a pocket calculator with brackets does. */
function recompute(terms: readonly Term[]): ReturnType<typeof exact> {
  const tokens = terms.map((term) => ('sign' in term ? term.sign : term.unit === 'FEN' ? exact(term.value).div(100) : exact(term.value)))
  let place = 0
  const value = (): ReturnType<typeof exact> => {
    const token = tokens[place++]
    if (token === '(') {
      const inner = sum()
      place += 1
      return inner
    }
    if (token === '−') return value().neg()
    if (token === undefined || typeof token === 'string') throw new Error('an operand was expected')
    return token
  }
  const product = (): ReturnType<typeof exact> => {
    let result = value()
    for (let token = tokens[place]; token === '×' || token === '÷'; token = tokens[place]) {
      place += 1
      result = token === '×' ? result.times(value()) : result.div(value())
    }
    return result
  }
  const sum = (): ReturnType<typeof exact> => {
    let result = product()
    for (let token = tokens[place]; token === '+' || token === '−'; token = tokens[place]) {
      place += 1
      result = token === '+' ? result.plus(product()) : result.minus(product())
    }
    return result
  }
  return sum()
}

describe('holds for every person', () => {
  const amount = fc.integer({ min: -9_000_000, max: 90_000_000 }).map(String)
  const indicator = fc.record({ target: fc.option(amount), actual: fc.option(amount) })
  const names = [...new Set([...scorecardBlocks, ...hundredBlocks].flatMap((block) => (block.kind === 'RATIOS' ? block.items.map((one) => one.indicator) : [])))]
  const mark = fc.integer({ min: 0, max: 100 }).map(String)
  const anybody: fc.Arbitrary<Given> = fc.record({
    from: fc.constantFrom('2025-01-01', '2025-07-01', '2026-01-01', '2027-01-01'), post: fc.constantFrom('RM', 'TELLER', null), grade: fc.constantFrom('A', 'B', 'C', null), events: fc.subarray(['RED', 'AMBER'] as const),
    points: fc.constant([]), indicators: fc.record(Object.fromEntries(names.map((name) => [name, indicator]))), marks: fc.record({ MAINTENANCE: mark, POLICY: mark, DEDICATION: mark, DISCIPLINE: mark }, { requiredKeys: [] }).map((found) => Object.fromEntries(Object.entries(found).filter((entry): entry is [string, string] => entry[1] !== undefined))),
    values: fc.record({ base: fc.bigInt({ min: 0n, max: 9_000_000n }), correction: fc.bigInt({ min: -5_000_000n, max: 5_000_000n }), carry: fc.bigInt({ min: -5_000_000n, max: 0n }) }).map(({ base, correction, carry }) => ({
      GRADE_BASE: { unit: 'FEN' as const, value: base.toString() }, CORRECTION: { unit: 'FEN' as const, value: correction.toString() }, CARRY_IN: { unit: 'FEN' as const, value: carry.toString() },
    })),
  })
  const anyBlocks = fc.constantFrom(scorecardBlocks, hundredBlocks, changed(hundredBlocks, 'DEFERRED', { posts: ['RM'] } as Partial<Block>))
  const fenAt = (worked: WorkedBlocks, code: string): bigint => BigInt(worked.values.get(code)?.text ?? '0')

  test('every step can be recomputed from what it prints', () => fc.assert(fc.property(anyBlocks, anybody, (blocks, given) => {
    for (const step of workOutBlocks(blocks, given).steps) {
      if (step.terms.length === 0 || ['PAYABLE', 'COEFFICIENT'].includes(step.code) || step.why === 'at-the-floor' || step.code.startsWith('DEFERRED.') ) continue
      const expected = step.unit === 'FEN' ? exact(step.value).div(100) : exact(step.value)
      const found = recompute(step.terms)
      expect([step.code, found.minus(expected).abs().lte(step.unit === 'COEFFICIENT' ? '0.00005' : '0.005')]).toEqual([step.code, true])
      if (!step.rounded) expect([step.code, found.toFixed()]).toEqual([step.code, expected.toFixed()])
    }
  })))
  test('payable is never below 0 and nothing is lost', () => fc.assert(fc.property(anyBlocks, anybody, (blocks, given) => {
    const worked = workOutBlocks(blocks, given)
    const [payable, out] = [fenAt(worked, 'PAYABLE'), fenAt(worked, 'CARRY_OUT')]
    expect(payable >= 0n && out <= 0n && (payable === 0n || out === 0n)).toBe(true)
    expect(payable + out).toBe(fenAt(worked, 'F') + fenAt(worked, 'CARRY_IN'))
    if (worked.values.has('DEFERRED')) expect(sumFen(tranchesOf(worked)) + fenAt(worked, 'PAID_NOW')).toBe(fenAt(worked, 'GATED'))
  })))
  const tranchesOf = (worked: WorkedBlocks): bigint[] => [1, 2, 3].map((place) => fenAt(worked, `DEFERRED.${place}`))
  test('twice is once, and the order in which indicators lie changes nothing', () => fc.assert(fc.property(anyBlocks, anybody, (blocks, given) => {
    const turned = { ...given, indicators: Object.fromEntries(Object.entries(given.indicators).reverse()), marks: Object.fromEntries(Object.entries(given.marks).reverse()) }
    const steps = (one: Given): Step[] => workOutBlocks(blocks, one).steps
    expect(steps(given)).toEqual(steps(given))
    expect(steps(turned)).toEqual(steps(given))
  })))
  test('a block that names what stands nowhere before it is our own mistake', () => {
    expect(() => workOutBlocks([{ kind: 'FACTOR', code: 'X', of: 'NOWHERE', factor: 'Y' }], nobody)).toThrow('NOWHERE')
  })
})
