import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { smallBank, type Colleague, type SmallBank } from '../../../tests/support/small-bank.ts'
import { closeMonth } from '../../flows/close-month.ts'
import { settleMonth } from '../../flows/settle-month.ts'
import { yuanText } from '../../foundation/values/fen.ts'
import { newId } from '../../foundation/values/uuid7.ts'
import { readMyAgenda } from '../../reports/my-day.contract.ts'
import { routes } from '../../routes.ts'
import type { SchemeBlock } from '../block.contract.ts'
import { installBlockScheme, installScheme } from '../install-scheme-version.ts'
import type { PayBank } from '../pay-bank-testing.ts'
import { plannedBank } from '../schemes/plan-testing.ts'
import { hundredBlocks } from '../scorecard-scheme.ts'
import { getMyStatement, type StatementShown } from '../statement.contract.ts'
import { tellStatement, type Told } from '../statement/tell-statement.rules.ts'
import { answerPayCase, decidePayCase, getPayCase, listDeductions, listDeferrals, listMyDeferrals, listPayCases, proposeClaimPart, proposeClawBack, proposeExemption, proposeTranches, type PayCaseItem, type PayCaseShown, type TrancheShown } from './deferral.contract.ts'

let bank: SmallBank
let perf: Colleague
let audit: Colleague
const million = 100_000_000
const told = (answer: { status: number; body: { refusal?: string } }): unknown => answer.body.refusal ?? answer.status
const yuan = (fen: string): string => yuanText(BigInt(fen))
const onDay = (day: string) => bank.look(`UPDATE bank SET business_date = $1`, [day])
const settle = async (scheme: string, month: string) => {
  const settled = await settleMonth(bank.services, { month, scheme, dryRun: false, settledBy: perf.staffKey })
  if (!settled.ok) throw new Error(settled.refusal.name)
  return settled.value[0]
}
const close = async (scheme: string, month: string) => expect(await closeMonth(bank.services, { month, scheme, closedBy: audit.staffKey })).toMatchObject({ ok: true })
const mine = async (who: Colleague, month: string): Promise<StatementShown> => (await bank.ask(who, getMyStatement, { query: { month } })).body['statement'] as unknown as StatementShown
/** The statement without the list of all months, which grows. */
const kept = async (who: Colleague, month: string): Promise<StatementShown> => ({ ...(await mine(who, month)), months: [] })
/** Payable, and the lines that come from decided cases, as they are told. */
const paid = async (who: Colleague, month: string): Promise<{ payable: string; lines: [fen: string, told: string][] }> => {
  const statement = await mine(who, month)
  const every = (node: Told): Told[] => [node, ...node.children.flatMap(every)]
  const tree = every(tellStatement(statement, 'zh'))
  return { payable: yuan(statement.payableFen), lines: statement.lines.filter(({ detail }) => detail['decision'] != null).map((line) => [yuan(line.moneyFen ?? '0'), tree.find(({ key }) => key === `line-${line.place}`)?.how.replace(/XC\d{4}-\d{4}/, 'XC') ?? '']) }
}
const tranches = async (who: Colleague): Promise<TrancheShown[]> => (await bank.ask(who, listMyDeferrals)).body['tranches'] as unknown as TrancheShown[]
const states = async (who: Colleague) => (await tranches(who)).map(({ dueOn, fen, state }) => [dueOn, yuan(fen), state])
const caseOf = async (who: Colleague, caseId: string) => (await bank.ask(who, getPayCase, { params: { caseId } })).body as unknown as { case: PayCaseShown; items: PayCaseItem[] }
const words = { evidence: '问责委员会决定书 2027 年第 3 号', reason: '按决定书办理' }
const decide = (who: Colleague, caseId: string, confirm = true) => bank.ask(who, decidePayCase, { params: { caseId }, body: { confirm, reason: '材料齐全，程序合规' } })

