import type { Command } from 'commander'
import { command, does, month, words } from '../foundation/cli/command.ts'
import { notBuiltYet } from './not-built-yet.ts'

type SettleOptions = { month: string; scheme?: string; dryRun?: true }

export function register(program: Command): void {
  command(program, 'settle', { zh: '结算一个月的绩效', en: 'settle a month of pay' })
    .requiredOption('--month <month>', 'YYYY-MM', month)
    .option('--scheme <code>', words({ zh: '只结算这个方案', en: 'only this scheme' }))
    .option('--dry-run', words({ zh: '只计算，不保存', en: 'compute, store nothing' }))
    .action(does<SettleOptions>(() => Promise.reject(notBuiltYet('settle'))))
}
