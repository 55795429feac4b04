import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { newId } from '../../foundation/values/uuid7.ts'
import { routes } from '../../routes.ts'
import { smallBank, type SmallBank } from '../../../tests/support/small-bank.ts'
import { installBlockScheme } from '../install-scheme-version.ts'
import { settleMonth } from '../../flows/settle-month.ts'
import { pieces, type Pieces } from '../../../tests/support/pay-pieces.ts'
import { getMyStatement } from '../statement.contract.ts'
import { settleScheme } from '../settle-one-month.ts'
import { openWhatIf, tryWhatIf } from './what-if.contract.ts'

// "Two more loans of 500,000 yuan": the figures are worked out by hand from the scheme, and are those of a settlement of the month with these loans.

let bank: SmallBank
let put: Pieces
const month = '2026-10'
const payable = async (): Promise<string> => {
  expect((await settleMonth(bank.services, { month, scheme: 'POINTS', dryRun: false })).ok).toBe(true)
  return ((await bank.ask(bank.staff.li, getMyStatement, { query: { month } })).body['statement'] as { payableFen: string }).payableFen
}
const attempt = (body: object, who = bank.staff.li) => bank.ask(who, tryWhatIf, { body: { loans: [], deposits: [], indicators: [], ...body } })
const two = { product: 'L102', count: 2, amountFen: '50000000', paidOutOn: '2026-10-22' }

beforeAll(async () => {
  bank = await smallBank(routes)
  put = await pieces(bank)
  await put.monthOfLi()
})
afterAll(() => bank.close())

describe('a manager on points', () => {
  test('nothing settled yet: nothing to try', async () => {
    expect((await bank.ask(bank.staff.li, openWhatIf)).body).toEqual({ ground: null })
    expect((await attempt({ loans: [two] })).body.refusal).toBe('no-statement')
  })
  test('the month as it is: 180 points, linked by 0.60: 756.00', async () => {
    // 6 × 20 points and 12,000,000 managed: 60 points; 900.00: 540.00 fixed, 360.00 × (12 of 24 million ÷ 10 of 12 months)
    expect(await payable()).toBe('75600')
    expect((await bank.ask(bank.staff.li, openWhatIf)).body['ground']).toMatchObject({ month, payableFen: '75600', loanProducts: [{ code: 'L102' }, { code: 'L103' }, { code: 'L201' }], indicators: [] })
    expect((await attempt({})).body).toMatchObject({ beforeFen: '75600', afterFen: '75600' })
  })
  test('two more merchant loans of 500,000 paid out on 22 October: 1,124.92, as a settlement with them pays', async () => {
    // 2 × 40 points; (12,000,000 × 31 + 1,000,000 × 10) ÷ 31 on average: 61.61; 261.61 points are 1,308.05: 784.83 fixed, 523.22 × 0.65
    const tried = await attempt({ loans: [two] })
    expect(tried.body).toMatchObject({ month, beforeFen: '75600', afterFen: '112492' })
    const steps = Object.fromEntries((tried.body['steps'] as { code: string; value: string }[]).map(({ code, value }) => [code, value]))
    expect(steps).toMatchObject({ P: '261.61', A: '130805', FIXED: '78483', LINK_BASE: '52322', LINK_PAY: '34009', PAYABLE: '112492' })
    for (let n = 0; n < 2; n += 1) await put.loan('L102', 50_000_000, '2026-10-22')
    expect(await payable()).toBe('112492')
  })
  test('and a deposit of 620,000 from 12 October: 4 points, as a settlement with it pays', async () => {
    // 620,000 × 20 ÷ 31 is 400,000 on average; 265.61 points are 1,328.05: 796.83 fixed, 531.22 × 0.65
    expect((await attempt({ deposits: [{ amountFen: '62000000', from: '2026-10-12' }] })).body).toMatchObject({ beforeFen: '112492', afterFen: '114212' })
    await put.deposit(62_000_000, '2026-10-12')
    expect(await payable()).toBe('114212')
  })
  test.each<[name: string, body: object, refusal: string]>([
    ['a product that is no loan', { loans: [{ ...two, product: 'D1' }] }, 'not-of-the-scheme'], ['an indicator of another scheme', { indicators: [{ code: 'PROFIT', by: '1' }] }, 'not-of-the-scheme'],
    ['a day of another month', { loans: [{ ...two, paidOutOn: '2026-11-01' }] }, 'outside-month'], ['an amount below nothing', { loans: [{ ...two, amountFen: '-1' }] }, 'invalid-request'],
  ])('refused: %s', async (_name, body, refusal) => expect((await attempt(body)).body.refusal).toBe(refusal))
  test('each sees his own month only; nothing of it is kept', async () => {
    expect((await bank.ask(bank.staff.wang, openWhatIf)).body['ground']).toMatchObject({ payableFen: '0' })
    expect((await attempt({ loans: [two] }, bank.staff.hr)).body.refusal).toBe('no-statement')
    const counted = () => bank.look(`SELECT (SELECT count(*) FROM pay_fact) AS facts, (SELECT count(*) FROM settlement_run) AS runs`)
    const before = await counted()
    await attempt({ loans: [two] })
    expect(await counted()).toEqual(before)
  })
})

