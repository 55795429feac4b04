/** A chart of an Office document: drawn by Office itself from a table that stands in the file, so that it can be changed there. */
export type OfficeChart = {
  kind: 'column' | 'bar' | 'line'
  categories: readonly string[]
  /** Numbers as they are shown; null: nothing. */
  series: readonly { name: string; values: readonly (number | null)[] }[]
  /** The axis' title: the unit. */
  unit: string
}
export type OfficeTable = { head: readonly string[]; /** Columns of figures, which stand right. */ right: readonly number[]; rows: readonly (readonly string[])[] }
/** A part of a report: what it is about, what it shows in a sentence or a few, a chart, a table. */
export type OfficePart = { title: string; lines: readonly string[]; chart?: OfficeChart; table?: OfficeTable }
export type OfficeReport = { title: string; subtitle: string; bank: string; /** Who, when, what for. */ mark: string; author: string; purpose: string; parts: readonly OfficePart[] }
export const officeColours: readonly string[] = ['17566B', 'BC842A', '6592D6', '3E2C78', '6E4526', 'A588B5']

/** An arrow stays with its figure: they are not parted at the end of a line. */
export const kept = (text: string): string => text.replace(/([▲▼±]) /g, '$1\u00a0')
