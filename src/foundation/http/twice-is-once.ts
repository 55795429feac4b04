import { createHash } from 'node:crypto'
import { sql, type Transaction } from '../database/transaction.ts'
import { quiet } from '../store/store.ts'
import { ok, refuse, type Outcome } from '../values/outcome.ts'
import type { Endpoint } from './contract.ts'

/** The key of a request: a created thing's own id for ever, or the person's Idempotency-Key for 30 days. Null: the header is missing. */
export function requestKey(contract: Endpoint, input: { body: unknown }, personKey: number, header: string | undefined): string | null {
  if (contract.writes === 'create') return `create:${(input.body as { id: string }).id}`
  return header === undefined || !/^[\w-]{8,100}$/.test(header) ? null : `act:${personKey}:${header}`
}

/**
 * Runs a write once. The same key with the same content gives the first answer again (a reference: ids, no personal data); with other content or another
 * person it is refused ('key-reused'); while the first is still in work: 'in-progress'. Permission was checked before this, for a replay too.
 */
export async function once(tx: Transaction, contract: Endpoint, key: string, personKey: number, content: unknown, run: () => Promise<Outcome<unknown>>): Promise<Outcome<unknown>> {
  const hash = createHash('sha256').update(contract.id).update('\0').update(canonical(content)).digest()
  const { locked } = await tx.one(sql<{ locked: boolean }>`SELECT pg_try_advisory_xact_lock(hashtextextended(${key}, 7)) AS locked`)
  if (!locked) return refuse('in-progress')
  const known = await tx.maybe(sql<{ person_key: number; endpoint: string; content_hash: Buffer; answer: unknown; expired: boolean }>`
    SELECT person_key, endpoint, content_hash, answer, expires_at < now() AS expired FROM accepted_request WHERE key = ${key}`)
  if (known && !known.expired) {
    if (known.person_key !== personKey || known.endpoint !== contract.id || !known.content_hash.equals(hash)) return refuse('key-reused')
    return ok(known.answer)
  }
  if (known) await quiet(tx, 'accepted_request', 'remove', sql`DELETE FROM accepted_request WHERE key = ${key}`)
  const outcome = await run()
  if (outcome.ok) {
    await quiet(tx, 'accepted_request', 'add', sql`
      INSERT INTO accepted_request (key, person_key, endpoint, content_hash, answer, expires_at)
      VALUES (${key}, ${personKey}, ${contract.id}, ${hash}, ${JSON.stringify(outcome.value)}::jsonb, ${contract.writes === 'create' ? null : sql`now() + interval '30 days'`})`)
  }
  return outcome
}

/** JSON with the keys of every object in order: equal contents have equal texts. */
export function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`
  if (value !== null && typeof value === 'object') {
    const entries = Object.entries(value).filter(([, entry]) => entry !== undefined).sort(([a], [b]) => (a < b ? -1 : 1))
    return `{${entries.map(([name, entry]) => `${JSON.stringify(name)}:${canonical(entry)}`).join(',')}}`
  }
  return JSON.stringify(typeof value === 'bigint' ? value.toString() : value) ?? 'null'
}
