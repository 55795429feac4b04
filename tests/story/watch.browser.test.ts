import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { moveBusinessDate } from '../../src/deliveries/add-bank.ts'
import { add } from '../../src/foundation/store/store.ts'
import { newId } from '../../src/foundation/values/uuid7.ts'
import { routes } from '../../src/routes.ts'
import { refreshWatch } from '../../src/watch/refresh-watch.ts'
import { looksRight } from '../support/looks-right.ts'
import { smallBank, today, type Colleague, type SmallBank } from '../support/small-bank.ts'
import { heading, openStoryDesk, type StoryDesk } from '../support/story-desk.ts'

// The morning: a large outflow of yesterday is met, called about and reasoned; an end is prepared; an alert is silenced and comes back. At the desk and on the phone.

let bank: SmallBank
let story: StoryDesk
let steel: string
let shop: string
const name = '太原北方钢铁贸易有限公司'

async function holds(customerId: string, outFen: bigint, matures: string): Promise<void> {
  await bank.services.db.asBatch(async (tx) => {
    const why = { why: 'test' }
    const [current, time] = [newId(), newId()]
    await add(tx, 'account', { customer_id: customerId, id: current, core_key: `C${newId()}`, product_code: 'CUR', outlet_key: bank.units.south.key, opened_on: '2022-01-01', tail: '1208' }, why)
    await add(tx, 'balance_span', { customer_id: customerId, account_id: current, from_date: '2022-01-01', to_date: today, balance_fen: 2_400_000_000n }, why)
    await add(tx, 'balance_span', { customer_id: customerId, account_id: current, from_date: today, balance_fen: 2_400_000_000n - outFen }, why)
    await add(tx, 'account', { customer_id: customerId, id: time, core_key: `T${newId()}`, product_code: 'TIME', outlet_key: bank.units.south.key, opened_on: '2025-11-26', matures_on: matures, tail: '7788' }, why)
    await add(tx, 'balance_span', { customer_id: customerId, account_id: time, from_date: '2025-11-26', balance_fen: 345_000_000n }, why)
    if (outFen > 0n) await add(tx, 'account_transaction', { customer_id: customerId, id: newId(), account_id: current, core_key: newId(), booked_on: today, direction: 'OUT', amount_fen: outFen, counterparty_name: '山西恒泰重型机械有限公司', counterparty_bank: '建设银行' }, why)
  })
}
const refresh = (businessDate: string): Promise<void> => bank.services.db.asBatch((tx) => refreshWatch({ tx, batch: newId(), why: 'test', businessDate, formerDate: null, kind: 'DELTA', effects: [] }))

beforeAll(async () => {
  bank = await smallBank(routes)
  await bank.services.db.asBatch(async (tx) => {
    await add(tx, 'product', { code: 'CUR', name: '单位活期存款', name_en: 'Current account', line: 'DEPOSIT' }, { why: 'test' })
    await add(tx, 'product', { code: 'TIME', name: '单位定期存款', name_en: 'Time deposit', line: 'DEPOSIT' }, { why: 'test' })
  })
  steel = await bank.customer({ main: bank.staff.li, name })
  shop = await bank.customer({ main: bank.staff.li, name: '小店区晋味食品有限公司', tier: 'T2' })
  await holds(steel, 620_000_000n, '2026-12-20')
  await holds(shop, 0n, '2026-11-26')
  await refresh(today)
  story = await openStoryDesk(bank)
}, 300_000)
afterAll(() => story?.close())

const as = (person: Colleague, path: string, width = 1440): Promise<Page> => story.as(person, path, width)

