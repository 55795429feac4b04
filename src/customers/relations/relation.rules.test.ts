import { describe, expect, test } from 'vitest'
import { faultOfRelation, keptRelative, maskedPerson, relativeSeen, shownEdge, shownName, type ToldRelation } from './relation.rules.ts'

const told = (more: Partial<ToldRelation>): ToldRelation => ({
  kind: 'SHAREHOLDING', sharePct: null, subscribedFen: null, paidInFen: null, crossHolding: false, means: null, amountFen: null, incomePct: null, outlayPct: null, from: '2026-01-01', to: null, ...more,
})

describe('what a relation needs', () => {
  test.each<[what: string, relation: Partial<ToldRelation>, from: 'COMPANY' | 'PERSON', to: 'COMPANY' | 'PERSON', refusal: string | null]>([
    ['a person holds 60 % of a company', { sharePct: '60' }, 'PERSON', 'COMPANY', null],
    ['nobody holds a person', { sharePct: '60' }, 'COMPANY', 'PERSON', 'wrong-parties'],
    ['a shareholding without a share', {}, 'PERSON', 'COMPANY', 'share-needed'],
    ['a share of nothing', { sharePct: '0' }, 'PERSON', 'COMPANY', 'percent-out-of-range'],
    ['a share above the whole', { sharePct: '100.0001' }, 'PERSON', 'COMPANY', 'percent-out-of-range'],
    ['more paid in than subscribed', { sharePct: '50', subscribedFen: '100', paidInFen: '101' }, 'PERSON', 'COMPANY', 'paid-in-above-subscribed'],
    ['control needs its means', { kind: 'CONTROL' }, 'PERSON', 'COMPANY', 'means-needed'],
    ['control by the board', { kind: 'CONTROL', means: 'BOARD' }, 'PERSON', 'COMPANY', null],
    ['control by marriage', { kind: 'CONTROL', means: 'SPOUSE' }, 'PERSON', 'COMPANY', 'means-needed'],
    ['a guarantee needs an amount', { kind: 'GUARANTEE' }, 'COMPANY', 'COMPANY', 'amount-needed'],
    ['a guarantee of 0.01 yuan', { kind: 'GUARANTEE', amountFen: '1' }, 'COMPANY', 'COMPANY', null],
    ['a guarantee with a share', { kind: 'GUARANTEE', amountFen: '1', sharePct: '5' }, 'COMPANY', 'COMPANY', 'share-needed'],
    ['a supply of half the income', { kind: 'SUPPLY', incomePct: '50' }, 'COMPANY', 'COMPANY', null],
    ['income of a guarantee', { kind: 'GUARANTEE', amountFen: '1', incomePct: '5' }, 'COMPANY', 'COMPANY', 'wrong-fields'],
    ['companies are no relatives', { kind: 'FAMILY', means: 'SPOUSE' }, 'COMPANY', 'PERSON', 'wrong-parties'],
    ['the direction of parents is asked', { kind: 'FAMILY', means: 'PARENT_OR_CHILD' }, 'PERSON', 'PERSON', 'means-needed'],
    ['a child', { kind: 'FAMILY', means: 'CHILD' }, 'PERSON', 'PERSON', null],
    ['spouses', { kind: 'FAMILY', means: 'SPOUSE' }, 'PERSON', 'PERSON', null],
    ['a company represents nobody', { kind: 'LEGAL_REPRESENTATIVE' }, 'COMPANY', 'COMPANY', 'wrong-parties'],
    ['a shared phone is found, not told', { kind: 'SHARED_PHONE' }, 'COMPANY', 'COMPANY', 'found-by-rule'],
    ['from tomorrow', { sharePct: '60', from: '2026-11-24' }, 'PERSON', 'COMPANY', 'begins-later'],
    ['ends on its first day', { sharePct: '60', to: '2026-01-01' }, 'PERSON', 'COMPANY', 'ends-before'],
    ['a cross-holding of a guarantee', { kind: 'GUARANTEE', amountFen: '1', crossHolding: true }, 'COMPANY', 'COMPANY', 'wrong-fields'],
  ])('%s', (_what, relation, from, to, refusal) => {
    expect(faultOfRelation(told(relation), from, to, '2026-11-23')?.name ?? null).toBe(refusal)
  })
})

describe('what a reader is shown', () => {
  test('a company by its public name, a person by name when known or in the register', () => {
    expect(shownName({ kind: 'COMPANY', name: '山西晋泰新材料有限公司', known: false, inRegister: false })).toBe('山西晋泰新材料有限公司')
    expect(shownName({ kind: 'PERSON', name: '张建国', known: false, inRegister: true })).toBe('张建国')
    expect(shownName({ kind: 'PERSON', name: '张建国', known: true, inRegister: false })).toBe('张建国')
    expect(shownName({ kind: 'PERSON', name: '张建国', known: false, inRegister: false })).toBe('张**')
  })
  test.each([['王凯', '王*'], ['欧阳若兰', '欧**'], ['李', '*'], ['', '*'], ['𠮷田', '𠮷*']])('%s is %s', (name, shown) => expect(maskedPerson(name)).toBe(shown))
  test('edges of the register are for everybody, without amounts of strangers', () => {
    expect(shownEdge('SHAREHOLDING', false)).toEqual({ shown: true, amounts: false })
    expect(shownEdge('GUARANTEE', false)).toEqual({ shown: false, amounts: false })
    expect(shownEdge('GUARANTEE', true)).toEqual({ shown: true, amounts: true })
    expect(shownEdge('FAMILY', false).shown).toBe(false)
  })
})

test.each([
  // told of the one: the other is his …; seen again from the one, from the other
  ['SPOUSE', 'SPOUSE', 'SPOUSE'], ['PARENT', 'PARENT', 'CHILD'], ['CHILD', 'CHILD', 'PARENT'], ['SIBLING', 'SIBLING', 'SIBLING'], ['OTHER_RELATIVE', 'OTHER_RELATIVE', 'OTHER_RELATIVE'],
] as const)('a relative told as %s is seen as %s, and from the other side as %s', (told, fromOne, fromOther) => {
  const { means, otherFirst } = keptRelative(told)
  expect([relativeSeen(means, !otherFirst), relativeSeen(means, otherFirst)]).toEqual([fromOne, fromOther])
})
