import type { Command } from 'commander'
import { command, does } from '../foundation/cli/command.ts'
import { withServices } from './with-services.ts'

export function register(program: Command): void {
  const journal = command(program, 'journal', { zh: '操作日志', en: 'the journal' })
  command(journal, 'verify', { zh: '核验整本日志：改动、缺失、插入、换序、重写都会被发现', en: 'verify the whole journal: changed, missing, inserted, reordered lines and a rewritten chain are found' })
    .action(does((run) => withServices(run, async ({ db, keys, config }) => {
      const { verifyJournal } = await import('../foundation/journal/verify-journal.ts')
      run.progress.show({ zh: '核验日志', en: 'verifying the journal' })
      const owner = await db.connectOwner()
      const report = await verifyJournal(owner, keys.keyring, config.journalHeadsDir).finally(() => owner.end())
      const { seals, sealedLines, unsealedLines, oldestUnsealed, faults } = report
      const since = oldestUnsealed === null ? '' : ` (${oldestUnsealed})`
      return {
        ok: faults.length === 0,
        json: { ...report },
        lines: [
          ...faults.map((fault) => fault.text),
          { zh: `${seals} 批，${sealedLines} 行已封存；${unsealedLines} 行尚未封存${since}`, en: `${seals} batches, ${sealedLines} lines sealed; ${unsealedLines} not yet sealed${since}` },
          faults.length === 0 ? { zh: '日志完好', en: 'the journal is whole' } : { zh: `发现 ${faults.length} 处问题`, en: `${faults.length} faults found` },
        ],
      }
    })))
}
