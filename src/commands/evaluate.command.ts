import { join } from 'node:path'
import type { Command } from 'commander'
import { command, does, wholeNumber, words } from '../foundation/cli/command.ts'

// where the tests look for them too
const beside = join(import.meta.dirname, '..', '..', '..', 'shared', 'data')

export function register(program: Command): void {
  const evaluate = command(program, 'evaluate', { zh: '用真实数据检验判断的准确度', en: 'hold judgements against real data' })
  command(evaluate, 'duplicates', { zh: '疑似重复的查准率与查全率', en: 'precision and recall of the duplicate check' })
    .option('--data <dir>', words({ zh: '公开数据所在目录', en: 'folder of the public data sets' }), beside)
    .option('--pairs <number>', words({ zh: '每种改写的对数', en: 'pairs for each alteration' }), wholeNumber(10, 100_000), 500)
    .option('--seed <number>', words({ zh: '随机种子', en: 'seed' }), wholeNumber(0, 1_000_000_000), 1)
    .action(does<{ data: string; pairs: number; seed: number }>(async (run, _words, options) => (await import('./evaluate-duplicates.ts')).evaluateDuplicates(run, options)))
  command(evaluate, 'circles', { zh: '资金环路与汇集：在标注了洗钱模式的转账中找到多少', en: 'circles and fan-ins in transfers with labelled laundering patterns' })
    .option('--data <dir>', words({ zh: '数据目录，每个子目录含 transactions.csv.gz、nodes.csv.gz、metadata.txt', en: 'folder whose folders hold transactions.csv.gz, nodes.csv.gz, metadata.txt' }), join(beside, 'amlsim'))
    .action(does<{ data: string }>(async (run, _words, options) => (await import('./evaluate-circles.ts')).evaluateCircles(run, options)))
  command(evaluate, 'photos', { zh: '重复照片：改压缩、裁剪、调亮后还能找到多少', en: 'photos used again: how many are found after compressing, cropping, brightening' })
    .option('--pictures <number>', words({ zh: '图片张数', en: 'how many pictures' }), wholeNumber(10, 2_000), 200)
    .action(does<{ pictures: number }>(async (run, _words, options) => (await import('./evaluate-photos.ts')).evaluatePhotos(run, options)))
}
