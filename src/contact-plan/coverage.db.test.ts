import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { smallBank, today, type Colleague, type SmallBank } from '../../tests/support/small-bank.ts'
import { refreshScopes } from '../customers/assign-customer.ts'
import { sql } from '../foundation/database/transaction.ts'
import { add } from '../foundation/store/store.ts'
import { addDays, monthEnd } from '../foundation/values/business-date.ts'
import { newId } from '../foundation/values/uuid7.ts'
import { transferPerson } from '../organisation/transfer-person.ts'
import { chance, contactCoverage as fixture, coverageFacts } from './contact-coverage-testing.ts'
import { judgeDuty, sumDuties, type ContactFact, type Slice, type TierSpan } from './contact-frequency.rules.ts'
import { dutiesOf, readCoverage, readCustomerDuty, readDuties } from './engine-read-coverage.ts'
import { readPolicy } from './read-policy.ts'

let bank: SmallBank
beforeAll(async () => {
  bank = await smallBank([])
})
afterAll(() => bank.close())

type Facts = { tiers: readonly TierSpan[]; slices: readonly Slice[]; contacts: readonly (ContactFact & { mode?: string; enteredOn?: string; staffKey?: number })[] }

/** Stores facts as the product would have stored them; returns the customer's id. */
async function store(facts: Facts): Promise<string> {
  const { services, staff } = bank
  const customerId = await bank.customer({ bare: true })
  await services.db.asBatch(async (tx) => {
    for (const tier of facts.tiers) await add(tx, 'tier_held', { customer_id: customerId, id: newId(), tier: tier.tier, from_date: tier.from, to_date: tier.to, reason: 'test', table_version: '1' }, { why: 'test' })
    for (const slice of facts.slices) await add(tx, 'assignment', { customer_id: customerId, id: newId(), staff_key: slice.staffKey, share_pct: slice.sharePct, main: slice.main, from_date: slice.from, to_date: slice.to }, { why: 'test' })
    for (const contact of facts.contacts) {
      await add(tx, 'contact', {
        customer_id: customerId, id: contact.contactId, staff_key: contact.staffKey ?? staff.li.staffKey, mode: contact.effective ? 'PHONE' : 'SMS_ONE_WAY', business_date: contact.businessDate, in_person: false,
        effective: contact.effective, entered_on: contact.enteredOn ?? addDays(contact.businessDate, 5), late: contact.late, summary: '试', policy_version: '1', scope_path: '001', viewers: [],
      }, { why: 'test' })
    }
  })
  return customerId
}

const withIds = <T extends { contactId: string }>(contacts: readonly T[]): T[] => contacts.map((contact) => ({ ...contact, contactId: newId() }))
const october = { month: '2025-10', lastDay: '2025-10-31', seatDay: '2025-10-31' }

