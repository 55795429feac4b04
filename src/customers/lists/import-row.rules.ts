import { isDay } from '../../foundation/values/business-date.ts'
import { normaliseText } from '../../foundation/values/person-name.ts'
import type { FileField, FileList, FieldValue, Values } from '../file/file-fields.contract.ts'
import { hasAll, judgeGroup, judgeRow as judgeFileRow } from '../file/file.rules.ts'
import { checkIdentity, faultDetails, normaliseNumber, type IdentityKind } from '../identity-number.rules.ts'

export type ImportColumn = { code: string; head: string; width: number; words?: readonly string[]; text?: true; of?: 'CORPORATE' | 'PERSON'; zh: string; en: string; /** A field of the file, and its part. */ field?: FileField; group?: string }
/** A cell that was read: what stands in it, and whether Excel kept it as a number. */
export type GivenCell = { text: string; asNumber: boolean }

export const rejectReasons = {
  needed: ['必填', 'needed'],
  'not-in-list': ['不在可选值内', 'none of the choices'],
  'too-long': ['最多 {most} 个字', 'at most {most} characters'],
  'too-short': ['至少 2 个字', 'at least 2 characters'],
  characters: ['含有不能使用的字符', 'has characters that may not be used'],
  day: ['不是有效日期，应如 2030-12-31', 'no day that exists, such as 2030-12-31'],
  amount: ['不是金额，最多两位小数', 'no amount, at most two decimals'],
  count: ['不是整数', 'no whole number'],
  industry: ['不是行业代码', 'no industry code'],
  phone: ['不是电话号码', 'no phone number'],
  'kept-as-number': ['Excel 把号码存成了数字，已丢失位数。请设为文本后重填', 'Excel kept it as a number and lost digits. Set the cell to text and enter it anew'],
  'identity-kind': ['该证件种类不适用于此类客户', 'this kind of document does not fit this kind of customer'],
  'identity-number': ['证件号码{fault}', 'identity number: {faultEn}'],
  'wrong-choice': ['此类客户没有这个选项', 'this kind of customer has no such choice'],
  'wrong-fields': ['不适用于此类客户，请留空', 'does not fit this kind of customer; leave it empty'],
  'twice-in-file': ['与第 {row} 行是同一客户', 'the same customer as in row {row}'],
  'not-your-customer': ['没有找到该客户号，或不由您管理', 'there is no such customer number, or it is not yours'],
  'duplicate-identity': ['该号码已有客户，归属{outlet}，请联系该网点', 'a customer with this number exists at {outletEn}; contact that outlet'],
  'identity-not-there': ['客户没有登记该种证件。请在客户页登记', 'the customer has no document of this kind. Add it on the customer’s page'],
  'proof-needed': ['{what}与系统不一致。变更须由另一人复核，请填写证明文件', '{whatEn} differs from what is here. Another person must confirm it: enter the paper that proves it'],
  'change-open': ['{what}已有待复核的变更申请', 'a change of {whatEn} waits already'],
  'not-valid': ['{said}', '{saidEn}'],
  'kind-differs': ['与系统中的客户类别不一致', 'differs from the kind that is here'],
  closed: ['客户已销户', 'the customer is closed'],
  rate: ['不是利率，应为小数如 0.0385，最多 6 位', 'no rate: a fraction such as 0.0385, at most 6 decimals'],
  mail: ['不是邮箱地址', 'no e-mail address'],
  'whose-line': ['请填写客户号，或与“客户”表中一行相同的客户名称', 'enter the customer number, or a name that stands in one row of the sheet 客户'],
  'name-twice': ['“客户”表中有多位同名客户，请填写客户号', 'several customers of this name stand in the sheet 客户: enter the number'],
  'customer-rejected': ['该客户在“客户”表中被拒收（第 {row} 行）', 'this customer was rejected in the sheet 客户 (row {row})'],
  'line-twice': ['与第 {row} 行相同', 'the same as row {row}'],
  'same-name': ['全行已有 {count} 位同名客户（{outlets}）。如确为另一客户，请在“已核对同名”填“是”', 'customers of this name are here already: {count} ({outletsEn}). Enter 是 in the last column if this is another one'],
} as const
export type RejectReason = keyof typeof rejectReasons
export type Reject = { column: string; reason: RejectReason; details?: Record<string, string> }

