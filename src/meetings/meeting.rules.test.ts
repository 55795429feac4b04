import { describe, expect, test } from 'vitest'
import { faultOfTurn, outcomeOf, plannedMinutes, projectedName } from './meeting.rules.ts'

const today = '2026-11-23'
const running = { state: 'RUNNING' as const, day: today, unmarked: 0, held: ['GOALS', 'NOTICES'] as const }

describe('beginning and closing', () => {
  test.each([
    ['begins on its day', { ...running, state: 'PREPARED' as const }, 'RUNNING', null],
    ['not before', { ...running, state: 'PREPARED' as const, day: '2026-11-24' }, 'RUNNING', 'not-its-day'],
    ['not twice', running, 'RUNNING', 'so-already'],
    ['not when it is over', { ...running, state: 'CLOSED' as const }, 'RUNNING', 'meeting-closed'],
    ['closes', running, 'CLOSED', null],
    ['closes after its day: written up later', { ...running, day: '2026-11-20' }, 'CLOSED', null],
    ['not before it began', { ...running, state: 'PREPARED' as const }, 'CLOSED', 'not-begun'],
    ['somebody without a mark', { ...running, unmarked: 1 }, 'CLOSED', 'attendance-missing'],
    ['without goals', { ...running, held: ['NOTICES'] as const }, 'CLOSED', 'mandatory-part-missing'],
  ] as const)('%s', (_name, meeting, to, fault) => expect(faultOfTurn(meeting, to, today)).toBe(fault))
  test('half an hour together', () => expect(Object.values(plannedMinutes).reduce((sum, minutes) => sum + minutes, 0)).toBe(30))
})

test.each([
  ['REPORTED', 0, 'DONE'], ['CONFIRMED', 2, 'DONE'], ['CLOSED', 0, 'DONE'], ['WITHDRAWN', 0, 'DROPPED'], ['REFUSED', 1, 'DROPPED'], ['ACCEPTED', 1, 'MOVED'], ['GIVEN', 0, 'OPEN'], ['RETURNED', 0, 'OPEN'],
] as const)('a task that is %s, extended %i times: %s', (state, extensions, outcome) => expect(outcomeOf({ state, extensions })).toBe(outcome))
test('of a task of others nothing is told', () => expect(outcomeOf(null)).toBeNull())

test.each([
  ['山西晋泰新材料有限公司', 'CORPORATE', false, '山西晋泰新材料有限公司'], ['山西晋泰新材料有限公司', 'CORPORATE', true, '某企业客户'], ['张建国', 'PERSON', false, '张*'], ['𠮷田', 'PERSON', false, '𠮷*'], ['张建国', 'PERSON', true, '某个人客户'],
] as const)('%s (%s, confidential %s) is projected as %s', (name, kind, confidential, shown) => expect(projectedName({ name, kind, confidential })).toBe(shown))
