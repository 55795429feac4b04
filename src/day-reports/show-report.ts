import { bankCalendar } from '../foundation/calendar/read-calendar.ts'
import { unless, verdictOf } from '../foundation/access/permission.rules.ts'
import { sql, type Sql, type Transaction } from '../foundation/database/transaction.ts'
import { handle, type Context } from '../foundation/http/route.ts'
import { monthOf, shiftMonth } from '../foundation/values/business-date.ts'
import { ok, refuse } from '../foundation/values/outcome.ts'
import { CalendarUnknown, workingDaysBetween, type WorkingCalendar } from '../foundation/values/working-calendar.ts'
import { collectFacts, type Collected } from './collect-facts.ts'
import { getMyReport, getReport, type FactShown, type ReportShown, type SectionShown } from './day-report.contract.ts'
import { draftOf, dueOn, faultOf, nextDayOf, spanOf, type Fault, type ReportKind, type Section } from './day-report.rules.ts'
import { groundOf } from './read-ground.ts'
import { kindShown, kindsOn, workdayViews, type WorkdayView } from './read-kinds.ts'

type Row = {
  id: string; kind_code: string; kind_version: number; staff_key: number; staff_name: string; unit_name: string | null; period_key: string; channel: 'SELF' | 'PHONE'; recorded_name: string; confirmed_on: string; confirmed_at: string; due_on: string; late: boolean
  texts: Record<string, string>; receiver_key: number | null; receiver_name: string | null; answer_due_on: string | null; answered_on: string | null; answered_name: string | null; signed_on: string | null; signed_name: string | null
  kind_name: string; kind_name_en: string; kind_period: ReportKind['period']; answer_days: number | null; sections: Section[]; receiver_posts: string[]
}

/** Reports as they stand, as the reader may see them. */
export function reportRows(tx: Transaction, where: Sql, limit: number): Promise<Row[]> {
  return tx.all(sql<Row>`
    SELECT r.id, r.kind_code, r.kind_version, r.staff_key, s.staff_name, u.name AS unit_name, r.period_key, r.channel, b.staff_name AS recorded_name, r.confirmed_on, r.confirmed_at, r.due_on, r.late, r.texts, r.receiver_key, v.staff_name AS receiver_name,
      r.answer_due_on, r.answered_on, a.staff_name AS answered_name, r.signed_on, g.staff_name AS signed_name, k.name AS kind_name, k.name_en AS kind_name_en, k.period AS kind_period, k.answer_days, k.sections, k.receiver_posts
    FROM day_report r JOIN report_kind k ON k.code = r.kind_code AND k.version = r.kind_version JOIN organisation_staff_facts s ON s.staff_key = r.staff_key JOIN organisation_staff_facts b ON b.staff_key = r.recorded_by
    LEFT JOIN organisation_staff_facts v ON v.staff_key = r.receiver_key LEFT JOIN organisation_staff_facts a ON a.staff_key = r.answered_by LEFT JOIN organisation_staff_facts g ON g.staff_key = r.signed_by
    LEFT JOIN organisation_institution_facts u ON u.institution_key = r.place_key AND u.from_date <= r.last_day AND (u.to_date IS NULL OR u.to_date > r.last_day)
    WHERE ${where} LIMIT ${limit}`)
}

/** Null: who reads may judge it. Only who holds a post above in its line, never the author. */
export function judgeFault(context: Context, row: Pick<Row, 'staff_key' | 'receiver_posts'>): string | null {
  const verdict = context.may('day-report.supervise')
  if (!verdict.allowed) return verdict.reason
  if (row.staff_key === context.actor.staffKey) return 'own-report'
  return row.receiver_posts.includes(context.actor.postCode) ? null : 'not-allowed'
}

function daysLeft(calendar: WorkingCalendar, today: string, due: string | null): number | null {
  if (due === null) return null
  try {
    return due >= today ? workingDaysBetween(calendar, today, due) : -workingDaysBetween(calendar, due, today)
  } catch (error) {
    if (error instanceof CalendarUnknown) return null
    throw error
  }
}

function factOf(views: readonly WorkdayView[]): (fact: Omit<Collected, 'section'>) => FactShown {
  const words = new Map(views.flatMap((view) => Object.entries(view.kinds)))
  return ({ kind, ...fact }) => ({ ...fact, customerId: fact.customerName === null ? null : fact.customerId, kind, kindZh: words.get(kind)?.zh ?? kind, kindEn: words.get(kind)?.en ?? kind, address: fact.customerId !== null && fact.customerName === null ? null : fact.address })
}

const sectionsOf = (sections: readonly Section[], facts: readonly Collected[], show: (fact: Collected) => FactShown, texts: Readonly<Record<string, string>>, next: string | null): SectionShown[] =>
  sections.map((section) => ({
    code: section.code, zh: section.zh, en: section.en, required: section.required === true, next: section.next === true ? next : null, text: texts[section.code] ?? null,
    facts: facts.filter((fact) => fact.section === section.code).map(({ section: _section, ...fact }) => show({ section: section.code, ...fact })),
  }))

