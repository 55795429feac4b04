import { createWriteStream, mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { once } from 'node:events'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { encodeGb18030 } from '../demo/gb18030.ts'
import { loadDelivery } from '../flows/load-delivery.ts'
import type { CommandResult, CommandRun } from '../foundation/cli/command.ts'
import { readConfig } from '../foundation/config/config.ts'
import { copyFromFile, copyToFile, emptyTables } from '../foundation/database/copy-rows.ts'
import { openDatabase } from '../foundation/database/open-database.ts'
import type { Services } from '../foundation/http/route.ts'
import { makeServices } from '../server.ts'

/**
 * `npx yinqiao bench feed`: a day's bookings of a bank in the product's own layout (fixed width, GB18030), loaded by the feed with everything it does (checks, control totals, journal, figures),
 * beside COPY of the same rows in the same order into the same table with its indexes and keys. Makes its data in a scratch folder.
 */
export async function benchFeed(run: CommandRun, { rows }: { rows: number }): Promise<CommandResult> {
  const folder = mkdtempSync(join(tmpdir(), 'yq-bench-'))
  const { config } = readConfig({ YINQIAO_DATA: folder, YINQIAO_LOG: 'silent', PORT: '0' }, folder)
  const open = await openDatabase(config, (stage) => run.progress.show(stage))
  try {
    const services = makeServices(config, open.db)
    const customers = Math.max(100, Math.ceil(rows / 50))
    const stages = new Map<string, number>()
    const base = await loadDelivery(services, { dir: writeBase(join(folder, 'base'), customers), profile: 'yinqiao', onProgress: run.onProgress, firstPasswords: false })
    run.progress.show({ zh: '写交易文件', en: 'writing the bookings' })
    const dir = await writeBookings(join(folder, 'day'), customers, rows)
    const megabytes = statSync(join(dir, 'transactions.txt')).size / 1e6
    let stage = { name: '', since: performance.now() }
    const loaded = await loadDelivery(services, {
      dir, profile: 'yinqiao',
      onProgress: async (name, done, total) => {
        const now = performance.now()
        const shortened = name.split(/ \S+\.(?:txt|csv)/)[0] ?? name
        if (shortened !== stage.name) {
          stages.set(stage.name, (stages.get(stage.name) ?? 0) + now - stage.since)
          stage = { name: shortened, since: now }
        }
        await run.onProgress(name, done, total)
      },
    })
    stages.set(stage.name, (stages.get(stage.name) ?? 0) + performance.now() - stage.since)
    run.progress.show({ zh: 'COPY 同样的行', en: 'COPY of the same rows' })
    const copied = await copySeconds(services, join(folder, 'same.copy'))
    const rate = (seconds: number): number => Math.round(rows / seconds)
    const ratio = copied / loaded.seconds
    const shown = (value: number): string => value.toLocaleString('en-US')
    return {
      ok: ratio >= 0.5,
      json: { rows, megabytes: Math.round(megabytes), seconds: loaded.seconds, rowsPerSecond: rate(loaded.seconds), copySeconds: copied, copyRowsPerSecond: rate(copied), ratio: Number(ratio.toFixed(2)), base: { customers, seconds: base.seconds }, stages: Object.fromEntries([...stages].filter(([name, ms]) => name !== '' && ms >= 50).map(([name, ms]) => [name, Math.round(ms)])) },
      lines: [
        '| what | rows/s | seconds | ratio |', '|---|---|---|---|',
        `| feed: ${shown(rows)} bookings, fixed width, GB18030, ${Math.round(megabytes)} MB, checked, journaled, figures refreshed | ${shown(rate(loaded.seconds))} | ${loaded.seconds.toFixed(1)} | ${ratio.toFixed(2)} |`,
        `| COPY of the same rows into the same table with its indexes and keys | ${shown(rate(copied))} | ${copied.toFixed(1)} | 1 |`,
        ...[...stages].filter(([name, ms]) => name !== '' && ms >= 50).map(([name, ms]) => `| of the feed: ${name} | | ${(ms / 1000).toFixed(1)} | |`),
        `| before: ${shown(customers)} customers with their accounts (keys, encryption) | | ${base.seconds.toFixed(1)} | |`,
      ],
    }
  } finally {
    await open.close()
    rmSync(folder, { recursive: true, force: true })
  }
}

/** COPY of exactly these rows, in the order of the delivered file, into the same table, emptied before. */
async function copySeconds({ db }: Services, path: string): Promise<number> {
  const owner = await db.connectOwner()
  try {
    await copyToFile(owner, 'SELECT * FROM account_transaction ORDER BY core_key', path)
    await emptyTables(owner, ['account_transaction'])
    await owner.query('CHECKPOINT')
    const started = performance.now()
    await copyFromFile(owner, 'account_transaction', path)
    return (performance.now() - started) / 1000
  } finally {
    await owner.end()
  }
}

const account = (n: number): string => `ACC${String(n).padStart(9, '0')}`

function writeBase(dir: string, customers: number): string {
  mkdirSync(dir)
  const outlets = 50
  const line = (count: number, make: (n: number) => string): string => Array.from({ length: count }, (_, n) => `${make(n)}\n`).join('')
  const files: Record<string, string> = {
    'institutions.csv': `code,kind,name,name_en,parent_code,region,managers_in,from_date\nHQ,HEAD_OFFICE,测速银行,Bench,,,,20200101\n${line(outlets, (n) => `O${n},OUTLET,第${n}支行,Outlet ${n},HQ,,,20200101`)}`,
    'staff.csv': `staff_no,name,from_date,to_date\n${line(outlets, (n) => `M${n},李经理,20200101,`)}`,
    'posts.csv': `staff_no,post_code,line_code,place_code,from_date,to_date,main\n${line(outlets, (n) => `M${n},RM,O${n},O${n},20200101,,1`)}`,
    'products.csv': 'code,name,name_en,line\nCUR,活期存款,Current,DEPOSIT\n',
    'customers.csv': `number,kind,name,outlet_code,opened_on,status,source,identity_kind,identity_number,identity_expires_on,phone,company_type,established_on,registered_address,operating_address,registration_status,business_scope,industry_code,size_class,registered_capital,legal_representative,staff_count,sex,birth_date,nationality,occupation,employer,address,district,risk_level\n${
      line(customers, (n) => `C${n},PERSON,王晓${String.fromCodePoint(0x4e00 + (n % 5000))},O${n % outlets},20210301,,,OTHER,ID${n},,138${String(n).padStart(8, '0')},,,,,,,,,,,,F,19800101,,,,,,`)}`,
    'assignments.csv': `customer_number,staff_no,share_pct,main,from_date,to_date,base_adb\n${line(customers, (n) => `C${n},M${n % outlets},100.00,1,20210301,,0`)}`,
    'accounts.csv': `account_key,customer_number,account_number,product_code,currency,outlet_code,opened_on,closed_on,matures_on,rate\n${line(customers, (n) => `${account(n)},C${n},62220000${String(n).padStart(9, '0')},CUR,CNY,O${n % outlets},20210301,,,`)}`,
  }
  const control = ['file,item,value', ...facts('20261120', 'FULL'), ...Object.entries(files).map(([name, text]) => `${name.replace('.csv', '')},rows,${text.split('\n').length - 2}`)]
  for (const [name, text] of Object.entries({ ...files, 'control.csv': `${control.join('\n')}\n` })) writeFileSync(join(dir, name), encodeGb18030(text))
  return dir
}

const facts = (date: string, kind: string): string[] =>
  Object.entries({ layout: 'yinqiao-1', bank: 'bench', bank_name: '测速银行', currency: 'CNY', calendar: 'china', date, kind }).map(([item, value]) => `*,${item},${value}`)

async function writeBookings(dir: string, customers: number, rows: number): Promise<string> {
  mkdirSync(dir)
  const out = createWriteStream(join(dir, 'transactions.txt'))
  const partners = ['南山五金厂', '红星机械有限公司', '城北便民超市', '光明纺织集团'].map((name) => encodeGb18030(name + ' '.repeat(40 - name.length * 2)).toString('latin1'))
  const memos = ['货款', '工资', '往来款', '水电费'].map((memo) => encodeGb18030(memo + ' '.repeat(27 - memo.length * 2)).toString('latin1'))
  let chance = 1
  const next = (): number => (chance = (chance * 48271) % 2147483647)
  let income = 0n
  let outgo = 0n
  for (let n = 0; n < rows;) {
    const lines: string[] = []
    for (; n < rows && lines.length < 5_000; n++) {
      const fen = 100 + (next() % 5_000_000)
      const isIncome = next() % 2 === 0
      if (isIncome) income += BigInt(fen)
      else outgo += BigInt(fen)
      const yuan = `${Math.floor(fen / 100)}.${String(fen % 100).padStart(2, '0')}`.padStart(16)
      lines.push(`T${String(n).padStart(19, '0')}${account(next() % customers).padEnd(20)}202611${String(1 + (next() % 20)).padStart(2, '0')}${isIncome ? 'IN ' : 'OUT'}CNY${yuan}${yuan}TRANSFER    ${partners[n % 4]}102100099996${String(next() % 20_000).padStart(19, '6217')}     ${memos[n % 4]}\n`)
    }
    if (!out.write(Buffer.from(lines.join(''), 'latin1'))) await once(out, 'drain')
  }
  out.end()
  await once(out, 'finish')
  const yuan = (fen: bigint): string => `${fen / 100n}.${String(fen % 100n).padStart(2, '0')}`
  writeFileSync(join(dir, 'control.csv'), encodeGb18030(`${['file,item,value', ...facts('20261121', 'DELTA'), `transactions,rows,${rows}`, `transactions,amount:IN,${yuan(income)}`, `transactions,amount:OUT,${yuan(outgo)}`].join('\n')}\n`))
  return dir
}
