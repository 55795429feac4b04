import { sql } from '../foundation/database/transaction.ts'
import { cutPage, readCursor } from '../foundation/http/cursor.ts'
import { handle } from '../foundation/http/route.ts'
import { add, bulk, change } from '../foundation/store/store.ts'
import { ok, refuse } from '../foundation/values/outcome.ts'
import { newId } from '../foundation/values/uuid7.ts'
import { isStaffAddress } from './message.rules.ts'
import { listStaffAddresses, setStaffAddress, type StaffAddressed } from './notice.contract.ts'

export const listStaffAddressesRoute = handle(listStaffAddresses, async (tx, { query }, { services, businessDate }) => {
  const list = `staff addresses ${query.q ?? ''}`
  const place = readCursor(services.keys.keyring, list, query.cursor)
  if (!place.ok) return place
  const after = place.value?.[0] ?? null
  const rows = await tx.all(sql<StaffAddressed>`
    SELECT s.staff_key AS "staffKey", s.staff_no AS "staffNo", s.staff_name AS name, e.address AS email, w.address AS wecom
    FROM organisation_staff_facts s LEFT JOIN staff_address e ON e.staff_key = s.staff_key AND e.channel = 'EMAIL' LEFT JOIN staff_address w ON w.staff_key = s.staff_key AND w.channel = 'WECOM'
    WHERE EXISTS (SELECT FROM organisation_post_facts f WHERE f.staff_key = s.staff_key AND f.from_date <= ${businessDate} AND (f.to_date IS NULL OR f.to_date > ${businessDate}))
      ${query.q === undefined ? sql`` : sql`AND (strpos(s.staff_name, ${query.q}) > 0 OR strpos(s.staff_no, ${query.q}) > 0)`} ${after === null ? sql`` : sql`AND s.staff_no > ${after}`}
    ORDER BY s.staff_no LIMIT ${query.limit + 1}`)
  const { shown, nextCursor } = cutPage(services.keys.keyring, list, rows, query.limit, (last) => [last.staffNo])
  return ok({ nextCursor, count: null, items: shown })
})

export const setStaffAddressRoute = handle(setStaffAddress, async (tx, { params: { staffKey }, body }, { actor, businessDate }) => {
  const person = await tx.maybe(sql<{ name: string }>`SELECT staff_name AS name FROM organisation_staff_facts WHERE staff_key = ${staffKey}`)
  if (!person) return refuse('not-found')
  const address = body.address === '' ? null : body.address
  if (address !== null && !isStaffAddress(body.channel, address)) return refuse('address-wrong', { field: 'address' })
  const key = { staff_key: staffKey, channel: body.channel }
  return tx.asRole('office', async () => {
    if (address === null) {
      await tx.asRole('batch', () => bulk(tx, { table: 'staff_address', what: 'remove', why: 'taken back', batch: newId(), statement: sql`DELETE FROM staff_address WHERE staff_key = ${staffKey} AND channel = ${body.channel}`, about: { staff_key: staffKey, channel: body.channel } }))
      return ok({ address })
    }
    const other = await tx.maybe(sql<{ name: string }>`SELECT s.staff_name AS name FROM staff_address a JOIN organisation_staff_facts s ON s.staff_key = a.staff_key WHERE a.channel = ${body.channel} AND lower(a.address) = lower(${address}) AND a.staff_key <> ${staffKey} LIMIT 1`)
    if (other) return refuse('address-taken', { field: 'address', details: { name: other.name } })
    const patch = { address, entered_by: actor.staffKey, entered_on: businessDate }
    if (!(await change(tx, 'staff_address', key, patch, { why: null, action: 'SET_STAFF_ADDRESS' }))) await add(tx, 'staff_address', { ...key, ...patch }, { why: null, action: 'SET_STAFF_ADDRESS' })
    return ok({ address })
  })
})
