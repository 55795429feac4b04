import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { add } from '../../src/foundation/store/store.ts'
import { routes } from '../../src/routes.ts'
import { looksRight } from '../support/looks-right.ts'
import { smallBank, type SmallBank } from '../support/small-bank.ts'
import { heading, openStoryDesk, type StoryDesk } from '../support/story-desk.ts'

// A manager writes his plan of the month on the phone and hands it in, his lead confirms it at the desk. The same manager asks a customer what he needs: one need is matched to a product and met, one goes up and comes back as a
// product gap that becomes an idea. At the end both live one whole day: agenda, visit, report; meeting, coverage, sign-off.

let bank: SmallBank
let story: StoryDesk
let customerId: string
beforeAll(async () => {
  bank = await smallBank(routes)
  await bank.services.db.asBatch((tx) => add(tx, 'product', { code: 'LDT', name: '流动资金贷款', name_en: 'Working capital loan', line: 'LOAN' }, { why: 'test' }))
  customerId = await bank.customer({ name: '汾河纺织有限公司', tier: 'T1' })
  story = await openStoryDesk(bank)
}, 300_000)
afterAll(() => story?.close())

const fill = (page: Page, label: RegExp, text: string, place = 0): Promise<void> => page.getByRole('textbox', { name: label }).nth(place).fill(text)
async function choose(page: Page, label: RegExp, option: string, place = 0): Promise<void> {
  await page.getByRole('combobox', { name: label }).nth(place).click()
  await page.locator('.ant-select-dropdown:not(.ant-select-dropdown-hidden)').getByTitle(option, { exact: true }).click()
}

describe('a work plan', () => {
  test('is written and handed in on the phone, confirmed at the desk, and can be fetched as a workbook', async () => {
    const { li, lead } = bank.staff
    const phone = await story.as(li, '/work-plan?period=MONTH', 375)
    await fill(phone, /工作方向|方向/, '稳住到期存款，补上核心客户见面')
    await fill(phone, /^目标$|^目标名称|^目标 /, '核心客户见面')
    await fill(phone, /措施/, '每周两户，先约时间')
    await looksRight(phone, 'work-plan-form')
    await phone.getByRole('button', { name: /^保存/ }).click()
    await phone.getByRole('button', { name: /^提交/ }).first().click()
    await phone.getByText('待审阅').or(phone.getByText('已提交')).first().waitFor()
    await looksRight(phone, 'work-plan')

    const desk = await story.as(lead, '/unit-work-plans?period=MONTH', 1440)
    await looksRight(desk, 'unit-work-plans')
    const fetched = desk.waitForEvent('download')
    await desk.getByRole('link', { name: '导出 Excel' }).click()
    expect((await fetched).suggestedFilename()).toMatch(/^条线工作计划-2026-11\.xlsx$/)
    await desk.getByRole('link', { name: li.name }).click()
    await desk.getByRole('button', { name: '同意', exact: true }).click()
    await desk.getByRole('dialog').getByRole('textbox').first().fill('先见存款到期的三户')
    await desk.getByRole('dialog').getByRole('button', { name: '同意', exact: true }).click()
    await desk.getByText('已确认').first().waitFor()
    await looksRight(desk, 'work-plan-confirmed')
    await phone.reload()
    await phone.getByText('先见存款到期的三户').waitFor()
    await desk.close()
    await phone.close()
  })
})

describe('a need card', () => {
  test('each need comes to its end: a product and met; sent up, answered as a gap, an idea', async () => {
    const { li, lead } = bank.staff
    const phone = await story.as(li, `/customers/${customerId}/need-cards/new`, 375)
    await choose(phone, /领域/, '融资')
    await fill(phone, /需求内容/, '扩产需流动资金')
    await phone.getByRole('button', { name: '增加需求' }).click()
    await choose(phone, /领域/, '现金管理', 1)
    await fill(phone, /需求内容/, '多家子公司资金归集', 1)
    await looksRight(phone, 'need-card-form')
    await phone.getByRole('button', { name: '登记需求卡' }).click()
    await phone.getByRole('list', { name: '需求' }).waitFor()

    const move = async (domain: string, act: string, inside: (page: Page) => Promise<void>): Promise<void> => {
      await phone.getByRole('button', { name: `处理 ${domain}` }).click()
      await phone.getByRole('menuitem', { name: act, exact: true }).click()
      await phone.getByRole('dialog').waitFor()
      await inside(phone)
      await phone.getByRole('dialog').getByRole('button', { name: act, exact: true }).click()
      await phone.getByRole('dialog').waitFor({ state: 'hidden' })
    }
    await move('融资', '匹配产品', (page) => choose(page, /产品/, '流动资金贷款'))
    await phone.getByText('产品：流动资金贷款').waitFor()
    await move('融资', '已满足', (page) => fill(page, /说明/, '贷款已发放'))
    await move('现金管理', '本行不能满足', (page) => fill(page, /说明/, '本行没有资金归集产品'))
    await phone.getByText('上报期限').waitFor()
    await move('现金管理', '上报', (page) => fill(page, /上报事由/, '请分行协调资金归集'))
    await phone.getByText('答复期限').first().waitFor()
    await looksRight(phone, 'need-card')

    // it waits on the lead's page of the day; there he finds the customer and answers
    const desk = await story.as(lead, '/my-day', 1440)
    await desk.getByText('需求待答复').first().waitFor()
    await desk.goto(`${story.address}/customers/${customerId}?tab=needs`)
    await desk.getByRole('button', { name: '答复', exact: true }).click()
    await desk.getByRole('radio', { name: /产品空白/ }).check()
    await desk.getByRole('dialog').getByRole('textbox', { name: /^答复/ }).fill('总行正在研究小企业资金归集')
    await looksRight(desk, 'need-answer')
    await desk.getByRole('dialog').getByRole('button', { name: '答复', exact: true }).click()
    await desk.getByText(/产品设想：/).waitFor()
    await looksRight(desk, 'needs-of-customer')
    await desk.goto(`${story.address}/needs`)
    await desk.getByText('产品空白').first().waitFor()
    await looksRight(desk, 'needs')
    await phone.goto(`${story.address}/needs?segment=CORPORATE`)
    await phone.getByText('多家子公司资金归集').waitFor()
    await looksRight(phone, 'needs')
    // in a cellar: the card waits on the phone and goes by itself, once
    await phone.goto(`${story.address}/customers/${customerId}/need-cards/new`)
    await choose(phone, /领域/, '结算')
    await phone.context().setOffline(true)
    await fill(phone, /需求内容/, '仓库现场收款')
    await phone.getByRole('button', { name: '登记需求卡' }).click()
    await phone.getByText(/1 条待发送/).waitFor()
    await phone.context().setOffline(false)
    await phone.goto(`${story.address}/waiting`)
    await phone.getByText('没有待发送的内容').waitFor()
    expect(await bank.look(`SELECT count(*)::int AS n FROM need WHERE description = '仓库现场收款'`)).toEqual([{ n: 1 }])
    await desk.close()
    await phone.close()
  })
})

