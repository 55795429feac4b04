import { defineText, type Text } from '../../../ui/text.ts'
import type { BlockKind, SchemeBlock } from '../../block.contract.ts'
import { codeNames } from '../../pay-words.rules.ts'
import type { ItemClass, SchemePeriod } from '../../schemes/block-terms.contract.ts'
import type { Finding } from '../../schemes/scheme-change.contract.ts'

export const blockKindNames: Readonly<Record<BlockKind, Text>> = {
  POINTS_SUM: { zh: '积分合计', en: 'Sum of points' }, PRODUCT: { zh: '相乘', en: 'Product' }, SUM: { zh: '加减', en: 'Sum' }, LINK: { zh: '挂钩', en: 'Link' }, FACTOR: { zh: '乘系数', en: 'Coefficient' }, BANDS: { zh: '分档系数', en: 'Bands' },
  RATIOS: { zh: '指标得分', en: 'Indicators' }, MARKS: { zh: '定性评分', en: 'Marks' }, PHASE: { zh: '阶段权重', en: 'Phase' }, BLEND: { zh: '新旧混合', en: 'Blend' }, CORE: { zh: '核心指标', en: 'Core indicators' }, EXCESS: { zh: '超额兑现', en: 'Excess' },
  GATE: { zh: '合规否决', en: 'Compliance gate' }, TEAM: { zh: '团队权重', en: 'Team' }, PAYABLE: { zh: '应发与结转', en: 'Payable' }, DEFER: { zh: '延期支付', en: 'Deferral' },
}
export const periodNames: Readonly<Record<SchemePeriod, Text>> = { MONTH: { zh: '按月', en: 'by month' }, QUARTER: { zh: '按季', en: 'by quarter' }, HALF_YEAR: { zh: '按半年', en: 'by half year' }, YEAR: { zh: '按年', en: 'by year' } }

/** Values that are handed in and stand before every block. */
export const givenNames: Readonly<Record<string, Text>> = {
  GRADE_BASE: { zh: '职级基数', en: 'Base of the grade' }, CARRY_IN: { zh: '上月结转', en: 'Carried in' }, CORRECTION: { zh: '更正', en: 'Corrections' }, EARLY: { zh: '提前结清扣减', en: 'Early settlement' }, OVERDUE: { zh: '逾期扣留', en: 'Withheld for overdue loans' },
  REFUND: { zh: '返还', en: 'Refunds' }, MARKETING: { zh: '综合营销系数', en: 'Marketing coefficient' }, LINK_F: { zh: '净增挂钩系数', en: 'Link factor' }, TEAM: { zh: '团队完成系数', en: 'Team coefficient' },
}

/** What a code is called in a scheme: the block's name, the house's word, or the code itself. */
export function nameOfCode(code: string, blocks: readonly SchemeBlock[]): Text {
  const own = blocks.find((block) => block.code === code)?.name
  return own ?? givenNames[code] ?? codeNames[code] ?? { zh: code, en: code }
}

