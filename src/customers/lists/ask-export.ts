import { unless } from '../../foundation/access/permission.rules.ts'
import { sql, type Sql, type Transaction } from '../../foundation/database/transaction.ts'
import { cutPage, readCursor } from '../../foundation/http/cursor.ts'
import { handle, type Context } from '../../foundation/http/route.ts'
import { add, change, end, quiet, recordReading } from '../../foundation/store/store.ts'
import { addDays } from '../../foundation/values/business-date.ts'
import { ok, refuse, type Outcome } from '../../foundation/values/outcome.ts'
import { narrow, readRows, type Asked, type CustomerFilters, type Row } from '../list-customers.ts'
import { conditionsOf } from './build-segment.ts'
import { countApprovers } from './engine-count-approvers.ts'
import { askExport, decideExport, fetchExport, listExports, withdrawExport, type ExportView } from './export.contract.ts'
import { judgeExport } from './judge-export.ts'
import { makeCustomerBook } from './make-customer-book.ts'
import type { SegmentDefinition } from './segment.contract.ts'
import { tellFilters } from './tell-filters.ts'

const filePurpose = 'customer export'

/** An export is asked for: the filter stands as it was, a segment with its conditions of today. Without anybody who could approve it stops here. */
export const askExportRoute = handle(askExport, async (tx, { body }, context) => {
  const { actor, businessDate } = context
  if (body.filters.q !== undefined) return refuse('search-in-export', { field: 'filters.q' })
  if (await tx.maybe(sql`SELECT 1 FROM customer_export WHERE id = ${body.id}`)) return refuse('key-reused')
  const narrowed = await narrow(tx, body.filters, context, true)
  if (!narrowed.ok) return narrowed
  const judged = await judgeExport(tx, { ...narrowed.value, after: null }, context)
  if (!judged.ok) return judged
  if ((await countApprovers(tx, actor, businessDate)) === 0) return refuse('no-approver')
  const { rows, persons, policy } = judged.value
  const segment = body.filters.segment === undefined ? undefined : await tx.maybe(sql<{ name: string; definition: SegmentDefinition }>`SELECT name, definition FROM segment WHERE id = ${body.filters.segment}`)
  await add(tx, 'customer_export', {
    id: body.id, asked_by: actor.staffKey, asked_post: actor.postKey, asked_path: actor.linePath, asked_on: businessDate, purpose: body.purpose, filters: body.filters, told: await tellFilters(tx, body.filters, segment?.name ?? null, businessDate),
    conditions: segment?.definition ?? null, row_count: rows, person_count: persons, data_class: 'GENERAL_SENSITIVE', policy_version: policy.version,
  }, { why: body.purpose, action: 'ASK_EXPORT' })
  return ok({ id: body.id, rowCount: rows })
})

type Kept = {
  id: string; asked_by: number; asked_post: number; asked_path: string; purpose: string; filters: CustomerFilters & { ids?: string[] }; conditions: SegmentDefinition | null; row_count: number; decision: 'APPROVED' | 'DECLINED' | null; decided_by: number | null
  withdrawn_on: string | null; fetch_until: string | null; fetched_at: string | null
}
const kept = (tx: Transaction, id: string): Promise<Kept | undefined> => tx.maybe(sql<Kept>`
  SELECT id, asked_by, asked_post, asked_path, purpose, filters, conditions, row_count, decision, decided_by, withdrawn_on, fetch_until, fetched_at FROM customer_export WHERE id = ${id} FOR UPDATE`)

/** Somebody who leads the asker's line decides. The file is made now, of what the asker may see now, and waits for him. */
export const decideExportRoute = handle(decideExport, async (tx, { params: { exportId }, body }, context) => {
  const { actor, businessDate, services } = context
  const asked = await kept(tx, exportId)
  if (!asked) return refuse('not-found')
  if (asked.asked_by === actor.staffKey) return refuse('own-export')
  if (asked.decision !== null || asked.withdrawn_on !== null) return refuse('export-settled')
  const decided = { decided_by: actor.staffKey, decided_on: businessDate, decision: body.decision, decision_reason: body.reason }
  if (body.decision === 'DECLINED') {
    if (body.reason === null) return refuse('reason-needed', { field: 'reason' })
    await change(tx, 'customer_export', { id: exportId }, decided, { why: body.reason, action: 'DECLINE_EXPORT' })
    return ok({ id: exportId, rows: null, fetchUntil: null })
  }
  const made = await makeFile(context, asked)
  if (!made.ok) return made
  const { content, rows, fetchDays } = made.value
  const fetchUntil = addDays(businessDate, fetchDays)
  await change(tx, 'customer_export', { id: exportId }, { ...decided, made_rows: rows, fetch_until: fetchUntil }, { why: body.reason ?? asked.purpose, action: 'APPROVE_EXPORT' })
  await tx.asRole('batch', async () => {
    await forgetOldFiles(tx, businessDate)
    await quiet(tx, 'customer_export_file', 'add', sql`INSERT INTO customer_export_file (export_id, content_sealed) VALUES (${exportId}, ${services.keys.keyring.sealTransient(content.toString('base64'), `${filePurpose} ${exportId}`)})`)
  })
  return ok({ id: exportId, rows, fetchUntil })
})

