import { sql, type Transaction } from '../../foundation/database/transaction.ts'
import type { LoadPolicy } from './load.rules.ts'

export type OwnershipPolicy = LoadPolicy & {
  claimTiers: string[]; claimsPerDay: number; claimsOpen: number; coolingDays: number; claimWindow: number
  visitWithin: number
  /** Longest substitution, in working days. */
  substitutionMost: number
  /** Tiers whose persons are high-end. */
  highEndTiers: string[]
}

type Row = Record<'version' | 'weight_t1' | 'weight_t2' | 'weight_t3' | 'weight_t4' | 'weight_p' | 'capacity_credit' | 'capacity_corporate' | 'capacity_person_t1' | 'capacity_person' | 'factor_a' | 'factor_b' | 'factor_c' | 'warn_above' | 'stop_above', string>
  & { claim_tiers: string[]; high_end_tiers: string[]; claims_per_day: number; claims_open: number; cooling_days: number; claim_window: number; visit_within: number; substitution_most: number }

/** What the bank decided about ownership, as of a day. */
export async function readOwnershipPolicy(tx: Transaction, day: string): Promise<OwnershipPolicy> {
  const row = await tx.one(sql<Row>`SELECT * FROM ownership_policy WHERE from_date <= ${day} AND (to_date IS NULL OR to_date > ${day})`)
  return {
    version: row.version, weight: { T1: row.weight_t1, T2: row.weight_t2, T3: row.weight_t3, T4: row.weight_t4, P: row.weight_p },
    capacity: { CREDIT: row.capacity_credit, CORPORATE: row.capacity_corporate, PERSON_T1: row.capacity_person_t1, PERSON: row.capacity_person },
    factor: { A: row.factor_a, B: row.factor_b, C: row.factor_c }, warnAbove: row.warn_above, stopAbove: row.stop_above,
    claimTiers: row.claim_tiers, claimsPerDay: row.claims_per_day, claimsOpen: row.claims_open, coolingDays: row.cooling_days, claimWindow: row.claim_window,
    visitWithin: row.visit_within, substitutionMost: row.substitution_most, highEndTiers: row.high_end_tiers,
  }
}
