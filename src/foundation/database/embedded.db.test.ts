import { spawn, type ChildProcess } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import pg from 'pg'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { readConfig } from '../config/config.ts'
import { Database } from './database.ts'
import { readRecord, embeddedPlaces } from './embedded-files.ts'
import { EmbeddedPostgres } from './embedded-postgres.ts'
import { serverSettings } from './embedded-settings.ts'
import { openDatabase } from './open-database.ts'
import { loginName } from './roles.ts'
import { startDatabase } from './start-database.ts'
import { sql } from './transaction.ts'
import { scratchFolder, testBinDir } from './testing.ts'

let folder: string
const servers: EmbeddedPostgres[] = []
const children: ChildProcess[] = []
beforeEach(() => {
  folder = scratchFolder('embedded') // mode 0700, as a home is: root's server user must get through
})
afterEach(async () => {
  for (const child of children.splice(0)) child.kill('SIGKILL')
  for (const server of servers.splice(0)) await server.stop()
  rmSync(folder, { recursive: true, force: true })
})

async function start(): Promise<EmbeddedPostgres> {
  const server = new EmbeddedPostgres({ folder, binDir: testBinDir() })
  servers.push(server)
  await server.ensureRunning()
  return server
}

async function ask(server: EmbeddedPostgres, text: string): Promise<Record<string, unknown>[]> {
  const client = new pg.Client(server.connectionOptions('postgres'))
  client.on('error', () => undefined)
  await client.connect()
  try {
    return (await client.query(text)).rows
  } finally {
    await client.end()
  }
}

const isAlive = (pid: number | null): boolean => {
  try {
    return pid !== null && process.kill(pid, 0) && !/\) Z /.test(readFileSync(`/proc/${pid}/stat`, 'utf8'))
  } catch {
    return false
  }
}
const until = async (condition: () => boolean | Promise<boolean>): Promise<void> => {
  for (const end = performance.now() + 30_000; !(await condition()); await pause(20)) if (performance.now() > end) throw new Error('did not happen in 30 s')
}
const pidOf = (pid: number | null): number => {
  if (pid === null) throw new Error('no process')
  return pid
}

