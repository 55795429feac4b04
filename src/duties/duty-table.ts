import type { DueRule, Escalation, Period } from './due.rules.ts'

/** The capabilities that have not come yet, by the name that a duty keeps, and in English. */
export const lacking = {
  '厅堂：排班与离岗': 'Lobby: roster and absence',
  '产品：理财销售事件': 'Products: sales of wealth products',
  '信贷：催收': 'Credit: collection',
  '信贷：贷后检查': 'Credit: post-loan checks',
  '风险：风险事项': 'Risk: risk findings',
  '产品：建议': 'Products: ideas',
  '合规：可疑报告': 'Compliance: suspicious activity reports',
  '开户：USBKEY 库存': 'Account opening: stock of USB keys',
  '能力：评估': 'Competency: assessment',
  '能力：培训计划': 'Competency: training plans',
  '营销：合作机构': 'Marketing: partners',
  '营销：活动': 'Marketing: campaigns',
  '厅堂：转介': 'Lobby: referral slips',
  '厅堂：意见簿': 'Lobby: opinion book',
  '厅堂：服务偏差': 'Lobby: deviations from standards',
  '产品：产品项目': 'Products: product projects',
  '审计：发现与复查': 'Audit: findings and retests',
  '能力：问卷': 'Competency: questionnaires',
  '营销：商机': 'Marketing: opportunities',
  '知识：新政策': 'Knowledge: new policies',
} as const

/** The duties that come with the product (domain specification 9), in force from the first day. One that comes at several times has a row for each: D-31 of the month, D-31Q of the quarter, D-31Y of the year. `missing`: the capability without which nothing can be asked yet. */
export type DutyRow = {
  code: string; name: string; nameEn: string; posts: readonly string[]; trigger: 'RECURRENCE' | 'EVENT' | 'CONDITION' | 'PLAN' | 'TASK'; period?: Period; event?: string; due: DueRule; content: string; contentEn: string; evidence: string; evidenceEn: string
  fact?: 'COVERAGE' | 'VISITS' | 'CLOSED_MONTH' | 'REPORT'; address?: string; escalation: Escalation; missing?: keyof typeof lacking; source: string
}

const defaultEscalation: Escalation = [{ after: -1, to: 'ACTOR' }, { after: 0, to: 'ACTOR' }, { after: 1, to: 'SUPERIOR' }, { after: 3, to: 'SECOND' }]
const rms = ['RM'] as const
const leads = ['TEAM_LEAD', 'OUTLET_HEAD', 'BRANCH_HEAD'] as const
const heads = ['OUTLET_HEAD', 'BRANCH_HEAD'] as const
const after = (n: number): DueRule => ({ kind: 'AFTER_EVENT', n })
const afterPeriod = (n: number): DueRule => ({ kind: 'WORKING_DAY', n, after: true })
const ownDue: DueRule = { kind: 'OWN' }
const periodEnd: DueRule = { kind: 'PERIOD_END' }
/** 自 20 日起提醒：月末前 6 个工作日。 */
const fromTheTwentieth: Escalation = [{ after: -6, to: 'ACTOR' }, { after: 0, to: 'ACTOR' }, { after: 1, to: 'SUPERIOR' }, { after: 3, to: 'SECOND' }]

type Words = readonly [name: string, nameEn: string, content: string, contentEn: string, evidence: string, evidenceEn: string, source: string]
type How = Omit<DutyRow, 'code' | 'name' | 'nameEn' | 'content' | 'contentEn' | 'evidence' | 'evidenceEn' | 'source' | 'escalation'> & { escalation?: Escalation }
const duty = (code: string, [name, nameEn, content, contentEn, evidence, evidenceEn, source]: Words, how: How): DutyRow => ({ code, name, nameEn, content, contentEn, evidence, evidenceEn, source, escalation: defaultEscalation, ...how })
const each = (period: Period, posts: readonly string[], due: DueRule): Pick<DutyRow, 'trigger' | 'period' | 'posts' | 'due'> => ({ trigger: 'RECURRENCE', period, posts, due })
const onEvent = (event: string, posts: readonly string[], due: DueRule): Pick<DutyRow, 'trigger' | 'event' | 'posts' | 'due'> => ({ trigger: 'EVENT', event, posts, due })

