import { unless } from '../foundation/access/permission.rules.ts'
import { sql, type Transaction } from '../foundation/database/transaction.ts'
import { keepFile, readFile } from '../foundation/files/keep-file.ts'
import { handle, handleUpload, type Context } from '../foundation/http/route.ts'
import { grayEdge, makeThumbnail, readPicture } from '../foundation/pictures/read-picture.ts'
import { add, end, quiet } from '../foundation/store/store.ts'
import { createHash } from 'node:crypto'
import { ok, refuse, type Outcome } from '../foundation/values/outcome.ts'
import { newId } from '../foundation/values/uuid7.ts'
import { mayChangeRecord } from './contact.rules.ts'
import { findPhoto } from './engine-find-photo.ts'
import { addPhoto, listPhotos, removePhoto, showPhoto, type PhotoView } from './photo.contract.ts'
import { bandsToStore, printsOf } from './photo-print.rules.ts'
import { judgePhoto, judgePlace } from './photo.rules.ts'
import { visitSchemeOn } from './visit-table.ts'

async function recordOf(tx: Transaction, { actor, opened }: Context, key: { customerId: string; contactId: string }): Promise<Outcome<null>> {
  const row = await tx.maybe(sql<{ staff_key: number; voided_on: string | null }>`SELECT staff_key, voided_on FROM contact WHERE customer_id = ${key.customerId} AND id = ${key.contactId} FOR UPDATE`)
  return row ? mayChangeRecord({ staffKey: row.staff_key, voided: row.voided_on !== null }, { staffKey: actor.staffKey, headOfLine: opened?.relation === 'UNIT' }) : refuse('not-found')
}

/** A photo joins a record: its time as the camera says, its place coarsely and by consent, and whether it stands with another record already. What is kept has no notes of the camera. */
export const addPhotoRoute = handleUpload(addPhoto, async (tx, { params, body, file }, context) => {
  const { actor, services, businessDate } = context
  const { customerId, contactId } = params
  const scheme = visitSchemeOn(businessDate)
  const may = await recordOf(tx, context, params)
  if (!may.ok) return may
  const { n } = await tx.one(sql<{ n: number }>`SELECT count(*)::int AS n FROM contact_photo WHERE customer_id = ${customerId} AND contact_id = ${contactId} AND removed_on IS NULL`)
  if (n >= scheme.photo.perContact) return refuse('too-many-photos', { details: { most: String(scheme.photo.perContact) } })
  const picture = await readPicture(file.bytes)
  if (!picture) return refuse('photo-unreadable', { field: 'file' })
  const now = new Date().toISOString()
  const camera = { takenAt: picture.takenAt, position: picture.position }
  const believed = judgePhoto(camera, now)
  if (!believed.ok) return believed
  const place = judgePlace(body.position, { consent: body.placeConsent, policy: scheme.place, now, camera })
  if (!place.ok) return place
  const prints = printsOf(picture.gray, grayEdge)
  const used = await findPhoto(tx, prints, { customerId, photoId: body.id, bits: scheme.photo.bits })
  const fileId = newId()
  const clean = { name: `${file.name.replace(/\.[^.]*$/, '')}.jpg`, kind: 'JPEG' as const, bytes: new Uint8Array(picture.clean), hash: createHash('sha256').update(picture.clean).digest('hex') }
  await keepFile(tx, services, { customerId, id: fileId, file: clean, storedBy: actor.staffKey, why: '联系照片' })
  await add(tx, 'contact_photo', {
    customer_id: customerId, id: body.id, contact_id: contactId, file_id: fileId, taken_at: picture.takenAt, taken_from: picture.takenAt === null ? 'NONE' : 'CAMERA', latitude: place.value?.latitude ?? null, longitude: place.value?.longitude ?? null,
    accuracy_m: place.value?.accuracyM ?? null, width: picture.width, height: picture.height, used_before: used.verdict, added_by: actor.staffKey, added_on: businessDate,
  }, { why: null, action: 'ADD_PHOTO' })
  await quiet(tx, 'photo_print', 'add', sql`INSERT INTO photo_print (customer_id, id, contact_id, prints, bands) VALUES (${customerId}, ${body.id}, ${contactId}, ${prints.map(String)}::bigint[], ${bandsToStore(prints)}::int[])`)
  return ok({ id: body.id, usedBefore: used.verdict, usedOn: used.verdict === 'SAME_CUSTOMER' ? used.businessDate : null })
})

export const listPhotosRoute = handle(listPhotos, async (tx, { params }, context) => {
  const record = await tx.maybe(sql<{ staff_key: number; voided_on: string | null }>`SELECT staff_key, voided_on FROM contact WHERE customer_id = ${params.customerId} AND id = ${params.contactId}`)
  if (!record) return refuse('not-found')
  const rows = await tx.all(sql<Omit<PhotoView, 'place'> & { latitude: string | null; longitude: string | null }>`
    SELECT f.id, to_char(f.taken_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') AS "takenAt", f.taken_from AS "takenFrom", f.latitude::text, f.longitude::text, f.width, f.height, f.used_before AS "usedBefore", s.staff_name AS "addedBy", f.added_on AS "addedOn"
    FROM contact_photo f JOIN organisation_staff_facts s ON s.staff_key = f.added_by WHERE f.customer_id = ${params.customerId} AND f.contact_id = ${params.contactId} AND f.removed_on IS NULL ORDER BY f.id`)
  const own = mayChangeRecord({ staffKey: record.staff_key, voided: record.voided_on !== null }, { staffKey: context.actor.staffKey, headOfLine: context.opened?.relation === 'UNIT' })
  return ok({ items: rows.map(({ latitude, longitude, ...row }) => ({ ...row, place: latitude === null || longitude === null ? null : { latitude, longitude } })), may: { add: unless(context.may('contact.record', context.opened ? { relation: context.opened.relation } : {}), own.ok ? null : own.refusal.name) } })
})

export const showPhotoRoute = handle(showPhoto, async (tx, { params: { customerId, contactId, photoId }, query }, { services }) => {
  const row = await tx.maybe(sql<{ file_id: string }>`SELECT file_id FROM contact_photo WHERE customer_id = ${customerId} AND contact_id = ${contactId} AND id = ${photoId} AND removed_on IS NULL`)
  const file = row && (await readFile(tx, services, customerId, row.file_id))
  if (!file) return refuse('not-found')
  return ok({ type: 'image/jpeg', content: query.size === 'small' ? await makeThumbnail(file.content, 320) : file.content, fileName: file.name })
})

/** A photo is taken off the record with a reason; the row, the file and the journal line stay, and it is still found when it is used again. */
export const removePhotoRoute = handle(removePhoto, async (tx, { params: { customerId, contactId, photoId }, body }, context) => {
  const may = await recordOf(tx, context, { customerId, contactId })
  if (!may.ok) return may.refusal.name === 'contact-voided' ? refuse('not-your-record') : may
  const there = await tx.maybe(sql`SELECT 1 FROM contact_photo WHERE customer_id = ${customerId} AND contact_id = ${contactId} AND id = ${photoId} AND removed_on IS NULL`)
  if (!there) return refuse('not-found')
  await end(tx, 'contact_photo', { customer_id: customerId, id: photoId }, { removed_on: context.businessDate, removed_by: context.actor.staffKey, remove_reason: body.reason }, { why: body.reason, action: 'REMOVE_PHOTO' })
  return ok({ id: photoId })
})
