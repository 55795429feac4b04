import { describe, expect, test } from 'vitest'
import { judgeCompleteness, lastReportYear, type FileFacts } from './completeness.rules.ts'
import { documentsWanted } from './document-requirement-table.ts'

const today = '2026-11-23'
const row = (values: FileFacts['values'], file = false): { values: FileFacts['values']; file: boolean } => ({ values, file })
const empty: FileFacts = { kind: 'CORPORATE', today, values: {}, lists: {}, identities: [], phones: 0, documents: [], owners: null }
const codes = (facts: Partial<FileFacts>): string[] => judgeCompleteness({ ...empty, ...facts }).missing.map((one) => (one.about === null ? one.code : `${one.code} ${one.about}`))

describe('what a company’s file lacks', () => {
  test('an empty file lacks everything, who it is first', () => {
    const { share, filled, wanted, missing } = judgeCompleteness({ ...empty, documents: ['LICENCE'] })
    expect([share, filled, wanted]).toEqual(['0.00', 0, 21])
    expect(missing[0]).toEqual({ code: 'identity', part: 'IDENTITY', about: null })
    expect(missing).toContainEqual({ code: 'document', part: 'DOCUMENTS', about: 'LICENCE' })
    expect(missing).toContainEqual({ code: 'annual-report', part: 'REPORTS', about: '2025' })
  })
  test.each<[what: string, facts: Partial<FileFacts>, gone: string]>([
    ['a legal representative with number and phone', { lists: { PEOPLE: [row({ office: 'LEGAL_REPRESENTATIVE', idNumber: '***2317', personPhone: '138****' })] } }, 'legal-representative'],
    ['a person in charge does as well', { lists: { PEOPLE: [row({ office: 'PERSON_IN_CHARGE', idNumber: '***2317', personPhone: '138****' })] } }, 'legal-representative'],
    ['a contact who decides', { lists: { CONTACTS: [row({ decisionRole: 'DECIDES' })] } }, 'decider'],
    ['the report of last year', { lists: { REPORTS: [row({ reportYear: 2025 })] } }, 'annual-report 2025'],
    ['a company founded this year owes no report', { values: { establishedOn: '2026-03-01' } }, 'annual-report 2025'],
  ])('%s', (_what, facts, gone) => {
    expect(codes({})).toContain(gone)
    expect(codes(facts)).not.toContain(gone)
  })
  test('a legal representative without a phone is not enough', () => expect(codes({ lists: { PEOPLE: [row({ office: 'LEGAL_REPRESENTATIVE', idNumber: '***2317' })] } })).toContain('legal-representative'))
  test('documents: missing, past, neither seen nor scanned, there', () => {
    const of = (values: FileFacts['values'], file = false): string[] => codes({ documents: ['LICENCE'], lists: { DOCUMENTS: [row({ documentKind: 'LICENCE', ...values }, file)] } }).filter((code) => code.startsWith('document'))
    expect(codes({ documents: ['LICENCE'] })).toContain('document LICENCE')
    expect(of({ expiresOn: '2026-11-22', originalSeenOn: '2020-01-01' })).toEqual(['document-expired LICENCE'])
    expect(of({ expiresOn: today })).toEqual(['document-unseen LICENCE'])
    expect(of({ expiresOn: today, originalSeenOn: '2020-01-01' })).toEqual([])
    expect(of({}, true)).toEqual([])
  })
  test.each<[what: string, owners: FileFacts['owners'], lacks: string[]]>([
    ['nothing is asked', null, []],
    ['must file, nothing is there', { mustFile: true, found: false, filed: false, differs: false }, ['owners-found', 'owners-filed']],
    ['worked out, not filed', { mustFile: true, found: true, filed: false, differs: false }, ['owners-filed']],
    ['both, and they differ', { mustFile: true, found: true, filed: true, differs: true }, ['owners-differ']],
    ['both, and they agree or are explained', { mustFile: true, found: true, filed: true, differs: false }, []],
    ['need not file', { mustFile: false, found: false, filed: false, differs: false }, []],
  ])('beneficial owners: %s', (_what, owners, lacks) => {
    expect(codes({ owners }).filter((code) => code.startsWith('owners'))).toEqual(lacks)
    expect(judgeCompleteness({ ...empty, owners }).wanted - judgeCompleteness(empty).wanted).toBe(owners?.mustFile ? 2 + Number(owners.differs) : 0)
  })
  test('people whose card or authority is past are told by name', () => {
    const lists = { PEOPLE: [row({ office: 'AGENT', personName: '王五', idExpiresOn: '2026-11-22', authorityUntil: '2026-10-31' }), row({ office: 'DIRECTOR', personName: '赵六', idExpiresOn: today })] }
    expect(codes({ lists }).filter((code) => code.includes('expired'))).toEqual(['person-id-expired 王五', 'authority-expired 王五'])
  })
})

