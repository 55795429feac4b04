import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { setUpBank } from '../flows/set-up-bank.ts'
import { readConfig, type Config } from '../foundation/config/config.ts'
import { testDatabase, type TestDatabase } from '../foundation/database/testing.ts'
import { sql } from '../foundation/database/transaction.ts'
import { makeServices } from '../server.ts'
import { prepareFirstBank } from './first-bank.ts'

let database: TestDatabase
beforeEach(async () => {
  database = await testDatabase()
})
afterEach(() => database.drop())

const run = { onProgress: () => Promise.resolve(), signal: new AbortController().signal }
const servicesWith = (more: Partial<Config>) => makeServices({ ...readConfig({ YINQIAO_DATA: database.folder, YINQIAO_KEYS: join(database.folder, 'keys') }, database.folder).config, ...more }, database.db)
const anotherBank = (): Promise<unknown> => setUpBank(servicesWith({}), { code: 'another', nameZh: '别家银行', nameEn: 'Another', currency: 'CNY', calendar: 'china', businessDate: '2026-11-23' })
const staff = (): Promise<unknown[]> => database.db.asBatch((tx) => tx.all(sql`SELECT 1 FROM organisation_staff_facts`))

describe('the first start', () => {
  test.each([['off', null], ['auto', 'postgres://server/bank']] as const)('YINQIAO_DEMO=%s with DATABASE_URL %s makes nothing', async (demo, databaseUrl) => {
    expect(await prepareFirstBank(servicesWith({ demo, databaseUrl }), run)).toEqual({ logIns: [], grow: null })
    expect(await staff()).toEqual([])
  })

  test('another bank is left alone, and refused when the demo is asked for', async () => {
    await anotherBank()
    expect(await prepareFirstBank(servicesWith({ demo: 'auto' }), run)).toEqual({ logIns: [], grow: null })
    await expect(prepareFirstBank(servicesWith({ demo: 'on' }), run)).rejects.toMatchObject({ failure: 'another-bank' })
    expect(await staff()).toEqual([])
  })

  test('on empty data: somebody of each role can sign in before it returns, and the rest is left to grow', async () => {
    const { logIns, grow } = await prepareFirstBank(servicesWith({ demo: 'auto' }), run)
    expect(logIns.length).toBeGreaterThanOrEqual(15)
    expect(grow).not.toBeNull()
    const posts = await database.db.asBatch((tx) => tx.all(sql<{ post_code: string }>`
      SELECT DISTINCT f.post_code FROM organisation_post_facts f JOIN credential c ON c.staff_key = f.staff_key AND NOT c.must_change
      WHERE f.staff_no = ANY(${logIns.map(({ staffNo }) => staffNo)}::text[]) AND f.from_date <= '2026-11-23' AND (f.to_date IS NULL OR f.to_date > '2026-11-23')`))
    for (const post of ['RM', 'LOBBY', 'TEAM_LEAD', 'OUTLET_HEAD', 'BRANCH_HEAD', 'REVIEWER', 'COMPLIANCE', 'HR', 'ADMIN', 'DISBURSEMENT', 'POST_LOAN', 'AUDIT', 'AML', 'PRODUCT', 'DATA_STEWARD']) {
      expect(posts.map(({ post_code }) => post_code)).toContain(post)
    }
    // a second process that starts now finds the first part done
    const again = await prepareFirstBank(servicesWith({ demo: 'auto' }), run)
    expect(again.logIns).toEqual(logIns)
    const jobs = await database.db.asBatch((tx) => tx.all(sql<{ state: string }>`SELECT state FROM job_run WHERE kind = 'demo-bank' ORDER BY asked_at`))
    expect(jobs).toEqual([{ state: 'STOPPED' }, { state: 'RUNNING' }])
  })
})
