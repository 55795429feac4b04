import { sql, type Transaction } from '../foundation/database/transaction.ts'
import { handle, type Context } from '../foundation/http/route.ts'
import { add, bulk, change, end } from '../foundation/store/store.ts'
import { takeNumbers } from '../foundation/store/take-numbers.ts'
import { ok, refuse, type Outcome } from '../foundation/values/outcome.ts'
import { newId } from '../foundation/values/uuid7.ts'
import { changeForm, endForm, makeForm, openForm, type Addressees, type Cell, type FormState } from './form.contract.ts'
import { countUnconfirmed } from './engine-find-confirmers.ts'
import { faultOfForm, formStateWords } from './form.rules.ts'
import { baseOf, prefilledOf, wantedOf } from './prefill-answers.ts'

const mostAsked = 2000

export type FormRow = {
  id: string; number: string; title: string; why: string; answers_for: 'PERSON' | 'OUTLET'; most_rows: number; cells: Cell[]; addressees: Addressees; collector_key: number; due_on: string; state: FormState; opened_on: string | null; ended_on: string | null; end_note: string | null
  copied_from: string | null; edition: number; confirms: boolean
}
export const formColumns = sql`id, number, title, why, answers_for, most_rows, cells, addressees, collector_key, due_on, state, opened_on, ended_on, end_note, copied_from, edition, confirms`
/** The state of an answer `a` of a form `f` as it is told: handed in it waits where the head of the outlet has to confirm it. */
export const stateOf = sql`CASE WHEN a.state = 'SUBMITTED' AND f.confirms AND a.confirmed_on IS NULL THEN 'WAITING' ELSE a.state END`
export const inState = (state: FormState): Outcome<never> => refuse('form-state', { details: { state: formStateWords[state].zh, stateEn: formStateWords[state].en } })

type Content = { title: string; why: string; answersFor: 'PERSON' | 'OUTLET'; mostRows: number; cells: Cell[]; addressees: Addressees; dueOn: string; confirms: boolean }

/** How many would be asked today. */
export async function countWanted(tx: Transaction, form: { answersFor: 'PERSON' | 'OUTLET'; addressees: Addressees }, { actor, businessDate }: Pick<Context, 'actor' | 'businessDate'>): Promise<number> {
  const { wanted } = await tx.one(sql<{ wanted: number }>`SELECT count(*)::int AS wanted FROM (${wantedOf({ ...form, base: baseOf(actor), collector: actor.staffKey }, businessDate)}) w`)
  return wanted
}

async function faultOf(tx: Transaction, content: Content, copiedFrom: string | null, context: Context): Promise<Outcome<number>> {
  if (content.dueOn < context.businessDate) return refuse('in-the-past', { field: 'dueOn' })
  if (copiedFrom !== null && !(await tx.maybe(sql`SELECT 1 FROM collection_form WHERE id = ${copiedFrom} AND collector_key = ${context.actor.staffKey}`))) return refuse('copy-unknown')
  const fault = faultOfForm({ cells: content.cells, mostRows: content.mostRows, copiedFrom })
  if (fault) return refuse(fault.name, { field: 'cells', details: fault.name === 'ledger-has-it' ? { where: fault.where.zh, whereEn: fault.where.en } : { label: fault.label } })
  const wanted = await countWanted(tx, content, context)
  return wanted > mostAsked ? refuse('too-many', { field: 'addressees', details: { count: String(wanted), most: String(mostAsked) } }) : ok(wanted)
}

const columnsOf = (content: Content) => ({ title: content.title, why: content.why, answers_for: content.answersFor, most_rows: content.mostRows, cells: content.cells, addressees: content.addressees, due_on: content.dueOn, confirms: content.confirms })

/** A form is built; nobody is asked yet. */
export const makeFormRoute = handle(makeForm, async (tx, { body }, context) => {
  const { actor, businessDate: day } = context
  const { id, copiedFrom, ...content } = body
  const wanted = await faultOf(tx, content, copiedFrom, context)
  if (!wanted.ok) return wanted
  const year = day.slice(0, 4)
  const number = `SB${year}-${String(await tx.asRole('batch', () => takeNumbers(tx, `collection-form-${year}`))).padStart(4, '0')}`
  await add(tx, 'collection_form', { id, number, ...columnsOf(content), collector_key: actor.staffKey, asking_unit: actor.lineKey, made_on: day, state: 'DRAFT', copied_from: copiedFrom }, { why: null, action: 'MAKE_FORM' })
  return ok({ id, number, wanted: wanted.value })
})

