import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { smallBank, today, type Colleague, type SmallBank } from '../../tests/support/small-bank.ts'
import { createSegment } from '../customers/lists/segment.contract.ts'
import { moveBusinessDate } from '../deliveries/add-bank.ts'
import { startDay } from '../flows/parts/start-day.ts'
import { readWorkbook } from '../foundation/spreadsheets/read-workbook.ts'
import { newId } from '../foundation/values/uuid7.ts'
import { collectNow } from '../messages/run-messages.ts'
import { routes } from '../routes.ts'
import { answerSheet, attachToAnswer, changeForm, confirmAnswer, decideReview, exportAnswers, fetchAnswerFile, getAnswer, getForm, listReviews, makeForm, nameFiller, openForm, readAnswers, returnAnswer, saveAnswer, submitAnswer, uploadAnswer, type AnswerLine, type AnswerRow, type Review, type Subject } from './form.contract.ts'

// The branch and head office ask managers about customers: 李晓雯 has three, 王凯 one, 钱进 of the other branch one.
let bank: SmallBank
const customers: Record<string, string> = {}
beforeAll(async () => {
  bank = await smallBank(routes)
  const { li, wang, qian } = bank.staff
  customers['jin'] = await bank.customer({ main: li, name: '晋泰新材料有限公司' })
  customers['yun'] = await bank.customer({ main: li, name: '云冈水泥有限公司' })
  customers['small'] = await bank.customer({ main: li, name: '小店便利店', tier: 'T3' })
  customers['wang'] = await bank.customer({ main: wang, name: '汾河纺织有限公司' })
  customers['qian'] = await bank.customer({ main: qian, name: '西城铸造有限公司' })
  await bank.look(`UPDATE customer SET deposit_fen = 500000 WHERE customer_id = '${customers['jin']}'`)
})
afterAll(() => bank.close())

const told = (answer: { status: number; body: { refusal?: string } }): string => answer.body.refusal ?? 'ok'
const cells = [{ code: 'c1', label: '年末存款余额预估', type: 'AMOUNT', source: 'DEPOSITS' }, { code: 'c2', label: '是否续作', type: 'CHOICE', choices: ['是', '否'] }, { code: 'c3', label: '意向书', type: 'FILE', required: false }]
const about = { of: 'OWN', kind: null, tiers: ['T1'], segment: null }
const content = { title: '年末重点客户摸排', why: '年末资金安排', answersFor: 'CUSTOMER', mostRows: 1, cells, addressees: { posts: ['RM'] }, dueOn: '2026-11-27', confirms: true, customers: about, purpose: '年末资金安排摸排' }
const make = (who: Colleague, more: Record<string, unknown> = {}) => bank.ask(who, makeForm, { body: { id: newId(), ...content, ...more } })
const open = (who: Colleague, formId: string) => bank.ask(who, openForm, { params: { formId } })
const answers = async (who: Colleague, formId: string): Promise<AnswerLine[]> => ((await bank.ask(who, readAnswers, { params: { formId } })).body.items ?? []) as unknown as AnswerLine[]
const answerOf = async (who: Colleague, formId: string): Promise<string> => (await answers(who, formId)).find((one) => one.staffKey === who.staffKey)?.id ?? ''
type Opened = { edition: number; subjects: Subject[]; rows: AnswerRow[]; files: { id: string; name: string }[]; state: string; nameable: { staffKey: number; name: string }[]; may: Record<string, { allowed: boolean; reason: string | null }> }
// rows stand by the customers' numbers, which the test does not choose: here they stand as they were made
const made = ['晋泰新材料有限公司', '云冈水泥有限公司', '小店便利店', '汾河纺织有限公司', '西城铸造有限公司']
const asMade = (one: string | null, other: string | null): number => made.indexOf(one ?? '') - made.indexOf(other ?? '')
const see = async (who: Colleague, answerId: string): Promise<Opened> => {
  const opened = (await bank.ask(who, getAnswer, { params: { answerId } })).body as unknown as Opened
  return opened.subjects ? { ...opened, subjects: opened.subjects.toSorted((one, other) => asMade(one.name, other.name)) } : opened
}
const submit = async (who: Colleague, answerId: string, rows: Partial<AnswerRow>[]) => bank.ask(who, submitAnswer, { params: { answerId }, body: { edition: (await see(who, answerId)).edition, rows } })
const confirm = async (who: Colleague, answerId: string) => bank.ask(who, confirmAnswer, { params: { answerId }, body: { edition: (await see(who, answerId)).edition } })
const pdf = { name: '意向书.pdf', bytes: Buffer.from('%PDF-1.4\n%%EOF') }
const attach = (who: Colleague, answerId: string, cell: string, of: string | null, file = pdf) => bank.ask(who, attachToAnswer, { params: { answerId }, body: { id: newId(), cell, of }, file })
const fetchFile = (who: Colleague, answerId: string, fileId: string) => bank.ask(who, fetchAnswerFile, { params: { answerId, fileId }, body: { purpose: '核对附件' } })
/** What stands on somebody's day, of whatever post. */
const day = async (who: Colleague, kind: string): Promise<string[]> => (await bank.look<{ title_zh: string }>(`SELECT title_zh FROM forms_agenda_facts WHERE staff_key = ${who.staffKey} AND kind = '${kind}' ORDER BY title_zh`)).map((line) => line.title_zh)
const notices = (kind: string): Promise<{ staff_key: number; title_zh: string }[]> => bank.look(`SELECT staff_key, title_zh FROM forms_notice_facts WHERE kind = '${kind}' ORDER BY staff_key, title_zh`)

