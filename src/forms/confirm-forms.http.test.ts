import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { smallBank, today, type Colleague, type SmallBank } from '../../tests/support/small-bank.ts'
import { moveBusinessDate } from '../deliveries/add-bank.ts'
import { startDay } from '../flows/parts/start-day.ts'
import { readWorkbook } from '../foundation/spreadsheets/read-workbook.ts'
import { newId } from '../foundation/values/uuid7.ts'
import { addInstitution } from '../organisation/add-institution.ts'
import { hirePerson } from '../organisation/hire-person.ts'
import { holdPost } from '../organisation/hold-post.ts'
import { endEmploymentContract, transferPersonContract } from '../organisation/person.contract.ts'
import { readMyDay } from '../reports/my-day.contract.ts'
import { routes } from '../routes.ts'
import { confirmAnswer, endForm, exportAnswers, getAnswer, getForm, listForms, makeForm, openForm, readAnswers, returnAnswer, sendBackAnswer, submitAnswer, type AnswerLine } from './form.contract.ts'

// HR collects and wants the word of the outlet's head: the managers of the south outlet answer to its head, those of the department of the second branch to the branch.
let bank: SmallBank
beforeAll(async () => {
  bank = await smallBank(routes)
})
afterAll(() => bank.close())

const told = (answer: { status: number; body: { refusal?: string } }): string => answer.body.refusal ?? 'ok'
const cells = [{ code: 'c1', label: '拟走访户数', type: 'WHOLE', least: '0' }]
const make = async (more: Record<string, unknown> = {}): Promise<string> => String((await bank.ask(bank.staff.hr, makeForm, { body: { id: newId(), title: '年末走访计划', why: '年末走访', answersFor: 'PERSON', mostRows: 1, cells, addressees: { posts: ['RM'] }, dueOn: '2026-11-27', confirms: true, ...more } })).body['id'])
const send = (formId: string) => bank.ask(bank.staff.hr, openForm, { params: { formId } })
const open = async (more: Record<string, unknown> = {}): Promise<string> => {
  const formId = await make(more)
  expect(told(await send(formId))).toBe('ok')
  return formId
}
const answers = async (who: Colleague, formId: string, which = 'all'): Promise<AnswerLine[]> => ((await bank.ask(who, readAnswers, { params: { formId }, query: { which } })).body.items ?? []) as unknown as AnswerLine[]
const answerOf = async (who: Colleague, formId: string): Promise<string> => (await answers(who, formId)).find((one) => one.staffKey === who.staffKey)?.id ?? ''
const see = async (who: Colleague, answerId: string) => (await bank.ask(who, getAnswer, { params: { answerId } })).body
const edition = async (answerId: string): Promise<number> => Number((await see(bank.staff.hr, answerId))['edition'])
const submit = async (who: Colleague, answerId: string, c1 = '5') => bank.ask(who, submitAnswer, { params: { answerId }, body: { edition: await edition(answerId), rows: [{ values: { c1 } }] } })
const confirm = async (who: Colleague, answerId: string, at?: number, key = newId()) => bank.ask(who, confirmAnswer, { params: { answerId }, body: { edition: at ?? (await edition(answerId)) }, key })
const sendBack = async (who: Colleague, answerId: string, reason = '户数偏少') => bank.ask(who, sendBackAnswer, { params: { answerId }, body: { edition: await edition(answerId), reason } })
const day = async (who: Colleague, kind: string): Promise<string[]> => ((await bank.ask(who, readMyDay)).body['lines'] as { kind: string; title: { zh: string }; address: string }[]).filter((line) => line.kind === kind).map((line) => line.title.zh)
const hire = (name: string, postCode: string, lineKey: number): Promise<Colleague> => bank.services.db.asOffice(async (tx) => {
  const staffNo = `T${newId().slice(-8)}`
  const staffKey = await hirePerson(tx, { staffNo, name, from: '2020-01-01' })
  return { staffKey, staffNo, postKey: await holdPost(tx, { staffKey, postCode, lineKey, placeKey: lineKey, from: '2020-01-01' }), postCode, name }
})

