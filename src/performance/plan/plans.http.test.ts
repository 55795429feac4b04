import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { smallBank, type Colleague, type SmallBank } from '../../../tests/support/small-bank.ts'
import { newId } from '../../foundation/values/uuid7.ts'
import { readMyDay } from '../../reports/my-day.contract.ts'
import { routes } from '../../routes.ts'
import { acknowledgeFinding, actOnAppraisalPlan, addObjective, endObjective, getAppraisalPlan, giveAuthorisation, listMyAppraisalPlans, listObjectives, listPlanOptions, listAppraisalPlans, makeAppraisalPlan, type PlanItem } from './plan.contract.ts'

let house: SmallBank
let bankGoal: string
let unitGoal: string
const period = { from: '2026-12-01', to: '2027-12-01' }
const item = (indicator: string, target: string | null, weight: string, cls: PlanItem['cls'], more: Partial<PlanItem> = {}): PlanItem => ({ indicator, objectiveId: unitGoal, weight, cls, target, split: 'WHOLE', parts: null, note: '', ...more })
/** Deposits, new customers, NPL ratio, discipline: nothing to refuse and nothing to warn of. */
const items = (deposits: string, customers = '40'): PlanItem[] => [
  item('DEPOSIT_INCREMENT', deposits, '30', 'OPERATING'), item('NEW_CUSTOMERS', customers, '25', 'SOCIAL', { split: 'QUARTER' }), item('NPL_RATIO', '1.00', '25', 'RISK'), item('DISCIPLINE', null, '20', 'COMPLIANCE', { objectiveId: null }),
]
const act = (who: Colleague, planId: string, kind: string, more: Record<string, unknown> = {}) => house.ask(who, actOnAppraisalPlan, { params: { planId }, body: { act: kind, items: null, note: '', transferPostKey: null, orderNo: '', ...more } })
const told = (answer: { status: number; body: Record<string, unknown> }): unknown => answer.body['refusal'] ?? answer.body['state'] ?? answer.status
async function make(who: Colleague, body: Record<string, unknown>): Promise<string> {
  const id = newId()
  const answer = await house.ask(who, makeAppraisalPlan, { body: { id, scheme: 'POINTS', ...period, parentId: null, unitKey: null, staffKey: null, followsId: null, ...body } })
  return answer.status === 200 ? id : String(answer.body['refusal'])
}
const waits = async (who: Colleague, planId: string): Promise<boolean> => ((await house.ask(who, readMyDay)).body['lines'] as { id: string }[]).some((line) => line.id === planId)
const plan = async (who: Colleague, planId: string) => (await house.ask(who, getAppraisalPlan, { params: { planId } })).body as unknown as { plan: { state: string; version: number | null; agreed: string | null; may: Record<string, { allowed: boolean; reason: string | null }>; transfers: unknown[] }; targets: Record<string, unknown>[]; findings: { code: string; indicator: string }[]; steps: { kind: string; changes: unknown[] }[] }

beforeAll(async () => {
  house = await smallBank(routes)
  const { hr } = house.staff
  ;[bankGoal, unitGoal] = [newId(), newId()]
  expect((await house.ask(hr, addObjective, { body: { id: bankGoal, code: 'S1', year: 2026, parentId: null, unitKey: house.units.head.key, title: '存款稳健增长', titleEn: 'Steady deposits', owner: '计划财务部' } })).status).toBe(200)
  expect((await house.ask(hr, addObjective, { body: { id: unitGoal, code: 'S1.1', year: 2026, parentId: bankGoal, unitKey: house.units.first.key, title: '东城客户深耕', titleEn: 'Deepen customers of the east', owner: '公司业务部' } })).status).toBe(200)
})
afterAll(() => house.close())

