import { sql, type Sql, type Transaction } from '../../foundation/database/transaction.ts'
import { canonical } from '../../foundation/http/twice-is-once.ts'
import type { CustomerKeys } from '../../foundation/secrets/customer-keys.ts'
import { quiet, type Row, type Value } from '../../foundation/store/store.ts'
import { maskPhone, normaliseNumber } from '../identity-number.rules.ts'
import { fileGroups, isSecret, type FileField, type FileGroup, type FileList, type FieldValue, type Values } from './file-fields.contract.ts'

export type CustomerKind = 'CORPORATE' | 'PERSON'
export const mask = '***'

/** The groups and the fields that this kind of customer has. */
export function groupsFor(kind: CustomerKind): FileGroup[] {
  return fileGroups.filter((group) => group.for === 'BOTH' || group.for === kind).map((group) => ({ ...group, fields: group.fields.filter((field) => field.only === undefined || field.only === kind) }))
}

const tables = ['corporate', 'corporate_file', 'person', 'person_file', 'customer_file'] as const

/** How a field is read: masked where it is secret; money and exact decimals as text. */
function shown(field: FileField, table: string): Sql {
  const ref = (suffix = ''): Sql => sql.ref(`${table}.${field.column}${suffix}`)
  switch (field.kind) {
    case 'money': case 'percent': case 'rate': return sql`${ref()}::text`
    case 'flag': return sql`coalesce(${ref()}, false)`
    case 'texts': return sql`coalesce(${ref()}, '{}')`
    case 'phone': case 'mail': return ref('_masked')
    case 'idNumber': return sql`'***********' || ${ref('_tail')}`
    case 'address': return sql`coalesce(${ref()}, CASE WHEN ${ref('_cipher')} IS NOT NULL THEN ${mask} END)`
    default: return ref()
  }
}

// what tells a secret from another of the same mask, for the edition only
const secretMark = (field: FileField, table: string): Sql => sql`encode(sha256(${sql.ref(`${table}.${field.column}_cipher`)}), 'hex')`

