import { sql, type Sql, type Transaction } from '../foundation/database/transaction.ts'
import { cutPage, readCursor } from '../foundation/http/cursor.ts'
import { handle, type Context } from '../foundation/http/route.ts'
import { readHistory } from '../foundation/journal/read-history.ts'
import { recordReading } from '../foundation/store/store.ts'
import { ok, refuse, type Outcome } from '../foundation/values/outcome.ts'
import { customerHistory, institutionHistory, listJournal, personHistory, type HistoryLineView } from './journal.contract.ts'
import { tableLabels } from './journal-words.ts'
import { tellLines } from './tell-history.ts'

type Page = { items: HistoryLineView[]; nextCursor: string | null; count: null }

/** The history of an opened customer, with personal values: who may see the customer may see what changed. */
export const customerHistoryRoute = handle(customerHistory, (tx, { params, query }, context) =>
  pageOf(tx, `customers.history ${params.customerId}`, query, context, sql`customer_id = ${params.customerId}`, true))

export const personHistoryRoute = handle(personHistory, async (tx, { params, query }, context) => {
  const key = String(params.staffKey)
  if (!(await tx.maybe(sql`SELECT 1 FROM organisation_staff_facts WHERE staff_key = ${params.staffKey}`))) return refuse('not-found')
  const posts = (await tx.all(sql<{ key: string }>`SELECT DISTINCT post_key::text AS key FROM organisation_post_facts WHERE staff_key = ${params.staffKey}`)).map((row) => row.key)
  const where = sql`((table_name IN ('staff', 'credential') AND object_id = ${key}) OR (table_name IN ('employment', 'grade_held') AND object_id LIKE ${`${key} %`}) OR (table_name = 'post_held' AND object_id = ANY(${posts})))`
  return tx.asRole('auditor', () => pageOf(tx, `access.person-history ${key}`, query, context, where, false))
})

export const institutionHistoryRoute = handle(institutionHistory, async (tx, { params, query }, context) => {
  const key = String(params.key)
  if (!(await tx.maybe(sql`SELECT 1 FROM organisation_institution_facts WHERE institution_key = ${params.key}`))) return refuse('not-found')
  const where = sql`((table_name = 'institution' AND object_id = ${key}) OR (table_name = 'institution_span' AND object_id LIKE ${`${key} %`}))`
  return tx.asRole('auditor', () => pageOf(tx, `access.institution-history ${key}`, query, context, where, false))
})

/** The journal for audit and compliance: what happened, without personal values. */
export const listJournalRoute = handle(listJournal, async (tx, { query }, context) => {
  const { cursor, limit, secrecy = 'NORMAL', ...filter } = query
  const mayReadRestricted = context.may('journal.read-restricted').allowed
  if (secrecy === 'RESTRICTED' && !mayReadRestricted) return refuse('not-allowed')
  const conditions: Sql[] = [sql`true`]
  if (filter.from !== undefined) conditions.push(sql`at >= ${filter.from}::date`)
  if (filter.to !== undefined) conditions.push(sql`at < ${filter.to}::date + 1`)
  if (filter.staffKey !== undefined) conditions.push(sql`person_key = ${filter.staffKey}`)
  if (filter.table !== undefined) conditions.push(sql`table_name = ${filter.table}`)
  if (filter.action !== undefined) conditions.push(filter.action === 'BULK' ? sql`action LIKE 'BULK%'` : sql`action = ${filter.action}`)
  if (filter.customerId !== undefined) conditions.push(secrecy === 'NORMAL' ? sql`customer_id = ${filter.customerId}` : sql`hidden_customer_id = ${filter.customerId}`)
  // one line per query for a reading of something RESTRICTED
  if (secrecy === 'RESTRICTED') await recordReading(tx, { table: 'journal_line', objectId: null, customerId: null, secrecy, why: 'journal' })
  const list = `access.journal ${JSON.stringify([secrecy, filter])}`
  const page = await tx.asRole(secrecy === 'NORMAL' ? 'auditor' : 'compliance', () => pageOf(tx, list, { cursor, limit }, context, sql.join(conditions, sql` AND `), false))
  return page.ok ? ok({ ...page.value, tables: tableLabels(context.language), mayReadRestricted, mayVerify: context.may('journal.verify').allowed }) : page
})

async function pageOf(tx: Transaction, list: string, query: { cursor?: string | undefined; limit: number }, { services, language }: Context, where: Sql, personal: boolean): Promise<Outcome<Page>> {
  const place = readCursor(services.keys.keyring, list, query.cursor)
  if (!place.ok) return place
  const before = place.value ? { at: String(place.value[0]), id: String(place.value[1]) } : null
  const lines = await readHistory(tx, where, personal ? services.keys : null, before, query.limit + 1)
  const { shown, nextCursor } = cutPage(services.keys.keyring, list, lines, query.limit, (last) => [last.exactAt, last.id])
  return ok({
    items: await tellLines(tx, shown, language),
    nextCursor,
    count: null,
  })
}
