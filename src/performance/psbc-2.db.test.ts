import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { yuanText } from '../foundation/values/fen.ts'
import { installScheme } from './install-scheme-version.ts'
import { payBank, type PayBank } from './pay-bank-testing.ts'
import { settleScheme } from './settle-one-month.ts'

// The other worked examples of the points scheme from the ledgers to the pay: a month that is not enough, a month with negative points, transfers, joint customers, and both sides of each boundary.
let house: PayBank
const wan = 1_000_000
type Span = [from: string, to: string | null, principal: number, overdueSince?: string | null, overdue?: number]
const six = [91, 92, 93, 94, 95, 96]
/** What a fact of the boundaries is told by: the loan's id. */
const early: Record<string, string> = {}
const back: Record<string, string> = {}
beforeAll(async () => {
  house = await payBank()
  for (const code of ['AFTER', 'BEFORE']) await house.bank.db.asOffice((tx) => installScheme(tx, { code, from: '2020-01-01' }))
  await house.put(`UPDATE scheme SET terms = terms || '{"earlyPosition": "BEFORE_LINK"}'::jsonb WHERE code = 'BEFORE'`)
  const { an, bo, chen, other, lead } = house.staff
  const heldBy = async (staff: number, from = '2020-01-01'): Promise<string> => {
    const customer = await house.customer()
    await house.assign(customer, staff, '100', from)
    return customer
  }
  const merchant = (customer: string, amount: number, paidOut: string, matures: string, term: number, more: { settled?: string; spans?: Span[] } = {}) => house.loan(customer, { amount, paidOut, matures, term, product: 'L102', ...more })

  // psbc-2: two small loans, 1,050,000 managed, 1,675,000 of deposits: 40 + 5.25 + 16.75 points; of a loan of 420,000 the points of 168.00 yuan with 7 of 12 months left; 1,050,000 overdue since April
  const scarce = await heldBy(an.key)
  for (const day of ['2025-04-02', '2025-04-03']) await house.loan(scarce, { amount: wan, paidOut: day, matures: '2026-04-01', term: 12 })
  await house.deposit(scarce, [['2025-04-01', '2025-05-01', 167.5 * wan], ['2025-05-01', null, 3649.5 * wan]])
  await merchant(scarce, 42 * wan, '2024-11-20', '2025-11-20', 12, { settled: '2025-04-15' })
  await merchant(scarce, 105 * wan, '2025-01-10', '2028-01-10', 36, { spans: [['2025-01-10', '2025-04-05', 105 * wan], ['2025-04-05', null, 105 * wan, '2025-04-05', 105 * wan]] })
  // in May the growth reaches what should have been reached: f = 1; 13.13 points of 2,625,000 managed and 364.95 of deposits are 378.08
  await house.loan(scarce, { amount: 157.5 * wan, paidOut: '2025-05-01', matures: '2028-05-01', term: 36, product: 'L201', spans: [['2025-05-01', null, 157.5 * wan]] })
  await house.form({ indicator: 'NET_GROWTH_TARGET', staff: an.key, month: '2025-01', value: '6300000.00' })
  await house.form({ indicator: 'MARKETING_SCORE', staff: an.key, month: '2025-04', value: '60' })

  // psbc-negative: 1.15 of deposits and 1.45 of loans managed less 15 of an inspection
  const negative = await heldBy(bo.key)
  await house.deposit(negative, [['2025-04-01', '2025-05-01', 11.5 * wan]])
  await house.loan(negative, { amount: 29 * wan, paidOut: '2025-02-01', matures: '2028-02-01', term: 36, product: 'L201', spans: [['2025-02-01', null, 29 * wan]] })
  await merchant(negative, 7.5 * wan, '2024-10-20', '2025-10-20', 12, { settled: '2025-04-15' })
  await house.form({ indicator: 'INSPECTION_REPORT', staff: bo.key, month: '2025-04', grade: 'UNTRUE_MINOR', object: '报告 L1' })
  await house.form({ indicator: 'NET_GROWTH_TARGET', staff: bo.key, month: '2025-01', value: '1000000.00' })
  await house.form({ indicator: 'MARKETING_SCORE', staff: bo.key, month: '2025-04', value: '60' })

  // psbc-edge: 42,000,000 managed for 15 of 30 days; 350,000 of a merchant, 60 : 40
  const moved = await heldBy(chen.key, '2025-04-16')
  await house.loan(moved, { amount: 4200 * wan, paidOut: '2022-01-01', matures: '2028-12-31', term: 84, product: 'L201', spans: [['2022-01-01', null, 4200 * wan]] })
  const joint = await house.customer()
  await house.assign(joint, chen.key, '60', '2025-01-01')
  await house.assign(joint, other.key, '40', '2025-01-01', null, false)
  await merchant(joint, 35 * wan, '2025-04-10', '2026-04-10', 12)

  // psbc-boundary, early settlement: 300,000 with 120.00 yuan of points, due on 20 December
  const bounds = await heldBy(other.key)
  for (const day of ['2025-11-19', '2025-11-20', '2025-11-21', '2025-05-20', '2025-05-21', '2025-12-20']) early[day] = await merchant(bounds, 30 * wan, '2024-12-20', '2025-12-20', 12, { settled: day })
  // the return of what was withheld: 225,000 with 90.00 yuan of points, overdue in March
  const late = async (what: string, spans: Span[]): Promise<void> => void (back[what] = await merchant(bounds, 22.5 * wan, '2025-01-10', '2028-01-10', 36, { spans: [['2025-01-10', '2025-03-10', 22.5 * wan], ...spans] }))
  const overdue = (until: string | null, fen = 22.5 * wan, from = '2025-03-10'): Span => [from, until, fen, '2025-03-10', fen]
  await late('the same month', [overdue('2025-03-31'), ['2025-03-31', null, 22.5 * wan]])
  await late('the next month', [overdue('2025-04-30'), ['2025-04-30', null, 22.5 * wan]])
  await late('later', [overdue('2025-05-01'), ['2025-05-01', null, 22.5 * wan]])
  await late('two fifths of it', [overdue('2025-04-15'), overdue(null, 13.5 * wan, '2025-04-15')])

  // psbc-boundary, f and bands: six people in March, each with a target of 1,000,000 (the last of 0) and a mark of marketing
  for (const [place, [growth, target, mark]] of ([[40, '1000000', '90.00'], [30, '1000000', '89.99'], [25, '1000000', '70.00'], [10, '1000000', '69.99'], [-5, '1000000', '50.00'], [10, '0', '49.99']] as const).entries()) {
    const key = six[place] ?? 0
    await house.put(`INSERT INTO staff VALUES ($1, 'S' || $1::int, 'x', 'x', 'x')`, [key])
    await house.put(`INSERT INTO employment (staff_key, from_date) VALUES ($1, '2000-01-01')`, [key])
    await house.put(`INSERT INTO post_held (key, staff_key, post_code, line_key, place_key, from_date) VALUES ($1, $1, 'RM', 4, 4, '2000-01-01')`, [key])
    const customer = await heldBy(key)
    await house.loan(customer, { amount: 100 * wan, paidOut: '2024-01-01', matures: '2028-01-01', term: 48, product: 'L201', spans: [['2024-01-01', '2025-02-01', 100 * wan], ['2025-02-01', null, (100 + growth) * wan]] })
    await house.form({ indicator: 'NET_GROWTH_TARGET', staff: key, month: '2025-01', value: target })
    await house.form({ indicator: 'MARKETING_SCORE', staff: key, month: '2025-03', value: mark })
  }
  void lead
  for (const scheme of ['AFTER', 'BEFORE']) {
    for (const month of ['2024-10', '2024-11', '2024-12', '2025-01', '2025-03', '2025-04', '2025-05', '2025-11', '2025-12']) expect(await settleScheme(house.bank, { month, scheme, dryRun: false })).toMatchObject({ ok: true, value: { control: { ties: true } } })
  }
}, 120_000)
afterAll(() => house.drop())

