import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { people } from '../../src/demo/known-cases.ts'
import { launchBrowser } from '../support/browser.ts'
import { openBrowser, seriousFaults } from '../support/looks-right.ts'
import { startDemoDesk, type DemoDesk } from '../support/demo-desk.ts'

let desk: DemoDesk
let browser: Browser
let context: BrowserContext
beforeAll(async () => {
  ;[desk, browser] = await Promise.all([startDemoDesk(), launchBrowser()])
})
afterEach(() => context?.close())
afterAll(async () => {
  await browser?.close()
  await desk?.close()
})

type Look = { width?: number; settings?: object }
/** A browser of its own: nothing kept, no session. What goes wrong in the page fails the test. */
async function open(path: string, { width = 1440, settings = {} }: Look = {}): Promise<Page> {
  context = await openBrowser(browser, width)
  await context.addInitScript((kept) => localStorage.getItem('yq.settings') === null && localStorage.setItem('yq.settings', kept), JSON.stringify({ theme: 'light', ...settings }))
  const page = await context.newPage()
  page.on('pageerror', (error) => {
    throw error
  })
  // the content policy forbids everything that is not ours
  page.on('console', (message) => {
    if (/Content Security Policy/i.test(message.text())) throw new Error(message.text())
  })
  await page.goto(`${desk.address}${path}`)
  return page
}

async function signIn(page: Page, staffNo: string, password = desk.password): Promise<void> {
  await page.getByLabel(/^(工号|Staff number)$/).fill(staffNo)
  await page.getByLabel(/^(密码|Password)$/).fill(password)
  await page.getByRole('button', { name: /^(登录|Sign in)$/ }).click()
}
const signedIn = (page: Page): Promise<void> => page.locator('.yq-desk').waitFor()

async function serious(page: Page): Promise<string[]> {
  // hundreds of endpoints, each a line like the others: the first ones of a group stand for it. Taken out of the page, not excluded: axe compares each element with each excluded one, which took a minute
  await page.evaluate(() => { for (const one of document.querySelectorAll('.yq-operation:nth-of-type(n+4)')) one.remove() })
  return seriousFaults(page)
}
const widerThan = (page: Page, width: number): Promise<boolean> => page.evaluate((limit) => document.documentElement.scrollWidth > limit, width)

describe('the door', () => {
  test('one answer for a wrong password and for a number that nobody has', async () => {
    const page = await open('/sign-in')
    await signIn(page, people.hr, 'wrong-password-1')
    await page.getByRole('alert').getByText('工号或密码不正确').waitFor()
    await signIn(page, '999999', 'wrong-password-1')
    await page.getByRole('alert').getByText('工号或密码不正确').waitFor()
    expect(new URL(page.url()).pathname).toBe('/sign-in')
  })
  test('without a session every address leads to the door and back again', async () => {
    const page = await open('/organisation?q=李')
    await page.getByRole('heading', { name: '登录' }).waitFor()
    await signIn(page, people.hr)
    await page.getByRole('heading', { name: '机构与人员' }).waitFor()
    expect(new URL(page.url()).searchParams.get('q')).toBe('李')
  })
  test('a session that ended while working leads to the door and back to the same address', async () => {
    const page = await open('/sign-in')
    await signIn(page, people.hr)
    await signedIn(page)
    await page.getByRole('navigation', { name: '菜单' }).getByRole('link', { name: '机构与人员' }).click()
    await page.getByRole('searchbox').first().waitFor()
    await context.clearCookies()
    await page.getByRole('searchbox').first().fill('李')
    await page.getByRole('heading', { name: '登录' }).waitFor()
    expect(new URL(page.url()).searchParams.get('back')).toBe(`/organisation?q=${encodeURIComponent('李')}`)
    await signIn(page, people.hr)
    await page.getByRole('heading', { name: '机构与人员' }).waitFor()
    expect(await page.getByRole('searchbox').first().inputValue()).toBe('李')
  })
  test('a role of the demo is one click', async () => {
    const page = await open('/sign-in')
    await page.getByRole('button', { name: '以人力资源岗马会玲登录' }).click()
    await signedIn(page)
    await page.getByRole('button', { name: /马会玲/ }).waitFor()
  })
  test('who left cannot sign in', async () => {
    const page = await open('/sign-in')
    await signIn(page, people.left)
    await page.getByRole('alert').getByText('工号或密码不正确').waitFor()
  })
  test('Enter that ends a composition submits nothing', async () => {
    const page = await open('/sign-in')
    await page.getByLabel('工号').fill('x')
    await page.getByLabel('工号').dispatchEvent('keydown', { key: 'Enter', keyCode: 229, isComposing: true })
    await page.waitForTimeout(200)
    expect(await page.getByRole('alert').count()).toBe(0)
  })
})

