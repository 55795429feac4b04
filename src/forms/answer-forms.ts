import { unless, verdictOf } from '../foundation/access/permission.rules.ts'
import { bankCalendar } from '../foundation/calendar/read-calendar.ts'
import { sql, type Transaction } from '../foundation/database/transaction.ts'
import { handle, handleUpload, type Context } from '../foundation/http/route.ts'
import { readWorkbook } from '../foundation/spreadsheets/read-workbook.ts'
import { writeSheet } from '../foundation/spreadsheets/write-sheet.ts'
import { add, change, recordReading } from '../foundation/store/store.ts'
import { ok, refuse, type Outcome } from '../foundation/values/outcome.ts'
import { newId } from '../foundation/values/uuid7.ts'
import { isKnown, workingDaysBetween } from '../foundation/values/working-calendar.ts'
import { yuanText } from '../foundation/values/fen.ts'
import { answerSheet, confirmAnswer, getAnswer, returnAnswer, saveAnswer, sendBackAnswer, submitAnswer, uploadAnswer, type AnswerRow, type AnswerState, type Cell, type FormState } from './form.contract.ts'
import { confirmersToday } from './engine-find-confirmers.ts'
import { faultOfConfirming, faultOfFilling, faultsOf, isHandedIn, tidyRows, type ConfirmFault, type Fault } from './form.rules.ts'
import { inState, stateOf } from './keep-forms.ts'
import { cellText, valueOf } from './sheet.rules.ts'

type Row = {
  id: string; form_id: string; staff_key: number; staff_name: string; unit_name: string; collector_key: number; collector_name: string; due_on: string; state: AnswerState; prefilled: Record<string, string>; prefilled_on: string; rows: AnswerRow[]; edition: number; submitted_on: string | null; late: boolean | null
  returns: number; return_reason: string | null; scope_path: string; number: string; title: string; why: string; most_rows: number; cells: Cell[]; form_state: FormState; answers_for: 'PERSON' | 'OUTLET'
  confirms: boolean; submitted_by: number | null; confirmed_on: string | null; confirmed_by_name: string | null; returned_by_name: string | null
}

async function answerOf(tx: Transaction, answerId: string): Promise<Row | undefined> {
  return tx.maybe(sql<Row>`
    SELECT a.id, a.form_id, a.staff_key, s.staff_name, (SELECT i.name FROM organisation_institution_facts i WHERE i.institution_key = a.unit_key ORDER BY i.from_date DESC LIMIT 1) AS unit_name, a.collector_key, c.staff_name AS collector_name, a.due_on, ${stateOf} AS state, a.prefilled, a.prefilled_on, a.rows, a.edition,
      a.submitted_on, a.late, a.returns, a.return_reason, a.scope_path, f.number, f.title, f.why, f.most_rows, f.cells, f.state AS form_state, f.answers_for, f.confirms, a.submitted_by, a.confirmed_on,
      (SELECT n.staff_name FROM organisation_staff_facts n WHERE n.staff_key = a.confirmed_by) AS confirmed_by_name, (SELECT n.staff_name FROM organisation_staff_facts n WHERE n.staff_key = a.returned_by) AS returned_by_name
    FROM collection_answer a JOIN collection_form f ON f.id = a.form_id JOIN organisation_staff_facts s ON s.staff_key = a.staff_key JOIN organisation_staff_facts c ON c.staff_key = a.collector_key WHERE a.id = ${answerId}`)
}

/** Who may confirm today what this answer holds, and why the reader may not. Asked of the whole bank when it is needed, never kept. */
async function confirming(tx: Transaction, row: Row, { actor, businessDate }: Context): Promise<{ confirmers: number[]; fault: ConfirmFault }> {
  const answeredBy = row.submitted_by ?? row.staff_key
  // of his own answer nobody is asked whoever the heads are, and their names are told only while it waits
  const confirmers = row.confirms && (row.state === 'WAITING' || actor.staffKey !== answeredBy) ? await confirmersToday(tx, { staffKey: answeredBy, scopePath: row.scope_path }, businessDate) : []
  return { confirmers, fault: faultOfConfirming({ reader: actor.staffKey, answeredBy, confirmers, confirms: row.confirms, form: row.form_state, answer: row.state }) }
}

