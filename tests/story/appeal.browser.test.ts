import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { closeMonth } from '../../src/flows/close-month.ts'
import { settleMonth } from '../../src/flows/settle-month.ts'
import { newId } from '../../src/foundation/values/uuid7.ts'
import { castVote, listAppraisalGroups, makeAppraisalGroup } from '../../src/performance/appraisal-group/group.contract.ts'
import { addObjective, makeAppraisalPlan } from '../../src/performance/plan/plan.contract.ts'
import { routes } from '../../src/routes.ts'
import { looksRight } from '../support/looks-right.ts'
import { smallBank, type Colleague, type SmallBank } from '../support/small-bank.ts'
import { heading, openStoryDesk, type StoryDesk } from '../support/story-desk.ts'

// A manager opens his statement on the phone down to the booking and appeals; the group answers; the next statement has the line. And a plan: proposed, another figure asked for, answered, agreed by both.

let bank: SmallBank
let story: StoryDesk
let risk: Colleague
beforeAll(async () => {
  bank = await smallBank(routes)
  const { li, wang, hr, leader, compliance, zhao } = bank.staff
  const perf = await bank.colleague('马绩', 'PERFORMANCE', bank.units.head.key)
  const second = await bank.colleague('卢效', 'PERFORMANCE', bank.units.head.key)
  risk = await bank.colleague('严风', 'REVIEWER', bank.units.head.key)
  const customerId = await bank.customer({ main: li, assist: wang })
  const accountId = newId()
  await bank.look(`INSERT INTO product (code, name, name_en, line) VALUES ('D1', '活期', 'd', 'DEPOSIT'), ('L103', '小额', 's', 'LOAN')`)
  await bank.look(`INSERT INTO account (customer_id, id, core_key, product_code, outlet_key, opened_on) VALUES ($1, $2, 'A1', 'D1', $3, '2021-05-06')`, [customerId, accountId, bank.units.south.key])
  await bank.look(`INSERT INTO balance_span (customer_id, account_id, from_date, balance_fen) VALUES ($1, $2, '2026-01-01', 1000000000)`, [customerId, accountId])
  await bank.look(`INSERT INTO account_transaction (customer_id, id, account_id, core_key, booked_on, direction, amount_fen, kind) VALUES ($1, $2, $3, 'T1', '2026-09-05', 'IN', 8880000, 'TRANSFER')`, [customerId, newId(), accountId])
  expect((await settleMonth(bank.services, { month: '2026-09', dryRun: false, settledBy: perf.staffKey })).ok).toBe(true)
  expect((await closeMonth(bank.services, { month: '2026-09', scheme: 'POINTS', closedBy: second.staffKey })).ok).toBe(true)
  const members = [[leader, 'BUSINESS'], [hr, 'HR'], [perf, 'FINANCE'], [compliance, 'COMPLIANCE'], [risk, 'RISK'], [zhao, 'ELECTED']] as const
  expect((await bank.ask(hr, makeAppraisalGroup, { body: { id: newId(), unitKey: bank.units.head.key, name: '总行考核小组', from: '2026-01-01', to: '2027-12-31', chair: leader.staffNo, secretary: hr.staffNo, members: members.map(([who, side]) => ({ staffNo: who.staffNo, side })), reason: '2026 届换届' } })).status).toBe(200)
  story = await openStoryDesk(bank)
}, 300_000)
afterAll(() => story?.close())

const as = (person: Colleague, path: string, width = 1440): Promise<Page> => story.as(person, path, width)

