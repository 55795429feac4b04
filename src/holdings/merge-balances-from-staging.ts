import { sql, type Sql } from '../foundation/database/transaction.ts'
import type { MergeRun } from '../foundation/store/merge-run.ts'
import { bulk, quiet } from '../foundation/store/store.ts'

/**
 * Closing balances become spans. A delivered balance holds from its day to the account's next known change; in a FULL delivery a balance of an old day mends this day
 * only. The timeline of the accounts concerned is drafted from the earliest delivered day on and compared with what is there: what is the same stays untouched.
 */
export async function mergeBalancesFromStaging(run: MergeRun): Promise<void> {
  const { tx, batch, why, effects, formerDate } = run
  const { staged } = await tx.one(sql<{ staged: boolean }>`SELECT EXISTS (SELECT FROM deliveries_balance_facts) AS staged`)
  if (!staged) return
  // the day after a mended old day keeps what was delivered for it
  const dayAfter: Sql = run.kind === 'FULL' && formerDate !== null
    ? sql`UNION ALL SELECT p.customer_id, p.account_id, p.day + 1, o.balance_fen, 0 FROM p
        JOIN balance_span o ON o.customer_id = p.customer_id AND o.account_id = p.account_id AND o.from_date <= p.day AND (o.to_date IS NULL OR o.to_date > p.day + 1) WHERE p.day < ${formerDate}::date`
    : sql``
  await quiet(tx, 'balance_span_draft', 'add', sql`
    INSERT INTO balance_span_draft (customer_id, account_id, from_date, to_date, balance_fen)
    WITH p AS (SELECT a.customer_id, a.id AS account_id, s.day, s.balance_fen FROM deliveries_balance_facts s JOIN account a ON a.core_key = s.account_key),
    first AS (SELECT customer_id, account_id, min(day) AS day FROM p GROUP BY 1, 2),
    point AS (
      SELECT customer_id, account_id, day, balance_fen, 1 AS rank FROM p
      UNION ALL SELECT b.customer_id, b.account_id, b.from_date, b.balance_fen, 0 FROM first f JOIN balance_span b ON b.customer_id = f.customer_id AND b.account_id = f.account_id WHERE b.to_date IS NULL OR b.to_date >= f.day
      ${dayAfter}
    ), known AS (SELECT DISTINCT ON (customer_id, account_id, day) customer_id, account_id, day, balance_fen FROM point ORDER BY customer_id, account_id, day, rank DESC),
    step AS (SELECT *, lag(balance_fen) OVER (PARTITION BY customer_id, account_id ORDER BY day) IS DISTINCT FROM balance_fen AS changes FROM known)
    SELECT customer_id, account_id, day, lead(day) OVER (PARTITION BY customer_id, account_id ORDER BY day), balance_fen FROM step WHERE changes ORDER BY 1, 2, 3`)
  effects.push(await bulk(tx, {
    table: 'balance_span', what: 'remove', why, batch, alias: 'b', sums: ['balance_fen'],
    statement: sql`DELETE FROM balance_span b USING (SELECT customer_id, account_id, min(from_date) AS first FROM balance_span_draft GROUP BY 1, 2) d
      WHERE b.customer_id = d.customer_id AND b.account_id = d.account_id AND b.from_date >= d.first
        AND NOT EXISTS (SELECT FROM balance_span_draft n WHERE n.customer_id = b.customer_id AND n.account_id = b.account_id AND n.from_date = b.from_date)`,
  }))
  effects.push(await bulk(tx, {
    table: 'balance_span', what: 'change', why, batch, alias: 'b', sums: ['balance_fen'],
    statement: sql`UPDATE balance_span b SET to_date = n.to_date, balance_fen = n.balance_fen, batch_id = ${batch}::uuid FROM balance_span_draft n
      WHERE n.customer_id = b.customer_id AND n.account_id = b.account_id AND n.from_date = b.from_date AND (b.to_date, b.balance_fen) IS DISTINCT FROM (n.to_date, n.balance_fen)`,
  }))
  effects.push(await bulk(tx, {
    table: 'balance_span', what: 'add', why, batch, sums: ['balance_fen'],
    statement: sql`INSERT INTO balance_span (customer_id, account_id, from_date, to_date, balance_fen, batch_id)
      SELECT n.customer_id, n.account_id, n.from_date, n.to_date, n.balance_fen, ${batch}::uuid FROM balance_span_draft n
      WHERE NOT EXISTS (SELECT FROM balance_span b WHERE b.customer_id = n.customer_id AND b.account_id = n.account_id AND b.from_date = n.from_date) ORDER BY 1, 2, 3`,
  }))
  await quiet(tx, 'balance_span_draft', 'remove', sql`DELETE FROM balance_span_draft`)
}
