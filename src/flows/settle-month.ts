import { sql } from '../foundation/database/transaction.ts'
import type { Services } from '../foundation/http/route.ts'
import type { JobKind, JobResult, OnProgress } from '../foundation/jobs/run-job.ts'
import { monthStart, nextMonth } from '../foundation/values/business-date.ts'
import { ok, refuse, type Outcome } from '../foundation/values/outcome.ts'
import { installScheme } from '../performance/install-scheme-version.ts'
import { settleScheme, type Settlement } from '../performance/settle-one-month.ts'

export type SettleMonth = { month: string; scheme?: string; dryRun: boolean; settledBy?: number | null; onProgress?: OnProgress }

/**
 * Settles a month for every scheme in force at its end, or for one. A bank that has no scheme at all begins with that of the house: the public Czech data set with
 * its own (every loan a new small loan). Refusals: 'no-bank', 'no-scheme', 'month-closed', 'later-month-closed', 'month-not-over', 'period-not-over', 'contribution-missing', 'front-line-open'.
 */
export async function settleMonth(services: Pick<Services, 'db'>, asked: SettleMonth): Promise<Outcome<Settlement[]>> {
  if (!(await beginWithScheme(services))) return refuse('no-bank')
  const codes = asked.scheme === undefined ? await schemesOf(services, asked.month) : [asked.scheme]
  if (codes.length === 0) return refuse('no-scheme', { details: { scheme: '', month: asked.month } })
  const settled: Settlement[] = []
  for (const scheme of codes) {
    const outcome = await settleScheme(services, { ...asked, scheme })
    // every scheme was asked for: one that pays by quarter or year waits for the last month of its period, the support departments for the closed months of the front line
    if (!outcome.ok && (outcome.refusal.name === 'period-not-over' || outcome.refusal.name === 'front-line-open') && asked.scheme === undefined) continue
    if (!outcome.ok) return outcome
    settled.push(outcome.value)
  }
  return ok(settled)
}

async function schemesOf(services: Pick<Services, 'db'>, month: string): Promise<string[]> {
  const after = monthStart(nextMonth(month))
  const found = await services.db.asBatch((tx) => tx.all(sql<{ code: string }>`SELECT code FROM scheme WHERE from_date < ${after} AND (to_date IS NULL OR to_date >= ${after}) ORDER BY code`))
  return found.map(({ code }) => code)
}

// false: there is no bank yet
async function beginWithScheme(services: Pick<Services, 'db'>): Promise<boolean> {
  return services.db.asBatch(async (tx) => {
    const bank = await tx.maybe(sql<{ none: boolean; code: string }>`SELECT NOT EXISTS (SELECT FROM scheme) AS none, code FROM bank`)
    if (bank?.none) await installScheme(tx, bank.code === 'berka' ? { code: 'BERKA', from: '1993-01-01' } : { code: 'POINTS', from: '2000-01-01' })
    return bank !== undefined
  })
}

/** What a page asks for: settles in the server, with progress. */
export const settleMonthJob: JobKind = {
  kind: 'settle-month',
  async run(services, params, onProgress): Promise<JobResult> {
    const { month, scheme, dryRun, settledBy } = params as { month: string; scheme: string; dryRun: boolean; settledBy: number | null }
    const outcome = await settleMonth(services, { month, scheme, dryRun, settledBy, onProgress })
    if (!outcome.ok) return { ok: false, refusal: outcome.refusal.name, ...outcome.refusal.details }
    const [settled] = outcome.value
    if (!settled) return { ok: false, refusal: 'no-scheme', month, scheme }
    return {
      ok: true, dryRun, month, scheme, version: settled.version, unchanged: settled.unchanged, hash: settled.hash, people: settled.people, facts: settled.facts, corrections: settled.corrections, points: settled.points,
      payableFen: settled.payableFen, carryOutFen: settled.carryOutFen, ties: settled.control.ties, control: JSON.stringify(settled.control),
    }
  },
}
