import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { testDatabase, type TestDatabase } from '../foundation/database/testing.ts'
import { sql } from '../foundation/database/transaction.ts'
import { kindsOf, noticeViews, type NoticeView } from './collect-notices.ts'

let bank: TestDatabase
let views: NoticeView[]
beforeAll(async () => {
  bank = await testDatabase()
  views = await bank.db.asBatch(noticeViews)
})
afterAll(() => bank.drop())

const shape = 'staff_key integer, kind text, id uuid, day date, title_zh text, title_en text, customer_id uuid, address text'

describe('views of notices', () => {
  test('those that stand are found, and no kind is told by two of them', () => {
    expect(views.map((view) => view.name)).toEqual(expect.arrayContaining(['access_notice_facts', 'customers_notice_facts', 'day_reports_notice_facts', 'duties_notice_facts', 'meetings_notice_facts', 'messages_notice_facts', 'visits_notice_facts']))
    const codes = kindsOf(views).map(({ code }) => code)
    expect(codes.filter((code, place) => codes.indexOf(code) !== place)).toEqual([])
  })
  test('each has the one shape, the collector may read it, nobody else, and it reads nothing RESTRICTED or SECRET', async () => {
    for (const { name, kinds } of views) {
      const told = await bank.db.asBatch((tx) => tx.one(sql<{ columns: string; invoker: boolean; batch: boolean; others: boolean; text: string; classed: string[] | null }>`
        SELECT (SELECT string_agg(a.attname || ' ' || format_type(a.atttypid, NULL), ', ' ORDER BY a.attnum) FROM pg_attribute a WHERE a.attrelid = c.oid AND a.attnum > 0) AS columns,
          coalesce('security_invoker=true' = ANY(c.reloptions), false) AS invoker, has_table_privilege('yq_batch', c.oid, 'SELECT') AS batch,
          (SELECT bool_or(has_table_privilege(r, c.oid, 'SELECT')) FROM unnest(ARRAY['yq_self', 'yq_unit', 'yq_all', 'yq_public']) r) AS others, pg_get_viewdef(c.oid) AS text,
          (SELECT array_agg(DISTINCT t.relname::text) FROM pg_rewrite r JOIN pg_depend d ON d.objid = r.oid AND d.refclassid = 'pg_class'::regclass JOIN pg_class t ON t.oid = d.refobjid AND t.relkind = 'r'
            WHERE r.ev_class = c.oid AND obj_description(t.oid, 'pg_class')::jsonb ->> 'secrecy' <> 'NORMAL') AS classed
        FROM pg_class c WHERE c.relname = ${name} AND c.relkind = 'v'`))
      expect([name, told.columns, told.invoker, told.batch, told.others, told.classed]).toEqual([name, shape, true, true, false, null])
      for (const kind of Object.keys(kinds)) expect([name, kind, told.text.includes(`'${kind}'`)]).toEqual([name, kind, true])
      // every part can be read as the collector does
      expect(await bank.db.asBatch((tx) => tx.all(sql`SELECT * FROM ${sql.table(name)} WHERE day >= '2026-01-01'::date`))).toEqual([])
    }
  })
})
