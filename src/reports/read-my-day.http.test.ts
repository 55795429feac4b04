import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { statementsOf } from '../../tests/support/count-statements.ts'
import { smallBank, today, type Colleague, type SmallBank } from '../../tests/support/small-bank.ts'
import { listDueContacts } from '../contact-plan/coverage.contract.ts'
import { addDays } from '../foundation/values/business-date.ts'
import { newId } from '../foundation/values/uuid7.ts'
import { makePlan, submitPlan } from '../meetings/work-plan.contract.ts'
import { routes } from '../routes.ts'
import { listMaturities } from '../watch/maturity.contract.ts'
import { readMyDay, type AgendaLine } from './my-day.contract.ts'

let bank: SmallBank
let steel: string
let shop: string
let foreign: string
const alertId = newId()
beforeAll(async () => {
  bank = await smallBank(routes)
  const { li, qian, lead } = bank.staff
  steel = await bank.customer({ main: li, name: '太原北方钢铁贸易有限公司' })
  shop = await bank.customer({ main: li, name: '晋源商店', tier: 'T3' })
  foreign = await bank.customer({ main: qian, name: '城西建材有限公司' })
  const contact = (customerId: string, who: Colleague, day: string, action: string | null, next: string | null) => bank.look(`
    INSERT INTO contact (customer_id, id, staff_key, mode, business_date, in_person, effective, entered_on, late, summary, next_action, next_on, policy_version, scope_path, viewers)
    SELECT customer_id, $2, $3, 'PHONE', $4, false, true, $4, false, '例行', $5, $6, '1', scope_path, viewers FROM customer WHERE customer_id = $1`, [customerId, newId(), who.staffKey, day, action, next])
  await contact(steel, li, '2026-11-12', '送授信方案', addDays(today, -1))
  await contact(foreign, qian, '2026-11-12', '送回单', today)
  await bank.look('INSERT INTO planned_contact (customer_id, id, staff_key, planned_on, subject, made_by, made_on) VALUES ($1, $2, $3, $4, $5, $3, $6)', [shop, newId(), li.staffKey, addDays(today, 7), '年底走访', today])
  const alert = (id: string, kind: string, about: string, due: string | null, silenced: string | null, detail: object) => bank.look(`
    INSERT INTO alert (customer_id, id, kind, about, raised_on, due_on, amount_fen, detail, limit_version, owner_key, silenced_until, silence_reason, silenced_by, scope_path, viewers)
    SELECT customer_id, $2, $3, $4, '2026-11-22', $5, 620000000, $6, '1', main_staff_key, $7, CASE WHEN $7::date IS NULL THEN NULL ELSE '已知' END, CASE WHEN $7::date IS NULL THEN NULL ELSE main_staff_key END, scope_path, viewers FROM customer WHERE customer_id = $1`, [steel, id, kind, about, due, JSON.stringify(detail), silenced])
  await alert(alertId, 'MOVEMENT_OUT', 'a', today, null, { day: '2026-11-22' })
  await alert(newId(), 'OUTFLOW', 'b', today, today, {})                      // silent to the end of today
  await alert(newId(), 'MATURITY', 'c', addDays(today, 8), null, { nameZh: '定期存款', nameEn: 'Time deposit' })
  await alert(newId(), 'GAP', 'd', null, null, { nameZh: '未签代发' })           // has no day
  await bank.look("INSERT INTO maturity (customer_id, id, source, kind, object_key, name_zh, name_en, amount_fen, ends_on, result, result_on, result_by, scope_path, viewers) SELECT c.customer_id, gen_random_uuid(), 'holdings', 'TIME_DEPOSIT', m.n::text, '定期存款', 'Time deposit', m.fen, m.ends, m.result, CASE WHEN m.result IS NULL THEN NULL ELSE date '2026-11-01' END, CASE WHEN m.result IS NULL THEN NULL ELSE c.main_staff_key END, c.scope_path, c.viewers FROM customer c JOIN (VALUES (1, 100::bigint, date '2026-11-23', NULL), (2, 30, '2026-12-23', NULL), (3, 5, '2026-12-24', NULL), (4, 7, '2026-11-20', NULL), (5, 9, '2026-11-25', 'RENEWED'), (6, NULL, '2026-11-30', NULL)) m(n, fen, ends, result) ON true WHERE c.customer_id = $1", [steel])
  const task = (customerId: string | null, title: string, owner: Colleague, state = 'GIVEN') => bank.look(`
    INSERT INTO assigned_task (id, group_id, title, content, source, priority, given_by, given_on, owner_key, customer_id, due_on, evidence_asked, state, viewers)
    VALUES (gen_random_uuid(), gen_random_uuid(), $1, '要求', 'LEADER', 'USUAL', $2, $3, $4, $5, $3, '名单', $6, ARRAY[$2, $4]::int[])`, [title, lead.staffKey, today, owner.staffKey, customerId, state])
  await task(null, '整理名单', li)
  await task(foreign, '联系城西建材', li)
  await task(null, '待确认的任务', bank.staff.wang, 'REPORTED')
  await bank.look(`INSERT INTO duty_instance (id, duty_code, duty_version, staff_key, holder_key, period_key, opens_on, due_on, due_time, state, scope_path) SELECT gen_random_uuid(), code, version, $1, $1, 'p1', $2, $2, '17:30', 'OPEN', '001.001.001' FROM duty_kind WHERE to_date IS NULL ORDER BY code LIMIT 1`, [li.staffKey, today])
})
afterAll(() => bank.close())

