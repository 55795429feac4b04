import { sql, type Sql } from '../foundation/database/transaction.ts'
import { bulk, quiet } from '../foundation/store/store.ts'
import type { WatchRun } from './watch-run.ts'

/**
 * Compares the alerts that the facts ask for (alert_draft) with those that are there, for these kinds. New ones are added, open ones follow their figures, what the facts no longer ask for is gone, and comes
 * back when they ask again. What a person closed is never touched. `within` narrows what may go (`a` is the alert): a refresh of some days says nothing of the others. Empties the draft.
 */
export async function settleAlerts({ tx, batch, why, effects, businessDate }: WatchRun, kinds: readonly string[], within: Sql = sql`true`): Promise<void> {
  const ofKinds = sql`a.kind = ANY(${[...kinds]}::text[])`
  effects.push(await bulk(tx, {
    table: 'alert', what: 'change', why, batch, alias: 'a', about: { what: 'gone', kinds: kinds.join(' ') },
    statement: sql`UPDATE alert a SET state = 'GONE', batch_id = ${batch}::uuid
      WHERE ${ofKinds} AND a.state = 'OPEN' AND ${within} AND NOT EXISTS (SELECT FROM alert_draft d WHERE d.customer_id = a.customer_id AND d.kind = a.kind AND d.about = a.about)`,
  }))
  effects.push(await bulk(tx, {
    table: 'alert', what: 'change', why, batch, alias: 'a', about: { what: 'figures', kinds: kinds.join(' ') }, sums: ['amount_fen'],
    statement: sql`UPDATE alert a SET state = 'OPEN', due_on = d.due_on, amount_fen = d.amount_fen, detail = d.detail, limit_version = d.limit_version, batch_id = ${batch}::uuid FROM alert_draft d
      WHERE d.customer_id = a.customer_id AND d.kind = a.kind AND d.about = a.about AND a.state <> 'CLOSED'
        AND (a.state, a.due_on, a.amount_fen, a.detail, a.limit_version) IS DISTINCT FROM ('OPEN', d.due_on, d.amount_fen, d.detail, d.limit_version)`,
  }))
  effects.push(await bulk(tx, {
    table: 'alert', what: 'add', why, batch, about: { what: 'new', kinds: kinds.join(' '), day: businessDate }, sums: ['amount_fen'],
    statement: sql`INSERT INTO alert (customer_id, id, kind, about, raised_on, due_on, amount_fen, detail, limit_version, owner_key, scope_path, viewers, batch_id)
      SELECT d.customer_id, uuid7(), d.kind, d.about, d.raised_on, d.due_on, d.amount_fen, d.detail, d.limit_version, k.main_staff_key, k.scope_path, k.viewers, ${batch}::uuid
      FROM alert_draft d JOIN customers_customer_facts k ON k.customer_id = d.customer_id
      WHERE NOT EXISTS (SELECT FROM alert a WHERE a.customer_id = d.customer_id AND a.kind = d.kind AND a.about = d.about) ORDER BY 1, d.kind, d.about`,
  }))
  await quiet(tx, 'alert_draft', 'remove', sql`DELETE FROM alert_draft`)
}
