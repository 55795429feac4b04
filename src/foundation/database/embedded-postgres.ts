import { spawn, type ChildProcess } from 'node:child_process'
import { chmodSync, closeSync, existsSync, mkdirSync, openSync, renameSync, statSync } from 'node:fs'
import { connect, type Socket } from 'node:net'
import { join, resolve } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import pg from 'pg'
import { NamedFailure, type BilingualText } from '../config/named-failure.ts'
import { embeddedBinDir } from './embedded-binaries.ts'
import { embeddedPlaces, keeperSocket, ownLikeFolder, readRecord, type EmbeddedPlaces, type KeeperAnswer, type KeeperOrder, type KeeperQuestion } from './embedded-files.ts'
import { embeddedPort } from './embedded-settings.ts'

export type EmbeddedOptions = {
  /** Folder that holds the server's data (`postgresql`), log and lock. */
  folder: string
  /** Binaries of PostgreSQL; by default those that came with npm. */
  binDir?: string
  /** false only in tests: nothing is forced to disk. */
  durable?: boolean
  onStage?: (text: BilingualText) => void
}

const patienceMs = 60_000 // without a word from the keeper, which speaks every second

/**
 * This command's hold on the embedded server. The server runs as long as at least one command holds it; the hold ends with the process, however
 * that ends. Whoever needs the server and finds none starts it: `ensureRunning` is called at the start, after a connection error, and by itself
 * when the keeper is gone.
 */
export class EmbeddedPostgres {
  readonly #places: EmbeddedPlaces
  readonly #order: KeeperOrder
  readonly #onStage: (text: BilingualText) => void
  #lease: Lease | null = null
  #starting: Promise<void> | null = null
  #left = false
  #runDir = ''

  constructor(options: EmbeddedOptions) {
    const folder = resolve(options.folder)
    this.#places = embeddedPlaces(folder)
    this.#order = { folder, binDir: options.binDir ?? embeddedBinDir(), durable: options.durable ?? true }
    this.#onStage = options.onStage ?? (() => undefined)
  }

  /** Connection options of the superuser for a database of this server. */
  connectionOptions(database: string): pg.PoolConfig {
    return { host: this.#runDir, port: embeddedPort, user: 'postgres', database }
  }

  /** Makes sure that the server accepts connections; starts it when it is gone. Callers at the same time share one start. Throws NamedFailure. */
  ensureRunning(): Promise<void> {
    if (this.#left) return Promise.reject(new Error('the hold on the embedded server was given up'))
    this.#starting ??= this.#ensure().finally(() => {
      this.#starting = null
    })
    return this.#starting
  }

  /** Gives the server up; when nobody else holds it, it is stopped before this returns. */
  async stop(): Promise<void> {
    this.#left = true
    await this.#starting?.catch(() => undefined)
    await this.#lease?.leave()
    this.#lease = null
  }

