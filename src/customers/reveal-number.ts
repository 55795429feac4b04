import { minutesLeft, numbersPerHour, takeHourly } from '../foundation/access/hourly-limit.ts'
import { sql } from '../foundation/database/transaction.ts'
import { handle } from '../foundation/http/route.ts'
import { recordReading } from '../foundation/store/store.ts'
import { ok, refuse } from '../foundation/values/outcome.ts'
import { revealNumber } from './customer.contract.ts'

/** One number in full: journaled with the purpose (the number itself never), counted with the person's searches by number. */
export const revealNumberRoute = handle(revealNumber, async (tx, { params: { customerId }, body }, { actor, services }) => {
  const table = body.what === 'IDENTITY' ? 'identity_document' : 'phone'
  const kept = await tx.maybe(body.what === 'IDENTITY'
    ? sql<{ number_cipher: Buffer }>`SELECT number_cipher FROM identity_document WHERE customer_id = ${customerId} AND id = ${body.id}`
    : sql<{ number_cipher: Buffer }>`SELECT number_cipher FROM phone WHERE customer_id = ${customerId} AND id = ${body.id}`)
  if (!kept) return refuse('not-found')
  if (!(await takeHourly(tx, actor.staffKey, 'NUMBER', numbersPerHour))) return refuse('too-many', { details: { minutes: minutesLeft(new Date()) } })
  const value = await services.keys.decrypt(tx, customerId, kept.number_cipher)
  if (value === null) return refuse('destroyed')
  await recordReading(tx, { table, objectId: body.id, customerId, why: body.purpose, about: { what: body.what } })
  return ok({ value })
})
