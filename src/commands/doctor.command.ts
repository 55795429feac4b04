import type { Command } from 'commander'
import { command, does } from '../foundation/cli/command.ts'
import { inOneLine } from '../foundation/cli/language.ts'
import { describeConfig, readConfig } from '../foundation/config/config.ts'

const marks = { good: '✓', look: '!', wrong: '✗' } as const

export function register(program: Command): void {
  command(program, 'doctor', { zh: '检查运行环境，显示生效的配置；不改动任何东西', en: 'examine the surroundings, show the configuration in force; changes nothing' }).action(does(async (run) => {
    const read = readConfig()
    const { examine } = await import('../foundation/doctor.ts')
    const findings = await examine(read.config)
    const described = describeConfig(read)
    const wrong = findings.filter((finding) => finding.state === 'wrong').length
    return {
      ok: wrong === 0,
      json: { configuration: { file: read.file, settings: described.map(({ name, variable, shown, source }) => ({ name, variable, value: shown, source })) }, findings },
      lines: [
        { zh: `配置${read.file === null ? '' : `（${read.file}）`}：`, en: `Configuration${read.file === null ? '' : ` (${read.file})`}:` },
        ...described.map(({ variable, shown, source, meaning }) => `  ${variable.padEnd(24)}${(shown ?? '–').padEnd(28)} ${source.padEnd(12)} ${inOneLine(meaning, run.language)}`),
        { zh: '检查：', en: 'Findings:' },
        ...findings.map(({ check, state, text }) => `  ${marks[state]} ${check.padEnd(18)} ${inOneLine(text, run.language)}`),
        wrong === 0 ? { zh: '可以运行', en: 'ready to run' } : { zh: `${wrong} 处有误`, en: `${wrong} things are wrong` },
      ],
    }
  }))
}
