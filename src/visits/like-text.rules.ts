/** How nearly two texts are the same: by their three-character pieces, as people copy and change a word or a figure. */

/** The pieces of a text: without spaces and marks, figures as they are. */
export function shingles(text: string): ReadonlySet<string> {
  const plain = [...text.normalize('NFKC').toLowerCase().replace(/[\s\p{P}\p{S}]+/gu, '')]
  const pieces = new Set<string>()
  for (let place = 0; place + 3 <= plain.length; place++) pieces.add(plain.slice(place, place + 3).join(''))
  return pieces
}

/** Percent of the pieces of both that are common to them (0 to 100, rounded down: 100 means that no piece differs). */
export function likeness(one: ReadonlySet<string>, other: ReadonlySet<string>): number {
  if (one.size === 0 || other.size === 0) return 0
  const [small, large] = one.size <= other.size ? [one, other] : [other, one]
  let common = 0
  for (const piece of small) if (large.has(piece)) common += 1
  return Math.floor((100 * common) / (one.size + other.size - common))
}

export type EarlierText = { customerId: string; contactId: string; businessDate: string; summary: string }

/** The earlier record that a text is most like, at or above the line; null: none. A text too short to be judged ("电话无人接听") is like nothing. The newest of equals. */
export function mostLike(text: string, earlier: readonly EarlierText[], line: { leastPieces: number; percent: number }): { customerId: string; contactId: string; percent: number } | null {
  const mine = shingles(text)
  if (mine.size < line.leastPieces) return null
  let best: { customerId: string; contactId: string; percent: number; businessDate: string } | null = null
  for (const { customerId, contactId, businessDate, summary } of earlier) {
    const percent = likeness(mine, shingles(summary))
    if (percent >= line.percent && (best === null || percent > best.percent || (percent === best.percent && businessDate > best.businessDate))) best = { customerId, contactId, percent, businessDate }
  }
  return best && { customerId: best.customerId, contactId: best.contactId, percent: best.percent }
}
