import { z } from 'zod'
import { endpoint, mayDo, page, pageQuery } from '../foundation/http/contract.ts'
import { dayText, fenText, idText, monthText, safeText } from '../foundation/values/api-values.ts'

export const alertKinds = ['MOVEMENT_OUT', 'MOVEMENT_IN', 'OUTFLOW', 'BELOW_BASE', 'MATURITY', 'LEAKAGE', 'GAP'] as const
export const alertKind = z.enum(alertKinds)
export type AlertKind = z.output<typeof alertKind>
/** Why it happened, as the customer told it (W2), and for leaving and lacking what fits them. */
export const reasonCodes = ['PAYROLL', 'TAX', 'PURCHASE', 'INVESTMENT', 'OTHER_BANK', 'LOAN_REPAYMENT', 'SEASONAL', 'PRICE', 'SERVICE', 'MOVED_AWAY', 'HAS_ELSEWHERE', 'NO_NEED', 'UNKNOWN'] as const
export const reasonCode = z.enum(reasonCodes)
export type ReasonCode = z.output<typeof reasonCode>
export const judgement = z.enum(['JUSTIFIED', 'FALSE_ALARM'])
/** SILENT: open, but not before the day after its last silent day. GONE: the facts behind it ended. */
export const alertState = z.enum(['OPEN', 'SILENT', 'CLOSED', 'GONE'])
export type AlertState = z.output<typeof alertState>
const staffKey = z.coerce.number().int().positive().max(2_147_483_647)

export const alertView = z.strictObject({
  id: idText, customerId: idText, customerName: z.string(), customerNumber: z.string(), tier: z.string(), kind: alertKind,
  /** The reason in words. */
  reason: z.strictObject({ zh: z.string(), en: z.string() }),
  raisedOn: dayText, dueOn: dayText.nullable(), amountFen: fenText, ownerName: z.string().nullable(), ownerKey: z.number().int().nullable(), state: alertState,
  silencedUntil: dayText.nullable(), silenceReason: z.string().nullable(), reasonCode: reasonCode.nullable(), contactedOn: dayText.nullable(), note: z.string().nullable(), judged: judgement.nullable(), wonFen: fenText.nullable(),
  closedOn: dayText.nullable(), closedBy: z.string().nullable(), lastContact: dayText.nullable(), detail: z.record(z.string(), z.unknown()),
  /** May the reader answer and silence it? */
  mine: z.boolean(),
})
export type AlertView = z.output<typeof alertView>

export const listAlerts = endpoint({
  id: 'watch.alerts', method: 'GET', path: '/api/alerts',
  text: { zh: '查看预警', en: 'See alerts' },
  permission: 'watch.read',
  query: z.strictObject({
    ...pageQuery, kind: alertKind.optional(), state: alertState.default('OPEN'), ownerKey: staffKey.optional(), mine: z.stringbool().default(false),
    /** Leaving out what is lacking (GAP, LEAKAGE): only what has a day by which. */
    dated: z.stringbool().default(false),
    /** Of GAP: one saved rule. */
    rule: z.string().regex(/^[A-Z0-9_]{1,40}$/, { error: 'code' }).optional(),
    sort: z.enum(['due', '-amount']).default('due'),
  }),
  reply: page(alertView).extend({ asOf: dayText }),
})

const customer = z.strictObject({ customerId: idText })
const ofAlert = z.strictObject({ customerId: idText, alertId: idText })

/** What is watched of one customer: open alerts and silent ones, its large movements, what ends. */
export const getCustomerWatch = endpoint({
  id: 'watch.customer', method: 'GET', path: '/api/customers/:customerId/watch',
  text: { zh: '查看客户的预警', en: 'See the alerts of a customer' },
  permission: 'watch.customer', opens: 'customerId',
  params: customer,
  reply: z.strictObject({ asOf: dayText, alerts: z.array(alertView), may: mayDo }),
})

const alertRefusals = {
  'alert-closed': { status: 409, zh: '未能保存。此预警已办结', en: 'Not saved. This alert was closed already' },
  'alert-gone': { status: 409, zh: '未能保存。触发条件已消除，无需处理', en: 'Not saved. What it was about has ended' },
} as const

/** What came of it. Without `done` it stays open with the reason; closing it needs a judgement. */
export const answerAlert = endpoint({
  id: 'watch.answer', method: 'POST', path: '/api/customers/:customerId/alerts/:alertId/answer',
  text: { zh: '答复预警', en: 'Answer an alert' },
  permission: 'watch.answer', opens: 'customerId', writes: 'act',
  params: ofAlert,
  body: z.strictObject({
    reasonCode, note: safeText(300, { multiline: true }).nullable().default(null), contactId: idText.nullable().default(null), done: z.boolean(), judged: judgement.nullable().default(null),
    /** What it brought (a product sold, money that came back). */
    wonFen: fenText.nullable().default(null),
  }),
  reply: z.strictObject({ id: idText, state: alertState }),
  refusals: {
    ...alertRefusals,
    'judgement-needed': { status: 422, zh: '未能办结。请判断属实还是误报', en: 'Not closed. Say whether it was justified or a false alarm' },
    'contact-needed': { status: 422, zh: '未能办结。大额变动、流失预警属实的，须先联系客户', en: 'Not closed. A justified movement or warning needs a contact first' },
    'contact-unknown': { status: 422, zh: '未能保存。联系记录不存在或已作废', en: 'Not saved. The contact is not there or is void' },
    'won-negative': { status: 422, zh: '未能保存。成效金额不能小于零', en: 'Not saved. What it brought cannot be below zero' },
  },
})

