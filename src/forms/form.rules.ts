import { isDay } from '../foundation/values/business-date.ts'
import { yuanText } from '../foundation/values/fen.ts'
import { mostFiles, type AnswerRow, type AnswerState, type AnswersFor, type Cell, type CellSource, type CellType, type CustomersAsked, type DataClass, type FormState } from './form.contract.ts'

/** What may stand in a cell, when a pre-filled value needs a reason, and what a form itself may ask. Pure: the phone checks while one types, the server checks again. */

export type Words = { zh: string; en: string }
export type Fault = { row: number; code: string; text: Words }

/** What the bank knows by itself: its type, its words, and where it is read. LAST is what the same person answered to the former form. */
export const sourceTable: Readonly<Record<CellSource, Words & { type: CellType | null; where: Words | null }>> = {
  LAST: { zh: '上次填报', en: 'Last answer', type: null, where: null },
  CUSTOMERS: { zh: '管户数', en: 'Customers', type: 'WHOLE', where: { zh: '客户列表', en: 'Customer list' } },
  CORE_CUSTOMERS: { zh: '核心客户数', en: 'Core customers', type: 'WHOLE', where: { zh: '客户列表', en: 'Customer list' } },
  DEPOSITS: { zh: '存款余额', en: 'Deposits', type: 'AMOUNT', where: { zh: '存款', en: 'Deposits' } },
  DEPOSITS_MONTH: { zh: '本月日均存款', en: 'Average of the month', type: 'AMOUNT', where: { zh: '存款', en: 'Deposits' } },
  CONTACTS_MONTH: { zh: '本月有效联系', en: 'Effective contacts of the month', type: 'WHOLE', where: { zh: '拜访与联系', en: 'Contacts' } },
  VISITS_MONTH: { zh: '本月见面拜访', en: 'Visits of the month', type: 'WHOLE', where: { zh: '拜访与联系', en: 'Contacts' } },
}
/** Figures that the bank has for each customer. */
export const customerSources: readonly CellSource[] = ['DEPOSITS', 'CONTACTS_MONTH', 'VISITS_MONTH']
/** Figures of the bank: changed only with a reason. */
export const isLedger = (source: CellSource | null): boolean => source !== null && source !== 'LAST'

const longestText = 500
const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/
/** Which files stand in a cell that holds files. */
export const fileIdsOf = (value: string | undefined): string[] => (value ?? '').split(' ').filter((id) => id !== '')

/** What is wrong with a value of this cell; null when it may stand. An empty value is judged by `required` alone. */
export function faultOfValue(cell: Cell, value: string): Words | null {
  switch (cell.type) {
    case 'TEXT': return [...value].length > longestText ? { zh: `最多 ${longestText} 个字`, en: `at most ${longestText} characters` } : null
    case 'CHOICE': return cell.choices.includes(value) ? null : { zh: '不在选项中', en: 'not one of the choices' }
    case 'FILE': return fileIdsOf(value).length > mostFiles ? { zh: `最多 ${mostFiles} 个附件`, en: `at most ${mostFiles} files` } : fileIdsOf(value).every((id) => uuid.test(id)) ? null : { zh: '附件不存在', en: 'no such file' }
    case 'DATE': return isDay(value) ? null : { zh: '日期不存在，应为 YYYY-MM-DD', en: 'not a day, as YYYY-MM-DD' }
    case 'WHOLE':
    case 'AMOUNT': {
      if (!/^(0|-?[1-9]\d{0,17})$/.test(value)) return cell.type === 'WHOLE' ? { zh: '应为整数', en: 'not a whole number' } : { zh: '应为金额', en: 'not an amount' }
      const told = (limit: string): string => (cell.type === 'AMOUNT' ? yuanText(BigInt(limit)) : limit)
      if (cell.least !== null && BigInt(value) < BigInt(cell.least)) return { zh: `不能小于 ${told(cell.least)}`, en: `not below ${told(cell.least)}` }
      if (cell.most !== null && BigInt(value) > BigInt(cell.most)) return { zh: `不能大于 ${told(cell.most)}`, en: `not above ${told(cell.most)}` }
      return null
    }
  }
}

