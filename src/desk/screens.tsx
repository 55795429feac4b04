import { lazy, type ComponentType } from 'react'
import type { Text } from '../ui/text.ts'

/** Groups of the menu, in this order (handbook, section 3). A group without a screen that the person may open is absent. */
export const menuGroups = {
  workbench: { zh: '工作台', en: 'Workbench' },
  customers: { zh: '客户', en: 'Customers' },
  lobby: { zh: '厅堂', en: 'Lobby' },
  credit: { zh: '信贷', en: 'Credit' },
  performance: { zh: '绩效', en: 'Performance' },
  competency: { zh: '能力', en: 'Competency' },
  compliance: { zh: '合规', en: 'Compliance' },
  administration: { zh: '管理', en: 'Administration' },
} as const satisfies Record<string, Text>
export type MenuGroup = keyof typeof menuGroups

/** Screens that are looked at together: one entry of the menu, which opens the first that the person may open, and tabs between them. */
export const screenFamilies = {
  plans: { zh: '工作计划', en: 'Work plans' },
  reports: { zh: '日报', en: 'Daily reports' },
  movements: { zh: '变动与商机', en: 'Movements and leads' },
  ownership: { zh: '管户与移交', en: 'Ownership' },
  records: { zh: '客户信息治理', en: 'Customer records' },
  analysis: { zh: '业绩分析', en: 'Results' },
  pay: { zh: '我的工资单', en: 'My pay' },
  appraisalPlans: { zh: '绩效计划', en: 'Appraisal plans' },
  schemes: { zh: '考核方案', en: 'Pay schemes' },
  indicators: { zh: '考核指标', en: 'Indicators' },
  appraisal: { zh: '评议与申诉', en: 'Appraisal and appeals' },
} as const satisfies Record<string, Text>
export type ScreenFamily = keyof typeof screenFamilies

export type Screen = {
  /** The address; parameters as ':customerId'. */
  path: string
  title: Text
  /** `lazy(() => import('../room/pages/X.tsx'))`; the page is its file's default export. */
  page: ComponentType
  /** Actions of the permission table, any of which opens the screen; 'signed-in': everybody; 'public': without a session. */
  opens: readonly string[] | 'signed-in' | 'public'
  /** Group and place in the menu (10, 20, …). Absent: reached by links only. */
  menu?: readonly [MenuGroup, number]
  /** The screens with which it shares an entry of the menu. */
  family?: ScreenFamily
  /** Posts whose menu shows it, when that is fewer than may open it. */
  menuFor?: readonly string[]
  /** Tab on the phone. 今天 · 客户 · 记录 · 待办 · 我的 */
  tab?: 'today' | 'customers' | 'record' | 'tasks'
  /** `g` and this key go there. */
  key?: string
  /** Carries the reader's name and number as a faint watermark. */
  customerData?: boolean
  /** Shown without menu and bar. */
  bare?: boolean
  /** For the screenshots: which role shows it best (a post's code), and the screen whose first link leads there (by its path), or an address of the demo bank. */
  shot?: { post?: string; linkFrom?: string; address?: string }
}

