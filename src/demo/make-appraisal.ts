import { sql } from '../foundation/database/transaction.ts'
import type { Services } from '../foundation/http/route.ts'
import { openAppealRoute } from '../performance/appeal/keep-appeals.ts'
import { recordTalkRoute, signTalkRoute } from '../performance/appeal/keep-talks.ts'
import { castVoteRoute, closeMotionRoute, putMotionRoute } from '../performance/appraisal-group/decide-motions.ts'
import { makeAppraisalGroupRoute } from '../performance/appraisal-group/keep-groups.ts'
import { addObjectiveRoute } from '../performance/plan/keep-objectives.ts'
import { actOnAppraisalPlanRoute, makeAppraisalPlanRoute } from '../performance/plan/keep-plans.ts'
import type { PlanItem } from '../performance/plan/plan.contract.ts'
import { actAs } from './act-as.ts'
import { demoId } from './demo-id.ts'
import { demoBank, people } from './known-cases.ts'

const day = '2026-01-08'
const period = { scheme: 'POINTS', from: '2026-01-01', to: '2027-01-01' }

/** Objectives and plans of the year from the branch to managers (locked, one in negotiation, one a draft), the appraisal group, an appeal that was decided and one that waits, a talk. */
export async function makeAppraisal(services: Services): Promise<void> {
  await makePlansOfYear(services)
  await makeGroupAndAppeals(services)
}

async function makePlansOfYear(services: Services): Promise<void> {
  const units = new Map((await services.db.asBatch((tx) => tx.all(sql<{ code: string; key: number }>`SELECT DISTINCT code, institution_key AS key FROM organisation_institution_facts`))).map((row) => [row.code, row.key]))
  const staff = new Map((await services.db.asBatch((tx) => tx.all(sql<{ no: string; key: number }>`SELECT staff_no AS no, staff_key AS key FROM organisation_staff_facts`))).map((row) => [row.no, row.key]))
  const goals = [
    ['S1', null, 'HO', '存款稳健增长', 'Steady growth of deposits', '计划财务部'], ['S1.1', 'S1', '141000', '太原客户深耕', 'Deepen the customers of Taiyuan', '太原分行'], ['S2', null, 'HO', '风险可控、合规经营', 'Risk under control', '风险管理部'], ['S3', null, 'HO', '队伍建设', 'Build the team', '人力资源部'],
  ] as const
  for (const [code, parent, unit, title, titleEn, owner] of goals) {
    await actAs(services, { staffNo: people.hr, day, route: addObjectiveRoute, body: { id: demoId(day, 'objective', code), code, year: 2026, parentId: parent === null ? null : demoId(day, 'objective', parent), unitKey: units.get(unit) ?? 1, title, titleEn, owner } })
  }
  const item = (indicator: string, goal: string, target: string | null, weight: string, cls: PlanItem['cls'], split: PlanItem['split'] = 'WHOLE'): PlanItem => ({ indicator, objectiveId: target === null ? null : demoId(day, 'objective', goal), weight, cls, target, split, parts: null, note: '' })
  const items = (deposits: string, customers: string): PlanItem[] => [item('DEPOSIT_INCREMENT', 'S1.1', deposits, '30', 'OPERATING'), item('NEW_CUSTOMERS', 'S1.1', customers, '25', 'SOCIAL', 'QUARTER'), item('NPL_RATIO', 'S2', '1.20', '25', 'RISK'), item('DISCIPLINE', 'S2', null, '20', 'COMPLIANCE')]
  const idOf = (what: string): string => demoId(day, 'appraisal-plan', what)
  const make = (by: string, what: string, parent: string | null, whose: { unit?: string; staff?: string }, list: PlanItem[]) => actAs(services, {
    staffNo: by, day, route: makeAppraisalPlanRoute, body: { id: idOf(what), ...period, parentId: parent === null ? null : idOf(parent), unitKey: whose.unit === undefined ? null : (units.get(whose.unit) ?? 0), staffKey: whose.staff === undefined ? null : (staff.get(whose.staff) ?? 0), followsId: null, items: list },
  })
  const act = (by: string, what: string, kind: string, more: { items?: PlanItem[]; note?: string } = {}) => actAs(services, { staffNo: by, day, route: actOnAppraisalPlanRoute, params: { planId: idOf(what) }, body: { act: kind, items: more.items ?? null, note: more.note ?? '', transferPostKey: null, orderNo: '' }, key: `demo-${idOf(what)}-${by}-${kind}` })
  const lock = async (owner: string, holder: string, what: string): Promise<void> => {
    await act(owner, what, 'PROPOSE')
    await act(holder, what, 'AGREE')
    await act(owner, what, 'AGREE')
  }
  await make(people.performance, 'branch', null, { unit: '141000' }, items('120000000.00', '600'))
  await lock(people.performance, people.branchHead, 'branch')
  await make(people.branchHead, 'sub-branch', 'branch', { unit: '141100' }, items('45000000.00', '240'))
  await lock(people.branchHead, people.subBranchHead, 'sub-branch')
  await make(people.subBranchHead, 'outlet', 'sub-branch', { unit: '141101' }, items('30000000.00', '160'))
  await lock(people.subBranchHead, people.outletHead, 'outlet')
  for (const [who, deposits, customers] of [[people.manager, '8000000.00', '40'], [people.colleague, '7000000.00', '40'], [people.corporateManager, '9000000.00', '20']] as const) await make(people.outletHead, who, 'outlet', { staff: who }, items(deposits, customers))
  await lock(people.outletHead, people.colleague, people.colleague)
  // 李晓雯 asked for another figure and was answered: her word is waited for; 单文博's plan is a draft
  await act(people.outletHead, people.manager, 'PROPOSE')
  await act(people.manager, people.manager, 'ASK_OTHER', { items: items('7000000.00', '40'), note: '两户大额存款年初已转出，名下基数偏高' })
  await act(people.outletHead, people.manager, 'ANSWER', { items: items('7500000.00', '40'), note: '考虑转出因素，折中为 750 万元' })
}

