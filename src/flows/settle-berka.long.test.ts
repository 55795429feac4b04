import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { berkaIsThere, berkaMonths, fourSchemes, installOtherSchemes, loadBerka, monthsOfFile, settleUnderFour, type Berka } from '../../tests/support/berka-bank.ts'
import { settleMonth } from './settle-month.ts'

// Every month of a real bank under the four schemes, in their order.
if (!berkaIsThere) process.stderr.write('settle-berka: skipped, the public Czech data are not beside the project\n')

describe.skipIf(!berkaIsThere)('the Czech bank, month by month under four schemes, for managers by district', () => {
  const file = berkaIsThere ? monthsOfFile() : new Map<string, never>()
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
  test('the month in which the data end is not over', async () => {
    for (const scheme of ['BERKA', 'CARD', 'HUNDRED']) expect(await settleMonth(berka.services, { month: '1994-03', scheme, dryRun: false })).toMatchObject({ ok: false, refusal: { name: 'month-not-over' } })
  })
})
