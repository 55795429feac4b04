import { unless } from '../foundation/access/permission.rules.ts'
import { sql, type Sql, type Transaction } from '../foundation/database/transaction.ts'
import { cutPage, readCursor, type Place } from '../foundation/http/cursor.ts'
import type { MayDo } from '../foundation/http/contract.ts'
import { handle, type Context } from '../foundation/http/route.ts'
import { ok, refuse } from '../foundation/values/outcome.ts'
import {
  getContact, listContacts, listCustomerContacts, type ContactMode, type ContactPurpose, type ContactView, type CustomerContact, type PromiseView, type RiskSignal,
} from './contact.contract.ts'
import { mayActOnPromise, mayChangeRecord } from './contact.rules.ts'

type Row = {
  id: string; customer_id: string; customer_name: string; customer_number: string; mode: ContactMode; purpose: ContactPurpose; business_date: string; start_time: string | null; in_person: boolean; effective: boolean
  entered_on: string; late: boolean; recorded_at: string; staff_key: number; staff_name: string; summary: string; contact_person: string | null; our_people: string[] | null
  next_action: string | null; next_on: string | null; place: string | null; replaces: string | null; for_name: string | null; voided_on: string | null; void_reason: string | null
  number: string | null; their_people: string[]; risk_signals: RiskSignal[]; checked_on: string | null
  colleagues: { staffKey: number; name: string }[] | null; changed_operations: string | null; changed_people: string | null; changed_finance: string | null; changed_funds: string | null; risk_note: string | null
}

/** Counted up to here; beyond it "1 万以上". */
const countMost = 10_000

function rowsOf(tx: Transaction, where: Sql, limit: number): Promise<Row[]> {
  // the page is cut first: names are looked up for the rows shown, not for all that match
  return tx.all(sql<Row>`
    SELECT c.*, c.record_number AS number, k.name AS customer_name, k.number AS customer_number, s.staff_name, (SELECT f.staff_name FROM organisation_staff_facts f WHERE f.staff_key = c.for_key) AS for_name,
      (SELECT array_agg(o.staff_name ORDER BY o.staff_name) FROM organisation_staff_facts o WHERE o.staff_key = ANY(c.people) AND o.staff_key <> c.staff_key) AS our_people,
      (SELECT jsonb_agg(jsonb_build_object('staffKey', o.staff_key, 'name', o.staff_name) ORDER BY o.staff_name) FROM organisation_staff_facts o WHERE o.staff_key = ANY(c.people) AND o.staff_key <> c.staff_key) AS colleagues
    FROM (
      SELECT id, customer_id, mode, purpose, business_date, start_time, in_person, effective, entered_on, late, recorded_at, staff_key, summary, contact_person, contact.our_people AS people, next_action, next_on, place,
        replaces, for_key, voided_on, void_reason, contact.number AS record_number, their_people, risk_signals, checked_on, changed_operations, changed_people, changed_finance, changed_funds, risk_note
      FROM contact WHERE ${where} ORDER BY business_date DESC, id DESC LIMIT ${limit}) c
    JOIN customers_customer_facts k ON k.customer_id = c.customer_id
    JOIN organisation_staff_facts s ON s.staff_key = c.staff_key
    ORDER BY c.business_date DESC, c.id DESC`)
}

async function countOf(tx: Transaction, where: Sql): Promise<{ value: number; exact: boolean }> {
  const { n } = await tx.one(sql<{ n: number }>`SELECT count(*)::int AS n FROM (SELECT 1 FROM contact WHERE ${where} LIMIT ${countMost + 1}) c`)
  return { value: Math.min(n, countMost), exact: n <= countMost }
}

const viewOf = (row: Row): ContactView => ({
  id: row.id, customerId: row.customer_id, customerName: row.customer_name, customerNumber: row.customer_number, mode: row.mode, purpose: row.purpose, businessDate: row.business_date, startTime: row.start_time,
  inPerson: row.in_person, effective: row.effective, enteredOn: row.entered_on, late: row.late, recordedAt: row.recorded_at, staffKey: row.staff_key, staffName: row.staff_name, forName: row.for_name, summary: row.summary,
  contactPerson: row.contact_person, ourPeople: row.our_people ?? [], nextAction: row.next_action, nextOn: row.next_on, place: row.place, replaces: row.replaces, voidedOn: row.voided_on, voidReason: row.void_reason,
  number: row.number, theirPeople: row.their_people, riskSignals: row.risk_signals, checkedOn: row.checked_on,
})

const after = (place: Place | null): Sql => (place ? sql` AND (business_date, id) < (${place[0]}::date, ${place[1]}::uuid)` : sql``)
const all = (parts: readonly Sql[]): Sql => sql`true${sql.join(parts, sql``)}`

