import type { Command } from 'commander'
import { command, does, wholeNumber, words } from '../foundation/cli/command.ts'

export function register(program: Command): void {
  const bench = command(program, 'bench', { zh: '测量速度（docs/performance.md）', en: 'measure speed (docs/performance.md)' })
  command(bench, 'feed', { zh: '装入交付的速度，与 COPY 相比', en: 'loading a delivery, compared with COPY' })
    .option('--rows <number>', words({ zh: '行数', en: 'rows' }), wholeNumber(1000, 100_000_000), 1_000_000)
    .action(does<{ rows: number }>(async (run, _words, options) => (await import('./bench-feed.ts')).benchFeed(run, options)))
  command(bench, 'customers', { zh: '客户列表、搜索、打开的速度，与手写 SQL 相比', en: 'list, search and page of customers, compared with hand-written SQL' })
    .option('--size <number>', words({ zh: '客户数', en: 'customers' }), wholeNumber(1000, 10_000_000), 1_000_000)
    .option('--plans <file>', words({ zh: '把手写 SQL 的执行计划写入文件', en: 'write the plans of the hand-written SQL to a file' }))
    .option('--keep <dir>', words({ zh: '在此新目录中建库并保留', en: 'make the database in this new folder and keep it' }))
    .option('--only <words>', words({ zh: '只测名称含此字样的项', en: 'measure only what has these words in its name' }))
    .action(does<{ size: number; plans?: string; keep?: string; only?: string }>(async (run, _words, options) => (await import('./bench-customers.ts')).benchCustomers(run, options)))
  command(bench, 'my-day', { zh: '“我的一天”打开的速度，与一条手写 SQL 相比', en: 'opening my day, compared with one hand-written statement' })
    .option('--size <number>', words({ zh: '客户数', en: 'customers' }), wholeNumber(1000, 10_000_000), 1_000_000)
    .option('--keep <dir>', words({ zh: '在此新目录中建库并保留', en: 'make the database in this new folder and keep it' }))
    .action(does<{ size: number; keep?: string }>(async (run, _words, options) => (await import('./bench-my-day.ts')).benchMyDay(run, options)))
  command(bench, 'settle', { zh: '结算一个月的速度，与手写 SQL 相比', en: 'settling a month, compared with hand-written SQL' })
    .option('--managers <number>', words({ zh: '客户经理数', en: 'managers' }), wholeNumber(1, 1_000_000), 10_000)
    .option('--facts <number>', words({ zh: '业务事实数', en: 'facts' }), wholeNumber(1, 100_000_000), 1_000_000)
    .action(does<{ managers: number; facts: number }>(async (run, _words, options) => (await import('./bench-settle.ts')).benchSettle(run, options)))
}
