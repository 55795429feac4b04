import { sql, type Transaction } from '../../foundation/database/transaction.ts'
import { handle, type Context } from '../../foundation/http/route.ts'
import { ok } from '../../foundation/values/outcome.ts'
import { readFirst, withoutKey } from '../list-customers.ts'
import { askedFor, tagsOf } from './read-narrowing.ts'
import { readListPolicy } from './read-list-policy.ts'
import { listSegmentFields, trySegment, type SegmentFieldView } from './segment.contract.ts'
import { operatorsOf } from './segment.rules.ts'
import { segmentFields } from './segment-field-table.ts'

const shownFirst = 10

/** How many customers of the asker's scope the conditions find today (counted to a bound), and the first of them by balance. */
export const trySegmentRoute = handle(trySegment, async (tx, { body }, context) => {
  const where = await askedFor(tx, body.definition, context)
  if (!where.ok) return where
  const { rows, count } = await readFirst(tx, { filters: { sort: '-adb' }, ids: null, only: { where: where.value, sight: context.actor }, after: null }, shownFirst, context.businessDate)
  return ok({ count, rows: rows.map(withoutKey) })
})

/** The whitelist with the choices that the asker has: outlets and managers of his line, products of the bank, his tags. */
export const listSegmentFieldsRoute = handle(listSegmentFields, async (tx, _input, context) => {
  const choices = await choicesFor(tx, context)
  const policy = await readListPolicy(tx, context.businessDate)
  return ok({
    mostConditions: policy.segmentMostConditions,
    fields: segmentFields.map(({ code, group, label, type, options }): SegmentFieldView => ({
      code, group, label, type, ops: [...operatorsOf(type)], options: type === 'choice' ? [...(options ?? choices.filter((one) => one.field === code).map(({ value, zh, en }) => ({ value, label: { zh, en } })))] : null,
    })),
  })
})

type Choice = { field: string; value: string; zh: string; en: string }

function choicesFor(tx: Transaction, { actor, businessDate: day }: Context): Promise<Choice[]> {
  const now = sql`from_date <= ${day} AND (to_date IS NULL OR to_date > ${day})`
  const lies = (column: 'scope_path' | 'line_path') => (actor.breadth === 'ALL' ? sql`true` : sql`(${sql.ref(column)} = ${actor.linePath} OR starts_with(${sql.ref(column)}, ${actor.linePath} || '.'))`)
  return tx.all(sql<Choice>`
    (SELECT 'outlet' AS field, institution_key::text AS value, name AS zh, name_en AS en FROM organisation_institution_facts WHERE kind = 'OUTLET' AND ${now} AND ${lies('scope_path')} ORDER BY name LIMIT 500)
    UNION ALL (SELECT DISTINCT ON (staff_name, staff_key) 'manager', staff_key::text, staff_name || '（' || staff_no || '）', staff_name || ' (' || staff_no || ')' FROM organisation_post_facts
      WHERE post_code = 'RM' AND ${now} AND ${lies('line_path')} ORDER BY staff_name, staff_key LIMIT 500)
    UNION ALL (SELECT 'product', code, name, name_en FROM holdings_product_facts ORDER BY line, name LIMIT 500)
    UNION ALL (SELECT 'tag', id::text, word || '（' || unit_name || '）', word || ' (' || unit_name_en || ')' FROM (${tagsOf(actor)}) t ORDER BY word LIMIT 500)`)
}
