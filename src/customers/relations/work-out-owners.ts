import type { z } from 'zod'
import { sql, type Transaction } from '../../foundation/database/transaction.ts'
import { handle } from '../../foundation/http/route.ts'
import { add } from '../../foundation/store/store.ts'
import { exact } from '../../foundation/values/decimal.ts'
import { ok, refuse } from '../../foundation/values/outcome.ts'
import { showParties, type Reader } from './engine-name-parties.ts'
import { ownersOf } from './engine-read-structure.ts'
import { partyOfCustomer } from './find-party.ts'
import { groupRowOn } from './group-table.ts'
import { fileOwners, getOwners, workOutOwners, type OwnerFinding } from './owners.contract.ts'
import { compareOwners, filingDutyOf, type FiledOwner, type OwnersFound } from './owners.rules.ts'
import { readerOf } from './read-relations.ts'

type StoredOwner = { partyId: string; name: string; sharePct: string | null; paths: { names: string[]; sharePct: string }[] }
type FindingRow = { id: string; found_on: string; method: OwnerFinding['method']; owners: StoredOwner[]; differences: OwnerFinding['differences']; filing_id: string | null; table_version: string; found_by: string | null }
type Filing = NonNullable<z.output<typeof getOwners.reply>['filing']>

/** The stored finding and filing, and whether the structure of today would give another finding. */
export const getOwnersRoute = handle(getOwners, async (tx, { params: { customerId } }, context) => {
  const { businessDate: day, opened } = context
  const row = await tx.maybe(sql<FindingRow & { count: number }>`
    SELECT f.id, f.found_on, f.method, f.owners->'list' AS owners, f.differences->'list' AS differences, f.filing_id, f.table_version, s.staff_name AS found_by, count(*) OVER ()::int AS count
    FROM beneficial_finding f LEFT JOIN organisation_staff_facts s ON s.staff_key = f.found_by WHERE f.customer_id = ${customerId} ORDER BY f.found_on DESC, f.id DESC LIMIT 1`)
  const filing = await lastFiling(tx, customerId)
  const may = { 'relation.record': context.may('relation.record', { relation: opened?.relation ?? 'GRANT' }) }
  const company = await readCompany(tx, customerId)
  const party = await partyOfCustomer(tx, customerId)
  const structure = party ? await ownersOf(tx, party.id, day) : null
  const duty = filingDutyOf({ files: company?.files === true, capitalFen: company?.capital_fen === null || company === undefined ? null : BigInt(company.capital_fen), personsOnly: structure?.personsOnly === true }, groupRowOn(day).promiseMostFen)
  if (!row) return ok({ finding: null, filing, earlier: 0, outdated: false, duty, may })
  const now = row.method === 'EXEMPT' ? null : structure
  return ok({ finding: told(row), filing, earlier: row.count - 1, outdated: (now !== null && keyOf(now.method, now.owners) !== keyOf(row.method, row.owners)) || (filing !== null && filing.id !== row.filing_id), duty, may })
})

/** Works the owners out from the structure of the day, compares them with the last filing and stores both as a finding. */
export const workOutOwnersRoute = handle(workOutOwners, async (tx, { params: { customerId }, body }, context) => {
  const { businessDate: day, actor } = context
  const company = await readCompany(tx, customerId)
  if (!company) return refuse('not-found')
  if (company.kind !== 'CORPORATE') return refuse('not-a-company')
  const party = await partyOfCustomer(tx, customerId)
  // 2.1: an individual business need not file
  const exempt = company.sole_trader
  const found: OwnersFound = party && !exempt ? await ownersOf(tx, party.id, day) : { method: 'NONE', owners: [], complete: true }
  const owners = await named(tx, readerOf(context), found)
  const filing = await lastFiling(tx, customerId)
  const differences = filing && !exempt ? compareOwners(owners, filing.owners) : []
  const row: FindingRow = { id: body.id, found_on: day, method: exempt ? 'EXEMPT' : found.method, owners, differences, filing_id: filing?.id ?? null, table_version: groupRowOn(day).version, found_by: actor.name }
  await add(tx, 'beneficial_finding', {
    customer_id: customerId, id: row.id, found_on: day, method: row.method, owners: { list: owners }, differences: { list: differences }, filing_id: row.filing_id, table_version: row.table_version, found_by: actor.staffKey,
  }, { why: null, action: 'FIND_OWNERS' })
  return ok(told(row))
})

