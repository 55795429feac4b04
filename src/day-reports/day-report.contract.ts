import { z } from 'zod'
import { endpoint, mayDo, page, pageQuery, type Refusals } from '../foundation/http/contract.ts'
import { dayText, fenText, idText, monthText, newIdText, safeText } from '../foundation/values/api-values.ts'

const kindCode = z.string().regex(/^[A-Z][A-Z_]{2,29}$/, { error: 'DAILY' })
/** A day, a month, or the report's own id. */
const periodKey = z.string().regex(/^(\d{4}-\d{2}(-\d{2})?|[0-9a-f-]{36})$/, { error: 'YYYY-MM-DD' })
const sectionCode = z.string().regex(/^[a-z]{2,20}$/, { error: 'section' })
/** What a person wrote, by section; an empty section is left out. */
const texts = z.array(z.strictObject({ section: sectionCode, text: safeText(2000, { multiline: true }) })).max(20)
const staff = z.number().int().positive().max(2_147_483_647)

const factShown = z.strictObject({
  id: idText, kind: z.string(), kindZh: z.string(), kindEn: z.string(), zh: z.string(), en: z.string(), customerId: idText.nullable(),
  /** Null: no customer, or one whom the reader may not see. */
  customerName: z.string().nullable(), amountFen: fenText.nullable(), address: z.string().nullable(),
})
export type FactShown = z.output<typeof factShown>
const sectionShown = z.strictObject({ code: z.string(), zh: z.string(), en: z.string(), required: z.boolean(), next: dayText.nullable(), facts: z.array(factShown), text: z.string().nullable() })
export type SectionShown = z.output<typeof sectionShown>
const kindShown = z.strictObject({ code: z.string(), zh: z.string(), en: z.string(), period: z.enum(['DAY', 'MONTH', 'EVENT']), answers: z.boolean() })
export type KindShown = z.output<typeof kindShown>
const note = z.strictObject({ id: idText, kind: z.enum(['COMMENT', 'ADDITION', 'ANSWER']), by: z.string(), on: dayText, at: z.string(), note: z.string() })
const measure = z.strictObject({ id: idText, title: z.string(), owner: z.string(), dueOn: dayText, taskId: idText })
const reportShown = z.strictObject({
  id: idText, kind: kindShown, period: z.string(), staffKey: z.number().int(), staffName: z.string(), unitName: z.string(), channel: z.enum(['SELF', 'PHONE']), recordedBy: z.string(), confirmedOn: dayText, confirmedAt: z.string(), dueOn: dayText,
  late: z.boolean(), receiver: z.string().nullable(), answerDueOn: dayText.nullable(), answerDaysLeft: z.number().int().nullable(), answeredOn: dayText.nullable(), answeredBy: z.string().nullable(), signedOn: dayText.nullable(), signedBy: z.string().nullable(),
  sections: z.array(sectionShown), notes: z.array(note), measures: z.array(measure), may: mayDo,
})
export type ReportShown = z.output<typeof reportShown>

