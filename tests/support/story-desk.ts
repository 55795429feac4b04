import type { Page } from 'playwright-core'
import { buildBrowserFiles } from '../../src/commands/build-browser-files.ts'
import { startServer } from '../../src/server.ts'
import { launchBrowser } from './browser.ts'
import { signedIn } from './signed-in.ts'
import type { Colleague, SmallBank } from './small-bank.ts'

/** The small bank behind a running server, and a browser in which its people sit at a desk or hold a phone. `close` ends the bank with it. */
export type StoryDesk = { address: string; as(person: Colleague, path: string, width: number): Promise<Page>; close(): Promise<void> }

export async function openStoryDesk(bank: SmallBank): Promise<StoryDesk> {
  await buildBrowserFiles(() => undefined)
  const server = await startServer({ ...bank.services.config, port: 0 }, bank.services.db)
  const browser = await launchBrowser()
  return {
    address: server.address,
    as: (person, path, width) => signedIn(browser, server.address, bank, person, path, width),
    async close() {
      await browser.close()
      await server.stop()
      await bank.close()
    },
  }
}

/** Waits until the page says by its one main heading where one is. */
export const heading = (page: Page, text: string | RegExp): Promise<void> => page.getByRole('heading', { level: 1, name: text }).waitFor()
