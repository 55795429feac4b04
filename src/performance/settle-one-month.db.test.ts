import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { sql } from '../foundation/database/transaction.ts'
import { yuanText } from '../foundation/values/fen.ts'
import { closeSettledMonth } from './close-settled-month.ts'
import { installScheme } from './install-scheme-version.ts'
import { payBank, type PayBank } from './pay-bank-testing.ts'
import { settleScheme, type Settlement } from './settle-one-month.ts'

let house: PayBank
beforeAll(async () => {
  house = await payBank()
  await house.bank.db.asOffice((tx) => installScheme(tx, { code: 'POINTS', from: '2020-01-01' }))
})
afterAll(() => house.drop())

const settle = async (month: string, dryRun = false): Promise<Settlement> => {
  const outcome = await settleScheme(house.bank, { month, scheme: 'POINTS', dryRun })
  if (!outcome.ok) throw new Error(outcome.refusal.name)
  return outcome.value
}
const close = (month: string) => house.bank.db.asBatch((tx) => closeSettledMonth(tx, { month, scheme: 'POINTS', closedBy: null, today: '2025-12-31' }))
type Line = { code: string; points: string | null; money_fen: string | null; quantity: string | null; facts: number; why: string | null; corrects_month: string | null; corrects_code: string | null; detail: Record<string, string> }
const linesOf = async (month: string, staff: number): Promise<Line[]> => (await house.owner.query<Line>(
  `SELECT l.* FROM pay_line l JOIN settled_month m ON m.run_id = l.run_id WHERE m.month = $1 AND l.staff_key = $2 ORDER BY place`, [`${month}-01`, staff])).rows
const lineOf = async (month: string, staff: number, code: string): Promise<Line | undefined> => (await linesOf(month, staff)).find((line) => line.code === code)
const statementOf = async (month: string, staff: number): Promise<{ points: string; payable: string; carryOut: string; steps: { code: string; value: string }[] }> => {
  const { rows: [row] } = await house.owner.query<{ points: string; payable_fen: string; carry_out_fen: string; steps: { code: string; value: string }[] }>(
    `SELECT s.* FROM pay_statement s JOIN settled_month m ON m.run_id = s.run_id WHERE m.month = $1 AND s.staff_key = $2`, [`${month}-01`, staff])
  if (!row) throw new Error('no statement')
  return { points: row.points, payable: yuanText(BigInt(row.payable_fen)), carryOut: yuanText(BigInt(row.carry_out_fen)), steps: row.steps }
}

