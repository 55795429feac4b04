import type { Hash } from 'node:crypto'
import { sql, type Transaction } from '../foundation/database/transaction.ts'
import type { OnProgress } from '../foundation/jobs/run-job.ts'
import { bulk } from '../foundation/store/store.ts'
import type { Fen } from '../foundation/values/fen.ts'

export type LineRow = {
  place: number; code: string; quantity: string | null; unit_fen: string | null; each: string | null; measured_fen: string | null; points: string | null; money_fen: string | null; facts: number; by_form: boolean
  corrects_month: string | null; corrects_code: string | null; detail: Record<string, string | null>; why: string | null
}
/** A statement as its table has it, its lines, and what else belongs to the hash. */
export type PersonPaid = {
  statement: {
    staff_key: number; scope_path: string; post_code: string; points: string; before_carry_fen: Fen; carry_in_fen: Fen; payable_fen: Fen; carry_out_fen: Fen; input: unknown; steps: readonly unknown[]; set_off: readonly unknown[];
    carry_out: readonly unknown[]; expired: readonly unknown[]
  }
  lines: readonly LineRow[]
  hashed: readonly (readonly (string | number)[])[]
}
export type WorkedOut = { hash: string; people: number; points: string; payableFen: Fen; carryOutFen: Fen }

export const jsonText = (value: unknown): string => JSON.stringify(value, (_key, entry: unknown) => (typeof entry === 'bigint' ? entry.toString() : entry))

/** Stores statements and lines of a run, two thousand people at a time, and adds them to the hash of its content. */
export async function storePay(tx: Transaction, about: { month: string; schemeCode: string }, runId: string, people: readonly PersonPaid[], content: Hash, progress: OnProgress): Promise<void> {
  for (let start = 0; start < people.length; start += 2000) {
    const chunk = people.slice(start, start + 2000)
    for (const { statement, lines, hashed } of chunk) content.update(jsonText([statement, lines, hashed]))
    const lines = chunk.flatMap(({ statement, lines: own }) => own.map((line) => ({ staff_key: statement.staff_key, scope_path: statement.scope_path, ...line })))
    await storeChunk(tx, about, runId, chunk.map(({ statement }) => statement), lines)
    await progress('计算工资单 / working out statements', Math.min(start + 2000, people.length), people.length)
  }
}

async function storeChunk(tx: Transaction, { month, schemeCode }: { month: string; schemeCode: string }, runId: string, statements: readonly unknown[], lines: readonly unknown[]): Promise<void> {
  const why = `settlement ${month}`
  await bulk(tx, {
    table: 'pay_statement', what: 'add', why, batch: runId, sums: ['payable_fen', 'carry_out_fen'], about: { month, scheme: schemeCode },
    statement: sql`INSERT INTO pay_statement (run_id, staff_key, scope_path, post_code, points, before_carry_fen, carry_in_fen, payable_fen, carry_out_fen, input, steps, set_off, carry_out, expired)
      SELECT ${runId}::uuid, s.* FROM jsonb_to_recordset(${jsonText(statements)}::jsonb) AS s(staff_key int, scope_path text, post_code text, points numeric, before_carry_fen bigint, carry_in_fen bigint, payable_fen bigint,
        carry_out_fen bigint, input jsonb, steps jsonb, set_off jsonb, carry_out jsonb, expired jsonb)`,
  })
  if (lines.length === 0) return
  await bulk(tx, {
    table: 'pay_line', what: 'add', why, batch: runId, sums: ['points', 'money_fen'], about: { month, scheme: schemeCode },
    statement: sql`INSERT INTO pay_line (run_id, staff_key, scope_path, place, code, quantity, unit_fen, each, measured_fen, points, money_fen, facts, by_form, corrects_month, corrects_code, detail, why)
      SELECT ${runId}::uuid, l.* FROM jsonb_to_recordset(${jsonText(lines)}::jsonb) AS l(staff_key int, scope_path text, place int, code text, quantity numeric, unit_fen bigint, each numeric, measured_fen bigint, points numeric,
        money_fen bigint, facts int, by_form boolean, corrects_month date, corrects_code text, detail jsonb, why text)`,
  })
}
