import { z } from 'zod'
import { endpoint, page, pageQuery } from '../foundation/http/contract.ts'
import { dayText, fenText, idText, monthText, safeText } from '../foundation/values/api-values.ts'

const staffKey = z.coerce.number().int().positive().max(2_147_483_647)
export const maturityResults = ['RENEWED', 'MOVED', 'LEFT', 'PAID', 'UNKNOWN'] as const
export const maturityResult = z.enum(maturityResults)
export const maturityViews = ['THIS_WEEK', 'NEXT_WEEK', 'NEXT_30', 'OVERDUE', 'MONTH'] as const
export type MaturityView = (typeof maturityViews)[number]

export const maturityRow = z.strictObject({
  id: idText, customerId: idText, customerName: z.string(), customerNumber: z.string(), tier: z.string(), kind: z.string(), name: z.strictObject({ zh: z.string(), en: z.string() }), amountFen: fenText.nullable(), endsOn: dayText,
  /** The first working day from the end on; null where the calendar does not know it. */
  nextWorkday: dayText.nullable(), daysLeft: z.number().int(),
  /** By days left: 1, 7, 30. */
  colour: z.enum(['red', 'orange', 'yellow', 'none']),
  managerName: z.string().nullable(), preparedOn: dayText.nullable(), preparedNote: z.string().nullable(), lastTalk: dayText.nullable(), talkedAbout: z.boolean(),
  result: maturityResult.nullable(), resultOn: dayText.nullable(), resultFen: fenText.nullable(), derived: z.boolean(), mine: z.boolean(),
})
export type MaturityRow = z.output<typeof maturityRow>

export const maturityFilters = { view: z.enum(maturityViews).default('THIS_WEEK'), month: monthText.optional(), kind: z.string().regex(/^[A-Z_]{1,40}$/, { error: 'code' }).optional(), managerKey: staffKey.optional(), customerId: idText.optional() }

export const listMaturities = endpoint({
  id: 'watch.maturities', method: 'GET', path: '/api/maturities',
  text: { zh: '查看到期一本账', en: 'See what ends' },
  permission: 'watch.read',
  query: z.strictObject({ ...pageQuery, ...maturityFilters }),
  reply: page(maturityRow).extend({ asOf: dayText, from: dayText.nullable(), to: dayText, kinds: z.array(z.string()) }),
})

/** The bank's usual sheet: 序号, 客户, 类别, 产品, 金额(万元), 到期日, 客户经理, 联系情况, 结果. */
export const exportMaturities = endpoint({
  id: 'watch.export-maturities', method: 'POST', path: '/api/maturities/export',
  text: { zh: '导出到期一本账', en: 'Export what ends' },
  permission: 'watch.export', raw: true,
  body: z.strictObject({ ...maturityFilters, managerKey: z.number().int().positive().max(2_147_483_647).optional(), purpose: safeText(100, { min: 2 }) }),
  reply: z.unknown(),
  refusals: {
    'nothing-to-export': { status: 422, zh: '未导出。没有符合条件的到期事项', en: 'Not exported. Nothing ends that fits' },
    'too-many-rows': { status: 422, zh: '未导出。超过 {most} 行。请缩小范围', en: 'Not exported. More than {most} rows. Narrow it down' },
  },
})

const key = z.strictObject({ customerId: idText, maturityId: idText })
const gone = { 'maturity-withdrawn': { status: 409, zh: '未能保存。来源系统已不再列示此项', en: 'Not saved. Its source tells it no longer' } } as const

export const prepareMaturity = endpoint({
  id: 'watch.prepare-maturity', method: 'POST', path: '/api/customers/:customerId/maturities/:maturityId/prepare',
  text: { zh: '登记到期准备', en: 'Note how an end is prepared' },
  permission: 'watch.answer', opens: 'customerId', writes: 'act',
  params: key, body: z.strictObject({ note: safeText(300, { min: 2, multiline: true }) }),
  reply: z.strictObject({ id: idText, preparedOn: dayText }),
  refusals: { ...gone, 'result-known': { status: 409, zh: '未能保存。结果已登记', en: 'Not saved. The result is entered already' } },
})

export const setMaturityResult = endpoint({
  id: 'watch.maturity-result', method: 'POST', path: '/api/customers/:customerId/maturities/:maturityId/result',
  text: { zh: '登记到期结果', en: 'Enter what came of an end' },
  permission: 'watch.answer', opens: 'customerId', writes: 'act',
  params: key,
  body: z.strictObject({
    result: maturityResult,
    /** How much was renewed or invested anew; absent: of RENEWED and MOVED all of it, else nothing. */
    renewedFen: fenText.nullable().default(null), note: safeText(300, { multiline: true }).nullable().default(null),
  }),
  reply: z.strictObject({ id: idText }),
  refusals: {
    ...gone,
    'not-ended': { status: 422, zh: '未能登记。{day} 才到期，到期后登记结果', en: 'Not entered. It ends on {day}; enter the result then' },
    'renewed-amount': { status: 422, zh: '未能登记。续作金额须在零与到期金额之间', en: 'Not entered. The renewed amount lies between zero and the amount that ended' },
  },
})

const rate = z.strictObject({
  month: monthText, staffKey: z.number().int().nullable(), name: z.string().nullable(), matured: z.number().int(), maturedFen: fenText, renewedFen: fenText, open: z.number().int(),
  /** Renewed or invested anew ÷ matured × 100; null when nothing matured. */
  ratePct: z.string().nullable(),
})
export type RenewalRate = z.output<typeof rate>

export const getRenewalRates = endpoint({
  id: 'watch.renewal-rates', method: 'GET', path: '/api/maturities/renewal',
  text: { zh: '查看续作率', en: 'See renewal rates' },
  permission: 'watch.read',
  query: z.strictObject({ months: z.coerce.number().int().min(1).max(12).default(3) }),
  reply: z.strictObject({ asOf: dayText, months: z.array(rate), managers: z.array(rate) }),
})
