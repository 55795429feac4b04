import { confirmAnswerRoute, getAnswerRoute, returnAnswerRoute, saveAnswerRoute, sendBackAnswerRoute, submitAnswerRoute } from '../forms/answer-forms.ts'
import { makeFormRoute } from '../flows/build-form.ts'
import { endFormRoute, openFormRoute } from '../forms/keep-forms.ts'
import { sql } from '../foundation/database/transaction.ts'
import type { Services } from '../foundation/http/route.ts'
import { actAs } from './act-as.ts'
import { Chance } from './chance.ts'
import { demoId } from './demo-id.ts'
import { people } from './known-cases.ts'

type Answer = { id: string; staff_no: string }
type Opened = { prefilled: Record<string, string>; edition: number; state: string; history: unknown[] }

/** Three collection forms: what the outlets need for the season, answered, once returned and closed; whom managers would invite at the end of the year, running, a third of the answers missing; what the managers of the sub-branch will visit, which the heads of their outlets confirm. */
export async function makeForms(services: Services): Promise<void> {
  const branchKey = (await services.db.asBatch((tx) => tx.one(sql<{ key: number }>`SELECT DISTINCT institution_key AS key FROM organisation_institution_facts WHERE code = '141000'`))).key
  const answersOf = (formId: string): Promise<Answer[]> => services.db.asBatch((tx) => tx.all(sql<Answer>`
    SELECT a.id, s.staff_no FROM collection_answer a JOIN organisation_staff_facts s ON s.staff_key = a.staff_key WHERE a.form_id = ${formId} ORDER BY s.staff_no`))
  const send = async (by: string, day: string, key: string, body: object): Promise<Answer[]> => {
    const formId = demoId(day, 'form', key)
    await actAs(services, { staffNo: by, day, route: makeFormRoute, body: { id: formId, ...body } })
    await actAs(services, { staffNo: by, day, route: openFormRoute, params: { formId }, key: `demo-form-${key}-open` })
    return answersOf(formId)
  }
  const fill = async ({ id, staff_no: staffNo }: Answer, day: string, values: Record<string, string>, { draft = false, round = 1 }: { draft?: boolean; round?: number } = {}): Promise<void> => {
    const params = { answerId: id }
    const { prefilled, edition, history } = await actAs(services, { staffNo, day, route: getAnswerRoute, params }) as Opened
    // what was filled in by an earlier making stays
    if (history.length >= round || (draft && edition > 1)) return
    await actAs(services, { staffNo, day, route: draft ? saveAnswerRoute : submitAnswerRoute, params, body: { edition, rows: [{ values: { ...prefilled, ...values }, reasons: {} }] }, key: `demo-answer-${id}-${round}` })
  }

  const season = await send(people.branchHead, '2026-10-26', 'season', {
    title: '旺季营销物资需求', why: '分行统一采购，按网点分发', answersFor: 'OUTLET', mostRows: 1, addressees: { posts: [], units: [branchKey], people: [] }, dueOn: '2026-11-02',
    cells: [{ code: 'c1', label: '宣传折页（册）', type: 'WHOLE', least: '0', most: '5000' }, { code: 'c2', label: '物资预算', type: 'AMOUNT', least: '0' }, { code: 'c3', label: '希望送达日', type: 'DATE' }, { code: 'c4', label: '说明', type: 'TEXT', required: false }],
  })
  for (const [place, answer] of season.entries()) {
    const chance = new Chance('demo', 'season', answer.staff_no)
    const values = { c1: String(chance.whole(2, 12) * 100), c2: String(chance.whole(8, 40) * 50_000), c3: chance.pick(['2026-11-16', '2026-11-20', '2026-11-25']) }
    await fill(answer, place === 1 ? '2026-11-03' : '2026-10-29', values)
    if (place !== 2) continue
    await actAs(services, { staffNo: people.branchHead, day: '2026-10-30', route: returnAnswerRoute, params: { answerId: answer.id }, body: { reason: '预算请按上年标准核对' }, key: `demo-answer-${answer.id}-return` })
    await fill(answer, '2026-11-02', { ...values, c2: '900000', c4: '已按上年标准核减' }, { round: 2 })
  }
  await actAs(services, { staffNo: people.branchHead, day: '2026-11-05', route: endFormRoute, params: { formId: demoId('2026-10-26', 'form', 'season') }, body: { as: 'CLOSED' }, key: 'demo-form-season-end' })

  const invited = await send(people.product, '2026-11-17', 'invited', {
    title: '年末客户答谢会意向', why: '总行统一安排场地和讲师，请各客户经理报拟邀请客户', answersFor: 'PERSON', mostRows: 1, addressees: { posts: ['RM'], units: [], people: [] }, dueOn: '2026-11-25',
    cells: [
      { code: 'c1', label: '名下核心客户', type: 'WHOLE', source: 'CORE_CUSTOMERS' }, { code: 'c2', label: '拟邀请客户数', type: 'WHOLE', least: '0', most: '60' }, { code: 'c3', label: '主题', type: 'CHOICE', choices: ['家庭资产配置', '企业年末资金安排', '不参加'] },
      { code: 'c4', label: '建议场次', type: 'CHOICE', choices: ['12月5日上午', '12月5日下午', '12月12日上午'], required: false },
    ],
  })
  for (const [place, answer] of invited.entries()) {
    const chance = new Chance('demo', 'invited', answer.staff_no)
    const values = { c2: String(chance.whole(3, 24)), c3: chance.pick(['家庭资产配置', '企业年末资金安排']), c4: chance.pick(['12月5日上午', '12月5日下午', '12月12日上午']) }
    if (answer.staff_no === people.manager) await fill(answer, '2026-11-20', { c2: '12' }, { draft: true })
    else if (place % 3 !== 2) await fill(answer, `2026-11-${chance.pick(['18', '19', '20'])}`, values)
  }

  // confirmed by the head of the outlet: 李晓雯's is, 单文博's was sent back, the others of the outlet wait for their head
  const subBranchKey = (await services.db.asBatch((tx) => tx.one(sql<{ key: number }>`SELECT DISTINCT institution_key AS key FROM organisation_institution_facts WHERE code = '141100'`))).key
  const visited = await send(people.subBranchHead, '2026-11-18', 'visited', {
    title: '年末走访安排', why: '支行统筹走访用车和礼品，数字须网点负责人把关', answersFor: 'PERSON', mostRows: 1, addressees: { posts: ['RM'], units: [subBranchKey], people: [] }, dueOn: '2026-11-27', confirms: true,
    cells: [{ code: 'c1', label: '拟走访客户数', type: 'WHOLE', least: '0', most: '80' }, { code: 'c2', label: '礼品预算', type: 'AMOUNT', least: '0', most: '2000000' }, { code: 'c3', label: '需用车天数', type: 'WHOLE', least: '0', most: '20' }],
  })
  const decide = async (answer: Answer, day: string, reason?: string): Promise<void> => {
    const params = { answerId: answer.id }
    const seen = await actAs(services, { staffNo: people.outletHead, day, route: getAnswerRoute, params }) as Opened
    if (seen.state !== 'WAITING') return
    await actAs(services, { staffNo: people.outletHead, day, route: reason === undefined ? confirmAnswerRoute : sendBackAnswerRoute, params, body: { edition: seen.edition, ...(reason === undefined ? {} : { reason }) }, key: `demo-answer-${answer.id}-${reason === undefined ? 'confirm' : 'back'}` })
  }
  for (const answer of visited) {
    const chance = new Chance('demo', 'visited', answer.staff_no)
    if ([people.assistant, people.formerlyGranted].some((one) => one === answer.staff_no)) continue
    const visits = chance.whole(10, 36)
    await fill(answer, '2026-11-20', { c1: String(visits), c2: String(visits * 20_000), c3: String(chance.whole(2, 8)) })
    if (answer.staff_no === people.manager) await decide(answer, '2026-11-20')
    if (answer.staff_no === people.corporateManager) await decide(answer, '2026-11-23', '礼品预算请按人均 150 元重算')
  }
}
