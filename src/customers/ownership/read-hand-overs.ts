import type { Actor } from '../../foundation/access/actor.ts'
import { sql, type Sql, type Transaction } from '../../foundation/database/transaction.ts'
import { cutPage, readCursor } from '../../foundation/http/cursor.ts'
import { handle } from '../../foundation/http/route.ts'
import { ok, refuse } from '../../foundation/values/outcome.ts'
import { mayList } from './change-hand-over.ts'
import { aboutItems, countPackage, countVisits } from './engine-read-hand-over.ts'
import { loadsAfter, type Taken } from './engine-read-load.ts'
import { leads, readCase, sideOf, type Case } from './hand-over-case.ts'
import { getHandOver, listHandOverItems, listHandOvers, type HandOverItemView, type HandOverRow } from './hand-over.contract.ts'
import { isOpen, judgeSigning } from './hand-over.rules.ts'

const open = sql`('OPENED', 'LISTED', 'SAMPLED', 'SIGNED_BY_LEAVER', 'SIGNED_BY_RECEIVER', 'SIGNED_BY_SUPERVISOR')`
const personOf = (key: Sql): Sql => sql`(SELECT jsonb_build_object('staffKey', s.staff_key, 'name', s.staff_name, 'staffNo', s.staff_no) FROM organisation_staff_facts s WHERE s.staff_key = ${key})`
const people = sql`${personOf(sql`h.leaver_key`)} AS leaver, ${personOf(sql`h.supervisor_key`)} AS supervisor,
  (SELECT coalesce(jsonb_agg(jsonb_build_object('staffKey', s.staff_key, 'name', s.staff_name, 'staffNo', s.staff_no) ORDER BY s.staff_no), '[]') FROM hand_over_party p JOIN organisation_staff_facts s ON s.staff_key = p.staff_key
    WHERE p.hand_over_id = h.id AND p.side = 'RECEIVER') AS receivers`

// the personnel office sees that a hand-over is under way (it holds back a leaving), never whose customers they are
const asReader = <T>(tx: Transaction, actor: Actor, work: () => Promise<T>): Promise<T> => (actor.breadth === 'NONE' && ['HR', 'AUDIT', 'COMPLIANCE'].includes(actor.postCode) ? tx.asRole('office', work) : work())

type Row = Omit<HandOverRow, 'waitsForMe'> & { waits: string | null; sort_day: string }

export const listHandOversRoute = handle(listHandOvers, async (tx, { query }, { actor, services }) => asReader(tx, actor, async () => {
  const { state, leaverKey, limit } = query
  const list = `hand-overs ${JSON.stringify([state, leaverKey])}`
  const place = readCursor(services.keys.keyring, list, query.cursor)
  if (!place.ok) return place
  const conditions = [sql`true`]
  if (state === 'OPEN') conditions.push(sql`h.state IN ${open}`)
  if (state === 'AFTER') conditions.push(sql`h.state IN ('EFFECTIVE', 'FOLLOW_UP')`)
  if (state === 'ENDED') conditions.push(sql`h.state IN ('CLOSED', 'WITHDRAWN')`)
  if (leaverKey !== undefined) conditions.push(sql`h.leaver_key = ${leaverKey}`)
  const where = sql.join(conditions, sql` AND `)
  const after = place.value ? sql`AND (h.opened_on, h.id) < (${place.value[0]}::date, ${place.value[1]}::uuid)` : sql``
  const rows = await tx.all(sql<Row>`
    SELECT h.id, h.number, h.kind, h.cause, h.state, ${people}, h.customers, h.effective_on AS "effectiveOn", h.opened_on AS "openedOn", h.opened_on AS sort_day,
      CASE (SELECT p.side FROM hand_over_party p WHERE p.hand_over_id = h.id AND p.staff_key = ${actor.staffKey})
        WHEN 'LEAVER' THEN CASE h.state WHEN 'OPENED' THEN 'LIST' WHEN 'SAMPLED' THEN 'SIGN' END
        WHEN 'RECEIVER' THEN CASE h.state WHEN 'LISTED' THEN 'SAMPLE' WHEN 'SIGNED_BY_LEAVER' THEN
          CASE WHEN EXISTS (SELECT FROM hand_over_signature g WHERE g.hand_over_id = h.id AND g.list_version = h.list_version AND g.staff_key = ${actor.staffKey}) THEN NULL ELSE 'SIGN' END END
        WHEN 'SUPERVISOR' THEN CASE h.state WHEN 'SIGNED_BY_RECEIVER' THEN 'SIGN' END END AS waits
    FROM hand_over h WHERE ${where} ${after} ORDER BY h.opened_on DESC, h.id DESC LIMIT ${limit + 1}`)
  const { shown, nextCursor } = cutPage(services.keys.keyring, list, rows, limit, (last) => [last.sort_day, last.id])
  const { n } = await tx.one(sql<{ n: number }>`SELECT count(*)::int AS n FROM (SELECT 1 FROM hand_over h WHERE ${where} LIMIT 10001) c`)
  return ok({
    items: shown.map(({ waits, sort_day: _day, ...row }) => ({ ...row, waitsForMe: waits as HandOverRow['waitsForMe'] })), nextCursor,
    count: place.value === null ? { value: Math.min(n, 10_000), exact: n <= 10_000 } : null,
  })
}))

