import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { closeSettledMonth } from './close-settled-month.ts'
import { installScheme } from './install-scheme-version.ts'
import { payBank, type PayBank } from './pay-bank-testing.ts'
import { settleScheme, type Settlement } from './settle-one-month.ts'
import { schemeTemplates } from './psbc-scheme.ts'

// Faults that users reported of other commission engines, each as a month of ours. 5 yuan a point; a small loan is 20 points.
let house: PayBank
beforeAll(async () => {
  house = await payBank()
  await house.bank.db.asOffice((tx) => installScheme(tx, { code: 'POINTS', from: '2020-01-01' }))
}, 120_000)
afterAll(() => house.drop())

const settle = async (month: string): Promise<Settlement> => {
  const outcome = await settleScheme(house.bank, { month, scheme: 'POINTS', dryRun: false })
  if (!outcome.ok) throw new Error(outcome.refusal.name)
  expect(outcome.value.control.ties).toBe(true)
  return outcome.value
}
const close = async (month: string) => expect(await house.bank.db.asBatch((tx) => closeSettledMonth(tx, { month, scheme: 'POINTS', closedBy: null, today: '2025-12-31' }))).toMatchObject({ ok: true })
type Line = { code: string; points: string | null; money_fen: string | null; facts: number; why: string | null; corrects_month: string | null; corrects_code: string | null; detail: Record<string, string | null> }
const lines = async (month: string, staff: number): Promise<Line[]> => (await house.owner.query<Line>(`SELECT l.* FROM pay_line l JOIN settled_month m ON m.run_id = l.run_id WHERE m.month = $1 AND l.staff_key = $2 ORDER BY place`, [`${month}-01`, staff])).rows
const corrections = async (month: string, staff: number) => (await lines(month, staff)).filter(({ code }) => code === 'CORRECTION').map((line) => [line.corrects_month, line.corrects_code, line.points, line.money_fen])
const statement = async (month: string, staff: number) => (await house.owner.query<{ points: string; payable_fen: string; carry_out_fen: string }>(`SELECT s.points, s.payable_fen, s.carry_out_fen FROM pay_statement s JOIN settled_month m ON m.run_id = s.run_id WHERE m.month = $1 AND s.staff_key = $2`, [`${month}-01`, staff])).rows[0]
const smallLoan = async (who: number, paidOut: string, share = '100'): Promise<string> => {
  const customer = await house.customer()
  await house.assign(customer, who, share, '2025-01-01')
  return house.loan(customer, { amount: 5_000_000, paidOut, matures: '2027-01-01', term: 24 })
}
const undo = (loan: string) => house.put('DELETE FROM loan WHERE id = $1', [loan])

describe('a rule that is edited recalculated old lines', () => {
  test('a price of 10 and a tariff of 40 from May on: April stays as it was closed and gets no correction, May pays by the new ones', async () => {
    const { an } = house.staff
    await smallLoan(an.key, '2025-04-10')
    await settle('2025-04')
    await close('2025-04')
    const before = [await statement('2025-04', an.key), await lines('2025-04', an.key)]
    const tariff = (schemeTemplates['POINTS']?.tariff ?? []).map((row) => (row.event === 'NEW_SMALL_LOAN' ? { ...row, points: '40' } : row))
    await house.bank.db.asOffice((tx) => installScheme(tx, { code: 'POINTS', from: '2025-05-01', terms: { unitPrice: '10.00' }, tariff }))
    await smallLoan(an.key, '2025-05-10')
    await settle('2025-05')
    expect([await statement('2025-04', an.key), await lines('2025-04', an.key)]).toEqual(before)
    expect(await corrections('2025-05', an.key)).toEqual([])
    expect(await statement('2025-05', an.key)).toMatchObject({ points: '40.00', payable_fen: '40000' })
  })
})

describe('what is reversed', () => {
  let loan: string
  test('gave a positive commission: here it takes back what was paid, in the next open month, by the line that it corrects', async () => {
    const { bo } = house.staff
    loan = await smallLoan(bo.key, '2025-05-20')
    await settle('2025-05')
    await close('2025-05')
    expect(await statement('2025-05', bo.key)).toMatchObject({ points: '40.00', payable_fen: '40000' })
    await undo(loan)
    await settle('2025-06')
    expect(await corrections('2025-06', bo.key)).toEqual([['2025-05-01', 'NEW_SMALL_LOAN', '-40.00', '-40000']])
    // nothing else was earned: it is carried, never paid out as a sum of its own
    expect(await statement('2025-06', bo.key)).toMatchObject({ payable_fen: '0', carry_out_fen: '-40000' })
  })
  test('was settled twice, or never: here once, and both months sum to nothing', async () => {
    const { bo } = house.staff
    await close('2025-06')
    await smallLoan(bo.key, '2025-07-03')
    await settle('2025-07')
    expect(await corrections('2025-07', bo.key)).toEqual([])
    // the loan of July meets what June carried on
    expect(await statement('2025-07', bo.key)).toMatchObject({ points: '40.00', payable_fen: '0', carry_out_fen: '0' })
    await close('2025-07')
    await settle('2025-08')
    expect(await corrections('2025-08', bo.key)).toEqual([])
  })
  test('before it was settled it leaves nothing: no line and no counter-line', async () => {
    const { chen } = house.staff
    const gone = await smallLoan(chen.key, '2025-08-04')
    await undo(gone)
    await settle('2025-08')
    expect((await lines('2025-08', chen.key)).filter(({ facts, code }) => facts > 0 || code === 'CORRECTION')).toEqual([])
  })
})

