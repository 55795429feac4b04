import { sql, type Transaction } from '../foundation/database/transaction.ts'
import type { CaseForm, CaseKind, CaseState } from './coordination.contract.ts'
import type { CaseFacts } from './coordination.rules.ts'

export type CaseRow = {
  id: string; number: string; form: CaseForm; kind: CaseKind; title: string; content: string; customer_id: string | null; priority: 'HIGH' | 'USUAL'; asked_by: number; asked_on: string; asking_unit: number; holder_key: number; answerer_key: number | null
  answer_days: number; due_on: string; until_on: string; extensions: number; state: CaseState; reported_on: string | null; evidence: string | null; ended_on: string | null; escalated: number[]; scope_path: string; viewers: number[]
  round: number | null; answer_id: string | null; unit_key: number | null; answer_by: string | null; leg_asked_on: string | null; open_answer: boolean; desk: number[]; members: number[]; leads: number[]; tasks_open: number
}

/** The case with its present department and people: what its rules ask. */
export const caseColumns = sql`
  c.id, c.number, c.form, c.kind, c.title, c.content, c.customer_id, c.priority, c.asked_by, c.asked_on, c.asking_unit, c.holder_key, c.answerer_key, c.answer_days, c.due_on, c.until_on, c.extensions, c.state, c.reported_on, c.evidence, c.ended_on, c.escalated, c.scope_path,
  c.viewers, a.round, a.id AS answer_id, a.unit_key, a.answer_by, a.asked_on AS leg_asked_on, a.id IS NOT NULL AND a.answer IS NULL AS open_answer, coalesce(a.desk, '{}') AS desk, n.members, n.leads, t.tasks_open`
export const caseJoins = sql`
  LEFT JOIN LATERAL (SELECT * FROM coordination_answer l WHERE l.case_id = c.id ORDER BY l.round DESC LIMIT 1) a ON true
  CROSS JOIN LATERAL (SELECT coalesce(array_agg(m.staff_key), '{}') AS members, coalesce(array_agg(m.staff_key) FILTER (WHERE m.part = 'LEAD'), '{}') AS leads FROM coordination_member m WHERE m.case_id = c.id AND m.left_on IS NULL) n
  CROSS JOIN LATERAL (SELECT count(*)::int AS tasks_open FROM coordination_task o WHERE o.case_id = c.id AND o.state = 'OPEN') t`

export const factsOf = (row: CaseRow): CaseFacts => ({
  form: row.form, state: row.state, holder: row.holder_key, asker: row.asked_by, answerer: row.answerer_key, desk: row.desk, members: row.members, leads: row.leads, tasksOpen: row.tasks_open, dueOn: row.due_on,
})

/** One case that the person sees, for a change: two at once wait for each other. Who only reads it is refused by the rules, not by the lock. */
export async function caseToChange(tx: Transaction, caseId: string): Promise<CaseRow | undefined> {
  const seen = await tx.maybe(sql`SELECT 1 FROM coordination_case WHERE id = ${caseId}`)
  if (seen === undefined) return undefined
  await tx.asRole('batch', () => tx.one(sql`SELECT 1 FROM coordination_case WHERE id = ${caseId} FOR UPDATE`))
  return tx.maybe(sql<CaseRow>`SELECT ${caseColumns} FROM coordination_case c ${caseJoins} WHERE c.id = ${caseId}`)
}
