import type { Page } from 'playwright-core'
import { afterAll, beforeAll, test } from 'vitest'
import { addPhone } from '../../src/customers/create-customer.ts'
import { add } from '../../src/foundation/store/store.ts'
import { newId } from '../../src/foundation/values/uuid7.ts'
import { giveTask } from '../../src/duties/task.contract.ts'
import { confirmTemplate, proposeTemplate } from '../../src/messages/message.contract.ts'
import { collectNow } from '../../src/messages/run-messages.ts'
import { routes } from '../../src/routes.ts'
import { looksRight } from '../support/looks-right.ts'
import { smallBank, today, type Colleague, type SmallBank } from '../support/small-bank.ts'
import { heading, openStoryDesk, type StoryDesk } from '../support/story-desk.ts'

// Two people keep a template; a manager sends it from the phone to his consenting customers, the one who is left out is named with the reason; without a channel the message stays and the page says so.

let bank: SmallBank
let story: StoryDesk
beforeAll(async () => {
  bank = await smallBank(routes)
  const { li, admin, compliance } = bank.staff
  story = await openStoryDesk(bank)
  for (const [name, consents] of [['王建国', true], ['赵无同', false]] as const) {
    const customerId = await bank.customer({ name, kind: 'PERSON', main: li })
    await bank.services.db.asBatch(async (tx) => {
      await addPhone(tx, bank.services.keys, customerId, consents ? '13911112222' : '13911113333', 'test')
      if (consents) await add(tx, 'consent', { customer_id: customerId, id: newId(), consent_for: 'MARKETING', stated_purpose: '问候', given_on: today, proof: 'PAPER' }, { why: 'test' })
    })
  }
  const template = { id: newId(), code: 'NEW_YEAR_SMS', name: '元旦短信', kind: 'FESTIVAL', festival: 'NEW_YEAR', channel: 'SMS', content: '尊敬的{客户}，{银行}客户经理{客户经理}祝您元旦快乐。', platformCode: 'TPL_1001' }
  await bank.ask(admin, proposeTemplate, { body: template })
  await bank.ask(compliance, confirmTemplate, { params: { templateId: template.id } })
}, 300_000)
afterAll(() => story?.close())
const as = (person: Colleague, path: string, width: number): Promise<Page> => story.as(person, path, width)

test('on the phone the manager sees who gets it and who does not, and sends; the message waits for its channel', async () => {
  const phone = await as(bank.staff.li, '/greetings', 375)
  await heading(phone, '问候与发件箱')
  await phone.getByText('王建国').first().waitFor()
  await phone.getByText('赵无同').first().waitFor()
  await looksRight(phone, 'messages-greetings')
  await phone.getByRole('button', { name: '发送给 1 位客户' }).click()
  await phone.getByRole('dialog').getByRole('button', { name: '发送给 1 位客户' }).click()
  await phone.waitForURL((url) => url.searchParams.get('tab') === 'outbox')
  await phone.getByText('王建国').first().waitFor()
  await looksRight(phone, 'messages-outbox')
}, 120_000)

test('the bell counts; a notice opens where one acts and is read; how notices come is chosen', async () => {
  const { li, lead } = bank.staff
  for (const dueOn of ['2026-11-30', '2026-12-01']) await bank.ask(lead, giveTask, { body: { id: newId(), title: '走访开发区', content: '走访', source: 'LEADER', owners: [li.staffKey], dueOn, evidenceAsked: '记录' } })
  await collectNow(bank.services, today, 31)
  for (const width of [1440, 375]) {
    const page = await as(li, '/notices', width)
    await heading(page, '消息')
    await page.getByRole('link', { name: /消息，\d+ 条未读/ }).waitFor()
    await looksRight(page, 'messages-notices')
    await page.getByRole('link', { name: `陈立交办任务，${width === 1440 ? '11-30' : '12-01'} 前完成` }).click()
    await heading(page, '我的待办')
    await page.goto(`${story.address}/notices?unread=yes`)
    await page.getByRole('button', { name: '全部已读' }).click()
    await page.getByRole('link', { name: '消息', exact: true }).first().waitFor()
    await page.goto(`${story.address}/notices?tab=settings`)
    await page.getByRole('switch', { name: '任务 邮件' }).click()
    await page.getByRole('switch', { name: '任务 邮件', checked: width === 1440 }).waitFor()
    await looksRight(page, 'messages-notice-settings')
    await page.context().close()
    await collectNow(bank.services, today, 31)
    await bank.look(`UPDATE notice SET read_at = NULL WHERE staff_key = ${li.staffKey}`)
  }
}, 180_000)

test('templates and channels at the desk and on the phone', async () => {
  for (const width of [1440, 375]) {
    const page = await as(bank.staff.compliance, '/message-templates', width)
    await heading(page, '消息模板与渠道')
    await page.getByText('元旦短信').first().waitFor()
    await looksRight(page, 'messages-templates')
    await page.context().close()
  }
}, 120_000)
