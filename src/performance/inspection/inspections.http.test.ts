import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { smallBank, type Colleague, type SmallBank } from '../../../tests/support/small-bank.ts'
import { unzipText } from '../../../tests/support/unzip-text.ts'
import { closeMonth } from '../../flows/close-month.ts'
import { settleMonth } from '../../flows/settle-month.ts'
import { newId } from '../../foundation/values/uuid7.ts'
import { readMyAgenda, readMyDay } from '../../reports/my-day.contract.ts'
import { routes } from '../../routes.ts'
import { castVote, closeMotion, getMotion, makeAppraisalGroup, printMinutes, putMotion } from '../appraisal-group/group.contract.ts'
import { confirmIndicatorFact, enterIndicatorFact, listIndicatorFacts } from '../indicator-fact.contract.ts'
import { showIndicator } from '../indicator.contract.ts'
import { getMyStatement, type StatementShown } from '../statement.contract.ts'
import { workOutIndicators } from '../work-out-indicators.ts'
import { answerObjection, confirmRun, decideCheckList, drawRun, enterCheckList, enterFinding, fetchEvidence, getRun, getRunOptions, giveFindings, listCheckLists, listInspectors, listMyFindings, listRuns, makeObjection, planRun, withdrawRun, type OwnFinding, type RunShown } from './run.contract.ts'

// inspection-1 (domain specification 3.7): RM A, April 2025; six reports, nine post-loan checks; three of each are looked at; the objection to L13 is upheld in May.
let bank: SmallBank
let perf: Colleague
let perf2: Colleague
let audit: Colleague
let audit2: Colleague
let risk: Colleague
let sun: Colleague
const groupId = newId()
const told = (answer: { status: number; body: { refusal?: string } }): unknown => answer.body.refusal ?? answer.status
const today = (day: string): Promise<unknown> => bank.look(`UPDATE bank SET business_date = $1`, [day])
const pdf = { name: '检查底稿.pdf', bytes: new TextEncoder().encode('%PDF-1.7\n%%EOF') }
const run = async (who: Colleague, runId: string): Promise<RunShown> => (await bank.ask(who, getRun, { params: { runId } })).body['run'] as unknown as RunShown
const mine = async (who: Colleague): Promise<OwnFinding[]> => (await bank.ask(who, listMyFindings)).body['findings'] as unknown as OwnFinding[]
const statement = async (who: Colleague, month: string): Promise<StatementShown> => (await bank.ask(who, getMyStatement, { query: { month } })).body['statement'] as unknown as StatementShown
const pointsOf = (shown: StatementShown, code: string): string | null | undefined => shown.lines.find((line) => line.code === code)?.points
/** What the day of a person tells of a run, an objection or a fact: heads and managers have a day, offices an agenda. */
const dayOf = async (who: Colleague, id: string): Promise<string[]> => {
  const answers = [await bank.ask(who, readMyDay), await bank.ask(who, readMyAgenda)]
  return [...new Set(answers.flatMap((one) => ((one.body['lines'] ?? []) as { id: string; kind: string }[]).filter((line) => line.id === id).map((line) => line.kind)))]
}
const appoint = async (who: Colleague, more: Record<string, unknown> = {}): Promise<{ id: string; told: unknown }> => {
  const id = newId()
  const answer = await bank.ask(bank.staff.hr, putMotion, { body: { id, kind: 'INSPECTOR', groupId, staffNo: who.staffNo, from: '2025-01-01', to: '2027-01-01', notHis: [], relatives: [], reasons: '熟悉信贷业务，与被检查条线无关', ...more } })
  return { id, told: told(answer) }
}
const pass = async (motionId: string): Promise<unknown> => {
  for (const who of [bank.staff.leader, bank.staff.hr, bank.staff.compliance, risk]) await bank.ask(who, castVote, { params: { motionId }, body: { vote: 'YES', reason: '' } })
  return told(await bank.ask(bank.staff.leader, closeMotion, { params: { motionId }, body: { reasons: '同意任命' } }))
}
const appointmentOf = async (who: Colleague): Promise<string> => ((await bank.ask(perf, listInspectors)).body['inspectors'] as { id: string; staffKey: number }[]).find((one) => one.staffKey === who.staffKey)?.id ?? newId()
const plan = async (inspector: Colleague, more: Record<string, unknown> = {}): Promise<{ id: string; told: unknown; body: Record<string, unknown> }> => {
  const id = newId()
  const answer = await bank.ask(perf, planRun, { body: { id, month: '2025-04', object: 'REPORT', unitKey: bank.units.south.key, appointmentId: await appointmentOf(inspector), managers: [bank.staff.li.staffNo], ...more } })
  return { id, told: told(answer), body: answer.body }
}
const find = (who: Colleague, runId: string, objectId: string, grade: string, more: Record<string, unknown> = {}) => bank.ask(who, enterFinding, { params: { runId, objectId }, body: { id: newId(), sourceSeen: '信贷档案原件、现场影像', finding: '与报告逐项核对', grade, ...more }, file: pdf })

