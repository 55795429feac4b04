import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { unzipText } from '../../tests/support/unzip-text.ts'
import { smallBank, today, type Colleague, type SmallBank } from '../../tests/support/small-bank.ts'
import { actOnTask, giveTask, listTasks } from '../duties/task.contract.ts'
import { listMyDuties, listTeamDuties } from '../duties/duty.contract.ts'
import { runDutyDay } from '../duties/run-duty-day.ts'
import { add } from '../foundation/store/store.ts'
import { sql } from '../foundation/database/transaction.ts'
import { newId } from '../foundation/values/uuid7.ts'
import { moveBusinessDate } from '../deliveries/add-bank.ts'
import { listCommitments } from '../reports/commitments.contract.ts'
import { routes } from '../routes.ts'
import { planAppointment } from './appointment.contract.ts'
import { readMeetingAgenda } from './agenda.contract.ts'
import { addMeetingAction, getMeeting, getMinutes, listMeetings, markAttendance, nameFocus, prepareMeeting, saveMeetingPart, turnMeeting, type MeetingView } from './meeting.contract.ts'
import { readMeetingOverview } from './overview.contract.ts'
import { givePraise, listPraise, retractPraise } from './praise.contract.ts'

let bank: SmallBank
let corporate: string
let person: string
const meetingId = newId()
const tomorrow = '2026-11-24'
beforeAll(async () => {
  bank = await smallBank(routes)
  corporate = await bank.customer()
  person = await bank.customer({ kind: 'PERSON', name: '张建国', main: bank.staff.wang, tier: 'T1' })
  const { services } = bank
  await services.db.asBatch(async (tx) => {
    for (const [customerId, inFen, outFen] of [[corporate, 0n, 620_000_000n], [person, 90_000_000n, 0n]] as const) {
      const scope = await tx.one(sql<{ scope_path: string; viewers: number[] }>`SELECT scope_path, viewers FROM customers_customer_facts WHERE customer_id = ${customerId}`)
      await add(tx, 'movement', { customer_id: customerId, id: newId(), ...scope, day: '2026-11-20', in_fen: inFen, out_fen: outFen, adb_fen: 1n, threshold_fen: 1n, listed_in: inFen > 0n, listed_out: outFen > 0n, balance_after_fen: 1n, counterparties: [], limit_version: '1' }, { why: 'test' })
      await add(tx, 'maturity', { customer_id: customerId, id: newId(), ...scope, source: 'holdings', kind: customerId === corporate ? 'LOAN_INSTALMENT' : 'TIME_DEPOSIT', object_key: 'A1', name_zh: '三年期定期（尾号 7091）', name_en: 'Time deposit (tail 7091)', amount_fen: 50_000_000n, currency: 'CNY', ends_on: '2026-11-25' }, { why: 'test' })
    }
  })
})
afterAll(() => bank.close())

const told = (answer: { body: { refusal?: string } }): string => answer.body.refusal ?? 'ok'
const see = async (who: Colleague, projected = false): Promise<MeetingView> => (await bank.ask(who, getMeeting, { params: { meetingId }, query: { projected: String(projected) } })).body as unknown as MeetingView
const part = (who: Colleague, body: Record<string, unknown>) => bank.ask(who, saveMeetingPart, { params: { meetingId }, body: { minutes: 3, content: null, held: false, ...body } })
const turn = (to: string, who = bank.staff.lead) => bank.ask(who, turnMeeting, { params: { meetingId }, body: { to } })
const mark = (marks: unknown[]) => bank.ask(bank.staff.lead, markAttendance, { params: { meetingId }, body: { marks } })

