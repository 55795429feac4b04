import { describe, expect, test } from 'vitest'
import { contactModes, type ContactMode } from './contact.contract.ts'
import { isEffective, isInPerson, judgeContact, mayActOnPromise, mayChangeRecord, type ContactCircumstances, type ToldContact } from './contact.rules.ts'

describe('what counts as a contact', () => {
  const counts: Record<ContactMode, [answered: boolean, unanswered: boolean, face: boolean]> = {
    VISIT: [true, true, true], PHONE: [true, true, false], VIDEO: [true, true, false], WECHAT: [true, false, false], EMAIL: [true, false, false], LETTER: [true, false, false],
    SMS_ONE_WAY: [false, false, false], GREETING: [false, false, false], NO_ANSWER: [false, false, false],
  }
  test.each(contactModes)('%s', (mode) => {
    expect([isEffective(mode, true), isEffective(mode, false), isInPerson(mode)]).toEqual(counts[mode])
  })
})

describe('may it be recorded?', () => {
  const contact: ToldContact = { mode: 'VISIT', businessDate: '2026-11-20', nextAction: null, nextOn: null, place: null, placeConsent: false, summary: '走访', restricted: null, riskSignals: [], riskNote: null, promises: [] }
  const now: ContactCircumstances = { today: '2026-11-23', relationBegan: '2021-05-06', heldPost: true }
  const cases: [what: string, told: Partial<ToldContact>, around: Partial<ContactCircumstances>, refusal: string | null][] = [
    ['last Friday', {}, {}, null],
    ['today', { businessDate: '2026-11-23' }, {}, null],
    ['tomorrow', { businessDate: '2026-11-24' }, {}, 'contact-in-future'],
    ['the day the relation began', { businessDate: '2021-05-06' }, {}, null],
    ['the day before', { businessDate: '2021-05-05' }, {}, 'before-relation'],
    ['a prospect long ago', { businessDate: '2021-05-05' }, { relationBegan: null }, null],
    ['before the recorder joined', { businessDate: '2022-01-01' }, { heldPost: false }, 'not-held-yet'],
    ['a step without a day', { nextAction: '送方案' }, {}, 'next-incomplete'],
    ['a day without a step', { nextOn: '2026-11-30' }, {}, 'next-incomplete'],
    ['a step before the contact', { nextAction: '送方案', nextOn: '2026-11-19' }, {}, 'next-before-contact'],
    ['a step on the same day', { nextAction: '送方案', nextOn: '2026-11-20' }, {}, null],
    ['a place without consent', { place: '小店区' }, {}, 'place-without-consent'],
    ['a place with consent', { place: '小店区', placeConsent: true }, {}, null],
    ['nothing told', { summary: '' }, {}, 'summary-missing'],
    ['one character', { summary: '好' }, {}, 'summary-missing'],
    ['told in the restricted text only', { summary: '', restricted: { text: '拟更换控制人' } }, {}, null],
    ['a promise for the day itself', { promises: [{ id: 'a', dueOn: '2026-11-20' }] }, {}, null],
    ['a promise due before the contact', { promises: [{ id: 'a', dueOn: '2026-11-19' }] }, {}, 'promise-before-contact'],
    ['a promise twice', { promises: [{ id: 'a', dueOn: '2026-11-25' }, { id: 'a', dueOn: '2026-11-26' }] }, {}, 'promise-twice'],
    ['a sign of risk without what was seen', { riskSignals: ['ARREARS'] }, {}, 'risk-unexplained'],
    ['a sign of risk explained', { riskSignals: ['ARREARS'], riskNote: '工人反映两月未发薪' }, {}, null],
    ['several faults: the future first', { businessDate: '2026-12-01', nextAction: 'x', place: 'x' }, { heldPost: false }, 'contact-in-future'],
  ]
  test.each(cases)('%s', (_what, told, around, refusal) => {
    const outcome = judgeContact({ ...contact, ...told }, { ...now, ...around })
    expect(outcome.ok ? null : outcome.refusal.name).toBe(refusal)
  })
})

test.each([
  ['the recorder', { staffKey: 1, voided: false }, { staffKey: 1, headOfLine: false }, null],
  ['a head of the line', { staffKey: 1, voided: false }, { staffKey: 2, headOfLine: true }, null],
  ['another manager of the customer', { staffKey: 1, voided: false }, { staffKey: 2, headOfLine: false }, 'not-your-record'],
  ['void already, told first', { staffKey: 1, voided: true }, { staffKey: 2, headOfLine: false }, 'contact-voided'],
])('correct or void: %s', (_who, record, person, refusal) => {
  const outcome = mayChangeRecord(record, person)
  expect(outcome.ok ? null : outcome.refusal.name).toBe(refusal)
})

describe('who may act on a promise?', () => {
  const open = { ownerKey: 7, open: true }
  test.each([
    ['its owner', open, { staffKey: 7, headOfLine: false, standsInFor: [] }, null], ['a head of the line', open, { staffKey: 1, headOfLine: true, standsInFor: [] }, null],
    ['who stands in for the owner', open, { staffKey: 2, headOfLine: false, standsInFor: [7] }, null], ['a colleague', open, { staffKey: 2, headOfLine: false, standsInFor: [3] }, 'not-your-promise'],
    ['nobody, when it has ended', { ownerKey: 7, open: false }, { staffKey: 7, headOfLine: true, standsInFor: [] }, 'promise-ended'],
  ] as const)('%s', (_who, promise, person, refusal) => {
    const may = mayActOnPromise(promise, person)
    expect(may.ok ? null : may.refusal.name).toBe(refusal)
  })
})
