import { describe, expect, test } from 'vitest'
import { pointsBlocks } from '../points.rules.ts'
import { schemeTemplates } from '../psbc-scheme.ts'
import { pointsTerms } from '../scheme.contract.ts'
import { hundredBlocks, scorecardBlocks } from '../scorecard-scheme.ts'
import { indicatorsOf } from './block-month.rules.ts'
import { judgeScheme, lackingValues, weightedItems, type Authorised, type Coverage, type KnownIndicator, type SchemeGround } from './judge-scheme.rules.ts'
import { schemeVersion, type SchemeVersion } from './scheme-change.contract.ts'

const known = (code: string, more: Partial<KnownIndicator> = {}): KnownIndicator => ({ code, name: code, subject: 'OTHER', onOneDay: false, byForm: false, isOnly: null, ...more })
const all = [...indicatorsOf(scorecardBlocks), ...indicatorsOf(hundredBlocks)].map((code) => known(code))
const covers = (more: Partial<Coverage> = {}): Coverage => ({ code: 'NEW', posts: ['RM'], grades: [], paths: [], without: [], ...more })
const ground = (more: Partial<SchemeGround> = {}): SchemeGround => ({ code: 'NEW', from: '2026-01-01', today: '2025-12-10', name: '平衡计分卡', lastFrom: null, belowHeadOffice: false, authorisation: null, authorised: [], planned: [], indicators: all, coverage: covers(), others: [], support: null, ...more })
const shared = { posts: ['RM'], grades: [], units: [], period: 'MONTH', gradeBases: {}, carryMonths: 12, correctionMonths: 12 }
const scorecard = (change: (blocks: unknown[]) => unknown[] = (blocks) => blocks, terms: object = {}): SchemeVersion => schemeVersion.parse({
  kind: 'BLOCKS', tariff: [], terms: { ...shared, blocks: change([...scorecardBlocks]), score: 'TOTAL', classes: { P1: 'risk', P2: 'compliance', P3: 'risk', L1: 'development', L2: 'development', L3: 'development' }, ...terms },
})
const points = (): SchemeVersion => {
  const template = schemeTemplates['POINTS']
  if (!template) throw new Error('no points scheme')
  const terms = pointsTerms.parse(template.terms)
  return schemeVersion.parse({ kind: 'POINTS', terms: { ...terms, blocks: pointsBlocks(terms) }, tariff: template.tariff.map((row) => ({ ...row, unitFen: row.unitFen === null ? null : row.unitFen.toString() })) })
}
const codes = (version: SchemeVersion, more: Partial<SchemeGround> = {}): string[] => judgeScheme(version, ground(more)).map(({ code, level, block, item }) => [level, code, block, item].filter((part) => part !== null).join(' '))

describe('a scheme of the house', () => {
  test('the scorecard passes with the warning that risk and compliance do not weigh most (bsc-1)', () => expect(codes(scorecard())).toEqual(['WARN RISK_COMPLIANCE_NOT_ABOVE']))
  test('the points scheme passes', () => expect(codes(points())).toEqual([]))
  test('the weights of a blend are those of the phase of its first day', () => {
    expect(weightedItems(hundredBlocks, '2025-07-01').map(({ code, weight }) => [code, weight.toFixed()])).toEqual([
      ['ASSET', '17.5'], ['CUSTOMER_ASSET', '10.5'], ['LIABILITY', '14'], ['INTERMEDIARY', '7'], ['PROFIT', '21'], ['MAINTENANCE', '10'], ['POLICY', '8'], ['DEDICATION', '6'], ['DISCIPLINE', '6']])
  })
})

// what a bank might call a bonus: money for one thing alone
const single: unknown[] = [
  { kind: 'RATIOS', code: 'TOTAL', mode: 'PERCENT', floor: '0', cap: '120', items: [{ code: 'N', name: { zh: '新客户', en: 'New customers' }, indicator: 'NEW_CUSTOMERS', weight: '100', direction: 'UP' }] }, { kind: 'BANDS', code: 'COEFFICIENT', of: 'TOTAL', bands: [{ from: '0', value: '1' }] },
  { kind: 'PRODUCT', code: 'EARNED', unit: 'FEN', factors: [{ of: 'GRADE_BASE' }, { of: 'COEFFICIENT' }] }, { kind: 'PAYABLE', code: 'PAYABLE', of: 'EARNED', carryOut: 'CARRY_OUT' },
]
const authorised = (more: Partial<Authorised> = {}): Authorised => ({ number: '总行〔2025〕12 号', scheme: 'NEW', path: '001.002', from: '2026-01-01', to: '2027-01-01', ...more })
const made = (more: Partial<SchemeGround>): Partial<SchemeGround> => ({ belowHeadOffice: true, authorisation: '总行〔2025〕12 号', authorised: [authorised()], coverage: covers({ paths: ['001.002.004'] }), ...more })