describe('what a person’s file lacks', () => {
  const person: FileFacts = { ...empty, kind: 'PERSON' }
  const of = (facts: Partial<FileFacts>): string[] => judgeCompleteness({ ...person, ...facts }).missing.map((one) => one.code)
  test('a risk tolerance older than a year counts as none', () => {
    expect(of({ values: { riskToleranceOn: '2025-11-23' } })).toContain('risk-tolerance')
    expect(of({ values: { riskToleranceOn: '2025-11-24' } })).not.toContain('risk-tolerance')
  })
  test('who wants no messages need not consent to marketing', () => {
    expect(of({})).toContain('marketing')
    expect(of({ values: { noMessages: true } })).not.toContain('marketing')
    expect(of({ lists: { CONSENTS: [row({ consentFor: 'MARKETING' })] } })).not.toContain('marketing')
  })
  test('an identity document that is past is a want of its own', () => expect(of({ identities: [{ kind: 'RESIDENT_ID', expiresOn: '2026-01-01' }] })).toContain('identity-expired'))
  test('nothing is lacking', () => {
    const whole = judgeCompleteness({
      ...person, phones: 1, identities: [{ kind: 'RESIDENT_ID', expiresOn: null }], documents: ['ID_COPY'],
      values: { birthDate: '1990-03-07', nationality: '中国', occupation: '教师', employer: '一中', maritalStatus: 'MARRIED', taxResidence: 'CHINA_ONLY', riskToleranceOn: today, incomeFen: '1', mainBank: '本行' },
      lists: { CONSENTS: [row({ consentFor: 'DATA_USE' }), row({ consentFor: 'MARKETING' })], ADDRESSES: [row({})], DOCUMENTS: [row({ documentKind: 'ID_COPY' }, true)] },
    })
    expect(whole).toEqual({ share: '1.00', filled: 14, wanted: 14, missing: [] })
  })
})

test.each([['2026-06-30', 2024], ['2026-07-01', 2025], ['2026-11-23', 2025]])('on %s the report of %i must be public', (day, year) => expect(lastReportYear(day)).toBe(year))

const corporate = { kind: 'CORPORATE' as const, companyKind: 'LEGAL_ENTERPRISE', hasAgent: false, rents: false, invests: false }
test.each([
  ['a company', '2026-11-23', corporate, ['LICENCE', 'ARTICLES', 'LEGAL_REPRESENTATIVE_ID', 'OWNER_STATEMENT']],
  ['a company before owners were filed', '2024-10-31', corporate, ['LICENCE', 'ARTICLES', 'LEGAL_REPRESENTATIVE_ID']],
  ['a sole trader who rents and has an agent', '2026-11-23', { ...corporate, companyKind: 'SOLE_TRADER', hasAgent: true, rents: true }, ['LICENCE', 'LEGAL_REPRESENTATIVE_ID', 'AGENT_AUTHORITY', 'LEASE']],
  ['a person', '2026-11-23', { ...corporate, kind: 'PERSON' as const, companyKind: null }, ['ID_COPY', 'TAX_DECLARATION']],
  ['a person who invests', '2026-11-23', { ...corporate, kind: 'PERSON' as const, companyKind: null, invests: true }, ['ID_COPY', 'TAX_DECLARATION', 'RISK_QUESTIONNAIRE']],
])('documents wanted of %s', (_what, day, of, documents) => expect(documentsWanted(day, of)).toEqual(documents))
