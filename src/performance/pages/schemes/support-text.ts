import { defineText, type Text } from '../../../ui/text.ts'

/** The form of a scheme of the support departments, in the order of its steps. */
export const supportText = defineText({
  pool: { zh: '1 奖金池', en: '1 The pool' }, poolHint: { zh: '所服务机构的一线人员按所选方案已关账的应发合计（主管津贴除外）乘以比例。当月方案未关账，不能结算', en: 'What the front line of the units served was paid in closed months by these schemes (supervisors’ pay left out), times the share. A month that is not closed cannot be settled' },
  served: { zh: '所服务机构', en: 'Units served' }, wholeBank: { zh: '全行', en: 'the whole bank' }, schemes: { zh: '一线方案', en: 'Schemes of the front line' }, poolPercent: { zh: '奖金池比例（%）', en: 'Share of the pool (%)' },
  departments: { zh: '2 参加部门', en: '2 Departments that take part' }, departmentsHint: { zh: '部门及其下级的人员都参加。人数权重默认 1，也可填满编岗位数。风险控制岗不参加奖金池', en: 'Whoever belongs to the department or below it takes part. Weight 1, or the full-time posts. Posts of risk control never share the pool' },
  department: { zh: '部门', en: 'Department' }, staffWeight: { zh: '人数权重', en: 'Staff weight' },
  scoring: { zh: '3 部门得分', en: '3 Score of a department' }, scoringHint: { zh: '四项评分乘权重，合计 100。争议从 100 分起，每败诉一件减 20 分', en: 'Four marks times their weights, 100 in all. Disputes begin at 100, less 20 for each that was lost' },
  weights: { zh: '评分权重', en: 'Weights' }, item: { zh: '评分项', en: 'Mark' }, weight: { zh: '权重', en: 'Weight' },
  answerOnTime: { zh: '按时答复', en: 'Answers on time' }, rightFirstTime: { zh: '一次做对', en: 'Right first time' }, disputes: { zh: '争议', en: 'Disputes' }, frontLineRating: { zh: '一线评分', en: 'Front-line rating' },
  limits: { zh: '得分界限', en: 'Limits' }, leastScore: { zh: '最低参加分', en: 'Least score to take part' }, heldScore: { zh: '无数据时暂留按', en: 'Held without data with' }, score: { zh: '分数', en: 'Score' },
  sharing: { zh: '4 部门内分配', en: '4 Inside a department' }, sharingHint: { zh: '职级系数 × 本人评分 × 在岗天数。职级填 * 表示其他所有人。红色合规事件当月为 0，黄色按比例发', en: 'Grade factor × own mark × days in post. Grade * stands for everybody else. A RED event gives nothing, an AMBER one the share' },
  gradeFactors: { zh: '职级系数', en: 'Factors by grade' }, grade: { zh: '职级', en: 'Grade' }, factor: { zh: '系数', en: 'Factor' }, amberPercent: { zh: '黄色事件发放（%）', en: 'Paid after an AMBER event (%)' },
  control: { zh: '5 风险控制岗', en: '5 Posts of risk control' }, controlHint: { zh: '审查、审批、合规、风险、贷后、审计岗按基数 × 本人工作质量得分（最高 120）由总行发放，与所审查的业务无关', en: 'Review, approval, compliance, risk, post-loan and audit get base × score of their own work (at most 120) from head office, whatever the business they check' },
  controlDepartments: { zh: '风险控制部门', en: 'Departments of risk control' }, noControl: { zh: '没有', en: 'none' }, controlBases: { zh: '风险控制岗基数', en: 'Bases of risk control' }, base: { zh: '每月基数（元）', en: 'Base of a month (yuan)' },
  addRow: { zh: '加一行', en: 'Add a row' },
  exampleHint: { zh: '填入一个月的示例数字；与结算使用同一套规则，不保存', en: 'Example figures of a month; the rules that settlements use, nothing is kept' }, frontLine: { zh: '一线应发', en: 'Paid to the front line' }, unit: { zh: '机构', en: 'Unit' }, amount: { zh: '应发（元）', en: 'Paid (yuan)' },
  marks: { zh: '部门评分（不填为无数据）', en: 'Marks of departments (empty: no data)' }, disputesLost: { zh: '败诉争议（件）', en: 'Disputes lost' }, people: { zh: '部门人员', en: 'People of departments' }, person: { zh: '姓名', en: 'Name' }, mark: { zh: '本人评分', en: 'Own mark' },
  days: { zh: '在岗天数', en: 'Days in post' }, event: { zh: '合规事件', en: 'Event' }, RED: { zh: '红色', en: 'RED' }, AMBER: { zh: '黄色', en: 'AMBER' }, controlPeople: { zh: '风险控制岗人员', en: 'People of risk control' }, quality: { zh: '工作质量得分', en: 'Score of own work' }, month: { zh: '月份', en: 'Month' }, conditions: { zh: '条件', en: 'Conditions' },
  total: { zh: '一线应发合计', en: 'Paid to the front line' }, poolFound: { zh: '奖金池', en: 'Pool' }, paid: { zh: '部门所得', en: 'Pay of departments' }, held: { zh: '暂留', en: 'Held' }, unpaid: { zh: '无人分配', en: 'Nobody’s' }, byDepartment: { zh: '部门所得', en: 'Pay of departments' }, found: { zh: '得分', en: 'Score' }, note: { zh: '说明', en: 'Note' },
  pay: { zh: '所得', en: 'Pay' }, ofControl: { zh: '风险控制岗', en: 'risk control' }, steps: { zh: '{name} {amount} 元：每一步', en: '{name} {amount} yuan: every step' },
})

/** A part of the terms as the form names it. */
export const supportParts: Readonly<Record<string, Text>> = {
  served: supportText.served, schemes: supportText.schemes, poolRatio: supportText.poolPercent, departments: supportText.department, weights: supportText.weights, leastScore: supportText.leastScore, heldScore: supportText.heldScore, gradeFactors: supportText.gradeFactors, amberFactor: supportText.amberPercent,
  controlBases: supportText.controlBases, controlDepartments: supportText.controlDepartments,
}
