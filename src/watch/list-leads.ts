import { sql, type Sql, type Transaction } from '../foundation/database/transaction.ts'
import { cutPage, readCursor } from '../foundation/http/cursor.ts'
import { handle } from '../foundation/http/route.ts'
import { change } from '../foundation/store/store.ts'
import { ok, refuse } from '../foundation/values/outcome.ts'
import { decideLead, listLeads, type LeadView } from './lead.contract.ts'

export type LeadFilters = { direction: 'PAYEE' | 'BUYER'; state: 'OPEN' | 'TAKEN' | 'EXPLAINED' }
export const leadsWhere = ({ direction, state }: LeadFilters): Sql => sql`p.direction = ${direction} AND p.state = ${state} AND (p.listed OR p.state <> 'OPEN')`
export const leadRows = (tx: Transaction, where: Sql, limit: number): Promise<LeadView[]> => tx.all(sql<LeadView>`
    SELECT p.id, p.direction, p.name, p.customers, p.payments, p.sum_fen::text AS "sumFen", p.months, p.last_on AS "lastOn", p.memo, p.state, s.staff_name AS "decidedBy", p.decided_on AS "decidedOn", p.note,
      coalesce((SELECT jsonb_agg(jsonb_build_object('customerId', y.customer_id, 'name', k.name, 'sumFen', y.sum_fen::text) ORDER BY y.sum_fen DESC) FROM payee_payer y JOIN customers_customer_facts k ON k.customer_id = y.customer_id WHERE y.lead_id = p.id), '[]') AS known
    FROM (SELECT p.* FROM payee_lead p WHERE ${where} ORDER BY p.sum_fen DESC, p.id LIMIT ${limit}) p LEFT JOIN organisation_staff_facts s ON s.staff_key = p.decided_by ORDER BY p.sum_fen DESC, p.id`)

/** Names that our customers pay or are paid by and that are no customers, the largest sum first. Which customers: only those that the reader sees; of the others their number. */
export const listLeadsRoute = handle(listLeads, async (tx, { query }, { services }) => {
  const { cursor, limit, direction, state } = query
  const { keyring } = services.keys
  const list = `watch.leads ${JSON.stringify({ direction, state })}`
  const place = readCursor(keyring, list, cursor)
  if (!place.ok) return place
  const where = leadsWhere({ direction, state })
  const after = place.value === null ? sql`` : sql` AND (-p.sum_fen, p.id) > (${String(place.value[0])}::bigint * -1, ${String(place.value[1])}::uuid)`
  const rows = await leadRows(tx, sql`${where}${after}`, limit + 1)
  const { value } = await tx.one(sql<{ value: number }>`SELECT count(*)::int AS value FROM (SELECT 1 FROM payee_lead p WHERE ${where} LIMIT 10001) n`)
  const { shown, nextCursor } = cutPage(keyring, list, rows, limit, (last) => [last.sumFen, last.id])
  return ok({ items: shown, nextCursor, count: { value: Math.min(value, 10_000), exact: value <= 10_000 } })
})

/** The first who takes a name has it; who explains it says why. */
export const decideLeadRoute = handle(decideLead, async (tx, { params, body }, { actor, businessDate }) => {
  // the list is the bank's: nobody's own row, so the batch writes it; the journal names the person
  return tx.asRole('batch', async () => {
    const held = await tx.maybe(sql<{ state: string; decided_on: string | null; name: string | null; customer: boolean }>`
      SELECT p.state, p.decided_on, s.staff_name AS name, EXISTS (SELECT FROM customers_customer_facts k WHERE watch_normal_name(k.name) = p.normal_name) AS customer
      FROM payee_lead p LEFT JOIN organisation_staff_facts s ON s.staff_key = p.decided_by WHERE p.id = ${params.leadId} FOR UPDATE OF p`)
    if (!held) return refuse('not-found')
    if (held.state !== 'OPEN') return refuse('lead-decided', { details: { name: held.name ?? '', day: held.decided_on ?? '' } })
    if (body.take && held.customer) return refuse('customer-now')
    if (!body.take && (body.note === null || body.note.trim().length < 2)) return refuse('reason-needed', { field: 'note' })
    const state = body.take ? ('TAKEN' as const) : ('EXPLAINED' as const)
    await change(tx, 'payee_lead', { id: params.leadId }, { state, decided_by: actor.staffKey, decided_on: businessDate, note: body.note }, { why: body.note, action: body.take ? 'TAKE_LEAD' : 'EXPLAIN_LEAD' })
    return ok({ id: params.leadId, state })
  })
})
