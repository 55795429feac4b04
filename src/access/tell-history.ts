import { sql, type Transaction } from '../foundation/database/transaction.ts'
import type { HistoryChange, HistoryLine, StoredValue } from '../foundation/journal/read-history.ts'
import type { HistoryLineView } from './journal.contract.ts'
import { actionSentence, fieldLabel, institutionFields, isTold, personFields, postFields, reasonText, valueWord, type Language } from './journal-words.ts'

type Names = { people: Map<number, string>; units: Map<number, string>; posts: Map<string, string> }

/** Tells lines in the reader's language: fields by their names, codes by their words, keys of people and units by the names of today, fen as yuan. */
export async function tellLines(tx: Transaction, lines: readonly HistoryLine[], language: Language): Promise<HistoryLineView[]> {
  const names = await namesFor(tx, lines, language)
  return lines.map((line) => ({
    id: line.id,
    at: line.at,
    who: line.personKey === null ? null : (names.people.get(line.personKey) ?? String(line.personKey)),
    sentence: actionSentence(line.action, line.table, line.rows, language),
    why: reasonText(line.why, language),
    changes: line.changes.filter((change) => isTold(line.table, change.field)).map((change) => ({
      label: fieldLabel(line.table, change.field, language),
      before: told(line.table, change, change.before, names, language),
      after: told(line.table, change, change.after, names, language),
    })),
  }))
}

function told(table: string, change: HistoryChange, value: StoredValue | undefined, names: Names, language: Language): string | null {
  if (change.unreadable) return language === 'zh' ? '已按保管期限销毁' : 'destroyed at the end of its term'
  if (change.hidden) return '***'
  if (value === undefined || value === null || value === '') return null
  const { field } = change
  const person = (key: StoredValue): string => names.people.get(Number(key)) ?? String(key)
  if (Array.isArray(value)) return value.length === 0 ? null : value.map((entry: StoredValue) => (personFields.has(field) ? person(entry) : String(entry))).join(language === 'zh' ? '、' : ', ')
  // settings and worked-out tables are not read as code: how much there is
  if (typeof value === 'object') return language === 'zh' ? `${Object.keys(value).length} 项` : `${Object.keys(value).length} entries`
  if (typeof value === 'boolean') return language === 'zh' ? (value ? '是' : '否') : value ? 'yes' : 'no'
  if (personFields.has(field)) return person(value)
  if (institutionFields.has(field)) return names.units.get(Number(value)) ?? String(value)
  if (postFields.has(field)) return names.posts.get(String(value)) ?? String(value)
  if (/_fen$/.test(field) && /^-?\d+$/.test(String(value))) return yuan(String(value), language)
  if (/_pct$/.test(field)) return `${value}%`
  if (typeof value === 'string' && /^\d{4}-\d{2}-\d{2}T[\d:.]+Z$/.test(value)) return instant.format(new Date(value)).replace(',', '')
  return valueWord(table, field, String(value), language)
}

// "2026-11-25T06:27:49Z" → "2026-11-25 14:27"
const instant = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Asia/Shanghai', dateStyle: 'short', timeStyle: 'short' })

// "-2588850" → "−25,888.50 元"
function yuan(fen: string, language: Language): string {
  const digits = fen.replace('-', '').padStart(3, '0')
  const amount = `${fen.startsWith('-') ? '\u2212' : ''}${digits.slice(0, -2).replace(/\B(?=(\d{3})+$)/g, ',')}.${digits.slice(-2)}`
  return language === 'zh' ? `${amount} 元` : `${amount} yuan`
}

async function namesFor(tx: Transaction, lines: readonly HistoryLine[], language: Language): Promise<Names> {
  const people = new Set<number>()
  const units = new Set<number>()
  for (const line of lines) {
    if (line.personKey !== null) people.add(line.personKey)
    for (const { field, before, after } of line.changes) {
      for (const value of [before, after].flat()) {
        const key = Number(value)
        if (!Number.isSafeInteger(key) || key <= 0) continue
        if (personFields.has(field)) people.add(key)
        if (institutionFields.has(field)) units.add(key)
      }
    }
  }
  const persons = await tx.all(sql<{ key: number; name: string; staff_no: string }>`SELECT staff_key AS key, staff_name AS name, staff_no FROM organisation_staff_facts WHERE staff_key = ANY(${[...people]}::int[])`)
  const places = await tx.all(sql<{ key: number; name: string; name_en: string }>`
    SELECT DISTINCT ON (institution_key) institution_key AS key, name, name_en FROM organisation_institution_facts WHERE institution_key = ANY(${[...units]}::int[]) ORDER BY institution_key, from_date DESC`)
  const posts = await tx.all(sql<{ code: string; name: string; name_en: string }>`SELECT post_code AS code, post_name AS name, post_name_en AS name_en FROM organisation_post_kind_facts`)
  return {
    people: new Map(persons.map((row) => [row.key, `${row.name}（${row.staff_no}）`])),
    units: new Map(places.map((row) => [row.key, language === 'zh' ? row.name : row.name_en])),
    posts: new Map(posts.map((row) => [row.code, language === 'zh' ? row.name : row.name_en])),
  }
}
