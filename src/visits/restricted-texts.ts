import { sql, type Transaction } from '../foundation/database/transaction.ts'
import { cutPage, readCursor } from '../foundation/http/cursor.ts'
import { handle, type Context } from '../foundation/http/route.ts'
import { change, recordReading } from '../foundation/store/store.ts'
import { ok, refuse } from '../foundation/values/outcome.ts'
import { listRestrictedTexts, nameRestrictedReaders, readRestrictedText, type RestrictedItem } from './restricted-text.contract.ts'

// Compliance reads all of them; everybody else what names him. The database decides, by the role.
const roleOf = (context: Context) => (context.may('contact.restricted.review').allowed ? 'compliance' : 'restricted')

type Row = { id: string; customer_id: string; contact_id: string; customer_name: string; business_date: string; written_on: string; author_key: number; author_name: string }
const itemOf = (row: Row): RestrictedItem => ({
  id: row.id, customerId: row.customer_id, contactId: row.contact_id, customerName: row.customer_name, businessDate: row.business_date, writtenOn: row.written_on, authorKey: row.author_key, authorName: row.author_name,
})
const columns = sql`r.id, r.customer_id, r.contact_id, r.customer_name, r.business_date, r.written_on, r.author_key, s.staff_name AS author_name`

export const listRestrictedTextsRoute = handle(listRestrictedTexts, async (tx, { query }, context) => {
  const { keyring } = context.services.keys
  const list = `restricted ${query.customerId ?? ''}`
  const place = readCursor(keyring, list, query.cursor)
  if (!place.ok) return place
  const here = query.customerId === undefined ? sql`true` : sql`r.customer_id = ${query.customerId}`
  const rows = await tx.asRole(roleOf(context), () => tx.all(sql<Row>`
    SELECT ${columns} FROM contact_restricted r JOIN organisation_staff_facts s ON s.staff_key = r.author_key
    WHERE ${here} ${place.value ? sql`AND (r.written_on, r.id) < (${place.value[0]}::date, ${place.value[1]}::uuid)` : sql``}
    ORDER BY r.written_on DESC, r.id DESC LIMIT ${query.limit + 1}`))
  const { shown, nextCursor } = cutPage(keyring, list, rows, query.limit, (last) => [last.written_on, last.id])
  return ok({ items: shown.map(itemOf), nextCursor, count: null })
})

type Text = Row & { text_cipher: Buffer; readers: number[] }

function textById(tx: Transaction, textId: string): Promise<Text | undefined> {
  return tx.maybe(sql<Text>`SELECT ${columns}, r.text_cipher, r.readers FROM contact_restricted r JOIN organisation_staff_facts s ON s.staff_key = r.author_key WHERE r.id = ${textId}`)
}

export const readRestrictedTextRoute = handle(readRestrictedText, async (tx, { params }, context) => tx.asRole(roleOf(context), async () => {
  const found = await textById(tx, params.textId)
  if (!found) return refuse('not-found')
  await recordReading(tx, { table: 'contact_restricted', objectId: found.id, customerId: found.customer_id, secrecy: 'RESTRICTED', readers: found.readers, why: 'restricted text read' })
  const names = await tx.all(sql<{ staff_key: number; staff_name: string }>`SELECT staff_key, staff_name FROM organisation_staff_facts WHERE staff_key = ANY(${found.readers}::int[]) ORDER BY staff_no`)
  return ok({
    ...itemOf(found), text: await context.services.keys.decrypt(tx, found.customer_id, found.text_cipher), readers: names.map((one) => ({ staffKey: one.staff_key, name: one.staff_name })),
    mayNameReaders: found.author_key === context.actor.staffKey,
  })
}))

/** The author names who may read; he himself stays one. */
export const nameRestrictedReadersRoute = handle(nameRestrictedReaders, async (tx, { params, body }, context) => tx.asRole(roleOf(context), async () => {
  const found = await textById(tx, params.textId)
  if (!found) return refuse('not-found')
  if (found.author_key !== context.actor.staffKey) return refuse('not-the-author')
  const readers = [...new Set([found.author_key, ...body.readers])]
  const { employed } = await tx.one(sql<{ employed: number }>`
    SELECT count(DISTINCT staff_key)::int AS employed FROM organisation_post_facts WHERE staff_key = ANY(${readers}::int[]) AND from_date <= ${context.businessDate} AND (to_date IS NULL OR to_date > ${context.businessDate})`)
  if (employed < readers.length) return refuse('reader-unknown', { field: 'readers' })
  await change(tx, 'contact_restricted', { customer_id: found.customer_id, id: found.id }, { readers }, { why: null, action: 'NAME_READERS' })
  return ok({ id: found.id })
}))
