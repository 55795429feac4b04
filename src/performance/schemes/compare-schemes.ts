import { sql, type Transaction } from '../../foundation/database/transaction.ts'
import type { Services } from '../../foundation/http/route.ts'
import type { JobKind, OnProgress } from '../../foundation/jobs/run-job.ts'
import { bulk } from '../../foundation/store/store.ts'
import { monthOf, monthStart, nextMonth, shiftMonth } from '../../foundation/values/business-date.ts'
import { fen } from '../../foundation/values/fen.ts'
import { newId } from '../../foundation/values/uuid7.ts'
import { installBlockScheme, installScheme } from '../install-scheme-version.ts'
import { settleIn } from '../settle-one-month.ts'
import { jsonText } from '../store-pay.ts'
import { blocksTerms, type SchemePeriod } from './block-terms.contract.ts'
import { compared, type Comparison } from './compare-schemes.rules.ts'
import { lackingWhys, schemeVersion, type LackingWhy, type SchemeVersion } from './scheme-change.contract.ts'
import { periodOf } from './scheme-period.rules.ts'

export type PaidMonth = { staffKey: number; month: string; beforeFen: bigint; afterFen: bigint }
/** What a scheme asks for and the months do not have: by person, the months in which it was so. */
export type Lacking = { staffNo: string; name: string; code: string; item: string | null; itemEn: string | null; why: LackingWhy; months: string[] }
export type Tried = { from: string; to: string; months: number; rows: PaidMonth[]; carryBeforeFen: bigint; carryAfterFen: bigint; lacking: Lacking[] }

/** Thrown to undo the sandbox. */
class Undone extends Error {
  readonly found: Tried | null
  constructor(found: Tried | null) {
    super('undone')
    this.found = found
  }
}

/**
 * A changed version over the last twelve settled months, as if it had been in force since the first of them: the settlement itself under a code of its own, with the facts as they are known today, its own carry from month
 * to month, plans, marks and awards of the scheme; then all of it is undone. A new indicator is measured from the facts of those months; what cannot be measured is named. A code under which nothing was settled is held
 * against what the schemes of then paid the same people. Null: nothing was settled.
 */
export async function tryOverMonths(services: Pick<Services, 'db'>, asked: { code: string; version: SchemeVersion; today: string }, told: OnProgress = () => Promise.resolve()): Promise<Tried | null> {
  try {
    await services.db.asBatch(async (tx) => {
      throw new Undone(await tryIn(tx, asked, told))
    })
  } catch (error) {
    if (error instanceof Undone) return error.found
    throw error
  }
  return null
}

async function tryIn(tx: Transaction, { code, version, today }: { code: string; version: SchemeVersion; today: string }, told: OnProgress): Promise<Tried | null> {
  const settled = await settledMonths(tx, code, today, version)
  const ends = periodsToTry(settled, version.kind === 'BLOCKS' ? version.terms.period : 'MONTH')
  const [first, last] = [ends[0], ends.at(-1)]
  if (!first || !last) return null
  const own = `TRY_${newId().replaceAll('-', '').toUpperCase().slice(-24)}`
  await installTried(tx, own, first.from, version)
  // what was paid, withheld and carried before these months stays what it was
  await bulk(tx, {
    table: 'settled_month', what: 'add', why: `comparison of ${code}`, batch: newId(),
    statement: sql`INSERT INTO settled_month (month, scheme_code, run_id) SELECT month, ${own}, run_id FROM settled_month WHERE scheme_code = ${code} AND month < ${first.from}::date`,
  })
  for (const [place, { month }] of ends.entries()) {
    await told(`试算 ${month} / trying ${month}`, place, ends.length)
    await settleIn(tx, { month, scheme: own, dryRun: false, sandbox: { of: code, from: first.from } })
  }
  await told('比较 / comparing', ends.length, ends.length)
  const [from, to] = [monthOf(first.from), last.month]
  return { from, to, months: settled.filter(({ month }) => month >= from && month <= to).length, ...await paidIn(tx, { own, code, from, to }), lacking: await lackingIn(tx, own, version, from) }
}

