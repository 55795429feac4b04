import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { berkaIsThere, installOtherSchemes, loadBerka, monthsOfFile, settleUnderFour, type Berka } from '../../tests/support/berka-bank.ts'
import { settleMonth } from './settle-month.ts'

// A real bank's month; all months: settle-berka.long.test.ts.
if (!berkaIsThere) process.stderr.write('settle-berka: skipped, the public Czech data are not beside the project\n')

describe.skipIf(!berkaIsThere)('December 1993 of the Czech bank', () => {
  let berka: Berka
  beforeAll(async () => {
    berka = await loadBerka()
  }, 600_000)
  afterAll(() => berka?.database.drop())

  test('the control report ties with the file’s own transactions and loans', async () => {
    const { services } = berka
    const file = monthsOfFile().get('1993-12')
    const outcome = await settleMonth(services, { month: '1993-12', dryRun: false })
    const [settled] = outcome.ok ? outcome.value : []
    expect(settled?.scheme).toBe('BERKA')
    expect(settled?.control).toMatchObject({ ties: true, transactions: { transactions: file?.transactions, inFen: String(file?.inFen), outFen: String(file?.outFen), behindLines: file?.transactions, withoutLine: 0 } })
    const row = settled?.control.rows.find(({ source }) => source === 'NEW_SMALL_LOAN')
    expect(row).toMatchObject({ facts: file?.loans, total: String((file?.loanFen ?? 0) * 100) })
    // what the file's own rounding of interest leaves (0.15 crowns an account and day)
    expect(Math.abs(Number(settled?.control.transactions.differenceFen))).toBeLessThan(100_000)
    const again = await settleMonth(services, { month: '1993-12', dryRun: false })
    expect(again.ok && again.value[0]).toMatchObject({ unchanged: true, hash: settled?.hash })
  })

  test('each deposit fact is the sum of the account’s daily balances', async () => {
    const owner = await berka.database.db.connectOwner()
    const { rows: [found] } = await owner.query<{ facts: number; wrong: number }>(`
      SELECT count(*)::int AS facts, count(*) FILTER (WHERE f.fen_days <> (SELECT sum(b.balance_fen) FROM generate_series(date '1993-12-01', date '1993-12-31', interval '1 day') d
        JOIN balance_span b ON b.account_id = f.fact_id AND b.customer_id = f.customer_id AND b.from_date <= d::date AND (b.to_date IS NULL OR b.to_date > d::date)))::int AS wrong
      FROM pay_fact f JOIN settled_month m ON m.run_id = f.run_id WHERE f.kind = 'ACCOUNT'`)
    await owner.end()
    expect(found?.facts).toBeGreaterThan(1000)
    expect(found?.wrong).toBe(0)
  })

  test('it settles under all four schemes for the managers by district, every control report ties, and twice is the same', async () => {
    await installOtherSchemes(berka, ['1993-12'])
    const told = await settleUnderFour(berka, '1993-12')
    expect([...told].filter(([, settled]) => !settled.control.ties)).toEqual([])
    for (const scheme of ['BERKA', 'CARD', 'HUNDRED']) expect(told.get(scheme)?.people).toBeGreaterThan(70)
    // the deposits of the month behind the lines are those of the file: all its bookings are, as under the points scheme
    const hundred = told.get('HUNDRED')
    expect(hundred?.control.rows.find(({ source }) => source === 'DEPOSIT_INCREMENT')?.facts).toBeGreaterThan(100)
    expect(hundred?.control.transactions).toMatchObject({ withoutLine: 0 })
    const again = await settleMonth(berka.services, { month: '1993-12', scheme: 'HUNDRED', dryRun: false })
    expect(again.ok && again.value[0]).toMatchObject({ hash: hundred?.hash, unchanged: true })
  }, 300_000)
})
