import { join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { buildBrowserFiles } from '../../src/commands/build-browser-files.ts'
import { createCustomer } from '../../src/customers/customer.contract.ts'
import { serveBrowserFiles } from '../../src/foundation/http/browser-files.ts'
import { newId } from '../../src/foundation/values/uuid7.ts'
import { routes } from '../../src/routes.ts'
import { launchBrowser } from '../support/browser.ts'
import { looksRight } from '../support/looks-right.ts'
import { signedIn } from '../support/signed-in.ts'
import { smallBank, type Colleague, type SmallBank } from '../support/small-bank.ts'

let bank: SmallBank
let browser: Browser
let address: string
let customerId: string
const name = '山西晋泰新材料有限公司'
const phone = '13812345678'

beforeAll(async () => {
  await buildBrowserFiles(() => undefined)
  bank = await smallBank(routes)
  await serveBrowserFiles(bank.app, join(import.meta.dirname, '..', '..', 'dist', 'web'))
  address = await bank.app.listen({ port: 0, host: '127.0.0.1' })
  const made = await bank.ask(bank.staff.li, createCustomer, { body: { id: newId(), kind: 'CORPORATE', name, identity: { kind: 'USCC', number: '91140105MA0FNAK78G' }, phone, corporate: { legalRepresentative: '张德玉', sizeClass: '中' } } })
  customerId = String(made.body['customerId'])
  await bank.customer({ name: '城南餐饮管理有限公司', main: bank.staff.li })
  browser = await launchBrowser()
}, 400_000)
afterAll(async () => {
  await browser?.close()
  await bank?.close()
})

describe.each([1440, 375] as const)('customers at %i pixels', (width) => {
  const as = (person: Colleague, path: string): Promise<Page> => signedIn(browser, address, bank, person, path, width)

  test('found by initials, opened, its phone revealed with a purpose', async () => {
    const page = await as(bank.staff.li, '/customers')
    await page.getByRole('link', { name: '城南餐饮管理有限公司' }).waitFor()
    await looksRight(page, 'customers')
    await page.locator('.yq-filters').getByRole('searchbox').fill('jtxcl')
    await page.waitForURL(/q=jtxcl/)
    await expect.poll(() => page.getByRole('link', { name: '城南餐饮管理有限公司' }).count()).toBe(0)
    await page.getByRole('link', { name }).click()
    await page.getByRole('heading', { level: 1, name }).waitFor()
    await page.getByText('张德玉').waitFor()
    await looksRight(page, 'customer')
    expect(await page.getByText(phone).count()).toBe(0)
    await page.getByRole('button', { name: /查看/ }).filter({ hasText: /^查看$/ }).first().click()
    await page.getByLabel(/用途|目的/).fill('电话回访')
    await page.keyboard.press('Enter')
    await page.getByText(phone).waitFor()
    expect(await bank.look("SELECT DISTINCT why FROM journal_line WHERE action = 'READ' AND table_name = 'phone' AND customer_id = $1", [customerId])).toEqual([{ why: '电话回访' }])
    for (const tab of ['holdings', 'flows', 'file', 'history']) {
      await page.goto(`${address}/customers/${customerId}?tab=${tab}`)
      await page.getByRole('heading', { level: 1, name }).waitFor()
      await looksRight(page, `customer-${tab}`)
    }
    await page.context().close()
  })

  test('a new customer: the letter O is told, then it is entered and opened', async () => {
    const page = await as(bank.staff.li, '/customers/new')
    const uscc = width === 1440 ? '91140105MA0TEXT127' : '911401050010001090'
    await page.getByLabel('证件号码').fill(uscc.replace('0', 'O'))
    await page.getByLabel('客户名称').fill(`新建商贸${width}有限公司`)
    await page.getByText('是否为 0').first().waitFor()
    await looksRight(page, 'new-customer')
    await page.getByLabel('证件号码').fill(uscc)
    await page.getByRole('button', { name: '保存', exact: true }).click()
    await page.getByRole('heading', { level: 1, name: `新建商贸${width}有限公司` }).waitFor()
    await page.context().close()
  })

  test('a colleague of another branch finds nothing, and the same page for this customer as for none', async () => {
    const page = await as(bank.staff.qian, '/customers?q=jtxcl')
    await page.locator('.yq-desk').getByRole('searchbox').first().waitFor()
    await page.waitForLoadState('networkidle')
    expect(await page.getByText(name).count()).toBe(0)
    const told: string[] = []
    for (const id of [customerId, newId()]) {
      await page.goto(`${address}/customers/${id}`)
      await page.getByText('没有找到，或不在您的权限内').first().waitFor()
      told.push(await page.locator('main').innerText())
    }
    expect(told[0]).toBe(told[1])
    await page.context().close()
  })
})
