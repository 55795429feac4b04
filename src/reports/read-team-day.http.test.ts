import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { statementsOf } from '../../tests/support/count-statements.ts'
import { smallBank, today, type Colleague, type SmallBank } from '../../tests/support/small-bank.ts'
import { getCoverage, getCoverageToday } from '../contact-plan/coverage.contract.ts'
import { addDays } from '../foundation/values/business-date.ts'
import { getDepositView } from '../holdings/holdings.contract.ts'
import { routes } from '../routes.ts'
import { listAlerts, listMovements } from '../watch/alert.contract.ts'
import { getPlan } from '../meetings/work-plan.contract.ts'
import { listMaturities } from '../watch/maturity.contract.ts'
import { newId } from '../foundation/values/uuid7.ts'
import { recordContact } from '../visits/contact.contract.ts'
import { listCommitments } from './commitments.contract.ts'
import { readTeamDay, type TeamDay, type TeamMember } from './team-day.contract.ts'

let bank: SmallBank
beforeAll(async () => {
  bank = await smallBank(routes)
  const { li, wang, qian } = bank.staff
  const [first, second, foreign] = [await bank.customer({ main: li }), await bank.customer({ main: wang }), await bank.customer({ main: qian })]
  const had = (who: Colleague, customerId: string, more: Record<string, unknown>) => bank.ask(who, recordContact, { params: { customerId }, body: { id: newId(), mode: 'PHONE', summary: '例行电话', ...more } })
  await had(li, first, { businessDate: '2026-11-23' })
  await had(li, first, { businessDate: '2026-11-23', mode: 'GREETING' })
  await had(li, first, { businessDate: '2026-10-30' })
  await had(wang, second, { businessDate: '2026-11-10', nextAction: '送方案', nextOn: '2026-11-20' })
  await had(qian, foreign, { businessDate: '2026-11-23' })
  // the next step is the task of somebody else; what nobody did in half a year is no longer told
  const third = await bank.customer({ main: li, assist: wang })
  await had(li, third, { businessDate: '2026-11-11', nextAction: '寄资料', nextOn: '2026-11-20' })
  await bank.look('UPDATE contact SET next_owner_key = $2 WHERE customer_id = $1', [third, wang.staffKey])
  const fourth = await bank.customer({ main: li })
  await had(li, fourth, { businessDate: '2026-11-11', nextAction: '回访', nextOn: '2026-11-20' })
  await bank.look(`UPDATE contact SET business_date = '2026-05-10', next_on = '2026-05-20' WHERE customer_id = $1`, [fourth])
  const alert = (customerId: string, kind: string, about: string, silenced: string | null) => bank.look(`
    INSERT INTO alert (customer_id, id, kind, about, raised_on, due_on, amount_fen, detail, limit_version, owner_key, silenced_until, silence_reason, silenced_by, scope_path, viewers)
    SELECT customer_id, $2, $3, $4, '2026-11-22', '2026-11-23', 620000000, '{}', '1', main_staff_key, $5, CASE WHEN $5::date IS NULL THEN NULL ELSE '已知' END, CASE WHEN $5::date IS NULL THEN NULL ELSE main_staff_key END, scope_path, viewers FROM customer WHERE customer_id = $1`, [customerId, newId(), kind, about, silenced])
  const moved = (customerId: string, day: string) => bank.look(`
    INSERT INTO movement (customer_id, id, day, in_fen, out_fen, threshold_fen, limit_version, listed_in, listed_out, adb_fen, balance_after_fen, counterparties, scope_path, viewers)
    SELECT customer_id, gen_random_uuid(), $2, 0, 620000000, 500000000, '1', false, true, 0, 0, '[]', scope_path, viewers FROM customer WHERE customer_id = $1`, [customerId, day])
  for (const [customerId, day] of [[first, '2026-11-22'], [second, '2026-11-22'], [foreign, '2026-11-22'], [first, '2026-11-19']] as const) await moved(customerId, day)
  await alert(first, 'MOVEMENT_OUT', '2026-11-22', null)
  await alert(foreign, 'MOVEMENT_OUT', '2026-11-22', null)
  await alert(first, 'MOVEMENT_OUT', '2026-11-19', null)
  await alert(second, 'BELOW_BASE', 'b', null)
  await alert(first, 'BELOW_BASE', 'b', today)
  for (const [customerId, n, day, result] of [[first, 1, '2026-11-29', null], [first, 2, '2026-11-30', null], [second, 3, today, 'RENEWED'], [second, 4, '2026-11-20', null], [foreign, 5, '2026-11-20', null]] as const) {
    await bank.look(`INSERT INTO maturity (customer_id, id, source, kind, object_key, name_zh, name_en, amount_fen, ends_on, result, result_on, result_by, scope_path, viewers)
      SELECT customer_id, gen_random_uuid(), 'holdings', 'TIME_DEPOSIT', $2, '定期存款', 'Time deposit', 100, $3, $4, CASE WHEN $4::text IS NULL THEN NULL ELSE date '2026-11-23' END, CASE WHEN $4::text IS NULL THEN NULL ELSE main_staff_key END, scope_path, viewers FROM customer WHERE customer_id = $1`, [customerId, String(n), day, result])
  }
})
afterAll(() => bank.close())

