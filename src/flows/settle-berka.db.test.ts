import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { readProfile } from '../deliveries/read-profile.ts'
import { readConfig } from '../foundation/config/config.ts'
import { testDatabase, type TestDatabase } from '../foundation/database/testing.ts'
import type { Services } from '../foundation/http/route.ts'
import { makeServices } from '../server.ts'
import { loadDelivery } from './load-delivery.ts'
import { settleMonth } from './settle-month.ts'

// A real bank's month: the public Czech data, read here a second time by itself. Skipped where the data are not beside the project.

const dir = join(import.meta.dirname, '..', '..', '..', 'shared', 'data', 'berka')
const transactions = join(dir, 'trans-1993-01-01-to-1994-03-31.asc.gz')
if (!existsSync(transactions)) process.stderr.write('settle-berka: skipped, the public Czech data are not beside the project\n')

describe.skipIf(!existsSync(transactions))('December 1993 of the Czech bank', () => {
  let database: TestDatabase
  let services: Services
  beforeAll(async () => {
    database = await testDatabase()
    const { config } = readConfig({ YINQIAO_DATA: database.folder, YINQIAO_LOG: 'silent' }, database.folder)
    services = makeServices(config, database.db)
    await loadDelivery(services, { dir, profile: readProfile('berka') })
  }, 600_000)
  afterAll(() => database?.drop())

  test('the control report ties with the file’s own transactions and loans', async () => {
    let [count, into, out] = [0, 0, 0]
    for (const line of gunzipSync(readFileSync(transactions)).toString('latin1').split('\n').slice(1)) {
      const [, , date, type, , amount] = line.replaceAll('"', '').split(';')
      if (date === undefined || !date.startsWith('9312') || amount === undefined) continue
      count += 1
      // crowns with two decimals as whole hellers
      const [whole, part = ''] = amount.split('.')
      const fen = Number(whole) * 100 + Number(part.padEnd(2, '0').slice(0, 2))
      if (type === 'PRIJEM') into += fen
      else out += fen
    }
    const loans = readFileSync(join(dir, 'loan.asc'), 'latin1').split('\n').slice(1).map((line) => line.replaceAll('"', '').split(';')).filter(([, , date]) => date?.startsWith('9312'))
    const outcome = await settleMonth(services, { month: '1993-12', dryRun: false })
    const [settled] = outcome.ok ? outcome.value : []
    expect(settled?.scheme).toBe('BERKA')
    expect(settled?.control).toMatchObject({ ties: true, transactions: { transactions: count, inFen: String(into), outFen: String(out), behindLines: count, withoutLine: 0 } })
    const row = settled?.control.rows.find(({ source }) => source === 'NEW_SMALL_LOAN')
    expect(row).toMatchObject({ facts: loans.length, total: String(loans.reduce((sum, [, , , amount]) => sum + Number(amount), 0) * 10_000) })
    // what the file's own rounding of interest leaves (0.15 crowns an account and day)
    expect(Math.abs(Number(settled?.control.transactions.differenceFen))).toBeLessThan(100_000)
    const again = await settleMonth(services, { month: '1993-12', dryRun: false })
    expect(again.ok && again.value[0]).toMatchObject({ unchanged: true, hash: settled?.hash })
  })

  test('each deposit fact is the sum of the account’s daily balances', async () => {
    const owner = await database.db.connectOwner()
    const { rows: [found] } = await owner.query<{ facts: number; wrong: number }>(`
      SELECT count(*)::int AS facts, count(*) FILTER (WHERE f.fen_days <> (SELECT sum(b.balance_fen) FROM generate_series(date '1993-12-01', date '1993-12-31', interval '1 day') d
        JOIN balance_span b ON b.account_id = f.fact_id AND b.customer_id = f.customer_id AND b.from_date <= d::date AND (b.to_date IS NULL OR b.to_date > d::date)))::int AS wrong
      FROM pay_fact f JOIN settled_month m ON m.run_id = f.run_id WHERE f.kind = 'ACCOUNT'`)
    await owner.end()
    expect(found?.facts).toBeGreaterThan(1000)
    expect(found?.wrong).toBe(0)
  })
})
