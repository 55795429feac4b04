import { sql, type Transaction } from '../../foundation/database/transaction.ts'
import { monthOf, monthStart, nextMonth, quarterStart, shiftMonth, yearStart } from '../../foundation/values/business-date.ts'
import { Exact, decimalText, exact } from '../../foundation/values/decimal.ts'
import { sumFen, type Fen } from '../../foundation/values/fen.ts'
import type { Outlook, StatementShown } from '../statement.contract.ts'
import { payChange } from '../board/pay-change.rules.ts'
import { readStatement } from '../read-statement.ts'
import { readStanding } from './engine-read-standing.ts'
import { readAnnual } from './read-annual.ts'

type Month = { month: string; fen: string; points: string }
/** How many settled months stand for a month that is still to come. */
const averaged = 3

/** Quarter and year to date up to the statement's month, what the running month may bring, and the standing among others; as far as the role of the transaction may read it. */
export async function readOutlook(tx: Transaction, statement: StatementShown, today: string): Promise<Outlook> {
  const { staffKey } = statement.person
  const running = monthOf(today)
  const first = [monthOf(yearStart(monthStart(statement.month))), monthOf(yearStart(today)), shiftMonth(running, -averaged)].sort()[0] ?? running
  // the schemes of a person who changed the job in between are one year
  const months = await tx.all(sql<Month>`
    SELECT to_char(month, 'YYYY-MM') AS month, sum(payable_fen)::text AS fen, sum(points)::text AS points FROM performance_statement_facts
    WHERE staff_key = ${staffKey} AND month >= ${monthStart(first)}::date GROUP BY month ORDER BY month`)
  const toDate = (from: string): Outlook['year'] => {
    const within = months.filter(({ month }) => month >= from && month <= statement.month)
    return { from, to: statement.month, months: within.length, payableFen: sumFen(within.map(({ fen }) => BigInt(fen))).toString(), points: decimalText(within.reduce((sum, { points }) => sum.plus(exact(points)), new Exact(0)), 2) }
  }
  const path = await tx.maybe(sql<{ path: string }>`
    SELECT s.scope_path AS path FROM settled_month m JOIN pay_statement s ON s.run_id = m.run_id WHERE m.month = ${monthStart(statement.month)}::date AND m.scheme_code = ${statement.scheme.code} AND s.staff_key = ${staffKey}`)
  return {
    quarter: toDate(monthOf(quarterStart(monthStart(statement.month)))), year: toDate(`${statement.month.slice(0, 4)}-01`), forecast: await forecastOf(tx, staffKey, today, months),
    annual: await readAnnual(tx, staffKey, statement.month), change: await changeOf(tx, statement),
    standing: path ? await readStanding(tx, { month: monthStart(statement.month), scheme: statement.scheme.code, path: path.path, payableFen: BigInt(statement.payableFen) }) : null,
  }
}

/** What made the difference to the last settled month before under the same scheme. */
async function changeOf(tx: Transaction, statement: StatementShown): Promise<Outlook['change']> {
  const month = statement.months.filter((one) => one.month < statement.month).at(-1)?.month
  const before = month === undefined ? null : await readStatement(tx, statement.person.staffKey, month, statement.scheme.code)
  if (!before) return null
  return { month: before.month, fromFen: before.payableFen, toFen: statement.payableFen, parts: payChange(before, statement).map(({ fen, ...part }) => ({ ...part, fen: fen.toString() })) }
}

async function forecastOf(tx: Transaction, staffKey: number, today: string, settled: readonly Month[]): Promise<Outlook['forecast']> {
  const running = monthOf(today)
  const rows = await tx.all(sql<Month & { as_of: string }>`
    SELECT to_char(month, 'YYYY-MM') AS month, sum(payable_fen)::text AS fen, sum(points)::text AS points, min(as_of) AS as_of FROM pay_forecast WHERE staff_key = ${staffKey} AND month >= ${yearStart(today)}::date GROUP BY month`)
  const own = rows.find(({ month }) => month === running)
  if (!own) return null
  const before = settled.filter(({ month }) => month < running).slice(-averaged)
  const averageFen = before.length === 0 ? BigInt(own.fen) : sumFen(before.map(({ fen }) => BigInt(fen))) / BigInt(before.length)
  const known = new Map<string, Fen>([...rows.map(({ month, fen }) => [month, BigInt(fen)] as const), ...settled.map(({ month, fen }) => [month, BigInt(fen)] as const)])
  const over = (from: string, last: string): string => {
    let sum = 0n
    // a month before the first statement brought nothing; one that is still to come counts the mean
    for (let month = from; month <= last; month = nextMonth(month)) sum += known.get(month) ?? (month > running ? averageFen : 0n)
    return sum.toString()
  }
  const quarter = monthOf(quarterStart(today))
  return {
    asOf: own.as_of, month: running, monthFen: own.fen, points: own.points, averageFen: averageFen.toString(), averageOf: before.length, quarter, quarterFen: over(quarter, shiftMonth(quarter, 2)),
    year: running.slice(0, 4), yearFen: over(`${running.slice(0, 4)}-01`, `${running.slice(0, 4)}-12`),
  }
}
