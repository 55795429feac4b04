import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { smallBank, today, type Colleague, type SmallBank } from '../../tests/support/small-bank.ts'
import { getDigest, listMyDuties, type InstanceShown } from '../duties/duty.contract.ts'
import { runDutyDay } from '../duties/run-duty-day.ts'
import { getTask } from '../duties/task.contract.ts'
import { newId } from '../foundation/values/uuid7.ts'
import { routes } from '../routes.ts'
import { recordContact, voidContact } from '../visits/contact.contract.ts'
import {
  answerReport, confirmMyReport, countUnitReports, getMyReport, getReport, listCustomerBook, listMyReports, listReportsToAnswer, listUnitReports, noteInCustomerBook, noteReport, recordPhoneReport, signReport, type MonthPerson, type ReportShown, type SectionShown, type UnitPerson,
} from './day-report.contract.ts'

let bank: SmallBank
beforeAll(async () => {
  bank = await smallBank(routes)
  await runDutyDay(bank.services.db, today)
})
afterAll(() => bank.close())

const told = (answer: { status: number; body: { refusal?: string } }): string => answer.body.refusal ?? 'ok'
const confirm = (who: Colleague, period: string, texts: Record<string, string> = {}, kind = 'DAILY', id = newId()) => bank.ask(who, confirmMyReport, { body: { id, kind, period, texts: Object.entries(texts).map(([section, text]) => ({ section, text })) } })
const sections = async (who: Colleague): Promise<SectionShown[]> => (await bank.ask(who, getMyReport)).body['sections'] as unknown as SectionShown[]
const report = async (who: Colleague, reportId: string): Promise<ReportShown> => (await bank.ask(who, getReport, { params: { reportId } })).body['report'] as unknown as ReportShown
const unit = async (who: Colleague, query: Record<string, string> = {}): Promise<UnitPerson[]> => (await bank.ask(who, listUnitReports, { query })).body.items as unknown as UnitPerson[]
const duties = async (who: Colleague): Promise<InstanceShown[]> => (await bank.ask(who, listMyDuties)).body.items as unknown as InstanceShown[]

