import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { settleMonth } from '../../src/flows/settle-month.ts'
import { newId } from '../../src/foundation/values/uuid7.ts'
import { castVote, closeMotion, makeAppraisalGroup } from '../../src/performance/appraisal-group/group.contract.ts'
import { routes } from '../../src/routes.ts'
import { looksRight } from '../support/looks-right.ts'
import { smallBank, type Colleague, type SmallBank } from '../support/small-bank.ts'
import { heading, openStoryDesk, type StoryDesk } from '../support/story-desk.ts'

// An inspector is appointed and gives his findings, the manager objects on the phone, a third person of the group answers, a second person confirms, and the statement shows the points.
let bank: SmallBank
let story: StoryDesk
let perf: Colleague
let audit: Colleague
let risk: Colleague
const today = (day: string): Promise<unknown> => bank.look(`UPDATE bank SET business_date = $1`, [day])
beforeAll(async () => {
  bank = await smallBank(routes)
  const { li, hr, leader, compliance, zhao } = bank.staff
  perf = await bank.colleague('马绩', 'PERFORMANCE', bank.units.head.key)
  audit = await bank.colleague('田稽', 'AUDIT', bank.units.head.key)
  risk = await bank.colleague('严风', 'REVIEWER', bank.units.head.key)
  const customerId = await bank.customer({ main: li })
  await bank.look(`INSERT INTO product (code, name, name_en, line) VALUES ('L103', '小额', 's', 'LOAN')`)
  for (const core of ['L11', 'L12']) await bank.look(`INSERT INTO loan (customer_id, id, core_key, product_code, outlet_key, amount_fen, paid_out_on, matures_on, term_months) VALUES ($1, $2, $3, 'L103', $4, 5000000, '2026-10-12', '2027-10-08', 12)`, [customerId, newId(), core, bank.units.south.key])
  const members = [[leader, 'BUSINESS'], [hr, 'HR'], [perf, 'FINANCE'], [compliance, 'COMPLIANCE'], [risk, 'RISK'], [zhao, 'ELECTED']] as const
  expect((await bank.ask(hr, makeAppraisalGroup, { body: { id: newId(), unitKey: bank.units.head.key, name: '总行考核小组', from: '2026-01-01', to: '2027-12-31', chair: leader.staffNo, secretary: hr.staffNo, members: members.map(([who, side]) => ({ staffNo: who.staffNo, side })), reason: '2026 届换届' } })).status).toBe(200)
  story = await openStoryDesk(bank)
}, 300_000)
afterAll(() => story?.close())

const as = (person: Colleague, path: string, width = 1440): Promise<Page> => story.as(person, path, width)
const choose = async (page: Page, field: RegExp, name: string): Promise<void> => {
  await page.getByRole('combobox', { name: field }).click()
  await page.locator('.ant-select-item-option:visible', { hasText: name }).last().click()
}

