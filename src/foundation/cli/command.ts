import { Command, CommanderError, InvalidArgumentError, Option } from 'commander'
import { readConfig, type Config } from '../config/config.ts'
import { NamedFailure, type BilingualText } from '../config/named-failure.ts'
import type { OnProgress } from '../jobs/run-job.ts'
import { inLanguage, inOneLine, type CommandLanguage } from './language.ts'
import { Progress } from './progress.ts'

/** What a command has at hand while it runs. */
export type CommandRun = {
  language: CommandLanguage
  /** Whether a machine reads the answer. */
  json: boolean
  /** Reads the configuration; NamedFailure with exit code 2 when it is wrong. */
  config(): Config
  progress: Progress
  /** A line for people, on stderr, so that stdout stays one JSON object for machines. */
  tell(text: BilingualText): void
  /** For long work (src/foundation/jobs): shows how far it is, throws JobStopped after Ctrl-C. */
  onProgress: OnProgress
  /** Aborted by Ctrl-C, SIGTERM, or when the supervisor is gone. */
  signal: AbortSignal
}

/** What a command leaves: for machines `{"ok":true, ...json}`, for people the lines. ok false: the work was done and its answer is "no" (exit code 1). */
export type CommandResult = { ok?: boolean; json: Record<string, unknown>; lines?: readonly (BilingualText | string)[] }

/** A command of the product: how it is registered. Lives in src/commands/<name>.command.ts. */
export type CommandFile = { register(program: Command): void }

let shared: { language: CommandLanguage; json: boolean; signal: AbortSignal } = { language: 'both', json: false, signal: new AbortController().signal }

/** Set once by main.ts before the arguments are read. */
export function setCommandSurroundings(surroundings: typeof shared): void {
  shared = surroundings
}

/** Adds a command: `usage` as commander writes it ('load <dir>'), its text, --json, --lang and --help. */
export function command(parent: Command, usage: string, text: BilingualText): Command {
  return commonOptions(parent.command(usage).description(words(text)))
}

export function commonOptions(made: Command): Command {
  return made
    .addOption(new Option('--json', words({ zh: '结果以一个 JSON 对象写到标准输出', en: 'write the result as one JSON object to stdout' })))
    .addOption(new Option('--lang <language>', words({ zh: '语言：zh、en、both', en: 'language: zh, en, both' })).argParser(knownLanguage))
    .helpCommand(false)
    .helpOption('-h, --help', words({ zh: '显示用法', en: 'show how it is used' }))
    .configureHelp({ styleTitle: (title) => (titles[title] ? `${words(titles[title])}:` : title) })
}

/** Text of a command's help in the language of the command. */
export function words(text: BilingualText): string {
  return inOneLine(text, shared.language)
}

/** The body of a command: what commander calls. Arguments are the positional ones. */
export function does<Options extends object>(run: (run: CommandRun, args: string[], options: Options) => Promise<CommandResult>): (...all: unknown[]) => Promise<void> {
  return async (...all) => {
    const made = all.at(-1) as Command
    const progress = new Progress(shared.language)
    const { signal, language, json } = shared
    const context: CommandRun = {
      language, json, progress, signal,
      config: () => readConfig().config,
      tell: (text) => progress.tell(inLanguage(text, language)),
      onProgress: async (stage, done, total) => {
        // read only here: `--help` must not wait for the store and all that it needs
        if (signal.aborted) throw new (await import('../jobs/run-job.ts')).JobStopped('stopped')
        progress.show({ zh: stage, en: stage }, done, total)
      },
    }
    const args = (all.slice(0, -2) as (string | string[] | undefined)[]).flat().filter((word) => word !== undefined)
    try {
      const result = await run(context, args, made.opts() as Options)
      progress.end()
      await answer(result)
    } finally {
      progress.end()
    }
  }
}

async function answer({ ok = true, json, lines = [] }: CommandResult): Promise<void> {
  if (shared.json) await write(`${JSON.stringify({ ok, ...json }, (_key, value: unknown) => (typeof value === 'bigint' ? String(value) : value))}\n`)
  else for (const line of lines) await write(`${typeof line === 'string' ? line : inLanguage(line, shared.language)}\n`)
  process.exitCode = ok ? 0 : 1
}