describe('an appeal on screen', () => {
  test('on the phone: from the pay down to the booking, and an appeal against the line', async () => {
    const page = await as(bank.staff.li, '/statement?month=2026-09', 375)
    await heading(page, /我的工资单 2026-09/)
    await page.goto(`${story.address}/statement/facts?month=2026-09&place=4`)
    await page.getByText('山西晋泰新材料有限公司').first().waitFor()
    await page.getByRole('link', { name: '对此条目申诉' }).click()
    await page.getByText(/申诉期至 2026-11-30/).waitFor()
    await page.getByRole('textbox', { name: /申诉理由/ }).fill('协办人未参与营销，份额应全部计入本人，附双方确认单')
    await looksRight(page, 'appeal-new-375')
    await page.getByRole('button', { name: '提出申诉' }).click()
    await heading(page, /SS2026-0001 2026-09/)
    await page.getByText('待小组处理').first().waitFor()
    await looksRight(page, 'appeal-own-375')
  })

  test('the secretary puts it to the vote, members vote, the chair closes', async () => {
    const { hr, leader, compliance, zhao } = bank.staff
    // the secretary sits in an office: the day begins with what waits for the group
    const page = await as(hr, '/my-day')
    await page.getByRole('link', { name: /^申诉 SS2026-0001 待提交小组/ }).waitFor()
    await looksRight(page, 'group-work')
    await page.getByRole('link', { name: /^申诉 SS2026-0001 待提交小组/ }).click()
    await page.getByRole('button', { name: '提交小组表决' }).click()
    await page.getByRole('dialog').getByText('支持并调整').click()
    await page.getByRole('textbox', { name: /调整金额/ }).fill('123.45')
    // of the members, who is a relative: named by the secretary, none here
    await page.getByRole('dialog').getByRole('combobox', { name: /须回避的近亲属/ }).click()
    await page.locator('.ant-select-item-option:visible', { hasText: '沈严' }).waitFor()
    await page.keyboard.press('Escape')
    await page.getByRole('textbox', { name: /理由/ }).fill('双方确认单属实，补发协办份额')
    await page.getByRole('dialog').getByRole('button', { name: '提交小组表决' }).click()
    await heading(page, /SS2026-0001 李晓雯/)
    await page.getByText(/马绩（原结算人）/).waitFor()
    await looksRight(page, 'appeal-motion')
    const motionId = page.url().split('/').at(-1) ?? ''
    const member = await as(compliance, '/my-day', 375)
    await member.getByRole('link', { name: /^考核小组表决：.*SS2026-0001 李晓雯/ }).click()
    await member.getByRole('button', { name: '表决' }).click()
    await member.getByRole('dialog').getByRole('button', { name: '表决' }).click()
    await member.getByText('已办理').waitFor()
    await member.goto(`${story.address}/my-day`)
    await heading(member, /我的一天/)
    await member.getByText('您可以办理').waitFor()
    await member.getByRole('heading', { name: '要办的事' }).waitFor()
    await member.getByText(/^今天 \d/).first().waitFor()
    expect(await member.getByRole('link', { name: /SS2026-0001/ }).count()).toBe(0)
    for (const who of [risk, zhao]) expect((await bank.ask(who, castVote, { params: { motionId }, body: { vote: 'YES', reason: '' } })).status).toBe(200)
    const chair = await as(leader, `/appraisal-group/motions/${motionId}`)
    await chair.getByRole('button', { name: '表决' }).click()
    await chair.getByRole('dialog').getByRole('button', { name: '表决' }).click()
    await chair.getByText(/4|尚未表决/).first().waitFor()
    await chair.getByRole('button', { name: '形成决议' }).click()
    await chair.getByRole('textbox', { name: /理由/ }).fill('同意补发')
    await chair.getByRole('dialog').getByRole('button', { name: '形成决议' }).click()
    await chair.getByText('通过').first().waitFor()
    expect(((await bank.ask(hr, listAppraisalGroups)).body['groups'] as { motions: { result: string }[] }[])[0]?.motions[0]?.result).toBe('PASSED')
  })

  test.each([1440, 375])('at %i: a group is set up by choosing people, not by typing numbers', async (width) => {
    const page = await as(bank.staff.hr, '/appraisal-group', width)
    await page.getByRole('button', { name: '设立小组' }).click()
    await heading(page, '设立小组')
    const write = (field: string, text: string) => page.getByRole('textbox', { name: new RegExp(field) }).fill(text)
    await write('名称', `二届小组${width}`)
    await write('起日', '2027-01-01')
    await write('止日', '2028-12-31')
    const box = (field: string) => page.getByRole('combobox', { name: new RegExp(field) })
    const shown = (field: string, name: string) => page.locator('.ant-select', { has: box(field) }).getByText(name).first().waitFor()
    const choose = async (field: string, name: string): Promise<void> => {
      await box(field).fill(name)
      // the list of before gives way to what was found: a click in between meets neither
      await page.locator('.ant-select-item-option:visible').nth(1).waitFor({ state: 'detached' })
      await page.locator('.ant-select-item-option:visible', { hasText: name }).last().click()
      await shown(field, name)
    }
    for (const [side, name] of [['人力', '朱人'], ['财务', '马绩'], ['风险', '严风'], ['合规', '沈严']] as const) await choose(`成员 · ${side}`, name)
    await choose('秘书', '朱人')
    await write('依据', '2027 届换届')
    await page.getByRole('button', { name: '设立小组' }).click()
    // four people, none elected: said at the fields before anything is sent
    await page.getByText('小组由 5 至 9 人组成，现有 4 人').first().waitFor()
    await choose('成员 · 客户经理代表', '赵敏')
    await page.getByText('已选 5 人').waitFor()
    // the chair is one of the members: nobody else is offered
    await box('组长').click()
    expect(await page.locator('.ant-select-item-option:visible').count()).toBe(5)
    await page.locator('.ant-select-item-option:visible', { hasText: '沈严' }).click()
    await shown('组长', '沈严')
    await looksRight(page, `group-made-${width}`)
    await page.getByRole('button', { name: '设立小组' }).click()
    await page.getByText(`二届小组${width}`).first().waitFor()
    await page.getByText('赵敏（客户经理代表）').first().waitFor()
  })

  test.each([1440, 375])('at %i: the next statement has the line', async (width) => {
    if (width === 1440) expect((await settleMonth(bank.services, { month: '2026-10', dryRun: false })).ok).toBe(true)
    const page = await as(bank.staff.li, '/statement?month=2026-10', width)
    await page.getByText(/申诉 SS2026-0001 经考核小组决定/).first().waitFor()
    await looksRight(page, `appeal-paid-${width}`)
  })
})

