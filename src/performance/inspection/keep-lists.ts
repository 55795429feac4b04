import { unless } from '../../foundation/access/permission.rules.ts'
import { sql } from '../../foundation/database/transaction.ts'
import { handle } from '../../foundation/http/route.ts'
import { add, change } from '../../foundation/store/store.ts'
import { monthOf, monthStart } from '../../foundation/values/business-date.ts'
import { ok, refuse } from '../../foundation/values/outcome.ts'
import { oneInspectionAtATime } from './find-objects.ts'
import { decideCheckList, enterCheckList, listCheckLists } from './run.contract.ts'

type Row = { id: string; month: string; staffKey: number; name: string; staffNo: string; objects: { number: string; loanNo: string | null }[]; evidence: string; enteredKey: number; enteredBy: string; enteredOn: string; result: 'CONFIRMED' | 'RETURNED' | null; decidedBy: string | null; decidedOn: string | null; reason: string | null }

export const listCheckListsRoute = handle(listCheckLists, (tx, { query }, { actor, may }) => tx.asRole('office', async () => {
  const rows = await tx.all(sql<Row>`
    SELECT c.id, c.month, c.staff_key AS "staffKey", s.staff_name AS name, s.staff_no AS "staffNo", c.objects, c.evidence, c.entered_by AS "enteredKey", e.staff_name AS "enteredBy", c.entered_on AS "enteredOn", c.result, d.staff_name AS "decidedBy", c.decided_on AS "decidedOn", c.reason
    FROM inspection_list c JOIN organisation_staff_facts s ON s.staff_key = c.staff_key JOIN organisation_staff_facts e ON e.staff_key = c.entered_by LEFT JOIN organisation_staff_facts d ON d.staff_key = c.decided_by
    WHERE ${query.month === undefined ? sql`true` : sql`c.month = ${monthStart(query.month)}::date`} ORDER BY c.month DESC, c.entered_on DESC, c.id DESC LIMIT 200`)
  return ok({
    lists: rows.map((row) => ({
      id: row.id, month: monthOf(row.month), name: row.name, staffNo: row.staffNo, objects: row.objects.map(({ number, loanNo }) => ({ number, loanNo })), evidence: row.evidence, enteredBy: row.enteredBy, enteredOn: row.enteredOn, state: row.result ?? 'ENTERED' as const, decidedBy: row.decidedBy, decidedOn: row.decidedOn, reason: row.reason,
      may: { decide: unless(may('inspection.keep-lists'), row.result !== null ? 'decided-already' : row.enteredKey === actor.staffKey ? 'same-person' : row.staffKey === actor.staffKey ? 'own-list' : null) },
    })),
  })
}))

export const enterCheckListRoute = handle(enterCheckList, (tx, { body }, { actor, businessDate: day }) => tx.asRole('office', async () => {
  await oneInspectionAtATime(tx)
  const person = await tx.maybe(sql<{ key: number }>`SELECT staff_key AS key FROM organisation_staff_facts WHERE staff_no = ${body.staffNo}`)
  if (!person) return refuse('no-such-person', { field: 'staffNo', details: { staffNo: body.staffNo } })
  if (person.key === actor.staffKey) return refuse('own-list', { field: 'staffNo' })
  if (monthStart(body.month) > day) return refuse('in-the-future', { field: 'month' })
  const numbers = body.objects.map(({ number }) => number)
  const twice = numbers.find((number, place) => numbers.indexOf(number) !== place) ?? (await tx.maybe(sql<{ number: string }>`
    SELECT o ->> 'number' AS number FROM inspection_list c CROSS JOIN LATERAL jsonb_array_elements(c.objects) o WHERE c.staff_key = ${person.key} AND c.result IS DISTINCT FROM 'RETURNED' AND o ->> 'number' = ANY(${numbers}::text[]) LIMIT 1`))?.number
  if (twice !== undefined) return refuse('number-twice', { field: 'objects', details: { number: twice } })
  const asked = body.objects.flatMap(({ loanNo }) => (loanNo === null ? [] : [loanNo]))
  const loans = new Map((await tx.asRole('batch', () => tx.all(sql<{ no: string; id: string }>`SELECT core_key AS no, loan_id AS id FROM holdings_loan_facts WHERE core_key = ANY(${asked}::text[])`))).map(({ no, id }) => [no, id]))
  const missing = asked.find((no) => !loans.has(no))
  if (missing !== undefined) return refuse('no-such-loan', { field: 'objects', details: { loanNo: missing } })
  await add(tx, 'inspection_list', {
    id: body.id, month: monthStart(body.month), staff_key: person.key, objects: body.objects.map(({ number, loanNo }) => ({ number, loanNo, loanId: loanNo === null ? null : loans.get(loanNo) ?? null })), evidence: body.evidence, entered_by: actor.staffKey, entered_on: day,
  }, { why: null, action: 'ENTER_CHECK_LIST' })
  return ok({ id: body.id })
}))

export const decideCheckListRoute = handle(decideCheckList, (tx, { params, body }, { actor, businessDate: day }) => tx.asRole('office', async () => {
  const list = await tx.maybe(sql<{ entered_by: number; staff_key: number; decided: boolean }>`SELECT entered_by, staff_key, decided_by IS NOT NULL AS decided FROM inspection_list WHERE id = ${params.listId} FOR UPDATE`)
  if (!list) return refuse('not-found')
  if (list.decided) return refuse('decided-already')
  if (list.entered_by === actor.staffKey) return refuse('same-person')
  if (list.staff_key === actor.staffKey) return refuse('own-list')
  if (body.decision === 'RETURNED' && body.reason === '') return refuse('reason-missing', { field: 'reason' })
  await change(tx, 'inspection_list', { id: params.listId }, { decided_by: actor.staffKey, decided_on: day, result: body.decision, reason: body.decision === 'RETURNED' ? body.reason : null }, { why: body.reason === '' ? null : body.reason, action: body.decision === 'CONFIRMED' ? 'CONFIRM_CHECK_LIST' : 'RETURN_CHECK_LIST' })
  return ok({ id: params.listId })
}))
