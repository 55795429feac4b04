import { bankCalendar, inKnownDays } from '../../foundation/calendar/read-calendar.ts'
import { sql, type Transaction } from '../../foundation/database/transaction.ts'
import { handle, type Context } from '../../foundation/http/route.ts'
import { add } from '../../foundation/store/store.ts'
import { takeNumbers } from '../../foundation/store/take-numbers.ts'
import { monthOf, monthStart } from '../../foundation/values/business-date.ts'
import { exact } from '../../foundation/values/decimal.ts'
import { sumFen, yuanText } from '../../foundation/values/fen.ts'
import { ok, refuse, type Outcome } from '../../foundation/values/outcome.ts'
import { newId } from '../../foundation/values/uuid7.ts'
import { addWorkingDays } from '../../foundation/values/working-calendar.ts'
import { clawBack, mayClaimBecome, type Tranche } from '../claw-back.rules.ts'
import { trancheName } from '../pay-words.rules.ts'
import { claimState, heldOf, leftOf, trancheState } from './deferral.rules.ts'
import { answerPayCase, decidePayCase, proposeClaimPart, proposeClawBack, proposeTranches, type CaseKind } from './deferral.contract.ts'
import { markStale, payPlaceOf } from './pay-place.ts'
import { readClaim, readTranches, type TrancheRow } from './read-deferrals.ts'

/** Working days within which the person is heard before a claim is decided. */
export const hearDays = 5

export type NewItem = { staffKey: number; kind: 'TRANCHE' | 'CLAIM' | 'REVERSAL' | 'KEPT' | 'PART'; trancheId?: string; ofMonth: string; lineCode: string; factId?: string; fen: bigint; points?: string; detail: Record<string, string | null>; why?: string; scopePath: string }
export type NewCase = {
  id: string; kind: CaseKind; scheme: string; month?: string; staff: readonly number[]; basis?: string; ratio?: string; conclusion?: string; score?: { total: string; worst: string }; causeId?: string; aboutId?: string; monthlyFen?: string | null; evidence: string; reason: string; hearUntil?: string; items: readonly NewItem[]
}

/** Two cases about the same pay wait for each other: what one takes the other must see. */
export const oneAfterAnother = (tx: Transaction): Promise<unknown> => tx.run(sql`SELECT pg_advisory_xact_lock(hashtextextended('pay cases', 17))`)

/** Adds a case with its items (role office). Who decides it is told then: compliance, none of the people concerned. */
export async function enterCase(tx: Transaction, { actor, businessDate: day }: Pick<Context, 'actor' | 'businessDate'>, given: NewCase): Promise<Outcome<{ id: string; number: string }>> {
  const deciders = await tx.all(sql<{ key: number }>`SELECT DISTINCT staff_key AS key FROM organisation_post_facts WHERE post_code = 'COMPLIANCE' AND from_date <= ${day}::date AND (to_date IS NULL OR to_date > ${day}::date) AND staff_key <> ALL(${[...given.staff, actor.staffKey]}::int[]) ORDER BY 1 LIMIT 20`)
  const year = day.slice(0, 4)
  const number = `XC${year}-${String(await tx.asRole('batch', () => takeNumbers(tx, `pay-case-${year}`))).padStart(4, '0')}`
  await add(tx, 'pay_case', {
    id: given.id, number, kind: given.kind, scheme_code: given.scheme, month: given.month ?? null, staff_keys: [...given.staff], heard_key: given.kind === 'CLAW_BACK' ? given.staff[0] ?? null : null, basis: given.basis ?? null, ratio: given.ratio ?? null, conclusion: given.conclusion ?? null, score_total: given.score?.total ?? null, score_worst: given.score?.worst ?? null, cause_id: given.causeId ?? null, about_id: given.aboutId ?? null,
    monthly_fen: given.monthlyFen ?? null, evidence: given.evidence, reason: given.reason, hear_until: given.hearUntil ?? null, deciders: deciders.map(({ key }) => key), entered_by: actor.staffKey, entered_on: day,
  }, { why: given.reason, action: 'ENTER_PAY_CASE' })
  for (const item of given.items) {
    await add(tx, 'pay_case_item', {
      id: newId(), case_id: given.id, staff_key: item.staffKey, kind: item.kind, tranche_id: item.trancheId ?? null, of_month: item.ofMonth, line_code: item.lineCode, fact_id: item.factId ?? null, fen: item.fen.toString(), points: item.points ?? null, detail: item.detail, why: item.why ?? null, scope_path: item.scopePath,
    }, { why: number, action: 'ENTER_PAY_CASE' })
  }
  return ok({ id: given.id, number })
}

