import { sql } from '../foundation/database/transaction.ts'
import { handle } from '../foundation/http/route.ts'
import { ok } from '../foundation/values/outcome.ts'
import { readMyAgenda } from './my-day.contract.ts'
import { agendaLines, agendaSql, knownAgendaViews, type AgendaRow } from './read-agenda.ts'

/** The agenda alone, for whoever holds no customers: the same views as the day of a manager, with the reader's own rights. */
export const readMyAgendaRoute = handle(readMyAgenda, async (tx, _input, { actor, businessDate: today, services }) => {
  const views = await knownAgendaViews(tx, services.db)
  const { lines } = await tx.oneKept('my-agenda', sql<{ lines: AgendaRow[] | null }>`WITH ${agendaSql(views, actor.staffKey, today)} SELECT (SELECT jsonb_agg(to_jsonb(l)) FROM line l) AS lines`)
  return ok({ asOf: today, ...agendaLines(views, lines ?? []) })
})
