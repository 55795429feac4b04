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

/** A name in lines of about the same length, none longer than so many letters where it can be (a Chinese character counts twice): the library does not break the names of spokes. */
export function inLines(name: string, most: number): string {
  const wide = (text: string): number => [...text].reduce((sum, one) => sum + (one > '\u2e80' ? 2 : 1), 0)
  const even = Math.ceil(wide(name) / Math.max(1, Math.ceil(wide(name) / most)))
  const lines: string[] = []
  for (const piece of name.split(/(?<=[\u4e00-\u9fff])|\s+/).filter((one) => one !== '')) {
    const last = lines.at(-1)
    const joined = last === undefined ? piece : `${last}${/[\u4e00-\u9fff]$/.test(last) ? '' : ' '}${piece}`
    if (last !== undefined && wide(last) < even && wide(joined) <= most) lines[lines.length - 1] = joined
    else lines.push(piece)
  }
  return lines.join('\n')
}
