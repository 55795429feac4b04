import { handleAlone } from '../foundation/http/route.ts'
import type { Services } from '../foundation/http/route.ts'
import { verifyJournal, type JournalReport } from '../foundation/journal/verify-journal.ts'
import { ok } from '../foundation/values/outcome.ts'
import { verifyJournalContract } from './journal.contract.ts'

type Verified = JournalReport & { ms: number }
const running = new WeakMap<Services, Promise<Verified>>()

/** Verifies the whole journal as the command does. Who asks while it runs gets the answer of that run: the work is done once. */
export const verifyJournalRoute = handleAlone(verifyJournalContract, async (_input, { services, language }) => {
  let work = running.get(services)
  if (!work) {
    work = verified(services).finally(() => running.delete(services))
    running.set(services, work)
  }
  const { faults, ...report } = await work
  return ok({ ...report, faults: faults.map((fault) => ({ ...fault, text: fault.text[language] })) })
})

async function verified({ db, keys, config }: Services): Promise<Verified> {
  const started = performance.now()
  const owner = await db.connectOwner()
  try {
    const report = await verifyJournal(owner, keys.keyring, config.journalHeadsDir)
    return { ...report, ms: Math.round(performance.now() - started) }
  } finally {
    await owner.end()
  }
}
