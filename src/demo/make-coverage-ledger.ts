import { keepPastCoverage } from '../contact-plan/keep-coverage.ts'
import type { Services } from '../foundation/http/route.ts'
import type { OnProgress } from '../foundation/jobs/run-job.ts'
import { addDays } from '../foundation/values/business-date.ts'
import { demoBank } from './known-cases.ts'

/** Two months: the last one from its first day, and the present one. */
export const ledgerFrom = '2026-10-01'

/** The ledger of coverage of the past days, from what each of them knew: the contacts were made afterwards. */
export async function makeCoverageLedger(services: Services, onProgress: OnProgress): Promise<void> {
  await keepPastCoverage(services.db, { first: ledgerFrom, last: addDays(demoBank.today, -1) })
  await onProgress('联系台账 / ledger of coverage', 1, 1)
}
