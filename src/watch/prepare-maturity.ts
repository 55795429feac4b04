import { sql, type Transaction } from '../foundation/database/transaction.ts'
import { handle } from '../foundation/http/route.ts'
import { change } from '../foundation/store/store.ts'
import { ok, refuse } from '../foundation/values/outcome.ts'
import { prepareMaturity, setMaturityResult } from './maturity.contract.ts'

type Key = { customerId: string; maturityId: string }
type Held = { ends_on: string; amount_fen: string | null; result: string | null; withdrawn_on: string | null }

const held = (tx: Transaction, key: Key): Promise<Held | undefined> =>
  tx.maybe(sql<Held>`SELECT ends_on, amount_fen, result, withdrawn_on FROM maturity WHERE customer_id = ${key.customerId} AND id = ${key.maturityId} FOR UPDATE`)

/** The alert that it was not talked about has no ground any more. */
async function endAlert(tx: Transaction, { customerId, maturityId }: Key): Promise<void> {
  const alert = await tx.maybe(sql<{ id: string }>`SELECT id FROM alert WHERE customer_id = ${customerId} AND kind = 'MATURITY' AND about = ${maturityId} AND state = 'OPEN'`)
  if (alert) await change(tx, 'alert', { customer_id: customerId, id: alert.id }, { state: 'GONE' }, { why: null })
}

/** What is planned for the day on which it ends. */
export const prepareMaturityRoute = handle(prepareMaturity, async (tx, { params, body }, { actor, businessDate }) => {
  const one = await held(tx, params)
  if (!one) return refuse('not-found')
  if (one.withdrawn_on !== null) return refuse('maturity-withdrawn')
  if (one.result !== null) return refuse('result-known')
  await change(tx, 'maturity', { customer_id: params.customerId, id: params.maturityId }, { prepared_on: businessDate, prepared_by: actor.staffKey, prepared_note: body.note }, { why: null, action: 'PREPARE_MATURITY' })
  await endAlert(tx, params)
  return ok({ id: params.maturityId, preparedOn: businessDate })
})

/** What became of the money: renewed here, moved into something else here, left, unknown. */
export const setMaturityResultRoute = handle(setMaturityResult, async (tx, { params, body }, { actor, businessDate }) => {
  const one = await held(tx, params)
  if (!one) return refuse('not-found')
  if (one.withdrawn_on !== null) return refuse('maturity-withdrawn')
  if (one.ends_on > businessDate) return refuse('not-ended', { details: { day: one.ends_on } })
  const amount = one.amount_fen === null ? null : BigInt(one.amount_fen)
  const stays = body.result === 'RENEWED' || body.result === 'MOVED'
  const renewed = amount === null ? null : !stays ? 0n : body.renewedFen === null ? amount : BigInt(body.renewedFen)
  if (renewed !== null && amount !== null && (renewed < 0n || renewed > amount)) return refuse('renewed-amount', { field: 'renewedFen' })
  await change(tx, 'maturity', { customer_id: params.customerId, id: params.maturityId }, { result: body.result, result_on: businessDate, result_by: actor.staffKey, result_fen: renewed, result_note: body.note }, { why: body.note, action: 'ENTER_RESULT' })
  await endAlert(tx, params)
  return ok({ id: params.maturityId })
})
