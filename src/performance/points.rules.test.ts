import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { decimalText, exact, roundHalfUp } from '../foundation/values/decimal.ts'
import { fenFromYuan, splitFen, sumFen, yuanText } from '../foundation/values/fen.ts'
import { timePassed } from './growth.rules.ts'
import {
  clampedFactor, earlyDeduction, isWithheld, linkFactor, marketingCoefficient, payOfMonth, pointsOf, refundOf, splitPoints, supervisorPay, type PointsMonth, type PointsPay, type PointsTerms,
} from './points.rules.ts'

const after: PointsTerms = {
  unitPrice: '5.00', earlyPosition: 'AFTER_ALL', earlyGraceMonths: 1, linkWeight: '0.40', linkOnNegative: false, linkCeiling: '1.2', timeProgress: 'MONTHS',
  lateReturnRatio: '0', partialReturn: true,
  marketingBands: [{ from: '90', coefficient: '1.05' }, { from: '70', coefficient: '1.00' }, { from: '50', coefficient: '0.95' }, { from: '0', coefficient: '0.90' }],
  evaluationPointRate: '1.0', supervisorPay: '800.00', supervisorCeiling: '1.5', carryMonths: 12,
}
const before: PointsTerms = { ...after, earlyPosition: 'BEFORE_LINK' }
const fen = fenFromYuan
const named = (pay: PointsPay): Record<string, string | null> => {
  const text = (amount: bigint | null): string | null => (amount === null ? null : yuanText(amount))
  return {
    P: pay.P, A: text(pay.A), early: text(pay.earlyFen), B: text(pay.B), fixed: text(pay.fixed), linkBase: text(pay.linkBase), linkPay: text(pay.linkPay), C: text(pay.C), D: text(pay.D),
    overdueWithheld: text(pay.overdueFen), refunds: text(pay.refundFen), E: text(pay.E), F: text(pay.F), payable: text(pay.payableFen), carryOut: text(pay.carryOutFen),
  }
}
const plain: PointsMonth = {
  month: '2025-04', points: [], f: '1.0000', marketing: { score: '82', coefficient: '1.0000' }, early: [], overdue: [], refunds: [], supervisor: null, corrections: [], carryIn: [],
}

