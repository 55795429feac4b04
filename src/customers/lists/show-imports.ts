import { verdictOf } from '../../foundation/access/permission.rules.ts'
import { sql, type Sql, type Transaction } from '../../foundation/database/transaction.ts'
import { cutPage, readCursor } from '../../foundation/http/cursor.ts'
import { handle, type Context } from '../../foundation/http/route.ts'
import { writeBook, type SheetCell } from '../../foundation/spreadsheets/write-sheet.ts'
import { recordReading } from '../../foundation/store/store.ts'
import { ok, refuse } from '../../foundation/values/outcome.ts'
import { askedColumns } from './engine-match-import.ts'
import { allImportColumns, importSheets, type SheetCode } from './list-import-columns.ts'
import type { IdentityField } from '../identity/identity-change.contract.ts'
import { rejectText, type Reject } from './import-row.rules.ts'
import { getImport, importRejects, importTemplate, listImportLines, listImportRows, listImports, type ImportLineView, type ImportRowView, type ImportView } from './import.contract.ts'
import { readListPolicy } from './read-list-policy.ts'

const type = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'
type Kept = Omit<ImportView, 'may'> & { exact: string }

const columns = sql`i.id, i.file_name AS "fileName", i.made_on AS "madeOn", i.made_at AS "madeAt", CASE WHEN i.undone_on IS NOT NULL THEN 'UNDONE' WHEN i.ran_on IS NULL THEN 'CHECKED' ELSE 'RUN' END AS state,
  i.rows_new AS "rowsNew", i.rows_update AS "rowsUpdate", i.rows_same AS "rowsSame", i.rows_rejected AS "rowsRejected", i.lines_new AS "linesNew", i.lines_same AS "linesSame", i.lines_rejected AS "linesRejected", i.ran_on AS "ranOn", i.undo_until AS "undoUntil", i.undone_on AS "undoneOn", i.undo_kept AS "undoKept", i.made_at::text AS exact`

function viewOf({ exact: _exact, ...row }: Kept, day: string): ImportView {
  const over = row.state === 'RUN' && row.undoUntil !== null && row.undoUntil < day
  return { ...row, state: over ? 'KEPT' : row.state, may: {
    run: verdictOf(row.state !== 'CHECKED' ? 'import-gone' : row.rowsNew + row.rowsUpdate + row.linesNew > 0 ? null : 'nothing-to-import'), undo: verdictOf(over ? 'undo-over' : row.state === 'RUN' ? null : 'not-run'),
  } }
}

export const listImportsRoute = handle(listImports, async (tx, { query }, { services, businessDate }) => {
  const place = readCursor(services.keys.keyring, 'imports', query.cursor)
  if (!place.ok) return place
  const rows = await tx.all(sql<Kept>`
    SELECT ${columns} FROM customer_import i WHERE ${place.value ? sql`(i.made_at, i.id) < (${place.value[0]}::timestamptz, ${place.value[1]}::uuid)` : sql`true`} ORDER BY i.made_at DESC, i.id DESC LIMIT ${query.limit + 1}`)
  const { n } = await tx.one(sql<{ n: number }>`SELECT count(*)::int AS n FROM (SELECT 1 FROM customer_import LIMIT 10001) c`)
  const { shown, nextCursor } = cutPage(services.keys.keyring, 'imports', rows, query.limit, (last) => [last.exact, last.id])
  return ok({ items: shown.map((row) => viewOf(row, businessDate)), nextCursor, count: { value: Math.min(n, 10_000), exact: n <= 10_000 } })
})

const readImport = (tx: Transaction, id: string): Promise<Kept | undefined> => tx.maybe(sql<Kept>`SELECT ${columns} FROM customer_import i WHERE i.id = ${id}`)

export const getImportRoute = handle(getImport, async (tx, { params: { importId } }, { businessDate }) => {
  const row = await readImport(tx, importId)
  return row ? ok(viewOf(row, businessDate)) : refuse('not-found')
})

type KeptRow = { row: number; verdict: ImportRowView['verdict']; name: string | null; customer_id: string | null; reasons: (Reject & { value: string | null })[]; changes: string[] | null; asks: IdentityField[] | null }
const headOf = (code: string): string => allImportColumns.find((column) => column.code === code)?.head.replace('*', '') ?? code
/** Names that the tables give to columns of the workbook. */
const changed = (name: string): string => allImportColumns.find(({ field }) => field?.column === name)?.head ?? headOf({ registered_capital_fen: 'registeredCapital' }[name] ?? name.replace(/_([a-z])/g, (_whole, letter: string) => letter.toUpperCase()))

/** A new customer of the row is there: the import ran, and was not taken back. */
const there = (row: Sql): Sql => sql`(${row}.verdict = 'NEW' AND ${row}.undone IS NOT TRUE AND EXISTS (SELECT FROM customer_import i WHERE i.id = ${row}.import_id AND i.ran_on IS NOT NULL))`

