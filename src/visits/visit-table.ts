import type { PlacePolicy, PhotoLine } from './photo.rules.ts'

/** What visits are held against. A new version gets a line with its first day. */
export type VisitScheme = {
  version: string
  from: string
  /** A text is nearly equal to an earlier record: looked for in so many days back, among so many texts at most, from so many pieces on. */
  likeText: { days: number; texts: number; leastPieces: number; percent: number }
  photo: PhotoLine & { perContact: number }
  /** May the place of a photo be kept at all (with the customer's consent), and what makes a place unbelievable? */
  place: PlacePolicy
}

export const visitTable: readonly VisitScheme[] = [
  {
    version: '1', from: '1900-01-01',
    likeText: { days: 180, texts: 800, leastPieces: 12, percent: 80 },
    photo: { bits: 8, perContact: 9 },
    place: { kept: true, minutesApart: 30, kilometresFromCamera: 20, worstAccuracyM: 5_000 },
  },
]

/** The version in force on a day. */
export function visitSchemeOn(day: string, table: readonly VisitScheme[] = visitTable): VisitScheme {
  const found = table.filter(({ from }) => from <= day).at(-1)
  if (!found) throw new Error(`no scheme for visits on ${day}`)
  return found
}
