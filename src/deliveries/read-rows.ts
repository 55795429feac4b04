import { createReadStream } from 'node:fs'
import { createGunzip } from 'node:zlib'
import { NamedFailure } from '../foundation/config/named-failure.ts'
import { readSheet } from '../foundation/spreadsheets/read-sheet.ts'
import { decode, decodeBlock, EncodingGuard, UnreadableFile, type Encoding, type Fault } from './decode-lines.ts'
import type { ProfileFile } from './profile.contract.ts'

export type RowReader = {
  /** One row: the texts of its columns in the order of the profile. `row` is the line in the file, the header among them, from 1. */
  onRow(fields: string[], row: number): void
  /** A row that is not taken. */
  onFault(fault: Fault): void
  /** After some thousand rows: what was gathered is handed on here; `bytes` of the file were read. */
  afterBlock(bytes: number): Promise<void>
}

const blockSize = 1 << 20

/** Reads a file of a delivery row by row. Throws NamedFailure: 'gzip-cut-off', 'gzip-broken', 'columns-differ', 'wrong-encoding', 'sheet'. */
export async function readRows(path: string, file: ProfileFile, encoding: Encoding, reader: RowReader): Promise<void> {
  const told = path.split(/[\\/]/).at(-1) ?? path
  try {
    if (file.format.kind === 'excel') await readExcel(path, told, file, reader)
    else await readText(path, file, encoding, reader, told)
  } catch (error) {
    if (error instanceof UnreadableFile) {
      const { row, column } = error.fault
      const where = column === '' ? { zh: `第 ${row} 行`, en: `row ${row}` } : { zh: `第 ${row} 行 ${column} 列`, en: `row ${row}, column ${column}` }
      throw new NamedFailure('wrong-encoding', {
        zh: `${told} ${where.zh}：字符编码不是方案所说的 ${encoding}${error.detail.startsWith('UTF') ? `，而像 ${error.detail}` : ''}`,
        en: `${told}, ${where.en}: the encoding is not ${encoding} as the profile says${error.detail.startsWith('UTF') ? `, it looks like ${error.detail}` : ''}`,
      })
    }
    throw error
  }
}

async function readText(path: string, file: ProfileFile, encoding: Encoding, reader: RowReader, told: string): Promise<void> {
  const lines = file.format.kind === 'fixed' ? fixedLines(file, file.format.width, encoding, reader) : csvLines(file, encoding, reader, told)
  const guard = new EncodingGuard(encoding)
  let carried: Buffer[] = []
  let carriedSize = 0
  let bytes = 0
  const source = createReadStream(path, { highWaterMark: blockSize })
  source.on('data', (part) => (bytes += part.length))
  const stream = path.endsWith('.gz') ? source.pipe(createGunzip({ chunkSize: blockSize })) : source
  source.on('error', (error) => stream.destroy(error))
  try {
    for await (const part of stream as AsyncIterable<Buffer>) {
      carried.push(part)
      carriedSize += part.length
      const end = part.lastIndexOf(10)
      if (end < 0 || carriedSize < blockSize / 2) {
        if (carriedSize > 64 * blockSize) throw new NamedFailure('line-too-long', { zh: `${told}：一行过长，不是文本文件`, en: `${told}: a line is too long; this is no text file` })
        continue
      }
      const block = Buffer.concat(carried)
      const cut = block.lastIndexOf(10) + 1
      lines.block(guard.check(block.subarray(0, cut)))
      carried = [block.subarray(cut)]
      carriedSize = block.length - cut
      await reader.afterBlock(bytes)
    }
  } catch (error) {
    const code = (error as { code?: string }).code ?? ''
    if (code === 'Z_BUF_ERROR') throw new NamedFailure('gzip-cut-off', { zh: `${told}：压缩文件不完整（第 ${lines.row()} 行之后被截断），请重新传送`, en: `${told}: the gzip file is cut off (after row ${lines.row()}); send it again` })
    if (code.startsWith('Z_')) throw new NamedFailure('gzip-broken', { zh: `${told}：压缩文件已损坏（第 ${lines.row()} 行之后），请重新传送`, en: `${told}: the gzip file is damaged (after row ${lines.row()}); send it again` })
    throw error
  }
  if (carriedSize > 0) {
    const rest = Buffer.concat(carried)
    lines.block(guard.check(rest.at(-1) === 10 ? rest : Buffer.concat([rest, Buffer.from('\n')])))
  }
  guard.end()
  lines.end()
  await reader.afterBlock(bytes)
}

