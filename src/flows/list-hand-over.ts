import { grantForHandOver, withdrawHandOverGrants } from '../access/grant-for-hand-over.ts'
import { mayList, withdrawHandOver as withdrawCase } from '../customers/ownership/change-hand-over.ts'
import { leads, lockCase, markListed, readCase, refreshState, sideOf } from '../customers/ownership/hand-over-case.ts'
import { finishHandOverList, withdrawHandOver } from '../customers/ownership/hand-over.contract.ts'
import { isOpen } from '../customers/ownership/hand-over.rules.ts'
import { loadsOf } from '../customers/ownership/read-hand-overs.ts'
import { readOwnershipPolicy } from '../customers/ownership/read-ownership-policy.ts'
import { handle } from '../foundation/http/route.ts'
import { ok, refuse } from '../foundation/values/outcome.ts'
import { newId } from '../foundation/values/uuid7.ts'

const grantReason = (number: string): string => `移交抽查 ${number}`

/** The leaver says that the list is complete: the receivers get to read the core and credit customers until the day, so that they can check them. Nobody is given more than he can carry. */
export const finishHandOverListRoute = handle(finishHandOverList, async (tx, { params: { handOverId }, body }, { actor, businessDate: day }) => {
  const seen = await readCase(tx, handOverId)
  if (!seen) return refuse('not-found')
  if (!mayList(actor, seen, await sideOf(tx, handOverId, actor.staffKey))) return refuse('not-your-list')
  return tx.asRole('batch', async () => {
    const held = await lockCase(tx, handOverId)
    if (!isOpen(held.state)) return refuse('hand-over-ended')
    if (held.listed_on !== null) return refuse('listed-already')
    if (held.list_version !== body.listVersion) return refuse('list-changed', { details: { version: String(held.list_version) } })
    if (held.customers === 0) return refuse('empty-list')
    const full = (await loadsOf(tx, held, day)).find((load) => load.verdict === 'STOP')
    if (full) return refuse('over-capacity', { details: { name: full.name, ratio: full.ratio, most: (await readOwnershipPolicy(tx, day)).stopAbove } })
    await markListed(tx, handOverId, day)
    const grants = await grantForHandOver(tx, { handOverId, givenBy: held.supervisor_key, from: day, until: held.effective_on, reason: grantReason(held.number), batch: newId() })
    return ok({ state: await refreshState(tx, handOverId, null), grants })
  })
})

/** Nothing changes hands; who should have received sees the customers no more. */
export const withdrawHandOverRoute = handle(withdrawHandOver, async (tx, { params: { handOverId }, body }, { actor, businessDate: day }) => {
  const seen = await readCase(tx, handOverId)
  if (!seen || !leads(actor, seen.scope_path)) return refuse('not-found')
  return tx.asRole('batch', async () => {
    const withdrawn = await withdrawCase(tx, handOverId, { day, reason: body.reason })
    if (withdrawn.ok) await withdrawHandOverGrants(tx, { reason: grantReason(seen.number), on: day, batch: newId() })
    return withdrawn
  })
})
