import { expect, test } from 'vitest'
import { fenFromYuan as fen } from '../../foundation/values/fen.ts'
import type { PersonPaid } from '../store-pay.ts'
import { addOnTop } from './add-on-top.ts'

const person = (key: number, payable: string): PersonPaid => ({
  statement: { staff_key: key, scope_path: '001', post_code: 'OPS', points: '92.00', before_carry_fen: fen(payable), carry_in_fen: 0n, payable_fen: fen(payable), carry_out_fen: 0n, input: {}, steps: [{ code: 'F', value: payable }, { code: 'PAYABLE', value: payable }], set_off: [], carry_out: [], expired: [] },
  lines: [{ place: 7, code: 'MARK.OWN', quantity: '95', unit_fen: null, each: null, measured_fen: null, points: null, money_fen: null, facts: 1, by_form: true, corrects_month: null, corrects_code: null, detail: {}, why: null }], hashed: [],
})
const released = (staffKey: number, amount: string) => ({ staffKey, postCode: 'OPS', scopePath: '001', fen: fen(amount) })

test('a released share is a line of its own: what the month gives + what comes on top = what is paid', () => {
  const [first, second] = addOnTop([person(1, '1359.65'), person(2, '644.04')], [released(1, '1554.66'), released(1, '0.01')], (one) => ({ money_fen: one.fen.toString(), corrects_month: '2025-04-01', corrects_code: 'SHARE' }))
  expect(first?.statement).toMatchObject({ payable_fen: fen('2914.32'), before_carry_fen: fen('2914.32'), carry_out_fen: 0n })
  expect(first?.statement.steps.at(-1)).toMatchObject({ code: 'PAYABLE', value: '291432', terms: [{ value: '135965', of: 'F' }, { sign: '+' }, { value: '155467', of: 'CORRECTION' }] })
  expect(first?.lines.map(({ place, code, money_fen }) => [place, code, money_fen])).toEqual([[7, 'MARK.OWN', null], [8, 'CORRECTION', '155466'], [9, 'CORRECTION', '1']])
  expect(second).toEqual(person(2, '644.04'))
})
test('whom the scheme pays no more gets a statement of these lines alone', () => {
  const [, leaver] = addOnTop([person(1, '10.00')], [released(9, '5.00')], (one) => ({ money_fen: one.fen.toString() }))
  expect(leaver?.statement).toMatchObject({ staff_key: 9, payable_fen: fen('5.00') })
  expect(leaver?.lines.map(({ place, money_fen }) => [place, money_fen])).toEqual([[1, '500']])
})
