import { XlsxStreamWriter } from 'hucre/xlsx'

/** A cell of a workbook: a text stays a text, whatever it looks like; `amount` is exact digits with a point and becomes a number that Excel can add. */
export type SheetCell = string | null | { amount: string }

/** Makes a workbook of one sheet, its first rows above the table (who, when, what for), then the header and the rows. */
export async function writeSheet(sheet: { name: string; above: readonly string[]; header: readonly string[]; rows: Iterable<readonly SheetCell[]>; below: readonly string[] }): Promise<Buffer> {
  const writer = new XlsxStreamWriter({ name: sheet.name, repeatHeaders: false })
  for (const line of sheet.above) writer.addRow([line])
  writer.addRow([...sheet.header])
  for (const row of sheet.rows) writer.addRow(row.map((cell) => (cell !== null && typeof cell === 'object' ? Number(cell.amount) : cell)))
  for (const line of sheet.below) writer.addRow([line])
  return Buffer.from(await writer.finish())
}