describe('the statement and the rules agree', () => {
  const managers = new Map<string, Colleague>()
  const ids = new Map<string, string>()
  beforeAll(async () => {
    // three managers whose staff numbers have the order of the fixture
    for (const rm of ['RM1', 'RM2', 'RM3']) managers.set(rm, await bank.colleague(`试${rm}`, 'RM', bank.units.south.key))
    for (const one of coverageFacts) {
      ids.set(one.cust, await store({ tiers: one.tiers, slices: one.slices.map((slice) => ({ ...slice, staffKey: managers.get(slice.rm)?.staffKey ?? 0 })), contacts: withIds(one.contacts).map((contact) => ({ ...contact, staffKey: bank.staff.li.staffKey })) }))
    }
  })
  test.each(coverageFacts)('contact-coverage, $cust: $expected.why', async ({ cust, expected }) => {
    const verdict = await bank.services.db.asEngine((tx) => readCustomerDuty(tx, fixture.month, ids.get(cust) ?? ''))
    if (!expected.duty) {
      expect(verdict).toBeNull()
      expect(await bank.services.db.asEngine((tx) => readCustomerDuty(tx, expected.dutyStarts, ids.get(cust) ?? ''))).toMatchObject({ state: 'OPEN' })
    } else expect(verdict).toMatchObject({ state: expected.late ? 'LATE' : expected.met ? 'MET' : 'OPEN', staffKey: managers.get(expected.owner)?.staffKey })
  })
  test('contact-coverage: the totals and the three managers, as the engine and as a batch', async () => {
    for (const run of [bank.services.db.asEngine.bind(bank.services.db), bank.services.db.asBatch.bind(bank.services.db)]) {
      const { total, rows } = await run((tx) => readCoverage(tx, october, { kind: 'ALL' }, 'MANAGER'))
      expect(total).toMatchObject(fixture.totals)
      for (const [rm, expected] of Object.entries(fixture.perRm)) expect(rows.find((row) => row.key === managers.get(rm)?.staffKey)).toMatchObject({ name: `试${rm}`, unitName: '城南网点', ...expected })
      expect(rows.map((row) => row.coveragePct)).toEqual(['33.33', '100.00', '100.00'])
    }
  })
  test('one manager of the fixture: his figure alone, and the customers behind it', async () => {
    const staffKey = managers.get('RM2')?.staffKey ?? 0
    const { total } = await bank.services.db.asEngine((tx) => readCoverage(tx, october, { kind: 'SELF', staffKey }, 'MANAGER'))
    expect(total).toMatchObject(fixture.perRm.RM2)
    const duties = await bank.services.db.asEngine((tx) => readDuties(tx, october, { kind: 'ALL' }, { kind: 'SELF', staffKey }))
    expect(duties.map((duty) => duty.customerId).sort()).toEqual(['c', 'd', 'h'].map((cust) => ids.get(cust)).sort())
  })
  test('no duty at all: null', async () => {
    const { total, rows } = await bank.services.db.asEngine((tx) => readCoverage(tx, { month: '2024-05', lastDay: '2024-05-31', seatDay: '2024-05-31' }, { kind: 'ALL' }, 'MANAGER'))
    expect({ total, rows }).toEqual({ total: { duties: 0, met: 0, late: 0, coveragePct: null, latePct: null }, rows: [] })
  })

  test('300 customers by chance: every verdict and every sum', async () => {
    const people = [...managers.values(), bank.staff.li, bank.staff.wang]
    const month = '2023-06'
    const policy = await bank.services.db.asBatch((tx) => readPolicy(tx, 'T1', '*', '2023-06-01'))
    const expected = []
    for (let seed = 0; seed < 300; seed += 1) {
      const roll = chance(seed)
      const start = addDays('2023-05-01', roll(60))
      const facts: Facts = {
        tiers: roll(4) === 0 ? [{ tier: 'T1', from: '2023-01-01', to: start }, { tier: 'T2', from: start, to: addDays(start, 10) }, { tier: 'T1', from: addDays(start, 10), to: null }] : [{ tier: ['T1', 'T1', 'T2'][roll(3)] ?? 'T1', from: start, to: roll(3) === 0 ? addDays(start, 1 + roll(60)) : null }],
        slices: people.slice(roll(3), 3 + roll(3)).map((person, index) => ({
          staffKey: person.staffKey, staffNo: person.staffNo, sharePct: ['50.00', '25.00'][roll(2)] ?? '50.00', main: index === 0 && roll(2) === 0, from: addDays('2023-01-01', roll(160)), to: roll(3) === 0 ? addDays('2023-06-15', roll(40)) : null,
        })),
        contacts: withIds(Array.from({ length: roll(4) }, () => ({ contactId: '', businessDate: addDays('2023-05-25', roll(45)), effective: roll(3) > 0, late: roll(2) === 0 }))),
      }
      const customerId = await store(facts)
      expected.push({ customerId, verdict: judgeDuty(policy, month, facts.tiers, facts.slices, facts.contacts) })
    }
    const stored = await bank.services.db.asEngine((tx) => tx.all(sql<{ customer_id: string; staff_key: number | null; met: boolean; late: boolean; contact_id: string | null }>`
      SELECT customer_id, staff_key, met, late, contact_id FROM contact_plan_coverage_facts WHERE month_start = '2023-06-01'`))
    const told = new Map(stored.map((row) => [row.customer_id, { duty: true, staffKey: row.staff_key, met: row.met, late: row.late, contactId: row.contact_id }]))
    for (const { customerId, verdict } of expected) expect([customerId, told.get(customerId) ?? { duty: false }]).toEqual([customerId, verdict.duty ? verdict : { duty: false }])
    const { total } = await bank.services.db.asEngine((tx) => readCoverage(tx, { month, lastDay: '2023-06-30', seatDay: '2023-06-30' }, { kind: 'ALL' }, 'OUTLET'))
    expect(total).toEqual(sumDuties(expected.map((one) => one.verdict)))
    expect(total.duties).toBeGreaterThan(50)
  })
})