const fillingFault = (row: Row, { actor }: Context) => faultOfFilling({ own: row.staff_key === actor.staffKey, form: row.form_state, answer: row.state })

export const getAnswerRoute = handle(getAnswer, async (tx, { params: { answerId } }, context) => {
  const row = await answerOf(tx, answerId)
  if (!row) return refuse('not-found')
  const calendar = await bankCalendar(tx)
  const { businessDate: day, actor } = context
  const history = await tx.all(sql<{ round: number; on: string; by: string; rows: number }>`
    SELECT b.round, b.submitted_on AS "on", s.staff_name AS by, jsonb_array_length(b.rows) AS rows FROM collection_submission b JOIN organisation_staff_facts s ON s.staff_key = b.staff_key WHERE b.answer_id = ${answerId} ORDER BY b.round`)
  const fault = fillingFault(row, context)
  // what nobody handed in yet is a draft of his own
  const drafted = isHandedIn(row.state) || row.staff_key === actor.staffKey
  const { confirmers, fault: confirmFault } = await confirming(tx, row, context)
  const people = row.state === 'WAITING' ? await tx.all(sql<{ staffKey: number; name: string }>`SELECT staff_key AS "staffKey", staff_name AS name FROM organisation_staff_facts WHERE staff_key = ANY(${confirmers}::int[]) ORDER BY array_position(${confirmers}::int[], staff_key)`) : []
  const confirm = unless(context.may('form.confirm'), confirmFault)
  return ok({
    id: row.id, form: { id: row.form_id, number: row.number, title: row.title, why: row.why, mostRows: row.most_rows, cells: row.cells, state: row.form_state, collector: { staffKey: row.collector_key, name: row.collector_name }, answersFor: row.answers_for, confirms: row.confirms },
    staff: { staffKey: row.staff_key, name: row.staff_name }, unitName: row.unit_name, dueOn: row.due_on, workingDaysLeft: row.due_on < day || !isKnown(calendar, row.due_on) ? null : workingDaysBetween(calendar, day, row.due_on), state: row.state, prefilled: row.prefilled, prefilledOn: row.prefilled_on,
    rows: drafted ? row.rows : [], edition: row.edition, submittedOn: row.submitted_on, late: row.late ?? row.due_on < day, returnReason: row.state === 'RETURNED' ? row.return_reason : null, returnedBy: row.state === 'RETURNED' ? row.returned_by_name : null,
    confirmedOn: row.state === 'SUBMITTED' ? row.confirmed_on : null, confirmedBy: row.state === 'SUBMITTED' ? row.confirmed_by_name : null, confirmers: people, history,
    may: { save: verdictOf(fault), submit: verdictOf(fault), return: unless(context.may('form.collect'), row.collector_key !== actor.staffKey ? 'not-collector' : row.form_state !== 'OPEN' ? 'form-state' : isHandedIn(row.state) ? null : 'not-submitted'), confirm, sendBack: confirm },
  })
})

const faultDetails = (cells: readonly Cell[], [first, ...rest]: readonly Fault[]) => {
  const label = cells.find((cell) => cell.code === first?.code)?.label ?? ''
  return { count: String(1 + rest.length), first: `第 ${(first?.row ?? 0) + 1} 行“${label}”${first?.text.zh ?? ''}`, firstEn: `row ${(first?.row ?? 0) + 1}, ${label}: ${first?.text.en ?? ''}` }
}

/** Rows for an answer that may be filled in, tidied and checked; two at once: the second is told. */
async function toFill(tx: Transaction, answerId: string, body: { edition: number; rows: AnswerRow[] }, context: Context, whole: boolean): Promise<Outcome<{ row: Row; rows: AnswerRow[] }>> {
  const seen = await answerOf(tx, answerId)
  if (!seen) return refuse('not-found')
  if (seen.staff_key === context.actor.staffKey) await tx.one(sql`SELECT 1 FROM collection_answer WHERE id = ${answerId} FOR UPDATE`)
  const row = (await answerOf(tx, answerId)) ?? seen
  const fault = fillingFault(row, context)
  if (fault === 'form-state') return inState(row.form_state)
  if (fault) return refuse(fault)
  if (body.edition !== row.edition) return refuse('changed-meanwhile')
  const rows = tidyRows(row.cells, body.rows, row.prefilled)
  if (rows.length > row.most_rows) return refuse('too-many-rows', { details: { most: String(row.most_rows) } })
  const faults = faultsOf(row.cells, rows, row.prefilled, whole)
  return faults.length > 0 ? refuse('cell-faults', { details: faultDetails(row.cells, faults) }) : ok({ row, rows })
}

