import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { permissionTable } from './permission-table.ts'
import { setFirstPassword } from './sign-in.ts'
import type { StartView } from './start.contract.ts'
import { setUpBank } from '../flows/set-up-bank.ts'
import { readConfig } from '../foundation/config/config.ts'
import { testDatabase, type TestDatabase } from '../foundation/database/testing.ts'
import { buildApp } from '../foundation/http/app.ts'
import type { Services } from '../foundation/http/route.ts'
import { hirePerson } from '../organisation/hire-person.ts'
import { holdPost } from '../organisation/hold-post.ts'
import { routes } from '../routes.ts'
import { makeServices } from '../server.ts'

const opened: TestDatabase[] = []
let demo: Services
let real: Services
const password = 'demo-bank-2026'

/** A bank with a manager who signs in as she is, one who must change her password first, and one who has none. */
async function bank(isDemo: boolean): Promise<Services> {
  const database = await testDatabase()
  opened.push(database)
  const { config } = readConfig({ YINQIAO_DATA: database.folder, YINQIAO_KEYS: join(database.folder, 'keys') }, database.folder)
  const services = makeServices(config, database.db)
  const { headOfficeKey: unit } = await setUpBank(services, { code: 'x', nameZh: '试验银行', nameEn: 'Test Bank', currency: 'CNY', calendar: 'china', businessDate: '2026-11-23', isDemo, settings: { demoPassword: password }, from: '2015-01-01' })
  const people = await database.db.asOffice(async (tx) => {
    const keys: number[] = []
    for (const [staffNo, name, postCode] of [['A1', '李一', 'RM'], ['A2', '王二', 'RM'], ['A3', '张三', 'HR'], ['A4', '赵四', 'AUDIT']] as const) {
      const staffKey = await hirePerson(tx, { staffNo, name, from: '2020-01-01' })
      await holdPost(tx, { staffKey, postCode, lineKey: unit, placeKey: unit, from: '2020-01-01' })
      keys.push(staffKey)
    }
    return keys
  })
  for (const [index, mustChange] of [false, false, true].entries()) await setFirstPassword(services, people[index] ?? 0, password, mustChange)
  return services
}

beforeAll(async () => {
  demo = await bank(true)
  real = await bank(false)
})
afterAll(async () => {
  for (const database of opened) await database.drop()
})

const start = async (services: Services): Promise<StartView> => {
  const app = buildApp(routes, permissionTable, services)
  const answer = await app.inject({ method: 'GET', url: '/api/start' })
  expect(answer.statusCode).toBe(200)
  return answer.json<StartView>()
}

test('the demo tells one person of each post who may sign in as she is', async () => {
  const { ready, bank: told, logIns } = await start(demo)
  expect([ready, told]).toEqual([true, { name: '试验银行', nameEn: 'Test Bank', demo: true, businessDate: '2026-11-23' }])
  // not the second manager, not who must change her password, not who has none
  expect(logIns.map((one) => [one.staffNo, one.name, one.postCode, one.password])).toEqual([['A1', '李一', 'RM', password]])
})

test('a real bank tells its name and nobody, whatever its settings say', async () => {
  const told = await start(real)
  expect([told.bank?.name, told.logIns, told.work]).toEqual(['试验银行', [], null])
  expect(JSON.stringify(told)).not.toContain(password)
})

test('who was told can sign in, and need not change the password', async () => {
  const app = buildApp(routes, permissionTable, demo)
  const signedIn = await app.inject({ method: 'POST', url: '/api/session', headers: { 'x-yinqiao': '1' }, payload: { staffNo: 'A1', password } })
  expect([signedIn.statusCode, signedIn.json()]).toEqual([200, { mustChangePassword: false }])
})
