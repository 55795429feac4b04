import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { smallBank, type SmallBank } from '../../../tests/support/small-bank.ts'
import { chance } from '../../contact-plan/contact-coverage-testing.ts'
import { add } from '../../foundation/store/store.ts'
import { daysInMonth, monthStart, nextMonth } from '../../foundation/values/business-date.ts'
import { newId } from '../../foundation/values/uuid7.ts'
import { findMissingPrice } from './find-missing-price.ts'
import { contributionOf } from './contribution.rules.ts'
import { workOutMonth } from './work-out-contribution.ts'

let bank: SmallBank
beforeAll(async () => {
  bank = await smallBank([])
  await bank.services.db.asBatch(async (tx) => {
    for (const [code, line] of [['D1', 'DEPOSIT'], ['D2', 'DEPOSIT'], ['L1', 'LOAN']]) await add(tx, 'product', { code, name: code, name_en: code, line }, { why: 'test' })
  })
})
afterAll(() => bank.close())

const month = '2026-10'
const days = daysInMonth(month)
type Given = { kind: 'CORPORATE' | 'PERSON'; demandFen: bigint; /** Of 12 months, opened on 2026-01-10. */ timeFen: bigint | null; timeRate: string; /** Half of the month. */ loanFen: bigint | null; loanRate: string | null; transactions: number; feeFen: bigint }

async function customerWith(given: Given): Promise<string> {
  const customerId = await bank.customer({ bare: true, kind: given.kind, name: given.kind === 'PERSON' ? '张三' : '某某有限公司', openedOn: '2025-01-01' })
  const outlet = bank.units.south.key
  await bank.services.db.asBatch(async (tx) => {
    const account = async (product: string, fen: bigint, more: Record<string, string>): Promise<string> => {
      const id = newId()
      await add(tx, 'account', { customer_id: customerId, id, core_key: id, product_code: product, outlet_key: outlet, opened_on: '2026-01-10', ...more }, { why: 'test' })
      await add(tx, 'balance_span', { customer_id: customerId, account_id: id, from_date: '2026-01-10', balance_fen: fen }, { why: 'test' })
      return id
    }
    const demand = await account('D1', given.demandFen, {})
    if (given.timeFen !== null) await account('D2', given.timeFen, { matures_on: '2027-01-10', rate: given.timeRate })
    if (given.loanFen !== null) {
      const id = newId()
      await add(tx, 'loan', { customer_id: customerId, id, core_key: id, product_code: 'L1', outlet_key: outlet, amount_fen: given.loanFen, paid_out_on: '2026-10-16', matures_on: '2027-10-16', term_months: 12, ...(given.loanRate === null ? {} : { rate: given.loanRate }) }, { why: 'test' })
      await add(tx, 'loan_span', { customer_id: customerId, loan_id: id, from_date: '2026-10-16', principal_fen: given.loanFen }, { why: 'test' })
    }
    for (let n = 0; n < given.transactions; n += 1) {
      const id = newId()
      await add(tx, 'account_transaction', { customer_id: customerId, id, account_id: demand, core_key: id, booked_on: '2026-10-05', direction: 'OUT', amount_fen: n === 0 ? given.feeFen : 100n, kind: n === 0 ? 'FEE' : 'TRANSFER' }, { why: 'test' })
    }
  })
  return customerId
}

/** The rule's answer, with the prices and parameters that come with the product. */
function expected(given: Given) {
  const loanAdb = given.loanFen === null || given.loanRate === null ? 0n : (given.loanFen * 16n * 2n + BigInt(days)) / (2n * BigInt(days))
  const person = given.kind === 'PERSON'
  return contributionOf({
    days,
    deposits: [{ name: 'demand', adbFen: given.demandFen, ftp: '0.0120', rate: '0.0010' }, ...(given.timeFen === null ? [] : [{ name: 'time', adbFen: given.timeFen, ftp: '0.0170', rate: given.timeRate }])],
    loans: loanAdb === 0n ? [] : [{ adbFen: loanAdb, ftp: '0.0205', rate: given.loanRate ?? '0', pd: person ? '0.008' : '0.012', lgd: '0.45' }],
    feesFen: given.transactions > 0 ? given.feeFen : 0n, bills: [], opexFen: BigInt(given.transactions) * 50n, riskWeightedFen: person ? (loanAdb * 75n) / 100n : loanAdb,
    terms: { depInsRate: '0.00016', vatRate: '0.06', surchargeRate: '0.12', taxRate: '0.25', taxOnLoss: false, capitalRatio: '0.105', hurdleRate: '0.10' },
  })
}
const run = (again = false) => bank.services.db.asBatch((tx) => workOutMonth(tx, { month, today: '2026-11-23', again }))
type Stored = { pre_tax_fen: string; tax_fen: string; net_fen: string; charge_fen: string; eva_fen: string; missing: string[]; lines: string }
const stored = async (customerId: string) => (await bank.look<Stored>(`SELECT c.*, (SELECT sum(amount_fen) FROM contribution_line l WHERE l.customer_id = c.customer_id AND l.month_start = c.month_start) AS lines FROM contribution c WHERE customer_id = $1 AND month_start = $2`, [customerId, monthStart(month)]))[0]

