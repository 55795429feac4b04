import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { smallBank, type Colleague, type SmallBank } from '../../../tests/support/small-bank.ts'
import type { ReplyOf } from '../../foundation/http/contract.ts'
import { askForJob, runJob } from '../../foundation/jobs/run-job.ts'
import { yuanText } from '../../foundation/values/fen.ts'
import { newId } from '../../foundation/values/uuid7.ts'
import { addInstitution } from '../../organisation/add-institution.ts'
import { routes } from '../../routes.ts'
import { closeSettledMonth } from '../close-settled-month.ts'
import { installBlockScheme } from '../install-scheme-version.ts'
import { listSchemes } from '../scheme.contract.ts'
import { settleScheme } from '../settle-one-month.ts'
import { getMyStatement, type StatementShown } from '../statement.contract.ts'
import { compareSchemesJob } from './compare-schemes.ts'
import { acknowledgeScheme, compareScheme, decideScheme, openSchemeDesk, proposeScheme, tryScheme, watchComparison, type SupportTried } from './scheme-change.contract.ts'
import type { SupportSchemeTerms } from './support-terms.contract.ts'

// Scheme (d), entered through the endpoints by one person and confirmed by another, gives support-pay-1 when its month is settled. The rows of the fixture stand in November 2026: it has 30 days as April has.

let bank: SmallBank
let perf: Colleague
let perf2: Colleague
const month = '2026-11'
const people = new Map<string, Colleague>()
const terms: SupportSchemeTerms = {
  served: ['B1', 'B2'], schemes: ['FRONT'], poolRatio: '0.08', weights: { answerOnTime: '40', rightFirstTime: '30', disputes: '10', frontLineRating: '20' }, leastScore: '60', heldScore: '80.00', amberFactor: '0.80',
  departments: ['K1', 'K2', 'K3'].map((code) => ({ code, staffWeight: '1' })), gradeFactors: { C: '1.20', '*': '1.00' }, controlBases: { '*': '400000' }, controlDepartments: ['CR'],
}
const asked = (change: Partial<SupportSchemeTerms> = {}) => ({ code: 'SECOND_LINE', from: '2026-11-01', name: '二线部门绩效', nameEn: 'Support', legalBasis: '二线部门服务一线考核办法', authorisation: null, version: { kind: 'SUPPORT' as const, terms: { ...terms, ...change }, tariff: [] } })
const propose = (who: Colleague, body: object = {}, id = newId()) => bank.ask(who, proposeScheme, { body: { id, ...asked(), reason: '二线部门与一线挂钩', ...body } })
const decide = (who: Colleague, changeId: string) => bank.ask(who, decideScheme, { params: { changeId }, body: { decision: 'CONFIRMED' } })
const findings = async (change: Partial<SupportSchemeTerms>, more: object = {}) => ((await bank.ask(perf, tryScheme, { body: { ...asked(change), ...more, example: null } })).body as ReplyOf<typeof tryScheme>).findings.map(({ code, level, block, item }) => [level, code, block, item].filter((part) => part !== null).join(' '))
const onDay = (day: string) => bank.look(`UPDATE bank SET business_date = $1`, [day])
const form = (indicator: string, name: string, value: string) => bank.look(
  `INSERT INTO indicator_fact (id, indicator, staff_key, month, business_date, value, evidence, entered_by, entered_on, confirmed_by, confirmed_on) VALUES ($1, $2, $3, '2026-11-01', '2026-11-30', $4, '登记表 1 号', $5, '2026-12-02', $6, '2026-12-02')`,
  [newId(), indicator, people.get(name)?.staffKey, value, perf.staffKey, perf2.staffKey])
const settle = async (scheme: string) => {
  const outcome = await settleScheme(bank.services, { month, scheme, dryRun: false })
  if (!outcome.ok) throw new Error(outcome.refusal.name)
  return outcome.value
}
const told = (answer: { status: number; body: { refusal?: string } }): unknown => answer.body.refusal ?? answer.status