const clean = (value: string | undefined): string => (value ?? '').trim()

/** What was filled in beforehand: the same for each row, or, of a form about customers, by the row. */
export type Known = Readonly<Record<string, string>> | ((row: AnswerRow) => Readonly<Record<string, string>>)
const knownOf = (known: Known, row: AnswerRow): Readonly<Record<string, string>> => (typeof known === 'function' ? known(row) : known)
/** Of a form about customers each row knows what the bank has of its customer. */
export const knownBySubject = (subjects: readonly { of: string; prefilled: Readonly<Record<string, string>> }[]): Known => {
  const by = new Map(subjects.map((one) => [one.of, one.prefilled]))
  return (row) => by.get(row.of ?? '') ?? {}
}
/** A row for each customer in their order, empty where nothing was told yet; what is about nobody of them is dropped. */
export function rowsBySubject(subjects: readonly { of: string }[], rows: readonly AnswerRow[]): AnswerRow[] {
  const by = new Map(rows.map((row) => [row.of, row]))
  return subjects.map(({ of }) => ({ values: {}, reasons: {}, ...by.get(of), of }))
}

/** Rows without a value are none; values are trimmed, what is not a cell of the form is dropped, reasons stay only where a pre-filled figure was changed. */
export function tidyRows(cells: readonly Cell[], rows: readonly AnswerRow[], known: Known): AnswerRow[] {
  return rows.map((row): AnswerRow => {
    const prefilled = knownOf(known, row)
    const values = Object.fromEntries(cells.flatMap((cell) => (clean(row.values[cell.code]) === '' ? [] : [[cell.code, clean(row.values[cell.code])]])))
    const reasons = Object.fromEntries(cells.flatMap((cell) => (isChanged(cell, values[cell.code], prefilled) && clean(row.reasons[cell.code]) !== '' ? [[cell.code, clean(row.reasons[cell.code])]] : [])))
    return { values, reasons, ...(row.of === undefined ? {} : { of: row.of }) }
  }).filter((row) => Object.keys(row.values).length > 0)
}

/** A figure of the bank stands otherwise than it was filled in. */
export function isChanged(cell: Cell, value: string | undefined, prefilled: Readonly<Record<string, string>>): boolean {
  const before = prefilled[cell.code]
  return isLedger(cell.source) && before !== undefined && (value ?? '') !== before
}

/** All that is wrong, in the order of rows and cells. `whole`: it is handed in, so nothing required may lack and changed figures have their reason. */
export function faultsOf(cells: readonly Cell[], rows: readonly AnswerRow[], known: Known, whole: boolean): Fault[] {
  if (whole && rows.length === 0) {
    const [first] = cells.filter((cell) => cell.required)
    // a form that asks nothing that must be there may be handed in empty: there was nothing to tell
    return first === undefined ? [] : [{ row: 0, code: first.code, text: { zh: '必填', en: 'required' } }]
  }
  return rows.flatMap((row, place) => cells.flatMap((cell): Fault[] => {
    const prefilled = knownOf(known, row)
    const value = clean(row.values[cell.code])
    const fault = (text: Words): Fault[] => [{ row: place, code: cell.code, text }]
    if (value === '') return whole && cell.required ? fault({ zh: '必填', en: 'required' }) : whole && isChanged(cell, '', prefilled) && clean(row.reasons[cell.code]) === '' ? fault({ zh: '与系统数不同，请填写原因', en: 'differs from the system: say why' }) : []
    const wrong = faultOfValue(cell, value)
    if (wrong) return fault(wrong)
    return whole && isChanged(cell, value, prefilled) && clean(row.reasons[cell.code]) === '' ? fault({ zh: '与系统数不同，请填写原因', en: 'differs from the system: say why' }) : []
  }))
}

