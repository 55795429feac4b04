import { copyRows, emptyTables, type OwnerConnection } from '../foundation/database/copy-rows.ts'
import { NamedFailure } from '../foundation/config/named-failure.ts'
import { FenSum, amountReader } from './convert.rules.ts'
import type { Delivery } from './inspect-folder.ts'
import { rowMapper, type Lookups, type RowMapper, type Secrets } from './map-rows.ts'
import type { Profile, ProfileFile } from './profile.contract.ts'
import { readRows } from './read-rows.ts'
import type { RejectReason } from './reject-reasons.contract.ts'
import { thingNames, type Thing } from './things.contract.ts'

export type Reject = { file: string; row: number; column: string; reason: RejectReason; value: string }

/** The rows that are not taken: all are counted, the first ten thousand kept. */
export class Rejects {
  readonly kept: Reject[] = []
  count = 0
  add(reject: Reject): void {
    this.count++
    if (this.kept.length < 10_000) this.kept.push(reject)
  }
}

/** What was read: rows and sums of each file, in hundredths like the control totals. */
export type ReadTotals = Map<string, Map<string, bigint>>
export type OnStage = (stage: string, done: number, total: number | null) => Promise<void>

/** Names of the staging tables. */
export const stagedTables: readonly string[] = [...thingNames.map((thing) => `staged_${thing}`), 'staged_customer_secret', 'staged_account_secret']

/** The number by which a staged row remembers its file; 0 is a constant of the profile. */
export const fileNumber = (delivery: Delivery, place: number): string => (place === 0 ? '' : (delivery.files[place - 1]?.name ?? ''))

/**
 * Reads every file of a delivery and lays its rows into staging by COPY, as the owner: types are checked here, everything that needs other rows
 * is checked by statements afterwards. A row with a fault is told to `rejects` and left out.
 */
export async function stageDelivery(client: OwnerConnection, profile: Profile, delivery: Delivery, secrets: Secrets, rejects: Rejects, onStage: OnStage): Promise<ReadTotals> {
  await emptyTables(client, stagedTables)
  const lookups = await readLookups(profile, delivery)
  const copier = new Copier(client)
  for (const { thing, rows } of profile.constants) stageConstants(profile, thing, rows, secrets, copier)
  const totals: ReadTotals = new Map()
  const allBytes = delivery.files.reduce((sum, one) => sum + one.bytes, 0)
  let bytesBefore = 0
  for (const [place, one] of delivery.files.entries()) {
    const mappers = one.file.into.map((into) => rowMapper(profile, one.file, into, place + 1, lookups, secrets))
    const sums = sumsOf(profile, one.file)
    let rows = 0
    await readRows(one.path, one.file, one.file.encoding ?? profile.encoding, {
      onRow(fields, row) {
        rows++
        for (const sum of sums) sum.take(fields)
        const fault = (column: string, reason: RejectReason, value: string): void => rejects.add({ file: one.name, row, column, reason, value })
        for (const mapper of mappers) {
          const text = mapper.map(fields, row, fault)
          if (text === null) return // one reject for one row
          if (text !== undefined) copier.add(mapper, text)
        }
      },
      onFault(fault) {
        rows++
        rejects.add({ file: one.name, ...fault })
      },
      async afterBlock(bytes) {
        await copier.flushFull()
        await onStage(`读取 ${one.name} / reading ${one.name}`, bytesBefore + bytes, allBytes)
      },
    })
    bytesBefore += one.bytes
    totals.set(one.file.id, new Map([['rows', BigInt(rows) * 100n], ...sums.map((sum): [string, bigint] => [sum.name, sum.total()])]))
  }
  await copier.end()
  return totals
}

/** The first rows of each thing as they are mapped: what `feed check` shows. */
export async function mapFirstRows(profile: Profile, delivery: Delivery, secrets: Secrets, most: number): Promise<{ file: string; thing: Thing; columns: readonly string[]; rows: string[][]; faults: Reject[] }[]> {
  const lookups = await readLookups(profile, delivery)
  const shown: Awaited<ReturnType<typeof mapFirstRows>> = []
  for (const one of delivery.files) {
    const found = one.file.into.map((into) => ({ mapper: rowMapper(profile, one.file, into, 0, lookups, secrets), rows: [] as string[][], faults: [] as Reject[] }))
    const enough = new Error('enough')
    try {
      await readRows(one.path, one.file, one.file.encoding ?? profile.encoding, {
        onRow(fields, row) {
          for (const { mapper, rows, faults } of found) {
            if (rows.length >= most) continue
            const text = mapper.map(fields, row, (column, reason, value) => faults.push({ file: one.name, row, column, reason, value }))
            if (typeof text === 'string') rows.push(text.split('\t').slice(1).map((field) => (field === '\\N' ? '' : field.replaceAll('\\\\', '\\'))))
          }
          if (row > 10_000 || found.every(({ rows }) => rows.length >= most)) throw enough
        },
        onFault: (fault) => found[0]?.faults.push({ file: one.name, ...fault }),
        afterBlock: () => Promise.resolve(),
      })
    } catch (error) {
      if (error !== enough) throw error
    }
    for (const { mapper, rows, faults } of found) shown.push({ file: one.name, thing: mapper.thing, columns: mapper.columns.slice(1), rows, faults: faults.slice(0, most) })
  }
  return shown
}