describe('psbc-1: RM A, April 2025', () => {
  const lines: [event: string, quantity: string, each: string, points: string][] = [
    ['new small loan disbursed', '6', '20', '120.00'],
    ['merchant loan amount, per 100,000', '35', '8', '280.00'],
    ['managed loan ADB, per 100,000', '420', '0.5', '210.00'],
    ['deposit ADB increment, per 100,000', '26', '1', '26.00'],
  ]
  test.each(lines)('%s: %s × %s = %s points', (_event, quantity, each, points) => expect(decimalText(pointsOf(exact(quantity), each), 2)).toBe(points))

  const early = [
    { loan: 'L1', originalFen: fen('120.00'), settledOn: '2025-04-15', maturesOn: '2025-11-20', termMonths: 12, left: 7, deduct: '70.00' },
    { loan: 'L2', originalFen: fen('160.00'), settledOn: '2025-04-15', maturesOn: '2025-09-20', termMonths: 24, left: 5, deduct: '33.33' },
  ]
  test.each(early)('early settlement of $loan takes back $deduct', (loan) => expect(earlyDeduction(after, loan)).toEqual({ fullMonthsLeft: loan.left, insideGrace: false, deductFen: fen(loan.deduct) }))

  test('link factor from the exact quotient, by months and by days', () => {
    expect(linkFactor(after, '2025-04', fen('24000000.00'), fen('6960000.00'))).toEqual({ completion: '0.290000', timeProgress: '0.333333', f: '0.8700', why: null })
    expect(linkFactor({ ...after, timeProgress: 'DAYS' }, '2025-04', fen('24000000.00'), fen('6960000.00'))).toEqual({ completion: '0.290000', timeProgress: '0.328767', f: '0.8821', why: null })
  })

  const refunds = [
    { loan: 'L5', withheldIn: '2025-03', recoveredOn: '2025-04-18', withheldFen: fen('75.00'), refund: '75.00', why: null },
    { loan: 'L6', withheldIn: '2025-02', recoveredOn: '2025-04-20', withheldFen: fen('60.00'), refund: '0.00', why: 'later-than-next-month' },
  ]
  test.each(refunds)('$loan gives back $refund', (entry) => expect(refundOf(after, entry)).toMatchObject({ refundFen: fen(entry.refund), why: entry.why }))

  const month: PointsMonth = {
    ...plain, f: '0.8700',
    points: [...lines.map(([code, , , points]) => ({ code, points })), { code: 'reports', points: '-5.00' }, { code: 'checks', points: '-8.00' }],
    early: early.map(({ deduct }) => ({ since: '2024-01-01', fen: fen(deduct) })),
    overdue: [{ since: '2025-04-03', fen: fen('90.00') }, { since: '2025-04-11', fen: fen('200.00') }],
    refunds: refunds.map(({ refund }) => ({ fen: fen(refund) })),
  }
  test('every intermediate value, deduction before the link', () => {
    expect(named(payOfMonth(before, month))).toEqual({
      P: '623.00', A: '3115.00', early: '103.33', B: '3011.67', fixed: '1807.00', linkBase: '1204.67', linkPay: '1048.06', C: '2855.06', D: '2855.06',
      overdueWithheld: '290.00', refunds: '75.00', E: '2640.06', F: '2640.06', payable: '2640.06', carryOut: '0.00',
    })
  })
  test('psbc-1-after: every intermediate value, deduction after all', () => {
    expect(named(payOfMonth(after, month))).toEqual({
      P: '623.00', A: '3115.00', early: '103.33', B: '3115.00', fixed: '1869.00', linkBase: '1246.00', linkPay: '1084.02', C: '2953.02', D: '2953.02',
      overdueWithheld: '290.00', refunds: '75.00', E: '2634.69', F: '2634.69', payable: '2634.69', carryOut: '0.00',
    })
  })
  test('as supervisor', () => {
    const supervisor = supervisorPay(after, '2480', '2600')
    expect(supervisor).toEqual({ coefficient: '0.9538', payFen: fen('763.04') })
    expect(named(payOfMonth(before, { ...month, supervisor }))['F']).toBe('3403.10')
    expect(named(payOfMonth(after, { ...month, supervisor }))['F']).toBe('3397.73')
    expect(supervisorPay(after, '5000', '2600')).toEqual({ coefficient: '1.5000', payFen: fen('1200.00') })
    expect(supervisorPay(after, '-10', '2600')).toEqual({ coefficient: '0.0000', payFen: 0n })
    expect(supervisorPay(after, '10', null)).toEqual({ coefficient: null, payFen: 0n })
  })
  test('as supervisor for 11 of 30 days: value × days held ÷ days, told with its days', () => {
    const supervisor = supervisorPay(after, '2480', '2600', { days: 11, of: 30 })
    // 800 × 0.9538 × 11 ÷ 30 = 279.7813…
    expect(supervisor).toEqual({ coefficient: '0.9538', payFen: fen('279.78'), inPost: { days: 11, of: 30 } })
    const pay = payOfMonth(after, { ...month, supervisor })
    expect(named(pay)['F']).toBe('2914.47')
    expect(pay.steps.find(({ code }) => code === 'SUPERVISOR')).toMatchObject({
      value: '27978', rounded: true,
      terms: [{ value: '800.00' }, { sign: '×' }, { value: '0.9538', of: 'TEAM' }, { sign: '×' }, { value: '11', unit: 'NUMBER', of: null }, { sign: '÷' }, { value: '30', unit: 'NUMBER', of: null }],
    })
    expect(supervisorPay(after, '2480', '2600', { days: 30, of: 30 })).toEqual({ coefficient: '0.9538', payFen: fen('763.04') })
    expect(supervisorPay(after, '10', null, { days: 11, of: 30 })).toEqual({ coefficient: null, payFen: 0n, inPost: { days: 11, of: 30 } })
  })
  test('two who follow one another are paid what one is, to the fen of their rounding', () => fc.assert(fc.property(fc.integer({ min: 1, max: 29 }), fc.integer({ min: 0, max: 4000 }), (days, points) => {
    const [one, two, whole] = [{ days, of: 30 }, { days: 30 - days, of: 30 }, null].map((inPost) => supervisorPay(after, String(points), '2600', inPost).payFen)
    const difference = (one ?? 0n) + (two ?? 0n) - (whole ?? 0n)
    expect(difference >= -1n && difference <= 1n).toBe(true)
  })))
  test('what of the year has passed in the post is the time progress of a growth that begins with it', () => {
    // from 16 April to the end of June: 2.5 of 12 months
    expect(linkFactor(after, '2025-06', fen('24000000.00'), fen('4350000.00'), timePassed('MONTHS', '2025-04-16', '2025-07-01'))).toEqual({ completion: '0.181250', timeProgress: '0.208333', f: '0.8700', why: null })
  })
  test('each value is told with its real operands, where it was rounded and why it is zero', () => {
    const steps = new Map(payOfMonth(before, month).steps.map((step) => [step.code, step]))
    expect([...steps.keys()]).toEqual(['P', 'A', 'B', 'FIXED', 'LINK_BASE', 'LINK_PAY', 'C', 'D', 'E', 'F', 'PAYABLE'])
    expect(steps.get('B')).toEqual({ code: 'B', unit: 'FEN', value: '301167', rounded: false, why: null, terms: [{ value: '311500', unit: 'FEN', of: 'A' }, { sign: '−' }, { value: '10333', unit: 'FEN', of: 'EARLY' }] })
    expect(steps.get('LINK_PAY')).toMatchObject({ value: '104806', rounded: true, terms: [{ value: '120467' }, { sign: '×' }, { value: '0.8700' }] })
    expect(steps.get('P')?.terms.slice(-4)).toEqual([{ sign: '−' }, { value: '5.00', unit: 'POINTS', of: 'reports' }, { sign: '−' }, { value: '8.00', unit: 'POINTS', of: 'checks' }])
    expect(payOfMonth(after, plain).steps.find(({ code }) => code === 'PAYABLE')?.why).toBe('nothing-earned')
    expect(payOfMonth(after, { ...month, f: '0.0000' }).steps.find(({ code }) => code === 'LINK_PAY')?.why).toBe('no-growth')
  })
})