export const listCustomerContactsRoute = handle(listCustomerContacts, async (tx, { params, query }, context) => {
  const list = `contacts of ${params.customerId} ${query.withVoid}`
  const place = readCursor(context.services.keys.keyring, list, query.cursor)
  if (!place.ok) return place
  const matching = all([sql` AND customer_id = ${params.customerId}`, ...(query.withVoid ? [] : [sql` AND voided_on IS NULL`])])
  const rows = await rowsOf(tx, sql`${matching}${after(place.value)}`, query.limit + 1)
  const { shown, nextCursor } = cutPage(context.services.keys.keyring, list, rows, query.limit, (last) => [last.business_date, last.id])
  const items = await withRights(tx, context, shown)
  return ok({
    items, nextCursor,
    count: place.value === null ? await countOf(tx, matching) : null,
    may: { record: context.may('contact.record', context.opened ? { relation: context.opened.relation } : {}) },
  })
})

export const getContactRoute = handle(getContact, async (tx, { params }, context) => {
  const rows = await rowsOf(tx, sql`customer_id = ${params.customerId} AND id = ${params.contactId}`, 1)
  const [contact] = await withRights(tx, context, rows)
  return contact ? ok({ ...contact, ...(await readDetails(tx, context, params)) }) : refuse('not-found')
})

/** What stands on the record beside what a list shows. Balances are those of the deposits in yuan, the day before and as of the last booked day. */
async function readDetails(tx: Transaction, context: Context, key: { customerId: string; contactId: string }) {
  const { like_customer_id, like_id, like_percent, ...row } = await tx.one(sql<{
    tier: string; checkedBy: string | null
    like_customer_id: string | null; like_id: string | null; like_percent: number | null; balanceBeforeFen: string | null; balanceAfterFen: string | null; balanceAfterOn: string | null
  }>`
    SELECT k.tier, s.staff_name AS "checkedBy", c.like_customer_id, c.like_id, c.like_percent,
      (SELECT sum(b.balance_fen)::text FROM holdings_balance_facts b WHERE b.customer_id = c.customer_id AND b.line = 'DEPOSIT' AND b.currency = 'CNY' AND b.from_date < c.business_date AND (b.to_date IS NULL OR b.to_date >= c.business_date)) AS "balanceBeforeFen",
      (SELECT sum(b.balance_fen)::text FROM holdings_balance_facts b WHERE b.customer_id = c.customer_id AND b.line = 'DEPOSIT' AND b.currency = 'CNY' AND b.from_date <= ${context.businessDate} AND (b.to_date IS NULL OR b.to_date > ${context.businessDate})) AS "balanceAfterFen",
      ${context.businessDate}::date AS "balanceAfterOn"
    FROM contact c JOIN customers_customer_facts k ON k.customer_id = c.customer_id LEFT JOIN organisation_staff_facts s ON s.staff_key = c.checked_by
    WHERE c.customer_id = ${key.customerId} AND c.id = ${key.contactId}`)
  const needCards = await tx.all(sql<{ id: string; number: string }>`SELECT id, number FROM need_card WHERE customer_id = ${key.customerId} AND contact_id = ${key.contactId} AND voided_on IS NULL ORDER BY number`)
  const like = like_id === null || like_customer_id === null ? null : { customerId: like_customer_id, contactId: like_id, percent: like_percent ?? 0 }
  return { ...row, needCards, like: await tellLike(tx, context, like) }
}

/** The earlier record by its day, number and customer, for whoever sees that customer; for everybody else only how nearly. */
export async function tellLike(tx: Transaction, context: Context, like: { customerId: string; contactId: string; percent: number } | null) {
  if (like === null) return null
  const { breadth } = context.actor
  const role = breadth === 'UNIT' ? 'unit' : breadth === 'ALL' ? 'all' : 'self'
  const read = () => tx.maybe(sql<{ business_date: string; number: string | null; name: string }>`SELECT c.business_date, c.number, k.name FROM contact c JOIN customers_customer_facts k ON k.customer_id = c.customer_id WHERE c.customer_id = ${like.customerId} AND c.id = ${like.contactId}`)
  const seen = context.opened?.customerId === like.customerId ? await read() : await tx.asRole(role, read)
  return { percent: like.percent, businessDate: seen?.business_date ?? null, number: seen?.number ?? null, customerName: seen?.name ?? null, address: seen ? `/customers/${like.customerId}/contacts/${like.contactId}` : null }
}

/** The contacts of everybody in the reader's scope, newest first. */
export const listContactsRoute = handle(listContacts, async (tx, { query }, { actor, services }) => {
  const { cursor, limit, ...filters } = query
  const list = `contacts ${JSON.stringify(filters)}`
  const place = readCursor(services.keys.keyring, list, cursor)
  if (!place.ok) return place
  const matching = all([
    sql` AND voided_on IS NULL`,
    ...(query.from === undefined ? [] : [sql` AND business_date >= ${query.from}`]),
    ...(query.to === undefined ? [] : [sql` AND business_date <= ${query.to}`]),
    ...(query.mode === undefined ? [] : [sql` AND mode = ${query.mode}`]),
    ...(query.purpose === undefined ? [] : [sql` AND purpose = ${query.purpose}`]),
    ...(query.effective === undefined ? [] : [sql` AND effective = ${query.effective}`]),
    ...(query.late === undefined ? [] : [sql` AND late = ${query.late}`]),
    ...(query.mine ? [sql` AND staff_key = ${actor.staffKey}`] : query.staffKey === undefined ? [] : [sql` AND staff_key = ${query.staffKey}`]),
  ])
  const rows = await rowsOf(tx, sql`${matching}${after(place.value)}`, limit + 1)
  const { shown, nextCursor } = cutPage(services.keys.keyring, list, rows, limit, (last) => [last.business_date, last.id])
  return ok({
    items: shown.map(viewOf), nextCursor,
    count: place.value === null ? await countOf(tx, matching) : null,
  })
})

