import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { smallBank, today, type SmallBank } from '../../../tests/support/small-bank.ts'
import { readBook } from '../../../tests/support/read-book.ts'
import { add } from '../../foundation/store/store.ts'
import { newId } from '../../foundation/values/uuid7.ts'
import { routes } from '../../routes.ts'
import { workOutMonth } from '../value/work-out-contribution.ts'
import { getCustomerValue, decideValue, listValuePrices, proposeValue, type CustomerValue } from '../value/value.contract.ts'
import { decideTierRule, listTierRules, previewTierRule, proposeTierRule } from './tier-rule.contract.ts'
import { decideStrategic, decideTierMove, endStrategic, exportTierMoves, getCustomerTier, listTierMoves, proposeStrategic, readTierMatrix } from './tier.contract.ts'

let bank: SmallBank
let core: string
let rising: string
beforeAll(async () => {
  bank = await smallBank(routes)
  core = await bank.customer({ name: '山西晋泰新材料有限公司', tier: 'T1' })
  rising = await bank.customer({ name: '太原恒远药业有限公司', tier: 'T3' })
  await bank.services.db.asBatch((tx) => add(tx, 'product', { code: 'D1', name: '活期', name_en: 'Current', line: 'DEPOSIT' }, { why: 'test' }))
})
afterAll(() => bank.close())

async function waiting(customerId: string, from: string, to: string): Promise<string> {
  const id = newId()
  await bank.services.db.asBatch(async (tx) => {
    const [row] = await bank.look<{ scope_path: string; viewers: number[] }>('SELECT scope_path, viewers FROM customer WHERE customer_id = $1', [customerId])
    await add(tx, 'tier_move', { customer_id: customerId, id, month_start: '2026-10-01', from_tier: from, to_tier: to, state: 'WAITING', proposed_on: '2026-11-01', reason: '2026-10 月日均 25000000.00', adb_fen: 2_500_000_000n, table_version: '1', scope_path: row?.scope_path ?? '', viewers: row?.viewers ?? [] }, { why: 'test' })
  })
  return id
}
const tiersOf = (customerId: string) => bank.look<{ tier: string; from_date: string; to_date: string | null }>('SELECT tier, from_date, to_date FROM tier_held WHERE customer_id = $1 ORDER BY from_date', [customerId])

describe('a move of a core customer', () => {
  test('the manager sees it and cannot confirm; nobody of another branch sees it', async () => {
    const moveId = await waiting(rising, 'T3', 'T1')
    const { li, outletHead, otherBranchHead, zhao } = bank.staff
    const seen = await bank.ask(li, listTierMoves, { query: { state: 'WAITING' } })
    expect(seen.body.items).toMatchObject([{ name: '太原恒远药业有限公司', from: 'T3', to: 'T1', may: { allowed: false, reason: 'not-allowed' } }])
    expect((await bank.ask(zhao, listTierMoves, {})).body.items).toEqual([])
    expect((await bank.ask(otherBranchHead, listTierMoves, {})).body.items).toEqual([])
    expect((await bank.ask(li, decideTierMove, { params: { customerId: rising, moveId }, body: { decision: 'CONFIRMED' } })).body.refusal).toBe('not-allowed')
    expect((await bank.ask(otherBranchHead, decideTierMove, { params: { customerId: rising, moveId }, body: { decision: 'CONFIRMED' } })).body.refusal).toBe('not-found')
    expect((await bank.ask(outletHead, listTierMoves, {})).body.items).toMatchObject([{ may: { allowed: true, reason: null } }])
  })
  test('declined with a reason the customer keeps the tier; confirmed it holds from today on, and the past stays', async () => {
    const { outletHead } = bank.staff
    const [first] = await bank.look<{ id: string }>(`SELECT id FROM tier_move WHERE customer_id = $1 AND state = 'WAITING'`, [rising])
    const moveId = first?.id ?? ''
    const params = { customerId: rising, moveId }
    expect((await bank.ask(outletHead, decideTierMove, { params, body: { decision: 'DECLINED' } })).body.refusal).toBe('note-missing')
    expect((await bank.ask(outletHead, decideTierMove, { params, body: { decision: 'DECLINED', note: '临时资金' } })).status).toBe(200)
    expect(await tiersOf(rising)).toHaveLength(1)
    expect((await bank.ask(outletHead, decideTierMove, { params, body: { decision: 'CONFIRMED' } })).body.refusal).toBe('decided-already')
    const again = await waiting(rising, 'T3', 'T1')
    const both = await Promise.all([1, 2].map(() => bank.ask(outletHead, decideTierMove, { params: { customerId: rising, moveId: again }, body: { decision: 'CONFIRMED' } })))
    expect(both.map((one) => one.status).sort()).toEqual([200, 409])
    expect(await tiersOf(rising)).toMatchObject([{ tier: 'T3', to_date: today }, { tier: 'T1', from_date: today, to_date: null }])
    expect(await bank.look('SELECT tier, tier_since FROM customer WHERE customer_id = $1', [rising])).toEqual([{ tier: 'T1', tier_since: today }])
    const told = await bank.ask(bank.staff.li, getCustomerTier, { params: { customerId: rising } })
    expect(told.body).toMatchObject({ held: [{ tier: 'T1', from: today }, { tier: 'T3', to: today }], moves: [{ state: 'CONFIRMED', decidedBy: '孙涛' }, { state: 'DECLINED', decisionNote: '临时资金' }] })
    expect((await bank.ask(bank.staff.outletHead, readTierMatrix, { query: { months: '6' } })).body).toMatchObject({ cells: [{ month: '2026-11', from: 'T3', to: 'T1', customers: 1 }], waiting: 0 })
  })
  test('the list as a workbook: the rows that the filters find, of one’s own scope, with purpose in the sheet and in the journal', async () => {
    const { li, zhao, lobby } = bank.staff
    const ask = (who: typeof li, filters: object) => bank.ask(who, exportTierMoves, { body: { purpose: '月度分析', ...filters } })
    const [sheet = []] = await readBook((await ask(li, { month: '2026-11', to: 'T1' })).bytes)
    expect(sheet[0]?.[0]).toMatch(/^李晓雯（.*）.*用途：月度分析。客户信息，禁止外传$/)
    expect(sheet[1]).toEqual(['序号', '客户号', '客户', '原层级', '新层级', '状态', '评定月份', '生效日', '月日均(万元)', '原因', '主办', '确认人', '确认日', '说明'])
    expect(sheet.slice(2, -1).map((row) => [row[2], row[3], row[4], row[5], row[7]])).toEqual([['太原恒远药业有限公司', '普通优质', '核心优质', '已确认', today]])
    expect(await bank.look("SELECT action, why FROM journal_line WHERE table_name = 'tier_move' AND after ->> 'export' = 'tier-moves'")).toEqual([{ action: 'READ', why: '月度分析' }])
    expect((await ask(zhao, {})).body.refusal).toBe('nothing-to-export')
    expect((await ask(li, { month: '2026-10' })).body.refusal).toBe('nothing-to-export')
    expect((await ask(lobby, {})).body.refusal).toBe('not-allowed')
  })
  test('the tier is another by now: nothing is confirmed', async () => {
    const moveId = await waiting(core, 'T2', 'T1')
    expect((await bank.ask(bank.staff.outletHead, decideTierMove, { params: { customerId: core, moveId }, body: { decision: 'CONFIRMED' } })).body.refusal).toBe('tier-changed')
  })
})

