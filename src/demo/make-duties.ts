import { actOnTaskRoute } from '../duties/act-on-task.ts'
import { finishMany } from '../duties/finish-many.ts'
import { giveTaskRoute } from '../duties/give-task.ts'
import { confirmDutyRoute, proposeDutyRoute } from '../duties/keep-duties.ts'
import { runDutyDay } from '../duties/run-duty-day.ts'
import { sql } from '../foundation/database/transaction.ts'
import type { Services } from '../foundation/http/route.ts'
import type { OnProgress } from '../foundation/jobs/run-job.ts'
import { addDays } from '../foundation/values/business-date.ts'
import { chinaCalendar } from '../foundation/values/working-calendar.ts'
import { actAs } from './act-as.ts'
import { demoId } from './demo-id.ts'
import { customers, demoBank, people } from './known-cases.ts'
import { dutiesFrom, reportsOfDay } from './make-day-reports.ts'

/** Confirmed by hand; daily reports and logs are proved by the reports themselves (make-day-reports.ts). */
const evidences: Readonly<Record<string, readonly string[]>> = {
  'D-02': ['到会 8 人，纪要已发'], 'D-10': ['午间检查正常，叫号机重启一次'], 'D-10A': ['开门前检查正常，已补充宣传折页'], 'D-34': ['纠正等候区秩序 1 次，已复查'],
}

type Owed = { staff_no: string; duty_code: string; period_key: string; due_on: string }

/** Two weeks of duties with what people confirmed, and tasks in all their states; a duty of the bank's own. Made by the product's own steps, the same in every run. */
export async function makeDuties(services: Services, onProgress: OnProgress): Promise<void> {
  await ownDuty(services)
  let done = 0
  for (let day = dutiesFrom; day < demoBank.today; day = addDays(day, 1)) {
    if (!chinaCalendar.isWorkday(day)) continue
    // a day that was run is not run again: what was given later would be told of it
    const ran = await services.db.asBatch((tx) => tx.maybe(sql`SELECT 1 FROM duty_day WHERE day = ${day}`))
    if (!ran) await runDutyDay(services.db, day)
    await services.db.asBatch(async (tx) => {
      const owed = await tx.all(sql<Owed>`
        SELECT s.staff_no, i.duty_code, i.period_key, i.due_on FROM duties_instance_facts i JOIN organisation_staff_facts s ON s.staff_key = i.staff_key
        WHERE i.state = 'OPEN' AND i.due_on = ${day} AND i.duty_code = ANY(${Object.keys(evidences)}::text[]) ORDER BY s.staff_no, i.duty_code`)
      const finished = owed.flatMap((one, place) => {
        // one in nine forgets, one in nine is late
        const chance = (Number(one.staff_no.slice(-3)) * 7 + Number(day.slice(8)) * 5 + place) % 9
        const words = evidences[one.duty_code] ?? []
        return chance === 0 ? [] : [{ staffNo: one.staff_no, code: one.duty_code, period: one.period_key, on: chance === 1 ? addDays(one.due_on, 1) : one.due_on, evidence: words[(place + chance) % words.length] ?? '已办理' }]
      })
      if (finished.length > 0) await finishMany(tx, demoId(day, 'duties-done', 0), finished, 'demo bank')
    })
    await reportsOfDay(services, day)
    await onProgress('职责 / duties', (done += 1), 11)
  }
  await makeTasks(services)
  await reportsOfDay(services, demoBank.today)
  await runDutyDay(services.db, demoBank.today, { digestsAnew: true })
}

async function ownDuty(services: Services): Promise<void> {
  await actAs(services, {
    staffNo: people.hr, day: '2026-11-06', route: proposeDutyRoute, body: {
      id: demoId('2026-11-06', 'own-duty', 0), code: 'B-01', name: '年末旺季客户名单核对', posts: ['RM'], period: 'MONTH', due: { kind: 'WORKING_DAY', n: 18, after: false }, content: '核对名下年末旺季客户名单，标注资金回笼时间', evidence: '核对户数与要点',
    },
  })
  await actAs(services, { staffNo: people.admin, day: '2026-11-06', route: confirmDutyRoute, params: { code: 'B-01', version: 1 }, key: 'demo-own-duty' })
}

type Told = { day: string; by: string; act: string; note?: string; dueOn?: string }
type Story = { day: string; by: string; to: string; title: string; content: string; source: string; dueOn: string; evidenceAsked: string; customer?: string; priority?: string; then: readonly Told[] }

