import { describe, expect, test } from 'vitest'
import { hundredBlocks, scorecardBlocks } from '../scorecard-scheme.ts'
import type { Given } from '../blocks.rules.ts'
import { payOfBlocks, type BlocksInput } from './block-month.rules.ts'
import { hiredWithin, partsOfPosts, partsWithBegin, type Days } from './post-parts.rules.ts'
import type { TargetSpan } from './scheme-period.rules.ts'

const half: Days = { from: '2025-07-01', to: '2026-01-01' }
const plan = (planId: string, from: string, to: string): TargetSpan => ({ planId, from, to, target: '1', planVersion: 1 })
const [first, second] = [{ from: '2020-01-01', to: '2025-10-16' }, { from: '2025-10-16', to: '2026-01-01' }]

describe('the parts of a half year', () => {
  test.each<[what: string, posts: Days[], plans: TargetSpan[], parts: string[]]>([
    ['one post', [{ from: '2020-01-01', to: '2026-01-01' }], [plan('p', '2025-07-01', '2026-01-01')], ['2025-07-01 184']],
    ['transferred on 16 October', [first, second], [plan('p', '2025-07-01', '2025-10-16'), plan('q', '2025-10-16', '2026-01-01')], ['2025-07-01 107', '2025-10-16 77']],
    ['transferred, the plan of the new post comes later', [first, second], [plan('p', '2025-07-01', '2025-10-16'), plan('q', '2025-11-01', '2026-01-01')], ['2025-07-01 107', '2025-10-16 77']],
    ['only the line of the post changed', [first, second], [plan('p', '2025-07-01', '2026-01-01')], ['2025-07-01 184']],
    ['a plan for each quarter in one post', [{ from: '2020-01-01', to: '2026-01-01' }], [plan('p', '2025-07-01', '2025-10-01'), plan('q', '2025-10-01', '2026-01-01')], ['2025-07-01 184']],
    ['two posts at the same time', [{ from: '2020-01-01', to: '2025-11-01' }, { from: '2025-09-01', to: '2026-01-01' }], [], ['2025-07-01 184']],
    ['to a post of another scheme', [first], [plan('p', '2025-07-01', '2025-10-16')], ['2025-07-01 107']],
    ['away and back', [{ from: '2020-01-01', to: '2025-08-01' }, { from: '2025-12-01', to: '2026-01-01' }], [], ['2025-07-01 31', '2025-12-01 31']],
    ['hired on the last day', [{ from: '2025-12-31', to: '2026-01-01' }], [], ['2025-12-31 1']],
    ['transferred twice', [{ from: '2020-01-01', to: '2025-08-01' }, { from: '2025-08-01', to: '2025-10-16' }, second], [plan('p', '2025-07-01', '2025-08-01'), plan('q', '2025-08-01', '2025-10-16'), plan('r', '2025-10-16', '2026-01-01')], ['2025-07-01 31', '2025-08-01 76', '2025-10-16 77']],
  ])('%s', (_what, posts, plans, parts) => expect(partsOfPosts(half, posts, plans).map(({ from, days }) => `${from} ${days}`)).toEqual(parts))
})

describe('when a post of the third quarter began, within the year', () => {
  const quarter: Days = { from: '2025-07-01', to: '2025-10-01' }
  const [old, now] = [{ from: '2020-01-01', to: '2025-05-16' }, { from: '2025-05-16', to: '2025-10-01' }]
  test.each<[what: string, posts: Days[], others: Days[], plans: TargetSpan[], since: (string | null)[]]>([
    ['one post since long', [{ from: '2020-01-01', to: '2025-10-01' }], [], [], [null]],
    ['transferred on 16 May: a plan ended that day', [old, now], [], [plan('p', '2025-01-01', '2025-05-16'), plan('q', '2025-05-16', '2026-01-01')], ['2025-05-16']],
    ['only the line of the post changed', [old, now], [], [plan('p', '2025-01-01', '2026-01-01')], [null]],
    ['from a post of another scheme', [now], [old], [], ['2025-05-16']],
    ['hired on 16 May', [now], [], [], [null]],
    ['another post beside it, since the same day', [now], [now], [], [null]],
    ['another post, long ago', [{ from: '2024-03-01', to: '2025-10-01' }], [{ from: '2020-01-01', to: '2024-03-01' }], [], [null]],
    ['away for March, back since April', [{ from: '2020-01-01', to: '2025-03-01' }, { from: '2025-04-01', to: '2025-10-01' }], [{ from: '2025-03-01', to: '2025-04-01' }], [], ['2025-04-01']],
    ['twice: in May and in August', [old, { from: '2025-05-16', to: '2025-08-01' }, { from: '2025-08-01', to: '2025-10-01' }], [], [plan('p', '2025-01-01', '2025-05-16'), plan('q', '2025-05-16', '2025-08-01'), plan('r', '2025-08-01', '2026-01-01')], ['2025-05-16', null]],
  ])('%s', (_what, posts, others, plans, since) => expect(partsWithBegin(quarter, '2025-01-01', posts, others, plans).map((part) => part.since ?? null)).toEqual(since))
})