const members = async (who: Colleague): Promise<TeamMember[]> => (await bank.ask(who, readTeamDay)).body['members'] as TeamMember[]

describe('the team’s day', () => {
  test('people of the line, who has promises past their day first, with what they did', async () => {
    expect((await members(bank.staff.lead)).map(({ name, today, month, overdue }) => [name, today, month, overdue])).toEqual([['王凯', 0, 1, 2], ['李晓雯', 2, 2, 0]])
  })
  test('a head of the branch sees the outlets below, not the other branch; the bank’s leader all; a manager himself', async () => {
    const names = async (who: Colleague) => (await members(who)).map((member) => member.name).sort()
    expect(await names(bank.staff.branchHead)).toEqual(['李晓雯', '王凯', '赵敏'].sort())
    expect(await names(bank.staff.otherBranchHead)).toEqual(['钱进'])
    expect(await names(bank.staff.leader)).toEqual(['李晓雯', '王凯', '赵敏', '钱进'].sort())
    expect(await names(bank.staff.li)).toEqual(['李晓雯'])
  })
  test.each(['lead', 'branchHead', 'otherBranchHead', 'leader'] as const)('each figure is the number of rows of the list that it opens: %s', async (who) => {
    const reader = bank.staff[who]
    const { body } = await bank.ask(reader, readTeamDay)
    const counted = async (...asked: Parameters<typeof bank.ask> extends [unknown, ...infer Rest] ? Rest : never) => (await bank.ask(reader, ...asked)).body['count'] as unknown
    const told = (value: unknown) => ({ value, exact: true })
    expect(await counted(listMovements, { query: { open: 'true' } })).toEqual(told(body['movements']))
    expect(await counted(listAlerts, { query: { kind: 'BELOW_BASE' } })).toEqual(told(body['warnings']))
    expect(await counted(listMaturities, { query: { view: 'THIS_WEEK' } })).toEqual(told(body['endsThisWeek']))
    expect(await counted(listMaturities, { query: { view: 'OVERDUE' } })).toEqual(told(body['withoutResult']))
    for (const { staffKey, overdue } of body['members'] as TeamMember[]) expect(await counted(listCommitments, { query: { whose: 'SCOPE', view: 'OVERDUE', kind: 'NEXT_STEP', staffKey: String(staffKey) } })).toEqual(told(overdue))
  })
  test('what waits of movements, warnings and ends, in the reader’s line only', async () => {
    expect((await bank.ask(bank.staff.branchHead, readTeamDay)).body).toMatchObject({ movements: 1, warnings: 1, endsThisWeek: 2, withoutResult: 1 })
    expect((await bank.ask(bank.staff.leader, readTeamDay)).body).toMatchObject({ movements: 2, warnings: 1, endsThisWeek: 2, withoutResult: 2 })
  })
  test('the head’s own tasks stand there as on my day', async () => {
    const { branchHead } = bank.staff
    await bank.look(`
      INSERT INTO assigned_task (id, group_id, title, content, source, priority, given_by, given_on, owner_key, customer_id, due_on, evidence_asked, state, viewers)
      VALUES (gen_random_uuid(), gen_random_uuid(), '季度通报', '要求', 'LEADER', 'USUAL', $1, $3, $2, NULL, $3, '名单', 'GIVEN', ARRAY[$1, $2]::int[])`, [bank.staff.leader.staffKey, branchHead.staffKey, addDays(today, 1)])
    expect((await bank.ask(branchHead, readTeamDay)).body['lines']).toMatchObject([{ kind: 'TASK', title: { zh: '季度通报' }, dueOn: addDays(today, 1) }])
  })
  test('coverage of the morning is that of the month, by units and people', async () => {
    const { branchHead } = bank.staff
    const { body } = await bank.ask(branchHead, getCoverageToday)
    const by = async (group: string) => (await bank.ask(branchHead, getCoverage, { query: { by: group } })).body
    expect(body['units']).toEqual({ by: 'OUTLET', rows: (await by('OUTLET'))['rows'] })
    expect([body['managers'], body['total']]).toEqual([(await by('MANAGER'))['rows'], (await by('MANAGER'))['total']])
    expect((await bank.ask(bank.staff.lead, getCoverageToday)).body).toMatchObject({ units: null })
  })
  test('growth of deposits against the plans of the line: the sum is that of its people, each as his plan tells it, and of nobody else', async () => {
    const { li, wang, qian, lead, branchHead, leader } = bank.staff
    const plans = new Map<number, string>()
    const plan = async (who: Colleague, target: string, state: string, period = 'MONTH'): Promise<void> => {
      const id = newId()
      if (period === 'MONTH') plans.set(who.staffKey, id)
      await bank.look(`INSERT INTO work_plan (id, staff_key, period, period_key, first_day, last_day, direction, state, submitted_on, confirmed_on, made_on, scope_path)
        SELECT $1, $2, $4, CASE $4 WHEN 'MONTH' THEN '2026-11' ELSE '2026-Q4' END, CASE $4 WHEN 'MONTH' THEN date '2026-11-01' ELSE date '2026-10-01' END, CASE $4 WHEN 'MONTH' THEN date '2026-11-30' ELSE date '2026-12-31' END, '抓到期', $3, CASE $3 WHEN 'DRAFT' THEN NULL ELSE date '2026-11-03' END, CASE $3 WHEN 'CONFIRMED' THEN date '2026-11-04' END, '2026-11-02', line_path
        FROM organisation_post_facts WHERE staff_key = $2 AND to_date IS NULL LIMIT 1`, [id, who.staffKey, state, period])
      await bank.look(`INSERT INTO work_plan_target (id, plan_id, place, title, indicator, target_value, measure, staff_key, scope_path) SELECT gen_random_uuid(), id, 0, '存款净增', 'DEPOSIT_GROWTH', $2, '到期承接', staff_key, scope_path FROM work_plan WHERE id = $1`, [id, target])
    }
    const sums = (who: Colleague, balance: string, begin: string) => bank.look(`
      INSERT INTO deposit_sum (id, as_of, staff_key, line_path, place_key, balance, yesterday, month_begin, quarter_begin, year_begin, month_sum, year_sum, last_year_sum, last_month_sum, loan)
      SELECT gen_random_uuid(), '2026-11-22', staff_key, line_path, place_key, $2, 0, $3, 0, 0, 0, 0, 0, 0, 0 FROM organisation_post_facts WHERE staff_key = $1 AND to_date IS NULL LIMIT 1`, [who.staffKey, balance, begin])
    expect((await bank.ask(branchHead, readTeamDay)).body['growth']).toBeNull()
    // in fen times percent: 300.00 more and 40.005 less, in 10,000 yuan
    for (const [who, balance, begin] of [[li, '90000000000', '60000000000'], [wang, '10000000000', '14000500000'], [qian, '70000000000', '10000000000']] as const) await sums(who, balance, begin)
    await plan(li, '400', 'CONFIRMED')
    await plan(li, '9999', 'CONFIRMED', 'QUARTER')
    await plan(wang, '100', 'SUBMITTED')
    await plan(qian, '50', 'CONFIRMED')
    const day = async (who: Colleague) => (await bank.ask(who, readTeamDay)).body as unknown as TeamDay
    expect((await day(branchHead)).growth).toEqual({ firstDay: '2026-11-01', lastDay: '2026-11-30', target: '500.00', actual: '259.99', planned: 2, people: 3 })
    expect((await day(lead)).growth).toMatchObject({ target: '500.00', actual: '259.99', planned: 2, people: 2 })
    expect((await day(leader)).growth).toMatchObject({ target: '550.00', actual: '859.99', planned: 3, people: 4 })
    for (const who of [branchHead, lead, leader]) {
      const { growth, members: shown } = await day(who)
      const rows = shown.flatMap((member) => (member.growth === null ? [] : [member]))
      expect([rows.length, rows.reduce((sum, { growth: one }) => sum + Number(one?.actual), 0).toFixed(2)]).toEqual([growth?.planned, growth?.actual])
      for (const { staffKey, growth: one } of rows) {
        const { body } = await bank.ask(who, getPlan, { params: { planId: plans.get(staffKey) ?? '' } })
        expect((body['plan'] as unknown as { targets: { target: string; progress: { actual: string } }[] }).targets).toMatchObject([{ target: one?.target, progress: { actual: one?.actual } }])
      }
    }
    await bank.look(`UPDATE work_plan SET state = 'DRAFT', submitted_on = NULL WHERE staff_key = $1`, [wang.staffKey])
    expect((await day(lead)).growth).toMatchObject({ target: '400.00', actual: '300.00', planned: 1 })
  })
  test('a head’s home costs three statements', async () => {
    const home = () => Promise.all([readTeamDay, getCoverageToday, getDepositView].map((part) => bank.ask(bank.staff.branchHead, part)))
    await home()
    expect(await statementsOf(bank.services, home)).toEqual(['WITH', 'WITH', 'WITH'])
  })
  test.each(['lobby', 'placeHead', 'reviewer', 'compliance', 'aml', 'hr', 'admin'] as const)('%s: not allowed', async (who) => {
    expect((await bank.ask(bank.staff[who], readTeamDay)).body.refusal).toBe('not-allowed')
  })
})
