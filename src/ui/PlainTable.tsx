import type { ReactNode } from 'react'
import { usePhone } from './settings.ts'

export type PlainColumn = { key: string; title: ReactNode; right?: boolean }

type Props = { label: string; columns: readonly PlainColumn[]; rows: readonly { key: string; cells: readonly ReactNode[] }[]; stack?: boolean | 'short' }

/**
 * A small table of a few rows inside of a block: no order, no pages. It scrolls sideways in itself; with `stack` the phone shows each row as what the first cell names, the others below each other; with 'short' the first two cells
 * make a line and the others a smaller one under it (a cell that is null is left out there).
 */
export function PlainTable({ label, columns, rows, stack = false }: Props) {
  const phone = usePhone()
  if (phone && stack === 'short') {
    return (
      <ul className="yq-stacked" data-short="" aria-label={label}>
        {rows.map((row) => (
          <li key={row.key}>
            <div><strong>{row.cells[0]}</strong><span><span className="yq-small yq-quiet">{columns[1]?.title}</span> {row.cells[1]}</span></div>
            <div className="yq-small">{columns.slice(2).map((column, place) => (row.cells[place + 2] == null ? null : <span key={column.key}><span className="yq-quiet">{column.title}</span> {row.cells[place + 2]}</span>))}</div>
          </li>
        ))}
      </ul>
    )
  }
  if (phone && stack) {
    return (
      <ul className="yq-stacked" aria-label={label}>
        {rows.map((row) => (
          <li key={row.key}>
            <strong>{row.cells[0]}</strong>
            <dl>{columns.slice(1).map((column, place) => <div key={column.key}><dt>{column.title}</dt><dd>{row.cells[place + 1]}</dd></div>)}</dl>
          </li>
        ))}
      </ul>
    )
  }
  return (
    <div className="yq-scroll" tabIndex={0} role="region" aria-label={label}>
      <table className="yq-plain-table">
        <thead>
          <tr>{columns.map((column) => <th key={column.key} scope="col" className={column.right ? 'yq-right' : undefined}>{column.title}</th>)}</tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.key}>
              {row.cells.map((cell, index) => <td key={columns[index]?.key ?? index} className={columns[index]?.right ? 'yq-right yq-num' : staysWhole(cell) ? 'yq-num' : undefined}>{cell}</td>)}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

/** Days, months and short words are not broken: 2026-10 reads badly as two lines. */
const staysWhole = (cell: ReactNode): boolean => typeof cell === 'string' && (cell.length <= 8 || /^\d{4}-\d{2}(-\d{2})?$/.test(cell))
