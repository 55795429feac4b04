import { existsSync, readFileSync } from 'node:fs'
import { weekdayCalendar } from '../foundation/values/working-calendar.ts'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { readProfile } from '../deliveries/read-profile.ts'
import { readConfig } from '../foundation/config/config.ts'
import { testDatabase, type TestDatabase } from '../foundation/database/testing.ts'
import { sql, type Sql } from '../foundation/database/transaction.ts'
import type { Services } from '../foundation/http/route.ts'
import type { BulkResult } from '../foundation/store/store.ts'
import { newId } from '../foundation/values/uuid7.ts'
import { makeServices } from '../server.ts'
import { readChurn } from '../watch/engine-read-churn.ts'
import { refreshMovements } from '../watch/refresh-movements.ts'
import { refreshStanding } from '../watch/refresh-standing.ts'
import type { WatchRun } from '../watch/watch-run.ts'
import { loadDelivery } from './load-delivery.ts'

// Movements and churn over all clients and months of the public Czech data; the file is read here a second time by itself. Skipped where the data are not beside the project.

const dir = join(import.meta.dirname, '..', '..', '..', 'shared', 'data', 'berka')
const transactions = join(dir, 'trans-1993-01-01-to-1994-03-31.asc.gz')
if (!existsSync(transactions)) process.stderr.write('watch-berka: skipped, the public Czech data are not beside the project\n')

describe.skipIf(!existsSync(transactions))('the Czech bank', () => {
  let database: TestDatabase
  let services: Services
  let effects: BulkResult[] = []
  const refreshed = async (work: (run: WatchRun) => Promise<void>): Promise<number> => {
    effects = []
    await services.db.asBatch((tx) => work({ tx, batch: newId(), why: 'test', businessDate: '1994-03-30', effects, bankCode: 'berka', calendar: weekdayCalendar }))
    return effects.reduce((sum, one) => sum + one.count, 0)
  }
  const all = <Row>(query: Sql<Row>): Promise<Row[]> => services.db.asBatch((tx) => tx.all(query))
  let days: string[] = []
  beforeAll(async () => {
    database = await testDatabase()
    services = makeServices(readConfig({ YINQIAO_DATA: database.folder, YINQIAO_LOG: 'silent' }, database.folder).config, database.db)
    await loadDelivery(services, { dir, profile: readProfile('berka') })
    days = (await all(sql<{ day: string }>`SELECT DISTINCT booked_on AS day FROM holdings_movement_facts WHERE booked_on <= '1994-03-30' ORDER BY 1`)).map((row) => row.day)
  }, 900_000)
  afterAll(() => database?.drop())

  test('movements of every day: the gross sums of each listed customer and day are those of the file', async () => {
    await refreshed((run) => refreshMovements(run, days))
    const listed = await all(sql<{ day: string; account: string[]; in_fen: string; out_fen: string }>`
      SELECT m.day, array_agg(a.core_key) AS account, m.in_fen::text, m.out_fen::text FROM movement m JOIN holdings_account_facts a ON a.customer_id = m.customer_id GROUP BY m.customer_id, m.day, m.in_fen, m.out_fen`)
    expect(listed.length).toBeGreaterThan(100)
    expect(new Set(listed.map((row) => row.day.slice(0, 7))).size).toBe(15)
    const gross = new Map<string, { in: bigint; out: bigint }>()
    for (const line of gunzipSync(readFileSync(transactions)).toString('latin1').split('\n').slice(1)) {
      const [, account, date, type, , amount] = line.replaceAll('"', '').split(';')
      if (account === undefined || date === undefined || amount === undefined) continue
      const day = `19${date.slice(0, 2)}-${date.slice(2, 4)}-${date.slice(4, 6)}`
      const [whole, part = ''] = amount.split('.')
      const fen = BigInt(whole ?? '0') * 100n + BigInt(part.padEnd(2, '0').slice(0, 2))
      const sum = gross.get(`${account} ${day}`) ?? { in: 0n, out: 0n }
      gross.set(`${account} ${day}`, type === 'PRIJEM' ? { ...sum, in: sum.in + fen } : { ...sum, out: sum.out + fen })
    }
    const wrong = listed.filter((row) => {
      const sums = row.account.map((account) => gross.get(`${account} ${row.day}`) ?? { in: 0n, out: 0n })
      return sums.reduce((sum, one) => sum + one.in, 0n) !== BigInt(row.in_fen) || sums.reduce((sum, one) => sum + one.out, 0n) !== BigInt(row.out_fen)
    })
    expect(wrong).toEqual([])
    // nobody above the fixed amount and the share was left out
    const [missed] = await all(sql<{ n: number }>`
      WITH g AS (SELECT t.customer_id, t.booked_on AS day, sum(amount_fen) FILTER (WHERE direction = 'IN') AS i, sum(amount_fen) FILTER (WHERE direction = 'OUT') AS o FROM holdings_movement_facts t WHERE t.booked_on <= '1994-03-30' GROUP BY 1, 2)
      SELECT count(*)::int AS n FROM g WHERE greatest(coalesce(i, 0), coalesce(o, 0)) >= 3000000 AND NOT EXISTS (SELECT FROM movement m WHERE m.customer_id = g.customer_id AND m.day = g.day)
        AND greatest(coalesce(i, 0), coalesce(o, 0)) >= 0.2 * (SELECT coalesce(sum(b.balance_fen * greatest(least(coalesce(b.to_date, g.day), g.day) - greatest(b.from_date, g.day - 30), 0)), 0) / 30.0 FROM holdings_balance_facts b WHERE b.customer_id = g.customer_id)`)
    expect(missed?.n).toBe(0)
    expect(await refreshed((run) => refreshMovements(run, days))).toBe(0)
  }, 300_000)

  test.each(['1993-Q2', '1993-Q3', '1993-Q4', '1994-Q1'])('churn of %s: the managers sum to the bank', async (period) => {
    await refreshed((run) => refreshStanding(run, period))
    const rows = await services.db.asBatch((tx) => readChurn(tx, period, '1994-03-30', { kind: 'ALL' }, 'MANAGER'))
    const [whole] = await all(sql<{ base: number; lost: number; excluded: number; increment: string }>`
      SELECT count(*) FILTER (WHERE in_base)::int AS base, count(*) FILTER (WHERE lost IS NOT NULL AND NOT transferred)::int AS lost, count(*) FILTER (WHERE in_base AND transferred)::int AS excluded,
        coalesce(sum(end_fen - increment_base_fen), 0)::text AS increment FROM standing WHERE period = ${period}`)
    const sum = (field: 'base' | 'lost' | 'excluded'): number => rows.reduce((total, row) => total + row[field], 0)
    expect({ base: sum('base'), lost: sum('lost'), excluded: sum('excluded'), increment: rows.reduce((total, row) => total + BigInt(row.increment), 0n).toString() }).toEqual(whole)
    expect(await refreshed((run) => refreshStanding(run, period))).toBe(0)
    if (period === '1994-Q1') expect(sum('base')).toBeGreaterThan(50)
  }, 120_000)
})
