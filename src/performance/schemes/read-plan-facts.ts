import { sql, type Transaction } from '../../foundation/database/transaction.ts'
import { bulk } from '../../foundation/store/store.ts'
import { monthStart } from '../../foundation/values/business-date.ts'
import { decimalText, exact } from '../../foundation/values/decimal.ts'
import type { TargetSpan } from './scheme-period.rules.ts'

type Window = { from: string; to: string }

/** Targets of the plans in force under a scheme, by person and indicator. */
export async function readTargets(tx: Transaction, schemeCode: string, window: Window): Promise<Map<number, Map<string, TargetSpan[]>>> {
  const rows = await tx.all(sql<{ staff_key: number; indicator: string; from: string; to: string | null; target: string; planId: string; planVersion: number }>`
    SELECT staff_key, indicator, from_date AS "from", to_date AS "to", target::text AS target, plan_id AS "planId", plan_version AS "planVersion" FROM performance_plan_target_facts
    WHERE scheme_code = ${schemeCode} AND from_date < ${window.to}::date AND (to_date IS NULL OR to_date > ${window.from}::date) ORDER BY staff_key, indicator, from_date`)
  const found = new Map<number, Map<string, TargetSpan[]>>()
  for (const { staff_key: staffKey, indicator, ...span } of rows) {
    const own = found.get(staffKey) ?? new Map<string, TargetSpan[]>()
    found.set(staffKey, own)
    own.set(indicator, [...(own.get(indicator) ?? []), span])
  }
  return found
}

/** Of how many days the parts of plans were before a transfer, by plan, indicator and first day. */
export async function readWholeDays(tx: Transaction, planIds: readonly string[]): Promise<(planId: string, indicator: string, from: string) => number | undefined> {
  const rows = planIds.length === 0 ? [] : await tx.all(sql<{ key: string; days: number }>`
    SELECT plan_id || ' ' || indicator || ' ' || from_date AS key, whole_days AS days FROM performance_plan_whole_facts WHERE plan_id = ANY(${[...new Set(planIds)]}::uuid[])`)
  const known = new Map(rows.map(({ key, days }) => [key, days]))
  return (planId, indicator, from) => known.get(`${planId} ${indicator} ${from}`)
}

export type MarkFact = { item: string; month: string; mark: string; markId: string; decidedOn: string }
/** Marks of the period by person: of each month and item the last decided. */
export async function readMarks(tx: Transaction, schemeCode: string, window: Window): Promise<Map<number, MarkFact[]>> {
  const rows = await tx.all(sql<MarkFact & { staff_key: number }>`
    SELECT DISTINCT ON (staff_key, item, month) staff_key, item, to_char(month, 'YYYY-MM') AS month, mark::text AS mark, mark_id AS "markId", decided_on AS "decidedOn" FROM performance_mark_facts
    WHERE scheme_code = ${schemeCode} AND month >= ${window.from}::date AND month < ${window.to}::date ORDER BY staff_key, item, month, decided_on DESC, mark_id DESC`)
  const found = new Map<number, MarkFact[]>()
  for (const { staff_key: staffKey, ...mark } of rows) found.set(staffKey, [...(found.get(staffKey) ?? []), mark])
  return found
}

/** The mark of an item in a period: the mean of its months, two decimals. */
export function markOf(marks: readonly MarkFact[], item: string): string | null {
  const own = marks.filter((one) => one.item === item)
  return own.length === 0 ? null : decimalText(own.reduce((sum, { mark }) => sum.plus(exact(mark)), exact('0')).div(own.length), 2)
}

export type GateEvent = { class: 'RED' | 'AMBER'; month: string; eventId: string }
/** Confirmed events of the compliance gate in the period, by person. */
export async function readGateEvents(tx: Transaction, window: Window): Promise<Map<number, GateEvent[]>> {
  const rows = await tx.all(sql<GateEvent & { staff_key: number }>`
    SELECT staff_key, class, to_char(month, 'YYYY-MM') AS month, event_id AS "eventId" FROM performance_gate_event_facts WHERE month >= ${window.from}::date AND month < ${window.to}::date ORDER BY staff_key, month, event_id`)
  const found = new Map<number, GateEvent[]>()
  for (const { staff_key: staffKey, ...event } of rows) found.set(staffKey, [...(found.get(staffKey) ?? []), event])
  return found
}

type MarkedRun = { month: string; schemeCode: string; people: readonly { staffKey: number; linePath: string }[] }
/** Stores marks and events of the people of a run as facts behind their lines; returns how many. */
export async function storeMarkFacts(tx: Transaction, run: MarkedRun, runId: string, marks: ReadonlyMap<number, readonly MarkFact[]>, events: ReadonlyMap<number, readonly GateEvent[]>): Promise<number> {
  const facts = run.people.flatMap(({ staffKey, linePath }) => [
    ...(marks.get(staffKey) ?? []).map((mark) => ({ staff_key: staffKey, scope_path: linePath, line_code: `MARK.${mark.item}`, fact_id: mark.markId, kind: 'MARK', fact_date: mark.decidedOn, value: mark.mark, note: mark.month })),
    ...(events.get(staffKey) ?? []).map((event) => ({ staff_key: staffKey, scope_path: linePath, line_code: 'GATE', fact_id: event.eventId, kind: 'EVENT', fact_date: `${event.month}-01`, value: null, note: event.class })),
  ])
  if (facts.length === 0) return 0
  const { count } = await bulk(tx, {
    table: 'pay_fact', what: 'add', why: `settlement ${run.month}: marks and events`, batch: runId, about: { month: run.month, scheme: run.schemeCode },
    statement: sql`INSERT INTO pay_fact (run_id, staff_key, line_code, of_month, fact_id, kind, fact_date, value, note, scope_path)
      SELECT ${runId}::uuid, f.staff_key, f.line_code, ${monthStart(run.month)}::date, f.fact_id, f.kind, f.fact_date, f.value, f.note, f.scope_path
      FROM jsonb_to_recordset(${JSON.stringify(facts)}::jsonb) AS f(staff_key int, scope_path text, line_code text, fact_id uuid, kind text, fact_date date, value numeric, note text)`,
  })
  return count
}
