import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { addItems } from '../../src/customers/ownership/open-hand-over.ts'
import { moveBusinessDate } from '../../src/deliveries/add-bank.ts'
import { startDay } from '../../src/flows/parts/start-day.ts'
import { sql } from '../../src/foundation/database/transaction.ts'
import { bulk } from '../../src/foundation/store/store.ts'
import { newId } from '../../src/foundation/values/uuid7.ts'
import { smallBank, type Colleague, type SmallBank } from '../support/small-bank.ts'

// A hand-over of many customers takes effect in a process that is killed at a random moment: everything changed hands or nothing did, and the next start does the rest.
const customers = Number(process.env['YINQIAO_KILL_HAND_OVER'] ?? '8000')
const kills = Number(process.env['YINQIAO_KILL_ROUNDS'] ?? '10')

// the Node.js that came along, directly: a wrapper that is killed would leave its child at work
const node = join(import.meta.dirname, '..', '..', 'node_modules', 'node', 'bin', 'node')

let bank: SmallBank
let from: Colleague
let to: Colleague
beforeAll(async () => {
  bank = await smallBank([])
  from = await bank.colleague('甲', 'RM', bank.units.south.key)
  to = await bank.colleague('乙', 'RM', bank.units.south.key)
  const first = await bank.customer({ main: from, tier: 'T4' })
  await bank.look(`INSERT INTO customer (customer_id, number, kind, name, name_pinyin, name_initials, grams, status, tier, tier_since, outlet_key, scope_path, viewers, main_staff_key, opened_on)
    SELECT uuid7(), 'K' || lpad(i::text, 8, '0'), 'PERSON', '王客户' || i, 'wang', 'w', '{王}', 'ACTIVE', 'T4', '2026-01-01', outlet_key, scope_path, viewers, main_staff_key, opened_on FROM customer, generate_series(2, $2::int) i WHERE customer_id = $1`, [first, customers])
  await bank.look(`INSERT INTO assignment (customer_id, id, staff_key, share_pct, main, from_date) SELECT customer_id, uuid7(), main_staff_key, 100, true, opened_on FROM customer WHERE number LIKE 'K%'`)
  await bank.look(`INSERT INTO contact (customer_id, id, staff_key, mode, business_date, in_person, effective, entered_on, late, summary, next_action, next_on, policy_version, scope_path, viewers)
    SELECT customer_id, uuid7(), main_staff_key, 'PHONE', '2026-11-20', false, true, '2026-11-20', false, '联系', '回电', '2026-12-01', '1', scope_path, viewers FROM customer WHERE number LIKE 'K%'`)
  await bank.look('ANALYZE')
})
afterAll(() => bank.close())

/** A case that all three have signed, of everything that the one holds, for the day. */
async function signed(day: string, effective: string, leaver: Colleague, receiver: Colleague): Promise<string> {
  const id = newId()
  const supervisor = bank.staff.lead.staffKey
  await bank.services.db.asBatch(async (tx) => {
    await bulk(tx, { table: 'hand_over', what: 'add', why: 'test', batch: id, statement: sql`
      INSERT INTO hand_over (id, number, kind, cause, leaver_key, supervisor_key, reason, effective_on, state, opened_by, opened_on, policy_version, scope_path, viewers)
      VALUES (${id}, ${id}, 'ORDINARY', 'OTHER', ${leaver.staffKey}, ${supervisor}, 'test', ${effective}, 'SIGNED_BY_SUPERVISOR', ${supervisor}, ${day}, '1', '001', '{}')` })
    await addItems(tx, { id, leaverKey: leaver.staffKey, supervisorKey: supervisor, scopePath: '001', effectiveOn: effective, version: 1, customers: 'ALL', receivers: [receiver.staffKey], day, why: 'test' })
  })
  return id
}

