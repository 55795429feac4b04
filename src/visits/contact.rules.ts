import { ok, refuse, type Outcome } from '../foundation/values/outcome.ts'
import type { ContactMode } from './contact.contract.ts'

/** Written ways: they count when the customer answered. */
export const writtenModes: readonly ContactMode[] = ['WECHAT', 'EMAIL', 'LETTER']
const spokenModes: readonly ContactMode[] = ['VISIT', 'PHONE', 'VIDEO']

/** Two-way (2.4, rule 2): met, spoke, or replied in writing. A one-way message, a holiday greeting and an unanswered call do not count. */
export function isEffective(mode: ContactMode, replied: boolean): boolean {
  return spokenModes.includes(mode) || (writtenModes.includes(mode) && replied)
}

/** Face to face (rule 8): only a visit; seeing each other on a screen is not meeting. */
export function isInPerson(mode: ContactMode): boolean {
  return mode === 'VISIT'
}

export type ToldContact = { mode: ContactMode; businessDate: string; nextAction: string | null; nextOn: string | null; place: string | null; placeConsent: boolean; summary: string; restricted: unknown; riskSignals: readonly string[]; riskNote: string | null; promises: readonly { id: string; dueOn: string }[] }
export type ContactCircumstances = {
  today: string
  /** First day of the relation; null for a prospect. */
  relationBegan: string | null
  /** Did the recorder hold a post on the day of the contact? */
  heldPost: boolean
}

/** May this contact be recorded? Most fundamental reason first. */
export function judgeContact(contact: ToldContact, { today, relationBegan, heldPost }: ContactCircumstances): Outcome<null> {
  if (contact.businessDate > today) return refuse('contact-in-future', { field: 'businessDate', details: { day: contact.businessDate } })
  if (relationBegan !== null && contact.businessDate < relationBegan) return refuse('before-relation', { field: 'businessDate', details: { day: relationBegan } })
  if (!heldPost) return refuse('not-held-yet', { field: 'businessDate', details: { day: contact.businessDate } })
  if ([...contact.summary].length < 2 && (contact.restricted === null || contact.summary !== '')) return refuse('summary-missing', { field: 'summary' })
  if ((contact.nextAction === null) !== (contact.nextOn === null)) return refuse('next-incomplete', { field: contact.nextAction === null ? 'nextAction' : 'nextOn' })
  if (contact.nextOn !== null && contact.nextOn < contact.businessDate) return refuse('next-before-contact', { field: 'nextOn' })
  if (new Set(contact.promises.map(({ id }) => id)).size < contact.promises.length) return refuse('promise-twice', { field: 'promises' })
  if (contact.promises.some(({ dueOn }) => dueOn < contact.businessDate)) return refuse('promise-before-contact', { field: 'promises' })
  if (contact.riskSignals.length > 0 && contact.riskNote === null) return refuse('risk-unexplained', { field: 'riskNote' })
  if (contact.place !== null && !contact.placeConsent) return refuse('place-without-consent', { field: 'place' })
  return ok(null)
}

/** Who may correct or void a record: its recorder, and a head of the customer's line. */
export function mayChangeRecord(record: { staffKey: number; voided: boolean }, person: { staffKey: number; headOfLine: boolean }): Outcome<null> {
  if (record.voided) return refuse('contact-voided')
  return record.staffKey === person.staffKey || person.headOfLine ? ok(null) : refuse('not-your-record')
}

/** Who may act on a promise: who sees to it, and a head of the customer's line. */
export function mayActOnPromise(promise: { ownerKey: number; open: boolean }, person: { staffKey: number; headOfLine: boolean; standsInFor: readonly number[] }): Outcome<null> {
  if (!promise.open) return refuse('promise-ended')
  return promise.ownerKey === person.staffKey || person.headOfLine || person.standsInFor.includes(promise.ownerKey) ? ok(null) : refuse('not-your-promise')
}
