import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { smallBank, type Colleague, type SmallBank } from '../../../tests/support/small-bank.ts'
import { unzipText } from '../../../tests/support/unzip-text.ts'
import { closeMonth } from '../../flows/close-month.ts'
import { settleMonth } from '../../flows/settle-month.ts'
import { newId } from '../../foundation/values/uuid7.ts'
import { readMyAgenda, readMyDay } from '../../reports/my-day.contract.ts'
import { routes } from '../../routes.ts'
import { castVote, closeMotion, getMotion, giveMark, listAppraisalGroups, listMarks, makeAppraisalGroup, printMinutes, putMotion } from '../appraisal-group/group.contract.ts'
import { getMyStatement, listMyStatementFacts, type StatementShown } from '../statement.contract.ts'
import { checkAppeal, getAppeal, listAppeals, listTalks, openAppeal, recordTalk, signTalk, withdrawAppeal } from './appeal.contract.ts'

let bank: SmallBank
let perf: Colleague
let audit: Colleague
let elected: Colleague
let risk: Colleague
const groupId = newId()
const told = (answer: { status: number; body: { refusal?: string } }): unknown => answer.body.refusal ?? answer.status
const mine = async (who: Colleague, month: string): Promise<StatementShown> => (await bank.ask(who, getMyStatement, { query: { month } })).body['statement'] as unknown as StatementShown
const appeal = async (who: Colleague, place: number, month = '2026-09'): Promise<{ id: string; told: unknown; body: Record<string, unknown> }> => {
  const id = newId()
  const answer = await bank.ask(who, openAppeal, { body: { id, month, place, claim: '该笔小额贷款由我独立营销，协办比例与约定不符' } })
  return { id, told: told(answer), body: answer.body }
}
/** What the day of a person tells of a motion or an appeal. */
const dayOf = async (who: Colleague, id: string): Promise<string[]> => ((await bank.ask(who, readMyDay)).body['lines'] as { id: string; kind: string }[]).filter((line) => line.id === id).map((line) => line.kind)
/** The same for posts of the offices, which hold no customers. */
const agendaOf = async (who: Colleague, id: string): Promise<string[]> => ((await bank.ask(who, readMyAgenda)).body['lines'] as { id: string; kind: string }[]).filter((line) => line.id === id).map((line) => line.kind)
type GroupWork = { motions: { id: string; waitsForMe: boolean; waitsForClosing: boolean }[] }[]
/** What the list of groups tells a person to do about a motion: posts of the offices have no agenda of a day. */
const workOf = async (who: Colleague, id: string): Promise<[vote: boolean, close: boolean] | undefined> => ((await bank.ask(who, listAppraisalGroups)).body['groups'] as GroupWork).flatMap((group) => group.motions).filter((one) => one.id === id).map((one): [boolean, boolean] => [one.waitsForMe, one.waitsForClosing])[0]
const vote = (who: Colleague, motionId: string, as: 'YES' | 'NO' | 'ABSTAIN', reason = '') => bank.ask(who, castVote, { params: { motionId }, body: { vote: as, reason } })

beforeAll(async () => {
  bank = await smallBank(routes)
  const { li, wang, hr, compliance, branchHead, zhao } = bank.staff
  perf = await bank.colleague('马绩', 'PERFORMANCE', bank.units.head.key)
  audit = await bank.colleague('田稽', 'AUDIT', bank.units.head.key)
  risk = await bank.colleague('严风', 'REVIEWER', bank.units.head.key)
  elected = zhao
  const customerId = await bank.customer({ main: li, assist: wang })
  await bank.look(`INSERT INTO product (code, name, name_en, line) VALUES ('L103', '小额', 's', 'LOAN')`)
  for (const [n, day] of ['2026-09-05', '2026-10-05', '2026-10-06'].entries()) {
    await bank.look(`INSERT INTO loan (customer_id, id, core_key, product_code, outlet_key, amount_fen, paid_out_on, matures_on, term_months) VALUES ($1, $2, $3, 'L103', $4, 5000000, $5, '2027-10-08', 12)`, [customerId, newId(), `L${n}`, bank.units.south.key, day])
  }
  expect(await settleMonth(bank.services, { month: '2026-09', scheme: 'POINTS', dryRun: false, settledBy: perf.staffKey })).toMatchObject({ ok: true })
  await bank.look(`INSERT INTO scheme (code, version, kind, from_date, name, name_en, terms, legal_basis) VALUES ('HUNDRED', 1, 'BLOCKS', '2030-01-01', '百分考核', 'Hundred points', $1, '考核办法')`, [JSON.stringify({ blocks: [{ kind: 'MARKS', items: [{ code: 'POLICY', name: { zh: '政策执行', en: 'Policy' }, weight: '8' }, { code: 'DISCIPLINE', name: { zh: '工作纪律', en: 'Discipline' }, weight: '6' }] }] })])
  void [hr, compliance, branchHead]
})
afterAll(() => bank.close())