/** A block as a sentence, with its numbers. */
export function sentenceOfBlock(block: SchemeBlock, blocks: readonly SchemeBlock[], pick: (text: Text) => string): string {
  const of = (code: string): string => pick(nameOfCode(code, blocks))
  switch (block.kind) {
    case 'POINTS_SUM': return pick({ zh: '所有积分相加，两位小数，含检查积分', en: 'all points, two decimals, inspections included' })
    case 'PRODUCT': return block.factors.map((factor) => ('constant' in factor ? factor.constant : `${of(factor.of)}${factor.most === undefined ? '' : pick({ zh: `（最多 ${factor.most}）`, en: ` (at most ${factor.most})` })}${factor.percent === true ? ' %' : ''}`)).join(' × ')
    case 'SUM': return block.parts.map(({ of: code, minus }, place) => `${minus === true ? '− ' : place === 0 ? '' : '+ '}${of(code)}`).join(' ')
    case 'LINK': return pick({ zh: `${of(block.of)} 的 ${block.weight} 与 ${of(block.factor)} 挂钩，其余固定${block.onNegative ? '' : '；负数不挂钩'}`, en: `${block.weight} of ${of(block.of)} follows ${of(block.factor)}, the rest is fixed${block.onNegative ? '' : '; negative amounts are not linked'}` })
    case 'FACTOR': return pick({ zh: `${of(block.of)} × ${of(block.factor)}；负数不乘`, en: `${of(block.of)} × ${of(block.factor)}; negative amounts stay` })
    case 'BANDS': return `${of(block.of)}: ${block.bands.map((band) => `≥ ${band.from} → ${band.value}`).join(pick({ zh: '；', en: '; ' }))}`
    case 'RATIOS': return block.mode === 'PERCENT'
      ? pick({ zh: `得分 = 实际 ÷ 目标 × 100（${block.floor} 至 ${block.cap}），乘权重 ÷ 100`, en: `score = actual ÷ target × 100 (${block.floor} to ${block.cap}), times weight ÷ 100` })
      : pick({ zh: `得分 = 实际 ÷ 目标（${block.floor} 至 ${block.cap}）× 权重`, en: `score = actual ÷ target (${block.floor} to ${block.cap}) × weight` })
    case 'MARKS': return pick({ zh: '评分 × 权重 ÷ 100，逐项四舍五入后相加', en: 'mark × weight ÷ 100, each rounded, added up' })
    case 'PHASE': return block.phases.map((phase) => pick({ zh: `${phase.from} 起 ${phase.value}`, en: `${phase.value} from ${phase.from}` })).join(pick({ zh: '；', en: '; ' }))
    case 'BLEND': return `(1 − ${of(block.weight)}) × ${of(block.first)} + ${of(block.weight)} × ${of(block.second)}`
    case 'CORE': return pick({ zh: `从 ${block.start} 起，每项未达标减 ${block.step}，最低 ${block.floor}：${block.tests.map(({ name }) => name.zh).join('、')}`, en: `from ${block.start}, less ${block.step} for each missed, at least ${block.floor}: ${block.tests.map(({ name }) => name.en).join(', ')}` })
    case 'EXCESS': return pick({
      zh: `超目标部分按单位兑现、不封顶：${block.items.map(({ name, rate }) => `${name.zh} ${rate}`).join('、')}；模拟利润按职级 ${Object.entries(block.profit.rates).map(([grade, rate]) => `${grade} ${rate}`).join('、')}`,
      en: `what is above target, without a cap: ${block.items.map(({ name, rate }) => `${name.en} ${rate}`).join(', ')}; profit by grade ${Object.entries(block.profit.rates).map(([grade, rate]) => `${grade} ${rate}`).join(', ')}`,
    })
    case 'GATE': return pick({ zh: `${of(block.of)}：红色事件最多 ${block.redCap}${block.amberFactor === null ? '' : `，黄色事件 × ${block.amberFactor}`}`, en: `${of(block.of)}: at most ${block.redCap} after a RED event${block.amberFactor === null ? '' : `, × ${block.amberFactor} after an AMBER one`}` })
    case 'TEAM': return `(1 − ${block.weight}) × ${of(block.own)} + ${block.weight} × ${of(block.team)}`
    case 'PAYABLE': return pick({ zh: `${of(block.of)} 加上月结转；不低于 0，不足部分结转`, en: `${of(block.of)} and what was carried in; never below 0, the rest is carried on` })
    case 'DEFER': return pick({ zh: `${of(block.of)} 的 ${block.ratio} 分 ${block.tranches} 期支付；岗位：${block.posts.join('、') || '未列明'}`, en: `${block.ratio} of ${of(block.of)} in ${block.tranches} parts; posts: ${block.posts.join(', ') || 'none listed'}` })
  }
}

export const classNames: Readonly<Record<ItemClass, Text>> = {
  compliance: { zh: '合规经营', en: 'compliance' }, risk: { zh: '风险管理', en: 'risk' }, operating: { zh: '经营效益', en: 'operating benefit' }, development: { zh: '发展转型', en: 'development' }, social: { zh: '社会责任', en: 'social responsibility' },
}

