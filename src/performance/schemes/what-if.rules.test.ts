import { describe, expect, test } from 'vitest'
import type { PointsMonth } from '../points.rules.ts'
import { schemeTemplates } from '../psbc-scheme.ts'
import { scorecardBlocks } from '../scorecard-scheme.ts'
import { blocksWith, pointsWith, type MoreBusiness } from './what-if.rules.ts'

const template = schemeTemplates['POINTS']
if (!template) throw new Error('no points scheme')
const tariff = template.tariff.map(({ event, unitFen, points, products }) => ({ code: event, unitFen, points, products }))
const month: PointsMonth = { month: '2025-04', points: [{ code: 'NEW_SMALL_LOAN', points: '120.00' }], f: null, marketing: { score: '82.00', coefficient: '1.0000' }, early: [], overdue: [], refunds: [], supervisor: null, corrections: [], carryIn: [] }

const loans = (product: string, count: number, amountFen: bigint, paidOutOn: string): MoreBusiness => ({ loans: [{ product, count, amountFen, paidOutOn }], deposits: [] })

describe('more business in thought', () => {
  test.each<[name: string, more: MoreBusiness, payable: bigint | string]>([
    ['nothing more', { loans: [], deposits: [] }, 60_000n],
    // 2 × 20 points; 20,000 yuan for one day of thirty are less than half a hundredth of a point
    ['two more small loans of 10,000 on the last day', loans('L103', 2, 1_000_000n, '2025-04-30'), 80_000n],
    // 500,000 yuan at 8 points for 100,000: 40 points each; 1,000,000 on one day of thirty are 33,333.33 on average: 0.17 points, (120 + 80 + 0.17) × 5
    ['two merchant loans of 500,000 on the last day', loans('L102', 2, 50_000_000n, '2025-04-30'), 100_085n],
    // all month: 1,000,000 on average, 5 points
    ['the same on the first day', loans('L102', 2, 50_000_000n, '2025-04-01'), 102_500n],
    ['a loan that no event names: its days only', loans('L201', 1, 100_000_000n, '2025-04-01'), 62_500n],
    // 600,000 for 15 days of 30: 300,000 on average, 3 points
    ['a deposit of 600,000 from the middle', { loans: [], deposits: [{ amountFen: 60_000_000n, from: '2025-04-16' }] }, 61_500n],
    ['on a day of another month', loans('L102', 1, 50_000_000n, '2025-05-01'), 'outside-month'],
  ])('%s', (_name, more, payable) => {
    const found = pointsWith({ terms: template.terms, month, tariff, stocks: {}, growth: [] }, more)
    expect('missing' in found ? found.why : found.payableFen).toBe(payable)
  })
  test('what lies already counts first: the average is rounded once', () => {
    // 42,000,000 all month are 210 points; 1 more fen on one day changes nothing
    const stocks = { MANAGED_LOAN_ADB: (4_200_000_000n * 30n * 3000n).toString() }
    const held = { ...month, points: [...month.points, { code: 'MANAGED_LOAN_ADB', points: '210.00' }] }
    const found = pointsWith({ terms: template.terms, month: held, tariff, stocks, growth: [] }, loans('L201', 1, 20_000_000n, '2025-04-16'))
    // 42,100,000 on average: 210.50
    expect('missing' in found ? found.why : found.P).toBe('330.50')
  })
  test('the link follows: 6,960,000 of 24,000,000 grown is 0.87, with 1,040,000 more 1.00', () => {
    const growth = [{ targetFen: 2_400_000_000n, actualFen: 696_000_000n, days: 30, over: null }]
    const found = pointsWith({ terms: template.terms, month: { ...month, f: '0.8700' }, tariff, stocks: {}, growth }, loans('L201', 1, 104_000_000n, '2025-04-30'))
    // 120.17 points: 600.85; fixed 360.51, linked 240.34
    expect('missing' in found ? found.why : [found.P, found.linkPay, found.payableFen]).toEqual(['120.17', 24_034n, 60_085n])
    // of two posts of the month the present one grows: 0.2500 on 10 days, ( 2,960,000 + 1,040,000 ) ÷ 24,000,000 ÷ ( 2 ÷ 12 ) = 1.00 on 20: 0.75
    const two = [{ targetFen: 2_400_000_000n, actualFen: 200_000_000n, days: 10, over: { since: '2025-01-01', to: '2025-05-01' } }, { targetFen: 2_400_000_000n, actualFen: 296_000_000n, days: 20, over: { since: '2025-03-01', to: '2025-05-01' } }]
    const moved = pointsWith({ terms: template.terms, month, tariff, stocks: {}, growth: two }, loans('L201', 1, 104_000_000n, '2025-04-30'))
    expect('missing' in moved ? moved.why : moved.linkPay).toBe(18_026n)
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
