import { z } from 'zod'
import { endpoint } from '../../foundation/http/contract.ts'
import { fenText, idText, monthText, safeText } from '../../foundation/values/api-values.ts'

export const profitGroups = ['PRODUCT', 'OUTLET', 'MANAGER'] as const
const group = z.enum(profitGroups)
export type ProfitGroup = z.output<typeof group>
const both = z.strictObject({ zh: z.string(), en: z.string() })
const key = z.coerce.number().int().positive().max(2_147_483_647)
/** In a body a number is a number and no text. */
const sentKey = z.number().int().positive().max(2_147_483_647)
/** Narrowed to an outlet, a manager, a product; what nobody held has no manager. */
const narrowed = { month: monthText.optional(), by: group.optional(), place: key.optional(), staff: key.optional(), part: safeText(60, { min: 1 }).optional() }
export type ProfitQuery = z.output<z.ZodObject<typeof narrowed>>

/** Simulated profit (2.9) of one's own scope in a month, by product, outlet or manager: the parts sum to the whole, whichever way they are told. */
export const getProfitView = endpoint({
  id: 'value.profit', method: 'GET', path: '/api/profit', text: { zh: '查看本人或本机构模拟利润', en: 'See the simulated profit of one’s own scope' }, permission: 'profit.read', query: z.strictObject(narrowed),
  reply: z.strictObject({
    /** Null: no month was worked out yet. */
    month: monthText.nullable(), months: z.array(monthText), before: monthText.nullable(), currency: z.string(), by: group, groups: z.array(group),
    /** The prices and parameters are still those of the installation. */
    example: z.boolean(), missing: z.array(z.string()),
    narrowed: z.strictObject({ place: z.string().nullable(), staff: z.string().nullable(), part: both.nullable() }),
    amountFen: fenText, beforeFen: fenText.nullable(),
    /** Largest first. `key` null: what nobody held. `customers`: of a manager. */
    parts: z.array(z.strictObject({ key: z.string().nullable(), name: both.nullable(), unitName: z.string().nullable(), customers: z.number().int().nullable(), amountFen: fenText, beforeFen: fenText.nullable() })),
  }),
})
export type ProfitView = z.output<typeof getProfitView.reply>

/** The customers behind the figure of a manager: what they earned and what of it is his. Who is no longer in the reader's scope stands in `others`. */
export const listProfitCustomers = endpoint({
  id: 'value.profit-customers', method: 'GET', path: '/api/profit/customers', text: { zh: '查看模拟利润的客户构成', en: 'See the customers behind a simulated profit' }, permission: 'profit.read',
  query: z.strictObject({ month: monthText, staff: key, part: safeText(60, { min: 1 }).optional() }),
  reply: z.strictObject({
    currency: z.string(), items: z.array(z.strictObject({ customerId: idText, number: z.string().nullable(), name: z.string(), tier: z.string(), amountFen: fenText })),
    others: z.strictObject({ amountFen: fenText }), amountFen: fenText,
  }),
})

export const exportProfit = endpoint({
  id: 'value.export-profit', method: 'POST', path: '/api/profit/export', text: { zh: '导出模拟利润', en: 'Export the simulated profit of one’s own scope' }, permission: 'profit.read', raw: true,
  body: z.strictObject({ ...narrowed, place: sentKey.optional(), staff: sentKey.optional(), purpose: safeText(100, { min: 2 }) }), reply: z.unknown(),
  refusals: { 'nothing-to-export': { status: 422, zh: '未导出。权限范围内还没有算出模拟利润的月份', en: 'Not exported. No month of your scope was worked out yet' } },
})
