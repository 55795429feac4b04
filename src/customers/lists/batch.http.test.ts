import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { smallBank, today, type Colleague, type SmallBank } from '../../../tests/support/small-bank.ts'
import { newId } from '../../foundation/values/uuid7.ts'
import { listCommitments } from '../../reports/commitments.contract.ts'
import { routes } from '../../routes.ts'
import { readTimeline } from '../../reports/timeline.contract.ts'
import { listCustomers } from '../customer.contract.ts'
import { batchAssign, batchPlan, batchTag } from './batch.contract.ts'
import { createTag } from './tag.contract.ts'

let bank: SmallBank
const made: string[] = []
let foreign: string
let shared: string
let closed: string
beforeAll(async () => {
  bank = await smallBank(routes)
  const { li, wang, qian } = bank.staff
  for (const name of ['甲公司', '乙公司', '丙公司']) made.push(await bank.customer({ name, main: li }))
  shared = await bank.customer({ name: '共管公司', main: li, assist: wang })
  closed = await bank.customer({ name: '销户公司', main: li })
  await bank.look("UPDATE customer SET status = 'CLOSED' WHERE customer_id = $1", [closed])
  foreign = await bank.customer({ name: '西城公司', main: qian })
})
afterAll(() => bank.close())

describe('many customers at once', () => {
  test('tags: what is possible is done, what is not is told with its reason, of a foreign one no name', async () => {
    const { li } = bank.staff
    const tagId = newId()
    await bank.ask(li, createTag, { body: { id: tagId, word: '年底走访' } })
    const tag = (body: object) => bank.ask(li, batchTag, { body: { tagId, take: 'ON', selection: { ids: [...made, closed, foreign] }, ...body } })
    const not = [{ reason: 'not-there', count: 1, examples: [] }, { reason: 'closed', count: 1, examples: ['销户公司'] }]
    expect((await tag({ dryRun: true })).body).toEqual({ total: 5, possible: 3, not, done: 0 })
    expect(await bank.look('SELECT 1 FROM customer_tag')).toEqual([])
    expect((await tag({})).body).toEqual({ total: 5, possible: 3, not, done: 3 })
    expect(JSON.stringify((await tag({})).body)).not.toContain('西城')
    expect((await tag({ selection: { ids: made } })).body).toEqual({ total: 3, possible: 0, not: [{ reason: 'tagged-already', count: 3, examples: ['甲公司', '乙公司', '丙公司'] }], done: 0 })
    expect(((await bank.ask(li, listCustomers, { query: { tag: tagId } })).body.items ?? []).length).toBe(3)
    // by filter: everything that the list finds
    expect((await tag({ take: 'OFF', selection: { filters: { tag: tagId } } })).body).toMatchObject({ total: 3, done: 3 })
    expect((await tag({ take: 'OFF', selection: { filters: { tag: tagId } } })).body.refusal).toBe('nothing-selected')
    expect(await bank.look('SELECT DISTINCT ended_by, to_date::text FROM customer_tag')).toEqual([{ ended_by: li.staffKey, to_date: today }])
  })
  test('a batch has a bound, and a choice', async () => {
    const { li } = bank.staff
    await bank.look('UPDATE list_policy SET batch_most = 2')
    const plan = (selection: object) => bank.ask(li, batchPlan, { body: { plannedOn: '2026-12-01', subject: '回访', selection, dryRun: true } })
    expect((await plan({ ids: made })).body).toMatchObject({ refusal: 'too-many-selected', details: { most: '2' } })
    expect((await plan({ filters: {} })).body.refusal).toBe('too-many-selected')
    await bank.look('UPDATE list_policy SET batch_most = 2000')
    for (const selection of [{}, { ids: made, filters: {} }]) expect((await plan(selection)).body.refusal).toBe('nothing-selected')
  })
  test('planned contacts: the next one takes the place of the former; a head plans for the manager; the timeline tells it', async () => {
    const { li, lead, leader } = bank.staff
    const plan = (who: Colleague, plannedOn: string, ids = made) => bank.ask(who, batchPlan, { body: { plannedOn, subject: '年底走访', selection: { ids } } })
    expect((await plan(li, '2026-12-01')).body).toMatchObject({ done: 3 })
    expect((await plan(li, '2026-12-01')).body).toMatchObject({ done: 0, not: [{ reason: 'planned-already', count: 3 }] })
    expect((await plan(lead, '2026-12-08')).body).toMatchObject({ done: 3 })
    expect(await bank.look('SELECT staff_key, planned_on::text, count(*)::int AS n FROM planned_contact WHERE ended_on IS NULL GROUP BY 1, 2')).toEqual([{ staff_key: li.staffKey, planned_on: '2026-12-08', n: 3 }])
    const mine = async (who: Colleague) => ((await bank.ask(who, listCommitments, { query: { kind: 'PLANNED' } })).body.items ?? []).map((one) => `${String(one['dueOn'])} ${String(one['customerName'])}`).sort()
    expect([await mine(li), await mine(lead)]).toEqual([['2026-12-08 丙公司', '2026-12-08 乙公司', '2026-12-08 甲公司'], []])
    await bank.look("INSERT INTO contact (customer_id, id, staff_key, mode, business_date, in_person, effective, entered_on, late, summary, policy_version, scope_path, viewers) VALUES ($1, $2, $3, 'PHONE', '2026-12-08', false, true, '2026-12-08', false, 'x', '1', '001', '{}')", [made[2], newId(), li.staffKey])
    await bank.look('UPDATE contact SET scope_path = c.scope_path, viewers = c.viewers FROM customer c WHERE c.customer_id = contact.customer_id')
    expect(await mine(li)).toEqual(['2026-12-08 乙公司', '2026-12-08 甲公司'])
    expect((await plan(li, '2026-11-22')).body.refusal).toBe('plan-day')
    expect((await plan(leader, '2026-12-09')).body).toMatchObject({ done: 0, not: [{ reason: 'not-your-customer', count: 3 }] })
    const events = (await bank.ask(li, readTimeline, { params: { customerId: made[0] }, query: { kind: 'PLANNED_CONTACT' } })).body['items'] as { day: string; note: string }[]
    expect(events.map((one) => [one.day, one.note])).toEqual([['2026-12-08', '年底走访']])
  })
  test('assigned by a head to one manager of his line: frozen, scoped, each as one would be; what is shared or closed stays', async () => {
    const { lead, wang, zhao, qian, hr, li } = bank.staff
    const assign = (staffKey: number, more: object = {}) => bank.ask(lead, batchAssign, { body: { staffKey, from: today, reason: '调整分工', selection: { ids: [...made, shared, closed] }, ...more } })
    expect((await assign(wang.staffKey, { dryRun: true })).body).toEqual({ total: 5, possible: 3, done: 0, load: { ratio: '0.1700', verdict: 'OK' }, not: [{ reason: 'shared', count: 1, examples: ['共管公司'] }, { reason: 'closed', count: 1, examples: ['销户公司'] }] })
    // how full he would be is told before: above the first limit with a warning, above the second as many as fit
    await bank.look("UPDATE ownership_policy SET warn_above = 0.1")
    expect((await assign(wang.staffKey, { dryRun: true })).body).toMatchObject({ possible: 3, load: { ratio: '0.1700', verdict: 'WARN' } })
    await bank.look("UPDATE ownership_policy SET stop_above = 0.15")
    expect((await assign(wang.staffKey, { dryRun: true })).body).toMatchObject({ possible: 2, load: { ratio: '0.1200', verdict: 'WARN' }, not: [{ reason: 'shared' }, { reason: 'closed' }, { reason: 'limit', count: 1 }] })
    await bank.look("UPDATE ownership_policy SET warn_above = 1, stop_above = 1.2")
    expect((await assign(hr.staffKey)).body.refusal).toBe('not-a-manager')
    for (const outside of [zhao, qian]) expect((await assign(outside.staffKey)).body.refusal).toBe('not-your-unit')
    expect((await assign(wang.staffKey, { from: '2026-10-31' })).body.refusal).toBe('assign-day')
    expect((await assign(wang.staffKey)).body).toMatchObject({ done: 3 })
    expect(((await bank.ask(wang, listCustomers, { query: { managerKey: wang.staffKey } })).body.items ?? []).map((row) => row['name']).sort()).toEqual(['丙公司', '乙公司', '甲公司'])
    expect((await bank.ask(li, listCustomers, { query: { managerKey: wang.staffKey } })).body.items).toEqual([])
    expect((await assign(wang.staffKey, { selection: { ids: made } })).body).toMatchObject({ done: 0, not: [{ reason: 'same-assignment', count: 3 }] })
    expect((await bank.ask(li, batchAssign, { body: { staffKey: wang.staffKey, from: today, reason: '试', selection: { ids: made } } })).body.refusal).toBe('not-allowed')
  })
})
