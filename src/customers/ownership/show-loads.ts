import { sql, type Transaction } from '../../foundation/database/transaction.ts'
import { handle } from '../../foundation/http/route.ts'
import { exact } from '../../foundation/values/decimal.ts'
import { ok } from '../../foundation/values/outcome.ts'
import { readLoads, type ManagerLoad } from './engine-read-load.ts'
import { listLoads, readLoad, type ManagerLoadView } from './load.contract.ts'
import { readOwnershipPolicy } from './read-ownership-policy.ts'

const view = ({ linePath: _path, lines: _lines, exact: _exact, ...load }: ManagerLoad): ManagerLoadView => load

export const listLoadsRoute = handle(listLoads, async (tx, { query }, { actor, businessDate: day }) => {
  const policy = await readOwnershipPolicy(tx, day)
  const leads = actor.breadth === 'UNIT' || actor.breadth === 'ALL'
  const all = await readLoads(tx, day, leads ? { linePath: actor.breadth === 'ALL' ? null : actor.linePath } : { staffKeys: [actor.staffKey] })
  const within = query.unitKey === undefined ? null : await unitPath(tx, query.unitKey, day)
  const inside = (load: ManagerLoad): boolean => query.unitKey === undefined || load.unitKey === query.unitKey || (within !== null && (load.linePath === within || load.linePath.startsWith(`${within}.`)))
  const items = all.filter(inside).sort((a, b) => exact(b.ratio).comparedTo(exact(a.ratio)) || a.staffKey - b.staffKey)
  const pool = leads ? await poolByOutlet(tx) : new Map<number, number>()
  const units = new Map<number, { unitKey: number; unitName: string; managers: number; tiers: ManagerLoad['tiers']; credit: number; full: number; stopped: number; pool: number }>()
  for (const load of items) {
    const unit = units.get(load.unitKey) ?? { unitKey: load.unitKey, unitName: load.unitName, managers: 0, tiers: { T1: 0, T2: 0, T3: 0, T4: 0, P: 0 }, credit: 0, full: 0, stopped: 0, pool: pool.get(load.unitKey) ?? 0 }
    unit.managers += 1
    for (const tier of ['T1', 'T2', 'T3', 'T4', 'P'] as const) unit.tiers[tier] += load.tiers[tier]
    unit.credit += load.credit
    if (load.verdict !== 'OK') unit.full += 1
    if (load.verdict === 'STOP') unit.stopped += 1
    units.set(load.unitKey, unit)
  }
  return ok({
    asOf: day, policyVersion: policy.version, warnAbove: policy.warnAbove, stopAbove: policy.stopAbove, items: items.map(view), units: [...units.values()].sort((a, b) => b.full - a.full || a.unitKey - b.unitKey),
    rules: { weight: policy.weight, capacity: policy.capacity, factor: policy.factor },
  })
})

// in the reader's own role: the customers of his scope whom nobody has
async function poolByOutlet(tx: Transaction): Promise<Map<number, number>> {
  const rows = await tx.all(sql<{ outlet_key: number; n: number }>`SELECT outlet_key, count(*)::int AS n FROM customer WHERE main_staff_key IS NULL AND status <> 'CLOSED' GROUP BY outlet_key`)
  return new Map(rows.map((row) => [row.outlet_key, row.n]))
}

async function unitPath(tx: Transaction, unitKey: number, day: string): Promise<string | null> {
  const unit = await tx.maybe(sql<{ scope_path: string }>`SELECT scope_path FROM organisation_institution_facts WHERE institution_key = ${unitKey} AND from_date <= ${day} AND (to_date IS NULL OR to_date > ${day})`)
  return unit?.scope_path ?? null
}

export const readLoadRoute = handle(readLoad, async (tx, { params }, { actor, businessDate: day }) => {
  const [load] = await readLoads(tx, day, { staffKeys: [params.staffKey] })
  const seen = load !== undefined && (load.staffKey === actor.staffKey || actor.breadth === 'ALL' || (actor.breadth === 'UNIT' && (load.linePath === actor.linePath || load.linePath.startsWith(`${actor.linePath}.`))))
  return ok({ asOf: day, load: load && seen ? view(load) : null })
})
