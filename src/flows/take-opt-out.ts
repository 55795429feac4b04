import { noteOptOut } from '../customers/file/note-opt-out.ts'
import { handleAlone, type Services } from '../foundation/http/route.ts'
import { ok, refuse } from '../foundation/values/outcome.ts'
import { takeAnswer } from '../messages/message.contract.ts'
import { isOptOut, nationalNumber } from '../messages/message.rules.ts'
import { isSignedAnswer } from '../messages/send-sms.ts'
import type { OnWord } from '../messages/short-message-link.ts'

/** A customer answered a short message. When he wants no more of them, his file says so: what still waits for him is judged anew before it goes out, and is withdrawn. Every other answer is left alone: it is read by nobody here. */
async function take({ db, keys }: Pick<Services, 'db' | 'keys'>, word: { from: string; text: string }): Promise<boolean> {
  if (!isOptOut(word.text)) return false
  return (await db.asBatch((tx) => noteOptOut(tx, keys, nationalNumber(word.from)))) > 0
}

/** What customers answer over the connection to a gateway. Kept or of no meaning: the gateway need not tell it again; it must when the database could not be reached. */
export const optOutsOf = (services: Pick<Services, 'db' | 'keys'>): OnWord => async (word) => {
  await take(services, word)
  return true
}

/** The same, told by an SMS platform over HTTP. */
export const takeAnswerRoute = handleAlone(takeAnswer, async ({ body }, { services }) => {
  const secret = services.config.smsSecret
  if (secret === null || !isSignedAnswer(secret, body)) return refuse('wrong-signature')
  return ok({ taken: await take(services, { from: body.phone, text: body.text }) })
})
