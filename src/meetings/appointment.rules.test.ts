import { describe, expect, test } from 'vitest'
import { faultOfChange, faultOfWhen, overlaps } from './appointment.rules.ts'

const today = '2026-11-23'

describe('when an appointment may be', () => {
  test.each([
    ['today', '2026-11-23', '09:00', '10:00', null],
    ['yesterday', '2026-11-22', '09:00', '10:00', 'in-the-past'],
    ['a year ahead', '2027-11-23', '09:00', '10:00', null],
    ['a day more', '2027-11-24', '09:00', '10:00', 'too-far'],
    ['ends when it begins', '2026-11-23', '09:00', '09:00', 'times-reversed'],
    ['ends before', '2026-11-23', '10:00', '09:15', 'times-reversed'],
    ['past and reversed: the day is named', '2026-11-20', '10:00', '09:00', 'in-the-past'],
  ])('%s', (_name, day, from, to, fault) => {
    expect(faultOfWhen({ day, from, to }, today)).toBe(fault)
  })
})

describe('clash', () => {
  const nine = { day: today, from: '09:00', to: '10:00' }
  test.each([
    ['the same time', today, '09:00', '10:00', true],
    ['within', today, '09:15', '09:30', true],
    ['around', today, '08:00', '12:00', true],
    ['begins when the other ends', today, '10:00', '11:00', false],
    ['ends when the other begins', today, '08:00', '09:00', false],
    ['another day', '2026-11-24', '09:00', '10:00', false],
  ])('%s', (_name, day, from, to, clashes) => {
    expect(overlaps(nine, { day, from, to })).toBe(clashes)
    expect(overlaps({ day, from, to }, nine)).toBe(clashes)
  })
})

describe('who may change it', () => {
  test.each([
    ['its owner', 1, false, 'PLANNED', null],
    ['another', 2, false, 'PLANNED', 'not-yours'],
    ['who stands in', 2, true, 'PLANNED', null],
    ['its owner, done', 1, false, 'DONE', 'ended-already'],
    ['another, done: not his comes first', 2, false, 'CANCELLED', 'not-yours'],
  ] as const)('%s', (_name, staffKey, standsIn, state, fault) => {
    expect(faultOfChange({ staffKey: 1, state }, { staffKey, standsIn })).toBe(fault)
  })
})