describe('psbc-2: a month that is not enough', () => {
  const month: PointsMonth = {
    ...plain, points: [{ code: 'x', points: '62.00' }], f: '0.5000', marketing: { score: '60', coefficient: marketingCoefficient(after, '60') },
    early: [{ since: '2024-02-01', fen: fen('98.00') }], overdue: [{ since: '2025-04-02', fen: fen('420.00') }],
  }
  test('psbc-2: before the link', () => {
    const pay = payOfMonth(before, month)
    expect(named(pay)).toEqual({
      P: '62.00', A: '310.00', early: '98.00', B: '212.00', fixed: '127.20', linkBase: '84.80', linkPay: '42.40', C: '169.60', D: '161.12',
      overdueWithheld: '420.00', refunds: '0.00', E: '-258.88', F: '-258.88', payable: '0.00', carryOut: '-258.88',
    })
    expect(pay.carryOut).toEqual([{ month: '2025-04', cause: 'OVERDUE', fen: fen('258.88') }])
    const next = payOfMonth(before, { ...plain, month: '2025-05', points: [{ code: 'x', points: '378.08' }], carryIn: pay.carryOut })
    expect(named(next)).toMatchObject({ E: '1890.40', payable: '1631.52', carryOut: '0.00' })
    expect(next.setOff).toEqual([{ month: '2025-04', cause: 'OVERDUE', fen: fen('258.88'), takenFen: fen('258.88'), leftFen: 0n }])
  })
  test('psbc-2-after: after all; early settlement is met first, the overdue loan is carried', () => {
    const pay = payOfMonth(after, month)
    expect(named(pay)).toEqual({
      P: '62.00', A: '310.00', early: '98.00', B: '310.00', fixed: '186.00', linkBase: '124.00', linkPay: '62.00', C: '248.00', D: '235.60',
      overdueWithheld: '420.00', refunds: '0.00', E: '-282.40', F: '-282.40', payable: '0.00', carryOut: '-282.40',
    })
    expect(pay.setOff).toEqual([
      { month: '2025-04', cause: 'EARLY', fen: fen('98.00'), takenFen: fen('98.00'), leftFen: 0n },
      { month: '2025-04', cause: 'OVERDUE', fen: fen('420.00'), takenFen: fen('137.60'), leftFen: fen('282.40') },
    ])
    const next = payOfMonth(after, { ...plain, month: '2025-05', points: [{ code: 'x', points: '378.08' }], carryIn: pay.carryOut })
    expect(named(next)).toMatchObject({ E: '1890.40', payable: '1608.00', carryOut: '0.00' })
  })
  test('psbc-negative: no split, no link, no coefficient below zero', () => {
    const negative: PointsMonth = { ...plain, points: [{ code: 'inspection', points: '-12.40' }], f: '0.8700', marketing: { score: '60', coefficient: '0.9500' }, early: [{ since: '2024-01-01', fen: fen('15.00') }] }
    expect(named(payOfMonth(after, negative))).toMatchObject({ P: '-12.40', A: '-62.00', B: '-62.00', fixed: null, C: '-62.00', D: '-62.00', E: '-77.00', payable: '0.00', carryOut: '-77.00' })
    expect(named(payOfMonth(before, negative))).toMatchObject({ A: '-62.00', B: '-77.00', fixed: null, C: '-77.00', D: '-77.00', E: '-77.00', payable: '0.00', carryOut: '-77.00' })
    for (const terms of [after, before]) {
      expect(payOfMonth(terms, negative).carryOut).toEqual([{ month: '2025-04', cause: 'EARLY', fen: fen('15.00') }, { month: '2025-04', cause: 'INSPECTION', fen: fen('62.00') }])
    }
  })
  test('what is carried waits twelve months, then it is to be written off', () => {
    const lot = { month: '2024-04', cause: 'OVERDUE' as const, fen: fen('10.00') }
    const month12: PointsMonth = { ...plain, points: [{ code: 'x', points: '20.00' }], carryIn: [lot] }
    expect(payOfMonth(after, month12)).toMatchObject({ payableFen: fen('90.00'), expired: [] })
    expect(payOfMonth(after, { ...month12, month: '2025-05' })).toMatchObject({ payableFen: fen('100.00'), carryInFen: 0n, expired: [lot] })
  })
  test('older months are met first, then early settlement (oldest loan first), overdue (oldest first), inspection', () => {
    const pay = payOfMonth(after, {
      ...plain, points: [{ code: 'x', points: '-2.00' }], refunds: [{ fen: fen('65.00') }],
      early: [{ since: '2024-06-01', fen: fen('20.00') }, { since: '2023-06-01', fen: fen('30.00') }],
      overdue: [{ since: '2025-03-02', fen: fen('40.00') }, { since: '2025-02-02', fen: fen('10.00') }],
      carryIn: [{ month: '2025-03', cause: 'OVERDUE', fen: fen('2.00') }, { month: '2025-03', cause: 'EARLY', fen: fen('3.00') }, { month: '2025-02', cause: 'INSPECTION', fen: fen('5.00') }],
    })
    expect(pay.setOff.map(({ month, cause, takenFen, leftFen }) => [month, cause, yuanText(takenFen), yuanText(leftFen)])).toEqual([
      ['2025-02', 'INSPECTION', '5.00', '0.00'], ['2025-03', 'EARLY', '3.00', '0.00'], ['2025-03', 'OVERDUE', '2.00', '0.00'],
      ['2025-04', 'EARLY', '30.00', '0.00'], ['2025-04', 'EARLY', '20.00', '0.00'], ['2025-04', 'OVERDUE', '5.00', '5.00'], ['2025-04', 'OVERDUE', '0.00', '40.00'], ['2025-04', 'INSPECTION', '0.00', '10.00'],
    ])
    expect(pay.carryOut).toEqual([{ month: '2025-04', cause: 'OVERDUE', fen: fen('45.00') }, { month: '2025-04', cause: 'INSPECTION', fen: fen('10.00') }])
  })
})

