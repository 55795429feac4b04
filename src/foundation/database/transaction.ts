import type pg from 'pg'
import { DummyDriver, Kysely, PostgresAdapter, PostgresIntrospector, PostgresQueryCompiler, sql, type RawBuilder } from 'kysely'

export { sql }
export type Sql<Row = unknown> = RawBuilder<Row>

// Kysely only compiles the `sql` tag here (bound parameters, nested fragments); pg runs it unnamed, so that plans see the values (tech, section 3).
const compiler = new Kysely<Record<never, never>>({
  dialect: {
    createAdapter: () => new PostgresAdapter(),
    createDriver: () => new DummyDriver(),
    createIntrospector: (db) => new PostgresIntrospector(db),
    createQueryCompiler: () => new PostgresQueryCompiler(),
  },
})

/** Roles that nobody signs in with; each sees through its own row-level policies. */
export type ScopeRole =
  | 'self' | 'unit' | 'all' | 'opened' | 'restricted' | 'compliance' | 'secret' | 'aml' | 'auditor' | 'engine' | 'office' | 'batch' | 'public'

export type WrittenRows = Map<string, { added: number; changed: number; removed: number }>

/** What a transaction knows of the person in whose name it runs: goes into each journal line. */
export type Author = { personKey: number | null; postKey: number | null; requestId: string | null }

/**
 * One database transaction under one role at a time. Made only by database.ts.
 * A statement is built with the `sql` tag: values are bound, never joined into the text.
 */
export class Transaction {
  readonly client: pg.ClientBase
  readonly author: Author
  /** Rows that went through the store, by table: compared with the database's own counters in tests. */
  readonly written: WrittenRows = new Map()
  #role: ScopeRole
  readonly #level: number

  /** `level`: how deep in the bank the unit lies by which the reader reads (role 'unit'). */
  constructor(client: pg.ClientBase, role: ScopeRole, author: Author, level = 0) {
    this.client = client
    this.#role = role
    this.author = author
    this.#level = level
  }

  get role(): ScopeRole {
    return this.#role
  }

  async all<Row>(query: Sql<Row>): Promise<Row[]> {
    return (await this.#ask(query)).rows as Row[]
  }

  /** The only row; throws when there is none or more than one (our own mistake). */
  async one<Row>(query: Sql<Row>): Promise<Row> {
    return onlyOf(await this.all(query))
  }

  /**
   * The rows of a statement that is asked all day long and costs more to plan than to run: each connection keeps its plan, one for each role, as the policies of the roles differ,
   * and for each level of unit: the plan for an outlet's four thousand customers would read a branch's hundred thousand (decision 0060). The text must be the same for every call under the name; PostgreSQL goes on planning for the values as long as that is cheaper.
   */
  async allKept<Row>(name: string, query: Sql<Row>): Promise<Row[]> {
    return (await this.#ask(query, `${name} ${this.#role}${this.#role === 'unit' ? ` ${this.#level}` : ''}`)).rows as Row[]
  }

  /** The only row of such a statement. */
  async oneKept<Row>(name: string, query: Sql<Row>): Promise<Row> {
    return onlyOf(await this.allKept(name, query))
  }

  /** The first row, or undefined. */
  async maybe<Row>(query: Sql<Row>): Promise<Row | undefined> {
    return (await this.all(query))[0]
  }

  /** Runs a statement; returns how many rows it touched. */
  async run(query: Sql): Promise<number> {
    return (await this.#ask(query)).rowCount ?? 0
  }

  #ask(query: Sql, name?: string): Promise<pg.QueryResult> {
    const { sql: text, parameters } = query.compile(compiler)
    return this.client.query({ ...(name === undefined ? {} : { name }), text, values: parameters as unknown[] })
  }

  /** Does one thing as another role of the same transaction, then returns to the former role. */
  async asRole<T>(role: ScopeRole, work: () => Promise<T>): Promise<T> {
    if (role === this.#role) return work()
    const former = this.#role
    await this.client.query(`SET LOCAL ROLE yq_${role}`)
    this.#role = role
    try {
      const value = await work()
      await this.client.query(`SET LOCAL ROLE yq_${former}`)
      return value
    } finally {
      this.#role = former // after an error the transaction is aborted anyway
    }
  }
}

function onlyOf<Row>(rows: readonly Row[]): Row {
  const [row] = rows
  if (row === undefined || rows.length > 1) throw new Error(`expected one row, got ${rows.length}`)
  return row
}