export const saveAnswerRoute = handle(saveAnswer, async (tx, { params: { answerId }, body }, context) => {
  const filled = await toFill(tx, answerId, body, context, false)
  if (!filled.ok) return filled
  await change(tx, 'collection_answer', { id: answerId }, { rows: filled.value.rows, edition: body.edition + 1, saved_on: context.businessDate }, { why: null, action: 'SAVE_ANSWER' })
  return ok({ edition: body.edition + 1 })
})

/** Handed in: it stands as it was told, and is added once more with each correction. */
export const submitAnswerRoute = handle(submitAnswer, async (tx, { params: { answerId }, body }, context) => {
  const filled = await toFill(tx, answerId, body, context, true)
  if (!filled.ok) return filled
  const { row, rows } = filled.value
  const { actor, businessDate: day } = context
  const late = day > row.due_on
  // without a head who could confirm it would wait for nobody
  const [confirmer] = row.confirms ? await confirmersToday(tx, { staffKey: actor.staffKey, scopePath: row.scope_path }, day) : []
  if (row.confirms && confirmer === undefined) return refuse('nobody-confirms')
  const waitsFor = confirmer === undefined ? null : (await tx.one(sql<{ name: string }>`SELECT staff_name AS name FROM organisation_staff_facts WHERE staff_key = ${confirmer}`)).name
  await change(tx, 'collection_answer', { id: answerId }, { rows, edition: body.edition + 1, state: 'SUBMITTED', submitted_on: day, submitted_by: actor.staffKey, late, superior_key: null, saved_on: day, confirmer_key: confirmer ?? null, confirmed_on: null, confirmed_by: null }, { why: null, action: 'SUBMIT_ANSWER' })
  await add(tx, 'collection_submission', { id: newId(), answer_id: answerId, form_id: row.form_id, round: row.returns + 1, staff_key: actor.staffKey, collector_key: row.collector_key, submitted_on: day, rows, scope_path: row.scope_path }, { why: null, action: 'SUBMIT_ANSWER' })
  return ok({ edition: body.edition + 1, late, waitsFor })
})

export const returnAnswerRoute = handle(returnAnswer, async (tx, { params: { answerId }, body }, { actor }) => {
  const row = await answerOf(tx, answerId)
  if (!row) return refuse('not-found')
  if (row.collector_key !== actor.staffKey) return refuse('not-collector')
  if (row.form_state !== 'OPEN') return inState(row.form_state)
  if (!isHandedIn(row.state)) return refuse('not-submitted')
  await change(tx, 'collection_answer', { id: answerId }, { state: 'RETURNED', return_reason: body.reason, returned_by: actor.staffKey, returns: row.returns + 1, edition: row.edition + 1, confirmed_on: null, confirmed_by: null }, { why: body.reason, action: 'RETURN_ANSWER' })
  return ok({ state: 'RETURNED' as const })
})

/** An answer that the reader may confirm now, locked: who is its head is asked at this moment, and he confirms what he saw. */
async function toConfirm(tx: Transaction, answerId: string, edition: number, context: Context): Promise<Outcome<Row>> {
  if (!(await answerOf(tx, answerId))) return refuse('not-found')
  await tx.asRole('batch', () => tx.one(sql`SELECT 1 FROM collection_answer WHERE id = ${answerId} FOR UPDATE`))
  const row = await answerOf(tx, answerId)
  if (!row) return refuse('not-found')
  const { fault } = await confirming(tx, row, context)
  if (fault === 'form-state') return inState(row.form_state)
  if (fault) return refuse(fault)
  return row.edition === edition ? ok(row) : refuse('changed-meanwhile')
}

/** The head of the outlet stands for it: from now on it counts. Who handed in and who confirmed stand in one row. */
export const confirmAnswerRoute = handle(confirmAnswer, async (tx, { params: { answerId }, body }, context) => {
  const found = await toConfirm(tx, answerId, body.edition, context)
  if (!found.ok) return found
  const { actor, businessDate: day } = context
  await tx.asRole('batch', () => change(tx, 'collection_answer', { id: answerId }, { confirmer_key: actor.staffKey, confirmed_on: day, confirmed_by: actor.staffKey }, { why: null, action: 'CONFIRM_ANSWER' }))
  return ok({ state: 'SUBMITTED' as const, confirmedOn: day })
})

