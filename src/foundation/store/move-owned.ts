import { sql, type Sql, type Transaction } from '../database/transaction.ts'
import type { CustomerKeys } from '../secrets/customer-keys.ts'
import { allTables, type TableFacts } from './catalogue.ts'
import { bulk, noteClassed, quiet } from './store.ts'

/** The keys of a row beside customer_id: {"id": "…"}; empty where the customer has one row at most. */
export type RowKey = Record<string, string>
/** Rows of a table that go from one customer to another; `column` customer_id: the rows themselves, else rows elsewhere that name the customer in that column. */
export type Moved = { table: string; column: string; keys: RowKey[] }
type Link = { child: string; parent: string; columns: string[]; parentColumns: string[] }
export type Carry = {
  from: string
  to: string
  /** Scope columns of the receiving customer: rows that are listed across customers get them. */
  scope: { scopePath: string; viewers: readonly number[] }
  batch: string
  why: string
}

/** A row of the one clashes with a row of the other: whoever calls names it. */
export class RowsClash extends Error {
  readonly table: string
  constructor(table: string) {
    super(`rows of ${table} clash`)
    this.table = table
  }
}

/** What would go over: every row of every owned table in the catalogue, of later capabilities too, except the tables that stay; and every column elsewhere that names the customer. Runs as `batch`. */
export async function planMove(tx: Transaction, from: string, to: string, stays: ReadonlySet<string>): Promise<Moved[]> {
  const { owned, named } = await movable(tx, stays)
  const plan: Moved[] = []
  for (const facts of owned) {
    const keys = facts.secrecy === 'NORMAL' ? await keysToMove(tx, facts, from, to) : await classedKeys(tx, facts, from)
    if (keys.length > 0) plan.push({ table: facts.name, column: 'customer_id', keys })
  }
  for (const { facts, column } of named) {
    const keys = await tx.all(sql<{ key: RowKey }>`SELECT ${keyObject(facts.key, 't')} AS key FROM ${sql.table(facts.name)} t WHERE t.${sql.ref(column)} = ${from}
      ${facts.key.includes(column) ? sql`AND NOT EXISTS (SELECT FROM ${sql.table(facts.name)} s WHERE s.${sql.ref(column)} = ${to} AND ${sameKeys(facts.key.filter((name) => name !== column), 's', 't')})` : sql``}`)
    if (keys.length > 0) plan.push({ table: facts.name, column, keys: keys.map(({ key }) => key) })
  }
  return plan
}

/** What goes back: the rows that went over and are still there, with everything that hangs on them by now (balances booked since on an account that goes back). */
export async function planReturn(tx: Transaction, moved: readonly Moved[], at: string, stays: ReadonlySet<string>): Promise<Moved[]> {
  const { owned, links } = await movable(tx, stays)
  const plan = new Map<string, Moved>()
  for (const facts of owned) {
    const known = moved.find((one) => one.table === facts.name && one.column === 'customer_id')?.keys ?? []
    const names = facts.key.filter((name) => name !== 'customer_id')
    const found = new Map(known.map((key) => [JSON.stringify(names.map((name) => key[name])), key]))
    for (const link of facts.secrecy === 'NORMAL' ? links.filter(({ child, parent }) => child === facts.name && plan.has(parent)) : []) {
      const parents = plan.get(link.parent)?.keys ?? []
      const rows = await tx.all(sql<{ key: RowKey }>`SELECT ${keyObject(names, 't')} AS key FROM ${sql.table(facts.name)} t JOIN ${recordset(parents, link.parentColumns, await parentTypes(tx, link.parent), 'p')}
        ON ${sql.join(link.columns.map((name, place) => sql`t.${sql.ref(name)} = p.${sql.ref(link.parentColumns[place] ?? '')}`), sql` AND `)} WHERE t.customer_id = ${at}`)
      for (const { key } of rows) found.set(JSON.stringify(names.map((name) => key[name])), key)
    }
    if (found.size > 0) plan.set(facts.name, { table: facts.name, column: 'customer_id', keys: [...found.values()] })
  }
  return [...plan.values(), ...moved.filter(({ column, table }) => column !== 'customer_id' || !plan.has(table)).filter((one) => !owned.some(({ name }) => name === one.table && one.column === 'customer_id'))]
}