describe('the morning at the desk', () => {
  test('yesterday’s outflow stands first in the day; called, reasoned, closed; the contact is recorded', async () => {
    const page = await as(bank.staff.li, '/my-day')
    await page.getByText('大额转出').first().waitFor()
    await page.getByRole('listitem').filter({ hasText: /2026-11-\d\d 转出/ }).getByText('620.00').first().waitFor()
    await looksRight(page, 'watch-day')
    await page.getByRole('button', { name: `现在联系 ${name}` }).click()
    const drawer = page.getByRole('dialog')
    await drawer.getByRole('button', { name: '保存' }).click()
    await drawer.getByText('请选择联系方式').first().waitFor()
    await drawer.getByText('电话', { exact: true }).click()
    await drawer.getByRole('textbox', { name: /^沟通内容/ }).fill('采购设备付款，月底有回款')
    await drawer.getByRole('combobox', { name: /^原因/ }).click()
    await page.getByTitle('采购或消费').click()
    await drawer.getByText('办结，预警属实', { exact: true }).click()
    await looksRight(page, 'watch-answer')
    await drawer.getByRole('button', { name: '保存' }).click()
    await page.getByText('已登记').waitFor()
    await page.getByText('今天已联系 1').waitFor()
    expect(await page.getByText(/转出 620.00 万元/).count()).toBe(0)
    await page.goto(`${story.address}/movements`)
    await heading(page, '大额变动')
    await page.getByText('已办结').first().waitFor()
    await page.getByText(/山西恒泰重型机械有限公司/).first().waitFor()
    await looksRight(page, 'watch-movements')
  })

  test('an end of this week is prepared', async () => {
    const page = await as(bank.staff.li, '/maturities')
    await heading(page, '到期一本账')
    await page.getByRole('button', { name: /^准备 小店区/ }).click()
    const drawer = page.getByRole('dialog')
    await drawer.getByRole('textbox', { name: /^准备情况/ }).fill('有续存意向，已报一年期利率')
    await drawer.getByRole('button', { name: '保存' }).click()
    await page.getByText(/已准备/).first().waitFor()
    await looksRight(page, 'watch-maturities')
  })

  test('an alert is silenced with a reason, stands beside the name no more, and is back after its day', async () => {
    const page = await as(bank.staff.li, `/customers/${steel}`)
    await heading(page, name)
    await page.getByText('到期未谈').first().waitFor()
    await looksRight(page, 'watch-customer')
    await page.getByRole('button', { name: /^暂缓 .*到期未谈/ }).click()
    const drawer = page.getByRole('dialog')
    await drawer.getByRole('textbox', { name: /^暂缓原因/ }).fill('客户出差，12 月面谈')
    await drawer.getByRole('button', { name: '暂缓', exact: true }).click()
    await page.getByText(/暂缓至 2026-11-30：客户出差/).waitFor()
    await page.goto(`${story.address}/churn`)
    await heading(page, '流失与预警')
    await page.getByText('没有待处理的预警').waitFor()
    await bank.services.db.asBatch((tx) => moveBusinessDate(tx, '2026-12-01'))
    await refresh('2026-12-01')
    await page.reload()
    await page.getByText(/单位定期存款（尾号 7788）/).first().waitFor()
    await looksRight(page, 'watch-alerts')
  })

  test('churn of the quarter, gaps and leads have their pages', async () => {
    const page = await as(bank.staff.lead, '/churn?tab=churn')
    await page.getByText(/2026年第4季度/).first().waitFor()
    await looksRight(page, 'watch-churn')
    await page.goto(`${story.address}/gaps?tab=payees`)
    await page.getByText('山西恒泰重型机械有限公司').waitFor()
    await page.getByRole('link', { name }).first().waitFor()
    await looksRight(page, 'watch-leads')
    const other = await as(bank.staff.zhao, '/gaps?tab=payees')
    await other.getByText('1 位我行客户').waitFor()
    expect(await other.getByText(name).count()).toBe(0)
  })
})

describe('the limits of watching', () => {
  test('what the market makes of funds: proposed at the desk, checked on the phone by another; what holds and what is to come', async () => {
    const page = await as(bank.staff.admin, '/policies/watch')
    await heading(page, '预警标准')
    await page.getByText('一日转入或转出达到标准：100 万元与近 30 天日均的 10%，取较大者').waitFor()
    await looksRight(page, 'watch-limits')
    await page.getByRole('button', { name: '提交变更' }).click()
    const drawer = page.getByRole('dialog')
    await drawer.getByRole('combobox', { name: /^标准/ }).click()
    await page.locator('.ant-select-dropdown:visible').getByText('总资产增量', { exact: true }).click()
    await drawer.getByText('季度首日').waitFor()
    await drawer.getByRole('textbox', { name: /^变更依据/ }).fill('总行考核办法第 30 号')
    await drawer.getByRole('button', { name: '提交变更' }).click()
    // nothing was changed yet
    await drawer.getByText('未能提交。与现行标准相同').waitFor()
    await drawer.getByText('只计净流入，市值涨跌不计').first().click()
    await looksRight(page, 'watch-limit-proposed')
    await drawer.getByRole('button', { name: '提交变更' }).click()
    await page.getByText('已提交，等待另一位同事复核').waitFor()
    await page.getByText('未能复核。您是经办人，不能复核').waitFor()
    const phone = await as(bank.staff.leader, '/policies/watch', 375)
    await phone.getByText('1 项变更待复核').waitFor()
    await looksRight(phone, 'watch-limit-waiting')
    await phone.getByRole('button', { name: '复核 总资产增量（个人）' }).click()
    await phone.getByRole('dialog').getByRole('button', { name: '复核' }).click()
    await phone.getByRole('heading', { name: '待生效和以前的标准' }).waitFor()
    await looksRight(phone, 'watch-limits')
    // the movements say the limits that hold, whatever they are
    const movements = await as(bank.staff.li, '/movements')
    await movements.getByText('企业 100 万元或日均 10%，个人 20 万元或日均 20%').waitFor()
  })
})

describe('on the phone', () => {
  test('the day, the movements and what ends are cards with their verb', async () => {
    const page = await as(bank.staff.li, '/my-day', 375)
    await page.getByText('变动与到期').waitFor()
    await looksRight(page, 'watch-day-phone')
    await page.goto(`${story.address}/movements?day=2026-11-23`)
    await page.getByText(name).first().waitFor()
    await looksRight(page, 'watch-movements-phone')
    await page.goto(`${story.address}/maturities?when=MONTH&month=2026-12`)
    await page.getByRole('button', { name: /^准备/ }).first().waitFor()
    await looksRight(page, 'watch-maturities-phone')
    await page.getByRole('button', { name: /^准备/ }).first().click()
    await page.getByRole('dialog').getByRole('textbox', { name: /^准备情况/ }).waitFor()
  })
})
