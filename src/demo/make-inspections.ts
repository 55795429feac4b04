import { sql } from '../foundation/database/transaction.ts'
import type { Services } from '../foundation/http/route.ts'
import { castVoteRoute, closeMotionRoute, putMotionRoute } from '../performance/appraisal-group/decide-motions.ts'
import { answerObjectionRoute, makeObjectionRoute } from '../performance/inspection/answer-objections.ts'
import { confirmRunRoute } from '../performance/inspection/confirm-run.ts'
import { enterFindingRoute, giveFindingsRoute } from '../performance/inspection/give-findings.ts'
import { decideCheckListRoute, enterCheckListRoute } from '../performance/inspection/keep-lists.ts'
import { drawRunRoute, planRunRoute } from '../performance/inspection/keep-runs.ts'
import { actAs } from './act-as.ts'
import { demoId } from './demo-id.ts'
import { people } from './known-cases.ts'
import { demoGroupId, makeDemoGroup } from './make-appraisal.ts'
import { scanOf } from './make-file.ts'

const month = '2026-10'
type Drawn = { id: string; number: string }

/** An inspector appointed by the group; October's post-loan checks of 张子涵, objected to, confirmed and counted; a run over reports that is in work. */
export async function makeInspections(services: Services): Promise<void> {
  await makeDemoGroup(services)
  const appointedOn = '2026-01-09'
  const motionId = demoId(appointedOn, 'inspector', people.audit)
  await actAs(services, { staffNo: people.hr, day: appointedOn, route: putMotionRoute, body: { id: motionId, kind: 'INSPECTOR', groupId: demoGroupId, staffNo: people.audit, from: '2026-01-09', to: '2028-01-01', notHis: [], relatives: [], reasons: '稽核岗，熟悉信贷业务，与各支行条线无关' } })
  for (const staffNo of [people.bankLeader, people.hr, people.compliance, people.reviewer]) await actAs(services, { staffNo, day: appointedOn, route: castVoteRoute, params: { motionId }, body: { vote: 'YES', reason: '' }, key: `demo-${motionId}-${staffNo}` })
  await actAs(services, { staffNo: people.bankLeader, day: appointedOn, route: closeMotionRoute, params: { motionId }, body: { reasons: '同意任命，任期两年' }, key: `demo-${motionId}-close` })
  const appointment = await services.db.asBatch((tx) => tx.one(sql<{ id: string }>`SELECT id FROM inspector WHERE motion_id = ${motionId}`))
  await makeSettledRun(services, appointment.id)
  await makeRunInWork(services, appointment.id)
}

const unitOf = async (services: Services, staffNo: string): Promise<number> => (await services.db.asBatch((tx) => tx.one(sql<{ key: number }>`SELECT line_key AS key FROM organisation_post_facts WHERE staff_no = ${staffNo} AND main AND from_date <= '2026-10-31' AND (to_date IS NULL OR to_date > '2026-10-31') LIMIT 1`))).key
const drawnOf = (services: Services, runId: string): Promise<Drawn[]> => services.db.asBatch((tx) => tx.all(sql<Drawn>`SELECT id, number FROM inspection_object WHERE run_id = ${runId} AND drawn ORDER BY number`))
const find = (services: Services, day: string, runId: string, object: Drawn, body: { sourceSeen: string; finding: string; grade: string }) =>
  actAs(services, { staffNo: people.audit, day, route: enterFindingRoute, params: { runId, objectId: object.id }, body: { id: demoId(day, 'finding', runId, object.number), ...body }, file: scanOf(`检查底稿 ${object.number}.pdf`) })