export async function reportShown(tx: Transaction, context: Context, row: Row): Promise<ReportShown> {
  const views = await workdayViews(tx)
  const strip = factOf(views)
  const facts = await tx.all(sql<Collected>`
    SELECT f.section, f.kind, f.thing_id AS id, f.customer_id AS "customerId", f.title_zh AS zh, f.title_en AS en, f.amount_fen::text AS "amountFen", f.address, k.name AS "customerName"
    FROM day_report_fact f LEFT JOIN customers_customer_facts k ON k.customer_id = f.customer_id WHERE f.report_id = ${row.id} ORDER BY f.kind, k.name, f.id`)
  const notes = await tx.all(sql<ReportShown['notes'][number]>`
    SELECT n.id, n.kind, s.staff_name AS by, n.written_on AS "on", n.written_at AS at, n.note FROM day_report_note n JOIN organisation_staff_facts s ON s.staff_key = n.written_by WHERE n.report_id = ${row.id} ORDER BY n.written_at, n.id`)
  const measures = await tx.all(sql<ReportShown['measures'][number]>`
    SELECT m.id, m.title, s.staff_name AS owner, m.due_on AS "dueOn", m.task_id AS "taskId" FROM day_report_measure m JOIN organisation_staff_facts s ON s.staff_key = m.owner_key WHERE m.report_id = ${row.id} ORDER BY m.due_on, m.id`)
  const calendar = await bankCalendar(tx)
  const own = row.staff_key === context.actor.staffKey
  const judge = judgeFault(context, row)
  return {
    id: row.id, kind: { code: row.kind_code, zh: row.kind_name, en: row.kind_name_en, period: row.kind_period, answers: row.answer_days !== null }, period: row.period_key, staffKey: row.staff_key, staffName: row.staff_name, unitName: row.unit_name ?? '',
    channel: row.channel, recordedBy: row.recorded_name, confirmedOn: row.confirmed_on, confirmedAt: row.confirmed_at, dueOn: row.due_on, late: row.late, receiver: row.receiver_name, answerDueOn: row.answer_due_on,
    answerDaysLeft: row.answered_on === null ? daysLeft(calendar, context.businessDate, row.answer_due_on) : null, answeredOn: row.answered_on, answeredBy: row.answered_name, signedOn: row.signed_on, signedBy: row.signed_name,
    sections: sectionsOf(row.sections, facts, ({ section: _section, ...fact }) => strip(fact), row.texts, null), notes, measures,
    may: {
      note: verdictOf(own || judge === null ? null : 'not-your-line'),
      sign: verdictOf(judge ?? (row.signed_on !== null ? 'signed-already' : row.answer_days !== null ? 'answer-first' : null)),
      answer: verdictOf(judge ?? (row.answer_days === null ? 'no-answer-asked' : row.answered_on !== null ? 'answered-already' : null)),
    },
  }
}

/** The draft of a month: what was written on its days. */
async function monthDraft(tx: Transaction, kind: ReportKind, staffKey: number, span: { firstDay: string; lastDay: string }): Promise<Record<string, string>> {
  if (kind.draftedFrom === null) return {}
  const days = await tx.all(sql<{ day: string; texts: Record<string, string> }>`SELECT last_day AS day, texts FROM day_report WHERE kind_code = ${kind.draftedFrom} AND staff_key = ${staffKey} AND last_day BETWEEN ${span.firstDay} AND ${span.lastDay} ORDER BY last_day`)
  return draftOf(kind, days)
}

export const getMyReportRoute = handle(getMyReport, async (tx, { query }, context) => {
  const { actor, businessDate: today } = context
  const kinds = (await kindsOn(tx, today)).filter((one) => one.posts.includes(actor.postCode))
  const kind = query.kind === undefined ? kinds.find((one) => one.period === 'DAY') ?? kinds[0] : kinds.find((one) => one.code === query.kind)
  if (!kind) return refuse('kind-unknown')
  const period = query.period ?? (kind.period === 'DAY' ? today : kind.period === 'MONTH' ? shiftMonth(monthOf(today), -1) : actor.sessionId)
  const span = spanOf(kind, period, today)
  if (!span) return refuse('kind-unknown')
  const calendar = await bankCalendar(tx)
  const [row] = kind.period === 'EVENT' ? [] : await reportRows(tx, sql`r.kind_code = ${kind.code} AND r.staff_key = ${actor.staffKey} AND r.period_key = ${period}`, 1)
  const views = await workdayViews(tx)
  let fault: Fault | null
  let due: string | null = null
  try {
    due = dueOn(calendar, kind, span)
    fault = faultOf(calendar, kind, period, span, await groundOf(tx, kind, { staffKey: actor.staffKey, name: actor.name }, span, today, row !== undefined))
  } catch (error) {
    if (!(error instanceof CalendarUnknown)) throw error
    fault = { name: 'calendar-unknown', details: { day: error.day } }
  }
  const next = nextDayOf(calendar, span.lastDay)
  const { facts, more } = row !== undefined ? { facts: [], more: false } : await collectFacts(tx, views, kind, actor.staffKey, span, next)
  const strip = factOf(views)
  const texts = row === undefined ? await monthDraft(tx, kind, actor.staffKey, span) : {}
  return ok({
    asOf: today, kinds: kinds.map(kindShown), kind: kindShown(kind), period, dueOn: due, dueTime: kind.dueTime, sections: sectionsOf(kind.sections, facts, ({ section: _section, ...fact }) => strip(fact), texts, next), more,
    report: row === undefined ? null : await reportShown(tx, context, row), may: { confirm: unless(context.may('day-report.write'), fault?.name ?? null) }, details: fault?.details ?? {},
  })
})

export const getReportRoute = handle(getReport, async (tx, { params }, context) => {
  const [row] = await reportRows(tx, sql`r.id = ${params.reportId}`, 1)
  if (!row || !mayRead(context, row)) return refuse('not-found')
  return ok({ asOf: context.businessDate, report: await reportShown(tx, context, row) })
})

/** The author, and who judges: the wall of the database is wider (a lobby manager's unit holds the reports of its managers). */
export const mayRead = (context: Context, row: Pick<Row, 'staff_key' | 'receiver_posts'>): boolean => row.staff_key === context.actor.staffKey || judgeFault(context, row) === null
export { daysLeft }
