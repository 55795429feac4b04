import { z } from 'zod'
import { endpoint, verdict } from '../../foundation/http/contract.ts'
import { dayText, decimalText, fenText, idText, monthText, newIdText, safeText } from '../../foundation/values/api-values.ts'
import { schemeBlock, units } from '../block.contract.ts'
import { pointsTerms, tariffEvents } from '../scheme.contract.ts'
import { stepShape } from '../statement.contract.ts'
import { blocksTerms } from './block-terms.contract.ts'
import { supportSchemeTerms } from './support-terms.contract.ts'

export const schemeCodeText = z.string().regex(/^[A-Z][A-Z0-9_]{1,30}$/, { error: 'code' })
const short = safeText(30, { min: 1 })

/** A line of the tariff of a points scheme: points for an item, or for each so many fen. */
export const tariffRow = z.strictObject({ event: z.enum(tariffEvents), points: decimalText(4), unitFen: fenText.nullable(), products: z.array(short).max(30).nullable() })
/** A version of a scheme as it is proposed: of points with its tariff, of blocks, or of the support departments. */
export const schemeVersion = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('POINTS'), terms: pointsTerms.extend({ blocks: z.array(schemeBlock).min(1).max(40) }), tariff: z.array(tariffRow).min(1).max(60) }),
  z.strictObject({ kind: z.literal('BLOCKS'), terms: blocksTerms, tariff: z.array(tariffRow).max(0) }),
  z.strictObject({ kind: z.literal('SUPPORT'), terms: supportSchemeTerms, tariff: z.array(tariffRow).max(0) }),
])
export type SchemeVersion = z.output<typeof schemeVersion>
const asked = { code: schemeCodeText, from: dayText, name: safeText(40, { min: 2 }), nameEn: safeText(60, { min: 2 }), legalBasis: safeText(200, { min: 2 }), authorisation: safeText(60).nullable(), version: schemeVersion }

export const findingCodes = [
  'CODE_TWICE', 'UNKNOWN_VALUE', 'STANDS_LATER', 'WITHOUT_PAYABLE', 'WEIGHTS_NOT_100', 'UNKNOWN_INDICATOR', 'POINT_IN_TIME_DEPOSIT', 'RANK_ONLY', 'PRICE_MISSING', 'BELOW_HEAD_OFFICE', 'AUTHORISATION_UNKNOWN', 'AUTHORISATION_NOT_IN_FORCE', 'AUTHORISATION_OTHER_UNIT', 'CONTEST_OUTSIDE_PLAN', 'PAID_TWICE', 'BEGINS_TOO_EARLY',
  'NOT_FIRST_OF_PERIOD', 'TARIFF_TWICE', 'UNKNOWN_UNIT', 'UNKNOWN_SCHEME', 'DEPARTMENT_WITHIN', 'RISK_CONTROL_IN_POOL', 'RISK_COMPLIANCE_NOT_ABOVE', 'NO_CUSTOMER_OR_GROWTH', 'CONTROL_WITHOUT_BASE', 'RANK_WORDS', 'POINT_IN_TIME_WORDS', 'CONTEST_WORDS',
] as const
/** What the validator says of a scheme: where (a block, an item of it), and what is not right. A REFUSE nobody can override. */
export const finding = z.strictObject({ code: z.enum(findingCodes), level: z.enum(['REFUSE', 'WARN']), block: z.string().nullable(), item: z.string().nullable() })
export type Finding = z.output<typeof finding>

const changeShown = z.strictObject({
  ...asked, id: idText, reason: z.string(), findings: z.array(finding), proposedBy: z.string(), proposedOn: dayText, acknowledgedBy: z.string().nullable(), acknowledgedOn: dayText.nullable(), acknowledgement: z.string().nullable(),
  decision: z.enum(['CONFIRMED', 'RETURNED']).nullable(), decidedBy: z.string().nullable(), decidedOn: dayText.nullable(), decisionNote: z.string().nullable(), may: verdict, mayAcknowledge: verdict,
})
export type SchemeChange = z.output<typeof changeShown>

/** What a scheme is built from: indicators, posts, units, products, the schemes of the house to copy; changes that wait and were decided. */
export const openSchemeDesk = endpoint({
  id: 'schemes.desk', method: 'GET', path: '/api/scheme-desk', text: { zh: '查看方案设计台', en: 'Open the desk of schemes' }, permission: 'scheme.review',
  reply: z.strictObject({
    asOf: dayText, currency: z.string(), mayChange: verdict,
    indicators: z.array(z.strictObject({ code: z.string(), name: z.string(), nameEn: z.string(), direction: z.enum(['UP', 'DOWN']) })), posts: z.array(z.strictObject({ code: z.string(), name: z.string(), nameEn: z.string() })),
    units: z.array(z.strictObject({ code: z.string(), name: z.string(), nameEn: z.string() })),
    /** Versions to begin with: those of the bank (the newest of each) and those that the house brings along. */
    copies: z.array(z.strictObject({ key: z.string(), code: z.string(), name: z.string(), nameEn: z.string(), legalBasis: z.string(), version: schemeVersion })),
    changes: z.array(changeShown),
  }),
})

