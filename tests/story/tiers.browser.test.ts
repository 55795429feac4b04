import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { refreshTiers } from '../../src/customers/refresh-tiers.ts'
import { workOutMonths } from '../../src/customers/value/run-value-job.ts'
import { moveBusinessDate } from '../../src/deliveries/add-bank.ts'
import { add } from '../../src/foundation/store/store.ts'
import { newId } from '../../src/foundation/values/uuid7.ts'
import { routes } from '../../src/routes.ts'
import { looksRight } from '../support/looks-right.ts'
import { smallBank, type Colleague, type SmallBank } from '../support/small-bank.ts'
import { heading, openStoryDesk, type StoryDesk } from '../support/story-desk.ts'

// Tiers and value from hand to hand: a rule is tried and proposed at the desk and checked on the phone, the job proposes a move, the head decides it with a reason, the customer's page tells it;
// what a customer is worth opens down to its lines; a price of funds is proposed and checked by two.

let bank: SmallBank
let story: StoryDesk
let rising: string
const name = '太原恒远药业有限公司'

beforeAll(async () => {
  bank = await smallBank(routes)
  await bank.services.db.asBatch(async (tx) => {
    await add(tx, 'product', { code: 'CUR', name: '单位活期存款', name_en: 'Current account', line: 'DEPOSIT' }, { why: 'test' })
    await add(tx, 'product', { code: 'LOAN', name: '流动资金贷款', name_en: 'Working capital loan', line: 'LOAN' }, { why: 'test' })
  })
  // six of a tier, so that a median may be shown; one of them just below the core line
  for (const [place, yuan] of [15_000_000n, 6_000_000n, 7_000_000n, 8_000_000n, 9_000_000n, 10_000_000n].entries()) {
    const id = await bank.customer({ name: place === 0 ? name : `城南第${'一二三四五'[place - 1] ?? ''}贸易有限公司`, tier: 'T2', main: bank.staff.li })
    if (place === 0) rising = id
    await bank.services.db.asBatch(async (tx) => {
      const [account, loan] = [newId(), newId()]
      await add(tx, 'account', { customer_id: id, id: account, core_key: account, product_code: 'CUR', outlet_key: bank.units.south.key, opened_on: '2025-01-01', tail: '1208' }, { why: 'test' })
      await add(tx, 'balance_span', { customer_id: id, account_id: account, from_date: '2025-01-01', balance_fen: yuan * 100n }, { why: 'test' })
      await add(tx, 'account_transaction', { customer_id: id, id: newId(), account_id: account, core_key: newId(), booked_on: '2026-10-12', direction: 'OUT', amount_fen: 31_800n, kind: 'FEE' }, { why: 'test' })
      if (place > 0) return
      await add(tx, 'loan', { customer_id: id, id: loan, core_key: loan, product_code: 'LOAN', outlet_key: bank.units.south.key, amount_fen: 300_000_000n, paid_out_on: '2026-03-01', matures_on: '2027-03-01', term_months: 12, rate: '0.0385' }, { why: 'test' })
      await add(tx, 'loan_span', { customer_id: id, loan_id: loan, from_date: '2026-03-01', principal_fen: 300_000_000n }, { why: 'test' })
    })
  }
  await workOutMonths(bank.services, { months: 12 })
  story = await openStoryDesk(bank)
}, 300_000)
afterAll(() => story?.close())

const as = (person: Colleague, path: string, width: number): Promise<Page> => story.as(person, path, width)
const done = (page: Page): Promise<void> => page.context().close()

describe('simulated profit', () => {
  test('from the branch by product to its managers, to one manager and his customers, to how one of them was worked out', async () => {
    const desk = await as(bank.staff.branchHead, '/profit', 1440)
    await desk.getByRole('row', { name: /^单位活期存款/ }).waitFor()
    await looksRight(desk, 'profit-products')
    await desk.getByRole('link', { name: '流动资金贷款' }).click()
    await heading(desk, '模拟利润 · 流动资金贷款')
    await desk.getByRole('link', { name: '李晓雯' }).click()
    await heading(desk, '模拟利润 · 李晓雯 · 流动资金贷款')
    await desk.getByRole('link', { name }).waitFor()
    await looksRight(desk, 'profit-customers')
    await desk.getByRole('link', { name: '模拟利润 · 全部' }).click()
    await desk.getByText('客户经理', { exact: true }).first().click()
    await desk.getByRole('row', { name: /^李晓雯 6 / }).waitFor()
    await looksRight(desk, 'profit-managers')
    await done(desk)
    const phone = await as(bank.staff.li, '/profit', 375)
    await phone.getByRole('heading', { name: '客户构成' }).waitFor()
    await looksRight(phone, 'profit-own')
    await phone.getByRole('link', { name }).click()
    await heading(phone, name)
    await done(phone)
    const head = await as(bank.staff.branchHead, '/profit?by=MANAGER', 375)
    await head.getByText('李晓雯').first().waitFor()
    await looksRight(head, 'profit-managers')
    await done(head)
  }, 120_000)
})

