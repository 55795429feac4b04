import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { smallBank, today, type Colleague, type SmallBank } from '../../tests/support/small-bank.ts'
import { moveBusinessDate } from '../deliveries/add-bank.ts'
import { startDay } from '../flows/parts/start-day.ts'
import { readWorkbook } from '../foundation/spreadsheets/read-workbook.ts'
import { newId } from '../foundation/values/uuid7.ts'
import { readMyDay } from '../reports/my-day.contract.ts'
import { routes } from '../routes.ts'
import { answerSheet, changeForm, endForm, exportAnswers, getAnswer, getForm, listForms, makeForm, openForm, readAnswers, returnAnswer, saveAnswer, submitAnswer, uploadAnswer, type AnswerLine, type AnswerRow } from './form.contract.ts'

// HR collects from the managers of the bank: four of them in two branches.
let bank: SmallBank
beforeAll(async () => {
  bank = await smallBank(routes)
  await bank.customer({ main: bank.staff.li })
  await bank.customer({ main: bank.staff.li, tier: 'T3' })
})
afterAll(() => bank.close())

const told = (answer: { status: number; body: { refusal?: string } }): string => answer.body.refusal ?? 'ok'
const cells = [
  { code: 'c1', label: '管户数', type: 'WHOLE', source: 'CUSTOMERS' }, { code: 'c2', label: '拟新增存款', type: 'AMOUNT', least: '0' }, { code: 'c3', label: '主要困难', type: 'TEXT', required: false }, { code: 'c4', label: '能否完成', type: 'CHOICE', choices: ['能', '不能'] }, { code: 'c5', label: '完成日', type: 'DATE' },
]
const make = (who: Colleague, more: Record<string, unknown> = {}) => bank.ask(who, makeForm, { body: { id: newId(), title: '开门红计划', why: '旺季营销', answersFor: 'PERSON', mostRows: 1, cells, addressees: { posts: ['RM'] }, dueOn: '2026-11-27', ...more } })
const open = async (who: Colleague, more: Record<string, unknown> = {}): Promise<string> => {
  const id = String((await make(who, more)).body['id'])
  await bank.ask(who, openForm, { params: { formId: id } })
  return id
}
const answers = async (who: Colleague, formId: string, which = 'all'): Promise<AnswerLine[]> => ((await bank.ask(who, readAnswers, { params: { formId }, query: { which } })).body.items ?? []) as unknown as AnswerLine[]
const answerOf = async (who: Colleague, formId: string): Promise<string> => (await answers(who, formId)).find((one) => one.staffKey === who.staffKey)?.id ?? ''
const edition = async (who: Colleague, answerId: string): Promise<number> => Number((await bank.ask(who, getAnswer, { params: { answerId } })).body['edition'])
const submit = async (who: Colleague, answerId: string, rows: Partial<AnswerRow>[], at?: number, key = newId()) => bank.ask(who, submitAnswer, { params: { answerId }, body: { edition: at ?? (await edition(who, answerId)), rows }, key })
const full = (more: Record<string, string> = {}): AnswerRow => ({ values: { c1: '0', c2: '1000000', c4: '能', c5: '2026-12-31', ...more }, reasons: {} })

describe('a form', () => {
  test('is built, changed while it is a draft, and refused by name where it asks what it should not', async () => {
    const { hr, li, lead } = bank.staff
    expect(told(await make(li))).toBe('not-allowed')
    expect(told(await make(hr, { dueOn: '2026-11-01' }))).toBe('in-the-past')
    expect((await make(hr, { cells: [cells[0]] })).body).toMatchObject({ refusal: 'ledger-has-it', details: { where: '客户列表' } })
    const { body } = await make(hr)
    expect(body).toMatchObject({ number: 'SB2026-0001', wanted: 4, reviews: 0 })
    const formId = String(body['id'])
    const change = (more: Record<string, unknown>) => bank.ask(hr, changeForm, { params: { formId }, body: { edition: 1, title: '开门红计划表', why: '旺季营销', answersFor: 'PERSON', mostRows: 1, cells, addressees: { posts: ['RM'], units: [bank.units.first.key] }, dueOn: '2026-11-27', ...more } })
    expect((await change({})).body).toEqual({ edition: 2, wanted: 3, reviews: 0 })
    expect(told(await change({}))).toBe('changed-meanwhile')
    // a lead collects from his line only
    expect((await make(lead)).body['wanted']).toBe(2)
    expect(told(await bank.ask(li, getForm, { params: { formId } }))).toBe('not-found')
    expect((await bank.ask(hr, openForm, { params: { formId } })).body).toEqual({ asked: 3 })
    expect(told(await bank.ask(hr, openForm, { params: { formId } }))).toBe('form-state')
    expect(told(await change({ edition: 2 }))).toBe('not-draft')
    expect(told(await bank.ask(hr, endForm, { params: { formId }, body: { as: 'WITHDRAWN' } }))).toBe('note-missing')
    expect(told(await bank.ask(hr, endForm, { params: { formId }, body: { as: 'WITHDRAWN', note: '改用新表' } }))).toBe('ok')
  })
})

