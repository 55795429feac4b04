import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { Agent, request } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { giveFirstPassword } from '../access/first-administrator.ts'
import { permissionTable } from '../access/permission-table.ts'
import { completeBenchCustomers, makeBenchCustomers, makeBenchTiers, type BenchManager } from '../customers/make-bench-customers.ts'
import { setUpBank } from '../flows/set-up-bank.ts'
import { hashPassword } from '../foundation/access/passwords.ts'
import type { CommandResult, CommandRun } from '../foundation/cli/command.ts'
import { readConfig } from '../foundation/config/config.ts'
import { openDatabase } from '../foundation/database/open-database.ts'
import { buildApp } from '../foundation/http/app.ts'
import type { Services } from '../foundation/http/route.ts'
import { searchGrams } from '../foundation/values/person-name.ts'
import { newId } from '../foundation/values/uuid7.ts'
import { makeBenchHoldings } from '../holdings/make-bench-holdings.ts'
import { makeBenchMovements } from '../watch/make-bench-movements.ts'
import { addInstitution } from '../organisation/add-institution.ts'
import { hirePerson } from '../organisation/hire-person.ts'
import { holdPost } from '../organisation/hold-post.ts'
import { routes } from '../routes.ts'
import { makeServices } from '../server.ts'
import { proposeTiers, tierStatement } from './bench-customers-tiers.ts'
import { movementsStatement } from './bench-customers-watch.ts'
import { askSegment, rowsOfSegment, segmentStatements } from './bench-customers-segments.ts'
import { countStatementOfCheck, duplicateStatement, entryNames, farLimitStatement, keysOfName, makeBenchKeys } from './bench-customers-duplicates.ts'
import { benchGroup, groupCase, type BenchGroup } from './bench-customers-relations.ts'
import { countStatement, listStatement, openStatements, readingsStatement, searchStatement, transactionsStatement, type Reader } from './bench-customers-statements.ts'

export const day = '2026-11-23'
const begins = '2020-01-01'
const password = 'bench-customers-2026'
const searched = { one: ['晋', '恒', '李', '药'], two: ['太原', '泰恒', '药业', '李伟', '云飞', '有限'], three: ['新材料', '太原恒', '李晓雯', '有限公'], pinyin: ['taiyuan', 'lixiaowen', 'wangwei', 'xincailiao'], initials: ['lxw', 'tyht', 'wwj', 'xcl'] } as const
export type Client = Awaited<ReturnType<Services['db']['connectOwner']>>
export type Subject = { reader: Reader; staffNo: string; scope: string | number; customerId: string; cookie: string; group: BenchGroup }
/** Milliseconds. p10 is what a quiet moment gives: on a machine that does other work it says more than the median. */
export type Timing = { p10: number; p50: number; p99: number }
export type BenchRow = { what: string; reader: Reader; http1: Timing; sql1: Timing; http8: Timing; sql8: Timing; ratio: number; withinAim: boolean; httpRows: number; sqlRows: number }

/** `npx yinqiao bench customers`: makes a bank of `size` customers in a scratch folder, asks it over HTTP with row-level security on, and asks the same rows by hand-written SQL. */
export async function benchCustomers(run: CommandRun, options: { size: number; plans?: string; keep?: string; only?: string }): Promise<CommandResult> {
  const folder = options.keep ?? mkdtempSync(join(tmpdir(), 'yq-bench-'))
  const { config } = readConfig({ YINQIAO_DATA: folder, YINQIAO_LOG: 'silent', PORT: '0' }, folder)
  const open = await openDatabase(config, (stage) => run.progress.show(stage))
  try {
    const services = makeServices(config, open.db)
    const subjects = await grow(services, folder, options.size, run)
    const rows = await measure(services, subjects, run, options)
    const lines = ['| what | reader | HTTP 1: p10 p50 p99 | SQL 1: p10 p50 p99 | HTTP 8: p10 p50 p99 | SQL 8: p10 p50 p99 | ratio of medians | within 1.5 × + 3 ms |', '|---|---|---|---|---|---|---|---|',
      ...rows.map((row) => `| ${row.what} | ${row.reader} | ${told(row.http1)} | ${told(row.sql1)} | ${told(row.http8)} | ${told(row.sql8)} | ${row.ratio.toFixed(2)} | ${row.withinAim ? 'yes' : 'NO'} |`)]
    return { ok: rows.every((row) => row.withinAim && row.httpRows === row.sqlRows), json: { size: options.size, rows }, lines }
  } finally {
    await open.close()
    if (options.keep === undefined) rmSync(folder, { recursive: true, force: true })
  }
}