export type JudgedRow = {
  number: string | null; kind: 'CORPORATE' | 'PERSON' | null; name: string | null; sameNameSeen: boolean; phone: string | null; source: string | null
  identity: { kind: IdentityKind; number: string; checked: boolean; expiresOn: string | null; sex: 'M' | 'F' | null; birthDate: string | null } | null
  corporate: Record<string, string | number>; person: Record<string, string>
  /** The paper that proves a change of identity. */
  proof: string | null
  /** Fields of the file by table and column, as the database keeps them. */
  tables: Readonly<Record<string, Readonly<Record<string, FieldValue>>>>
}

const identityWords: Readonly<Record<string, IdentityKind>> = {
  统一社会信用代码: 'USCC', 组织机构代码: 'LEGACY_ORG_CODE', 居民身份证: 'RESIDENT_ID', 港澳居民通行证: 'HK_MACAO_PERMIT', 台湾居民通行证: 'TAIWAN_PERMIT', 外国人永久居留证: 'FOREIGN_PERMANENT', 护照: 'PASSPORT', 军官证: 'MILITARY', 其他: 'OTHER',
}
const companyDocuments: readonly IdentityKind[] = ['USCC', 'LEGACY_ORG_CODE', 'OTHER']
const longest: Readonly<Record<string, number>> = {
  number: 24, name: 120, identityNumber: 60, phone: 30, source: 60, legalRepresentative: 60, registeredAddress: 200, operatingAddress: 200, businessScope: 1000, industryCode: 5, occupation: 60, employer: 100, nationality: 40, proof: 120,
}
const forbidden = /[\u0000-\u001f\u007f-\u009f\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufffe\uffff]/

/** What a row says, or everything that is wrong with it, column by column; whether the bank has such a customer is asked afterwards. */
export function judgeRow(columns: readonly ImportColumn[], cells: Readonly<Record<string, GivenCell>>, today: string): { ok: true; row: JudgedRow } | { ok: false; rejects: Reject[] } {
  const rejects: Reject[] = []
  const fault = (column: string, reason: RejectReason, details?: Record<string, string>): void => void rejects.push(details ? { column, reason, details } : { column, reason })
  const text = (code: string): string => normaliseText(cells[code]?.text ?? '')
  for (const column of columns) formFault(column, cells[column.code], fault)

  const isNew = text('number') === ''
  const kind = text('kind') === '企业' ? 'CORPORATE' : text('kind') === '个人' ? 'PERSON' : null
  if (isNew) for (const code of ['kind', 'name', 'identityKind', 'identityNumber']) if (text(code) === '') fault(code, 'needed')
  if (kind !== null) for (const column of columns) if (column.of !== undefined && column.of !== kind && text(column.code) !== '') fault(column.code, 'wrong-fields')
  const identity = judgeIdentity(text, cells, kind, today, fault)
  if (rejects.length === 0) judgeFile(columns, text, today, identity, fault)
  if (rejects.length > 0) return { ok: false, rejects }

  const filled = (codes: readonly string[]): [string, string][] => codes.map((code): [string, string] => [code, text(code)]).filter(([, value]) => value !== '')
  const corporate: Record<string, string | number> = Object.fromEntries(filled(['legalRepresentative', 'registeredAddress', 'operatingAddress', 'businessScope', 'industryCode', 'sizeClass', 'establishedOn']))
  if (text('registeredCapital') !== '') corporate['registeredCapitalFen'] = fenOf(text('registeredCapital'))
  if (text('staffCount') !== '') corporate['staffCount'] = Number(text('staffCount'))
  const person = Object.fromEntries(filled(['occupation', 'employer', 'nationality']))
  if (text('birthdayCalendar') !== '') person['birthdayCalendar'] = text('birthdayCalendar') === '农历' ? 'LUNAR' : 'SOLAR'
  const given = (code: string): string | null => (text(code) === '' ? null : text(code))
  return { ok: true, row: {
    number: given('number'), kind, name: given('name'), sameNameSeen: text('sameNameSeen') === '是', source: given('source'), phone: given('phone') === null ? null : normaliseNumber(text('phone')).replaceAll('-', ''), identity, corporate, person,
    proof: given('proof'), tables: tablesOf(columns, text),
  } }
}

type TextOf = (code: string) => string

/** What stands in the columns of the file, by the names of its fields. */
const valueOf = (field: FileField, text: string): FieldValue => {
  switch (field.kind) {
    case 'choice': return field.options.find((option) => option.zh === text)?.code ?? text
    case 'flag': return text === '是'
    case 'count': case 'year': return Number(text)
    case 'money': return fenOf(text)
    case 'texts': return text.split(/[；;]/).map((part) => part.trim()).filter((part) => part !== '')
    default: return text
  }
}