describe('rows for each customer', () => {
  test('say whose and what for, and ask for nothing that belongs into the file', async () => {
    const { branchHead, li } = bank.staff
    expect(told(await make(li))).toBe('not-allowed')
    expect(told(await make(branchHead, { customers: null }))).toBe('customers-unsaid')
    expect(told(await make(branchHead, { purpose: null }))).toBe('purpose-unsaid')
    expect((await make(branchHead, { cells: [{ code: 'c1', label: '身份证号', type: 'TEXT' }] })).body).toMatchObject({ refusal: 'classed-cell', details: { what: '证件号码' } })
    expect(told(await make(branchHead, { cells: [{ code: 'c1', label: '管户数', type: 'WHOLE', source: 'CUSTOMERS' }, { code: 'c2', label: '说明', type: 'TEXT' }] }))).toBe('source-not-per-customer')
    expect(told(await make(branchHead, { customers: { ...about, of: 'SEGMENT', segment: newId() } }))).toBe('segment-gone')
    expect(told(await make(branchHead, { answersFor: 'PERSON', cells: [{ code: 'c1', label: '客户姓名', type: 'TEXT' }] }))).toBe('customers-by-name')
  })

  test('are filled in by the manager for his own, with a file, confirmed by the head, merged, exported with the mark; each sees the customers of his scope', async () => {
    const { branchHead, li, wang, lead, outletHead, leader, qian } = bank.staff
    const { body } = await make(branchHead)
    const formId = String(body['id'])
    expect(body).toMatchObject({ wanted: 2, reviews: 0 })
    expect((await bank.ask(branchHead, getForm, { params: { formId } })).body).toMatchObject({ wanted: 2, wantedCustomers: 3, dataClass: 'GENERAL_SENSITIVE', purpose: '年末资金安排摸排' })
    expect((await open(branchHead, formId)).body).toEqual({ asked: 2 })
    expect(await day(li, 'COLLECTION_FORM')).toEqual(['年末重点客户摸排'])
    expect(told(await bank.ask(qian, getForm, { params: { formId } }))).toBe('not-found')
    const mine = await answerOf(li, formId)
    const { subjects } = await see(li, mine)
    expect(subjects.map(({ name, prefilled }) => [name, prefilled])).toEqual([['晋泰新材料有限公司', { c1: '500000' }], ['云冈水泥有限公司', { c1: '0' }]])
    expect(told(await bank.ask(wang, getAnswer, { params: { answerId: mine } }))).toBe('not-found')
    const [jin, yun] = subjects.map(({ of }) => of) as [string, string]
    const row = (of: string, c1: string, more: Partial<AnswerRow> = {}): AnswerRow => ({ of, values: { c1, c2: '是', ...more.values }, reasons: more.reasons ?? {} })
    // no customer may lack, a figure of the system needs its reason, what is about somebody else is dropped
    expect((await submit(li, mine, [row(jin, '500000')])).body).toMatchObject({ refusal: 'cell-faults', details: { count: '2' } })
    expect(told(await submit(li, mine, [row(jin, '600000'), row(yun, '0')]))).toBe('cell-faults')
    // a file: only by who fills in, only for a cell that holds files, only of a known kind
    expect(told(await attach(lead, mine, 'c3', jin))).toBe('not-yours-to-answer')
    expect(told(await attach(li, mine, 'c1', jin))).toBe('no-file-cell')
    expect(told(await attach(li, mine, 'c3', newId()))).toBe('not-found')
    expect(told(await attach(li, mine, 'c3', null))).toBe('not-found')
    expect(told(await attach(li, mine, 'c3', jin, { name: '程序.pdf', bytes: Buffer.from('MZ\u0000\u0001') }))).toBe('file-unknown')
    const kept = await attach(li, mine, 'c3', jin)
    expect(kept.body).toMatchObject({ name: '意向书.pdf' })
    const fileId = String(kept.body['id'])
    // another customer's cell may not name it
    expect((await submit(li, mine, [row(jin, '500000'), row(yun, '0', { values: { c3: fileId } })])).body).toMatchObject({ refusal: 'cell-faults', details: { first: expect.stringMatching(/“意向书”附件不存在$/) as string } })
    expect((await fetchFile(li, mine, fileId)).bytes.toString()).toBe(pdf.bytes.toString())
    expect(told(await fetchFile(branchHead, mine, fileId))).toBe('not-found')
    expect(told(await submit(li, mine, [row(jin, '600000', { values: { c3: fileId }, reasons: { c1: '年末回款' } }), row(yun, '0'), row(newId(), '7')]))).toBe('ok')
    // it waits for the head of the outlet, who sees names and file; who leads beside him does not have the file
    expect(await see(outletHead, mine)).toMatchObject({ state: 'WAITING', files: [{ id: fileId, name: '意向书.pdf' }], subjects: [{ name: '晋泰新材料有限公司' }, { name: '云冈水泥有限公司' }] })
    expect((await see(lead, mine)).files).toEqual([])
    expect(told(await fetchFile(lead, mine, fileId))).toBe('file-of-others')
    expect(told(await fetchFile(leader, mine, fileId))).toBe('file-of-others')
    expect(told(await fetchFile(outletHead, mine, fileId))).toBe('ok')
    expect(told(await fetchFile(qian, mine, fileId))).toBe('not-found')
    expect(told(await confirm(outletHead, mine))).toBe('ok')
    const his = await answerOf(wang, formId)
    expect(told(await submit(wang, his, [{ of: (await see(wang, his)).subjects[0]?.of ?? '', values: { c1: '0', c2: '否' } }]))).toBe('ok')
    expect((await bank.ask(branchHead, readAnswers, { params: { formId } })).body).toMatchObject({ rows: 2, totals: [{ code: 'c1', total: '600000', filled: 2 }] })
    expect((await answers(branchHead, formId)).map((one) => [one.name, one.state, one.changed])).toEqual([['李晓雯', 'SUBMITTED', 1], ['王凯', 'WAITING', 0]])
    // merged: names, the difference with its reason, count and names of the files, the mark of customer data
    const book = await readWorkbook((await bank.ask(branchHead, exportAnswers, { params: { formId }, body: { purpose: '年末汇报' } })).bytes, { sheet: '汇总', mostRows: 50 })
    const texts = book.ok ? book.value.map((line) => line.cells.map((one) => one.text)) : []
    expect(texts.find((line) => line[4] === '晋泰新材料有限公司')?.slice(4)).toEqual(['晋泰新材料有限公司', '6000', '是', '1 个：意向书.pdf', '年末存款余额预估：年末回款（系统数 5000.00）'])
    expect(texts.find((line) => line[0] === '合计')?.[5]).toBe('6000')
    expect(texts.flat().filter((text) => /^待确认/.test(text))).toEqual(['待确认，未计入：王凯'])
    expect(texts[1]?.[0]).toMatch(/周正（\d+） .* 导出，用途：年末汇报。客户信息，禁止外传/)
    expect(await bank.look(`SELECT why, after ->> 'customers' AS customers, after ->> 'asked' AS asked FROM journal_line WHERE action = 'READ' AND table_name = 'collection_answer' AND after ->> 'export' IS NOT NULL`)).toEqual([{ why: '年末汇报', customers: '2', asked: '年末资金安排摸排' }])
    expect(await bank.look(`SELECT person_key, why FROM journal_line WHERE action = 'READ' AND table_name = 'collection_file' ORDER BY at`)).toEqual([{ person_key: li.staffKey, why: '核对附件' }, { person_key: outletHead.staffKey, why: '核对附件' }])
    // no customer stands in the answer itself nor in the journal of it
    expect(await bank.look(`SELECT 1 FROM collection_answer WHERE rows::text LIKE '%${customers['jin']}%'`)).toEqual([])
  })

  test('an office that sees no customers has the rows without names and none of their files', async () => {
    const { hr, qian, li, wang } = bank.staff
    const formId = String((await make(hr, { confirms: false, dueOn: '2026-12-04' })).body['id'])
    expect((await open(hr, formId)).body).toEqual({ asked: 3 })
    const his = await answerOf(qian, formId)
    const { subjects } = await see(qian, his)
    const of = subjects[0]?.of ?? ''
    const fileId = String((await attach(qian, his, 'c3', of)).body['id'])
    expect(told(await submit(qian, his, [{ of, values: { c1: '0', c2: '是', c3: fileId } }]))).toBe('ok')
    expect((await answers(hr, formId)).find((one) => one.id === his)).toMatchObject({ rows: [{ values: { c2: '是' } }], subjects: [{ name: null, number: null }], files: [] })
    expect(told(await fetchFile(hr, his, fileId))).toBe('customer-out-of-sight')
    const book = await readWorkbook((await bank.ask(hr, exportAnswers, { params: { formId }, body: { purpose: '汇总' } })).bytes, { sheet: '汇总', mostRows: 50 })
    const texts = book.ok ? book.value.map((line) => line.cells.map((one) => one.text)) : []
    expect(texts.find((line) => line[1] === '钱进')?.slice(3, 8)).toEqual(['不在可见范围', '不在可见范围', '0', '是', '1 个'])
    // by workbook: the manager finds his customers in it, what he sends back comes to the right rows
    const mine = await answerOf(li, formId)
    const sheet = (await bank.ask(li, answerSheet, { params: { answerId: mine } })).bytes
    const lines = await readWorkbook(sheet, { sheet: '填报', mostRows: 50 })
    expect(lines.ok ? lines.value.flatMap((line) => line.cells.map((one) => one.text)).filter((text) => text.endsWith('有限公司')).sort(asMade) : []).toEqual(['晋泰新材料有限公司', '云冈水泥有限公司'])
    expect((await bank.ask(li, uploadAnswer, { params: { answerId: mine }, body: { edition: 1 }, file: { name: '填报.xlsx', bytes: sheet } })).body).toEqual({ edition: 2, rows: 2 })
    // a customer who goes to another manager is told of by him from the next day on
    const handed = (await see(li, mine)).subjects.find(({ name }) => name === '云冈水泥有限公司')?.of
    await bank.look(`UPDATE customer SET main_staff_key = ${wang.staffKey}, viewers = ARRAY[${wang.staffKey}] WHERE customer_id = '${customers['yun']}'`)
    expect((await see(li, mine)).subjects.map(({ name }) => name)).toEqual(['晋泰新材料有限公司'])
    await bank.services.db.asBatch((tx) => moveBusinessDate(tx, '2026-11-25'))
    await startDay(bank.services)
    expect((await see(wang, await answerOf(wang, formId))).subjects.map(({ name }) => name).sort()).toEqual(['云冈水泥有限公司', '汾河纺织有限公司'].sort())
    expect((await see(wang, await answerOf(wang, formId))).subjects.some(({ of: id }) => id === handed)).toBe(true)
    expect(told(await submit(li, mine, [{ of: (await see(li, mine)).subjects[0]?.of ?? '', values: { c1: '500000', c2: '是' } }]))).toBe('ok')
  })

  test('of a segment of the asker: those of it whom he sees', async () => {
    const { outletHead } = bank.staff
    const segment = newId()
    expect(told(await bank.ask(outletHead, createSegment, { body: { id: segment, name: '三档客户', definition: { match: 'ALL', groups: [{ match: 'ALL', conditions: [{ field: 'tier', op: 'IN', values: ['T3'] }] }] }, share: { with: 'NONE' } } }))).toBe('ok')
    const formId = String((await make(outletHead, { confirms: false, customers: { of: 'SEGMENT', kind: null, tiers: [], segment } })).body['id'])
    expect((await bank.ask(outletHead, getForm, { params: { formId } })).body).toMatchObject({ wanted: 1, wantedCustomers: 1 })
    expect((await open(outletHead, formId)).body).toEqual({ asked: 1 })
    expect((await see(bank.staff.li, await answerOf(bank.staff.li, formId))).subjects.map(({ name }) => name)).toEqual(['小店便利店'])
    // another one's segment is none of his
    expect(told(await make(bank.staff.branchHead, { customers: { of: 'SEGMENT', kind: null, tiers: [], segment } }))).toBe('segment-gone')
  })
})

