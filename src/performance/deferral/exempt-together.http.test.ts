import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { payDesk, told, words, yuan } from '../../../tests/support/pay-desk.ts'
import { smallBank, type Colleague, type SmallBank } from '../../../tests/support/small-bank.ts'
import { newId } from '../../foundation/values/uuid7.ts'
import { addInstitution } from '../../organisation/add-institution.ts'
import { routes } from '../../routes.ts'
import { installBlockScheme } from '../install-scheme-version.ts'
import { getPayCase, listDeductions, proposeExemption, type PayCaseItem } from './deferral.contract.ts'

// Loans of 300,000 twice, both substandard in April, beside 400,000: 60 % of the principal. Li’s limit is 25 %: without one of the two 30 % are left and it is missed as before, without both it is kept. Zhao’s limit is 50 %: without one of
// the two it is kept already. A missed limit costs a tenth of 10,000.00; 40 % are deferred in three parts.
let bank: SmallBank
let perf: Colleague
let perf2: Colleague
let ops: Colleague
const loans: Record<string, string> = {}
const { close, decide, mine, onDay, settle } = payDesk(() => ({ bank, perf, perf2 }))
const exempt = (who: Colleague, loanId: string, id = newId(), conclusion = 'DILIGENT') => bank.ask(bank.staff.hr, proposeExemption, { body: { id, staffNo: who.staffNo, loanId, conclusion, ...words } })
const deductions = async (who: Colleague) => ((await bank.ask(bank.staff.hr, listDeductions, { query: { staffNo: who.staffNo } })).body['deductions'] as unknown as { loanId: string; fen: string; exempted: boolean }[])
  .map((one) => [Object.entries(loans).find(([, id]) => id === one.loanId)?.[0] ?? '', yuan(one.fen), one.exempted]).sort()
const items = async (caseId: string) => ((await bank.ask(bank.staff.hr, getPayCase, { params: { caseId } })).body as unknown as { items: PayCaseItem[] }).items.map((one) => [one.kind, one.lineCode, yuan(one.fen), one.detail['deferredFen'] == null ? null : yuan(one.detail['deferredFen'])])
const tranches = async (who: Colleague) => (await bank.look(`SELECT regexp_replace(line_code, '^XC\\d+-\\d+', 'XC') AS code, fen::text AS fen, to_char(due_on, 'YYYY-MM-DD') AS due FROM deferred_tranche WHERE staff_key = $1 AND month = '2025-04-01' ORDER BY part, line_code`, [who.staffKey]) as { code: string; fen: string; due: string }[]).map(({ code, fen, due }) => [code, yuan(fen), due])