export const silenceAlert = endpoint({
  id: 'watch.silence', method: 'POST', path: '/api/customers/:customerId/alerts/:alertId/silence',
  text: { zh: '暂缓预警', en: 'Silence an alert' },
  permission: 'watch.answer', opens: 'customerId', writes: 'act',
  params: ofAlert,
  body: z.strictObject({ until: dayText, reason: safeText(200, { min: 2 }) }),
  reply: z.strictObject({ id: idText, until: dayText }),
  refusals: { ...alertRefusals, 'silence-day': { status: 422, zh: '未能暂缓。截止日须在明天至 {last} 之间', en: 'Not silenced. The last day lies between tomorrow and {last}' } },
})

const kindFigures = z.strictObject({
  kind: alertKind, month: monthText, raised: z.number().int(), closed: z.number().int(), falseAlarms: z.number().int(), contacted: z.number().int(), won: z.number().int(), wonFen: fenText, gone: z.number().int(),
  /** False alarms ÷ judged in percent; null when none was judged. */
  falsePct: z.string().nullable(),
})
export type KindFigures = z.output<typeof kindFigures>

/** Of the alerts in the reader's scope, by kind and the month in which they were raised. */
export const getAlertFigures = endpoint({
  id: 'watch.figures', method: 'GET', path: '/api/alert-figures',
  text: { zh: '查看预警统计', en: 'See figures of alerts' },
  permission: 'watch.read',
  query: z.strictObject({ months: z.coerce.number().int().min(1).max(24).default(6) }),
  reply: z.strictObject({ asOf: dayText, items: z.array(kindFigures), rules: z.array(z.strictObject({ code: z.string(), zh: z.string(), en: z.string(), open: z.number().int(), contacted: z.number().int(), won: z.number().int(), wonFen: fenText, explained: z.number().int() })) }),
})

const party = z.strictObject({ direction: z.enum(['IN', 'OUT']), name: z.string().nullable(), bank: z.string().nullable(), tail: z.string().nullable(), memo: z.string().nullable(), fen: fenText })
export const movementView = z.strictObject({
  id: idText, customerId: idText, customerName: z.string(), customerNumber: z.string(), tier: z.string(), managerName: z.string().nullable(), day: dayText, inFen: fenText, outFen: fenText, thresholdFen: fenText, adbFen: fenText,
  listedIn: z.boolean(), listedOut: z.boolean(), balanceAfterFen: fenText, managerSharePct: z.string().nullable(), parties: z.array(party),
  /** What ends within 30 days: how many and how much. */
  maturing: z.number().int(), maturingFen: fenText, lastContact: dayText.nullable(),
  /** The alerts behind it, the first one still to be answered first. */
  alerts: z.array(z.strictObject({ id: idText, kind: alertKind, state: alertState, reasonCode: reasonCode.nullable(), contactedOn: dayText.nullable() })), mine: z.boolean(),
})
export type MovementView = z.output<typeof movementView>

export const listMovements = endpoint({
  id: 'watch.movements', method: 'GET', path: '/api/movements',
  text: { zh: '查看大额变动', en: 'See large movements' },
  permission: 'watch.read',
  query: z.strictObject({ ...pageQuery, day: dayText.optional(), direction: z.enum(['IN', 'OUT']).optional(), open: z.stringbool().optional(), managerKey: staffKey.optional(), count: z.enum(['no']).optional() }),
  reply: page(movementView).extend({ day: dayText, days: z.array(z.strictObject({ day: dayText, movements: z.number().int() })) }),
})

const exportRefusals = {
  'nothing-to-export': { status: 422, zh: '未导出。没有符合条件的记录', en: 'Not exported. Nothing fits' },
  'too-many-rows': { status: 422, zh: '未导出。超过 {most} 行。请缩小范围', en: 'Not exported. More than {most} rows. Narrow it down' },
} as const
const purpose = safeText(100, { min: 2 })
const personKey = z.number().int().positive().max(2_147_483_647)

/** The movements of a day as the list shows them. */
export const exportMovements = endpoint({
  id: 'watch.export-movements', method: 'POST', path: '/api/movements/export', text: { zh: '导出大额变动', en: 'Export large movements' }, permission: 'watch.export', raw: true,
  body: z.strictObject({ day: dayText.optional(), direction: z.enum(['IN', 'OUT']).optional(), open: z.boolean().optional(), managerKey: personKey.optional(), purpose }),
  reply: z.unknown(), refusals: exportRefusals,
})

/** What customers lack, or keep at other banks. */
export const exportGaps = endpoint({
  id: 'watch.export-gaps', method: 'POST', path: '/api/gaps/export', text: { zh: '导出产品缺口与他行回流', en: 'Export gaps and leakage' }, permission: 'watch.export', raw: true,
  body: z.strictObject({ kind: z.enum(['GAP', 'LEAKAGE']), rule: z.string().regex(/^[A-Z0-9_]{1,40}$/, { error: 'code' }).optional(), state: alertState.default('OPEN'), mine: z.boolean().default(false), purpose }),
  reply: z.unknown(), refusals: exportRefusals,
})

/** Names that customers pay or are paid by. Which customers: only those in the reader's scope. */
export const exportLeads = endpoint({
  id: 'watch.export-leads', method: 'POST', path: '/api/leads/export', text: { zh: '导出上下游线索', en: 'Export leads from payments' }, permission: 'watch.export', raw: true,
  body: z.strictObject({ direction: z.enum(['PAYEE', 'BUYER']), state: z.enum(['OPEN', 'TAKEN', 'EXPLAINED']).default('OPEN'), purpose }),
  reply: z.unknown(), refusals: exportRefusals,
})