// a transaction of its own in the asker's name: his scope and his policies, not those of the approver
async function makeFile({ services, actor, businessDate, language }: Context, asked: Kept): Promise<Outcome<{ content: Buffer; rows: number; fetchDays: number }>> {
  const asker = await services.db.asBatch((tx) => tx.maybe(sql<{ staffKey: number; staffNo: string; name: string; postKey: number; breadth: Context['actor']['breadth']; linePath: string }>`
    SELECT staff_key AS "staffKey", staff_no AS "staffNo", staff_name AS name, post_key AS "postKey", breadth, line_path AS "linePath" FROM organisation_post_facts
    WHERE post_key = ${asked.asked_post} AND staff_key = ${asked.asked_by} AND from_date <= ${businessDate} AND (to_date IS NULL OR to_date > ${businessDate})`))
  if (!asker || asker.linePath !== asked.asked_path) return refuse('asker-gone')
  return services.db.asPerson(asker, businessDate, null, async (tx) => {
    const { segment: _segment, tag, ids, ...filters } = asked.filters
    const parts: Sql[] = [...(asked.conditions ? [conditionsOf(asked.conditions, businessDate)] : []), ...(tag === undefined ? [] : [sql`EXISTS (SELECT FROM customer_tag x WHERE x.customer_id = c.customer_id AND x.tag_id = ${tag} AND x.to_date IS NULL)`]), ...(ids === undefined ? [] : [sql`c.customer_id = ANY(${ids}::uuid[])`])]
    const list: Asked = { filters, ids: null, only: parts.length === 0 ? null : { where: sql.join(parts, sql` AND `), sight: asker }, after: null }
    const judged = await judgeExport(tx, list, { actor: { ...actor, ...asker }, businessDate })
    if (!judged.ok) return judged
    // a few more than were asked for have come since; many more are another export
    if (judged.value.rows > asked.row_count * 1.05 + 1) return refuse('export-grew', { details: { asked: String(asked.row_count), now: String(judged.value.rows) } })
    const rows: Row[] = await readRows(tx, list, judged.value.policy.exportMostRows, businessDate)
    const content = await makeCustomerBook(tx, rows, { name: asker.name, staffNo: asker.staffNo, purpose: asked.purpose, language, approvedBy: `${actor.name} ${actor.staffNo}` })
    return ok({ content, rows: rows.length, fetchDays: judged.value.policy.exportFetchDays })
  })
}

async function forgetOldFiles(tx: Transaction, day: string): Promise<void> {
  await quiet(tx, 'customer_export_file', 'remove', sql`DELETE FROM customer_export_file f WHERE f.export_id IN (SELECT id FROM customer_export WHERE fetch_until < ${day} OR fetched_at IS NOT NULL)`)
}

export const withdrawExportRoute = handle(withdrawExport, async (tx, { params: { exportId } }, { actor, businessDate }) => {
  const asked = await kept(tx, exportId)
  if (!asked || asked.asked_by !== actor.staffKey) return refuse('not-found')
  if (asked.decision !== null || asked.withdrawn_on !== null) return refuse('export-settled')
  await end(tx, 'customer_export', { id: exportId }, { withdrawn_on: businessDate }, { why: null, action: 'WITHDRAW_EXPORT' })
  return ok({ id: exportId })
})