const findingWords: Readonly<Record<Finding['code'], Text>> = {
  CODE_TWICE: { zh: '代码 {item} 出现两次', en: 'the code {item} stands twice' }, UNKNOWN_VALUE: { zh: '{block} 用到的 {item} 没有定义', en: '{block} names {item}, which stands nowhere' }, STANDS_LATER: { zh: '{block} 用到的 {item} 排在它之后，请调整顺序', en: '{block} names {item}, which stands later: move it' },
  WITHOUT_PAYABLE: { zh: '须有且只有一个“应发与结转”，代码 PAYABLE，结转代码 CARRY_OUT', en: 'there must be one payable amount, code PAYABLE, carried on as CARRY_OUT' }, WEIGHTS_NOT_100: { zh: '权重合计不是 100', en: 'the weights do not sum to 100' }, UNKNOWN_INDICATOR: { zh: '{block} 的指标 {item} 没有定义', en: 'the indicator {item} of {block} is not defined' },
  POINT_IN_TIME_DEPOSIT: { zh: '{item} 是存款时点指标，任何人不得批准，请改用日均', en: '{item} is a deposit on one day: nobody can allow it, use an average' }, RANK_ONLY: { zh: '{item} 只是占比或排名，任何人不得批准', en: '{item} is only a share or a rank: nobody can allow it' }, PRICE_MISSING: { zh: '没有积分单价', en: 'the price of a point is missing' },
  BELOW_HEAD_OFFICE: { zh: '总行以下制定方案须有总行授权，请填写授权文号', en: 'made below head office: give the number of its authorisation' }, AUTHORISATION_UNKNOWN: { zh: '总行没有以文号 {item} 授权制定此方案', en: 'head office did not authorise this scheme under {item}' },
  AUTHORISATION_NOT_IN_FORCE: { zh: '总行授权 {item} 在方案生效日无效', en: 'the authorisation {item} is not in force on the first day' }, AUTHORISATION_OTHER_UNIT: { zh: '总行授权 {item} 只限所授权的机构，方案的适用机构超出了它', en: 'the authorisation {item} is for its unit only, and the scheme covers others' }, CONTEST_OUTSIDE_PLAN: { zh: '竞赛只能奖励运行中计划的指标{item}；其余请列入下期计划', en: 'a contest rewards indicators of the running plan only {item}: make it one of the next plan' }, PAID_TWICE: { zh: '方案 {item} 已为同一批人发绩效，请先从中排除', en: 'scheme {item} pays the same people: leave them out there first' },
  BEGINS_TOO_EARLY: { zh: '生效中的方案不改动，新版本须从以后的月份开始', en: 'what is in force is never edited: a new version begins in a later month' }, NOT_FIRST_OF_PERIOD: { zh: '生效日须为结算期的首日', en: 'it begins on the first day of a period' }, UNKNOWN_UNIT: { zh: '没有机构或部门 {item}', en: 'there is no unit {item}' }, UNKNOWN_SCHEME: { zh: '{item} 不是一线方案，不能形成奖金池', en: '{item} is no scheme of the front line: it makes no pool' }, DEPARTMENT_WITHIN: { zh: '部门 {item} 属于 {block}，其人员会分两次，请只列一个', en: '{item} belongs to {block}, its people would share twice: list one of them' },
  RISK_CONTROL_IN_POOL: { zh: '{item} 全部是风险控制岗，绩效不得与所审查的业务挂钩，任何人不得批准。请移到风险控制部门', en: '{item} has posts of risk control only, whose pay must not depend on what they check: nobody can allow it. Move it to risk control' }, CONTROL_WITHOUT_BASE: { zh: '部门中有风险控制岗，但没有填写基数，他们没有绩效，须由合规部门书面确认', en: 'there are posts of risk control without a base, they would get nothing: compliance acknowledges it in writing' },
  TARIFF_TWICE: { zh: '积分标准 {item} 出现两次', en: 'the tariff has {item} twice' },
  RANK_WORDS: { zh: '{item} 由登记取得，名称像排名或占比，但定义没有这样写。确属排名或占比的须改定义（不得考核）；不是的由合规部门书面确认', en: '{item} comes by form and its name sounds like a rank or a share, which its definition does not say. If it is one, change the definition (it is no target); if not, compliance says so in writing' },
  POINT_IN_TIME_WORDS: { zh: '{item} 由登记取得，名称像存款时点余额。确属时点余额的不得考核；不是的由合规部门书面确认', en: '{item} comes by form and its name sounds like a deposit balance of one day. If it is one, it is no target; if not, compliance says so in writing' },
  CONTEST_WORDS: { zh: '名称像单项或临时竞赛。方案内容没有发现计划外的奖励，须由合规部门书面确认', en: 'the name sounds like a contest. Its terms reward nothing outside of the plan: compliance says so in writing' },
  RISK_COMPLIANCE_NOT_ABOVE: { zh: '合规与风险类权重未高于其他各类，须由合规部门书面确认', en: 'risk and compliance do not weigh more than each other class: compliance acknowledges it in writing' }, NO_CUSTOMER_OR_GROWTH: { zh: '没有客户质量或成长类指标，须由合规部门书面确认', en: 'no item of customer quality or growth: compliance acknowledges it in writing' },
}
/** A finding as a sentence. */
export function findingText({ code, block, item }: Finding): Text {
  const filled = (text: string): string => text.replace('{block}', block ?? '').replace('{item}', item ?? '')
  return { zh: filled(findingWords[code].zh), en: filled(findingWords[code].en) }
}