describe('the report at the end of a day', () => {
  test('is filled from what was logged; what it showed stays when the record is voided later', async () => {
    const { li, wang, lead, zhao, otherBranchHead, lobby } = bank.staff
    const customerId = await bank.customer({ main: li, name: '汾河纺织有限公司', openedOn: today })
    const contactId = newId()
    await bank.ask(li, recordContact, { params: { customerId }, body: { id: contactId, mode: 'VISIT', businessDate: today, summary: '谈扩产' } })
    const draft = await sections(li)
    expect(draft.map((one) => one.code)).toEqual(['contacts', 'duties', 'problems', 'plan'])
    expect(draft[0]?.facts.map((one) => [one.kind, one.customerName])).toEqual([['CONTACT', '汾河纺织有限公司'], ['NEW_CUSTOMER', '汾河纺织有限公司']])
    expect((await sections(wang))[0]?.facts).toEqual([])
    // the duty to report is no line of the report
    expect(draft[1]?.facts.some((one) => one.zh === '每日汇报')).toBe(false)
    expect((await duties(li)).find((one) => one.code === 'D-01')?.state).toBe('OPEN')

    const id = newId()
    expect((await confirm(li, today, { problems: '需要分行支持扩产授信' }, 'DAILY', id)).body).toMatchObject({ id })
    // the same again is the first answer; another one is refused
    expect(told(await confirm(li, today, { problems: '需要分行支持扩产授信' }, 'DAILY', id))).toBe('ok')
    expect(told(await confirm(li, today))).toBe('reported-already')
    expect(['DONE', 'DONE_LATE']).toContain((await duties(li)).find((one) => one.code === 'D-01')?.state)

    await bank.ask(li, voidContact, { params: { customerId, contactId }, body: { reason: '记错客户' } })
    const kept = await report(lead, id)
    expect(kept.sections[0]?.facts.map((one) => one.kind)).toContain('CONTACT')
    expect(kept.sections.find((one) => one.code === 'problems')?.text).toBe('需要分行支持扩产授信')
    // others of the outlet, another line, the lobby whose unit it is: not there
    for (const other of [wang, zhao, otherBranchHead, lobby]) expect(told(await bank.ask(other, getReport, { params: { reportId: id } }))).toBe('not-found')
    // who may not see the customer any more reads the fact without its name
    await bank.look(`UPDATE customer SET viewers = '{}', main_staff_key = NULL WHERE customer_id = $1`, [customerId])
    expect((await report(li, id)).sections[0]?.facts.find((one) => one.kind === 'CONTACT')).toMatchObject({ customerName: null, customerId: null, address: null })
    // the journal tells who and when, not the text
    expect(await bank.look(`SELECT 1 FROM journal_line WHERE table_name = 'day_report' AND after::text LIKE '%扩产%'`)).toEqual([])
  })

  test('comments, additions and the sign-off: by who is above, once, never of oneself', async () => {
    const { wang, li, lead, outletHead, otherBranchHead } = bank.staff
    const id = newId()
    await confirm(wang, today, {}, 'DAILY', id)
    const note = (who: Colleague, text: string) => bank.ask(who, noteReport, { params: { reportId: id }, body: { id: newId(), note: text } })
    expect((await note(wang, '补充：下午又联系一户')).body['kind']).toBe('ADDITION')
    expect((await note(lead, '明早一起看')).body['kind']).toBe('COMMENT')
    expect(told(await note(li, '看看'))).toBe('not-found')
    const sign = (who: Colleague) => bank.ask(who, signReport, { params: { reportId: id }, body: { note: '已阅，辛苦' } })
    expect(told(await sign(wang))).toBe('not-allowed')
    expect(told(await sign(otherBranchHead))).toBe('not-found')
    expect((await sign(lead)).body).toEqual({ signedOn: today })
    const again = await sign(outletHead)
    expect(told(again)).toBe('signed-already')
    expect(await report(wang, id)).toMatchObject({ signedBy: '陈立', notes: [{ kind: 'ADDITION' }, { kind: 'COMMENT' }, { kind: 'COMMENT', note: '已阅，辛苦' }] })
    expect((await bank.ask(wang, listMyReports)).body.items).toMatchObject([{ period: today, notes: 3 }])
  })

  test.each([
    ['a day to come', '2026-11-24', 'day-to-come'], ['a Sunday', '2026-11-22', 'no-working-day'], ['a day that is closed: the next working day is the last', '2026-11-19', 'day-closed'], ['a kind of another post', today, 'kind-unknown'], ['no day at all', '2026-02-30', 'kind-unknown'],
  ])('%s is refused', async (_what, period, refusal) => {
    expect(told(await confirm(bank.staff.zhao, period, {}, refusal === 'kind-unknown' && period === today ? 'LOBBY_LOG' : 'DAILY'))).toBe(refusal)
    expect(await bank.look(`SELECT 1 FROM day_report WHERE period_key = $1 AND staff_key = $2`, [period, bank.staff.zhao.staffKey])).toEqual([])
  })

  test('the working day before may still be reported, late; a superior records one by phone, of his own line only', async () => {
    const { zhao, lead, branchHead, li, qian } = bank.staff
    expect((await confirm(zhao, '2026-11-20')).body['late']).toBe(true)
    const phone = (who: Colleague, of: Colleague, period = '2026-11-20', id = newId()) => bank.ask(who, recordPhoneReport, { body: { id, kind: 'DAILY', period, staffKey: of.staffKey, texts: [{ section: 'contacts', text: '陪同客户在外' }] } })
    expect(told(await phone(li, zhao))).toBe('not-allowed')
    expect(told(await phone(lead, zhao, today))).toBe('not-found')
    expect(told(await phone(branchHead, qian))).toBe('not-found')
    expect(told(await phone(branchHead, branchHead))).toBe('own-report')
    expect(told(await phone(branchHead, zhao))).toBe('reported-already')
    const id = newId()
    expect(told(await phone(branchHead, li, '2026-11-20', id))).toBe('ok')
    expect(await report(li, id)).toMatchObject({ channel: 'PHONE', recordedBy: '周正', late: true })
  })

  test('a day of absence belongs to the substitute; a leaver owes none', async () => {
    const { wang, li, lead } = bank.staff
    await bank.look(`INSERT INTO substitution (id, absent_key, substitute_key, from_date, until_date, customers, reason, state, asked_by, asked_on, confirmed_by, confirmed_on, policy_version, scope_path, viewers)
      SELECT uuid7(), $1, $2, '2026-11-20', '2026-11-20', 'ALL', '病假', 'CONFIRMED', $1, '2026-11-19', $3, '2026-11-19', '1', line_path, ARRAY[$1, $2]::int[] FROM organisation_post_facts WHERE staff_key = $1 LIMIT 1`, [wang.staffKey, li.staffKey, lead.staffKey])
    const answer = await confirm(wang, '2026-11-20')
    expect(told(answer)).toBe('absent-that-day')
    expect(answer.body['message']).toContain('李晓雯 代班')
    expect((await unit(lead, { day: '2026-11-20' })).find((one) => one.staffName === '王凯')).toMatchObject({ state: 'ABSENT', substitute: '李晓雯' })
    // a manager who left on the 20th: his superior finds him, and that day is not his any more
    const gone = bank.staff.qian
    await bank.look(`UPDATE employment SET to_date = '2026-11-20' WHERE staff_key = $1`, [gone.staffKey])
    expect(told(await bank.ask(bank.staff.otherBranchHead, recordPhoneReport, { body: { id: newId(), kind: 'DAILY', period: '2026-11-20', staffKey: gone.staffKey, texts: [] } }))).toBe('not-employed')
    await bank.look(`UPDATE employment SET to_date = NULL WHERE staff_key = $1`, [gone.staffKey])
  })

  test('the unit’s list: who is missing first; the month counts every working day since it began', async () => {
    const { lead, branchHead, li } = bank.staff
    const day = await unit(branchHead)
    expect(day.map((one) => [one.staffName, one.state === 'ON_TIME' || one.state === 'LATE'])).toEqual(expect.arrayContaining([['赵敏', false], ['李晓雯', true], ['王凯', true]]))
    expect(day[0]).toMatchObject({ staffName: '赵敏', state: 'NOT_YET' })
    expect((await unit(lead)).map((one) => one.staffName).sort()).toEqual(['李晓雯', '王凯'])
    expect((await bank.ask(branchHead, listUnitReports, { query: { day: '2026-11-22' } })).body).toMatchObject({ workingDay: false, items: [] })
    expect(told(await bank.ask(li, listUnitReports))).toBe('not-allowed')
    const month = (await bank.ask(branchHead, countUnitReports, { query: { month: '2026-11' } })).body.items as unknown as MonthPerson[]
    // the first report is of the 20th: one working day is over
    expect(month.every((one) => one.expected === one.onTime + one.late + one.missing + one.excused)).toBe(true)
    expect(month.find((one) => one.staffName === '李晓雯')).toMatchObject({ expected: 1, late: 1, missing: 0 })
  })
})

