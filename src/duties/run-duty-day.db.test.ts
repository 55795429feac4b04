import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { smallBank, today, type SmallBank } from '../../tests/support/small-bank.ts'
import { moveBusinessDate } from '../deliveries/add-bank.ts'
import { add, change } from '../foundation/store/store.ts'
import { addDays } from '../foundation/values/business-date.ts'
import { newId } from '../foundation/values/uuid7.ts'
import { remindLeaders } from '../contact-plan/remind-leaders.ts'
import { raiseGreetings } from '../messages/raise-greetings.ts'
import { dutyTable } from './duty-table.ts'
import { runDutyDay } from './run-duty-day.ts'

let bank: SmallBank
beforeAll(async () => {
  bank = await smallBank([])
})
afterAll(() => bank.close())

type Owed = { duty_code: string; staff_key: number; holder_key: number; period_key: string; due_on: string; state: string; wanted: number | null; met: number | null; moved_why: string | null }
const owed = (where: string, values: unknown[] = []): Promise<Owed[]> => bank.look(`SELECT duty_code, staff_key, holder_key, period_key, due_on::text, state, wanted, met, moved_why FROM duty_instance WHERE ${where} ORDER BY duty_code, staff_key, period_key`, values)
const run = (day: string) => runDutyDay(bank.services.db, day)
const to = (day: string) => bank.services.db.asBatch((tx) => moveBusinessDate(tx, day))

