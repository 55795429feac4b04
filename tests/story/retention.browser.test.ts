import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createCustomer } from '../../src/customers/customer.contract.ts'
import { retentionJob } from '../../src/flows/carry-out-retention.ts'
import { newId } from '../../src/foundation/values/uuid7.ts'
import { routes } from '../../src/routes.ts'
import { looksRight } from '../support/looks-right.ts'
import { smallBank, type Colleague, type SmallBank } from '../support/small-bank.ts'
import { openStoryDesk, type StoryDesk } from '../support/story-desk.ts'

// What has passed its retention: the night proposes it, compliance finds it on the day and agrees, a paper of a court comes and stops it, it is lifted by two, administration agrees on the phone and destroys it.

let bank: SmallBank
let story: StoryDesk
let number: string

beforeAll(async () => {
  bank = await smallBank(routes)
  const made = await bank.ask(bank.staff.li, createCustomer, { body: { id: newId(), kind: 'CORPORATE', name: '太原旧友商贸有限公司', identity: { kind: 'USCC', number: '91140105MA0TEXT127' } } })
  number = String(made.body['number'])
  await bank.look("UPDATE customer SET opened_on = '2023-03-01' WHERE number = $1", [number])
  await retentionJob.run(bank.services, {}, () => Promise.resolve(), newId())
  story = await openStoryDesk(bank)
}, 300_000)
afterAll(() => story?.close())

const as = (person: Colleague, path: string, width: number): Promise<Page> => story.as(person, path, width)

test('proposed, signed, held, lifted, signed on the phone, destroyed', async () => {
  const desk = await as(bank.staff.compliance, '/', 1440)
  await desk.getByText(`客户 ${number} 资料期满，待会签销毁`).first().waitFor()
  await desk.goto(`${new URL(desk.url()).origin}/retention`)
  await desk.getByRole('heading', { level: 1, name: '数据留存' }).waitFor()
  await desk.getByText('太原旧友').first().waitFor()
  await looksRight(desk, 'retention-cases')
  await desk.getByRole('button', { name: `会签 ${number}` }).click()
  const drawer = desk.getByRole('dialog')
  await drawer.getByRole('radio', { name: '退回' }).check()
  await drawer.getByRole('button', { name: '会签' }).click()
  await drawer.getByText('必填').first().waitFor()
  await drawer.getByRole('radio', { name: '同意销毁' }).check()
  await looksRight(desk, 'retention-sign')
  await drawer.getByRole('button', { name: '会签' }).click()
  await desk.getByText('已会签').first().waitFor()

  await desk.getByRole('button', { name: '留存冻结' }).click()
  await desk.getByRole('button', { name: '登记冻结' }).click()
  const form = desk.getByRole('dialog')
  await form.getByRole('textbox', { name: /^客户号/ }).fill(number)
  await form.getByRole('textbox', { name: /^事由和文号/ }).fill('（2026）晋 01 财保 118 号')
  await looksRight(desk, 'retention-hold')
  await form.getByRole('button', { name: '登记冻结' }).click()
  await desk.getByText('已登记，待另一人复核').waitFor()
  await desk.getByText('（2026）晋 01 财保 118 号').first().waitFor()
  await looksRight(desk, 'retention-holds')

  const phone = await as(bank.staff.admin, '/retention?tab=holds', 375)
  await phone.getByRole('button', { name: `复核 ${number}` }).click()
  await phone.getByRole('dialog').getByRole('button', { name: '复核' }).click()
  await phone.getByText('已复核').waitFor()
  await phone.getByRole('button', { name: '销毁建议' }).click()
  await phone.getByText('冻结中').first().waitFor()
  await phone.getByRole('button', { name: `会签 ${number}` }).click()
  await phone.getByRole('dialog').getByRole('button', { name: '会签' }).click()
  await phone.getByText('待执行').first().waitFor()
  await looksRight(phone, 'retention-cases')
  // under the hold the button says why it does nothing
  expect(await phone.getByRole('button', { name: `立即执行 ${number}` }).getAttribute('aria-disabled')).toBe('true')

  await desk.reload()
  await desk.getByRole('button', { name: `申请解除 ${number}` }).click()
  await desk.getByRole('dialog').getByRole('textbox', { name: /^解除依据/ }).fill('案件审结，保全解除')
  await desk.getByRole('dialog').getByRole('button', { name: '申请解除' }).click()
  await desk.getByText('已申请，待另一人复核').waitFor()
  await phone.getByRole('button', { name: '留存冻结' }).click()
  await phone.getByRole('button', { name: `复核 ${number}` }).click()
  await phone.getByRole('dialog').getByRole('button', { name: '复核' }).click()
  await phone.getByText('没有留存冻结').waitFor()
  await looksRight(phone, 'retention-holds')
  await phone.getByRole('button', { name: '销毁建议' }).click()
  await phone.getByRole('button', { name: `立即执行 ${number}` }).click()
  await phone.getByText(`销毁客户 ${number} 的资料？`).last().waitFor()
  await looksRight(phone, 'retention-destroy')
  await phone.getByRole('button', { name: /^销\s?毁$/ }).click()
  await phone.getByText('没有待处理的建议').waitFor()
  await phone.getByRole('button', { name: '处理记录' }).click()
  await phone.getByText('资料已销毁').first().waitFor()
  await looksRight(phone, 'retention-done')

  await desk.getByRole('button', { name: '保存期限' }).click()
  await desk.getByText('业务关系结束后 10 年').waitFor()
  await looksRight(desk, 'retention-rules')
  expect(await bank.look('SELECT name FROM customer WHERE number = $1', [number])).toEqual([{ name: '已销毁' }])
})
