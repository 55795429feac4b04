import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { installScheme } from './install-scheme-version.ts'
import { payBank, type PayBank } from './pay-bank-testing.ts'
import { settleScheme, type Settlement } from './settle-one-month.ts'

// An is a manager at team A1 until 10 May and at branch B from the 11th; bo is one and becomes its supervisor on 21 June; chen comes from the audit on 16 April. Their customers are handed over on the day. Amounts in fen.
let house: PayBank
const yi = 1_000_000_00
beforeAll(async () => {
  house = await payBank()
  await house.bank.db.asOffice((tx) => installScheme(tx, { code: 'POINTS', from: '2020-01-01' }))
  const { an, bo, chen, other } = house.staff
  const move = async (person: { key: number; post: number }, on: string, post: string, unit: number, key: number): Promise<void> => {
    await house.put(`UPDATE post_held SET to_date = $2 WHERE key = $1`, [person.post, on])
    await house.put(`INSERT INTO post_held (key, staff_key, post_code, line_key, place_key, from_date) VALUES ($1, $2, $3, $4, $4, $5)`, [key, person.key, post, unit, on])
  }
  await move(an, '2025-05-11', 'RM', 3, 901)
  await move(bo, '2025-06-21', 'TEAM_LEAD', 4, 902)
  await house.put(`UPDATE post_held SET post_code = 'AUDIT', to_date = '2025-04-16' WHERE key = $1`, [chen.post])
  await house.put(`INSERT INTO post_held (key, staff_key, post_code, line_key, place_key, from_date) VALUES (903, $1, 'RM', 4, 4, '2025-04-16')`, [chen.key])
  // the old customer grows by 2 million until the end of April; the new one had 10 million when he came and grows by 1 million until the end of May and by another in June
  const old = await house.customer()
  await house.assign(old, an.key, '100', '2024-01-01', '2025-05-11')
  await house.assign(old, other.key, '100', '2025-05-11')
  const lent = (customer: string, spans: readonly (readonly [string, string | null, number])[]) => house.loan(customer, { amount: spans[0]?.[2] ?? 0, paidOut: '2024-01-05', matures: '2028-01-05', term: 48, product: 'L201', spans: [...spans] })
  await lent(old, [['2024-01-05', '2025-04-20', 5 * yi], ['2025-04-20', null, 7 * yi]])
  const met = await house.customer()
  await house.assign(met, other.key, '100', '2024-01-01', '2025-05-11')
  await house.assign(met, an.key, '100', '2025-05-11')
  await lent(met, [['2024-01-05', '2025-05-20', 10 * yi], ['2025-05-20', '2025-06-15', 11 * yi], ['2025-06-15', null, 12 * yi]])
  const third = await house.customer()
  await house.assign(third, chen.key, '100', '2025-04-16')
  await lent(third, [['2024-01-05', '2025-06-10', 3 * yi], ['2025-06-10', null, 4 * yi]])
  for (const [staff, month, value] of [[an, '2025-01', '24000000.00'], [an, '2025-06', '12000000.00'], [chen, '2025-05', '6000000.00'], [bo, '2025-06', '1000000.00']] as const) await house.form({ indicator: 'NET_GROWTH_TARGET', staff: staff.key, month, value })
})
afterAll(() => house.drop())

const settle = async (month: string): Promise<Settlement> => {
  const outcome = await settleScheme(house.bank, { month, scheme: 'POINTS', dryRun: false })
  if (!outcome.ok) throw new Error(outcome.refusal.name)
  return outcome.value
}
type Line = { code: string; measured_fen: string | null; money_fen: string | null; facts: number; detail: Record<string, string | null> }
const linesOf = async (month: string, staff: number, like: string): Promise<Line[]> => (await house.owner.query<Line>(
  `SELECT l.code, l.measured_fen, l.money_fen, l.facts, l.detail FROM pay_line l JOIN settled_month m ON m.run_id = l.run_id WHERE m.month = $1 AND l.staff_key = $2 AND l.code ~ $3 ORDER BY place`, [`${month}-01`, staff, like])).rows
const growth = async (month: string, staff: number) => (await linesOf(month, staff, 'NET_GROWTH$')).map(({ code, measured_fen, facts, detail: { f, passed, since, targetFen, weighed } }) => ({ code, actual: measured_fen, facts, f, ...(passed == null ? {} : { passed }), ...(since == null ? {} : { since }), ...(targetFen == null ? {} : { target: targetFen }), ...(weighed == null ? {} : { weighed }) }))

