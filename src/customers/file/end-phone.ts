import { sql, type Transaction } from '../../foundation/database/transaction.ts'
import { handle } from '../../foundation/http/route.ts'
import { change, end, quiet } from '../../foundation/store/store.ts'
import { ok, refuse } from '../../foundation/values/outcome.ts'
import { addPhone } from '../create-customer.ts'
import { refusalOfEntry } from '../duplicates/check-entry.ts'
import { readSubject, saveMatchKeys } from '../duplicates/match-keys.ts'
import { normaliseNumber } from '../identity-number.rules.ts'
import { proposeHouseholdsAround } from '../relations/propose-groups.ts'
import { lockFile } from './file-values.ts'
import { endPhone } from './file.contract.ts'

/** The customer's own phone ends today, another may take its place in the same act. The number stays as a former one and finds the customer no more. */
export const endPhoneRoute = handle(endPhone, async (tx, { params: { customerId, phoneId }, body }, context) => {
  const { businessDate: today, services, may, opened } = context
  const verdict = may('customer.file-edit', opened ? { relation: opened.relation } : {})
  if (!verdict.allowed) return refuse('not-allowed')
  await lockFile(tx, customerId)
  const phone = await tx.maybe(sql<{ number_hash: Buffer; ended_on: string | null }>`SELECT number_hash, ended_on FROM phone WHERE customer_id = ${customerId} AND id = ${phoneId}`)
  if (!phone) return refuse('not-found')
  if (phone.ended_on !== null) return refuse('row-ended')
  const number = body.replacement === null ? null : normaliseNumber(body.replacement).replaceAll('-', '')
  if (number !== null) {
    const known = await tx.maybe(sql`SELECT 1 FROM phone WHERE customer_id = ${customerId} AND number_hash = ${services.keys.keyring.hash('PHONE', number)} AND ended_on IS NULL`)
    if (known) return refuse('phone-there', { field: 'replacement' })
  }
  await end(tx, 'phone', { customer_id: customerId, id: phoneId }, { ended_on: today, end_reason: body.reason }, { why: body.reason })
  const former = await services.keys.decrypt(tx, customerId, (await tx.one(sql<{ number_cipher: Buffer }>`SELECT number_cipher FROM phone WHERE customer_id = ${customerId} AND id = ${phoneId}`)).number_cipher)
  await findNoMore(tx, customerId, phone.number_hash, former === null ? null : services.keys.keyring.hash('PHONE_TAIL', former.slice(-4)), former?.slice(-4) ?? '')
  if (body.replacement !== null) await addPhone(tx, services.keys, customerId, body.replacement, body.reason)
  await change(tx, 'customer', { customer_id: customerId }, { changed_at: new Date().toISOString() }, { why: body.reason })
  await saveMatchKeys(tx, customerId)
  await proposeHouseholdsAround(tx, [customerId], today)
  if (body.replacement !== null) {
    const there = await refusalOfEntry(tx, await readSubject(tx, customerId), context, { seen: body.sameNameSeen, exclude: customerId })
    if (there) return there
  }
  return ok({ id: phoneId })
})

/** A number leaves the search, unless another phone of today, of the customer or of its people, is the same or ends alike. */
async function findNoMore(tx: Transaction, customerId: string, whole: Buffer, tail: Buffer | null, lastFour: string): Promise<void> {
  const others = sql`(SELECT number_hash AS hash, masked FROM phone WHERE customer_id = ${customerId} AND ended_on IS NULL
    UNION ALL SELECT phone_hash, phone_masked FROM company_person WHERE customer_id = ${customerId} AND phone_hash IS NOT NULL
    UNION ALL SELECT phone_hash, phone_masked FROM contact_person WHERE customer_id = ${customerId} AND phone_hash IS NOT NULL) o`
  await quiet(tx, 'search_hash', 'remove', sql`DELETE FROM search_hash WHERE customer_id = ${customerId} AND (
    (kind = 'PHONE' AND value_hash = ${whole} AND NOT EXISTS (SELECT FROM ${others} WHERE o.hash = ${whole}))
    OR (kind = 'PHONE_TAIL' AND value_hash = ${tail} AND NOT EXISTS (SELECT FROM ${others} WHERE right(o.masked, 4) = ${lastFour})))`)
}