/** The verdicts of the rows, while they are kept. The import is the asker's own: its policy says so before the rows are read. */
export const listImportRowsRoute = handle(listImportRows, async (tx, { params: { importId }, query }, { services }) => {
  const list = `import rows ${importId} ${query.verdict ?? ''}`
  const place = readCursor(services.keys.keyring, list, query.cursor)
  if (!place.ok) return place
  if (!(await readImport(tx, importId))) return refuse('not-found')
  const where = sql`r.import_id = ${importId} ${query.verdict === undefined ? sql`` : sql`AND r.verdict = ${query.verdict}`}`
  const { rows, n } = await tx.asRole('batch', async () => ({
    rows: await tx.all(sql<KeptRow>`SELECT r.row_no AS row, r.verdict, r.name, CASE WHEN r.verdict IN ('UPDATE', 'SAME') OR ${there(sql`r`)} THEN r.customer_id END AS customer_id, r.reasons, ARRAY(SELECT jsonb_array_elements_text(coalesce(r.given -> 'changes', '[]'))) AS changes, ARRAY(SELECT jsonb_array_elements_text(coalesce(r.given -> 'asks', '[]'))) AS asks FROM customer_import_row r
      WHERE ${where} AND r.row_no > ${place.value?.[0] ?? 0}::int ORDER BY r.row_no LIMIT ${query.limit + 1}`),
    n: (await tx.one(sql<{ n: number }>`SELECT count(*)::int AS n FROM customer_import_row r WHERE ${where}`)).n,
  }))
  const { shown, nextCursor } = cutPage(services.keys.keyring, list, rows, query.limit, (last) => [last.row])
  return ok({ items: shown.map(told), nextCursor, count: { value: n, exact: true } })
})

const told = ({ row, verdict, name, customer_id: customerId, reasons, changes, asks }: KeptRow): ImportRowView => ({
  row, verdict, name, customerId, changes: (changes ?? []).map(changed), asks: (asks ?? []).map((one) => headOf(askedColumns[one].column)),
  rejects: reasons.map((one) => ({ column: headOf(one.column), zh: rejectText(one, 'zh'), en: rejectText(one, 'en'), value: one.value })),
})

type KeptLine = { sheet: SheetCode; row: number; verdict: ImportLineView['verdict']; name: string | null; customer_id: string | null; reasons: (Reject & { value: string | null })[] }
const lineHead = (sheet: SheetCode, code: string): string => importSheets.find((one) => one.code === sheet)?.columns.find((column) => column.code === code)?.head.replace('*', '') ?? code
const sheetName = (code: SheetCode): string => importSheets.find((one) => one.code === code)?.name ?? code
const lineColumns = sql`l.sheet, l.row_no AS row, l.verdict, l.name, CASE WHEN EXISTS (SELECT FROM customer_import_row r WHERE r.import_id = l.import_id AND r.customer_id = l.customer_id AND r.verdict = 'NEW' AND NOT ${there(sql`r`)}) THEN NULL ELSE l.customer_id END AS customer_id, l.reasons`

/** The lines of the further sheets, as the rows. */
export const listImportLinesRoute = handle(listImportLines, async (tx, { params: { importId }, query }, { services }) => {
  const list = `import lines ${importId} ${query.verdict ?? ''}`
  const place = readCursor(services.keys.keyring, list, query.cursor)
  if (!place.ok) return place
  if (!(await readImport(tx, importId))) return refuse('not-found')
  const where = sql`l.import_id = ${importId} ${query.verdict === undefined ? sql`` : sql`AND l.verdict = ${query.verdict}`}`
  const { rows, n } = await tx.asRole('batch', async () => ({
    rows: await tx.all(sql<KeptLine>`SELECT ${lineColumns} FROM customer_import_line l WHERE ${where} ${place.value ? sql`AND (l.sheet, l.row_no) > (${place.value[0]}::text, ${place.value[1]}::int)` : sql``} ORDER BY l.sheet, l.row_no LIMIT ${query.limit + 1}`),
    n: (await tx.one(sql<{ n: number }>`SELECT count(*)::int AS n FROM customer_import_line l WHERE ${where}`)).n,
  }))
  const { shown, nextCursor } = cutPage(services.keys.keyring, list, rows, query.limit, (last) => [last.sheet, last.row])
  return ok({ items: shown.map((line): ImportLineView => ({
    sheet: line.sheet, row: line.row, verdict: line.verdict, name: line.name, customerId: line.customer_id, rejects: line.reasons.map((one) => ({ column: lineHead(line.sheet, one.column), zh: rejectText(one, 'zh'), en: rejectText(one, 'en'), value: one.value })),
  })), nextCursor, count: { value: n, exact: true } })
})

