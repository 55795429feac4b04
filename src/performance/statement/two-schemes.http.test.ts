import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { pdfPages } from '../../../tests/support/pdf-text.ts'
import { readBook } from '../../../tests/support/read-book.ts'
import { smallBank, type Colleague, type SmallBank } from '../../../tests/support/small-bank.ts'
import { closeMonth } from '../../flows/close-month.ts'
import { settleMonth } from '../../flows/settle-month.ts'
import { newId } from '../../foundation/values/uuid7.ts'
import { holdPost } from '../../organisation/hold-post.ts'
import { routes } from '../../routes.ts'
import { checkAppeal } from '../appeal/appeal.contract.ts'
import { readBoard } from '../board/board.contract.ts'
import { installBlockScheme, installScheme } from '../install-scheme-version.ts'
import { openWhatIf } from '../schemes/what-if.contract.ts'
import { listSettlements, listSplitPeople } from '../settlement.contract.ts'
import { getMyStatement, getTeamStatement, listMyStatementFacts, listStatementPeople, listTeamStatements, type Outlook, type StatementShown } from '../statement.contract.ts'
import { printMyStatement } from './print.contract.ts'
import { workOutForecast } from './work-out-forecast.ts'

// Wang is a manager (points scheme) until 15 October and in the lobby (a scheme of blocks, base 3,100.00 a month) from the 16th; his customer was not handed over on the day.
// Points: a deposit of 6,200,000 for 15 of 31 days is 30 points, the small loan of 5 October 20; the one of the 20th is not his post's: 50 points, 250.00. Lobby: 3,100.00 × 16 ÷ 31 = 1,600.00. September: 62 points, 310.00.
let bank: SmallBank
let wang: Colleague
let perf: Colleague
const paid = { october: '185000', points: '25000', lobby: '160000', september: '31000' }
beforeAll(async () => {
  bank = await smallBank(routes)
  perf = await bank.colleague('马绩', 'PERFORMANCE', bank.units.head.key)
  const old = bank.staff.wang
  const customerId = await bank.customer({ main: old })
  const accountId = newId()
  await bank.look(`INSERT INTO product (code, name, name_en, line) VALUES ('D1', '活期', 'd', 'DEPOSIT'), ('L103', '小额', 's', 'LOAN')`)
  await bank.look(`INSERT INTO account (customer_id, id, core_key, product_code, outlet_key, opened_on) VALUES ($1, $2, 'A1', 'D1', $3, '2021-05-06')`, [customerId, accountId, bank.units.south.key])
  await bank.look(`INSERT INTO balance_span (customer_id, account_id, from_date, balance_fen) VALUES ($1, $2, '2026-01-01', 620000000)`, [customerId, accountId])
  for (const [n, day] of ['2026-10-05', '2026-10-20'].entries()) {
    await bank.look(`INSERT INTO loan (customer_id, id, core_key, product_code, outlet_key, amount_fen, paid_out_on, matures_on, term_months) VALUES ($1, $2, $3, 'L103', $4, 5000000, $5, '2027-10-08', 12)`, [customerId, newId(), `L${n}`, bank.units.south.key, day])
  }
  await bank.look(`UPDATE post_held SET to_date = '2026-10-16' WHERE key = $1`, [old.postKey])
  const postKey = await bank.services.db.asOffice((tx) => holdPost(tx, { staffKey: old.staffKey, postCode: 'LOBBY', lineKey: bank.units.south.key, placeKey: bank.units.south.key, from: '2026-10-16', main: true }))
  wang = { ...old, postKey, postCode: 'LOBBY' }
  await bank.services.db.asOffice((tx) => installScheme(tx, { code: 'POINTS', from: '2000-01-01' }))
  await bank.services.db.asOffice((tx) => installBlockScheme(tx, {
    code: 'LOBBY', from: '2026-01-01', name: '大堂绩效', nameEn: 'Lobby pay', legalBasis: '试验', terms: {
      blocks: [{ kind: 'SUM', code: 'F', unit: 'FEN', parts: [{ of: 'GRADE_BASE' }, { of: 'CORRECTION', leaveOut: 'ABSENT' }] }, { kind: 'PAYABLE', code: 'PAYABLE', of: 'F', carryOut: 'CARRY_OUT' }],
      posts: ['LOBBY'], grades: [], units: [], period: 'MONTH', gradeBases: { '*': '310000' }, score: null, classes: {}, carryMonths: 12, correctionMonths: 12,
    },
  }))
  for (const [month, scheme] of [['2026-09', 'POINTS'], ['2026-10', 'POINTS'], ['2026-10', 'LOBBY']] as const) expect(await settleMonth(bank.services, { month, scheme, dryRun: false })).toMatchObject({ ok: true, value: [{ control: { ties: true } }] })
}, 120_000)
afterAll(() => bank.close())

