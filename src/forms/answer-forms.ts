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
import { answerSheet, getAnswer, returnAnswer, saveAnswer, submitAnswer, uploadAnswer, type AnswerRow, type AnswerState, type Cell, type FormState } from './form.contract.ts'
import { faultOfFilling, faultsOf, tidyRows, type Fault } from './form.rules.ts'
import { inState } from './keep-forms.ts'
import { cellText, valueOf } from './sheet.rules.ts'

type Row = {
  id: string; form_id: string; staff_key: number; staff_name: string; unit_name: string; collector_key: number; collector_name: string; due_on: string; state: AnswerState; prefilled: Record<string, string>; prefilled_on: string; rows: AnswerRow[]; edition: number; submitted_on: string | null; late: boolean | null
  returns: number; return_reason: string | null; scope_path: string; number: string; title: string; why: string; most_rows: number; cells: Cell[]; form_state: FormState; answers_for: 'PERSON' | 'OUTLET'
}

async function answerOf(tx: Transaction, answerId: string): Promise<Row | undefined> {
  return tx.maybe(sql<Row>`
    SELECT a.id, a.form_id, a.staff_key, s.staff_name, (SELECT i.name FROM organisation_institution_facts i WHERE i.institution_key = a.unit_key ORDER BY i.from_date DESC LIMIT 1) AS unit_name, a.collector_key, c.staff_name AS collector_name, a.due_on, a.state, a.prefilled, a.prefilled_on, a.rows, a.edition,
      a.submitted_on, a.late, a.returns, a.return_reason, a.scope_path, f.number, f.title, f.why, f.most_rows, f.cells, f.state AS form_state, f.answers_for
    FROM collection_answer a JOIN collection_form f ON f.id = a.form_id JOIN organisation_staff_facts s ON s.staff_key = a.staff_key JOIN organisation_staff_facts c ON c.staff_key = a.collector_key WHERE a.id = ${answerId}`)
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
  const drafted = row.state === 'SUBMITTED' || row.staff_key === actor.staffKey
  return ok({
    id: row.id, form: { id: row.form_id, number: row.number, title: row.title, why: row.why, mostRows: row.most_rows, cells: row.cells, state: row.form_state, collector: { staffKey: row.collector_key, name: row.collector_name }, answersFor: row.answers_for },
    staff: { staffKey: row.staff_key, name: row.staff_name }, unitName: row.unit_name, dueOn: row.due_on, workingDaysLeft: row.due_on < day || !isKnown(calendar, row.due_on) ? null : workingDaysBetween(calendar, day, row.due_on), state: row.state, prefilled: row.prefilled, prefilledOn: row.prefilled_on,
    rows: drafted ? row.rows : [], edition: row.edition, submittedOn: row.submitted_on, late: row.late ?? (row.state !== 'SUBMITTED' && row.due_on < day), returnReason: row.state === 'RETURNED' ? row.return_reason : null, history,
    may: { save: verdictOf(fault), submit: verdictOf(fault), return: unless(context.may('form.collect'), row.collector_key !== actor.staffKey ? 'not-collector' : row.form_state !== 'OPEN' ? 'form-state' : row.state !== 'SUBMITTED' ? 'not-submitted' : null) },
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
  await change(tx, 'collection_answer', { id: answerId }, { rows, edition: body.edition + 1, state: 'SUBMITTED', submitted_on: day, submitted_by: actor.staffKey, late, superior_key: null, saved_on: day }, { why: null, action: 'SUBMIT_ANSWER' })
  await add(tx, 'collection_submission', { id: newId(), answer_id: answerId, form_id: row.form_id, round: row.returns + 1, staff_key: actor.staffKey, collector_key: row.collector_key, submitted_on: day, rows, scope_path: row.scope_path }, { why: null, action: 'SUBMIT_ANSWER' })
  return ok({ edition: body.edition + 1, late })
})

export const returnAnswerRoute = handle(returnAnswer, async (tx, { params: { answerId }, body }, { actor }) => {
  const row = await answerOf(tx, answerId)
  if (!row) return refuse('not-found')
  if (row.collector_key !== actor.staffKey) return refuse('not-collector')
  if (row.form_state !== 'OPEN') return inState(row.form_state)
  if (row.state !== 'SUBMITTED') return refuse('not-submitted')
  await change(tx, 'collection_answer', { id: answerId }, { state: 'RETURNED', return_reason: body.reason, returns: row.returns + 1, edition: row.edition + 1 }, { why: body.reason, action: 'RETURN_ANSWER' })
  return ok({ state: 'RETURNED' as const })
})

const sheetName = '填报'
const headOf = (cells: readonly Cell[]): string[] => cells.map((cell) => `${cell.label}${cell.type === 'AMOUNT' ? '（元）' : ''}`)

/** The answer as a workbook: what is filled in stands in it; sent back it fills the same form. */
export const answerSheetRoute = handle(answerSheet, async (tx, { params: { answerId } }, { actor, language }) => {
  const row = await answerOf(tx, answerId)
  if (!row) return refuse('not-found')
  const rows = row.state === 'SUBMITTED' || row.staff_key === actor.staffKey ? row.rows : []
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