describe('a row for each outlet', () => {
  test('is filled in by whom the head names, who stays answerable; its file is kept under the bank’s key; reminders before, on the day, and to the superior after', async () => {
    const { hr, outletHead, lobby, li, qian, branchHead } = bank.staff
    const asked = { answersFor: 'OUTLET', customers: null, purpose: null, addressees: { units: [bank.units.south.key] }, confirms: true, dueOn: '2026-11-27', title: '网点设备清单', cells: [{ code: 'c1', label: '叫号机台数', type: 'WHOLE' }, { code: 'c2', label: '现场照片', type: 'FILE' }] }
    const formId = String((await make(hr, asked)).body['id'])
    expect((await open(hr, formId)).body).toEqual({ asked: 1 })
    const answerId = await answerOf(outletHead, formId)
    const opened = await see(outletHead, answerId)
    expect(opened.nameable.map(({ name }) => name)).toEqual(['李晓雯', '王凯', '陈立', '何静'])
    const name = (who: Colleague, staffKey: number | null) => bank.ask(who, nameFiller, { params: { answerId }, body: { staffKey } })
    expect(told(await name(li, lobby.staffKey))).toBe('not-found')
    expect(told(await name(branchHead, lobby.staffKey))).toBe('not-the-outlets-head')
    expect(told(await name(outletHead, qian.staffKey))).toBe('not-of-the-outlet')
    expect((await name(outletHead, lobby.staffKey)).body).toEqual({ filler: '何静' })
    expect(await day(lobby, 'COLLECTION_FORM')).toEqual(['网点设备清单'])
    expect(await day(outletHead, 'COLLECTION_FORM')).toEqual([])
    expect(told(await submit(outletHead, answerId, [{ values: { c1: '2' } }]))).toBe('filled-by-another')
    const fileId = String((await attach(lobby, answerId, 'c2', null)).body['id'])
    expect(told(await bank.ask(lobby, saveAnswer, { params: { answerId }, body: { edition: 1, rows: [{ values: { c1: '2', c2: fileId } }] } }))).toBe('ok')
    expect((await see(hr, answerId)).files).toEqual([])
    expect(told(await fetchFile(hr, answerId, fileId))).toBe('file-of-others')
    // it is two days before the day
    expect(await notices('FORM_DUE')).toEqual(expect.arrayContaining([{ staff_key: lobby.staffKey, title_zh: expect.stringMatching(/^收表 SB2026-\d+ 后天截止$/) as string }]))
    expect(told(await submit(lobby, answerId, [{ values: { c1: '2', c2: fileId } }]))).toBe('ok')
    // his head confirms what he filled in
    expect(told(await fetchFile(branchHead, answerId, fileId))).toBe('file-of-others')
    expect(told(await confirm(outletHead, answerId))).toBe('ok')
    expect((await fetchFile(hr, answerId, fileId)).bytes.toString()).toBe(pdf.bytes.toString())
    expect((await bank.ask(hr, readAnswers, { params: { formId } })).body).toMatchObject({ totals: [{ code: 'c1', total: '2' }], items: [{ name: '孙涛', filler: { name: '何静' }, files: [{ name: '意向书.pdf' }] }] })
    const book = await readWorkbook((await bank.ask(hr, exportAnswers, { params: { formId }, body: { purpose: '汇总' } })).bytes, { sheet: '汇总', mostRows: 50 })
    expect(book.ok ? book.value.flatMap((line) => line.cells.map((one) => one.text)) : []).toEqual(expect.arrayContaining(['何静（孙涛）', '1 个：意向书.pdf']))
    // returned and late: to the superior a day after
    expect(told(await bank.ask(hr, returnAnswer, { params: { answerId }, body: { reason: '请补充' } }))).toBe('ok')
    for (const [next, words] of [['2026-11-26', '明天'], ['2026-11-27', '今天']] as const) {
      await bank.services.db.asBatch((tx) => moveBusinessDate(tx, next))
      await startDay(bank.services)
      expect((await notices('FORM_DUE')).filter((one) => one.staff_key === lobby.staffKey).map((one) => one.title_zh)).toEqual([expect.stringContaining(`${words}截止`)])
    }
    expect(await notices('FORM_LATE')).toEqual([])
    await bank.services.db.asBatch((tx) => moveBusinessDate(tx, '2026-11-28'))
    await startDay(bank.services)
    expect((await notices('FORM_LATE')).filter((one) => one.title_zh.includes('网点'))).toEqual([{ staff_key: branchHead.staffKey, title_zh: expect.stringMatching(/逾期未报：何静（网点）$/) as string }])
    expect(await day(branchHead, 'COLLECTION_LATE')).toEqual(expect.arrayContaining(['网点设备清单：1 个网点未报']))
    // customers' rows are late too: 王凯 waits for his head in the first form, so that nobody is late there; the second form is not due yet
    expect(today).toBe('2026-11-23')
  })
})