const mine = async (query: Record<string, unknown> = {}): Promise<StatementShown> => (await bank.ask(wang, getMyStatement, { query })).body['statement'] as StatementShown

describe('a person whom two schemes paid in one month', () => {
  test('each scheme counts the days in its own post: events by their day, balances by days, the base by days', async () => {
    const points = await mine({ scheme: 'POINTS' })
    expect(points).toMatchObject({ month: '2026-10', payableFen: paid.points, points: '50.00' })
    expect(points.lines.filter(({ facts }) => facts > 0).map(({ code, points: given, facts }) => [code, given, facts])).toEqual([['NEW_SMALL_LOAN', '20.00', 1], ['DEPOSIT_ADB_INCREMENT', '30.00', 1]])
    expect(await mine({ scheme: 'LOBBY' })).toMatchObject({ month: '2026-10', payableFen: paid.lobby, lines: [{ code: 'GRADE_BASE', detail: { days: '16', wholeDays: '31', full: '310000' } }] })
  })
  test('the whole ledger = in lines + outside + without a manager, the days of the other post outside', async () => {
    const control = ((await bank.ask(perf, listSettlements)).body['months'] as { month: string; scheme: string; control: { rows: { source: string; total: string; inLines: string; outside: string; ties: boolean }[] } }[]).find(({ month, scheme }) => month === '2026-10' && scheme === 'POINTS')?.control
    const row = (source: string) => { const one = control?.rows.find((each) => each.source === source); return [one?.total, one?.inLines, one?.outside, one?.ties] }
    expect(row('NEW_SMALL_LOAN')).toEqual(['1000000000', '500000000', '500000000', true])
    // 620,000,000 fen × 31 days, × 100 % of so many days
    expect(row('DEPOSIT_ADB_INCREMENT')).toEqual(['59582000000000', '28830000000000', '30752000000000', true])
  })
  test('the statement without a scheme is that of the post held at the month’s end, and says how the month was split', async () => {
    const statement = await mine()
    expect(statement.scheme.code).toBe('LOBBY')
    expect(statement.split).toEqual([
      { scheme: 'POINTS', name: '客户经理积分方案', nameEn: 'Points scheme for managers', kind: 'POINTS', payableFen: paid.points, points: '50.00', from: '2026-10-01', to: '2026-11-01', days: 15, wholeDays: 31, posts: [{ post: '客户经理', postEn: expect.any(String) as string, unitName: '城南网点', from: '2026-10-01', to: '2026-10-15' }] },
      { scheme: 'LOBBY', name: '大堂绩效', nameEn: 'Lobby pay', kind: 'BLOCKS', payableFen: paid.lobby, points: '0.00', from: '2026-10-01', to: '2026-11-01', days: 16, wholeDays: 31, posts: [{ post: '大堂经理', postEn: expect.any(String) as string, unitName: '城南网点', from: '2026-10-16', to: '2026-10-31' }] },
    ])
    expect((await mine({ month: '2026-09' })).split).toEqual([])
    // points of one scheme and a score of another are not added
    expect(statement.months).toEqual([{ month: '2026-09', payableFen: paid.september, points: null }, { month: '2026-10', payableFen: paid.october, points: '0.00' }])
    expect((await mine({ scheme: 'POINTS' })).months.map(({ payableFen, points }) => [payableFen, points])).toEqual([[paid.september, '62.00'], [paid.october, '50.00']])
    expect((await bank.ask(wang, getMyStatement, { query: { scheme: 'OTHER' } })).body['statement']).toBeNull()
  })
  test('year to date, forecast and the place among others count both', async () => {
    await workOutForecast(bank.services)
    for (const scheme of ['POINTS', 'LOBBY']) {
      const outlook = (await bank.ask(wang, getMyStatement, { query: { scheme } })).body['outlook'] as Outlook
      expect(outlook.quarter).toMatchObject({ months: 1, payableFen: paid.october })
      expect(outlook.year).toMatchObject({ months: 2, payableFen: '216000' })
      // November: the lobby alone, a whole base; the mean of September and October is 1,080.00
      expect(outlook.forecast).toMatchObject({ month: '2026-11', monthFen: '310000', averageFen: '108000', quarterFen: '603000', yearFen: '634000' })
    }
    const { standing } = (await bank.ask(wang, getMyStatement, { query: { scheme: 'POINTS' } })).body['outlook'] as Outlook
    // of five whom the points scheme paid, the others nothing: he has both parts
    expect(standing).toMatchObject({ people: 5, quarter: 1 })
    expect(standing?.bands.find(({ own }) => own)).toMatchObject({ people: 1 })
    expect(BigInt(standing?.bands.find(({ own }) => own)?.toFen ?? '0') > BigInt(paid.october)).toBe(true)
  })
  test('a month that one scheme has settled and the other has not: what was settled and what is forecast', async () => {
    await bank.look(`INSERT INTO pay_forecast (month, scheme_code, staff_key, scope_path, as_of, points, payable_fen) SELECT '2026-09-01', 'LOBBY', staff_key, scope_path, as_of, 0, 100 FROM pay_forecast WHERE staff_key = $1 AND scheme_code = 'LOBBY'`, [wang.staffKey])
    expect(((await bank.ask(wang, getMyStatement)).body['outlook'] as Outlook).forecast).toMatchObject({ yearFen: '634100' })
    await bank.look(`DELETE FROM pay_forecast WHERE month = '2026-09-01'`)
  })
  test('the facts, the appeal and the what-if are those of the scheme', async () => {
    const facts = async (scheme: string, place: number) => (await bank.ask(wang, listMyStatementFacts, { query: { month: '2026-10', scheme, place } }))
    expect((await facts('POINTS', 1)).body.items).toMatchObject([{ line: 'NEW_SMALL_LOAN', date: '2026-10-05' }])
    expect((await facts('POINTS', 4)).body.items).toMatchObject([{ heldDays: 15, sharePct: '100.0000' }])
    expect((await facts('LOBBY', 4)).status).toBe(404)
    expect((await closeMonth(bank.services, { month: '2026-09', scheme: 'POINTS', closedBy: null })).ok).toBe(true)
    expect((await closeMonth(bank.services, { month: '2026-10', scheme: 'POINTS', closedBy: null })).ok).toBe(true)
    const may = async (scheme: string) => ((await bank.ask(wang, checkAppeal, { query: { month: '2026-10', scheme } })).body['may'] as { reason: string | null }).reason
    expect([await may('POINTS'), await may('LOBBY')]).toEqual([null, 'not-closed-yet'])
    expect((await bank.ask(wang, openWhatIf)).body).toMatchObject({ ground: { scheme: { code: 'LOBBY' } } })
  })
  test('the lead and HR find both, page by page', async () => {
    const rows: unknown[] = []
    let cursor: unknown
    do {
      const { body } = await bank.ask(bank.staff.lead, listTeamStatements, { query: { limit: 1, ...(cursor == null ? {} : { cursor }) } })
      rows.push(...(body.items ?? []).map((item) => [item['name'], item['scheme'], item['payableFen']]))
      cursor = body['nextCursor']
    } while (cursor !== null)
    expect(rows.filter((row) => (row as string[])[0] === '王凯')).toEqual([['王凯', 'LOBBY', paid.lobby], ['王凯', 'POINTS', paid.points]])
    expect((await bank.ask(bank.staff.hr, listStatementPeople, { query: { q: '王凯' } })).body.items?.map((item) => item['schemeName'])).toEqual(['大堂绩效', '客户经理积分方案'])
    expect((await bank.ask(bank.staff.lead, getTeamStatement, { params: { staffKey: wang.staffKey }, query: { scheme: 'POINTS' } })).body['statement']).toMatchObject({ payableFen: paid.points, split: [{}, {}] })
  })
  test('the control page names whom two schemes paid, with days and no amounts', async () => {
    expect((await bank.ask(perf, listSplitPeople, { params: { month: '2026-10' } })).body).toEqual({ of: 1, people: [{ staffNo: wang.staffNo, name: '王凯', twice: 0, schemes: [
      { scheme: 'POINTS', name: '客户经理积分方案', nameEn: 'Points scheme for managers', days: 15, wholeDays: 31 }, { scheme: 'LOBBY', name: '大堂绩效', nameEn: 'Lobby pay', days: 16, wholeDays: 31 }] }] })
    expect((await bank.ask(perf, listSplitPeople, { params: { month: '2026-09' } })).body).toEqual({ of: 0, people: [] })
    expect((await bank.ask(wang, listSplitPeople, { params: { month: '2026-10' } })).status).toBe(403)
  })
  test('the board adds both and counts him once', async () => {
    const pay = (await bank.ask(bank.staff.lead, readBoard, { query: {} })).body['pay'] as { month: string; payableFen: string; people: number }[]
    expect(pay.find(({ month }) => month === '2026-10')).toMatchObject({ payableFen: String(185_000 + 310_000), people: 4 })
  })
  test('PDF and workbook tell both parts, the total and the days', async () => {
    const print = (format: string, scheme: string) => bank.ask(wang, printMyStatement, { body: { month: '2026-10', scheme, format, purpose: '本人核对' } })
    const text = (await pdfPages((await print('PDF', 'POINTS')).bytes)).flat().map(({ text: told }) => told).join('')
    for (const told of ['本月由 2 个方案计酬', '大堂绩效', '1,600.00', '250.00', '1,850.00', '15/31', '16/31', '2026-10-16', '新发放小额贷款']) expect(text).toContain(told)
    const book = await readBook((await print('XLSX', 'LOBBY')).bytes)
    const rows = book.flat().filter(([name]) => String(name).startsWith('大堂绩效') || String(name).startsWith('客户经理积分') || name === '合计')
    expect(rows.map(([name, , days, fen]) => [name, days, fen])).toEqual([['客户经理积分方案', '15/31', 250], ['大堂绩效（本单）', '16/31', 1600], ['合计', expect.anything(), 1850]])
  })
  test('settled again it is the same; the closed month is measured by the days that it was settled by', async () => {
    expect(await settleMonth(bank.services, { month: '2026-10', scheme: 'LOBBY', dryRun: false })).toMatchObject({ ok: true, value: [{ unchanged: true }] })
    const dry = await settleMonth(bank.services, { month: '2026-11', scheme: 'POINTS', dryRun: true })
    expect(dry).toMatchObject({ ok: true, value: [{ corrections: 0 }] })
    // a closed month that was settled by the whole month keeps it
    await bank.look(`UPDATE pay_statement SET input = input - 'days' WHERE staff_key = $1`, [wang.staffKey])
    expect(await settleMonth(bank.services, { month: '2026-11', scheme: 'POINTS', dryRun: true })).toMatchObject({ ok: true, value: [{ corrections: 2 }] })
  })
})