describe('from the bank to a person', () => {
  test('targets below a unit do not add up to more than its own, unless head office authorised it', async () => {
    const { hr, outletHead, branchHead, leader, li, wang } = house.staff
    const branch = await make(hr, { unitKey: house.units.first.key, items: items('120000000.00', '400') })
    expect(told(await act(hr, branch, 'PROPOSE'))).toBe('NEGOTIATED')
    const outlet = await make(branchHead, { unitKey: house.units.south.key, parentId: branch, items: items('90000000.00', '300') })
    expect(told(await act(branchHead, outlet, 'PROPOSE'))).toBe('NEGOTIATED')
    const first = await make(outletHead, { staffKey: li.staffKey, parentId: outlet, items: items('50000000.00') })
    const second = await make(outletHead, { staffKey: wang.staffKey, parentId: outlet, items: items('40000000.01') })
    expect(told(await act(outletHead, first, 'PROPOSE'))).toBe('validator-refuses')
    // the lead finds the sum beside the target, the ratee sees no draft
    expect((await plan(outletHead, first)).targets[0]).toMatchObject({ indicator: 'DEPOSIT_INCREMENT', above: { target: '90000000.00', sum: '90000000.01' }, chain: [{ code: 'S1.1' }, { code: 'S1' }] })
    expect((await house.ask(li, getAppraisalPlan, { params: { planId: first } })).status).toBe(404)
    expect(told(await act(outletHead, second, 'DRAFT', { items: items('40000000.00') }))).toBe('DRAFT')
    expect(told(await act(outletHead, first, 'PROPOSE'))).toBe('NEGOTIATED')
    // authorised for the outlet: four per cent more
    const given = await house.ask(leader, giveAuthorisation, { body: { id: newId(), indicator: 'DEPOSIT_INCREMENT', scheme: null, unitKey: house.units.south.key, factor: '1.04', ...period, number: '总行函 12 号', reason: '城北存量客户划入' } })
    expect(given.status).toBe(200)
    expect(told(await act(outletHead, second, 'DRAFT', { items: items('43600000.01') }))).toBe('DRAFT')
    expect(told(await act(outletHead, second, 'PROPOSE'))).toBe('validator-refuses')
    expect(told(await act(outletHead, second, 'DRAFT', { items: items('43600000.00') }))).toBe('DRAFT')
    expect(told(await act(outletHead, second, 'PROPOSE'))).toBe('NEGOTIATED')
    const tree = await house.ask(hr, listAppraisalPlans, { query: { year: 2026 } })
    expect((tree.body['plans'] as { depth: number; person: { name: string } | null; unitName: string; targets: { sumBelow: string | null }[] }[]).map((row) => [row.depth, row.person?.name ?? row.unitName, row.targets[0]?.sumBelow])).toEqual([
      [0, '东城分行', '90000000.00'], [1, '城南网点', '93600000.00'], [2, '李晓雯', null], [2, '王凯', null],
    ])
    expect(tree.body).toMatchObject({ objectivesWithoutKpi: 0, authorisations: [{ factor: '1.04' }] })
  })

  test('negotiated, agreed by both, locked; then nothing changes it', async () => {
    const { outletHead, li, wang, hr, zhao } = house.staff
    const mine = (await house.ask(li, listMyAppraisalPlans)).body['plans'] as { id: string; waitsForMe: boolean }[]
    expect(mine).toMatchObject([{ waitsForMe: true }])
    const id = mine[0]?.id ?? ''
    expect(told(await act(li, id, 'ASK_OTHER', { items: items('45000000.00') }))).toBe('reason-missing')
    expect(told(await act(li, id, 'ASK_OTHER', { items: items('50000000.00'), note: '新客户不足' }))).toBe('nothing-changed')
    expect([await waits(li, id), await waits(outletHead, id)]).toEqual([true, false])
    expect(told(await act(li, id, 'ASK_OTHER', { items: items('45000000.00'), note: '两户大额存款年初已转出' }))).toBe('NEGOTIATED')
    // the word is with the other side, in the day as on the page
    expect([await waits(li, id), await waits(outletHead, id)]).toEqual([false, true])
    expect((await house.ask(li, listMyAppraisalPlans)).body['plans']).toMatchObject([{ waitsForMe: false }])
    // somebody else’s plan is not there for a colleague, and not the colleague’s to decide
    expect((await act(wang, id, 'AGREE')).status).toBe(404)
    expect((await act(zhao, id, 'AGREE')).status).toBe(404)
    expect(told(await act(outletHead, id, 'ANSWER', { items: items('47000000.00'), note: '考虑转出因素，折中' }))).toBe('NEGOTIATED')
    expect([await waits(li, id), await waits(outletHead, id)]).toEqual([true, false])
    expect(told(await act(li, id, 'AGREE'))).toBe('NEGOTIATED')
    expect([await waits(li, id), await waits(outletHead, id)]).toEqual([false, true])
    expect(told(await act(li, id, 'AGREE'))).toBe('agreed-already')
    expect((await plan(outletHead, id)).plan).toMatchObject({ agreed: 'HOLDER', may: { AGREE: { allowed: true } } })
    expect(told(await act(outletHead, id, 'AGREE'))).toBe('CONFIRMED')
    expect([await waits(li, id), await waits(outletHead, id)]).toEqual([false, false])
    for (const who of [li, outletHead, hr]) {
      for (const kind of ['DRAFT', 'PROPOSE', 'ASK_OTHER', 'ANSWER', 'AGREE', 'WITHDRAW']) expect([who.name, kind, told(await act(who, id, kind, { items: items('1.00'), note: '事后修改' }))]).toEqual([who.name, kind, 'plan-locked'])
    }
    const seen = await plan(li, id)
    expect(seen.plan).toMatchObject({ state: 'CONFIRMED', version: 1 })
    expect(seen.steps.map((step) => [step.kind, step.changes.length])).toEqual([['DRAFT', 0], ['PROPOSE', 0], ['ASK_OTHER', 1], ['ANSWER', 1], ['AGREE', 0], ['LOCK', 0]])
    const [row] = await house.look<{ target: string }>(`SELECT target::text FROM performance_plan_target_facts WHERE plan_id = $1 AND indicator = 'DEPOSIT_INCREMENT'`, [id])
    expect(row?.target).toBe('47000000.00')
  })

  test('only a transfer that the organisation knows makes a new version: targets by days', async () => {
    const { hr, outletHead, li } = house.staff
    const id = ((await house.ask(li, listMyAppraisalPlans)).body['plans'] as { id: string }[])[0]?.id ?? ''
    expect(told(await act(outletHead, id, 'TRANSFER', { transferPostKey: 999_999, orderNo: '人调 1 号' }))).toBe('no-such-transfer')
    expect(told(await act(outletHead, id, 'TRANSFER', { transferPostKey: house.staff.wang.postKey, orderNo: '人调 1 号' }))).toBe('no-such-transfer')
    await house.look(`INSERT INTO post_held (key, staff_key, post_code, line_key, place_key, from_date, main) VALUES (9001, $1, 'RM', $2, $2, '2027-06-16', false)`, [li.staffKey, house.units.north.key])
    expect(told(await act(outletHead, id, 'TRANSFER', { transferPostKey: 9001 }))).toBe('order-missing')
    expect(told(await act(outletHead, id, 'TRANSFER', { transferPostKey: 9001, orderNo: '人调〔2027〕8 号' }))).toBe('CONFIRMED')
    expect(told(await act(outletHead, id, 'TRANSFER', { transferPostKey: 9001, orderNo: '人调〔2027〕8 号' }))).toBe('transferred-already')
    // 197 of 365 days: 47,000,000 × 197 ÷ 365; of the quarters two are whole, of the third 15 of 92 days; a ratio is not divided
    const facts = await house.look<{ indicator: string; target: string; to: string }>(`SELECT indicator, target::text, to_date::text AS to FROM performance_plan_target_facts WHERE plan_id = $1 AND plan_version = 2 ORDER BY indicator, from_date`, [id])
    expect(facts).toEqual([
      { indicator: 'DEPOSIT_INCREMENT', target: '25367123.29', to: '2027-06-16' }, { indicator: 'NEW_CUSTOMERS', target: '10.00', to: '2027-03-01' }, { indicator: 'NEW_CUSTOMERS', target: '10.00', to: '2027-06-01' },
      { indicator: 'NEW_CUSTOMERS', target: '1.63', to: '2027-06-16' }, { indicator: 'NPL_RATIO', target: '1.00', to: '2027-06-16' },
    ])
    expect((await plan(outletHead, id)).plan).toMatchObject({ transferredOn: '2027-06-16', followedBy: null })
    // the plan of the new post begins with it, on no other day inside a month, and after no other plan
    const after = (from: string, followsId: string | null) => make(hr, { staffKey: li.staffKey, from, to: '2027-12-01', followsId, items: items('21632876.71', '8.37') })
    expect([await after('2027-06-17', id), await after('2027-06-16', null), await after('2027-06-16', newId())]).toEqual(['wrong-period', 'wrong-period', 'parent-does-not-fit'])
    const next = await after('2027-06-16', id)
    expect(next).toMatch(/^[0-9a-f-]{36}$/)
    expect((await plan(outletHead, id)).plan).toMatchObject({ followedBy: next })
    expect((await plan(hr, next)).targets.find(({ indicator }) => indicator === 'NEW_CUSTOMERS')).toMatchObject({ parts: [{ from: '2027-06-16', to: '2027-09-01' }, { from: '2027-09-01', to: '2027-12-01' }] })
  })
})