describe('a rule of tiers', () => {
  test('is tried and proposed at the desk with its difference, checked by a second person on the phone', async () => {
    const desk = await as(bank.staff.admin, '/policies/tiers', 1440)
    await desk.getByText('2,000 万元').first().waitFor()
    await looksRight(desk, 'tier-rules')
    await desk.getByRole('button', { name: '提交变更' }).click()
    await heading(desk, '变更层级规则')
    // a person's rule begins with the present lines of persons
    await desk.getByRole('radio', { name: '个人' }).check()
    expect(await desk.getByRole('textbox', { name: /^核心优质：月日均/ }).inputValue()).toBe('6,000,000.00')
    await desk.getByRole('radio', { name: '企业' }).check()
    expect(await desk.getByRole('textbox', { name: /^核心优质：月日均/ }).inputValue()).toBe('20,000,000.00')
    await desk.getByText('修改标准后可试算谁会变动').waitFor()
    await desk.getByRole('textbox', { name: /^核心优质：月日均/ }).fill('1200万')
    await desk.getByRole('row', { name: /核心优质：月日均 2,000 万元 1,200 万元/ }).waitFor()
    await desk.getByRole('button', { name: '试算影响' }).click()
    await desk.getByRole('row', { name: '重点 核心优质 0 1', exact: true }).waitFor()
    // nothing is sent without the reason: the summary leads to the field
    await desk.getByRole('button', { name: '提交变更' }).click()
    await desk.getByText('有 1 处需要修改').waitFor()
    await desk.getByRole('textbox', { name: /^变更依据/ }).fill('总行 2026 年第 12 号文')
    await looksRight(desk, 'tier-rule-new')
    await desk.getByRole('button', { name: '提交变更' }).click()
    await heading(desk, '层级规则')
    await desk.getByText('1 项变更待复核').waitFor()
    await desk.getByText('您是经办人，不能复核').first().waitFor()
    await looksRight(desk, 'tier-rules-waiting')
    await done(desk)

    const phone = await as(bank.staff.leader, '/policies/tiers', 375)
    await phone.getByText('总行 2026 年第 12 号文').waitFor()
    await looksRight(phone, 'tier-rules-waiting')
    await phone.getByRole('button', { name: '复核 企业 · 全行' }).click()
    await phone.getByRole('dialog').getByRole('button', { name: '复核', exact: true }).click()
    await phone.getByRole('heading', { name: '待生效' }).waitFor()
    await looksRight(phone, 'tier-rules')
    await done(phone)
    expect(await bank.look('SELECT t1_fen::text FROM tier_rule WHERE kind = $1 AND from_date = $2', ['CORPORATE', '2026-12-01'])).toEqual([{ t1_fen: '1200000000' }])
  }, 120_000)

  test('the form at 375 pixels', async () => {
    const page = await as(bank.staff.admin, '/policies/tiers/new', 375)
    await page.getByRole('textbox', { name: /^重点：月日均/ }).fill('600万')
    await page.getByRole('button', { name: '试算影响' }).waitFor()
    await looksRight(page, 'tier-rule-new')
    await done(page)
  })
})

describe('a move of a core customer', () => {
  test('the job proposes it, the head decides it with a reason, the customer’s page tells it; the strategic list by two heads', async () => {
    await bank.services.db.asBatch(async (tx) => {
      await moveBusinessDate(tx, '2027-01-04')
      await refreshTiers(tx, { day: '2027-01-04', bankCode: 'test' })
    })
    const manager = await as(bank.staff.li, '/tiers', 1440)
    await manager.getByText('1 项核心客户变动待确认').waitFor()
    await manager.getByRole('button', { name: `处理 ${name}` }).hover()
    await looksRight(manager, 'tier-moves')
    await done(manager)

    const head = await as(bank.staff.outletHead, '/tiers', 375)
    await head.getByRole('link', { name: '查看待确认' }).click()
    await head.getByRole('button', { name: `处理 ${name}` }).click()
    const drawer = head.getByRole('dialog')
    await drawer.getByText(/2026-12 月日均 1,500.00 万元/).first().waitFor()
    await drawer.getByRole('radio', { name: '不同意' }).check()
    await drawer.getByRole('button', { name: '不同意' }).click()
    await drawer.getByText('请写明不同意的原因').first().waitFor()
    await looksRight(head, 'tier-decision')
    await drawer.getByRole('radio', { name: '确认变动' }).check()
    await drawer.getByRole('textbox', { name: /^说明/ }).fill('已与客户经理核实，结算账户长期留存')
    await drawer.getByRole('button', { name: '确认变动' }).click()
    await head.getByText('没有符合条件的结果').waitFor()
    await looksRight(head, 'tier-moves')
    await done(head)

    const page = await as(bank.staff.outletHead, `/customers/${rising}?tab=value`, 1440)
    await page.getByText('已与客户经理核实，结算账户长期留存').waitFor()
    await page.getByText('不在战略名单').waitFor()
    await page.getByRole('button', { name: '提名', exact: true }).click()
    await page.getByRole('textbox', { name: /^理由/ }).fill('省级专精特新企业名单')
    await page.getByRole('dialog').getByRole('button', { name: '提名' }).click()
    await page.getByText('待复核', { exact: true }).waitFor()
    await looksRight(page, 'tier-history')
    await done(page)
    const second = await as(bank.staff.branchHead, `/customers/${rising}?tab=value`, 375)
    await second.getByRole('button', { name: '复核', exact: true }).click()
    await second.getByRole('dialog').getByRole('button', { name: '复核', exact: true }).click()
    await second.getByText('在名单', { exact: true }).waitFor()
    await looksRight(second, 'tier-history')
    await done(second)
    expect(await bank.look('SELECT tier FROM customer WHERE customer_id = $1', [rising])).toEqual([{ tier: 'T1' }])
  }, 120_000)
})