/** What everything says of the day: shares, scope columns, contacts, promises, list, state. One value each: all or nothing. */
async function standing(id: string, day: string): Promise<Record<string, unknown>> {
  const [row] = await bank.look<Record<string, unknown>>(`
    SELECT (SELECT array_agg(DISTINCT a.staff_key) FROM assignment a WHERE a.from_date <= $2 AND (a.to_date IS NULL OR a.to_date > $2)) AS holders,
      (SELECT array_agg(DISTINCT main_staff_key) FROM customer) AS mains, (SELECT array_agg(DISTINCT viewers) FROM contact) AS viewers, (SELECT array_agg(DISTINCT coalesce(next_owner_key, staff_key)) FROM contact) AS promises,
      (SELECT array_agg(DISTINCT state) FROM hand_over_item WHERE hand_over_id = $1) AS items, (SELECT state FROM hand_over WHERE id = $1) AS state,
      (SELECT count(*)::int FROM assignment a WHERE a.from_date <= $2 AND (a.to_date IS NULL OR a.to_date > $2)) AS slices`, [id, day])
  return row ?? {}
}

test('killed at any moment: everything or nothing, and finished at the next start', async () => {
  const { db } = bank.services
  const environment = { ...process.env, YINQIAO_KILL_DATABASE: JSON.stringify({ app: plain(db.pool.options), owner: plain(db.owner) }) }
  const told: string[] = []
  let [leaver, receiver] = [from, to]
  let lasted = 0
  for (let round = 0; round <= kills; round++) {
    const [day, next] = [dayOf(round), dayOf(round + 1)]
    const id = await signed(day, next, leaver, receiver)
    await db.asBatch((tx) => moveBusinessDate(tx, next))
    const child = spawn(node, [join(import.meta.dirname, 'take-effect-child.ts')], { env: environment, stdio: ['ignore', 'pipe', 'ignore'] })
    const ended = new Promise<number | null>((resolve) => child.on('exit', (code) => resolve(code)))
    await new Promise((resolve) => child.stdout.once('data', resolve))
    // the first one is left alone: it says how long there is time to kill the others
    const begun = performance.now()
    if (round > 0) {
      await Promise.race([pause(50 + (round * lasted) / kills), ended])
      child.kill('SIGKILL')
    }
    const code = await ended
    if (round === 0) lasted = performance.now() - begun
    // the server notices that its client is gone, and rolls back
    for (let tries = 0; tries < 100 && (await bank.look(`SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND state <> 'idle' AND query ILIKE ANY('{%hand_over%,%assignment%,%contact%}') AND pid <> pg_backend_pid()`)).length > 0; tries++) await pause(200)
    const left = await standing(id, next)
    const done = left['state'] === 'CLOSED'
    told.push(`${round}: ${code === 0 ? 'ended before the kill' : done ? 'done' : 'nothing'}`)
    const whole = (who: Colleague) => ({ holders: [who.staffKey], mains: [who.staffKey], viewers: [String(who.staffKey)], promises: [who.staffKey], slices: customers })
    const shape = { ...left, viewers: [String((left['viewers'] as unknown[])[0])] }
    expect(shape, told.join('; ')).toMatchObject(done ? { ...whole(receiver), items: ['MOVED'] } : { ...whole(leaver), items: ['OPEN'], state: 'SIGNED_BY_SUPERVISOR' })
    expect((await startDay(bank.services))?.failed).toEqual([])
    expect(await standing(id, next)).toMatchObject({ holders: [receiver.staffKey], mains: [receiver.staffKey], promises: [receiver.staffKey], items: ['MOVED'], state: 'CLOSED', slices: customers })
    ;[leaver, receiver] = [receiver, leaver]
  }
  console.log(`hand-over of ${customers} customers killed: ${told.join('; ')}`)
  expect(told[0]).toBe('0: ended before the kill')
  expect(told.some((one) => one.endsWith('nothing'))).toBe(true)
}, 1_800_000)

const dayOf = (round: number): string => new Date(Date.parse('2026-11-23T00:00:00Z') + round * 86_400_000).toISOString().slice(0, 10)
function plain(options: object): object {
  return Object.fromEntries(Object.entries(options).filter(([, value]) => ['string', 'number', 'boolean'].includes(typeof value)))
}
