import { z } from 'zod'
import { dayText, idText, monthText } from '../foundation/values/api-values.ts'
import { endpoint } from '../foundation/http/contract.ts'

const figures = {
  duties: z.number().int(),
  met: z.number().int(),
  /** Of those met: no contact of the window was entered in time. */
  late: z.number().int(),
  /** Percent with two decimals; null without a duty. */
  coveragePct: z.string().nullable(),
  /** Late ÷ met in percent. */
  latePct: z.string().nullable(),
}
export const coverageFigures = z.strictObject(figures)
export type CoverageFigures = z.output<typeof coverageFigures>

/** What the figures are added up by. Units are those of the window's last day: where the owner of the duty had his desk and his line then. */
export const coverageGroups = ['MANAGER', 'OUTLET', 'SUB_BRANCH', 'BRANCH'] as const
export const coverageGroup = z.enum(coverageGroups)
export type CoverageGroup = z.output<typeof coverageGroup>

const coverageRow = z.strictObject({
  /** Staff key or unit key; null: nobody holds the customer, or the line has no unit of this kind. */
  key: z.number().int().nullable(),
  name: z.string().nullable(),
  /** Of a manager: his outlet; of an outlet: its branch. */
  unitName: z.string().nullable(),
  ...figures,
})
export type CoverageRow = z.output<typeof coverageRow>

const monthFaults = {
  'month-not-begun': { status: 422, zh: '未能统计。{month} 尚未开始。请选择本月或以前的月份', en: 'Not worked out. {month} has not begun. Choose this month or an earlier one' },
} as const
const dayFaults = {
  ...monthFaults,
  'day-not-over': { status: 422, zh: '未能查看。{day} 尚未结束，台账在日终留存。请选择营业日之前的日期', en: 'Not shown. {day} is not over; the ledger is kept at the end of a day. Choose a day before the business date' },
  'day-before-month': { status: 422, zh: '未能查看。{day} 早于 {month}。请选择该月 1 日或以后的日期', en: 'Not shown. {day} is before {month}. Choose a day of the month or later' },
  'ledger-unknown': { status: 409, zh: '未能查看。台账自 {since} 起留存，没有 {day} 的记录', en: 'Not shown. The ledger is kept since {since} and knows nothing of {day}' },
} as const
/** The figures as they were shown at the end of this past day. */
const asOf = dayText.optional()

const span = { month: monthText, firstDay: dayText, lastDay: dayText, asOf: dayText }

/** Coverage of the month as it stands, for the page on which a head's day begins: by the units below and by the people, judged once. */
export const getCoverageToday = endpoint({
  id: 'coverage.today', method: 'GET', path: '/api/coverage-today',
  text: { zh: '查看本月联系覆盖率', en: 'See this month’s contact coverage' },
  permission: 'coverage.read',
  reply: z.strictObject({
    asOf: dayText, total: coverageFigures,
    /** Null: nothing below but people. */
    units: z.strictObject({ by: coverageGroup, rows: z.array(coverageRow) }).nullable(),
    managers: z.array(coverageRow),
  }),
})

export const getCoverage = endpoint({
  id: 'coverage.get', method: 'GET', path: '/api/coverage',
  text: { zh: '查看联系覆盖率', en: 'See contact coverage' },
  permission: 'coverage.read',
  query: z.strictObject({
    month: monthText.optional(),
    by: coverageGroup.optional(),
    /** Only within this unit (an institution's key) of the reader's scope. */
    unitKey: z.coerce.number().int().positive().max(2_147_483_647).optional(),
    asOf,
  }),
  reply: z.strictObject({ ...span, by: coverageGroup, groups: z.array(coverageGroup), unitName: z.string().nullable(), total: coverageFigures, rows: z.array(coverageRow) }),
  refusals: dayFaults,
})

export const dutyState = z.enum(['MET', 'LATE', 'OPEN'])
export type DutyState = z.output<typeof dutyState>

const dutyView = z.strictObject({
  customerId: idText,
  number: z.string(),
  name: z.string(),
  state: dutyState,
  /** The contact that met the duty. */
  contactId: idText.nullable(),
  contactDate: dayText.nullable(),
  contactMode: z.string().nullable(),
  contactBy: z.string().nullable(),
})
export type DutyView = z.output<typeof dutyView>

export const listCoverageDuties = endpoint({
  id: 'coverage.duties', method: 'GET', path: '/api/coverage/managers/:staffKey',
  text: { zh: '查看覆盖率明细', en: 'See the customers behind a coverage' },
  permission: 'coverage.read',
  params: z.strictObject({ staffKey: z.coerce.number().int().positive().max(2_147_483_647) }),
  query: z.strictObject({ month: monthText.optional(), asOf }),
  reply: z.strictObject({
    ...span, manager: z.strictObject({ key: z.number().int(), name: z.string(), unitName: z.string().nullable() }), total: coverageFigures,
    items: z.array(dutyView),
    /** Customers that count but that this person may not see (handed over since, or sums only). */
    hidden: z.number().int(),
  }),
  refusals: dayFaults,
})

export const getCustomerDuty = endpoint({
  id: 'coverage.customer', method: 'GET', path: '/api/customers/:customerId/contact-duty',
  text: { zh: '查看客户的联系要求', en: 'See how often a customer must be contacted' },
  permission: 'contact.read', opens: 'customerId',
  params: z.strictObject({ customerId: idText }),
  query: z.strictObject({ month: monthText.optional() }),
  reply: z.strictObject({
    ...span,
    tier: z.string(),
    everyMonths: z.number().int(),
    lastContact: dayText.nullable(),
    /** Null: no monthly duty in this month. */
    duty: z.strictObject({ state: dutyState, ownerName: z.string().nullable(), contactId: idText.nullable() }).nullable(),
  }),
  refusals: monthFaults,
})

const dueReason = z.enum(['MONTHLY', 'PERIOD', 'FACE_TO_FACE'])
const dueContact = z.strictObject({
  customerId: idText, number: z.string(), name: z.string(), tier: z.string(), reason: dueReason,
  /** Every so many months. */
  everyMonths: z.number().int(),
  dueOn: dayText,
  lastContact: dayText.nullable(),
})
export type DueContact = z.output<typeof dueContact>

export const listDueContacts = endpoint({
  id: 'contact-plan.due', method: 'GET', path: '/api/due-contacts',
  text: { zh: '查看待联系客户', en: 'See whom to contact' },
  permission: 'contact.list',
  query: z.strictObject({ limit: z.coerce.number().int().min(1).max(200).default(100) }),
  reply: z.strictObject({
    asOf: dayText,
    /** The reader's own core customers this month; the same figure as in the table of coverage. */
    coverage: coverageFigures,
    items: z.array(dueContact), more: z.boolean(),
  }),
})
