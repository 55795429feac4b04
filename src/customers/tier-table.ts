import type { TierRow } from './tier.rules.ts'

const yuan = (amount: bigint): bigint => amount * 100n

/**
 * The dated table of tiers (2.4). A bank's own rows win over '*', the row of the customer's region over '*'. Yearly contribution and the strategic list
 * have no source yet: balance and credit decide, and the reason of each tier says so.
 */
export const tierTable: readonly TierRow[] = [
  {
    bank: '*', region: '*', version: '1', from: '1900-01-01', to: null,
    CORPORATE: { T1: yuan(20_000_000n), T2: yuan(5_000_000n), T3: yuan(500_000n), credit: 'T2' },
    PERSON: { T1: yuan(6_000_000n), T2: yuan(500_000n), T3: yuan(50_000n), credit: null },
  },
  // 2.14: crowns, by the month's average; it has no accounts above 200,000
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