type Statement = { steps: { code: string; value: string; unit: string; why: string | null }[]; carry: string; carryOut: { month: string; cause: string; fen: string }[]; setOff: { month: string; cause: string; fen: string; takenFen: string; leftFen: string }[] }
async function statementOf(scheme: string, month: string, staff: number): Promise<Statement> {
  const { rows: [row] } = await house.owner.query<Statement>(`SELECT s.steps, s.carry_out_fen::text AS carry, s.carry_out AS "carryOut", s.set_off AS "setOff" FROM pay_statement s JOIN settled_month m ON m.run_id = s.run_id
    WHERE m.scheme_code = $1 AND m.month = $2 AND s.staff_key = $3`, [scheme, `${month}-01`, staff])
  if (!row) throw new Error('no statement')
  return row
}
const stepsOf = async (scheme: string, month: string, staff: number): Promise<Record<string, string>> =>
  Object.fromEntries((await statementOf(scheme, month, staff)).steps.map(({ code, value, unit }) => [code, unit === 'FEN' ? yuanText(BigInt(value)) : value]))
type Line = { points: string | null; money: string | null; why: string | null; detail: Record<string, string> }
async function lineOf(scheme: string, month: string, staff: number, code: string): Promise<Line | undefined> {
  const { rows: [row] } = await house.owner.query<Line>(`SELECT l.points, l.money_fen::text AS money, l.why, l.detail FROM pay_line l JOIN settled_month m ON m.run_id = l.run_id WHERE m.scheme_code = $1 AND m.month = $2 AND l.staff_key = $3 AND l.code = $4`, [scheme, `${month}-01`, staff, code])
  return row && { ...row, money: row.money === null ? null : yuanText(BigInt(row.money)) }
}
/** What the facts of a loan gave or took in a month, in yuan; null: it is no fact of the line. */
async function factOf(month: string, code: string, loan: string | undefined): Promise<string | null> {
  const { rows } = await house.owner.query<{ fen: string }>(`SELECT coalesce(sum(f.money_fen), 0)::text AS fen FROM pay_fact f JOIN settled_month m ON m.run_id = f.run_id WHERE m.scheme_code = 'AFTER' AND m.month = $1 AND f.line_code = $2 AND f.fact_id = $3 HAVING count(*) > 0`, [`${month}-01`, code, loan])
  return rows[0] ? yuanText(BigInt(rows[0].fen)) : null
}

