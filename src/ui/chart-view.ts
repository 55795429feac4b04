import type { Language, Mode } from './settings.ts'

export type ChartSeries = { name: string; /** Exact values as text (fen, ratio or number), one for each category; null = no data. */ values: readonly (string | null)[] }
export type ChartProps = {
  /** The question or the finding; unit and day are added. */
  title: string
  /** Development: line, balances: step. Who leads: bars (sorted by the caller), drawn sideways. Why it changed: waterfall (one series; the first and last value are amounts, those between are changes). Profile against required: radar. */
  kind: 'line' | 'step' | 'bars' | 'columns' | 'waterfall' | 'radar'
  categories: readonly string[]
  /** At most six; the rest is "其他". */
  series: readonly ChartSeries[]
  of: 'fen' | 'ratio' | 'number'
  decimals?: number
  /** What the categories are: "月份". */
  axis?: string
  asOf?: string
  height?: number
  /** In place of the sentence that is made from the first series. */
  sentence?: string
}

/** What the drawing itself is handed: how values are placed and written. */
export type CanvasProps = ChartProps & { height: number; mode: Mode; language: Language; scale: number; write: (value: string | null) => string; notFromZero: string }
