import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { settleMonth } from '../../src/flows/settle-month.ts'
import type { Endpoint } from '../../src/foundation/http/contract.ts'
import { routes } from '../../src/routes.ts'
import { fillBank } from '../support/fill-bank.ts'
import { nodesOf, rowsRead, shapeOf, tellPlans, type RanStatement } from '../support/read-plans.ts'
import { smallBank, type Colleague, type SmallBank } from '../support/small-bank.ts'

// The plans of the queries that people wait for, taken while the product's own handlers answer them, in the role of the person who asks, on a bank of 50,000 customers.
// A count ends at 10,001 rows; the cheapest way to them may be the table's beginning. Whatever reads more than twice that from end to end is a fault.
const large = 20_002
const counted = { customers: 50_000, managers: 100 }

let bank: SmallBank
let plans: Awaited<ReturnType<typeof tellPlans>>
let largeTables: Set<string>
let customerId: string
let version: number
beforeAll(async () => {
  bank = await smallBank(routes)
  await fillBank(bank, counted)
  const settled = await settleMonth(bank.services, { month: '2026-10', dryRun: false })
  expect(settled.ok).toBe(true)
  await bank.look('ANALYZE pay_statement, pay_line, pay_fact')
  const tables = await bank.look<{ name: string; rows: number }>(`SELECT relname AS name, reltuples::int AS rows FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace AND reltuples >= ${large}`)
  largeTables = new Set(tables.map((table) => table.name))
  customerId = (await bank.look<{ id: string }>(`SELECT customer_id AS id FROM customer WHERE main_staff_key = ${bank.staff.li.staffKey} AND kind = 'CORPORATE' ORDER BY customer_id LIMIT 1`))[0]?.id ?? ''
  version = Number((await bank.look<{ v: string }>('SHOW server_version_num').then(([row]) => Object.values(row ?? {})[0] as unknown as string)).slice(0, 2))
  for (const person of Object.values(people())) await bank.session(person)
  plans = await tellPlans(bank.services)
}, 240_000)
afterAll(async () => {
  await bank.close()
})

const people = () => ({ manager: bank.staff.li, outletHead: bank.staff.outletHead, branchHead: bank.staff.branchHead, headOffice: bank.staff.leader })
type Who = keyof ReturnType<typeof people>

async function statementsOf(person: Colleague, id: string, sent: { params?: Record<string, unknown>; query?: Record<string, unknown> }): Promise<RanStatement[]> {
  const contract = routes.find((route) => route.contract.id === id)?.contract as Endpoint | undefined
  if (!contract) throw new Error(`no endpoint ${id}`)
  let status = 0
  const ran = await plans.during(async () => {
    status = (await bank.ask(person, contract, sent)).status
  })
  expect(status, `${id} for ${person.postCode}`).toBe(200)
  return ran
}

/** Those that touch a large table, in the order in which they ran. */
const heavy = (ran: RanStatement[]): RanStatement[] => ran.filter(({ plan }) => nodesOf(plan).some((node) => largeTables.has(node['Relation Name'] ?? '')))
const sequential = (ran: RanStatement[]): string[] => heavy(ran).flatMap(({ plan }) => nodesOf(plan))
  .filter((node) => node['Node Type'] === 'Seq Scan' && largeTables.has(node['Relation Name'] ?? '') && rowsRead(node) > large).map((node) => node['Relation Name'] ?? '')
const shapes = (ran: RanStatement[]): string => heavy(ran).map(({ plan }) => shapeOf(plan)).join('\n--\n')

/** Holds the plans against the reviewed ones; a new one is looked at and then accepted with `npx vitest run --project db tests/plans -u`. Another major version plans differently: there only sequential scans count. */
async function compare(name: string, told: string): Promise<void> {
  if (version === 18) await expect(`${told}\n`).toMatchFileSnapshot(`snapshots/${name}.txt`)
}

type Case = { what: string; id: string; query?: Record<string, unknown>; params?: () => Record<string, unknown> }
const lists: Case[] = [
  ...['-adb', 'adb', 'name', '-name', '-changed'].map((sort) => ({ what: `sorted by ${sort}`, id: 'customers.list', query: { sort } })),
  { what: 'of one tier', id: 'customers.list', query: { tier: 'T1' } },
  { what: 'one character', id: 'customers.list', query: { q: '泰' } },
  { what: 'two characters', id: 'customers.list', query: { q: '晋泰' } },
  { what: 'three characters', id: 'customers.list', query: { q: '新材料' } },
  { what: 'initials', id: 'customers.list', query: { q: 'tyjt' } },
  { what: 'a customer number', id: 'customers.list', query: { q: 'F00001234' } },
  { what: 'end of a phone or account', id: 'customers.list', query: { q: '1208' } },
]
const opened: Case[] = [
  { what: 'the customer', id: 'customers.get' }, { what: 'holdings', id: 'customers.holdings' }, { what: 'value over months', id: 'customers.value' }, { what: 'transactions', id: 'customers.transactions' },
  { what: 'contacts', id: 'contact.list-customer' }, { what: 'duty', id: 'coverage.customer' }, { what: 'history', id: 'customers.history' },
]
const desk: Case[] = [
  { what: 'my day', id: 'reports.my-day' }, { what: 'contacts', id: 'contact.list' }, { what: 'promises and plans', id: 'reports.commitments' }, { what: 'coverage', id: 'coverage.get', query: { month: '2026-11' } }, { what: 'due contacts', id: 'contact-plan.due' },
]

describe.each(['manager', 'outletHead', 'branchHead', 'headOffice'] as const)('what a %s waits for', (who: Who) => {
  test.each([['customers', lists], ['customer', opened], ['desk', desk]] as const)('%s', async (group, cases) => {
    const told: string[] = []
    const scans: string[] = []
    for (const { what, id, query } of cases) {
      if (who === 'manager' || id !== 'reports.commitments') {
        const ran = await statementsOf(people()[who], id, { query, params: group === 'customer' ? { customerId } : {} })
        told.push(`== ${what} (${id})\n${shapes(ran)}`)
        scans.push(...sequential(ran).map((table) => `${what}: ${table}`))
      }
    }
    expect(scans, 'read from end to end').toEqual([])
    await compare(`${group}-${who}`, told.join('\n\n'))
  })
})

test('a manager’s pay statement and the facts behind its lines', async () => {
  const cases: Case[] = [{ what: 'the statement', id: 'getMyStatement', query: { month: '2026-10' } }, ...[1, 2].map((place) => ({ what: `facts of line ${place}`, id: 'listMyStatementFacts', query: { month: '2026-10', place } }))]
  const told: string[] = []
  const scans: string[] = []
  for (const { what, id, query } of cases) {
    const ran = await statementsOf(people().manager, id, { query })
    told.push(`== ${what} (${id})\n${shapes(ran)}`)
    scans.push(...sequential(ran).map((table) => `${what}: ${table}`))
  }
  expect(scans, 'read from end to end').toEqual([])
  await compare('statement-manager', told.join('\n\n'))
})

test('the guard has teeth: a statement that reads a large table from end to end is found', async () => {
  const ran = await plans.during(() => bank.services.db.asEngine(async (tx) => {
    await tx.client.query('SELECT count(*) FROM account_transaction WHERE amount_fen > 5')
  }))
  expect(sequential(ran)).toEqual(['account_transaction'])
})
