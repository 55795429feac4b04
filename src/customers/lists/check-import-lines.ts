import { sql, type Transaction } from '../../foundation/database/transaction.ts'
import { canonical } from '../../foundation/http/twice-is-once.ts'
import type { Context } from '../../foundation/http/route.ts'
import type { Keyring } from '../../foundation/secrets/keyring.ts'
import { readFurtherSheet } from '../../foundation/spreadsheets/read-workbook.ts'
import { quiet } from '../../foundation/store/store.ts'
import { ok, refuse, type Outcome } from '../../foundation/values/outcome.ts'
import { normaliseText } from '../../foundation/values/person-name.ts'
import { newId } from '../../foundation/values/uuid7.ts'
import { foreignChoice, isSecret, type Values } from '../file/file-fields.contract.ts'
import { homeHash } from '../file/keep-home.ts'
import { maskPhone, normaliseNumber } from '../identity-number.rules.ts'
import { matchLines } from './engine-match-lines.ts'
import { judgeLine, type JudgedLine, type Reject } from './import-row.rules.ts'
import { importSheets, type ImportSheet } from './list-import-columns.ts'
import { importPurpose, tableOf, type TableRow, type Verdict } from './find-import-rows.ts'

type Kind = 'CORPORATE' | 'PERSON'
type Line = { sheet: ImportSheet; row: number; name: string | null; verdict: 'NEW' | 'SAME' | 'REJECT'; customerId: string | null; rejects: (Reject & { value: string | null })[]; kept: KeptLine | null }
/** What a line would write: by column in clear, its secrets to be sealed, the hashes that find the customer. */
type KeptLine = { given: Record<string, unknown>; secrets: Record<string, string>; foundBy: [kind: string, hash: string][] }
export type SheetTables = readonly { sheet: ImportSheet; rows: readonly TableRow[] }[]

/** The further sheets of the workbook, those that have lines. A column that is none of ours is refused as in the first sheet. */
export async function readSheets(bytes: Uint8Array, most: number): Promise<Outcome<SheetTables>> {
  const tables: { sheet: ImportSheet; rows: readonly TableRow[] }[] = []
  for (const sheet of importSheets) {
    const read = await readFurtherSheet(bytes, { sheet: sheet.name, mostRows: most + 20 })
    if (!read.ok) return read
    if (read.value.length === 0) continue
    const table = tableOf(read.value, sheet.columns, sheet.columns[2]?.head ?? '')
    if (!table.ok && table.refusal.name !== 'no-rows') return table.refusal.name === 'no-header' ? refuse('no-sheet-header', { details: { sheet: sheet.name, column: sheet.columns[2]?.head ?? '' } }) : table
    if (table.ok && table.value.length > most) return refuse('workbook-rows', { details: { most: String(most) } })
    if (table.ok) tables.push({ sheet, rows: table.value })
  }
  return ok(tables)
}

/** Judges every line: by its form, whose it is (one of the asker's own, or a row of the first sheet that was taken), and whether such a row stands already. */
export async function judgeLines(tx: Transaction, { actor, businessDate, services }: Context, tables: SheetTables, customers: readonly Verdict[]): Promise<Line[]> {
  const { keyring } = services.keys
  const byName = Map.groupBy(customers.filter((one) => one.name !== null), (one) => normaliseText(one.name ?? ''))
  const lines: Line[] = []
  const waiting: { line: Line; judged: JudgedLine }[] = []
  for (const { sheet, rows } of tables) {
    const seen = new Map<string, number>()
    for (const { row, cells } of rows) {
      const valueOf = (column: string): string | null => (sheet.list.fields.some((field) => field.name === column && isSecret(field)) ? null : [...(cells[column]?.text ?? '')].slice(0, 60).join('') || null)
      const line: Line = { sheet, row, name: cells['name']?.text.slice(0, 120) ?? cells['number']?.text.slice(0, 24) ?? null, verdict: 'REJECT', customerId: null, rejects: [], kept: null }
      const reject = (rejects: readonly Reject[]): void => void (line.rejects = rejects.map((one) => ({ ...one, value: valueOf(one.column) })))
      lines.push(line)
      const judged = judgeLine(sheet.list, sheet.columns, cells, businessDate)
      if (!judged.ok) {
        reject(judged.rejects)
        continue
      }
      const key = canonical(judged.line)
      const first = seen.get(key)
      if (first !== undefined) {
        reject([{ column: 'number', reason: 'line-twice', details: { row: String(first) } }])
        continue
      }
      seen.set(key, row)
      if (judged.line.number === null) {
        const named = byName.get(normaliseText(judged.line.name ?? '')) ?? []
        const taken = named.filter((one) => one.verdict !== 'REJECT')
        const [only] = taken
        if (named.length === 0) reject([{ column: 'name', reason: 'whose-line' }])
        else if (!only) reject([{ column: 'name', reason: 'customer-rejected', details: { row: String(named[0]?.row ?? '') } }])
        else if (taken.length > 1) reject([{ column: 'name', reason: 'name-twice' }])
        else waiting.push({ line: { ...line, customerId: only.customerId }, judged: judged.line })
      } else waiting.push({ line, judged: judged.line })
      if (line.rejects.length === 0) lines.pop()
    }
  }
  const kinds = new Map(customers.flatMap((one): [string, Kind][] => (one.verdict === 'NEW' && one.customerId !== null && one.judged?.kind ? [[one.customerId, one.judged.kind]] : [])))
  const owned = await matchLines(tx, waiting.map(({ line, judged }) => ({ number: judged.number, customerId: line.customerId })), actor.staffKey)
  const asked: { place: number; table: string; customerId: string; match: Record<string, unknown> }[] = []
  for (const [place, { line, judged }] of waiting.entries()) {
    const mine = judged.number === null ? owned.byId.get(line.customerId ?? '') : owned.byNumber.get(judged.number)
    const customerId = judged.number === null ? line.customerId : (mine?.customerId ?? null)
    const kind = mine?.kind ?? (customerId === null ? undefined : kinds.get(customerId))
    if (customerId === null || kind === undefined || mine?.closed) {
      lines.push({ ...line, rejects: [{ column: 'number', reason: mine?.closed ? 'closed' : 'not-your-customer', value: judged.number }] })
      continue
    }
    const foreign = foreignChoice(line.sheet.list.fields, judged.values, kind)
    if (foreign) {
      lines.push({ ...line, rejects: [{ column: foreign.name, reason: 'wrong-choice', value: foreign.kind === 'choice' ? (foreign.options.find(({ code }) => code === judged.values[foreign.name])?.zh ?? null) : null }] })
      continue
    }
    const kept = keep(keyring, line.sheet, kind, judged.values)
    lines.push({ ...line, customerId, verdict: 'NEW', kept, name: line.name ?? judged.number })
    if (mine) asked.push({ place, table: line.sheet.list.table, customerId, match: matchOf(line.sheet, judged.values, kept.given) })
    if (mine) waiting[place] = { line: lines.at(-1) ?? line, judged }
  }
  for (const place of await matchLines(tx, [], actor.staffKey, asked).then((found) => found.standing)) {
    const at = waiting[place]
    if (at) at.line.verdict = 'SAME'
  }
  const order = new Map(importSheets.map((sheet, place) => [sheet.code, place]))
  return lines.sort((a, b) => (order.get(a.sheet.code) ?? 0) - (order.get(b.sheet.code) ?? 0) || a.row - b.row)
}