/** Instead of confirming: the answerer corrects it, with the reason. */
export const sendBackAnswerRoute = handle(sendBackAnswer, async (tx, { params: { answerId }, body }, context) => {
  const found = await toConfirm(tx, answerId, body.edition, context)
  if (!found.ok) return found
  const { value: row } = found
  await tx.asRole('batch', () => change(tx, 'collection_answer', { id: answerId }, { state: 'RETURNED', return_reason: body.reason, returned_by: context.actor.staffKey, returns: row.returns + 1, edition: row.edition + 1 }, { why: body.reason, action: 'SEND_BACK_ANSWER' }))
  return ok({ state: 'RETURNED' as const })
})

const sheetName = '填报'
const headOf = (cells: readonly Cell[]): string[] => cells.map((cell) => `${cell.label}${cell.type === 'AMOUNT' ? '（元）' : ''}`)

/** The answer as a workbook: what is filled in stands in it; sent back it fills the same form. */
export const answerSheetRoute = handle(answerSheet, async (tx, { params: { answerId } }, { actor, language }) => {
  const row = await answerOf(tx, answerId)
  if (!row) return refuse('not-found')
  const rows = isHandedIn(row.state) || row.staff_key === actor.staffKey ? row.rows : []
  const content = await writeSheet({
    name: sheetName, above: [`${row.number} ${row.title}`, language === 'zh' ? `填报人 ${row.staff_name}（${row.unit_name}） 期限 ${row.due_on}` : `${row.staff_name} (${row.unit_name}), due ${row.due_on}`], header: headOf(row.cells), widths: row.cells.map(() => 18),
    rows: rows.map((one) => row.cells.map((cell) => {
      const value = one.values[cell.code]
      return value === undefined ? null : cell.type === 'AMOUNT' ? { amount: yuanText(BigInt(value)) } : cell.type === 'WHOLE' && value.replace('-', '').length <= 15 ? { amount: value } : cellText(cell, value)
    })),
    choices: row.cells.flatMap((cell, column) => (cell.type === 'CHOICE' ? [{ column, words: cell.choices }] : [])),
  })
  await recordReading(tx, { table: 'collection_answer', objectId: answerId, customerId: null, why: row.title, about: { sheet: row.number, rows: rows.length } })
  return ok({ type: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet', content, fileName: `${row.number}-${row.staff_name}.xlsx` })
})

/** A workbook that was filled in becomes the draft; its columns are found by their heads. Reasons that were written stay. */
export const uploadAnswerRoute = handleUpload(uploadAnswer, async (tx, { params: { answerId }, body, file }, context) => {
  const row = await answerOf(tx, answerId)
  if (!row) return refuse('not-found')
  const read = await readWorkbook(file.bytes, { sheet: sheetName, mostRows: row.most_rows + 10 })
  if (!read.ok) return read
  const heads = headOf(row.cells)
  const at = read.value.findIndex((line) => heads.every((head) => line.cells.some((one) => one.text === head)))
  const head = read.value[at]
  if (!head || !read.value.slice(0, at).some((line) => line.cells[0]?.text.startsWith(`${row.number} `))) return refuse('sheet-other-form')
  const columns = heads.map((name) => head.cells.findIndex((one) => one.text === name))
  const rows = read.value.slice(at + 1).map((line, place): AnswerRow => ({
    values: Object.fromEntries(row.cells.flatMap((cell, nth) => {
      const text = line.cells[columns[nth] ?? -1]?.text ?? ''
      return text === '' ? [] : [[cell.code, valueOf(cell, text)]]
    })),
    reasons: row.rows[place]?.reasons ?? {},
  }))
  const filled = await toFill(tx, answerId, { edition: body.edition, rows }, context, false)
  if (!filled.ok) return filled
  await change(tx, 'collection_answer', { id: answerId }, { rows: filled.value.rows, edition: body.edition + 1, saved_on: context.businessDate }, { why: file.name, action: 'UPLOAD_ANSWER' })
  return ok({ edition: body.edition + 1, rows: filled.value.rows.length })
})
