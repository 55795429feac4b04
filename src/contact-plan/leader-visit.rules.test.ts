import { describe, expect, test } from 'vitest'
import { chinaCalendar, CalendarUnknown } from '../foundation/values/working-calendar.ts'
import { leaderVisitDue, remindFrom, type KeyEvent, type LeaderWatched } from './leader-visit.rules.ts'

const complaint: KeyEvent = { eventId: 'b', kind: 'COMPLAINT', day: '2026-11-20' }
const contract: KeyEvent = { eventId: 'a', kind: 'MAJOR_CONTRACT', day: '2026-11-09' }
const half = { leaderEveryMonths: 6, lastLeaderVisit: null, events: [] }

const cases: [what: string, watched: LeaderWatched, today: string, due: ReturnType<typeof leaderVisitDue>][] = [
  ['half-year, eleven working days before its end', half, '2026-12-16', null],
  ['half-year, ten working days before its end', half, '2026-12-17', { reason: 'PERIOD', everyMonths: 6, dueOn: '2026-12-31' }],
  ['visited in this half-year', { ...half, lastLeaderVisit: '2026-07-01' }, '2026-12-17', null],
  ['visited in the one before', { ...half, lastLeaderVisit: '2026-06-30' }, '2026-12-17', { reason: 'PERIOD', everyMonths: 6, dueOn: '2026-12-31' }],
  ['no visit is asked for', { ...half, leaderEveryMonths: null }, '2026-12-31', null],
  ['a complaint on Friday: until Tuesday', { ...half, events: [complaint] }, '2026-11-23', { reason: 'KEY_EVENT', kind: 'COMPLAINT', day: '2026-11-20', dueOn: '2026-11-24' }],
  ['an event counts also where no visit is asked for', { leaderEveryMonths: null, lastLeaderVisit: null, events: [complaint] }, '2026-11-23', { reason: 'KEY_EVENT', kind: 'COMPLAINT', day: '2026-11-20', dueOn: '2026-11-24' }],
  ['two events: the older first', { ...half, events: [complaint, contract] }, '2026-11-23', { reason: 'KEY_EVENT', kind: 'MAJOR_CONTRACT', day: '2026-11-09', dueOn: '2026-11-11' }],
  ['a visit answers what was before it, on the same day too', { ...half, lastLeaderVisit: '2026-11-20', events: [complaint, contract] }, '2026-11-23', null],
  ['a visit does not answer what came after it', { ...half, lastLeaderVisit: '2026-11-10', events: [complaint, contract] }, '2026-11-23', { reason: 'KEY_EVENT', kind: 'COMPLAINT', day: '2026-11-20', dueOn: '2026-11-24' }],
  ['an event of tomorrow', { ...half, events: [{ ...complaint, day: '2026-11-24' }] }, '2026-11-23', null],
]

describe('leaders visit key customers in person (2.4, rules 8 and 10)', () => {
  test.each(cases)('%s', (_what, watched, today, due) => {
    expect(leaderVisitDue(chinaCalendar, watched, today)).toEqual(due)
  })
  test('make-up working days count: the ten days before 2026-09-30', () => {
    // 29, 28, 24, 23, 22, 21, 20 (a Sunday on which people work), 18, 17, 16: the 25th to 27th are free
    expect(remindFrom(chinaCalendar, 3, '2026-09-01')).toBe('2026-09-16')
  })
  test('a day that the calendar does not know is never guessed', () => {
    expect(() => leaderVisitDue(chinaCalendar, { ...half, events: [{ ...complaint, day: '2026-12-31' }] }, '2026-12-31')).toThrow(CalendarUnknown)
  })
})
