import { Exact, exact } from '../../foundation/values/decimal.ts'

/** An edge of the structure above a company: `sharePct` null: control by board or contract. */
export type HoldingEdge = { from: string; to: string; sharePct: string | null; crossHolding: boolean }
export type OwnerParty = { id: string; kind: 'COMPANY' | 'PERSON' }
/** From the person down to the company: every party on the way, and the product of the shares in percent. */
export type OwnerPath = { parties: string[]; sharePct: string }
export type Owner = { partyId: string; sharePct: string | null; paths: OwnerPath[] }
export type OwnersFound = { method: 'SHARE' | 'CONTROL' | 'SENIOR_MANAGER' | 'NONE'; owners: Owner[]; /** False: there were more paths than are followed. */ complete: boolean }

export type OwnersGiven = { company: string; edges: readonly HoldingEdge[]; parties: readonly OwnerParty[]; /** Senior managers, the first in rank first. */ managers: readonly string[]; ownerPct: string; controlPct: string }

const pathsFollowed = 50_000
const pathsTold = 20

/**
 * Beneficial owners (2.1): every person who holds at least `ownerPct` of the company along all paths together; where there is none, the persons who control it otherwise; where there is
 * none, the senior manager. A path visits a party once, so that cross-holdings do not multiply a share. Exact: products of percentages are never rounded.
 */
export function findOwners({ company, edges, parties, managers, ownerPct, controlPct }: OwnersGiven): OwnersFound {
  const persons = new Set(parties.filter((party) => party.kind === 'PERSON').map((party) => party.id))
  const { sums, complete } = shareSums(company, edges)
  const byShare = [...sums].filter(([party, { share }]) => persons.has(party) && share.gte(exact(ownerPct)))
  if (byShare.length > 0) {
    return {
      method: 'SHARE', complete,
      owners: byShare.map(([partyId, { share, paths }]) => ({ partyId, sharePct: plain(share), paths: toldPaths(paths) })).sort((a, b) => exact(b.sharePct ?? '0').cmp(exact(a.sharePct ?? '0')) || (a.partyId < b.partyId ? -1 : 1)),
    }
  }
  const controllers = [...controllersOf(company, edges, controlPct)].filter((party) => persons.has(party)).sort()
  if (controllers.length > 0) return { method: 'CONTROL', complete, owners: controllers.map((partyId) => ({ partyId, sharePct: share(sums, partyId), paths: toldPaths(sums.get(partyId)?.paths ?? []) })) }
  const [manager] = managers
  if (manager !== undefined) return { method: 'SENIOR_MANAGER', complete, owners: [{ partyId: manager, sharePct: share(sums, manager), paths: [] }] }
  return { method: 'NONE', complete, owners: [] }
}

/** What the law asks of a company about its beneficial owners: nothing (before the rule, or of such a body), the filing, or, instead of it, the promise of a small one. */
export type FilingDuty = 'NO_RULE' | 'NONE' | 'MAY_PROMISE' | 'FILE'
/** Why a promise may not stand for the filing, the most fundamental reason first. */
export type PromiseFault = 'promise-before-rule' | 'filing-not-needed' | 'promise-capital-unknown' | 'promise-capital-above' | 'promise-holders-unknown' | 'promise-holder-no-person' | 'promise-controlled-otherwise'
/** `files`: a company or a partnership, as far as is known; no sole trader, institution or office of the state. */
export type FilingFacts = { files: boolean; capitalFen: bigint | null; holders: Holders }
/** Who holds the company directly: persons only, also others, or not known to the last hundredth; and whether somebody beside them controls it. */
export type Holders = { kind: 'PERSONS' | 'OTHERS' | 'UNKNOWN'; otherController: boolean }

/**
 * May a firm promise instead of filing its beneficial owners (2.1)? Its registered capital is at most that of the rule in force, its holders are all natural persons, and nobody beside them controls it. An unknown capital is no
 * small one, and holders who are not all known are not all persons. Whether somebody else profits no fact tells: who enters the promise says so.
 */
