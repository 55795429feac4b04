import type { Page } from 'playwright-core'
import { afterAll, beforeAll, test } from 'vitest'
import { runDutyDay } from '../../src/duties/run-duty-day.ts'
import { newId } from '../../src/foundation/values/uuid7.ts'
import { routes } from '../../src/routes.ts'
import { recordContact } from '../../src/visits/contact.contract.ts'
import { looksRight } from '../support/looks-right.ts'
import { smallBank, today, type Colleague, type SmallBank } from '../support/small-bank.ts'
import { openStoryDesk, type StoryDesk } from '../support/story-desk.ts'

// A manager on the phone confirms the report that the system filled after a visit; his superior at the desk sees who is missing and signs; a lobby manager writes the log at the outlet's desk.

let bank: SmallBank
let story: StoryDesk
beforeAll(async () => {
  bank = await smallBank(routes)
  story = await openStoryDesk(bank)
  await runDutyDay(bank.services.db, today)
}, 300_000)
afterAll(() => story?.close())
// what was sent stands on the page a moment before the drawer goes: looked at in between, its fading colours are read as faults (seen beside other work)
const drawerGone = (page: Page): Promise<void> => page.getByRole('dialog').waitFor({ state: 'hidden' })
const as = (person: Colleague, path: string, width: number): Promise<Page> => story.as(person, path, width)

test('after a visit the manager adds a line on the phone and submits; what the system saw is not asked again', async () => {
  const { li } = bank.staff
  const customerId = await bank.customer({ main: li, name: '汾河纺织有限公司' })
  await bank.ask(li, recordContact, { params: { customerId }, body: { id: newId(), mode: 'VISIT', businessDate: today, summary: '谈扩产' } })
  const phone = await as(li, '/day-report', 375)
  await phone.getByRole('link', { name: '汾河纺织有限公司 · 见面' }).waitFor()
  await phone.getByRole('button', { name: '问题与请示补充' }).click()
  await phone.getByRole('textbox', { name: /^问题与请示补充/ }).fill('需要分行支持扩产授信')
  await looksRight(phone, 'day-report')
  await phone.getByRole('button', { name: '提交汇报' }).click()
  await phone.getByText('需要分行支持扩产授信').waitFor()
  await phone.getByText('还没有点评或补充').waitFor()
  await looksRight(phone, 'day-report-confirmed')
  await phone.context().close()
}, 120_000)

test('the superior sees who is missing, records one by phone and signs off', async () => {
  const desk = await as(bank.staff.lead, '/unit-reports', 1440)
  await desk.getByText('应报 2 人，已报 1 人，缺 1 人，待审阅 1 份').waitFor()
  await looksRight(desk, 'unit-reports')
  await desk.getByRole('button', { name: '代录电话汇报 王凯' }).click()
  await desk.getByRole('textbox', { name: /^内容/ }).fill('陪同客户在外，明早补充')
  await desk.getByRole('dialog').getByRole('button', { name: '代录电话汇报' }).click()
  await desk.getByText('应报 2 人，已报 2 人，缺 0 人，待审阅 2 份').waitFor()
  await drawerGone(desk)
  await desk.getByRole('link', { name: '李晓雯', exact: true }).click()
  await desk.getByText('需要分行支持扩产授信').waitFor()
  await desk.getByRole('button', { name: '审阅', exact: true }).click()
  await desk.getByRole('textbox', { name: /^点评/ }).fill('周四一起去')
  await desk.getByRole('dialog').getByRole('button', { name: '审阅', exact: true }).click()
  await desk.getByText('周四一起去').first().waitFor()
  await drawerGone(desk)
  await looksRight(desk, 'day-report-signed')
  await desk.goto(`${story.address}/unit-reports?tab=month`)
  await desk.getByRole('heading', { name: '按人员' }).waitFor()
  await looksRight(desk, 'unit-reports-month')
  await desk.context().close()
}, 120_000)

test('the lobby manager notes a key customer and writes the log', async () => {
  const { lobby, li } = bank.staff
  await bank.customer({ main: li, name: '城南粮油商行' })
  const desk = await as(lobby, '/customer-book', 1440)
  await desk.getByRole('button', { name: '登记', exact: true }).first().click()
  await desk.getByRole('dialog').getByRole('combobox', { name: /客户/ }).fill('城南粮油')
  await desk.getByText('城南粮油商行').last().click()
  await desk.getByRole('textbox', { name: /^重点情况/ }).fill('每周三到店存现')
  await desk.getByRole('dialog').getByRole('button', { name: '登记', exact: true }).click()
  await desk.getByRole('link', { name: '城南粮油商行' }).waitFor()
  await drawerGone(desk)
  await looksRight(desk, 'customer-book')
  await desk.goto(`${story.address}/day-report`)
  await desk.getByRole('heading', { level: 1, name: '工作日志' }).waitFor()
  await desk.getByRole('link', { name: '城南粮油商行 · 客户资源信息簿' }).waitFor()
  await desk.getByRole('button', { name: '客户意见补充' }).click()
  await desk.getByRole('textbox', { name: /^客户意见补充/ }).fill('等候时间长')
  await looksRight(desk, 'lobby-log')
  await desk.getByRole('button', { name: '提交汇报' }).click()
  await desk.getByText('等候时间长').waitFor()
  await desk.getByRole('button', { name: '补充', exact: true }).waitFor()
  await desk.context().close()
}, 120_000)
