import { cyclesUpTo, type Cycles } from './circles.rules.ts'

/** Money that goes round, and money that comes together, in a list of transfers. Amounts are whole fen. */
export type Transfer = { from: string; to: string; amountFen: bigint }

/** Circles of at most `longest` accounts through which one amount is passed until it is back. Several transfers of the same amount between two accounts are one. */
export function moneyCircles(transfers: readonly Transfer[], longest: number, most = 100_000): Cycles<Transfer> {
  const cycles: Transfer[][] = []
  let complete = true
  // one amount is a small graph of its own
  for (const same of byAmount(transfers).values()) {
    const found = cyclesUpTo(same, { longest, most: most - cycles.length })
    cycles.push(...found.cycles)
    complete &&= found.complete
  }
  return { cycles, complete }
}

/**
 * Chains of at least two transfers along which one amount is passed on that is none of the sender's usual ones: what is left of a circle when some of its transfers are not known.
 * Each chain once, its accounts in order of the money.
 */
export function passedOn(transfers: readonly Transfer[]): string[][] {
  const usual = usualAmounts(transfers)
  const found: string[][] = []
  for (const same of byAmount(transfers.filter((one) => usual.get(one.from) !== one.amountFen)).values()) {
    const next = new Map(same.map((one) => [one.from, one.to]))
    const reached = new Set(same.map((one) => one.to))
    const seen = new Set<string>()
    // a chain begins where nothing arrives; what is left over is a circle
    for (const start of [...same.map((one) => one.from).filter((from) => !reached.has(from)), ...next.keys()]) {
      if (seen.has(start)) continue
      const chain = [start]
      seen.add(start)
      for (let to = next.get(start); to !== undefined; to = next.get(to)) {
        chain.push(to)
        if (seen.has(to)) break
        seen.add(to)
      }
      if (chain.length > 2) found.push(chain)
    }
  }
  return found
}

export type FanIn = { to: string; from: string[] }
/** At most this part of what the sender usually sends, and the smallest at least this part of the largest. */
export type FanInLines = { sendersLeast: number; partOfUsual: readonly [bigint, bigint]; band: readonly [bigint, bigint] }

/** Accounts to which several others send amounts of one size, each far smaller than what that sender usually sends. */
export function fanIns(transfers: readonly Transfer[], lines: FanInLines): FanIn[] {
  const usual = usualAmounts(transfers)
  const arriving = new Map<string, Map<string, bigint>>()
  for (const one of transfers) {
    const sends = usual.get(one.from) ?? 0n
    if (one.from === one.to || one.amountFen * lines.partOfUsual[1] > sends * lines.partOfUsual[0]) continue
    const from = arriving.get(one.to) ?? new Map<string, bigint>()
    arriving.set(one.to, from.set(one.from, one.amountFen))
  }
  return [...arriving].flatMap(([to, from]) => {
    // the largest number of senders whose amounts lie in one band
    const sums = [...from].sort((a, b) => (a[1] < b[1] ? -1 : 1))
    let best: string[] = []
    for (const [place, [, least]] of sums.entries()) {
      const together = sums.slice(place).filter(([, amount]) => least * lines.band[1] >= amount * lines.band[0]).map(([sender]) => sender)
      if (together.length > best.length) best = together
    }
    return best.length >= lines.sendersLeast ? [{ to, from: best.sort() }] : []
  })
}

/** What an account usually sends: its largest amount. Money that is hidden goes in small pieces, so the exception lies below. */
export function usualAmounts(transfers: readonly Transfer[]): Map<string, bigint> {
  const usual = new Map<string, bigint>()
  for (const { from, amountFen } of transfers) if (amountFen > (usual.get(from) ?? 0n)) usual.set(from, amountFen)
  return usual
}

/** Transfers to somebody else, by amount; several of the same amount between two accounts are one. */
function byAmount(transfers: readonly Transfer[]): Map<bigint, Transfer[]> {
  const seen = new Set<string>()
  const found = new Map<bigint, Transfer[]>()
  for (const one of transfers) {
    const key = `${one.from} ${one.to} ${one.amountFen}`
    if (one.from === one.to || seen.has(key)) continue
    seen.add(key)
    const same = found.get(one.amountFen)
    if (same) same.push(one)
    else found.set(one.amountFen, [one])
  }
  return found
}
