import { sql, type Transaction } from '../foundation/database/transaction.ts'
import { handle, type Context } from '../foundation/http/route.ts'
import { add, bulk, change, end } from '../foundation/store/store.ts'
import { takeNumbers } from '../foundation/store/take-numbers.ts'
import { ok, refuse, type Outcome } from '../foundation/values/outcome.ts'
import { newId } from '../foundation/values/uuid7.ts'
import { endForm, mostSubjects, openForm, type Addressees, type AnswersFor, type Cell, type CustomersAsked, type DataClass, type FormState } from './form.contract.ts'
import { countUnconfirmed } from './engine-find-confirmers.ts'
import { countSubjects } from './engine-find-subjects.ts'
import { dataClassOf, faultOfForm, formStateWords } from './form.rules.ts'
import { askReviews, openReview, withdrawReviews } from './keep-reviews.ts'
import { baseOf, customersOf, prefilledBySubject, prefilledOf, wantedOf } from './prefill-answers.ts'

const mostAsked = 2000

export type FormRow = {
  id: string; number: string; title: string; why: string; answers_for: AnswersFor; most_rows: number; cells: Cell[]; addressees: Addressees; collector_key: number; due_on: string; state: FormState; opened_on: string | null; ended_on: string | null; end_note: string | null
  copied_from: string | null; edition: number; confirms: boolean; customers: CustomersAsked | null; asked_customers: string[] | null; purpose: string | null; data_class: DataClass
}
export const formColumns = sql`id, number, title, why, answers_for, most_rows, cells, addressees, collector_key, due_on, state, opened_on, ended_on, end_note, copied_from, edition, confirms, customers, asked_customers, purpose, data_class`
/** The state of an answer `a` of a form `f` as it is told: handed in it waits where the head of the outlet has to confirm it. */
export const stateOf = sql`CASE WHEN a.state = 'SUBMITTED' AND f.confirms AND a.confirmed_on IS NULL THEN 'WAITING' ELSE a.state END`
export const inState = (state: FormState): Outcome<never> => refuse('form-state', { details: { state: formStateWords[state].zh, stateEn: formStateWords[state].en } })

export type Content = { title: string; why: string; answersFor: AnswersFor; mostRows: number; cells: Cell[]; addressees: Addressees; dueOn: string; confirms: boolean; customers: CustomersAsked | null; purpose: string | null }
type Asked = { answersFor: AnswersFor; addressees: Addressees; customers: CustomersAsked | null; only: readonly string[] | null }
type Asker = Pick<Context, 'actor' | 'businessDate'>

const subjectsWanted = (form: Asked, customers: CustomersAsked, { actor, businessDate }: Asker) => customersOf({ ...form, customers, base: baseOf(actor), collector: actor.staffKey }, businessDate)
const answersWanted = (form: Asked, asker: Asker) => (form.customers === null
  ? wantedOf({ ...form, base: baseOf(asker.actor), collector: asker.actor.staffKey }, asker.businessDate)
  : sql`SELECT DISTINCT c.staff_key, c.unit_key, c.scope_path FROM (${subjectsWanted(form, form.customers, asker)}) c`)

/** How many would be asked today, and about how many customers. */
export async function countWanted(tx: Transaction, form: Asked, asker: Asker): Promise<{ wanted: number; customers: number | null; most: number; mostName: string | null }> {
  if (form.customers !== null) {
    const { people, customers, most, mostName } = await countSubjects(tx, subjectsWanted(form, form.customers, asker))
    return { wanted: people, customers, most, mostName }
  }
  const { wanted } = await tx.one(sql<{ wanted: number }>`SELECT count(*)::int AS wanted FROM (${answersWanted(form, asker)}) w`)
  return { wanted, customers: null, most: 0, mostName: null }
}