function tablesOf(columns: readonly ImportColumn[], text: TextOf): Record<string, Record<string, FieldValue>> {
  const tables: Record<string, Record<string, FieldValue>> = {}
  for (const { code, field } of columns) if (field && text(code) !== '') (tables[field.table ?? 'customer'] ??= {})[field.column] = valueOf(field, text(code))
  return tables
}

const refusalTexts: Readonly<Record<string, readonly [zh: string, en: string]>> = {
  'in-future': ['日期晚于今天', 'the day lies in the future'], 'before-start': ['到期日早于起始日', 'the end lies before the beginning'], 'goes-together': ['须一并填写{what}', 'needs {whatEn} as well'],
  'industry-code': ['行业代码应为一个大写字母加 2 至 4 位数字', 'an industry code is a capital letter and two to four digits'], 'differs-from-id': ['与身份证号码不符', 'differs from the identity card’s number'],
}

/** Each part of the file as the form would judge it, by what the row gives: what goes together stands in one row. */
function judgeFile(columns: readonly ImportColumn[], text: TextOf, today: string, identity: JudgedRow['identity'], fault: Fault): void {
  const parts = new Map<string, Record<string, FieldValue>>()
  for (const { code, field, group } of columns) if (field && group !== undefined && text(code) !== '') parts.set(group, { ...parts.get(group), [field.name]: valueOf(field, text(code)) })
  const fromId = identity?.sex && identity.birthDate !== null ? { sex: identity.sex, birthDate: identity.birthDate } : null
  for (const [group, values] of parts) {
    const judged = judgeGroup(group, values as Values, { today, fromId })
    if (judged.ok) continue
    const { name, field = '', details = {} } = judged.refusal
    const [zh, en] = (refusalTexts[name] ?? [name, name]).map((one) => one.replace(/\{(\w+)\}/g, (whole, key: string) => details[key] ?? whole))
    fault(field.replace('values.', ''), 'not-valid', { said: zh ?? name, saidEn: en ?? name })
  }
}

/** A line of one of the further sheets: whose it is, and the values of a row of that list, as its form would judge them. */
export type JudgedLine = { number: string | null; name: string | null; values: Values }

export function judgeLine(list: FileList, columns: readonly ImportColumn[], cells: Readonly<Record<string, GivenCell>>, today: string): { ok: true; line: JudgedLine } | { ok: false; rejects: Reject[] } {
  const rejects: Reject[] = []
  const fault: Fault = (column, reason, details) => void rejects.push(details ? { column, reason, details } : { column, reason })
  const text: TextOf = (code) => normaliseText(cells[code]?.text ?? '')
  for (const column of columns) formFault(column, cells[column.code], fault)
  if (text('number') === '' && text('name') === '') fault('number', 'whose-line')
  for (const field of list.fields) if (field.required && text(field.name) === '') fault(field.name, 'needed')
  // what is no amount is not worked out
  if (rejects.length > 0) return { ok: false, rejects }
  const values: Values = Object.fromEntries(list.fields.flatMap((field): [string, FieldValue][] => (text(field.name) !== '' ? [[field.name, valueOf(field, text(field.name))]] : field.empty !== undefined ? [[field.name, field.empty]] : field.kind === 'flag' ? [[field.name, false]] : [])))
  for (const judged of [hasAll(list.fields, values), judgeFileRow(list.code, values, { today, id: '', others: [], idNumber: undefined })]) {
    if (judged.ok) continue
    const { name, field = '', details = {} } = judged.refusal
    const [zh, en] = (refusalTexts[name] ?? [name, name]).map((one) => one.replace(/\{(\w+)\}/g, (whole, key: string) => details[key] ?? whole))
    return { ok: false, rejects: [{ column: field.replace('values.', ''), reason: 'not-valid', details: { said: zh ?? name, saidEn: en ?? name } }] }
  }
  const given = (code: string): string | null => (text(code) === '' ? null : text(code))
  return { ok: true, line: { number: given('number'), name: given('name'), values } }
}

type Fault = (column: string, reason: RejectReason, details?: Record<string, string>) => void

