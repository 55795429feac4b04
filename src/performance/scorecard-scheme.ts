import type { Block } from './blocks.rules.ts'

const item = (code: string, zh: string, en: string, indicator: string, weight: string, direction: 'UP' | 'DOWN', part?: string) => ({ code, name: { zh, en }, indicator, weight, direction, ...(part === undefined ? {} : { part }) })

/** Scheme (b): the balanced scorecard with the four dimensions of 3.2; the result is a coefficient of the grade's base. */
export const scorecardBlocks: readonly Block[] = [
  {
    kind: 'RATIOS', code: 'SCORED', name: { zh: '平衡计分卡得分', en: 'Scorecard' }, mode: 'PERCENT', floor: '0', cap: '120',
    parts: [
      { code: 'F', name: { zh: '财务状况', en: 'Financial' } }, { code: 'C', name: { zh: '客户情况', en: 'Customer' } },
      { code: 'P', name: { zh: '内部管理水平', en: 'Internal management' } }, { code: 'L', name: { zh: '学习和成长', en: 'Learning and growth' } },
    ],
    items: [
      item('F1', '模拟利润', 'Simulated profit', 'PROFIT', '20', 'UP', 'F'),
      item('F2', '对公存款日均增量', 'Corporate deposit average increment', 'CORPORATE_DEPOSIT_INCREMENT', '12', 'UP', 'F'),
      item('F3', '中间业务净收入', 'Net fee income', 'FEE_INCOME', '8', 'UP', 'F'),
      item('C1', '新增有效客户', 'New effective customers', 'NEW_CUSTOMERS', '8', 'UP', 'C'),
      item('C2', '重点客户走访覆盖率', 'Contact coverage of core customers', 'COVERAGE', '7', 'UP', 'C'),
      item('C3', '客户流失率', 'Churn rate', 'CHURN', '6', 'DOWN', 'C'),
      item('C4', '客户满意度', 'Satisfaction', 'SATISFACTION', '4', 'UP', 'C'),
      item('P1', '不良贷款率', 'NPL ratio', 'NPL_RATIO', '10', 'DOWN', 'P'),
      item('P2', '调查报告质量', 'Quality of investigation reports', 'REPORT_QUALITY', '6', 'UP', 'P'),
      item('P3', '贷后检查及时率', 'Post-loan checks on time', 'CHECKS_ON_TIME', '4', 'UP', 'P'),
      item('L1', '培训学时', 'Training hours', 'TRAINING', '6', 'UP', 'L'),
      item('L2', '资格证书', 'Certificates', 'CERTIFICATES', '5', 'UP', 'L'),
      item('L3', '带教次数', 'Mentoring sessions', 'MENTORING', '4', 'UP', 'L'),
    ],
  },
  // a confirmed RED event holds the score below the pass mark
  { kind: 'GATE', code: 'TOTAL', name: { zh: '总分', en: 'Total' }, unit: 'SCORE', of: 'SCORED', redCap: '59.99', amberFactor: null },
  {
    kind: 'BANDS', code: 'COEFFICIENT', name: { zh: '绩效系数', en: 'Coefficient' }, of: 'TOTAL',
    bands: [{ from: '110', value: '1.30' }, { from: '100', value: '1.10' }, { from: '90', value: '1.00' }, { from: '80', value: '0.90' }, { from: '60', value: '0.70' }, { from: '0', value: '0' }],
  },
  { kind: 'PRODUCT', code: 'EARNED', name: { zh: '绩效工资', en: 'Performance pay' }, unit: 'FEN', factors: [{ of: 'GRADE_BASE' }, { of: 'COEFFICIENT' }] },
  { kind: 'GATE', code: 'GATED', name: { zh: '合规否决后', en: 'After the compliance gate' }, unit: 'FEN', of: 'EARNED', redCap: '0', amberFactor: '0.80' },
  { kind: 'SUM', code: 'F', unit: 'FEN', parts: [{ of: 'GATED' }, { of: 'CORRECTION', leaveOut: 'ABSENT' }] },
  { kind: 'PAYABLE', code: 'PAYABLE', of: 'F', carryOut: 'CARRY_OUT' },
]

const scale = [
  item('ASSET', '资产业务日均增量', 'Asset business average increment', 'ASSET_INCREMENT', '25', 'UP'),
  item('CUSTOMER_ASSET', '客户总资产增量', 'Customer asset increment', 'CUSTOMER_ASSET_INCREMENT', '15', 'UP'),
  item('LIABILITY', '负债业务日均增量', 'Liability average increment', 'DEPOSIT_INCREMENT', '20', 'UP'),
  item('INTERMEDIARY', '中间业务收入', 'Intermediary income', 'FEE_INCOME', '10', 'UP'),
]
const unitRates: Readonly<Record<string, string>> = { ASSET: '0.0001', CUSTOMER_ASSET: '0.0001', LIABILITY: '0.0002', INTERMEDIARY: '0.05' }
const profitName = { zh: '模拟利润', en: 'Simulated profit' }

