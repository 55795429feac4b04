import { afterAll, beforeAll, expect, test } from 'vitest'
import { newId } from '../../foundation/values/uuid7.ts'
import { closeSettledMonth } from '../close-settled-month.ts'
import { installBlockScheme } from '../install-scheme-version.ts'
import { payBank, type PayBank } from '../pay-bank-testing.ts'
import { settleScheme, type Settlement } from '../settle-one-month.ts'
import { plannedBank } from './plan-testing.ts'

// Whoever was hired within the year is given customers on his first day; what they owed is no growth of his, under schemes of blocks too (decision 0064). His plan is made for him: it is not divided, and nor are his averages.
let house: PayBank
let plan: Awaited<ReturnType<typeof plannedBank>>
const million = 100_000_000
const [mei, ning, old] = [90, 91, 92]
const item = (code: string, weight: string) => ({ code, name: { zh: code, en: code }, indicator: code, weight, direction: 'UP' as const })
beforeAll(async () => {
  house = await payBank()
  plan = await plannedBank(house)
  await house.bank.db.asOffice((tx) => installBlockScheme(tx, {
    code: 'BY_QUARTER', from: '2025-01-01', name: '按季', nameEn: 'By quarter', legalBasis: '试验', terms: {
      blocks: [
        { kind: 'RATIOS', code: 'TOTAL', mode: 'PERCENT', floor: '0', cap: '120', items: [item('ASSET_INCREMENT', '40'), item('DEPOSIT_YEAR_AVERAGE', '40'), item('TRAINING', '20')] },
        { kind: 'BANDS', code: 'COEFFICIENT', of: 'TOTAL', bands: [{ from: '0', value: '1' }] }, { kind: 'PRODUCT', code: 'EARNED', unit: 'FEN', factors: [{ of: 'GRADE_BASE' }, { of: 'COEFFICIENT' }] },
        { kind: 'PAYABLE', code: 'PAYABLE', of: 'EARNED', carryOut: 'CARRY_OUT' },
      ],
      posts: ['RM'], grades: [], units: [], period: 'QUARTER', gradeBases: { '*': '1000000' }, score: 'TOTAL', classes: {}, carryMonths: 12, correctionMonths: 12,
    },
  }))
  const hire = async (key: number, posts: readonly (readonly [line: number, from: string, to: string | null])[]): Promise<void> => {
    await house.put(`INSERT INTO staff VALUES ($1, 'S' || $1::int, 'x', 'x', 'x')`, [key])
    await house.put(`INSERT INTO employment (staff_key, from_date) VALUES ($1, $2)`, [key, posts[0]?.[1]])
    for (const [place, [line, from, to]] of posts.entries()) await house.put(`INSERT INTO post_held (key, staff_key, post_code, line_key, place_key, from_date, to_date) VALUES ($1, $2, 'RM', $3, $3, $4, $5)`, [key * 10 + place, key, line, from, to])
  }
  await hire(mei, [[4, '2025-05-16', null]])
  await hire(ning, [[4, '2025-03-01', '2025-08-01'], [3, '2025-08-01', null]])
  await hire(old, [[4, '2020-01-01', null]])
  /** A customer who owed 10 million before and 5 million more since the day of the second loan, with deposits of 36.5 million. */
  const given = async (key: number, from: string, to: string | null, more: string): Promise<void> => {
    const customer = await house.customer()
    await house.assign(customer, key, '100', from, to)
    await house.deposit(customer, [['2024-06-01', null, 36.5 * million]])
    for (const [amount, since] of [[10, '2024-02-01'], [5, more]] as const) await house.loan(customer, { amount: amount * million, paidOut: since, matures: '2027-08-01', term: 36, product: 'L201', spans: [[since, null, amount * million]] })
  }
  await given(mei, '2025-05-16', null, '2025-06-10')
  await given(ning, '2025-03-01', '2025-08-01', '2025-04-10')
  await given(ning, '2025-08-01', null, '2025-09-10')
  await given(old, '2024-06-01', null, '2025-06-10')
  const [before, after] = [newId(), newId()]
  for (const [indicator, target] of [['ASSET_INCREMENT', '5000000'], ['DEPOSIT_YEAR_AVERAGE', '23000000'], ['TRAINING', '10']] as const) {
    for (const key of [mei, old]) await plan.target(key, 'BY_QUARTER', indicator, target)
    await plan.target(ning, 'BY_QUARTER', indicator, target, '2025-03-01', '2025-08-01', before)
    await plan.target(ning, 'BY_QUARTER', indicator, target, '2025-08-01', '2026-01-01', after)
  }
  await house.form({ indicator: 'TRAINING', staff: mei, month: '2025-06', value: '8' })
}, 120_000)
afterAll(() => house.drop())

