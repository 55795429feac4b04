import { createReadStream } from 'node:fs'
import { Readable } from 'node:stream'
import { streamXlsxRows } from 'hucre/xlsx'
import { open } from 'yauzl'
import { NamedFailure } from '../config/named-failure.ts'

/** No workbook that people send is larger when unpacked; a small file that unpacks to gigabytes is refused before it is read. */
const mostUnpacked = 1 << 30

/**
 * Reads a sheet of an .xlsx row by row as texts: a day as YYYY-MM-DD, a number as Excel keeps it, a flag as 1 or 0. `row` counts from 1.
 * Throws NamedFailure 'sheet' when it is no workbook, unpacks to more than 1 GiB, or has no such sheet.
 */
export async function readSheet(path: string, sheet: string | undefined, onRow: (fields: string[], row: number) => Promise<void>): Promise<void> {
  const name = path.split(/[\\/]/).at(-1) ?? path
  await checkSize(path, name)
  const input = Readable.toWeb(createReadStream(path)) as unknown as ReadableStream<Uint8Array>
  const rows = streamXlsxRows(input, sheet === undefined ? {} : { sheet })
  for (let read = 0; ; read++) {
    let next: Awaited<ReturnType<typeof rows.next>>
    try {
      next = await rows.next()
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error)
      throw new NamedFailure('sheet', { zh: `${name}：无法读取工作表（${reason}）`, en: `${name}: the sheet cannot be read (${reason})` }, { cause: error })
    }
    if (next.done) {
      // the library gives no row for a sheet that is not there: nothing read must never look like nothing to read
      if (read === 0) throw new NamedFailure('sheet', { zh: `${name}：没有工作表${sheet === undefined ? '' : ` ${sheet}`}，或它是空的`, en: `${name}: there is no sheet${sheet === undefined ? '' : ` ${sheet}`}, or it is empty` })
      return
    }
    await onRow(next.value.values.map(textOf), next.value.index + 1)
  }
}

function textOf(value: string | number | boolean | Date | null | undefined): string {
  if (value === null || value === undefined) return ''
  if (value instanceof Date) return value.toISOString().slice(0, 10)
  if (typeof value === 'boolean') return value ? '1' : '0'
  return String(value)
}

/** Sums what the directory of the archive says of its entries. */
function checkSize(path: string, name: string): Promise<void> {
  const broken = (reason: string): NamedFailure => new NamedFailure('sheet', { zh: `${name}：不是有效的 .xlsx 文件（${reason}）`, en: `${name}: is no valid .xlsx file (${reason})` })
  return new Promise((resolve, reject) => {
    open(path, { lazyEntries: true }, (error, zip) => {
      if (error || !zip) return reject(broken(error?.message ?? 'zip'))
      let unpacked = 0
      zip.on('error', (fault) => reject(broken(fault.message)))
      zip.on('entry', (entry) => {
        unpacked += entry.uncompressedSize
        if (unpacked > mostUnpacked) {
          zip.close()
          return reject(new NamedFailure('sheet', { zh: `${name}：解压后超过 1 GiB，未读取`, en: `${name}: unpacks to more than 1 GiB and was not read` }))
        }
        zip.readEntry()
      })
      zip.on('end', () => resolve())
      zip.readEntry()
    })
  })
}
