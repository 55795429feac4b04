import { sql, type Sql, type Transaction } from '../../foundation/database/transaction.ts'

/** How a document's number is shown. */
export const maskedNumber = (kind: Sql, tail: Sql): Sql => sql`CASE ${kind} WHEN 'RESIDENT_ID' THEN '***********' WHEN 'USCC' THEN '**************' ELSE '****' END || ${tail}`

/** The legal representative's name: as the company's particulars have it, else as the file's row of today. Null: none is known. */
export async function legalRepresentativeOf(tx: Transaction, customerId: string): Promise<string | null> {
  return (await tx.one(sql<{ name: string | null }>`SELECT coalesce((SELECT legal_representative FROM corporate WHERE customer_id = ${customerId}),
    (SELECT name FROM company_person WHERE customer_id = ${customerId} AND office = 'LEGAL_REPRESENTATIVE' AND ended_on IS NULL ORDER BY id LIMIT 1)) AS name`)).name
}
