import { describe, expect, test } from 'vitest'
import { usccCheckCharacter } from '../identity-number.rules.ts'
import { judgeLine, judgeRow, rejectReasons, rejectText, type GivenCell } from './import-row.rules.ts'
import { importColumns } from './import-column-template.ts'
import { importSheets } from './list-import-columns.ts'

const today = '2026-11-23'
const company = { kind: '企业', name: '山西晋泰新材料有限公司', identityKind: '统一社会信用代码', identityNumber: `91140100MA0TEXT12${usccCheckCharacter('91140100MA0TEXT12')}` }
const person = { kind: '个人', name: '尉迟敏', identityKind: '居民身份证', identityNumber: '140105199003072317' }
const cells = (given: Record<string, string | GivenCell>): Record<string, GivenCell> => Object.fromEntries(Object.entries(given).map(([code, value]) => [code, typeof value === 'string' ? { text: value, asNumber: false } : value]))
const faults = (given: Record<string, string | GivenCell>): string[] => {
  const judged = judgeRow(importColumns, cells(given), today)
  return judged.ok ? [] : judged.rejects.map((one) => `${one.column} ${one.reason}`)
}

describe('a row of the workbook', () => {
  test.each<[what: string, given: Record<string, string | GivenCell>, faults: string[]]>([
    ['a company', company, []],
    ['a person', person, []],
    ['with everything', { ...company, phone: '0351-1234567', source: '展会', legalRepresentative: '张德玉', industryCode: 'C3110', sizeClass: '中', establishedOn: '2010-05-01', registeredCapital: '5,000,000.50', staffCount: '120', identityExpires: '2030-12-31' }, []],
    ['nothing in it but a source', { source: '展会' }, ['kind needed', 'name needed', 'identityKind needed', 'identityNumber needed']],
    ['an update by number needs nothing else', { number: '1000000001', source: '展会' }, []],
    ['a kind that is none', { ...company, kind: '公司' }, ['kind not-in-list']],
    ['a wrong check character', { ...company, identityNumber: '911401007000000700' }, ['identityNumber identity-number']],
    ['a document of persons for a company', { ...company, identityKind: '居民身份证', identityNumber: '140105199003072317' }, ['identityKind identity-kind']],
    ['a number that Excel cut', { ...person, identityNumber: { text: '140105199003072300', asNumber: true } }, ['identityNumber kept-as-number', 'identityNumber identity-number']],
    ['a phone that Excel kept as a number is whole', { ...person, phone: { text: '13812345678', asNumber: true } }, []],
    ['a day that does not exist', { ...person, identityExpires: '2030-02-30' }, ['identityExpires day']],
    ['a capital with three decimals', { ...company, registeredCapital: '1.005' }, ['registeredCapital amount']],
    ['a negative capital', { ...company, registeredCapital: '-1' }, ['registeredCapital amount']],
    ['an occupation of a company', { ...company, occupation: '教师' }, ['occupation wrong-fields']],
    ['a legal representative of a person', { ...person, legalRepresentative: '张' }, ['legalRepresentative wrong-fields']],
    ['a name of one character', { ...person, name: '李' }, ['name too-short']],
    ['a name beyond 120 characters', { ...person, name: '李'.repeat(121) }, ['name too-long']],
    ['a direction mark', { ...person, name: '李\u202e四' }, ['name characters']],
    ['a formula-like text is a text', { ...company, name: '=1+1 贸易有限公司' }, []],
    ['several faults at once', { ...company, sizeClass: '巨', staffCount: '多', phone: 'x' }, ['phone phone', 'sizeClass not-in-list', 'staffCount count']],
  ])('%s', (_what, given, expected) => expect(faults(given)).toEqual(expected))
  test('what it says: whole fen, normalised numbers, sex and birth date from the identity card', () => {
    const judged = judgeRow(importColumns, cells({ ...person, phone: '138-1234 5678', birthdayCalendar: '农历' }), today)
    expect(judged).toMatchObject({ ok: true, row: { kind: 'PERSON', phone: '13812345678', identity: { sex: 'M', birthDate: '1990-03-07', checked: true }, person: { birthdayCalendar: 'LUNAR' } } })
    expect(judgeRow(importColumns, cells({ ...company, registeredCapital: '5,000,000.5' }), today)).toMatchObject({ row: { corporate: { registeredCapitalFen: '500000050' } } })
  })
  test('every reason in both languages, with its details', () => {
    for (const [zh, en] of Object.values(rejectReasons)) expect([zh.length > 1, en.length > 1]).toEqual([true, true])
    expect(rejectText({ reason: 'twice-in-file', details: { row: '7' } }, 'zh')).toBe('与第 7 行是同一客户')
    expect(rejectText({ reason: 'too-long', details: { most: '60' } }, 'en')).toBe('at most 60 characters')
  })
})