describe('the lobby', () => {
  test('log and customer book of a day; the month is drafted from them, answered with measures that become tasks', async () => {
    const { lobby, li, outletHead, lead, otherBranchHead } = bank.staff
    const customerId = await bank.customer({ main: li, name: '城南粮油商行' })
    const strange = await bank.customer({ main: bank.staff.qian, name: '城西商行' })
    const book = (id: string) => bank.ask(lobby, noteInCustomerBook, { body: { id: newId(), customerId: id, facts: '每周三到店存现', service: '引导使用回单机', needs: '想要上门收款' } })
    expect(told(await book(customerId))).toBe('ok')
    expect(told(await book(strange))).toBe('customer-not-seen')
    expect((await bank.ask(outletHead, listCustomerBook)).body.items).toMatchObject([{ customerName: '城南粮油商行', needs: '想要上门收款' }])
    expect((await bank.ask(otherBranchHead, listCustomerBook)).body.items).toEqual([])
    expect(told(await bank.ask(li, listCustomerBook))).toBe('not-allowed')

    const mine = (await bank.ask(lobby, getMyReport)).body
    expect(mine).toMatchObject({ kind: { code: 'LOBBY_LOG' } })
    expect((mine['sections'] as unknown as SectionShown[]).find((one) => one.code === 'customers')?.facts.map((one) => one.customerName)).toEqual(['城南粮油商行'])
    expect(told(await confirm(lobby, today, { needs: '上门收款', opinions: '等候时间长' }, 'LOBBY_LOG'))).toBe('ok')
    expect(told(await confirm(lobby, '2026-11', { suggestions: '增开窗口' }, 'LOBBY_MONTH'))).toBe('month-not-over')
    // a log of October, as it would have been written then
    await bank.look(`INSERT INTO day_report (id, kind_code, kind_version, staff_key, place_key, period_key, first_day, last_day, due_on, channel, recorded_by, confirmed_on, confirmed_at, late, texts, scope_path)
      SELECT uuid7(), kind_code, kind_version, staff_key, place_key, '2026-10-29', '2026-10-29', '2026-10-29', '2026-10-29', channel, recorded_by, '2026-10-29', now(), false, '{"opinions":"叫号太慢","needs":"大额存单"}', scope_path FROM day_report WHERE kind_code = 'LOBBY_LOG'`)
    const month = (await bank.ask(lobby, getMyReport, { query: { kind: 'LOBBY_MONTH' } })).body
    expect((month['sections'] as unknown as SectionShown[]).map((one) => [one.code, one.text])).toEqual([['measures', null], ['market', null], ['needs', '10-29 大额存单'], ['opinions', '10-29 叫号太慢'], ['suggestions', null]])
    // the fifth working day after October has passed by far, the tenth after it as well: 2026-11-06 + 10 = 2026-11-20
    expect(told(await confirm(lobby, '2026-10', { suggestions: '增开窗口' }, 'LOBBY_MONTH'))).toBe('day-closed')

    // a major problem is told at once, and asks for the same answer
    const id = newId()
    expect(told(await confirm(lobby, id, { suggestions: '请派人' }, 'LOBBY_PROBLEM', id))).toBe('section-missing')
    expect(told(await confirm(lobby, id, { problem: '叫号机停用', strange: '没有的栏目' }, 'LOBBY_PROBLEM', id))).toBe('section-unknown')
    expect(told(await confirm(lobby, id, { problem: '叫号机停用' }, 'LOBBY_PROBLEM', id))).toBe('ok')
    await runDutyDay(bank.services.db, today)
    expect((await duties(outletHead)).find((one) => one.code === 'D-50')).toMatchObject({ state: 'OPEN', dueOn: '2026-12-07' })
    expect((await bank.ask(outletHead, listReportsToAnswer)).body.items).toMatchObject([{ id, staffName: '何静', answerDueOn: '2026-12-07', answerDaysLeft: 10 }])
    expect((await bank.ask(lead, listReportsToAnswer)).body.items).toEqual([])
    expect(told(await bank.ask(outletHead, signReport, { params: { reportId: id }, body: {} }))).toBe('answer-first')
    const taskId = newId()
    const answer = (who: Colleague, ownerKey: number) => bank.ask(who, answerReport, { params: { reportId: id }, body: { answer: '当日报修', measures: [{ id: taskId, title: '修复叫号机', content: '联系厂家', ownerKey, dueOn: '2026-11-27' }] } })
    expect(told(await answer(lead, li.staffKey))).toBe('not-found')
    // somebody of another line: nothing is half saved
    expect(told(await answer(outletHead, bank.staff.qian.staffKey))).toBe('not-your-line')
    expect((await report(lobby, id)).answeredOn).toBeNull()
    expect((await answer(outletHead, li.staffKey)).body).toEqual({ answeredOn: today, late: false, tasks: 1 })
    expect(told(await answer(outletHead, li.staffKey))).toBe('answered-already')
    expect((await duties(outletHead)).find((one) => one.code === 'D-50')?.state).toBe('DONE')
    // the reporter sees how the measure stands, and it heads the next report
    expect((await bank.ask(lobby, getTask, { params: { taskId } })).body).toMatchObject({ task: { source: 'LOBBY_REPORT', state: 'GIVEN' } })
    expect(((await bank.ask(lobby, getMyReport, { query: { kind: 'LOBBY_MONTH', period: '2026-11' } })).body['sections'] as unknown as SectionShown[])[0]?.facts.map((one) => one.zh)).toEqual(['修复叫号机'])
    expect((await bank.ask(outletHead, getDigest)).status).toBe(200)
  })
})

