import { spawn, type ChildProcess } from 'node:child_process'
import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { hashPassword } from '../../src/foundation/access/passwords.ts'
import { readConfig } from '../../src/foundation/config/config.ts'
import { openDatabase } from '../../src/foundation/database/open-database.ts'
import type { Database } from '../../src/foundation/database/database.ts'
import { add, change } from '../../src/foundation/store/store.ts'
import { newId } from '../../src/foundation/values/uuid7.ts'
import { makeServices } from '../../src/server.ts'

// 30 kills at random moments: 10 while a delivery is loaded, 8 while a month is settled, 12 while contacts are recorded; the server, the command, or the whole database.
// A part of it: YINQIAO_KILLS=2,2,4 YINQIAO_KILL_CUSTOMERS=200.
const [feed = 10, settlements = 8, writes = 12] = (process.env['YINQIAO_KILLS'] ?? '').split(',').filter(Boolean).map(Number)
const kills = { feed, settle: settlements, writes }
const customers = process.env['YINQIAO_KILL_CUSTOMERS'] ?? '1500'
const program = join(import.meta.dirname, '..', '..', 'bin', 'yinqiao.mjs')
const month = '2026-10'
const seed = Number(process.env['YINQIAO_KILL_SEED'] ?? Date.now() % 100_000)
let state = seed
/** The same numbers for the same seed (mulberry32). */
function chance(): number {
  state = (state + 0x6d2b79f5) | 0
  let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
  mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
  return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
}

let folder: string
let delivery: string
let untouched: string
let killed: string
beforeAll(async () => {
  console.log(`kills: YINQIAO_KILL_SEED=${seed} repeats this run`)
  folder = mkdtempSync(join(tmpdir(), 'yq-kill-'))
  delivery = join(folder, 'delivery')
  untouched = join(folder, 'untouched')
  killed = join(folder, 'killed')
  expect((await command(untouched, ['demo', 'delivery', delivery, '--customers', customers, '--days', '120']).ended).code).toBe(0)
})
afterAll(async () => {
  for (const pid of processesOf(folder)) signal(pid)
  await pause(500)
  rmSync(folder, { recursive: true, force: true })
})

type Ended = { code: number | null; out: string }
type Running = { child: ChildProcess; ended: Promise<Ended> }

function environment(data: string, more: Record<string, string> = {}): NodeJS.ProcessEnv {
  return { PATH: process.env['PATH'], YINQIAO_DATA: data, YINQIAO_DEMO: 'off', YINQIAO_LOG: 'silent', ...more }
}

function command(data: string, words: string[], more: Record<string, string> = {}): Running {
  const child = spawn(process.execPath, [program, ...words, '--json'], { stdio: ['ignore', 'pipe', 'ignore'], env: environment(data, more) })
  let out = ''
  child.stdout.on('data', (part: Buffer) => (out += part.toString()))
  return { child, ended: new Promise((resolve) => child.on('exit', (code) => resolve({ code, out }))) }
}

function signal(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL')
  } catch {
    // gone already
  }
}

const childrenOf = (pid: number): number[] => {
  try {
    return readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim().split(' ').filter(Boolean).map(Number)
  } catch {
    return []
  }
}
/** A process and all that it started, but not the database, which is everybody's. */
const familyOf = (pid: number): number[] => (/yinqiao-database|postgres/.test(wordsOf(pid)) ? [] : [pid, ...childrenOf(pid).flatMap(familyOf)])
const wordsOf = (pid: number): string => {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8')
  } catch {
    return ''
  }
}

/** Every process that names the folder or was started for it. Never one of somebody else. */
function processesOf(data: string): number[] {
  return readdirSync('/proc').filter((name) => /^\d+$/.test(name) && Number(name) !== process.pid).map(Number).filter((pid) => {
    if (wordsOf(pid).includes(data)) return true
    try {
      return readFileSync(`/proc/${pid}/environ`, 'utf8').includes(`YINQIAO_DATA=${data}`)
    } catch {
      return false
    }
  })
}

/** The postmaster and its processes die at once, without a word: what a crash of the machine does to them. */
function killDatabase(data: string): boolean {
  const postmaster = processesOf(data).find((pid) => /(^|\/)postgres\0/.test(wordsOf(pid)) && wordsOf(pid).includes('-D'))
  if (postmaster === undefined) return false
  const children = childrenOf(postmaster)
  signal(postmaster)
  children.forEach(signal)
  return true
}

async function withDatabase<T>(data: string, work: (db: Database) => Promise<T>): Promise<T> {
  const { config } = readConfig(environment(data), data)
  const open = await openDatabase(config)
  try {
    makeServices(config, open.db)
    return await work(open.db)
  } finally {
    await open.close()
  }
}

const tables = ['institution', 'institution_span', 'post', 'staff', 'employment', 'post_held', 'grade_held', 'product', 'customer', 'corporate', 'person', 'identity_document', 'phone', 'assignment', 'tier_held', 'account', 'balance_span', 'account_transaction', 'loan', 'loan_span', 'card', 'standing_order']