describe('the strategic list', () => {
  test('one head proposes, another confirms; so with the end', async () => {
    const { outletHead, branchHead, li } = bank.staff
    const id = newId()
    const params = { customerId: core, entryId: id }
    expect((await bank.ask(li, proposeStrategic, { params: { customerId: core }, body: { id: newId(), from: today, reason: '省级重点' } })).body.refusal).toBe('not-allowed')
    expect((await bank.ask(outletHead, proposeStrategic, { params: { customerId: core }, body: { id, from: '2026-11-01', reason: '省级重点' } })).body.refusal).toBe('begins-in-the-past')
    expect((await bank.ask(outletHead, proposeStrategic, { params: { customerId: core }, body: { id, from: today, reason: '省级重点' } })).status).toBe(200)
    expect((await bank.ask(branchHead, proposeStrategic, { params: { customerId: core }, body: { id: newId(), from: today, reason: '省级重点' } })).body.refusal).toBe('on-the-list')
    expect((await bank.ask(outletHead, decideStrategic, { params, body: { decision: 'CONFIRMED' } })).body.refusal).toBe('same-person')
    expect((await bank.ask(branchHead, decideStrategic, { params, body: { decision: 'CONFIRMED' } })).status).toBe(200)
    expect((await bank.ask(branchHead, endStrategic, { params, body: { reason: '名单到期' } })).status).toBe(200)
    expect((await bank.ask(branchHead, decideStrategic, { params, body: { decision: 'CONFIRMED' } })).body.refusal).toBe('same-person')
    expect((await bank.ask(outletHead, decideStrategic, { params, body: { decision: 'CONFIRMED' } })).status).toBe(200)
    expect(await bank.look('SELECT to_date FROM strategic_entry')).toEqual([{ to_date: today }])
  })
})

