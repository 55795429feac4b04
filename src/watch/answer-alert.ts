import { sql, type Transaction } from '../foundation/database/transaction.ts'
import { handle } from '../foundation/http/route.ts'
import { change, end } from '../foundation/store/store.ts'
import { addDays } from '../foundation/values/business-date.ts'
import { ok, refuse } from '../foundation/values/outcome.ts'
import { answerAlert, silenceAlert, type AlertKind } from './alert.contract.ts'
import { judgeAnswer, judgeSilence, mostSilentDays } from './watch.rules.ts'

type Held = { kind: AlertKind; state: 'OPEN' | 'CLOSED' | 'GONE'; contact_id: string | null }

async function held(tx: Transaction, key: { customerId: string; alertId: string }): Promise<Held | undefined> {
  return tx.maybe(sql<Held>`SELECT kind, state, contact_id FROM alert WHERE customer_id = ${key.customerId} AND id = ${key.alertId} FOR UPDATE`)
}

/** The manager says what it was: a reason, the contact in which it was asked, and, when it is done, whether the alert was right. An answer ends its silence. */
export const answerAlertRoute = handle(answerAlert, async (tx, { params, body }, { actor, businessDate }) => {
  const alert = await held(tx, params)
  if (!alert) return refuse('not-found')
  const wonFen = body.wonFen === null ? null : BigInt(body.wonFen)
  const judged = judgeAnswer({ kind: alert.kind, state: alert.state, contactedBefore: alert.contact_id !== null }, { done: body.done, judged: body.judged, contactId: body.contactId, wonFen })
  if (!judged.ok) return judged
  const contact = body.contactId === null ? null : await tx.maybe(sql<{ business_date: string }>`SELECT business_date FROM visits_contact_facts WHERE customer_id = ${params.customerId} AND contact_id = ${body.contactId}`)
  if (contact === undefined) return refuse('contact-unknown', { field: 'contactId' })
  const key = { customer_id: params.customerId, id: params.alertId }
  const told = {
    reason_code: body.reasonCode, ...(body.note === null ? {} : { note: body.note }), ...(contact === null ? {} : { contact_id: body.contactId, contacted_on: contact.business_date }), ...(wonFen === null ? {} : { won_fen: wonFen }),
    silenced_until: null, silence_reason: null, silenced_by: null,
  }
  if (body.done) await end(tx, 'alert', key, { ...told, state: 'CLOSED', judged: body.judged, closed_on: businessDate, closed_by: actor.staffKey }, { why: body.note, action: 'CLOSE_ALERT' })
  else await change(tx, 'alert', key, told, { why: body.note, action: 'ANSWER_ALERT' })
  return ok({ id: params.alertId, state: body.done ? 'CLOSED' as const : 'OPEN' as const })
})

/** Silent with a reason, up to and including a day: then it is there again by itself, because only the day is compared. */
export const silenceAlertRoute = handle(silenceAlert, async (tx, { params, body }, { actor, businessDate }) => {
  const alert = await held(tx, params)
  if (!alert) return refuse('not-found')
  if (alert.state === 'CLOSED') return refuse('alert-closed')
  if (alert.state === 'GONE') return refuse('alert-gone')
  const judged = judgeSilence(businessDate, body.until, addDays(businessDate, mostSilentDays))
  if (!judged.ok) return judged
  await change(tx, 'alert', { customer_id: params.customerId, id: params.alertId }, { silenced_until: body.until, silence_reason: body.reason, silenced_by: actor.staffKey }, { why: body.reason, action: 'SILENCE_ALERT' })
  return ok({ id: params.alertId, until: body.until })
})
