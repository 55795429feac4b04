import { sql } from '../foundation/database/transaction.ts'
import { cutPage, readCursor } from '../foundation/http/cursor.ts'
import { handle } from '../foundation/http/route.ts'
import { add, change, quiet } from '../foundation/store/store.ts'
import { ok, refuse } from '../foundation/values/outcome.ts'
import { policyOn } from './choose-recipients.ts'
import { kindsOf, knownViews } from './collect-notices.ts'
import { chooseNotices, getNoticeSettings, listNotices, markNotices, staffChannels, type StaffChannel } from './notice.contract.ts'
import { openStaffChannels } from './open-channels.ts'

type Row = { id: string; kind: string; day: string; title_zh: string; title_en: string; customer_id: string | null; customer_name: string | null; address: string | null; for_name: string | null; read: boolean }

export const listNoticesRoute = handle(listNotices, async (tx, { query }, { actor, services }) => {
  const list = `notices ${query.kind ?? ''} ${query.unread ?? ''}`
  const place = readCursor(services.keys.keyring, list, query.cursor)
  if (!place.ok) return place
  const [day, id] = place.value ?? []
  const kinds = kindsOf(await knownViews(tx, services.db))
  const rows = await tx.all(sql<Row>`
    SELECT n.id, n.kind, n.day, n.title_zh, n.title_en, k.customer_id, k.name AS customer_name, CASE WHEN n.customer_id IS NULL OR k.customer_id IS NOT NULL THEN n.address END AS address, a.staff_name AS for_name, n.read_at IS NOT NULL AS read
    FROM notice n LEFT JOIN customers_customer_facts k ON k.customer_id = n.customer_id LEFT JOIN organisation_staff_facts a ON a.staff_key = n.for_key
    WHERE n.staff_key = ${actor.staffKey} ${query.kind === undefined ? sql`` : sql`AND n.kind = ${query.kind}`} ${query.unread === undefined ? sql`` : sql`AND n.read_at IS NULL`}
      ${day === undefined ? sql`` : sql`AND (n.day, n.id) < (${day}::date, ${id}::uuid)`}
    ORDER BY n.day DESC, n.id DESC LIMIT ${query.limit + 1}`)
  const { shown, nextCursor } = cutPage(services.keys.keyring, list, rows, query.limit, (last) => [last.day, last.id])
  return ok({
    nextCursor, count: null, kinds: kinds.map(({ code, zh, en }) => ({ code, zh, en })),
    items: shown.map((row) => {
      const kind = kinds.find(({ code }) => code === row.kind)
      return {
        id: row.id, kind: row.kind, kindName: { zh: kind?.zh ?? row.kind, en: kind?.en ?? row.kind }, day: row.day, title: { zh: row.title_zh, en: row.title_en },
        customer: row.customer_id === null || row.customer_name === null ? null : { id: row.customer_id, name: row.customer_name }, address: row.address, standsInFor: row.for_name, read: row.read,
      }
    }),
  })
})

export const markNoticesRoute = handle(markNotices, async (tx, { body }, { actor }) => {
  const marked = await quiet(tx, 'notice', 'change', sql`
    UPDATE notice SET read_at = ${body.read ? sql`clock_timestamp()` : sql`NULL`} WHERE staff_key = ${actor.staffKey} AND (read_at IS NULL) = ${body.read} ${body.ids === null ? sql`` : sql`AND id = ANY(${body.ids}::uuid[])`}`)
  return ok({ marked })
})

export const getNoticeSettingsRoute = handle(getNoticeSettings, async (tx, _input, { actor, services, businessDate }) => {
  const kinds = kindsOf(await knownViews(tx, services.db))
  const chosen = await tx.all(sql<{ kind: string; channel: StaffChannel; wanted: boolean }>`SELECT kind, channel, wanted FROM notice_choice WHERE staff_key = ${actor.staffKey}`)
  const addresses = await tx.all(sql<{ channel: StaffChannel; address: string }>`SELECT channel, address FROM staff_address WHERE staff_key = ${actor.staffKey}`)
  const policy = await policyOn(tx, businessDate)
  const open = openStaffChannels(services.config)
  return ok({
    keptDays: policy.noticeDays, from: policy.staffFrom, to: policy.staffTo,
    channels: staffChannels.map((channel) => ({ channel, ready: open[channel] !== undefined, address: addresses.find((one) => one.channel === channel)?.address ?? (channel === 'WECOM' ? actor.staffNo : null) })),
    kinds: kinds.map(({ code, zh, en, also }) => ({
      code, zh, en, wanted: { EMAIL: false, WECOM: false, ...Object.fromEntries(staffChannels.map((channel) => [channel, chosen.find((one) => one.kind === code && one.channel === channel)?.wanted ?? also.includes(channel)])) },
    })),
  })
})

export const chooseNoticesRoute = handle(chooseNotices, async (tx, { body }, { actor, services, businessDate }) => {
  if (!kindsOf(await knownViews(tx, services.db)).some(({ code }) => code === body.kind)) return refuse('kind-unknown', { field: 'kind' })
  const key = { staff_key: actor.staffKey, kind: body.kind, channel: body.channel }
  const known = await change(tx, 'notice_choice', key, { wanted: body.wanted, changed_on: businessDate }, { why: null, action: 'CHOOSE_NOTICES' })
  if (!known) await add(tx, 'notice_choice', { ...key, wanted: body.wanted, changed_on: businessDate }, { why: null, action: 'CHOOSE_NOTICES' })
  return ok({ wanted: body.wanted })
})
