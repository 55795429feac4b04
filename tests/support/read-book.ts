import { readXlsx } from 'hucre/xlsx'

/** The cells of each sheet of a workbook: numbers stay numbers. */
export async function readBook(bytes: Uint8Array): Promise<unknown[][][]> {
  return (await readXlsx(Buffer.from(bytes))).sheets.map((sheet) => sheet.rows as unknown[][])
}
