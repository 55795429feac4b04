import { sql, type Sql, type Transaction } from '../foundation/database/transaction.ts'
import { cutPage, readCursor } from '../foundation/http/cursor.ts'
import { handle } from '../foundation/http/route.ts'
import { recordReading } from '../foundation/store/store.ts'
import { addDays, daysBetween, weekday } from '../foundation/values/business-date.ts'
import { ok, refuse } from '../foundation/values/outcome.ts'
import { exportCommitments, listCommitments, type Commitment, type CommitmentKind, type CommitmentView } from './commitments.contract.ts'
import { markedSheet } from '../foundation/spreadsheets/export-mark.ts'

/** What nobody did in half a year is no longer told. */
export const commitmentsSince = (today: string): string => addDays(today, -183)
/** What lies further ahead is not due yet. */
const daysAhead = 366
const countedMost = 10_000
const most = 10_000

type Filters = { whose: 'MINE' | 'SCOPE'; view: CommitmentView; kind?: CommitmentKind | undefined; staffKey?: number | undefined }
type Row = Omit<Commitment, 'daysPast'>
type Reader = { me: number; today: string }

/** Both days belong to it. */
export function daysOfView(view: CommitmentView, today: string): { from: string; to: string } {
  const from = commitmentsSince(today)
  if (view === 'OVERDUE') return { from, to: addDays(today, -1) }
  if (view === 'WEEK') return { from: today, to: addDays(today, 6 - ((weekday(today) + 6) % 7)) }
  return view === 'MONTH' ? { from: today, to: addDays(today, 30) } : { from, to: addDays(today, daysAhead) }
}

/** What waits: promises, next steps without an answer, planned contacts; the same views as the agenda of the day, under the reader's own rights. A plan is told to who made it. */
function waiting({ whose, view, kind, staffKey }: Filters, { me, today }: Reader): Sql {
  const { from, to } = daysOfView(view, today)
  const owner = staffKey !== undefined ? sql`AND a.staff_key = ${staffKey}`
    : whose === 'MINE' ? sql`AND a.staff_key = ANY(ARRAY(SELECT ${me}::int UNION SELECT absent_key FROM customers_absence_facts WHERE substitute_key = ${me} AND from_date <= ${today} AND to_date > ${today}))` : sql``
  const due = sql`a.due_on BETWEEN ${from}::date AND ${to}::date ${owner}`
  return sql`
    (SELECT t.id, t.kind, t.customer_id, k.name, k.tier, t.what, t.due_on, t.staff_key, t.address
    FROM (
      SELECT a.id, 'NEXT_STEP' AS kind, a.customer_id, a.staff_key, a.title_zh AS what, a.due_on, a.address FROM visits_agenda_facts a WHERE a.kind = 'PROMISE' AND ${due}
      UNION ALL
      SELECT a.promise_id, a.side, a.customer_id, a.staff_key, a.what, a.due_on, '/customers/' || a.customer_id || '/contacts/' || a.contact_id FROM (SELECT p.*, p.owner_key AS staff_key FROM visits_promise_facts p WHERE p.state = 'OPEN') a WHERE ${due}
      UNION ALL
      SELECT a.id, 'PLANNED', a.customer_id, a.staff_key, a.title_zh, a.due_on, a.address FROM contact_plan_agenda_facts a WHERE ${due}) t
    JOIN customers_customer_facts k ON k.customer_id = t.customer_id WHERE ${kind === undefined ? sql`true` : sql`t.kind = ${kind}`})`
}

/** By their day, what is past it first. */
function readRows(tx: Transaction, filters: Filters, reader: Reader, after: Sql, limit: number): Promise<Row[]> {
  return tx.all(sql<Row>`
    SELECT w.id, w.kind, w.customer_id AS "customerId", w.name AS "customerName", w.tier, w.what, w.due_on AS "dueOn", s.staff_name AS "staffName", w.address
    FROM ${waiting(filters, reader)} w JOIN organisation_staff_facts s ON s.staff_key = w.staff_key WHERE true ${after} ORDER BY w.due_on, w.id LIMIT ${limit}`)
}

const viewOf = (row: Row, today: string): Commitment => ({ ...row, daysPast: row.dueOn < today ? daysBetween(row.dueOn, today) : 0 })

export const listCommitmentsRoute = handle(listCommitments, async (tx, { query }, { actor, businessDate: today, services }) => {
  const { cursor, limit, ...filters } = query
  const { keyring } = services.keys
  const list = `reports.commitments ${JSON.stringify(filters)}`
  const place = readCursor(keyring, list, cursor)
  if (!place.ok) return place
  const who = { me: actor.staffKey, today }
  const rows = await readRows(tx, filters, who, place.value === null ? sql`` : sql`AND (w.due_on, w.id) > (${String(place.value[0])}::date, ${String(place.value[1])}::uuid)`, limit + 1)
  const { shown, nextCursor } = cutPage(keyring, list, rows, limit, (last) => [last.dueOn, last.id])
  const value = place.value !== null ? null : rows.length <= limit ? rows.length : (await tx.one(sql<{ value: number }>`SELECT count(*)::int AS value FROM (SELECT FROM ${waiting(filters, who)} w LIMIT ${countedMost + 1}) n`)).value
  return ok({ asOf: today, items: shown.map((row) => viewOf(row, today)), nextCursor, count: value === null ? null : { value: Math.min(value, countedMost), exact: value <= countedMost } })
})

const kindWords: Readonly<Record<CommitmentKind, readonly [string, string]>> = { OURS: ['我方承诺', 'Promised by us'], THEIRS: ['客户承诺', 'Promised to us'], NEXT_STEP: ['下一步', 'Next step'], PLANNED: ['计划联系', 'Planned contact'] }

/** The same as a workbook, with name, moment and purpose above and below, and in the journal. */
export const exportCommitmentsRoute = handle(exportCommitments, async (tx, { body: { purpose, ...filters } }, { actor, businessDate: today, language }) => {
  const rows = (await readRows(tx, filters, { me: actor.staffKey, today }, sql``, most + 1)).map((row) => viewOf(row, today))
  if (rows.length === 0) return refuse('nothing-to-export')
  if (rows.length > most) return refuse('too-many-rows', { details: { most: String(most) } })
  const zh = language === 'zh'
  const title = zh ? '承诺与计划' : 'Promises and plans'
  const content = await markedSheet(tx, { actor, language }, {
    title, purpose, holds: 'CUSTOMERS', header: zh ? ['序号', '客户', '层级', '类别', '事项', '应办日期', '逾期天数', '责任人'] : ['No.', 'Customer', 'Tier', 'Kind', 'What', 'Due on', 'Days past', 'Who'],
    rows: rows.map((row, place) => [String(place + 1), row.customerName, row.tier, kindWords[row.kind][zh ? 0 : 1], row.what, row.dueOn, row.daysPast === 0 ? null : { amount: String(row.daysPast) }, row.staffName]),
  })
  await recordReading(tx, { table: 'contact_promise', objectId: null, customerId: null, why: purpose, about: { export: 'reports.commitments', rows: rows.length, whose: filters.whose, view: filters.view, kind: filters.kind ?? null, person: filters.staffKey ?? null } })
  return ok({ type: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet', content, fileName: `${title}-${today}.xlsx` })
})
