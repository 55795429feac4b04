import { verdictOf } from '../foundation/access/permission.rules.ts'
import { sql } from '../foundation/database/transaction.ts'
import { handle } from '../foundation/http/route.ts'
import { ok, refuse } from '../foundation/values/outcome.ts'
import { getPerson } from './person.contract.ts'
import type { z } from 'zod'

type Person = z.output<typeof getPerson.reply>

/** A person with all posts as facts. The personnel record (joining, leaving, grades) is for himself and for those who may read it. */
export const getPersonRoute = handle(getPerson, async (tx, { params, query }, { actor, businessDate, may }) => {
  const day = query.day ?? businessDate
  const person = await tx.maybe(sql<{ staff_no: string; name: string; name_pinyin: string; employed: boolean }>`
    SELECT s.staff_no, s.name, s.name_pinyin, EXISTS (SELECT FROM employment e WHERE e.staff_key = s.key AND e.from_date <= ${day} AND (e.to_date IS NULL OR e.to_date > ${day})) AS employed
    FROM staff s WHERE s.key = ${params.staffKey}`)
  if (!person) return refuse('not-found')
  // names of line and place as they are in the newest span that the post touches; a post that never came into force is not shown
  const posts = await tx.all(sql<Person['posts'][number]>`
    SELECT key, "postCode", "postName", "postNameEn", sequence, "lineKey", "lineName", "placeKey", "placeName", "from", "to", main, "orderNo", "inForce" FROM (
      SELECT DISTINCT ON (f.post_key) f.post_key AS key, f.post_code AS "postCode", f.post_name AS "postName", f.post_name_en AS "postNameEn", f.sequence, f.line_key AS "lineKey", f.line_name AS "lineName",
        f.place_key AS "placeKey", f.place_name AS "placeName", h.from_date AS "from", h.to_date AS "to", h.main, h.order_no AS "orderNo",
        bool_or(f.from_date <= ${day} AND (f.to_date IS NULL OR f.to_date > ${day})) OVER (PARTITION BY f.post_key) AS "inForce"
      FROM organisation_post_facts f JOIN post_held h ON h.key = f.post_key WHERE f.staff_key = ${params.staffKey} ORDER BY f.post_key, f.from_date DESC) posts
    ORDER BY "from" DESC, main DESC, key DESC`)
  const readsRecord = actor.staffKey === params.staffKey || may('person.record').allowed
  return ok({
    staffKey: params.staffKey, staffNo: person.staff_no, name: person.name, pinyin: person.name_pinyin, day, employed: person.employed, posts,
    record: readsRecord ? {
      employments: await tx.all(sql<{ from: string; to: string | null; leaveReason: string | null }>`
        SELECT from_date AS "from", to_date AS "to", leave_reason AS "leaveReason" FROM employment WHERE staff_key = ${params.staffKey} ORDER BY from_date DESC`),
      grades: await tx.all(sql<{ grade: 'A' | 'B' | 'C'; from: string; to: string | null; reason: string | null }>`
        SELECT grade, from_date AS "from", to_date AS "to", reason FROM grade_held WHERE staff_key = ${params.staffKey} ORDER BY from_date DESC`),
      hasPassword: may('password.set').allowed
        ? await tx.asRole('public', async () => (await tx.maybe(sql`SELECT 1 FROM credential WHERE staff_key = ${params.staffKey}`)) !== undefined)
        : null,
    } : null,
    may: {
      'organisation.change': may('organisation.change'),
      'password.set': actor.staffKey === params.staffKey ? verdictOf('own-password') : may('password.set'),
      leave: actor.staffKey === params.staffKey ? verdictOf('own-employment') : may('organisation.change'),
    },
  })
})
