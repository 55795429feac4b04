import { afterAll, beforeAll, expect, test } from 'vitest'
import { closeSettledMonth } from '../close-settled-month.ts'
import { installScheme } from '../install-scheme-version.ts'
import { payBank, type PayBank } from '../pay-bank-testing.ts'
import { settleScheme } from '../settle-one-month.ts'

// A false report takes the points of its loan, those of the inspected month too: a run looks at the loans of the month. What corrects it gives back what it took, no more and no less.
let house: PayBank
let customer: string
beforeAll(async () => {
  house = await payBank()
  await house.bank.db.asOffice((tx) => installScheme(tx, { code: 'POINTS', from: '2020-01-01' }))
  customer = await house.customer()
  await house.assign(customer, house.staff.an.key, '100', '2024-01-01')
})
afterAll(() => house.drop())
const loan = (day: string) => house.loan(customer, { amount: 1_000_000, paidOut: day, matures: '2026-04-01', term: 12 })
const report = (month: string, more: { grade: string; loan?: string; corrects?: string }) => house.form({ indicator: 'INSPECTION_REPORT', staff: house.staff.an.key, month, object: '调查报告 L1', ...more })
const settle = async (month: string): Promise<string[]> => {
  const settled = await settleScheme(house.bank, { month, scheme: 'POINTS', dryRun: false })
  expect(settled.ok).toBe(true)
  const { rows } = await house.owner.query<{ told: string }>(`SELECT l.code || coalesce(' of ' || to_char(l.corrects_month, 'MM'), '') || ' ' || l.points AS told FROM pay_line l JOIN settled_month m ON m.run_id = l.run_id WHERE m.month = $1 AND l.staff_key = $2 AND l.points <> 0 ORDER BY place`, [`${month}-01`, house.staff.an.key])
  return rows.map(({ told }) => told)
}
const close = (month: string) => house.bank.db.asBatch((tx) => closeSettledMonth(tx, { month, scheme: 'POINTS', closedBy: null, today: '2025-12-31' }))

test('of a loan of the same month, and worked out twice it is the same', async () => {
  const id = await report('2025-03', { grade: 'FALSE', loan: await loan('2025-03-05') })
  expect(await settle('2025-03')).toEqual(['NEW_SMALL_LOAN 20.00', 'INSPECTION_REPORT -20.00'])
  expect(await settle('2025-03')).toEqual(['NEW_SMALL_LOAN 20.00', 'INSPECTION_REPORT -20.00'])
  expect((await close('2025-03')).ok).toBe(true)
  // upheld in April: the twenty points come back in April; March is collected again without a difference
  await report('2025-04', { grade: 'PASS', corrects: id })
  expect(await settle('2025-04')).toEqual(['INSPECTION_REPORT 20.00'])
  expect((await close('2025-04')).ok).toBe(true)
})
test('of a loan of a month before; corrected within the same month both give nothing', async () => {
  const given = await loan('2025-05-06')
  expect(await settle('2025-05')).toEqual(['NEW_SMALL_LOAN 20.00'])
  expect((await close('2025-05')).ok).toBe(true)
  const id = await report('2025-06', { grade: 'FALSE', loan: given })
  expect(await settle('2025-06')).toEqual(['INSPECTION_REPORT -20.00'])
  await report('2025-06', { grade: 'UNTRUE_MINOR', loan: given, corrects: id })
  expect(await settle('2025-06')).toEqual(['INSPECTION_REPORT -15.00'])
})
test('found after the month was closed: a late line of the next month takes it', async () => {
  expect((await close('2025-06')).ok).toBe(true)
  const given = await loan('2025-07-03')
  expect(await settle('2025-07')).toEqual(['NEW_SMALL_LOAN 20.00'])
  expect((await close('2025-07')).ok).toBe(true)
  await report('2025-07', { grade: 'FALSE', loan: given })
  expect(await settle('2025-08')).toEqual(['CORRECTION of 07 -20.00'])
})
