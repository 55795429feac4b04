import { sql, type Transaction } from '../../foundation/database/transaction.ts'
import { add, change } from '../../foundation/store/store.ts'
import { takeNumbers } from '../../foundation/store/take-numbers.ts'
import { ok, refuse, type Outcome } from '../../foundation/values/outcome.ts'
import { newId } from '../../foundation/values/uuid7.ts'
import { directSuperior, leads, managerSeat } from './hand-over-case.ts'
import { moveShares } from './move-shares.ts'
import { addItems } from './open-hand-over.ts'
import { readOwnershipPolicy } from './read-ownership-policy.ts'
import { followPerson, type DayParts } from './start-day.ts'

export type Emergency = { id: string; leaverKey: number; cause: string; reason: string; day: string; actor: { staffKey: number; breadth: string; linePath: string } }

/** The manager cannot sign any more: his direct superior becomes the interim owner of all his customers, today, with his shares. The way from there is an ordinary hand-over. */
export async function takeOverAtOnce(tx: Transaction, given: Emergency, parts: DayParts): Promise<Outcome<{ id: string; number: string; customers: number }>> {
  const { id, leaverKey, day, reason } = given
  const seat = await managerSeat(tx, leaverKey, day)
  if (!seat || !leads(given.actor, seat.line_path) || leaverKey === given.actor.staffKey) return refuse('leaver-has-none', { field: 'leaverKey' })
  const superior = await directSuperior(tx, seat, day)
  if (superior === null) return refuse('no-supervisor')
  const policy = await readOwnershipPolicy(tx, day)
  return tx.asRole('batch', async () => {
    const open = await tx.maybe(sql<{ number: string }>`SELECT h.number FROM hand_over_item i JOIN hand_over h ON h.id = i.hand_over_id WHERE i.leaver_key = ${leaverKey} AND i.state = 'OPEN' LIMIT 1`)
    if (open) return refuse('open-list', { details: { number: open.number } })
    const number = `J${String(await takeNumbers(tx, 'hand_over')).padStart(6, '0')}`
    await add(tx, 'hand_over', {
      id, number, kind: 'EMERGENCY', cause: given.cause, leaver_key: leaverKey, supervisor_key: superior, reason, effective_on: day, state: 'OPENED', opened_by: given.actor.staffKey, opened_on: day, policy_version: policy.version,
      scope_path: seat.line_path, viewers: [...new Set([leaverKey, superior, given.actor.staffKey])].sort((a, b) => a - b),
    }, { why: reason, action: 'OPEN_HAND_OVER' })
    for (const [staffKey, side] of [[leaverKey, 'LEAVER'], [superior, 'SUPERVISOR']] as const) await add(tx, 'hand_over_party', { hand_over_id: id, staff_key: staffKey, side }, { why: reason })
    const added = await addItems(tx, { id, leaverKey, supervisorKey: superior, scopePath: seat.line_path, effectiveOn: day, version: 1, customers: 'ALL', receivers: [superior], day, why: reason })
    if (!added.ok) return added
    if (added.value === 0) return refuse('leaver-has-none', { field: 'leaverKey' })
    const batch = newId()
    const customers = await moveShares(tx, { handOverId: id, day, today: day, batch, why: `take-over ${number}`, averages: parts.averages })
    for (const move of parts.movers) await move(tx, { handOverId: id, batch, day })
    await change(tx, 'hand_over', { id }, { state: 'CLOSED', listed_on: day, effected_on: day, closed_on: day, customers }, { why: reason, action: 'TAKE_EFFECT' })
    await followPerson(tx, leaverKey, day, parts)
    return ok({ id, number, customers })
  })
}