export const told = ({ p10, p50, p99 }: Timing): string => `${p10.toFixed(1)} ${p50.toFixed(1)} ${p99.toFixed(1)}`

type Plan = { managers: BenchManager[]; people: Omit<Subject, 'customerId' | 'cookie' | 'group'>[]; indexes: { indexname: string; indexdef: string }[]; batch: string }

// 10 branches of 25 outlets of 10 managers, at any size: what a branch head sees is a tenth. A folder that was kept is measured again, or grown to its end first.
export async function grow(services: Services, folder: string, size: number, run: CommandRun): Promise<Subject[]> {
  const owner = await services.db.connectOwner()
  const planFile = join(folder, 'bench-plan.json')
  try {
    const plan = existsSync(planFile) ? (JSON.parse(readFileSync(planFile, 'utf8')) as Plan) : await begin(services, owner, planFile, run)
    const { managers, people, indexes, batch } = plan
    const count = async (table: string): Promise<number> => Number((await owner.query<{ n: string }>(`SELECT count(*) AS n FROM ${table}`)).rows[0]?.n)
    const copies = 10
    const names = 5_000
    // as after a restore: rows first, then the indexes
    for (let from = await count('customer'); from < size; from += names * copies) {
      run.progress.show({ zh: '生成客户', en: 'making customers' }, from, size)
      await services.db.asBatch((tx) => makeBenchCustomers(tx, { from, names: Math.ceil(Math.min(names * copies, size - from) / copies), copies, managers, day, batch }))
    }
    if ((await count('tier_held')) === 0) await services.db.asBatch((tx) => makeBenchTiers(tx, { day, batch }))
    run.progress.show({ zh: '生成归属与持有', en: 'making assignments and holdings' })
    if ((await count('assignment')) === 0) await services.db.asBatch((tx) => completeBenchCustomers(tx, { every: 20, day, batch }))
    if ((await count('account')) === 0) await services.db.asBatch((tx) => makeBenchHoldings(tx, { every: 20, day, batch }))
    if ((await count('movement')) === 0) await services.db.asBatch((tx) => makeBenchMovements(tx, { every: 100, day, batch }))
    const { rows: there } = await owner.query<{ indexname: string }>("SELECT indexname FROM pg_indexes WHERE tablename = 'customer'")
    const missing = indexes.filter(({ indexname }) => !there.some((one) => one.indexname === indexname))
    await makeBenchKeys(services, run, size)
    if (missing.length > 0) {
      await owner.query("SET maintenance_work_mem = '1GB'; SET max_parallel_maintenance_workers = 2")
      for (const { indexname, indexdef } of missing) {
        run.progress.show({ zh: `建立索引 ${indexname}`, en: `building the index ${indexname}` })
        await owner.query(indexdef)
      }
      await owner.query('VACUUM ANALYZE')
    }
    const managing = people.find((person) => person.reader === 'manager')
    const group = await benchGroup(services, owner, Number(managing?.scope ?? 0), day)
    const subjects: Subject[] = []
    for (const person of people) {
      const found = await owner.query<{ id: string }>(`SELECT c.customer_id AS id FROM customer c JOIN account a ON a.customer_id = c.customer_id WHERE ${person.reader === 'manager' ? 'c.viewers @> ARRAY[$1::int]' : "c.scope_path >= $1 AND c.scope_path < $1 || '/'"} LIMIT 1`, [person.scope])
      subjects.push({ ...person, customerId: found.rows[0]?.id ?? '', cookie: '', group })
    }
    return subjects
  } finally {
    await owner.end()
  }
}

