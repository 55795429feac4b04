import { unless } from '../foundation/access/permission.rules.ts'
import { sql, type Sql, type Transaction } from '../foundation/database/transaction.ts'
import { cutPage, readCursor } from '../foundation/http/cursor.ts'
import { handle, type Context } from '../foundation/http/route.ts'
import { writeSheet, type SheetCell } from '../foundation/spreadsheets/write-sheet.ts'
import { recordReading } from '../foundation/store/store.ts'
import { yuanText } from '../foundation/values/fen.ts'
import { ok, refuse } from '../foundation/values/outcome.ts'
import { exportAnswers, getForm, listForms, readAnswers, type AnswerLine, type AnswerRow, type AnswerState, type Cell, type FormLine } from './form.contract.ts'
import { faultOfFile, fileIdsOf, isChanged, isHandedIn, knownBySubject } from './form.rules.ts'
import { countWanted, stateOf, type FormRow } from './keep-forms.ts'
import { reviewsOf } from './keep-reviews.ts'
import { filesOf, standing, type KnownFile } from './read-files.ts'
import { subjectsOf, toldSubject, type SubjectRow } from './read-subjects.ts'
import { exportMark } from '../foundation/spreadsheets/export-mark.ts'

type Row = FormRow & { collector_name: string; unit_name: string; all_of: number; submitted: number; waiting: number; late: number; mine_id: string | null; mine_state: AnswerState | null; mine_late: boolean | null }

function rowsOf(tx: Transaction, where: Sql, limit: number, { actor, businessDate: day }: Context): Promise<Row[]> {
  return tx.all(sql<Row>`
    SELECT f.id, f.number, f.title, f.why, f.answers_for, f.most_rows, f.cells, f.addressees, f.collector_key, f.due_on, f.state, f.opened_on, f.ended_on, f.end_note, f.copied_from, f.edition, f.confirms, f.customers, f.asked_customers, f.purpose, f.data_class, s.staff_name AS collector_name,
      (SELECT i.name FROM organisation_institution_facts i WHERE i.institution_key = f.asking_unit ORDER BY i.from_date DESC LIMIT 1) AS unit_name, n.all_of, n.submitted, n.waiting, n.late, m.id AS mine_id, m.state AS mine_state, m.late AS mine_late
    FROM (SELECT * FROM collection_form f WHERE ${where} ORDER BY f.due_on DESC, f.id DESC LIMIT ${limit}) f JOIN organisation_staff_facts s ON s.staff_key = f.collector_key
    CROSS JOIN LATERAL (SELECT count(*)::int AS all_of, (count(*) FILTER (WHERE a.told = 'SUBMITTED'))::int AS submitted, (count(*) FILTER (WHERE a.told = 'WAITING'))::int AS waiting, (count(*) FILTER (WHERE coalesce(a.late, a.due_on < ${day}::date)))::int AS late
      FROM (SELECT a.late, a.due_on, ${stateOf} AS told FROM collection_answer a WHERE a.form_id = f.id AND a.state <> 'ENDED') a) n
    LEFT JOIN LATERAL (SELECT a.id, ${stateOf} AS state, coalesce(a.late, a.due_on < ${day}::date) AS late FROM collection_answer a WHERE a.form_id = f.id AND (a.staff_key = ${actor.staffKey} OR a.filler_key = ${actor.staffKey}) AND a.state <> 'ENDED' ORDER BY a.state = 'SUBMITTED', a.id LIMIT 1) m ON true
    ORDER BY f.due_on DESC, f.id DESC`)
}

const lineOf = (row: Row): FormLine => ({
  id: row.id, number: row.number, title: row.title, collector: { staffKey: row.collector_key, name: row.collector_name }, unitName: row.unit_name, answersFor: row.answers_for, dueOn: row.due_on, state: row.state, confirms: row.confirms, counts: { all: row.all_of, submitted: row.submitted, waiting: row.waiting, late: row.late },
  mine: row.mine_id === null || row.mine_state === null ? null : { answerId: row.mine_id, state: row.mine_state, late: row.mine_late ?? false },
})

