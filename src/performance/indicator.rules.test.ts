import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { conditions, measures, ownerRules, sources, windows, type IndicatorTerms } from './indicator.contract.ts'
import { inspectionEvents } from './inspection.contract.ts'
import { faultOfStart, faultOfTerms, sourceKinds, unitOf, valueOf, windowOf } from './indicator.rules.ts'

const terms = (given: Partial<IndicatorTerms> = {}): IndicatorTerms => ({ source: 'DEPOSIT', measure: 'AVERAGE', window: 'MONTH', owner: 'OWNER_OF_DAY', filter: { customerKind: null, tiers: [], products: [], only: null }, numerator: null, ...given })
const tariff = Object.fromEntries(inspectionEvents.map((event, place) => [event, String(-place)])) as NonNullable<IndicatorTerms['tariff']>
const filter = (given: Partial<IndicatorTerms['filter']>): Partial<IndicatorTerms> => ({ filter: { ...terms().filter, ...given } })

describe('what can be an indicator', () => {
  test.each<[what: string, given: Partial<IndicatorTerms>, fault: string | null]>([
    ['average of deposits', {}, null],
    ['deposits on one day', { measure: 'BALANCE', owner: 'OWNER_AT_END' }, 'point-in-time-deposit'],
    ['deposits now less then', { measure: 'CHANGE', owner: 'OWNER_AT_END' }, 'point-in-time-deposit'],
    ['loans on one day', { source: 'LOAN', measure: 'BALANCE', owner: 'OWNER_AT_END' }, null],
    ['loans of their originator', { source: 'LOAN', measure: 'BALANCE', owner: 'ORIGINATOR' }, null],
    ['average of loans by the last day', { source: 'LOAN', owner: 'OWNER_AT_END' }, 'owner-not-of-source'],
    ['contacts summed', { source: 'CONTACT', measure: 'SUM', owner: 'DOER' }, 'measure-not-of-source'],
    ['overdue ratio', { source: 'LOAN', measure: 'RATIO', owner: 'OWNER_AT_END', numerator: 'OVERDUE' }, null],
    ['a ratio without numerator', { source: 'LOAN', measure: 'RATIO', owner: 'OWNER_AT_END' }, 'numerator-missing'],
    ['a ratio of a thing to itself', { source: 'LOAN', measure: 'RATIO', owner: 'OWNER_AT_END', numerator: 'OVERDUE', ...filter({ only: 'OVERDUE' }) }, 'numerator-missing'],
    ['early settlements among contacts', { source: 'CONTACT', measure: 'COUNT', owner: 'DOER', ...filter({ only: 'EARLY' }) }, 'condition-not-of-source'],
    ['a frozen base by product', { measure: 'INCREMENT', ...filter({ products: ['D101'] }) }, 'filter-not-of-source'],
    ['duties of corporate customers', { source: 'DUTY', measure: 'COUNT', owner: 'DOER', ...filter({ customerKind: 'CORPORATE' }) }, 'filter-not-of-source'],
    ['quality of reports', { source: 'INSPECTION', measure: 'SCORE', owner: 'DOER', tariff, ...filter({ only: 'REPORT' }) }, null],
    ['points of inspections without a tariff', { source: 'INSPECTION', measure: 'SUM', owner: 'DOER' }, 'tariff-missing'],
    ['a tariff of what is not inspected', { source: 'FORM', measure: 'SUM', owner: 'DOER', tariff }, 'tariff-missing'],
    ['hours of training', { source: 'FORM', measure: 'SUM', owner: 'DOER' }, null],
  ])('%s: %3$s', (_what, given, fault) => expect(faultOfTerms(terms(given))?.name ?? null).toBe(fault))

  test.each([
    ['2026-11-01', true, null], ['2024-01-01', true, null], ['2026-11-02', true, 'not-first-of-month'], ['2026-11-01', false, null], ['2026-10-01', false, 'begins-in-the-past'], ['2027-01-01', false, null],
  ])('from %s, new %s: %s', (from, isNew, fault) => expect(faultOfStart(from, isNew, '2026-11-24')?.name ?? null).toBe(fault))

  test('units', () => expect([unitOf(terms()), unitOf(terms({ measure: 'RATIO' })), unitOf(terms({ source: 'CONTACT', measure: 'COUNT' })), unitOf(terms({ source: 'FORM', measure: 'MEAN' }))]).toEqual(['FEN', 'PERCENT', 'COUNT', 'NUMBER']))
  test('every source can be measured in some way', () => {
    for (const source of sources) {
      const kind = sourceKinds[source]
      const some = kind.measures.flatMap((measure) => kind.owners.map((owner) => faultOfTerms(terms({ source, measure, owner, numerator: measure === 'RATIO' ? kind.conditions[0] ?? null : null, ...(source === 'INSPECTION' ? { tariff } : {}) }))))
      expect([source, some.includes(null)]).toEqual([source, true])
    }
  })
  test('the judgement never fails, whatever is put together', () => fc.assert(fc.property(
    fc.record({ source: fc.constantFrom(...sources), measure: fc.constantFrom(...measures), window: fc.constantFrom(...windows), owner: fc.constantFrom(...ownerRules), numerator: fc.option(fc.constantFrom(...conditions)), only: fc.option(fc.constantFrom(...conditions)) }),
    ({ only, ...given }) => {
      const fault = faultOfTerms(terms({ ...given, ...filter({ only }) }))
      if (fault === null && given.measure === 'RATIO') expect(given.numerator).not.toBeNull()
      if (given.source === 'DEPOSIT' && given.measure === 'BALANCE') expect(fault?.name).toBe('point-in-time-deposit')
    },
  )))
})

test.each([
  ['MONTH', '2026-10', '2026-11-24', '2026-10-01', '2026-11-01', 31], ['MONTH', '2026-11', '2026-11-24', '2026-11-01', '2026-11-25', 24], ['QUARTER', '2026-11', '2026-11-24', '2026-10-01', '2026-11-25', 55],
  ['QUARTER', '2026-09', '2026-11-24', '2026-07-01', '2026-10-01', 92], ['YEAR', '2026-02', '2026-11-24', '2026-01-01', '2026-03-01', 59], ['TWELVE_MONTHS', '2026-02', '2026-11-24', '2025-03-01', '2026-03-01', 365],
] as const)('%s that ends with %s on %s: %s to %s, %i days', (window, month, today, from, to, days) => expect(windowOf(window, month, today)).toEqual({ from, to, days }))

test.each([
  ['FEN', '123456.5', null, '123457'], ['FEN', '-0.4', null, '0'], ['FEN', '1000', '3', '333'], ['COUNT', '2.5', null, '2.50'], ['PERCENT', '1', '3', '33.33'], ['PERCENT', '5', '0', null], ['NUMBER', '181', '2', '90.50'],
] as const)('%s %s of %s is told as %s', (unit, numerator, denominator, told) => expect(valueOf(unit, numerator, denominator)).toBe(told))