const mark = decimalText(2).refine((text) => !text.startsWith('-') && Number(text) <= 100, { error: 'mark' })
/** Example inputs of one person: what a settlement would give. */
export const example = z.strictObject({
  from: dayText, grade: short.nullable(), post: short.nullable(), events: z.array(z.enum(['RED', 'AMBER'])).max(2), points: z.array(z.strictObject({ code: short, points: decimalText(2) })).max(40),
  indicators: z.array(z.strictObject({ code: z.string().max(31), target: decimalText(4).nullable(), actual: decimalText(4).nullable() })).max(100), marks: z.array(z.strictObject({ code: z.string().max(31), mark })).max(50),
  values: z.array(z.strictObject({ code: z.string().max(31), unit: z.enum(units), value: z.string().regex(/^-?\d{1,15}(\.\d{1,4})?$/) })).max(40),
})

const event = z.enum(['RED', 'AMBER'])
const person = safeText(30, { min: 1 })
/** Example figures of a month of the support departments: what the front line was paid, the four marks of each department (null: no data), people with their own marks. */
export const supportExample = z.strictObject({
  month: monthText, frontLineFen: z.array(fenText.refine((text) => !text.startsWith('-'))).max(50),
  departments: z.array(z.strictObject({ code: short, marks: z.strictObject({ answerOnTime: mark, rightFirstTime: mark, disputesLost: z.number().int().min(0).max(999), frontLineRating: mark }).nullable() })).max(50),
  people: z.array(z.strictObject({ department: short, name: person, grade: short.nullable(), mark: mark.nullable(), days: z.number().int().min(0).max(31), events: z.array(event).max(2) })).max(200),
  /** Posts of risk control: the quality of their own work. */
  control: z.array(z.strictObject({ name: person, grade: short.nullable(), score: decimalText(2).refine((text) => !text.startsWith('-')).nullable() })).max(200),
})
export type SupportExample = z.output<typeof supportExample>
const supportTried = z.strictObject({
  frontLineFen: fenText, poolFen: fenText, paidFen: fenText, heldFen: fenText, unpaidFen: fenText,
  departments: z.array(z.strictObject({ code: z.string(), score: z.string().nullable(), payFen: fenText, heldFen: fenText, why: z.string().nullable() })),
  /** `department` null: of risk control, never from the pool. */
  people: z.array(z.strictObject({ department: z.string().nullable(), name: z.string(), payFen: fenText, steps: z.array(stepShape) })),
})
export type SupportTried = z.output<typeof supportTried>

/** Works an example out by the blocks, or by the steps of the support departments, and says what the validator finds; keeps nothing. */
export const tryScheme = endpoint({
  id: 'schemes.try', method: 'POST', path: '/api/scheme-trials', text: { zh: '试算方案', en: 'Try a scheme' }, permission: 'scheme.change', body: z.strictObject({ ...asked, example: z.union([example, supportExample]).nullable() }),
  reply: z.strictObject({ findings: z.array(finding), steps: z.array(stepShape).nullable(), payable: z.string().nullable(), flags: z.array(z.strictObject({ block: z.string(), item: z.string(), why: z.string() })), support: supportTried.nullable() }),
  refusals: {
    'example-of-another-kind': { status: 422, zh: '未能试算。示例数字属于另一类方案。请按此方案填写', en: 'Not worked out. The example figures are those of another kind of scheme. Give figures of this one' },
    'example-lacks': { status: 422, zh: '未能试算。示例数字缺少 {names}。请补上后再试算', en: 'Not worked out. The example figures lack {names}. Add them and try again' },
    'unknown-department': { status: 422, zh: '未能试算。{name} 不是此方案的部门。请改为方案中的部门', en: 'Not worked out. {name} is no department of this scheme. Name one of its departments' },
  },
})

