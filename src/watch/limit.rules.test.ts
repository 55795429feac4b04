import { describe, expect, test } from 'vitest'
import type { LimitTerms, LimitView } from './limit.contract.ts'
import { earliestLimit, faultOfLimit, limitBefore, limitOn, nextQuarter, type LimitAsked } from './limit.rules.ts'

const today = '2026-11-23'
const none: LimitTerms = { leastFen: null, share: null, days: null, times: null, marketEffect: null }
const installed = { from: '1900-01-01', to: null, version: '1', basis: '一般做法', installed: true } as const
const limits: LimitView[] = [
  { rule: 'LARGE_MOVEMENT', kind: 'CORPORATE', ...installed, terms: { ...none, leastFen: '100000000', share: '0.1' } },
  { rule: 'AUM', kind: 'PERSON', ...installed, to: '2027-01-01', terms: { ...none, marketEffect: 'INCLUDE' } },
  { rule: 'AUM', kind: 'PERSON', from: '2027-01-01', to: null, version: 'b-2', basis: '总行办法', installed: false, terms: { ...none, marketEffect: 'NET_INFLOW' } },
  { rule: 'MATURITY', kind: 'PERSON', ...installed, terms: { ...none, days: 30 } },
  { rule: 'PAYEE_LEAD', kind: 'BOTH', ...installed, terms: { ...none, leastFen: '50000000', times: 3 } },
]
const movement: LimitAsked = { rule: 'LARGE_MOVEMENT', kind: 'CORPORATE', from: '2026-12-01', terms: { ...none, leastFen: '200000000', share: '0.15' } }
const market: LimitAsked = { rule: 'AUM', kind: 'PERSON', from: '2027-04-01', terms: { ...none, marketEffect: 'INCLUDE' } }

describe('a change of a limit', () => {
  const cases: readonly (readonly [what: string, asked: LimitAsked, fault: string | null])[] = [
    ['two million or 15 % from December on', movement, null],
    ['tomorrow', { ...movement, from: '2026-11-24' }, null],
    ['today', { ...movement, from: today }, 'begins-in-the-past'],
    ['the same as now, written otherwise', { ...movement, terms: { ...none, leastFen: '100000000', share: '0.1000' } }, 'same-limit'],
    ['without the share', { ...movement, terms: { ...none, leastFen: '200000000' } }, 'terms-wrong'],
    ['with days, which the limit does not have', { ...movement, terms: { ...movement.terms, days: 10 } }, 'terms-wrong'],
    ['an amount of nothing', { ...movement, terms: { ...none, leastFen: '0', share: '0.1' } }, 'terms-wrong'],
    ['below nothing', { ...movement, terms: { ...none, leastFen: '-1', share: '0.1' } }, 'terms-wrong'],
    ['a share of nothing', { ...movement, terms: { ...none, leastFen: '1', share: '0.0000' } }, 'terms-wrong'],
    ['the whole', { ...movement, terms: { ...none, leastFen: '1', share: '1' } }, null],
    ['more than the whole', { ...movement, terms: { ...none, leastFen: '1', share: '1.0001' } }, 'terms-wrong'],
    ['of both kinds at once, where they are parted', { ...movement, kind: 'BOTH' }, 'kind-wrong'],
    ['the market counts again from April on', market, null],
    ['in the middle of a quarter', { ...market, from: '2027-05-01' }, 'not-first-of-quarter'],
    ['on the day on which another version begins', { ...market, from: '2027-01-01' }, 'later-limit'],
    ['before it', { ...market, from: '2026-12-15', terms: { ...none, marketEffect: 'NET_INFLOW' } }, 'not-first-of-quarter'],
    ['for companies, whose funds are no part of it', { ...market, kind: 'CORPORATE' }, 'kind-wrong'],
    ['45 days before the end', { rule: 'MATURITY', kind: 'PERSON', from: '2026-11-24', terms: { ...none, days: 45 } }, null],
    ['five payments', { rule: 'PAYEE_LEAD', kind: 'BOTH', from: '2026-11-24', terms: { ...none, leastFen: '50000000', times: 5 } }, null],
    ['payees of companies alone', { rule: 'PAYEE_LEAD', kind: 'CORPORATE', from: '2026-11-24', terms: { ...none, leastFen: '50000000', times: 5 } }, 'kind-wrong'],
  ]
  test.each(cases)('%s', (_what, asked, fault) => expect(faultOfLimit(limits, asked, today)?.name ?? null).toBe(fault))
})

test.each([['2026-11-23', '2027-01-01'], ['2026-01-01', '2026-04-01'], ['2026-03-31', '2026-04-01'], ['2026-04-01', '2026-07-01'], ['2026-12-31', '2027-01-01']])('the quarter after %s begins on %s', (day, first) => expect(nextQuarter(day)).toBe(first))
test('what is worked out by quarter begins with one, the rest tomorrow', () => expect([earliestLimit('AUM', today), earliestLimit('CHURN', today), earliestLimit('LEAKAGE', '2026-11-30')]).toEqual(['2027-01-01', '2027-01-01', '2026-12-01']))
test('what holds on a day, and just before it', () => {
  const aum = { rule: 'AUM', kind: 'PERSON' } as const
  expect([limitOn(limits, aum, '2026-12-31')?.version, limitOn(limits, aum, '2027-01-01')?.version, limitBefore(limits, aum, '2027-01-01')?.version]).toEqual(['1', 'b-2', '1'])
})
