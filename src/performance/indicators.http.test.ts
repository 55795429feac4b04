import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { smallBank, type Colleague, type SmallBank } from '../../tests/support/small-bank.ts'
import { newId } from '../foundation/values/uuid7.ts'
import { routes } from '../routes.ts'
import { confirmIndicatorFact, enterIndicatorFact, listIndicatorFacts } from './indicator-fact.contract.ts'
import { computeIndicators, decideIndicator, listIndicatorRows, listIndicators, proposeIndicator, showIndicator, tryIndicator } from './indicator.contract.ts'
import JSZip from 'jszip'
import { readBook } from '../../tests/support/read-book.ts'
import { exportAnalysis, readAnalysis, type AnalysisShown } from './analysis/analysis.contract.ts'
import { readBoard } from './board/board.contract.ts'
import { workOutIndicators } from './work-out-indicators.ts'

let bank: SmallBank
let perf: Colleague
let perf2: Colleague
beforeAll(async () => {
  bank = await smallBank(routes)
  const { li, wang } = bank.staff
  perf = await bank.colleague('马绩', 'PERFORMANCE', bank.units.head.key)
  perf2 = await bank.colleague('卢效', 'PERFORMANCE', bank.units.head.key)
  const customerId = await bank.customer({ main: li, assist: wang })
  await bank.look(`INSERT INTO product (code, name, name_en, line) VALUES ('L103', '小额', 's', 'LOAN'), ('L102', '商户', 'm', 'LOAN')`)
  for (let n = 0; n < 3; n++) {
    await bank.look(`INSERT INTO loan (customer_id, id, core_key, product_code, outlet_key, amount_fen, paid_out_on, matures_on, term_months) VALUES ($1, $2, $3, $4, $5, 5000000, $6, '2027-10-08', 12)`, [customerId, newId(), `L${n}`, n === 0 ? 'L102' : 'L103', bank.units.south.key, `2026-10-0${n + 1}`])
  }
})
afterAll(() => bank.close())

const told = (answer: { status: number; body: { refusal?: string } }) => [answer.status, answer.body.refusal ?? null]
const terms = { source: 'LOAN_PAID_OUT', measure: 'SUM', window: 'MONTH', owner: 'OWNER_OF_DAY', filter: { customerKind: null, tiers: [], products: ['L103'], only: null }, numerator: null }
const definition = { code: 'SMALL_LOANS', from: '2026-01-01', name: '小额贷款发放额', nameEn: 'Small loans paid out', direction: 'UP', owner: '普惠金融部', terms }
type Values = { items: { name: string; value: string; people: number }[]; total: string | null; asOf: string | null; month: string | null; people: number; mayOpenRows: boolean }
const values = async (who: Colleague, code: string, query: Record<string, unknown> = {}): Promise<Values> => (await bank.ask(who, showIndicator, { params: { code }, query })).body as unknown as Values