describe('the appraisal group', () => {
  const body = (more: Record<string, unknown> = {}) => {
    const { hr, compliance, leader } = bank.staff
    const members = [[leader, 'BUSINESS'], [hr, 'HR'], [perf, 'FINANCE'], [compliance, 'COMPLIANCE'], [risk, 'RISK'], [elected, 'ELECTED']] as const
    return { id: groupId, unitKey: bank.units.head.key, name: '总行考核小组', from: '2026-01-01', to: '2027-12-31', chair: leader.staffNo, secretary: hr.staffNo, members: members.map(([who, side]) => ({ staffNo: who.staffNo, side })), reason: '2026 届换届', ...more }
  }
  test('five to nine members, one elected, two years at most; an appeal waits for it', async () => {
    const { hr, li } = bank.staff
    expect((await appeal(li, 1)).told).toBe('not-closed-yet')
    expect(await closeMonth(bank.services, { month: '2026-09', scheme: 'POINTS', closedBy: audit.staffKey })).toMatchObject({ ok: true })
    expect((await appeal(li, 1)).told).toBe('no-group')
    for (const [more, refusal] of [[{ members: body().members.slice(0, 4) }, 'members-count'], [{ to: '2028-01-02' }, 'term-too-long'], [{ chair: bank.staff.wang.staffNo }, 'chair-no-member'], [{ members: body().members.slice(0, 5) }, 'nobody-elected'], [{ secretary: 'NOBODY' }, 'no-such-person'], [{ unitKey: 999_999 }, 'no-such-unit']] as const) {
      expect([refusal, told(await bank.ask(hr, makeAppraisalGroup, { body: body({ ...more, id: newId() }) }))]).toEqual([refusal, refusal])
    }
    expect(told(await bank.ask(hr, makeAppraisalGroup, { body: body() }))).toBe(200)
    expect(((await bank.ask(elected, listAppraisalGroups)).body['groups'] as { mine: boolean; members: unknown[] }[]).map((one) => [one.mine, one.members.length])).toEqual([[true, 6]])
    expect((await bank.ask(li, listAppraisalGroups)).body['groups']).toEqual([])
  })
})