describe('psbc-edge', () => {
  test('mid-month transfer: value × days held ÷ days of the month', () => expect(decimalText(roundHalfUp(exact('210.00').times(15).div(30), 2), 2)).toBe('105.00'))
  test('joint points', () => expect(splitPoints('28.00', ['60.00', '40.00'])).toEqual(['16.80', '11.20']))
  test('joint points, negative cent', () => expect(splitPoints('-0.01', ['50.00', '50.00'])).toEqual(['-0.01', '0.00']))
  test('joint money', () => {
    expect(splitFen(fen('100.00'), ['1', '1', '1']).map(yuanText)).toEqual(['33.34', '33.33', '33.33'])
    expect(splitFen(fen('3115.07'), ['33', '33', '34']).map(yuanText)).toEqual(['1027.97', '1027.97', '1059.13'])
    expect(splitFen(fen('-100.00'), ['1', '1', '1']).map(yuanText)).toEqual(['-33.34', '-33.33', '-33.33'])
  })
})

describe('psbc-boundary', () => {
  test.each([
    ['2025-11-19', 1, false, '10.00'], ['2025-11-20', 1, true, '0.00'], ['2025-11-21', 0, true, '0.00'],
    ['2025-05-20', 7, false, '70.00'], ['2025-05-21', 6, false, '60.00'], ['2025-12-20', 0, true, '0.00'],
  ])('settled %s: %i full months left, inside grace %s, deduct %s', (settledOn, fullMonthsLeft, insideGrace, deduct) => {
    expect(earlyDeduction(after, { originalFen: fen('120.00'), settledOn, maturesOn: '2025-12-20', termMonths: 12 })).toEqual({ fullMonthsLeft, insideGrace, deductFen: fen(deduct) })
  })
  test.each([['0.40', '0.25', '1.2000'], ['0.30', '0.25', '1.2000'], ['0.25', '0.25', '1.0000'], ['0.10', '0.25', '0.4000'], ['-0.05', '0.25', '0.0000']])('completion %s at progress %s: f %s', (completion, progress, f) => {
    expect(clampedFactor(after, exact(completion).div(exact(progress)))).toBe(f)
    expect(linkFactor(after, '2025-03', 1_000_000n, BigInt(exact(completion).times(1_000_000).toFixed(0))).f).toBe(f)
  })
  test('no target, or a target of 0: the link is not applied and it is said', () => {
    for (const target of [null, 0n]) expect(linkFactor(after, '2025-03', target, 5n)).toMatchObject({ completion: null, f: null, why: 'no-target' })
    const pay = payOfMonth(after, { ...plain, points: [{ code: 'x', points: '100.00' }], f: null })
    expect(named(pay)).toMatchObject({ A: '500.00', fixed: null, linkPay: null, C: '500.00', payable: '500.00' })
    expect(pay.steps.find(({ code }) => code === 'C')?.why).toBe('no-target')
  })
  test('a negative target is met when the actual is not below it', () => {
    expect(linkFactor(after, '2025-12', -100n, -100n)).toMatchObject({ completion: '1.000000', f: '1.0000' })
    expect(linkFactor(after, '2025-12', -100n, -101n)).toMatchObject({ completion: '0.000000', f: '0.0000' })
  })
  test('recovered inside the same month: nothing is withheld', () => {
    expect(isWithheld('2025-03', '2025-03-10', '2025-03-31')).toBe(false)
    expect(isWithheld('2025-03', '2025-03-30', null)).toBe(true)
    expect(isWithheld('2025-03', '2025-03-31', null)).toBe(false) // due that day: no day late yet
    expect(isWithheld('2025-03', '2025-03-10', '2025-04-01')).toBe(true)
    expect(isWithheld('2025-03', '2025-04-01', null)).toBe(false)
  })
  test.each([
    { recoveredOn: '2025-04-30', recoveredShare: '1', ratio: '1.00', refund: '90.00' },
    { recoveredOn: '2025-05-01', recoveredShare: '1', ratio: '0.00', refund: '0.00' },
    { recoveredOn: '2025-04-15', recoveredShare: '0.40', ratio: '1.00', refund: '36.00' },
  ])('withheld 90.00 in March, recovered $recoveredOn, share $recoveredShare: back $refund', ({ ratio, refund, ...recovery }) => {
    expect(refundOf(after, { withheldIn: '2025-03', withheldFen: fen('90.00'), ...recovery })).toMatchObject({ ratio, refundFen: fen(refund) })
  })
  test('late ratio, write-off, and a bank that returns no parts', () => {
    expect(refundOf({ ...after, lateReturnRatio: '0.5' }, { withheldIn: '2025-03', withheldFen: fen('90.01'), recoveredOn: '2025-06-01' })).toMatchObject({ ratio: '0.50', refundFen: fen('45.01') })
    expect(refundOf(after, { withheldIn: '2025-03', withheldFen: fen('90.00'), recoveredOn: '2025-04-01', writtenOff: true })).toEqual({ ratio: '0.00', refundFen: 0n, why: 'written-off' })
    expect(refundOf({ ...after, partialReturn: false }, { withheldIn: '2025-03', withheldFen: fen('90.00'), recoveredOn: '2025-04-15', recoveredShare: '0.40' }).refundFen).toBe(0n)
  })
})

