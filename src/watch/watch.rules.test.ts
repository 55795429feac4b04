import { describe, expect, test } from 'vitest'
import { addDays } from '../foundation/values/business-date.ts'
import { churnOf, colourOf, incrementOf, judgeAnswer, judgeSilence, maskParty, percentOf, reasonOf } from './watch.rules.ts'

const fen = (yuan: string): bigint => BigInt(yuan.replace('.', ''))

describe('churn (fixture churn)', () => {
  const fixture = { opening: 120, excluded: { death: 1, bankTransfer: 1 }, closed: 3, belowTest: 4, denominator: 118, lost: 7, churnRatePct: '5.93' }
  test('the fixture', () => {
    expect(churnOf({ base: fixture.opening, excluded: fixture.excluded.death + fixture.excluded.bankTransfer, lost: fixture.closed + fixture.belowTest })).toEqual({ counted: fixture.denominator, churnPct: fixture.churnRatePct })
  })
  test.each([[0, 0, 0, null], [3, 3, 0, null], [3, 0, 0, '0.00'], [3, 1, 1, '50.00']])('base %i, excluded %i, lost %i: %s', (base, excluded, lost, churnPct) => {
    expect(churnOf({ base, excluded, lost }).churnPct).toBe(churnPct)
  })
})

test('customer asset increment (fixture asset-increment)', () => {
  const customers = [
    { id: 'c1', base: '800000.00', end: '1050000.00' }, { id: 'c2', base: '2400000.00', end: '2150000.00' }, { id: 'c3', movedOutByBank: true, base: '600000.00', end: '0.00' },
    { id: 'c4', movedIn: '2025-08-15', base: '900000.00', end: '980000.00' }, { id: 'c5', new: true, base: '0.00', end: '520000.00' }, { id: 'c6', lost: true, base: '700000.00', end: '300000.00' },
  ]
  expect(incrementOf(customers.map((one) => ({ baseFen: one.movedOutByBank === true ? null : fen(one.base), endFen: fen(one.end) })))).toBe(fen('200000.00'))
})

test.each([[7, 118, '5.93'], [1, 3, '33.33'], [2, 3, '66.67'], [1, 800, '0.13'], [0, 5, '0.00'], [5, 0, null]])('%i of %i in percent: %s', (part, whole, percent) => expect(percentOf(part, whole)).toBe(percent))

test.each([[-3, 'red'], [0, 'red'], [1, 'red'], [2, 'orange'], [7, 'orange'], [8, 'yellow'], [30, 'yellow'], [31, 'none']])('%i days left: %s', (days, colour) => expect(colourOf(days)).toBe(colour))

test.each([['王小明', '王*'], ['欧阳建平', '欧*'], ['鑫源机械有限公司', '鑫源机械有限公司'], ['老王面馆店', '老王面馆店']])('%s is told as %s to who does not look after the customer', (name, told) => expect(maskParty(name)).toBe(told))

describe('silence', () => {
  const today = '2026-11-23'
  const last = addDays(today, 90)
  test.each([['2026-11-22', false], ['2026-11-23', false], ['2026-11-24', true], [last, true], [addDays(last, 1), false]])('until %s: %s', (until, allowed) => expect(judgeSilence(today, until, last).ok).toBe(allowed))
})

describe('an answer', () => {
  const open = { kind: 'MOVEMENT_OUT', state: 'OPEN', contactedBefore: false } as const
  const answer = { done: true, judged: 'JUSTIFIED', contactId: 'c', wonFen: null } as const
  test.each([
    ['closed already', { ...open, state: 'CLOSED' }, answer, 'alert-closed'],
    ['gone by itself', { ...open, state: 'GONE' }, answer, 'alert-gone'],
    ['below zero', open, { ...answer, wonFen: -1n }, 'won-negative'],
    ['not judged', open, { ...answer, judged: null }, 'judgement-needed'],
    ['justified without a contact', open, { ...answer, contactId: null }, 'contact-needed'],
    ['with a contact', open, answer, null],
    ['contacted the day before', { ...open, contactedBefore: true }, { ...answer, contactId: null }, null],
    ['a false alarm needs no call', open, { ...answer, judged: 'FALSE_ALARM', contactId: null }, null],
    ['a gap is explained without a call', { ...open, kind: 'GAP' }, { ...answer, contactId: null }, null],
    ['stays open', open, { ...answer, done: false, judged: null, contactId: null }, null],
  ] as const)('%s', (_what, alert, given, refusal) => {
    const judged = judgeAnswer(alert, given)
    expect(judged.ok ? null : judged.refusal.name).toBe(refusal)
  })
})

test('the reason is told with its figures', () => {
  expect(reasonOf('MOVEMENT_OUT', { day: '2026-11-23', outFen: '1234567890', thresholdFen: '100000000' }).zh).toBe('2026-11-23 转出 1,234.57 万元，达到标准 100.00 万元')
  expect(reasonOf('MOVEMENT_OUT', { day: '2026-11-23', outFen: '1234567850', thresholdFen: '100000000' }).en).toBe('2026-11-23: 12,345,679 went out, threshold 1,000,000')
  expect(reasonOf('LEAKAGE', { leakFen: '180000000', share: '0.3000', perMonthFen: '60000000' }).zh).toContain('占转出 30.00%')
  expect(reasonOf('GAP', { nameZh: '有贷款未代发工资', nameEn: 'x', perUnitFen: null }).zh).toBe('有贷款未代发工资')
})
