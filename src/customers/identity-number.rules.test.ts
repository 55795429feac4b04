import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { checkIdentity, checkResidentId, checkUscc, grouped, maskIdentity, maskPhone, normaliseNumber, organisationCheck, organisationSum, residentCheckCharacter, residentSum, usccCheckCharacter, usccSum, type IdentityKind } from './identity-number.rules.ts'

const today = '2026-11-23'

describe('id-checks: the unified social credit code', () => {
  test.each([
    ['91350100M000100Y43', 1640, 28, 'M000100Y4'],
    ['91140105MA0TEXT127', 2442, 24, 'MA0TEXT12'],
    ['91140105MA0FNAK78G', 2185, 15, 'MA0FNAK78'],
    ['911401050010001090', 527, 0, '001000109'], // remainder 0 gives check 0
  ])('%s: sum %i, remainder %i', (code, sum, remainder, organisationCode) => {
    expect([usccSum(code), usccSum(code) % 31]).toEqual([sum, remainder])
    expect(checkUscc(code)).toMatchObject({ ok: true, number: code, organisationCode })
  })
  test('91350100M000100Y4Z: the check should be 3, and Z is not in the set', () => {
    expect(checkUscc('91350100M000100Y4Z')).toEqual({ ok: false, number: '91350100M000100Y4Z', faults: [{ fault: 'letter', place: 18, letter: 'Z', hint: '2' }, { fault: 'check', expected: '3', given: 'Z' }] })
  })
  test.each([
    ['M000100Y', 139, 7, '4'],
    ['MA0TEXT1', 878, 9, '2'],
    ['MA0FNAK7', 575, 3, '8'],
  ])('organisation code %s: sum %i, remainder %i, check %s', (body, sum, remainder, check) => {
    expect([organisationSum(body), organisationSum(body) % 11, organisationCheck(body)]).toEqual([sum, remainder, check])
  })
  test.each([['I', '1'], ['O', '0'], ['S', '5'], ['V', 'U'], ['Z', '2']])('%s is told to be probably %s', (letter, hint) => {
    expect(checkUscc(`9114010${letter}MA0TEXT127`)).toMatchObject({ ok: false, faults: [{ fault: 'letter', place: 8, letter, hint }] })
  })
  test('full width, small letters and blanks are the same number', () => {
    expect(checkUscc(' ９１１４0105　ma0text127 ')).toMatchObject({ ok: true, number: '91140105MA0TEXT127' })
  })
  test('a wrong inner check and an unknown authority only warn', () => {
    const body = 'B1140105MA0TEXT13'
    expect(checkUscc(`${body}${usccCheckCharacter(body)}`)).toMatchObject({ ok: true, warnings: ['authority-unknown', 'organisation-code-check'] })
  })
  test.each([['', 'empty'], ['9114', 'length'], ['91140105MA0TEXT12７１', 'length'], ['9114010*MA0TEXT127', 'character']])('"%s": %s', (code, fault) => {
    expect(checkUscc(code)).toMatchObject({ ok: false, faults: [{ fault }] })
  })
  test('one changed character never passes', () => {
    const set = '0123456789ABCDEFGHJKLMNPQRTUWXY'
    fc.assert(fc.property(fc.array(fc.constantFrom(...set), { minLength: 17, maxLength: 17 }), fc.nat(17), fc.constantFrom(...set), (characters, place, other) => {
      const code = characters.join('') + usccCheckCharacter(characters.join(''))
      expect(checkUscc(code).ok).toBe(true)
      if (code[place] === other) return
      expect(checkUscc(code.slice(0, place) + other + code.slice(place + 1)).ok).toBe(false)
    }))
  })
})

describe('id-checks: the resident identity number', () => {
  test.each([
    ['11010519491231002X', 167, 2, 'F', '1949-12-31'],
    ['34052419800101001X', 189, 2, 'M', '1980-01-01'],
    ['140105199003072317', 225, 5, 'M', '1990-03-07'],
    ['140105200002298846', 259, 6, 'F', '2000-02-29'],
  ])('%s: sum %i, remainder %i, %s born %s', (id, sum, remainder, sex, birthDate) => {
    expect([residentSum(id), residentSum(id) % 11]).toEqual([sum, remainder])
    expect(checkResidentId(id, today)).toEqual({ ok: true, number: id, sex, birthDate })
  })
  const numbered = (birth: string): string => `140105${birth}231${residentCheckCharacter(`140105${birth}231`)}`
  test.each([
    ['', 'empty'], ['140105900307231', 'old-number'], ['14010519900307231', 'length'], ['14010519900307231A', 'character'], ['X40105199003072317', 'character'], ['140105199003072318', 'check'],
    [numbered('20010229'), 'date'], [numbered('19901301'), 'date'], [numbered('20261124'), 'future'], [numbered('18751123'), 'age'],
  ])('"%s": %s', (id, fault) => {
    expect(checkResidentId(id, today)).toMatchObject({ ok: false, faults: [{ fault }] })
  })
  test('born today and 150 years old are accepted, small x too', () => {
    for (const birth of ['20261123', '18751124']) expect(checkResidentId(numbered(birth), today).ok).toBe(true)
    expect(checkResidentId('11010519491231002x', today)).toMatchObject({ ok: true, number: '11010519491231002X' })
  })
})

describe('other kinds have no computed check', () => {
  test.each<[IdentityKind, string, boolean]>([['PASSPORT', 'e 1234567', true], ['OTHER', '706213', true], ['OTHER', '', false], ['MILITARY', 'x'.repeat(41), false]])('%s %s: %s', (kind, number, accepted) => {
    const verdict = checkIdentity(kind, number, today)
    expect(verdict.ok).toBe(accepted)
    if (verdict.ok) expect(verdict.checked).toBe(false)
  })
  test('a resident number gives sex and birth date', () => {
    expect(checkIdentity('RESIDENT_ID', '140105199003072317', today)).toMatchObject({ ok: true, checked: true, sex: 'M', birthDate: '1990-03-07' })
  })
})

test('masks', () => {
  expect(maskPhone('13812345678')).toBe('138****5678')
  expect(maskPhone('12345')).toBe('****45')
  expect(maskIdentity('140105199003072317')).toBe('140***********2317')
  expect(maskIdentity('706213')).toBe('****13')
  expect(grouped('91140105MA0FNAK78G')).toBe('9114 0105 MA0F NAK7 8G')
  expect(normaliseNumber(' 138-１２３４ ')).toBe('138-1234')
})
