import { createHash } from 'node:crypto'
import type { Database } from '../database/database.ts'

/** The person who asks, in the post in which he acts today. */
export type Actor = {
  sessionId: string
  staffKey: number
  staffNo: string
  name: string
  postKey: number
  postCode: string
  postName: string
  postNameEn: string
  breadth: 'NONE' | 'SELF' | 'UNIT' | 'ALL'
  lineKey: number
  lineName: string
  linePath: string
  placeKey: number
  placeName: string
  mustChangePassword: boolean
}

/** There is no bank yet: nobody can be signed in. */
export class NoBankYet extends Error {}

/** `unread`: notices that wait for the person, counted to 100. */
export type SessionState = { businessDate: string; actor: Actor | null; unread: number }

type Row = {
  business_date: string; session_id: string | null; staff_key: number; staff_no: string; staff_name: string; post_key: number; post_code: string; post_name: string
  post_name_en: string; breadth: Actor['breadth']; line_key: number; line_name: string; line_path: string; place_key: number; place_name: string; must_change: boolean; unread: number | null
}

/** Hash under which a session's token is kept: the token itself is only in the cookie. */
export function tokenHash(token: string): Buffer {
  return createHash('sha256').update(token).digest()
}

/** Today and the session's person: one message to the database. The person is null when the session, the employment or the post has ended. */
export async function readSession(db: Database, token: string | null): Promise<SessionState> {
  const client = await db.connect()
  let broken: Error | undefined
  try {
    // a message of several statements takes no parameters; a hash in hex is safe in its text
    const hex = token === null ? '' : tokenHash(token).toString('hex')
    const results = (await client.query(`BEGIN READ ONLY; SET LOCAL ROLE yq_public; SELECT b.business_date, s.*, unread_notices(s.staff_key) AS unread FROM bank b LEFT JOIN LATERAL session_actor('\\x${hex}', now(), b.business_date) s ON true; COMMIT`)) as unknown as { rows: Row[] }[]
    const row = results[2]?.rows[0]
    if (!row) throw new NoBankYet('the bank is not set up yet')
    return { businessDate: row.business_date, actor: row.session_id === null ? null : actorOf(row, row.session_id), unread: row.unread ?? 0 }
  } catch (error) {
    await client.query('ROLLBACK').catch((rollbackError: Error) => {
      broken = rollbackError
    })
    throw error
  } finally {
    client.release(broken)
  }
}

function actorOf(row: Row, sessionId: string): Actor {
  return {
    sessionId, staffKey: row.staff_key, staffNo: row.staff_no, name: row.staff_name, postKey: row.post_key, postCode: row.post_code, postName: row.post_name,
    postNameEn: row.post_name_en, breadth: row.breadth, lineKey: row.line_key, lineName: row.line_name, linePath: row.line_path, placeKey: row.place_key,
    placeName: row.place_name, mustChangePassword: row.must_change,
  }
}