describe('a new indicator from facts that are there', () => {
  let changeId: string
  test('is tried over the last month: numbers of the whole bank, none of fewer than five people', async () => {
    expect((await bank.ask(perf, tryIndicator, { body: { terms } })).body).toMatchObject({ month: '2026-10', unit: 'FEN', people: 2, facts: 4, value: null })
  })
  test('deposits on one day are refused, nothing is kept', async () => {
    const bad = { ...definition, terms: { ...terms, source: 'DEPOSIT', measure: 'BALANCE', owner: 'OWNER_AT_END', filter: { ...terms.filter, products: [] } } }
    expect(told(await bank.ask(perf, proposeIndicator, { body: { id: newId(), ...bad, reason: '年末冲刺' } }))).toEqual([422, 'point-in-time-deposit'])
    expect(told(await bank.ask(perf, proposeIndicator, { body: { id: newId(), ...definition, from: '2026-01-02', reason: '换新口径' } }))).toEqual([422, 'not-first-of-month'])
    expect((await bank.ask(perf, listIndicators)).body['changes']).toEqual([])
  })
  test('one proposes, only another confirms', async () => {
    changeId = newId()
    expect((await bank.ask(perf, proposeIndicator, { body: { id: changeId, ...definition, reason: '普惠考核需要' } })).status).toBe(200)
    expect(told(await bank.ask(perf, proposeIndicator, { body: { id: newId(), ...definition, reason: '再交一次' } }))).toEqual([409, 'change-waiting'])
    expect(told(await bank.ask(perf, decideIndicator, { params: { changeId }, body: { decision: 'CONFIRMED' } }))).toEqual([409, 'same-person'])
    expect(told(await bank.ask(bank.staff.li, decideIndicator, { params: { changeId }, body: { decision: 'CONFIRMED' } }))).toEqual([403, 'not-allowed'])
    expect(told(await bank.ask(perf2, decideIndicator, { params: { changeId }, body: { decision: 'RETURNED' } }))).toEqual([422, 'note-missing'])
    expect((await bank.ask(perf2, decideIndicator, { params: { changeId }, body: { decision: 'CONFIRMED' } })).status).toBe(200)
    expect(told(await bank.ask(perf2, decideIndicator, { params: { changeId }, body: { decision: 'CONFIRMED' } }))).toEqual([409, 'decided-already'])
  })
  test('is usable the same minute: values by manager, team and outlet, and the rows that sum to them', async () => {
    await workOutIndicators(bank.services, { months: ['2026-10'], code: 'SMALL_LOANS' })
    const li = await values(bank.staff.li, 'SMALL_LOANS')
    // two loans of 50,000; Li holds 60 %
    expect([li.month, li.asOf, li.items.map(({ name, value }) => [name, value])]).toEqual(['2026-10', '2026-10-31', [['李晓雯', '6000000']]])
    const all = await values(perf, 'SMALL_LOANS')
    expect([all.total, all.people, all.mayOpenRows]).toEqual(['10000000', 2, false])
    for (const by of ['MANAGER', 'TEAM', 'OUTLET']) {
      const grouped = await values(perf, 'SMALL_LOANS', { by })
      expect([by, grouped.items.reduce((sum, row) => sum + BigInt(row.value), 0n)]).toEqual([by, 10_000_000n])
    }
    const rows = (await bank.ask(bank.staff.li, listIndicatorRows, { params: { code: 'SMALL_LOANS', staffKey: bank.staff.li.staffKey }, query: { month: '2026-10' } })).body as unknown as { items: { counted: string; customer: { name: string | null } }[]; value: string; sum: string }
    expect([rows.value, rows.sum, rows.items.map(({ counted }) => counted)]).toEqual(['6000000', '6000000', ['3000000', '3000000']])
    expect(rows.items.every(({ customer }) => customer.name !== null)).toBe(true)
  })
  test('nobody reads another’s: not his value, not his rows', async () => {
    expect((await values(bank.staff.wang, 'SMALL_LOANS')).items.map(({ name }) => name)).toEqual([bank.staff.wang.name])
    expect(told(await bank.ask(bank.staff.wang, listIndicatorRows, { params: { code: 'SMALL_LOANS', staffKey: bank.staff.li.staffKey }, query: { month: '2026-10' } }))).toEqual([404, 'not-found'])
    expect(told(await bank.ask(perf, listIndicatorRows, { params: { code: 'SMALL_LOANS', staffKey: bank.staff.li.staffKey }, query: { month: '2026-10' } }))).toEqual([403, 'not-allowed'])
    expect(told(await bank.ask(bank.staff.compliance, listIndicators))).toEqual([403, 'not-allowed'])
  })
  test('a changed definition begins now or later, and a month that is over keeps its own', async () => {
    const changed = { ...definition, terms: { ...terms, measure: 'COUNT' } }
    expect(told(await bank.ask(perf, proposeIndicator, { body: { id: newId(), ...changed, from: '2026-10-01', reason: '改为笔数' } }))).toEqual([422, 'begins-in-the-past'])
    const id = newId()
    expect((await bank.ask(perf, proposeIndicator, { body: { id, ...changed, from: '2026-11-01', reason: '改为笔数' } })).status).toBe(200)
    expect((await bank.ask(perf2, decideIndicator, { params: { changeId: id }, body: { decision: 'CONFIRMED' } })).status).toBe(200)
    await workOutIndicators(bank.services, { months: ['2026-10', '2026-11'], code: 'SMALL_LOANS' })
    expect((await values(perf, 'SMALL_LOANS', { month: '2026-10' })).total).toBe('10000000')
    expect((await values(perf, 'SMALL_LOANS', { month: '2026-11' })).total).toBeNull()
  })
})

