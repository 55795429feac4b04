import { describe, expect, test } from 'vitest'
import { betterGrades, inspectorFault, isTermFault, readListLines, runState, type HeldPost, type RunFacts } from './run.rules.ts'

// 1 head office, 1.2 a branch, 1.2.3 an outlet, 1.2.3.4 its team; the manager (7) belongs to the team and sits at the outlet (place 3)
const manager = { key: 7, posts: [{ linePath: '1.2.3.4', placeKey: 3 }], neighbours: [] as number[] }
const post = (linePath: string, placeKey: number, leads = false): HeldPost => ({ linePath, placeKey, leads })
describe('who may inspect the manager', () => {
  test.each<[what: string, posts: HeldPost[], relatives: number[], last: number | null, fault: string | null]>([
    ['an auditor at head office', [post('1', 1)], [], null, null],
    ['a manager of another outlet', [post('1.2.9', 9)], [], null, null],
    ['a risk officer of the branch', [post('1.2', 2)], [], null, null],
    ['a colleague of the team', [post('1.2.3.4', 8)], [], null, 'own-line'],
    ['somebody of another line at the same outlet', [post('1.5', 3)], [], null, 'own-line'],
    ['the head of the outlet', [post('1.2.3', 8, true)], [], null, 'own-line'],
    ['the head of the branch', [post('1.2', 2, true)], [], null, 'own-line'],
    ['the head of another branch', [post('1.6', 6, true)], [], null, null],
    ['somebody who left the outlet within these days', [post('1', 1), post('1.2.3.4', 3)], [], null, 'own-line'],
    ['a relative, before his line is asked for', [post('1.2.3.4', 3)], [7], null, 'relative'],
    ['who inspected him the last time', [post('1', 1)], [], 5, 'same-twice'],
    ['another had him the last time', [post('1', 1)], [], 6, null],
  ])('%s', (_what, posts, relatives, last, fault) => expect(inspectorFault({ key: 5, posts, relatives }, { ...manager, neighbours: last === null ? [] : [last] })).toBe(fault))
  test('nobody inspects himself', () => expect(inspectorFault({ key: 7, posts: [post('1', 1)], relatives: [] }, manager)).toBe('inspects-himself'))
  test('a line that only begins alike is another one', () => expect(inspectorFault({ key: 5, posts: [post('1.2.3.45', 45)], relatives: [] }, manager)).toBeNull())
})

test.each([['2026-01-01', '2028-01-01', false], ['2026-01-01', '2028-01-02', true], ['2026-01-01', '2026-01-01', true]])('a term from %s to %s is wrong: %s', (from, to, wrong) => expect(isTermFault(from, to)).toBe(wrong))

const nothing: RunFacts = { sampled: false, findings: 0, given: false, objections: 0, confirmed: false, counted: false, withdrawn: false }
test.each<[Partial<RunFacts>, string]>([
  [{}, 'PLANNED'], [{ sampled: true }, 'SAMPLED'], [{ sampled: true, findings: 1 }, 'IN_WORK'], [{ sampled: true, findings: 3, given: true }, 'FINDINGS_GIVEN'], [{ sampled: true, findings: 3, given: true, objections: 1 }, 'OBJECTION'],
  [{ sampled: true, findings: 3, given: true, objections: 1, confirmed: true }, 'CONFIRMED'], [{ sampled: true, findings: 3, given: true, confirmed: true, counted: true }, 'SETTLED'], [{ sampled: true, withdrawn: true }, 'WITHDRAWN'],
])('%o → %s', (given, state) => expect(runState({ ...nothing, ...given })).toBe(state))

test.each<[string, unknown]>([
  ['DH-1\nDH-2 L9\n\n DH-3，L10 ', [{ number: 'DH-1', loanNo: null }, { number: 'DH-2', loanNo: 'L9' }, { number: 'DH-3', loanNo: 'L10' }]], ['DH-1\nDH-1', null], ['DH-1 L9 迟交', null], ['', []],
  // two columns out of a spreadsheet: tabs between the cells, a heading above, cells that hold blanks, no loan in some rows, a blank column after the last
  ['检查编号\t借据号\r\nDH 2026-1\tL9\r\nDH 2026-2\t\r\n\t\r\nDH 2026-3\tL10\t\r\n', [{ number: 'DH 2026-1', loanNo: 'L9' }, { number: 'DH 2026-2', loanNo: null }, { number: 'DH 2026-3', loanNo: 'L10' }]],
  ['Number of the check\nDH-1', [{ number: 'DH-1', loanNo: null }]], ['检查编号 借据号\nDH-1 L9', [{ number: 'DH-1', loanNo: 'L9' }]],
  // a third column that says something, a row whose number is missing, a number that the spreadsheet has rounded
  ['DH-1\tL9\t迟交', null], ['\tL9', null], ['6.2301E+17\tL9', null], ['DH-1\t2.5E+11', null],
])('the list %o', (text, found) => expect(readListLines(text)).toEqual(found))

test.each<[string, string, string[]]>([
  ['REPORT', 'EXCELLENT', []], ['REPORT', 'PASS', ['EXCELLENT']], ['REPORT', 'UNTRUE_MAJOR', ['EXCELLENT', 'PASS', 'UNTRUE_MINOR']], ['POST_LOAN_CHECK', 'PASS', []], ['POST_LOAN_CHECK', 'MISSING', ['PASS', 'LATE']], ['POST_LOAN_CHECK', 'FALSE', []],
])('an upheld objection to %s %s gives one of %o', (object, grade, found) => expect(betterGrades(object as 'REPORT', grade)).toEqual(found))
