import type { Step } from './blocks.rules.ts'

/** A word in both languages. */
export type Word = { zh: string; en: string }

/** Names of steps, lines and events. */
export const codeNames: Readonly<Record<string, Word>> = {
  FRONT_LINE: { zh: '一线实发绩效', en: 'Paid to the front line' },
  POOL: { zh: '奖金池', en: 'Pool' },
  DEPARTMENT: { zh: '部门得分', en: 'Score of the department' },
  'MARK.answerOnTime': { zh: '按时答复', en: 'Answers on time' },
  'MARK.rightFirstTime': { zh: '一次做对', en: 'Right first time' },
  'MARK.disputes': { zh: '争议', en: 'Disputes' },
  'MARK.frontLineRating': { zh: '一线评分', en: 'Front-line rating' },
  'MARK.OWN': { zh: '本人评分', en: 'Own mark' },
  'MARK.CONTROL': { zh: '工作质量', en: 'Quality of own work' },
  PAYABLE: { zh: '应发', en: 'Payable' },
  PAID_NOW: { zh: '本期支付', en: 'Paid now' },
  CARRY_OUT: { zh: '结转下月', en: 'Carried on' },
  CARRY_IN: { zh: '上月结转', en: 'Carried in' },
  F: { zh: '本月合计', en: 'Total of the month' },
  E: { zh: '扣返后', en: 'After deductions and refunds' },
  D: { zh: '营销系数后', en: 'After the marketing coefficient' },
  C: { zh: '挂钩后', en: 'After the link' },
  B: { zh: '提前结清扣减后', en: 'After early settlement' },
  FIXED: { zh: '固定部分', en: 'Fixed part' },
  LINK_BASE: { zh: '挂钩基数', en: 'Linked base' },
  LINK_PAY: { zh: '挂钩部分', en: 'Linked part' },
  LINK_F: { zh: '净增挂钩系数', en: 'Link factor' },
  A: { zh: '积分绩效', en: 'Points pay' },
  P: { zh: '积分合计', en: 'Sum of points' },
  EARLY: { zh: '提前结清扣减', en: 'Early settlement' },
  OVERDUE: { zh: '逾期扣留', en: 'Withheld for overdue loans' },
  REFUND: { zh: '返还', en: 'Refunds' },
  SUPERVISOR: { zh: '主管津贴', en: 'Supervisor pay' },
  TEAM: { zh: '团队完成系数', en: 'Team coefficient' },
  CORRECTION: { zh: '更正', en: 'Corrections' },
  MARKETING: { zh: '综合营销系数', en: 'Marketing coefficient' },
  NET_GROWTH: { zh: '净增挂钩系数', en: 'Link factor' },
  NEW_SMALL_LOAN: { zh: '新发放小额贷款', en: 'New small loans' },
  MERCHANT_LOAN_AMOUNT: { zh: '商户贷款发放额', en: 'Merchant loans paid out' },
  MANAGED_LOAN_ADB: { zh: '管户贷款日均', en: 'Managed loans, average' },
  DEPOSIT_ADB_INCREMENT: { zh: '存款日均增量', en: 'Deposit average above the base' },
  INSPECTION_REPORT: { zh: '调查报告检查', en: 'Report inspections' },
  INSPECTION_CHECK: { zh: '贷后检查抽查', en: 'Post-loan check inspections' },
  RETAIL_EVALUATION: { zh: '零售综合评价', en: 'Retail evaluation' },
  MARKETING_SCORE: { zh: '综合营销得分', en: 'Marketing score' },
  RETAIL_SCORE: { zh: '零售综合评价得分（含满意度）', en: 'Retail evaluation score (satisfaction in it)' },
  NET_GROWTH_TARGET: { zh: '贷款净增全年目标（元）', en: 'Target of net loan growth, whole year' },
  TEAM_TARGET: { zh: '团队月度积分目标', en: 'Team target, points a month' },
  REPORT_EXCELLENT: { zh: '调查报告：优秀', en: 'Report: excellent' },
  REPORT_PASS: { zh: '调查报告：合格', en: 'Report: pass' },
  REPORT_UNTRUE_MINOR: { zh: '调查报告：轻微不实', en: 'Report: minor untruth' },
  REPORT_UNTRUE_MAJOR: { zh: '调查报告：重大不实', en: 'Report: major untruth' },
  REPORT_FALSE: { zh: '调查报告：虚假（收回该借据全部积分）', en: 'Report: false (all points of the loan back)' },
  CHECK_PASS: { zh: '贷后检查：合格', en: 'Check: pass' },
  CHECK_LATE: { zh: '贷后检查：逾期完成', en: 'Check: late' },
  CHECK_MISSING: { zh: '贷后检查：缺失', en: 'Check: missing' },
  CHECK_COPIED: { zh: '贷后检查：抄袭', en: 'Check: copied' },
  INSPECTION: { zh: '检查扣分', en: 'Inspection' },
  NET_GROWTH_END: { zh: '净增：期末本金', en: 'Net growth: principal at the end' }, NET_GROWTH_START: { zh: '净增：期初本金', en: 'Net growth: principal at the begin' },
  CONDUCT_EVENT: { zh: '违规事件（合规否决）', en: 'Conduct event (compliance gate)' },
  GRADE_BASE: { zh: '职级基数', en: 'Base of the grade' },
  GATE: { zh: '合规事件', en: 'Compliance events' },
  TRANCHE: { zh: '延期支付到期', en: 'Deferred pay released' },
  EXEMPTION: { zh: '尽职免责返还', en: 'Given back by exemption' },
  SHARE: { zh: '部门暂留份额', en: 'Held share of the department' },
  CONTROL_BASE: { zh: '风险控制岗基数', en: 'Base of risk control posts' },
}