describe('the embedded server', () => {
  test('starts in an empty folder with Chinese text, durable, on a private socket only; stops with the last command', async () => {
    const server = await start()
    const rows = await ask(server, `SELECT current_setting('server_encoding') AS encoding, current_setting('fsync') AS fsync, current_setting('synchronous_commit') AS sync,
      current_setting('listen_addresses') AS tcp, current_setting('jit') AS jit, current_setting('TimeZone') AS zone, '银桥' ~ '^\\w+$' AS letters, lower('ÄÉ') AS low`)
    expect(rows[0]).toEqual({ encoding: 'UTF8', fsync: 'on', sync: 'on', tcp: '', jit: 'off', zone: 'Asia/Shanghai', letters: true, low: 'äé' })
    const { runDir } = readRecord(embeddedPlaces(folder)) ?? { runDir: '' }
    expect(existsSync(runDir)).toBe(true)
    const { server: pid, keeper } = server.processes
    await server.stop()
    await until(() => !isAlive(pid) && !isAlive(keeper) && !existsSync(runDir))
  })

  test('a second command joins the first; the server stays until both are gone', async () => {
    const first = await start()
    await ask(first, 'CREATE TABLE kept (n int)')
    const second = await start()
    expect(second.processes.server).toBe(first.processes.server)
    await first.stop()
    expect(await ask(second, 'SELECT count(*)::int AS n FROM kept')).toEqual([{ n: 0 }])
    await second.stop()
    await until(() => !isAlive(second.processes.server))
  })

  test('five commands at the same moment start one server', async () => {
    const all = await Promise.all([1, 2, 3, 4, 5].map(() => start()))
    expect(new Set(all.map((server) => server.processes.server)).size).toBe(1)
  })

  test('the command that started it is killed: the one that joined works on, without an interruption', async () => {
    const script = `import { EmbeddedPostgres } from ${JSON.stringify(join(import.meta.dirname, 'embedded-postgres.ts'))}
      const server = new EmbeddedPostgres({ folder: ${JSON.stringify(folder)}, binDir: ${JSON.stringify(testBinDir()) ?? 'undefined'} })
      await server.ensureRunning(); console.log('ready'); setInterval(() => {}, 1000)`
    const feeder = spawn(process.execPath, ['--input-type=module', '-e', script], { stdio: ['ignore', 'pipe', 'inherit'] })
    children.push(feeder)
    await new Promise((resolve) => feeder.stdout.once('data', resolve))
    const server = await start()
    const client = new pg.Client(server.connectionOptions('postgres'))
    await client.connect()
    await client.query('BEGIN; CREATE TABLE half (n int)')
    feeder.kill('SIGKILL')
    await pause(4_000) // longer than the grace after a killed command
    await client.query('COMMIT')
    expect((await client.query('SELECT count(*)::int AS n FROM half')).rows).toEqual([{ n: 0 }])
    await client.end()
  })

  test('a killed command leaves no server behind', async () => {
    const script = `import { EmbeddedPostgres } from ${JSON.stringify(join(import.meta.dirname, 'embedded-postgres.ts'))}
      const server = new EmbeddedPostgres({ folder: ${JSON.stringify(folder)}, binDir: ${JSON.stringify(testBinDir()) ?? 'undefined'} })
      await server.ensureRunning(); console.log(JSON.stringify(server.processes)); setInterval(() => {}, 1000)`
    const command = spawn(process.execPath, ['--input-type=module', '-e', script], { stdio: ['ignore', 'pipe', 'inherit'] })
    children.push(command)
    const processes = JSON.parse(String(await new Promise((resolve) => command.stdout.once('data', resolve)))) as { keeper: number; server: number }
    command.kill('SIGKILL')
    await until(() => !isAlive(processes.server) && !isAlive(processes.keeper))
  })

  test('the server is killed: every acknowledged row is there, and work goes on through the pool', async () => {
    const server = await start()
    await ask(server, 'CREATE TABLE kept (n int); CREATE ROLE yq_batch; GRANT ALL ON kept TO yq_batch')
    const options = server.connectionOptions('postgres')
    const db = new Database(options, options, () => server.ensureRunning())
    let acknowledged = 0
    const writeOne = (): Promise<void> => db.asBatch(async (tx) => {
      await tx.run(sql`INSERT INTO kept VALUES (${acknowledged + 1})`)
    }).then(() => {
      acknowledged++
    })
    for (let kill = 0; kill < 3; kill++) {
      for (let i = 0; i < 20; i++) await writeOne()
      process.kill(pidOf(server.processes.server), 'SIGKILL')
      await until(async () => writeOne().then(() => true, () => false)) // the transaction in flight is lost and told; the next one passes
      await server.ensureRunning()
    }
    expect(acknowledged).toBe(63)
    const [row] = await ask(server, 'SELECT count(DISTINCT n)::int AS n FROM kept')
    expect(row).toEqual({ n: acknowledged })
    await db.close()
  })

  test('the keeper is killed, or it and the server: started again by itself', async () => {
    const server = await start()
    await ask(server, 'CREATE TABLE kept (n int); INSERT INTO kept VALUES (1)')
    const before = server.processes
    process.kill(pidOf(before.keeper), 'SIGKILL')
    await until(() => server.ensureRunning().then(() => server.processes.keeper !== before.keeper, () => false))
    expect(await ask(server, 'SELECT n FROM kept')).toEqual([{ n: 1 }])
    const again = server.processes
    process.kill(pidOf(again.keeper), 'SIGKILL')
    process.kill(pidOf(again.server), 'SIGKILL')
    await until(() => server.ensureRunning().then(() => server.processes.keeper !== again.keeper, () => false))
    expect(await ask(server, 'SELECT n FROM kept')).toEqual([{ n: 1 }])
  })

  test('a first start that was killed half-way leaves only `.new`, and the next start makes it whole', async () => {
    mkdirSync(join(folder, 'postgresql.new', 'base'), { recursive: true })
    writeFileSync(join(folder, 'postgresql.new', 'PG_VERSION'), '18\n')
    await ask(await start(), 'SELECT 1')
    expect(existsSync(join(folder, 'postgresql.new'))).toBe(false)
  })

  test('a postmaster.pid of a dead or of another living process does not stop a start', async () => {
    const first = await start()
    await first.stop()
    const file = join(folder, 'postgresql', 'postmaster.pid')
    for (const pid of [process.pid, 4_100_000]) {
      writeFileSync(file, `${pid}\n${join(folder, 'postgresql')}\n1700000000\n5432\n/tmp/none\n\n     0     0\nready   \n`)
      const server = await start()
      expect(await ask(server, 'SELECT 1 AS n')).toEqual([{ n: 1 }])
      await server.stop()
    }
  })

  test('data of another major version are refused by name', async () => {
    await (await start()).stop()
    writeFileSync(join(folder, 'postgresql', 'PG_VERSION'), '14\n')
    await expect(start()).rejects.toMatchObject({ failure: 'database-version' })
  })
})

