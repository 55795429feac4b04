import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { buildBrowserFiles } from '../../src/commands/build-browser-files.ts'
import { loadDelivery } from '../../src/flows/load-delivery.ts'
import { settleMonth } from '../../src/flows/settle-month.ts'
import { readConfig } from '../../src/foundation/config/config.ts'
import { testDatabase, type TestDatabase } from '../../src/foundation/database/testing.ts'
import { sql } from '../../src/foundation/database/transaction.ts'
import { startServer, type RunningServer } from '../../src/server.ts'
import { launchBrowser } from '../support/browser.ts'
import { looksRight, openBrowser } from '../support/looks-right.ts'

// The same house on a real bank's data: a district's manager signs in with the password of the first load, finds a customer, and reads his pay of December 1993.
const berka = join(import.meta.dirname, '..', '..', '..', 'shared', 'data', 'berka')
if (!existsSync(berka)) console.warn(`skipped: the Berka data set is not at ${berka}`)

describe.skipIf(!existsSync(berka))('on the Berka bank', () => {
  let database: TestDatabase
  let server: RunningServer
  let browser: Browser
  /** The manager with the highest pay of December 1993, and the customers whom he looks after. */
  let manager: { staffNo: string; name: string; customers: number }
  let customer: { number: string; name: string }
  let password: string
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
    password = readFileSync(loaded.passwordsFile, 'utf8').split('\n').map((line) => line.split('\t')).find(([staffNo]) => staffNo === manager.staffNo)?.[1] ?? ''
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
    await page.getByLabel(/^密码$/).fill(width === 1440 ? password : 'bohemia 1440 years')
    await page.getByRole('button', { name: '登录', exact: true }).click()
    if (width === 1440) {
      // whoever got the password in a file changes it before anything else
      await page.getByText('这是初始密码').waitFor()
      await looksRight(page, 'berka-first-password')
      await page.goto(`${server.address}/customers`)
      await page.getByText('这是初始密码').waitFor()
      const fields = page.locator('input[type="password"]')
      await fields.nth(0).fill(password)
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

    await page.goto(`${server.address}/statement?month=1993-12`)
    await page.getByRole('heading', { level: 1, name: /1993-12/ }).waitFor()
    await page.getByText('应发').first().waitFor()
    await looksRight(page, 'berka-statement')
    await context.close()
  })
})
