import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { buildBrowserFiles } from '../../src/commands/build-browser-files.ts'
import { loadDelivery } from '../../src/flows/load-delivery.ts'
import { settleMonth } from '../../src/flows/settle-month.ts'
import { readConfig } from '../../src/foundation/config/config.ts'
import { testDatabase, type TestDatabase } from '../../src/foundation/database/testing.ts'
import { sql, type Sql } from '../../src/foundation/database/transaction.ts'
import { startServer, type RunningServer } from '../../src/server.ts'
import { launchBrowser } from '../support/browser.ts'
import { looksRight, openBrowser } from '../support/looks-right.ts'
import { readBook } from '../support/read-book.ts'

// The same house on a real bank's data: a district's manager signs in with the password of the first load, finds a customer, sees who moved between tiers when, and reads his pay of December 1993.
const berka = join(import.meta.dirname, '..', '..', '..', 'shared', 'data', 'berka')
if (!existsSync(berka)) console.warn(`skipped: the Berka data set is not at ${berka}`)

describe.skipIf(!existsSync(berka))('on the Berka bank', () => {
  let database: TestDatabase
  let server: RunningServer
  let browser: Browser
  /** The manager with the highest pay of December 1993, and the customers whom he looks after. */
  let manager: { staffNo: string; name: string; customers: number }
  let customer: { number: string; name: string }
  let passwordOf: (staffNo: string) => string
  /** Moves between tiers by month and way, the largest first; `all` of them. */
  const moved = (whose: Sql) => database.db.asBatch((tx) => tx.all(sql<{ month: string; way: string; n: number; all: number }>`
    WITH name (code, zh) AS (VALUES ('T1', '核心优质'), ('T2', '重点'), ('T3', '普通优质'), ('T4', '基础'))
    SELECT to_char(m.effective_on, 'YYYY-MM') AS month, f.zh || ' → ' || t.zh AS way, count(*)::int AS n, (sum(count(*)) OVER ())::int AS all FROM tier_move m JOIN name f ON f.code = m.from_tier JOIN name t ON t.code = m.to_tier
    WHERE true ${whose} GROUP BY 1, 2 ORDER BY month DESC, n DESC, way`))
  beforeAll(async () => {
    await buildBrowserFiles(() => undefined)
    database = await testDatabase()
    const { config } = readConfig({ YINQIAO_DATA: database.folder, YINQIAO_KEYS: join(database.folder, 'keys'), PORT: '0', YINQIAO_LOG: 'silent' }, database.folder)
    server = await startServer(config, database.db)
    const loaded = await loadDelivery(server.services, { dir: berka, profile: 'berka' })
    if (loaded.passwordsFile === null) throw new Error('the first load wrote no passwords')
    const settled = await settleMonth(server.services, { month: '1993-12', dryRun: false })
    expect(settled.ok).toBe(true)
    manager = await database.db.asBatch((tx) => tx.one(sql<typeof manager>`
      SELECT s.staff_no AS "staffNo", s.staff_name AS name, (SELECT count(*)::int FROM customer c WHERE c.viewers @> ARRAY[s.staff_key]) AS customers
      FROM pay_statement p JOIN organisation_staff_facts s ON s.staff_key = p.staff_key ORDER BY p.payable_fen DESC, s.staff_no LIMIT 1`))
    customer = await database.db.asBatch((tx) => tx.one(sql<typeof customer>`
      SELECT c.number, c.name FROM customer c JOIN organisation_staff_facts s ON s.staff_key = c.main_staff_key WHERE s.staff_no = ${manager.staffNo} ORDER BY c.month_adb_fen DESC, c.number LIMIT 1`))
    const passwords = readFileSync(loaded.passwordsFile, 'utf8').split('\n').map((line) => line.split('\t'))
    passwordOf = (staffNo) => passwords.find(([no]) => no === staffNo)?.[1] ?? ''
    browser = await launchBrowser()
  }, 400_000)
  afterAll(async () => {
    await browser?.close()
    await server?.stop()
    await database?.drop()
  })

  test.each([1440, 375])('a district’s manager at %i pixels: first password, customer, statement of 1993-12', async (width) => {
    const context = await openBrowser(browser, width)
    const page: Page = await context.newPage()
    page.setDefaultTimeout(20_000)
    const next = `bohemia ${width} years`
    await page.goto(`${server.address}/`)
    await page.getByLabel(/^工号$/).fill(manager.staffNo)
    await page.getByLabel(/^密码$/).fill(width === 1440 ? passwordOf(manager.staffNo) : 'bohemia 1440 years')
    await page.getByRole('button', { name: '登录', exact: true }).click()
    if (width === 1440) {
      // whoever got the password in a file changes it before anything else
      await page.getByText('这是初始密码').waitFor()
      await looksRight(page, 'berka-first-password')
      await page.goto(`${server.address}/customers`)
      await page.getByText('这是初始密码').waitFor()
      const fields = page.locator('input[type="password"]')
      await fields.nth(0).fill(passwordOf(manager.staffNo))
      await fields.nth(1).fill(next)
      if ((await fields.count()) > 2) await fields.nth(2).fill(next)
      await page.getByRole('button', { name: '修改密码' }).click()
    }
    await page.locator('.yq-desk').waitFor()

    await page.goto(`${server.address}/customers`)
    await page.getByText(`共 ${manager.customers} 位`).waitFor()
    await looksRight(page, 'berka-customers')
    await page.getByRole('searchbox').first().fill(customer.number)
    await page.waitForURL((url) => url.searchParams.get('q') === customer.number)
    await page.getByRole('link', { name: customer.name, exact: true }).first().click()
    await page.getByRole('heading', { level: 1, name: customer.name }).waitFor()
    await looksRight(page, 'berka-customer')

    // who of his customers moved between tiers when, over all months of the file: a number opens its rows
    const [moves] = await moved(sql`AND m.viewers @> ARRAY[(SELECT staff_key FROM organisation_staff_facts WHERE staff_no = ${manager.staffNo})]`)
    await page.goto(`${server.address}/tiers?months=24`)
    await page.getByRole('heading', { name: '谁在何时变动' }).waitFor()
    await page.getByText(`共 ${moves?.all} 项`).waitFor()
    await looksRight(page, 'berka-tiers-manager')
    await page.getByRole('link', { name: new RegExp(`^${moves?.month} ${moves?.way} ${moves?.n}$`) }).click()
    await page.getByText(`共 ${moves?.n} 项`).waitFor()

    await page.goto(`${server.address}/statement?month=1993-12`)
    await page.getByRole('heading', { level: 1, name: /1993-12/ }).waitFor()
    await page.getByText('应发').first().waitFor()
    await looksRight(page, 'berka-statement')
    await context.close()
  })

  test('the bank’s leader sees who moved when between tiers in the whole book, down to the customers, and takes the list away', async () => {
    const context = await openBrowser(browser, 1440)
    const page = await context.newPage()
    page.setDefaultTimeout(20_000)
    await page.goto(`${server.address}/`)
    await page.getByLabel(/^工号$/).fill('A0005')
    await page.getByLabel(/^密码$/).fill(passwordOf('A0005'))
    await page.getByRole('button', { name: '登录', exact: true }).click()
    await page.getByText('这是初始密码').waitFor()
    const fields = page.locator('input[type="password"]')
    for (const [place, value] of [passwordOf('A0005'), 'moravia 1993 years', 'moravia 1993 years'].entries()) if (place < (await fields.count())) await fields.nth(place).fill(value)
    await page.getByRole('button', { name: '修改密码' }).click()
    await page.locator('.yq-desk').waitFor()
    const every = await moved(sql``)
    const [most] = every
    await page.goto(`${server.address}/tiers?months=24`)
    await page.getByText(`共 ${most?.all.toLocaleString('en-US')} 项`).waitFor()
    // each cell of the matrix is the number of moves that are there
    for (const { month, way, n } of every) await page.getByRole('link', { name: `${month} ${way} ${n}`, exact: true }).waitFor()
    await looksRight(page, 'berka-tiers')
    await page.getByRole('link', { name: `${most?.month} ${most?.way} ${most?.n}`, exact: true }).click()
    await page.getByText(`共 ${most?.n} 项`).waitFor()
    await page.getByRole('button', { name: '导出' }).click()
    await page.getByRole('dialog').getByRole('textbox', { name: /^用途/ }).fill('季度分析')
    const [book] = await Promise.all([page.waitForEvent('download'), page.getByRole('dialog').getByRole('button', { name: '导出' }).click()])
    const [sheet = []] = await readBook(readFileSync(await book.path()))
    expect(sheet.length - 3).toBe(most?.n)
    await context.close()
  }, 90_000)
})
