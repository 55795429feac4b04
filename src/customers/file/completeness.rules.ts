import { decimalText, Exact } from '../../foundation/values/decimal.ts'
import type { Values } from './file-fields.contract.ts'

/** What the completeness of a file is judged by: what is there, in force today. */
export type FileFacts = {
  kind: 'CORPORATE' | 'PERSON'
  today: string
  values: Values
  lists: Readonly<Record<string, readonly { values: Values; file: boolean }[]>>
  identities: readonly { kind: string; expiresOn: string | null }[]
  phones: number
  /** Documents that this kind of customer must have, from the dated table. */
  documents: readonly string[]
  /** Of who must file its beneficial owners, or differs from its filing; null: nothing is asked. */
  owners: OwnersFacts | null
}
export type OwnersFacts = { /** It must file, or promise. */ mustFile: boolean; /** The bank's own finding is there and of today's structure. */ found: boolean; /** Something was entered of the filing. */ filed: boolean; /** Differs from the filing, without a reason. */ differs: boolean }
/** What is missing: `code` says what to do, `part` where, `about` which document or person. */
export type Missing = { code: string; part: string; about: string | null }
export type Completeness = { share: string; filled: number; wanted: number; missing: Missing[] }

type Want = { code: string; part: string; about?: string; met: boolean }

/** What a good file still lacks, the most important first: who it is, what has run out, whom to talk to, then the picture of the business. */
export function judgeCompleteness(facts: FileFacts): Completeness {
  const wants = facts.kind === 'CORPORATE' ? ofCompany(facts) : ofPerson(facts)
  const missing = wants.filter((want) => !want.met)
  const filled = wants.length - missing.length
  return { share: decimalText(new Exact(filled).div(wants.length), 2), filled, wanted: wants.length, missing: missing.map(({ code, part, about }) => ({ code, part, about: about ?? null })) }
}

/** The latest year whose annual report must be public: reports of a year are due by 30 June of the next. */
export function lastReportYear(today: string): number {
  return Number(today.slice(0, 4)) - (today.slice(5) > '06-30' ? 1 : 2)
}

const has = (values: Values, name: string): boolean => values[name] !== null && values[name] !== undefined && values[name] !== ''

function ofCompany(facts: FileFacts): Want[] {
  const { values, lists, today } = facts
  const people = lists['PEOPLE'] ?? []
  const contacts = lists['CONTACTS'] ?? []
  const partners = lists['PARTNERS'] ?? []
  const holds = (office: string) => people.filter((one) => one.values['office'] === office)
  const full = (office: string): boolean => holds(office).some((one) => has(one.values, 'idNumber') && has(one.values, 'personPhone'))
  return [
    { code: 'identity', part: 'IDENTITY', met: facts.identities.length > 0 },
    { code: 'legal-representative', part: 'PEOPLE', met: full('LEGAL_REPRESENTATIVE') || full('PERSON_IN_CHARGE') },
    ...ranOut(facts),
    // a finding stands before what is merely not there yet
    ...(facts.owners?.differs === true ? [{ code: 'owners-differ', part: 'OWNERS', met: false }] : []),
    ...documents(facts),
    ...(facts.owners?.mustFile === true ? [{ code: 'owners-found', part: 'OWNERS', met: facts.owners.found }, { code: 'owners-filed', part: 'OWNERS', met: facts.owners.filed }] : []),
    { code: 'account-contact', part: 'PEOPLE', met: full('ACCOUNT_CONTACT') },
    { code: 'finance-head', part: 'PEOPLE', met: holds('FINANCE_HEAD').length > 0 },
    { code: 'contact-person', part: 'CONTACTS', met: contacts.some((one) => has(one.values, 'contactPhone')) },
    { code: 'decider', part: 'CONTACTS', met: contacts.some((one) => one.values['decisionRole'] === 'DECIDES') },
    { code: 'company-kind', part: 'REGISTRATION', met: has(values, 'companyKind') },
    { code: 'established', part: 'REGISTRATION', met: has(values, 'establishedOn') },
    { code: 'registered-address', part: 'REGISTRATION', met: has(values, 'registeredAddress') },
    { code: 'operating-address', part: 'REGISTRATION', met: has(values, 'operatingAddress') },
    { code: 'business-scope', part: 'REGISTRATION', met: has(values, 'businessScope') },
    { code: 'annual-report', part: 'REPORTS', about: String(lastReportYear(today)), met: (lists['REPORTS'] ?? []).some((one) => Number(one.values['reportYear']) >= lastReportYear(today)) || String(values['establishedOn'] ?? '') > `${lastReportYear(today)}-12-31` },
    { code: 'industry', part: 'PROFILE', met: has(values, 'industryCode') },
    { code: 'size', part: 'PROFILE', met: has(values, 'sizeClass') && has(values, 'staffCount') },
    { code: 'products', part: 'PROFILE', met: has(values, 'mainProducts') },
    { code: 'premises', part: 'PROFILE', met: has(values, 'premises') },
    { code: 'supplier', part: 'PARTNERS', met: partners.some((one) => one.values['side'] === 'SUPPLIER') },
    { code: 'buyer', part: 'PARTNERS', met: partners.some((one) => one.values['side'] === 'BUYER') },
    { code: 'main-bank', part: 'BANKING', met: has(values, 'mainBank') },
    { code: 'tax-class', part: 'RISK', met: has(values, 'taxClass') },
  ]
}

