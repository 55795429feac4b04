import { afterAll, beforeAll, expect, test } from 'vitest'
import { smallBank, today, type Colleague, type SmallBank } from '../../tests/support/small-bank.ts'
import { getCustomer } from '../customers/customer.contract.ts'
import { endPostContract, holdPostContract, transferPersonContract } from '../organisation/person.contract.ts'
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
  const moved = await bank.ask(staff.hr, transferPersonContract, { params: { staffKey: manager.staffKey }, body: { postCode: 'RM', lineKey: units.department.key, placeKey: units.west.key, from: today, orderNo: '2026-31', reason: '轮岗' } })
  expect(moved.status).toBe(200)
  expect([await sees(staff.branchHead, customerId), await sees(staff.otherBranchHead, customerId)]).toEqual([false, true])
})

test('a transfer of a later day moves nothing yet', async () => {
  const { staff, units } = bank
  const manager = await bank.colleague('待调员', 'RM', units.south.key)
  const customerId = await bank.customer({ main: manager })
  const before = await pathOf(customerId)
  const moved = await bank.ask(staff.hr, transferPersonContract, { params: { staffKey: manager.staffKey }, body: { postCode: 'RM', lineKey: units.department.key, placeKey: units.west.key, from: '2026-12-01', orderNo: '2026-32', reason: '轮岗' } })
  expect(moved.status).toBe(200)
  expect(await pathOf(customerId)).toBe(before)
})

test('a post that ends leaves the customers with the unit of their outlet, until another post is held', async () => {
  const { staff, units } = bank
  const manager = await bank.colleague('离岗员', 'RM', units.department.key, units.west.key)
  const customerId = await bank.customer({ main: manager })
  const before = await pathOf(customerId)
  expect((await bank.ask(staff.hr, endPostContract, { params: { staffKey: manager.staffKey, postKey: manager.postKey }, body: { from: today, reason: '离岗培训' } })).status).toBe(200)
  expect(await pathOf(customerId)).not.toBe(before)
  expect((await bank.ask(staff.hr, holdPostContract, { params: { staffKey: manager.staffKey }, body: { postCode: 'RM', lineKey: units.department.key, placeKey: units.west.key, from: today, orderNo: '2026-33' } })).status).toBe(200)
  expect(await pathOf(customerId)).toBe(before)
})
