import { z } from 'zod'
import { endpoint, mayDo, page, pageQuery, type Refusals } from '../../foundation/http/contract.ts'
import { dayText, idText, newIdText, safeText } from '../../foundation/values/api-values.ts'

const staffKey = z.number().int().min(1).max(2_000_000_000)
const aSubstitution = z.strictObject({ substitutionId: idText })
const person = z.strictObject({ staffKey: z.number().int(), name: z.string(), staffNo: z.string() })
export const substitutionState = z.enum(['ASKED', 'CONFIRMED', 'REFUSED', 'CANCELLED', 'ENDED'])

export const substitutionRow = z.strictObject({
  id: z.string(), absent: person, substitute: person, from: z.string(), until: z.string(), customers: z.enum(['ALL', 'LIST']), listed: z.number().int(), reason: z.string(), state: substitutionState,
  /** In force today. */
  now: z.boolean(), askedBy: z.string(), confirmedBy: z.string().nullable(),
  /** Agreed to by the rule: the lead had agreed to the pair. */
  byRule: z.boolean(), endReason: z.string().nullable(), may: mayDo,
})
export type SubstitutionRow = z.output<typeof substitutionRow>

export const listSubstitutions = endpoint({
  id: 'substitution.list', method: 'GET', path: '/api/substitutions',
  text: { zh: '查看代班', en: 'List substitutions' },
  permission: 'substitution.read',
  query: z.strictObject({ ...pageQuery, when: z.enum(['NOW', 'COMING', 'PAST']).optional() }),
  reply: page(substitutionRow),
})

/** Who may stand in for a person: of the same line, at least of his grade. */
export const findSubstitutes = endpoint({
  id: 'substitution.find', method: 'GET', path: '/api/substitutes',
  text: { zh: '查找代班人', en: 'Find who may stand in' },
  permission: 'substitution.ask',
  query: z.strictObject({ absentKey: z.coerce.number().int().min(1).max(2_000_000_000).optional() }),
  reply: z.strictObject({ absent: person.nullable(), longest: z.number().int(), items: z.array(person.extend({ grade: z.string().nullable(), agreed: z.boolean() })) }),
})

export const askSubstitution = endpoint({
  id: 'substitution.ask', method: 'POST', path: '/api/substitutions',
  text: { zh: '申请代班', en: 'Ask for a substitution' },
  permission: 'substitution.ask', writes: 'create',
  body: z.strictObject({
    id: newIdText,
    /** Absent: the one who asks. A lead asks for his people. */
    absentKey: staffKey.optional(), substituteKey: staffKey, from: dayText, until: dayText, reason: safeText(200, { min: 2 }), customers: z.union([z.literal('ALL'), z.array(idText).min(1).max(500)]),
  }),
  reply: z.strictObject({ id: z.string(), state: substitutionState }),
  refusals: {
    'not-your-absent': { status: 403, zh: '未能申请。只能为本人或本机构的客户经理申请', en: 'Not asked. Ask for yourself or for a manager of your unit' },
    'same-person': { status: 422, zh: '未能申请。代班人须为他人', en: 'Not asked. Somebody else stands in' },
    'days-wrong': { status: 422, zh: '未能申请。起始日不能早于今天，截止日不能早于起始日', en: 'Not asked. The first day is not before today, the last not before the first' },
    'calendar-unknown': { status: 422, zh: '未能申请。工作日历中还没有 {day}，请联系管理员', en: 'Not asked. The calendar does not know {day}' },
    'too-long': { status: 422, zh: '未能申请。共 {days} 个工作日，最长 {most} 个，更长请办理移交', en: 'Not asked. {days} working days; at most {most}. For longer, hand over' },
    'other-line': { status: 422, zh: '未能申请。代班人须与本人同一条线', en: 'Not asked. The substitute is of the same line' },
    'lower-grade': { status: 422, zh: '未能申请。代班人等级不能低于离岗人', en: 'Not asked. The substitute has at least the same grade' },
    'has-no-customers': { status: 422, zh: '未能申请。离岗人名下没有客户，或所选客户不在其名下', en: 'Not asked. The absent person holds no customers, or not those chosen' },
    'overlaps': { status: 409, zh: '未能申请。{name}在 {from} 至 {until} 已有代班安排', en: 'Not asked. {name} has a substitution from {from} to {until}' },
  },
})

const notOpen = { 'not-asked': { status: 409, zh: '未能办理。该代班已有结果', en: 'Not done. This substitution was decided' } } as const satisfies Refusals

export const confirmSubstitution = endpoint({
  id: 'substitution.confirm', method: 'PUT', path: '/api/substitutions/:substitutionId/decision',
  text: { zh: '确认代班', en: 'Confirm a substitution' },
  permission: 'substitution.confirm', writes: 'act',
  params: aSubstitution,
  body: z.strictObject({
    agree: z.boolean(), reason: safeText(200).nullable().default(null),
    /** From now on these two need no further word when they plan a day ahead. */
    pair: z.boolean().default(false),
  }),
  reply: z.strictObject({ state: substitutionState }),
  refusals: {
    'own-substitution': { status: 403, zh: '未能确认。您是离岗人或代班人，请由上级确认', en: 'Not confirmed. You are one of the two; let your superior confirm' },
    ...notOpen,
    'reason-needed': { status: 422, zh: '请写明不同意的原因', en: 'Say why not' },
    'passed': { status: 409, zh: '未能确认。截止日已过', en: 'Not confirmed. The last day has passed' },
  },
})

/** Back earlier, or not going: it ends today (or never begins). */
export const endSubstitution = endpoint({
  id: 'substitution.end', method: 'PUT', path: '/api/substitutions/:substitutionId/end',
  text: { zh: '结束代班', en: 'End a substitution' },
  permission: 'substitution.ask', writes: 'act',
  params: aSubstitution,
  body: z.strictObject({ reason: safeText(200) }),
  reply: z.strictObject({ state: substitutionState }),
  refusals: {
    'not-yours': { status: 403, zh: '未能结束。只有离岗人、代班人或其上级可以结束', en: 'Not ended. Only the two or their superior end it' },
    'ended-already': { status: 409, zh: '代班已结束', en: 'It has ended' },
  },
})

export const readHappened = endpoint({
  id: 'substitution.happened', method: 'GET', path: '/api/substitutions/:substitutionId/happened',
  text: { zh: '查看代班期间经过', en: 'What happened meanwhile' },
  permission: 'substitution.read',
  params: aSubstitution,
  reply: z.strictObject({
    substitution: substitutionRow,
    contacts: z.array(z.strictObject({ customerId: z.string(), contactId: z.string(), customerName: z.string(), day: z.string(), mode: z.string(), effective: z.boolean(), summary: z.string(), nextAction: z.string().nullable(), nextOn: z.string().nullable() })),
    more: z.boolean(),
  }),
})
