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
import { spanOf } from '../watch/period.rules.ts'
import { loadDelivery } from './load-delivery.ts'

// Tiers, movements and churn over all clients and months of the public Czech data; the file is read here a second time by itself, and every figure worked out from it. Skipped where the data are not beside the project.

const dir = join(import.meta.dirname, '..', '..', '..', 'shared', 'data', 'berka')
const transactions = join(dir, 'trans-1993-01-01-to-1994-03-31.asc.gz')
if (!existsSync(transactions)) process.stderr.write('watch-berka: skipped, the public Czech data are not beside the project\n')

const dayNo = (day: string): number => Date.parse(`${day}T00:00:00Z`) / 86_400_000
const dayOf = (no: number): string => new Date(no * 86_400_000).toISOString().slice(0, 10)
const lastKnown = dayNo('1994-03-30')
const monthsOf = ['1993-01', '1993-02', '1993-03', '1993-04', '1993-05', '1993-06', '1993-07', '1993-08', '1993-09', '1993-10', '1993-11', '1993-12', '1994-01', '1994-02', '1994-03']
/** Rounded half away from zero. */
const halfAway = (fen: number, days: number): number => Math.sign(fen) * Math.floor((Math.abs(fen) * 2 + days) / (days * 2))

/** What the file says, in hellers and numbers of days, by customer: closing balances from a day on, gross sums of a day, the day of the first account. Nothing of the product is asked. */
type FileFacts = { customers: string[]; opened: Map<string, number>; closings: Map<string, { from: number; fen: number }[]>; gross: Map<string, Map<number, { into: number; out: number }>> }

function readFile(): FileFacts {
  const lines = (name: string): string[][] => readFileSync(join(dir, name), 'latin1').split(/\r?\n/).slice(1).filter((line) => line !== '').map((line) => line.replaceAll('"', '').split(';'))
  const fenOf = (text = ''): number => {
    const [whole = '0', part = ''] = text.replace('-', '').split('.')
    return (text.startsWith('-') ? -1 : 1) * (Number(whole) * 100 + Number(part.padEnd(2, '0').slice(0, 2)))
  }
  const number = (client = ''): string => client.padStart(6, '0')
  // each account has one owner, and each client one account
  const owner = new Map(lines('disp.asc').filter(([, , , type]) => type === 'OWNER').map(([, client, account]) => [account ?? '', number(client)]))
  const day = (date = ''): number => dayNo(`19${date.slice(0, 2)}-${date.slice(2, 4)}-${date.slice(4, 6)}`)
  // an account that opens after the data end is not there yet
  const opened = new Map(lines('account.asc').map(([account = '', , , date]): [string, number] => [owner.get(account) ?? '', day(date)]).filter(([, on]) => on <= lastKnown))
  const booked = new Map<string, Map<number, { into: number; out: number; told: number[] }>>()
  for (const line of gunzipSync(readFileSync(transactions)).toString('latin1').split(/\r?\n/).slice(1)) {
    const [, account = '', date, type, , amount, balance] = line.replaceAll('"', '').split(';')
    if (date === undefined) continue
    const on = day(date)
    if (on > lastKnown) continue
    const who = owner.get(account) ?? ''
    const days = booked.get(who) ?? new Map<number, { into: number; out: number; told: number[] }>()
    booked.set(who, days)
    const sums = days.get(on) ?? { into: 0, out: 0, told: [] }
    days.set(on, sums)
    if (type === 'PRIJEM') sums.into += fenOf(amount)
    else sums.out += fenOf(amount)
    sums.told.push(fenOf(balance))
  }
  const closings: FileFacts['closings'] = new Map()
  for (const [who, days] of booked) {
    let closing = 0
    closings.set(who, [...days].sort(([a], [b]) => a - b).map(([from, { into, out, told }]) => {
      const sum = closing + into - out
      // the order of bookings within a day is not given: the day's balance nearest to the sum is the last one
      closing = told.sort((a, b) => Math.abs(a - sum) - Math.abs(b - sum) || a - b)[0] ?? sum
      return { from, fen: closing }
    }))
  }
  return { customers: lines('client.asc').map(([client]) => number(client)).sort(), opened, closings, gross: booked }
}