describe('psbc-2: a month that is not enough, and the next one', () => {
  test('before the link', async () => {
    const { an } = house.staff
    expect(await stepsOf('BEFORE', '2025-04', an.key)).toEqual({ P: '62.00', A: '310.00', B: '212.00', FIXED: '127.20', LINK_BASE: '84.80', LINK_PAY: '42.40', C: '169.60', D: '161.12', E: '-258.88', F: '-258.88', PAYABLE: '0.00', CARRY_OUT: '-258.88' })
    expect(await stepsOf('BEFORE', '2025-05', an.key)).toMatchObject({ P: '378.08', E: '1890.40', PAYABLE: '1631.52' })
    expect((await statementOf('BEFORE', '2025-05', an.key))).toMatchObject({ carry: '0', setOff: [{ month: '2025-04', cause: 'OVERDUE', fen: '25888', takenFen: '25888', leftFen: '0' }] })
  })
  test('psbc-2-after', async () => {
    const { an } = house.staff
    expect(await stepsOf('AFTER', '2025-04', an.key)).toEqual({ P: '62.00', A: '310.00', FIXED: '186.00', LINK_BASE: '124.00', LINK_PAY: '62.00', C: '248.00', D: '235.60', E: '-282.40', F: '-282.40', PAYABLE: '0.00', CARRY_OUT: '-282.40' })
    expect((await statementOf('AFTER', '2025-04', an.key)).carryOut).toEqual([{ month: '2025-04', cause: 'OVERDUE', fen: '28240' }])
    expect(await stepsOf('AFTER', '2025-05', an.key)).toMatchObject({ E: '1890.40', PAYABLE: '1608.00' })
    expect((await statementOf('AFTER', '2025-05', an.key)).carry).toBe('0')
  })
  test('the deductions, f and k behind it', async () => {
    const { an } = house.staff
    for (const scheme of ['BEFORE', 'AFTER']) {
      expect([(await lineOf(scheme, '2025-04', an.key, 'EARLY'))?.money, (await lineOf(scheme, '2025-04', an.key, 'OVERDUE'))?.money]).toEqual(['-98.00', '-420.00'])
      expect((await lineOf(scheme, '2025-04', an.key, 'NET_GROWTH'))?.detail).toMatchObject({ f: '0.5000' })
      expect((await lineOf(scheme, '2025-04', an.key, 'MARKETING'))?.detail).toEqual({ score: '60.00', coefficient: '0.9500' })
    }
  })
})

