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
import { closeSettledMonth } from '../performance/close-settled-month.ts'
import { installBlockScheme } from '../performance/install-scheme-version.ts'
import { hundredBlocks, scorecardBlocks } from '../performance/scorecard-scheme.ts'
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

  test('each month settles under all four schemes for the managers by district, and every control report ties', async () => {
    const owner = await database.db.connectOwner()
    await owner.query(`DROP VIEW IF EXISTS performance_plan_target_facts`)
    await owner.query(`CREATE TABLE performance_plan_target_facts (staff_key int, scheme_code text, indicator text, from_date date, to_date date, target numeric, plan_id uuid, plan_version int)`)
    await owner.query(`GRANT SELECT ON performance_plan_target_facts TO yq_batch`)
    // every manager of a district has the same targets of a month in each scheme
    await owner.query(`INSERT INTO performance_plan_target_facts SELECT p.staff_key, s, i, m, (m + interval '1 month')::date, CASE i WHEN 'NEW_CUSTOMERS' THEN 5 ELSE 100000 END, '00000000-0000-7000-8000-000000000000', 1
      FROM (SELECT DISTINCT staff_key FROM post_held WHERE post_code = 'RM') p, unnest(ARRAY['CARD', 'HUNDRED']) s, unnest(ARRAY['DEPOSIT_INCREMENT', 'CORPORATE_DEPOSIT_INCREMENT', 'ASSET_INCREMENT', 'NEW_CUSTOMERS']) i, generate_series(date '1993-12-01', date '1993-12-01', interval '1 month') m`)
    const { rows: lines } = await owner.query<{ code: string }>(`SELECT code FROM institution ORDER BY key LIMIT 3`)
    const shared = { posts: ['RM'], grades: [], units: [], period: 'MONTH' as const, gradeBases: { '*': '500000' }, classes: {}, carryMonths: 12, correctionMonths: 12 }
    await services.db.asOffice(async (tx) => {
      await installBlockScheme(tx, { code: 'CARD', from: '1993-01-01', name: '计分卡', nameEn: 'Card', legalBasis: '试验', terms: { ...shared, blocks: [...scorecardBlocks], score: 'TOTAL' } })
      await installBlockScheme(tx, { code: 'HUNDRED', from: '1993-01-01', name: '百分', nameEn: 'Hundred', legalBasis: '试验', terms: { ...shared, blocks: [...hundredBlocks], score: 'H' } })
      await installBlockScheme(tx, {
        kind: 'SUPPORT', code: 'SUPPORT', from: '1993-01-01', name: '二线', nameEn: 'Support', legalBasis: '试验',
        terms: { served: [], schemes: ['BERKA', 'CARD'], poolRatio: '0.08', weights: { answerOnTime: '40', rightFirstTime: '30', disputes: '10', frontLineRating: '20' }, leastScore: '60', heldScore: '80.00', amberFactor: '0.80', departments: lines.slice(0, 1).map(({ code }) => ({ code, staffWeight: '1' })), gradeFactors: {}, controlBases: {}, controlDepartments: [] },
      })
    })
    const told: [string, string, boolean | string | undefined][] = []
    for (const month of ['1993-12']) {
      for (const scheme of ['BERKA', 'CARD', 'HUNDRED', 'SUPPORT']) {
        const outcome = await settleMonth(services, { month, scheme, dryRun: false })
        const [settled] = outcome.ok ? outcome.value : []
        told.push([month, scheme, outcome.ok ? settled?.control.ties : outcome.refusal.name])
        if (scheme !== 'SUPPORT') expect(settled?.people).toBeGreaterThan(70)
        if (scheme === 'HUNDRED') {
          // the deposits of the month behind the lines are those of the file: all its bookings are, as under the points scheme
          const row = settled?.control.rows.find(({ source }) => source === 'DEPOSIT_INCREMENT')
          expect(row?.facts).toBeGreaterThan(100)
          expect(settled?.control.transactions).toMatchObject({ withoutLine: 0 })
          const again = await settleMonth(services, { month, scheme, dryRun: false })
          expect(again.ok && again.value[0]).toMatchObject({ hash: settled?.hash, unchanged: true })
        }
        if (scheme === 'BERKA' || scheme === 'CARD') {
          const closed = await services.db.asBatch((tx) => closeSettledMonth(tx, { month, scheme, closedBy: null, today: '1998-12-31' }))
          expect(closed.ok ? 'closed' : closed.refusal.name).toBe('closed')
        }
      }
    }
    await owner.end()
    expect(told.filter(([, , ties]) => ties !== true)).toEqual([])
  }, 300_000)
})