const loan = async (customerId: string, of: { yuan: number; paidOut: string; product: string; spans: [from: string, to: string | null, overdueSince: string | null, loanClass: string | null][] }): Promise<string> => {
  const id = newId()
  await bank.look(`INSERT INTO loan (customer_id, id, core_key, product_code, outlet_key, amount_fen, paid_out_on, matures_on, term_months) VALUES ($1, $2::uuid, $2::text, $3, $4, $5, $6, '2028-12-31', 36)`, [customerId, id, of.product, bank.units.south.key, of.yuan * 100, of.paidOut])
  for (const [from, to, since, loanClass] of of.spans) {
    await bank.look(`INSERT INTO loan_span (customer_id, loan_id, from_date, to_date, principal_fen, overdue_since, overdue_fen, loan_class) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`, [customerId, id, from, to, of.yuan * 100, since, since === null ? 0 : 100_000, loanClass])
  }
  return id
}
const deposit = async (customerId: string, from: string, to: string | null, fen: number): Promise<void> => {
  const id = newId()
  await bank.look(`INSERT INTO account (customer_id, id, core_key, product_code, currency, outlet_key, opened_on) VALUES ($1, $2::uuid, $2::text, 'D1', 'CNY', $3, '2000-01-01')`, [customerId, id, bank.units.south.key])
  await bank.look(`INSERT INTO balance_span (customer_id, account_id, from_date, to_date, balance_fen) VALUES ($1, $2, $3, $4, $5)`, [customerId, id, from, to, fen])
}
const form = (of: { indicator: string; staff: Colleague; month: string; value?: string; grade?: string; object?: string; loan?: string }) => bank.look(
  `INSERT INTO indicator_fact (id, indicator, staff_key, month, business_date, value, grade, object, loan_id, evidence, entered_by, entered_on, confirmed_by, confirmed_on) VALUES ($1, $2, $3, $4, $4, $5, $6, $7, $8, '登记表 1 号', $9, $4, $10, $4)`,
  [newId(), of.indicator, of.staff.staffKey, `${of.month}-01`, of.value ?? null, of.grade ?? null, of.object ?? null, of.loan ?? null, perf.staffKey, audit.staffKey])

beforeAll(async () => {
  bank = await smallBank(routes)
  perf = await bank.colleague('马绩', 'PERFORMANCE', bank.units.head.key)
  audit = await bank.colleague('田稽', 'AUDIT', bank.units.head.key)
  await bank.look(`UPDATE bank SET calendar = 'weekdays'`)
  await bank.look(`INSERT INTO product (code, name, name_en, line) VALUES ('D1', '活期', 'd', 'DEPOSIT'), ('L102', '商户', 'm', 'LOAN'), ('L201', '流贷', 'w', 'LOAN')`)
}, 120_000)
afterAll(() => bank.close())

