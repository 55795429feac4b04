import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { newId } from '../../foundation/values/uuid7.ts'
import { closeSettledMonth } from '../close-settled-month.ts'
import { installBlockScheme } from '../install-scheme-version.ts'
import { payBank, settleTied, type PayBank } from '../pay-bank-testing.ts'
import type { Settlement } from '../settle-one-month.ts'
import { plannedBank } from './plan-testing.ts'

// A manager goes from team A1 to branch B on 16 May, inside a quarter that has a plan of its own: 45 of its 91 days, then 46. In both posts he reaches exactly what the target asks for: the score is 100 in both, whatever the plan's parts.
let house: PayBank
let plan: Awaited<ReturnType<typeof plannedBank>>
const [fay, million] = [92, 100_000_000]
const levels = ['DEPOSIT_YEAR_AVERAGE', 'DEPOSIT_AVERAGE', 'LOAN_BALANCE', 'CUSTOMERS_HELD'] as const
beforeAll(async () => {
  house = await payBank()
  plan = await plannedBank(house)
  for (const [code, terms] of [
    ['LOAN_BALANCE', { source: 'LOAN', measure: 'BALANCE', window: 'MONTH', owner: 'OWNER_AT_END' }], ['CUSTOMERS_HELD', { source: 'CUSTOMER_HELD', measure: 'COUNT', window: 'MONTH', owner: 'OWNER_AT_END' }],
    ['DEPOSIT_AVERAGE', { source: 'DEPOSIT', measure: 'AVERAGE', window: 'MONTH', owner: 'OWNER_OF_DAY' }], ['DEPOSIT_YEAR_AVERAGE', { source: 'DEPOSIT', measure: 'AVERAGE', window: 'YEAR', owner: 'OWNER_OF_DAY' }],
  ] as const) {
    await house.put(`DELETE FROM indicator WHERE code = $1`, [code])
    await house.put(`INSERT INTO indicator (code, version, from_date, name, name_en, direction, owner, terms, reason) VALUES ($1, 1, '2000-01-01', $1, $1, 'UP', 'x', $2, 'test')`,
      [code, JSON.stringify({ ...terms, filter: { customerKind: null, tiers: [], products: [], only: null }, numerator: null })])
  }
  await house.put(`INSERT INTO staff VALUES ($1, 'S92', 'x', 'x', 'x')`, [fay])
  await house.put(`INSERT INTO employment (staff_key, from_date) VALUES ($1, '2000-01-01')`, [fay])
  for (const [key, line, from, to] of [[920, 4, '2000-01-01', '2025-05-16'], [921, 3, '2025-05-16', null]] as const) await house.put(`INSERT INTO post_held (key, staff_key, post_code, line_key, place_key, from_date, to_date) VALUES ($1, $2, 'RM', $3, $3, $4, $5)`, [key, fay, line, from, to])
  const [old, now, more] = [await house.customer(), await house.customer(), await house.customer()]
  await house.assign(old, fay, '100', '2025-01-01', '2025-05-16')
  for (const customer of [now, more]) await house.assign(customer, fay, '100', '2025-05-16')
  await house.deposit(old, [['2025-01-01', null, 91 * million]])
  await house.deposit(now, [['2025-01-01', null, 182 * million]])
  for (const [customer, amount] of [[old, 91], [now, 182]] as const) await house.loan(customer, { amount: amount * million, paidOut: '2024-02-01', matures: '2027-08-01', term: 24, product: 'L201', spans: [['2024-02-01', null, amount * million]] })
  const item = (code: string) => ({ code, name: { zh: code, en: code }, indicator: code, weight: '25', direction: 'UP' as const })
  for (const code of ['BY_QUARTER', 'BY_YEAR']) {
    await house.bank.db.asOffice((tx) => installBlockScheme(tx, {
      code, from: '2025-01-01', name: code, nameEn: code, legalBasis: '试验', terms: {
        blocks: [
          { kind: 'RATIOS', code: 'TOTAL', mode: 'PERCENT', floor: '0', cap: '120', items: levels.map(item) }, { kind: 'BANDS', code: 'COEFFICIENT', of: 'TOTAL', bands: [{ from: '0', value: '1' }] },
          { kind: 'PRODUCT', code: 'EARNED', unit: 'FEN', factors: [{ of: 'GRADE_BASE' }, { of: 'COEFFICIENT' }] }, { kind: 'PAYABLE', code: 'PAYABLE', of: 'EARNED', carryOut: 'CARRY_OUT' },
        ], posts: ['RM'], grades: [], units: [], period: 'QUARTER', gradeBases: { '*': '1000000' }, score: 'TOTAL', classes: {}, carryMonths: 12, correctionMonths: 12,
      },
    }))
  }
})
afterAll(() => house.drop())

const settle = (scheme: string, month: string): Promise<Settlement> => settleTied(house, scheme, month)
type Line = { code: string; detail: Record<string, string | undefined> }
const linesOf = async (scheme: string, month: string): Promise<Record<string, (string | undefined)[]>> => Object.fromEntries((await house.owner.query<Line>(
  `SELECT l.code, l.detail FROM pay_line l JOIN settled_month m ON m.run_id = l.run_id WHERE m.scheme_code = $1 AND m.month = $2 AND l.staff_key = $3 AND l.detail ? 'unit' ORDER BY place`, [scheme, `${month}-01`, fay])).rows
  .map(({ code, detail }) => [code, [detail['actual'], detail['target'], detail['shareDays'] === undefined ? undefined : `${detail['shareDays']}/${detail['shareOf'] ?? ''}`]]))