type SettledMonth = { month: string; from: string }
/**
 * The settled months of the code within the last twelve, each with the first month that it paid for; of every scheme where the code has none. The pool of the support departments comes from closed months only: others are left out.
 */
async function settledMonths(tx: Transaction, code: string, today: string, version: SchemeVersion): Promise<SettledMonth[]> {
  const front = version.kind === 'SUPPORT' ? [...version.terms.schemes] : []
  const rows = await tx.all(sql<{ month: string; own: boolean; terms: unknown; kind: string }>`
    SELECT to_char(m.month, 'YYYY-MM') AS month, m.scheme_code = ${code} AS own, k.kind, k.terms FROM settled_month m JOIN settlement_run r ON r.id = m.run_id JOIN scheme k ON k.code = r.scheme_code AND k.version = r.scheme_version
    WHERE (k.kind IN ('POINTS', 'BLOCKS') OR m.scheme_code = ${code}) AND m.month >= ${`${shiftMonth(monthOf(today), -12)}-01`}::date
      AND NOT EXISTS (SELECT FROM unnest(${front}::text[]) f WHERE NOT EXISTS (SELECT FROM closed_month c WHERE c.scheme_code = f AND c.month = m.month)) ORDER BY m.month`)
  const counted = rows.some(({ own }) => own) ? rows.filter(({ own }) => own) : rows
  return counted.map(({ month, kind, terms }) => ({ month, from: monthOf(kind === 'BLOCKS' ? periodOf(blocksTerms.parse(terms).period, month).from : monthStart(month)) }))
}

type PeriodToTry = { month: string; from: string }
/** Whole periods of the changed version that lie within the settled months, each by its last month. */
function periodsToTry(settled: readonly SettledMonth[], period: SchemePeriod): PeriodToTry[] {
  const [first, last] = [settled[0]?.from, settled.at(-1)?.month]
  const found: PeriodToTry[] = []
  if (first === undefined || last === undefined) return found
  for (let month = first; month <= last; month = nextMonth(month)) {
    const { from, isEnd } = periodOf(period, month)
    const begins = monthOf(from)
    if (isEnd && begins >= first && settled.some((one) => one.month >= begins && one.from <= month)) found.push({ month, from })
  }
  return found
}

async function installTried(tx: Transaction, code: string, from: string, version: SchemeVersion): Promise<void> {
  const about = { code, from, name: code, nameEn: code, legalBasis: 'comparison' }
  if (version.kind === 'SUPPORT') await installBlockScheme(tx, { ...about, kind: version.kind, terms: version.terms })
  else if (version.kind === 'BLOCKS') await installBlockScheme(tx, { ...about, terms: version.terms })
  else await installScheme(tx, { ...about, terms: version.terms, tariff: version.tariff.map((row) => ({ ...row, unitFen: row.unitFen === null ? null : fen(row.unitFen) })) })
}

type Window = { own: string; code: string; from: string; to: string }
async function paidIn(tx: Transaction, { own, code, from, to }: Window): Promise<Pick<Tried, 'rows' | 'carryBeforeFen' | 'carryAfterFen'>> {
  const rows = await tx.all(sql<{ staff_key: number; month: string; scheme: string; payable: string; carry: string }>`
    SELECT s.staff_key, to_char(m.month, 'YYYY-MM') AS month, m.scheme_code AS scheme, s.payable_fen::text AS payable, s.carry_out_fen::text AS carry FROM settled_month m JOIN pay_statement s ON s.run_id = m.run_id
    WHERE m.month >= ${monthStart(from)}::date AND m.month <= ${monthStart(to)}::date ORDER BY s.staff_key, m.month`)
  const found = new Map<string, PaidMonth & { known: boolean }>()
  const of = (staffKey: number, month: string) => {
    const key = `${staffKey} ${month}`
    const row = found.get(key) ?? { staffKey, month, beforeFen: 0n, afterFen: 0n, known: false }
    found.set(key, row)
    return row
  }
  for (const row of rows.filter(({ scheme }) => scheme === code)) Object.assign(of(row.staff_key, row.month), { beforeFen: BigInt(row.payable), known: true })
  for (const row of rows.filter(({ scheme }) => scheme === own)) of(row.staff_key, row.month).afterFen = BigInt(row.payable)
  // whom the changed version would pay and another scheme paid then
  const tried = new Set(rows.filter(({ scheme }) => scheme === own).map(({ staff_key: key }) => key))
  for (const row of rows.filter(({ scheme, staff_key: key }) => scheme !== own && scheme !== code && tried.has(key))) {
    const one = of(row.staff_key, row.month)
    if (!one.known) one.beforeFen += BigInt(row.payable)
  }
  const carried = (scheme: string): bigint => {
    const own = rows.filter((row) => row.scheme === scheme)
    const last = own.reduce((latest, { month }) => (month > latest ? month : latest), '')
    return own.filter(({ month }) => month === last).reduce((sum, { carry }) => sum + BigInt(carry), 0n)
  }
  return { rows: [...found.values()].map(({ known: _known, ...row }) => row), carryBeforeFen: carried(code), carryAfterFen: carried(own) }
}

