import { z } from 'zod'
import { endpoint, type Refusals } from '../../foundation/http/contract.ts'
import { dayText, idText, safeText } from '../../foundation/values/api-values.ts'
import { customerFiltersInBody, listRefusals } from '../customer.contract.ts'

const staffKey = z.number().int().min(1).max(2_000_000_000)
/** Customers chosen one by one, or everything that filters find. */
export const selection = z.strictObject({ ids: z.array(idText).min(1).max(2000).optional(), filters: z.strictObject(customerFiltersInBody).optional() })
export type Selection = z.output<typeof selection>

/** Why an act is not possible for a customer of the batch. */
export const batchReasons = {
  'not-there': { zh: '不在您的权限内', en: 'not within your rights' },
  'not-your-customer': { zh: '不由您或您的机构管理', en: 'not looked after by you or your unit' },
  closed: { zh: '已销户', en: 'closed' },
  'tagged-already': { zh: '已有该标签', en: 'has the tag' },
  'not-tagged': { zh: '没有该标签', en: 'has not the tag' },
  'planned-already': { zh: '当天已有计划', en: 'planned for that day already' },
  'no-manager': { zh: '没有客户经理', en: 'has no manager' },
  'same-assignment': { zh: '已由该客户经理主办', en: 'is with this manager already' },
  shared: { zh: '有协办，须逐户指派份额', en: 'is shared: give the shares one by one' },
  'later-assignment': { zh: '其后已有指派', en: 'has a later assignment' },
  'in-hand-over': { zh: '正在办理移交', en: 'on a hand-over list' },
  limit: { zh: '超出客户经理管户上限', en: 'beyond what the manager may look after' },
  other: { zh: '不符合指派条件', en: 'may not be assigned' },
} as const
export type BatchReason = keyof typeof batchReasons
const reason = z.enum(Object.keys(batchReasons) as [BatchReason, ...BatchReason[]])

/** "180 位：176 位可办理，4 位不可", with the reasons. */
const judged = { total: z.number().int(), possible: z.number().int(), not: z.array(z.strictObject({ reason, count: z.number().int(), examples: z.array(z.string()) })) }
export type JudgedBatch = { total: number; possible: number; not: { reason: BatchReason; count: number; examples: string[] }[] }

const refusals = {
  ...listRefusals,
  'nothing-selected': { status: 422, zh: '未能办理。没有选中客户', en: 'Not done. No customer is selected' },
  'too-many-selected': { status: 422, zh: '未能办理。一次最多 {most} 位，请先筛选', en: 'Not done. At most {most} customers at a time; filter first' },
} as const satisfies Refusals
const tagGone = { 'tag-gone': listRefusals['tag-gone'] }
const managerRefusals = {
  'not-a-manager': { status: 422, zh: '未能指派。所选人员在该日不能管户', en: 'Not assigned. The person cannot look after customers on that day' },
  'not-your-unit': { status: 422, zh: '未能指派。所选客户经理不在您的机构内。跨机构请办理移交', en: 'Not assigned. The manager is not in your unit. Hand over across units' },
  'assign-day': { status: 422, zh: '未能指派。起始日须在本月 1 日至今天之间', en: 'Not assigned. The first day lies between the first of this month and today' },
} as const satisfies Refusals

export const batchTag = endpoint({
  id: 'customers.batch-tag', method: 'POST', path: '/api/customers/batch/tag',
  text: { zh: '批量打标签', en: 'Tag customers' },
  permission: 'customer.batch', writes: 'act',
  /** `dryRun`: only judged. */
  body: z.strictObject({ selection, tagId: idText, take: z.enum(['ON', 'OFF']), dryRun: z.boolean().default(false) }),
  reply: z.strictObject({ ...judged, done: z.number().int() }),
  refusals: { ...tagGone, ...refusals },
})
export const batchPlan = endpoint({
  id: 'customers.batch-plan', method: 'POST', path: '/api/customers/batch/plan',
  text: { zh: '批量计划联系', en: 'Plan contacts' },
  permission: 'customer.batch', writes: 'act',
  body: z.strictObject({ selection, plannedOn: dayText, subject: safeText(60), dryRun: z.boolean().default(false) }),
  reply: z.strictObject({ ...judged, done: z.number().int() }),
  refusals: { 'plan-day': { status: 422, zh: '未能计划。日期须在今天之后一年内', en: 'Not planned. The day lies within a year from today' }, ...refusals },
})
export const batchAssign = endpoint({
  id: 'customers.batch-assign', method: 'POST', path: '/api/customers/batch/assign',
  text: { zh: '批量指派客户经理', en: 'Assign customers' },
  permission: 'customer.batch-assign', writes: 'act',
  body: z.strictObject({ selection, staffKey, from: dayText, reason: safeText(200), dryRun: z.boolean().default(false) }),
  /** `load`: how full the manager is with those that are possible. */
  reply: z.strictObject({ ...judged, load: z.strictObject({ ratio: z.string(), verdict: z.enum(['OK', 'WARN', 'STOP']) }).nullable(), done: z.number().int() }),
  refusals: { ...managerRefusals, ...refusals },
})
