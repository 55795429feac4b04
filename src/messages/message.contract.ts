import { z } from 'zod'
import { dayText, idText, newIdText, safeText, toldText } from '../foundation/values/api-values.ts'
import { endpoint, mayDo, page, pageQuery, type Refusals } from '../foundation/http/contract.ts'

export const channels = ['SMS', 'EMAIL'] as const
export type Channel = (typeof channels)[number]
export const messageStates = ['WAITING', 'SENDING', 'ACCEPTED', 'DELIVERED', 'UNCERTAIN', 'FAILED', 'WITHDRAWN'] as const
export const exclusionReasons = ['CLOSED', 'NOT_YOURS', 'NO_CONSENT', 'CONSENT_WITHDRAWN', 'CONSENT_EXPIRED', 'NO_MESSAGES', 'GREETED_ALREADY', 'NO_ADDRESS', 'TOO_MANY'] as const
export type ExclusionReason = (typeof exclusionReasons)[number]
/** Greetings of a festival or birthday; reminders of what ends, of a call that was planned. */
export const templateKinds = ['FESTIVAL', 'BIRTHDAY', 'MATURITY', 'CALL_BACK'] as const
export type TemplateKind = (typeof templateKinds)[number]
export const leadDays = [30, 7, 1] as const
const kind = z.enum(templateKinds)
const lead = z.union([z.literal(1), z.literal(7), z.literal(30)]).nullable()
const festivalCode = z.enum(['NEW_YEAR', 'SPRING_FESTIVAL', 'LANTERN', 'LABOUR_DAY', 'DRAGON_BOAT', 'MID_AUTUMN', 'NATIONAL_DAY', 'DOUBLE_NINTH'])

const template = z.strictObject({
  id: idText, code: z.string(), name: z.string(), kind, festival: festivalCode.nullable(), leadDays: lead, channel: z.enum(channels), subject: z.string().nullable(), content: z.string(), platformCode: z.string().nullable(),
  state: z.enum(['WAITING', 'IN_FORCE', 'RETURNED', 'ENDED']), from: dayText, enteredBy: z.string(), confirmedBy: z.string().nullable(), returnReason: z.string().nullable(), may: mayDo,
})
export type TemplateShown = z.output<typeof template>

/** Templates of greetings, with those that wait for a second person. */
export const listTemplates = endpoint({
  id: 'message-templates.list', method: 'GET', path: '/api/message-templates', text: { zh: '查看消息模板', en: 'See templates of messages' }, permission: 'message-template.read',
  reply: z.strictObject({ items: z.array(template), festivals: z.array(z.strictObject({ code: festivalCode, zh: z.string(), en: z.string() })), mayPropose: z.boolean() }),
})

export const proposeTemplate = endpoint({
  id: 'message-templates.propose', method: 'POST', path: '/api/message-templates', text: { zh: '提交消息模板', en: 'Propose a template' }, permission: 'message-template.keep', writes: 'create',
  body: z.strictObject({
    id: newIdText, code: z.string().regex(/^[A-Z][A-Z0-9_-]{1,29}$/, { error: 'A-Z 0-9 _ -' }), name: safeText(40, { min: 2 }), kind, festival: festivalCode.nullable().default(null), leadDays: lead.default(null), channel: z.enum(channels), subject: safeText(60).nullable().default(null),
    content: safeText(300, { min: 5 }), platformCode: z.string().regex(/^[\w-]{1,40}$/, { error: 'template id' }).nullable().default(null),
  }),
  reply: z.strictObject({ id: idText }),
  refusals: {
    'festival-unclear': { status: 422, zh: '未能提交。节日模板须选节日，其他模板不选', en: 'Not proposed. A festival template names its festival, others none' },
    'lead-unclear': { status: 422, zh: '未能提交。到期提醒须选提前天数（30、7 或 1 天），其他模板不选', en: 'Not proposed. A reminder of what ends names 30, 7 or 1 days before; others name none' },
    'channel-incomplete': { status: 422, zh: '未能提交。短信模板须填平台模板编号，邮件模板须填主题', en: 'Not proposed. An SMS template needs the number of the platform, an e-mail template a subject' },
    'place-unknown': { status: 422, zh: '未能提交。不能使用 {place}；可用：{places}', en: 'Not proposed. {place} cannot be filled; these can: {places}' },
    'sells-something': { status: 422, zh: '未能提交。问候不得推介产品，请去掉：{words}', en: 'Not proposed. A greeting sells nothing; take out: {words}' },
    'waits-already': { status: 409, zh: '未能提交。模板 {code} 已有一版待复核', en: 'Not proposed. A version of {code} waits already' },
  },
})

const decision = {
  'decided-already': { status: 409, zh: '此项已复核或已退回', en: 'It was decided already' },
  'own-entry': { status: 403, zh: '本人提交的须由他人复核', en: 'Somebody else must decide what one entered oneself' },
} as const satisfies Refusals
const ofTemplate = z.strictObject({ templateId: idText })

