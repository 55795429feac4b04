import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { smallBank, today, type Colleague, type SmallBank } from '../../tests/support/small-bank.ts'
import { getCustomer } from '../customers/customer.contract.ts'
import { decideAllocation, excludeManager, getAllocation, listAllocations, proposeAllocation, withdrawAllocation, type AllocationLine } from '../customers/ownership/allocation.contract.ts'
import { claimCustomer, returnToPool } from '../customers/ownership/pool.contract.ts'
import { newId } from '../foundation/values/uuid7.ts'
import { readMyDay } from '../reports/my-day.contract.ts'
import { routes } from '../routes.ts'

let bank: SmallBank
beforeAll(async () => {
  bank = await smallBank(routes)
  await bank.look("INSERT INTO product (code, name, name_en, line) VALUES ('P1', '活期', 'd', 'DEPOSIT'), ('P2', '理财', 'w', 'WEALTH')")
})
afterAll(() => bank.close())

/** A person in the pool of an outlet with so much (yuan) since the beginning of the year; half of it in wealth products. */
async function inPool(name: string, yuan: number, at: Colleague = bank.staff.li, more: { tier?: string; kind?: 'PERSON' | 'CORPORATE' } = {}): Promise<string> {
  const { tier = 'T2', kind = 'PERSON' } = more
  const customerId = await bank.customer({ main: at, tier, name, kind })
  await bank.look('DELETE FROM assignment WHERE customer_id = $1', [customerId])
  await bank.look('UPDATE customer SET main_staff_key = NULL, viewers = $2 WHERE customer_id = $1', [customerId, []])
  for (const product of ['P1', 'P2']) {
    const account = newId()
    await bank.look('INSERT INTO account (customer_id, id, core_key, product_code, outlet_key, opened_on) VALUES ($1, $2, $3, $4, $5, $6)', [customerId, account, account, product, bank.units.south.key, '2024-01-01'])
    await bank.look('INSERT INTO balance_span (customer_id, account_id, from_date, balance_fen) VALUES ($1, $2, $3, $4)', [customerId, account, '2026-01-01', yuan * 50])
  }
  return customerId
}
const propose = (who: Colleague, id = newId()) => bank.ask(who, proposeAllocation, { body: { id, reason: '第四季度公共池分配' } })
const decide = (who: Colleague, allocationId: string, confirm = true) => bank.ask(who, decideAllocation, { params: { allocationId }, body: { confirm, reason: '核对无误，同意' } })
const linesOf = async (who: Colleague, allocationId: string): Promise<AllocationLine[]> => (await bank.ask(who, getAllocation, { params: { allocationId } })).body['lines'] as AllocationLine[]
const exclude = (who: Colleague, customerId: string, staffKey: number, kind = 'OBJECTION') => bank.ask(who, excludeManager, { params: { customerId }, body: { id: newId(), staffKey, kind, reason: '客户来电说明' } })
const managers = async (customerId: string): Promise<number[]> => (await bank.look<{ staff_key: number }>('SELECT staff_key FROM assignment WHERE customer_id = $1 AND from_date <= $2 AND (to_date IS NULL OR to_date > $2)', [customerId, today])).map((row) => row.staff_key)

