import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { printFindings, type CheckResult, type Finding } from './finding.ts'
import { checkCode } from './tidy/code.ts'
import { checkDocuments } from './tidy/documents.ts'
import { checkEndpoints, checkScreens } from './tidy/listings.ts'
import { acceptMigrations, checkMigrations } from './tidy/migrations.ts'
import { checkSqlInCode } from './tidy/sql-in-code.ts'
import { openHouse, readTree, type Tree } from './tidy/tree.ts'

export const root = join(import.meta.dirname, '..')

/** Every rule of the tidy check; each has a bad sample in tests/structure/bad/tidy. */
export const tidyRules = [
  'documents-speak-of-the-product', 'endpoint-stands-once', 'foreign-key-stays-inside', 'map-names-every-folder', 'migrations-only-added', 'no-any', 'no-barrels',
  'no-machine-paths', 'no-non-null', 'no-raw-sql', 'no-silenced-compiler', 'no-trigger-no-sequence', 'owned-key-begins-with-customer', 'packages-are-declared', 'plural-has-its-number', 'policy-is-plain',
  'published-view', 'quiet-table-is-listed', 'reads-own-tables-or-published-facts', 'reports-only-read', 'rooms-are-known', 'rules-have-a-test',
  'rules-have-no-clock-or-chance', 'screen-stands-once', 'something-to-look-at', 'table-names-its-owner', 'table-under-row-security', 'writes-go-through-the-store', 'writes-own-tables',
] as const

/** Checks what direction rules cannot see: tables and their owners, SQL in code, lists, documents. */
export function checkTidiness(tree: Tree = readTree(root)): CheckResult {
  const findings: Finding[] = []
  const house = openHouse(tree, findings)
  const tables = checkMigrations(house)
  checkSqlInCode(house, tables)
  checkCode(house)
  checkEndpoints(house)
  checkScreens(house)
  checkDocuments(house)
  if (house.sources.size === 0) house.find('something-to-look-at', '.', 0, 'there is no source file')
  if (tables.size === 0) house.find('something-to-look-at', 'db/migrations', 0, 'there is no table')
  findings.sort((a, b) => (a.file === b.file ? a.line - b.line : a.file < b.file ? -1 : 1))
  return { looked: tree.size, what: `files (${house.sources.size} of them TypeScript, ${tables.size} tables)`, findings }
}

/** Puts new migrations into db/migrations/CHECKSUMS; from the first release on they are never changed. */
export function acceptNewMigrations(): void {
  writeFileSync(join(root, 'db/migrations/CHECKSUMS'), acceptMigrations(readTree(root)))
}

if (import.meta.main) {
  if (process.argv.includes('--accept')) acceptNewMigrations()
  const result = checkTidiness()
  printFindings('tidy', result)
  process.exitCode = result.findings.length > 0 ? 1 : 0
}
