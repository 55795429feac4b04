import { sql } from '../foundation/database/transaction.ts'
import type { MergeRun } from '../foundation/store/merge-run.ts'
import { bulk } from '../foundation/store/store.ts'
import { takeNumbers } from '../foundation/store/take-numbers.ts'

/** New units hang below their parent (the head office when none is named), level by level; a unit that is there stays as it is: moving and renaming are acts of their own. */
export async function mergeInstitutionsFromStaging({ tx, batch, why, effects }: MergeRun): Promise<void> {
  const head = await tx.one(sql<{ key: number }>`SELECT key FROM institution WHERE kind = 'HEAD_OFFICE'`)
  for (let level = 0; level < 50; level++) {
    const parents = await tx.all(sql<{ key: number; children: number }>`
      SELECT coalesce(p.key, ${head.key}) AS key, count(*)::int AS children FROM deliveries_institution_facts s LEFT JOIN institution p ON p.code = s.parent_code
      WHERE (s.parent_code IS NULL OR p.key IS NOT NULL) AND NOT EXISTS (SELECT FROM institution i WHERE i.code = s.code) GROUP BY 1 ORDER BY 1`)
    if (parents.length === 0) return
    const firstNumbers: number[] = []
    for (const parent of parents) firstNumbers.push(await takeNumbers(tx, `institution below ${parent.key}`, parent.children))
    const firstKey = await takeNumbers(tx, 'institution', parents.reduce((sum, parent) => sum + parent.children, 0))
    effects.push(await bulk(tx, {
      table: 'institution', what: 'add', why, batch,
      statement: sql`INSERT INTO institution (key, code, kind)
        SELECT ${firstKey} + row_number() OVER (ORDER BY s.code) - 1, s.code, s.kind FROM deliveries_institution_facts s LEFT JOIN institution p ON p.code = s.parent_code
        WHERE (s.parent_code IS NULL OR p.key IS NOT NULL) AND NOT EXISTS (SELECT FROM institution i WHERE i.code = s.code)`,
    }))
    // its number among its siblings, in three characters of 0-9A-Z, is the last piece of its path
    const digits = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ'
    effects.push(await bulk(tx, {
      table: 'institution_span', what: 'add', why, batch,
      statement: sql`INSERT INTO institution_span (institution_key, from_date, name, name_en, parent_key, scope_path, region, managers_in)
        SELECT n.key, n.from_date, n.name, n.name_en, n.parent_key, ps.scope_path || '.' || substr(${digits}::text, n.number / 1296 + 1, 1) || substr(${digits}::text, n.number / 36 % 36 + 1, 1) || substr(${digits}::text, n.number % 36 + 1, 1),
          n.region, n.managers_in
        FROM (SELECT i.key, s.from_date, s.name, coalesce(s.name_en, s.name) AS name_en, t.parent_key, coalesce(s.region, '*') AS region, coalesce(s.managers_in, 'OUTLET') AS managers_in,
                (t.first + row_number() OVER (PARTITION BY t.parent_key ORDER BY s.code) - 1)::int AS number
              FROM deliveries_institution_facts s JOIN institution i ON i.code = s.code AND i.key >= ${firstKey} LEFT JOIN institution p ON p.code = s.parent_code
              JOIN unnest(${parents.map((parent) => parent.key)}::int[], ${firstNumbers}::int[]) AS t (parent_key, first) ON t.parent_key = coalesce(p.key, ${head.key})) n
        JOIN LATERAL (SELECT scope_path FROM institution_span WHERE institution_key = n.parent_key ORDER BY from_date DESC LIMIT 1) ps ON true`,
    }))
  }
}

