import { sql, type Transaction } from '../../foundation/database/transaction.ts'
import { monthOf, shiftMonth } from '../../foundation/values/business-date.ts'
import { decimalText, exact } from '../../foundation/values/decimal.ts'
import { payOfMonth } from '../points.rules.ts'
import { readMonth, type SentMonth } from '../work-out-statements.ts'
import type { BlocksTerms } from './block-terms.contract.ts'
import { payOfBlocks, type BlocksInput } from './block-month.rules.ts'
import { compared, type Compared, type Comparison } from './compare-schemes.rules.ts'
import type { SchemeVersion } from './scheme-change.contract.ts'
import { baseForDays, readInput, type SentInput } from './settle-blocks.ts'

type Line = { code: string; quantity: string | null; unit_fen: string | null }
/**
 * A changed version over what was settled under the code in the last twelve months: each month of each person is worked out again from its stored inputs, points of a line from its quantity by the new tariff. Numbers of the whole
 * bank only. Null: nothing was settled, or fewer than five people.
 */
export async function compareSchemes(tx: Transaction, code: string, version: SchemeVersion, today: string): Promise<(Comparison & { months: number }) | null> {
  return tx.asRole('engine', async () => {
    const rows = await tx.all(sql<{ staff_key: number; month: string; input: unknown; payable_fen: string; lines: Line[] }>`
      SELECT s.staff_key, m.month, s.input, s.payable_fen, (SELECT coalesce(jsonb_agg(jsonb_build_object('code', l.code, 'quantity', l.quantity::text, 'unit_fen', l.unit_fen::text)), '[]'::jsonb) FROM pay_line l WHERE l.run_id = s.run_id AND l.staff_key = s.staff_key AND l.points IS NOT NULL) AS lines
      FROM settled_month m JOIN settlement_run r ON r.id = m.run_id JOIN scheme k ON k.code = r.scheme_code AND k.version = r.scheme_version JOIN pay_statement s ON s.run_id = m.run_id
      WHERE m.scheme_code = ${code} AND k.kind = ${version.kind} AND m.month >= ${`${shiftMonth(monthOf(today), -12)}-01`}::date`)
    const people = new Map<number, Compared>()
    for (const row of rows) {
      const after = version.kind === 'BLOCKS' ? payOfBlocks(version.terms, withBase(version.terms, readInput(row.input as SentInput))).payableFen : payOfPoints(version, row.input as SentMonth, row.lines)
      const known = people.get(row.staff_key) ?? { beforeFen: 0n, afterFen: 0n }
      people.set(row.staff_key, { beforeFen: known.beforeFen + BigInt(row.payable_fen), afterFen: known.afterFen + after })
    }
    const found = compared([...people.values()])
    return found && { ...found, months: new Set(rows.map(({ month }) => month)).size }
  })
}

// the base by grade is one of the terms
const withBase = (terms: BlocksTerms, input: BlocksInput): BlocksInput => ({ ...input, given: { ...input.given, values: { ...input.given.values, GRADE_BASE: { unit: 'FEN', value: (baseForDays(terms, input.given.grade, input.given.daysInPost) ?? 0n).toString() } } } })

function payOfPoints({ terms, tariff }: Extract<SchemeVersion, { kind: 'POINTS' }>, input: SentMonth, lines: readonly Line[]): bigint {
  const month = readMonth(input)
  const points = month.points.map(({ code, points: held }) => {
    const [line, rule] = [lines.find((one) => one.code === code), tariff.find(({ event }) => event === code)]
    if (!line || line.quantity === null || !rule) return { code, points: held }
    // the quantity counts the old units
    const units = line.unit_fen === null || rule.unitFen === null ? exact(line.quantity) : exact(line.quantity).times(exact(line.unit_fen)).div(exact(rule.unitFen))
    return { code, points: decimalText(units.times(exact(rule.points)), 2) }
  })
  return payOfMonth(terms, { ...month, points }).payableFen
}
