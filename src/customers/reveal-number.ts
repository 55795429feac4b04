import type { z } from 'zod'
import { minutesLeft, numbersPerHour, takeHourly } from '../foundation/access/hourly-limit.ts'
import { sql, type Sql } from '../foundation/database/transaction.ts'
import { handle } from '../foundation/http/route.ts'
import { recordReading } from '../foundation/store/store.ts'
import { yuanText } from '../foundation/values/fen.ts'
import { ok, refuse } from '../foundation/values/outcome.ts'
import { revealNumber } from './customer.contract.ts'
import { confidentialTo } from './file/confidentiality.ts'

type What = z.output<typeof revealNumber.body>['what']
// where each value is kept: encrypted, or (amounts, which are summed) in clear and masked
const kept: Readonly<Record<What, { table: string; cipher?: Sql; fen?: Sql }>> = {
  IDENTITY: { table: 'identity_document', cipher: sql.ref('number_cipher') }, PHONE: { table: 'phone', cipher: sql.ref('number_cipher') },
  PERSON_ID: { table: 'company_person', cipher: sql.ref('id_cipher') }, PERSON_PHONE: { table: 'company_person', cipher: sql.ref('phone_cipher') },
  CONTACT_PHONE: { table: 'contact_person', cipher: sql.ref('phone_cipher') }, CONTACT_MAIL: { table: 'contact_person', cipher: sql.ref('mail_cipher') }, ADDRESS: { table: 'customer_address', cipher: sql.ref('address_cipher') },
  IDENTITY_CHANGE: { table: 'identity_change', cipher: sql.ref('number_cipher') },
  INCOME: { table: 'person_file', fen: sql.ref('income_fen') }, ASSETS: { table: 'person_file', fen: sql.ref('assets_fen') }, DEBTS: { table: 'person_file', fen: sql.ref('debts_fen') },
}

/** One value in full: journaled with the purpose (the value itself never), counted with the person's searches by number. Of a confidential customer only to whom its class allows. */
export const revealNumberRoute = handle(revealNumber, async (tx, { params: { customerId }, body }, context) => {
  const { actor, services } = context
  const { table, cipher, fen } = kept[body.what]
  const found = cipher
    ? await tx.maybe(sql<{ cipher: Buffer | null; fen: null }>`SELECT ${cipher} AS cipher, NULL AS fen FROM ${sql.table(table)} WHERE customer_id = ${customerId} AND id = ${body.id}`)
    : body.id === customerId ? await tx.maybe(sql<{ cipher: null; fen: string | null }>`SELECT NULL AS cipher, ${fen ?? sql`NULL`}::text AS fen FROM ${sql.table(table)} WHERE customer_id = ${customerId}`) : undefined
  if (!found || (found.cipher === null && found.fen === null)) return refuse('not-found')
  const confidential = await confidentialTo(tx, context, customerId)
  if (confidential) return refuse('confidential', { details: confidential })
  if (!(await takeHourly(tx, actor.staffKey, 'NUMBER', numbersPerHour))) return refuse('too-many', { details: { minutes: minutesLeft(new Date()) } })
  const value = found.cipher === null ? `${yuanText(BigInt(found.fen ?? 0)).replace(/\B(?=(\d{3})+(?=\.))/g, ',')} 元` : await services.keys.decrypt(tx, customerId, found.cipher)
  if (value === null) return refuse('destroyed')
  await recordReading(tx, { table, objectId: body.id, customerId, why: body.purpose, about: { what: body.what } })
  return ok({ value })
})