function ofPerson(facts: FileFacts): Want[] {
  const { values, lists, today } = facts
  const consents = lists['CONSENTS'] ?? []
  const consented = (what: string): boolean => consents.some((one) => one.values['consentFor'] === what)
  const assessed = String(values['riskToleranceOn'] ?? '')
  const yearAgo = `${Number(today.slice(0, 4)) - 1}${today.slice(4)}`
  return [
    { code: 'identity', part: 'IDENTITY', met: facts.identities.length > 0 },
    ...ranOut(facts),
    ...documents(facts),
    { code: 'phone', part: 'IDENTITY', met: facts.phones > 0 },
    { code: 'data-use', part: 'CONSENTS', met: consented('DATA_USE') },
    { code: 'marketing', part: 'CONSENTS', met: consented('MARKETING') || values['noMessages'] === true },
    { code: 'address', part: 'ADDRESSES', met: (lists['ADDRESSES'] ?? []).length > 0 },
    { code: 'birthday', part: 'PERSONAL', met: has(values, 'birthDate') },
    { code: 'nationality', part: 'PERSONAL', met: has(values, 'nationality') },
    { code: 'occupation', part: 'PERSONAL', met: has(values, 'occupation') && has(values, 'employer') },
    { code: 'marital-status', part: 'PERSONAL', met: has(values, 'maritalStatus') },
    { code: 'tax-residence', part: 'PERSONAL', met: has(values, 'taxResidence') },
    { code: 'risk-tolerance', part: 'RISK', met: assessed > yearAgo },
    { code: 'income', part: 'FINANCES', met: has(values, 'incomeFen') },
    { code: 'main-bank', part: 'BANKING', met: has(values, 'mainBank') },
  ]
}

/** Identity documents and authorities that are past: each is a want of its own. */
function ranOut({ identities, lists, today }: FileFacts): Want[] {
  const gone = (day: unknown): boolean => typeof day === 'string' && day < today
  return [
    ...identities.filter((one) => gone(one.expiresOn)).map((one) => ({ code: 'identity-expired', part: 'IDENTITY', about: one.kind, met: false })),
    ...(lists['PEOPLE'] ?? []).flatMap(({ values }) => [
      ...(gone(values['idExpiresOn']) ? [{ code: 'person-id-expired', part: 'PEOPLE', about: String(values['personName']), met: false }] : []),
      ...(gone(values['authorityUntil']) ? [{ code: 'authority-expired', part: 'PEOPLE', about: String(values['personName']), met: false }] : []),
    ]),
  ]
}

/** Each document that is demanded: there, not past, its original seen or its scan kept. */
function documents({ documents: demanded, lists, today }: FileFacts): Want[] {
  const there = lists['DOCUMENTS'] ?? []
  return demanded.map((kind) => {
    const kept = there.filter((one) => one.values['documentKind'] === kind)
    const valid = kept.filter(({ values }) => !has(values, 'expiresOn') || String(values['expiresOn']) >= today)
    if (kept.length > 0 && valid.length === 0) return { code: 'document-expired', part: 'DOCUMENTS', about: kind, met: false }
    if (valid.length > 0 && !valid.some((one) => one.file || has(one.values, 'originalSeenOn'))) return { code: 'document-unseen', part: 'DOCUMENTS', about: kind, met: false }
    return { code: 'document', part: 'DOCUMENTS', about: kind, met: valid.length > 0 }
  })
}
