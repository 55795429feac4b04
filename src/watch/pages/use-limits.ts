import { useContract } from '../../ui/client.ts'
import { useSettings } from '../../ui/settings.ts'
import { useBank } from '../../ui/UiProvider.tsx'
import { listLimits, type LimitKind, type LimitRule, type LimitTerms } from '../limit.contract.ts'
import { limitOn } from '../limit.rules.ts'
import type { MoneyTold } from './limit-terms.ts'

/** The terms by which a list is worked out, on the business date or on a day; undefined until they are known. They change seldom: asked once for all lists. */
export function useLimitTerms(): (rule: LimitRule, kind: LimitKind, day?: string) => LimitTerms | undefined {
  const { data } = useContract(listLimits, {}, { staleTime: 300_000 })
  return (rule, kind, day) => data && limitOn(data.limits, { rule, kind }, day ?? data.asOf)?.terms
}

/** How sums are said to the reader. */
export function useMoneyTold(): MoneyTold {
  const { language } = useSettings()
  const { money } = useBank()
  return { language, money }
}
