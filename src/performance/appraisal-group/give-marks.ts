import { sql, type Transaction } from '../../foundation/database/transaction.ts'
import { handle, type Context } from '../../foundation/http/route.ts'
import { add } from '../../foundation/store/store.ts'
import { monthOf, monthStart, previousMonth } from '../../foundation/values/business-date.ts'
import { exact } from '../../foundation/values/decimal.ts'
import { ok, refuse } from '../../foundation/values/outcome.ts'
import { giveMark, listMarks, type MarkShown } from './group.contract.ts'
import { raterFigures } from './vote.rules.ts'

type Item = { code: string; name: { zh: string; en: string }; weight: string }
/** Items that people mark, as the scheme's newest version names them; with a month as the newest that was there in it. */
export async function itemsOf(tx: Transaction, scheme: string, month: string | null = null): Promise<Item[]> {
  return tx.all(sql<Item>`
    SELECT i ->> 'code' AS code, i -> 'name' AS name, i ->> 'weight' AS weight FROM (SELECT terms FROM scheme WHERE code = ${scheme} ORDER BY coalesce(from_date < (${month}::date + interval '1 month')::date, true) DESC, version DESC LIMIT 1) k CROSS JOIN LATERAL jsonb_array_elements(CASE WHEN jsonb_typeof(k.terms -> 'blocks') = 'array' THEN k.terms -> 'blocks' ELSE '[]'::jsonb END) b
    CROSS JOIN LATERAL jsonb_array_elements(b -> 'items') i WHERE b ->> 'kind' = 'MARKS'`)
}
const inSight = <T>(tx: Transaction, { may }: Pick<Context, 'may'>, work: () => Promise<T>): Promise<T> => (may('mark.read-all').allowed ? tx.asRole('office', work) : work())

export const listMarksRoute = handle(listMarks, (tx, { query }, context) => inSight(tx, context, async () => {
  const { may, businessDate: day, actor } = context
  const schemes = await tx.all(sql<{ code: string; name: string; nameEn: string }>`
    SELECT DISTINCT ON (k.code) k.code, k.name, k.name_en AS "nameEn" FROM scheme k WHERE EXISTS (SELECT FROM jsonb_array_elements(CASE WHEN jsonb_typeof(k.terms -> 'blocks') = 'array' THEN k.terms -> 'blocks' ELSE '[]'::jsonb END) b WHERE b ->> 'kind' = 'MARKS') ORDER BY k.code, k.version DESC`)
  const scheme = query.scheme ?? schemes[0]?.code ?? ''
  const month = query.month ?? previousMonth(monthOf(day))
  const first = monthStart(month)
  const marks = await tx.all(sql<Omit<MarkShown, 'calibrated'> & { calibrated: MarkShown['calibrated'] }>`
    SELECT m.id, m.staff_key AS "staffKey", p.staff_name AS name, coalesce((SELECT f.name FROM organisation_institution_facts f WHERE f.scope_path = m.scope_path ORDER BY f.from_date DESC LIMIT 1), '') AS "unitName", m.item, m.mark::text AS mark, m.text, m.evidence, r.staff_name AS by, m.given_by AS "byKey", m.given_on AS "on",
      CASE WHEN c.mark_id IS NOT NULL THEN jsonb_build_object('mark', c.mark::text, 'reason', c.reason, 'on', c.decided_on) END AS calibrated
    FROM qualitative_mark m JOIN organisation_staff_facts p ON p.staff_key = m.staff_key JOIN organisation_staff_facts r ON r.staff_key = m.given_by LEFT JOIN calibrated_mark c ON c.mark_id = m.id WHERE m.scheme_code = ${scheme} AND m.month = ${first}::date ORDER BY p.staff_no, m.item LIMIT 1000`)
  const mayGive = may('mark.give')
  const people = mayGive.allowed ? await tx.all(sql<{ staffNo: string; name: string }>`
    SELECT DISTINCT f.staff_no AS "staffNo", f.staff_name AS name FROM organisation_post_facts f WHERE f.post_code IN ('RM', 'TEAM_LEAD', 'LOBBY') AND f.staff_key <> ${actor.staffKey} AND f.from_date <= ${day}::date AND (f.to_date IS NULL OR f.to_date > ${day}::date)
      AND ${may('mark.read-all').allowed || actor.breadth === 'ALL' ? sql`true` : sql`(f.line_path = ${actor.linePath} OR starts_with(f.line_path, ${actor.linePath} || '.'))`} ORDER BY 1 LIMIT 500`) : []
  // each rater beside all: only for whom every mark is before his eyes, and for five marks or more
  const raters = may('mark.read-all').allowed && marks.length >= 5 ? [...new Set(marks.map((one) => one.byKey))].map((key) => {
    const own = marks.filter((one) => one.byKey === key)
    return { name: own[0]?.by ?? '', ...raterFigures(marks.map((one) => one.mark), own.map((one) => one.mark)) }
  }).sort((a, b) => exact(b.leniency).comparedTo(exact(a.leniency))) : []
  const groups = await tx.all(sql<{ id: string; name: string }>`SELECT id, name FROM appraisal_group WHERE from_date <= ${day}::date AND to_date > ${day}::date AND (chair_key = ${actor.staffKey} OR secretary_key = ${actor.staffKey}) LIMIT 20`)
  return ok({ month, scheme, schemes, items: await itemsOf(tx, scheme), marks, people, raters, mayGive, groups })
}))

