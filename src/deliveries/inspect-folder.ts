import { createHash } from 'node:crypto'
import { createReadStream, existsSync, readFileSync, readdirSync, statSync } from 'node:fs'
import { basename, join, resolve } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { NamedFailure } from '../foundation/config/named-failure.ts'
import { dayReader, hundredths } from './convert.rules.ts'
import { decode, EncodingGuard, UnreadableFile } from './decode-lines.ts'
import type { Profile, ProfileFile } from './profile.contract.ts'

export type DeliveryKind = 'FULL' | 'DELTA' | 'CORRECTION'
export type DeliveredFile = { file: ProfileFile; path: string; name: string; bytes: number; sha256: Buffer }
/** What a folder holds before any row is read: whose it is, of which day, which files, what the sender tells of them. */
export type Delivery = {
  folder: string
  bank: { code: string; nameZh: string; nameEn: string; currency: string; calendar: 'china' | 'weekdays'; settings: Record<string, unknown> }
  businessDate: string
  kind: DeliveryKind
  files: DeliveredFile[]
  /** Control totals in hundredths, by file and measure ('rows' counts hundredths as well). */
  expected: { file: string; measure: string; value: bigint }[]
  /** The same profile, day and bytes give the same hash. */
  contentHash: Buffer
}

/** Looks at the folder of a delivery. Throws NamedFailure: 'no-folder', 'files-missing', 'file-twice', 'file-not-announced', 'control-file', 'business-date'. */
export async function inspectFolder(dir: string, profile: Profile, date?: string): Promise<Delivery> {
  const folder = resolve(dir)
  if (!existsSync(folder) || !statSync(folder).isDirectory()) throw new NamedFailure('no-folder', { zh: `没有目录 ${dir}`, en: `there is no folder ${dir}` })
  const there = new Set(readdirSync(folder))
  const control = profile.control ? readControl(folder, there, profile) : undefined

  const missing: string[] = []
  const files: Omit<DeliveredFile, 'sha256'>[] = []
  for (const file of profile.files) {
    const names = [file.name, `${file.name}.gz`].filter((name) => there.has(name))
    const announced = control ? control.totals.some((total) => total.file === file.id) : !file.optional
    const [name] = names
    if (names.length > 1) throw new NamedFailure('file-twice', { zh: `${names.join(' 与 ')} 只能有一个`, en: `${names.join(' and ')}: only one of them may be there` })
    if (name === undefined) {
      if (announced) missing.push(file.name)
      continue
    }
    if (control && !announced) throw new NamedFailure('file-not-announced', { zh: `${name} 不在控制文件中：缺少 ${file.id},rows`, en: `${name} is not in the control file: ${file.id},rows is missing` })
    const path = join(folder, name)
    files.push({ file, path, name, bytes: statSync(path).size })
  }
  if (missing.length > 0) throw new NamedFailure('files-missing', { zh: `缺少文件：${missing.join('、')}`, en: `missing files: ${missing.join(', ')}` })
  for (const { file } of control?.totals.map((total) => ({ file: total.file })) ?? []) {
    if (!profile.files.some((known) => known.id === file)) throw new NamedFailure('control-file', { zh: `控制文件提到方案中没有的文件：${file}`, en: `the control file names a file that the profile does not know: ${file}` })
  }

  const bank = control?.bank ?? (profile.bank && { code: profile.bank.code, nameZh: profile.bank.name.zh, nameEn: profile.bank.name.en, currency: profile.bank.currency, calendar: profile.bank.calendar, settings: profile.bank.settings })
  if (!bank) throw new NamedFailure('control-file', { zh: '控制文件没有说明是哪家银行', en: 'the control file does not say whose delivery it is' })
  const told = control?.date ?? profile.businessDate
  if (control && date !== undefined && date !== control.date) throw new NamedFailure('business-date', { zh: `控制文件的业务日期是 ${control.date}，与 --date ${date} 不同`, en: `the control file says ${control.date}, --date says ${date}` })
  const businessDate = date ?? told
  if (businessDate === undefined) throw new NamedFailure('business-date', { zh: '没有业务日期：请用 --date 给出', en: 'no business date: give it by --date' })

  const expected = control?.totals ?? profile.totals.map((total) => ({ file: total.file, measure: total.measure, value: hundredths(total.value) ?? 0n }))
  const kind = control?.kind ?? profile.kind
  const delivered = await Promise.all(files.map(async (one) => ({ ...one, sha256: await hashOf(one.path) })))
  const content = createHash('sha256').update(JSON.stringify([profile, bank, businessDate, kind, expected.map((one) => [one.file, one.measure, one.value.toString()])]))
  for (const one of delivered) content.update(one.file.id).update(one.sha256)
  return { folder, bank, businessDate, kind, files: delivered, expected, contentHash: content.digest() }
}

