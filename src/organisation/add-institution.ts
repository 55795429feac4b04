import { sql, type Transaction } from '../foundation/database/transaction.ts'
import { add } from '../foundation/store/store.ts'
import { takeNumbers } from '../foundation/store/take-numbers.ts'
import { ok, refuse, type Outcome } from '../foundation/values/outcome.ts'
import { valueOf } from './refused.ts'

export type InstitutionKind = 'HEAD_OFFICE' | 'BRANCH' | 'SUB_BRANCH' | 'OUTLET' | 'RM_DEPARTMENT' | 'DEPARTMENT' | 'TEAM'
export type NewInstitution = {
  code: string
  kind: InstitutionKind
  name: string
  nameEn: string
  /** Null only for the head office. */
  parentKey: number | null
  region?: string
  /** Of a branch: where its managers belong (4.5). */
  managersIn?: 'OUTLET' | 'RM_DEPARTMENT'
  /** First day. */
  from: string
}

/** Adds a unit below its parent, at any depth, from a day on. Refuses: parent not there on that day, a second head office, code taken, parent full. */
export async function tryAddInstitution(tx: Transaction, unit: NewInstitution): Promise<Outcome<{ key: number; scopePath: string }>> {
  const parent = unit.parentKey === null ? null : await tx.maybe(sql<{ scope_path: string }>`
    SELECT scope_path FROM institution_span WHERE institution_key = ${unit.parentKey} AND from_date <= ${unit.from} AND (to_date IS NULL OR to_date > ${unit.from})`)
  if (parent === undefined) return refuse('parent-not-there', { field: 'parentKey' })
  if (parent === null && (await tx.maybe(sql`SELECT 1 FROM institution_span WHERE parent_key IS NULL`))) return refuse('head-office-exists', { field: 'parentKey' })
  if (await tx.maybe(sql`SELECT 1 FROM institution WHERE code = ${unit.code}`)) return refuse('code-taken', { field: 'code' })

  // the number among its siblings is taken from a counter: two at once wait for each other and get different paths
  const number = await takeNumbers(tx, `institution below ${unit.parentKey ?? 'nobody'}`)
  if (number >= 36 ** 3) return refuse('parent-full', { field: 'parentKey' })
  const segment = number.toString(36).toUpperCase().padStart(3, '0')
  const scopePath = parent === null ? segment : `${parent.scope_path}.${segment}`
  const key = await takeNumbers(tx, 'institution')
  await add(tx, 'institution', { key, code: unit.code, kind: unit.kind }, { why: null })
  await add(tx, 'institution_span', {
    institution_key: key, from_date: unit.from, name: unit.name, name_en: unit.nameEn, parent_key: unit.parentKey, scope_path: scopePath,
    region: unit.region, managers_in: unit.managersIn,
  }, { why: null })
  return ok({ key, scopePath })
}

/** The same for batches, where a refusal is our own mistake: throws. */
export async function addInstitution(tx: Transaction, unit: NewInstitution): Promise<{ key: number; scopePath: string }> {
  return valueOf(await tryAddInstitution(tx, unit))
}
