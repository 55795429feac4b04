import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { smallBank, type Colleague, type SmallBank } from '../../../tests/support/small-bank.ts'
import { sql } from '../../foundation/database/transaction.ts'
import { bulk } from '../../foundation/store/store.ts'
import { addDays } from '../../foundation/values/business-date.ts'
import { newId } from '../../foundation/values/uuid7.ts'
import { yearAverage, yearAveragesSql } from '../../holdings/balance-figures.ts'
import { followCustomers, moveNextSteps } from '../../visits/save-contact.ts'
import { refreshScopes, tryAssignCustomer } from '../assign-customer.ts'
import { addItems } from './open-hand-over.ts'
import { returnToPool } from './return-to-pool.ts'
import { startOwnershipDay, type DayParts } from './start-day.ts'

let bank: SmallBank
let people: Colleague[]
beforeAll(async () => {
  bank = await smallBank([])
  people = [bank.staff.li, bank.staff.wang, bank.staff.zhao, bank.staff.lead]
})
afterAll(() => bank.close())

const parts: DayParts = { averages: yearAveragesSql, average: yearAverage, movers: [moveNextSteps], followers: [(tx, batch, staffKey) => followCustomers(tx, batch, null, staffKey)] }
const begin = '2026-11-23'

type Step =
  | { kind: 'ASSIGN'; customer: number; main: number; assist: number; share: number }
  | { kind: 'HAND_OVER'; leaver: number; receivers: [number, number] }
  | { kind: 'RETURN'; customer: number }
  | { kind: 'CLAIM'; customer: number; who: number }
  | { kind: 'STAND_IN'; absent: number; substitute: number; days: number }
const who = fc.nat(3)
const step: fc.Arbitrary<Step> = fc.oneof(
  fc.record({ kind: fc.constant('ASSIGN' as const), customer: fc.nat(2), main: who, assist: who, share: fc.integer({ min: 1, max: 10_000 }) }),
  fc.record({ kind: fc.constant('HAND_OVER' as const), leaver: who, receivers: fc.tuple(who, who) }),
  fc.record({ kind: fc.constant('RETURN' as const), customer: fc.nat(2) }),
  fc.record({ kind: fc.constant('CLAIM' as const), customer: fc.nat(2), who }),
  fc.record({ kind: fc.constant('STAND_IN' as const), absent: who, substitute: who, days: fc.integer({ min: 0, max: 4 }) }),
)
const key = (place: number): number => people[place]?.staffKey ?? 0

async function take(one: Step, customers: readonly string[], day: string): Promise<void> {
  await bank.services.db.asBatch(async (tx) => {
    if (one.kind === 'ASSIGN') {
      const share = (one.share / 100).toFixed(2)
      const slices = one.share === 10_000 || one.assist === one.main ? [{ staffKey: key(one.main), sharePct: '100', main: true }]
        : [{ staffKey: key(one.main), sharePct: share, main: true }, { staffKey: key(one.assist), sharePct: ((10_000 - one.share) / 100).toFixed(2), main: false }]
      // refused is a fine answer: then nothing changes
      await tryAssignCustomer(tx, { customerId: customers[one.customer] ?? '', slices, from: day, baseAdbFen: 5n, reason: '调整' })
    }
    if (one.kind === 'HAND_OVER') {
      const receivers = [...new Set(one.receivers)].filter((place) => place !== one.leaver).map(key)
      const supervisor = people.find((person) => person.staffKey !== key(one.leaver) && !receivers.includes(person.staffKey))
      if (receivers.length === 0 || !supervisor) return
      const id = newId()
      // a case that all three have signed, effective tomorrow
      await bulk(tx, { table: 'hand_over', what: 'add', why: 'test', batch: id, statement: sql`
        INSERT INTO hand_over (id, number, kind, cause, leaver_key, supervisor_key, reason, effective_on, state, opened_by, opened_on, policy_version, scope_path, viewers)
        VALUES (${id}, ${id}, 'ORDINARY', 'OTHER', ${key(one.leaver)}, ${supervisor.staffKey}, 'test', ${addDays(day, 1)}, 'SIGNED_BY_SUPERVISOR', ${supervisor.staffKey}, ${day}, '1', '001', '{}')` })
      await addItems(tx, { id, leaverKey: key(one.leaver), supervisorKey: supervisor.staffKey, scopePath: '001', effectiveOn: addDays(day, 1), version: 1, customers: 'ALL', receivers, day, why: 'test' })
    }
    if (one.kind === 'RETURN') await returnToPool(tx, { customerId: customers[one.customer] ?? '', from: day, today: day, reason: '退回', decidedBy: bank.staff.branchHead.staffKey })
    if (one.kind === 'CLAIM') {
      await bulk(tx, { table: 'pool_claim', what: 'add', why: 'test', batch: newId(), statement: sql`
        INSERT INTO pool_claim (customer_id, id, staff_key, kind, reason, claimed_on, open_until, policy_version, customer_number, customer_name, scope_path, viewers)
        SELECT customer_id, uuid7(), ${key(one.who)}, 'CLAIM', 'test', ${day}, ${day}, '1', number, name, scope_path, '{}' FROM customer WHERE customer_id = ${customers[one.customer]} AND main_staff_key IS NULL
          AND NOT EXISTS (SELECT FROM pool_claim o WHERE o.customer_id = customer.customer_id AND o.staff_key = ${key(one.who)} AND o.state = 'OPEN')` })
    }
    if (one.kind === 'STAND_IN' && one.absent !== one.substitute) {
      await bulk(tx, { table: 'substitution', what: 'add', why: 'test', batch: newId(), statement: sql`
        INSERT INTO substitution (id, absent_key, substitute_key, from_date, until_date, customers, reason, state, asked_by, asked_on, policy_version, scope_path, viewers)
        VALUES (uuid7(), ${key(one.absent)}, ${key(one.substitute)}, ${day}, ${addDays(day, one.days)}, 'ALL', 'test', 'CONFIRMED', ${key(one.absent)}, ${day}, '1', '001', '{}')` })
      await refreshScopes(tx, { day, batch: newId(), why: 'test', staffKey: key(one.absent) })
    }
  })
}

