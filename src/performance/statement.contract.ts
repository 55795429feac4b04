import { z } from 'zod'
import { endpoint, page, pageQuery } from '../foundation/http/contract.ts'
import { dayText, fenText, idText, monthText, safeText } from '../foundation/values/api-values.ts'
import { units } from './block.contract.ts'

const decimal = z.string().regex(/^-?\d+(\.\d+)?$/)
const unit = z.enum(units)

/** A named value with its real operands; `of` names the step or line from which an operand comes. */
export const stepShape = z.strictObject({
  code: z.string(), unit, value: z.string(), rounded: z.boolean(), why: z.string().nullable(), name: z.strictObject({ zh: z.string(), en: z.string() }).optional(),
  terms: z.array(z.union([z.strictObject({ sign: z.string() }), z.strictObject({ value: z.string(), unit, of: z.string().nullable() })])),
})
export const lineShape = z.strictObject({
  place: z.number().int(), code: z.string(), quantity: decimal.nullable(), unitFen: fenText.nullable(), each: decimal.nullable(), measuredFen: fenText.nullable(), points: decimal.nullable(), moneyFen: fenText.nullable(),
  facts: z.number().int(), byForm: z.boolean(), correctsMonth: monthText.nullable(), correctsCode: z.string().nullable(), detail: z.record(z.string(), z.string().nullable()), why: z.string().nullable(),
})
const lot = z.strictObject({ month: monthText, cause: z.enum(['EARLY', 'OVERDUE', 'INSPECTION', 'CORRECTION']), fen: fenText })
const setOff = lot.extend({ takenFen: fenText, leftFen: fenText })
export const statementShape = z.strictObject({
  person: z.strictObject({ staffKey: z.number().int(), staffNo: z.string(), name: z.string(), unitName: z.string() }),
  month: monthText, scheme: z.strictObject({ code: z.string(), version: z.number().int(), from: dayText, name: z.string(), nameEn: z.string(), kind: z.enum(['POINTS', 'BLOCKS', 'SUPPORT']) }), currency: z.string(),
  state: z.enum(['SETTLED', 'STALE', 'CLOSED']), settledOn: dayText,
  points: decimal, payableFen: fenText, carryInFen: fenText, carryOutFen: fenText, beforeCarryFen: fenText,
  steps: z.array(stepShape), lines: z.array(lineShape), setOff: z.array(setOff), carryOut: z.array(lot), expired: z.array(lot),
  /** Every settled month of the person with what was paid under all schemes, oldest first, at most 24; points or score of this scheme, null where it did not pay him. */
  months: z.array(z.strictObject({ month: monthText, payableFen: fenText, points: decimal.nullable() })),
  /** The statements of the month, when several schemes paid the person in it: what each pays, for which posts and days of its period. Empty: this is the only one. */
  split: z.array(z.strictObject({
    scheme: z.string(), name: z.string(), nameEn: z.string(), kind: z.enum(['POINTS', 'BLOCKS', 'SUPPORT']), payableFen: fenText, points: decimal, from: dayText, to: dayText, days: z.number().int(), wholeDays: z.number().int(),
    posts: z.array(z.strictObject({ post: z.string(), postEn: z.string(), unitName: z.string(), from: dayText, to: dayText })),
  })),
})
export type StatementShown = z.output<typeof statementShape>
export type StepShown = z.output<typeof stepShape>
export type LineShown = z.output<typeof lineShape>

export const factShape = z.strictObject({
  factId: idText, line: z.string(), kind: z.string(), ofMonth: monthText, date: dayText.nullable(),
  /** The name only while the reader's scope has the customer; the fact stays readable to the person it pays. */
  customer: z.strictObject({ id: idText, name: z.string().nullable(), number: z.string().nullable() }).nullable(),
  amountFen: fenText.nullable(), sharePct: decimal.nullable(), heldDays: z.number().int().nullable(), countedFen: fenText.nullable(), points: decimal.nullable(), moneyFen: fenText.nullable(), value: decimal.nullable(),
  why: z.string().nullable(), note: z.string().nullable(),
})
export type FactShown = z.output<typeof factShape>

/** Of whom several schemes paid in a month, the statement of one of them; without it that of the post held at the month's end. */
export const schemeOfStatement = z.string().regex(/^[A-Z][A-Z0-9_]{1,30}$/).optional()
const monthQuery = { month: monthText.optional(), scheme: schemeOfStatement }
const factsQuery = { month: monthText, scheme: schemeOfStatement, place: z.coerce.number().int().min(1).max(1000), ...pageQuery }
const purpose = safeText(100, { min: 4 })
const person = z.strictObject({ staffKey: z.coerce.number().int().min(1).max(2_000_000_000) })

