import type { Command } from 'commander'
import { command, does, month, words, type CommandResult, type CommandRun } from '../foundation/cli/command.ts'
import { NamedFailure, type BilingualText } from '../foundation/config/named-failure.ts'
import type { ControlRow } from '../performance/control-report.ts'
import { rowName, tellSum } from '../performance/tell-control.rules.ts'
import type { Settlement } from '../performance/settle-one-month.ts'
import { yuanFigure } from '../performance/statement/tell-statement.rules.ts'
import { withServices } from './with-services.ts'

type SettleOptions = { month: string; scheme?: string; dryRun?: true }

export function register(program: Command): void {
  command(program, 'settle', { zh: '结算一个月的绩效', en: 'settle a month of pay' })
    .requiredOption('--month <month>', 'YYYY-MM', month)
    .option('--scheme <code>', words({ zh: '只结算这个方案', en: 'only this scheme' }))
    .option('--dry-run', words({ zh: '只计算，不保存', en: 'compute, store nothing' }))
    .action(does<SettleOptions>((run, _words, options) => settle(run, options)))
}

async function settle(run: CommandRun, options: SettleOptions): Promise<CommandResult> {
  return withServices(run, async (services) => {
    const [{ settleMonth }, { settlementRefusals }] = await Promise.all([import('../flows/settle-month.ts'), import('../performance/settlement.contract.ts')])
    const outcome = await settleMonth(services, { month: options.month, scheme: options.scheme, dryRun: options.dryRun === true, onProgress: run.onProgress })
    if (!outcome.ok) {
      const { name, details = {} } = outcome.refusal
      const text = settlementRefusals[name] ?? { zh: name, en: name }
      const filled = (words: string): string => words.replace(/\{(\w+)\}/g, (whole, key: string) => details[key] ?? whole)
      throw new NamedFailure(name, { zh: filled(text.zh), en: filled(text.en) })
    }
    const ties = outcome.value.every(({ control }) => control.ties)
    return { ok: ties, json: { dryRun: options.dryRun === true, settlements: outcome.value }, lines: outcome.value.flatMap((settled) => told(settled, options.dryRun === true)) }
  })
}

function told(settled: Settlement, dryRun: boolean): (BilingualText | string)[] {
  const { transactions } = settled.control
  const yuan = yuanFigure
  const state: BilingualText = dryRun ? { zh: '试算，未保存', en: 'dry run, nothing stored' } : settled.unchanged ? { zh: '与上次结果相同，未改动', en: 'the same as before, nothing changed' } : { zh: '已保存', en: 'stored' }
  return [
    { zh: `${settled.month} 方案 ${settled.scheme} 第 ${settled.version} 版：${state.zh}`, en: `${settled.month} scheme ${settled.scheme} version ${settled.version}: ${state.en}` },
    { zh: `${settled.people} 人，${settled.facts} 条业务事实，更正 ${settled.corrections} 条；积分 ${settled.points} 分，应发 ${yuan(settled.payableFen)} ${settled.currency}，结转 ${yuan(settled.carryOutFen)} ${settled.currency}`,
      en: `${settled.people} people, ${settled.facts} facts, ${settled.corrections} corrections; ${settled.points} points, payable ${yuan(settled.payableFen)} ${settled.currency}, carried on ${yuan(settled.carryOutFen)} ${settled.currency}` },
    `hash ${settled.hash}`,
    ...settled.control.rows.map((row) => toldControl(row, settled.month)),
    { zh: `存款流水 ${transactions.transactions.toLocaleString('en-US')} 笔（${transactions.behindLines} 笔在工资条目之下，${transactions.withoutLine} 笔无条目）：期初 ${yuan(transactions.openingFen)} 元 + 收 ${yuan(transactions.inFen)} 元 − 付 ${yuan(transactions.outFen)} 元，与期末 ${yuan(transactions.closingFen)} 元相差 ${yuan(transactions.differenceFen)} 元`,
      en: `${transactions.transactions.toLocaleString('en-US')} deposit transactions (${transactions.behindLines} behind lines, ${transactions.withoutLine} without): opening ${yuan(transactions.openingFen)} yuan + in ${yuan(transactions.inFen)} yuan − out ${yuan(transactions.outFen)} yuan differs from closing ${yuan(transactions.closingFen)} yuan by ${yuan(transactions.differenceFen)} yuan` },
  ]
}

function toldControl(row: ControlRow, month: string): BilingualText {
  const foreign = row.otherCurrency === 0 ? { zh: '', en: '' } : { zh: `；其他币种 ${row.otherCurrency} 条未计`, en: `; ${row.otherCurrency} in other currencies not counted` }
  const name = rowName(row, {})
  const sum = (value: string): BilingualText => {
    const { figure, unit } = tellSum(row, value, month)
    return { zh: `${figure} ${unit.zh}`, en: `${figure} ${unit.en}` }
  }
  const [total, inLines, outside, without] = [sum(row.total), sum(row.inLines), sum(row.outside), sum(row.withoutManager)]
  return {
    zh: `核对 ${name.zh}：当月 ${row.facts} 条，总量 ${total.zh} = 计入 ${inLines.zh} + 方案外人员 ${outside.zh} + 无客户经理 ${without.zh}：${row.ties ? '相符' : '不符'}${foreign.zh}`,
    en: `control ${name.en}: ${row.facts} facts, total ${total.en} = in lines ${inLines.en} + outside the scheme ${outside.en} + without manager ${without.en}: ${row.ties ? 'ties' : 'DOES NOT TIE'}${foreign.en}`,
  }
}
