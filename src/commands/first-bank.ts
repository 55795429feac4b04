import type { CommandRun } from '../foundation/cli/command.ts'
import type { BilingualText } from '../foundation/config/named-failure.ts'
import type { Services } from '../foundation/http/route.ts'

/** A log-in that the first start prints. */
export type DemoLogIn = { staffNo: string; password: string; who: BilingualText }

export type FirstBank = {
  /** Printed at the start; empty when this is not the demo bank. */
  logIns: readonly DemoLogIn[]
  /** What grows while people already work; null when nothing is left to do. Ends early when the signal says so. */
  grow: ((signal: AbortSignal) => Promise<void>) | null
}

/** Before the server listens: makes the small demo bank when there is no bank and config.demo allows it. */
export async function prepareFirstBank(_services: Services, _run: CommandRun): Promise<FirstBank> {
  return { logIns: [], grow: null }
}
