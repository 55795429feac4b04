import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { add } from '../../src/foundation/store/store.ts'
import { newId } from '../../src/foundation/values/uuid7.ts'
import { workOutIndicators } from '../../src/performance/work-out-indicators.ts'
import { routes } from '../../src/routes.ts'
import { looksRight } from '../support/looks-right.ts'
import { smallBank, type Colleague, type SmallBank } from '../support/small-bank.ts'
import { heading, openStoryDesk, type StoryDesk } from '../support/story-desk.ts'

// An indicator from facts that are there: tried and proposed at the desk, confirmed by a second person and worked out the same minute, read by the manager on the phone down to its rows;
// a scheme's rules tried with typed numbers give the figures of the specification.

let bank: SmallBank
let story: StoryDesk
let perf: Colleague
let perf2: Colleague

beforeAll(async () => {
  bank = await smallBank(routes)
  perf = await bank.colleague('马绩', 'PERFORMANCE', bank.units.head.key)
  perf2 = await bank.colleague('卢效', 'PERFORMANCE', bank.units.head.key)
  const customer = await bank.customer({ name: '太原恒远药业有限公司', main: bank.staff.li, assist: bank.staff.wang })
  await bank.services.db.asBatch(async (tx) => {
    await add(tx, 'product', { code: 'L103', name: '小额贷款', name_en: 'Small loan', line: 'LOAN' }, { why: 'test' })
    for (const day of ['2026-10-08', '2026-10-20']) await add(tx, 'loan', { customer_id: customer, id: newId(), core_key: newId(), product_code: 'L103', outlet_key: bank.units.south.key, amount_fen: 5_000_000n, paid_out_on: day, matures_on: '2027-10-08', term_months: 12 }, { why: 'test' })
  })
  await workOutIndicators(bank.services, { months: ['2026-10'] })
  story = await openStoryDesk(bank)
}, 300_000)
afterAll(() => story?.close())

const as = (person: Colleague, path: string, width: number): Promise<Page> => story.as(person, path, width)
const done = (page: Page): Promise<void> => page.context().close()

describe('a new indicator', () => {
  test('is put together, tried and proposed', async () => {
    const desk = await as(perf, '/indicators', 1440)
    await desk.getByText('存款日均增量').first().waitFor()
    await looksRight(desk, 'indicators')
    await desk.getByRole('button', { name: '新增或修改指标' }).click()
    await heading(desk, '新增或修改指标')
    await desk.getByRole('textbox', { name: /^代码/ }).fill('SMALL_LOANS')
    await desk.getByRole('textbox', { name: /^中文名称/ }).fill('小额贷款发放额')
    await desk.getByRole('textbox', { name: /^英文名称/ }).fill('Small loans paid out')
    await desk.getByRole('textbox', { name: /^主管部门/ }).fill('普惠金融部')
    await desk.getByRole('button', { name: '试 算' }).or(desk.getByRole('button', { name: '试算', exact: true })).first().click()
    await desk.getByText('2026-10：2 人，4 条业务事实', { exact: false }).waitFor()
    await desk.getByRole('textbox', { name: /^原因/ }).fill('普惠考核需要单列')
    await looksRight(desk, 'indicator-new')
    await desk.getByRole('button', { name: '提交复核' }).click()
    await heading(desk, '考核指标')
    await desk.getByText('普惠考核需要单列', { exact: false }).first().waitFor()
    await done(desk)
  })
  test('is confirmed by another, worked out, and read by its manager on the phone down to the rows', async () => {
    const desk = await as(perf2, '/indicators', 1440)
    await desk.getByRole('button', { name: /^复核 小额贷款发放额/ }).click()
    await desk.getByRole('dialog').getByRole('button', { name: /复\s?核/ }).click()
    await desk.getByText('已开始计算，完成后刷新可见').waitFor()
    await done(desk)
    // the job runs in the server: until its month is there
    for (let tries = 0; tries < 100; tries += 1) {
      if ((await bank.look(`SELECT 1 FROM indicator_month WHERE code = 'SMALL_LOANS' AND month = '2026-10-01'`)).length > 0) break
      await new Promise((resolve) => setTimeout(resolve, 200))
    }
    const phone = await as(bank.staff.li, '/indicators/SMALL_LOANS?month=2026-10', 375)
    await heading(phone, '小额贷款发放额')
    await phone.getByText('60,000.00').first().waitFor() // 60 % of two loans of 50,000
    await looksRight(phone, 'indicator-values')
    await phone.getByRole('link', { name: bank.staff.li.name }).click()
    await phone.getByText('明细合计 60,000.00 元', { exact: false }).waitFor()
    expect(await phone.getByText('太原恒远药业有限公司').count()).toBeGreaterThan(0)
    await looksRight(phone, 'indicator-rows')
    await done(phone)
  })
})

test('the rules of a scheme, tried with typed numbers, give the figures of the specification', async () => {
  const desk = await as(perf, '/schemes/trial', 1440)
  await heading(desk, '规则试算')
  await desk.getByRole('button', { name: '填入示例' }).click()
  await desk.getByRole('button', { name: /^试\s?算$/ }).click()
  await desk.getByText('99.40').first().waitFor()
  await looksRight(desk, 'rule-trial')
  await done(desk)
  const phone = await as(bank.staff.li, '/schemes/trial?tab=HUNDRED', 375)
  await phone.getByRole('button', { name: '填入示例' }).click()
  await phone.getByRole('button', { name: /^试\s?算$/ }).click()
  await phone.getByText('37,614.30').first().waitFor()
  await looksRight(phone, 'rule-trial')
  await done(phone)
})
