import type { Actor } from '../../foundation/access/actor.ts'
import { sql, type Transaction } from '../../foundation/database/transaction.ts'
import { add } from '../../foundation/store/store.ts'
import { ok, refuse, type Outcome } from '../../foundation/values/outcome.ts'
import { digestOf, lockCase, readCase, refreshState, sideOf, type Case } from './hand-over-case.ts'
import { judgeSigning, type HandOverState, type Side } from './hand-over.rules.ts'
import { loadsOf } from './read-hand-overs.ts'
import { readOwnershipPolicy } from './read-ownership-policy.ts'

export type Signature = { handOverId: string; listVersion: number; declared: boolean; day: string }

/** May this person sign now? Asked before his password, and again when he signs. `held` undefined: not there for him. */
export async function mayStillSign(tx: Transaction, held: Case | undefined, actor: Pick<Actor, 'staffKey'>, given: Signature): Promise<Outcome<Side>> {
  if (!held) return refuse('not-found')
  const side = await sideOf(tx, held.id, actor.staffKey)
  const { signed, receives } = await tx.asRole(tx.role === 'batch' ? 'batch' : 'engine', () => tx.one(sql<{ signed: boolean; receives: boolean }>`
    SELECT EXISTS (SELECT FROM hand_over_signature WHERE hand_over_id = ${held.id} AND list_version = ${held.list_version} AND staff_key = ${actor.staffKey}) AS signed,
      EXISTS (SELECT FROM hand_over_item WHERE hand_over_id = ${held.id} AND state = 'OPEN' AND receiver_key = ${actor.staffKey}) AS receives`))
  const judged = judgeSigning({
    state: held.state, side, signedAlready: signed, receives, declared: given.declared, listVersion: given.listVersion, presentVersion: held.list_version, effectiveOn: held.effective_on, today: given.day,
  })
  if (!judged.ok) return judged
  if (side === null) throw new Error('who is no party was refused')
  return ok(side)
}

/** One of the three signs the present version of the list. The supervisor's signature is the last: what nobody can carry is refused there once more. */
export async function signHandOver(tx: Transaction, actor: Pick<Actor, 'staffKey'>, given: Signature): Promise<Outcome<{ state: HandOverState }>> {
  if (!(await readCase(tx, given.handOverId))) return refuse('not-found')
  return tx.asRole('batch', async () => {
    const held = await lockCase(tx, given.handOverId)
    const side = await mayStillSign(tx, held, actor, given)
    if (!side.ok) return side
    if (side.value === 'SUPERVISOR') {
      const full = (await loadsOf(tx, held, given.day)).find((load) => load.verdict === 'STOP')
      if (full) return refuse('over-capacity', { details: { name: full.name, ratio: full.ratio, most: (await readOwnershipPolicy(tx, given.day)).stopAbove } })
    }
    await add(tx, 'hand_over_signature', {
      hand_over_id: held.id, list_version: held.list_version, staff_key: actor.staffKey, side: side.value, list_digest: await digestOf(tx, held.id), declared: side.value === 'LEAVER', signed_on: given.day,
    }, { why: null, action: 'SIGN_HAND_OVER' })
    return ok({ state: await refreshState(tx, held.id, null) })
  })
}
