import { sql } from '../foundation/database/transaction.ts'
import { handle, type Services } from '../foundation/http/route.ts'
import { ok, type Outcome } from '../foundation/values/outcome.ts'
import { closeSettledMonth } from '../performance/close-settled-month.ts'
import { closeSettlement } from '../performance/settlement.contract.ts'

/** Closes a settled month; `closedBy` null only for the demo bank and a month that no person settled. Refusals as closeSettledMonth. */
export function closeMonth(services: Pick<Services, 'db'>, asked: { month: string; scheme: string; closedBy: number | null }): Promise<Outcome<{ runId: string; hash: string }>> {
  return services.db.asBatch(async (tx) => {
    const { business_date: today } = await tx.one(sql<{ business_date: string }>`SELECT business_date FROM bank`)
    return closeSettledMonth(tx, { ...asked, today })
  }, { personKey: asked.closedBy, postKey: null, requestId: null })
}

/** The button: the office role may add the row that closes, and nothing else of pay. */
export const closeSettlementRoute = handle(closeSettlement, (tx, { params }, { actor, businessDate }) => tx.asRole('office', async () => {
  const closed = await closeSettledMonth(tx, { month: params.month, scheme: params.scheme, closedBy: actor.staffKey, today: businessDate })
  return closed.ok ? ok({ hash: closed.value.hash }) : closed
}))
