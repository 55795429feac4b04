import { sql, type Transaction } from '../database/transaction.ts'
import { countWritten } from '../store/count-written.ts'
import { decryptBytes, encryptBytes, type Keyring } from './keyring.ts'

const kept = new Map<string, Buffer>() // unwrapped keys in memory, oldest out first
const keptMost = 20_000

function keep(customerId: string, key: Buffer): Buffer {
  if (kept.size >= keptMost) {
    const oldest = kept.keys().next().value
    if (oldest !== undefined) kept.delete(oldest)
  }
  kept.set(customerId, key)
  return key
}

/** Encrypts and decrypts personal values under the key of their customer. */
export class CustomerKeys {
  readonly keyring: Keyring

  constructor(keyring: Keyring) {
    this.keyring = keyring
  }

  /** The customer's key; made when there is none yet; null when it was destroyed at the end of retention. */
  async keyOf(tx: Transaction, customerId: string): Promise<Buffer | null> {
    const known = kept.get(customerId)
    if (known) return known
    const row = await this.#read(tx, customerId)
    if (row) return row.wrapped_key === null ? null : keep(customerId, this.keyring.unwrap(row.wrapped_key, customerId))
    const made = this.keyring.makeCustomerKey(customerId)
    const added = await tx.run(sql`INSERT INTO customer_key (customer_id, wrapped_key) VALUES (${customerId}, ${made.wrapped}) ON CONFLICT DO NOTHING`)
    countWritten(tx, 'customer_key', { added })
    const now = await this.#read(tx, customerId) // somebody may have been first
    if (!now?.wrapped_key) throw new Error('the key of a customer could not be made')
    return this.keyring.unwrap(now.wrapped_key, customerId) // not kept in memory before it is committed
  }

  async #read(tx: Transaction, customerId: string): Promise<{ wrapped_key: Buffer | null } | undefined> {
    return tx.maybe(sql<{ wrapped_key: Buffer | null }>`SELECT wrapped_key FROM customer_key WHERE customer_id = ${customerId}`)
  }

  /** Throws when the customer's key was destroyed. */
  async encrypt(tx: Transaction, customerId: string, text: string): Promise<Buffer> {
    return this.encryptBytes(tx, customerId, Buffer.from(text, 'utf8'))
  }

  /** The same for the content of a file. */
  async encryptBytes(tx: Transaction, customerId: string, value: Buffer): Promise<Buffer> {
    const key = await this.keyOf(tx, customerId)
    if (key === null) throw new Error('the key of this customer was destroyed')
    return encryptBytes(key, customerId, value)
  }

  /** Null when the key was destroyed: the value is unreadable for ever. */
  async decrypt(tx: Transaction, customerId: string, sealed: Buffer): Promise<string | null> {
    return (await this.decryptBytes(tx, customerId, sealed))?.toString('utf8') ?? null
  }

  async decryptBytes(tx: Transaction, customerId: string, sealed: Buffer): Promise<Buffer | null> {
    const known = kept.get(customerId)
    if (known) return decryptBytes(known, customerId, sealed)
    const row = await this.#read(tx, customerId) // reading makes no key
    return row?.wrapped_key == null ? null : decryptBytes(keep(customerId, this.keyring.unwrap(row.wrapped_key, customerId)), customerId, sealed)
  }
}

/** After a key was destroyed no copy of it stays in memory. */
export function forgetCustomerKey(customerId: string): void {
  kept.delete(customerId)
}