describe('a past month stays what it was', () => {
  test('the manager moved to another branch since: the month is still the old outlet’s', async () => {
    const moved = await bank.colleague('迁一', 'RM', bank.units.north.key)
    const facts: Facts = { tiers: [{ tier: 'T1', from: '2022-01-01', to: null }], slices: [{ staffKey: moved.staffKey, staffNo: moved.staffNo, sharePct: '100.00', main: true, from: '2022-01-01', to: null }], contacts: [] }
    await store(facts)
    const february = { month: '2022-02', lastDay: '2022-02-28', seatDay: '2022-02-28' }
    const read = () => bank.services.db.asEngine(async (tx) => ({
      outlets: (await readCoverage(tx, february, { kind: 'ALL' }, 'OUTLET')).rows.map((row) => [row.name, row.unitName, row.duties]),
      branches: (await readCoverage(tx, february, { kind: 'ALL' }, 'BRANCH')).rows.map((row) => [row.name, row.duties]),
      first: (await readCoverage(tx, february, { kind: 'UNIT', path: bank.units.first.scopePath }, 'MANAGER')).total.duties,
      second: (await readCoverage(tx, february, { kind: 'UNIT', path: bank.units.second.scopePath }, 'MANAGER')).total.duties,
    }))
    const before = await read()
    expect(before).toEqual({ outlets: [['城北网点', '东城分行', 1]], branches: [['东城分行', 1]], first: 1, second: 0 })
    await bank.services.db.asOffice((tx) => transferPerson(tx, { staffKey: moved.staffKey, postCode: 'RM', lineKey: bank.units.department.key, placeKey: bank.units.west.key, from: '2022-03-10', reason: '轮岗' }))
    expect(await read()).toEqual(before)
    const april = { month: '2022-04', lastDay: '2022-04-30', seatDay: '2022-04-30' }
    const later = await bank.services.db.asEngine((tx) => readCoverage(tx, april, { kind: 'ALL' }, 'BRANCH'))
    expect(later.rows.map((row) => [row.name, row.duties])).toEqual([['西城分行', 1]])
  })
})

describe('the running month of a line', () => {
  test('200 customers by chance: a line is owed what the whole bank owes inside of it, whoever holds the larger share, comes later in the month or rises in it', async () => {
    const { services, staff, units } = bank
    const people = [staff.li, staff.wang, staff.zhao, staff.qian]
    for (let seed = 1000; seed < 1200; seed += 1) {
      const roll = chance(seed)
      const from = addDays(today, -roll(200))
      const tiers: TierSpan[] = roll(3) === 0 ? [{ tier: 'T2', from: '2026-01-01', to: addDays(today, roll(12) - 6) }, { tier: 'T1', from: addDays(today, roll(12) - 6), to: null }] : [{ tier: ['T1', 'T1', 'T1', 'T3'][roll(4)] ?? 'T1', from: '2026-01-01', to: null }]
      const [first, second] = tiers
      if (first && second) tiers[0] = { ...first, to: second.from }
      const main = roll(people.length)
      const slices = people.flatMap((person, place): Slice[] => (place === main ? [{ staffKey: person.staffKey, staffNo: person.staffNo, sharePct: ['60.00', '40.00', '50.00'][roll(3)] ?? '50.00', main: true, from, to: roll(6) === 0 ? addDays(today, 1 + roll(10)) : null }]
        : roll(3) === 0 ? [{ staffKey: person.staffKey, staffNo: person.staffNo, sharePct: '50.00', main: false, from: roll(4) === 0 ? addDays(today, 1 + roll(6)) : from, to: null }] : []))
      await store({ tiers, slices: roll(12) === 0 ? [] : slices, contacts: roll(2) === 0 ? withIds([{ contactId: '', businessDate: addDays(today, -roll(22)), effective: true, late: roll(2) === 0 }]) : [] })
    }
    // tier and line of today stand in the customer's columns, as the product keeps them
    await bank.look(`UPDATE customer c SET tier = t.tier FROM tier_held t WHERE t.customer_id = c.customer_id AND t.from_date <= $1 AND (t.to_date IS NULL OR t.to_date > $1)`, [today])
    await services.db.asBatch((tx) => refreshScopes(tx, { day: today, batch: newId(), why: 'test' }))
    const when = { month: today.slice(0, 7), lastDay: monthEnd(today.slice(0, 7)), seatDay: today }
    const inside = new Set<number>()
    for (const { scopePath } of [units.first, units.second, units.department]) {
      const expected = await services.db.asEngine((tx) => tx.all(sql<{ customer_id: string; staff_key: number | null }>`WITH ${dutiesOf(when)} SELECT customer_id, staff_key FROM duty WHERE line_path >= ${scopePath} AND line_path < ${`${scopePath}/`} ORDER BY customer_id`))
      const told = await services.db.asEngine((tx) => readDuties(tx, when, { kind: 'UNIT', path: scopePath }, { kind: 'ALL' }))
      expect(told.map((duty) => [duty.customerId, duty.staffKey])).toEqual(expected.map((row) => [row.customer_id, row.staff_key]))
      inside.add(told.length)
    }
    expect(Math.max(...inside)).toBeGreaterThan(30)
  })
})