/** Most fundamental first. */
const periodRefusals = {
  'kind-unknown': { status: 404, zh: '没有这种报告，或不由您的岗位填写', en: 'There is no such report, or your post does not write it' },
  'calendar-unknown': { status: 409, zh: '工作日历不含 {day}，不能确定期限。请管理员录入该年度', en: 'The working calendar does not know {day}. Ask the administrator to enter the year' },
  'day-to-come': { status: 422, zh: '未能提交。{day} 还没有到，不能提前汇报', en: 'Not submitted. {day} lies in the future' },
  'not-employed': { status: 409, zh: '未能提交。{name} 在 {day} 不在此岗位（已离任或尚未到岗），当日不需汇报', en: 'Not submitted. {name} did not hold this post on {day}: no report is owed' },
  'absent-that-day': { status: 409, zh: '未能提交。{name} 在 {day} 缺勤，由 {substitute} 代班，请由代班人在自己的汇报中说明', en: 'Not submitted. {name} was away on {day}; {substitute} stood in and reports in his own report' },
  'no-working-day': { status: 422, zh: '未能提交。{day} 不是工作日，不需汇报', en: 'Not submitted. {day} is no working day' },
  'month-not-over': { status: 422, zh: '未能提交。{day} 尚未结束，月报在月末后提交', en: 'Not submitted. The month {day} is not over yet' },
  'reported-already': { status: 409, zh: '未能提交。{day} 已汇报。更正请在原汇报中补充', en: 'Not submitted. {day} was reported already. Add a correction to that report' },
  'day-closed': { status: 409, zh: '未能提交。{day} 的汇报已于 {closed} 截止', en: 'Not submitted. Reports of {day} were closed on {closed}' },
  'section-unknown': { status: 422, zh: '未能提交。此报告没有栏目 {section}，或同一栏目出现两次。请刷新后重试', en: 'Not submitted. This report has no section {section}, or it stands in it twice. Reload and try again' },
  'section-missing': { status: 422, zh: '未能提交。请填写“{section}”', en: 'Not submitted. Fill in “{sectionEn}”' },
  'no-receiver': { status: 409, zh: '未能提交。找不到应答复的负责人，已停止。请联系管理员', en: 'Not submitted. Nobody is there who must answer. Ask the administrator' },
} as const satisfies Refusals

/** The report of a period as it would be confirmed now, or as it was confirmed. Without period: today, or the month before. */
export const getMyReport = endpoint({
  id: 'day-reports.mine', method: 'GET', path: '/api/my-day-report', text: { zh: '查看我的汇报', en: 'See my report' }, permission: 'day-report.write',
  query: z.strictObject({ kind: kindCode.optional(), period: periodKey.optional() }),
  reply: z.strictObject({
    asOf: dayText, kinds: z.array(kindShown), kind: kindShown, period: z.string(), dueOn: dayText.nullable(), dueTime: z.string().nullable(), sections: z.array(sectionShown), more: z.boolean(), report: reportShown.nullable(), may: mayDo,
    /** Of the named reason, when it may not be confirmed. */
    details: z.record(z.string(), z.string()),
  }),
  refusals: { 'kind-unknown': periodRefusals['kind-unknown'] },
})
export const confirmMyReport = endpoint({
  id: 'day-reports.confirm', method: 'POST', path: '/api/day-reports', text: { zh: '提交汇报', en: 'Confirm a report' }, permission: 'day-report.write', writes: 'create',
  body: z.strictObject({ id: newIdText, kind: kindCode, period: periodKey, texts }), reply: z.strictObject({ id: idText, late: z.boolean() }), refusals: periodRefusals,
})
/** A superior records what was told by phone (seed 9·一·2(一): 外出或陪同客户时可电话汇报). */
export const recordPhoneReport = endpoint({
  id: 'day-reports.phone', method: 'POST', path: '/api/day-reports/by-phone', text: { zh: '代录电话汇报', en: 'Record a report by phone' }, permission: 'day-report.supervise', writes: 'create',
  body: z.strictObject({ id: newIdText, kind: kindCode, period: periodKey, staffKey: staff, texts }), reply: z.strictObject({ id: idText, late: z.boolean() }),
  refusals: { 'own-report': { status: 409, zh: '未能代录。本人的汇报请自己提交', en: 'Not recorded. Confirm your own report yourself' }, ...periodRefusals },
})
const ofReport = z.strictObject({ reportId: idText })
export const getReport = endpoint({
  id: 'day-reports.get', method: 'GET', path: '/api/day-reports/:reportId', text: { zh: '查看汇报', en: 'See a report' }, permission: 'day-report.read', params: ofReport, reply: z.strictObject({ asOf: dayText, report: reportShown }),
})
const listed = z.strictObject({ id: idText, kind: kindShown, period: z.string(), confirmedOn: dayText, late: z.boolean(), channel: z.enum(['SELF', 'PHONE']), signedOn: dayText.nullable(), answeredOn: dayText.nullable(), notes: z.number().int(), facts: z.number().int() })
export type ListedReport = z.output<typeof listed>
export const listMyReports = endpoint({
  id: 'day-reports.mine-list', method: 'GET', path: '/api/my-day-reports', text: { zh: '查看我的历次汇报', en: 'List my reports' }, permission: 'day-report.write', query: z.strictObject(pageQuery), reply: page(listed),
})

