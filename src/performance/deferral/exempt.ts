import { sql } from '../../foundation/database/transaction.ts'
import { handle } from '../../foundation/http/route.ts'
import { exact } from '../../foundation/values/decimal.ts'
import { sumFen } from '../../foundation/values/fen.ts'
import { ok, refuse } from '../../foundation/values/outcome.ts'
import { reverseDeductions } from '../claw-back.rules.ts'
import { listDeductions, proposeExemption } from './deferral.contract.ts'
import { enterCase, oneAfterAnother, type NewItem } from './keep-cases.ts'
import { payPlaceOf } from './pay-place.ts'
import { readDeductions } from './read-deductions.ts'
import { basicRelief, diligenceOf, diligenceWords } from './relief.rules.ts'

export const listDeductionsRoute = handle(listDeductions, (tx, { query }, { businessDate }) => tx.asRole('office', async () => {
  const { currency } = await tx.one(sql<{ currency: string }>`SELECT currency FROM bank`)
  const person = await tx.maybe(sql<{ key: number; name: string }>`SELECT staff_key AS key, staff_name AS name FROM organisation_staff_facts WHERE staff_no = ${query.staffNo}`)
  if (!person) return ok({ name: null, deductions: [], currency })
  const found = await readDeductions(tx, person.key, businessDate)
  return ok({ name: person.name, currency, deductions: found.map((one) => ({ loanId: one.loanId, month: one.month, lineCode: one.lineCode, lineName: one.name?.zh ?? null, lineNameEn: one.name?.en ?? null, fen: one.fen.toString(), points: one.inPoints ? one.points : null, kind: one.kind, object: one.object, exempted: one.exempted !== null })) })
}))

export const proposeExemptionRoute = handle(proposeExemption, (tx, { body }, context) => tx.asRole('office', async () => {
  await oneAfterAnother(tx)
  const person = await tx.maybe(sql<{ key: number }>`SELECT staff_key AS key FROM organisation_staff_facts WHERE staff_no = ${body.staffNo}`)
  if (!person) return refuse('no-such-person', { field: 'staffNo', details: { staffNo: body.staffNo } })
  if (person.key === context.actor.staffKey) return refuse('own-case', { field: 'staffNo' })
  const { score } = body
  if (score) {
    const beyond = (['total', 'worst'] as const).find((name) => exact(score[name]).lt(0) || exact(score[name]).gt(100))
    if (beyond) return refuse('mark-range', { field: `score.${beyond}` })
    const says = diligenceOf(score.total, score.worst)
    if (says !== body.conclusion) return refuse('score-says-otherwise', { field: 'conclusion', details: { conclusion: diligenceWords[says][0], conclusionEn: diligenceWords[says][1] } })
  }
  const ofLoan = (await readDeductions(tx, person.key, context.businessDate)).filter(({ loanId }) => loanId === body.loanId)
  if (!ofLoan.some(({ kind }) => kind === 'CONSEQUENCE_OF_LOSS')) return refuse('nothing-to-reverse', { field: 'loanId' })
  // a deduction is decided once: a later decision, higher or lower, is about what was deducted since
  const found = ofLoan.filter(({ exempted }) => exempted === null)
  const reversible = found.filter(({ kind }) => kind === 'CONSEQUENCE_OF_LOSS')
  const [first] = reversible
  if (!first) return refuse('exempted-already', { details: { number: ofLoan.find(({ exempted }) => exempted !== null)?.exempted ?? '' } })
  // moral risk excludes any exemption: a grossly untrue or false report about the loan, a RED event of the person in the months of the deductions
  const moral = await tx.maybe(sql`
    SELECT 1 FROM indicator_fact WHERE staff_key = ${person.key} AND confirmed_by IS NOT NULL AND ((indicator = 'INSPECTION_REPORT' AND loan_id = ${body.loanId} AND grade IN ('FALSE', 'UNTRUE_MAJOR')) OR (indicator = 'CONDUCT_EVENT' AND grade = 'RED'
      AND EXISTS (SELECT FROM unnest(${reversible.map(({ fromMonth }) => fromMonth)}::date[], ${reversible.map(({ ofMonth }) => ofMonth)}::date[]) AS d(first, last) WHERE month >= d.first AND month <= d.last))) LIMIT 1`)
  if (moral) return refuse('moral-risk')
  // what another loan of the same period took together with this one depends on the other decision
  const waits = await tx.maybe(sql<{ number: string }>`
    SELECT c.number FROM pay_case c JOIN pay_case_item i ON i.case_id = c.id AND i.kind = 'REVERSAL' WHERE c.kind = 'EXEMPTION' AND c.staff_keys @> ARRAY[${person.key}::int] AND NOT EXISTS (SELECT FROM pay_case_end e WHERE e.case_id = c.id)
      AND (c.scheme_code, i.of_month) IN (SELECT * FROM unnest(${reversible.map(({ scheme }) => scheme)}::text[], ${reversible.map(({ ofMonth }) => ofMonth)}::date[])) LIMIT 1`)
  if (waits) return refuse('exemption-waits', { details: { number: waits.number } })
  if (!(await payPlaceOf(tx, first.scheme, [person.key], context.businessDate))) return refuse('no-scheme-to-pay', { details: { scheme: first.scheme } })
  const relief = body.conclusion === 'DILIGENT' ? '1.00' : basicRelief
  const { reversals } = reverseDeductions(found, { cause: body.loanId, decidedOn: context.businessDate, conclusion: body.conclusion, relief })
  // the deferred part comes back with its tranche, as far as that is not due yet
  const dueLater = await tx.all(sql<{ scheme: string; ofMonth: string; lineCode: string }>`SELECT scheme_code AS scheme, month AS "ofMonth", line_code AS "lineCode" FROM deferred_tranche WHERE staff_key = ${person.key} AND due_on > ${context.businessDate}::date`)
  const items = found.map((one): NewItem => {
    const back = reversals.find(({ of }) => of === one.id)
    const tranches = dueLater.filter(({ scheme, ofMonth }) => scheme === one.scheme && ofMonth === one.ofMonth)
    const deferred = one.deferred.flatMap(({ code, fen, basicFen }) => (tranches.some(({ lineCode }) => lineCode === code) ? [{ code, fen: relief === basicRelief ? basicFen : fen }] : [])).filter(({ fen }) => fen > 0n)
    const later = sumFen(deferred.map(({ fen }) => fen))
    const shared = { staffKey: person.key, ofMonth: one.ofMonth, lineCode: one.lineCode, factId: one.factId, scopePath: one.scopePath, detail: { scheme: one.scheme, deductedFen: one.fen.toString(), ...(one.inPoints ? { deductedPoints: one.points } : {}), relief, ...(one.name === null ? {} : { lineName: one.name.zh, lineNameEn: one.name.en }), ...(one.object === null ? {} : { object: one.object }) } }
    return back ? { ...shared, kind: 'REVERSAL', fen: back.fen - later, detail: { ...shared.detail, ...(later === 0n ? {} : { deferredFen: later.toString(), deferred: JSON.stringify(deferred.map(({ code, fen }) => ({ code, fen: fen.toString() }))) }) }, ...(one.inPoints ? { points: back.points } : {}) } : { ...shared, kind: 'KEPT', fen: 0n, why: 'own-fault' }
  })
  return enterCase(tx, context, { id: body.id, kind: 'EXEMPTION', scheme: first.scheme, staff: [person.key], ratio: relief, conclusion: body.conclusion, ...(score ? { score } : {}), causeId: body.loanId, evidence: body.evidence, reason: body.reason, items })
}))
