import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { smallBank, type Colleague, type SmallBank } from '../../tests/support/small-bank.ts'
import { closeMonth } from '../flows/close-month.ts'
import { settleMonth, settleMonthJob } from '../flows/settle-month.ts'
import { newId } from '../foundation/values/uuid7.ts'
import { routes } from '../routes.ts'
import { confirmIndicatorFact, enterIndicatorFact, listIndicatorFacts, returnIndicatorFact } from './indicator-fact.contract.ts'
import { listSchemes } from './scheme.contract.ts'
import { closeSettlement, listSettlements, runSettlement, watchSettlement } from './settlement.contract.ts'
import {
  getAnyStatement, getFactBookings, getMyStatement, getTeamStatement, listAnyStatementFacts, listMyStatementFacts, listStatementPeople, listTeamStatementFacts, listTeamStatements, type Outlook, type StatementShown,
} from './statement.contract.ts'
import { calculate, calculatorText, figureOf, pdfPages, tableOfPdf } from '../../tests/support/pdf-text.ts'
import { readBook } from '../../tests/support/read-book.ts'
import { yuanText } from '../foundation/values/fen.ts'
import { printAnyStatement, printMyStatement, printTeamStatement } from './statement/print.contract.ts'
import { workOutForecast } from './statement/work-out-forecast.ts'
import { askForJob, runJob } from '../foundation/jobs/run-job.ts'

let bank: SmallBank
let customerId: string
let accountId: string
let perf: Colleague
let perf2: Colleague
let audit: Colleague
beforeAll(async () => {
  bank = await smallBank(routes)
  const { li, wang, qian } = bank.staff
  perf = await bank.colleague('马绩', 'PERFORMANCE', bank.units.head.key)
  perf2 = await bank.colleague('卢效', 'PERFORMANCE', bank.units.head.key)
  audit = await bank.colleague('田稽', 'AUDIT', bank.units.head.key)
  customerId = await bank.customer({ main: li, assist: wang })
  accountId = newId()
  await bank.look(`INSERT INTO product (code, name, name_en, line) VALUES ('D1', '活期', 'd', 'DEPOSIT'), ('L103', '小额', 's', 'LOAN')`)
  await bank.look(`INSERT INTO account (customer_id, id, core_key, product_code, outlet_key, opened_on) VALUES ($1, $2, 'A1', 'D1', $3, '2021-05-06')`, [customerId, accountId, bank.units.south.key])
  await bank.look(`INSERT INTO balance_span (customer_id, account_id, from_date, balance_fen) VALUES ($1, $2, '2026-01-01', 1000000000)`, [customerId, accountId])
  for (let n = 0; n < 3; n++) {
    await bank.look(`INSERT INTO account_transaction (customer_id, id, account_id, core_key, booked_on, direction, amount_fen) VALUES ($1, $2, $3, $4, $5, 'IN', $6)`, [customerId, newId(), accountId, `T${n}`, `2026-1${n % 2}-05`, 100 + n])
    await bank.look(`INSERT INTO loan (customer_id, id, core_key, product_code, outlet_key, amount_fen, paid_out_on, matures_on, term_months) VALUES ($1, $2, $3, 'L103', $4, 5000000, $5, '2027-10-08', 12)`, [customerId, newId(), `L${n}`, bank.units.south.key, `2026-10-0${n + 1}`])
  }
  for (const month of ['2026-09', '2026-10']) expect((await settleMonth(bank.services, { month, dryRun: false })).ok).toBe(true)
  void qian
})
afterAll(() => bank.close())

const told = (answer: { status: number; body: { refusal?: string } }) => [answer.status, answer.body.refusal ?? null]
const mine = async (who: Colleague, query: Record<string, unknown> = {}): Promise<StatementShown | null> => (await bank.ask(who, getMyStatement, { query })).body['statement'] as StatementShown | null