export const demoGroupId = demoId(demoBank.today, 'appraisal-group')
/** The group of head office; asked for twice, it is made once. */
export async function makeDemoGroup(services: Services): Promise<void> {
  const groupId = demoGroupId
  const unit = await services.db.asBatch((tx) => tx.one(sql<{ key: number }>`SELECT DISTINCT institution_key AS key FROM organisation_institution_facts WHERE code = 'HO'`))
  const members = [[people.bankLeader, 'BUSINESS'], [people.hr, 'HR'], [people.performanceChecker, 'FINANCE'], [people.compliance, 'COMPLIANCE'], [people.reviewer, 'RISK'], [people.otherBranchManager, 'ELECTED']] as const
  await actAs(services, { staffNo: people.hr, day, route: makeAppraisalGroupRoute, body: { id: groupId, unitKey: unit.key, name: '总行专业考核小组', from: '2026-01-01', to: '2028-01-01', chair: people.bankLeader, secretary: people.hr, members: members.map(([staffNo, side]) => ({ staffNo, side })), reason: '2026 年换届，客户经理代表由投票产生' } })
}

async function makeGroupAndAppeals(services: Services): Promise<void> {
  const today = demoBank.today
  await makeDemoGroup(services)
  const lineOf = async (staffNo: string): Promise<number> => (await services.db.asBatch((tx) => tx.maybe(sql<{ place: number }>`
    SELECT l.place FROM pay_line l JOIN settled_month m ON m.run_id = l.run_id JOIN organisation_staff_facts p ON p.staff_key = l.staff_key WHERE p.staff_no = ${staffNo} AND m.month = '2026-10-01' AND m.scheme_code = 'POINTS' ORDER BY l.code = 'MANAGED_LOAN_ADB' DESC, l.points DESC NULLS LAST, l.place LIMIT 1`)))?.place ?? 1
  const appeal = async (staffNo: string, claim: string): Promise<string> => {
    const id = demoId(today, 'appeal', staffNo)
    await actAs(services, { staffNo, day: today, route: openAppealRoute, body: { id, month: '2026-10', place: await lineOf(staffNo), claim } })
    return id
  }
  const decided = await appeal(people.colleague, '十月管户贷款中有一户由我独立营销，系统按协办比例计入，附双方确认单')
  await appeal(people.manager, '十月管户贷款日均少计一户：该客户十月十二日已划入本人名下，附移交清单')
  const motionId = demoId(today, 'motion', decided)
  await actAs(services, { staffNo: people.hr, day: today, route: putMotionRoute, body: { id: motionId, kind: 'APPEAL', appealId: decided, award: '26000', relatives: [], reasons: '双方确认单签署于放款之前，协办比例应为零，补计 260 元' } })
  for (const [staffNo, vote, reason] of [[people.bankLeader, 'YES', ''], [people.hr, 'YES', ''], [people.compliance, 'YES', ''], [people.reviewer, 'NO', '确认单未经共同主管签字']] as const) {
    await actAs(services, { staffNo, day: today, route: castVoteRoute, params: { motionId }, body: { vote, reason }, key: `demo-${motionId}-${staffNo}` })
  }
  await actAs(services, { staffNo: people.bankLeader, day: today, route: closeMotionRoute, params: { motionId }, body: { reasons: '确认单有效，支持申诉；今后须由共同主管签字' }, key: `demo-${motionId}-close` })
  const talkId = demoId(today, 'talk', people.colleague)
  await actAs(services, { staffNo: people.outletHead, day: today, route: recordTalkRoute, body: { id: talkId, staffNo: people.colleague, month: '2026-10', heldOn: today, strengths: '走访覆盖到位，客户反馈好', gaps: '存款增长慢于时间进度', measures: '年底前走访二十户代发企业，每周五复盘' } })
  await actAs(services, { staffNo: people.colleague, day: today, route: signTalkRoute, params: { talkId }, body: { signed: true, witness: '', note: '同意，按计划执行' }, key: `demo-${talkId}-sign` })
}
