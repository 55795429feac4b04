import { sql } from '../../foundation/database/transaction.ts'
import type { Services } from '../../foundation/http/route.ts'
import type { JobKind, OnProgress } from '../../foundation/jobs/run-job.ts'
import { monthOf, shiftMonth } from '../../foundation/values/business-date.ts'
import { workOutMonth } from './work-out-contribution.ts'

/** Works out the last full months, the oldest first, each in a transaction of its own; what is there stays, unless `again`. Returns how many months and customers were added. */
export async function workOutMonths(services: Services, { months, again = false, onProgress }: { months: number; again?: boolean; onProgress?: OnProgress }): Promise<{ months: number; customers: number }> {
  const bank = await services.db.asBatch((tx) => tx.maybe(sql<{ day: string; first: string | null }>`SELECT business_date AS day, (SELECT min(from_date) FROM holdings_balance_facts) AS first FROM bank`))
  if (!bank || bank.first === null) return { months: 0, customers: 0 }
  let [done, customers] = [0, 0]
  for (let back = months; back >= 1; back -= 1) {
    const month = shiftMonth(monthOf(bank.day), -back)
    await onProgress?.(`贡献 ${month} / contribution ${month}`, months - back, months)
    if (month < monthOf(bank.first)) continue
    const found = await services.db.asBatch(async (tx) => {
      await tx.run(sql`SET LOCAL work_mem = '128MB'`)
      return workOutMonth(tx, { month, today: bank.day, again })
    })
    if (found === null) break
    if (found.customers > 0) await services.db.asBatch((tx) => tx.run(sql`SELECT refresh_statistics(ARRAY['contribution', 'contribution_line', 'value_month'])`))
    done += 1
    customers += found.customers
  }
  await onProgress?.('贡献 完成 / contribution done', months, months)
  return { months: done, customers }
}

/** What a page asks for. */
export const valueJob: JobKind = {
  kind: 'value',
  async run(services, params, onProgress) {
    return workOutMonths(services, { months: (params as { months: number }).months, onProgress })
  },
}