describe('one’s own statement', () => {
  test('the last settled month, with every step, line and month', async () => {
    const statement = await mine(bank.staff.li)
    // 60 % of 10,000,000 is 60 points, 60 % of three small loans 36
    expect(statement).toMatchObject({ person: { name: '李晓雯', unitName: '城南网点' }, month: '2026-10', scheme: { code: 'POINTS', version: 1 }, state: 'SETTLED', points: '96.00', payableFen: '48000' })
    expect(statement?.lines.map(({ code, points, why }) => [code, points, why])).toEqual([
      ['NEW_SMALL_LOAN', '36.00', null], ['MERCHANT_LOAN_AMOUNT', '0.00', 'no-facts'], ['MANAGED_LOAN_ADB', '0.00', 'no-facts'], ['DEPOSIT_ADB_INCREMENT', '60.00', null], ['NET_GROWTH', null, 'no-target'], ['MARKETING', null, 'no-marketing-score'],
    ])
    expect(statement?.months.map(({ month, payableFen }) => [month, payableFen])).toEqual([['2026-09', '30000'], ['2026-10', '48000']])
    expect((await mine(bank.staff.li, { month: '2026-09' }))?.payableFen).toBe('30000')
    expect(await mine(bank.staff.li, { month: '2026-08' })).toBeNull()
    expect(await mine(bank.staff.outletHead)).toBeNull()
  })
  test('who is not paid by a scheme has none; nobody asks without signing in', async () => {
    for (const who of [bank.staff.hr, bank.staff.admin, bank.staff.reviewer, bank.staff.compliance, bank.staff.aml]) expect((await bank.ask(who, getMyStatement)).body).toEqual({ statement: null, outlook: null })
    expect(told(await bank.ask(null, getMyStatement))).toEqual([401, 'not-signed-in'])
    expect(told(await bank.ask(bank.staff.li, getMyStatement, { query: { month: '2026-13' } }))).toEqual([400, 'invalid-request'])
  })
  test('a line opens down to the facts, in pages; the customer by name while in scope, readable after he moved', async () => {
    const ask = (query: Record<string, unknown>, who = bank.staff.li) => bank.ask(who, listMyStatementFacts, { query: { month: '2026-10', ...query } })
    const first = await ask({ place: 1, limit: 2 })
    expect(first.body['count']).toEqual({ value: 3, exact: true })
    const second = await ask({ place: 1, limit: 2, cursor: first.body['nextCursor'] })
    const items = [...(first.body.items ?? []), ...(second.body.items ?? [])]
    expect(new Set(items.map((item) => item['factId'])).size).toBe(3)
    expect(items[0]).toMatchObject({ kind: 'LOAN', amountFen: '5000000', sharePct: '60.0000', countedFen: '3000000', points: '12.00', customer: { id: customerId, name: '山西晋泰新材料有限公司' } })
    expect(told(await ask({ place: 1, cursor: 'abc' }))).toEqual([400, 'invalid-cursor'])
    expect(told(await ask({ place: 2, cursor: first.body['nextCursor'] }))).toEqual([400, 'invalid-cursor'])
    expect(told(await ask({ place: 99 }))).toEqual([404, 'not-found'])
    await bank.look(`UPDATE customer SET viewers = '{}' WHERE customer_id = $1`, [customerId])
    expect((await ask({ place: 4 })).body.items?.[0]).toMatchObject({ kind: 'ACCOUNT', countedFen: '600000000', customer: { id: customerId, name: null } })
    await bank.look(`UPDATE customer SET viewers = $2 WHERE customer_id = $1`, [customerId, [bank.staff.li.staffKey, bank.staff.wang.staffKey]])
  })
  test('and the account down to its balances and bookings of the month, for who may open the customer', async () => {
    const ask = (who: Colleague, params = { customerId, factId: accountId }) => bank.ask(who, getFactBookings, { params, query: { month: '2026-10' } })
    expect((await ask(bank.staff.li)).body).toMatchObject({ kind: 'ACCOUNT', spans: [{ from: '2026-01-01', to: null, fen: '1000000000', days: 31 }], bookings: [{ day: '2026-10-05', amountFen: '100' }, { day: '2026-10-05', amountFen: '102' }], more: false })
    for (const who of [bank.staff.qian, bank.staff.zhao]) expect(told(await ask(who))).toEqual([404, 'not-found'])
    expect(told(await ask(bank.staff.li, { customerId: newId(), factId: accountId }))).toEqual([404, 'not-found'])
    expect(told(await ask(bank.staff.li, { customerId, factId: newId() }))).toEqual([404, 'not-found'])
  })
})

