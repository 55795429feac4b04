/** Documents that a customer's file must hold, by kind of customer, in force from a day on [general practice]. `when`: only if the file says so. */
export type DocumentRequirement = { from: string; version: string; company: readonly string[]; soleTrader: readonly string[]; withAgent: readonly string[]; renting: readonly string[]; person: readonly string[]; investing: readonly string[] }

export const documentRequirements: readonly DocumentRequirement[] = [
  {
    from: '2000-01-01', version: '1',
    company: ['LICENCE', 'ARTICLES', 'LEGAL_REPRESENTATIVE_ID'], soleTrader: ['LICENCE', 'LEGAL_REPRESENTATIVE_ID'], withAgent: ['AGENT_AUTHORITY'], renting: ['LEASE'], person: ['ID_COPY', 'TAX_DECLARATION'], investing: ['RISK_QUESTIONNAIRE'],
  },
  // 受益所有人信息管理办法 in force
  {
    from: '2024-11-01', version: '2',
    company: ['LICENCE', 'ARTICLES', 'LEGAL_REPRESENTATIVE_ID', 'OWNER_STATEMENT'], soleTrader: ['LICENCE', 'LEGAL_REPRESENTATIVE_ID'], withAgent: ['AGENT_AUTHORITY'], renting: ['LEASE'], person: ['ID_COPY', 'TAX_DECLARATION'], investing: ['RISK_QUESTIONNAIRE'],
  },
]

/** What is demanded of this customer on a day. */
export function documentsWanted(day: string, of: { kind: 'CORPORATE' | 'PERSON'; companyKind: string | null; hasAgent: boolean; rents: boolean; invests: boolean }): string[] {
  const row = documentRequirements.filter((one) => one.from <= day).at(-1)
  if (!row) return []
  if (of.kind === 'PERSON') return [...row.person, ...(of.invests ? row.investing : [])]
  return [...(of.companyKind === 'SOLE_TRADER' ? row.soleTrader : row.company), ...(of.hasAgent ? row.withAgent : []), ...(of.rents ? row.renting : [])]
}
