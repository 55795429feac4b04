import type { z } from 'zod'
import { minutesLeft, numbersPerHour, takeHourly } from '../foundation/access/hourly-limit.ts'
import { sql, type Sql, type Transaction } from '../foundation/database/transaction.ts'
import { cutPage, readCursor } from '../foundation/http/cursor.ts'
import { handle, type Context } from '../foundation/http/route.ts'
import { recordReading } from '../foundation/store/store.ts'
import { ok, refuse, type Outcome } from '../foundation/values/outcome.ts'
import { searchGrams } from '../foundation/values/person-name.ts'
import { listCustomers, type CustomerRow } from './customer.contract.ts'
import { normaliseNumber } from './identity-number.rules.ts'
import { countCustomersWhere, findAndCount, findCustomerIds, type Sight } from './lists/engine-find-customers.ts'
import { readNarrowing } from './lists/read-narrowing.ts'
import { numbersIn } from './number-search.rules.ts'

export type CustomerFilters = Pick<z.output<typeof listCustomers.query>, 'q' | 'kind' | 'tier' | 'status' | 'outletKey' | 'managerKey' | 'segment' | 'tag' | 'sort'>
const countedMost = 10_000

const sorts = { adb: sql`c.month_adb_fen`, name: sql`c.name_pinyin`, changed: sql`c.changed_at` } as const
const sortTypes = { adb: sql`bigint`, name: sql`text`, changed: sql`timestamptz` } as const
type Sort = keyof typeof sorts

/** Customers of one's scope. Names are found by their grams, numbers by their keyed hashes; the policy of the table decides what is seen. */
export const listCustomersRoute = handle(listCustomers, async (tx, { query }, context) => {
  const { cursor, limit, count, ...filters } = query
  const { keyring } = context.services.keys
  const list = `customers.list ${JSON.stringify(filters)}`
  const place = readCursor(keyring, list, cursor)
  if (!place.ok) return place
  const narrowed = await narrow(tx, filters, context, cursor === undefined)
  if (!narrowed.ok) return narrowed
  const asked: Asked = { ...narrowed.value, after: place.value && { key: String(place.value[0]), id: String(place.value[1]) } }
  const rows = await readRows(tx, asked, limit + 1, context.businessDate)
  const { shown, nextCursor } = cutPage(keyring, list, rows, limit, (last) => [last.sort_key, last.customerId])
  return ok({
    items: shown.map(withoutKey),
    nextCursor,
    count: count === 'no' ? null : await boundedCount(tx, asked),
  })
})

/** The ids of a number search; null: not a search by number. Counted and journaled once per search (its further pages are the same search), never with the number itself. */
export async function findNumbers(tx: Transaction, q: string | undefined, context: Context, first: boolean): Promise<Outcome<string[] | null>> {
  if (q === undefined) return ok(null)
  const numbers = numbersIn(q)
  if (numbers.length === 0) {
    // a customer number is no secret: whole, it finds its customer
    const number = normaliseNumber(q)
    if (!/^(?=.*\d)[A-Z0-9-]{3,24}$/.test(number)) return ok(null)
    // the number of a customer that was merged finds the one that stayed
    const known = await tx.maybe(sql<{ id: string }>`SELECT customer_id AS id FROM customer WHERE number = ${number}
      UNION ALL SELECT c.customer_id FROM customer c WHERE c.customer_id = ANY(ARRAY(SELECT find_by_number('CUSTOMER_NUMBER', ${context.services.keys.keyring.hash('CUSTOMER_NUMBER', number)})))`)
    return ok(known ? [known.id] : null)
  }
  const { actor, services } = context
  if (first && !(await takeHourly(tx, actor.staffKey, 'NUMBER', numbersPerHour))) return refuse('too-many', { details: { minutes: minutesLeft(new Date()) } })
  const customerNumber = { kind: 'CUSTOMER_NUMBER', number: normaliseNumber(q) }
  const hashes = [...numbers, customerNumber].map(({ kind, number }) => sql`SELECT find_by_number(${kind}, ${services.keys.keyring.hash(kind, number)}) AS id`)
  const ids = (await tx.all(sql<{ id: string }>`SELECT DISTINCT id FROM (${sql.join(hashes, sql` UNION `)}) found`)).map((row) => row.id)
  if (first) await recordReading(tx, { table: 'customer', objectId: null, customerId: null, why: 'search by number', about: { kinds: numbers.map((one) => one.kind).join(' ') } })
  return ok(ids)
}

/** `only`: what a segment or a tag asks of the customer besides; found by an engine read in the asker's sight, since it reads what the list's role cannot. */
export type Asked = { filters: CustomerFilters; ids: string[] | null; only: { where: Sql; sight: Sight } | null; after: { key: string; id: string } | null }

