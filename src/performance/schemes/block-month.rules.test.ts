import { describe, expect, test } from 'vitest'
import { hundredBlocks, scorecardBlocks } from '../scorecard-scheme.ts'
import { indicatorsOf, markedItems, payOfBlocks, type BlocksInput } from './block-month.rules.ts'

const blocks = [{ kind: 'PRODUCT' as const, code: 'EARNED', unit: 'FEN' as const, factors: [{ of: 'GRADE_BASE' }] }, { kind: 'SUM' as const, code: 'F', unit: 'FEN' as const, parts: [{ of: 'EARNED' }, { of: 'CORRECTION', leaveOut: 'ABSENT' as const }] }, { kind: 'PAYABLE' as const, code: 'PAYABLE', of: 'F', carryOut: 'CARRY_OUT' }]
const input = (base: bigint, corrections: bigint[], carryIn: [month: string, fen: bigint][]): BlocksInput => ({
  month: '2025-04', corrections: corrections.map((fen) => ({ fen })), carryIn: carryIn.map(([month, fen]) => ({ month, cause: 'CORRECTION', fen })),
  given: { from: '2025-04-01', post: null, grade: null, events: [], points: [], indicators: {}, marks: {}, values: { GRADE_BASE: { unit: 'FEN', value: base.toString() } } },
})

describe('what is carried in is met first, the oldest month first', () => {
  test.each([
    ['enough', 1000n, [], [['2025-02', 300n], ['2025-01', 200n]], 500n, 0n, [], []],
    ['not enough', 100n, [], [['2025-02', 300n], ['2025-01', 200n]], 0n, -400n, [['2025-01', 100n], ['2025-02', 300n]], []],
    ['a negative correction', 100n, [-250n], [['2025-03', 50n]], 0n, -200n, [['2025-03', 50n], ['2025-04', 150n]], []],
    ['older than twelve months: no longer deducted', 100n, [], [['2024-03', 300n]], 100n, 0n, [], ['2024-03']],
  ] as const)('%s', (_name, base, corrections, carryIn, payable, carryOut, left, expired) => {
    const pay = payOfBlocks({ blocks, score: null, carryMonths: 12 }, input(base, [...corrections], carryIn.map(([month, fen]) => [month, fen])))
    expect(pay).toMatchObject({ payableFen: payable, carryOutFen: carryOut })
    expect(pay.carryOut.map(({ month, fen }) => [month, fen])).toEqual(left)
    expect(pay.expired.map(({ month }) => month)).toEqual(expired)
  })
})

test('what the blocks of the house read and what people mark', () => {
  expect(indicatorsOf(scorecardBlocks)).toHaveLength(13)
  expect(indicatorsOf(hundredBlocks)).toEqual(['ASSET_INCREMENT', 'CUSTOMER_ASSET_INCREMENT', 'DEPOSIT_INCREMENT', 'FEE_INCOME', 'PROFIT'])
  expect(markedItems(hundredBlocks).map(({ weight }) => weight)).toEqual(['10', '8', '6', '6'])
})