/** Scheme (c): 100 points, qualitative 30 : quantitative 70, core indicators, from scale to simulated profit by phase, excess without a cap at the rate of the grade (3.3). */
export const hundredBlocks: readonly Block[] = [
  { kind: 'PHASE', code: 'W', name: { zh: '模拟利润占比', en: 'Weight of simulated profit' }, phases: [{ from: '2025-01-01', value: '0' }, { from: '2025-07-01', value: '0.30' }, { from: '2026-01-01', value: '0.60' }, { from: '2026-07-01', value: '1' }] },
  { kind: 'RATIOS', code: 'SCALE', name: { zh: '规模指标得分', en: 'Scale' }, mode: 'RATIO', floor: '0', cap: '1.5', items: scale },
  { kind: 'RATIOS', code: 'PROFIT', name: { zh: '模拟利润得分', en: 'Simulated profit score' }, mode: 'RATIO', floor: '0', cap: '1.5', items: [item('PROFIT', profitName.zh, profitName.en, 'PROFIT', '70', 'UP')] },
  { kind: 'BLEND', code: 'Q', name: { zh: '定量得分', en: 'Quantitative' }, first: 'SCALE', second: 'PROFIT', weight: 'W' },
  {
    kind: 'MARKS', code: 'QUAL', name: { zh: '定性得分', en: 'Qualitative' },
    items: [
      { code: 'MAINTENANCE', name: { zh: '客户日常维护', en: 'Customer maintenance' }, weight: '10' }, { code: 'POLICY', name: { zh: '政策执行', en: 'Policy execution' }, weight: '8' },
      { code: 'DEDICATION', name: { zh: '敬业精神', en: 'Dedication' }, weight: '6' }, { code: 'DISCIPLINE', name: { zh: '工作纪律', en: 'Work discipline' }, weight: '6' },
    ],
  },
  { kind: 'SUM', code: 'H', name: { zh: '百分考核得分', en: '100-point score' }, unit: 'SCORE', parts: [{ of: 'Q' }, { of: 'QUAL' }] },
  {
    kind: 'CORE', code: 'CORE', name: { zh: '核心指标系数', en: 'Core coefficient' }, start: '1.00', step: '0.05', floor: '0.70',
    tests: [{ indicator: 'CUSTOMER_ASSET_INCREMENT', name: { zh: '客户总资产增量不低于 90%', en: 'Customer asset increment at least 90 %' }, measure: 'COMPLETION', side: 'LEAST', limit: '0.90' }],
  },
  { kind: 'PRODUCT', code: 'PLANNED', name: { zh: '计划内绩效', en: 'Planned pay' }, unit: 'FEN', factors: [{ of: 'GRADE_BASE' }, { of: 'H', most: '100', percent: true }, { of: 'CORE' }] },
  {
    kind: 'EXCESS', code: 'EXCESS', name: { zh: '超额绩效', en: 'Excess pay' }, mode: 'BLENDED', weight: 'W', core: 'CORE', gradeFactors: { A: '0.8', B: '1', C: '1.2' },
    items: scale.map(({ code, name, indicator }) => ({ code, name, indicator, rate: unitRates[code] ?? '0' })),
    profit: { code: 'PROFIT', name: profitName, indicator: 'PROFIT', rates: { A: '0.04', B: '0.06', C: '0.08' } },
  },
  { kind: 'SUM', code: 'EARNED', name: { zh: '绩效合计', en: 'Total' }, unit: 'FEN', parts: [{ of: 'PLANNED' }, { of: 'EXCESS' }] },
  { kind: 'GATE', code: 'GATED', name: { zh: '合规否决后', en: 'After the compliance gate' }, unit: 'FEN', of: 'EARNED', redCap: '0', amberFactor: '0.80' },
  { kind: 'DEFER', code: 'DEFERRED', name: { zh: '延期支付', en: 'Deferred' }, of: 'GATED', ratio: '0.40', tranches: 3, posts: [], paidNow: 'PAID_NOW' },
  { kind: 'SUM', code: 'F', unit: 'FEN', parts: [{ of: 'GATED' }, { of: 'DEFERRED', minus: true, leaveOut: 'ABSENT' }, { of: 'CORRECTION', leaveOut: 'ABSENT' }] },
  { kind: 'PAYABLE', code: 'PAYABLE', of: 'F', carryOut: 'CARRY_OUT' },
]
