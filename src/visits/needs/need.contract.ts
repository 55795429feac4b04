import { z } from 'zod'
import { dayText, fenText, idText, newIdText, safeText } from '../../foundation/values/api-values.ts'
import { endpoint, mayDo, page, pageQuery, type Refusals } from '../../foundation/http/contract.ts'

export const needDomains = ['DEPOSIT', 'FINANCING', 'SETTLEMENT', 'CASH_MANAGEMENT', 'PAYROLL_RETAIL', 'CROSS_BORDER', 'INVESTMENT_BANKING', 'E_BANKING', 'OTHER'] as const
/** Whose needs: of companies and institutions, or of natural persons (细分). A card asks what the kind can need. */
export const needSegments = ['CORPORATE', 'PERSON'] as const
export type NeedSegment = (typeof needSegments)[number]
/** Groups of fewer customers are named without their figures where whole units are compared. */
export const fewestCustomers = 5
export const needUrgencies = ['NOW', 'THREE_MONTHS', 'TWELVE_MONTHS'] as const
export const needStates = ['OPEN', 'VERIFIED', 'CANNOT', 'MATCHED', 'ESCALATED', 'GAP', 'MET', 'REJECTED'] as const
export type NeedState = (typeof needStates)[number]
export const surveyChannels = ['VISIT', 'PHONE', 'VIDEO', 'WECHAT', 'OUTLET'] as const

// a card fits one page of the bank's form: as many rows, and texts as long, as it has room for
const heldProduct = z.strictObject({
  /** Null: with us. */
  bank: safeText(30).nullable(), product: safeText(40), amountFen: fenText.nullable(), price: safeText(20).nullable(), maturesOn: dayText.nullable(),
})
const toldNeed = z.strictObject({
  id: newIdText, domain: z.enum(needDomains), description: safeText(200, { min: 2, multiline: true }), urgency: z.enum(needUrgencies), amountFen: fenText.nullable(), expectedPrice: safeText(20).nullable(),
  /** Stated by the customer, or discovered by the manager. */
  toldAs: z.enum(['STATED', 'DISCOVERED']),
})
const told = {
  surveyedOn: dayText, channel: z.enum(surveyChannels), contactId: idText.nullable().default(null), decisionMaker: safeText(100).nullable(), obstacles: safeText(200, { multiline: true }).nullable(),
  suggestions: safeText(200, { multiline: true }).nullable(), nextAction: safeText(200).nullable(), nextOn: dayText.nullable(), confirmation: z.enum(['SIGNATURE', 'MESSAGE']).nullable(), confirmationRef: safeText(80).nullable(),
}

export const recordNeedCard = endpoint({
  id: 'needs.record', method: 'POST', path: '/api/customers/:customerId/need-cards', text: { zh: '登记需求卡', en: 'Record a need card' }, permission: 'need.record', opens: 'customerId', writes: 'create',
  params: z.strictObject({ customerId: idText }),
  /** `draft`: it was kept on a device without connection; which, and since when by its own clock. */
  body: z.strictObject({ id: newIdText, draft: z.strictObject({ deviceId: newIdText, keptAt: z.iso.datetime() }).nullable().default(null), ...told, holdings: z.array(heldProduct).max(8), needs: z.array(toldNeed).min(1).max(8) }),
  reply: z.strictObject({ id: idText, number: z.string() }),
  refusals: {
    'device-withdrawn': { status: 403, zh: '未能登记。草稿来自已停用的设备。请在系统中重新登记', en: 'Not recorded. The draft comes from a device that was withdrawn. Record it anew' },
    'survey-in-future': { status: 422, zh: '未能登记。调查日期 {day} 晚于今天。请核对日期', en: 'Not recorded. The survey of {day} lies in the future. Check the date' },
    'next-incomplete': { status: 422, zh: '未能登记。下一步需同时填写事项和日期', en: 'Not recorded. A next step needs both what and when' },
    'next-before-survey': { status: 422, zh: '未能登记。下一步日期不能早于调查日期', en: 'Not recorded. The next step cannot be before the survey' },
    'contact-unknown': { status: 422, zh: '未能登记。所选联系记录不存在或已作废', en: 'Not recorded. The contact named is not there or is void' },
    'need-twice': { status: 422, zh: '未能登记。同一需求出现两次', en: 'Not recorded. A need stands in it twice' },
    'confirmation-incomplete': { status: 422, zh: '未能登记。以消息确认的，请填写消息编号', en: 'Not recorded. A confirmation by message needs its number' },
  },
})