describe('exemption-1: a deduction that followed from the loss comes back, the missed check stays', () => {
  const l4 = { id: '' }
  const basic = { id: '' }
  const givenBack = newId()
  beforeAll(async () => {
    const { wang, zhao } = bank.staff
    await bank.services.db.asOffice((tx) => installScheme(tx, { code: 'POINTS', from: '2020-01-01' }))
    for (const [who, into] of [[wang, l4], [zhao, basic]] as const) {
      const customerId = await bank.customer({ main: who, openedOn: '2025-01-01', name: `山西晋泰${who.name}有限公司` })
      await deposit(customerId, '2025-01-01', null, 10 * million)
      // 500,000 yuan at 8 points per 100,000: 40.00 points, 200.00 yuan
      into.id = await loan(customerId, { yuan: 500_000, paidOut: '2025-03-05', product: 'L102', spans: [['2025-03-05', '2025-04-10', null, 'NORMAL'], ['2025-04-10', null, '2025-04-10', 'SUBSTANDARD']] })
    }
    await form({ indicator: 'INSPECTION_CHECK', staff: wang, month: '2025-05', grade: 'MISSING', object: '贷后检查 L9', loan: l4.id })
    await onDay('2025-07-15')
    for (const month of ['2025-03', '2025-04', '2025-05', '2025-06']) {
      await settle('POINTS', month)
      await close('POINTS', month)
    }
  }, 120_000)

  test('the deductions with their cause: what each took, worked out from the closed month', async () => {
    const { wang, hr } = bank.staff
    const { deductions } = (await bank.ask(hr, listDeductions, { query: { staffNo: wang.staffNo } })).body as unknown as { deductions: { month: string; lineCode: string; fen: string; points: string; kind: string; loanId: string }[] }
    expect(deductions.map((one) => [one.month, one.lineCode, yuan(one.fen), one.points, one.kind, one.loanId === l4.id])).toEqual([
      ['2025-05', 'INSPECTION_CHECK', '40.00', '8.00', 'OWN_FAULT', true], ['2025-04', 'OVERDUE', '200.00', '40.00', 'CONSEQUENCE_OF_LOSS', true],
    ])
  })
  test('entered by one with evidence, decided by compliance; nobody for himself, nobody alone', async () => {
    const { wang, hr, compliance, li } = bank.staff
    const ask = (who: Colleague, more: Record<string, unknown> = {}, id = newId()) => bank.ask(who, proposeExemption, { body: { id, staffNo: wang.staffNo, loanId: l4.id, conclusion: 'DILIGENT', ...words, ...more } })
    expect(told(await ask(li))).toBe('not-allowed')
    expect(told(await ask(hr, { staffNo: 'NOBODY' }))).toBe('no-such-person')
    expect(told(await ask(hr, { staffNo: hr.staffNo }))).toBe('own-case')
    expect(told(await ask(hr, { loanId: newId() }))).toBe('nothing-to-reverse')
    // where the decision states its marks, the conclusion is theirs
    for (const [total, worst, refusal] of [['84.99', '75.00', 'score-says-otherwise'], ['69.00', '60.00', 'score-says-otherwise'], ['100.01', '75.00', 'mark-range'], ['90.00', '-1', 'mark-range'], ['90', '80.001', 'invalid-request']]) expect([total, worst, told(await ask(hr, { score: { total, worst } }))]).toEqual([total, worst, refusal])
    expect(told(await ask(hr, { score: { total: '93.00', worst: '82' } }, givenBack))).toBe(200)
    expect(told(await ask(perf))).toBe('exempted-already')
    for (const who of [hr, perf, audit, wang]) expect([who.postCode, told(await decide(who, givenBack))]).toEqual([who.postCode, 'not-allowed'])
    const { case: shown, items } = await caseOf(wang, givenBack)
    expect(shown).toMatchObject({ kind: 'EXEMPTION', state: 'WAITING', mine: true, fen: '20000', conclusion: 'DILIGENT', score: { total: '93.00', worst: '82.00' } })
    expect(items.map((one) => [one.kind, one.month, one.lineCode, yuan(one.fen), one.points, one.why])).toEqual([['REVERSAL', '2025-04', 'OVERDUE', '200.00', '40.00', null], ['KEPT', '2025-05', 'INSPECTION_CHECK', '0.00', null, 'own-fault']])
    expect(told(await bank.ask(li, getPayCase, { params: { caseId: givenBack } }))).toBe('not-found')
    expect(told(await decide(compliance, givenBack))).toBe(200)
    expect(told(await decide(compliance, givenBack))).toBe('decided-already')
  })
  test('200.00 in July, the month of the decision, as a line that names the deduction; the closed April stays; basically diligent: 100.00', async () => {
    const { wang, zhao, hr, compliance } = bank.staff
    const april = await kept(wang, '2025-04')
    const half = newId()
    expect(told(await bank.ask(hr, proposeExemption, { body: { id: half, staffNo: zhao.staffNo, loanId: basic.id, conclusion: 'BASICALLY_DILIGENT', ...words } }))).toBe(200)
    expect(told(await decide(compliance, half))).toBe(200)
    await onDay('2025-08-05')
    await settle('POINTS', '2025-07')
    // 100 points of deposits and 2.5 of the loan that is managed
    expect(await paid(wang, '2025-07')).toEqual({ payable: '712.50', lines: [['200.00', '冲回 2025-04 逾期扣留：200.00，按 XC · 来源：表单']] })
    expect(await paid(zhao, '2025-07')).toEqual({ payable: '612.50', lines: [['100.00', '冲回 2025-04 逾期扣留：200.00 × 0.50，按 XC · 来源：表单']] })
    expect(await kept(wang, '2025-04')).toEqual(april)
    expect(await settle('POINTS', '2025-07')).toMatchObject({ unchanged: true })
    await close('POINTS', '2025-07')
    await onDay('2025-09-05')
    await settle('POINTS', '2025-08')
    expect((await paid(wang, '2025-08')).lines).toEqual([])
  })
})

