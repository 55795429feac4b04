import { sql } from '../foundation/database/transaction.ts'
import { handle } from '../foundation/http/route.ts'
import { ok, refuse } from '../foundation/values/outcome.ts'
import { answerTimes } from './coordination.contract.ts'

/** Of fewer people than this nothing is shown: it would be one person's time. */
const leastPeople = 5

type Unit = { unitKey: number; name: string; nameEn: string; asked: number; answered: number; open: number; refused: number; handedOn: number; late: number; meanDays: string | null; longestDays: number | null; onTimePct: string | null; people: number }

/** How each department of the bank answered what it was asked in a period: numbers of the whole bank, no cases. Late: answered late, or open beyond its day. */
export const answerTimesRoute = handle(answerTimes, async (tx, { query: { from, to } }, { businessDate: today }) => {
  if (to < from) return refuse('days-reversed', { field: 'to' })
  const units = await tx.asRole('engine', () => tx.all(sql<Unit>`
    SELECT a.unit_key AS "unitKey", i.name, i.name_en AS "nameEn", count(*)::int AS asked, (count(a.answer))::int AS answered, (count(*) FILTER (WHERE a.answer IS NULL))::int AS open, (count(*) FILTER (WHERE a.answer = 'REFUSED'))::int AS refused,
      (count(*) FILTER (WHERE a.answer = 'HANDED_ON'))::int AS "handedOn", (count(*) FILTER (WHERE coalesce(a.late, a.answer_by < ${today}::date)))::int AS late, round(avg(a.working_days), 2)::text AS "meanDays", max(a.working_days)::int AS "longestDays",
      round((count(*) FILTER (WHERE NOT a.late)) * 100.0 / nullif(count(a.answer), 0), 2)::text AS "onTimePct", n.people
    FROM coordination_answer_facts a
    JOIN LATERAL (SELECT i.name, i.name_en, i.scope_path FROM organisation_institution_facts i WHERE i.institution_key = a.unit_key ORDER BY i.from_date DESC LIMIT 1) i ON true
    CROSS JOIN LATERAL (SELECT count(DISTINCT f.staff_key)::int AS people FROM organisation_post_facts f WHERE (a.unit_key IN (f.line_key, f.place_key) OR starts_with(f.line_path, i.scope_path || '.')) AND f.from_date <= ${today}::date AND (f.to_date IS NULL OR f.to_date > ${today}::date)) n
    WHERE a.asked_on BETWEEN ${from}::date AND ${to}::date AND a.answer IS DISTINCT FROM 'WITHDRAWN' GROUP BY a.unit_key, i.name, i.name_en, n.people ORDER BY avg(a.working_days) DESC NULLS FIRST, a.unit_key`))
  return ok({ from, to, units: units.filter((unit) => unit.people >= leastPeople).map(({ people: _people, ...unit }) => unit), hidden: units.filter((unit) => unit.people < leastPeople).length })
})
