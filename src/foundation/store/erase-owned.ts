import { sql, type Sql, type Transaction } from '../database/transaction.ts'
import { forgetCustomerKey } from '../secrets/customer-keys.ts'
import { allTables, type TableFacts } from './catalogue.ts'
import { erase, noteClassed, noteErased } from './store.ts'

/** What a column gets whose value is destroyed. */
export const destroyed = '已销毁'

/** What of a table's column decides whether it says something of the customer. */
export type ColumnAbout = { table: string; name: string; type: string; nullable: boolean; keyed: boolean; listed: boolean; personal: boolean }
export type Treatment = 'keep' | 'null' | 'text' | 'texts' | 'json' | 'bytes' | 'unclear'

/** Columns of free text by their type that say how things stand and nothing of the customer: places in the tree, codes of tables of the bank, versions, numbers of our own forms. */
const codes = new Set(['scope_path', 'scope_least', 'scope_most', 'line_path', 'currency', 'product_code', 'period', 'period_key', 'customer_number', 'tier', 'from_tier', 'to_tier', 'number', 'rule', 'said', 'missing', 'price_side', 'status_letter', 'kind', 'start_time'])

/**
 * What becomes of a column of a customer's row: a value of a fixed list, a key, a code, a day or a figure stays (figures and sums stay, 2.13); what somebody wrote, a cipher, a hash, a mask goes. What is declared personal
 * goes whatever it is. 'unclear': it must go and can be neither empty nor marked, so that its table has to say that its rows are removed.
 */
export function treatmentOf(column: ColumnAbout): Treatment {
  const words = ['text', 'text[]', 'jsonb', 'bytea'].includes(column.type)
  if (column.keyed || (!words && !column.personal)) return 'keep'
  if (!column.personal && (column.listed || codes.has(column.name) || /_version$/.test(column.name))) return 'keep'
  if (column.nullable && (column.type === 'bytea' || !words || column.listed)) return 'null'
  if (column.listed || !words) return 'unclear'
  return column.type === 'text' ? 'text' : column.type === 'text[]' ? 'texts' : column.type === 'jsonb' ? 'json' : 'bytes'
}

/** What the product knows of its tables beyond the catalogue. */
export type ErasePlan = {
  /** Stay as they are: they prove what was done and hold no value. */
  keeps: ReadonlySet<string>
  /** Owned tables whose rows are words only: they go as a whole. */
  removes: ReadonlySet<string>
  /** Further rows that tell of the customers (`ids`: an array of their ids): removed, or the columns named emptied. Worked in this order. */
  elsewhere: readonly { table: string; where: (ids: Sql) => Sql; columns: readonly string[] | 'removed' }[]
}
export type Erased = { tables: number; rows: number }

/**
 * Destroys what the tables hold of customers and their keys, in the transaction of the caller, as `batch`: rows that are words only are removed, in all others every text, cipher, hash and mask is emptied;
 * ids, days, codes and figures stay. RESTRICTED and SECRET rows go by functions of the database. One line of the journal tells how much of what went, never a value nor a hash over one.
 * Every table of the catalogue is reached, those of later rooms too. The keys are forgotten by `forgetKeys` after the commit.
 */
export async function eraseCustomers(tx: Transaction, customerIds: readonly string[], plan: ErasePlan, given: { why: string; batch: string; action: string }): Promise<Erased> {
  const ids = [...customerIds]
  const tables = await allTables(tx)
  const columns = await columnsOf(tx)
  const counts = new Map<string, number>()
  const count = async (table: string, what: 'change' | 'remove', statement: Sql): Promise<void> => {
    const rows = await erase(tx, table, what, statement)
    if (rows > 0) counts.set(table, (counts.get(table) ?? 0) + rows)
  }
  for (const { table, where, columns: named } of plan.elsewhere) {
    const theirs = where(sql`${ids}::uuid[]`)
    if (named === 'removed') await count(table, 'remove', sql`DELETE FROM ${sql.table(table)} WHERE ${theirs}`)
    else await count(table, 'change', sql`UPDATE ${sql.table(table)} SET ${emptied(table, (columns.get(table) ?? []).filter(({ name }) => named.includes(name)))} WHERE ${theirs}`)
  }
  const owned = (await childrenFirst(tx, tables.filter(({ kind, key }) => kind === 'owned' && key[0] === 'customer_id'))).filter(({ name }) => !plan.keeps.has(name) && name !== 'customer_key')
  // children before parents, and what is emptied first: a row that stays may point to one that goes
  for (const facts of owned) {
    if (facts.secrecy !== 'NORMAL') {
      for (const id of ids) {
        const { n } = await tx.one(sql<{ n: number }>`SELECT drop_classed_rows(${facts.name}::regclass, ${id}, classed_ids(${facts.name}::regclass, ${id})) AS n`)
        await noteClassed(tx, facts.name, 'remove', n, given)
      }
      continue
    }
    const where = sql`customer_id = ANY(${ids}::uuid[])`
    if (plan.removes.has(facts.name)) {
      await count(facts.name, 'remove', sql`DELETE FROM ${sql.table(facts.name)} WHERE ${where}`)
      continue
    }
    const about = columns.get(facts.name) ?? []
    const going = about.filter((column) => treatmentOf(column) !== 'keep')
    const scoped = facts.types.has('scope_path') && facts.types.has('viewers')
    if (going.length === 0 && !scoped) continue
    const sets = [...(going.length > 0 ? [emptied(facts.name, going)] : []), ...(scoped ? [sql`scope_path = ${nowhere}`, sql`viewers = '{}'`] : [])]
    await count(facts.name, 'change', sql`UPDATE ${sql.table(facts.name)} SET ${sql.join(sets)} WHERE ${where}`)
  }
  await count('customer_key', 'change', sql`UPDATE customer_key SET wrapped_key = NULL, destroyed_at = now() WHERE customer_id = ANY(${ids}::uuid[]) AND wrapped_key IS NOT NULL`)
  const rows = [...counts.values()].reduce((sum, one) => sum + one, 0)
  for (const customerId of ids) await noteErased(tx, { customerId, action: given.action, why: given.why, batch: given.batch, after: { tables: counts.size, rows } })
  return { tables: counts.size, rows }
}

