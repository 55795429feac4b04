import { noteInCustomerBookRoute } from '../day-reports/customer-book.ts'
import { noteReportRoute, signReportRoute } from '../day-reports/judge-report.ts'
import { saveManyReports, type BulkReport } from '../day-reports/save-many-reports.ts'
import { actOnTaskRoute } from '../duties/act-on-task.ts'
import { runDutyDay } from '../duties/run-duty-day.ts'
import { answerReportRoute } from '../flows/answer-day-report.ts'
import { confirmMyReportRoute, recordPhoneReportRoute } from '../flows/confirm-day-report.ts'
import { sql } from '../foundation/database/transaction.ts'
import type { Services } from '../foundation/http/route.ts'
import type { OnProgress } from '../foundation/jobs/run-job.ts'
import { addDays } from '../foundation/values/business-date.ts'
import { addWorkingDays, chinaCalendar } from '../foundation/values/working-calendar.ts'
import { actAs } from './act-as.ts'
import { bankPlan } from './bank-plan.ts'
import { Chance } from './chance.ts'
import { demoId } from './demo-id.ts'
import { demoBank, people } from './known-cases.ts'

/** From this day on everybody reported before going home: two months. */
export const reportsFrom = '2026-09-23'
/** From this Monday on people were asked for their duties (make-duties.ts). */
export const dutiesFrom = '2026-11-09'
const today = demoBank.today
/** How many days at once are written for those who have no part in the stories. */
const daysAtOnce = 12

/** Whose days are made one by one, by the people themselves. */
const storied: readonly string[] = [people.manager, people.lobby]

const problems: readonly string[] = [
  '一户客户询问大额存单额度，请示能否预留 200 万元', '企业网银复核人离职，更换手续需客户盖章，已告知材料', '客户比较邻行三年期利率，拟以期限组合方案回应', '开发区一户上门需两人，请协调同行人员', '小微贷款材料缺近三月流水，客户承诺周五补齐',
  '客户反映手机银行转账限额偏低，请协调调整流程',
]
const plans: readonly string[] = ['联系本周到期三户，走访一户', '上午走访，下午整理续存方案', '完成核心客户本月联系', '约见财务负责人，准备对账材料', '补录证件有效期，联系五户']
const results: readonly string[] = ['联系顺利，两户有续存意向', '一户转出为采购付款，月底回流', '一户愿意代发工资，下周给方案', '多数客户在忙旺季备货，另约时间', '到期一户已续存一年']
const lobby: Readonly<Record<string, readonly string[]>> = {
  duties: ['开门前、午间巡查各一次，叫号机重启一次', '分流老年客户使用智能柜台，等候最长 18 分钟', '补充宣传折页，更换利率牌', '协助安保处理门前停车，秩序正常'],
  market: ['邻行推出新客户三个月理财，年化 2.6%', '对面新开一家财富中心，周末有沙龙', '菜场商户询问收款码费率', '同业大额存单起点降到 10 万元'],
  needs: ['两位客户询问养老理财', '一位商户需要对账单自动发送', '多位客户想预约换零钞', '代发客户询问公积金提取'],
  opinions: ['午间窗口少，等候时间长', '手机银行字体偏小', '对柜员服务表示感谢', '希望增加一台可以打印流水的机器'],
  suggestions: ['午间增开一个弹性窗口', '周三固定为商户服务日', '门口增设无障碍坡道提示', '为老年客户准备大字版操作卡'],
}
const comments: readonly string[] = ['续存客户请写明期限和意向', '很好，明天晨会讲一讲', '请把转出原因落实到人', '注意合规用语，不承诺收益']
const book: readonly (readonly [facts: string, service: string, needs: string | null])[] = [
  ['退休教师，习惯周一上午来，常带老伴一起', '引导使用智能柜台，办理定期转存', '子女在外地，关心手机银行亲情账户'], ['社区超市店主，每天下午存现', '开通收款码对账，介绍零钞预约', '想了解经营贷'], ['附近中学会计，按月办理代发', '预约窗口，避开发薪日高峰', null],
  ['拆迁补偿客户，金额较大，决定谨慎', '由网点负责人接待，转介客户经理', '分期限存放，要求保本'], ['外卖站点负责人，员工流动大', '集中办卡，讲解防诈骗', '批量开卡与代发'], ['老客户，听力不便', '安排专人陪同，用大字卡沟通', null],
]