describe('preparing', () => {
  test('once a unit and day, by who leads it; who belongs to it and who leads it see it', async () => {
    const { lead, outletHead, li, zhao, otherBranchHead, branchHead } = bank.staff
    const prepare = (who: Colleague, id = newId(), day = today) => bank.ask(who, prepareMeeting, { body: { id, day } })
    expect(told(await prepare(li))).toBe('not-allowed')
    expect(told(await prepare(lead, newId(), '2026-11-22'))).toBe('in-the-past')
    expect(told(await prepare(lead, newId(), '2026-12-01'))).toBe('too-far')
    expect(told(await prepare(lead, meetingId))).toBe('ok')
    expect(told(await prepare(outletHead))).toBe('prepared-already')
    const seen = await see(li)
    expect(seen.parts.map((one) => one.part)).toEqual(['GOALS', 'YESTERDAY', 'MORALE', 'NOTICES', 'PROSPECT', 'ANALYSIS', 'TECHNIQUE', 'AWARENESS'])
    expect(seen.attendance.map((one) => one.name)).toEqual(['李晓雯', '王凯', '陈立', '孙涛', '何静'])
    expect(seen.may).toMatchObject({ write: { allowed: false, reason: 'not-allowed' }, begin: { allowed: false } })
    for (const other of [zhao, otherBranchHead]) expect(told(await bank.ask(other, getMeeting, { params: { meetingId } }))).toBe('not-found')
    expect(told(await bank.ask(branchHead, getMeeting, { params: { meetingId } }))).toBe('ok')
    expect((await bank.ask(li, listMeetings)).body).toMatchObject({ today: meetingId, may: { prepare: { allowed: false } } })
  })
})

describe('the agenda writes itself', () => {
  test('from what the other rooms publish, movements of the last day first', async () => {
    const { lead, li, wang } = bank.staff
    await bank.ask(li, planAppointment, { body: { id: newId(), customerId: corporate, day: today, from: '10:00', to: '11:00', kind: 'VISIT', subject: '走访' } })
    await bank.ask(wang, givePraise, { body: { id: newId(), toKey: li.staffKey, content: '主动帮同事接待客户', source: 'COLLEAGUE' } })
    const agenda = (await bank.ask(lead, readMeetingAgenda, { params: { meetingId } })).body
    expect(agenda).toMatchObject({
      movements: { of: '2026-11-20', count: 2, items: [{ customer: { name: '山西晋泰新材料有限公司' }, outFen: '620000000', inFen: null, manager: '李晓雯', called: true }, { customer: { name: '张建国' }, inFen: '90000000' }] },
      core: { duty: 2, contacted: 0 }, appointments: [{ from: '10:00', owner: '李晓雯', what: '山西晋泰新材料有限公司' }], maturities: { count: 1, amountFen: '50000000' }, repayments: { count: 1, items: [{ customer: { name: '山西晋泰新材料有限公司' } }] },
      before: { of: null }, rank: null, team: { of: '2026-11-22', contacts: 0, visits: 0, people: 0 }, praise: [{ from: '王凯', to: '李晓雯', content: '主动帮同事接待客户' }],
    })
    // a manager sees his own customers only
    expect((await bank.ask(li, readMeetingAgenda, { params: { meetingId } })).body).toMatchObject({ movements: { count: 1 }, core: { duty: 1 } })
  })
  test('on the projected screen persons are masked, their amounts and every account are gone, a confidential customer has no name', async () => {
    const { lead } = bank.staff
    const projected = async (): Promise<string> => JSON.stringify((await bank.ask(lead, readMeetingAgenda, { params: { meetingId }, query: { projected: 'true' } })).body)
    const before = await projected()
    expect(before).toContain('张*')
    expect(before).toContain('山西晋泰新材料有限公司')
    for (const word of ['张建国', '90000000', '7091', corporate, person]) expect(before).not.toContain(word)
    await bank.services.db.asBatch((tx) => add(tx, 'customer_file', { customer_id: corporate, confidentiality: 'SENSITIVE', confidentiality_reason: '上市前静默' }, { why: 'test' }))
    const after = await projected()
    expect(after).not.toContain('晋泰')
    expect(after).not.toContain('620000000')
    expect(after).toContain('某企业客户')
  })
})

