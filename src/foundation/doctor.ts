import { accessSync, constants, existsSync, readdirSync, statSync, statfsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import pg from 'pg'
import { settings, settingNames, type Config } from './config/config.ts'
import { NamedFailure, type BilingualText } from './config/named-failure.ts'
import { embeddedBinDir, majorVersion } from './database/embedded-binaries.ts'
import { embeddedPlaces } from './database/embedded-files.ts'
import { readMigrations } from './database/migrate.ts'
import { scopeRoles } from './database/roles.ts'
import { startDatabase } from './database/start-database.ts'

/** One thing looked at: good, worth a look, or wrong. */
export type Finding = { check: string; state: 'good' | 'look' | 'wrong'; text: BilingualText }

const gb = 1024 ** 3

/** Looks at everything that the product needs. Changes nothing; starts the embedded server for a moment when there are data. */
export async function examine(config: Config, environment: NodeJS.ProcessEnv = process.env): Promise<Finding[]> {
  return [nodeVersion(), unknownVariables(environment), ...folders(config), space(config), keys(config), ...(await database(config)), ...safety(config)].filter((finding) => finding !== null)
}

function nodeVersion(): Finding {
  const major = Number(process.versions.node.split('.')[0])
  return { check: 'node', state: major >= 24 ? 'good' : 'wrong', text: { zh: `Node.js ${process.versions.node}${major >= 24 ? '' : '，需要 24'}`, en: `Node.js ${process.versions.node}${major >= 24 ? '' : ', 24 is needed'}` } }
}

function unknownVariables(environment: NodeJS.ProcessEnv): Finding | null {
  const known = new Set<string>([...settingNames.map((name) => settings[name].variable), 'YINQIAO_CONFIG'])
  const odd = Object.keys(environment).filter((name) => name.startsWith('YINQIAO_') && !name.startsWith('YINQIAO_TEST_') && !known.has(name))
  return odd.length === 0 ? null : { check: 'configuration', state: 'look', text: { zh: `这些环境变量不是设置项：${odd.join('、')}`, en: `these variables are no settings: ${odd.join(', ')}` } }
}

function folders(config: Config): Finding[] {
  return [['data-folder', config.dataDir], ['keys-folder', config.keysDir], ['heads-folder', config.journalHeadsDir]].map(([check = '', path = '']) => {
    let place = path
    while (!existsSync(place) && place !== dirname(place)) place = dirname(place)
    try {
      accessSync(place, constants.W_OK | constants.X_OK)
      return { check, state: 'good', text: { zh: `${path}${place === path ? '' : '（将建立）'}`, en: `${path}${place === path ? '' : ' (will be made)'}` } }
    } catch {
      return { check, state: 'wrong', text: { zh: `${path} 不可写`, en: `${path} cannot be written` } }
    }
  })
}

function space(config: Config): Finding {
  let place = config.dataDir
  while (!existsSync(place)) place = dirname(place)
  const { bavail, bsize } = statfsSync(place)
  const free = bavail * bsize
  return { check: 'disk', state: free > 5 * gb ? 'good' : free > gb ? 'look' : 'wrong', text: { zh: `可用磁盘 ${(free / gb).toFixed(1)} GB`, en: `${(free / gb).toFixed(1)} GB of disk are free` } }
}

function keys(config: Config): Finding {
  if (!existsSync(config.keysDir)) return { check: 'keys', state: 'good', text: { zh: '首次启动时生成密钥', en: 'the keys are made at the first start' } }
  const open = readdirSync(config.keysDir).filter((name) => (statSync(join(config.keysDir, name)).mode & 0o077) !== 0)
  return open.length === 0
    ? { check: 'keys', state: 'good', text: { zh: '只有本用户能读密钥', en: 'only this user can read the keys' } }
    : { check: 'keys', state: 'wrong', text: { zh: `其他用户可读这些密钥：${open.join('、')}（请 chmod 600）`, en: `others can read these keys: ${open.join(', ')} (chmod 600)` } }
}

async function database(config: Config): Promise<Finding[]> {
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

function safety(config: Config): Finding[] {
  const open = !['127.0.0.1', 'localhost', '::1'].includes(config.host)
  if (!open || config.secureCookies) return []
  return [{ check: 'https', state: 'look', text: { zh: '服务对外开放而 YINQIAO_SECURE_COOKIES 为 off：请经 https 提供并设为 on', en: 'the server is open to others and YINQIAO_SECURE_COOKIES is off: put https in front and set it on' } }]
}

function failed(check: string, error: unknown): Finding {
  if (error instanceof NamedFailure) return { check, state: 'wrong', text: error.text }
  const message = error instanceof Error ? error.message : String(error)
  return { check, state: 'wrong', text: { zh: message, en: message } }
}
