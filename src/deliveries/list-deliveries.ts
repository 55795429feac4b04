import { unless, type Verdict } from '../foundation/access/permission.rules.ts'
import { sql, type Sql, type Transaction } from '../foundation/database/transaction.ts'
import { cutPage, readCursor } from '../foundation/http/cursor.ts'
import { handle, type Context } from '../foundation/http/route.ts'
import { ok, refuse } from '../foundation/values/outcome.ts'
import { getDelivery, listDeliveries, listRejects, type DeliveryRow } from './delivery.contract.ts'
import { readJob } from './read-job.ts'
import { rejectReasons, type RejectReason } from './reject-reasons.contract.ts'

type Row = Omit<DeliveryRow, 'refusal'> & { refusalZh: string | null; refusalEn: string | null; jobId: string | null; told: number; exactAt: string }

const selectDeliveries = (where: Sql, limit: number): Sql<Row> => sql<Row>`
  SELECT d.id, d.profile, d.business_date AS "businessDate", d.kind, d.folder, d.state, d.rows_read::text AS "rowsRead", d.rows_rejected::int AS "rowsRejected", d.rows_later::int AS "rowsLater",
    d.rows_changed::text AS "rowsChanged", d.received_at AS "receivedAt", d.received_at::text AS "exactAt", d.loaded_at AS "loadedAt", d.seconds::text, d.refusal_zh AS "refusalZh", d.refusal_en AS "refusalEn", s.name AS "signedBy", d.signed_at AS "signedAt",
    t.ties, coalesce(t.told, 0)::int AS told, d.job_id AS "jobId"
  FROM (SELECT * FROM delivery d WHERE ${where} ORDER BY d.received_at DESC, d.id DESC LIMIT ${limit}) d
  LEFT JOIN (SELECT staff_key, staff_name AS name FROM organisation_staff_facts) s ON s.staff_key = d.signed_by
  LEFT JOIN LATERAL (SELECT bool_and(expected IS NULL OR expected = received) AS ties, count(expected) AS told FROM delivery_total WHERE delivery_id = d.id) t ON true
  ORDER BY d.received_at DESC, d.id DESC`

const shown = ({ refusalZh, refusalEn, jobId: _job, told: _told, exactAt: _exact, ...row }: Row): DeliveryRow => ({ ...row, refusal: refusalZh === null || refusalEn === null ? null : { zh: refusalZh, en: refusalEn } })

/** Deliveries, the newest first. */
export const listDeliveriesRoute = handle(listDeliveries, async (tx, { query }, { services }) => {
  const place = readCursor(services.keys.keyring, 'deliveries', query.cursor)
  if (!place.ok) return place
  const [at, id] = place.value ?? []
  const rows = await tx.all(selectDeliveries(place.value ? sql`(d.received_at, d.id) < (${at}::timestamptz, ${id}::uuid)` : sql`true`, query.limit + 1))
  const { value } = await tx.one(sql<{ value: number }>`SELECT count(*)::int AS value FROM (SELECT 1 FROM delivery LIMIT 10001) c`)
  // the instant of a cursor keeps its microseconds: a row of the same millisecond must not be skipped
  const page = cutPage(services.keys.keyring, 'deliveries', rows, query.limit, (last) => [last.exactAt, last.id])
  return ok({ items: page.shown.map(shown), nextCursor: page.nextCursor, count: { value: Math.min(value, 10_000), exact: value <= 10_000 } })
})

/** One delivery with its files, control totals and what it changed. */
export const getDeliveryRoute = handle(getDelivery, async (tx, { params }, context) => {
  const [row] = await tx.all(selectDeliveries(sql`d.id = ${params.deliveryId}::uuid`, 1))
  if (!row) return refuse('not-found')
  const totals = await tx.all(sql<{ file: string; measure: string; expected: string | null; received: string; difference: string | null; ties: boolean }>`
    SELECT coalesce(f.name, t.file_id) AS file, t.measure, CASE WHEN t.measure = 'rows' THEN t.expected::bigint::text ELSE t.expected::text END AS expected,
      CASE WHEN t.measure = 'rows' THEN t.received::bigint::text ELSE t.received::text END AS received,
      CASE WHEN t.measure = 'rows' THEN (t.received - t.expected)::bigint::text ELSE (t.received - t.expected)::text END AS difference, t.expected IS NULL OR t.expected = t.received AS ties
    FROM delivery_total t LEFT JOIN delivery_file f ON f.delivery_id = t.delivery_id AND f.file_id = t.file_id WHERE t.delivery_id = ${row.id} ORDER BY 1, t.measure <> 'rows', t.measure`)
  return ok({
    delivery: shown(row), job: row.jobId === null ? null : await readJob(tx, row.jobId), may: { 'delivery.sign-off': signOffVerdict(row, context) }, totals,
    files: await tx.all(sql<{ id: string; name: string; bytes: string; rows: string | null }>`SELECT file_id AS id, name, bytes::text, rows_read::text AS rows FROM delivery_file WHERE delivery_id = ${row.id} ORDER BY name`),
    effects: await tx.all(sql<{ table: string; what: 'add' | 'change' | 'remove'; rows: string }>`SELECT table_name AS table, what, sum(rows)::text AS rows FROM delivery_effect WHERE delivery_id = ${row.id} GROUP BY table_name, what ORDER BY min(place)`),
  })
})

/** Whether this person may sign the delivery off now, the most fundamental reason first. */
function signOffVerdict(row: Pick<Row, 'state' | 'ties' | 'told' | 'signedAt'>, { may }: Pick<Context, 'may'>): Verdict {
  return unless(may('delivery.sign-off'), row.signedAt !== null ? 'already-signed' : row.state !== 'LOADED' ? 'not-loaded' : row.told === 0 ? 'no-totals' : row.ties === true ? null : 'totals-differ')
}

/** For signing off: the delivery's verdict inside the transaction that signs; undefined when there is no such delivery. */
export async function signOffReason(tx: Transaction, deliveryId: string, context: Pick<Context, 'may'>): Promise<Verdict | undefined> {
  const [row] = await tx.all(selectDeliveries(sql`d.id = ${deliveryId}::uuid`, 1))
  return row && signOffVerdict(row, context)
}

/** Rejected rows: where and why. The value is asked for one by one. */
export const listRejectsRoute = handle(listRejects, async (tx, { params, query }, { services }) => {
  if (!(await tx.maybe(sql`SELECT 1 FROM delivery WHERE id = ${params.deliveryId}`))) return refuse('not-found')
  const list = `rejects ${params.deliveryId}`
  const place = readCursor(services.keys.keyring, list, query.cursor)
  if (!place.ok) return place
  const [after] = place.value ?? [0]
  const rows = await tx.all(sql<{ number: number; file: string; row: number; column: string; reason: RejectReason; hasValue: boolean }>`
    SELECT number, file_name AS file, row_no AS row, column_name AS column, reason, value_sealed IS NOT NULL AS "hasValue" FROM delivery_reject
    WHERE delivery_id = ${params.deliveryId} AND number > ${after}::int ORDER BY number LIMIT ${query.limit + 1}`)
  const { value } = await tx.one(sql<{ value: number }>`SELECT rows_rejected::int AS value FROM delivery WHERE id = ${params.deliveryId}`)
  const page = cutPage(services.keys.keyring, list, rows, query.limit, (last) => [last.number])
  return ok({
    items: page.shown.map((row) => ({ ...row, reason: rejectReasons[row.reason] ?? { zh: row.reason, en: row.reason } })),
    nextCursor: page.nextCursor, count: { value: Math.min(value, 10_000), exact: value <= 10_000 },
  })
})
