import { unless, verdictOf } from '../../foundation/access/permission.rules.ts'
import { bankCalendar, inKnownDays } from '../../foundation/calendar/read-calendar.ts'
import { sql, type Transaction } from '../../foundation/database/transaction.ts'
import { handle, type Context } from '../../foundation/http/route.ts'
import { add } from '../../foundation/store/store.ts'
import { monthOf, monthStart } from '../../foundation/values/business-date.ts'
import { ok, refuse } from '../../foundation/values/outcome.ts'
import { addWorkingDays } from '../../foundation/values/working-calendar.ts'
import { listTalks, recordTalk, signTalk, type TalkShown } from './appeal.contract.ts'

/** Working days within which the talk is held after the result is final. */
export const talkDays = 10
const inSight = <T>(tx: Transaction, { may }: Pick<Context, 'may'>, work: () => Promise<T>): Promise<T> => (may('result-talk.read-all').allowed ? tx.asRole('office', work) : work())

type Row = { id: string; staffKey: number; name: string; month: string; heldOn: string; heldBy: string; heldByKey: number; strengths: string; gaps: string; measures: string; dueOn: string | null; signed: boolean | null; witness: string | null; note: string | null; on: string | null }

export const listTalksRoute = handle(listTalks, (tx, _input, context) => inSight(tx, context, async () => {
  const { actor, may } = context
  const found = await tx.all(sql<Row>`
    SELECT t.id, t.staff_key AS "staffKey", p.staff_name AS name, t.month, t.held_on AS "heldOn", h.staff_name AS "heldBy", t.held_by AS "heldByKey", t.strengths, t.gaps, t.measures, t.due_on AS "dueOn", s.signed, w.staff_name AS witness, s.note, s.done_on AS "on"
    FROM result_talk t JOIN organisation_staff_facts p ON p.staff_key = t.staff_key JOIN organisation_staff_facts h ON h.staff_key = t.held_by LEFT JOIN talk_signature s ON s.talk_id = t.id LEFT JOIN organisation_staff_facts w ON w.staff_key = s.witness_key ORDER BY t.month DESC, t.id DESC LIMIT 200`)
  const months = await tx.all(sql<{ month: string }>`SELECT DISTINCT to_char(month, 'YYYY-MM') AS month FROM settled_month ORDER BY 1 DESC LIMIT 24`)
  return ok({
    mayRecord: may('result-talk.record'), months: months.map((row) => row.month),
    talks: found.map((row): TalkShown => ({
      id: row.id, name: row.name, month: monthOf(row.month), heldOn: row.heldOn, heldBy: row.heldBy, strengths: row.strengths, gaps: row.gaps, measures: row.measures, dueOn: row.dueOn, late: row.dueOn !== null && row.heldOn > row.dueOn, signature: row.signed === null || row.on === null ? null : { signed: row.signed, witness: row.witness, note: row.note, on: row.on },
      may: { sign: verdictOf(row.signed !== null ? 'signed-already' : row.staffKey === actor.staffKey ? null : 'ratee-signs'), refused: unless(may('result-talk.record'), row.signed !== null ? 'signed-already' : row.heldByKey === actor.staffKey ? null : 'leader-records') },
    })),
  })
}))

export const recordTalkRoute = handle(recordTalk, (tx, { body }, context) => inKnownDays(() => inSight(tx, context, async () => {
  const { actor, businessDate: day, may } = context
  const wide = may('result-talk.read-all').allowed || actor.breadth === 'ALL'
  const person = await tx.maybe(sql<{ key: number; path: string }>`
    SELECT staff_key AS key, line_path AS path FROM organisation_post_facts WHERE staff_no = ${body.staffNo} AND from_date <= ${day}::date AND (to_date IS NULL OR to_date > ${day}::date) AND ${wide ? sql`true` : sql`(line_path = ${actor.linePath} OR starts_with(line_path, ${actor.linePath} || '.'))`} ORDER BY main DESC, post_key LIMIT 1`)
  if (!person) return refuse('no-such-person', { field: 'staffNo', details: { staffNo: body.staffNo } })
  if (person.key === actor.staffKey) return refuse('own-talk', { field: 'staffNo' })
  if (body.heldOn > day) return refuse('in-the-future', { field: 'heldOn', details: { today: day } })
  const month = monthStart(body.month)
  const result = await tx.asRole('engine', () => tx.maybe(sql<{ closed: string | null }>`SELECT CASE WHEN bool_and(c.closed_on IS NOT NULL) THEN max(c.closed_on) END AS closed FROM pay_statement s JOIN settled_month m ON m.run_id = s.run_id LEFT JOIN closed_month c ON c.month = m.month AND c.scheme_code = m.scheme_code WHERE s.staff_key = ${person.key} AND m.month = ${month}::date HAVING count(*) > 0`))
  if (!result) return refuse('no-result', { field: 'month' })
  if (await tx.asRole('engine', () => tx.maybe(sql`SELECT 1 FROM result_talk WHERE staff_key = ${person.key} AND month = ${month}::date`))) return refuse('talk-there', { field: 'month' })
  await add(tx, 'result_talk', {
    id: body.id, staff_key: person.key, month, held_on: body.heldOn, strengths: body.strengths, gaps: body.gaps, measures: body.measures, held_by: actor.staffKey, recorded_on: day, due_on: result.closed === null ? null : addWorkingDays(await bankCalendar(tx), result.closed, talkDays), scope_path: person.path,
  }, { why: null, action: 'RECORD_TALK' })
  return ok({ id: body.id })
})))

export const signTalkRoute = handle(signTalk, (tx, { params, body }, context) => inSight(tx, context, async () => {
  const { actor, businessDate } = context
  const talk = await tx.maybe(sql<{ staff_key: number; held_by: number; scope_path: string; done: boolean }>`SELECT t.staff_key, t.held_by, t.scope_path, EXISTS (SELECT FROM talk_signature s WHERE s.talk_id = t.id) AS done FROM result_talk t WHERE t.id = ${params.talkId}`)
  if (!talk) return refuse('not-found')
  if (talk.done) return refuse('signed-already')
  if (body.signed && talk.staff_key !== actor.staffKey) return refuse('ratee-signs')
  if (!body.signed && talk.held_by !== actor.staffKey) return refuse('leader-records')
  const witness = body.signed ? undefined : await tx.maybe(sql<{ key: number }>`SELECT staff_key AS key FROM organisation_staff_facts WHERE staff_no = ${body.witness}`)
  if (!body.signed && (!witness || witness.key === talk.staff_key || witness.key === talk.held_by)) return refuse('witness-missing', { field: 'witness' })
  await add(tx, 'talk_signature', { talk_id: params.talkId, staff_key: talk.staff_key, held_by: talk.held_by, signed: body.signed, witness_key: witness?.key ?? null, note: body.note === '' ? null : body.note, done_by: actor.staffKey, done_on: businessDate, scope_path: talk.scope_path }, { why: null, action: body.signed ? 'SIGN_TALK' : 'REFUSE_TALK' })
  return ok({ id: params.talkId })
}))
