import { afterAll, beforeAll, expect, test } from 'vitest'
import { testDatabase, type TestDatabase } from '../foundation/database/testing.ts'
import { sql } from '../foundation/database/transaction.ts'

let bank: TestDatabase
beforeAll(async () => {
  bank = await testDatabase()
})
afterAll(() => bank.drop())

// What other rooms read: a column may come, none may go or change its type without them.
test.each([
  ['visits_contact_facts', 'customer_id uuid, contact_id uuid, staff_key integer, mode text, purpose text, in_person boolean, effective boolean, business_date date, entered_on date, late boolean, our_people integer[], next_on date, scope_path text, viewers integer[]'],
  ['contact_plan_coverage_facts', 'month_start date, first_day date, last_day date, customer_id uuid, staff_key integer, met boolean, late boolean, contact_id uuid, policy_version text'],
  ['organisation_staff_facts', 'staff_key integer, staff_no text, staff_name text'],
])('%s keeps its shape and the reader’s own rights', async (view, shape) => {
  const { columns, invoker } = await bank.db.asBatch((tx) => tx.one(sql<{ columns: string; invoker: boolean }>`
    SELECT (SELECT string_agg(a.attname || ' ' || format_type(a.atttypid, NULL), ', ' ORDER BY a.attnum) FROM pg_attribute a WHERE a.attrelid = c.oid AND a.attnum > 0) AS columns,
      coalesce('security_invoker=true' = ANY(c.reloptions), false) AS invoker
    FROM pg_class c WHERE c.relname = ${view} AND c.relkind = 'v'`))
  expect(columns).toBe(shape)
  expect(invoker).toBe(true)
})
