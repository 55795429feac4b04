import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { newId } from '../../foundation/values/uuid7.ts'
import { installBlockScheme } from '../install-scheme-version.ts'
import { payBank, type PayBank } from '../pay-bank-testing.ts'
import type { BlocksTerms } from '../schemes/block-terms.contract.ts'
import { hundredBlocks } from '../scorecard-scheme.ts'
import type { AnnualShown } from '../statement.contract.ts'
import { workOutIndicator } from '../work-out-indicators.ts'
import { readAnnual } from './read-annual.ts'

// The fixture of the improvement (3.5): 95.93 after 88.60 is +7.33 and brings 3.67 points to the management part; with a competency of 80.00 and a plan of 90.00 the year is 57.56 + 16.00 + 18.73 = 92.29.
let house: PayBank
beforeAll(async () => {
  house = await payBank()
  const terms: BlocksTerms = { blocks: [...hundredBlocks], posts: ['RM'], grades: [], units: [], period: 'YEAR', gradeBases: { '*': '1000000' }, score: 'TOTAL', classes: {}, carryMonths: 12, correctionMonths: 12 }
  await house.bank.db.asOffice((tx) => installBlockScheme(tx, { code: 'YEARLY', from: '2023-01-01', name: '年度百分', nameEn: 'Hundred by year', legalBasis: '试验', terms }))
  await house.bank.db.asOffice((tx) => installBlockScheme(tx, { code: 'HALVES', from: '2025-01-01', name: '半年百分', nameEn: 'Hundred by half year', legalBasis: '试验', terms: { ...terms, period: 'HALF_YEAR' } }))
}, 120_000)
afterAll(() => house.drop())

async function settled(scheme: string, month: string, staff: number, score: string): Promise<void> {
  const run = newId()
  await house.put(`INSERT INTO settlement_run (id, month, scheme_code, scheme_version, currency, hash, people, facts, points, payable_fen, carry_out_fen, control, settled_on) VALUES ($1, $2, $3, 1, 'CNY', 'x', 1, 0, 0, 0, 0, '{}', '2025-12-31')`, [run, `${month}-01`, scheme])
  await house.put(`INSERT INTO settled_month (month, scheme_code, run_id) VALUES ($1, $2, $3) ON CONFLICT (month, scheme_code) DO NOTHING`, [`${month}-01`, scheme, run])
  await house.put(`INSERT INTO pay_statement (run_id, staff_key, scope_path, post_code, points, before_carry_fen, carry_in_fen, payable_fen, carry_out_fen, input, steps, set_off, carry_out, expired)
    SELECT run_id, $3, '001.002.004', 'RM', $4, 0, 0, 0, 0, '{}', '[]', '[]', '[]', '[]' FROM settled_month WHERE month = $1 AND scheme_code = $2`, [`${month}-01`, scheme, staff, score])
}
type Target = { indicator: string; weight: string; cls: string; target: string }
/** A locked plan of a year, agreed by the person and by the lead. */
async function locked(staff: number, post: number, targets: readonly Target[]): Promise<void> {
  const id = newId()
  const listed = targets.map((one) => ({ ...one, objectiveId: null, split: 'WHOLE', parts: [{ from: '2025-01-01', to: '2026-01-01', target: one.target }], note: '', beside: { lastYear: null, peers: null, peerMedian: null, peerGrowth: null, growth: null } }))
  await house.put(`INSERT INTO appraisal_plan (id, scheme_code, year, from_date, to_date, unit_key, staff_key, post_key, holder_key, scope_path, made_by, made_on) VALUES ($1, 'HALVES', 2025, '2025-01-01', '2026-01-01', 4, $2, $3, $2, '001.002.004', $4, '2025-01-02')`, [id, staff, post, house.staff.lead.key])
  const steps: readonly [kind: string, state: string, after: string | null, by: number][] = [['DRAFT', 'DRAFT', null, house.staff.lead.key], ['PROPOSE', 'NEGOTIATED', 'DRAFT', house.staff.lead.key], ['AGREE', 'NEGOTIATED', 'NEGOTIATED', staff], ['LOCK', 'CONFIRMED', 'NEGOTIATED', house.staff.lead.key]]
  for (const [at, [kind, state, after, by]] of steps.entries()) {
    await house.put(`INSERT INTO plan_step (plan_id, place, kind, state, after_place, after_state, targets, targets_place, kept_place, version, agreed_place, agreed_kind, agreed_by, done_by, done_on, holder_key, staff_key, scope_path)
      VALUES ($1, $2, $3, $4, $5, $6, $7, 1, $8, $9, $10, $11, $12, $13, '2025-01-03', $14, $14, '001.002.004')`,
    [id, at + 1, kind, state, at === 0 ? null : at, after, at === 0 ? JSON.stringify(listed) : null, at === 0 ? null : 1, kind === 'LOCK' ? 1 : null, kind === 'LOCK' ? 3 : null, kind === 'LOCK' ? 'AGREE' : null, kind === 'LOCK' ? staff : null, by, staff])
  }
}
const year = (staff: number, month = '2025-12'): Promise<AnnualShown | null> => house.bank.db.asOffice((tx) => readAnnual(tx, staff, month))

