import { spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

const program = join(import.meta.dirname, '..', '..', 'bin', 'yinqiao.mjs')
const kills = Number(process.env['YINQIAO_KILLS'] ?? 12)
let folder: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'yq-kill-'))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

type Ended = { code: number | null; answer: Record<string, unknown> }

/** Runs the product; `killAfter`: the process (or, with `database`, the server's own main process) is killed hard after so many milliseconds. */
function run(data: string, words: string[], kill?: { after: number; database: boolean }): Promise<Ended> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [program, ...words, '--json'], { env: { PATH: process.env['PATH'], YINQIAO_DATA: data, YINQIAO_LOG: 'silent' }, stdio: ['ignore', 'pipe', 'ignore'], detached: true })
    let out = ''
    child.stdout.on('data', (part: Buffer) => (out += part.toString()))
    const timer = kill && setTimeout(() => {
      if (kill.database) killDatabase(data)
      // the process group: the command line and the Node.js that it started
      else process.kill(-(child.pid ?? 0), 'SIGKILL')
    }, kill.after)
    child.on('close', (code) => {
      clearTimeout(timer)
      let answer: Record<string, unknown> = {}
      try {
        answer = JSON.parse(out.trim().split('\n').at(-1) ?? '{}') as Record<string, unknown>
      } catch {
        // killed before it could answer
      }
      resolve({ code, answer })
    })
  })
}

function killDatabase(data: string): void {
  try {
    const pid = Number(readFileSync(join(data, 'postgresql', 'postmaster.pid'), 'utf8').split('\n')[0])
    if (Number.isSafeInteger(pid) && pid > 1) process.kill(pid, 'SIGKILL')
  } catch {
    // not started yet, or gone already
  }
}

/** Runs until it succeeds: the server of a killed command needs a moment to go. */
async function runToEnd(data: string, words: string[]): Promise<Ended> {
  for (let tries = 0; ; tries++) {
    const ended = await run(data, words)
    if (ended.code === 0 || tries >= 10) return ended
    await pause(1_000)
  }
}

describe('killed at any moment while a delivery is loaded', () => {
  test(`${kills} kills of the process and of the database: the same totals in the end, nothing half-loaded, the journal verifies`, async () => {
    const delivery = join(folder, 'delivery')
    expect((await run(join(folder, 'none'), ['demo', 'delivery', delivery, '--customers', '400', '--days', '60'])).code).toBe(0)
    const calm = await runToEnd(join(folder, 'calm'), ['feed', 'load', delivery, '--profile', 'yinqiao'])
    expect(calm.code).toBe(0)
    const wall = Number(calm.answer['seconds']) * 1_000
    /** The same delivery again is known and changes nothing. */
    const comparable = async (of: string): Promise<void> => {
      const again = await runToEnd(of, ['feed', 'load', delivery, '--profile', 'yinqiao'])
      expect(again.answer).toMatchObject({ same: true, changed: 0, rows: calm.answer['rows'], totals: calm.answer['totals'] })
    }

    let data = join(folder, 'killed-0')
    await runToEnd(data, ['migrate'])
    const began = performance.now()
    let got = 0
    let hit = 0
    for (let n = 0; hit < kills; n++) {
      const ended = await run(data, ['feed', 'load', delivery, '--profile', 'yinqiao'], { after: 1_000 + Math.random() * wall, database: n % 2 === 1 })
      await pause(500)
      if (ended.code !== 0) {
        hit++
        continue
      }
      // it got through before the kill: the bank is checked, and another one is begun, so that every kill meets a load
      got++
      await comparable(data)
      data = join(folder, `killed-${got}`)
      await runToEnd(data, ['migrate'])
    }
    const last = await runToEnd(data, ['feed', 'load', delivery, '--profile', 'yinqiao'])
    expect(last.code).toBe(0)
    expect(last.answer['totals']).toEqual(calm.answer['totals'])
    expect(last.answer['rows']).toEqual(calm.answer['rows'])
    await comparable(data)

    const journal = await runToEnd(data, ['journal', 'verify'])
    expect(journal.answer).toMatchObject({ ok: true, faults: [] })
    process.stdout.write(`killed ${kills} times in ${Math.round((performance.now() - began) / 1000)} s; ${got} loads got through before\n`)
  }, 3_600_000)
})