describe('the statements of others', () => {
  const team = (who: Colleague, staffKey: number) => bank.ask(who, getTeamStatement, { params: { staffKey } })
  test('a lead reads those of the line, nobody else’s; a colleague none', async () => {
    const { li, qian, lead, outletHead, branchHead, leader, otherBranchHead, wang, hr } = bank.staff
    for (const who of [lead, outletHead, branchHead, leader]) expect([who.name, (await team(who, li.staffKey)).status]).toEqual([who.name, 200])
    for (const who of [lead, outletHead, branchHead]) expect(told(await team(who, qian.staffKey))).toEqual([404, 'not-found'])
    expect(told(await team(otherBranchHead, li.staffKey))).toEqual([404, 'not-found'])
    expect(told(await team(lead, 999))).toEqual([404, 'not-found'])
    for (const who of [wang, hr]) expect(told(await team(who, li.staffKey))).toEqual([403, 'not-allowed'])
    const list = async (who: Colleague) => ((await bank.ask(who, listTeamStatements)).body.items ?? []).map((item) => item['name'])
    expect(await list(lead)).toEqual(['李晓雯', '王凯', '陈立'])
    expect(await list(otherBranchHead)).toEqual(['钱进'])
    expect((await list(leader)).length).toBe(5)
    expect(told(await bank.ask(otherBranchHead, listTeamStatementFacts, { params: { staffKey: li.staffKey }, query: { month: '2026-10', place: 1 } }))).toEqual([404, 'not-found'])
    expect((await bank.ask(lead, listTeamStatementFacts, { params: { staffKey: li.staffKey }, query: { month: '2026-10', place: 1 } })).body.items).toHaveLength(3)
  })
  test('HR sees names, and a statement only with a purpose, which leaves a line in the journal', async () => {
    const { hr, li, lead } = bank.staff
    const people = await bank.ask(hr, listStatementPeople, { query: { q: '李' } })
    expect(people.body.items).toEqual([{ staffKey: li.staffKey, staffNo: li.staffNo, name: '李晓雯', unitName: '城南网点', scheme: 'POINTS', schemeName: '客户经理积分方案', schemeNameEn: 'Points scheme for managers' }])
    expect(told(await bank.ask(hr, getAnyStatement, { params: { staffKey: li.staffKey } }))).toEqual([400, 'invalid-request'])
    const read = await bank.ask(hr, getAnyStatement, { params: { staffKey: li.staffKey }, query: { purpose: '核对个税申报' } })
    expect(read.body['statement']).toMatchObject({ payableFen: '48000' })
    expect(await bank.look(`SELECT why, person_key FROM journal_line WHERE table_name = 'pay_statement' AND action = 'READ'`)).toEqual([{ why: '核对个税申报', person_key: hr.staffKey }])
    const facts = await bank.ask(perf, listAnyStatementFacts, { params: { staffKey: li.staffKey }, query: { month: '2026-10', place: 4, purpose: '核对个税申报' } })
    expect(facts.body.items?.[0]).toMatchObject({ countedFen: '600000000', customer: { id: customerId, name: null } })
    for (const who of [li, lead, audit, bank.staff.leader]) {
      expect(told(await bank.ask(who, getAnyStatement, { params: { staffKey: li.staffKey }, query: { purpose: '核对个税申报' } }))).toEqual([403, 'not-allowed'])
      expect(told(await bank.ask(who, listStatementPeople))).toEqual([403, 'not-allowed'])
    }
  })
})

