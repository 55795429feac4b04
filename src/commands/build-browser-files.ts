import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readFileSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { NamedFailure } from '../foundation/config/named-failure.ts'

const root = join(import.meta.dirname, '..', '..')
const built = join(root, 'dist', 'web')
const stampName = '.built-from'
const stamp = join(built, stampName)

export type BrowserBuild = 'fresh' | 'built' | 'no-source'

/** Builds the browser's files when they are missing or were made from other sources (compared by content: a checkout changes the times of files). */
export async function buildBrowserFiles(onBuild: () => void): Promise<BrowserBuild> {
  if (!existsSync(join(root, 'index.html')) && !existsSync(join(root, 'src', 'index.html')) && !existsSync(join(root, 'src', 'desk', 'index.html'))) return 'no-source'
  const sources = hashOfSources()
  const fresh = (): boolean => existsSync(join(built, 'index.html')) && existsSync(stamp) && readFileSync(stamp, 'utf8') === sources
  if (fresh()) return 'fresh'
  onBuild()
  // beside the place and moved there whole: two processes that build at once would write into each other's files, and one that is stopped would leave half of them
  const [own, old] = [`${built}-${process.pid}`, `${built}-${process.pid}-old`]
  try {
    await runVite(own)
    writeFileSync(join(own, stampName), sources)
    // another process was quicker with the same files, and may be serving them
    if (fresh()) return 'built'
    if (existsSync(built)) renameSync(built, old)
    renameSync(own, built)
    return 'built'
  } finally {
    for (const left of [own, old]) rmSync(left, { recursive: true, force: true })
  }
}

/** Hash of everything that the bundle is made from: sources without tests and without what only the server reads, settings of the build, versions of libraries. */
function hashOfSources(): string {
  const hash = createHash('sha256')
  const add = (path: string): void => {
    hash.update(path.slice(root.length)).update('\0').update(readFileSync(path)).update('\0')
  }
  const walk = (folder: string): void => {
    for (const entry of readdirSync(folder, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1))) {
      const path = join(folder, entry.name)
      if (entry.isDirectory()) walk(path)
      else if (!/\.(test\.tsx?|sql|md)$|\.command\.ts$/.test(entry.name)) add(path)
    }
  }
  walk(join(root, 'src'))
  for (const name of ['index.html', 'vite.config.ts', 'package-lock.json', 'tsconfig.json']) if (existsSync(join(root, name))) add(join(root, name))
  if (existsSync(join(root, 'public'))) walk(join(root, 'public'))
  return hash.digest('hex')
}

function runVite(folder: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [join(root, 'node_modules', 'vite', 'bin', 'vite.js'), 'build', '--outDir', folder, '--logLevel', 'warn'], { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] })
    let told = ''
    child.stdout.on('data', (part: Buffer) => (told += part.toString()))
    child.stderr.on('data', (part: Buffer) => (told += part.toString()))
    child.on('error', reject)
    child.on('exit', (code) => {
      if (code === 0) return resolve()
      const last = told.trim().split('\n').slice(-20).join('\n')
      reject(new NamedFailure('browser-build', { zh: `网页文件没有建成：\n${last}`, en: `the files of the browser were not built:\n${last}` }))
    })
  })
}
