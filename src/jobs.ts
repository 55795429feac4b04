import { scanJob } from './customers/duplicates/scan-duplicates.ts'
import { retentionJob } from './flows/carry-out-retention.ts'
import { settleMonthJob } from './flows/settle-month.ts'
import { valueJob } from './customers/value/run-value-job.ts'
import { dayFiguresJob } from './flows/work-out-day.ts'
import { feedJob } from './flows/load-delivery.ts'
import { compareSchemesJob } from './performance/schemes/compare-schemes.ts'
import { indicatorsJob } from './performance/work-out-indicators.ts'
import type { JobKind } from './foundation/jobs/run-job.ts'

/** EVERY kind of long work that the server runs: asked for by a page or a flow, shown with progress, stopped, restarted where it was. */
export const jobs: readonly JobKind[] = [feedJob, settleMonthJob, scanJob, valueJob, indicatorsJob, dayFiguresJob, compareSchemesJob, retentionJob]