type Lines = { block(bytes: Buffer): void; end(): void; row(): number }

const rareControls = /[\x00-\x09\x0b\x0c\x0e-\x1f\x7f]|\r(?!\n)/
const control = /[\x00-\x1f\x7f]/

function csvLines(file: ProfileFile, encoding: Encoding, { onRow, onFault }: RowReader, told: string): Lines {
  if (file.format.kind !== 'csv') throw new Error('not a CSV file')
  const { delimiter, quote, header } = file.format
  const columns = file.columns.map((column) => column.name)
  let row = 0
  let open = '' // a record whose quotes go on in the next line
  let openRow = 0
  const columnAt = (before: string): string => columns[before.split(delimiter).length - 1] ?? ''

  const record = (fields: string[], at: number, checked: boolean): void => {
    if (at === 1 && header) {
      if (fields.length === columns.length && fields.every((name, place) => name.trim() === columns[place])) return
      const place = columns.findIndex((name, index) => fields[index]?.trim() !== name)
      const wanted = columns[place] ?? ''
      const found = fields[place < 0 ? columns.length : place]?.trim().slice(0, 40) ?? ''
      throw new NamedFailure('columns-differ', {
        zh: `${told} 第 1 行：第 ${(place < 0 ? columns.length : place) + 1} 列应为 ${wanted === '' ? '（无）' : wanted}，实为 ${found === '' ? '（无）' : found}。列名和次序须与方案一致`,
        en: `${told}, row 1: column ${(place < 0 ? columns.length : place) + 1} should be ${wanted === '' ? '(none)' : wanted}, but is ${found === '' ? '(none)' : found}. Names and order must be those of the profile`,
      })
    }
    if (fields.length !== columns.length) return onFault({ row: at, column: '', reason: 'column-count', value: String(fields.length) })
    if (!checked) {
      const place = fields.findIndex((field) => control.test(field))
      if (place >= 0) return onFault({ row: at, column: columns[place] ?? '', reason: 'control-character', value: '' })
    }
    onRow(fields, at)
  }

  return {
    row: () => row,
    block(bytes) {
      const text = decodeBlock(encoding, bytes, row + 1, columnAt)
      const clean = !rareControls.test(text)
      for (let at = 0; at < text.length;) {
        const end = text.indexOf('\n', at)
        const line = text.slice(at, text[end - 1] === '\r' && end > at ? end - 1 : end)
        at = end + 1
        row++
        if (open === '' && !line.includes(quote)) {
          record(line.split(delimiter), row, clean)
          continue
        }
        if (open === '') openRow = row
        const whole = open === '' ? line : `${open}\n${line}`
        const fields = quotedFields(whole, delimiter, quote)
        if (fields === undefined) {
          open = whole
          if (open.length > 1_000_000) throw new NamedFailure('open-quote', { zh: `${told} 第 ${openRow} 行：引号没有成对`, en: `${told}, row ${openRow}: a quote is not closed` })
          continue
        }
        open = ''
        record(fields, openRow, clean && openRow === row)
      }
    },
    end() {
      if (open !== '') onFault({ row: openRow, column: '', reason: 'open-quote', value: '' })
      if (row === 0 && header) throw new NamedFailure('columns-differ', { zh: `${told}：文件是空的，缺少列名`, en: `${told}: the file is empty, the names of the columns are missing` })
    },
  }
}

/** The fields of a record with quotes; undefined when a quote is still open. */
function quotedFields(line: string, delimiter: string, quote: string): string[] | undefined {
  const fields: string[] = []
  for (let at = 0; ;) {
    if (line[at] !== quote) {
      const end = line.indexOf(delimiter, at)
      fields.push(line.slice(at, end < 0 ? line.length : end))
      if (end < 0) return fields
      at = end + 1
      continue
    }
    let text = ''
    let from = at + 1
    for (;;) {
      const end = line.indexOf(quote, from)
      if (end < 0) return undefined
      text += line.slice(from, end)
      at = end + 1
      if (line[at] !== quote) break
      text += quote
      from = at + 1
    }
    // what stands between the closing quote and the delimiter belongs to nobody: a column more than there should be
    if (at < line.length && line[at] !== delimiter) return [...fields, text, line.slice(at), '', '', '']
    fields.push(text)
    if (at >= line.length) return fields
    at++
  }
}