describe('a plan on screen', () => {
  test('proposed, another figure asked for on the phone, answered, agreed by both, locked', async () => {
    const { hr, outletHead, li } = bank.staff
    const [goal, unit, planId] = [newId(), newId(), newId()]
    await bank.ask(hr, addObjective, { body: { id: goal, code: 'S1', year: 2026, parentId: null, unitKey: bank.units.head.key, title: '存款稳健增长', titleEn: 'Steady deposits', owner: '计划财务部' } })
    await bank.ask(hr, addObjective, { body: { id: unit, code: 'S1.1', year: 2026, parentId: goal, unitKey: bank.units.first.key, title: '东城客户深耕', titleEn: 'Deepen customers', owner: '公司业务部' } })
    const item = (indicator: string, target: string | null, weight: string, cls: string) => ({ indicator, objectiveId: target === null ? null : unit, weight, cls, target, split: 'WHOLE', parts: null, note: '' })
    const made = await bank.ask(outletHead, makeAppraisalPlan, { body: { id: planId, scheme: 'POINTS', from: '2026-12-01', to: '2027-12-01', parentId: null, unitKey: null, staffKey: li.staffKey, followsId: null, items: [item('DEPOSIT_INCREMENT', '50000000.00', '30', 'OPERATING'), item('NEW_CUSTOMERS', '40', '25', 'SOCIAL'), item('NPL_RATIO', '1.00', '25', 'RISK'), item('DISCIPLINE', null, '20', 'COMPLIANCE')] } })
    expect(made.status).toBe(200)
    const owner = await as(outletHead, '/appraisal-plans?year=2026')
    await owner.getByRole('link', { name: '李晓雯' }).click()
    await owner.getByRole('button', { name: '提交协商' }).click()
    await owner.getByText('协商中').first().waitFor()
    await looksRight(owner, 'plan-owner')
    const mine = await as(li, '/my-appraisal-plans', 375)
    await mine.getByText('等我处理').first().waitFor()
    await mine.getByRole('link', { name: /李晓雯 2026-12-01/ }).click()
    await mine.getByText('S1.1 东城客户深耕 › S1 存款稳健增长').first().waitFor()
    await looksRight(mine, 'plan-mine-375')
    await mine.getByRole('button', { name: '确认' }).click()
    await mine.getByText('被考核人已确认，等待制定人确认').waitFor()
    await owner.reload()
    await owner.getByRole('button', { name: '确认' }).click()
    await owner.getByText('计划已锁定，仅工作调动可以变更').waitFor()
    await looksRight(owner, 'plan-locked')
  })
})