beforeAll(async () => {
  bank = await smallBank(routes)
  perf = await bank.colleague('马绩', 'PERFORMANCE', bank.units.head.key)
  perf2 = await bank.colleague('卢效', 'PERFORMANCE', bank.units.head.key)
  const units = new Map<string, number>()
  for (const [code, name] of [['K1', '运营中心'], ['K2', '网点后台'], ['K3', '科技支持'], ['CR', '授信审查部']] as const) {
    units.set(code, (await bank.services.db.asOffice((tx) => addInstitution(tx, { code, kind: 'DEPARTMENT', name, nameEn: code, parentKey: bank.units.head.key, from: '2020-01-01' }))).key)
  }
  for (const [name, unit, post, grade] of [['p1', 'K1', 'PRODUCT', 'B'], ['p2', 'K1', 'PRODUCT', 'B'], ['p3', 'K1', 'PRODUCT', 'C'], ['q', 'K2', 'PRODUCT', 'B'], ['r', 'K3', 'PRODUCT', 'B'], ['review', 'CR', 'REVIEWER', 'B']] as const) {
    const person = await bank.colleague(name, post, units.get(unit) ?? 0)
    people.set(name, person)
    await bank.look(`INSERT INTO grade_held (staff_key, from_date, grade) VALUES ($1, '2020-01-01', $2)`, [person.staffKey, grade])
  }
  await bank.look(`UPDATE post_held SET from_date = '2026-11-16' WHERE staff_key = $1`, [people.get('p2')?.staffKey])
  // 78,000 in the first branch, 42,000 in the second
  for (const [who, grade] of [['li', 'A'], ['qian', 'C']] as const) await bank.look(`INSERT INTO grade_held (staff_key, from_date, grade) VALUES ($1, '2020-01-01', $2)`, [bank.staff[who].staffKey, grade])
  await bank.services.db.asOffice((tx) => installBlockScheme(tx, {
    code: 'FRONT', from: '2026-01-01', name: '一线', nameEn: 'Front line', legalBasis: '试验',
    terms: { posts: ['RM'], grades: [], units: [], period: 'MONTH', gradeBases: { A: '7800000', C: '4200000' }, score: null, classes: {}, carryMonths: 12, correctionMonths: 0, blocks: [{ kind: 'PRODUCT', code: 'F', unit: 'FEN', factors: [{ of: 'GRADE_BASE' }] }, { kind: 'PAYABLE', code: 'PAYABLE', of: 'F', carryOut: 'CARRY_OUT' }] },
  }))
}, 120_000)
afterAll(() => bank.close())

describe('what stands against a scheme of support departments', () => {
  test.each<[name: string, change: Partial<SupportSchemeTerms>, found: string]>([
    ['weights of 90', { weights: { ...terms.weights, disputes: '0' } }, 'REFUSE WEIGHTS_NOT_100'],
    ['a department that the bank does not have', { departments: [{ code: 'K9', staffWeight: '1' }] }, 'REFUSE UNKNOWN_UNIT K9'],
    ['a unit served that it does not have', { served: ['B9'] }, 'REFUSE UNKNOWN_UNIT B9'],
    ['a pool out of no scheme', { schemes: ['NOBODY'] }, 'REFUSE UNKNOWN_SCHEME NOBODY'],
    ['a department twice', { departments: [...terms.departments, { code: 'K1', staffWeight: '2' }] }, 'REFUSE CODE_TWICE K1'],
    ['a unit and the outlet in it', { departments: [{ code: 'B1', staffWeight: '1' }, { code: 'O1', staffWeight: '1' }] }, 'REFUSE DEPARTMENT_WITHIN B1 O1'],
    ['review in the pool of what it reviews', { departments: [...terms.departments, { code: 'CR', staffWeight: '1' }], controlDepartments: [] }, 'REFUSE RISK_CONTROL_IN_POOL CR'],
    ['people whom another scheme pays', { departments: [{ code: 'O1', staffWeight: '1' }] }, 'REFUSE PAID_TWICE FRONT'],
    ['risk control without a base', { controlBases: {} }, 'WARN CONTROL_WITHOUT_BASE'],
  ])('%s', async (_name, change, found) => expect(await findings(change)).toContain(found))
  test('nothing stands against that of the fixture; in the middle of a month, or in a month that is over, it does', async () => {
    expect(await findings({})).toEqual([])
    expect(await findings({}, { from: '2026-11-02' })).toContain('REFUSE NOT_FIRST_OF_PERIOD')
    expect(await findings({}, { from: '2026-10-01' })).toEqual(['REFUSE BEGINS_TOO_EARLY'])
    expect(await findings({}, { name: '开门红专项奖' })).toEqual(['WARN CONTEST_WORDS'])
  })
})

