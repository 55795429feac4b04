import { bankCalendar } from '../foundation/calendar/read-calendar.ts'
import { sql, type Transaction } from '../foundation/database/transaction.ts'
import { bulk } from '../foundation/store/store.ts'
import { dueOn, nextDayOf, spanOf, textsOf, type Written } from './day-report.rules.ts'
import { kindsOn, workdayViews } from './read-kinds.ts'

export type BulkReport = { id: string; staffNo: string; day: string; confirmedOn: string; texts: readonly Written[]; signedOn: string | null }

/**
 * Reports of days that many people wrote, by a few statements with one line of the journal a table (demo bank, take-over from another system). Each is kept as if its author had confirmed it on that day: with his line and place, with who of his
 * line reads it, with what the system saw of the day. What is there already stays; who did not hold such a post on the day, or was away, gets none.
 */
export async function saveManyReports(tx: Transaction, batch: string, kindCode: string, reports: readonly BulkReport[], why: string): Promise<number> {
  const [first] = reports
  if (first === undefined) return 0
  const kind = (await kindsOn(tx, first.day)).find((one) => one.code === kindCode && one.period === 'DAY')
  if (!kind) throw new Error(`no daily kind of report: ${kindCode}`)
  const calendar = await bankCalendar(tx)
  const due = (day: string): string => dueOn(calendar, kind, spanOf(kind, day, day) ?? { firstDay: day, lastDay: day })
  const rows = reports.map(({ id, staffNo, day, confirmedOn, texts, signedOn }) => ({
    id, staffNo, day, confirmedOn, dueOn: due(day), texts: textsOf(kind, Object.fromEntries(texts.map(({ section, text }) => [section, text]))), signedOn,
  }))
  const { count } = await bulk(tx, {
    table: 'day_report', what: 'add', why, batch, about: { kind: kind.code },
    statement: sql`
      WITH given AS MATERIALIZED (SELECT * FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS r (id uuid, "staffNo" text, day date, "confirmedOn" date, "dueOn" date, texts jsonb, "signedOn" date)),
      -- one pass over the posts: the view compares spans, and is not to be asked for every report
      seat AS MATERIALIZED (
        SELECT f.staff_key, f.staff_no, f.post_code, f.place_key, f.line_path, f.main, f.post_key, f.from_date, f.to_date FROM organisation_post_facts f WHERE f.post_code = ANY(${[...kind.posts, ...kind.receiverPosts]}::text[])),
      author AS MATERIALIZED (
        SELECT DISTINCT ON (r.id) r.*, f.staff_key, f.place_key, f.line_path FROM given r JOIN seat f ON f.staff_no = r."staffNo" AND f.post_code = ANY(${[...kind.posts]}::text[]) AND f.from_date <= r.day AND (f.to_date IS NULL OR f.to_date > r.day)
        ORDER BY r.id, f.main DESC, f.post_key),
      above AS MATERIALIZED (SELECT DISTINCT a.staff_key, a.line_path, a.day FROM author a),
      receiver AS MATERIALIZED (
        SELECT DISTINCT ON (a.staff_key, a.day) a.staff_key AS author_key, a.day, f.staff_key FROM above a
        JOIN seat f ON f.post_code = ANY(${[...kind.receiverPosts]}::text[]) AND f.staff_key <> a.staff_key AND f.from_date <= a.day AND (f.to_date IS NULL OR f.to_date > a.day) AND (a.line_path = f.line_path OR starts_with(a.line_path, f.line_path || '.'))
        ORDER BY a.staff_key, a.day, length(f.line_path) DESC, array_position(${[...kind.receiverPosts]}::text[], f.post_code), f.staff_no)
      INSERT INTO day_report (id, kind_code, kind_version, staff_key, place_key, period_key, first_day, last_day, due_on, channel, recorded_by, confirmed_on, confirmed_at, late, texts, receiver_key, signed_by, signed_on, scope_path, batch_id)
      SELECT p.id, ${kind.code}, ${kind.version}, p.staff_key, p.place_key, p.day::text, p.day, p.day, p."dueOn", 'SELF', p.staff_key, p."confirmedOn", (p."confirmedOn" + time '17:20') AT TIME ZONE 'Asia/Shanghai', p."confirmedOn" > p."dueOn", p.texts, v.staff_key,
        CASE WHEN p."signedOn" IS NOT NULL THEN v.staff_key END, CASE WHEN v.staff_key IS NOT NULL THEN p."signedOn" END, p.line_path, ${batch}::uuid
      FROM author p LEFT JOIN receiver v ON v.author_key = p.staff_key AND v.day = p.day
      WHERE NOT EXISTS (SELECT FROM customers_absence_facts a WHERE a.absent_key = p.staff_key AND a.from_date <= p.day AND a.to_date > p.day)
      ON CONFLICT (kind_code, staff_key, period_key) DO NOTHING`,
  })
  if (count === 0) return 0
  const days = [...new Set(reports.map(({ day }) => day))]
  const wanted = days.flatMap((day) => kind.sections.flatMap((section) => {
    const of = section.next === true ? nextDayOf(calendar, day) : day
    return of === null ? [] : section.kinds.map((one) => ({ day, section: section.code, kind: one, of }))
  }))
  const told = new Set(wanted.map((one) => one.kind))
  for (const view of (await workdayViews(tx)).filter((one) => Object.keys(one.kinds).some((name) => told.has(name)))) {
    await bulk(tx, {
      table: 'day_report_fact', what: 'add', why: 'facts of reports', batch, about: { facts: view.name },
      statement: sql`
        WITH wanted AS MATERIALIZED (SELECT * FROM jsonb_to_recordset(${JSON.stringify(wanted)}::jsonb) AS w (day date, section text, kind text, "of" date)),
        fact AS MATERIALIZED (SELECT v.* FROM ${sql.table(view.name)} v WHERE v.from_day <= (SELECT max("of") FROM wanted) AND (v.to_day IS NULL OR v.to_day > (SELECT min("of") FROM wanted)))
        INSERT INTO day_report_fact (id, report_id, staff_key, section, kind, thing_id, customer_id, title_zh, title_en, amount_fen, address, scope_path, batch_id)
        SELECT uuid7(), f.* FROM (
          SELECT DISTINCT ON (r.id, w.section, v.kind, v.id) r.id AS report_id, r.staff_key, w.section, v.kind, v.id AS thing_id, v.customer_id, v.title_zh, v.title_en, v.amount_fen, v.address, r.scope_path, ${batch}::uuid
          FROM day_report r JOIN wanted w ON w.day = r.first_day JOIN fact v ON v.staff_key = r.staff_key AND v.kind = w.kind AND v.from_day <= w."of" AND (v.to_day IS NULL OR v.to_day > w."of")
          WHERE r.batch_id = ${batch}::uuid ORDER BY r.id, w.section, v.kind, v.id) f`,
    })
  }
  return count
}
