import { sql } from '../foundation/database/transaction.ts'
import type { Services } from '../foundation/http/route.ts'
import type { Outcome } from '../foundation/values/outcome.ts'
import { closeSettledMonth } from '../performance/close-settled-month.ts'

/** Closes a settled month; `closedBy` null only for the demo bank and a month that no person settled. Refusals as closeSettledMonth. */
export function closeMonth(services: Pick<Services, 'db'>, asked: { month: string; scheme: string; closedBy: number | null }): Promise<Outcome<{ runId: string; hash: string }>> {
  return services.db.asBatch(async (tx) => {
    const { business_date: today } = await tx.one(sql<{ business_date: string }>`SELECT business_date FROM bank`)
    return closeSettledMonth(tx, { ...asked, today })
  }, { personKey: asked.closedBy, postKey: null, requestId: null })
}
