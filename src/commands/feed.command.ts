import type { Command } from 'commander'
import type { BilingualText } from '../foundation/config/named-failure.ts'
import { command, day, does, words } from '../foundation/cli/command.ts'
import { withServices } from './with-services.ts'

type FeedOptions = { profile: string; date?: string }

export function register(program: Command): void {
  const feed = command(program, 'feed', { zh: '装入核心系统的交付文件', en: 'load a delivery of the core system' })
  const profile = words({ zh: '映射方案：berka、yinqiao，或一个文件', en: 'mapping profile: berka, yinqiao, or a file' })
  command(feed, 'load <dir>', { zh: '检查并装入一个目录中的交付', en: 'check and load the delivery in a folder' })
    .requiredOption('--profile <name>', profile)
    .option('--date <day>', words({ zh: '交付的业务日期 YYYY-MM-DD（默认由方案或交付给出）', en: 'business date of the delivery (the profile or the delivery says it otherwise)' }), day)
    .action(does<FeedOptions>(async (run, [dir = ''], options) => {
      const { readProfile } = await import('../deliveries/read-profile.ts')
      const read = readProfile(options.profile) // a wrong profile is told before the database is started
      return withServices(run, async (services) => {
        const { loadDelivery } = await import('../flows/load-delivery.ts')
        const loaded = await loadDelivery(services, { dir, profile: read, date: options.date, onProgress: run.onProgress, signal: run.signal })
        const rows = Object.entries(loaded.rows).map(([file, count]) => `  ${file.padEnd(18)} ${count.toLocaleString('en-US').padStart(12)}`)
        const totals = loaded.totals.map((total) => `  ${total.file.padEnd(18)} ${total.measure.padEnd(16)} ${(total.expected ?? '–').padStart(22)} ${total.received.padStart(22)} ${total.expected === null ? '' : total.expected === total.received ? '√' : '×'}`)
        const lines: (BilingualText | string)[] = loaded.same
          ? [{ zh: `与上次相同，未作改动（${loaded.businessDate}）`, en: `the same as before, nothing was changed (${loaded.businessDate})` }]
          : [
              { zh: `已装入 ${loaded.businessDate}：改动 ${loaded.changed.toLocaleString('en-US')} 行，${loaded.seconds.toFixed(1)} 秒`, en: `loaded ${loaded.businessDate}: ${loaded.changed.toLocaleString('en-US')} rows changed, ${loaded.seconds.toFixed(1)} s` },
              ...(loaded.rejected > 0 ? [{ zh: `拒收 ${loaded.rejected} 行`, en: `${loaded.rejected} rows rejected` }] : []),
              ...(loaded.later > 0 ? [{ zh: `${loaded.later.toLocaleString('en-US')} 行日期晚于业务日期，尚未生效`, en: `${loaded.later.toLocaleString('en-US')} rows are dated after the business date: not yet in force` }] : []),
              ...(loaded.derived === null ? [] : [{ zh: `余额由交易推算：${loaded.derived.days.toLocaleString('en-US')} 个账户日，其中 ${loaded.derived.farther} 个与交易合计之差超过舍入`, en: `balances worked out from the bookings: ${loaded.derived.days.toLocaleString('en-US')} account-days, ${loaded.derived.farther} of them farther from the sum than rounding` }]),
              ...(loaded.passwordsFile === null ? [] : [{ zh: `首次登录口令：${loaded.passwordsFile}`, en: `first passwords: ${loaded.passwordsFile}` }]),
            ]
        return { json: { ...loaded }, lines: [...rows, { zh: '对账（应有 / 实收）', en: 'control totals (expected / received)' }, ...totals, ...lines] }
      })
    }))
  command(feed, 'check <dir>', { zh: '显示映射后的前几行，不装入', en: 'show the first rows as they are mapped, load nothing' })
    .requiredOption('--profile <name>', profile)
    .option('--date <day>', 'YYYY-MM-DD', day)
    .action(does<FeedOptions>(async (run, [dir = ''], options) => {
      const [{ readProfile }, { inspectFolder }, { showFirstRows }] = await Promise.all([import('../deliveries/read-profile.ts'), import('../deliveries/inspect-folder.ts'), import('../deliveries/show-first-rows.ts')])
      const read = readProfile(options.profile)
      run.progress.show({ zh: '读取交付', en: 'reading the delivery' })
      const delivery = await inspectFolder(dir, read, options.date)
      const shown = await showFirstRows(read, delivery)
      const lines = shown.flatMap(({ file, thing, rows, faults }) => [
        `${file} → ${thing}`,
        ...rows.map((row) => `  ${Object.entries(row).map(([field, value]) => `${field}=${value}`).join('  ')}`),
        ...faults.map((fault) => ({ zh: `  ✗ 第 ${fault.row} 行 ${fault.column} 列：${fault.zh}`, en: `  ✗ row ${fault.row}, column ${fault.column}: ${fault.en}` })),
      ])
      const bad = shown.some(({ faults }) => faults.length > 0)
      return { ok: !bad, json: { bank: delivery.bank.code, businessDate: delivery.businessDate, kind: delivery.kind, things: shown }, lines: [`${delivery.bank.code}  ${delivery.businessDate}  ${delivery.kind}`, ...lines] }
    }))
}
