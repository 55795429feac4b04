import { actOnTaskRoute } from '../duties/act-on-task.ts'
import { addMeetingActionRoute } from '../flows/add-meeting-action.ts'
import { sql } from '../foundation/database/transaction.ts'
import type { Services } from '../foundation/http/route.ts'
import type { OnProgress } from '../foundation/jobs/run-job.ts'
import { addDays } from '../foundation/values/business-date.ts'
import { chinaCalendar } from '../foundation/values/working-calendar.ts'
import { closeManyAppointments } from '../meetings/close-appointments.ts'
import { cancelAppointmentRoute, finishAppointmentRoute, planAppointmentRoute } from '../meetings/keep-appointments.ts'
import { markAttendanceRoute, nameFocusRoute, prepareMeetingRoute, saveMeetingPartRoute, turnMeetingRoute } from '../meetings/keep-meetings.ts'
import { givePraiseRoute } from '../meetings/keep-praise.ts'
import { actAs } from './act-as.ts'
import { demoId } from './demo-id.ts'
import { demoBank, people } from './known-cases.ts'

/** From this Monday on the team met every morning. */
const firstDay = '2026-09-28'
/** Whose appointments stand in the calendar. */
const planners = [people.manager, people.colleague, people.corporateManager]

const words: Readonly<Record<string, readonly string[]>> = {
  GOALS: ['本月存款净增 800 万元，时间进度 {p}%；核心客户联系不过周三', '本周走访 24 户，到期续存率不低于 80%', '今天每人两户到期客户，一户新需求'],
  YESTERDAY: ['昨日两笔大额转出均已联系，一笔为采购付款，月底回流', '昨日到期续存三笔，共 210 万元', '昨日新增需求卡两张'],
  MORALE: ['旺季还有六周，先把名下最熟的十户走完', '上周全员覆盖率超过八成，继续'],
  NOTICES: ['周三下午反洗钱培训，全员参加', '双录设备今日检修，改用二号柜', '客户证件到期清单已下发，本周内联系', '年末限额以书面通知为准，不口头承诺'],
  PROSPECT: ['开发区一家配套厂代发工资在邻行，先从结算切入', '商圈新开连锁餐饮，收单与代发一起谈'],
  ANALYSIS: ['从流水看旺季备货提前两周，先谈票据再谈贷款', '家庭资产七成在定期，明年一月集中到期'],
  TECHNIQUE: ['角色演练：续存谈判，先问用途再谈期限；观察人反馈语速偏快', '角色演练：电话约见，三十秒说清来意'],
  AWARENESS: ['案例：客户转走 300 万元前两周已有三次咨询，没有人记录'],
}
const actionTitles = ['逐户联系本周到期客户', '约见旺季备货客户', '更新客户证件有效期', '整理代发工资方案', '走访商圈三户']
const reasons = ['走访开发区', '分行培训', '年休假', '陪同客户办理']

type Team = { keys: number[]; ids: Map<number, string> }

/** Eight weeks of morning meetings of the first team with their actions, praise, and appointments of three managers: made on their days by the people themselves, the same in every run. */
export async function makeMeetings(services: Services, onProgress: OnProgress): Promise<void> {
  const staff = await services.db.asBatch((tx) => tx.all(sql<{ staff_no: string; staff_key: number }>`SELECT staff_no, staff_key FROM organisation_staff_facts`))
  const numbers: Team['ids'] = new Map(staff.map((row) => [row.staff_key, row.staff_no]))
  const keyOf = (staffNo: string): number => staff.find((row) => row.staff_no === staffNo)?.staff_key ?? 0
  const customers = await services.db.asBatch((tx) => tx.all(sql<{ customer_id: string; staff_no: string }>`
    SELECT k.customer_id, s.staff_no FROM customers_customer_facts k JOIN organisation_staff_facts s ON s.staff_key = k.main_staff_key JOIN customers_assignment_facts a ON a.customer_id = k.customer_id AND a.main AND a.to_date IS NULL AND a.from_date <= ${firstDay}
    WHERE s.staff_no = ANY(${planners}::text[]) AND k.status = 'ACTIVE' ORDER BY k.number LIMIT 120`))
  const days: string[] = []
  for (let day = firstDay; day < demoBank.today; day = addDays(day, 1)) if (chinaCalendar.isWorkday(day)) days.push(day)
  for (const [nth, day] of days.entries()) {
    await meet(services, { day, nth, numbers, last: nth === days.length - 1, customers, keyOf })
    if (nth % 10 === 0) await onProgress('晨会 / meetings', nth, days.length)
  }
  // today's is prepared, and waits for 8:15
  await actAs(services, { staffNo: people.teamLead, day: demoBank.today, route: prepareMeetingRoute, body: { id: demoId(demoBank.today, 'meeting'), day: demoBank.today } })
  await makeAppointments(services, customers, keyOf)
  await onProgress('晨会 / meetings', days.length, days.length)
}

