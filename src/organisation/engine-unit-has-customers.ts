import { sql, type Transaction } from '../foundation/database/transaction.ts'

/** Whether any customer was opened at the unit or stands in its line: the whole bank is asked, only yes or no is told. */
export function unitHasCustomers(tx: Transaction, unitKey: number, scopePath: string): Promise<boolean> {
  return tx.asRole('engine', async () => {
    const { found } = await tx.one(sql<{ found: boolean }>`
      SELECT EXISTS (SELECT FROM customers_customer_facts WHERE outlet_key = ${unitKey} AND status <> 'CLOSED')
          OR EXISTS (SELECT FROM customers_customer_facts WHERE scope_path >= ${scopePath} AND scope_path < ${`${scopePath}/`} AND status <> 'CLOSED') AS found`)
    return found
  })
}
