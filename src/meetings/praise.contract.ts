import { z } from 'zod'
import { dayText, idText, newIdText, safeText } from '../foundation/values/api-values.ts'
import { endpoint, verdict } from '../foundation/http/contract.ts'

export const praiseSources = ['COLLEAGUE', 'LEADER', 'CUSTOMER'] as const

/** A word of praise for a colleague, read aloud in the next morning meeting. At most three a giver and day; no money, no points. */
export const givePraise = endpoint({
  id: 'praise.give', method: 'POST', path: '/api/praise', text: { zh: '表扬', en: 'Praise' }, permission: 'praise.give', writes: 'create',
  body: z.strictObject({ id: newIdText, toKey: z.number().int().positive().max(2_147_483_647), content: safeText(200, { min: 4, multiline: true }), source: z.enum(praiseSources) }), reply: z.strictObject({ id: idText }),
  refusals: {
    'praise-oneself': { status: 422, zh: '未能提交。不能表扬本人', en: 'Not given. Nobody praises himself' },
    'not-employed': { status: 422, zh: '未能提交。所选同事不在职', en: 'Not given. The colleague is not employed' },
    'three-today': { status: 409, zh: '未能提交。每人每天最多表扬 3 次', en: 'Not given. At most three a day' },
  },
})

const praise = z.strictObject({ id: idText, from: z.string(), to: z.string(), content: z.string(), source: z.enum(praiseSources), day: dayText, may: z.strictObject({ retract: verdict }) })
export type PraiseView = z.output<typeof praise>

/** Praise of the last 60 days: everybody's, or of one person. */
export const listPraise = endpoint({
  id: 'praise.list', method: 'GET', path: '/api/praise', text: { zh: '查看表扬', en: 'See praise' }, permission: 'praise.give',
  query: z.strictObject({ toKey: z.coerce.number().int().positive().max(2_147_483_647).optional() }), reply: z.strictObject({ items: z.array(praise) }),
})

/** Its giver takes it back until the end of the next day. */
export const retractPraise = endpoint({
  id: 'praise.retract', method: 'POST', path: '/api/praise/:praiseId/retract', text: { zh: '收回表扬', en: 'Retract praise' }, permission: 'praise.give', writes: 'act', params: z.strictObject({ praiseId: idText }), reply: z.strictObject({ id: idText }),
  refusals: { 'not-yours': { status: 403, zh: '只有表扬人可以收回', en: 'Only its giver may retract it' }, 'too-late': { status: 409, zh: '未能收回。已超过一天', en: 'Not retracted. More than a day has passed' }, 'retracted-already': { status: 409, zh: '此表扬已收回', en: 'It is retracted already' } },
})