describe('an appeal against a line', () => {
  let id: string
  let motionId: string
  test('opens within five working days after the closing, once a line, from one’s own statement', async () => {
    const { li, wang } = bank.staff
    expect((await bank.ask(li, checkAppeal, { query: { month: '2026-09' } })).body).toMatchObject({ until: '2026-11-30', may: { allowed: true }, appealed: [] })
    expect((await appeal(li, 999)).told).toBe('no-such-line')
    expect((await appeal(li, 1, '2026-08')).told).toBe('no-such-line')
    const opened = await appeal(li, 1)
    expect(opened.body).toMatchObject({ number: 'SS2026-0001', answerBy: '2026-12-07' })
    id = opened.id
    expect((await appeal(li, 1)).told).toBe('appealed-already')
    expect((await bank.ask(li, getAppeal, { params: { appealId: id } })).body['appeal']).toMatchObject({ state: 'OPEN', mine: true, workingDaysLeft: 10, lineCode: 'NEW_SMALL_LOAN', linePoints: '12.00', motionId: null })
    // a colleague of the same outlet does not find it; the lead of the line and the group do
    expect((await bank.ask(wang, getAppeal, { params: { appealId: id } })).status).toBe(404)
    for (const who of [bank.staff.outletHead, elected, bank.staff.hr]) expect((await bank.ask(who, getAppeal, { params: { appealId: id } })).status).toBe(200)
    // the secretary, who sits in an office, finds it on the day; other members and a colleague of the office do not
    expect([await agendaOf(bank.staff.hr, id), await agendaOf(elected, id), await agendaOf(perf, id)]).toEqual([['APPEAL'], [], []])
    // who may not put it to the vote is not offered it
    const put = async (who: Colleague) => ((await bank.ask(who, getAppeal, { params: { appealId: id } })).body['appeal'] as { may: Record<string, { allowed: boolean; reason?: string }> }).may['put']
    expect([await put(bank.staff.hr), await put(bank.staff.leader), (await put(elected))?.reason]).toMatchObject([{ allowed: true }, { allowed: true }, 'not-of-the-group'])
  })
  test('is put by chair or secretary; ratee, superior, rater and who settled leave it', async () => {
    const { hr, li, outletHead } = bank.staff
    const put = (who: Colleague, award: string | null) => { motionId = newId(); return bank.ask(who, putMotion, { body: { id: motionId, kind: 'APPEAL', appealId: id, award, relatives: [], reasons: '经核对合同，协办比例应为零' } }) }
    expect(told(await put(elected, '12345'))).toBe('not-of-the-group')
    expect(told(await put(li, '12345'))).toBe('not-found')
    expect(told(await put(outletHead, '12345'))).toBe('not-found')
    expect(told(await put(hr, '0'))).toBe('award-not-positive')
    expect(told(await put(hr, '12345'))).toBe(200)
    const motion = (await bank.ask(elected, getMotion, { params: { motionId } })).body['motion']
    expect(motion).toMatchObject({ number: 'KH2026-0001', moneyFen: '12345', recused: [{ name: '马绩', why: 'SETTLER' }], about: { name: '李晓雯' }, members: 6 })
    expect((await bank.ask(li, getMotion, { params: { motionId } })).status).toBe(404)
    expect((await bank.ask(li, getAppeal, { params: { appealId: id } })).body['appeal']).toMatchObject({ state: 'IN_VOTE', motionId: null })
  })
  test('each member votes in his own name; two thirds must have; the chair closes; nothing closed changes', async () => {
    const { hr, leader, compliance, li } = bank.staff
    expect([await dayOf(leader, motionId), await dayOf(elected, motionId)]).toEqual([['GROUP_VOTE'], ['GROUP_VOTE']])
    expect([await workOf(risk, motionId), await workOf(hr, motionId), await workOf(perf, motionId)]).toEqual([[true, false], [true, false], [false, false]])
    expect([await agendaOf(risk, motionId), await agendaOf(hr, motionId), await agendaOf(perf, motionId), await agendaOf(li, motionId)]).toEqual([['GROUP_VOTE'], ['GROUP_VOTE'], [], []])
    expect(told(await vote(perf, motionId, 'YES'))).toBe('recused')
    expect(told(await vote(li, motionId, 'YES'))).toBe('not-found')
    expect(told(await vote(risk, motionId, 'NO'))).toBe('reason-missing')
    for (const [who, as] of [[hr, 'YES'], [compliance, 'YES'], [risk, 'NO']] as const) expect(told(await vote(who, motionId, as, as === 'NO' ? '证据不足' : ''))).toBe(200)
    expect(told(await vote(hr, motionId, 'NO', '改变主意'))).toBe('voted-already')
    const close = (who: Colleague) => bank.ask(who, closeMotion, { params: { motionId }, body: { reasons: '协办未实际参与，按独立营销补发' } })
    expect(told(await close(leader))).toBe('no-quorum')
    expect(told(await vote(elected, motionId, 'YES'))).toBe(200)
    expect(told(await close(elected))).toBe('not-of-the-group')
    const before = JSON.stringify((await mine(li, '2026-09')).lines)
    const motionsOf = async () => ((await bank.ask(hr, listAppraisalGroups, {})).body as unknown as { groups: { motions: Record<string, unknown>[] }[] }).groups[0]?.motions
    expect(await motionsOf()).toMatchObject([{ number: 'KH2026-0001', closedOn: null }])
    expect((await close(leader)).body).toMatchObject({ result: 'PASSED' })
    // minutes are those of the day on which it was decided, not of the day on which it was put
    expect(await motionsOf()).toMatchObject([{ number: 'KH2026-0001', closedOn: '2026-11-23' }])
    expect(told(await close(leader))).toBe('motion-closed')
    expect(told(await vote(leader, motionId, 'YES'))).toBe('motion-closed')
    expect(JSON.stringify((await mine(li, '2026-09')).lines)).toBe(before)
    expect((await bank.ask(li, getAppeal, { params: { appealId: id } })).body['appeal']).toMatchObject({ state: 'ADJUSTED', end: { moneyFen: '12345', payMonth: '2026-10', late: false } })
    expect(told(await bank.ask(li, withdrawAppeal, { params: { appealId: id }, body: { reason: '不再申诉' } }))).toBe('appeal-ended')
    const minutes = await bank.ask(hr, printMinutes, { params: { groupId }, query: { day: '2026-11-23' } })
    const text = (await unzipText(minutes.bytes, 'word/document.xml')).replace(/<[^>]+>/g, '')
    for (const word of ['考核小组会议记录', 'KH2026-0001', '马绩（原结算人）', '调整 123.45 元', '证据不足', '4 / 6', '通过']) expect([word, text.includes(word)]).toEqual([word, true])
  })
  test('the next month’s statement has the line, names the one it corrects, and pays it', async () => {
    const { li, wang } = bank.staff
    expect((await settleMonth(bank.services, { month: '2026-10', scheme: 'POINTS', dryRun: false })).ok).toBe(true)
    const statement = await mine(li, '2026-10')
    const line = statement.lines.find((one) => one.code === 'CORRECTION')
    // 60 % of two small loans are 24 points of 5 yuan
    expect([statement.payableFen, line?.moneyFen, line?.correctsMonth, line?.correctsCode, line?.detail['appeal']]).toEqual(['24345', '12345', '2026-09', 'NEW_SMALL_LOAN', 'SS2026-0001'])
    const facts = await bank.ask(li, listMyStatementFacts, { query: { month: '2026-10', place: line?.place ?? 0 } })
    expect(facts.body.items).toMatchObject([{ factId: id, kind: 'FORM', moneyFen: '12345', note: 'SS2026-0001' }])
    expect((await mine(wang, '2026-10')).lines.some((one) => one.code === 'CORRECTION')).toBe(false)
    // twice changes nothing
    const again = await settleMonth(bank.services, { month: '2026-10', scheme: 'POINTS', dryRun: false })
    expect(again.ok && again.value.map((one) => one.unchanged)).toEqual([true])
  })
  test('a rejected one ends with its reason; a withdrawn one by its author; an overdue one goes up', async () => {
    const { wang, hr, leader, compliance } = bank.staff
    const second = await appeal(wang, 1)
    const motion = newId()
    expect(told(await bank.ask(hr, putMotion, { body: { id: motion, kind: 'APPEAL', appealId: second.id, award: null, relatives: [compliance.staffKey], reasons: '协办比例由双方事前确认' } }))).toBe(200)
    for (const who of [hr, leader, risk]) await vote(who, motion, 'YES')
    expect([await dayOf(leader, motion), await workOf(hr, motion)]).toEqual([[], [false, false]])
    await vote(elected, motion, 'YES')
    // all have voted: chair and secretary close, nobody else is asked to
    expect([await dayOf(leader, motion), await dayOf(elected, motion), await workOf(hr, motion), await workOf(risk, motion)]).toEqual([['GROUP_CLOSE'], [], [false, true], [false, false]])
    expect((await bank.ask(leader, closeMotion, { params: { motionId: motion }, body: { reasons: '维持原结果' } })).body).toMatchObject({ result: 'PASSED' })
    expect((await bank.ask(wang, getAppeal, { params: { appealId: second.id } })).body['appeal']).toMatchObject({ state: 'REJECTED', end: { reason: '维持原结果', moneyFen: null } })
    const third = await appeal(wang, 2)
    const late = (who: Colleague, day: string) => bank.look(`SELECT kind FROM performance_agenda_facts WHERE id = $1 AND staff_key = $2 AND (opens_on IS NULL OR opens_on <= $3)`, [third.id, who.staffKey, day])
    expect([await late(leader, '2026-12-07'), await late(leader, '2026-12-08'), await late(hr, '2026-12-07')]).toEqual([[], [{ kind: 'APPEAL_LATE' }], [{ kind: 'APPEAL' }]])
    // a proposal that the group votes down answers nothing: the appeal waits for the next one
    const refused = newId()
    expect(told(await bank.ask(hr, putMotion, { body: { id: refused, kind: 'APPEAL', appealId: third.id, award: '100', relatives: [], reasons: '拟补发一元' } }))).toBe(200)
    expect(await late(hr, '2026-11-23')).toEqual([])
    for (const who of [hr, leader, risk, elected]) await vote(who, refused, 'NO', '金额没有依据')
    expect((await bank.ask(leader, closeMotion, { params: { motionId: refused }, body: { reasons: '请重新核定金额' } })).body).toMatchObject({ result: 'REJECTED' })
    expect(await late(hr, '2026-11-23')).toEqual([{ kind: 'APPEAL' }])
    expect(told(await bank.ask(wang, withdrawAppeal, { params: { appealId: third.id }, body: { reason: '已与部门核对清楚' } }))).toBe(200)
    expect(((await bank.ask(wang, listAppeals)).body['appeals'] as { state: string }[]).map((one) => one.state).sort()).toEqual(['REJECTED', 'WITHDRAWN'])
    // after the window nothing opens
    await bank.look(`UPDATE bank SET business_date = '2026-12-01'`)
    expect((await appeal(wang, 3)).told).toBe('window-over')
    await bank.look(`UPDATE bank SET business_date = '2026-11-23'`)
  })
})

