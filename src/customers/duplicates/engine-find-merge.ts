import { sql, type Transaction } from '../../foundation/database/transaction.ts'

/** Is the customer part of a merge that waits for its second person? `caseId`: the one that is looked at does not count. Over the whole bank: the other side of that merge may be anybody. */
export function inOtherMerge(tx: Transaction, customerId: string, caseId: string | null): Promise<boolean> {
  return tx.asRole('engine', async () => (await tx.one(sql<{ found: boolean }>`
    SELECT EXISTS (SELECT FROM merge_case WHERE state = 'PROPOSED' AND id IS DISTINCT FROM ${caseId}::uuid AND customer_id = ${customerId})
        OR EXISTS (SELECT FROM merge_case WHERE state = 'PROPOSED' AND id IS DISTINCT FROM ${caseId}::uuid AND other_id = ${customerId}) AS found`)).found)
}
