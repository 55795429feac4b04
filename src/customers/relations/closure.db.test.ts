import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { testDatabase, type TestDatabase } from '../../foundation/database/testing.ts'
import { sql, type Transaction } from '../../foundation/database/transaction.ts'
import { bulk } from '../../foundation/store/store.ts'
import { newId } from '../../foundation/values/uuid7.ts'
import { controlledBy as controlledInBank, findGroups } from './engine-find-groups.ts'
import { loopThrough, sharesWith } from './engine-check-structure.ts'
import { groupRowOn } from './group-table.ts'
import { controlledBy as controlledByHand, type HoldingEdge } from './owners.rules.ts'

let bank: TestDatabase
beforeAll(async () => {
  bank = await testDatabase()
})
afterAll(() => bank.drop())

const day = '2026-11-23'
const names = [...'abcdefghPQR']
const isPerson = (name: string): boolean => name === name.toUpperCase()
type Told = { from: string; to: string; kind: 'SHAREHOLDING' | 'CONTROL' | 'FAMILY'; share: string }

/** Writes a structure of its own into the bank, asks, and takes it back. */
async function inBank<T>(told: readonly Told[], ask: (tx: Transaction, id: (name: string) => string, name: (id: string) => string) => Promise<T>): Promise<T> {
  const ids = new Map(names.map((name) => [name, newId()]))
  const nameOf = new Map([...ids].map(([name, id]) => [id, name]))
  const id = (name: string): string => ids.get(name) ?? ''
  const batch = newId()
  return bank.db.asBatch(async (tx) => {
    const parties = names.map((name) => ({ id: id(name), kind: isPerson(name) ? 'PERSON' : 'COMPANY', customer: isPerson(name) ? null : newId() }))
    await bulk(tx, { table: 'party', what: 'add', why: 'test', batch, statement: sql`
      INSERT INTO party (id, customer_id, kind, as_customer, name) SELECT p.id, p.id, p.kind, p.customer, 'x' FROM jsonb_to_recordset(${JSON.stringify(parties)}::jsonb) p (id uuid, kind text, customer uuid)` })
    const rows = told.map((one) => ({ id: newId(), from: id(one.from), to: id(one.to), kind: one.kind, share: one.kind === 'SHAREHOLDING' ? one.share : null, means: one.kind === 'FAMILY' ? 'SPOUSE' : one.kind === 'CONTROL' ? 'BOARD' : null }))
    await bulk(tx, { table: 'relation', what: 'add', why: 'test', batch, statement: sql`
      INSERT INTO relation (id, customer_id, kind, from_party, to_party, share_pct, means, evidence, from_date, entered_on)
      SELECT r.id, r."from", r.kind, r."from", r."to", r.share, r.means, 'x', '2020-01-01', '2020-01-01' FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) r (id uuid, kind text, "from" uuid, "to" uuid, share numeric, means text)` })
    const answer = await ask(tx, id, (one) => nameOf.get(one) ?? '?')
    await bulk(tx, { table: 'relation', what: 'remove', why: 'test', batch, statement: sql`DELETE FROM relation WHERE true` })
    await bulk(tx, { table: 'party', what: 'remove', why: 'test', batch, statement: sql`DELETE FROM party WHERE true` })
    return answer
  })
}

const anyEdge = fc.record({ from: fc.constantFrom(...names), to: fc.constantFrom(...names.slice(0, 8)), kind: fc.constantFrom('SHAREHOLDING' as const, 'SHAREHOLDING' as const, 'SHAREHOLDING' as const, 'CONTROL' as const), share: fc.constantFrom('10', '25', '30', '50', '50.0001', '60', '100') })
const structure = fc.uniqueArray(anyEdge, { maxLength: 22, selector: ({ from, to, kind }) => `${from}${to}${kind}` }).map((all): Told[] => all.filter(({ from, to }) => from !== to))
const family = fc.uniqueArray(fc.record({ from: fc.constantFrom('P', 'Q'), to: fc.constantFrom('Q', 'R'), kind: fc.constant('FAMILY' as const), share: fc.constant('0') }), { maxLength: 3, selector: ({ from, to }) => from + to }).map((all): Told[] => all.filter(({ from, to }) => from !== to))
const holdings = (told: readonly Told[]): HoldingEdge[] => told.filter((one) => one.kind !== 'FAMILY').map((one) => ({ from: one.from, to: one.to, sharePct: one.kind === 'SHAREHOLDING' ? one.share : null, crossHolding: false }))

