import type { PlanPeriod } from '../work-plan.contract.ts'

/** The month comes first: it is the plan that is owed (D-31). */
export const planTabs = ['MONTH', 'WEEK', 'QUARTER', 'YEAR'] as const satisfies readonly PlanPeriod[]

const shapes: Readonly<Record<PlanPeriod, RegExp>> = { WEEK: /^\d{4}-W\d\d$/, MONTH: /^\d{4}-\d\d$/, QUARTER: /^\d{4}-Q[1-4]$/, YEAR: /^\d{4}$/ }
/** The key that the address names, when it is one of this period: a key of a month says nothing on the tab of weeks. */
export function keyIn(address: URLSearchParams, period: PlanPeriod): string | null {
  const key = address.get('key')
  return key !== null && shapes[period].test(key) ? key : null
}