export const dutyTable: readonly DutyRow[] = [
  duty('D-01', ['每日汇报', 'Daily report', '下班前向主管汇报当日联系、结果、问题和次日计划，可当面或电话汇报', 'Report the day’s contacts, results, problems and plan to the supervisor', '汇报方式与要点', 'How it was reported, and what', '9·一·2(一)'], { ...each('DAY', rms, { kind: 'SAME_DAY', time: '17:30' }), fact: 'REPORT', address: '/day-report', escalation: [{ after: 0, to: 'ACTOR' }, { after: 1, to: 'SUPERIOR' }] }),
  duty('D-02', ['晨会', 'Morning meeting', '召开晨会：目标、士气、通知、安排、客户分析、营销技巧，并留存到会与纪要', 'Hold the morning meeting; keep attendance and minutes', '到会人数与纪要要点', 'Attendance and minutes', '9·一·2(二)'], { ...each('DAY', ['TEAM_LEAD'], { kind: 'SAME_DAY', time: '08:45' }), escalation: [{ after: 1, to: 'BRANCH' }] }),
  duty('D-03', ['联系核心优质客户', 'Contact core customers', '每月至少联系一次每位核心优质客户，并及时记录', 'Contact each core customer at least once a month and record it', '联系记录（系统认定）', 'Contacts, found by the system', '9·一·2(四)'], { ...each('MONTH', [...rms, 'TEAM_LEAD', 'OUTLET_HEAD'], periodEnd), fact: 'COVERAGE', address: '/coverage', escalation: fromTheTwentieth }),
  duty('D-04', ['定期上门拜访', 'Periodic visits', '按客户层级定期见面拜访，含重点个人客户', 'Meet customers as often as their tier asks', '见面记录（系统认定）', 'Meetings, found by the system', '9·一·2(四)'], { ...each('MONTH', [...rms, 'TEAM_LEAD', 'OUTLET_HEAD'], periodEnd), fact: 'VISITS', address: '/my-day' }),
  duty('D-05', ['提醒领导走访重点客户', 'Remind leaders to visit', '领导走访到期前提请走访，准备要点、往来和需求', 'Ask leaders to visit key customers in time, with a brief', '提请记录', 'The brief', '9·一·2(四)'], onEvent('KEY_EVENT', rms, after(2))),
  duty('D-06', ['优质客户需求调查', 'Needs survey', '新晋 T1、T2 客户 30 天内完成需求调查', 'Survey the needs of a customer who rose to T1 or T2 within 30 days', '需求卡（系统认定）', 'The need card, found by the system', '9·一·2(三)'], { ...onEvent('NEW_KEY_CUSTOMER', rms, { kind: 'AFTER_EVENT_DAYS', n: 30 }), address: '/needs' }),
  duty('D-06H', ['优质客户需求复查', 'Needs survey again', '每半年复查一次 T1、T2 客户的需求', 'Survey the needs of one’s customers of T1 and T2 again each half-year', '需求卡或复查要点', 'Need cards, or what was found', '9·一·2(三)'], { ...each('HALF', rms, periodEnd), address: '/needs' }),
  duty('D-07', ['大堂书面月报', 'Lobby monthly report', '每月书面报告市场、客户需求、产品与服务意见；重大问题立即报告', 'Report in writing on market, needs, opinions; a major problem at once', '报告要点与报送对象', 'The report and its receivers', '6·篇二·十一'], { ...each('MONTH', ['LOBBY'], afterPeriod(5)), fact: 'REPORT', address: '/day-report?kind=LOBBY_MONTH' }),
  duty('D-08', ['大堂工作日志与客户资源信息簿', 'Lobby work log and customer book', '每日登记履职情况和重点客户', 'Record the day’s work and key customers', '日志要点', 'The log', '6·篇二·十'], { ...each('DAY', ['LOBBY'], { kind: 'SAME_DAY' }), fact: 'REPORT', address: '/day-report' }),
  duty('D-09', ['大堂不空岗', 'Lobby never unmanned', '大堂经理离岗前安排有资格的人员替岗', 'Name a qualified substitute before the lobby manager is away', '替岗人', 'The substitute', '6·篇二·十'], { ...onEvent('LOBBY_ABSENCE', ['OUTLET_HEAD'], { kind: 'SAME_DAY' }), escalation: [{ after: 0, to: 'BRANCH' }], missing: '厅堂：排班与离岗' }),
  duty('D-10', ['厅堂环境检查（午间）', 'Lobby premises check, midday', '午间检查环境、公示、设备、宣传品、秩序', 'Check premises at midday', '检查结果', 'Findings', '6·篇二·九'], each('DAY', ['LOBBY'], { kind: 'SAME_DAY', time: '13:00' })),
  duty('D-10A', ['厅堂环境检查（开门前）', 'Lobby premises check, opening', '开门前检查环境、公示、设备、宣传品、秩序', 'Check premises before the doors open', '检查结果', 'Findings', '6·篇二·九'], each('DAY', ['LOBBY'], { kind: 'SAME_DAY', time: '09:00' })),
  duty('D-11', ['重点项目按季通报', 'Quarterly notice on key projects', '逐项通报进度、障碍、责任人和下一步', 'Report each key project: progress, obstacle, owner, next step', '通报文号或要点', 'The notice', '4·第2、3篇'], each('QUARTER', ['BRANCH_HEAD'], afterPeriod(10))),
  duty('D-12', ['产品持有人定期回访', 'Call-back of product holders', '理财售后 15 天回访，此后每季回访', 'Call back 15 days after a sale, then quarterly', '回访记录', 'Call-back record', '4·第1篇'], { ...onEvent('WEALTH_SOLD', rms, { kind: 'AFTER_EVENT_DAYS', n: 15 }), missing: '产品：理财销售事件' }),
  duty('D-13', ['节日问候', 'Holiday greeting', '经客户同意，节日与生日发送问候，不含产品推介', 'Greet on holidays and birthdays, with consent, without advertising', '发送回执', 'Receipts', '4·第1篇'], { ...onEvent('HOLIDAY', rms, { kind: 'SAME_DAY', time: '12:00' }), escalation: [], address: '/greetings' }),
  duty('D-14', ['产品到期兑付跟踪', 'Payment of products due', '核对到期款项已到账；非保本产品只说“到期兑付/净值”', 'Check that proceeds of products due arrived', '核对结果', 'The check', '4·第1篇'], { ...onEvent('PRODUCT_DUE', [...rms, 'PRODUCT'], after(1)), address: '/maturities?when=OVERDUE' }),
  duty('D-15', ['产品到期提醒', 'Product maturity reminder', '存款、理财到期前 30、7、1 天联系客户', 'Talk to the customer 30, 7 and 1 days before maturity', '联系记录', 'Contact', '一般做法'], { ...onEvent('MATURITY', rms, { kind: 'SAME_DAY' }), address: '/maturities' }),
  duty('D-16', ['贷款到期提醒与催收', 'Loan due reminder and collection', '到期前 30、7、1 天提醒，逾期按步骤催收', 'Remind before the due date; collect step by step when overdue', '通知与送达证明', 'Notice with proof of receipt', '9·一·3(七)'], { ...onEvent('LOAN_DUE', rms, { kind: 'SAME_DAY' }), missing: '信贷：催收' }),
  duty('D-17', ['首次与定期贷后检查', 'Post-loan checks', '按频率双人进行贷后检查', 'Check after the loan, two people, as often as asked', '检查报告', 'Report', '9·一·1(九)'], { ...onEvent('POST_LOAN_CHECK', rms, after(15)), missing: '信贷：贷后检查' }),
  duty('D-18', ['报告危及债权事项', 'Report threats to claims', '发现危及债权的情形，当日采取措施并报告', 'Take steps and report the same day', '报告', 'Report', '9·一·1(十一)'], { ...onEvent('CLAIM_THREAT', rms, { kind: 'SAME_DAY' }), missing: '风险：风险事项' }),
  duty('D-19', ['市场调研记录', 'Market research note', '每月记录客户基本面、同业动向、行业变化', 'Note customers, competitors and industry each month', '调研要点', 'The note', '9·一·3(一)'], each('MONTH', rms, periodEnd)),
  duty('D-20', ['产品适用性调查', 'Product fit survey', '每季调查产品销售、占比、满意度和效益', 'Survey sales, share, satisfaction and benefit of products each quarter', '调查要点', 'The survey', '9·一·3(九)'], each('QUARTER', rms, periodEnd)),
  duty('D-21', ['新产品建议', 'New product idea', '将客户需求和设计思路报总行新业务部门', 'Pass needs and ideas on to the head office', '建议', 'The idea', '9·一·3(十)'], { ...onEvent('PRODUCT_IDEA', rms, after(5)), missing: '产品：建议' }),
  duty('D-22', ['上报未能满足的需求', 'Escalate needs', '本级不能满足的需求 2 个工作日内上报', 'Pass on needs that the branch cannot meet', '上报记录', 'Record', '9·一·3(三)'], { ...onEvent('NEED_NOT_MET', rms, after(2)), address: '/needs?state=CANNOT' }),
  duty('D-23', ['可疑行为报告', 'Suspicious behaviour report', '发现可疑情形当日报告，不告知客户', 'Report the same day; never tell the customer', '报告（机密）', 'Report, secret', '9·行为规范·6'], { ...onEvent('SUSPICION', ['RM', 'LOBBY', 'TEAM_LEAD', 'OUTLET_HEAD'], { kind: 'SAME_DAY' }), escalation: [], missing: '合规：可疑报告' }),
  duty('D-24', ['USBKEY 日终核对', 'Day-end USBKEY reconciliation', '双人核对在库、领用、作废数量', 'Two people reconcile stock, issued and void keys', '核对表', 'The sheet', '9·(三)(六)'], { ...onEvent('USBKEY_DAY', ['OUTLET_HEAD'], { kind: 'SAME_DAY' }), missing: '开户：USBKEY 库存' }),
  duty('D-25', ['月度绩效结算', 'Monthly settlement', '月后第 5 个工作日前完成结算并关账', 'Settle and close by the 5th working day after the month', '关账（系统认定）', 'The closed month, found by the system', '3'], { ...each('MONTH', ['PERFORMANCE'], afterPeriod(5)), fact: 'CLOSED_MONTH', address: '/settlement' }),
  duty('D-26', ['净增与时间进度', 'Net growth and time progress', '月后第 3 个工作日前核定净增完成与时间进度', 'Work out net growth against time progress by the 3rd working day', '核定结果', 'The result', '3'], { ...each('MONTH', ['PERFORMANCE'], afterPeriod(3)), address: '/indicator-facts' }),
  duty('D-27', ['能力评估', 'Competency assessment', '每年四季度评估，晋升时加评', 'Assess in the fourth quarter and at promotion', '评估表', 'The sheet', '1'], { ...onEvent('ASSESSMENT', [...rms, ...leads], ownDue), missing: '能力：评估' }),
  duty('D-28', ['培训', 'Training', '按计划参加培训', 'Attend training as planned', '学习记录', 'Record', '1, 2, 9·一·1(六)'], { trigger: 'PLAN', posts: rms, due: ownDue, missing: '能力：培训计划' }),
  duty('D-29', ['内部协调会', 'Coordination meeting', '跨部门事项召开协调会，明确分工和反馈', 'Co-ordinate between departments and levels', '纪要', 'Minutes', '5·2(4)'], { ...onEvent('COORDINATION', rms, after(5)), address: '/coordination' }),
  duty('D-30', ['客户档案年度更新', 'File update', '每年更新名下客户档案', 'Update the files of one’s customers each year', '更新户数与要点', 'How many, and what', '9·一·1(四)'], { ...each('YEAR', rms, periodEnd), address: '/customers' }),
  duty('D-30E', ['客户信息变更后更新档案', 'File update after a change', '身份信息或控制权变更后 10 个工作日内更新客户档案', 'Update the customer’s file within 10 working days of a change of identity or control', '更新要点', 'What was updated', '9·一·1(四)'], onEvent('FILE_CHANGE', rms, after(10))),
  duty('D-31', ['工作计划与总结', 'Work plan and summary', '每月 5 个工作日内提交上月总结和本月计划', 'Hand in summary and plan within 5 working days', '计划与总结要点', 'Plan and summary', '5·3(5)'], { ...each('MONTH', rms, { kind: 'WORKING_DAY', n: 5, after: false }), address: '/work-plan?period=MONTH' }),
  duty('D-31Q', ['季度工作计划与总结', 'Work plan and summary of the quarter', '每季 5 个工作日内提交上季总结和本季计划', 'Hand in summary and plan of the quarter within 5 working days', '计划与总结要点', 'Plan and summary', '5·3(5)'], { ...each('QUARTER', rms, { kind: 'WORKING_DAY', n: 5, after: false }), address: '/work-plan?period=QUARTER' }),
  duty('D-31Y', ['年度工作计划与总结', 'Work plan and summary of the year', '每年 5 个工作日内提交上年总结和本年计划', 'Hand in summary and plan of the year within 5 working days', '计划与总结要点', 'Plan and summary', '5·3(5)'], { ...each('YEAR', rms, { kind: 'WORKING_DAY', n: 5, after: false }), address: '/work-plan?period=YEAR' }),
  duty('D-32', ['银保合作沟通', 'Bancassurance talks', '每月与合作银行各层级沟通', 'Talk with each level of the partner bank monthly', '沟通记录', 'Record', '7·1'], { ...onEvent('BANCASSURANCE', rms, ownDue), missing: '营销：合作机构' }),
  duty('D-33', ['营销活动方案与实施', 'Campaign design and execution', '按计划设计并实施营销活动', 'Design and run campaigns as planned', '活动总结', 'Summary', '9'], { trigger: 'PLAN', posts: rms, due: ownDue, missing: '营销：活动' }),
  duty('D-34', ['服务质量督导', 'Service quality supervision', '每周督导服务标准执行并纠正偏差', 'Supervise service standards weekly and correct deviations', '督导记录', 'Record', '6·篇二·一'], each('WEEK', ['LOBBY'], periodEnd)),
  duty('D-35', ['向客户介绍新任客户经理', 'Introduce the new manager', '移交后 10 个工作日内向客户介绍新任客户经理和联系方式', 'Introduce the new manager within 10 working days of a hand-over', '介绍方式', 'How', '2·三·5'], onEvent('NEW_MANAGER', rms, after(10))),
  duty('D-35Y', ['向客户宣介客户经理制', 'Tell customers about their managers', '每年以宣传资料和面谈向客户介绍客户经理制及联系方式', 'Tell customers each year, by material and talks, about the managers and how to reach them', '资料与面谈情况', 'Material and talks', '2·三·5'], each('YEAR', ['BRANCH_HEAD'], periodEnd)),
  duty('D-36', ['交办任务', 'Assigned task', '上级下达、领导交办的其他工作，见“督办”', 'Tasks given by leaders, under Supervision', '交办人要求的依据', 'What the giver asked for', '4·3·3; 9·一·1(十一)'], { trigger: 'TASK', posts: rms, due: ownDue, address: '/tasks', escalation: [{ after: -2, to: 'ACTOR' }, { after: 0, to: 'ACTOR' }, { after: 1, to: 'ACTOR' }, { after: 3, to: 'SUPERIOR' }] }),
  duty('D-37', ['负责人学习与年度承诺', 'Leaders’ study and commitment', '每年 1 月 31 日前签署年度承诺', 'Sign the yearly commitment by 31 January', '承诺要点', 'The commitment', '2·三·1'], each('YEAR', heads, { kind: 'DATE', day: 31, month: 1 })),
  duty('D-37H', ['负责人客户经理制学习', 'Leaders’ training', '每半年学习客户经理制理论', 'Study the theory of the system of managers each half-year', '学习内容与时间', 'What was studied, and when', '1·四(一)'], each('HALF', heads, periodEnd)),
  duty('D-37Y', ['年度承诺回顾', 'Review of the commitment', '每年 12 月 31 日前回顾年度承诺', 'Review the yearly commitment by 31 December', '回顾要点', 'The review', '2·三·1'], each('YEAR', heads, { kind: 'DATE', day: 31, month: 12 })),
  duty('D-38', ['转介单处理', 'Answer a referral slip', '1 个工作日内接收或转出，3 个工作日内首次联系', 'Accept or hand on in 1 working day, first contact in 3', '处理结果', 'Result', '9·二·4'], { ...onEvent('REFERRAL', rms, after(1)), missing: '厅堂：转介' }),
  duty('D-39', ['答复意见簿', 'Answer the opinion book', '5 个工作日内书面或电话答复', 'Answer in 5 working days', '答复', 'Answer', '6·篇二·八'], { ...onEvent('OPINION', ['OUTLET_HEAD'], after(5)), missing: '厅堂：意见簿' }),
  duty('D-40', ['纠正服务偏差', 'Correct a deviation', '当场或 2 个工作日内纠正', 'Correct on the spot or in 2 working days', '纠正结果', 'Result', '6·篇二·一'], { ...onEvent('DEVIATION', ['LOBBY'], after(2)), missing: '厅堂：服务偏差' }),
  duty('D-41', ['银保管控改进', 'Bancassurance control improvement', '每季提出管控需求与措施并跟踪效果', 'Name needs and measures of control each quarter', '措施', 'Measures', '7·2'], { ...onEvent('BANCASSURANCE', rms, ownDue), missing: '营销：合作机构' }),
  duty('D-42', ['险种开发与改善建议', 'Insurance product proposals', '每半年提出新险种、储备和改善建议', 'Propose new and better insurance products each half-year', '建议', 'Proposals', '7·3'], { ...onEvent('BANCASSURANCE', rms, ownDue), missing: '产品：产品项目' }),
  duty('D-43', ['宣传激励活动与反馈', 'Incentive activities with feedback', '活动结束后 5 个工作日内反馈结果', 'Feed results back within 5 working days of the end', '反馈', 'Feedback', '7·4'], { ...onEvent('ACTIVITY_END', rms, after(5)), missing: '营销：活动' }),
  duty('D-44', ['审计整改与复查', 'Audit measures and retest', '按期整改，30 天内以新样本复查', 'Mend in time; retest by a fresh sample within 30 days', '整改依据', 'Evidence', '9·(六)·三(二)'], { ...onEvent('AUDIT_FINDING', [...rms, 'AUDIT'], ownDue), missing: '审计：发现与复查' }),
  duty('D-45', ['报告与检查的质量检查', 'Inspection of reports', '每月 15 日前检查报告和贷后检查质量', 'Inspect reports and checks by the 15th', '检查结果', 'Findings', '3·一(三)'], { ...each('MONTH', ['AUDIT'], { kind: 'DATE', day: 15 }), address: '/indicator-facts' }),
  duty('D-46', ['能力问卷与模型修订', 'Questionnaire and model review', '每年三季度组织问卷并提出模型修订', 'Ask and revise the model in the third quarter', '修订建议', 'Proposal', '1·二(二)'], { ...onEvent('QUESTIONNAIRE', ['HR'], ownDue), missing: '能力：问卷' }),
  duty('D-47', ['售后交接与首次使用', 'After-sale hand-off', '产品开通后 10 个工作日内完成交接与首次使用', 'Hand off and help with first use within 10 working days', '交接清单', 'Checklist', '6·篇一·3'], { ...onEvent('WON', rms, after(10)), missing: '营销：商机' }),
  duty('D-48', ['行业与政策研究', 'Industry or policy note', '所属行业每半年一篇', 'A note on one’s industries each half-year', '研究要点', 'The note', '5·5(4)'], each('HALF', rms, periodEnd)),
  duty('D-48E', ['新政策研究', 'Note on a new policy', '国家新政策出台后 5 个工作日内研究', 'A note within 5 working days of a new policy', '研究要点', 'The note', '9·一·3(四)'], { ...onEvent('NEW_POLICY', rms, after(5)), missing: '知识：新政策' }),
  duty('D-49', ['大额变动回访', 'Call on a large movement', '次一工作日 12:00 前了解原因、是否留存和下一步', 'Ask for the reason by noon of the next working day', '原因与下一步', 'Reason and next step', '一般做法'], { ...onEvent('LARGE_MOVEMENT', rms, { kind: 'AFTER_EVENT', n: 1, time: '12:00' }), address: '/movements' }),
  duty('D-50', ['落实大堂报告措施', 'Measures on the lobby report', '10 个工作日内将措施分解为任务', 'Turn measures into tasks within 10 working days', '任务', 'Tasks', '6·篇二·十一'], { ...onEvent('LOBBY_REPORT', heads, after(10)), fact: 'REPORT', address: '/unit-reports?tab=answers' }),
]
