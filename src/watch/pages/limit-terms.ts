import { amountText, percentText, unitName, type MoneyWord } from '../../ui/amount-format.ts'
import type { Difference } from '../../ui/ProposedChanges.tsx'
import type { Language } from '../../ui/settings.ts'
import type { Say } from '../../ui/text.ts'
import type { LimitRule, LimitTerms } from '../limit.contract.ts'
import { allParts } from '../limit.rules.ts'
import type { limitText } from './limit-text.ts'

type T = Say<typeof limitText>
export type MoneyTold = { language: Language; money: MoneyWord }

/** An amount as people say it: 100 万元, 8,000 元; in English CNY 1,000,000. */
export function sumTold(fen: string, { language, money }: MoneyTold): string {
  const short = (unit: 'yuan' | 'wan'): string => amountText(fen, unit).replace(/\.00$/, '')
  if (language !== 'zh') return `${unitName('yuan', language, money)} ${short('yuan')}`
  const unit = BigInt(fen) >= 1_000_000n ? 'wan' : 'yuan'
  return `${short(unit)} ${unitName(unit, language, money)}`
}
/** 0.1 as 10%, 0.125 as 12.5%. */
export const shareTold = (share: string): string => percentText(share, 2).replace(/\.?0+%$/, '%')

/** What a limit says, in one sentence. */
export function limitTold(rule: LimitRule, terms: LimitTerms, t: T, money: MoneyTold): string {
  const least = terms.leastFen === null ? '--' : sumTold(terms.leastFen, money)
  const share = terms.share === null ? '--' : shareTold(terms.share)
  const [days, times] = [terms.days ?? 0, terms.times ?? 0]
  switch (rule) {
    case 'LARGE_MOVEMENT': return t('LARGE_MOVEMENT_told', { least, share })
    case 'BELOW_BASE': return t('BELOW_BASE_told', { share })
    case 'OUTFLOW': return t('OUTFLOW_told', { share })
    case 'CHURN': return t('CHURN_told', { least, share })
    case 'MATURITY': return t('MATURITY_told', { days })
    case 'LEAKAGE': return t('LEAKAGE_told', { least, share })
    case 'GAP': return t('GAP_told', { times })
    case 'PAYEE_LEAD': return t('PAYEE_LEAD_told', { times, least })
    case 'AUM': return t(terms.marketEffect ?? 'INCLUDE')
  }
}

/** How a part of a limit is called. */
export const partName = (rule: LimitRule, part: keyof LimitTerms, t: T): string => (part === 'times' ? t(rule === 'GAP' ? 'timesGAP' : 'timesPAYEE_LEAD') : t(part))

/** One part as it is read. */
export function partTold(part: keyof LimitTerms, terms: LimitTerms, t: T, money: MoneyTold): string | null {
  if (part === 'leastFen') return terms.leastFen === null ? null : sumTold(terms.leastFen, money)
  if (part === 'share') return terms.share === null ? null : shareTold(terms.share)
  if (part === 'marketEffect') return terms.marketEffect === null ? null : t(terms.marketEffect)
  const count = terms[part]
  return count === null ? null : String(count)
}

/** Where two versions of a limit differ. */
export function limitDifferences(rule: LimitRule, before: LimitTerms | undefined, after: LimitTerms, t: T, money: MoneyTold): Difference[] {
  return allParts.map((part) => ({ name: partName(rule, part, t), from: before === undefined ? null : partTold(part, before, t, money), to: partTold(part, after, t, money) })).filter(({ from, to }) => from !== to)
}

/** 12.5 (percent, as typed) as 0.125, exactly; null when it is no percentage with at most two decimals. */
export function shareTyped(typed: string): string | null {
  const found = /^(\d{1,3})(?:\.(\d{1,2}))?$/.exec(typed.trim())
  if (!found) return null
  const digits = `${(found[1] ?? '').padStart(3, '0')}${(found[2] ?? '').padEnd(2, '0')}`
  return `${Number(digits.slice(0, 1))}.${digits.slice(1)}`.replace(/\.?0+$/, '')
}
export const shareTyping = (share: string | null): string => (share === null ? '' : shareTold(share).replace('%', ''))
