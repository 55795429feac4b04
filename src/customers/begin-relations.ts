import { sql } from '../foundation/database/transaction.ts'
import type { MergeRun } from '../foundation/store/merge-run.ts'
import { bulk } from '../foundation/store/store.ts'

/**
 * The day on which a customer's relation began, where the bank's files do not tell it: that of his first account or loan, once it is there. A core system often keeps the day with the account only; without it nobody would ever be a
 * new customer, in no indicator and no plan. A day that was told stays.
 */
export async function beginRelations({ tx, batch, why, effects, businessDate }: Pick<MergeRun, 'tx' | 'batch' | 'why' | 'effects' | 'businessDate'>): Promise<void> {
  effects.push(await bulk(tx, {
    table: 'customer', what: 'change', why, batch, alias: 'c',
    statement: sql`UPDATE customer c SET opened_on = f.first, changed_at = now(), batch_id = ${batch}::uuid
      FROM (SELECT t.customer_id, min(t.day) AS first FROM (
          SELECT customer_id, opened_on AS day FROM holdings_account_facts UNION ALL SELECT customer_id, paid_out_on FROM holdings_loan_facts) t
        JOIN customer n ON n.customer_id = t.customer_id AND n.opened_on IS NULL AND n.merged_into IS NULL
        WHERE t.day <= ${businessDate}::date GROUP BY 1) f
      WHERE c.customer_id = f.customer_id`,
  }))
}