async function ownForm(tx: Transaction, formId: string, { actor }: Context): Promise<Outcome<FormRow>> {
  const form = await tx.maybe(sql<FormRow>`SELECT ${formColumns} FROM collection_form WHERE id = ${formId}`)
  // what was sent out is seen by whom it concerns; whom it does not concern is told nothing
  if (!form) return refuse('not-found')
  if (form.collector_key === actor.staffKey) {
    await tx.one(sql`SELECT 1 FROM collection_form WHERE id = ${formId} FOR UPDATE`)
    return ok(await tx.one(sql<FormRow>`SELECT ${formColumns} FROM collection_form WHERE id = ${formId}`))
  }
  return (await tx.maybe(sql`SELECT 1 FROM collection_answer WHERE form_id = ${formId} LIMIT 1`)) ? refuse('not-collector') : refuse('not-found')
}

export const changeFormRoute = handle(changeForm, async (tx, { params: { formId }, body }, context) => {
  const form = await ownForm(tx, formId, context)
  if (!form.ok) return form
  if (form.value.state !== 'DRAFT') return refuse('not-draft')
  const { edition, ...content } = body
  if (edition !== form.value.edition) return refuse('changed-meanwhile')
  const wanted = await faultOf(tx, content, form.value.copied_from, context)
  if (!wanted.ok) return wanted
  await change(tx, 'collection_form', { id: formId }, { ...columnsOf(content), edition: edition + 1 }, { why: null, action: 'CHANGE_FORM' })
  return ok({ edition: edition + 1, wanted: wanted.value })
})

/** The form goes to everybody who was meant, with what the bank knows filled in: one statement. */
export const openFormRoute = handle(openForm, async (tx, { params: { formId } }, context) => {
  const { actor, businessDate: day } = context
  const found = await ownForm(tx, formId, context)
  if (!found.ok) return found
  const form = found.value
  if (form.state !== 'DRAFT') return inState(form.state)
  if (form.due_on < day) return refuse('in-the-past', { field: 'dueOn' })
  const wanted = wantedOf({ answersFor: form.answers_for, addressees: form.addressees, base: baseOf(actor), collector: actor.staffKey }, day)
  const asked = await countWanted(tx, { answersFor: form.answers_for, addressees: form.addressees }, context)
  if (asked === 0) return refuse('nobody-asked')
  if (asked > mostAsked) return refuse('too-many', { details: { count: String(asked), most: String(mostAsked) } })
  if (form.confirms) {
    const { count, first } = await countUnconfirmed(tx, wanted, day)
    if (count > 0) return refuse('nobody-confirms', { details: { count: String(count), first: first ?? '' } })
  }
  await change(tx, 'collection_form', { id: formId }, { state: 'OPEN', opened_on: day }, { why: null, action: 'OPEN_FORM' })
  const batch = newId()
  const filled = form.cells.some((cell) => cell.source !== null)
  await tx.asRole('batch', () => bulk(tx, {
    table: 'collection_answer', what: 'add', why: 'collection form sent out', batch, about: { form: form.number },
    statement: sql`
      INSERT INTO collection_answer (id, form_id, staff_key, unit_key, collector_key, due_on, state, prefilled, prefilled_on, rows, scope_path, batch_id)
      SELECT uuid7(), ${formId}::uuid, p.staff_key, p.unit_key, ${actor.staffKey}::int, ${form.due_on}::date, 'OPEN', p.prefilled, ${day}::date,
        ${filled ? sql`CASE WHEN p.prefilled = '{}'::jsonb THEN '[]'::jsonb ELSE jsonb_build_array(jsonb_build_object('values', p.prefilled, 'reasons', '{}'::jsonb)) END` : sql`'[]'::jsonb`}, p.scope_path, ${batch}::uuid
      FROM (${prefilledOf({ cells: form.cells, answersFor: form.answers_for, copiedFrom: form.copied_from }, wanted, day)}) p`,
  }))
  return ok({ asked })
})

/** Collected, or withdrawn with the reason: nobody fills in any more. */
export const endFormRoute = handle(endForm, async (tx, { params: { formId }, body }, context) => {
  const found = await ownForm(tx, formId, context)
  if (!found.ok) return found
  const { state } = found.value
  if (state === 'CLOSED' || state === 'WITHDRAWN' || (body.as === 'CLOSED' && state === 'DRAFT')) return inState(state)
  if (body.as === 'WITHDRAWN' && body.note === null) return refuse('note-missing', { field: 'note' })
  await end(tx, 'collection_form', { id: formId }, { state: body.as, ended_on: context.businessDate, end_note: body.note }, { why: body.note, action: body.as === 'CLOSED' ? 'CLOSE_FORM' : 'WITHDRAW_FORM' })
  return ok({ state: body.as })
})
