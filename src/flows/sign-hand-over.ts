import { confirmPassword } from '../access/confirm-password.ts'
import { readCase } from '../customers/ownership/hand-over-case.ts'
import { signHandOver as contract } from '../customers/ownership/hand-over.contract.ts'
import { mayStillSign, signHandOver } from '../customers/ownership/sign-hand-over.ts'
import { handleAlone } from '../foundation/http/route.ts'
import { refuse } from '../foundation/values/outcome.ts'

/** A signature in person: may he sign, is it he, then it stands. Nothing is written before the password was right but the try. */
export const signHandOverRoute = handleAlone(contract, async ({ params: { handOverId }, body }, { services, actor, businessDate: day, requestId }) => {
  if (!actor) return refuse('not-signed-in')
  const given = { handOverId, listVersion: body.listVersion, declared: body.declared, day }
  const may = await services.db.asPerson(actor, day, requestId, async (tx) => mayStillSign(tx, await readCase(tx, handOverId), actor, given))
  if (!may.ok) return may
  const confirmed = await confirmPassword(services, actor, body.password)
  if (!confirmed.ok) return confirmed
  return services.db.asPerson(actor, day, requestId, (tx) => signHandOver(tx, actor, given))
})
