import { unless } from '../../foundation/access/permission.rules.ts'
import { sql, type Transaction } from '../../foundation/database/transaction.ts'
import { cutPage, readCursor } from '../../foundation/http/cursor.ts'
import { handle } from '../../foundation/http/route.ts'
import { add, change } from '../../foundation/store/store.ts'
import { ok, refuse } from '../../foundation/values/outcome.ts'
import { retentions, retentionVersion } from './retention-table.ts'
import { holdInForce, maskedNames, namedCustomer, oneOfCustomer } from './engine-name-customer.ts'
import { retentionOf } from './find-due.ts'
import { listRetentionCases, proposeRetention, readRetentionRules, signRetention } from './retention.contract.ts'
import { faultOfRetention, faultOfSigning, rulesOn, sideOf, type Side } from './retention.rules.ts'

type CaseRow = {
  customerId: string; id: string; number: string; kind: 'CORPORATE' | 'PERSON'; state: 'OPEN' | 'AGREED' | 'DONE' | 'RETURNED' | 'LAPSED'; rule: string; lastOn: string; dueOn: string; proposedOn: string; proposedBy: string | null; reason: string | null
  endedOn: string | null; rows: number | null; held: boolean; signatures: { side: Side; staffKey: number; name: string; said: 'AGREED' | 'RETURNED'; note: string | null; on: string }[]
}

export const listRetentionCasesRoute = handle(listRetentionCases, (tx, { query }, context) => tx.asRole('office', async () => {
  const { keyring } = context.services.keys
  const list = `retention.list ${query.part}`
  const place = readCursor(keyring, list, query.cursor)
  if (!place.ok) return place
  const wanted = query.part === 'open' ? sql`r.state IN ('OPEN', 'AGREED')` : sql`r.state IN ('DONE', 'RETURNED', 'LAPSED')`
  const rows = await tx.all(sql<CaseRow>`
    SELECT r.customer_id AS "customerId", r.id, r.customer_number AS number, r.customer_kind AS kind, r.state, r.rule, r.last_on AS "lastOn", r.due_on AS "dueOn", r.proposed_on AS "proposedOn", p.staff_name AS "proposedBy", r.reason,
      r.ended_on AS "endedOn", r.rows_touched AS rows, EXISTS (SELECT FROM legal_hold h WHERE h.customer_id = r.customer_id AND ${holdInForce}) AS held,
      coalesce((SELECT jsonb_agg(jsonb_build_object('side', s.side, 'staffKey', s.staff_key, 'name', f.staff_name, 'said', s.said, 'note', s.note, 'on', s.signed_on) ORDER BY s.signed_on, s.side)
        FROM retention_signature s JOIN organisation_staff_facts f ON f.staff_key = s.staff_key WHERE s.customer_id = r.customer_id AND s.case_id = r.id), '[]') AS signatures
    FROM retention_case r LEFT JOIN organisation_staff_facts p ON p.staff_key = r.proposed_by
    WHERE ${wanted} ${place.value ? sql`AND (r.proposed_on, r.id) < (${String(place.value[0])}::date, ${String(place.value[1])}::uuid)` : sql``} ORDER BY r.proposed_on DESC, r.id DESC LIMIT ${query.limit + 1}`)
  const { shown, nextCursor } = cutPage(keyring, list, rows, query.limit, (last) => [last.proposedOn, last.id])
  const { value } = await tx.one(sql<{ value: number }>`SELECT count(*)::int AS value FROM (SELECT 1 FROM retention_case r WHERE ${wanted} LIMIT 10001) k`)
  const names = await maskedNames(tx, shown.map((row) => row.customerId))
  const decide = context.may('retention.decide')
  const side = sideOf(context.actor.postCode)
  return ok({
    nextCursor, count: { value: Math.min(value, 10_000), exact: value <= 10_000 }, mayPropose: decide,
    items: shown.map(({ customerId, rule, signatures, ...row }) => ({
      ...row, rule: ruleText(rule, row.proposedOn), maskedName: names.get(customerId) ?? null, signatures: signatures.map(({ staffKey: _staffKey, ...one }) => one),
      may: {
        sign: unless(decide, side === null ? 'not-allowed' : faultOfSigning(row.state, signatures, { staffKey: context.actor.staffKey, side })),
        carryOut: unless(decide, row.state !== 'AGREED' ? 'not-agreed' : row.held ? 'under-hold' : null),
      },
    })),
  })
}))

const ruleText = (code: string, day: string): { zh: string; en: string } => {
  const rule = rulesOn(retentions, day).find((one) => one.code === code)
  return { zh: rule?.zh ?? code, en: rule?.en ?? code }
}

export const readRetentionRulesRoute = handle(readRetentionRules, async (_tx, _input, { businessDate: day }) => {
  const inForce = rulesOn(retentions, day)
  return Promise.resolve(ok({
    version: retentionVersion,
    rules: retentions.map((rule) => ({ code: rule.code, title: { zh: rule.zh, en: rule.en }, event: rule.event, basis: rule.basis, years: rule.years, from: rule.from, to: rule.to, inForce: inForce.includes(rule) })),
  }))
})

