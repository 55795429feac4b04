import { describe, expect, test } from 'vitest'
import { needStates, type NeedState } from './need.contract.ts'
import { domainsOf, faultOfCard, mayMove, needsNote, stateAfterAnswer, type ToldCard } from './need.rules.ts'

const card: ToldCard = { surveyedOn: '2026-11-20', nextAction: '送上方案', nextOn: '2026-11-30', confirmation: 'MESSAGE', confirmationRef: 'M1', needs: [{ id: 'a' }, { id: 'b' }] }

describe('a need card is recorded', () => {
  test.each([
    ['whole', {}, null], ['surveyed today', { surveyedOn: '2026-11-23' }, null], ['surveyed tomorrow', { surveyedOn: '2026-11-24' }, 'survey-in-future'],
    ['the same need twice', { needs: [{ id: 'a' }, { id: 'a' }] }, 'need-twice'], ['what without when', { nextOn: null }, 'next-incomplete'], ['when without what', { nextAction: null }, 'next-incomplete'],
    ['without a next step', { nextAction: null, nextOn: null }, null], ['the next step before the survey', { nextOn: '2026-11-19' }, 'next-before-survey'],
    ['confirmed by a message without number', { confirmationRef: null }, 'confirmation-incomplete'], ['signed on paper', { confirmation: 'SIGNATURE', confirmationRef: null }, null],
  ] as const)('%s', (_case, more, fault) => {
    expect(faultOfCard({ ...card, ...more }, '2026-11-23')).toBe(fault)
  })
})

describe('what becomes of a need', () => {
  test.each([
    ['OPEN', 'VERIFIED', true], ['OPEN', 'MET', true], ['VERIFIED', 'OPEN', false], ['VERIFIED', 'MATCHED', true], ['CANNOT', 'ESCALATED', true], ['CANNOT', 'VERIFIED', false], ['MATCHED', 'MET', true],
    ['ESCALATED', 'MET', false], ['ESCALATED', 'REJECTED', false], ['GAP', 'MATCHED', true], ['GAP', 'ESCALATED', false], ['MET', 'OPEN', false], ['REJECTED', 'VERIFIED', false],
  ] as const)('%s → %s: %s', (from, to, may) => {
    expect(mayMove(from, to)).toBe(may)
  })
  test('nothing moves to itself or back to open', () => {
    for (const state of needStates) expect([mayMove(state, state), mayMove(state, 'OPEN')]).toEqual([false, false])
  })
  test('who gives up, sends up or says it is met says why', () => {
    expect(needStates.filter((state: NeedState) => !needsNote(state))).toEqual(['VERIFIED', 'MATCHED'])
  })
  test('an answer of the upper level', () => {
    expect([stateAfterAnswer('MATCHED'), stateAfterAnswer('GAP'), stateAfterAnswer('DECLINED')]).toEqual(['MATCHED', 'GAP', 'CANNOT'])
  })
})

describe('a card asks what its customer can need', () => {
  test.each([
    ['CORPORATE', ['DEPOSIT', 'FINANCING', 'SETTLEMENT', 'CASH_MANAGEMENT', 'PAYROLL_RETAIL', 'CROSS_BORDER', 'INVESTMENT_BANKING', 'E_BANKING', 'OTHER']],
    ['PERSON', ['DEPOSIT', 'FINANCING', 'SETTLEMENT', 'CROSS_BORDER', 'E_BANKING', 'OTHER']],
  ] as const)('%s', (segment, domains) => expect(domainsOf(segment)).toEqual(domains))
})
