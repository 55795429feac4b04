import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { fenFromYuan, sumFen, yuanText } from '../foundation/values/fen.ts'
import { controlPay, markOfDisputes, markOfFiles, scoreOfDepartment, shareAmongMembers, supportPool, supportTerms, type Department, type Marks } from './support-pay.rules.ts'

const fen = fenFromYuan
const marks = (answerOnTime: string, rightFirstTime: string, disputes: string, frontLineRating: string): Marks => ({ answerOnTime, rightFirstTime, disputes, frontLineRating })
const department = (code: string, given: Marks | null): Department => ({ code, marks: given, staffWeight: '1', riskControl: false })
/** Marks that give a score exactly. */
const scored = (code: string, score: string): Department => department(code, marks(score, score, score, score))

describe('support-pay-1, April 2025', () => {
  const departments: [code: string, marks: Marks, parts: string[], score: string, pay: string][] = [
    ['K1', marks('94', '91', '100', '85.5'), ['37.60', '27.30', '10.00', '17.10'], '92.00', '3463.53'],
    ['K2', marks('90', '88', '80', '88'), ['36.00', '26.40', '8.00', '17.60'], '88.00', '3312.94'],
    ['K3', marks('72', '74', '60', '90'), ['28.80', '22.20', '6.00', '18.00'], '75.00', '2823.53'],
  ]
  const pay = supportPool(supportTerms, [fen('78000.00'), fen('42000.00')], departments.map(([code, given]) => department(code, given)))
  test('8 % of what the front line of both sub-branches was paid', () => expect([yuanText(pay.frontLineFen), yuanText(pay.poolFen)]).toEqual(['120000.00', '9600.00']))
  test('the weights are the scores: 255.00 in all', () => expect(sumFen(pay.departments.map((one) => fen(one.score ?? '0')))).toBe(fen('255.00')))
  test.each(departments)('%s: marks %o → parts %o, score %s, pay %s', (code, given, parts, score, amount) => {
    expect(scoreOfDepartment(supportTerms, given)).toEqual({ parts, score })
    expect(yuanText(pay.departments.find((one) => one.code === code)?.payFen ?? 0n)).toBe(amount)
  })
  test('K1 among its people', () => {
    const rows = shareAmongMembers(fen('3463.53'), 30, [
      { person: 'p1', gradeFactor: '1.00', mark: '95', daysInPost: 30 }, { person: 'p2', gradeFactor: '1.00', mark: '90', daysInPost: 15 }, { person: 'p3', gradeFactor: '1.20', mark: '85', daysInPost: 30 },
    ])
    expect(rows.map(({ weight, payFen }) => [weight, yuanText(payFen)])).toEqual([['95.0000', '1359.65'], ['45.0000', '644.04'], ['102.0000', '1459.84']])
    expect(sumFen(rows.map(({ weight }) => fen(Number(weight).toFixed(2))))).toBe(fen('242.00'))
  })
  test('credit review is never paid from the pool: base 4,000 by the quality of its own work', () => {
    expect(yuanText(controlPay(fen('4000.00'), '96.50'))).toBe('3860.00')
    expect(yuanText(controlPay(fen('4000.00'), '130'))).toBe('4800.00')
    expect(supportPool(supportTerms, [fen('120000.00')], [...departments.map(([code, given]) => department(code, given)), { ...scored('K9', '100'), riskControl: true }]).departments.map(({ payFen, why }) => [yuanText(payFen), why])).toEqual(
      [['3463.53', null], ['3312.94', null], ['2823.53', null], ['0.00', 'risk-control']])
  })
})

describe('support-pay-2', () => {
  test('a score below 60 takes no part', () => {
    const pay = supportPool(supportTerms, [fen('120000.00')], [scored('K1', '92.00'), department('K2', marks('60', '60', '60', '59.95')), scored('K3', '75.00')])
    expect(pay.departments.map(({ score, payFen, why }) => [score, yuanText(payFen), why])).toEqual([['92.00', '5288.62', null], ['59.99', '0.00', 'below-least-score'], ['75.00', '4311.38', null]])
  })
  test('the share of a department without data is held back, not given to the others', () => {
    const pay = supportPool(supportTerms, [fen('120000.00')], [scored('K1', '92.00'), department('K2', null), scored('K3', '75.00')])
    expect(pay.departments.map(({ payFen, heldFen, why }) => [yuanText(payFen), yuanText(heldFen), why])).toEqual([['3575.71', '0.00', null], ['0.00', '3109.31', 'held-without-data'], ['2914.98', '0.00', null]])
  })
  test('nobody reaches 60: nothing is paid and the pool stays whole', () => {
    expect(supportPool(supportTerms, [fen('120000.00')], [scored('K1', '10')])).toMatchObject({ paidFen: 0n, heldFen: 0n, unpaidFen: fen('9600.00') })
  })
})

test.each([[0, '100'], [2, '60'], [5, '0'], [7, '0']])('%i disputes lost: mark %s', (lost, mark) => expect(markOfDisputes(lost)).toBe(mark))
test('right first time', () => expect([markOfFiles(200, 13), markOfFiles(0, 0)]).toEqual(['93.50', null]))
test('what a gate takes from one person stays in the bank and goes to nobody', () => {
  const members = [{ person: 'a', gradeFactor: '1', mark: '90', daysInPost: 30 }, { person: 'b', gradeFactor: '1', mark: '90', daysInPost: 30 }]
  const [first, second] = shareAmongMembers(fen('100.00'), 30, [{ ...members[0] as (typeof members)[number], events: ['RED'] }, { ...members[1] as (typeof members)[number], events: ['AMBER'] }])
  expect([first, second]).toMatchObject([{ shareFen: fen('50.00'), payFen: 0n, why: 'red-event' }, { shareFen: fen('50.00'), payFen: fen('40.00'), why: 'amber-event' }])
})

test('paid, held and unpaid are the pool to the fen, whatever the marks and the order of the departments', () => fc.assert(fc.property(
  fc.array(fc.bigInt({ min: 0n, max: 50_000_000n }), { minLength: 1, maxLength: 6 }),
  fc.array(fc.record({ mark: fc.option(fc.integer({ min: 0, max: 100 })), staff: fc.integer({ min: 1, max: 40 }), risk: fc.boolean() }), { minLength: 1, maxLength: 7 }),
  (front, given) => {
    const departments = given.map(({ mark, staff, risk }, place): Department => ({ ...(mark === null ? department(`K${place}`, null) : scored(`K${place}`, String(mark))), staffWeight: String(staff), riskControl: risk }))
    const pay = supportPool(supportTerms, front, departments)
    expect(pay.paidFen + pay.heldFen + pay.unpaidFen).toBe(pay.poolFen)
    expect(supportPool(supportTerms, [...front].reverse(), [...departments].reverse())).toEqual(pay)
    for (const one of pay.departments) {
      const members = shareAmongMembers(one.payFen, 30, [{ person: 'a', gradeFactor: '1.00', mark: '77', daysInPost: 30 }, { person: 'b', gradeFactor: '1.20', mark: '81', daysInPost: 11 }, { person: 'c', gradeFactor: '0.80', mark: '66', daysInPost: 30 }])
      expect(sumFen(members.map(({ shareFen }) => shareFen))).toBe(one.payFen)
    }
  },
)))