describe('psbc-negative: no split, no link, no coefficient below zero', () => {
  test.each([['AFTER', {}], ['BEFORE', { B: '-77.00' }]])('%s', async (scheme, more) => {
    const { bo } = house.staff
    const rest = scheme === 'AFTER' ? '-62.00' : '-77.00'
    expect(await stepsOf(scheme, '2025-04', bo.key)).toEqual({ P: '-12.40', A: '-62.00', ...more, C: rest, D: rest, E: '-77.00', F: '-77.00', PAYABLE: '0.00', CARRY_OUT: '-77.00' })
    expect((await lineOf(scheme, '2025-04', bo.key, 'EARLY'))?.money).toBe('-15.00')
    expect((await lineOf(scheme, '2025-04', bo.key, 'NET_GROWTH'))?.detail).toMatchObject({ f: '0.8700' })
    expect((await lineOf(scheme, '2025-04', bo.key, 'MARKETING'))?.detail).toMatchObject({ coefficient: '0.9500' })
    expect((await statementOf(scheme, '2025-04', bo.key)).carry).toBe('-7700')
  })
})

describe('psbc-edge', () => {
  test('a transfer in mid-month, and points of a joint customer', async () => {
    const { chen, other } = house.staff
    expect((await lineOf('AFTER', '2025-04', chen.key, 'MANAGED_LOAN_ADB'))?.points).toBe('105.00')
    expect([(await lineOf('AFTER', '2025-04', chen.key, 'MERCHANT_LOAN_AMOUNT'))?.points, (await lineOf('AFTER', '2025-04', other.key, 'MERCHANT_LOAN_AMOUNT'))?.points]).toEqual(['16.80', '11.20'])
  })
})

describe('psbc-boundary', () => {
  test.each([['2025-11-19', '-10.00'], ['2025-11-20', '0.00'], ['2025-11-21', '0.00'], ['2025-05-20', '-70.00'], ['2025-05-21', '-60.00'], ['2025-12-20', null]])('settled %s: %s', async (day, money) => {
    expect(await factOf(day.slice(0, 7), 'EARLY', early[day])).toBe(money)
  })
  test.each([
    ['the same month', null, null, null], ['the next month', '-90.00', '90.00', null], ['later', '-90.00', null, '0.00'], ['two fifths of it', '-90.00', '36.00', null],
  ] as const)('withheld in March, recovered %s', async (what, march, april, may) => {
    expect([await factOf('2025-03', 'OVERDUE', back[what]), await factOf('2025-04', 'REFUND', back[what]), await factOf('2025-05', 'REFUND', back[what])]).toEqual([march, april, may])
  })
  test.each([['1.2000', 0], ['1.2000', 1], ['1.0000', 2], ['0.4000', 3], ['0.0000', 4]])('f %s', async (f, place) => {
    expect((await lineOf('AFTER', '2025-03', six[place] ?? 0, 'NET_GROWTH'))?.detail).toMatchObject({ timeProgress: '0.250000', f })
  })
  test('a target of 0 is not linked, and it is said', async () => {
    const line = await lineOf('AFTER', '2025-03', six[5] ?? 0, 'NET_GROWTH')
    expect([line?.why, line?.detail['f'] ?? null]).toEqual(['no-target', null])
    expect((await statementOf('AFTER', '2025-03', six[5] ?? 0)).steps.find(({ code }) => code === 'C')?.why).toBe('no-target')
  })
})

test.each([['90.00', '1.0500', 0], ['89.99', '1.0000', 1], ['70.00', '1.0000', 2], ['69.99', '0.9500', 3], ['50.00', '0.9500', 4], ['49.99', '0.9000', 5]])('bands.marketing: %s is %s', async (score, coefficient, place) => {
  expect((await lineOf('AFTER', '2025-03', six[place] ?? 0, 'MARKETING'))?.detail).toEqual({ score, coefficient })
})
