import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { berkaIsThere, berkaMonths, fourSchemes, installOtherSchemes, loadBerka, monthsOfFile, settleUnderFour, supportWeights, type Berka, type FileMonth } from '../../tests/support/berka-bank.ts'
import { splitFen } from '../foundation/values/fen.ts'
import { settleMonth } from './settle-month.ts'

// Every month of a real bank under the four schemes, in their order.
if (!berkaIsThere) process.stderr.write('settle-berka: skipped, the public Czech data are not beside the project\n')

describe.skipIf(!berkaIsThere)('the Czech bank, month by month under four schemes, for managers by district', () => {
  const file = berkaIsThere ? monthsOfFile() : new Map<string, FileMonth>()
  let berka: Berka
  beforeAll(async () => {
    berka = await loadBerka()
    // a bank without a scheme begins with that of the house
    expect((await settleMonth(berka.services, { month: '1993-01', dryRun: true })).ok).toBe(true)
    await installOtherSchemes(berka, berkaMonths)
  }, 600_000)
  afterAll(() => berka?.database.drop())

  test.each([...berkaMonths])('%s: the control reports tie with the transactions and loans of the file', async (month) => {
    const told = await settleUnderFour(berka, month)
    expect([...told.keys()]).toEqual([...fourSchemes])
    const given = file.get(month)
    for (const [scheme, settled] of told) {
      expect([scheme, settled.control.rows.filter(({ ties }) => !ties), settled.control.ties]).toEqual([scheme, [], true])
      // the second line is paid from the pay of the first: no transaction stands behind it
      if (scheme === 'SUPPORT') continue
      // the scorecard counts deposits of companies: of a bank of persons no booking stands behind a line of it, and its report says so
      const withoutLine = scheme === 'CARD' ? given?.transactions : 0
      expect([scheme, settled.control.transactions]).toMatchObject([scheme, { transactions: given?.transactions, inFen: String(given?.inFen), outFen: String(given?.outFen), withoutLine }])
    }
    expect(told.get('BERKA')?.control.rows.find(({ source }) => source === 'NEW_SMALL_LOAN') ?? { facts: 0, total: '0' }).toMatchObject({ facts: given?.loans, total: String((given?.loanFen ?? 0) * 100) })
  })
  test.each([...berkaMonths])('%s: each manager’s new customers, and what the scorecard pays for them, are counted from the accounts of the file', async (month) => {
    const owner = await berka.database.db.connectOwner()
    const { rows } = await owner.query<{ manager: string; quantity: string; payable: string }>(`SELECT f.staff_no AS manager, l.quantity::int::text AS quantity, p.payable_fen::text AS payable
      FROM settled_month m JOIN pay_statement p ON p.run_id = m.run_id JOIN pay_line l ON l.run_id = p.run_id AND l.staff_key = p.staff_key AND l.code = 'NEW_CUSTOMERS' JOIN staff f ON f.key = p.staff_key
      WHERE m.scheme_code = 'CARD' AND m.month = $1 ORDER BY 1`, [`${month}-01`])
    await owner.end()
    const opened = file.get(month)?.opened ?? {}
    // the target is 2: one is 50 of 100 and pays nothing, two pay 1.10 and three or more 1.30 of the base of 5,000
    const pay = (count: number): string => (count < 2 ? '0' : count === 2 ? '550000' : '650000')
    expect(rows).toHaveLength(77)
    expect(rows).toEqual(rows.map(({ manager }) => ({ manager, quantity: String(opened[manager] ?? 0), payable: pay(opened[manager] ?? 0) })))
    expect(rows.reduce((sum, { quantity }) => sum + Number(quantity), 0)).toBe(Object.values(opened).reduce((sum, count) => sum + count, 0))
  })
  test('every scheme pays in every month; the second line gets its share of 8 % of the first, what is held for the department without data stays', async () => {
    const owner = await berka.database.db.connectOwner()
    const { rows } = await owner.query<{ month: string; scheme: string; fen: string }>(`SELECT to_char(m.month, 'YYYY-MM') AS month, m.scheme_code AS scheme, r.payable_fen::text AS fen FROM settled_month m JOIN settlement_run r ON r.id = m.run_id ORDER BY 1, 2`)
    await owner.end()
    const fen = (month: string, scheme: string): bigint => BigInt(rows.find((row) => row.month === month && row.scheme === scheme)?.fen ?? '0')
    for (const month of berkaMonths) {
      for (const scheme of fourSchemes) expect([month, scheme, fen(month, scheme) > 0n]).toEqual([month, scheme, true])
      const pool = ((fen(month, 'BERKA') + fen(month, 'CARD')) * 8n + 50n) / 100n
      expect([month, fen(month, 'SUPPORT')]).toEqual([month, splitFen(pool, [...supportWeights])[0]])
    }
  })
  test('the month in which the data end is not over', async () => {
    for (const scheme of ['BERKA', 'CARD', 'HUNDRED']) expect(await settleMonth(berka.services, { month: '1994-03', scheme, dryRun: false })).toMatchObject({ ok: false, refusal: { name: 'month-not-over' } })
  })
})
