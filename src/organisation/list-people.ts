import { sql } from '../foundation/database/transaction.ts'
import { cutPage, readCursor } from '../foundation/http/cursor.ts'
import { handle } from '../foundation/http/route.ts'
import { ok } from '../foundation/values/outcome.ts'
import { normaliseText } from '../foundation/values/person-name.ts'
import { listPeople, listPosts, type PersonRow, type PostView } from './person.contract.ts'

const countedMost = 10_000

/** People as they stand on a day, by the sound of their names. A unit's people are those whose line or desk is in it or below it. */
export const listPeopleRoute = handle(listPeople, async (tx, { query }, { services, businessDate }) => {
  const { q, unitKey, postCode, gone, limit } = query
  const day = query.day ?? businessDate
  const list = `organisation.people ${JSON.stringify([q, unitKey, postCode, gone, day])}`
  const place = readCursor(services.keys.keyring, list, query.cursor)
  if (!place.ok) return place
  const [afterName, afterKey] = place.value ?? []

  const employed = sql`EXISTS (SELECT FROM employment e WHERE e.staff_key = s.key AND e.from_date <= ${day} AND (e.to_date IS NULL OR e.to_date > ${day}))`
  const conditions = [sql`EXISTS (SELECT FROM employment e WHERE e.staff_key = s.key AND e.from_date <= ${day})`]
  if (gone === undefined) conditions.push(employed)
  if (gone === 'only') conditions.push(sql`NOT ${employed}`)
  if (q !== undefined) {
    const asked = normaliseText(q)
    const sound = asked.toLowerCase().replace(/\s/g, '')
    conditions.push(sql`(position(${asked} IN s.name) > 0 OR position(${sound} IN replace(s.name_pinyin, ' ', '')) > 0 OR position(${sound} IN s.name_initials) > 0 OR position(${sound} IN lower(s.staff_no)) > 0)`)
  }
  if (unitKey !== undefined || postCode !== undefined) {
    const unit = unitKey === undefined ? sql`` : sql`AND EXISTS (SELECT FROM organisation_institution_facts u WHERE u.institution_key = ${unitKey} AND u.from_date <= ${day} AND (u.to_date IS NULL OR u.to_date > ${day})
        AND ((f.line_path >= u.scope_path AND f.line_path < u.scope_path || '/') OR (f.place_path >= u.scope_path AND f.place_path < u.scope_path || '/')))`
    conditions.push(sql`EXISTS (SELECT FROM organisation_post_facts f WHERE f.staff_key = s.key AND f.from_date <= ${day} AND (f.to_date IS NULL OR f.to_date > ${day})
      ${postCode === undefined ? sql`` : sql`AND f.post_code = ${postCode}`} ${unit})`)
  }
  const where = sql.join(conditions, sql` AND `)
  const rows = await tx.all(sql<PersonRow & { sound: string }>`
    SELECT s.key AS "staffKey", s.staff_no AS "staffNo", s.name, s.name_pinyin AS sound, main.post_code AS "postCode", main.post_name AS "postName", main.post_name_en AS "postNameEn",
      main.line_name AS "lineName", main.place_name AS "placeName", coalesce(main.posts - 1, 0)::int AS "otherPosts", ${employed} AS employed
    FROM (SELECT * FROM staff s WHERE ${where} ${place.value ? sql`AND (s.name_pinyin COLLATE "C", s.key) > (${afterName}, ${afterKey}::int)` : sql``}
      ORDER BY s.name_pinyin COLLATE "C", s.key LIMIT ${limit + 1}) s
    LEFT JOIN LATERAL (SELECT f.*, count(*) OVER () AS posts FROM organisation_post_facts f WHERE f.staff_key = s.key AND f.from_date <= ${day} AND (f.to_date IS NULL OR f.to_date > ${day})
      ORDER BY f.main DESC, f.post_key LIMIT 1) main ON true
    ORDER BY s.name_pinyin COLLATE "C", s.key`)
  const { value } = await tx.one(sql<{ value: number }>`SELECT count(*)::int AS value FROM (SELECT 1 FROM staff s WHERE ${where} LIMIT ${countedMost + 1}) counted`)
  const { shown, nextCursor } = cutPage(services.keys.keyring, list, rows, limit, (last) => [last.sound, last.staffKey])
  return ok({
    items: shown.map(({ sound: _sound, ...row }) => row),
    nextCursor,
    count: { value: Math.min(value, countedMost), exact: value <= countedMost },
  })
})

export const listPostsRoute = handle(listPosts, async (tx) => ok({
  items: await tx.all(sql<PostView>`SELECT code, name, name_en AS "nameEn", sequence, breadth FROM post ORDER BY array_position(ARRAY['FRONT', 'RISK_CONTROL', 'PROCESSING'], sequence), code`),
}))