/** Lines of the tried months that had nothing to measure, no target or no mark: by person and item, with the months. */
async function lackingIn(tx: Transaction, own: string, version: SchemeVersion, from: string): Promise<Lacking[]> {
  const rows = await tx.all(sql<Omit<Lacking, 'months'> & { month: string }>`
    SELECT p.staff_no AS "staffNo", p.staff_name AS name, l.code, l.detail ->> 'name' AS item, l.detail ->> 'nameEn' AS "itemEn", l.why, to_char(m.month, 'YYYY-MM') AS month
    FROM settled_month m JOIN pay_line l ON l.run_id = m.run_id JOIN organisation_staff_facts p ON p.staff_key = l.staff_key
    WHERE m.scheme_code = ${own} AND m.month >= ${monthStart(from)}::date AND l.why = ANY(${[...lackingWhys]}::text[]) ORDER BY p.staff_no, l.code, l.why, m.month`)
  const marks = new Map<string, { zh: string; en: string }>((version.kind === 'SUPPORT' ? [] : version.terms.blocks).flatMap((block) => (block.kind === 'MARKS' ? block.items.map(({ code, name }) => [`MARK.${code}`, name]) : [])))
  const found = new Map<string, Lacking>()
  for (const { month, ...row } of rows) {
    const key = `${row.staffNo} ${row.code} ${row.why}`
    const mark = marks.get(row.code)
    const one = found.get(key) ?? { ...row, item: row.item ?? mark?.zh ?? null, itemEn: row.itemEn ?? mark?.en ?? null, months: [] }
    found.set(key, one)
    one.months.push(month)
  }
  return [...found.values()]
}

export type SchemeComparison = Comparison & Pick<Tried, 'from' | 'to' | 'months' | 'carryBeforeFen' | 'carryAfterFen' | 'lacking'>
/** The comparison in numbers of the whole bank. Null: nothing was settled, or of fewer than five people. */
export async function compareSchemes(services: Pick<Services, 'db'>, asked: { code: string; version: SchemeVersion; today: string }, told?: OnProgress): Promise<SchemeComparison | null> {
  const tried = await tryOverMonths(services, asked, told)
  if (!tried) return null
  const people = new Map<number, { beforeFen: bigint; afterFen: bigint }>()
  for (const { staffKey, beforeFen, afterFen } of tried.rows) {
    const known = people.get(staffKey) ?? { beforeFen: 0n, afterFen: 0n }
    people.set(staffKey, { beforeFen: known.beforeFen + beforeFen, afterFen: known.afterFen + afterFen })
  }
  const found = compared([...people.values()])
  const { from, to, months, carryBeforeFen, carryAfterFen, lacking } = tried
  return found && { ...found, from, to, months, carryBeforeFen, carryAfterFen, lacking }
}

/** What a page asks for: twelve settlements of the bank take their time. */
export const compareSchemesJob: JobKind = {
  kind: 'compare-schemes',
  async run(services, params, onProgress) {
    const { code, version, today } = params as { code: string; version: unknown; today: string }
    const found = await compareSchemes(services, { code, version: schemeVersion.parse(version), today }, onProgress)
    return { found: found === null ? null : jsonText(found) }
  },
}
