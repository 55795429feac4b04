import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { claimCustomer, contestClaim, returnToPool } from '../../src/customers/ownership/pool.contract.ts'
import { moveBusinessDate } from '../../src/deliveries/add-bank.ts'
import { startDay } from '../../src/flows/parts/start-day.ts'
import { hashPassword } from '../../src/foundation/access/passwords.ts'
import { newId } from '../../src/foundation/values/uuid7.ts'
import { routes } from '../../src/routes.ts'
import { looksRight } from '../support/looks-right.ts'
import { smallBank, today, type Colleague, type SmallBank } from '../support/small-bank.ts'
import { heading, openStoryDesk, type StoryDesk } from '../support/story-desk.ts'

// A head hands over the 180 customers of a manager who leaves: opened on the desk, listed, checked, signed by three (two of them on the phone), in force the next day.

const password = 'a-long-word-77'
let bank: SmallBank
let story: StoryDesk
let leaver: Colleague
let receiver: Colleague
beforeAll(async () => {
  bank = await smallBank(routes)
  leaver = await bank.colleague('郭离任', 'RM', bank.units.south.key)
  receiver = await bank.colleague('安接任', 'RM', bank.units.south.key)
  for (const person of [leaver, receiver, bank.staff.lead]) {
    await bank.session(person)
    await bank.look('UPDATE credential SET password_hash = $2 WHERE staff_key = $1', [person.staffKey, await hashPassword(password)])
  }
  const first = await bank.customer({ main: leaver, name: '太原北方钢铁贸易有限公司', tier: 'T1' })
  await bank.customer({ main: leaver, name: '晋南重型机械制造集团股份有限公司太原小店分公司', tier: 'T1' })
  // 178 more like the first, by statements: what is looked at is the page, not how they came
  await bank.look(`INSERT INTO customer (customer_id, number, kind, name, name_pinyin, name_initials, grams, status, tier, tier_since, outlet_key, scope_path, viewers, main_staff_key, opened_on, month_adb_fen)
    SELECT uuid7(), 'H' || lpad(i::text, 8, '0'), 'PERSON', '王客户' || i, 'wang', 'w', '{王}', 'ACTIVE', 'T4', '2026-01-01', outlet_key, scope_path, viewers, main_staff_key, opened_on, i * 12345600::bigint FROM customer, generate_series(1, 178) i WHERE customer_id = $1`, [first])
  await bank.look(`INSERT INTO assignment (customer_id, id, staff_key, share_pct, main, from_date) SELECT customer_id, uuid7(), main_staff_key, 100, true, opened_on FROM customer WHERE number LIKE 'H%'`)
  story = await openStoryDesk(bank)
}, 300_000)
afterAll(() => story?.close())

const as = (person: Colleague, path: string, width = 375): Promise<Page> => story.as(person, path, width)
const choose = async (page: Page, label: string, option: RegExp): Promise<void> => {
  await page.getByRole('combobox', { name: label }).click()
  await page.locator('.ant-select-dropdown:not(.ant-select-dropdown-hidden) .ant-select-item-option').filter({ hasText: option }).first().click()
}
async function sign(page: Page, side: string, declare = false): Promise<void> {
  await page.getByRole('button', { name: `以${side}身份签字` }).click()
  if (declare) await page.getByRole('dialog').getByRole('checkbox').check()
  await page.getByLabel('登录密码').fill(password)
  await page.getByRole('dialog').getByRole('button', { name: '签字', exact: true }).click()
  await page.getByText('已签字').first().waitFor()
}

