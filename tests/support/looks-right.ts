import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { AxeBuilder } from '@axe-core/playwright'
import type { Browser, BrowserContext, Page, Request } from 'playwright-core'
import { expect } from 'vitest'

/** A browser of its own at a width, in Chinese; a phone below 700 pixels. */
export async function openBrowser(browser: Browser, width: number): Promise<BrowserContext> {
  const context = await browser.newContext({ viewport: { width, height: width < 700 ? 812 : 900 }, locale: 'zh-CN', timezoneId: 'Asia/Shanghai', hasTouch: width < 700, isMobile: width < 700, reducedMotion: 'reduce' })
  const asked = new Set<Request>()
  context.on('request', (request) => asked.add(request))
  context.on('requestfinished', (request) => asked.delete(request))
  context.on('requestfailed', (request) => asked.delete(request))
  underWay.set(context, asked)
  return context
}

// what each browser has asked for and not got yet
const underWay = new WeakMap<BrowserContext, Set<Request>>()

/** Waits until nothing has been asked for a tenth of a second: that of Playwright (networkidle) waits five times as long, several hundred times a run. */
async function gotEverything(page: Page): Promise<void> {
  const asked = underWay.get(page.context())
  if (!asked) return page.waitForLoadState('networkidle')
  const late = Date.now() + 30_000
  for (let quietSince = Date.now(); Date.now() - quietSince < 100;) {
    if (Date.now() > late) throw new Error(`still waiting for ${[...asked].map((request) => request.url()).join(', ')}`)
    await page.waitForTimeout(20)
    if (asked.size > 0) quietSince = Date.now()
  }
}

/** Serious faults that axe-core finds in the page, each with the first elements that have it. In the page itself, and only what is wrong: the other way opens a page of its own for each look and describes all that is right. */
export async function seriousFaults(page: Page): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page }).setLegacyMode(true).options({ resultTypes: ['violations'], runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'] }).analyze()
  return violations.filter((one) => one.impact === 'serious' || one.impact === 'critical').map((one) => `${one.id}: ${one.nodes.slice(0, 3).map((node) => node.html.slice(0, 300)).join(' | ')}`)
}

/**
 * What is demanded of every page that a test visits: no serious fault of axe-core, no sideways scroll of the page, one main heading, no text that a
 * mistake would leave behind. With YINQIAO_SHOTS the page is kept there as a picture named `name`.
 */
export async function looksRight(page: Page, name: string): Promise<void> {
  await gotEverything(page)
  // the load state is that of the document: what the page itself asked for afterwards is there when its skeletons are gone
  await page.waitForFunction(() => document.querySelector('.yq-skeleton') === null, undefined, { timeout: 30_000 })
  // a drawer that is fading away has colours that nobody reads
  await page.waitForFunction(() => document.getAnimations().every((one) => one.playState !== 'running' || one.effect?.getComputedTiming().iterations === Infinity), undefined, { timeout: 30_000 })
  const folder = process.env['YINQIAO_SHOTS']
  if (folder !== undefined && folder !== '') {
    mkdirSync(folder, { recursive: true })
    await page.screenshot({ path: join(folder, `${name}-${page.viewportSize()?.width ?? 0}.png`), fullPage: true })
  }
  const width = page.viewportSize()?.width ?? 0
  expect(await seriousFaults(page), `${name}: axe-core`).toEqual([])
  // a phone's browser widens its layout for what sticks out: the width that was given counts
  const seen = await page.evaluate((given) => ({ sideways: document.documentElement.scrollWidth - given, headings: document.querySelectorAll('h1').length, text: document.body.innerText }), width)
  expect(seen.sideways, `${name}: pixels of sideways scroll`).toBeLessThanOrEqual(0)
  expect(seen.headings, `${name}: main headings`).toBe(1)
  expect(seen.text.match(/undefined|NaN|\[object|Invalid Date|\{\w+\}|确定|！|驳回/)?.[0] ?? null, `${name}: text that should not be there`).toBeNull()
}