beforeAll(async () => {
  bank = await smallBank(routes)
  perf = await bank.colleague('马绩', 'PERFORMANCE', bank.units.head.key)
  perf2 = await bank.colleague('卢效', 'PERFORMANCE', bank.units.head.key)
  audit = await bank.colleague('田稽', 'AUDIT', bank.units.head.key)
  audit2 = await bank.colleague('白稽', 'AUDIT', bank.units.head.key)
  risk = await bank.colleague('严风', 'REVIEWER', bank.units.head.key)
  sun = await bank.colleague('孙贷', 'POST_LOAN', bank.units.south.key)
  const { li, wang, hr, leader, compliance, zhao } = bank.staff
  await today('2025-05-06')
  await bank.look(`INSERT INTO product (code, name, name_en, line) VALUES ('L201', '流贷', 'w', 'LOAN'), ('L103', '小额', 's', 'LOAN')`)
  const customerId = await bank.customer({ main: li })
  const loan = (core: string, fen: number, product = 'L201', day = '2025-04-08', customer = customerId) => bank.look(`INSERT INTO loan (customer_id, id, core_key, product_code, outlet_key, amount_fen, paid_out_on, matures_on, term_months) VALUES ($1, $2, $3, $4, $5, $6, $7, '2027-10-08', 12)`, [customer, newId(), core, product, bank.units.south.key, fen, day])
  // three of the six are above five million: they are always looked at, so that the sample is that of the example whatever the seed
  for (const core of ['L11', 'L12', 'L13']) await loan(core, 500_000_001)
  for (const core of ['L15', 'L16', 'L17']) await loan(core, 30_000_000)
  for (const core of ['L18', 'L19']) await loan(core, 900_000_000, 'L201', '2025-05-08')
  const his = await bank.customer({ main: wang, name: '太原市晋阳商贸有限公司' })
  await loan('W1', 5_000_000, 'L103', '2025-04-10', his)
  const members = [[leader, 'BUSINESS'], [hr, 'HR'], [perf, 'FINANCE'], [compliance, 'COMPLIANCE'], [risk, 'RISK'], [zhao, 'ELECTED']] as const
  expect(told(await bank.ask(hr, makeAppraisalGroup, { body: { id: groupId, unitKey: bank.units.head.key, name: '总行考核小组', from: '2025-01-01', to: '2026-12-31', chair: leader.staffNo, secretary: hr.staffNo, members: members.map(([who, side]) => ({ staffNo: who.staffNo, side })), reason: '2025 届换届' } }))).toBe(200)
})
afterAll(() => bank.close())

