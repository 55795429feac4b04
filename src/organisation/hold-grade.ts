import { sql, type Transaction } from '../foundation/database/transaction.ts'
import { add, end } from '../foundation/store/store.ts'
import { ok, refuse, type Outcome } from '../foundation/values/outcome.ts'
import { valueOf } from './refused.ts'

export type Grade = 'A' | 'B' | 'C'
export type NewGrade = { staffKey: number; grade: Grade; from: string; reason: string | null }

/** A person has a grade from a day on; the former one ends that day. Refuses: not employed then, a grade from that day or a later one is there, the same grade. */
export async function tryHoldGrade(tx: Transaction, held: NewGrade): Promise<Outcome<null>> {
  const person = await tx.maybe(sql<{ employed: boolean }>`
    SELECT EXISTS (SELECT FROM employment e WHERE e.staff_key = s.key AND e.from_date <= ${held.from} AND (e.to_date IS NULL OR e.to_date > ${held.from})) AS employed
    FROM staff s WHERE s.key = ${held.staffKey} FOR UPDATE`)
  if (!person?.employed) return refuse('not-employed', { field: 'from' })
  const last = await tx.maybe(sql<{ from_date: string; to_date: string | null; grade: string }>`
    SELECT from_date, to_date, grade FROM grade_held WHERE staff_key = ${held.staffKey} ORDER BY from_date DESC LIMIT 1`)
  if (last && last.from_date >= held.from) return refuse('later-fact-exists', { field: 'from', details: { day: last.from_date } })
  const open = last && (last.to_date === null || last.to_date > held.from) ? last : undefined
  if (open?.grade === held.grade) return refuse('same-grade', { field: 'grade' })
  if (open) await end(tx, 'grade_held', { staff_key: held.staffKey, from_date: open.from_date }, { to_date: held.from }, { why: held.reason })
  await add(tx, 'grade_held', { staff_key: held.staffKey, from_date: held.from, grade: held.grade, reason: held.reason }, { why: held.reason, action: 'HOLD_GRADE' })
  return ok(null)
}

/** The same for batches: throws when refused. */
export async function holdGrade(tx: Transaction, held: NewGrade): Promise<void> {
  valueOf(await tryHoldGrade(tx, held))
}
