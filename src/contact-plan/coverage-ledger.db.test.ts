import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { smallBank, type SmallBank } from '../../tests/support/small-bank.ts'
import { tryAssignCustomer } from '../customers/assign-customer.ts'
import { sql } from '../foundation/database/transaction.ts'
import { add, change } from '../foundation/store/store.ts'
import { addDays, monthEnd, monthOf } from '../foundation/values/business-date.ts'
import { newId } from '../foundation/values/uuid7.ts'
import { chance } from './contact-coverage-testing.ts'
import { readCoverage, readDuties, type CoverageMonth } from './engine-read-coverage.ts'
import { keepCoverage, keepPastCoverage } from './keep-coverage.ts'

let bank: SmallBank
const inBatch = <T>(work: Parameters<SmallBank['services']['db']['asBatch']>[0]): Promise<T> => bank.services.db.asBatch(work) as Promise<T>
const now = (month: string, day: string): CoverageMonth => ({ month, lastDay: monthEnd(month), seatDay: monthEnd(month) < day ? monthEnd(month) : day })
type Shown = { sums: unknown; customers: unknown }
const shown = (when: CoverageMonth): Promise<Shown> => inBatch<Shown>(async (tx) => {
  const { total, rows } = await readCoverage(tx, when, { kind: 'ALL' }, 'MANAGER')
  const outlets = await readCoverage(tx, when, { kind: 'ALL' }, 'OUTLET')
  const customers = []
  for (const { key } of rows) if (key !== null) customers.push([key, await readDuties(tx, when, { kind: 'ALL' }, { kind: 'SELF', staffKey: key })])
  return { sums: [total, rows, outlets.rows], customers }
})

type Told = { day: string; month: string; was: Shown }
const [firstDay, lastDay] = ['2026-10-26', '2026-11-20']

/** Four weeks of entries (some told late), corrections, voids, hand-overs and judgements (some dated back or ahead), and what the pages of each day showed at its end. */
async function liveThrough(seed: number, write: (day: string) => Promise<void>): Promise<Told[]> {
  const { staff } = bank
  const roll = chance(seed)
  const next = (): number => roll(1_000_000) / 1_000_000
  const pick = <T>(list: readonly T[]): T => list[Math.floor(next() * list.length)] as T
  const managers = [staff.li, staff.wang, staff.zhao]
  const customers: string[] = []
  for (let place = 0; place < 12; place++) customers.push(await bank.customer({ main: pick(managers), tierSince: pick(['2026-01-01', '2026-10-10', '2026-10-20', '2026-11-10']) }))
  // who becomes core later in the month was judged before the first day
  await bank.look('UPDATE tier_held SET known_on = least(from_date, $1) RETURNING id', [firstDay])
  const contacts: { customerId: string; id: string; businessDate: string; enteredOn: string; voided: boolean }[] = []
  const kept: Told[] = []
  for (let day = firstDay; day <= lastDay; day = addDays(day, 1)) {
    for (let act = 0; act < 4; act++) {
      if (act === 2 && next() < 0.3) await write(day)
      const customerId = pick(customers)
      const kind = next()
      await inBatch(async (tx) => {
        if (kind < 0.6) {
          // of today, or told days later: it may belong to the month before
          const businessDate = addDays(day, -Math.floor(next() * 12))
          const id = newId()
          await add(tx, 'contact', {
            customer_id: customerId, id, staff_key: staff.li.staffKey, mode: 'PHONE', business_date: businessDate, in_person: false, effective: next() < 0.8, entered_on: day, late: next() < 0.3, summary: '试', policy_version: '1', scope_path: '001', viewers: [],
          }, { why: 'test' })
          contacts.push({ customerId, id, businessDate, enteredOn: day, voided: false })
        } else if (kind < 0.75) {
          const contact = contacts.find((one) => !one.voided && one.customerId === customerId)
          if (contact) {
            contact.voided = true
            await change(tx, 'contact', { customer_id: contact.customerId, id: contact.id }, { voided_on: day, void_reason: '误录', voided_by: staff.li.staffKey }, { why: 'test' })
            if (kind < 0.68) {
              // corrected: the new record keeps the day of the first entry
              const id = newId()
              await add(tx, 'contact', {
                customer_id: customerId, id, staff_key: staff.li.staffKey, mode: 'PHONE', business_date: contact.businessDate, in_person: false, effective: next() < 0.5, entered_on: contact.enteredOn, late: next() < 0.5, summary: '改', policy_version: '1', replaces: contact.id,
                scope_path: '001', viewers: [],
              }, { why: 'test' })
              contacts.push({ customerId, id, businessDate: contact.businessDate, enteredOn: contact.enteredOn, voided: false })
            }
          }
        } else if (kind < 0.9) {
          // from an earlier day of the month on, from today on, or from a later day on
          const from = kind < 0.8 ? `${monthOf(day)}-01` : kind < 0.85 ? day : addDays(day, 4)
          const slices = [{ staffKey: pick(managers).staffKey, sharePct: '100', main: true }]
          await tryAssignCustomer(tx, { customerId, slices, from, baseAdbFen: 0n, reason: 'test', today: day })
        } else {
          const held = await tx.maybe(sql<{ id: string; from_date: string }>`SELECT id, from_date FROM tier_held WHERE customer_id = ${customerId} AND to_date IS NULL`)
          const from = `${monthOf(day)}-01`
          if (held && held.from_date < from) {
            await change(tx, 'tier_held', { customer_id: customerId, id: held.id }, { to_date: from, end_known_on: day }, { why: 'test' })
            await add(tx, 'tier_held', { customer_id: customerId, id: newId(), tier: pick(['T1', 'T2']), from_date: from, known_on: day, reason: 'test', table_version: '1' }, { why: 'test' })
          }
        }
      })
    }
    await write(day)
    for (const month of new Set([monthOf(day), '2026-10'])) kept.push({ day, month, was: await shown(now(month, day)) })
  }
  expect(kept.length).toBe(46)
  expect(new Set(kept.map(({ was }) => JSON.stringify(was))).size).toBeGreaterThan(15)
  return kept
}

