import { sql, type Transaction } from '../foundation/database/transaction.ts'
import { cutPage, readCursor } from '../foundation/http/cursor.ts'
import { handle } from '../foundation/http/route.ts'
import { recordReading } from '../foundation/store/store.ts'
import { monthStart } from '../foundation/values/business-date.ts'
import { ok, refuse } from '../foundation/values/outcome.ts'
import { readFacts, readStatement, settledMonths } from './read-statement.ts'
import { readOutlook } from './statement/read-outlook.ts'
import {
  getAnyStatement, getMyStatement, getTeamStatement, listAnyStatementFacts, listMyStatementFacts, listStatementPeople, listTeamStatementFacts, listTeamStatements,
} from './statement.contract.ts'

// Own: the role `self` also for a lead, whose line in that month may have been another one.
export const getMyStatementRoute = handle(getMyStatement, async (tx, { query }, { actor, businessDate }) => tx.asRole('self', async () => {
  const statement = await readStatement(tx, actor.staffKey, query.month, query.scheme)
  return ok({ statement, outlook: statement && (await readOutlook(tx, statement, businessDate)) })
}))

export const listMyStatementFactsRoute = handle(listMyStatementFacts, (tx, { query }, { actor, services }) =>
  tx.asRole('self', () => readFacts(tx, services.keys.keyring, { ...query, staffKey: actor.staffKey, namesOfCustomers: true })))

export const getTeamStatementRoute = handle(getTeamStatement, async (tx, { params, query }, { businessDate }) => {
  const statement = await readStatement(tx, params.staffKey, query.month, query.scheme)
  return statement ? ok({ statement, outlook: await readOutlook(tx, statement, businessDate) }) : refuse('not-found')
})

export const listTeamStatementFactsRoute = handle(listTeamStatementFacts, (tx, { params, query }, { services }) =>
  readFacts(tx, services.keys.keyring, { ...query, staffKey: params.staffKey, namesOfCustomers: true }))

type PersonRow = { staffKey: number; staffNo: string; name: string; unitName: string; scheme: string; schemeName: string; schemeNameEn: string; points: string; payableFen: string; carryOutFen: string }

/** One row for each statement: whom two schemes paid stands twice. */
async function peopleOf(tx: Transaction, month: string, [after, afterScheme]: readonly [number, string], limit: number, q = ''): Promise<PersonRow[]> {
  const sought = q === '' ? sql`` : sql`AND (strpos(p.staff_name, ${q}) > 0 OR strpos(lower(p.staff_no), lower(${q})) > 0)`
  return tx.all(sql<PersonRow>`
    SELECT s.staff_key AS "staffKey", p.staff_no AS "staffNo", p.staff_name AS name, coalesce(i.name, '') AS "unitName", m.scheme_code AS scheme, k.name AS "schemeName", k.name_en AS "schemeNameEn", s.points, s.payable_fen AS "payableFen", s.carry_out_fen AS "carryOutFen"
    FROM settled_month m JOIN pay_statement s ON s.run_id = m.run_id JOIN organisation_staff_facts p ON p.staff_key = s.staff_key
    JOIN settlement_run r ON r.id = s.run_id JOIN scheme k ON k.code = r.scheme_code AND k.version = r.scheme_version
    LEFT JOIN organisation_institution_facts i ON i.scope_path = s.scope_path AND i.from_date < (m.month + interval '1 month')::date AND (i.to_date IS NULL OR i.to_date >= (m.month + interval '1 month')::date)
    WHERE m.month = ${monthStart(month)}::date AND (s.staff_key, m.scheme_code) > (${after}, ${afterScheme}) ${sought} ORDER BY s.staff_key, m.scheme_code LIMIT ${limit}`)
}

export const listTeamStatementsRoute = handle(listTeamStatements, async (tx, { query }, { services }) => {
  const months = await settledMonths(tx)
  const month = query.month ?? months[0]
  const { currency } = await tx.one(sql<{ currency: string }>`SELECT currency FROM bank`)
  if (month === undefined) return ok({ items: [], nextCursor: null, count: { value: 0, exact: true }, month: null, months, currency })
  const list = `team-statements ${month}`
  const place = readCursor(services.keys.keyring, list, query.cursor)
  if (!place.ok) return place
  const rows = await peopleOf(tx, month, [Number(place.value?.[0] ?? 0), String(place.value?.[1] ?? '')], query.limit + 1)
  const { shown: items, nextCursor } = cutPage(services.keys.keyring, list, rows, query.limit, (last) => [last.staffKey, last.scheme])
  return ok({ items, nextCursor, count: null, month, months, currency })
})

// The office role sees every statement: only here, and only names; an amount needs a purpose.
export const listStatementPeopleRoute = handle(listStatementPeople, (tx, { query }, { services }) => tx.asRole('office', async () => {
  const months = await settledMonths(tx)
  const month = query.month ?? months[0]
  if (month === undefined) return ok({ items: [], nextCursor: null, count: { value: 0, exact: true }, month: null, months })
  const list = `statement-people ${month} ${query.q ?? ''}`
  const place = readCursor(services.keys.keyring, list, query.cursor)
  if (!place.ok) return place
  const rows = await peopleOf(tx, month, [Number(place.value?.[0] ?? 0), String(place.value?.[1] ?? '')], query.limit + 1, query.q)
  const { shown, nextCursor } = cutPage(services.keys.keyring, list, rows, query.limit, (last) => [last.staffKey, last.scheme])
  const items = shown.map(({ points: _points, payableFen: _payable, carryOutFen: _carry, ...who }) => who)
  return ok({ items, nextCursor, count: null, month, months })
}))

export const getAnyStatementRoute = handle(getAnyStatement, (tx, { params, query }, { businessDate }) => tx.asRole('office', async () => {
  const statement = await readStatement(tx, params.staffKey, query.month, query.scheme)
  if (!statement) return refuse('not-found')
  await recordReading(tx, { table: 'pay_statement', objectId: String(params.staffKey), customerId: null, why: query.purpose, about: { month: statement.month, scheme: statement.scheme.code } })
  return ok({ statement, outlook: await readOutlook(tx, statement, businessDate) })
}))

export const listAnyStatementFactsRoute = handle(listAnyStatementFacts, (tx, { params, query }, { services }) => tx.asRole('office', async () => {
  const facts = await readFacts(tx, services.keys.keyring, { ...query, staffKey: params.staffKey, namesOfCustomers: false })
  if (facts.ok) await recordReading(tx, { table: 'pay_fact', objectId: String(params.staffKey), customerId: null, why: query.purpose, about: { month: query.month, place: query.place } })
  return facts
}))
