import { describe, expect, test } from 'vitest'
import { faultOfValue, type ValueAsked } from './value-change.rules.ts'

const price: ValueAsked = { kind: 'PRICE', side: 'BID', termMonths: 12, name: null, from: '2026-11-01', value: '0.0185' }
const parameter: ValueAsked = { kind: 'PARAMETER', side: null, termMonths: null, name: 'depInsRate', from: '2026-11-01', value: '0.0002' }

describe('a price or parameter', () => {
  const cases: [what: string, asked: ValueAsked, worked: string | null, fault: string | null][] = [
    ['a price after the last month worked out', price, '2026-10', null],
    ['a price of a month that was worked out', price, '2026-11', 'begins-in-the-past'],
    ['no month was worked out yet', { ...price, from: '2020-01-01' }, null, null],
    ['in the middle of a month', { ...price, from: '2026-12-05' }, '2026-10', 'not-first-of-month'],
    ['a price without its term', { ...price, termMonths: null }, '2026-10', 'what-missing'],
    ['a parameter', parameter, '2026-10', null],
    ['a parameter with a term', { ...parameter, termMonths: 3 }, '2026-10', 'what-missing'],
    ['a rate above one', { ...parameter, value: '1.01' }, '2026-10', 'value-out-of-range'],
    ['a negative price', { ...price, value: '-0.01' }, '2026-10', 'value-out-of-range'],
    ['a risk weight of 150 %', { ...parameter, name: 'riskWeightCorporate', value: '1.5' }, '2026-10', null],
    ['a unit cost in yuan', { ...parameter, name: 'contactCost', value: '80' }, '2026-10', null],
  ]
  test.each(cases)('%s', (_what, asked, worked, fault) => expect(faultOfValue(asked, worked)?.name ?? null).toBe(fault))
})