describe('a whole day', () => {
  test('the manager on the phone: from the agenda to the visit with its promise, the connection cut in the middle, the need card found with the customer, the report of the evening', async () => {
    const { li } = bank.staff
    const phone = await story.as(li, '/my-day', 375)
    await phone.getByText('核心客户本月未联系').first().waitFor()
    await phone.getByText('0/1 户').waitFor()
    await phone.getByRole('link', { name: '记录', exact: true }).click()
    // the page of the day names him too
    await phone.getByText('先选择客户').waitFor()
    await phone.getByRole('link', { name: /汾河纺织/ }).click()
    await heading(phone, '记录联系')
    await phone.getByText('见面', { exact: true }).click()
    await phone.context().setOffline(true)
    await fill(phone, /^内容/, '车间里没有信号，看了新织机，谈年底付款')
    await phone.getByRole('button', { name: '添加承诺' }).click()
    await fill(phone, /承诺 1 事项/, '送资金归集方案')
    await fill(phone, /承诺 1 期限/, '2026-11-27')
    await phone.getByRole('textbox', { name: '承诺 1 期限' }).press('Tab')
    await phone.getByRole('button', { name: '提交' }).click()
    await phone.getByText('离线 · 1 条待发送').waitFor()
    await phone.context().setOffline(false)
    await phone.goto(`${story.address}/waiting`)
    await phone.getByText('没有待发送的内容').waitFor()
    await phone.goto(`${story.address}/my-day`)
    await phone.getByText('1/1 户').waitFor()
    await phone.getByText(/送资金归集方案/).first().waitFor()
    await phone.goto(`${story.address}/day-report`)
    await phone.getByRole('link', { name: '汾河纺织有限公司 · 见面' }).waitFor()
    await phone.getByRole('button', { name: '问题与请示补充' }).click()
    await fill(phone, /^问题与请示补充/, '需要产品经理一起去')
    await phone.getByRole('button', { name: '提交汇报' }).click()
    await phone.getByText('还没有点评或补充').waitFor()
    expect(await bank.look(`SELECT count(*)::int AS n FROM contact c JOIN contact_promise p ON p.customer_id = c.customer_id AND p.contact_id = c.id WHERE c.summary LIKE '车间里%'`)).toEqual([{ n: 1 }])
    await phone.close()
  })

  test('the supervisor at the desk: the meeting, the coverage down to the customer, the sign-off', async () => {
    const { lead, li } = bank.staff
    const desk = await story.as(lead, '/meetings', 1440)
    await desk.getByRole('button', { name: '准备晨会' }).click()
    await desk.getByText('核心客户本月已联系', { exact: false }).waitFor()
    await desk.getByRole('button', { name: '开始', exact: true }).click()
    await desk.getByText('进行中').waitFor()
    await desk.goto(`${story.address}/coverage`)
    await desk.getByRole('link', { name: li.name }).first().click()
    await desk.getByRole('link', { name: '汾河纺织有限公司' }).waitFor()
    await desk.goto(`${story.address}/unit-reports`)
    await desk.getByRole('link', { name: li.name, exact: true }).click()
    await desk.getByText('需要产品经理一起去').waitFor()
    await desk.getByRole('button', { name: '审阅', exact: true }).click()
    await desk.getByRole('textbox', { name: /^点评/ }).fill('周四一起去')
    await desk.getByRole('dialog').getByRole('button', { name: '审阅', exact: true }).click()
    await desk.getByText('周四一起去').first().waitFor()
    await desk.close()
  })
})
