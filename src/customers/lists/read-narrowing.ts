import { sql, type Sql, type Transaction } from '../../foundation/database/transaction.ts'
import type { Context } from '../../foundation/http/route.ts'
import { ok, refuse, type Outcome } from '../../foundation/values/outcome.ts'
import { conditionsOf } from './build-segment.ts'
import { faultOfDefinition } from './segment.rules.ts'
import { segmentFields } from './segment-field-table.ts'
import type { SegmentDefinition } from './segment.contract.ts'
import { readListPolicy } from './read-list-policy.ts'

type Asker = Pick<Context, 'actor' | 'businessDate'>

/** Is a thing shared with this line and post, or one's own? Beside the policies, which let everything shared be read. */
export const sharedWith = ({ staffKey, linePath, postCode }: Context['actor']): Sql =>
  sql`(s.owner_key = ${staffKey} OR (s.shared AND (${linePath} = s.shared_path OR starts_with(${linePath}, s.shared_path || '.')) AND (s.shared_post IS NULL OR s.shared_post = ${postCode})))`

/** What a segment and a tag ask of the customer `c`; null when neither is chosen. */
export async function readNarrowing(tx: Transaction, chosen: { segment?: string | undefined; tag?: string | undefined; ids?: readonly string[] | undefined }, asker: Asker): Promise<Outcome<Sql | null>> {
  const parts: Sql[] = []
  if (chosen.segment !== undefined) {
    const segment = await tx.maybe(sql<{ definition: SegmentDefinition }>`SELECT s.definition FROM segment s WHERE s.id = ${chosen.segment} AND s.removed_on IS NULL AND ${sharedWith(asker.actor)}`)
    if (!segment) return refuse('segment-gone', { field: 'segment' })
    const conditions = await askedFor(tx, segment.definition, asker)
    if (!conditions.ok) return refuse('segment-gone', { field: 'segment' })
    parts.push(conditions.value)
  }
  if (chosen.tag !== undefined) {
    const tag = await tx.maybe(sql`SELECT 1 FROM (${tagsOf(asker.actor)}) t WHERE t.id = ${chosen.tag}`)
    if (!tag) return refuse('tag-gone', { field: 'tag' })
    parts.push(sql`EXISTS (SELECT FROM customer_tag x WHERE x.customer_id = c.customer_id AND x.tag_id = ${chosen.tag} AND x.to_date IS NULL)`)
  }
  if (chosen.ids !== undefined) parts.push(sql`c.customer_id = ANY(${[...chosen.ids]}::uuid[])`)
  return ok(parts.length === 0 ? null : sql.join(parts, sql` AND `))
}

/** A definition as a condition, judged first. */
export async function askedFor(tx: Transaction, definition: SegmentDefinition, { businessDate }: Asker): Promise<Outcome<Sql>> {
  const policy = await readListPolicy(tx, businessDate)
  const fault = faultOfDefinition(segmentFields, definition, policy.segmentMostConditions)
  if (fault) return refuse(fault.name, { field: 'definition', details: { group: String(fault.group), place: String(fault.place), most: String(policy.segmentMostConditions) } })
  return ok(conditionsOf(definition, businessDate))
}

/** Tags in force that somebody may use: those of the units on his line, above and below. */
export const tagsOf = ({ linePath, breadth }: Pick<Context['actor'], 'linePath' | 'breadth'>): Sql => sql`
  SELECT g.id, g.word, g.meaning, g.unit_key, g.from_date, g.made_by, i.name AS unit_name, i.name_en AS unit_name_en FROM tag g JOIN LATERAL (
    SELECT o.name, o.name_en, o.scope_path FROM organisation_institution_facts o WHERE o.institution_key = g.unit_key ORDER BY o.from_date DESC LIMIT 1) i ON true
  WHERE g.to_date IS NULL AND (${breadth} = 'ALL' OR ${linePath} = i.scope_path OR starts_with(${linePath}, i.scope_path || '.') OR starts_with(i.scope_path, ${linePath} || '.'))`
