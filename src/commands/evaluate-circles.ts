import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { fanIns, moneyCircles, passedOn, usualAmounts, type Transfer } from '../customers/relations/money-circles.rules.ts'
import type { CommandResult, CommandRun } from '../foundation/cli/command.ts'
import { NamedFailure } from '../foundation/config/named-failure.ts'
import { fenFromYuan } from '../foundation/values/fen.ts'

const longest = 8
const lines = { sendersLeast: 3, partOfUsual: [1n, 4n], band: [1n, 2n] } as const
type Step = Transfer & { day: number }
type Bank = { transfers: Step[]; labelled: Map<string, number>; planted: { circles: number; fanIns: number } }
type Found = { what: 'circles' | 'chains' | 'fan-ins'; planted: number; /** Of the planted ones, those of which enough is in the file to be found. */ there: number; found: number; told: number; right: number }

/**
 * `npx yinqiao evaluate circles --data DIR`: on transfers with planted laundering patterns (folders with transactions.csv.gz, nodes.csv.gz, metadata.txt) the same search that finds the
 * guarantee circles looks for money that goes round, and a rule for money that comes together. The labels are used to count, never to find.
 */
export function evaluateCircles(run: CommandRun, { data }: { data: string }): CommandResult {
  if (!existsSync(data)) throw new NamedFailure('no-such-folder', { zh: `没有目录 ${data}`, en: `there is no folder ${data}` })
  const folders = readdirSync(data).sort().filter((name) => existsSync(join(data, name, 'transactions.csv.gz')))
  if (folders.length === 0) throw new NamedFailure('no-data', { zh: `${data} 下没有含 transactions.csv.gz 的目录`, en: `no folder with transactions.csv.gz in ${data}` })
  const sets = folders.map((name) => {
    run.progress.show({ zh: `查找 ${name}`, en: `searching ${name}` })
    const bank = readBank(join(data, name))
    const began = performance.now()
    const found = evaluate(bank)
    return { name, transfers: bank.transfers.length, milliseconds: Math.round(performance.now() - began), found }
  })
  const percent = (part: number, whole: number): string => (whole === 0 ? '--' : `${((100 * part) / whole).toFixed(1)}%`)
  return {
    ok: sets.every((set) => set.found.every((one) => one.what !== 'circles' || one.found === one.there)),
    json: { longest, sets },
    lines: [
      '| set | what | planted | in the file | found of these | told | right | precision | ms |', '|---|---|---|---|---|---|---|---|---|',
      ...sets.flatMap((set) => set.found.map((one) => `| ${set.name} | ${one.what} | ${one.planted} | ${one.there} | ${one.found} (${percent(one.found, one.there)}) | ${one.told} | ${one.right} | ${percent(one.right, one.told)} | ${set.milliseconds} |`)),
    ],
  }
}

function readBank(folder: string): Bank {
  const rows = (name: string): string[][] => gunzipSync(readFileSync(join(folder, name))).toString('utf8').trim().split('\n').slice(1).map((line) => line.trim().split(','))
  const told = readFileSync(join(folder, 'metadata.txt'), 'utf8')
  const number = (pattern: RegExp): number => Number(pattern.exec(told)?.[1] ?? 0)
  return {
    transfers: rows('transactions.csv.gz').map(([from = '', to = '', amount = '0', day = '0']) => ({ from, to, amountFen: fenFromYuan(amount), day: Number(day) })),
    labelled: new Map(rows('nodes.csv.gz').filter(([, fraud]) => fraud === '1').map(([id = '', , , step = '-1']) => [id, Number(step)])),
    planted: { circles: number(/(\d+) cycles/), fanIns: number(/(\d+) fan-in/) },
  }
}

function evaluate({ transfers, labelled, planted }: Bank): Found[] {
  const usual = usualAmounts(transfers)
  // by the labels: sent by a labelled account on its step, to a labelled account, and not its usual amount
  const marked = transfers.filter((one) => labelled.get(one.from) === one.day && labelled.has(one.to) && one.from !== one.to && usual.get(one.from) !== one.amountFen)
  const all = (accounts: readonly string[]): boolean => accounts.every((account) => labelled.has(account))
  const found: Found[] = []
  if (planted.circles > 0) {
    const chains = plantedChains(marked)
    const closed = chains.filter((chain) => chain.closed)
    const circles = moneyCircles(transfers, longest).cycles.map((cycle) => cycle.map((one) => one.from))
    const keys = new Set(circles.map((circle) => [...circle].sort().join(' ')))
    found.push({ what: 'circles', planted: planted.circles, there: closed.length, found: closed.filter((chain) => keys.has([...chain.accounts].sort().join(' '))).length, told: circles.length, right: circles.filter(all).length })
    const open = chains.filter((chain) => !chain.closed && chain.accounts.length > 2)
    const passed = passedOn(transfers).filter((chain) => chain[0] !== chain.at(-1))
    const touched = new Set(passed.map((chain) => [...new Set(chain)].sort().join(' ')))
    found.push({ what: 'chains', planted: planted.circles - closed.length, there: open.length, found: open.filter((chain) => touched.has([...chain.accounts].sort().join(' '))).length, told: passed.length, right: passed.filter(all).length })
  }
  if (planted.fanIns > 0) {
    const into = new Map<string, Set<string>>()
    for (const one of marked) into.set(one.to, (into.get(one.to) ?? new Set()).add(one.from))
    const there = [...into].filter(([, from]) => from.size >= lines.sendersLeast)
    const told = fanIns(transfers, lines)
    const targets = new Set(told.map((one) => one.to))
    found.push({ what: 'fan-ins', planted: planted.fanIns, there: there.length, found: there.filter(([to]) => targets.has(to)).length, told: told.length, right: told.filter((one) => labelled.has(one.to) && all(one.from)).length })
  }
  return found
}

/** What of the planted circles is in the file: transfers of one amount that follow each other. */
function plantedChains(marked: readonly Step[]): { accounts: string[]; closed: boolean }[] {
  const byAmount = new Map<bigint, Map<string, string>>()
  for (const one of marked) byAmount.set(one.amountFen, (byAmount.get(one.amountFen) ?? new Map()).set(one.from, one.to))
  return [...byAmount.values()].flatMap((next) => {
    const reached = new Set(next.values())
    const left = new Set(next.keys())
    const chains: { accounts: string[]; closed: boolean }[] = []
    for (const start of [...[...next.keys()].filter((from) => !reached.has(from)), ...next.keys()]) {
      if (!left.has(start)) continue
      const accounts = [start]
      left.delete(start)
      let to = next.get(start)
      for (; to !== undefined && !accounts.includes(to); to = next.get(to)) {
        accounts.push(to)
        left.delete(to)
      }
      chains.push({ accounts, closed: to === start && accounts.length > 1 })
    }
    return chains
  })
}
