import { describe, expect, test } from 'vitest'
import { say, type Say } from '../../../ui/text.ts'
import type { TierRuleView, TierTerms } from '../../tiers/tier-rule.contract.ts'
import { lineText, moveReason, otherTests, ruleBefore, termDifferences } from './tier-terms.ts'
import { tierText } from './tier-text.ts'

const t: Say<typeof tierText> = (key, ...[values]) => say(tierText[key], 'zh', values as Record<string, string | number> | undefined)
const terms: TierTerms = { t1Fen: '500000000', t2Fen: '100000000', t3Fen: '20000000', t1ContributionFen: '10000000', t2ContributionFen: '3000000', credit: 'T3', linesMin: 4, linesTier: 'T3', strategic: 'T1', confirmCore: true }
const english: Say<typeof tierText> = (key, ...[values]) => say(tierText[key], 'en', values as Record<string, string | number> | undefined)
const rule = (kind: TierRuleView['kind'], region: string, from: string, to: string | null, version: string): TierRuleView => ({ kind, region, from, to, version, basis: '', terms, installed: false })

describe('why a customer moved', () => {
  const move = { reason: '2026-10 月日均 4.98 万元，有贷款，连续三个月低于普通优质标准', month: '2026-10', from: 'T3', to: 'T4', adbFen: '4980000', contributionFen: null, owes: true, strategic: false } as const
  test.each<[string, Partial<{ from: 'T1' | 'T2' | 'T3' | 'P'; to: 'T1' | 'T4'; adbFen: string | null; contributionFen: string; strategic: boolean }>, string]>([
    ['down', {}, 'average of 2026-10 CNY 49,800.00, has credit, three months below the line of Good'],
    ['up', { to: 'T1', contributionFen: '60000000', strategic: true }, 'average of 2026-10 CNY 49,800.00, has credit, on the strategic list, contribution of 12 months CNY 600,000.00'],
    ['a prospect no more', { from: 'P' }, 'average of 2026-10 CNY 49,800.00, has credit'],
    ['without evidence what is kept', { adbFen: null }, move.reason],
  ])('%s', (_what, changed, told) => expect(moveReason({ ...move, ...changed }, english, true, 'CNY')).toBe(told))
  test('in Chinese as it is kept', () => expect(moveReason(move, t, false, 'CNY')).toBe(move.reason))
})

describe('how a rule of tiers is told', () => {
  test.each([['500000000', '500 万元'], ['1000000', '1 万元'], ['850000', '8,500 元'], ['123456789', '123.46 万元']])('%s fen: %s', (fen, told) => expect(lineText(fen, t)).toBe(told))

  test.each<[string, Partial<TierTerms>, [string, string | null, string | null][]]>([
    ['nothing', {}, []],
    ['one line', { t1Fen: '800000000' }, [['核心优质：月日均', '500 万元', '800 万元']]],
    ['contributions left out', { t1ContributionFen: null, t2ContributionFen: null }, [['核心优质：近 12 个月贡献', '10 万元', null], ['重点：近 12 个月贡献', '3 万元', null]]],
    ['more product lines', { linesMin: 5 }, [['产品线', '持有 4 条以上产品线：至少普通优质', '持有 5 条以上产品线：至少普通优质']]],
    ['no confirmation', { confirmCore: false }, [['核心变动', '进出核心须负责人确认', '变动直接生效']]],
  ])('differs in %s', (_what, changed, rows) => expect(termDifferences(terms, { ...terms, ...changed }, t)).toEqual(rows.map(([name, from, to]) => ({ name, from, to }))))

  test('against nothing everything is new', () => expect(termDifferences(undefined, terms, t)).toHaveLength(9))
  test('tests by tier', () => expect([otherTests(terms, 'T1', t), otherTests(terms, 'T2', t), otherTests(terms, 'T3', t)]).toEqual([['列入战略名单'], [], ['有贷款', '持有 4 条以上产品线']]))

  const rules = [rule('CORPORATE', '*', '1900-01-01', '2026-12-01', '1'), rule('CORPORATE', '*', '2026-12-01', null, '2'), rule('CORPORATE', '太原', '2026-06-01', null, '太原-1'), rule('PERSON', '*', '1900-01-01', null, '1')]
  test.each([
    ['CORPORATE', '*', '2026-12-01', '1'], ['CORPORATE', '*', '2027-01-01', '2'], ['CORPORATE', '太原', '2026-12-01', '太原-1'], ['CORPORATE', '太原', '2026-06-01', '1'], ['PERSON', '太原', '2026-12-01', '1'],
  ] as const)('%s %s, before %s: version %s', (kind, region, day, version) => expect(ruleBefore(rules, { kind, region }, day)?.version).toBe(version))
})