export const getHandOverRoute = handle(getHandOver, async (tx, { params: { handOverId } }, { actor, businessDate: day, may }) => asReader(tx, actor, async () => {
  const held = await readCase(tx, handOverId)
  if (!held) return refuse('not-found')
  const [row] = await tx.all(sql<Omit<HandOverRow, 'waitsForMe'> & { openedBy: string; namedBy: string | null }>`
    SELECT h.id, h.number, h.kind, h.cause, h.state, ${people}, h.customers, h.effective_on AS "effectiveOn", h.opened_on AS "openedOn",
      (SELECT s.staff_name FROM organisation_staff_facts s WHERE s.staff_key = h.opened_by) AS "openedBy", (SELECT s.staff_name FROM organisation_staff_facts s WHERE s.staff_key = h.supervisor_named_by) AS "namedBy"
    FROM hand_over h WHERE h.id = ${handOverId}`)
  if (!row) return refuse('not-found')
  const signatures = await tx.all(sql<{ staffKey: number; name: string; staffNo: string; side: 'LEAVER' | 'RECEIVER' | 'SUPERVISOR'; signedAt: string | null; formerVersions: number }>`
    SELECT p.staff_key AS "staffKey", s.staff_name AS name, s.staff_no AS "staffNo", p.side, g.signed_at AS "signedAt",
      (SELECT count(*)::int FROM hand_over_signature f WHERE f.hand_over_id = p.hand_over_id AND f.staff_key = p.staff_key AND f.list_version < ${held.list_version}) AS "formerVersions"
    FROM hand_over_party p JOIN organisation_staff_facts s ON s.staff_key = p.staff_key
    LEFT JOIN hand_over_signature g ON g.hand_over_id = p.hand_over_id AND g.staff_key = p.staff_key AND g.list_version = ${held.list_version}
    WHERE p.hand_over_id = ${handOverId} ORDER BY array_position(ARRAY['LEAVER', 'RECEIVER', 'SUPERVISOR'], p.side), s.staff_no`)
  const counts = await tx.asRole('engine', () => tx.one(sql<{ mustSample: number; sampled: number; gone: number; per: Record<string, number> | null }>`
    SELECT (count(*) FILTER (WHERE must_sample AND state IN ('OPEN', 'MOVED')))::int AS "mustSample", (count(*) FILTER (WHERE must_sample AND sampled_on IS NOT NULL AND state IN ('OPEN', 'MOVED')))::int AS sampled,
      (count(*) FILTER (WHERE state = 'GONE'))::int AS gone,
      (SELECT jsonb_object_agg(receiver_key, n) FROM (SELECT receiver_key, count(*) AS n FROM hand_over_item WHERE hand_over_id = ${handOverId} AND state IN ('OPEN', 'MOVED') GROUP BY receiver_key) r) AS per
    FROM hand_over_item WHERE hand_over_id = ${handOverId}`))
  const mySide = await sideOf(tx, handOverId, actor.staffKey)
  const running = isOpen(held.state)
  const listed = mayList(actor, held, mySide)
  const mine = signatures.find((one) => one.staffKey === actor.staffKey)
  const receives = (counts.per?.[String(actor.staffKey)] ?? 0) > 0
  const signing = judgeSigning({
    state: held.state, side: mySide, signedAlready: mine?.signedAt != null, receives, declared: true, listVersion: held.list_version, presentVersion: held.list_version, effectiveOn: held.effective_on, today: day,
  })
  const inLine = leads(actor, held.scope_path)
  const only = (allowed: boolean, reason: string) => ({ allowed, reason: allowed ? null : reason })
  const opener = may('hand-over.open')
  return ok({
    ...withoutNames(row), reason: held.reason, openedBy: row.openedBy, listVersion: held.list_version, listedOn: held.listed_on, effectedOn: held.effected_on, visitsUntil: held.visits_until, closedOn: held.closed_on, endReason: held.end_reason,
    supervisorNamedBy: row.namedBy,
    signatures: signatures.map((one) => ({ ...one, customers: one.side === 'RECEIVER' ? (counts.per?.[String(one.staffKey)] ?? 0) : held.customers })),
    counts: { mustSample: counts.mustSample, sampled: counts.sampled, gone: counts.gone, ...(await countVisits(tx, held)) },
    package: await countPackage(tx, handOverId, day), loads: running ? await loadsOf(tx, held, day) : [], mySide,
    may: {
      change: !running ? only(false, 'hand-over-ended') : only(listed, 'not-your-list'),
      list: !running ? only(false, 'hand-over-ended') : held.listed_on !== null ? only(false, 'listed-already') : held.customers === 0 ? only(false, 'empty-list') : only(listed, 'not-your-list'),
      sample: only(running && held.listed_on !== null && mySide === 'RECEIVER' && receives, mySide === 'RECEIVER' && held.listed_on === null ? 'not-listed' : 'not-the-receiver'),
      sign: signing.ok ? only(true, '') : only(false, signing.refusal.name),
      moveDay: running && inLine ? opener : only(false, running ? 'not-allowed' : 'hand-over-ended'),
      withdraw: running && inLine ? opener : only(false, running ? 'not-allowed' : 'hand-over-ended'),
      close: held.state !== 'FOLLOW_UP' ? only(false, 'not-in-follow-up') : inLine || mySide === 'SUPERVISOR' ? opener : only(false, 'not-allowed'),
    },
  })
}))

