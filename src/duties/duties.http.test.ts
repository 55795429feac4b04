import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { smallBank, today, type Colleague, type SmallBank } from '../../tests/support/small-bank.ts'
import { newId } from '../foundation/values/uuid7.ts'
import { routes } from '../routes.ts'
import { confirmCalendarYear, enterCalendarYear, listCalendarYears } from './calendar-year.contract.ts'
import { confirmDuty, excuseDuty, finishDuty, getDigest, listDuties, listMyDuties, listTeamDuties, proposeDuty, type DutyShown, type InstanceShown } from './duty.contract.ts'
import { dutyTable } from './duty-table.ts'
import { runDutyDay } from './run-duty-day.ts'
import { actOnTask, getTask, giveTask, listTasks, type TaskAct, type TaskShown } from './task.contract.ts'

let bank: SmallBank
beforeAll(async () => {
  bank = await smallBank(routes)
  await runDutyDay(bank.services.db, today)
})
afterAll(() => bank.close())

const mine = async (who: Colleague): Promise<InstanceShown[]> => (await bank.ask(who, listMyDuties)).body.items as unknown as InstanceShown[]
const duty = async (who: Colleague, code: string): Promise<InstanceShown> => {
  const found = (await mine(who)).find((one) => one.code === code)
  if (!found) throw new Error(`${who.name} does not owe ${code}`)
  return found
}
const told = (answer: { status: number; body: { refusal?: string } }): string => answer.body.refusal ?? 'ok'

describe('duties', () => {
  test('each sees his own; done with evidence; not twice, not by another', async () => {
    const { li, wang } = bank.staff
    // a report is confirmed, not its duty by hand
    const daily = await duty(li, 'D-01')
    expect(daily).toMatchObject({ dueOn: today, dueTime: '17:30', state: 'OPEN', staffName: '李晓雯', fact: 'REPORT' })
    expect(told(await bank.ask(li, finishDuty, { params: { instanceId: daily.id }, body: { evidence: '当面汇报' } }))).toBe('found-in-facts')
    const report = await duty(li, 'D-19')
    expect(report).toMatchObject({ dueOn: '2026-11-30', state: 'OPEN', staffName: '李晓雯' })
    const finish = (who: Colleague, id = report.id) => bank.ask(who, finishDuty, { params: { instanceId: id }, body: { evidence: '当面汇报' } })
    expect(told(await finish(wang))).toBe('not-found')
    expect(['DONE', 'DONE_LATE']).toContain((await finish(li)).body['state'])
    expect(told(await finish(li))).toBe('done-already')
    await bank.customer({ main: li })
    await runDutyDay(bank.services.db, today)
    expect(told(await finish(li, (await duty(li, 'D-03')).id))).toBe('found-in-facts')
  })
  test('a superior sees the line and excuses with a reason; not himself, not another line', async () => {
    const { li, lead, outletHead, branchHead, otherBranchHead, wang } = bank.staff
    const plan = await duty(wang, 'D-19')
    const excuse = (who: Colleague, id: string) => bank.ask(who, excuseDuty, { params: { instanceId: id }, body: { reason: '当月参加脱产培训' } })
    expect(told(await excuse(li, plan.id))).toBe('not-allowed')
    expect(told(await excuse(otherBranchHead, plan.id))).toBe('not-found')
    expect(told(await excuse(lead, (await duty(lead, 'D-02')).id))).toBe('own-duty')
    expect((await excuse(outletHead, (await duty(lead, 'D-02')).id)).body).toEqual({ state: 'EXCUSED' })
    expect((await excuse(lead, plan.id)).body).toEqual({ state: 'EXCUSED' })
    expect(told(await excuse(branchHead, plan.id))).toBe('done-already')
    const team = (await bank.ask(lead, listTeamDuties, { query: { late: 'false' } })).body.items as unknown as InstanceShown[]
    expect(new Set(team.map((one) => one.staffName))).toContain('王凯')
    expect(team.map((one) => one.staffName)).not.toContain('赵敏')
    expect((await bank.ask(otherBranchHead, listTeamDuties, { query: { late: 'false' } })).body.items?.every((one) => one['staffName'] === '钱进' || one['staffName'] === '郑和')).toBe(true)
    expect(told(await bank.ask(li, listTeamDuties))).toBe('not-allowed')
  })
  test('the bank’s own needs two people and begins the next day', async () => {
    const { hr, admin, li } = bank.staff
    const body = { id: newId(), code: 'B-01', name: '核对名单', posts: ['RM'], period: 'DAY', due: { kind: 'SAME_DAY', time: '12:00' }, content: '核对', evidence: '户数' }
    expect(told(await bank.ask(li, proposeDuty, { body }))).toBe('not-allowed')
    expect(told(await bank.ask(hr, proposeDuty, { body: { ...body, due: { kind: 'AFTER_EVENT', n: 3 } } }))).toBe('due-does-not-fit')
    expect(told(await bank.ask(hr, proposeDuty, { body: { ...body, code: 'D-99' } }))).toBe('product-duty')
    expect((await bank.ask(hr, proposeDuty, { body })).body).toEqual({ code: 'B-01', version: 1 })
    expect(told(await bank.ask(hr, confirmDuty, { params: { code: 'B-01', version: 1 } }))).toBe('same-person')
    expect((await bank.ask(admin, confirmDuty, { params: { code: 'B-01', version: 1 } })).body).toEqual({ from: '2026-11-24' })
    await runDutyDay(bank.services.db, today)
    expect((await mine(li)).map((one) => one.code)).not.toContain('B-01')
    await runDutyDay(bank.services.db, '2026-11-24')
    expect(await duty(li, 'B-01')).toMatchObject({ dueOn: '2026-11-24', dueTime: '12:00' })
    const shown = (await bank.ask(li, listDuties)).body.items ?? []
    // those of the product and B-01; what waits for a capability says for which, in both languages
    expect(shown.length).toBe(dutyTable.length + 1)
    expect(shown.find((one) => (one as unknown as DutyShown).code === 'D-09')).toMatchObject({ state: 'INACTIVE', missing: { zh: '厅堂：排班与离岗', en: 'Lobby: roster and absence' } })
  })
})