/** What stands behind the filters: a number search, a segment, a tag. Refuses a segment or a tag that is not the asker's to use. */
export async function narrow(tx: Transaction, chosen: CustomerFilters & { ids?: readonly string[] | undefined }, context: Context, first: boolean): Promise<Outcome<Omit<Asked, 'after'>>> {
  const { ids: _chosenOneByOne, ...filters } = chosen
  const found = await findNumbers(tx, filters.q, context, first)
  if (!found.ok) return found
  const where = await readNarrowing(tx, chosen, context)
  if (!where.ok) return where
  return ok({ filters, ids: found.value, only: where.value && { where: where.value, sight: context.actor } })
}
export type Row = CustomerRow & { sort_key: string }

/** At most `limit` rows in the order asked for. */
export async function readRows(tx: Transaction, asked: Asked, limit: number, day: string): Promise<Row[]> {
  const where = asked.only ? sql`c.customer_id = ANY(${await idsOnly(tx, asked, asked.only, limit)}::uuid[])` : whereOf(asked, limit)
  return rowsWhere(tx, where, asked.filters, limit, day)
}

/** The first rows of what is asked for, and how many there are (to 10,000): one question to the engine for both. */
export async function readFirst(tx: Transaction, asked: Asked & { only: NonNullable<Asked['only']> }, limit: number, day: string): Promise<{ rows: Row[]; count: { value: number; exact: boolean } }> {
  const { by, descending } = sortOf(asked.filters.sort)
  const direction = descending ? sql`DESC` : sql`ASC`
  const { ids, count } = await findAndCount(tx, asked.only.sight, onlyWhere(asked, asked.only.where), { order: sql`${sorts[by]} ${direction}, c.customer_id ${direction}`, limit, most: countedMost + 1 })
  return { rows: await rowsWhere(tx, sql`c.customer_id = ANY(${ids}::uuid[])`, asked.filters, limit, day), count: { value: Math.min(count, countedMost), exact: count <= countedMost } }
}

function rowsWhere(tx: Transaction, where: Sql, filters: CustomerFilters, limit: number, day: string): Promise<Row[]> {
  const { by, descending } = sortOf(filters.sort)
  const direction = descending ? sql`DESC` : sql`ASC`
  return tx.all(sql<Row>`
    SELECT c.customer_id AS "customerId", c.number, c.kind, c.name, c.name_is_made AS "nameIsMade", c.tier, c.status, o.name AS "outletName", s.staff_name AS "managerName",
      c.deposit_fen::text AS "depositFen", c.month_adb_fen::text AS "monthAdbFen", c.last_month_adb_fen::text AS "lastMonthAdbFen", c.loan_fen::text AS "loanFen", c.figures_as_of AS "asOf", c.changed_at AS "changedAt",
      c.sort_key
    FROM (SELECT c.*, ${sorts[by]}::text AS sort_key FROM customer c WHERE ${where} ORDER BY ${sorts[by]} ${direction}, c.customer_id ${direction} LIMIT ${limit}) c
    LEFT JOIN organisation_institution_facts o ON o.institution_key = c.outlet_key AND o.from_date <= ${day} AND (o.to_date IS NULL OR o.to_date > ${day})
    LEFT JOIN organisation_staff_facts s ON s.staff_key = c.main_staff_key
    ORDER BY ${sorts[by]} ${direction}, c.customer_id ${direction}`)
}

/** How many rows there are, counted to 10,000. */
export async function boundedCount(tx: Transaction, asked: Asked): Promise<{ value: number; exact: boolean }> {
  const { filters, ids, only } = asked
  if (only) {
    const counted = await countCustomersWhere(tx, only.sight, onlyWhere({ ...asked, after: null }, only.where), countedMost + 1)
    return { value: Math.min(counted, countedMost), exact: counted <= countedMost }
  }
  const counted = searchesNames(asked)
    ? sql`SELECT search_customers(${readingsOf(filters.q)}::jsonb, ${filtersOf(filters)}::jsonb, NULL, false, NULL, NULL, ${countedMost + 1})`
    : sql`SELECT 1 FROM customer c WHERE ${sql.join([sql`true`, ...conditionsOf(filters), ...(ids ? [idsOf(filters, ids)] : [])], sql` AND `)} LIMIT ${countedMost + 1}`
  const { value } = await tx.one(sql<{ value: number }>`SELECT count(*)::int AS value FROM (${counted}) counted`)
  return { value: Math.min(value, countedMost), exact: value <= countedMost }
}