/**
 * Carries the rows of a plan from one customer to the other, all or nothing: copies, parents before children; then removes, children before parents. Encrypted values are put under the receiving
 * customer's key. Returns what really went (a row that the other has already under a unique key stays). Throws RowsClash when rows hang on one that cannot go.
 */
export async function carryRows(tx: Transaction, keys: CustomerKeys, plan: readonly Moved[], carry: Carry): Promise<Moved[]> {
  const { owned } = await movable(tx, new Set())
  const gone: Moved[] = []
  let at = ''
  try {
    for (const facts of owned) {
      const wanted = plan.find((one) => one.table === facts.name && one.column === 'customer_id')
      if (!wanted) continue
      at = facts.name
      const copied = facts.secrecy === 'NORMAL' ? await copyRows(tx, keys, facts, wanted.keys, carry) : await copyClassed(tx, keys, facts, wanted.keys, carry)
      if (copied.length > 0) gone.push({ table: facts.name, column: 'customer_id', keys: copied })
    }
    for (const one of [...gone].reverse()) {
      at = one.table
      const facts = owned.find(({ name }) => name === one.table)
      if (facts) await removeRows(tx, facts, one.keys, carry)
    }
    for (const one of plan.filter(({ column, table }) => column !== 'customer_id' || !owned.some(({ name }) => name === table))) {
      at = one.table
      await renameIn(tx, one, carry)
      gone.push(one)
    }
    await tx.run(sql`SET CONSTRAINTS ALL IMMEDIATE`)
  } catch (error) {
    if (/^23/.test((error as { code?: string }).code ?? '')) throw new RowsClash(at)
    throw error
  }
  return gone
}

type Named = { facts: TableFacts; column: string }

/** Owned tables, parents before children, and the columns of any table that name a customer in another way. */
async function movable(tx: Transaction, stays: ReadonlySet<string>): Promise<{ owned: TableFacts[]; named: Named[]; links: Link[] }> {
  const tables = (await allTables(tx)).filter(({ name }) => !stays.has(name))
  const links = await tx.all(sql<Link>`
    SELECT c.conrelid::regclass::text AS child, c.confrelid::regclass::text AS parent,
      (SELECT array_agg(a.attname::text ORDER BY k.place) FROM unnest(c.conkey) WITH ORDINALITY k(number, place) JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = k.number WHERE a.attname <> 'customer_id') AS columns,
      (SELECT array_agg(a.attname::text ORDER BY k.place) FROM unnest(c.confkey) WITH ORDINALITY k(number, place) JOIN pg_attribute a ON a.attrelid = c.confrelid AND a.attnum = k.number WHERE a.attname <> 'customer_id') AS "parentColumns"
    FROM pg_constraint c WHERE c.contype = 'f' AND c.connamespace = 'public'::regnamespace AND cardinality(c.conkey) > 1`)
  const owned = tables.filter(({ kind, key }) => kind === 'owned' && key[0] === 'customer_id')
  const ordered: TableFacts[] = []
  const place = (facts: TableFacts): void => {
    if (ordered.includes(facts)) return
    for (const { parent } of links.filter(({ child, parent: other }) => child === facts.name && other !== facts.name)) {
      const above = owned.find(({ name }) => name === parent)
      if (above) place(above)
    }
    ordered.push(facts)
  }
  for (const facts of [...owned].sort((a, b) => (a.name < b.name ? -1 : 1))) place(facts)
  const named = tables.filter(({ secrecy }) => secrecy === 'NORMAL').flatMap((facts) => [...facts.types].filter(([name, type]) => facts.follows.includes(name) || (facts.kind !== 'bank' && type === 'uuid' && (name.endsWith('_customer_id') || (name === 'customer_id' && facts.kind === 'reference'))))
    .map(([column]) => ({ facts, column })))
  return { owned: ordered, named, links }
}

const parentTypes = async (tx: Transaction, table: string): Promise<ReadonlyMap<string, string>> => (await allTables(tx)).find(({ name }) => name === table)?.types ?? new Map()
const rest = (facts: TableFacts): string[] => facts.key.filter((name) => name !== 'customer_id')
const keyObject = (names: readonly string[], alias: string): Sql => (names.length === 0 ? sql`'{}'::jsonb` : sql`jsonb_build_object(${sql.join(names.flatMap((name) => [sql`${name}::text`, sql`${sql.ref(alias)}.${sql.ref(name)}`]))})`)
const sameKeys = (names: readonly string[], a: string, b: string): Sql => (names.length === 0 ? sql`true` : sql.join(names.map((name) => sql`${sql.ref(a)}.${sql.ref(name)} = ${sql.ref(b)}.${sql.ref(name)}`), sql` AND `))