const settle = async (month: string): Promise<Settlement> => {
  const outcome = await settleScheme(house.bank, { month, scheme: 'BY_QUARTER', dryRun: false })
  if (!outcome.ok) throw new Error(outcome.refusal.name)
  expect(outcome.value.control.rows.filter(({ ties }) => !ties)).toEqual([])
  return outcome.value
}
type Line = { code: string; why: string | null; detail: Record<string, string> }
const linesOf = async (month: string, staff: number): Promise<Line[]> => (await house.owner.query<Line>(
  `SELECT l.code, l.why, l.detail FROM pay_line l JOIN settled_month m ON m.run_id = l.run_id WHERE m.month = $1 AND l.staff_key = $2 ORDER BY place`, [`${month}-01`, staff])).rows
const told = async (month: string, staff: number): Promise<Record<string, unknown>> =>
  Object.fromEntries((await linesOf(month, staff)).filter(({ detail }) => detail['unit'] !== undefined).map(({ code, detail }) => [code, [detail['from'], detail['actual'], detail['target']]]))

test('hired in May: loans of the customers whom he was given are no growth; averages, hours and his whole target stay', async () => {
  await settle('2025-06')
  // 36,500,000 for the 46 days since 16 May, by the 181 days of the year so far
  expect(await told('2025-06', mei)).toEqual({ ASSET_INCREMENT: ['2025-05-16', '5000000.00', '5000000'], DEPOSIT_YEAR_AVERAGE: ['2025-01-01', '9276243.09', '23000000'], TRAINING: ['2025-01-01', '8.00', '10'] })
  const { rows } = await house.owner.query(`SELECT f.line_code, f.fact_date, f.numerator::text AS fen FROM pay_fact f JOIN settled_month m ON m.run_id = f.run_id WHERE f.staff_key = $1 AND f.line_code LIKE 'ASSET%' ORDER BY f.line_code, f.numerator`, [mei])
  expect(rows).toEqual([
    { line_code: 'ASSET_INCREMENT', fact_date: '2025-06-30', fen: '500000000.00000000' }, { line_code: 'ASSET_INCREMENT', fact_date: '2025-06-30', fen: '1000000000.00000000' },
    { line_code: 'ASSET_INCREMENT.START', fact_date: '2025-05-15', fen: '-1000000000.00000000' },
  ])
})
test('who was there before the year is measured over the year', async () => expect(await told('2025-06', old)).toMatchObject({ ASSET_INCREMENT: ['2025-01-01', '5000000.00', '5000000'] }))
test('hired in March, transferred in August: the growth of each post begins with it', async () => {
  expect(await told('2025-06', ning)).toMatchObject({ ASSET_INCREMENT: ['2025-03-01', '5000000.00', '5000000'] })
  await settle('2025-09')
  expect(await told('2025-09', ning)).toMatchObject({ '1#ASSET_INCREMENT': ['2025-03-01', '5000000.00', '5000000'], '2#ASSET_INCREMENT': ['2025-08-01', '5000000.00', '5000000'] })
  expect(await told('2025-09', mei)).toMatchObject({ ASSET_INCREMENT: ['2025-05-16', '5000000.00', '5000000'] })
})
test('twice is once; a closed quarter is measured again by the day that it was settled by, and one settled before this was so as it was', async () => {
  expect((await settle('2025-09')).unchanged).toBe(true)
  for (const month of ['2025-06', '2025-09']) expect(await house.bank.db.asBatch((tx) => closeSettledMonth(tx, { month, scheme: 'BY_QUARTER', closedBy: null, today: '2025-12-31' }))).toMatchObject({ ok: true })
  expect((await settle('2025-12')).corrections).toBe(0)
  for (const who of [mei, ning, old]) expect((await linesOf('2025-12', who)).filter(({ code }) => code === 'CORRECTION')).toEqual([])
  // a quarter that was closed without the day: its growth was what it was, 15,000,000, and no correction comes of that
  await house.put(`UPDATE pay_statement SET input = input #- '{given,hired}' WHERE staff_key = $1 AND run_id IN (SELECT run_id FROM settled_month WHERE month < '2025-12-01')`, [mei])
  await house.put(`DELETE FROM pay_fact WHERE staff_key = $1 AND line_code = 'ASSET_INCREMENT.START' AND run_id IN (SELECT run_id FROM settled_month WHERE month < '2025-12-01')`, [mei])
  await settle('2025-12')
  expect((await linesOf('2025-12', mei)).filter(({ code }) => code === 'CORRECTION')).toEqual([])
})
