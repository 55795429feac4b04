import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { unzipText } from '../../tests/support/unzip-text.ts'
import { smallBank, today, type Colleague, type SmallBank } from '../../tests/support/small-bank.ts'
import { moveBusinessDate } from '../deliveries/add-bank.ts'
import { sql } from '../foundation/database/transaction.ts'
import { readWorkbook } from '../foundation/spreadsheets/read-workbook.ts'
import { newId } from '../foundation/values/uuid7.ts'
import { readMyDay } from '../reports/my-day.contract.ts'
import { routes } from '../routes.ts'
import { recordContact } from '../visits/contact.contract.ts'
import { planAppointment } from './appointment.contract.ts'
import { getMyPlan, getPlan, getPlanDocument, getPlanSheet, getUnitPlansSheet, judgePlan, listMyPlans, listUnitPlans, makePlan, reviewPlan, savePlan, submitPlan, type PlanShown } from './work-plan.contract.ts'

let bank: SmallBank
let customerId: string
beforeAll(async () => {
  bank = await smallBank(routes)
  customerId = await bank.customer({ name: '汾河纺织有限公司', tier: 'T1' })
})
afterAll(() => bank.close())

const told = (answer: { body: { refusal?: string } }): string => answer.body.refusal ?? 'ok'
const target = (more: Record<string, unknown> = {}): Record<string, unknown> => ({ id: newId(), title: '核心客户见面', measure: '每周两户，先约时间', ...more })
const make = (who: Colleague, id: string, more: Record<string, unknown> = {}) => bank.ask(who, makePlan, { body: { id, period: 'MONTH', periodKey: '2026-11', direction: '稳住到期存款', targets: [target()], ...more } })
const see = async (who: Colleague, planId: string): Promise<PlanShown> => ((await bank.ask(who, getPlan, { params: { planId } })).body as unknown as { plan: PlanShown }).plan
const judge = (who: Colleague, planId: string, decision: string, comment: string | null = null) => bank.ask(who, judgePlan, { params: { planId }, body: { decision, comment } })
const linesOf = async (who: Colleague): Promise<string[]> => ((await bank.ask(who, readMyDay)).body as unknown as { lines: { kind: string; title: { zh: string } | null }[] }).lines.map((line) => `${line.kind} ${line.title?.zh ?? ''}`)

const [planId, weekId] = [newId(), newId()]

