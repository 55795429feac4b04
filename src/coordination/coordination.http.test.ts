import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { smallBank, today, type Colleague, type SmallBank } from '../../tests/support/small-bank.ts'
import { getCustomer } from '../customers/customer.contract.ts'
import { runDutyDay } from '../duties/run-duty-day.ts'
import { startDay } from '../flows/parts/start-day.ts'
import { sql } from '../foundation/database/transaction.ts'
import { newId } from '../foundation/values/uuid7.ts'
import { moveBusinessDate } from '../deliveries/add-bank.ts'
import { readMyDay } from '../reports/my-day.contract.ts'
import { readTimeline } from '../reports/timeline.contract.ts'
import { routes } from '../routes.ts'
import { actOnCase, addCaseTask, addMember, answerTimes, askCase, endCaseTask, endMember, getCase, listCases, type CaseAct } from './coordination.contract.ts'

// A bank of two branches; the head office has a reviewer, compliance, HR and others, whom its leader leads.
let bank: SmallBank
let customerId: string
beforeAll(async () => {
  bank = await smallBank(routes)
  customerId = await bank.customer({ main: bank.staff.li, name: '密云化工有限公司' })
})
afterAll(() => bank.close())

const told = (answer: { status: number; body: { refusal?: string } }): string => answer.body.refusal ?? 'ok'
const ask = (who: Colleague, more: Record<string, unknown> = {}) => bank.ask(who, askCase, {
  body: { id: newId(), form: 'REQUEST', kind: 'LEVELS', title: '提额方案会商', content: '请就方案提出意见', customerId, unitKey: bank.units.first.key, dueOn: '2026-12-04', ...more },
})
const act = (who: Colleague, caseId: string, what: CaseAct, more: Record<string, unknown> = {}, key = newId()) => bank.ask(who, actOnCase, { params: { caseId }, body: { act: what, ...more }, key })
const shown = async (who: Colleague, caseId: string) => (await bank.ask(who, getCase, { params: { caseId } })).body as unknown as {
  case: { state: string; title: string | null; content: string | null; customerId: string | null; customerName: string | null; dueOn: string; holder: { name: string }; evidence: string | null; may: Record<string, { allowed: boolean; reason: string | null }> }
  answers: { unitName: string; answer: string | null; workingDays: number | null; late: boolean | null; again: boolean; answerBy: string }[]; members: { id: string; name: string; part: string; leftWhy: string | null; reads: boolean }[]; tasks: { id: string; state: string }[]; events: { kind: string }[]
}
const reads = async (who: Colleague): Promise<boolean> => (await bank.ask(who, getCustomer, { params: { customerId } })).status === 200
const numbers = async (who: Colleague, query: Record<string, unknown> = {}): Promise<string[]> => ((await bank.ask(who, listCases, { query })).body.items ?? []).map((one) => String(one['id']))
const moveTo = async (day: string): Promise<void> => {
  await bank.services.db.asBatch((tx) => moveBusinessDate(tx, day))
  await startDay(bank.services)
}

