import { bankCalendar, inKnownDays } from '../foundation/calendar/read-calendar.ts'
import { sql, type Transaction } from '../foundation/database/transaction.ts'
import type { InputOf, ReplyOf } from '../foundation/http/contract.ts'
import type { Context } from '../foundation/http/route.ts'
import { add, bulk, change } from '../foundation/store/store.ts'
import { takeNumbers } from '../foundation/store/take-numbers.ts'
import { addDays } from '../foundation/values/business-date.ts'
import { ok, refuse, type Outcome } from '../foundation/values/outcome.ts'
import { newId } from '../foundation/values/uuid7.ts'
import { addWorkingDays, workingDaysBetween } from '../foundation/values/working-calendar.ts'
import { actOnCase, askCase, type CaseAct } from './coordination.contract.ts'
import { stepOf } from './coordination.rules.ts'
import { deskOf } from './follow-cases.ts'
import { caseToChange, factsOf, type CaseRow } from './read-case.ts'

/** How far ahead the end may be, and how long a membership may open a customer: as long as a read grant. */
export const longestDays = 89
/** Memberships outlast the day on which all is due by so many days. */
const graceDays = 14
export const untilOf = (dueOn: string, today: string): string => {
  const [grace, most] = [addDays(dueOn, graceDays), addDays(today, longestDays)]
  return grace < most ? grace : most
}

type Doer = Pick<Context, 'actor' | 'businessDate'>
type Seen = { scope_path: string; viewers: number[] }

/** Leaves what happened. */
export function note(tx: Transaction, { id, scope_path: scopePath, viewers }: Seen & { id: string }, kind: string, { actor, businessDate }: Doer, words: string | null): Promise<void> {
  return add(tx, 'coordination_event', { id: newId(), case_id: id, kind, done_by: actor.staffKey, done_on: businessDate, note: words, scope_path: scopePath, viewers }, { why: null, action: `COORDINATION_${kind}` })
}

/** The unit on this day and who may answer for it. */
async function readDesk(tx: Transaction, unitKey: number, day: string): Promise<{ desk: number[] } | undefined> {
  return tx.maybe(sql<{ desk: number[] }>`SELECT ${deskOf(sql`i.institution_key`, sql`${day}::date`)} AS desk FROM organisation_institution_facts i WHERE i.institution_key = ${unitKey} AND i.from_date <= ${day} AND (i.to_date IS NULL OR i.to_date > ${day})`)
}

async function askUnit(tx: Transaction, row: Seen & { id: string; answerDays: number }, leg: { round: number; unitKey: number; desk: number[]; again: boolean }, { actor, businessDate }: Doer): Promise<void> {
  const calendar = await bankCalendar(tx)
  await add(tx, 'coordination_answer', {
    id: newId(), case_id: row.id, round: leg.round, unit_key: leg.unitKey, asked_by: actor.staffKey, asked_on: businessDate, answer_by: addWorkingDays(calendar, businessDate, row.answerDays), again: leg.again, desk: leg.desk, scope_path: row.scope_path, viewers: row.viewers,
  }, { why: null, action: 'COORDINATION_ASK_UNIT' })
}

