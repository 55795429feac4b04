import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { smallBank, today, type Colleague, type SmallBank } from '../../tests/support/small-bank.ts'
import { getCustomer, assignCustomerContract } from '../customers/customer.contract.ts'
import {
  changeHandOverList, closeHandOver, finishHandOverList, getHandOver, listHandOverItems, listHandOvers, moveHandOverDay, openHandOver, sampleHandOver, signHandOver, withdrawHandOver, type HandOverItemView, type HandOverView,
} from '../customers/ownership/hand-over.contract.ts'
import { moveBusinessDate } from '../deliveries/add-bank.ts'
import { hashPassword } from '../foundation/access/passwords.ts'
import { sql } from '../foundation/database/transaction.ts'
import { newId } from '../foundation/values/uuid7.ts'
import { listCommitments } from '../reports/commitments.contract.ts'
import { routes } from '../routes.ts'
import { recordContact } from '../visits/contact.contract.ts'
import { startDay } from './parts/start-day.ts'

const password = 'a-long-word-77'
let bank: SmallBank
beforeAll(async () => {
  bank = await smallBank(routes)
})
afterAll(() => bank.close())

/** A password of his own for who signs: the small bank's sessions have none. */
async function withPassword(person: Colleague): Promise<void> {
  await bank.session(person)
  await bank.look('UPDATE credential SET password_hash = $2 WHERE staff_key = $1', [person.staffKey, await hashPassword(password)])
}
const nextDay = async (day: string): Promise<void> => {
  await bank.services.db.asBatch((tx) => moveBusinessDate(tx, day))
  const done = await startDay(bank.services)
  expect(done?.failed).toEqual([])
}
const view = async (who: Colleague, handOverId: string): Promise<HandOverView> => (await bank.ask(who, getHandOver, { params: { handOverId } })).body as unknown as HandOverView
const items = async (who: Colleague, handOverId: string, query: object = {}): Promise<HandOverItemView[]> => (await bank.ask(who, listHandOverItems, { params: { handOverId }, query: query as Record<string, unknown> })).body.items as unknown as HandOverItemView[]
const sign = (who: Colleague, handOverId: string, listVersion: number, more: object = {}) => bank.ask(who, signHandOver, { params: { handOverId }, body: { listVersion, password, declared: true, ...more } })
const slices = (customerId: string, day: string) => bank.look<{ staff_key: number; share_pct: string; main: boolean }>(
  'SELECT staff_key, share_pct::text, main FROM assignment WHERE customer_id = $1 AND from_date <= $2 AND (to_date IS NULL OR to_date > $2) ORDER BY main DESC, staff_key', [customerId, day])
const sees = async (who: Colleague, customerId: string): Promise<string | number> => {
  const answer = await bank.ask(who, getCustomer, { params: { customerId } })
  return answer.status === 200 ? (answer.body['relation'] as string) : answer.status
}