test('a month that has not begun is not worked out', async () => {
  expect(told(await bank.ask(perf, computeIndicators, { body: { months: ['2026-10', '2099-01'] } }))).toEqual([422, 'month-in-the-future'])
})

test('facts of an indicator without a ledger come by form, from two people', async () => {
  const shared = { staffNo: bank.staff.li.staffNo, month: '2026-10', businessDate: '2026-10-20', evidence: '培训签到表' }
  expect(told(await bank.ask(perf, enterIndicatorFact, { body: { id: newId(), indicator: 'DEFINED', code: 'NEW_LOANS', value: '5.00', ...shared } }))).toEqual([422, 'no-such-indicator'])
  const id = newId()
  expect((await bank.ask(perf, enterIndicatorFact, { body: { id, indicator: 'DEFINED', code: 'TRAINING', value: '6.50', ...shared } })).status).toBe(200)
  await workOutIndicators(bank.services, { months: ['2026-10'], code: 'TRAINING' })
  expect((await values(bank.staff.li, 'TRAINING')).total).toBeNull()
  expect((await bank.ask(perf2, confirmIndicatorFact, { params: { factId: id } })).status).toBe(200)
  await workOutIndicators(bank.services, { months: ['2026-10'], code: 'TRAINING' })
  expect((await values(bank.staff.li, 'TRAINING')).items).toMatchObject([{ value: '6.50' }])
  expect((await bank.ask(perf, listIndicatorFacts)).body['items']).toMatchObject([{ indicator: 'TRAINING', indicatorName: { zh: '培训学时' }, value: '6.50', state: 'CONFIRMED' }])
})

