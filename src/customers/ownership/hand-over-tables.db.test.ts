import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { testDatabase, type TestDatabase } from '../../foundation/database/testing.ts'
import { sql } from '../../foundation/database/transaction.ts'

// What people hold about customers: every column that names a person in a table that names a customer, and what becomes of it when the customer is handed over. Who adds one says it here.
const moves: Readonly<Record<string, string>> = {
  'assignment.staff_key': 'the shares (moveShares)', 'customer.main_staff_key': 'worked out from the shares', 'contact.next_owner_key': 'next steps (moveNextSteps)', 'contact_promise.owner_key': 'open promises (moveNextSteps)', 'planned_contact.staff_key': 'the next contact (movePlannedContacts)',
  'assigned_task.owner_key': 'open tasks (moveTasks)', 'duty_instance.staff_key': 'what is owed and open (moveDuties)', 'duty_instance.holder_key': 'goes with whom owes it (moveDuties)', 'alert.owner_key': 'the main manager of the day (followWatched)',
  'appointment.staff_key': 'what is planned (followAppointments)', 'coordination_case.holder_key': 'the asking side (followCases)',
}
const stays: Readonly<Record<string, string>> = {
  'contact.staff_key': 'who was there', 'contact.for_key': 'for whom the substitute was there', 'contact_restricted.author_key': 'who wrote it; its readers are named people', 'secret_note.author_key': 'who wrote it; its readers are named people',
  'need.escalate_owner_key': 'who owed the sending up on that day; the duty of it moves', 'leader_reminder.staff_key': 'who was to ask the leader on that day; the duty of it moves',
  'coverage_span.staff_key': 'who owed the contacts of those days', 'coverage_draft.staff_key': 'a draft of one run', 'retention_signature.staff_key': 'who signed that it is destroyed', 'hand_over_item.leaver_key': 'the list that was signed', 'hand_over_item.receiver_key': 'the list that was signed', 'pay_fact.staff_key': 'a settled month stays what it was', 'indicator_row.staff_key': 'who held it in that month',
  'need_card.staff_key': 'who asked; open needs are seen with the customer and answered by whoever looks after him', 'pool_claim.staff_key': 'who claimed; a customer that is handed over has a manager and no open claim', 'pool_return.former_main_key': 'who it was',
  'pool_allocation_line.staff_key': 'to whom it was allocated: the list that two heads agreed', 'pool_exclusion.staff_key': 'who may not have it by an allocation',
  'read_grant.staff_key': 'who was let in reads until the day that was granted; whoever leads the receiver may withdraw it', 'standing.staff_key': 'worked out anew each day', 'standing.end_staff_key': 'worked out anew each day',
  'standing_draft.staff_key': 'a draft of one run', 'standing_draft.end_staff_key': 'a draft of one run', 'journal_line.person_key': 'history',
  'coordination_case.answerer_key': 'who took it on in the department that was asked', 'customer_book_entry.staff_key': 'who noted it in the lobby', 'day_report_fact.staff_key': 'whose report told it: kept as it was shown', 'message.staff_key': 'in whose name it was sent; what waits is judged anew when it is sent',
  'work_plan_item.staff_key': 'whose plan of that week it was', 'notice.staff_key': 'who was told; what is told of the customer asks his own rights', 'notice.for_key': 'for whom the substitute was told',
}

let bank: TestDatabase
beforeAll(async () => {
  bank = await testDatabase()
})
afterAll(() => bank.drop())

test('each column that names who holds something about a customer moves with a hand-over or stays for a reason', async () => {
  // who did something ("…_by") and who may see it (arrays) is no work that waits for anybody
  const columns = await bank.db.asBatch((tx) => tx.all(sql<{ found: string }>`
    SELECT c.relname || '.' || a.attname AS found FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid
    WHERE c.relkind = 'r' AND c.relnamespace = 'public'::regnamespace AND a.attnum > 0 AND NOT a.attisdropped AND a.atttypid = 'int4'::regtype AND a.attname ~ '_key$' AND a.attname !~ '_by$'
      AND EXISTS (SELECT FROM pg_attribute x WHERE x.attrelid = c.oid AND x.attname = 'customer_id' AND NOT x.attisdropped)
      AND (a.attname ~ '(staff|owner|holder|leaver|receiver|author|person|manager|main|for)_key$' OR EXISTS (SELECT FROM pg_constraint k WHERE k.conrelid = c.oid AND k.contype = 'f' AND a.attnum = ANY(k.conkey) AND k.confrelid = 'staff'::regclass))`))
  expect(columns.map(({ found }) => found).sort()).toEqual([...Object.keys(moves), ...Object.keys(stays)].sort())
})

test('wherever a day begins or customers change hands the same things move', () => {
  const read = (file: string): string => readFileSync(new URL(`../../${file}`, import.meta.url), 'utf8')
  expect(/movers: \[([^\]]*)\]/.exec(read('flows/parts/start-day.ts'))?.[1]).toBe('moveNextSteps, movePlannedContacts, moveTasks, moveDuties')
  for (const file of ['flows/load-delivery.ts', 'flows/take-over-at-once.ts', 'flows/substitute.ts', 'demo/make-ownership.ts']) expect([file, /(movers|followers):/.test(read(file)), /\b(startDay|dayParts)\b/.test(read(file))]).toEqual([file, false, true])
})