export type FormFault =
  | { name: 'cell-codes' | 'choices-missing' | 'limits-reversed' | 'source-does-not-fit' | 'last-needs-copy' | 'source-needs-one-row' | 'file-prefilled' | 'customers-unsaid' | 'purpose-unsaid' | 'customers-by-name' | 'source-not-per-customer'; label: string }
  | { name: 'ledger-has-it'; where: Words } | { name: 'classed-cell'; label: string; what: Words } | null

type FormAsked = { answersFor: AnswersFor; cells: readonly Cell[]; mostRows: number; copiedFrom: string | null; customers: CustomersAsked | null; purpose: string | null }

/** Whether a form may be asked as it is built. What the ledgers hold anyway is not asked of people: the report is named. */
export function faultOfForm(form: FormAsked): FormFault {
  if (new Set(form.cells.map((cell) => cell.code)).size !== form.cells.length) return { name: 'cell-codes', label: '' }
  if (form.answersFor === 'CUSTOMER' && (form.customers === null || (form.customers.of === 'SEGMENT' && form.customers.segment === null))) return { name: 'customers-unsaid', label: '' }
  if (form.answersFor === 'CUSTOMER' && form.purpose === null) return { name: 'purpose-unsaid', label: '' }
  for (const cell of form.cells) {
    const classed = classedWords(cell.label, form.answersFor === 'CUSTOMER')
    if (classed) return { name: 'classed-cell', label: cell.label, what: classed }
    if (form.answersFor !== 'CUSTOMER' && namesCustomers(cell.label)) return { name: 'customers-by-name', label: cell.label }
    if (cell.type === 'CHOICE' && new Set(cell.choices).size < 2) return { name: 'choices-missing', label: cell.label }
    if (cell.type === 'FILE' && cell.source !== null) return { name: 'file-prefilled', label: cell.label }
    if (cell.least !== null && cell.most !== null && BigInt(cell.least) > BigInt(cell.most)) return { name: 'limits-reversed', label: cell.label }
    if (cell.source !== null && cell.source !== 'LAST' && sourceTable[cell.source].type !== cell.type) return { name: 'source-does-not-fit', label: cell.label }
    if (form.answersFor === 'CUSTOMER' && cell.source !== null && !customerSources.includes(cell.source)) return { name: 'source-not-per-customer', label: cell.label }
    if (cell.source === 'LAST' && (form.copiedFrom === null || form.mostRows > 1)) return { name: 'last-needs-copy', label: cell.label }
    if (cell.source !== null && form.answersFor !== 'CUSTOMER' && form.mostRows > 1) return { name: 'source-needs-one-row', label: cell.label }
  }
  if (form.cells.every((cell) => isLedger(cell.source))) {
    const where = [...new Map(form.cells.flatMap((cell) => (cell.source === null ? [] : [sourceTable[cell.source].where])).flatMap((one) => (one === null ? [] : [[one.zh, one] as const]))).values()]
    return { name: 'ledger-has-it', where: { zh: where.map(({ zh }) => zh).join('、'), en: where.map(({ en }) => en).join(', ') } }
  }
  return null
}

