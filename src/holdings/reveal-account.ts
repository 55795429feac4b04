import { minutesLeft, numbersPerHour, takeHourly } from '../foundation/access/hourly-limit.ts'
import { sql } from '../foundation/database/transaction.ts'
import { handle } from '../foundation/http/route.ts'
import { recordReading } from '../foundation/store/store.ts'
import { ok, refuse } from '../foundation/values/outcome.ts'
import { revealAccount } from './holdings.contract.ts'

/** One account number in full: journaled with the purpose (the number itself never), counted with the person's other reveals. */
export const revealAccountRoute = handle(revealAccount, async (tx, { params: { customerId, accountId }, body }, { actor, services, may, opened }) => {
  const kept = await tx.maybe(sql<{ number_cipher: Buffer | null }>`SELECT number_cipher FROM account WHERE customer_id = ${customerId} AND id = ${accountId}`)
  if (!kept?.number_cipher) return refuse('not-found')
  const confidential = await tx.maybe(sql<{ confidentiality: 'SENSITIVE' | 'STRICT' }>`SELECT confidentiality FROM customers_confidentiality_facts WHERE customer_id = ${customerId}`)
  if (confidential && !may(confidential.confidentiality === 'STRICT' ? 'customer.reveal-strict' : 'customer.reveal-sensitive', opened ? { relation: opened.relation } : {}).allowed) return refuse('confidential')
  if (!(await takeHourly(tx, actor.staffKey, 'NUMBER', numbersPerHour))) return refuse('too-many', { details: { minutes: minutesLeft(new Date()) } })
  const value = await services.keys.decrypt(tx, customerId, kept.number_cipher)
  if (value === null) return refuse('destroyed')
  await recordReading(tx, { table: 'account', objectId: accountId, customerId, why: body.purpose, about: { what: 'ACCOUNT' } })
  return ok({ value })
})