describe('tasks', () => {
  const give = (who: Colleague, owners: Colleague[], more: Record<string, unknown> = {}) => bank.ask(who, giveTask, {
    body: { id: newId(), title: '走访', content: '走访开发区', source: 'LEADER', owners: owners.map((one) => one.staffKey), dueOn: '2026-11-30', evidenceAsked: '记录', ...more },
  })
  const act = (who: Colleague, taskId: string, what: TaskAct, more: Record<string, unknown> = {}) => bank.ask(who, actOnTask, { params: { taskId }, body: { act: what, ...more } })
  test('only down the line, or to oneself', async () => {
    const { lead, li, qian, wang } = bank.staff
    expect(told(await give(li, [wang]))).toBe('not-your-line')
    expect(told(await give(lead, [qian]))).toBe('not-your-line')
    expect(told(await give(li, [li]))).toBe('own-source')
    expect(told(await give(li, [li], { source: 'RM_OWN' }))).toBe('ok')
    expect(told(await give(lead, [li], { dueOn: '2026-11-01' }))).toBe('in-the-past')
  })
  test('from given to confirmed; others see nothing of it', async () => {
    const { lead, li, wang, branchHead } = bank.staff
    const { id } = (await give(lead, [li])).body as { id: string }
    for (const other of [wang, branchHead, bank.staff.admin]) {
      expect(told(await bank.ask(other, getTask, { params: { taskId: id } }))).toBe('not-found')
      expect(told(await act(other, id, 'ACCEPT'))).toBe('not-found')
    }
    expect(told(await act(lead, id, 'ACCEPT'))).toBe('not-yours-to-do')
    expect((await act(li, id, 'ACCEPT')).body['state']).toBe('ACCEPTED')
    expect((await act(li, id, 'ASK_EXTENSION', { note: '客户出差', dueOn: '2026-12-04' })).body['state']).toBe('ACCEPTED')
    expect((await act(lead, id, 'EXTEND')).body['state']).toBe('ACCEPTED')
    expect((await act(li, id, 'REPORT', { note: '已走访' })).body['state']).toBe('REPORTED')
    expect(told(await act(li, id, 'CONFIRM'))).toBe('not-yours-to-do')
    expect((await act(lead, id, 'CONFIRM')).body['state']).toBe('CONFIRMED')
    const { task, events } = (await bank.ask(li, getTask, { params: { taskId: id } })).body as unknown as { task: TaskShown; events: { kind: string }[] }
    expect(task).toMatchObject({ dueOn: '2026-12-04', extensions: 1, state: 'CONFIRMED' })
    expect(events.map((one) => one.kind)).toEqual(['GIVE', 'ACCEPT', 'ASK_EXTENSION', 'EXTEND', 'REPORT', 'CONFIRM'])
    // the journal tells who and what, not the text
    expect(await bank.look(`SELECT 1 FROM journal_line WHERE table_name IN ('assigned_task', 'task_event') AND (before::text LIKE '%走访%' OR after::text LIKE '%走访%')`)).toEqual([])
  })
  test('about a customer: only to who sees him; who sees him no more reads no text', async () => {
    const { branchHead, li, zhao } = bank.staff
    const customerId = await bank.customer({ main: li, name: '密云化工有限公司' })
    expect(told(await give(branchHead, [zhao], { customerId }))).toBe('customer-not-seen')
    const { id } = (await give(branchHead, [li], { customerId, title: '密云续贷', content: '了解密云用款' })).body as { id: string }
    expect((await bank.ask(li, getTask, { params: { taskId: id } })).body).toMatchObject({ task: { title: '密云续贷', customerName: '密云化工有限公司' } })
    await bank.look(`UPDATE customer SET viewers = '{}', main_staff_key = NULL WHERE customer_id = $1`, [customerId])
    const after = await bank.ask(li, getTask, { params: { taskId: id } })
    expect(after.body).toMatchObject({ task: { title: null, content: null, customerName: null, customerId: null } })
    expect(JSON.stringify(after.body)).not.toContain('密云')
  })
  test('to several people: one each, x of n done; three working days late it comes to the superior of the giver', async () => {
    const { lead, li, wang, outletHead } = bank.staff
    const answer = await give(lead, [li, wang], { title: '两人各一', dueOn: today })
    expect(answer.body['tasks']).toBe(2)
    const given = async (who: Colleague) => ((await bank.ask(who, listTasks, { query: { list: 'given', limit: 200 } })).body.items as unknown as TaskShown[]).filter((one) => one.title === '两人各一')
    const both = await given(lead)
    expect(both.map((one) => one.group)).toEqual([{ tasks: 2, done: 0 }, { tasks: 2, done: 0 }])
    const [first] = both.filter((one) => one.owner.name === '李晓雯')
    await act(li, first?.id ?? '', 'ACCEPT')
    await act(li, first?.id ?? '', 'REPORT', { note: '完成' })
    await act(lead, first?.id ?? '', 'CONFIRM')
    expect((await given(lead)).map((one) => one.group)).toEqual([{ tasks: 2, done: 1 }])
    expect(await given(outletHead)).toEqual([])
    await runDutyDay(bank.services.db, '2026-11-26')
    expect((await given(outletHead)).map((one) => one.owner.name)).toEqual(['王凯'])
    expect((await bank.ask(outletHead, getDigest)).body['lines']).toBeDefined()
  })
})

