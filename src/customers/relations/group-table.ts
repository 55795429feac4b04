/** Thresholds of groups, circles and beneficial owners, dated: a result stores the version it used. */
export type GroupRow = {
  version: string; from: string; to: string | null
  /** (a) More than so many percent of the votes control. */
  controlPct: string
  /** Economic dependence: one counterparty gives at least so many percent of income or outlay. */
  dependencePct: string
  /** (d) So many different kinds of sharing (phone, address, agent) between two companies propose a group. */
  sharedKinds: number
  /** A phone, address or agent of more customers than this connects nobody (a housing estate, an accounting firm). */
  sharedMost: number
  /** Longest circle of guarantees that is told edge by edge (RP-O-17 says 5; longer ones are found as sets). */
  circleLongest: number
  /** A beneficial owner holds at least so many percent, directly or indirectly (UNSURE in 2.1: the stricter of the possible values). */
  ownerPct: string
  /** More persons behind one door, with one phone or in one household are none (a dormitory, a number that everybody gives). */
  householdMost: number
  /** A child below this age lives with its recorded parent. */
  childBelow: number
}

export const groupTable: readonly GroupRow[] = [
  { version: '1', from: '1900-01-01', to: null, controlPct: '50', dependencePct: '50', sharedKinds: 2, sharedMost: 20, circleLongest: 8, ownerPct: '25', householdMost: 8, childBelow: 18 },
]

/** The row in force on a day. Throws when the table has none (our own mistake). */
export function groupRowOn(day: string, table: readonly GroupRow[] = groupTable): GroupRow {
  const row = table.find((one) => one.from <= day && (one.to === null || one.to > day))
  if (!row) throw new Error(`no thresholds of groups on ${day}`)
  return row
}
