import { sql, type Transaction } from '../foundation/database/transaction.ts'
import { monthOf, shiftMonth } from '../foundation/values/business-date.ts'
import { spanOf, type Collected, type StockRule, type StockRules } from './collect-facts.ts'
import { pointsTerms, type SchemeTerms } from './scheme.contract.ts'

/** A rule of the tariff for an event of a ledger. */
export type LedgerRule = { event: string; unit_fen: string | null; points: string }
type TariffRule = LedgerRule & { products: string[] | null }

/** The tariff of the ledger events in force on the last day of a month. */
export function readTariff(tx: Transaction, schemeCode: string, month: string): Promise<TariffRule[]> {
  const { to } = spanOf(month)
  return tx.all(sql<TariffRule>`
    SELECT event, unit_fen, points, products FROM point_rule WHERE scheme_code = ${schemeCode} AND from_date < ${to}::date AND (to_date IS NULL OR to_date >= ${to}::date) AND event NOT LIKE 'REPORT%' AND event NOT LIKE 'CHECK%'
    ORDER BY array_position(ARRAY['NEW_SMALL_LOAN', 'MERCHANT_LOAN_AMOUNT', 'MANAGED_LOAN_ADB', 'DEPOSIT_ADB_INCREMENT'], event)`)
}

/** Of a tariff, the rules that measure a stock. */
export function stockRules(tariff: readonly TariffRule[]): StockRules {
  const rule = (event: string): StockRule | undefined => {
    const found = tariff.find((row) => row.event === event)
    return found && found.unit_fen !== null ? { unitFen: BigInt(found.unit_fen), points: found.points, products: found.products } : undefined
  }
  const [deposits, loans] = [rule('DEPOSIT_ADB_INCREMENT'), rule('MANAGED_LOAN_ADB')]
  return { ...(deposits ? { deposits } : {}), ...(loans ? { loans } : {}) }
}

/** The rules by which a month was settled and closed. */
export type RulesThen = { terms: SchemeTerms; stocks: StockRules }

/** Closed months within reach of the scheme, by their first day, in their order, each with the version and the tariff by which it was settled: a rule edited since changes neither the month nor what is corrected of it. */
export async function readRulesThen(tx: Transaction, { schemeCode, month, terms }: Pick<Collected, 'schemeCode' | 'month' | 'terms'>): Promise<ReadonlyMap<string, RulesThen>> {
  const { from } = spanOf(month)
  const oldest = `${shiftMonth(month, -terms.correctionMonths)}-01`
  const closed = await tx.all(sql<{ month: string; terms: unknown }>`
    SELECT c.month, k.terms FROM closed_month c JOIN settlement_run r ON r.id = c.run_id JOIN scheme k ON k.code = r.scheme_code AND k.version = r.scheme_version
    WHERE c.scheme_code = ${schemeCode} AND c.month < ${from}::date AND c.month >= ${oldest}::date ORDER BY c.month`)
  const found = new Map<string, RulesThen>()
  for (const one of closed) found.set(one.month, { terms: pointsTerms.parse(one.terms), stocks: stockRules(await readTariff(tx, schemeCode, monthOf(one.month))) })
  return found
}
