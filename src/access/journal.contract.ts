import { z } from 'zod'
import { endpoint, page, pageQuery } from '../foundation/http/contract.ts'
import { dayText, idText } from '../foundation/values/api-values.ts'

const key = z.coerce.number().int().min(1).max(2_000_000_000)

/** One line in the reader's words. `who` is null for the product itself (deliveries, settlement). */
export const historyLine = z.strictObject({
  id: z.string(), at: z.string(), who: z.string().nullable(),
  /** "新增联系记录", "修改客户". */
  sentence: z.string(),
  why: z.string().nullable(),
  changes: z.array(z.strictObject({ label: z.string(), before: z.string().nullable(), after: z.string().nullable() })),
})
export type HistoryLineView = z.output<typeof historyLine>

export const customerHistory = endpoint({
  id: 'customers.history', method: 'GET', path: '/api/customers/:customerId/history',
  text: { zh: '查看客户变更记录', en: 'See the history of a customer' },
  permission: 'customer.read', opens: 'customerId',
  params: z.strictObject({ customerId: idText }),
  query: z.strictObject(pageQuery),
  reply: page(historyLine),
})

export const personHistory = endpoint({
  id: 'access.person-history', method: 'GET', path: '/api/people/:staffKey/history',
  text: { zh: '查看人员变更记录', en: 'See the history of a person' },
  permission: 'person.record',
  params: z.strictObject({ staffKey: key }),
  query: z.strictObject(pageQuery),
  reply: page(historyLine),
})

export const institutionHistory = endpoint({
  id: 'access.institution-history', method: 'GET', path: '/api/organisation/institutions/:key/history',
  text: { zh: '查看机构变更记录', en: 'See the history of a unit' },
  permission: 'person.record',
  params: z.strictObject({ key }),
  query: z.strictObject(pageQuery),
  reply: page(historyLine),
})

export const journalActions = ['ADD', 'CHANGE', 'END', 'READ', 'BULK'] as const

/** The journal itself, newest first. RESTRICTED lines are for compliance, and looking at them leaves a line of its own. */
export const listJournal = endpoint({
  id: 'access.journal', method: 'GET', path: '/api/journal',
  text: { zh: '查看操作日志', en: 'Read the journal' },
  permission: 'journal.read',
  query: z.strictObject({
    ...pageQuery, secrecy: z.enum(['NORMAL', 'RESTRICTED']).optional(), from: dayText.optional(), to: dayText.optional(), staffKey: key.optional(),
    table: z.string().regex(/^[a-z_]{1,60}$/, { error: 'table' }).optional(), action: z.enum(journalActions).optional(), customerId: idText.optional(),
  }),
  reply: z.strictObject({
    ...page(historyLine).shape,
    /** Kinds of things to filter by, in the reader's language. */
    tables: z.array(z.strictObject({ table: z.string(), label: z.string() })),
    mayReadRestricted: z.boolean(), mayVerify: z.boolean(),
  }),
})

export const verifyJournalContract = endpoint({
  id: 'access.verify-journal', method: 'POST', path: '/api/journal/verification',
  text: { zh: '核验操作日志', en: 'Verify the journal' },
  permission: 'journal.verify', ownTransaction: true,
  reply: z.strictObject({
    seals: z.number().int(), sealedLines: z.number().int(), unsealedLines: z.number().int(), oldestUnsealed: z.string().nullable(), ms: z.number().int(),
    faults: z.array(z.strictObject({ kind: z.string(), seal: z.number().int().nullable(), lineId: z.string().nullable(), text: z.string() })),
  }),
})