describe('figures that an example must have', () => {
  test.each<[what: string, given: string[], lacking: string[]]>([
    ['nothing is typed', [], ['EARLY', 'MARKETING', 'OVERDUE', 'REFUND']],
    ['one is open', ['EARLY', 'OVERDUE', 'REFUND', 'CARRY_IN'], ['MARKETING']],
    ['all are there; the link, corrections and a team are left out where there are none', ['EARLY', 'OVERDUE', 'REFUND', 'CARRY_IN', 'MARKETING'], []],
  ])('%s', (_what, given, lacking) => expect(lackingValues(pointsBlocks(pointsTerms.parse(schemeTemplates['POINTS']?.terms)), given).sort()).toEqual([...lacking].sort()))
})

describe('what stands against it', () => {
  const without = (kind: string) => (blocks: unknown[]) => blocks.filter((block) => (block as { kind: string }).kind !== kind)
  const first = (change: object) => (blocks: unknown[]) => blocks.map((block, place) => (place === 0 ? { ...(block as object), ...change } : block))
  test.each<[name: string, version: SchemeVersion, more: Partial<SchemeGround>, found: string]>([
    ['the gate stands before what it reads', scorecard(([card, gate, ...rest]) => [gate, card, ...rest]), {}, 'REFUSE STANDS_LATER TOTAL SCORED'],
    ['a value that stands nowhere', scorecard(without('BANDS')), {}, 'REFUSE UNKNOWN_VALUE EARNED COEFFICIENT'],
    ['nothing is payable', scorecard(without('PAYABLE')), {}, 'REFUSE WITHOUT_PAYABLE'],
    ['a code twice', scorecard((blocks) => [...blocks.slice(0, 1), ...blocks]), {}, 'REFUSE CODE_TWICE SCORED SCORED'],
    ['weights of 99', scorecard(first({ items: scorecardBlocks[0]?.kind === 'RATIOS' ? scorecardBlocks[0].items.map((item) => (item.code === 'L3' ? { ...item, weight: '3' } : item)) : [] })), {}, 'REFUSE WEIGHTS_NOT_100'],
    ['an indicator that nobody defined', scorecard(), { indicators: all.filter(({ code }) => code !== 'CHURN') }, 'REFUSE UNKNOWN_INDICATOR SCORED CHURN'],
    ['deposits on one day', scorecard(), { indicators: all.map((one) => (one.code === 'CORPORATE_DEPOSIT_INCREMENT' ? { ...one, subject: 'DEPOSIT', onOneDay: true } : one)) }, 'REFUSE POINT_IN_TIME_DEPOSIT SCORED CORPORATE_DEPOSIT_INCREMENT'],
    ['a name like a rank, of a number by form: compliance looks at it', scorecard(), { indicators: all.map((one) => (one.code === 'SATISFACTION' ? { ...one, byForm: true, name: '同业存款占比排名' } : one)) }, 'WARN RANK_WORDS SCORED SATISFACTION'],
    ['a name like a deposit on one day, of a number by form', scorecard(), { indicators: all.map((one) => (one.code === 'SATISFACTION' ? { ...one, byForm: true, name: '12 月 31 日存款余额' } : one)) }, 'WARN POINT_IN_TIME_WORDS SCORED SATISFACTION'],
    ['a rank, whatever its name', scorecard(), { indicators: all.map((one) => (one.code === 'SATISFACTION' ? { ...one, byForm: true, isOnly: 'RANK' } : one)) }, 'REFUSE RANK_ONLY SCORED SATISFACTION'],
    ['a share of the market', scorecard(), { indicators: all.map((one) => (one.code === 'SATISFACTION' ? { ...one, byForm: true, isOnly: 'MARKET_SHARE' } : one)) }, 'REFUSE RANK_ONLY SCORED SATISFACTION'],
    ['made in a branch', scorecard(), { belowHeadOffice: true }, 'REFUSE BELOW_HEAD_OFFICE'],
    ['under any words', scorecard(), made({ authorised: [] }), 'REFUSE AUTHORISATION_UNKNOWN 总行〔2025〕12 号'],
    ['under the authorisation of another scheme', scorecard(), made({ authorised: [authorised({ scheme: 'OTHER' })] }), 'REFUSE AUTHORISATION_UNKNOWN 总行〔2025〕12 号'],
    ['under one that ended', scorecard(), made({ authorised: [authorised({ to: '2026-01-01' })] }), 'REFUSE AUTHORISATION_NOT_IN_FORCE 总行〔2025〕12 号'],
    ['under one that begins later', scorecard(), made({ authorised: [authorised({ from: '2026-01-02' })] }), 'REFUSE AUTHORISATION_NOT_IN_FORCE 总行〔2025〕12 号'],
    ['for the whole bank under one of a branch', scorecard(), made({ coverage: covers() }), 'REFUSE AUTHORISATION_OTHER_UNIT 总行〔2025〕12 号'],
    ['for another branch too', scorecard(), made({ coverage: covers({ paths: ['001.002.004', '001.003'] }) }), 'REFUSE AUTHORISATION_OTHER_UNIT 总行〔2025〕12 号'],
    ['a name like a contest: compliance looks at it', scorecard(), { name: '一季度开门红竞赛' }, 'WARN CONTEST_WORDS'],
    ['a contest for what is no indicator of the running plan, whatever its name', scorecard(undefined, { contest: ['ACCOUNT_OPENED'] }), { planned: all.map(({ code }) => code) }, 'REFUSE CONTEST_OUTSIDE_PLAN ACCOUNT_OPENED'],
    ['a contest whose blocks reward what is not planned', scorecard(undefined, { contest: ['FEE_INCOME'] }), { planned: ['FEE_INCOME'] }, 'REFUSE CONTEST_OUTSIDE_PLAN PROFIT'],
    ['one indicator alone that no plan has, under any name', scorecard(() => single), {}, 'REFUSE CONTEST_OUTSIDE_PLAN NEW_CUSTOMERS'],
    ['points for one event alone', { ...points(), tariff: points().tariff.filter(({ event }) => event === 'NEW_SMALL_LOAN' || event.startsWith('REPORT')) } as SchemeVersion, { planned: all.map(({ code }) => code) }, 'REFUSE CONTEST_OUTSIDE_PLAN NEW_SMALL_LOAN'],
    ['in force is never edited: a new version begins in a later month', scorecard(), { lastFrom: '2025-01-01', from: '2025-12-01' }, 'REFUSE BEGINS_TOO_EARLY'],
    ['a quarter begins in January', scorecard(undefined, { period: 'QUARTER' }), { from: '2026-02-01' }, 'REFUSE NOT_FIRST_OF_PERIOD'],
    ['another scheme pays the same people', scorecard(), { others: [covers({ code: 'POINTS', paths: ['001.002'] })] }, 'REFUSE PAID_TWICE POINTS'],
    ['a person of the team too', scorecard(), { coverage: covers({ paths: ['001.002.004'] }), others: [covers({ code: 'POINTS' })] }, 'REFUSE PAID_TWICE POINTS'],
    ['no growth', scorecard(undefined, { classes: { P1: 'risk', P2: 'compliance', P3: 'risk' } }), {}, 'WARN NO_CUSTOMER_OR_GROWTH'],
  ])('%s', (_name, version, more, found) => expect(codes(version, more)).toContain(found))
  test.each<[name: string, more: Partial<SchemeGround>]>([
    ['head office’s authorisation lifts it', made({})], ['made at head office it needs none', { authorisation: '随便写写' }], ['the other scheme leaves these people out', { coverage: covers({ paths: ['001.002.004'] }), others: [covers({ code: 'POINTS', without: ['001.002'] })] }],
    ['other lines', { coverage: covers({ paths: ['001.003'] }), others: [covers({ code: 'POINTS', paths: ['001.002'] })] }], ['other posts', { others: [covers({ code: 'POINTS', posts: ['LOBBY'] })] }],
    ['other grades', { coverage: covers({ grades: ['A'] }), others: [covers({ code: 'POINTS', grades: ['B', 'C'] })] }], ['its own version before', { others: [covers({ code: 'NEW' })], lastFrom: '2025-01-01' }],
  ])('nothing: %s', (_name, more) => expect(codes(scorecard(), more)).toEqual(['WARN RISK_COMPLIANCE_NOT_ABOVE']))
  test('an innocent name is no refusal: of what a ledger counts nothing is said at all', () => {
    for (const name of ['手机银行客户占比', '综合排名提升', '年末存款余额']) {
      expect(codes(scorecard(), { indicators: all.map((one) => (one.code === 'FEE_INCOME' ? { ...one, name } : one)) }).filter((one) => /RANK|POINT/.test(one))).toEqual([])
      expect(codes(scorecard(), { indicators: all.map((one) => (one.code === 'SATISFACTION' ? { ...one, byForm: true, name } : one)) }).filter((one) => one.startsWith('REFUSE'))).toEqual([])
    }
    expect(codes(scorecard(), { name: '取消开门红竞赛后的绩效方案' }).filter((one) => one.startsWith('REFUSE'))).toEqual([])
  })
  test('a clever name escapes nothing: a rank is one by its terms, a deposit of one day too', () => {
    expect(codes(scorecard(), { indicators: all.map((one) => (one.code === 'SATISFACTION' ? { ...one, byForm: true, isOnly: 'RANK', name: '区域领先度' } : one)) })).toContain('REFUSE RANK_ONLY SCORED SATISFACTION')
    expect(codes(scorecard(), { indicators: all.map((one) => (one.code === 'FEE_INCOME' ? { ...one, subject: 'DEPOSIT', onOneDay: true, name: '存款日均' } : one)) })).toContain('REFUSE POINT_IN_TIME_DEPOSIT SCORED FEE_INCOME')
  })
  test('one thing is one thing beside what weighs nothing, what is not paid, and marks without weight', () => {
    const ratios = single[0] as { items: Record<string, unknown>[] }
    const only = ratios.items[0] ?? {}
    const refusal = 'REFUSE CONTEST_OUTSIDE_PLAN NEW_CUSTOMERS'
    const nothing = { ...only, code: 'EXTRA', indicator: 'FEE_INCOME', weight: '0' }
    expect(codes(scorecard(() => [{ ...ratios, items: [only, nothing] }, ...single.slice(1)]))).toContain(refusal)
    expect(codes(scorecard(() => [{ ...ratios, code: 'UNPAID', items: [{ ...nothing, weight: '50' }] }, ...single]))).toContain(refusal)
    for (const weight of ['0', '30']) expect(codes(scorecard(() => [{ kind: 'MARKS', code: 'QUAL', items: [{ code: 'DUTY', name: { zh: '履职', en: 'Duty' }, weight }] }, ...single]))).toContain(refusal)
  })
  test('one indicator alone that the running plan has is no contest outside of it', () => expect(codes(scorecard(() => single), { planned: ['NEW_CUSTOMERS'] })).not.toContain('REFUSE CONTEST_OUTSIDE_PLAN NEW_CUSTOMERS'))
  test('nor one beside marks of people that count', () => {
    const [ratios, bands, ...pay] = single
    const marks = (weight: string) => [{ kind: 'MARKS', code: 'QUAL', items: [{ code: 'DUTY', name: { zh: '履职', en: 'Duty' }, weight }] }, ratios, { kind: 'SUM', code: 'H', unit: 'SCORE', parts: [{ of: 'TOTAL' }, { of: 'QUAL' }] }, { ...(bands as object), of: 'H' }, ...pay]
    const contests = (weight: string) => codes(scorecard(() => marks(weight))).filter((one) => one.includes('CONTEST'))
    expect([contests('30'), contests('0')]).toEqual([[], ['REFUSE CONTEST_OUTSIDE_PLAN NEW_CUSTOMERS']])
  })
  test('points for one event that belong to a plan by what they name', () => {
    const version = points()
    if (version.kind !== 'POINTS') throw new Error('points')
    const tariff = version.tariff.filter(({ event }) => event === 'NEW_SMALL_LOAN')
    expect(codes({ ...version, tariff, terms: { ...version.terms, contest: ['NEW_LOANS'] } }, { planned: ['NEW_LOANS'] })).toEqual([])
  })
  test('a contest for indicators of the running plan', () => expect(codes(scorecard(undefined, { contest: ['FEE_INCOME'] }), { name: '中间业务竞赛', planned: all.map(({ code }) => code) })).toEqual(['WARN RISK_COMPLIANCE_NOT_ABOVE']))
  test('a price of nothing, an event twice', () => {
    const version = points()
    if (version.kind !== 'POINTS') throw new Error('points')
    const [row] = version.tariff
    expect(codes({ ...version, terms: { ...version.terms, unitPrice: '0.00' }, tariff: row ? [...version.tariff, row] : [] })).toEqual(['REFUSE PRICE_MISSING', 'REFUSE TARIFF_TWICE NEW_SMALL_LOAN'])
  })
})
