import type { JobKind } from '../foundation/jobs/run-job.ts'
import { sql } from '../foundation/database/transaction.ts'
import type { Services } from '../foundation/http/route.ts'
import { workOutForecast } from '../performance/statement/work-out-forecast.ts'
import { shownMonths, workOutIndicators } from '../performance/work-out-indicators.ts'

/** Once a business day: the indicators of the running month and the one before it, and what the running month may pay, from the facts until today. Twice gives the same. */
export const dayFiguresJob: JobKind = {
  kind: 'day-figures',
  async run(services, _params, onProgress) {
    const { today } = await services.db.asBatch((tx) => tx.one(sql<{ today: string }>`SELECT business_date AS today FROM bank`))
    const indicators = await workOutIndicators(services, { months: shownMonths(today), onProgress })
    await onProgress('测算本月绩效 / forecast of the month', indicators.worked, null)
    return { day: today, ...indicators, forecasts: await workOutForecast(services) }
  },
}

/** Asks for the day's figures unless they are of today: after a delivery moved the day, and when the server starts. */
export async function askDayFigures(services: Services): Promise<void> {
  const stale = await services.db.asBatch((tx) => tx.maybe(sql`
    SELECT FROM bank b WHERE EXISTS (SELECT FROM indicator_month) AND NOT EXISTS (SELECT FROM indicator_month m WHERE m.computed_on >= b.business_date)
      AND NOT EXISTS (SELECT FROM job_run j WHERE j.kind = ${dayFiguresJob.kind} AND j.state IN ('WAITING', 'RUNNING'))`))
  if (stale) await services.jobs?.ask(dayFiguresJob.kind, {}, null)
}
