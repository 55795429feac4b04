import { z } from 'zod'
import { endpoint, page, pageQuery, verdict } from '../../foundation/http/contract.ts'
import { idText, newIdText } from '../../foundation/values/api-values.ts'

export const importStates = ['CHECKED', 'RUN', 'UNDONE', 'KEPT'] as const
const importView = z.strictObject({
  id: z.string(), fileName: z.string(), madeOn: z.string(), madeAt: z.string(), state: z.enum(importStates),
  rowsNew: z.number().int(), rowsUpdate: z.number().int(), rowsSame: z.number().int(), rowsRejected: z.number().int(),
  /** Of the further sheets: contact persons, addresses, accounts elsewhere, papers. */
  linesNew: z.number().int(), linesSame: z.number().int(), linesRejected: z.number().int(),
  ranOn: z.string().nullable(), undoUntil: z.string().nullable(), undoneOn: z.string().nullable(), undoKept: z.number().int().nullable(),
  may: z.strictObject({ run: verdict, undo: verdict }),
})
export type ImportView = z.output<typeof importView>
const importRow = z.strictObject({
  row: z.number().int(), verdict: z.enum(['NEW', 'UPDATE', 'SAME', 'REJECT']), name: z.string().nullable(), customerId: z.string().nullable(),
  /** Columns that an update changes; or why the row was rejected. */
  changes: z.array(z.string()),
  /** Columns whose change is asked for and waits for a second person. */
  asks: z.array(z.string()), rejects: z.array(z.strictObject({ column: z.string(), zh: z.string(), en: z.string(), value: z.string().nullable() })),
})
export type ImportRowView = z.output<typeof importRow>

const importLine = z.strictObject({
  sheet: z.enum(['CONTACTS', 'ADDRESSES', 'BANKS', 'DOCUMENTS']), row: z.number().int(), verdict: z.enum(['NEW', 'SAME', 'REJECT']), name: z.string().nullable(), customerId: z.string().nullable(),
  rejects: z.array(z.strictObject({ column: z.string(), zh: z.string(), en: z.string(), value: z.string().nullable() })),
})
export type ImportLineView = z.output<typeof importLine>

const one = z.strictObject({ importId: idText })
const gone = { status: 409, zh: '未能执行。导入前的检查已过期或已执行。请重新上传', en: 'Not run. The check is out of date, or it was run. Upload it again' }
export const importFileMost = 8 * 1024 * 1024

