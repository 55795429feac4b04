import { describe, expect, test } from 'vitest'
import { fileGroups, fileLists, listOf, valuesShape, type Values } from './file-fields.contract.ts'
import { hasAll, judgeEnd, judgeGroup, judgeRow, type OtherRow } from './file.rules.ts'

const today = '2026-11-23'
const name = (outcome: { ok: true } | { ok: false; refusal: { name: string; field?: string } }): string | null => (outcome.ok ? null : `${outcome.refusal.name} ${outcome.refusal.field?.replace('values.', '') ?? ''}`)

describe('a group of the file', () => {
  const fromId = { sex: 'M' as const, birthDate: '1990-03-07' }
  test.each<[what: string, code: string, values: Values, refusal: string | null]>([
    ['a company as it is', 'REGISTRATION', { establishedOn: '2010-05-06', termFrom: '2010-05-06', termUntil: '2040-05-05' }, null],
    ['founded tomorrow', 'REGISTRATION', { establishedOn: '2026-11-24' }, 'in-future establishedOn'],
    ['a term that ends before it begins', 'REGISTRATION', { termFrom: '2010-05-06', termUntil: '2009-05-05' }, 'before-start termUntil'],
    ['listed as abnormal, no reason', 'REGISTRATION', { abnormalOn: '2026-01-01' }, 'goes-together abnormalReason'],
    ['a reason, no day', 'REGISTRATION', { violationReason: '虚假出资' }, 'goes-together violationOn'],
    ['an industry', 'PROFILE', { industryCode: 'C3360' }, null],
    ['an industry without its letter', 'PROFILE', { industryCode: '3360' }, 'industry-code industryCode'],
    ['an industry of a letter that is none', 'PROFILE', { industryCode: 'Z12' }, 'industry-code industryCode'],
    ['the risk tolerance without its day', 'RISK', { riskTolerance: 'C3' }, 'goes-together riskToleranceOn'],
    ['the risk tolerance of today', 'RISK', { riskTolerance: 'C3', riskToleranceOn: today }, null],
    ['a hit without a word', 'SCREENING', { watchList: 'HIT', watchListOn: today }, 'goes-together watchListNote'],
    ['no hit', 'SCREENING', { watchList: 'NONE', watchListOn: today }, null],
    ['income without a day', 'FINANCES', { incomeFen: '12000000' }, 'goes-together financesOn'],
    ['as the identity card says', 'PERSONAL', { sex: 'M', birthDate: '1990-03-07' }, null],
    ['another sex than the card', 'PERSONAL', { sex: 'F', birthDate: '1990-03-07' }, 'differs-from-id sex'],
    ['another birth date than the card', 'PERSONAL', { sex: 'M', birthDate: '1990-03-08' }, 'differs-from-id birthDate'],
    ['taxed abroad, not said where', 'PERSONAL', { taxResidence: 'BOTH' }, 'goes-together taxCountries'],
    ['a strict customer without a reason', 'CONFIDENTIALITY', { confidentiality: 'STRICT' }, 'goes-together confidentialityReason'],
    ['several faults: the future first', 'REGISTRATION', { establishedOn: '2027-01-01', termFrom: '2010-05-06', termUntil: '2009-05-05' }, 'in-future establishedOn'],
  ])('%s', (_what, code, values, refusal) => expect(name(judgeGroup(code, values, { today, fromId }))).toBe(refusal))
  test('who has no card is free', () => expect(name(judgeGroup('PERSONAL', { sex: 'F', birthDate: '1990-03-08' }, { today, fromId: null }))).toBeNull())
})

