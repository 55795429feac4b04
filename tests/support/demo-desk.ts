import { join } from 'node:path'
import { buildBrowserFiles } from '../../src/commands/build-browser-files.ts'
import { demoBank, demoPassword } from '../../src/demo/known-cases.ts'
import { giveDemoPasswords, hashedDemoPassword, makeOrganisation } from '../../src/demo/make-organisation.ts'
import { setUpBank } from '../../src/flows/set-up-bank.ts'
import { readConfig } from '../../src/foundation/config/config.ts'
import { testDatabase } from '../../src/foundation/database/testing.ts'
import { startServer } from '../../src/server.ts'

/** The whole product as a browser sees it, on a database of its own: the demo's units and people (no customers), everybody with the demo's password. */
export type DemoDesk = { address: string; password: string; close(): Promise<void> }

export async function startDemoDesk(): Promise<DemoDesk> {
  await buildBrowserFiles(() => undefined)
  const bank = await testDatabase()
  const { config } = readConfig({ YINQIAO_DATA: bank.folder, YINQIAO_KEYS: join(bank.folder, 'keys'), PORT: '0', YINQIAO_LOG: 'silent' }, bank.folder)
  const server = await startServer(config, bank.db)
  await setUpBank(server.services, {
    code: demoBank.code, nameZh: demoBank.nameZh, nameEn: demoBank.nameEn, currency: 'CNY', calendar: 'china', businessDate: demoBank.today, isDemo: true, settings: { demoPassword }, from: '2015-01-01',
  })
  const passwordHash = await hashedDemoPassword()
  await bank.db.asBatch(async (tx) => {
    await makeOrganisation(tx)
    await giveDemoPasswords(tx, passwordHash)
  })
  return {
    address: server.address, password: demoPassword,
    async close() {
      await server.stop()
      await bank.drop()
    },
  }
}
