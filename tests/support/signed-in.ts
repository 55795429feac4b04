import type { Browser, Page } from 'playwright-core'
import { sessionCookie } from '../../src/foundation/http/app.ts'
import { openBrowser } from './looks-right.ts'
import type { Colleague, SmallBank } from './small-bank.ts'

/** A page of the product as a person of the small bank sees it, signed in, in a browser window of its own at a width; it closes with the browser. */
export async function signedIn(browser: Browser, address: string, bank: SmallBank, person: Colleague, path: string, width: number): Promise<Page> {
  const context = await openBrowser(browser, width)
  await context.addCookies([{ name: sessionCookie, value: await bank.session(person), url: address }])
  const page = await context.newPage()
  page.setDefaultTimeout(30_000)
  await page.goto(`${address}${path}`)
  await page.locator('.yq-desk').waitFor()
  return page
}