describe('an inspection on screen', () => {
  let path: string
  test('the secretary puts the appointment to the vote; it is planned by choosing', async () => {
    const { hr, leader, compliance } = bank.staff
    const page = await as(hr, '/appraisal-group')
    await page.getByRole('button', { name: '任命检查人员' }).click()
    await page.getByRole('combobox', { name: /^人员/ }).fill('田稽')
    await page.locator('.ant-select-item-option:visible', { hasText: '田稽' }).click()
    await page.getByRole('textbox', { name: /任期起/ }).fill('2026-01-01')
    await page.getByRole('textbox', { name: /任期止/ }).fill('2027-12-31')
    await page.getByRole('textbox', { name: /理由/ }).fill('熟悉信贷业务，与各支行条线无关')
    await looksRight(page, 'inspection-appoint')
    await page.getByRole('dialog').getByRole('button', { name: '提交小组表决' }).click()
    await heading(page, /任命检查人员：田稽/)
    await looksRight(page, 'inspection-motion')
    const motionId = page.url().split('/').at(-1) ?? ''
    for (const who of [hr, leader, compliance, risk]) expect((await bank.ask(who, castVote, { params: { motionId }, body: { vote: 'YES', reason: '' } })).status).toBe(200)
    expect((await bank.ask(leader, closeMotion, { params: { motionId }, body: { reasons: '同意任命' } })).status).toBe(200)
    const planned = await as(perf, '/inspections/new')
    await heading(planned, '安排检查')
    await choose(planned, /机构/, '城南网点')
    await choose(planned, /检查人员/, '田稽')
    await choose(planned, /客户经理/, '李晓雯')
    await planned.keyboard.press('Escape')
    await looksRight(planned, 'inspection-plan')
    await planned.getByRole('button', { name: '安排检查' }).click()
    await heading(planned, /JC2026-0001 调查报告/)
    path = new URL(planned.url()).pathname
  })
  test('the inspector draws, gives findings with evidence and hands them over', async () => {
    const page = await as(audit, '/my-day')
    await page.getByRole('link', { name: /^检查 JC2026-0001 待抽样/ }).click()
    await page.getByRole('button', { name: '抽取样本' }).click()
    await page.getByRole('dialog').getByRole('button', { name: '抽取样本' }).click()
    await page.getByText('与样本一致').waitFor()
    for (const [label, grade] of [['调查报告 L11', '轻微不实'], ['调查报告 L12', '优秀']] as const) {
      await page.getByRole('button', { name: `登记结论 ${label}` }).click()
      await page.getByRole('textbox', { name: /查看的资料来源/ }).fill('信贷档案原件、仓库现场')
      await page.getByRole('textbox', { name: /检查发现/ }).fill('存货数量逐项核对')
      await choose(page, /等级/, grade)
      await page.getByRole('dialog').locator('input[type=file]').setInputFiles({ name: '底稿.pdf', mimeType: 'application/pdf', buffer: Buffer.from('%PDF-1.7\n%%EOF') })
      if (grade === '轻微不实') await looksRight(page, 'inspection-finding')
      await page.getByRole('dialog').getByRole('button', { name: '登记结论' }).click()
      await page.getByRole('dialog').waitFor({ state: 'detached' })
    }
    await page.getByRole('button', { name: '交出结论' }).click()
    await page.getByRole('dialog').getByRole('button', { name: '交出结论' }).click()
    await page.getByText('结论已交出').first().waitFor()
    await looksRight(page, 'inspection-run')
  })
  test('on the phone the manager sees them before they count, and objects', async () => {
    const page = await as(bank.staff.li, '/my-day', 375)
    await page.getByRole('link', { name: /^检查 JC2026-0001 的结论已交出/ }).click()
    await heading(page, '对我的检查')
    await page.getByText(/异议期至 2026-11-30，还有 5 个工作日/).first().waitFor()
    await looksRight(page, 'inspection-mine-375')
    await page.getByRole('button', { name: '提出异议 调查报告 L11' }).click()
    await page.getByRole('textbox', { name: /异议理由/ }).fill('另一仓库的存货有入库单，附复印件两份')
    await looksRight(page, 'inspection-object-375')
    await page.getByRole('dialog').getByRole('button', { name: '提出异议' }).click()
    await page.getByText('待答复').waitFor()
  })
  test('a third person of the group answers; a second person confirms after the days; the statement shows the points', async () => {
    const page = await as(risk, '/my-day')
    await page.getByRole('link', { name: /^检查异议待答复：调查报告 L11/ }).click()
    await page.getByRole('button', { name: '答复异议' }).click()
    await page.getByRole('dialog').getByText('支持', { exact: true }).click()
    await choose(page, /改为等级/, '合格')
    await page.getByRole('textbox', { name: /理由/ }).fill('入库单属实')
    await looksRight(page, 'inspection-answer')
    await page.getByRole('dialog').getByRole('button', { name: '答复异议' }).click()
    await page.getByText(/改为“合格”/).waitFor()
    await today('2026-12-01')
    const second = await as(perf, path)
    await second.getByRole('button', { name: '复核' }).click()
    await second.getByRole('dialog').getByRole('button', { name: '复核' }).click()
    await second.getByText('已复核').first().waitFor()
    expect((await settleMonth(bank.services, { month: '2026-10', dryRun: false })).ok).toBe(true)
    await second.reload()
    await second.getByText('计入 2026-10 结算').waitFor()
    await looksRight(second, 'inspection-settled')
    await second.goto(`${story.address}/inspections`)
    await second.getByText('JC2026-0001').first().waitFor()
    await looksRight(second, 'inspection-list')
    const mine = await as(bank.staff.li, '/statement?month=2026-10', 375)
    await heading(mine, /我的工资单 2026-10/)
    await looksRight(mine, 'inspection-statement-375')
    const facts = await bank.look<{ place: number; points: string }>(`SELECT l.place, l.points::text AS points FROM pay_line l JOIN settled_month m ON m.run_id = l.run_id WHERE l.code = 'INSPECTION_REPORT' AND l.staff_key = $1`, [bank.staff.li.staffKey])
    // the softened grade gives nothing, the excellent report ten
    expect(facts.map((one) => one.points)).toEqual(['10.00'])
    await mine.goto(`${story.address}/statement/facts?month=2026-10&place=${facts[0]?.place ?? 0}`)
    await mine.getByRole('link', { name: '查看检查结论' }).click()
    await mine.getByText('已计入 2026-10', { exact: false }).first().waitFor()
    await looksRight(mine, 'inspection-counted-375')
  })
})