describe('a row of the file', () => {
  const row = (id: string, values: Values): OtherRow => ({ id, values, endedOn: null })
  const person = (office: string, more: Values = {}): Values => ({ office, personName: '李四', ...more })
  const agent = { authority: '办理开户', authorityFrom: '2026-01-01', authorityUntil: '2026-12-31' }
  test.each<[what: string, list: string, values: Values, others: readonly OtherRow[], idNumber: string | undefined, refusal: string | null]>([
    ['a director', 'PEOPLE', person('DIRECTOR'), [row('x', person('DIRECTOR'))], undefined, null],
    ['a second legal representative', 'PEOPLE', person('LEGAL_REPRESENTATIVE'), [row('x', person('LEGAL_REPRESENTATIVE'))], undefined, 'office-taken office'],
    ['the same legal representative again, changed', 'PEOPLE', person('LEGAL_REPRESENTATIVE'), [row('me', person('LEGAL_REPRESENTATIVE'))], undefined, null],
    ['a fourth account contact', 'PEOPLE', person('ACCOUNT_CONTACT'), ['a', 'b', 'c'].map((id) => row(id, person('ACCOUNT_CONTACT'))), undefined, 'too-many-contacts office'],
    ['a third one', 'PEOPLE', person('ACCOUNT_CONTACT'), ['a', 'b'].map((id) => row(id, person('ACCOUNT_CONTACT'))), undefined, null],
    ['an agent', 'PEOPLE', person('AGENT', agent), [], undefined, null],
    ['an agent who may do nothing', 'PEOPLE', person('AGENT', { authorityUntil: '2026-12-31' }), [], undefined, 'goes-together authority'],
    ['an agent for ever', 'PEOPLE', person('AGENT', { authority: '办理开户' }), [], undefined, 'goes-together authorityUntil'],
    ['an authority that expires before it starts', 'PEOPLE', person('AGENT', { ...agent, authorityUntil: '2025-12-31' }), [], undefined, 'before-start authorityUntil'],
    ['a number of no kind', 'PEOPLE', person('DIRECTOR', { idNumber: '1' }), [], '1', 'goes-together idKind'],
    ['a right number', 'PEOPLE', person('DIRECTOR', { idKind: 'RESIDENT_ID', idNumber: '***' }), [], '140105199003072317', null],
    ['a wrong check digit', 'PEOPLE', person('DIRECTOR', { idKind: 'RESIDENT_ID', idNumber: '***' }), [], '140105199003072316', 'identity-number idNumber'],
    ['a consent', 'CONSENTS', { consentFor: 'MARKETING', givenOn: today }, [row('x', { consentFor: 'DATA_USE', givenOn: '2026-01-01' })], undefined, null],
    ['given tomorrow', 'CONSENTS', { consentFor: 'MARKETING', givenOn: '2026-11-24' }, [], undefined, 'in-future givenOn'],
    ['valid until before it was given', 'CONSENTS', { consentFor: 'MARKETING', givenOn: today, validUntil: '2026-11-22' }, [], undefined, 'before-start validUntil'],
    ['a second one that overlaps', 'CONSENTS', { consentFor: 'MARKETING', givenOn: today }, [row('x', { consentFor: 'MARKETING', givenOn: '2026-01-01', validUntil: today })], undefined, 'consent-holds consentFor'],
    ['the next one after the former ran out', 'CONSENTS', { consentFor: 'MARKETING', givenOn: today }, [row('x', { consentFor: 'MARKETING', givenOn: '2026-01-01', validUntil: '2026-11-22' })], undefined, null],
    ['the report of this year', 'REPORTS', { reportYear: 2026, reportState: 'PUBLISHED' }, [], undefined, 'in-future reportYear'],
    ['a year twice', 'REPORTS', { reportYear: 2025, reportState: 'PUBLISHED' }, [row('x', { reportYear: 2025 })], undefined, 'report-exists reportYear'],
    ['buyers of 100 %', 'PARTNERS', { side: 'BUYER', tradeShare: '60.00' }, [row('x', { side: 'BUYER', tradeShare: '40.00' }), row('y', { side: 'SUPPLIER', tradeShare: '90.00' })], undefined, null],
    ['buyers of more', 'PARTNERS', { side: 'BUYER', tradeShare: '60.01' }, [row('x', { side: 'BUYER', tradeShare: '40.00' })], undefined, 'shares-over-100 tradeShare'],
    ['a document that ran out before it was issued', 'DOCUMENTS', { documentKind: 'LICENCE', issuedOn: '2026-01-01', expiresOn: '2025-12-31' }, [], undefined, 'before-start expiresOn'],
    ['an original seen tomorrow', 'DOCUMENTS', { documentKind: 'LICENCE', originalSeenOn: '2026-11-24' }, [], undefined, 'in-future originalSeenOn'],
  ])('%s', (_what, list, values, others, idNumber, refusal) => expect(name(judgeRow(list, values, { today, id: 'me', others, idNumber }))).toBe(refusal))

  test.each<[what: string, list: string, on: string, values: Values, refusal: string | null]>([
    ['left office today', 'PEOPLE', today, {}, null],
    ['leaves tomorrow', 'PEOPLE', '2026-11-24', {}, 'in-future on'],
    ['withdrawn before it was given', 'CONSENTS', '2026-10-31', { givenOn: '2026-11-01' }, 'withdrawn-before-given on'],
    ['withdrawn on the day it was given', 'CONSENTS', '2026-11-01', { givenOn: '2026-11-01' }, null],
  ])('ends: %s', (_what, list, on, values, refusal) => expect(name(judgeEnd(list, on, today, values))).toBe(refusal))
})

describe('what is declared of the fields', () => {
  test('no name twice in the groups of a kind, no column twice in a table', () => {
    const names = fileGroups.flatMap((group) => group.fields.map((field) => field.name))
    expect(new Set(names).size).toBe(names.length)
    for (const list of fileLists) expect([list.code, new Set(list.fields.map((field) => field.column)).size]).toEqual([list.code, list.fields.length])
  })
  test('identity, ownership and class are never changed in place', () => {
    const inline = [...fileGroups, ...fileLists].flatMap((part) => part.fields.filter((field) => field.inline).map((field) => field.name))
    expect(inline.sort()).toEqual(['attitude', 'contactRemark', 'decisionRole', 'documentNote', 'isMain', 'paymentTerms', 'personNote', 'siteNote'])
  })
  test('what is obligatory is missed', () => {
    const fields = listOf('PEOPLE')?.fields ?? []
    expect(name(hasAll(fields, { office: 'DIRECTOR' }))).toBe('value-needed personName')
    expect(name(hasAll(fields, { office: 'DIRECTOR', personName: '' }))).toBe('value-needed personName')
    expect(name(hasAll(fields, { office: 'DIRECTOR', personName: '李四' }))).toBeNull()
  })
  test('the shape of values: no other field, nothing over-long, nothing emptied that is obligatory', () => {
    const shape = valuesShape(listOf('PEOPLE')?.fields ?? [], true)
    expect(shape.safeParse({ office: 'DIRECTOR', personName: '李四', personPhone: null }).success).toBe(true)
    for (const wrong of [{ office: 'DIRECTOR' }, { office: 'KING', personName: '李四' }, { office: 'DIRECTOR', personName: '长'.repeat(61) }, { office: 'DIRECTOR', personName: null }, { office: 'DIRECTOR', personName: '李四', share: '1' }, { office: 'DIRECTOR', personName: '李四', personPhone: 'x' }, { office: 'DIRECTOR', personName: '李四', authorityFrom: '2026-02-30' }]) {
      expect([wrong, shape.safeParse(wrong).success]).toEqual([wrong, false])
    }
  })
})
