import type { AnnualShown } from '../statement.contract.ts'

type Words = { zh: string; en: string }
/** A line of the year as a table tells it; `gives`: what the part brings to the whole. */
export type AnnualRow = { key: 'task' | 'competency' | 'management' | 'total'; name: Words; score: string | null; weight: string | null; gives: string | null; note: Words }

export const annualRule: Words = {
  zh: '各部分得分 × 权重 ÷ 100，四舍五入到两位；没有数据的部分不计，其余按比例折算到 100。岗位任务较上年提高（或下降）的分值在 ±10 以内按 0.5 计入管理目标',
  en: 'Each part: score × weight ÷ 100, half up to two decimals; a part without data is left out and the others are scaled to 100. The change of the tasks against last year, within ±10, counts by 0.5 in the management part',
}

/** The three parts and the whole, with the reason of each figure. */
export function annualRows({ task, competency, management, improvement, weights, parts, score }: AnnualShown): AnnualRow[] {
  const [byTask = null, byCompetency = null, byManagement = null] = parts
  const signed = (value: string): string => (value.startsWith('-') ? value.replace('-', '−') : `+${value}`)
  const change: Words = improvement.change !== null ? { zh: `较上年 ${signed(improvement.change)}`, en: `${signed(improvement.change)} against last year` }
    : improvement.why === 'not-comparable' ? { zh: '期间调岗，与上年不可比', en: 'another job inside: not comparable with last year' } : { zh: '没有可比的上年', en: 'no comparable earlier year' }
  const basis: Words = task.basis === 'SCORE' ? { zh: '各考核期得分按天数加权', en: 'scores of the periods by days' } : task.basis === 'PLAN' ? { zh: '计划中经营效益类指标完成', en: 'completion of the plan’s operating targets' } : { zh: '没有得分', en: 'no score' }
  return [
    { key: 'task', name: { zh: '岗位任务', en: 'Tasks' }, score: task.score, weight: weights.task, gives: byTask, note: task.score === null ? basis : { zh: `${basis.zh}；${change.zh}`, en: `${basis.en}; ${change.en}` } },
    {
      key: 'competency', name: { zh: '能力素质', en: 'Competency' }, score: competency.score, weight: weights.competency, gives: byCompetency,
      note: competency.score === null ? { zh: '本年没有能力测评', en: 'no assessment this year' }
        : { zh: `能力测评（${competency.on ?? ''}，来源：表单）${competency.change === null ? '' : `；较上年 ${signed(competency.change)}`}`, en: `assessment (${competency.on ?? ''}, by form)${competency.change === null ? '' : `; ${signed(competency.change)} against last year`}` },
    },
    {
      key: 'management', name: { zh: '管理目标', en: 'Management targets' }, score: management.score, weight: weights.management, gives: byManagement,
      note: management.own === null ? { zh: '计划中没有合规、风险、发展、社会责任类指标，或没有数据', en: 'no target of compliance, risk, development or social responsibility in the plan, or no data' }
        : { zh: `计划完成 ${management.own}，任务提高 ${signed(improvement.points)}`, en: `plan ${management.own}, improvement of tasks ${signed(improvement.points)}` },
    },
    { key: 'total', name: { zh: '年度得分', en: 'Score of the year' }, score, weight: '100', gives: score, note: parts.some((part) => part === null) && score !== null ? { zh: '缺项已折算', en: 'scaled to 100 for what is missing' } : { zh: '', en: '' } },
  ]
}
