import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { diligenceOf, backOf, basicRelief, within, type Relief } from './relief.rules.ts'

/** What was deducted for loans, by which of them are taken out of the period. */
type Took = (out: readonly string[]) => bigint
type Decided = { loan: string; relief: Relief }
/** One decision after the other, each beside those before it. */
function givenBack(took: Took, decisions: readonly Decided[]): bigint[] {
  const done: Decided[] = []
  const given: bigint[] = []
  for (const one of decisions) {
    const beside = (list: readonly Decided[]): bigint => took([...list.map(({ loan }) => loan), one.loan]) - took(list.map(({ loan }) => loan))
    const back = backOf(one.relief, { all: beside(done), full: beside(done.filter(({ relief }) => relief === '1.00')) })
    given.push(...within(took([...done.map(({ loan }) => loan), one.loan]) - given.reduce((sum, fen) => sum + fen, 0n), [back]))
    done.push(one)
  }
  return given
}
const together: Took = (out) => (out.includes('a') && out.includes('b') ? 100_000n : 0n)
const eachAlone: Took = (out) => (out.length > 0 ? 100_000n : 0n)
const a = (relief: Relief): Decided => ({ loan: 'a', relief })
const b = (relief: Relief): Decided => ({ loan: 'b', relief })

describe('two loans, two reliefs: 1,000.00', () => {
  test.each<[string, Took, Decided[], bigint[]]>([
    ['only together, both in full', together, [a('1.00'), b('1.00')], [0n, 100_000n]],
    ['only together, in full and then by half: half', together, [a('1.00'), b(basicRelief)], [0n, 50_000n]],
    ['only together, by half and then in full: half as well', together, [a(basicRelief), b('1.00')], [0n, 50_000n]],
    ['only together, both by half', together, [a(basicRelief), b(basicRelief)], [0n, 50_000n]],
    ['each alone, in full and then by half: the lower one takes nothing back', eachAlone, [a('1.00'), b(basicRelief)], [100_000n, 0n]],
    ['each alone, by half and then in full: the difference comes back', eachAlone, [a(basicRelief), b('1.00')], [50_000n, 50_000n]],
    ['each alone, both by half: once', eachAlone, [a(basicRelief), b(basicRelief)], [50_000n, 0n]],
  ])('%s', (_what, took, decisions, given) => expect(givenBack(took, decisions)).toEqual(given))
  test('an odd fen is given back once', () => {
    expect(givenBack((out) => (out.length > 0 ? 1001n : 0n), [a(basicRelief), b('1.00')])).toEqual([501n, 500n])
    expect(givenBack((out) => BigInt(out.length), [a(basicRelief), b(basicRelief)])).toEqual([1n, 1n])
    expect(within(3n, [2n, 2n])).toEqual([2n, 1n])
  })
})

// any deduction that does not grow when a loan is taken out: limits over weights of loans
const loans = ['a', 'b', 'c', 'd']
const anyTook = fc.tuple(fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 4, maxLength: 4 }), fc.array(fc.record({ least: fc.integer({ min: 1, max: 30 }), fen: fc.bigInt({ min: 1n, max: 999_999n }) }), { minLength: 1, maxLength: 4 }))
  .map(([weights, steps]): Took => (out) => {
    const weight = loans.reduce((sum, loan, place) => sum + (out.includes(loan) ? weights[place] ?? 0 : 0), 0)
    return steps.reduce((sum, { least, fen }) => sum + (weight >= least ? fen : 0n), 0n)
  })
const anyDecisions = fc.shuffledSubarray(loans, { minLength: 1 }).chain((order) => fc.array(fc.constantFrom<Relief>('1.00', basicRelief), { minLength: order.length, maxLength: order.length }).map((reliefs) => order.map((loan, place): Decided => ({ loan, relief: reliefs[place] ?? '1.00' }))))

describe('whatever was deducted, whatever is decided', () => {
  const sum = (list: readonly bigint[]): bigint => list.reduce((total, fen) => total + fen, 0n)
  test('never more than was deducted, and no decision takes anything back', () => fc.assert(fc.property(anyTook, anyDecisions, (took, decisions) => {
    const given = givenBack(took, decisions)
    expect(given.every((fen) => fen >= 0n)).toBe(true)
    expect(sum(given) <= took(decisions.map(({ loan }) => loan))).toBe(true)
  }), { numRuns: 1000 }))
  test('the order of the decisions changes the sum by no more than the rounding of each', () => fc.assert(fc.property(anyTook, anyDecisions, (took, decisions) => {
    const difference = sum(givenBack(took, decisions)) - sum(givenBack(took, [...decisions].reverse()))
    expect(difference <= BigInt(decisions.length) && difference >= -BigInt(decisions.length)).toBe(true)
  }), { numRuns: 1000 }))
  test('all in full: all of it', () => fc.assert(fc.property(anyTook, (took) => {
    expect(sum(givenBack(took, loans.map((loan) => ({ loan, relief: '1.00' }))))).toBe(took(loans))
  })))
})

// fixtures bands (diligence) and diligence-1 of the domain specification
test.each([
  ['85.00', '75.00', 'DILIGENT'], ['84.99', '75.00', 'BASICALLY_DILIGENT'], ['85.00', '74.99', 'BASICALLY_DILIGENT'], ['70.00', '60.00', 'BASICALLY_DILIGENT'], ['69.99', '60.00', 'NOT_DILIGENT'], ['90.00', '59.99', 'NOT_DILIGENT'],
  ['93.00', '82.00', 'DILIGENT'], ['81.30', '55.00', 'NOT_DILIGENT'], ['84.30', '70.00', 'BASICALLY_DILIGENT'],
] as const)('total %s, worst stage %s: %s', (total, worst, conclusion) => expect(diligenceOf(total, worst)).toBe(conclusion))
