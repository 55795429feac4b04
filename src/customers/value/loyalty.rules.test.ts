import { describe, expect, test } from 'vitest'
import { loyaltyIndex, type LoyaltyGiven } from './loyalty.rules.ts'

// fixture loyalty-1 (2.8)
const first: LoyaltyGiven = { shareOfWallet: '0.60', years: '7', productLines: 5, payrollOrMainAccount: '1', complaintFree: '1' }
describe('fixture loyalty-1', () => {
  const cases: [LoyaltyGiven, (string | null)[], string][] = [
    [first, ['18.00', '10.50', '20.83', '20.00', '10.00'], '79.33'],
    [{ shareOfWallet: '0.35', years: '12', productLines: 8, payrollOrMainAccount: '0.5', complaintFree: '0' }, ['10.50', '15.00', '25.00', '10.00', '0.00'], '60.50'],
    [{ ...first, shareOfWallet: null }, [null, '10.50', '20.83', '20.00', '10.00'], '87.61'],
  ]
  test.each(cases)('%j', (given, parts, index) => {
    const found = loyaltyIndex(given)
    expect(found.parts.map((part) => part.points)).toEqual(parts)
    expect(found.index).toBe(index)
  })
  test('nothing known: no index', () => expect(loyaltyIndex({ shareOfWallet: null, years: null, productLines: null, payrollOrMainAccount: null, complaintFree: null }).index).toBeNull())
})