describe('a manager on indicators', () => {
  test('more profit: what a settlement with it pays', async () => {
    const base = { posts: ['LOBBY'], grades: [], units: [], period: 'MONTH' as const, gradeBases: { '*': '1000000' }, score: 'SCORED', classes: {}, carryMonths: 12, correctionMonths: 12 }
    await bank.services.db.asOffice((tx) => installBlockScheme(tx, {
      code: 'CARD', from: '2026-01-01', name: '指标', nameEn: 'Card', legalBasis: '试验', terms: {
        ...base, blocks: [
          { kind: 'RATIOS', code: 'SCORED', mode: 'PERCENT', floor: '0', cap: '120', items: [{ code: 'FEE', name: { zh: '中收', en: 'Fees' }, indicator: 'FEE_INCOME', weight: '100', direction: 'UP' }] },
          { kind: 'PRODUCT', code: 'F', unit: 'FEN', factors: [{ of: 'GRADE_BASE' }, { of: 'SCORED', percent: true }] }, { kind: 'PAYABLE', code: 'PAYABLE', of: 'F', carryOut: 'CARRY_OUT' },
        ],
      },
    }))
    const { lobby, hr, compliance } = bank.staff
    const fee = (value: string) => bank.look(`INSERT INTO indicator_fact (id, indicator, staff_key, month, business_date, value, evidence, entered_by, entered_on, confirmed_by, confirmed_on) VALUES ($1, 'FEE_INCOME', $2, '2026-10-01', '2026-10-31', $3, '台账', $4, '2026-10-31', $5, '2026-10-31')`, [newId(), lobby.staffKey, value, hr.staffKey, compliance.staffKey])
    await put.target(lobby.staffKey, 'CARD', 'FEE_INCOME', '20000')
    await fee('15000')
    const settle = async () => {
      expect((await settleScheme(bank.services, { month, scheme: 'CARD', dryRun: false })).ok).toBe(true)
      return (await bank.ask(lobby, openWhatIf)).body['ground'] as { payableFen: string; indicators: unknown }
    }
    expect(await settle()).toMatchObject({ payableFen: '750000', loanProducts: null, indicators: [{ code: 'FEE_INCOME', target: '20000', actual: '15000.00' }] })
    // 18,000 of 20,000: 90 of 100, 9,000.00
    expect((await attempt({ indicators: [{ code: 'FEE_INCOME', by: '3000' }] }, lobby)).body).toMatchObject({ beforeFen: '750000', afterFen: '900000' })
    expect((await attempt({ loans: [two] }, lobby)).body.refusal).toBe('not-of-the-scheme')
    await fee('3000')
    expect(await settle()).toMatchObject({ payableFen: '900000' })
  })
})
