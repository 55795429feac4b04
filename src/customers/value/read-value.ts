import { sql, type Transaction } from '../../foundation/database/transaction.ts'
import { handle } from '../../foundation/http/route.ts'
import { addMonths, fullMonths, monthOf, monthStart, nextMonth, shiftMonth } from '../../foundation/values/business-date.ts'
import { decimalText, exact } from '../../foundation/values/decimal.ts'
import { ok, refuse } from '../../foundation/values/outcome.ts'
import { byProduct, rarocPct, sharesOf } from './contribution.rules.ts'
import { medianOfTier } from './engine-read-median.ts'
import { loyaltyIndex, type LoyaltyPart } from './loyalty.rules.ts'
import { getCustomerValue, type CustomerValue, type ValueLineView } from './value.contract.ts'
import type { ValueParameters } from './work-out-contribution.ts'

type Row = {
  month: string; days: number; computedOn: string; depositAdbFen: string; loanAdbFen: string; preTaxFen: string; taxFen: string; netFen: string; capitalFen: string; chargeFen: string; evaFen: string; missing: string[]; parameters: ValueParameters
}
type Line = Omit<ValueLineView, 'product'> & { code: string | null; zh: string | null; en: string | null }
/** What parts are called that are no product. */
export const otherParts: Readonly<Record<string, { zh: string; en: string }>> = { FEES: { zh: '手续费', en: 'Fees' }, COST: { zh: '业务成本', en: 'Cost of activity' }, DEPOSIT: { zh: '存款（未分到产品）', en: 'Deposits, no product' }, LOAN: { zh: '贷款（未分到产品）', en: 'Loans, no product' } }

export const getCustomerValueRoute = handle(getCustomerValue, async (tx, { params: { customerId }, query }, { businessDate: day }) => {
  const customer = await tx.maybe(sql<{ kind: string; tier: string; openedOn: string | null; currency: string; example: boolean }>`
    SELECT c.kind, c.tier, c.opened_on AS "openedOn", bank.currency, EXISTS (SELECT FROM ftp_price p WHERE p.example AND p.currency = bank.currency AND NOT EXISTS (SELECT FROM ftp_price o WHERE o.currency = p.currency AND NOT o.example)) AS example
    FROM customer c, bank WHERE c.customer_id = ${customerId}`)
  if (!customer) return refuse('not-found')
  const until = monthOf(day)
  const first = monthStart(shiftMonth(until, -Number(query.months)))
  const months = await tx.all(sql<CustomerValue['months'][number]>`
    SELECT to_char(month_start, 'YYYY-MM') AS month, pre_tax_fen::text AS "preTaxFen", net_fen::text AS "netFen", eva_fen::text AS "evaFen" FROM contribution WHERE customer_id = ${customerId} AND month_start >= ${first} AND month_start < ${monthStart(until)} ORDER BY month_start`)
  const wanted = query.month === undefined ? months.at(-1) : months.find((one) => one.month === query.month)
  const year = months.slice(-12)
  const { tier, kind, currency, example } = customer
  return ok({
    asOf: day, currency, example, tier, months, shown: wanted ? await readMonth(tx, customerId, wanted.month, { kind, tier }) : null,
    yearFen: year.length === 12 ? year.reduce((sum, one) => sum + BigInt(one.preTaxFen), 0n).toString() : null,
    loyalty: await readLoyalty(tx, customerId, customer.openedOn, day),
  })
})

async function readMonth(tx: Transaction, customerId: string, month: string, group: { kind: string; tier: string }): Promise<CustomerValue['shown']> {
  const start = monthStart(month)
  const row = await tx.one(sql<Row>`
    SELECT to_char(c.month_start, 'YYYY-MM') AS month, c.days, v.computed_on AS "computedOn", c.deposit_adb_fen::text AS "depositAdbFen", c.loan_adb_fen::text AS "loanAdbFen", c.pre_tax_fen::text AS "preTaxFen", c.tax_fen::text AS "taxFen",
      c.net_fen::text AS "netFen", c.capital_fen::text AS "capitalFen", c.charge_fen::text AS "chargeFen", c.eva_fen::text AS "evaFen", c.missing || v.missing AS missing, v.parameters
    FROM contribution c JOIN value_month v ON v.month_start = c.month_start WHERE c.customer_id = ${customerId} AND c.month_start = ${start}`)
  const lines = await tx.all(sql<Line>`
    SELECT l.kind, l.product_code AS code, p.name AS zh, p.name_en AS en, l.base_fen::text AS "baseFen", l.times, l.rate::text AS rate, l.ftp_rate::text AS "ftpRate", l.price_side AS side, l.price_term AS term, l.price_from AS "priceFrom", l.amount_fen::text AS "amountFen"
    FROM contribution_line l LEFT JOIN holdings_product_facts p ON p.code = l.product_code WHERE l.customer_id = ${customerId} AND l.month_start = ${start} ORDER BY l.part`)
  const named = new Map(lines.flatMap((line) => (line.code === null ? [] : [[line.code, { zh: line.zh ?? line.code, en: line.en ?? line.code }] as const])))
  const parts = byProduct(lines.map((line) => ({ kind: line.kind, productCode: line.code, baseFen: line.baseFen === null ? null : BigInt(line.baseFen), amountFen: BigInt(line.amountFen) })))
  const shares = sharesOf(parts)
  const { parameters, ...told } = row
  return {
    ...told, rarocPct: rarocPct(BigInt(row.netFen), BigInt(row.capitalFen), row.days), taxRate: parameters.taxRate, capitalRatio: parameters.capitalRatio, hurdleRate: parameters.hurdleRate,
    lines: lines.map(({ code, zh: _zh, en: _en, ...line }) => ({ ...line, product: code === null ? null : (named.get(code) ?? null) })),
    products: parts.map((part, place) => ({ product: named.get(part.product) ?? otherParts[part.product] ?? { zh: part.product, en: part.product }, amountFen: part.amountFen.toString(), sharePct: shares[place] ?? null })),
    median: await medianOfTier(tx, { month, ...group }),
  }
}

