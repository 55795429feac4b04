import type { Finding } from './judge-plan.rules.ts'

/** A finding as a sentence: what is wrong, by which figures. */
export function findingText({ code, indicator, value, details }: Pick<Finding, 'code' | 'indicator' | 'value' | 'details'>): { zh: string; en: string } {
  const of = (name: string): string => details[name] ?? ''
  switch (code) {
    case 'POINT_IN_TIME_DEPOSIT': return { zh: `${indicator} 按时点考核存款，须改用日均`, en: `${indicator} is a deposit balance on one day; use the average` }
    case 'RANK_ONLY': return { zh: `${indicator} 只有排名或占比`, en: `${indicator} is only a rank or a share` }
    case 'BELOW_HEAD_OFFICE': return { zh: '低于总行的机构自设方案', en: 'A scheme made below head office' }
    case 'CASCADE_ABOVE_PARENT': return { zh: `${indicator} 下级目标合计 ${of('children')} 高于${of('unit')}的目标 ${of('parent')}，且无总行授权`, en: `${indicator}: the targets below add up to ${of('children')}, above ${of('parent')} of ${of('unit')}, without head office’s authorisation` }
    case 'CONTEST_OUTSIDE_PLAN': return { zh: '计划外的单项竞赛', en: 'A contest outside of the plan' }
    case 'WEIGHTS_NOT_100': return { zh: `权重合计 ${of('total')}，须为 100`, en: `The weights sum to ${of('total')}, not to 100` }
    case 'WITHOUT_OBJECTIVE': return { zh: `${indicator} 没有对应的战略目标`, en: `${indicator} serves no strategic objective` }
    case 'WITHOUT_SOURCE': return { zh: `${indicator} 没有数据来源`, en: `${indicator} has no data source` }
    case 'PRICE_MISSING': return { zh: '缺少积分单价', en: 'The price of a point is missing' }
    case 'TARGET_NOT_POSITIVE': return { zh: `${indicator} 的目标须大于 0`, en: `The target of ${indicator} must be above 0` }
    case 'PARTS_NOT_WHOLE': return { zh: `${indicator} 的分期目标与全年目标 ${value} 不符`, en: `The parts of ${indicator} do not make its target ${value}` }
    case 'PERIOD_DOES_NOT_DIVIDE': return { zh: `${indicator} 的期间不能按所选方式分期`, en: `The period of ${indicator} does not divide so` }
    case 'RISK_COMPLIANCE_NOT_ABOVE': return { zh: '风险与合规类权重之和未高于其他各类', en: 'Risk and compliance together do not weigh more than each other class' }
    case 'TARGET_TOO_HIGH': return { zh: `${indicator} 目标偏高：增幅 ${of('growth')}%，上年 ${of('lastYear')}${of('peers') === '' ? '' : `，同类中位增幅 ${of('peers')}%`}`, en: `${indicator} is high: growth ${of('growth')} %, last year ${of('lastYear')}${of('peers') === '' ? '' : `, peers’ median growth ${of('peers')} %`}` }
    case 'TARGET_TOO_LOW': return { zh: `${indicator} 目标偏低：${of('growth') === '' ? '' : `增幅 ${of('growth')}%，`}上年 ${of('lastYear')}${of('peers') === '' ? '' : `，同类中位增幅 ${of('peers')}%`}`, en: `${indicator} is low: ${of('growth') === '' ? '' : `growth ${of('growth')} %, `}last year ${of('lastYear')}${of('peers') === '' ? '' : `, peers’ median growth ${of('peers')} %`}` }
    case 'NO_CUSTOMER_OR_GROWTH': return { zh: '没有客户质量指标和成长（培训）指标', en: 'No KPI of customer quality and none of growth (training)' }
  }
}
