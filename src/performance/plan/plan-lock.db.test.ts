import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { newId } from '../../foundation/values/uuid7.ts'
import { payBank, type PayBank } from '../pay-bank-testing.ts'
import { advancePlans } from './advance-plans.ts'

// What the database itself refuses, past all code: steps are written as the roles that the application has.
let house: PayBank
const target = (figure: string, from = '2025-07-01', to = '2026-01-01') => JSON.stringify([{ indicator: 'DEPOSIT_INCREMENT', objectiveId: null, weight: '100.00', cls: 'OPERATING', target: figure, split: 'WHOLE', parts: [{ from, to, target: figure }], note: '', beside: {} }])

beforeAll(async () => {
  house = await payBank('2025-07-01')
  await house.put(`INSERT INTO post_held (key, staff_key, post_code, line_key, place_key, from_date, order_no) VALUES (901, $1, 'RM', 3, 3, '2025-10-16', '人调 12 号'), (902, $2, 'RM', 3, 3, '2025-10-16', '人调 13 号')`, [house.staff.an.key, house.staff.bo.key])
})
afterAll(() => house.drop())

async function plan({ from, to, follows }: { from: string; to: string; follows: string | null } = { from: '2025-07-01', to: '2026-01-01', follows: null }): Promise<string> {
  const id = newId()
  const { an, hr } = house.staff
  await house.put(`INSERT INTO appraisal_plan (id, scheme_code, year, from_date, to_date, unit_key, staff_key, post_key, holder_key, scope_path, made_by, made_on, follows_id) VALUES ($1, $2, 2025, $6, $7, 4, $3, $4, $3, '001.002.004', $5, '2025-06-20', $8)`, [id, `H${id.slice(-8).toUpperCase()}`, an.key, an.post, hr.key, from, to, follows])
  return id
}
type Step = Record<string, unknown>
/** A step written as the office, who may add any step in code; returns the constraint or right that refused it. */
async function step(planId: string, place: number, given: Step, role = 'yq_office', me = house.staff.hr.key): Promise<string> {
  const row: Step = { plan_id: planId, place, done_by: me, done_on: '2025-07-01', holder_key: house.staff.an.key, staff_key: house.staff.an.key, scope_path: '001.002.004', ...(given['targets'] === undefined ? {} : { targets_place: place }), ...(given['kept_place'] === undefined ? {} : { targets_place: given['kept_place'] }), ...given }
  const names = Object.keys(row)
  const client = await house.bank.db.connect()
  try {
    await client.query(`BEGIN; SET LOCAL ROLE ${role}; SET LOCAL app.me = '${me}'; SET LOCAL app.lo = '~'; SET LOCAL app.hi = '~'`)
    await client.query(`INSERT INTO plan_step (${names.join(', ')}) VALUES (${names.map((_, index) => `$${index + 1}`).join(', ')})`, Object.values(row))
    await client.query('COMMIT')
    return 'kept'
  } catch (error) {
    await client.query('ROLLBACK')
    const { constraint, code, message } = error as { constraint?: string; code?: string; message: string }
    return constraint ?? (code === '42501' ? 'no right' : message)
  } finally {
    client.release()
  }
}
/** A plan of 30,000,000 that both agreed to. */
async function locked(over?: { from: string; to: string; follows: string | null }): Promise<string> {
  const id = await plan(over)
  const { an, hr } = house.staff
  expect(await step(id, 1, { kind: 'DRAFT', state: 'DRAFT', targets: target('30000000.00', over?.from, over?.to) })).toBe('kept')
  expect(await step(id, 2, { kind: 'PROPOSE', state: 'NEGOTIATED', after_place: 1, after_state: 'DRAFT', kept_place: 1 })).toBe('kept')
  expect(await step(id, 3, { kind: 'AGREE', state: 'NEGOTIATED', after_place: 2, after_state: 'NEGOTIATED', kept_place: 1 }, 'yq_self', an.key)).toBe('kept')
  expect(await step(id, 4, { kind: 'LOCK', state: 'CONFIRMED', after_place: 3, after_state: 'NEGOTIATED', kept_place: 1, agreed_place: 3, agreed_kind: 'AGREE', agreed_by: an.key, version: 1 }, 'yq_office', hr.key)).toBe('kept')
  return id
}
const facts = async (id: string) => (await house.owner.query(`SELECT staff_key, indicator, from_date::text, to_date::text, target::text, plan_version FROM performance_plan_target_facts WHERE plan_id = $1`, [id])).rows as Record<string, unknown>[]

