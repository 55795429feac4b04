import { z } from 'zod'
import { endpoint } from '../foundation/http/contract.ts'
import { dayText, decimalText, fenText, safeText } from '../foundation/values/api-values.ts'
import { schemeBlock } from './block.contract.ts'
import { stepShape } from './statement.contract.ts'

/** Rules of pay that can be tried with typed numbers: the same functions that a settlement uses, nothing is kept. */
export const blockSchemes = ['SCORECARD', 'HUNDRED'] as const
export type BlockScheme = (typeof blockSchemes)[number]
const amount = decimalText(2)
const code = z.string().regex(/^[A-Z][A-Z0-9_]{0,30}$/)
const mark = decimalText(2).refine((text) => !text.startsWith('-') && Number(text) <= 100, { error: 'mark' })
const share = decimalText(4).refine((text) => !text.startsWith('-') && Number(text) <= 1, { error: 'share' })
const event = z.enum(['RED', 'AMBER'])
const short = safeText(30, { min: 1 })
const few = <S extends z.ZodType>(shape: S) => z.array(shape).max(200)

/** The schemes with their blocks: parts, weights, bands, order of operations; readable by each person they may pay. */
export const listBlockSchemes = endpoint({
  id: 'listBlockSchemes', method: 'GET', path: '/api/block-schemes', text: { zh: '查看方案模块', en: 'Read schemes and their blocks' }, permission: 'scheme.read',
  reply: z.strictObject({ schemes: z.array(z.strictObject({ code: z.enum(blockSchemes), name: z.strictObject({ zh: z.string(), en: z.string() }), blocks: z.array(schemeBlock) })), currency: z.string(), asOf: dayText }),
})

const scheme = z.strictObject({
  kind: z.literal('SCHEME'), scheme: z.enum(blockSchemes),
  /** The first day of the period: phases are read by it. */
  from: dayText, grade: short.nullable(), isDeferred: z.boolean(), excess: z.enum(['BLENDED', 'PROFIT_ONLY']).optional(), baseFen: fenText, events: z.array(event).max(2),
  indicators: z.array(z.strictObject({ code, target: amount.nullable(), actual: amount.nullable() })).max(100), marks: z.array(z.strictObject({ code, mark })).max(50), carryInFen: fenText, correctionFen: fenText,
})
const support = z.strictObject({
  kind: z.literal('SUPPORT'), frontLineFen: few(fenText), daysInMonth: z.number().int().min(28).max(31),
  departments: few(z.strictObject({ code: short, marks: z.strictObject({ answerOnTime: mark, rightFirstTime: mark, disputes: mark, frontLineRating: mark }).nullable(), staffWeight: decimalText(2), riskControl: z.boolean() })),
  members: few(z.strictObject({ department: short, person: short, gradeFactor: decimalText(4), mark, daysInPost: z.number().int().min(0).max(31), events: z.array(event).max(2) })),
})
const clawBack = z.strictObject({ kind: z.literal('CLAW_BACK'), paidNowFen: fenText, ratio: share, tranches: few(z.strictObject({ due: dayText, fen: fenText, state: z.enum(['HELD', 'RELEASED']) })) })
const annual = z.strictObject({ kind: z.literal('ANNUAL'), task: amount.nullable(), taskBefore: amount.nullable(), changedJob: z.boolean(), competency: amount.nullable(), management: amount.nullable() })
const sample = z.strictObject({ kind: z.literal('SAMPLE'), seed: z.number().int().min(0).max(2_000_000_000), objects: few(z.strictObject({ id: short, loanFen: fenText.nullable() })) })

const found = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('SCHEME'), steps: z.array(stepShape), flags: z.array(z.strictObject({ block: z.string(), item: z.string(), why: z.string() })), payableFen: fenText }),
  z.strictObject({
    kind: z.literal('SUPPORT'), frontLineFen: fenText, poolFen: fenText, paidFen: fenText, heldFen: fenText, unpaidFen: fenText,
    departments: z.array(z.strictObject({ code: z.string(), parts: z.array(z.string()).nullable(), score: z.string().nullable(), payFen: fenText, heldFen: fenText, why: z.string().nullable() })),
    members: z.array(z.strictObject({ department: z.string(), person: z.string(), weight: z.string(), shareFen: fenText, payFen: fenText, why: z.string().nullable() })),
  }),
  z.strictObject({ kind: z.literal('CLAW_BACK'), forfeitedFen: fenText, paidFen: fenText, claimFen: fenText, tranches: z.array(z.strictObject({ due: dayText, fen: fenText, forfeitedFen: fenText, state: z.string() })) }),
  z.strictObject({ kind: z.literal('ANNUAL'), improvement: z.strictObject({ change: z.string().nullable(), points: z.string(), why: z.string().nullable() }), management: z.string().nullable(), parts: z.array(z.string().nullable()), score: z.string().nullable() }),
  z.strictObject({ kind: z.literal('SAMPLE'), size: z.number().int(), drawn: z.array(z.string()) }),
])
export type Tried = z.output<typeof found>
export type Trial = z.output<typeof trial>
const trial = z.discriminatedUnion('kind', [scheme, support, clawBack, annual, sample])

export const tryRule = endpoint({
  id: 'tryRule', method: 'POST', path: '/api/rule-trials', text: { zh: '试算考核规则', en: 'Try a rule of pay' }, permission: 'scheme.read', body: z.strictObject({ trial }), reply: z.strictObject({ found }),
  refusals: {
    'twice-named': { status: 422, zh: '未能试算。{name} 出现两次。请合并或改名', en: 'Not worked out. {name} stands twice. Put them together or rename one' },
    'negative-amount': { status: 422, zh: '未能试算。已发、延期和基数金额不能为负。请修改金额', en: 'Not worked out. What was paid, deferred or is the base cannot be negative. Change the amount' },
    'unknown-indicator': { status: 422, zh: '未能试算。方案中没有指标 {name}', en: 'Not worked out. The scheme has no indicator {name}' },
    'unknown-department': { status: 422, zh: '未能试算。人员所在部门 {name} 不在部门表中', en: 'Not worked out. The department {name} of a person is not in the list' },
  },
})
