import { describe, expect, test } from 'vitest'
import { contactModes, type ContactMode } from './contact.contract.ts'
import { isEffective, isInPerson, judgeContact, mayChangeRecord, type ContactCircumstances, type ToldContact } from './contact.rules.ts'

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
  const contact: ToldContact = { mode: 'VISIT', businessDate: '2026-11-20', nextAction: null, nextOn: null, place: null, placeConsent: false }
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