describe('a hand-over from the opening to the joint visits', () => {
  let leaver: Colleague
  let core: string
  let plain: string
  let shared: string
  const id = newId()
  beforeAll(async () => {
    const { staff, units } = bank
    leaver = await bank.colleague('离任员', 'RM', units.south.key)
    for (const person of [leaver, staff.li, staff.wang, staff.lead]) await withPassword(person)
    core = await bank.customer({ main: leaver, name: '核心制造有限公司' })
    plain = await bank.customer({ main: leaver, name: '普通贸易有限公司', tier: 'T3' })
    shared = await bank.customer({ main: leaver, assist: staff.wang, name: '共管物流有限公司', tier: 'T3' })
    await bank.look('UPDATE assignment SET base_adb_fen = 777 WHERE customer_id = $1 AND staff_key = $2', [shared, staff.wang.staffKey])
    await bank.ask(leaver, recordContact, { params: { customerId: plain }, body: { id: newId(), mode: 'PHONE', businessDate: today, summary: '谈续存', nextAction: '送利率方案', nextOn: '2026-11-23' } })
    // both planned a contact with the one, only the leaver with the other
    for (const [customerId, who] of [[plain, leaver], [shared, leaver], [shared, staff.wang]] as const) await bank.look(
      "INSERT INTO planned_contact (customer_id, id, staff_key, planned_on, subject, made_by, made_on) VALUES ($1, gen_random_uuid(), $2, '2026-12-02', '回访', $2, $3)", [customerId, who.staffKey, today])
    // one that his superior gave him, one of his own, one that his receiver gave him, one that is done
    for (const [title, source, giver, ended] of [['上级交办', 'LEADER', staff.lead, null], ['自办', 'RM_OWN', leaver, null], ['同事交办', 'LEADER', staff.wang, null], ['已办', 'LEADER', staff.lead, today]] as const) await bank.look(
      `WITH t AS (INSERT INTO assigned_task (id, group_id, title, content, source, priority, given_by, given_on, owner_key, customer_id, due_on, evidence_asked, state, ended_on, viewers)
        VALUES (gen_random_uuid(), gen_random_uuid(), $1, 'x', $2, 'USUAL', $3, $4, $5, $6, '2026-12-03', 'x', 'ACCEPTED', $7, ARRAY[$3, $5]::int[]) RETURNING id)
      INSERT INTO task_event (id, task_id, kind, done_by, done_on, viewers) SELECT gen_random_uuid(), id, 'GIVE', $3, $4, ARRAY[$3, $5]::int[] FROM t`, [title, source, giver.staffKey, today, leaver.staffKey, plain, ended])
  })

  test('opened by a head of the line with the direct superior as supervisor; who may not receive is refused by name', async () => {
    const { staff } = bank
    const open = (who: Colleague, more: object = {}) => bank.ask(who, openHandOver, { body: { id, leaverKey: leaver.staffKey, cause: 'RESIGNATION', effectiveOn: '2026-11-25', receivers: [staff.li.staffKey, staff.wang.staffKey], reason: '离职', customers: 'ALL', ...more } })
    expect((await open(staff.outletHead, { effectiveOn: today })).body.refusal).toBe('effective-day')
    expect((await open(staff.otherBranchHead)).body.refusal).toBe('leaver-has-none')
    expect((await open(staff.outletHead, { receivers: [staff.lead.staffKey] })).body.refusal).toBe('same-person')
    expect((await open(staff.outletHead, { receivers: [staff.reviewer.staffKey] })).body.refusal).toBe('not-a-manager')
    expect((await open(staff.outletHead, { supervisorKey: staff.zhao.staffKey })).body.refusal).toBe('supervisor-by-branch')
    expect((await open(staff.outletHead, { customers: [await bank.customer({ main: staff.zhao })] })).body).toMatchObject({ refusal: 'not-the-leavers', details: { count: '1' } })
    expect((await open(staff.outletHead)).body).toMatchObject({ id, customers: 3 })
    const seen = await view(staff.lead, id)
    expect([seen.state, seen.supervisor.name, seen.supervisorNamedBy, seen.counts.mustSample]).toEqual(['OPENED', staff.lead.name, null, 1])
    // what capabilities publish; those that hold nothing of these customers say 0
    const counts = new Map(seen.package.map((one) => [one.kind, one.count]))
    expect([counts.get('GRANT'), counts.get('LOAN'), counts.get('NEXT_STEP')]).toEqual([0, 0, 1])
    expect((await bank.ask(leaver, listHandOvers)).body.items).toMatchObject([{ id, waitsForMe: 'LIST' }])
    expect((await bank.ask(staff.zhao, getHandOver, { params: { handOverId: id } })).status).toBe(404)
    expect((await bank.ask(staff.hr, getHandOver, { params: { handOverId: id } })).status).toBe(200)
    expect((await bank.ask(staff.hr, listHandOverItems, { params: { handOverId: id } })).status).toBe(404)
  })

  test('the list is given to each receiver, submitted by the leaver; then the receivers may read what they must check', async () => {
    const { staff } = bank
    const give = (who: Colleague, listVersion: number, customers: string[], to: Colleague) => bank.ask(who, changeHandOverList, { params: { handOverId: id }, body: { listVersion, change: 'GIVE', customers, receivers: [to.staffKey] } })
    expect((await give(staff.li, 1, [core], staff.li)).body.refusal).toBe('not-your-list')
    expect((await give(leaver, 1, [core], staff.li)).body).toMatchObject({ listVersion: 2, changed: 1 })
    expect((await give(leaver, 2, [plain, shared], staff.wang)).body).toMatchObject({ listVersion: 3, changed: 2 })
    expect((await give(leaver, 2, [core], staff.wang)).body).toMatchObject({ refusal: 'list-changed', details: { version: '3' } })
    expect((await sign(leaver, id, 3)).body.refusal).toBe('not-listed')
    expect(await sees(staff.li, core)).toBe(404)
    expect((await bank.ask(leaver, finishHandOverList, { params: { handOverId: id }, body: { listVersion: 3 } })).body).toEqual({ state: 'LISTED', grants: 1 })
    expect(await sees(staff.li, core)).toBe('GRANT')
    expect(await sees(staff.wang, plain)).toBe(404)
    expect((await items(staff.li, id)).map((item) => [item.name, item.opens])).toEqual([['核心制造有限公司', true]])
    // a promise and three tasks
    expect(Object.fromEntries((await items(leaver, id)).map((item) => [item.customerId, item.along]))).toEqual({ [core]: 0, [plain]: 4, [shared]: 0 })
  })

  test('while it stands on a submitted list a customer is not assigned otherwise', async () => {
    const answer = await bank.ask(bank.staff.outletHead, assignCustomerContract, { params: { customerId: core }, body: { slices: [{ staffKey: bank.staff.wang.staffKey, sharePct: '100', main: true }], from: today, reason: '调整' } })
    expect(answer.body.refusal).toBe('in-hand-over')
  })

  test('three sign, in order, each once, with the password; an item added after a signature voids all of them', async () => {
    const { staff } = bank
    expect((await sign(leaver, id, 3)).body.refusal).toBe('samples-missing')
    expect((await bank.ask(staff.wang, sampleHandOver, { params: { handOverId: id }, body: { customers: [core] } })).body.refusal).toBe('not-the-receiver')
    expect((await bank.ask(staff.li, sampleHandOver, { params: { handOverId: id }, body: { customers: [core], note: '档案齐全' } })).body).toEqual({ state: 'SAMPLED', left: 0 })
    expect((await sign(staff.outletHead, id, 3)).body.refusal).toBe('not-a-party')
    expect((await sign(staff.li, id, 3)).body.refusal).toBe('leaver-first')
    expect((await sign(leaver, id, 3, { declared: false })).body.refusal).toBe('not-declared')
    expect((await sign(leaver, id, 3, { password: 'guessed-wrong-1' })).body.refusal).toBe('wrong-password')
    expect((await bank.look('SELECT 1 FROM hand_over_signature WHERE hand_over_id = $1', [id]))).toHaveLength(0)
    expect((await sign(leaver, id, 3)).body).toEqual({ state: 'SIGNED_BY_LEAVER' })
    expect((await sign(leaver, id, 3)).body.refusal).toBe('signed-already')
    expect((await sign(staff.lead, id, 3)).body.refusal).toBe('receivers-first')
    // a further customer: the list is another one, nobody has signed it
    const late = await bank.customer({ main: leaver, name: '补录商行', tier: 'T4' })
    expect((await bank.ask(leaver, changeHandOverList, { params: { handOverId: id }, body: { listVersion: 3, change: 'ADD', customers: [late], receivers: [staff.wang.staffKey] } })).body).toMatchObject({ listVersion: 4, customers: 4 })
    const seen = await view(leaver, id)
    expect([seen.state, seen.signatures.map((one) => one.signedAt), seen.signatures[0]?.formerVersions]).toEqual(['SAMPLED', [null, null, null, null], 1])
    for (const [who, state] of [[leaver, 'SIGNED_BY_LEAVER'], [staff.li, 'SIGNED_BY_LEAVER'], [staff.wang, 'SIGNED_BY_RECEIVER'], [staff.lead, 'SIGNED_BY_SUPERVISOR']] as const) expect((await sign(who, id, 4)).body).toEqual({ state })
    const digests = await bank.look<{ list_digest: string }>('SELECT list_digest FROM hand_over_signature WHERE hand_over_id = $1 AND list_version = 4', [id])
    expect(new Set(digests.map((row) => row.list_digest)).size).toBe(1)
  })

  test('one person is one side: the database itself refuses the second', async () => {
    const party = (side: string) => bank.look('INSERT INTO hand_over_party (hand_over_id, staff_key, side) VALUES ($1, $2, $3)', [id, bank.staff.li.staffKey, side])
    await expect(party('SUPERVISOR')).rejects.toThrow(/duplicate key/)
    const signature = bank.look(`INSERT INTO hand_over_signature (hand_over_id, list_version, staff_key, side, list_digest, signed_on) VALUES ($1, 9, $2, 'SUPERVISOR', 'x', '2026-11-23')`, [id, bank.staff.li.staffKey])
    await expect(signature).rejects.toThrow(/foreign key/)
  })

  test('nothing moves before its day; at the day’s start everything does: shares, base, scope, contacts, promises', async () => {
    const { staff } = bank
    await nextDay('2026-11-24')
    expect(await slices(core, '2026-11-24')).toMatchObject([{ staff_key: leaver.staffKey }])
    await nextDay('2026-11-25')
    expect(await slices(core, '2026-11-24')).toMatchObject([{ staff_key: leaver.staffKey }])
    expect(await slices(core, '2026-11-25')).toEqual([{ staff_key: staff.li.staffKey, share_pct: '100.00', main: true }])
    // he assisted there: one slice of both shares, his own base
    expect(await slices(shared, '2026-11-25')).toEqual([{ staff_key: staff.wang.staffKey, share_pct: '100.00', main: true }])
    expect(await bank.look('SELECT base_adb_fen FROM assignment WHERE customer_id = $1 AND to_date IS NULL', [shared])).toEqual([{ base_adb_fen: '777' }])
    expect([await sees(leaver, core), await sees(staff.li, core), await sees(staff.wang, plain)]).toEqual([404, 'MAIN', 'MAIN'])
    expect(await bank.look('SELECT viewers FROM contact WHERE customer_id = $1', [plain])).toEqual([{ viewers: [staff.wang.staffKey] }])
    expect((await bank.ask(staff.wang, listCommitments, { query: { kind: 'NEXT_STEP' } })).body.items).toMatchObject([{ what: '送利率方案' }])
    expect((await bank.ask(leaver, listCommitments, { query: { kind: 'NEXT_STEP' } })).body.items).toEqual([])
    const planned = (customerId: string) => bank.look('SELECT staff_key, ended_on::text FROM planned_contact WHERE customer_id = $1 ORDER BY ended_on NULLS FIRST', [customerId])
    expect(await planned(plain)).toEqual([{ staff_key: staff.wang.staffKey, ended_on: null }])
    expect(await planned(shared)).toEqual([{ staff_key: staff.wang.staffKey, ended_on: null }, { staff_key: leaver.staffKey, ended_on: '2026-11-25' }])
    const wang = staff.wang.staffKey
    const both = [wang, staff.lead.staffKey].sort((a, b) => a - b)
    expect(await bank.look('SELECT t.title, t.owner_key, t.given_by, t.source, t.viewers, e.viewers AS seen_by FROM assigned_task t JOIN task_event e ON e.task_id = t.id WHERE t.customer_id = $1 AND t.ended_on IS NULL ORDER BY t.title', [plain])).toEqual(expect.arrayContaining([
      { title: '上级交办', owner_key: wang, given_by: staff.lead.staffKey, source: 'LEADER', viewers: both, seen_by: both },
      { title: '自办', owner_key: wang, given_by: wang, source: 'RM_OWN', viewers: [wang], seen_by: [wang] },
      { title: '同事交办', owner_key: wang, given_by: wang, source: 'RM_OWN', viewers: [wang], seen_by: [wang] },
    ]))
    expect(await bank.look("SELECT owner_key FROM assigned_task WHERE customer_id = $1 AND title = '已办'", [plain])).toEqual([{ owner_key: leaver.staffKey }])
    const seen = await view(staff.lead, id)
    expect([seen.state, seen.effectedOn, seen.visitsUntil, seen.counts.visits, seen.counts.visited]).toEqual(['FOLLOW_UP', '2026-11-25', '2026-12-25', 1, 0])
    // called again, nothing is left to do
    expect(await startDay(bank.services)).toMatchObject({ handOvers: 0, customers: 0 })
  })

  test('the joint visit of leaver (or supervisor) and receiver closes it', async () => {
    const { staff } = bank
    expect((await bank.ask(staff.lead, closeHandOver, { params: { handOverId: id }, body: { reason: '办结' } })).body).toMatchObject({ refusal: 'visits-open', details: { count: '1' } })
    const visit = (people: number[]) => bank.ask(staff.li, recordContact, { params: { customerId: core }, body: { id: newId(), mode: 'VISIT', businessDate: '2026-11-25', summary: '交接走访', ourPeople: people } })
    await visit([])
    expect((await view(staff.lead, id)).counts.visited).toBe(0)
    await visit([staff.lead.staffKey])
    expect((await view(staff.lead, id)).counts.visited).toBe(1)
    expect((await items(staff.lead, id, { show: 'TO_VISIT' }))[0]?.visitedOn).toBe('2026-11-25')
    await startDay(bank.services)
    expect((await view(staff.lead, id)).state).toBe('CLOSED')
  })
})