/** Tells why a command failed and returns its exit code: 2 for wrong use, 1 for work that failed. */
export async function tellFailure(error: unknown): Promise<number> {
  if (error instanceof CommanderError && (error.code === 'commander.helpDisplayed' || error.code === 'commander.version')) return 0
  const failure = namedFailure(error)
  if (shared.json) await write(`${JSON.stringify({ ok: false, error: { name: failure.failure, zh: failure.text.zh, en: failure.text.en } })}\n`)
  else process.stderr.write(`${inLanguage(failure.text, shared.language)}\n`)
  // an error without a name is our own mistake: where it happened helps whoever mends it
  if (failure.failure === 'unexpected' && error instanceof Error && process.env['YINQIAO_LOG'] === 'debug') process.stderr.write(`${error.stack ?? ''}\n`)
  return failure.exitCode
}

function namedFailure(error: unknown): NamedFailure {
  if (error instanceof NamedFailure) return error
  if (shared.signal.aborted) return new NamedFailure('stopped', { zh: '已停止；再次运行会从停下的地方继续', en: 'stopped; run it again and it goes on where it was' })
  if (error instanceof CommanderError) return new NamedFailure('wrong-use', useText(error), { exitCode: 2 })
  const message = error instanceof Error ? error.message : String(error)
  return new NamedFailure('unexpected', { zh: `未预料的错误：${message}`, en: `unexpected error: ${message}` }, { cause: error })
}

function useText({ code, message }: CommanderError): BilingualText {
  const en = message.replace(/^error: /, '')
  const named = /'([^']*)'/.exec(en)?.[1] ?? ''
  const zh: Record<string, string> = {
    'commander.unknownOption': `没有选项 ${named}`,
    'commander.unknownCommand': `没有命令 ${named}`,
    'commander.missingArgument': `缺少参数 ${named}`,
    'commander.optionMissingArgument': `选项 ${named} 缺少值`,
    'commander.missingMandatoryOptionValue': `必须给出选项 ${named}`,
    'commander.excessArguments': '参数过多',
    'commander.invalidArgument': `参数不对：${named}`,
    'commander.help': '请给出命令',
  }
  return code === 'commander.help' ? { zh: '请给出命令：npx yinqiao --help', en: 'name a command: npx yinqiao --help' } : { zh: `用法不对：${zh[code] ?? '见 --help'}`, en: `wrong use: ${en}` }
}

/** A whole number as an option's value. */
export function wholeNumber(least: number, most: number): (text: string) => number {
  return (text) => {
    const value = Number(text)
    if (!/^\d+$/.test(text) || value < least || value > most) throw new InvalidArgumentError(`${least}–${most}`)
    return value
  }
}

/** A day as an option's value: YYYY-MM-DD, and one that exists. */
export function day(text: string): string {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text) || !isDay(text)) throw new InvalidArgumentError('YYYY-MM-DD')
  return text
}

/** A month as an option's value: YYYY-MM. */
export function month(text: string): string {
  if (!/^\d{4}-(0[1-9]|1[0-2])$/.test(text)) throw new InvalidArgumentError('YYYY-MM')
  return text
}

function knownLanguage(text: string): string {
  if (!['zh', 'en', 'both'].includes(text)) throw new InvalidArgumentError('zh, en, both')
  return text
}

function isDay(text: string): boolean {
  const date = new Date(`${text}T00:00:00Z`)
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text)
}

const titles: Record<string, BilingualText> = {
  'Usage:': { zh: '用法', en: 'Usage' },
  'Arguments:': { zh: '参数', en: 'Arguments' },
  'Options:': { zh: '选项', en: 'Options' },
  'Commands:': { zh: '命令', en: 'Commands' },
}

function write(text: string): Promise<void> {
  return new Promise((resolve) => {
    process.stdout.write(text, () => resolve()) // the reader may be gone: the command's work stays done
  })
}
