import type { Actor } from '../../foundation/access/actor.ts'
import { sql, type Transaction } from '../../foundation/database/transaction.ts'

/** How many people lead the asker's line today and are not he: who could approve what he asks for. */
export function countApprovers(tx: Transaction, { staffKey, linePath }: Pick<Actor, 'staffKey' | 'linePath'>, day: string): Promise<number> {
  return tx.asRole('engine', async () => (await tx.one(sql<{ n: number }>`
    SELECT count(DISTINCT f.staff_key)::int AS n FROM organisation_post_facts f
    WHERE f.post_code IN ('TEAM_LEAD', 'OUTLET_HEAD', 'BRANCH_HEAD', 'BANK_LEADER') AND f.staff_key <> ${staffKey} AND (f.breadth = 'ALL' OR ${linePath} = f.line_path OR starts_with(${linePath}, f.line_path || '.'))
      AND f.from_date <= ${day} AND (f.to_date IS NULL OR f.to_date > ${day})`)).n)
}
