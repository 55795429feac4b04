// Which Node.js runs the product: this one when it is new enough, else the pinned one from node_modules (tech: docs/decisions/0002).
import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = join(dirname(fileURLToPath(import.meta.url)), '..')

/** Path of a Node.js of version 24 or newer; throws with what to do when there is none. */
export function projectNode() {
  const name = process.platform === 'win32' ? 'node.exe' : 'node'
  const pinned = join(root, 'node_modules', 'node', 'bin', name)
  if (existsSync(pinned)) return pinned
  const [major] = process.versions.node.split('.').map(Number)
  if (major >= 24) return process.execPath
  throw new Error('需要 Node.js 24：请先运行 npm ci / Node.js 24 is needed: run npm ci first')
}
