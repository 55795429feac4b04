import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { testDatabase, type TestDatabase } from '../foundation/database/testing.ts'
import { sql } from '../foundation/database/transaction.ts'
import { allTables, type TableFacts } from '../foundation/store/catalogue.ts'
import { columnsOf, treatmentOf, type ColumnAbout } from '../foundation/store/erase-owned.ts'
import { erasePlan } from './carry-out-retention.ts'

let bank: TestDatabase
let tables: TableFacts[]
let columns: Map<string, ColumnAbout[]>
beforeAll(async () => {
  bank = await testDatabase()
  await bank.db.asBatch(async (tx) => {
    tables = await allTables(tx)
    columns = await columnsOf(tx)
  })
})
afterAll(() => bank.drop())

const emptied = () => tables.filter(({ kind, key, secrecy, name }) => kind === 'owned' && key[0] === 'customer_id' && secrecy === 'NORMAL' && name !== 'customer_key' && !erasePlan.keeps.has(name) && !erasePlan.removes.has(name))
const treated = (table: string, name: string) => (columns.get(table) ?? []).filter((column) => column.name === name).map(treatmentOf)[0]

describe('what is destroyed with a customer', () => {
  test('every column of every table that stays can be emptied, kept or marked', () => {
    expect(emptied().length).toBeGreaterThan(20)
    expect(emptied().flatMap(({ name }) => (columns.get(name) ?? []).filter((column) => treatmentOf(column) === 'unclear').map((column) => `${name}.${column.name}`))).toEqual([])
  })
  test('the plan names tables and columns that are there', () => {
    const there = new Set(tables.map(({ name }) => name))
    expect([...erasePlan.keeps, ...erasePlan.removes, ...erasePlan.elsewhere.map(({ table }) => table)].filter((name) => !there.has(name))).toEqual([])
    for (const { table, columns: named } of erasePlan.elsewhere.filter((one) => one.columns !== 'removed')) {
      const about = (columns.get(table) ?? []).filter(({ name }) => (named as readonly string[]).includes(name))
      expect([table, about.length, about.filter((column) => ['unclear', 'keep'].includes(treatmentOf({ ...column, personal: true, keyed: false })))]).toEqual([table, named.length, []])
    }
  })
  test('no row that stays hangs on one that goes', async () => {
    const links = await bank.db.asBatch((tx) => tx.all(sql<{ child: string; parent: string }>`SELECT DISTINCT conrelid::regclass::text AS child, confrelid::regclass::text AS parent FROM pg_constraint WHERE contype = 'f' AND connamespace = 'public'::regnamespace`))
    expect(links.filter(({ child, parent }) => erasePlan.removes.has(parent) && !erasePlan.removes.has(child))).toEqual([])
  })
  test.each([
    ['customer', 'name', 'text'], ['customer', 'number', 'keep'], ['customer', 'grams', 'texts'], ['customer', 'deposit_fen', 'keep'], ['account', 'number_cipher', 'null'], ['account', 'tail', 'text'], ['account', 'core_key', 'keep'],
    ['account_transaction', 'amount_fen', 'keep'], ['account_transaction', 'counterparty_name', 'text'], ['account_transaction', 'counterparty_hash', 'null'], ['account_transaction', 'booked_on', 'keep'], ['contact', 'summary', 'text'], ['contact', 'mode', 'keep'],
    ['contact', 'start_time', 'keep'], ['movement', 'counterparties', 'json'], ['alert', 'detail', 'json'], ['alert', 'state', 'keep'], ['contribution', 'net_fen', 'keep'],
  ])('%s.%s: %s', (table, name, treatment) => {
    expect(treated(table, name)).toBe(treatment)
  })
})
