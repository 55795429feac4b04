import { describe, expect, test } from 'vitest'
import { chinaCalendar } from '../foundation/values/working-calendar.ts'
import { closesOn, draftOf, dueOn, faultOf, isLate, nextDayOf, sectionMissing, sectionUnknown, spanOf, textsOf, type Ground, type ReportKind } from './day-report.rules.ts'

const daily: ReportKind = {
  code: 'DAILY', version: 1, name: '每日汇报', nameEn: 'Daily report', posts: ['RM'], receiverPosts: ['TEAM_LEAD'], period: 'DAY', dueTime: '17:30', dueDays: 0, closesAfter: 1, answerDays: null, draftedFrom: null,
  sections: [{ code: 'contacts', zh: '联系', en: 'Contacts', kinds: ['CONTACT'] }, { code: 'plan', zh: '计划', en: 'Plan', kinds: [], next: true }], dutyCode: 'D-01', answerDuty: null,
}
const monthly: ReportKind = {
  ...daily, code: 'LOBBY_MONTH', period: 'MONTH', dueTime: null, dueDays: 5, closesAfter: 10, answerDays: 10, draftedFrom: 'LOBBY_LOG',
  sections: [{ code: 'needs', zh: '需求', en: 'Needs', kinds: [], from: 'needs' }, { code: 'suggestions', zh: '建议', en: 'Suggestions', kinds: [], from: 'suggestions', required: true }],
}

describe('when a report is owed', () => {
  test.each([
    // the day itself; one working day later nothing is taken any more
    [daily, '2026-11-23', '2026-11-23', '2026-11-24'],
    // a Friday is closed on Monday
    [daily, '2026-11-20', '2026-11-20', '2026-11-23'],
    // the last day before National Day; the days until the 7th are free, the 8th is worked
    [daily, '2026-09-30', '2026-09-30', '2026-10-08'],
    // D-07: fifth working day after the month
    [monthly, '2026-10', '2026-11-06', '2026-11-20'],
  ])('%o of %s is due %s, closed after %s', (kind, period, due, closed) => {
    const span = spanOf(kind, period, '2026-11-23')
    expect(span).not.toBeNull()
    if (span) expect([dueOn(chinaCalendar, kind, span), closesOn(chinaCalendar, kind, span)]).toEqual([due, closed])
  })
  test.each([['2026-11-31', null], ['2026-11', null], ['2026-11-23', { firstDay: '2026-11-23', lastDay: '2026-11-23' }]])('a day called %s', (period, span) => expect(spanOf(daily, period, '2026-11-23')).toEqual(span))
  test.each([['2026-13', null], ['2026-02', { firstDay: '2026-02-01', lastDay: '2026-02-28' }]])('a month called %s', (period, span) => expect(spanOf(monthly, period, '2026-11-23')).toEqual(span))
  test.each([
    ['2026-11-23', '17:29', false], ['2026-11-23', '17:30', false], ['2026-11-23', '17:31', true], ['2026-11-24', '08:00', true], ['2026-11-23', null, false], ['2026-11-24', null, true],
  ])('confirmed on %s at %s: late %s', (on, at, late) => expect(isLate(daily, '2026-11-23', { on, at })).toBe(late))
  test('the next working day; unknown years are not guessed', () => expect([nextDayOf(chinaCalendar, '2026-11-20'), nextDayOf(chinaCalendar, '2026-09-30'), nextDayOf(chinaCalendar, '2026-12-31')]).toEqual(['2026-11-23', '2026-10-08', null]))
})

describe('why a report is not taken, most fundamental first', () => {
  const ground: Ground = { today: '2026-11-23', name: '李晓雯', held: true, substitute: null, reported: false }
  test.each<[string, ReportKind, string, Partial<Ground>, string | null]>([
    ['today', daily, '2026-11-23', {}, null],
    ['the working day before', daily, '2026-11-20', {}, null],
    ['tomorrow', daily, '2026-11-24', { held: false }, 'day-to-come'],
    ['a leaver', daily, '2026-11-20', { held: false, substitute: '王凯' }, 'not-employed'],
    ['an absent one, though the day is closed', daily, '2026-11-18', { substitute: '王凯' }, 'absent-that-day'],
    ['a Sunday', daily, '2026-11-22', {}, 'no-working-day'],
    ['reported and closed', daily, '2026-11-18', { reported: true }, 'reported-already'],
    ['two working days before', daily, '2026-11-19', {}, 'day-closed'],
    ['the present month', monthly, '2026-11', {}, 'month-not-over'],
    ['a month on the last day on which it is taken', monthly, '2026-10', { today: '2026-11-20' }, null],
    ['a month one day later', monthly, '2026-10', { today: '2026-11-21' }, 'day-closed'],
    ['a month during which he was away at the end', monthly, '2026-10', { today: '2026-11-03', substitute: '王凯' }, null],
  ])('%s', (_what, kind, period, more, name) => {
    const span = spanOf(kind, period, '2026-11-23')
    if (!span) throw new Error('no span')
    expect(faultOf(chinaCalendar, kind, period, span, { ...ground, ...more })?.name ?? null).toBe(name)
  })
})

describe('texts', () => {
  test('only what belongs to a section, nothing empty', () => expect(textsOf(daily, { contacts: ' 三户 ', plan: '  ', strange: 'x' })).toEqual({ contacts: '三户' }))
  test.each([[['contacts'], null], [['contacts', 'plan'], null], [['contacts', 'strange'], 'strange'], [['plan', 'plan'], 'plan']])('sections %o: unknown or twice is %s', (sections, unknown) => expect(sectionUnknown(daily, sections.map((section) => ({ section, text: 'x' })))).toBe(unknown))
  test('a section that asks for a text', () => expect([sectionMissing(monthly, { suggestions: ' ' })?.code, sectionMissing(monthly, { suggestions: '增开窗口' })]).toEqual(['suggestions', null]))
  test('the month is drafted from its days, as written; a section without words stays empty', () =>
    expect(draftOf(monthly, [{ day: '2026-10-08', texts: { needs: '存单' } }, { day: '2026-10-09', texts: { market: '邻行加息' } }, { day: '2026-10-12', texts: { needs: '收款码' } }])).toEqual({ needs: '10-08 存单\n10-12 收款码' }))
  test('a draft never exceeds what a section takes', () => {
    const draft = draftOf(monthly, Array.from({ length: 40 }, (_none, n) => ({ day: `2026-10-${String((n % 28) + 1).padStart(2, '0')}`, texts: { needs: '需'.repeat(100) } })))
    expect((draft['needs'] ?? '').length).toBeLessThanOrEqual(2000)
    expect(draft['needs']?.endsWith('…')).toBe(true)
  })
})
