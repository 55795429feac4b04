import { sql, type Transaction } from '../foundation/database/transaction.ts'
import { handle } from '../foundation/http/route.ts'
import { add, end } from '../foundation/store/store.ts'
import { ok, refuse } from '../foundation/values/outcome.ts'
import { tryAddInstitution } from './add-institution.ts'
import { unitHasCustomers } from './engine-unit-has-customers.ts'
import { addInstitutionContract, closeInstitution, renameInstitution } from './institution.contract.ts'

export const addInstitutionRoute = handle(addInstitutionContract, (tx, { body }) => tx.asRole('office', async () => {
  const { managersIn, ...unit } = body
  const added = await tryAddInstitution(tx, { ...unit, ...(managersIn === undefined ? {} : { managersIn }) })
  return added.ok ? ok({ key: added.value.key }) : added
}))

type Span = { from_date: string; to_date: string | null; name: string; parent_key: number | null; scope_path: string; region: string; managers_in: string }

async function spanOn(tx: Transaction, key: number, day: string): Promise<Span | undefined> {
  await tx.maybe(sql`SELECT 1 FROM institution WHERE key = ${key} FOR UPDATE`) // two changes of one unit wait for each other
  return tx.maybe(sql<Span>`SELECT from_date, to_date, name, parent_key, scope_path, region, managers_in FROM institution_span
    WHERE institution_key = ${key} AND from_date <= ${day} AND (to_date IS NULL OR to_date > ${day})`)
}

/** From a day on a unit has another name; before it, the old one. */
export const renameInstitutionRoute = handle(renameInstitution, (tx, { params, body }) => tx.asRole('office', async () => {
  if (!(await tx.maybe(sql`SELECT 1 FROM institution WHERE key = ${params.key}`))) return refuse('not-found')
  const span = await spanOn(tx, params.key, body.from)
  if (!span) return refuse('unit-not-there', { field: 'from' })
  if (span.from_date === body.from || span.to_date !== null) return refuse('later-fact-exists', { field: 'from', details: { day: span.to_date ?? span.from_date } })
  await end(tx, 'institution_span', { institution_key: params.key, from_date: span.from_date }, { to_date: body.from }, { why: body.reason, action: 'RENAME' })
  const { parent_key, scope_path, region, managers_in } = span
  await add(tx, 'institution_span', { institution_key: params.key, from_date: body.from, name: body.name, name_en: body.nameEn, parent_key, scope_path, region, managers_in }, { why: body.reason, action: 'RENAME' })
  return ok({})
}))

/** A unit ends on a day. Nobody may be left in it: no unit, no person, no customer. */
export const closeInstitutionRoute = handle(closeInstitution, (tx, { params, body }) => tx.asRole('office', async () => {
  if (!(await tx.maybe(sql`SELECT 1 FROM institution WHERE key = ${params.key}`))) return refuse('not-found')
  const span = await spanOn(tx, params.key, body.from)
  if (!span || span.from_date === body.from || span.to_date !== null) return refuse('unit-not-there', { field: 'from' })
  if (await tx.maybe(sql`SELECT 1 FROM institution_span WHERE parent_key = ${params.key} AND (to_date IS NULL OR to_date > ${body.from}) LIMIT 1`)) return refuse('unit-has-units')
  const { people } = await tx.one(sql<{ people: number }>`
    SELECT count(DISTINCT staff_key)::int AS people FROM organisation_post_facts WHERE ${params.key} IN (line_key, place_key) AND (to_date IS NULL OR to_date > ${body.from})`)
  if (people > 0) return refuse('unit-has-people', { details: { count: String(people) } })
  if (await unitHasCustomers(tx, params.key, span.scope_path)) return refuse('unit-has-customers')
  await end(tx, 'institution_span', { institution_key: params.key, from_date: span.from_date }, { to_date: body.from }, { why: body.reason, action: 'CLOSE' })
  return ok({})
}))
