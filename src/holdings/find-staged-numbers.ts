import { sql } from '../foundation/database/transaction.ts'

export type StagedNumber = { account_key: string; customer_id: string; wrapped_key: Buffer; number: Buffer }

/** Accounts of the delivery in work whose number is new: to be encrypted under the owner's key. No parameters: read through a cursor. */
export const stagedNumbers = sql<StagedNumber>`
  SELECT s.account_key, coalesce(x.customer_id, c.customer_id) AS customer_id, coalesce(x.wrapped_key, k.wrapped_key) AS wrapped_key, s.account_number_sealed AS number
  FROM deliveries_account_facts s LEFT JOIN deliveries_customer_secret_facts x ON x.number = s.customer_number AND x.is_new
  LEFT JOIN customers_customer_facts c ON c.number = s.customer_number LEFT JOIN customer_key k ON k.customer_id = c.customer_id
  WHERE s.account_number_sealed IS NOT NULL AND coalesce(x.wrapped_key, k.wrapped_key) IS NOT NULL
    AND NOT EXISTS (SELECT FROM account a WHERE a.core_key = s.account_key AND a.number_hash = s.account_number_hash)
  ORDER BY 2`
