import { writeXlsx, type CellValue, type WriteSheet } from 'hucre/xlsx'

/** A cell of a workbook: a text stays a text, whatever it looks like; `amount` is exact digits with a point and becomes a number that Excel can add, as long as its digits are as many as a workbook keeps. `comment` stands at the cell. */
export type SheetCell = string | null | { amount: string } | { text: string; comment: string }

export type SheetPart = {
  name: string
  /** Rows above the table (who, when, what for) and below it. */
  above?: readonly string[]
  header: readonly string[]
  rows: Iterable<readonly SheetCell[]>
  below?: readonly string[]
  /** Widths of the columns, in characters. */
  widths?: readonly number[]
  /** Choices of a column, from the row below the header on: the column's place and its words. */
  choices?: readonly { column: number; words: readonly string[] }[]
}
/** What a workbook says of itself: in its properties and in head and foot of each printed page. */
export type BookMark = { title: string; author: string; purpose: string; line: string }

const lastRow = 20_000

/** Makes a workbook. With a mark it carries who, when and what for as properties and on each printed page, besides the rows that say it. */
export async function writeBook(parts: readonly SheetPart[], mark?: BookMark): Promise<Buffer> {
  const content = await writeXlsx({
    sheets: parts.map((part) => sheetOf(part, mark)), defaultFont: { name: 'Microsoft YaHei', size: 10 },
    ...(mark ? { properties: { title: mark.title, creator: mark.author, subject: mark.purpose, description: mark.line, keywords: mark.line, custom: { purpose: mark.purpose } } } : {}),
  })
  return Buffer.from(content)
}

/** One sheet: its first rows above the table (who, when, what for), then the header and the rows. */
export function writeSheet(sheet: SheetPart & { mark?: BookMark }): Promise<Buffer> {
  const { mark, ...part } = sheet
  return writeBook([part], mark)
}

function sheetOf(part: SheetPart, mark: BookMark | undefined): WriteSheet {
  const { above = [], below = [], header } = part
  const comments: { row: number; column: number; text: string }[] = []
  const rows: CellValue[][] = [...above.map((line) => [line]), [...header]]
  const formats: { row: number; column: number; numFmt: string }[] = []
  for (const row of part.rows) {
    rows.push(row.map((cell, column) => {
      if (cell === null || typeof cell === 'string') return cell
      // a number of a workbook has fifteen digits: what has more stays a text, exact to the last one
      if ('amount' in cell) {
        if (cell.amount.replace(/\D/g, '').replace(/^0+/, '').length > 15) return cell.amount
        formats.push({ row: rows.length, column, numFmt: formatOf(cell.amount) })
        return Number(cell.amount)
      }
      comments.push({ row: rows.length, column, text: cell.comment })
      return cell.text
    }))
  }
  for (const line of below) rows.push([line])
  const head = above.length
  const cells = new Map<string, NonNullable<WriteSheet['cells']> extends Map<string, infer C> ? C : never>()
  const figures = new Set(formats.map(({ column }) => column))
  for (const [column, text] of header.entries()) cells.set(`${head},${column}`, { value: text, style: { font: { bold: true }, fill: { type: 'pattern', pattern: 'solid', fgColor: { rgb: 'EEF2F3' } }, ...(figures.has(column) ? { alignment: { horizontal: 'right' as const } } : {}) } })
  for (const { row, column, numFmt } of formats) cells.set(`${row},${column}`, { value: rows[row]?.[column] ?? null, style: { numFmt } })
  for (const { row, column, text } of comments) cells.set(`${row},${column}`, { value: rows[row]?.[column] ?? '', comment: { text }, style: { fill: { type: 'pattern', pattern: 'solid', fgColor: { rgb: 'FDF3E1' } } } })
  return {
    name: part.name, rows, cells, freezePane: { rows: head + 1 },
    ...(part.widths ? { columns: part.widths.map((width) => ({ width })) } : {}),
    ...(part.choices && part.choices.length > 0 ? { dataValidations: part.choices.map(({ column, words }) => ({
      type: 'list' as const, values: [...words], allowBlank: true, showErrorMessage: true, errorStyle: 'warning' as const, range: `${letter(column)}${head + 2}:${letter(column)}${lastRow}`,
    })) } : {}),
    // printed, a sheet is as wide as its paper: columns side by side on pages of their own cannot be read
    pageSetup: { orientation: (part.widths ?? []).reduce((sum, width) => sum + width, 0) > 90 || header.length > 7 ? 'landscape' : 'portrait', paperSize: 'a4', fitToPage: true, fitToWidth: 1, fitToHeight: 0, printTitlesRow: `$${head + 1}:$${head + 1}` },
    // & begins a code of its own in heads and feet
    ...(mark ? { headerFooter: { oddHeader: `&L${mark.title.replaceAll('&', '&&')}`, oddFooter: `&L${mark.line.replaceAll('&', '&&').slice(0, 200)}&R&P / &N` } } : {}),
  }
}

/** Thousands and as many decimals as were handed over: 1969.00 stands as 1,969.00, not as 1969. A whole number stays plain: it may be a year or a row. */
const formatOf = (amount: string): string => {
  const places = amount.split('.')[1]?.length ?? 0
  return places === 0 ? '0' : `#,##0.${'0'.repeat(places)}`
}

function letter(column: number): string {
  return column < 26 ? String.fromCharCode(65 + column) : `${letter(Math.floor(column / 26) - 1)}${letter(column % 26)}`
}
