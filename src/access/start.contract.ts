import { z } from 'zod'
import { endpoint } from '../foundation/http/contract.ts'

/** What everybody may know before signing in: whose door this is, and in the demo bank the log-ins to choose from. */
export const startView = z.strictObject({
  /** False until the bank is set up. */
  ready: z.boolean(),
  /** There is no bank, and whoever has the code from the server's window may begin one. */
  setUp: z.boolean(),
  bank: z.strictObject({ name: z.string(), nameEn: z.string(), demo: z.boolean(), businessDate: z.string() }).nullable(),
  /** Only in the demo bank: one person of each post, with the password that all of them have. */
  logIns: z.array(z.strictObject({ staffNo: z.string(), password: z.string(), name: z.string(), postCode: z.string(), title: z.string(), titleEn: z.string(), unitName: z.string() })),
  /** The demo bank that still grows. */
  work: z.strictObject({ state: z.enum(['WAITING', 'RUNNING', 'DONE', 'FAILED', 'STOPPED']), stage: z.string().nullable(), done: z.number(), total: z.number().nullable(), startedAt: z.string().nullable(), beatAt: z.string().nullable() }).nullable(),
})
export type StartView = z.output<typeof startView>

export const getStart = endpoint({
  id: 'start.get', method: 'GET', path: '/api/start',
  text: { zh: '查看登录前的信息', en: 'What is known before signing in' },
  permission: 'public', ownTransaction: true, reply: startView,
})
