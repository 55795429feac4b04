import type { z } from 'zod'
import { sql, type Transaction } from '../../foundation/database/transaction.ts'
import { ownersOf } from './engine-read-structure.ts'
import { filingRuleOn } from './filing-table.ts'
import { partyOfCustomer } from './find-party.ts'
import type { getOwners, OwnerFinding } from './owners.contract.ts'
import { compareWithFiling, faultOfPromise, filingDutyOf, sameDifferences, type Comparison, type FiledOwner, type FilingDuty, type FilingFacts, type OwnerDifference, type OwnersFound, type PromiseFault } from './owners.rules.ts'

export type StoredOwner = { partyId: string; name: string; sharePct: string | null; paths: { names: string[]; sharePct: string }[] }
export type FindingRow = { id: string; found_on: string; method: OwnerFinding['method']; owners: StoredOwner[]; differences: OwnerFinding['differences']; filing_id: string | null; table_version: string; found_by: string | null }
type Reply = z.output<typeof getOwners.reply>
export type Filing = NonNullable<Reply['filing']>
type Explanation = { id: string; differences: OwnerDifference[]; reason: string; saidBy: string; saidOn: string }

export type Company = { kind: string; sole_trader: boolean; /** A company or a partnership, as far as is known. */ files: boolean; capital_fen: string | null }
/** A sole trader says so in the licence's type or in the kind of body of the file. */
export const readCompany = (tx: Transaction, customerId: string): Promise<Company | undefined> => tx.maybe(sql<Company>`
  SELECT c.kind, b.sole_trader, c.kind = 'CORPORATE' AND NOT b.sole_trader AND coalesce(f.company_kind, '') NOT IN ('PUBLIC_INSTITUTION', 'SOCIAL_ORGANISATION', 'GOVERNMENT', 'PRIVATE_NON_ENTERPRISE') AS files, k.registered_capital_fen::text AS capital_fen
  FROM customer c LEFT JOIN corporate k ON k.customer_id = c.customer_id LEFT JOIN corporate_file f ON f.customer_id = c.customer_id
    CROSS JOIN LATERAL (SELECT k.company_type IS NOT DISTINCT FROM '个体工商户' OR f.company_kind IS NOT DISTINCT FROM 'SOLE_TRADER' AS sole_trader) b WHERE c.customer_id = ${customerId}`)

/** What decides whether the company must file and may promise, by what the bank knows today. */
export const filingFacts = (company: Company, structure: Awaited<ReturnType<typeof structureOf>>): FilingFacts => ({
  files: company.files, capitalFen: company.capital_fen === null ? null : BigInt(company.capital_fen), holders: structure?.holders ?? { kind: 'UNKNOWN', otherController: false },
})

/** The owners by the structure of the day; null: no relation names the customer. */
export async function structureOf(tx: Transaction, customerId: string, day: string): Promise<Awaited<ReturnType<typeof ownersOf>> | null> {
  const party = await partyOfCustomer(tx, customerId)
  return party ? ownersOf(tx, party.id, day) : null
}

export async function lastFiling(tx: Transaction, customerId: string): Promise<Filing | null> {
  return (await tx.maybe(sql<Filing>`
    SELECT b.id, b.state, b.filed_on AS "filedOn", b.owners->'list' AS owners, b.evidence, s.staff_name AS "enteredBy", b.entered_on AS "enteredOn" FROM beneficial_filing b JOIN organisation_staff_facts s ON s.staff_key = b.entered_by
    WHERE b.customer_id = ${customerId} ORDER BY b.filed_on DESC, b.id DESC LIMIT 1`)) ?? null
}

export type OwnersStanding = {
  company: Company; finding: FindingRow | null; earlier: number; filing: Filing | null
  /** The structure of today would give another finding. */
  outdated: boolean
  duty: FilingDuty; promiseFault: PromiseFault | null
  comparison: Comparison
  /** The reason that ends these differences to this filing. */
  explanation: Explanation | null
}

/** How a company stands with its beneficial owners today: the bank's last finding against the last filing, what the law asks, and whether a difference is explained. Undefined: no such customer. */
export async function ownersStanding(tx: Transaction, customerId: string, day: string): Promise<OwnersStanding | undefined> {
  const company = await readCompany(tx, customerId)
  if (!company) return undefined
  const row = await tx.maybe(sql<FindingRow & { count: number }>`
    SELECT f.id, f.found_on, f.method, f.owners->'list' AS owners, f.differences->'list' AS differences, f.filing_id, f.table_version, s.staff_name AS found_by, count(*) OVER ()::int AS count
    FROM beneficial_finding f LEFT JOIN organisation_staff_facts s ON s.staff_key = f.found_by WHERE f.customer_id = ${customerId} ORDER BY f.found_on DESC, f.id DESC LIMIT 1`)
  const filing = await lastFiling(tx, customerId)
  const structure = await structureOf(tx, customerId, day)
  const facts = filingFacts(company, structure)
  const promiseFault = faultOfPromise(facts, filingRuleOn(day))
  const comparison = compareWithFiling(row ?? null, filing, promiseFault)
  const explanations = filing && comparison.state === 'DIFFERS' ? await tx.all(sql<Explanation>`
    SELECT e.id, e.differences->'list' AS differences, e.reason, s.staff_name AS "saidBy", e.said_on AS "saidOn" FROM beneficial_explanation e JOIN organisation_staff_facts s ON s.staff_key = e.said_by
    WHERE e.customer_id = ${customerId} AND e.filing_id = ${filing.id} ORDER BY e.said_on DESC, e.id DESC`) : []
  return {
    company, finding: row ?? null, earlier: row ? row.count - 1 : 0, filing,
    outdated: row !== undefined && row.method !== 'EXEMPT' && structure !== null && keyOf(structure.method, structure.owners) !== keyOf(row.method, row.owners),
    duty: filingDutyOf(facts, filingRuleOn(day)), promiseFault, comparison,
    explanation: explanations.find((one) => sameDifferences(one.differences, comparison.differences)) ?? null,
  }
}

const keyOf = (method: string, owners: readonly (FiledOwner | OwnersFound['owners'][number])[]): string => JSON.stringify([method, owners.map((owner) => ['partyId' in owner ? owner.partyId : owner.name, owner.sharePct])])
