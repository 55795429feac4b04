import { timingSafeEqual } from 'node:crypto'
import type { Keyring } from '../secrets/keyring.ts'
import { ok, refuse, type Outcome } from '../values/outcome.ts'

/** The place in a list after its last row: the values that the list is sorted by, the row's id last. */
export type Place = readonly (string | number | null)[]

/**
 * Makes the opaque cursor of a list. `list` names the endpoint with everything that changes its order or its rows (sort, filters): a cursor of one list
 * is no place in another. It is signed, so that one made by hand is refused instead of believed.
 */
export function makeCursor(keyring: Keyring, list: string, place: Place): string {
  const text = Buffer.from(JSON.stringify(place), 'utf8').toString('base64url')
  return `${text}.${mark(keyring, list, text).toString('base64url')}`
}

/**
 * Cuts a page out of rows of which one more than `limit` was asked for: what is shown, and the cursor of the place after its last row, null when nothing
 * follows. `placeOf` gives the values that the list is sorted by.
 */
export function cutPage<Row>(keyring: Keyring, list: string, rows: readonly Row[], limit: number, placeOf: (last: Row) => Place): { shown: Row[]; nextCursor: string | null } {
  const shown = rows.slice(0, limit)
  const last = shown.at(-1)
  return { shown, nextCursor: last !== undefined && rows.length > limit ? makeCursor(keyring, list, placeOf(last)) : null }
}

/** The place of a cursor, null for the first page. Refuses 'invalid-cursor' when it was not made for this list by this server. */
export function readCursor(keyring: Keyring, list: string, cursor: string | undefined): Outcome<Place | null> {
  if (cursor === undefined) return ok(null)
  const [text = '', sent = ''] = cursor.split('.')
  const wanted = mark(keyring, list, text)
  const given = Buffer.from(sent, 'base64url')
  if (given.length !== wanted.length || !timingSafeEqual(given, wanted)) return refuse('invalid-cursor', { field: 'cursor' })
  return ok(JSON.parse(Buffer.from(text, 'base64url').toString('utf8')) as Place)
}

function mark(keyring: Keyring, list: string, text: string): Buffer {
  return keyring.hash('cursor', `${list}\0${text}`).subarray(0, 12)
}
