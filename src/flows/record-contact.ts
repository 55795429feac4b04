import { mayReplay } from '../access/keep-devices.ts'
import { isEnteredLate, type ContactPolicy } from '../contact-plan/contact-frequency.rules.ts'
import { readPolicy } from '../contact-plan/read-policy.ts'
import { sql, type Transaction } from '../foundation/database/transaction.ts'
import { bankCalendar } from '../foundation/calendar/read-calendar.ts'
import { handle, type Context } from '../foundation/http/route.ts'
import { ok, refuse, type Outcome } from '../foundation/values/outcome.ts'
import { closeAppointments, reopenAppointments } from '../meetings/close-appointments.ts'
import { CalendarUnknown } from '../foundation/values/working-calendar.ts'
import { correctContact, recordContact, voidContact, type NewContact } from '../visits/contact.contract.ts'
import { judgeContact, mayChangeRecord } from '../visits/contact.rules.ts'
import { findLikeText } from '../visits/engine-find-like-text.ts'
import { readRecord, tellLike } from '../visits/list-contacts.ts'
import { carryToNew, markVoid, readGround, saveContact, savePromises, saveRestricted, voidPromises, type ContactGround } from '../visits/save-contact.ts'

/** A contact was had: may it be recorded, does it count, was it entered in time; then it is a fact, and its restricted text lies apart. */
export const recordContactRoute = handle(recordContact, async (tx, { params, body }, context) => {
  const fromDevice = body.draft && (await mayReplay(tx, context.actor.staffKey, body.draft.deviceId))
  if (fromDevice) return refuse(fromDevice)
  const prepared = await prepare(tx, context, params.customerId, body)
  if (!prepared.ok) return prepared
  const { ground, policy, late } = prepared.value
  const like = await findLikeText(tx, { summary: body.summary, staffKey: context.actor.staffKey, customerId: params.customerId, day: context.businessDate, except: [body.id] })
  const { effective, number } = await saveContact(tx, {
    ...body, like, keptAt: body.draft?.keptAt ?? null, customerId: params.customerId, staffKey: context.actor.staffKey, enteredOn: context.businessDate, late, policyVersion: policy.version, replaces: null,
    forKey: context.opened?.relation === 'SUBSTITUTE' ? await absentManager(tx, params.customerId, context) : null,
  }, ground, null)
  if (effective) await closeAppointments(tx, { customerId: params.customerId, contactId: body.id, people: [context.actor.staffKey, ...body.ourPeople], day: body.businessDate, recordedOn: context.businessDate })
  if (body.restricted) {
    if (!(await allEmployed(tx, params.customerId, context.businessDate, body.restricted.readers))) return refuse('reader-unknown', { field: 'restricted' })
    await saveRestricted(tx, context.services.keys, {
      customerId: params.customerId, contactId: body.id, customerName: ground.name, authorKey: context.actor.staffKey, readers: body.restricted.readers, text: body.restricted.text,
      businessDate: body.businessDate, writtenOn: context.businessDate,
    })
  }
  await savePromises(tx, body.promises, { customerId: params.customerId, contactId: body.id, ownerKey: context.actor.staffKey, promisedOn: body.businessDate }, ground)
  return ok({ id: body.id, number, effective, late, like: await tellLike(tx, context, like) })
})

/** A record was wrong: a new one takes its place, with the reason; the old one stays, void. On time stays on time as long as the day of the contact stays. */
export const correctContactRoute = handle(correctContact, async (tx, { params, body }, context) => {
  const changeable = await toChange(tx, context, params)
  if (!changeable.ok) return changeable
  const prepared = await prepare(tx, context, params.customerId, { ...body, restricted: null, promises: [], draft: null })
  if (!prepared.ok) return prepared
  const { ground, policy, late } = prepared.value
  const old = changeable.value
  const sameDay = old.businessDate === body.businessDate
  await markVoid(tx, params, { staffKey: context.actor.staffKey, on: context.businessDate, reason: body.reason })
  const like = await findLikeText(tx, { summary: body.summary, staffKey: old.staffKey, customerId: params.customerId, day: context.businessDate, except: [body.id, params.contactId] })
  const { effective, number } = await saveContact(tx, {
    ...body, like, customerId: params.customerId, staffKey: old.staffKey, enteredOn: sameDay ? old.enteredOn : context.businessDate, late: sameDay ? old.late : late, policyVersion: policy.version, replaces: params.contactId,
  }, ground, body.reason)
  await reopenAppointments(tx, { ...params, replacedBy: effective ? body.id : null, why: body.reason })
  await carryToNew(tx, params.customerId, params.contactId, body.id, body.reason)
  return ok({ id: body.id, number, effective, late: sameDay ? old.late : late, like: await tellLike(tx, context, like) })
})

export const voidContactRoute = handle(voidContact, async (tx, { params, body }, context) => {
  const changeable = await toChange(tx, context, params)
  if (!changeable.ok) return changeable
  const by = { staffKey: context.actor.staffKey, on: context.businessDate, reason: body.reason }
  await markVoid(tx, params, by)
  await voidPromises(tx, params, by)
  await reopenAppointments(tx, { ...params, replacedBy: null, why: body.reason })
  return ok({ id: params.contactId })
})

/** The manager in whose stead the recorder acts today. */
async function absentManager(tx: Transaction, customerId: string, { actor, businessDate }: Context): Promise<number | null> {
  const row = await tx.maybe(sql<{ absent_key: number }>`SELECT absent_key FROM customers_stand_in_facts WHERE customer_id = ${customerId} AND substitute_key = ${actor.staffKey} AND from_date <= ${businessDate} AND to_date > ${businessDate} ORDER BY absent_key LIMIT 1`)
  return row?.absent_key ?? null
}

type Prepared = { ground: ContactGround; policy: ContactPolicy; late: boolean }

async function prepare(tx: Transaction, { actor, businessDate }: Context, customerId: string, told: NewContact): Promise<Outcome<Prepared>> {
  const ground = await readGround(tx, customerId, told.businessDate, [actor.staffKey, ...told.ourPeople])
  if (!ground) return refuse('not-found')
  const judged = judgeContact(told, { today: businessDate, relationBegan: ground.relationBegan, heldPost: ground.employed.includes(actor.staffKey) })
  if (!judged.ok) return judged
  if (told.ourPeople.some((person) => !ground.employed.includes(person))) return refuse('colleague-unknown', { field: 'ourPeople', details: { day: told.businessDate } })
  const policy = await readPolicy(tx, ground.tier, ground.region, told.businessDate)
  const calendar = await bankCalendar(tx)
  try {
    return ok({ ground, policy, late: isEnteredLate(calendar, told.businessDate, businessDate, policy.recordWithin) })
  } catch (error) {
    if (error instanceof CalendarUnknown) return refuse('calendar-unknown', { field: 'businessDate', details: { day: error.day } })
    throw error
  }
}

async function allEmployed(tx: Transaction, customerId: string, day: string, people: readonly number[]): Promise<boolean> {
  const ground = await readGround(tx, customerId, day, people)
  return people.every((person) => ground?.employed.includes(person) === true)
}

async function toChange(tx: Transaction, { actor, opened }: Context, key: { customerId: string; contactId: string }): Promise<Outcome<{ staffKey: number; businessDate: string; enteredOn: string; late: boolean }>> {
  const record = await readRecord(tx, key)
  if (!record) return refuse('not-found')
  const may = mayChangeRecord({ staffKey: record.staffKey, voided: record.voidedOn !== null }, { staffKey: actor.staffKey, headOfLine: opened?.relation === 'UNIT' })
  return may.ok ? ok(record) : may
}