/** The asker fetches his file, once; after its last day it is gone. */
export const fetchExportRoute = handle(fetchExport, async (tx, { params: { exportId } }, { actor, businessDate, language, services }) => {
  const asked = await kept(tx, exportId)
  if (!asked || asked.asked_by !== actor.staffKey) return refuse('not-found')
  if (asked.decision !== 'APPROVED' || asked.fetch_until === null) return refuse('not-approved')
  if (asked.fetched_at !== null) return refuse('fetched-already', { details: { at: asked.fetched_at.slice(0, 16).replace('T', ' ') } })
  const file = asked.fetch_until < businessDate ? undefined : await tx.asRole('batch', () => tx.maybe(sql<{ content_sealed: Buffer }>`SELECT content_sealed FROM customer_export_file WHERE export_id = ${exportId}`))
  if (!file) return refuse('fetch-over', { details: { day: asked.fetch_until } })
  await change(tx, 'customer_export', { id: exportId }, { fetched_at: new Date().toISOString() }, { why: asked.purpose, action: 'FETCH_EXPORT' })
  await recordReading(tx, { table: 'customer', objectId: null, customerId: null, why: asked.purpose, about: { export: exportId, rows: asked.row_count } })
  await tx.asRole('batch', () => quiet(tx, 'customer_export_file', 'remove', sql`DELETE FROM customer_export_file WHERE export_id = ${exportId}`))
  const content = Buffer.from(services.keys.keyring.openTransient(file.content_sealed, `${filePurpose} ${exportId}`), 'base64')
  return ok({ type: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet', content, fileName: `${language === 'zh' ? '客户' : 'customers'}-${businessDate}.xlsx` })
})

type Shown = Omit<ExportView, 'decide'>

/** One's own, and those of one's line that one may decide. */
export const listExportsRoute = handle(listExports, async (tx, { query }, context) => {
  const { actor, businessDate, services } = context
  const list = `exports ${query.waiting ?? ''}`
  const place = readCursor(services.keys.keyring, list, query.cursor)
  if (!place.ok) return place
  const approves = context.may('customer.export-approve')
  const conditions = [approves.allowed ? sql`true` : sql`e.asked_by = ${actor.staffKey}`]
  if (query.waiting === 'yes') conditions.push(sql`e.decision IS NULL AND e.withdrawn_on IS NULL`)
  const after = place.value ? sql`AND (e.asked_at, e.id) < (${place.value[0]}::timestamptz, ${place.value[1]}::uuid)` : sql``
  const where = sql.join(conditions, sql` AND `)
  const rows = await tx.all(sql<Shown & { exact: string }>`
    SELECT e.id, CASE WHEN e.withdrawn_on IS NOT NULL THEN 'WITHDRAWN' WHEN e.decision IS NULL THEN 'WAITING' WHEN e.decision = 'DECLINED' THEN 'DECLINED' WHEN e.fetched_at IS NOT NULL THEN 'FETCHED' WHEN e.fetch_until < ${businessDate} THEN 'OVER' ELSE 'READY' END AS state,
      e.purpose, e.told, e.row_count AS "rowCount", e.person_count AS "personCount", e.made_rows AS "madeRows", a.staff_name AS "askedBy", a.staff_no AS "askedByNo",
      coalesce((SELECT i.name FROM organisation_institution_facts i WHERE i.scope_path = e.asked_path ORDER BY i.from_date DESC LIMIT 1), '') AS "unitName",
      e.asked_on AS "askedOn", e.asked_at AS "askedAt", e.asked_by = ${actor.staffKey} AS mine, d.staff_name AS "decidedBy", e.decided_on AS "decidedOn", e.decision_reason AS "decisionReason", e.fetch_until AS "fetchUntil", e.fetched_at AS "fetchedAt",
      e.asked_at::text AS exact
    FROM customer_export e JOIN organisation_staff_facts a ON a.staff_key = e.asked_by LEFT JOIN organisation_staff_facts d ON d.staff_key = e.decided_by
    WHERE ${where} ${after} ORDER BY e.asked_at DESC, e.id DESC LIMIT ${query.limit + 1}`)
  const { n } = await tx.one(sql<{ n: number }>`SELECT count(*)::int AS n FROM (SELECT 1 FROM customer_export e WHERE ${where} LIMIT 10001) c`)
  const { shown, nextCursor } = cutPage(services.keys.keyring, list, rows, query.limit, (last) => [last.exact, last.id])
  return ok({
    items: shown.map(({ exact: _exact, ...row }) => ({
      ...row, decide: unless(approves, row.mine ? 'own-export' : row.state === 'WAITING' ? null : 'export-settled'),
    })),
    nextCursor, count: { value: Math.min(n, 10_000), exact: n <= 10_000 },
  })
})
