import type { Command } from 'commander'
import { command, does, wholeNumber, words } from '../foundation/cli/command.ts'
import { notBuiltYet } from './not-built-yet.ts'

type DeliveryOptions = { customers: number; days: number }

export function register(program: Command): void {
  const demo = command(program, 'demo', { zh: '演示银行与演示交付文件', en: 'the demo bank and demo deliveries' })
  command(demo, 'bank', { zh: '建立演示银行（serve 在空数据目录上自动做）', en: 'make the demo bank (serve does so by itself on empty data)' })
    .action(does(() => Promise.reject(notBuiltYet('demo bank'))))
  command(demo, 'delivery <dir>', { zh: '写出任意规模的中文交付文件', en: 'write a Chinese delivery of any size' })
    .requiredOption('--customers <number>', words({ zh: '客户数', en: 'number of customers' }), wholeNumber(1, 10_000_000))
    .requiredOption('--days <number>', words({ zh: '天数', en: 'number of days' }), wholeNumber(1, 3660))
    .action(does<DeliveryOptions>(() => Promise.reject(notBuiltYet('demo delivery'))))
}