describe('the public pool is dealt out', () => {
  test('proposed by one head, confirmed by another: the largest first, to the lowest load, the base frozen', async () => {
    const { staff } = bank
    // 李 looks after twenty key persons: 0.1000; 王 after none
    for (let n = 0; n < 20; n++) await bank.customer({ main: staff.li, tier: 'T2', kind: 'PERSON', name: `存量${n}号` })
    const [big, middle, small] = [await inPool('大额一', 3_000_000), await inPool('大额二', 2_000_000), await inPool('大额三', 900_000)]
    const [lowTier, company, claimed] = [await inPool('普通户', 90_000, staff.li, { tier: 'T3' }), await inPool('池中企业有限公司', 9_000_000, staff.li, { kind: 'CORPORATE' }), await inPool('已被认领', 5_000_000)]
    expect((await bank.ask(staff.wang, claimCustomer, { params: { customerId: claimed }, body: { id: newId(), reason: '与客户同乡，熟悉' } })).status).toBe(200)
    expect((await propose(staff.li)).body.refusal).toBe('not-allowed')
    const before = (await bank.ask(staff.outletHead, listAllocations)).body
    expect([before['highEnd'], before['dueThisQuarter'], before['mayPropose']]).toEqual([3, true, { allowed: true, reason: null }])
    const id = newId()
    expect((await propose(staff.outletHead, id)).body).toMatchObject({ customers: 3, given: 3 })
    expect((await propose(staff.outletHead)).body.refusal).toBe('allocation-waits')
    // nothing has changed yet
    expect(await managers(big)).toEqual([])
    const lines = await linesOf(staff.branchHead, id)
    expect(lines.map((line) => [line.name, line.manager?.name, line.aumFen, line.loadBefore, line.loadAfter, line.sameOutlet])).toEqual([
      ['大额一', staff.wang.name, '300000000', '0.0000', '0.0050', true], ['大额二', staff.wang.name, '200000000', '0.0050', '0.0100', true], ['大额三', staff.wang.name, '90000000', '0.0100', '0.0150', true],
    ])
    // who proposed it, a manager, a head of another line
    expect((await decide(staff.outletHead, id)).body.refusal).toBe('own-allocation')
    expect((await decide(staff.li, id)).body.refusal).toBe('not-allowed')
    expect((await decide(staff.otherBranchHead, id)).status).toBe(404)
    const day = (await bank.ask(staff.lead, readMyDay)).body
    expect(JSON.stringify(day)).toContain('POOL_ALLOCATION')
    // a relative is named before it is decided; one got a manager meanwhile
    expect((await exclude(staff.lead, middle, staff.wang.staffKey, 'RELATIVE')).body).toEqual({ cameBack: false })
    expect((await exclude(staff.lead, middle, staff.wang.staffKey)).body.refusal).toBe('excluded-already')
    expect((await decide(staff.branchHead, id)).body).toEqual({ state: 'CONFIRMED', done: 2, not: 1 })
    expect((await decide(staff.branchHead, id)).body.refusal).toBe('allocation-decided')
    expect([await managers(big), await managers(middle), await managers(small)]).toEqual([[staff.wang.staffKey], [], [staff.wang.staffKey]])
    for (const customerId of [lowTier, company, claimed]) expect(await managers(customerId)).toEqual([])
    expect((await linesOf(staff.branchHead, id)).map((line) => [line.state, line.notGiven, line.baseAumFen])).toEqual([['ALLOCATED', null, '300000000'], ['NOT_ALLOCATED', 'conflict-of-interest', null], ['ALLOCATED', null, '90000000']])
    // deposits are half of it: the frozen base of the assignment is their year average
    expect(await bank.look('SELECT base_adb_fen::text AS base, base_as_of::text AS day, base_aum_fen::text AS aum FROM customers_pool_slice_facts WHERE customer_id = $1', [big])).toEqual([{ base: '150000000', day: today, aum: '300000000' }])
    expect((await bank.ask(staff.wang, getCustomer, { params: { customerId: big } })).body).toMatchObject({ relation: 'MAIN' })
    expect(await bank.look('SELECT title_zh FROM customers_pool_notice_facts WHERE staff_key = $1', [staff.wang.staffKey])).toEqual([{ title_zh: '公共池分配给您 2 位客户' }])
    expect((await bank.ask(staff.outletHead, listAllocations)).body).toMatchObject({ highEnd: 1, dueThisQuarter: false })
  })

  test('the customer objects: he is back in the pool, and the next allocation gives him to another one', async () => {
    const { staff } = bank
    const [given] = await bank.look<{ customer_id: string }>("SELECT customer_id FROM pool_allocation_line WHERE state = 'ALLOCATED' AND customer_name = '大额一'")
    const customerId = given?.customer_id ?? ''
    expect((await exclude(staff.wang, customerId, staff.wang.staffKey)).body.refusal).toBe('not-allowed')
    expect((await exclude(staff.otherBranchHead, customerId, staff.wang.staffKey)).status).toBe(404)
    expect((await exclude(staff.outletHead, customerId, staff.hr.staffKey)).body.refusal).toBe('not-a-manager')
    expect((await exclude(staff.outletHead, customerId, staff.wang.staffKey)).body).toEqual({ cameBack: true })
    expect(await managers(customerId)).toEqual([])
    expect((await bank.ask(staff.wang, getCustomer, { params: { customerId } })).status).toBe(404)
    const id = newId()
    expect((await propose(staff.lead, id)).body).toMatchObject({ customers: 2, given: 2 })
    expect((await linesOf(staff.lead, id)).map((line) => [line.name, line.manager?.name])).toEqual([['大额一', staff.li.name], ['大额二', staff.li.name]])
    // returned, nothing happens, and the customers stand free for the next
    expect((await decide(staff.outletHead, id, false)).body).toEqual({ state: 'RETURNED', done: 0, not: 2 })
    expect(await managers(customerId)).toEqual([])
    const again = newId()
    expect((await propose(staff.lead, again)).body).toMatchObject({ given: 2 })
    expect((await bank.ask(staff.outletHead, withdrawAllocation, { params: { allocationId: again }, body: { reason: '重新核对' } })).body.refusal).toBe('not-yours')
    expect((await bank.ask(staff.lead, withdrawAllocation, { params: { allocationId: again }, body: { reason: '重新核对' } })).status).toBe(200)
  })

  test('the head of the branch deals out to other outlets when one is full; a manager of companies gets nobody', async () => {
    const { staff } = bank
    const corporate = await bank.colleague('管企业的', 'RM', bank.units.north.key)
    await bank.customer({ main: corporate, kind: 'CORPORATE', tier: 'T3' })
    await inPool('城北客户', 700_000, staff.zhao)
    const id = newId()
    expect((await propose(staff.branchHead, id)).body).toMatchObject({ customers: 3, given: 3 })
    const lines = await linesOf(staff.leader, id)
    expect(lines.find((line) => line.name === '城北客户')?.manager?.name).toBe(staff.zhao.name)
    expect(lines.some((line) => line.manager?.staffKey === corporate.staffKey)).toBe(false)
    // who leads a part of the line only sees nothing of it
    expect((await decide(staff.outletHead, id)).status).toBe(404)
    await bank.look('UPDATE customer SET main_staff_key = $2 WHERE name = $1', ['城北客户', staff.zhao.staffKey])
    expect((await decide(staff.leader, id)).body).toEqual({ state: 'CONFIRMED', done: 2, not: 1 })
    expect((await linesOf(staff.leader, id)).find((line) => line.name === '城北客户')).toMatchObject({ state: 'NOT_ALLOCATED', notGiven: 'has-manager' })
  })

  test('the database keeps two persons apart and gives the proposer nothing', async () => {
    const { staff } = bank
    await expect(bank.look('UPDATE pool_allocation SET decided_by = asked_by WHERE state = $1', ['CONFIRMED'])).rejects.toThrow(/check/)
    await expect(bank.look('UPDATE pool_allocation_line SET staff_key = asked_by WHERE state = $1', ['ALLOCATED'])).rejects.toThrow(/check/)
    expect(await bank.look('SELECT 1 FROM pool_allocation_line l JOIN pool_allocation a ON a.id = l.allocation_id WHERE l.staff_key = a.asked_by')).toEqual([])
    expect(staff.lead.staffKey).not.toBe(staff.outletHead.staffKey)
  })

  test('a customer whom the head himself returned may be given as well', async () => {
    const { staff } = bank
    const customerId = await bank.customer({ main: staff.zhao, tier: 'T1', kind: 'PERSON', name: '退回的核心户' })
    expect((await bank.ask(staff.branchHead, returnToPool, { params: { customerId }, body: { from: today, reason: '原经理离岗' } })).status).toBe(200)
    expect((await propose(staff.branchHead)).body).toMatchObject({ customers: 1, given: 1 })
  })
})