async function readLookups(profile: Profile, delivery: Delivery): Promise<Lookups> {
  const lookups = new Map<string, Map<string, string>>()
  for (const lookup of profile.lookups) {
    const found = new Map<string, string>()
    lookups.set(lookup.name, found)
    const one = delivery.files.find(({ file }) => file.id === lookup.file)
    if (!one) continue
    const place = (column: string): number => one.file.columns.findIndex(({ name }) => name === column)
    const key = place(lookup.key)
    const value = place(lookup.value)
    const where = lookup.where && { place: place(lookup.where.column), is: lookup.where.is }
    await readRows(one.path, one.file, one.file.encoding ?? profile.encoding, {
      onRow(fields) {
        if (!where || fields[where.place] === where.is) found.set(fields[key] ?? '', fields[value] ?? '')
      },
      onFault: () => undefined, // told when the file itself is staged
      afterBlock: () => Promise.resolve(),
    })
  }
  return lookups
}

function stageConstants(profile: Profile, thing: Thing, rows: readonly Record<string, string>[], secrets: Secrets, copier: Copier): void {
  for (const [index, row] of rows.entries()) {
    const names = Object.keys(row)
    const file: ProfileFile = { id: 'constants', name: 'constants', format: { kind: 'csv', delimiter: ',', quote: '"', header: true }, optional: true, columns: names.map((name) => ({ name, start: 0, length: 0 })), into: [], sums: [] }
    const mapper = rowMapper({ ...profile, date: 'YYYY-MM-DD', decimalMark: '.' }, file, { thing, distinct: false, fields: Object.fromEntries(names.map((name) => [name, { column: name }])) }, 0, new Map(), secrets)
    const text = mapper.map(names.map((name) => row[name] ?? ''), index + 1, (column, reason, value) => {
      throw new NamedFailure('profile', { zh: `映射方案的常量 ${thing}.${column} 有误（${reason}）：${value}`, en: `the profile's constant ${thing}.${column} is wrong (${reason}): ${value}` }, { exitCode: 2 })
    })
    if (typeof text === 'string') copier.add(mapper, text)
  }
}

type Sum = { name: string; take(fields: readonly string[]): void; total(): bigint }

function sumsOf(profile: Profile, file: ProfileFile): Sum[] {
  const place = (column: string): number => file.columns.findIndex(({ name }) => name === column)
  // the same reading as of the field that the column fills, so that an amount with implied decimals is summed rightly
  const readers = new Map<string, (text: string) => string | undefined>()
  for (const value of file.into.flatMap(({ fields }) => Object.values(fields ?? {}))) {
    if ('column' in value) {
      const reading: { column: string; decimalMark?: '.' | ','; impliedDecimals?: number } = value
      readers.set(reading.column, amountReader(reading.decimalMark ?? profile.decimalMark, reading.impliedDecimals))
    }
  }
  return file.sums.map((sum) => {
    const at = place(sum.column)
    const read = readers.get(sum.column) ?? amountReader(profile.decimalMark, undefined)
    const conditions = sum.where.map((one) => ({ place: place(one.column), oneOf: one.isOneOf && new Set(one.isOneOf), startsWith: one.startsWith }))
    const total = new FenSum()
    return {
      name: sum.name,
      take(fields) {
        for (const { place, oneOf, startsWith } of conditions) {
          const text = fields[place] ?? ''
          if (oneOf && !oneOf.has(text)) return
          if (startsWith !== undefined && !text.startsWith(startsWith)) return
        }
        const fen = read((fields[at] ?? '').trim())
        if (fen !== undefined) total.add(fen)
      },
      total: () => total.total(),
    }
  })
}

/** Gathers rows per staging table and copies them in pieces, one piece at a time while reading goes on. */
class Copier {
  readonly #client: OwnerConnection
  readonly #waiting = new Map<string, { table: string; columns: readonly string[]; rows: string[]; size: number }>()
  #copying: Promise<unknown> = Promise.resolve()
  #failed: { error: unknown } | undefined

  constructor(client: OwnerConnection) {
    this.#client = client
  }

  add(mapper: RowMapper, text: string): void {
    const key = `${mapper.thing} ${mapper.columns.join()}`
    let waiting = this.#waiting.get(key)
    if (!waiting) {
      waiting = { table: `staged_${mapper.thing}`, columns: mapper.columns, rows: [], size: 0 }
      this.#waiting.set(key, waiting)
    }
    waiting.rows.push(text)
    waiting.size += text.length
  }

  /** Hands pieces of some size on; waits only while the piece before is still being copied. */
  async flushFull(least = 1_000_000): Promise<void> {
    for (const waiting of this.#waiting.values()) {
      if (waiting.size < least || waiting.rows.length === 0) continue
      const text = `${waiting.rows.join('\n')}\n`
      const { table, columns } = waiting
      waiting.rows = []
      waiting.size = 0
      await this.#copying
      this.#copying = copyRows(this.#client, table, columns, text).catch((error: unknown) => {
        this.#failed ??= { error }
      })
    }
    if (this.#failed) throw this.#failed.error
  }

  async end(): Promise<void> {
    await this.flushFull(0)
    await this.#copying
    if (this.#failed) throw this.#failed.error
  }
}
