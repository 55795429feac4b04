import { describe, expect, test } from 'vitest'
import { taskActs, taskStates, type TaskAct, type TaskState } from './task.contract.ts'
import { isOver, lightOf, stepOf, waitsFor, type TaskFacts } from './task.rules.ts'

const [giver, owner, helper, other] = [1, 2, 3, 4]
const task = (state: TaskState, more: Partial<TaskFacts> = {}): TaskFacts => ({ state, giver, owner, helpers: [helper], questioned: false, questionUntil: '2026-11-24', dueOn: '2026-11-30', askedDue: null, ...more })
const tried = (facts: TaskFacts, act: TaskAct, person: number, more: Partial<{ today: string; note: string | null; dueOn: string | null }> = {}): string => {
  const outcome = stepOf(facts, act, { person, today: '2026-11-23', note: '说明', dueOn: '2026-12-04', ...more })
  return outcome.ok ? outcome.value.state : outcome.refusal.name
}

describe('a task from hand to hand', () => {
  test.each<[TaskState, TaskAct, number, string]>([
    ['GIVEN', 'ACCEPT', owner, 'ACCEPTED'], ['GIVEN', 'ACCEPT', helper, 'not-yours-to-do'], ['GIVEN', 'ACCEPT', giver, 'not-yours-to-do'],
    ['GIVEN', 'QUESTION', owner, 'QUESTIONED'], ['QUESTIONED', 'ANSWER', giver, 'GIVEN'], ['QUESTIONED', 'ACCEPT', owner, 'not-in-this-state'],
    ['ACCEPTED', 'NOTE', helper, 'IN_WORK'], ['ACCEPTED', 'NOTE', other, 'not-yours-to-do'], ['IN_WORK', 'REPORT', owner, 'REPORTED'], ['IN_WORK', 'REPORT', helper, 'not-yours-to-do'],
    ['REPORTED', 'CONFIRM', giver, 'CONFIRMED'], ['REPORTED', 'CONFIRM', owner, 'not-yours-to-do'], ['REPORTED', 'RETURN', giver, 'RETURNED'], ['RETURNED', 'REPORT', owner, 'REPORTED'],
    ['IN_WORK', 'WITHDRAW', giver, 'WITHDRAWN'], ['CONFIRMED', 'WITHDRAW', giver, 'not-in-this-state'], ['IN_WORK', 'ASK_EXTENSION', owner, 'IN_WORK'], ['IN_WORK', 'EXTEND', giver, 'nothing-asked'],
    ['GIVEN', 'REFUSE_TASK', owner, 'REFUSED'], ['CLOSED', 'NOTE', owner, 'not-in-this-state'],
  ])('%s %s by %i: %s', (state, act, person, wanted) => expect(tried(task(state), act, person)).toBe(wanted))

  test('it is questioned once, within its day', () => {
    expect(tried(task('GIVEN', { questioned: true }), 'QUESTION', owner)).toBe('questioned-already')
    expect(tried(task('GIVEN'), 'QUESTION', owner, { today: '2026-11-25' })).toBe('question-too-late')
  })
  test('a report needs words, an extension a later day, the giver’s word and no other one asked', () => {
    expect(tried(task('IN_WORK'), 'REPORT', owner, { note: null })).toBe('note-missing')
    expect(tried(task('IN_WORK'), 'ASK_EXTENSION', owner, { dueOn: '2026-11-30' })).toBe('due-missing')
    expect(tried(task('IN_WORK', { askedDue: '2026-12-04' }), 'ASK_EXTENSION', owner)).toBe('asked-already')
    expect(tried(task('IN_WORK', { askedDue: '2026-12-04' }), 'EXTEND', giver)).toBe('IN_WORK')
    expect(tried(task('IN_WORK', { askedDue: '2026-12-04' }), 'EXTEND', owner)).toBe('not-yours-to-do')
  })
  test('nobody confirms his own: what one gave oneself ends with the report', () => expect(tried(task('ACCEPTED', { giver: owner }), 'REPORT', owner)).toBe('CLOSED'))
  test('what is over stays over, whoever tries', () => {
    for (const state of taskStates.filter(isOver)) for (const act of taskActs) for (const person of [giver, owner, helper, other]) expect(['not-in-this-state', 'not-yours-to-do']).toContain(tried(task(state), act, person))
  })
  test('it waits for one of the two until it is over', () => {
    for (const state of taskStates) expect([state, waitsFor(task(state), giver) || waitsFor(task(state), owner)]).toEqual([state, !isOver(state)])
  })
  test.each([['2026-11-26', 'GREEN'], ['2026-11-25', 'AMBER'], ['2026-11-23', 'AMBER'], ['2026-11-22', 'RED']])('due %s: %s', (due, light) => expect(lightOf(due, '2026-11-23')).toBe(light))
})