describe('a day of the duties', () => {
  test('every duty of the specification is a row; those that cannot run say what is missing', async () => {
    await run(today)
    const rows = await bank.look<{ code: string; missing: string | null }>('SELECT code, missing FROM duty_kind ORDER BY code')
    // fifty, and those of them that come at several times once more for each
    expect(rows.map(({ code }) => code).filter((code) => /\d$/.test(code))).toEqual(Array.from({ length: 50 }, (_, place) => `D-${String(place + 1).padStart(2, '0')}`))
    expect(rows.map(({ code }) => code).filter((code) => !/\d$/.test(code))).toEqual(['D-06H', 'D-10A', 'D-30E', 'D-31Q', 'D-31Y', 'D-35Y', 'D-37H', 'D-37Y', 'D-48E'])
    expect(rows.filter(({ missing }) => missing === null).map(({ code }) => code)).toEqual(dutyTable.filter((row) => row.missing === undefined).map((row) => row.code))
  })

  test('each person who holds the post owes it, once; run again, or two at once, nothing is new', async () => {
    const daily = await owed(`duty_code = 'D-01'`)
    expect(daily.map((row) => row.staff_key).sort()).toEqual([bank.staff.li, bank.staff.wang, bank.staff.zhao, bank.staff.qian].map((one) => one.staffKey).sort())
    expect(daily.every((row) => row.period_key === today && row.due_on === today && row.state === 'OPEN')).toBe(true)
    const before = await owed('true')
    const again = await Promise.all([run(today), run(today), run(today)])
    expect(again.map(({ made }) => made)).toEqual([0, 0, 0])
    expect(await owed('true')).toEqual(before)
    expect(await bank.look(`SELECT staff_key, count(*)::int AS n FROM duty_digest WHERE day = $1 GROUP BY 1 HAVING count(*) > 1`, [today])).toEqual([])
  })

  test('contacts are counted: one row a manager however many customers; met is done, and open again when a customer is added', async () => {
    const { li } = bank.staff
    const first = await bank.customer({ main: li })
    await run(today)
    expect(await owed(`duty_code = 'D-03'`)).toMatchObject([{ staff_key: li.staffKey, period_key: '2026-11', due_on: '2026-11-30', wanted: 1, met: 0, state: 'OPEN' }])
    await bank.services.db.asBatch((tx) => add(tx, 'contact', {
      customer_id: first, id: newId(), staff_key: li.staffKey, mode: 'VISIT', business_date: today, in_person: true, effective: true, entered_on: today, late: false, summary: '走访', policy_version: '1', scope_path: '001', viewers: [li.staffKey],
    }, { why: 'test' }))
    await run(today)
    expect(await owed(`duty_code = 'D-03'`)).toMatchObject([{ wanted: 1, met: 1, state: 'DONE' }])
    await bank.customer({ main: li, name: '太原第二家有限公司' })
    await run(today)
    expect(await owed(`duty_code = 'D-03'`)).toMatchObject([{ wanted: 2, met: 1, state: 'OPEN' }])
  })

  test('a large movement, an end that draws near and a key event ask the manager; what is answered in the room of the thing is done', async () => {
    const { li } = bank.staff
    const customerId = await bank.customer({ main: li, name: '太原第三家有限公司' })
    const alert = async (kind: string, due: string, detail: object) => {
      const id = newId()
      await bank.look(`
        INSERT INTO alert (customer_id, id, kind, about, raised_on, due_on, amount_fen, detail, limit_version, owner_key, scope_path, viewers)
        SELECT customer_id, $2::uuid, $3, $2::uuid::text, $4, $5, 1000000, $6, '1', main_staff_key, scope_path, viewers FROM customer WHERE customer_id = $1`, [customerId, id, kind, today, due, JSON.stringify(detail)])
      return id
    }
    const movement = await alert('MOVEMENT_OUT', today, {})
    const deposit = await alert('MATURITY', addDays(today, 7), { what: 'TIME_DEPOSIT' })
    await alert('MATURITY', addDays(today, 7), { what: 'LOAN' })
    const event = newId()
    await bank.look(`INSERT INTO key_event (customer_id, id, kind, day, note, noted_by, noted_on) VALUES ($1, $2, 'MAJOR_CONTRACT', $3, '签订大单', $4, $3)`, [customerId, event, today, li.staffKey])
    await run(today)
    const told = async () => (await bank.look<{ duty_code: string; due: string; state: string; customer_id: string }>(`SELECT duty_code, due_on || ' ' || coalesce(due_time, '') AS due, state, customer_id FROM duty_instance WHERE customer_id = $1 ORDER BY duty_code`, [customerId])).map((row) => `${row.duty_code} ${row.due.trim()} ${row.state}`)
    expect(await told()).toEqual(['D-05 2026-11-25 OPEN', 'D-15 2026-11-23 OPEN', 'D-49 2026-11-24 12:00 OPEN'])
    await bank.look(`UPDATE alert SET contacted_on = $2, reason_code = 'SEASONAL' WHERE id = $1`, [movement, today])
    await bank.services.db.asBatch((tx) => add(tx, 'contact', {
      customer_id: customerId, id: newId(), staff_key: li.staffKey, mode: 'PHONE', purpose: 'MATURITY', business_date: today, in_person: false, effective: true, entered_on: today, late: false, summary: '谈到期', policy_version: '1', scope_path: '001', viewers: [li.staffKey],
    }, { why: 'test' }))
    await run(today)
    expect(await told()).toEqual(['D-05 2026-11-25 OPEN', 'D-15 2026-11-23 DONE', 'D-49 2026-11-24 12:00 DONE'])
    // on the agenda they stand as what they are, not once more as duties
    const agenda = await bank.look<{ title_zh: string }>(`SELECT title_zh FROM duties_agenda_facts WHERE customer_id = $1`, [customerId])
    expect(agenda.map((row) => row.title_zh)).toEqual(['提醒领导走访重点客户'])
    await bank.look('DELETE FROM alert WHERE id = $1', [deposit])
  })
  test('a need that cannot be met is to be sent up within two working days; sent up it is done, and the nearest lead finds what he has to answer', async () => {
    const { li, lead, outletHead, branchHead } = bank.staff
    const customerId = await bank.customer({ main: li, name: '太原第四家有限公司' })
    const [card, need, other] = [newId(), newId(), newId()]
    await bank.look(`INSERT INTO need_card (customer_id, id, number, staff_key, surveyed_on, channel, entered_on, scope_path, viewers) SELECT customer_id, $2, 'XQ-T', $3, $4, 'VISIT', $4, scope_path, viewers FROM customer WHERE customer_id = $1`, [customerId, card, li.staffKey, today])
    const cannot = (id: string, day: string, by: string) => bank.look(`
      INSERT INTO need (customer_id, id, card_id, place, domain, description, urgency, told_as, state, state_on, state_by, cannot_since, escalate_by, escalate_owner_key, scope_path, viewers)
      SELECT customer_id, $2, $3, 0, 'OTHER', '现金管理平台', 'NOW', 'STATED', 'CANNOT', $5, $4, $5, $6, $4, scope_path, viewers FROM customer WHERE customer_id = $1`, [customerId, id, card, li.staffKey, day, by])
    await cannot(need, today, addDays(today, 2))
    // declined by the upper level: the clock does not run again
    await cannot(other, today, today)
    await run(today)
    const told = async () => (await bank.look<{ due_on: string; state: string; evidence: string | null }>(`SELECT due_on::text, state, evidence FROM duty_instance WHERE customer_id = $1 AND duty_code = 'D-22'`, [customerId])).map((row) => `${row.due_on} ${row.state} ${row.evidence ?? ''}`.trim())
    expect(await told()).toEqual(['2026-11-25 OPEN'])
    await bank.look(`INSERT INTO need_escalation (customer_id, id, need_id, reason, escalated_by, escalated_on, late, answer_by, scope_path, viewers) SELECT customer_id, $2, $3, '请分行协调', $4, $5, false, $6, scope_path, viewers FROM customer WHERE customer_id = $1`, [customerId, newId(), need, li.staffKey, today, '2026-11-30'])
    await run(today)
    expect(await told()).toEqual(['2026-11-25 DONE 需求已上报，上级 2026-11-30 前答复'])
    expect(await bank.look(`SELECT staff_key, kind, due_on::text FROM visits_needs_agenda_facts WHERE customer_id = $1 ORDER BY staff_key`, [customerId])).toEqual([lead, outletHead].map((one) => ({ staff_key: one.staffKey, kind: 'NEED_UP', due_on: '2026-11-30' })))
    // not answered in time: who waits, who should have answered, and the next above are told, once
    const late = () => bank.look<{ staff_key: number }>(`SELECT staff_key FROM visits_needs_notice_facts WHERE customer_id = $1`, [customerId])
    expect(await late()).toEqual([])
    await bank.look(`UPDATE need_escalation SET answer_by = $2 WHERE customer_id = $1`, [customerId, addDays(today, -1)])
    expect((await late()).map((row) => row.staff_key).sort()).toEqual([li, lead, outletHead, branchHead].map((one) => one.staffKey).sort())
    await bank.look('DELETE FROM need_escalation WHERE customer_id = $1', [customerId])
  })
  test('ten working days before the period ends the manager asks the leader, once; who was visited by one is not asked for, and a visit ends what is open', async () => {
    const { li, outletHead } = bank.staff
    const remind = (day: string) => bank.services.db.asBatch((tx) => remindLeaders(tx, day, newId()))
    const core = await bank.customer({ main: li, tier: 'T1', name: '太原第五家有限公司' })
    const visited = await bank.customer({ main: li, tier: 'T1', name: '太原第六家有限公司' })
    const visit = (customerId: string, who: number, day: string) => bank.services.db.asBatch((tx) => add(tx, 'contact', {
      customer_id: customerId, id: newId(), staff_key: li.staffKey, mode: 'VISIT', business_date: day, in_person: true, effective: true, our_people: [who], entered_on: day, late: false, summary: '走访', policy_version: '1', scope_path: '001', viewers: [li.staffKey],
    }, { why: 'test' }))
    await visit(visited, outletHead.staffKey, '2026-08-03')
    await visit(core, li.staffKey, '2026-08-03')
    const reminded = () => bank.look<{ customer_id: string; day: string }>('SELECT customer_id, day::text FROM leader_reminder WHERE customer_id = ANY($1::uuid[])', [[core, visited]])
    // 31 December less ten working days: 17 December
    await remind('2026-12-16')
    expect(await reminded()).toEqual([])
    await remind('2026-12-17')
    await remind('2026-12-18')
    expect(await reminded()).toEqual([{ customer_id: core, day: '2026-12-17' }])
    await bank.look('UPDATE leader_reminder SET day = $2 WHERE customer_id = $1', [core, today])
    await run(today)
    const told = async () => (await bank.look<{ told: string }>(`SELECT duty_code || ' ' || due_on || ' ' || state AS told FROM duty_instance WHERE customer_id = $1 AND duty_code = 'D-05'`, [core])).map((row) => row.told)
    expect(await told()).toEqual(['D-05 2026-11-25 OPEN'])
    await visit(core, outletHead.staffKey, today)
    await run(today)
    expect(await told()).toEqual(['D-05 2026-11-25 DONE'])
    await bank.look('DELETE FROM leader_reminder')
  })
  test('the working day before a holiday and on a birthday who has customers that may be greeted is asked to; what the peer took is done', async () => {
    const { li, wang } = bank.staff
    const raise = (day: string) => bank.services.db.asBatch((tx) => raiseGreetings(tx, day))
    const person = async (name: string, consent: 'HELD' | 'WITHDRAWN' | 'NONE', who = li, born = '1980-11-23') => {
      const customerId = await bank.customer({ main: who, kind: 'PERSON', tier: 'T3', name })
      await bank.look('INSERT INTO person (customer_id, birth_date) VALUES ($1, $2) ON CONFLICT (customer_id) DO UPDATE SET birth_date = excluded.birth_date', [customerId, born])
      if (consent !== 'NONE') await bank.look(`INSERT INTO consent (customer_id, id, consent_for, stated_purpose, given_on, proof, ended_on, end_reason) VALUES ($1, $2, 'MARKETING', '问候', '2026-01-05', 'PAPER', $3, $4)`, [customerId, newId(), consent === 'HELD' ? null : '2026-06-01', consent === 'HELD' ? null : '来函'])
      return customerId
    }
    const born = await person('王生日', 'HELD')
    await person('赵撤回', 'WITHDRAWN')
    await person('钱未同意', 'NONE', wang)
    await person('孙改日', 'HELD', li, '1980-12-24')
    const silent = await person('李勿扰', 'HELD')
    await bank.look('INSERT INTO customer_file (customer_id, no_messages) VALUES ($1, true) ON CONFLICT (customer_id) DO UPDATE SET no_messages = true', [silent])
    // 1 January 2027 is a Friday: the working day before is the last of the year; asked once
    expect([await raise('2026-12-30'), await raise('2026-12-31'), await raise('2027-01-01')]).toEqual([0, 1, 0])
    expect(await bank.look('SELECT occasion, day::text FROM greeting_day')).toEqual([{ occasion: 'NEW_YEAR 2027', day: '2026-12-31' }])
    await bank.look('UPDATE greeting_day SET day = $1', [today])
    await run(today)
    const told = async () => (await bank.look<{ staff_key: number; customer_id: string | null; state: string; evidence: string | null }>(`SELECT staff_key, customer_id, due_on || ' ' || due_time || ' ' || state AS state, evidence FROM duty_instance WHERE duty_code = 'D-13' ORDER BY customer_id NULLS FIRST`))
    expect(await told()).toEqual([null, born].map((customerId) => ({ staff_key: li.staffKey, customer_id: customerId, state: '2026-11-23 12:00 OPEN', evidence: null })))
    const [template, batch] = [newId(), newId()]
    await bank.look(`INSERT INTO message_template (id, code, name, kind, channel, content, from_date, entered_by, entered_on) VALUES ($1, 'T', '试', 'BIRTHDAY', 'SMS', '生日快乐', '2026-01-01', $2, '2026-01-01')`, [template, li.staffKey])
    await bank.look(`INSERT INTO message_batch (id, template_id, staff_key, occasion, send_on, policy_version, state, entered_on, scope_path, viewers) VALUES ($1, $2, $3, 'BIRTHDAY', $4, '1', 'APPROVED', $4, '001', '{}')`, [batch, template, li.staffKey, today])
    const message = (customerId: string, occasion: string, state: string) => bank.look(`
      INSERT INTO message (id, batch_id, customer_id, staff_key, channel, occasion, send_on, until_day, from_time, to_time, state, reason, scope_path, viewers) VALUES ($1, $2, $3, $4, 'SMS', $5, $6, $6, '09:00', '12:00', $7, CASE WHEN $7 = 'FAILED' THEN 'REFUSED' END, '001', '{}')`, [newId(), batch, customerId, li.staffKey, occasion, today, state])
    await message(born, `BIRTHDAY ${today}`, 'FAILED')
    await message(born, 'NEW_YEAR 2027', 'ACCEPTED')
    await message(silent, 'NEW_YEAR 2027', 'DELIVERED')
    await run(today)
    expect((await told()).map(({ state, evidence }) => `${state} ${evidence ?? ''}`.trim())).toEqual(['2026-11-23 12:00 DONE 节日问候已发 2 条，送达回执 1 条', '2026-11-23 12:00 OPEN'])
    await message(born, `BIRTHDAY ${today}`, 'DELIVERED')
    await run(today)
    expect((await told()).map(({ state, evidence }) => `${state} ${evidence ?? ''}`.trim())).toEqual(['2026-11-23 12:00 DONE 节日问候已发 2 条，送达回执 1 条', '2026-11-23 12:00 DONE 生日问候已送达'])
    await bank.look('DELETE FROM greeting_day')
  })
  test('a deposit or wealth product that is due asks the manager to check by the next working day; its result is the check', async () => {
    const { li, wang } = bank.staff
    const customerId = await bank.customer({ main: li, name: '太原第七家有限公司' })
    const ends = async (kind: string, day: string, result: string | null = null) => {
      const id = newId()
      await bank.look(`INSERT INTO maturity (customer_id, id, source, kind, object_key, name_zh, name_en, amount_fen, currency, ends_on, result, result_on, scope_path, viewers)
        SELECT customer_id, $2::uuid, 'holdings', $3, $2::uuid::text, '定期存款', 'Time deposit', 1000000, 'CNY', $4, $5, $6, scope_path, viewers FROM customer WHERE customer_id = $1`, [customerId, id, kind, day, result, result === null ? null : day])
      return id
    }
    const due = await ends('TIME_DEPOSIT', today)
    const other = await ends('WEALTH', today)
    for (const [kind, day, result] of [['LOAN', today, null], ['TIME_DEPOSIT', addDays(today, 1), null], ['WEALTH', today, 'RENEWED']] as const) await ends(kind, day, result)
    await run(today)
    const told = async () => (await bank.look<{ told: string }>(`SELECT due_on || ' ' || state || coalesce(' ' || evidence, '') AS told FROM duty_instance WHERE customer_id = $1 AND duty_code = 'D-14' ORDER BY 1`, [customerId])).map((row) => row.told)
    expect(await told()).toEqual(['2026-11-24 OPEN', '2026-11-24 OPEN'])
    // whoever enters the result has checked: the manager of today owes it no more
    await bank.look(`UPDATE maturity SET result = 'PAID', result_on = $2, result_by = $3 WHERE id = $1`, [due, today, wang.staffKey])
    await bank.look(`UPDATE maturity SET result = 'MOVED', result_on = $2, result_by = $3 WHERE id = $1`, [other, today, li.staffKey])
    await run(today)
    expect(await told()).toEqual(['2026-11-24 DONE 到期兑付已核对：已兑付', '2026-11-24 DONE 到期兑付已核对：转为行内其他产品'])
    await bank.look('DELETE FROM maturity WHERE customer_id = $1', [customerId])
  })
  test('a duty of several times: the lobby is checked at opening and at midday, plans are of the month, the quarter and the year, each proved by its own', async () => {
    const { lobby, wang } = bank.staff
    expect((await bank.look<{ told: string }>(`SELECT duty_code || ' ' || due_on || ' ' || due_time AS told FROM duty_instance WHERE staff_key = $1 AND duty_code LIKE 'D-10%' AND period_key = $2 ORDER BY 1`, [lobby.staffKey, today])).map((row) => row.told))
      .toEqual(['D-10 2026-11-23 13:00', 'D-10A 2026-11-23 09:00'])
    const plan = (id: string, period: string, key: string, first: string, last: string) => bank.look(`INSERT INTO work_plan (id, staff_key, period, period_key, first_day, last_day, direction, state, submitted_on, made_on, scope_path) VALUES ($1, $2, $3, $4, $5, $6, '抓到期承接', 'SUBMITTED', $7, $7, '001')`, [id, wang.staffKey, period, key, first, last, today])
    const plans = [newId(), newId(), newId()] as const
    await plan(plans[0], 'QUARTER', '2026-Q4', '2026-10-01', '2026-12-31')
    await plan(plans[1], 'YEAR', '2026', '2026-01-01', '2026-12-31')
    await plan(plans[2], 'WEEK', '2026-W48', '2026-11-23', '2026-11-29')
    // as if the bank had begun before the quarter
    await bank.look(`INSERT INTO duty_instance (id, duty_code, duty_version, staff_key, holder_key, period_key, opens_on, due_on, state, scope_path)
      SELECT uuid7(), code, 1, $1, $1, key, '2026-10-01', '2026-11-30', 'OPEN', '001' FROM (VALUES ('D-31', '2026-11'), ('D-31Q', '2026-Q4'), ('D-31Y', '2026')) v (code, key) ON CONFLICT DO NOTHING`, [wang.staffKey])
    await run(today)
    expect((await bank.look<{ told: string }>(`SELECT duty_code || ' ' || state || coalesce(' ' || evidence, '') AS told FROM duty_instance WHERE staff_key = $1 AND duty_code LIKE 'D-31%' ORDER BY 1`, [wang.staffKey])).map((row) => row.told).filter((one) => !one.startsWith('D-31 ')))
      .toEqual(['D-31Q DONE 季计划第 1 版已提交', 'D-31Y DONE 年计划第 1 版已提交'])
    await bank.look(`DELETE FROM duty_instance WHERE staff_key = $1 AND duty_code LIKE 'D-31%'`, [wang.staffKey])
    await bank.look('DELETE FROM work_plan WHERE id = ANY($1::uuid[])', [plans])
  })

  test('a customer who rose is surveyed within thirty days, and his need card proves it; a change of identity asks for the file', async () => {
    const { li, wang } = bank.staff
    const customerId = await bank.customer({ main: li, name: '太原第八家有限公司', tier: 'T3', tierSince: '2026-01-01' })
    await bank.look(`UPDATE tier_held SET to_date = $2 WHERE customer_id = $1`, [customerId, today])
    await bank.look(`INSERT INTO tier_held (customer_id, id, tier, from_date) VALUES ($1, uuid7(), 'T1', $2)`, [customerId, today])
    const change = async (state: string) => bank.look(`INSERT INTO identity_change (customer_id, id, field, state, old_text, new_text, proof, reason, proposed_by, proposed_on, proposed_post, decided_by, decided_on, scope_path, viewers)
      SELECT customer_id, uuid7(), 'NAME', $2, name, '太原新名有限公司', '营业执照', '更名', $3, $4, 'RM', CASE WHEN $2 = 'WITHDRAWN' THEN NULL ELSE $5::int END, $4, scope_path, viewers FROM customer WHERE customer_id = $1`, [customerId, state, li.staffKey, today, wang.staffKey])
    await change('CONFIRMED')
    await change('WITHDRAWN')
    await run(today)
    const told = async () => (await bank.look<{ told: string }>(`SELECT duty_code || ' ' || due_on || ' ' || state || coalesce(' ' || done_on || ' ' || evidence, '') AS told FROM duty_instance WHERE customer_id = $1 ORDER BY 1`, [customerId])).map((row) => row.told)
    expect(await told()).toEqual(['D-06 2026-12-23 OPEN', 'D-30E 2026-12-07 OPEN'])
    const card = (number: string, on: string, voided: boolean) => bank.look(`INSERT INTO need_card (customer_id, id, number, staff_key, surveyed_on, channel, entered_on, voided_on, void_reason, scope_path, viewers)
      SELECT customer_id, uuid7(), $2, $3, $4, 'VISIT', $5, $6, $7, scope_path, viewers FROM customer WHERE customer_id = $1`, [customerId, number, wang.staffKey, on, today, voided ? today : null, voided ? '录错' : null])
    // one of before, or one that was voided, proves nothing
    await card('XQ-1', '2026-11-20', false)
    await card('XQ-2', today, true)
    await run(today)
    expect((await told())[0]).toBe('D-06 2026-12-23 OPEN')
    await card('XQ-3', today, false)
    await run(today)
    expect((await told())[0]).toBe('D-06 2026-12-23 DONE 2026-11-23 需求卡 XQ-3')
    for (const table of ['need_card', 'identity_change', 'duty_instance']) await bank.look(`DELETE FROM ${table} WHERE customer_id = $1`, [customerId])
  })

  test('a duty that waited for a capability runs once it has come; what the bank changed stays', async () => {
    await bank.look(`UPDATE duty_kind SET missing = '试验' WHERE code IN ('D-05', 'D-49')`)
    await run(today)
    expect(await bank.look(`SELECT code, missing, address FROM duty_kind WHERE code IN ('D-05', 'D-49') ORDER BY code`)).toEqual([{ code: 'D-05', missing: null, address: null }, { code: 'D-49', missing: null, address: '/movements' }])
    expect(await bank.look(`SELECT count(*)::int AS n FROM duty_kind WHERE missing IS NOT NULL`)).toEqual([{ n: dutyTable.filter((row) => row.missing !== undefined).length }])
  })

  test('the next day: what was not done is missed and told to the superior, what is due today to the person; a weekend asks for nothing', async () => {
    const { li, lead } = bank.staff
    await to(addDays(today, 1))
    await run(addDays(today, 1))
    expect((await owed(`duty_code = 'D-01' AND staff_key = $1`, [li.staffKey])).map((row) => `${row.period_key} ${row.state}`)).toEqual(['2026-11-23 MISSED', '2026-11-24 OPEN'])
    const [digest] = await bank.look<{ lines: { kind: string; code: string; n: number }[] }>(`SELECT lines FROM duty_digest WHERE day = $1 AND staff_key = $2`, [addDays(today, 1), lead.staffKey])
    expect(digest?.lines).toContainEqual(expect.objectContaining({ kind: 'TEAM_LATE', code: 'D-01', n: 2 }))
    // from Tuesday to Sunday in one step: Wednesday to Friday, no Saturday, no Sunday
    await to('2026-11-29')
    await run('2026-11-29')
    expect((await owed(`duty_code = 'D-01' AND staff_key = $1`, [li.staffKey])).map((row) => row.period_key)).toEqual(['2026-11-23', '2026-11-24', '2026-11-25', '2026-11-26', '2026-11-27'])
    const digests = await bank.look<{ n: number }>(`SELECT count(*)::int AS n FROM duty_digest GROUP BY staff_key, day ORDER BY 1 DESC LIMIT 1`)
    expect(digests).toEqual([{ n: 1 }])
  })

  test('who leaves: his superior holds what was open; with no lead the next above, in the end the head of the bank', async () => {
    const { wang, lead, leader } = bank.staff
    await bank.services.db.asOffice((tx) => change(tx, 'employment', { staff_key: wang.staffKey, from_date: '2020-01-01' }, { to_date: '2026-11-30' }, { why: 'test' }))
    await to('2026-11-30')
    await run('2026-11-30')
    const his = await owed(`staff_key = $1 AND state IN ('OPEN', 'PLANNED')`, [wang.staffKey])
    expect(his.length).toBeGreaterThan(0)
    expect(new Set(his.map((row) => `${row.holder_key} ${row.moved_why ?? ''}`))).toEqual(new Set([`${lead.staffKey} LEFT`]))
    // he is not asked for anything new
    expect(await owed(`staff_key = $1 AND period_key = '2026-11-30'`, [wang.staffKey])).toEqual([])
    await bank.services.db.asOffice(async (tx) => {
      for (const one of [bank.staff.lead, bank.staff.outletHead, bank.staff.branchHead]) await change(tx, 'employment', { staff_key: one.staffKey, from_date: '2020-01-01' }, { to_date: '2026-12-01' }, { why: 'test' })
    })
    await to('2026-12-01')
    await run('2026-12-01')
    expect(new Set((await owed(`staff_key = $1 AND state IN ('OPEN', 'PLANNED')`, [wang.staffKey])).map((row) => row.holder_key))).toEqual(new Set([leader.staffKey]))
  })

  test('a month that ended with more than a tenth missed is told to the head of the branch, or who stands for him', async () => {
    const [digest] = await bank.look<{ lines: { kind: string; code: string }[] }>(`SELECT lines FROM duty_digest WHERE day = '2026-12-01' AND staff_key = $1`, [bank.staff.leader.staffKey])
    expect(digest?.lines.map((line) => `${line.kind} ${line.code}`)).toContain('MISSED_SHARE D-01')
  })

  test('a year that the calendar does not know stops only what needs it, and says which day', async () => {
    await to('2026-12-31')
    await run('2026-12-31')
    await to('2027-01-04')
    const done = await run('2027-01-04')
    expect(done.calendarLacks?.slice(0, 4)).toBe('2027')
    expect(await owed(`duty_code = 'D-01' AND period_key = '2027-01-04'`)).toEqual([])
    expect((await owed(`duty_code = 'D-37' AND period_key = '2027'`)).length).toBeGreaterThan(0)
    // entered and confirmed, the days that were left out are made
    const id = newId()
    await bank.services.db.asOffice(async (tx) => {
      await add(tx, 'calendar_year', { id, year: 2027, basis: '通知', entered_by: bank.staff.hr.staffKey, entered_on: '2027-01-04', confirmed_by: bank.staff.admin.staffKey, confirmed_on: '2027-01-04', confirmed_at: new Date() }, { why: 'test' })
      await add(tx, 'calendar_span', { year_id: id, from_day: '2027-01-01', to_day: '2027-01-03', kind: 'OFF', name: '元旦' }, { why: 'test' })
    })
    await to('2027-01-06')
    expect((await run('2027-01-06')).calendarLacks).toBeNull()
    for (const day of ['2027-01-04', '2027-01-05', '2027-01-06']) expect((await owed(`duty_code = 'D-01' AND period_key = $1`, [day])).length).toBeGreaterThan(0)
    expect(await owed(`duty_code = 'D-01' AND period_key = '2027-01-03'`)).toEqual([])
  })
})