const wholeDays = async (id: string) => (await house.owner.query<{ from: string; days: number }>(`SELECT from_date::text AS from, whole_days AS days FROM performance_plan_whole_facts WHERE plan_id = $1 ORDER BY from_date`, [id])).rows.map(({ from, days }) => [from, days])

describe('a locked plan', () => {
  test('is told by its view only once both sides agreed', async () => {
    const id = await plan()
    await step(id, 1, { kind: 'DRAFT', state: 'DRAFT', targets: target('30000000.00') })
    expect(await facts(id)).toEqual([])
    expect(await facts(await locked())).toEqual([{ staff_key: house.staff.an.key, indicator: 'DEPOSIT_INCREMENT', from_date: '2025-07-01', to_date: '2026-01-01', target: '30000000.00', plan_version: 1 }])
  })

  test('takes no other targets, by no kind of step and from no role', async () => {
    const id = await locked()
    const lower = target('1.00')
    for (const kind of ['DRAFT', 'ASK_OTHER', 'ANSWER', 'PROPOSE', 'AGREE', 'START', 'SCORE', 'PAY']) {
      for (const state of ['DRAFT', 'NEGOTIATED', 'CONFIRMED', 'RUNNING']) {
        for (const role of ['yq_office', 'yq_batch', 'yq_all']) expect([kind, state, role, await step(id, 5, { kind, state, after_place: 4, after_state: 'CONFIRMED', targets: lower, version: 1 }, role)]).toEqual([kind, state, role, expect.stringMatching(/^plan_step_(check|plan_id)/)])
      }
    }
    // keeping the targets of another step, or naming a state that it never had, breaks a foreign key
    expect(await step(id, 5, { kind: 'START', state: 'RUNNING', after_place: 4, after_state: 'CONFIRMED', kept_place: 2, version: 1 })).toMatch(/fkey/)
    expect(await step(id, 5, { kind: 'ANSWER', state: 'NEGOTIATED', after_place: 4, after_state: 'NEGOTIATED', targets: lower })).toMatch(/fkey/)
    // a step beside the history: the place before must be the one before
    expect(await step(id, 9, { kind: 'ANSWER', state: 'NEGOTIATED', after_place: 3, after_state: 'NEGOTIATED', targets: lower })).toMatch(/check/)
    expect(await step(id, 4, { kind: 'ANSWER', state: 'NEGOTIATED', after_place: 3, after_state: 'NEGOTIATED', targets: lower })).toBe('plan_step_pkey')
  })

  test('begins as a draft: no plan is locked without having been negotiated', async () => {
    const id = await plan()
    for (const kind of ['PROPOSE', 'ASK_OTHER', 'ANSWER', 'AGREE', 'LOCK', 'TRANSFER', 'START', 'SCORE', 'FINISH', 'PAY']) {
      for (const state of ['NEGOTIATED', 'CONFIRMED', 'RUNNING', 'FINAL']) expect([kind, state, await step(id, 1, { kind, state, targets: target('1.00'), ...(state === 'NEGOTIATED' ? {} : { version: 1 }) })]).toEqual([kind, state, expect.stringMatching(/check/)])
    }
    expect(await step(id, 1, { kind: 'TRANSFER', state: 'CONFIRMED', targets: target('1.00'), version: 1, transfer_post_key: 901, transfer_staff_key: house.staff.an.key, order_no: '人调 12 号' })).toMatch(/check/)
  })

  test('has no row that anybody may change or remove', async () => {
    const { rows } = await house.owner.query(`SELECT r.role, t.name, p.kind FROM unnest(ARRAY['yq_self','yq_unit','yq_all','yq_opened','yq_office','yq_engine','yq_batch','yq_public','yq_compliance','yq_auditor']) r(role),
      unnest(ARRAY['plan_step','appraisal_plan','plan_acknowledgement','head_office_authorisation','group_motion','group_vote','group_decision','appraisal_group','qualitative_mark','calibrated_mark']) t(name), unnest(ARRAY['UPDATE','DELETE','TRUNCATE']) p(kind) WHERE has_table_privilege(r.role, t.name, p.kind)`)
    expect(rows).toEqual([])
  })

  test('is locked by two people, one of them the one who is appraised, to the same targets', async () => {
    const id = await plan()
    const { an, hr, hr2 } = house.staff
    await step(id, 1, { kind: 'DRAFT', state: 'DRAFT', targets: target('30000000.00') })
    await step(id, 2, { kind: 'PROPOSE', state: 'NEGOTIATED', after_place: 1, after_state: 'DRAFT', kept_place: 1 })
    await step(id, 3, { kind: 'AGREE', state: 'NEGOTIATED', after_place: 2, after_state: 'NEGOTIATED', kept_place: 1 }, 'yq_office', hr.key)
    const lock = (by: number, agreedBy: number, more: Step = {}) => step(id, 4, { kind: 'LOCK', state: 'CONFIRMED', after_place: 3, after_state: 'NEGOTIATED', kept_place: 1, agreed_place: 3, agreed_kind: 'AGREE', agreed_by: agreedBy, version: 1, ...more }, 'yq_office', by)
    expect(await lock(hr.key, hr.key)).toMatch(/check/)
    expect(await lock(hr2.key, hr.key)).toMatch(/check/)
    expect(await lock(an.key, hr2.key)).toMatch(/fkey/)
    expect(await lock(an.key, hr.key, { agreed_place: null, agreed_kind: null, agreed_by: null })).toMatch(/check/)
    // the ratee answers with another figure: the agreement to the former one counts no more
    expect(await step(id, 4, { kind: 'ASK_OTHER', state: 'NEGOTIATED', after_place: 3, after_state: 'NEGOTIATED', targets: target('28000000.00') }, 'yq_self', an.key)).toBe('kept')
    expect(await step(id, 5, { kind: 'LOCK', state: 'CONFIRMED', after_place: 4, after_state: 'NEGOTIATED', kept_place: 4, agreed_place: 3, agreed_kind: 'AGREE', agreed_by: hr.key, version: 1 }, 'yq_self', an.key)).toMatch(/fkey/)
  })

  test('changes by a transfer of that very person, once, by an order', async () => {
    const id = await locked()
    const moved = (more: Step) => step(id, 5, { kind: 'TRANSFER', state: 'CONFIRMED', after_place: 4, after_state: 'CONFIRMED', targets: target('17445652.17', '2025-07-01', '2025-10-16'), version: 2, ...more })
    expect(await moved({})).toMatch(/check/)
    expect(await moved({ transfer_post_key: 902, transfer_staff_key: house.staff.bo.key, order_no: '13' })).toMatch(/check/)
    expect(await moved({ transfer_post_key: 902, transfer_staff_key: house.staff.an.key, order_no: '13' })).toMatch(/fkey/)
    expect(await moved({ transfer_post_key: 901, transfer_staff_key: house.staff.an.key })).toMatch(/check/)
    expect(await moved({ transfer_post_key: 901, transfer_staff_key: house.staff.an.key, order_no: '人调 12 号' })).toBe('kept')
    expect(await facts(id)).toEqual([{ staff_key: house.staff.an.key, indicator: 'DEPOSIT_INCREMENT', from_date: '2025-07-01', to_date: '2025-10-16', target: '17445652.17', plan_version: 2 }])
    expect(await wholeDays(id)).toEqual([['2025-07-01', 184]])
    expect(await step(id, 6, { kind: 'TRANSFER', state: 'CONFIRMED', after_place: 5, after_state: 'CONFIRMED', targets: target('1.00'), version: 3, transfer_post_key: 901, transfer_staff_key: house.staff.an.key, order_no: '再次' })).toBe('plan_step_transfer')
  })

  test('a plan that follows another takes up the rest of its part, however many there are', async () => {
    const first = await locked()
    const second = await locked({ from: '2025-10-16', to: '2026-01-01', follows: first })
    expect(await wholeDays(second)).toEqual([['2025-10-16', 184]])
    expect(await wholeDays(await locked({ from: '2025-11-10', to: '2026-01-01', follows: second }))).toEqual([['2025-11-10', 184]])
    // one that goes on beyond it: from the begin of the first; a shorter one: the month in which it begins; one that follows nothing: its own days
    expect(await wholeDays(await locked({ from: '2025-10-16', to: '2026-04-01', follows: first }))).toEqual([['2025-10-16', 274]])
    expect(await wholeDays(await locked({ from: '2025-10-16', to: '2025-11-01', follows: first }))).toEqual([['2025-10-16', 31]])
    expect(await wholeDays(await locked({ from: '2025-10-01', to: '2026-01-01', follows: null }))).toEqual([['2025-10-01', 92]])
    await expect(locked({ from: '2025-10-16', to: '2026-01-01', follows: null })).rejects.toThrow('appraisal_plan_from_date_check')
    expect(await wholeDays(await plan())).toEqual([])
  })

  test('is written by everybody in his own name only, the ratee for himself', async () => {
    const id = await plan()
    expect(await step(id, 1, { kind: 'DRAFT', state: 'DRAFT', targets: target('1.00'), done_by: house.staff.hr.key }, 'yq_self', house.staff.an.key)).toBe('no right')
    expect(await step(id, 1, { kind: 'DRAFT', state: 'DRAFT', targets: target('1.00') }, 'yq_self', house.staff.bo.key)).toBe('no right')
    expect(await step(id, 1, { kind: 'DRAFT', state: 'DRAFT', targets: target('1.00') }, 'yq_unit', house.staff.lead.key)).toBe('no right')
  })
})

