import { describe, expect, test } from 'vitest'
import { duplicateSchemeOn, duplicateTable } from './duplicate-table.ts'
import { blockingKeys, judge, prepare, signs, type Subject } from './duplicate.rules.ts'

const scheme = duplicateSchemeOn('2026-11-23')
const company = (name: string, more: Partial<Subject> = {}): Subject => ({ kind: 'CORPORATE', name, formerNames: [], identities: [], organisationCode: null, phones: [], legalRepresentative: null, address: null, birthDate: null, sex: null, ...more })
const person = (name: string, more: Partial<Subject> = {}): Subject => ({ ...company(name), kind: 'PERSON', ...more })
const told = (a: Subject, b: Subject): [string | null, string] => {
  const { level, signs: found } = judge(prepare(a), prepare(b), scheme)
  return [level, found.join(' ')]
}
const found = (a: Subject, b: Subject): boolean => blockingKeys(prepare(a)).some((key) => blockingKeys(prepare(b)).includes(key))
const jintai = '山西晋泰新材料有限公司'

describe('two companies by their names', () => {
  test.each([
    [jintai, '山西晋泰新材料有限公司', 'LIKELY', 'name'],
    [jintai, '山西晋泰新材料有限责任公司', 'LIKELY', 'name'],
    [jintai, '晋泰（山西）新材料有限公司', 'LIKELY', 'name'],
    [jintai, '山西省晋泰新材料', 'LIKELY', 'name-written-otherwise'],
    [jintai, '晋泰新材料有限公司', 'LIKELY', 'name-place-left-out'],
    [jintai, '山西太原晋泰新材料有限公司', 'LIKELY', 'name-place-left-out'],
    ['太原市小店区晋泰商贸有限公司', '太原小店晋泰商贸有限公司', 'LIKELY', 'name-written-otherwise'],
    [jintai, '山西晋泰新材料股份有限公司', null, 'name-form-differs'],
    [jintai, '山西晋泰新材料集团有限公司', null, 'name-form-differs'],
    [jintai, '河北晋泰新材料有限公司', null, 'name place-differs'],
    [jintai, '山西晋泰新材料有限公司太原分公司', null, 'name branch-differs'],
    [jintai, '山西晋太新材料有限公司', null, 'name-sounds-alike'],
    [jintai, '山西晋恒新材料有限公司', null, 'name-one-character'],
    [jintai, '山西宏远商贸有限公司', null, ''],
  ])('%s and %s: %s (%s)', (a, b, level, why) => {
    expect(told(company(a), company(b))).toEqual([level, why])
  })
  test('further signs raise a weak one', () => {
    const more = { legalRepresentative: '张德玉', phones: ['p1'] }
    expect(told(company(jintai, more), company('山西晋太新材料有限公司', more))).toEqual(['LIKELY', 'name-sounds-alike phone representative'])
    expect(told(company(jintai, more), company('山西晋恒新材料有限公司', more))[0]).toBe('LIKELY')
    expect(told(company(jintai, more), company('山西晋泰新材料股份有限公司', more))[0]).toBe('LIKELY')
    expect(told(company(jintai, more), company('河北晋泰新材料有限公司', { legalRepresentative: '张德玉' }))[0]).toBe('POSSIBLE')
    // the phone of a whole building, the director of many firms
    expect(told(company(jintai, more), company('山西宏远商贸有限公司', more))).toEqual([null, 'phone representative'])
    // the head of a branch bears the same phone and person
    expect(told(company(jintai, more), company('山西晋泰新材料有限公司太原分公司', more))[0]).toBeNull()
  })
  test('a former name, kept or written in brackets', () => {
    expect(told(company('山西晋泰新材料有限公司', { formerNames: ['山西宏远商贸有限公司'] }), company('山西宏远商贸有限责任公司'))).toEqual(['LIKELY', 'name-former'])
    expect(told(company('山西晋泰新材料有限公司（原宏远商贸）'), company('山西宏远商贸有限公司'))).toEqual(['LIKELY', 'name-former'])
  })
  test('equal numbers are certain, checked ones that differ weigh more than a name', () => {
    const code = (hash: string, checked = true) => ({ identities: [{ kind: 'USCC', hash, checked }] })
    expect(told(company(jintai, code('1')), company('别的名字有限公司', code('1')))[0]).toBe('CERTAIN')
    expect(told(company(jintai, code('1')), company(jintai, code('2')))).toEqual([null, 'number-differs name'])
    expect(told(company(jintai, code('1', false)), company(jintai, code('2')))[0]).toBe('LIKELY')
    expect(told(company(jintai, { organisationCode: 'MA0FNAK78' }), company('晋泰', { organisationCode: 'MA0FNAK78' }))[0]).toBe('CERTAIN')
    expect(told(company(jintai, code('1')), person(jintai, code('1')))).toEqual([null, ''])
  })
})

