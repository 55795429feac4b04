import { afterAll, beforeAll, expect, test } from 'vitest'
import { testDatabase, type TestDatabase } from '../../foundation/database/testing.ts'
import { sql } from '../../foundation/database/transaction.ts'
import { allTables } from '../../foundation/store/catalogue.ts'
import { staying } from './apply-merge.ts'

// Every column of the bank that names a customer: what becomes of it when he goes into another. Whoever adds a table that is neither carried by itself nor stays says here what becomes of it.
const decided: Readonly<Record<string, string>> = {
  'collection_form.asked_customers': 'those of a segment when a draft was saved; sent out they stand in rows of their own',
  'alert_draft.customer_id': 'a draft of one run', 'balance_span_draft.customer_id': 'a draft of one run', 'loan_span_draft.customer_id': 'a draft of one run', 'maturity_draft.customer_id': 'a draft of one run', 'movement_draft.customer_id': 'a draft of one run',
  'payee_draft.customer_id': 'a draft of one run', 'standing_draft.customer_id': 'a draft of one run', 'coverage_draft.customer_id': 'a draft of one run', 'staged_customer_secret.customer_id': 'what a delivery brought, until its end',
  'customer_import_line.customer_id': 'what an import did to whom, for its undo', 'customer_import_row.customer_id': 'what an import did to whom, for its undo', 'group_proposal.customers': 'open ones are found anew (carry-parties)', 'journal_line.customer_id': 'history', 'journal_line.hidden_customer_id': 'history',
  'party.as_customer': 'carried by carry-parties', 'pay_fact.customer_id': 'a settled month stays what it was', 'indicator_row.customer_id': 'worked out again as a whole month',
}

let bank: TestDatabase
beforeAll(async () => {
  bank = await testDatabase()
})
afterAll(() => bank.drop())

test('what names a customer follows a merge, stays with its reason, or is decided here', async () => {
  const tables = await bank.db.asBatch(allTables)
  const columns = await bank.db.asBatch((tx) => tx.all(sql<{ table: string; column: string; type: string }>`
    SELECT c.relname AS "table", a.attname AS "column", format_type(a.atttypid, NULL) AS type FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid
    WHERE c.relkind = 'r' AND c.relnamespace = 'public'::regnamespace AND a.attnum > 0 AND NOT a.attisdropped AND a.atttypid IN ('uuid'::regtype, 'uuid[]'::regtype) AND a.attname ~ 'customer' ORDER BY 1, 2`))
  const open = columns.filter(({ table, column, type }) => {
    const facts = tables.find(({ name }) => name === table)
    if (!facts || staying.has(table) || facts.follows.includes(column)) return false
    if (type === 'uuid' && facts.kind === 'owned' && (column === 'customer_id' || column.endsWith('_customer_id'))) return false
    return !(type === 'uuid' && facts.kind !== 'bank' && (column === 'customer_id' || column.endsWith('_customer_id')))
  }).map(({ table, column }) => `${table}.${column}`)
  expect(open).toEqual(Object.keys(decided).sort())
})
