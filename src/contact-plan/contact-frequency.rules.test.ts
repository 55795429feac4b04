import { describe, expect, test } from 'vitest'
import { addDays, monthEnd } from '../foundation/values/business-date.ts'
import { chinaCalendar, weekdayCalendar } from '../foundation/values/working-calendar.ts'
import { coverageOf, dutyOwner, isEnteredLate, judgeDuty, periodOf, sumDuties, windowOf, type ContactPolicy, type Duty, type Slice } from './contact-frequency.rules.ts'
import { chance, contactCoverage as fixture, coverageCalendar, coverageFacts } from './contact-coverage-testing.ts'

const policy: ContactPolicy = { version: '1', window: fixture.params['contact.window'], recordWithin: fixture.params['contact.recordWithin'], firstDutyUntilDay: 15 }
const judged = coverageFacts.map((one) => ({ ...one, verdict: judgeDuty(policy, fixture.month, one.tiers, one.slices, one.contacts) }))

describe('contact-coverage: core customers in October 2025', () => {
  test.each(judged)('$cust: $expected.why', ({ verdict, expected }) => {
    if (expected.duty) {
      expect(verdict).toMatchObject({ duty: true, met: expected.met, late: expected.late, staffKey: Number(fixture.staff[expected.owner]) })
    } else expect(verdict).toEqual({ duty: false, firstMonth: expected.dutyStarts })
  })
  test('the totals', () => {
    expect(sumDuties(judged.map((one) => one.verdict))).toMatchObject(fixture.totals)
  })
  test.each(Object.entries(fixture.perRm))('%s', (rm, expected) => {
    const mine = judged.filter((one) => one.verdict.duty && one.verdict.staffKey === Number(fixture.staff[rm as keyof typeof fixture.staff]))
    expect(sumDuties(mine.map((one) => one.verdict))).toMatchObject(expected)
  })
  test('no customer with a duty: null and not zero', () => {
    expect(sumDuties([{ duty: false, firstMonth: null }])).toEqual({ duties: 0, met: 0, late: 0, coveragePct: null, latePct: null })
    expect(coverageOf({ duties: 3, met: 0, late: 0 })).toEqual({ duties: 3, met: 0, late: 0, coveragePct: '0.00', latePct: null })
  })
})

describe('entered in time', () => {
  test.each([
    ['2025-10-10', '2025-10-11', 1, false, 'the make-up Saturday itself'],
    ['2025-10-10', '2025-10-13', 1, true, 'the make-up Saturday has passed'],
    ['2025-09-30', '2025-10-09', 1, false, 'the first working day after eight holidays'],
    ['2025-09-30', '2025-10-10', 1, true, 'one working day too late'],
    ['2025-10-10', '2025-10-13', 2, false, 'two working days are allowed'],
    ['2025-10-14', '2025-10-14', 0, false, 'the same day when none is allowed'],
    ['2025-10-14', '2025-10-15', 0, true, 'none is allowed'],
    ['2025-10-14', '2025-10-14', 1, false, 'at once'],
  ])('%s entered on %s, %i working day(s): %s (%s)', (happened, entered, within, late) => {
    expect(isEnteredLate(coverageCalendar, happened, entered, within)).toBe(late)
    expect(isEnteredLate(chinaCalendar, happened, entered, within)).toBe(late)
  })
  test('on a weekend without notice', () => {
    expect(isEnteredLate(weekdayCalendar, '1994-03-25', '1994-03-28', 1)).toBe(false)
    expect(isEnteredLate(weekdayCalendar, '1994-03-25', '1994-03-29', 1)).toBe(true)
  })
  test('past what the calendar knows it is not guessed; on the same day there is nothing to know', () => {
    expect(isEnteredLate(chinaCalendar, '2026-12-31', '2026-12-31', 1)).toBe(false)
    expect(() => isEnteredLate(chinaCalendar, '2026-12-31', '2027-01-04', 1)).toThrow('does not know 2027-01-01')
  })
})