/** A number below `range` that is the same in every run. */
const draw = (range: number, ...words: readonly (string | number)[]): number => new Chance('day-report', ...words).whole(0, range - 1)
const of = (list: readonly string[], ...words: readonly (string | number)[]): string => list[draw(list.length, ...words)] ?? ''

const textsOf = (kind: string, staffNo: string, day: string): { section: string; text: string }[] => {
  if (kind === 'DAILY') {
    return [
      { section: 'contacts', text: of(results, staffNo, day, 'r') }, ...(draw(3, staffNo, day, 'p?') === 0 ? [{ section: 'problems', text: of(problems, staffNo, day, 'p') }] : []), { section: 'plan', text: of(plans, staffNo, day, 'n') },
    ]
  }
  return Object.entries(lobby).flatMap(([section, list]) => (section === 'duties' || draw(3, staffNo, day, section) === 0 ? [{ section, text: of(list, staffNo, day, section, 't') }] : []))
}

/** One in sixteen forgets, one in ten is late, one in fourteen reported by phone. */
type Fate = 'MISSING' | 'LATE' | 'PHONE' | 'USUAL'
function fateOf(staffNo: string, day: string): Fate {
  const place = draw(140, staffNo, day, 'fate')
  return place < 9 ? 'MISSING' : place < 23 ? 'LATE' : place < 33 ? 'PHONE' : 'USUAL'
}

export function workdaysBetween(from: string, to: string): string[] {
  const days: string[] = []
  for (let day = from; day < to; day = addDays(day, 1)) if (chinaCalendar.isWorkday(day)) days.push(day)
  return days
}
const next = (day: string): string => addWorkingDays(chinaCalendar, day, 1)
type Reporter = { staffNo: string; kind: 'DAILY' | 'LOBBY_LOG' }
const reporters = (): Reporter[] => bankPlan().people.flatMap(({ staffNo, posts, to }): Reporter[] => {
  const post = posts[0]?.post
  return to !== undefined ? [] : post === 'RM' ? [{ staffNo, kind: 'DAILY' }] : post === 'LOBBY' ? [{ staffNo, kind: 'LOBBY_LOG' }] : []
})

/** Those of the stories report what they did on that day and, late, of the day before; who is above signs what lies before. Their duties are done by it. */
export async function reportsOfDay(services: Services, day: string): Promise<void> {
  const tell = async (staffNo: string, of: string): Promise<void> => {
    const kind = staffNo === people.lobby ? 'LOBBY_LOG' : 'DAILY'
    const id = demoId(of, 'day-report', staffNo)
    const body = { id, kind, period: of, texts: textsOf(kind, staffNo, of) }
    if (fateOf(staffNo, of) === 'PHONE') {
      const staffKey = await services.db.asBatch(async (tx) => (await tx.one(sql<{ staff_key: number }>`SELECT staff_key FROM organisation_staff_facts WHERE staff_no = ${staffNo}`)).staff_key)
      await actAs(services, { staffNo: staffNo === people.lobby ? people.outletHead : people.teamLead, day, route: recordPhoneReportRoute, body: { ...body, staffKey } })
    } else await actAs(services, { staffNo, day, route: confirmMyReportRoute, body })
  }
  const away = await services.db.asBatch((tx) => tx.all(sql<{ staff_no: string; from_date: string; to_date: string }>`SELECT s.staff_no, a.from_date, a.to_date FROM customers_absence_facts a JOIN organisation_staff_facts s ON s.staff_key = a.absent_key`))
  const isAway = (staffNo: string, on: string): boolean => away.some((one) => one.staff_no === staffNo && one.from_date <= on && one.to_date > on)
  const before = workdaysBetween(addDays(day, -12), day).at(-1)
  for (const staffNo of storied) {
    if (before !== undefined && before >= reportsFrom && fateOf(staffNo, before) === 'LATE' && !isAway(staffNo, before)) await tell(staffNo, before)
    if (day < today && !isAway(staffNo, day) && (fateOf(staffNo, day) === 'USUAL' || fateOf(staffNo, day) === 'PHONE')) await tell(staffNo, day)
  }
  // of yesterday's one in six still waits for its signature; those of the last day all do
  if (before === undefined || before < reportsFrom || day === today) return
  const waiting = await services.db.asBatch((tx) => tx.all(sql<{ id: string }>`SELECT id FROM day_report WHERE id = ANY(${storied.map((staffNo) => demoId(before, 'day-report', staffNo))}::uuid[]) AND signed_on IS NULL`))
  for (const staffNo of storied) {
    const id = demoId(before, 'day-report', staffNo)
    if (draw(6, staffNo, before, 'sign') === 0 || !waiting.some((one) => one.id === id)) continue
    const note = draw(4, staffNo, before, 'note?') === 0 ? of(comments, staffNo, before, 'note') : null
    await actAs(services, { staffNo: staffNo === people.lobby ? people.outletHead : people.teamLead, day, route: signReportRoute, params: { reportId: id }, body: { note }, key: `demo-sign-${id}` })
    if (draw(12, staffNo, before, 'add') === 0) await actAs(services, { staffNo, day, route: noteReportRoute, params: { reportId: id }, body: { id: demoId(day, 'report-addition', staffNo), note: '补充：下午又联系一户，客户已答应周内来网点' } })
  }
}

