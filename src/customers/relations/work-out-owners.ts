import type { Transaction } from '../../foundation/database/transaction.ts'
import { handle } from '../../foundation/http/route.ts'
import { add } from '../../foundation/store/store.ts'
import { exact } from '../../foundation/values/decimal.ts'
import { ok, refuse } from '../../foundation/values/outcome.ts'
import { showParties, type Reader } from './engine-name-parties.ts'
import { filingRuleOn } from './filing-table.ts'
import { groupRowOn } from './group-table.ts'
import { explainOwners, fileOwners, getOwners, workOutOwners, type OwnerFinding } from './owners.contract.ts'
import { compareWithFiling, faultOfPromise, type OwnersFound } from './owners.rules.ts'
import { filingFacts, lastFiling, ownersStanding, readCompany, structureOf, type FindingRow, type StoredOwner } from './read-owners.ts'
import { readerOf } from './read-relations.ts'

/** The stored finding and filing compared, and whether the structure of today would give another finding. */
export const getOwnersRoute = handle(getOwners, async (tx, { params: { customerId } }, context) => {
  const standing = await ownersStanding(tx, customerId, context.businessDate)
  if (!standing) return refuse('not-found')
  const { finding, filing, earlier, outdated, duty, promiseFault, comparison, explanation } = standing
  return ok({
    finding: finding && told(finding), filing, earlier, outdated, duty, promiseFault,
    comparison: { state: comparison.state === 'DIFFERS' && explanation ? ('EXPLAINED' as const) : comparison.state, differences: comparison.differences, explanation: explanation && { reason: explanation.reason, saidBy: explanation.saidBy, saidOn: explanation.saidOn } },
    may: { 'relation.record': context.may('relation.record', { relation: context.opened?.relation ?? 'GRANT' }) },
  })
})

/** Works the owners out from the structure of the day, compares them with the last filing and stores both as a finding. */
export const workOutOwnersRoute = handle(workOutOwners, async (tx, { params: { customerId }, body }, context) => {
  const { businessDate: day, actor } = context
  const company = await readCompany(tx, customerId)
  if (!company) return refuse('not-found')
  if (company.kind !== 'CORPORATE') return refuse('not-a-company')
  const structure = await structureOf(tx, customerId, day)
  // 2.1: an individual business need not file
  const exempt = company.sole_trader
  const found: OwnersFound = structure && !exempt ? structure : { method: 'NONE', owners: [], complete: true }
  const owners = await named(tx, readerOf(context), found)
  const filing = await lastFiling(tx, customerId)
  const method = exempt ? 'EXEMPT' : found.method
  const { differences } = compareWithFiling({ method, owners }, filing, faultOfPromise(filingFacts(company, structure), filingRuleOn(day)))
  const row: FindingRow = { id: body.id, found_on: day, method, owners, differences, filing_id: filing?.id ?? null, table_version: groupRowOn(day).version, found_by: actor.name }
  await add(tx, 'beneficial_finding', {
    customer_id: customerId, id: row.id, found_on: day, method: row.method, owners: { list: owners }, differences: { list: differences }, filing_id: row.filing_id, table_version: row.table_version, found_by: actor.staffKey,
  }, { why: null, action: 'FIND_OWNERS' })
  return ok(told(row))
})

/** What the registration system says: filed owners, a promise instead, or that nothing is filed. A promise is judged by what the bank knows today and by the rule of its own day. */
export const fileOwnersRoute = handle(fileOwners, async (tx, { params: { customerId }, body }, { businessDate: day, actor }) => {
  const company = await readCompany(tx, customerId)
  if (!company) return refuse('not-found')
  if (company.kind !== 'CORPORATE') return refuse('not-a-company')
  if (body.filedOn > day) return refuse('begins-later', { field: 'filedOn' })
  if ((body.state === 'FILED') !== body.owners.length > 0) return refuse(body.state === 'FILED' ? 'owners-needed' : 'owners-with-nothing-filed', { field: 'owners' })
  if (body.owners.some(({ sharePct }) => sharePct !== null && (exact(sharePct).lte(0) || exact(sharePct).gt(100)))) return refuse('percent-out-of-range', { field: 'owners' })
  const rule = filingRuleOn(body.filedOn)
  if (body.state === 'PROMISED') {
    const fault = faultOfPromise(filingFacts(company, await structureOf(tx, customerId, day)), rule) ?? (body.nobodyElse ? null : 'promise-other-beneficiary')
    if (fault !== null) return refuse(fault, { field: fault === 'promise-before-rule' ? 'filedOn' : fault === 'promise-other-beneficiary' ? 'nobodyElse' : 'state' })
  }
  await add(tx, 'beneficial_filing', {
    customer_id: customerId, id: body.id, state: body.state, rule_version: body.state === 'PROMISED' ? (rule?.version ?? null) : null, filed_on: body.filedOn, owners: { list: body.owners }, evidence: body.evidence, entered_by: actor.staffKey, entered_on: day,
  }, { why: null, action: 'FILE_OWNERS' })
  return ok({ id: body.id })
})

/** Ends a difference by its reason: of just these differences to just this filing. */
export const explainOwnersRoute = handle(explainOwners, async (tx, { params: { customerId }, body }, { businessDate: day, actor }) => {
  const standing = await ownersStanding(tx, customerId, day)
  if (!standing) return refuse('not-found')
  const { finding, filing, comparison, explanation } = standing
  if (filing === null || comparison.state !== 'DIFFERS' || explanation !== null) return refuse('nothing-differs')
  if (body.filingId !== filing.id || body.findingId !== (finding?.id ?? null)) return refuse('compared-anew')
  await add(tx, 'beneficial_explanation', {
    customer_id: customerId, id: body.id, filing_id: filing.id, finding_id: finding?.id ?? null, differences: { list: comparison.differences }, reason: body.reason, said_by: actor.staffKey, said_on: day,
  }, { why: null, action: 'EXPLAIN_OWNERS' })
  return ok({ id: body.id })
})

async function named(tx: Transaction, reader: Reader, found: OwnersFound): Promise<StoredOwner[]> {
  const names = await showParties(tx, reader, [...new Set(found.owners.flatMap((owner) => [owner.partyId, ...owner.paths.flatMap((path) => path.parties)]))])
  const nameOf = (id: string): string => names.get(id)?.name ?? '--'
  return found.owners.map((owner) => ({ partyId: owner.partyId, name: nameOf(owner.partyId), sharePct: owner.sharePct, paths: owner.paths.map((path) => ({ names: path.parties.map(nameOf), sharePct: path.sharePct })) }))
}

const told = (row: FindingRow): OwnerFinding => ({
  id: row.id, foundOn: row.found_on, method: row.method, owners: row.owners.map(({ name, sharePct, paths }) => ({ name, sharePct, paths })), differences: row.differences, compared: row.filing_id !== null, version: row.table_version, foundBy: row.found_by,
})