describe('the contribution of the whole book by statements', () => {
  test('60 customers by chance: to the fen as the rule says, and the lines sum to the customer', async () => {
    const many: { id: string; given: Given }[] = []
    for (let seed = 0; seed < 60; seed += 1) {
      const roll = chance(seed)
      const given: Given = {
        kind: roll(2) === 0 ? 'CORPORATE' : 'PERSON', demandFen: BigInt(roll(1_000_000_007)) * BigInt(1 + roll(9)), timeFen: roll(2) === 0 ? null : BigInt(1 + roll(900_000_001)), timeRate: ['0.0115', '0.01255', '0.0199'][roll(3)] ?? '0.0115',
        loanFen: roll(2) === 0 ? null : (BigInt(1 + roll(2_000_000_001)) * 4n) , loanRate: roll(5) === 0 ? null : (['0.0385', '0.0435', '0.0120'][roll(3)] ?? '0.0385'), transactions: roll(4), feeFen: BigInt(1 + roll(50_000)),
      }
      many.push({ id: await customerWith(given), given })
    }
    expect((await run())?.customers).toBeGreaterThanOrEqual(60)
    for (const { id, given } of many) {
      const found = expected(given)
      const row = await stored(id)
      // risk-weighted assets of persons are not whole fen: the statement keeps them exact
      expect([given, row?.pre_tax_fen, row?.tax_fen, row?.net_fen]).toEqual([given, found.preTaxFen.toString(), (-found.taxFen).toString(), found.netFen.toString()])
      if (given.kind === 'CORPORATE') expect([given, row?.charge_fen, row?.eva_fen]).toEqual([given, (-found.chargeFen).toString(), found.evaFen.toString()])
      expect(row?.lines ?? '0').toBe(found.preTaxFen.toString())
      expect(row?.missing).toEqual(given.loanFen !== null && given.loanRate === null ? ['LOAN_RATE'] : [])
    }
  })
  test('run again it adds nothing; who came later is added; again means anew, with the same result', async () => {
    const before = await bank.look('SELECT customer_id, month_start, pre_tax_fen, eva_fen FROM contribution ORDER BY 1, 2')
    expect(await run()).toEqual({ customers: 0 })
    await customerWith({ kind: 'PERSON', demandFen: 5_000_000n, timeFen: null, timeRate: '0', loanFen: null, loanRate: null, transactions: 0, feeFen: 0n })
    expect(await run()).toEqual({ customers: 1 })
    expect((await run(true))?.customers).toBe(before.length + 1)
    const after = await bank.look<{ customer_id: string }>('SELECT customer_id, month_start, pre_tax_fen, eva_fen FROM contribution ORDER BY 1, 2')
    expect(after.filter((row) => (before as { customer_id: string }[]).some((one) => one.customer_id === row.customer_id))).toEqual(before)
  })
  test('the rates that were used stand on the line, with the day of the price; what has no source is told', async () => {
    const id = await customerWith({ kind: 'CORPORATE', demandFen: 1_200_000_000n, timeFen: 2_000_000_000n, timeRate: '0.0135', loanFen: 3_000_000_000n, loanRate: '0.0385', transactions: 1, feeFen: 10_600n })
    await run()
    const lines = await bank.look<{ kind: string; rate: string | null; ftp_rate: string | null; price_term: number | null; price_from: string | null }>('SELECT kind, rate, ftp_rate, price_term, price_from FROM contribution_line WHERE customer_id = $1 ORDER BY part', [id])
    expect(lines).toEqual([
      { kind: 'DEPOSIT', rate: '0.00100000', ftp_rate: '0.01200000', price_term: 0, price_from: '1900-01-01' }, { kind: 'DEPOSIT', rate: '0.01350000', ftp_rate: '0.01700000', price_term: 12, price_from: '1900-01-01' },
      { kind: 'DEPOSIT_INSURANCE', rate: '0.00016000', ftp_rate: null, price_term: null, price_from: null }, { kind: 'LOAN_INTEREST', rate: '0.03850000', ftp_rate: null, price_term: null, price_from: null },
      { kind: 'LOAN_FUNDING', rate: null, ftp_rate: '0.02050000', price_term: 12, price_from: '1900-01-01' }, { kind: 'LOAN_VAT', rate: '0.06000000', ftp_rate: null, price_term: null, price_from: null },
      { kind: 'LOAN_SURCHARGE', rate: '0.12000000', ftp_rate: null, price_term: null, price_from: null }, { kind: 'EXPECTED_LOSS', rate: '0.00540000', ftp_rate: null, price_term: null, price_from: null },
      { kind: 'FEES', rate: null, ftp_rate: null, price_term: null, price_from: null }, { kind: 'FEE_VAT', rate: '0.06000000', ftp_rate: null, price_term: null, price_from: null },
      { kind: 'FEE_SURCHARGE', rate: '0.12000000', ftp_rate: null, price_term: null, price_from: null }, { kind: 'TRANSACTIONS', rate: null, ftp_rate: null, price_term: null, price_from: null },
    ])
    expect(await bank.look('SELECT missing FROM value_month')).toEqual([{ missing: ['BILLS', 'WEALTH_FEES'] }])
  })
  test('a price of a later day does not touch what was opened before; a month without any price in the bank’s money is not worked out', async () => {
    await bank.services.db.asBatch(async (tx) => {
      await add(tx, 'ftp_price', { currency: 'CNY', side: 'BID', term_months: 0, from_date: monthStart(nextMonth(month)), rate: '0.02', basis: 'test' }, { why: 'test' })
      await add(tx, 'ftp_price', { currency: 'CNY', side: 'BID', term_months: 12, from_date: '2026-01-01', rate: '0.0185', basis: 'test' }, { why: 'test' })
    })
    const id = await customerWith({ kind: 'PERSON', demandFen: 100_000_000n, timeFen: 100_000_000n, timeRate: '0.0135', loanFen: null, loanRate: null, transactions: 0, feeFen: 0n })
    await run()
    expect(await bank.look('SELECT ftp_rate, price_from FROM contribution_line WHERE customer_id = $1 AND kind = $2 ORDER BY part', [id, 'DEPOSIT'])).toEqual([{ ftp_rate: '0.01200000', price_from: '1900-01-01' }, { ftp_rate: '0.01850000', price_from: '2026-01-01' }])
    const owner = await bank.services.db.connectOwner()
    await owner.query(`UPDATE bank SET currency = 'CZK'`)
    expect(await run(true)).toBeNull()
    await owner.query(`UPDATE bank SET currency = 'CNY'`)
    await owner.end()
  })
})