describe('an inspector', () => {
  test('is appointed for a term by a motion of the group, which its minutes tell', async () => {
    const { li, wang, hr } = bank.staff
    expect((await appoint(audit, { staffNo: 'NOBODY' })).told).toBe('no-such-person')
    expect((await appoint(audit, { to: '2027-01-02' })).told).toBe('term-too-long')
    expect((await appoint(audit, { notHis: [audit.staffNo] })).told).toBe('own-relative')
    expect(told(await bank.ask(li, putMotion, { body: { id: newId(), kind: 'INSPECTOR', groupId, staffNo: audit.staffNo, from: '2025-01-01', to: '2026-01-01', notHis: [], relatives: [], reasons: '自行提名' } }))).toBe('not-found')
    const first = await appoint(audit, { notHis: [bank.staff.zhao.staffNo] })
    expect(first.told).toBe(200)
    // he does not read the vote on himself, and is no inspector before it is closed
    expect((await bank.ask(audit, getMotion, { params: { motionId: first.id } })).status).toBe(404)
    expect((await bank.ask(hr, getMotion, { params: { motionId: first.id } })).body['motion']).toMatchObject({ kind: 'INSPECTOR', about: { name: '田稽' }, inspector: { from: '2025-01-01', to: '2027-01-01', relatives: ['赵敏'] } })
    expect((await plan(audit)).told).toBe('no-such-inspector')
    expect(await pass(first.id)).toBe(200)
    expect((await appoint(audit)).told).toBe('appointed-already')
    const minutes = await bank.ask(hr, printMinutes, { params: { groupId }, query: { day: '2025-05-06' } })
    const text = (await unzipText(minutes.bytes, 'word/document.xml')).replace(/<[^>]+>/g, '')
    for (const word of ['任命检查人员：田稽', '2025-01-01 至 2027-01-01', '赵敏', '同意任命']) expect([word, text.includes(word)]).toEqual([word, true])
    for (const who of [audit2, sun, wang]) expect(await pass((await appoint(who)).id)).toBe(200)
    expect(((await bank.ask(perf, listInspectors)).body['inspectors'] as { name: string }[]).map((one) => one.name).sort()).toEqual(['王凯', '田稽', '白稽', '孙贷'].sort())
  })
  test('is not of the line, the outlet, a relative or himself; a motion that the group rejects appoints nobody', async () => {
    const { li, wang, zhao } = bank.staff
    const rejected = await appoint(risk)
    for (const who of [bank.staff.leader, bank.staff.hr, bank.staff.compliance, zhao]) await bank.ask(who, castVote, { params: { motionId: rejected.id }, body: { vote: 'NO', reason: '任务过重' } })
    expect((await bank.ask(bank.staff.leader, closeMotion, { params: { motionId: rejected.id }, body: { reasons: '另选他人' } })).body).toMatchObject({ result: 'REJECTED' })
    expect((await plan(risk)).told).toBe('no-such-inspector')
    expect((await plan(sun)).told).toBe('own-line')
    expect((await plan(wang)).told).toBe('own-line')
    expect((await plan(wang, { managers: [wang.staffNo] })).told).toBe('inspects-himself')
    expect((await plan(audit, { unitKey: bank.units.north.key, managers: [zhao.staffNo] })).told).toBe('relative')
    expect((await plan(audit, { month: '2025-05' })).told).toBe('month-not-over')
    expect((await plan(audit, { unitKey: 999_999 })).told).toBe('no-such-unit')
    expect((await plan(audit, { managers: [zhao.staffNo] })).told).toBe('no-such-manager')
    expect(told(await bank.ask(li, planRun, { body: { id: newId(), month: '2025-04', object: 'REPORT', unitKey: bank.units.south.key, appointmentId: await appointmentOf(audit), managers: [li.staffNo] } }))).toBe('not-allowed')
    // the page tells it before: each manager with why not
    const options = (await bank.ask(perf, getRunOptions, { query: { month: '2025-04', object: 'REPORT', unit: bank.units.south.key, inspector: await appointmentOf(sun) } })).body['managers']
    expect(options).toMatchObject([{ name: '李晓雯', objects: 6, may: { allowed: false, reason: 'own-line' } }, { name: '王凯', objects: 1, may: { reason: 'own-line' } }])
  })
})

