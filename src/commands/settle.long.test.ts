import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { makeBenchPayCustomers } from '../customers/make-bench-pay-customers.ts'
import { setUpBank } from '../flows/set-up-bank.ts'
import { settleMonth } from '../flows/settle-month.ts'
import { readConfig } from '../foundation/config/config.ts'
import { openDatabase } from '../foundation/database/open-database.ts'
import type { Services } from '../foundation/http/route.ts'
import { newId } from '../foundation/values/uuid7.ts'
import { makeBenchPayHoldings } from '../holdings/make-bench-pay-holdings.ts'
import { makeBenchManagers } from '../organisation/make-bench-managers.ts'
import { installBlockScheme, installScheme } from '../performance/install-scheme-version.ts'
import { scorecardBlocks } from '../performance/scorecard-scheme.ts'
import { makeServices } from '../server.ts'

// The command settle, killed again and again at any moment: nothing half-stored, and the next run gives the totals of a run that nobody disturbed.

const program = join(import.meta.dirname, '..', '..', 'bin', 'yinqiao.mjs')
let folder: string
let open: Awaited<ReturnType<typeof openDatabase>>
let services: Services
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'yq-settle-'))
  const { config } = readConfig({ YINQIAO_DATA: folder, YINQIAO_LOG: 'silent', PORT: '0' }, folder)
  open = await openDatabase(config, () => undefined)
  services = makeServices(config, open.db)
  const { headOfficeKey, headOfficePath } = await setUpBank(services, { code: 'kill', nameZh: '试验银行', nameEn: 'Trial', currency: 'CNY', calendar: 'china', businessDate: '2026-11-23', from: '2024-01-01' })
  const batch = newId()
  await services.db.asBatch(async (tx) => {
    await makeBenchManagers(tx, { count: 200, first: 1000, unitKeys: [headOfficeKey], from: '2024-01-01', batch })
    await makeBenchPayCustomers(tx, { count: 5000, managers: 200, first: 1000, outletKey: headOfficeKey, path: headOfficePath, from: '2024-01-01', batch })
    await makeBenchPayHoldings(tx, { outletKey: headOfficeKey, from: '2024-01-01', month: '2026-10', batch })
    await installScheme(tx, { code: 'POINTS', from: '2024-01-01' })
    await installBlockScheme(tx, {
      code: 'CARD', from: '2024-01-01', name: '计分卡', nameEn: 'Card', legalBasis: '试验',
      terms: { blocks: [...scorecardBlocks], posts: ['RM'], grades: [], units: [], period: 'MONTH', gradeBases: { '*': '500000' }, score: 'TOTAL', classes: {}, carryMonths: 12, correctionMonths: 12 },
    })
  })
})
afterAll(async () => {
  await open?.close()
  rmSync(folder, { recursive: true, force: true })
})

const look = async <Row extends object>(text: string): Promise<Row[]> => {
  const owner = await services.db.connectOwner()
  try {
    return (await owner.query<Row>(text)).rows
  } finally {
    await owner.end()
  }
}

/** Runs the command in a group of its own; kills the group after so many milliseconds. Null: it was killed. */
async function settle(killAfter: number | null): Promise<string | null> {
  const child = spawn(process.execPath, [program, 'settle', '--month', '2026-10', '--json'], { detached: true, stdio: ['ignore', 'pipe', 'ignore'], env: { PATH: process.env['PATH'], YINQIAO_DATA: folder, YINQIAO_LOG: 'silent' } })
  let out = ''
  child.stdout.on('data', (part: Buffer) => (out += part.toString()))
  const ended = new Promise<number | null>((resolve) => child.on('exit', resolve))
  if (killAfter !== null) {
    await Promise.race([pause(killAfter), ended])
    if (child.pid !== undefined && child.exitCode === null) process.kill(-child.pid, 'SIGKILL')
  }
  return (await ended) === 0 ? out : null
}

// the same moments each time: a sequence from a seed
function* moments(count: number, seed = 20251129): Generator<number> {
  for (let state = seed, made = 0; made < count; made += 1) {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648
    yield state / 2_147_483_648
  }
}

test('killed at fifty random moments, then the same totals of a points scheme and a scheme of blocks', async () => {
  const dry = await settleMonth(services, { month: '2026-10', dryRun: true })
  const expected = (dry.ok ? dry.value : []).map(({ scheme, hash, payableFen, facts }) => ({ scheme, hash, payableFen, facts }))
  expect(expected.map(({ scheme }) => scheme)).toEqual(['CARD', 'POINTS'])
  expect(expected.reduce((sum, { facts }) => sum + facts, 0)).toBeGreaterThan(10_000)
  const began = performance.now()
  await settleMonth(services, { month: '2026-10', dryRun: true })
  const takes = performance.now() - began
  let killed = 0
  for (const moment of moments(50)) {
    // the command starts for about a second before it settles
    if ((await settle(400 + moment * (takes + 1200))) === null) killed += 1
    const [left] = await look<{ facts: number; lines: number }>(`SELECT (SELECT count(*)::int FROM pay_fact f WHERE NOT EXISTS (SELECT FROM settlement_run r WHERE r.id = f.run_id)) AS facts,
      (SELECT count(*)::int FROM pay_line l WHERE NOT EXISTS (SELECT FROM settlement_run r WHERE r.id = l.run_id)) AS lines`)
    expect(left).toEqual({ facts: 0, lines: 0 })
  }
  expect(killed).toBeGreaterThan(15)
  const told = JSON.parse((await settle(null)) ?? '{}') as { settlements?: { scheme: string; hash: string; payableFen: string; facts: number }[] }
  expect(told.settlements?.map(({ scheme, hash, payableFen, facts }) => ({ scheme, hash, payableFen, facts }))).toEqual(expected)
  // each scheme was settled once, whatever was killed before
  expect(await look('SELECT scheme_code AS scheme, hash FROM settlement_run ORDER BY 1')).toEqual(expected.map(({ scheme, hash }) => ({ scheme, hash })))
  expect(await look('SELECT count(*)::int AS n FROM settled_month')).toEqual([{ n: 2 }])
})