/** A request to a department with its clock, or a working group with its members, begins. */
export function tryAskCase(tx: Transaction, body: InputOf<typeof askCase>['body'], doer: Doer): Promise<Outcome<ReplyOf<typeof askCase>>> {
  return inKnownDays(async () => {
    const { actor, businessDate: day } = doer
    const customer = body.customerId === null ? null : await tx.maybe(sql`SELECT 1 FROM customers_customer_facts WHERE customer_id = ${body.customerId}`)
    if (customer === undefined) return refuse('customer-not-seen', { field: 'customerId' })
    if (body.dueOn < day) return refuse('in-the-past', { field: 'dueOn' })
    if (body.dueOn > addDays(day, longestDays)) return refuse('too-far', { field: 'dueOn', details: { days: String(longestDays) } })
    const members = [...new Map(body.members.filter((one) => one.staffKey !== actor.staffKey).map((one) => [one.staffKey, one])).values()]
    const group = body.form === 'GROUP'
    if (group && members.length === 0) return refuse('members-missing', { field: 'members' })
    if (!group && body.unitKey === null) return refuse('unit-missing', { field: 'unitKey' })
    if (!group && (body.unitKey === actor.lineKey || body.unitKey === actor.placeKey)) return refuse('own-unit', { field: 'unitKey' })
    const unit = group || body.unitKey === null ? null : await readDesk(tx, body.unitKey, day)
    if (unit === undefined) return refuse('unit-unknown', { field: 'unitKey' })
    if (unit !== null && unit.desk.every((one) => one === actor.staffKey)) return refuse('nobody-there', { field: 'unitKey' })
    const answerBy = addWorkingDays(await bankCalendar(tx), day, body.answerDays)
    if (!group && body.dueOn < answerBy) return refuse('due-before-answer', { field: 'dueOn', details: { day: answerBy } })
    const { employed } = await tx.one(sql<{ employed: number }>`
      SELECT count(DISTINCT staff_key)::int AS employed FROM organisation_post_facts WHERE staff_key = ANY(${members.map((one) => one.staffKey)}::int[]) AND from_date <= ${day} AND (to_date IS NULL OR to_date > ${day})`)
    if (employed !== members.length) return refuse('not-employed', { field: 'members' })
    const year = day.slice(0, 4)
    const number = `XT${year}-${String(await tx.asRole('batch', () => takeNumbers(tx, `coordination-${year}`))).padStart(4, '0')}`
    const seen = { id: body.id, scope_path: actor.linePath, viewers: [...new Set([actor.staffKey, ...members.map((one) => one.staffKey), ...(unit?.desk ?? [])])] }
    const untilOn = untilOf(body.dueOn, day)
    await add(tx, 'coordination_case', {
      ...seen, number, form: body.form, kind: body.kind, title: body.title, content: body.content, customer_id: body.customerId, priority: body.priority, asked_by: actor.staffKey, asked_on: day, asking_unit: actor.lineKey, holder_key: actor.staffKey,
      answer_days: body.answerDays, due_on: body.dueOn, until_on: untilOn, state: group ? 'IN_WORK' : 'ASKED',
    }, { why: null, action: 'COORDINATION_ASK' })
    await note(tx, seen, 'ASK', doer, null)
    if (unit !== null && body.unitKey !== null) await askUnit(tx, { ...seen, answerDays: body.answerDays }, { round: 1, unitKey: body.unitKey, desk: unit.desk, again: false }, doer)
    // each membership is somebody's own and leaves its own line
    for (const one of members) await join(tx, seen, { id: newId(), staffKey: one.staffKey, part: one.part, addedBy: actor.staffKey, untilOn }, day)
    return ok({ id: body.id, number })
  })
}

export function join(tx: Transaction, row: Seen & { id: string }, member: { id: string; staffKey: number; part: string; addedBy: number; untilOn: string }, day: string): Promise<void> {
  const viewers = [...new Set([...row.viewers, member.staffKey])]
  return add(tx, 'coordination_member', { id: member.id, case_id: row.id, staff_key: member.staffKey, part: member.part, added_by: member.addedBy, joined_on: day, until_on: member.untilOn, scope_path: row.scope_path, viewers }, { why: null, action: 'COORDINATION_JOIN' })
}

const answers = { ACCEPT: 'ACCEPTED', REFUSE: 'REFUSED', HAND_ON: 'HANDED_ON', WITHDRAW: 'WITHDRAWN' } as const
const endsAnswer = (act: CaseAct): act is keyof typeof answers => act in answers

