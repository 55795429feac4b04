import { sql, type Transaction } from '../foundation/database/transaction.ts'
import type { CustomerKeys } from '../foundation/secrets/customer-keys.ts'
import { add, bulk, end, quiet } from '../foundation/store/store.ts'
import { takeNumbers } from '../foundation/store/take-numbers.ts'
import { newId } from '../foundation/values/uuid7.ts'
import type { ContactMode, ContactPurpose, PromiseSide, RiskSignal } from './contact.contract.ts'
import { isEffective, isInPerson } from './contact.rules.ts'

/** What the customer and the recorder are on the day of the contact: the ground on which it may be recorded. */
export type ContactGround = {
  name: string; tier: string; region: string; relationBegan: string | null; scopePath: string; viewers: number[]
  /** Of the people asked for: who held a post on that day. */
  employed: number[]
}

/** Reads the ground; the customer is open (or the transaction a batch's). Undefined: no such customer. */
export async function readGround(tx: Transaction, customerId: string, day: string, people: readonly number[]): Promise<ContactGround | undefined> {
  const row = await tx.maybe(sql<{ name: string; tier: string; opened_on: string | null; scope_path: string; viewers: number[]; region: string | null; employed: number[] | null }>`
    SELECT k.name, k.tier, k.opened_on, k.scope_path, k.viewers,
      (SELECT i.region FROM organisation_institution_facts i WHERE i.institution_key = k.outlet_key AND i.from_date <= ${day} AND (i.to_date IS NULL OR i.to_date > ${day}) LIMIT 1) AS region,
      (SELECT array_agg(DISTINCT p.staff_key) FROM organisation_post_facts p WHERE p.staff_key = ANY(${[...people]}::int[]) AND p.from_date <= ${day} AND (p.to_date IS NULL OR p.to_date > ${day})) AS employed
    FROM customers_customer_facts k WHERE k.customer_id = ${customerId}`)
  return row && { name: row.name, tier: row.tier, region: row.region ?? '*', relationBegan: row.opened_on, scopePath: row.scope_path, viewers: row.viewers, employed: row.employed ?? [] }
}

export type ContactToSave = {
  id: string; customerId: string; staffKey: number; mode: ContactMode; purpose: ContactPurpose; businessDate: string; startTime: string | null; replied: boolean
  summary: string; contactPerson: string | null; ourPeople: readonly number[]; nextAction: string | null; nextOn: string | null; place: string | null
  theirPeople: readonly string[]; changedOperations: string | null; changedPeople: string | null; changedFinance: string | null; changedFunds: string | null; riskSignals: readonly RiskSignal[]; riskNote: string | null
  enteredOn: string; late: boolean; policyVersion: string
  like: { customerId: string; contactId: string; percent: number } | null
  keptAt?: string | null
  replaces: string | null
  /** The absent manager for whom the recorder stands in; absent: nobody. */
  forKey?: number | null
}

/** Stores a contact as a new fact. What counts as effective is decided here, from the way it was had. */
export async function saveContact(tx: Transaction, contact: ContactToSave, ground: Pick<ContactGround, 'scopePath' | 'viewers'>, why: string | null): Promise<{ effective: boolean; number: string }> {
  const effective = isEffective(contact.mode, contact.replied)
  const year = contact.enteredOn.slice(0, 4)
  const number = `WH${year}-${String(await takeNumbers(tx, `contact ${year}`)).padStart(6, '0')}`
  await add(tx, 'contact', {
    customer_id: contact.customerId, id: contact.id, staff_key: contact.staffKey, mode: contact.mode, purpose: contact.purpose, business_date: contact.businessDate, start_time: contact.startTime,
    in_person: isInPerson(contact.mode), effective, entered_on: contact.enteredOn, late: contact.late, summary: contact.summary, our_people: [...new Set([contact.staffKey, ...contact.ourPeople])],
    contact_person: contact.contactPerson, next_action: contact.nextAction, next_on: contact.nextOn, place: contact.place, place_consent: contact.place !== null, policy_version: contact.policyVersion,
    replaces: contact.replaces, for_key: contact.forKey ?? null, scope_path: ground.scopePath, viewers: ground.viewers,
    number, their_people: contact.theirPeople, changed_operations: contact.changedOperations, changed_people: contact.changedPeople, changed_finance: contact.changedFinance, changed_funds: contact.changedFunds,
    risk_signals: [...new Set(contact.riskSignals)], risk_note: contact.riskNote, like_customer_id: contact.like?.customerId ?? null, like_id: contact.like?.contactId ?? null, like_percent: contact.like?.percent ?? null,
    kept_at: contact.keptAt ?? null,
  }, { why, action: contact.replaces === null ? 'RECORD_CONTACT' : 'CORRECT_CONTACT' })
  return { effective, number }
}

