import { afterAll, beforeAll, expect, test } from 'vitest'
import { smallBank, today, type Colleague, type SmallBank } from '../../tests/support/small-bank.ts'
import { getCustomer } from '../customers/customer.contract.ts'
import { takeOverAtOnce } from '../customers/ownership/hand-over.contract.ts'
import { newId } from '../foundation/values/uuid7.ts'
import { endEmploymentContract, endPostContract, holdPostContract, transferPersonContract } from '../organisation/person.contract.ts'
import { routes } from '../routes.ts'

let bank: SmallBank
beforeAll(async () => {
  bank = await smallBank(routes)
})
afterAll(() => bank.close())

const sees = async (who: Colleague, customerId: string): Promise<boolean> => (await bank.ask(who, getCustomer, { params: { customerId } })).status === 200
const pathOf = async (customerId: string): Promise<string | undefined> => (await bank.look<{ scope_path: string }>('SELECT scope_path FROM customer WHERE customer_id = $1', [customerId]))[0]?.scope_path

test('a manager who is transferred takes the scope of his customers to the new line on that day', async () => {
  const { staff, units } = bank
  const manager = await bank.colleague('调动员', 'RM', units.south.key)
  const customerId = await bank.customer({ main: manager })
  expect([await sees(staff.branchHead, customerId), await sees(staff.otherBranchHead, customerId)]).toEqual([true, false])
  const moved = await bank.ask(staff.hr, transferPersonContract, { params: { staffKey: manager.staffKey }, body: { postCode: 'RM', lineKey: units.department.key, placeKey: units.west.key, from: today, orderNo: '2026-31', reason: '轮岗', customers: 'TAKE_ALONG' } })
  expect(moved.status).toBe(200)
  expect([await sees(staff.branchHead, customerId), await sees(staff.otherBranchHead, customerId)]).toEqual([false, true])
})

test('a transfer of a later day moves nothing yet', async () => {
  const { staff, units } = bank
  const manager = await bank.colleague('待调员', 'RM', units.south.key)
  const customerId = await bank.customer({ main: manager })
  const before = await pathOf(customerId)
  const moved = await bank.ask(staff.hr, transferPersonContract, { params: { staffKey: manager.staffKey }, body: { postCode: 'RM', lineKey: units.department.key, placeKey: units.west.key, from: '2026-12-01', orderNo: '2026-32', reason: '轮岗', customers: 'TAKE_ALONG' } })
  expect(moved.status).toBe(200)
  expect(await pathOf(customerId)).toBe(before)
})

const held = async (manager: Colleague) => (await bank.look<{ n: number }>('SELECT count(*)::int AS n FROM assignment WHERE staff_key = $1 AND to_date IS NULL', [manager.staffKey]))[0]?.n

test('who holds customers neither leaves nor loses his post: the hand-over comes first, or his superior takes over at once', async () => {
  const { staff, units } = bank
  const manager = await bank.colleague('离岗员', 'RM', units.south.key)
  await bank.customer({ main: manager })
  const leave = () => bank.ask(staff.hr, endEmploymentContract, { params: { staffKey: manager.staffKey }, body: { from: today, reason: '辞职' } })
  const end = () => bank.ask(staff.hr, endPostContract, { params: { staffKey: manager.staffKey, postKey: manager.postKey }, body: { from: today, reason: '离岗培训' } })
  expect((await leave()).body).toMatchObject({ refusal: 'hand-over-needed', details: { count: '1', handOver: '尚未发起移交' } })
  expect((await end()).body).toMatchObject({ refusal: 'hand-over-needed' })
  expect((await bank.look('SELECT 1 FROM post_held WHERE key = $1 AND to_date IS NULL', [manager.postKey]))).toHaveLength(1)
  expect((await bank.ask(staff.outletHead, takeOverAtOnce, { body: { id: newId(), leaverKey: manager.staffKey, cause: 'SUSPENSION', reason: '停职调查' } })).status).toBe(200)
  expect([await held(manager), (await end()).status, (await leave()).status]).toEqual([0, 200, 200])
})

test('a transfer asks what happens to the customers', async () => {
  const { staff, units } = bank
  const manager = await bank.colleague('转岗员', 'RM', units.south.key)
  const customerId = await bank.customer({ main: manager })
  const transfer = (more: object) => bank.ask(staff.hr, transferPersonContract, { params: { staffKey: manager.staffKey }, body: { postCode: 'RM', lineKey: units.north.key, placeKey: units.north.key, from: today, reason: '轮岗', ...more } })
  expect((await transfer({})).body).toMatchObject({ refusal: 'customers-undecided', details: { count: '1' } })
  expect((await transfer({ customers: 'HAND_OVER' })).body.refusal).toBe('hand-over-needed')
  expect((await transfer({ customers: 'TAKE_ALONG', postCode: 'LOBBY' })).body.refusal).toBe('post-without-customers')
  expect((await transfer({ customers: 'TAKE_ALONG' })).status).toBe(200)
  expect(await pathOf(customerId)).toBe(units.north.scopePath)
})

test('a post of nobody ends at once', async () => {
  const { staff, units } = bank
  const manager = await bank.colleague('无户员', 'RM', units.department.key, units.west.key)
  expect((await bank.ask(staff.hr, endPostContract, { params: { staffKey: manager.staffKey, postKey: manager.postKey }, body: { from: today, reason: '离岗培训' } })).status).toBe(200)
  expect((await bank.ask(staff.hr, holdPostContract, { params: { staffKey: manager.staffKey }, body: { postCode: 'RM', lineKey: units.department.key, placeKey: units.west.key, from: today, orderNo: '2026-33' } })).status).toBe(200)
})
