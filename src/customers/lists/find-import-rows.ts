import type { ReadRow } from '../../foundation/spreadsheets/read-workbook.ts'
import { ok, refuse, type Outcome } from '../../foundation/values/outcome.ts'
import { normaliseText } from '../../foundation/values/person-name.ts'
import type { IdentityField } from '../identity/identity-change.contract.ts'
import type { GivenCell, ImportColumn, JudgedRow, Reject } from './import-row.rules.ts'

/** With what numbers of a checked workbook are bound until the import runs. */
export const importPurpose = 'customer import'

export type Verdict = { row: number; name: string | null; verdict: 'NEW' | 'UPDATE' | 'SAME' | 'REJECT'; customerId: string | null; rejects: (Reject & { value: string | null })[]; judged: JudgedRow | null; changes: string[]; asks: IdentityField[] }
export type TableRow = { row: number; cells: Record<string, GivenCell> }

/** Finds the heading (people may write above it) and gives each row by columns. A column that is none of ours is refused: its values would be lost without a word. */
export function tableOf(rows: readonly ReadRow[], all: readonly ImportColumn[], known: string): Outcome<TableRow[]> {
  const plain = (head: string): string => normaliseText(head).replace(/[*＊]/g, '').replaceAll('(', '（').replaceAll(')', '）').trim()
  const at = rows.slice(0, 15).findIndex(({ cells }) => cells.some((cell) => plain(cell.text) === plain(known)))
  const head = rows[at]
  if (!head) return refuse('no-header')
  const columns: (string | null)[] = []
  for (const { text } of head.cells) {
    const column = text === '' ? null : all.find((one) => plain(one.head) === plain(text))
    if (column === undefined) return refuse('unknown-column', { details: { column: [...text].slice(0, 20).join('') } })
    if (column && columns.includes(column.code)) return refuse('column-twice', { details: { column: column.head } })
    columns.push(column?.code ?? null)
  }
  const found = rows.slice(at + 1).map(({ row, cells }): TableRow => ({ row, cells: Object.fromEntries(cells.flatMap((cell, place): [string, GivenCell][] => {
    const code = columns[place]
    return code === null || code === undefined || cell.text === '' ? [] : [[code, cell]]
  })) })).filter(({ cells }) => Object.keys(cells).length > 0)
  return found.length === 0 ? refuse('no-rows') : ok(found)
}