describe('facts by form', () => {
  const given = (more: object = {}) => ({ id: newId(), indicator: 'MARKETING_SCORE', staffNo: bank.staff.li.staffNo, month: '2026-10', businessDate: '2026-11-05', value: '95.00', evidence: '市场部评分表 2026-10', ...more })
  const enter = (who: Colleague, body: object) => bank.ask(who, enterIndicatorFact, { body })
  const decide = (who: Colleague, factId: string) => bank.ask(who, confirmIndicatorFact, { params: { factId } })
  test('it counts when a second person has confirmed it', async () => {
    const fact = given()
    expect(told(await enter(perf, fact))).toEqual([200, null])
    expect(told(await enter(perf, fact))).toEqual([200, null])
    expect(told(await enter(perf, { ...fact, value: '96.00' }))).toEqual([409, 'key-reused'])
    expect(told(await decide(perf, fact.id))).toEqual([409, 'same-person'])
    await settleMonth(bank.services, { month: '2026-10', dryRun: false })
    expect((await mine(bank.staff.li))?.payableFen).toBe('48000')
    const listed = (await bank.ask(audit, listIndicatorFacts, { query: { state: 'ENTERED' } })).body.items
    expect(listed?.[0]).toMatchObject({ id: fact.id, state: 'ENTERED', may: { confirm: { allowed: true, reason: null } } })
    expect((await bank.ask(perf, listIndicatorFacts)).body.items?.[0]).toMatchObject({ may: { confirm: { allowed: false, reason: 'same-person' } } })
    expect(told(await decide(audit, fact.id))).toEqual([200, null])
    expect(told(await decide(perf2, fact.id))).toEqual([409, 'decided-already'])
    await settleMonth(bank.services, { month: '2026-10', dryRun: false })
    expect(await mine(bank.staff.li)).toMatchObject({ payableFen: '50400' }) // × 1.05
  })
  test('what is wrong is refused by name and nothing is stored', async () => {
    const refused: [object, string][] = [
      [{ staffNo: '999999' }, 'no-such-person'], [{ businessDate: '2026-11-24' }, 'in-the-future'], [{ value: '100.01' }, 'score-range'],
      [{ value: undefined, indicator: 'INSPECTION_REPORT', object: '报告 1', grade: 'FALSE' }, 'loan-missing'], [{ value: undefined, indicator: 'INSPECTION_REPORT', object: '报告 1', grade: 'FALSE', loanNo: 'J-0000' }, 'no-such-loan'], [{ value: undefined, indicator: 'INSPECTION_CHECK', object: '检查 1', grade: 'LATE', corrects: newId() }, 'cannot-correct'],
      [{ value: '1.001' }, 'invalid-request'], [{ evidence: '  ' }, 'invalid-request'], [{ evidence: 'a\u0000bcd' }, 'invalid-request'], [{ indicator: 'OTHER' }, 'invalid-request'], [{ more: 1 }, 'invalid-request'], [{ staffNo: perf.staffNo }, 'own-fact'],
    ]
    const before = await bank.look('SELECT count(*) FROM indicator_fact')
    for (const [more, name] of refused) expect([more, (await enter(perf, given(more))).body.refusal]).toEqual([more, name])
    for (const who of [bank.staff.li, bank.staff.lead, bank.staff.leader, bank.staff.admin]) {
      expect(told(await enter(who, given()))).toEqual([403, 'not-allowed'])
      expect(told(await bank.ask(who, listIndicatorFacts))).toEqual([403, 'not-allowed'])
    }
    expect(await bank.look('SELECT count(*) FROM indicator_fact')).toEqual(before)
  })
  test('a loan is told by its number of the core system', async () => {
    const [loan] = await bank.look<{ id: string; core_key: string }>('SELECT id, core_key FROM loan ORDER BY id LIMIT 1')
    const fact = given({ value: undefined, indicator: 'CONDUCT_EVENT', object: '贷款资料不实', grade: 'AMBER', loanNo: loan?.core_key })
    expect(told(await enter(perf, fact))).toEqual([200, null])
    expect(await bank.look('SELECT loan_id FROM indicator_fact WHERE id = $1', [fact.id])).toEqual([{ loan_id: loan?.id }])
    expect(told(await bank.ask(audit, returnIndicatorFact, { params: { factId: fact.id }, body: { reason: '只是试登' } }))).toEqual([200, null])
  })
  test('the checker returns with a reason; nobody confirms what concerns himself', async () => {
    const fact = given({ value: '40.00' })
    await enter(perf, fact)
    expect(told(await bank.ask(audit, returnIndicatorFact, { params: { factId: fact.id }, body: { reason: '缺少评分表' } }))).toEqual([200, null])
    expect(told(await decide(audit, fact.id))).toEqual([409, 'decided-already'])
    expect(told(await decide(audit, newId()))).toEqual([404, 'not-found'])
    const about = given({ staffNo: audit.staffNo })
    await enter(perf, about)
    expect(told(await decide(audit, about.id))).toEqual([409, 'own-fact'])
  })
})

