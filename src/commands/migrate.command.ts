import type { Command } from 'commander'
import { command, does } from '../foundation/cli/command.ts'

export function register(program: Command): void {
  command(program, 'migrate', { zh: '更新数据结构（serve 启动时也会做）', en: 'bring the tables up to date (serve does so at its start)' }).action(does(async (run) => {
    const { openDatabase } = await import('../foundation/database/open-database.ts')
    const open = await openDatabase(run.config(), (stage) => run.progress.show(stage))
    const { migrations, started } = open
    await open.close()
    const { applied, alreadyApplied } = migrations
    return {
      json: { database: started.kind, version: started.version, applied, alreadyApplied },
      lines: [...applied, applied.length === 0
        ? { zh: `数据结构已是最新（${alreadyApplied} 个迁移）`, en: `the tables are up to date (${alreadyApplied} migrations)` }
        : { zh: `应用了 ${applied.length} 个迁移，此前已有 ${alreadyApplied} 个`, en: `${applied.length} migrations applied, ${alreadyApplied} were there` }],
    }
  }))
}