async function begin(services: Services, owner: Client, planFile: string, run: CommandRun): Promise<Plan> {
  run.progress.show({ zh: '建立机构和人员', en: 'making units and people' })
  const { headOfficeKey } = await setUpBank(services, { code: 'bench', nameZh: '测速银行', nameEn: 'Bench', currency: 'CNY', calendar: 'china', businessDate: day, from: begins })
  const { managers, people } = await makeOrganisation(services, headOfficeKey)
  const { rows: indexes } = await owner.query<{ indexname: string; indexdef: string }>("SELECT indexname, indexdef FROM pg_indexes WHERE tablename = 'customer' AND indexname NOT IN ('customer_pkey', 'customer_number_key')")
  const plan: Plan = { managers, people, indexes, batch: newId() }
  writeFileSync(planFile, JSON.stringify(plan))
  for (const { indexname } of indexes) await owner.query(`DROP INDEX ${indexname}`)
  return plan
}

async function makeOrganisation(services: Services, headOfficeKey: number): Promise<{ managers: BenchManager[]; people: Omit<Subject, 'customerId' | 'cookie' | 'group'>[] }> {
  const managers: BenchManager[] = []
  const hash = await hashPassword(password)
  let number = 0
  return services.db.asBatch(async (tx) => {
    const staffNo = (): string => `B${String((number += 1)).padStart(5, '0')}`
    const person = async (postCode: string, unitKey: number): Promise<{ staffKey: number; staffNo: string }> => {
      const no = staffNo()
      const staffKey = await hirePerson(tx, { staffNo: no, name: '测速', from: begins })
      await holdPost(tx, { staffKey, postCode, lineKey: unitKey, placeKey: unitKey, from: begins })
      return { staffKey, staffNo: no }
    }
    const people: Omit<Subject, 'customerId' | 'cookie' | 'group'>[] = []
    for (let b = 0; b < 10; b++) {
      const branch = await addInstitution(tx, { code: `B${b}`, kind: 'BRANCH', name: `第${b}分行`, nameEn: `Branch ${b}`, parentKey: headOfficeKey, from: begins })
      for (let o = 0; o < 25; o++) {
        const outlet = await addInstitution(tx, { code: `O${b}-${o}`, kind: 'OUTLET', name: `网点${b}-${o}`, nameEn: `Outlet ${b}-${o}`, parentKey: branch.key, from: begins })
        for (let m = 0; m < 10; m++) {
          const { staffKey, staffNo: no } = await person('RM', outlet.key)
          managers.push({ staffKey, path: outlet.scopePath, outletKey: outlet.key })
          if (b === 3 && o === 7 && m === 4) people.push({ reader: 'manager', staffNo: no, scope: staffKey })
        }
        if (b === 3 && o === 7) people.push({ reader: 'outlet', staffNo: (await person('OUTLET_HEAD', outlet.key)).staffNo, scope: outlet.scopePath })
      }
      if (b === 3) people.push({ reader: 'branch', staffNo: (await person('BRANCH_HEAD', branch.key)).staffNo, scope: branch.scopePath })
    }
    people.push({ reader: 'bank', staffNo: (await person('BANK_LEADER', headOfficeKey)).staffNo, scope: '001' })
    return { managers, people }
  }).then(async (made) => {
    for (const { staffNo } of made.people) {
      const owner = await services.db.connectOwner()
      const { rows } = await owner.query<{ key: number }>('SELECT key FROM staff WHERE staff_no = $1', [staffNo])
      await owner.end()
      await services.db.asPublic((tx) => giveFirstPassword(tx, rows[0]?.key ?? 0, hash))
    }
    return made
  })
}

