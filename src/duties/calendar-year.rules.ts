import { addDays, daysBetween, isDay } from '../foundation/values/business-date.ts'
import { ok, refuse, type Outcome } from '../foundation/values/outcome.ts'
import type { CalendarSpan } from './calendar-year.contract.ts'

/** Text as people copy it, a line each: 2027-01-01,2027-01-03,放假,元旦 or 2027-02-06 上班 春节. Lines that cannot be read are told by their number, from 1. */
export function readSpans(text: string): { spans: CalendarSpan[]; wrong: number[] } {
  const spans: CalendarSpan[] = []
  const wrong: number[] = []
  text.split(/\r?\n/).forEach((line, index) => {
    if (line.trim() === '' || /^\s*(#|起|from)/i.test(line)) return
    const words = line.replace(/(\d{4})[年/.](\d{1,2})[月/.](\d{1,2})日?/g, (_all, y: string, m: string, d: string) => `${y}-${m.padStart(2, '0')}-${d.padStart(2, '0')}`).split(/[\s,，;；、至~～]+/).filter((word) => word !== '')
    const days = words.filter((word) => /^\d{4}-\d{2}-\d{2}$/.test(word))
    const kind = words.some((word) => /^(WORK|上班|班|调休上班|补班)$/i.test(word)) ? 'WORK' : words.some((word) => /^(OFF|放假|休|休息)$/i.test(word)) ? 'OFF' : null
    const name = words.filter((word) => !days.includes(word) && !/^(WORK|OFF|上班|班|调休上班|补班|放假|休|休息)$/i.test(word)).join(' ')
    const [from, to = from] = days
    if (from === undefined || to === undefined || days.length > 2 || kind === null || !days.every(isDay)) wrong.push(index + 1)
    else spans.push({ from, to, kind, name: name === '' ? (kind === 'OFF' ? '放假' : '调休') : name.slice(0, 20) })
  })
  return { spans, wrong }
}

/** Does it make a year? Refuses by name, with the day. */
export function judgeYear(year: number, spans: readonly CalendarSpan[]): Outcome<null> {
  const backwards = spans.find((span) => span.to < span.from || daysBetween(span.from, span.to) > 30)
  if (backwards) return refuse('span-backwards', { field: 'spans', details: { name: backwards.name } })
  const days = new Map<string, 'OFF' | 'WORK'>()
  for (const span of spans) {
    for (let day = span.from; day <= span.to; day = addDays(day, 1)) {
      // a notice may name the last days of the year before
      if (day.slice(0, 4) !== String(year) && day.slice(0, 7) !== `${year - 1}-12`) return refuse('outside-of-year', { field: 'spans', details: { day } })
      if (days.has(day)) return refuse('spans-overlap', { field: 'spans', details: { day } })
      days.set(day, span.kind)
    }
  }
  const fixed = [`${year}-01-01`, `${year}-05-01`, `${year}-10-01`].find((day) => days.get(day) !== 'OFF')
  return fixed === undefined ? ok(null) : refuse('fixed-holiday-missing', { field: 'spans', details: { day: fixed } })
}