describe('where an award is paid', () => {
  const fixed = (period: string) => JSON.stringify({
    blocks: [{ kind: 'MARKS', code: 'MARKED', items: [{ code: 'POLICY', name: { zh: '政策执行', en: 'Policy' }, weight: '8' }] }, { kind: 'PRODUCT', code: 'EARNED', unit: 'FEN', factors: [{ of: 'GRADE_BASE' }] }, { kind: 'PAYABLE', code: 'PAID', of: 'EARNED', carryOut: 'CARRIED' }],
    posts: ['RM'], grades: [], units: [], period, gradeBases: { '*': '1000000' }, score: null, classes: {}, carryMonths: 12, correctionMonths: 12,
  })
  const scheme = (code: string, period: string, from: string, to: string | null) => bank.look(`INSERT INTO scheme (code, version, kind, from_date, to_date, name, name_en, terms, legal_basis) VALUES ($1, 1, 'BLOCKS', $2, $3, $1, $1, $4, '考核办法')`, [code, from, to, fixed(period)])
  const settled = async (code: string, month: string) => { expect(await settleMonth(bank.services, { month, scheme: code, dryRun: false, settledBy: perf.staffKey })).toMatchObject({ ok: true }) }
  const closed = (code: string, month: string) => closeMonth(bank.services, { month, scheme: code, closedBy: audit.staffKey })
  /** An appeal against the first line of a month, which the group grants with 10 yuan. */
  const granted = async (code: string, month: string): Promise<unknown> => {
    const { hr, leader, compliance, zhao } = bank.staff
    const at = await bank.look<{ place: number }>(`SELECT l.place FROM pay_line l JOIN settled_month m ON m.run_id = l.run_id WHERE m.scheme_code = $1 AND m.month = $2 AND l.staff_key = $3 ORDER BY place LIMIT 1`, [code, `${month}-01`, zhao.staffKey])
    const id = newId()
    expect(told(await bank.ask(zhao, openAppeal, { body: { id, month, place: at[0]?.place, claim: '本期出勤天数少计两日，基数应予补足' } }))).toBe(200)
    const motion = newId()
    expect(told(await bank.ask(hr, putMotion, { body: { id: motion, kind: 'APPEAL', appealId: id, award: '1000', relatives: [], reasons: '出勤记录已更正' } }))).toBe(200)
    for (const who of [hr, leader, compliance, risk]) await vote(who, motion, 'YES')
    const answer = await bank.ask(leader, closeMotion, { params: { motionId: motion }, body: { reasons: '同意补发' } })
    return answer.body.refusal ?? ((await bank.ask(zhao, getAppeal, { params: { appealId: id } })).body['appeal'] as { end: { payMonth: string } }).end.payMonth
  }
  const corrections = (code: string, month: string) => bank.look(`SELECT l.money_fen::int AS fen, to_char(l.corrects_month, 'YYYY-MM') AS of, l.corrects_code AS code FROM pay_line l JOIN settled_month m ON m.run_id = l.run_id WHERE m.scheme_code = $1 AND m.month = $2 AND l.staff_key = $3 AND l.code = 'CORRECTION'`, [code, `${month}-01`, bank.staff.zhao.staffKey])

  test('a scheme that pays by the quarter: the quarter that is settled already is settled again before it can be closed, and pays', async () => {
    await scheme('QUARTERS', 'QUARTER', '2026-01-01', null)
    await settled('QUARTERS', '2026-06')
    expect(await closed('QUARTERS', '2026-06')).toMatchObject({ ok: true })
    await settled('QUARTERS', '2026-09')
    expect(await granted('QUARTERS', '2026-06')).toBe('2026-07')
    expect(await closed('QUARTERS', '2026-09')).toMatchObject({ ok: false, refusal: { name: 'settle-again' } })
    await settled('QUARTERS', '2026-09')
    expect(await closed('QUARTERS', '2026-09')).toMatchObject({ ok: true })
    expect(await corrections('QUARTERS', '2026-09')).toEqual([{ fen: 1000, of: '2026-06', code: 'GRADE_BASE' }])
  })
  test('a scheme that ended: the one that pays the person now', async () => {
    await scheme('FORMER', 'MONTH', '2026-07-01', '2026-10-01')
    await bank.look(`UPDATE scheme SET to_date = '2026-10-01' WHERE code = 'QUARTERS'`)
    await settled('FORMER', '2026-09')
    expect(await closed('FORMER', '2026-09')).toMatchObject({ ok: true })
    await settled('POINTS', '2026-10')
    expect(await granted('FORMER', '2026-09')).toBe('2026-10')
    await settled('POINTS', '2026-10')
    expect(await corrections('POINTS', '2026-10')).toContainEqual({ fen: 1000, of: '2026-09', code: 'GRADE_BASE' })
  })
})