type Case = { what: string; http: (place: number) => string; body?: (place: number) => unknown; ask?: (address: URL, agent: Agent, cookie: string) => Promise<string>; sql: (reader: Reader, scope: string | number, place: number) => { text: string; values: unknown[] }[]; rowsOf: (body: string) => number }

async function measure(services: Services, subjects: Subject[], run: CommandRun, { plans: plansFile, only = '' }: { plans?: string; only?: string }): Promise<BenchRow[]> {
  const app = buildApp(routes, permissionTable, services)
  const address = new URL(await app.listen({ port: 0, host: '127.0.0.1' }))
  const agent = new Agent({ keepAlive: true, maxSockets: 16 })
  const clients: Client[] = []
  for (let n = 0; n < 8; n++) clients.push(await services.db.connectOwner())
  const plans: string[] = []
  const rows: BenchRow[] = []
  try {
    for (const subject of subjects) {
      subject.cookie = await signIn(address, agent, subject.staffNo)
      await clients[0]?.query(farLimitStatement, [subject.staffNo])
      for (const one of casesFor(subject).filter(({ what }) => what.includes(only))) {
        run.progress.show({ zh: `测量 ${one.what} ${subject.reader}`, en: `measuring ${one.what} ${subject.reader}` })
        const ask = (place: number): Promise<string> => (one.ask ? one.ask(address, agent, subject.cookie) : get(address, agent, one.http(place), subject.cookie, one.body?.(place)))
        const query = async (client: Client, place: number): Promise<number> => {
          let count = 0
          for (const [index, { text, values }] of one.sql(subject.reader, subject.scope, place).entries()) {
            const answer = await client.query(text, values)
            if (index === 0) count = answer.rows.length
          }
          return count
        }
        const [first] = clients
        if (!first) throw new Error('no client')
        let httpRows = 0
        let sqlRows = 0
        for (let place = 0; place < 8; place++) {
          httpRows += one.rowsOf(await ask(place))
          sqlRows += await query(first, place)
        }
        // the way that is asked first is compiled while it is asked: both sides run warm before they are timed
        await byTurns(60, (place) => ask(place), (place) => query(first, place))
        // by turns, so that whatever else the machine does meets both
        const [http1, sql1] = await byTurns(120, (place) => ask(place), (place) => query(first, place))
        const http8 = await timed(8, 240, (_client, place) => ask(place))
        const sql8 = await timed(8, 240, (client, place) => query(clients[client] ?? first, place))
        rows.push({ what: one.what, reader: subject.reader, http1, sql1, http8, sql8, ratio: http1.p50 / sql1.p50, withinAim: http1.p50 <= 1.5 * sql1.p50 + 3, httpRows, sqlRows })
        if (plansFile !== undefined) plans.push(await planOf(first, one, subject))
      }
    }
    if (tiersOfBook.includes(only)) rows.push(await measureTiers(services, clients[0], run))
    if (plansFile !== undefined) writeFileSync(plansFile, `# Plans of the hand-written statements\n\nWritten by \`npx yinqiao bench customers --plans\`.\n\n${plans.join('\n')}`)
    return rows
  } finally {
    await app.close()
    agent.destroy()
    for (const client of clients) await client.end()
  }
}

const tiersOfBook = 'tiers of the whole book'

