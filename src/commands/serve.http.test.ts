import { execFileSync, spawn, type ChildProcess } from 'node:child_process'
import { readFileSync, readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { afterAll, afterEach, beforeEach, describe, expect, test } from 'vitest'
import { scratchFolder } from '../foundation/database/testing.ts'

const program = join(import.meta.dirname, '..', '..', 'bin', 'yinqiao.mjs')
let folder: string
// the data of a product that was started from nothing and stopped: the tests that need no more than that begin with a copy
let begun: string | null = null
afterAll(() => {
  if (begun !== null) rmSync(begun, { recursive: true, force: true })
})
let running: ChildProcess[] = []
beforeEach(() => {
  folder = scratchFolder('serve')
})
afterEach(async () => {
  for (const child of running) child.kill('SIGKILL')
  running = []
  for (let tries = 0; tries < 100; tries++) {
    if (descendants().length === 0) break
    await pause(100)
  }
  rmSync(folder, { recursive: true, force: true })
})

/** All processes that name our folder: supervisor's server, keeper, PostgreSQL. */
function descendants(): number[] {
  return readdirSync('/proc').filter((name) => /^\d+$/.test(name) && Number(name) !== process.pid).map(Number).filter((pid) => {
    try {
      return readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes(folder) || readFileSync(`/proc/${pid}/environ`, 'utf8').includes(folder)
    } catch {
      return false
    }
  })
}

type Served = { child: ChildProcess; addresses: string[]; told: () => string; ended: Promise<number | null> }

function serve(words: string[] = [], environment: Record<string, string> = {}): Served {
  const child = spawn(process.execPath, [program, 'serve', '--json', ...words], {
    stdio: ['ignore', 'pipe', 'pipe'], env: { PATH: process.env['PATH'], PORT: '0', YINQIAO_DATA: folder, YINQIAO_DEMO: 'off', YINQIAO_LOG: 'silent', ...environment },
  })
  running.push(child)
  const addresses: string[] = []
  let told = ''
  child.stdout.on('data', (part: Buffer) => {
    for (const line of part.toString().split('\n')) if (line.startsWith('{"ok":true,"address"')) addresses.push((JSON.parse(line) as { address: string }).address)
  })
  child.stderr.on('data', (part: Buffer) => (told += part.toString()))
  return { child, addresses, told: () => told, ended: new Promise((resolve) => child.on('exit', resolve)) }
}

async function until(condition: () => boolean | Promise<boolean>, seconds = 40): Promise<void> {
  for (const end = performance.now() + seconds * 1000; !(await condition()); await pause(50)) if (performance.now() > end) throw new Error(`did not happen in ${seconds} s`)
}
const healthy = (address: string | undefined): Promise<boolean> => (address === undefined ? Promise.resolve(false) : fetch(`${address}/healthz`).then((answer) => answer.ok, () => false))
const serverOf = (supervisor: number | undefined): number => Number(readFileSync(`/proc/${supervisor}/task/${supervisor}/children`, 'utf8').trim().split(' ')[0])

async function startFromNothing(): Promise<void> {
  const { child, addresses, ended } = serve()
  await until(() => healthy(addresses[0]), 90)
  child.kill('SIGTERM')
  expect(await ended).toBe(0)
  await until(() => descendants().length === 0)
}

async function serveAgain(): Promise<Served> {
  if (begun === null) {
    await startFromNothing()
    begun = scratchFolder('begun')
    // with the owners of the files
    execFileSync('cp', ['-a', `${folder}/.`, begun])
  } else execFileSync('cp', ['-a', `${begun}/.`, folder])
  return serve()
}

describe.skipIf(process.platform !== 'linux')('npx yinqiao serve', () => {
  test('starts from nothing, answers, and stops gracefully with nothing left running', startFromNothing)

  test('killed hard, it starts again by itself', async () => {
    const { child, addresses } = await serveAgain()
    await until(() => healthy(addresses[0]), 90)
    process.kill(serverOf(child.pid), 'SIGKILL')
    await until(() => addresses.length === 2)
    await until(() => healthy(addresses[1]))
  })

  test('its supervisor killed, it ends too: port and database are free again', async () => {
    const { child, addresses } = await serveAgain()
    await until(() => healthy(addresses[0]), 90)
    child.kill('SIGKILL')
    await until(() => descendants().length === 0)
  })

  test('another command works while it runs, and its end does not disturb', async () => {
    const { addresses } = await serveAgain()
    await until(() => healthy(addresses[0]), 90)
    const other = spawn(process.execPath, [program, 'migrate', '--json'], { env: { PATH: process.env['PATH'], YINQIAO_DATA: folder }, stdio: ['ignore', 'pipe', 'ignore'] })
    let out = ''
    other.stdout.on('data', (part: Buffer) => (out += part.toString()))
    expect(await new Promise((resolve) => other.on('exit', resolve))).toBe(0)
    expect(JSON.parse(out)).toMatchObject({ ok: true, applied: [] })
    expect(await healthy(addresses[0])).toBe(true)
  })

  test('a port that is taken is told, exit code 1, and not tried again and again', async () => {
    const first = await serveAgain()
    await until(() => healthy(first.addresses[0]), 90)
    const second = serve([], { PORT: String(new URL(first.addresses[0] ?? '').port) })
    expect(await second.ended).toBe(1)
  })
})
