import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { testDatabase, type TestDatabase } from '../foundation/database/testing.ts'
import { sql } from '../foundation/database/transaction.ts'
import { timelineViews, type TimelineView } from './read-timeline.ts'

let bank: TestDatabase
let views: TimelineView[]
beforeAll(async () => {
  bank = await testDatabase()
  views = await bank.db.asBatch(timelineViews)
})
afterAll(() => bank.drop())

const shape = 'customer_id uuid, id uuid, day date, at timestamp with time zone, kind text, title_zh text, title_en text, note text, amount_fen bigint, currency text, person_key integer, address text'

/** What a view is: its columns, whether it keeps the reader's rights, whether the role that reads it may, the secrecy of every table below it, kinds that its text gives. */
async function factsOf(view: string) {
  return bank.db.asBatch((tx) => tx.one(sql<{ columns: string; invoker: boolean; opened: boolean; secrecy: string[]; text: string }>`
    WITH RECURSIVE below AS (
      SELECT c.oid FROM pg_class c WHERE c.relname = ${view} AND c.relkind = 'v'
      UNION SELECT d.refobjid FROM below b JOIN pg_rewrite r ON r.ev_class = b.oid JOIN pg_depend d ON d.objid = r.oid AND d.classid = 'pg_rewrite'::regclass AND d.refclassid = 'pg_class'::regclass)
    SELECT (SELECT string_agg(a.attname || ' ' || format_type(a.atttypid, NULL), ', ' ORDER BY a.attnum) FROM pg_attribute a WHERE a.attrelid = c.oid AND a.attnum > 0) AS columns,
      coalesce('security_invoker=true' = ANY(c.reloptions), false) AS invoker, has_table_privilege('yq_opened', c.oid, 'SELECT') AS opened,
      ARRAY(SELECT DISTINCT obj_description(k.oid, 'pg_class')::jsonb ->> 'secrecy' FROM below JOIN pg_class k ON k.oid = below.oid WHERE k.relkind IN ('r', 'p')) AS secrecy, pg_get_viewdef(c.oid) AS text
    FROM pg_class c WHERE c.relname = ${view} AND c.relkind = 'v'`))
}

describe('views of the timeline', () => {
  test('those that stand are found', () => {
    expect(views.map((view) => view.name)).toEqual(expect.arrayContaining(['access_timeline_facts', 'customers_timeline_facts', 'holdings_timeline_facts', 'visits_timeline_facts']))
  })
  test('no kind is told by two of them', () => {
    const kinds = views.flatMap((view) => Object.keys(view.kinds))
    expect(kinds.filter((kind, place) => kinds.indexOf(kind) !== place)).toEqual([])
  })
  test('each has the one shape, keeps the reader’s own rights, may be read of an opened customer, and touches no RESTRICTED or SECRET table', async () => {
    for (const { name, kinds } of views) {
      const { columns, invoker, opened, secrecy, text } = await factsOf(name)
      expect([name, columns]).toEqual([name, shape])
      expect([name, invoker, opened, secrecy]).toEqual([name, true, true, ['NORMAL']])
      // a kind that the comment does not name could not be filtered by
      for (const kind of Object.keys(kinds)) expect([name, kind, text.includes(`'${kind}'`)]).toEqual([name, kind, true])
    }
  })
  test('a view that touches a RESTRICTED table would be found', async () => {
    const owner = await bank.db.connectOwner()
    await owner.query(`CREATE VIEW visits_wrong_timeline_facts WITH (security_invoker = true) AS SELECT customer_id, id FROM contact_restricted`)
    await owner.end()
    expect(await factsOf('visits_wrong_timeline_facts')).toMatchObject({ secrecy: ['RESTRICTED'], opened: false, columns: 'customer_id uuid, id uuid' })
  })
})
