import { resolve } from 'node:path'
import type { Command } from 'commander'
import { command, does, day, wholeNumber, words } from '../foundation/cli/command.ts'
import { withServices } from './with-services.ts'

type DeliveryOptions = { customers: number; days: number; date?: string }

export function register(program: Command): void {
  const demo = command(program, 'demo', { zh: '演示银行与演示交付文件', en: 'the demo bank and demo deliveries' })
  command(demo, 'bank', { zh: '建立演示银行（serve 在空数据目录上自动做）', en: 'make the demo bank (serve does so by itself on empty data)' })
    .action(does((run) => withServices(run, async (services) => {
      const [{ makeDemoBank }, { demoPassword, logIns }] = await Promise.all([import('../demo/demo-bank.ts'), import('../demo/known-cases.ts')])
      await makeDemoBank(services, { size: 'full', onProgress: run.onProgress, signal: run.signal })
      return {
        json: { logIns: logIns.map(([staffNo, zh, en]) => ({ staffNo, password: demoPassword, who: { zh, en } })) },
        lines: [{ zh: '演示银行已建成。演示登录：', en: 'The demo bank stands. Demo log-ins:' }, ...logIns.map(([staffNo, zh, en]) => `  ${staffNo.padEnd(10)} ${demoPassword.padEnd(16)} ${zh} / ${en}`)],
      }
    })))
  command(demo, 'delivery <dir>', { zh: '写出任意规模的中文交付文件（docs/feed-layout.md）', en: 'write a Chinese delivery of any size (docs/feed-layout.md)' })
    .requiredOption('--customers <number>', words({ zh: '客户数', en: 'number of customers' }), wholeNumber(1, 10_000_000))
    .requiredOption('--days <number>', words({ zh: '天数', en: 'number of days' }), wholeNumber(1, 3660))
    .option('--date <day>', words({ zh: '交付的业务日期（默认 2026-11-23）', en: 'business date of the delivery (2026-11-23 otherwise)' }), day)
    .action(does<DeliveryOptions>(async (run, [dir = ''], { customers, days, date }) => {
      const [{ writeDelivery }, { demoBank }, { addDays }] = await Promise.all([import('../demo/write-delivery.ts'), import('../demo/known-cases.ts'), import('../foundation/values/business-date.ts')])
      const to = date ?? demoBank.lastBookedDay
      const began = performance.now()
      const made = await writeDelivery(resolve(dir), {
        indexes: numbersUpTo(customers), count: customers, historyFrom: addDays(to, -days), historyTo: to, span: { after: null, to }, kind: 'FULL', withOrganisation: true,
      }, run.onProgress)
      const seconds = (performance.now() - began) / 1000
      return {
        json: { folder: resolve(dir), date: to, ...made, seconds: Number(seconds.toFixed(2)) },
        lines: [
          ...Object.entries(made.files).map(([file, rows]) => `  ${file.padEnd(18)}${String(rows).padStart(12)}`),
          { zh: `${made.rows} 行，${(made.bytes / 1e6).toFixed(1)} MB，${seconds.toFixed(1)} 秒（每秒 ${Math.round(made.rows / seconds)} 行）`, en: `${made.rows} rows, ${(made.bytes / 1e6).toFixed(1)} MB in ${seconds.toFixed(1)} s (${Math.round(made.rows / seconds)} rows/s)` },
          { zh: `装入：npx yinqiao feed load ${dir} --profile yinqiao`, en: `load it: npx yinqiao feed load ${dir} --profile yinqiao` },
        ],
      }
    }))
}

function* numbersUpTo(last: number): Generator<number> {
  for (let number = 1; number <= last; number++) yield number
}