describe('qualitative marks', () => {
  const give = (who: Colleague, staff: Colleague, mark: string, more: Record<string, unknown> = {}) => { const id = newId(); return bank.ask(who, giveMark, { body: { id, staffNo: staff.staffNo, scheme: 'HUNDRED', item: 'POLICY', month: '2026-10', mark, text: '', evidence: '制度执行检查记录', ...more } }).then((answer) => ({ id, told: told(answer) })) }
  test('by who leads the line, with evidence, nobody himself, an extreme one with its text', async () => {
    const { outletHead, otherBranchHead, li, wang } = bank.staff
    expect((await give(li, wang, '88')).told).toBe('not-allowed')
    expect((await give(otherBranchHead, li, '88')).told).toBe('no-such-person')
    expect((await give(outletHead, outletHead, '88')).told).toBe('own-mark')
    for (const mark of ['95.01', '59.99']) expect((await give(outletHead, li, mark)).told).toBe('text-missing')
    for (const mark of ['100.01', '-1']) expect((await give(outletHead, li, mark)).told).toBe('mark-range')
    expect((await give(outletHead, li, '88', { item: 'NOTHING' })).told).toBe('no-such-item')
    expect((await give(outletHead, li, '88', { month: '2026-12' })).told).toBe('in-the-future')
    expect((await give(outletHead, li, '96', { text: '全年政策执行零差错，多次获通报表扬' })).told).toBe(200)
    expect((await give(outletHead, li, '90')).told).toBe('marked-already')
  })
  test('calibrated by the group the mark keeps the original beside it; each rater’s leniency and spread for the offices', async () => {
    const { outletHead, branchHead, hr, leader, compliance, li, wang, zhao } = bank.staff
    const marks = [await give(outletHead, wang, '92'), await give(outletHead, wang, '94', { item: 'DISCIPLINE' }), await give(branchHead, li, '70', { item: 'DISCIPLINE' }), await give(branchHead, zhao, '68')]
    expect(marks.map((one) => one.told)).toEqual([200, 200, 200, 200])
    const list = (await bank.ask(hr, listMarks, { query: { month: '2026-10', scheme: 'HUNDRED' } })).body as unknown as { raters: Record<string, unknown>[]; marks: { id: string; name: string }[]; items: unknown[] }
    // all: 96, 92, 94, 70, 68 with the mean 84
    expect(list.raters).toEqual([{ name: '孙涛', marks: 3, mean: '94.00', leniency: '10.00', spread: '1.63' }, { name: '周正', marks: 2, mean: '69.00', leniency: '-15.00', spread: '1.00' }])
    expect(list.items).toHaveLength(2)
    expect((await bank.ask(wang, listMarks, { query: { month: '2026-10', scheme: 'HUNDRED' } })).body).toMatchObject({ raters: [], marks: [{ name: '王凯' }, { name: '王凯' }] })
    const motion = newId()
    const put = (who: Colleague, mark: string) => bank.ask(who, putMotion, { body: { id: motion, kind: 'CALIBRATION', groupId, scheme: 'HUNDRED', month: '2026-10', marks: [{ markId: marks[0]?.id, mark, reason: '评分偏宽，按全行分布校准' }], relatives: [], reasons: '按分布校准' } })
    expect(told(await put(hr, '100.01'))).toBe('mark-range')
    expect(told(await put(hr, '85.5'))).toBe(200)
    // told by the names of scheme and items, not by their codes
    expect((await bank.ask(hr, getMotion, { params: { motionId: motion } })).body['motion']).toMatchObject({ title: { zh: '2026-10 百分考核 定性评分校准（1 项）', en: '2026-10 Hundred points, marks calibrated: 1' }, marks: [{ name: '王凯', item: { zh: '政策执行', en: 'Policy' }, from: '92.00', to: '85.50' }] })
    for (const who of [hr, leader, compliance, risk]) await vote(who, motion, 'YES')
    expect(told(await bank.ask(hr, closeMotion, { params: { motionId: motion }, body: { reasons: '同意校准' } }))).toBe(200)
    expect((await bank.ask(wang, listMarks, { query: { month: '2026-10', scheme: 'HUNDRED' } })).body['marks']).toMatchObject([{ item: 'DISCIPLINE', calibrated: null }, { item: 'POLICY', mark: '92.00', calibrated: { mark: '85.50', reason: '评分偏宽，按全行分布校准' } }])
    const [row] = await bank.look<{ mark: string }>(`SELECT mark::text FROM performance_mark_facts WHERE mark_id = $1`, [marks[0]?.id])
    expect(row?.mark).toBe('85.50')
  })
})

