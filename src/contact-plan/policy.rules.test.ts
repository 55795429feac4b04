import { describe, expect, test } from 'vitest'
import type { PolicyRow, PolicyTerms } from './policy.contract.ts'
import { earliestBegin, faultOfChange } from './policy.rules.ts'

const monthly: PolicyTerms = { everyMonths: 1, faceEveryMonths: 3, leaderEveryMonths: 6, window: 'CALENDAR_MONTH', recordWithin: 1, firstDutyUntilDay: 15 }
const row = (more: Partial<PolicyRow>): PolicyRow => ({ tier: 'T1', region: '*', from: '1900-01-01', to: null, version: '1', basis: '', ...monthly, ...more })
const rows = [row({}), row({ tier: 'T2', everyMonths: 2, faceEveryMonths: 6 }), row({ region: 'COUNTY', from: '2026-06-01', everyMonths: 2, faceEveryMonths: 6 }), row({ region: 'OLD', from: '2025-01-01', to: '2026-01-01' })]
const today = '2026-11-23'
const fortnightly = { ...monthly, recordWithin: 2 }

describe('a contact policy is changed for the months to come, by tier and region', () => {
  test.each([
    ['recorded within two days, from next month', { tier: 'T1', region: '*', from: '2026-12-01', terms: fortnightly }, null],
    ['a region gets its own rule', { tier: 'T2', region: 'CAPITAL', from: '2027-01-01', terms: monthly }, null],
    ['the region’s own rule ends', { tier: 'T1', region: 'COUNTY', from: '2026-12-01', terms: null }, null],
    ['in the middle of a month', { tier: 'T1', region: '*', from: '2026-12-15', terms: fortnightly }, 'not-first-of-month'],
    ['this month has begun', { tier: 'T1', region: '*', from: '2026-11-01', terms: fortnightly }, 'begins-in-the-past'],
    ['a region that no outlet has', { tier: 'T1', region: 'MOON', from: '2026-12-01', terms: fortnightly }, 'region-unknown'],
    ['the same as in force', { tier: 'T1', region: '*', from: '2026-12-01', terms: monthly }, 'same-policy'],
    ['a meeting every month, a contact every two', { tier: 'T2', region: '*', from: '2026-12-01', terms: { ...monthly, everyMonths: 2, faceEveryMonths: 1 } }, 'face-more-often'],
    ['the rule of the bank cannot end', { tier: 'T1', region: '*', from: '2026-12-01', terms: null }, 'nothing-to-end'],
    ['a region without a rule of its own has none to end', { tier: 'T2', region: 'CAPITAL', from: '2026-12-01', terms: null }, 'nothing-to-end'],
    ['one that has ended has none to end', { tier: 'T1', region: 'OLD', from: '2026-12-01', terms: null }, 'nothing-to-end'],
  ] as const)('%s', (_case, change, name) => {
    expect(faultOfChange(rows, ['CAPITAL', 'COUNTY'], change, today)?.name ?? null).toBe(name)
  })

  test('a version that is already on its way is not overtaken', () => {
    const coming = [...rows.map((one) => (one.tier === 'T1' && one.region === '*' ? { ...one, to: '2027-01-01' } : one)), row({ from: '2027-01-01', version: '2', recordWithin: 3 })]
    expect(faultOfChange(coming, [], { tier: 'T1', region: '*', from: '2026-12-01', terms: fortnightly }, today)).toEqual({ name: 'later-policy', field: 'from', details: { day: '2027-01-01' } })
    expect(faultOfChange(coming, [], { tier: 'T1', region: '*', from: '2027-02-01', terms: fortnightly }, today)).toBeNull()
  })

  test('the earliest day is the first of next month', () => {
    expect([earliestBegin('2026-11-23'), earliestBegin('2026-12-31')]).toEqual(['2026-12-01', '2027-01-01'])
  })
})
