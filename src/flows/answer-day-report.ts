import { answerReport } from '../day-reports/day-report.contract.ts'
import { keepAnswer } from '../day-reports/judge-report.ts'
import { finishByProof } from '../duties/finish-by-proof.ts'
import { tryGiveTask } from '../duties/give-task.ts'
import { handle } from '../foundation/http/route.ts'
import { ok } from '../foundation/values/outcome.ts'

/** A report of the lobby is answered: each measure becomes a task with its owner and day, the reporter helps with it and so sees how it stands, and the duty to answer is done. */
export const answerReportRoute = handle(answerReport, async (tx, { params, body }, context) => {
  const kept = await keepAnswer(tx, context, params.reportId, body)
  if (!kept.ok) return kept
  const { late, staffKey, receiverKey, dutyCode } = kept.value
  for (const measure of body.measures) {
    const own = measure.ownerKey === context.actor.staffKey
    const given = await tryGiveTask(tx, {
      id: measure.id, title: measure.title, content: measure.content, source: own ? 'RM_OWN' : 'LOBBY_REPORT', priority: 'USUAL', owners: [measure.ownerKey], helpers: measure.ownerKey === staffKey ? [] : [staffKey], customerId: null, dueOn: measure.dueOn, evidenceAsked: '落实结果',
    }, context)
    if (!given.ok) return given
  }
  if (dutyCode !== null && receiverKey !== null) await finishByProof(tx, { code: dutyCode, staffKey: receiverKey, period: params.reportId, on: context.businessDate, late })
  return ok({ answeredOn: context.businessDate, late, tasks: body.measures.length })
})
