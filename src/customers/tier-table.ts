import type { TierRow, TierRule } from './tier.rules.ts'

const yuan = (amount: bigint): bigint => amount * 100n

/**
 * The dated table of tiers (2.4) that comes with the product. A bank's own rows of the table `tier_rule` win over it by region and kind; here the row of a bank wins over '*', the row of
 * the customer's region over '*'.
 */
export const tierTable: readonly TierRow[] = [
  {
    bank: '*', region: '*', version: '1', from: '1900-01-01', to: null,
    CORPORATE: { T1: yuan(20_000_000n), T2: yuan(5_000_000n), T3: yuan(500_000n), credit: 'T2', contribution: { T1: yuan(500_000n), T2: yuan(100_000n) }, strategic: 'T1', confirmCore: true },
    PERSON: { T1: yuan(6_000_000n), T2: yuan(500_000n), T3: yuan(50_000n), credit: null, confirmCore: true },
  },
  // 2.14: crowns, by the month's average; it has no accounts above 200,000. Nobody of that bank is there to confirm
  {
    bank: 'berka', region: '*', version: 'berka-1', from: '1900-01-01', to: null,
    CORPORATE: { T1: yuan(100_000n), T2: yuan(50_000n), T3: yuan(10_000n), credit: null },
    PERSON: { T1: yuan(100_000n), T2: yuan(50_000n), T3: yuan(10_000n), credit: null },
  },
]

/** The rows in force on a day for a bank: its own when there are any, else those of all banks; one per region. */
export function tierRowsOn(bank: string, day: string, table: readonly TierRow[] = tierTable): TierRow[] {
  const inForce = table.filter((row) => row.from <= day && (row.to === null || row.to > day))
  const own = inForce.filter((row) => row.bank === bank)
  return own.length > 0 ? own : inForce.filter((row) => row.bank === '*')
}

/** The same for each kind of customer. */
export function tierRulesOn(bank: string, day: string, table: readonly TierRow[] = tierTable): TierRule[] {
  return tierRowsOn(bank, day, table).flatMap((row) => (['CORPORATE', 'PERSON'] as const).map((kind) => ({ kind, region: row.region, version: row.version, lines: row[kind] })))
}