describe('two persons', () => {
  const born = { birthDate: '1980-05-06' }
  test.each([
    [person('李晓雯', born), person('李晓雯', born), 'LIKELY', 'person-name birth-date'],
    [person('李晓雯', born), person('李 曉雯', born), 'LIKELY', 'person-name-written-otherwise birth-date'],
    [person('李晓雯', born), person('李晓文', born), 'POSSIBLE', 'person-name-sounds-alike birth-date'],
    [person('李晓雯', { ...born, phones: ['1'] }), person('李晓文', { ...born, phones: ['1'] }), 'LIKELY', 'person-name-sounds-alike birth-date phone'],
    [person('李晓雯', { phones: ['1'] }), person('李晓雯', { ...born, phones: ['1'] }), 'LIKELY', 'person-name phone'],
    [person('王伟'), person('王伟'), null, 'person-name'],
    [person('王伟', born), person('王伟', { birthDate: '1981-01-01', phones: [] }), null, 'person-name birth-date-differs'],
    // father and daughter share a phone and a name that sounds alike
    [person('李晓雯', { ...born, phones: ['1'] }), person('李小文', { birthDate: '2004-05-06', phones: ['1'] }), null, 'person-name-sounds-alike birth-date-differs phone'],
    [person('李晓雯', { ...born, sex: 'F' }), person('李晓雯', { ...born, sex: 'M' }), null, 'person-name birth-date sex-differs'],
    [person('李晓雯', { phones: ['1'] }), person('赵敏', { phones: ['1'] }), null, 'phone'],
    [person('李晓雯', { identities: [{ kind: 'RESIDENT_ID', hash: 'a', checked: true }] }), person('李晓文', { identities: [{ kind: 'RESIDENT_ID', hash: 'a', checked: true }] }), 'CERTAIN', 'number person-name-sounds-alike'],
    [person('李晓雯', { ...born, phones: ['1'], identities: [{ kind: 'RESIDENT_ID', hash: 'a', checked: true }] }), person('李晓雯', { ...born, phones: ['1'], identities: [{ kind: 'RESIDENT_ID', hash: 'b', checked: true }] }), null, 'number-differs person-name birth-date phone'],
  ])('%# are judged', (a, b, level, why) => {
    expect(told(a, b)).toEqual([level, why])
    expect(told(b, a)).toEqual([level, why])
  })
})

describe('among a million', () => {
  test.each([
    [company(jintai), company('晋泰新材料股份公司'), true], [company(jintai), company('山西晋太新材料有限公司'), true], [company('太原市小店区晋泰商贸有限公司'), company('太原小店晋泰商贸有限公司'), true],
    [company(jintai, { legalRepresentative: '张德玉' }), company('山西晋恒新材料有限公司', { legalRepresentative: '张德玉' }), true], [company(jintai), company('山西晋恒新材料有限公司'), false],
    [person('李晓雯', { birthDate: '1980-05-06' }), person('李晓文', { birthDate: '1980-05-06' }), true], [person('王伟'), person('王伟'), false],
  ])('%# share a key: %s', (a, b, shared) => {
    expect(found(a, b)).toBe(shared)
  })
  test('a customer has few keys', () => {
    expect(blockingKeys(prepare(company('太原市小店区晋泰商贸有限公司', { legalRepresentative: '张德玉', address: '山西省太原市小店区长风街12号' }))).length).toBeLessThanOrEqual(7)
  })
})

test('every version gives points to every sign, and holds from its day', () => {
  for (const { points, certain, likely, possible } of duplicateTable) {
    expect(Object.keys(points).sort()).toEqual([...signs].sort())
    expect(certain > likely && likely > possible).toBe(true)
  }
  expect(() => duplicateSchemeOn('1899-12-31')).toThrow('no scheme')
})
