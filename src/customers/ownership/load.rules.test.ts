import fc from 'fast-check'
import { expect, test } from 'vitest'
import { classOf, loadOf, type Grade, type LoadLine, type LoadPolicy } from './load.rules.ts'

/** The defaults of 4.5, as the migration writes them. */
const policy: LoadPolicy = {
  version: '1', weight: { T1: '3', T2: '1.5', T3: '1', T4: '0.1', P: '0' }, capacity: { CREDIT: '20', CORPORATE: '60', PERSON_T1: '150', PERSON: '300' },
  factor: { A: '0.50', B: '1', C: '1' }, warnAbove: '1', stopAbove: '1.2',
}
const line = (loadClass: LoadLine['loadClass'], tier: LoadLine['tier'], customers: string): LoadLine => ({ loadClass, tier, customers })

test.each<[what: string, lines: LoadLine[], grade: Grade | null, ratio: string, verdict: string]>([
  ['nobody', [], 'B', '0.0000', 'OK'],
  ['20 credit companies fill a manager', [line('CREDIT', 'T3', '20')], 'B', '1.0000', 'OK'],
  ['one more: told', [line('CREDIT', 'T3', '21')], 'B', '1.0500', 'WARN'],
  ['24 are 1.20: not above', [line('CREDIT', 'T3', '24')], 'B', '1.2000', 'WARN'],
  ['a hundredth of a customer above 1.20: stop', [line('CREDIT', 'T3', '24.01')], 'B', '1.2005', 'STOP'],
  ['60 companies without loans', [line('CORPORATE', 'T3', '60')], 'C', '1.0000', 'OK'],
  ['50 core persons at weight 3', [line('PERSON_T1', 'T1', '50')], 'B', '1.0000', 'OK'],
  ['200 key persons at weight 1.5', [line('PERSON', 'T2', '200')], 'B', '1.0000', 'OK'],
  ['3,000 basic customers', [line('PERSON', 'T4', '3000')], 'B', '1.0000', 'OK'],
  ['prospects take no room', [line('CORPORATE', 'P', '500')], 'B', '0.0000', 'OK'],
  ['an assistant has half the room', [line('CREDIT', 'T3', '10')], 'A', '1.0000', 'OK'],
  ['without a grade as B', [line('CREDIT', 'T3', '20')], null, '1.0000', 'OK'],
  ['kinds add up, shares count by their part', [line('CREDIT', 'T3', '10.6'), line('CORPORATE', 'T3', '30')], 'B', '1.0300', 'WARN'],
  ['thirds: 60 thirds of a company are 20', [line('CORPORATE', 'T3', '19.9998')], 'B', '0.3333', 'OK'],
])('%s', (_what, lines, grade, ratio, verdict) => {
  expect(loadOf(lines, grade, policy)).toEqual({ ratio, verdict })
})

test.each([
  [{ kind: 'CORPORATE', hasLoan: true, tier: 'T1' }, 'CREDIT'], [{ kind: 'CORPORATE', hasLoan: false, tier: 'T1' }, 'CORPORATE'],
  [{ kind: 'PERSON', hasLoan: true, tier: 'T1' }, 'PERSON_T1'], [{ kind: 'PERSON', hasLoan: true, tier: 'T3' }, 'PERSON'],
] as const)('%j is %s', (customer, loadClass) => {
  expect(classOf(customer)).toBe(loadClass)
})

test('another customer never makes the load smaller', () => {
  fc.assert(fc.property(fc.nat(200), fc.nat(200), (a, b) => {
    const before = loadOf([line('CREDIT', 'T3', String(a)), line('PERSON', 'T2', String(b))], 'B', policy)
    const after = loadOf([line('CREDIT', 'T3', String(a)), line('PERSON', 'T2', String(b + 1))], 'B', policy)
    expect(Number(after.ratio)).toBeGreaterThanOrEqual(Number(before.ratio))
  }))
})
