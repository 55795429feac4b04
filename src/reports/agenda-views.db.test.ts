import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { testDatabase, type TestDatabase } from '../foundation/database/testing.ts'
import { sql } from '../foundation/database/transaction.ts'
import { agendaViews, type AgendaView } from './read-agenda.ts'

let bank: TestDatabase
let views: AgendaView[]
beforeAll(async () => {
  bank = await testDatabase()
  views = await bank.db.asBatch(agendaViews)
})
afterAll(() => bank.drop())

const shape = 'staff_key integer, customer_id uuid, id uuid, kind text, opens_on date, due_on date, due_time text, title_zh text, title_en text, amount_fen bigint, currency text, address text'

describe('views of the agenda', () => {
  test('those that stand are found, and no kind is told by two of them', () => {
    expect(views.map((view) => view.name)).toEqual(expect.arrayContaining(['contact_plan_agenda_facts', 'duties_agenda_facts', 'visits_agenda_facts', 'watch_agenda_facts']))
    const kinds = views.flatMap((view) => Object.keys(view.kinds))
    expect(kinds.filter((kind, place) => kinds.indexOf(kind) !== place)).toEqual([])
  })
  test('each has the one shape, keeps the reader’s own rights and may be read by every role that has a day', async () => {
    for (const { name, kinds } of views) {
      const told = await bank.db.asBatch((tx) => tx.one(sql<{ columns: string; invoker: boolean; roles: boolean; text: string }>`
        SELECT (SELECT string_agg(a.attname || ' ' || format_type(a.atttypid, NULL), ', ' ORDER BY a.attnum) FROM pg_attribute a WHERE a.attrelid = c.oid AND a.attnum > 0) AS columns,
          coalesce('security_invoker=true' = ANY(c.reloptions), false) AS invoker, (SELECT bool_and(has_table_privilege(r, c.oid, 'SELECT')) FROM unnest(ARRAY['yq_self', 'yq_unit', 'yq_all']) r) AS roles, pg_get_viewdef(c.oid) AS text
        FROM pg_class c WHERE c.relname = ${name} AND c.relkind = 'v'`))
      expect([name, told.columns, told.invoker, told.roles]).toEqual([name, shape, true, true])
      // of the kinds that the comment names, those that a table of its own names are found in the text
      for (const kind of Object.keys(kinds)) expect([name, kind, told.text.includes(`'${kind}'`) || name === 'watch_agenda_facts']).toEqual([name, kind, true])
    }
  })
})
