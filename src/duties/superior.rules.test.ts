import { describe, expect, test } from 'vitest'
import { isAbove, mayGiveTo, type Giver } from './superior.rules.ts'

describe('who is above whom', () => {
  test.each([
    ['TEAM_LEAD', '001.002', 'RM', '001.002', true], ['RM', '001.002', 'RM', '001.002', false], ['OUTLET_HEAD', '001.002', 'TEAM_LEAD', '001.002', true], ['TEAM_LEAD', '001.002', 'OUTLET_HEAD', '001.002', false],
    ['BRANCH_HEAD', '001', 'BRANCH_HEAD', '001.002', true], ['BRANCH_HEAD', '001.002', 'BRANCH_HEAD', '001', false], ['BRANCH_HEAD', '001.002', 'RM', '001.0021', false], ['BANK_LEADER', '001', 'BRANCH_HEAD', '001', true], ['LOBBY', '001', 'RM', '001.002', false],
  ])('%s of %s above %s of %s: %s', (upper, upperPath, lower, lowerPath, wanted) => expect(isAbove({ postCode: upper, linePath: upperPath }, { postCode: lower, linePath: lowerPath })).toBe(wanted))
})

const giver = (postCode: string, linePath: string, breadth: Giver['breadth']): Giver => ({ staffKey: 1, postCode, linePath, breadth })
describe('to whom a task may be given', () => {
  test.each([
    ['a manager to himself', giver('RM', '001.002', 'SELF'), 1, '001.002', 'RM_OWN', true], ['a manager to a colleague', giver('RM', '001.002', 'SELF'), 2, '001.002', 'LEADER', false], ['a lead to his people', giver('TEAM_LEAD', '001.002', 'UNIT'), 2, '001.002', 'LEADER', true],
    ['a lead to another line', giver('TEAM_LEAD', '001.002', 'UNIT'), 2, '001.003', 'LEADER', false], ['a lobby manager to the outlet', giver('LOBBY', '001.002', 'UNIT'), 2, '001.002', 'LEADER', false], ['an auditor after an audit', giver('AUDIT', '001', 'NONE'), 2, '001.003', 'AUDIT', true],
    ['an auditor otherwise', giver('AUDIT', '001', 'NONE'), 2, '001.003', 'LEADER', false], ['the head of the bank to all', giver('BANK_LEADER', '001', 'ALL'), 2, '001.003', 'UPPER_LEVEL', true],
  ])('%s', (_what, from, staffKey, path, source, wanted) => expect(mayGiveTo(from, { staffKey, linePaths: [path] }, source)).toBe(wanted))
})
