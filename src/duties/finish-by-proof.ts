import { sql, type Transaction } from '../foundation/database/transaction.ts'
import { bulk, change } from '../foundation/store/store.ts'

/** What was just confirmed in another room proves this duty: done at once. Nothing happens when it is not owed, or not made yet: the day's run finds the proof then. */
export async function finishByProof(tx: Transaction, { code, staffKey, period, on, late }: { code: string; staffKey: number; period: string; on: string; late: boolean }): Promise<void> {
  const owed = await tx.maybe(sql<{ id: string }>`SELECT id FROM duty_instance WHERE duty_code = ${code} AND staff_key = ${staffKey} AND period_key = ${period} AND state IN ('PLANNED', 'OPEN', 'MISSED') FOR UPDATE`)
  if (owed) await change(tx, 'duty_instance', { id: owed.id }, { state: late ? 'DONE_LATE' : 'DONE', done_on: on, done_at: new Date() }, { why: null, action: 'FINISH_DUTY' })
}

/** The day's run: whatever proof is there for what is still open (views of proof are published by the room whose thing it is). */
export async function findProofs(tx: Transaction, code: string, { since, batch, why }: { since: string; batch: string; why: string }): Promise<void> {
  await bulk(tx, {
    table: 'duty_instance', what: 'change', why, batch, alias: 'i', about: { duty: code },
    statement: sql`
      UPDATE duty_instance i SET state = CASE WHEN p.late THEN 'DONE_LATE' ELSE 'DONE' END, done_on = p.done_on, batch_id = ${batch}::uuid FROM day_reports_proof_facts p
      WHERE i.duty_code = ${code} AND p.duty_code = ${code} AND p.staff_key = i.staff_key AND p.period_key = i.period_key AND i.due_on >= ${since}::date AND i.state IN ('PLANNED', 'OPEN', 'MISSED')`,
  })
}
