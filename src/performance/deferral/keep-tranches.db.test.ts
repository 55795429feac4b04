import { afterAll, beforeAll, expect, test } from 'vitest'
import { newId } from '../../foundation/values/uuid7.ts'
import { payBank, type PayBank } from '../pay-bank-testing.ts'
import { keepTranches } from './keep-tranches.ts'

let house: PayBank
beforeAll(async () => {
  house = await payBank()
}, 120_000)
afterAll(() => house.drop())

test('the held share of a department without data is held for its people by their weights, to the fen; a RED event takes a part, which stays in the bank', async () => {
  const runId = newId()
  const { an, bo, chen, lead } = house.staff
  for (const [who, department, weight, held, why] of [[an, 'K2', '95.0000', '310931', null], [bo, 'K2', '45.0000', '310931', null], [chen, 'K2', '102.0000', '310931', 'red-event'], [lead, 'K3', '90.0000', '0', null]] as const) {
    const steps = [{ code: 'PERSON_WEIGHT', unit: 'COEFFICIENT', value: weight }, { code: 'F', unit: 'FEN', value: '0', why }, { code: 'PAYABLE', unit: 'FEN', value: '0' }]
    await house.put(`INSERT INTO pay_statement (run_id, staff_key, scope_path, post_code, points, before_carry_fen, carry_in_fen, payable_fen, carry_out_fen, input, steps, set_off, carry_out, expired) VALUES ($1, $2, '001', 'OPS', 0, 0, 0, 0, 0, $3, $4, '[]', '[]', '[]')`, [runId, who.key, JSON.stringify({ department }), JSON.stringify(steps)])
    await house.put(`INSERT INTO pay_line (run_id, staff_key, scope_path, place, code, facts, by_form, detail, why) VALUES ($1, $2, '001', 2, 'DEPARTMENT', 0, false, $3, $4)`, [runId, who.key, JSON.stringify({ held }), held === '0' ? null : 'held-without-data'])
  }
  await house.bank.db.asBatch((tx) => keepTranches(tx, { month: '2025-04', scheme: 'SUPPORT', runId }))
  const { rows } = await house.owner.query(`SELECT staff_key AS key, kind, line_code AS line, fen::text AS fen, due_on AS due, month::text AS month FROM deferred_tranche ORDER BY staff_key`)
  // 3,109.31 by 95 : 45 : 102 of 242
  expect(rows).toEqual([{ key: an.key, kind: 'HELD_SHARE', line: 'SHARE', fen: '122060', due: null, month: '2025-04-01' }, { key: bo.key, kind: 'HELD_SHARE', line: 'SHARE', fen: '57818', due: null, month: '2025-04-01' }])
})