const columns = (fields: readonly FileField[], tableOf: (field: FileField) => string): Sql => sql.join(fields.flatMap((field) => [
  sql`${shown(field, tableOf(field))} AS ${sql.ref(field.name)}`, ...(isSecret(field) ? [sql`${secretMark(field, tableOf(field))} AS ${sql.ref(`${field.name}#`)}`] : []),
]))

type Told = Record<string, FieldValue>
export type KeptGroup = { code: string; values: Told; edition: string }
export type KeptRow = { id: string; values: Told; edition: string; endedOn: string | null; endReason: string | null; file: { id: string; name: string; kind: string; size: number } | null }

/** A short keyed hash of content: two states with one edition are the same. */
function editionOf(keys: CustomerKeys, content: unknown): string {
  return keys.keyring.hash('EDITION', canonical(content)).toString('hex').slice(0, 16)
}

/** Every group of the customer in one statement. Values are those of the database, money unmasked: for rules; `tell` masks. */
export async function readGroups(tx: Transaction, keys: CustomerKeys, customerId: string, kind: CustomerKind): Promise<KeptGroup[]> {
  const groups = groupsFor(kind)
  const fields = groups.flatMap((group) => group.fields)
  const joins = sql.join(tables.map((table) => sql`LEFT JOIN ${sql.table(table)} ON ${sql.ref(`${table}.customer_id`)} = customer.customer_id`), sql` `)
  const row = await tx.one(sql<Told>`SELECT ${columns(fields, (field) => field.table ?? 'customer')} FROM customer ${joins} WHERE customer.customer_id = ${customerId}`)
  return groups.map((group) => {
    const values = Object.fromEntries(group.fields.map((field) => [field.name, row[field.name] ?? null]))
    return { code: group.code, values: withDefaults(group, values), edition: editionOf(keys, [group.code, values]) }
  })
}

// where no row stands yet, what the database would keep
function withDefaults(group: FileGroup, values: Told): Told {
  return group.code === 'CONFIDENTIALITY' && values['confidentiality'] === null ? { ...values, confidentiality: 'NORMAL' } : values
}

/** The rows of a list, those that hold first. `ended`: the former ones too. */
export async function readRows(tx: Transaction, keys: CustomerKeys, customerId: string, list: FileList, given: { ended: boolean; id?: string }): Promise<KeptRow[]> {
  const { table } = list
  const file = list.files
    ? sql`, (SELECT jsonb_build_object('id', s.id, 'name', s.file_name, 'kind', s.kind, 'size', s.size_bytes) FROM stored_file s WHERE s.customer_id = ${customerId} AND s.id = ${sql.ref(`${table}.file_id`)}) AS "file#"`
    : sql``
  const only = given.id === undefined ? sql`` : sql` AND ${sql.ref(`${table}.id`)} = ${given.id}`
  const held = given.ended ? sql`` : sql` AND ${sql.ref(`${table}.ended_on`)} IS NULL`
  const rows = await tx.all(sql<Told & { 'id#': string; 'ended#': string | null; 'reason#': string | null; 'file#'?: KeptRow['file'] }>`
    SELECT ${sql.ref(`${table}.id`)} AS "id#", ${sql.ref(`${table}.ended_on`)} AS "ended#", ${sql.ref(`${table}.end_reason`)} AS "reason#", ${columns(list.fields, () => table)} ${file}
    FROM ${sql.table(table)} WHERE ${sql.ref(`${table}.customer_id`)} = ${customerId} ${only} ${held} ORDER BY ${sql.ref(`${table}.ended_on`)} NULLS FIRST, ${sql.ref(`${table}.id`)} LIMIT 500`)
  return rows.map((row) => ({
    id: row['id#'], endedOn: row['ended#'], endReason: row['reason#'], file: row['file#'] ?? null, values: Object.fromEntries(list.fields.map((field) => [field.name, row[field.name] ?? null])),
    edition: editionOf(keys, [list.code, row]),
  }))
}

/** As the reader may see it: money that is masked becomes ***. */
export function tell(fields: readonly FileField[], values: Told): Told {
  return Object.fromEntries(fields.map((field) => {
    const value = values[field.name] ?? null
    return [field.name, field.kind === 'money' && field.masked && value !== null ? mask : value]
  }))
}

/** What is written for the values that were sent: secrets encrypted under the customer's key, with their keyed hash and mask. Numbers that find the customer are noted. */
export async function columnsToWrite(tx: Transaction, keys: CustomerKeys, customerId: string, kind: CustomerKind, fields: readonly FileField[], values: Values): Promise<Row> {
  const row: Record<string, Value> = {}
  for (const field of fields) {
    const value = values[field.name]
    if (value === undefined) continue
    const text = typeof value === 'string' ? value : null
    const { column } = field
    switch (field.kind) {
      case 'phone': {
        const number = text === null ? null : normaliseNumber(text).replaceAll('-', '')
        Object.assign(row, await sealed(tx, keys, customerId, column, number), { [`${column}_hash`]: number === null ? null : keys.keyring.hash('PHONE', number), [`${column}_masked`]: number === null ? null : maskPhone(number) })
        if (number !== null) await findBy(tx, keys, customerId, [['PHONE', number], ['PHONE_TAIL', number.slice(-4)]])
        break
      }
      case 'idNumber': {
        const number = text === null ? null : normaliseNumber(text)
        Object.assign(row, await sealed(tx, keys, customerId, column, number), { [`${column}_hash`]: number === null ? null : keys.keyring.hash('PERSON_ID', number), [`${column}_tail`]: number === null ? null : number.slice(-4) })
        if (number !== null) await findBy(tx, keys, customerId, [['PERSON_ID', number], ['ID_TAIL', number.slice(-4)]])
        break
      }
      case 'mail':
        Object.assign(row, await sealed(tx, keys, customerId, column, text), { [`${column}_masked`]: text === null ? null : text.replace(/^(.).*(@.*)$/, `$1${mask}$2`) })
        break
      case 'address':
        Object.assign(row, kind === 'PERSON' ? { ...(await sealed(tx, keys, customerId, column, text)), [column]: null } : { [column]: text, [`${column}_cipher`]: null, [`${column}_hash`]: null })
        break
      case 'texts':
        row[column] = Array.isArray(value) ? (value as string[]) : []
        break
      default:
        row[column] = value === null && field.empty !== undefined ? field.empty : (value as Value)
    }
  }
  return row
}

async function sealed(tx: Transaction, keys: CustomerKeys, customerId: string, column: string, value: string | null): Promise<Record<string, Value>> {
  return { [`${column}_cipher`]: value === null ? null : await keys.encrypt(tx, customerId, value) }
}

/** Notes that these numbers find the customer: by keyed hash, whole and by the tail. */
export async function findBy(tx: Transaction, keys: CustomerKeys, customerId: string, numbers: readonly (readonly [kind: string, number: string])[]): Promise<void> {
  for (const [kind, number] of numbers) {
    await quiet(tx, 'search_hash', 'add', sql`INSERT INTO search_hash (kind, value_hash, customer_id) VALUES (${kind}, ${keys.keyring.hash(kind, number)}, ${customerId}) ON CONFLICT DO NOTHING`)
  }
}

/** Locks the customer so that two changes of its file come one after the other; its kind. */
export async function lockFile(tx: Transaction, customerId: string): Promise<CustomerKind> {
  return (await tx.one(sql<{ kind: CustomerKind }>`SELECT kind FROM customer WHERE customer_id = ${customerId} FOR UPDATE`)).kind
}

/** Who changed one of these tables last, and when (Asia/Shanghai): for the refusal of what changed meanwhile. */
export async function lastChange(tx: Transaction, customerId: string, changed: readonly string[], objectId?: string): Promise<{ who: string; when: string }> {
  const only = objectId === undefined ? sql`` : sql`AND l.object_id = ${objectId}`
  const row = await tx.maybe(sql<{ who: string | null; moment: string }>`
    SELECT s.staff_name AS who, to_char(l.at AT TIME ZONE 'Asia/Shanghai', 'MM-DD HH24:MI') AS moment FROM journal_line l LEFT JOIN organisation_staff_facts s ON s.staff_key = l.person_key
    WHERE l.customer_id = ${customerId} AND l.table_name = ANY(${[...changed]}::text[]) AND l.action <> 'READ' ${only} ORDER BY l.at DESC LIMIT 1`)
  return { who: row?.who ?? '系统', when: row?.moment ?? '' }
}