export const giveMarkRoute = handle(giveMark, (tx, { body }, context) => inSight(tx, context, async () => {
  const { actor, businessDate: day, may } = context
  const first = monthStart(body.month)
  const wide = may('mark.read-all').allowed || actor.breadth === 'ALL'
  const person = await tx.maybe(sql<{ staff_key: number; line_path: string }>`
    SELECT staff_key, line_path FROM organisation_post_facts WHERE staff_no = ${body.staffNo} AND from_date <= ${day}::date AND (to_date IS NULL OR to_date > ${day}::date) AND ${wide ? sql`true` : sql`(line_path = ${actor.linePath} OR starts_with(line_path, ${actor.linePath} || '.'))`} ORDER BY main DESC, post_key LIMIT 1`)
  if (!person) return refuse('no-such-person', { field: 'staffNo', details: { staffNo: body.staffNo } })
  if (person.staff_key === actor.staffKey) return refuse('own-mark', { field: 'staffNo' })
  if (!(await itemsOf(tx, body.scheme)).some((one) => one.code === body.item)) return refuse('no-such-item', { field: 'item' })
  if (first > day) return refuse('in-the-future', { field: 'month' })
  if (await tx.maybe(sql`SELECT 1 FROM performance_closed_month_facts WHERE scheme_code = ${body.scheme} AND month = ${first}::date`)) return refuse('month-closed', { field: 'month', details: { month: body.month } })
  const mark = exact(body.mark)
  if (mark.lt(0) || mark.gt(100)) return refuse('mark-range', { field: 'mark' })
  if ((mark.gt(95) || mark.lt(60)) && [...body.text].length < 10) return refuse('text-missing', { field: 'text' })
  if (await tx.asRole('engine', () => tx.maybe(sql`SELECT 1 FROM qualitative_mark WHERE staff_key = ${person.staff_key} AND scheme_code = ${body.scheme} AND item = ${body.item} AND month = ${first}::date`))) return refuse('marked-already', { field: 'item' })
  await add(tx, 'qualitative_mark', { id: body.id, staff_key: person.staff_key, scheme_code: body.scheme, item: body.item, month: first, mark: body.mark, text: body.text === '' ? null : body.text, evidence: body.evidence, given_by: actor.staffKey, given_on: day, scope_path: person.line_path }, { why: null, action: 'GIVE_MARK' })
  return ok({ id: body.id })
}))
