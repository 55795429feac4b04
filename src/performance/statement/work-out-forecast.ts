import { sql, type Transaction } from '../../foundation/database/transaction.ts'
import type { Services } from '../../foundation/http/route.ts'
import { bulk } from '../../foundation/store/store.ts'
import { monthOf, monthStart, nextMonth, previousMonth } from '../../foundation/values/business-date.ts'
import type { Outcome } from '../../foundation/values/outcome.ts'
import { newId } from '../../foundation/values/uuid7.ts'

type Dry = { staff_key: number; scope_path: string; points: string; payable_fen: string }
/** The engine that settles: a dry run of it is what the forecast is made of. */
export type Settle = (services: Pick<Services, 'db'>, asked: { month: string; scheme: string; dryRun: true }) => Promise<Outcome<unknown>>

/**
 * Tries the running month and the ones before it that are not settled yet, for every scheme in force, by the settlement engine itself, and keeps what each person would be paid. The trial is rolled back as every dry
 * run; its statements are read just before that. Twice a day gives the same. Returns how many people have a forecast.
 */
export async function workOutForecast(services: Pick<Services, 'db'>, settle: Settle): Promise<number> {
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
      const rows = await dryRun(services, settle, month, code)
      await services.db.asBatch((tx) => keep(tx, { month, scheme: code, today, rows }))
      people += rows.length
    }
  }
  await services.db.asBatch((tx) => forget(tx, running))
  return people
}

/** Runs the engine in a database whose transactions tell, before they are undone, what the trial brought. */
async function dryRun(services: Pick<Services, 'db'>, settle: Settle, month: string, scheme: string): Promise<Dry[]> {
  let found: Dry[] = []
  const watched = Object.create(services.db) as Services['db']
  watched.asBatch = (run, author) => services.db.asBatch(async (tx) => {
    try {
      return await run(tx)
    } catch (undone) {
      // after a mistake of the database itself the transaction answers nothing more: the mistake stays what it is
      found = await tx.all(sql<Dry>`
        SELECT s.staff_key, s.scope_path, s.points, s.payable_fen::text AS payable_fen FROM settlement_run r JOIN pay_statement s ON s.run_id = r.id
        WHERE r.month = ${monthStart(month)}::date AND r.scheme_code = ${scheme} AND r.settled_at = now() ORDER BY s.staff_key`).catch(() => [])
      throw undone
    }
  }, author)
  const outcome = await settle({ db: watched }, { month, scheme, dryRun: true })
  return outcome.ok ? found : []
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
