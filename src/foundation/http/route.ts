import type { Relation, Verdict, ObjectFacts } from '../access/permission.rules.ts'
import type { Actor } from '../access/actor.ts'
import type { Config } from '../config/config.ts'
import type { Database } from '../database/database.ts'
import type { Transaction } from '../database/transaction.ts'
import type { CustomerKeys } from '../secrets/customer-keys.ts'
import type { Outcome } from '../values/outcome.ts'
import type { Endpoint, InputOf, ReplyOf, UploadedFile } from './contract.ts'
import type { Language } from './invalid-request.ts'

/** What the product has at hand while it runs: made once at the start. */
export type Services = { config: Config; db: Database; keys: CustomerKeys; jobs: JobAsker | null }

/** Where long work is asked for; null on the command line, which runs it itself. */
export type JobAsker = { ask(kind: string, params: Record<string, unknown>, askedBy: number | null): Promise<string> }

/** Who asks, in which language, on which business date, and what was opened for the request. */
export type Context = {
  services: Services
  actor: Actor
  language: Language
  requestId: string
  /** Today, from the one place (YYYY-MM-DD). */
  businessDate: string
  /** Set when the contract opens a customer: how the person stands to it. */
  opened: { customerId: string; relation: Relation } | null
  /** The one permission function, asked for this person. */
  may(action: string, object?: ObjectFacts): Verdict
}

/** Of an endpoint that runs its own transactions. `actor` is null when nobody is signed in (only for permission 'public'). */
export type AloneContext = Omit<Context, 'actor' | 'opened' | 'may'> & {
  actor: Actor | null
  may(action: string, object?: ObjectFacts): Verdict
  address: string
  sessionToken: string | null
  /** Sets or (null) clears the session's cookie. */
  setSession(token: string | null, expiresAt?: Date): void
}

/** The reply of a `raw` endpoint: a file or a page. */
export type RawReply = { type: string; content: Buffer | string; fileName?: string }

/** What the door hands on; `file` only for a contract with `upload`. */
export type Input = { params: unknown; query: unknown; body: unknown; file?: UploadedFile }

export type Route = {
  contract: Endpoint
  run?: (tx: Transaction, input: Input, context: Context) => Promise<Outcome<unknown>>
  runAlone?: (input: Input, context: AloneContext) => Promise<Outcome<unknown>>
}

/** Binds an endpoint to the one thing that it does. The transaction is open, the permission checked, the customer opened, a replay answered. */
export function handle<E extends Endpoint>(contract: E, run: (tx: Transaction, input: InputOf<E>, context: Context) => Promise<Outcome<ReplyOf<E>>>): Route {
  return { contract, run: run as Route['run'] }
}

/** The same for an endpoint that takes a file: its contract says `upload`. The file's kind was found in its content, fits its name and is accepted. */
export function handleUpload<E extends Endpoint>(contract: E, run: (tx: Transaction, input: InputOf<E> & { file: UploadedFile }, context: Context) => Promise<Outcome<ReplyOf<E>>>): Route {
  if (!contract.upload) throw new Error(`endpoint ${contract.id} takes no file`)
  return { contract, run: run as Route['run'] }
}

/** Binds an endpoint that opens its own transactions (sign-in, health, long work): its contract says `ownTransaction`. */
export function handleAlone<E extends Endpoint>(contract: E, run: (input: InputOf<E>, context: AloneContext) => Promise<Outcome<ReplyOf<E>>>): Route {
  return { contract, runAlone: run as Route['runAlone'] }
}
