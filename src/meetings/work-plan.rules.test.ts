import { describe, expect, test } from 'vitest'
import { exact } from '../foundation/values/decimal.ts'
import type { PlanPeriod } from './work-plan.contract.ts'
import { earlierKey, faultOfContent, faultOfJudge, faultOfPeriod, faultOfReview, faultOfSave, faultOfSubmit, keyOf, laterKey, progressOf, spanOf, timeShare, type Standing } from './work-plan.rules.ts'

const today = '2026-11-23'

describe('the time of a plan', () => {
  test.each<[PlanPeriod, string, string, string, string]>([
    ['YEAR', '2026-11-23', '2026', '2026-01-01', '2026-12-31'], ['QUARTER', '2026-11-23', '2026-Q4', '2026-10-01', '2026-12-31'], ['MONTH', '2026-11-23', '2026-11', '2026-11-01', '2026-11-30'],
    ['WEEK', '2026-11-23', '2026-W48', '2026-11-23', '2026-11-29'], ['WEEK', '2026-11-22', '2026-W47', '2026-11-16', '2026-11-22'],
    // weeks belong to the year of their Thursday
    ['WEEK', '2027-01-01', '2026-W53', '2026-12-28', '2027-01-03'], ['WEEK', '2024-12-30', '2025-W01', '2024-12-30', '2025-01-05'], ['MONTH', '2024-02-10', '2024-02', '2024-02-01', '2024-02-29'],
  ])('%s of %s is %s', (period, day, key, firstDay, lastDay) => {
    expect(keyOf(period, day)).toBe(key)
    expect(spanOf(period, key)).toEqual({ firstDay, lastDay })
  })
  test.each<[PlanPeriod, string]>([['WEEK', '2025-W53'], ['WEEK', '2026-11'], ['MONTH', '2026-13'], ['QUARTER', '2026'], ['YEAR', '2026-11']])('%s has no %s', (period, key) => expect(spanOf(period, key)).toBeNull())
  test.each<[PlanPeriod, string, string, string]>([['WEEK', '2026-W53', '2026-W52', '2027-W01'], ['MONTH', '2026-12', '2026-11', '2027-01'], ['QUARTER', '2026-Q1', '2025-Q4', '2026-Q2'], ['YEAR', '2026', '2025', '2027']])('%s %s lies between %s and %s', (period, key, before, after) => {
    const span = spanOf(period, key) ?? { firstDay: '', lastDay: '' }
    expect([earlierKey(period, span), laterKey(period, span)]).toEqual([before, after])
  })
  test.each<[PlanPeriod, string, string | null]>([['MONTH', '2026-11', null], ['MONTH', '2026-12', null], ['MONTH', '2027-01', 'too-far'], ['MONTH', '2026-10', 'period-over'], ['WEEK', '2026-W49', null], ['WEEK', '2026-W50', 'too-far'], ['MONTH', '2026-14', 'period-unknown']])('today a %s plan of %s: %s', (period, key, fault) => {
    expect(faultOfPeriod(period, key, today)?.name ?? null).toBe(fault)
  })
})

describe('what is written', () => {
  const target = { id: 'a', title: '走访', indicator: null, target: null, unit: null, measure: '每天两户', resources: null, carriedFrom: null } as const
  const span = { firstDay: '2026-11-23', lastDay: '2026-11-29' }
  const item = { id: 'i', day: '2026-11-24', source: 'OWN', thingId: null, customerId: null, title: '走访' } as const
  test('a target without indicator needs no figure', () => expect(faultOfContent('WEEK', span, { targets: [target], items: [item] })).toBeNull())
  test('with one it does', () => expect(faultOfContent('WEEK', span, { targets: [{ ...target, indicator: 'VISITS' }], items: [] })).toMatchObject({ name: 'target-missing', field: 'targets.0.target' }))
  test('deposits are no aim of a week', () => {
    const targets = [{ ...target, indicator: 'DEPOSIT_GROWTH', target: '100.00' } as const]
    expect(faultOfContent('WEEK', span, { targets, items: [] })?.name).toBe('indicator-not-for-period')
    expect(faultOfContent('MONTH', span, { targets, items: [] })).toBeNull()
  })
  test('an indicator once', () => expect(faultOfContent('WEEK', span, { targets: [{ ...target, indicator: 'VISITS', target: '8' }, { ...target, indicator: 'VISITS', target: '9' }], items: [] })?.name).toBe('indicator-twice'))
  test('a day of the week', () => expect(faultOfContent('WEEK', span, { targets: [target], items: [{ ...item, day: '2026-11-30' }] })?.name).toBe('day-outside'))
})

