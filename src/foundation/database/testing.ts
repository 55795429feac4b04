import { createHash, randomBytes } from 'node:crypto'
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { freeBytes, memoryFolder } from '../files/free-bytes.ts'
import { verifyWrites } from './counters-testing.ts'
import { Database } from './database.ts'
import { majorVersion } from './embedded-binaries.ts'
import { EmbeddedPostgres } from './embedded-postgres.ts'
import { migrate, readMigrations } from './migrate.ts'
import { ensureRoles } from './roles.ts'

export type TestDatabase = {
  db: Database
  /** Name of the database on the test server. */
  name: string
  /** Options of the owner (superuser) and of the application's login. */
  owner: pg.PoolConfig
  app: pg.PoolConfig
  /** A folder of its own for keys, files and journal heads; removed by drop(). */
  folder: string
  drop(): Promise<void>
}

const folderVariable = 'YINQIAO_TEST_SERVER'
const runningServers = new Map<string, Promise<EmbeddedPostgres>>()
let template: Promise<{ name: string; app: pg.PoolConfig }> | null = null

/**
 * A new folder for data of tests. In shared memory where it has room: a copy of the template (some 1,600 files) takes 0.06 s there and 1 s on the disk, some 250 times a run.
 * What a run that was killed left there is removed.
 */
export function scratchFolder(purpose: string): string {
  const enough = 8_000_000_000
  const free = freeBytes(memoryFolder)
  if (free === null) return mkdtempSync(join(tmpdir(), `yq-${purpose}-`))
  for (const name of readdirSync(memoryFolder)) {
    const pid = /^yq-[a-z]+-(\d+)-/.exec(name)?.[1]
    if (pid !== undefined && !existsSync(`/proc/${pid}`)) rmSync(join(memoryFolder, name), { recursive: true, force: true })
  }
  return mkdtempSync(join(free > enough ? memoryFolder : tmpdir(), `yq-${purpose}-${process.pid}-`))
}

/** The folder of the test server of this run: made by the global setup; a test run without it makes its own, which goes with the process. */
function serverFolder(): string {
  const given = process.env[folderVariable]
  if (given !== undefined && given !== '') return given
  const folder = scratchFolder('test')
  process.env[folderVariable] = folder
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }))
  return folder
}

/**
 * Binaries for the tests: those of npm, or with YINQIAO_TEST_POSTGRES=15 (16, 17) a server of that version found on the machine. Throws when it is asked for and not there.
 */
export function testBinDir(wanted: string | undefined = process.env['YINQIAO_TEST_POSTGRES']): string | undefined {
  if (wanted === undefined || wanted === '' || wanted === 'embedded') return undefined
  const found = findPostgres(wanted)
  if (found === null) throw new Error(`YINQIAO_TEST_POSTGRES=${wanted}: no PostgreSQL ${wanted} on this machine`)
  return found
}

/** Folder of the binaries of a major version on this machine (Debian's place, then the usual ones), or null. */
export function findPostgres(major: string): string | null {
  const places = [`/usr/lib/postgresql/${major}/bin`, `/usr/pgsql-${major}/bin`, `/opt/homebrew/opt/postgresql@${major}/bin`, '/usr/local/bin', '/usr/bin']
  for (const place of places) {
    if (!existsSync(join(place, 'postgres')) || !existsSync(join(place, 'initdb'))) continue
    try {
      if (majorVersion(place) === Number(major)) return place
    } catch {
      // a program of that name which is no PostgreSQL
    }
  }
  return null
}

/** Starts or joins the test server of this run. Nothing is forced to disk: only tests may do so. */
export function joinTestServer(): Promise<EmbeddedPostgres> {
  const folder = serverFolder()
  const known = runningServers.get(folder)
  if (known) return known
  const server = new EmbeddedPostgres({ folder, binDir: testBinDir(), durable: false })
  const started = server.ensureRunning().then(() => server)
  runningServers.set(folder, started)
  return started
}

/** Begins a run: a fresh server and the migrated template. Returns how to end it. Called by tests/support/global-database.ts. */
export async function startTestRun(): Promise<() => Promise<void>> {
  if (process.env[folderVariable]) return () => Promise.resolve() // another project of the same run began it
  const folder = scratchFolder('test')
  process.env[folderVariable] = folder
  const server = await joinTestServer()
  await migratedTemplate()
  return async () => {
    await server.stop()
    runningServers.delete(folder)
    template = null
    delete process.env[folderVariable]
    rmSync(folder, { recursive: true, force: true })
  }
}

/** A migrated, empty database of its own, copied from the template. drop() at the end. */
export async function testDatabase(): Promise<TestDatabase> {
  const server = await joinTestServer()
  const from = await migratedTemplate()
  const name = `yqt_${randomBytes(6).toString('hex')}`
  await onMaintenance(server, (client) => client.query(`CREATE DATABASE ${name} TEMPLATE ${from.name} STRATEGY FILE_COPY`))
  const folder = scratchFolder('files')
  const owner = server.connectionOptions(name)
  const app = { ...from.app, database: name }
  const db = new Database(app, owner, () => server.ensureRunning())
  db.verifyWrites = verifyWrites // no test may write past the store without noticing
  return {
    db, name, owner, app, folder,
    async drop() {
      await db.close()
      await onMaintenance(server, (client) => client.query(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`))
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

/** An empty database without the product's tables, for tests of migrations themselves. */
export async function emptyDatabase(): Promise<{ name: string; owner: pg.PoolConfig; drop(): Promise<void> }> {
  const server = await joinTestServer()
  const name = `yqe_${randomBytes(6).toString('hex')}`
  await onMaintenance(server, (client) => client.query(`CREATE DATABASE ${name}`))
  return {
    name,
    owner: server.connectionOptions(name),
    async drop() {
      await onMaintenance(server, (client) => client.query(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`))
    },
  }
}

function migratedTemplate(): Promise<{ name: string; app: pg.PoolConfig }> {
  template ??= makeTemplate()
  return template
}

// The name says what is in it: when a migration changed since the run began (watch mode), another template is made.
async function makeTemplate(): Promise<{ name: string; app: pg.PoolConfig }> {
  const server = await joinTestServer()
  const content = createHash('sha256')
  for (const { name, sha256 } of readMigrations()) content.update(name).update(sha256)
  const name = `yq_template_${content.digest('hex').slice(0, 12)}`
  return onMaintenance(server, async (client) => {
    await client.query('SELECT pg_advisory_lock(7215330117)')
    const options = server.connectionOptions(name)
    const { rows } = await client.query<{ done: boolean }>('SELECT datistemplate AS done FROM pg_database WHERE datname = $1', [name])
    if (rows[0]?.done !== true) {
      await client.query(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`) // a run that was killed half-way
      await client.query(`CREATE DATABASE ${name}`)
    }
    const app = await ensureRoles(options, { keyFile: null })
    if (rows[0]?.done !== true) {
      await migrate(options)
      await client.query(`ALTER DATABASE ${name} IS_TEMPLATE true`)
    }
    return { name, app }
  })
}

async function onMaintenance<T>(server: EmbeddedPostgres, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client(server.connectionOptions('postgres'))
  client.on('error', () => undefined)
  await client.connect()
  try {
    // a copy is refused while somebody is connected to its source; the lock puts copies and the making of the template in a row
    return await work(client)
  } finally {
    await client.end()
  }
}
