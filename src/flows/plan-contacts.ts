import { planContacts } from '../contact-plan/plan-contacts.ts'
import { batchPlan } from '../customers/lists/batch.contract.ts'
import { judgeBatch } from '../customers/lists/judge-batch.ts'
import { handle } from '../foundation/http/route.ts'
import { addMonths } from '../foundation/values/business-date.ts'
import { ok, refuse } from '../foundation/values/outcome.ts'

/** The next contact with many customers is planned: judged one by one, written by one statement. */
export const batchPlanRoute = handle(batchPlan, async (tx, { body }, context) => {
  const { actor, businessDate } = context
  if (body.plannedOn < businessDate || body.plannedOn > addMonths(businessDate, 12)) return refuse('plan-day', { field: 'plannedOn' })
  const judged = await judgeBatch(tx, context, body.selection, { act: 'PLAN', plannedOn: body.plannedOn })
  if (!judged.ok) return judged
  const { ids, total, possible, not } = judged.value
  if (body.dryRun || ids.length === 0) return ok({ total, possible, not, done: 0 })
  const done = await tx.asRole('batch', () => planContacts(tx, { customerIds: ids, plannedOn: body.plannedOn, subject: body.subject, by: actor.staffKey, on: businessDate }))
  return ok({ total, possible, not, done })
})