export function faultOfPromise({ files, capitalFen, holders }: FilingFacts, rule: { promiseMostFen: bigint } | null): PromiseFault | null {
  if (rule === null) return 'promise-before-rule'
  if (!files) return 'filing-not-needed'
  if (capitalFen === null) return 'promise-capital-unknown'
  if (capitalFen > rule.promiseMostFen) return 'promise-capital-above'
  if (holders.kind === 'OTHERS') return 'promise-holder-no-person'
  if (holders.kind === 'UNKNOWN') return 'promise-holders-unknown'
  return holders.otherController ? 'promise-controlled-otherwise' : null
}

/** Must a body file its beneficial owners, and might a promise stand for it? */
export function filingDutyOf(facts: FilingFacts, rule: { promiseMostFen: bigint } | null): FilingDuty {
  const fault = faultOfPromise(facts, rule)
  return fault === null ? 'MAY_PROMISE' : fault === 'promise-before-rule' ? 'NO_RULE' : fault === 'filing-not-needed' ? 'NONE' : 'FILE'
}

/** Who holds the company directly, as far as every hundredth is known, and whether somebody else controls it. */
export function holdersOf({ company, edges, parties, controlPct }: Pick<OwnersGiven, 'company' | 'edges' | 'parties' | 'controlPct'>): Holders {
  const persons = new Set(parties.filter((party) => party.kind === 'PERSON').map((party) => party.id))
  const shares = edges.filter(({ to, sharePct: pct }) => to === company && pct !== null)
  const holders = new Set(shares.map(({ from }) => from))
  const sum = shares.reduce((whole, { sharePct: pct }) => whole.plus(exact(pct ?? '0')), new Exact(0))
  return {
    kind: [...holders].some((holder) => !persons.has(holder)) ? 'OTHERS' : sum.eq(100) ? 'PERSONS' : 'UNKNOWN',
    otherController: [...controllersOf(company, edges, controlPct)].some((party) => !holders.has(party)),
  }
}

type Path = { parties: string[]; share: Exact }
type Sums = Map<string, { share: Exact; paths: Path[] }>

/** What everybody above the company holds of it: the sum over all simple paths of the product of the shares along them, in percent. */
export function shareSums(company: string, edges: readonly HoldingEdge[]): { sums: Sums; complete: boolean } {
  const into = new Map<string, { from: string; share: Exact }[]>()
  for (const { from, to, sharePct } of edges) if (sharePct !== null) into.set(to, [...(into.get(to) ?? []), { from, share: exact(sharePct) }])
  const sums: Sums = new Map()
  let followed = 0
  const hundred = new Exact(100)
  const walk = (below: string[], share: Exact): boolean => {
    const [here] = below
    for (const holder of into.get(here ?? '') ?? []) {
      if (below.includes(holder.from)) continue
      if (++followed > pathsFollowed) return false
      const product = share.times(holder.share).div(hundred)
      const parties = [holder.from, ...below]
      const sum = sums.get(holder.from) ?? { share: new Exact(0), paths: [] }
      sums.set(holder.from, { share: sum.share.plus(product), paths: [...sum.paths, { parties, share: product }] })
      if (!walk(parties, product)) return false
    }
    return true
  }
  const complete = walk([company], hundred)
  return { sums, complete }
}

/** Who controls the company: by board or contract, or with more than `controlPct` of the votes together with what he controls already. */
export function controllersOf(company: string, edges: readonly HoldingEdge[], controlPct: string): Set<string> {
  const into = new Map<string, string[]>()
  for (const { from, to } of edges) into.set(to, [...(into.get(to) ?? []), from])
  const above = new Set<string>()
  const up: string[] = [company]
  for (let here = up.pop(); here !== undefined; here = up.pop()) {
    for (const from of into.get(here) ?? []) if (from !== company && !above.has(from)) {
      above.add(from)
      up.push(from)
    }
  }
  return new Set([...above].filter((party) => controlledBy([party], edges, controlPct).has(company)))
}

/** Everything that these control together, directly and through what they control. They themselves are not in it. */
export function controlledBy(together: readonly string[], edges: readonly HoldingEdge[], controlPct: string): Set<string> {
  const members = new Set(together)
  for (let grew = true; grew;) {
    grew = false
    const votes = new Map<string, Exact>()
    const controlled = new Set<string>()
    for (const { from, to, sharePct } of edges) {
      if (!members.has(from) || members.has(to)) continue
      if (sharePct === null) controlled.add(to)
      else votes.set(to, (votes.get(to) ?? new Exact(0)).plus(exact(sharePct)))
    }
    for (const [to, sum] of votes) if (sum.gt(exact(controlPct))) controlled.add(to)
    for (const to of controlled) {
      members.add(to)
      grew = true
    }
  }
  return new Set([...members].filter((party) => !together.includes(party)))
}

