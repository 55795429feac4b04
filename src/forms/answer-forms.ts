import { unless, verdictOf } from '../foundation/access/permission.rules.ts'
import { bankCalendar } from '../foundation/calendar/read-calendar.ts'
import { sql, type Transaction } from '../foundation/database/transaction.ts'
import { handle, handleUpload, type Context } from '../foundation/http/route.ts'
import { exportMark } from '../foundation/spreadsheets/export-mark.ts'
import { readWorkbook } from '../foundation/spreadsheets/read-workbook.ts'
import { writeSheet } from '../foundation/spreadsheets/write-sheet.ts'
import { add, change, recordReading } from '../foundation/store/store.ts'
import { ok, refuse, type Outcome } from '../foundation/values/outcome.ts'
import { newId } from '../foundation/values/uuid7.ts'
import { isKnown, workingDaysBetween } from '../foundation/values/working-calendar.ts'
import { yuanText } from '../foundation/values/fen.ts'
import { answerSheet, confirmAnswer, getAnswer, mostSubjects, nameFiller, returnAnswer, saveAnswer, sendBackAnswer, submitAnswer, uploadAnswer, type AnswerRow, type Cell } from './form.contract.ts'
import { confirmersToday } from './engine-find-confirmers.ts'
import { faultsOf, fileIdsOf, isHandedIn, knownBySubject, rowsBySubject, tidyRows, type Fault, type Known } from './form.rules.ts'
import { inState } from './keep-forms.ts'
import { answerOf, confirming, fileFault, fillerOf, fillingFault, fillsIn, refuseFilling, type AnswerFound } from './read-answer.ts'
import { filesOf, standing } from './read-files.ts'
import { subjectsOf, toldSubject, type SubjectRow } from './read-subjects.ts'
import { cellText, valueOf } from './sheet.rules.ts'


export const getAnswerRoute = handle(getAnswer, async (tx, { params: { answerId } }, context) => {
  const row = await answerOf(tx, answerId)
  if (!row) return refuse('not-found')
  const calendar = await bankCalendar(tx)
  const { businessDate: day, actor } = context
  const history = await tx.all(sql<{ round: number; on: string; by: string; rows: number }>`
    SELECT b.round, b.submitted_on AS "on", s.staff_name AS by, jsonb_array_length(b.rows) AS rows FROM collection_submission b JOIN organisation_staff_facts s ON s.staff_key = b.staff_key WHERE b.answer_id = ${answerId} ORDER BY b.round`)
  const fault = fillingFault(row, context)
  // what nobody handed in yet is a draft of his own
  const fills = fillsIn(row, actor.staffKey)
  const drafted = isHandedIn(row.state) || fills
  const { confirmers, fault: confirmFault } = await confirming(tx, row, context)
  const people = row.state === 'WAITING' ? await tx.all(sql<{ staffKey: number; name: string }>`SELECT staff_key AS "staffKey", staff_name AS name FROM organisation_staff_facts WHERE staff_key = ANY(${confirmers}::int[]) ORDER BY array_position(${confirmers}::int[], staff_key)`) : []
  const confirm = unless(context.may('form.confirm'), confirmFault)
  const subjects = await subjectsFor(tx, row, fills)
  const files = standing(await filesOf(tx, [row.id]), row.rows).filter((one) => fileFault(row, actor.staffKey, confirmers, one.of === null || subjects.some(({ of, name }) => of === one.of && name !== null)) === null)
  const names = row.answers_for === 'OUTLET' && row.staff_key === actor.staffKey && (fault === null || fault === 'filled-by-another')
  return ok({
    id: row.id, form: { id: row.form_id, number: row.number, title: row.title, why: row.why, mostRows: row.most_rows, cells: row.cells, state: row.form_state, collector: { staffKey: row.collector_key, name: row.collector_name }, answersFor: row.answers_for, confirms: row.confirms, purpose: row.purpose, dataClass: row.data_class },
    staff: { staffKey: row.staff_key, name: row.staff_name }, unitName: row.unit_name, dueOn: row.due_on, workingDaysLeft: row.due_on < day || !isKnown(calendar, row.due_on) ? null : workingDaysBetween(calendar, day, row.due_on), state: row.state, prefilled: row.prefilled, prefilledOn: row.prefilled_on,
    rows: drafted ? row.rows : [], edition: row.edition, submittedOn: row.submitted_on, late: row.late ?? row.due_on < day, returnReason: row.state === 'RETURNED' ? row.return_reason : null, returnedBy: row.state === 'RETURNED' ? row.returned_by_name : null,
    confirmedOn: row.state === 'SUBMITTED' ? row.confirmed_on : null, confirmedBy: row.state === 'SUBMITTED' ? row.confirmed_by_name : null, filler: row.filler_key === null ? null : { staffKey: row.filler_key, name: row.filler_name ?? '' }, nameable: names ? await nameableOf(tx, row, day) : [], subjects: subjects.map(toldSubject), files: files.map(({ id, name, size }) => ({ id, name, size })), confirmers: people, history,
    may: { save: verdictOf(fault), submit: verdictOf(fault), name: verdictOf(names ? null : 'not-the-outlets-head'), return: unless(context.may('form.collect'), row.collector_key !== actor.staffKey ? 'not-collector' : row.form_state !== 'OPEN' ? 'form-state' : isHandedIn(row.state) ? null : 'not-submitted'), confirm, sendBack: confirm },
  })
})