/** Rows and content of every table that a delivery fills, without ids, keys, ciphers and times of this data directory. */
function fingerprint(data: string): Promise<Record<string, string>> {
  return withDatabase(data, async (db) => {
    const owner = await db.connectOwner()
    try {
      const found: Record<string, string> = {}
      for (const table of tables) {
        const { rows } = await owner.query<{ told: string }>(`
          SELECT count(*) || ' ' || coalesce(sum(hashtextextended((SELECT string_agg(e.key || '=' || e.value, ',' ORDER BY e.key) FROM jsonb_each_text(to_jsonb(t)) e
            WHERE e.key !~ '(^id$|_id$|_hash$|_cipher$|^key$|^staff_key$|_key$|^changed_at$|^viewers$|^scope_path$)' OR e.key = 'core_key'), 0)::numeric), 0) AS told FROM "${table}" t`)
        found[table] = rows[0]?.told ?? ''
      }
      return found
    } finally {
      await owner.end()
    }
  })
}

const verified = async (data: string): Promise<unknown> => JSON.parse((await command(data, ['journal', 'verify']).ended).out.trim().split('\n').at(-1) ?? '{}')
const load = (data: string): Running => command(data, ['feed', 'load', delivery, '--profile', 'yinqiao'])
const settle = (data: string): Running => command(data, ['settle', '--month', month])
const hashesOf = ({ out }: Ended): string[] => {
  const told = JSON.parse(out.trim().split('\n').at(-1) ?? '{}') as { settlements?: { scheme: string; hash: string; payableFen: string }[] }
  return (told.settlements ?? []).map((one) => `${one.scheme} ${one.hash} ${one.payableFen}`)
}

/** Runs a command again and again and kills it, or the database under it, at a random moment, until it was killed so often; then lets it end. */
async function endure(run: () => Running, times: number, longestMs: number): Promise<Ended> {
  for (let done = 0; done < times; ) {
    const { child, ended } = run()
    const early = await Promise.race([ended, pause(chance() * longestMs).then(() => null)])
    if (early !== null) {
      if (early.code === 0) longestMs *= 0.7 // it was done before the blow: strike sooner
      // the database still ends the work of the one that was killed: it is told so, and tried again
      else if (early.out.includes('in-work')) await pause(500)
      else throw new Error(`ended by itself with ${early.code}: ${early.out}`)
      continue
    }
    // the program brings its own Node.js along: the command is a child of what was started
    if (chance() < 0.5) familyOf(child.pid ?? -1).forEach(signal)
    else if (!killDatabase(killed)) continue
    done += 1
    await ended
  }
  for (let tries = 0; ; tries += 1) {
    const last = await run().ended
    if (last.code === 0 || !last.out.includes('in-work') || tries > 60) return last
    await pause(500)
  }
}