describe('the morning on one page', () => {
  const over = async (who: Colleague, projected = false): Promise<Record<string, unknown>> => (await bank.ask(who, readMeetingOverview, { params: { meetingId }, query: { projected: String(projected) } })).body
  const duty = (holder: Colleague, dueOn: string, customerId: string | null = null) => bank.look(`
    INSERT INTO duty_instance (id, duty_code, duty_version, staff_key, holder_key, period_key, customer_id, opens_on, due_on, state, scope_path)
    SELECT gen_random_uuid(), d.code, d.version, $1, $1, $2::text || coalesce($3::text, ''), $3::uuid, $2::date - 1, $2::date, CASE WHEN $2::date < '2026-11-23' THEN 'MISSED' ELSE 'OPEN' END, p.line_path
    FROM duty_kind d, organisation_post_facts p WHERE d.code = 'D-12' AND d.to_date IS NULL AND p.staff_key = $1`, [holder.staffKey, dueOn, customerId])
  const talk = async (customerId: string, owner: Colleague, { mode = 'PHONE', on, entered, late = false, nextOn = null }: { mode?: string; on: string; entered?: string; late?: boolean; nextOn?: string | null }): Promise<string> => {
    const id = newId()
    await bank.look(`
      INSERT INTO contact (customer_id, id, staff_key, mode, in_person, effective, business_date, entered_on, late, policy_version, summary, next_action, next_on, scope_path, viewers)
      SELECT customer_id, $2, $3, $4, $4 = 'VISIT', true, $5, $6, $7, '1', '谈话', CASE WHEN $8::date IS NULL THEN NULL ELSE '再谈' END, $8, scope_path, viewers FROM customer WHERE customer_id = $1`, [customerId, id, owner.staffKey, mode, on, entered ?? on, late, nextOn])
    return id
  }
  const promise = async (customerId: string, owner: Colleague, dueOn: string, side: string, what: string) => bank.look(`
    INSERT INTO contact_promise (customer_id, id, contact_id, side, what, due_on, first_due_on, owner_key, promised_on, state, scope_path, viewers)
    SELECT customer_id, gen_random_uuid(), $2, $3, $4, $5::date, $5::date, $6, least($5::date, date '2026-11-02'), 'OPEN', scope_path, viewers FROM customer WHERE customer_id = $1`, [customerId, await talk(customerId, owner, { on: '2026-11-02' }), side, what, dueOn, owner.staffKey])
  let foreign: string
  beforeAll(async () => {
    const { li, wang, lead, outletHead, zhao } = bank.staff
    foreign = await bank.customer({ name: '城北某厂', main: zhao })
    // due today, late, about a customer; out of the 31 days; of the other outlet; of the lead himself
    for (const [holder, dueOn, customerId] of [[li, today, null], [li, '2026-11-20', person], [wang, '2026-11-18', null], [wang, '2026-10-20', null], [zhao, '2026-11-20', null], [lead, today, null]] as const) await duty(holder, dueOn, customerId)
    for (const [customerId, owner, dueOn, side, what] of [
      [person, wang, '2026-11-19', 'OURS', '送利率表给张建国'], [corporate, li, '2026-11-21', 'THEIRS', '寄回合同'], [corporate, li, today, 'OURS', '今天才到'], [foreign, zhao, '2026-11-19', 'OURS', '别家网点'], [corporate, li, '2026-05-01', 'OURS', '半年前'],
    ] as const) await promise(customerId, owner, dueOn, side, what)
    await talk(corporate, li, { on: '2026-11-12', nextOn: '2026-11-22' })
    const give = (giver: Colleague, owner: Colleague, title: string, customerId: string | null) => bank.ask(giver, giveTask, { body: { id: newId(), title, content: '见面说', source: giver === owner ? 'RM_OWN' : 'LEADER', owners: [owner.staffKey], dueOn: '2026-11-30', evidenceAsked: '说明', customerId } })
    for (const [giver, owner, title, customerId] of [[lead, li, '走访晋泰', corporate], [outletHead, wang, '整理台账', null], [lead, li, '已汇报的', null], [li, li, '自己的事', null]] as const) expect(told(await give(giver, owner, title, customerId))).toBe('ok')
    await bank.look(`UPDATE assigned_task SET due_on = '2026-11-19'`)
    await bank.look(`UPDATE assigned_task SET state = 'REPORTED', reported_on = '2026-11-20' WHERE title = '已汇报的'`)
    await bank.look(`INSERT INTO substitution (id, absent_key, substitute_key, from_date, until_date, customers, reason, state, asked_by, asked_on, confirmed_on, policy_version, scope_path, viewers)
      SELECT gen_random_uuid(), $1, $2, '2026-11-22', '2026-11-25', 'ALL', '年休', 'CONFIRMED', $1, '2026-11-20', '2026-11-20', '1', line_path, ARRAY[$1::int, $2::int] FROM organisation_post_facts WHERE staff_key = $1`, [wang.staffKey, li.staffKey])
  })

  test('what the people of the unit owe, what they promised, who is away: the figures are those of the lists of the same reader', async () => {
    const { lead } = bank.staff
    const seen = await over(lead)
    expect(seen).toMatchObject({
      day: today, deposits: { unitKey: null },
      duties: { today: 1, overdue: 2, people: [{ name: '李晓雯', today: 1, overdue: 1 }, { name: '王凯', today: 0, overdue: 1 }], items: [{ owner: '李晓雯', dueOn: today, overdue: false }, { owner: '李晓雯', dueOn: '2026-11-20', overdue: true, customer: { name: '张建国' } }, { owner: '王凯' }] },
      promises: { overdue: 3, items: [{ side: 'OURS', what: '送利率表给张建国', owner: '王凯', customer: { name: '张建国' }, dueOn: '2026-11-19' }, { side: 'THEIRS', customer: { name: '山西晋泰新材料有限公司' } }, { side: 'NEXT_STEP', what: '再谈' }] },
      absent: [{ name: '王凯', substitute: '李晓雯', until: '2026-11-25' }],
    })
    const rows = async (contract: Parameters<typeof bank.ask>[1], query: Record<string, unknown>): Promise<Record<string, unknown>[]> => (await bank.ask(lead, contract, { query: { limit: 100, ...query } })).body.items ?? []
    expect(await rows(listTeamDuties, {})).toHaveLength(3)
    expect((await rows(listCommitments, { whose: 'SCOPE', view: 'OVERDUE' })).filter((one) => one['kind'] !== 'PLANNED')).toHaveLength(3)
  })
  test('tasks past their day that others gave and nobody reported: to their parties; their words stay in their room', async () => {
    const { lead, outletHead, wang } = bank.staff
    expect((await over(lead))['tasks']).toMatchObject({ overdue: 1, items: [{ title: null, source: 'LEADER', owner: '李晓雯', customer: { name: '山西晋泰新材料有限公司' }, dueOn: '2026-11-19' }] })
    expect((await over(outletHead))['tasks']).toMatchObject({ items: expect.arrayContaining([expect.objectContaining({ owner: '王凯', customer: null })]) as unknown })
    expect((await over(wang))['tasks']).toMatchObject({ overdue: 1, items: [{ owner: '王凯' }] })
    expect(JSON.stringify(await over(lead))).not.toMatch(/走访晋泰|整理台账|自己的事/)
  })
  test('a manager sees what is his; who does not belong to the meeting sees nothing; whose deposits', async () => {
    const { li, wang, branchHead, leader, lobby, zhao, otherBranchHead, compliance } = bank.staff
    expect(await over(li)).toMatchObject({ deposits: null, duties: { today: 1, overdue: 1 }, promises: { overdue: 2 }, absent: [{ substitute: '李晓雯' }] })
    expect(await over(wang)).toMatchObject({ deposits: null, duties: { today: 0, overdue: 1 }, promises: { overdue: 1, items: [{ customer: { name: '张建国' } }] } })
    const { south } = bank.units
    expect(await over(branchHead)).toMatchObject({ deposits: { unitKey: south.key }, duties: { today: 2, overdue: 2 }, promises: { overdue: 3 } })
    expect(await over(leader)).toMatchObject({ deposits: { unitKey: south.key }, promises: { overdue: 3 } })
    expect(await over(lobby)).toMatchObject({ deposits: null, duties: { today: 0, overdue: 0 }, promises: { overdue: 3 } })
    for (const other of [zhao, otherBranchHead]) expect((await over(other)).refusal).toBe('not-found')
    expect((await over(compliance)).refusal).toBe('not-allowed')
  })
  test('on the wall persons are masked and what was promised to them is not told, a confidential customer has no name', async () => {
    const text = JSON.stringify(await over(bank.staff.lead, true))
    for (const word of ['张*', '某企业客户']) expect(text).toContain(word)
    for (const word of ['张建国', '送利率表', '晋泰', '寄回合同', corporate, person]) expect(text).not.toContain(word)
  })
  test('yesterday’s wins and late entries, and the movements that wait for a call, stand in the agenda', async () => {
    const { lead, li } = bank.staff
    await talk(corporate, li, { mode: 'VISIT', on: '2026-11-20' })
    await talk(corporate, li, { on: '2026-11-10', entered: '2026-11-20', late: true })
    await talk(corporate, li, { on: '2026-11-11', entered: '2026-11-19', late: true })
    await bank.look(`UPDATE maturity SET result = 'RENEWED', result_on = '2026-11-20', result_fen = 40000000, result_by = $2 WHERE customer_id = $1`, [person, li.staffKey])
    await bank.look(`INSERT INTO alert (customer_id, id, kind, about, raised_on, due_on, amount_fen, detail, limit_version, owner_key, scope_path, viewers)
      SELECT customer_id, gen_random_uuid(), 'MOVEMENT_IN', '2026-11-20', '2026-11-20', '2026-11-23', 90000000, '{}', '1', main_staff_key, scope_path, viewers FROM customer WHERE customer_id = $1`, [person])
    expect((await bank.ask(lead, readMeetingAgenda, { params: { meetingId } })).body).toMatchObject({
      team: { of: '2026-11-20', contacts: 1, visits: 1, people: 1, late: 1, wins: 1, wonFen: '40000000' }, movements: { count: 2, open: 1, items: [{ customer: { name: '张建国' }, called: false }, { called: true }] },
    })
    expect((await bank.ask(li, readMeetingAgenda, { params: { meetingId } })).body).toMatchObject({ team: { wins: 0, wonFen: '0', late: 1 }, movements: { open: 0 } })
  })
})