/** The tiers of the whole book, by the engine and by hand, by turns; both must say the same. A job: nothing of it goes over HTTP, and nobody asks it by eights. */
async function measureTiers(services: Services, client: Client | undefined, run: CommandRun): Promise<BenchRow> {
  if (!client) throw new Error('no client')
  run.progress.show({ zh: '测量 全行层级评定', en: 'measuring tiers of the whole book' })
  const byHand = async (): Promise<string[]> => (await client.query<{ kind: string; held: string; tier: string; customers: number }>(tierStatement, [day])).rows.map((row) => `${row.kind} ${row.held} ${row.tier} ${row.customers}`).sort()
  const [one, other] = [await proposeTiers(services, day), await byHand()]
  if (JSON.stringify(one) !== JSON.stringify(other)) throw new Error(`the engine says ${JSON.stringify(one)}, the statement by hand ${JSON.stringify(other)}`)
  const [http1, sql1] = await byTurns(5, () => proposeTiers(services, day), byHand)
  return { what: tiersOfBook, reader: 'bank', http1, sql1, http8: http1, sql8: sql1, ratio: http1.p50 / sql1.p50, withinAim: http1.p50 <= 1.5 * sql1.p50 + 3, httpRows: one.length, sqlRows: other.length }
}

function casesFor({ customerId, reader: who, staffNo, group }: Subject): Case[] {
  const items = (body: string): number => (JSON.parse(body) as { items: unknown[] }).items.length
  const at = <T>(list: readonly T[], place: number): T => list[place % list.length] as T
  const search = (what: string, terms: readonly string[], grams: (term: string) => string[]): Case => ({
    what, rowsOf: items, http: (place) => `/api/customers?count=no&q=${encodeURIComponent(at(terms, place))}`,
    sql: (reader, scope, place) => [{ text: searchStatement(reader), values: [scope, grams(at(terms, place))] }],
  })
  const pairs = (term: string): string[] => { const all = [...term]; return all.length === 1 ? all : all.slice(1).map((character, place) => `${all[place] ?? ''}${character}`) }
  return [
    { what: 'list, one tier, by balance', rowsOf: items, http: (place) => `/api/customers?count=no&tier=${at(['T2', 'T3'], place)}`, sql: (reader, scope, place) => [{ text: listStatement(reader), values: [scope, at(['T2', 'T3'], place)] }] },
    {
      what: 'the same with its count', rowsOf: items, http: (place) => `/api/customers?tier=${at(['T2', 'T3'], place)}`,
      sql: (reader, scope, place) => [{ text: listStatement(reader), values: [scope, at(['T2', 'T3'], place)] }, { text: countStatement(reader), values: [scope, at(['T2', 'T3'], place)] }],
    },
    search('one Chinese character', searched.one, pairs), search('two Chinese characters', searched.two, pairs), search('three Chinese characters', searched.three, pairs),
    search('initials', searched.initials, (term) => [`#${term}`]),
    {
      what: 'whole pinyin', rowsOf: items, http: (place) => `/api/customers?count=no&q=${at(searched.pinyin, place)}`,
      sql: (reader, scope, place) => { const readings = searchGrams(at(searched.pinyin, place)); return [{ text: readingsStatement(reader, readings.length), values: [scope, ...readings] }] },
    },
    { what: 'segment count with five conditions', rowsOf: rowsOfSegment, http: () => '/api/segments/try', ask: askSegment, sql: (reader, scope) => segmentStatements(reader).map((text) => ({ text, values: [scope, day] })) },
    { what: 'a customer\'s page', rowsOf: () => 1, http: () => `/api/customers/${customerId}`, sql: () => openStatements.map((text) => ({ text, values: [customerId] })) },
    { what: 'yesterday’s movements', rowsOf: items, http: () => `/api/movements?count=no&limit=50&day=${day}`, sql: (reader, scope) => [{ text: movementsStatement(reader), values: [scope, day] }] },
    // who may enter customers
    ...(who === 'manager' || who === 'outlet' ? [{
      what: 'duplicate check at entry', rowsOf: () => 1, http: () => '/api/duplicates/check', body: (place: number) => ({ kind: 'CORPORATE', name: at(entryNames, place) }),
      sql: (_reader: Reader, _scope: string | number, place: number) => [{ text: duplicateStatement, values: [keysOfName(at(entryNames, place))] }, { text: countStatementOfCheck, values: [staffNo] }],
    }] : []),
    groupCase(group, day),
    { what: 'its transactions', rowsOf: items, http: () => `/api/customers/${customerId}/transactions`, sql: () => [{ text: transactionsStatement, values: [customerId] }] },
  ]
}

