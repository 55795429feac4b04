import { bankCalendar, inKnownDays } from '../foundation/calendar/read-calendar.ts'
import { sql, type Transaction } from '../foundation/database/transaction.ts'
import type { Context } from '../foundation/http/route.ts'
import { add, bulk } from '../foundation/store/store.ts'
import { ok, refuse, type Outcome } from '../foundation/values/outcome.ts'
import { addWorkingDays } from '../foundation/values/working-calendar.ts'
import { collectFacts } from './collect-facts.ts'
import { dueOn, faultOf, isLate, nextDayOf, sectionMissing, sectionUnknown, spanOf, textsOf, type Written } from './day-report.rules.ts'
import { groundOf, receiverOf, seatOn } from './read-ground.ts'
import { kindsOn, workdayViews } from './read-kinds.ts'

export type Given = { id: string; kind: string; period: string; texts: readonly Written[]; person: { staffKey: number; name: string } }
export type Saved = { id: string; late: boolean; dutyCode: string | null; period: string; staffKey: number }

const hourIn = (now: Date): string => new Intl.DateTimeFormat('en-GB', { timeZone: 'Asia/Shanghai', hour: '2-digit', minute: '2-digit', hour12: false }).format(now)

/** A report is confirmed, by its author or by a superior who was told by phone: judged, then kept with what the system saw of the days. */
export function saveReport(tx: Transaction, { actor, businessDate: today }: Context, given: Given): Promise<Outcome<Saved>> {
  return inKnownDays(async () => {
    const { person } = given
    const kind = (await kindsOn(tx, today)).find((one) => one.code === given.kind)
    const span = kind && spanOf(kind, given.period, today)
    if (!kind || !span || (person.staffKey === actor.staffKey && !kind.posts.includes(actor.postCode))) return refuse('kind-unknown')
    const period = kind.period === 'EVENT' ? given.id : given.period
    const reported = await tx.maybe(sql`SELECT 1 FROM day_report WHERE kind_code = ${kind.code} AND staff_key = ${person.staffKey} AND period_key = ${period}`)
    const calendar = await bankCalendar(tx)
    const fault = faultOf(calendar, kind, given.period, span, await groundOf(tx, kind, person, span, today, reported !== undefined))
    if (fault) return refuse(fault.name, { details: fault.details, field: 'period' })
    const unknown = sectionUnknown(kind, given.texts)
    if (unknown !== null) return refuse('section-unknown', { field: 'texts', details: { section: unknown } })
    const texts = Object.fromEntries(given.texts.map(({ section, text }) => [section, text]))
    const missing = sectionMissing(kind, texts)
    if (missing) return refuse('section-missing', { field: `texts.${missing.code}`, details: { section: missing.zh, sectionEn: missing.en } })
    const seat = await seatOn(tx, kind, person.staffKey, span.lastDay)
    if (!seat) return refuse('not-employed', { details: { name: person.name, day: span.lastDay } })
    const receiver = await receiverOf(tx, kind, person.staffKey, seat.line_path, today)
    if (receiver === null && kind.answerDays !== null) return refuse('no-receiver')
    const due = dueOn(calendar, kind, span)
    const now = new Date()
    const { is_demo: demo } = await tx.one(sql<{ is_demo: boolean }>`SELECT is_demo FROM bank`)
    const late = isLate(kind, due, { on: today, at: demo ? null : hourIn(now) })
    const phone = person.staffKey !== actor.staffKey
    await add(tx, 'day_report', {
      id: given.id, kind_code: kind.code, kind_version: kind.version, staff_key: person.staffKey, place_key: seat.place_key, period_key: period, first_day: span.firstDay, last_day: span.lastDay, due_on: due, channel: phone ? 'PHONE' : 'SELF',
      recorded_by: actor.staffKey, confirmed_on: today, confirmed_at: now, late, texts: textsOf(kind, texts), receiver_key: receiver, answer_due_on: kind.answerDays === null ? null : addWorkingDays(calendar, today, kind.answerDays), scope_path: seat.line_path,
    }, { why: null, action: phone ? 'RECORD_PHONE_REPORT' : 'CONFIRM_REPORT' })
    const { facts } = await collectFacts(tx, await workdayViews(tx), kind, person.staffKey, span, nextDayOf(calendar, span.lastDay))
    if (facts.length > 0) {
      await bulk(tx, {
        table: 'day_report_fact', what: 'add', why: 'facts of a report', batch: given.id, about: { report: given.id },
        statement: sql`
          INSERT INTO day_report_fact (id, report_id, staff_key, section, kind, thing_id, customer_id, title_zh, title_en, amount_fen, address, scope_path, batch_id)
          SELECT uuid7(), ${given.id}::uuid, ${person.staffKey}, f.section, f.kind, f.id, f."customerId", f.zh, f.en, f."amountFen", f.address, ${seat.line_path}, ${given.id}::uuid
          FROM jsonb_to_recordset(${JSON.stringify(facts)}::jsonb) AS f (section text, kind text, id uuid, "customerId" uuid, zh text, en text, "amountFen" bigint, address text)`,
      })
    }
    return ok({ id: given.id, late, dutyCode: kind.dutyCode, period, staffKey: person.staffKey })
  })
}
