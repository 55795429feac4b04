import { z } from 'zod'
import { endpoint } from '../foundation/http/contract.ts'

// Sent twice it does the same, and a stored answer or hash of a password would be a trace: no idempotency key.
export const setFirstPassword = endpoint({
  id: 'access.first-password', method: 'PUT', path: '/api/people/:staffKey/first-password',
  text: { zh: '设置初始密码', en: 'Set a first password' },
  permission: 'password.set', ownTransaction: true,
  params: z.strictObject({ staffKey: z.coerce.number().int().min(1).max(2_000_000_000) }),
  body: z.strictObject({ password: z.string().min(1).max(200) }),
  reply: z.strictObject({ endedSessions: z.number().int() }),
  refusals: {
    'own-password': { status: 422, zh: '未能设置。本人密码请在“修改密码”中更改', en: 'Not set. Change your own password under “Change the password”' },
    'not-employed': { status: 422, zh: '未能设置。此人没有任职', en: 'Not set. The person holds no post' },
    'weak-password': { status: 422, zh: '未能设置。密码至少 10 个字符，须含字母和数字，且不含工号', en: 'Not set. The password needs at least 10 characters with letters and digits, without the staff number' },
  },
})