describe('when somebody was hired, within the year', () => {
  test.each<[what: string, posts: Days[], others: Days[], hired: string | null]>([
    ['long before', [{ from: '2020-01-01', to: '2025-10-01' }], [], null],
    ['on the last day of the year before', [{ from: '2024-12-31', to: '2025-10-01' }], [], null],
    ['on 1 January', [{ from: '2025-01-01', to: '2025-10-01' }], [], '2025-01-01'],
    ['on 16 May', [{ from: '2025-05-16', to: '2025-10-01' }], [], '2025-05-16'],
    ['transferred on 16 May', [{ from: '2025-05-16', to: '2025-10-01' }], [{ from: '2020-01-01', to: '2025-05-16' }], null],
    ['hired into another post, transferred on 16 May', [{ from: '2025-05-16', to: '2025-10-01' }], [{ from: '2025-03-01', to: '2025-05-16' }], '2025-03-01'],
    ['a new line of the same post', [{ from: '2025-05-16', to: '2025-07-01' }, { from: '2025-07-01', to: '2025-10-01' }], [], '2025-05-16'],
  ])('%s', (_what, posts, others, hired) => expect(hiredWithin('2025-01-01', posts, others)).toBe(hired))
})

const indicators = (share: string): Given['indicators'] => Object.fromEntries(['ASSET_INCREMENT', 'CUSTOMER_ASSET_INCREMENT', 'DEPOSIT_INCREMENT', 'FEE_INCOME', 'PROFIT'].map((code) => [code, { target: '1000', actual: share }]))
const input = (now: string, before: string | null): BlocksInput => ({
  month: '2025-12', corrections: [], carryIn: [], given: {
    from: half.from, post: 'RM', grade: 'B', events: [], points: [], indicators: indicators(now), marks: { MAINTENANCE: '90', POLICY: '95', DEDICATION: '88', DISCIPLINE: '100' }, values: { GRADE_BASE: { unit: 'FEN', value: '3600000' } },
    ...(before === null ? {} : { parts: [{ from: '2025-07-01', to: '2025-10-16', days: 107, indicators: indicators(before) }, { from: '2025-10-16', to: '2026-01-01', days: 77, indicators: null }] }),
  },
})
const pay = (now: string, before: string | null, changed: Partial<BlocksInput['given']> = {}): Record<string, string> => {
  const given = input(now, before)
  return Object.fromEntries(payOfBlocks({ blocks: hundredBlocks, score: 'H', carryMonths: 12 }, { ...given, given: { ...given.given, ...changed } }).steps.map(({ code, value }) => [code, value]))
}

describe('a score of two posts', () => {
  test('two like parts are the score of one; the excess of each is added', () => {
    const [one, two] = [pay('1100', null), pay('1100', '1100')]
    for (const code of ['H', 'CORE', 'PLANNED']) expect([code, two[code]]).toEqual([code, one[code]])
    expect(BigInt(two['EXCESS'] ?? '0')).toBe(BigInt(two['1#EXCESS'] ?? '0') + BigInt(two['2#EXCESS'] ?? '0'))
    expect(two['1#EXCESS']).toBe(one['EXCESS'])
  })
  test('the parts differ: score and core coefficient by days, the excess only of the part above its target', () => {
    const { H, CORE, EXCESS, ...steps } = pay('800', '1100')
    const weighted = (code: string, decimals: number): string => ((Number(steps[`1#${code}`]) * 107 + Number(steps[`2#${code}`]) * 77) / 184).toFixed(decimals)
    expect([steps['1#CORE'], steps['2#CORE'], H, CORE]).toEqual(['1.0000', '0.9500', weighted('H', 2), weighted('CORE', 4)])
    expect([EXCESS, steps['2#EXCESS']]).toEqual([steps['1#EXCESS'], '0'])
  })
  test('the formula tells the days, and each part its own steps', () => {
    const { steps } = payOfBlocks({ blocks: hundredBlocks, score: 'H', carryMonths: 12 }, input('800', '1100'))
    const step = (code: string) => steps.find((one) => one.code === code)
    const [old, now] = [step('1#H')?.value, step('2#H')?.value]
    expect(step('H')?.terms.map((term) => ('sign' in term ? term.sign : term.value)).join(' ')).toBe(`( ${old} × 107 + ${now} × 77 ) ÷ 184`)
    expect(step('1#H')?.name?.zh).toBe('百分考核得分（2025-07-01 起 107 天）')
    expect(step('2#SCALE.ASSET')?.terms).toContainEqual({ value: '800', unit: 'NUMBER', of: '2#ASSET_INCREMENT' })
    expect(steps.filter(({ code }) => code === 'W')).toHaveLength(1)
  })
  test('a RED event leaves nothing of either part', () => expect(pay('1100', '1100', { events: ['RED'] })).toMatchObject({ CORE: '0.0000', PLANNED: '0', EXCESS: '0', PAYABLE: '0' }))
  test('a scorecard: the total of the parts by days decides the band', () => {
    const given = input('0', null).given
    const card = (actual: string): Given['indicators'] => ({ NEW_CUSTOMERS: { target: '100', actual } })
    const { steps } = payOfBlocks({ blocks: scorecardBlocks, score: 'TOTAL', carryMonths: 12 }, {
      ...input('0', null), given: { ...given, indicators: card('80'), parts: [{ from: '2025-07-01', to: '2025-10-16', days: 107, indicators: card('100') }, { from: '2025-10-16', to: '2026-01-01', days: 77, indicators: null }] },
    })
    // ( 100.00 × 107 + 80.00 × 77 ) ÷ 184
    expect(steps.filter(({ code }) => ['1#TOTAL', '2#TOTAL', 'TOTAL', 'COEFFICIENT', 'PAYABLE'].includes(code)).map(({ code, value }) => `${code} ${value}`)).toEqual(['1#TOTAL 100.00', '2#TOTAL 80.00', 'TOTAL 91.63', 'COEFFICIENT 1.0000', 'PAYABLE 3600000'])
  })
})
