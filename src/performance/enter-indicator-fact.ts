import { unless } from '../foundation/access/permission.rules.ts'
import { sql, type Transaction } from '../foundation/database/transaction.ts'
import { cutPage, readCursor } from '../foundation/http/cursor.ts'
import { handle } from '../foundation/http/route.ts'
import { add, change } from '../foundation/store/store.ts'
import { monthStart } from '../foundation/values/business-date.ts'
import { exact } from '../foundation/values/decimal.ts'
import { ok, refuse, type Outcome } from '../foundation/values/outcome.ts'
import { oneInspectionAtATime, runOfObject } from './inspection/find-objects.ts'
import { confirmIndicatorFact, enterIndicatorFact, listIndicatorFacts, returnIndicatorFact } from './indicator-fact.contract.ts'

export const enterIndicatorFactRoute = handle(enterIndicatorFact, (tx, { body }, { actor, businessDate }) => tx.asRole('office', async () => {
  if (body.indicator === 'DEFINED') {
    const defined = await tx.maybe(sql`SELECT 1 FROM indicator WHERE code = ${body.code} AND terms->>'source' = 'FORM' AND from_date <= ${businessDate}::date AND (to_date IS NULL OR to_date > ${businessDate}::date)`)
    if (!defined) return refuse('no-such-indicator', { field: 'code', details: { code: body.code } })
  }
  const person = await tx.maybe(sql<{ staff_key: number }>`SELECT staff_key FROM organisation_staff_facts WHERE staff_no = ${body.staffNo}`)
  if (!person) return refuse('no-such-person', { field: 'staffNo', details: { staffNo: body.staffNo } })
  if (person.staff_key === actor.staffKey) return refuse('own-fact', { field: 'staffNo' })
  if (body.businessDate > businessDate) return refuse('in-the-future', { field: 'businessDate', details: { today: businessDate } })
  const isScore = body.indicator === 'MARKETING_SCORE' || body.indicator === 'RETAIL_SCORE'
  if (isScore && (exact(body.value).lt(0) || exact(body.value).gt(100))) return refuse('score-range', { field: 'value' })
  if ((body.indicator === 'NET_GROWTH_TARGET' || body.indicator === 'TEAM_TARGET') && exact(body.value).isZero()) return refuse('target-zero', { field: 'value' })
  const loanNo = 'loanNo' in body ? body.loanNo : undefined
  const numbered = loanNo === undefined ? undefined : await tx.asRole('batch', () => tx.maybe(sql<{ id: string }>`SELECT loan_id AS id FROM holdings_loan_facts WHERE core_key = ${loanNo}`))
  if (loanNo !== undefined && !numbered) return refuse('no-such-loan', { field: 'loanNo', details: { loanNo } })
  const loanId = numbered?.id ?? ('loanId' in body ? body.loanId : undefined)
  if ('grade' in body && body.grade === 'FALSE' && loanId === undefined) return refuse('loan-missing', { field: 'loanNo' })
  const corrects = 'corrects' in body ? body.corrects : undefined
  if (corrects !== undefined) {
    const former = await tx.maybe(sql<{ byRun: boolean }>`SELECT inspected_id IS NOT NULL AS "byRun" FROM indicator_fact WHERE id = ${corrects} AND staff_key = ${person.staff_key} AND indicator = ${body.indicator} AND confirmed_by IS NOT NULL`)
    if (!former) return refuse('cannot-correct', { field: 'corrects' })
    if (former.byRun) return refuse('corrects-a-run', { field: 'corrects' })
  } else if (body.indicator === 'INSPECTION_REPORT' || body.indicator === 'INSPECTION_CHECK') {
    await oneInspectionAtATime(tx)
    const number = await runOfObject(tx, { staffKey: person.staff_key, indicator: body.indicator, month: body.month, object: body.object, loanId: loanId ?? null })
    if (number !== null) return refuse('inspected-already', { field: 'object', details: { number } })
  }
  await add(tx, 'indicator_fact', {
    id: body.id, indicator: body.indicator === 'DEFINED' ? body.code : body.indicator, staff_key: person.staff_key, month: monthStart(body.month), business_date: body.businessDate, value: 'value' in body ? body.value : null, grade: 'grade' in body ? body.grade : null,
    object: 'object' in body ? body.object : null, loan_id: loanId ?? null, corrects: corrects ?? null, evidence: body.evidence, entered_by: actor.staffKey, entered_on: businessDate,
  }, { why: null, action: 'ENTER_FACT' })
  return ok({ id: body.id })
}))

type Pending = { entered_by: number; staff_key: number; decided: boolean; inspector: number | null }

