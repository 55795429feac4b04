import { sql, type Transaction } from '../../foundation/database/transaction.ts'
import { handle } from '../../foundation/http/route.ts'
import { add, change } from '../../foundation/store/store.ts'
import { monthStart } from '../../foundation/values/business-date.ts'
import { ok, refuse } from '../../foundation/values/outcome.ts'
import { newId } from '../../foundation/values/uuid7.ts'
import { conductOf } from '../inspection.rules.ts'
import { isByForm, oneInspectionAtATime } from './find-objects.ts'
import { confirmFault, findable, gradeThatCounts, readObjects, readRuns, type ObjectRow, type RunRow } from './read-runs.ts'
import { confirmRun } from './run.contract.ts'
import { indicatorOf, objectOf } from './run.rules.ts'

/**
 * The second person's word, after the days for an objection: each finding becomes the fact by form that settlement and indicators read, once; a grade that the conduct gate knows opens a conduct event, which waits for a second person of
 * its own like every other. An objection that is still open does not hold the points back: upheld later it is corrected.
 */
export const confirmRunRoute = handle(confirmRun, (tx, { params }, context) => tx.asRole('office', async () => {
  await oneInspectionAtATime(tx)
  const { actor, businessDate: day } = context
  const me = actor.staffKey
  const run = (await readRuns(tx, sql`r.id = ${params.runId} AND (${findable(context)} OR r.staff_keys @> ARRAY[${me}::int])`))[0]
  if (!run) return refuse('not-found')
  const fault = confirmFault(run, me, day)
  if (fault !== null) return refuse(fault, { details: { until: run.objectionUntil ?? '' } })
  const objects = await readObjects(tx, sql`o.run_id = ${run.id} AND o.drawn`)
  for (const one of objects) {
    const byForm = await tx.one(sql<{ there: boolean }>`SELECT ${isByForm(run.object, run.month, { staffKey: sql`${one.staffKey}::int`, number: sql`${one.number}::text`, label: sql`${one.label}::text`, loanId: sql`${one.loanId}::uuid` })} AS there`)
    if (byForm.there) return refuse('found-by-form', { details: { object: one.label } })
  }
  let events = 0
  for (const one of objects) {
    const grade = gradeThatCounts(one)
    const evidence = `${run.number} ${one.sourceSeen ?? ''}；${one.finding ?? ''}`
    await enterFact(tx, run, one, { indicator: indicatorOf(run.object), grade, month: run.month, evidence, confirmed_by: me, confirmed_on: day })
    const conduct = conductOf({ object: objectOf(run.object), grade })
    if (conduct === null) continue
    events += 1
    await enterFact(tx, run, one, { indicator: 'CONDUCT_EVENT', grade: conduct, month: await monthOfEvent(tx, run, one.staffKey, day), evidence, deciders: run.deciders })
  }
  await change(tx, 'inspection_run', { id: run.id }, { confirmed_by: me, confirmed_on: day, confirmed_at: await now(tx) }, { why: null, action: 'CONFIRM_INSPECTION' })
  return ok({ facts: objects.length, events })
}))

const now = async (tx: Transaction): Promise<string> => (await tx.one(sql<{ at: string }>`SELECT now()::text AS at`)).at

const enterFact = (tx: Transaction, run: RunRow, one: ObjectRow, fact: { indicator: string; grade: string; month: string; evidence: string; confirmed_by?: number; confirmed_on?: string; deciders?: number[] }): Promise<void> => {
  const { evidence, ...more } = fact
  return add(tx, 'indicator_fact', {
    id: newId(), staff_key: one.staffKey, business_date: run.givenOn, object: one.label, loan_id: one.loanId, evidence: [...evidence].slice(0, 500).join(''), entered_by: run.inspectorKey, entered_on: run.givenOn, inspected_id: one.id, ...more,
  }, { why: run.number, action: 'ENTER_FACT' })
}

/** A conduct event decides the gate of the inspected month, or of this one when a month of the person that the gate would have decided is closed. */
async function monthOfEvent(tx: Transaction, run: RunRow, staffKey: number, day: string): Promise<string> {
  const closed = await tx.maybe(sql`SELECT 1 FROM closed_month c JOIN pay_statement s ON s.run_id = c.run_id WHERE c.month = ${run.month}::date AND s.staff_key = ${staffKey} LIMIT 1`)
  return closed ? monthStart(day) : run.month
}