describe.skipIf(!existsSync(transactions))('the Czech bank', () => {
  let file: FileFacts
  /** Sum of the closing balances of the days [from, to). */
  const fenDays = (who: string, from: number, to: number): number => {
    const spans = file.closings.get(who) ?? []
    return spans.reduce((sum, span, place) => sum + span.fen * Math.max(Math.min(spans[place + 1]?.from ?? to, to) - Math.max(span.from, from), 0), 0)
  }
  /** 2.4 with the lines of 2.14, told once more, from the first month as a customer on: up at once, down after three months below the line and no deeper than the best of them. */
  const tiersHeld = (who: string): { tier: number; from: string }[] => {
    const merits = monthsOf.map((month, place) => {
      const [first, next] = [dayNo(`${month}-01`), dayNo(`${monthsOf[place + 1] ?? '1994-04'}-01`)]
      const sum = fenDays(who, first, next)
      return [10_000_000, 5_000_000, 1_000_000].findIndex((line) => sum >= line * (next - first)) + 1 || 4
    })
    const spans: { tier: number; from: string; month: number }[] = []
    // the month of the business date is not over
    for (let month = 0; month < monthsOf.length - 1; month += 1) {
      // nobody is judged by a month in which he was no customer yet
      if ((file.opened.get(who) ?? 0) >= dayNo(`${monthsOf[month + 1]}-01`)) continue
      const [now = 4, before = 4, beforeThat = 4] = [merits[month], merits[month - 1], merits[month - 2]]
      const held = spans.at(-1)
      const best = Math.min(now, before, beforeThat)
      const tier = held === undefined || now < held.tier ? now : month - held.month >= 3 && best > held.tier ? best : held.tier
      if (tier !== held?.tier) spans.push({ tier, from: `${monthsOf[month + 1]}-01`, month })
    }
    if (spans.length === 0) return [{ tier: 4, from: dayOf(file.opened.get(who) ?? 0) }]
    return spans.map(({ tier, from }) => ({ tier, from }))
  }
  const tierOn = (who: string, day: string): number | undefined => tiersHeld(who).filter(({ from }) => from <= day).at(-1)?.tier
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
    file = readFile()
    days = (await all(sql<{ day: string }>`SELECT DISTINCT booked_on AS day FROM holdings_movement_facts WHERE booked_on <= '1994-03-30' ORDER BY 1`)).map((row) => row.day)
  }, 900_000)
  afterAll(() => database?.drop())

  test('movements of every day: who is listed, with which gross sums, is what the file itself gives', async () => {
    await refreshed((run) => refreshMovements(run, days))
    const listed = await all(sql<{ who: string; day: string; in: string; out: string; listed: string }>`
      SELECT k.number AS who, m.day, m.in_fen::text AS in, m.out_fen::text AS out, concat_ws(' ', CASE WHEN m.listed_in THEN 'IN' END, CASE WHEN m.listed_out THEN 'OUT' END) AS listed FROM movement m JOIN customer k USING (customer_id) ORDER BY k.number, m.day`)
    const expected = file.customers.flatMap((who) => [...(file.gross.get(who) ?? [])].flatMap(([day, { into, out }]) => {
      const average = fenDays(who, day - 30, day)
      // at least 30,000 crowns and 20 % of the average of the 30 days before
      const large = (fen: number): boolean => fen >= 3_000_000 && fen * 30 * 5 >= average
      return large(into) || large(out) ? [{ who, day: dayOf(day), in: String(into), out: String(out), listed: [large(into) ? 'IN' : '', large(out) ? 'OUT' : ''].filter(Boolean).join(' ') }] : []
    }))
    expect(listed).toEqual(expected.sort((a, b) => (`${a.who}${a.day}` < `${b.who}${b.day}` ? -1 : 1)))
    expect(listed.length).toBeGreaterThan(100)
    expect(new Set(listed.map((row) => row.day.slice(0, 7))).size).toBe(15)
    expect(await refreshed((run) => refreshMovements(run, days))).toBe(0)
  }, 300_000)

  test('tiers of every month: who held which tier from when to when, and each move between them, are what the file gives', async () => {
    const held = await all(sql<{ who: string; spans: string }>`SELECT k.number AS who, string_agg(h.tier || ' ' || h.from_date, ', ' ORDER BY h.from_date) AS spans FROM tier_held h JOIN customer k USING (customer_id) GROUP BY 1 ORDER BY 1`)
    expect(held).toEqual(file.customers.map((who) => ({ who, spans: tiersHeld(who).map(({ tier, from }) => `T${tier} ${from}`).join(', ') })))
    const moves = await all(sql<{ way: string; n: number }>`SELECT to_char(effective_on, 'YYYY-MM') || ' ' || from_tier || ' ' || to_tier AS way, count(*)::int AS n FROM tier_move WHERE state = 'APPLIED' GROUP BY 1 ORDER BY 1`)
    const ways = new Map<string, number>()
    for (const who of file.customers) {
      const spans = tiersHeld(who)
      for (const [place, { tier, from }] of spans.slice(1).entries()) {
        const way = `${from.slice(0, 7)} T${spans[place]?.tier} T${tier}`
        ways.set(way, (ways.get(way) ?? 0) + 1)
      }
    }
    expect(moves).toEqual([...ways].map(([way, n]) => ({ way, n })).sort((a, b) => (a.way < b.way ? -1 : 1)))
    // every month somebody moved, up and down
    expect(new Set(moves.map(({ way }) => way.slice(0, 7))).size).toBe(13)
    expect(await all(sql`SELECT 1 FROM tier_move WHERE state <> 'APPLIED'`)).toEqual([])
    // the reason speaks of the bank's own money
    expect(await all(sql`SELECT 1 FROM tier_move WHERE reason !~ '^19\\d\\d-\\d\\d 月日均 -?[\\d,.]+ 万?克朗'`)).toEqual([])
    const carried = await all(sql<{ tier: string; n: number }>`SELECT tier, count(*)::int AS n FROM customer GROUP BY 1 ORDER BY 1`)
    const last = file.customers.map((who) => tiersHeld(who).at(-1)?.tier)
    expect(carried).toEqual([1, 2, 3, 4].map((tier) => ({ tier: `T${tier}`, n: last.filter((one) => one === tier).length })))
  })

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
    // each customer of the base set by the file itself
    const { firstDay, lastDay } = spanOf(period)
    const [first, complete] = [dayNo(firstDay), dayNo(lastDay) <= lastKnown]
    const [endFrom, endTo] = complete ? [dayNo(`${lastDay.slice(0, 7)}-01`), dayNo(lastDay) + 1] : [lastKnown - 29, lastKnown + 1]
    const baseFrom = dayNo(monthsOf.filter((month) => `${month}-01` < firstDay).at(-1) + '-01')
    const average = (who: string, from: number, to: number): number => halfAway(fenDays(who, from, to), to - from)
    const expected = file.customers.flatMap((who) => {
      const [began, ended] = [average(who, baseFrom, first), average(who, endFrom, endTo)]
      if (began < 5_000_000) return []
      const fell = (tierOn(who, dayOf(Math.min(dayNo(lastDay), lastKnown))) ?? 0) > (tierOn(who, firstDay) ?? 9)
      return [{ who, base: String(began), end: String(ended), lost: ended * 2 < began && ended < 5_000_000 ? 'BELOW' : fell ? 'TIER' : null }]
    })
    expect(await all(sql`SELECT k.number AS who, s.base_fen::text AS base, s.end_fen::text AS "end", s.lost FROM standing s JOIN customer k USING (customer_id) WHERE s.period = ${period} AND s.in_base ORDER BY 1`)).toEqual(expected)
  }, 120_000)
})
