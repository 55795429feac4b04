import { z } from 'zod'
import { endpoint, page, pageQuery } from '../foundation/http/contract.ts'
import { dayText, idText, safeText } from '../foundation/values/api-values.ts'

/** Channels by which a colleague is told outside of the notice centre. */
export const staffChannels = ['EMAIL', 'WECOM'] as const
export type StaffChannel = (typeof staffChannels)[number]

const kindCode = z.string().regex(/^[A-Z][A-Z0-9_]{1,39}$/)
const words = z.strictObject({ zh: z.string(), en: z.string() })

const notice = z.strictObject({
  id: idText, kind: kindCode, kindName: words, day: dayText, title: words, customer: z.strictObject({ id: idText, name: z.string() }).nullable(), address: z.string().nullable(), standsInFor: z.string().nullable(), read: z.boolean(),
})
export type NoticeShown = z.output<typeof notice>

/** One's own notices, newest first. A customer whom the reader may not see has no name. */
export const listNotices = endpoint({
  id: 'notices.list', method: 'GET', path: '/api/notices', text: { zh: '查看站内消息', en: 'See notices' }, permission: 'signed-in', query: z.strictObject({ ...pageQuery, kind: kindCode.optional(), unread: z.enum(['yes']).optional() }),
  reply: page(notice).extend({ kinds: z.array(words.extend({ code: kindCode })) }),
})

/** Marks notices as read or unread; without ids all that are unread. What is not one's own is left alone. */
export const markNotices = endpoint({
  id: 'notices.mark', method: 'POST', path: '/api/notices/mark', text: { zh: '标记站内消息', en: 'Mark notices' }, permission: 'signed-in', writes: 'act',
  body: z.strictObject({ ids: z.array(idText).min(1).max(200).nullable(), read: z.boolean() }), reply: z.strictObject({ marked: z.number().int() }),
})

const channelStand = z.strictObject({ channel: z.enum(staffChannels), ready: z.boolean(), address: z.string().nullable() })
/** Which kinds go by which channel besides the notice centre, and where one is reached. */
export const getNoticeSettings = endpoint({
  id: 'notice-settings.get', method: 'GET', path: '/api/notice-settings', text: { zh: '查看消息设置', en: 'See settings of notices' }, permission: 'signed-in',
  reply: z.strictObject({ keptDays: z.number().int(), from: z.string(), to: z.string(), channels: z.array(channelStand), kinds: z.array(words.extend({ code: kindCode, wanted: z.record(z.enum(staffChannels), z.boolean()) })) }),
})
export const chooseNotices = endpoint({
  id: 'notice-settings.choose', method: 'PUT', path: '/api/notice-settings', text: { zh: '设置消息接收方式', en: 'Choose how notices come' }, permission: 'signed-in', writes: 'act',
  body: z.strictObject({ kind: kindCode, channel: z.enum(staffChannels), wanted: z.boolean() }), reply: z.strictObject({ wanted: z.boolean() }),
  refusals: { 'kind-unknown': { status: 422, zh: '没有这类消息', en: 'There is no such kind of notice' } },
})

const addressed = z.strictObject({ staffKey: z.number().int(), staffNo: z.string(), name: z.string(), email: z.string().nullable(), wecom: z.string().nullable() })
export type StaffAddressed = z.output<typeof addressed>
/** Where colleagues are reached outside. Entered by the administration only. */
export const listStaffAddresses = endpoint({
  id: 'staff-addresses.list', method: 'GET', path: '/api/staff-addresses', text: { zh: '查看员工消息地址', en: 'See addresses of staff' }, permission: 'staff-address.keep', query: z.strictObject({ ...pageQuery, q: safeText(40).optional() }), reply: page(addressed),
})
export const setStaffAddress = endpoint({
  id: 'staff-addresses.set', method: 'PUT', path: '/api/staff-addresses/:staffKey', text: { zh: '登记员工消息地址', en: 'Enter an address of a colleague' }, permission: 'staff-address.keep', writes: 'act',
  params: z.strictObject({ staffKey: z.coerce.number().int().min(1).max(2_000_000_000) }),
  body: z.strictObject({ channel: z.enum(staffChannels), address: safeText(120, { min: 0 }).nullable() }), reply: z.strictObject({ address: z.string().nullable() }),
  refusals: {
    'address-wrong': { status: 422, zh: '未能登记。邮箱格式不符，或企业微信账号含有不允许的字符', en: 'Not entered. It is no e-mail address, or no account of 企业微信' },
    'address-taken': { status: 409, zh: '未能登记。此地址已登记给 {name}', en: 'Not entered. {name} has this address' },
  },
})
