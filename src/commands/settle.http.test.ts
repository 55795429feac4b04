import { spawn } from 'node:child_process'
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { closeMonth } from '../flows/close-month.ts'
import { setUpBank } from '../flows/set-up-bank.ts'
import { settleMonth } from '../flows/settle-month.ts'
import { readConfig } from '../foundation/config/config.ts'
import { openDatabase } from '../foundation/database/open-database.ts'
import { scratchFolder } from '../foundation/database/testing.ts'
import type { Services } from '../foundation/http/route.ts'
import { hirePerson } from '../organisation/hire-person.ts'
import { holdPost } from '../organisation/hold-post.ts'
import { installBlockScheme, installScheme } from '../performance/install-scheme-version.ts'
import { profitsByQuarter } from '../performance/schemes/plan-testing.ts'
import { makeServices } from '../server.ts'

// The command settle as somebody types it: what it refuses by name in both languages with exit code 1, wrong use with 2, and that nothing is stored of either.

const program = join(import.meta.dirname, '..', '..', 'bin', 'yinqiao.mjs')
let folder: string
let open: Awaited<ReturnType<typeof openDatabase>>
let services: Services
beforeAll(async () => {
  folder = scratchFolder('settle')
  const { config } = readConfig({ YINQIAO_DATA: folder, YINQIAO_LOG: 'silent', PORT: '0' }, folder)
  open = await openDatabase(config, () => undefined)
  services = makeServices(config, open.db)
  const { headOfficeKey } = await setUpBank(services, { code: 'test', nameZh: '试验银行', nameEn: 'Trial bank', currency: 'CNY', calendar: 'china', businessDate: '2026-11-23', from: '2024-01-01' })
  await services.db.asOffice(async (tx) => {
    const staffKey = await hirePerson(tx, { staffNo: '000001', name: '李晓雯', from: '2024-01-01' })
    await holdPost(tx, { staffKey, postCode: 'RM', lineKey: headOfficeKey, placeKey: headOfficeKey, from: '2024-01-01' })
  })
  await services.db.asBatch(async (tx) => {
    await installScheme(tx, { code: 'POINTS', from: '2024-01-01' })
    await installBlockScheme(tx, profitsByQuarter)
  })
  await look(`INSERT INTO value_month (month_start, days, computed_on, customers, parameters, missing) VALUES ('2026-08-01', 31, '2026-09-02', 0, '{}', '{}')`)
  expect(await settleMonth(services, { month: '2026-08', scheme: 'POINTS', dryRun: false })).toMatchObject({ ok: true })
  expect(await closeMonth(services, { month: '2026-08', scheme: 'POINTS', closedBy: null })).toMatchObject({ ok: true })
}, 180_000)
afterAll(async () => {
  await open?.close()
  rmSync(folder, { recursive: true, force: true })
})

const look = async (text: string): Promise<unknown[]> => {
  const owner = await services.db.connectOwner()
  try {
    return (await owner.query<Record<string, unknown>>(text)).rows
  } finally {
    await owner.end()
  }
}
const tables = ['settlement_run', 'settled_month', 'closed_month', 'pay_statement', 'pay_line', 'pay_fact', 'indicator_row', 'indicator_value', 'scheme', 'point_rule', 'contribution', 'value_month'] as const
const rows = (): Promise<unknown[]> => look(`SELECT ${tables.map((table) => `(SELECT count(*)::int FROM ${table}) AS ${table}`).join(', ')}`)

function yinqiao(words: string[]): Promise<{ code: number | null; out: string; told: string }> {
  const child = spawn(process.execPath, [program, ...words], { stdio: ['ignore', 'pipe', 'pipe'], env: { PATH: process.env['PATH'], YINQIAO_DATA: folder, YINQIAO_LOG: 'silent' } })
  let [out, told] = ['', '']
  child.stdout.on('data', (part: Buffer) => (out += part.toString()))
  child.stderr.on('data', (part: Buffer) => (told += part.toString()))
  return new Promise((resolve) => child.on('exit', (code) => resolve({ code, out, told })))
}