describe('what the validator finds', () => {
  test('warnings are answered in writing, by compliance or by the owner, before anybody agrees', async () => {
    const { hr, zhao, compliance, branchHead, wang } = house.staff
    const risky = [item('DEPOSIT_INCREMENT', '1000.00', '70', 'OPERATING'), item('NEW_CUSTOMERS', '10', '30', 'RISK')]
    const id = await make(hr, { staffKey: zhao.staffKey, items: risky })
    expect(told(await act(hr, id, 'PROPOSE'))).toBe('NEGOTIATED')
    expect((await plan(zhao, id)).findings).toMatchObject([{ code: 'RISK_COMPLIANCE_NOT_ABOVE' }])
    expect(told(await act(zhao, id, 'AGREE'))).toBe('warnings-open')
    const answer = (who: Colleague) => house.ask(who, acknowledgeFinding, { params: { planId: id }, body: { code: 'RISK_COMPLIANCE_NOT_ABOVE', indicator: '', reason: '起步阶段以规模为主，合规另设核心指标' } })
    expect((await answer(zhao)).body.refusal).toBe('not-allowed')
    expect((await answer(branchHead)).body.refusal).toBe('compliance-answers')
    expect((await answer(compliance)).status).toBe(200)
    expect((await answer(compliance)).body.refusal).toBe('no-such-finding')
    expect(told(await act(zhao, id, 'AGREE'))).toBe('NEGOTIATED')
    expect((await house.ask(wang, getAppraisalPlan, { params: { planId: id } })).status).toBe(404)
  })
  test.each([
    ['deposits on one day', () => [item('DEPOSIT_POINT', '1', '100', 'OPERATING')], 'validator-refuses'], ['without objective', () => [item('DEPOSIT_INCREMENT', '1', '100', 'OPERATING', { objectiveId: null })], 'validator-refuses'], ['weights of 99.99', () => [item('DEPOSIT_INCREMENT', '1', '99.99', 'OPERATING')], 'validator-refuses'],
    ['a target of zero', () => [item('DEPOSIT_INCREMENT', '0', '100', 'OPERATING')], 'validator-refuses'], ['the same indicator twice', () => [item('DEPOSIT_INCREMENT', '1', '50', 'OPERATING'), item('DEPOSIT_INCREMENT', '2', '50', 'OPERATING')], 'item-twice'],
    ['an objective of nothing', () => [item('DEPOSIT_INCREMENT', '1', '100', 'OPERATING', { objectiveId: newId() })], 'no-such-objective'], ['quarters that do not make the year', () => [item('NEW_CUSTOMERS', '10', '100', 'SOCIAL', { split: 'QUARTER', parts: ['1', '2', '3', '5'] })], 'validator-refuses'],
  ] as const)('%s', async (_what, list, refusal) => {
    const { otherBranchHead, qian } = house.staff
    const known = ((await house.ask(otherBranchHead, listAppraisalPlans, { query: { year: 2026 } })).body['plans'] as { id: string; state: string }[])[0]
    if (known) await act(otherBranchHead, known.id, 'WITHDRAW', { note: '重新编制' })
    const id = newId()
    const made = await house.ask(otherBranchHead, makeAppraisalPlan, { body: { id, scheme: `T${id.slice(-6).toUpperCase()}`, ...period, parentId: null, unitKey: null, staffKey: qian.staffKey, followsId: null, items: list() } })
    expect(made.status === 200 ? told(await act(otherBranchHead, id, 'PROPOSE')) : made.body.refusal).toBe(refusal)
  })
})

