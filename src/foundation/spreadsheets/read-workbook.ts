import { Readable } from 'node:stream'
import { streamXlsxRows } from 'hucre/xlsx'
import { fromBuffer, type Entry, type ZipFile } from 'yauzl'
import { ok, refuse, type Outcome } from '../values/outcome.ts'

/** A cell as a person typed it. `asNumber`: Excel kept it as a number (of which it knows fifteen digits). */
export type ReadCell = { text: string; asNumber: boolean }
export type ReadRow = { row: number; cells: ReadCell[] }

/** No workbook that somebody fills in by hand is larger when unpacked. */
const mostUnpacked = 64 * 1024 * 1024
const mostEntries = 2_000

/** What a contract says when a workbook that a person sent is refused. */
export const workbookRefusals = {
  'workbook-damaged': { status: 422, zh: '未能读取。文件不是有效的 Excel 工作簿，或已损坏', en: 'Not read. The file is no valid Excel workbook, or is damaged' },
  'workbook-huge': { status: 422, zh: '未能读取。工作簿解压后超过 64 MB', en: 'Not read. The workbook unpacks to more than 64 MB' },
  'workbook-macros': { status: 422, zh: '未能读取。工作簿含有宏。请另存为不含宏的 .xlsx', en: 'Not read. The workbook has macros. Save it as .xlsx without macros' },
  'workbook-links': { status: 422, zh: '未能读取。工作簿链接了其他文件。请断开链接后再试', en: 'Not read. The workbook links to other files. Break the links first' },
  'workbook-formulas': { status: 422, zh: '未能读取。单元格 {cell} 是公式。请粘贴为数值后再试', en: 'Not read. Cell {cell} is a formula. Paste it as a value first' },
  'workbook-rows': { status: 422, zh: '未能读取。超过 {most} 行，请分成几个文件', en: 'Not read. There are more than {most} rows; split the file' },
} as const

/**
 * Reads a sheet (the first one when none of the names is there) of a workbook that a person sent, whole. Looked through before it is read: the archive is unpacked once with a bound that counts
 * what really comes out, so that a small file cannot fill the memory; macros, links to other files and formulas are refused by name.
 */
export async function readWorkbook(bytes: Uint8Array, { sheet, mostRows }: { sheet: string; mostRows: number }): Promise<Outcome<ReadRow[]>> {
  const looked = await lookThrough(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength))
  if (!looked.ok) return looked
  const named = await readRows(bytes, sheet, mostRows)
  return named.ok && named.value.length === 0 ? readRows(bytes, undefined, mostRows) : named
}

/** Another sheet of a workbook that was read already; empty when there is none of that name. */
export function readFurtherSheet(bytes: Uint8Array, { sheet, mostRows }: { sheet: string; mostRows: number }): Promise<Outcome<ReadRow[]>> {
  return readRows(bytes, sheet, mostRows)
}

async function readRows(bytes: Uint8Array, sheet: string | undefined, mostRows: number): Promise<Outcome<ReadRow[]>> {
  const found: ReadRow[] = []
  try {
    const input = Readable.toWeb(Readable.from([Buffer.from(bytes)])) as unknown as ReadableStream<Uint8Array>
    for await (const { values, index } of streamXlsxRows(input, sheet === undefined ? {} : { sheet })) {
      if (found.length >= mostRows) return refuse('workbook-rows', { details: { most: String(mostRows) } })
      const cells = values.map(cellOf)
      if (cells.some((cell) => cell.text !== '')) found.push({ row: index + 1, cells })
    }
  } catch {
    // a sheet of that name is not there, or what stands in it is no sheet
    return sheet === undefined ? refuse('workbook-damaged') : ok([])
  }
  return ok(found)
}

function cellOf(value: string | number | boolean | Date | null | undefined): ReadCell {
  if (value === null || value === undefined) return { text: '', asNumber: false }
  if (value instanceof Date) return { text: Number.isNaN(value.getTime()) ? '' : value.toISOString().slice(0, 10), asNumber: false }
  if (typeof value === 'boolean') return { text: value ? '是' : '否', asNumber: false }
  return { text: String(value).trim(), asNumber: typeof value === 'number' }
}

class Found extends Error {
  readonly refusal: { name: string; details?: Record<string, string> }
  constructor(name: string, details?: Record<string, string>) {
    super(name)
    this.refusal = details ? { name, details } : { name }
  }
}

async function lookThrough(content: Buffer): Promise<Outcome<null>> {
  try {
    const zip = await new Promise<ZipFile>((resolve, reject) => fromBuffer(content, { lazyEntries: true }, (error, opened) => (error || !opened ? reject(error ?? new Error('zip')) : resolve(opened))))
    await new Promise<void>((resolve, reject) => {
      let unpacked = 0
      let entries = 0
      const count = (size: number): void => {
        unpacked += size
        if (unpacked > mostUnpacked) throw new Found('workbook-huge')
      }
      zip.on('error', reject)
      zip.on('end', resolve)
      zip.on('entry', (entry) => {
        entries += 1
        lookAt(zip, entry, entries, count).then(() => zip.readEntry(), (error: unknown) => {
          zip.close()
          reject(error as Error)
        })
      })
      zip.readEntry()
    })
    return ok(null)
  } catch (error) {
    return error instanceof Found ? refuse(error.refusal.name, error.refusal.details ? { details: error.refusal.details } : {}) : refuse('workbook-damaged')
  }
}

async function lookAt(zip: ZipFile, entry: Entry, place: number, count: (size: number) => void): Promise<void> {
  const name = entry.fileName.toLowerCase()
  if (place > mostEntries) throw new Found('workbook-huge')
  if (/vbaproject|macrosheets\/|vbadata|activex\//.test(name)) throw new Found('workbook-macros')
  if (/externallinks\//.test(name)) throw new Found('workbook-links')
  if (entry.uncompressedSize > mostUnpacked) throw new Found('workbook-huge')
  if (name.endsWith('/')) return
  const stream = await new Promise<Readable>((resolve, reject) => zip.openReadStream(entry, (error, opened) => (error || !opened ? reject(error ?? new Error('zip')) : resolve(opened))))
  const sheet = /^xl\/worksheets\/[^/]+\.xml$/.test(name)
  let tail = ''
  let cell = ''
  for await (const chunk of stream) {
    const piece = chunk as Buffer
    count(piece.length)
    if (!sheet) continue
    const text = tail + piece.toString('latin1')
    for (const [, at, formula] of text.matchAll(/<c\s[^>]*?\br="([A-Z]{1,3}\d{1,7})"|(<f[\s>/])/g)) {
      if (at !== undefined) cell = at
      else if (formula !== undefined) throw new Found('workbook-formulas', { cell: cell || '?' })
    }
    // a cell or a formula may be cut where a piece ends
    tail = text.slice(-300)
    const open = tail.lastIndexOf('<')
    tail = open < 0 ? '' : tail.slice(open)
  }
}
