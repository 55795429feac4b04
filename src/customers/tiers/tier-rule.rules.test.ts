import { describe, expect, test } from 'vitest'
import type { TierRuleView, TierTerms } from './tier-rule.contract.ts'
import { earliestRule, faultOfRule, type TierRuleAsked } from './tier-rule.rules.ts'

const terms: TierTerms = { t1Fen: '2000000000', t2Fen: '500000000', t3Fen: '50000000', t1ContributionFen: '50000000', t2ContributionFen: '10000000', credit: 'T2', linesMin: null, linesTier: null, strategic: 'T1', confirmCore: true }
const held: TierRuleView = { kind: 'CORPORATE', region: '*', from: '1900-01-01', to: null, version: '1', basis: '产品默认', terms, installed: true }
const asked: TierRuleAsked = { kind: 'CORPORATE', region: '*', from: '2026-12-01', terms: { ...terms, t1Fen: '3000000000' } }
const today = '2026-11-23'

describe('a change of a rule', () => {
  const cases: [what: string, change: Partial<TierRuleAsked>, rules: readonly TierRuleView[], fault: string | null][] = [
    ['higher line from next month', {}, [held], null],
    ['a region of its own', { region: '县域', terms }, [held], null],
    ['in the middle of a month', { from: '2026-12-15' }, [held], 'not-first-of-month'],
    ['this month', { from: '2026-11-01' }, [held], 'begins-in-the-past'],
    ['a region without outlets', { region: '海外' }, [held], 'region-unknown'],
    ['T2 above T1', { terms: { ...terms, t2Fen: '2000000000' } }, [held], 'lines-order'],
    ['contributions upside down', { terms: { ...terms, t2ContributionFen: '60000000' } }, [held], 'lines-order'],
    ['one contribution only', { terms: { ...terms, t2ContributionFen: null } }, [held], 'both-or-none'],
    ['products without tier', { terms: { ...terms, linesMin: 3 } }, [held], 'both-or-none'],
    ['another version begins later', {}, [held, { ...held, from: '2027-01-01', version: '2' }], 'later-rule'],
    ['nothing changes', { terms }, [held], 'same-rule'],
    ['the same for persons, who have no rule here', { kind: 'PERSON', terms }, [held], null],
  ]
  test.each(cases)('%s', (_what, change, rules, fault) => expect(faultOfRule(rules, ['县域'], { ...asked, ...change }, today)?.name ?? null).toBe(fault))
  test('the earliest day', () => expect(earliestRule(today)).toBe('2026-12-01'))
})
