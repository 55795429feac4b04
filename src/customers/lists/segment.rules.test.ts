import { describe, expect, test } from 'vitest'
import type { SegmentCondition, SegmentOp } from './segment.contract.ts'
import { birthdaysWithin, dayRange, faultOfDefinition, operatorsOf } from './segment.rules.ts'
import { segmentFields } from './segment-field-table.ts'

const of = (...conditions: SegmentCondition[]) => ({ match: 'ALL' as const, groups: [{ match: 'ALL' as const, conditions }] })
const fault = (field: string, op: SegmentOp, ...values: string[]): string | null => faultOfDefinition(segmentFields, of({ field, op, values }), 20)?.name ?? null

describe('what a condition may ask', () => {
  test.each<[field: string, op: SegmentOp, values: string[], fault: string | null]>([
    ['tier', 'IN', ['T1', 'T2'], null],
    ['tier', 'IN', [], 'value-wrong'],
    ['tier', 'IN', ['T9'], 'value-wrong'],
    ['tier', 'AT_LEAST', ['1'], 'operator-wrong'],
    ['tire', 'IN', ['T1'], 'field-unknown'],
    ['monthAdb', 'AT_LEAST', ['50000000'], null],
    ['monthAdb', 'AT_LEAST', ['5e7'], 'value-wrong'],
    ['monthAdb', 'AT_LEAST', ["1'; DROP TABLE customer; --"], 'value-wrong'],
    ['monthAdb', 'BETWEEN', ['200', '100'], 'value-wrong'],
    ['age', 'BETWEEN', ['30', '45'], null],
    ['age', 'AT_LEAST', ['-1'], 'value-wrong'],
    ['lastContact', 'OVER_DAYS_AGO', ['90'], null],
    ['lastContact', 'OVER_DAYS_AGO', ['99999'], 'value-wrong'],
    ['lastContact', 'UNTIL', ['2026-02-30'], 'value-wrong'],
    ['openedOn', 'BETWEEN', ['2026-02-01', '2026-01-01'], 'value-wrong'],
    ['openedOn', 'EMPTY', [], null],
    ['openedOn', 'EMPTY', ['x'], 'value-wrong'],
    ['birthday', 'NEXT_DAYS', ['7'], null],
    ['birthday', 'NEXT_DAYS', ['61'], 'value-wrong'],
    ['birthday', 'FROM', ['2026-01-01'], 'operator-wrong'],
    ['overdue', 'YES', [], null],
    ['outlet', 'IN', ['7'], null],
    ['outlet', 'IN', ['7 OR 1=1'], 'value-wrong'],
    ['tag', 'IN', ['018f3e5a-0000-7000-8000-000000000001'], null],
    ['tag', 'IN', ['x'], 'value-wrong'],
    ['name', 'CONTAINS', ["%' OR true --"], null], // text is text
  ])('%s %s %j: %s', (field, op, values, expected) => expect(fault(field, op, ...values)).toBe(expected))
  test('the place is told, the most fundamental first', () => {
    const definition = { match: 'ANY' as const, groups: [{ match: 'ALL' as const, conditions: [{ field: 'tier', op: 'IN' as const, values: ['T9'] }] }, { match: 'ALL' as const, conditions: [{ field: 'tier', op: 'IN' as const, values: ['T1'] }, { field: 'nothing', op: 'YES' as const, values: [] }] }] }
    expect(faultOfDefinition(segmentFields, definition, 20)).toEqual({ name: 'field-unknown', group: 2, place: 2 })
    expect(faultOfDefinition(segmentFields, definition, 2)).toMatchObject({ name: 'too-many-conditions' })
  })
  test('each type has its operators, each field a type and a name in both languages', () => {
    for (const field of segmentFields) {
      expect(operatorsOf(field.type).length).toBeGreaterThan(0)
      expect([field.code, field.label.zh !== '' && field.label.en !== '']).toEqual([field.code, true])
    }
    expect(new Set(segmentFields.map((field) => field.code)).size).toBe(segmentFields.length)
  })
})

describe('days relative to today, 2026-11-23', () => {
  test.each<[op: SegmentOp, values: string[], from: string | null, to: string | null]>([
    ['LAST_DAYS', ['30'], '2026-10-24', '2026-11-23'],
    ['LAST_DAYS', ['0'], '2026-11-23', '2026-11-23'],
    ['NEXT_DAYS', ['30'], '2026-11-23', '2026-12-23'],
    ['OVER_DAYS_AGO', ['90'], null, '2026-08-24'], // 91 days ago and earlier
    ['FROM', ['2026-01-01'], '2026-01-01', null],
    ['UNTIL', ['2026-01-01'], null, '2026-01-01'],
    ['BETWEEN', ['2026-01-01', '2026-03-31'], '2026-01-01', '2026-03-31'],
  ])('%s %j', (op, values, from, to) => expect(dayRange(op, values, '2026-11-23')).toEqual({ from, to }))
  test('whether there is a day at all has no range', () => expect([dayRange('EMPTY', [], '2026-11-23'), dayRange('PRESENT', [], '2026-11-23')]).toEqual([null, null]))
  test('birthdays over the turn of the year; 29 February in a common year is kept on the 28th', () => {
    expect(birthdaysWithin('2026-12-30', 3)).toEqual(['01-01', '01-02', '12-30', '12-31'])
    expect(birthdaysWithin('2027-02-27', 2)).toEqual(['02-27', '02-28', '02-29', '03-01'])
    expect(birthdaysWithin('2028-02-27', 2)).toEqual(['02-27', '02-28', '02-29'])
  })
})