function fixedLines(file: ProfileFile, width: number, encoding: Encoding, { onRow, onFault }: RowReader): Lines {
  const columns = file.columns
  const known = new Map<string, string>() // the same few thousand memos and names over and over
  let row = 0

  const decoded = (bytes: string): string | undefined => {
    const before = known.get(bytes)
    if (before !== undefined) return before
    const text = decode(encoding, Buffer.from(bytes, 'latin1'))
    if (text !== undefined) {
      if (known.size > 20_000) known.clear()
      known.set(bytes, text)
    }
    return text
  }

  return {
    row: () => row,
    block(bytes) {
      const text = bytes.toString('latin1')
      const clean = !rareControls.test(text)
      for (let at = 0; at < text.length;) {
        const end = text.indexOf('\n', at)
        const from = at
        const to = text.charCodeAt(end - 1) === 13 && end > at ? end - 1 : end
        at = end + 1
        row++
        if (to - from !== width) {
          onFault({ row, column: '', reason: 'line-length', value: String(to - from) })
          continue
        }
        const fields: string[] = []
        let good = true
        const line = text.slice(from, to)
        const plain = !beyondAscii.test(line)
        for (const { name, start, length } of columns) {
          let field = trimmed(line, start - 1, start - 1 + length)
          if (!plain && beyondAscii.test(field)) {
            const own = decoded(field)
            // a Chinese character cut through: either the encoding or the places are wrong
            if (own === undefined) throw new UnreadableFile({ row, column: name, reason: 'encoding', value: '' }, encoding)
            field = own
          }
          if (!clean && control.test(field)) {
            onFault({ row, column: name, reason: 'control-character', value: '' })
            good = false
            break
          }
          fields.push(field)
        }
        if (good) onRow(fields, row)
      }
    },
    end: () => undefined,
  }
}

const beyondAscii = /[\x80-\xff]/

/** A field without the blanks at both ends. */
function trimmed(line: string, start: number, end: number): string {
  while (start < end && line.charCodeAt(start) === 32) start++
  while (end > start && line.charCodeAt(end - 1) === 32) end--
  return line.slice(start, end)
}

async function readExcel(path: string, told: string, file: ProfileFile, reader: RowReader): Promise<void> {
  if (file.format.kind !== 'excel') throw new Error('not a workbook')
  const columns = file.columns.map((column) => column.name)
  let inBlock = 0
  await readSheet(path, file.format.sheet, async (fields, row) => {
    if (row === 1) {
      const place = columns.findIndex((name, index) => fields[index]?.trim() !== name)
      if (place < 0 && fields.slice(columns.length).every((name) => name.trim() === '')) return
      const at = place < 0 ? columns.length : place
      throw new NamedFailure('columns-differ', {
        zh: `${told} 第 1 行：第 ${at + 1} 列应为 ${columns[at] ?? '（无）'}，实为 ${fields[at] ?? '（无）'}。列名和次序须与方案一致`,
        en: `${told}, row 1: column ${at + 1} should be ${columns[at] ?? '(none)'}, but is ${fields[at] ?? '(none)'}. Names and order must be those of the profile`,
      })
    }
    if (fields.every((field) => field === '')) return
    const whole = Array.from({ length: columns.length }, (_, place) => fields[place]?.trim() ?? '')
    const place = whole.findIndex((field) => control.test(field))
    if (place >= 0) reader.onFault({ row, column: columns[place] ?? '', reason: 'control-character', value: '' })
    else if (fields.slice(columns.length).some((field) => field.trim() !== '')) reader.onFault({ row, column: '', reason: 'column-count', value: String(fields.length) })
    else reader.onRow(whole, row)
    if (++inBlock % 5_000 === 0) await reader.afterBlock(0)
  })
  await reader.afterBlock(0)
}
