import { existsSync, readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { addDays } from '../foundation/values/business-date.ts'
import { chinaCalendar, isWorkingDay, layeredCalendar, weekdayCalendar } from '../foundation/values/working-calendar.ts'
import type { CalendarSpan } from './calendar-year.contract.ts'
import { judgeYear, readSpans } from './calendar-year.rules.ts'

const text = `起,止,类别,名称
2027-01-01,2027-01-03,放假,元旦
2027-02-06 上班 春节
2027年5月1日至2027年5月5日 放假 劳动节
2027-10-01\t2027-10-07\tOFF\t国庆节
周六上班`

describe('a year as text', () => {
  test('is read line by line; what cannot be read is told by its number', () => {
    expect(readSpans(text)).toEqual({
      spans: [{ from: '2027-01-01', to: '2027-01-03', kind: 'OFF', name: '元旦' }, { from: '2027-02-06', to: '2027-02-06', kind: 'WORK', name: '春节' }, { from: '2027-05-01', to: '2027-05-05', kind: 'OFF', name: '劳动节' }, { from: '2027-10-01', to: '2027-10-07', kind: 'OFF', name: '国庆节' }],
      wrong: [6],
    })
  })
  const good = readSpans(text).spans
  const judged = (spans: readonly CalendarSpan[], year = 2027): string => {
    const outcome = judgeYear(year, spans)
    return outcome.ok ? 'ok' : outcome.refusal.name
  }
  test.each<[string, CalendarSpan[], string]>([
    ['as it is', [], 'ok'], ['a day twice', [{ from: '2027-05-05', to: '2027-05-05', kind: 'OFF', name: 'x' }], 'spans-overlap'], ['a weekday said to be worked, as the notice of 2020 does', [{ from: '2027-03-05', to: '2027-03-05', kind: 'WORK', name: 'x' }], 'ok'],
    ['a day of another year', [{ from: '2028-01-01', to: '2028-01-01', kind: 'OFF', name: 'x' }], 'outside-of-year'], ['December before', [{ from: '2026-12-26', to: '2026-12-26', kind: 'WORK', name: 'x' }], 'ok'], ['backwards', [{ from: '2027-06-09', to: '2027-06-08', kind: 'OFF', name: 'x' }], 'span-backwards'],
  ])('%s', (_what, more, wanted) => expect(judged([...good, ...more])).toBe(wanted))
  test('without National Day it is no year', () => expect(judged(good.slice(0, 3))).toBe('fixed-holiday-missing'))
})

const folder = join(import.meta.dirname, '..', '..', '..', 'shared', 'data', 'holidays')
describe.skipIf(!existsSync(folder))('the State Council’s notices, entered year by year on top of nothing', () => {
  const files = existsSync(folder) ? readdirSync(folder).filter((name) => /^\d{4}\.json$/.test(name)) : []
  const years = files.map((name) => {
    const { days } = JSON.parse(readFileSync(join(folder, name), 'utf8')) as { days: { name: string; date: string; isOffDay: boolean }[] }
    return { year: Number(name.slice(0, 4)), spans: days.map((day): CalendarSpan => ({ from: day.date, to: day.date, kind: day.isOffDay ? 'OFF' : 'WORK', name: day.name })) }
  }).filter(({ spans }) => spans.length > 0)
  test('each makes a year, and all together say of every day what the package says', () => {
    expect(years.length).toBeGreaterThanOrEqual(20)
    expect(years.filter(({ year, spans }) => !judgeYear(year, spans).ok).map(({ year }) => year)).toEqual([])
    const entered = layeredCalendar({ ...weekdayCalendar, knownFrom: '9999-01-01' }, years)
    const differing: string[] = []
    for (let day = `${years[0]?.year ?? 0}-01-01`; day <= `${years.at(-1)?.year ?? 0}-12-31`; day = addDays(day, 1)) if (isWorkingDay(entered, day) !== isWorkingDay(chinaCalendar, day)) differing.push(day)
    expect(differing).toEqual([])
  })
})