// three checks on the list: all of them are looked at, whatever the seed
async function makeSettledRun(services: Services, appointmentId: string): Promise<void> {
  const listId = demoId('2026-11-02', 'check-list', people.colleague)
  await actAs(services, { staffNo: people.performance, day: '2026-11-02', route: enterCheckListRoute, body: { id: listId, month, staffNo: people.colleague, objects: ['DH202610-031', 'DH202610-044', 'DH202610-057'].map((number) => ({ number, loanNo: null })), evidence: '贷后管理岗十月检查台账' } })
  await actAs(services, { staffNo: people.performanceChecker, day: '2026-11-03', route: decideCheckListRoute, params: { listId }, body: { decision: 'CONFIRMED', reason: '' }, key: `demo-${listId}` })
  const runId = demoId('2026-11-03', 'inspection', people.colleague)
  await actAs(services, { staffNo: people.performance, day: '2026-11-03', route: planRunRoute, body: { id: runId, month, object: 'POST_LOAN_CHECK', unitKey: await unitOf(services, people.colleague), appointmentId, managers: [people.colleague] } })
  await actAs(services, { staffNo: people.audit, day: '2026-11-04', route: drawRunRoute, params: { runId }, key: `demo-${runId}-draw` })
  const [first, second, third] = await drawnOf(services, runId)
  if (!first || !second || !third) throw new Error('the sample is not that of the list')
  await find(services, '2026-11-05', runId, first, { sourceSeen: '贷后检查记录、现场影像、台账', finding: '检查记录未在系统内找到，超过规定时间五天', grade: 'MISSING' })
  await find(services, '2026-11-05', runId, second, { sourceSeen: '贷后检查记录、现场影像', finding: '按期现场检查，影像与企业地址相符', grade: 'PASS' })
  await find(services, '2026-11-05', runId, third, { sourceSeen: '贷后检查记录、现场影像', finding: '按期现场检查，资金用途与合同一致', grade: 'PASS' })
  await actAs(services, { staffNo: people.audit, day: '2026-11-06', route: giveFindingsRoute, params: { runId }, key: `demo-${runId}-give` })
  await actAs(services, { staffNo: people.colleague, day: '2026-11-09', route: makeObjectionRoute, params: { runId, objectId: first.id }, body: { claim: '检查于到期后第三天完成，记录存于纸质档案，附复印件' }, key: `demo-${runId}-object` })
  await actAs(services, { staffNo: people.reviewer, day: '2026-11-11', route: answerObjectionRoute, params: { runId, objectId: first.id }, body: { result: 'UPHELD', becomes: 'LATE', reason: '纸质记录属实，按逾期完成计' }, key: `demo-${runId}-answer` })
  await actAs(services, { staffNo: people.performanceChecker, day: '2026-11-16', route: confirmRunRoute, params: { runId }, key: `demo-${runId}-confirm` })
}

// a manager with at most three loans in the month: all of them are looked at
async function makeRunInWork(services: Services, appointmentId: string): Promise<void> {
  const manager = await services.db.asBatch((tx) => tx.maybe(sql<{ no: string }>`
    SELECT p.staff_no AS no FROM holdings_loan_facts l JOIN customers_assignment_facts a ON a.customer_id = l.customer_id AND a.main AND a.from_date <= l.paid_out_on AND (a.to_date IS NULL OR a.to_date > l.paid_out_on)
    JOIN organisation_post_facts p ON p.staff_key = a.staff_key AND p.main AND p.post_code = 'RM' AND p.from_date <= '2026-10-31' AND (p.to_date IS NULL OR p.to_date > '2026-11-30')
    WHERE l.paid_out_on >= '2026-10-01' AND l.paid_out_on < '2026-11-01' GROUP BY p.staff_no HAVING count(*) <= 3 ORDER BY count(*) DESC, p.staff_no LIMIT 1`))
  if (!manager) return
  const runId = demoId('2026-11-18', 'inspection', 'reports')
  await actAs(services, { staffNo: people.performance, day: '2026-11-18', route: planRunRoute, body: { id: runId, month, object: 'REPORT', unitKey: await unitOf(services, manager.no), appointmentId, managers: [manager.no] } })
  await actAs(services, { staffNo: people.audit, day: '2026-11-19', route: drawRunRoute, params: { runId }, key: `demo-${runId}-draw` })
  const [first] = await drawnOf(services, runId)
  if (first) await find(services, '2026-11-20', runId, first, { sourceSeen: '调查报告、企业财务账簿、现场影像', finding: '各项数据均有来源，附现场影像，风险点明确', grade: 'EXCELLENT' })
}