/** Whom the reader's rows are about: who fills in has those whom he sees, everybody else all of them, those out of his sight without a name. */
async function subjectsFor(tx: Transaction, row: AnswerFound, fills: boolean): Promise<SubjectRow[]> {
  const subjects = row.answers_for === 'CUSTOMER' ? await subjectsOf(tx, [row.id]) : []
  return fills ? subjects.filter((one) => one.name !== null) : subjects
}

/** Who of the outlet may be named: whose desk or line is there today. */
function nameableOf(tx: Transaction, row: AnswerFound, day: string): Promise<{ staffKey: number; name: string }[]> {
  return tx.all(sql<{ staffKey: number; name: string }>`
    SELECT p.staff_key AS "staffKey", min(s.staff_name) AS name FROM organisation_post_facts p JOIN organisation_staff_facts s ON s.staff_key = p.staff_key
    WHERE p.from_date <= ${day}::date AND (p.to_date IS NULL OR p.to_date > ${day}::date) AND (p.place_key = ${row.unit_key} OR p.line_key = ${row.unit_key}) AND p.staff_key NOT IN (${row.staff_key}, ${row.collector_key}) GROUP BY p.staff_key ORDER BY min(s.staff_no)`)
}

/** The head of the outlet names who fills in; the outlet's answer stays his to answer for. */
export const nameFillerRoute = handle(nameFiller, async (tx, { params: { answerId }, body: { staffKey } }, context) => {
  const { actor, businessDate: day } = context
  const row = await answerOf(tx, answerId)
  if (!row) return refuse('not-found')
  if (row.answers_for !== 'OUTLET') return refuse('no-outlet-form')
  if (row.staff_key !== actor.staffKey) return refuse('not-the-outlets-head')
  const fault = fillingFault({ ...row, filler_key: null }, context)
  if (fault === 'form-state') return inState(row.form_state)
  if (fault === 'submitted-already' || fault === 'waits-for-head') return refuse(fault)
  const named = staffKey === null ? undefined : (await nameableOf(tx, row, day)).find((one) => one.staffKey === staffKey)
  if (staffKey !== null && !named) return refuse('not-of-the-outlet', { field: 'staffKey' })
  await change(tx, 'collection_answer', { id: answerId }, { filler_key: staffKey }, { why: null, action: 'NAME_FILLER' })
  return ok({ filler: named?.name ?? null })
})

