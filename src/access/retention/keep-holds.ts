import { unless } from '../../foundation/access/permission.rules.ts'
import { sql, type Transaction } from '../../foundation/database/transaction.ts'
import { cutPage, readCursor } from '../../foundation/http/cursor.ts'
import { handle } from '../../foundation/http/route.ts'
import { decideProposal } from '../../foundation/store/decide-proposal.ts'
import { add, change, end } from '../../foundation/store/store.ts'
import { ok, refuse } from '../../foundation/values/outcome.ts'
import { holdInForce, maskedNames, namedCustomer, oneOfCustomer } from './engine-name-customer.ts'
import { askLiftHold, decideLegalHold, decideLiftHold, enterLegalHold, listLegalHolds, type LegalHoldShown } from './legal-hold.contract.ts'

type HoldRow = Omit<LegalHoldShown, 'maskedName' | 'may'> & { customerId: string; enteredKey: number; liftKey: number | null }

export const listLegalHoldsRoute = handle(listLegalHolds, (tx, { query }, context) => tx.asRole('office', async () => {
  const { keyring } = context.services.keys
  const list = `legal-holds.list ${query.over}`
  const place = readCursor(keyring, list, query.cursor)
  if (!place.ok) return place
  const wanted = query.over === 'yes' ? sql`(h.lifted_on IS NOT NULL OR h.decision = 'RETURNED')` : holdInForce
  const rows = await tx.all(sql<HoldRow>`
    SELECT h.customer_id AS "customerId", h.id, h.customer_number AS number, h.kind, h.reason, h.entered_by AS "enteredKey", h.lift_asked_by AS "liftKey",
      CASE WHEN h.lifted_on IS NOT NULL THEN 'LIFTED' WHEN h.decision = 'RETURNED' THEN 'RETURNED' WHEN h.decision IS NULL THEN 'ENTERED' WHEN h.lift_asked_by IS NOT NULL THEN 'LIFT_ASKED' ELSE 'CONFIRMED' END AS state,
      e.staff_name AS "enteredBy", h.entered_on AS "enteredOn", d.staff_name AS "decidedBy", h.decided_on AS "decidedOn", h.decision_note AS "decisionNote", h.lift_reason AS "liftReason", a.staff_name AS "liftAskedBy", h.lift_asked_on AS "liftAskedOn",
      l.staff_name AS "liftedBy", h.lifted_on AS "liftedOn"
    FROM legal_hold h JOIN organisation_staff_facts e ON e.staff_key = h.entered_by LEFT JOIN organisation_staff_facts d ON d.staff_key = h.decided_by LEFT JOIN organisation_staff_facts a ON a.staff_key = h.lift_asked_by
    LEFT JOIN organisation_staff_facts l ON l.staff_key = h.lifted_by
    WHERE ${wanted} ${place.value ? sql`AND (h.entered_on, h.id) < (${String(place.value[0])}::date, ${String(place.value[1])}::uuid)` : sql``} ORDER BY h.entered_on DESC, h.id DESC LIMIT ${query.limit + 1}`)
  const { shown, nextCursor } = cutPage(keyring, list, rows, query.limit, (last) => [last.enteredOn, last.id])
  const { value } = await tx.one(sql<{ value: number }>`SELECT count(*)::int AS value FROM (SELECT 1 FROM legal_hold h WHERE ${wanted} LIMIT 10001) k`)
  const names = await maskedNames(tx, shown.map((row) => row.customerId))
  const keep = context.may('legal-hold.keep')
  const me = context.actor.staffKey
  return ok({
    nextCursor, count: { value: Math.min(value, 10_000), exact: value <= 10_000 }, mayEnter: keep,
    items: shown.map(({ customerId, enteredKey, liftKey, ...row }) => ({
      ...row, maskedName: names.get(customerId) ?? null,
      may: {
        decide: unless(keep, row.state !== 'ENTERED' ? 'decided-already' : enteredKey === me ? 'same-person' : null), askLift: unless(keep, row.state !== 'CONFIRMED' ? 'not-in-force' : null),
        decideLift: unless(keep, row.state !== 'LIFT_ASKED' ? 'not-asked' : liftKey === me ? 'same-person' : null),
      },
    })),
  })
}))