describe('a month from facts to pay', () => {
  let joint: string
  test('psbc-1 from the ledgers: points of every line, link, coefficient, to the fen', async () => {
    const { an, bo } = house.staff
    const a = await house.customer()
    await house.assign(a, an.key, '100', '2024-01-01')
    // six small loans of 20 points, merchant loans of 3,500,000, loans managed 42,000,000 all month, deposits 2,600,000 above the base
    for (let n = 0; n < 6; n++) await house.loan(a, { amount: 1_000_000, paidOut: `2025-04-0${n + 1}`, matures: '2026-04-01', term: 12 })
    await house.loan(a, { amount: 350_000_000, paidOut: '2025-04-10', matures: '2026-04-10', term: 12, product: 'L102' })
    await house.loan(a, { amount: 4_200_000_000, paidOut: '2024-12-31', matures: '2027-12-31', term: 36, product: 'L201', spans: [['2024-12-31', null, 4_200_000_000]] })
    await house.deposit(a, [['2025-04-01', '2025-04-16', 300_000_000], ['2025-04-16', null, 420_000_000]])
    await house.put(`UPDATE assignment SET base_adb_fen = 100000000 WHERE customer_id = $1`, [a])
    for (const [grade, object] of [['EXCELLENT', '报告 L11'], ['PASS', '报告 L12'], ['UNTRUE_MINOR', '报告 L13']] as const) await house.form({ indicator: 'INSPECTION_REPORT', staff: an.key, month: '2025-04', grade, object })
    await house.form({ indicator: 'INSPECTION_CHECK', staff: an.key, month: '2025-04', grade: 'MISSING', object: '检查 L9' })
    await house.form({ indicator: 'MARKETING_SCORE', staff: an.key, month: '2025-04', value: '82' })
    await house.form({ indicator: 'MARKETING_SCORE', staff: an.key, month: '2025-04', value: '99', confirmed: false })
    joint = await house.customer()
    await house.assign(joint, bo.key, '60', '2025-01-01', '2025-04-16', true)
    await house.assign(joint, an.key, '40', '2025-01-01', '2025-04-16', false)
    await house.assign(joint, bo.key, '100', '2025-04-16')
    const settled = await settle('2025-04')
    expect(settled.control.rows.map(({ source, ties }) => [source, ties])).toEqual([['MERCHANT_LOAN_AMOUNT', true], ['NEW_SMALL_LOAN', true], ['MANAGED_LOAN_ADB', true], ['DEPOSIT_ADB_INCREMENT', true]])
    const lines = new Map((await linesOf('2025-04', an.key)).map((line) => [line.code, line]))
    expect([...lines.values()].filter(({ points }) => points !== null).map(({ code, points }) => [code, points])).toEqual([
      ['NEW_SMALL_LOAN', '120.00'], ['MERCHANT_LOAN_AMOUNT', '280.00'], ['MANAGED_LOAN_ADB', '210.00'], ['DEPOSIT_ADB_INCREMENT', '26.00'], ['INSPECTION_REPORT', '-5.00'], ['INSPECTION_CHECK', '-8.00'],
    ])
    expect(lines.get('MARKETING')?.detail).toEqual({ score: '82.00', coefficient: '1.0000' })
    const statement = await statementOf('2025-04', an.key)
    expect(Object.fromEntries(statement.steps.map(({ code, value }) => [code, value]))).toMatchObject({ P: '623.00', A: '311500', PAYABLE: '311500' })
    // without a target of net growth the link is not applied, and it is said
    expect(lines.get('NET_GROWTH')?.why).toBe('no-target')
  })
  test('with a target the link follows the growth of the year', async () => {
    const { an } = house.staff
    await house.form({ indicator: 'NET_GROWTH_TARGET', staff: an.key, month: '2025-01', value: '24000000.00' })
    await house.put(`UPDATE loan_span SET to_date = '2025-04-20' WHERE principal_fen = 4200000000`)
    await house.put(`INSERT INTO loan_span (customer_id, loan_id, from_date, principal_fen) SELECT customer_id, loan_id, '2025-04-20', 4200000000 + 696000000 FROM loan_span WHERE principal_fen = 4200000000`)
    await settle('2025-04', true)
    const dry = await settle('2025-04', true)
    const real = await settle('2025-04')
    expect(real.hash).toBe(dry.hash)
    expect((await lineOf('2025-04', an.key, 'NET_GROWTH'))?.detail).toEqual({ targetFen: '2400000000', completion: '0.290000', timeProgress: '0.333333', f: '0.8700' })
    expect(await settle('2025-04')).toMatchObject({ unchanged: true, hash: real.hash, runId: null })
  })
  test('a transfer in the middle counts by days held, a joint customer by shares', async () => {
    const { an, bo } = house.staff
    await house.deposit(joint, [['2025-01-01', null, 1_000_000_000]])
    await settle('2025-04')
    // 10,000,000 yuan: bo 60 % × 15 days + 100 % × 15 days, an 40 % × 15 days of 30
    expect((await lineOf('2025-04', bo.key, 'DEPOSIT_ADB_INCREMENT'))).toMatchObject({ quantity: '80.000000', points: '80.00', facts: 1 })
    expect((await lineOf('2025-04', an.key, 'DEPOSIT_ADB_INCREMENT'))).toMatchObject({ quantity: '46.000000', points: '46.00' })
  })
  test('a dry run keeps nothing; a month that is not over settles only as a dry run', async () => {
    const counted = async (): Promise<string> => (await house.owner.query<{ n: string }>(`SELECT (SELECT count(*) FROM pay_fact) || '/' || (SELECT count(*) FROM pay_line) || '/' || (SELECT count(*) FROM settlement_run) AS n`)).rows[0]?.n ?? ''
    const before = await counted()
    expect((await settle('2025-05', true)).runId).toBeNull()
    expect(await counted()).toBe(before)
    await house.put(`UPDATE bank SET business_date = '2025-12-30'`)
    await expect(settle('2025-12')).rejects.toThrow('month-not-over')
    await settle('2025-12', true)
    await house.put(`UPDATE bank SET business_date = '2025-12-31'`)
    await expect(settleScheme(house.bank, { month: '2025-04', scheme: 'NONE', dryRun: false })).resolves.toMatchObject({ ok: false, refusal: { name: 'no-scheme' } })
  })
  test('facts without a manager and of people outside the scheme are told by the control report', async () => {
    const nobody = await house.customer()
    await house.deposit(nobody, [['2025-01-01', null, 30_000]])
    const outside = await house.customer()
    await house.assign(outside, house.staff.hr.key, '100', '2025-04-11')
    await house.deposit(outside, [['2025-01-01', null, 60_000]])
    const foreign = await house.customer()
    await house.assign(foreign, house.staff.an.key, '100', '2025-01-01')
    await house.deposit(foreign, [['2025-01-01', null, 60_000]], 'EUR')
    const row = (await settle('2025-04')).control.rows.find(({ source }) => source === 'DEPOSIT_ADB_INCREMENT')
    expect(row).toMatchObject({ ties: true, otherCurrency: 1, outside: String(60_000 * 30 * 100 * 20), withoutManager: String(30_000 * 30 * 100 * 30 + 60_000 * 30 * 100 * 10) })
  })
  test('a person sees every line of the tariff, also those that gave nothing, with the reason', async () => {
    expect(await lineOf('2025-04', house.staff.chen.key, 'NEW_SMALL_LOAN')).toMatchObject({ points: '0.00', why: 'no-facts' })
    expect(await statementOf('2025-04', house.staff.chen.key)).toMatchObject({ points: '0.00', payable: '0.00' })
  })
  test('the lead is paid by the points of the team when there is a target', async () => {
    const { lead } = house.staff
    expect(await lineOf('2025-04', lead.key, 'TEAM')).toMatchObject({ money_fen: '0', why: 'no-team-target' })
    await house.form({ indicator: 'TEAM_TARGET', staff: lead.key, month: '2025-04', value: '1000' })
    await settle('2025-04')
    // P of an 655.76 (deposits 46.00, loans 222.76 since the growth of 20 April), bo 80.00
    expect(await lineOf('2025-04', lead.key, 'TEAM')).toMatchObject({ quantity: '735.760000', money_fen: '58864', detail: { teamPoints: '735.76', teamTarget: '1000.00', coefficient: '0.7358' } })
    expect(await statementOf('2025-04', lead.key)).toMatchObject({ payable: '588.64' })
  })
})

