import { Button, Input } from 'antd'
import { PlainTable } from '../../ui/PlainTable.tsx'

export type GridRow = Readonly<Record<string, string>>
type Props = {
  label: string
  columns: readonly { key: string; title: string; fixed?: boolean }[]
  rows: readonly GridRow[]
  onChange: (rows: GridRow[]) => void
  /** The word of the button that adds a row; without it the rows are given. */
  add?: string
}

/** A table to type numbers into: the first column names the row. */
export function TypedGrid({ label, columns, rows, onChange, add }: Props) {
  const set = (place: number, key: string, value: string): void => onChange(rows.map((row, at) => (at === place ? { ...row, [key]: value } : row)))
  const first = columns[0]?.key ?? ''
  return (
    <div className="yq-stack">
      <PlainTable
        label={label} columns={columns.map(({ key, title }) => ({ key, title }))}
        rows={rows.map((row, place) => ({
          key: String(place),
          cells: columns.map(({ key, title, fixed }) => (fixed === true ? row[key] ?? '' : (
            <Input key={key} size="small" aria-label={`${row[first] ?? ''} ${title}`.trim()} value={row[key] ?? ''} inputMode={key === first ? 'text' : 'decimal'} maxLength={30} style={{ minWidth: 88 }} onChange={(event) => set(place, key, event.target.value)} />
          ))),
        }))}
      />
      {add !== undefined && <div><Button size="small" onClick={() => onChange([...rows, {}])}>{add}</Button></div>}
    </div>
  )
}
