import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { yuanText } from '../foundation/values/fen.ts'
import { installScheme } from './install-scheme-version.ts'
import { payBank, type PayBank } from './pay-bank-testing.ts'
import { settleScheme } from './settle-one-month.ts'

// The worked example of the points scheme from the ledgers to the pay: L1 to L5 are merchant loans of earlier months (8 points for 100,000), which were settled early, are overdue, or recovered.
let house: PayBank
const wan = 1_000_000
beforeAll(async () => {
  house = await payBank()
  const { an } = house.staff
  for (const code of ['AFTER', 'BEFORE']) await house.bank.db.asOffice((tx) => installScheme(tx, { code, from: '2020-01-01' }))
  await house.put(`UPDATE scheme SET terms = terms || '{"earlyPosition": "BEFORE_LINK"}'::jsonb WHERE code = 'BEFORE'`)
  const customer = await house.customer()
  await house.assign(customer, an.key, '100', '2020-01-01', '2025-04-01')
  await house.assign(customer, an.key, '100', '2025-04-01', null, true, 100 * wan)
  for (let n = 0; n < 6; n++) await house.loan(customer, { amount: wan, paidOut: `2025-04-0${n + 1}`, matures: '2026-04-01', term: 12 })
  const merchant = (amount: number, paidOut: string, matures: string, term: number, more: { settled?: string; spans?: [string, string | null, number, (string | null)?, number?][] } = {}) => house.loan(customer, { amount, paidOut, matures, term, product: 'L102', ...more })
  await merchant(350 * wan, '2025-04-10', '2026-04-10', 12)
  await merchant(30 * wan, '2024-11-20', '2025-11-20', 12, { settled: '2025-04-15' })
  await merchant(40 * wan, '2023-09-20', '2025-09-20', 24, { settled: '2025-04-15' })
  const lent = async (amount: number, ...overdue: [string, string | null][]): Promise<void> => {
    const spans: [string, string | null, number, (string | null)?, number?][] = []
    let from = '2025-01-10'
    for (const [since, until] of overdue) {
      spans.push([from, since, amount], [since, until, amount, since, amount])
      from = until ?? from
    }
    if (overdue.at(-1)?.[1] != null) spans.push([from, null, amount])
    await merchant(amount, '2025-01-10', '2028-01-10', 36, { spans })
  }
  await lent(22.5 * wan, ['2025-04-05', null])
  await lent(50 * wan, ['2025-04-05', null])
  await lent(18.75 * wan, ['2025-03-05', '2025-04-18'])
  // 42,000,000 managed on every day of April, 6,960,000 more than at the end of last year
  await house.loan(customer, { amount: 3504 * wan, paidOut: '2022-01-01', matures: '2028-12-31', term: 84, product: 'L201', spans: [['2022-01-01', '2025-04-01', 3504 * wan], ['2025-04-01', null, 4108.75 * wan]] })
  await house.deposit(customer, [['2025-04-01', '2025-04-16', 300 * wan], ['2025-04-16', null, 420 * wan]])
  for (const [grade, object] of [['EXCELLENT', '报告 L11'], ['PASS', '报告 L12'], ['UNTRUE_MINOR', '报告 L13']] as const) await house.form({ indicator: 'INSPECTION_REPORT', staff: an.key, month: '2025-04', grade, object })
  await house.form({ indicator: 'INSPECTION_CHECK', staff: an.key, month: '2025-04', grade: 'MISSING', object: '检查 L9' })
  await house.form({ indicator: 'MARKETING_SCORE', staff: an.key, month: '2025-04', value: '82' })
  await house.form({ indicator: 'NET_GROWTH_TARGET', staff: an.key, month: '2025-01', value: '24000000.00' })
  for (const scheme of ['AFTER', 'BEFORE']) for (const month of ['2023-09', '2024-11', '2025-01', '2025-03', '2025-04']) expect(await settleScheme(house.bank, { month, scheme, dryRun: false })).toMatchObject({ ok: true })
})
afterAll(() => house.drop())

const stepsOf = async (scheme: string): Promise<Record<string, string>> => Object.fromEntries((await house.owner.query<{ steps: { code: string; value: string; unit: string }[] }>(
  `SELECT s.steps FROM pay_statement s JOIN settled_month m ON m.run_id = s.run_id WHERE m.scheme_code = $1 AND m.month = '2025-04-01' AND s.staff_key = $2`, [scheme, house.staff.an.key])).rows
  .flatMap(({ steps }) => steps.map(({ code, value, unit }) => [code, unit === 'FEN' ? yuanText(BigInt(value)) : value])))
const moneyOf = async (scheme: string): Promise<Record<string, string>> => Object.fromEntries((await house.owner.query<{ code: string; fen: string }>(
  `SELECT l.code, l.money_fen::text AS fen FROM pay_line l JOIN settled_month m ON m.run_id = l.run_id WHERE m.scheme_code = $1 AND m.month = '2025-04-01' AND l.staff_key = $2 AND l.code IN ('EARLY', 'OVERDUE', 'REFUND')`, [scheme, house.staff.an.key])).rows.map(({ code, fen }) => [code, yuanText(BigInt(fen))]))

describe('psbc-1 on the database, each value of the chain', () => {
  test('psbc-1-after: the early deduction after all', async () => {
    expect(await moneyOf('AFTER')).toEqual({ EARLY: '-103.33', OVERDUE: '-290.00', REFUND: '75.00' })
    expect(await stepsOf('AFTER')).toEqual({ P: '623.00', A: '3115.00', FIXED: '1869.00', LINK_BASE: '1246.00', LINK_PAY: '1084.02', C: '2953.02', D: '2953.02', E: '2634.69', F: '2634.69', PAYABLE: '2634.69' })
  })
  test('psbc-1: before the link', async () => {
    expect(await stepsOf('BEFORE')).toEqual({ P: '623.00', A: '3115.00', B: '3011.67', FIXED: '1807.00', LINK_BASE: '1204.67', LINK_PAY: '1048.06', C: '2855.06', D: '2855.06', E: '2640.06', F: '2640.06', PAYABLE: '2640.06' })
  })
})