const period = z.strictObject({ from: monthText, to: monthText, months: z.number().int(), payableFen: fenText, points: decimal })
const planItem = z.strictObject({ code: z.string(), name: z.strictObject({ zh: z.string(), en: z.string() }), weight: decimal, target: decimal.nullable(), actual: decimal.nullable(), ratio: decimal.nullable(), score: decimal.nullable(), why: z.enum(['no-data', 'target-not-positive']).nullable() })
/** The year up to `to` in three parts: tasks (by the scores of its periods, or by the plan's operating targets), competency by assessment, management targets with the points of the improvement. */
export const annualShape = z.strictObject({
  year: z.string(), from: monthText, to: monthText, policyVersion: z.string(), weights: z.strictObject({ task: decimal, competency: decimal, management: decimal }),
  task: z.strictObject({
    score: decimal.nullable(), basis: z.enum(['SCORE', 'PLAN']).nullable(), items: z.array(planItem), last: z.strictObject({ year: z.string(), score: decimal }).nullable(),
    /** `long`: of a scheme that pays by the year. */
    periods: z.array(z.strictObject({ name: z.strictObject({ zh: z.string(), en: z.string() }), from: dayText, to: dayText, days: z.number().int(), score: decimal, long: z.boolean() })),
  }),
  improvement: z.strictObject({ change: decimal.nullable(), points: decimal, why: z.enum(['no-earlier-period', 'not-comparable']).nullable() }),
  competency: z.strictObject({ score: decimal.nullable(), on: dayText.nullable(), before: decimal.nullable(), change: decimal.nullable() }),
  management: z.strictObject({ own: decimal.nullable(), score: decimal.nullable(), items: z.array(planItem) }),
  /** Of the three parts in this order; a part without data is left out and the others are scaled to 100. */
  parts: z.array(decimal.nullable()).length(3), score: decimal.nullable(),
})
export type AnnualShown = z.output<typeof annualShape>
/** Sums to date, what the running period may bring, and where one stands among others; numbers of others only of five people or more. */
export const outlookShape = z.strictObject({
  quarter: period, year: period, annual: annualShape.nullable(),
  /** Of the running month: what the facts until `asOf` give by the same engine, balances taken as they stand. Months still to come count `averageFen`, the mean of the last settled months. Null: not worked out. */
  forecast: z.strictObject({ asOf: dayText, month: monthText, monthFen: fenText, points: decimal, averageFen: fenText, averageOf: z.number().int(), quarter: monthText, quarterFen: fenText, year: z.string(), yearFen: fenText }).nullable(),
  /** From the settled month before to this one, by cause; the parts sum to the difference to the fen. Null: there is none before. */
  change: z.strictObject({ month: monthText, fromFen: fenText, toFen: fenText, parts: z.array(z.strictObject({ code: z.string(), name: z.strictObject({ zh: z.string(), en: z.string() }), fen: fenText })) }).nullable(),
  /** The smallest unit of the line with five people or more; null: fewer than five even in the whole bank. `quarter`: 1 the upper one, 4 the lowest. */
  standing: z.strictObject({
    unitName: z.string(), people: z.number().int(), lowerFen: fenText, medianFen: fenText, upperFen: fenText, quarter: z.number().int().min(1).max(4), bands: z.array(z.strictObject({ fromFen: fenText, toFen: fenText, people: z.number().int(), own: z.boolean() })),
  }).nullable(),
})
export type Outlook = z.output<typeof outlookShape>
const maybeStatement = z.strictObject({ statement: statementShape.nullable(), outlook: outlookShape.nullable() })

/** One's own statement of a month, the last settled one by default; null before the first settlement. */
export const getMyStatement = endpoint({
  id: 'getMyStatement', method: 'GET', path: '/api/statement', text: { zh: '查看自己的绩效工资单', en: 'Read one’s own pay statement' }, permission: 'statement.read-own', query: z.strictObject(monthQuery), reply: maybeStatement,
})
export const listMyStatementFacts = endpoint({
  id: 'listMyStatementFacts', method: 'GET', path: '/api/statement/facts', text: { zh: '查看自己工资条目的业务事实', en: 'Read the facts behind one’s own pay line' }, permission: 'statement.read-own', query: z.strictObject(factsQuery), reply: page(factShape),
})

