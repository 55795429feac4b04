import { createHash } from 'node:crypto'
import { quietTables } from './exceptions.ts'
import { bracketed, parts, statements } from './sql-text.ts'
import type { House, Tree } from './tree.ts'

/** What the migrations together say of a table. */
export type Table = { name: string; file: string; line: number; owner: string; kind: string; key: string[]; secured: boolean; quiet: boolean }
type Reference = { file: string; line: number; table: string; columns: string[]; target: string }

const checksums = 'db/migrations/CHECKSUMS'
export const migrationFiles = (tree: Tree): string[] => [...tree.keys()].filter((path) => /^db\/migrations\/.*\.sql$/.test(path)).sort()

/**
 * Reads all migrations in order and checks each table: it says whose it is, stands under row-level security, its key begins with the
 * customer where a customer owns it, its foreign keys stay inside; no trigger, no sequence; policies are plain; views are published facts.
 * Gives the tables, so that writes in code can be compared with their owners.
 */
export function checkMigrations(house: House): Map<string, Table> {
  const { find, rooms } = house
  const tables = new Map<string, Table>()
  const references: Reference[] = []
  const views = new Map<string, { file: string; line: number; text: string; documented: boolean }>()
  const securing = new Set<string>() // procedures that switch row-level security on

  const column = (table: Table, item: string, at: { file: string; line: number }): void => {
    const words = item.replace(/^CONSTRAINT\s+\w+\s+/i, '')
    const key = /^PRIMARY KEY\s*\(([^)]*)\)/i.exec(words)
    const foreign = /^FOREIGN KEY\s*\(([^)]*)\)\s*REFERENCES\s+"?(\w+)/i.exec(words)
    if (key) table.key = names(key[1])
    if (foreign) references.push({ ...at, table: table.name, columns: names(foreign[1]), target: foreign[2] ?? '' })
    if (key || foreign || /^(CHECK|UNIQUE|EXCLUDE|LIKE)\b/i.test(words)) return
    const name = /^"?(\w+)/.exec(words)?.[1] ?? ''
    if (/\bPRIMARY KEY\b/i.test(words)) table.key = [name]
    const inline = /\bREFERENCES\s+"?(\w+)/i.exec(words)
    if (inline) references.push({ ...at, table: table.name, columns: [name], target: inline[1] ?? '' })
    if (/^"?\w+"?\s+(small|big)?serial\b|\bAS IDENTITY\b|\bnextval\s*\(/i.test(words)) find('no-trigger-no-sequence', at.file, at.line, `${table.name}.${name} counts by itself; take the number from a counter row`)
  }

  for (const file of migrationFiles(house.tree)) {
    for (const { text, line } of statements(house.tree.get(file) ?? '')) {
      const at = { file, line }
      const word = (pattern: RegExp): string | undefined => pattern.exec(text)?.[1]
      const created = word(/^CREATE\s+(?:UNLOGGED\s+)?TABLE\s+(?:IF NOT EXISTS\s+)?(?:\w+\.)?"?(\w+)"?/i)
      if (created !== undefined) {
        const table: Table = { name: created, ...at, owner: '', kind: '', key: [], secured: false, quiet: false }
        tables.set(created, table)
        for (const item of parts(bracketed(text))) column(table, item, at)
      }
      const altered = tables.get(word(/^ALTER\s+TABLE\s+(?:IF EXISTS\s+|ONLY\s+)*(?:\w+\.)?"?(\w+)/i) ?? '')
      if (altered) {
        if (/ENABLE ROW LEVEL SECURITY/i.test(text)) altered.secured = true
        if (/DISABLE ROW LEVEL SECURITY/i.test(text)) altered.secured = false
        for (const added of parts(text.replace(/^ALTER\s+TABLE\s+(IF EXISTS\s+|ONLY\s+)*(?:\w+\.)?"?\w+"?\s*/i, ''))) {
          if (/^ADD\s+/i.test(added)) column(altered, added.replace(/^ADD\s+(COLUMN\s+)?(IF NOT EXISTS\s+)?/i, ''), at)
        }
      }
      const dropped = word(/^DROP\s+TABLE\s+(?:IF EXISTS\s+)?"?(\w+)/i)
      if (dropped !== undefined) tables.delete(dropped)
      const procedure = word(/^CREATE\s+(?:OR REPLACE\s+)?PROCEDURE\s+(\w+)/i)
      if (procedure !== undefined && /ENABLE ROW LEVEL SECURITY/i.test(text)) securing.add(procedure)
      const call = /^CALL\s+(\w+)\s*\(\s*'(\w+)'/i.exec(text)
      const called = tables.get(call?.[2] ?? '')
      if (call && called && securing.has(call[1] ?? '')) called.secured = true
      const comment = /^COMMENT\s+ON\s+TABLE\s+(?:\w+\.)?"?(\w+)"?\s+IS\s+'([\s\S]*)'$/i.exec(text)
      if (comment) readComment(house, tables.get(comment[1] ?? ''), (comment[2] ?? '').replaceAll("''", "'"), at)
      if (/^CREATE\s+(OR REPLACE\s+)?(CONSTRAINT\s+|EVENT\s+)?TRIGGER\b/i.test(text)) find('no-trigger-no-sequence', file, line, 'a trigger acts unseen; call what it does')
      if (/^CREATE\s+(TEMP\w*\s+|UNLOGGED\s+)?SEQUENCE\b/i.test(text)) find('no-trigger-no-sequence', file, line, 'a sequence; take numbers from a counter row')
      if (/^CREATE\s+MATERIALIZED\b/i.test(text)) find('published-view', file, line, 'a materialized view escapes row-level security')
      const view = word(/^CREATE\s+(?:OR REPLACE\s+)?VIEW\s+"?(\w+)/i)
      if (view !== undefined) views.set(view, { ...at, text, documented: views.get(view)?.documented ?? false })
      const described = views.get(/^COMMENT\s+ON\s+VIEW\s+"?(\w+)"?\s+IS\s+'[^']/i.exec(text)?.[1] ?? '')
      if (described) described.documented = true
      for (const policy of text.match(/CREATE POLICY[^;]*/gi) ?? []) {
        if (/\bOR\b|\(\s*SELECT\b|\bEXISTS\b|\bIN\s*\(/i.test(policy)) find('policy-is-plain', file, line, `${policy.slice(0, 60)}… compares more than one column with one setting (no OR, no subquery)`)
      }
    }
  }
  checkTables(house, tables, references)
  for (const [name, view] of views) {
    const owner = [...rooms, 'foundation'].find((room) => name.startsWith(`${room.replaceAll('-', '_')}_`))
    if (owner === undefined || !name.endsWith('_facts')) find('published-view', view.file, view.line, `${name} is not named <capability>_<thing>_facts`)
    if (!/security_invoker\s*(=\s*(true|on))?\s*\)/i.test(view.text)) find('published-view', view.file, view.line, `${name} lacks WITH (security_invoker = true)`)
    if (!view.documented) find('published-view', view.file, view.line, `${name} has no COMMENT ON VIEW`)
  }
  checkOnlyAdded(house)
  return tables
}

function checkTables({ find }: House, tables: Map<string, Table>, references: Reference[]): void {
  for (const table of tables.values()) {
    if (table.kind === '') find('table-names-its-owner', table.file, table.line, `${table.name} has no COMMENT ON TABLE with owner, kind and secrecy`)
    if (!table.secured) find('table-under-row-security', table.file, table.line, `${table.name} is not under row-level security`)
    if (table.kind === 'owned' && table.key[0] !== 'customer_id') find('owned-key-begins-with-customer', table.file, table.line, `the key of ${table.name} is (${table.key.join(', ')})`)
    if (table.quiet && !(table.name in quietTables)) find('quiet-table-is-listed', table.file, table.line, `${table.name} has no journal and is not in tools/tidy/exceptions.ts`)
  }
  const mayPoint: Record<string, string[]> = { owned: ['reference', 'owned'], reference: ['reference'], bank: ['reference', 'bank'] }
  for (const reference of references) {
    const from = tables.get(reference.table)
    const to = tables.get(reference.target)
    const inside = to?.kind !== 'owned' || reference.columns[0] === 'customer_id'
    if (!from || from.kind === '' || (to && to.kind === '')) continue // told already
    if (!to || !mayPoint[from.kind]?.includes(to.kind) || !inside) {
      find('foreign-key-stays-inside', reference.file, reference.line, `${reference.table} (${reference.columns.join(', ')}) points to ${reference.target}${to ? ` (${to.kind})` : ', which is not there'}`)
    }
  }
}

function readComment({ find, rooms }: House, table: Table | undefined, comment: string, at: { file: string; line: number }): void {
  if (!table) return find('table-names-its-owner', at.file, at.line, 'a comment on a table that is not there')
  const fault = (text: string): void => find('table-names-its-owner', at.file, at.line, `${table.name}: ${text}`)
  let facts: unknown
  try {
    facts = JSON.parse(comment)
  } catch {
    return fault('the comment is not JSON')
  }
  const told = new Map(Object.entries(typeof facts === 'object' && facts !== null ? facts : {}))
  const owner = String(told.get('owner'))
  table.owner = owner
  table.kind = String(told.get('kind'))
  table.quiet = told.get('journal') === 'none'
  if (owner !== 'foundation' && !rooms.has(owner)) fault(`owner ${owner} is no room of tools/rooms.json`)
  if (!['owned', 'reference', 'bank'].includes(table.kind)) fault(`kind ${table.kind} is not owned, reference or bank`)
  if (!['NORMAL', 'RESTRICTED', 'SECRET'].includes(String(told.get('secrecy')))) fault(`secrecy ${String(told.get('secrecy'))} is not NORMAL, RESTRICTED or SECRET`)
}

/** sha256 of a migration, line ends of Windows taken as ours. */
const sum = (text: string): string => createHash('sha256').update(text.replaceAll('\r\n', '\n')).digest('hex')

function sealed(tree: Tree): Map<string, string> {
  const lines = (tree.get(checksums) ?? '').split('\n').filter((line) => line.trim() !== '' && !line.startsWith('#'))
  return new Map(lines.map((line) => [line.slice(66).trim(), line.slice(0, 64)]))
}

function checkOnlyAdded({ tree, find }: House): void {
  const known = sealed(tree)
  const files = migrationFiles(tree)
  const numbers = new Map<string, string>()
  for (const file of files) {
    const name = file.slice('db/migrations/'.length)
    const number = /^(\d{4})-[a-z0-9-]+\.sql$/.exec(name)?.[1]
    if (number === undefined) find('migrations-only-added', file, 0, 'is not named NNNN-what-it-does.sql')
    else if (numbers.has(number)) find('migrations-only-added', file, 0, `has the number of ${numbers.get(number) ?? ''}`)
    else numbers.set(number, name)
    const was = known.get(name)
    if (was !== undefined && was !== sum(tree.get(file) ?? '')) find('migrations-only-added', file, 0, 'was released and has changed; write a new migration')
    // before the first release CHECKSUMS is empty and migrations may still be mended
    if (was === undefined && known.size > 0) find('migrations-only-added', checksums, 0, `${name} is new: npm run check -- --accept`)
  }
  // a bank that has the later file would refuse the earlier one (and a folder of data with it)
  const sealedNames = [...known.keys()]
  for (const [place, name] of sealedNames.entries()) {
    const before = sealedNames[place - 1]
    if (before !== undefined && name < before) find('migrations-only-added', checksums, 0, `${name} came after ${before}: a new file takes the last number`)
  }
  for (const name of known.keys()) if (!tree.has(`db/migrations/${name}`)) find('migrations-only-added', checksums, 0, `${name} was released and is gone`)
}

/** The checksum file with the new migrations added at its end; those already in it keep their line, changed or not. */
export function acceptMigrations(tree: Tree): string {
  const known = sealed(tree)
  for (const file of migrationFiles(tree)) {
    const name = file.slice('db/migrations/'.length)
    if (!known.has(name)) known.set(name, sum(tree.get(file) ?? ''))
  }
  return `# Released migrations: never changed again, only followed. New ones are added by: npm run check -- --accept\n${[...known].map(([name, hash]) => `${hash}  ${name}\n`).join('')}`
}

const names = (list: string | undefined): string[] => (list ?? '').split(',').map((name) => name.trim().replaceAll('"', ''))