describe('an answer that the head of the outlet confirms', () => {
  test('waits, stands on his day, is sent back, handed in again, confirmed; only then it counts', async () => {
    const { hr, li, wang, lead, outletHead, branchHead, leader, admin } = bank.staff
    const formId = await open({ addressees: { units: [bank.units.south.key], posts: ['RM'] } })
    expect((await bank.ask(hr, getForm, { params: { formId } })).body).toMatchObject({ confirms: true, counts: { all: 2, submitted: 0, waiting: 0 } })
    const mine = await answerOf(li, formId)
    const first = await edition(mine)
    expect(told(await confirm(outletHead, mine))).toBe('not-submitted')
    expect((await submit(li, mine)).body).toMatchObject({ late: false, waitsFor: '孙涛' })
    expect(await day(outletHead, 'COLLECTION_CONFIRM')).toEqual(['年末走访计划：1 份待确认，11-27 截止'])
    expect(await day(lead, 'COLLECTION_CONFIRM')).toEqual([])
    // it is told as waiting, not as missing, and counts for nothing
    expect((await answers(hr, formId)).map((one) => [one.name, one.state, one.confirmer?.name ?? null])).toEqual([['李晓雯', 'WAITING', '孙涛'], ['王凯', 'OPEN', null]])
    expect((await answers(hr, formId, 'missing')).map((one) => one.name)).toEqual(['王凯'])
    expect((await answers(hr, formId, 'waiting')).map((one) => one.name)).toEqual(['李晓雯'])
    expect((await bank.ask(hr, readAnswers, { params: { formId } })).body).toMatchObject({ totals: [{ code: 'c1', total: '0', filled: 0 }], rows: 0 })
    expect((await bank.ask(hr, getForm, { params: { formId } })).body['counts']).toMatchObject({ submitted: 0, waiting: 1 })
    expect((await bank.ask(li, listForms, { query: { list: 'mine' } })).body.items?.[0]).toMatchObject({ mine: { state: 'WAITING' } })
    expect(told(await bank.ask(hr, exportAnswers, { params: { formId }, body: { purpose: '汇总' } }))).toBe('nothing-to-export')
    expect(told(await submit(li, mine))).toBe('waits-for-head')
    // who may and who may not
    expect(told(await confirm(li, mine))).toBe('not-allowed')
    expect(told(await confirm(admin, mine))).toBe('not-allowed')
    expect(told(await confirm(bank.staff.placeHead, mine))).toBe('not-allowed')
    expect(told(await confirm(bank.staff.otherBranchHead, mine))).toBe('not-found')
    for (const other of [lead, branchHead, leader]) expect(told(await confirm(other, mine))).toBe('not-the-head')
    expect(await see(outletHead, mine)).toMatchObject({ state: 'WAITING', rows: [{ values: { c1: '5' } }], confirmers: [{ name: '孙涛' }], may: { confirm: { allowed: true }, sendBack: { allowed: true } } })
    expect(await see(lead, mine)).toMatchObject({ may: { confirm: { allowed: false, reason: 'not-the-head' } } })
    expect(told(await confirm(outletHead, mine, first))).toBe('changed-meanwhile')
    // sent back with the reason, corrected, confirmed
    expect(told(await sendBack(lead, mine))).toBe('not-the-head')
    expect(told(await sendBack(outletHead, mine))).toBe('ok')
    expect(await see(li, mine)).toMatchObject({ state: 'RETURNED', returnReason: '户数偏少', returnedBy: '孙涛' })
    expect(await day(li, 'COLLECTION_FORM')).toEqual(['退回补正：年末走访计划'])
    expect(await day(outletHead, 'COLLECTION_CONFIRM')).toEqual([])
    expect(told(await submit(li, mine, '8'))).toBe('ok')
    const key = newId()
    const at = await edition(mine)
    expect((await confirm(outletHead, mine, at, key)).body).toEqual({ state: 'SUBMITTED', confirmedOn: today })
    expect((await confirm(outletHead, mine, at, key)).body).toEqual({ state: 'SUBMITTED', confirmedOn: today })
    expect(told(await confirm(outletHead, mine))).toBe('confirmed-already')
    expect(told(await sendBack(outletHead, mine))).toBe('confirmed-already')
    expect(await see(li, mine)).toMatchObject({ state: 'SUBMITTED', confirmedBy: '孙涛', confirmedOn: today, history: [{ round: 1 }, { round: 2 }] })
    expect((await bank.ask(hr, readAnswers, { params: { formId } })).body).toMatchObject({ totals: [{ code: 'c1', total: '8', filled: 1 }], rows: 1 })
    expect(await day(outletHead, 'COLLECTION_CONFIRM')).toEqual([])
    // the collector returns it: handed in again, it waits again
    expect(told(await bank.ask(hr, returnAnswer, { params: { answerId: mine }, body: { reason: '请按新口径' } }))).toBe('ok')
    expect(told(await submit(li, mine, '9'))).toBe('ok')
    expect(await see(hr, mine)).toMatchObject({ state: 'WAITING', confirmedBy: null, confirmedOn: null })
    expect(told(await confirm(outletHead, mine))).toBe('ok')
    // the merged table: what is confirmed stands in it, what waits is named and not counted
    expect(told(await submit(wang, await answerOf(wang, formId), '30'))).toBe('ok')
    const book = await readWorkbook((await bank.ask(hr, exportAnswers, { params: { formId }, body: { purpose: '汇总走访' } })).bytes, { sheet: '汇总', mostRows: 50 })
    const texts = book.ok ? book.value.map((line) => line.cells.map((one) => one.text)) : []
    expect(texts.find((line) => line[0] === '合计')?.[3]).toBe('9')
    expect(texts.flat().filter((text) => /^(未报|待确认)/.test(text))).toEqual(['待确认，未计入：王凯'])
    // who did what stands in the journal and, beside who handed in, in the row
    expect(await bank.look(`SELECT action, person_key FROM journal_line WHERE table_name = 'collection_answer' AND action IN ('CONFIRM_ANSWER', 'SEND_BACK_ANSWER') ORDER BY at`)).toEqual([
      { action: 'SEND_BACK_ANSWER', person_key: outletHead.staffKey }, { action: 'CONFIRM_ANSWER', person_key: outletHead.staffKey }, { action: 'CONFIRM_ANSWER', person_key: outletHead.staffKey },
    ])
    await expect(bank.look(`UPDATE collection_answer SET confirmed_by = submitted_by WHERE id = '${mine}'`)).rejects.toThrow(/check/)
    // closed: what waits can be confirmed no more
    expect(told(await bank.ask(hr, endForm, { params: { formId }, body: { as: 'CLOSED' } }))).toBe('ok')
    expect(told(await confirm(outletHead, await answerOf(wang, formId)))).toBe('form-state')
    expect(await day(outletHead, 'COLLECTION_CONFIRM')).toEqual([])
  })

  test('a form that does not ask for it is as it was', async () => {
    const { li, outletHead } = bank.staff
    const formId = await open({ confirms: false, addressees: { people: [li.staffKey] } })
    const mine = await answerOf(li, formId)
    expect((await submit(li, mine)).body).toMatchObject({ waitsFor: null })
    expect(told(await confirm(outletHead, mine))).toBe('asks-no-confirmation')
    expect((await bank.ask(bank.staff.hr, getForm, { params: { formId } })).body['counts']).toMatchObject({ submitted: 1, waiting: 0 })
  })
})

