import { afterAll, beforeAll, expect, test } from 'vitest'
import { testDatabase, type TestDatabase } from '../../src/foundation/database/testing.ts'
import { sql } from '../../src/foundation/database/transaction.ts'

let bank: TestDatabase
beforeAll(async () => {
  bank = await testDatabase()
})
afterAll(() => bank.drop())

// Never asked for by customer: on whose file a party was first entered, facts of a settled month (by their run), rows of an indicator (by its month), hashes of numbers (by the hash).
const notAsked = ['party', 'pay_fact', 'indicator_row', 'search_hash']

test('what names a customer is found by him: his page, a merge and a hand-over ask so, and without an index they read the whole table for each of them', async () => {
  const found = await bank.db.asBatch((tx) => tx.all(sql<{ name: string }>`
    SELECT c.relname AS name FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = 'customer_id' AND NOT a.attisdropped
    WHERE c.relkind IN ('r', 'p') AND c.relnamespace = 'public'::regnamespace AND c.relpersistence = 'p' AND NOT c.relispartition
      AND NOT EXISTS (SELECT FROM pg_index i WHERE i.indrelid = c.oid AND i.indkey[0] = a.attnum AND (i.indpred IS NULL OR pg_get_expr(i.indpred, i.indrelid) = '(customer_id IS NOT NULL)'))
    ORDER BY 1`))
  expect(found.map(({ name }) => name).filter((name) => !notAsked.includes(name))).toEqual([])
})
