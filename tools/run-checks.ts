// npm run check [-- --accept]: types, directions, tidiness. --accept puts new migrations into db/migrations/CHECKSUMS first.
import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { checkDirections } from './check-directions.ts'
import { closingLine } from './count-results.ts'
import { printFindings, type CheckResult } from './finding.ts'
import { acceptNewMigrations, checkTidiness } from './tidy-check.ts'

const root = join(import.meta.dirname, '..')

function checkTypes(): boolean {
  const compiler = spawnSync(process.execPath, [join(root, 'node_modules/tsgo/bin/tsc'), '--noEmit', '--pretty', 'false', '-p', join(root, 'tsconfig.json')], { cwd: root, stdio: ['ignore', 'inherit', 'inherit'] })
  console.log(`types: ${compiler.status === 0 ? 'no finding' : 'see above'}`)
  return compiler.status === 0
}

async function checked(name: string, check: () => CheckResult | Promise<CheckResult>): Promise<boolean> {
  const result = await check()
  printFindings(name, result)
  return result.findings.length === 0
}

if (process.argv.includes('--accept')) acceptNewMigrations()
const passed = [checkTypes(), await checked('directions', () => checkDirections()), await checked('tidy', () => checkTidiness())]
const failed = passed.filter((one) => !one).length
process.exitCode = failed > 0 ? 1 : 0
console.log(closingLine({ passed: passed.length - failed, failed, skipped: 0 }))