describe('windows and periods', () => {
  test('calendar month and rolling 31 days', () => {
    expect(windowOf({ window: 'CALENDAR_MONTH' }, '2024-02')).toEqual({ firstDay: '2024-02-01', lastDay: '2024-02-29' })
    expect(windowOf({ window: 'ROLLING_31_DAYS' }, '2025-10')).toEqual({ firstDay: '2025-10-01', lastDay: '2025-10-31' })
    expect(windowOf({ window: 'ROLLING_31_DAYS' }, '2025-02')).toEqual({ firstDay: '2025-01-29', lastDay: '2025-02-28' })
  })
  test.each([
    [1, '2026-11-23', '2026-11-01', '2026-11-30'], [2, '2026-11-23', '2026-11-01', '2026-12-31'], [2, '2026-10-01', '2026-09-01', '2026-10-31'],
    [3, '2026-11-23', '2026-10-01', '2026-12-31'], [6, '2026-06-30', '2026-01-01', '2026-06-30'], [12, '2024-02-29', '2024-01-01', '2024-12-31'],
  ])('every %i month(s) on %s: %s to %s', (months, day, firstDay, lastDay) => {
    expect(periodOf(months, day)).toEqual({ firstDay, lastDay })
  })
})

describe('what always holds', () => {
  const rolls = Array.from({ length: 400 }, (_, seed) => chance(seed))
  const slicesOf = (roll: (below: number) => number): Slice[] => Array.from({ length: 1 + roll(4) }, (_, index) => ({
    staffKey: index + 1, staffNo: String(100 + ((index * 7) % 5)), sharePct: ['50.00', '25.00', '25.00', '33.33'][roll(4)] ?? '25.00', main: roll(3) === 0,
    from: `2025-0${1 + roll(9)}-01`, to: roll(3) === 0 ? `2025-1${roll(3)}-15` : null,
  }))
  test('the owner holds the customer that day, nobody holds more, and the order of the slices does not matter', () => {
    for (const roll of rolls) {
      const slices = slicesOf(roll)
      const owner = dutyOwner(slices, '2025-10-31')
      const held = slices.filter((slice) => slice.from <= '2025-10-31' && (slice.to === null || slice.to > '2025-10-31'))
      if (owner === null) expect(held).toEqual([])
      else {
        expect(held).toContain(owner)
        expect(held.some((slice) => Number(slice.sharePct) > Number(owner.sharePct))).toBe(false)
      }
      expect(dutyOwner([...slices].reverse(), '2025-10-31')).toEqual(owner)
    }
  })
  test('one more effective contact never takes a duty away, one without effect changes nothing, and late means met', () => {
    const tiers = [{ tier: 'T1', from: '2025-01-01', to: null }]
    for (const roll of rolls) {
      const contacts = Array.from({ length: roll(4) }, (_, index) => ({ contactId: `c${index}`, businessDate: addDays('2025-09-20', roll(60)), effective: roll(2) === 0, late: roll(2) === 0 }))
      const before = judgeDuty(policy, '2025-10', tiers, [], contacts) as Extract<Duty, { duty: true }>
      const idle = judgeDuty(policy, '2025-10', tiers, [], [...contacts, { contactId: 'x', businessDate: '2025-10-20', effective: false, late: false }])
      const more = judgeDuty(policy, '2025-10', tiers, [], [...contacts, { contactId: 'y', businessDate: '2025-10-20', effective: true, late: false }])
      expect(idle).toEqual(before)
      expect(more).toMatchObject({ duty: true, met: true, late: false })
      if (before.late) expect(before.met).toBe(true)
      expect(before.met).toBe(contacts.some((contact) => contact.effective && contact.businessDate.startsWith('2025-10')))
    }
  })
  test('entering earlier is never later', () => {
    for (const roll of rolls) {
      const happened = addDays('2025-09-01', roll(60))
      const days = roll(15)
      if (isEnteredLate(chinaCalendar, happened, addDays(happened, days), 1)) expect(isEnteredLate(chinaCalendar, happened, addDays(happened, days + 1), 1)).toBe(true)
    }
  })
  test('every day lies in its period and the period in one year', () => {
    for (const roll of rolls) {
      const day = addDays('2024-01-01', roll(1000))
      const months = [1, 2, 3, 4, 6, 12][roll(6)] ?? 1
      const { firstDay, lastDay } = periodOf(months, day)
      expect(firstDay <= day && day <= lastDay && lastDay === monthEnd(lastDay) && firstDay.slice(0, 4) === lastDay.slice(0, 4)).toBe(true)
    }
  })
})
