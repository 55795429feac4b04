import { sql } from '../../foundation/database/transaction.ts'
import { handle } from '../../foundation/http/route.ts'
import { ok, refuse } from '../../foundation/values/outcome.ts'
import { reverseDeductions } from '../claw-back.rules.ts'
import { listDeductions, proposeExemption } from './deferral.contract.ts'
import { enterCase, oneAfterAnother, type NewItem } from './keep-cases.ts'
import { payPlaceOf } from './pay-place.ts'
import { readDeductions } from './read-deductions.ts'

/** Part of a deduction that a basically diligent person gets back (domain specification 5.15). */
export const basicRelief = '0.50'

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
  const found = (await readDeductions(tx, person.key, context.businessDate)).filter(({ loanId }) => loanId === body.loanId)
  const reversible = found.filter(({ kind }) => kind === 'CONSEQUENCE_OF_LOSS')
  const [first] = reversible
  if (!first) return refuse('nothing-to-reverse', { field: 'loanId' })
  // moral risk excludes any exemption: a grossly untrue or false report about the loan, a RED event of the person in the months of the deductions
  const moral = await tx.maybe(sql`
    SELECT 1 FROM indicator_fact WHERE staff_key = ${person.key} AND confirmed_by IS NOT NULL AND ((indicator = 'INSPECTION_REPORT' AND loan_id = ${body.loanId} AND grade IN ('FALSE', 'UNTRUE_MAJOR')) OR (indicator = 'CONDUCT_EVENT' AND grade = 'RED'
      AND EXISTS (SELECT FROM unnest(${reversible.map(({ fromMonth }) => fromMonth)}::date[], ${reversible.map(({ ofMonth }) => ofMonth)}::date[]) AS d(first, last) WHERE month >= d.first AND month <= d.last))) LIMIT 1`)
  if (moral) return refuse('moral-risk')
  const before = reversible.find(({ exempted }) => exempted !== null)?.exempted
  if (before != null) return refuse('exempted-already', { details: { number: before } })
  if (!(await payPlaceOf(tx, first.scheme, [person.key], context.businessDate))) return refuse('no-scheme-to-pay', { details: { scheme: first.scheme } })
  const relief = body.conclusion === 'DILIGENT' ? '1.00' : basicRelief
  const { reversals } = reverseDeductions(found, { cause: body.loanId, decidedOn: context.businessDate, conclusion: body.conclusion, relief })
  const items = found.map((one): NewItem => {
    const back = reversals.find(({ of }) => of === one.id)
    const shared = { staffKey: person.key, ofMonth: one.ofMonth, lineCode: one.lineCode, factId: one.factId, scopePath: one.scopePath, detail: { deductedFen: one.fen.toString(), ...(one.inPoints ? { deductedPoints: one.points } : {}), relief, ...(one.name === null ? {} : { lineName: one.name.zh, lineNameEn: one.name.en }), ...(one.object === null ? {} : { object: one.object }) } }
    return back ? { ...shared, kind: 'REVERSAL', fen: back.fen, ...(one.inPoints ? { points: back.points } : {}) } : { ...shared, kind: 'KEPT', fen: 0n, why: 'own-fault' }
  })
  return enterCase(tx, context, { id: body.id, kind: 'EXEMPTION', scheme: first.scheme, staff: [person.key], ratio: relief, conclusion: body.conclusion, causeId: body.loanId, evidence: body.evidence, reason: body.reason, items })
}))
