import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { assignCustomerContract } from '../customers/customer.contract.ts'
import { workOutMonths } from '../customers/value/run-value-job.ts'
import { computeValue } from '../customers/value/value.contract.ts'
import { settleMonth } from '../flows/settle-month.ts'
import { sessionCookie } from '../foundation/http/app.ts'
import type { Endpoint } from '../foundation/http/contract.ts'
import { askForJob } from '../foundation/jobs/run-job.ts'
import { newId } from '../foundation/values/uuid7.ts'
import { routes } from '../routes.ts'
import { payDesk } from '../../tests/support/pay-desk.ts'
import { smallBank, type Colleague, type SmallBank } from '../../tests/support/small-bank.ts'
import { enterIndicatorFact } from './indicator-fact.contract.ts'
import { installBlockScheme } from './install-scheme-version.ts'
import { pointsBlocks } from './points.rules.ts'
import { schemeTemplates } from './psbc-scheme.ts'
import { pointsTerms } from './scheme.contract.ts'
import { profitsByQuarter } from './schemes/plan-testing.ts'
import { proposeScheme } from './schemes/scheme-change.contract.ts'
import { closeSettlement, runSettlement } from './settlement.contract.ts'

// What cannot be settled or kept is refused by name in both languages, and nothing is half worked out: no table of pay or value has a row more.
let bank: SmallBank
let perf: Colleague
let perf2: Colleague
let customerId: string
const desk = payDesk(() => ({ bank, perf, perf2 }))
const terms = pointsTerms.parse(schemeTemplates['POINTS']?.terms)
const points = { kind: 'POINTS' as const, terms: { ...terms, blocks: pointsBlocks(terms) }, tariff: (schemeTemplates['POINTS']?.tariff ?? []).map((row) => ({ ...row, unitFen: row.unitFen === null ? null : row.unitFen.toString() })) }
beforeAll(async () => {
  bank = await smallBank(routes)
  perf = await bank.colleague('马绩', 'PERFORMANCE', bank.units.head.key)
  perf2 = await bank.colleague('卢效', 'PERFORMANCE', bank.units.head.key)
  const { li } = bank.staff
  customerId = await bank.customer({ main: li })
  await bank.look(`INSERT INTO product (code, name, name_en, line) VALUES ('D1', '活期', 'd', 'DEPOSIT'), ('L103', '小额', 's', 'LOAN')`)
  const account = newId()
  await bank.look(`INSERT INTO account (customer_id, id, core_key, product_code, outlet_key, opened_on) VALUES ($1, $2, 'A1', 'D1', $3, '2021-05-06')`, [customerId, account, bank.units.south.key])
  await bank.look(`INSERT INTO balance_span (customer_id, account_id, from_date, balance_fen) VALUES ($1, $2, '2026-01-01', 1000000000)`, [customerId, account])
  await bank.look(`INSERT INTO loan (customer_id, id, core_key, product_code, outlet_key, amount_fen, paid_out_on, matures_on, term_months, rate) VALUES ($1, $2, 'L1', 'L103', $3, 5000000, '2026-10-08', '2027-10-08', 12, 0.0385)`, [customerId, newId(), bank.units.south.key])
  await desk.close('POINTS', '2026-09')
  await bank.services.db.asBatch((tx) => installBlockScheme(tx, profitsByQuarter))
  for (const month of ['2026-07', '2026-08']) await bank.look(`INSERT INTO value_month (month_start, days, computed_on, customers, parameters, missing) VALUES ($1, 31, '2026-09-02', 0, '{}', '{}')`, [`${month}-01`])
}, 120_000)
afterAll(() => bank.close())

const tables = ['settlement_run', 'settled_month', 'closed_month', 'pay_statement', 'pay_line', 'pay_fact', 'job_run', 'scheme', 'point_rule', 'scheme_change', 'indicator_fact', 'assignment', 'value_month', 'contribution', 'contribution_line'] as const
const rows = async (): Promise<unknown> => (await bank.look(`SELECT ${tables.map((table) => `(SELECT count(*)::int || ' ' || coalesce(md5(string_agg(t::text, '|' ORDER BY t::text)), '') FROM ${table} t) AS ${table}`).join(', ')}`))[0]

/** The answer in a language: status, name, message. */
async function asked(who: Colleague, language: 'zh' | 'en', contract: Endpoint, sent: { params?: Record<string, unknown>; body?: unknown }): Promise<{ status: number; refusal: string; message: string }> {
  const path = contract.path.replace(/:(\w+)/g, (_whole, name: string) => String(sent.params?.[name]))
  const answer = await bank.app.inject({
    method: contract.method, url: path, payload: JSON.stringify(sent.body ?? {}),
    headers: { 'x-yinqiao': '1', 'content-type': 'application/json', 'accept-language': language, ...(contract.writes === 'act' ? { 'idempotency-key': newId() } : {}), cookie: `${sessionCookie}=${await bank.session(who)}` },
  })
  return { status: answer.statusCode, ...(JSON.parse(answer.body) as { refusal: string; message: string }) }
}
const run = (month: string, scheme = 'POINTS', dryRun = false) => ({ contract: runSettlement, sent: { params: { month, scheme }, body: { dryRun } } })
const fact = (indicator: string, value: string) => ({ contract: enterIndicatorFact, sent: { body: { id: newId(), staffNo: bank.staff.li.staffNo, month: '2026-10', businessDate: '2026-10-31', evidence: '任务书 3 号', indicator, value } } })