export type FiledOwner = { name: string; sharePct: string | null }
/** NOTHING_FILED: looked up, and nothing is there though it must be. Of a PROMISE that may not stand (any more) `name` is the reason. */
export type OwnerDifference = { name: string; what: 'NOT_FILED' | 'NOT_FOUND' | 'SHARE' | 'NOTHING_FILED' | 'PROMISE'; foundPct: string | null; filedPct: string | null }
export type FilingState = 'FILED' | 'PROMISED' | 'NOT_FILED'
export type Comparison = { state: 'NOT_COMPARED' | 'AGREES' | 'DIFFERS'; differences: OwnerDifference[] }

/** The bank's own finding against what the registration system says today; `promiseFault`: why a promise may not stand. Who need not file differs from nothing. */
export function compareWithFiling(found: { method: OwnersFound['method'] | 'EXEMPT'; owners: readonly FiledOwner[] } | null, filing: { state: FilingState; owners: readonly FiledOwner[] } | null, promiseFault: PromiseFault | null): Comparison {
  const neverFiles = promiseFault === 'filing-not-needed' || promiseFault === 'promise-before-rule'
  if (filing === null || (neverFiles && filing.state !== 'FILED')) return { state: 'NOT_COMPARED', differences: [] }
  if (filing.state === 'NOT_FILED') return told([{ name: '', what: 'NOTHING_FILED', foundPct: null, filedPct: null }])
  if (filing.state === 'PROMISED') return told(promiseFault === null ? [] : [{ name: promiseFault, what: 'PROMISE', foundPct: null, filedPct: null }])
  return found === null || found.method === 'EXEMPT' ? { state: 'NOT_COMPARED', differences: [] } : told(compareOwners(found.owners, filing.owners))
}
const told = (differences: OwnerDifference[]): Comparison => ({ state: differences.length === 0 ? 'AGREES' : 'DIFFERS', differences })

/** A recorded reason ends just the differences that it was given for, to the same filing: other ones are a finding again. */
export function sameDifferences(a: readonly OwnerDifference[], b: readonly OwnerDifference[]): boolean {
  const keys = (all: readonly OwnerDifference[]): string => JSON.stringify(all.map((one) => [one.what, one.name, one.foundPct, one.filedPct].join('\n')).sort())
  return keys(a) === keys(b)
}

/** The bank's finding against the filing: who is not filed, who is filed and was not found, whose share differs (compared at two decimals, as it is filed). */
export function compareOwners(found: readonly FiledOwner[], filed: readonly FiledOwner[]): OwnerDifference[] {
  const key = (name: string): string => name.replace(/[\s·•.]/g, '').toLowerCase()
  const filedBy = new Map(filed.map((one) => [key(one.name), one]))
  const foundBy = new Map(found.map((one) => [key(one.name), one]))
  const differences: OwnerDifference[] = []
  for (const one of found) {
    const other = filedBy.get(key(one.name))
    if (!other) differences.push({ name: one.name, what: 'NOT_FILED', foundPct: one.sharePct, filedPct: null })
    else if (one.sharePct !== null && other.sharePct !== null && exact(one.sharePct).toFixed(2) !== exact(other.sharePct).toFixed(2)) differences.push({ name: one.name, what: 'SHARE', foundPct: one.sharePct, filedPct: other.sharePct })
  }
  for (const one of filed) if (!foundBy.has(key(one.name))) differences.push({ name: one.name, what: 'NOT_FOUND', foundPct: null, filedPct: one.sharePct })
  return differences
}

// ten decimals are told; what decides is never rounded
const plain = (share: Exact): string => share.toDecimalPlaces(10).toFixed()
const share = (sums: Sums, party: string): string | null => {
  const sum = sums.get(party)
  return sum ? plain(sum.share) : null
}
const toldPaths = (paths: readonly Path[]): OwnerPath[] => [...paths].sort((a, b) => b.share.cmp(a.share)).slice(0, pathsTold).map(({ parties, share: product }) => ({ parties, sharePct: plain(product) }))