/** Why something is zero or not applied. */
export const reasons: Readonly<Record<string, Word>> = {
  'largest-remainder': { zh: '按最大余数分配', en: 'shared by largest remainder' },
  'no-facts': { zh: '本月没有此类业务', en: 'no such business this month' },
  'too-small': { zh: '数量不足以得到 0.01 分', en: 'too little for 0.01 points' },
  'no-points': { zh: '本月没有积分', en: 'no points this month' },
  'no-target': { zh: '没有净增目标，不挂钩', en: 'no target of net growth, the link is not applied' },
  'no-growth': { zh: '净增未完成，系数为 0', en: 'no growth, the factor is 0' },
  'negative-not-linked': { zh: '金额为负，不挂钩', en: 'negative, not linked' },
  'negative-no-coefficient': { zh: '金额为负，不乘系数', en: 'negative, no coefficient' },
  'no-marketing-score': { zh: '本月没有营销得分，按 1.00', en: 'no marketing score this month, taken as 1.00' },
  'no-team-target': { zh: '没有团队目标', en: 'no target of the team' },
  'month-not-enough': { zh: '本月不足以抵扣，差额结转', en: 'the month is not enough, the rest is carried on' },
  'nothing-earned': { zh: '本月没有应发', en: 'nothing earned this month' },
  'later-than-next-month': { zh: '次月之后才收回', en: 'recovered later than in the next month' },
  'written-off': { zh: '已核销', en: 'written off' },
  'inside-grace': { zh: '到期前宽限期内结清，不扣', en: 'settled within the grace before maturity' },
  'no-full-month-left': { zh: '剩余不足一个整月', en: 'no full month left' },
  'nothing-to-deduct': { zh: '均在宽限期内，不扣', en: 'all within grace' },
  'not-performing': { zh: '不良贷款', en: 'non-performing' },
  'no-difference-in-pay': { zh: '更正不影响应发', en: 'no difference in pay' },
  'came-late': { zh: '迟到的事实', en: 'came late' },
  'corrected': { zh: '数据已更正', en: 'corrected' },
  'no-grade-base': { zh: '职级没有基数', en: 'no base for the grade' },
  'no-team-result': { zh: '没有团队结果，按个人', en: 'no team result, own result only' },
  'no-longer-a-fact': { zh: '原事实已撤销', en: 'no longer a fact' },
  'by-band': { zh: '按分档', en: 'by band' }, 'at-the-cap': { zh: '封顶', en: 'at the cap' }, 'at-the-floor': { zh: '保底', en: 'at the floor' }, 'not-measurable': { zh: '无法计量，权重分给同类', en: 'not measurable, its weight goes to the others' },
  'no-data': { zh: '没有数据', en: 'no data' }, 'target-not-positive': { zh: '目标为 0 或缺失，不能按比例计', en: 'no target that divides' }, 'no-mark': { zh: '没有评分', en: 'no mark' }, 'without-what-has-no-mark': { zh: '未评项按比例分摊', en: 'without what has no mark' },
  'part-without-data': { zh: '整个维度没有数据', en: 'a part without any data' }, 'no-rate-for-grade': { zh: '此职级没有兑现比例', en: 'no rate for the grade' }, 'not-above-target': { zh: '未超目标', en: 'not above target' },
  'red-event': { zh: '红色合规事件', en: 'RED event' }, 'amber-event': { zh: '黄色合规事件', en: 'AMBER event' }, 'before-the-first-phase': { zh: '早于第一阶段', en: 'before the first phase' }, 'last-takes-the-rest': { zh: '末期取余数', en: 'the last takes the rest' },
  'below-least-score': { zh: '低于最低参加分，不参加分配', en: 'below the least score, takes no part' }, 'held-without-data': { zh: '没有数据，暂留', en: 'no data, held' }, 'risk-control': { zh: '风险控制岗，不从奖金池发放', en: 'risk control, never from the pool' },
  'weighted-by-days': { zh: '岗位调动，按天数加权', en: 'job transfer, weighted by days' },
  'nothing-to-take': { zh: '本期绩效不足，未扣', en: 'the pay gives nothing for it' }, 'own-fault': { zh: '本人过错，不冲回', en: 'own fault, not given back' }, 'given-back-already': { zh: '已返还', en: 'given back already' },
  'no-earlier-period': { zh: '没有上一可比期', en: 'no earlier period' }, 'not-comparable': { zh: '换岗，不可比', en: 'another job, not comparable' },
}

