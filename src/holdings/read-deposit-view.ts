import { sql } from '../foundation/database/transaction.ts'
import { handle } from '../foundation/http/route.ts'
import { ok } from '../foundation/values/outcome.ts'
import { figuresView } from './balance-figures.ts'
import { depositView, type SumScope } from './engine-read-deposit-view.ts'
import { getDepositView } from './holdings.contract.ts'

/** Deposit sums of the reader's own scope: his slices, his unit, his outlet as a place, or the bank. */
export const getDepositViewRoute = handle(getDepositView, async (tx, _input, { actor, businessDate }) => {
  const scopes: Record<typeof actor.breadth, SumScope> = {
    SELF: { kind: 'PERSON', staffKey: actor.staffKey }, UNIT: { kind: 'UNIT', path: actor.linePath }, NONE: { kind: 'PLACE', placeKey: actor.placeKey }, ALL: { kind: 'ALL' },
  }
  const { figures, customers, loanFen } = await depositView(tx, scopes[actor.breadth], businessDate)
  const { currency } = await tx.one(sql<{ currency: string }>`SELECT currency FROM bank`)
  return ok({ asOf: businessDate, currency, customers, deposits: figuresView(figures, businessDate), loanFen })
})