describe('a column that a ledger seems to hold', () => {
  const typed = (label: string) => ({ answersFor: 'PERSON', customers: null, purpose: null, confirms: false, dueOn: '2026-12-10', title: '管户核对', cells: [{ code: 'c1', label, type: 'WHOLE' }, { code: 'c2', label: '说明', type: 'TEXT', required: false }] })
  const reviews = async (who: Colleague, over = false): Promise<Review[]> => ((await bank.ask(who, listReviews, { query: { over } })).body.items ?? []) as unknown as Review[]
  const decide = (who: Colleague, reviewId: string, decision = 'RELEASED', reason = '口径不同，同意收集') => bank.ask(who, decideReview, { params: { reviewId }, body: { decision, reason } })

  test('waits for the owner of the figure, is told with the report, and goes out only when it was released; nobody releases his own', async () => {
    const { hr, li, compliance, admin, leader } = bank.staff
    const { body } = await make(hr, typed('本月管户数（户）'))
    expect(body).toMatchObject({ reviews: 1 })
    const formId = String(body['id'])
    expect((await open(hr, formId)).body).toMatchObject({ refusal: 'review-waits', details: { label: '本月管户数（户）', where: '客户列表', owner: '个人金融部' } })
    // the bank has no such department: compliance and administration answer for it
    const [one] = await reviews(compliance)
    expect(one).toMatchObject({ formTitle: '管户核对', label: '本月管户数（户）', where: { zh: '客户列表' }, askedBy: { name: '朱人' }, reviewers: [{ name: '沈严' }, { name: '秦管' }], may: { decide: { allowed: true } } })
    expect(await day(compliance, 'COLLECTION_REVIEW')).toEqual(['放行收表栏目：本月管户数（户）（管户核对）'])
    expect((await notices('FORM_RELEASE')).map((notice) => notice.staff_key)).toEqual([compliance.staffKey, admin.staffKey])
    expect(await reviews(li)).toEqual([])
    expect(await reviews(leader)).toEqual([])
    expect((await reviews(hr)).map((mine) => mine.may['decide'])).toEqual([{ allowed: false, reason: 'own-form' }])
    const id = one?.id ?? ''
    expect(told(await decide(hr, id))).toBe('own-form')
    for (const other of [li, leader]) expect(told(await decide(other, id))).toBe('not-found')
    expect(told(await decide(compliance, id))).toBe('ok')
    expect(told(await decide(admin, id, 'REFUSED'))).toBe('decided-already')
    expect(await bank.look(`SELECT asked_by, decided_by, reason FROM collection_review WHERE id = '${id}'`)).toEqual([{ asked_by: hr.staffKey, decided_by: compliance.staffKey, reason: '口径不同，同意收集' }])
    await expect(bank.look(`UPDATE collection_review SET decided_by = asked_by WHERE id = '${id}'`)).rejects.toThrow(/check/)
    expect((await bank.ask(hr, getForm, { params: { formId } })).body['reviews']).toMatchObject([{ decision: 'RELEASED', decidedBy: '沈严' }])
    expect(await day(compliance, 'COLLECTION_REVIEW')).toEqual([])
    expect(await notices('FORM_REVIEW')).toEqual([{ staff_key: hr.staffKey, title_zh: expect.stringMatching(/的栏目已放行$/) as string }])
    expect(told(await open(hr, formId))).toBe('ok')
  })

  test('what was not released is left out, or named otherwise and asked anew; who asks is no reviewer of his own', async () => {
    const { compliance, admin, hr } = bank.staff
    const formId = String((await make(compliance, typed('发卡量'))).body['id'])
    const [one] = await reviews(admin)
    expect(one).toMatchObject({ owner: '个人金融部', where: { zh: '业绩指标' }, reviewers: [{ name: '秦管' }] })
    expect(told(await decide(admin, one?.id ?? '', 'REFUSED', '请直接看业绩指标'))).toBe('ok')
    expect((await open(compliance, formId)).body).toMatchObject({ refusal: 'review-refused', details: { reason: '请直接看业绩指标' } })
    const alter = (label: string, edition: number) => bank.ask(compliance, changeForm, { params: { formId }, body: { edition, ...content, ...typed(label) } })
    // the same words again are refused as before, other words of the same figure wait anew
    expect((await alter('发卡量', 1)).body).toMatchObject({ edition: 2, reviews: 0 })
    expect(told(await open(compliance, formId))).toBe('review-refused')
    expect((await alter('本月发卡量', 2)).body).toMatchObject({ edition: 3, reviews: 1 })
    expect(told(await open(compliance, formId))).toBe('review-waits')
    expect((await alter('拟发卡数', 3)).body).toMatchObject({ edition: 4, reviews: 0 })
    expect(told(await open(compliance, formId))).toBe('ok')
    expect((await reviews(admin)).length).toBe(0)
    expect((await reviews(hr)).length).toBe(0)
  })

  test('the department of the catalogue decides where the bank has it', async () => {
    const { hr, compliance } = bank.staff
    const { addInstitution } = await import('../organisation/add-institution.ts')
    const unit = await bank.services.db.asOffice((tx) => addInstitution(tx, { code: 'D9', kind: 'DEPARTMENT', name: '风险管理部', nameEn: 'Risk', parentKey: bank.units.head.key, from: '2020-01-01' }))
    const owner = await bank.colleague('罗险', 'POST_LOAN', unit.key)
    expect((await make(hr, typed('不良贷款率'))).body).toMatchObject({ reviews: 1 })
    expect((await reviews(owner)).map((one) => [one.label, one.reviewers.map(({ name }) => name)])).toEqual([['不良贷款率', ['罗险']]])
    expect((await reviews(compliance)).filter((one) => one.label === '不良贷款率')).toEqual([])
    expect(told(await decide(owner, (await reviews(owner))[0]?.id ?? ''))).toBe('ok')
    expect((await reviews(owner, true)).length).toBe(1)
  })
})

