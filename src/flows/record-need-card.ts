import { mayReplay } from '../access/keep-devices.ts'
import { handle } from '../foundation/http/route.ts'
import { refuse } from '../foundation/values/outcome.ts'
import { keepNeedCard } from '../visits/needs/keep-needs.ts'
import { recordNeedCard } from '../visits/needs/need.contract.ts'

/** A need card is recorded, typed just now or kept on a device while there was no connection: of a device that was withdrawn nothing is taken (decision 0025). */
export const recordNeedCardRoute = handle(recordNeedCard, async (tx, input, context) => {
  const { draft } = input.body
  const fromDevice = draft && (await mayReplay(tx, context.actor.staffKey, draft.deviceId))
  return fromDevice ? refuse(fromDevice) : keepNeedCard(tx, input, context)
})