describe('a plan of a month', () => {
  test('is refused by name, and nothing is half saved', async () => {
    const { li } = bank.staff
    expect(told(await make(li, newId(), { periodKey: '2026-10' }))).toBe('period-over')
    expect(told(await make(li, newId(), { periodKey: '2027-03' }))).toBe('too-far')
    expect(told(await make(li, newId(), { periodKey: '2026-W48' }))).toBe('period-unknown')
    expect(told(await make(li, newId(), { targets: [target({ indicator: 'VISITS' })] }))).toBe('target-missing')
    expect(told(await make(li, newId(), { targets: [] }))).toBe('invalid-request')
    expect(told(await make(bank.staff.branchHead, newId()))).toBe('not-allowed')
    expect(await bank.services.db.asBatch((tx) => tx.all(sql`SELECT 1 FROM work_plan`))).toEqual([])
  })

  test('its figures are worked out by the product; a draft is nobody else’s', async () => {
    const { li, lead } = bank.staff
    expect(told(await make(li, planId, { targets: [target({ indicator: 'VISITS', target: '2' }), target({ title: '联系', indicator: 'CONTACTS', target: '4' }), target({ title: '覆盖', indicator: 'COVERAGE_PCT', target: '100' }), target({ title: '培训', target: '3', unit: '次' })] }))).toBe('ok')
    expect(told(await make(li, newId()))).toBe('planned-already')
    expect(told(await bank.ask(lead, getPlan, { params: { planId } }))).toBe('not-found')
    await bank.ask(li, recordContact, { params: { customerId }, body: { id: newId(), mode: 'VISIT', businessDate: today, summary: '谈扩产' } })
    const plan = await see(li, planId)
    expect(plan.timePct).toBe('76.67')
    expect(plan.targets.map(({ title, progress }) => [title, progress.actual, progress.completionPct, progress.light])).toEqual([['核心客户见面', '1', '50.00', 'RED'], ['联系', '1', '25.00', 'RED'], ['覆盖', '100.00', '100.00', 'GREEN'], ['培训', null, null, null]])
  })

  test('handed in, it is on the agenda of who leads the line; he gives it back with what is to be changed; the number is the same to both', async () => {
    const { li, wang, lead, zhao, otherBranchHead } = bank.staff
    expect((await bank.ask(li, submitPlan, { params: { planId } })).body).toMatchObject({ receiver: lead.name })
    expect(told(await bank.ask(li, submitPlan, { params: { planId } }))).toBe('submitted-already')
    expect(told(await bank.ask(li, savePlan, { params: { planId }, body: { direction: '改', targets: [target()] } }))).toBe('invalid-request')
    expect(told(await bank.ask(li, savePlan, { params: { planId }, body: { direction: '改一改', targets: [target()] } }))).toBe('waits-for-answer')
    for (const other of [wang, zhao, otherBranchHead]) expect(told(await bank.ask(other, getPlan, { params: { planId } }))).toBe('not-found')
    expect(await linesOf(lead)).toContain(`PLAN_TO_SEE ${li.name}的计划 2026-11`)
    expect((await see(lead, planId)).targets.map((one) => one.progress.actual)).toEqual((await see(li, planId)).targets.map((one) => one.progress.actual))
    const { items } = (await bank.ask(lead, listUnitPlans, { query: { period: 'MONTH' } })).body as unknown as { items: { staffName: string; state: string | null; targets: number }[] }
    expect(items[0]).toMatchObject({ staffName: li.name, state: 'SUBMITTED', targets: 4 })
    expect(items.slice(1).map((one) => [one.staffName, one.state])).toContainEqual([wang.name, null])
    expect(told(await judge(li, planId, 'CONFIRMED'))).toBe('not-allowed')
    expect(told(await judge(lead, planId, 'RETURNED'))).toBe('reason-missing')
    expect(told(await judge(lead, planId, 'RETURNED', '见面目标偏低'))).toBe('ok')
    expect(await linesOf(li)).toContain('PLAN_RETURNED 计划 2026-11 已退回')
  })

  test('changed and handed in again it is the second edition; what was dropped stays in the books', async () => {
    const { li, lead } = bank.staff
    const before = await see(li, planId)
    const [first] = before.targets
    expect(told(await bank.ask(li, savePlan, { params: { planId }, body: { direction: '稳住到期存款，多见面', targets: [{ id: first?.id, title: '核心客户见面', indicator: 'VISITS', target: '6', measure: '每周两户' }, target({ title: '培训', target: '3', unit: '次' })] } }))).toBe('ok')
    await bank.ask(li, submitPlan, { params: { planId } })
    expect(told(await judge(lead, planId, 'CONFIRMED', '同意，每周一看进度'))).toBe('ok')
    const plan = await see(li, planId)
    expect(plan).toMatchObject({ state: 'CONFIRMED', edition: 2, comment: '同意，每周一看进度', may: { save: { allowed: false, reason: 'confirmed-already' }, review: { allowed: false, reason: 'not-over' } } })
    expect(plan.targets.map((one) => [one.title, one.target])).toEqual([['核心客户见面', '6.00'], ['培训', '3.00']])
    expect((await bank.services.db.asBatch((tx) => tx.one(sql<{ all: number; dropped: number }>`SELECT count(*)::int AS all, count(dropped_on)::int AS dropped FROM work_plan_target WHERE plan_id = ${planId}`)))).toEqual({ all: 5, dropped: 3 })
  })

  test('what stays and what is new stand in the order in which they were written', async () => {
    const { wang } = bank.staff
    const id = newId()
    const [first, second] = [target({ title: '第一' }), target({ title: '第二' })]
    await make(wang, id, { targets: [first, second] })
    expect(told(await bank.ask(wang, savePlan, { params: { planId: id }, body: { direction: '稳住到期存款', targets: [first, second, target({ title: '第三' })] } }))).toBe('ok')
    expect((await see(wang, id)).targets.map(({ title }) => title)).toEqual(['第一', '第二', '第三'])
  })

  test('D-31 is done by it', async () => {
    expect(await bank.services.db.asBatch((tx) => tx.all(sql`SELECT duty_code, period_key, done_on, evidence FROM meetings_duty_done_facts WHERE staff_key = ${bank.staff.li.staffKey}`))).toEqual([{ duty_code: 'D-31', period_key: '2026-11', done_on: today, evidence: '月计划第 2 版已提交' }])
  })
})

