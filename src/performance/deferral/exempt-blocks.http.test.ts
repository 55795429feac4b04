import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { payDesk, told, words, yuan } from '../../../tests/support/pay-desk.ts'
import { smallBank, type Colleague, type SmallBank } from '../../../tests/support/small-bank.ts'
import { newId } from '../../foundation/values/uuid7.ts'
import { addInstitution } from '../../organisation/add-institution.ts'
import { routes } from '../../routes.ts'
import { confirmIndicatorFact, enterIndicatorFact } from '../indicator-fact.contract.ts'
import { installBlockScheme } from '../install-scheme-version.ts'
import { tellStatement, type Told } from '../statement/tell-statement.rules.ts'
import { getPayCase, listDeductions, proposeClawBack, proposeExemption, type PayCaseItem, type PayCaseShown } from './deferral.contract.ts'

// Exemptions (尽职免责) of deductions under schemes of blocks and of support departments, and claims (追索扣回) that the pay of a support department answers. Every figure is worked out by hand beside it.

let bank: SmallBank
let perf: Colleague
let perf2: Colleague
let ops: Colleague
let own: Colleague
const loans = { li: '', wang: '' }
const { close, decide, mine, onDay, settle } = payDesk(() => ({ bank, perf, perf2 }))
const paid = async (who: Colleague, month: string): Promise<{ payable: string; lines: [fen: string, told: string][] }> => {
  const statement = await mine(who, month)
  const every = (node: Told): Told[] => [node, ...node.children.flatMap(every)]
  const tree = every(tellStatement(statement, 'zh'))
  return { payable: yuan(statement.payableFen), lines: statement.lines.filter(({ detail }) => detail['decision'] != null).map((line) => [yuan(line.moneyFen ?? '0'), tree.find(({ key }) => key === `line-${line.place}`)?.how.replace(/XC\d{4}-\d{4}/, 'XC') ?? '']) }
}
const exempt = (who: Colleague, loanId: string, conclusion = 'DILIGENT', id = newId()) => bank.ask(bank.staff.hr, proposeExemption, { body: { id, staffNo: who.staffNo, loanId, conclusion, ...words } })
const deductions = async (who: Colleague) => ((await bank.ask(bank.staff.hr, listDeductions, { query: { staffNo: who.staffNo } })).body['deductions'] as unknown as { month: string; lineCode: string; lineName: string | null; fen: string; points: string | null; kind: string; loanId: string | null }[])
  .map((one) => [one.month, one.lineName ?? one.lineCode, yuan(one.fen), one.points, one.kind])
/** An event of the gate, entered by one and confirmed by another; about a loan, or not. */
async function event(who: Colleague, month: string, loanId?: string): Promise<void> {
  const id = newId()
  expect(told(await bank.ask(perf, enterIndicatorFact, { body: { id, indicator: 'CONDUCT_EVENT', staffNo: who.staffNo, month, businessDate: `${month}-20`, object: loanId === undefined ? '违规外联' : '贷款形成不良', grade: 'AMBER', evidence: '合规通报 1 号', ...(loanId === undefined ? {} : { loanId }) } }))).toBe(200)
  expect(told(await bank.ask(perf2, confirmIndicatorFact, { params: { factId: id } }))).toBe(200)
}
const loan = async (customerId: string, amount: number, spans: [from: string, to: string | null, loanClass: string][]): Promise<string> => {
  const id = newId()
  await bank.look(`INSERT INTO loan (customer_id, id, core_key, product_code, outlet_key, amount_fen, paid_out_on, matures_on, term_months) VALUES ($1, $2::uuid, $2::text, 'L201', $3, $4, '2025-01-10', '2028-12-31', 36)`, [customerId, id, bank.units.south.key, amount * 100])
  for (const [from, to, loanClass] of spans) await bank.look(`INSERT INTO loan_span (customer_id, loan_id, from_date, to_date, principal_fen, overdue_fen, loan_class) VALUES ($1, $2, $3, $4, $5, 0, $6)`, [customerId, id, from, to, amount * 100, loanClass])
  return id
}