const refusalOfScheme = {
  'scheme-refused': { status: 422, zh: '未能提交。方案有 {n} 处必须修改。请按校验结果修改', en: 'Not proposed. Points of the scheme that must be changed: {n}. Change what the findings name' },
  'change-waiting': { status: 409, zh: '未能提交。此方案有一项变更待复核。请先复核或退回', en: 'Not proposed. A change of this scheme waits to be checked. Decide on it first' },
  'another-kind': { status: 409, zh: '未能提交。此代码已是另一类方案。请换一个代码', en: 'Not proposed. This code is a scheme of another kind. Choose another code' },
} as const
export const proposeScheme = endpoint({
  id: 'schemes.propose', method: 'POST', path: '/api/scheme-changes', text: { zh: '提交方案', en: 'Propose a scheme' }, permission: 'scheme.change', writes: 'create',
  body: z.strictObject({ id: newIdText, ...asked, reason: safeText(200, { min: 4 }) }), reply: z.strictObject({ id: idText }), refusals: refusalOfScheme,
})
const decided = { 'decided-already': { status: 409, zh: '未能处理。此变更已处理。请刷新后查看', en: 'Not done. The change was decided already. Reload to see it' } } as const
/** Compliance: the warnings are known and borne, in writing. */
export const acknowledgeScheme = endpoint({
  id: 'schemes.acknowledge', method: 'POST', path: '/api/scheme-changes/:changeId/acknowledgement', text: { zh: '合规确认方案提示', en: 'Acknowledge the warnings of a scheme' }, permission: 'scheme.acknowledge', writes: 'act', params: z.strictObject({ changeId: idText }),
  body: z.strictObject({ text: safeText(300, { min: 10 }) }), reply: z.strictObject({ id: idText }),
  refusals: { ...decided, 'same-person': { status: 409, zh: '未能确认。您是经办人。请由合规部门另一位同事确认', en: 'Not acknowledged. You proposed it. Ask a colleague of compliance' }, 'no-warning': { status: 409, zh: '未能确认。此方案没有需要合规确认的提示', en: 'Not acknowledged. The scheme has no warning' } },
})
/** The second person. Confirmed, the version is readable at once and holds from its day. */
export const decideScheme = endpoint({
  id: 'schemes.decide', method: 'POST', path: '/api/scheme-changes/:changeId/decision', text: { zh: '复核方案', en: 'Decide on a scheme' }, permission: 'scheme.change', writes: 'act', params: z.strictObject({ changeId: idText }),
  body: z.strictObject({ decision: z.enum(['CONFIRMED', 'RETURNED']), note: safeText(200).optional() }), reply: z.strictObject({ id: idText }),
  refusals: {
    ...decided, ...refusalOfScheme,
    'same-person': { status: 409, zh: '未能复核。您是经办人，不能复核。请由另一位同事复核', en: 'Not decided. You proposed it and cannot check it. Ask a colleague' },
    'note-missing': { status: 422, zh: '未能退回。请填写退回原因', en: 'Not returned. Say why' },
    'not-acknowledged': { status: 409, zh: '未能复核。方案有提示，须先由合规部门书面确认', en: 'Not decided. The scheme has warnings: compliance acknowledges them in writing first' },
  },
})

/** "I have read this version": each person whom a scheme pays, before it applies. */
export const readScheme = endpoint({
  id: 'schemes.read', method: 'POST', path: '/api/schemes/:code/versions/:version/reading', text: { zh: '确认已阅方案', en: 'Say that one has read a scheme' }, permission: 'scheme.read', writes: 'act',
  params: z.strictObject({ code: schemeCodeText, version: z.coerce.number().int().min(1).max(10_000) }), reply: z.strictObject({ readOn: dayText }),
})

const count = z.number().int().nullable()
/** Asks for a version as it is written over the last twelve settled months, as if it had been in force since the first of them; the page watches the job. */
export const compareScheme = endpoint({
  id: 'schemes.compare', method: 'POST', path: '/api/scheme-comparisons', text: { zh: '比较方案改动', en: 'Compare a changed scheme' }, permission: 'scheme.change', writes: 'act', body: z.strictObject({ code: schemeCodeText, version: schemeVersion }), reply: z.strictObject({ jobId: idText }),
  refusals: { 'scheme-broken': { status: 422, zh: '未能比较。方案的步骤还不能计算。请先试算并改正', en: 'Not compared. The blocks cannot be worked out yet. Try them and mend them first' } },
})

/** Why an item of a tried month counted for nothing, or had no base. */
export const lackingWhys = ['no-data', 'no-target', 'no-mark', 'no-grade-base', 'no-marketing-score', 'no-team-target'] as const
export type LackingWhy = (typeof lackingWhys)[number]

/** Who gains, who loses, what it costs, how the change is spread; no count of fewer than five people. What could not be measured is named by manager and month. */
export const watchComparison = endpoint({
  id: 'schemes.comparison', method: 'GET', path: '/api/scheme-comparisons/:jobId', text: { zh: '查看方案比较', en: 'Watch a comparison of schemes' }, permission: 'scheme.change', params: z.strictObject({ jobId: idText }),
  reply: z.strictObject({
    state: z.enum(['WAITING', 'RUNNING', 'DONE', 'FAILED', 'STOPPED']), stage: z.string().nullable(), done: z.number().int(), total: z.number().int().nullable(),
    /** Null while it is not done, and when nothing was settled or of fewer than five people. */
    found: z.strictObject({
      from: monthText, to: monthText, months: z.number().int(), people: z.number().int(), gain: count, lose: count, same: count, beforeFen: fenText, afterFen: fenText, carryBeforeFen: fenText, carryAfterFen: fenText,
      buckets: z.array(z.strictObject({ from: fenText.nullable(), to: fenText.nullable(), people: count })),
      lacking: z.array(z.strictObject({ staffNo: z.string(), name: z.string(), code: z.string(), item: z.string().nullable(), itemEn: z.string().nullable(), why: z.enum(lackingWhys), months: z.array(monthText) })), lackingAll: z.number().int(),
    }).nullable(),
  }),
})