describe('from sending out to the merged table', () => {
  test('pre-filled, answered on the page and by workbook, returned, merged with totals, exported; each sees his own and those beneath him', async () => {
    const { hr, li, wang, zhao, qian, lead, branchHead, outletHead, compliance, leader } = bank.staff
    const formId = await open(hr)
    // one line a person
    const lines = (await bank.ask(li, readMyDay)).body['lines'] as { kind: string; title: { zh: string } }[]
    expect(lines.filter((line) => line.kind === 'COLLECTION_FORM').map((line) => line.title.zh)).toEqual(['开门红计划'])
    expect((await answers(li, formId)).map((one) => one.name)).toEqual(['李晓雯'])
    expect((await answers(lead, formId)).map((one) => one.name).sort()).toEqual(['李晓雯', '王凯'].sort())
    expect((await answers(branchHead, formId)).length).toBe(3)
    expect((await answers(leader, formId)).length).toBe(4)
    expect((await answers(hr, formId)).length).toBe(4)
    expect(told(await bank.ask(compliance, getForm, { params: { formId } }))).toBe('not-found')
    const mine = await answerOf(li, formId)
    for (const other of [wang, qian]) expect(told(await bank.ask(other, getAnswer, { params: { answerId: mine } }))).toBe('not-found')
    expect((await bank.ask(li, getAnswer, { params: { answerId: mine } })).body).toMatchObject({ prefilled: { c1: '2' }, rows: [{ values: { c1: '2' } }] })
    // a draft may lack; a changed figure of the system needs its reason when it is handed in
    expect(told(await bank.ask(li, saveAnswer, { params: { answerId: mine }, body: { edition: 1, rows: [{ values: { c1: '3' } }] } }))).toBe('ok')
    expect(told(await bank.ask(li, saveAnswer, { params: { answerId: mine }, body: { edition: 1, rows: [{ values: { c1: '4' } }] } }))).toBe('changed-meanwhile')
    expect((await answers(hr, formId)).find((one) => one.id === mine)?.rows).toEqual([])
    expect((await submit(li, mine, [full({ c1: '3' })])).body).toMatchObject({ refusal: 'cell-faults', details: { count: '1' } })
    expect(told(await submit(lead, mine, [full()], 2))).toBe('not-yours-to-answer')
    const key = newId()
    const at = await edition(li, mine)
    const rows = [{ ...full({ c1: '3' }), reasons: { c1: '一户在途' } }]
    expect((await submit(li, mine, rows, at, key)).body).toEqual({ edition: at + 1, late: false, waitsFor: null })
    expect((await submit(li, mine, rows, at, key)).body).toEqual({ edition: at + 1, late: false, waitsFor: null })
    expect(told(await submit(li, mine, rows))).toBe('submitted-already')
    // by workbook: what was fetched is filled in and sent up
    const other = await answerOf(qian, formId)
    const sheet = await bank.ask(qian, answerSheet, { params: { answerId: other } })
    expect(sheet.status).toBe(200)
    const wrong = await bank.ask(zhao, uploadAnswer, { params: { answerId: await answerOf(zhao, formId) }, body: { edition: 1 }, file: { name: 'a.xlsx', bytes: Buffer.from('no workbook') } })
    expect(wrong.status).toBe(422)
    expect((await bank.ask(qian, uploadAnswer, { params: { answerId: other }, body: { edition: 1 }, file: { name: '填报.xlsx', bytes: sheet.bytes } })).body).toEqual({ edition: 2, rows: 1 })
    expect(told(await submit(qian, other, [full({ c2: '2500050' })]))).toBe('ok')
    // returned with the reason, corrected, both rounds kept
    expect(told(await bank.ask(hr, returnAnswer, { params: { answerId: other }, body: { reason: '金额单位有误' } }))).toBe('ok')
    expect((await bank.ask(hr, readAnswers, { params: { formId } })).body).toMatchObject({ totals: [{ code: 'c1', total: '3' }, { code: 'c2', total: '1000000' }], rows: 1 })
    expect(told(await submit(qian, other, [full({ c2: '2500000' })]))).toBe('ok')
    expect((await bank.ask(qian, getAnswer, { params: { answerId: other } })).body['history']).toMatchObject([{ round: 1 }, { round: 2 }])
    // sums of what each sees
    expect((await bank.ask(hr, readAnswers, { params: { formId } })).body).toMatchObject({ totals: [{ code: 'c1', total: '3', filled: 2 }, { code: 'c2', total: '3500000', filled: 2 }], rows: 2 })
    expect((await bank.ask(outletHead, readAnswers, { params: { formId } })).body).toMatchObject({ totals: [{ total: '3' }, { total: '1000000' }] })
    expect((await answers(hr, formId, 'missing')).map((one) => one.name).sort()).toEqual(['王凯', '赵敏'].sort())
    expect((await answers(hr, formId)).find((one) => one.id === mine)?.changed).toBe(1)
    expect(told(await bank.ask(branchHead, exportAnswers, { params: { formId }, body: { purpose: '汇总' } }))).toBe('not-collector')
    const book = await bank.ask(hr, exportAnswers, { params: { formId }, body: { purpose: '旺季汇总' } })
    const read = await readWorkbook(book.bytes, { sheet: '汇总', mostRows: 50 })
    const texts = read.ok ? read.value.map((line) => line.cells.map((one) => one.text)) : []
    expect(texts.find((line) => line[0] === '合计')?.slice(3, 5)).toEqual(['3', '35000'])
    expect(texts.flat()).toContain('管户数：一户在途（系统数 2）')
    expect(await bank.look(`SELECT why FROM journal_line WHERE action = 'READ' AND table_name = 'collection_answer' AND after ->> 'export' IS NOT NULL`)).toEqual([{ why: '旺季汇总' }])
    // the journal tells who and when, not what was answered
    expect(await bank.look(`SELECT 1 FROM journal_line WHERE table_name IN ('collection_answer', 'collection_submission') AND (coalesce(before::text, '') || coalesce(after::text, '')) LIKE '%在途%'`)).toEqual([])
    // a late one comes to his superior
    await bank.services.db.asBatch((tx) => moveBusinessDate(tx, '2026-11-30'))
    await startDay(bank.services)
    const late = (await bank.ask(lead, readMyDay)).body['lines'] as { kind: string; title: { zh: string } }[]
    expect(late.filter((line) => line.kind === 'COLLECTION_LATE').map((line) => line.title.zh)).toEqual(['开门红计划：1 人未报'])
    expect((await answers(hr, formId, 'late')).length).toBe(2)
    expect((await submit(wang, await answerOf(wang, formId), [full()])).body['late']).toBe(true)
    expect(told(await bank.ask(hr, endForm, { params: { formId }, body: { as: 'CLOSED' } }))).toBe('ok')
    expect(told(await submit(zhao, await answerOf(zhao, formId), [full()]))).toBe('form-state')
    // the next one is copied: what was answered last stands ready
    const next = await open(hr, { copiedFrom: formId, dueOn: '2026-12-20', cells: cells.map((cell) => (cell.code === 'c2' ? { ...cell, source: 'LAST' } : cell)) })
    expect((await bank.ask(qian, getAnswer, { params: { answerId: await answerOf(qian, next) } })).body).toMatchObject({ prefilled: { c1: '0', c2: '2500000' } })
  })

  test('several rows; an outlet is answered for by its head', async () => {
    const { hr, outletHead, li, placeHead } = bank.staff
    const text = [{ code: 'c1', label: '设备', type: 'TEXT' }, { code: 'c2', label: '台数', type: 'WHOLE', least: '1' }]
    const formId = await open(hr, { answersFor: 'OUTLET', mostRows: 2, cells: text, addressees: {}, dueOn: '2026-12-11' })
    expect((await answers(hr, formId)).map((one) => [one.unitName, one.name])).toEqual([['城南网点', '孙涛'], ['城西网点', '郑和']])
    expect(told(await bank.ask(li, getForm, { params: { formId } }))).toBe('not-found')
    const row = (name: string, n: string): Partial<AnswerRow> => ({ values: { c1: name, c2: n } })
    const mine = await answerOf(outletHead, formId)
    expect(told(await submit(outletHead, mine, [row('双录机', '1'), row('叫号机', '2'), row('打印机', '3')]))).toBe('too-many-rows')
    expect((await submit(outletHead, mine, [row('双录机', '1'), row('叫号机', '0')])).body).toMatchObject({ refusal: 'cell-faults' })
    expect(told(await submit(outletHead, mine, [row('双录机', '1'), row('叫号机', '2')]))).toBe('ok')
    expect((await bank.ask(hr, readAnswers, { params: { formId } })).body).toMatchObject({ totals: [{ code: 'c2', total: '3', filled: 2 }], rows: 2 })
    expect(((await bank.ask(placeHead, listForms, { query: { list: 'mine' } })).body.items ?? []).map((one) => one['id'])).toEqual([formId])
    expect(today).toBe('2026-11-23')
  })
})
