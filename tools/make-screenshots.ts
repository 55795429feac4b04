import { AxeBuilder } from '@axe-core/playwright'
import { spawn, type ChildProcess } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import type { BrowserContext, Page } from 'playwright-core'
import { createServer } from 'vite'
import type { StartView } from '../src/access/start.contract.ts'
import { launchBrowser } from '../tests/support/browser.ts'

// Pictures of every screen at 1440 and 375 pixels, and what is wrong with them: a page wider than its window, serious findings of axe-core, mistakes in the console.
//   npm run screenshots                              starts a demo bank of its own
//   npm run screenshots -- --address http://…        a server that runs (its demo log-ins are used)
//   npm run screenshots -- --dark --en --only /customers

type Shown = { path: string; title: { zh: string }; opens: readonly string[] | 'signed-in' | 'public'; bare?: boolean; shot?: { post?: string; linkFrom?: string; address?: string } }
type Visitor = { post: string; may: ReadonlySet<string>; context: BrowserContext }

const root = join(import.meta.dirname, '..')
const { values: asked } = parseArgs({ options: {
  address: { type: 'string' }, out: { type: 'string', default: join(root, 'screenshots') }, dark: { type: 'boolean', default: false }, en: { type: 'boolean', default: false },
  only: { type: 'string' }, axe: { type: 'boolean', default: true }, wait: { type: 'string', default: '0' },
} , allowNegative: true })

const widths = [{ name: '1440', width: 1440, height: 900 }, { name: '375', width: 375, height: 812 }] as const
const settings = JSON.stringify({ language: asked.en ? 'en' : 'zh', theme: asked.dark ? 'dark' : 'light' })

async function listedScreens(): Promise<readonly Shown[]> {
  // the list is JSX with lazy pages: Vite reads it, no page is loaded
  const vite = await createServer({ root, logLevel: 'error', appType: 'custom', server: { middlewareMode: true, ws: false, watch: null }, optimizeDeps: { noDiscovery: true } })
  try {
    return ((await vite.ssrLoadModule('/src/desk/screens.tsx')) as { screens: readonly Shown[] }).screens
  } finally {
    await vite.close()
  }
}

/** A server of our own on a demo bank of its own; ends with `stop`. */
async function ownServer(): Promise<{ address: string; stop(): Promise<void> }> {
  const data = mkdtempSync(join(tmpdir(), 'yq-screenshots-'))
  const child: ChildProcess = spawn(process.execPath, [join(root, 'bin', 'yinqiao.mjs'), 'serve', '--json'], { env: { ...process.env, PORT: '0', YINQIAO_DATA: data, YINQIAO_DEMO: 'on' }, stdio: ['ignore', 'pipe', 'inherit'] })
  const address = await new Promise<string>((resolve, reject) => {
    let told = ''
    child.stdout?.on('data', (part: Buffer) => {
      told += part.toString()
      const line = told.split('\n').find((one) => one.startsWith('{"ok":true,"address"'))
      if (line !== undefined) resolve((JSON.parse(line) as { address: string }).address)
    })
    child.on('exit', (code) => reject(new Error(`the server ended with ${code}`)))
  })
  return { address, async stop() {
    const ended = new Promise((resolve) => child.on('exit', resolve))
    child.kill('SIGTERM')
    await ended
    rmSync(data, { recursive: true, force: true })
  } }
}

async function run(): Promise<number> {
  const all = await listedScreens()
  const screens = all.filter((screen) => asked.only === undefined || screen.path.startsWith(asked.only))
  const own = asked.address === undefined ? await ownServer() : null
  const address = own?.address ?? asked.address ?? ''
  if (Number(asked.wait) > 0) await new Promise((resolve) => setTimeout(resolve, Number(asked.wait) * 1000))
  await checkFiles(address)
  const browser = await launchBrowser()
  const findings: string[] = []
  try {
    const start = (await (await fetch(`${address}/api/start`)).json()) as StartView
    mkdirSync(asked.out, { recursive: true })
    for (const { name, width, height } of widths) {
      const make = async (): Promise<BrowserContext> => {
        const context = await browser.newContext({ viewport: { width, height }, deviceScaleFactor: 1, locale: asked.en ? 'en-GB' : 'zh-CN', timezoneId: 'Asia/Shanghai', hasTouch: width < 768, isMobile: width < 768, reducedMotion: 'reduce' })
        await context.addInitScript((kept) => localStorage.setItem('yq.settings', kept), settings)
        return context
      }
      const visitors = new Map<string, Visitor>()
      const signedIn = async (post: string): Promise<Visitor | null> => {
        const known = visitors.get(post)
        if (known) return known
        const logIn = start.logIns.find((one) => one.postCode === post)
        if (!logIn) return null
        const context = await make()
        const answer = await context.request.post(`${address}/api/session`, { data: { staffNo: logIn.staffNo, password: logIn.password }, headers: { 'X-Yinqiao': '1' } })
        if (!answer.ok()) throw new Error(`${post} cannot sign in: ${answer.status()}`)
        const session = (await (await context.request.get(`${address}/api/session`)).json()) as { may: string[] }
        const visitor = { post, may: new Set(session.may), context }
        visitors.set(post, visitor)
        return visitor
      }
      const nobody = await make()
      for (const screen of screens) {
        const visitor = screen.opens === 'public' ? null : await visitorOf(screen, start, signedIn)
        if (screen.opens !== 'public' && visitor === null) {
          if (width > 768) findings.push(`${screen.path}: nobody of the demo may open it`)
          continue
        }
        const page = await (visitor?.context ?? nobody).newPage()
        const wrong: string[] = []
        page.on('pageerror', (error) => wrong.push(error.message))
        page.on('console', (message) => message.type() === 'error' && !/status of (401|404|403)/.test(message.text()) && wrong.push(message.text()))
        try {
          const path = await addressOf(page, address, screen, all)
          if (path === null) {
            findings.push(`${screen.path} ${name}: no link to it on ${screen.shot?.linkFrom ?? '(no shot.linkFrom)'}`)
            continue
          }
          await show(page, `${address}${path}`)
          const file = `${screen.path === '/' ? 'home' : screen.path.slice(1).replace(/[/:]+/g, '-')}-${name}${asked.dark ? '-dark' : ''}${asked.en ? '-en' : ''}.png`
          // the whole page in one window: what is fixed to the window's edge stands at the picture's edge
          const whole = await page.evaluate(() => document.documentElement.scrollHeight)
          await page.setViewportSize({ width, height: Math.min(4_000, Math.max(height, whole)) })
          await page.waitForTimeout(150)
          await page.screenshot({ path: join(asked.out, file) })
          findings.push(...(await faults(page, width)).map((fault) => `${screen.path} ${name}: ${fault}`), ...wrong.map((fault) => `${screen.path} ${name}: ${fault.slice(0, 300)}`))
          process.stdout.write(`${file}${visitor ? ` (${visitor.post})` : ''}\n`)
        } catch (error) {
          findings.push(`${screen.path} ${name}: ${error instanceof Error ? error.message.split('\n')[0] : String(error)}`)
        } finally {
          await page.close()
        }
      }
    }
  } finally {
    await browser.close()
    await own?.stop()
  }
  process.stdout.write(findings.length === 0 ? '\nno findings\n' : `\n${findings.length} findings:\n${findings.map((one) => `  ${one}\n`).join('')}`)
  return findings.length === 0 ? 0 : 1
}