const faultDetails = (cells: readonly Cell[], [first, ...rest]: readonly Fault[]) => {
  const label = cells.find((cell) => cell.code === first?.code)?.label ?? ''
  return { count: String(1 + rest.length), first: `第 ${(first?.row ?? 0) + 1} 行“${label}”${first?.text.zh ?? ''}`, firstEn: `row ${(first?.row ?? 0) + 1}, ${label}: ${first?.text.en ?? ''}` }
}

/** Rows for an answer that may be filled in, tidied and checked; two at once: the second is told. */
async function toFill(tx: Transaction, answerId: string, body: { edition: number; rows: AnswerRow[] }, context: Context, whole: boolean): Promise<Outcome<{ row: AnswerFound; rows: AnswerRow[] }>> {
  const seen = await answerOf(tx, answerId)
  if (!seen) return refuse('not-found')
  if (fillerOf(seen) === context.actor.staffKey) await tx.one(sql`SELECT 1 FROM collection_answer WHERE id = ${answerId} FOR UPDATE`)
  const row = (await answerOf(tx, answerId)) ?? seen
  const refused = refuseFilling(row, context)
  if (refused) return refused
  if (body.edition !== row.edition) return refuse('changed-meanwhile')
  const subjects = row.answers_for === 'CUSTOMER' ? await subjectsFor(tx, row, true) : null
  const known: Known = subjects ? knownBySubject(subjects) : row.prefilled
  const rows = tidyRows(row.cells, subjects ? rowsBySubject(subjects, body.rows) : body.rows.map(({ of: _of, ...one }) => one), known)
  if (!subjects && rows.length > row.most_rows) return refuse('too-many-rows', { details: { most: String(row.most_rows) } })
  const told = subjects && whole ? rowsBySubject(subjects, rows) : rows
  const faults = [...faultsOf(row.cells, told, known, whole), ...(await fileFaults(tx, row, told))]
  return faults.length > 0 ? refuse('cell-faults', { details: faultDetails(row.cells, faults) }) : ok({ row, rows })
}

