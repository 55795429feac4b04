/** Membership tests of 2.6: (a) one controls another; (b) both controlled by a third; (c) by the same person, close relatives, key managers; (d) other links. Of a household: one door, one phone, close kin. */
export type GroupTest = 'A' | 'B' | 'C' | 'D' | 'ECONOMIC' | 'CIRCLE' | 'HOME' | 'PHONE' | 'KIN'
/** Two parties belong together for this reason. */
export type Pair = { a: string; b: string; test: GroupTest }
export type Component = { parties: string[]; tests: GroupTest[] }

/** What connects is joined: sets of parties of which each is connected with the others, directly or through others. Sorted, each party in one set. */
export function componentsOf(pairs: readonly Pair[]): Component[] {
  const above = new Map<string, string>()
  const topOf = (party: string): string => {
    let top = party
    for (let next = above.get(top); next !== undefined && next !== top; next = above.get(top)) top = next
    // shorten the way for the next question
    for (let here = party; here !== top;) {
      const next = above.get(here) ?? top
      above.set(here, top)
      here = next
    }
    return top
  }
  for (const { a, b } of pairs) {
    const [topA, topB] = [topOf(a), topOf(b)]
    above.set(a, topOf(a))
    above.set(topB, topA)
    if (topA === topB) above.set(topA, topA)
  }
  const sets = new Map<string, { parties: Set<string>; tests: Set<GroupTest> }>()
  for (const { a, b, test } of pairs) {
    const top = topOf(a)
    const set = sets.get(top) ?? { parties: new Set(), tests: new Set() }
    sets.set(top, set)
    set.parties.add(a).add(b)
    set.tests.add(test)
  }
  return [...sets.values()].map(({ parties, tests }) => ({ parties: [...parties].sort(), tests: [...tests].sort() })).sort((x, y) => ((x.parties[0] ?? '') < (y.parties[0] ?? '') ? -1 : 1))
}

/** Who may be proposed as a group: at least two companies of the set are customers. People are controllers, no members. */
export function isProposed(companiesThatAreCustomers: number, test: readonly GroupTest[]): boolean {
  return companiesThatAreCustomers >= 2 && test.length > 0
}

/** The lead member: the customer among the members that controls most of the others; of equals the first by id, so that two runs agree. */
export function leadOf(members: readonly { partyId: string; isCustomer: boolean; controls: number }[]): string | null {
  const [lead] = members.filter((one) => one.isCustomer).sort((a, b) => b.controls - a.controls || (a.partyId < b.partyId ? -1 : 1))
  return lead?.partyId ?? null
}