/** A server that started before the last build serves its page and not the files of it: said at once instead of one screen after the other. */
async function checkFiles(address: string): Promise<void> {
  const page = await (await fetch(`${address}/`)).text()
  const file = /src="(\/assets\/[^"]+\.js)"/.exec(page)?.[1]
  const answer = file === undefined ? null : await fetch(`${address}${file}`)
  if (answer === null || !/javascript/.test(answer.headers.get('Content-Type') ?? '')) throw new Error(`${address} does not serve the files of its page: it was built anew after the server started; start it again`)
}

async function visitorOf(screen: Shown, start: StartView, signedIn: (post: string) => Promise<Visitor | null>): Promise<Visitor | null> {
  const posts = [...(screen.shot?.post === undefined ? [] : [screen.shot.post]), 'RM', 'TEAM_LEAD', 'HR', 'DATA_STEWARD', 'ADMIN', ...start.logIns.map((one) => one.postCode)]
  for (const post of posts) {
    const visitor = await signedIn(post)
    if (visitor && (typeof screen.opens === 'string' || screen.opens.some((action) => visitor.may.has(action)))) return visitor
  }
  return null
}

/** The screen's address; with `linkFrom` that of the first link on that screen (found in the same way) which leads to it, parameters and query included. */
async function addressOf(page: Page, address: string, screen: Shown, all: readonly Shown[], depth = 0): Promise<string | null> {
  if (screen.shot?.address !== undefined) return screen.shot.address
  const from = screen.shot?.linkFrom
  if (from === undefined || depth > 3) return screen.path.includes(':') ? null : screen.path
  const other = all.find((one) => one.path === from)
  const start = other && other !== screen ? await addressOf(page, address, other, all, depth + 1) : from
  if (start === null) return null
  // the wide layout shows more links, and a calculation its facts when it is open
  const before = page.viewportSize()
  await page.setViewportSize({ width: 1440, height: 900 })
  await show(page, `${address}${start}`)
  for (let times = 0; times < 40; times++) {
    const shut = page.locator('.yq-tree-toggle[aria-expanded="false"]').first()
    if ((await shut.count()) === 0) break
    await shut.click()
  }
  const wanted = new RegExp(`^${screen.path.replace(/:\w+/g, '[^/]+')}$`)
  const links = await page.locator('main a[href]').evaluateAll((found) => found.map((one) => (one as HTMLAnchorElement).pathname + (one as HTMLAnchorElement).search))
  if (before) await page.setViewportSize(before)
  return links.find((link) => wanted.test(link.split('?')[0] ?? '')) ?? (screen.path.includes(':') ? null : screen.path)
}

async function show(page: Page, url: string): Promise<void> {
  await page.goto(url, { waitUntil: 'networkidle', timeout: 30_000 }).catch(() => page.waitForLoadState('load'))
  await page.locator('h1, h2').first().waitFor({ timeout: 10_000 })
  await page.waitForFunction(() => document.querySelector('.yq-skeleton') === null, null, { timeout: 10_000 }).catch(() => undefined)
  await page.evaluate(() => document.fonts.ready)
}

async function faults(page: Page, width: number): Promise<string[]> {
  const found: string[] = []
  const wide = await page.evaluate(() => document.documentElement.scrollWidth)
  if (wide > width) {
    const who = await page.evaluate((limit) => [...document.querySelectorAll('body *')].filter((one) => one.getBoundingClientRect().right > limit + 1).slice(0, 3).map((one) => `${one.tagName.toLowerCase()}.${String(one.className).slice(0, 60)}`).join(' | '), width)
    found.push(`scrolls sideways: ${wide} px (${who})`)
  }
  if (asked.axe) {
    const { violations } = await new AxeBuilder({ page }).withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']).analyze()
    for (const violation of violations) {
      if (violation.impact !== 'serious' && violation.impact !== 'critical') continue
      found.push(`axe ${violation.id}: ${violation.nodes.slice(0, 2).map((node) => node.html.slice(0, 140)).join(' | ')}`)
    }
  }
  return found
}

process.exitCode = await run()
