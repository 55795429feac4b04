import { expect } from 'vitest'
import { closeMonth } from '../../src/flows/close-month.ts'
import { settleMonth } from '../../src/flows/settle-month.ts'
import { yuanText } from '../../src/foundation/values/fen.ts'
import { decidePayCase } from '../../src/performance/deferral/deferral.contract.ts'
import { getMyStatement, type StatementShown } from '../../src/performance/statement.contract.ts'
import type { Colleague, SmallBank } from './small-bank.ts'

export const told = (answer: { status: number; body: { refusal?: string } }): unknown => answer.body.refusal ?? answer.status
export const yuan = (fen: string): string => yuanText(BigInt(fen))
/** What a case of pay is proposed with. */
export const words = { evidence: '问责委员会决定书 2025 年第 3 号', reason: '按决定书办理' }

/** Months settled by one person and closed by another, statements, and the second person's word on cases of pay; of the bank that stands when one of them is called. */
export function payDesk(at: () => { bank: SmallBank; perf: Colleague; perf2: Colleague }) {
  const settle = async (scheme: string, month: string): Promise<void> => {
    const { bank, perf } = at()
    const settled = await settleMonth(bank.services, { month, scheme, dryRun: false, settledBy: perf.staffKey })
    if (!settled.ok) throw new Error(`${scheme} ${month} ${settled.refusal.name}`)
  }
  return {
    settle,
    onDay: (day: string) => at().bank.look(`UPDATE bank SET business_date = $1`, [day]),
    async close(scheme: string, month: string): Promise<void> {
      await settle(scheme, month)
      const { bank, perf2 } = at()
      expect(await closeMonth(bank.services, { month, scheme, closedBy: perf2.staffKey })).toMatchObject({ ok: true })
    },
    mine: async (who: Colleague, month: string): Promise<StatementShown> => (await at().bank.ask(who, getMyStatement, { query: { month } })).body['statement'] as unknown as StatementShown,
    decide: (caseId: string, confirm = true) => at().bank.ask(at().bank.staff.compliance, decidePayCase, { params: { caseId }, body: { confirm, reason: '材料齐全，程序合规' } }),
  }
}