const trancheItem = (tranche: TrancheRow, fen: bigint): NewItem => ({
  staffKey: tranche.staffKey, kind: 'TRANCHE', trancheId: tranche.id, ofMonth: tranche.month, lineCode: tranche.lineCode, fen, detail: { dueOn: tranche.dueOn, part: String(tranche.part), parts: String(tranche.parts) }, scopePath: tranche.scopePath,
})

export const proposeTranchesRoute = handle(proposeTranches, (tx, { body }, context) => tx.asRole('office', async () => {
  await oneAfterAnother(tx)
  const wanted = [...new Set(body.trancheIds)]
  const tranches = await readTranches(tx, sql`t.tranche_id = ANY(${wanted}::uuid[])`)
  const [first] = tranches
  if (!first || tranches.length !== wanted.length || tranches.some(({ scheme }) => scheme !== first.scheme)) return refuse('no-such-tranche', { field: 'trancheIds' })
  if (tranches.some(({ staffKey }) => staffKey === context.actor.staffKey)) return refuse('own-case')
  for (const one of tranches) {
    const told = { name: one.name, line: `${monthOf(one.month)} ${trancheName(one.lineCode).zh}` }
    if (heldOf(one) <= 0n) return refuse('nothing-held', { details: told })
    if (one.openCase !== null) return refuse('in-a-case', { details: { ...told, number: one.openCase.number } })
    if (body.kind === 'RELEASE' && one.claim !== null) return refuse('claim-open', { details: { ...told, number: one.claim } })
    if (body.kind === 'RELEASE' && one.dueOn !== null && one.dueOn > context.businessDate) return refuse('not-due', { details: { ...told, day: one.dueOn } })
  }
  const staff = [...new Set(tranches.map(({ staffKey }) => staffKey))]
  if (body.kind === 'RELEASE' && !(await payPlaceOf(tx, first.scheme, staff, earliestOf(tranches)))) return refuse('no-scheme-to-pay', { details: { scheme: first.scheme } })
  return enterCase(tx, context, { id: body.id, kind: body.kind, scheme: first.scheme, staff, evidence: body.evidence, reason: body.reason, items: tranches.map((one) => trancheItem(one, heldOf(one))) })
}))

const earliestOf = (tranches: readonly { dueOn: string | null }[]): string => tranches.reduce((latest, { dueOn }) => (dueOn !== null && dueOn > latest ? dueOn : latest), '1990-01-01')

type Paid = { payable: string; scopePath: string; paidNow: string | null }
/** The ratio of the decision applies to the held and to the paid amount of the period, each on its own; held tranches are reduced first (clawBack). */
export const proposeClawBackRoute = handle(proposeClawBack, (tx, { body }, context) => inKnownDays(() => tx.asRole('office', async () => {
  await oneAfterAnother(tx)
  const person = await tx.maybe(sql<{ key: number }>`SELECT staff_key AS key FROM organisation_staff_facts WHERE staff_no = ${body.staffNo}`)
  if (!person) return refuse('no-such-person', { field: 'staffNo', details: { staffNo: body.staffNo } })
  if (person.key === context.actor.staffKey) return refuse('own-case', { field: 'staffNo' })
  if (exact(body.ratio).lte(0) || exact(body.ratio).gt(1)) return refuse('ratio-range', { field: 'ratio' })
  if (body.monthlyFen !== null && BigInt(body.monthlyFen) <= 0n) return refuse('amount-not-positive', { field: 'monthlyFen' })
  const month = monthStart(body.month)
  const paid = await tx.maybe(sql<Paid>`
    SELECT s.payable_fen::text AS payable, s.scope_path AS "scopePath", (SELECT step ->> 'value' FROM jsonb_array_elements(s.steps) step JOIN jsonb_array_elements(CASE WHEN jsonb_typeof(k.terms -> 'blocks') = 'array' THEN k.terms -> 'blocks' ELSE '[]'::jsonb END) b
        ON b ->> 'kind' = 'DEFER' AND step ->> 'code' = b ->> 'paidNow' LIMIT 1) AS "paidNow"
    FROM closed_month c JOIN pay_statement s ON s.run_id = c.run_id JOIN settlement_run r ON r.id = c.run_id JOIN scheme k ON k.code = r.scheme_code AND k.version = r.scheme_version WHERE c.scheme_code = ${body.scheme} AND c.month = ${month}::date AND s.staff_key = ${person.key}`)
  if (!paid) return refuse('no-closed-pay', { field: 'month', details: { scheme: body.scheme, month: body.month } })
  const claimed = await tx.maybe(sql<{ number: string }>`
    SELECT c.number FROM pay_case c LEFT JOIN pay_case_end e ON e.case_id = c.id WHERE c.kind = 'CLAW_BACK' AND c.staff_keys @> ARRAY[${person.key}::int] AND c.scheme_code = ${body.scheme} AND c.month = ${month}::date AND e.result IS DISTINCT FROM 'RETURNED' LIMIT 1`)
  if (claimed) return refuse('claimed-already', { details: { number: claimed.number } })
  const tranches = await readTranches(tx, sql`t.staff_key = ${person.key} AND t.scheme_code = ${body.scheme} AND t.month = ${month}::date`)
  const busy = tranches.find(({ openCase }) => openCase !== null)?.openCase
  if (busy) return refuse('in-a-case', { details: { number: busy.number } })
  const known = tranches.filter((one) => trancheState(one) !== 'FORFEITED')
  const found = clawBack(BigInt(paid.paidNow ?? paid.payable), known.map((one): Tranche => ({ due: one.dueOn ?? '9999-12-31', fen: one.releasedFen > 0n ? one.releasedFen : heldOf(one), state: one.releasedFen > 0n ? 'RELEASED' : 'HELD' })), body.ratio)
  if (found.forfeitedFen + found.claimFen <= 0n) return refuse('nothing-to-claim')
  const items = found.tranches.flatMap(({ forfeitedFen }, place): NewItem[] => {
    const tranche = known[place]
    return tranche && forfeitedFen > 0n ? [trancheItem(tranche, forfeitedFen)] : []
  })
  return enterCase(tx, context, {
    id: body.id, kind: 'CLAW_BACK', scheme: body.scheme, month, staff: [person.key], basis: body.basis, ratio: body.ratio, monthlyFen: body.monthlyFen, evidence: body.evidence, reason: body.reason, hearUntil: addWorkingDays(await bankCalendar(tx), context.businessDate, hearDays),
    items: [...items, { staffKey: person.key, kind: 'CLAIM', ofMonth: month, lineCode: 'PAYABLE', fen: found.claimFen, detail: { paidFen: found.paidFen.toString(), heldFen: sumFen(known.filter(({ releasedFen }) => releasedFen === 0n).map(heldOf)).toString(), forfeitedFen: found.forfeitedFen.toString(), ratio: body.ratio }, scopePath: paid.scopePath }],
  })
})))

