import type { MergeField } from './duplicate.contract.ts'

/** Where a field of the merge stands: table and column. */
export const mergeColumns: Readonly<Record<MergeField, readonly [table: 'customer' | 'corporate' | 'person', column: string]>> = {
  name: ['customer', 'name'], outlet: ['customer', 'outlet_key'], source: ['customer', 'source'], uscc: ['corporate', 'uscc'], legacyOrgCode: ['corporate', 'legacy_org_code'], companyType: ['corporate', 'company_type'],
  establishedOn: ['corporate', 'established_on'], registeredAddress: ['corporate', 'registered_address'], operatingAddress: ['corporate', 'operating_address'], registrationStatus: ['corporate', 'registration_status'],
  businessScope: ['corporate', 'business_scope'], industryCode: ['corporate', 'industry_code'], sizeClass: ['corporate', 'size_class'], registeredCapital: ['corporate', 'registered_capital_fen'],
  legalRepresentative: ['corporate', 'legal_representative'], staffCount: ['corporate', 'staff_count'], sex: ['person', 'sex'], birthDate: ['person', 'birth_date'], nationality: ['person', 'nationality'],
  occupation: ['person', 'occupation'], employer: ['person', 'employer'], district: ['person', 'district'], riskLevel: ['person', 'risk_level'],
}

export type FieldPair = { field: MergeField; survivor: string | null; other: string | null }
export type KeptField = FieldPair & { kept: 'survivor' | 'other'; conflict: boolean }

/** Which side's value each field keeps: the survivor's, unless it has none or the other's was chosen. A conflict is two values that differ. Fields that both lack are left out. */
export function keptFields(pairs: readonly FieldPair[], choices: readonly MergeField[]): KeptField[] {
  const empty = (value: string | null): boolean => value === null || value === ''
  return pairs.filter(({ survivor, other }) => !empty(survivor) || !empty(other)).map((pair) => ({
    ...pair, kept: !empty(pair.other) && (empty(pair.survivor) || choices.includes(pair.field)) ? 'other' as const : 'survivor' as const,
    conflict: !empty(pair.survivor) && !empty(pair.other) && pair.survivor !== pair.other,
  }))
}

export type MergeParty = { customerId: string; kind: string; status: string; inMerge: boolean; checked: readonly { kind: string; hash: string }[] }

/** Why two customers are not merged, the most fundamental first; null: they may be. */
export function faultOfMerge(survivor: MergeParty, other: MergeParty): 'merge-with-itself' | 'other-kind' | 'in-other-merge' | 'survivor-closed' | 'identity-differs' | null {
  if (survivor.customerId === other.customerId) return 'merge-with-itself'
  if (survivor.kind !== other.kind) return 'other-kind'
  if (survivor.inMerge || other.inMerge) return 'in-other-merge'
  if (survivor.status === 'CLOSED') return 'survivor-closed'
  const differs = survivor.checked.some((one) => other.checked.some((two) => one.kind === two.kind && one.hash !== two.hash)) && !survivor.checked.some((one) => other.checked.some((two) => one.kind === two.kind && one.hash === two.hash))
  return differs ? 'identity-differs' : null
}