/** The last part of a folder's path: what people see of it. */
export const folderName = (folder: string): string => basename(folder)

async function hashOf(path: string): Promise<Buffer> {
  const hash = createHash('sha256')
  for await (const part of createReadStream(path, { highWaterMark: 1 << 20 }) as AsyncIterable<Buffer>) hash.update(part)
  return hash.digest()
}

type Control = { bank: Delivery['bank']; date: string; kind: DeliveryKind; totals: Delivery['expected'] }

function readControl(folder: string, there: ReadonlySet<string>, profile: Profile): Control {
  const named = profile.control
  if (!named) throw new Error('no control file')
  const name = [named.name, `${named.name}.gz`].find((candidate) => there.has(candidate))
  if (name === undefined) throw new NamedFailure('files-missing', { zh: `缺少控制文件 ${named.name}`, en: `the control file ${named.name} is missing` })
  const raw = readFileSync(join(folder, name))
  const text = controlText(name, name.endsWith('.gz') ? unpacked(name, raw) : raw, named.encoding ?? profile.encoding)
  const facts = new Map<string, string>()
  const totals: Control['totals'] = []
  const wrong = (row: number, zh: string, en: string): NamedFailure => new NamedFailure('control-file', { zh: `${name} 第 ${row} 行：${zh}`, en: `${name}, row ${row}: ${en}` })
  for (const [index, line] of text.split(/\r?\n/).entries()) {
    const row = index + 1
    if (row === 1) {
      if (line !== 'file,item,value') throw wrong(row, '第一行应为 file,item,value', 'the first line must be file,item,value')
      continue
    }
    if (line === '') continue
    const [file = '', item = '', ...rest] = line.split(',')
    const value = rest.join(',').replace(/^"(.*)"$/, '$1')
    if (item === '' || value === '') throw wrong(row, '应有三列', 'there must be three columns')
    if (file === '*') {
      if (facts.has(item)) throw wrong(row, `${item} 重复`, `${item} stands twice`)
      facts.set(item, value)
      continue
    }
    const amount = hundredths(value)
    if (amount === undefined) throw wrong(row, `${value} 不是数字`, `${value} is no number`)
    if (totals.some((total) => total.file === file && total.measure === item)) throw wrong(row, `${file},${item} 重复`, `${file},${item} stands twice`)
    totals.push({ file, measure: item, value: amount })
  }
  const fact = (item: string, shape: RegExp): string => {
    const value = facts.get(item)
    if (value === undefined) throw new NamedFailure('control-file', { zh: `${name} 缺少 *,${item}`, en: `${name} lacks *,${item}` })
    if (!shape.test(value)) throw new NamedFailure('control-file', { zh: `${name} 的 *,${item} 不对：${value}`, en: `${name}: *,${item} is wrong: ${value}` })
    return value
  }
  fact('layout', /^yinqiao-1$/)
  const date = dayReader('YYYYMMDD', undefined)(fact('date', /^\d{8}$/))
  if (date === undefined) throw new NamedFailure('control-file', { zh: `${name} 的业务日期不存在：${facts.get('date') ?? ''}`, en: `${name}: there is no such day: ${facts.get('date') ?? ''}` })
  for (const total of totals) {
    if (!totals.some((one) => one.file === total.file && one.measure === 'rows')) throw new NamedFailure('control-file', { zh: `${name} 缺少 ${total.file},rows`, en: `${name} lacks ${total.file},rows` })
  }
  return {
    bank: {
      code: fact('bank', /^[a-z0-9-]{1,40}$/), nameZh: fact('bank_name', /^.{1,60}$/), nameEn: facts.get('bank_name_en') ?? fact('bank_name', /./), currency: fact('currency', /^[A-Z]{3}$/),
      calendar: fact('calendar', /^(china|weekdays)$/) as 'china' | 'weekdays', settings: {},
    },
    date, kind: fact('kind', /^(FULL|DELTA|CORRECTION)$/) as DeliveryKind, totals,
  }
}

function unpacked(name: string, packed: Buffer): Buffer {
  try {
    return gunzipSync(packed, { maxOutputLength: 64 << 20 })
  } catch (error) {
    throw new NamedFailure('gzip-cut-off', { zh: `${name}：压缩文件不完整或已损坏，请重新传送`, en: `${name}: the gzip file is cut off or damaged; send it again` }, { cause: error })
  }
}

function controlText(name: string, bytes: Buffer, encoding: 'utf-8' | 'gb18030'): string {
  const guard = new EncodingGuard(encoding)
  try {
    const text = decode(encoding, guard.check(bytes))
    guard.end()
    if (text !== undefined) return text
  } catch (error) {
    if (!(error instanceof UnreadableFile)) throw error
  }
  throw new NamedFailure('wrong-encoding', { zh: `${name}：字符编码不是方案所说的 ${encoding}`, en: `${name}: the encoding is not ${encoding} as the profile says` })
}