/** Values that 2.13 keeps encrypted, masked and counted: they stand in the customer's file and in no form. */
const classedTable: readonly (Words & { words: RegExp })[] = [
  { words: /身份证|证件号|护照号|证照号码|统一社会信用代码|id number|passport/i, zh: '证件号码', en: 'an identity number' },
  { words: /手机|电话|联系方式|phone|mobile/i, zh: '电话', en: 'a phone number' },
  { words: /账号|帐号|卡号|account number|card number/i, zh: '账号', en: 'an account number' },
  { words: /住址|家庭地址|住所|home address/i, zh: '住址', en: 'a home address' },
  { words: /指纹|人脸|声纹|虹膜|biometric/i, zh: '生物识别信息', en: 'biometric data' },
  { words: /健康|病史|疾病|health/i, zh: '健康信息', en: 'health data' },
  { words: /征信|可疑|洗钱|credit report|suspicio/i, zh: '征信或可疑交易信息', en: 'a credit report or a suspicion' },
]
const ofCustomers = /客户|借款人|持卡人|存款人|企业主|法人|法定代表人|股东|customer|borrower/i
/** Of which class a column would be that no form may hold; null: of none. Outside of a form about customers only columns that speak of customers are meant: a colleague's own phone may be asked. */
export function classedWords(label: string, aboutCustomers: boolean): Words | null {
  if (!aboutCustomers && !ofCustomers.test(label)) return null
  const found = classedTable.find(({ words }) => words.test(label))
  return found ? { zh: found.zh, en: found.en } : null
}
const namesCustomers = (label: string): boolean => /(客户|借款人|持卡人|存款人)(姓名|名称|名单|全称|号)$/.test(label.trim()) || /^(customer|borrower)s?[’'s]* (names?|numbers?)$/i.test(label.trim())

/** Of which class the answers are (2.13): amounts and files about customers are sensitive. */
export const dataClassOf = (form: Pick<FormAsked, 'answersFor' | 'cells'>): DataClass => (form.answersFor === 'CUSTOMER' && form.cells.some((cell) => cell.type === 'AMOUNT' || cell.type === 'FILE') ? 'GENERAL_SENSITIVE' : 'GENERAL')

/** Why somebody may not fill in now; null when he may. */
export function faultOfFilling(facts: { own: boolean; named?: boolean; form: FormState; answer: AnswerState }): 'not-yours-to-answer' | 'filled-by-another' | 'form-state' | 'submitted-already' | 'waits-for-head' | null {
  if (!facts.own) return 'not-yours-to-answer'
  if (facts.named === true) return 'filled-by-another'
  if (facts.form !== 'OPEN' || facts.answer === 'ENDED') return 'form-state'
  return facts.answer === 'SUBMITTED' ? 'submitted-already' : facts.answer === 'WAITING' ? 'waits-for-head' : null
}

/** It was handed in: what was answered may be read by whom it concerns. Whether it counts is another question. */
export const isHandedIn = (state: AnswerState): boolean => state === 'SUBMITTED' || state === 'WAITING'

/** Whether somebody may have a file of an answer; null when he may. A draft's files are its filler's; of a customer only who may see the customer has them. */
export function faultOfFile(facts: { reader: number; filler: number; collector: number; confirmers: readonly number[]; answer: AnswerState; seesCustomer: boolean }): 'file-of-others' | 'customer-out-of-sight' | null {
  const drafts = facts.reader === facts.filler
  const handed = isHandedIn(facts.answer) && (facts.reader === facts.collector || facts.confirmers.includes(facts.reader))
  if (!drafts && !handed) return 'file-of-others'
  return facts.seesCustomer ? null : 'customer-out-of-sight'
}

export type ConfirmFault = 'own-answer' | 'asks-no-confirmation' | 'nobody-confirms' | 'not-the-head' | 'form-state' | 'not-submitted' | 'confirmed-already' | null

/** Why somebody may not confirm or send back now; null when he may. `confirmers`: who may today; nobody is among them for himself. */
export function faultOfConfirming(facts: { reader: number; answeredBy: number; confirmers: readonly number[]; confirms: boolean; form: FormState; answer: AnswerState }): ConfirmFault {
  if (facts.reader === facts.answeredBy) return 'own-answer'
  if (!facts.confirms) return 'asks-no-confirmation'
  if (facts.confirmers.length === 0) return 'nobody-confirms'
  if (!facts.confirmers.includes(facts.reader)) return 'not-the-head'
  if (facts.form !== 'OPEN') return 'form-state'
  return facts.answer === 'WAITING' ? null : facts.answer === 'SUBMITTED' ? 'confirmed-already' : 'not-submitted'
}

export const formStateWords: Readonly<Record<FormState, Words>> = { DRAFT: { zh: '草稿', en: 'draft' }, OPEN: { zh: '收集中', en: 'open' }, CLOSED: { zh: '已结束', en: 'closed' }, WITHDRAWN: { zh: '已撤回', en: 'withdrawn' } }
