/** Tiers by value, best first (2.4). P, a prospect, is no customer yet. */
export type ValueTier = 'T1' | 'T2' | 'T3' | 'T4'
export const valueTiers: readonly ValueTier[] = ['T1', 'T2', 'T3', 'T4']

/** From which average daily balance of a month on a customer is of a tier, in whole fen of the bank's currency. Below the last line: T4. */
export type TierLines = {
  T1: bigint; T2: bigint; T3: bigint
  /** Any credit makes at least this tier; null: credit does not count. */
  credit: ValueTier | null
  /** The contribution of twelve months, whole fen, from which on a customer is T1, T2; null or absent: it does not count. */
  contribution?: { T1: bigint; T2: bigint } | null
  /** So many product lines held make at least this tier. */
  products?: { least: number; tier: ValueTier } | null
  /** Who stands on the strategic list is at least of this tier. */
  strategic?: ValueTier | null
  /** Moves into or out of T1 wait for a head. */
  confirmCore?: boolean
}
/** One version of the table of tiers: which bank, which region, from when to when. */
export type TierRow = { bank: string; region: string; version: string; from: string; to: string | null; CORPORATE: TierLines; PERSON: TierLines }
/** The same for one kind of customer: a row of the bank's own rules, or one of the table. */
export type TierRule = { kind: 'CORPORATE' | 'PERSON'; region: string; version: string; lines: TierLines }

/** What a month says of a customer: sum over its days of the closing balance, the days, whether he owed anything on its last day. */
export type MonthFacts = { fenDays: bigint; days: number; hasCredit: boolean; /** Of the twelve months that end with it; null: not known. */ contributionFen?: bigint | null; productLines?: number; strategic?: boolean }

const rank = (tier: ValueTier): number => valueTiers.indexOf(tier)
export const better = (a: ValueTier, b: ValueTier): ValueTier => (rank(a) <= rank(b) ? a : b)

/** The tier that a month alone would give: the best that any of the tests gives. The exact average is compared, never a rounded one. */
export function meritOf(lines: TierLines, month: MonthFacts): ValueTier {
  const reaches = (line: bigint): boolean => month.fenDays >= line * BigInt(month.days)
  let tier: ValueTier = reaches(lines.T1) ? 'T1' : reaches(lines.T2) ? 'T2' : reaches(lines.T3) ? 'T3' : 'T4'
  const earned = month.contributionFen ?? null
  if (month.hasCredit && lines.credit) tier = better(tier, lines.credit)
  if (lines.contribution && earned !== null) tier = better(tier, earned >= lines.contribution.T1 ? 'T1' : earned >= lines.contribution.T2 ? 'T2' : 'T4')
  if (lines.products && (month.productLines ?? 0) >= lines.products.least) tier = better(tier, lines.products.tier)
  if (lines.strategic && month.strategic === true) tier = better(tier, lines.strategic)
  return tier
}

/**
 * The tier after a month (2.4, rule 7): up at once; down only when all of the last three months were below the line, and then no deeper than the best of them.
 * `merits`: this month first, then the two before. `held` null: judged for the first time.
 */
export function tierAfter(held: { tier: ValueTier; months: number } | null, merits: readonly [ValueTier, ValueTier, ValueTier]): ValueTier {
  const [now, before, beforeThat] = merits
  if (held === null || rank(now) <= rank(held.tier)) return now
  const best = better(now, better(before, beforeThat))
  return held.months >= 3 && rank(best) > rank(held.tier) ? best : held.tier
}

/** Does a move wait for a head? Into or out of T1, where the rule says so; who is judged for the first time has not moved. */
export function waitsForHead(from: ValueTier | 'P' | null, to: ValueTier, confirmCore: boolean): boolean {
  return confirmCore && from !== null && from !== 'P' && from !== to && (from === 'T1' || to === 'T1')
}
