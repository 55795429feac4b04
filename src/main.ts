import { Command, CommanderError } from 'commander'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { commonOptions, setCommandSurroundings, tellFailure, words, type CommandFile } from './foundation/cli/command.ts'
import { languageOf } from './foundation/cli/language.ts'
import type { BilingualText } from './foundation/config/named-failure.ts'

/** EVERY command of `npx yinqiao`. A command's file is read only when it is called. */
const commands: Record<string, { text: BilingualText; load: () => Promise<CommandFile> }> = {
  serve: { text: { zh: '启动网页服务', en: 'start the web server' }, load: () => import('./commands/serve.command.ts') },
  migrate: { text: { zh: '更新数据结构', en: 'bring the tables up to date' }, load: () => import('./commands/migrate.command.ts') },
  feed: { text: { zh: '装入核心系统的交付文件', en: 'load a delivery of the core system' }, load: () => import('./commands/feed.command.ts') },
  settle: { text: { zh: '结算一个月的绩效', en: 'settle a month of pay' }, load: () => import('./commands/settle.command.ts') },
  journal: { text: { zh: '核验操作日志', en: 'verify the journal' }, load: () => import('./commands/journal.command.ts') },
  demo: { text: { zh: '演示银行与演示交付文件', en: 'the demo bank and demo deliveries' }, load: () => import('./commands/demo.command.ts') },
  bench: { text: { zh: '测量速度', en: 'measure speed' }, load: () => import('./commands/bench.command.ts') },
  evaluate: { text: { zh: '用真实数据检验判断的准确度', en: 'hold judgements against real data' }, load: () => import('./commands/evaluate.command.ts') },
  doctor: { text: { zh: '检查运行环境，显示配置', en: 'examine the surroundings, show the configuration' }, load: () => import('./commands/doctor.command.ts') },
}

const args = process.argv.slice(2)
const stop = new AbortController()
setCommandSurroundings({ language: languageOf(args, process.env), json: args.includes('--json'), signal: stop.signal })
listenForTheEnd()

const program = commonOptions(new Command('yinqiao'))
  .description(words({ zh: '银桥：银行客户经理的工作平台', en: 'Yinqiao: the platform for relationship managers of a bank' }))
  .usage('<command> [options]')
  .version(version(), '-V, --version', words({ zh: '显示版本', en: 'show the version' }))
  .exitOverride()
  .configureOutput({ outputError: () => undefined })

process.exitCode = 0
try {
  const called = args.find((word, place) => !word.startsWith('-') && args[place - 1] !== '--lang')
  for (const [name, { text, load }] of Object.entries(commands)) {
    if (name === called) (await load()).register(program)
    else program.command(name).description(words(text))
  }
  if (called === undefined && !args.some((word) => ['-h', '--help', '-V', '--version'].includes(word))) {
    if (!args.includes('--json')) process.stderr.write(program.helpInformation())
    throw new CommanderError(2, 'commander.help', 'no command')
  }
  await program.parseAsync(process.argv)
} catch (error) {
  process.exitCode = await tellFailure(error)
}
// everything is closed by the command itself; a connection that lingers must not hold the command back
process.exit()

function version(): string {
  return (JSON.parse(readFileSync(join(import.meta.dirname, '..', 'package.json'), 'utf8')) as { version: string }).version
}

/** The first Ctrl-C lets the command end cleanly; another one ends it at once (the database keeps every acknowledged change). */
function listenForTheEnd(): void {
  let first = 0
  const end = (): void => {
    // a terminal, npm and the supervisor each hand on the same Ctrl-C
    if (stop.signal.aborted && performance.now() - first > 1_000) process.exit(1)
    if (stop.signal.aborted) return
    first = performance.now()
    stop.abort()
  }
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, end)
  if (process.send) process.on('disconnect', () => stop.abort()) // the supervisor was killed
  process.stdout.on('error', () => undefined)
}
