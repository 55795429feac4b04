import { join } from 'node:path'
import type { APIResponse, Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { buildBrowserFiles } from '../../src/commands/build-browser-files.ts'
import { makeDemoBank } from '../../src/demo/demo-bank.ts'
import { demoPassword, people } from '../../src/demo/known-cases.ts'
import { readConfig } from '../../src/foundation/config/config.ts'
import { testDatabase, type TestDatabase } from '../../src/foundation/database/testing.ts'
import { sql } from '../../src/foundation/database/transaction.ts'
import { newId } from '../../src/foundation/values/uuid7.ts'
import { startServer, type RunningServer } from '../../src/server.ts'
import { launchBrowser } from '../support/browser.ts'
import { looksRight, openBrowser } from '../support/looks-right.ts'

// One thread through the whole house, on the demo bank: a manager's morning, a contact, its effect, a grant, a month's pay down to the transaction, and what others see of it.

type Known = { id: string; name: string; initials: string }
let database: TestDatabase
let server: RunningServer
let browser: Browser
/** Core customers of 李晓雯 who were not contacted this month: one for each width. */
let waiting: Known[]
let seen: { manager: number }
beforeAll(async () => {
  await buildBrowserFiles(() => undefined)
  database = await testDatabase()
  const { config } = readConfig({ YINQIAO_DATA: database.folder, YINQIAO_KEYS: join(database.folder, 'keys'), PORT: '0', YINQIAO_LOG: 'silent' }, database.folder)
  server = await startServer(config, database.db)
  await makeDemoBank(server.services, { size: 'small', onProgress: () => Promise.resolve() })
  browser = await launchBrowser()
  waiting = await database.db.asBatch((tx) => tx.all(sql<Known>`
    SELECT c.customer_id AS id, c.name, c.name_initials AS initials FROM contact_plan_coverage_facts f
    JOIN customer c ON c.customer_id = f.customer_id JOIN organisation_staff_facts s ON s.staff_key = f.staff_key
    WHERE f.month_start = '2026-11-01' AND NOT f.met AND s.staff_no = ${people.manager} AND c.main_staff_key = s.staff_key ORDER BY c.number`))
  seen = await database.db.asBatch((tx) => tx.one(sql<{ manager: number }>`
    SELECT count(*)::int AS manager FROM customer c JOIN organisation_staff_facts s ON c.viewers @> ARRAY[s.staff_key] WHERE s.staff_no = ${people.manager}`))
}, 400_000)
afterAll(async () => {
  await browser?.close()
  await server?.stop()
  await database?.drop()
})

describe.each([375, 1440] as const)('the story at %i pixels', (width) => {
  const contexts = new Map<string, BrowserContext>()
  let customer: Known
  const name = (what: string): string => `story-${what}`
  beforeAll(() => {
    const mine = waiting[width === 375 ? 0 : 1]
    if (mine === undefined) throw new Error('the demo bank has too few core customers who wait for a contact')
    customer = mine
  })
  afterAll(async () => {
    for (const context of contexts.values()) await context.close()
  })

  /** A page of this person; signed in through the door the first time. */
  async function as(staffNo: string, path: string): Promise<Page> {
    const known = contexts.get(staffNo)
    if (known) {
      const page = known.pages()[0] ?? (await known.newPage())
      await page.goto(`${server.address}${path}`)
      return page
    }
    const context = await openBrowser(browser, width)
    contexts.set(staffNo, context)
    const page = await context.newPage()
    page.setDefaultTimeout(20_000)
    await page.goto(`${server.address}/sign-in?back=${encodeURIComponent(path)}`)
    await page.getByLabel(/^工号$/).fill(staffNo)
    await page.getByLabel(/^密码$/).fill(demoPassword)
    await page.getByRole('button', { name: '登录', exact: true }).click()
    await page.locator('.yq-desk').waitFor()
    return page
  }
  const ask = (page: Page, path: string): Promise<APIResponse> => page.context().request.get(`${server.address}${path}`)
  const met = async (page: Page): Promise<number> => ((await (await ask(page, '/api/coverage?month=2026-11')).json()) as { total: { met: number } }).total.met
  const heading = (page: Page, text: string | RegExp): Promise<void> => page.getByRole('heading', { level: 1, name: text }).waitFor()

  test('in the morning the manager signs in and sees what is due', async () => {
    const page = await as(people.manager, '/')
    await heading(page, /一天|今天/)
    await looksRight(page, name('my-day'))
  })

  test('he sees only his customers, and finds one by its initials', async () => {
    const page = await as(people.manager, '/customers')
    await page.getByText(`共 ${seen.manager} 位`).waitFor()
    await looksRight(page, name('customers'))
    await page.getByRole('searchbox').first().fill(customer.initials)
    await page.waitForURL((url) => url.searchParams.get('q') === customer.initials)
    await page.getByRole('link', { name: customer.name, exact: true }).first().click()
    await heading(page, customer.name)
  })

  test('its page tells who it is, what it holds, what moved', async () => {
    const page = await as(people.manager, `/customers/${customer.id}`)
    await heading(page, customer.name)
    await page.getByText('未联系').first().waitFor()
    await looksRight(page, name('customer'))
    for (const [tab, key] of [['持有', 'holdings'], ['往来', 'flows'], ['档案', 'file'], ['历史', 'history']] as const) {
      await page.getByRole('button', { name: tab, exact: true }).click()
      await page.waitForURL((url) => url.searchParams.get('tab') === key)
      await looksRight(page, name(`customer-${key}`))
    }
  })

  test('a colleague of another branch finds nothing: a foreign customer and one that does not exist are the same', async () => {
    const page = await as(people.otherBranchManager, `/customers?q=${encodeURIComponent(customer.name)}`)
    await page.getByText('没有符合条件的').or(page.getByText('没有找到')).or(page.getByText('没有符合')).first().waitFor()
    expect(await page.getByRole('link', { name: customer.name, exact: true }).count()).toBe(0)
    await looksRight(page, name('nothing-found'))
    const told: string[] = []
    for (const id of [customer.id, newId()]) {
      await page.goto(`${server.address}/customers/${id}`)
      await heading(page, '没有找到，或不在您的权限内')
      told.push(await page.locator('main').innerText())
      await looksRight(page, name('not-found'))
    }
    expect(told[0]).toBe(told[1])
    const answers = await Promise.all([customer.id, newId()].map(async (id) => {
      const answer = await ask(page, `/api/customers/${id}`)
      const { requestId: _one, ...body } = (await answer.json()) as Record<string, unknown>
      return { status: answer.status(), body }
    }))
    expect(answers[0]).toEqual(answers[1])
    expect(answers[0]).toMatchObject({ status: 404, body: { refusal: 'not-found' } })
  })

  test('he records a contact, and the coverage changes', async () => {
    const page = await as(people.manager, '/coverage?month=2026-11')
    await heading(page, /联系覆盖率/)
    await looksRight(page, name('coverage'))
    const before = await met(page)
    await page.goto(`${server.address}/customers/${customer.id}`)
    await page.getByRole('button', { name: '记录联系' }).first().click()
    await heading(page, '记录联系')
    await looksRight(page, name('contact-form'))
    await page.getByRole('button', { name: '提交' }).click()
    await page.getByRole('alert').first().waitFor()
    await page.getByText('电话', { exact: true }).first().click()
    await page.getByRole('textbox', { name: /^内容/ }).fill(`电话问候，${customer.name}近期无大额支出安排，月底前回访。`)
    await page.getByRole('button', { name: '提交' }).click()
    await heading(page, customer.name)
    await page.getByText('已联系').first().waitFor()
    expect(await met(page)).toBe(before + 1)
    await looksRight(page, name('customer-contacted'))

    // the figure opens down to the contact
    await page.goto(`${server.address}/coverage?month=2026-11`)
    await page.getByRole('link', { name: '李晓雯' }).first().click()
    await page.getByRole('link', { name: customer.name, exact: true }).first().waitFor()
    await looksRight(page, name('coverage-manager'))
  })

  test('the team lead grants reading to the colleague of the other branch, who then reads and does no more', async () => {
    const lead = await as(people.teamLead, `/customers/${customer.id}?tab=file`)
    await heading(lead, customer.name)
    await lead.getByRole('button', { name: '授权', exact: true }).click()
    const drawer = lead.getByRole('dialog')
    await drawer.getByRole('combobox', { name: /^被授权人/ }).fill('解志强')
    await lead.locator('.ant-select-item-option').filter({ hasText: '解志强' }).first().click()
    await drawer.getByRole('textbox', { name: /^原因/ }).fill('客户在晋中开店，两行配合')
    await looksRight(lead, name('grant'))
    await drawer.getByRole('button', { name: '授权', exact: true }).click()
    await lead.getByText('客户在晋中开店，两行配合').first().waitFor()

    const other = await as(people.otherBranchManager, `/customers/${customer.id}`)
    await heading(other, customer.name)
    await other.getByText('授权查看，只读').first().waitFor()
    await looksRight(other, name('by-grant'))
    expect((await ask(other, `/api/customers/${customer.id}/reveal`)).status()).not.toBe(200)
  })

  test('human resources settle the month; on the phone they only look', async () => {
    if (width === 1440) await moveToday('2026-12-01')
    const page = await as(people.hr, '/settlement')
    await heading(page, '结算')
    if (width === 375) {
      await page.getByText('手机上只能查看').waitFor()
    } else {
      await page.getByRole('button', { name: '试算' }).click()
      await page.getByText('试算结果（未保存）').waitFor({ timeout: 60_000 })
      await page.getByRole('button', { name: /结算$/ }).first().click()
      await page.getByText('结算结果', { exact: true }).waitFor({ timeout: 60_000 })
      await page.getByText('2026-11').first().waitFor()
    }
    await looksRight(page, name('settlement'))
  })

  test('the manager’s statement opens down to the transaction', async () => {
    const page = await as(people.manager, `/statement?month=${width === 1440 ? '2026-11' : '2026-10'}`)
    await heading(page, /我的工资单/)
    await page.getByText('应发').first().waitFor()
    await looksRight(page, name('statement'))
    const facts = page.getByRole('link', { name: /条业务事实/ })
    if (width === 1440) {
      // the whole tree, branch by branch
      const shut = page.locator('.yq-tree-toggle[aria-expanded="false"]')
      while ((await shut.count()) > 0) await shut.first().click()
    } else {
      // one level a screen, always into the largest part
      for (let level = 0; level < 8 && (await facts.count()) === 0; level++) await openLargest(page)
      await looksRight(page, name('statement-level'))
    }
    expect(await facts.count(), 'a line that leads to its facts').toBeGreaterThan(0)
    await facts.first().click()
    await page.getByRole('link', { name: '看流水' }).first().or(page.getByRole('link', { name: /\p{Script=Han}{2,}/u }).first()).first().waitFor()
    await looksRight(page, name('statement-facts'))
    if (width === 1440) {
      await page.getByRole('link', { name: '看流水' }).first().click()
      await page.waitForURL(/pay-facts/)
      await page.getByText(/当月/).first().waitFor()
      await looksRight(page, name('bookings'))
    }
  })

  test('the history tells the contact and the grant in words', async () => {
    const page = await as(people.manager, `/customers/${customer.id}?tab=history`)
    await heading(page, customer.name)
    await page.getByText(/联系记录/).first().waitFor()
    await page.getByText(/授权/).first().waitFor()
    const told = await page.locator('main').innerText()
    expect(told).toContain('李晓雯')
    expect(told).toContain('陈国栋')
    expect(told, 'a code instead of words').not.toMatch(/\b[A-Z]+_[A-Z]+\b|\bADD\b|contact_person|staff_key|opened by grant/)
    await looksRight(page, name('history'))
  })
})

/** On the phone: the child with the largest amount. */
async function openLargest(page: Page): Promise<void> {
  const children = page.locator('.yq-level button')
  const values = await children.evaluateAll((all) => all.map((one) => Math.abs(Number(one.querySelector('.yq-tree-value')?.textContent?.replace(/[^\d.]/g, '') ?? '0'))))
  await children.nth(values.indexOf(Math.max(...values))).click()
}

/** The bank's today moves, as a delivery of that day would move it. */
async function moveToday(day: string): Promise<void> {
  const owner = await database.db.connectOwner()
  try {
    await owner.query('UPDATE bank SET business_date = $1', [day])
  } finally {
    await owner.end()
  }
}