/** What I must answer, what I collect, or what people beneath me were asked. The counts are of those whom I see. */
export const listFormsRoute = handle(listForms, async (tx, { query }, context) => {
  const { actor, services } = context
  const me = actor.staffKey
  const list = `forms ${me} ${query.list} ${query.over}`
  const place = readCursor(services.keys.keyring, list, query.cursor)
  if (!place.ok) return place
  const of = {
    mine: sql`EXISTS (SELECT FROM collection_answer a WHERE a.form_id = f.id AND (a.staff_key = ${me} OR a.filler_key = ${me}))`, asked: sql`f.collector_key = ${me}`,
    line: sql`f.collector_key <> ${me} AND EXISTS (SELECT FROM collection_answer a WHERE a.form_id = f.id AND a.staff_key <> ${me} AND a.filler_key IS DISTINCT FROM ${me} AND a.collector_key <> ${me})`,
  }[query.list]
  const where = sql`${of} AND ${query.over ? sql`f.state IN ('CLOSED', 'WITHDRAWN')` : sql`f.state IN ('DRAFT', 'OPEN')`} ${place.value === null ? sql`` : sql`AND (f.due_on, f.id) < (${String(place.value[0])}::date, ${String(place.value[1])}::uuid)`}`
  const { shown, nextCursor } = cutPage(services.keys.keyring, list, await rowsOf(tx, where, query.limit + 1, context), query.limit, (last) => [last.due_on, last.id])
  return ok({ items: shown.map(lineOf), nextCursor, count: null })
})

/** A form that concerns the reader: he collects it, was asked, or leads who was asked. */
async function formFor(tx: Transaction, formId: string, context: Context): Promise<Row | undefined> {
  const [row] = await rowsOf(tx, sql`f.id = ${formId}`, 1, context)
  return row && (row.collector_key === context.actor.staffKey || row.all_of > 0) ? row : undefined
}

export const getFormRoute = handle(getForm, async (tx, { params: { formId } }, context) => {
  const row = await formFor(tx, formId, context)
  if (!row) return refuse('not-found')
  const own = row.collector_key === context.actor.staffKey
  const people = own ? await tx.all(sql<{ staffKey: number; name: string }>`SELECT staff_key AS "staffKey", staff_name AS name FROM organisation_staff_facts WHERE staff_key = ANY(${row.addressees.people}::int[]) ORDER BY staff_no`) : []
  const units = own ? await tx.all(sql<{ key: number; name: string }>`SELECT DISTINCT ON (institution_key) institution_key AS key, name FROM organisation_institution_facts WHERE institution_key = ANY(${row.addressees.units}::int[]) ORDER BY institution_key, from_date DESC`) : []
  const collect = context.may('form.collect')
  const fault = own ? null : 'not-collector'
  const draft = row.state === 'DRAFT' ? null : 'form-state'
  const reviews = own ? await reviewsOf(tx, formId, context.actor.staffKey) : []
  const refused = reviews.some((one) => one.decision === 'REFUSED') ? 'review-refused' : reviews.some((one) => one.decision === null) ? 'review-waits' : null
  const counted = own && row.state === 'DRAFT' ? await countWanted(tx, { answersFor: row.answers_for, addressees: row.addressees, customers: row.customers, only: row.asked_customers }, context) : null
  return ok({
    ...lineOf(row), why: row.why, mostRows: row.most_rows, cells: row.cells, edition: row.edition, copiedFrom: row.copied_from, openedOn: row.opened_on, endedOn: row.ended_on, endNote: row.end_note, addressees: own ? { posts: row.addressees.posts, units, people } : null,
    wanted: counted?.wanted ?? row.all_of, wantedCustomers: counted?.customers ?? null, customers: own ? row.customers : null, purpose: row.purpose, dataClass: row.data_class, reviews,
    may: {
      change: unless(collect, fault ?? draft), open: unless(collect, fault ?? draft ?? refused), close: unless(collect, fault ?? (row.state === 'OPEN' ? null : 'form-state')), withdraw: unless(collect, fault ?? (row.state === 'OPEN' || row.state === 'DRAFT' ? null : 'form-state')),
      export: unless(collect, fault ?? (row.submitted > 0 ? null : 'nothing-to-export')), copy: unless(collect, fault),
    },
  })
})

type Answer = Omit<AnswerLine, 'changed' | 'subjects' | 'files' | 'filler'> & { fillerKey: number | null; fillerName: string | null; confirmedBy: number | null }

