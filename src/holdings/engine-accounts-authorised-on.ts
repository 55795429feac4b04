import { sql, type Transaction } from '../foundation/database/transaction.ts'

export type AuthorisedOn = { tail: string | null; product: { code: string; zh: string; en: string; line: string } }

/** Accounts of other customers on which this one is authorised (授权人): a masked reference, neither owner nor balance. */
export function accountsAuthorisedOn(tx: Transaction, customerId: string, day: string): Promise<AuthorisedOn[]> {
  return tx.asRole('engine', () => tx.all(sql<AuthorisedOn>`
    SELECT a.tail, jsonb_build_object('code', p.code, 'zh', p.name, 'en', p.name_en, 'line', p.line) AS product
    FROM account_agent g JOIN account a ON a.customer_id = g.customer_id AND a.id = g.account_id JOIN product p ON p.code = a.product_code
    WHERE g.agent_customer_id = ${customerId} AND a.opened_on <= ${day} AND (g.from_date IS NULL OR g.from_date <= ${day}) ORDER BY a.opened_on, a.id LIMIT 50`))
}