/** For whom a person stands in today. */
export async function absentOf(tx: Transaction, staffKey: number, day: string): Promise<number[]> {
  const absent = await tx.all(sql<{ absent_key: number }>`SELECT absent_key FROM customers_absence_facts WHERE substitute_key = ${staffKey} AND from_date <= ${day} AND to_date > ${day}`)
  return absent.map((one) => one.absent_key)
}

/** What a correction needs to know of the record. */
export async function readRecord(tx: Transaction, key: { customerId: string; contactId: string }): Promise<{ staffKey: number; businessDate: string; enteredOn: string; late: boolean; voidedOn: string | null } | undefined> {
  const row = await tx.maybe(sql<{ staff_key: number; business_date: string; entered_on: string; late: boolean; voided_on: string | null }>`
    SELECT staff_key, business_date, entered_on, late, voided_on FROM contact WHERE customer_id = ${key.customerId} AND id = ${key.contactId} FOR UPDATE`)
  return row && { staffKey: row.staff_key, businessDate: row.business_date, enteredOn: row.entered_on, late: row.late, voidedOn: row.voided_on }
}

// The marks of restricted texts are read in the role of their readers: who is none sees the same list as if there were no such texts.
async function withRights(tx: Transaction, context: Context, rows: readonly Row[]): Promise<CustomerContact[]> {
  const marks = await tx.asRole(context.may('contact.restricted.review').allowed ? 'compliance' : 'restricted', () => tx.all(sql<{ id: string; contact_id: string; staff_name: string; written_on: string }>`
    SELECT r.id, r.contact_id, s.staff_name, r.written_on FROM contact_restricted r JOIN organisation_staff_facts s ON s.staff_key = r.author_key
    WHERE r.customer_id = ANY(${[...new Set(rows.map((row) => row.customer_id))]}::uuid[]) AND r.contact_id = ANY(${rows.map((row) => row.id)}::uuid[]) ORDER BY r.id`))
  const promises = await tx.all(sql<Omit<PromiseView, 'may'> & { contactId: string; ownerKey: number }>`
    SELECT p.contact_id AS "contactId", p.id, p.side, p.what, p.due_on AS "dueOn", p.first_due_on AS "firstDueOn", p.owner_key AS "ownerKey", s.staff_name AS "ownerName", p.state, p.ended_on AS "endedOn", p.end_note AS "endNote"
    FROM contact_promise p JOIN organisation_staff_facts s ON s.staff_key = p.owner_key
    WHERE p.customer_id = ANY(${[...new Set(rows.map((row) => row.customer_id))]}::uuid[]) AND p.contact_id = ANY(${rows.map((row) => row.id)}::uuid[]) AND p.state <> 'VOID' ORDER BY p.due_on, p.id`)
  const absent = promises.some(({ state }) => state === 'OPEN') ? await absentOf(tx, context.actor.staffKey, context.businessDate) : []
  const mayRecord = context.may('contact.record', context.opened ? { relation: context.opened.relation } : {})
  return rows.map((row) => {
    const own = mayChangeRecord({ staffKey: row.staff_key, voided: row.voided_on !== null }, { staffKey: context.actor.staffKey, headOfLine: context.opened?.relation === 'UNIT' })
    const change = unless(mayRecord, own.ok ? null : own.refusal.name)
    const mayCheck = context.may('contact.check', context.opened ? { relation: context.opened.relation } : {})
    const may: MayDo = { correct: change, void: change, check: unless(mayCheck, row.voided_on !== null ? 'contact-voided' : row.staff_key === context.actor.staffKey ? 'own-record' : null) }
    const kept = promises.filter(({ contactId }) => contactId === row.id).map(({ contactId: _contact, ownerKey, ...promise }) => {
      const act = mayActOnPromise({ ownerKey, open: promise.state === 'OPEN' }, { staffKey: context.actor.staffKey, headOfLine: context.opened?.relation === 'UNIT', standsInFor: absent })
      return { ...promise, may: { act: unless(mayRecord, act.ok ? null : act.refusal.name) } }
    })
    return {
      ...viewOf(row), colleagues: row.colleagues ?? [], changedOperations: row.changed_operations, changedPeople: row.changed_people, changedFinance: row.changed_finance, changedFunds: row.changed_funds, riskNote: row.risk_note, promises: kept, restricted: marks.filter((mark) => mark.contact_id === row.id).map((mark) => ({ id: mark.id, authorName: mark.staff_name, writtenOn: mark.written_on })), may,
    }
  })
}
