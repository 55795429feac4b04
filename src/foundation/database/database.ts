import pg from 'pg'
import { Transaction, type Author, type ScopeRole } from './transaction.ts'

// Dates stay 'YYYY-MM-DD', whole and exact numbers stay strings, instants become ISO strings: nothing passes through binary floating point.
const types = new Map<number, (text: string) => unknown>([
  [pg.types.builtins.DATE, (text) => text],
  [1182, (text) => (text === '{}' ? [] : text.slice(1, -1).split(','))],
  [pg.types.builtins.TIMESTAMPTZ, (text) => new Date(text).toISOString()],
])
const typeParsers = {
  getTypeParser: (oid: number, format?: 'text' | 'binary') => types.get(oid) ?? pg.types.getTypeParser(oid, format as 'text'),
}

/** A person in one post, as worked out from the session. breadth decides the role of the transaction. */
export type Entrant = { staffKey: number; postKey: number; breadth: 'NONE' | 'SELF' | 'UNIT' | 'ALL'; /** Path of the unit in whose line he works, a number for each level. */ linePath: string }

const roleOfBreadth = { NONE: 'self', SELF: 'self', UNIT: 'unit', ALL: 'all' } as const

/** Thrown when the person's post is not in force any more on the business date (SQLSTATE YQ001). */
export class PostNotInForce extends Error {}

export class Database {
  readonly pool: pg.Pool
  /** Connection options of the owner: migrations, sealer, COPY. Requests never use them. */
  readonly owner: pg.PoolConfig
  /** Set in tests: compares what the store wrote with the database's counters before every commit. Called at the start, it returns the comparison. */
  verifyWrites: ((tx: Transaction) => Promise<() => Promise<void>>) | null = null
  readonly #ensureRunning: () => Promise<void>

  constructor(app: pg.PoolConfig, owner: pg.PoolConfig, ensureRunning: () => Promise<void>, size = 16) {
    this.pool = new pg.Pool({ ...app, max: size, types: typeParsers, idleTimeoutMillis: 60_000 })
    this.pool.on('error', () => undefined) // an idle connection died with its server; the next query connects anew
    // a connection in use that dies between two queries would end the process; its next query is told instead
    this.pool.on('connect', (client) => client.on('error', () => undefined))
    this.owner = owner
    this.#ensureRunning = ensureRunning
  }

  /** A transaction in a person's name: opens, takes the role of the breadth and works out the scope, in one message. */
  asPerson<T>(entrant: Entrant, businessDate: string, requestId: string | null, work: (tx: Transaction) => Promise<T>): Promise<T> {
    const role = roleOfBreadth[entrant.breadth]
    const { staffKey, postKey, linePath } = entrant
    // A message of several statements takes no parameters: the two keys are checked whole numbers and the date has one form.
    if (!Number.isSafeInteger(staffKey) || !Number.isSafeInteger(postKey) || !/^\d{4}-\d{2}-\d{2}$/.test(businessDate)) throw new Error('not a whole number or a date')
    const opening = `BEGIN; SET LOCAL ROLE yq_${role}; SELECT enter(${staffKey}, ${postKey}, '${businessDate}')`
    return this.#transaction(opening, role, { personKey: staffKey, postKey, requestId }, work, linePath.split('.').length)
  }

  /** A batch: feed, settlement, growing the demo bank. Sees and writes all NORMAL facts as its own role. */
  asBatch<T>(work: (tx: Transaction) => Promise<T>, author: Author = nobody): Promise<T> {
    return this.#transaction('BEGIN; SET LOCAL ROLE yq_batch', 'batch', author, work)
  }

  /** A verdict, a number or a masked reference over the whole bank; reads only. Used by engine-*.ts. */
  asEngine<T>(work: (tx: Transaction) => Promise<T>): Promise<T> {
    return this.#transaction('BEGIN READ ONLY; SET LOCAL ROLE yq_engine', 'engine', nobody, work)
  }

  /** Sign-in only. */
  asPublic<T>(work: (tx: Transaction) => Promise<T>, author: Author = nobody): Promise<T> {
    return this.#transaction('BEGIN; SET LOCAL ROLE yq_public', 'public', author, work)
  }

  /** Office work outside a request (command line, demo): organisation, schemes. */
  asOffice<T>(work: (tx: Transaction) => Promise<T>, author: Author = nobody): Promise<T> {
    return this.#transaction('BEGIN; SET LOCAL ROLE yq_office', 'office', author, work)
  }

  async #transaction<T>(opening: string, role: ScopeRole, author: Author, work: (tx: Transaction) => Promise<T>, level?: number): Promise<T> {
    const client = await this.connect()
    let broken: Error | undefined
    try {
      await client.query(opening)
      const tx = new Transaction(client, role, author, level)
      const compare = await this.verifyWrites?.(tx)
      const value = await work(tx)
      await compare?.()
      await client.query('COMMIT')
      return value
    } catch (error) {
      await client.query('ROLLBACK').catch((rollbackError: Error) => {
        broken = rollbackError
      })
      if ((error as { code?: string }).code === 'YQ001') throw new PostNotInForce((error as Error).message)
      throw error
    } finally {
      client.release(broken)
    }
  }

  /** A connection of the application's login; starts the embedded server again when it is gone. */
  async connect(): Promise<pg.PoolClient> {
    try {
      return await this.pool.connect()
    } catch (error) {
      if (!isConnectionError(error)) throw error
      await this.#ensureRunning()
      return this.pool.connect()
    }
  }

  /** A connection of the owner for migrations, the sealer and COPY; the caller ends it. */
  async connectOwner(): Promise<pg.Client> {
    const open = async (): Promise<pg.Client> => {
      const client = new pg.Client({ ...this.owner, types: typeParsers })
      client.on('error', () => undefined)
      await client.connect()
      return client
    }
    try {
      return await open()
    } catch (error) {
      if (!isConnectionError(error)) throw error
      await this.#ensureRunning()
      return open()
    }
  }

  async close(): Promise<void> {
    await this.pool.end()
  }
}

const nobody: Author = { personKey: null, postKey: null, requestId: null }

/** Whether an error says that the server is gone or starting, and not that a statement is wrong. */
export function isConnectionError(error: unknown): boolean {
  const { code, message } = error as { code?: string; message?: string }
  if (code !== undefined && ['ECONNREFUSED', 'ECONNRESET', 'ENOENT', 'EPIPE', '57P01', '57P02', '57P03', '08006', '08003', '08001'].includes(code)) return true
  return message !== undefined && /Connection terminated|not queryable|Connection ended|server closed the connection|the database system is/i.test(message)
}