describe('who confirms', () => {
  /** Of this person's answer: the one to whom it is shown. */
  const shownTo = async (who: Colleague): Promise<string | undefined> => {
    const formId = await open({ addressees: { people: [who.staffKey] } })
    return String((await submit(who, await answerOf(who, formId))).body['waitsFor'])
  }
  test('the head of the outlet; of a head the next one above; in a department the team lead, else the branch', async () => {
    const { li, lead, lobby, outletHead, placeHead, branchHead, qian } = bank.staff
    const team = await bank.services.db.asOffice((tx) => addInstitution(tx, { code: 'T2', kind: 'TEAM', name: '二队', nameEn: 'Team', parentKey: bank.units.department.key, from: '2020-01-01' }))
    const [teamLead, member] = [await hire('队长', 'TEAM_LEAD', team.key), await hire('队员', 'RM', team.key)]
    expect([li, lead, lobby, outletHead, branchHead, placeHead, qian, member, teamLead].map((one) => one.name)).toEqual(['李晓雯', '陈立', '何静', '孙涛', '周正', '郑和', '钱进', '队员', '队长'])
    expect(await Promise.all([li, lead, lobby, outletHead, branchHead, placeHead, qian, member, teamLead].map(shownTo))).toEqual(['孙涛', '孙涛', '孙涛', '周正', '吴岚', '冯远', '冯远', '队长', '冯远'])
  })
  test('nobody confirms his own: where no head is above, the form is not sent out, and the people are told by name', async () => {
    const { leader } = bank.staff
    expect((await send(await make({ addressees: { people: [leader.staffKey] } }))).body).toMatchObject({ refusal: 'nobody-confirms', details: { count: '1', first: '吴岚' } })
    const second = await hire('副行长', 'BANK_LEADER', bank.units.head.key)
    // two heads of one rank do not confirm each other; what the branch's head answers either of them may confirm, one is shown it
    expect((await send(await make({ addressees: { people: [leader.staffKey, second.staffKey] } }))).body).toMatchObject({ refusal: 'nobody-confirms', details: { count: '2' } })
    const formId = await open({ addressees: { people: [bank.staff.branchHead.staffKey] } })
    const [line] = await answers(bank.staff.hr, formId)
    expect(told(await submit(bank.staff.branchHead, line?.id ?? ''))).toBe('ok')
    expect(told(await confirm(bank.staff.branchHead, line?.id ?? ''))).toBe('own-answer')
    expect([await day(leader, 'COLLECTION_CONFIRM'), await day(second, 'COLLECTION_CONFIRM')].filter((lines) => lines.length > 0).length).toBe(1)
    expect(told(await confirm(second, line?.id ?? ''))).toBe('ok')
  })
  test('is asked at that moment: who is away is passed over, the manager who moved is confirmed where he is, and where nobody is left it stops', async () => {
    const { hr, li, wang, zhao, outletHead, branchHead } = bank.staff
    const absent = (from: string, until: string) => bank.look(`INSERT INTO substitution (id, absent_key, substitute_key, from_date, until_date, customers, reason, state, asked_by, asked_on, policy_version, scope_path, viewers)
      SELECT '${newId()}', ${outletHead.staffKey}, ${wang.staffKey}, '${from}', '${until}', 'ALL', '休假', 'CONFIRMED', ${outletHead.staffKey}, '${from}', '1', scope_path, '{}' FROM institution_span WHERE institution_key = ${bank.units.south.key}`)
    const formId = await open({ addressees: { people: [li.staffKey, wang.staffKey, zhao.staffKey] }, dueOn: '2026-12-04' })
    const [mine, his] = [await answerOf(li, formId), await answerOf(wang, formId)]
    expect((await submit(li, mine)).body['waitsFor']).toBe('孙涛')
    await absent(today, today)
    // today the head is away: the next one above, and not the manager who stands in for him
    expect(told(await confirm(outletHead, mine))).toBe('not-the-head')
    expect((await submit(wang, his)).body['waitsFor']).toBe('周正')
    expect(told(await confirm(branchHead, mine))).toBe('ok')
    // the next day he is back: what waited for the other waits for him
    await bank.services.db.asBatch((tx) => moveBusinessDate(tx, '2026-11-24'))
    await startDay(bank.services)
    expect((await answers(hr, formId, 'waiting')).map((one) => one.confirmer?.name)).toEqual(['孙涛'])
    expect(told(await confirm(branchHead, his))).toBe('not-the-head')
    // the manager moves to the north outlet, which has no head: the branch's
    expect(told(await bank.ask(hr, transferPersonContract, { params: { staffKey: wang.staffKey }, body: { postCode: 'RM', lineKey: bank.units.north.key, placeKey: bank.units.north.key, from: '2026-11-24', orderNo: '1', reason: '调动' } }))).toBe('ok')
    expect((await answers(hr, formId, 'waiting')).map((one) => one.confirmer?.name)).toEqual(['周正'])
    expect((await see(hr, his))['confirmers']).toMatchObject([{ name: '周正' }])
    // every head above leaves: it waits for nobody, the collector is told at once, and nothing passes by itself
    const heads = await bank.look<{ staff_key: number }>(`SELECT DISTINCT staff_key FROM organisation_post_facts WHERE post_code IN ('BRANCH_HEAD', 'BANK_LEADER') AND to_date IS NULL`)
    for (const head of heads) expect(told(await bank.ask(hr, endEmploymentContract, { params: { staffKey: head.staff_key }, body: { from: '2026-11-24', reason: '离职' } }))).toBe('ok')
    expect((await answers(hr, formId, 'waiting')).map((one) => one.confirmer)).toEqual([null])
    expect(await bank.look(`SELECT title_zh FROM forms_agenda_facts WHERE staff_key = ${hr.staffKey} AND kind = 'COLLECTION_MERGE' AND id = '${formId}'`)).toEqual([{ title_zh: '年末走访计划：已收 1/3，待确认 1，其中 1 份无人可确认' }])
    expect(told(await submit(zhao, await answerOf(zhao, formId)))).toBe('nobody-confirms')
  })
})
