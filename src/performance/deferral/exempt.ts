import { sql, type Transaction } from '../../foundation/database/transaction.ts'
import { handle } from '../../foundation/http/route.ts'
import { monthOf } from '../../foundation/values/business-date.ts'
import { decimalText, exact } from '../../foundation/values/decimal.ts'
import { ok, refuse } from '../../foundation/values/outcome.ts'
import { reverseDeductions, type Deduction } from '../claw-back.rules.ts'
import { payOfMonth, type PointsMonth } from '../points.rules.ts'
import { pointsTerms } from '../scheme.contract.ts'
import { readMonth, type SentMonth } from '../work-out-statements.ts'
import { listDeductions, proposeExemption } from './deferral.contract.ts'
import { enterCase, oneAfterAnother, type NewItem } from './keep-cases.ts'
import { payPlaceOf } from './pay-place.ts'

/** Part of a deduction that a basically diligent person gets back (domain specification 5.15). */
export const basicRelief = '0.50'

type Row = {
  scheme: string; month: string; lineCode: string; factId: string; loanId: string | null; object: string | null; fen: string; points: string | null; refunded: string; loanPoints: string | null; input: SentMonth; terms: unknown; scopePath: string; exempted: string | null
}
type Found = Deduction & { scheme: string; ofMonth: string; lineCode: string; factId: string; loanId: string | null; object: string | null; scopePath: string; exempted: string | null }

/**
 * What was deducted from a person in closed months, with its cause: withheld for a loan that is not served (a consequence of the loss), findings of an inspection (an own fault). The money of a deduction is the difference of the
 * closed month worked out again without it; what came back since is off.
 */
async function readDeductions(tx: Transaction, staffKey: number): Promise<Found[]> {
  const rows = await tx.all(sql<Row>`
    SELECT c.scheme_code AS scheme, c.month, f.line_code AS "lineCode", f.fact_id AS "factId", CASE WHEN f.kind = 'LOAN' THEN f.fact_id ELSE i.loan_id END AS "loanId", i.object, coalesce(-f.money_fen, 0)::text AS fen, (-f.points)::text AS points,
      coalesce((SELECT sum(b.money_fen) FROM pay_fact b JOIN closed_month d ON d.run_id = b.run_id WHERE b.fact_id = f.fact_id AND b.kind = 'LOAN' AND b.money_fen IS NOT NULL AND b.staff_key = f.staff_key AND b.line_code = 'REFUND' AND b.of_month = f.of_month), 0)::text AS refunded,
      (SELECT sum(o.points)::text FROM pay_fact o JOIN settled_month n ON n.run_id = o.run_id WHERE o.fact_id = f.fact_id AND o.kind = 'LOAN' AND o.points IS NOT NULL AND o.staff_key = f.staff_key) AS "loanPoints",
      s.input, k.terms, f.scope_path AS "scopePath",
      (SELECT x.number FROM pay_case_item y JOIN pay_case x ON x.id = y.case_id LEFT JOIN pay_case_end e ON e.case_id = x.id WHERE x.kind = 'EXEMPTION' AND y.kind = 'REVERSAL' AND y.staff_key = f.staff_key AND y.fact_id = f.fact_id AND y.of_month = f.of_month AND e.result IS DISTINCT FROM 'RETURNED' LIMIT 1) AS exempted
    FROM closed_month c JOIN settlement_run r ON r.id = c.run_id JOIN scheme k ON k.code = r.scheme_code AND k.version = r.scheme_version AND k.kind = 'POINTS' JOIN pay_statement s ON s.run_id = c.run_id AND s.staff_key = ${staffKey} JOIN pay_fact f ON f.run_id = c.run_id AND f.staff_key = ${staffKey}
    LEFT JOIN indicator_fact i ON i.id = f.fact_id AND f.line_code LIKE 'INSPECTION%'
    WHERE f.of_month = c.month AND ((f.line_code = 'OVERDUE' AND f.money_fen < 0) OR (f.line_code LIKE 'INSPECTION%' AND f.points < 0)) ORDER BY c.month DESC, f.line_code DESC, f.fact_id LIMIT 200`)
  return rows.flatMap((row): Found[] => {
    const terms = pointsTerms.parse(row.terms)
    const then = readMonth(row.input)
    const withheld = row.lineCode === 'OVERDUE'
    const difference = payOfMonth(terms, without(then, row)).F - payOfMonth(terms, then).F - BigInt(row.refunded)
    if (withheld && difference <= 0n) return []
    return [{
      id: `${row.month} ${row.lineCode} ${row.factId}`, cause: row.loanId ?? '', month: monthOf(row.month), points: decimalText(exact((withheld ? row.loanPoints : row.points) ?? '0'), 2), fen: difference, kind: withheld ? 'CONSEQUENCE_OF_LOSS' : 'OWN_FAULT',
      scheme: row.scheme, ofMonth: row.month, lineCode: row.lineCode, factId: row.factId, loanId: row.loanId, object: row.object, scopePath: row.scopePath, exempted: row.exempted,
    }]
  })
}

