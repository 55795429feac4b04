import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { newId } from '../foundation/values/uuid7.ts'
import { closeSettledMonth } from './close-settled-month.ts'
import { installBlockScheme, installScheme } from './install-scheme-version.ts'
import { payBank, settleTied, type PayBank } from './pay-bank-testing.ts'
import { settleScheme, type Settlement } from './settle-one-month.ts'
import { plannedBank } from './schemes/plan-testing.ts'

// An is a manager (points) until 15 October and a team's lead (a scheme of blocks) from the 16th: 15 and 16 of 31 days. Bo moves on the same day between two posts of the scheme of blocks.
let house: PayBank
let plan: Awaited<ReturnType<typeof plannedBank>>
const forms = ['COMPLAINTS_FOUND', 'FEES_TYPED', 'SATISFIED', 'REPORTS_GOOD'] as const
beforeAll(async () => {
  house = await payBank('2025-12-31')
  plan = await plannedBank(house)
  const { an, bo } = house.staff
  const filter = { customerKind: null, tiers: [], products: [], only: null }
  const form = { source: 'FORM', window: 'MONTH', owner: 'DOER', filter, numerator: null }
  const tariff = Object.fromEntries(['REPORT_EXCELLENT', 'REPORT_PASS', 'REPORT_UNTRUE_MINOR', 'REPORT_UNTRUE_MAJOR', 'REPORT_FALSE', 'CHECK_PASS', 'CHECK_LATE', 'CHECK_MISSING', 'CHECK_COPIED'].map((grade) => [grade, grade === 'REPORT_EXCELLENT' ? '10' : '-5']))
  for (const [code, terms] of [['COMPLAINTS_FOUND', { ...form, measure: 'COUNT' }], ['FEES_TYPED', { ...form, measure: 'SUM' }], ['SATISFIED', { ...form, measure: 'MEAN' }], ['REPORTS_GOOD', { ...form, source: 'INSPECTION', measure: 'SUM', tariff }]] as const) {
    await house.put(`INSERT INTO indicator (code, version, from_date, name, name_en, direction, owner, terms, reason) VALUES ($1, 1, '2000-01-01', $1, $1, 'UP', 'x', $2, 'test')`, [code, JSON.stringify(terms)])
  }
  const item = (code: string) => ({ code, name: { zh: code, en: code }, indicator: code, weight: '25', direction: 'UP' as const })
  await house.bank.db.asOffice((tx) => installScheme(tx, { code: 'POINTS', from: '2020-01-01' }))
  await house.put(`UPDATE scheme SET terms = terms || '{"posts": ["RM"], "retailPosts": ["RM"], "supervisorPosts": []}'::jsonb WHERE code = 'POINTS'`)
  await house.bank.db.asOffice((tx) => installBlockScheme(tx, {
    code: 'LEADS', from: '2025-01-01', name: 'LEADS', nameEn: 'LEADS', legalBasis: '试验', terms: {
      blocks: [
        { kind: 'RATIOS', code: 'TOTAL', mode: 'PERCENT', floor: '0', cap: '120', items: forms.map(item) }, { kind: 'BANDS', code: 'COEFFICIENT', of: 'TOTAL', bands: [{ from: '0', value: '1' }] },
        { kind: 'PRODUCT', code: 'EARNED', unit: 'FEN', factors: [{ of: 'GRADE_BASE' }, { of: 'COEFFICIENT' }] }, { kind: 'PAYABLE', code: 'PAYABLE', of: 'EARNED', carryOut: 'CARRY_OUT' },
      ], posts: ['TEAM_LEAD', 'PERFORMANCE'], grades: [], units: [], period: 'MONTH', gradeBases: { '*': '1000000' }, score: 'TOTAL', classes: {}, carryMonths: 12, correctionMonths: 12,
    },
  }))
  for (const [person, before, after, key] of [[an, 'RM', 'TEAM_LEAD', 911], [bo, 'TEAM_LEAD', 'PERFORMANCE', 912]] as const) {
    await house.put(`UPDATE post_held SET to_date = '2025-10-16', post_code = $2 WHERE key = $1`, [person.post, before])
    await house.put(`INSERT INTO post_held (key, staff_key, post_code, line_key, place_key, from_date) VALUES ($1, $2, $3, 4, 4, '2025-10-16')`, [key, person.key, after])
    for (const code of forms) {
      const [first, second] = [newId(), newId()]
      await plan.target(person.key, 'LEADS', code, '10', '2025-10-01', '2025-10-16', first)
      await plan.target(person.key, 'LEADS', code, '10', '2025-10-16', '2026-01-01', second)
    }
    const entered = async (indicator: string, on: string, value: string | null, grade: string | null = null): Promise<void> => {
      await house.put(`INSERT INTO indicator_fact (id, indicator, staff_key, month, business_date, value, grade, object, evidence, entered_by, entered_on, confirmed_by, confirmed_on) VALUES ($1, $2, $3, '2025-10-01', $4, $5, $6, $7, '台账', $8, '2025-11-05', $9, '2025-11-05')`,
        [newId(), indicator, person.key, on, value, grade, grade === null ? null : '报告 L1', house.staff.desk.key, house.staff.audit.key])
    }
    // events on the 5th and the 20th, and one that was found in November and counts for October
    for (const on of ['2025-10-05', '2025-10-20', '2025-11-03']) await entered('COMPLAINTS_FOUND', on, '1')
    await entered('INSPECTION_REPORT', '2025-10-05', null, 'EXCELLENT')
    await entered('INSPECTION_REPORT', '2025-10-20', null, 'UNTRUE_MINOR')
    // figures of the month
    await entered('FEES_TYPED', '2025-10-31', '3100')
    await entered('SATISFIED', '2025-10-31', '90')
    await entered('RETAIL_SCORE', '2025-10-31', '93')
  }
})
afterAll(() => house.drop())