describe('who may do what, when', () => {
  const mine: Standing = { state: 'DRAFT', lastDay: '2026-11-30', reviewedOn: null, own: true }
  const theirs: Standing = { ...mine, own: false }
  test.each([['a draft is changed', mine, null], ['a returned one too', { ...mine, state: 'RETURNED' } as const, null], ['not once handed in', { ...mine, state: 'SUBMITTED' } as const, 'waits-for-answer'], ['nor confirmed', { ...mine, state: 'CONFIRMED' } as const, 'confirmed-already'], ['nor by another', theirs, 'not-yours']])('%s', (_what, plan, fault) => expect(faultOfSave(plan)).toBe(fault))
  test('handed in once', () => expect([faultOfSubmit(mine), faultOfSubmit({ ...mine, state: 'SUBMITTED' }), faultOfSubmit(theirs)]).toEqual([null, 'submitted-already', 'not-yours']))
  test('judged by another, when handed in; a confirmed one may come back until it was reviewed', () => {
    const waits = { ...theirs, state: 'SUBMITTED' } as const
    expect([faultOfJudge({ ...waits, own: true }), faultOfJudge(theirs), faultOfJudge(waits, 'CONFIRMED'), faultOfJudge(waits, 'RETURNED', ''), faultOfJudge(waits, 'RETURNED', '目标偏低')]).toEqual(['own-plan', 'not-submitted', null, 'reason-missing', null])
    const agreed = { ...theirs, state: 'CONFIRMED' } as const
    expect([faultOfJudge(agreed, 'CONFIRMED'), faultOfJudge(agreed, 'RETURNED', '市场有变'), faultOfJudge({ ...agreed, reviewedOn: '2026-11-30' }, 'RETURNED', '市场有变')]).toEqual(['not-submitted', null, 'reviewed-already'])
  })
  test('reviewed at its end', () => {
    const agreed = { ...mine, state: 'CONFIRMED' } as const
    expect([faultOfReview(agreed, today), faultOfReview(agreed, '2026-11-30'), faultOfReview(mine, '2026-11-30'), faultOfReview({ ...agreed, own: false }, '2026-11-30'), faultOfReview({ ...agreed, reviewedOn: '2026-11-30' }, '2026-12-01')]).toEqual(['not-over', null, 'not-confirmed', 'not-yours', 'reviewed-already'])
  })
})

describe('progress against time (W6)', () => {
  test('fixture progress-1: net growth in April', () => {
    const found = progressOf({ target: '24000000.00', actual: '6960000.00', time: exact('4').div(exact('12')), sum: true })
    expect(found).toEqual({ actual: '6960000.00', completionPct: '29.00', light: 'YELLOW', missingToTime: '1040000.00', missingToFull: '17040000.00' })
  })
  test.each([['ahead', '80', '60', 'GREEN'], ['exactly on time', '100', '50', 'GREEN'], ['a hair behind', '100', '49.99', 'YELLOW'], ['at four fifths', '100', '40', 'YELLOW'], ['below', '100', '39.99', 'RED'], ['nothing', '100', '0', 'RED']])('half of the time: %s', (_what, target, actual, light) => {
    expect(progressOf({ target, actual, time: exact('0.5'), sum: true }).light).toBe(light)
  })
  test('coverage is owed from the first day on', () => expect(progressOf({ target: '100', actual: '79.99', time: exact('0.1'), sum: false }).light).toBe('RED'))
  test('nothing aimed at, nothing known: no light', () => expect([progressOf({ target: null, actual: '5', time: exact('0.5'), sum: true }).light, progressOf({ target: '5', actual: null, time: exact('0.5'), sum: true }).light, progressOf({ target: '0', actual: '5', time: exact('0.5'), sum: true }).light]).toEqual([null, null, null]))
  test('time passes by days, today counts', () => {
    const november = { firstDay: '2026-11-01', lastDay: '2026-11-30' }
    expect(['2026-10-31', '2026-11-01', '2026-11-15', '2026-12-02'].map((day) => timeShare(november, day).toString())).toEqual(['0', exact('1').div(exact('30')).toString(), '0.5', '1'])
  })
})
