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
type OfScheme = Month & { scheme: string }
/** How many settled months stand for a month that is still to come. */
const averaged = 3

/** Quarter and year to date up to the statement's month, what the running month may bring, and the standing among others; as far as the role of the transaction may read it. */
export async function readOutlook(tx: Transaction, statement: StatementShown, today: string): Promise<Outlook> {
  const { staffKey } = statement.person
  const running = monthOf(today)
  const first = [monthOf(yearStart(monthStart(statement.month))), monthOf(yearStart(today)), shiftMonth(running, -averaged)].sort()[0] ?? running
  // the schemes of a person who changed the job in between are one year; points of one scheme and scores of another are not added
  const settled = await tx.all(sql<OfScheme>`
    SELECT to_char(month, 'YYYY-MM') AS month, scheme_code AS scheme, payable_fen::text AS fen, CASE WHEN scheme_code = ${statement.scheme.code} THEN points ELSE 0 END::text AS points FROM performance_statement_facts
    WHERE staff_key = ${staffKey} AND month >= ${monthStart(first)}::date ORDER BY month, scheme_code`)
  const months = byMonth(settled)
  const toDate = (from: string): Outlook['year'] => {
    const within = months.filter(({ month }) => month >= from && month <= statement.month)
    return { from, to: statement.month, months: within.length, payableFen: sumFen(within.map(({ fen }) => BigInt(fen))).toString(), points: decimalText(within.reduce((sum, { points }) => sum.plus(exact(points)), new Exact(0)), 2) }
  }
  const path = await tx.maybe(sql<{ path: string }>`
    SELECT s.scope_path AS path FROM settled_month m JOIN pay_statement s ON s.run_id = m.run_id WHERE m.month = ${monthStart(statement.month)}::date AND m.scheme_code = ${statement.scheme.code} AND s.staff_key = ${staffKey}`)
  return {
    quarter: toDate(monthOf(quarterStart(monthStart(statement.month)))), year: toDate(`${statement.month.slice(0, 4)}-01`), forecast: await forecastOf(tx, staffKey, today, settled),
    annual: await readAnnual(tx, staffKey, statement.month), change: await changeOf(tx, statement),
    standing: path ? await readStanding(tx, { month: monthStart(statement.month), scheme: statement.scheme.code, path: path.path, payableFen: BigInt(months.find(({ month }) => month === statement.month)?.fen ?? statement.payableFen) }) : null,
  }
}

/** One entry for each month, whatever schemes paid in it. */
function byMonth(statements: readonly OfScheme[]): Month[] {
  const found = new Map<string, Month>()
  for (const { month, fen, points } of statements) {
    const known = found.get(month)
    found.set(month, { month, fen: (BigInt(known?.fen ?? '0') + BigInt(fen)).toString(), points: decimalText(exact(known?.points ?? '0').plus(exact(points)), 2) })
  }
  return [...found.values()]
}

/** What made the difference to the last settled month before under the same scheme. */
async function changeOf(tx: Transaction, statement: StatementShown): Promise<Outlook['change']> {
  const month = statement.months.filter((one) => one.month < statement.month && one.points !== null).at(-1)?.month
  const before = month === undefined ? null : await readStatement(tx, statement.person.staffKey, month, statement.scheme.code)
  if (!before) return null
  return { month: before.month, fromFen: before.payableFen, toFen: statement.payableFen, parts: payChange(before, statement).map(({ fen, ...part }) => ({ ...part, fen: fen.toString() })) }
}

async function forecastOf(tx: Transaction, staffKey: number, today: string, settled: readonly OfScheme[]): Promise<Outlook['forecast']> {
  const running = monthOf(today)
  const rows = await tx.all(sql<OfScheme & { as_of: string }>`
    SELECT to_char(month, 'YYYY-MM') AS month, scheme_code AS scheme, payable_fen::text AS fen, points::text AS points, as_of FROM pay_forecast WHERE staff_key = ${staffKey} AND month >= ${yearStart(today)}::date ORDER BY month, scheme_code`)
  const own = byMonth(rows).find(({ month }) => month === running)
  if (!own) return null
  const asOf = rows.filter(({ month }) => month === running).map((row) => row.as_of).sort()[0] ?? today
  const before = byMonth(settled).filter(({ month }) => month < running).slice(-averaged)
  const averageFen = before.length === 0 ? BigInt(own.fen) : sumFen(before.map(({ fen }) => BigInt(fen))) / BigInt(before.length)
  // a month that one of his schemes has settled and the other has not is what was settled and what is forecast
  const open = rows.filter((row) => !settled.some(({ month, scheme }) => month === row.month && scheme === row.scheme))
  const known = new Map<string, Fen>(byMonth([...settled, ...open]).map(({ month, fen }) => [month, BigInt(fen)]))
  const over = (from: string, last: string): string => {
    let sum = 0n
    // a month before the first statement brought nothing; one that is still to come counts the mean
    for (let month = from; month <= last; month = nextMonth(month)) sum += known.get(month) ?? (month > running ? averageFen : 0n)
    return sum.toString()
  }
  const quarter = monthOf(quarterStart(today))
  return {
    asOf, month: running, monthFen: own.fen, points: own.points, averageFen: averageFen.toString(), averageOf: before.length, quarter, quarterFen: over(quarter, shiftMonth(quarter, 2)),
    year: running.slice(0, 4), yearFen: over(`${running.slice(0, 4)}-01`, `${running.slice(0, 4)}-12`),
  }
}