test('any sequence of assignments, hand-overs, returns, claims and substitutions keeps the shares of every customer and day at 100.00 or 0, with exactly one main manager', async () => {
  await fc.assert(fc.asyncProperty(fc.array(fc.tuple(step, fc.nat(2)), { minLength: 3, maxLength: 14 }), async (steps) => {
    const customers = [await bank.customer({ main: bank.staff.li, tier: 'T3' }), await bank.customer({ main: bank.staff.wang, assist: bank.staff.zhao, tier: 'T3' }), await bank.customer({ main: bank.staff.zhao, tier: 'T3' })]
    let day = begin
    for (const [one, later] of steps) {
      await take(one, customers, day)
      for (let days = 0; days < later; days++) {
        day = addDays(day, 1)
        const started = await startOwnershipDay(bank.services.db, day, parts)
        expect(started.failed).toEqual([])
      }
    }
    day = addDays(day, 1)
    expect((await startOwnershipDay(bank.services.db, day, parts)).failed).toEqual([])
    const wrong = await bank.look(`
      SELECT c.id, d.day, coalesce(sum(a.share_pct), 0) AS share, count(a.id) FILTER (WHERE a.main) AS mains, count(a.id) AS slices, count(DISTINCT a.staff_key) AS people
      FROM unnest($1::uuid[]) c(id) CROSS JOIN (SELECT generate_series($2::date, $3::date, '1 day')::date AS day) d
      LEFT JOIN assignment a ON a.customer_id = c.id AND a.from_date <= d.day AND (a.to_date IS NULL OR a.to_date > d.day)
      GROUP BY 1, 2 HAVING NOT ((coalesce(sum(a.share_pct), 0) = 100 AND count(a.id) FILTER (WHERE a.main) = 1) OR count(a.id) = 0) OR count(a.id) <> count(DISTINCT a.staff_key)`, [customers, begin, day])
    expect(wrong).toEqual([])
    // what the customer's scope says is what the slices say
    const scopes = await bank.look(`
      SELECT k.customer_id FROM customer k WHERE k.customer_id = ANY($1) AND k.main_staff_key IS DISTINCT FROM
        (SELECT a.staff_key FROM assignment a WHERE a.customer_id = k.customer_id AND a.main AND a.from_date <= $2 AND (a.to_date IS NULL OR a.to_date > $2))`, [customers, day])
    expect(scopes).toEqual([])
    // the next sequence begins with nothing under way
    await bank.look("UPDATE substitution SET state = 'ENDED', ended_on = until_date")
    await bank.look("UPDATE pool_claim SET state = 'REFUSED', decided_on = open_until WHERE state = 'OPEN'")
    await bank.look("DELETE FROM assignment WHERE customer_id = ANY($1)", [customers])
  }), { numRuns: 40 })
})

test('the year average of many is that of each', async () => {
  const { services } = bank
  const customers = [await bank.customer({ tier: 'T3' }), await bank.customer({ tier: 'T3' }), await bank.customer({ tier: 'T3' })]
  await bank.look(`INSERT INTO product (code, name, name_en, line) VALUES ('D9', '活期', 'current', 'DEPOSIT') ON CONFLICT DO NOTHING`)
  for (const [place, customerId] of customers.slice(0, 2).entries()) {
    const account = newId()
    await bank.look(`INSERT INTO account (customer_id, id, core_key, number_cipher, number_hash, tail, product_code, outlet_key, opened_on) VALUES ($1, $2, $3, '\\x00', decode(md5($3), 'hex'), '0000', 'D9', $4, '2024-01-01')`, [customerId, account, account, bank.units.south.key])
    await bank.look(`INSERT INTO balance_span (customer_id, account_id, from_date, to_date, balance_fen) VALUES ($1, $2, '2025-06-01', '2026-03-17', $3), ($1, $2, '2026-03-17', NULL, $4)`, [customerId, account, 1_000_003 + place, 7_777_777])
  }
  await services.db.asBatch(async (tx) => {
    const rows = await tx.all(yearAveragesSql(sql`SELECT unnest(${customers}::uuid[])`, '2026-11-25') as ReturnType<typeof sql<{ customer_id: string; year_adb: string }>>)
    for (const customerId of customers) expect(BigInt(rows.find((row) => row.customer_id === customerId)?.year_adb ?? '0')).toBe(await yearAverage(tx, customerId, '2026-11-25'))
    expect(rows).toHaveLength(2)
  })
})