test.each([
  ['a closed month', ['--month', '2026-08'], 1, 'month-closed', '2026-08 已关账，不再改动', '2026-08 is closed and never changes'],
  ['a closed month, only tried', ['--month', '2026-08', '--scheme', 'POINTS', '--dry-run'], 1, 'month-closed', '2026-08 已关账，不再改动', '2026-08 is closed and never changes'],
  ['a month before a closed one', ['--month', '2026-07', '--scheme', 'POINTS'], 1, 'later-month-closed', '之后的 2026-08 已关账', 'The later month 2026-08 is closed'],
  ['the running month', ['--month', '2026-11'], 1, 'month-not-over', '2026-11 尚未结束', '2026-11 is not over'],
  ['a month of the future', ['--month', '2027-03'], 1, 'month-not-over', '2027-03 尚未结束', '2027-03 is not over'],
  ['no such scheme', ['--month', '2026-10', '--scheme', 'NONE'], 1, 'no-scheme', '2026-10 没有生效的方案 NONE', 'No scheme NONE is in force in 2026-10'],
  ['a month that ends no period', ['--month', '2026-10', '--scheme', 'PROFITS'], 1, 'period-not-over', '方案 PROFITS 按期结算，2026-10 不是期末月', 'Scheme PROFITS pays by period, 2026-10 is not its last month'],
  ['profit of a month that lacks a price of funds', ['--month', '2026-09', '--scheme', 'PROFITS'], 1, 'contribution-missing', '2026-09 的贡献尚未计算', 'that of 2026-09 is not worked out'],
  ['a month that is none', ['--month', '2026-13'], 2, 'wrong-use', '参数不对', '2026-13'],
  ['without a month', [], 2, 'wrong-use', '必须给出选项', 'required option'],
] as const)('settle refuses %s', async (_what, words, code, name, zh, en) => {
  const before = await rows()
  const machine = await yinqiao(['settle', ...words, '--json'])
  expect([machine.code, JSON.parse(machine.out)]).toMatchObject([code, { ok: false, error: { name } }])
  const { error } = JSON.parse(machine.out) as { error: { zh: string; en: string } }
  expect(error.zh).toContain(zh)
  expect(error.en).toContain(en)
  expect(await rows()).toEqual(before)
})

test('for people it is told in the language that was asked for, on stderr, with nothing on stdout', async () => {
  const [zh, en] = [await yinqiao(['settle', '--month', '2026-08', '--lang', 'zh']), await yinqiao(['settle', '--month', '2026-08', '--lang', 'en'])]
  expect([zh.code, zh.out, en.code, en.out]).toEqual([1, '', 1, ''])
  expect(zh.told).toContain('未能处理。2026-08 已关账')
  expect(zh.told).not.toContain('is closed')
  expect(en.told).toContain('Not done. 2026-08 is closed')
  expect(en.told).not.toContain('已关账')
})

test('a month that can be settled: a dry run stores nothing, the real one stores what the dry run told, and the same again changes nothing', async () => {
  const before = await rows()
  const of = async (more: string[]): Promise<Record<string, unknown>> => {
    const { code, out } = await yinqiao(['settle', '--month', '2026-09', '--scheme', 'POINTS', '--json', ...more])
    const told = JSON.parse(out) as { ok: boolean; settlements: Record<string, unknown>[] }
    expect([code, told.ok]).toEqual([0, true])
    return told.settlements[0] ?? {}
  }
  const dry = await of(['--dry-run'])
  expect(await rows()).toEqual(before)
  const real = await of([])
  expect(real).toMatchObject({ hash: dry['hash'], people: 1, unchanged: false })
  const stored = await rows()
  expect(stored).not.toEqual(before)
  expect(await of([])).toMatchObject({ hash: dry['hash'], unchanged: true, runId: null })
  expect(await rows()).toEqual(stored)
})