export const confirmTemplate = endpoint({
  id: 'message-templates.confirm', method: 'POST', path: '/api/message-templates/:templateId/confirm', text: { zh: '复核消息模板', en: 'Confirm a template' }, permission: 'message-template.keep', writes: 'act', params: ofTemplate, reply: z.strictObject({ id: idText }), refusals: decision,
})
export const returnTemplate = endpoint({
  id: 'message-templates.return', method: 'POST', path: '/api/message-templates/:templateId/return', text: { zh: '退回消息模板', en: 'Return a template' }, permission: 'message-template.keep', writes: 'act', params: ofTemplate,
  body: z.strictObject({ reason: safeText(200, { min: 2 }) }), reply: z.strictObject({ id: idText }), refusals: decision,
})

const recipient = z.strictObject({ customerId: idText, name: z.string(), number: z.string(), sendOn: dayText })
const notUsable = {
  'template-not-in-force': { status: 409, zh: '此模板未经复核或已被新版替代', en: 'This template is not confirmed, or a newer one took its place' },
  'calendar-unknown': { status: 409, zh: '未能计算发送日。{day} 的工作日历未维护。请管理员录入年度日历', en: 'The day cannot be worked out. The calendar does not know {day}. An administrator must enter the year' },
} as const satisfies Refusals

/** Which of my customers would be greeted by a template, and who would not and why. Birthdays: of today and the next six days. */
export const previewGreetings = endpoint({
  id: 'greetings.preview', method: 'GET', path: '/api/greetings/preview', text: { zh: '预览问候', en: 'Preview greetings' }, permission: 'message.send', query: z.strictObject({ templateId: idText }),
  reply: z.strictObject({
    kind, channel: z.enum(channels), occasionDay: dayText.nullable(), sendOn: dayText.nullable(), from: z.string(), to: z.string(), sample: z.string(), channelReady: z.boolean(),
    receivers: z.array(recipient), excluded: z.array(recipient.extend({ reason: z.enum(exclusionReasons) })),
  }),
  refusals: notUsable,
})

export const sendGreetings = endpoint({
  id: 'greetings.send', method: 'POST', path: '/api/greetings', text: { zh: '发送问候', en: 'Send greetings' }, permission: 'message.send', writes: 'create',
  body: z.strictObject({ id: newIdText, templateId: idText, ownLine: safeText(60, { min: 2 }).nullable().default(null), customerIds: z.array(idText).min(1).max(2000) }),
  /** `left`: who was chosen and may not be greeted after all. */
  reply: z.strictObject({ id: idText, made: z.number().int(), left: z.number().int(), waitsForApproval: z.boolean() }),
  refusals: {
    ...notUsable,
    'sells-something': { status: 422, zh: '未能发送。问候不得推介产品，请去掉：{words}', en: 'Not sent. A greeting sells nothing; take out: {words}' },
    'place-unknown': { status: 422, zh: '未能发送。自拟的话中不能使用花括号', en: 'Not sent. Your own line may not contain braces' },
    'nobody-left': { status: 422, zh: '未能发送。所选客户都不能发送，请看预览中的原因', en: 'Not sent. None of those chosen may be greeted; the preview says why' },
  },
})

const batch = z.strictObject({
  id: idText, templateName: z.string(), content: z.string(), ownLine: z.string().nullable(), senderName: z.string(), sendOn: dayText, messages: z.number().int(), state: z.enum(['PROPOSED', 'APPROVED', 'RETURNED']), returnReason: z.string().nullable(), may: mayDo,
})
/** Greetings with a line of the manager's own: mine, and those of my line that wait for me. */
export const listBatches = endpoint({
  id: 'greetings.batches', method: 'GET', path: '/api/greetings/batches', text: { zh: '查看待审问候', en: 'See greetings to approve' }, permission: 'message.read', reply: z.strictObject({ items: z.array(batch) }),
})
export type BatchShown = z.output<typeof batch>
const ofBatch = z.strictObject({ batchId: idText })
export const approveBatch = endpoint({
  id: 'greetings.approve', method: 'POST', path: '/api/greetings/batches/:batchId/approve', text: { zh: '批准问候', en: 'Approve greetings' }, permission: 'message.approve', writes: 'act', params: ofBatch, reply: z.strictObject({ id: idText }), refusals: decision,
})
export const returnBatch = endpoint({
  id: 'greetings.return', method: 'POST', path: '/api/greetings/batches/:batchId/return', text: { zh: '退回问候', en: 'Return greetings' }, permission: 'message.approve', writes: 'act', params: ofBatch,
  body: z.strictObject({ reason: safeText(200, { min: 2 }) }), reply: z.strictObject({ id: idText }), refusals: decision,
})