/** The answers whom the reader sees, with whom their rows are about and the files that he may have. */
async function answersOf(tx: Transaction, form: Row, which: 'all' | 'missing' | 'waiting' | 'late', { actor, businessDate: day }: Context): Promise<AnswerLine[]> {
  const filter = { all: sql`true`, missing: sql`a.state <> 'SUBMITTED'`, waiting: sql`${stateOf} = 'WAITING'`, late: sql`coalesce(a.late, a.due_on < ${day}::date)` }[which]
  const me = actor.staffKey
  const rows = await tx.all(sql<Answer>`
    SELECT a.id, a.staff_key AS "staffKey", s.staff_name AS name, (SELECT i.name FROM organisation_institution_facts i WHERE i.institution_key = a.unit_key ORDER BY i.from_date DESC LIMIT 1) AS "unitName", ${stateOf} AS state, a.due_on AS "dueOn", a.submitted_on AS "submittedOn",
      coalesce(a.late, a.due_on < ${day}::date) AS late, a.returns, CASE WHEN a.state = 'RETURNED' THEN a.return_reason END AS "returnReason", CASE WHEN a.state = 'SUBMITTED' OR a.staff_key = ${me} OR a.filler_key = ${me} THEN a.rows ELSE '[]'::jsonb END AS rows, a.prefilled,
      a.edition, a.confirmed_on AS "confirmedOn", a.confirmed_by AS "confirmedBy", a.filler_key AS "fillerKey", (SELECT n.staff_name FROM organisation_staff_facts n WHERE n.staff_key = a.filler_key) AS "fillerName",
      CASE WHEN ${stateOf} = 'WAITING' AND a.confirmer_key IS NOT NULL THEN jsonb_build_object('staffKey', a.confirmer_key, 'name', (SELECT c.staff_name FROM organisation_staff_facts c WHERE c.staff_key = a.confirmer_key)) END AS confirmer
    FROM collection_answer a JOIN collection_form f ON f.id = a.form_id JOIN organisation_staff_facts s ON s.staff_key = a.staff_key WHERE a.form_id = ${form.id} AND a.state <> 'ENDED' AND ${filter} ORDER BY a.scope_path, s.staff_no`)
  const told = rows.filter((row) => row.rows.length > 0).map((row) => row.id)
  const subjects = Map.groupBy(form.answers_for === 'CUSTOMER' ? await subjectsOf(tx, told) : [], (one) => one.answerId)
  const files = Map.groupBy(form.cells.some((cell) => cell.type === 'FILE') && told.length > 0 ? await filesOf(tx, told) : [], (one) => one.answerId)
  return rows.map(({ fillerKey, fillerName, confirmedBy, ...row }) => {
    const about = subjects.get(row.id) ?? []
    const known = form.answers_for === 'CUSTOMER' ? knownBySubject(about) : row.prefilled
    const changed = row.rows.reduce((n, one) => n + form.cells.filter((cell) => isChanged(cell, one.values[cell.code], typeof known === 'function' ? known(one) : known)).length, 0)
    const mine = standing(files.get(row.id) ?? [], row.rows).filter((one) => mayHave(one, about, { reader: me, filler: me === row.staffKey || me === fillerKey ? me : (fillerKey ?? row.staffKey), collector: form.collector_key, confirmers: [row.confirmer?.staffKey, confirmedBy].filter((key) => typeof key === 'number'), answer: row.state }))
    return { ...row, changed, filler: fillerKey === null ? null : { staffKey: fillerKey, name: fillerName ?? '' }, subjects: about.map(toldSubject), files: mine.map(({ id, name, size }) => ({ id, name, size })) }
  })
}

const mayHave = (file: KnownFile, subjects: readonly SubjectRow[], facts: Omit<Parameters<typeof faultOfFile>[0], 'seesCustomer'>): boolean => faultOfFile({ ...facts, seesCustomer: file.of === null || subjects.some(({ of, name }) => of === file.of && name !== null) }) === null

/** The merged table: sums are those of the rows that the reader sees and that count as handed in. */
function totalsOf(tx: Transaction, form: Row): Promise<{ code: string; total: string; filled: number }[]> {
  const summed = form.cells.filter((cell) => cell.type === 'WHOLE' || cell.type === 'AMOUNT').map((cell) => cell.code)
  return tx.all(sql<{ code: string; total: string; filled: number }>`
    SELECT c.code, coalesce(sum((r.row -> 'values' ->> c.code)::numeric), 0)::text AS total, count(r.row -> 'values' ->> c.code)::int AS filled
    FROM unnest(${summed}::text[]) WITH ORDINALITY c(code, place) LEFT JOIN (SELECT e AS row FROM collection_answer a JOIN collection_form f ON f.id = a.form_id CROSS JOIN LATERAL jsonb_array_elements(a.rows) e WHERE a.form_id = ${form.id} AND ${stateOf} = 'SUBMITTED') r ON true GROUP BY c.code, c.place ORDER BY c.place`)
}

export const readAnswersRoute = handle(readAnswers, async (tx, { params: { formId }, query: { which } }, context) => {
  const form = await formFor(tx, formId, context)
  if (!form) return refuse('not-found')
  const items = await answersOf(tx, form, which, context)
  return ok({ items, totals: await totalsOf(tx, form), rows: items.filter((one) => one.state === 'SUBMITTED').reduce((n, one) => n + one.rows.length, 0) })
})

const sheetCell = (cell: Cell, value: string | undefined): SheetCell => (value === undefined ? null : cell.type === 'AMOUNT' ? { amount: yuanText(BigInt(value)) } : cell.type === 'WHOLE' ? { amount: value } : value)
const mostExported = 10_000