describe('later effects fall on the person who received the points', () => {
  let early: string
  let late: string
  beforeAll(async () => {
    const { chen, other } = house.staff
    const customer = await house.customer()
    await house.assign(customer, chen.key, '100', '2024-01-01', '2025-05-20')
    await house.assign(customer, other.key, '100', '2025-05-20')
    early = await house.loan(customer, { amount: 5_000_000, paidOut: '2025-05-02', matures: '2026-05-02', term: 12, settled: '2025-06-10' })
    late = await house.loan(customer, { amount: 5_000_000, paidOut: '2025-05-03', matures: '2026-05-03', term: 12, spans: [
      ['2025-05-03', '2025-06-03', 5_000_000], ['2025-06-03', '2025-07-05', 5_000_000, '2025-06-03', 400_000], ['2025-07-05', null, 4_600_000]] })
  })
  test('May: points to the manager of the day of the pay-out', async () => {
    await settle('2025-05')
    expect(await lineOf('2025-05', house.staff.chen.key, 'NEW_SMALL_LOAN')).toMatchObject({ points: '40.00', quantity: '2.000000' })
    expect(await lineOf('2025-05', house.staff.other.key, 'NEW_SMALL_LOAN')).toMatchObject({ points: '0.00' })
  })
  test('June: early settlement and overdue are deducted from him, not from his successor; the rest is carried', async () => {
    await settle('2025-06')
    const { chen, other } = house.staff
    expect(await lineOf('2025-06', chen.key, 'EARLY')).toMatchObject({ money_fen: '-8333', facts: 1 }) // 100.00 × 10 / 12
    expect(await lineOf('2025-06', chen.key, 'OVERDUE')).toMatchObject({ money_fen: '-10000', facts: 1 })
    expect(await lineOf('2025-06', other.key, 'OVERDUE')).toBeUndefined()
    expect(await statementOf('2025-06', chen.key)).toMatchObject({ payable: '0.00', carryOut: '-183.33' })
    const { rows } = await house.owner.query(`SELECT fact_id, line_code FROM pay_fact f JOIN settled_month m ON m.run_id = f.run_id WHERE m.month = '2025-06-01' AND line_code IN ('EARLY', 'OVERDUE') ORDER BY line_code`)
    expect(rows).toEqual([{ fact_id: early, line_code: 'EARLY' }, { fact_id: late, line_code: 'OVERDUE' }])
  })
  test('July: recovered in the next month comes back whole; what was carried is set off', async () => {
    await settle('2025-07')
    expect(await lineOf('2025-07', house.staff.chen.key, 'REFUND')).toMatchObject({ money_fen: '10000' })
    expect(await lineOf('2025-07', house.staff.chen.key, 'OVERDUE')).toBeUndefined()
    expect(await statementOf('2025-07', house.staff.chen.key)).toMatchObject({ payable: '0.00', carryOut: '-83.33' })
  })
  test('settled again, a month makes later open months stale, and these are not closed before', async () => {
    await house.form({ indicator: 'MARKETING_SCORE', staff: house.staff.chen.key, month: '2025-05', value: '95' })
    await settle('2025-05')
    expect((await house.owner.query(`SELECT month, stale FROM settled_month ORDER BY month`)).rows).toEqual([
      { month: '2025-04-01', stale: false }, { month: '2025-05-01', stale: false }, { month: '2025-06-01', stale: true }, { month: '2025-07-01', stale: true }])
    expect(await close('2025-05')).toMatchObject({ ok: false, refusal: { name: 'earlier-month-open' } })
    expect(await close('2025-04')).toMatchObject({ ok: true })
    expect(await close('2025-05')).toMatchObject({ ok: true })
    expect(await close('2025-06')).toMatchObject({ ok: false, refusal: { name: 'settle-again' } })
    expect(await settle('2025-06')).toMatchObject({ unchanged: true })
    expect(await close('2025-06')).toMatchObject({ ok: true })
  })
})

