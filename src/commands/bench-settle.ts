import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { makeBenchPayCustomers } from '../customers/make-bench-pay-customers.ts'
import { setUpBank } from '../flows/set-up-bank.ts'
import { settleMonth } from '../flows/settle-month.ts'
import type { CommandResult, CommandRun } from '../foundation/cli/command.ts'
import { readConfig } from '../foundation/config/config.ts'
import { openDatabase } from '../foundation/database/open-database.ts'
import type { Services } from '../foundation/http/route.ts'
import { newId } from '../foundation/values/uuid7.ts'
import { makeBenchPayHoldings } from '../holdings/make-bench-pay-holdings.ts'
import { addInstitution } from '../organisation/add-institution.ts'
import { makeBenchManagers } from '../organisation/make-bench-managers.ts'
import { makeServices } from '../server.ts'
import { controlByHand, emptyByHand, prepareByHand, settleByHand, totalByHand } from './bench-settle-statements.ts'

const begin = '2024-01-01'
const month = '2026-10'
const [from, to] = ['2026-10-01', '2026-11-01']
const rounds = 2

/** `npx yinqiao bench settle`: a month of so many managers and facts in a scratch folder, by the product and by hand-written SQL in turns. */
export async function benchSettle(run: CommandRun, options: { managers: number; facts: number }): Promise<CommandResult> {
  const folder = mkdtempSync(join(tmpdir(), 'yq-bench-'))
  const { config } = readConfig({ YINQIAO_DATA: folder, YINQIAO_LOG: 'silent', PORT: '0' }, folder)
  const open = await openDatabase(config, (stage) => run.progress.show(stage))
  try {
    const services = makeServices(config, open.db)
    await grow(services, options, run)
    const { product, hand, facts, people, payable, stages, before, memory } = await measure(services, run)
    const ratio = sum(product) / sum(hand)
    const text = (times: readonly number[]): string => times.map((ms) => (ms / 1000).toFixed(1)).join(' ')
    return {
      ok: ratio <= 1.5, json: { managers: options.managers, facts, people, payableFen: payable, productMs: product.map(Math.round), handMs: hand.map(Math.round), ratio: Number(ratio.toFixed(2)), stages, memoryMb: { before, most: memory } },
      lines: [
        '| what | seconds | ratio |', '|---|---|---|', `| settlement: ${people} managers, ${facts} facts, statements with explanation, control report, journal | ${text(product)} | ${ratio.toFixed(2)} |`,
        `| the same figures by hand-written SQL (src/commands/bench-settle-statements.ts) | ${text(hand)} | 1 |`,
        ...Object.entries(stages).map(([stage, ms]) => `| of it: ${stage} | ${(ms / 1000).toFixed(1)} | |`),
        '', `Memory of this process while it settles, at most: ${memory} MB (before: ${before} MB)`,
      ],
    }
  } finally {
    await open.close()
    rmSync(folder, { recursive: true, force: true })
  }
}

async function grow(services: Services, { managers, facts }: { managers: number; facts: number }, run: CommandRun): Promise<void> {
  const owner = await services.db.connectOwner()
  const batch = newId()
  try {
    run.progress.show({ zh: '建立机构和人员', en: 'making units and people' })
    const { headOfficeKey } = await setUpBank(services, { code: 'bench', nameZh: '测速银行', nameEn: 'Bench', currency: 'CNY', calendar: 'china', businessDate: '2026-11-23', from: begin })
    const units = await services.db.asBatch(async (tx) => {
      const made: { key: number; scopePath: string }[] = []
      for (let n = 0; n < 40; n++) made.push(await addInstitution(tx, { code: `U${n}`, kind: 'OUTLET', name: `网点${n}`, nameEn: `Outlet ${n}`, parentKey: headOfficeKey, from: begin }))
      await makeBenchManagers(tx, { count: managers, first: 1000, unitKeys: made.map(({ key }) => key), from: begin, batch })
      return made
    })
    const [first] = units
    if (!first) throw new Error('no unit')
    // a customer gives two deposit facts, a base, a third of a loan, a fifteenth of a new loan, and one in twenty all of it twice
    const customers = Math.round(facts / (1.05 * (2 + 1 + 1 / 3 + 1 / 15)))
    run.progress.show({ zh: '生成客户', en: 'making customers' })
    await services.db.asBatch((tx) => makeBenchPayCustomers(tx, { count: customers, managers, first: 1000, outletKey: first.key, path: first.scopePath, from: begin, batch }))
    await owner.query('ANALYZE')
    run.progress.show({ zh: '生成持有', en: 'making holdings' })
    await services.db.asBatch((tx) => makeBenchPayHoldings(tx, { outletKey: first.key, from: begin, month, batch }))
    await owner.query('VACUUM ANALYZE')
    await owner.query(prepareByHand)
  } finally {
    await owner.end()
  }
}

type Measured = { product: number[]; hand: number[]; facts: number; people: number; payable: string; stages: Record<string, number>; before: number; memory: number }

async function measure(services: Services, run: CommandRun): Promise<Measured> {
  const owner = await services.db.connectOwner()
  const [product, hand]: [number[], number[]] = [[], []]
  let stages: Record<string, number> = {}
  const megabytes = (): number => Math.round(process.memoryUsage.rss() / 1_000_000)
  const before = megabytes()
  let memory = before
  const watch = setInterval(() => { memory = Math.max(memory, megabytes()) }, 50)
  try {
    let told = { people: 0, payable: '', facts: 0 }
    for (let round = 1; round <= rounds; round++) {
      run.progress.show({ zh: '手写 SQL', en: 'hand-written SQL' }, round, rounds)
      await owner.query(emptyByHand)
      await owner.query('CHECKPOINT')
      let began = performance.now()
      await owner.query('BEGIN')
      for (const statement of [...settleByHand, ...controlByHand]) await owner.query(statement.replaceAll('$1', `'${from}'::date`).replaceAll('$2', `'${to}'::date`))
      await owner.query('COMMIT')
      hand.push(performance.now() - began)
      told = (await owner.query<typeof told>(totalByHand)).rows[0] ?? told

      run.progress.show({ zh: '结算', en: 'settlement' }, round, rounds)
      await owner.query('CHECKPOINT')
      began = performance.now()
      stages = {}
      let last = { stage: '准备 / preparing', at: began }
      const outcome = await settleMonth(services, {
        month, dryRun: round < rounds,
        onProgress: (stage) => {
          const now = performance.now()
          stages[last.stage] = (stages[last.stage] ?? 0) + now - last.at
          last = { stage, at: now }
          return Promise.resolve()
        },
      })
      product.push(performance.now() - began)
      stages[last.stage] = (stages[last.stage] ?? 0) + performance.now() - last.at
      const settled = outcome.ok ? outcome.value[0] : undefined
      if (!settled || settled.payableFen !== told.payable || settled.facts !== told.facts || !settled.control.ties) throw new Error(`not the same figures: ${JSON.stringify([told, settled?.payableFen, settled?.facts, settled?.control.ties])}`)
      if (round < rounds) await owner.query('VACUUM pay_fact, pay_statement, pay_line')
    }
    return { product, hand, ...told, stages, before, memory }
  } finally {
    clearInterval(watch)
    await owner.end()
  }
}

const sum = (times: readonly number[]): number => times.reduce((total, ms) => total + ms, 0)