async function planOf(client: Client, one: Case, subject: Subject): Promise<string> {
  const parts: string[] = []
  for (const { text, values } of one.sql(subject.reader, subject.scope, 0)) {
    const { rows } = await client.query<{ 'QUERY PLAN': string }>(`EXPLAIN (ANALYZE, BUFFERS, SUMMARY OFF) ${text}`, values)
    parts.push(`\`\`\`sql\n${text}\n\`\`\`\n\`\`\`\n${rows.map((row) => row['QUERY PLAN']).join('\n')}\n\`\`\``)
  }
  return `## ${one.what}, ${subject.reader}\n\n${parts.join('\n')}\n`
}

/** Asks the one and the other by turns, one at a time. */
export async function byTurns(total: number, one: (place: number) => Promise<unknown>, other: (place: number) => Promise<unknown>): Promise<[Timing, Timing]> {
  const times: [number[], number[]] = [[], []]
  for (let place = 0; place < total; place++) {
    for (const [side, ask] of [one, other].entries()) {
      const began = performance.now()
      await ask(place)
      times[side]?.push(performance.now() - began)
    }
  }
  return [percentiles(times[0]), percentiles(times[1])]
}

function percentiles(times: number[]): Timing {
  times.sort((a, b) => a - b)
  const at = (part: number): number => times[Math.min(times.length - 1, Math.floor(times.length * part))] ?? 0
  return { p10: at(0.1), p50: at(0.5), p99: at(0.99) }
}

/** Runs `total` questions by `clients` at a time; percentiles in milliseconds. */
export async function timed(clients: number, total: number, ask: (client: number, place: number) => Promise<unknown>): Promise<Timing> {
  const times: number[] = []
  let next = 0
  await Promise.all(Array.from({ length: clients }, async (_, client) => {
    for (let place = next++; place < total; place = next++) {
      const began = performance.now()
      await ask(client, place)
      times.push(performance.now() - began)
    }
  }))
  return percentiles(times)
}

export function get(address: URL, agent: Agent, path: string, cookie: string, body?: unknown): Promise<string> {
  const asked: Parameters<typeof send>[2] = body === undefined ? { method: 'GET', path, headers: { cookie } } : { method: 'POST', path, headers: { cookie, 'x-yinqiao': '1', 'content-type': 'application/json' }, body: JSON.stringify(body) }
  return send(address, agent, asked).then(({ status, body }) => {
    if (status !== 200) throw new Error(`${path.split('?')[0] ?? ''} answered ${status}`)
    return body
  })
}

export async function signIn(address: URL, agent: Agent, staffNo: string): Promise<string> {
  const { status, cookie } = await send(address, agent, { method: 'POST', path: '/api/session', headers: { 'x-yinqiao': '1', 'content-type': 'application/json' }, body: JSON.stringify({ staffNo, password }) })
  if (status !== 200) throw new Error(`sign-in answered ${status}`)
  return cookie
}

function send(address: URL, agent: Agent, { method, path, headers, body }: { method: string; path: string; headers: Record<string, string>; body?: string }): Promise<{ status: number; body: string; cookie: string }> {
  return new Promise((resolve, reject) => {
    const asked = request({ host: address.hostname, port: address.port, agent, method, path, headers }, (answer) => {
      const parts: Buffer[] = []
      answer.on('data', (part: Buffer) => parts.push(part))
      answer.on('end', () => resolve({ status: answer.statusCode ?? 0, body: Buffer.concat(parts).toString('utf8'), cookie: (answer.headers['set-cookie']?.[0] ?? '').split(';')[0] ?? '' }))
    })
    asked.on('error', reject)
    asked.end(body)
  })
}