describe('a list of post-loan checks, of which there is no ledger', () => {
  const list = (who: Colleague, more: Record<string, unknown> = {}) => bank.ask(who, enterCheckList, { body: { id: newId(), month: '2025-04', staffNo: bank.staff.li.staffNo, objects: [...Array(9).keys()].map((n) => ({ number: `DH-${n + 1}`, loanNo: n === 0 ? 'L11' : null })), evidence: '贷后管理系统四月检查台账', ...more } })
  test('comes with evidence from one, counts when another has confirmed it', async () => {
    const { li } = bank.staff
    expect(told(await list(li))).toBe('not-allowed')
    expect(told(await list(perf, { staffNo: 'NOBODY' }))).toBe('no-such-person')
    expect(told(await list(perf, { staffNo: perf.staffNo }))).toBe('own-list')
    expect(told(await list(perf, { month: '2025-06' }))).toBe('in-the-future')
    expect(told(await list(perf, { objects: [{ number: 'A', loanNo: 'NONE' }] }))).toBe('no-such-loan')
    expect(told(await list(perf, { objects: [{ number: 'A', loanNo: null }, { number: 'A', loanNo: null }] }))).toBe('number-twice')
    expect(told(await list(perf))).toBe(200)
    expect(told(await list(perf))).toBe('number-twice')
    const early = await plan(audit2, { object: 'POST_LOAN_CHECK' })
    expect(told(await bank.ask(audit2, drawRun, { params: { runId: early.id } }))).toBe('nothing-to-draw')
    expect(told(await bank.ask(perf, withdrawRun, { params: { runId: early.id }, body: { reason: '清单尚未复核' } }))).toBe(200)
    const [first] = (await bank.ask(audit, listCheckLists)).body['lists'] as { id: string; state: string; may: Record<string, { allowed: boolean }> }[]
    expect(first).toMatchObject({ state: 'ENTERED', may: { decide: { allowed: true } } })
    const decide = (who: Colleague, decision: string, reason = '') => bank.ask(who, decideCheckList, { params: { listId: first?.id ?? '' }, body: { decision, reason } })
    expect(told(await decide(perf, 'CONFIRMED'))).toBe('same-person')
    expect(told(await decide(perf2, 'RETURNED'))).toBe('reason-missing')
    expect(told(await decide(perf2, 'CONFIRMED'))).toBe(200)
    expect(told(await decide(perf2, 'CONFIRMED'))).toBe('decided-already')
  })
})