describe('the board', () => {
  type Shown = { value: string | null; people: number; breadth: string; enough: boolean; ranking: { name: string; value: string }[]; place: { place: number; of: number } | null; indicators: { code: string; value: string | null }[]; trend: { month: string; value: string }[]; timeProgress: string; radar: unknown; pay: unknown[] }
  const board = async (who: Colleague, query: Record<string, unknown> = {}): Promise<Shown> => (await bank.ask(who, readBoard, { query: { month: '2026-10', indicator: 'CUSTOMERS_HELD', ...query } })).body as unknown as Shown
  const of = (shown: Shown): string | null => shown.indicators.find(({ code }) => code === 'CUSTOMERS_HELD')?.value ?? null
  beforeAll(async () => {
    const { zhao, qian } = bank.staff
    const more = [await bank.colleague('冯甲', 'RM', bank.units.south.key), await bank.colleague('褚乙', 'RM', bank.units.south.key)]
    for (const [place, who] of [zhao, qian, ...more].entries()) for (let n = 0; n <= place; n++) await bank.customer({ main: who, name: `太原市第${'一二三四'[place] ?? ''}${'甲乙丙丁'[n] ?? ''}商贸有限公司` })
    await workOutIndicators(bank.services, { months: ['2026-09', '2026-10'], code: 'CUSTOMERS_HELD' })
    await workOutIndicators(bank.services, { months: ['2026-10'], code: 'NEW_LOANS' })
  })
  test('a manager sees his own, his place without names and the median of the others', async () => {
    const shown = await board(bank.staff.li)
    expect([shown.breadth, of(shown), shown.ranking]).toEqual(['SELF', '0.60', []])
    // 4, 3, 2, 1, 0.6, 0.4
    expect(shown.place).toEqual({ place: 5, of: 6 })
    expect(shown.trend.map(({ month, value }) => [month, value])).toEqual([['2026-09', '0.60'], ['2026-10', '0.60']])
    expect(shown.timeProgress).toBe('0.832877')
    expect(shown.radar).toBeNull()
    // another's place is not told to somebody who may not read him
    expect((await board(bank.staff.li, { person: bank.staff.zhao.staffKey })).place).toBeNull()
  })
  test('a head sees his line: the ranking sums to the whole; with fewer than five there is none', async () => {
    const all = await board(bank.staff.leader)
    expect([all.breadth, all.enough, of(all)]).toEqual(['ALL', true, '11.00'])
    expect(all.ranking.map(({ name, value }) => [name, value])).toEqual([['褚乙', '4.00'], ['冯甲', '3.00'], ['钱进', '2.00'], ['赵敏', '1.00'], ['李晓雯', '0.60'], ['王凯', '0.40']])
    const branch = await board(bank.staff.branchHead)
    expect([branch.enough, of(branch), branch.ranking.map(({ name }) => name)]).toEqual([true, '9.00', ['褚乙', '冯甲', '赵敏', '李晓雯', '王凯']])
    const other = await board(bank.staff.otherBranchHead)
    expect([other.enough, of(other), other.ranking]).toEqual([false, '2.00', []])
    expect((await board(bank.staff.branchHead, { person: bank.staff.qian.staffKey })).place).toBeNull()
    expect((await board(bank.staff.branchHead, { person: bank.staff.zhao.staffKey })).place).toEqual({ place: 4, of: 6 })
    expect((await board(bank.staff.leader, { by: 'OUTLET' })).ranking.reduce((sum, { value }) => sum + Number(value), 0)).toBe(11)
  })
  test('who has no business with indicators has no board; a month without values says so', async () => {
    for (const who of [bank.staff.compliance, bank.staff.admin, bank.staff.lobby]) expect(told(await bank.ask(who, readBoard))).toEqual([403, 'not-allowed'])
    expect(await board(bank.staff.li, { month: '2025-01' })).toMatchObject({ indicators: [], ranking: [], place: null })
  })
})

