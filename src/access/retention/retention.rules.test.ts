import { describe, expect, test } from 'vitest'
import { retentions } from './retention-table.ts'
import { faultOfRetention, faultOfSigning, rulesOn, sideOf, type RetentionFacts } from './retention.rules.ts'

describe('the terms of 2.13', () => {
  test.each([
    ['2026-11-29', { RELATION: 10, TRANSACTION: 10, CONDUCT: 10, CREDIT: 10, PLACE: 10, PROSPECT: 2, CONSENT: 3, LOBBY: 1 }],
    ['2025-01-01', { RELATION: 10, TRANSACTION: 10 }],
    ['2024-12-31', { RELATION: 5, TRANSACTION: 5 }], // before the law of 2024
  ])('on %s', (day, years) => {
    expect(Object.fromEntries(rulesOn(retentions, day).map((rule) => [rule.code, rule.years]))).toMatchObject(years)
  })
  test('each rule has one version on each day from its first one on, without a gap', () => {
    for (const code of new Set(retentions.map((rule) => rule.code))) {
      const versions = retentions.filter((rule) => rule.code === code).sort((a, b) => (a.from < b.from ? -1 : 1))
      versions.forEach((version, place) => expect([code, version.to]).toEqual([code, versions[place + 1]?.from ?? null]))
    }
  })
})

describe('may the values of a customer be destroyed', () => {
  const former: RetentionFacts = { status: 'CLOSED', liveProducts: false, lasts: false, held: false, dueOn: '2026-11-29' }
  test.each<[string, Partial<RetentionFacts>, string | null]>([
    ['the term of the last of its records ran out today', {}, null],
    ['it runs out tomorrow', { dueOn: '2026-11-30' }, 'not-due'],
    ['a prospect, two years after the last contact', { status: 'PROSPECT' }, null],
    ['nothing tells when the relation ended', { dueOn: null }, 'no-end-known'],
    ['the core system tells no end of the relation', { status: 'ACTIVE' }, 'relation-lasts'],
    ['another customer’s file names it', { lasts: true }, 'needed-still'],
    ['an account is open', { liveProducts: true, lasts: true }, 'live-products'],
    ['a court holds it, whatever else is', { held: true, liveProducts: true, dueOn: null }, 'under-hold'],
  ])('%s', (_case, given, fault) => {
    expect(faultOfRetention({ ...former, ...given }, '2026-11-29')).toBe(fault)
  })
})

describe('two people of two sides', () => {
  test.each([
    ['the first', 'OPEN', [], null],
    ['the second, of the other side', 'OPEN', [{ staffKey: 1, side: 'ADMIN' }], null],
    ['the same person in his other post', 'OPEN', [{ staffKey: 2, side: 'ADMIN' }], 'same-person'],
    ['a colleague of the same side', 'OPEN', [{ staffKey: 1, side: 'COMPLIANCE' }], 'side-signed'],
    ['after it was decided', 'AGREED', [], 'decided-already'],
  ] as const)('%s', (_case, state, signed, fault) => {
    expect(faultOfSigning(state, signed, { staffKey: 2, side: 'COMPLIANCE' })).toBe(fault)
  })
  test('no other post has a side', () => {
    expect(['COMPLIANCE', 'ADMIN', 'AUDIT', 'BANK_LEADER', 'RM'].map(sideOf)).toEqual(['COMPLIANCE', 'ADMIN', null, null, null])
  })
})