/** Proposed by hand: the proposal is the word of the proposer's side; the other side decides. */
export const proposeRetentionRoute = handle(proposeRetention, async (tx, { body }, { actor, businessDate: day }) => {
  const side = sideOf(actor.postCode)
  if (side === null) return refuse('not-allowed')
  const details = { number: body.number }
  const named = await namedCustomer(tx, body.number)
  if (!named.ok) return named
  const customer = named.value
  const known = await tx.asRole('batch', () => retentionOf(tx, customer.id, day))
  if (!known) return refuse('no-such-customer', { field: 'number', details })
  const fault = faultOfRetention(known, day)
  if (fault !== null) return refuse(fault, { field: 'number', details })
  return tx.asRole('office', async () => {
    await oneOfCustomer(tx, customer.id)
    if (await tx.maybe(sql`SELECT 1 FROM retention_case WHERE customer_id = ${customer.id} AND state IN ('OPEN', 'AGREED')`)) return refuse('proposed-already', { field: 'number', details })
    await add(tx, 'retention_case', {
      customer_id: customer.id, id: body.id, customer_number: customer.number, customer_kind: customer.kind, rule: known.rule ?? '', last_on: known.lastOn, due_on: known.dueOn, table_version: retentionVersion, proposed_on: day, proposed_by: actor.staffKey,
      reason: body.reason,
    }, { why: body.reason, action: 'PROPOSE_RETENTION' })
    await add(tx, 'retention_signature', { customer_id: customer.id, case_id: body.id, staff_key: actor.staffKey, side, said: 'AGREED', note: body.reason, signed_on: day }, { why: body.reason, action: 'SIGN_RETENTION' })
    return ok({ id: body.id })
  })
})

export const signRetentionRoute = handle(signRetention, (tx, { body }, { actor, businessDate: day }) => tx.asRole('office', async () => {
  const side = sideOf(actor.postCode)
  if (side === null) return refuse('not-allowed')
  const note = body.note ?? ''
  if (body.said === 'RETURNED' && note === '') return refuse('note-missing', { field: 'note' })
  const ids = [...new Set(body.caseIds)]
  const cases = await tx.all(sql<{ customerId: string; id: string; number: string; state: string }>`SELECT customer_id AS "customerId", id, customer_number AS number, state FROM retention_case WHERE id = ANY(${ids}::uuid[]) ORDER BY customer_id FOR UPDATE`)
  if (cases.length < ids.length) return refuse('not-found')
  const told = { agreed: 0, waiting: 0, returned: 0 }
  for (const one of cases) {
    const signed = await tx.all(sql<{ staffKey: number; side: Side }>`SELECT staff_key AS "staffKey", side FROM retention_signature WHERE customer_id = ${one.customerId} AND case_id = ${one.id}`)
    const fault = faultOfSigning(one.state, signed, { staffKey: actor.staffKey, side })
    if (fault !== null) return refuse(fault, { details: { number: one.number } })
    await add(tx, 'retention_signature', { customer_id: one.customerId, case_id: one.id, staff_key: actor.staffKey, side, said: body.said, note: note === '' ? null : note, signed_on: day }, { why: note === '' ? null : note, action: 'SIGN_RETENTION' })
    if (body.said === 'RETURNED') {
      await change(tx, 'retention_case', { customer_id: one.customerId, id: one.id }, { state: 'RETURNED', ended_on: day }, { why: note, action: 'RETURN_RETENTION' })
      told.returned += 1
    } else if (signed.length === 1) {
      await change(tx, 'retention_case', { customer_id: one.customerId, id: one.id }, { state: 'AGREED' }, { why: note === '' ? null : note, action: 'AGREE_RETENTION' })
      told.agreed += 1
    } else told.waiting += 1
  }
  return ok(told)
}))

/** A case that may be carried out, locked with its customer; who carries it out asks `retentionOf` again. Run as `batch`. */
export async function lockAgreed(tx: Transaction, caseId: string): Promise<{ customerId: string; number: string; agreed: boolean } | undefined> {
  const row = await tx.maybe(sql<{ customerId: string; number: string; agreed: boolean }>`SELECT customer_id AS "customerId", customer_number AS number, state = 'AGREED' AS agreed FROM retention_case WHERE id = ${caseId} FOR UPDATE`)
  // a hold that is entered at this moment waits, or is seen
  if (row) await oneOfCustomer(tx, row.customerId)
  return row
}

export async function saveDone(tx: Transaction, { customerId, caseId }: { customerId: string; caseId: string }, day: string, done: { tables: number; rows: number }, why: string): Promise<void> {
  await change(tx, 'retention_case', { customer_id: customerId, id: caseId }, { state: 'DONE', ended_on: day, tables_touched: done.tables, rows_touched: done.rows }, { why, action: 'CARRY_OUT_RETENTION' })
}

/** What two people agreed to and is not carried out yet. Run as `batch`. */
export async function agreedCases(tx: Transaction): Promise<string[]> {
  return (await tx.all(sql<{ id: string }>`SELECT id FROM retention_case WHERE state = 'AGREED' ORDER BY proposed_on, id`)).map(({ id }) => id)
}