type Meet = { day: string; nth: number; numbers: Team['ids']; last: boolean; customers: readonly { customer_id: string; staff_no: string }[]; keyOf: (staffNo: string) => number }

async function meet(services: Services, { day, nth, numbers, last, customers, keyOf }: Meet): Promise<void> {
  const meetingId = demoId(day, 'meeting')
  const params = { meetingId }
  const lead = (route: Parameters<typeof actAs>[1]['route'], body: unknown, key: string): Promise<unknown> => actAs(services, { staffNo: people.teamLead, day, route, params, body, key: `demo-meeting-${day}-${key}` })
  await actAs(services, { staffNo: people.teamLead, day, route: prepareMeetingRoute, body: { id: meetingId, day } })
  const there = await services.db.asBatch((tx) => tx.all(sql<{ staff_key: number }>`SELECT staff_key FROM meeting_attendance WHERE meeting_id = ${meetingId} ORDER BY staff_key`))
  const held = ['GOALS', 'NOTICES', 'YESTERDAY', ...(nth % 2 === 0 ? ['TECHNIQUE', 'ANALYSIS'] : ['PROSPECT', 'MORALE']), ...(nth % 5 === 4 ? ['AWARENESS'] : [])]
  await lead(turnMeetingRoute, { to: 'RUNNING' }, 'begin')
  const colleagues = there.filter((one) => numbers.get(one.staff_key) !== people.teamLead)
  for (const [place, part] of held.entries()) {
    const of = words[part] ?? []
    // the lead tells goals, notices and yesterday; the others take the parts in turn
    const by = place < 3 ? undefined : colleagues[(nth + place) % Math.max(colleagues.length, 1)]
    await lead(saveMeetingPartRoute, { part, minutes: 4, content: (of[nth % of.length] ?? '').replace('{p}', String(Math.round((Number(day.slice(8)) / 30) * 100))), held: true, ownerKey: by?.staff_key ?? keyOf(people.teamLead) }, part)
  }
  const away = there.length > 2 ? nth % (there.length + 3) : -1
  await lead(markAttendanceRoute, { marks: there.map((one, place) => (place === away && numbers.get(one.staff_key) !== people.teamLead ? { staffKey: one.staff_key, mark: place % 3 === 0 ? 'LEAVE' : 'OUT', reason: reasons[nth % reasons.length] } : { staffKey: one.staff_key, mark: 'PRESENT' })) }, 'marks')
  if (nth % 2 === 0) {
    const owner = planners[nth % planners.length] ?? people.manager
    if (there.some((one) => one.staff_key === keyOf(owner))) {
      await actAs(services, { staffNo: people.teamLead, day, route: addMeetingActionRoute, params, body: { id: demoId(day, 'meeting-action'), title: actionTitles[nth % actionTitles.length], ownerKey: keyOf(owner), dueOn: addDays(day, 3) } })
      const { task_id: taskId } = await services.db.asBatch((tx) => tx.one(sql<{ task_id: string }>`SELECT task_id FROM meeting_action WHERE id = ${demoId(day, 'meeting-action')}`))
      const act = (name: string, note: string | null, by: string): Promise<unknown> => actAs(services, { staffNo: by, day, route: actOnTaskRoute, params: { taskId }, body: { act: name, note }, key: `demo-meeting-task-${day}-${name}` })
      await act('ACCEPT', null, owner)
      if (!last && nth % 8 !== 6) {
        await act('REPORT', '已逐户联系，结果已记录', owner)
        await act('CONFIRM', null, people.teamLead)
      }
    }
  }
  if (nth % 4 === 0) {
    const own = customers.filter((one) => one.staff_no === people.manager)
    const focus = own[nth % Math.max(own.length, 1)]
    if (focus) await actAs(services, { staffNo: people.manager, day, route: nameFocusRoute, params: { customerId: focus.customer_id }, body: { id: demoId(day, 'meeting-focus'), meetingId, part: 'ANALYSIS', note: words['ANALYSIS']?.[nth % 2] ?? '旺季资金安排' } })
  }
  if (nth % 3 === 1) await actAs(services, { staffNo: nth % 2 === 0 ? people.manager : people.teamLead, day, route: givePraiseRoute, body: { id: demoId(day, 'praise'), toKey: keyOf(nth % 2 === 0 ? people.colleague : people.manager), content: nth % 2 === 0 ? '主动帮同事接待临时来访的客户' : '到期客户提前两周联系，续存三笔', source: nth % 2 === 0 ? 'COLLEAGUE' : 'LEADER' } })
  await lead(turnMeetingRoute, { to: 'CLOSED' }, 'close')
}

