import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { smallBank, today, type Colleague, type SmallBank } from '../../tests/support/small-bank.ts'
import { giveGrant } from '../access/grant.contract.ts'
import { assignCustomerContract, editCustomer, getCustomer } from '../customers/customer.contract.ts'
import { newId } from '../foundation/values/uuid7.ts'
import { routes } from '../routes.ts'
import { recordContact } from '../visits/contact.contract.ts'
import { readTimeline, type TimelineEventView } from './timeline.contract.ts'

let bank: SmallBank
let jintai: string
beforeAll(async () => {
  bank = await smallBank(routes)
  const { li, wang, lead } = bank.staff
  jintai = await bank.customer({ name: '山西晋泰新材料有限公司', main: li, openedOn: '2021-05-06' })
  const visit = { id: newId(), mode: 'VISIT', businessDate: '2026-11-20', startTime: '09:30', summary: '谈扩产需求', restricted: { text: '限制内容甲', readers: [] } }
  expect((await bank.ask(li, recordContact, { params: { customerId: jintai }, body: visit })).status).toBe(200)
  const { changedAt } = (await bank.ask(li, getCustomer, { params: { customerId: jintai } })).body as { changedAt: string }
  await bank.look('INSERT INTO corporate (customer_id) VALUES ($1)', [jintai])
  expect((await bank.ask(li, editCustomer, { params: { customerId: jintai }, body: { changedAt, reason: '换法人', corporate: { legalRepresentative: '李四' } } })).status).toBe(200)
  expect((await bank.ask(lead, giveGrant, { params: { customerId: jintai }, body: { id: newId(), staffKey: bank.staff.zhao.staffKey, reason: '协同尽调', until: '2026-11-30' } })).status).toBe(200)
  const slices = [{ staffKey: wang.staffKey, sharePct: '40', main: false }, { staffKey: li.staffKey, sharePct: '60', main: true }]
  expect((await bank.ask(lead, assignCustomerContract, { params: { customerId: jintai }, body: { slices, from: today, reason: '分担' } })).status).toBe(200)
  await bank.look("INSERT INTO product (code, name, name_en, line) VALUES ('D1', '单位活期', 'Current account', 'DEPOSIT'), ('L1', '流动资金贷款', 'Working capital loan', 'LOAN')")
  await bank.look("INSERT INTO account (customer_id, id, core_key, product_code, outlet_key, opened_on) VALUES ($1, $2, 'A1', 'D1', $3, '2021-05-06')", [jintai, (account = newId()), bank.units.south.key])
  for (const [place, fen] of [620_0000_00, 99_999_99, 100_000_00].entries()) {
    await bank.look("INSERT INTO account_transaction (customer_id, id, account_id, core_key, booked_on, direction, amount_fen, memo) VALUES ($1, $2, $3, $4, '2026-11-18', 'OUT', $5, '货款')", [jintai, newId(), account, `X${place}`, fen])
  }
  await bank.look("INSERT INTO loan (customer_id, id, core_key, product_code, outlet_key, amount_fen, paid_out_on, matures_on, term_months) VALUES ($1, $2, 'JJ2026001', 'L1', $3, 300000000, '2026-03-01', '2027-03-01', 12)", [jintai, newId(), bank.units.south.key])
})
let account: string
afterAll(() => bank.close())

const ask = async (who: Colleague, query: Record<string, unknown> = {}) => bank.ask(who, readTimeline, { params: { customerId: jintai }, query })
const events = async (who: Colleague, query: Record<string, unknown> = {}): Promise<TimelineEventView[]> => (await ask(who, query)).body['items'] as TimelineEventView[]
const told = (event: TimelineEventView): string => `${event.day} ${event.kind} ${event.title.zh}${event.personName === null ? '' : ` ${event.personName}`}`

