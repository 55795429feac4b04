import { sql, type Transaction } from '../foundation/database/transaction.ts'
import { bulk } from '../foundation/store/store.ts'

/** Many duties that people confirmed, by one statement with one line of the journal (demo bank, take-over from another system): each names person, duty, period, day and evidence. */
export async function finishMany(tx: Transaction, batch: string, done: readonly { staffNo: string; code: string; period: string; on: string; evidence: string }[], why: string): Promise<number> {
  const { count } = await bulk(tx, {
    table: 'duty_instance', what: 'change', why, batch, alias: 'i',
    statement: sql`
      UPDATE duty_instance i SET state = CASE WHEN r."on" <= i.due_on THEN 'DONE' ELSE 'DONE_LATE' END, done_on = r."on", done_by = i.holder_key, evidence = r.evidence, batch_id = ${batch}::uuid
      FROM jsonb_to_recordset(${JSON.stringify(done)}::jsonb) AS r ("staffNo" text, code text, period text, "on" date, evidence text) JOIN organisation_staff_facts s ON s.staff_no = r."staffNo"
      WHERE i.staff_key = s.staff_key AND i.duty_code = r.code AND i.period_key = r.period AND i.state IN ('OPEN', 'MISSED')`,
  })
  return count
}