beforeAll(async () => {
  bank = await smallBank(routes)
  perf = await bank.colleague('马绩', 'PERFORMANCE', bank.units.head.key)
  perf2 = await bank.colleague('卢效', 'PERFORMANCE', bank.units.head.key)
  await bank.look(`UPDATE bank SET calendar = 'weekdays'`)
  await bank.look(`INSERT INTO product (code, name, name_en, line) VALUES ('L201', '流贷', 'w', 'LOAN')`)
  const { key } = await bank.services.db.asOffice((tx) => addInstitution(tx, { code: 'K1', kind: 'DEPARTMENT', name: '运营中心', nameEn: 'K1', parentKey: bank.units.head.key, from: '2020-01-01' }))
  ops = await bank.colleague('田丰', 'PRODUCT', key)
  own = await bank.colleague('秦过', 'PRODUCT', key)
  for (const who of ['li', 'wang'] as const) {
    const customerId = await bank.customer({ main: bank.staff[who], openedOn: '2025-01-01', name: `山西晋泰${who}有限公司` })
    await loan(customerId, 500_000, [['2025-01-10', null, 'NORMAL']])
    loans[who] = await loan(customerId, 500_000, [['2025-01-10', '2025-04-10', 'NORMAL'], ['2025-04-10', '2025-05-20', 'SUBSTANDARD'], ['2025-05-20', null, 'NORMAL']])
  }
  await bank.services.db.asOffice(async (tx) => {
    await installBlockScheme(tx, {
      code: 'CARD', from: '2025-01-01', name: '核心指标方案', nameEn: 'Core', legalBasis: '试验',
      terms: {
        posts: ['RM'], grades: [], units: [], period: 'MONTH', gradeBases: { '*': '1000000' }, score: null, classes: {}, carryMonths: 12, correctionMonths: 12,
        blocks: [
          { kind: 'CORE', code: 'CORE_FACTOR', start: '1.0', step: '0.1', floor: '0.5', tests: [{ indicator: 'NPL_RATIO', name: { zh: '不良贷款率', en: 'NPL ratio' }, measure: 'VALUE', side: 'MOST', limit: '1.00' }] },
          { kind: 'PRODUCT', code: 'EARNED', unit: 'FEN', factors: [{ of: 'GRADE_BASE' }, { of: 'CORE_FACTOR' }] }, { kind: 'GATE', code: 'GATED', unit: 'FEN', of: 'EARNED', redCap: '0', amberFactor: '0.80' },
          { kind: 'SUM', code: 'F', unit: 'FEN', parts: [{ of: 'GATED' }, { of: 'CORRECTION', leaveOut: 'ABSENT' }] }, { kind: 'PAYABLE', code: 'PAYABLE', of: 'F', carryOut: 'CARRY_OUT' },
        ],
      },
    })
    await installBlockScheme(tx, {
      kind: 'SUPPORT', code: 'POOL', from: '2025-01-01', name: '二线', nameEn: 'Support', legalBasis: '试验',
      terms: {
        served: [], schemes: ['CARD'], poolRatio: '0.10', weights: { answerOnTime: '40', rightFirstTime: '30', disputes: '10', frontLineRating: '20' }, leastScore: '60', heldScore: '80.00', amberFactor: '0.50', departments: [{ code: 'K1', staffWeight: '1' }], gradeFactors: { '*': '1.00' }, controlBases: {}, controlDepartments: [],
      },
    })
  })
  await onDay('2025-07-15')
  for (const month of ['2025-04', '2025-05', '2025-06', '2025-07', '2025-08']) {
    for (const [indicator, value] of [['SUPPORT_ANSWERS', '100'], ['SUPPORT_RIGHT_FIRST', '100'], ['SUPPORT_DISPUTES_LOST', '0'], ['SUPPORT_RATING', '100']] as const) {
      await bank.look(`INSERT INTO indicator_fact (id, indicator, staff_key, month, business_date, value, evidence, entered_by, entered_on, confirmed_by, confirmed_on) VALUES ($1, $2, $3, $4, $4, $5, '评价表', $6, $4, $7, $4)`, [newId(), indicator, ops.staffKey, `${month}-01`, value, perf.staffKey, perf2.staffKey])
    }
  }
  await event(bank.staff.li, '2025-04', loans.li)
  await event(ops, '2025-04', loans.li)
  await event(own, '2025-04')
  for (const month of ['2025-04', '2025-05', '2025-06']) {
    await close('CARD', month)
    await close('POOL', month)
  }
}, 180_000)
afterAll(() => bank.close())

