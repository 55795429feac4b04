import { copyRows, type OwnerConnection } from '../foundation/database/copy-rows.ts'
import type { Database } from '../foundation/database/database.ts'
import { sql, type Sql } from '../foundation/database/transaction.ts'
import { encryptText, type Keyring } from '../foundation/secrets/keyring.ts'
import { newId } from '../foundation/values/uuid7.ts'
import type { OnStage } from './stage-delivery.ts'

/** With what staged values are bound until they get their customer's key. */
export const stagingPurpose = 'delivery staging'

type Customer = { number: string; customer_id: string | null; wrapped_key: Buffer | null; identity_kind: string | null; identity: Buffer | null; phone: Buffer | null; address: Buffer | null }
type Numbered = { account_key: string; customer_id: string; wrapped_key: Buffer; number: Buffer }

const cell = (value: Buffer | null): string => (value === null ? '\\N' : `\\\\x${value.toString('hex')}`)
const text = (value: string): string => value.replaceAll('\\', '\\\\')

/**
 * Encrypts identity numbers, phones, addresses and account numbers under their customers' keys (made for new customers) and lays the ciphers beside the staged rows: the merge
 * is statements only. Per customer and per account, never per transaction.
 */
export async function prepareSecrets(db: Database, owner: OwnerConnection, keyring: Keyring, customers: Sql<Customer>, numbers: Sql<Numbered>, onStage: OnStage): Promise<void> {
  const open = (sealed: Buffer): string => keyring.openTransient(sealed, stagingPurpose)
  await eachPage(db, customers, async (rows, done) => {
    const lines = rows.map((row) => {
      const isNew = row.customer_id === null
      const customerId = row.customer_id ?? newId()
      if (!isNew && row.identity === null && row.phone === null && row.address === null) return `${text(row.number)}\t${customerId}\tf\t\\N\t\\N\t\\N\t\\N\t\\N\n`
      const made = isNew || row.wrapped_key === null ? keyring.makeCustomerKey(customerId) : { key: keyring.unwrap(row.wrapped_key, customerId), wrapped: row.wrapped_key }
      const sealed = (value: Buffer | null): Buffer | null => (value === null ? null : encryptText(made.key, customerId, open(value)))
      // the credit code of a company is public and stands in the register as it is
      const uscc = row.identity_kind === 'USCC' && row.identity !== null ? text(open(row.identity)) : '\\N'
      return `${text(row.number)}\t${customerId}\t${isNew ? 't' : 'f'}\t${cell(isNew ? made.wrapped : null)}\t${uscc}\t${cell(sealed(row.identity))}\t${cell(sealed(row.phone))}\t${cell(sealed(row.address))}\n`
    })
    await copyRows(owner, 'staged_customer_secret', ['number', 'customer_id', 'is_new', 'wrapped_key', 'uscc', 'identity_cipher', 'phone_cipher', 'address_cipher'], lines.join(''))
    await onStage('加密客户号码', done, null)
  })
  await eachPage(db, numbers, async (rows, done) => {
    let last: { customerId: string; key: Buffer } | undefined
    const lines = rows.map((row) => {
      if (last?.customerId !== row.customer_id) last = { customerId: row.customer_id, key: keyring.unwrap(row.wrapped_key, row.customer_id) }
      return `${text(row.account_key)}\t${cell(encryptText(last.key, row.customer_id, open(row.number)))}\n`
    })
    await copyRows(owner, 'staged_account_secret', ['account_key', 'number_cipher'], lines.join(''))
    await onStage('加密账号', done, null)
  })
}

async function eachPage<Row>(db: Database, statement: Sql<Row>, work: (rows: Row[], done: number) => Promise<void>): Promise<void> {
  await db.asBatch(async (tx) => {
    await tx.run(sql`DECLARE staged NO SCROLL CURSOR FOR ${statement}`)
    for (let done = 0; ;) {
      const rows = await tx.all(sql<Row>`FETCH 10000 FROM staged`)
      if (rows.length === 0) return
      done += rows.length
      await work(rows, done)
    }
  })
}