/** It stops every destruction from this moment on; that another person confirms it says that it stays. */
export const enterLegalHoldRoute = handle(enterLegalHold, async (tx, { body }, { actor, businessDate: day }) => {
  if ([...body.reason].length < 2) return refuse('reason-missing', { field: 'reason' })
  const named = await namedCustomer(tx, body.number)
  if (!named.ok) return named
  const customer = named.value
  return tx.asRole('office', async () => {
    // a destruction that is under way ends first: then there is nothing left to hold
    await oneOfCustomer(tx, customer.id)
    const still = await namedCustomer(tx, body.number)
    if (!still.ok) return still
    await add(tx, 'legal_hold', { customer_id: customer.id, id: body.id, customer_number: customer.number, kind: body.kind, reason: body.reason, entered_by: actor.staffKey, entered_on: day }, { why: body.reason, action: 'ENTER_HOLD' })
    return ok({ id: body.id })
  })
})

type Locked = { customerId: string; enteredBy: number; decision: string | null; liftAskedBy: number | null; lifted: boolean }
const lockHold = (tx: Transaction, holdId: string): Promise<Locked | undefined> => tx.maybe(sql<Locked>`
  SELECT customer_id AS "customerId", entered_by AS "enteredBy", decision, lift_asked_by AS "liftAskedBy", lifted_on IS NOT NULL AS lifted FROM legal_hold WHERE id = ${holdId} FOR UPDATE`)

export const decideLegalHoldRoute = handle(decideLegalHold, (tx, { params: { holdId }, body }, { actor, businessDate: day }) => tx.asRole('office', async () => {
  const hold = await lockHold(tx, holdId)
  if (!hold) return refuse('not-found')
  const decided = await decideProposal(tx, { proposedKey: hold.enteredBy, decision: hold.decision }, { table: 'legal_hold', customerId: hold.customerId, id: holdId, returned: 'RETURN_HOLD', body, staffKey: actor.staffKey, day })
  if (!decided.ok) return decided
  if (decided.value) await change(tx, 'legal_hold', { customer_id: hold.customerId, id: holdId }, decided.value, { why: decided.value.decision_note, action: 'CONFIRM_HOLD' })
  return ok({ id: holdId })
}))

export const askLiftHoldRoute = handle(askLiftHold, (tx, { params: { holdId }, body }, { actor, businessDate: day }) => tx.asRole('office', async () => {
  const hold = await lockHold(tx, holdId)
  if (!hold) return refuse('not-found')
  if (hold.decision !== 'CONFIRMED' || hold.lifted) return refuse('not-in-force')
  if (hold.liftAskedBy !== null) return refuse('asked-already')
  if ([...body.reason].length < 2) return refuse('reason-missing', { field: 'reason' })
  await change(tx, 'legal_hold', { customer_id: hold.customerId, id: holdId }, { lift_reason: body.reason, lift_asked_by: actor.staffKey, lift_asked_on: day }, { why: body.reason, action: 'ASK_LIFT_HOLD' })
  return ok({ id: holdId })
}))

/** Lifted by another person than him who asked; returned, the hold goes on and may be asked about anew. */
export const decideLiftHoldRoute = handle(decideLiftHold, (tx, { params: { holdId }, body }, { actor, businessDate: day }) => tx.asRole('office', async () => {
  const hold = await lockHold(tx, holdId)
  if (!hold) return refuse('not-found')
  if (hold.liftAskedBy === null || hold.lifted) return refuse('not-asked')
  if (hold.liftAskedBy === actor.staffKey) return refuse('same-person')
  const note = body.note ?? ''
  if (body.decision === 'RETURNED') {
    if (note === '') return refuse('note-missing', { field: 'note' })
    await change(tx, 'legal_hold', { customer_id: hold.customerId, id: holdId }, { lift_reason: null, lift_asked_by: null, lift_asked_on: null }, { why: note, action: 'RETURN_LIFT_HOLD' })
  } else await end(tx, 'legal_hold', { customer_id: hold.customerId, id: holdId }, { lifted_by: actor.staffKey, lifted_on: day }, { why: note === '' ? null : note, action: 'LIFT_HOLD' })
  return ok({ id: holdId })
}))