describe('a price of funds that is not there', () => {
  test('is named, and nothing is worked out by halves', async () => {
    const customerId = await customerWith({ kind: 'CORPORATE', demandFen: 1_000_000_00n, timeFen: null, timeRate: '0', loanFen: 5_000_000_00n, loanRate: '0.0385', transactions: 0, feeFen: 0n })
    expect(await bank.services.db.asBatch((tx) => findMissingPrice(tx, month))).toBeNull()
    await bank.look(`UPDATE ftp_price SET from_date = '2026-10-17' WHERE side = 'OFFER' AND term_months = 12`)
    expect(await bank.services.db.asBatch((tx) => findMissingPrice(tx, month))).toEqual({ side: 'OFFER', term: 12, day: '2026-10-16' })
    const before = await bank.look('SELECT count(*)::int AS n FROM contribution')
    expect(await run(true)).toBeNull()
    expect(await bank.look('SELECT count(*)::int AS n FROM contribution')).toEqual(before)
    await bank.look(`UPDATE ftp_price SET from_date = '1900-01-01' WHERE side = 'OFFER' AND term_months = 12`)
    expect((await run(true))?.customers).toBeGreaterThan(0)
    expect(await bank.look(`SELECT kind FROM contribution_line WHERE customer_id = $1 AND kind = 'LOAN_FUNDING'`, [customerId])).toEqual([{ kind: 'LOAN_FUNDING' }])
  })
})
