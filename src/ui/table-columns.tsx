import type { ReactNode } from 'react'
import { Amount } from './Amount.tsx'
import type { Unit } from './amount-format.ts'
import { Change } from './Change.tsx'
import type { DateForm } from './date-format.ts'
import { DateText, Moment } from './DateText.tsx'
import { Figure, Percent } from './Percent.tsx'

type Shown<Row> =
  | { kind?: 'text'; show: (row: Row) => ReactNode }
  /** Whole fen; the head names the unit. */
  | { kind: 'amount' | 'change'; value: (row: Row) => string | null | undefined }
  /** A ratio as text. */
  | { kind: 'percent' | 'percent-change'; value: (row: Row) => string | null | undefined; decimals?: number }
  | { kind: 'number'; value: (row: Row) => string | number | null | undefined; decimals?: number }
  | { kind: 'date'; value: (row: Row) => string | null | undefined; form?: DateForm }
  | { kind: 'moment'; value: (row: Row) => string | null | undefined }

export type Column<Row> = Shown<Row> & {
  key: string
  title: string
  /** The server's name for the order; true = the column's key. */
  sort?: string | true
  /** Has nothing to say of a row (true: its value is not there). A column that has nothing to say of any row in view is left out unless it was chosen by hand; a card leaves the fact out. */
  emptyAt?: true | ((row: Row) => boolean)
  /** Not shown until chosen. */
  optional?: boolean
  width?: number
  /** On the phone's card: part of the first line, a fact below (default), or left out. The first column is the card's title. */
  card?: 'tag' | 'fact' | 'action' | 'none'
  /** Numbers stand right by themselves; so do a text column's with this. */
  right?: boolean
  /** Always in this unit (yuan where people reconcile); the unit switch leaves it. */
  unit?: Unit
}

export const isMoney = (column: { kind?: string }): boolean => column.kind === 'amount' || column.kind === 'change'
export const standsRight = (column: { kind?: string; right?: boolean }): boolean => column.right === true || ['amount', 'change', 'percent', 'percent-change', 'number'].includes(column.kind ?? 'text')

/** Has the column nothing to say of this row? */
export function saysNothing<Row>(column: Column<Row>, row: Row): boolean {
  if (column.emptyAt === undefined) return false
  if (column.emptyAt !== true) return column.emptyAt(row)
  if (!('value' in column)) return false
  const value = column.value(row)
  return value === null || value === undefined || value === ''
}

/** One cell. */
export function cellOf<Row>(column: Column<Row>, row: Row, unit: Unit, inCell: boolean): ReactNode {
  switch (column.kind) {
    case 'amount': return <Amount fen={column.value(row)} unit={column.unit ?? unit} inCell={inCell} withUnit={!inCell} />
    case 'change': return <Change fen={column.value(row) ?? null} unit={column.unit ?? unit} />
    case 'percent': return <Percent ratio={column.value(row)} decimals={column.decimals} />
    case 'percent-change': return <Change ratio={column.value(row) ?? null} />
    case 'number': return <Figure value={column.value(row)} decimals={column.decimals ?? 0} />
    case 'date': return <DateText date={column.value(row)} form={column.form ?? 'list'} />
    case 'moment': return <Moment at={column.value(row)} />
    default: return column.show(row)
  }
}
