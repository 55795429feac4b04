import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { migrate, readMigrations } from './migrate.ts'
import { ensureRoles, loginName, scopeRoles } from './roles.ts'
import { emptyDatabase } from './testing.ts'

let bank: Awaited<ReturnType<typeof emptyDatabase>>
let folder: string
beforeEach(async () => {
  bank = await emptyDatabase()
  folder = mkdtempSync(join(tmpdir(), 'yq-migrations-'))
})
afterEach(async () => {
  await bank.drop()
  rmSync(folder, { recursive: true })
})

const file = (name: string, sql: string): void => writeFileSync(join(folder, name), sql)
async function ask(sql: string, options: pg.PoolConfig = bank.owner): Promise<Record<string, unknown>[]> {
  const client = new pg.Client(options)
  await client.connect()
  try {
    const result = await client.query(sql)
    return (Array.isArray(result) ? result.at(-1) : result).rows
  } finally {
    await client.end()
  }
}

describe('migrate', () => {
  test('applies the files in order, several statements each, and nothing the second time', async () => {
    file('0002-second.sql', 'INSERT INTO a VALUES (2);\nCREATE TABLE b (n int); INSERT INTO b SELECT n FROM a;')
    file('0001-first.sql', 'CREATE TABLE a (n int);')
    const seen: string[] = []
    expect(await migrate(bank.owner, { folder, onProgress: (name) => seen.push(name) })).toEqual({ applied: ['0001-first.sql', '0002-second.sql'], alreadyApplied: 0 })
    expect(seen).toEqual(['0001-first.sql', '0002-second.sql'])
    expect(await ask('SELECT n FROM b')).toEqual([{ n: 2 }])
    expect(await migrate(bank.owner, { folder })).toEqual({ applied: [], alreadyApplied: 2 })
    expect(await ask('SELECT name, length(sha256) AS hash, applied_at IS NOT NULL AS at FROM schema_migration ORDER BY name')).toEqual([{ name: '0001-first.sql', hash: 64, at: true }, { name: '0002-second.sql', hash: 64, at: true }])
  })

  test('line ends of a checkout do not count, any other change is refused', async () => {
    file('0001-first.sql', 'CREATE TABLE a (n int);\n')
    await migrate(bank.owner, { folder })
    file('0001-first.sql', 'CREATE TABLE a (n int);\r\n')
    await migrate(bank.owner, { folder })
    file('0001-first.sql', 'CREATE TABLE a (n bigint);\n')
    file('0002-next.sql', 'CREATE TABLE b ();')
    await expect(migrate(bank.owner, { folder })).rejects.toMatchObject({ failure: 'migration-changed' })
    expect(await ask("SELECT to_regclass('b') AS b")).toEqual([{ b: null }])
  })

  test('data of a newer version and a file that comes too late are refused', async () => {
    file('0002-second.sql', 'CREATE TABLE a ();')
    await migrate(bank.owner, { folder })
    file('0001-first.sql', 'CREATE TABLE b ();')
    await expect(migrate(bank.owner, { folder })).rejects.toMatchObject({ failure: 'migration-order' })
    rmSync(join(folder, '0002-second.sql'))
    await expect(migrate(bank.owner, { folder })).rejects.toMatchObject({ failure: 'migration-unknown' })
  })

  test('a file that fails leaves nothing of itself, keeps those before it, and is told with its line', async () => {
    file('0001-first.sql', 'CREATE TABLE a (n int);')
    file('0002-wrong.sql', 'CREATE TABLE b (n int);\nINSERT INTO none VALUES (1);')
    const failure = await migrate(bank.owner, { folder }).catch((error: unknown) => error)
    expect(failure).toMatchObject({ failure: 'migration-failed' })
    expect(String(failure)).toContain('0002-wrong.sql:2')
    expect(await ask("SELECT to_regclass('a')::text AS a, to_regclass('b')::text AS b")).toEqual([{ a: 'a', b: null }])
    file('0002-wrong.sql', 'CREATE TABLE b (n int);')
    expect((await migrate(bank.owner, { folder })).applied).toEqual(['0002-wrong.sql'])
  })

  test('three at once: the work is done once', async () => {
    file('0001-first.sql', 'CREATE TABLE a (n int); SELECT pg_sleep(0.2); INSERT INTO a VALUES (1);')
    const reports = await Promise.all([1, 2, 3].map(() => migrate(bank.owner, { folder })))
    expect(reports.map((report) => report.applied.length).sort()).toEqual([0, 0, 1])
    expect(await ask('SELECT n FROM a')).toEqual([{ n: 1 }])
  })

  test('a wrong name and a number used twice are refused', () => {
    file('1-first.sql', '')
    expect(() => readMigrations(folder)).toThrow('1-first.sql')
    rmSync(join(folder, '1-first.sql'))
    file('0001-a.sql', '')
    file('0001-b.sql', '')
    expect(() => readMigrations(folder)).toThrow('0001')
  })
})

describe('roles', () => {
  test('the login of the application may take each scope role, and nothing else', async () => {
    const login = await ensureRoles(bank.owner, { keyFile: null })
    expect(login.user).toBe(loginName(bank.name))
    await ensureRoles(bank.owner, { keyFile: null })
    const [role] = await ask(`SELECT rolsuper, rolbypassrls, rolinherit, rolcreaterole, rolcreatedb, rolcanlogin FROM pg_roles WHERE rolname = '${login.user}'`)
    expect(role).toEqual({ rolsuper: false, rolbypassrls: false, rolinherit: false, rolcreaterole: false, rolcreatedb: false, rolcanlogin: true })
    await ask('CREATE TABLE seen (n int); GRANT SELECT ON seen TO yq_self')
    await expect(ask('SELECT * FROM seen', login)).rejects.toThrow('permission denied')
    for (const scope of scopeRoles) expect(await ask(`BEGIN; SET LOCAL ROLE ${scope}; SELECT current_user::text AS me`, login)).toEqual([{ me: scope }])
    expect(await ask('BEGIN; SET LOCAL ROLE yq_self; SELECT n FROM seen', login)).toEqual([])
    await expect(ask('SET ROLE postgres', login)).rejects.toThrow('permission denied')
    await ask(`DROP ROLE ${login.user}`)
  })

  test('made from three databases at once', async () => {
    const others = await Promise.all([emptyDatabase(), emptyDatabase()])
    const all = [bank, ...others]
    await Promise.all(all.map((one) => ensureRoles(one.owner, { keyFile: null })))
    for (const one of all) await ask(`DROP ROLE ${loginName(one.name)}`)
    await Promise.all(others.map((one) => one.drop()))
  })

  test('with a password: the same key gives the same, and the password is not in the statement', async () => {
    const keyFile = join(folder, 'keys', 'database-login.key')
    const login = await ensureRoles(bank.owner, { keyFile })
    expect(login.password).toMatch(/^[\w-]{43}$/)
    expect((await ensureRoles(bank.owner, { keyFile })).password).toBe(login.password)
    const [row] = await ask(`SELECT rolpassword FROM pg_authid WHERE rolname = '${login.user}'`)
    expect(String(row?.['rolpassword'])).toMatch(/^SCRAM-SHA-256\$4096:/)
    await ask(`DROP ROLE ${login.user}`)
  })

  test('a login that may pass row-level security is refused', async () => {
    const login = await ensureRoles(bank.owner, { keyFile: null })
    await ask(`ALTER ROLE ${login.user} BYPASSRLS`)
    await expect(ensureRoles(bank.owner, { keyFile: null })).rejects.toMatchObject({ failure: 'database-roles' })
    await ask(`DROP ROLE ${login.user}`)
  })
})
