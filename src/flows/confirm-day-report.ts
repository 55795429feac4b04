import { confirmMyReport, recordPhoneReport } from '../day-reports/day-report.contract.ts'
import { saveReport, type Given } from '../day-reports/save-report.ts'
import { finishByProof } from '../duties/finish-by-proof.ts'
import { sql, type Transaction } from '../foundation/database/transaction.ts'
import { handle, type Context } from '../foundation/http/route.ts'
import { ok, refuse, type Outcome } from '../foundation/values/outcome.ts'

/** A report is confirmed, and with it the duty that it fulfils is done: it leaves the list of what is owed at once. */
export const confirmMyReportRoute = handle(confirmMyReport, (tx, { body }, context) => confirmed(tx, context, { ...body, person: { staffKey: context.actor.staffKey, name: context.actor.name } }))

/** The same, told by phone to a superior. Only of a person of his line: of others there is nothing to be found. */
export const recordPhoneReportRoute = handle(recordPhoneReport, async (tx, { body }, context) => {
  const { actor, businessDate } = context
  if (body.staffKey === actor.staffKey) return refuse('own-report')
  const person = await tx.maybe(sql<{ name: string }>`
    SELECT f.staff_name AS name FROM organisation_post_facts f JOIN report_kind k ON k.code = ${body.kind} AND k.from_date <= ${businessDate} AND (k.to_date IS NULL OR k.to_date > ${businessDate})
    WHERE f.staff_key = ${body.staffKey} AND f.post_code = ANY(k.posts) AND ${actor.postCode} = ANY(k.receiver_posts)
      AND ${actor.breadth === 'ALL' ? sql`true` : sql`f.line_path >= ${actor.linePath} AND f.line_path < ${`${actor.linePath}/`}`} LIMIT 1`)
  if (!person) return refuse('not-found')
  return confirmed(tx, context, { ...body, person: { staffKey: body.staffKey, name: person.name } })
})

async function confirmed(tx: Transaction, context: Context, given: Given): Promise<Outcome<{ id: string; late: boolean }>> {
  const saved = await saveReport(tx, context, given)
  if (!saved.ok) return saved
  const { id, late, dutyCode, period, staffKey } = saved.value
  if (dutyCode !== null) await finishByProof(tx, { code: dutyCode, staffKey, period, on: context.businessDate, late })
  return ok({ id, late })
}
