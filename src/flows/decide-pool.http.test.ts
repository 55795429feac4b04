import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { smallBank, today, type Colleague, type SmallBank } from '../../tests/support/small-bank.ts'
import { getCustomer } from '../customers/customer.contract.ts'
import { listLoads, readLoad } from '../customers/ownership/load.contract.ts'
import { readOwnership } from '../customers/ownership/ownership.contract.ts'
import { claimCustomer, contestClaim, decideClaims, listClaims, listPool, returnToPool, withdrawClaim, type PoolClaimView, type PoolRow } from '../customers/ownership/pool.contract.ts'
import { moveBusinessDate } from '../deliveries/add-bank.ts'
import { newId } from '../foundation/values/uuid7.ts'
import { routes } from '../routes.ts'
import { recordContact } from '../visits/contact.contract.ts'
import { startDay } from './parts/start-day.ts'

let bank: SmallBank
beforeAll(async () => {
  bank = await smallBank(routes)
})
afterAll(() => bank.close())

const pool = async (who: Colleague, query: Record<string, unknown> = {}): Promise<PoolRow[]> => (await bank.ask(who, listPool, { query })).body.items as unknown as PoolRow[]
const claims = async (who: Colleague): Promise<PoolClaimView[]> => (await bank.ask(who, listClaims)).body.items as unknown as PoolClaimView[]
const claim = (who: Colleague, customerId: string, id = newId()) => bank.ask(who, claimCustomer, { params: { customerId }, body: { id, reason: '与客户同乡，熟悉' } })
const giveBack = (who: Colleague, customerId: string, more: object = {}) => bank.ask(who, returnToPool, { params: { customerId }, body: { from: today, reason: '长期无人维护', ...more } })
const managers = (customerId: string, day: string) => bank.look<{ staff_key: number }>('SELECT staff_key FROM assignment WHERE customer_id = $1 AND from_date <= $2 AND (to_date IS NULL OR to_date > $2)', [customerId, day])
const nextDay = async (day: string): Promise<void> => {
  await bank.services.db.asBatch((tx) => moveBusinessDate(tx, day))
  expect((await startDay(bank.services))?.failed).toEqual([])
}

