import { z } from 'zod'
import { dayText, idText, newIdText, safeText } from '../foundation/values/api-values.ts'
import { endpoint, verdict } from '../foundation/http/contract.ts'

const held = z.strictObject({ id: idText, madeOn: dayText, lastReadOn: dayText.nullable() })

/** Whether the bank allows calendar feeds, and the address that I hold (never the address itself: only its hash is kept). */
export const getCalendarFeed = endpoint({
  id: 'calendar-feed.get', method: 'GET', path: '/api/calendar-feed', text: { zh: '查看日历订阅', en: 'See the calendar feed' }, permission: 'signed-in',
  reply: z.strictObject({ allowed: z.boolean(), reason: z.string().nullable(), switchedBy: z.string().nullable(), switchedOn: dayText.nullable(), held: held.nullable(), holders: z.number().int(), may: z.strictObject({ switch: verdict }) }),
})

/**
 * A secret address of one's own; the one before is revoked. The secret is made by the device (32 random bytes) and never comes back: the server keeps its hash, so that neither the journal nor a repeated
 * answer holds it.
 */
export const makeCalendarFeed = endpoint({
  id: 'calendar-feed.make', method: 'POST', path: '/api/calendar-feed', text: { zh: '生成订阅地址', en: 'Make a feed address' }, permission: 'calendar-feed.hold', writes: 'create',
  body: z.strictObject({ id: newIdText, secret: z.string().regex(/^[A-Za-z0-9_-]{43}$/, { error: '32 bytes, base64url' }) }), reply: z.strictObject({ id: idText }),
  refusals: {
    'feed-off': { status: 409, zh: '未能生成。本行未开放日历订阅', en: 'Not made. The bank has not switched calendar feeds on' },
    'weak-secret': { status: 422, zh: '未能生成。地址不够随机。请刷新页面后重试', en: 'Not made. The address is not random enough. Reload the page and try again' },
  },
})

export const revokeCalendarFeed = endpoint({
  id: 'calendar-feed.revoke', method: 'POST', path: '/api/calendar-feed/revoke', text: { zh: '撤销订阅地址', en: 'Revoke the feed address' }, permission: 'calendar-feed.hold', writes: 'act', reply: z.strictObject({ id: idText }),
  refusals: { 'no-feed': { status: 409, zh: '没有可撤销的订阅地址', en: 'There is no address to revoke' } },
})

/** The bank switches feeds on or off. Off: no address answers; on again, those that were not revoked answer. */
export const switchCalendarFeed = endpoint({
  id: 'calendar-feed.switch', method: 'POST', path: '/api/calendar-feed/switch', text: { zh: '开放或关闭日历订阅', en: 'Switch calendar feeds' }, permission: 'calendar-feed.switch', writes: 'create',
  body: z.strictObject({ id: newIdText, allowed: z.boolean(), reason: safeText(200, { min: 2 }) }), reply: z.strictObject({ id: idText }),
  refusals: { 'so-already': { status: 409, zh: '日历订阅已是此状态', en: 'Calendar feeds stand so already' } },
})

/** What a calendar program fetches: times and the words 客户拜访 or 行内事务, nothing else. Off, revoked, wrong and of somebody who left answer alike. */
export const readCalendarFeed = endpoint({
  id: 'calendar-feed.read', method: 'GET', path: '/api/calendar-feed/:secret', text: { zh: '日历程序读取', en: 'Read by a calendar program' }, permission: 'public', ownTransaction: true, raw: true,
  params: z.strictObject({ secret: z.string().max(100) }), reply: z.unknown(),
})
