import { bankCalendar } from '../foundation/calendar/read-calendar.ts'
import { sql, type Sql, type Transaction } from '../foundation/database/transaction.ts'
import { cutPage, readCursor } from '../foundation/http/cursor.ts'
import { handle, type Context } from '../foundation/http/route.ts'
import { recordReading } from '../foundation/store/store.ts'
import { addDays, daysBetween, monthEnd, monthOf, monthStart, shiftMonth, weekday } from '../foundation/values/business-date.ts'
import { decimalText, exact } from '../foundation/values/decimal.ts'
import { ok, refuse } from '../foundation/values/outcome.ts'
import { CalendarUnknown, isWorkingDay, nextWorkingDay } from '../foundation/values/working-calendar.ts'
import { mayAnswer } from './list-alerts.ts'
import { exportMaturities, getRenewalRates, listMaturities, type MaturityRow, type MaturityView } from './maturity.contract.ts'
import { colourOf, percentOf } from './watch.rules.ts'
import { markedSheet } from '../foundation/spreadsheets/export-mark.ts'

type Filters = { view: MaturityView; month?: string | undefined; kind?: string | undefined; managerKey?: number | undefined; customerId?: string | undefined }
type Row = Omit<MaturityRow, 'nextWorkday' | 'daysLeft' | 'colour' | 'mine'> & { viewers: number[] }
const countedMost = 10_000

/** The days that a view shows; `from` null: everything before. Weeks go from Monday to Sunday. */
export function daysOfView({ view, month }: Filters, today: string): { from: string | null; to: string } {
  if (view === 'OVERDUE') return { from: null, to: addDays(today, -1) }
  if (view === 'MONTH') return { from: monthStart(month ?? monthOf(today)), to: monthEnd(month ?? monthOf(today)) }
  if (view === 'NEXT_30') return { from: today, to: addDays(today, 30) }
  const monday = addDays(today, -((weekday(today) + 6) % 7))
  return view === 'THIS_WEEK' ? { from: monday, to: addDays(monday, 6) } : { from: addDays(monday, 7), to: addDays(monday, 13) }
}

function whereOf(filters: Filters, today: string): Sql {
  const { from, to } = daysOfView(filters, today)
  const conditions = [sql`m.withdrawn_on IS NULL`, sql`m.ends_on <= ${to}::date`]
  if (from !== null) conditions.push(sql`m.ends_on >= ${from}::date`)
  // what has its result is done
  if (filters.view === 'OVERDUE' || filters.view === 'NEXT_30') conditions.push(sql`m.result IS NULL`)
  if (filters.kind !== undefined) conditions.push(sql`m.kind = ${filters.kind}`)
  if (filters.customerId !== undefined) conditions.push(sql`m.customer_id = ${filters.customerId}`)
  if (filters.managerKey !== undefined) conditions.push(sql`EXISTS (SELECT FROM customers_customer_facts k WHERE k.customer_id = m.customer_id AND k.main_staff_key = ${filters.managerKey})`)
  return sql.join(conditions, sql` AND `)
}

function readRows(tx: Transaction, where: Sql, limit: number): Promise<Row[]> {
  return tx.all(sql<Row>`
    SELECT m.id, m.customer_id AS "customerId", k.name AS "customerName", k.number AS "customerNumber", k.tier, m.kind, jsonb_build_object('zh', m.name_zh, 'en', m.name_en) AS name, m.amount_fen::text AS "amountFen", m.ends_on AS "endsOn",
      s.staff_name AS "managerName", m.prepared_on AS "preparedOn", m.prepared_note AS "preparedNote", t.last_talk AS "lastTalk", coalesce(t.about, false) AS "talkedAbout", m.result, m.result_on AS "resultOn", m.result_fen::text AS "resultFen",
      m.result IS NOT NULL AND m.result_by IS NULL AS derived, m.viewers
    FROM (SELECT m.* FROM maturity m WHERE ${where} ORDER BY m.ends_on, m.id LIMIT ${limit}) m JOIN customers_customer_facts k ON k.customer_id = m.customer_id
    LEFT JOIN organisation_staff_facts s ON s.staff_key = k.main_staff_key
    LEFT JOIN LATERAL (SELECT max(f.business_date) AS last_talk, bool_or(f.purpose = 'MATURITY' AND f.business_date > m.ends_on - 90) AS about FROM visits_contact_facts f WHERE f.customer_id = m.customer_id AND f.effective) t ON true
    ORDER BY m.ends_on, m.id`)
}

