import { sumFen, type Fen } from '../../foundation/values/fen.ts'
import { addDays, daysBetween } from '../../foundation/values/business-date.ts'
import { partsOfPosts, type Days } from '../schemes/post-parts.rules.ts'

/** Who holds a post of the scheme: posts, none: all; units by their paths, none: all; without others. */
export type PostsOfScheme = { posts: readonly string[] | null; inside: readonly string[] | null; outside: readonly string[] }
export type PostSpan = { postCode: string; post: string; postEn: string; lineKey: number; linePath: string; unitName: string; from: string; to: string | null }
export type PostShown = { post: string; postEn: string; unitName: string; from: string; to: string }

/** What all schemes of a month pay together. */
export const splitTotal = (split: readonly { payableFen: string }[]): Fen => sumFen(split.map(({ payableFen }) => BigInt(payableFen)))

/** Days that more than one scheme counts: none, unless a person held two posts at once and two schemes pay one of them each. */
export function daysTwice(split: readonly { posts: readonly Pick<PostShown, 'from' | 'to'>[] }[]): number {
  const spans = split.flatMap(({ posts }, place) => posts.map(({ from, to }) => ({ from, to: addDays(to, 1), place })))
  const days = [...new Set(spans.flatMap(({ from, to }) => [from, to]))].sort()
  return days.slice(1).reduce((sum, to, at) => {
    const from = days[at] ?? to
    const schemes = new Set(spans.filter((span) => span.from <= from && span.to >= to).map(({ place }) => place))
    return sum + (schemes.size > 1 ? daysBetween(from, to) : 0)
  }, 0)
}

const within = (path: string, above: string): boolean => path === above || path.startsWith(`${above}.`)

/**
 * The posts of a scheme that a person held in its period, each with its first and last day, and on how many days he held one of them. A post told by one sentence stands once, although its unit was renamed or moved inside of it.
 */
export function postsPaid({ posts, inside, outside }: PostsOfScheme, period: Days, held: readonly PostSpan[]): { posts: PostShown[]; days: number } {
  const lines = held.filter(({ linePath }) => (inside === null || inside.some((one) => within(linePath, one))) && !outside.some((one) => within(linePath, one))).map(({ lineKey }) => lineKey)
  const own = held.filter(({ postCode, lineKey }) => (posts === null || posts.includes(postCode)) && lines.includes(lineKey))
    .map((one) => ({ ...one, from: one.from > period.from ? one.from : period.from, to: one.to === null || one.to > period.to ? period.to : one.to })).filter(({ from, to }) => from < to)
    .sort((a, b) => (a.from < b.from ? -1 : a.from > b.from ? 1 : 0))
  const told: (PostSpan & Days)[] = []
  for (const one of own) {
    const same = told.find((other) => other.postCode === one.postCode && other.lineKey === one.lineKey && other.to >= one.from)
    if (same) { same.to = one.to > same.to ? one.to : same.to; same.unitName = one.unitName } else told.push({ ...one })
  }
  return {
    posts: told.map(({ post, postEn, unitName, from, to }) => ({ post, postEn, unitName, from, to: addDays(to, -1) })),
    days: partsOfPosts(period, own, []).reduce((sum, part) => sum + part.days, 0),
  }
}