function formFault(column: ImportColumn, cell: GivenCell | undefined, fault: Fault): void {
  const raw = cell?.text ?? ''
  if (raw === '') return
  const text = normaliseText(raw)
  const { code } = column
  if (forbidden.test(raw.replace(/[\r\n\t]/g, ' ')) || !raw.isWellFormed()) return fault(code, 'characters')
  if (column.words && !column.words.includes(text)) return fault(code, 'not-in-list')
  const most = longest[code]
  if (most !== undefined && [...text].length > most) return fault(code, 'too-long', { most: String(most) })
  if (code === 'name' && [...text].length < 2) return fault(code, 'too-short')
  // fifteen digits are all that a number of Excel keeps
  if (column.text && cell?.asNumber && /\d{16}|e\+/i.test(text)) return fault(code, 'kept-as-number')
  if (['identityExpires', 'establishedOn'].includes(code) && !isDay(text)) return fault(code, 'day')
  if (code === 'registeredCapital' && !/^\d{1,13}(\.\d{1,2})?$/.test(plainNumber(text))) return fault(code, 'amount')
  if (code === 'staffCount' && !/^\d{1,8}$/.test(text)) return fault(code, 'count')
  if (code === 'industryCode' && !/^[A-Z]?\d{0,4}$/.test(text)) return fault(code, 'industry')
  if (column.field) return fieldFault(column.field, code, text, fault)
  if (code === 'phone' && !/^\+?[\d -]{5,25}$/.test(text)) return fault(code, 'phone')
}

function fieldFault(field: FileField, code: string, text: string, fault: Fault): void {
  switch (field.kind) {
    case 'text': case 'area': case 'address': return [...text].length > field.max ? fault(code, 'too-long', { most: String(field.max) }) : undefined
    case 'texts': {
      const parts = text.split(/[；;]/)
      return parts.length > 20 || parts.some((part) => [...part.trim()].length > field.max) ? fault(code, 'too-long', { most: String(field.max) }) : undefined
    }
    case 'day': return isDay(text) ? undefined : fault(code, 'day')
    case 'money': return /^\d{1,13}(\.\d{1,2})?$/.test(plainNumber(text)) ? undefined : fault(code, 'amount')
    case 'rate': return /^\d(\.\d{1,6})?$/.test(text) ? undefined : fault(code, 'rate')
    case 'phone': return /^\+?[\d -]{5,25}$/.test(text) ? undefined : fault(code, 'phone')
    case 'mail': return /^[\w.+-]{1,64}@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+$/.test(text) && text.length <= 120 ? undefined : fault(code, 'mail')
    case 'count': case 'year': return /^\d{1,9}$/.test(text) && Number(text) >= field.least && Number(text) <= field.most ? undefined : fault(code, 'count')
    default: return undefined
  }
}

const plainNumber = (text: string): string => text.replaceAll(',', '')

/** Yuan with at most two decimals, as whole fen. */
function fenOf(text: string): string {
  const [yuan = '0', cents = ''] = plainNumber(text).split('.')
  return String(BigInt(yuan) * 100n + BigInt(cents.padEnd(2, '0')))
}

function judgeIdentity(text: (code: string) => string, _cells: Readonly<Record<string, GivenCell>>, kind: 'CORPORATE' | 'PERSON' | null, today: string, fault: Fault): JudgedRow['identity'] {
  const documentKind = identityWords[text('identityKind')]
  const typed = text('identityNumber')
  if (documentKind === undefined || typed === '') {
    if (documentKind !== undefined && typed === '' && text('number') !== '') fault('identityNumber', 'needed')
    if (documentKind === undefined && typed !== '' && text('identityKind') === '' && text('number') !== '') fault('identityKind', 'needed')
    return null
  }
  if (kind !== null && (kind === 'CORPORATE' ? !companyDocuments.includes(documentKind) : documentKind === 'USCC' || documentKind === 'LEGACY_ORG_CODE')) fault('identityKind', 'identity-kind')
  const verdict = checkIdentity(documentKind, typed, today)
  if (!verdict.ok) {
    fault('identityNumber', 'identity-number', faultDetails(verdict.faults))
    return null
  }
  const expiresOn = text('identityExpires')
  return { kind: documentKind, number: verdict.number, checked: verdict.checked, expiresOn: expiresOn === '' || !isDay(expiresOn) ? null : expiresOn, sex: verdict.sex, birthDate: verdict.birthDate }
}

/** A reason in the reader's words. */
export function rejectText({ reason, details = {} }: Pick<Reject, 'reason' | 'details'>, language: 'zh' | 'en'): string {
  return rejectReasons[reason][language === 'zh' ? 0 : 1].replace(/\{(\w+)\}/g, (whole, name: string) => details[name] ?? whole)
}