type Day = { lines: AgendaLine[]; more: boolean; done: { customerName: string }[]; ends: { count: number; amountFen: string }; withoutResult: number; warnings: number; deposits: unknown }
const dayOf = async (who: Colleague): Promise<Day> => (await bank.ask(who, readMyDay)).body as unknown as Day
const told = (day: Day) => day.lines.map((line) => `${line.dueOn.slice(5)}${line.dueTime === null ? '' : ` ${line.dueTime}`} ${line.kind} ${line.verb} ${line.customer?.name ?? '-'} ${line.title?.zh ?? '?'}`)

describe('my day', () => {
  test('what waits by its day, each with its verb; silent, later and undated things are not there', async () => {
    const [duty] = await bank.look<{ name: string }>("SELECT d.name FROM duty_kind d JOIN duty_instance i ON i.duty_code = d.code AND i.duty_version = d.version WHERE i.period_key = 'p1'")
    expect(told(await dayOf(bank.staff.li))).toEqual([
      '11-22 PROMISE RECORD 太原北方钢铁贸易有限公司 送授信方案', `11-23 17:30 DUTY OPEN - ${duty?.name}`, '11-23 MOVEMENT_OUT CALL 太原北方钢铁贸易有限公司 2026-11-22 转出', expect.stringMatching(/^11-23 TASK OPEN - (整理名单|\?)$/), expect.stringMatching(/^11-23 TASK OPEN - (整理名单|\?)$/),
      '11-30 PLANNED_CONTACT RECORD 晋源商店 年底走访',
    ])
  })
  test('a task about a customer whom he may not see tells neither title nor customer', async () => {
    const hidden = (await dayOf(bank.staff.li)).lines.filter((line) => line.kind === 'TASK' && line.title === null)
    expect(hidden).toMatchObject([{ customer: null, amountFen: null, address: null }])
    expect(JSON.stringify(await dayOf(bank.staff.li))).not.toContain('城西建材')
  })
  test('who gave a task is told when it waits for his word; a colleague has none of it', async () => {
    expect(told(await dayOf(bank.staff.lead)).filter((line) => line.includes('待确认'))).toHaveLength(1)
    expect(told(await dayOf(bank.staff.wang))).toEqual([])
    expect(told(await dayOf(bank.staff.qian))).toEqual(['11-23 PROMISE RECORD 城西建材有限公司 送回单'])
  })
  test('each figure is the number of rows that it opens', async () => {
    const { li } = bank.staff
    const day = await dayOf(li)
    expect(day).toMatchObject({ ends: { count: 3, amountFen: '130' }, withoutResult: 1, warnings: 0, deposits: null, done: [] })
    const rows = async (view: string) => (await bank.ask(li, listMaturities, { query: { view, managerKey: li.staffKey } })).body.items ?? []
    const soon = await rows('NEXT_30')
    expect([soon.length, soon.reduce((sum, row) => sum + BigInt(String(row['amountFen'] ?? '0')), 0n).toString()]).toEqual([day.ends.count, day.ends.amountFen])
    expect((await rows('OVERDUE')).length).toBe(day.withoutResult)
  })
  test('the plan of the month stands there with what the product works out of it, once it was handed in', async () => {
    const { li } = bank.staff
    expect((await bank.ask(li, readMyDay)).body['plan']).toBeNull()
    const id = newId()
    const target = (indicator: string | null, title: string, wanted: string | null) => ({ id: newId(), indicator, title, target: wanted, measure: '每周两次集中走访' })
    const made = await bank.ask(li, makePlan, { body: { id, period: 'MONTH', periodKey: today.slice(0, 7), direction: '稳住基础客户', targets: [target('CONTACTS', '有效联系', '4'), target('COVERAGE_PCT', '覆盖率', '100'), target(null, '参加培训', null)] } })
    expect([made.status, (await bank.ask(li, readMyDay)).body['plan']]).toEqual([200, null])
    await bank.ask(li, submitPlan, { params: { planId: id } })
    expect((await bank.ask(li, readMyDay)).body['plan']).toMatchObject({ firstDay: '2026-11-01', lastDay: '2026-11-30', confirmed: false, targets: [{ title: '有效联系', indicator: 'CONTACTS', target: '4.00', actual: '1' }, { title: '覆盖率', indicator: 'COVERAGE_PCT', actual: null }] })
    expect((await bank.ask(bank.staff.wang, readMyDay)).body['plan']).toBeNull()
  })
  test('a substitute finds what waits for the absent, with his name, as far as he sees the customer', async () => {
    const { li, wang } = bank.staff
    await bank.look("INSERT INTO substitution (id, absent_key, substitute_key, from_date, until_date, customers, reason, state, asked_by, asked_on, policy_version, scope_path, viewers) VALUES (gen_random_uuid(), $1, $2, $3, $3, 'ALL', '休假', 'CONFIRMED', $1, $3, '1', '001.001.001', ARRAY[$1, $2]::int[])", [li.staffKey, wang.staffKey, today])
    expect(told(await dayOf(wang)).filter((line) => line.includes('PROMISE'))).toEqual([])
    for (const table of ['customer', 'contact', 'alert']) await bank.look(`UPDATE ${table} SET viewers = viewers || $2::int WHERE customer_id = $1`, [steel, wang.staffKey])
    const lines = (await dayOf(wang)).lines
    expect(lines.map((line) => [line.kind, line.standsInFor])).toEqual(expect.arrayContaining([['PROMISE', '李晓雯'], ['MOVEMENT_OUT', '李晓雯']]))
  })
  test('the day and whom to contact cost three statements, whatever stands in them', async () => {
    await dayOf(bank.staff.li)
    const ran = await statementsOf(bank.services, async () => {
      await dayOf(bank.staff.li)
      await bank.ask(bank.staff.li, listDueContacts)
    })
    expect(ran).toEqual(['WITH', 'WITH', 'SELECT'])
  })
  test.each(['lobby', 'placeHead', 'reviewer', 'compliance', 'aml', 'hr', 'admin'] as const)('%s: not allowed', async (who) => {
    expect((await bank.ask(bank.staff[who], readMyDay)).body.refusal).toBe('not-allowed')
  })
})