async function viewer(tx: Transaction, { actor, businessDate }: Context): Promise<(row: Row) => MaturityRow> {
  const calendar = await bankCalendar(tx)
  const workday = (day: string): string | null => {
    try {
      return isWorkingDay(calendar, day) ? day : nextWorkingDay(calendar, day)
    } catch (error) {
      if (error instanceof CalendarUnknown) return null
      throw error
    }
  }
  return ({ viewers, ...row }) => {
    const daysLeft = daysBetween(businessDate, row.endsOn)
    return { ...row, daysLeft, nextWorkday: workday(row.endsOn), colour: row.result === null ? colourOf(daysLeft) : 'none', mine: mayAnswer(viewers, actor) }
  }
}

export const listMaturitiesRoute = handle(listMaturities, async (tx, { query }, context) => {
  const { cursor, limit, ...filters } = query
  const { businessDate, services } = context
  const { keyring } = services.keys
  const list = `watch.maturities ${JSON.stringify(filters)}`
  const place = readCursor(keyring, list, cursor)
  if (!place.ok) return place
  const where = whereOf(filters, businessDate)
  const rows = await readRows(tx, place.value === null ? where : sql`${where} AND (m.ends_on, m.id) > (${String(place.value[0])}::date, ${String(place.value[1])}::uuid)`, limit + 1)
  const { value } = await tx.one(sql<{ value: number }>`SELECT count(*)::int AS value FROM (SELECT 1 FROM maturity m WHERE ${where} LIMIT ${countedMost + 1}) n`)
  const kinds = await tx.all(sql<{ kind: string }>`SELECT DISTINCT m.kind FROM (SELECT m.kind FROM maturity m WHERE ${whereOf({ ...filters, kind: undefined }, businessDate)} LIMIT ${countedMost}) m ORDER BY 1`)
  const { shown, nextCursor } = cutPage(keyring, list, rows, limit, (last) => [last.endsOn, last.id])
  return ok({ asOf: businessDate, ...daysOfView(filters, businessDate), items: shown.map(await viewer(tx, context)), nextCursor, count: { value: Math.min(value, countedMost), exact: value <= countedMost }, kinds: kinds.map((row) => row.kind) })
})

const kindWords: Readonly<Record<string, readonly [string, string]>> = {
  TIME_DEPOSIT: ['定期存款', 'Time deposit'], WEALTH: ['理财', 'Wealth product'], LOAN: ['贷款', 'Loan'], LOAN_INSTALMENT: ['贷款分期', 'Instalment'], CARD: ['银行卡', 'Card'], IDENTITY: ['证件', 'Identity document'],
  DOCUMENT: ['资料', 'Document'], PERSON_IDENTITY: ['企业人员证件', 'Document of a person'], AUTHORITY: ['授权', 'Authority'], BUSINESS_TERM: ['营业期限', 'Business term'], LEASE: ['租期', 'Lease'], RISK_TOLERANCE: ['风险测评', 'Risk test'], CONSENT: ['授权同意', 'Consent'],
}
const resultWords: Readonly<Record<string, readonly [string, string]>> = { RENEWED: ['续作', 'Renewed'], MOVED: ['转投', 'Moved'], LEFT: ['流出', 'Left'], PAID: ['归还', 'Paid'], UNKNOWN: ['不详', 'Unknown'] }
const most = 10_000

