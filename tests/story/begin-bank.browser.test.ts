import { join } from 'node:path'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, test } from 'vitest'
import { issueSetUpCode } from '../../src/access/first-administrator.ts'
import { buildBrowserFiles } from '../../src/commands/build-browser-files.ts'
import { readConfig } from '../../src/foundation/config/config.ts'
import { testDatabase, type TestDatabase } from '../../src/foundation/database/testing.ts'
import { startServer, type RunningServer } from '../../src/server.ts'
import { launchBrowser } from '../support/browser.ts'
import { looksRight, openBrowser } from '../support/looks-right.ts'

let browser: Browser
beforeAll(async () => {
  await buildBrowserFiles(() => undefined)
  browser = await launchBrowser()
})
afterAll(async () => {
  await browser.close()
})

describe.each([1440, 375])('a new bank at %i pixels', (width) => {
  let database: TestDatabase
  let server: RunningServer
  let context: BrowserContext
  let page: Page
  beforeAll(async () => {
    database = await testDatabase()
    const { config } = readConfig({ YINQIAO_DATA: database.folder, YINQIAO_KEYS: join(database.folder, 'keys'), PORT: '0', YINQIAO_LOG: 'silent' }, database.folder)
    server = await startServer(config, database.db)
    context = await openBrowser(browser, width)
    page = await context.newPage()
    page.setDefaultTimeout(10_000)
  })
  afterAll(async () => {
    await context.close()
    await server.stop()
    await database.drop()
  })

  test('any address leads to the form; what is wrong is said at its field; the code opens the bank; the checklist waits', async () => {
    const issued = await issueSetUpCode(server.services)
    await page.goto(`${server.address}/customers`)
    await page.getByRole('heading', { name: '建立银行和管理员' }).waitFor()
    await looksRight(page, 'begin')

    await page.getByRole('button', { name: '建立', exact: true }).click()
    await page.getByRole('alert').filter({ hasText: '银行名称：必填' }).waitFor()
    await looksRight(page, 'begin-wrong')

    const fill = (label: string, text: string): Promise<void> => page.getByRole('textbox', { name: new RegExp(`^${label}`) }).fill(text)
    await fill('启用码', 'AAAAA-AAAAA-AAAAA-AAAAA')
    await fill('银行名称', '晋河农村商业银行')
    await fill('英文名称', 'Jinhe Rural Commercial Bank')
    await fill('银行代码', 'jinhe')
    await fill('姓名', '秦安')
    await fill('工号', 'A0001')
    await page.locator('input[type="password"]').first().fill('银桥 opens 2026')
    await page.locator('input[type="password"]').last().fill('银桥 opens 2026')
    await fill('营业日', '2026-11-23')
    await page.keyboard.press('Tab')
    await page.getByRole('button', { name: '建立', exact: true }).click()
    await page.getByRole('alert').filter({ hasText: '启用码不正确或已过期' }).first().waitFor()

    await fill('启用码', issued?.code ?? '')
    await page.getByRole('button', { name: '建立', exact: true }).click()
    await page.getByRole('heading', { name: '启用清单' }).waitFor()
    await page.getByText('还有 3 项未完成').waitFor()
    await page.getByText('晋河农村商业银行（jinhe）').waitFor()
    await looksRight(page, 'set-up')

    // the form is no way in any more
    await page.goto(`${server.address}/begin`)
    await page.getByRole('heading', { name: '启用清单' }).or(page.getByRole('heading', { name: '登录' })).waitFor()
    // home stays the checklist until it is done
    await page.goto(`${server.address}/`)
    await page.getByRole('heading', { name: '启用清单' }).waitFor()
  })
})