/** Keys as rows of a statement: typed as the table's columns. */
function recordset(keys: readonly Record<string, unknown>[], names: readonly string[], types: ReadonlyMap<string, string>, alias: string): Sql {
  const columns = names.length === 0 ? sql`nothing int` : sql.join(names.map((name) => sql`${sql.ref(name)} ${typeName(types.get(name) ?? 'text')}`))
  return sql`jsonb_to_recordset(${JSON.stringify(keys)}::jsonb) AS ${sql.ref(alias)} (${columns})`
}

// the few types that keys and ciphers have; anything else is our own mistake
function typeName(type: string): Sql {
  if (type === 'uuid') return sql`uuid`
  if (type === 'text') return sql`text`
  if (type === 'date') return sql`date`
  if (type === 'integer') return sql`int`
  if (type === 'bigint') return sql`bigint`
  if (type === 'smallint') return sql`smallint`
  if (type === 'bytea') return sql`bytea`
  if (type === 'boolean') return sql`boolean`
  if (type === 'timestamp with time zone') return sql`timestamptz`
  throw new Error(`a key of type ${type} cannot be moved`)
}

async function keysToMove(tx: Transaction, facts: TableFacts, from: string, to: string): Promise<RowKey[]> {
  const names = rest(facts)
  const rows = await tx.all(sql<{ key: RowKey }>`SELECT ${keyObject(names, 't')} AS key FROM ${sql.table(facts.name)} t WHERE t.customer_id = ${from}
    AND NOT EXISTS (SELECT FROM ${sql.table(facts.name)} s WHERE s.customer_id = ${to} AND ${sameKeys(names, 's', 't')})`)
  return rows.map(({ key }) => key)
}

async function classedKeys(tx: Transaction, facts: TableFacts, from: string): Promise<RowKey[]> {
  const { ids } = await tx.one(sql<{ ids: string[] }>`SELECT classed_ids(${facts.name}::regclass, ${from}) AS ids`)
  return ids.map((id) => ({ id }))
}

const ciphersOf = (facts: TableFacts): string[] => [...facts.types.keys()].filter((name) => facts.cipher.includes(name) || name.endsWith('_cipher'))

async function copyRows(tx: Transaction, keys: CustomerKeys, facts: TableFacts, wanted: readonly RowKey[], carry: Carry): Promise<RowKey[]> {
  const names = rest(facts)
  const ciphers = ciphersOf(facts)
  const scoped = facts.types.has('scope_path') && facts.types.has('viewers')
  const resealed: Record<string, unknown>[] = []
  if (ciphers.length > 0) {
    const rows = await tx.all(sql<{ key: RowKey } & Record<string, Buffer | null>>`SELECT ${keyObject(names, 't')} AS key, ${sql.join(ciphers.map((name) => sql`t.${sql.ref(name)}`))} FROM ${sql.table(facts.name)} t
      JOIN ${recordset(wanted, names, facts.types, 'w')} ON ${sameKeys(names, 'w', 't')} WHERE t.customer_id = ${carry.from}`)
    for (const row of rows) {
      const made: Record<string, unknown> = { ...(row.key as RowKey) }
      for (const name of ciphers) made[`new_${name}`] = hex(await reseal(tx, keys, row[name] as Buffer | null, carry))
      resealed.push(made)
    }
  }
  const value = (name: string): Sql => {
    if (name === 'customer_id') return sql`${carry.to}::uuid`
    if (ciphers.includes(name)) return sql`n.${sql.ref(`new_${name}`)}`
    if (scoped && name === 'scope_path') return sql`${carry.scope.scopePath}::text`
    if (scoped && name === 'viewers') return sql`${[...carry.scope.viewers]}::int[]`
    return sql`t.${sql.ref(name)}`
  }
  const columns = [...facts.types.keys()]
  const types = new Map([...facts.types, ...ciphers.map((name): [string, string] => [`new_${name}`, 'bytea'])])
  const given = ciphers.length > 0 ? recordset(resealed, [...names, ...ciphers.map((name) => `new_${name}`)], types, 'n') : recordset(wanted, names, facts.types, 'n')
  const statement = sql`INSERT INTO ${sql.table(facts.name)} (${sql.join(columns.map((name) => sql.ref(name)))}) SELECT ${sql.join(columns.map(value))} FROM ${sql.table(facts.name)} t JOIN ${given} ON ${sameKeys(names, 'n', 't')}
    WHERE t.customer_id = ${carry.from} ON CONFLICT DO NOTHING`
  if (facts.journal === 'none') await quiet(tx, facts.name, 'add', statement)
  else await bulk(tx, { table: facts.name, what: 'add', statement, why: carry.why, batch: carry.batch })
  const there = await tx.all(sql<{ key: RowKey }>`SELECT ${keyObject(names, 't')} AS key FROM ${sql.table(facts.name)} t JOIN ${recordset(wanted, names, facts.types, 'w')} ON ${sameKeys(names, 'w', 't')} WHERE t.customer_id = ${carry.to}`)
  return there.map(({ key }) => key)
}

