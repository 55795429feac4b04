import { z } from 'zod'
import { decisionBody, decisionRefusals, endpoint, verdict } from '../../foundation/http/contract.ts'
import { dayText, decimalText, fenText, idText, monthText, newIdText, safeText } from '../../foundation/values/api-values.ts'

export const lineKinds = ['DEPOSIT', 'DEPOSIT_INSURANCE', 'LOAN_INTEREST', 'LOAN_FUNDING', 'LOAN_VAT', 'LOAN_SURCHARGE', 'EXPECTED_LOSS', 'FEES', 'FEE_VAT', 'FEE_SURCHARGE', 'TRANSACTIONS', 'CONTACTS'] as const
const both = z.strictObject({ zh: z.string(), en: z.string() })
const line = z.strictObject({
  kind: z.enum(lineKinds), product: both.nullable(), baseFen: fenText.nullable(), times: z.number().int().nullable(), rate: z.string().nullable(), ftpRate: z.string().nullable(), side: z.enum(['BID', 'OFFER']).nullable(), term: z.number().int().nullable(),
  priceFrom: dayText.nullable(), amountFen: fenText,
})
export type ValueLineView = z.output<typeof line>
const month = z.strictObject({ month: z.string(), preTaxFen: fenText, netFen: fenText, evaFen: fenText })

/** What a customer is worth by funds transfer pricing (2.9): a month with its lines and rates, its development, and the tier's median where enough customers stand beside it. */
export const getCustomerValue = endpoint({
  id: 'customers.contribution', method: 'GET', path: '/api/customers/:customerId/contribution', text: { zh: '查看客户贡献', en: 'See a customer\'s contribution' }, permission: 'customer.read', opens: 'customerId',
  params: z.strictObject({ customerId: idText }), query: z.strictObject({ months: z.enum(['12', '24']).default('12'), month: monthText.optional() }),
  reply: z.strictObject({
    asOf: dayText, currency: z.string(), example: z.boolean(), tier: z.string(),
    /** The month that is opened; null: none was worked out yet. */
    shown: z.strictObject({
      month: z.string(), days: z.number().int(), computedOn: dayText, depositAdbFen: fenText, loanAdbFen: fenText, preTaxFen: fenText, taxFen: fenText, netFen: fenText, capitalFen: fenText, chargeFen: fenText, evaFen: fenText, rarocPct: z.string().nullable(),
      taxRate: z.string(), capitalRatio: z.string(), hurdleRate: z.string(), lines: z.array(line),
      products: z.array(z.strictObject({ product: both, amountFen: fenText, sharePct: z.string().nullable() })),
      /** What no source tells, by name. */
      missing: z.array(z.string()),
      /** Median of the pre-tax contribution of the customers of the same kind and tier; null: fewer than five. */
      median: z.strictObject({ preTaxFen: fenText, customers: z.number().int() }).nullable(),
    }).nullable(),
    months: z.array(month), yearFen: fenText.nullable(),
    loyalty: z.strictObject({
      index: z.string().nullable(), parts: z.array(z.strictObject({ part: z.string(), weight: z.number().int(), points: z.string().nullable(), told: z.string().nullable() })),
    }),
  }),
})
export type CustomerValue = z.output<typeof getCustomerValue.reply>

export const parameterNames = ['demandRate', 'depInsRate', 'vatRate', 'surchargeRate', 'pdCorporate', 'pdPerson', 'lgd', 'riskWeightCorporate', 'riskWeightPerson', 'capitalRatio', 'hurdleRate', 'taxRate', 'taxOnLoss', 'transactionCost', 'contactCost'] as const
const asked = { kind: z.enum(['PRICE', 'PARAMETER']), side: z.enum(['BID', 'OFFER']).nullable(), termMonths: z.number().int().min(0).max(480).nullable(), name: z.enum(parameterNames).nullable(), from: dayText, value: decimalText(8) }
const changed = z.strictObject({
  ...asked, id: idText, name: z.string().nullable(), reason: z.string(), proposedBy: z.string(), proposedOn: dayText, decision: z.enum(['CONFIRMED', 'RETURNED']).nullable(), decidedBy: z.string().nullable(), decidedOn: dayText.nullable(), decisionNote: z.string().nullable(), may: verdict,
})
export type ValueChange = z.output<typeof changed>