test('tiers ignored what earlier periods brought: the link is held against the year so far, not against the month', async () => {
  const { other } = house.staff
  const customer = await house.customer()
  await house.assign(customer, other.key, '100', '2024-12-01')
  await house.loan(customer, { amount: 600_000_000, paidOut: '2025-01-15', matures: '2027-01-15', term: 24, product: 'L201', spans: [['2025-01-15', null, 600_000_000]] })
  await house.form({ indicator: 'NET_GROWTH_TARGET', staff: other.key, month: '2025-01', value: '12000000' })
  await settle('2025-08')
  // 6,000,000 of January is half of the year's 12,000,000; 8 of 12 months are over: 0.5 ÷ (8 ÷ 12) = 0.75, although August brought nothing
  expect((await lines('2025-08', other.key)).find(({ code }) => code === 'NET_GROWTH')?.detail).toMatchObject({ completion: '0.500000', f: '0.7500' })
  await settle('2025-09')
  expect((await lines('2025-09', other.key)).find(({ code }) => code === 'NET_GROWTH')?.detail).toMatchObject({ completion: '0.500000', f: '0.6667' })
})

test('splits across the lines of two managers broke the sum above: each line has its share once, the whole is that of the fact', async () => {
  const { an, other } = house.staff
  const customer = await house.customer()
  await house.assign(customer, an.key, '60', '2025-01-01')
  await house.assign(customer, other.key, '40', '2025-01-01', null, false)
  await house.loan(customer, { amount: 5_000_000, paidOut: '2025-09-12', matures: '2027-01-01', term: 24 })
  const { control } = await settle('2025-09')
  const of = async (who: number) => (await lines('2025-09', who)).find(({ code }) => code === 'NEW_SMALL_LOAN')?.points
  expect([await of(an.key), await of(other.key)]).toEqual(['24.00', '16.00'])
  const { rows } = await house.owner.query(`SELECT sum(points)::text AS points, count(*)::int AS n FROM pay_fact f JOIN settled_month m ON m.run_id = f.run_id AND m.month = '2025-09-01' WHERE line_code = 'NEW_SMALL_LOAN'`)
  expect(rows).toEqual([{ points: '40.00', n: 2 }])
  expect(control.rows.find(({ source }) => source === 'NEW_SMALL_LOAN')).toMatchObject({ facts: 1, total: '500000000', inLines: '500000000', outside: '0', withoutManager: '0', ties: true })
})

describe('the settlement was empty and nobody knew why', () => {
  test('the last day of a month belongs to it, the first to the next one', async () => {
    const { chen } = house.staff
    await smallLoan(chen.key, '2025-09-30')
    await smallLoan(chen.key, '2025-10-01')
    for (const month of ['2025-09', '2025-10']) await settle(month)
    expect([(await statement('2025-09', chen.key))?.points, (await statement('2025-10', chen.key))?.points]).toEqual(['40.00', '40.00'])
  })
  test('who earned nothing has a statement all the same, each line of the tariff with its reason', async () => {
    await settle('2025-11')
    const told = await lines('2025-11', house.staff.chen.key)
    expect(told.map(({ code, why }) => [code, why])).toEqual([['NEW_SMALL_LOAN', 'no-facts'], ['MERCHANT_LOAN_AMOUNT', 'no-facts'], ['MANAGED_LOAN_ADB', 'no-facts'], ['DEPOSIT_ADB_INCREMENT', 'no-facts'], ['NET_GROWTH', 'no-target'], ['MARKETING', 'no-marketing-score']])
  })
})

test('a closed month was opened again: it is refused by name, and so is one before it', async () => {
  for (const month of ['2025-04', '2025-07']) expect(await settleScheme(house.bank, { month, scheme: 'POINTS', dryRun: false })).toMatchObject({ ok: false, refusal: { name: 'month-closed' } })
  expect(await settleScheme(house.bank, { month: '2025-03', scheme: 'POINTS', dryRun: true })).toMatchObject({ ok: false, refusal: { name: 'later-month-closed' } })
})