const settle = (scheme: string, month: string): Promise<Settlement> => settleTied(house, scheme, month)
type Line = { code: string; points: string | null; quantity: string | null; facts: number; detail: Record<string, string> }
const linesOf = async (scheme: string, month: string, staff: number): Promise<Line[]> => (await house.owner.query<Line>(
  `SELECT l.* FROM pay_line l JOIN settled_month m ON m.run_id = l.run_id WHERE m.scheme_code = $1 AND m.month = $2 AND l.staff_key = $3 ORDER BY place`, [scheme, `${month}-01`, staff])).rows

describe('what comes by form in a month of two posts (decision 0063)', () => {
  test('two schemes: events by their day, the figure of a month by days; nothing counts twice', async () => {
    const { an } = house.staff
    await settle('POINTS', '2025-10')
    await settle('LEADS', '2025-10')
    const points = await linesOf('POINTS', '2025-10', an.key)
    // the excellent report of the 5th; 93 × 15 ÷ 31
    expect(points.filter(({ code }) => ['INSPECTION_REPORT', 'RETAIL_EVALUATION'].includes(code)).map(({ code, points: given, facts }) => [code, given, facts])).toEqual([['INSPECTION_REPORT', '10.00', 1], ['RETAIL_EVALUATION', '45.00', 1]])
    expect(points.find(({ code }) => code === 'RETAIL_EVALUATION')?.detail).toEqual({ days: '15', wholeDays: '31', rate: '1.0' })
    const blocks = Object.fromEntries((await linesOf('LEADS', '2025-10', an.key)).filter(({ detail }) => detail['unit'] !== undefined).map(({ code, detail, facts }) => [code, [detail['actual'], facts]]))
    // of the three complaints the one of the 20th and the one that was found later; 3,100 × 16 ÷ 31; a mean stays what it is; the report of the 20th
    expect(blocks).toEqual({ COMPLAINTS_FOUND: ['2.00', 2], FEES_TYPED: ['1600.00', 1], SATISFIED: ['90.00', 1], REPORTS_GOOD: ['-5.00', 1] })
  })
  test('two posts of one scheme: the parts sum to the whole', async () => {
    const lines = Object.fromEntries((await linesOf('LEADS', '2025-10', house.staff.bo.key)).filter(({ detail }) => detail['unit'] !== undefined).map(({ code, detail }) => [code, detail['actual']]))
    expect(lines).toEqual({
      '1#COMPLAINTS_FOUND': '1.00', '1#FEES_TYPED': '1500.00', '1#REPORTS_GOOD': '10.00', '1#SATISFIED': '90.00', '2#COMPLAINTS_FOUND': '2.00', '2#FEES_TYPED': '1600.00', '2#REPORTS_GOOD': '-5.00', '2#SATISFIED': '90.00',
    })
  })
  test('closed, the months are measured again by the rule that they were settled by', async () => {
    for (const scheme of ['POINTS', 'LEADS']) expect(await house.bank.db.asBatch((tx) => closeSettledMonth(tx, { month: '2025-10', scheme, closedBy: null, today: '2025-12-31' }))).toMatchObject({ ok: true })
    expect((await settle('POINTS', '2025-11')).corrections).toBe(0)
    expect((await settle('LEADS', '2025-11')).corrections).toBe(0)
    // a month of before: all of it counted in both, and nothing is taken back now
    await house.put(`UPDATE pay_statement SET input = input - 'forms' WHERE input ? 'forms'`)
    const again = await settleScheme(house.bank, { month: '2025-11', scheme: 'POINTS', dryRun: true })
    // measured by the old rule the other report and the rest of the evaluation are there: the difference shows that the rule is the stored one
    expect(again).toMatchObject({ ok: true, value: { corrections: 2 } })
  })
})
