import { sql } from '../foundation/database/transaction.ts'
import type { MergeRun } from '../foundation/store/merge-run.ts'
import { bulk } from '../foundation/store/store.ts'
import { newId } from '../foundation/values/uuid7.ts'

/** Booked transactions. One that is there already is corrected where it differs, never taken back. Rows go in by customer and day: the indexes are filled from one side to the other. */
export async function mergeTransactionsFromStaging({ tx, batch, why, effects }: MergeRun): Promise<void> {
  const { staged, there } = await tx.one(sql<{ staged: boolean; there: boolean }>`
    SELECT EXISTS (SELECT FROM deliveries_transaction_facts) AS staged, EXISTS (SELECT FROM account_transaction) AS there`)
  if (!staged) return
  if (there) {
    effects.push(await bulk(tx, {
      table: 'account_transaction', what: 'change', why, batch, alias: 't', sums: ['amount_fen'],
      statement: sql`UPDATE account_transaction t SET booked_on = s.booked_on, direction = s.direction, amount_fen = s.amount_fen, balance_after_fen = s.balance_after_fen, kind = s.kind, memo = s.memo,
          counterparty_name = s.counterparty_name, counterparty_bank = s.counterparty_bank, counterparty_hash = s.counterparty_account_hash, counterparty_tail = s.counterparty_account_tail, batch_id = ${batch}::uuid
        FROM deliveries_transaction_facts s JOIN account a ON a.core_key = s.account_key WHERE t.core_key = s.transaction_key AND t.customer_id = a.customer_id
          AND (t.booked_on, t.direction, t.amount_fen, t.balance_after_fen, t.kind, t.memo, t.counterparty_name, t.counterparty_bank, t.counterparty_hash)
          IS DISTINCT FROM (s.booked_on, s.direction, s.amount_fen, s.balance_after_fen, s.kind, s.memo, s.counterparty_name, s.counterparty_bank, s.counterparty_account_hash)`,
    }))
  }
  // ids of one moment that count the rows of the delivery (RFC 9562 allows a counter): random bytes for each of a million rows cost more than the row
  const ids = newId().slice(0, 24)
  const onlyNew = there ? sql`WHERE NOT EXISTS (SELECT FROM account_transaction t WHERE t.core_key = s.transaction_key)` : sql``
  effects.push(await bulk(tx, {
    table: 'account_transaction', what: 'add', why, batch, sums: ['amount_fen'],
    statement: sql`INSERT INTO account_transaction (customer_id, id, account_id, core_key, booked_on, direction, amount_fen, balance_after_fen, kind, memo,
        counterparty_name, counterparty_bank, counterparty_hash, counterparty_tail, batch_id)
      SELECT a.customer_id, (${ids}::text || lpad(to_hex(s.file_no * 4294967296 + s.row_no), 12, '0'))::uuid, a.id, s.transaction_key, s.booked_on, s.direction, s.amount_fen, s.balance_after_fen, s.kind, s.memo,
        s.counterparty_name, s.counterparty_bank, s.counterparty_account_hash, s.counterparty_account_tail, ${batch}::uuid
      FROM deliveries_transaction_facts s JOIN account a ON a.core_key = s.account_key ${onlyNew} ORDER BY a.customer_id, s.booked_on`,
  }))
}