function withoutNames({ openedBy: _by, namedBy: _named, ...row }: Omit<HandOverRow, 'waitsForMe'> & { openedBy: string; namedBy: string | null }): Omit<HandOverRow, 'waitsForMe'> {
  return row
}

/** How full the receivers will be when everything on the list has come. */
export async function loadsOf(tx: Transaction, held: Case, day: string): Promise<{ staffKey: number; name: string; ratio: string; verdict: 'OK' | 'WARN' | 'STOP' }[]> {
  const items = await tx.asRole(tx.role === 'batch' ? 'batch' : 'engine', () => tx.all(sql<{ staff_key: number; customer_id: string; share_pct: string }>`
    SELECT receiver_key AS staff_key, customer_id, share_pct FROM hand_over_item WHERE hand_over_id = ${held.id} AND state = 'OPEN'`))
  const taken = items.map((item): Taken => ({ staffKey: item.staff_key, customerId: item.customer_id, sharePct: item.share_pct }))
  return (await loadsAfter(tx, day, taken)).map(({ staffKey, name, ratio, verdict }) => ({ staffKey, name, ratio, verdict }))
}

type Item = Omit<HandOverItemView, 'along' | 'visitedOn' | 'opens'> & { opens: boolean }

export const listHandOverItemsRoute = handle(listHandOverItems, async (tx, { params: { handOverId }, query }, { services, businessDate: day }) => {
  const held = await readCase(tx, handOverId)
  if (!held) return refuse('not-found')
  const { show, limit } = query
  const list = `hand-over items ${JSON.stringify([handOverId, show])}`
  const place = readCursor(services.keys.keyring, list, query.cursor)
  if (!place.ok) return place
  const where = sql`i.hand_over_id = ${handOverId} AND ${show === 'TO_SAMPLE' ? sql`i.state = 'OPEN' AND i.must_sample AND i.sampled_on IS NULL` : show === 'SAMPLE' ? sql`i.state IN ('OPEN', 'MOVED') AND i.must_sample`
    : show === 'TO_VISIT' ? sql`i.state IN ('OPEN', 'MOVED') AND i.must_sample` : show === 'REMOVED' ? sql`i.state IN ('REMOVED', 'GONE')` : sql`i.state IN ('OPEN', 'MOVED')`}`
  const after = place.value ? sql`AND (i.tier, i.customer_number, i.customer_id) > (${place.value[0]}, ${place.value[1]}, ${place.value[2]}::uuid)` : sql``
  const rows = await tx.all(sql<Item>`
    SELECT i.customer_id AS "customerId", i.customer_number AS number, i.customer_name AS name, i.kind, i.tier, i.state, i.share_pct AS "sharePct", i.main, i.month_adb_fen AS "monthAdbFen", i.loan_fen AS "loanFen",
      i.last_contact_on AS "lastContactOn", ${personOf(sql`i.receiver_key`)} AS receiver, i.must_sample AS "mustSample", i.sampled_on AS "sampledOn", i.sample_note AS "sampleNote",
      EXISTS (SELECT FROM customers_customer_facts k WHERE k.customer_id = i.customer_id)
        OR EXISTS (SELECT FROM access_read_grant_facts g WHERE g.customer_id = i.customer_id AND g.from_date <= ${day} AND g.until_date >= ${day}) AS opens
    FROM hand_over_item i WHERE ${where} ${after} ORDER BY i.tier, i.customer_number, i.customer_id LIMIT ${limit + 1}`)
  const { shown, nextCursor } = cutPage(services.keys.keyring, list, rows, limit, (last) => [last.tier, last.number, last.customerId])
  const about = await aboutItems(tx, held, shown.map((item) => item.customerId), day)
  const { n } = await tx.one(sql<{ n: number }>`SELECT count(*)::int AS n FROM (SELECT 1 FROM hand_over_item i WHERE ${where} LIMIT 10001) c`)
  return ok({
    items: shown.map((item) => ({ ...item, along: about.get(item.customerId)?.along ?? 0, visitedOn: about.get(item.customerId)?.visitedOn ?? null })), nextCursor,
    count: place.value === null ? { value: Math.min(n, 10_000), exact: n <= 10_000 } : null,
  })
})