/** One step, decided by the rules; the answer of a department keeps how long it took. `mayRead`: whether the person's post may read the customer, when there is one. */
export function tryActOnCase(tx: Transaction, caseId: string, body: InputOf<typeof actOnCase>['body'], doer: Doer, mayRead: (row: CaseRow) => boolean): Promise<Outcome<ReplyOf<typeof actOnCase>>> {
  return inKnownDays(async () => {
    const { actor, businessDate: day } = doer
    const row = await caseToChange(tx, caseId)
    if (!row) return refuse('not-found')
    const { act } = body
    const decided = stepOf(factsOf(row), act, { person: actor.staffKey, note: body.note, unitKey: body.unitKey, dueOn: body.dueOn, longest: addDays(day, longestDays) })
    if (!decided.ok) return decided
    if (act === 'ACCEPT' && !mayRead(row)) return refuse('post-cannot-read', { details: { names: actor.name } })
    const { state } = decided.value
    const toUnit = act === 'HAND_ON' ? body.unitKey : act === 'REOPEN' && row.form === 'REQUEST' ? (body.unitKey ?? row.unit_key) : null
    const next = toUnit === null ? null : await readDesk(tx, toUnit, day)
    if (next === undefined) return refuse('unit-unknown', { field: 'unitKey' })
    if (next !== null && act === 'HAND_ON' && toUnit === row.unit_key) return refuse('same-unit', { field: 'unitKey' })
    if (next !== null && toUnit === row.asking_unit) return refuse('own-unit', { field: 'unitKey' })
    if (next !== null && next.desk.every((one) => one === row.holder_key)) return refuse('nobody-there', { field: 'unitKey' })

    const reason = { why: null, action: `COORDINATION_${act}` }
    if (endsAnswer(act) && row.open_answer && row.answer_id !== null && row.leg_asked_on !== null && row.answer_by !== null) {
      await change(tx, 'coordination_answer', { id: row.answer_id }, {
        answer: answers[act], answered_by: actor.staffKey, answered_on: day, working_days: workingDaysBetween(await bankCalendar(tx), row.leg_asked_on, day), late: day > row.answer_by, reason: body.note,
      }, reason)
    }
    const dueOn = act === 'EXTEND' && body.dueOn !== null ? body.dueOn : row.due_on
    // opened again after its day: the days of the answer count from today
    const reopenedDue = act === 'REOPEN' ? [row.due_on, addWorkingDays(await bankCalendar(tx), day, row.answer_days)].sort()[1] ?? dueOn : dueOn
    const untilOn = act === 'EXTEND' || act === 'REOPEN' ? [row.until_on, untilOf(reopenedDue, day)].sort()[1] ?? row.until_on : row.until_on
    await change(tx, 'coordination_case', { id: caseId }, {
      state, due_on: reopenedDue, until_on: untilOn, extensions: act === 'EXTEND' ? row.extensions + 1 : undefined, reported_on: act === 'REPORT' ? day : act === 'RETURN' || act === 'REOPEN' ? null : undefined,
      answerer_key: act === 'ACCEPT' ? actor.staffKey : act === 'HAND_ON' || act === 'REOPEN' ? null : undefined, evidence: act === 'CLOSE' ? body.note : act === 'REOPEN' ? null : undefined,
      ended_on: act === 'CLOSE' || act === 'WITHDRAW' ? day : act === 'REOPEN' ? null : undefined, escalated: act === 'ACCEPT' || act === 'HAND_ON' || act === 'REOPEN' || act === 'EXTEND' ? [] : undefined, late_step: act === 'EXTEND' || act === 'REOPEN' ? 0 : undefined,
    }, reason)
    await note(tx, row, act, doer, body.note)
    if (toUnit !== null && next !== null) await askUnit(tx, { ...row, answerDays: row.answer_days }, { round: (row.round ?? 0) + 1, unitKey: toUnit, desk: next.desk, again: act === 'REOPEN' }, doer)
    if (act === 'ACCEPT' && !row.members.includes(actor.staffKey)) await join(tx, row, { id: newId(), staffKey: actor.staffKey, part: 'ANSWER', addedBy: row.holder_key, untilOn }, day)
    const batch = newId()
    if (act === 'CLOSE' || act === 'WITHDRAW') await endMemberships(tx, batch, { caseId, day, why: 'CLOSED' })
    if (act === 'HAND_ON' && row.answerer_key !== null) await endMemberships(tx, batch, { caseId, day, why: 'REMOVED', staffKey: row.answerer_key })
    if (act === 'REOPEN' && row.form === 'GROUP') await rejoin(tx, batch, row, untilOn, doer)
    if (act === 'EXTEND') {
      await bulk(tx, { table: 'coordination_member', what: 'change', why: 'coordination extended', batch, statement: sql`UPDATE coordination_member SET until_on = ${untilOn}::date, batch_id = ${batch}::uuid WHERE case_id = ${caseId} AND left_on IS NULL` })
    }
    return ok({ id: caseId, state })
  })
}

async function endMemberships(tx: Transaction, batch: string, { caseId, day, why, staffKey }: { caseId: string; day: string; why: 'CLOSED' | 'REMOVED'; staffKey?: number }): Promise<void> {
  await bulk(tx, {
    table: 'coordination_member', what: 'change', why: 'coordination ended', batch,
    statement: sql`UPDATE coordination_member SET left_on = ${day}::date, left_why = ${why}, batch_id = ${batch}::uuid WHERE case_id = ${caseId} AND left_on IS NULL ${staffKey === undefined ? sql`` : sql`AND staff_key = ${staffKey}`}`,
  })
}

/** A working group that goes on has the members again with whom it was closed, by new memberships. */
async function rejoin(tx: Transaction, batch: string, row: CaseRow, untilOn: string, { actor, businessDate }: Doer): Promise<void> {
  await bulk(tx, {
    table: 'coordination_member', what: 'add', why: 'coordination opened again', batch,
    statement: sql`
      INSERT INTO coordination_member (id, case_id, staff_key, part, added_by, joined_on, until_on, scope_path, viewers, batch_id)
      SELECT uuid7(), m.case_id, m.staff_key, m.part, ${actor.staffKey}::int, ${businessDate}::date, ${untilOn}::date, m.scope_path, m.viewers, ${batch}::uuid
      FROM coordination_member m WHERE m.case_id = ${row.id} AND m.left_why = 'CLOSED' AND m.left_on = ${row.ended_on}::date AND m.staff_key <> ${actor.staffKey}
        AND EXISTS (SELECT FROM organisation_post_facts f WHERE f.staff_key = m.staff_key AND f.from_date <= ${businessDate} AND (f.to_date IS NULL OR f.to_date > ${businessDate}))
        AND NOT EXISTS (SELECT FROM coordination_member o WHERE o.case_id = m.case_id AND o.staff_key = m.staff_key AND (o.left_on IS NULL OR (o.left_why = 'CLOSED' AND o.id > m.id)))`,
  })
}