export const dayStates = ['ON_TIME', 'LATE', 'MISSING', 'NOT_YET', 'ABSENT', 'EXCUSED'] as const
export type DayState = (typeof dayStates)[number]
const unitPerson = z.strictObject({ staffKey: z.number().int(), staffName: z.string(), unitName: z.string(), state: z.enum(dayStates), reportId: idText.nullable(), channel: z.enum(['SELF', 'PHONE']).nullable(), signedOn: dayText.nullable(), facts: z.number().int(), substitute: z.string().nullable(), may: mayDo })
export type UnitPerson = z.output<typeof unitPerson>
/** Who of the reader's line owes the report of a day, and how it stands: missing first. */
export const listUnitReports = endpoint({
  id: 'day-reports.unit', method: 'GET', path: '/api/unit-day-reports', text: { zh: '查看本机构汇报', en: 'See the reports of the unit' }, permission: 'day-report.supervise',
  query: z.strictObject({ kind: kindCode.default('DAILY'), day: dayText.optional() }),
  reply: z.strictObject({ asOf: dayText, day: dayText, kinds: z.array(kindShown), workingDay: z.boolean(), items: z.array(unitPerson), more: z.boolean() }), refusals: { 'kind-unknown': periodRefusals['kind-unknown'] },
})
const monthPerson = z.strictObject({ staffKey: z.number().int(), staffName: z.string(), unitName: z.string(), expected: z.number().int(), onTime: z.number().int(), late: z.number().int(), missing: z.number().int(), excused: z.number().int(), signed: z.number().int(), missingDays: z.array(dayText) })
export type MonthPerson = z.output<typeof monthPerson>
export const countUnitReports = endpoint({
  id: 'day-reports.unit-month', method: 'GET', path: '/api/unit-day-reports/month', text: { zh: '查看本机构迟报与缺报', en: 'See what was late and missing in the unit' }, permission: 'day-report.supervise',
  query: z.strictObject({ kind: kindCode.default('DAILY'), month: monthText.optional() }),
  reply: z.strictObject({ asOf: dayText, month: monthText, items: z.array(monthPerson), units: z.array(z.strictObject({ unitName: z.string(), expected: z.number().int(), onTime: z.number().int(), late: z.number().int(), missing: z.number().int() })), more: z.boolean() }),
  refusals: { 'kind-unknown': periodRefusals['kind-unknown'] },
})
/** Reports that ask for an answer, those that wait first. */
export const listReportsToAnswer = endpoint({
  id: 'day-reports.to-answer', method: 'GET', path: '/api/day-reports-to-answer', text: { zh: '查看待答复的报告', en: 'See reports to be answered' }, permission: 'day-report.supervise', query: z.strictObject(pageQuery),
  reply: page(listed.extend({ staffName: z.string(), unitName: z.string(), receiver: z.string().nullable(), answerDueOn: dayText, answerDaysLeft: z.number().int().nullable() })),
})