/** Everybody else, a fortnight by a few statements. */
async function reportsOfOthers(services: Services, days: readonly string[]): Promise<void> {
  const others = reporters().filter(({ staffNo }) => !storied.includes(staffNo))
  for (const kind of ['DAILY', 'LOBBY_LOG'] as const) {
    const reports = days.flatMap((day) => others.filter((one) => one.kind === kind).flatMap(({ staffNo }): BulkReport[] => {
      const fate = fateOf(staffNo, day)
      const confirmedOn = fate === 'LATE' ? next(day) : day
      const signedOn = next(confirmedOn)
      return fate === 'MISSING' ? [] : [{ id: demoId(day, 'day-report', staffNo), staffNo, day, confirmedOn, texts: textsOf(kind, staffNo, day), signedOn: draw(6, staffNo, day, 'sign') === 0 || signedOn >= today ? null : signedOn }]
    }))
    await services.db.asBatch((tx) => saveManyReports(tx, demoId(days[0] ?? today, 'day-reports', kind), kind, reports, 'demo bank'))
  }
}

/** The line of the branch of the stories: whose lobbies' months are made one by one. */
const branchOf = (lobbies: readonly Lobby[]): string => (lobbies.find(({ staff_no: staffNo }) => staffNo === people.lobby)?.line_path ?? '').split('.').slice(0, 2).join('.')

type Lobby = { staff_no: string; staff_key: number; line_path: string }

/** The lobbies' books, their two monthly reports with answers and measures, one major problem that waits. */
async function lobbyMonths(services: Services, full: boolean): Promise<void> {
  const lobbies = (await services.db.asBatch((tx) => tx.all(sql<Lobby>`SELECT staff_no, staff_key, line_path FROM organisation_post_facts WHERE post_code = 'LOBBY' AND from_date <= ${today} AND (to_date IS NULL OR to_date > ${today}) ORDER BY staff_no`))).filter(({ staff_no: staffNo, line_path: path }, _place, all) => staffNo === people.lobby || (full && path.startsWith(branchOf(all))))
  const days = workdaysBetween(reportsFrom, today)
  for (const one of lobbies) {
    const seen = await services.db.asBatch((tx) => tx.all(sql<{ customer_id: string }>`
      SELECT customer_id FROM customers_customer_facts WHERE scope_path >= ${one.line_path} AND scope_path < ${`${one.line_path}/`} AND kind = 'PERSON' AND status = 'ACTIVE' ORDER BY tier, number LIMIT ${one.staff_no === people.lobby ? 14 : 3}`))
    for (const [place, { customer_id: customerId }] of seen.entries()) {
      const day = days[(place * 11 + draw(days.length, one.staff_no, 'book')) % days.length] ?? reportsFrom
      const [facts, service, needs] = book[(place + draw(book.length, one.staff_no)) % book.length] ?? ['', '', null]
      await actAs(services, { staffNo: one.staff_no, day, route: noteInCustomerBookRoute, body: { id: demoId(day, 'book', one.staff_no, place), customerId, facts, service, needs } })
    }
  }
  for (const [month, due] of [['2026-09', addWorkingDays(chinaCalendar, '2026-09-30', 5)], ['2026-10', addWorkingDays(chinaCalendar, '2026-10-31', 5)]] as const) {
    for (const one of lobbies) {
      const fate = draw(10, one.staff_no, month, 'month')
      const story = one.staff_no === people.lobby
      if (fate === 0 && !story) continue
      const on = fate === 1 && !story ? addWorkingDays(chinaCalendar, due, 2) : due
      const id = demoId(on, 'lobby-month', month, one.staff_no)
      const texts = ['market', 'needs', 'opinions', 'suggestions'].map((section) => ({ section, text: `${of(lobby[section] ?? [], one.staff_no, month, section, 1)}；${of(lobby[section] ?? [], one.staff_no, month, section, 2)}` }))
      await actAs(services, { staffNo: one.staff_no, day: on, route: confirmMyReportRoute, body: { id, kind: 'LOBBY_MONTH', period: month, texts } })
      // the last ones still wait for their answer, within its days or beyond them
      if (month === '2026-10' ? fate >= 6 : fate === 9) continue
      await answer(services, { id, lobby: one, on: addWorkingDays(chinaCalendar, on, fate === 5 ? 12 : 6), done: month === '2026-09' })
    }
  }
  await actAs(services, {
    staffNo: people.lobby, day: '2026-11-18', route: confirmMyReportRoute,
    body: { id: demoId('2026-11-18', 'lobby-problem'), kind: 'LOBBY_PROBLEM', period: demoId('2026-11-18', 'lobby-problem'), texts: [{ section: 'problem', text: '叫号系统上午停机两小时，大厅滞留四十余人，两位老人身体不适，已安排休息并联系家属。' }, { section: 'suggestions', text: '请分行更换叫号机主板，并配备手工号牌。' }] },
  })
}

