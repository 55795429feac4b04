import { sql, type Transaction } from '../../foundation/database/transaction.ts'
import { cutPage, readCursor } from '../../foundation/http/cursor.ts'
import { handle } from '../../foundation/http/route.ts'
import { recordReading } from '../../foundation/store/store.ts'
import { ok, refuse } from '../../foundation/values/outcome.ts'
import { getPayCase, listDeferrals, listMyDeferrals, listPayCases } from './deferral.contract.ts'
import { readAccrued, readCases, readTranches, shownTranche } from './read-deferrals.ts'

const currencyOf = async (tx: Transaction): Promise<string> => (await tx.one(sql<{ currency: string }>`SELECT currency FROM bank`)).currency
const stateWhere = {
  HELD: sql`t.released_fen = 0 AND t.forfeited_fen = 0`, RELEASED: sql`t.released_fen > 0`, REDUCED: sql`t.released_fen = 0 AND t.forfeited_fen > 0 AND t.forfeited_fen < t.fen`, FORFEITED: sql`t.released_fen = 0 AND t.forfeited_fen >= t.fen`,
} as const

/** The office role sees everybody's: amounts of others are read by the two offices that pay, compliance and audit; each reading of the list is kept. */
export const listDeferralsRoute = handle(listDeferrals, (tx, { query }, { may, services }) => tx.asRole('office', async () => {
  const list = `deferrals ${query.state ?? ''} ${query.dueBy ?? ''} ${query.q ?? ''}`
  const place = readCursor(services.keys.keyring, list, query.cursor)
  if (!place.ok) return place
  const q = query.q ?? ''
  const sought = q === '' ? sql`true` : sql`(strpos(p.staff_name, ${q}) > 0 OR strpos(lower(p.staff_no), lower(${q})) > 0)`
  const where = sql.join([
    sought, ...(query.state === undefined ? [] : [stateWhere[query.state]]), ...(query.dueBy === undefined ? [] : [sql`(t.due_on IS NULL OR t.due_on <= ${query.dueBy}::date)`]),
    ...(place.value === null ? [] : [sql`(coalesce(t.due_on, '1900-01-01'::date), t.tranche_id) > (${String(place.value[0])}::date, ${String(place.value[1])}::uuid)`]),
  ], sql` AND `)
  const { shown, nextCursor } = cutPage(services.keys.keyring, list, await readTranches(tx, where, query.limit + 1), query.limit, (last) => [last.dueOn ?? '1900-01-01', last.id])
  await recordReading(tx, { table: 'deferred_tranche', objectId: null, customerId: null, why: '延期支付清单', about: { rows: shown.length, ...(q === '' ? {} : { q }) } })
  return ok({ items: shown.map(shownTranche), nextCursor, count: null, accrued: query.cursor === undefined && query.state === undefined ? await readAccrued(tx, sought) : [], mayPropose: may('deferral.propose'), currency: await currencyOf(tx) })
}))

export const listPayCasesRoute = handle(listPayCases, (tx, _input, context) => tx.asRole('office', async () => ok({ cases: (await readCases(tx, context, sql`true`)).map(({ shown }) => shown), currency: await currencyOf(tx) })))

export const listMyDeferralsRoute = handle(listMyDeferrals, (tx, _input, context) => tx.asRole('self', async () => {
  const own = sql`p.staff_key = ${context.actor.staffKey}`
  const held = (await readTranches(tx, own)).map(shownTranche)
  return ok({ tranches: [...(await readAccrued(tx, own)), ...held], cases: (await readCases(tx, context, sql`c.staff_keys @> ARRAY[${context.actor.staffKey}::int]`)).map(({ shown }) => ({ ...shown, people: [context.actor.name] })), currency: await currencyOf(tx) })
}))

/** The person whom it concerns and the offices find a case. Of a release of many the person sees himself. */
export const getPayCaseRoute = handle(getPayCase, async (tx, { params }, context) => {
  const read = async (): Promise<Awaited<ReturnType<typeof readCases>>> => readCases(tx, context, sql`c.id = ${params.caseId}`)
  const [found] = context.may('deferral.read').allowed ? await tx.asRole('office', read) : await tx.asRole('self', read)
  if (!found) return refuse('not-found')
  const alone = found.shown.mine && !context.may('deferral.read').allowed
  return ok({ case: alone ? { ...found.shown, people: [context.actor.name] } : found.shown, items: found.items, currency: await currencyOf(tx) })
})