const hex = (value: Buffer | null): string | null => (value === null ? null : `\\x${value.toString('hex')}`)

/** The same text under the receiving customer's key. A value whose key was destroyed stays unreadable as it is. */
async function reseal(tx: Transaction, keys: CustomerKeys, sealed: Buffer | null, { from, to }: Carry): Promise<Buffer | null> {
  if (sealed === null) return null
  const text = await keys.decrypt(tx, from, sealed)
  return text === null ? sealed : keys.encrypt(tx, to, text)
}

async function removeRows(tx: Transaction, facts: TableFacts, gone: readonly RowKey[], carry: Carry): Promise<void> {
  if (facts.secrecy !== 'NORMAL') {
    const { n } = await tx.one(sql<{ n: number }>`SELECT drop_classed_rows(${facts.name}::regclass, ${carry.from}, ${gone.map((key) => key['id'] ?? '')}::uuid[]) AS n`)
    await noteClassed(tx, facts.name, 'remove', n, carry)
    return
  }
  const names = rest(facts)
  const statement = sql`DELETE FROM ${sql.table(facts.name)} t USING ${recordset(gone, names, facts.types, 'g')} WHERE t.customer_id = ${carry.from} AND ${sameKeys(names, 'g', 't')}`
  if (facts.journal === 'none') await quiet(tx, facts.name, 'remove', statement)
  else await bulk(tx, { table: facts.name, what: 'remove', alias: 't', statement, why: carry.why, batch: carry.batch })
}

async function copyClassed(tx: Transaction, keys: CustomerKeys, facts: TableFacts, wanted: readonly RowKey[], carry: Carry): Promise<RowKey[]> {
  const ids = wanted.map((key) => key['id'] ?? '')
  const ciphers = await tx.all(sql<{ id: string; column_name: string; cipher: Buffer }>`SELECT id, column_name, cipher FROM classed_ciphers(${facts.name}::regclass, ${carry.from}) WHERE id = ANY(${ids}::uuid[])`)
  const rows = new Map<string, Record<string, string>>()
  for (const { id, column_name: column, cipher } of ciphers) rows.set(id, { ...rows.get(id), id, [column]: (await reseal(tx, keys, cipher, carry))?.toString('hex') ?? '' })
  const { n } = await tx.one(sql<{ n: number }>`SELECT copy_classed_rows(${facts.name}::regclass, ${carry.from}, ${carry.to}, ${ids}::uuid[], ${JSON.stringify([...rows.values()])}::jsonb) AS n`)
  await noteClassed(tx, facts.name, 'add', n, carry)
  return [...wanted]
}

/** Rows elsewhere that name the customer: their column gets the other one. */
async function renameIn(tx: Transaction, { table, column, keys }: Moved, carry: Carry): Promise<void> {
  const facts = (await allTables(tx)).find(({ name }) => name === table)
  if (!facts) return
  // a row of the customer itself went over just now: it stands under the other one
  const names = facts.key.filter((name) => name !== column && name !== 'customer_id')
  const statement = sql`UPDATE ${sql.table(table)} t SET ${sql.ref(column)} = ${carry.to} FROM ${recordset(keys, names, facts.types, 'k')} WHERE t.${sql.ref(column)} = ${carry.from} AND ${sameKeys(names, 'k', 't')}`
  if (facts.journal === 'none') await quiet(tx, table, 'change', statement)
  else await bulk(tx, { table, what: 'change', alias: 't', statement, why: carry.why, batch: carry.batch })
}
