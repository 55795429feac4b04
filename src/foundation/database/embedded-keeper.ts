// A process of its own that keeps one embedded PostgreSQL: docs/decisions/0003-embedded-postgresql.md. Started by embedded-postgres.ts with a KeeperOrder as JSON.
import { spawn, type ChildProcess } from 'node:child_process'
import { chmodSync, chownSync, closeSync, existsSync, fsyncSync, lstatSync, mkdirSync, mkdtempSync, openSync, readFileSync, readlinkSync, realpathSync, renameSync, rmSync, statSync } from 'node:fs'
import { connect, createServer, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { setTimeout as pause } from 'node:timers/promises'
import { NamedFailure } from '../config/named-failure.ts'
import { majorVersion, ownAll, reachableBy } from './embedded-binaries.ts'
import { anotherKeeper, embeddedPlaces, keeperSocket, ownLikeFolder, readRecord, writeRecord, type EmbeddedPlaces, type KeeperAnswer, type KeeperOrder, type KeeperQuestion } from './embedded-files.ts'
import { embeddedPort, serverSettings } from './embedded-settings.ts'
import { chooseServerUser, type ServerUser } from './embedded-user.ts'

const graceMs = 3_000 // how long the server outlives a command that was killed: its next start finds it warm
const firstLeaseMs = 30_000
const startTries = 40

/** A server process: our own child, or one adopted from a keeper that was killed. */
type Running = { pid: number; ended: Promise<void>; isOver(): boolean }

class Keeper {
  readonly #order: KeeperOrder
  readonly #places: EmbeddedPlaces
  readonly #user: ServerUser
  readonly #runDir: string
  readonly #holders = new Set<Socket>()
  readonly #asking = new Set<Socket>()
  #stage: 'making' | 'starting' | 'ready' = 'starting'
  #running: Running | null = null
  #helper: ChildProcess | null = null
  #stopping: Promise<void> | null = null
  #grace: NodeJS.Timeout | null = null
  #failure: NamedFailure | null = null
  #toldFailure = false

  constructor(order: KeeperOrder) {
    this.#order = order
    this.#places = embeddedPlaces(order.folder)
    this.#user = chooseServerUser(order.folder, this.#places.dataDir, order.binDir)
    this.#runDir = privateFolder(this.#places, this.#user)
  }

  async run(): Promise<void> {
    await this.#listen()
    for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => void this.#stop())
    process.on('SIGHUP', () => undefined)
    this.#stopUnlessHeld(firstLeaseMs)
    try {
      this.#checkVersion()
      if (!existsSync(this.#places.dataDir)) await this.#make()
      await this.#keepRunning()
    } catch (error) {
      if (this.#stopping !== null) return
      const told = error instanceof NamedFailure ? error : new NamedFailure('database-not-started', {
        zh: `内置 PostgreSQL 没有启动（${reasonOf(error)}）：详见 ${this.#places.log}`,
        en: `the embedded PostgreSQL did not start (${reasonOf(error)}): see ${this.#places.log}`,
      })
      log(told.message)
      this.#failure = told
      // whoever asks is told why, also the command that started us and has not reached us yet; the next one may try anew
      for (const until = performance.now() + 5_000; performance.now() < until && !this.#toldFailure; ) await pause(20)
      await pause(50)
      await this.#stop(1)
    }
  }

  // ---- commands -----------------------------------------------------------------------------------------------------

  async #listen(): Promise<void> {
    const path = keeperSocket(this.#runDir)
    rmSync(path, { force: true }) // of a killed keeper: we hold its lock
    const server = createServer((socket) => this.#meet(socket))
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject)
      server.listen(path, resolve)
    })
    chmodSync(path, 0o700)
    ownLikeFolder(this.#places, path)
    writeRecord(this.#places, { runDir: this.#runDir, keeperPid: process.pid })
  }

  #meet(socket: Socket): void {
    let text = ''
    socket.setEncoding('utf8')
    socket.on('error', () => undefined)
    socket.on('close', () => {
      this.#holders.delete(socket)
      this.#asking.delete(socket)
      this.#stopUnlessHeld(graceMs)
    })
    if (this.#stopping !== null) {
      say(socket, { state: 'stopping' })
      socket.end()
      return
    }
    this.#holders.add(socket)
    socket.on('data', (part: string) => {
      const lines = (text + part).split('\n')
      text = lines.pop() ?? ''
      for (const line of lines) {
        try {
          this.#answer(socket, (JSON.parse(line) as KeeperQuestion).ask)
        } catch {
          socket.destroy() // not one of ours
        }
      }
    })
  }

  #answer(socket: Socket, ask: KeeperQuestion['ask']): void {
    if (ask === 'leave') {
      this.#holders.delete(socket)
      this.#asking.delete(socket)
      if (this.#holders.size > 0) say(socket, { state: 'left' })
      else void this.#stop().then(() => say(socket, { state: 'left' }))
      return
    }
    this.#asking.add(socket)
    void this.#tellWhenReady(socket)
  }

  async #tellWhenReady(socket: Socket): Promise<void> {
    for (let told = 0; this.#asking.has(socket) && this.#stopping === null; ) {
      if (this.#failure !== null) {
        this.#asking.delete(socket)
        this.#toldFailure = true
        say(socket, { state: 'failed', failure: this.#failure.failure, ...this.#failure.text })
        return
      }
      // the system may tell a command sooner than us that the server died: only a server that accepts is called ready
      if (this.#stage === 'ready' && this.#running !== null && !this.#running.isOver() && (await accepts(this.#runDir))) {
        this.#asking.delete(socket)
        say(socket, { state: 'ready', runDir: this.#runDir, serverPid: this.#running.pid })
        return
      }
      if (performance.now() - told > 1_000) {
        told = performance.now()
        say(socket, { state: 'waiting', stage: this.#stage === 'making' ? 'making' : 'starting' })
      }
      await pause(10)
    }
  }

  #stopUnlessHeld(after: number): void {
    if (this.#grace !== null) clearTimeout(this.#grace)
    this.#grace = setTimeout(() => {
      if (this.#holders.size === 0) void this.#stop()
    }, after)
  }

  // ---- the server ---------------------------------------------------------------------------------------------------

  #checkVersion(): void {
    const file = join(this.#places.dataDir, 'PG_VERSION')
    if (!existsSync(file)) return
    const made = Number(readFileSync(file, 'utf8').trim())
    const ours = majorVersion(this.#order.binDir)
    if (made === ours) return
    throw new NamedFailure('database-version', {
      zh: `数据目录由 PostgreSQL ${made} 建立，本程序带的是 ${ours}：请用原版本导出后再导入`,
      en: `the data were made by PostgreSQL ${made}, this product brings ${ours}: export them with the former version and import them again`,
    })
  }

  /** Makes the data directory beside its place and then moves it there: a first start that is killed leaves only the folder `.new`. */
  async #make(): Promise<void> {
    this.#stage = 'making'
    const { dataDir, folder } = this.#places
    const fresh = `${dataDir}.new`
    rmSync(fresh, { recursive: true, force: true })
    mkdirSync(fresh, { mode: 0o700 })
    if (this.#user.owner) chownSync(fresh, this.#user.owner.uid, this.#user.owner.gid)
    const locale = majorVersion(this.#order.binDir) >= 17
      ? [process.platform === 'darwin' ? '--locale=en_US.UTF-8' : '--locale=C.UTF-8', '--locale-provider=builtin', '--builtin-locale=C.UTF-8']
      : ['--locale=C.UTF-8'] // the builtin provider came with 17
    const args = ['-D', fresh, '-E', 'UTF8', ...locale, '-U', 'postgres', '--auth=trust', '--no-instructions', ...(this.#order.durable ? [] : ['--no-sync'])]
    const { file, args: all, options } = this.#user.command(join(this.#user.binDir, 'initdb'), args, 'KILL')
    const child = spawn(file, all, { ...options, cwd: '/', stdio: ['ignore', 'inherit', 'inherit'] })
    this.#helper = child
    const code = await new Promise<number | null>((resolve, reject) => {
      child.once('error', reject)
      child.once('exit', resolve)
    })
    this.#helper = null
    if (code !== 0) throw new Error(`initdb: ${code ?? 'killed'}`)
    renameSync(fresh, dataDir)
    if (this.#order.durable) syncFolder(folder)
    this.#stage = 'starting'
  }

  /** Starts the server, and again whenever it ends by itself; returns only by an error. */
  async #keepRunning(): Promise<void> {
    for (let tries = 0; this.#stopping === null; ) {
      this.#stage = 'starting'
      const running = (await this.#adopt()) ?? this.#spawn()
      this.#running = running
      const isReady = await this.#untilReady(running)
      if (isReady) {
        this.#stage = 'ready'
        tries = 0
        await running.ended
        log('the server ended')
      } else {
        // a server that was killed leaves its children behind for a moment; until they are gone a new one is refused
        if (++tries >= startTries) throw new Error('ended again and again')
        await pause(Math.min(50 * tries, 500))
      }
    }
    await this.#stopping
  }

  #spawn(): Running {
    if (this.#user.owner && statSync(this.#places.dataDir).uid !== this.#user.owner.uid) ownAll(this.#places.dataDir, this.#user.owner.uid, this.#user.owner.gid)
    if (!existsSync(this.#runDir)) makeFolder(this.#runDir, this.#user) // a cleaner of temporary files took it
    const settings = Object.entries(serverSettings(this.#runDir, this.#order.durable)).flatMap(([name, value]) => ['-c', `${name}=${value}`])
    const { file, args, options } = this.#user.command(join(this.#user.binDir, 'postgres'), ['-D', this.#places.dataDir, ...settings], 'INT')
    const child = spawn(file, args, { ...options, cwd: '/', stdio: ['ignore', 'inherit', 'inherit'] })
    let over = false
    const ended = new Promise<void>((resolve) => {
      const end = (): void => {
        over = true
        resolve()
      }
      child.once('exit', end)
      child.once('error', end)
    })
    return { pid: child.pid ?? 0, ended, isOver: () => over }
  }

  /** A live server on our directory: kept when it is ready and listens where we do, else stopped. Its keeper was killed. */
  async #adopt(): Promise<Running | null> {
    const found = readPidFile(this.#places.dataDir)
    if (found === null || !isAlive(found.pid)) return null
    if (!isServerOf(found.pid, this.#places.dataDir)) {
      // the number belongs to another program now (after a restart, or in a container, where numbers repeat): PostgreSQL itself would refuse
      rmSync(join(this.#places.dataDir, 'postmaster.pid'), { force: true })
      return null
    }
    if (found.status === 'ready' && found.socketDir === this.#runDir && (await accepts(this.#runDir))) {
      log(`found the server running, process ${found.pid}`)
      let over = false
      const watch = async (): Promise<void> => {
        while (isAlive(found.pid)) await pause(200)
        over = true
      }
      return { pid: found.pid, ended: watch(), isOver: () => over || !isAlive(found.pid) }
    }
    await endServer(found.pid)
    return null
  }

  async #untilReady(running: Running): Promise<boolean> {
    while (!running.isOver()) {
      const file = readPidFile(this.#places.dataDir)
      if (file?.pid === running.pid && file.status === 'ready') return true
      await pause(5)
    }
    return false
  }

  #stop(code = 0): Promise<void> {
    this.#stopping ??= this.#end(code)
    return this.#stopping
  }

  async #end(code: number): Promise<void> {
    this.#helper?.kill('SIGKILL')
    if (this.#running !== null && !this.#running.isOver() && this.#running.pid > 0) await endServer(this.#running.pid, this.#running)
    for (const socket of this.#asking) say(socket, { state: 'stopping' })
    setTimeout(() => {
      rmSync(this.#runDir, { recursive: true, force: true })
      process.exit(code)
    }, 20) // the answers go out first
  }
}

// ---------------------------------------------------------------------------------------------------------------------

/** Fast shutdown; a server that does not end within a minute is ended harder: PostgreSQL recovers at the next start. */
async function endServer(pid: number, running?: Running): Promise<void> {
  const isOver = (): boolean => (running ? running.isOver() : !isAlive(pid))
  for (const [signal, wait] of [['SIGINT', 60_000], ['SIGQUIT', 10_000], ['SIGKILL', 10_000]] as const) {
    try {
      process.kill(pid, signal)
    } catch {
      return
    }
    for (const until = performance.now() + wait; performance.now() < until; await pause(5)) if (isOver()) return
  }
}

type PidFile = { pid: number; socketDir: string; status: string }

function readPidFile(dataDir: string): PidFile | null {
  try {
    const lines = readFileSync(join(dataDir, 'postmaster.pid'), 'utf8').split('\n').map((line) => line.trim())
    const pid = Math.abs(Number(lines[0]))
    return Number.isSafeInteger(pid) && pid > 1 ? { pid, socketDir: lines[4] ?? '', status: lines[7] ?? '' } : null
  } catch {
    return null
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    // a dead process that nobody waits for (a container without an init) still has its number
    return process.platform !== 'linux' || !/\) Z /.test(readFileSync(`/proc/${pid}/stat`, 'utf8'))
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}

/** Whether a live process is the PostgreSQL of a data directory: it stands in it, or says so on its command line. In doubt yes, so that nothing is taken from a live server. */
function isServerOf(pid: number, dataDir: string): boolean {
  if (process.platform !== 'linux') return true
  try {
    const words = readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0')
    if (!/(^|\/)(postgres|postmaster)$/.test(words[0] ?? '')) return false
    if (words.some((word) => word === dataDir)) return true
    return realpathSync(readlinkSync(`/proc/${pid}/cwd`)) === realpathSync(dataDir)
  } catch (error) {
    return (error as NodeJS.ErrnoException).code !== 'ENOENT'
  }
}

/** Whether a server answers on its socket: the question for encryption is answered with one byte, also while it recovers. */
function accepts(runDir: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(join(runDir, `.s.PGSQL.${embeddedPort}`))
    const end = (answer: boolean): void => {
      socket.destroy()
      resolve(answer)
    }
    socket.setTimeout(5_000, () => end(false))
    socket.once('error', () => end(false))
    socket.once('close', () => end(false))
    socket.once('connect', () => socket.write(Buffer.from([0, 0, 0, 8, 4, 210, 22, 47])))
    socket.once('data', () => end(true))
  })
}

/**
 * The folder of the sockets: private (0700), of the server's user, with a short path (an address of a socket has at most 107 bytes, 103 on macOS).
 * The former one is taken again, so that a command that is connected finds the next server at the same place.
 */
function privateFolder(places: EmbeddedPlaces, user: ServerUser): string {
  const former = readRecord(places)?.runDir
  const uid = user.owner?.uid ?? process.getuid?.() ?? 0
  if (former !== undefined && fits(former)) {
    const found = lstatSync(former, { throwIfNoEntry: false })
    if (found?.isDirectory() && found.uid === uid && (found.mode & 0o777) === 0o700) return former
    if (!found) {
      try {
        makeFolder(former, user)
        return former
      } catch {
        // another temporary folder than last time: a new one
      }
    }
  }
  const usable = fits(join(tmpdir(), 'yq-123456')) && (user.owner === null || reachableBy(tmpdir(), uid))
  const fresh = mkdtempSync(join(usable ? tmpdir() : '/tmp', 'yq-'))
  own(fresh, user)
  return fresh
}

const fits = (runDir: string): boolean => Buffer.byteLength(join(runDir, `.s.PGSQL.${embeddedPort}`)) <= 103

function makeFolder(path: string, user: ServerUser): void {
  mkdirSync(path, { mode: 0o700 })
  own(path, user)
}

function own(path: string, user: ServerUser): void {
  chmodSync(path, 0o700)
  if (user.owner) chownSync(path, user.owner.uid, user.owner.gid)
}

function syncFolder(path: string): void {
  const folder = openSync(path, 'r')
  fsyncSync(folder)
  closeSync(folder)
}

function say(socket: Socket, answer: KeeperAnswer): void {
  if (!socket.destroyed) socket.write(`${JSON.stringify(answer)}\n`)
}

function log(text: string): void {
  console.error(`${new Date().toISOString()} keeper ${process.pid}: ${text}`)
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}

/** One keeper for a folder. The lock is one of the system (SQLite's file lock): it goes when the process goes, however it ends. */
function takeLock(path: string): DatabaseSync | null {
  const file = new DatabaseSync(path)
  try {
    file.exec('PRAGMA journal_mode = OFF; BEGIN EXCLUSIVE') // nothing is ever written to it
    return file
  } catch (error) {
    file.close()
    if ((error as { errcode?: number }).errcode === 5) return null
    throw error
  }
}

const order = JSON.parse(process.argv[2] ?? '{}') as KeeperOrder
process.title = 'yinqiao-database'
process.on('disconnect', () => undefined)
try {
  const places = embeddedPlaces(order.folder)
  const lock = takeLock(places.lock)
  if (lock === null) process.exit(anotherKeeper)
  ownLikeFolder(places, places.lock)
  const keeper = new Keeper(order)
  await keeper.run()
  lock.exec('SELECT 1') // held until here, and so never collected
} catch (error) {
  log(reasonOf(error))
  if (error instanceof NamedFailure) process.send?.({ state: 'failed', failure: error.failure, ...error.text } satisfies KeeperAnswer)
  else process.send?.({ state: 'failed', failure: 'database-not-started', zh: `内置 PostgreSQL 没有启动：${reasonOf(error)}`, en: `the embedded PostgreSQL did not start: ${reasonOf(error)}` } satisfies KeeperAnswer)
  process.exitCode = 1
  setTimeout(() => process.exit(1), 50)
}
