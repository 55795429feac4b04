import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { checkTidiness, tidyRules } from '../../tools/tidy-check.ts'
import { acceptMigrations } from '../../tools/tidy/migrations.ts'
import { statements } from '../../tools/tidy/sql-text.ts'
import { over, readTree } from '../../tools/tidy/tree.ts'

const bad = join(import.meta.dirname, 'bad', 'tidy')
const samples = readdirSync(bad).filter((name) => name !== '_house').sort()
// A small house in order. Each sample lays a few files over it that break one rule.
const house = readTree(join(bad, '_house'))

describe('the tidy check', () => {
  test('every rule has a bad sample', () => {
    expect(samples).toEqual([...tidyRules].sort())
  })

  test('the small house is in order', () => {
    expect(checkTidiness(house).findings).toEqual([])
  })

  test.each(samples)('the bad sample fails: %s', (sample) => {
    const { findings } = checkTidiness(over(house, readTree(join(bad, sample))))
    expect([...new Set(findings.map((found) => found.rule))]).toEqual([sample])
  })

  const withFile = (path: string, text: string) => checkTidiness(over(house, new Map([[path, text]]))).findings.map((found) => found.rule)

  test.each([
    ['a serial column', 'CREATE TABLE x (customer_id uuid, id serial, PRIMARY KEY (customer_id, id));', 'no-trigger-no-sequence'],
    ['an identity column added later', 'ALTER TABLE visit ADD COLUMN n int GENERATED ALWAYS AS IDENTITY;', 'no-trigger-no-sequence'],
    ['a sequence', 'CREATE SEQUENCE numbers;', 'no-trigger-no-sequence'],
    ['row-level security switched off', 'ALTER TABLE visit DISABLE ROW LEVEL SECURITY;', 'table-under-row-security'],
    ['a materialized view', 'CREATE MATERIALIZED VIEW visits_sum_facts AS SELECT 1;', 'published-view'],
    ['a view without a comment', 'CREATE VIEW visits_visit_facts WITH (security_invoker = true) AS SELECT 1;', 'published-view'],
    ['a policy with OR', `CREATE POLICY p ON visit USING (customer_id = 'a' OR id = 'b');`, 'policy-is-plain'],
  ])('%s is found', (_what, sql, rule) => {
    expect(withFile('db/migrations/0009-more.sql', sql)).toContain(rule)
  })

  const imports = "import { sql } from '../foundation/database/transaction.ts'\nimport { bulk, quiet } from '../foundation/store/store.ts'\n"
  test.each([
    ['in lower case', 'export const f = (tx: T) => tx.run(sql`delete from visit where id = ${1}`)', 'writes-go-through-the-store'],
    ['kept in a variable', 'const s = sql`DELETE FROM visit`\nexport const f = (tx: T) => tx.run(s)', 'writes-go-through-the-store'],
    ['handed out to other files', 'export const s = sql`DELETE FROM visit`', 'writes-go-through-the-store'],
    ['as a plain string', "export const f = (c: T) => c.query('TRUNCATE visit')", 'writes-go-through-the-store'],
    ['after a WITH', 'export const f = (tx: T) => tx.all(sql`WITH x AS (UPDATE visit v SET id = id RETURNING 1) SELECT 1 FROM x`)', 'writes-go-through-the-store'],
    ['into another room, through the store', "export const f = (tx: T) => bulk(tx, { table: 'visit', statement: sql`INSERT INTO customer SELECT 1` })", 'writes-own-tables'],
    ['with the schema named', 'export const f = (tx: T) => tx.run(sql`UPDATE public.visit SET id = ${1}`)', 'writes-go-through-the-store'],
    ['naming the table by the tag', "export const f = (tx: T) => bulk(tx, { statement: sql`INSERT INTO ${sql.table('customer')} SELECT 1` })", 'writes-own-tables'],
  ])('a write %s is found', (_what, code, rule) => {
    expect(withFile('src/visits/other.ts', imports + code)).toEqual([rule])
  })

  test.each([
    ['inside bulk', 'export const f = (tx: T) => bulk(tx, { table: \'visit\', statement: sql`INSERT INTO visit SELECT 1` })'],
    ['in a function used in bulk', 'const s = (n: number) => sql`UPDATE visit SET id = ${n}`\nexport const f = (tx: T) => bulk(tx, { table: \'visit\', statement: s(1) })'],
    ['for locks', 'export const f = (tx: T) => tx.all(sql`SELECT 1 FROM visit FOR UPDATE SKIP LOCKED`)'],
    ['in a function of the database', 'export const f = (tx: T) => tx.all(sql`SELECT * FROM customer_of(${1}) WHERE extract(day FROM now()) > 1`)'],
    ['in prose', "export const text = 'Choose what to delete from the list, or UPDATE it'"],
    ['in a comment of SQL', 'export const f = (tx: T) => tx.all(sql`SELECT 1 -- never DELETE FROM visit\n`)'],
  ])('what is right stays right: %s', (_what, code) => {
    expect(withFile('src/visits/other.ts', imports + code)).toEqual([])
  })

  test('the checksum of a released migration is never replaced', () => {
    const released = over(house, new Map([['db/migrations/CHECKSUMS', acceptMigrations(house)]]))
    expect(checkTidiness(released).findings).toEqual([])
    const changed = over(released, new Map([['db/migrations/0003-visits.sql', '-- nothing']]))
    expect(acceptMigrations(changed)).toBe(released.get('db/migrations/CHECKSUMS'))
    const added = over(released, new Map([['db/migrations/0004-new.sql', 'SELECT 1;']]))
    expect(checkTidiness(added).findings.map((found) => found.text)).toEqual(['0004-new.sql is new: npm run check -- --accept'])
    // a bank that has 0003 would refuse a file that comes before it
    const early = over(released, new Map([['db/migrations/0000-early.sql', 'SELECT 1;']]))
    const accepted = over(early, new Map([['db/migrations/CHECKSUMS', acceptMigrations(early)]]))
    expect(checkTidiness(accepted).findings.map((found) => found.text)).toEqual(['0000-early.sql came after 0003-visits.sql: a new file takes the last number'])
  })

  test('statements are cut outside of quotes, dollar quotes and comments', () => {
    expect(statements("-- a; b\nSELECT ';' /* ; */;\n\nDO $x$ BEGIN; END $x$;\n")).toEqual([
      { text: "SELECT ';'", line: 2 },
      { text: 'DO $x$ BEGIN; END $x$', line: 4 },
    ])
  })

  test('the house itself is tidy', () => {
    const { findings, looked } = checkTidiness()
    expect(findings).toEqual([])
    expect(looked).toBeGreaterThan(60)
  })
})
