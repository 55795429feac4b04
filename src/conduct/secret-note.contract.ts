import { z } from 'zod'
import { dayText, idText, newIdText, safeText } from '../foundation/values/api-values.ts'
import { endpoint, page, pageQuery } from '../foundation/http/contract.ts'

const staffKey = z.number().int().positive().max(2_147_483_647)
const noteItem = z.strictObject({ id: idText, customerId: idText, customerName: z.string(), writtenOn: dayText, authorName: z.string() })
export type NoteItem = z.output<typeof noteItem>

/** The desk sees all, a person named in a case that one; for everybody else there are none, whatever the customer. */
export const listSecretNotes = endpoint({
  id: 'secret-note.list', method: 'GET', path: '/api/secret-notes',
  text: { zh: '查看反洗钱备注', en: 'See notes of the anti-money-laundering desk' },
  permission: 'secret-note.read',
  query: z.strictObject({ ...pageQuery, customerId: idText.optional() }),
  reply: page(noteItem),
})

export const readSecretNote = endpoint({
  id: 'secret-note.read', method: 'GET', path: '/api/secret-notes/:noteId',
  text: { zh: '阅读反洗钱备注', en: 'Read a note of the anti-money-laundering desk' },
  permission: 'secret-note.read',
  params: z.strictObject({ noteId: idText }),
  reply: noteItem.extend({ text: z.string().nullable(), readers: z.array(z.strictObject({ staffKey: z.number().int(), name: z.string() })), mayNameReaders: z.boolean() }),
})

const readerRefusal = { 'reader-unknown': { status: 422, zh: '未能保存。所选人员已不在职。请重新选择', en: 'Not saved. A person named is not employed any more. Choose again' } } as const

export const addSecretNote = endpoint({
  id: 'secret-note.add', method: 'POST', path: '/api/customers/:customerId/secret-notes',
  text: { zh: '写反洗钱备注', en: 'Write a note of the anti-money-laundering desk' },
  permission: 'secret-note.write', opens: 'customerId', writes: 'create',
  params: z.strictObject({ customerId: idText }),
  body: z.strictObject({ id: newIdText, text: safeText(2000, { min: 2, multiline: true }), readers: z.array(staffKey).max(20).default([]) }),
  reply: z.strictObject({ id: idText }),
  refusals: readerRefusal,
})

export const nameSecretReaders = endpoint({
  id: 'secret-note.readers', method: 'PUT', path: '/api/secret-notes/:noteId/readers',
  text: { zh: '指定反洗钱备注的知情人', en: 'Name the people of a case' },
  permission: 'secret-note.write', writes: 'act',
  params: z.strictObject({ noteId: idText }),
  body: z.strictObject({ readers: z.array(staffKey).max(20) }),
  reply: z.strictObject({ id: idText }),
  refusals: readerRefusal,
})
