import { randomBytes } from 'node:crypto'
import { sql, type Transaction } from '../foundation/database/transaction.ts'
import { handle, handleAlone, type AloneContext } from '../foundation/http/route.ts'
import { add, change, end } from '../foundation/store/store.ts'
import { ok, refuse } from '../foundation/values/outcome.ts'
import { closeDevice, keyHours, listDevices, openDevice, withdrawDevice } from './device.contract.ts'

type Device = { key_salt: Buffer | null; withdrawn_at: string | null }
const authorOf = ({ actor, requestId }: AloneContext) => (actor ? { personKey: actor.staffKey, postKey: actor.postKey, requestId } : undefined)
const readDevice = (tx: Transaction, staffKey: number, id: string) => tx.maybe(sql<Device>`SELECT key_salt, withdrawn_at FROM draft_device WHERE staff_key = ${staffKey} AND id = ${id} FOR UPDATE`)

/** Of an open device the same key again; of one that was signed out a new one: what lay there is gone. */
export const openDeviceRoute = handleAlone(openDevice, async ({ body }, context) => {
  const { actor, services } = context
  if (!actor) return refuse('not-signed-in')
  return services.db.asPublic(async (tx) => {
    const known = await readDevice(tx, actor.staffKey, body.deviceId)
    if (known?.withdrawn_at) return refuse('device-withdrawn')
    const salt = known?.key_salt ?? randomBytes(32)
    const key = { staff_key: actor.staffKey, id: body.deviceId }
    if (!known) await add(tx, 'draft_device', { ...key, label: body.label, key_salt: salt }, { why: null, action: 'OPEN_DEVICE' })
    else if (known.key_salt === null) await change(tx, 'draft_device', key, { key_salt: salt, closed_at: null, opened_at: new Date().toISOString() }, { why: null, action: 'OPEN_DEVICE' })
    return ok({ key: services.keys.keyring.hash('DRAFTS', `${actor.staffKey} ${body.deviceId} ${salt.toString('hex')}`).toString('base64'), hours: keyHours })
  }, authorOf(context))
})

export const closeDeviceRoute = handleAlone(closeDevice, async ({ body }, context) => {
  const { actor, services } = context
  if (!actor) return refuse('not-signed-in')
  return services.db.asPublic(async (tx) => {
    const known = await readDevice(tx, actor.staffKey, body.deviceId)
    if (!known?.key_salt) return ok({ closed: false })
    await change(tx, 'draft_device', { staff_key: actor.staffKey, id: body.deviceId }, { key_salt: null, closed_at: new Date().toISOString() }, { why: null, action: 'CLOSE_DEVICE' })
    return ok({ closed: true })
  }, authorOf(context))
})

export const withdrawDeviceRoute = handleAlone(withdrawDevice, async ({ body }, context) => {
  const { actor, services } = context
  if (!actor) return refuse('not-signed-in')
  return services.db.asPublic(async (tx) => {
    const known = await readDevice(tx, actor.staffKey, body.deviceId)
    if (!known) return refuse('not-found')
    if (!known.withdrawn_at) await withdraw(tx, actor.staffKey, body.deviceId, { by: actor.staffKey, reason: body.reason })
    return ok({ id: body.deviceId })
  }, authorOf(context))
})

function withdraw(tx: Transaction, staffKey: number, id: string, { by, reason }: { by: number | null; reason: string }): Promise<boolean> {
  return end(tx, 'draft_device', { staff_key: staffKey, id }, { key_salt: null, withdrawn_at: new Date().toISOString(), withdrawn_by: by, withdraw_reason: reason }, { why: reason, action: 'WITHDRAW_DEVICE' })
}

/** Who leaves the bank leaves no readable draft behind. Run as public or office. */
export async function withdrawDevicesOf(tx: Transaction, staffKey: number, reason: string): Promise<void> {
  const open = await tx.all(sql<{ id: string }>`SELECT id FROM draft_device WHERE staff_key = ${staffKey} AND withdrawn_at IS NULL`)
  for (const { id } of open) await withdraw(tx, staffKey, id, { by: null, reason })
}

export const listDevicesRoute = handle(listDevices, async (tx, _input, { actor }) => ok({
  items: await tx.all(sql<{ id: string; label: string; openedAt: string; state: 'OPEN' | 'CLOSED' | 'WITHDRAWN' }>`
    SELECT id, label, to_char(opened_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') AS "openedAt", CASE WHEN withdrawn_at IS NOT NULL THEN 'WITHDRAWN' WHEN key_salt IS NULL THEN 'CLOSED' ELSE 'OPEN' END AS state
    FROM draft_device WHERE staff_key = ${actor.staffKey} ORDER BY opened_at DESC, id LIMIT 100`),
}))

/** May something that was kept on a device be taken from there? A device that this person never opened, or that was withdrawn, sends nothing. */
export async function mayReplay(tx: Transaction, staffKey: number, deviceId: string): Promise<'device-withdrawn' | null> {
  const known = await tx.maybe(sql<{ withdrawn_at: string | null }>`SELECT withdrawn_at FROM draft_device WHERE staff_key = ${staffKey} AND id = ${deviceId}`)
  return known && known.withdrawn_at === null ? null : 'device-withdrawn'
}
