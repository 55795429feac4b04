import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { newId } from '../foundation/values/uuid7.ts'
import { carryRows, planMove } from '../foundation/store/move-owned.ts'
import type { CustomerKeys } from '../foundation/secrets/customer-keys.ts'
import { staying } from '../customers/duplicates/apply-merge.ts'
import { closeSettledMonth } from './close-settled-month.ts'
import { installScheme } from './install-scheme-version.ts'
import { payBank, type PayBank } from './pay-bank-testing.ts'
import { settleScheme, type Settlement } from './settle-one-month.ts'

let house: PayBank
beforeAll(async () => {
  house = await payBank()
  await house.bank.db.asOffice((tx) => installScheme(tx, { code: 'POINTS', from: '2020-01-01' }))
})
afterAll(() => house.drop())

const settle = async (month: string): Promise<Settlement> => {
  const outcome = await settleScheme(house.bank, { month, scheme: 'POINTS', dryRun: false })
  if (!outcome.ok) throw new Error(outcome.refusal.name)
  return outcome.value
}
const linesOf = async (month: string, staff: number): Promise<{ code: string; points: string | null }[]> => (await house.owner.query<{ code: string; points: string | null }>(
  'SELECT l.code, l.points::text FROM pay_line l JOIN settled_month m ON m.run_id = l.run_id WHERE m.month = $1 AND l.staff_key = $2 ORDER BY place', [`${month}-01`, staff])).rows

describe('two customers of two managers become one on 16 June', () => {
  test('closed months get no correction, June is paid by days, July is the survivor’s manager’s; every control report ties', async () => {
    const { an, bo } = house.staff
    const survivor = await house.customer()
    const other = await house.customer()
    await house.assign(survivor, an.key, '100', '2025-01-01')
    await house.assign(other, bo.key, '100', '2025-01-01')
    await house.deposit(survivor, [['2025-01-01', null, 300_000_000]])
    await house.deposit(other, [['2025-01-01', null, 600_000_000]])
    await house.loan(other, { amount: 1_000_000, paidOut: '2025-05-10', matures: '2026-05-10', term: 12 })
    await settle('2025-05')
    expect(await house.bank.db.asBatch((tx) => closeSettledMonth(tx, { month: '2025-05', scheme: 'POINTS', closedBy: null, today: '2025-12-31' }))).toMatchObject({ ok: true })
    const points = async (month: string, who: number, code: string): Promise<string | null | undefined> => (await linesOf(month, who)).find((line) => line.code === code)?.points
    expect([await points('2025-05', an.key, 'DEPOSIT_ADB_INCREMENT'), await points('2025-05', bo.key, 'DEPOSIT_ADB_INCREMENT'), await points('2025-05', bo.key, 'NEW_SMALL_LOAN')]).toEqual(['30.00', '60.00', '20.00'])

    // what the flow does, without its people: rows over, the other's ownership ends, whose the things were is kept
    const things = (await house.owner.query<{ id: string }>('SELECT id FROM account WHERE customer_id = $1 UNION SELECT id FROM loan WHERE customer_id = $1', [other])).rows.map(({ id }) => id)
    const caseId = newId()
    await house.put(`INSERT INTO merge_case (customer_id, id, other_id, state, reason, choices, preview, proposed_by, proposed_on, scope_least, scope_most) VALUES ($1, $2, $3, 'PROPOSED', '试', '[]', '{}', $4, '2025-06-16', 'a', 'a')`, [survivor, caseId, other, an.key])
    await house.bank.db.asBatch(async (tx) => carryRows(tx, {} as CustomerKeys, await planMove(tx, other, survivor, staying), { from: other, to: survivor, scope: { scopePath: '001', viewers: [] }, batch: caseId, why: 'merge' }))
    await house.put(`UPDATE assignment SET to_date = '2025-06-16' WHERE customer_id = $1`, [other])
    await house.put(`INSERT INTO merged_thing (customer_id, id, former_customer_id, merged_on, case_id) SELECT $1, t.id, $2, '2025-06-16', $3 FROM unnest($4::uuid[]) t(id)`, [survivor, other, caseId, things])

    const june = await settle('2025-06')
    expect(june.control.rows.map(({ source, ties }) => [source, ties])).toContainEqual(['DEPOSIT_ADB_INCREMENT', true])
    expect(june.control.ties).toBe(true)
    for (const who of [an, bo]) expect((await linesOf('2025-06', who.key)).some(({ code }) => code === 'CORRECTION')).toBe(false)
    // 15 of 30 days of the other's account are bo's, 15 an's
    expect([await points('2025-06', an.key, 'DEPOSIT_ADB_INCREMENT'), await points('2025-06', bo.key, 'DEPOSIT_ADB_INCREMENT')]).toEqual(['60.00', '30.00'])
    const july = await settle('2025-07')
    expect(july.control.ties).toBe(true)
    expect([await points('2025-07', an.key, 'DEPOSIT_ADB_INCREMENT'), await points('2025-07', bo.key, 'DEPOSIT_ADB_INCREMENT')]).toEqual(['90.00', '0.00'])
    for (const who of [an, bo]) expect((await linesOf('2025-07', who.key)).some(({ code }) => code === 'CORRECTION')).toBe(false)
  })
})