describe('an exemption under a scheme of blocks', () => {
  const [full, half] = [newId(), newId()]
  test('April: 10,000.00 × 0.90 for a missed core indicator × 0.80 after an event = 7,200.00; what each took, with its cause', async () => {
    const { li, wang } = bank.staff
    expect([(await paid(li, '2025-04')).payable, (await paid(wang, '2025-04')).payable, (await paid(li, '2025-05')).payable]).toEqual(['7200.00', '9000.00', '10000.00'])
    // without the loss 10,000.00 × 0.80 = 8,000.00, 800.00 more; without its event too 10,000.00, 2,000.00 more
    expect(await deductions(li)).toEqual([['2025-04', '不良贷款率', '800.00', null, 'CONSEQUENCE_OF_LOSS'], ['2025-04', 'GATE', '2000.00', null, 'CONSEQUENCE_OF_LOSS']])
    expect(await deductions(wang)).toEqual([['2025-04', '不良贷款率', '1000.00', null, 'CONSEQUENCE_OF_LOSS']])
  })
  test('diligent: 2,800.00 with July, a line each; basically diligent: half of 1,000.00; April stays as it was closed', async () => {
    const { li, wang, hr } = bank.staff
    const april = { ...await mine(li, '2025-04'), months: [] }
    expect(told(await exempt(li, loans.wang))).toBe('nothing-to-reverse')
    expect(told(await exempt(li, loans.li, 'DILIGENT', full))).toBe(200)
    expect(told(await exempt(li, loans.li))).toBe('exempted-already')
    expect(told(await exempt(wang, loans.wang, 'BASICALLY_DILIGENT', half))).toBe(200)
    const { items } = (await bank.ask(hr, getPayCase, { params: { caseId: full } })).body as unknown as { items: PayCaseItem[] }
    expect(items.map((one) => [one.kind, one.month, one.lineCode, yuan(one.fen), one.points])).toEqual([['REVERSAL', '2025-04', 'GATE', '2000.00', null], ['REVERSAL', '2025-04', 'NPL_RATIO', '800.00', null]])
    for (const id of [full, half]) expect(told(await decide(id))).toBe(200)
    await onDay('2025-08-05')
    await settle('CARD', '2025-07')
    expect(await paid(li, '2025-07')).toEqual({ payable: '12800.00', lines: [['2000.00', '冲回 2025-04 合规事件：2,000.00，按 XC · 来源：表单'], ['800.00', '冲回 2025-04 不良贷款率：800.00，按 XC · 来源：表单']] })
    expect(await paid(wang, '2025-07')).toEqual({ payable: '10500.00', lines: [['500.00', '冲回 2025-04 不良贷款率：1,000.00 × 0.50，按 XC · 来源：表单']] })
    expect({ ...await mine(li, '2025-04'), months: [] }).toEqual(april)
  })
})

describe('an exemption under a scheme of support departments', () => {
  test('April: half of the share after an event about the loan comes back; an event of one’s own stays', async () => {
    // li 7,200.00, wang 9,000.00, zhao and qian 10,000.00: a pool of 3,620.00, 1,810.00 for each of two, 905.00 after an event
    expect([(await paid(ops, '2025-04')).payable, (await paid(own, '2025-04')).payable]).toEqual(['905.00', '905.00'])
    expect(await deductions(ops)).toEqual([['2025-04', 'GATE', '905.00', null, 'CONSEQUENCE_OF_LOSS']])
    expect(await deductions(own)).toEqual([['2025-04', 'GATE', '905.00', null, 'OWN_FAULT']])
    expect(told(await exempt(own, loans.li))).toBe('nothing-to-reverse')
    const id = newId()
    expect(told(await exempt(ops, loans.li, 'DILIGENT', id))).toBe(200)
    expect(told(await decide(id))).toBe(200)
    await close('CARD', '2025-07')
    await settle('POOL', '2025-07')
    // 43,300.00 with what was given back: a pool of 4,330.00, half of it 2,165.00; decided in August, it comes back with August
    for (const who of [ops, own]) expect(await paid(who, '2025-07')).toEqual({ payable: '2165.00', lines: [] })
  })
})

