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

/** What the law asks of a company about its beneficial owners: nothing, the filing, or, instead of it, the promise of a small one. */
export type FilingDuty = 'NONE' | 'MAY_PROMISE' | 'FILE'

/**
 * Must a body file its beneficial owners (2.1)? Companies and partnerships must; a sole trader, an institution or an office of the state need not (`files` false). Whose registered capital is at most `promiseMostFen` may promise instead, when its holders are all natural persons and nobody beside them
 * controls it or profits. An unknown capital is no small one.
 */
export function filingDutyOf({ files, capitalFen, personsOnly }: { files: boolean; capitalFen: bigint | null; personsOnly: boolean }, promiseMostFen: bigint): FilingDuty {
  if (!files) return 'NONE'
  return personsOnly && capitalFen !== null && capitalFen <= promiseMostFen ? 'MAY_PROMISE' : 'FILE'
}

/** All of the company is held by natural persons, as far as every hundredth is known, and nobody else controls it. */
export function heldByPersonsOnly({ company, edges, parties, controlPct }: Pick<OwnersGiven, 'company' | 'edges' | 'parties' | 'controlPct'>): boolean {
  const persons = new Set(parties.filter((party) => party.kind === 'PERSON').map((party) => party.id))
  const shares = edges.filter(({ to, sharePct: pct }) => to === company && pct !== null)
  const holders = new Set(shares.map(({ from }) => from))
  const sum = shares.reduce((whole, { sharePct: pct }) => whole.plus(exact(pct ?? '0')), new Exact(0))
  if (!sum.eq(100) || [...holders].some((holder) => !persons.has(holder))) return false
  return [...controllersOf(company, edges, controlPct)].every((party) => holders.has(party))
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
export type OwnerDifference = { name: string; what: 'NOT_FILED' | 'NOT_FOUND' | 'SHARE'; foundPct: string | null; filedPct: string | null }

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