const escalation = z.strictObject({
  id: idText, reason: z.string(), escalatedBy: z.string(), escalatedOn: dayText, late: z.boolean(), answerBy: dayText, result: z.enum(['MATCHED', 'GAP', 'DECLINED']).nullable(), answer: z.string().nullable(),
  answeredBy: z.string().nullable(), answeredOn: dayText.nullable(), answeredLate: z.boolean().nullable(),
})
export const needView = z.strictObject({
  id: idText, domain: z.enum(needDomains), description: z.string(), urgency: z.enum(needUrgencies), amountFen: fenText.nullable(), expectedPrice: z.string().nullable(), toldAs: z.enum(['STATED', 'DISCOVERED']), state: z.enum(needStates), stateOn: dayText,
  stateBy: z.string(), stateNote: z.string().nullable(), productCode: z.string().nullable(), productName: z.string().nullable(), escalateBy: dayText.nullable(), idea: z.string().nullable(), escalations: z.array(escalation), may: mayDo,
})
export type NeedView = z.output<typeof needView>
export const needCardView = z.strictObject({
  id: idText, number: z.string(), staffName: z.string(), surveyedOn: dayText, channel: z.enum(surveyChannels), contactId: idText.nullable(), decisionMaker: z.string().nullable(), obstacles: z.string().nullable(), suggestions: z.string().nullable(),
  nextAction: z.string().nullable(), nextOn: dayText.nullable(), confirmation: z.enum(['SIGNATURE', 'MESSAGE']).nullable(), confirmationRef: z.string().nullable(), enteredOn: dayText, comment: z.string().nullable(), commentedBy: z.string().nullable(),
  commentedOn: dayText.nullable(), voidedOn: dayText.nullable(), voidReason: z.string().nullable(),
  holdings: z.array(z.strictObject({ bank: z.string().nullable(), product: z.string(), amountFen: fenText.nullable(), price: z.string().nullable(), maturesOn: dayText.nullable() })),
  needs: z.array(needView), may: mayDo,
})
export type NeedCardView = z.output<typeof needCardView>

export const listNeedCards = endpoint({
  id: 'needs.customer', method: 'GET', path: '/api/customers/:customerId/need-cards', text: { zh: '查看客户的需求卡', en: 'See the need cards of a customer' }, permission: 'need.read', opens: 'customerId',
  params: z.strictObject({ customerId: idText }), query: z.strictObject({ cardId: idText.optional() }), reply: z.strictObject({ customerName: z.string(), customerNumber: z.string(), tier: z.string(), cards: z.array(needCardView), may: mayDo }),
})

/** Products by which a need can be met. */
export const listNeedProducts = endpoint({
  id: 'needs.products', method: 'GET', path: '/api/need-products', text: { zh: '查看可匹配的产品', en: 'See products for a need' }, permission: 'need.list',
  reply: z.strictObject({ items: z.array(z.strictObject({ code: z.string(), name: z.string(), nameEn: z.string() })) }),
})

const moveRefusals = {
  'card-voided': { status: 409, zh: '未能处理。此需求卡已作废', en: 'Not done. The card is void' },
  'not-possible-now': { status: 409, zh: '未能处理。该需求目前是“{state}”，不能这样处理', en: 'Not done. The need is “{stateEn}” now, this is not possible' },
  'note-missing': { status: 422, zh: '未能处理。请填写说明', en: 'Not done. Say why' },
  'product-unknown': { status: 422, zh: '未能处理。没有产品 {code}。请重新选择', en: 'Not done. There is no product {code}. Choose again' },
  'calendar-unknown': { status: 409, zh: '未能处理。{day} 所在年度的工作日历尚未录入，无法计算期限。请联系管理员', en: 'Not done. The working calendar of the year of {day} is not entered, no deadline can be worked out. Ask the administrator' },
} as const satisfies Refusals

/** What becomes of a need: verified, matched to a product, met, not to be met by the branch, sent up, a gap that becomes an idea, rejected. */
export const moveNeed = endpoint({
  id: 'needs.move', method: 'POST', path: '/api/customers/:customerId/needs/:needId/moves', text: { zh: '处理需求', en: 'Move a need' }, permission: 'need.record', opens: 'customerId', writes: 'create',
  params: z.strictObject({ customerId: idText, needId: idText }),
  body: z.strictObject({ id: newIdText, to: z.enum(['VERIFIED', 'CANNOT', 'MATCHED', 'ESCALATED', 'GAP', 'MET', 'REJECTED']), note: safeText(300, { multiline: true }).nullable(), productCode: safeText(40).nullable(), ideaTitle: safeText(80).nullable() }),
  reply: z.strictObject({ id: idText, state: z.enum(needStates) }), refusals: moveRefusals,
})