const everyPastDayIsAsItWas = async (kept: readonly Told[]): Promise<void> => {
  for (const { day, month, was } of kept) expect(await shown({ ...now(month, day), ledgerDay: day }), `${month} at the end of ${day}`).toEqual(was)
}

describe('the ledger of coverage, written every evening', () => {
  beforeAll(async () => {
    bank = await smallBank([])
  })
  afterAll(() => bank.close())

  test('every past day is what it was at its end: sums, outlets and customers, whatever is entered, corrected, voided, assigned and judged afterwards', async () => {
    // in the middle of the day too: only the end counts
    const kept = await liveThrough(20261128, (day) => inBatch((tx) => keepCoverage(tx, day)))
    await everyPastDayIsAsItWas(kept)
  })

  test('a second run of the same day writes nothing', async () => {
    const count = () => bank.look<{ n: number; spans: number }>("SELECT (SELECT count(*)::int FROM journal_line WHERE table_name LIKE 'coverage%') AS n, (SELECT count(*)::int FROM coverage_span) AS spans")
    await inBatch((tx) => keepCoverage(tx, '2026-11-20'))
    const before = await count()
    await inBatch((tx) => keepCoverage(tx, '2026-11-20'))
    expect(await count()).toEqual(before)
  })
})

describe('the ledger of coverage, written after all of it', () => {
  beforeAll(async () => {
    bank = await smallBank([])
  })
  afterAll(() => bank.close())

  test('every past day is what its pages showed at its end; a second run writes nothing', async () => {
    const kept = await liveThrough(20261129, () => Promise.resolve())
    expect(await keepPastCoverage(bank.services.db, { first: firstDay, last: lastDay })).toBe(26)
    await everyPastDayIsAsItWas(kept)
    expect(await keepPastCoverage(bank.services.db, { first: firstDay, last: lastDay })).toBe(0)
  })
})
