import { z } from 'zod'
import { endpoint, page, pageQuery } from '../foundation/http/contract.ts'
import { dayText, fenText, idText, safeText } from '../foundation/values/api-values.ts'

export const leadState = z.enum(['OPEN', 'TAKEN', 'EXPLAINED'])
const lead = z.strictObject({
  id: idText, direction: z.enum(['PAYEE', 'BUYER']), name: z.string(), customers: z.number().int(), payments: z.number().int(), sumFen: fenText, months: z.number().int(), lastOn: dayText, memo: z.string().nullable(), state: leadState,
  decidedBy: z.string().nullable(), decidedOn: dayText.nullable(), note: z.string().nullable(),
  /** Those of our customers behind it that the reader sees. */
  known: z.array(z.strictObject({ customerId: idText, name: z.string(), sumFen: fenText })),
})
export type LeadView = z.output<typeof lead>

export const listLeads = endpoint({
  id: 'watch.leads', method: 'GET', path: '/api/leads',
  text: { zh: '查看上下游线索', en: 'See leads from payments' },
  permission: 'watch.read',
  query: z.strictObject({ ...pageQuery, direction: z.enum(['PAYEE', 'BUYER']).default('PAYEE'), state: leadState.default('OPEN') }),
  reply: page(lead),
})

/** A name is taken by one person, who makes it a prospect, or explained. */
export const decideLead = endpoint({
  id: 'watch.decide-lead', method: 'POST', path: '/api/leads/:leadId/decision',
  text: { zh: '认领或说明线索', en: 'Take or explain a lead' },
  permission: 'lead.take', writes: 'act',
  params: z.strictObject({ leadId: idText }),
  body: z.strictObject({ take: z.boolean(), note: safeText(200).nullable().default(null) }),
  reply: z.strictObject({ id: idText, state: leadState }),
  refusals: {
    'lead-decided': { status: 409, zh: '未能保存。{name} 已于 {day} 处理', en: 'Not saved. {name} dealt with it on {day}' },
    'reason-needed': { status: 422, zh: '未能保存。请说明不跟进的原因', en: 'Not saved. Say why it is not followed up' },
    'customer-now': { status: 409, zh: '未能认领。该单位已是本行客户', en: 'Not taken. It is a customer of the bank now' },
  },
})