describe('the shell', () => {
  test('menu by post: an administrator sees administration and no customers', async () => {
    const page = await open('/sign-in')
    await signIn(page, people.admin)
    await signedIn(page)
    const menu = page.getByRole('navigation', { name: '菜单' })
    await menu.getByText('管理', { exact: true }).waitFor()
    expect(await menu.getByText('客户列表').count()).toBe(0)
  })
  test('screens that are looked at together are one entry with tabs between them', async () => {
    const page = await open('/sign-in')
    await signIn(page, people.manager)
    await signedIn(page)
    const menu = page.getByRole('navigation', { name: '菜单' })
    await menu.getByRole('link', { name: '变动与商机' }).click()
    await page.getByRole('heading', { level: 1, name: '大额变动' }).waitFor()
    expect(await menu.getByText('到期一本账').count()).toBe(0)
    await page.getByRole('navigation', { name: '变动与商机' }).getByRole('link', { name: '到期一本账' }).click()
    await page.getByRole('heading', { level: 1, name: '到期一本账' }).waitFor()
    expect(await menu.getByRole('link', { name: '变动与商机' }).getAttribute('aria-current')).toBe('page')
  })
  test('what is not there and what is not allowed are one page', async () => {
    const page = await open('/sign-in')
    await signIn(page, people.manager)
    await signedIn(page)
    await page.goto(`${desk.address}/no-such-page`)
    const text = await page.locator('main').innerText()
    expect(text).toContain('没有找到，或不在您的权限内')
    await page.goto(`${desk.address}/journal`)
    await page.getByText('没有找到，或不在您的权限内').waitFor()
    expect(await page.locator('main').innerText()).toBe(text)
  })
  test('language and colours are kept', async () => {
    const page = await open('/sign-in')
    await signIn(page, people.hr)
    await signedIn(page)
    await page.getByRole('button', { name: 'Switch to English' }).click()
    await page.getByRole('link', { name: 'Units and people' }).waitFor()
    expect(await page.locator('html').getAttribute('lang')).toBe('en')
    await page.getByRole('button', { name: 'Switch to dark' }).click()
    await page.reload()
    await signedIn(page)
    expect(await page.locator('html').getAttribute('data-mode')).toBe('dark')
    expect(await page.evaluate(() => getComputedStyle(document.body).backgroundColor)).toBe('rgb(13, 20, 23)')
  })
  test('search by keyboard: / opens, ↓ and Enter choose, Escape closes', async () => {
    const page = await open('/sign-in')
    await signIn(page, people.hr)
    await signedIn(page)
    await page.keyboard.press('/')
    const box = page.getByRole('combobox', { name: '搜索客户、人员、功能' })
    await box.fill('lxw')
    await page.getByRole('option', { name: /李晓雯/ }).waitFor()
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { name: '李晓雯' }).waitFor()
    // who types faster than the bank answers gets what he typed, not what the box showed before
    await page.keyboard.press('Control+k')
    await box.fill('zzh')
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { name: '张子涵' }).waitFor()
    // a mouse that rests where the list appears chooses nothing: the browser tells a move of no length
    await page.keyboard.press('Control+k')
    const sixth = page.getByRole('option').nth(5)
    await sixth.dispatchEvent('mousemove', { movementX: 0, movementY: 0 })
    expect(await box.getAttribute('aria-activedescendant')).toBe('yq-found-0')
    await sixth.hover()
    expect(await box.getAttribute('aria-activedescendant')).toBe('yq-found-5')
    await page.keyboard.press('Escape')
    await page.keyboard.press('Control+k')
    await box.fill('没有这样的东西')
    await page.getByText('没有找到，或不在您的权限内').waitFor()
    await page.keyboard.press('Escape')
    await box.waitFor({ state: 'detached' })
  })
  test('keys: ? tells them, g and a letter goes; they rest while somebody types', async () => {
    const page = await open('/sign-in')
    await signIn(page, people.hr)
    await signedIn(page)
    await page.keyboard.press('?')
    await page.getByRole('dialog', { name: '快捷键' }).waitFor()
    await page.keyboard.press('Escape')
    await page.getByRole('dialog', { name: '快捷键' }).waitFor({ state: 'hidden' })
    await page.goto(`${desk.address}/organisation`)
    await page.getByRole('searchbox').first().fill('?/')
    await page.waitForTimeout(200)
    expect(await page.getByRole('dialog').count()).toBe(0)
  })
  test('who holds several posts acts in one of them, and the menu follows', async () => {
    const page = await open('/sign-in')
    await signIn(page, '200102')
    await signedIn(page)
    const menu = page.getByRole('navigation', { name: '菜单' })
    const before = await menu.innerText()
    await page.getByRole('button', { name: /^陈莉璐/ }).click()
    const others = page.locator('.yq-identity-panel .yq-field button')
    const other = await others.first().innerText()
    await others.first().click()
    await page.getByRole('button', { name: `陈莉璐 ${other.split(' · ')[0]}` }).waitFor()
    expect(await menu.innerText()).not.toBe(before)
  })
  test('a list: rows by keyboard, back to the marked row, columns to choose in view', async () => {
    const page = await open('/sign-in')
    await signIn(page, people.hr)
    await signedIn(page)
    await page.goto(`${desk.address}/organisation`)
    await page.locator('[data-row]').first().waitFor()
    await page.keyboard.press('j')
    await page.keyboard.press('j')
    const second = await page.locator('[data-row]').nth(1).innerText()
    await page.locator('.yq-marked').waitFor()
    expect(await page.locator('.yq-marked').innerText()).toBe(second)
    await page.keyboard.press('Enter')
    await page.waitForURL(/\/people\/\d+/)
    await page.goBack()
    await page.locator('.yq-marked').waitFor()
    expect(await page.locator('.yq-marked').innerText()).toBe(second)
    await page.getByRole('button', { name: '列', exact: true }).click()
    const chooser = page.locator('.yq-columns')
    await chooser.waitFor()
    const place = await chooser.boundingBox()
    expect(place !== null && place.y > 0 && place.y < 900).toBe(true)
  })
  test('the skip link is the first stop and leads to the content', async () => {
    const page = await open('/sign-in')
    await signIn(page, people.hr)
    await signedIn(page)
    await page.reload()
    await signedIn(page)
    await page.keyboard.press('Tab')
    expect(await page.evaluate(() => document.activeElement?.textContent)).toBe('跳到正文')
    await page.keyboard.press('Enter')
    expect(await page.evaluate(() => document.activeElement?.id)).toBe('content')
  })
  test('signing out ends the session and leaves no draft', async () => {
    const page = await open('/sign-in')
    await signIn(page, people.hr)
    await signedIn(page)
    const { person } = (await (await context.request.get(`${desk.address}/api/session`)).json()) as { person: { staffKey: number } }
    await page.evaluate((key) => localStorage.setItem(`yq.draft.${key}.x`, '{}'), person.staffKey)
    await page.getByRole('button', { name: /马会玲/ }).click()
    await page.getByRole('button', { name: '退出登录' }).click()
    await page.getByRole('heading', { name: '登录' }).waitFor()
    expect((await context.request.get(`${desk.address}/api/session`)).status()).toBe(401)
    expect(await page.evaluate(() => Object.keys(localStorage).filter((key) => key.startsWith('yq.draft')))).toEqual([])
  })
})