describe('a request to another department', () => {
  test('is refused by name before anything is kept', async () => {
    const { li, wang, reviewer } = bank.staff
    expect(told(await ask(wang))).toBe('customer-not-seen')
    expect(told(await ask(reviewer))).toBe('customer-not-seen')
    expect(told(await ask(li, { unitKey: bank.units.south.key }))).toBe('own-unit')
    expect(told(await ask(li, { unitKey: 999_999 }))).toBe('unit-unknown')
    expect(told(await ask(li, { unitKey: null }))).toBe('unit-missing')
    expect(told(await ask(li, { dueOn: '2026-11-01' }))).toBe('in-the-past')
    expect(told(await ask(li, { dueOn: '2027-06-01' }))).toBe('too-far')
    expect(told(await ask(li, { dueOn: '2026-11-24', answerDays: 3 }))).toBe('due-before-answer')
    expect(told(await ask(li, { form: 'GROUP', unitKey: null }))).toBe('members-missing')
    expect(told(await ask(li, { members: [{ staffKey: bank.staff.hr.staffKey, part: 'SUPPORT' }] }))).toBe('post-cannot-read')
    expect(await bank.look('SELECT 1 FROM coordination_case')).toEqual([])
  })

  test('asked, handed on, accepted, done, closed: each side at its turn; the customer is seen exactly meanwhile', async () => {
    const { li, lead, wang, branchHead, otherBranchHead, qian, admin } = bank.staff
    const { body } = await ask(li)
    const id = String(body['id'])
      expect(body['number']).toBe('XT2026-0001')
    // the desk of the first branch is who leads it; he answers, others of the bank know nothing of it
    expect(await numbers(branchHead, { list: 'waiting' })).toEqual([id])
    expect(await numbers(li, { list: 'waiting' })).toEqual([])
    expect(await numbers(lead)).toEqual([id])
    for (const other of [wang, qian, otherBranchHead, admin]) {
      expect(told(await bank.ask(other, getCase, { params: { caseId: id } }))).toBe('not-found')
      expect(told(await act(other, id, 'ACCEPT'))).toBe('not-found')
    }
    expect((await shown(branchHead, id)).answers).toMatchObject([{ unitName: '东城分行', answerBy: '2026-11-26', answer: null }])
    expect(told(await act(li, id, 'ACCEPT'))).toBe('not-yours-to-do')
    expect(told(await act(branchHead, id, 'HAND_ON', { unitKey: bank.units.second.key }))).toBe('note-missing')
    expect(told(await act(branchHead, id, 'HAND_ON', { unitKey: bank.units.first.key, note: '转办' }))).toBe('same-unit')
    expect(told(await act(branchHead, id, 'HAND_ON', { unitKey: bank.units.south.key, note: '转办' }))).toBe('own-unit')
    expect(told(await act(branchHead, id, 'HAND_ON', { unitKey: bank.units.second.key, note: '客户厂区在西城' }))).toBe('ok')
    expect(await reads(otherBranchHead)).toBe(false)
    expect((await shown(otherBranchHead, id)).case).toMatchObject({ content: '请就方案提出意见', customerId: null, customerName: null })
    // a repeat of the same act is the same act
    const key = newId()
    expect((await act(otherBranchHead, id, 'ACCEPT', {}, key)).body['state']).toBe('IN_WORK')
    expect((await act(otherBranchHead, id, 'ACCEPT', {}, key)).body['state']).toBe('IN_WORK')
    expect(told(await act(otherBranchHead, id, 'ACCEPT'))).toBe('not-in-this-state')
    expect((await shown(li, id)).answers).toMatchObject([{ answer: 'HANDED_ON', workingDays: 0, late: false }, { unitName: '西城分行', answer: 'ACCEPTED', workingDays: 0, late: false }])
    // just this customer, with a line in the journal for the grant
    expect(await reads(otherBranchHead)).toBe(true)
    expect((await shown(otherBranchHead, id)).case).toMatchObject({ customerId, customerName: '密云化工有限公司' })
    expect(await bank.look(`SELECT reason, given_by FROM read_grant WHERE customer_id = $1`, [customerId])).toEqual([{ reason: '内部协调 XT2026-0001', given_by: li.staffKey }])
    expect(await bank.look(`SELECT count(*)::int AS n FROM journal_line WHERE table_name = 'read_grant' AND action = 'BULK_ADD'`)).toEqual([{ n: 1 }])
    // a member of another department, a task for him
    expect(told(await bank.ask(wang, addMember, { params: { caseId: id }, body: { id: newId(), staffKey: qian.staffKey, part: 'RISK' } }))).toBe('not-found')
    expect(told(await bank.ask(lead, addMember, { params: { caseId: id }, body: { id: newId(), staffKey: qian.staffKey, part: 'RISK' } }))).toBe('not-yours-to-arrange')
    expect(told(await bank.ask(otherBranchHead, addMember, { params: { caseId: id }, body: { id: newId(), staffKey: bank.staff.admin.staffKey, part: 'RISK' } }))).toBe('post-cannot-read')
    const memberId = newId()
    expect(told(await bank.ask(otherBranchHead, addMember, { params: { caseId: id }, body: { id: memberId, staffKey: qian.staffKey, part: 'RISK' } }))).toBe('ok')
    expect(await reads(qian)).toBe(true)
    const taskId = newId()
    expect(told(await bank.ask(li, addCaseTask, { params: { caseId: id }, body: { id: newId(), title: '现场核实', ownerKey: wang.staffKey, dueOn: '2026-11-27' } }))).toBe('not-a-member')
    expect(told(await bank.ask(li, addCaseTask, { params: { caseId: id }, body: { id: newId(), title: '现场核实', ownerKey: qian.staffKey, dueOn: '2026-12-30' } }))).toBe('after-the-end')
    expect(told(await bank.ask(li, addCaseTask, { params: { caseId: id }, body: { id: taskId, title: '现场核实', ownerKey: qian.staffKey, dueOn: '2026-11-27' } }))).toBe('ok')
    const lines = (await bank.ask(qian, readMyDay)).body['lines'] as { kind: string; title: { zh: string } | null }[]
    expect(lines.filter((line) => line.kind === 'COORDINATION_TASK').map((line) => line.title?.zh)).toEqual(['现场核实'])
    expect(told(await bank.ask(li, endMember, { params: { caseId: id, memberId }, body: { reason: '已完成' } }))).toBe('member-has-tasks')
    expect(told(await act(otherBranchHead, id, 'REPORT', { note: '已出具意见' }))).toBe('ok')
    expect(told(await act(li, id, 'CLOSE', { note: '意见 3 号' }))).toBe('tasks-open')
    expect(told(await bank.ask(li, endCaseTask, { params: { caseId: id, taskId }, body: { as: 'DONE', evidence: '照片' } }))).toBe('task-owner-only')
    expect(told(await bank.ask(qian, endCaseTask, { params: { caseId: id, taskId }, body: { as: 'DONE', evidence: '现场照片三张' } }))).toBe('ok')
    expect(told(await bank.ask(qian, endMember, { params: { caseId: id, memberId }, body: { reason: '任务完成' } }))).toBe('ok')
    expect(await reads(qian)).toBe(false)
    expect(told(await act(otherBranchHead, id, 'CLOSE', { note: '意见 3 号' }))).toBe('not-yours-to-do')
    expect((await act(li, id, 'CLOSE', { note: '意见 3 号' })).body['state']).toBe('CLOSED')
    expect(await reads(otherBranchHead)).toBe(false)
    // over, and the customer is not in sight any more: that it was stays, not what was written
    expect((await shown(otherBranchHead, id)).case).toMatchObject({ title: null, content: null, evidence: null, customerName: null })
    expect((await shown(li, id)).case).toMatchObject({ title: '提额方案会商', evidence: '意见 3 号' })
    const events = (await bank.ask(li, readTimeline, { params: { customerId } })).body.items as { kind: string; title: { zh: string } }[]
    expect(events.filter((event) => event.kind === 'COORDINATION').map((event) => event.title.zh).sort()).toEqual(['内部协调办结 XT2026-0001', '发起内部协调 XT2026-0001'])
    // the journal tells who and what, not the text
    expect(await bank.look(`SELECT 1 FROM journal_line WHERE table_name LIKE 'coordination%' AND (coalesce(before::text, '') || coalesce(after::text, '')) ~ '方案|意见|照片'`)).toEqual([])
  })

  test('refused with the reason, asked again, withdrawn', async () => {
    const { li, branchHead } = bank.staff
    const id = String((await ask(li)).body['id'])
    expect((await act(branchHead, id, 'REFUSE', { note: '不属本行权限' })).body['state']).toBe('REFUSED')
    expect(await numbers(li, { list: 'waiting' })).toEqual([id])
    expect((await act(li, id, 'REOPEN', { note: '已补充授权书' })).body['state']).toBe('ASKED')
    expect((await shown(branchHead, id)).answers).toMatchObject([{ answer: 'REFUSED' }, { answer: null, again: true }])
    expect((await act(li, id, 'WITHDRAW', { note: '客户改主意' })).body['state']).toBe('WITHDRAWN')
    expect((await shown(li, id)).answers[1]).toMatchObject({ answer: 'WITHDRAWN' })
  })
})

