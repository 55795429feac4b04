import fc from 'fast-check'
import { expect, test } from 'vitest'
import { faultOfSlices, type Slice } from './assignment.rules.ts'

const slice = (staffKey: number, sharePct: string, main = false): Slice => ({ staffKey, sharePct, main })

test.each<[string, Slice[], string | null]>([
  ['one manager', [slice(1, '100', true)], null],
  ['main and assisting', [slice(1, '60.00', true), slice(2, '40')], null],
  ['three with thirds', [slice(1, '33.34', true), slice(2, '33.33'), slice(3, '33.33')], null],
  ['nobody', [], 'no-slices'],
  ['a person twice', [slice(1, '50', true), slice(1, '50')], 'person-twice'],
  ['no main manager', [slice(1, '50'), slice(2, '50')], 'one-main'],
  ['two main managers', [slice(1, '50', true), slice(2, '50', true)], 'one-main'],
  ['a share of nothing', [slice(1, '100', true), slice(2, '0')], 'share-out-of-range'],
  ['a negative share', [slice(1, '110', true), slice(2, '-10')], 'share-out-of-range'],
  ['three decimals', [slice(1, '50.005', true), slice(2, '49.995')], 'share-out-of-range'],
  ['one hundredth too little', [slice(1, '60', true), slice(2, '39.99')], 'shares-not-100'],
  ['one hundredth too much', [slice(1, '60', true), slice(2, '40.01')], 'shares-not-100'],
])('%s: %j: %s', (_what, slices, refusal) => {
  expect(faultOfSlices(slices)?.name ?? null).toBe(refusal)
})

test('any hundredths that sum to 100 are accepted, and one more or less is not', () => {
  fc.assert(fc.property(fc.integer({ min: 1, max: 9998 }), fc.constantFrom(-1, 0, 1), (first, off) => {
    const text = (hundredths: number): string => `${Math.floor(hundredths / 100)}.${String(hundredths % 100).padStart(2, '0')}`
    const fault = faultOfSlices([slice(1, text(first), true), slice(2, text(10_000 - first + off))])
    expect(fault?.name ?? null).toBe(off === 0 ? null : 'shares-not-100')
  }))
})