test('the day begins a locked plan, scores it when its last month is closed, opens the window and ends it; an open appeal holds the end', async () => {
  const id = await locked()
  const scheme = ((await house.owner.query(`SELECT scheme_code FROM appraisal_plan WHERE id = $1`, [id])).rows as { scheme_code: string }[])[0]?.scheme_code
  const on = async (day: string): Promise<unknown[]> => {
    await house.bank.db.asBatch((tx) => advancePlans(tx, newId(), day))
    return ((await house.owner.query(`SELECT kind, window_until::text AS until FROM plan_step WHERE plan_id = $1 AND place > 4 ORDER BY place`, [id])).rows as { kind: string; until: string | null }[]).map((row) => (row.until === null ? row.kind : `${row.kind} ${row.until}`))
  }
  expect(await on('2025-06-30')).toEqual([])
  expect([await on('2025-07-01'), await on('2025-07-02'), await on('2026-01-05')]).toEqual([['START'], ['START'], ['START']])
  await house.put(`INSERT INTO scheme (code, version, kind, from_date, name, name_en, terms, legal_basis) VALUES ($1, 1, 'BLOCKS', '2025-01-01', '百分', 'Hundred', '{}', '办法')`, [scheme])
  const run = newId()
  await house.put(`INSERT INTO settlement_run (id, month, scheme_code, scheme_version, currency, hash, people, facts, points, payable_fen, carry_out_fen, control, settled_on) VALUES ($1, '2025-12-01', $2, 1, 'CNY', 'x', 1, 0, 0, 0, 0, '{}', '2026-01-06')`, [run, scheme])
  await house.put(`INSERT INTO settled_month (month, scheme_code, run_id) VALUES ('2025-12-01', $1, $2)`, [scheme, run])
  await house.put(`INSERT INTO closed_month (month, scheme_code, run_id, closed_on) VALUES ('2025-12-01', $1, $2, '2026-01-07')`, [scheme, run])
  // five working days after Wednesday, 7 January 2026
  expect(await on('2026-01-07')).toEqual(['START', 'SCORE', 'OPEN_WINDOW 2026-01-14'])
  const [group, appeal] = [newId(), newId()]
  const { an, bo, chen, lead, hr, hr2 } = house.staff
  await house.put(`INSERT INTO appraisal_group (id, unit_key, name, chair_key, secretary_key, from_date, to_date, members, members_key, readers, made_by, made_on, reason) VALUES ($1, 1, '小组', $2, $2, '2025-01-01', '2027-01-01', '[]', $3, $3, $2, '2025-01-01', '换届')`, [group, hr.key, [hr.key, hr2.key, bo.key, chen.key, lead.key]])
  await house.put(`INSERT INTO appeal (id, number, staff_key, scheme_code, month, run_id, place, line_code, claim, group_id, opened_on, window_until, answer_by, late_on, later_on, leaders, scope_path) VALUES ($1, 'SS1', $2, $3, '2025-12-01', $4, 1, 'X', '理由', $5, '2026-01-08', '2026-01-14', '2026-01-22', '2026-01-23', '2026-01-27', '{}', '001')`, [appeal, an.key, scheme, run, group])
  expect(await on('2026-01-15')).toEqual(['START', 'SCORE', 'OPEN_WINDOW 2026-01-14'])
  await house.put(`INSERT INTO appeal_end (appeal_id, staff_key, result, reason, done_by, decided_on, late, scope_path) VALUES ($1, $2, 'WITHDRAWN', '撤回', $2, '2026-01-15', false, '001')`, [appeal, an.key])
  // the talk is due ten working days after the result is final
  expect(await on('2026-01-16')).toEqual(['START', 'SCORE', 'OPEN_WINDOW 2026-01-14', 'FINISH 2026-01-30'])
})