describe.skipIf(process.platform !== 'linux')(`killed ${kills.feed + kills.settle + kills.writes} times at random moments`, () => {
  let expected: Record<string, string>
  let expectedPay: string[]
  test('without a kill: the totals to compare with', async () => {
    expect((await load(untouched).ended).code).toBe(0)
    expected = await fingerprint(untouched)
    expect(Number(expected['account_transaction']?.split(' ')[0])).toBeGreaterThan(Number(customers))
    const settled = await settle(untouched).ended
    expect(settled.code).toBe(0)
    expectedPay = hashesOf(settled)
    expect(expectedPay.length).toBeGreaterThan(0)
  })

  test(`${kills.feed} kills while a delivery is loaded: nothing half-loaded, the same totals`, async () => {
    const begun = performance.now()
    const last = await endure(() => load(killed), kills.feed, 15_000)
    expect(last.code, last.out).toBe(0)
    expect(await fingerprint(killed)).toEqual(expected)
    expect(await verified(killed)).toMatchObject({ ok: true, faults: [] })
    console.log(`feed: ${kills.feed} kills in ${Math.round((performance.now() - begun) / 1000)} s`)
  })

  test(`${kills.settle} kills while a month is settled: the same pay to the fen`, async () => {
    const last = await endure(() => settle(killed), kills.settle, 4_000)
    expect(last.code, last.out).toBe(0)
    expect(hashesOf(last).map((line) => line.split(' ')[2])).toEqual(expectedPay.map((line) => line.split(' ')[2]))
    expect(await verified(killed)).toMatchObject({ ok: true, faults: [] })
  })

  test(`${kills.writes} kills while contacts are recorded: every acknowledged one is there, once`, async () => {
    const { staffNo, customerIds } = await withDatabase(killed, async (db) => {
      const owner = await db.connectOwner()
      const { rows } = await owner.query<{ staff_key: number; staff_no: string; ids: string[] }>(
        `SELECT s.key AS staff_key, s.staff_no, array_agg(c.customer_id::text) AS ids FROM customer c JOIN staff s ON s.key = c.main_staff_key JOIN post_held p ON p.staff_key = s.key AND p.post_code = 'RM' AND p.to_date IS NULL
         WHERE c.opened_on IS NOT NULL GROUP BY 1, 2 ORDER BY count(*) DESC LIMIT 1`).finally(() => owner.end())
      const found = rows[0]
      if (!found) throw new Error('nobody has customers')
      const passwordHash = await hashPassword('kill-test-2026')
      // a delivery gives its people first passwords
      await db.asBatch(async (tx) => {
        const facts = { password_hash: passwordHash, must_change: false }
        if (!(await change(tx, 'credential', { staff_key: found.staff_key }, facts, { why: 'test' }))) await add(tx, 'credential', { staff_key: found.staff_key, ...facts }, { why: 'test' })
      })
      return { staffNo: found.staff_no, customerIds: found.ids.slice(0, 5) }
    })
    const port = await freePort()
    const address = `http://127.0.0.1:${port}`
    const supervisor = spawn(process.execPath, [program, 'serve', '--json'], { stdio: 'ignore', env: environment(killed, { PORT: String(port) }) })
    const healthy = async (): Promise<boolean> => fetch(`${address}/readyz`, { signal: AbortSignal.timeout(2_000) }).then((answer) => answer.ok, () => false)
    const untilHealthy = async (): Promise<void> => {
      for (const end = performance.now() + 120_000; !(await healthy()); await pause(100)) if (performance.now() > end) throw new Error('the server did not come back in two minutes')
    }
    await untilHealthy()
    const signIn = await fetch(`${address}/api/session`, { method: 'POST', headers: { 'X-Yinqiao': '1', 'Content-Type': 'application/json' }, body: JSON.stringify({ staffNo, password: 'kill-test-2026' }) })
    const cookie = (signIn.headers.get('set-cookie') ?? '').split(';')[0] ?? ''
    expect(signIn.status).toBe(200)

    const acknowledged: string[] = []
    const surprises: string[] = []
    let stop = false
    const writer = async (): Promise<void> => {
      while (!stop) {
        const id = newId()
        const customerId = customerIds[Math.floor(Math.random() * customerIds.length)] ?? ''
        const body = JSON.stringify({ id, mode: 'PHONE', businessDate: '2026-11-20', summary: `电话 ${id}` })
        // the same id with the same content until it is acknowledged: twice is once
        for (let answered = false; !answered; ) {
          try {
            const answer = await fetch(`${address}/api/customers/${customerId}/contacts`, { method: 'POST', headers: { 'X-Yinqiao': '1', 'Content-Type': 'application/json', Cookie: cookie }, body, signal: AbortSignal.timeout(10_000) })
            if (answer.status === 200) {
              acknowledged.push(id)
              answered = true
            } else {
              const { refusal } = (await answer.json()) as { refusal: string }
              if (!['unavailable', 'in-progress'].includes(refusal)) surprises.push(`${answer.status} ${refusal}`)
              if (!['unavailable', 'in-progress', 'our-mistake'].includes(refusal)) return
              await pause(50)
            }
          } catch {
            await pause(50) // the server is gone for a moment
          }
        }
      }
    }
    const writers = [writer(), writer(), writer()]
    for (let done = 0; done < kills.writes; done += 1) {
      const before = acknowledged.length
      await pause(300 + chance() * 2_500)
      if (chance() < 0.5) childrenOf(supervisor.pid ?? -1).filter((pid) => wordsOf(pid).includes('serve') || wordsOf(pid).includes('node')).forEach(signal)
      else killDatabase(killed)
      await untilHealthy()
      for (const end = performance.now() + 60_000; acknowledged.length <= before; await pause(100)) if (performance.now() > end) throw new Error(`no write after kill ${done + 1}: ${surprises.join(', ')}`)
    }
    stop = true
    await Promise.all(writers)
    const gone = new Promise((resolve) => supervisor.on('exit', resolve))
    supervisor.kill('SIGTERM')
    await gone

    const stored = await withDatabase(killed, async (db) => {
      const owner = await db.connectOwner()
      return (await owner.query<{ id: string; lines: number }>(
        `SELECT c.id::text AS id, (SELECT count(*)::int FROM journal_line l WHERE l.table_name = 'contact' AND l.before IS NULL AND l.object_id = c.id::text) AS lines FROM contact c WHERE c.summary LIKE '电话 %'`).finally(() => owner.end())).rows
    })
    expect(stored.map((row) => row.id).sort()).toEqual([...acknowledged].sort())
    expect(new Set(acknowledged).size).toBe(acknowledged.length)
    expect(stored.filter((row) => row.lines !== 1)).toEqual([])
    // our own mistake is never the answer to a lost database
    expect(surprises).toEqual([])
    const journal = (await verified(killed)) as { ok: boolean; sealedLines: number; faults: unknown[] }
    expect(journal).toMatchObject({ ok: true, faults: [] })
    expect(journal.sealedLines).toBeGreaterThan(0)
    console.log(`writes: ${kills.writes} kills, ${acknowledged.length} contacts acknowledged and stored, ${journal.sealedLines} lines sealed`)
  })
})

async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  await new Promise((resolve) => server.close(resolve))
  if (address === null || typeof address === 'string') throw new Error('no port')
  return address.port
}