describe('where the database is', () => {
  test('a server that cannot be reached is told without its password', async () => {
    const failure = await startDatabase({ databaseUrl: 'postgres://u:s3cret@127.0.0.1:1/none', dataDir: folder }).catch((error: unknown) => error)
    expect(failure).toMatchObject({ failure: 'database-unreachable' })
    expect(String(failure)).not.toContain('s3cret')
  })

  test('a server of the bank: its owner is no superuser, the application signs in with a password of its own', async () => {
    const server = await start()
    await ask(server, "CREATE ROLE bank LOGIN CREATEROLE PASSWORD 'of the owner'")
    await ask(server, 'CREATE DATABASE bank OWNER bank')
    writeFileSync(join(folder, 'postgresql', 'pg_hba.conf'), 'local all postgres trust\nlocal all all scram-sha-256\n')
    await ask(server, 'SELECT pg_reload_conf()')
    const { host } = server.connectionOptions('bank')
    const { config } = readConfig({ DATABASE_URL: `postgres://bank:of%20the%20owner@localhost/bank?host=${encodeURIComponent(String(host))}`, YINQIAO_KEYS: join(folder, 'keys') }, folder)
    for (const applied of [true, false]) {
      const open = await openDatabase(config)
      expect(open.started.kind).toBe('server')
      expect(open.migrations.applied.length > 0).toBe(applied)
      const me = await open.db.asBatch((tx) => tx.one(sql<{ who: string; login: string; zone: string }>`SELECT current_user::text AS who, session_user::text AS login, current_setting('TimeZone') AS zone`))
      expect(me).toEqual({ who: 'yq_batch', login: loginName('bank'), zone: 'Asia/Shanghai' })
      await open.close()
    }
    await ask(server, 'SELECT pg_sleep(0.1)')
    const options = { host, port: 5432, user: loginName('bank'), password: 'guessed', database: 'bank' }
    await expect(new pg.Client(options).connect()).rejects.toThrow('password')
  })

  test('settings follow the memory of the machine', () => {
    const gb = 1024 ** 3
    expect(serverSettings('/x', true, 2 * gb)).toMatchObject({ shared_buffers: '512MB', work_mem: '8MB', maintenance_work_mem: '64MB', fsync: 'on' })
    expect(serverSettings('/x', true, 64 * gb)).toMatchObject({ shared_buffers: '2048MB', work_mem: '64MB', maintenance_work_mem: '512MB', synchronous_commit: 'on' })
  })
})