describe('inspection-1', () => {
  let reports: string
  let checks: string
  const idOf = (shown: RunShown, label: string): string => shown.objects.find((one) => one.label === label)?.id ?? newId()
  test('is planned and drawn once; drawn again from its seed it is the same', async () => {
    const { li, wang } = bank.staff
    const byForm = (object: string) => bank.ask(perf, enterIndicatorFact, { body: { id: newId(), indicator: 'INSPECTION_REPORT', staffNo: li.staffNo, month: '2025-04', businessDate: '2025-05-06', object, grade: 'PASS', evidence: '外部检查结论' } })
    const made = await plan(audit)
    expect([made.told, made.body['number']]).toEqual([200, 'JC2025-0002'])
    reports = made.id
    checks = (await plan(audit2, { object: 'POST_LOAN_CHECK' })).id
    expect((await plan(audit2)).told).toBe('inspected-already')
    expect([await dayOf(audit, reports), await dayOf(li, reports)]).toEqual([['INSPECTION'], []])
    for (const who of [audit2, perf]) expect(told(await bank.ask(who, drawRun, { params: { runId: reports } }))).toBe('not-the-inspector')
    for (const who of [li, wang, bank.staff.outletHead, bank.staff.admin]) expect(told(await bank.ask(who, drawRun, { params: { runId: reports } }))).toBe('not-found')
    expect((await bank.ask(audit, drawRun, { params: { runId: reports } })).body).toMatchObject({ drawn: 3, population: 6 })
    expect(told(await bank.ask(audit, drawRun, { params: { runId: reports } }))).toBe('wrong-state')
    expect((await bank.ask(audit2, drawRun, { params: { runId: checks } })).body).toMatchObject({ drawn: 3, population: 9 })
    const shown = await run(perf, reports)
    expect([shown.state, shown.draw?.repeats, shown.objects.map((one) => one.label)]).toEqual(['SAMPLED', true, ['调查报告 L11', '调查报告 L12', '调查报告 L13']])
    expect((await run(audit2, checks)).draw?.repeats).toBe(true)
    // what is drawn does not come by the form as well
    for (const object of ['调查报告 L13', 'l13']) expect(told(await byForm(object))).toBe('inspected-already')
    const [{ id: loanId }] = (await bank.look<{ id: string }>(`SELECT id FROM loan WHERE core_key = 'L12'`)) as [{ id: string }]
    expect(told(await bank.ask(perf, enterIndicatorFact, { body: { id: newId(), indicator: 'INSPECTION_REPORT', staffNo: li.staffNo, month: '2025-04', businessDate: '2025-05-06', object: '外部检查 3 号', grade: 'PASS', loanId, evidence: '外部检查结论' } }))).toBe('inspected-already')
  })
  test('findings with evidence, by the inspector only; nobody concerned sees them before they are handed over', async () => {
    const { li } = bank.staff
    const shown = await run(audit, reports)
    expect(told(await find(audit2, reports, idOf(shown, '调查报告 L11'), 'PASS'))).toBe('not-the-inspector')
    expect(told(await find(audit, reports, idOf(shown, '调查报告 L11'), 'LATE'))).toBe('no-such-grade')
    expect(told(await find(audit, reports, newId(), 'PASS'))).toBe('not-found')
    for (const [label, grade] of [['调查报告 L11', 'EXCELLENT'], ['调查报告 L12', 'UNTRUE_MINOR']] as const) expect(told(await find(audit, reports, idOf(shown, label), grade))).toBe(200)
    expect(told(await bank.ask(audit, giveFindings, { params: { runId: reports } }))).toBe('findings-missing')
    // written anew until it is handed over
    for (const [label, grade] of [['调查报告 L12', 'PASS'], ['调查报告 L13', 'UNTRUE_MINOR']] as const) expect(told(await find(audit, reports, idOf(shown, label), grade))).toBe(200)
    expect((await run(audit, reports)).state).toBe('IN_WORK')
    const drawn = (await run(audit2, checks)).objects
    for (const [place, grade] of (['MISSING', 'PASS', 'PASS'] as const).entries()) expect(told(await find(audit2, checks, drawn[place]?.id ?? '', grade))).toBe(200)
    expect(await mine(li)).toEqual([])
    expect(told(await bank.ask(li, getRun, { params: { runId: reports } }))).toBe('not-found')
    expect(told(await bank.ask(li, fetchEvidence, { params: { runId: reports, objectId: idOf(shown, '调查报告 L13') }, body: { purpose: '核对' } }))).toBe('not-found')
    expect(told(await bank.ask(perf2, confirmRun, { params: { runId: reports } }))).toBe('wrong-state')
    expect((await bank.ask(audit, giveFindings, { params: { runId: reports } })).body).toEqual({ objectionUntil: '2025-05-13' })
    expect(told(await bank.ask(audit2, giveFindings, { params: { runId: checks } }))).toBe(200)
    expect(told(await find(audit, reports, idOf(shown, '调查报告 L13'), 'PASS'))).toBe('wrong-state')
    expect([(await run(perf, reports)).points, (await run(perf, checks)).points, (await run(perf, reports)).state]).toEqual(['-5.00', '-8.00', 'FINDINGS_GIVEN'])
  })
  test('the manager sees them before they count, and may object within five working days', async () => {
    const { li, wang, outletHead } = bank.staff
    expect(await dayOf(li, reports)).toEqual(['INSPECTION_FOUND'])
    expect((await mine(li)).filter((one) => one.object === 'REPORT').map((one) => [one.label, one.finding?.counts, one.finding?.points, one.workingDaysLeft])).toEqual([['调查报告 L11', 'EXCELLENT', '10.00', 5], ['调查报告 L12', 'PASS', '0.00', 5], ['调查报告 L13', 'UNTRUE_MINOR', '-15.00', 5]])
    const l13 = (await mine(li)).find((one) => one.label === '调查报告 L13') as OwnFinding
    expect(l13).toMatchObject({ finding: { grade: 'UNTRUE_MINOR', points: '-15.00' }, may: { object: { allowed: true } }, confirmed: false })
    expect((await bank.ask(li, fetchEvidence, { params: { runId: reports, objectId: l13.id }, body: { purpose: '核对证据' } })).status).toBe(200)
    const object = (who: Colleague, objectId = l13.id) => bank.ask(who, makeObjection, { params: { runId: reports, objectId }, body: { claim: '清点时另一仓库未计入，附两份入库单' } })
    for (const who of [wang, outletHead, audit]) expect(told(await object(who))).toBe('not-found')
    await today('2025-05-07')
    expect(told(await object(li))).toBe(200)
    expect(told(await object(li))).toBe('objected-already')
    expect((await run(perf, reports)).state).toBe('OBJECTION')
    // the group answers: neither the one who inspects nor who is concerned or leads him
    expect([await dayOf(risk, l13.id), await dayOf(audit, l13.id), await dayOf(outletHead, l13.id)]).toEqual([['INSPECTION_OBJECTION'], [], []])
    // nothing is better than the best grade: such an objection would ask for nothing
    expect(told(await object(li, (await mine(li)).find((one) => one.label === '调查报告 L11')?.id))).toBe('best-already')
    await today('2025-05-14')
    expect(told(await object(li, (await mine(li)).find((one) => one.label === '调查报告 L11')?.id))).toBe('window-over')
  })
  test('a second person confirms when the days are over: the findings count in April, each once', async () => {
    const { li, leader } = bank.staff
    await today('2025-05-13')
    expect(told(await bank.ask(perf2, confirmRun, { params: { runId: reports } }))).toBe('window-open')
    expect(await dayOf(perf2, reports)).toEqual([])
    await today('2025-05-14')
    expect(await dayOf(perf2, reports)).toEqual(['INSPECTION_CONFIRM'])
    expect(told(await bank.ask(audit, confirmRun, { params: { runId: reports } }))).toBe('same-person')
    for (const who of [li, leader, risk]) expect(told(await bank.ask(who, confirmRun, { params: { runId: reports } }))).toBe('not-allowed')
    expect((await bank.ask(perf2, confirmRun, { params: { runId: reports } })).body).toEqual({ facts: 3, events: 0 })
    expect(told(await bank.ask(perf2, confirmRun, { params: { runId: reports } }))).toBe('wrong-state')
    expect((await bank.ask(perf, confirmRun, { params: { runId: checks } })).body).toEqual({ facts: 3, events: 0 })
    expect((await run(perf, reports)).state).toBe('CONFIRMED')
    expect((await settleMonth(bank.services, { month: '2025-04', scheme: 'POINTS', dryRun: false, settledBy: perf.staffKey })).ok).toBe(true)
    const april = await statement(li, '2025-04')
    expect([pointsOf(april, 'INSPECTION_REPORT'), pointsOf(april, 'INSPECTION_CHECK')]).toEqual(['-5.00', '-8.00'])
    expect([(await run(perf, reports)).state, (await run(perf, reports)).settledIn]).toEqual(['SETTLED', '2025-04'])
    for (const code of ['REPORT_QUALITY', 'INSPECTION_POINTS']) await workOutIndicators(bank.services, { months: ['2025-04'], code })
    expect((await bank.ask(li, showIndicator, { params: { code: 'INSPECTION_POINTS' }, query: { month: '2025-04' } })).body).toMatchObject({ total: '-13.00' })
    expect((await bank.ask(li, showIndicator, { params: { code: 'REPORT_QUALITY' }, query: { month: '2025-04' } })).body).toMatchObject({ total: '95.00' })
    expect(await closeMonth(bank.services, { month: '2025-04', scheme: 'POINTS', closedBy: audit2.staffKey })).toMatchObject({ ok: true })
    // a finding of a run is not corrected by the form
    const [fact] = (await bank.look<{ id: string }>(`SELECT id FROM indicator_fact WHERE object = '调查报告 L13'`)) as [{ id: string }]
    expect(told(await bank.ask(perf, enterIndicatorFact, { body: { id: newId(), indicator: 'INSPECTION_REPORT', staffNo: li.staffNo, month: '2025-05', businessDate: '2025-05-14', object: '调查报告 L13', grade: 'PASS', corrects: fact.id, evidence: '口头说明' } }))).toBe('corrects-a-run')
  })
  test('the objection is upheld in May: plus fifteen in May, and nothing closed changes', async () => {
    const { li, hr, leader, outletHead } = bank.staff
    await today('2025-05-20')
    const l13 = (await mine(li)).find((one) => one.label === '调查报告 L13') as OwnFinding
    const answer = (who: Colleague, body: Record<string, unknown> = {}) => bank.ask(who, answerObjection, { params: { runId: reports, objectId: l13.id }, body: { result: 'UPHELD', becomes: 'PASS', reason: '入库单属实，存货数量相符', ...body } })
    // of the group only, and nobody who confirmed or inspects; the line is not even told
    for (const who of [audit, perf2]) expect(told(await answer(who))).toBe('not-a-third-person')
    expect(told(await answer(outletHead))).toBe('not-found')
    expect(told(await answer(risk, { becomes: 'UNTRUE_MINOR' }))).toBe('grade-as-it-was')
    expect(told(await answer(risk, { becomes: 'LATE' }))).toBe('grade-as-it-was')
    // who objects never fares worse by it: an upheld objection is not a way to a harder grade
    expect(told(await answer(risk, { becomes: 'UNTRUE_MAJOR' }))).toBe('grade-as-it-was')
    const before = JSON.stringify((await statement(li, '2025-04')).lines)
    const { factId } = (await answer(risk)).body as { factId?: string }
    expect(told(await answer(hr))).toBe('answered-already')
    // the correction waits for a second person of its own: neither who answered nor who inspects
    expect([await dayOf(perf2, factId ?? ''), await dayOf(risk, factId ?? '')]).toEqual([['INSPECTION_FACT'], []])
    for (const who of [risk, leader]) expect(told(await bank.ask(who, confirmIndicatorFact, { params: { factId: factId ?? '' } }))).toBe('not-allowed')
    expect(told(await bank.ask(audit, confirmIndicatorFact, { params: { factId: factId ?? '' } }))).toBe('same-person')
    expect(told(await bank.ask(perf2, confirmIndicatorFact, { params: { factId: factId ?? '' } }))).toBe(200)
    await today('2025-06-03')
    expect((await settleMonth(bank.services, { month: '2025-05', scheme: 'POINTS', dryRun: false, settledBy: perf.staffKey })).ok).toBe(true)
    expect(pointsOf(await statement(li, '2025-05'), 'INSPECTION_REPORT')).toBe('15.00')
    await workOutIndicators(bank.services, { months: ['2025-05'], code: 'INSPECTION_POINTS' })
    expect((await bank.ask(li, showIndicator, { params: { code: 'INSPECTION_POINTS' }, query: { month: '2025-05' } })).body).toMatchObject({ total: '15.00' })
    expect(JSON.stringify((await statement(li, '2025-04')).lines)).toBe(before)
    expect((await mine(li)).find((one) => one.label === '调查报告 L13')).toMatchObject({ finding: { counts: 'UNTRUE_MINOR' }, objection: { result: 'UPHELD', becomes: 'PASS', answeredBy: '严风', correction: { month: '2025-05', points: '15.00', counts: true } } })
  })
  test('the next month another inspector looks at him', async () => {
    expect((await plan(audit, { month: '2025-05' })).told).toBe('same-twice')
    const next = await plan(audit2, { month: '2025-05' })
    expect(next.told).toBe(200)
    // the kinds of object are apart: who looked at the checks may look at the reports
    expect((await plan(audit, { month: '2025-05', object: 'POST_LOAN_CHECK' })).told).toBe(200)
    expect(told(await bank.ask(perf, withdrawRun, { params: { runId: next.id }, body: { reason: '改由他人检查' } }))).toBe(200)
    expect(told(await bank.ask(perf, withdrawRun, { params: { runId: next.id }, body: { reason: '再次撤销' } }))).toBe('wrong-state')
    expect(told(await bank.ask(perf, withdrawRun, { params: { runId: reports }, body: { reason: '撤销已交出的' } }))).toBe('wrong-state')
  })
})

