import { bankCalendar } from '../foundation/calendar/read-calendar.ts'
import { verdictOf } from '../foundation/access/permission.rules.ts'
import { sql, type Sql, type Transaction } from '../foundation/database/transaction.ts'
import { cutPage, readCursor } from '../foundation/http/cursor.ts'
import { handle, type Context } from '../foundation/http/route.ts'
import { change } from '../foundation/store/store.ts'
import { addDays } from '../foundation/values/business-date.ts'
import { ok, refuse } from '../foundation/values/outcome.ts'
import { daysLeft, isInTime } from './due.rules.ts'
import { excuseDuty, finishDuty, getDigest, listMyDuties, listTeamDuties, type DigestLine, type InstanceShown, type InstanceState } from './duty.contract.ts'
import { isAbove } from './superior.rules.ts'

type Row = {
  id: string; duty_code: string; name: string; name_en: string; content: string; content_en: string; evidence_asked: string; evidence_asked_en: string; fact: string | null; address: string | null; period_key: string; customer_id: string | null
  customer_name: string | null; opens_on: string; due_on: string; due_time: string | null; state: InstanceState; wanted: number | null; met: number | null; counted_on: string | null; done_on: string | null; evidence: string | null; excuse_reason: string | null
  staff_key: number; holder_key: number; staff_name: string; holder_name: string; moved_why: string | null; post_code: string | null; line_path: string | null
}

function rowsOf(tx: Transaction, where: Sql, order: Sql, limit: number, day: string): Promise<Row[]> {
  return tx.all(sql<Row>`
    SELECT i.*, d.name, d.name_en, d.content, d.content_en, d.evidence AS evidence_asked, d.evidence_en AS evidence_asked_en, d.fact, d.address, k.name AS customer_name, s.staff_name, h.staff_name AS holder_name, p.post_code, p.line_path
    FROM (
      SELECT id, duty_code, duty_version, period_key, customer_id, opens_on, due_on, due_time, state, wanted, met, counted_on, done_on, evidence, excuse_reason, staff_key, holder_key, moved_why FROM duty_instance
      WHERE ${where} ORDER BY ${order} LIMIT ${limit}) i
    JOIN duty_kind d ON d.code = i.duty_code AND d.version = i.duty_version
    JOIN organisation_staff_facts s ON s.staff_key = i.staff_key JOIN organisation_staff_facts h ON h.staff_key = i.holder_key
    LEFT JOIN customers_customer_facts k ON k.customer_id = i.customer_id
    LEFT JOIN LATERAL (SELECT f.post_code, f.line_path FROM organisation_post_facts f WHERE f.staff_key = i.staff_key AND f.from_date <= ${day} AND (f.to_date IS NULL OR f.to_date > ${day}) ORDER BY f.main DESC, f.post_key LIMIT 1) p ON true
    ORDER BY ${order}`)
}

const isOpen = (state: InstanceState): boolean => state === 'OPEN' || state === 'MISSED' || state === 'PLANNED'

async function shownOf(tx: Transaction, context: Context, rows: readonly Row[]): Promise<InstanceShown[]> {
  const { actor, businessDate } = context
  const calendar = await bankCalendar(tx)
  return rows.map((row): InstanceShown => {
    const finish = row.holder_key !== actor.staffKey ? 'not-allowed' : !isOpen(row.state) ? 'done-already' : row.fact !== null ? 'found-in-facts' : row.state === 'PLANNED' ? 'not-open-yet' : null
    const excuse = mayExcuse(context, row)
    return {
      id: row.id, code: row.duty_code, name: row.name, nameEn: row.name_en, content: row.content, contentEn: row.content_en, evidenceAsked: row.evidence_asked, evidenceAskedEn: row.evidence_asked_en, fact: row.fact, address: row.address, periodKey: row.period_key,
      customerId: row.customer_name === null ? null : row.customer_id, customerName: row.customer_name, opensOn: row.opens_on, dueOn: row.due_on, dueTime: row.due_time, workingDaysLeft: daysLeft(calendar, businessDate, row.due_on), state: row.state,
      wanted: row.wanted, met: row.met, countedOn: row.counted_on, doneOn: row.done_on, evidence: row.evidence, excuseReason: row.excuse_reason, staffKey: row.staff_key, staffName: row.staff_name, holderName: row.holder_name, movedWhy: row.moved_why,
      may: { finish: verdictOf(finish), excuse: verdictOf(excuse) },
    }
  })
}

/** Null: he may. Only a superior excuses, never for himself, and not what is done. */
function mayExcuse({ actor, may }: Context, row: Pick<Row, 'staff_key' | 'holder_key' | 'state' | 'post_code' | 'line_path'>): string | null {
  const verdict = may('duty.supervise')
  if (!verdict.allowed) return verdict.reason
  if (row.staff_key === actor.staffKey || row.holder_key === actor.staffKey) return 'own-duty'
  if (row.post_code !== null && row.line_path !== null && !isAbove(actor, { postCode: row.post_code, linePath: row.line_path })) return 'not-allowed'
  return isOpen(row.state) ? null : 'done-already'
}

