import { sql, type Transaction } from '../foundation/database/transaction.ts'
import { cutPage, readCursor } from '../foundation/http/cursor.ts'
import { handle, type Context } from '../foundation/http/route.ts'
import { add, change, recordReading } from '../foundation/store/store.ts'
import { ok, refuse } from '../foundation/values/outcome.ts'
import { addSecretNote, listSecretNotes, nameSecretReaders, readSecretNote, type NoteItem } from './secret-note.contract.ts'

// The desk acts in its own role; everybody else in one that sees only what names him. Heads and administrators have no other.
const roleOf = (context: Context) => (context.may('secret-note.write').allowed ? 'aml' : 'secret')

type Row = { id: string; customer_id: string; customer_name: string; written_on: string; author_name: string }
const itemOf = (row: Row): NoteItem => ({ id: row.id, customerId: row.customer_id, customerName: row.customer_name, writtenOn: row.written_on, authorName: row.author_name })

export const listSecretNotesRoute = handle(listSecretNotes, async (tx, { query }, context) => {
  const { keyring } = context.services.keys
  const list = `secret notes ${query.customerId ?? ''}`
  const place = readCursor(keyring, list, query.cursor)
  if (!place.ok) return place
  return tx.asRole(roleOf(context), async () => {
    const rows = await tx.all(sql<Row & { readers: number[] }>`
      SELECT n.id, n.customer_id, n.customer_name, n.written_on, n.readers, s.staff_name AS author_name FROM secret_note n JOIN organisation_staff_facts s ON s.staff_key = n.author_key
      WHERE ${query.customerId === undefined ? sql`true` : sql`n.customer_id = ${query.customerId}`}
        ${place.value ? sql`AND (n.written_on, n.id) < (${place.value[0]}::date, ${place.value[1]}::uuid)` : sql``}
      ORDER BY n.written_on DESC, n.id DESC LIMIT ${query.limit + 1}`)
    const { shown, nextCursor } = cutPage(keyring, list, rows, query.limit, (last) => [last.written_on, last.id])
    // that there is a note is itself secret: seeing the list is a reading
    if (shown.length > 0) {
      await recordReading(tx, { table: 'secret_note', objectId: null, customerId: query.customerId ?? null, secrecy: 'SECRET', readers: [context.actor.staffKey], why: 'list of secret notes', about: { notes: shown.length } })
    }
    return ok({ items: shown.map(itemOf), nextCursor, count: null })
  })
})

type Note = Row & { text_cipher: Buffer; readers: number[] }

function noteById(tx: Transaction, noteId: string): Promise<Note | undefined> {
  return tx.maybe(sql<Note>`
    SELECT n.id, n.customer_id, n.customer_name, n.written_on, n.text_cipher, n.readers, s.staff_name AS author_name FROM secret_note n JOIN organisation_staff_facts s ON s.staff_key = n.author_key WHERE n.id = ${noteId}`)
}

export const readSecretNoteRoute = handle(readSecretNote, async (tx, { params }, context) => tx.asRole(roleOf(context), async () => {
  const found = await noteById(tx, params.noteId)
  if (!found) return refuse('not-found')
  await recordReading(tx, { table: 'secret_note', objectId: found.id, customerId: found.customer_id, secrecy: 'SECRET', readers: found.readers, why: 'secret note read' })
  const names = await tx.all(sql<{ staff_key: number; staff_name: string }>`SELECT staff_key, staff_name FROM organisation_staff_facts WHERE staff_key = ANY(${found.readers}::int[]) ORDER BY staff_no`)
  return ok({
    ...itemOf(found), text: await context.services.keys.decrypt(tx, found.customer_id, found.text_cipher), readers: names.map((one) => ({ staffKey: one.staff_key, name: one.staff_name })),
    mayNameReaders: context.may('secret-note.write').allowed,
  })
}))

export const addSecretNoteRoute = handle(addSecretNote, async (tx, { params, body }, context) => {
  const { name } = await tx.one(sql<{ name: string }>`SELECT name FROM customers_customer_facts WHERE customer_id = ${params.customerId}`)
  if (!(await employed(tx, body.readers, context.businessDate))) return refuse('reader-unknown', { field: 'readers' })
  const cipher = await context.services.keys.encrypt(tx, params.customerId, body.text)
  await tx.asRole('aml', () => add(tx, 'secret_note', {
    customer_id: params.customerId, id: body.id, author_key: context.actor.staffKey, readers: [...new Set(body.readers)], text_cipher: cipher, customer_name: name, written_on: context.businessDate,
  }, { why: null, action: 'WRITE_SECRET' }))
  return ok({ id: body.id })
})

export const nameSecretReadersRoute = handle(nameSecretReaders, async (tx, { params, body }, context) => tx.asRole('aml', async () => {
  const found = await noteById(tx, params.noteId)
  if (!found) return refuse('not-found')
  if (!(await employed(tx, body.readers, context.businessDate))) return refuse('reader-unknown', { field: 'readers' })
  await change(tx, 'secret_note', { customer_id: found.customer_id, id: found.id }, { readers: [...new Set(body.readers)] }, { why: null, action: 'NAME_READERS' })
  return ok({ id: found.id })
}))

async function employed(tx: Transaction, people: readonly number[], day: string): Promise<boolean> {
  const wanted = [...new Set(people)]
  const { found } = await tx.one(sql<{ found: number }>`
    SELECT count(DISTINCT staff_key)::int AS found FROM organisation_post_facts WHERE staff_key = ANY(${wanted}::int[]) AND from_date <= ${day} AND (to_date IS NULL OR to_date > ${day})`)
  return found === wanted.length
}
