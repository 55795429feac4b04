import { exact, Exact } from '../../foundation/values/decimal.ts'

/** What makes a customer take room: a company with loans, a company without, a core person, another person. */
export type LoadClass = 'CREDIT' | 'CORPORATE' | 'PERSON_T1' | 'PERSON'
export type LoadTier = 'T1' | 'T2' | 'T3' | 'T4' | 'P'
export type Grade = 'A' | 'B' | 'C'
export type LoadPolicy = {
  version: string
  weight: Readonly<Record<LoadTier, string>>
  capacity: Readonly<Record<LoadClass, string>>
  /** Part of the capacity that a grade has. */
  factor: Readonly<Record<Grade, string>>
  warnAbove: string
  stopAbove: string
}
/** Customers of one class and tier that a manager holds; `customers` is the sum of his shares: half of a customer is 0.5. */
export type LoadLine = { loadClass: LoadClass; tier: LoadTier; customers: string }
export type LoadVerdict = 'OK' | 'WARN' | 'STOP'
export type Load = { ratio: string; verdict: LoadVerdict }

/**
 * loadRatio of 4.5 = Σ customers × weight of the tier ÷ capacity. A capacity is said for a manager of one kind (20 credit companies, or 60 without, or 150 core persons, or
 * 300 others); who looks after several kinds fills each part by its own. An assistant has half the room; without a grade as B. The exact quotient is compared with the limits.
 */
export function loadOf(lines: readonly LoadLine[], grade: Grade | null, policy: LoadPolicy): Load {
  const told = exactLoad(lines, grade, policy)
  const verdict = told.gt(exact(policy.stopAbove)) ? 'STOP' : told.gt(exact(policy.warnAbove)) ? 'WARN' : 'OK'
  return { ratio: told.toFixed(4), verdict }
}

/** The quotient itself: a third of a third, which division cannot end, is cut far behind the last digit that counts. */
export function exactLoad(lines: readonly LoadLine[], grade: Grade | null, policy: LoadPolicy): Exact {
  const factor = exact(policy.factor[grade ?? 'B'])
  return lines.reduce((sum, line) => sum.plus(exact(line.customers).times(exact(policy.weight[line.tier])).div(exact(policy.capacity[line.loadClass]).times(factor))), new Exact(0)).toDecimalPlaces(20)
}

export function classOf(customer: { kind: 'CORPORATE' | 'PERSON'; hasLoan: boolean; tier: LoadTier }): LoadClass {
  if (customer.kind === 'CORPORATE') return customer.hasLoan ? 'CREDIT' : 'CORPORATE'
  return customer.tier === 'T1' ? 'PERSON_T1' : 'PERSON'
}
