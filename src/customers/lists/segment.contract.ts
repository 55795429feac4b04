import { z } from 'zod'
import { endpoint, type Refusals } from '../../foundation/http/contract.ts'
import { idText, newIdText, safeText } from '../../foundation/values/api-values.ts'
import { customerRow } from '../customer.contract.ts'

/** What a condition may ask. Which of them fit a field is said by its type (segment.rules.ts). */
export const segmentOps = ['IN', 'NOT_IN', 'AT_LEAST', 'AT_MOST', 'BETWEEN', 'FROM', 'UNTIL', 'LAST_DAYS', 'NEXT_DAYS', 'OVER_DAYS_AGO', 'EMPTY', 'PRESENT', 'CONTAINS', 'STARTS', 'YES', 'NO'] as const
export type SegmentOp = (typeof segmentOps)[number]
export const segmentTypes = ['choice', 'amount', 'number', 'day', 'anniversary', 'text', 'flag'] as const

const condition = z.strictObject({
  field: z.string().regex(/^[a-z][A-Za-z]{1,39}$/, { error: 'field' }), op: z.enum(segmentOps),
  /** Codes, keys or ids of a choice; fen; whole numbers; days; days as a count; text. */
  values: z.array(safeText(60)).max(50),
})
const match = z.enum(['ALL', 'ANY'])
/** Groups of conditions: within a group and between the groups all or any must hold. */
export const segmentDefinition = z.strictObject({ match, groups: z.array(z.strictObject({ match, conditions: z.array(condition).min(1).max(20) })).min(1).max(6) })
export type SegmentDefinition = z.output<typeof segmentDefinition>
export type SegmentCondition = z.output<typeof condition>

/** With whom something is shared: nobody, or everybody whose line lies in mine, perhaps only those of one post. */
export const sharing = z.strictObject({ with: z.enum(['NONE', 'LINE']), post: z.string().regex(/^[A-Z][A-Z_]{1,39}$/, { error: 'post' }).nullable().default(null) })
export type Sharing = z.output<typeof sharing>

const text = z.strictObject({ zh: z.string(), en: z.string() })
const fieldView = z.strictObject({
  code: z.string(), group: text, label: text, type: z.enum(segmentTypes), ops: z.array(z.enum(segmentOps)),
  /** Of a choice. */
  options: z.array(z.strictObject({ value: z.string(), label: text })).nullable(),
})
export type SegmentFieldView = z.output<typeof fieldView>

const segmentView = z.strictObject({
  id: z.string(), name: z.string(), about: z.string().nullable(), definition: segmentDefinition, mine: z.boolean(), ownerName: z.string(), shared: z.boolean(), sharedPost: z.string().nullable(), changedAt: z.string(),
})
export type SegmentView = z.output<typeof segmentView>

const place = '第 {group} 组第 {place} 个条件'
const placeEn = 'condition {place} of group {group}'
const conditionRefusals = {
  'too-many-conditions': { status: 422, zh: '未能查询。最多 {most} 个条件', en: 'Not worked out. At most {most} conditions' },
  'field-unknown': { status: 422, zh: `未能查询。${place}：没有这个字段`, en: `Not worked out. There is no such field in ${placeEn}` },
  'operator-wrong': { status: 422, zh: `未能查询。${place}：该字段不能这样比较`, en: `Not worked out. The field cannot be compared so in ${placeEn}` },
  'value-wrong': { status: 422, zh: `未能查询。${place}：值不符合要求`, en: `Not worked out. The value does not fit in ${placeEn}` },
} as const satisfies Refusals
const nameTaken = { status: 409, zh: '未能保存。您已有同名客群', en: 'Not saved. You have a segment of this name' }
const notYours = { status: 403, zh: '未能保存。只有建立人可以修改，您可以另存', en: 'Not saved. Only its maker may change it; save it as your own' }
const meanwhile = { status: 409, zh: '未能保存。客群已在别处修改。请刷新后核对', en: 'Not saved. It was changed elsewhere. Reload and compare' }

export const listSegments = endpoint({
  id: 'segments.list', method: 'GET', path: '/api/segments',
  text: { zh: '查看客群', en: 'List segments' },
  permission: 'customer.segment',
  reply: z.strictObject({ items: z.array(segmentView) }),
})
export const listSegmentFields = endpoint({
  id: 'segments.fields', method: 'GET', path: '/api/segments/fields',
  text: { zh: '查看客群可用的字段', en: 'Fields of segments' },
  permission: 'customer.segment',
  reply: z.strictObject({ fields: z.array(fieldView), mostConditions: z.number().int() }),
})
/** How many customers of one's scope it finds, and the first of them. Nothing is stored. */
export const trySegment = endpoint({
  id: 'segments.try', method: 'POST', path: '/api/segments/try',
  text: { zh: '试算客群', en: 'Try a segment' },
  permission: 'customer.segment',
  body: z.strictObject({ definition: segmentDefinition }),
  reply: z.strictObject({ count: z.strictObject({ value: z.number().int(), exact: z.boolean() }), rows: z.array(customerRow) }),
  refusals: conditionRefusals,
})
export const createSegment = endpoint({
  id: 'segments.create', method: 'POST', path: '/api/segments',
  text: { zh: '新建客群', en: 'Create a segment' },
  permission: 'customer.segment', writes: 'create',
  body: z.strictObject({ id: newIdText, name: safeText(40), about: safeText(200).nullable().default(null), definition: segmentDefinition, share: sharing }),
  reply: z.strictObject({ id: z.string() }),
  refusals: { ...conditionRefusals, 'name-taken': nameTaken },
})
export const changeSegment = endpoint({
  id: 'segments.change', method: 'PUT', path: '/api/segments/:segmentId',
  text: { zh: '修改客群', en: 'Change a segment' },
  permission: 'customer.segment', writes: 'act',
  params: z.strictObject({ segmentId: idText }),
  body: z.strictObject({ changedAt: z.string().regex(/^[\dTZ:. +-]{10,40}$/, { error: 'instant' }), name: safeText(40), about: safeText(200).nullable().default(null), definition: segmentDefinition, share: sharing }),
  reply: z.strictObject({ id: z.string(), changedAt: z.string() }),
  refusals: { 'segment-not-yours': notYours, 'changed-meanwhile': meanwhile, ...conditionRefusals, 'name-taken': nameTaken },
})
export const endSegment = endpoint({
  id: 'segments.end', method: 'PUT', path: '/api/segments/:segmentId/end',
  text: { zh: '删除客群', en: 'Delete a segment' },
  permission: 'customer.segment', writes: 'act',
  params: z.strictObject({ segmentId: idText }),
  reply: z.strictObject({ id: z.string() }),
  refusals: { 'segment-not-yours': { ...notYours, zh: '未能删除。只有建立人可以删除', en: 'Not deleted. Only its maker may delete it' } },
})