export const proposeClaimPartRoute = handle(proposeClaimPart, (tx, { params, body }, context) => tx.asRole('office', async () => {
  await oneAfterAnother(tx)
  const claim = await readClaim(tx, params.caseId)
  if (!claim) return refuse('not-found')
  if (claim.staffKey === context.actor.staffKey) return refuse('own-case')
  if (claimState(claim) !== 'AGREED') return refuse('not-agreed')
  const fen = BigInt(body.fen)
  if (fen <= 0n) return refuse('amount-not-positive', { field: 'fen' })
  if (fen > leftOf(claim)) return refuse('more-than-left', { field: 'fen', details: { left: yuanText(leftOf(claim)) } })
  const open = await tx.maybe(sql<{ number: string }>`SELECT c.number FROM pay_case c WHERE c.about_id = ${params.caseId} AND NOT EXISTS (SELECT FROM pay_case_end e WHERE e.case_id = c.id) LIMIT 1`)
  if (open) return refuse('part-open', { details: { number: open.number } })
  return enterCase(tx, context, { id: body.id, kind: body.kind, scheme: claim.scheme, staff: [claim.staffKey], aboutId: params.caseId, evidence: body.evidence, reason: body.reason, items: [{ staffKey: claim.staffKey, kind: 'PART', ofMonth: claim.ofMonth, lineCode: 'PAYABLE', fen, detail: {}, scopePath: claim.scopePath }] })
}))

export const answerPayCaseRoute = handle(answerPayCase, (tx, { params, body }, { actor, businessDate }) => tx.asRole('self', async () => {
  const found = await tx.maybe(sql<{ answered: boolean; ended: boolean }>`
    SELECT EXISTS (SELECT FROM pay_case_answer a WHERE a.case_id = c.id) AS answered, EXISTS (SELECT FROM pay_case_end e WHERE e.case_id = c.id) AS ended FROM pay_case c WHERE c.id = ${params.caseId} AND c.kind = 'CLAW_BACK'`)
  if (!found) return refuse('not-found')
  if (found.ended) return refuse('decided-already')
  if (found.answered) return refuse('answered-already')
  await add(tx, 'pay_case_answer', { case_id: params.caseId, staff_key: actor.staffKey, agrees: body.agrees, text: body.text, answered_on: businessDate }, { why: null, action: 'ANSWER_PAY_CASE' })
  return ok({ id: params.caseId })
}))

