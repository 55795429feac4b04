import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { addInstitution } from '../../src/organisation/add-institution.ts'
import { installScheme } from '../../src/performance/install-scheme-version.ts'
import { routes } from '../../src/routes.ts'
import { looksRight } from '../support/looks-right.ts'
import { smallBank, type Colleague, type SmallBank } from '../support/small-bank.ts'
import { heading, openStoryDesk, type StoryDesk } from '../support/story-desk.ts'

// A person of HR enters scheme (d) for the support departments on a form, gets the figures of support-pay-1 and proposes it; a second person confirms; one of the department reads it on the phone.

let bank: SmallBank
let story: StoryDesk
let hr: Colleague
let hr2: Colleague
let member: Colleague
beforeAll(async () => {
  bank = await smallBank(routes)
  hr = await bank.colleague('罗人', 'HR', bank.units.head.key)
  hr2 = await bank.colleague('宋力', 'HR', bank.units.head.key)
  for (const [code, name] of [['K1', '运营中心'], ['K2', '网点后台'], ['K3', '科技支持']] as const) {
    const { key } = await bank.services.db.asOffice((tx) => addInstitution(tx, { code, kind: 'DEPARTMENT', name, nameEn: code, parentKey: bank.units.head.key, from: '2020-01-01' }))
    if (code === 'K1') member = await bank.colleague('田丰', 'PRODUCT', key)
  }
  await bank.services.db.asOffice((tx) => installScheme(tx, { code: 'POINTS', from: '2026-01-01' }))
  story = await openStoryDesk(bank)
}, 300_000)
afterAll(() => story?.close())

const done = (page: Page): Promise<void> => page.context().close()
const write = (page: Page, label: string, text: string) => page.getByRole('textbox', { name: label, exact: true }).fill(text)
async function choose(page: Page, label: string, text: string): Promise<void> {
  await page.getByRole('combobox', { name: label, exact: true }).click()
  await page.locator('.ant-select-dropdown:visible .ant-select-item-option').filter({ hasText: text }).first().click()
}

describe('scheme (d) on the form', () => {
  test('is entered, tried with the figures of the fixture, and proposed', async () => {
    const desk = await story.as(hr, '/schemes/new', 1440)
    await heading(desk, '新方案')
    await desk.getByRole('button', { name: '二线部门方案' }).click()
    const row = (label: string) => desk.getByRole('button', { name: `加一行 ${label}`, exact: true }).click()
    await write(desk, '代码', 'SECOND_LINE')
    await write(desk, '名称', '二线部门绩效方案')
    // what is missing is told in the words of the form
    await desk.getByRole('button', { name: /^试\s?算$/ }).click()
    await desk.getByText('还没有写好：一线方案；部门').first().waitFor()
    await choose(desk, '一线方案', 'POINTS')
    await desk.keyboard.press('Escape')
    for (const [place, name] of ['运营中心', '网点后台', '科技支持'].entries()) {
      if (place > 0) await row('部门')
      await choose(desk, `部门 ${place + 1} 部门`, name)
    }
    await row('职级系数')
    await write(desk, '职级系数 2 职级', 'C')
    await write(desk, '职级系数 2 系数', '1.20')
    await row('风险控制岗基数')
    await write(desk, '风险控制岗基数 1 职级', '*')
    await write(desk, '风险控制岗基数 1 每月基数（元）', '4000.00')
    await write(desk, '2026-12 月份', '2025-04').catch(() => write(desk, '条件 1 月份', '2025-04'))
    for (const [place, [unit, amount]] of ([['一支行', '78000.00'], ['二支行', '42000.00']] as const).entries()) {
      if (place > 0) await row('一线应发')
      await write(desk, `一线应发 ${place + 1} 机构`, unit)
      await write(desk, `一线应发 ${place + 1} 应发（元）`, amount)
    }
    for (const [name, marks] of [['运营中心', ['94', '91', '0', '85.5']], ['网点后台', ['90', '88', '1', '88']], ['科技支持', ['72', '74', '2', '90']]] as const) {
      for (const [place, column] of ['按时答复', '一次做对', '败诉争议（件）', '一线评分'].entries()) await write(desk, `${name} ${column}`, marks[place] ?? '')
    }
    for (const [place, [name, grade, mark, days]] of ([['甲', 'B', '95', '30'], ['乙', 'B', '90', '15'], ['丙', 'C', '85', '30']] as const).entries()) {
      await row('部门人员')
      await write(desk, `部门人员 ${place + 1} 姓名`, name)
      await choose(desk, `部门人员 ${place + 1} 部门`, '运营中心')
      await write(desk, `部门人员 ${place + 1} 职级`, grade)
      await write(desk, `部门人员 ${place + 1} 本人评分`, mark)
      await write(desk, `部门人员 ${place + 1} 在岗天数`, days)
    }
    await row('风险控制岗人员')
    await write(desk, '风险控制岗人员 1 姓名', '丁')
    await write(desk, '风险控制岗人员 1 工作质量得分', '96.50')
    await desk.getByRole('button', { name: /^试\s?算$/ }).click()
    await desk.getByText('校验通过').waitFor()
    for (const figure of ['120,000.00', '9,600.00', '3,463.53', '3,312.94', '2,823.53', '1,359.65', '644.04', '1,459.84', '3,860.00']) expect(await desk.getByText(figure, { exact: false }).count(), figure).toBeGreaterThan(0)
    await desk.getByText('甲 1,359.65 元：每一步').click()
    await looksRight(desk, 'support-scheme-new')
    await write(desk, '原因', '二线部门与一线一并考核')
    await desk.getByRole('button', { name: '提交复核' }).click()
    await heading(desk, '方案设计')
    await desk.getByText('二线部门与一线一并考核', { exact: false }).first().waitFor()
    await desk.getByText('奖金池比例', { exact: true }).first().waitFor()
    await looksRight(desk, 'support-scheme-desk')
    await done(desk)
  })
  test('is confirmed by another and read by the department before it applies; the form fits the phone', async () => {
    const desk = await story.as(hr2, '/schemes/desk', 1440)
    await desk.getByRole('button', { name: /^复核 二线部门绩效方案/ }).click()
    await desk.getByRole('dialog').getByRole('button', { name: /复\s?核/ }).click()
    await desk.getByRole('dialog').waitFor({ state: 'detached' })
    await done(desk)
    const phone = await story.as(member, '/schemes', 375)
    await phone.getByText('二线部门绩效方案 · 第 1 版（2026-12-01 起）').first().waitFor()
    await looksRight(phone, 'support-scheme-read')
    await done(phone)
    const small = await story.as(hr, '/schemes/new', 375)
    await heading(small, '新方案')
    await choose(small, '复制已有方案', '二线部门绩效方案')
    await small.getByText('5 风险控制岗').waitFor()
    expect(await small.locator('main .yq-scroll').evaluateAll((all) => all.filter((one) => one.scrollWidth > one.clientWidth).length)).toBe(0)
    await small.evaluate(() => scrollTo(0, 0))
    await looksRight(small, 'support-scheme-new')
    await done(small)
  })
})