/** Statements of the line that one leads. */
export const listTeamStatements = endpoint({
  id: 'listTeamStatements', method: 'GET', path: '/api/team-statements', text: { zh: '查看团队的绩效工资单', en: 'List the pay statements of the team' }, permission: 'statement.read-team', query: z.strictObject({ month: monthText.optional(), ...pageQuery }),
  reply: page(z.strictObject({ staffKey: z.number().int(), staffNo: z.string(), name: z.string(), unitName: z.string(), scheme: z.string(), schemeName: z.string(), schemeNameEn: z.string(), points: decimal, payableFen: fenText, carryOutFen: fenText })).extend({ month: monthText.nullable(), months: z.array(monthText), currency: z.string() }),
})
export const getTeamStatement = endpoint({
  id: 'getTeamStatement', method: 'GET', path: '/api/team-statements/:staffKey', text: { zh: '查看团队成员的绩效工资单', en: 'Read a team member’s pay statement' }, permission: 'statement.read-team', params: person, query: z.strictObject(monthQuery),
  reply: maybeStatement.extend({ statement: statementShape }),
})
export const listTeamStatementFacts = endpoint({
  id: 'listTeamStatementFacts', method: 'GET', path: '/api/team-statements/:staffKey/facts', text: { zh: '查看团队成员工资条目的业务事实', en: 'Read the facts behind a team member’s pay line' }, permission: 'statement.read-team', params: person,
  query: z.strictObject(factsQuery), reply: page(factShape),
})

/** Whose statements there are: names, no amounts. Reading one needs a purpose and leaves a line in the journal. */
export const listStatementPeople = endpoint({
  id: 'listStatementPeople', method: 'GET', path: '/api/statements', text: { zh: '查看有绩效工资单的人员', en: 'List the people with a pay statement' }, permission: 'statement.read-any', query: z.strictObject({ month: monthText.optional(), q: safeText(40, { min: 0 }).optional(), ...pageQuery }),
  reply: page(z.strictObject({ staffKey: z.number().int(), staffNo: z.string(), name: z.string(), unitName: z.string(), scheme: z.string(), schemeName: z.string(), schemeNameEn: z.string() })).extend({ month: monthText.nullable(), months: z.array(monthText) }),
})
export const getAnyStatement = endpoint({
  id: 'getAnyStatement', method: 'GET', path: '/api/statements/:staffKey', text: { zh: '按用途查看他人的绩效工资单', en: 'Read another’s pay statement with a purpose' }, permission: 'statement.read-any', params: person, query: z.strictObject({ ...monthQuery, purpose }),
  reply: maybeStatement.extend({ statement: statementShape }),
})
export const listAnyStatementFacts = endpoint({
  id: 'listAnyStatementFacts', method: 'GET', path: '/api/statements/:staffKey/facts', text: { zh: '按用途查看他人工资条目的业务事实', en: 'Read the facts behind another’s pay line with a purpose' }, permission: 'statement.read-any', params: person,
  query: z.strictObject({ ...factsQuery, purpose }), reply: page(factShape),
})

/** Balances and bookings of an account, or states of a loan, in the month for which it counts: the last step down, on a customer whom the reader may open. */
export const getFactBookings = endpoint({
  id: 'getFactBookings', method: 'GET', path: '/api/customers/:customerId/pay-facts/:factId', text: { zh: '查看业务事实的流水', en: 'Read the bookings behind a pay fact' }, permission: 'customer.read', opens: 'customerId',
  params: z.strictObject({ customerId: idText, factId: idText }), query: z.strictObject({ month: monthText }),
  reply: z.strictObject({
    kind: z.enum(['ACCOUNT', 'LOAN']), currency: z.string(), name: z.string(),
    spans: z.array(z.strictObject({ from: dayText, to: dayText.nullable(), fen: fenText, days: z.number().int(), overdueSince: dayText.nullable() })),
    bookings: z.array(z.strictObject({ id: idText, day: dayText, direction: z.enum(['IN', 'OUT']), amountFen: fenText, kind: z.string().nullable() })),
    /** More bookings than the 500 shown. */
    more: z.boolean(),
    loan: z.strictObject({ amountFen: fenText, paidOutOn: dayText, maturesOn: dayText, settledOn: dayText.nullable() }).nullable(),
  }),
})