describe('the growth since January of who was transferred (decision 0062)', () => {
  test('before the transfer: of the year, against the months that passed', async () => {
    await settle('2025-04')
    expect(await growth('2025-04', house.staff.an.key)).toEqual([{ code: 'NET_GROWTH', actual: String(2 * yi), facts: 3, f: '0.2500', target: String(24 * yi) }])
  })
  test('in the month of the transfer: each post by its own days, the factor weighted by days', async () => {
    await settle('2025-05')
    // 2 of 24 million in 4 + 10 ÷ 31 months: 0.2313; 1 of 24 million in 21 ÷ 31 of a month: 0.7381
    expect(await growth('2025-05', house.staff.an.key)).toEqual([
      { code: '1#NET_GROWTH', actual: String(2 * yi), facts: 3, f: '0.2313', passed: '4 + 10 ÷ 31', target: String(24 * yi) },
      { code: '2#NET_GROWTH', actual: String(yi), facts: 3, f: '0.7381', passed: '21 ÷ 31', since: '2025-05-11', target: String(24 * yi) },
      { code: 'NET_GROWTH', actual: null, facts: 0, f: '0.5746', weighed: '0.2313 × 10 + 0.7381 × 21' },
    ])
  })
  test('afterwards: since the day of the transfer, of the customers who came then, by the target of the new post', async () => {
    await settle('2025-06')
    expect(await growth('2025-06', house.staff.an.key)).toEqual([{ code: 'NET_GROWTH', actual: String(2 * yi), facts: 3, f: '1.1923', passed: '1 + 21 ÷ 31', since: '2025-05-11', target: String(12 * yi) }])
    // what he had before is not taken from what he has now: without a beginning the growth would be 7 million (12 now, 5 then)
  })
  test('from a post that the scheme does not pay: what he found is no growth', async () => {
    expect(await growth('2025-06', house.staff.chen.key)).toEqual([{ code: 'NET_GROWTH', actual: String(yi), facts: 3, f: '0.8000', passed: '2 + 15 ÷ 30', since: '2025-04-16', target: String(6 * yi) }])
  })
  test('the months are the same when they are settled again, and their control reports tie', async () => {
    for (const month of ['2025-05', '2025-06']) expect(await settle(month)).toMatchObject({ unchanged: true, control: { ties: true } })
  })
})

describe('a supervisor of a part of the month (3.1)', () => {
  const team = async (staff: number): Promise<Line[]> => linesOf('2025-06', staff, '^TEAM$')
  test('ten of thirty days: 800 × coefficient × 10 ÷ 30; who was one on all days is paid whole', async () => {
    const { bo, lead, chen } = house.staff
    await house.form({ indicator: 'TEAM_TARGET', staff: bo.key, month: '2025-06', value: '100' })
    await house.form({ indicator: 'TEAM_TARGET', staff: lead.key, month: '2025-06', value: '100' })
    const customer = await house.customer()
    await house.assign(customer, chen.key, '100', '2025-01-01')
    for (let n = 0; n < 4; n++) await house.loan(customer, { amount: 1_000_000, paidOut: `2025-06-0${n + 1}`, matures: '2026-06-01', term: 12 })
    await settle('2025-06')
    const points = (await team(lead.key))[0]?.detail['teamPoints']
    const coefficient = (await team(lead.key))[0]?.detail['coefficient']
    expect((await team(lead.key))[0]?.detail['days']).toBeUndefined()
    expect(await team(bo.key)).toMatchObject([{ detail: { teamPoints: points, coefficient, days: '10', wholeDays: '30' } }])
    expect(Number((await team(bo.key))[0]?.money_fen)).toBe(Math.round(Number((await team(lead.key))[0]?.money_fen) / 3))
    const { rows: [row] } = await house.owner.query<{ steps: { code: string; value: string; terms: unknown[] }[] }>(`SELECT s.steps FROM pay_statement s JOIN settled_month m ON m.run_id = s.run_id WHERE m.month = '2025-06-01' AND s.staff_key = $1`, [bo.key])
    expect(row?.steps.find(({ code }) => code === 'SUPERVISOR')?.terms.slice(3)).toEqual([{ sign: '×' }, { of: null, unit: 'NUMBER', value: '10' }, { sign: '÷' }, { of: null, unit: 'NUMBER', value: '30' }])
  })
  test('who gives the post up inside the month is paid for his days, also when his last post is another one', async () => {
    const { lead } = house.staff
    await house.put(`UPDATE post_held SET to_date = '2025-07-13' WHERE key = $1`, [lead.post])
    await house.put(`INSERT INTO post_held (key, staff_key, post_code, line_key, place_key, from_date) VALUES (904, $1, 'RM', 4, 4, '2025-07-13')`, [lead.key])
    await settle('2025-07')
    expect(await linesOf('2025-07', lead.key, '^TEAM$')).toMatchObject([{ detail: { days: '12', wholeDays: '31' } }])
  })
})
