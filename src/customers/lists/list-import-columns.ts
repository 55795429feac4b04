import { fileGroups, listOf, type FileField, type FileGroup, type FileList } from '../file/file-fields.contract.ts'
import { importColumns } from './import-column-template.ts'
import type { ImportColumn } from './import-row.rules.ts'

/** The parts of the file that whoever brings customers in may type: not what the anti-money-laundering desk judges, nor the class of confidentiality. */
const typedGroups: readonly string[] = ['REGISTRATION', 'PROFILE', 'PERSONAL', 'FINANCES', 'RISK', 'BANKING', 'CONTACT_RULES']

function columnOf(field: FileField, group: Pick<FileGroup, 'for' | 'code'>): ImportColumn {
  const kind = field.only ?? (group.for === 'BOTH' ? undefined : group.for)
  const about = kind === 'CORPORATE' ? ['企业', 'Companies'] as const : kind === 'PERSON' ? ['个人', 'Persons'] as const : ['企业和个人', 'Companies and persons'] as const
  const [zh, en] = ({
    day: ['日期，如 2026-05-01', 'a day such as 2026-05-01'], money: ['元，最多两位小数', 'yuan, at most two decimals'], count: ['整数', 'a whole number'], year: ['年份，如 2025', 'a year such as 2025'], flag: ['是或否', '是 (yes) or 否 (no)'],
    rate: ['小数，如 0.0385', 'a fraction such as 0.0385'], phone: ['手机或座机', 'mobile or landline'], mail: ['邮箱地址', 'an e-mail address'],
    choice: ['从列表中选择', 'choose from the list'], texts: ['多个用“；”分开', 'several are separated by “；”'],
  } as Record<string, [string, string]>)[field.kind] ?? ['max' in field ? `最多 ${field.max.toLocaleString('en-US')} 个字` : '', 'max' in field ? `at most ${field.max.toLocaleString('en-US')} characters` : '']
  return {
    code: field.name, head: field.kind === 'money' ? `${field.zh}（元）` : field.zh, width: field.kind === 'area' ? 30 : 16, zh: `${about[0]}，${zh}${field.hint ? `。${field.hint.zh}` : ''}`, en: `${about[1]}, ${en}${field.hint ? `. ${field.hint.en}` : ''}`, field, group: group.code,
    ...(kind === undefined ? {} : { of: kind }), ...(field.kind === 'choice' ? { words: field.options.map((option) => option.zh) } : field.kind === 'flag' ? { words: ['是', '否'] } : {}), ...(['text', 'phone'].includes(field.kind) ? { text: true as const } : {}),
  }
}

const there = new Set(importColumns.map((column) => column.code))

/** Every column of the workbook: who the customer is, then its file; a field that has a column already keeps that one. */
export const allImportColumns: readonly ImportColumn[] = [
  ...importColumns, ...fileGroups.filter((group) => typedGroups.includes(group.code)).flatMap((group) => group.fields.filter((field) => !there.has(field.name)).map((field) => columnOf(field, group))),
]

export type FileTable = 'corporate' | 'person' | 'corporate_file' | 'person_file' | 'customer_file'
/** The columns of the database that the workbook fills beside its first ones, by table. */
export const fileColumnsOf = (table: FileTable | 'customer'): FileField[] => allImportColumns.flatMap(({ field }) => (field && (field.table ?? 'customer') === table ? [field] : []))

export type SheetCode = 'CONTACTS' | 'ADDRESSES' | 'BANKS' | 'DOCUMENTS'
export type ImportSheet = { code: SheetCode; name: string; list: FileList; columns: readonly ImportColumn[] }

/** The further sheets of the workbook: each line is a row of the file of one customer, told by number or by its name in the first sheet. */
export const importSheets: readonly ImportSheet[] = ([['CONTACTS', '联系人'], ['ADDRESSES', '地址'], ['BANKS', '他行'], ['DOCUMENTS', '资料']] as const).map(([code, name]) => {
  const list = listOf(code)
  if (!list) throw new Error(`no list ${code}`)
  return { code, name, list, columns: [
    { code: 'number', head: '客户号', width: 14, text: true as const, zh: '由您管理的客户；同一工作簿中的新客户留空', en: 'One of your own customers; empty for a new one of this workbook' },
    { code: 'name', head: '客户名称', width: 32, zh: '没有客户号时填写，与“客户”表中的一行相同', en: 'Without a number: as in one row of the sheet 客户' },
    ...list.fields.map((field) => { const column = columnOf(field, list); return { ...column, head: field.required ? `${column.head}*` : column.head } }),
  ] }
})