/** How many of what is asked for hold a further condition, counted to `most`: an engine read, for the whole of the asker's sight. */
export function countAsked(tx: Transaction, asked: Asked, sight: Sight, also: Sql, most: number): Promise<number> {
  return countCustomersWhere(tx, sight, sql`${onlyWhere({ ...asked, after: null }, asked.only?.where ?? sql`true`)} AND ${also}`, most)
}

/** Ids of everything that is asked for, at most `limit`, in its order: what a batch or an export is made of. */
export async function idsAsked(tx: Transaction, asked: Asked, sight: Sight, limit: number): Promise<string[]> {
  const ids = await idsOnly(tx, asked, asked.only ?? { where: sql`true`, sight }, limit)
  // the policy has the last word
  const seen = await tx.all(sql<{ id: string }>`SELECT customer_id AS id FROM customer WHERE customer_id = ANY(${ids}::uuid[])`)
  const known = new Set(seen.map((row) => row.id))
  return ids.filter((id) => known.has(id))
}

function idsOnly(tx: Transaction, asked: Asked, only: NonNullable<Asked['only']>, limit: number): Promise<string[]> {
  const { by, descending } = sortOf(asked.filters.sort)
  const direction = descending ? sql`DESC` : sql`ASC`
  return findCustomerIds(tx, only.sight, onlyWhere(asked, only.where), sql`${sorts[by]} ${direction}, c.customer_id ${direction}`, limit)
}

function onlyWhere(asked: Asked, only: Sql): Sql {
  const { filters, ids, after } = asked
  const { by, descending } = sortOf(filters.sort)
  const conditions = [only, ...conditionsOf(filters)]
  if (ids) conditions.push(idsOf(filters, ids))
  else if (filters.q !== undefined) {
    const readings = searchGrams(filters.q).slice(0, 12)
    conditions.push(readings.length === 0 ? sql`false` : sql`(${sql.join(readings.map((grams) => sql`c.grams @> ${[...grams]}::text[]`), sql` OR `)})`)
  }
  if (after) conditions.push(sql`(${sorts[by]}, c.customer_id) ${descending ? sql`<` : sql`>`} (${after.key}::${sortTypes[by]}, ${after.id}::uuid)`)
  return sql.join(conditions, sql` AND `)
}

function whereOf(asked: Asked, limit: number): Sql {
  const { filters, ids, after } = asked
  const { by, descending } = sortOf(filters.sort)
  if (searchesNames(asked)) {
    return sql`c.customer_id = ANY(ARRAY(SELECT search_customers(${readingsOf(filters.q)}::jsonb, ${filtersOf(filters)}::jsonb, ${by}, ${descending}, ${after?.key ?? null}, ${after?.id ?? null}::uuid, ${limit}::int)))`
  }
  const conditions = [sql`true`, ...conditionsOf(filters)]
  if (ids) conditions.push(idsOf(filters, ids))
  if (after) conditions.push(sql`(${sorts[by]}, c.customer_id) ${descending ? sql`<` : sql`>`} (${after.key}::${sortTypes[by]}, ${after.id}::uuid)`)
  return sql.join(conditions, sql` AND `)
}

function conditionsOf({ kind, tier, status, outletKey, managerKey }: CustomerFilters): Sql[] {
  const conditions: Sql[] = []
  if (kind !== undefined) conditions.push(sql`c.kind = ${kind}`)
  if (tier !== undefined) conditions.push(sql`c.tier = ${tier}`)
  if (status !== undefined) conditions.push(sql`c.status = ${status}`)
  if (outletKey !== undefined) conditions.push(sql`c.outlet_key = ${outletKey}`)
  if (managerKey !== undefined) conditions.push(sql`c.main_staff_key = ${managerKey}`)
  return conditions
}

// a number may be a customer number too, which is no secret
function idsOf(filters: CustomerFilters, ids: string[]): Sql {
  return sql`(c.customer_id = ANY(${ids}::uuid[]) OR c.number = ${normaliseNumber(filters.q ?? '')})`
}

function searchesNames({ filters, ids }: Asked): boolean {
  return filters.q !== undefined && ids === null
}

function readingsOf(q: string | undefined): string {
  const readings = searchGrams(q ?? '')
  // nothing in it that could be searched: a gram that no name has
  return JSON.stringify(readings.length === 0 ? [['']] : readings.slice(0, 12))
}

function filtersOf({ q: _q, sort: _sort, segment: _segment, tag: _tag, ...filters }: CustomerFilters): string {
  return JSON.stringify(Object.fromEntries(Object.entries(filters).map(([name, value]) => [name, String(value)])))
}

function sortOf(sort: CustomerFilters['sort']): { by: Sort; descending: boolean } {
  return { by: sort.replace('-', '') as Sort, descending: sort.startsWith('-') }
}

export function withoutKey({ sort_key: _key, ...row }: Row): CustomerRow {
  return row
}