describe('on random structures, loops among them', () => {
  test('the statement finds the same as adding one company at a time until nobody can be added', async () => {
    await fc.assert(fc.asyncProperty(structure, fc.constantFrom(...names), async (told, root) => {
      const found = await inBank(told, async (tx, id, name) => (await controlledInBank(tx, [id(root)], day, '50')).map(name))
      expect(found.filter((one) => one !== root).sort()).toEqual([...controlledByHand([root], holdings(told), '50')].sort())
    }), { numRuns: 120 })
  })

  test('the groups of the whole bank are those that are found by hand: every holder with his relatives, joined where they share a company', async () => {
    await fc.assert(fc.asyncProperty(structure, family, async (told, kin) => {
      const all = [...told, ...kin]
      const found = await inBank(all, async (tx, _id, name) => (await findGroups(tx, day, groupRowOn(day))).filter((one) => one.kind === 'GROUP').map((one) => one.parties.map(name).sort().join('')))
      const relatives = (person: string): string[] => {
        const set = new Set([person])
        for (let again = true; again;) {
          again = false
          for (const { from, to } of kin) if (set.has(from) !== set.has(to)) {
            set.add(from).add(to)
            again = true
          }
        }
        return [...set].sort()
      }
      const sets = [...new Set(holdings(all).map((one) => one.from))].map((holder) => (isPerson(holder) ? relatives(holder) : [holder]))
        .map((together) => [...together, ...controlledByHand(together, holdings(all), '50')].filter((one) => !isPerson(one)))
        .filter((set) => set.length > 1).map((set) => new Set(set))
      for (let again = true; again;) {
        again = false
        for (const [place, set] of sets.entries()) {
          const other = sets.findIndex((one, at) => at > place && [...one].some((company) => set.has(company)))
          if (other === -1) continue
          for (const company of sets[other] ?? []) set.add(company)
          sets.splice(other, 1)
          again = true
          break
        }
      }
      expect(found.sort()).toEqual(sets.map((set) => [...set].sort().join('')).sort())
    }), { numRuns: 120 })
  })

  test('a part of the graph gives the verdict of the whole bank', async () => {
    await fc.assert(fc.asyncProperty(structure, family, async (told, kin) => {
      const [whole, part] = await inBank([...told, ...kin], async (tx, id, name) => {
        const tell = (all: Awaited<ReturnType<typeof findGroups>>): string[] => all.map((one) => `${one.kind} ${one.parties.map(name).sort().join('')} ${one.tests.join(' ')} ${one.controller === null ? '' : name(one.controller)}`).sort()
        return [tell(await findGroups(tx, day, groupRowOn(day))), tell(await findGroups(tx, day, groupRowOn(day), names.map(id)))]
      })
      expect(part).toEqual(whole)
    }), { numRuns: 40 })
  })

  test('a loop is refused exactly when the edge would close one, and shares exactly above the whole', async () => {
    await fc.assert(fc.asyncProperty(structure, fc.constantFrom(...names.slice(0, 8)), fc.constantFrom(...names.slice(0, 8)), async (told, from, to) => {
      const reaches = (start: string, goal: string, seen = new Set<string>()): boolean => start === goal || told.some((one) => one.from === start && !seen.has(one.to) && reaches(one.to, goal, seen.add(one.to)))
      const [loop, shares] = await inBank(told, async (tx, id, name) => {
        const edge = { from: id(from), to: id(to), fromDate: day, toDate: null }
        return [(await loopThrough(tx, edge))?.map(name) ?? null, await sharesWith(tx, edge, '40')] as const
      })
      expect(loop !== null).toBe(reaches(to, from))
      // what is told is a way along edges that stand
      if (loop) for (const [place, here] of loop.slice(0, -1).entries()) expect(told.some((one) => one.from === here && one.to === loop[place + 1])).toBe(true)
      const sum = told.filter((one) => one.to === to && one.kind === 'SHAREHOLDING').reduce((total, one) => total + Math.round(Number(one.share) * 10_000), 400_000)
      expect(shares).toEqual({ sum: String(sum / 10_000), above: sum > 1_000_000 })
    }), { numRuns: 80 })
  })
})

// What other rooms read: a column may come, none may go or change its type without them.
test.each([
  ['customers_relation_facts', 'relation_id uuid, kind text, from_party uuid, to_party uuid, from_kind text, to_kind text, from_customer_id uuid, to_customer_id uuid, share_pct numeric, cross_holding boolean, means text, amount_fen bigint, income_pct numeric, outlay_pct numeric, from_date date, to_date date'],
  ['customers_group_facts', 'group_id uuid, kind text, name text, controller_party uuid, unified_limit_fen bigint, lead_org integer, party_id uuid, customer_id uuid, role text, rolls_up boolean, from_date date, to_date date'],
  ['holdings_agent_facts', 'customer_id uuid, agent_customer_id uuid, from_date date'],
])('%s keeps its shape and the reader’s own rights', async (view, shape) => {
  const { columns, invoker } = await bank.db.asBatch((tx) => tx.one(sql<{ columns: string; invoker: boolean }>`
    SELECT (SELECT string_agg(a.attname || ' ' || format_type(a.atttypid, NULL), ', ' ORDER BY a.attnum) FROM pg_attribute a WHERE a.attrelid = c.oid AND a.attnum > 0) AS columns,
      coalesce('security_invoker=true' = ANY(c.reloptions), false) AS invoker
    FROM pg_class c WHERE c.relname = ${view} AND c.relkind = 'v'`))
  expect(columns).toBe(shape)
  expect(invoker).toBe(true)
})