/** Prices of funds and parameters with their days, the months that were worked out, and changes that wait. */
export const listValuePrices = endpoint({
  id: 'value.prices', method: 'GET', path: '/api/value-prices', text: { zh: '查看定价与参数', en: 'See prices and parameters' }, permission: 'value.read',
  reply: z.strictObject({
    asOf: dayText, currency: z.string(), nextMonth: dayText,
    prices: z.array(z.strictObject({ side: z.enum(['BID', 'OFFER']), termMonths: z.number().int(), from: dayText, rate: z.string(), example: z.boolean(), basis: z.string(), now: z.boolean() })),
    parameters: z.array(z.strictObject({ name: z.string(), from: dayText, value: z.string(), example: z.boolean(), basis: z.string(), now: z.boolean() })),
    months: z.array(z.strictObject({ month: z.string(), customers: z.number().int(), computedOn: dayText, missing: z.array(z.string()) })),
    changes: z.array(changed), mayChange: verdict, mayCompute: verdict,
  }),
})
const faults = {
  'not-first-of-month': { status: 422, zh: '未能提交。生效日须为某月 1 日。请修改生效日', en: 'Not proposed. It begins on the first of a month. Change the day' },
  'begins-in-the-past': { status: 422, zh: '未能提交。{month} 已计算贡献，生效日须晚于该月。请修改生效日', en: 'Not proposed. {month} was worked out; it begins after that month. Change the day' },
  'what-missing': { status: 422, zh: '未能提交。请选择价格的方向和期限，或选择参数', en: 'Not proposed. Choose side and term of the price, or the parameter' },
  'value-out-of-range': { status: 422, zh: '未能提交。利率和比例须在 0 至 1 之间（风险权重至 12.5，单位成本至 10,000 元）', en: 'Not proposed. Rates lie between 0 and 1 (risk weights up to 12.5, unit costs up to 10,000 yuan)' },
  'same-day': { status: 409, zh: '未能提交。该日已有一个数值。请选择其他生效日', en: 'Not proposed. There is a value of this day. Choose another day' },
} as const
export type ValueFault = keyof typeof faults

export const proposeValue = endpoint({
  id: 'value.propose', method: 'POST', path: '/api/value-changes', text: { zh: '提交定价或参数', en: 'Propose a price or parameter' }, permission: 'value.change', writes: 'create',
  body: z.strictObject({ id: newIdText, ...asked, reason: safeText(200, { min: 4 }) }), reply: z.strictObject({ id: idText }), refusals: faults,
})
export const decideValue = endpoint({
  id: 'value.decide', method: 'POST', path: '/api/value-changes/:changeId/decision', text: { zh: '复核定价或参数', en: 'Decide on a price or parameter' }, permission: 'value.change', writes: 'act',
  params: z.strictObject({ changeId: idText }), body: decisionBody, reply: z.strictObject({ id: idText }),
  refusals: { ...decisionRefusals, ...faults },
})
/** Earlier months, which the night's load does not work out by itself. */
export const computeValue = endpoint({
  id: 'value.compute', method: 'POST', path: '/api/value-months', text: { zh: '补算贡献', en: 'Work out earlier months' }, permission: 'value.compute', ownTransaction: true,
  body: z.strictObject({ months: z.number().int().min(1).max(36) }), reply: z.strictObject({ jobId: idText }),
  refusals: { 'ftp-price-missing': { status: 409, zh: '未能计算。{month} 缺少内部资金价格：{side}，期限 {term} 个月，{day} 起。请先补录价格', en: 'Not worked out. {month} lacks a price of funds: {sideEn}, term {term} months, as of {day}. Add the price first' } },
})