beforeAll(async () => {
  bank = await smallBank(routes)
  perf = await bank.colleague('马绩', 'PERFORMANCE', bank.units.head.key)
  perf2 = await bank.colleague('卢效', 'PERFORMANCE', bank.units.head.key)
  await bank.look(`UPDATE bank SET calendar = 'weekdays'`)
  await bank.look(`INSERT INTO product (code, name, name_en, line) VALUES ('L201', '流贷', 'w', 'LOAN')`)
  const { key } = await bank.services.db.asOffice((tx) => addInstitution(tx, { code: 'K1', kind: 'DEPARTMENT', name: '运营中心', nameEn: 'K1', parentKey: bank.units.head.key, from: '2020-01-01' }))
  ops = await bank.colleague('田丰', 'PRODUCT', key)
  for (const who of ['li', 'zhao'] as const) {
    const customerId = await bank.customer({ main: bank.staff[who], openedOn: '2025-01-01', name: `山西晋泰${who}有限公司` })
    for (const [name, amount] of [['good', 400_000], ['first', 300_000], ['second', 300_000]] as const) {
      const id = newId()
      loans[`${who} ${name}`] = id
      await bank.look(`INSERT INTO loan (customer_id, id, core_key, product_code, outlet_key, amount_fen, paid_out_on, matures_on, term_months) VALUES ($1, $2::uuid, $2::text, 'L201', $3, $4, '2025-01-10', '2028-12-31', 36)`, [customerId, id, bank.units.south.key, amount * 100])
      for (const [from, to, kind] of name === 'good' ? [['2025-01-10', null, 'NORMAL']] as const : [['2025-01-10', '2025-04-10', 'NORMAL'], ['2025-04-10', '2025-05-20', 'SUBSTANDARD'], ['2025-05-20', null, 'NORMAL']] as const) {
        await bank.look(`INSERT INTO loan_span (customer_id, loan_id, from_date, to_date, principal_fen, overdue_fen, loan_class) VALUES ($1, $2, $3, $4, $5, 0, $6)`, [customerId, id, from, to, amount * 100, kind])
      }
    }
  }
  await bank.services.db.asOffice(async (tx) => {
    for (const [code, units, limit, posts] of [['STRICT', ['O1'], '25.00', ['RM']], ['MILD', ['O2'], '50.00', []]] as const) {
      await installBlockScheme(tx, {
        code, from: '2025-01-01', name: code, nameEn: code, legalBasis: '试验',
        terms: {
          posts: ['RM'], grades: [], units: [...units], period: 'MONTH', gradeBases: { '*': '1000000' }, score: null, classes: {}, carryMonths: 12, correctionMonths: 12,
          blocks: [
            { kind: 'CORE', code: 'CORE_FACTOR', start: '1.0', step: '0.1', floor: '0.5', tests: [{ indicator: 'NPL_RATIO', name: { zh: '不良贷款率', en: 'NPL ratio' }, measure: 'VALUE', side: 'MOST', limit }] },
            { kind: 'PRODUCT', code: 'EARNED', unit: 'FEN', factors: [{ of: 'GRADE_BASE' }, { of: 'CORE_FACTOR' }] },
            { kind: 'DEFER', code: 'DEFERRED', of: 'EARNED', ratio: '0.40', tranches: 3, posts: [...posts], paidNow: 'PAID_NOW' },
            { kind: 'SUM', code: 'F', unit: 'FEN', parts: [{ of: 'EARNED' }, { of: 'DEFERRED', minus: true, leaveOut: 'ABSENT' }, { of: 'CORRECTION', leaveOut: 'ABSENT' }] }, { kind: 'PAYABLE', code: 'PAYABLE', of: 'F', carryOut: 'CARRY_OUT' },
          ],
        },
      })
    }
    await installBlockScheme(tx, {
      kind: 'SUPPORT', code: 'POOL', from: '2025-01-01', name: '二线', nameEn: 'Support', legalBasis: '试验',
      terms: { served: [], schemes: ['MILD'], poolRatio: '0.10', weights: { answerOnTime: '40', rightFirstTime: '30', disputes: '10', frontLineRating: '20' }, leastScore: '60', heldScore: '80.00', amberFactor: '0.50', departments: [{ code: 'K1', staffWeight: '1' }], gradeFactors: { '*': '1.00' }, controlBases: {}, controlDepartments: [] },
    })
  })
  await onDay('2025-07-15')
  for (const [indicator, value] of [['SUPPORT_ANSWERS', '100'], ['SUPPORT_RIGHT_FIRST', '100'], ['SUPPORT_DISPUTES_LOST', '0'], ['SUPPORT_RATING', '100']] as const) {
    await bank.look(`INSERT INTO indicator_fact (id, indicator, staff_key, month, business_date, value, evidence, entered_by, entered_on, confirmed_by, confirmed_on) VALUES ($1, $2, $3, '2025-04-01', '2025-04-01', $4, '评价表', $5, '2025-04-01', $6, '2025-04-01')`, [newId(), indicator, ops.staffKey, value, perf.staffKey, perf2.staffKey])
  }
  await bank.look(`INSERT INTO indicator_fact (id, indicator, staff_key, month, business_date, grade, object, loan_id, evidence, entered_by, entered_on, confirmed_by, confirmed_on) VALUES ($1, 'CONDUCT_EVENT', $2, '2025-04-01', '2025-04-20', 'AMBER', '贷款形成不良', $3, '合规通报', $4, '2025-04-21', $5, '2025-04-22')`, [newId(), ops.staffKey, loans['zhao first'], perf.staffKey, perf2.staffKey])
  for (const month of ['2025-04', '2025-05', '2025-06']) for (const scheme of ['STRICT', 'MILD']) await close(scheme, month)
  await close('POOL', '2025-04')
}, 180_000)
afterAll(() => bank.close())