/** The row as it would be written. Money and rates are numbers in JSON: the database reads them by its own types. */
function keep(keyring: Keyring, { list }: ImportSheet, kind: Kind, values: Values): KeptLine {
  const kept: KeptLine = { given: {}, secrets: {}, foundBy: [] }
  for (const field of list.fields) {
    const value = values[field.name]
    if (value === undefined || value === null) continue
    const text = String(value)
    if (field.kind === 'phone') {
      const number = normaliseNumber(text).replaceAll('-', '')
      kept.secrets[field.column] = number
      kept.given[`${field.column}_hash`] = bytea(keyring.hash('PHONE', number))
      kept.given[`${field.column}_masked`] = maskPhone(number)
      kept.foundBy.push(['PHONE', keyring.hash('PHONE', number).toString('hex')], ['PHONE_TAIL', keyring.hash('PHONE_TAIL', number.slice(-4)).toString('hex')])
    } else if (field.kind === 'mail') {
      kept.secrets[field.column] = text
      kept.given[`${field.column}_masked`] = text.replace(/^(.).*(@.*)$/, '$1***$2')
    } else if (field.kind === 'address' && kind === 'PERSON') {
      kept.secrets[field.column] = text
      kept.given[`${field.column}_hash`] = bytea(homeHash(keyring, text, typeof values['district'] === 'string' ? values['district'] : null))
    } else kept.given[field.column] = field.kind === 'money' || field.kind === 'rate' ? Number(text) : value
  }
  return kept
}

const bytea = (value: Buffer): string => `\\x${value.toString('hex')}`

/** By what a row that stands is known to be the same: everything that the line says, of what is only filled in for it nothing. */
function matchOf({ list }: ImportSheet, values: Values, given: Record<string, unknown>): Record<string, unknown> {
  const filledIn = new Set(list.fields.filter((field) => field.empty !== undefined && values[field.name] === field.empty).map((field) => field.column))
  return Object.fromEntries(Object.entries(given).filter(([column, value]) => !filledIn.has(column) && value !== false))
}

/** Keeps the lines with their verdicts until the import is run or its days are over. */
export async function keepLines(tx: Transaction, keyring: Keyring, importId: string, lines: readonly Line[]): Promise<void> {
  const rows = lines.map(({ sheet, row, name, verdict, customerId, rejects, kept }) => ({
    sheet: sheet.code, row_no: row, verdict, customer_id: verdict === 'REJECT' ? null : customerId, row_id: verdict === 'NEW' ? newId() : null, name, reasons: rejects, given: verdict === 'NEW' ? kept?.given : {}, found_by: verdict === 'NEW' ? kept?.foundBy : [],
    sealed: verdict === 'NEW' && kept && Object.keys(kept.secrets).length > 0 ? keyring.sealTransient(JSON.stringify(kept.secrets), importPurpose).toString('hex') : null,
  }))
  await quiet(tx, 'customer_import_line', 'add', sql`
    INSERT INTO customer_import_line (import_id, sheet, row_no, verdict, customer_id, row_id, name, reasons, given, found_by, sealed)
    SELECT ${importId}::uuid, r.sheet, r.row_no, r.verdict, r.customer_id, r.row_id, r.name, r.reasons, coalesce(r.given, '{}'), coalesce(r.found_by, '[]'), decode(r.sealed, 'hex')
    FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) r (sheet text, row_no int, verdict text, customer_id uuid, row_id uuid, name text, reasons jsonb, given jsonb, found_by jsonb, sealed text)`)
}
