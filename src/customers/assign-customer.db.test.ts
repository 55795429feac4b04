import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { smallBank, today, type SmallBank } from '../../tests/support/small-bank.ts'
import { sql } from '../foundation/database/transaction.ts'
import { newId } from '../foundation/values/uuid7.ts'
import { assignCustomer, refreshScopes, tryAssignCustomer, type Assignment } from './assign-customer.ts'

let bank: SmallBank
beforeAll(async () => {
  bank = await smallBank([])
})
afterAll(() => bank.close())

const batch = <T>(work: Parameters<typeof bank.services.db.asBatch<T>>[0]) => bank.services.db.asBatch(work)
const assign = (given: Omit<Assignment, 'from' | 'baseAdbFen' | 'reason'> & Partial<Assignment>) => batch((tx) => tryAssignCustomer(tx, { from: today, baseAdbFen: 500n, reason: '调整', ...given }))
const slicesOn = (customerId: string, day: string) => batch((tx) => tx.all(sql<{ staff: number; share: string; main: boolean; base: string }>`
  SELECT staff_key AS staff, share_pct AS share, main, base_adb_fen AS base FROM customers_assignment_facts
  WHERE customer_id = ${customerId} AND from_date <= ${day} AND (to_date IS NULL OR to_date > ${day}) ORDER BY main DESC, staff_key`))
const scopeOf = (customerId: string) => batch((tx) => tx.one(sql<{ path: string; viewers: number[]; main: number | null }>`SELECT scope_path AS path, viewers, main_staff_key AS main FROM customer WHERE customer_id = ${customerId}`))
const refusal = (outcome: Awaited<ReturnType<typeof assign>>) => (outcome.ok ? null : outcome.refusal.name)

describe('a customer gets its managers', () => {
  test('dated: before the day the former, from the day the new ones; the scope columns follow', async () => {
    const { li, wang, qian } = bank.staff
    const customerId = await bank.customer({ main: li })
    expect((await assign({ customerId, slices: [{ staffKey: qian.staffKey, sharePct: '60', main: true }, { staffKey: wang.staffKey, sharePct: '40', main: false }] })).ok).toBe(true)
    expect(await slicesOn(customerId, '2026-11-22')).toEqual([{ staff: li.staffKey, share: '100.00', main: true, base: '0' }])
    expect(await slicesOn(customerId, today)).toEqual([{ staff: qian.staffKey, share: '60.00', main: true, base: '500' }, { staff: wang.staffKey, share: '40.00', main: false, base: '500' }])
    expect(await scopeOf(customerId)).toEqual({ path: bank.units.department.scopePath, viewers: [wang.staffKey, qian.staffKey].sort((a, b) => a - b), main: qian.staffKey })
  })
  test('who stays keeps his frozen base, with another share too; an unchanged slice is not touched', async () => {
    const { li, wang } = bank.staff
    const customerId = await bank.customer({ main: li, assist: wang })
    await assign({ customerId, slices: [{ staffKey: li.staffKey, sharePct: '70', main: true }, { staffKey: wang.staffKey, sharePct: '30', main: false }], baseAdbFen: 900n })
    expect(await slicesOn(customerId, today)).toMatchObject([{ staff: li.staffKey, share: '70.00', base: '0' }, { staff: wang.staffKey, share: '30.00', base: '0' }])
    const kept = await bank.customer({ main: li, assist: wang })
    const before = await bank.look('SELECT id FROM assignment WHERE customer_id = $1 AND staff_key = $2', [kept, li.staffKey])
    await assign({ customerId: kept, slices: [{ staffKey: li.staffKey, sharePct: '60', main: true }, { staffKey: bank.staff.zhao.staffKey, sharePct: '40', main: false }] })
    expect(await bank.look('SELECT id FROM assignment WHERE customer_id = $1 AND staff_key = $2 AND to_date IS NULL', [kept, li.staffKey])).toEqual(before)
  })
  test('twice on one day: the first was never in force', async () => {
    const { li, wang, zhao } = bank.staff
    const customerId = await bank.customer({ main: li })
    await assign({ customerId, slices: [{ staffKey: wang.staffKey, sharePct: '100', main: true }] })
    await assign({ customerId, slices: [{ staffKey: zhao.staffKey, sharePct: '100', main: true }] })
    await assign({ customerId, slices: [{ staffKey: wang.staffKey, sharePct: '100', main: true }] })
    expect(await slicesOn(customerId, today)).toMatchObject([{ staff: wang.staffKey }])
    expect(await slicesOn(customerId, '2026-11-22')).toMatchObject([{ staff: li.staffKey }])
  })
  test('refused by name, and nothing is written', async () => {
    const { li, wang, reviewer, placeHead } = bank.staff
    const customerId = await bank.customer({ main: li })
    const one = (staffKey: number, sharePct = '100', main = true) => ({ staffKey, sharePct, main })
    expect(refusal(await assign({ customerId, slices: [] }))).toBe('no-slices')
    expect(refusal(await assign({ customerId, slices: [one(li.staffKey, '50'), one(wang.staffKey, '49', false)] }))).toBe('shares-not-100')
    expect(refusal(await assign({ customerId: newId(), slices: [one(wang.staffKey)] }))).toBe('not-found')
    expect(refusal(await assign({ customerId, slices: [one(reviewer.staffKey)] }))).toBe('not-a-manager')
    expect(refusal(await assign({ customerId, slices: [one(placeHead.staffKey)] }))).toBe('not-a-manager')
    expect(refusal(await assign({ customerId, slices: [one(999_999)] }))).toBe('not-a-manager')
    expect(refusal(await assign({ customerId, slices: [one(li.staffKey)] }))).toBe('same-assignment')
    await assign({ customerId, slices: [one(wang.staffKey)] })
    expect(refusal(await assign({ customerId, slices: [one(li.staffKey)], from: '2026-11-01' }))).toBe('later-assignment')
    expect(await slicesOn(customerId, today)).toMatchObject([{ staff: wang.staffKey }])
    await expect(batch((tx) => assignCustomer(tx, { customerId, slices: [], from: today, baseAdbFen: 0n, reason: null }))).rejects.toThrow('no-slices')
  })
  test('two at once: both are answered, the customer has one set of managers', async () => {
    const { wang, zhao, li } = bank.staff
    const customerId = await bank.customer({ main: li })
    const outcomes = await Promise.all([wang, zhao].map((person) => assign({ customerId, slices: [{ staffKey: person.staffKey, sharePct: '100', main: true }] })))
    expect(outcomes.map((outcome) => outcome.ok)).toEqual([true, true])
    const held = await slicesOn(customerId, today)
    expect(held).toHaveLength(1)
    expect((await scopeOf(customerId)).main).toBe(held[0]?.staff)
  })
})

test('scope columns are worked out anew: a wrong path is mended, a customer without manager has its outlet\'s path; a second run changes nothing', async () => {
  const { li } = bank.staff
  const customerId = await bank.customer({ main: li })
  const nobodys = await bank.customer({ main: li, bare: true })
  await bank.look("UPDATE customer SET scope_path = '009', viewers = '{7}' WHERE customer_id = $1", [customerId])
  await batch((tx) => refreshScopes(tx, { day: today, batch: newId(), why: 'test' }))
  expect(await scopeOf(customerId)).toEqual({ path: bank.units.south.scopePath, viewers: [li.staffKey], main: li.staffKey })
  expect(await scopeOf(nobodys)).toEqual({ path: bank.units.south.scopePath, viewers: [], main: null })
  expect(await batch((tx) => refreshScopes(tx, { day: today, batch: newId(), why: 'test' }))).toBe(0)
})
