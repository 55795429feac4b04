import type { CommandRun } from '../foundation/cli/command.ts'
import { NamedFailure, type BilingualText } from '../foundation/config/named-failure.ts'
import type { Services } from '../foundation/http/route.ts'
import type { JobKind, OnProgress } from '../foundation/jobs/run-job.ts'

/** A log-in that the first start prints. */
export type DemoLogIn = { staffNo: string; password: string; who: BilingualText }

export type FirstBank = {
  /** Printed at the start; empty when this is not the demo bank. */
  logIns: readonly DemoLogIn[]
  /** What grows while people already work; null when nothing is left to do. Ends early when the signal says so. */
  grow: ((signal: AbortSignal) => Promise<void>) | null
}

const nothing: FirstBank = { logIns: [], grow: null }

/**
 * Before the server listens to people: makes the small demo bank when there is no bank and the configuration allows it (`auto`: only in the embedded database), or goes on with one
 * that was cut off. A bank of somebody else is left alone; `on` refuses it.
 */
export async function prepareFirstBank(services: Services, run: Pick<CommandRun, 'onProgress' | 'signal'>): Promise<FirstBank> {
  const { config } = services
  const [{ demoState, growDemoBank, makeFirstPart }, { demoPassword, logIns: people }] = await Promise.all([import('../demo/demo-bank.ts'), import('../demo/known-cases.ts')])
  const demoLogIns: DemoLogIn[] = people.map(([staffNo, zh, en]) => ({ staffNo, password: demoPassword, who: { zh, en } }))
  const state = await demoState(services)
  if (state === 'other' && config.demo !== 'on') return nothing
  if (state === 'none' && (config.demo === 'off' || (config.demo === 'auto' && config.databaseUrl !== null))) return nothing
  if (state === 'whole') return { logIns: demoLogIns, grow: null }

  const { askForJob, JobStopped, runJob } = await import('../foundation/jobs/run-job.ts')
  await endCutOffJobs(services)
  // one row for both parts: the page before sign-in watches it
  const id = await askForJob(services, kind, {}, null)
  const firstLook = Promise.withResolvers<void>()
  const mayGrow = Promise.withResolvers<AbortSignal>()
  const work: JobKind['run'] = async (_services, _params, onProgress) => {
    const both: OnProgress = async (stage, done, total) => {
      await onProgress(stage, done, total)
      await run.onProgress(stage, done, total)
    }
    // a bank that an older version made whole is whole enough to work in: what came since grows behind
    if (state !== 'older') await makeFirstPart({ services, signal: run.signal, onProgress: both })
    firstLook.resolve()
    const signal = await mayGrow.promise
    await growDemoBank({ services, signal, onProgress }).catch((error: unknown) => {
      throw signal.aborted ? new JobStopped('stopped') : error
    })
    return {}
  }
  const whole = runJob(services, { kind, run: work }, id)
  whole.catch(() => undefined) // told by whoever waits for it
  try {
    await Promise.race([firstLook.promise, whole])
  } catch (error) {
    // another process makes it (npx yinqiao demo bank): this one only serves
    if (error instanceof NamedFailure && error.failure === 'demo-in-work') return { logIns: demoLogIns, grow: null }
    throw error
  }
  const grow = async (signal: AbortSignal): Promise<void> => {
    mayGrow.resolve(signal)
    await whole.catch((error: unknown) => {
      // the next start goes on where it was
      if (!(error instanceof JobStopped)) throw error
    })
  }
  return { logIns: demoLogIns, grow }
}

const kind = 'demo-bank'

/** A row that says "running" of a process that was killed would be believed. */
async function endCutOffJobs(services: Services): Promise<void> {
  const [{ sql }, { quiet }] = await Promise.all([import('../foundation/database/transaction.ts'), import('../foundation/store/store.ts')])
  await services.db.asBatch((tx) => quiet(tx, 'job_run', 'change', sql`UPDATE job_run SET state = 'STOPPED', ended_at = now() WHERE kind = ${kind} AND state IN ('WAITING', 'RUNNING')`))
}
