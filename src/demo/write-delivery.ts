import { once } from 'node:events'
import { createWriteStream, mkdirSync, readdirSync, type WriteStream } from 'node:fs'
import { join } from 'node:path'
import { fieldsOf, type FieldKind } from '../deliveries/things.contract.ts'
import { readProfile } from '../deliveries/read-profile.ts'
import type { ProfileFile } from '../deliveries/profile.contract.ts'
import { NamedFailure } from '../foundation/config/named-failure.ts'
import { fenFromYuan, yuanText } from '../foundation/values/fen.ts'
import type { OnProgress } from '../foundation/jobs/run-job.ts'
import { coreCustomer } from './core-customer.ts'
import { dayNumber } from './day-numbers.ts'
import { putCustomer, putOrganisation, putProducts, type DeliveryRow, type Put, type Span } from './delivery-rows.ts'
import { encodeGb18030, writeGb18030 } from './gb18030.ts'
import { demoBank } from './known-cases.ts'

export type DeliveryOrder = {
  /** Running numbers of the customers, from 1. */
  indexes: Iterable<number>
  count: number
  /** The history of these customers begins on this day. */
  historyFrom: string
  /** and ends on this one: the lives are told up to it, whichever part of them is delivered. */
  historyTo: string
  span: Span
  kind: 'FULL' | 'DELTA'
  /** Institutions, staff, posts and grades too. */
  withOrganisation: boolean
}
export type WrittenDelivery = { files: Record<string, number>; rows: number; bytes: number }

/** Writes a delivery in the product's own layout (docs/feed-layout.md) as it goes: memory does not grow with its size. The folder must be empty. */
export async function writeDelivery(dir: string, order: DeliveryOrder, onProgress: OnProgress): Promise<WrittenDelivery> {
  mkdirSync(dir, { recursive: true })
  if (readdirSync(dir).length > 0) throw new NamedFailure('folder-not-empty', { zh: `文件夹 ${dir} 不是空的`, en: `the folder ${dir} is not empty` })
  const profile = readProfile('yinqiao')
  const writers = new Map(profile.files.map((file) => [file.id, new FileWriter(dir, file)]))
  const put: Put = (file, row) => {
    const writer = writers.get(file)
    if (!writer) throw new Error(`no file ${file} in the layout`)
    writer.put(row)
  }
  if (order.withOrganisation) putOrganisation(put)
  putProducts(put)
  const [from, to] = [dayNumber(order.historyFrom), dayNumber(order.historyTo)]
  let done = 0
  for (const index of order.indexes) {
    putCustomer(put, coreCustomer(index, from, to), order.span)
    done += 1
    if (done % 20 !== 0) continue
    for (const writer of writers.values()) await writer.drained()
    if (done % 200 === 0) await onProgress('客户 / customers', done, order.count)
  }
  const used = [...writers.values()].filter(({ rows }) => rows > 0)
  for (const writer of used) await writer.end()
  const control = controlLines(order, used)
  const stream = createWriteStream(join(dir, 'control.csv'))
  stream.end(encodeGb18030(`${control.join('\n')}\n`))
  await once(stream, 'finish')
  await onProgress('客户 / customers', done, order.count)
  return { files: Object.fromEntries(used.map(({ id, rows }) => [id, rows])), rows: used.reduce((sum, { rows }) => sum + rows, 0), bytes: used.reduce((sum, { bytes }) => sum + bytes, 0) }
}

function controlLines(order: DeliveryOrder, used: readonly FileWriter[]): string[] {
  return [
    'file,item,value', '*,layout,yinqiao-1', `*,bank,${demoBank.code}`, `*,bank_name,${demoBank.nameZh}`, `*,bank_name_en,${demoBank.nameEn}`, '*,currency,CNY', '*,calendar,china',
    `*,date,${order.span.to.replaceAll('-', '')}`, `*,kind,${order.kind}`,
    ...used.flatMap(({ id, rows, sums }) => [`${id},rows,${rows}`, ...[...sums].map(([name, fen]) => `${id},${name},${yuanText(fen)}`)]),
  ]
}

