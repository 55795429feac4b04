import { describe, expect, test } from 'vitest'
import { annualTerms, annualView, improvementOf } from '../annual.rules.ts'
import type { AnnualShown } from '../statement.contract.ts'
import { annualRows } from './tell-annual.rules.ts'

function shown(given: { task: string | null; last: string | null; competency: string | null; management: string | null; changedJob?: boolean }): AnnualShown {
  const improvement = given.task === null ? { change: null, points: '0.00', why: 'no-earlier-period' as const } : improvementOf(given.task, given.last, given.changedJob ?? false)
  const view = annualView(annualTerms, { task: given.task, competency: given.competency, management: given.management, improvement })
  return {
    year: '2025', from: '2025-01', to: '2025-12', policyVersion: '1', weights: annualTerms, task: { score: given.task, basis: given.task === null ? null : 'SCORE', items: [], periods: [], last: given.last === null ? null : { year: '2024', score: given.last } }, improvement,
    competency: { score: given.competency, on: given.competency === null ? null : '2025-11-30', before: null, change: null }, management: { own: given.management, score: view.management, items: [] }, parts: view.parts, score: view.score,
  }
}
const told = (annual: AnnualShown): string[] => annualRows(annual).map(({ score, weight, gives, note }) => [score, weight, gives, note.zh].join(' | '))

describe('the year as it is told', () => {
  test('the fixture of the improvement: 95.93 after 88.60 brings 3.67 to the management part', () => {
    expect(told(shown({ task: '95.93', last: '88.60', competency: '80.00', management: '90.00' }))).toEqual([
      '95.93 | 60 | 57.56 | 各考核期得分按天数加权；较上年 +7.33', '80.00 | 20 | 16.00 | 能力测评（2025-11-30，来源：表单）', '93.67 | 20 | 18.73 | 计划完成 90.00，任务提高 +3.67', '92.29 | 100 | 92.29 | ',
    ])
  })
  test('a fall takes from it; another job inside is not comparable', () => {
    expect(told(shown({ task: '80.00', last: '90.00', competency: null, management: '90.00' }))).toEqual([
      '80.00 | 60 | 48.00 | 各考核期得分按天数加权；较上年 −10.00', ' | 20 |  | 本年没有能力测评', '85.00 | 20 | 17.00 | 计划完成 90.00，任务提高 −5.00', '81.25 | 100 | 81.25 | 缺项已折算',
    ])
    expect(told(shown({ task: '80.00', last: '90.00', competency: null, management: null, changedJob: true }))[0]).toBe('80.00 | 60 | 48.00 | 各考核期得分按天数加权；期间调岗，与上年不可比')
  })
})