/** EVERY screen of the product. One line, one address; a page that is only part of another is not listed. */
export const screens: readonly Screen[] = [
  // workbench
  { path: '/my-day', title: { zh: '我的一天', en: 'My day' }, opens: 'signed-in', menu: ['workbench', 10], tab: 'today', key: 'd', customerData: true, page: lazy(() => import('./pages/MyDay.tsx')), shot: { post: 'RM' } },
  { path: '/record', title: { zh: '记录联系', en: 'Record contact' }, opens: ['contact.record'], tab: 'record', customerData: true, page: lazy(() => import('./pages/RecordContact.tsx')), shot: { post: 'RM' } },
  { path: '/tasks', title: { zh: '我的待办', en: 'My tasks' }, opens: 'signed-in', menu: ['workbench', 20], tab: 'tasks', key: 't', customerData: true, page: lazy(() => import('../duties/pages/MyTasks.tsx')), shot: { post: 'RM' } },
  { path: '/notices', title: { zh: '消息', en: 'Notices' }, opens: 'signed-in', customerData: true, page: lazy(() => import('../messages/pages/Notices.tsx')), shot: { post: 'RM' } },
  { path: '/calendar', title: { zh: '日程与计划', en: 'Calendar and plans' }, opens: ['appointment.read'], menu: ['workbench', 30], customerData: true, page: lazy(() => import('./pages/CalendarPage.tsx')), shot: { post: 'RM' } },
  { path: '/meetings', title: { zh: '晨会', en: 'Morning meeting' }, opens: ['meeting.read'], menu: ['workbench', 50], page: lazy(() => import('../meetings/pages/Meetings.tsx')), shot: { post: 'TEAM_LEAD' } },
  { path: '/meetings/:meetingId', title: { zh: '晨会', en: 'Morning meeting' }, opens: ['meeting.read'], customerData: true, page: lazy(() => import('./pages/MeetingPage.tsx')), shot: { post: 'TEAM_LEAD', linkFrom: '/meetings' } },
  { path: '/meetings/:meetingId/screen', title: { zh: '晨会投影', en: 'Meeting on the wall' }, opens: ['meeting.read'], page: lazy(() => import('./pages/MeetingWall.tsx')) },
  { path: '/greetings', title: { zh: '问候与发件箱', en: 'Greetings and outbox' }, opens: ['message.read'], menu: ['customers', 32], customerData: true, page: lazy(() => import('../messages/pages/Greetings.tsx')), shot: { post: 'RM' } },
  { path: '/message-templates', title: { zh: '消息模板与渠道', en: 'Templates and channels' }, opens: ['message-template.read'], menu: ['administration', 46], menuFor: ['ADMIN', 'COMPLIANCE'], page: lazy(() => import('../messages/pages/Templates.tsx')), shot: { post: 'ADMIN' } },
  { path: '/work-plan', title: { zh: '工作计划', en: 'Work plan' }, opens: ['work-plan.write'], menu: ['workbench', 35], family: 'plans', customerData: true, page: lazy(() => import('../meetings/pages/MyPlan.tsx')), shot: { post: 'RM' } },
  { path: '/unit-work-plans', title: { zh: '条线内计划', en: 'Plans of my line' }, opens: ['work-plan.supervise'], menu: ['workbench', 36], family: 'plans', page: lazy(() => import('../meetings/pages/UnitPlans.tsx')), shot: { post: 'TEAM_LEAD' } },
  { path: '/work-plans/:planId', title: { zh: '工作计划', en: 'Work plan' }, opens: ['work-plan.read'], customerData: true, page: lazy(() => import('../meetings/pages/PlanPage.tsx')), shot: { post: 'TEAM_LEAD', linkFrom: '/unit-work-plans' } },
  { path: '/calendar-feed', title: { zh: '日历订阅', en: 'Calendar feed' }, opens: ['calendar-feed.switch'], menu: ['administration', 48], page: lazy(() => import('../meetings/pages/FeedPage.tsx')), shot: { post: 'ADMIN' } },
  { path: '/supervision', title: { zh: '督办', en: 'Supervision' }, opens: ['task.give'], menu: ['workbench', 25], menuFor: ['TEAM_LEAD', 'OUTLET_HEAD', 'BRANCH_HEAD', 'BANK_LEADER', 'AUDIT'], customerData: true, page: lazy(() => import('../duties/pages/Supervision.tsx')), shot: { post: 'TEAM_LEAD' } },
  { path: '/coordination', title: { zh: '内部协调', en: 'Coordination' }, opens: ['coordination.read'], menu: ['workbench', 27], customerData: true, page: lazy(() => import('../coordination/pages/Coordination.tsx')), shot: { post: 'POST_LOAN' } },
  { path: '/coordination/new', title: { zh: '发起内部协调', en: 'Ask for coordination' }, opens: ['coordination.ask'], customerData: true, page: lazy(() => import('./pages/NewCase.tsx')), shot: { post: 'RM' } },
  { path: '/coordination/:caseId', title: { zh: '内部协调', en: 'Coordination' }, opens: ['coordination.read'], customerData: true, page: lazy(() => import('../coordination/pages/CasePage.tsx')), shot: { post: 'POST_LOAN', linkFrom: '/coordination' } },
  { path: '/collection-forms', title: { zh: '收表', en: 'Collection forms' }, opens: ['form.read'], menu: ['workbench', 42], page: lazy(() => import('../forms/pages/CollectionForms.tsx')), shot: { post: 'RM' } },
  { path: '/collection-forms/new', title: { zh: '新建收表', en: 'Build a form' }, opens: ['form.collect'], page: lazy(() => import('./pages/NewForm.tsx')), shot: { post: 'HR' } },
  { path: '/collection-forms/:formId', title: { zh: '收表', en: 'Collection form' }, opens: ['form.read'], page: lazy(() => import('../forms/pages/FormPage.tsx')), shot: { post: 'HR', linkFrom: '/collection-forms' } },
  { path: '/collection-answers/:answerId', title: { zh: '填报', en: 'Answer' }, opens: ['form.read'], page: lazy(() => import('../forms/pages/AnswerPage.tsx')), shot: { post: 'RM', linkFrom: '/collection-forms' } },
  { path: '/day-report', title: { zh: '日报', en: 'Daily report' }, opens: ['day-report.write'], menu: ['workbench', 40], family: 'reports', customerData: true, page: lazy(() => import('../day-reports/pages/MyReport.tsx')), shot: { post: 'RM' } },
  { path: '/unit-reports', title: { zh: '本机构汇报', en: 'Reports of my unit' }, opens: ['day-report.supervise'], menu: ['workbench', 41], family: 'reports', page: lazy(() => import('../day-reports/pages/UnitReports.tsx')), shot: { post: 'TEAM_LEAD' } },
  { path: '/day-reports/:reportId', title: { zh: '汇报', en: 'Report' }, opens: ['day-report.read'], customerData: true, page: lazy(() => import('./pages/ReportPage.tsx')), shot: { post: 'TEAM_LEAD', linkFrom: '/unit-reports' } },
  { path: '/customer-book', title: { zh: '客户资源信息簿', en: 'Customer book' }, opens: ['customer-book.read'], menu: ['lobby', 20], customerData: true, page: lazy(() => import('./pages/CustomerBook.tsx')), shot: { post: 'LOBBY' } },
  // customers
  { path: '/customers', title: { zh: '客户列表', en: 'Customer list' }, opens: ['customer.list'], menu: ['customers', 10], tab: 'customers', key: 'c', customerData: true, page: lazy(() => import('./pages/CustomerList.tsx')), shot: { post: 'RM' } },
  { path: '/segments', title: { zh: '客群', en: 'Segments' }, opens: ['customer.segment'], menu: ['customers', 15], page: lazy(() => import('../customers/pages/lists/SegmentList.tsx')), shot: { post: 'BRANCH_HEAD' } },
  { path: '/segments/new', title: { zh: '新建客群', en: 'New segment' }, opens: ['customer.segment'], customerData: true, page: lazy(() => import('../customers/pages/lists/SegmentPage.tsx')), shot: { post: 'RM' } },
  { path: '/segments/:segmentId', title: { zh: '客群', en: 'Segment' }, opens: ['customer.segment'], customerData: true, page: lazy(() => import('../customers/pages/lists/SegmentPage.tsx')), shot: { post: 'BRANCH_HEAD', linkFrom: '/segments' } },
  { path: '/exports', title: { zh: '导出申请', en: 'Exports' }, opens: ['customer.export'], menu: ['customers', 80], family: 'records', page: lazy(() => import('../customers/pages/lists/ExportList.tsx')), shot: { post: 'TEAM_LEAD' } },
  { path: '/customer-imports', title: { zh: '客户导入', en: 'Imports' }, opens: ['customer.import'], page: lazy(() => import('../customers/pages/lists/ImportList.tsx')), shot: { post: 'RM' } },
  { path: '/customer-imports/:importId', title: { zh: '客户导入', en: 'Import' }, opens: ['customer.import'], customerData: true, page: lazy(() => import('../customers/pages/lists/ImportPage.tsx')), shot: { post: 'RM', linkFrom: '/customer-imports' } },
  { path: '/customers/new', title: { zh: '新建客户', en: 'New customer' }, opens: ['customer.create'], customerData: true, page: lazy(() => import('../customers/pages/NewCustomer.tsx')), shot: { post: 'RM' } },
  { path: '/customers/:customerId', title: { zh: '客户', en: 'Customer' }, opens: ['customer.read'], customerData: true, page: lazy(() => import('./pages/CustomerPage.tsx')), shot: { post: 'RM', linkFrom: '/customers' } },
  { path: '/waiting', title: { zh: '待发送', en: 'Waiting to be sent' }, opens: ['contact.record'], customerData: true, page: lazy(() => import('./pages/Waiting.tsx')), shot: { post: 'RM' } },
  { path: '/customers/:customerId/contacts/new', title: { zh: '记录联系', en: 'Record contact' }, opens: ['contact.record'], customerData: true, page: lazy(() => import('./pages/NewContact.tsx')), shot: { post: 'RM', linkFrom: '/record' } },
  { path: '/customers/:customerId/contacts/:contactId', title: { zh: '维护记录', en: 'Contact' }, opens: ['contact.read'], customerData: true, page: lazy(() => import('../visits/pages/ContactPage.tsx')), shot: { post: 'RM', linkFrom: '/contacts' } },
  { path: '/policies/contact', title: { zh: '联系政策', en: 'Contact policy' }, opens: ['policy.read'], menu: ['administration', 40], menuFor: ['ADMIN', 'BANK_LEADER'], page: lazy(() => import('../contact-plan/pages/ContactPolicy.tsx')), shot: { post: 'ADMIN' } },
  { path: '/customers/:customerId/merge/:otherId', title: { zh: '合并客户', en: 'Merge customers' }, opens: ['merge.propose'], customerData: true, page: lazy(() => import('../customers/pages/duplicates/ProposeMerge.tsx')), shot: { post: 'BRANCH_HEAD', linkFrom: '/duplicates' } },
  { path: '/duplicates', title: { zh: '疑似重复', en: 'Possible duplicates' }, opens: ['duplicate.list'], menu: ['customers', 70], family: 'records', customerData: true, page: lazy(() => import('../customers/pages/duplicates/Duplicates.tsx')), shot: { post: 'BRANCH_HEAD' } },
  { path: '/merges/:caseId', title: { zh: '客户合并', en: 'Merge' }, opens: ['merge.read'], customerData: true, page: lazy(() => import('../customers/pages/duplicates/MergeCase.tsx')), shot: { post: 'BRANCH_HEAD' } },
  { path: '/identity-changes', title: { zh: '身份变更', en: 'Changes of identity' }, opens: ['identity.read'], menu: ['customers', 65], family: 'records', customerData: true, page: lazy(() => import('../customers/pages/identity/IdentityChangeList.tsx')), shot: { post: 'OUTLET_HEAD' } },
  { path: '/groups', title: { zh: '集团与关系', en: 'Groups' }, opens: ['group.read'], menu: ['customers', 20], customerData: true, page: lazy(() => import('../customers/pages/relations/Groups.tsx')), shot: { post: 'RM' } },
  { path: '/groups/:groupId', title: { zh: '集团', en: 'Group' }, opens: ['group.read'], customerData: true, page: lazy(() => import('./pages/GroupPage.tsx')), shot: { post: 'BRANCH_HEAD', linkFrom: '/groups' } },
  { path: '/group-proposals/:proposalId', title: { zh: '集团建议', en: 'Proposed group' }, opens: ['group.read'], customerData: true, page: lazy(() => import('../customers/pages/relations/Proposal.tsx')), shot: { post: 'BRANCH_HEAD', address: '/groups?tab=proposals' } },
  { path: '/customers/:customerId/need-cards/new', title: { zh: '登记需求卡', en: 'Record a need card' }, opens: ['need.record'], customerData: true, page: lazy(() => import('./pages/NewNeedCard.tsx')), shot: { post: 'RM', linkFrom: '/needs' } },
  { path: '/customers/:customerId/need-cards/:cardId', title: { zh: '客户需求卡', en: 'Need card' }, opens: ['need.read'], customerData: true, page: lazy(() => import('../visits/pages/needs/NeedCardPage.tsx')), shot: { post: 'RM', linkFrom: '/needs' } },
  { path: '/needs', title: { zh: '需求卡', en: 'Need cards' }, opens: ['need.list'], menu: ['customers', 35], customerData: true, page: lazy(() => import('../visits/pages/needs/NeedList.tsx')), shot: { post: 'RM' } },
  { path: '/policies/tiers', title: { zh: '层级规则', en: 'Rules of tiers' }, opens: ['policy.read'], menu: ['administration', 42], menuFor: ['ADMIN', 'BANK_LEADER'], page: lazy(() => import('../customers/pages/tiers/TierRules.tsx')), shot: { post: 'ADMIN' } },
  { path: '/policies/tiers/new', title: { zh: '变更层级规则', en: 'Change a rule of tiers' }, opens: ['tier-rule.change'], page: lazy(() => import('../customers/pages/tiers/ProposeTierRule.tsx')), shot: { post: 'ADMIN' } },
  { path: '/policies/watch', title: { zh: '预警标准', en: 'Limits of watching' }, opens: ['policy.read'], menu: ['administration', 43], menuFor: ['ADMIN', 'BANK_LEADER'], page: lazy(() => import('../watch/pages/WatchLimits.tsx')), shot: { post: 'ADMIN' } },
  { path: '/policies/value', title: { zh: '贡献定价与参数', en: 'Prices and parameters' }, opens: ['value.read'], menu: ['administration', 44], menuFor: ['ADMIN', 'BANK_LEADER', 'PERFORMANCE'], page: lazy(() => import('../customers/pages/value/ValuePrices.tsx')), shot: { post: 'PERFORMANCE' } },
  { path: '/contacts', title: { zh: '拜访与联系', en: 'Contacts' }, opens: ['contact.list'], menu: ['customers', 30], customerData: true, page: lazy(() => import('../visits/pages/ContactList.tsx')), shot: { post: 'RM' } },
  { path: '/commitments', title: { zh: '承诺与计划', en: 'Promises and plans' }, opens: ['contact.list'], menu: ['customers', 31], customerData: true, page: lazy(() => import('./pages/Commitments.tsx')), shot: { post: 'RM' } },
  { path: '/tiers', title: { zh: '层级变动', en: 'Moves between tiers' }, opens: ['tier.read'], menu: ['customers', 60], family: 'records', customerData: true, page: lazy(() => import('../customers/pages/tiers/TierMoves.tsx')), shot: { post: 'OUTLET_HEAD' } },
  { path: '/deposits', title: { zh: '存款', en: 'Deposits' }, opens: ['holdings.sums'], menu: ['customers', 45], page: lazy(() => import('../holdings/pages/Deposits.tsx')), shot: { post: 'BRANCH_HEAD' } },
  { path: '/profit', title: { zh: '模拟利润', en: 'Simulated profit' }, opens: ['profit.read'], menu: ['customers', 46], customerData: true, page: lazy(() => import('../customers/pages/value/Profit.tsx')), shot: { post: 'BRANCH_HEAD' } },
  { path: '/coverage', title: { zh: '联系覆盖率', en: 'Contact coverage' }, opens: ['coverage.read'], menu: ['customers', 40], customerData: true, page: lazy(() => import('../contact-plan/pages/Coverage.tsx')), shot: { post: 'BRANCH_HEAD' } },
  { path: '/movements', title: { zh: '大额变动', en: 'Large movements' }, opens: ['watch.read'], menu: ['customers', 50], family: 'movements', customerData: true, page: lazy(() => import('./pages/LargeMovements.tsx')), shot: { post: 'RM' } },
  { path: '/maturities', title: { zh: '到期一本账', en: 'What ends' }, opens: ['watch.read'], menu: ['customers', 51], family: 'movements', customerData: true, page: lazy(() => import('../watch/pages/Maturities.tsx')), shot: { post: 'RM' } },
  { path: '/churn', title: { zh: '流失与预警', en: 'Churn and warnings' }, opens: ['churn.read'], menu: ['customers', 52], family: 'movements', customerData: true, page: lazy(() => import('./pages/ChurnAndWarnings.tsx')), shot: { post: 'TEAM_LEAD' } },
  { path: '/gaps', title: { zh: '存量挖掘', en: 'Gaps and leads' }, opens: ['watch.read'], menu: ['customers', 53], family: 'movements', customerData: true, page: lazy(() => import('./pages/GapsAndLeads.tsx')), shot: { post: 'RM' } },
  { path: '/pool', title: { zh: '客户池', en: 'Pool' }, opens: ['pool.read'], menu: ['customers', 60], family: 'ownership', customerData: true, page: lazy(() => import('../customers/pages/ownership/Pool.tsx')), shot: { post: 'OUTLET_HEAD' } },
  { path: '/pool/allocations/:allocationId', title: { zh: '公共池分配', en: 'Allocation of the pool' }, opens: ['pool.allocate'], customerData: true, page: lazy(() => import('../customers/pages/ownership/Allocation.tsx')), shot: { post: 'BRANCH_HEAD', linkFrom: '/pool?tab=allocations' } },
  { path: '/hand-overs', title: { zh: '移交', en: 'Hand-overs' }, opens: ['hand-over.read'], menu: ['customers', 70], family: 'ownership', page: lazy(() => import('../customers/pages/ownership/HandOvers.tsx')), shot: { post: 'BRANCH_HEAD' } },
  { path: '/hand-overs/:handOverId', title: { zh: '移交', en: 'Hand-over' }, opens: ['hand-over.read'], customerData: true, page: lazy(() => import('../customers/pages/ownership/HandOver.tsx')), shot: { post: 'BRANCH_HEAD', linkFrom: '/hand-overs' } },
  { path: '/substitutions', title: { zh: '代班', en: 'Substitution' }, opens: ['substitution.read'], menu: ['customers', 80], family: 'ownership', page: lazy(() => import('../customers/pages/ownership/Substitutions.tsx')), shot: { post: 'RM' } },
  { path: '/substitutions/:substitutionId', title: { zh: '代班', en: 'Substitution' }, opens: ['substitution.read'], customerData: true, page: lazy(() => import('../customers/pages/ownership/Substitution.tsx')), shot: { post: 'RM', linkFrom: '/substitutions' } },
  { path: '/loads', title: { zh: '管户负荷', en: 'Load' }, opens: ['load.read'], menu: ['customers', 90], family: 'ownership', page: lazy(() => import('../customers/pages/ownership/Loads.tsx')), shot: { post: 'BRANCH_HEAD' } },
  // performance
  { path: '/board', title: { zh: '业绩看板', en: 'Results board' }, opens: ['indicator.read'], menu: ['performance', 5], family: 'analysis', page: lazy(() => import('../performance/pages/board/Board.tsx')), shot: { post: 'BRANCH_HEAD' } },
  { path: '/business-analysis', title: { zh: '经营分析', en: 'Business analysis' }, opens: ['analysis.read'], menu: ['performance', 7], family: 'analysis', page: lazy(() => import('../performance/pages/analysis/BusinessAnalysis.tsx')), shot: { post: 'BRANCH_HEAD' } },
  { path: '/statement', title: { zh: '我的工资单', en: 'My pay statement' }, opens: ['statement.read-own'], menu: ['performance', 10], family: 'pay', key: 'p', page: lazy(() => import('../performance/pages/MyStatement.tsx')), shot: { post: 'RM' } },
  { path: '/statement/facts', title: { zh: '业务事实', en: 'Facts behind a pay line' }, opens: ['statement.read-own'], customerData: true, page: lazy(() => import('../performance/pages/MyStatementFacts.tsx')), shot: { post: 'RM', linkFrom: '/statement' } },
  { path: '/customers/:customerId/pay-facts/:factId', title: { zh: '当月流水', en: 'Bookings of the month' }, opens: ['customer.read'], customerData: true, page: lazy(() => import('../performance/pages/FactBookings.tsx')), shot: { post: 'RM', linkFrom: '/statement/facts' } },
  { path: '/team-statements', title: { zh: '团队业绩', en: 'Team results' }, opens: ['statement.read-team'], menu: ['performance', 20], page: lazy(() => import('../performance/pages/TeamStatements.tsx')), shot: { post: 'TEAM_LEAD' } },
  { path: '/team-statements/:staffKey', title: { zh: '绩效工资单', en: 'Pay statement' }, opens: ['statement.read-team'], page: lazy(() => import('../performance/pages/TeamStatement.tsx')), shot: { post: 'TEAM_LEAD', linkFrom: '/team-statements' } },
  { path: '/team-statements/:staffKey/facts', title: { zh: '业务事实', en: 'Facts behind a pay line' }, opens: ['statement.read-team'], customerData: true, page: lazy(() => import('../performance/pages/TeamStatementFacts.tsx')), shot: { post: 'TEAM_LEAD', linkFrom: '/team-statements/:staffKey' } },
  { path: '/settlement', title: { zh: '结算', en: 'Settlement' }, opens: ['settlement.read'], menu: ['performance', 30], page: lazy(() => import('../performance/pages/Settlement.tsx')), shot: { post: 'PERFORMANCE' } },
  { path: '/statements', title: { zh: '员工工资单', en: 'Pay statements' }, opens: ['statement.read-any'], menu: ['performance', 40], page: lazy(() => import('../performance/pages/StatementPeople.tsx')), shot: { post: 'HR' } },
  { path: '/statements/:staffKey', title: { zh: '绩效工资单', en: 'Pay statement' }, opens: ['statement.read-any'], page: lazy(() => import('../performance/pages/AnyStatement.tsx')), shot: { post: 'HR', address: '/statements/1?month=2026-10&purpose=%E6%8A%BD%E6%9F%A5%E6%A0%B8%E5%AF%B9' } },
  { path: '/statements/:staffKey/facts', title: { zh: '业务事实', en: 'Facts behind a pay line' }, opens: ['statement.read-any'], page: lazy(() => import('../performance/pages/AnyStatementFacts.tsx')), shot: { post: 'HR', linkFrom: '/statements/:staffKey' } },
  { path: '/indicator-facts', title: { zh: '指标登记', en: 'Facts by form' }, opens: ['indicator-fact.enter'], menu: ['performance', 50], family: 'indicators', page: lazy(() => import('../performance/pages/IndicatorFacts.tsx')), shot: { post: 'PERFORMANCE' } },
  { path: '/what-if', title: { zh: '我的测算', en: 'What if' }, opens: ['statement.read-own'], menu: ['performance', 12], family: 'pay', page: lazy(() => import('../performance/pages/schemes/WhatIf.tsx')), shot: { post: 'RM' } },
  { path: '/schemes/desk', title: { zh: '方案设计', en: 'Scheme design' }, opens: ['scheme.review'], menu: ['performance', 24], family: 'schemes', page: lazy(() => import('../performance/pages/schemes/SchemeDesk.tsx')), shot: { post: 'PERFORMANCE' } },
  { path: '/schemes/new', title: { zh: '新方案', en: 'New scheme' }, opens: ['scheme.change'], page: lazy(() => import('../performance/pages/schemes/SchemeBuilder.tsx')), shot: { post: 'PERFORMANCE' } },
  { path: '/indicators', title: { zh: '考核指标', en: 'Indicators' }, opens: ['indicator.read'], menu: ['performance', 25], family: 'indicators', page: lazy(() => import('../performance/pages/Indicators.tsx')), shot: { post: 'PERFORMANCE' } },
  { path: '/indicators/new', title: { zh: '新指标', en: 'New indicator' }, opens: ['indicator.change'], page: lazy(() => import('../performance/pages/ProposeIndicator.tsx')), shot: { post: 'PERFORMANCE' } },
  { path: '/indicators/:code', title: { zh: '指标值', en: 'Values of an indicator' }, opens: ['indicator.read'], page: lazy(() => import('../performance/pages/IndicatorValues.tsx')), shot: { post: 'TEAM_LEAD', address: '/indicators/DEPOSIT_AVERAGE' } },
  { path: '/indicators/:code/people/:staffKey', title: { zh: '指标明细', en: 'Rows of an indicator' }, opens: ['indicator.read-rows'], customerData: true, page: lazy(() => import('../performance/pages/IndicatorRows.tsx')), shot: { post: 'TEAM_LEAD', linkFrom: '/indicators/DEPOSIT_AVERAGE' } },
  { path: '/schemes/trial', title: { zh: '规则试算', en: 'Try the rules' }, opens: ['scheme.read'], menu: ['performance', 70], family: 'schemes', page: lazy(() => import('../performance/pages/RuleTrial.tsx')), shot: { post: 'PERFORMANCE' } },
  { path: '/schemes', title: { zh: '考核方案', en: 'Pay schemes' }, opens: ['scheme.read'], menu: ['performance', 22], family: 'schemes', page: lazy(() => import('../performance/pages/Schemes.tsx')), shot: { post: 'RM' } },
  { path: '/appraisal-plans', title: { zh: '绩效计划', en: 'Appraisal plans' }, opens: ['appraisal-plan.list'], menu: ['performance', 12], family: 'appraisalPlans', page: lazy(() => import('../performance/pages/plan/Plans.tsx')), shot: { post: 'PERFORMANCE' } },
  { path: '/appraisal-plans/new', title: { zh: '编制计划', en: 'Draw up a plan' }, opens: ['appraisal-plan.keep'], page: lazy(() => import('../performance/pages/plan/MakePlan.tsx')), shot: { post: 'PERFORMANCE' } },
  { path: '/appraisal-plans/:planId', title: { zh: '绩效计划', en: 'Appraisal plan' }, opens: ['appraisal-plan.read'], page: lazy(() => import('../performance/pages/plan/PlanPage.tsx')), shot: { post: 'PERFORMANCE', linkFrom: '/appraisal-plans' } },
  { path: '/my-appraisal-plans', title: { zh: '我的绩效计划', en: 'My appraisal plans' }, opens: ['appraisal-plan.read'], menu: ['performance', 11], family: 'appraisalPlans', menuFor: ['RM', 'TEAM_LEAD', 'OUTLET_HEAD', 'BRANCH_HEAD', 'LOBBY'], page: lazy(() => import('../performance/pages/plan/MyPlans.tsx')), shot: { post: 'RM' } },
  { path: '/objectives', title: { zh: '战略目标', en: 'Strategic objectives' }, opens: ['objective.keep', 'appraisal-plan.list'], menu: ['performance', 13], family: 'appraisalPlans', page: lazy(() => import('../performance/pages/plan/Objectives.tsx')), shot: { post: 'PERFORMANCE' } },
  { path: '/marks', title: { zh: '定性评分', en: 'Qualitative marks' }, opens: ['mark.read'], menu: ['performance', 45], family: 'appraisal', page: lazy(() => import('../performance/pages/appraisal-group/Marks.tsx')), shot: { post: 'HR' } },
  { path: '/appraisal-group', title: { zh: '考核小组', en: 'Appraisal group' }, opens: ['appraisal-group.read'], menu: ['performance', 46], family: 'appraisal', menuFor: ['HR', 'PERFORMANCE', 'COMPLIANCE', 'BANK_LEADER', 'BRANCH_HEAD', 'REVIEWER', 'AUDIT'], page: lazy(() => import('../performance/pages/appraisal-group/Groups.tsx')), shot: { post: 'HR' } },
  { path: '/appraisal-group/new', title: { zh: '设立小组', en: 'Set up a group' }, opens: ['appraisal-group.keep'], page: lazy(() => import('../performance/pages/appraisal-group/NewGroup.tsx')), shot: { post: 'HR' } },
  { path: '/appraisal-group/motions/:motionId', title: { zh: '小组议题', en: 'Motion' }, opens: ['appraisal-group.read'], page: lazy(() => import('../performance/pages/appraisal-group/MotionPage.tsx')), shot: { post: 'HR', linkFrom: '/appraisal-group' } },
  { path: '/inspections', title: { zh: '专项检查', en: 'Inspections' }, opens: ['inspection.read'], menu: ['performance', 44], menuFor: ['HR', 'PERFORMANCE', 'AUDIT', 'COMPLIANCE', 'REVIEWER', 'POST_LOAN', 'BANK_LEADER'], page: lazy(() => import('../performance/pages/inspection/Inspections.tsx')), shot: { post: 'PERFORMANCE' } },
  { path: '/inspections/new', title: { zh: '安排检查', en: 'Plan an inspection' }, opens: ['inspection.plan'], page: lazy(() => import('../performance/pages/inspection/PlanRun.tsx')), shot: { post: 'PERFORMANCE' } },
  { path: '/inspections/:runId', title: { zh: '专项检查', en: 'Inspection' }, opens: ['inspection.read'], page: lazy(() => import('../performance/pages/inspection/RunPage.tsx')), shot: { post: 'PERFORMANCE', linkFrom: '/inspections' } },
  { path: '/inspection-lists', title: { zh: '贷后检查清单', en: 'Lists of post-loan checks' }, opens: ['inspection.keep-lists'], page: lazy(() => import('../performance/pages/inspection/CheckLists.tsx')), shot: { post: 'PERFORMANCE' } },
  { path: '/my-inspections', title: { zh: '对我的检查', en: 'My inspections' }, opens: ['inspection.read'], menu: ['performance', 14], menuFor: ['RM', 'TEAM_LEAD'], family: 'pay', page: lazy(() => import('../performance/pages/inspection/MyInspections.tsx')), shot: { post: 'RM' } },
  { path: '/appeals', title: { zh: '申诉', en: 'Appeals' }, opens: ['appeal.read'], menu: ['performance', 47], family: 'appraisal', page: lazy(() => import('../performance/pages/appeal/Appeals.tsx')), shot: { post: 'HR' } },
  { path: '/appeals/new', title: { zh: '提出申诉', en: 'Appeal' }, opens: ['appeal.open'], page: lazy(() => import('../performance/pages/appeal/OpenAppeal.tsx')), shot: { post: 'RM', address: '/appeals/new?month=2026-10&place=1' } },
  { path: '/appeals/:appealId', title: { zh: '申诉', en: 'Appeal' }, opens: ['appeal.read'], page: lazy(() => import('../performance/pages/appeal/AppealPage.tsx')), shot: { post: 'HR', linkFrom: '/appeals' } },
  { path: '/result-talks', title: { zh: '绩效面谈', en: 'Talks about results' }, opens: ['result-talk.read'], menu: ['performance', 48], family: 'appraisal', page: lazy(() => import('../performance/pages/appeal/Talks.tsx')), shot: { post: 'TEAM_LEAD' } },
  { path: '/deferred-pay', title: { zh: '延期支付与追索', en: 'Deferred pay and claims' }, opens: ['deferral.read'], menu: ['performance', 42], page: lazy(() => import('../performance/pages/deferral/DeferredPay.tsx')), shot: { post: 'HR' } },
  { path: '/deferred-pay/cases/:caseId', title: { zh: '支付与追索事项', en: 'Case of deferred pay' }, opens: ['statement.read-own'], page: lazy(() => import('../performance/pages/deferral/PayCasePage.tsx')), shot: { post: 'HR', linkFrom: '/deferred-pay?tab=cases' } },
  // compliance
  { path: '/restricted-texts', title: { zh: '限制内容', en: 'Restricted texts' }, opens: ['contact.restricted.read'], menu: ['compliance', 20], menuFor: ['RM', 'TEAM_LEAD', 'OUTLET_HEAD', 'BRANCH_HEAD', 'REVIEWER', 'POST_LOAN', 'COMPLIANCE'], customerData: true, page: lazy(() => import('../visits/pages/RestrictedTexts.tsx')), shot: { post: 'COMPLIANCE' } },
  { path: '/secret-notes', title: { zh: '反洗钱备注', en: 'AML notes' }, opens: ['secret-note.read'], menu: ['compliance', 30], menuFor: ['AML'], customerData: true, page: lazy(() => import('./pages/AmlNotes.tsx')), shot: { post: 'AML' } },
  { path: '/data-inventory', title: { zh: '数据清单', en: 'Data inventory' }, opens: ['data-inventory.read'], menu: ['compliance', 50], page: lazy(() => import('../access/pages/DataInventory.tsx')), shot: { post: 'COMPLIANCE' } },
  { path: '/retention', title: { zh: '数据留存', en: 'Retention' }, opens: ['retention.read'], menu: ['compliance', 55], page: lazy(() => import('../access/pages/retention/Retention.tsx')), shot: { post: 'COMPLIANCE' } },
  { path: '/journal', title: { zh: '操作日志', en: 'Journal' }, opens: ['journal.read', 'journal.verify'], menu: ['compliance', 40], page: lazy(() => import('../access/pages/Journal.tsx')), shot: { post: 'AUDIT' } },
  // administration
  { path: '/organisation', title: { zh: '机构与人员', en: 'Units and people' }, opens: ['organisation.read'], menu: ['administration', 10], menuFor: ['HR', 'ADMIN', 'AUDIT', 'COMPLIANCE'], page: lazy(() => import('../organisation/pages/Organisation.tsx')), shot: { post: 'HR' } },
  { path: '/people/:staffKey', title: { zh: '人员', en: 'Person' }, opens: ['organisation.read'], page: lazy(() => import('./pages/PersonPage.tsx')), shot: { post: 'HR', linkFrom: '/organisation' } },
  { path: '/rights', title: { zh: '权限', en: 'Rights' }, opens: ['rights.read'], menu: ['administration', 20], page: lazy(() => import('../access/pages/Rights.tsx')), shot: { post: 'COMPLIANCE' } },
  { path: '/deliveries', title: { zh: '数据批次', en: 'Deliveries' }, opens: ['delivery.read'], menu: ['administration', 60], page: lazy(() => import('../deliveries/pages/Deliveries.tsx')), shot: { post: 'DATA_STEWARD' } },
  { path: '/deliveries/:deliveryId', title: { zh: '数据批次', en: 'Delivery' }, opens: ['delivery.read'], page: lazy(() => import('../deliveries/pages/Delivery.tsx')), shot: { post: 'DATA_STEWARD', linkFrom: '/deliveries' } },
  { path: '/jobs', title: { zh: '后台作业', en: 'Long work' }, opens: ['job.read'], menu: ['administration', 70], page: lazy(() => import('../deliveries/pages/Jobs.tsx')), shot: { post: 'DATA_STEWARD' } },
  { path: '/set-up', title: { zh: '启用清单', en: 'Set-up checklist' }, opens: ['set-up.read'], menu: ['administration', 90], page: lazy(() => import('./pages/SetUp.tsx')), shot: { post: 'ADMIN' } },
  { path: '/duties', title: { zh: '职责目录', en: 'Duties' }, opens: ['duty.read'], menu: ['administration', 40], menuFor: ['HR', 'PERFORMANCE', 'COMPLIANCE', 'ADMIN', 'AUDIT', 'BRANCH_HEAD', 'BANK_LEADER'], page: lazy(() => import('../duties/pages/DutyCatalogue.tsx')), shot: { post: 'HR' } },
  { path: '/calendar-years', title: { zh: '工作日历', en: 'Working calendar' }, opens: ['policy.read'], menu: ['administration', 45], menuFor: ['ADMIN', 'HR', 'COMPLIANCE'], page: lazy(() => import('../duties/pages/CalendarYears.tsx')), shot: { post: 'ADMIN' } },
  // the product itself
  { path: '/begin', title: { zh: '建立银行和管理员', en: 'Begin the bank' }, opens: 'public', bare: true, page: lazy(() => import('../access/pages/BeginBank.tsx')) },
  { path: '/sign-in', title: { zh: '登录', en: 'Sign in' }, opens: 'public', bare: true, page: lazy(() => import('../access/pages/SignIn.tsx')) },
  { path: '/password', title: { zh: '修改密码', en: 'Change the password' }, opens: 'signed-in', bare: true, page: lazy(() => import('../access/pages/ChangePassword.tsx')) },
  { path: '/first-start', title: { zh: '首次启动', en: 'First start' }, opens: 'public', bare: true, page: lazy(() => import('../access/pages/FirstStart.tsx')) },
  { path: '/me', title: { zh: '我的', en: 'Me' }, opens: 'signed-in', page: lazy(() => import('./pages/Me.tsx')) },
  { path: '/api-docs', title: { zh: '接口文档', en: 'Interface' }, opens: 'public', bare: true, page: lazy(() => import('./pages/ApiDocs.tsx')) },
]