test('the talk about a result: signed by the ratee, or refused with a witness', async () => {
  const { outletHead, lead, li, wang, otherBranchHead } = bank.staff
  const record = (who: Colleague, staff: Colleague, more: Record<string, unknown> = {}) => { const id = newId(); return bank.ask(who, recordTalk, { body: { id, staffNo: staff.staffNo, month: '2026-09', heldOn: '2026-11-23', strengths: '客户走访扎实', gaps: '存款增长不足', measures: '每周复盘，月底前走访十户', ...more } }).then((answer) => ({ id, told: told(answer) })) }
  expect((await record(otherBranchHead, li)).told).toBe('no-such-person')
  expect((await record(outletHead, li, { month: '2026-07' })).told).toBe('no-result')
  expect((await record(outletHead, li, { heldOn: '2026-11-24' })).told).toBe('in-the-future')
  const first = await record(outletHead, li)
  expect([first.told, (await record(outletHead, li)).told]).toEqual([200, 'talk-there'])
  const sign = (who: Colleague, talkId: string, body: Record<string, unknown>) => bank.ask(who, signTalk, { params: { talkId }, body: { signed: true, witness: '', note: '', ...body } })
  expect(told(await sign(outletHead, first.id, {}))).toBe('ratee-signs')
  expect(told(await sign(wang, first.id, {}))).toBe('not-found')
  expect(told(await sign(li, first.id, { note: '同意，按计划执行' }))).toBe(200)
  expect(told(await sign(li, first.id, {}))).toBe('signed-already')
  const second = await record(outletHead, wang)
  for (const witness of ['', wang.staffNo, outletHead.staffNo]) expect(told(await sign(outletHead, second.id, { signed: false, witness }))).toBe('witness-missing')
  expect(told(await sign(outletHead, second.id, { signed: false, witness: lead.staffNo, note: '对结果有异议' }))).toBe(200)
  const talks = (await bank.ask(outletHead, listTalks)).body['talks'] as { name: string; dueOn: string; late: boolean; signature: unknown }[]
  expect(talks.map((one) => [one.name, one.dueOn, one.late])).toEqual(expect.arrayContaining([['李晓雯', '2026-12-07', false], ['王凯', '2026-12-07', false]]))
  expect((await bank.ask(wang, listTalks)).body['talks']).toMatchObject([{ signature: { signed: false, witness: '陈立' } }])
})
