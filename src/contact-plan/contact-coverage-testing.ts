import { customCalendar } from '../foundation/values/working-calendar.ts'
import { isEnteredLate, type ContactFact, type Slice, type TierSpan } from './contact-frequency.rules.ts'

/** Fixture contact-coverage of the domain specification, 2.4, word for word: every case is a core customer in October 2025 (case e from the 16th). */
export const contactCoverage = {
  fixture: 'contact-coverage',
  month: '2025-10',
  params: {'contact.window': 'CALENDAR_MONTH', 'contact.recordWithin': 1},
  calendar: {holidays: ['2025-10-01', '2025-10-08'], makeUpWorkingDays: ['2025-10-11'], note: 'holidays from-to, both included; other Saturdays and Sundays are free'},
  staff: {RM1: '000101', RM2: '000102', RM3: '000103'},
  customers: [
    {cust: 'a', assignments: [{rm: 'RM1', sharePct: '100.00', from: '2025-01-01', main: true}], contacts: [{mode: 'VISIT', date: '2025-10-14', entered: '2025-10-15', effective: true, by: 'RM1'}], expected: {duty: true, owner: 'RM1', met: true, late: false, why: 'plain case'}},
    {cust: 'b', assignments: [{rm: 'RM1', sharePct: '100.00', from: '2025-01-01', main: true}], contacts: [{mode: 'PHONE', date: '2025-10-10', entered: '2025-10-13', effective: true, by: 'RM1'}], expected: {duty: true, owner: 'RM1', met: true, late: true, why: 'Saturday 2025-10-11 is a make-up working day, so the entry limit was that Saturday'}},
    {cust: 'c', assignments: [{rm: 'RM2', sharePct: '100.00', from: '2025-01-01', main: true}], contacts: [{mode: 'SMS_ONE_WAY', date: '2025-10-20', entered: '2025-10-20', effective: false, by: 'RM2'}], expected: {duty: true, owner: 'RM2', met: false, late: false, why: 'one-way message is not effective'}},
    {cust: 'd', assignments: [{rm: 'RM2', sharePct: '100.00', from: '2025-01-01', main: true}], contacts: [{mode: 'PHONE', date: '2025-09-30', entered: '2025-10-09', effective: true, by: 'RM2'}], expected: {duty: true, owner: 'RM2', met: false, late: false, why: 'contact date in September; entry 2025-10-09 is the first working day after the holidays, so it is on time for September'}},
    {cust: 'e', becameT1: '2025-10-16', assignments: [{rm: 'RM2', sharePct: '100.00', from: '2025-01-01', main: true}], contacts: [], expected: {duty: false, dutyStarts: '2025-11', why: 'became T1 after day 15: first duty 2025-11'}},
    {cust: 'f', assignments: [{rm: 'RM1', sharePct: '100.00', from: '2025-01-01', to: '2025-10-20', main: true}, {rm: 'RM3', sharePct: '100.00', from: '2025-10-20', main: true}], contacts: [{mode: 'VISIT', date: '2025-10-14', entered: '2025-10-14', effective: true, by: 'RM1'}], expected: {duty: true, owner: 'RM3', met: true, late: false, why: 'hand-over 2025-10-20: the contact of RM1 counts, the duty belongs to RM3'}},
    {cust: 'g', assignments: [{rm: 'RM1', sharePct: '50.00', from: '2025-01-01', main: true}, {rm: 'RM2', sharePct: '50.00', from: '2025-01-01', main: false}], contacts: [{mode: 'VISIT', date: '2025-10-28', entered: '2025-10-28', effective: true, by: 'RM2'}], expected: {duty: true, owner: 'RM1', met: true, late: false, why: 'tie, RM1 is main manager (主办)'}},
    {cust: 'h', assignments: [{rm: 'RM3', sharePct: '50.00', from: '2025-01-01', main: false}, {rm: 'RM2', sharePct: '50.00', from: '2025-01-01', main: false}], contacts: [{mode: 'VISIT', date: '2025-10-31', entered: '2025-11-03', effective: true, by: 'RM3'}], expected: {duty: true, owner: 'RM2', met: true, late: false, why: 'tie without main manager: lower staff number; entered on the next working day'}},
  ],
  totals: {duties: 7, met: 5, late: 1, coveragePct: '71.43'},
  perRm: {RM1: {duties: 3, met: 3, late: 1, coveragePct: '100.00'}, RM2: {duties: 3, met: 1, late: 0, coveragePct: '33.33'}, RM3: {duties: 1, met: 1, late: 0, coveragePct: '100.00'}},
} as const

type Case = (typeof contactCoverage.customers)[number]
type Expected = { duty: true; owner: keyof typeof contactCoverage.staff; met: boolean; late: boolean; why: string } | { duty: false; dutyStarts: string; why: string }
export type CoverageCase = { cust: string; tiers: TierSpan[]; slices: (Slice & { rm: string })[]; contacts: (ContactFact & { mode: string; enteredOn: string; staffKey: number })[]; expected: Expected }

const { holidays, makeUpWorkingDays } = contactCoverage.calendar
export const coverageCalendar = customCalendar({ holidays: [[holidays[0], holidays[1]]], makeUpWorkingDays })

/** The cases as the rules take them; staff keys are the staff numbers as numbers. */
export const coverageFacts: CoverageCase[] = contactCoverage.customers.map((one: Case) => ({
  cust: one.cust,
  tiers: [{ tier: 'T1', from: 'becameT1' in one ? one.becameT1 : '2025-01-01', to: null }],
  slices: one.assignments.map((slice) => ({
    rm: slice.rm, staffKey: Number(contactCoverage.staff[slice.rm]), staffNo: contactCoverage.staff[slice.rm], sharePct: slice.sharePct, main: slice.main, from: slice.from, to: 'to' in slice ? slice.to : null,
  })),
  contacts: one.contacts.map((contact, index) => ({
    contactId: `${one.cust}${index}`, mode: contact.mode, businessDate: contact.date, enteredOn: contact.entered, effective: contact.effective, staffKey: Number(contactCoverage.staff[contact.by]),
    late: isEnteredLate(coverageCalendar, contact.date, contact.entered, contactCoverage.params['contact.recordWithin']),
  })),
  expected: one.expected as Expected,
}))

/** Repeatable chance for tests of what always holds: `roll(6)` is 0 to 5. */
export function chance(seed: number): (below: number) => number {
  let state = (seed + 1) * 2654435761
  return (below) => {
    state = (Math.imul(state ^ (state >>> 15), 2246822519) + 0x9e3779b9) >>> 0
    state ^= state >>> 13
    return (state >>> 0) % below
  }
}
