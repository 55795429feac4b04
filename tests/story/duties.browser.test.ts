import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { moveBusinessDate } from '../../src/deliveries/add-bank.ts'
import { runDutyDay } from '../../src/duties/run-duty-day.ts'
import { routes } from '../../src/routes.ts'
import { looksRight } from '../support/looks-right.ts'
import { smallBank, today, type Colleague, type SmallBank } from '../support/small-bank.ts'
import { openStoryDesk, type StoryDesk } from '../support/story-desk.ts'

// A leader gives a task, the manager accepts and reports on the phone, the leader confirms; a duty of the bank's own is added by two people and is owed the next day.

let bank: SmallBank
let story: StoryDesk
beforeAll(async () => {
  bank = await smallBank(routes)
  story = await openStoryDesk(bank)
  await runDutyDay(bank.services.db, today)
}, 300_000)
afterAll(() => story?.close())

const as = (person: Colleague, path: string, width: number): Promise<Page> => story.as(person, path, width)
const fill = (page: Page, label: RegExp, text: string): Promise<void> => page.getByRole('textbox', { name: label }).fill(text)

describe('a task from hand to hand', () => {
  test('given at the desk, accepted and reported on the phone, confirmed at the desk', async () => {
    const { lead, li } = bank.staff
    const desk = await as(lead, '/supervision', 1440)
    await desk.getByText('还没有交办的任务').waitFor()
    await desk.getByRole('button', { name: '交办任务' }).first().click()
    const drawer = desk.getByRole('dialog')
    await fill(desk, /^任务/, '整理到期存款名单')
    await fill(desk, /^要求/, '本周五前逐户给出续存建议')
    await drawer.getByRole('combobox', { name: /责任人/ }).fill('李晓雯')
    await desk.getByText(/李晓雯（/).last().click()
    await drawer.getByRole('textbox', { name: /期限/ }).or(drawer.locator('input[id*="dueOn"]')).first().fill('2026-11-27')
    await desk.keyboard.press('Enter')
    await fill(desk, /^完成依据要求/, '名单和建议')
    await drawer.getByRole('button', { name: '交办任务' }).click()
    await desk.getByText('整理到期存款名单').first().waitFor()
    await looksRight(desk, 'duties-supervision')

    const phone = await as(li, '/my-day', 375)
    await phone.getByRole('navigation', { name: /./ }).getByRole('link', { name: '待办' }).click()
    await phone.getByRole('heading', { level: 1, name: '我的待办' }).waitFor()
    await looksRight(phone, 'duties-tasks')
    await phone.getByRole('button', { name: '查看 整理到期存款名单' }).click()
    await phone.getByRole('button', { name: '接收', exact: true }).click()
    await phone.getByRole('button', { name: '报告完成', exact: true }).click()
    await phone.getByRole('textbox', { name: /^完成依据/ }).fill('12 户已逐户写明建议')
    await phone.getByRole('dialog').last().getByRole('button', { name: '报告完成' }).click()
    await phone.getByText('待确认').first().waitFor()
    await looksRight(phone, 'duties-task')

    const again = await as(lead, '/supervision', 1440)
    await again.getByRole('button', { name: '查看 整理到期存款名单' }).click()
    await again.getByText('12 户已逐户写明建议').waitFor()
    await again.getByRole('button', { name: '确认完成', exact: true }).click()
    await again.getByText('已确认').first().waitFor()
    await again.close()
  })

  test('a duty is done with its evidence', async () => {
    const page = await as(bank.staff.li, '/tasks', 1440)
    await page.getByRole('button', { name: '办结 市场调研记录' }).click()
    await page.getByRole('textbox', { name: /^完成依据/ }).fill('走访三家同业：活动力度加大')
    await page.getByRole('dialog').getByRole('button', { name: '办结' }).click()
    await page.getByRole('button', { name: /已完成/ }).click()
    await page.getByText('走访三家同业：活动力度加大').waitFor()
    await looksRight(page, 'duties-tasks')
  })
})

describe('a duty of the bank’s own', () => {
  test('one proposes, another checks, the next day it is owed', async () => {
    const { hr, admin, li } = bank.staff
    const page = await as(hr, '/duties', 1440)
    await page.getByText('联系核心优质客户').first().waitFor()
    await looksRight(page, 'duties-catalogue')
    await page.getByRole('button', { name: '新增本行职责' }).first().click()
    const drawer = page.getByRole('dialog')
    await fill(page, /^编号/, 'B-07')
    await fill(page, /^名称/, '走访商圈')
    await drawer.getByRole('combobox', { name: /岗位/ }).click()
    await page.getByTitle('客户经理', { exact: true }).last().click()
    await drawer.getByText('新增本行职责').first().click()
    await fill(page, /^要求/, '每月走访一个商圈')
    await fill(page, /^完成依据要求/, '商圈和户数')
    await drawer.getByRole('button', { name: '新增本行职责' }).click()
    await page.getByText('走访商圈').first().waitFor()
    const second = await as(admin, '/duties', 375)
    await second.getByRole('button', { name: '复核 B-07' }).click()
    await second.getByText('次日生效').first().waitFor()
    await looksRight(second, 'duties-catalogue')
    await bank.services.db.asBatch((tx) => moveBusinessDate(tx, '2026-11-24'))
    await runDutyDay(bank.services.db, '2026-11-24')
    const manager = await as(li, '/tasks', 375)
    await manager.getByText('走访商圈').first().waitFor()
  })
})

describe('a year of the calendar', () => {
  test('is entered from text by one, counts when another has checked it', async () => {
    const { admin, compliance } = bank.staff
    const page = await as(admin, '/calendar-years', 1440)
    await page.getByText('日历已知至 2026-12-31').waitFor()
    await page.getByRole('button', { name: '录入年度' }).first().click()
    await fill(page, /^依据/, '国办发明电〔2026〕9 号')
    await fill(page, /^放假与调休/, '2027-01-01,2027-01-03,放假,元旦\n2027-02-05,2027-02-11,放假,春节\n2027-05-01,2027-05-05,放假,劳动节\n2027-10-01,2027-10-07,放假,国庆节')
    await page.getByRole('dialog').getByRole('button', { name: '录入年度' }).click()
    await page.getByText('待复核').first().waitFor()
    await looksRight(page, 'calendar-years')
    const second = await as(compliance, '/calendar-years', 375)
    await second.getByRole('button', { name: '复核', exact: true }).click()
    await second.getByText('日历已知至 2027-12-31').waitFor()
    await looksRight(second, 'calendar-years')
    expect(await second.getByText('生效').first().isVisible()).toBe(true)
  })
})
