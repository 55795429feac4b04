import { existsSync } from 'node:fs'
import pg from 'pg'
import type { Config } from '../config/config.ts'
import { NamedFailure, type BilingualText } from '../config/named-failure.ts'
import { embeddedBinDir, majorVersion } from './embedded-binaries.ts'
import { embeddedPlaces } from './embedded-files.ts'
import { readMigrations } from './migrate.ts'
import { scopeRoles } from './roles.ts'
import { startDatabase } from './start-database.ts'

/** One thing looked at: good, worth a look, or wrong. */
export type Finding = { check: string; state: 'good' | 'look' | 'wrong'; text: BilingualText }

/** Looks at the database: changes nothing; starts the embedded server for a moment when there are data. */
export async function examineDatabase(config: Config): Promise<Finding[]> {
  const findings: Finding[] = []
  if (config.databaseUrl === null) {
    try {
      const version = majorVersion(embeddedBinDir())
      findings.push({ check: 'embedded-database', state: 'good', text: { zh: `内置 PostgreSQL ${version}`, en: `embedded PostgreSQL ${version}` } })
    } catch (error) {
      return [failed('embedded-database', error)]
    }
    if (!existsSync(embeddedPlaces(config.dataDir).dataDir)) {
      return [...findings, { check: 'database', state: 'good', text: { zh: '还没有数据：首次启动时建立', en: 'there are no data yet: they are made at the first start' } }]
    }
  }
  try {
    const started = await startDatabase(config)
    try {
      findings.push({ check: 'database', state: 'good', text: { zh: `数据库应答，PostgreSQL ${Math.floor(started.version / 10000)}.${started.version % 10000}`, en: `the database answers, PostgreSQL ${Math.floor(started.version / 10000)}.${started.version % 10000}` } })
      findings.push(...(await insideDatabase(started.connectionOptions)))
    } finally {
      await started.stop()
    }
  } catch (error) {
    findings.push(failed('database', error))
  }
  return findings
}

async function insideDatabase(options: pg.PoolConfig): Promise<Finding[]> {
  const client = new pg.Client(options)
  client.on('error', () => undefined)
  await client.connect()
  try {
    const { rows: [there] } = await client.query<{ made: boolean; roles: string }>("SELECT to_regclass('public.schema_migration') IS NOT NULL AS made, (SELECT count(*) FROM pg_roles WHERE rolname = ANY($1)) AS roles", [scopeRoles])
    const applied = there?.made ? (await client.query<{ name: string; sha256: string }>('SELECT name, sha256 FROM schema_migration')).rows : []
    const files = readMigrations()
    const open = files.filter((file) => !applied.some((row) => row.name === file.name)).length
    const odd = applied.filter((row) => files.find((file) => file.name === row.name)?.sha256 !== row.sha256).map((row) => row.name)
    const missing = scopeRoles.length - Number(there?.roles ?? 0)
    return [
      odd.length > 0 ? { check: 'migrations', state: 'wrong', text: { zh: `已应用的迁移与程序不符：${odd.join('、')}`, en: `applied migrations differ from the program: ${odd.join(', ')}` } }
        : { check: 'migrations', state: 'good', text: open === 0 ? { zh: `数据结构最新（${applied.length} 个迁移）`, en: `the tables are up to date (${applied.length} migrations)` } : { zh: `${open} 个迁移将在启动时应用`, en: `${open} migrations will be applied at the start` } },
      { check: 'roles', state: missing > 0 && applied.length > 0 ? 'wrong' : 'good', text: missing === 0 ? { zh: '数据范围的角色齐全', en: 'all roles of the scope are there' } : { zh: `缺 ${missing} 个角色，启动时建立`, en: `${missing} roles are missing, made at the start` } },
    ]
  } finally {
    await client.end()
  }
}

function failed(check: string, error: unknown): Finding {
  if (error instanceof NamedFailure) return { check, state: 'wrong', text: error.text }
  const message = error instanceof Error ? error.message : String(error)
  return { check, state: 'wrong', text: { zh: message, en: message } }
}
