import { amountText } from '../../../ui/amount-format.ts'
import type { Difference } from '../../../ui/ProposedChanges.tsx'
import type { Say } from '../../../ui/text.ts'
import type { TierMove } from '../../tiers/tier.contract.ts'
import type { TierRuleView, TierTerms } from '../../tiers/tier-rule.contract.ts'
import type { tierText } from './tier-text.ts'

type T = Say<typeof tierText>
type Scope = { kind: TierRuleView['kind']; region: string }

export const regionName = (code: string, t: T): string => (code === '*' ? t('wholeBank') : code)
export const scopeName = ({ kind, region }: Scope, t: T): string => `${t(kind)} · ${regionName(region, t)}`

/** A line as people say it: 500 万元, 8,000 元. */
export function lineText(fen: string, t: T): string {
  const wan = BigInt(fen) >= 1_000_000n
  const n = (unit: 'yuan' | 'wan'): string => amountText(fen, unit).replace(/\.00$/, '')
  return wan ? t('wanYuan', { n: n('wan'), whole: n('yuan') }) : t('yuan', { n: n('yuan') })
}

/** Why a customer moved. The sentence that is kept is Chinese; to readers of English the evidence beside it is told anew. `money`: how the bank's money is called. */
export function moveReason(move: Pick<TierMove, 'reason' | 'month' | 'from' | 'to' | 'adbFen' | 'contributionFen' | 'owes' | 'strategic'>, t: T, english: boolean, money: string): string {
  if (!english || move.adbFen === null) return move.reason
  const amount = (fen: string): string => `${money} ${amountText(fen, 'yuan')}`
  return [
    t('reasonAdb', { month: move.month, amount: amount(move.adbFen) }), move.owes === true ? t('reasonCredit') : null, move.strategic === true ? t('reasonListed') : null,
    move.contributionFen === null ? null : t('reasonYear', { amount: amount(move.contributionFen) }), move.from !== 'P' && move.from < move.to ? t('reasonBelow', { tier: t(move.from) }) : null,
  ].filter((one) => one !== null).join(t('comma'))
}

/** The rule that holds for a kind in a region just before a day: the region's own, else the bank's. */
export function ruleBefore(rules: readonly TierRuleView[], { kind, region }: Scope, day: string): TierRuleView | undefined {
  const held = (one: string): TierRuleView | undefined => rules.filter((rule) => rule.kind === kind && rule.region === one && rule.from < day && (rule.to === null || rule.to >= day)).sort((a, b) => (a.from < b.from ? 1 : -1))[0]
  return held(region) ?? held('*')
}

/** The tests of one tier besides the average and the contribution. */
export function otherTests(terms: TierTerms, tier: 'T1' | 'T2' | 'T3', t: T): string[] {
  return [terms.credit === tier ? t('hasCredit') : null, terms.linesTier === tier && terms.linesMin !== null ? t('hasLines', { n: terms.linesMin }) : null, terms.strategic === tier ? t('isStrategic') : null].filter((one) => one !== null)
}

/** Where two versions of a rule differ, in the order in which a banker reads a rule. */
export function termDifferences(before: TierTerms | undefined, after: TierTerms, t: T): Difference[] {
  const money = (fen: string | null | undefined): string | null => (fen === null || fen === undefined ? null : lineText(fen, t))
  const tier = (code: 'T1' | 'T2' | 'T3' | null | undefined): string | null => (code === null || code === undefined ? null : t('atLeast', { tier: t(code) }))
  const lines = (terms: TierTerms | undefined): string | null => (terms === undefined || terms.linesMin === null || terms.linesTier === null ? null : t('testTier', { test: t('hasLines', { n: terms.linesMin }), tier: t('atLeast', { tier: t(terms.linesTier) }) }))
  const confirm = (terms: TierTerms | undefined): string | null => (terms === undefined ? null : t(terms.confirmCore ? 'confirmTest' : 'noConfirm'))
  const rows: readonly (readonly [string, string | null, string | null])[] = [
    [t('t1'), money(before?.t1Fen), money(after.t1Fen)], [t('t2'), money(before?.t2Fen), money(after.t2Fen)], [t('t3'), money(before?.t3Fen), money(after.t3Fen)],
    [t('c1'), money(before?.t1ContributionFen), money(after.t1ContributionFen)], [t('c2'), money(before?.t2ContributionFen), money(after.t2ContributionFen)],
    [t('hasCredit'), tier(before?.credit), tier(after.credit)], [t('linesRow'), lines(before), lines(after)], [t('isStrategic'), tier(before?.strategic), tier(after.strategic)], [t('confirmRow'), confirm(before), confirm(after)],
  ]
  return rows.filter(([, from, to]) => from !== to).map(([name, from, to]) => ({ name, from, to }))
}
