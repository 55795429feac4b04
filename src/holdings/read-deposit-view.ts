import type { Actor } from '../foundation/access/actor.ts'
import { sql, type Transaction } from '../foundation/database/transaction.ts'
import { handle } from '../foundation/http/route.ts'
import { ok, refuse } from '../foundation/values/outcome.ts'
import { figuresView } from './balance-figures.ts'
import { readDepositSums, type SumScope } from './engine-read-deposit-sums.ts'
import { depositGroups, getDepositView, type DepositGroup } from './holdings.contract.ts'

/** Whose deposits a person sees: his own; those of his line and below; as head of a place whose managers report elsewhere, of the place; the bank's. */
function scopeOf(actor: Pick<Actor, 'breadth' | 'linePath' | 'placeKey' | 'staffKey'>): SumScope {
  switch (actor.breadth) {
    case 'ALL': return { kind: 'ALL' }
    case 'UNIT': return { kind: 'UNIT', path: actor.linePath }
    case 'NONE': return { kind: 'PLACE', placeKey: actor.placeKey }
    case 'SELF': return { kind: 'PERSON', staffKey: actor.staffKey }
  }
}

// What a scope can be added up by, the usual one first.
function groupsOf(scope: SumScope, postCode: string): readonly DepositGroup[] {
  if (scope.kind === 'ALL') return ['BRANCH', 'SUB_BRANCH', 'OUTLET', 'MANAGER']
  return scope.kind === 'UNIT' && postCode === 'BRANCH_HEAD' ? ['OUTLET', 'SUB_BRANCH', 'MANAGER'] : ['MANAGER']
}

/** Deposit figures (2.8) of the reader's own scope, or of a unit inside it, as the last delivery left them, with the parts that they are the sum of. */
export const getDepositViewRoute = handle(getDepositView, async (tx, { query }, { actor, businessDate }) => {
  const scope = scopeOf(actor)
  const groups = groupsOf(scope, actor.postCode)
  const by = query.by !== undefined && groups.includes(query.by) ? query.by : (groups[0] ?? 'MANAGER')
  const unit = query.unitKey === undefined ? null : await unitOn(tx, query.unitKey, businessDate)
  if (unit === undefined || (unit && scope.kind === 'PERSON')) return refuse('not-found')
  const [whole, ...rows] = await readDepositSums(tx, unit ? [scope, unit.scope] : [scope], by)
  const asOf = whole?.as_of ?? businessDate
  if (!whole) throw new Error('a grouping set without its whole')
  return ok({
    asOf, currency: whole.bank_currency, by, groups: depositGroups.filter((group) => groups.includes(group)), unitName: unit?.name ?? null, deposits: figuresView(whole, asOf), loanFen: whole.loan,
    parts: rows.map((row) => ({ key: row.key, name: row.name, unitName: row.unit_name, deposits: figuresView(row, asOf), loanFen: row.loan })),
  })
})

async function unitOn(tx: Transaction, unitKey: number, day: string): Promise<{ name: string; scope: SumScope } | undefined> {
  const unit = await tx.maybe(sql<{ name: string; kind: string; scope_path: string }>`
    SELECT name, kind, scope_path FROM organisation_institution_facts WHERE institution_key = ${unitKey} AND from_date <= ${day} AND (to_date IS NULL OR to_date > ${day})`)
  return unit && { name: unit.name, scope: unit.kind === 'OUTLET' ? { kind: 'PLACE', placeKey: unitKey } : { kind: 'UNIT', path: unit.scope_path } }
}
