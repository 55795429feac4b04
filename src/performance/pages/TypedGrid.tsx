import { Button, Input, Select } from 'antd'
import { useState, type ReactNode } from 'react'
import { exact } from '../../foundation/values/decimal.ts'
import { PlainTable } from '../../ui/PlainTable.tsx'
import { usePhone } from '../../ui/settings.ts'
import { useText } from '../../ui/text.ts'
import { trialText } from './trial-text.ts'

export type GridRow = Readonly<Record<string, string>>
export type GridColumn = { key: string; title: string; fixed?: boolean; /** Words instead of a number. */ text?: boolean; /** One of these. */ options?: readonly { value: string; label: string }[]; /** What it means when nothing is typed. */ empty?: string }
type Props = {
  label: string
  columns: readonly GridColumn[]
  rows: readonly GridRow[]
  onChange: (rows: GridRow[]) => void
  /** The word of the button that adds a row; without it the rows are given. */
  add?: string
  /** Its name stands above it also where its rows are given: one of several tables of a block. */
  titled?: boolean
}

/** As wide as the longest of its choices reads, within the width of a table. */
const widthOf = (options: readonly { label: string }[]): number => Math.min(212, Math.max(132, ...options.map(({ label }) => 44 + [...label].reduce((sum, one) => sum + (one > '\u2e80' ? 14 : 7.5), 0))))

/** So many rows of a phone are folded to a line. */
const folds = 4

/** A table to type numbers into: the first column names the row. On the phone each row is a card, its fields with their names below each other; many rows are folded to a line that tells how many they are and what they sum to. */
export function TypedGrid({ label, columns, rows, onChange, add, titled = false }: Props) {
  const t = useText(trialText)
  const phone = usePhone()
  const set = (place: number, key: string, value: string): void => onChange(rows.map((row, at) => (at === place ? { ...row, [key]: value } : row)))
  const first = columns[0]?.key ?? ''
  const removable = add !== undefined && columns.some(({ options, text }) => options !== undefined || text === true)
  const size = phone ? 'medium' as const : 'small' as const
  const [open, setOpen] = useState(false)
  const cell = (row: GridRow, place: number, { key, title, fixed, text, options, empty }: GridColumn) => {
    if (fixed === true) return row[key] ?? ''
    const named = { 'aria-label': `${label} ${place + 1} ${title}`, size }
    if (options) return <Select key={key} {...named} value={(row[key] ?? '') === '' ? null : row[key]} options={[...options]} allowClear showSearch={{ optionFilterProp: 'label' }} popupMatchSelectWidth={phone} style={phone ? { width: '100%' } : { width: '100%', minWidth: widthOf(options) }} onChange={(value: string | null) => set(place, key, value ?? '')} />
    return (
      <Input key={key} size={size} aria-label={removable ? named['aria-label'] : `${row[first] ?? ''} ${title}`.trim()} value={row[key] ?? ''} inputMode={key === first || text === true ? 'text' : 'decimal'} maxLength={text === true ? 60 : 30} {...(empty === undefined ? {} : { placeholder: empty })} {...(phone ? {} : { style: { minWidth: 72 } })}
        onChange={(event) => set(place, key, event.target.value)} />
    )
  }
  const remove = (place: number) => <Button key="remove" size={size} type="text" aria-label={`${t('removeRow')} ${label} ${place + 1}`} onClick={() => onChange(rows.filter((_row, at) => at !== place))}>✕</Button>
  return (
    <div className="yq-stack">
      {(phone ? rows.length < folds : removable || titled) && <strong>{label}</strong>}
      {phone ? (
        <Folded label={label} told={toldOf(columns, rows, t('rows', { n: rows.length }))} few={rows.length < folds} open={open} onToggle={setOpen}>
          <ul className="yq-typed" aria-label={label}>
            {rows.map((row, place) => <Card key={place} named={columns[0]?.fixed === true ? row[first] ?? '' : removable || rows.length > 1 ? String(place + 1) : null} columns={columns} row={row} cell={(column) => cell(row, place, column)} remove={removable ? remove(place) : null} />)}
          </ul>
        </Folded>
      ) : (
        <PlainTable
          label={label} columns={[...columns.map(({ key, title }) => ({ key, title })), ...(removable ? [{ key: 'remove', title: '' }] : [])]}
          rows={rows.map((row, place) => ({ key: String(place), cells: [...columns.map((column) => cell(row, place, column)), ...(removable ? [remove(place)] : [])] }))}
        />
      )}
      {add !== undefined && <div><Button size={size} onClick={() => {
        setOpen(true)
        onChange([...rows, {}])
      }} aria-label={`${add} ${label}`}>{add}</Button></div>}
    </div>
  )
}

/** "13 rows · Weight 100": the sums of what is a weight, how often each word of a choice stands. */
function toldOf(columns: readonly GridColumn[], rows: readonly GridRow[], count: string): string {
  const [, ...others] = columns
  const sums = columns.filter(({ key }) => key === 'weight').map(({ key, title }) => `${title} ${rows.reduce((sum, row) => (/^-?\d+(\.\d+)?$/.test(row[key] ?? '') ? sum.plus(exact(row[key] ?? '0')) : sum), exact('0')).toFixed()}`)
  const [only] = others.length === 1 && columns[0]?.fixed === true ? others : []
  const words = (only?.options ?? []).flatMap(({ value, label }) => { const n = rows.filter((row) => row[only?.key ?? ''] === value).length; return n === 0 ? [] : [`${label} ${n}`] })
  return [count, ...sums, ...words].join(' · ')
}

function Folded({ label, told, few, open, onToggle, children }: { label: string; told: string; few: boolean; open: boolean; onToggle: (open: boolean) => void; children: ReactNode }) {
  if (few) return children
  return <details className="yq-fold" open={open} onToggle={({ currentTarget }) => onToggle(currentTarget.open)}><summary><strong>{label}</strong> <span className="yq-quiet">{told}</span></summary>{open && children}</details>
}

/**
 * A row on the phone. What is typed stands with its name, two fields beside each other; a single figure stands beside what it is of; a row of many fields that is written already is folded to what it says.
 */
function Card({ named, columns, row, cell, remove }: { named: string | null; columns: readonly GridColumn[]; row: GridRow; cell: (column: GridColumn) => ReactNode; remove: ReactNode }) {
  const [head, ...others] = columns
  const given = others.filter(({ fixed }) => fixed === true)
  const typed = [...(head && head.fixed !== true ? [head] : []), ...others.filter(({ fixed }) => fixed !== true)]
  const [folded] = useState(() => typed.length > 3 && typed.some(({ key }) => (row[key] ?? '') !== ''))
  const only = typed.length === 1 && given.length === 0 && named !== null ? typed[0] : undefined
  if (only) return <li data-line=""><label><span>{named}</span>{cell(only)}</label>{remove}</li>
  const fields = <div className="yq-typed-fields">{typed.map((column) => <label key={column.key} data-wide={column.options === undefined ? undefined : ''}><span>{column.title}</span>{cell(column)}</label>)}</div>
  const told = typed.flatMap(({ key, options }) => ((row[key] ?? '') === '' || key === 'en' ? [] : [options?.find(({ value }) => value === row[key])?.label ?? row[key] ?? '']))
  return (
    <li>
      {named !== null && <div className="yq-typed-head"><strong>{named}</strong>{given.map(({ key, title }) => <span key={key} className="yq-quiet">{title} {row[key] ?? '--'}</span>)}{remove}</div>}
      {folded ? <details><summary>{told.join(' · ')}</summary>{fields}</details> : fields}
    </li>
  )
}