async function wantedFault(tx: Transaction, form: Asked, asker: Asker): Promise<Outcome<number>> {
  const { wanted, most, mostName } = await countWanted(tx, form, asker)
  if (wanted > mostAsked) return refuse('too-many', { field: 'addressees', details: { count: String(wanted), most: String(mostAsked) } })
  return most > mostSubjects ? refuse('too-many-customers', { field: 'customers', details: { name: mostName ?? '', count: String(most), most: String(mostSubjects) } }) : ok(wanted)
}

/** What is asked about customers is one row each, of a purpose; what is not has neither. */
const tidyContent = (content: Content): Content => (content.answersFor === 'CUSTOMER' ? { ...content, mostRows: 1 } : { ...content, customers: null, purpose: null })

async function faultOf(tx: Transaction, content: Content, only: readonly string[] | null, copiedFrom: string | null, context: Context): Promise<Outcome<number>> {
  if (content.dueOn < context.businessDate) return refuse('in-the-past', { field: 'dueOn' })
  if (copiedFrom !== null && !(await tx.maybe(sql`SELECT 1 FROM collection_form WHERE id = ${copiedFrom} AND collector_key = ${context.actor.staffKey}`))) return refuse('copy-unknown')
  const fault = faultOfForm({ ...content, copiedFrom })
  if (fault) {
    const field = fault.name === 'customers-unsaid' ? 'customers' : fault.name === 'purpose-unsaid' ? 'purpose' : 'cells'
    return refuse(fault.name, { field, details: fault.name === 'ledger-has-it' ? { where: fault.where.zh, whereEn: fault.where.en } : fault.name === 'classed-cell' ? { label: fault.label, what: fault.what.zh, whatEn: fault.what.en } : { label: fault.label } })
  }
  return wantedFault(tx, { ...content, only }, context)
}

const columnsOf = (content: Content, only: readonly string[] | null) => ({
  title: content.title, why: content.why, answers_for: content.answersFor, most_rows: content.mostRows, cells: content.cells, addressees: content.addressees, due_on: content.dueOn, confirms: content.confirms,
  customers: content.customers, asked_customers: only === null ? null : [...only], purpose: content.purpose, data_class: dataClassOf(content),
})

/** A form is built; nobody is asked yet. A column that a ledger seems to hold waits for the owner of the figure. `only`: the customers of the segment that was chosen. */
export async function buildForm(tx: Transaction, body: Content & { id: string; copiedFrom: string | null }, only: readonly string[] | null, context: Context): Promise<Outcome<{ id: string; number: string; wanted: number; reviews: number }>> {
  const { actor, businessDate: day } = context
  const { id, copiedFrom, ...given } = body
  const content = tidyContent(given)
  const wanted = await faultOf(tx, content, only, copiedFrom, context)
  if (!wanted.ok) return wanted
  const year = day.slice(0, 4)
  const number = `SB${year}-${String(await tx.asRole('batch', () => takeNumbers(tx, `collection-form-${year}`))).padStart(4, '0')}`
  await add(tx, 'collection_form', { id, number, ...columnsOf(content, only), collector_key: actor.staffKey, asking_unit: actor.lineKey, made_on: day, state: 'DRAFT', copied_from: copiedFrom }, { why: content.purpose, action: 'MAKE_FORM' })
  const reviews = await askReviews(tx, { id, number, ...content }, context)
  return reviews.ok ? ok({ id, number, wanted: wanted.value, reviews: reviews.value }) : reviews
}

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