describe('rules', () => {
  const terms = { t1Fen: '3000000000', t2Fen: '600000000', t3Fen: '60000000', t1ContributionFen: null, t2ContributionFen: null, credit: 'T2', linesMin: null, linesTier: null, strategic: 'T1', confirmCore: true }
  const body = { kind: 'CORPORATE', region: '*', from: '2026-12-01', terms, reason: '总行 2026 年第 12 号' }
  test('tried first with the number of customers who would move, proposed by one, confirmed by another, in force from next month', async () => {
    const { leader, admin, li } = bank.staff
    for (let n = 0; n < 5; n += 1) await bank.customer({ name: `太原恒远第${n}有限公司`, tier: 'T2' })
    // between the line in force (5,000,000 yuan) and the new one (6,000,000): only the change moves it
    const between = await bank.customer({ name: '太原恒远中间有限公司', tier: 'T2' })
    await bank.services.db.asBatch(async (tx) => {
      const account = newId()
      await add(tx, 'account', { customer_id: between, id: account, core_key: account, product_code: 'D1', outlet_key: bank.units.south.key, opened_on: '2026-01-01' }, { why: 'test' })
      await add(tx, 'balance_span', { customer_id: between, account_id: account, from_date: '2026-01-01', balance_fen: 550_000_000n }, { why: 'test' })
    })
    const { reason: _reason, ...asked } = body
    expect((await bank.ask(li, previewTierRule, { body: asked })).body.refusal).toBe('not-allowed')
    const tried = await bank.ask(leader, previewTierRule, { body: asked })
    expect(tried.body).toMatchObject({ month: '2026-10', judged: 8, moves: [{ from: 'T1', to: 'T4', customers: 2, anyway: 2 }, { from: 'T2', to: 'T3', customers: 1, anyway: 0 }, { from: 'T2', to: 'T4', customers: 5, anyway: 5 }] })
    const id = newId()
    expect((await bank.ask(leader, proposeTierRule, { body: { id, ...body } })).status).toBe(200)
    expect((await bank.ask(admin, proposeTierRule, { body: { id: newId(), ...body } })).body.refusal).toBe('proposal-open')
    expect((await bank.ask(leader, decideTierRule, { params: { changeId: id }, body: { decision: 'CONFIRMED' } })).body.refusal).toBe('same-person')
    expect((await bank.ask(admin, decideTierRule, { params: { changeId: id }, body: { decision: 'CONFIRMED' } })).status).toBe(200)
    const rules = (await bank.ask(li, listTierRules, {})).body['rules'] as { kind: string; from: string; to: string | null; version: string; installed: boolean }[]
    expect(rules.filter((rule) => rule.kind === 'CORPORATE')).toMatchObject([{ from: '2026-12-01', to: null, version: '2', installed: false }, { to: '2026-12-01', version: '1', installed: true }])
  })
})

describe('value', () => {
  test('a manager reads the contribution with its lines; without a month worked out there is none; nobody of another line', async () => {
    expect((await bank.ask(bank.staff.li, getCustomerValue, { params: { customerId: core } })).body).toMatchObject({ shown: null, months: [] })
    await bank.services.db.asBatch(async (tx) => {
      const id = newId()
      await add(tx, 'account', { customer_id: core, id, core_key: id, product_code: 'D1', outlet_key: bank.units.south.key, opened_on: '2026-01-01' }, { why: 'test' })
      await add(tx, 'balance_span', { customer_id: core, account_id: id, from_date: '2026-01-01', balance_fen: 1_200_000_000n }, { why: 'test' })
      await workOutMonth(tx, { month: '2026-10', today })
    })
    const value = (await bank.ask(bank.staff.li, getCustomerValue, { params: { customerId: core } })).body as unknown as CustomerValue
    // 12,000,000 × (0.0120 − 0.0010) × 31 ÷ 360 = 11,366.67; − 12,000,000 × 0.00016 × 31 ÷ 360 = −165.33
    expect(value.shown).toMatchObject({ month: '2026-10', preTaxFen: '1120134', missing: ['BILLS', 'WEALTH_FEES', 'FEES'], median: null, products: [{ product: { zh: '活期' }, amountFen: '1120134', sharePct: '100.00' }] })
    expect(value.loyalty.parts.find((part) => part.part === 'complaintFree')?.points).toBeNull()
    expect((await bank.ask(bank.staff.zhao, getCustomerValue, { params: { customerId: core } })).body.refusal).toBe('not-found')
  })
  test('a price by two people, only for months that were not worked out', async () => {
    const { leader, admin, li } = bank.staff
    const id = newId()
    const price = { id, kind: 'PRICE', side: 'BID', termMonths: 12, name: null, value: '0.0185', reason: '资产负债部定价' }
    expect((await bank.ask(li, proposeValue, { body: { ...price, from: '2026-11-01' } })).body.refusal).toBe('not-allowed')
    expect((await bank.ask(leader, proposeValue, { body: { ...price, from: '2026-10-01' } })).body.refusal).toBe('begins-in-the-past')
    expect((await bank.ask(leader, proposeValue, { body: { ...price, from: '2026-11-01' } })).status).toBe(200)
    expect((await bank.ask(leader, decideValue, { params: { changeId: id }, body: { decision: 'CONFIRMED' } })).body.refusal).toBe('same-person')
    expect((await bank.ask(admin, decideValue, { params: { changeId: id }, body: { decision: 'CONFIRMED' } })).status).toBe(200)
    const prices = (await bank.ask(leader, listValuePrices, {})).body['prices'] as { side: string; termMonths: number; from: string; now: boolean; example: boolean }[]
    expect(prices.filter((row) => row.side === 'BID' && row.termMonths === 12)).toMatchObject([{ from: '2026-11-01', now: true, example: false }, { now: false, example: true }])
  })
})