describe('clawback-1: hundred-1 of 2025-H2, from the deferral to the claim', () => {
  const defer: SchemeBlock = { kind: 'DEFER', code: 'DEFERRED', of: 'EARNED', ratio: '0.40', tranches: 3, posts: ['TEAM_LEAD'], paidNow: 'PAID_NOW' }
  const flat = (posts: SchemeBlock[]): SchemeBlock[] => [
    { kind: 'PRODUCT', code: 'EARNED', unit: 'FEN', factors: [{ of: 'GRADE_BASE' }, { constant: '1', unit: 'COEFFICIENT' }] }, ...posts,
    { kind: 'SUM', code: 'F', unit: 'FEN', parts: [{ of: 'EARNED' }, { of: 'DEFERRED', minus: true, leaveOut: 'ABSENT' }, { of: 'CORRECTION', leaveOut: 'ABSENT' }] }, { kind: 'PAYABLE', code: 'PAYABLE', of: 'F', carryOut: 'CARRY_OUT' },
  ]
  const shared = { grades: [], units: [], period: 'HALF_YEAR' as const, classes: {}, carryMonths: 12, correctionMonths: 0 }
  const release = newId()
  const claim = newId()
  const coClaim = newId()
  let first = ''
  beforeAll(async () => {
    const { li } = bank.staff
    const plan = await plannedBank({ put: async (text: string, values: readonly unknown[] = []) => void (await bank.look(text, [...values])) } as PayBank)
    await bank.look(`INSERT INTO grade_held (staff_key, from_date, grade) VALUES ($1, '2020-01-01', 'B')`, [li.staffKey])
    const customerId = await bank.customer({ main: li, openedOn: '2025-01-01' })
    await loan(customerId, { yuan: 46_000_000, paidOut: '2025-08-01', product: 'L201', spans: [['2025-08-01', null, null, 'NORMAL']] })
    await deposit(customerId, '2025-07-01', '2025-10-01', 67_200_000 * 100)
    for (const [month, value] of [['2025-07', '200000'], ['2025-11', '130000']] as const) await form({ indicator: 'FEE_INCOME', staff: li, month, value })
    await form({ indicator: 'CUSTOMER_ASSET_INCREMENT', staff: li, month: '2025-12', value: '10200000' })
    for (const [month, amount] of [['2025-07', 500_000], ['2025-12', 490_000]] as const) await bank.look(`INSERT INTO contribution VALUES ($1, $2, 30, 0, 0, $3, 0, $3, 0, 0, $3, '{}')`, [customerId, `${month}-01`, amount * 100])
    for (const [indicator, target] of Object.entries({ ASSET_INCREMENT: '40000000', CUSTOMER_ASSET_INCREMENT: '12000000', DEPOSIT_INCREMENT: '30000000', FEE_INCOME: '300000', PROFIT: '900000' })) await plan.target(li.staffKey, 'HUNDRED', indicator, target, '2025-07-01', '2026-01-01')
    for (const [item, mark] of [['MAINTENANCE', '90'], ['POLICY', '95'], ['DEDICATION', '88'], ['DISCIPLINE', '100']] as const) await plan.mark(li.staffKey, 'HUNDRED', item, '2025-12', mark)
    const blocks = hundredBlocks.map((block): SchemeBlock => (block.kind === 'EXCESS' ? { ...block, mode: 'PROFIT_ONLY' } : block.kind === 'DEFER' ? { ...block, posts: ['RM'] } : block))
    const install = (code: string, from: string, terms: object) => bank.services.db.asOffice((tx) => installBlockScheme(tx, { code, from, name: code, nameEn: code, legalBasis: '试验', terms: { ...shared, ...terms } as never }))
    await install('HUNDRED', '2025-01-01', { blocks, posts: ['RM'], score: 'H', gradeBases: { B: '3600000' } })
    // from 2026 on a plain half-yearly pay of 30,000.00, so that there is something to take a claim from
    await install('HUNDRED', '2026-01-01', { blocks: flat([]), posts: ['RM'], score: null, gradeBases: { B: '3000000' } })
    await install('CO', '2025-01-01', { blocks: flat([defer]), posts: ['TEAM_LEAD'], score: null, gradeBases: { '*': '2000000' } })
    await onDay('2026-03-31')
    for (const scheme of ['HUNDRED', 'CO']) await settle(scheme, '2025-12')
  }, 120_000)

  test('worked out they are accrued; with the closing they are held, due at the end of each following year', async () => {
    const { li } = bank.staff
    expect(yuan((await mine(li, '2025-12')).payableFen)).toBe('23598.00')
    expect(await states(li)).toEqual([['2026-12-31', '5244.00', 'ACCRUED'], ['2027-12-31', '5244.00', 'ACCRUED'], ['2028-12-31', '5244.00', 'ACCRUED']])
    for (const scheme of ['HUNDRED', 'CO']) await close(scheme, '2025-12')
    expect(await states(li)).toEqual([['2026-12-31', '5244.00', 'HELD'], ['2027-12-31', '5244.00', 'HELD'], ['2028-12-31', '5244.00', 'HELD']])
    expect((await states(bank.staff.lead)).map(([, fen]) => fen)).toEqual(['2666.66', '2666.66', '2666.68'])
    first = (await tranches(li))[0]?.id ?? ''
  })
  test('who may see and enter; not before it is due; not twice', async () => {
    const { li, hr, compliance, lead, admin } = bank.staff
    for (const who of [hr, perf, compliance, audit]) expect((await bank.ask(who, listDeferrals)).body.items).toHaveLength(6)
    for (const who of [li, lead, admin]) expect(told(await bank.ask(who, listDeferrals))).toBe('not-allowed')
    const ask = (who: Colleague, trancheIds: string[], kind = 'RELEASE', id = newId()) => bank.ask(who, proposeTranches, { body: { id, kind, trancheIds, ...words } })
    for (const who of [compliance, audit, li]) expect(told(await ask(who, [first]))).toBe('not-allowed')
    expect(told(await ask(hr, [newId()]))).toBe('no-such-tranche')
    expect(told(await ask(hr, [first]))).toBe('not-due')
    await onDay('2027-01-05')
    const other = (await tranches(lead))[0]?.id ?? ''
    expect(told(await ask(hr, [first, other]))).toBe('no-such-tranche')
    expect(told(await ask(hr, [first], 'RELEASE', release))).toBe(200)
    expect(told(await ask(hr, [first], 'RELEASE', release))).toBe(200)
    expect(told(await ask(perf, [first]))).toBe('in-a-case')
    expect(await bank.look(`SELECT 1 FROM pay_case`)).toHaveLength(3)
  })
  test('decided by a second person it is a line of the open period that names where it comes from; a month settled before is settled again', async () => {
    const { li, compliance } = bank.staff
    await settle('HUNDRED', '2026-12')
    expect((await paid(li, '2026-12')).payable).toBe('30000.00')
    expect(told(await decide(compliance, release))).toBe(200)
    expect((await mine(li, '2026-12')).state).toBe('STALE')
    expect(await closeMonth(bank.services, { month: '2026-12', scheme: 'HUNDRED', closedBy: audit.staffKey })).toMatchObject({ ok: false, refusal: { name: 'settle-again' } })
    await settle('HUNDRED', '2026-12')
    expect(await paid(li, '2026-12')).toEqual({ payable: '35244.00', lines: [['5244.00', '2025-12 延期支付第 1 期，2026-12-31 到期，按 XC 支付 · 来源：表单']] })
    expect(await settle('HUNDRED', '2026-12')).toMatchObject({ unchanged: true })
    expect((await tranches(li))[0]).toMatchObject({ state: 'RELEASED', payMonth: '2026-12', paid: false, heldFen: '0' })
    await close('HUNDRED', '2026-12')
    expect((await tranches(li))[0]).toMatchObject({ state: 'RELEASED', paid: true })
  })
  test('the claw-back of 2027-02-10: the person is heard before it is decided, nothing is released meanwhile', async () => {
    const { li, lead, hr, compliance, wang } = bank.staff
    await onDay('2027-02-10')
    const ask = (who: Colleague, of: Colleague, more: Record<string, unknown> = {}, id = newId()) => bank.ask(who, proposeClawBack, { body: { id, staffNo: of.staffNo, scheme: 'HUNDRED', month: '2025-12', basis: 'B', ratio: '1.00', monthlyFen: null, ...words, ...more } })
    for (const who of [compliance, lead, audit]) expect(told(await ask(who, li))).toBe('not-allowed')
    for (const [more, refusal] of [[{ ratio: '0' }, 'ratio-range'], [{ ratio: '1.01' }, 'ratio-range'], [{ month: '2026-06' }, 'no-closed-pay'], [{ monthlyFen: '0' }, 'amount-not-positive'], [{ staffNo: 'NOBODY' }, 'no-such-person'], [{ staffNo: hr.staffNo }, 'own-case']] as const) expect([refusal, told(await ask(hr, li, more))]).toEqual([refusal, refusal])
    expect(told(await ask(hr, li, {}, claim))).toBe(200)
    expect(told(await ask(perf, li))).toBe('claimed-already')
    // the person finds it on his day; compliance on its agenda when the person has had his time
    const waits = async (who: Colleague) => ((await bank.ask(who, readMyAgenda)).body['lines'] as { id: string; kind: string }[]).filter((line) => line.id === claim).map((line) => line.kind)
    expect([await waits(li), await waits(wang), await waits(compliance)]).toEqual([['PAY_CLAIM'], [], []])
    const [before] = await bank.look<{ day: string }>('SELECT business_date::text AS day FROM bank')
    await onDay('2027-02-17')
    expect(await waits(compliance)).toEqual(['PAY_CASE'])
    await onDay(before?.day ?? '')
    expect(told(await ask(hr, lead, { scheme: 'CO', ratio: '0.50' }, coClaim))).toBe(200)
    const second = (await tranches(li))[1]?.id ?? ''
    expect(told(await bank.ask(hr, proposeTranches, { body: { id: newId(), kind: 'FORFEIT', trancheIds: [second], ...words } }))).toBe('in-a-case')
    expect(told(await decide(compliance, claim))).toBe('not-heard-yet')
    const answer = (who: Colleague, caseId: string, agrees: boolean) => bank.ask(who, answerPayCase, { params: { caseId }, body: { agrees, text: agrees ? '无异议' : '贷前调查已尽责，请复议' } })
    expect(told(await answer(wang, claim, true))).toBe('not-found')
    expect(told(await answer(li, claim, false))).toBe(200)
    expect(told(await answer(li, claim, true))).toBe('answered-already')
    expect((await caseOf(hr, claim)).case).toMatchObject({ state: 'DISPUTED', answer: { agrees: false, text: '贷前调查已尽责，请复议' }, hearUntil: '2027-02-17' })
    expect(told(await decide(compliance, claim))).toBe(200)
    // the co-manager says nothing: decided when the time is over
    expect(told(await decide(compliance, coClaim))).toBe('not-heard-yet')
    await onDay('2027-02-18')
    expect(told(await decide(compliance, coClaim))).toBe(200)
  })
  test('every amount of the fixture', async () => {
    const { li, lead, hr } = bank.staff
    const of = async (id: string) => {
      const { case: shown, items } = await caseOf(hr, id)
      const item = items.find(({ kind }) => kind === 'CLAIM')
      return [shown.state, shown.ratio, yuan(item?.detail['paidFen'] ?? '0'), yuan(item?.detail['heldFen'] ?? '0'), yuan(item?.detail['forfeitedFen'] ?? '0'), yuan(shown.claim?.claimFen ?? '0')]
    }
    expect(await of(claim)).toEqual(['AGREED', '1.00', '28842.00', '10488.00', '10488.00', '28842.00'])
    expect(await of(coClaim)).toEqual(['AGREED', '0.50', '12000.00', '8000.00', '4000.00', '6000.00'])
    expect(await states(li)).toEqual([['2026-12-31', '5244.00', 'RELEASED'], ['2027-12-31', '5244.00', 'FORFEITED'], ['2028-12-31', '5244.00', 'FORFEITED']])
    // held tranches are reduced first, the earliest due first: the shares sum to the fen
    expect((await tranches(lead)).map(({ state, forfeitedFen, heldFen }) => [state, yuan(forfeitedFen), yuan(heldFen)])).toEqual([['FORFEITED', '2666.66', '0.00'], ['REDUCED', '1333.34', '1333.32'], ['HELD', '0.00', '2666.68']])
    expect(((await bank.ask(li, listMyDeferrals)).body['cases'] as unknown as PayCaseShown[]).map(({ kind, people }) => [kind, people])).toEqual([['CLAW_BACK', ['李晓雯']], ['RELEASE', ['李晓雯']]])
  })
  test('later pay answers the claim, at most a fifth of each, on the statement with what was asked and what is left; repaid and waived, it is at its end', async () => {
    const { li, hr, compliance } = bank.staff
    await onDay('2027-07-05')
    await settle('HUNDRED', '2027-06')
    expect(await paid(li, '2027-06')).toEqual({ payable: '24000.00', lines: [['-6000.00', '2025-12 绩效追索 XC：应扣回 28842.00，扣后余 22842.00'.replace(/(\d)(\d{3}\.)/g, '$1,$2')]] })
    expect(await settle('HUNDRED', '2027-06')).toMatchObject({ unchanged: true })
    const before = await mine(li, '2027-06')
    const part = (kind: string, fen: string, id = newId()) => bank.ask(hr, proposeClaimPart, { params: { caseId: claim }, body: { id, kind, fen, ...words } })
    expect(told(await part('REPAY', '2284201'))).toBe('more-than-left')
    const [repay, waive] = [newId(), newId()]
    expect(told(await part('REPAY', '2000000', repay))).toBe(200)
    expect(told(await part('WAIVE', '1', newId()))).toBe('part-open')
    expect(told(await decide(compliance, repay))).toBe(200)
    // the open month is settled again: less is left, the fifth is the same
    await settle('HUNDRED', '2027-06')
    expect((await paid(li, '2027-06')).lines[0]?.[1]).toContain('应扣回 8,842.00，扣后余 2,842.00')
    await close('HUNDRED', '2027-06')
    const closed = await kept(li, '2027-06')
    expect(closed.payableFen).toBe(before.payableFen)
    expect(told(await part('WAIVE', '284200', waive))).toBe(200)
    expect(told(await decide(compliance, waive, false))).toBe(200)
    expect((await caseOf(li, claim)).case).toMatchObject({ state: 'AGREED', claim: { leftFen: '284200', takenFen: '600000', repaidFen: '2000000', months: [{ month: '2027-06', fen: '600000', closed: true }] } })
    await onDay('2028-01-05')
    await settle('HUNDRED', '2027-12')
    expect(await paid(li, '2027-12')).toMatchObject({ payable: '27158.00', lines: [['-2842.00', '2025-12 绩效追索 XC：应扣回 2,842.00，扣后余 0.00']] })
    expect((await caseOf(li, claim)).case.state).toBe('RECOVERED')
    await close('HUNDRED', '2027-12')
    expect(await kept(li, '2027-06')).toEqual(closed)
  })
  test('the offices see all cases; nobody may change or remove a row', async () => {
    expect(((await bank.ask(bank.staff.compliance, listPayCases)).body['cases'] as unknown as PayCaseShown[]).map(({ kind, state }) => `${kind} ${state}`).sort()).toEqual(
      ['CLAW_BACK AGREED', 'CLAW_BACK RECOVERED', 'EXEMPTION CONFIRMED', 'EXEMPTION CONFIRMED', 'RELEASE CONFIRMED', 'REPAY CONFIRMED', 'WAIVE RETURNED'])
    for (const table of ['deferred_tranche', 'pay_case', 'pay_case_item', 'pay_case_answer', 'pay_case_end']) {
      for (const role of ['yq_office', 'yq_batch', 'yq_self']) expect(await bank.look(`SELECT has_table_privilege($1::name, $2::text, 'UPDATE') OR has_table_privilege($1::name, $2::text, 'DELETE') AS may`, [role, table])).toEqual([{ may: false }])
    }
  })
})