describe('tried', () => {
  const marks = (answerOnTime: string, rightFirstTime: string, disputesLost: number, frontLineRating: string) => ({ answerOnTime, rightFirstTime, disputesLost, frontLineRating })
  const example = {
    month: '2025-04', frontLineFen: ['7800000', '4200000'],
    departments: [{ code: 'K1', marks: marks('94', '91', 0, '85.5') }, { code: 'K2', marks: marks('90', '88', 1, '88') }, { code: 'K3', marks: marks('72', '74', 2, '90') }],
    people: [['p1', 'B', '95', 30], ['p2', 'B', '90', 15], ['p3', 'C', '85', 30]].map(([name, grade, mark, days]) => ({ department: 'K1', name, grade, mark, days, events: [] })), control: [{ name: 'review', grade: null, score: '96.50' }],
  }
  const tried = async (change: object = {}) => ((await bank.ask(perf, tryScheme, { body: { ...asked(), example: { ...example, ...change } } })).body as ReplyOf<typeof tryScheme>).support as SupportTried
  const yuan = (fen: string): string => yuanText(BigInt(fen))

  test('support-pay-1, every amount with its steps', async () => {
    const found = await tried()
    expect([yuan(found.frontLineFen), yuan(found.poolFen), yuan(found.paidFen), found.heldFen, found.unpaidFen]).toEqual(['120000.00', '9600.00', '9600.00', '0', '0'])
    expect(found.departments.map(({ code, score, payFen, why }) => [code, score, yuan(payFen), why])).toEqual([['K1', '92.00', '3463.53', null], ['K2', '88.00', '3312.94', null], ['K3', '75.00', '2823.53', null]])
    expect(found.people.map(({ department, name, payFen }) => [department, name, yuan(payFen)])).toEqual([['K1', 'p1', '1359.65'], ['K1', 'p2', '644.04'], ['K1', 'p3', '1459.84'], [null, 'review', '3860.00']])
    expect(Object.fromEntries(found.people[0]?.steps.map(({ code, value }) => [code, value]) ?? [])).toMatchObject({ POOL: '960000', 'DEPARTMENT.answerOnTime': '37.60', 'DEPARTMENT.rightFirstTime': '27.30', 'DEPARTMENT.disputes': '10.00', 'DEPARTMENT.frontLineRating': '17.10', DEPARTMENT: '92.00', PERSON_WEIGHT: '95.0000', PAYABLE: '135965' })
  })
  test('support-pay-2: a department without data is held', async () => {
    const found = await tried({ departments: [{ code: 'K1', marks: marks('94', '91', 0, '85.5') }, { code: 'K2', marks: null }, { code: 'K3', marks: marks('72', '74', 2, '90') }] })
    expect(found.departments.map(({ payFen, heldFen, why }) => [yuan(payFen), yuan(heldFen), why])).toEqual([['3575.71', '0.00', null], ['0.00', '3109.31', 'held-without-data'], ['2914.98', '0.00', null]])
  })
  test('figures of another kind, and of no department of the scheme, are refused by name', async () => {
    const block = { from: '2025-04-01', grade: null, post: 'RM', events: [], indicators: [], marks: [], points: [], values: [] }
    expect(told(await bank.ask(perf, tryScheme, { body: { ...asked(), example: block } }))).toBe('example-of-another-kind')
    expect(told(await bank.ask(perf, tryScheme, { body: { ...asked(), example: { ...example, people: [{ department: 'O1', name: 'x', grade: null, mark: null, days: 1, events: [] }] } } }))).toBe('unknown-department')
  })
})

