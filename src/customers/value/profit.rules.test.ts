import { expect, test } from 'vitest'
import { profitShares } from './profit.rules.ts'

test.each<[parts: string[], whole: string, shares: (string | null)[]]>([
  [['7500', '2500'], '10000', ['75.00', '25.00']], [['15000', '-5000'], '10000', ['150.00', '-50.00']], [['1', '2'], '3', ['33.33', '66.67']], [['100', '-100'], '0', [null, null]], [['-100'], '-100', [null]], [[], '0', []],
])('%o of %s: %o', (parts, whole, shares) => expect(profitShares(parts, whole)).toEqual(shares))