// One decision, by another person than the one who entered it and the one it concerns; the table's CHECK holds the same.
async function decide(tx: Transaction, factId: string, decider: number, patch: Record<string, string | number>, action: string): Promise<Outcome<{ id: string }>> {
  const fact = await tx.maybe(sql<Pending>`SELECT entered_by, staff_key, confirmed_by IS NOT NULL OR returned_by IS NOT NULL AS decided,
    (SELECT r.inspector_key FROM inspection_finding i JOIN inspection_run r ON r.id = i.run_id WHERE i.object_id = f.inspected_id) AS inspector FROM indicator_fact f WHERE id = ${factId} FOR UPDATE`)
  if (!fact) return refuse('not-found')
  if (fact.decided) return refuse('decided-already')
  if (fact.entered_by === decider || fact.inspector === decider) return refuse('same-person')
  if (fact.staff_key === decider) return refuse('own-fact')
  await change(tx, 'indicator_fact', { id: factId }, patch, { why: null, action })
  return ok({ id: factId })
}

export const confirmIndicatorFactRoute = handle(confirmIndicatorFact, (tx, { params }, { actor, businessDate }) =>
  tx.asRole('office', () => decide(tx, params.factId, actor.staffKey, { confirmed_by: actor.staffKey, confirmed_on: businessDate }, 'CONFIRM_FACT')))

export const returnIndicatorFactRoute = handle(returnIndicatorFact, (tx, { params, body }, { actor, businessDate }) =>
  tx.asRole('office', () => decide(tx, params.factId, actor.staffKey, { returned_by: actor.staffKey, returned_on: businessDate, return_reason: body.reason }, 'RETURN_FACT')))

type Row = {
  id: string; indicator: string; indicator_name: { zh: string; en: string } | null; staff_key: number; staff_no: string; name: string; month: string; business_date: string; value: string | null; grade: string | null; object: string | null; evidence: string; entered_by: number
  entered_name: string; entered_on: string; state: 'ENTERED' | 'CONFIRMED' | 'RETURNED'; decided_name: string | null; decided_on: string | null; return_reason: string | null; corrects: string | null; inspector: number | null
}

export const listIndicatorFactsRoute = handle(listIndicatorFacts, (tx, { query }, { actor, may, services }) => tx.asRole('office', async () => {
  const list = `indicator-facts ${query.month ?? ''} ${query.state ?? ''}`
  const place = readCursor(services.keys.keyring, list, query.cursor)
  if (!place.ok) return place
  const where = sql.join([
    sql`true`,
    ...(query.month === undefined ? [] : [sql`f.month = ${monthStart(query.month)}::date`]),
    ...(query.state === undefined ? [] : [query.state === 'CONFIRMED' ? sql`f.confirmed_by IS NOT NULL` : query.state === 'RETURNED' ? sql`f.returned_by IS NOT NULL` : sql`f.confirmed_by IS NULL AND f.returned_by IS NULL`]),
    ...(place.value === null ? [] : [sql`(f.month, f.id) < (${String(place.value[0])}::date, ${String(place.value[1])}::uuid)`]),
  ], sql` AND `)
  const rows = await tx.all(sql<Row>`
    SELECT f.id, f.indicator, (SELECT jsonb_build_object('zh', i.name, 'en', i.name_en) FROM indicator i WHERE i.code = f.indicator ORDER BY i.version DESC LIMIT 1) AS indicator_name, f.staff_key, p.staff_no, p.staff_name AS name, f.month, f.business_date, f.value, f.grade, f.object, f.evidence, f.entered_by, e.staff_name AS entered_name, f.entered_on,
      CASE WHEN f.confirmed_by IS NOT NULL THEN 'CONFIRMED' WHEN f.returned_by IS NOT NULL THEN 'RETURNED' ELSE 'ENTERED' END AS state, d.staff_name AS decided_name, coalesce(f.confirmed_on, f.returned_on) AS decided_on,
      f.return_reason, f.corrects, (SELECT r.inspector_key FROM inspection_finding n JOIN inspection_run r ON r.id = n.run_id WHERE n.object_id = f.inspected_id) AS inspector
    FROM indicator_fact f JOIN organisation_staff_facts p ON p.staff_key = f.staff_key JOIN organisation_staff_facts e ON e.staff_key = f.entered_by
    LEFT JOIN organisation_staff_facts d ON d.staff_key = coalesce(f.confirmed_by, f.returned_by)
    WHERE ${where} ORDER BY f.month DESC, f.id DESC LIMIT ${query.limit + 1}`)
  const { shown, nextCursor } = cutPage(services.keys.keyring, list, rows, query.limit, (last) => [last.month, last.id])
  const mayConfirm = (row: Row) =>
    unless(may('indicator-fact.confirm'), row.state !== 'ENTERED' ? 'decided-already' : row.entered_by === actor.staffKey || row.inspector === actor.staffKey ? 'same-person' : row.staff_key === actor.staffKey ? 'own-fact' : null)
  return ok({
    items: shown.map((row) => ({
      id: row.id, indicator: row.indicator, indicatorName: row.indicator_name, staffKey: row.staff_key, staffNo: row.staff_no, name: row.name, month: row.month.slice(0, 7), businessDate: row.business_date, value: row.value, grade: row.grade, object: row.object,
      evidence: row.evidence, enteredBy: row.entered_name, enteredOn: row.entered_on, state: row.state, decidedBy: row.decided_name, decidedOn: row.decided_on, returnReason: row.return_reason, corrects: row.corrects,
      may: { confirm: mayConfirm(row) },
    })),
    nextCursor, count: null,
  })
}))