describe('a plan of a week', () => {
  test('is written from appointments and whom to contact; what lies outside of the week or one’s sight is refused', async () => {
    const { li, wang } = bank.staff
    const left = await bank.customer({ name: '城南粮油商行', tier: 'T1' })
    const foreign = await bank.customer({ main: wang, name: '王凯的客户' })
    await bank.ask(li, planAppointment, { body: { id: newId(), customerId, day: '2026-11-25', from: '09:30', to: '10:30', kind: 'VISIT', subject: '旺季资金安排' } })
    const { suggested } = (await bank.ask(li, getMyPlan, { query: { period: 'WEEK' } })).body as unknown as { suggested: { items: { day: string; source: string; customerId: string; customerName: string; title: string; thingId: string; id: string }[] } }
    expect(suggested.items.map((one) => [one.day, one.source, one.customerName, one.title])).toEqual([['2026-11-25', 'APPOINTMENT', '汾河纺织有限公司', '09:30 旺季资金安排'], ['2026-11-27', 'CONTACT', '城南粮油商行', '核心客户本月未联系']])
    const items = suggested.items.map(({ id, day, source, thingId, customerId: of, title }) => ({ id, day, source, thingId, customerId: of, title }))
    const week = (more: Record<string, unknown>) => make(li, weekId, { period: 'WEEK', periodKey: '2026-W48', items, ...more })
    expect(told(await week({ items: [{ id: newId(), day: '2026-12-01', source: 'OWN', title: '走访' }] }))).toBe('day-outside')
    expect(told(await week({ items: [{ id: newId(), day: '2026-11-25', source: 'OWN', customerId: foreign, title: '走访' }] }))).toBe('customer-not-seen')
    expect(told(await week({ targets: [target({ indicator: 'DEPOSIT_GROWTH', target: '100' })] }))).toBe('indicator-not-for-period')
    expect(told(await week({}))).toBe('ok')
    expect((await see(li, weekId)).items.map((one) => one.done)).toEqual([false, false])
    await bank.ask(li, recordContact, { params: { customerId: left }, body: { id: newId(), mode: 'PHONE', replied: true, businessDate: today, summary: '约见' } })
    expect((await see(li, weekId)).items.map((one) => one.done)).toEqual([false, false])
  })
})