describe('a claim on pay of a support department', () => {
  test('is taken from its later statements, at most a fifth of each, until nothing is left', async () => {
    const id = newId()
    // of May: 40,000.00 × 0.10 ÷ 2 = 2,000.00; 30 % of it
    expect((await paid(own, '2025-05')).payable).toBe('2000.00')
    expect(told(await bank.ask(bank.staff.hr, proposeClawBack, { body: { id, staffNo: own.staffNo, scheme: 'POOL', month: '2025-05', basis: 'C', ratio: '0.30', monthlyFen: null, ...words } }))).toBe(200)
    await onDay('2025-08-20')
    expect(told(await decide(id))).toBe(200)
    // the open July was settled before: it is settled again. A fifth of 2,165.00 is 433.00, of 600.00 167.00 are left
    expect((await mine(own, '2025-07')).state).toBe('STALE')
    await close('POOL', '2025-07')
    expect(await paid(own, '2025-07')).toEqual({ payable: '1732.00', lines: [['-433.00', '2025-05 绩效追索 XC：应扣回 600.00，扣后余 167.00']] })
    expect((await paid(ops, '2025-07')).payable).toBe('2165.00')
    await onDay('2025-09-05')
    await close('CARD', '2025-08')
    await close('POOL', '2025-08')
    expect(await paid(own, '2025-08')).toEqual({ payable: '1833.00', lines: [['-167.00', '2025-05 绩效追索 XC：应扣回 167.00，扣后余 0.00']] })
    // 40,000.00 × 0.10 ÷ 2 and half of April’s share
    expect(await paid(ops, '2025-08')).toEqual({ payable: '2905.00', lines: [['905.00', '冲回 2025-04 合规事件：905.00，按 XC · 来源：表单']] })
    const { case: shown } = (await bank.ask(bank.staff.hr, getPayCase, { params: { caseId: id } })).body as unknown as { case: PayCaseShown }
    expect([shown.state, shown.claim?.months]).toEqual(['RECOVERED', [{ month: '2025-07', fen: '43300', closed: true }, { month: '2025-08', fen: '16700', closed: true }]])
    // the addition is on the statement: what was shared, what was taken
    expect((await mine(own, '2025-08')).steps.find(({ code }) => code === 'PAYABLE')?.terms).toEqual([{ value: '200000', unit: 'FEN', of: 'F' }, { sign: '+' }, { value: '-16700', unit: 'FEN', of: 'CORRECTION' }])
  })
})

describe('a correction of the loss after the exemption', () => {
  test('pays what was not given back yet: nothing of 800.00, and 500.00 of 1,000.00', async () => {
    // the loans were never non-performing: both indicators of April are right now, the event stands
    await bank.look(`UPDATE loan_span SET loan_class = 'NORMAL' WHERE loan_class = 'SUBSTANDARD'`)
    await onDay('2025-10-05')
    await settle('CARD', '2025-09')
    const corrected = async (who: Colleague) => {
      const statement = await mine(who, '2025-09')
      return [yuan(statement.payableFen), statement.lines.filter(({ code, correctsCode, correctsMonth }) => code === 'CORRECTION' && correctsCode === 'NPL_RATIO' && correctsMonth === '2025-04').map(({ moneyFen, why, detail }) => [yuan(moneyFen ?? '0'), why, detail['exempted']])]
    }
    expect(await corrected(bank.staff.li)).toEqual(['10000.00', [['0.00', 'given-back-already', '80000']]])
    expect(await corrected(bank.staff.wang)).toEqual(['10500.00', [['500.00', null, '50000']]])
  })
})
