import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { NamedFailure } from '../foundation/config/named-failure.ts'
import type { Database } from '../foundation/database/database.ts'
import { sql, type Transaction } from '../foundation/database/transaction.ts'
import type { Keyring } from '../foundation/secrets/keyring.ts'
import { add, change, quiet, type BulkResult } from '../foundation/store/store.ts'
import { newId } from '../foundation/values/uuid7.ts'
import { yuanOfFen } from './convert.rules.ts'
import { folderName, type Delivery } from './inspect-folder.ts'
import type { Profile } from './profile.contract.ts'
import { rejectReasons } from './reject-reasons.contract.ts'
import type { ReadTotals, Reject, Rejects } from './stage-delivery.ts'

export type KnownDelivery = { id: string; state: string }

/** The same content that was loaded, or is unfinished (a load that was killed goes on under the same id). */
export function findDelivery(tx: Transaction, contentHash: Buffer): Promise<KnownDelivery | undefined> {
  return tx.maybe(sql<KnownDelivery>`SELECT id, state FROM delivery WHERE content_hash = ${contentHash} ORDER BY state = 'LOADED' DESC, state = 'REFUSED', received_at DESC LIMIT 1`)
}

/** Begins a delivery, or begins an unfinished one anew. Returns its id. */
export async function beginDelivery(tx: Transaction, profile: Profile, delivery: Delivery, jobId: string | null): Promise<string> {
  const known = await findDelivery(tx, delivery.contentHash)
  if (known && known.state !== 'LOADED') {
    for (const table of ['delivery_total', 'delivery_reject', 'delivery_effect', 'delivery_file'] as const) await quiet(tx, table, 'remove', sql`DELETE FROM ${sql.table(table)} WHERE delivery_id = ${known.id}`)
    await change(tx, 'delivery', { id: known.id }, { state: 'CHECKING', refusal: null, refusal_zh: null, refusal_en: null, rows_rejected: 0, job_id: jobId }, { why: null, action: 'BEGIN_AGAIN' })
    await noteFiles(tx, known.id, delivery)
    return known.id
  }
  const id = newId()
  await add(tx, 'delivery', {
    id, profile: profile.code, bank_code: delivery.bank.code, business_date: delivery.businessDate, kind: delivery.kind, content_hash: delivery.contentHash, folder: folderName(delivery.folder), state: 'CHECKING', job_id: jobId,
  }, { why: null, action: 'RECEIVE' })
  await noteFiles(tx, id, delivery)
  return id
}

async function noteFiles(tx: Transaction, id: string, delivery: Delivery): Promise<void> {
  for (const { file, name, bytes, sha256 } of delivery.files) {
    await quiet(tx, 'delivery_file', 'add', sql`INSERT INTO delivery_file (delivery_id, file_id, name, bytes, sha256) VALUES (${id}, ${file.id}, ${name}, ${bytes}, ${sha256})`)
  }
}

/** Keeps what was read beside what the sender tells; returns the totals that do not tie. */
export async function recordTotals(tx: Transaction, id: string, delivery: Delivery, totals: ReadTotals): Promise<{ file: string; measure: string; expected: bigint; received: bigint }[]> {
  const differing: { file: string; measure: string; expected: bigint; received: bigint }[] = []
  const rows = new Map([...totals].flatMap(([file, measures]) => [...measures].map(([measure, received]) => [`${file} ${measure}`, { file, measure, received }])))
  const expected = new Map(delivery.expected.map((one) => [`${one.file} ${one.measure}`, one]))
  for (const key of new Set([...rows.keys(), ...expected.keys()])) {
    const told = expected.get(key)
    const read = rows.get(key)
    const file = told?.file ?? read?.file ?? ''
    const measure = told?.measure ?? read?.measure ?? ''
    const received = read?.received ?? 0n
    await quiet(tx, 'delivery_total', 'add', sql`INSERT INTO delivery_total (delivery_id, file_id, measure, expected, received) VALUES (${id}, ${file}, ${measure}, ${told ? yuanOfFen(told.value) : null}, ${yuanOfFen(received)})`)
    if (told && told.value !== received) differing.push({ file, measure, expected: told.value, received })
  }
  for (const [file, measures] of totals) {
    await quiet(tx, 'delivery_file', 'change', sql`UPDATE delivery_file SET rows_read = ${String((measures.get('rows') ?? 0n) / 100n)} WHERE delivery_id = ${id} AND file_id = ${file}`)
  }
  const all = [...totals.values()].reduce((sum, measures) => sum + (measures.get('rows') ?? 0n), 0n) / 100n
  await change(tx, 'delivery', { id }, { rows_read: all }, { why: null, action: 'READ' })
  return differing
}

/** Keeps the rows that were not taken: in the table (values sealed) and in a file of mode 0600 for whoever mends them. Returns the file's path. */
export async function recordRejects(tx: Transaction, id: string, rejects: Rejects, keyring: Keyring, dataDir: string): Promise<string> {
  const rows = rejects.kept
  await quiet(tx, 'delivery_reject', 'add', sql`
    INSERT INTO delivery_reject (delivery_id, number, file_name, row_no, column_name, reason, value_sealed)
    SELECT ${id}, r.* FROM unnest(${rows.map((_, place) => place + 1)}::int[], ${rows.map((row) => row.file)}::text[], ${rows.map((row) => row.row)}::int[], ${rows.map((row) => row.column)}::text[],
      ${rows.map((row) => row.reason)}::text[], ${rows.map((row) => (row.value === '' ? null : keyring.sealTransient(row.value, rejectPurpose(id))))}::bytea[]) r`)
  await change(tx, 'delivery', { id }, { rows_rejected: rejects.count }, { why: null, action: 'REJECTS' })
  return writeRejects(dataDir, id, rows)
}