export async function rebuildForm(tx: Transaction, formId: string, body: Content & { edition: number }, only: readonly string[] | null, context: Context): Promise<Outcome<{ edition: number; wanted: number; reviews: number }>> {
  const form = await ownForm(tx, formId, context)
  if (!form.ok) return form
  if (form.value.state !== 'DRAFT') return refuse('not-draft')
  const { edition, ...given } = body
  const content = tidyContent(given)
  if (edition !== form.value.edition) return refuse('changed-meanwhile')
  const wanted = await faultOf(tx, content, only, form.value.copied_from, context)
  if (!wanted.ok) return wanted
  await change(tx, 'collection_form', { id: formId }, { ...columnsOf(content, only), edition: edition + 1 }, { why: content.purpose, action: 'CHANGE_FORM' })
  const reviews = await askReviews(tx, { id: formId, number: form.value.number, ...content }, context)
  return reviews.ok ? ok({ edition: edition + 1, wanted: wanted.value, reviews: reviews.value }) : reviews
}

/** The form goes to everybody who was meant, with what the bank knows filled in: one statement. */
export const openFormRoute = handle(openForm, async (tx, { params: { formId } }, context) => {
  const { actor, businessDate: day } = context
  const found = await ownForm(tx, formId, context)
  if (!found.ok) return found
  const form = found.value
  if (form.state !== 'DRAFT') return inState(form.state)
  if (form.due_on < day) return refuse('in-the-past', { field: 'dueOn' })
  const waiting = await openReview(tx, formId)
  if (waiting) return waiting
  const asks: Asked = { answersFor: form.answers_for, addressees: form.addressees, customers: form.customers, only: form.asked_customers }
  const counted = await wantedFault(tx, asks, context)
  if (!counted.ok) return counted
  const asked = counted.value
  if (asked === 0) return refuse('nobody-asked')
  const wanted = answersWanted(asks, context)
  if (form.confirms) {
    const { count, first } = await countUnconfirmed(tx, wanted, day)
    if (count > 0) return refuse('nobody-confirms', { details: { count: String(count), first: first ?? '' } })
  }
  await change(tx, 'collection_form', { id: formId }, { state: 'OPEN', opened_on: day }, { why: form.purpose, action: 'OPEN_FORM' })
  const batch = newId()
  const { customers } = form
  const filled = customers === null && form.cells.some((cell) => cell.source !== null)
  await tx.asRole('batch', async () => {
    await bulk(tx, {
      table: 'collection_answer', what: 'add', why: 'collection form sent out', batch, about: { form: form.number },
      statement: sql`
        INSERT INTO collection_answer (id, form_id, staff_key, unit_key, collector_key, due_on, state, prefilled, prefilled_on, rows, scope_path, batch_id)
        SELECT uuid7(), ${formId}::uuid, p.staff_key, p.unit_key, ${actor.staffKey}::int, ${form.due_on}::date, 'OPEN', p.prefilled, ${day}::date,
          ${filled ? sql`CASE WHEN p.prefilled = '{}'::jsonb THEN '[]'::jsonb ELSE jsonb_build_array(jsonb_build_object('values', p.prefilled, 'reasons', '{}'::jsonb)) END` : sql`'[]'::jsonb`}, p.scope_path, ${batch}::uuid
        FROM (${form.answers_for === 'CUSTOMER' ? sql`SELECT w.staff_key, w.unit_key, w.scope_path, '{}'::jsonb AS prefilled FROM (${wanted}) w` : prefilledOf({ cells: form.cells, answersFor: form.answers_for, copiedFrom: form.copied_from }, wanted, day)}) p`,
    })
    if (customers === null) return
    await bulk(tx, {
      table: 'collection_subject', what: 'add', why: 'customers whom a collection form is about', batch, about: { form: form.number },
      statement: sql`
        INSERT INTO collection_subject (form_id, customer_id, id, answer_id, prefilled, batch_id)
        SELECT ${formId}::uuid, p.customer_id, uuid7(), a.id, p.prefilled, ${batch}::uuid
        FROM (${prefilledBySubject(form.cells, subjectsWanted(asks, customers, context), day)}) p JOIN collection_answer a ON a.form_id = ${formId}::uuid AND a.staff_key = p.staff_key`,
    })
  })
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
  await withdrawReviews(tx, formId, context.businessDate)
  return ok({ state: body.as })
})