test('a year of the calendar: two people, then every deadline counts with it', async () => {
  const { admin, compliance, li } = bank.staff
  const spans = [['2027-01-01', '2027-01-03'], ['2027-05-01', '2027-05-05'], ['2027-10-01', '2027-10-07']].map(([from, to]) => ({ from, to, kind: 'OFF', name: '假日' }))
  const body = { id: newId(), year: 2027, basis: '通知', spans }
  expect(told(await bank.ask(li, enterCalendarYear, { body }))).toBe('not-allowed')
  expect(told(await bank.ask(admin, enterCalendarYear, { body: { ...body, spans: spans.slice(0, 2) } }))).toBe('fixed-holiday-missing')
  expect(told(await bank.ask(admin, enterCalendarYear, { body }))).toBe('ok')
  expect(told(await bank.ask(admin, confirmCalendarYear, { params: { yearId: body.id } }))).toBe('same-person')
  expect((await bank.ask(li, listCalendarYears)).body['knownUntil']).toBe('2026-12-31')
  expect(told(await bank.ask(compliance, confirmCalendarYear, { params: { yearId: body.id } }))).toBe('ok')
  expect((await bank.ask(li, listCalendarYears)).body).toMatchObject({ knownUntil: '2027-12-31', next: 2028 })
})