describe('a closed month never changes', () => {
  test('it is not settled again, and no role may touch its rows', async () => {
    await expect(settle('2025-05')).rejects.toThrow('month-closed')
    await expect(settle('2025-03')).rejects.toThrow('later-month-closed')
    for (const table of ['pay_statement', 'pay_line', 'pay_fact', 'settlement_run', 'closed_month'] as const) {
      await expect(house.bank.db.asBatch((tx) => tx.run(sql`DELETE FROM ${sql.table(table)}`))).rejects.toThrow('permission denied')
      await expect(house.bank.db.asOffice((tx) => tx.run(sql`DELETE FROM ${sql.table(table)}`))).rejects.toThrow('permission denied')
    }
  })
  test('what comes late is a line of the next month that names the month and the line', async () => {
    const { bo } = house.staff
    const before = await statementOf('2025-05', bo.key)
    const late = await house.customer()
    await house.assign(late, bo.key, '100', '2025-01-01')
    await house.loan(late, { amount: 1_000_000, paidOut: '2025-05-15', matures: '2026-05-15', term: 12 })
    await settle('2025-07')
    expect(await statementOf('2025-05', bo.key)).toEqual(before)
    const line = (await linesOf('2025-07', bo.key)).find(({ code }) => code === 'CORRECTION')
    expect(line).toMatchObject({ corrects_month: '2025-05-01', corrects_code: 'NEW_SMALL_LOAN', points: '20.00', money_fen: '10000', facts: 1, detail: { was: '0.00', is: '20.00' } })
    expect(await close('2025-07')).toMatchObject({ ok: true })
    // corrected once, it is known from then on
    await settle('2025-08')
    expect((await linesOf('2025-08', bo.key)).some(({ code }) => code === 'CORRECTION')).toBe(false)
  })
  test('an old balance mended is a difference of the average, and back again when the mending is mended', async () => {
    const { bo } = house.staff
    const change = (fen: number) => house.put(`UPDATE balance_span SET balance_fen = $1 WHERE from_date = '2025-01-01' AND balance_fen BETWEEN 900000000 AND 1300000000`, [fen])
    await change(1_200_000_000)
    await settle('2025-08')
    const lines = (await linesOf('2025-08', bo.key)).filter(({ code }) => code === 'CORRECTION')
    expect(lines.map(({ corrects_month, corrects_code, points }) => [corrects_month, corrects_code, points])).toEqual([
      ['2025-04-01', 'DEPOSIT_ADB_INCREMENT', '16.00'], ['2025-05-01', 'DEPOSIT_ADB_INCREMENT', '20.00'], ['2025-06-01', 'DEPOSIT_ADB_INCREMENT', '20.00'], ['2025-07-01', 'DEPOSIT_ADB_INCREMENT', '20.00']])
    await close('2025-08')
    await change(1_000_000_000)
    await settle('2025-09')
    expect((await linesOf('2025-09', bo.key)).filter(({ code }) => code === 'CORRECTION').map(({ corrects_month, points }) => [corrects_month, points])).toEqual([
      ['2025-04-01', '-16.00'], ['2025-05-01', '-20.00'], ['2025-06-01', '-20.00'], ['2025-07-01', '-20.00'], ['2025-08-01', '-20.00']])
  })
  test('whoever settled does not close', async () => {
    const outcome = await settleScheme(house.bank, { month: '2025-10', scheme: 'POINTS', dryRun: false, settledBy: house.staff.hr.key })
    expect(outcome.ok).toBe(true)
    await close('2025-09')
    const by = (closedBy: number) => house.bank.db.asBatch((tx) => closeSettledMonth(tx, { month: '2025-10', scheme: 'POINTS', closedBy, today: '2025-12-31' }))
    expect(await by(house.staff.hr.key)).toMatchObject({ ok: false, refusal: { name: 'same-person' } })
    expect(await by(house.staff.hr2.key)).toMatchObject({ ok: true })
  })
})
