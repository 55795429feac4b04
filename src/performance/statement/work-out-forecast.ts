import { sql, type Transaction } from '../../foundation/database/transaction.ts'
import type { Services } from '../../foundation/http/route.ts'
import { bulk } from '../../foundation/store/store.ts'
import { monthOf, monthStart, nextMonth, previousMonth } from '../../foundation/values/business-date.ts'
import { newId } from '../../foundation/values/uuid7.ts'
import { settleScheme } from '../settle-one-month.ts'

type Dry = { staff_key: number; scope_path: string; points: string; payable_fen: string }
/**
 * Tries the running month and the ones before it that are not settled yet, for every scheme in force, by the settlement engine itself, and keeps what each person would be paid. The trial is rolled back as every dry
 * run; its statements are read just before that. Twice a day gives the same. Returns how many people have a forecast.
 */
export async function workOutForecast(services: Pick<Services, 'db'>): Promise<number> {
  const { today, schemes } = await services.db.asBatch(async (tx) => ({
    today: (await tx.one(sql<{ day: string }>`SELECT business_date AS day FROM bank`)).day,
    schemes: await tx.all(sql<{ code: string; last: string | null }>`
      SELECT k.code, to_char((SELECT max(m.month) FROM settled_month m WHERE m.scheme_code = k.code), 'YYYY-MM') AS last FROM scheme k, bank b WHERE k.from_date <= b.business_date AND (k.to_date IS NULL OR k.to_date > b.business_date) GROUP BY k.code ORDER BY k.code`),
  }))
  const running = monthOf(today)
  let people = 0
  for (const { code, last } of schemes) {
    // a bank that settles late waits with at most the month before the running one
    const first = last !== null && last >= previousMonth(running) ? running : previousMonth(running)
    for (let month = first; month <= running; month = nextMonth(month)) {
      const rows = await dryRun(services, month, code)
      await services.db.asBatch((tx) => keep(tx, { month, scheme: code, today, rows }))
      people += rows.length
    }
  }
  await services.db.asBatch((tx) => forget(tx, running))
  return people
}

async function dryRun(services: Pick<Services, 'db'>, month: string, scheme: string): Promise<Dry[]> {
  let found: Dry[] = []
  await settleScheme(services, {
    month, scheme, dryRun: true,
    beforeUndone: async (tx, runId) => {
      found = await tx.all(sql<Dry>`SELECT staff_key, scope_path, points, payable_fen::text AS payable_fen FROM pay_statement WHERE run_id = ${runId}::uuid ORDER BY staff_key`)
    },
  })
  return found
}

async function keep(tx: Transaction, { month, scheme, today, rows }: { month: string; scheme: string; today: string; rows: readonly Dry[] }): Promise<void> {
  const batch = newId()
  const [why, about, first] = [`forecast ${month}`, { month, scheme }, monthStart(month)]
  await bulk(tx, { table: 'pay_forecast', what: 'remove', why, batch, about, statement: sql`DELETE FROM pay_forecast WHERE month = ${first}::date AND scheme_code = ${scheme}` })
  await bulk(tx, {
    table: 'pay_forecast', what: 'add', why, batch, about, sums: ['payable_fen'],
    statement: sql`INSERT INTO pay_forecast (month, scheme_code, staff_key, scope_path, as_of, points, payable_fen)
      SELECT ${first}::date, ${scheme}, r.staff_key, r.scope_path, ${today}::date, r.points, r.payable_fen FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) r (staff_key int, scope_path text, points numeric, payable_fen bigint)`,
  })
}

/** Forecasts of months that are over and settled say nothing any more. */
async function forget(tx: Transaction, running: string): Promise<void> {
  await bulk(tx, {
    table: 'pay_forecast', what: 'remove', why: 'settled', batch: newId(),
    statement: sql`DELETE FROM pay_forecast f WHERE f.month < ${monthStart(running)}::date AND EXISTS (SELECT FROM settled_month m WHERE m.month = f.month AND m.scheme_code = f.scheme_code)`,
  })
}
