import { sql, type Transaction } from '../../foundation/database/transaction.ts'
import type { CustomerKeys } from '../../foundation/secrets/customer-keys.ts'
import type { Keyring } from '../../foundation/secrets/keyring.ts'
import { bulk, type Row } from '../../foundation/store/store.ts'
import { newId } from '../../foundation/values/uuid7.ts'
import type { Values } from './file-fields.contract.ts'
import { homeForm, isDoor } from './home-address.rules.ts'

/** The keyed hash that stands beside an enciphered address: 32 bytes for a door, which all who live behind it share; 16 for what names no door and is compared with itself only. */
export function homeHash(keyring: Keyring, address: string, district: string | null): Buffer {
  const form = homeForm(address, district)
  const hash = keyring.hash('HOME', form)
  return isDoor(form) ? hash : hash.subarray(0, 16)
}

/** What is written beside a person's address when it, or the district before it, changes: the part that was not sent is read from the row. */
export async function homeColumns(tx: Transaction, keys: CustomerKeys, customerId: string, rowId: string | null, sent: Values): Promise<Row> {
  if (sent['address'] === undefined && sent['district'] === undefined) return {}
  const kept = rowId === null ? undefined : await tx.maybe(sql<{ cipher: Buffer | null; district: string | null }>`SELECT address_cipher AS cipher, district FROM customer_address WHERE customer_id = ${customerId} AND id = ${rowId}`)
  const text = (value: Values[string]): string | null => (typeof value === 'string' ? value : null)
  const address = sent['address'] !== undefined ? text(sent['address']) : kept?.cipher ? await keys.decrypt(tx, customerId, kept.cipher) : null
  const district = sent['district'] !== undefined ? text(sent['district']) : (kept?.district ?? null)
  return { address_hash: address === null ? null : homeHash(keys.keyring, address, district) }
}

const page = 2_000

/** Addresses that have no hash yet (from before it was kept): their hash is worked out. Runs as `batch` after each delivery; a bank that has all of them pays one look at an empty index. Returns how many. */
export async function hashHomes(tx: Transaction, keys: CustomerKeys): Promise<number> {
  let done = 0
  // a delivered address is hashed as it came, without its district: the next delivery is compared with it
  for (const [table, id, district] of [['person', sql`p.customer_id`, sql`NULL`], ['customer_address', sql`p.id`, sql`p.district`]] as const) {
    for (let after = '00000000-0000-0000-0000-000000000000'; ;) {
      const rows = await tx.all(sql<{ customer: string; id: string; cipher: Buffer; district: string | null }>`
        SELECT p.customer_id AS customer, ${id} AS id, p.address_cipher AS cipher, ${district} AS district FROM ${sql.table(table)} p JOIN customer_key k ON k.customer_id = p.customer_id AND k.wrapped_key IS NOT NULL
        WHERE p.address_cipher IS NOT NULL AND p.address_hash IS NULL AND ${id} > ${after} ORDER BY 2 LIMIT ${page}`)
      const last = rows.at(-1)
      if (!last) break
      after = last.id
      const hashed: { customer: string; id: string; hash: string }[] = []
      for (const row of rows) {
        const address = await keys.decrypt(tx, row.customer, row.cipher)
        if (address !== null) hashed.push({ customer: row.customer, id: row.id, hash: homeHash(keys.keyring, address, row.district).toString('hex') })
      }
      done += (await bulk(tx, {
        table, what: 'change', alias: 'p', why: 'keyed hashes of addresses', batch: newId(),
        statement: sql`UPDATE ${sql.table(table)} p SET address_hash = decode(h.hash, 'hex') FROM jsonb_to_recordset(${JSON.stringify(hashed)}::jsonb) h (customer uuid, id uuid, hash text) WHERE p.customer_id = h.customer AND ${id} = h.id`,
      })).count
    }
  }
  return done
}