/** With what a reject's value is bound. */
export const rejectPurpose = (deliveryId: string): string => `delivery reject ${deliveryId}`

function writeRejects(dataDir: string, id: string, rows: readonly Reject[]): string {
  const folder = join(dataDir, 'deliveries')
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const path = join(folder, `${id}-rejects.csv`)
  // a spreadsheet must not take a value for a formula
  const cell = (value: string): string => `"${(/^[=+\-@\t\r]/.test(value) ? `'${value}` : value).replaceAll('"', '""')}"`
  const lines = rows.map((row) => [row.file, String(row.row), row.column, row.value, `${rejectReasons[row.reason].zh} / ${rejectReasons[row.reason].en}`].map(cell).join(','))
  writeFileSync(path, `\ufeff文件 file,行 row,列 column,值 value,原因 reason\n${lines.join('\n')}\n`, { mode: 0o600 })
  return path
}

/** One sentence for the first rejects: by file, row and column; the values stay in the file. */
export function rejectsFailure(rejects: Rejects, path: string): NamedFailure {
  const shown = rejects.kept.slice(0, 5)
  const place = (row: Reject, zh: boolean): string => zh
    ? `${row.file} 第 ${row.row} 行${row.column === '' ? '' : ` ${row.column} 列`}：${rejectReasons[row.reason].zh}`
    : `${row.file}, row ${row.row}${row.column === '' ? '' : `, column ${row.column}`}: ${rejectReasons[row.reason].en}`
  return new NamedFailure('rows-rejected', {
    zh: `${rejects.count} 行被拒收，未装入任何数据。${shown.map((row) => place(row, true)).join('；')}${rejects.count > shown.length ? '；…' : ''}。清单：${path}`,
    en: `${rejects.count} row(s) rejected, nothing was loaded. ${shown.map((row) => place(row, false)).join('; ')}${rejects.count > shown.length ? '; …' : ''}. List: ${path}`,
  })
}

export function totalsFailure(differing: readonly { file: string; measure: string; expected: bigint; received: bigint }[]): NamedFailure {
  const one = ({ file, measure, expected, received }: (typeof differing)[number], zh: boolean): string => {
    const shown = (value: bigint): string => (measure === 'rows' ? String(value / 100n) : yuanOfFen(value))
    return zh ? `${file} ${measure} 应为 ${shown(expected)}，实收 ${shown(received)}，差 ${shown(received - expected)}` : `${file} ${measure}: ${shown(expected)} expected, ${shown(received)} received, difference ${shown(received - expected)}`
  }
  return new NamedFailure('totals-differ', { zh: `对账不符，未装入任何数据。${differing.map((row) => one(row, true)).join('；')}`, en: `the control totals do not tie, nothing was loaded. ${differing.map((row) => one(row, false)).join('; ')}` })
}

/** The delivery was not loaded; why is kept for the page. */
export async function refuseDelivery(db: Database, id: string, failure: NamedFailure): Promise<void> {
  await db.asBatch((tx) => change(tx, 'delivery', { id }, { state: 'REFUSED', refusal: failure.failure, refusal_zh: failure.text.zh.slice(0, 2000), refusal_en: failure.text.en.slice(0, 2000) }, { why: null, action: 'REFUSE' }))
}

/** Inside the merge: which work changed how many rows, and that the delivery stands. */
export async function finishDelivery(tx: Transaction, id: string, effects: readonly BulkResult[], later: number, seconds: number): Promise<number> {
  const told = effects.filter((effect) => effect.count > 0)
  await quiet(tx, 'delivery_effect', 'add', sql`
    INSERT INTO delivery_effect (delivery_id, place, table_name, what, rows)
    SELECT ${id}, e.* FROM unnest(${told.map((_, place) => place + 1)}::int[], ${told.map((effect) => effect.table)}::text[], ${told.map((effect) => effect.what)}::text[], ${told.map((effect) => effect.count)}::bigint[]) e`)
  const changed = told.reduce((sum, effect) => sum + effect.count, 0)
  await change(tx, 'delivery', { id }, { state: 'LOADED', loaded_at: new Date(), rows_changed: changed, rows_later: later, seconds: seconds.toFixed(3) }, { why: null, action: 'LOAD' })
  return changed
}

/** Rows dated after the business date: counted, in force only from their day on. */
export async function countLater(tx: Transaction, businessDate: string): Promise<number> {
  const { rows } = await tx.one(sql<{ rows: number }>`SELECT (
    (SELECT count(*) FROM staged_account WHERE opened_on > ${businessDate}::date) + (SELECT count(*) FROM staged_transaction WHERE booked_on > ${businessDate}::date)
    + (SELECT count(*) FROM staged_loan WHERE paid_out_on > ${businessDate}::date) + (SELECT count(*) FROM staged_card WHERE issued_on > ${businessDate}::date)
    + (SELECT count(*) FROM staged_customer WHERE opened_on > ${businessDate}::date))::int AS rows`)
  return rows
}

/** First days of the months that performance has closed; none until it publishes them. */
export async function closedMonths(tx: Transaction): Promise<string[]> {
  const { there } = await tx.one(sql<{ there: boolean }>`SELECT to_regclass('performance_closed_month_facts') IS NOT NULL AS there`)
  if (!there) return []
  return (await tx.all(sql<{ month: string }>`SELECT substr(month::text, 1, 7) AS month FROM performance_closed_month_facts`)).map((row) => `${row.month}-01`)
}