test.each([['90.00', '1.0500'], ['89.99', '1.0000'], ['70.00', '1.0000'], ['69.99', '0.9500'], ['50.00', '0.9500'], ['49.99', '0.9000'], ['0', '0.9000']])('bands.marketing: score %s → %s', (score, k) => {
  expect(marketingCoefficient(after, score)).toBe(k)
})
test('without a marketing score the coefficient is 1 and the step says so', () => {
  expect(marketingCoefficient(after, null)).toBe('1.0000')
  expect(payOfMonth(after, { ...plain, marketing: { score: null, coefficient: '1.0000' } }).steps.find(({ code }) => code === 'D')?.why).toBe('no-marketing-score')
})

test('rounding: a negative link base rounds away from zero', () => {
  const pay = payOfMonth({ ...before, linkOnNegative: true }, { ...plain, points: [{ code: 'x', points: '-0.01' }], f: '0.2500' })
  expect(named(pay)).toMatchObject({ B: '-0.05', fixed: '-0.03', linkBase: '-0.02', linkPay: '-0.01', C: '-0.04' })
})

const amount = fc.bigInt({ min: 0n, max: 10_000_000n })
const monthText = fc.integer({ min: 0, max: 20 }).map((back) => `2025-${String(12 - (back % 12)).padStart(2, '0')}`)
const dated = fc.array(fc.record({ since: fc.constantFrom('2023-01-01', '2024-05-05', '2025-02-02'), fen: amount }), { maxLength: 5 })
const anyMonth: fc.Arbitrary<PointsMonth> = fc.record({
  month: fc.constant('2025-12'),
  points: fc.array(fc.record({ code: fc.constantFrom('a', 'b', 'c'), points: fc.bigInt({ min: -99_999n, max: 99_999n }).map((value) => yuanText(value)) }), { maxLength: 6 }),
  f: fc.option(fc.integer({ min: 0, max: 12_000 }).map((value) => decimalText(exact(BigInt(value)).div(10_000), 4))),
  marketing: fc.constantFrom({ score: '95', coefficient: '1.0500' }, { score: '60', coefficient: '0.9500' }, { score: null, coefficient: '1.0000' }),
  early: dated, overdue: dated,
  refunds: fc.array(fc.record({ fen: amount }), { maxLength: 3 }),
  supervisor: fc.option(fc.integer({ min: -100, max: 2000 }).map((teamPoints) => supervisorPay(after, String(teamPoints), '1000', teamPoints % 3 === 0 ? { days: 11, of: 30 } : null))),
  corrections: fc.array(fc.record({ fen: fc.bigInt({ min: -100_000n, max: 100_000n }) }), { maxLength: 2 }),
  carryIn: fc.array(fc.record({ month: monthText.filter((text) => text < '2025-12'), cause: fc.constantFrom('EARLY', 'OVERDUE', 'INSPECTION', 'CORRECTION'), fen: amount }), { maxLength: 4 }),
})
const anyTerms = fc.record({ earlyPosition: fc.constantFrom('AFTER_ALL', 'BEFORE_LINK'), linkOnNegative: fc.boolean() }).map((part) => ({ ...after, ...part }))

