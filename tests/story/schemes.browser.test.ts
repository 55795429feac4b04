import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { routes } from '../../src/routes.ts'
import { looksRight } from '../support/looks-right.ts'
import { smallBank, type Colleague, type SmallBank } from '../support/small-bank.ts'
import { heading, openStoryDesk, type StoryDesk } from '../support/story-desk.ts'

// A person of HR builds the points scheme (a) from empty out of blocks and gets the figures of psbc-1; a second person confirms it; a manager reads it on the phone before it applies.

let bank: SmallBank
let story: StoryDesk
let hr: Colleague
let hr2: Colleague
beforeAll(async () => {
  bank = await smallBank(routes)
  hr = await bank.colleague('罗人', 'HR', bank.units.head.key)
  hr2 = await bank.colleague('宋力', 'HR', bank.units.head.key)
  story = await openStoryDesk(bank)
}, 300_000)
afterAll(() => story?.close())

const done = (page: Page): Promise<void> => page.context().close()

describe('scheme (a) from empty', () => {
  test('is built of blocks, tried and proposed', async () => {
    const desk = await story.as(hr, '/schemes/new', 1440)
    await heading(desk, '新方案')
    const write = (label: string, text: string) => desk.getByRole('textbox', { name: label, exact: true }).fill(text)
    const choose = async (label: string, text: string): Promise<void> => {
      const box = desk.getByRole('combobox', { name: label, exact: true })
      await box.fill(text)
      await desk.locator('.ant-select-dropdown:visible .ant-select-item-option').filter({ hasText: new RegExp(`(^|\\s)${text}(（元）)?$`) }).first().click()
    }
    const row = (label: string) => desk.getByRole('button', { name: `加一行 ${label}`, exact: true }).click()
    const block = async (kind: string, code: string, to: string): Promise<void> => {
      const box = desk.getByRole('combobox', { name: '模块', exact: true })
      await box.click()
      await desk.locator('.ant-select-dropdown:visible').getByText(kind, { exact: true }).click()
      await desk.getByRole('button', { name: '添加模块' }).click()
      if (code !== to) await write(`${code} 代码`, to)
    }
    await desk.getByRole('button', { name: '积分方案' }).click()
    await write('代码', 'PSBC')
    await write('名称', '客户经理积分方案')
    await block('积分合计', 'P', 'P')
    await block('相乘', 'A', 'A')
    await choose('A 乘数 1 取值', 'P')
    await row('A 乘数')
    await write('A 乘数 2 或常数', '5.00')
    await choose('A 乘数 2 常数单位', '单价')
    await block('加减', 'F', 'B')
    await choose('B 各项 1 取值', 'A')
    await row('B 各项')
    await choose('B 各项 2 取值', 'EARLY')
    await choose('B 各项 2 减', '是')
    await block('挂钩', 'C', 'C')
    await choose('C 取值', 'B')
    await block('乘系数', 'D', 'D')
    await choose('D 取值', 'C')
    await choose('D 系数', 'MARKETING')
    await block('加减', 'F', 'E')
    await choose('E 各项 1 取值', 'D')
    for (const [place, code] of [[2, 'OVERDUE'], [3, 'REFUND']] as const) {
      await row('E 各项')
      await choose(`E 各项 ${place} 取值`, code)
    }
    await choose('E 各项 2 减', '是')
    await block('应发与结转', 'PAYABLE', 'PAYABLE')
    // the total of the month comes last: written after, moved up
    await block('加减', 'F', 'F')
    await choose('F 各项 1 取值', 'E')
    await row('F 各项')
    await choose('F 各项 2 取值', 'CORRECTION')
    await choose('F 各项 2 可略去', '为 0 时')
    await desk.getByRole('button', { name: '上移 F' }).click()
    await desk.getByRole('button', { name: /^应发与结转 PAYABLE/ }).click()
    await choose('PAYABLE 取值', 'F')
    await choose('积分标准 1 事项', '新发放小额贷款')
    await write('积分标准 1 积分', '20')
    // points for one thing alone would be a contest
    await row('积分标准')
    await choose('积分标准 2 事项', '商户贷款发放额')
    await write('积分标准 2 积分', '8')
    const points = ['120.00', '280.00', '210.00', '26.00', '-5.00', '-8.00']
    for (const [place, value] of points.entries()) {
      if (place > 0) await row('积分明细')
      await write(`积分明细 ${place + 1} 条目`, `L${place + 1}`)
      await write(`积分明细 ${place + 1} 积分`, value)
    }
    // a coefficient that is not typed is named; it ended as an error of the server
    await desk.getByRole('button', { name: /^试\s?算$/ }).click()
    await desk.getByText('还没有写好：综合营销系数（示例数字）').waitFor()
    for (const [label, value] of [['提前结清扣减（元） 数值', '103.33'], ['逾期扣留（元） 数值', '290.00'], ['返还（元） 数值', '75.00'], ['综合营销系数 数值', '1.00'], ['净增挂钩系数 数值', '0.87']] as const) await write(label, value)
    await desk.getByRole('button', { name: /^试\s?算$/ }).click()
    await desk.getByText('校验通过').waitFor()
    await looksRight(desk, 'scheme-new')
    for (const figure of ['2,640.06', '2,855.06', '1,807.00', '1,048.06', '3,011.67', '3,115.00', '623.00']) expect(await desk.getByText(figure, { exact: false }).count(), figure).toBeGreaterThan(0)
    await write('原因', '按新的积分办法')
    await desk.getByRole('button', { name: '提交复核' }).click()
    await heading(desk, '方案设计')
    await desk.getByText('按新的积分办法', { exact: false }).first().waitFor()
    await looksRight(desk, 'scheme-desk')
    await done(desk)
  })
  test('is confirmed by another and read by the manager before it applies', async () => {
    const desk = await story.as(hr2, '/schemes/desk', 1440)
    await desk.getByRole('button', { name: /^复核 客户经理积分方案/ }).click()
    await desk.getByRole('dialog').getByRole('button', { name: /复\s?核/ }).click()
    await desk.getByRole('dialog').waitFor({ state: 'detached' })
    await done(desk)
    const phone = await story.as(bank.staff.li, '/schemes', 375)
    await phone.getByText('客户经理积分方案 · 第 1 版（2026-12-01 起）').first().waitFor()
    await phone.getByRole('button', { name: '确认已阅' }).click()
    await phone.getByText('已于 2026-11-23 阅读').waitFor()
    await looksRight(phone, 'schemes-read')
    await done(phone)
    const sandbox = await story.as(bank.staff.li, '/what-if', 375)
    await heading(sandbox, '我的测算')
    await sandbox.getByText('还没有结算过您的月份').waitFor()
    await looksRight(sandbox, 'what-if')
    await done(sandbox)
    const small = await story.as(hr, '/schemes/new', 375)
    await heading(small, '新方案')
    // a whole scorecard is read and written on the phone: its rows are cards, nothing is scrolled sideways
    await small.getByRole('combobox', { name: '复制已有方案' }).click()
    await small.locator('.ant-select-dropdown:visible .ant-select-item-option').filter({ hasText: '平衡计分卡' }).click()
    // each part is a line: the blocks open, then the scorecard, then its thirteen indicators with the sum of their weights
    await small.locator('summary').filter({ hasText: 'SCORED → TOTAL' }).click()
    await small.getByRole('button', { name: /^指标得分 / }).click()
    await small.locator('summary').filter({ hasText: '13 行 · 权重 100' }).click()
    await small.getByText('模拟利润 PROFIT').first().click()
    await small.getByRole('textbox', { name: 'SCORED 指标 1 权重' }).waitFor()
    expect(await small.locator('main .yq-scroll').evaluateAll((all) => all.filter((one) => one.scrollWidth > one.clientWidth).length)).toBe(0)
    await small.evaluate(() => scrollTo(0, 0))
    await looksRight(small, 'scheme-new')
    await done(small)
  })
})