describe('the pool', () => {
  test('a supervisor returns a customer, with a reason; a customer with loans, his own and one of another unit not', async () => {
    const { staff, units } = bank
    const customerId = await bank.customer({ main: staff.li, assist: staff.wang, tier: 'T3', name: '退池贸易有限公司' })
    await bank.ask(staff.li, recordContact, { params: { customerId }, body: { id: newId(), mode: 'PHONE', businessDate: today, summary: '最后一次' } })
    expect((await giveBack(staff.li, customerId)).body.refusal).toBe('not-allowed')
    expect((await giveBack(staff.otherBranchHead, customerId)).status).toBe(404)
    expect((await giveBack(staff.lead, customerId, { from: '2026-10-30' })).body.refusal).toBe('return-day')
    const indebted = await bank.customer({ main: staff.li, tier: 'T3' })
    await bank.look('UPDATE customer SET loan_fen = 1 WHERE customer_id = $1', [indebted])
    expect((await giveBack(staff.lead, indebted)).body.refusal).toBe('has-loans')
    expect((await giveBack(staff.lead, await bank.customer({ main: staff.lead, tier: 'T3' }))).body.refusal).toBe('not-allowed')
    expect((await giveBack(staff.lead, customerId)).status).toBe(200)
    expect((await giveBack(staff.lead, customerId)).body.refusal).toBe('in-pool-already')
    expect(await managers(customerId, today)).toEqual([])
    expect(await bank.look('SELECT scope_path, viewers FROM contact WHERE customer_id = $1', [customerId])).toEqual([{ scope_path: units.south.scopePath, viewers: [] }])
    expect((await bank.ask(staff.li, getCustomer, { params: { customerId } })).status).toBe(404)
    // visible to the managers of the outlet and the heads above, to nobody else
    for (const who of [staff.li, staff.wang, staff.lead, staff.branchHead]) expect((await pool(who)).map((row) => row.name)).toContain('退池贸易有限公司')
    for (const who of [staff.zhao, staff.qian, staff.otherBranchHead]) expect((await pool(who)).map((row) => row.name)).not.toContain('退池贸易有限公司')
    const row = (await pool(staff.wang)).find((one) => one.customerId === customerId)
    expect([row?.formerName, row?.since, row?.lastContactOn, row?.opens]).toEqual([staff.li.name, today, today, false])
    expect((await bank.ask(staff.lead, readOwnership, { params: { customerId } })).body).toMatchObject({ inPool: true, events: [{ kind: 'RETURNED', person: staff.lead.name, reason: '长期无人维护' }, { kind: 'ASSIGNED' }, { kind: 'ASSIGNED' }] })
  })

  test('a claim that stands alone is granted at the day’s start after its window; the base is frozen', async () => {
    const { staff } = bank
    const customerId = await bank.customer({ main: staff.li, tier: 'T3', name: '认领商行' })
    await giveBack(staff.lead, customerId)
    const refusals = [
      [await claim(staff.zhao, customerId), 'not-found'],   // not of his outlet
      [await claim(staff.li, customerId), 'cooling'],       // he had it until today
    ] as const
    for (const [answer, refusal] of refusals) expect(answer.body.refusal).toBe(refusal)
    expect((await pool(staff.li)).find((row) => row.customerId === customerId)?.claim).toEqual({ allowed: false, reason: 'cooling' })
    const core = await bank.customer({ main: staff.li, tier: 'T1', name: '核心池户' })
    await giveBack(staff.lead, core)
    expect((await claim(staff.wang, core)).body.refusal).toBe('tier-not-claimed')
    const id = newId()
    expect((await claim(staff.wang, customerId, id)).body).toEqual({ id, openUntil: '2026-11-25', disputed: false })
    expect((await claim(staff.wang, customerId)).body.refusal).toBe('claimed-already')
    await nextDay('2026-11-25')
    expect(await managers(customerId, '2026-11-25')).toEqual([])
    await nextDay('2026-11-26')
    expect(await managers(customerId, '2026-11-26')).toEqual([{ staff_key: staff.wang.staffKey }])
    expect((await bank.ask(staff.wang, getCustomer, { params: { customerId } })).body).toMatchObject({ relation: 'MAIN' })
    expect((await claims(staff.wang))[0]).toMatchObject({ state: 'GRANTED', decidedBy: null })
  })

  test('two claims, or a contest of the former manager, are a dispute: only the head decides, with a reason', async () => {
    const { staff, units } = bank
    const newcomer = await bank.colleague('新来的', 'RM', units.south.key)
    const customerId = await bank.customer({ main: staff.li, tier: 'T2', name: '争议实业有限公司' })
    await giveBack(staff.lead, customerId, { from: '2026-11-26' })
    expect((await claim(staff.wang, customerId)).body).toMatchObject({ disputed: false })
    expect((await claim(newcomer, customerId)).body).toMatchObject({ disputed: true })
    // each of the two knows that he is not alone, and not who the other is
    for (const who of [staff.wang, newcomer]) expect((await claims(who)).filter((one) => one.customerId === customerId).map((one) => [one.staffName, one.disputed])).toEqual([[who.name, true]])
    const mine = newId()
    expect((await bank.ask(newcomer, contestClaim, { params: { customerId }, body: { id: newId(), reason: '应归我管' } })).body.refusal).toBe('not-the-former')
    expect((await claims(staff.li)).filter((one) => one.customerId === customerId).map((one) => one.mayContest)).toEqual([true, true])
    expect((await bank.ask(staff.li, contestClaim, { params: { customerId }, body: { id: mine, reason: '客户仍由我维护' } })).status).toBe(200)
    await nextDay('2026-12-02')
    // alone nobody is: it waits for the head, however long
    expect(await managers(customerId, '2026-12-02')).toEqual([])
    expect((await claims(staff.lead)).filter((one) => one.customerId === customerId).map((one) => [one.disputed, one.mayDecide])).toEqual([[true, true], [true, true], [true, true]])
    const decide = (who: Colleague, claimId: string | null) => bank.ask(who, decideClaims, { params: { customerId }, body: { claimId, reason: '原客户经理情况熟悉' } })
    expect((await decide(staff.wang, mine)).body.refusal).toBe('not-allowed')
    expect((await decide(staff.lead, newId())).body.refusal).toBe('no-open-claim')
    expect((await decide(staff.lead, mine)).body).toEqual({ decided: 3 })
    expect(await managers(customerId, '2026-12-02')).toEqual([{ staff_key: staff.li.staffKey }])
    expect((await claims(newcomer)).filter((one) => one.customerId === customerId)).toMatchObject([{ state: 'REFUSED', decidedBy: staff.lead.name, decisionReason: '原客户经理情况熟悉' }])
    expect((await decide(staff.lead, null)).body.refusal).toBe('no-open-claim')
  })

  test('at most three a day; withdrawn ones count no more; two at once are both told', async () => {
    const { staff, units } = bank
    const eager = await bank.colleague('抢客户', 'RM', units.south.key)
    const other = await bank.colleague('另一位', 'RM', units.south.key)
    const many: string[] = []
    for (let n = 0; n < 5; n++) {
      many.push(await bank.customer({ main: staff.li, tier: 'T4', name: `池户${n}号` }))
      await giveBack(staff.lead, many[n] ?? '', { from: '2026-12-02' })
    }
    const [a = '', b = '', c = '', d = '', e = ''] = many
    const first = newId()
    expect((await claim(eager, a, first)).status).toBe(200)
    for (const id of [b, c]) expect((await claim(eager, id)).status).toBe(200)
    expect((await claim(eager, d)).body).toMatchObject({ refusal: 'daily-cap', details: { most: '3' } })
    expect((await bank.ask(eager, withdrawClaim, { params: { customerId: a, claimId: first }, body: { reason: '不认领了' } })).status).toBe(200)
    expect((await bank.ask(eager, withdrawClaim, { params: { customerId: a, claimId: first }, body: { reason: '不认领了' } })).body.refusal).toBe('claim-decided')
    expect((await claim(eager, d)).status).toBe(200)
    const both = await Promise.all([claim(other, e), claim(staff.wang, e)])
    expect(both.map((answer) => answer.status)).toEqual([200, 200])
    expect(both.filter((answer) => answer.body['disputed'] === true)).toHaveLength(1)
  })
})

test('the planning view: how full everybody of the line is, sums by outlet with the pool; a manager sees himself', async () => {
  const { staff } = bank
  const seen = (await bank.ask(staff.branchHead, listLoads)).body as unknown as { items: { staffKey: number; ratio: string; tiers: Record<string, number> }[]; units: { unitName: string; pool: number; managers: number }[] }
  const li = seen.items.find((one) => one.staffKey === staff.li.staffKey)
  expect(li?.ratio).toMatch(/^\d\.\d{4}$/)
  expect(seen.units.find((unit) => unit.unitName === '城南网点')?.pool).toBeGreaterThan(0)
  expect(seen.items.some((one) => one.staffKey === staff.qian.staffKey)).toBe(false)
  expect(((await bank.ask(staff.li, listLoads)).body as unknown as typeof seen).items.map((one) => one.staffKey)).toEqual([staff.li.staffKey])
  expect((await bank.ask(staff.lead, readLoad, { params: { staffKey: staff.li.staffKey } })).body).toMatchObject({ load: { name: staff.li.name } })
  expect((await bank.ask(staff.lead, readLoad, { params: { staffKey: staff.zhao.staffKey } })).body).toMatchObject({ load: null })
})
