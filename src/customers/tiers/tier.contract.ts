import { z } from 'zod'
import { endpoint, page, pageQuery, verdict } from '../../foundation/http/contract.ts'
import { dayText, fenText, idText, monthText, newIdText, safeText } from '../../foundation/values/api-values.ts'

export const tiers = ['T1', 'T2', 'T3', 'T4', 'P'] as const
export const tierCode = z.enum(tiers)
export const moveStates = ['WAITING', 'APPLIED', 'CONFIRMED', 'DECLINED', 'REPLACED'] as const

const move = z.strictObject({
  id: idText, month: z.string(), from: tierCode, to: tierCode, state: z.enum(moveStates), effectiveOn: dayText.nullable(), proposedOn: dayText, reason: z.string(), version: z.string().nullable(),
  /** The evidence: average of the month, contribution of twelve months where it was known. */
  adbFen: fenText.nullable(), contributionFen: fenText.nullable(), owes: z.boolean().nullable(), strategic: z.boolean().nullable(),
  decidedBy: z.string().nullable(), decidedOn: dayText.nullable(), decisionNote: z.string().nullable(),
})
export type TierMove = z.output<typeof move>

const moveFilters = { state: z.enum(moveStates).optional(), month: monthText.optional(), from: tierCode.optional(), to: tierCode.optional() }
export type MoveFilters = z.output<z.ZodObject<typeof moveFilters>>

export const listTierMoves = endpoint({
  id: 'tier-moves.list', method: 'GET', path: '/api/tier-moves', text: { zh: '查看层级变动', en: 'See moves between tiers' }, permission: 'tier.read',
  query: z.strictObject({ ...pageQuery, ...moveFilters }),
  reply: page(move.extend({ customerId: idText, number: z.string(), name: z.string(), managerName: z.string().nullable(), may: verdict })),
})

/** The same list as a workbook, the rows that the filters find. */
export const exportTierMoves = endpoint({
  id: 'tier-moves.export', method: 'POST', path: '/api/tier-moves/export', text: { zh: '导出层级变动', en: 'Export moves between tiers' }, permission: 'tier.export', raw: true,
  body: z.strictObject({ ...moveFilters, purpose: safeText(100, { min: 2 }) }),
  reply: z.unknown(),
  refusals: {
    'nothing-to-export': { status: 422, zh: '未导出。没有符合条件的变动', en: 'Not exported. No move fits' },
    'too-many-rows': { status: 422, zh: '未导出。超过 {most} 行。请缩小范围', en: 'Not exported. More than {most} rows. Narrow it down' },
  },
})

/** Who moved when: how many of the reader's customers went from a tier to another, by the month from which the new tier holds. */
export const readTierMatrix = endpoint({
  id: 'tier-moves.matrix', method: 'GET', path: '/api/tier-matrix', text: { zh: '查看层级变动矩阵', en: 'See the matrix of tiers' }, permission: 'tier.read',
  query: z.strictObject({ months: z.enum(['6', '12', '24']).default('12') }),
  reply: z.strictObject({
    asOf: dayText, months: z.array(z.string()), cells: z.array(z.strictObject({ month: z.string(), from: tierCode, to: tierCode, customers: z.number().int() })),
    waiting: z.number().int(), oldestWaiting: dayText.nullable(),
    held: z.array(z.strictObject({ tier: tierCode, customers: z.number().int() })),
  }),
})

const strategicEntry = z.strictObject({
  id: idText, from: dayText, to: dayText.nullable(), reason: z.string(), proposedBy: z.string(), proposedOn: dayText, decision: z.enum(['CONFIRMED', 'RETURNED']).nullable(), decidedBy: z.string().nullable(), decidedOn: dayText.nullable(),
  decisionNote: z.string().nullable(), endOn: dayText.nullable(), endReason: z.string().nullable(), endProposedBy: z.string().nullable(), endDecidedBy: z.string().nullable(),
  may: z.strictObject({ decide: verdict, end: verdict }),
})
export type StrategicEntry = z.output<typeof strategicEntry>