/** Promises of a contact: they stand on the day of the recorder until they are kept, dropped or passed on with the customer. */
export async function savePromises(tx: Transaction, promises: readonly { id: string; side: PromiseSide; what: string; dueOn: string }[], of: { customerId: string; contactId: string; ownerKey: number; promisedOn: string }, ground: Pick<ContactGround, 'scopePath' | 'viewers'>): Promise<void> {
  for (const promise of promises) {
    await add(tx, 'contact_promise', {
      customer_id: of.customerId, id: promise.id, contact_id: of.contactId, side: promise.side, what: promise.what, due_on: promise.dueOn, first_due_on: promise.dueOn, owner_key: of.ownerKey, promised_on: of.promisedOn,
      scope_path: ground.scopePath, viewers: ground.viewers,
    }, { why: null, action: 'PROMISE' })
  }
}

/** What hangs on a record that was corrected hangs on the new one: promises and photos. */
export async function carryToNew(tx: Transaction, customerId: string, from: string, to: string, why: string): Promise<void> {
  const batch = newId()
  for (const table of ['contact_promise', 'contact_photo'] as const) {
    await bulk(tx, { table, what: 'change', why, batch, statement: sql`UPDATE ${sql.table(table)} SET contact_id = ${to} WHERE customer_id = ${customerId} AND contact_id = ${from}` })
  }
  await quiet(tx, 'photo_print', 'change', sql`UPDATE photo_print SET contact_id = ${to} WHERE customer_id = ${customerId} AND contact_id = ${from}`)
}

/** With a record its open promises fall away: they were told by mistake. */
export async function voidPromises(tx: Transaction, key: { customerId: string; contactId: string }, by: { staffKey: number; on: string; reason: string }): Promise<void> {
  const open = await tx.all(sql<{ id: string }>`SELECT id FROM contact_promise WHERE customer_id = ${key.customerId} AND contact_id = ${key.contactId} AND state = 'OPEN'`)
  for (const { id } of open) await end(tx, 'contact_promise', { customer_id: key.customerId, id }, { state: 'VOID', ended_on: by.on, ended_by: by.staffKey, end_note: by.reason }, { why: by.reason })
}

/** Marks a contact void. The row stays, with who, when and why. */
export async function markVoid(tx: Transaction, key: { customerId: string; contactId: string }, by: { staffKey: number; on: string; reason: string }): Promise<void> {
  await end(tx, 'contact', { customer_id: key.customerId, id: key.contactId }, { voided_on: by.on, voided_by: by.staffKey, void_reason: by.reason }, { why: by.reason, action: 'VOID_CONTACT' })
}

/** Stores what only the author, the readers and compliance may read, encrypted with the customer's key. Nothing in the contact tells of it. */
export async function saveRestricted(tx: Transaction, keys: CustomerKeys, text: {
  customerId: string; contactId: string; customerName: string; authorKey: number; readers: readonly number[]; text: string; businessDate: string; writtenOn: string
}): Promise<void> {
  const cipher = await keys.encrypt(tx, text.customerId, text.text)
  await tx.asRole('restricted', () => add(tx, 'contact_restricted', {
    customer_id: text.customerId, id: newId(), contact_id: text.contactId, author_key: text.authorKey, readers: [...new Set([text.authorKey, ...text.readers])], text_cipher: cipher,
    customer_name: text.customerName, business_date: text.businessDate, written_on: text.writtenOn,
  }, { why: null, action: 'WRITE_RESTRICTED' }))
}

export type BulkContact = Omit<ContactToSave, 'replaces' | 'ourPeople' | 'place' | 'startTime' | 'forKey' | 'theirPeople' | 'changedOperations' | 'changedPeople' | 'changedFinance' | 'changedFunds' | 'riskSignals' | 'riskNote' | 'like' | 'keptAt'>