export const importTemplate = endpoint({
  id: 'imports.template', method: 'GET', path: '/api/customer-imports/template',
  text: { zh: '下载导入模板', en: 'The workbook to fill in' },
  permission: 'customer.import', raw: true,
  reply: z.unknown(),
})
/** Checks a workbook, row by row, and keeps the verdicts. Nothing of a customer is written. */
export const checkImport = endpoint({
  id: 'imports.check', method: 'POST', path: '/api/customer-imports',
  text: { zh: '校验导入文件', en: 'Check a workbook' },
  permission: 'customer.import', writes: 'create', upload: { kinds: ['XLSX'], most: importFileMost },
  body: z.strictObject({ id: newIdText }),
  reply: z.strictObject({ id: z.string(), rowsNew: z.number().int(), rowsUpdate: z.number().int(), rowsSame: z.number().int(), rowsRejected: z.number().int(), linesNew: z.number().int(), linesSame: z.number().int(), linesRejected: z.number().int() }),
  refusals: {
    'not-a-manager': { status: 422, zh: '未能导入。您的岗位当前不能管户', en: 'Not imported. Your post cannot look after a customer now' },
    'workbook-damaged': { status: 422, zh: '未能读取。文件不是有效的 Excel 工作簿，或已损坏', en: 'Not read. The file is no valid Excel workbook, or is damaged' },
    'workbook-huge': { status: 422, zh: '未能读取。工作簿解压后超过 64 MB', en: 'Not read. The workbook unpacks to more than 64 MB' },
    'workbook-macros': { status: 422, zh: '未能读取。工作簿含有宏。请另存为不含宏的 .xlsx', en: 'Not read. The workbook has macros. Save it as .xlsx without macros' },
    'workbook-links': { status: 422, zh: '未能读取。工作簿链接了其他文件。请断开链接后再试', en: 'Not read. The workbook links to other files. Break the links first' },
    'workbook-formulas': { status: 422, zh: '未能读取。单元格 {cell} 是公式。请粘贴为数值后再试', en: 'Not read. Cell {cell} is a formula. Paste it as a value first' },
    'workbook-rows': { status: 422, zh: '未能读取。超过 {most} 行，请分成几个文件', en: 'Not read. There are more than {most} rows; split the file' },
    'no-header': { status: 422, zh: '未能读取。没有找到表头“客户名称*”。请使用模板', en: 'Not read. The heading 客户名称* is not there. Use the template' },
    'no-sheet-header': { status: 422, zh: '未能读取。“{sheet}”表中没有找到表头“{column}”。请使用模板', en: 'Not read. In the sheet {sheet} the heading {column} is not there. Use the template' },
    'unknown-column': { status: 422, zh: '未能读取。没有名为“{column}”的列。请使用模板', en: 'Not read. There is no column {column}. Use the template' },
    'column-twice': { status: 422, zh: '未能读取。列“{column}”出现两次', en: 'Not read. Column {column} stands twice' },
    'no-rows': { status: 422, zh: '未能读取。表头下没有数据', en: 'Not read. There is nothing below the heading' },
  },
})
export const listImports = endpoint({
  id: 'imports.list', method: 'GET', path: '/api/customer-imports',
  text: { zh: '查看导入记录', en: 'List imports' },
  permission: 'customer.import',
  query: z.strictObject(pageQuery),
  reply: page(importView),
})
export const getImport = endpoint({
  id: 'imports.get', method: 'GET', path: '/api/customer-imports/:importId',
  text: { zh: '查看导入', en: 'See an import' },
  permission: 'customer.import', params: one,
  reply: importView,
})
export const listImportRows = endpoint({
  id: 'imports.rows', method: 'GET', path: '/api/customer-imports/:importId/rows',
  text: { zh: '查看导入行', en: 'See the rows of an import' },
  permission: 'customer.import', params: one,
  query: z.strictObject({ ...pageQuery, verdict: z.enum(['NEW', 'UPDATE', 'SAME', 'REJECT']).optional() }),
  reply: page(importRow),
})
/** The lines of the further sheets with their verdicts. */
export const listImportLines = endpoint({
  id: 'imports.lines', method: 'GET', path: '/api/customer-imports/:importId/lines',
  text: { zh: '查看导入明细行', en: 'See the lines of an import' },
  permission: 'customer.import', params: one,
  query: z.strictObject({ ...pageQuery, verdict: z.enum(['NEW', 'SAME', 'REJECT']).optional() }),
  reply: page(importLine),
})
/** Every rejected row with its column and reason, as a workbook; the value only where it is no number of identity or phone. */
export const importRejects = endpoint({
  id: 'imports.rejects', method: 'GET', path: '/api/customer-imports/:importId/rejects',
  text: { zh: '下载拒收明细', en: 'The rejected rows as a workbook' },
  permission: 'customer.import', raw: true, params: one,
  reply: z.unknown(),
})
export const runImport = endpoint({
  id: 'imports.run', method: 'PUT', path: '/api/customer-imports/:importId/run',
  text: { zh: '执行导入', en: 'Run an import' },
  permission: 'customer.import', writes: 'act', params: one,
  reply: z.strictObject({ id: z.string(), added: z.number().int(), updated: z.number().int(), lines: z.number().int(), undoUntil: z.string() }),
  refusals: {
    'import-gone': gone,
    'nothing-to-import': { status: 422, zh: '未能执行。没有可以新增或更新的行', en: 'Not run. No row adds or changes anything' },
    'check-again': { status: 409, zh: '未能执行。校验之后有 {count} 行的客户已变化。请重新上传', en: 'Not run. {count} customers have changed since the check. Upload it again' },
    'not-a-manager': { status: 422, zh: '未能导入。您的岗位当前不能管户', en: 'Not imported. Your post cannot look after a customer now' },
  },
})
/** Takes back what an import wrote, within its days: what was touched since stays, and is told. */
export const undoImport = endpoint({
  id: 'imports.undo', method: 'PUT', path: '/api/customer-imports/:importId/undo',
  text: { zh: '撤销导入', en: 'Undo an import' },
  permission: 'customer.import', writes: 'act', params: one,
  reply: z.strictObject({ id: z.string(), undone: z.number().int(), kept: z.number().int(), linesUndone: z.number().int(), linesKept: z.number().int() }),
  refusals: {
    'not-run': { status: 409, zh: '未能撤销。该导入尚未执行或已撤销', en: 'Not undone. It was not run, or is undone' },
    'undo-over': { status: 409, zh: '未能撤销。撤销期限 {day} 已过', en: 'Not undone. It could be until {day}' },
  },
})
