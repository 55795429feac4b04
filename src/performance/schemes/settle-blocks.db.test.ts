import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { yuanText } from '../../foundation/values/fen.ts'
import { newId } from '../../foundation/values/uuid7.ts'
import { closeSettledMonth } from '../close-settled-month.ts'
import { payBank, type PayBank } from '../pay-bank-testing.ts'
import { readStatement } from '../read-statement.ts'
import { hundredBlocks, scorecardBlocks } from '../scorecard-scheme.ts'
import { settleScheme, type Settlement } from '../settle-one-month.ts'
import type { BlocksTerms } from './block-terms.contract.ts'
import { installBlockScheme } from '../install-scheme-version.ts'
import { tellStatement, type Told } from '../statement/tell-statement.rules.ts'
import { workOutForecast } from '../statement/work-out-forecast.ts'
import { plannedBank } from './plan-testing.ts'

let house: PayBank
let plan: Awaited<ReturnType<typeof plannedBank>>
const million = 100_000_000
const terms = (blocks: BlocksTerms['blocks'], more: Partial<BlocksTerms>): BlocksTerms => ({
  blocks, posts: ['RM'], grades: [], units: [], period: 'MONTH', gradeBases: { '*': '1000000' }, score: 'TOTAL', classes: {}, carryMonths: 12, correctionMonths: 12, ...more,
})
const install = (code: string, more: BlocksTerms, from = '2025-01-01') =>
  house.bank.db.asOffice((tx) => installBlockScheme(tx, { code, from, name: code, nameEn: code, legalBasis: '试验', terms: more }))
const settle = async (scheme: string, month: string, dryRun = false): Promise<Settlement> => {
  const outcome = await settleScheme(house.bank, { month, scheme, dryRun })
  if (!outcome.ok) throw new Error(outcome.refusal.name)
  return outcome.value
}
type Statement = { score: string; payable: string; steps: Record<string, string>; whys: Record<string, string | null> }
async function statementOf(scheme: string, month: string, staff: number): Promise<Statement> {
  const { rows: [row] } = await house.owner.query<{ points: string; payable_fen: string; steps: { code: string; value: string; unit: string; why: string | null }[] }>(
    `SELECT s.* FROM pay_statement s JOIN settled_month m ON m.run_id = s.run_id WHERE m.scheme_code = $1 AND m.month = $2 AND s.staff_key = $3`, [scheme, `${month}-01`, staff])
  if (!row) throw new Error('no statement')
  return {
    score: row.points, payable: yuanText(BigInt(row.payable_fen)), whys: Object.fromEntries(row.steps.map(({ code, why }) => [code, why])),
    steps: Object.fromEntries(row.steps.map(({ code, value, unit }) => [code, unit === 'FEN' ? yuanText(BigInt(value)) : value])),
  }
}
type Line = { code: string; place: number; quantity: string | null; facts: number; why: string | null; money_fen: string | null; corrects_month: string | null; corrects_code: string | null; detail: Record<string, string> }
const linesOf = async (scheme: string, month: string, staff: number): Promise<Line[]> => (await house.owner.query<Line>(
  `SELECT l.* FROM pay_line l JOIN settled_month m ON m.run_id = l.run_id WHERE m.scheme_code = $1 AND m.month = $2 AND l.staff_key = $3 ORDER BY place`, [scheme, `${month}-01`, staff])).rows
const close = async (scheme: string, month: string) => expect(await house.bank.db.asBatch((tx) => closeSettledMonth(tx, { month, scheme, closedBy: null, today: '2025-12-31' }))).toMatchObject({ ok: true })

/** A company of the manager whose contribution of the month is this much. */
async function profit(customer: string, month: string, yuan: number): Promise<void> {
  await house.put(`INSERT INTO contribution VALUES ($1, $2, 30, 0, 0, $3, 0, $3, 0, 0, $3, '{}')`, [customer, `${month}-01`, Math.round(yuan * 100)])
}

beforeAll(async () => {
  house = await payBank()
  plan = await plannedBank(house)
}, 120_000)
afterAll(() => house.drop())

