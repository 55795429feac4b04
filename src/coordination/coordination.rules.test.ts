import { describe, expect, test } from 'vitest'
import type { CaseAct, CaseState } from './coordination.contract.ts'
import { arranges, mayStep, stepOf, waitsFor, type CaseFacts } from './coordination.rules.ts'

// 1 asks, 2 and 3 are the desk of the department, 2 took it on, 4 is a member, 5 leads, 9 has nothing to do with it
const request: CaseFacts = { form: 'REQUEST', state: 'ASKED', holder: 1, asker: 1, answerer: null, desk: [2, 3], members: [4], leads: [], tasksOpen: 0, dueOn: '2026-12-01' }
const group: CaseFacts = { ...request, form: 'GROUP', state: 'IN_WORK', desk: [], members: [4, 5], leads: [5] }
const given = { person: 1, note: '说明', unitKey: 7, dueOn: '2026-12-10', longest: '2027-02-20' }
const told = (facts: CaseFacts, act: CaseAct, person: number, more: Partial<typeof given> | { note: null } = {}): string => {
  const outcome = stepOf(facts, act, { ...given, ...more, person })
  return outcome.ok ? outcome.value.state : outcome.refusal.name
}
const inState = (state: CaseState, more: Partial<CaseFacts> = {}): CaseFacts => ({ ...request, state, answerer: state === 'ASKED' ? null : 2, ...more })

describe('a request', () => {
  test.each([
    ['ASKED', 'ACCEPT', 2, 'IN_WORK'], ['ASKED', 'ACCEPT', 9, 'not-yours-to-do'], ['ASKED', 'ACCEPT', 1, 'not-yours-to-do'], ['IN_WORK', 'ACCEPT', 2, 'not-in-this-state'], ['ASKED', 'REFUSE', 3, 'REFUSED'],
    ['ASKED', 'HAND_ON', 3, 'ASKED'], ['IN_WORK', 'HAND_ON', 2, 'ASKED'], ['IN_WORK', 'HAND_ON', 3, 'not-yours-to-do'], ['IN_WORK', 'REPORT', 2, 'REPORTED'], ['IN_WORK', 'REPORT', 3, 'not-yours-to-do'],
    ['REPORTED', 'RETURN', 1, 'IN_WORK'], ['REPORTED', 'CLOSE', 1, 'CLOSED'], ['REPORTED', 'CLOSE', 2, 'not-yours-to-do'], ['IN_WORK', 'CLOSE', 1, 'not-in-this-state'], ['REFUSED', 'REOPEN', 1, 'ASKED'], ['CLOSED', 'REOPEN', 1, 'ASKED'],
    ['ASKED', 'WITHDRAW', 1, 'WITHDRAWN'], ['CLOSED', 'WITHDRAW', 1, 'not-in-this-state'], ['IN_WORK', 'NOTE', 4, 'IN_WORK'], ['IN_WORK', 'NOTE', 9, 'not-yours-to-do'], ['CLOSED', 'NOTE', 4, 'not-in-this-state'], ['IN_WORK', 'EXTEND', 1, 'IN_WORK'],
  ] as const)('%s, %s by %i: %s', (state, act, person, expected) => {
    expect(told(inState(state), act, person)).toBe(expected)
  })
  test('who asked does not answer, even when he belongs to the department', () => {
    expect(told({ ...request, desk: [1, 2] }, 'ACCEPT', 1)).toBe('own-request')
    expect(told({ ...request, holder: 8, asker: 1, desk: [1, 2] }, 'ACCEPT', 1)).toBe('own-request')
  })
  test('words, a department, a later day and the end of every task where they are asked for', () => {
    expect(told(request, 'REFUSE', 2, { note: null })).toBe('note-missing')
    expect(told(request, 'ACCEPT', 2, { note: null })).toBe('IN_WORK')
    expect(stepOf(request, 'HAND_ON', { ...given, person: 2, unitKey: null })).toMatchObject({ refusal: { name: 'unit-missing' } })
    expect(told(inState('IN_WORK'), 'EXTEND', 1, { dueOn: '2026-12-01' })).toBe('due-missing')
    expect(told(inState('IN_WORK'), 'EXTEND', 1, { dueOn: '2027-02-21' })).toBe('due-missing')
    expect(told(inState('REPORTED', { tasksOpen: 2 }), 'CLOSE', 1)).toBe('tasks-open')
  })
})

describe('a working group', () => {
  test('is in work from its first day, is reported by its lead, closed by who set it up, goes on at once when opened again', () => {
    expect(told(group, 'ACCEPT', 4)).toBe('not-yours-to-do')
    expect(told(group, 'REPORT', 5)).toBe('REPORTED')
    expect(told(group, 'CLOSE', 1)).toBe('CLOSED')
    expect(told({ ...group, state: 'CLOSED' }, 'REOPEN', 1)).toBe('IN_WORK')
  })
  test('its lead arranges, a member does not', () => {
    expect([1, 5, 4, 9].map((person) => arranges(group, person))).toEqual([true, true, false, false])
  })
})

test('whose turn it is', () => {
  expect([1, 2, 3, 4].map((person) => waitsFor(request, person))).toEqual([false, true, true, false])
  expect([1, 2, 3].map((person) => waitsFor(inState('IN_WORK'), person))).toEqual([false, true, false])
  expect([1, 2].map((person) => waitsFor(inState('REPORTED'), person))).toEqual([true, false])
  expect([1, 4, 5].map((person) => waitsFor(group, person))).toEqual([true, false, true])
  expect(mayStep(request, 'ACCEPT', 2)).toEqual({ allowed: true, reason: null })
  expect(mayStep(request, 'ACCEPT', 4)).toEqual({ allowed: false, reason: 'not-yours-to-do' })
})