describe('marks and conduct events', () => {
  const mark = async (given: Partial<Record<string, unknown>>): Promise<string> => {
    const row = { id: newId(), staff_key: house.staff.an.key, scheme_code: 'HUNDRED', item: 'POLICY', month: '2025-07-01', mark: '88.00', text: null, evidence: '检查记录 3 号', given_by: house.staff.lead.key, given_on: '2025-07-31', scope_path: '001.002.004', ...given }
    try {
      await house.put(`INSERT INTO qualitative_mark (${Object.keys(row).join(', ')}) VALUES (${Object.keys(row).map((_, index) => `$${index + 1}`).join(', ')})`, Object.values(row))
      return row.id
    } catch (error) {
      return (error as { constraint?: string }).constraint ?? 'refused'
    }
  }
  test('nobody marks himself, an extreme mark needs its text, evidence is there, one mark for an item and month; the calibrated one counts', async () => {
    const { an } = house.staff
    expect(await mark({ given_by: an.key })).toMatch(/check/)
    for (const extreme of ['95.01', '59.99', '100', '0']) expect([extreme, await mark({ mark: extreme })]).toEqual([extreme, expect.stringMatching(/check/)])
    for (const wrong of ['-0.01', '100.01']) expect([wrong, await mark({ mark: wrong, text: '说明说明说明说明说明' })]).toEqual([wrong, expect.stringMatching(/check/)])
    expect(await mark({ evidence: '无' })).toMatch(/check/)
    const id = await mark({ mark: '97.00', text: '全年无差错，三次获分行通报表扬' })
    expect(await mark({})).toMatch(/key$/)
    const counted = async () => (await house.owner.query(`SELECT mark::text, mark_id, decided_on::text FROM performance_mark_facts WHERE staff_key = $1`, [an.key])).rows
    expect(await counted()).toEqual([{ mark: '97.00', mark_id: id, decided_on: '2025-07-31' }])
  })
  test('a conduct event counts when a second person confirmed it, and has a class', async () => {
    const { bo } = house.staff
    const counted = async () => (await house.owner.query(`SELECT staff_key, month::text, class FROM performance_gate_event_facts ORDER BY class`)).rows
    await house.form({ indicator: 'CONDUCT_EVENT', staff: bo.key, month: '2025-07', grade: 'RED', object: '代客户保管密码', confirmed: false })
    expect(await counted()).toEqual([])
    await house.form({ indicator: 'CONDUCT_EVENT', staff: bo.key, month: '2025-07', grade: 'AMBER', object: '未双人见证签字' })
    expect(await counted()).toEqual([{ staff_key: bo.key, month: '2025-07-01', class: 'AMBER' }])
    await expect(house.form({ indicator: 'CONDUCT_EVENT', staff: bo.key, month: '2025-07', grade: 'PASS', object: '未双人见证签字' })).rejects.toThrow('indicator_fact_conduct')
  })
})