/** Many contacts by one statement (demo bank, take-over from another system), with one journal line. Scope comes from the customers. */
export async function saveContacts(tx: Transaction, batch: string, contacts: readonly BulkContact[], why: string): Promise<number> {
  const rows = contacts.map((one) => ({
    customer_id: one.customerId, id: one.id, staff_key: one.staffKey, mode: one.mode, purpose: one.purpose, business_date: one.businessDate, in_person: isInPerson(one.mode), effective: isEffective(one.mode, one.replied),
    entered_on: one.enteredOn, late: one.late, summary: one.summary, contact_person: one.contactPerson, next_action: one.nextAction, next_on: one.nextOn, policy_version: one.policyVersion,
  }))
  const { count } = await bulk(tx, {
    table: 'contact', what: 'add', why, batch,
    statement: sql`
      INSERT INTO contact (customer_id, id, staff_key, mode, purpose, business_date, in_person, effective, entered_on, late, summary, our_people, contact_person, next_action, next_on, policy_version, scope_path, viewers, batch_id)
      SELECT r.customer_id, r.id, r.staff_key, r.mode, r.purpose, r.business_date, r.in_person, r.effective, r.entered_on, r.late, r.summary, ARRAY[r.staff_key], r.contact_person, r.next_action, r.next_on, r.policy_version,
        k.scope_path, k.viewers, ${batch}::uuid
      FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS r (customer_id uuid, id uuid, staff_key int, mode text, purpose text, business_date date, in_person boolean, effective boolean, entered_on date, late boolean,
        summary text, contact_person text, next_action text, next_on date, policy_version text)
      JOIN customers_customer_facts k ON k.customer_id = r.customer_id`,
  })
  return count
}

/** What carries the scope of its customer. */
const followers = ['contact', 'contact_promise', 'need_card', 'need', 'need_escalation'] as const

/** Contacts and needs follow their customer: after an assignment or a hand-over they are seen by whom the customer is seen. All customers when none is named, or those that a person holds or held. Returns how many contacts. */
export async function followCustomers(tx: Transaction, batch: string, customerId: string | null, staffKey?: number): Promise<number> {
  const held = staffKey === undefined ? sql`` : sql`AND c.customer_id IN (SELECT customer_id FROM customers_assignment_facts WHERE staff_key = ${staffKey})`
  let contacts = 0
  for (const table of followers) {
    const { count } = await bulk(tx, {
      table, what: 'change', why: `${table} follows its customer`, batch,
      statement: sql`
        UPDATE ${sql.table(table)} c SET scope_path = k.scope_path, viewers = k.viewers FROM customers_customer_facts k
        WHERE k.customer_id = c.customer_id ${customerId === null ? sql`` : sql`AND c.customer_id = ${customerId}`} ${held} AND (c.scope_path, c.viewers) IS DISTINCT FROM (k.scope_path, k.viewers)`,
    })
    if (table === 'contact') contacts = count
  }
  return contacts
}

/** Promises that are still open pass to the receiver of a hand-over: the record stays its author's, who keeps the promise changes. The hand-over tells which customers moved. */
export async function moveNextSteps(tx: Transaction, moved: { handOverId: string; batch: string }): Promise<number> {
  const promises = await bulk(tx, {
    table: 'contact_promise', what: 'change', why: 'promises pass to the receiver', batch: moved.batch, about: { hand_over: moved.handOverId }, alias: 'p',
    statement: sql`
      UPDATE contact_promise p SET owner_key = m.receiver_key FROM customers_hand_over_item_facts m
      WHERE m.hand_over_id = ${moved.handOverId} AND m.state = 'MOVED' AND p.customer_id = m.customer_id AND p.owner_key = m.leaver_key AND p.state = 'OPEN'`,
  })
  const { count } = await bulk(tx, {
    table: 'contact', what: 'change', why: 'promises pass to the receiver', batch: moved.batch, about: { hand_over: moved.handOverId }, alias: 'c',
    statement: sql`
      UPDATE contact c SET next_owner_key = m.receiver_key FROM customers_hand_over_item_facts m
      WHERE m.hand_over_id = ${moved.handOverId} AND m.state = 'MOVED' AND c.customer_id = m.customer_id AND coalesce(c.next_owner_key, c.staff_key) = m.leaver_key AND c.next_on IS NOT NULL AND c.voided_on IS NULL
        AND NOT EXISTS (SELECT FROM contact l WHERE l.customer_id = c.customer_id AND l.voided_on IS NULL AND l.effective AND (l.business_date, l.id) > (c.business_date, c.id))`,
  })
  return count + promises.count
}
