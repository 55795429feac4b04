#!/usr/bin/env node
// Runs a program of this repository on the Node.js that package.json pins, whatever Node the machine has.
import { spawn } from 'node:child_process'
import { projectNode } from './project-node.mjs'

const child = spawn(projectNode(), process.argv.slice(2), { stdio: 'inherit' })
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal))
child.on('exit', (code, signal) => {
  if (signal) process.kill(process.pid, signal)
  else process.exit(code ?? 1)
})
child.on('error', (error) => {
  console.error(`无法启动 Node.js / cannot start Node.js: ${error.message}`)
  process.exit(1)
})