export const answerNeed = endpoint({
  id: 'needs.answer', method: 'POST', path: '/api/customers/:customerId/needs/:needId/answer', text: { zh: '答复上报的需求', en: 'Answer a need that was sent up' }, permission: 'need.answer', opens: 'customerId', writes: 'act',
  params: z.strictObject({ customerId: idText, needId: idText }), body: z.strictObject({ result: z.enum(['MATCHED', 'GAP', 'DECLINED']), answer: safeText(300, { min: 4, multiline: true }), productCode: safeText(40).nullable() }),
  reply: z.strictObject({ id: idText, state: z.enum(needStates) }),
  refusals: { ...moveRefusals, 'not-escalated': { status: 409, zh: '未能答复。该需求没有待答复的上报', en: 'Not answered. The need waits for no answer' }, 'same-person': { status: 409, zh: '未能答复。不能答复本人上报的需求。请由上级答复', en: 'Not answered. Nobody answers what he sent up. Ask the upper level' } },
})

export const commentNeedCard = endpoint({
  id: 'needs.comment', method: 'POST', path: '/api/customers/:customerId/need-cards/:cardId/comment', text: { zh: '批注需求卡', en: 'Comment on a need card' }, permission: 'need.answer', opens: 'customerId', writes: 'act',
  params: z.strictObject({ customerId: idText, cardId: idText }), body: z.strictObject({ comment: safeText(300, { min: 2, multiline: true }) }), reply: z.strictObject({ id: idText }),
  refusals: { 'card-voided': moveRefusals['card-voided'], 'own-card': { status: 409, zh: '未能批注。不能批注本人的需求卡', en: 'Not commented. Nobody comments on his own card' } },
})

export const voidNeedCard = endpoint({
  id: 'needs.void', method: 'POST', path: '/api/customers/:customerId/need-cards/:cardId/void', text: { zh: '作废需求卡', en: 'Void a need card' }, permission: 'need.record', opens: 'customerId', writes: 'act',
  params: z.strictObject({ customerId: idText, cardId: idText }), body: z.strictObject({ reason: safeText(200, { min: 2 }) }), reply: z.strictObject({ id: idText }),
  refusals: { 'card-voided': moveRefusals['card-voided'], 'not-your-card': { status: 403, zh: '只有登记人可以作废', en: 'Only who recorded it may void it' }, 'card-in-work': { status: 409, zh: '未能作废。卡上已有上报的需求，请先等待答复', en: 'Not voided. A need of it was sent up; wait for the answer first' } },
})

const needRow = z.strictObject({
  customerId: idText, customerName: z.string(), customerNumber: z.string(), managerName: z.string().nullable(), cardId: idText, needId: idText, domain: z.enum(needDomains), description: z.string(), urgency: z.enum(needUrgencies), amountFen: fenText.nullable(),
  state: z.enum(needStates), stateOn: dayText, escalateBy: dayText.nullable(), answerBy: dayText.nullable(),
})
export type NeedRow = z.output<typeof needRow>

/** Needs of one's scope that are not at an end; those that wait for an answer first when asked for. */
export const listNeeds = endpoint({
  id: 'needs.list', method: 'GET', path: '/api/needs', text: { zh: '查看未满足的需求', en: 'List open needs' }, permission: 'need.list',
  query: z.strictObject({ state: z.enum(needStates).optional(), segment: z.enum(needSegments).optional(), domain: z.enum(needDomains).optional(), urgency: z.enum(needUrgencies).optional(), ...pageQuery }), reply: page(needRow),
})

/** How many needs are not met, by domain and unit of the reader's scope, with their amounts. Of whole units (branches, outlets) a group of fewer than five customers is named without figures. */
export const countUnmetNeeds = endpoint({
  id: 'needs.unmet', method: 'GET', path: '/api/needs/unmet', text: { zh: '统计未满足的需求', en: 'Count unmet needs' }, permission: 'need.list',
  query: z.strictObject({ segment: z.enum(needSegments).optional() }),
  reply: z.strictObject({
    asOf: dayText, by: z.enum(['BRANCH', 'OUTLET', 'MANAGER']),
    rows: z.array(z.strictObject({ unit: z.string(), domain: z.enum(needDomains), counted: z.strictObject({ needs: z.number().int(), customers: z.number().int(), gaps: z.number().int(), escalated: z.number().int(), amountFen: fenText }).nullable() })),
  }),
})