export const listMyDutiesRoute = handle(listMyDuties, async (tx, { query }, context) => {
  const { actor, businessDate } = context
  const rows = await rowsOf(tx, sql`holder_key = ${actor.staffKey} AND (state IN ('PLANNED', 'OPEN') OR (state = 'MISSED' AND due_on > ${addDays(businessDate, -31)}) OR done_on > ${addDays(businessDate, -7)})`, sql`due_on, duty_code, id`, query.limit + 1, businessDate)
  const day = await tx.maybe(sql<{ calendar_lacks: string | null }>`SELECT calendar_lacks FROM duty_day ORDER BY day DESC LIMIT 1`)
  return ok({ asOf: businessDate, items: await shownOf(tx, context, rows.slice(0, query.limit)), more: rows.length > query.limit, calendarLacks: day?.calendar_lacks ?? null })
})

/** What the people below me owe; unless asked otherwise only what is late or due today. */
export const listTeamDutiesRoute = handle(listTeamDuties, async (tx, { query }, context) => {
  const { actor, businessDate, services } = context
  const list = `team duties ${query.code ?? ''} ${query.late}`
  const place = readCursor(services.keys.keyring, list, query.cursor)
  if (!place.ok) return place
  const where = sql.join([
    sql`holder_key <> ${actor.staffKey} AND staff_key <> ${actor.staffKey} AND due_on > ${addDays(businessDate, -31)}`,
    ...(actor.breadth === 'UNIT' ? [sql`scope_path >= ${actor.linePath} AND scope_path < ${`${actor.linePath}/`}`] : []),
    query.late ? sql`state IN ('OPEN', 'MISSED') AND due_on <= ${businessDate}` : sql`true`,
    ...(query.code === undefined ? [] : [sql`duty_code = ${query.code}`]),
    ...(place.value === null ? [] : [sql`(due_on, id) > (${String(place.value[0])}::date, ${String(place.value[1])}::uuid)`]),
  ], sql` AND `)
  const rows = await rowsOf(tx, where, sql`due_on, id`, query.limit + 1, businessDate)
  const { shown, nextCursor } = cutPage(services.keys.keyring, list, rows, query.limit, (last) => [last.due_on, last.id])
  return ok({ items: await shownOf(tx, context, shown), nextCursor, count: null })
})

export const finishDutyRoute = handle(finishDuty, async (tx, { params, body }, { actor, businessDate }) => {
  const found = await tx.maybe(sql<{ state: InstanceState; due_on: string; due_time: string | null; opens_on: string; fact: string | null; is_demo: boolean }>`
    SELECT i.state, i.due_on, i.due_time, i.opens_on, d.fact, (SELECT is_demo FROM bank) AS is_demo FROM duty_instance i JOIN duty_kind d ON d.code = i.duty_code AND d.version = i.duty_version
    WHERE i.id = ${params.instanceId} AND i.holder_key = ${actor.staffKey} FOR UPDATE OF i`)
  if (!found) return refuse('not-found')
  if (!isOpen(found.state)) return refuse('done-already')
  if (found.fact !== null) return refuse('found-in-facts')
  if (found.opens_on > businessDate) return refuse('not-open-yet', { details: { day: found.opens_on } })
  const now = new Date()
  // the demo's day stands still: its hour says nothing
  const state = isInTime({ dueOn: found.due_on, dueTime: found.due_time }, { on: businessDate, at: found.is_demo ? '00:00' : hourIn(now) }) ? 'DONE' : 'DONE_LATE'
  await change(tx, 'duty_instance', { id: params.instanceId }, { state, done_on: businessDate, done_at: now, done_by: actor.staffKey, evidence: body.evidence }, { why: null, action: 'FINISH_DUTY' })
  return ok({ state })
})

const hourIn = (now: Date): string => new Intl.DateTimeFormat('en-GB', { timeZone: 'Asia/Shanghai', hour: '2-digit', minute: '2-digit', hour12: false }).format(now)

export const excuseDutyRoute = handle(excuseDuty, async (tx, { params, body }, context) => {
  const { actor, businessDate } = context
  // the row is locked before it is judged: two at once decide one after the other
  if (!(await tx.maybe(sql`SELECT 1 FROM duty_instance WHERE id = ${params.instanceId} FOR UPDATE`))) return refuse('not-found')
  const [row] = await rowsOf(tx, sql`id = ${params.instanceId}`, sql`id`, 1, businessDate)
  if (!row) return refuse('not-found')
  const reason = mayExcuse(context, row)
  if (reason !== null) return refuse(reason === 'not-allowed' ? 'not-found' : reason)
  await change(tx, 'duty_instance', { id: params.instanceId }, { state: 'EXCUSED', excused_by: actor.staffKey, excused_on: businessDate, excuse_reason: body.reason }, { why: body.reason, action: 'EXCUSE_DUTY' })
  return ok({ state: 'EXCUSED' as const })
})

export const getDigestRoute = handle(getDigest, async (tx, _input, { actor, businessDate }) => {
  const found = await tx.maybe(sql<{ lines: DigestLine[] }>`SELECT lines FROM duty_digest WHERE staff_key = ${actor.staffKey} AND day = ${businessDate}`)
  return ok({ day: businessDate, lines: found?.lines ?? [] })
})