const attempt = z.strictObject({ number: z.number().int(), begunAt: z.string(), result: z.string().nullable(), peerCode: z.string().nullable() })
const shown = z.strictObject({
  id: idText, customerId: idText.nullable(), customerName: z.string().nullable(), senderName: z.string(), templateName: z.string(), channel: z.enum(channels), sendOn: dayText, from: z.string(), to: z.string(), state: z.enum(messageStates), approved: z.boolean(),
  tries: z.number().int(), reason: z.string().nullable(), nextAt: z.string().nullable(), sentAt: z.string().nullable(), deliveredAt: z.string().nullable(), attempts: z.array(attempt), may: mayDo,
})
export type MessageShown = z.output<typeof shown>

/** The outbox: one's own messages, or those of one's line, newest first. A customer whom the reader does not see has no name. */
export const listMessages = endpoint({
  id: 'messages.list', method: 'GET', path: '/api/messages', text: { zh: '查看发件箱', en: 'See the outbox' }, permission: 'message.read', query: z.strictObject({ ...pageQuery, state: z.enum(messageStates).optional() }),
  /** `waitFor`: channels that are not configured and for which one of the messages waits. */
  reply: z.strictObject({ ...page(shown).shape, waitFor: z.array(z.enum(channels)) }),
})

const ofMessage = z.strictObject({ messageId: idText })
const stateRefusals = {
  'not-yours': { status: 403, zh: '只有发送人可以处理', en: 'Only its sender may do this' },
  'state-does-not-fit': { status: 409, zh: '此消息现在不能这样处理', en: 'The message does not stand so that this could be done' },
} as const satisfies Refusals
/** Sends again what failed, or what perhaps arrived: the sender takes it on himself. */
export const retryMessage = endpoint({
  id: 'messages.retry', method: 'POST', path: '/api/messages/:messageId/retry', text: { zh: '重新发送', en: 'Send again' }, permission: 'message.send', writes: 'act', params: ofMessage, reply: z.strictObject({ id: idText }), refusals: stateRefusals,
})
export const withdrawMessage = endpoint({
  id: 'messages.withdraw', method: 'POST', path: '/api/messages/:messageId/withdraw', text: { zh: '撤回未发消息', en: 'Withdraw a message' }, permission: 'message.send', writes: 'act', params: ofMessage, reply: z.strictObject({ id: idText }), refusals: stateRefusals,
})

/** How the channels stand over the whole bank: counts, no message. */
export const listChannels = endpoint({
  id: 'message-channels.list', method: 'GET', path: '/api/message-channels', text: { zh: '查看消息渠道', en: 'See the channels' }, permission: 'message-channel.read',
  reply: z.strictObject({ items: z.array(z.strictObject({ channel: z.enum(channels), ready: z.boolean(), setting: z.string(), waiting: z.number().int(), accepted: z.number().int(), delivered: z.number().int(), failed: z.number().int(), uncertain: z.number().int() })) }),
})

/** The SMS platform tells what a customer answered: JSON, signed with the shared secret over time, number and text. "T", "TD" and "退订" set what the customer wishes; everything else is not kept. A repeat is harmless. */
export const takeAnswer = endpoint({
  id: 'messages.answer', method: 'POST', path: '/api/message-answers/sms', text: { zh: '短信平台上行回复', en: 'Answer of a customer, told by the SMS platform' }, permission: 'public', ownTransaction: true, callBack: true,
  body: z.strictObject({ time: z.string().regex(/^\d{1,20}$/), phone: z.string().regex(/^\+?\d{5,20}$/), text: toldText(300), signature: z.string().regex(/^[0-9a-f]{64}$/) }),
  reply: z.strictObject({ taken: z.boolean() }),
  refusals: { 'wrong-signature': { status: 403, zh: '上行回复签名不符，未登记', en: 'The signature does not fit; nothing was noted' } },
})

/** The SMS platform tells what became of a message: JSON, signed with the shared secret over time, our number, its number, status and code. A repeat is harmless. */
export const takeReceipt = endpoint({
  id: 'messages.receipt', method: 'POST', path: '/api/message-receipts/sms', text: { zh: '短信平台回执', en: 'Receipt of the SMS platform' }, permission: 'public', ownTransaction: true, callBack: true,
  body: z.strictObject({ time: z.string().regex(/^\d{1,20}$/), requestId: idText, messageId: z.string().regex(/^[\w-]{1,80}$/), status: z.enum(['DELIVERED', 'FAILED']), code: z.string().regex(/^[\w.-]{1,40}$/), signature: z.string().regex(/^[0-9a-f]{64}$/) }),
  reply: z.strictObject({ taken: z.boolean() }),
  refusals: {
    'wrong-signature': { status: 403, zh: '回执签名不符，未登记', en: 'The signature does not fit; nothing was noted' },
    'receipt-unknown': { status: 404, zh: '没有与回执相符的消息，未登记', en: 'No message fits the receipt; nothing was noted' },
  },
})