describe('at its end', () => {
  test('it is reviewed: the product’s figures are kept, the rest is told; what was not reached goes over into the next', async () => {
    const { li, lead } = bank.staff
    await bank.services.db.asBatch((tx) => moveBusinessDate(tx, '2026-12-01'))
    expect(await linesOf(li)).toContain('PLAN_REVIEW 总结计划 2026-11')
    const plan = await see(li, planId)
    const [visits, training] = plan.targets
    const review = (actuals: unknown[]) => bank.ask(li, reviewPlan, { params: { planId }, body: { review: '见面一户，其余约在十二月', actuals } })
    expect(told(await review([{ targetId: visits?.id, actual: '9' }]))).toBe('target-unknown')
    expect(told(await review([{ targetId: training?.id, actual: '3' }]))).toBe('ok')
    expect(told(await review([]))).toBe('reviewed-already')
    expect(told(await judge(lead, planId, 'RETURNED', '再改'))).toBe('reviewed-already')
    expect((await see(lead, planId)).targets.map((one) => [one.progress.actual, one.progress.light])).toEqual([['1.00', 'RED'], ['3.00', 'GREEN']])
    const next = (await bank.ask(li, getMyPlan, { query: { period: 'MONTH' } })).body as unknown as { periodKey: string; suggested: { direction: string; targets: { title: string; carriedFrom: string }[] } }
    expect(next.periodKey).toBe('2026-12')
    expect(next.suggested.targets.map((one) => [one.title, one.carriedFrom])).toEqual([['核心客户见面', visits?.id]])
    expect((await bank.ask(li, listMyPlans)).body).toMatchObject({ items: [{ periodKey: '2026-W48', targets: 1 }, { periodKey: '2026-11', targets: 2 }] })
  })

  test('as a workbook, alone and with the others of the line: figures are numbers, who fetched it stands in it, a line is left', async () => {
    const cells = async (sheet: string, answer: Awaited<ReturnType<SmallBank['ask']>>): Promise<string[][]> => {
      expect(answer.status).toBe(200)
      const read = await readWorkbook(answer.bytes, { sheet, mostRows: 100 })
      if (!read.ok) throw new Error(read.refusal.name)
      return read.value.map((row) => row.cells.map(({ text }) => text))
    }
    const own = await cells('目标', await bank.ask(bank.staff.li, getPlanSheet, { params: { planId } }))
    expect(own.flat().join(' ')).toMatch(/李晓雯（\d+） .* 导出，仅供工作计划审阅/)
    const line = await cells('工作计划', await bank.ask(bank.staff.lead, getUnitPlansSheet, { query: { key: '2026-11' } }))
    const { targets } = await see(bank.staff.lead, planId)
    expect(line.filter((row) => row[1] === '李晓雯').map((row) => [row[0], row[4], row[5], row[6]])).toEqual(targets.map((one) => ['城南网点', one.title, one.target === null ? '' : String(Number(one.target)), one.progress.actual === null ? '' : String(Number(one.progress.actual))]))
    expect(line.flat().join(' ')).toMatch(/陈立（\d+） .* 导出/)
    expect(told(await bank.ask(bank.staff.wang, getPlanSheet, { params: { planId } }))).toBe('not-found')
    expect(told(await bank.ask(bank.staff.li, getUnitPlansSheet, {}))).toBe('not-allowed')
    expect(told(await bank.ask(bank.staff.lead, getUnitPlansSheet, { query: { period: 'YEAR', key: '2026-11' } }))).toBe('period-unknown')
    const other = await cells('工作计划', await bank.ask(bank.staff.otherBranchHead, getUnitPlansSheet, { query: { key: '2026-11' } }))
    expect(other.some((row) => row[1] === '李晓雯')).toBe(false)
  })
  test('as a Word document with everything that stands in it; fetching leaves a line', async () => {
    const words = await unzipText((await bank.ask(bank.staff.lead, getPlanDocument, { params: { planId } })).bytes, 'word/document.xml')
    for (const part of ['月工作计划（2026-11）', '稳住到期存款，多见面', '核心客户见面', '6.00', '同意，每周一看进度', '见面一户，其余约在十二月']) expect(words).toContain(part)
    expect(await bank.look(`SELECT count(*)::int AS n FROM journal_line WHERE action = 'READ' AND why = '打印工作计划' AND table_name = 'work_plan' AND object_id = $1`, [planId])).toEqual([{ n: 1 }])
  })
})