/** People, their employment, posts and grades: what is new is added, an end that is told is set. */
export async function mergeStaffFromStaging({ tx, batch, why, effects }: MergeRun): Promise<void> {
  const { count: newStaff } = await tx.one(sql<{ count: number }>`SELECT count(*)::int AS count FROM deliveries_staff_facts s WHERE NOT EXISTS (SELECT FROM staff f WHERE f.staff_no = s.staff_no)`)
  if (newStaff > 0) {
    const firstKey = await takeNumbers(tx, 'staff', newStaff)
    effects.push(await bulk(tx, {
      table: 'staff', what: 'add', why, batch,
      statement: sql`INSERT INTO staff (key, staff_no, name, name_pinyin, name_initials)
        SELECT ${firstKey} + row_number() OVER (ORDER BY s.staff_no) - 1, s.staff_no, s.name, s.name_pinyin, s.name_initials FROM deliveries_staff_facts s
        WHERE NOT EXISTS (SELECT FROM staff f WHERE f.staff_no = s.staff_no)`,
    }))
  }
  effects.push(await bulk(tx, {
    table: 'staff', what: 'change', why, batch, alias: 'f',
    statement: sql`UPDATE staff f SET name = s.name, name_pinyin = s.name_pinyin, name_initials = s.name_initials FROM deliveries_staff_facts s WHERE s.staff_no = f.staff_no AND s.name <> f.name`,
  }))
  effects.push(await bulk(tx, {
    table: 'employment', what: 'add', why, batch,
    statement: sql`INSERT INTO employment (staff_key, from_date, to_date) SELECT f.key, s.from_date, s.to_date FROM deliveries_staff_facts s JOIN staff f ON f.staff_no = s.staff_no
      WHERE NOT EXISTS (SELECT FROM employment e WHERE e.staff_key = f.key AND daterange(e.from_date, e.to_date) && daterange(s.from_date, s.to_date))`,
  }))
  effects.push(await bulk(tx, {
    table: 'employment', what: 'change', why, batch, alias: 'e',
    statement: sql`UPDATE employment e SET to_date = s.to_date FROM deliveries_staff_facts s JOIN staff f ON f.staff_no = s.staff_no
      WHERE e.staff_key = f.key AND e.from_date = s.from_date AND e.to_date IS NULL AND s.to_date IS NOT NULL`,
  }))
  await mergePosts({ tx, batch, why, effects })
  effects.push(await bulk(tx, {
    table: 'grade_held', what: 'change', why, batch, alias: 'g',
    statement: sql`UPDATE grade_held g SET to_date = s.from_date FROM deliveries_grade_facts s JOIN staff f ON f.staff_no = s.staff_no
      WHERE g.staff_key = f.key AND g.to_date IS NULL AND g.from_date < s.from_date AND g.grade <> s.grade`,
  }))
  effects.push(await bulk(tx, {
    table: 'grade_held', what: 'add', why, batch,
    statement: sql`INSERT INTO grade_held (staff_key, from_date, to_date, grade)
      SELECT n.key, n.from_date, n.to_date, n.grade FROM (
        SELECT f.key, s.from_date, s.grade, lead(s.from_date) OVER (PARTITION BY s.staff_no ORDER BY s.from_date) AS to_date FROM deliveries_grade_facts s JOIN staff f ON f.staff_no = s.staff_no) n
      WHERE NOT EXISTS (SELECT FROM grade_held g WHERE g.staff_key = n.key AND daterange(g.from_date, g.to_date) && daterange(n.from_date, n.to_date))`,
  }))
}

async function mergePosts({ tx, batch, why, effects }: Pick<MergeRun, 'tx' | 'batch' | 'why' | 'effects'>): Promise<void> {
  const staged = sql`FROM deliveries_post_facts s JOIN staff f ON f.staff_no = s.staff_no JOIN institution l ON l.code = s.line_code JOIN institution o ON o.code = s.place_code
    WHERE NOT EXISTS (SELECT FROM post_held p WHERE p.staff_key = f.key AND p.post_code = s.post_code AND p.line_key = l.key AND daterange(p.from_date, p.to_date) && daterange(s.from_date, s.to_date))`
  effects.push(await bulk(tx, {
    table: 'post_held', what: 'change', why, batch, alias: 'p',
    statement: sql`UPDATE post_held p SET to_date = s.to_date FROM deliveries_post_facts s JOIN staff f ON f.staff_no = s.staff_no JOIN institution l ON l.code = s.line_code
      WHERE p.staff_key = f.key AND p.post_code = s.post_code AND p.line_key = l.key AND p.from_date = s.from_date AND p.to_date IS NULL AND s.to_date IS NOT NULL`,
  }))
  const { count } = await tx.one(sql<{ count: number }>`SELECT count(*)::int AS count ${staged}`)
  if (count === 0) return
  const firstKey = await takeNumbers(tx, 'post_held', count)
  effects.push(await bulk(tx, {
    table: 'post_held', what: 'add', why, batch,
    statement: sql`INSERT INTO post_held (key, staff_key, post_code, line_key, place_key, from_date, to_date, main)
      SELECT ${firstKey} + row_number() OVER (ORDER BY s.staff_no, s.from_date, s.post_code) - 1, f.key, s.post_code, l.key, o.key, s.from_date, s.to_date, coalesce(s.main, true) ${staged}`,
  }))
}