describe('two loans that only together miss a limit', () => {
  const [first, second] = [newId(), newId()]
  test('April: 9,000.00, of which 3,600.00 are deferred; each loan by itself takes nothing', async () => {
    expect(yuan((await mine(bank.staff.li, '2025-04')).payableFen)).toBe('5400.00')
    expect(await tranches(bank.staff.li)).toEqual([['DEFERRED.1', '1200.00', '2026-04-30'], ['DEFERRED.2', '1200.00', '2027-04-30'], ['DEFERRED.3', '1200.00', '2028-04-30']])
    expect(await deductions(bank.staff.li)).toEqual([['li first', '0.00', false], ['li second', '0.00', false]])
  })
  test('exempted one after the other the second gives back what they took together; the other waits for the decision about the first', async () => {
    const { li } = bank.staff
    expect(told(await exempt(li, loans['li good'] ?? ''))).toBe('nothing-to-reverse')
    expect(told(await exempt(li, loans['li first'] ?? '', first))).toBe(200)
    expect(told(await exempt(li, loans['li second'] ?? ''))).toBe('exemption-waits')
    expect(await items(first)).toEqual([['REVERSAL', 'NPL_RATIO', '0.00', null]])
    expect(told(await decide(first))).toBe(200)
    expect(await deductions(li)).toEqual([['li first', '0.00', true], ['li second', '1000.00', false]])
    expect(told(await exempt(li, loans['li first'] ?? ''))).toBe('exempted-already')
    expect(told(await exempt(li, loans['li second'] ?? '', second))).toBe(200)
    // 10,000.00 instead of 9,000.00: 600.00 now, 400.00 deferred
    expect(await items(second)).toEqual([['REVERSAL', 'NPL_RATIO', '600.00', '400.00']])
    expect(told(await decide(second))).toBe(200)
  })
  test('the deferred part comes with its tranches, on their days, the rest with July; April stays as it was closed', async () => {
    const { li } = bank.staff
    expect(await tranches(li)).toEqual([
      ['DEFERRED.1', '1200.00', '2026-04-30'], ['XC/DEFERRED.1', '133.33', '2026-04-30'], ['DEFERRED.2', '1200.00', '2027-04-30'], ['XC/DEFERRED.2', '133.33', '2027-04-30'], ['DEFERRED.3', '1200.00', '2028-04-30'], ['XC/DEFERRED.3', '133.34', '2028-04-30'],
    ])
    await onDay('2025-08-05')
    await settle('STRICT', '2025-07')
    const july = await mine(li, '2025-07')
    expect([yuan(july.payableFen), july.lines.filter(({ detail }) => detail['decision'] != null).map(({ moneyFen }) => yuan(moneyFen ?? '0'))]).toEqual(['6600.00', ['600.00']])
    expect(yuan((await mine(li, '2025-04')).payableFen)).toBe('5400.00')
    expect(await deductions(li)).toEqual([['li first', '0.00', true], ['li second', '1000.00', true]])
  })
})

test('two loans of which each alone misses nothing when the other is gone: what they took is given back once', async () => {
  const { zhao } = bank.staff
  // 60 % against a limit of 50 %: without the one or without the other 1,000.00 more
  expect(await deductions(zhao)).toEqual([['zhao first', '1000.00', false], ['zhao second', '1000.00', false]])
  const id = newId()
  expect(told(await exempt(zhao, loans['zhao first'] ?? '', id))).toBe(200)
  expect(await items(id)).toEqual([['REVERSAL', 'NPL_RATIO', '1000.00', null]])
  expect(told(await decide(id))).toBe(200)
  expect(await deductions(zhao)).toEqual([['zhao first', '1000.00', true]])
  expect(told(await exempt(zhao, loans['zhao second'] ?? ''))).toBe('nothing-to-reverse')
})