describe('value', () => {
  test.each([1440, 375])('what a customer is worth, by product, in time, against its tier, down to the lines, at %i pixels', async (width) => {
    const other = (await bank.look<{ customer_id: string }>('SELECT customer_id FROM customer WHERE name = $1', ['城南第三贸易有限公司']))[0]?.customer_id ?? ''
    const page = await as(bank.staff.li, `/customers/${other}?tab=value`, width)
    // the five of the tier that are left
    await page.getByText(/高于同层级中位数|低于同层级中位数|与同层级中位数相同/).waitFor()
    await page.getByRole('figure', { name: '税前贡献趋势' }).waitFor()
    await page.getByRole('heading', { name: '各产品占正贡献的比例' }).waitFor()
    await page.getByRole('heading', { name: '忠诚度' }).waitFor()
    await looksRight(page, 'value')
    await page.getByRole('link', { name: /^税前贡献/ }).click()
    await page.waitForURL(/tab=value#value-why/)
    if (width === 1440) await page.getByRole('button', { name: '展开 税前贡献' }).click()
    else for (const level of [/^净贡献/, /^税前贡献/]) await page.getByRole('button', { name: level }).click()
    if (width === 1440) await page.getByRole('button', { name: '展开 存款贡献' }).click()
    else await page.getByRole('button', { name: /^存款贡献/ }).click()
    await page.getByText(/日均 8,000,000.00 × （1.20% − 0.10%）× 31 ÷ 360/).waitFor()
    await page.getByRole('link', { name: '查看账户' }).first().click()
    await page.waitForURL(/tab=holdings/)
    await page.getByText('单位活期存款').first().waitFor()
    await done(page)
  })

  test('a price of funds is proposed in percent at the desk, given back with a reason, proposed again and checked on the phone', async () => {
    const desk = await as(bank.staff.admin, '/policies/value', 1440)
    await desk.getByRole('button', { name: '提交变更' }).click()
    const drawer = desk.getByRole('dialog')
    await drawer.getByText('现行：1.70%').waitFor()
    await drawer.getByRole('textbox', { name: /^价格/ }).fill('1.65')
    await drawer.getByRole('textbox', { name: /^变更依据/ }).fill('资产负债委员会 2026 年第 11 次会议')
    await looksRight(desk, 'price-new')
    await drawer.getByRole('button', { name: '提交变更' }).click()
    await desk.getByRole('row', { name: /价格 1.70% 1.65%/ }).waitFor()
    await looksRight(desk, 'prices-waiting')
    await done(desk)

    const phone = await as(bank.staff.leader, '/policies/value', 375)
    await phone.getByRole('button', { name: /^退回/ }).click()
    await phone.getByRole('textbox', { name: /^退回原因/ }).fill('请附会议纪要')
    await phone.getByRole('dialog').getByRole('button', { name: '退回' }).click()
    await phone.getByText(/请附会议纪要/).waitFor()
    await looksRight(phone, 'prices')
    await done(phone)
    const again = await as(bank.staff.admin, '/policies/value', 375)
    await again.getByRole('button', { name: '提交变更' }).click()
    await again.getByRole('textbox', { name: /^价格/ }).fill('1.65')
    await again.getByRole('textbox', { name: /^变更依据/ }).fill('资产负债委员会 2026 年第 11 次会议，纪要附后')
    await looksRight(again, 'price-new')
    await again.getByRole('dialog').getByRole('button', { name: '提交变更' }).click()
    await again.getByText('1 项变更待复核').waitFor()
    await done(again)
    const second = await as(bank.staff.leader, '/policies/value', 1440)
    await second.getByRole('button', { name: /^复核/ }).click()
    await second.getByRole('dialog').getByRole('button', { name: '复核', exact: true }).click()
    await second.getByText('待生效和以前的数值').waitFor()
    await looksRight(second, 'prices')
    await done(second)
    expect(await bank.look("SELECT rate::text FROM ftp_price WHERE side = 'BID' AND term_months = 12 AND from_date > '2000-01-01'")).toEqual([{ rate: '0.01650000' }])
  }, 120_000)
})
