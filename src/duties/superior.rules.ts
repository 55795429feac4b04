/** Who is above whom: the higher post of the line, or the same post of a unit above. find-superiors.ts asks the same of the database. */
const ranks: Readonly<Record<string, number>> = { TEAM_LEAD: 1, OUTLET_HEAD: 2, OUTLET_HEAD_PLACE: 2, BRANCH_HEAD: 3, BANK_LEADER: 4 }
export type Seat = { postCode: string; linePath: string }

export function isAbove(upper: Seat, lower: Seat): boolean {
  const inLine = lower.linePath === upper.linePath || lower.linePath.startsWith(`${upper.linePath}.`)
  const [high, low] = [ranks[upper.postCode] ?? 0, ranks[lower.postCode] ?? 0]
  return high > 0 && inLine && (high > low || (high === low && upper.linePath.length < lower.linePath.length))
}

export type Giver = Seat & { staffKey: number; breadth: 'NONE' | 'SELF' | 'UNIT' | 'ALL' }

/** To whom a task may be given: everybody to himself, a leader to the people of his line, the head of the bank to all, an auditor to all when it comes from an audit. */
export function mayGiveTo(giver: Giver, owner: { staffKey: number; linePaths: readonly string[] }, source: string): boolean {
  if (owner.staffKey === giver.staffKey) return true
  if (giver.postCode === 'AUDIT') return source === 'AUDIT'
  if (giver.postCode === 'BANK_LEADER') return true
  return giver.breadth === 'UNIT' && (ranks[giver.postCode] ?? 0) > 0 && owner.linePaths.some((path) => path === giver.linePath || path.startsWith(`${giver.linePath}.`))
}