describe('the statement as a file', () => {
  const print = (who: Colleague, contract: typeof printMyStatement | typeof printTeamStatement, body: object, params: Record<string, unknown> = {}) => bank.ask(who, contract, { params, body: { month: '2026-10', format: 'PDF', purpose: '本人核对', ...body } })
  test('a pocket calculator gets the payable amount from the text of the PDF alone', async () => {
    const statement = await mine(bank.staff.li)
    const { status, bytes } = await print(bank.staff.li, printMyStatement, {})
    expect(status).toBe(200)
    const pages = await pdfPages(bytes)
    const whole = pages.flat().map(({ text }) => text).join('')
    for (const told of ['绩效工资单', '李晓雯', '2026-10', '本季累计', '本年累计', '新发放小额贷款', '山西晋泰新材料有限公司']) expect(whole).toContain(told)
    // every page says who, when and what for
    for (const page of pages) expect(page.map(({ text }) => text).join('')).toMatch(/李晓雯（\d+） \d{4}-\d\d-\d\d \d\d:\d\d 下载，用途：本人核对/)
    const rows = tableOfPdf(pages, [19, 30, 19, 44]).filter(([number = '']) => /^\d+(\.\d+)*$/.test(number))
    expect(rows.length).toBeGreaterThan(8)
    let formulas = 0
    for (const [number = '', name = '', result = '', how = ''] of rows) {
      const children = rows.filter(([other = '']) => other.startsWith(`${number}.`) && !other.slice(number.length + 1).includes('.'))
      const formula = calculatorText(how)
      if (formula === null) continue
      formulas += 1
      expect([name, calculate(formula).toFixed(figureOf(result).split('.')[1]?.length ?? 0)]).toEqual([name, figureOf(result)])
      // what the formula takes stands below it
      for (const child of children) if (Number(figureOf(child[2] ?? '')) !== 0 && number === '1') expect(formula).toContain((child[2] ?? '').replace(' *', ''))
    }
    expect(formulas).toBeGreaterThan(3)
    const [root] = rows
    expect(figureOf(root?.[2] ?? '')).toBe(yuanText(BigInt(statement?.payableFen ?? '0')))
    expect(calculate(calculatorText(root?.[3] ?? '') ?? '0').toFixed(2)).toBe('504.00')
    expect(await bank.look(`SELECT why, after->>'print' AS form, after->>'format' AS format FROM journal_line WHERE table_name = 'pay_statement' AND action = 'READ' AND why = '本人核对'`)).toEqual([{ why: '本人核对', form: 'YQ-JX-01', format: 'PDF' }])
  })
  test('the workbook has the tree and the facts, numbers as numbers, purpose and name in it', async () => {
    const { bytes } = await print(bank.staff.li, printMyStatement, { format: 'XLSX' })
    const book = await readBook(bytes)
    const [tree = [], facts = []] = book
    const root = tree.find(([number]) => number === '1')
    expect(root?.slice(1, 4)).toEqual(['应发', 504, '元'])
    expect(facts.filter(([name]) => name === '新发放小额贷款').map((row) => [row[4], row[5], row[8]])).toEqual([[50000, 60, 12], [50000, 60, 12], [50000, 60, 12]])
    expect(tree.flat().join(' ')).toMatch(/李晓雯（\d+）.*用途：本人核对/)
  })
  test('a lead and HR as far as they may read; HR without names of customers', async () => {
    const { li, lead, qian, hr, otherBranchHead, wang } = bank.staff
    const one = { staffKey: li.staffKey }
    expect((await print(lead, printTeamStatement, {}, one)).status).toBe(200)
    for (const who of [otherBranchHead]) expect(told(await print(who, printTeamStatement, {}, one))).toEqual([404, 'not-found'])
    for (const who of [wang, hr, qian]) expect(told(await print(who, printTeamStatement, {}, one))).toEqual([403, 'not-allowed'])
    const office = await bank.ask(hr, printAnyStatement, { params: one, body: { month: '2026-10', format: 'XLSX', purpose: '核对个税申报' } })
    expect(JSON.stringify(await readBook(office.bytes))).not.toContain('山西晋泰')
    expect(told(await print(li, printMyStatement, { purpose: ' ' }))).toEqual([400, 'invalid-request'])
    expect(told(await print(li, printMyStatement, { month: '2026-08' }))).toEqual([404, 'not-found'])
  })
  test('sums to date, the forecast of the running month by a dry run of the same engine, where one stands among five', async () => {
    expect(await workOutForecast(bank.services)).toBe(5)
    const outlook = (await bank.ask(bank.staff.li, getMyStatement)).body['outlook'] as Outlook
    // September 300.00, October 504.00; November has the same deposit and no new loan: 300.00; December the mean 402.00
    expect(outlook.quarter).toMatchObject({ from: '2026-10', to: '2026-10', months: 1, payableFen: '50400' })
    expect(outlook.year).toMatchObject({ from: '2026-01', months: 2, payableFen: '80400' })
    expect(outlook.forecast).toMatchObject({ asOf: '2026-11-23', month: '2026-11', monthFen: '30000', averageFen: '40200', averageOf: 2, quarterFen: '120600', yearFen: '150600' })
    // September 300.00 → October 504.00: three small loans 180.00, the coefficient 24.00
    expect(outlook.change).toMatchObject({ month: '2026-09', fromFen: '30000', toFen: '50400', parts: [{ code: 'NEW_SMALL_LOAN', fen: '18000' }, { name: { zh: '综合营销系数' }, fen: '2400' }] })
    expect(outlook.standing).toMatchObject({ people: 5, quarter: 1, upperFen: expect.any(String) as string })
    expect(outlook.standing?.bands.reduce((sum, { people }) => sum + people, 0)).toBe(5)
    expect(await bank.look(`SELECT count(*)::int AS n FROM settlement_run WHERE month = '2026-11-01'`)).toEqual([{ n: 0 }])
    expect(await workOutForecast(bank.services)).toBe(5)
    // another's forecast is not one's own to read
    expect((await bank.ask(bank.staff.otherBranchHead, getTeamStatement, { params: { staffKey: bank.staff.qian.staffKey } })).body['outlook']).toMatchObject({ forecast: { monthFen: '0' } })
  })
})