type Column = { name: string; kind: FieldKind; start: number; length: number }
const written: Partial<Record<FieldKind, (text: string) => string>> = { day: (text) => text.replaceAll('-', '') }

// a line of the layout is far below this; it is handed on before it is full
const room = 1_048_576
const spare = 65_536

class FileWriter {
  readonly id: string
  readonly sums = new Map<string, bigint>()
  rows = 0
  bytes = 0
  readonly #dir: string
  readonly #file: ProfileFile
  readonly #columns: readonly Column[]
  #gathered = Buffer.alloc(room)
  #used = 0
  #full: Buffer[] = []
  #stream: WriteStream | null = null

  constructor(dir: string, file: ProfileFile) {
    this.id = file.id
    this.#dir = dir
    this.#file = file
    const thing = file.into[0]?.thing
    const fields = thing === undefined ? {} : fieldsOf(thing)
    this.#columns = file.columns.map(({ name, start, length }) => ({ name, start, length, kind: fields[name]?.kind ?? 'text' }))
    for (const { name } of file.sums) this.sums.set(name, 0n)
  }

  put(row: DeliveryRow): void {
    const fixed = this.#file.format.kind === 'fixed'
    if (this.rows === 0 && !fixed) this.#text(`${this.#columns.map(({ name }) => name).join(',')}\n`)
    this.rows += 1
    for (const { name, column, where } of this.#file.sums) {
      if (where.every((condition) => isMet(condition, row))) this.sums.set(name, (this.sums.get(name) ?? 0n) + fenFromYuan(row[column] ?? '0'))
    }
    if (fixed) this.#fixedLine(row)
    else this.#csvLine(row)
    if (this.#used <= room - spare) return
    this.#full.push(this.#gathered.subarray(0, this.#used))
    this.#gathered = Buffer.alloc(room)
    this.#used = 0
  }

  #csvLine(row: DeliveryRow): void {
    const cells = this.#columns.map(({ name, kind }) => {
      const text = written[kind]?.(row[name] ?? '') ?? row[name] ?? ''
      return /[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
    })
    this.#text(`${cells.join(',')}\n`)
  }

  #text(text: string): void {
    const size = writeGb18030(text, this.#gathered, this.#used)
    this.#used += size
    this.bytes += size
  }

  // lengths are bytes: texts stand on the left, amounts on the right
  #fixedLine(row: DeliveryRow): void {
    const width = this.#file.format.kind === 'fixed' ? this.#file.format.width : 0
    const begin = this.#used
    this.#gathered.fill(0x20, begin, begin + width)
    for (const { name, kind, start, length } of this.#columns) {
      const text = written[kind]?.(row[name] ?? '') ?? row[name] ?? ''
      if (text === '') continue
      const cut = kind === 'text' || kind === 'name'
      // everything but texts is ASCII: one byte a character
      if (!cut && text.length > length) throw new Error(`${this.id}.${name} is longer than ${length} bytes`)
      writeGb18030(text, this.#gathered, begin + start - 1 + (kind === 'amount' ? length - text.length : 0), length)
    }
    this.#gathered[begin + width] = 0x0a
    this.#used += width + 1
    this.bytes += width + 1
  }

  /** Hands on what is full; waits while the disk is slower. */
  async drained(): Promise<void> {
    for (const part of this.#full.splice(0)) await this.#hand(part)
  }

  async #hand(part: Buffer): Promise<void> {
    this.#stream ??= createWriteStream(join(this.#dir, this.#file.name))
    if (!this.#stream.write(part)) await once(this.#stream, 'drain')
  }

  async end(): Promise<void> {
    await this.drained()
    await this.#hand(this.#gathered.subarray(0, this.#used))
    this.#stream?.end()
    if (this.#stream) await once(this.#stream, 'finish')
  }
}

function isMet(condition: ProfileFile['sums'][number]['where'][number], row: DeliveryRow): boolean {
  const text = row[condition.column] ?? ''
  return (condition.isOneOf?.includes(text) ?? true) && (condition.startsWith === undefined || text.startsWith(condition.startsWith))
}