describe('refused by name, in both languages, and nothing is half worked out', () => {
  test.each<[what: string, who: () => Colleague, what2: () => { contract: Endpoint; sent: { params?: Record<string, unknown>; body?: unknown } }, status: number, name: string, zh: string, en: string]>([
    ['a closed month', () => perf, () => run('2026-09'), 409, 'month-closed', '未能处理。2026-09 已关账', 'Not done. 2026-09 is closed'],
    ['a closed month, only tried', () => perf, () => run('2026-09', 'POINTS', true), 409, 'month-closed', '未能处理。2026-09 已关账', 'Not done. 2026-09 is closed'],
    ['a month before a closed one', () => perf, () => run('2026-08'), 409, 'later-month-closed', '未能结算。之后的 2026-09 已关账', 'Not settled. The later month 2026-09 is closed'],
    ['a closed month closed again', () => perf2, () => ({ contract: closeSettlement, sent: { params: { month: '2026-09', scheme: 'POINTS' } } }), 409, 'month-closed', '未能处理。2026-09 已关账', 'Not done. 2026-09 is closed'],
    ['the running month', () => perf, () => run('2026-11'), 409, 'month-not-over', '未能结算。2026-11 尚未结束', 'Not settled. 2026-11 is not over'],
    ['a month of the future', () => perf, () => run('2027-03'), 409, 'month-not-over', '未能结算。2027-03 尚未结束', 'Not settled. 2027-03 is not over'],
    ['a month that is none', () => perf, () => run('2026-13'), 404, 'not-found', '', ''],
    ['no such scheme', () => perf, () => run('2026-10', 'NONE'), 409, 'no-scheme', '未能结算。2026-10 没有生效的方案 NONE', 'Not settled. No scheme NONE is in force in 2026-10'],
    ['a month that ends no period', () => perf, () => run('2026-10', 'PROFITS'), 409, 'period-not-over', '未能结算。方案 PROFITS 按期结算', 'Not settled. Scheme PROFITS pays by period'],
    ['profit of a month that lacks a price of funds', () => perf, () => run('2026-09', 'PROFITS'), 409, 'contribution-missing', '未能结算。方案 PROFITS 按客户贡献计酬，2026-09 的贡献尚未计算', 'Not settled. Scheme PROFITS pays by contribution, and that of 2026-09 is not worked out'],
    ['a target of net growth of zero', () => perf, () => fact('NET_GROWTH_TARGET', '0'), 422, 'target-zero', '未能登记。目标不能为 0', 'Not entered. A target is not 0'],
    ['a target of the team of zero', () => perf, () => fact('TEAM_TARGET', '0.00'), 422, 'target-zero', '未能登记。目标不能为 0', 'Not entered. A target is not 0'],
    ['shares that sum to 99.99', () => bank.staff.outletHead, () => ({ contract: assignCustomerContract, sent: { params: { customerId }, body: { from: '2026-11-23', reason: '协办', slices: [{ staffKey: bank.staff.li.staffKey, sharePct: '60', main: true }, { staffKey: bank.staff.wang.staffKey, sharePct: '39.99', main: false }] } } }), 422, 'shares-not-100', '未能指派。份额合计为 99.99%，应为 100%', 'Not assigned. The shares sum to 99.99%, not 100%'],
    ['a scheme edited while in force', () => perf, () => ({ contract: proposeScheme, sent: { body: { id: newId(), code: 'POINTS', from: '2026-11-01', name: '积分', nameEn: 'Points', legalBasis: '办法', authorisation: null, version: points, reason: '单价改为 6 元' } } }), 422, 'scheme-refused', '未能提交。方案有 1 处必须修改', 'Not proposed. Points of the scheme that must be changed: 1'],
  ])('%s', async (_what, who, what, status, name, zh, en) => {
    const before = await rows()
    for (const [language, words] of [['zh', zh], ['en', en]] as const) {
      const { contract, sent } = what()
      const answer = await asked(who(), language, contract, sent)
      expect([answer.status, answer.refusal]).toEqual([status, name])
      expect(answer.message).toContain(words)
    }
    expect(await rows()).toEqual(before)
  })
  test('a price of funds that a month needs: named with side, term and day; the job that is asked for past it works out nothing', async () => {
    bank.services.jobs = { ask: (kind, params, askedBy) => askForJob(bank.services, kind, params, askedBy) }
    await bank.look(`UPDATE ftp_price SET from_date = '2026-10-09' WHERE side = 'OFFER' AND term_months = 12`)
    const before = await rows()
    for (const [language, words] of [['zh', '未能计算。2026-10 缺少内部资金价格：贷款（OFFER），期限 12 个月，2026-10-08 起'], ['en', 'Not worked out. 2026-10 lacks a price of funds: OFFER, term 12 months, as of 2026-10-08']] as const) {
      expect(await asked(bank.staff.admin, language, computeValue, { body: { months: 1 } })).toMatchObject({ status: 409, refusal: 'ftp-price-missing' })
      expect((await asked(bank.staff.admin, language, computeValue, { body: { months: 1 } })).message).toContain(words)
    }
    expect(await workOutMonths(bank.services, { months: 1 })).toEqual({ months: 0, customers: 0 })
    expect(await rows()).toEqual(before)
  })
  test('what can only be tried is tried: the running month, and a period without its contribution', async () => {
    for (const [scheme, month] of [['POINTS', '2026-11'], ['PROFITS', '2026-09']] as const) {
      const before = await rows()
      expect(await settleMonth(bank.services, { month, scheme, dryRun: true })).toMatchObject({ ok: true })
      expect(await rows()).toEqual(before)
    }
  })
  test('with its contribution the period settles', async () => {
    await bank.look(`INSERT INTO value_month (month_start, days, computed_on, customers, parameters, missing) VALUES ('2026-09-01', 30, '2026-10-02', 0, '{}', '{}')`)
    expect(await settleMonth(bank.services, { month: '2026-09', scheme: 'PROFITS', dryRun: false })).toMatchObject({ ok: true })
  })
})
