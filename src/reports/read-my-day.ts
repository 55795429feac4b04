import type { z } from 'zod'
import { sql } from '../foundation/database/transaction.ts'
import { handle } from '../foundation/http/route.ts'
import { addDays, monthOf } from '../foundation/values/business-date.ts'
import { ok } from '../foundation/values/outcome.ts'
import { readMyDay } from './my-day.contract.ts'
import { agendaLines, agendaSql, knownAgendaViews, type AgendaRow } from './read-agenda.ts'

/** A day of more contacts than this is not listed to its end. */
const mostDone = 50

type MyDayPlan = NonNullable<z.output<typeof readMyDay.reply>['plan']>
type Day = { lines: AgendaRow[] | null; done: { customerId: string; contactId: string; customerName: string; mode: string; effective: boolean; late: boolean }[] | null; ends: number; ends_fen: string; without_result: number; warnings: number; plan: MyDayPlan | null; balance: string | null; to_yesterday: string; to_month_begin: string; month_adb: string }

/** Everything that waits for the reader and for whom he stands in for, and what he did today: one statement over the views that capabilities contribute, with his own rights. */
export const readMyDayRoute = handle(readMyDay, async (tx, _input, { actor, businessDate: today, services }) => {
  const views = await knownAgendaViews(tx, services.db)
  const day = await tx.oneKept('my-day', sql<Day>`
    WITH ${agendaSql(views, actor.staffKey, today)},
    own AS (SELECT m.ends_on, m.amount_fen, m.result FROM maturity m JOIN customers_customer_facts k ON k.customer_id = m.customer_id WHERE k.main_staff_key = ${actor.staffKey} AND m.withdrawn_on IS NULL AND m.result IS NULL AND (m.currency IS NULL OR m.currency = (SELECT currency FROM bank)) AND m.ends_on <= ${addDays(today, 30)}),
    met AS (
      SELECT c.customer_id, c.id, c.mode, c.effective, c.late FROM contact c WHERE c.staff_key = ${actor.staffKey} AND c.business_date = ${today} AND c.voided_on IS NULL ORDER BY c.id DESC LIMIT ${mostDone})
    SELECT (SELECT jsonb_agg(to_jsonb(l)) FROM line l) AS lines,
      (SELECT jsonb_agg(jsonb_build_object('customerId', met.customer_id, 'contactId', met.id, 'customerName', k.name, 'mode', met.mode, 'effective', met.effective, 'late', met.late) ORDER BY met.id DESC) FROM met JOIN customers_customer_facts k ON k.customer_id = met.customer_id) AS done,
      (SELECT count(*)::int FROM own WHERE ends_on >= ${today}) AS ends, (SELECT coalesce(sum(amount_fen), 0)::text FROM own WHERE ends_on >= ${today}) AS ends_fen, (SELECT count(*)::int FROM own WHERE ends_on < ${today}) AS without_result,
      (SELECT jsonb_build_object('firstDay', min(g.first_day), 'lastDay', min(g.last_day), 'confirmed', bool_and(g.state = 'CONFIRMED'), 'targets',
          jsonb_agg(jsonb_build_object('id', g.target_id, 'title', g.title, 'indicator', g.indicator, 'target', g.target_value::text, 'unit', g.unit, 'actual', g.worked_out::text) ORDER BY g.place))
        FROM meetings_plan_progress_facts g WHERE g.staff_key = ${actor.staffKey} AND g.period = 'MONTH' AND g.period_key = ${monthOf(today)} AND g.indicator IS NOT NULL AND g.state IN ('SUBMITTED', 'CONFIRMED') HAVING count(*) > 0) AS plan,
      (SELECT count(*)::int FROM alert a WHERE a.owner_key = ${actor.staffKey} AND a.state = 'OPEN' AND a.kind = 'BELOW_BASE' AND (a.silenced_until IS NULL OR a.silenced_until < ${today})) AS warnings, d.*
    FROM (
      SELECT round(sum(balance) / 100)::text AS balance, (round(sum(balance) / 100) - round(sum(yesterday) / 100))::text AS to_yesterday, (round(sum(balance) / 100) - round(sum(month_begin) / 100))::text AS to_month_begin,
        round(sum(month_sum) / 100 / (min(as_of) - date_trunc('month', min(as_of))::date + 1))::text AS month_adb
      FROM deposit_sum WHERE staff_key = ${actor.staffKey}) d`)
  return ok({
    asOf: today, ...agendaLines(views, day.lines ?? []), done: day.done ?? [], ends: { count: day.ends, amountFen: day.ends_fen }, withoutResult: day.without_result, warnings: day.warnings, plan: day.plan,
    deposits: day.balance === null ? null : { balanceFen: day.balance, toYesterdayFen: day.to_yesterday, toMonthBeginFen: day.to_month_begin, monthAdbFen: day.month_adb },
  })
})
