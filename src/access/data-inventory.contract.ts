import { z } from 'zod'
import { endpoint } from '../foundation/http/contract.ts'

const words = z.strictObject({ zh: z.string(), en: z.string() })
export const dataClass = z.enum(['CORE', 'IMPORTANT', 'GENERAL_SENSITIVE', 'GENERAL'])
const table = z.strictObject({
  name: z.string(), label: z.string(), room: z.string(), kind: z.enum(['owned', 'reference', 'bank']), secrecy: z.enum(['NORMAL', 'RESTRICTED', 'SECRET']),
  purpose: words, owner: words, retention: words, basis: words,
  fields: z.array(z.strictObject({ name: z.string(), label: z.string(), dataClass, protection: z.enum(['ENCRYPTED', 'HASHED', 'MASKED', 'CLEAR']) })),
})
export type InventoryTable = z.output<typeof table>

/** Every stored field with its one class, its purpose, owner and retention: read from the database as it is, not from a list that may be old. */
export const readDataInventory = endpoint({
  id: 'access.data-inventory', method: 'GET', path: '/api/data-inventory',
  text: { zh: '查看数据清单', en: 'See the data inventory' },
  permission: 'data-inventory.read',
  reply: z.strictObject({ asOf: z.string(), counts: z.record(dataClass, z.number().int()), tables: z.array(table) }),
})