const stories: readonly Story[] = [
  { day: '2026-11-20', by: people.teamLead, to: people.manager, title: '准备旺季走访路线', content: '按开发区、城南两条线安排，每天不超过四户', source: 'LEADER', dueOn: '2026-11-25', evidenceAsked: '路线表', then: [] },
  { day: '2026-11-16', by: people.teamLead, to: people.manager, title: '约见共有客户财务负责人', content: '了解年末资金安排，提出方案', source: 'MEETING', dueOn: '2026-11-24', evidenceAsked: '走访记录', customer: customers.shared, then: [{ day: '2026-11-16', by: people.manager, act: 'ACCEPT' }, { day: '2026-11-18', by: people.manager, act: 'NOTE', note: '已约周二上午，财务负责人出席' }] },
  { day: '2026-11-12', by: people.teamLead, to: people.manager, title: '整理到期存款续存方案', content: '十二月到期客户逐户一句话方案', source: 'LEADER', dueOn: '2026-11-20', evidenceAsked: '方案表', then: [{ day: '2026-11-12', by: people.manager, act: 'ACCEPT' }, { day: '2026-11-20', by: people.manager, act: 'REPORT', note: '23 户已整理，重点 5 户附测算' }] },
  { day: '2026-11-10', by: people.teamLead, to: people.colleague, title: '补齐客户证件有效期', content: '证件三个月内到期的客户逐户联系', source: 'AUDIT', dueOn: '2026-11-18', evidenceAsked: '更新清单', then: [{ day: '2026-11-10', by: people.colleague, act: 'ACCEPT' }, { day: '2026-11-17', by: people.colleague, act: 'REPORT', note: '已更新 11 户' }, { day: '2026-11-18', by: people.teamLead, act: 'RETURN', note: '还有 4 户未说明原因，请补充' }] },
  { day: '2026-11-09', by: people.teamLead, to: people.corporateManager, title: '企业授信资料补充清单', content: '列出缺少的报表和证照', source: 'UPPER_LEVEL', dueOn: '2026-11-13', evidenceAsked: '清单', then: [{ day: '2026-11-09', by: people.corporateManager, act: 'ACCEPT' }] },
  { day: '2026-11-09', by: people.teamLead, to: people.manager, title: '晨会分享一则案例', content: '五分钟，讲清客户需求如何发现', source: 'MEETING', dueOn: '2026-11-12', evidenceAsked: '提纲', then: [{ day: '2026-11-09', by: people.manager, act: 'ACCEPT' }, { day: '2026-11-12', by: people.manager, act: 'REPORT', note: '周四晨会已分享' }, { day: '2026-11-12', by: people.teamLead, act: 'CONFIRM' }] },
  { day: '2026-11-18', by: people.teamLead, to: people.colleague, title: '社区金融讲座', content: '联系物业，月底前办一场', source: 'LEADER', dueOn: '2026-11-27', evidenceAsked: '照片与签到', then: [{ day: '2026-11-18', by: people.colleague, act: 'QUESTION', note: '场地费用由哪项列支？' }] },
  { day: '2026-11-13', by: people.teamLead, to: people.corporateManager, title: '走访开发区三家企业', content: '了解扩产与用工', source: 'LEADER', dueOn: '2026-11-24', evidenceAsked: '走访记录', priority: 'HIGH', then: [{ day: '2026-11-13', by: people.corporateManager, act: 'ACCEPT' }, { day: '2026-11-19', by: people.corporateManager, act: 'ASK_EXTENSION', note: '一家企业负责人出差', dueOn: '2026-11-30' }, { day: '2026-11-20', by: people.teamLead, act: 'EXTEND' }] },
  { day: '2026-11-16', by: people.teamLead, to: people.manager, title: '统计代发工资竞争情况', content: '三家同业的条件', source: 'LEADER', dueOn: '2026-11-23', evidenceAsked: '对比表', then: [{ day: '2026-11-17', by: people.teamLead, act: 'WITHDRAW', note: '分行已统一收集，不再需要' }] },
  { day: '2026-11-19', by: people.manager, to: people.manager, title: '给曾丽移交讲座资料', content: '客户名单与反馈', source: 'RM_OWN', dueOn: '2026-11-23', evidenceAsked: '已发送', then: [] },
]

async function makeTasks(services: Services): Promise<void> {
  const { keys, ids } = await services.db.asBatch(async (tx) => ({
    keys: new Map((await tx.all(sql<{ staff_no: string; staff_key: number }>`SELECT staff_no, staff_key FROM organisation_staff_facts WHERE staff_no = ANY(${Object.values(people)}::text[])`)).map((row) => [row.staff_no, row.staff_key])),
    ids: new Map((await tx.all(sql<{ number: string; customer_id: string }>`SELECT number, customer_id FROM customers_customer_facts WHERE number = ANY(${Object.values(customers)}::text[])`)).map((row) => [row.number, row.customer_id])),
  }))
  for (const [place, story] of stories.entries()) {
    const id = demoId(story.day, 'task', place)
    const { day, by, title, content, source, dueOn, evidenceAsked, priority = 'USUAL' } = story
    await actAs(services, { staffNo: by, day, route: giveTaskRoute, body: { id, title, content, source, owners: [keys.get(story.to)], dueOn, evidenceAsked, priority, customerId: story.customer === undefined ? null : ids.get(story.customer) ?? null } })
    for (const [step, told] of story.then.entries()) {
      await actAs(services, { staffNo: told.by, day: told.day, route: actOnTaskRoute, params: { taskId: id }, body: { act: told.act, note: told.note ?? null, dueOn: told.dueOn ?? null }, key: `demo-task-${place}-${step}` })
    }
  }
}