type Answered = { id: string; lobby: Lobby; on: string; done: boolean }
/** Who receives the report answers it; what he decides are tasks from that moment on. */
async function answer(services: Services, { id, lobby: one, on, done }: Answered): Promise<void> {
  if (on >= today) return
  const receiver = await services.db.asBatch((tx) => tx.one(sql<{ staff_no: string; staff_key: number }>`SELECT s.staff_no, s.staff_key FROM day_report r JOIN organisation_staff_facts s ON s.staff_key = r.receiver_key WHERE r.id = ${id}`))
  const measures = [
    { title: '午间增开弹性窗口', content: '11:30 至 13:30 增开一个窗口，两周后看等候时间', ownerKey: receiver.staff_key }, { title: '制作大字版操作卡', content: '放在智能柜台和填单台，每台两张', ownerKey: one.staff_key },
  ].slice(0, 1 + draw(2, id, 'measures')).map((measure, place) => ({ ...measure, id: demoId(on, 'measure', id, place), dueOn: addWorkingDays(chinaCalendar, on, 10) }))
  await actAs(services, { staffNo: receiver.staff_no, day: on, route: answerReportRoute, params: { reportId: id }, body: { answer: '意见收到。以下措施请按期落实，下月汇报写明效果。', measures }, key: `demo-answer-${id}` })
  for (const measure of measures) {
    if (measure.ownerKey !== one.staff_key) continue
    const act = (name: string, day: string, note: string | null, by: string): Promise<unknown> => actAs(services, { staffNo: by, day, route: actOnTaskRoute, params: { taskId: measure.id }, body: { act: name, note }, key: `demo-measure-${measure.id}-${name}` })
    await act('ACCEPT', on, null, one.staff_no)
    if (!done) continue
    const on2 = addWorkingDays(chinaCalendar, on, 5)
    await act('REPORT', on2, '操作卡已放置，客户反映清楚', one.staff_no)
    await act('CONFIRM', next(on2), null, receiver.staff_no)
  }
}

/**
 * Two months of reports: of the stories' people one by one with signatures and comments, of all others by their fortnights; books, monthly reports, answers and measures. In a bank that already asked for duties the days since then are made too
 * and prove them; in a new one those days are made with the duties themselves.
 */
export async function makeDayReports(services: Services, full: boolean, onProgress: OnProgress): Promise<void> {
  const begun = await services.db.asBatch((tx) => tx.maybe(sql`SELECT 1 FROM duties_instance_facts LIMIT 1`))
  const days = workdaysBetween(full ? reportsFrom : '2026-11-02', today)
  const tell = (done: number): Promise<void> => Promise.resolve(onProgress('日报 / daily reports', done, days.length))
  for (let place = 0; place < days.length; place += daysAtOnce) await reportsOfOthers(services, days.slice(place, place + daysAtOnce))
  for (const [place, day] of days.entries()) {
    if (!begun && day >= dutiesFrom) break
    await reportsOfDay(services, day)
    if (place % 5 === 0) await tell(place)
  }
  await lobbyMonths(services, full)
  if (begun) {
    await reportsOfDay(services, today)
    await runDutyDay(services.db, today, { digestsAnew: true })
  }
  await tell(days.length)
}
