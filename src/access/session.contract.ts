import { z } from 'zod'
import { endpoint } from '../foundation/http/contract.ts'
import { safeText } from '../foundation/values/api-values.ts'

const held = z.strictObject({ key: z.number().int(), code: z.string(), title: z.string(), titleEn: z.string(), unitName: z.string() })

/** Who is signed in, in which post, and every action that this post may do: what the shell and the menu need. */
export const sessionView = z.strictObject({
  person: z.strictObject({ staffNo: z.string(), name: z.string(), staffKey: z.number().int() }),
  post: held,
  posts: z.array(held),
  may: z.array(z.string()),
  mustChangePassword: z.boolean(),
  businessDate: z.string(),
  bankName: z.string(),
  bankNameEn: z.string(),
  currency: z.string(),
  demo: z.boolean(),
})
export type SessionView = z.output<typeof sessionView>

export const getSession = endpoint({
  id: 'session.get', method: 'GET', path: '/api/session',
  text: { zh: '查看本次登录', en: 'See the session' },
  permission: 'signed-in', reply: sessionView,
})

export const signIn = endpoint({
  id: 'session.sign-in', method: 'POST', path: '/api/session',
  text: { zh: '登录', en: 'Sign in' },
  permission: 'public', ownTransaction: true,
  body: z.strictObject({ staffNo: safeText(40), password: z.string().min(1).max(200) }),
  reply: z.strictObject({ mustChangePassword: z.boolean() }),
  refusals: {
    'wrong-sign-in': { status: 401, zh: '工号或密码不正确', en: 'Staff number or password is not right' },
    'locked': { status: 429, zh: '尝试过多，请 {minutes} 分钟后再试或联系管理员', en: 'Too many tries. Try again in {minutes} minutes or ask the administrator' },
  },
})

export const signOut = endpoint({
  id: 'session.sign-out', method: 'DELETE', path: '/api/session',
  text: { zh: '退出登录', en: 'Sign out' },
  permission: 'public', ownTransaction: true,
  reply: z.strictObject({}),
})

export const changePassword = endpoint({
  id: 'session.change-password', method: 'PUT', path: '/api/session/password',
  text: { zh: '修改密码', en: 'Change the password' },
  permission: 'signed-in', ownTransaction: true,
  body: z.strictObject({ oldPassword: z.string().min(1).max(200), newPassword: z.string().min(1).max(200) }),
  reply: z.strictObject({}),
  refusals: {
    'wrong-password': { status: 422, zh: '未能修改。原密码不正确', en: 'Not changed. The old password is not right' },
    'weak-password': { status: 422, zh: '未能修改。新密码至少 10 个字符，须含字母和数字，且不含工号、不与原密码相同', en: 'Not changed. The new password needs at least 10 characters with letters and digits, without the staff number, and different from the old one' },
    'locked': { status: 429, zh: '尝试过多，请 {minutes} 分钟后再试或联系管理员', en: 'Too many tries. Try again in {minutes} minutes or ask the administrator' },
  },
})

export const switchPost = endpoint({
  id: 'session.switch-post', method: 'PUT', path: '/api/session/post',
  text: { zh: '切换岗位', en: 'Switch the post' },
  permission: 'signed-in', ownTransaction: true,
  body: z.strictObject({ postKey: z.number().int().positive() }),
  reply: z.strictObject({}),
})