describe('scheme (b): bsc-1 from the ledgers', () => {
  const month = '2025-04'
  const given: readonly [code: string, indicator: string, target: string, score: string, weighted: string][] = [
    ['F1', 'PROFIT', '1200000', '94.00', '18.80'], ['F2', 'CORPORATE_DEPOSIT_INCREMENT', '15000000', '120.00', '14.40'], ['F3', 'FEE_INCOME', '180000', '85.00', '6.80'], ['C1', 'NEW_CUSTOMERS', '24', '112.50', '9.00'],
    ['C2', 'COVERAGE', '100', '96.00', '6.72'], ['C3', 'CHURN', '3.00', '80.00', '4.80'], ['C4', 'SATISFACTION', '90', '103.00', '4.12'], ['P1', 'NPL_RATIO', '1.20', '120.00', '12.00'], ['P2', 'REPORT_QUALITY', '90', '96.00', '5.76'],
    ['P3', 'CHECKS_ON_TIME', '100', '97.50', '3.90'], ['L1', 'TRAINING', '40', '110.00', '6.60'], ['L2', 'CERTIFICATES', '2', '50.00', '2.50'], ['L3', 'MENTORING', '4', '100.00', '4.00'],
  ]
  let company: string
  let account: string
  beforeAll(async () => {
    const { an, bo } = house.staff
    await install('CARD', terms([...scorecardBlocks], {}))
    // in this bank the coverage comes by form as well, and so does the quality of reports
    await house.put(`UPDATE indicator SET terms = (SELECT terms FROM indicator WHERE code = 'SATISFACTION') WHERE code IN ('COVERAGE', 'REPORT_QUALITY')`)
    company = await house.customer()
    await house.put(`UPDATE customer SET kind = 'CORPORATE' WHERE customer_id = $1`, [company])
    await house.assign(company, an.key, '100', '2025-01-01')
    await profit(company, month, 1_128_000)
    account = await house.deposit(company, [['2025-04-01', null, 1_890_000_000]])
    for (let n = 0; n < 27; n++) {
      const customer = await house.customer()
      await house.put(`UPDATE customer SET opened_on = '2025-04-10' WHERE customer_id = $1`, [customer])
      await house.assign(customer, an.key, '100', '2025-04-10')
    }
    const bad = await house.loan(company, { amount: 900_000, paidOut: '2024-05-01', matures: '2026-05-01', term: 24, product: 'L201', spans: [['2024-05-01', null, 900_000]] })
    await house.put(`UPDATE loan_span SET loan_class = 'SUBSTANDARD' WHERE loan_id = $1`, [bad])
    await house.loan(company, { amount: 99_100_000, paidOut: '2024-05-01', matures: '2026-05-01', term: 24, product: 'L201', spans: [['2024-05-01', null, 99_100_000]] })
    for (const [indicator, value] of [['FEE_INCOME', '153000'], ['COVERAGE', '96'], ['CHURN', '3.60'], ['SATISFACTION', '92.7'], ['REPORT_QUALITY', '86.4'], ['CHECKS_ON_TIME', '97.5'], ['TRAINING', '44'], ['CERTIFICATES', '1'], ['MENTORING', '4']] as const) {
      await house.form({ indicator, staff: an.key, month, value })
    }
    // an unconfirmed form, the facts of others, and facts that nobody holds
    await house.form({ indicator: 'FEE_INCOME', staff: an.key, month, value: '999', confirmed: false })
    await house.form({ indicator: 'FEE_INCOME', staff: bo.key, month, value: '1000' })
    await house.deposit(await house.customer(), [['2025-01-01', null, 7_000_000]])
    for (const [, indicator, target] of given) await plan.target(an.key, 'CARD', indicator, target, '2025-04-01', '2025-05-01')
  }, 120_000)

  test('every score, every weighted score, the dimensions, the total, the coefficient, the pay', async () => {
    const settled = await settle('CARD', month)
    expect(settled.control.rows.filter(({ ties }) => !ties)).toEqual([])
    const statement = await statementOf('CARD', month, house.staff.an.key)
    for (const [code, , , score, weighted] of given) expect([code, statement.steps[`SCORED.${code}.SCORE`], statement.steps[`SCORED.${code}`]]).toEqual([code, score, weighted])
    expect(statement).toMatchObject({ score: '99.40', payable: '10000.00', steps: { 'SCORED.F': '40.00', 'SCORED.C': '24.64', 'SCORED.P': '21.66', 'SCORED.L': '13.10', TOTAL: '99.40', COEFFICIENT: '1.0000', EARNED: '10000.00' } })
  })
  test('each line tells what was reached and the plan’s target, and opens to the rows of the indicator', async () => {
    const lines = await linesOf('CARD', month, house.staff.an.key)
    const line = (code: string) => lines.find((one) => one.code === code)
    expect(line('PROFIT')).toMatchObject({ quantity: '1128000.000000', facts: 1, detail: { actual: '1128000.00', target: '1200000', planVersion: '1', unit: 'FEN' } })
    expect(line('NEW_CUSTOMERS')).toMatchObject({ quantity: '27.000000', facts: 27 })
    expect(line('NPL_RATIO')).toMatchObject({ quantity: '0.900000', facts: 2 })
    const { rows } = await house.owner.query(`SELECT count(*)::int AS n, sum(numerator)::text AS sum FROM pay_fact f JOIN settled_month m ON m.run_id = f.run_id AND m.scheme_code = 'CARD' WHERE f.line_code = 'NEW_CUSTOMERS' AND f.staff_key = $1`, [house.staff.an.key])
    expect(rows).toEqual([{ n: 27, sum: '27.00000000' }])
    const { rows: values } = await house.owner.query(`SELECT trim_scale(numerator)::text AS value FROM performance_indicator_value_facts WHERE code = 'PROFIT' AND month = '2025-04-01' AND staff_key = $1`, [house.staff.an.key])
    expect(values).toEqual([{ value: '112800000' }])
  })
  test('the control report: whole = in lines + outside + without manager; who has no result, and why', async () => {
    const { control } = await settle('CARD', month, true)
    const row = (source: string) => control.rows.find((one) => one.source === source)
    expect(row('FEE_INCOME')).toMatchObject({ facts: 2, total: '154000', inLines: '154000', outside: '0', withoutManager: '0', ties: true })
    expect(row('NEW_CUSTOMERS')).toMatchObject({ facts: 27, total: '27', inLines: '27' })
    expect(control.transactions.transactions).toBe(0)
    expect(control.withoutResult?.map(({ why }) => why)).toEqual(['no-target', 'no-target', 'no-target'])
  })
  test('twice is the same and changes nothing; a dry run keeps nothing; the order of facts changes nothing', async () => {
    const first = await settle('CARD', month, true)
    expect(await settle('CARD', month)).toMatchObject({ unchanged: true, hash: first.hash, runId: null })
    // the same facts stored in another order
    await house.put(`CREATE TEMP TABLE mixed AS SELECT * FROM indicator_fact ORDER BY id DESC`)
    await house.put(`DELETE FROM indicator_fact`)
    await house.put(`INSERT INTO indicator_fact SELECT * FROM mixed ORDER BY md5(id::text)`)
    expect((await settle('CARD', month, true)).hash).toBe(first.hash)
  })
  test('an indicator without data gives its weight to its dimension; a RED event holds the score below the pass mark and takes the pay; AMBER takes a fifth', async () => {
    const { bo } = house.staff
    for (const [, indicator, target] of given) if (indicator !== 'CHURN') await plan.target(bo.key, 'CARD', indicator, target, '2025-04-01', '2025-05-01')
    await settle('CARD', month)
    const statement = await statementOf('CARD', month, bo.key)
    // nothing of satisfaction and coverage by form: C1 alone is measured and carries all 25
    expect(statement.steps['SCORED.C']).toBe('0.00')
    expect(statement.whys['SCORED.C2']).toBe('not-measurable')
    await plan.event(house.staff.an.key, month, 'AMBER')
    await settle('CARD', month)
    expect(await statementOf('CARD', month, house.staff.an.key)).toMatchObject({ score: '99.40', payable: '8000.00' })
    await plan.event(house.staff.an.key, month, 'RED')
    await settle('CARD', month)
    expect(await statementOf('CARD', month, house.staff.an.key)).toMatchObject({ score: '59.99', payable: '0.00', whys: { TOTAL: 'red-event' } })
    await house.put(`DELETE FROM performance_gate_event_facts`)
  })
  test('a closed month does not change; what comes late is a line of the next one, worked out by the rules of then', async () => {
    const { an } = house.staff
    await settle('CARD', month)
    await close('CARD', month)
    await expect(settle('CARD', month)).rejects.toThrow('month-closed')
    const before = await statementOf('CARD', month, an.key)
    // the balance of April is mended, and a rule would pay double from May
    await install('CARD', terms([...scorecardBlocks], { gradeBases: { '*': '2000000' } }), '2025-05-01')
    await house.put(`UPDATE balance_span SET balance_fen = 1400000000 WHERE account_id = $1`, [account])
    await settle('CARD', '2025-05')
    expect(await statementOf('CARD', month, an.key)).toEqual(before)
    const [line, ...others] = (await linesOf('CARD', '2025-05', an.key)).filter(({ code }) => code === 'CORRECTION')
    // F2 falls from 120.00 to 93.33: 14.40 to 11.20, the total from 99.40 to 96.20, still in the band of 1.00
    expect(others).toEqual([])
    expect(line).toMatchObject({ corrects_month: '2025-04-01', corrects_code: 'CORPORATE_DEPOSIT_INCREMENT', money_fen: '0', why: 'no-difference-in-pay', detail: { was: '18900000.00', is: '14000000.00' } })
    await close('CARD', '2025-05')
    await house.form({ indicator: 'FEE_INCOME', staff: an.key, month, value: '-120000' })
    await settle('CARD', '2025-06')
    const late = (await linesOf('CARD', '2025-06', an.key)).find(({ code }) => code === 'CORRECTION')
    // F3 falls to 18.33 of 100, 1.47 instead of 6.80: 90.87, still the band of 1.00
    expect(late).toMatchObject({ corrects_month: '2025-04-01', corrects_code: 'FEE_INCOME', detail: { was: '153000.00', is: '33000.00' } })
    await house.form({ indicator: 'FEE_INCOME', staff: an.key, month, value: '-33000' })
    await settle('CARD', '2025-06')
    // nothing of F3 is left: 96.20 − 6.80 = 89.40, the band of 0.90 and 10,000.00 × 0.10 less, carried on
    expect(await statementOf('CARD', '2025-06', an.key)).toMatchObject({ payable: '0.00', steps: { F: '-1000.00', CARRY_OUT: '-1000.00' } })
  })
  test('what the group awarded on an appeal is a line of the next month that names the appeal and the closed line, paid on top', async () => {
    const { an, hr } = house.staff
    const [appeal, motion, run] = [newId(), newId(), newId()]
    await house.put(`SET session_replication_role = replica`) // the group and its vote are told elsewhere
    await house.put(`INSERT INTO appeal (id, number, staff_key, scheme_code, month, run_id, place, line_code, line_fen, claim, group_id, opened_on, window_until, answer_by, late_on, later_on, leaders, scope_path)
      VALUES ($1, 'SS2025-0001', $2, 'CARD', '2025-04-01', $3, 4, 'CERTIFICATES', 0, '证书漏计', $3, '2025-05-08', '2025-05-09', '2025-05-20', '2025-05-21', '2025-05-22', '{}', '001')`, [appeal, an.key, run])
    await house.put(`INSERT INTO appeal_end VALUES ($1, $2, 'ADJUSTED', '证书有效', $3, 150000, '2025-06-01', $4, '2025-05-15', false, '001', 'CARD')`, [appeal, an.key, motion, hr.key])
    await house.put(`SET session_replication_role = DEFAULT`)
    await settle('CARD', '2025-06')
    // −1,000.00 of the corrections above and 1,500.00 awarded: nothing is carried on
    const { payable, steps } = await statementOf('CARD', '2025-06', an.key)
    expect([payable, steps['F'], steps['CARRY_OUT']]).toEqual(['500.00', '500.00', undefined])
    expect((await linesOf('CARD', '2025-06', an.key)).find(({ code, detail }) => code === 'CORRECTION' && detail?.['appeal'] === 'SS2025-0001')).toMatchObject({ money_fen: '150000', corrects_month: '2025-04-01', corrects_code: 'CERTIFICATES', detail: { appealId: appeal } })
    expect((await settle('CARD', '2025-06')).unchanged).toBe(true)
  })
})