/** Loyalty from what is known: our balances and those known at other banks, years, product lines; payroll from what the file says of other banks. Complaints have no source yet. */
async function readLoyalty(tx: Transaction, customerId: string, openedOn: string | null, day: string): Promise<CustomerValue['loyalty']> {
  const known = await tx.one(sql<{ ours: string; elsewhere: string | null; lines: number; payroll: boolean; settlement: boolean; accounts: boolean; wages: boolean }>`
    SELECT (SELECT coalesce(sum(balance_fen), 0)::text FROM holdings_balance_facts b, bank WHERE b.customer_id = ${customerId} AND b.line = 'DEPOSIT' AND b.currency = bank.currency AND b.from_date <= ${day} AND (b.to_date IS NULL OR b.to_date > ${day})) AS ours,
      (SELECT sum(amount_fen)::text FROM banking_elsewhere WHERE customer_id = ${customerId} AND service IN ('DEPOSIT', 'WEALTH') AND known_on <= ${day} AND (ended_on IS NULL OR ended_on > ${day})) AS elsewhere,
      (SELECT count(DISTINCT line)::int FROM (
        SELECT line FROM holdings_account_facts WHERE customer_id = ${customerId} AND opened_on <= ${day} AND (closed_on IS NULL OR closed_on > ${day})
        UNION ALL SELECT 'LOAN' FROM holdings_loan_facts WHERE customer_id = ${customerId} AND paid_out_on <= ${day} AND (settled_on IS NULL OR settled_on > ${day})) l) AS lines,
      EXISTS (SELECT FROM banking_elsewhere WHERE customer_id = ${customerId} AND service = 'PAYROLL' AND known_on <= ${day} AND (ended_on IS NULL OR ended_on > ${day})) AS payroll,
      EXISTS (SELECT FROM banking_elsewhere WHERE customer_id = ${customerId} AND service = 'SETTLEMENT' AND known_on <= ${day} AND (ended_on IS NULL OR ended_on > ${day})) AS settlement,
      EXISTS (SELECT FROM holdings_account_facts WHERE customer_id = ${customerId} AND line = 'DEPOSIT' AND matures_on IS NULL AND opened_on <= ${day} AND (closed_on IS NULL OR closed_on > ${day})) AS accounts,
      EXISTS (SELECT FROM holdings_transaction_facts WHERE customer_id = ${customerId} AND kind IN ('SALARY', 'PENSION', 'PAYROLL') AND booked_on > ${addMonths(day, -3)} AND booked_on <= ${day}) AS wages`)
  const ours = exact(known.ours)
  const elsewhere = known.elsewhere === null ? null : exact(known.elsewhere)
  const total = elsewhere === null ? null : ours.plus(elsewhere)
  const share = total === null || total.lte(0) || ours.lt(0) ? null : ours.div(total)
  const months = openedOn === null ? null : fullMonths(openedOn, day)
  // wages come in: payroll with us. The main account elsewhere is only known where the file tells it
  const main: '1' | '0.5' | '0' | null = known.wages ? '1' : known.payroll && known.settlement ? '0' : known.payroll && known.accounts ? '0.5' : null
  const loyalty = loyaltyIndex({
    shareOfWallet: share === null ? null : decimalText(share, 10), years: months === null ? null : decimalText(exact(String(months)).div(12), 10), productLines: known.lines, payrollOrMainAccount: main, complaintFree: null,
  })
  const told: Record<LoyaltyPart, string | null> = {
    shareOfWallet: share === null ? null : decimalText(share.times(100), 2), years: months === null ? null : decimalText(exact(String(months)).div(12), 1), productLines: String(known.lines), payrollOrMainAccount: main, complaintFree: null,
  }
  return { index: loyalty.index, parts: loyalty.parts.map((part) => ({ ...part, told: told[part.part] })) }
}

export const earliestValue = (last: string | null, day: string): string => monthStart(nextMonth(last ?? shiftMonth(monthOf(day), -1)))