export const importRejectsRoute = handle(importRejects, async (tx, { params: { importId } }, { language, actor }) => {
  const kept = await readImport(tx, importId)
  if (!kept) return refuse('not-found')
  const rows = await tx.asRole('batch', () => tx.all(sql<KeptRow>`SELECT r.row_no AS row, r.verdict, r.name, r.customer_id, r.reasons, '{}'::text[] AS changes, '{}'::text[] AS asks FROM customer_import_row r WHERE r.import_id = ${importId} AND r.verdict = 'REJECT' ORDER BY r.row_no`))
  const zh = language === 'zh'
  const lines = rows.flatMap((row) => row.reasons.map((one): SheetCell[] => {
    const why = rejectText(one, language)
    return [{ amount: String(row.row) }, row.name, headOf(one.column), one.value === null ? null : { text: one.value, comment: why }, why]
  }))
  const further = await tx.asRole('batch', () => tx.all(sql<KeptLine>`SELECT ${lineColumns} FROM customer_import_line l WHERE l.import_id = ${importId} AND l.verdict = 'REJECT' ORDER BY l.sheet, l.row_no`))
  const furtherLines = further.flatMap((row) => row.reasons.map((one): SheetCell[] => [sheetName(row.sheet), { amount: String(row.row) }, row.name, lineHead(row.sheet, one.column), one.value === null ? null : { text: one.value, comment: rejectText(one, language) }, rejectText(one, language)]))
  const line = zh ? `${kept.fileName} 的拒收明细，共 ${rows.length + further.length} 行。${actor.name}（${actor.staffNo}）下载，客户信息，禁止外传` : `Rejected rows of ${kept.fileName}: ${rows.length + further.length}. For ${actor.name} (${actor.staffNo}). Customer data, not to be passed on`
  const content = await writeBook([{ name: zh ? '拒收' : 'Rejected', above: [line], header: zh ? ['行', '客户名称', '列', '值', '原因'] : ['Row', 'Name', 'Column', 'Value', 'Reason'], rows: lines, widths: [8, 32, 18, 28, 60] },
    ...(further.length === 0 ? [] : [{ name: zh ? '拒收明细表' : 'Rejected lines', above: [line], header: zh ? ['表', '行', '客户', '列', '值', '原因'] : ['Sheet', 'Row', 'Customer', 'Column', 'Value', 'Reason'], rows: furtherLines, widths: [10, 8, 32, 18, 28, 60] }])],
    { title: zh ? '导入拒收明细' : 'Rejected rows', author: `${actor.name} ${actor.staffNo}`, purpose: zh ? '更正后重新导入' : 'to be mended and imported again', line })
  await recordReading(tx, { table: 'customer_import', objectId: importId, customerId: null, why: 'rejected rows of an import', about: { rejects: rows.length + further.length } })
  return ok({ type, content, fileName: `${zh ? '拒收' : 'rejected'}-${kept.fileName.replace(/\.xlsx$/i, '')}.xlsx` })
})

/** The workbook to fill in: its columns with their choices, and a sheet that explains each. */
export const importTemplateRoute = handle(importTemplate, async (tx, _input, { language, businessDate }: Context) => {
  const zh = language === 'zh'
  const policy = await readListPolicy(tx, businessDate)
  const rules = zh
    ? [`一次最多 ${policy.importMostRows.toLocaleString('en-US')} 行；先校验并预览，再执行；${policy.importUndoDays} 天内可撤销。`, '带 * 的列新客户必填。只更新由您管理的客户；空白单元格不改变原值。', '证件号码、电话请设为文本格式。不要使用公式和宏。', '联系人、地址、他行、资料各有一张表，一行一条：已有客户填客户号；新客户填与“客户”表相同的名称。不填的表可以留空。']
    : [`At most ${policy.importMostRows.toLocaleString('en-US')} rows. The file is checked and shown first, then run; it may be undone for ${policy.importUndoDays} days.`, 'Columns with * are needed for a new customer. Only your own customers are updated; an empty cell changes nothing.', 'Set numbers of documents and phones to text. No formulas, no macros.', 'Contact persons, addresses, accounts elsewhere and papers have a sheet each, one a line: with the number of a known customer, or the name of a new one as in the sheet 客户. Sheets may stay empty.']
  const content = await writeBook([
    { name: '客户', header: allImportColumns.map((column) => column.head), rows: [], widths: allImportColumns.map((column) => column.width), choices: allImportColumns.flatMap((column, place) => (column.words ? [{ column: place, words: column.words }] : [])) },
    ...importSheets.map((sheet) => ({ name: sheet.name, header: sheet.columns.map((column) => column.head), rows: [], widths: sheet.columns.map((column) => column.width), choices: sheet.columns.flatMap((column, place) => (column.words ? [{ column: place, words: column.words }] : [])) })),
    { name: zh ? '说明' : 'Notes', above: rules, header: zh ? ['表', '列', '说明', '可选值'] : ['Sheet', 'Column', 'Meaning', 'Choices'],
      rows: [{ name: '客户', columns: allImportColumns }, ...importSheets].flatMap(({ name, columns }) => columns.map((column) => [name, column.head, zh ? column.zh : column.en, column.words?.join('、') ?? null])), widths: [10, 20, 60, 60] },
  ])
  return ok({ type, content, fileName: zh ? '客户导入模板.xlsx' : 'customers-to-import.xlsx' })
})
