import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { buildBrowserFiles } from '../../src/commands/build-browser-files.ts'
import { routes } from '../../src/routes.ts'
import { startServer, type RunningServer } from '../../src/server.ts'
import { launchBrowser } from '../support/browser.ts'
import { looksRight } from '../support/looks-right.ts'
import { signedIn } from '../support/signed-in.ts'
import { smallBank, type Colleague, type SmallBank } from '../support/small-bank.ts'

// A manager plans an appointment on the phone and finds it on his day; recording the visit closes it.

let bank: SmallBank
let server: RunningServer
let browser: Browser
beforeAll(async () => {
  await buildBrowserFiles(() => undefined)
  bank = await smallBank(routes)
  server = await startServer({ ...bank.services.config, port: 0 }, bank.services.db)
  browser = await launchBrowser()
}, 300_000)
afterAll(async () => {
  await browser?.close()
  await server?.stop()
  await bank?.close()
})

const as = (person: Colleague, path: string, width: number): Promise<Page> => signedIn(browser, server.address, bank, person, path, width)

describe('an appointment', () => {
  test('planned on the phone, found on the day, moved and seen in the calendar at the desk, closed by recording the visit', async () => {
    const { li, lead } = bank.staff
    const customerId = await bank.customer()
    const phone = await as(li, `/customers/${customerId}`, 375)
    await phone.getByRole('button', { name: '安排日程' }).click()
    const drawer = phone.getByRole('dialog')
    await drawer.getByRole('textbox', { name: /^事由/ }).fill('旺季资金安排')
    await drawer.getByRole('textbox', { name: /^地点/ }).fill('开发区晋泰大厦')
    await looksRight(phone, 'meetings-plan')
    await drawer.getByRole('button', { name: '安排日程' }).click()
    await drawer.waitFor({ state: 'detached' })
    await phone.getByRole('button', { name: /山西晋泰新材料有限公司/ }).first().waitFor()
    await looksRight(phone, 'meetings-week')
    await phone.getByText('月', { exact: true }).click()
    await phone.getByRole('button', { name: /11-23 周一 的日程/ }).waitFor()
    await looksRight(phone, 'meetings-month')

    await phone.goto(`${server.address}/my-day`)
    await phone.getByRole('listitem').filter({ hasText: '旺季资金安排' }).waitFor()
    await looksRight(phone, 'meetings-day')

    const desk = await as(lead, '/calendar?team=true&view=month', 1440)
    await desk.getByRole('button', { name: /山西晋泰新材料有限公司/ }).first().waitFor()
    await looksRight(desk, 'meetings-month')
    await desk.getByText('周', { exact: true }).click()
    await desk.getByRole('button', { name: /09:30–10:30 山西晋泰/ }).click()
    await desk.getByRole('dialog').getByText('旺季资金安排').waitFor()
    await looksRight(desk, 'meetings-appointment')

    const line = phone.getByRole('listitem').filter({ hasText: '旺季资金安排' })
    await line.getByRole('link', { name: /记录联系/ }).click()
    await phone.getByText('见面', { exact: true }).click()
    await phone.getByRole('textbox', { name: /^内容/ }).fill('旺季资金约 500 万元，月末到账')
    await phone.getByRole('button', { name: '提交', exact: true }).click()
    await phone.waitForURL(new RegExp(`/customers/${customerId}$`))
    await phone.goto(`${server.address}/calendar`)
    await phone.getByRole('button', { name: /山西晋泰新材料有限公司.*已办/ }).waitFor()
    expect(await bank.look(`SELECT state FROM appointment`)).toEqual([{ state: 'DONE' }])
  })
})