describe('settling and closing', () => {
  test('who may look, who may run', async () => {
    const list = (await bank.ask(audit, listSettlements)).body
    expect(list).toMatchObject({ next: '2026-11', mayRun: false, months: [{ month: '2026-10', state: 'SETTLED', mayClose: { allowed: false, reason: 'not-allowed' } }, { month: '2026-09' }] })
    expect((await bank.ask(perf, listSettlements)).body).toMatchObject({ mayRun: true, months: [{ mayClose: { allowed: false, reason: 'earlier-month-open' } }, { mayClose: { allowed: true, reason: null } }] })
    for (const who of [bank.staff.li, bank.staff.lead, bank.staff.leader, bank.staff.admin]) {
      expect(told(await bank.ask(who, listSettlements))).toEqual([403, 'not-allowed'])
      expect(told(await bank.ask(who, runSettlement, { params: { month: '2026-10', scheme: 'POINTS' }, body: { dryRun: true } }))).toEqual([403, 'not-allowed'])
      expect(told(await bank.ask(who, closeSettlement, { params: { month: '2026-09', scheme: 'POINTS' } }))).toEqual([403, 'not-allowed'])
    }
    expect(told(await bank.ask(audit, closeSettlement, { params: { month: '2026-09', scheme: 'POINTS' } }))).toEqual([403, 'not-allowed'])
  })
  test('asked for by a button, run as a job, watched by the page', async () => {
    const kept = bank.services.jobs
    bank.services.jobs = { ask: (kind, params, askedBy) => askForJob(bank.services, kind, params, askedBy) }
    const run = (month: string, dryRun: boolean, scheme = 'POINTS') => bank.ask(perf, runSettlement, { params: { month, scheme }, body: { dryRun } })
    expect(told(await run('2026-11', false))).toEqual([409, 'month-not-over'])
    expect(told(await run('2026-10', false, 'OTHER'))).toEqual([409, 'no-scheme'])
    const jobId = String((await run('2026-10', true)).body['jobId'])
    expect((await bank.ask(perf, watchSettlement, { params: { jobId } })).body).toMatchObject({ state: 'WAITING', result: null })
    await runJob(bank.services, settleMonthJob, jobId)
    expect((await bank.ask(audit, watchSettlement, { params: { jobId } })).body).toMatchObject({ state: 'DONE', refusal: null, result: { dryRun: true, people: 5, control: { ties: true } } })
    const real = String((await run('2026-10', false)).body['jobId'])
    await runJob(bank.services, settleMonthJob, real)
    expect(told(await bank.ask(perf, watchSettlement, { params: { jobId: newId() } }))).toEqual([404, 'not-found'])
    bank.services.jobs = kept
  })
  test('months close in order, by another person, once; a closed month is not settled again', async () => {
    const close = (who: Colleague, month: string) => bank.ask(who, closeSettlement, { params: { month, scheme: 'POINTS' } })
    expect(told(await close(perf, '2026-08'))).toEqual([409, 'not-settled'])
    expect(told(await close(perf, '2026-10'))).toEqual([409, 'earlier-month-open'])
    expect(told(await close(perf2, '2026-09'))).toEqual([200, null])
    expect(told(await close(perf2, '2026-09'))).toEqual([409, 'month-closed'])
    expect(told(await bank.ask(perf, runSettlement, { params: { month: '2026-09', scheme: 'POINTS' }, body: { dryRun: false } }))).toEqual([409, 'month-closed'])
    await bank.look(`UPDATE balance_span SET balance_fen = 1100000000`)
    const asPerf = await settleMonth(bank.services, { month: '2026-10', dryRun: false, settledBy: perf.staffKey })
    expect(asPerf.ok).toBe(true)
    expect(told(await close(perf, '2026-10'))).toEqual([409, 'same-person'])
    expect((await mine(bank.staff.li, { month: '2026-09' }))).toMatchObject({ state: 'CLOSED', payableFen: '30000' })
    expect((await mine(bank.staff.li))?.lines.find(({ code }) => code === 'CORRECTION')).toMatchObject({ correctsMonth: '2026-09', correctsCode: 'DEPOSIT_ADB_INCREMENT', points: '6.00', moneyFen: '3000' })
    expect((await closeMonth(bank.services, { month: '2026-10', scheme: 'POINTS', closedBy: null })).ok).toBe(true)
  })
  test('the scheme is readable by each person whom it pays', async () => {
    for (const who of [bank.staff.li, bank.staff.lead, bank.staff.lobby, bank.staff.hr, bank.staff.reviewer, audit]) expect((await bank.ask(who, listSchemes)).body).toMatchObject({ schemes: [{ code: 'POINTS', inForce: true, terms: { unitPrice: '5.00' } }] })
    expect(told(await bank.ask(null, listSchemes))).toEqual([401, 'not-signed-in'])
  })
})
