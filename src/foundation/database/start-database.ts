import { join } from 'node:path'
import pg from 'pg'
import type { Config } from '../config/config.ts'
import { NamedFailure, type BilingualText } from '../config/named-failure.ts'
import { EmbeddedPostgres } from './embedded-postgres.ts'

/** The name of the product's database on the embedded server. */
const embeddedName = 'yinqiao'

// What the embedded server has in its settings, for every connection to a server of the bank.
const sameBehaviour = '-c timezone=Asia/Shanghai -c jit=off'

export type StartedDatabase = {
  kind: 'embedded' | 'server'
  /** Of the owner: migrations, sealer, COPY. Requests never use them. */
  connectionOptions: pg.PoolConfig
  /** Version of the server: 150018, 180004. */
  version: number
  /** Starts the embedded server again when it is gone; does nothing for a server of the bank. */
  ensureRunning(): Promise<void>
  /** Gives the server up; an embedded one is stopped when no other command needs it. */
  stop(): Promise<void>
}

/**
 * The database of a configuration: the bank's server when DATABASE_URL is set (15 or newer, UTF-8), else the embedded one in the data folder,
 * started or joined. Throws NamedFailure: 'database-unreachable', 'database-too-old', 'database-encoding', 'data-folder', 'database-not-started' …
 */
export async function startDatabase(config: Pick<Config, 'databaseUrl' | 'dataDir'>, onStage?: (text: BilingualText) => void): Promise<StartedDatabase> {
  if (config.databaseUrl !== null) {
    const connectionOptions: pg.PoolConfig = { connectionString: config.databaseUrl, connectionTimeoutMillis: 10_000, application_name: 'yinqiao', options: sameBehaviour }
    const version = await checkServer(connectionOptions)
    return { kind: 'server', connectionOptions, version, ensureRunning: () => Promise.resolve(), stop: () => Promise.resolve() }
  }
  const server = new EmbeddedPostgres({ folder: config.dataDir, onStage })
  await server.ensureRunning()
  try {
    await createDatabase(server.connectionOptions('postgres'), embeddedName)
    const connectionOptions = server.connectionOptions(embeddedName)
    const version = await checkServer(connectionOptions)
    return { kind: 'embedded', connectionOptions, version, ensureRunning: () => server.ensureRunning(), stop: () => server.stop() }
  } catch (error) {
    await server.stop()
    throw error
  }
}

/** Makes a database when there is none of that name; two commands may do so at the same time. */
async function createDatabase(options: pg.PoolConfig, name: string): Promise<void> {
  const client = new pg.Client(options)
  client.on('error', () => undefined)
  await client.connect()
  try {
    if ((await client.query('SELECT FROM pg_database WHERE datname = $1', [name])).rowCount !== 0) return
    await client.query(`CREATE DATABASE ${pg.escapeIdentifier(name)}`)
  } catch (error) {
    if (!['42P04', '23505'].includes((error as { code?: string }).code ?? '')) throw error
  } finally {
    await client.end()
  }
}

async function checkServer(options: pg.PoolConfig): Promise<number> {
  let client: pg.Client
  try {
    client = new pg.Client(options)
    client.on('error', () => undefined)
    await client.connect()
  } catch (error) {
    // the message of the driver names host, user or database, never the password
    const reason = error instanceof Error ? error.message || ((error as NodeJS.ErrnoException).code ?? error.name) : String(error)
    throw new NamedFailure('database-unreachable', {
      zh: `连不上数据库（${reason}）：请核对 DATABASE_URL，并确认数据库已建立`,
      en: `the database cannot be reached (${reason}): check DATABASE_URL, and that the database was made`,
    }, { cause: error })
  }
  try {
    const { rows: [row] } = await client.query<{ version: string; encoding: string }>("SELECT current_setting('server_version_num') AS version, current_setting('server_encoding') AS encoding")
    const version = Number(row?.version)
    if (version < 150000) {
      throw new NamedFailure('database-too-old', { zh: `数据库服务器是 PostgreSQL ${Math.floor(version / 10000)}，需要 15 或更新`, en: `the database server is PostgreSQL ${Math.floor(version / 10000)}; 15 or newer is needed` })
    }
    if (row?.encoding !== 'UTF8') {
      throw new NamedFailure('database-encoding', { zh: `数据库的编码是 ${row?.encoding}，需要 UTF8：请用 ENCODING 'UTF8' 重建`, en: `the encoding of the database is ${row?.encoding}; UTF8 is needed: make it with ENCODING 'UTF8'` })
    }
    return version
  } finally {
    await client.end()
  }
}

/** Folder of the key with which the login of the application is made. */
export const databaseLoginKey = (keysDir: string): string => join(keysDir, 'database-login.key')