const subjects = ['旺季资金安排', '到期续存方案', '代发工资洽谈', '回访使用情况', '结算需求了解']
const hours = ['09:30', '10:30', '14:00', '15:30'] as const

/** Appointments before contacts that were had, a few that were cancelled, some inside of the bank, and those of this week. */
async function makeAppointments(services: Services, customers: readonly { customer_id: string; staff_no: string }[], keyOf: (staffNo: string) => number): Promise<void> {
  const had = await services.db.asBatch((tx) => tx.all(sql<{ customer_id: string; staff_no: string; day: string }>`
    SELECT * FROM (
      SELECT c.customer_id, s.staff_no, c.business_date AS day, row_number() OVER (PARTITION BY c.staff_key ORDER BY c.business_date, c.contact_id) AS place
      FROM visits_contact_facts c JOIN organisation_staff_facts s ON s.staff_key = c.staff_key
      WHERE s.staff_no = ANY(${planners}::text[]) AND c.effective AND c.in_person AND c.business_date BETWEEN ${firstDay} AND ${demoBank.today} AND c.customer_id = ANY(${customers.map((one) => one.customer_id)}::uuid[])) f
    WHERE place <= 12 ORDER BY staff_no, day, customer_id`))
  const plan = (staffNo: string, on: string, body: Record<string, unknown>): Promise<unknown> => actAs(services, { staffNo, day: on, route: planAppointmentRoute, body })
  const when = (place: number): { from: string; to: string } => {
    const from = hours[place % hours.length] ?? '09:30'
    return { from, to: `${String(Number(from.slice(0, 2)) + 1).padStart(2, '0')}${from.slice(2)}` }
  }
  for (const [place, one] of had.entries()) {
    await plan(one.staff_no, addDays(one.day, -2), { id: demoId(one.day, 'appointment', place), customerId: one.customer_id, day: one.day, ...when(place), kind: place % 4 === 3 ? 'RECEIVE' : 'VISIT', subject: subjects[place % subjects.length], place: place % 4 === 3 ? '营业部洽谈室' : '客户处' })
  }
  for (const [place, one] of customers.slice(0, 9).entries()) {
    const on = addDays(demoBank.today, -21 + place)
    const id = demoId(on, 'appointment-cancelled', place)
    await plan(one.staff_no, addDays(on, -1), { id, customerId: one.customer_id, day: on, ...when(place), kind: 'VISIT', subject: subjects[place % subjects.length] })
    if (place < 6) await actAs(services, { staffNo: one.staff_no, day: on, route: cancelAppointmentRoute, params: { appointmentId: id }, body: { reason: place % 2 === 0 ? '客户出差，改到下月' : '天气原因，改为电话' }, key: `demo-appointment-${place}` })
  }
  for (const [place, staffNo] of planners.entries()) {
    const on = addDays(demoBank.today, -4)
    const id = demoId(on, 'appointment-inside', place)
    await plan(staffNo, on, { id, customerId: null, day: on, from: '16:00', to: '17:00', kind: 'INTERNAL', subject: '产品培训：大额存单', place: '三楼会议室' })
    await actAs(services, { staffNo, day: on, route: finishAppointmentRoute, params: { appointmentId: id }, key: `demo-appointment-inside-${place}` })
    const own = customers.filter((one) => one.staff_no === staffNo)
    for (const [nth, one] of own.slice(10, 15).entries()) {
      const day = addDays(demoBank.today, nth)
      await plan(staffNo, addDays(demoBank.today, -1), { id: demoId(day, 'appointment-ahead', staffNo, nth), customerId: one.customer_id, day, ...when(nth + place), kind: nth === 2 ? 'CALL' : 'VISIT', subject: subjects[(nth + place) % subjects.length], place: nth === 2 ? null : '客户处', people: nth === 1 && staffNo !== people.colleague ? [keyOf(people.colleague)] : [] })
    }
  }
  await services.db.asBatch((tx) => closeManyAppointments(tx, demoId(demoBank.today, 'appointments-closed'), 'demo bank'))
}
