import { Button, Input, Select } from 'antd'
import { PlainTable } from '../../ui/PlainTable.tsx'
import { useText } from '../../ui/text.ts'
import { trialText } from './trial-text.ts'

export type GridRow = Readonly<Record<string, string>>
export type GridColumn = { key: string; title: string; fixed?: boolean; /** Words instead of a number. */ text?: boolean; /** One of these. */ options?: readonly { value: string; label: string }[] }
type Props = {
  label: string
  columns: readonly GridColumn[]
  rows: readonly GridRow[]
  onChange: (rows: GridRow[]) => void
  /** The word of the button that adds a row; without it the rows are given. */
  add?: string
}

/** A table to type numbers into: the first column names the row. */
export function TypedGrid({ label, columns, rows, onChange, add }: Props) {
  const t = useText(trialText)
  const set = (place: number, key: string, value: string): void => onChange(rows.map((row, at) => (at === place ? { ...row, [key]: value } : row)))
  const first = columns[0]?.key ?? ''
  const removable = add !== undefined && columns.some(({ options, text }) => options !== undefined || text === true)
  const cell = (row: GridRow, place: number, { key, title, fixed, text, options }: GridColumn) => {
    if (fixed === true) return row[key] ?? ''
    const named = { 'aria-label': `${label} ${place + 1} ${title}`, size: 'small' as const }
    if (options) return <Select key={key} {...named} value={(row[key] ?? '') === '' ? null : row[key]} options={[...options]} allowClear showSearch={{ optionFilterProp: 'label' }} popupMatchSelectWidth={false} style={{ minWidth: 110 }} onChange={(value: string | null) => set(place, key, value ?? '')} />
    return (
      <Input key={key} size="small" aria-label={removable ? named['aria-label'] : `${row[first] ?? ''} ${title}`.trim()} value={row[key] ?? ''} inputMode={key === first || text === true ? 'text' : 'decimal'} maxLength={text === true ? 60 : 30} style={{ minWidth: 88 }}
        onChange={(event) => set(place, key, event.target.value)} />
    )
  }
  return (
    <div className="yq-stack">
      {removable && <strong>{label}</strong>}
      <PlainTable
        label={label} columns={[...columns.map(({ key, title }) => ({ key, title })), ...(removable ? [{ key: 'remove', title: '' }] : [])]}
        rows={rows.map((row, place) => ({
          key: String(place),
          cells: [
            ...columns.map((column) => cell(row, place, column)),
            ...(removable ? [<Button key="remove" size="small" type="text" aria-label={`${t('removeRow')} ${label} ${place + 1}`} onClick={() => onChange(rows.filter((_row, at) => at !== place))}>✕</Button>] : []),
          ],
        }))}
      />
      {add !== undefined && <div><Button size="small" onClick={() => onChange([...rows, {}])} aria-label={`${add} ${label}`}>{add}</Button></div>}
    </div>
  )
}