describe('days', () => {
  test('a working group: minutes do the duty, its day ends the memberships, a leader who took a grant back is obeyed', async () => {
    const { li, qian, reviewer, lead } = bank.staff
    const members = [{ staffKey: qian.staffKey, part: 'LEAD' }, { staffKey: reviewer.staffKey, part: 'RISK' }]
    const id = String((await ask(li, { form: 'GROUP', unitKey: null, kind: 'DEPARTMENTS', dueOn: '2026-11-27', members })).body['id'])
    expect([await reads(qian), await reads(reviewer)]).toEqual([true, true])
    await runDutyDay(bank.services.db, today)
    expect(await bank.look(`SELECT state, due_on::text FROM duty_instance WHERE duty_code = 'D-29' AND period_key = $1`, [id])).toEqual([{ state: 'OPEN', due_on: '2026-11-30' }])
    expect(told(await act(reviewer, id, 'MEETING', { note: '分工：抵押估值由审批部复核' }))).toBe('ok')
    await runDutyDay(bank.services.db, today)
    expect(await bank.look(`SELECT state, evidence FROM duty_instance WHERE duty_code = 'D-29' AND period_key = $1`, [id])).toMatchObject([{ state: 'DONE' }])
    // the lead of the customer's line withdraws one: following the memberships does not give it again
    await bank.services.db.asBatch((tx) => tx.run(sql`SELECT 1`))
    await bank.look(`UPDATE read_grant SET withdrawn_on = '2026-11-23' WHERE staff_key = $1 AND withdrawn_on IS NULL`, [reviewer.staffKey])
    expect(told(await act(li, id, 'NOTE', { note: '进展' }))).toBe('ok')
    expect([await reads(qian), await reads(reviewer)]).toEqual([true, false])
    expect(told(await act(li, id, 'EXTEND', { note: '等估值', dueOn: '2026-12-02' }))).toBe('ok')
    expect(await bank.look(`SELECT until_date::text FROM read_grant WHERE staff_key = $1 AND withdrawn_on IS NULL`, [qian.staffKey])).toEqual([{ until_date: '2026-12-16' }])
    await moveTo('2026-12-17')
    expect(await reads(qian)).toBe(false)
    expect((await shown(li, id)).members.map((one) => one.leftWhy)).toEqual(['DATE', 'DATE'])
    expect(await numbers(lead, { late: 'true' })).toContain(id)
  })

  test('late answers come to the superior, once; the customer goes to another manager, so does the case; answer times are facts', async () => {
    const { li, wang, lead, outletHead, branchHead, leader } = bank.staff
    const of = await bank.customer({ main: li, name: '平顺机械有限公司' })
    const { body } = await ask(lead, { customerId: of, unitKey: bank.units.first.key, dueOn: '2026-12-31', answerDays: 1 })
    const id = String(body['id'])
    const mine = String((await ask(li, { customerId: of, dueOn: '2026-12-31', answerDays: 5 })).body['id'])
    await moveTo('2026-12-18')
    expect(await numbers(leader, { list: 'waiting' })).not.toContain(id)
    await moveTo('2026-12-21')
    expect(await numbers(leader, { list: 'waiting' })).toContain(id)
    await moveTo('2026-12-21')
    expect((await shown(lead, id)).events.filter((event) => event.kind === 'ESCALATE').length).toBe(1)
    expect((await act(branchHead, id, 'ACCEPT')).body['state']).toBe('IN_WORK')
    expect(await numbers(leader, { list: 'waiting' })).not.toContain(id)
    expect((await shown(lead, id)).answers).toMatchObject([{ answer: 'ACCEPTED', workingDays: 2, late: true }])
    await bank.look(`UPDATE assignment SET to_date = '2026-12-21' WHERE customer_id = $1`, [of])
    await bank.look(`UPDATE customer SET main_staff_key = $2, viewers = ARRAY[$2::int] WHERE customer_id = $1`, [of, wang.staffKey])
    await moveTo('2026-12-22')
    expect((await shown(wang, mine)).case.holder.name).toBe('王凯')
    expect(told(await bank.ask(li, getCase, { params: { caseId: mine } }))).toBe('not-found')
    // what a leader asked stays his
    expect((await shown(lead, id)).case.holder.name).toBe('陈立')
    const times = (await bank.ask(outletHead, answerTimes, { query: { from: '2026-11-01', to: '2026-12-31' } })).body as { units: { name: string; asked: number; answered: number; late: number; handedOn: number; longestDays: number }[]; hidden: number }
    // the second branch has three people only: it is not shown
    expect(times.units.map((unit) => unit.name)).toEqual(['东城分行'])
    expect(times).toMatchObject({ hidden: 1, units: [{ asked: 4, answered: 3, late: 1, handedOn: 1, longestDays: 2 }] })
    expect(told(await bank.ask(li, answerTimes, { query: { from: '2026-11-01', to: '2026-12-31' } }))).toBe('not-allowed')
  })
})
