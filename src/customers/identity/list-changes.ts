import { unless, verdictOf, type Relation, type Verdict } from '../../foundation/access/permission.rules.ts'
import { sql, type Sql } from '../../foundation/database/transaction.ts'
import { cutPage, readCursor } from '../../foundation/http/cursor.ts'
import { handle, type Context } from '../../foundation/http/route.ts'
import { ok, refuse } from '../../foundation/values/outcome.ts'
import { getIdentityChanges, listIdentityChanges, type IdentityChangesOf, type IdentityChangeView } from './identity-change.contract.ts'
import { legalRepresentativeOf, maskedNumber } from './read-identity.ts'

const person = (key: Sql): Sql => sql`(SELECT s.staff_name FROM organisation_staff_facts s WHERE s.staff_key = ${key})`
// a scan's name is shown to who opened the customer
const columns: Sql = sql`i.id, i.field, i.state, i.old_text AS "from", i.new_text AS "to", i.id_kind AS "idKind",
  CASE WHEN i.old_tail IS NOT NULL THEN ${maskedNumber(sql`i.old_text`, sql`i.old_tail`)} END AS "fromMasked",
  CASE WHEN i.number_tail IS NOT NULL THEN ${maskedNumber(sql`CASE WHEN i.field = 'IDENTITY' THEN i.new_text ELSE i.id_kind END`, sql`i.number_tail`)} END AS "toMasked",
  i.expires_on AS "expiresOn", i.proof, i.reason, ${person(sql`i.proposed_by`)} AS "proposedBy", i.proposed_on AS "proposedOn", ${person(sql`i.decided_by`)} AS "decidedBy", i.decided_on AS "decidedOn", i.decision_note AS "decisionNote",
  i.proposed_by AS maker, i.file_id AS scan`

type Row = Omit<IdentityChangeView, 'may' | 'file'> & { maker: number; scan: string | null; file: IdentityChangeView['file'] }

/** What this person may do with a change, standing so to the customer. */
function mayOf(row: Pick<Row, 'state' | 'maker'>, { may, actor }: Context, relation: Relation): { decide: Verdict; withdraw: Verdict } {
  const open = row.state === 'OPEN' ? null : 'decided-already'
  return {
    decide: unless(may('identity.decide', { relation }), open ?? (row.maker === actor.staffKey ? 'same-person' : null)),
    withdraw: row.maker === actor.staffKey ? unless(may('identity.propose', { relation }), open) : verdictOf('not-yours'),
  }
}

const shown = (row: Row, context: Context, relation: Relation): IdentityChangeView => {
  const { maker, scan: _scan, ...view } = row
  return { ...view, may: mayOf({ state: row.state, maker }, context, relation) }
}

export const listIdentityChangesRoute = handle(listIdentityChanges, async (tx, { query }, context) => {
  const { keyring } = context.services.keys
  const list = `identity changes ${query.state ?? ''} ${query.field ?? ''}`
  const place = readCursor(keyring, list, query.cursor)
  if (!place.ok) return place
  // what waits stands first: 0 before 1, the newest of each first
  const rank = sql`(CASE WHEN i.state = 'OPEN' THEN 1 ELSE 0 END)`
  const where = sql`true ${query.state ? sql`AND i.state = ${query.state}` : sql``} ${query.field ? sql`AND i.field = ${query.field}` : sql``}`
  type Listed = Row & { customerId: string; number: string; name: string; kind: 'CORPORATE' | 'PERSON'; managerName: string | null; viewers: number[]; rank: number; asked: string }
  const rows = await tx.all(sql<Listed>`
    SELECT i.customer_id AS "customerId", k.number, k.name, k.kind, ${person(sql`k.main_staff_key`)} AS "managerName", i.viewers, ${rank} AS rank, i.proposed_on AS asked, ${columns}, NULL AS file
    FROM (SELECT * FROM identity_change i WHERE ${where} ${place.value ? sql`AND (${rank}, i.proposed_on, i.id) < (${place.value[0]}::int, ${place.value[1]}::date, ${place.value[2]}::uuid)` : sql``} ORDER BY ${rank} DESC, i.proposed_on DESC, i.id DESC LIMIT ${query.limit + 1}) i
    JOIN customers_customer_facts k ON k.customer_id = i.customer_id ORDER BY ${rank} DESC, i.proposed_on DESC, i.id DESC`)
  const { shown: some, nextCursor } = cutPage(keyring, list, rows, query.limit, (last) => [String(last.rank), last.asked, last.id])
  const count = place.value === null ? await tx.one(sql<{ n: number }>`SELECT count(*)::int AS n FROM (SELECT 1 FROM identity_change i WHERE ${where} LIMIT 10001) c`) : null
  return ok({
    items: some.map(({ viewers, rank: _rank, asked: _asked, customerId, number, name, kind, managerName, ...row }) =>
      ({ customerId, number, name, kind, managerName, ...shown(row, context, viewers.includes(context.actor.staffKey) ? 'MAIN' : 'UNIT') })),
    nextCursor, count: count && { value: Math.min(count.n, 10_000), exact: count.n <= 10_000 },
  })
})

export const getIdentityChangesRoute = handle(getIdentityChanges, async (tx, { params: { customerId } }, context) => {
  const { opened, may } = context
  const customer = await tx.maybe(sql<{ kind: 'CORPORATE' | 'PERSON'; name: string }>`SELECT kind, name FROM customer WHERE customer_id = ${customerId}`)
  if (!customer || !opened) return refuse('not-found')
  const documents = await tx.all(sql<IdentityChangesOf['documents'][number]>`SELECT id, kind, ${maskedNumber(sql`kind`, sql`tail`)} AS masked FROM identity_document WHERE customer_id = ${customerId} ORDER BY kind = 'OTHER', kind, id`)
  const rows = await tx.all(sql<Row>`SELECT ${columns}, (SELECT jsonb_build_object('name', s.file_name, 'kind', s.kind, 'size', s.size_bytes) FROM stored_file s WHERE s.customer_id = ${customerId} AND s.id = i.file_id) AS file
    FROM identity_change i WHERE i.customer_id = ${customerId} ORDER BY i.state <> 'OPEN', i.proposed_on DESC, i.id DESC LIMIT 50`)
  return ok({
    ...customer, legalRepresentative: customer.kind === 'CORPORATE' ? await legalRepresentativeOf(tx, customerId) : null, documents,
    changes: rows.map((row) => shown(row, context, opened.relation)), mayPropose: may('identity.propose', { relation: opened.relation }),
  })
})
