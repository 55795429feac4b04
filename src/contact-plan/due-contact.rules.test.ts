import { expect, test } from 'vitest'
import { dueOf, type Due, type Watched } from './due-contact.rules.ts'

const core = { customerId: 'c', everyMonths: 1, faceEveryMonths: 3, lastContact: '2026-11-03', lastMeeting: '2026-10-12', monthlyOpen: false }
const second = { customerId: 'c', everyMonths: 2, faceEveryMonths: 6, lastContact: null, lastMeeting: null, monthlyOpen: null }
const third = { customerId: 'c', everyMonths: 3, faceEveryMonths: null, lastContact: null, lastMeeting: null, monthlyOpen: null }

const cases: [what: string, customer: Watched, today: string, due: Due | null][] = [
  ['core, duty open', { ...core, monthlyOpen: true }, '2026-11-23', { reason: 'MONTHLY', everyMonths: 1, dueOn: '2026-11-30' }],
  ['core, duty met, met this quarter', core, '2026-12-02', null],
  ['core, duty met by phone, no meeting, the quarter still runs', { ...core, lastMeeting: null }, '2026-11-23', null],
  ['core, duty met by phone, no meeting, last month of the quarter', { ...core, lastMeeting: '2026-09-30' }, '2026-12-02', { reason: 'FACE_TO_FACE', everyMonths: 3, dueOn: '2026-12-31' }],
  ['core, both open: the duty is told', { ...core, monthlyOpen: true, lastMeeting: null }, '2026-12-02', { reason: 'MONTHLY', everyMonths: 1, dueOn: '2026-12-31' }],
  ['core since the 16th: no duty yet', { ...core, monthlyOpen: null, lastContact: null }, '2026-11-23', null],
  ['two months, first of them', second, '2026-11-23', null],
  ['two months, second of them, never contacted', second, '2026-12-23', { reason: 'PERIOD', everyMonths: 2, dueOn: '2026-12-31' }],
  ['two months, contacted in the first', { ...second, faceEveryMonths: null, lastContact: '2026-11-01' }, '2026-12-23', null],
  ['two months, contacted before', { ...second, lastContact: '2026-10-31' }, '2026-12-23', { reason: 'PERIOD', everyMonths: 2, dueOn: '2026-12-31' }],
  ['quarter, last month', third, '2026-09-01', { reason: 'PERIOD', everyMonths: 3, dueOn: '2026-09-30' }],
  ['quarter, second month', third, '2026-08-31', null],
]

test.each(cases)('%s', (_what, customer, today, due) => {
  expect(dueOf(customer, today)).toEqual(due)
})