/** One workbook: a row for each row that was handed in, the totals, what differs from the system with its reason, whose answer waits for its head, and who is missing. Customers stand in it as the asker may see them; of files their number, and their names where he may have them. */
export const exportAnswersRoute = handle(exportAnswers, async (tx, { params: { formId }, body: { purpose } }, context) => {
  const form = await formFor(tx, formId, context)
  if (!form) return refuse('not-found')
  const { actor, businessDate, language } = context
  if (form.collector_key !== actor.staffKey) return refuse('not-collector')
  const items = await answersOf(tx, form, 'all', context)
  const handed = items.filter((one) => one.state === 'SUBMITTED')
  if (handed.length === 0) return refuse('nothing-to-export')
  if (handed.reduce((n, one) => n + one.rows.length, 0) > mostExported) return refuse('too-many-rows', { details: { most: String(mostExported) } })
  const totals = new Map((await totalsOf(tx, form)).map((one) => [one.code, one.total]))
  const zh = language === 'zh'
  const about = form.answers_for === 'CUSTOMER'
  // customers are named to whom exports customers; the others have their rows without a name
  const names = about && context.may('customer.export').allowed
  const mark = await exportMark(tx, { actor, language }, purpose, about ? 'CUSTOMERS' : 'PLAIN')
  const missing = items.filter((one) => !isHandedIn(one.state)).map((one) => one.name)
  const waiting = items.filter((one) => one.state === 'WAITING').map((one) => one.name)
  const unseen = zh ? '不在可见范围' : 'out of sight'
  const rows: SheetCell[][] = handed.flatMap((one) => {
    const subjects = new Map(one.subjects.map((subject) => [subject.of, subject]))
    const files = new Map(one.files.map((file) => [file.id, file.name]))
    return (one.rows.length === 0 ? [{ values: {}, reasons: {} }] : one.rows).map((row: AnswerRow): SheetCell[] => {
      const subject = subjects.get(row.of ?? '')
      const known = about ? (subject?.prefilled ?? {}) : one.prefilled
      return [
        one.unitName, one.filler === null ? one.name : `${one.filler.name}（${one.name}）`, one.submittedOn, ...(about ? (names && subject && subject.name !== null ? [subject.number, subject.name] : [unseen, unseen]) : []),
        ...form.cells.map((cell) => (cell.type === 'FILE' ? filesCell(fileIdsOf(row.values[cell.code]), files, zh) : sheetCell(cell, row.values[cell.code]))),
        form.cells.filter((cell) => isChanged(cell, row.values[cell.code], known)).map((cell) => `${cell.label}：${row.reasons[cell.code] ?? ''}（${zh ? '系统数' : 'system'} ${known[cell.code] === undefined ? '' : cell.type === 'AMOUNT' ? yuanText(BigInt(known[cell.code] ?? '0')) : known[cell.code]}）`).join('；'),
      ]
    })
  })
  const named = names ? handed.reduce((n, one) => n + one.subjects.filter((subject) => subject.name !== null).length, 0) : 0
  const content = await writeSheet({
    name: zh ? '汇总' : 'Merged', above: [`${form.number} ${form.title}`, mark.line], below: [...(missing.length > 0 ? [`${zh ? '未报' : 'Missing'}：${missing.join('、')}`] : []), ...(waiting.length > 0 ? [`${zh ? '待确认，未计入' : 'To be confirmed, not counted'}：${waiting.join('、')}`] : []), mark.line], mark: { title: form.title, ...mark },
    header: [...(zh ? ['机构', '填报人', '报送日'] : ['Unit', 'Person', 'Handed in']), ...(about ? (zh ? ['客户号', '客户'] : ['Number', 'Customer']) : []), ...form.cells.map((cell) => `${cell.label}${cell.type === 'AMOUNT' ? (zh ? '（元）' : ' (yuan)') : ''}`), zh ? '与系统数不同' : 'Differs from the system'],
    rows: [...rows, [zh ? '合计' : 'Total', null, null, ...(about ? [null, null] : []), ...form.cells.map((cell): SheetCell => sheetCell(cell, totals.get(cell.code))), null]],
  })
  await recordReading(tx, { table: 'collection_answer', objectId: null, customerId: null, why: purpose, about: { export: form.number, rows: rows.length, ...(about ? { customers: named, class: form.data_class, asked: form.purpose } : {}) } })
  return ok({ type: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet', content, fileName: `${form.number}-${businessDate}.xlsx` })
})

/** “2 个：合同.pdf、现场.jpg”; without names where the asker may not have the files. */
function filesCell(ids: readonly string[], names: ReadonlyMap<string, string>, zh: boolean): SheetCell {
  if (ids.length === 0) return null
  const count = zh ? `${ids.length} 个` : `${ids.length} file(s)`
  const known = ids.flatMap((id) => names.get(id) ?? [])
  return known.length === 0 ? count : `${count}${zh ? '：' : ': '}${known.join(zh ? '、' : ', ')}`
}