const scoresOf = async (scheme: string, month: string): Promise<string[]> => (await house.owner.query<{ steps: { code: string; value: string }[] }>(
  `SELECT s.steps FROM pay_statement s JOIN settled_month m ON m.run_id = s.run_id WHERE m.scheme_code = $1 AND m.month = $2 AND s.staff_key = $3`, [scheme, `${month}-01`, fay])).rows.flatMap(({ steps }) => steps.filter(({ code }) => /^([12]#)?TOTAL$/.test(code)).map(({ value }) => value))

describe('a transfer inside the plan of a quarter', () => {
  const [before, after] = [newId(), newId()]
  beforeAll(async () => {
    // of 91 million for a quarter 45 of 91 days are 45 million; of 182 million 46 days are 92 million; of one customer 0.49, of two 1.01
    for (const code of levels) {
      const [old, now] = code === 'CUSTOMERS_HELD' ? ['0.49', '1.01'] : ['45000000', '92000000']
      await plan.target(fay, 'BY_QUARTER', code, old, '2025-04-01', '2025-05-16', before)
      await plan.target(fay, 'BY_QUARTER', code, now, '2025-05-16', '2025-07-01', after)
      await plan.target(fay, 'BY_QUARTER', code, code === 'CUSTOMERS_HELD' ? '2' : '182000000', '2025-07-01', '2025-10-01')
      await plan.whole(before, code, '2025-04-01', '2025-07-01', 91)
      await plan.whole(after, code, '2025-05-16', '2025-07-01', 91)
    }
  })
  test('levels are divided by the days by which the targets were', async () => {
    await settle('BY_QUARTER', '2025-06')
    expect(await linesOf('BY_QUARTER', '2025-06')).toEqual({
      '1#CUSTOMERS_HELD': ['0.49', '0.49', '45/91'], '1#DEPOSIT_AVERAGE': ['45000000.00', '45000000', '45/91'], '1#DEPOSIT_YEAR_AVERAGE': ['45000000.00', '45000000', '45/91'], '1#LOAN_BALANCE': ['45000000.00', '45000000', '45/91'],
      '2#CUSTOMERS_HELD': ['1.01', '1.01', '46/91'], '2#DEPOSIT_AVERAGE': ['92000000.00', '92000000', '46/91'], '2#DEPOSIT_YEAR_AVERAGE': ['92000000.00', '92000000', '46/91'], '2#LOAN_BALANCE': ['92000000.00', '92000000', '46/91'],
    })
    expect(await scoresOf('BY_QUARTER', '2025-06')).toEqual(['100.00', '100.00', '100.00'])
  })
  test('the plan of the next quarter is whole: the mean since the transfer is held against all of it', async () => {
    for (const code of levels) {
      const { rows: [row] } = await house.owner.query<{ plan_id: string }>(`SELECT plan_id FROM performance_plan_target_facts WHERE staff_key = $1 AND from_date = '2025-07-01' AND indicator = $2`, [fay, code])
      await plan.whole(row?.plan_id ?? '', code, '2025-07-01', '2025-10-01', 92)
    }
    await settle('BY_QUARTER', '2025-09')
    expect(await linesOf('BY_QUARTER', '2025-09')).toEqual({
      CUSTOMERS_HELD: ['2.00', '2', undefined], DEPOSIT_AVERAGE: ['182000000.00', '182000000', undefined], DEPOSIT_YEAR_AVERAGE: ['182000000.00', '182000000', undefined], LOAN_BALANCE: ['182000000.00', '182000000', undefined],
    })
  })
  test('a closed quarter is measured again by the days that it was settled by', async () => {
    for (const month of ['2025-06', '2025-09']) expect(await house.bank.db.asBatch((tx) => closeSettledMonth(tx, { month, scheme: 'BY_QUARTER', closedBy: null, today: '2025-12-31' }))).toMatchObject({ ok: true })
    await house.put(`UPDATE performance_plan_whole_facts SET whole_days = 365`)
    expect(await settle('BY_QUARTER', '2025-12')).toMatchObject({ corrections: 0 })
  })
})

test('a transfer inside the plan of a year, in a scheme that pays by quarter', async () => {
  const [before, after] = [newId(), newId()]
  for (const code of levels) {
    // 135 and 230 of 365 days
    const [old, now] = code === 'CUSTOMERS_HELD' ? ['0.37', '1.26'] : ['33657534.25', '114684931.51']
    await plan.target(fay, 'BY_YEAR', code, old, '2025-01-01', '2025-05-16', before)
    await plan.target(fay, 'BY_YEAR', code, now, '2025-05-16', '2026-01-01', after)
    await plan.whole(before, code, '2025-01-01', '2026-01-01', 365)
    await plan.whole(after, code, '2025-05-16', '2026-01-01', 365)
  }
  await settle('BY_YEAR', '2025-06')
  expect(await scoresOf('BY_YEAR', '2025-06')).toEqual(['100.00', '100.00', '100.00'])
  await settle('BY_YEAR', '2025-09')
  expect(await scoresOf('BY_YEAR', '2025-09')).toEqual(['100.00'])
  expect((await linesOf('BY_YEAR', '2025-09'))['LOAN_BALANCE']).toEqual(['114684931.51', '114684931.51', '230/365'])
})