describe('what is open', () => {
  test('tells its day: a duty missed last week and the same of this week are no double', async () => {
    const { zhao } = bank.staff
    const owe = (dueOn: string, state: string) => bank.look(`
      INSERT INTO duty_instance (id, duty_code, duty_version, staff_key, holder_key, period_key, opens_on, due_on, state, scope_path)
      SELECT gen_random_uuid(), d.code, d.version, $1, $1, $2::text || ' again', $2::date, $2::date, $3, p.line_path FROM duty_kind d, organisation_post_facts p WHERE d.code = 'D-12' AND d.to_date IS NULL AND p.staff_key = $1`, [zhao.staffKey, dueOn, state])
    await owe('2026-11-13', 'MISSED')
    await owe('2026-11-20', 'MISSED')
    const [name] = await bank.look<{ zh: string; en: string }>(`SELECT name AS zh, name_en AS en FROM duty_kind WHERE code = 'D-12' AND to_date IS NULL`)
    const open = (await sections(zhao)).flatMap((one) => one.facts).filter((one) => one.kind === 'DUTY_OPEN')
    expect(open.map((one) => [one.zh, one.en])).toEqual(expect.arrayContaining([[`${name?.zh}（11-13 到期）`, `${name?.en} (due 11-13)`], [`${name?.zh}（11-20 到期）`, `${name?.en} (due 11-20)`]]))
  })
})
