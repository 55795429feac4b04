import { z } from 'zod'
import { endpoint } from '../foundation/http/contract.ts'

/** Every action against every post, as the permission function answers; and which endpoints an action opens. */
export const readRights = endpoint({
  id: 'access.rights', method: 'GET', path: '/api/rights',
  text: { zh: '查看权限表', en: 'See the table of rights' },
  permission: 'rights.read',
  reply: z.strictObject({
    posts: z.array(z.strictObject({ code: z.string(), name: z.string(), nameEn: z.string(), breadth: z.string(), sequence: z.string() })),
    actions: z.array(z.strictObject({
      action: z.string(), secrecy: z.enum(['NORMAL', 'RESTRICTED', 'SECRET']),
      /** What one does with it: the endpoints that ask for it. */
      does: z.array(z.strictObject({ id: z.string(), zh: z.string(), en: z.string() })),
      /** By post's code: 'NO', 'YES' (concerns no single customer), or the ways of standing to a customer in which it is allowed. */
      cells: z.record(z.string(), z.union([z.literal('NO'), z.literal('YES'), z.array(z.string())])),
    })),
  }),
})
