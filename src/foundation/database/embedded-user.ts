import { spawnSync, type SpawnOptions } from 'node:child_process'
import { existsSync, readFileSync, statSync } from 'node:fs'
import { userInfo } from 'node:os'
import { join } from 'node:path'
import { NamedFailure } from '../config/named-failure.ts'
import { copyBinaries, reachableBy, runnableBy } from './embedded-binaries.ts'

const nobody = 65534

/** How the programs of PostgreSQL are started, and to whom its files belong. */
export type ServerUser = {
  binDir: string
  /** Files are given to this user; null: they stay with the one who starts. */
  owner: { uid: number; gid: number } | null
  /** Program and arguments as they are really spawned. `whenParentDies`: the signal that the system then sends, where it can. */
  command(program: string, args: readonly string[], whenParentDies: 'INT' | 'KILL'): { file: string; args: string[]; options: SpawnOptions }
}

/**
 * PostgreSQL refuses to run as root, and the user `nobody` may not reach a folder below a home of mode 0700. Ways for root, the narrowest first:
 * as the owner of the data (nobody when root itself made them); with the binaries copied to where he reaches them; with the one capability of
 * passing closed folders; in a user namespace. The first one that really runs is taken. Everyone else starts it as he is. Throws NamedFailure
 * 'no-server-user'.
 */
export function chooseServerUser(folder: string, dataDir: string, binDir: string): ServerUser {
  const setpriv = works('setpriv', ['--pdeathsig', 'INT', 'true'])
  if (process.getuid?.() !== 0) {
    if (!hasName(process.getuid?.() ?? 0) && works('unshare', [...withName.slice(1), 'true'])) return { ...inNamespace(binDir, setpriv), owner: null }
    return { binDir, owner: null, command: (program, args, signal) => (setpriv ? { file: 'setpriv', args: ['--pdeathsig', signal, program, ...args], options: {} } : { file: program, args: [...args], options: {} }) }
  }
  const owner = [dataDir, folder].filter((path) => existsSync(path)).map((path) => statSync(path)).find(({ uid }) => uid !== 0) ?? { uid: nobody, gid: nobody }
  const ways: (() => ServerUser | null)[] = []
  if (reachableBy(folder, owner.uid)) {
    ways.push(() => (runnableBy(binDir, owner.uid) ? asUser(binDir, owner, setpriv) : null))
    ways.push(() => asUser(copyBinaries(binDir, folder), owner, setpriv))
  }
  if (setpriv) {
    for (const capability of ['dac_read_search', 'dac_override']) ways.push(() => asUserWith(capability, binDir, owner))
    ways.push(() => asUserWith('dac_read_search', copyBinaries(binDir, folder), owner))
  }
  ways.push(() => inNamespace(binDir, setpriv))
  for (const way of ways) {
    const user = way()
    if (user === null) continue
    const { file, args, options } = user.command(join(user.binDir, 'postgres'), ['--version'], 'KILL')
    if (spawnSync(file, args, { ...(options as object), cwd: '/', stdio: 'ignore', timeout: 20_000 }).status === 0) return user
  }
  throw new NamedFailure('no-server-user', {
    zh: `以 root 运行时，PostgreSQL 须由另一用户（uid ${owner.uid}）运行，但它到不了 ${folder}：请把 YINQIAO_DATA 设为其他用户可进入的目录（例如 /var/lib/yinqiao），或以普通用户运行`,
    en: `as root PostgreSQL must run as another user (uid ${owner.uid}), which cannot reach ${folder}: set YINQIAO_DATA to a folder that others may enter (for example /var/lib/yinqiao), or run as an ordinary user`,
  })
}

function asUser(binDir: string, owner: { uid: number; gid: number }, setpriv: boolean): ServerUser {
  return {
    binDir,
    owner,
    command(program, args, signal) {
      if (!setpriv) return { file: program, args: [...args], options: { uid: owner.uid, gid: owner.gid } }
      const end = ['--pdeathsig', signal, program, ...args]
      return { file: 'setpriv', args: hasName(owner.uid) ? [...identity(owner), ...end] : [...identity(owner), ...withName, 'setpriv', ...end], options: {} }
    },
  }
}

// CAP_DAC_READ_SEARCH only passes closed folders and reads; CAP_DAC_OVERRIDE is what containers have.
function asUserWith(capability: string, binDir: string, owner: { uid: number; gid: number }): ServerUser {
  return {
    binDir,
    owner,
    command: (program, args, signal) => ({ file: 'setpriv', args: [...identity(owner), '--inh-caps', `+${capability}`, '--ambient-caps', `+${capability}`, '--pdeathsig', signal, program, ...args], options: {} }),
  }
}

function inNamespace(binDir: string, setpriv: boolean): ServerUser {
  return {
    binDir,
    owner: { uid: 0, gid: 0 },
    command: (program, args, signal) => ({ file: 'unshare', args: [...withName.slice(1), ...(setpriv ? ['setpriv', '--pdeathsig', signal] : []), program, ...args], options: {} }),
  }
}

function identity(owner: { uid: number; gid: number }): string[] {
  return ['--reuid', String(owner.uid), '--regid', String(owner.gid), '--clear-groups']
}

// A container may run as a number without a name, and initdb wants a name: inside a user namespace it has one.
const withName = ['unshare', '-U', `--map-user=${nobody}`, `--map-group=${nobody}`]

function hasName(uid: number): boolean {
  if (uid === process.getuid?.()) {
    try {
      return userInfo().username !== ''
    } catch {
      return false
    }
  }
  return !existsSync('/etc/passwd') || new RegExp(`^[^:\\n]*:[^:\\n]*:${uid}:`, 'm').test(readFileSync('/etc/passwd', 'utf8'))
}

function works(program: string, args: string[]): boolean {
  return spawnSync(program, args, { stdio: 'ignore', timeout: 10_000 }).status === 0
}
