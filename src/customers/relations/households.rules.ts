import { componentsOf } from './groups.rules.ts'

/** HOME: behind one door. PHONE: one phone. KIN: recorded as married, or as parent and child under age. */
export type HouseholdTest = 'HOME' | 'PHONE' | 'KIN'
export type Household = { customers: string[]; tests: HouseholdTest[] }

/** Persons who share a door, a phone or a marriage are one household, directly or through others; more than `most` of them are none (a dormitory, a number that everybody gives). Each person stands in one at most. */
export function householdsOf(pairs: readonly { a: string; b: string; test: HouseholdTest }[], most: number): Household[] {
  const order: readonly HouseholdTest[] = ['HOME', 'PHONE', 'KIN']
  return componentsOf(pairs).map(({ parties, tests }) => ({ customers: parties, tests: order.filter((test) => tests.includes(test)) })).filter(({ customers }) => customers.length >= 2 && customers.length <= most)
}

export type Standing = { partyId: string; birthDate: string | null; wanted: boolean }
export type Tie = { from: string; to: string; means: string | null }
export type HouseholdRole = 'HEAD' | 'SPOUSE' | 'CHILD' | 'PARENT' | 'OTHER'

/** Who is the head (the one that the person who confirms names, else the eldest) and how the others stand to him, as far as it is recorded. `ties`: FAMILY edges among them, a parent first. */
export function rolesOf(members: readonly Standing[], ties: readonly Tie[]): Map<string, HouseholdRole> {
  const byAge = [...members].sort((x, y) => Number(y.wanted) - Number(x.wanted) || (x.birthDate ?? '9999').localeCompare(y.birthDate ?? '9999') || (x.partyId < y.partyId ? -1 : 1))
  const head = byAge[0]?.partyId
  return new Map(byAge.map(({ partyId }): [string, HouseholdRole] => {
    if (partyId === head) return [partyId, 'HEAD']
    const tie = ties.find(({ from, to }) => (from === head && to === partyId) || (from === partyId && to === head))
    if (tie?.means === 'SPOUSE') return [partyId, 'SPOUSE']
    if (tie?.means === 'PARENT') return [partyId, tie.from === head ? 'CHILD' : 'PARENT']
    return [partyId, 'OTHER']
  }))
}
