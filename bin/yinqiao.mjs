#!/usr/bin/env node
// The command line. `serve` is watched over: a server that dies is started again; every other command just runs.
import { spawn } from 'node:child_process'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { projectNode } from './project-node.mjs'

const main = join(dirname(fileURLToPath(import.meta.url)), '..', 'src', 'main.ts')
const args = process.argv.slice(2)
const isServer = args.find((word, place) => !word.startsWith('-') && args[place - 1] !== '--lang') === 'serve' && !args.some((word) => word === '--help' || word === '-h')
const waits = [1, 2, 4, 8, 15, 30]
const steadyMs = 60_000

let node
try {
  node = projectNode()
} catch (error) {
  console.error(error.message)
  process.exit(1)
}

let stopping = false
let failures = 0
let child = null
let restart = null

for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP']) {
  process.on(signal, () => {
    stopping = true
    if (restart !== null) process.exit(0)
    child?.kill(signal)
  })
}
start()

function start() {
  restart = null
  const began = Date.now()
  let ready = false
  // the channel tells the child when this process is killed: it then stops, and holds neither port nor database
  child = spawn(node, ['--disable-warning=ExperimentalWarning', main, ...args], { stdio: isServer ? ['inherit', 'inherit', 'inherit', 'ipc'] : 'inherit' })
  child.on('message', (message) => {
    if (message?.ready) ready = true
  })
  child.on('error', (error) => {
    console.error(`无法启动 Node.js / cannot start Node.js: ${error.message}`)
    process.exit(1)
  })
  child.on('exit', (code, signal) => {
    // stopped as asked, or it never came up and has said why: nothing to start again. Killed, or dead after it had worked: again.
    const again = isServer && !stopping && (signal !== null || (ready && code !== 0))
    if (!again) {
      if (signal !== null && !isServer) process.kill(process.pid, signal)
      process.exit(code ?? 1)
    }
    failures = Date.now() - began > steadyMs ? 0 : failures
    const seconds = waits[Math.min(failures, waits.length - 1)]
    failures += 1
    console.error(`服务意外结束（${signal ?? code}），${seconds} 秒后重新启动\nthe server ended unexpectedly (${signal ?? code}), it starts again in ${seconds} s`)
    restart = setTimeout(start, seconds * 1000)
  })
}