/** A cell names only files that were sent to this answer for this cell and this customer. */
async function fileFaults(tx: Transaction, row: AnswerFound, rows: readonly AnswerRow[]): Promise<Fault[]> {
  const cells = row.cells.filter((cell) => cell.type === 'FILE')
  if (!rows.some((one) => cells.some((cell) => fileIdsOf(one.values[cell.code]).length > 0))) return []
  const files = await filesOf(tx, [row.id])
  return rows.flatMap((one, place) => cells.flatMap((cell) => (fileIdsOf(one.values[cell.code]).every((id) => files.some((file) => file.id === id && file.cell === cell.code && file.of === (one.of ?? null))) ? [] : [{ row: place, code: cell.code, text: { zh: '附件不存在', en: 'no such file' } }])))
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
async function toConfirm(tx: Transaction, answerId: string, edition: number, context: Context): Promise<Outcome<AnswerFound>> {
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
/** Before the cells of a row about a customer; found again by his number. */
const customerHeads = ['客户号', '客户']

/** The answer as a workbook: what is filled in stands in it; sent back it fills the same form. */
export const answerSheetRoute = handle(answerSheet, async (tx, { params: { answerId } }, { actor, language }) => {
  const row = await answerOf(tx, answerId)
  if (!row) return refuse('not-found')
  const fills = fillsIn(row, actor.staffKey)
  const rows = isHandedIn(row.state) || fills ? row.rows : []
  const subjects = row.answers_for === 'CUSTOMER' ? await subjectsFor(tx, row, fills) : null
  const told = subjects ? rowsBySubject(subjects, rows).map((one, place) => (Object.keys(one.values).length > 0 || !fills ? one : { ...one, values: subjects[place]?.prefilled ?? {} })) : rows
  const files = new Map((await filesOf(tx, [row.id])).map((one) => [one.id, one.name]))
  // what names customers leaves with a mark
  const mark = subjects ? await exportMark(tx, { actor, language }, row.purpose ?? row.title, 'CUSTOMERS') : null
  const content = await writeSheet({
    ...(mark ? { below: [mark.line], mark: { title: row.title, ...mark } } : {}),
    name: sheetName, above: [`${row.number} ${row.title}`, ...(mark ? [mark.line] : []), language === 'zh' ? `填报人 ${row.staff_name}（${row.unit_name}） 期限 ${row.due_on}` : `${row.staff_name} (${row.unit_name}), due ${row.due_on}`], header: [...(subjects ? customerHeads : []), ...headOf(row.cells)], widths: [...(subjects ? [14, 30] : []), ...row.cells.map(() => 18)],
    rows: told.map((one, place) => [...(subjects ? [subjects[place]?.number ?? '--', subjects[place]?.name ?? '--'] : []), ...row.cells.map((cell) => {
      const value = one.values[cell.code]
      if (cell.type === 'FILE') return fileIdsOf(value).length === 0 ? null : fills ? fileIdsOf(value).map((id) => files.get(id) ?? '').join('、') : `${fileIdsOf(value).length}`
      return value === undefined ? null : cell.type === 'AMOUNT' ? { amount: yuanText(BigInt(value)) } : cell.type === 'WHOLE' && value.replace('-', '').length <= 15 ? { amount: value } : cellText(cell, value)
    })]),
    choices: row.cells.flatMap((cell, column) => (cell.type === 'CHOICE' ? [{ column: column + (subjects ? customerHeads.length : 0), words: cell.choices }] : [])),
  })
  await recordReading(tx, { table: 'collection_answer', objectId: answerId, customerId: null, why: row.purpose ?? row.title, about: { sheet: row.number, rows: told.length, customers: subjects?.length ?? 0 } })
  return ok({ type: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet', content, fileName: `${row.number}-${row.staff_name}.xlsx` })
})

/** A workbook that was filled in becomes the draft; its columns are found by their heads. Reasons that were written stay. */
export const uploadAnswerRoute = handleUpload(uploadAnswer, async (tx, { params: { answerId }, body, file }, context) => {
  const row = await answerOf(tx, answerId)
  if (!row) return refuse('not-found')
  const read = await readWorkbook(file.bytes, { sheet: sheetName, mostRows: (row.answers_for === 'CUSTOMER' ? mostSubjects : row.most_rows) + 10 })
  if (!read.ok) return read
  const heads = headOf(row.cells)
  const at = read.value.findIndex((line) => heads.every((head) => line.cells.some((one) => one.text === head)))
  const head = read.value[at]
  if (!head || !read.value.slice(0, at).some((line) => line.cells[0]?.text.startsWith(`${row.number} `))) return refuse('sheet-other-form')
  const columns = heads.map((name) => head.cells.findIndex((one) => one.text === name))
  const subjects = row.answers_for === 'CUSTOMER' ? await subjectsFor(tx, row, true) : null
  const numbers = head.cells.findIndex((one) => one.text === customerHeads[0])
  const rows = read.value.slice(at + 1).flatMap((line, place): AnswerRow[] => {
    const of = subjects?.find((one) => one.number === line.cells[numbers]?.text)?.of
    if (subjects && of === undefined) return []
    const former = subjects ? row.rows.find((one) => one.of === of) : row.rows[place]
    return [{ ...(of === undefined ? {} : { of }), values: Object.fromEntries(row.cells.flatMap((cell, nth) => {
      // files do not come by a workbook: those that stand stay
      if (cell.type === 'FILE') return former?.values[cell.code] === undefined ? [] : [[cell.code, former.values[cell.code] ?? '']]
      const text = line.cells[columns[nth] ?? -1]?.text ?? ''
      return text === '' ? [] : [[cell.code, valueOf(cell, text)]]
    })), reasons: former?.reasons ?? {} }]
  })
  const filled = await toFill(tx, answerId, { edition: body.edition, rows }, context, false)
  if (!filled.ok) return filled
  await change(tx, 'collection_answer', { id: answerId }, { rows: filled.value.rows, edition: body.edition + 1, saved_on: context.businessDate }, { why: file.name, action: 'UPLOAD_ANSWER' })
  return ok({ edition: body.edition + 1, rows: filled.value.rows.length })
})