describe('holds for every month', () => {
  test('payable is never negative, nothing is lost: F + carry in = payable + carry out', () => fc.assert(fc.property(anyTerms, anyMonth, (terms, month) => {
    const pay = payOfMonth(terms, month)
    expect(pay.payableFen).toBeGreaterThanOrEqual(0n)
    expect(pay.carryOutFen).toBeLessThanOrEqual(0n)
    expect(pay.payableFen === 0n || pay.carryOutFen === 0n).toBe(true)
    expect(pay.F + pay.carryInFen).toBe(pay.payableFen + pay.carryOutFen)
    expect(sumFen(pay.carryOut.map(({ fen: lot }) => lot))).toBe(-pay.carryOutFen)
    if (pay.fixed !== null && pay.linkBase !== null) expect(pay.fixed + pay.linkBase).toBe(pay.B)
  })))
  test('what is set off is met in order: after the first that is not met in full, nothing is taken', () => fc.assert(fc.property(anyTerms, anyMonth, (terms, month) => {
    const { setOff } = payOfMonth(terms, month)
    const firstOpen = setOff.findIndex(({ leftFen }) => leftFen > 0n)
    if (firstOpen >= 0) expect(setOff.slice(firstOpen + 1).every(({ takenFen }) => takenFen === 0n)).toBe(true)
    for (const entry of setOff) expect(entry.takenFen + entry.leftFen).toBe(entry.fen)
  })))
  test('the order of the facts does not matter', () => fc.assert(fc.property(anyTerms, anyMonth, fc.nat(), (terms, month, seed) => {
    const turned = <T>(list: readonly T[]): T[] => (list.length === 0 ? [] : [...list.slice(seed % list.length), ...list.slice(0, seed % list.length)].reverse())
    const other = { ...month, points: turned(month.points), early: turned(month.early), overdue: turned(month.overdue), refunds: turned(month.refunds), corrections: turned(month.corrections), carryIn: turned(month.carryIn) }
    const [one, two] = [payOfMonth(terms, month), payOfMonth(terms, other)]
    expect(named(two)).toEqual(named(one))
    expect(two.carryOut).toEqual(one.carryOut)
  })))
  test('a step’s operands give its value', () => fc.assert(fc.property(anyTerms, anyMonth, (terms, month) => {
    for (const step of payOfMonth(terms, month).steps) {
      if (step.code === 'PAYABLE' || step.terms.length === 0) continue
      let sum = exact('0')
      let operator = '+'
      for (const term of step.terms) {
        if ('sign' in term) operator = term.sign
        else {
          const value = term.unit === 'FEN' ? exact(term.value).div(100) : exact(term.value)
          sum = operator === '+' ? sum.plus(value) : operator === '−' ? sum.minus(value) : operator === '÷' ? sum.div(value) : sum.times(value)
        }
      }
      const expected = step.unit === 'FEN' ? exact(step.value).div(100) : exact(step.value)
      expect(decimalText(sum, 2)).toBe(decimalText(expected, 2))
      if (!step.rounded) expect(sum.eq(expected)).toBe(true)
    }
  })))
  test('joint points sum to the whole', () => fc.assert(fc.property(fc.bigInt({ min: -1_000_000n, max: 1_000_000n }), fc.array(fc.integer({ min: 1, max: 9_999 }), { minLength: 1, maxLength: 6 }), (points, raw) => {
    const whole = raw.reduce((sum, part) => sum + part, 0)
    const shares = raw.map((part) => Math.floor((part * 10_000) / whole))
    shares[shares.length - 1] = 10_000 - shares.slice(0, -1).reduce((sum, part) => sum + part, 0)
    const parts = splitPoints(yuanText(points), shares.map((share) => yuanText(BigInt(share))))
    expect(sumFen(parts.map(fen))).toBe(points)
  })))
})