export const gradeNames: Readonly<Record<string, Word>> = {
  RED: { zh: '红色（绩效归零）', en: 'RED (no performance pay)' }, AMBER: { zh: '黄色（绩效打八折）', en: 'AMBER (four fifths are paid)' },
  EXCELLENT: { zh: '优秀', en: 'Excellent' }, PASS: { zh: '合格', en: 'Pass' }, UNTRUE_MINOR: { zh: '轻微不实', en: 'Minor untruth' }, UNTRUE_MAJOR: { zh: '重大不实', en: 'Major untruth' }, FALSE: { zh: '虚假', en: 'False' },
  LATE: { zh: '逾期完成', en: 'Late' }, MISSING: { zh: '缺失', en: 'Missing' }, COPIED: { zh: '抄袭', en: 'Copied' },
}

/** The text of a code, or the code itself. */
export function named(words: Readonly<Record<string, Word>>, code: string): Word {
  return words[code] ?? { zh: code, en: code }
}

/** A part of the pay of a closed month that is paid later: a tranche by its number, or the held share of a department. */
export function trancheName(lineCode: string): Word {
  const [, part] = /\.(\d+)$/.exec(lineCode) ?? []
  // of what an exemption gave back later
  const [number] = lineCode.includes('/') ? lineCode.split('/') : []
  return part === undefined ? named(codeNames, lineCode) : { zh: `延期支付第 ${part} 期${number === undefined ? '' : `（${number} 冲回）`}`, en: `deferred pay, tranche ${part}${number === undefined ? '' : ` (given back by ${number})`}` }
}

/** What a step is called: the scheme's name, the house's word, or where it stands in its block. */
export function stepName(outer: Pick<Step, 'code' | 'name'>, pick: (word: Word) => string): string {
  const { place, code } = partOf(outer.code)
  if (place !== null) return pick(inPart(place, stepWord({ code, ...(outer.name ? { name: outer.name } : {}) })))
  return pick(stepWord(outer))
}

/** After a job transfer each part of the period has its own values: 1#H is the H of the first part. */
export function partOf(code: string): { place: string | null; code: string } {
  const [, place, own] = /^(\d+)#(.*)$/.exec(code) ?? []
  return place === undefined || own === undefined ? { place: null, code } : { place, code: own }
}
export const inPart = (place: string, { zh, en }: Word): Word => ({ zh: `第 ${place} 段 · ${zh}`, en: `part ${place} · ${en}` })

function stepWord(step: Pick<Step, 'code' | 'name'>): Word {
  const [, part = ''] = /\.([^.]+)$/.exec(step.code) ?? []
  if (step.name) return part === 'SCORE' ? { zh: `${step.name.zh}得分`, en: `${step.name.en}: score` } : step.name
  if (/^DEFERRED\.\d+$/.test(step.code)) return { zh: `第 ${part} 期`, en: `tranche ${part}` }
  if (/\.[12]$/.test(step.code)) return part === '1' ? { zh: '规模部分', en: 'part of scale' } : { zh: '模拟利润部分', en: 'part of simulated profit' }
  return named(codeNames, step.code)
}

/** Why a step is what it is, in the reader's words. */
export function reasonText(why: string, pick: (word: Word) => string): string {
  const [, listed = ''] = /^missed: (.*)$/.exec(why) ?? []
  if (listed !== '') return pick({ zh: `未达标 ${listed.split(', ').length} 项`, en: `${listed.split(', ').length} missed` })
  const [, from = ''] = /^from (.*)$/.exec(why) ?? []
  if (from !== '') return pick({ zh: `${from} 起的阶段`, en: `phase from ${from}` })
  const word = reasons[why]
  return word ? pick(word) : why
}
