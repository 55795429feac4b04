import { z } from 'zod'
import { endpoint } from '../../foundation/http/contract.ts'
import { dayText, decimalText, fenText, monthText, safeText } from '../../foundation/values/api-values.ts'
import { stepShape } from '../statement.contract.ts'

const short = safeText(30, { min: 1 })
const positiveFen = fenText.refine((text) => !text.startsWith('-') && text !== '0', { error: 'amount' })
const code = z.string().max(31).regex(/^[A-Z][A-Z0-9_]*$/)
/** What one's last statement was worked out from, and what may be added to it in thought. */
export const openWhatIf = endpoint({
  id: 'whatIf.open', method: 'GET', path: '/api/what-if', text: { zh: '查看自己的测算依据', en: 'Read what one’s pay can be tried with' }, permission: 'statement.read-own',
  reply: z.strictObject({
    ground: z.strictObject({
      month: monthText, scheme: z.strictObject({ code: z.string(), version: z.number().int(), name: z.string(), nameEn: z.string() }), payableFen: fenText,
      /** Products of loans that may be added; null: a scheme of indicators. */
      loanProducts: z.array(z.strictObject({ code: z.string(), name: z.string(), nameEn: z.string() })).nullable(),
      indicators: z.array(z.strictObject({ code: z.string(), name: z.string(), nameEn: z.string(), target: z.string().nullable(), actual: z.string().nullable() })),
    }).nullable(),
  }),
})
/** "Two more loans of 500,000 yuan": the last month again with these, by the same engine; nothing is kept. */
export const tryWhatIf = endpoint({
  id: 'whatIf.try', method: 'POST', path: '/api/what-if', text: { zh: '测算自己的绩效', en: 'Try what one’s pay would be' }, permission: 'statement.read-own',
  body: z.strictObject({
    loans: z.array(z.strictObject({ product: short, count: z.number().int().min(1).max(1000), amountFen: positiveFen, paidOutOn: dayText })).max(20), deposits: z.array(z.strictObject({ amountFen: positiveFen, from: dayText })).max(20),
    indicators: z.array(z.strictObject({ code, by: decimalText(2) })).max(30),
  }),
  reply: z.strictObject({ month: monthText, beforeFen: fenText, afterFen: fenText, steps: z.array(stepShape) }),
  refusals: {
    'no-statement': { status: 409, zh: '未能测算。还没有结算过您的月份', en: 'Not worked out. No month of yours is settled yet' },
    'not-of-the-scheme': { status: 422, zh: '未能测算。您的方案没有 {code}', en: 'Not worked out. Your scheme has no {code}' },
    'outside-month': { status: 422, zh: '未能测算。{code} 不在所测算的月份内。请改日期', en: 'Not worked out. {code} does not lie in the month that is tried. Change the day' },
  },
})