describe('a line of a further sheet', () => {
  const sheet = (code: string) => importSheets.find((one) => one.code === code)
  const judge = (code: string, given: Record<string, string>) => {
    const found = sheet(code)
    if (!found) throw new Error(code)
    const judged = judgeLine(found.list, found.columns, cells({ name: '甲有限公司', ...given }), today)
    return judged.ok ? judged.line.values : judged.rejects.map((one) => `${one.column} ${one.reason}`)
  }
  test.each<[what: string, code: string, given: Record<string, string>, expected: object]>([
    ['a contact with all of it', 'CONTACTS', { contactName: '王芳', contactTitle: '财务', decisionRole: '拍板', attitude: '支持', isMain: '是', contactPhone: '139 1234 5678', contactMail: 'a.b@example.com' }, { contactName: '王芳', contactTitle: '财务', decisionRole: 'DECIDES', attitude: 'SUPPORTIVE', isMain: true, contactPhone: '139 1234 5678', contactMail: 'a.b@example.com' }],
    ['a contact without name', 'CONTACTS', { contactTitle: '财务' }, ['contactName needed']],
    ['a role that is none, a phone and a mail that are none', 'CONTACTS', { contactName: '王芳', decisionRole: '老板', contactPhone: '见名片', contactMail: 'wang' }, ['decisionRole not-in-list', 'contactPhone phone', 'contactMail mail']],
    ['neither number nor name', 'CONTACTS', { name: '', contactName: '王芳' }, ['number whose-line']],
    ['an address', 'ADDRESSES', { site: '厂区', district: '太原市小店区', address: '园区路 1 号' }, { site: 'PLANT', district: '太原市小店区', address: '园区路 1 号' }],
    ['an account elsewhere, money in yuan, the rate a fraction', 'BANKS', { bankName: '工商银行', service: '贷款', elsewhereFen: '1,500,000.50', elsewhereRate: '0.0385', knownOn: '2026-10-01' }, { bankName: '工商银行', service: 'LOAN', elsewhereFen: '150000050', elsewhereRate: '0.0385', knownOn: '2026-10-01' }],
    ['a rate in percent, a day to come, an end before the beginning', 'BANKS', { bankName: '工商银行', service: '贷款', elsewhereRate: '3.85%', knownOn: '2026-10-01' }, ['elsewhereRate rate']],
    ['an amount in words', 'BANKS', { bankName: '工商银行', service: '贷款', elsewhereFen: '一百万', knownOn: '2026-10-01' }, ['elsewhereFen amount']],
    ['known on a day to come', 'BANKS', { bankName: '工商银行', service: '贷款', knownOn: '2027-01-01' }, ['knownOn not-valid']],
    ['a paper that ends before it was issued', 'DOCUMENTS', { documentKind: '公司章程', issuedOn: '2026-02-01', expiresOn: '2026-01-01' }, ['expiresOn not-valid']],
    ['a paper: what is left out is as in the form', 'DOCUMENTS', { documentKind: '公司章程', issuedOn: '2026-02-01' }, { documentKind: 'ARTICLES', issuedOn: '2026-02-01', remindDays: 30 }],
  ])('%s', (_what, code, given, expected) => {
    const found = judge(code, given)
    if (Array.isArray(expected)) expect(found).toEqual(expected)
    else expect(found).toMatchObject(expected)
  })
})