describe('scheme (c): hundred-1 over a half year', () => {
  const month = '2025-12'
  const half = (mode: 'BLENDED' | 'PROFIT_ONLY', rates?: '0') => hundredBlocks.map((block) => (block.kind === 'EXCESS'
    ? { ...block, mode, items: block.items.map((item) => ({ ...item, rate: rates ?? item.rate })) } : block.kind === 'DEFER' ? { ...block, posts: ['RM'] } : block))
  const given = { ASSET_INCREMENT: '40000000', CUSTOMER_ASSET_INCREMENT: '12000000', DEPOSIT_INCREMENT: '30000000', FEE_INCOME: '300000', PROFIT: '900000' }
  beforeAll(async () => {
    const { chen } = house.staff
    await house.put(`INSERT INTO grade_held (staff_key, from_date, grade) VALUES ($1, '2020-01-01', 'B')`, [chen.key])
    const company = await house.customer()
    await house.assign(company, chen.key, '100', '2025-01-01')
    await house.loan(company, { amount: 46 * million, paidOut: '2025-08-01', matures: '2027-08-01', term: 24, product: 'L201', spans: [['2025-08-01', null, 46 * million]] })
    // 67,200,000 for half of the 184 days
    await house.deposit(company, [['2025-07-01', '2025-10-01', 6_720_000_000]])
    for (const [at, value] of [['2025-07', '200000'], ['2025-11', '130000']] as const) await house.form({ indicator: 'FEE_INCOME', staff: chen.key, month: at, value })
    await house.form({ indicator: 'CUSTOMER_ASSET_INCREMENT', staff: chen.key, month: '2025-12', value: '10200000' })
    for (const [at, yuan] of [['2025-07', 500_000], ['2025-12', 490_000], ['2025-06', 77_777]] as const) await profit(company, at, yuan)
    for (const code of ['HUNDRED', 'HUNDRED_PROFIT', 'HUNDRED_ZERO']) {
      for (const [indicator, target] of Object.entries(given)) await plan.target(chen.key, code, indicator, target, '2025-07-01', '2026-01-01')
      for (const [item, mark] of [['MAINTENANCE', '90'], ['POLICY', '95'], ['DEDICATION', '88'], ['DISCIPLINE', '100']] as const) await plan.mark(chen.key, code, item, month, mark)
    }
    const shared = { period: 'HALF_YEAR' as const, score: 'H', gradeBases: { A: '3000000', B: '3600000', C: '4200000' } }
    await install('HUNDRED', terms(half('BLENDED'), shared))
    await install('HUNDRED_PROFIT', terms(half('PROFIT_ONLY'), shared))
    await install('HUNDRED_ZERO', terms(half('BLENDED', '0'), shared))
  }, 120_000)

  test('a period is paid in its last month; before, it can be tried', async () => {
    await expect(settle('HUNDRED', '2025-10')).rejects.toThrow('period-not-over')
    await settle('HUNDRED', '2025-10', true)
  })
  test('hundred-1-blended: scores, blend, marks, core, planned pay, excess, deferral', async () => {
    const settled = await settle('HUNDRED', month)
    expect(settled.control.rows.filter(({ ties }) => !ties)).toEqual([])
    const { steps, score, payable } = await statementOf('HUNDRED', month, house.staff.chen.key)
    expect(steps).toMatchObject({
      W: '0.3000', 'SCALE.ASSET': '28.75', 'SCALE.CUSTOMER_ASSET': '12.75', 'SCALE.LIABILITY': '22.40', 'SCALE.INTERMEDIARY': '11.00', SCALE: '74.90', PROFIT: '77.00', 'Q.1': '52.43', 'Q.2': '23.10', Q: '75.53',
      'QUAL.MAINTENANCE': '9.00', 'QUAL.POLICY': '7.60', 'QUAL.DEDICATION': '5.28', 'QUAL.DISCIPLINE': '6.00', QUAL: '27.88', H: '103.41', CORE: '0.9500', PLANNED: '34200.00',
      'EXCESS.ASSET': '399.00', 'EXCESS.CUSTOMER_ASSET': '0.00', 'EXCESS.LIABILITY': '478.80', 'EXCESS.INTERMEDIARY': '997.50', 'EXCESS.PROFIT': '1539.00', EXCESS: '3414.30', EARNED: '37614.30',
      DEFERRED: '15045.72', PAID_NOW: '22568.58', 'DEFERRED.1': '5015.24', 'DEFERRED.2': '5015.24', 'DEFERRED.3': '5015.24',
    })
    expect({ score, payable }).toEqual({ score: '103.41', payable: '22568.58' })
  })
  test.each([
    ['hundred-1', 'HUNDRED_PROFIT', { EXCESS: '5130.00', EARNED: '39330.00', DEFERRED: '15732.00', PAID_NOW: '23598.00', 'DEFERRED.1': '5244.00', 'DEFERRED.2': '5244.00', 'DEFERRED.3': '5244.00' }, '23598.00'],
    ['hundred-1-zero-rates', 'HUNDRED_ZERO', {
      'EXCESS.ASSET': '0.00', 'EXCESS.CUSTOMER_ASSET': '0.00', 'EXCESS.LIABILITY': '0.00', 'EXCESS.INTERMEDIARY': '0.00', 'EXCESS.PROFIT': '1539.00', EXCESS: '1539.00', EARNED: '35739.00', DEFERRED: '14295.60', PAID_NOW: '21443.40',
      'DEFERRED.1': '4765.20', 'DEFERRED.2': '4765.20', 'DEFERRED.3': '4765.20',
    }, '21443.40'],
  ])('%s', async (_fixture, scheme, steps, payable) => {
    await settle(scheme, month)
    const statement = await statementOf(scheme, month, house.staff.chen.key)
    expect(statement.steps).toMatchObject({
      W: '0.3000', 'SCALE.ASSET': '28.75', 'SCALE.CUSTOMER_ASSET': '12.75', 'SCALE.LIABILITY': '22.40', 'SCALE.INTERMEDIARY': '11.00', SCALE: '74.90', PROFIT: '77.00', 'Q.1': '52.43', 'Q.2': '23.10', Q: '75.53',
      'QUAL.MAINTENANCE': '9.00', 'QUAL.POLICY': '7.60', 'QUAL.DEDICATION': '5.28', 'QUAL.DISCIPLINE': '6.00', QUAL: '27.88', H: '103.41', CORE: '0.9500', PLANNED: '34200.00', ...steps,
    })
    expect(statement.payable).toBe(payable)
  })
  test('deferral-remainder: the last part takes the rest, in the statement and as the parts that wait', async () => {
    await install('REMAINDER', terms([
      { kind: 'PRODUCT', code: 'EARNED', unit: 'FEN', factors: [{ of: 'GRADE_BASE' }, { constant: '1', unit: 'COEFFICIENT' }] }, { kind: 'DEFER', code: 'DEFERRED', of: 'EARNED', ratio: '0.40', tranches: 3, posts: ['RM'], paidNow: 'PAID_NOW' },
      { kind: 'SUM', code: 'F', unit: 'FEN', parts: [{ of: 'EARNED' }, { of: 'DEFERRED', minus: true, leaveOut: 'ABSENT' }] }, { kind: 'PAYABLE', code: 'PAYABLE', of: 'F', carryOut: 'CARRY_OUT' },
    ], { score: null, gradeBases: { '*': '3933100' } }))
    await settle('REMAINDER', month)
    const { steps, payable } = await statementOf('REMAINDER', month, house.staff.chen.key)
    expect(steps).toMatchObject({ EARNED: '39331.00', DEFERRED: '15732.40', PAID_NOW: '23598.60', 'DEFERRED.1': '5244.13', 'DEFERRED.2': '5244.13', 'DEFERRED.3': '5244.14' })
    expect(payable).toBe('23598.60')
    await close('REMAINDER', month)
    const { rows } = await house.owner.query<{ part: number; fen: string }>(`SELECT part, fen::text AS fen FROM deferred_tranche WHERE scheme_code = 'REMAINDER' AND staff_key = $1 ORDER BY part`, [house.staff.chen.key])
    expect(rows).toEqual([{ part: 1, fen: '524413' }, { part: 2, fen: '524413' }, { part: 3, fen: '524414' }])
  })
  test('whose grade has no base gets nothing and is named in the control report', async () => {
    const { control } = await settle('HUNDRED', month, true)
    expect(control.withoutResult?.filter(({ why }) => why === 'no-grade-base')).toHaveLength(3)
  })
  test('hundred-uncapped: in the first phase the limit 1.5 holds the score, never the excess', async () => {
    const { bo } = house.staff
    await house.put(`INSERT INTO grade_held (staff_key, from_date, grade) VALUES ($1, '2020-01-01', 'B')`, [bo.key])
    const company = await house.customer()
    await house.assign(company, bo.key, '100', '2024-12-01')
    await house.loan(company, { amount: 100 * million, paidOut: '2025-02-01', matures: '2027-02-01', term: 24, product: 'L201', spans: [['2025-02-01', null, 100 * million]] })
    await house.deposit(company, [['2025-01-01', '2025-07-01', 9_000_000_000]])
    await profit(company, '2025-03', 100)
    await house.form({ indicator: 'CUSTOMER_ASSET_INCREMENT', staff: bo.key, month: '2025-06', value: '100' })
    for (const [indicator, target] of [['ASSET_INCREMENT', '40000000'], ['DEPOSIT_INCREMENT', '30000000'], ['CUSTOMER_ASSET_INCREMENT', '100'], ['FEE_INCOME', '1000'], ['PROFIT', '100']] as const) await plan.target(bo.key, 'HUNDRED', indicator, target, '2025-01-01', '2025-07-01')
    const { control } = await settle('HUNDRED', '2025-06')
    expect(control.rows.filter(({ ties }) => !ties)).toEqual([])
    expect((await statementOf('HUNDRED', '2025-06', bo.key)).steps).toMatchObject({ W: '0.0000', CORE: '1.0000', 'SCALE.ASSET': '37.50', 'SCALE.LIABILITY': '30.00', 'EXCESS.ASSET': '6000.00', 'EXCESS.LIABILITY': '12000.00', EXCESS: '18000.00' })
  })
  describe('hundred-transfer: to another post on 16 October', () => {
    const dan = 90
    beforeAll(async () => {
      await house.put(`INSERT INTO staff VALUES ($1, 'S90', 'dan', 'x', 'x')`, [dan])
      await house.put(`INSERT INTO employment (staff_key, from_date) VALUES ($1, '2000-01-01')`, [dan])
      await house.put(`INSERT INTO grade_held (staff_key, from_date, grade) VALUES ($1, '2020-01-01', 'B')`, [dan])
      await house.put(`INSERT INTO post_held (key, staff_key, post_code, line_key, place_key, from_date, to_date) VALUES (190, $1, 'RM', 4, 4, '2000-01-01', '2025-10-16'), (191, $1, 'RM', 3, 3, '2025-10-16', NULL)`, [dan])
      // the customer of the old post, handed over on the day, and the one of the new post
      const [old, now] = [await house.customer(), await house.customer()]
      await house.assign(old, dan, '100', '2025-01-01', '2025-10-16')
      await house.assign(old, house.staff.bo.key, '100', '2025-10-16')
      await house.assign(now, house.staff.bo.key, '100', '2025-01-01', '2025-10-16')
      await house.assign(now, dan, '100', '2025-10-16')
      for (const customer of [old, now]) await house.deposit(customer, [['2025-07-01', null, 3_000_000_000]])
      const loan = (customer: string, amount: number, paidOut: string) => house.loan(customer, { amount: amount * million, paidOut, matures: '2027-08-01', term: 24, product: 'L201', spans: [[paidOut, null, amount * million]] })
      await loan(old, 40, '2025-08-01')
      // what the new customer owed already is no growth of the new post
      await loan(now, 10, '2025-02-01')
      await loan(now, 5, '2025-11-01')
      for (const [customer, at, yuan] of [[old, '2025-07', 450_000], [old, '2025-11', 5_555], [now, '2025-09', 7_777], [now, '2025-11', 300_000]] as const) await profit(customer, at, yuan)
      for (const [indicator, at, value] of [['FEE_INCOME', '2025-08', '147400'], ['FEE_INCOME', '2025-11', '57400'], ['CUSTOMER_ASSET_INCREMENT', '2025-09', '7000000'], ['CUSTOMER_ASSET_INCREMENT', '2025-12', '2000000']] as const) await house.form({ indicator, staff: dan, month: at, value })
      // the deposit target of the half year is divided by days: 30,000,000 × 107 ÷ 184, and the rest
      const [before, after] = [newId(), newId()]
      for (const [indicator, target] of [['ASSET_INCREMENT', '40000000'], ['CUSTOMER_ASSET_INCREMENT', '7000000'], ['DEPOSIT_INCREMENT', '17445652.17'], ['FEE_INCOME', '100000'], ['PROFIT', '450000']] as const) await plan.target(dan, 'HUNDRED', indicator, target, '2025-07-01', '2025-10-16', before)
      for (const [indicator, target] of [['ASSET_INCREMENT', '5000000'], ['CUSTOMER_ASSET_INCREMENT', '5000000'], ['DEPOSIT_INCREMENT', '12554347.83'], ['FEE_INCOME', '100000'], ['PROFIT', '300000']] as const) await plan.target(dan, 'HUNDRED', indicator, target, '2025-10-16', '2026-01-01', after)
      for (const [item, mark] of [['MAINTENANCE', '90'], ['POLICY', '95'], ['DEDICATION', '88'], ['DISCIPLINE', '100']] as const) await plan.mark(dan, 'HUNDRED', item, month, mark)
    })

    test('targets by days, the H of each post, 95.93 weighted by 107 and 77 days, and the pay that follows', async () => {
      const settled = await settle('HUNDRED', month)
      expect(settled.control.rows.filter(({ ties }) => !ties)).toEqual([])
      const lines = await linesOf('HUNDRED', month, dan)
      const told = (code: string) => { const line = lines.find((one) => one.code === code); return [line?.detail['actual'], line?.detail['target'], line?.detail['from'], line?.detail['to']] }
      expect(told('1#DEPOSIT_INCREMENT')).toEqual(['17445652.17', '17445652.17', '2025-07-01', '2025-10-16'])
      expect(told('2#DEPOSIT_INCREMENT')).toEqual(['12554347.83', '12554347.83', '2025-10-16', '2026-01-01'])
      expect([told('1#ASSET_INCREMENT'), told('2#ASSET_INCREMENT')]).toEqual([['40000000.00', '40000000', '2025-01-01', '2025-10-16'], ['5000000.00', '5000000', '2025-10-16', '2026-01-01']])
      expect([told('1#PROFIT')[0], told('2#PROFIT')[0], told('1#FEE_INCOME')[0], told('2#FEE_INCOME')[0]]).toEqual(['450000.00', '300000.00', '147400.00', '57400.00'])
      const { steps, score, whys } = await statementOf('HUNDRED', month, dan)
      expect(steps).toMatchObject({
        '1#SCALE.ASSET': '25.00', '1#SCALE.CUSTOMER_ASSET': '15.00', '1#SCALE.LIABILITY': '20.00', '1#SCALE.INTERMEDIARY': '14.74', '1#SCALE': '74.74', '1#PROFIT': '70.00', '1#Q.1': '52.32', '1#Q.2': '21.00', '1#Q': '73.32', '1#QUAL': '27.88', '1#H': '101.20', '1#CORE': '1.0000',
        '2#SCALE.ASSET': '25.00', '2#SCALE.CUSTOMER_ASSET': '6.00', '2#SCALE.LIABILITY': '20.00', '2#SCALE.INTERMEDIARY': '5.74', '2#SCALE': '56.74', '2#PROFIT': '70.00', '2#Q.1': '39.72', '2#Q.2': '21.00', '2#Q': '60.72', '2#QUAL': '27.88', '2#H': '88.60', '2#CORE': '0.9500',
        // 36,000 × 95.93 % × 0.9791; above target were only the fees of the old post: 0.70 × 47,400 × 0.05
        H: '95.93', CORE: '0.9791', PLANNED: '33813.02', '1#EXCESS': '1659.00', '2#EXCESS': '0.00', EXCESS: '1659.00', EARNED: '35472.02',
      })
      expect([score, whys['H']]).toEqual(['95.93', 'weighted-by-days'])
      expect(lines.find(({ code }) => code === 'GRADE_BASE')).toMatchObject({ money_fen: '3600000', detail: { grade: 'B' } })
    })
    test('the statement tells days, scores and weights in one line that can be checked, and each part opens to its facts', async () => {
      const statement = await house.bank.db.asBatch((tx) => readStatement(tx, dan, month, 'HUNDRED'))
      if (!statement) throw new Error('no statement')
      const every = (node: Told): Told[] => [node, ...node.children.flatMap(every)]
      const nodes = every(tellStatement(statement, 'zh'))
      const named = (name: string) => nodes.find((node) => node.name === name)
      expect(named('百分考核得分')).toMatchObject({ value: '95.93', how: '(101.20 × 107 + 88.60 × 77) ÷ 184（岗位调动，按天数加权）' })
      expect(named('百分考核得分')?.children.map(({ name, value }) => [name, value])).toEqual([['第 1 段 · 百分考核得分（2025-07-01 起 107 天）', '101.20'], ['第 2 段 · 百分考核得分（2025-10-16 起 77 天）', '88.60']])
      expect(named('核心指标系数')?.how).toBe('(1.0000 × 107 + 0.9500 × 77) ÷ 184（岗位调动，按天数加权）')
      expect(named('第 1 段 · 存款日均增量')).toMatchObject({ value: '1744565217', line: { facts: 1 } })
    })
    test('a closed half year is measured again by its parts: nothing differs, and what comes late corrects the part that it belongs to', async () => {
      await house.put(`UPDATE bank SET business_date = '2026-06-30'`)
      await close('HUNDRED', '2025-06')
      await close('HUNDRED', month)
      await settle('HUNDRED', '2026-06')
      expect((await linesOf('HUNDRED', '2026-06', dan)).filter(({ code }) => code === 'CORRECTION')).toEqual([])
      await house.form({ indicator: 'FEE_INCOME', staff: dan, month: '2025-08', value: '10000' })
      await settle('HUNDRED', '2026-06')
      // 15.00 instead of 14.74 (the limit): H of the post 101.38, weighted 96.03; 350.00 more above target
      expect((await linesOf('HUNDRED', '2026-06', dan)).filter(({ code }) => code === 'CORRECTION')).toMatchObject([{ corrects_month: '2025-12-01', corrects_code: '1#FEE_INCOME', detail: { was: '147400.00', is: '157400.00', payWas: '2128321', payIs: '2151436' } }])
      await house.put(`DELETE FROM closed_month WHERE scheme_code = 'HUNDRED'`)
      await house.put(`UPDATE bank SET business_date = '2025-12-31'`)
    })
    test('after a transfer what is counted since January begins with the new post, in the quarter of the transfer and in those after it', async () => {
      const [fay, gus] = [92, 93]
      for (const [key, posts] of [[fay, [['RM', 4, '2000-01-01', '2025-05-16'], ['RM', 3, '2025-05-16', null]]], [gus, [['TEAM_LEAD', 4, '2000-01-01', '2025-05-16'], ['RM', 3, '2025-05-16', null]]]] as const) {
        await house.put(`INSERT INTO staff VALUES ($1, 'S' || $1::int, 'x', 'x', 'x')`, [key])
        await house.put(`INSERT INTO employment (staff_key, from_date) VALUES ($1, '2000-01-01')`, [key])
        for (const [place, [post, line, from, to]] of posts.entries()) await house.put(`INSERT INTO post_held (key, staff_key, post_code, line_key, place_key, from_date, to_date) VALUES ($1, $2, $3, $4, $4, $5, $6)`, [key * 10 + place, key, post, line, from, to])
        const [old, now] = [await house.customer(), await house.customer()]
        await house.assign(old, key, '100', '2025-01-01', '2025-05-16')
        await house.assign(now, key, '100', '2025-05-16')
        await house.deposit(old, [['2025-01-01', null, 30 * million]])
        await house.deposit(now, [['2025-01-01', null, 36.5 * million]])
        for (const [customer, amount, from] of [[old, 40, '2025-02-01'], [now, 10, '2025-02-01'], [now, 5, '2025-07-01']] as const) await house.loan(customer, { amount: amount * million, paidOut: from, matures: '2027-08-01', term: 24, product: 'L201', spans: [[from, null, amount * million]] })
        for (const [month, hours] of [['2025-02', '10'], ['2025-06', '4'], ['2025-08', '6']] as const) await house.form({ indicator: 'TRAINING', staff: key, month, value: hours })
        const [before, after] = [newId(), newId()]
        if (key === fay) for (const [indicator, target] of [['ASSET_INCREMENT', '40000000'], ['DEPOSIT_YEAR_AVERAGE', '11095890.41'], ['TRAINING', '10']] as const) await plan.target(key, 'BY_QUARTER', indicator, target, '2025-01-01', '2025-05-16', before)
        for (const [indicator, target] of [['ASSET_INCREMENT', '5000000'], ['DEPOSIT_YEAR_AVERAGE', '23000000'], ['TRAINING', '10']] as const) await plan.target(key, 'BY_QUARTER', indicator, target, '2025-05-16', '2026-01-01', after)
      }
      const item = (code: string, weight: string) => ({ code, name: { zh: code, en: code }, indicator: code, weight, direction: 'UP' as const })
      await install('BY_QUARTER', terms([
        { kind: 'RATIOS', code: 'TOTAL', mode: 'PERCENT', floor: '0', cap: '120', items: [item('ASSET_INCREMENT', '40'), item('DEPOSIT_YEAR_AVERAGE', '40'), item('TRAINING', '20')] },
        { kind: 'BANDS', code: 'COEFFICIENT', of: 'TOTAL', bands: [{ from: '0', value: '1' }] }, { kind: 'PRODUCT', code: 'EARNED', unit: 'FEN', factors: [{ of: 'GRADE_BASE' }, { of: 'COEFFICIENT' }] },
        { kind: 'PAYABLE', code: 'PAYABLE', of: 'EARNED', carryOut: 'CARRY_OUT' },
      ], { period: 'QUARTER' }))
      const of = async (month: string, who: number) => {
        const { control } = await settle('BY_QUARTER', month)
        expect(control.rows.filter(({ ties }) => !ties)).toEqual([])
        return { lines: Object.fromEntries((await linesOf('BY_QUARTER', month, who)).filter(({ detail }) => detail['unit'] !== undefined).map(({ code, detail }) => [code, [detail['from'], detail['actual'], detail['target']]])), score: (await statementOf('BY_QUARTER', month, who)).score }
      }
      // the loans of the new customer were 10,000,000 when he came; his deposits 36,500,000 × 230 days of the post in the year ÷ 365, those of the old one 30,000,000 × 135 ÷ 365
      expect((await of('2025-06', fay)).lines).toEqual({
        '1#ASSET_INCREMENT': ['2025-01-01', '40000000.00', '40000000'], '1#DEPOSIT_YEAR_AVERAGE': ['2025-01-01', '11095890.41', '11095890.41'], '1#TRAINING': ['2025-01-01', '10.00', '10'],
        '2#ASSET_INCREMENT': ['2025-05-16', '0.00', '5000000'], '2#DEPOSIT_YEAR_AVERAGE': ['2025-05-16', '23000000.00', '23000000'], '2#TRAINING': ['2025-05-16', '4.00', '10'],
      })
      const third = { lines: { ASSET_INCREMENT: ['2025-05-16', '5000000.00', '5000000'], DEPOSIT_YEAR_AVERAGE: ['2025-05-16', '23000000.00', '23000000'], TRAINING: ['2025-05-16', '10.00', '10'] }, score: '100.00' }
      expect(await of('2025-09', fay)).toEqual(third)
      // from a post that the scheme does not pay
      expect(await of('2025-09', gus)).toEqual(third)
      expect(await settle('BY_QUARTER', '2025-09', true)).toMatchObject({ unchanged: false, corrections: 0 })
      expect(await settle('BY_QUARTER', '2025-09')).toMatchObject({ unchanged: true })
      // closed and measured again: by the day that it was settled by
      for (const month of ['2025-06', '2025-09']) await close('BY_QUARTER', month)
      await settle('BY_QUARTER', '2025-12')
      for (const who of [fay, gus]) expect((await linesOf('BY_QUARTER', '2025-12', who)).filter(({ code }) => code === 'CORRECTION')).toEqual([])
    })
    test('between two schemes each pays the base of its days and counts its own days only', async () => {
      const eva = 91
      await house.put(`INSERT INTO staff VALUES ($1, 'S91', 'eva', 'x', 'x')`, [eva])
      await house.put(`INSERT INTO employment (staff_key, from_date) VALUES ($1, '2000-01-01')`, [eva])
      await house.put(`INSERT INTO grade_held (staff_key, from_date, grade) VALUES ($1, '2020-01-01', 'B')`, [eva])
      await house.put(`INSERT INTO post_held (key, staff_key, post_code, line_key, place_key, from_date, to_date) VALUES (192, $1, 'RM', 4, 4, '2000-01-01', '2025-10-16'), (193, $1, 'TEAM_LEAD', 4, 4, '2025-10-16', NULL)`, [eva])
      await install('LEADS', { ...terms(half('BLENDED'), { period: 'HALF_YEAR', score: 'H', gradeBases: { B: '3600000' } }), posts: ['TEAM_LEAD'] })
      for (const [scheme, from, to] of [['HUNDRED', '2025-07-01', '2025-10-16'], ['LEADS', '2025-10-16', '2026-01-01']] as const) await plan.target(eva, scheme, 'FEE_INCOME', '100', from, to)
      for (const [at, value] of [['2025-08', '100'], ['2025-11', '60']] as const) await house.form({ indicator: 'FEE_INCOME', staff: eva, month: at, value })
      const of = async (scheme: string) => {
        const { control } = await settle(scheme, month)
        expect(control.rows.filter(({ ties }) => !ties)).toEqual([])
        const lines = await linesOf(scheme, month, eva)
        return [lines.find(({ code }) => code === 'GRADE_BASE')?.money_fen, lines.find(({ code }) => code === 'FEE_INCOME')?.detail['actual'], (await statementOf(scheme, month, eva)).steps['SCALE']]
      }
      // 36,000.00 × 107 ÷ 184 and × 77 ÷ 184
      expect([await of('HUNDRED'), await of('LEADS')]).toEqual([['2093478', '100.00', '70.00'], ['1506522', '60.00', '42.00']])
    })
  })
  test('the forecast of the running month, on its last day, is what the engine settles, under schemes of blocks too', async () => {
    await house.put(`UPDATE bank SET business_date = '2025-12-31'`)
    expect(await workOutForecast(house.bank)).toBeGreaterThan(0)
    const { rows } = await house.owner.query<{ fen: string; asOf: string }>(`SELECT payable_fen::text AS fen, to_char(as_of, 'YYYY-MM-DD') AS "asOf" FROM pay_forecast WHERE scheme_code = 'HUNDRED' AND month = '2025-12-01' AND staff_key = $1`, [house.staff.chen.key])
    expect(rows).toEqual([{ fen: '2256858', asOf: '2025-12-31' }])
  })
})
