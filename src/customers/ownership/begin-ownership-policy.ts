import { sql, type Transaction } from '../../foundation/database/transaction.ts'
import { add, change } from '../../foundation/store/store.ts'

export type NewOwnershipPolicy = {
  from: string
  version: string
  legalBasis: string
  /** What differs from the version before. */
  values: Partial<Record<'capacity_credit' | 'capacity_corporate' | 'capacity_person_t1' | 'capacity_person' | 'factor_a' | 'factor_b' | 'factor_c' | 'warn_above' | 'stop_above', string>>
}

/** A bank's own rules of ownership begin on a day; the version before ends on it. Run as batch; the same version again changes nothing. */
export async function beginOwnershipPolicy(tx: Transaction, policy: NewOwnershipPolicy): Promise<void> {
  const former = await tx.one(sql<Record<string, string | number | string[] | null> & { from_date: string; version: string }>`SELECT * FROM ownership_policy WHERE to_date IS NULL FOR UPDATE`)
  if (former.version === policy.version) return
  if (former.from_date >= policy.from) throw new Error('the rules begin after those before')
  await change(tx, 'ownership_policy', { from_date: former.from_date }, { to_date: policy.from }, { why: policy.legalBasis })
  await add(tx, 'ownership_policy', { ...former, ...policy.values, from_date: policy.from, to_date: null, version: policy.version, legal_basis: policy.legalBasis }, { why: policy.legalBasis })
}