/** Where a customer stands whose values were destroyed: beyond every unit's interval. */
export const nowhere = '~erased'

/** After the commit: no copy of a key stays in the memory of this process. */
export function forgetKeys(customerIds: readonly string[]): void {
  for (const id of customerIds) forgetCustomerKey(id)
}

// what was empty stays empty: rules that two columns stand together hold
function emptied(table: string, going: readonly ColumnAbout[]): Sql {
  return sql.join(going.map((column) => {
    const name = sql.ref(column.name)
    const treatment = treatmentOf({ ...column, personal: true, keyed: false })
    if (treatment === 'unclear' || treatment === 'keep') throw new Error(`${table}.${column.name} can be neither empty nor marked: its rows must be removed`)
    if (treatment === 'null') return sql`${name} = NULL`
    if (treatment === 'text') return sql`${name} = CASE WHEN ${name} IS NOT NULL THEN ${destroyed} END`
    if (treatment === 'texts') return sql`${name} = CASE WHEN ${name} IS NOT NULL THEN '{}'::text[] END`
    if (treatment === 'bytes') return sql`${name} = ''::bytea`
    return sql`${name} = CASE WHEN jsonb_typeof(${name}) = 'array' THEN '[]'::jsonb WHEN ${name} IS NOT NULL THEN '{}'::jsonb END`
  }))
}

/** Every column of the declared tables with what the database knows of it. */
export async function columnsOf(tx: Transaction): Promise<Map<string, ColumnAbout[]>> {
  const tables = new Map((await allTables(tx)).map((facts) => [facts.name, facts]))
  const rows = await tx.all(sql<Omit<ColumnAbout, 'personal'>>`
    SELECT c.relname AS "table", a.attname AS name, format_type(a.atttypid, NULL) AS type, NOT a.attnotnull AS nullable,
      EXISTS (SELECT FROM pg_index i WHERE i.indrelid = c.oid AND i.indisunique AND a.attnum = ANY(i.indkey)) OR EXISTS (SELECT FROM pg_constraint f WHERE f.conrelid = c.oid AND f.contype = 'f' AND a.attnum = ANY(f.conkey)) AS keyed,
      EXISTS (SELECT FROM pg_constraint k WHERE k.conrelid = c.oid AND k.contype = 'c' AND k.conkey = ARRAY[a.attnum] AND pg_get_constraintdef(k.oid) ~ 'ARRAY\\[''|= ''[^'']+''::text\\)') AS listed
    FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
    WHERE c.relkind IN ('r', 'p') AND c.relnamespace = 'public'::regnamespace ORDER BY c.relname, a.attnum`)
  const found = new Map<string, ColumnAbout[]>()
  for (const row of rows) {
    const facts = tables.get(row.table)
    if (facts) found.set(row.table, [...(found.get(row.table) ?? []), { ...row, personal: facts.personal.includes(row.name) || facts.cipher.includes(row.name) || facts.hidden.includes(row.name) }])
  }
  return found
}

async function childrenFirst(tx: Transaction, owned: readonly TableFacts[]): Promise<TableFacts[]> {
  const links = await tx.all(sql<{ child: string; parent: string }>`SELECT conrelid::regclass::text AS child, confrelid::regclass::text AS parent FROM pg_constraint WHERE contype = 'f' AND connamespace = 'public'::regnamespace AND conrelid <> confrelid`)
  const ordered: TableFacts[] = []
  const place = (facts: TableFacts): void => {
    if (ordered.includes(facts)) return
    for (const { child } of links.filter(({ parent }) => parent === facts.name)) {
      const below = owned.find(({ name }) => name === child)
      if (below) place(below)
    }
    ordered.push(facts)
  }
  for (const facts of [...owned].sort((a, b) => (a.name < b.name ? -1 : 1))) place(facts)
  return ordered
}