test('whose plan may be made by whom; nobody makes his own', async () => {
  const { lead, outletHead, otherBranchHead, hr, li, qian } = house.staff
  expect(await make(otherBranchHead, { staffKey: li.staffKey, items: items('1') })).toBe('no-such-holder')
  expect(await make(lead, { staffKey: lead.staffKey, items: items('1') })).toBe('own-plan')
  expect(await make(outletHead, { unitKey: house.units.south.key, items: items('1') })).toBe('own-plan')
  expect(await make(hr, { staffKey: li.staffKey, unitKey: house.units.south.key, items: items('1') })).toBe('one-of-two')
  expect(await make(hr, { staffKey: qian.staffKey, from: '2026-12-02', items: items('1') })).toBe('wrong-period')
  expect(await make(hr, { staffKey: qian.staffKey, parentId: newId(), items: items('1') })).toBe('parent-does-not-fit')
  expect(await make(hr, { unitKey: house.units.west.key, items: items('1') })).toBe('unit-without-head')
  const options = (await house.ask(outletHead, listPlanOptions)).body as unknown as { people: { name: string }[]; units: unknown[] }
  expect(options.people.map((one) => one.name)).not.toContain('钱进')
})

test('an objective that KPIs serve is not ended; one without any is listed', async () => {
  const { hr, li } = house.staff
  expect((await house.ask(hr, endObjective, { params: { objectiveId: bankGoal }, body: { reason: '合并到其他目标' } })).body.refusal).toBe('kpis-serve-it')
  const id = newId()
  await house.ask(hr, addObjective, { body: { id, code: 'S2', year: 2026, parentId: null, unitKey: house.units.head.key, title: '风险可控', titleEn: 'Risk under control', owner: '风险管理部' } })
  expect((await house.ask(hr, addObjective, { body: { id: newId(), code: 'S2', year: 2026, parentId: null, unitKey: house.units.head.key, title: '重复编号', titleEn: 'The same code', owner: '风险管理部' } })).body.refusal).toBe('code-taken')
  const list = (await house.ask(li, listObjectives, { query: { year: 2026 } })).body['objectives'] as { code: string; kpis: number }[]
  expect(list.map((one) => [one.code, one.kpis > 0])).toEqual([['S1', true], ['S1.1', true], ['S2', false]])
  expect((await house.ask(hr, endObjective, { params: { objectiveId: id }, body: { reason: '合并到其他目标' } })).status).toBe(200)
})