type Company = { kind: string; sole_trader: boolean; /** A company or a partnership, as far as is known. */ files: boolean; capital_fen: string | null }
/** A sole trader says so in the licence's type or in the kind of body of the file. */
const readCompany = (tx: Transaction, customerId: string): Promise<Company | undefined> => tx.maybe(sql<Company>`
  SELECT c.kind, b.sole_trader, c.kind = 'CORPORATE' AND NOT b.sole_trader AND coalesce(f.company_kind, '') NOT IN ('PUBLIC_INSTITUTION', 'SOCIAL_ORGANISATION', 'GOVERNMENT', 'PRIVATE_NON_ENTERPRISE') AS files, k.registered_capital_fen::text AS capital_fen
  FROM customer c LEFT JOIN corporate k ON k.customer_id = c.customer_id LEFT JOIN corporate_file f ON f.customer_id = c.customer_id
    CROSS JOIN LATERAL (SELECT k.company_type IS NOT DISTINCT FROM '个体工商户' OR f.company_kind IS NOT DISTINCT FROM 'SOLE_TRADER' AS sole_trader) b WHERE c.customer_id = ${customerId}`)

export const fileOwnersRoute = handle(fileOwners, async (tx, { params: { customerId }, body }, { businessDate: day, actor }) => {
  const company = await tx.maybe(sql<{ kind: string }>`SELECT kind FROM customer WHERE customer_id = ${customerId}`)
  if (!company) return refuse('not-found')
  if (company.kind !== 'CORPORATE') return refuse('not-a-company')
  if (body.filedOn > day) return refuse('begins-later', { field: 'filedOn' })
  if (body.owners.some(({ sharePct }) => sharePct !== null && (exact(sharePct).lte(0) || exact(sharePct).gt(100)))) return refuse('percent-out-of-range', { field: 'owners' })
  await add(tx, 'beneficial_filing', { customer_id: customerId, id: body.id, filed_on: body.filedOn, owners: { list: body.owners }, evidence: body.evidence, entered_by: actor.staffKey, entered_on: day }, { why: null, action: 'FILE_OWNERS' })
  return ok({ id: body.id })
})

async function named(tx: Transaction, reader: Reader, found: OwnersFound): Promise<StoredOwner[]> {
  const names = await showParties(tx, reader, [...new Set(found.owners.flatMap((owner) => [owner.partyId, ...owner.paths.flatMap((path) => path.parties)]))])
  const nameOf = (id: string): string => names.get(id)?.name ?? '--'
  return found.owners.map((owner) => ({ partyId: owner.partyId, name: nameOf(owner.partyId), sharePct: owner.sharePct, paths: owner.paths.map((path) => ({ names: path.parties.map(nameOf), sharePct: path.sharePct })) }))
}

async function lastFiling(tx: Transaction, customerId: string): Promise<Filing | null> {
  return (await tx.maybe(sql<Filing>`
    SELECT b.id, b.filed_on AS "filedOn", b.owners->'list' AS owners, b.evidence, s.staff_name AS "enteredBy", b.entered_on AS "enteredOn" FROM beneficial_filing b JOIN organisation_staff_facts s ON s.staff_key = b.entered_by
    WHERE b.customer_id = ${customerId} ORDER BY b.filed_on DESC, b.id DESC LIMIT 1`)) ?? null
}

const told = (row: FindingRow): OwnerFinding => ({
  id: row.id, foundOn: row.found_on, method: row.method, owners: row.owners.map(({ name, sharePct, paths }) => ({ name, sharePct, paths })), differences: row.differences, compared: row.filing_id !== null, version: row.table_version, foundBy: row.found_by,
})
const keyOf = (method: string, owners: readonly (FiledOwner | { partyId: string; sharePct: string | null })[]): string => JSON.stringify([method, owners.map((owner) => ['partyId' in owner ? owner.partyId : owner.name, owner.sharePct])])