describe('rows for each customer, as the day comes', () => {
  test('who still owes rows is reminded two days before, one day before and on the day, and his superior is told a day after; not who handed in, and not who has none of the customers any more', async () => {
    const { hr, li, wang, qian, lead } = bank.staff
    const cells = [{ code: 'c1', label: '年末存款余额预估', type: 'AMOUNT', source: 'DEPOSITS' }, { code: 'c2', label: '是否续作', type: 'CHOICE', choices: ['是', '否'] }]
    const formId = String((await make(hr, { confirms: false, dueOn: '2026-12-04', title: '年末摸排补报', cells })).body['id'])
    expect((await open(hr, formId)).body).toEqual({ asked: 3 })
    const { number } = (await bank.ask(hr, getForm, { params: { formId } })).body as unknown as { number: string }
    const mine = await answerOf(li, formId)
    const rows = async (who: Colleague, answerId: string) => (await see(who, answerId)).subjects.map(({ of, prefilled }) => ({ of, values: { ...prefilled, c2: '是' }, reasons: {} }))
    const to = async (next: string): Promise<void> => {
      await bank.services.db.asBatch((tx) => moveBusinessDate(tx, next))
      await startDay(bank.services)
    }
    const due = async (): Promise<[number, string][]> => (await notices('FORM_DUE')).filter((one) => one.title_zh.includes(number)).map((one) => [one.staff_key, one.title_zh.replace(`收表 ${number} `, '')])
    await to('2026-12-01')
    expect(await due()).toEqual([])
    expect(told(await submit(li, mine, await rows(li, mine)))).toBe('ok')
    await to('2026-12-02')
    expect(await due()).toEqual([[wang.staffKey, '后天截止'], [qian.staffKey, '后天截止']])
    // told in the notices of the person, with the place where he answers
    const his = await answerOf(wang, formId)
    expect(await bank.look(`SELECT address FROM forms_notice_facts WHERE kind = 'FORM_DUE' AND staff_key = ${wang.staffKey} AND title_zh LIKE '%${number}%'`)).toEqual([{ address: `/collection-answers/${his}` }])
    await collectNow(bank.services, '2026-12-02', 31)
    expect(await bank.look(`SELECT count(*)::int AS n FROM notice WHERE staff_key = ${wang.staffKey} AND kind = 'FORM_DUE' AND address = '/collection-answers/${his}'`)).toEqual([{ n: 1 }])
    // what comes back is owed again; whose customer went to another owes nothing any more
    expect(told(await bank.ask(hr, returnAnswer, { params: { answerId: mine }, body: { reason: '请逐户核实' } }))).toBe('ok')
    await bank.look(`UPDATE customer SET main_staff_key = ${wang.staffKey}, viewers = ARRAY[${wang.staffKey}] WHERE customer_id = '${customers['qian']}'`)
    await to('2026-12-03')
    expect(await due()).toEqual([[li.staffKey, '明天截止'], [wang.staffKey, '明天截止']])
    expect(told(await submit(li, mine, await rows(li, mine)))).toBe('ok')
    await to('2026-12-04')
    expect(await due()).toEqual([[wang.staffKey, '今天截止']])
    const late = async () => (await notices('FORM_LATE')).filter((one) => one.title_zh.includes(number))
    expect(await late()).toEqual([])
    await to('2026-12-05')
    expect([await due(), await late()]).toEqual([[], [{ staff_key: lead.staffKey, title_zh: `收表 ${number} 逾期未报：王凯` }]])
    expect(await day(hr, 'COLLECTION_LATE')).toEqual([])
    // handed in late, nobody is told of any more
    expect(told(await submit(wang, his, await rows(wang, his)))).toBe('ok')
    expect(await late()).toEqual([])
  })
})