describe('the timeline', () => {
  test('tells what happened, newest first: contacts, large transactions, managers, tier, loans, grants, changes', async () => {
    const all = (await events(bank.staff.li)).map(told)
    expect(all).toEqual([...all].sort((a, b) => (a.slice(0, 10) < b.slice(0, 10) ? 1 : a.slice(0, 10) > b.slice(0, 10) ? -1 : 0)))
    for (const line of [
      '2026-11-20 CONTACT 见面 李晓雯', '2026-11-18 TRANSACTION 转出', `${today} ASSIGNMENT 主办 60% 李晓雯`, `${today} ASSIGNMENT 协办 40% 王凯`, `${today} ASSIGNMENT 不再主办 李晓雯`, '2026-01-01 TIER 层级：核心优质',
      '2026-03-01 LOAN 放款：流动资金贷款', '2021-05-06 ACCOUNT 开立账户：单位活期', '2021-05-06 RELATION 建立客户关系', `${today} GRANT 授权查看，至 2026-11-30 赵敏`,
    ]) expect(all).toContain(line)
    expect(all.some((line) => line.endsWith('CHANGE 修改客户资料 李晓雯'))).toBe(true)
  })
  test('a transaction below the size of the policy is not told, one of exactly the size is', async () => {
    expect((await events(bank.staff.li, { kind: 'TRANSACTION' })).map((event) => event.amountFen).sort()).toEqual(['10000000', '620000000'])
  })
  test('the time of day stands when it is known, what was written as note, where it opens', async () => {
    const [visit] = await events(bank.staff.li, { kind: 'CONTACT' })
    expect(visit).toMatchObject({ at: '2026-11-20T01:30:00.000Z', note: '谈扩产需求' })
    expect(visit?.address).toBe(`/customers/${jintai}/contacts/${visit?.id}`)
  })
  test('by kind and time; a kind that nobody tells gives nothing', async () => {
    expect((await events(bank.staff.li, { from: '2026-11-19', to: '2026-11-20' })).map((event) => event.kind)).toEqual(['CONTACT'])
    expect(await events(bank.staff.li, { kind: 'NOTHING' })).toEqual([])
    expect((await ask(bank.staff.li, { kind: "x'; DROP" })).body.refusal).toBe('invalid-request')
    expect(((await ask(bank.staff.li)).body['kinds'] as { kind: string }[]).map((one) => one.kind)).toEqual(expect.arrayContaining(['CONTACT', 'TRANSACTION', 'TIER', 'GRANT']))
  })
  test('page by page each event once, in the same order', async () => {
    const whole = (await events(bank.staff.li, { limit: 200 })).map((event) => `${told(event)} ${event.id} ${event.title.en}`)
    const walked: string[] = []
    for (let cursor: unknown = undefined, page = 0; page < 30; page++) {
      const { body } = await ask(bank.staff.li, { limit: 2, ...(cursor === undefined ? {} : { cursor }) })
      walked.push(...(body['items'] as TimelineEventView[]).map((event) => `${told(event)} ${event.id} ${event.title.en}`))
      cursor = body['nextCursor']
      if (cursor === null) break
    }
    expect(walked).toEqual(whole)
    expect(new Set(walked).size).toBe(walked.length)
  })
  test('RESTRICTED is nowhere in it; who may not see the customer is told nothing', async () => {
    expect(JSON.stringify((await ask(bank.staff.li)).body)).not.toContain('限制内容甲')
    expect((await ask(bank.staff.qian)).body.refusal).toBe('not-found')
    expect((await ask(bank.staff.zhao)).status).toBe(200)
  })
  test('a capability that publishes a further view is told without a change here', async () => {
    await bank.look(`CREATE VIEW visits_trial_timeline_facts WITH (security_invoker = true) AS
      SELECT customer_id, customer_id AS id, date '2026-11-21' AS day, NULL::timestamptz AS at, 'TRIAL'::text AS kind, '试一试'::text AS title_zh, 'Trial'::text AS title_en, NULL::text AS note, NULL::bigint AS amount_fen,
        NULL::text AS currency, NULL::int AS person_key, NULL::text AS address FROM customer`)
    await bank.look(`COMMENT ON VIEW visits_trial_timeline_facts IS '{"kinds":{"TRIAL":{"zh":"试","en":"Trial"}}}'`)
    await bank.look('GRANT SELECT ON visits_trial_timeline_facts TO yq_opened')
    expect((await events(bank.staff.li, { kind: 'TRIAL' })).map(told)).toEqual(['2026-11-21 TRIAL 试一试'])
    await bank.look('DROP VIEW visits_trial_timeline_facts')
  })
})
