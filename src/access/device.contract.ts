import { z } from 'zod'
import { endpoint } from '../foundation/http/contract.ts'
import { idText, newIdText, safeText } from '../foundation/values/api-values.ts'

/** So long after the last word with the server a device forgets its key by itself. */
export const keyHours = 72

/** The key under which this device keeps drafts: asked for after sign-in, the same until sign-out. Raw 32 bytes, base64. */
export const openDevice = endpoint({
  id: 'device.open', method: 'POST', path: '/api/devices/open',
  text: { zh: '取得本机草稿密钥', en: 'Get the key for drafts of this device' },
  permission: 'signed-in', ownTransaction: true,
  body: z.strictObject({ deviceId: newIdText, label: safeText(80) }),
  reply: z.strictObject({ key: z.string(), hours: z.number().int() }),
  refusals: { 'device-withdrawn': { status: 403, zh: '此设备已停用，本机草稿不能再读取。请换一台设备，或联系管理员', en: 'This device was withdrawn; its drafts cannot be read any more. Use another one or ask the administrator' } },
})

/** At sign-out: the key is given to nobody any more. */
export const closeDevice = endpoint({
  id: 'device.close', method: 'POST', path: '/api/devices/close',
  text: { zh: '收回本机草稿密钥', en: 'Take the key of this device back' },
  permission: 'signed-in', ownTransaction: true,
  body: z.strictObject({ deviceId: newIdText }), reply: z.strictObject({ closed: z.boolean() }),
})

export const listDevices = endpoint({
  id: 'device.list', method: 'GET', path: '/api/devices',
  text: { zh: '查看我的设备', en: 'See my devices' },
  permission: 'signed-in',
  reply: z.strictObject({ items: z.array(z.strictObject({ id: idText, label: z.string(), openedAt: z.string(), state: z.enum(['OPEN', 'CLOSED', 'WITHDRAWN']) })) }),
})

/** A device of one's own that was lost: its drafts are unreadable, and what it sends later is refused. */
export const withdrawDevice = endpoint({
  id: 'device.withdraw', method: 'POST', path: '/api/devices/withdraw',
  text: { zh: '停用设备', en: 'Withdraw a device' },
  permission: 'signed-in', ownTransaction: true,
  body: z.strictObject({ deviceId: newIdText, reason: safeText(100, { min: 2 }) }), reply: z.strictObject({ id: idText }),
})