describe('holding', () => {
  test('words, attendance, focus, actions; then it closes and stays as it is', async () => {
    const { lead, li, wang, outletHead, lobby, zhao } = bank.staff
    expect(told(await turn('CLOSED'))).toBe('not-begun')
    expect(told(await turn('RUNNING'))).toBe('ok')
    expect(told(await turn('RUNNING'))).toBe('so-already')
    expect(told(await part(lead, { part: 'GOALS', held: true }))).toBe('held-without-words')
    expect(told(await part(lead, { part: 'GOALS', ownerKey: zhao.staffKey }))).toBe('owner-unknown')
    expect(told(await part(lead, { part: 'GOALS', content: '本月存款净增 800 万元，时间进度 76%', held: true }))).toBe('ok')
    expect(told(await mark([{ staffKey: zhao.staffKey, mark: 'PRESENT' }]))).toBe('not-of-meeting')
    expect(told(await mark([{ staffKey: wang.staffKey, mark: 'OUT' }]))).toBe('reason-missing')
    expect(told(await mark([{ staffKey: wang.staffKey, mark: 'OUT', reason: '走访开发区' }, ...[lead, li, outletHead].map((one) => ({ staffKey: one.staffKey, mark: 'PRESENT' }))]))).toBe('ok')
    expect(told(await turn('CLOSED'))).toBe('attendance-missing')
    await mark([{ staffKey: lobby.staffKey, mark: 'LEAVE', reason: '年休' }])
    expect(told(await turn('CLOSED'))).toBe('mandatory-part-missing')
    await part(lead, { part: 'NOTICES', content: '周三下午反洗钱培训', held: true })
    await part(lead, { part: 'TECHNIQUE', ownerKey: li.staffKey, content: '角色演练：续存谈判', held: true })
    expect(told(await bank.ask(li, nameFocus, { params: { customerId: corporate }, body: { id: newId(), meetingId, part: 'ANALYSIS', note: '扩产后回款周期变长' } }))).toBe('ok')
    const action = { id: newId(), title: '约见晋泰财务负责人', ownerKey: li.staffKey, dueOn: tomorrow }
    const act = (body: Record<string, unknown>) => bank.ask(lead, addMeetingAction, { params: { meetingId }, body })
    expect(told(await act({ ...action, id: newId(), dueOn: '2026-11-20' }))).toBe('in-the-past')
    expect(told(await act({ ...action, id: newId(), ownerKey: zhao.staffKey }))).toBe('not-of-meeting')
    expect(told(await act(action))).toBe('ok')
    expect(told(await act(action))).toBe('ok')
    const tasks = (await bank.ask(li, listTasks, { query: { list: 'mine' } })).body.items as { id: string; title: string; source: string; dueOn: string }[]
    expect(tasks.filter((one) => one.title === action.title)).toMatchObject([{ source: 'MEETING', dueOn: tomorrow }])
    expect(told(await bank.ask(lead, getMinutes, { params: { meetingId } }))).toBe('not-closed')
    expect(told(await turn('CLOSED'))).toBe('ok')
    for (const late of [part(lead, { part: 'MORALE', content: '士气', held: true }), mark([{ staffKey: li.staffKey, mark: 'PRESENT' }]), act({ ...action, id: newId() }), turn('CLOSED')]) expect(told(await late)).toBe('meeting-closed')
    const seen = await see(lead)
    expect(seen).toMatchObject({ state: 'CLOSED', actions: [{ title: action.title, owner: '李晓雯', outcome: 'OPEN' }], focus: [{ customerName: '山西晋泰新材料有限公司', part: 'ANALYSIS' }] })
    expect((await see(lead, true)).focus).toMatchObject([{ customerId: null, customerName: '某企业客户' }])
    // a colleague is no party of the task and may not see the customer
    expect(await see(wang)).toMatchObject({ actions: [{ outcome: null }], focus: [] })
  })
  test('the minutes are a Word document with everything that was written; fetching leaves a line', async () => {
    const { lead, wang } = bank.staff
    const { bytes, status } = await bank.ask(lead, getMinutes, { params: { meetingId } })
    expect(status).toBe(200)
    const words = await unzipText(bytes, 'word/document.xml')
    for (const word of ['晨会记录', '城南网点', '2026-11-23', '陈立', '本月存款净增 800 万元，时间进度 76%', '周三下午反洗钱培训', '角色演练：续存谈判', '走访开发区', '年休', '山西晋泰新材料有限公司', '扩产后回款周期变长', '约见晋泰财务负责人', '（未进行）']) expect(words).toContain(word)
    expect(await unzipText((await bank.ask(wang, getMinutes, { params: { meetingId } })).bytes, 'word/document.xml')).not.toContain('扩产后回款周期变长')
    expect(await bank.look(`SELECT count(*)::int AS n FROM journal_line WHERE action = 'READ' AND table_name = 'meeting' AND object_id = $1`, [meetingId])).toEqual([{ n: 2 }])
  })
  test('the next morning begins with what became of the actions; the duty D-02 is found done', async () => {
    const { lead, li } = bank.staff
    await runDutyDay(bank.services.db, today)
    expect(((await bank.ask(lead, listMyDuties, { query: {} })).body.items as { code: string; state: string; evidence: string | null }[]).find((one) => one.code === 'D-02')).toMatchObject({ state: 'DONE', evidence: '到会 3/5，晨会记录已存' })
    const task = ((await bank.ask(li, listTasks, { query: { list: 'mine' } })).body.items as { id: string; title: string }[]).find((one) => one.title === '约见晋泰财务负责人')
    for (const act of ['ACCEPT', 'REPORT']) await bank.ask(li, actOnTask, { params: { taskId: task?.id }, body: { act, note: act === 'REPORT' ? '已约周二上午' : null } })
    await bank.services.db.asBatch((tx) => moveBusinessDate(tx, tomorrow))
    const next = newId()
    expect(told(await bank.ask(lead, prepareMeeting, { body: { id: next, day: tomorrow } }))).toBe('ok')
    expect((await bank.ask(lead, readMeetingAgenda, { params: { meetingId: next } })).body['before']).toMatchObject({ of: today, done: 1, moved: 0, dropped: 0, open: 0, items: [{ title: '约见晋泰财务负责人', outcome: 'DONE' }] })
    // technique was held once this week
    const view = (await bank.ask(lead, getMeeting, { params: { meetingId: next } })).body as unknown as MeetingView
    expect(view.parts.filter((one) => one.thisWeek !== null).map((one) => [one.part, one.thisWeek])).toEqual([['PROSPECT', 0], ['ANALYSIS', 0], ['TECHNIQUE', 1], ['AWARENESS', 0]])
  })
})

describe('praise', () => {
  test('three a day, not oneself, taken back by its giver', async () => {
    const { zhao, li, qian } = bank.staff
    const give = (to: Colleague, id = newId()) => bank.ask(zhao, givePraise, { body: { id, toKey: to.staffKey, content: '周末加班整理资料', source: 'COLLEAGUE' } })
    expect(told(await give(zhao))).toBe('praise-oneself')
    const first = newId()
    for (const id of [first, newId(), newId()]) expect(told(await give(li, id))).toBe('ok')
    expect(told(await give(qian))).toBe('three-today')
    const retract = (who: Colleague) => bank.ask(who, retractPraise, { params: { praiseId: first } })
    expect(told(await retract(li))).toBe('not-yours')
    expect(told(await retract(zhao))).toBe('ok')
    expect(told(await retract(zhao))).toBe('retracted-already')
    expect(((await bank.ask(li, listPraise, { query: { toKey: String(li.staffKey) } })).body.items ?? []).filter((one) => one['from'] === '赵敏')).toHaveLength(2)
    expect(told(await give(qian))).toBe('ok')
  })
})
