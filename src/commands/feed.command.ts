import type { Command } from 'commander'
import { command, day, does, words } from '../foundation/cli/command.ts'
import { notBuiltYet } from './not-built-yet.ts'

type FeedOptions = { profile: string; date?: string }

export function register(program: Command): void {
  const feed = command(program, 'feed', { zh: '装入核心系统的交付文件', en: 'load a delivery of the core system' })
  const profile = words({ zh: '映射方案：berka、yinqiao，或一个文件', en: 'mapping profile: berka, yinqiao, or a file' })
  command(feed, 'load <dir>', { zh: '检查并装入一个目录中的交付', en: 'check and load the delivery in a folder' })
    .requiredOption('--profile <name>', profile)
    .option('--date <day>', words({ zh: '交付的业务日期 YYYY-MM-DD（默认由方案或交付给出）', en: 'business date of the delivery (the profile or the delivery says it otherwise)' }), day)
    .action(does<FeedOptions>(() => Promise.reject(notBuiltYet('feed load'))))
  command(feed, 'check <dir>', { zh: '显示映射后的前几行，不装入', en: 'show the first rows as they are mapped, load nothing' })
    .requiredOption('--profile <name>', profile)
    .option('--date <day>', 'YYYY-MM-DD', day)
    .action(does<FeedOptions>(() => Promise.reject(notBuiltYet('feed check'))))
}