describe.each([1440, 375])('at %i pixels', (width) => {
  test.each(['light', 'dark'])('no sideways scroll and no serious fault, %s', async (theme) => {
    const page = await open('/sign-in', { width, settings: { theme } })
    await page.getByRole('button', { name: /以.*登录/ }).first().waitFor()
    expect([await widerThan(page, width), await serious(page)]).toEqual([false, []])
    await signIn(page, people.hr)
    await signedIn(page)
    for (const path of ['/me', '/organisation', '/api-docs', '/password']) {
      await page.goto(`${desk.address}${path}`)
      await page.locator('h1').first().waitFor()
      await page.waitForLoadState('networkidle')
      if (path === '/api-docs') await page.locator('.yq-operation summary').first().click()
      expect([path, await widerThan(page, width), await serious(page)]).toEqual([path, false, []])
    }
  })
  test('English is nowhere too wide', async () => {
    const page = await open('/sign-in', { width, settings: { language: 'en' } })
    await signIn(page, people.hr)
    await signedIn(page)
    await page.goto(`${desk.address}/organisation`)
    await page.getByRole('heading', { name: 'Units and people' }).waitFor()
    expect(await widerThan(page, width)).toBe(false)
  })
})

test('on the phone the tabs stand under the thumb, and “我的” holds the way out', async () => {
  const page = await open('/sign-in', { width: 375 })
  await signIn(page, people.hr)
  await signedIn(page)
  await page.getByRole('navigation', { name: '主要功能' }).getByRole('link', { name: '我的' }).click()
  await page.getByRole('button', { name: '退出登录' }).waitFor()
  const heights = await page.locator('.yq-phone-tabs a').evaluateAll((tabs) => tabs.map((tab) => tab.getBoundingClientRect().height))
  expect(Math.min(...heights)).toBeGreaterThanOrEqual(44)
})