describe('the business analysis of a month', () => {
  const ask = (who: Colleague, query: Record<string, unknown> = {}) => bank.ask(who, readAnalysis, { query: { month: '2026-10', ...query } })
  const file = (who: Colleague, format: 'DOCX' | 'PPTX', more: object = {}) => bank.ask(who, exportAnalysis, { body: { month: '2026-10', format, purpose: '月度经营分析会', ...more } })
  test('the figures are those of the reader’s line and of nobody else; a unit outside of it is not there', async () => {
    const found = (await ask(bank.staff.branchHead)).body['analysis'] as AnalysisShown
    expect([found.unit.name, found.customers, found.timeProgress]).toEqual(['东城分行', { all: 9, corporate: 9, person: 0, opened: 0 }, '0.832877'])
    expect(found.people.map(({ name, customers }) => [name, customers]).sort()).toEqual([['冯甲', '3.00'], ['李晓雯', '0.60'], ['王凯', '0.40'], ['褚乙', '4.00'], ['赵敏', '1.00']].sort())
    expect(found.indicators.find(({ code }) => code === 'CUSTOMERS_HELD')).toMatchObject({ value: '9.00', before: '9.00', target: null })
    const north = (await ask(bank.staff.branchHead, { unit: bank.units.north.key })).body['analysis'] as AnalysisShown
    expect([north.customers.all, north.people.map(({ name }) => name)]).toEqual([1, ['赵敏']])
    expect(told(await ask(bank.staff.branchHead, { unit: bank.units.west.key }))).toEqual([404, 'not-found'])
    expect(told(await ask(bank.staff.otherBranchHead, { month: '2020-01' }))).toEqual([409, 'no-figures'])
    for (const who of [bank.staff.li, bank.staff.hr]) expect(told(await ask(who))).toEqual([403, 'not-allowed'])
  })
  test('slides and Word open again: the charts are Office’s own with their tables, the figures those of the database, who and what for in both', async () => {
    const [{ n }] = (await bank.look<{ n: string }>(`SELECT count(*)::text AS n FROM customer WHERE scope_path LIKE (SELECT scope_path FROM institution_span WHERE institution_key = ${bank.units.first.key} AND to_date IS NULL) || '%'`)) as [{ n: string }]
    for (const format of ['PPTX', 'DOCX'] as const) {
      const { status, bytes } = await file(bank.staff.branchHead, format)
      expect([format, status]).toEqual([format, 200])
      const archive = await JSZip.loadAsync(bytes)
      // what the table of contents names is in the file
      const named = [...((await archive.file('[Content_Types].xml')?.async('string')) ?? '').matchAll(/PartName="\/([^"]+)"/g)].map(([, part]) => part ?? '')
      expect(named.filter((part) => archive.file(part) === null)).toEqual([])
      const charts = Object.keys(archive.files).filter((name) => /charts\/chart\d+\.xml$/.test(name))
      expect([format, charts.length > 0]).toEqual([format, true])
      const drawn: string[] = []
      for (const name of charts) {
        const xml = (await archive.file(name)?.async('string')) ?? ''
        drawn.push([...xml.matchAll(/<c:v>([^<]*)<\/c:v>/g)].map(([, value]) => value).join(' '))
        // the table behind the chart is in the file and opens as a workbook
        const [, table = ''] = /embeddings\/([^"]+\.xlsx)/.exec((await archive.file(name.replace('charts/', 'charts/_rels/') + '.rels')?.async('string')) ?? '') ?? []
        expect((await readBook((await archive.file(`${format === 'PPTX' ? 'ppt' : 'word'}/embeddings/${table}`)?.async('nodebuffer')) ?? Buffer.alloc(0)))[0]?.length).toBeGreaterThan(1)
      }
      // nine customers of the first tier: one column
      expect(drawn).toContainEqual(expect.stringContaining(`T1 ${n}`))
      const texts = (await Promise.all(Object.keys(archive.files).filter((name) => /slides\/slide\d+\.xml$|word\/(document|header\d)\.xml$/.test(name)).map((name) => archive.file(name)?.async('string') ?? ''))).join(' ').replace(/<[^>]+>/g, '')
      for (const word of ['东城分行 2026-10 经营分析', `客户 ${n} 户`, '褚乙', '用途：月度经营分析会']) expect([format, word, texts.includes(word)]).toEqual([format, word, true])
      expect(texts).not.toContain('商贸有限公司')
      if (format === 'DOCX') {
        expect(await archive.file('[Content_Types].xml')?.async('string')).toMatch(/word\/charts\/chart\d+\.xml.*drawingml\.chart/)
        expect(await archive.file('word/document.xml')?.async('string')).not.toContain('__chart_')
      }
    }
    expect(await bank.look(`SELECT after->>'format' AS format FROM journal_line WHERE why = '月度经营分析会' AND action = 'READ' ORDER BY id`)).toEqual([{ format: 'PPTX' }, { format: 'DOCX' }])
    expect(told(await file(bank.staff.branchHead, 'PPTX', { unit: bank.units.west.key }))).toEqual([404, 'not-found'])
    expect(told(await file(bank.staff.li, 'PPTX'))).toEqual([403, 'not-allowed'])
  })
})