test('an exemption that was returned counts for nothing: the loan stands again', async () => {
  const { li } = bank.staff
  await bank.look(`DELETE FROM deferred_tranche WHERE line_code LIKE 'XC%'`)
  await bank.look(`UPDATE pay_case_end SET result = 'RETURNED', pay_scheme = NULL, pay_month = NULL`)
  expect(await deductions(li)).toEqual([['li first', '0.00', false], ['li second', '0.00', false]])
})

test('a month of a support department that was closed before its run kept the events knows them from the forms', async () => {
  // half of the share was taken, half was paid
  expect(await deductions(ops)).toEqual([['zhao first', yuan((await mine(ops, '2025-04')).payableFen), false]])
  await bank.look(`DELETE FROM pay_fact WHERE line_code = 'GATE' AND staff_key = $1`, [ops.staffKey])
  expect(await deductions(ops)).toEqual([['zhao first', yuan((await mine(ops, '2025-04')).payableFen), false]])
})

describe('two reliefs about one deduction: no decision takes anything back, whichever comes first', () => {
  const after = async (who: Colleague, loan: string, conclusion: string): Promise<unknown[]> => {
    const id = newId()
    expect(told(await exempt(who, loans[loan] ?? '', id, conclusion))).toBe(200)
    expect(told(await decide(id))).toBe(200)
    return items(id)
  }
  test('each alone took it: by half first, the full relief gives the other half', async () => {
    const { zhao } = bank.staff
    expect(await deductions(zhao)).toEqual([['zhao first', '1000.00', false], ['zhao second', '1000.00', false]])
    expect(await after(zhao, 'zhao first', 'BASICALLY_DILIGENT')).toEqual([['REVERSAL', 'NPL_RATIO', '500.00', null]])
    expect(await deductions(zhao)).toEqual([['zhao first', '1000.00', true], ['zhao second', '500.00', false]])
    expect(await after(zhao, 'zhao second', 'DILIGENT')).toEqual([['REVERSAL', 'NPL_RATIO', '500.00', null]])
  })
  test('a later decision about the same deduction is refused by name, lower or higher', async () => {
    const { zhao } = bank.staff
    for (const [loan, conclusion] of [['zhao second', 'BASICALLY_DILIGENT'], ['zhao first', 'DILIGENT']] as const) expect(told(await exempt(zhao, loans[loan] ?? '', newId(), conclusion))).toBe('exempted-already')
  })
  test('they took it only together: the half that both are relieved of, also where the full relief came last', async () => {
    const { li } = bank.staff
    expect(await after(li, 'li first', 'BASICALLY_DILIGENT')).toEqual([['REVERSAL', 'NPL_RATIO', '0.00', null]])
    // of 1,000.00 the half: of each deferred part the half, rounded, and the rest now
    expect(await after(li, 'li second', 'DILIGENT')).toEqual([['REVERSAL', 'NPL_RATIO', '299.99', '200.01']])
    expect((await tranches(li)).filter(([code]) => code?.startsWith('XC')).map(([, fen]) => fen)).toEqual(['66.67', '66.67', '66.67'])
  })
  test('the other way round it is the same', async () => {
    await bank.look(`DELETE FROM deferred_tranche WHERE line_code LIKE 'XC%'`)
    await bank.look(`UPDATE pay_case_end SET result = 'RETURNED', pay_scheme = NULL, pay_month = NULL`)
    const { li, zhao } = bank.staff
    expect(await after(li, 'li second', 'DILIGENT')).toEqual([['REVERSAL', 'NPL_RATIO', '0.00', null]])
    expect(await after(li, 'li first', 'BASICALLY_DILIGENT')).toEqual([['REVERSAL', 'NPL_RATIO', '299.99', '200.01']])
    expect(await after(zhao, 'zhao first', 'DILIGENT')).toEqual([['REVERSAL', 'NPL_RATIO', '1000.00', null]])
    expect(told(await exempt(zhao, loans['zhao second'] ?? '', newId(), 'BASICALLY_DILIGENT'))).toBe('nothing-to-reverse')
  })
})
