import { ok, refuse, type Outcome } from '../foundation/values/outcome.ts'

/** Photos of a contact: what may be believed of their time and place, and when two photos are the same. Pure. */

/** Two prints that differ in at most so many of 63 bits are of the same picture. */
export type PhotoLine = { bits: number }
/** `kept` false: the bank keeps no places. A position must be of the time of sending within so many minutes, and near to what the camera wrote into the photo. */
export type PlacePolicy = { kept: boolean; minutesApart: number; kilometresFromCamera: number; worstAccuracyM: number }

export type Position = { latitude: number; longitude: number; accuracyM: number; at: string }
export type CameraFacts = { takenAt: string | null; position: { latitude: number; longitude: number } | null }
export type KeptPlace = { latitude: string; longitude: string; accuracyM: number }

const earthKm = 6371

/** Kilometres between two places on the earth. */
export function kilometresBetween(a: { latitude: number; longitude: number }, b: { latitude: number; longitude: number }): number {
  const rad = (degrees: number): number => (degrees * Math.PI) / 180
  const half = Math.sin(rad(b.latitude - a.latitude) / 2) ** 2 + Math.cos(rad(a.latitude)) * Math.cos(rad(b.latitude)) * Math.sin(rad(b.longitude - a.longitude) / 2) ** 2
  return 2 * earthKm * Math.asin(Math.min(1, Math.sqrt(half)))
}

/**
 * May this position be kept with a photo? Refused by name when the bank keeps none, the customer did not agree, or it cannot be where the device was: no device knows its place to the centimetre
 * or writes whole degrees, a position of another hour was not measured now, and the camera's own note is elsewhere. What is kept is coarse: two decimals, about a kilometre.
 */
export function judgePlace(position: Position | null, circumstances: { consent: boolean; policy: PlacePolicy; now: string; camera: CameraFacts }): Outcome<KeptPlace | null> {
  if (position === null) return ok(null)
  const { policy, camera } = circumstances
  if (!policy.kept) return refuse('place-not-kept', { field: 'position' })
  if (!circumstances.consent) return refuse('place-without-consent', { field: 'placeConsent' })
  const whole = Number.isInteger(position.latitude) && Number.isInteger(position.longitude)
  const minutes = Math.abs(Date.parse(circumstances.now) - Date.parse(position.at)) / 60_000
  const forged = whole || position.accuracyM < 1 || minutes > policy.minutesApart || (camera.position !== null && kilometresBetween(position, camera.position) > policy.kilometresFromCamera)
  if (forged) return refuse('place-forged', { field: 'position' })
  if (position.accuracyM > policy.worstAccuracyM) return ok(null)
  return ok({ latitude: position.latitude.toFixed(2), longitude: position.longitude.toFixed(2), accuracyM: Math.round(position.accuracyM) })
}

/** May this photo stand with this contact? The camera's clock may be wrong by a day, not by more into the future. */
export function judgePhoto(camera: CameraFacts, now: string): Outcome<null> {
  return camera.takenAt !== null && Date.parse(camera.takenAt) > Date.parse(now) + 86_400_000 ? refuse('photo-in-future', { field: 'file', details: { day: camera.takenAt.slice(0, 10) } }) : ok(null)
}