/** The deferred part of what an exemption gives back is held with the tranche that it belongs to: same part, same day, a row of its own, since nothing of a closed month changes. */
async function keepGivenBackLater(tx: Transaction, caseId: string): Promise<void> {
  const rows = await tx.all(sql<{ staffKey: number; scheme: string; ofMonth: string; code: string; fen: string; number: string; runId: string; part: number; parts: number; dueOn: string; scopePath: string }>`
    SELECT t.staff_key AS "staffKey", t.scheme_code AS scheme, t.month AS "ofMonth", t.line_code AS code, sum((d ->> 'fen')::bigint)::text AS fen, c.number, t.run_id AS "runId", t.part, t.parts, t.due_on AS "dueOn", t.scope_path AS "scopePath"
    FROM pay_case c JOIN pay_case_item i ON i.case_id = c.id AND i.kind = 'REVERSAL' AND i.detail ->> 'deferred' IS NOT NULL CROSS JOIN LATERAL jsonb_array_elements((i.detail ->> 'deferred')::jsonb) d
    JOIN deferred_tranche t ON t.staff_key = i.staff_key AND t.scheme_code = i.detail ->> 'scheme' AND t.month = i.of_month AND t.line_code = d ->> 'code'
    WHERE c.id = ${caseId} GROUP BY t.id, c.number ORDER BY t.month, t.part`)
  for (const { staffKey, scheme, ofMonth, code, fen, number, runId, part, parts, dueOn, scopePath } of rows) {
    await add(tx, 'deferred_tranche', { id: newId(), staff_key: staffKey, scheme_code: scheme, month: ofMonth, run_id: runId, kind: 'DEFERRED', line_code: `${number}/${code}`, part, parts, fen, due_on: dueOn, scope_path: scopePath }, { why: number, action: 'CONFIRM_PAY_CASE' })
  }
}

type ToDecide = { kind: CaseKind; number: string; scheme: string; staff: number[]; deciders: number[]; enteredBy: number; hearUntil: string | null; answer: boolean | null; ended: boolean; latestDue: string | null }
export const decidePayCaseRoute = handle(decidePayCase, (tx, { params, body }, { actor, businessDate: day }) => tx.asRole('office', async () => {
  await oneAfterAnother(tx)
  const found = await tx.maybe(sql<ToDecide>`
    SELECT c.kind, c.number, c.scheme_code AS scheme, c.staff_keys AS staff, c.deciders, c.entered_by AS "enteredBy", c.hear_until AS "hearUntil", a.agrees AS answer, EXISTS (SELECT FROM pay_case_end e WHERE e.case_id = c.id) AS ended, (SELECT max(i.detail ->> 'dueOn') FROM pay_case_item i WHERE i.case_id = c.id) AS "latestDue"
    FROM pay_case c LEFT JOIN pay_case_answer a ON a.case_id = c.id WHERE c.id = ${params.caseId}`)
  if (!found) return refuse('not-found')
  if (found.staff.includes(actor.staffKey)) return refuse('own-case')
  if (found.enteredBy === actor.staffKey) return refuse('same-person')
  if (found.ended) return refuse('decided-already')
  if (found.kind === 'CLAW_BACK' && !mayClaimBecome(found.answer === false ? 'DISPUTED' : 'OPEN', body.confirm ? 'AGREED' : 'WAIVED')) return refuse('decided-already')
  if (body.confirm && found.hearUntil !== null && found.answer === null && day <= found.hearUntil) return refuse('not-heard-yet', { details: { until: found.hearUntil } })
  const place = body.confirm ? await payPlaceOf(tx, found.scheme, found.staff, found.kind === 'EXEMPTION' ? day : found.kind === 'RELEASE' ? found.latestDue ?? '1990-01-01' : '1990-01-01') : null
  const pays = found.kind === 'RELEASE' || found.kind === 'EXEMPTION'
  if (body.confirm && pays && !place) return refuse('no-scheme-to-pay', { details: { scheme: found.scheme } })
  // a claim of somebody whom no scheme pays any more still stands: from the month of the decision on
  const at = !body.confirm ? null : place ?? { scheme: found.scheme, month: monthStart(day) }
  await add(tx, 'pay_case_end', {
    case_id: params.caseId, entered_by: found.enteredBy, staff_keys: found.staff, deciders: found.deciders, result: body.confirm ? 'CONFIRMED' : 'RETURNED', reason: body.reason, decided_by: actor.staffKey, decided_on: day, pay_scheme: at?.scheme ?? null, pay_month: at?.month ?? null,
  }, { why: body.reason, action: body.confirm ? 'CONFIRM_PAY_CASE' : 'RETURN_PAY_CASE' })
  if (at && found.kind === 'EXEMPTION') await keepGivenBackLater(tx, params.caseId)
  if (at && found.kind !== 'FORFEIT') await markStale(tx, { scheme: pays ? at.scheme : null, from: at.month, why: found.number })
  return ok({ id: params.caseId })
}))
