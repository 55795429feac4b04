import { join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { buildBrowserFiles } from '../../src/commands/build-browser-files.ts'
import { createCustomer } from '../../src/customers/customer.contract.ts'
import { scanDuplicates } from '../../src/customers/duplicates/scan-duplicates.ts'
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

beforeAll(async () => {
  await buildBrowserFiles(() => undefined)
  bank = await smallBank(routes)
  await serveBrowserFiles(bank.app, join(import.meta.dirname, '..', '..', 'dist', 'web'))
  address = await bank.app.listen({ port: 0, host: '127.0.0.1' })
  browser = await launchBrowser()
}, 400_000)
afterAll(async () => {
  await browser?.close()
  await bank?.close()
})

const entered = async (maker: Colleague, name: string, more: object): Promise<string> => {
  const answer = await bank.ask(maker, createCustomer, { body: { id: newId(), kind: 'CORPORATE', name, identity: { kind: 'OTHER', number: `档案-${name}` }, sameNameSeen: true, ...more } })
  if (answer.status !== 200) throw new Error(JSON.stringify(answer.body))
  return String(answer.body['customerId'])
}

describe.each([1440, 375] as const)('duplicates at %i pixels', (width) => {
  const as = (person: Colleague, path: string): Promise<Page> => signedIn(browser, address, bank, person, path, width)
  const mark = width === 1440 ? '甲' : '乙'

  test('a customer of another branch is met at entry: where it is, and nothing else', async () => {
    await entered(bank.staff.qian, `山西界外${mark}精工有限公司`, { corporate: { legalRepresentative: '何界外' }, phone: '13900002222' })
    const page = await as(bank.staff.li, '/customers/new')
    await page.getByLabel('客户名称').fill(`界外${mark}精工有限责任公司`)
    const notice = page.getByText('已存在，归属城西网点，请联系该网点')
    await notice.waitFor()
    // seen whole: not behind the bar that sticks at the foot
    const overlap = async (): Promise<number> => ((await notice.boundingBox())?.y ?? 0) + ((await notice.boundingBox())?.height ?? 0) - ((await page.locator('.yq-bar').boundingBox())?.y ?? 0)
    await expect.poll(overlap).toBeLessThanOrEqual(0)
    await looksRight(page, `duplicate-at-entry-${width}`)
    expect(await page.locator('main').innerText()).not.toMatch(/钱进|何界外|13900002222/)
    await page.getByLabel('证件号码').fill(width === 1440 ? '91140105MA0FNAK78G' : '91140105MA0TEXT127')
    await page.getByRole('button', { name: '保存', exact: true }).click()
    await page.getByText('未能保存。疑似已存在，归属城西网点，请联系该网点').first().waitFor()
    await page.getByLabel(/已核对，是另一位同名客户/).waitFor()
    await page.context().close()
  })

  test('a merge is previewed and proposed by one, confirmed by another, and undone', async () => {
    const survivor = await entered(bank.staff.li, `山西并样${mark}${mark}商贸有限公司`, { corporate: { legalRepresentative: `贺并${mark}`, sizeClass: '中' }, phone: `1370000${width + 5000}` })
    const other = await entered(bank.staff.zhao, `并样${mark}${mark}商贸有限责任公司`, { corporate: { legalRepresentative: `贺并${mark}`, sizeClass: '小', operatingAddress: `太原市小店区长风街${width}号` }, phone: `1370000${width + 5000}` })
    await scanDuplicates(bank.services.db, () => Promise.resolve())
    const head = await as(bank.staff.branchHead, '/duplicates')
    await head.getByRole('link', { name: `山西并样${mark}${mark}商贸有限公司` }).waitFor()
    await looksRight(head, `duplicates-${width}`)
    await head.goto(`${address}/customers/${survivor}/merge/${other}`)
    await head.getByText('一并转移').first().waitFor()
    await head.getByRole('radiogroup', { name: '规模采用哪一方' }).getByLabel('并入').check()
    await looksRight(head, `merge-preview-${width}`)
    await head.getByLabel('合并理由').fill('同一企业在两个网点各建一档')
    await head.getByRole('button', { name: '提交复核' }).click()
    await head.getByText('您是提出人，不能复核').waitFor()
    const path = new URL(head.url()).pathname
    await head.context().close()

    const leader = await as(bank.staff.leader, path)
    await leader.getByRole('textbox', { name: '意见' }).waitFor()
    await looksRight(leader, `merge-case-${width}`)
    await leader.getByRole('textbox', { name: '意见' }).fill('证照与电话一致')
    await leader.getByRole('button', { name: '同意合并' }).click()
    await leader.getByText('已合并').first().waitFor()
    await leader.goto(`${address}/customers/${other}`)
    await leader.getByRole('heading', { level: 1, name: `山西并样${mark}${mark}商贸有限公司` }).waitFor()
    expect(new URL(leader.url()).pathname).toBe(`/customers/${survivor}`)
    await leader.goto(`${address}${path}`)
    await leader.getByRole('textbox', { name: '意见' }).fill('实为两家企业')
    await leader.getByRole('button', { name: '撤销合并' }).click()
    await leader.getByRole('dialog').getByRole('button', { name: '撤销合并' }).click()
    await leader.getByText('已撤销').first().waitFor()
    await leader.goto(`${address}/customers/${other}`)
    await leader.getByRole('heading', { level: 1, name: `并样${mark}${mark}商贸有限责任公司` }).waitFor()
    await leader.context().close()
  })
})