export const builderText = defineText({
  schemes: { zh: '考核方案', en: 'Pay schemes' }, desk: { zh: '方案设计', en: 'Scheme design' }, deskSub: { zh: '新版本由一人提交、另一人复核；有提示的须先经合规书面确认。生效的版本不改动', en: 'A version is proposed by one and confirmed by another; warnings are acknowledged by compliance first. What is in force is never edited' },
  noChange: { zh: '没有提交过的方案', en: 'No scheme was proposed yet' }, newScheme: { zh: '新方案', en: 'New scheme' }, newSub: { zh: '由模块搭建，不写代码；填入示例数字即可看到每一步', en: 'Built of blocks, without code; with example figures every step is seen at once' },
  begin: { zh: '从哪里开始', en: 'Where to begin' }, BLOCKS: { zh: '指标方案', en: 'Indicators' }, SUPPORT: { zh: '二线部门方案', en: 'Support departments' }, POINTS: { zh: '积分方案', en: 'Points' }, copyOf: { zh: '复制已有方案', en: 'Copy of a scheme' }, house: { zh: '（产品自带）', en: '(of the house)' },
  about: { zh: '基本信息', en: 'What it is' }, code: { zh: '代码', en: 'Code' }, name: { zh: '名称', en: 'Name' }, nameEn: { zh: '英文名称', en: 'English name' }, legalBasis: { zh: '依据', en: 'Basis' }, from: { zh: '生效日', en: 'From' }, posts: { zh: '适用岗位', en: 'Posts' }, units: { zh: '适用机构', en: 'Units' },
  exceptUnits: { zh: '除外机构', en: 'Except units' }, supervisorPosts: { zh: '主管岗位', en: 'Posts of supervisors' }, retailPosts: { zh: '零售评价岗位', en: 'Posts with retail evaluation' }, grades: { zh: '适用职级', en: 'Grades' }, period: { zh: '结算周期', en: 'Period' }, score: { zh: '得分代码', en: 'Code of the score' },
  contest: { zh: '竞赛所奖励的计划指标', en: 'Contest: rewarded indicators of the plan' }, notContest: { zh: '不是竞赛', en: 'no contest' },
  carryMonths: { zh: '结转月数', en: 'Months carried on' }, authorisation: { zh: '总行授权文号', en: 'Authorisation of head office' }, all: { zh: '全部', en: 'all' },
  blocks: { zh: '计算步骤', en: 'Blocks' }, kindOfBlock: { zh: '模块', en: 'Block' }, addBlock: { zh: '添加模块', en: 'Add block' }, up: { zh: '上移', en: 'Move up' }, down: { zh: '下移', en: 'Move down' }, remove: { zh: '删除', en: 'Remove' }, lacks: { zh: '还缺：{list}', en: 'Still missing: {list}' }, addRow: { zh: '加一行', en: 'Add a row' },
  yes: { zh: '是', en: 'yes' }, UP: { zh: '越高越好', en: 'the higher the better' }, DOWN: { zh: '越低越好', en: 'the lower the better' },
  parameters: { zh: '参数', en: 'Parameters' }, bases: { zh: '职级基数', en: 'Bases by grade' }, grade: { zh: '职级', en: 'Grade' }, base: { zh: '每期基数（元）', en: 'Base of a period (yuan)' }, basesHint: { zh: '职级填 * 表示其他所有人', en: 'Grade * stands for everybody else' }, classes: { zh: '监管类别', en: 'Regulatory classes' }, item: { zh: '项目', en: 'Item' }, class: { zh: '类别', en: 'Class' },
  tariff: { zh: '积分标准', en: 'Tariff' }, event: { zh: '事项', en: 'Event' }, perYuan: { zh: '每多少元', en: 'Per (yuan)' }, each: { zh: '每笔', en: 'each' }, points: { zh: '积分', en: 'Points' }, products: { zh: '产品', en: 'Products' }, marketing: { zh: '营销系数', en: 'Marketing coefficient' }, atLeast: { zh: '得分不低于', en: 'Score at least' },
  coefficient: { zh: '系数', en: 'Coefficient' }, inputs: { zh: '输入规则', en: 'Rules of the inputs' }, parameter: { zh: '项目', en: 'Value' }, value: { zh: '数值', en: 'Figure' }, earlyGraceMonths: { zh: '提前结清宽限（月）', en: 'Grace before maturity (months)' }, linkCeiling: { zh: '挂钩系数上限', en: 'Ceiling of the link factor' },
  lateReturnRatio: { zh: '次月之后收回的返还比例', en: 'Returned when recovered later' }, evaluationPointRate: { zh: '零售评价每分折积分', en: 'Points for a point of evaluation' }, supervisorCeiling: { zh: '主管系数上限', en: 'Ceiling of the supervisor' },
  preview: { zh: '试算', en: 'Preview' }, previewHint: { zh: '填入一个人的示例数字；与结算使用同一套规则，不保存', en: 'Example figures of one person; the rules that settlements use, nothing is kept' }, pointLines: { zh: '积分明细', en: 'Points' }, line: { zh: '条目', en: 'Line' }, values: { zh: '给定数值', en: 'Given values' }, inYuan: { zh: '（元）', en: ' (yuan)' },
  tryIt: { zh: '试算', en: 'Work out' }, noFinding: { zh: '校验通过', en: 'Nothing stands against it' }, noSteps: { zh: '改正后可看到每一步', en: 'Mended, every step is shown' }, payable: { zh: '应发', en: 'Payable' }, wrong: { zh: '还没有写好：{list}', en: 'Not written yet: {list}' }, exampleWrong: { zh: '示例数字', en: 'the example figures' },
  ofExample: { zh: '（示例数字）', en: ' (example figures)' }, codeHint: { zh: '大写字母、数字、下划线，字母开头', en: 'capitals, digits and _, a letter first' }, nameEnHint: { zh: '空则同名称', en: 'empty: the name' }, fromHint: { zh: '每期首日，如 2026-12-01', en: 'first day of a period, as 2026-12-01' }, gradesHint: { zh: '多个用空格隔开；空为全部', en: 'separated by spaces; empty: all' },
  carryHint: { zh: '负数结转最多几个月', en: 'how long a negative amount is carried' }, scoreHint: { zh: '哪一步的结果是考核得分；空为没有', en: 'the block whose result is the score; empty: none' }, authorisationHint: { zh: '总行以下制定时填写', en: 'when made below head office' },
  totalCost: { zh: '改动后总成本', en: 'Total cost as changed' }, spreadSentence: { zh: '共 {n} 人，按每人全期增减分档', en: '{n} people by the change of each over all months' }, countsHidden: { zh: '三个数中有不足 5 人的，可由其推算的也不显示', en: 'A count below five is not shown, nor one that would tell it' }, fromTo: { zh: '{from} 至 {to}', en: '{from} to {to}' }, monthsFromTo: { zh: '{from} 至 {to} 中 {n} 个月', en: '{n} months of {from} to {to}' },
  effect: { zh: '提交复核', en: 'Propose' }, reason: { zh: '原因', en: 'Reason' }, submit: { zh: '提交复核', en: 'Propose' }, cancel: { zh: '取消', en: 'Cancel' }, sent: { zh: '已提交，等待另一位同事复核', en: 'Proposed; a colleague checks it' },
  acknowledge: { zh: '书面确认提示', en: 'Acknowledge the warnings' }, acknowledgeHint: { zh: '写明已知悉的提示和理由，至少 10 个字', en: 'What is known and why it is borne, at least 10 characters' }, acknowledged: { zh: '合规确认 {name} {day}', en: 'Acknowledged by {name} {day}' }, waitsForCompliance: { zh: '等待合规部门书面确认', en: 'Compliance acknowledges it first' },
  whatIf: { zh: '我的测算', en: 'What if' }, whatIfSub: { zh: '上次结算的月份再加上这些业务；与结算使用同一套规则，不保存', en: 'The last settled month with more business; the rules that settlements use, nothing is kept' }, mine: { zh: '我的工资单', en: 'My pay statement' }, noStatement: { zh: '还没有结算过您的月份', en: 'No month of yours is settled yet' },
  loanNumber: { zh: '新发放贷款 {n}', en: 'New loans {n}' }, anotherLoan: { zh: '再加一种贷款', en: 'Another kind of loan' }, moreDeposit: { zh: '新增存款', en: 'More deposits' }, product: { zh: '产品', en: 'Product' }, amount: { zh: '金额（元）', en: 'Amount (yuan)' }, paidOutOn: { zh: '放款日', en: 'Paid out on' }, liesFrom: { zh: '存入日', en: 'From' },
  heldAlone: { zh: '按本人独自管户计算：放款积分、当月日均和净增挂钩一并计入；存款按留到月末计', en: 'As of customers whom one holds alone: points of the loan, its days in the average and the growth of the link all count; deposits stay to the end of the month' },
  more: { zh: '再增加', en: 'More' }, count: { zh: '笔数', en: 'How many' }, amountEach: { zh: '每笔金额（元）', en: 'Amount of each (yuan)' }, target: { zh: '目标', en: 'Target' }, actual: { zh: '实际', en: 'Actual' }, moreBy: { zh: '再增加', en: 'More by' }, before: { zh: '原应发', en: 'Payable' }, after: { zh: '测算应发', en: 'Would be' }, difference: { zh: '增减', en: 'Difference' },
  compare: { zh: '与近 12 个月比较', en: 'Compare over twelve months' }, notCompared: { zh: '近 12 个月没有可比的已结算月份，或不足 5 人', en: 'Nothing that can be compared was settled in twelve months, or for fewer than five people' }, comparedOver: { zh: '{from} 至 {to}，{months} 个已结算月份，{people} 人；按现在已知的业务事实，假定新方案自 {from} 起生效，结转从该月起单独计算', en: '{from} to {to}, {months} settled {months|month|months}, {people} people; with the facts as they are known today, as if the changed scheme had been in force since {from}, with its own carry' }, gain: { zh: '增加', en: 'Gain' }, lose: { zh: '减少', en: 'Lose' }, same: { zh: '不变', en: 'Unchanged' }, paidBefore: { zh: '现行合计', en: 'As it is' }, paidAfter: { zh: '改动后合计', en: 'As changed' }, spread: { zh: '每人增减分布（元；不足 5 人的档不显示）', en: 'Change of each person (yuan; fewer than five are not shown)' }, people: { zh: '人数', en: 'People' },
  comparing: { zh: '正在逐月试算', en: 'Trying month after month' }, carryBefore: { zh: '现行期末结转', en: 'Carried on, as it is' }, carryAfter: { zh: '改动后期末结转', en: 'Carried on, as changed' }, nothingLacking: { zh: '所有人的各项指标都有数据、目标和评分', en: 'Everybody had data, target and mark for every item' },
  lacking: { zh: '有 {n} 项缺数据、目标或评分，其权重给了其他项；下表列出 {shown} 项', en: '{n} items lacked data, target or mark, and their weight went to the others; {shown} are listed' }, lackingTable: { zh: '缺少的数据', en: 'What was lacking' }, person: { zh: '客户经理', en: 'Manager' }, why: { zh: '缺什么', en: 'What lacks' }, months: { zh: '月份', en: 'Months' },
  'no-data': { zh: '没有数据', en: 'no data' }, 'no-target': { zh: '没有目标', en: 'no target' }, 'no-mark': { zh: '没有评分', en: 'no mark' }, 'no-grade-base': { zh: '职级没有基数', en: 'no base for the grade' }, 'no-marketing-score': { zh: '没有营销得分', en: 'no marketing score' }, 'no-team-target': { zh: '没有团队目标', en: 'no target of the team' },
  changedFrom: { zh: '与第 {n} 版相比', en: 'What changed since version {n}' }, nothingChanged: { zh: '规则没有变化，只是重新生效', en: 'No rule changed; it only begins anew' },
  readIt: { zh: '确认已阅', en: 'I have read it' }, readOn: { zh: '已于 {day} 阅读', en: 'Read on {day}' }, readers: { zh: '已阅 {n} 人', en: '{n} have read it' },
})