describe('entered by one, confirmed by another, settled', () => {
  const id = newId()
  test('who may propose, acknowledge and decide; a warning waits for compliance in writing', async () => {
    const { li, hr, compliance, admin, outletHead } = bank.staff
    for (const who of [li, outletHead, admin, compliance]) expect([who.postCode, told(await propose(who))]).toEqual([who.postCode, 'not-allowed'])
    expect((await propose(perf, asked({ weights: { ...terms.weights, disputes: '0' } }))).body).toMatchObject({ refusal: 'scheme-refused' })
    const warned = newId()
    expect(told(await propose(perf, { ...asked({ controlBases: {} }), code: 'WARNED' }, warned))).toBe(200)
    expect(told(await decide(perf2, warned))).toBe('not-acknowledged')
    expect(told(await bank.ask(perf2, acknowledgeScheme, { params: { changeId: warned }, body: { text: '风险控制岗绩效另行发放' } }))).toBe('not-allowed')
    expect(told(await bank.ask(compliance, acknowledgeScheme, { params: { changeId: warned }, body: { text: '授信审查部绩效由总行另行发放，已知悉' } }))).toBe(200)
    expect(told(await bank.ask(perf2, decideScheme, { params: { changeId: warned }, body: { decision: 'RETURNED', note: '请并入正式方案' } }))).toBe(200)
    expect(told(await propose(perf, {}, id))).toBe(200)
    for (const who of [li, compliance, admin]) expect([who.postCode, told(await decide(who, id))]).toEqual([who.postCode, 'not-allowed'])
    expect(told(await decide(perf, id))).toBe('same-person')
    expect(told(await decide(hr, id))).toBe(200)
    expect(told(await propose(perf, { version: { kind: 'BLOCKS', tariff: [], terms: { posts: ['LOBBY'], grades: [], units: [], period: 'MONTH', gradeBases: {}, score: null, classes: {}, carryMonths: 12, correctionMonths: 0, blocks: [{ kind: 'PRODUCT', code: 'F', unit: 'FEN', factors: [{ of: 'GRADE_BASE' }] }, { kind: 'PAYABLE', code: 'PAYABLE', of: 'F', carryOut: 'CARRY_OUT' }] } } }))).toBe('another-kind')
  })
  test('readable by whom it pays, to begin the next version with; another scheme for the same people is refused', async () => {
    const p1 = people.get('p1') ?? perf
    expect(((await bank.ask(p1, listSchemes, {})).body as ReplyOf<typeof listSchemes>).schemes.find(({ code }) => code === 'SECOND_LINE')).toMatchObject({ version: 1, from: '2026-11-01', inForce: true, support: terms })
    expect(((await bank.ask(perf, openSchemeDesk, {})).body as ReplyOf<typeof openSchemeDesk>).copies.find(({ code }) => code === 'SECOND_LINE')?.version).toEqual({ kind: 'SUPPORT', terms, tariff: [] })
    const blocks = { kind: 'BLOCKS', tariff: [], terms: { posts: ['PRODUCT'], grades: [], units: [], period: 'MONTH', gradeBases: {}, score: null, classes: {}, carryMonths: 12, correctionMonths: 0, blocks: [{ kind: 'PRODUCT', code: 'F', unit: 'FEN', factors: [{ of: 'GRADE_BASE' }] }, { kind: 'PAYABLE', code: 'PAYABLE', of: 'F', carryOut: 'CARRY_OUT' }] } }
    expect(await findings({}, { code: 'OPS_CARD', version: blocks })).toContain('REFUSE PAID_TWICE SECOND_LINE')
    expect(await findings({ departments: [{ code: 'K1', staffWeight: '1' }] }, { code: 'SECOND_POOL' })).toContain('REFUSE PAID_TWICE SECOND_LINE')
    expect(await findings({}, { from: '2026-12-01' })).toEqual([])
    expect(await findings({}, { from: '2026-11-01' })).toEqual(['REFUSE BEGINS_TOO_EARLY'])
  })
  test('support-pay-1: pool, parts, scores, shares of departments and of people, risk control outside the pool', async () => {
    await onDay('2026-12-05')
    for (const [name, [answers, right, lost, rating]] of Object.entries({ p1: ['94', '91', '0', '85.5'], q: ['90', '88', '1', '88'], r: ['72', '74', '2', '90'] } as const)) {
      for (const [indicator, value] of [['SUPPORT_ANSWERS', answers], ['SUPPORT_RIGHT_FIRST', right], ['SUPPORT_DISPUTES_LOST', lost], ['SUPPORT_RATING', rating]] as const) await form(indicator, name, value)
    }
    for (const [name, mark] of [['p1', '95'], ['p2', '90'], ['p3', '85']] as const) await form('SUPPORT_OWN_MARK', name, mark)
    await form('CONTROL_QUALITY', 'review', '96.50')
    await settle('FRONT')
    await expect(settle('SECOND_LINE')).rejects.toThrow('front-line-open')
    expect(await bank.services.db.asBatch((tx) => closeSettledMonth(tx, { month, scheme: 'FRONT', closedBy: null, today: '2026-12-05' }))).toMatchObject({ ok: true })
    const settled = await settle('SECOND_LINE')
    const paid = async (name: string): Promise<[string, Record<string, string>]> => {
      const statement = (await bank.ask(people.get(name) ?? perf, getMyStatement, { query: { month } })).body['statement'] as unknown as StatementShown
      return [yuanText(BigInt(statement.payableFen)), Object.fromEntries(statement.steps.map(({ code, value, unit }) => [code, unit === 'FEN' ? yuanText(BigInt(value)) : value]))]
    }
    const [p1, q, r] = [await paid('p1'), await paid('q'), await paid('r')]
    expect(p1[1]).toMatchObject({ POOL: '9600.00', 'DEPARTMENT.answerOnTime': '37.60', 'DEPARTMENT.rightFirstTime': '27.30', 'DEPARTMENT.disputes': '10.00', 'DEPARTMENT.frontLineRating': '17.10', DEPARTMENT: '92.00', DEPARTMENT_PAY: '3463.53', PERSON_WEIGHT: '95.0000', SHARE: '1359.65' })
    expect(q[1]).toMatchObject({ 'DEPARTMENT.answerOnTime': '36.00', 'DEPARTMENT.rightFirstTime': '26.40', 'DEPARTMENT.disputes': '8.00', 'DEPARTMENT.frontLineRating': '17.60', DEPARTMENT: '88.00', DEPARTMENT_PAY: '3312.94' })
    expect(r[1]).toMatchObject({ 'DEPARTMENT.answerOnTime': '28.80', 'DEPARTMENT.rightFirstTime': '22.20', 'DEPARTMENT.disputes': '6.00', 'DEPARTMENT.frontLineRating': '18.00', DEPARTMENT: '75.00', DEPARTMENT_PAY: '2823.53' })
    const all: [string, string][] = []
    for (const name of ['p1', 'p2', 'p3', 'q', 'r', 'review']) all.push([name, (await paid(name))[0]])
    expect(all).toEqual([['p1', '1359.65'], ['p2', '644.04'], ['p3', '1459.84'], ['q', '3312.94'], ['r', '2823.53'], ['review', '3860.00']])
    expect(settled.control.rows.map(({ source, total, inLines, ties }) => [source, total, inLines, ties])).toEqual([['FRONT_LINE', '12000000', '12000000', true], ['POOL', '960000', '960000', true]])
  })
  test('a pool of 10 % over what was settled: the pool grows, risk control stays as it is; nothing of it is kept', async () => {
    bank.services.jobs = { ask: (kind, params, askedBy) => askForJob(bank.services, kind, params, askedBy) }
    const jobId = String((await bank.ask(perf, compareScheme, { body: { code: 'SECOND_LINE', version: asked({ poolRatio: '0.10' }).version } })).body['jobId'])
    expect(told(await bank.ask(perf, compareScheme, { body: { code: 'SECOND_LINE', version: asked({ departments: [{ code: 'K9', staffWeight: '1' }] }).version } }))).toBe('scheme-broken')
    bank.services.jobs = null
    await runJob(bank.services, compareSchemesJob, jobId)
    // 9,600.00 and 12,000.00, and 3,860.00 each time; five gain, one does not, and no count of fewer than five people is told
    expect((await bank.ask(perf, watchComparison, { params: { jobId } })).body['found']).toMatchObject({ from: month, to: month, months: 1, people: 6, gain: null, lose: null, same: null, beforeFen: '1346000', afterFen: '1586000' })
    expect(await bank.look(`SELECT DISTINCT scheme_code AS code FROM settled_month ORDER BY 1`)).toEqual([{ code: 'FRONT' }, { code: 'SECOND_LINE' }])
  })
})