describe('grades that open a conduct event', () => {
  test('an upheld objection before it is confirmed changes the grade; a false report takes the points of its loan and opens RED, which a second person confirms', async () => {
    const { wang, li, hr, compliance } = bank.staff
    await today('2025-06-03')
    const reports = (await plan(audit, { managers: [wang.staffNo] })).id
    expect((await bank.ask(audit, drawRun, { params: { runId: reports } })).body).toMatchObject({ drawn: 1, population: 1 })
    const [object] = (await run(audit, reports)).objects
    expect(told(await find(audit, reports, object?.id ?? '', 'FALSE'))).toBe(200)
    expect(told(await bank.ask(audit, giveFindings, { params: { runId: reports } }))).toBe(200)
    expect((await mine(wang))[0]).toMatchObject({ finding: { grade: 'FALSE', points: null, conduct: 'RED' } })
    expect(told(await bank.ask(wang, makeObjection, { params: { runId: reports, objectId: object?.id ?? '' }, body: { claim: '数字系客户提供，本人已核对发票原件' } }))).toBe(200)
    // who answered does not confirm
    expect(told(await bank.ask(hr, answerObjection, { params: { runId: reports, objectId: object?.id ?? '' }, body: { result: 'REJECTED', becomes: null, reason: '发票号码查无此票' } }))).toBe(200)
    await today('2025-06-11')
    expect(told(await bank.ask(hr, confirmRun, { params: { runId: reports } }))).toBe('answered-it')
    expect((await bank.ask(perf2, confirmRun, { params: { runId: reports } })).body).toEqual({ facts: 1, events: 1 })
    const events = ((await bank.ask(perf, listIndicatorFacts, { query: { state: 'ENTERED' } })).body['items'] as { id: string; indicator: string; grade: string; month: string; name: string }[]).filter((one) => one.indicator === 'CONDUCT_EVENT')
    // April is closed: the gate of this month decides
    expect(events).toMatchObject([{ grade: 'RED', month: '2025-06', name: '王凯' }])
    expect([await dayOf(perf, events[0]?.id ?? ''), await dayOf(li, events[0]?.id ?? ''), await dayOf(compliance, events[0]?.id ?? '')]).toEqual([['INSPECTION_FACT'], [], []])
    expect(told(await bank.ask(audit, confirmIndicatorFact, { params: { factId: events[0]?.id ?? '' } }))).toBe('same-person')
    expect(told(await bank.ask(perf, confirmIndicatorFact, { params: { factId: events[0]?.id ?? '' } }))).toBe(200)
    expect(await bank.look(`SELECT to_char(month, 'YYYY-MM') AS month, class FROM performance_gate_event_facts WHERE staff_key = $1`, [wang.staffKey])).toEqual([{ month: '2025-06', class: 'RED' }])
    await today('2025-07-02')
    expect((await settleMonth(bank.services, { month: '2025-06', scheme: 'POINTS', dryRun: false, settledBy: perf.staffKey })).ok).toBe(true)
    const [gave] = (await statement(wang, '2025-04')).lines.filter((line) => line.code === 'NEW_SMALL_LOAN')
    const june = await statement(wang, '2025-06')
    // the finding came late for April, which is closed: its line names April
    expect(june.lines.find((line) => (line.correctsCode ?? line.code) === 'INSPECTION_REPORT')?.points).toBe(`-${gave?.points ?? ''}`)
    expect(june.payableFen).toBe('0')
  })
  test('a grade that was softened before the confirmation counts as it was softened', async () => {
    const { li, compliance } = bank.staff
    // what the form tells of already is not drawn once more: of the two loans of May one is left
    expect(told(await bank.ask(perf, enterIndicatorFact, { body: { id: newId(), indicator: 'INSPECTION_REPORT', staffNo: li.staffNo, month: '2025-05', businessDate: '2025-06-02', object: 'L19', grade: 'PASS', evidence: '外部检查结论' } }))).toBe(200)
    const may = (await plan(audit2, { month: '2025-05' })).id
    expect((await bank.ask(audit2, drawRun, { params: { runId: may } })).body).toMatchObject({ drawn: 1, population: 1 })
    const [object] = (await run(audit2, may)).objects
    await find(audit2, may, object?.id ?? '', 'UNTRUE_MAJOR')
    await bank.ask(audit2, giveFindings, { params: { runId: may } })
    await bank.ask(li, makeObjection, { params: { runId: may, objectId: object?.id ?? '' }, body: { claim: '差异不影响审批结论，附审批意见' } })
    expect(told(await bank.ask(compliance, answerObjection, { params: { runId: may, objectId: object?.id ?? '' }, body: { result: 'UPHELD', becomes: 'UNTRUE_MINOR', reason: '不影响审批结论' } }))).toBe(200)
    await today('2025-07-10')
    expect((await bank.ask(perf2, confirmRun, { params: { runId: may } })).body).toEqual({ facts: 1, events: 0 })
    expect(await bank.look(`SELECT grade FROM indicator_fact WHERE object = '调查报告 L18'`)).toEqual([{ grade: 'UNTRUE_MINOR' }])
  })
})

test('who finds the runs: inspector, group and offices; a colleague, a head of the line and the managers concerned do not', async () => {
  const count = async (who: Colleague): Promise<number> => ((await bank.ask(who, listRuns, { query: { month: '2025-04' } })).body['runs'] as unknown[]).length
  const { li, wang, outletHead, lead, admin, zhao, leader } = bank.staff
  expect([await count(audit), await count(perf), await count(leader), await count(zhao)]).toEqual([4, 4, 4, 4])
  for (const who of [li, wang, outletHead, lead, admin]) expect(await count(who)).toBe(0)
})