  /** Process of the server and of its keeper: for `doctor` and for tests that kill them. */
  get processes(): { keeper: number | null; server: number | null } {
    return { keeper: readRecord(this.#places)?.keeperPid ?? null, server: this.#lease?.serverPid ?? null }
  }

  async #ensure(): Promise<void> {
    prepareFolder(this.#places)
    for (const until = performance.now() + patienceMs; ; ) {
      const runDir = await this.#askKeeper()
      if (runDir !== null) {
        this.#runDir = runDir
        if (await this.#accepts()) return
      }
      if (performance.now() > until) throw notStarted(this.#places)
      await pause(20)
    }
  }

  /** Where the server listens, once it is ready; null: ask again. */
  async #askKeeper(): Promise<string | null> {
    if (this.#lease?.isOpen) return this.#lease.ask('ensure', this.#onStage)
    let starter: KeeperStart | null = null
    for (const until = performance.now() + patienceMs; ; await pause(15)) {
      const socket = await this.#reachKeeper()
      if (socket !== null) {
        const lease = new Lease(socket, () => this.#onLost())
        const runDir = await lease.ask('lease', this.#onStage).catch((error: unknown) => {
          lease.close()
          throw error
        })
        if (runDir !== null) {
          this.#lease = lease
          return runDir
        }
        lease.close()
        continue // it was about to stop
      }
      if (starter?.failure) throw starter.failure
      if (starter === null || starter.isOver) starter = new KeeperStart(this.#order, this.#places)
      if (performance.now() > until) throw notStarted(this.#places)
    }
  }

  #reachKeeper(): Promise<Socket | null> {
    const record = readRecord(this.#places)
    if (record === null) return Promise.resolve(null)
    return new Promise((resolve) => {
      const socket = connect(keeperSocket(record.runDir))
      socket.once('error', () => resolve(null))
      socket.once('connect', () => resolve(socket))
    })
  }

  // Another command, or the system, ended the keeper. We still hold the server: start it again before somebody needs it.
  #onLost(): void {
    this.#lease = null
    if (!this.#left) this.ensureRunning().catch(() => undefined) // the next one who needs it is told why
  }

  async #accepts(): Promise<boolean> {
    const client = new pg.Client({ ...this.connectionOptions('postgres'), connectionTimeoutMillis: 10_000 })
    client.on('error', () => undefined)
    try {
      await client.connect()
      await client.query('SELECT 1')
      return true
    } catch {
      return false
    } finally {
      await client.end().catch(() => undefined)
    }
  }
}

class Lease {
  readonly #socket: Socket
  #waiting: ((answer: KeeperAnswer | null) => void)[] = []
  #leaving = false
  serverPid: number | null = null

  constructor(socket: Socket, onLost: () => void) {
    this.#socket = socket
    let text = ''
    socket.setEncoding('utf8')
    socket.unref() // a command that has nothing more to do ends
    socket.on('error', () => undefined)
    socket.on('data', (part: string) => {
      const lines = (text + part).split('\n')
      text = lines.pop() ?? ''
      for (const line of lines) this.#waiting.at(0)?.(JSON.parse(line) as KeeperAnswer)
    })
    socket.on('close', () => {
      for (const waiting of this.#waiting) waiting(null)
      if (!this.#leaving) onLost()
    })
  }

  get isOpen(): boolean {
    return !this.#socket.destroyed && this.#socket.writable
  }

  /** The folder of the server's socket, or null when the keeper stops or is gone. Throws NamedFailure when it could not start the server. */
  async ask(ask: 'lease' | 'ensure', onStage: (text: BilingualText) => void): Promise<string | null> {
    const answer = await this.#question({ ask }, (waiting) => {
      if (waiting.state === 'waiting') onStage(waiting.stage === 'making' ? { zh: '建立内置数据库', en: 'making the embedded database' } : { zh: '启动内置数据库', en: 'starting the embedded database' })
    })
    if (answer?.state === 'failed') throw new NamedFailure(answer.failure, { zh: answer.zh, en: answer.en })
    if (answer?.state !== 'ready') return null
    this.serverPid = answer.serverPid
    return answer.runDir
  }

  async leave(): Promise<void> {
    this.#leaving = true
    if (this.isOpen) await this.#question({ ask: 'leave' }, () => undefined)
    this.close()
  }

  close(): void {
    this.#leaving = true
    this.#socket.destroy()
  }

  #question(question: KeeperQuestion, onWaiting: (answer: KeeperAnswer) => void): Promise<KeeperAnswer | null> {
    return new Promise((resolve) => {
      this.#socket.ref()
      let patience: NodeJS.Timeout
      const finish = (answer: KeeperAnswer | null): void => {
        clearTimeout(patience)
        this.#waiting = this.#waiting.filter((one) => one !== hear)
        if (this.#waiting.length === 0) this.#socket.unref()
        resolve(answer)
      }
      const wait = (): NodeJS.Timeout => setTimeout(() => finish(null), patienceMs)
      const hear = (answer: KeeperAnswer | null): void => {
        if (answer?.state !== 'waiting') return finish(answer)
        clearTimeout(patience)
        patience = wait()
        onWaiting(answer)
      }
      patience = wait()
      this.#waiting.push(hear)
      if (!this.isOpen) return finish(null)
      this.#socket.write(`${JSON.stringify(question)}\n`)
    })
  }
}

/** A keeper that this command started: a process of its own session, which outlives the command and says by itself why it did not begin. */
class KeeperStart {
  isOver = false
  failure: NamedFailure | null = null

  constructor(order: KeeperOrder, places: EmbeddedPlaces) {
    const log = openSync(places.log, 'a', 0o600)
    const child: ChildProcess = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', join(import.meta.dirname, 'embedded-keeper.ts'), JSON.stringify(order)], {
      cwd: '/', detached: true, stdio: ['ignore', log, log, 'ipc'], env: keeperEnvironment(),
    })
    closeSync(log)
    child.on('message', (answer: KeeperAnswer) => {
      if (answer.state === 'failed') this.failure = new NamedFailure(answer.failure, { zh: answer.zh, en: answer.en })
    })
    child.on('exit', () => {
      this.isOver = true
    })
    child.on('error', (error) => {
      this.isOver = true
      this.failure = new NamedFailure('database-not-started', { zh: `无法启动内置数据库的进程：${error.message}`, en: `the process of the embedded database cannot be started: ${error.message}` })
    })
    child.unref()
    child.channel?.unref()
  }
}

// PG* variables would change what the server and its tools do; NODE_OPTIONS may name files that only the caller has.
function keeperEnvironment(): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('PG') && !name.startsWith('VITEST') && name !== 'NODE_OPTIONS' && name !== 'NODE_V8_COVERAGE'))
}

function prepareFolder(places: EmbeddedPlaces): void {
  const isRoot = process.getuid?.() === 0
  try {
    // started by root the server runs as another user, who must be able to pass; what is private in it is closed by itself
    if (!existsSync(places.folder)) {
      mkdirSync(places.folder, { recursive: true })
      chmodSync(places.folder, isRoot ? 0o711 : 0o700)
    }
    if (existsSync(places.log) && statSync(places.log).size > 10 * 1024 * 1024) renameSync(places.log, `${places.log}.1`)
    closeSync(openSync(places.log, 'a', 0o600))
    ownLikeFolder(places, places.log)
  } catch (error) {
    throw new NamedFailure('data-folder', {
      zh: `数据目录 ${places.folder} 不可写（${(error as NodeJS.ErrnoException).code ?? ''}）：请换一个目录（YINQIAO_DATA），或用建立它的用户运行`,
      en: `the data folder ${places.folder} cannot be written (${(error as NodeJS.ErrnoException).code ?? ''}): take another one (YINQIAO_DATA), or run as the user who made it`,
    })
  }
}

function notStarted(places: EmbeddedPlaces): NamedFailure {
  return new NamedFailure('database-not-started', { zh: `内置 PostgreSQL 没有应答：详见 ${places.log}`, en: `the embedded PostgreSQL does not answer: see ${places.log}` })
}