export const getCustomerTier = endpoint({
  id: 'customers.tier', method: 'GET', path: '/api/customers/:customerId/tier', text: { zh: '查看客户层级', en: 'See a customer\'s tier' }, permission: 'customer.read', opens: 'customerId', params: z.strictObject({ customerId: idText }),
  reply: z.strictObject({
    asOf: dayText, held: z.array(z.strictObject({ tier: tierCode, from: dayText, to: dayText.nullable(), reason: z.string().nullable(), version: z.string().nullable() })),
    moves: z.array(move.extend({ may: verdict })), strategic: z.array(strategicEntry), mayPropose: verdict,
  }),
})

export const decideTierMove = endpoint({
  id: 'tier-moves.decide', method: 'POST', path: '/api/customers/:customerId/tier-moves/:moveId/decision', text: { zh: '确认层级变动', en: 'Decide on a move between tiers' }, permission: 'tier.decide', opens: 'customerId', writes: 'act',
  params: z.strictObject({ customerId: idText, moveId: idText }),
  body: z.strictObject({ decision: z.enum(['CONFIRMED', 'DECLINED']), note: safeText(200).optional() }),
  reply: z.strictObject({ id: idText, effectiveOn: dayText.nullable() }),
  refusals: {
    'decided-already': { status: 409, zh: '未能处理。此项变动已处理，或已被新的评定取代。请刷新后查看', en: 'Not decided. The move was decided, or a newer judgement took its place. Reload to see it' },
    'tier-changed': { status: 409, zh: '未能确认。客户的层级已不是 {from}。请等待下月评定', en: 'Not confirmed. The customer is no longer of tier {from}. Wait for the next judgement' },
    'note-missing': { status: 422, zh: '未能退回。请填写不同意的原因', en: 'Not declined. Say why' },
  },
})

const entryRefusals = {
  'same-person': { status: 409, zh: '未能复核。您是经办人，不能复核。请由另一位负责人复核', en: 'Not decided. You proposed it and cannot check it. Ask a colleague' },
  'decided-already': { status: 409, zh: '未能处理。此项已处理。请刷新后查看', en: 'Not done. It was decided already. Reload to see it' },
  'note-missing': { status: 422, zh: '未能退回。请填写退回原因', en: 'Not returned. Say why' },
} as const

export const proposeStrategic = endpoint({
  id: 'strategic.propose', method: 'POST', path: '/api/customers/:customerId/strategic', text: { zh: '提名战略客户', en: 'Propose a strategic customer' }, permission: 'strategic.change', opens: 'customerId', writes: 'create', params: z.strictObject({ customerId: idText }),
  body: z.strictObject({ id: newIdText, from: dayText, reason: safeText(200, { min: 4 }) }),
  reply: z.strictObject({ id: idText }),
  refusals: {
    'on-the-list': { status: 409, zh: '未能提交。客户已在战略名单，或已有待复核的提名', en: 'Not proposed. The customer stands on the list, or a proposal waits' },
    'begins-in-the-past': { status: 422, zh: '未能提交。起始日不得早于营业日 {today}。请修改起始日', en: 'Not proposed. An entry begins on {today} at the earliest. Change the day' },
  },
})
export const decideStrategic = endpoint({
  id: 'strategic.decide', method: 'POST', path: '/api/customers/:customerId/strategic/:entryId/decision', text: { zh: '复核战略客户', en: 'Decide on a strategic customer' }, permission: 'strategic.change', opens: 'customerId', writes: 'act',
  params: z.strictObject({ customerId: idText, entryId: idText }), body: z.strictObject({ decision: z.enum(['CONFIRMED', 'RETURNED']), note: safeText(200).optional() }), reply: z.strictObject({ id: idText }), refusals: entryRefusals,
})
export const endStrategic = endpoint({
  id: 'strategic.end', method: 'POST', path: '/api/customers/:customerId/strategic/:entryId/end', text: { zh: '提出移出战略名单', en: 'Propose to end a strategic entry' }, permission: 'strategic.change', opens: 'customerId', writes: 'act',
  params: z.strictObject({ customerId: idText, entryId: idText }), body: z.strictObject({ reason: safeText(200, { min: 4 }) }), reply: z.strictObject({ id: idText }),
  refusals: { 'not-on-the-list': { status: 409, zh: '未能提交。此条目不在名单上，或移出已在复核', en: 'Not proposed. The entry is not in force, or its end waits already' } },
})