describe('what is refused', () => {
  test('nobody is given more than he can carry: neither by assignment nor by hand-over', async () => {
    const { units, staff } = bank
    const giver = await bank.colleague('授信员', 'RM', units.south.key)
    const taker = await bank.colleague('接收员', 'RM', units.south.key)
    const loans: string[] = []
    for (let n = 0; n < 9; n++) loans.push(await bank.customer({ main: giver, name: `贷款企业${n}有限公司`, tier: 'T1' }))
    await bank.look('UPDATE customer SET loan_fen = 100 WHERE customer_id = ANY($1)', [loans])
    // nine core companies with loans: 9 × 3 ÷ 20 = 1.35
    const id = newId()
    const body = { id, leaverKey: giver.staffKey, cause: 'TRANSFER', effectiveOn: '2026-12-01', receivers: [taker.staffKey], reason: '轮岗', customers: 'ALL' }
    expect((await bank.ask(staff.outletHead, openHandOver, { body })).status).toBe(200)
    expect((await bank.ask(giver, finishHandOverList, { params: { handOverId: id }, body: { listVersion: 1 } })).body).toMatchObject({ refusal: 'over-capacity', details: { name: taker.name, ratio: '1.3500' } })
    expect((await view(staff.outletHead, id)).loads).toMatchObject([{ ratio: '1.3500', verdict: 'STOP' }])
    // eight are 1.20: within
    expect((await bank.ask(giver, changeHandOverList, { params: { handOverId: id }, body: { listVersion: 1, change: 'REMOVE', customers: loans.slice(0, 1) } })).status).toBe(200)
    expect((await bank.ask(giver, finishHandOverList, { params: { handOverId: id }, body: { listVersion: 2 } })).status).toBe(200)
    // the giver holds 1.35 himself: a further one is refused with the figure
    const other = await bank.customer({ main: staff.wang, tier: 'T1' })
    const assign = await bank.ask(staff.outletHead, assignCustomerContract, { params: { customerId: other }, body: { slices: [{ staffKey: giver.staffKey, sharePct: '100', main: true }], from: '2026-11-25', reason: '调整' } })
    expect(assign.body).toMatchObject({ refusal: 'over-capacity', details: { ratio: '1.4000', most: '1.2000' } })
    expect((await bank.ask(staff.outletHead, withdrawHandOver, { params: { handOverId: id }, body: { reason: '不调了' } })).body).toEqual({ state: 'WITHDRAWN' })
    expect(await bank.look('SELECT 1 FROM read_grant WHERE staff_key = $1 AND withdrawn_on IS NULL', [taker.staffKey])).toEqual([])
  })

  test('after its day nobody signs; another day is another list', async () => {
    const { staff, units } = bank
    const leaver = await bank.colleague('误期员', 'RM', units.south.key)
    for (const person of [leaver, staff.li, staff.lead]) await withPassword(person)
    await bank.customer({ main: leaver, tier: 'T4' })
    const id = newId()
    await bank.ask(staff.outletHead, openHandOver, { body: { id, leaverKey: leaver.staffKey, cause: 'TRANSFER', effectiveOn: '2026-11-26', receivers: [staff.li.staffKey], reason: '轮岗', customers: 'ALL' } })
    await bank.ask(leaver, finishHandOverList, { params: { handOverId: id }, body: { listVersion: 1 } })
    expect((await sign(leaver, id, 1)).status).toBe(200)
    await nextDay('2026-11-26')
    expect((await sign(staff.li, id, 1)).body).toMatchObject({ refusal: 'effective-day-passed', details: { day: '2026-11-26' } })
    expect((await bank.ask(staff.outletHead, moveHandOverDay, { params: { handOverId: id }, body: { effectiveOn: '2026-11-27', reason: '顺延' } })).body).toEqual({ listVersion: 2 })
    expect((await view(leaver, id)).state).toBe('SAMPLED')
    for (const who of [leaver, staff.li, staff.lead]) expect((await sign(who, id, 2)).status).toBe(200)
    await nextDay('2026-11-27')
    expect((await view(leaver, id)).state).toBe('CLOSED')
  })

  test('one hand-over that cannot take effect holds back no other', async () => {
    const { staff, units } = bank
    const made: string[] = []
    for (const name of ['甲离员', '乙离员']) {
      const leaver = await bank.colleague(name, 'RM', units.south.key)
      for (const person of [leaver, staff.li, staff.lead]) await withPassword(person)
      const customerId = await bank.customer({ main: leaver, tier: 'T4', ...(made.length === 0 ? { assist: staff.li } : {}) })
      const id = newId()
      made.push(id)
      await bank.ask(staff.outletHead, openHandOver, { body: { id, leaverKey: leaver.staffKey, cause: 'TRANSFER', effectiveOn: '2026-11-28', receivers: [staff.li.staffKey], reason: '轮岗', customers: 'ALL' } })
      await bank.ask(leaver, finishHandOverList, { params: { handOverId: id }, body: { listVersion: 1 } })
      for (const who of [leaver, staff.li, staff.lead]) expect((await sign(who, id, 1)).status).toBe(200)
      // a delivery planned an end of the receiver's own slice: the two cannot be joined
      if (made.length === 1) await bank.look('UPDATE assignment SET to_date = $2 WHERE customer_id = $1 AND staff_key = $3', [customerId, '2027-01-01', staff.li.staffKey])
    }
    await bank.services.db.asBatch((tx) => moveBusinessDate(tx, '2026-11-28'))
    const done = await startDay(bank.services)
    expect([done?.handOvers, done?.failed.length]).toEqual([1, 1])
    expect(await Promise.all(made.map(async (id) => (await view(staff.lead, id)).state))).toEqual(['SIGNED_BY_SUPERVISOR', 'CLOSED'])
    await bank.services.db.asBatch(async (tx) => {
      const { n } = await tx.one(sql<{ n: number }>`SELECT count(*)::int AS n FROM assignment WHERE from_date = '2026-11-28'`)
      expect(n).toBe(1)
    })
  })
})
