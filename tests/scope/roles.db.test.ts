import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type pg from 'pg'
import { scopeRoles } from '../../src/foundation/database/roles.ts'
import { testDatabase, type TestDatabase } from '../../src/foundation/database/testing.ts'

let bank: TestDatabase
let owner: pg.Client
let all: Right[]
beforeAll(async () => {
  bank = await testDatabase()
  owner = await bank.db.connectOwner()
  all = (await owner.query<Right>(`
    SELECT r.role, c.relname AS table, p.kind FROM unnest($1::text[]) r(role), pg_class c, unnest(ARRAY['SELECT', 'INSERT', 'UPDATE', 'DELETE', 'TRUNCATE', 'TRIGGER', 'REFERENCES']) p(kind)
    WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p') AND has_table_privilege(r.role, c.oid, p.kind) ORDER BY 2, 1, 3`, [scopeRoles])).rows
})
afterAll(async () => {
  await owner.end()
  await bank.drop()
})

type Right = { role: string; table: string; kind: string }
const holders = (table: RegExp, kind: string): string[] => [...new Set(all.filter((one) => table.test(one.table) && one.kind === kind).map((one) => one.role))].sort()

describe('what the roles may do at the most, whatever the policies say', () => {
  test('the journal: everybody adds, nobody changes, removes or empties; seals are out of reach', () => {
    expect(holders(/^journal_line$/, 'INSERT')).toEqual([...scopeRoles].sort())
    for (const kind of ['UPDATE', 'DELETE', 'TRUNCATE', 'TRIGGER']) expect([kind, holders(/^journal/, kind)]).toEqual([kind, []])
    for (const kind of ['SELECT', 'INSERT']) expect([kind, holders(/^journal_seal/, kind)]).toEqual([kind, []])
    expect(holders(/^journal_line$/, 'SELECT')).toEqual(['yq_aml', 'yq_auditor', 'yq_compliance', 'yq_office', 'yq_opened', 'yq_restricted', 'yq_secret'])
  })
  test('no role empties a table, puts a trigger on it or refers to it', () => {
    for (const kind of ['TRUNCATE', 'TRIGGER', 'REFERENCES']) expect([kind, holders(/./, kind)]).toEqual([kind, []])
  })
  test('the engine reads and writes nothing', () => {
    expect(all.filter((one) => one.role === 'yq_engine' && one.kind !== 'SELECT').map((one) => `${one.kind} ${one.table}`)).toEqual(['INSERT journal_line'])
  })
  test('passwords and sessions are for sign-in (and the office ends sessions)', () => {
    expect(holders(/^credential$/, 'SELECT')).toEqual(['yq_batch', 'yq_public'])
    expect(holders(/^session$/, 'SELECT')).toEqual(['yq_office', 'yq_public'])
  })
  test('keys of customers are never changed by a request, and not read for lists or audit', () => {
    expect(holders(/^customer_key$/, 'UPDATE')).toEqual(['yq_batch'])
    expect(holders(/^customer_key$/, 'SELECT')).toEqual(['yq_aml', 'yq_batch', 'yq_compliance', 'yq_engine', 'yq_opened', 'yq_restricted', 'yq_secret'])
  })
  test('SECRET tables are for the desk and the people named; RESTRICTED for readers and compliance: others have not even the privilege', async () => {
    const { rows } = await owner.query<{ table: string; secrecy: string }>(`SELECT relname AS table, obj_description(oid, 'pg_class')::jsonb ->> 'secrecy' AS secrecy FROM pg_class
      WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p') AND obj_description(oid, 'pg_class') LIKE '{%'`)
    const classed = rows.filter((row) => row.secrecy !== 'NORMAL')
    expect(classed.length).toBeGreaterThanOrEqual(2)
    for (const { table, secrecy } of classed) {
      const allowed = secrecy === 'SECRET' ? ['yq_aml', 'yq_secret'] : ['yq_compliance', 'yq_restricted']
      expect([table, [...new Set(all.filter((one) => one.table === table).map((one) => one.role))].sort()]).toEqual([table, allowed])
    }
  })
  test('every table is under row-level security, every view asks as the asker', async () => {
    const { rows: open } = await owner.query<{ name: string }>(`SELECT relname AS name FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p') AND NOT relrowsecurity ORDER BY 1`)
    // which migrations ran: no role has a right on it
    for (const { name } of open) expect([name, all.filter((one) => one.table === name)]).toEqual([name, []])
    const { rows: views } = await owner.query(`SELECT relname AS name FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = 'v' AND NOT coalesce(reloptions @> ARRAY['security_invoker=true'], false) ORDER BY 1`)
    expect(views).toEqual([])
  })
  test('what runs with the owner’s rights has its own search path and is not for everybody', async () => {
    const { rows } = await owner.query<{ name: string; pinned: boolean; everybody: boolean }>(`
      SELECT proname AS name, coalesce(proconfig::text LIKE '%search_path=public, pg_temp%', false) AS pinned, has_function_privilege('public', oid, 'EXECUTE') AS everybody
      FROM pg_proc WHERE pronamespace = 'public'::regnamespace AND prosecdef ORDER BY 1`)
    for (const row of rows) expect([row.name, row.pinned, row.everybody]).toEqual([row.name, true, false])
    expect(rows.map((row) => row.name)).toEqual(expect.arrayContaining(['enter', 'find_by_number', 'open_customer', 'open_new_customer', 'session_actor']))
  })
})

describe('a role of requests cannot widen its sight', () => {
  test.each(scopeRoles)('%s sees no customer before somebody entered', async (role) => {
    const client = await bank.db.connect()
    try {
      await client.query(`BEGIN; SET LOCAL ROLE ${role}`)
      const seen = await client.query('SELECT count(*)::int AS n FROM customer').then((answer) => (answer.rows as { n: number }[])[0]?.n, () => 'refused')
      expect(['refused', 0]).toContain(seen)
    } finally {
      await client.query('ROLLBACK')
      client.release()
    }
  })
  test('the application’s login itself reads nothing', async () => {
    const client = await bank.db.connect()
    try {
      await expect(client.query('SELECT 1 FROM bank')).rejects.toThrow('permission denied')
    } finally {
      client.release()
    }
  })
})
