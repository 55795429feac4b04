import { verdictOf } from '../foundation/access/permission.rules.ts'
import { sql } from '../foundation/database/transaction.ts'
import { handle } from '../foundation/http/route.ts'
import { add, end } from '../foundation/store/store.ts'
import { addDays } from '../foundation/values/business-date.ts'
import { ok, refuse } from '../foundation/values/outcome.ts'
import { givePraise, listPraise, retractPraise, type PraiseView } from './praise.contract.ts'

const mostADay = 3
const daysShown = 60

export const givePraiseRoute = handle(givePraise, async (tx, { body }, { actor, businessDate }) => {
  if (body.toKey === actor.staffKey) return refuse('praise-oneself', { field: 'toKey' })
  const person = await tx.maybe(sql<{ line_path: string }>`
    SELECT line_path FROM organisation_post_facts WHERE staff_key = ${body.toKey} AND from_date <= ${businessDate} AND (to_date IS NULL OR to_date > ${businessDate}) ORDER BY main DESC, post_key LIMIT 1`)
  if (!person) return refuse('not-employed', { field: 'toKey' })
  // two at once of one giver wait for each other
  await tx.run(sql`SELECT pg_advisory_xact_lock(hashtextextended(${`praise ${actor.staffKey}`}, 9))`)
  const { given } = await tx.one(sql<{ given: number }>`SELECT count(*)::int AS given FROM praise WHERE from_key = ${actor.staffKey} AND day = ${businessDate} AND retracted_on IS NULL`)
  if (given >= mostADay) return refuse('three-today')
  await add(tx, 'praise', { id: body.id, from_key: actor.staffKey, to_key: body.toKey, content: body.content, source: body.source, day: businessDate, scope_path: person.line_path }, { why: null, action: 'GIVE_PRAISE' })
  return ok({ id: body.id })
})

type Row = Omit<PraiseView, 'may'> & { fromKey: number; retracted: boolean }
const faultOfRetract = (row: { fromKey: number; day: string; retracted: boolean }, me: number, today: string): 'not-yours' | 'retracted-already' | 'too-late' | null =>
  row.fromKey !== me ? 'not-yours' : row.retracted ? 'retracted-already' : row.day < addDays(today, -1) ? 'too-late' : null

export const listPraiseRoute = handle(listPraise, async (tx, { query }, { actor, businessDate }) => {
  const rows = await tx.all(sql<Row>`
    SELECT p.id, f.staff_name AS "from", t.staff_name AS "to", p.content, p.source, p.day, p.from_key AS "fromKey", false AS retracted FROM praise p JOIN organisation_staff_facts f ON f.staff_key = p.from_key JOIN organisation_staff_facts t ON t.staff_key = p.to_key
    WHERE p.retracted_on IS NULL AND p.day > ${addDays(businessDate, -daysShown)} ${query.toKey === undefined ? sql`` : sql`AND p.to_key = ${query.toKey}`} ORDER BY p.day DESC, p.id DESC LIMIT 100`)
  return ok({ items: rows.map(({ fromKey, retracted, ...row }) => ({ ...row, may: { retract: verdictOf(faultOfRetract({ fromKey, day: row.day, retracted }, actor.staffKey, businessDate)) } })) })
})

export const retractPraiseRoute = handle(retractPraise, async (tx, { params: { praiseId } }, { actor, businessDate }) => {
  const row = await tx.maybe(sql<{ fromKey: number; day: string; retracted: boolean }>`SELECT from_key AS "fromKey", day, retracted_on IS NOT NULL AS retracted FROM praise WHERE id = ${praiseId}`)
  if (!row) return refuse('not-found')
  const fault = faultOfRetract(row, actor.staffKey, businessDate)
  if (fault) return refuse(fault)
  await end(tx, 'praise', { id: praiseId }, { retracted_on: businessDate }, { why: null, action: 'RETRACT_PRAISE' })
  return ok({ id: praiseId })
})