const judging = { 'own-report': { status: 409, zh: '未能办理。本人的汇报由上级审阅', en: 'Not done. Your own report is read by your superior' } } as const
export const noteReport = endpoint({
  id: 'day-reports.note', method: 'POST', path: '/api/day-reports/:reportId/notes', text: { zh: '点评或补充汇报', en: 'Comment on a report or add to it' }, permission: 'day-report.read', writes: 'create', params: ofReport,
  body: z.strictObject({ id: newIdText, note: safeText(1000, { multiline: true }) }), reply: z.strictObject({ id: idText, kind: z.enum(['COMMENT', 'ADDITION']) }),
  refusals: { 'not-your-line': { status: 403, zh: '未能点评。汇报由本人补充，由其上级点评', en: 'Not noted. Its author adds to a report, his superiors comment' } },
})
export const signReport = endpoint({
  id: 'day-reports.sign', method: 'POST', path: '/api/day-reports/:reportId/sign', text: { zh: '审阅汇报', en: 'Sign a report off' }, permission: 'day-report.supervise', writes: 'act', params: ofReport,
  body: z.strictObject({ note: safeText(1000, { multiline: true }).nullable().default(null) }), reply: z.strictObject({ signedOn: dayText }),
  refusals: { ...judging, 'signed-already': { status: 409, zh: '未能审阅。此汇报已由 {name} 审阅', en: 'Not signed. {name} signed it already' }, 'answer-first': { status: 409, zh: '未能审阅。此报告须以措施答复', en: 'Not signed. This report asks for an answer with measures' } },
})
/** The answer with measures; each measure becomes an assigned task. */
export const answerReport = endpoint({
  id: 'day-reports.answer', method: 'POST', path: '/api/day-reports/:reportId/answer', text: { zh: '答复报告', en: 'Answer a report' }, permission: 'day-report.supervise', writes: 'act', params: ofReport,
  body: z.strictObject({ answer: safeText(1000, { multiline: true, min: 2 }), measures: z.array(z.strictObject({ id: newIdText, title: safeText(60), content: safeText(500, { multiline: true }), ownerKey: staff, dueOn: dayText })).max(10) }),
  reply: z.strictObject({ answeredOn: dayText, late: z.boolean(), tasks: z.number().int() }),
  refusals: {
    ...judging,
    'no-answer-asked': { status: 409, zh: '未能答复。此报告不需要答复', en: 'Not answered. This report asks for no answer' },
    'answered-already': { status: 409, zh: '未能答复。此报告已由 {name} 答复', en: 'Not answered. {name} answered it already' },
    'not-employed': { status: 422, zh: '未能答复。有人已不在岗，请重新选择责任人', en: 'Not answered. Somebody does not work here any more' },
    'not-your-line': { status: 422, zh: '未能答复。{names} 不在您的条线，措施不能交给他', en: 'Not answered. {names} is not in your line' },
    'in-the-past': { status: 422, zh: '未能答复。措施期限不能早于今天', en: 'Not answered. A measure cannot be due in the past' },
    'calendar-unknown': periodRefusals['calendar-unknown'],
  },
})

const bookEntry = z.strictObject({ id: idText, customerId: idText.nullable(), customerName: z.string().nullable(), tier: z.string().nullable(), notedOn: dayText, staffName: z.string(), unitName: z.string(), facts: z.string(), service: z.string().nullable(), needs: z.string().nullable() })
export type BookEntry = z.output<typeof bookEntry>
export const listCustomerBook = endpoint({
  id: 'customer-book.list', method: 'GET', path: '/api/customer-book', text: { zh: '查看客户资源信息簿', en: 'See the customer book' }, permission: 'customer-book.read', query: z.strictObject({ ...pageQuery, customerId: idText.optional() }), reply: page(bookEntry),
})
export const noteInCustomerBook = endpoint({
  id: 'customer-book.note', method: 'POST', path: '/api/customer-book', text: { zh: '登记客户资源信息簿', en: 'Enter into the customer book' }, permission: 'customer-book.write', writes: 'create',
  body: z.strictObject({ id: newIdText, customerId: idText, facts: safeText(500, { multiline: true }), service: safeText(500, { multiline: true }).nullable().default(null), needs: safeText(500, { multiline: true }).nullable().default(null) }),
  reply: z.strictObject({ id: idText }), refusals: { 'customer-not-seen': { status: 422, zh: '未能登记。没有找到该客户，或不在您的权限内', en: 'Not entered. The customer is not there, or not within your rights' } },
})