/** The closed month as it would have been without a deduction. */
function without(month: PointsMonth, { lineCode, fen, points }: Pick<Row, 'lineCode' | 'fen' | 'points'>): PointsMonth {
  if (lineCode !== 'OVERDUE') return { ...month, points: month.points.map((line) => (line.code === lineCode ? { ...line, points: decimalText(exact(line.points).plus(exact(points ?? '0')), 2) } : line)) }
  const place = month.overdue.findIndex((one) => one.fen === BigInt(fen))
  return { ...month, overdue: month.overdue.filter((_, at) => at !== place) }
}

export const listDeductionsRoute = handle(listDeductions, (tx, { query }) => tx.asRole('office', async () => {
  const { currency } = await tx.one(sql<{ currency: string }>`SELECT currency FROM bank`)
  const person = await tx.maybe(sql<{ key: number; name: string }>`SELECT staff_key AS key, staff_name AS name FROM organisation_staff_facts WHERE staff_no = ${query.staffNo}`)
  if (!person) return ok({ name: null, deductions: [], currency })
  const found = await readDeductions(tx, person.key)
  return ok({ name: person.name, currency, deductions: found.map((one) => ({ loanId: one.loanId, month: one.month, lineCode: one.lineCode, fen: one.fen.toString(), points: one.points, kind: one.kind, object: one.object, exempted: one.exempted !== null })) })
}))

export const proposeExemptionRoute = handle(proposeExemption, (tx, { body }, context) => tx.asRole('office', async () => {
  await oneAfterAnother(tx)
  const person = await tx.maybe(sql<{ key: number }>`SELECT staff_key AS key FROM organisation_staff_facts WHERE staff_no = ${body.staffNo}`)
  if (!person) return refuse('no-such-person', { field: 'staffNo', details: { staffNo: body.staffNo } })
  if (person.key === context.actor.staffKey) return refuse('own-case', { field: 'staffNo' })
  const found = (await readDeductions(tx, person.key)).filter(({ loanId }) => loanId === body.loanId)
  const reversible = found.filter(({ kind }) => kind === 'CONSEQUENCE_OF_LOSS')
  const [first] = reversible
  if (!first) return refuse('nothing-to-reverse', { field: 'loanId' })
  // moral risk excludes any exemption: a grossly untrue or false report about the loan, a RED event of the person in a month of the deductions
  const moral = await tx.maybe(sql`
    SELECT 1 FROM indicator_fact WHERE staff_key = ${person.key} AND confirmed_by IS NOT NULL AND ((indicator = 'INSPECTION_REPORT' AND loan_id = ${body.loanId} AND grade IN ('FALSE', 'UNTRUE_MAJOR')) OR (indicator = 'CONDUCT_EVENT' AND grade = 'RED' AND month = ANY(${reversible.map(({ ofMonth }) => ofMonth)}::date[]))) LIMIT 1`)
  if (moral) return refuse('moral-risk')
  const before = reversible.find(({ exempted }) => exempted !== null)?.exempted
  if (before != null) return refuse('exempted-already', { details: { number: before } })
  if (!(await payPlaceOf(tx, first.scheme, [person.key], context.businessDate))) return refuse('no-scheme-to-pay', { details: { scheme: first.scheme } })
  const relief = body.conclusion === 'DILIGENT' ? '1.00' : basicRelief
  const { reversals } = reverseDeductions(found, { cause: body.loanId, decidedOn: context.businessDate, conclusion: body.conclusion, relief })
  const items = found.map((one): NewItem => {
    const back = reversals.find(({ of }) => of === one.id)
    const shared = { staffKey: person.key, ofMonth: one.ofMonth, lineCode: one.lineCode, factId: one.factId, scopePath: one.scopePath, detail: { deductedFen: one.fen.toString(), deductedPoints: one.points, relief, ...(one.object === null ? {} : { object: one.object }) } }
    return back ? { ...shared, kind: 'REVERSAL', fen: back.fen, points: back.points } : { ...shared, kind: 'KEPT', fen: 0n, why: 'own-fault' }
  })
  return enterCase(tx, context, { id: body.id, kind: 'EXEMPTION', scheme: first.scheme, staff: [person.key], ratio: relief, conclusion: body.conclusion, causeId: body.loanId, evidence: body.evidence, reason: body.reason, items })
}))