describe('hand-over', () => {
  let address = ''
  test('a head opens it on the desk for all 180; leaving is refused until it is done', async () => {
    const page = await as(bank.staff.outletHead, '/hand-overs', 1440)
    await heading(page, '移交')
    await page.getByText('没有移交').waitFor()
    await looksRight(page, 'hand-overs-empty')
    await page.getByRole('button', { name: '发起移交' }).click()
    await choose(page, '移交人', /郭离任/)
    await choose(page, '接收人', /安接任/)
    await page.keyboard.press('Escape')
    await page.getByRole('textbox', { name: '理由' }).fill('郭离任辞职')
    await looksRight(page, 'hand-over-open')
    await page.getByRole('dialog').getByRole('button', { name: '发起移交' }).click()
    await heading(page, /移交 J/)
    address = new URL(page.url()).pathname
    await page.getByText('180 位').first().waitFor()
    await looksRight(page, 'hand-over-opened')
    const person = await as(bank.staff.hr, `/people/${leaver.staffKey}`, 1440)
    await person.getByRole('button', { name: '离职', exact: true }).click()
    await person.getByRole('textbox', { name: '原因' }).fill('辞职')
    await person.getByRole('dialog').getByRole('button', { name: '离职', exact: true }).click()
    await person.locator('.ant-modal-confirm').getByRole('button', { name: '离职', exact: true }).click()
    await person.getByText(/仍有 180 位客户未移交（移交 J\d+ 办理中）/).first().waitFor()
  })

  test('the leaver submits the list on the phone, the receiver checks the core customers, three sign', async () => {
    const mine = await as(leaver, '/hand-overs')
    await mine.getByText('填清单').first().waitFor()
    await looksRight(mine, 'hand-overs')
    await mine.goto(`${story.address}${address}`)
    await mine.getByRole('button', { name: '提交清单' }).click()
    await mine.locator('.ant-modal-confirm').getByRole('button', { name: '提交清单' }).click()
    await mine.getByText('清单已提交').first().waitFor()
    await looksRight(mine, 'hand-over-listed')

    const theirs = await as(receiver, `${address}?show=TO_SAMPLE`, 1440)
    await theirs.getByRole('link', { name: '太原北方钢铁贸易有限公司' }).waitFor()
    await theirs.getByRole('checkbox', { name: /全选|Select all/ }).first().check()
    await theirs.getByRole('button', { name: '已核对' }).click()
    await theirs.getByRole('textbox', { name: '核对说明' }).fill('档案、余额一致')
    await theirs.getByRole('dialog').getByRole('button', { name: '已核对' }).click()
    await theirs.getByText('您的客户已核对完毕').first().waitFor()
    await looksRight(theirs, 'hand-over-sampled')

    await mine.reload()
    await sign(mine, '移交人', true)
    await theirs.goto(`${story.address}${address}`)
    await sign(theirs, '接收人')
    const last = await as(bank.staff.lead, address)
    await sign(last, '监交人')
    await looksRight(last, 'hand-over-signed')
  })

  test('the next day the receiver has all of them, the leaver none; the head sees the joint visits that are open', async () => {
    await bank.services.db.asBatch((tx) => moveBusinessDate(tx, '2026-11-24'))
    expect(await startDay(bank.services)).toMatchObject({ handOvers: 1, customers: 180, failed: [] })
    const page = await as(receiver, '/customers', 1440)
    await page.getByText('180 位').first().waitFor()
    const head = await as(bank.staff.outletHead, address)
    await head.getByText('0 / 2').first().waitFor()
    await looksRight(head, 'hand-over-effective')
    await head.setViewportSize({ width: 1440, height: 900 })
    await looksRight(head, 'hand-over-effective')
  })
})

test('the pool: a claim, a contest, the head decides', async () => {
  const { staff } = bank
  const customerId = await bank.customer({ main: staff.li, tier: 'T2', name: '小店区晋味食品有限公司' })
  await bank.ask(staff.outletHead, returnToPool, { params: { customerId }, body: { from: today, reason: '长期无人维护' } })
  const page = await as(receiver, '/pool')
  await page.getByText('小店区晋味食品有限公司').waitFor()
  await looksRight(page, 'pool')
  await page.getByRole('button', { name: '认领 小店区晋味食品有限公司' }).click()
  await page.getByRole('textbox', { name: '理由' }).fill('本人熟悉该客户')
  await page.getByRole('dialog').getByRole('button', { name: '认领', exact: true }).click()
  await page.getByText(/已认领，公示至/).first().waitFor()
  expect((await bank.ask(staff.wang, claimCustomer, { params: { customerId }, body: { id: newId(), reason: '我也想管户' } })).status).toBe(200)
  expect((await bank.ask(staff.li, contestClaim, { params: { customerId }, body: { id: newId(), reason: '一直由我维护' } })).status).toBe(200)
  const head = await as(staff.outletHead, '/pool?tab=claims', 1440)
  await head.getByText('争议').first().waitFor()
  await looksRight(head, 'pool-claims')
  await head.getByRole('button', { name: '裁定' }).first().click()
  await head.getByRole('radio', { name: /李晓雯/ }).check()
  await head.getByRole('textbox', { name: '理由' }).fill('原客户经理情况熟悉')
  await looksRight(head, 'pool-decide')
  await head.getByRole('dialog').getByRole('button', { name: '裁定' }).click()
  await head.getByText('已裁定').first().waitFor()
  await head.goto(`${story.address}/customers/${customerId}?tab=ownership`)
  await head.getByRole('heading', { name: '归属历史' }).waitFor()
  await head.getByText('认领给予李晓雯').waitFor()
  await looksRight(head, 'customer-ownership')
  await head.setViewportSize({ width: 375, height: 812 })
  await looksRight(head, 'customer-ownership')
})

test('substitution on the phone, and how full everybody is', async () => {
  const { staff } = bank
  const page = await as(staff.li, '/substitutions')
  await page.getByRole('button', { name: '申请代班' }).click()
  await choose(page, '代班人', /王凯/)
  await page.getByRole('textbox', { name: '理由' }).fill('年休假')
  await looksRight(page, 'substitution-ask')
  await page.getByRole('dialog').getByRole('button', { name: '申请代班' }).click()
  await page.getByText('已申请，等待团队长确认').first().waitFor()
  const lead = await as(staff.lead, '/substitutions', 1440)
  await lead.getByRole('button', { name: '同意' }).click()
  await lead.getByRole('dialog').getByRole('button', { name: '同意' }).click()
  await lead.getByText('代班中').first().waitFor()
  await looksRight(lead, 'substitutions')
  await lead.goto(`${story.address}/loads`)
  await heading(lead, '管户负荷')
  await looksRight(lead, 'loads')
  await lead.setViewportSize({ width: 375, height: 812 })
  await looksRight(lead, 'loads')
})