/** The sheet that the bank keeps by hand, with its columns; name, moment and purpose stand above and below it, and in the journal. */
export const exportMaturitiesRoute = handle(exportMaturities, async (tx, { body }, context) => {
  const { purpose, ...filters } = body
  const { businessDate, language } = context
  const rows = (await readRows(tx, whereOf(filters, businessDate), most + 1)).map(await viewer(tx, context))
  if (rows.length === 0) return refuse('nothing-to-export')
  if (rows.length > most) return refuse('too-many-rows', { details: { most: String(most) } })
  const zh = language === 'zh'
  const word = zh ? 0 : 1
  const talk = (row: MaturityRow): string => {
    const told = row.lastTalk === null ? (zh ? '未联系' : 'Not contacted') : `${row.lastTalk}${row.talkedAbout ? (zh ? '（已谈到期）' : ' (about this end)') : ''}`
    return row.preparedNote === null ? told : `${told}${zh ? '；' : '; '}${row.preparedNote}`
  }
  const title = zh ? '到期一本账' : 'What ends'
  const content = await markedSheet(tx, context, {
    title, purpose, holds: 'CUSTOMERS',
    header: zh ? ['序号', '客户', '类别', '产品', '金额(万元)', '到期日', '客户经理', '联系情况', '结果'] : ['No.', 'Customer', 'Kind', 'Product', 'Amount (10,000 yuan)', 'Ends on', 'Manager', 'Contact', 'Result'],
    rows: rows.map((row, place) => [
      String(place + 1), row.customerName, kindWords[row.kind]?.[word] ?? row.kind, row.name[zh ? 'zh' : 'en'], row.amountFen === null ? null : { amount: decimalText(exact(BigInt(row.amountFen)).div(1_000_000), 6).replace(/0{1,4}$/, '') }, row.endsOn,
      row.managerName, talk(row), row.result === null ? '' : (resultWords[row.result]?.[word] ?? row.result),
    ]),
  })
  await recordReading(tx, { table: 'maturity', objectId: null, customerId: null, why: purpose, about: { export: 'watch.maturities', rows: rows.length, view: filters.view, month: filters.month ?? null, kind: filters.kind ?? null } })
  return ok({ type: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet', content, fileName: `${zh ? '到期一本账' : 'what-ends'}-${businessDate}.xlsx` })
})

type Rate = { month: string; staff_key: number | null; name: string | null; matured: number; matured_fen: string; renewed_fen: string; open: number }

/** Renewed or invested anew ÷ matured, of deposits and wealth products, per month and, in the same months, per manager. */
export const getRenewalRatesRoute = handle(getRenewalRates, async (tx, { query: { months } }, { businessDate }) => {
  const since = monthStart(shiftMonth(monthOf(businessDate), 1 - months))
  const rows = await tx.all(sql<Rate>`
    SELECT to_char(m.ends_on, 'YYYY-MM') AS month, k.main_staff_key AS staff_key, min(s.staff_name) AS name, count(*)::int AS matured, sum(m.amount_fen)::text AS matured_fen, coalesce(sum(m.result_fen), 0)::text AS renewed_fen,
      (count(*) FILTER (WHERE m.result IS NULL))::int AS open
    FROM maturity m JOIN customers_customer_facts k ON k.customer_id = m.customer_id LEFT JOIN organisation_staff_facts s ON s.staff_key = k.main_staff_key
    WHERE m.kind IN ('TIME_DEPOSIT', 'WEALTH') AND m.withdrawn_on IS NULL AND m.ends_on >= ${since}::date AND m.ends_on < ${businessDate}::date GROUP BY 1, 2 ORDER BY 1 DESC, 2`)
  const view = (all: readonly Rate[], of: Pick<Rate, 'month' | 'staff_key' | 'name'>) => {
    const sum = (field: 'matured_fen' | 'renewed_fen'): bigint => all.reduce((whole, row) => whole + BigInt(row[field]), 0n)
    const [matured, renewed] = [sum('matured_fen'), sum('renewed_fen')]
    return { month: of.month, staffKey: of.staff_key, name: of.name, matured: all.reduce((n, row) => n + row.matured, 0), maturedFen: matured.toString(), renewedFen: renewed.toString(), open: all.reduce((n, row) => n + row.open, 0), ratePct: percentOf(renewed, matured) }
  }
  const byMonth = [...new Set(rows.map((row) => row.month))]
  return ok({
    asOf: businessDate,
    months: byMonth.map((month) => view(rows.filter((row) => row.month === month), { month, staff_key: null, name: null })),
    managers: rows.map((row) => view([row], row)),
  })
})
