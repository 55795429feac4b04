import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { readBook } from '../../tests/support/read-book.ts'
import { smallBank, today, type Colleague, type SmallBank } from '../../tests/support/small-bank.ts'
import { addDays } from '../foundation/values/business-date.ts'
import { newId } from '../foundation/values/uuid7.ts'
import { exportCommitments, listCommitments } from './commitments.contract.ts'
import { exportCommitmentsRoute, listCommitmentsRoute } from './list-commitments.ts'

let bank: SmallBank
let mine: string
let wangs: string
beforeAll(async () => {
  bank = await smallBank([listCommitmentsRoute, exportCommitmentsRoute])
  const { li, wang, zhao } = bank.staff
  mine = await bank.customer({ main: li, name: '甲公司', tier: 'T1' })
  wangs = await bank.customer({ main: wang, name: '乙公司' })
  const elsewhere = await bank.customer({ main: zhao, name: '丙公司' })
  for (const [customerId, who] of [[mine, li], [wangs, wang], [elsewhere, zhao]] as const) {
    const contactId = newId()
    await bank.look(`INSERT INTO contact (customer_id, id, staff_key, mode, business_date, in_person, effective, entered_on, late, summary, policy_version, next_action, next_on, scope_path, viewers)
      SELECT customer_id, $2, $3, 'PHONE', $4, false, true, $4, false, '谈', '1', '送方案', $5, scope_path, viewers FROM customer WHERE customer_id = $1`, [customerId, contactId, who.staffKey, addDays(today, -20), addDays(today, -3)])
    for (const [what, side, due, state] of [['报价', 'OURS', today, 'OPEN'], ['给报表', 'THEIRS', addDays(today, 10), 'OPEN'], ['已办', 'OURS', today, 'KEPT']] as const) {
      await bank.look(`INSERT INTO contact_promise (customer_id, id, contact_id, side, what, due_on, owner_key, promised_on, state, ended_on, ended_by, first_due_on, scope_path, viewers)
        SELECT customer_id, $2, $3, $4, $5, $6, $7, $8, $9, CASE WHEN $9 = 'KEPT' THEN $6::date END, CASE WHEN $9 = 'KEPT' THEN $7::int END, $6, scope_path, viewers FROM customer WHERE customer_id = $1`, [customerId, newId(), contactId, side, what, due, who.staffKey, addDays(today, -20), state])
    }
  }
  await bank.look("INSERT INTO planned_contact (customer_id, id, staff_key, planned_on, subject, made_by, made_on) VALUES ($1, $2, $3, $4, '年底走访', $3, $5)", [mine, newId(), li.staffKey, addDays(today, 40), addDays(today, -1)])
})
afterAll(() => bank.close())

const told = async (who: Colleague, query: Record<string, unknown> = {}): Promise<string[]> => ((await bank.ask(who, listCommitments, { query })).body.items ?? []).map((one) => `${String(one['customerName'])} ${String(one['what'])} ${String(one['kind'])} ${String(one['daysPast'])}`)

describe('promises and plans', () => {
  const ofLi = ['甲公司 送方案 NEXT_STEP 3', '甲公司 报价 OURS 0', '甲公司 给报表 THEIRS 0', '甲公司 年底走访 PLANNED 0']
  test('a manager sees to his own, what is past its day first; what is kept is no longer there', async () => {
    expect(await told(bank.staff.li)).toEqual(ofLi)
    const [first, second] = (await bank.ask(bank.staff.li, listCommitments)).body.items ?? []
    expect([first?.['address'], second?.['address']]).toEqual([`/customers/${mine}/contacts/new`, expect.stringMatching(new RegExp(`^/customers/${mine}/contacts/[0-9a-f-]{36}$`)) as string])
  })
  test.each([
    ['late', { view: 'OVERDUE' }, [0]], ['this week', { view: 'WEEK' }, [1]], ['within thirty days', { view: 'MONTH' }, [1, 2]], ['of one kind', { kind: 'THEIRS' }, [2]], ['plans', { kind: 'PLANNED' }, [3]], ['nothing of that kind is late', { kind: 'OURS', view: 'OVERDUE' }, []],
  ] as const)('%s', async (_what, query, places) => {
    expect(await told(bank.staff.li, query)).toEqual(places.map((place) => ofLi[place]))
  })
  test('who leads the line sees those of its people, and of one of them; a plan is told to who made it; nothing of another branch', async () => {
    const team = ['甲公司 送方案 NEXT_STEP 3', '乙公司 送方案 NEXT_STEP 3', '甲公司 报价 OURS 0', '乙公司 报价 OURS 0', '甲公司 给报表 THEIRS 0', '乙公司 给报表 THEIRS 0']
    expect((await told(bank.staff.lead, { whose: 'SCOPE' })).sort()).toEqual([...team].sort())
    expect(await told(bank.staff.lead)).toEqual([])
    expect(await told(bank.staff.lead, { whose: 'SCOPE', staffKey: bank.staff.wang.staffKey })).toEqual(team.filter((one) => one.startsWith('乙')))
    // a key of somebody whose customers he does not see opens nothing
    expect(await told(bank.staff.lead, { whose: 'SCOPE', staffKey: bank.staff.zhao.staffKey })).toEqual([])
    expect(await told(bank.staff.li, { whose: 'SCOPE' })).toEqual(ofLi)
  })
  test('page by page, counted once', async () => {
    const first = await bank.ask(bank.staff.li, listCommitments, { query: { limit: 3 } })
    expect([first.body.items?.length, first.body['count']]).toEqual([3, { value: 4, exact: true }])
    expect(await told(bank.staff.li, { limit: 3, cursor: first.body['nextCursor'] })).toEqual([ofLi[3]])
  })
  test('as a workbook, with name, moment and purpose and a line in the journal; who has nothing gets none', async () => {
    const [sheet = []] = await readBook((await bank.ask(bank.staff.li, exportCommitments, { body: { purpose: '周会' } })).bytes)
    expect(sheet[0]?.[0]).toMatch(/导出，用途：周会。客户信息，禁止外传$/)
    expect(sheet.slice(1, 3)).toEqual([['序号', '客户', '层级', '类别', '事项', '应办日期', '逾期天数', '责任人'], ['1', '甲公司', 'T1', '下一步', '送方案', addDays(today, -3), 3, bank.staff.li.name]])
    expect(await bank.look("SELECT why FROM journal_line WHERE after ->> 'export' = 'reports.commitments'")).toEqual([{ why: '周会' }])
    expect((await bank.ask(bank.staff.lead, exportCommitments, { body: { purpose: '周会' } })).body.refusal).toBe('nothing-to-export')
    expect((await bank.ask(bank.staff.reviewer, listCommitments)).body.refusal).toBe('not-allowed')
  })
})