describe('the year of a manager in three parts', () => {
  test('each value of the fixture', async () => {
    const { an } = house.staff
    await settled('YEARLY', '2024-12', an.key, '88.60')
    await settled('HALVES', '2025-06', an.key, '101.20')
    // a month inside of a period is no score of its own
    await settled('HALVES', '2025-08', an.key, '10.00')
    await settled('HALVES', '2025-12', an.key, '90.75')
    await house.form({ indicator: 'READINESS', staff: an.key, month: '2024-11', value: '75.00' })
    await house.form({ indicator: 'READINESS', staff: an.key, month: '2025-11', value: '80.00' })
    await house.form({ indicator: 'READINESS', staff: an.key, month: '2025-12', value: '99.00', confirmed: false })
    await house.form({ indicator: 'TRAINING', staff: an.key, month: '2025-03', value: '20.00' })
    await house.form({ indicator: 'TRAINING', staff: an.key, month: '2025-10', value: '16.00' })
    await locked(an.key, an.post, [{ indicator: 'TRAINING', weight: '40', cls: 'DEVELOPMENT', target: '40.00' }, { indicator: 'COMPLAINTS', weight: '10', cls: 'COMPLIANCE', target: '0.00' }, { indicator: 'DEPOSIT_AVERAGE', weight: '50', cls: 'OPERATING', target: '1000000.00' }])
    for (const code of ['TRAINING', 'COMPLAINTS']) await house.bank.db.asBatch((tx) => workOutIndicator(tx, code, '2025-12'))
    const told = await year(an.key)
    // (101.20 × 181 + 90.75 × 184) ÷ 365
    expect(told?.task).toEqual({
      score: '95.93', basis: 'SCORE', items: [], last: { year: '2024', score: '88.60' },
      periods: [{ name: { zh: '半年百分', en: 'Hundred by half year' }, from: '2025-01-01', to: '2025-07-01', days: 181, score: '101.20', long: false }, { name: { zh: '半年百分', en: 'Hundred by half year' }, from: '2025-07-01', to: '2026-01-01', days: 184, score: '90.75', long: false }],
    })
    expect(told?.improvement).toEqual({ change: '7.33', points: '3.67', why: null })
    expect(told?.competency).toEqual({ score: '80.00', on: '2025-11-01', before: '75.00', change: '5.00' })
    // 36 of 40 hours: 0.9 × 40 = 36.00 of 40; a target of nothing cannot divide and its weight goes to the other
    expect(told?.management.items.map(({ code, target, actual, ratio, score, why }) => [code, target, actual, ratio, score, why])).toEqual([['TRAINING', '40', '36.00', '0.9000', '36.00', null], ['COMPLAINTS', '0', null, null, null, 'no-data']])
    expect([told?.management.own, told?.management.score, told?.parts, told?.score, told?.weights, told?.policyVersion]).toEqual(['90.00', '93.67', ['57.56', '16.00', '18.73'], '92.29', { task: '60', competency: '20', management: '20' }, '1'])
  })

  test('in June only the first half is known', async () => {
    const told = await year(house.staff.an.key, '2025-06')
    expect([told?.task.score, told?.improvement.change, told?.competency.score, told?.to]).toEqual(['101.20', '12.60', null, '2025-06'])
    expect(told?.improvement.points).toBe('5.00')
  })

  test('another job inside: not comparable; without any earlier year: 0 and a note', async () => {
    const { bo, chen } = house.staff
    for (const who of [bo, chen]) await settled('HALVES', '2025-12', who.key, '90.00')
    expect((await year(chen.key))?.improvement).toEqual({ change: null, points: '0.00', why: 'no-earlier-period' })
    await settled('YEARLY', '2024-12', bo.key, '80.00')
    expect((await year(bo.key))?.improvement).toEqual({ change: '10.00', points: '5.00', why: null })
    await house.put(`UPDATE post_held SET to_date = '2025-07-01' WHERE key = $1`, [bo.post])
    await house.put(`INSERT INTO post_held (key, staff_key, post_code, line_key, place_key, from_date) VALUES (901, $1, 'RM', 3, 3, '2025-07-01')`, [bo.key])
    const told = await year(bo.key)
    expect([told?.improvement, told?.score]).toEqual([{ change: null, points: '0.00', why: 'not-comparable' }, '90.00'])
  })

  test('under a scheme of points the tasks are the operating targets of the plan; nothing known: no year', async () => {
    const { other } = house.staff
    expect(await year(other.key)).toBeNull()
    const customer = await house.customer()
    await house.deposit(customer, [['2024-12-01', null, 90_000_000]])
    await house.assign(customer, other.key, '100.00', '2024-12-01')
    await locked(other.key, other.post, [{ indicator: 'DEPOSIT_YEAR_AVERAGE', weight: '100', cls: 'OPERATING', target: '1000000.00' }])
    await house.bank.db.asBatch((tx) => workOutIndicator(tx, 'DEPOSIT_YEAR_AVERAGE', '2025-12'))
    const told = await year(other.key)
    expect([told?.task.basis, told?.task.score, told?.task.items.map(({ code, ratio, score }) => [code, ratio, score]), told?.score]).toEqual(['PLAN', '90.00', [['DEPOSIT_YEAR_AVERAGE', '0.9000', '90.00']], '90.00'])
  })

  test('a lead reads it of his line, a manager his own', async () => {
    const { an, lead } = house.staff
    const as = (who: { key: number; post: number }, breadth: 'SELF' | 'UNIT', of: number): Promise<AnnualShown | null> =>
      house.bank.db.asPerson({ staffKey: who.key, postKey: who.post, breadth, linePath: '' }, '2025-12-31', null, (tx) => readAnnual(tx, of, '2025-12'))
    expect((await as(an, 'SELF', an.key))?.score).toBe('92.29')
    expect((await as(lead, 'UNIT', an.key))?.score).toBe('92.29')
  })
})
