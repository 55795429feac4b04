import { createHash } from 'node:crypto'
import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import pg from 'pg'
import { NamedFailure } from '../config/named-failure.ts'

/** The product's own migrations. */
export const migrationsDir = join(import.meta.dirname, '..', '..', '..', 'db', 'migrations')

export type Migration = { name: string; sql: string; sha256: string }
export type MigrationReport = { applied: string[]; alreadyApplied: number }
export type MigrateOptions = {
  folder?: string
  onProgress?: (name: string, done: number, total: number) => void
}

/** The migrations of a folder in their order. Line ends do not count in the hash: a checkout may change them. Throws NamedFailure 'migration-name'. */
export function readMigrations(folder: string = migrationsDir): Migration[] {
  const names = readdirSync(folder).filter((name) => name.endsWith('.sql')).sort()
  const numbers = new Set<string>()
  return names.map((name) => {
    const number = /^(\d{4})-[a-z0-9]+(-[a-z0-9]+)*\.sql$/.exec(name)?.[1]
    if (number === undefined) throw new NamedFailure('migration-name', { zh: `迁移文件名不对：${name}（应为 0001-name.sql）`, en: `wrong name of a migration: ${name} (should be 0001-name.sql)` })
    if (numbers.has(number)) throw new NamedFailure('migration-name', { zh: `迁移编号重复：${number}`, en: `two migrations have the number ${number}` })
    numbers.add(number)
    const sql = readFileSync(join(folder, name), 'utf8').replaceAll('\r\n', '\n')
    return { name, sql, sha256: createHash('sha256').update(sql).digest('hex') }
  })
}

/**
 * Applies what is not yet applied, each file in its own transaction, one command at a time (advisory lock; a second one waits and finds the work done).
 * Refuses, with nothing changed, when an applied file was changed ('migration-changed'), is unknown here ('migration-unknown': the data are newer
 * than the program), or a file would come before an applied one ('migration-order'). A file that fails: 'migration-failed', its changes undone.
 */
export async function migrate(owner: pg.PoolConfig, options: MigrateOptions = {}): Promise<MigrationReport> {
  const migrations = readMigrations(options.folder)
  const client = new pg.Client(owner)
  client.on('error', () => undefined)
  await client.connect()
  try {
    await client.query('SELECT pg_advisory_lock(7215330116)') // freed with the connection
    await client.query(`
      CREATE TABLE IF NOT EXISTS schema_migration (name text PRIMARY KEY, sha256 text NOT NULL, applied_at timestamptz NOT NULL DEFAULT now());
      COMMENT ON TABLE schema_migration IS '{"owner":"foundation","kind":"bank","secrecy":"NORMAL","journal":"none"}';
      ALTER TABLE schema_migration ENABLE ROW LEVEL SECURITY`)
    const { rows: applied } = await client.query<{ name: string; sha256: string }>('SELECT name, sha256 FROM schema_migration ORDER BY name')
    const open = unapplied(migrations, applied)
    for (const [done, migration] of open.entries()) {
      options.onProgress?.(migration.name, done, open.length)
      await apply(client, migration)
    }
    return { applied: open.map(({ name }) => name), alreadyApplied: applied.length }
  } finally {
    await client.end()
  }
}

function unapplied(migrations: Migration[], applied: { name: string; sha256: string }[]): Migration[] {
  const files = new Map(migrations.map((migration) => [migration.name, migration]))
  for (const { name, sha256 } of applied) {
    const file = files.get(name)
    if (!file) throw new NamedFailure('migration-unknown', { zh: `数据库里有本程序不认识的迁移 ${name}：数据由更新的版本写成，请用那个版本`, en: `the database has the migration ${name}, which this program does not know: the data were written by a newer version; use that one` })
    if (file.sha256 !== sha256) throw new NamedFailure('migration-changed', { zh: `迁移 ${name} 在应用之后被改动：已应用的文件不能改，请恢复原文件，另加一个新文件`, en: `the migration ${name} was changed after it had been applied: restore it and add a new file instead` })
  }
  const last = applied.at(-1)?.name ?? ''
  const open = migrations.filter(({ name }) => !applied.some((row) => row.name === name))
  const late = open.find(({ name }) => name < last)
  if (late) throw new NamedFailure('migration-order', { zh: `迁移 ${late.name} 排在已应用的 ${last} 之前：新文件的编号须在最后`, en: `the migration ${late.name} comes before ${last}, which is applied: a new file takes the last number` })
  return open
}

async function apply(client: pg.Client, { name, sql, sha256 }: Migration): Promise<void> {
  await client.query('BEGIN')
  try {
    await client.query(sql)
    const inside = await client.query('INSERT INTO schema_migration (name, sha256) VALUES ($1, $2)', [name, sha256])
    if (inside.rowCount !== 1) throw new Error('not recorded')
    await client.query('COMMIT')
  } catch (error) {
    await client.query('ROLLBACK').catch(() => undefined)
    const { message, position } = error as { message: string; position?: string }
    const line = position === undefined ? null : sql.slice(0, Number(position)).split('\n').length
    const place = line === null ? name : `${name}:${line}`
    throw new NamedFailure('migration-failed', { zh: `迁移 ${place} 失败，其改动已撤销：${message}`, en: `the migration ${place} failed, its changes are undone: ${message}` }, { cause: error })
  }
}
