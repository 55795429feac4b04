import { describe, expect, test } from 'vitest'
import type { PointsMonth } from '../points.rules.ts'
import { schemeTemplates } from '../psbc-scheme.ts'
import { scorecardBlocks } from '../scorecard-scheme.ts'
import { blocksWith, pointsWith, type MoreEvents } from './what-if.rules.ts'

const template = schemeTemplates['POINTS']
if (!template) throw new Error('no points scheme')
const tariff = template.tariff.map(({ event, unitFen, points }) => ({ code: event, unitFen, points }))
const month: PointsMonth = { month: '2025-04', points: [{ code: 'NEW_SMALL_LOAN', points: '120.00' }], f: null, marketing: { score: '82.00', coefficient: '1.0000' }, early: [], overdue: [], refunds: [], supervisor: null, corrections: [], carryIn: [] }

describe('more business in thought', () => {
  test.each<[name: string, more: MoreEvents[], payable: bigint | string]>([
    ['nothing more', [], 60_000n],
    ['two more small loans: 40 points, 200.00', [{ code: 'NEW_SMALL_LOAN', count: 2, amountFen: null }], 80_000n],
    // 500,000 yuan at 8 points for 100,000: 40 points each
    ['two merchant loans of 500,000 yuan', [{ code: 'MERCHANT_LOAN_AMOUNT', count: 2, amountFen: 50_000_000n }], 100_000n],
    ['an event that is none', [{ code: 'NOTHING', count: 1, amountFen: null }], 'not-of-the-scheme'],
    ['an amount is needed', [{ code: 'MERCHANT_LOAN_AMOUNT', count: 1, amountFen: null }], 'amount-missing'],
  ])('%s', (_name, more, payable) => {
    const found = pointsWith(template.terms, month, tariff, more)
    expect('missing' in found ? found.why : found.payableFen).toBe(payable)
  })
  test('an indicator of a scorecard: from 1.00 to the next band', () => {
    const indicators = Object.fromEntries(scorecardBlocks.flatMap((block) => (block.kind === 'RATIOS' ? block.items : [])).map(({ indicator, direction }) => [indicator, { target: '100', actual: direction === 'UP' ? '99' : '101' }]))
    const input = { month: '2025-04', corrections: [], carryIn: [], given: { from: '2025-04-01', post: 'RM', grade: 'B', events: [], points: [], indicators, marks: {}, values: { GRADE_BASE: { unit: 'FEN' as const, value: '1000000' } } } }
    const terms = { blocks: scorecardBlocks, score: 'TOTAL', carryMonths: 12 }
    const pay = (by: string) => {
      const found = blocksWith(terms, input, by === '' ? [] : [{ code: 'PROFIT', by }])
      return 'missing' in found ? found.why : [found.score, found.payableFen]
    }
    expect([pay(''), pay('6')]).toEqual([['99.00', 1_000_000n], ['100.20', 1_100_000n]])
  })
})
