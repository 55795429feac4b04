/** A quarter ("2026-Q4") or a year ("2026"). */
export type PeriodKind = 'QUARTER' | 'YEAR'

/** The quarter or the year in which a day lies. */
export function periodOf(day: string, kind: PeriodKind): string {
  const year = day.slice(0, 4)
  return kind === 'YEAR' ? year : `${year}-Q${Math.ceil(Number(day.slice(5, 7)) / 3)}`
}

/** Its first and its last day. */
export function spanOf(period: string): { firstDay: string; lastDay: string } {
  const year = period.slice(0, 4)
  const quarter = Number(period.slice(6))
  if (period.length === 4) return { firstDay: `${year}-01-01`, lastDay: `${year}-12-31` }
  const ends = ['03-31', '06-30', '09-30', '12-31'][quarter - 1]
  if (ends === undefined) throw new Error(`${period} is no quarter`)
  return { firstDay: `${year}-${String(quarter * 3 - 2).padStart(2, '0')}-01`, lastDay: `${year}-${ends}` }
}

/** The quarter before a quarter, the year before a year. */
export function periodBefore(period: string): string {
  const year = Number(period.slice(0, 4))
  if (period.length === 4) return String(year - 1)
  const quarter = Number(period.slice(6))
  return quarter === 1 ? `${year - 1}-Q4` : `${year}-Q${quarter - 1}`
}
