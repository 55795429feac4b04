/** The words of the journal: what a table holds, what a field is called, what a code means. A test holds it against the tables of the database. */

export type Language = 'zh' | 'en'
type Text = readonly [zh: string, en: string]
type Words = Readonly<Record<string, Text>>

const tables: Words = {
  bank: ['银行设置', 'bank settings'], institution: ['机构', 'unit'], institution_span: ['机构名称与隶属', 'name and place of a unit'], post: ['岗位', 'post'], staff: ['员工', 'person'],
  employment: ['在职', 'employment'], post_held: ['任职', 'post held'], grade_held: ['等级', 'grade'], credential: ['密码', 'password'], session: ['登录', 'session'],
  customer: ['客户', 'customer'], corporate: ['企业资料', 'company particulars'], person: ['个人资料', 'personal particulars'], identity_document: ['证件', 'identity document'], phone: ['电话', 'phone'],
  assignment: ['归属', 'assignment'], tier_held: ['客户层级', 'tier'], read_grant: ['只读授权', 'read grant'], duplicate_pair: ['疑似重复', 'possible duplicate'], merge_case: ['客户合并', 'merge of customers'],
  tier_rule: ['层级规则', 'rule of tiers'], tier_rule_change: ['层级规则变更', 'change of the rules of tiers'], tier_move: ['层级变动', 'move between tiers'], strategic_entry: ['战略名单', 'strategic list'], identity_change: ['身份变更', 'change of identity'], ftp_price: ['内部资金价格', 'price of funds'],
  value_parameter: ['贡献参数', 'parameter of contribution'], value_change: ['定价与参数变更', 'change of prices'], value_month: ['贡献计算月份', 'month of contribution'], contribution: ['客户贡献', 'contribution'], contribution_line: ['贡献明细', 'line of the contribution'],
  party: ['关系方', 'party'], relation: ['关系', 'relation'], customer_group: ['集团与家庭', 'group'], group_member: ['成员', 'membership'], group_proposal: ['集团建议', 'proposed group'],
  beneficial_filing: ['受益所有人备案', 'filed owners'], beneficial_finding: ['受益所有人识别', 'owners found'],
  ownership_policy: ['管户制度参数', 'rules of ownership'], pool_return: ['退回客户池', 'return to the pool'], pool_claim: ['认领', 'claim'], hand_over: ['移交', 'hand-over'], hand_over_party: ['移交各方', 'party of a hand-over'],
  hand_over_signature: ['移交签字', 'signature'], hand_over_item: ['移交清单', 'item of a hand-over'], substitution: ['代班', 'substitution'], substitution_customer: ['代班客户', 'customer of a substitution'], substitution_pair: ['代班搭档', 'pair that stands in'],
  product: ['产品', 'product'], account: ['账户', 'account'], account_agent: ['账户授权人', 'authorised person'], balance_span: ['余额', 'balance'], account_transaction: ['交易', 'transaction'],
  loan: ['借据', 'loan'], loan_span: ['贷款余额', 'loan balance'], card: ['银行卡', 'card'], standing_order: ['定期转账', 'standing order'],
  contact: ['联系记录', 'contact'], contact_promise: ['承诺', 'promise'], draft_device: ['草稿设备', 'device for drafts'], contact_photo: ['联系照片', 'photo of a contact'], contact_restricted: ['限制内容', 'restricted text'], secret_note: ['机密内容', 'secret note'], contact_policy: ['联系政策', 'contact policy'], contact_policy_change: ['联系政策变更', 'change of the contact policy'], key_event: ['重要事件', 'key event'], coverage_month: ['统计月份', 'month of coverage'], coverage_span: ['覆盖台账', 'ledger of coverage'], coverage_day: ['覆盖台账日', 'day of the ledger'],
  corporate_file: ['企业档案', 'company file'], person_file: ['个人档案', 'personal file'], customer_file: ['客户档案', 'customer file'], company_person: ['企业人员', 'person of the company'], contact_person: ['联系人', 'contact person'],
  customer_address: ['地址', 'address'], banking_elsewhere: ['他行业务', 'banking elsewhere'], trade_partner: ['上下游', 'supplier or buyer'], annual_report: ['企业年报', 'annual report'], litigation: ['涉诉', 'litigation'],
  customer_document: ['资料', 'document'], consent: ['同意', 'consent'], stored_file: ['文件', 'file'], lunar_month: ['农历月份', 'lunar month'],
  need_card: ['需求卡', 'need card'], need_card_holding: ['现有产品', 'product held'], need: ['客户需求', 'need'], need_escalation: ['需求上报', 'need sent up'], need_idea: ['产品设想', 'product idea'],
  saved_view: ['列表视图', 'saved view'], tag: ['标签', 'tag'], customer_tag: ['客户标签', 'tag of a customer'], segment: ['客群', 'segment'], planned_contact: ['计划联系', 'planned contact'], customer_export: ['导出申请', 'export'], customer_import: ['客户导入', 'import'],
  list_policy: ['名单管理参数', 'policy of lists'],
  watch_limit: ['预警标准', 'limit of watching'], alert: ['预警', 'alert'], movement: ['大额变动', 'large movement'], maturity: ['到期事项', 'what ends'], standing: ['流失统计', 'standing of a period'], gap_rule: ['挖掘规则', 'gap rule'],
  payee_lead: ['上下游线索', 'lead'], payee_payer: ['线索付款客户', 'customer behind a lead'],
  meeting: ['晨会', 'morning meeting'], meeting_part: ['晨会环节', 'part of a meeting'], meeting_attendance: ['到会', 'attendance'], meeting_action: ['晨会行动项', 'action of a meeting'], meeting_focus: ['晨会重点客户', 'focus customer'], praise: ['表扬', 'praise'],
  work_plan: ['工作计划', 'work plan'], work_plan_target: ['计划目标', 'target of a plan'], work_plan_item: ['计划事项', 'item of a plan'],
  deposit_sum: ['存款合计', 'sums of deposits'],
  message_template: ['消息模板', 'template of messages'], message_policy: ['消息规则', 'rule of messages'], message_batch: ['问候', 'greetings'], message: ['消息', 'message'],
  coordination_case: ['内部协调', 'coordination'], coordination_answer: ['部门答复', 'answer of a department'], coordination_member: ['协调成员', 'member of a coordination'], coordination_task: ['协调任务', 'task of a coordination'], coordination_event: ['协调经过', 'step of a coordination'],
  collection_form: ['收表', 'collection form'], collection_answer: ['填报', 'answer to a form'], collection_submission: ['报送', 'handed in'],
  notice: ['站内消息', 'notice'], notice_choice: ['消息接收方式', 'choice of notices'], staff_address: ['员工消息地址', 'address of a colleague'], notice_delivery: ['员工消息', 'message to a colleague'],
  appointment: ['日程', 'appointment'], calendar_feed: ['日历订阅地址', 'calendar address'], calendar_feed_switch: ['日历订阅开关', 'switch of calendar feeds'],
  calendar_year: ['年度日历', 'calendar year'], calendar_span: ['放假与调休', 'days of a calendar year'], duty_kind: ['职责', 'duty'], duty_instance: ['履职事项', 'duty owed'], duty_digest: ['每日提醒', 'digest'], assigned_task: ['任务', 'task'], task_event: ['任务经过', 'step of a task'],
  report_kind: ['报告种类', 'kind of report'], day_report: ['汇报', 'report'], day_report_fact: ['汇报所列事项', 'fact of a report'], day_report_note: ['点评与补充', 'note on a report'], day_report_measure: ['报告措施', 'measure'], customer_book_entry: ['客户资源信息簿', 'customer book'],
  journal_line: ['操作日志', 'journal'], delivery: ['数据批次', 'delivery'], scheme: ['考核方案', 'scheme'], point_rule: ['积分标准', 'tariff'], indicator_fact: ['指标事实', 'fact by form'], indicator: ['考核指标', 'indicator'], indicator_change: ['指标变更', 'change of an indicator'], indicator_month: ['指标月份', 'month of an indicator'], indicator_value: ['指标值', 'value of an indicator'], indicator_row: ['指标明细', 'row of an indicator'], settlement_run: ['结算', 'settlement'],
  settled_month: ['结算月份', 'settled month'], closed_month: ['关账', 'closed month'], pay_statement: ['绩效工资单', 'pay statement'], pay_line: ['工资条目', 'pay line'], pay_fact: ['工资依据', 'fact behind pay'],
}

const fields: Words = {
  answers_for: ['填报对象', 'answers for'], most_rows: ['最多行数', 'rows at most'], cells: ['栏目', 'cells'], addressees: ['收表对象', 'who is asked'], collector_key: ['收表人', 'collector'], opened_on: ['发出日', 'sent out on'], copied_from: ['复制自', 'copied from'], carried_from: ['结转自', 'carried over from'], form_id: ['收表', 'form'], answer_id: ['填报', 'answer'],
  prefilled_on: ['预填日', 'filled in as of'], saved_on: ['保存日', 'saved on'], submitted_by: ['报送人', 'handed in by'], returns: ['退回次数', 'times returned'], superior_key: ['逾期上报对象', 'went up to'], submitted_at: ['报送时间', 'handed in at'],
  round: ['轮次', 'round'], up_step: ['上报级次', 'went up'], again: ['再次请求', 'asked again'], desk: ['可答复人', 'who may answer'], working_days: ['用时（工作日）', 'working days'], form: ['方式', 'way'], asking_unit: ['发起机构', 'asking unit'], answerer_key: ['承办人', 'taken on by'], until_on: ['成员期限', 'members until'],
  late_step: ['逾期级次', 'step of lateness'], escalated: ['上报对象', 'went up to'], joined_on: ['加入日', 'joined on'], left_on: ['退出日', 'left on'], left_why: ['退出原因', 'why left'],
  lead_days: ['提前天数', 'days before'], changed_on: ['更改日', 'changed on'], staff_from: ['员工消息起', 'staff told from'], staff_to: ['员工消息止', 'staff told until'], notice_days: ['站内消息保留天数', 'days that notices stay'],
  festival: ['节日', 'festival'], platform_code: ['平台模板编号', 'template number of the platform'], quiet_from: ['免打扰起', 'quiet from'], quiet_to: ['免打扰止', 'quiet until'], most_in_30_days: ['30天上限', 'most in 30 days'], tries: ['发送次数', 'tries'], template_id: ['模板', 'template'], occasion: ['事由', 'occasion'], own_line: ['附加一句', 'own line'], send_on: ['发送日', 'sent on'], until_day: ['最迟日', 'not after'], next_at: ['下次发送', 'next try'], sent_at: ['发送时间', 'sent at'], delivered_at: ['送达时间', 'delivered at'],
  chair_key: ['主持人', 'chair'], planned_from: ['计划开始', 'planned from'], planned_to: ['计划结束', 'planned to'], began_at: ['开始时间', 'began at'], closed_at: ['结束时间', 'closed at'], mark: ['到会', 'attendance'], absence_reason: ['缺席原因', 'why absent'], named_by: ['列入人', 'named by'],
  minutes: ['分钟', 'minutes'], held: ['已进行', 'held'], from_key: ['表扬人', 'from'], to_key: ['被表扬人', 'to'], retracted_on: ['收回日', 'retracted on'], submitted_on: ['提交日', 'handed in on'], review: ['总结', 'review'], reviewed_on: ['总结日', 'reviewed on'], edition: ['版次', 'edition'],
  target_value: ['目标值', 'target'], unit: ['单位', 'unit'], actual_value: ['完成值', 'actual'], measure: ['措施', 'measure'], resources: ['所需资源', 'resources'], dropped_on: ['删除日', 'dropped on'],
  balance: ['余额', 'balance'], yesterday: ['上日', 'the day before'], month_begin: ['月初', 'begin of the month'], quarter_begin: ['季初', 'begin of the quarter'], year_begin: ['年初', 'begin of the year'], month_sum: ['本月积数', 'sum of the month'], year_sum: ['本年积数', 'sum of the year'],
  last_year_sum: ['上年积数', 'sum of last year'], last_month_sum: ['上月积数', 'sum of last month'], loan: ['贷款余额', 'loans'],
  kind_code: ['报告种类', 'kind of report'], kind_version: ['种类版本', 'version of the kind'], receiver_posts: ['接收岗位', 'read by'], due_days: ['期限（工作日）', 'due days'], closes_after: ['截止（工作日）', 'closes after'], answer_days: ['答复期限（工作日）', 'days to answer'], drafted_from: ['草拟来源', 'drafted from'],
  sections: ['栏目', 'sections'], answer_duty: ['答复职责', 'duty to answer'], recorded_by: ['录入人', 'recorded by'], answer_due_on: ['答复期限', 'answer due on'],
  report_id: ['汇报', 'report'], section: ['栏目', 'section'], thing_id: ['事项', 'thing'], title_zh: ['名称', 'title'], title_en: ['英文名称', 'title in English'],
  written_by: ['书写人', 'written by'], written_at: ['书写时间', 'written at'], task_id: ['任务', 'task'], noted_at: ['登记时间', 'noted at'],
  from_time: ['开始', 'from'], to_time: ['结束', 'to'], moves: ['改期次数', 'times moved'], cancelled_by: ['取消人', 'cancelled by'], cancelled_on: ['取消日', 'cancelled on'], cancel_reason: ['取消原因', 'why cancelled'], last_read_on: ['最近读取', 'last read on'],
  revoked_on: ['撤销日', 'revoked on'], revoked_by: ['撤销人', 'revoked by'], revoke_reason: ['撤销原因', 'why revoked'], allowed: ['是否开放', 'allowed'], switched_by: ['经办人', 'switched by'], switched_on: ['经办日', 'switched on'],
  rule: ['规则', 'rule'], customer_kind: ['客户类别', 'kind of customer'], bank: ['银行', 'bank'], least_fen: ['金额标准', 'least amount'], share: ['比例标准', 'share'], days: ['天数', 'days'], times: ['次数', 'times'],
  raised_on: ['预警日', 'raised on'], due_on: ['期限', 'due on'], limit_version: ['标准版本', 'version of the limit'], silenced_until: ['暂缓至', 'silent until'], silence_reason: ['暂缓原因', 'reason of the silence'],
  silenced_by: ['暂缓人', 'silenced by'], reason_code: ['原因', 'reason'], contacted_on: ['联系日', 'contacted on'], judged: ['判断', 'judged'], won_fen: ['成效金额', 'won'], in_fen: ['转入', 'in'], out_fen: ['转出', 'out'],
  adb_fen: ['日均', 'average'], threshold_fen: ['标准金额', 'threshold'], listed_in: ['转入列示', 'listed for in'], listed_out: ['转出列示', 'listed for out'], manager_share_pct: ['占管户日均', 'share of the manager'], counterparties: ['交易对手', 'other side'],
  object_key: ['编号', 'key'], ends_on: ['到期日', 'ends on'], prepared_on: ['准备日', 'prepared on'], prepared_by: ['准备人', 'prepared by'], prepared_note: ['准备情况', 'how it is prepared'], result: ['结果', 'result'], result_on: ['登记日', 'result on'],
  result_by: ['登记人', 'result by'], result_fen: ['续作金额', 'renewed'], result_note: ['结果说明', 'note on the result'], period: ['期间', 'period'], first_day: ['首日', 'first day'], last_day: ['末日', 'last day'], as_of: ['截至', 'as of'],
  end_staff_key: ['期末客户经理', 'manager at the end'], moved_on: ['移入日', 'moved on'], base_fen: ['基数', 'base'], end_fen: ['期末值', 'end value'], before_fen: ['五日前', 'five days before'], now_fen: ['现值', 'now'], in_base: ['在基数内', 'in the base set'],
  lost: ['流失', 'lost'], transferred: ['行内移交', 'transferred'], excluded: ['剔除', 'excluded'], excluded_by: ['剔除人', 'excluded by'], excluded_on: ['剔除日', 'excluded on'], excluded_note: ['剔除说明', 'why excluded'], increment_base_fen: ['增量基数', 'base of the increment'],
  tiers: ['层级', 'tiers'], has: ['已有', 'has'], lacks: ['缺少', 'lacks'], normal_name: ['规范名称', 'normal name'], customers: ['客户数', 'customers'], payments: ['笔数', 'payments'], sum_fen: ['合计', 'sum'], months: ['月数', 'months'], last_on: ['最近一笔', 'last on'],
  listed: ['列示', 'listed'],
  priority: ['优先级', 'priority'], helpers: ['协办人', 'helpers'], evidence_asked: ['完成依据要求', 'evidence asked for'], questioned: ['已提问', 'questioned'], question_until: ['提问期限', 'questions until'], extensions: ['延期次数', 'extensions'], asked_due: ['申请延至', 'asks for'], reported_on: ['报告日', 'reported on'], last_note_on: ['最近进展', 'last note'],
  from_day: ['起日', 'from'], to_day: ['止日', 'to'], year: ['年度', 'year'], confirmed_at: ['复核时间', 'confirmed at'], own: ['本行职责', 'the bank’s own'], posts: ['岗位', 'posts'], trigger: ['触发', 'trigger'], due_rule: ['期限规则', 'deadline'], content: ['内容', 'content'],
  content_en: ['英文内容', 'content in English'], evidence_en: ['英文依据', 'evidence in English'], fact: ['系统认定', 'found in facts'], escalation: ['逾期提醒', 'escalation'], lines: ['提醒内容', 'lines'], duty_code: ['职责', 'duty'], duty_version: ['职责版本', 'version of the duty'], holder_key: ['现责任人', 'held by'], period_key: ['所属期间', 'period'],
  opens_on: ['开始日', 'opens on'], due_time: ['时点', 'by the hour'], wanted: ['应完成', 'wanted'], counted_on: ['统计日', 'counted on'], done_on: ['办结日', 'done on'], done_at: ['办结时间', 'done at'], done_by: ['办理人', 'done by'], excused_by: ['免除人', 'excused by'], excused_on: ['免除日', 'excused on'], excuse_reason: ['免除理由', 'reason'],
  happened_at: ['时间', 'at'], moved_why: ['转办原因', 'why another holds it'],
  code: ['代码', 'code'], name: ['名称', 'name'], name_en: ['英文名称', 'English name'], name_zh: ['中文名称', 'Chinese name'], kind: ['种类', 'kind'], from_date: ['起始日', 'from'], to_date: ['终止日', 'until'],
  parent_key: ['上级机构', 'parent unit'], region: ['地区', 'region'], managers_in: ['客户经理归属', 'managers belong to'], sequence: ['序列', 'sequence'], breadth: ['可见范围', 'sees'],
  key: ['编号', 'key'], institution_key: ['机构', 'unit'], staff_no: ['工号', 'staff number'], name_pinyin: ['拼音', 'pinyin'], name_initials: ['拼音首字母', 'initials'], staff_key: ['员工', 'person'],
  leave_reason: ['离职原因', 'reason for leaving'], post_code: ['岗位', 'post'], post_key: ['任职编号', 'post held'], line_key: ['条线', 'line'], place_key: ['所在网点', 'place'], main: ['主', 'main'],
  order_no: ['文号', 'order number'], grade: ['等级', 'grade'], reason: ['原因', 'reason'], must_change: ['须修改密码', 'must change'], changed_at: ['修改时间', 'changed at'], started_at: ['开始时间', 'began at'],
  expires_at: ['失效时间', 'expires at'], ended_at: ['结束时间', 'ended at'], end_reason: ['结束原因', 'reason of the end'], business_date: ['营业日', 'business date'], currency: ['币种', 'currency'], calendar: ['日历', 'calendar'],
  seen_from: ['日终起', 'end of day from'], seen_to: ['日终止', 'until'], met: ['已联系', 'met'],
  domain: ['领域', 'domain'], description: ['需求内容', 'what is needed'], urgency: ['紧迫程度', 'urgency'], expected_price: ['期望价格', 'price expected'], told_as: ['来源', 'how known'], state_on: ['状态日期', 'state since'], state_by: ['处理人', 'by'],
  state_note: ['说明', 'note'], cannot_since: ['不能满足之日', 'not to be met since'], escalate_by: ['上报期限', 'to be sent up by'], surveyed_on: ['调查日期', 'surveyed on'], channel: ['方式', 'channel'], decision_maker: ['决策人', 'who decides'],
  obstacles: ['障碍', 'obstacles'], suggestions: ['产品建议', 'products suggested'], confirmation: ['客户确认', 'confirmation'], confirmation_ref: ['确认编号', 'its number'], comment: ['批注', 'comment'], commented_by: ['批注人', 'commented by'],
  commented_on: ['批注日', 'commented on'], product: ['产品', 'product'], price: ['价格', 'price'], escalated_by: ['上报人', 'sent up by'], escalated_on: ['上报日', 'sent up on'], answer_by: ['答复期限', 'answer by'],
  answer: ['答复', 'answer'], answered_by: ['答复人', 'answered by'], answered_on: ['答复日', 'answered on'], answered_late: ['答复超期', 'answered late'], text: ['内容', 'text'], raised_by: ['提出人', 'raised by'], 
  ends: ['终止', 'ends'], proposed_by: ['经办', 'proposed by'], proposed_on: ['提交日', 'proposed on'], decision_note: ['复核意见', 'note of the decision'], month_start: ['月份', 'month'], day: ['日期', 'day'], noted_by: ['登记人', 'noted by'], noted_on: ['登记日', 'noted on'],
  t1_fen: ['核心标准', 'line of T1'], t2_fen: ['重点标准', 'line of T2'], t3_fen: ['普通优质标准', 'line of T3'], t1_contribution_fen: ['核心年贡献标准', 'contribution for T1'], t2_contribution_fen: ['重点年贡献标准', 'contribution for T2'],
  credit: ['有贷款至少为', 'with credit at least'], lines_min: ['产品条线数', 'product lines'], lines_tier: ['产品条线至少为', 'with product lines at least'], strategic: ['战略名单', 'strategic list'], confirm_core: ['核心变动须确认', 'core moves are confirmed'],
  preview: ['试算', 'preview'], from_tier: ['原层级', 'from tier'], to_tier: ['新层级', 'to tier'], contribution_fen: ['近 12 个月贡献', 'contribution of 12 months'], owes: ['有贷款', 'owes'],
  end_on: ['移出日', 'ends on'], end_proposed_by: ['移出经办', 'end proposed by'], end_decided_by: ['移出复核', 'end decided by'], end_decided_on: ['移出复核日', 'end decided on'],
  example: ['示例', 'example'], computed_on: ['计算日', 'worked out on'], parameters: ['参数', 'parameters'], missing: ['未计入', 'not counted'],
  deposit_adb_fen: ['存款日均', 'average deposits'], loan_adb_fen: ['贷款日均', 'average loans'], pre_tax_fen: ['税前贡献', 'pre-tax contribution'], tax_fen: ['所得税', 'income tax'], net_fen: ['净贡献', 'net contribution'], capital_fen: ['占用资本', 'capital'],
  charge_fen: ['资本成本', 'capital charge'], eva_fen: ['经济增加值', 'EVA'], ftp_rate: ['内部资金价格', 'price of funds'], price_side: ['价格方向', 'side of the price'],
  price_term: ['价格期限', 'term of the price'], price_from: ['价格生效日', 'price from'],
  is_demo: ['演示', 'demo'], settings: ['设置', 'settings'],
  number: ['客户号', 'customer number'], name_is_made: ['名称为代拟', 'name was made'], former_names: ['曾用名', 'former names'], status: ['状态', 'status'], tier: ['层级', 'tier'], tier_since: ['层级起始', 'tier since'],
  outlet_key: ['网点', 'outlet'], viewers: ['主办与协办', 'managers'], main_staff_key: ['主办客户经理', 'main manager'], source: ['来源', 'source'], deposit_fen: ['存款', 'deposits'],
  month_adb_fen: ['月日均', 'month average'], last_month_adb_fen: ['上月日均', 'last month average'], loan_fen: ['贷款', 'loans'], figures_as_of: ['数据截至', 'figures as of'],
  uscc: ['统一社会信用代码', 'credit code'], legacy_org_code: ['组织机构代码', 'organisation code'], company_type: ['企业类型', 'company type'], established_on: ['成立日期', 'established on'], registered_address: ['注册地址', 'registered address'],
  operating_address: ['经营地址', 'operating address'], registration_status: ['登记状态', 'registration'], business_scope: ['经营范围', 'business scope'], industry_code: ['行业', 'industry'], size_class: ['规模', 'size'],
  registered_capital_fen: ['注册资本', 'registered capital'], legal_representative: ['法定代表人', 'legal representative'], staff_count: ['员工人数', 'employees'],
  sex: ['性别', 'sex'], birth_date: ['出生日期', 'birth date'], birthday_calendar: ['生日历法', 'birthday calendar'], nationality: ['国籍', 'nationality'], occupation: ['职业', 'occupation'], employer: ['工作单位', 'employer'],
  address_cipher: ['住址', 'address'], district: ['所在区县', 'district'], risk_level: ['风险等级', 'risk level'], number_cipher: ['号码', 'number'], tail: ['尾号', 'last digits'], checked: ['已核验', 'checked'],
  expires_on: ['有效期至', 'valid until'], label: ['标签', 'label'], masked: ['号码', 'number'], share_pct: ['份额', 'share'], base_adb_fen: ['冻结基数', 'frozen base'], base_as_of: ['基数日期', 'base as of'],
  table_version: ['规则版本', 'rule version'], until_date: ['截止日', 'last day'], given_by: ['授权人', 'given by'], given_at: ['授权时间', 'given at'], withdrawn_on: ['撤回日', 'withdrawn on'],
  line: ['产品线', 'product line'], core_key: ['核心编号', 'core key'], product_code: ['产品', 'product'], closed_on: ['销户日', 'closed on'], matures_on: ['到期日', 'matures on'], rate: ['利率', 'rate'],
  balance_fen: ['余额', 'balance'], booked_on: ['记账日', 'booked on'], direction: ['收付', 'direction'], amount_fen: ['金额', 'amount'], balance_after_fen: ['交易后余额', 'balance after'], memo: ['摘要', 'memo'],
  counterparty_name: ['对方户名', 'counterparty'], counterparty_bank: ['对方银行', 'counterparty bank'], counterparty_tail: ['对方尾号', 'counterparty account'], paid_out_on: ['放款日', 'paid out on'], term_months: ['期限（月）', 'term (months)'],
  instalment_fen: ['每期还款', 'instalment'], status_letter: ['状态代码', 'status code'], settled_on: ['结清日', 'settled on'], principal_fen: ['本金余额', 'principal'], overdue_since: ['逾期起始', 'overdue since'],
  overdue_fen: ['逾期金额', 'overdue'], loan_class: ['五级分类', 'classification'], derived: ['推算', 'derived'], issued_on: ['发卡日', 'issued on'],
  level: ['程度', 'level'], score: ['得分', 'score'], signs: ['依据', 'signs'],
  choices: ['取另一方的资料', 'taken from the other'], undone_by: ['撤销人', 'undone by'], undo_reason: ['撤销原因', 'reason of undoing'],
  mode: ['方式', 'way'], purpose: ['目的', 'purpose'], start_time: ['时间', 'time'], in_person: ['面谈', 'in person'], effective: ['有效', 'effective'], entered_on: ['录入日', 'entered on'], late: ['补录', 'late'],
  their_people: ['客户方其他参加人', 'others of the customer'], changed_operations: ['经营变化', 'change in operations'], changed_people: ['人员变化', 'change in people'], changed_finance: ['财务变化', 'change in finance'], changed_funds: ['资金变化', 'change in funds'],
  risk_signals: ['风险信号', 'signs of risk'], risk_note: ['风险说明', 'what was seen'], like_customer_id: ['相似记录的客户', 'customer of the record that is alike'], like_id: ['相似记录', 'record that is alike'], like_percent: ['相似度', 'how alike'], checked_on: ['审阅日', 'checked on'],
  opened_at: ['启用时间', 'opened at'], withdrawn_at: ['停用时间', 'withdrawn at'], withdrawn_by: ['停用人', 'withdrawn by'], withdraw_reason: ['停用原因', 'reason'],
  kept_at: ['离线记录时间', 'kept offline at'], promised_on: ['承诺日', 'promised on'], first_due_on: ['原期限', 'first due on'], end_note: ['办结说明', 'note at the end'],
  taken_at: ['拍摄时间', 'taken at'], taken_from: ['时间来源', 'time by'], latitude: ['纬度', 'latitude'], longitude: ['经度', 'longitude'], accuracy_m: ['精度（米）', 'accuracy (m)'], width: ['宽', 'width'], height: ['高', 'height'], used_before: ['曾用于', 'used before'],
  added_by: ['上传人', 'added by'], added_on: ['上传日', 'added on'], removed_by: ['移除人', 'removed by'], remove_reason: ['移除原因', 'reason'],
  recorded_at: ['记录时间', 'recorded at'], summary: ['内容', 'summary'], our_people: ['我方人员', 'our people'], contact_person: ['客户方人员', 'contact person'], next_action: ['下一步', 'next step'], next_on: ['下次日期', 'next on'],
  place: ['地点', 'place'], place_consent: ['同意记录地点', 'place by consent'], policy_version: ['规则版本', 'rule version'], voided_on: ['作废日', 'voided on'], voided_by: ['作废人', 'voided by'], void_reason: ['作废原因', 'reason of voiding'],
  author_key: ['作者', 'author'], readers: ['读者', 'readers'], text_cipher: ['正文', 'text'], customer_name: ['客户', 'customer'], written_on: ['写于', 'written on'],
  every_months: ['联系间隔（月）', 'every months'], face_every_months: ['面访间隔（月）', 'face to face every months'], leader_every_months: ['领导走访间隔（月）', 'leader visit every months'], contact_window: ['期间', 'window'],
  profile: ['映射方案', 'profile'], bank_code: ['银行代码', 'bank code'], folder: ['目录', 'folder'], state: ['状态', 'state'], refusal: ['拒收原因', 'refusal'], refusal_zh: ['拒收说明', 'why refused (Chinese)'], refusal_en: ['拒收说明（英文）', 'why refused'],
  rows_rejected: ['拒收行数', 'rows rejected'], rows_later: ['未到期行数', 'rows of later days'], rows_changed: ['变更行数', 'rows changed'], received_at: ['收到时间', 'received at'], loaded_at: ['装载时间', 'loaded at'], signed_by: ['签收人', 'signed off by'], signed_at: ['签收时间', 'signed off at'],
  to_bank: ['收款银行', 'to bank'], to_account_tail: ['收款账号尾号', 'to account'], terms: ['条款', 'terms'], scheme_code: ['方案', 'scheme'], scheme_version: ['方案版本', 'version of the scheme'], event: ['事件', 'event'], unit_fen: ['计量单位', 'unit'], points: ['积分', 'points'], products: ['产品范围', 'products'],
  numerator: ['分子（合计）', 'numerator'], denominator: ['分母（合计）', 'denominator'], indicator: ['指标', 'indicator'], month: ['月份', 'month'], value: ['数值', 'value'], object: ['检查对象', 'object'], evidence: ['依据', 'evidence'], entered_by: ['登记人', 'entered by'], confirmed_by: ['复核人', 'confirmed by'], confirmed_on: ['复核日', 'confirmed on'],
  returned_by: ['退回人', 'returned by'], returned_on: ['退回日', 'returned on'], return_reason: ['退回原因', 'reason of the return'], corrects: ['更正', 'corrects'], hash: ['校验值', 'hash'], people: ['人数', 'people'], facts: ['事实数', 'facts'],
  payable_fen: ['应发', 'payable'], carry_in_fen: ['上期结转', 'carried in'], carry_out_fen: ['结转下期', 'carried out'], before_carry_fen: ['结转前', 'before the carry'], control: ['核对表', 'control report'], settled_by: ['结算人', 'settled by'], settled_at: ['结算时间', 'settled at'],
  stale: ['需重新结算', 'to be settled again'], closed_by: ['关账人', 'closed by'], input: ['计算输入', 'input'], steps: ['计算步骤', 'steps'], set_off: ['抵扣', 'set off'], carry_out: ['结转明细', 'carried'], expired: ['过期未抵', 'expired'],
  quantity: ['数量', 'quantity'], each: ['单位积分', 'points each'], measured_fen: ['计量金额', 'measured'], money_fen: ['金额', 'money'], by_form: ['表单登记', 'by form'], corrects_month: ['更正月份', 'corrects the month'], corrects_code: ['更正条目', 'corrects the line'], detail: ['明细', 'detail'],
  why: ['原因', 'why'], line_code: ['条目', 'line'], of_month: ['所属月份', 'of the month'], fact_date: ['日期', 'date'], held_days: ['持有天数', 'days held'], fen_days: ['余额积数', 'balance days'], share_days: ['份额天数', 'share days'], note: ['备注', 'note'],
  list: ['列表', 'list'], owner_key: ['建立人', 'made by'], shared: ['共享', 'shared'], shared_path: ['共享机构', 'shared with the unit'], shared_post: ['共享岗位', 'shared with the post'], removed_on: ['删除日', 'deleted on'], unit_key: ['机构', 'unit'], word: ['标签', 'word'], meaning: ['含义', 'meaning'],
  made_by: ['建立人', 'made by'], tagged_by: ['打标签人', 'tagged by'], ended_by: ['取消人', 'taken off by'], about: ['说明', 'about'], definition: ['条件', 'conditions'], planned_on: ['计划日', 'planned for'], subject: ['事项', 'subject'], made_on: ['建立日', 'made on'], ended_on: ['结束日', 'ended on'],
  asked_by: ['申请人', 'asked by'], asked_post: ['申请岗位', 'post'], asked_path: ['申请机构', 'unit of the asker'], asked_on: ['申请日', 'asked on'], asked_at: ['申请时间', 'asked at'], filters: ['筛选条件', 'filters'], told: ['筛选说明', 'filters in words'], conditions: ['客群条件', 'conditions of the segment'], row_count: ['行数', 'rows'], person_count: ['个人客户数', 'persons'],
  data_class: ['数据级别', 'data class'], decided_by: ['审批人', 'decided by'], decided_on: ['审批日', 'decided on'], decision: ['审批结果', 'decision'], decision_reason: ['审批意见', 'reason'], made_rows: ['文件行数', 'rows in the file'], fetch_until: ['领取截止日', 'to be fetched until'], fetched_at: ['领取时间', 'fetched at'],
  made_at: ['建立时间', 'made at'], file_name: ['文件名', 'file'], rows_new: ['新增行数', 'new rows'], rows_update: ['更新行数', 'rows that update'], rows_same: ['相同行数', 'rows as before'], ran_on: ['执行日', 'run on'], ran_at: ['执行时间', 'run at'], undo_until: ['可撤销至', 'may be undone until'], undone_on: ['撤销日', 'undone on'], undo_kept: ['未能撤销行数', 'rows kept'],
  batch_assign_most: ['批量指派上限', 'customers assigned in one batch'],
  timeline_from_fen: ['时间线交易起点', 'transactions in the timeline from'], segment_most_conditions: ['客群条件上限', 'conditions of a segment at most'], batch_most: ['批量办理上限', 'customers in one batch'], export_free_rows: ['免审批导出行数', 'rows exported without approval'],
  export_most_rows: ['导出行数上限', 'rows of an export at most'], export_fetch_days: ['导出文件领取天数', 'days to fetch an export'], export_important_persons: ['重要数据人数', 'persons that make data important'], import_most_rows: ['导入行数上限', 'rows of an import at most'], import_undo_days: ['导入可撤销天数', 'days to undo an import'],
  number_kind: ['号码种类', 'kind of number'], subscribed_fen: ['认缴', 'subscribed'], paid_in_fen: ['实缴', 'paid in'], cross_holding: ['交叉持股', 'cross-holding'], means: ['方式或职务', 'means or post'],
  income_pct: ['占供方收入（%）', 'of the supplier’s income (%)'], outlay_pct: ['占购方支出（%）', 'of the buyer’s outlay (%)'], control_basis: ['认定依据', 'basis'], unified_limit_fen: ['统一授信额度', 'unified limit'], limit_from: ['额度起始日', 'limit from'],
  limit_until: ['额度到期日', 'limit until'], lead_org: ['牵头机构', 'lead unit'], co_orgs: ['协办机构', 'assisting units'], role: ['角色', 'role'], household: ['家庭', 'household'], rolls_up: ['在此汇总', 'rolls up here'], basis: ['依据', 'basis'], tests: ['符合条件', 'tests met'],
  found_on: ['发现日', 'found on'], filed_on: ['备案日', 'filed on'], owners: ['受益所有人', 'owners'], method: ['识别方法', 'method'], differences: ['差异', 'differences'], found_by: ['识别人', 'found by'],
  record_within: ['录入期限（工作日）', 'record within working days'], first_duty_until_day: ['当月起算日', 'first duty until day'], legal_basis: ['依据', 'basis'], version: ['版本', 'version'],
  field: ['变更内容', 'what changes'], old_text: ['原值', 'former value'], new_text: ['新值', 'new value'], old_hash: ['原号码', 'former number'], old_tail: ['原尾号', 'former last digits'], number_tail: ['新尾号', 'new last digits'], number_checked: ['号码已核验', 'number checked'],
  other_seen: ['已核对同名', 'seen to be another one'], proposed_post: ['申请岗位', 'asked as'],
  size_bytes: ['大小（字节）', 'size (bytes)'], stored_at: ['存入时间', 'stored at'], stored_by: ['存入人', 'stored by'], id_kind: ['证件种类', 'kind of document'],
  id_cipher: ['证件号码', 'number of the document'], id_tail: ['证件尾号', 'last digits'], id_expires_on: ['证件有效期至', 'document valid until'], phone_cipher: ['电话', 'phone'], phone_masked: ['电话', 'phone'],
  mail_cipher: ['邮箱', 'e-mail'], mail_masked: ['邮箱', 'e-mail'], address: ['详细地址', 'address'], is_main: ['首要联系人', 'main contact'], lunar_year: ['农历年', 'lunar year'],
  leap: ['闰月', 'leap month'], file_id: ['文件', 'file'], company_kind: ['主体类型', 'kind of body'], term_from: ['营业期限自', 'business term from'],
  term_until: ['营业期限至', 'business term until'], legacy_tax_id: ['原税务登记号', 'former tax number'], legacy_licence_no: ['原营业执照号', 'former licence number'], abnormal_on: ['列入经营异常名录', 'in the list of abnormal operation since'],
  abnormal_reason: ['列入异常的原因', 'why listed'], violation_on: ['列入严重违法失信名单', 'in the list of serious violations since'], violation_reason: ['列入失信的原因', 'why listed there'], main_products: ['主要产品', 'main products'],
  premises: ['经营场所', 'premises'], premises_area: ['场所面积（平方米）', 'area (square metres)'], premises_until: ['租期至', 'lease until'], marital_status: ['婚姻状况', 'marital status'], education: ['学历', 'education'],
  job_title: ['职务', 'position'], tax_residence: ['税收居民身份', 'tax residence'], tax_countries: ['其他税收居民国（地区）', 'other countries of tax residence'], tax_declared_on: ['声明日期', 'declared on'],
  income_fen: ['年收入', 'income of a year'], income_source: ['收入来源', 'source of income'], assets_fen: ['资产总额', 'assets'], debts_fen: ['负债总额', 'debts'], finances_on: ['了解日期', 'as told on'],
  credit_rating: ['信用评级', 'credit rating'], credit_rating_on: ['评级日期', 'rated on'], risk_tolerance: ['风险承受能力', 'risk tolerance'], risk_tolerance_on: ['测评日期', 'assessed on'], tax_class: ['纳税信用等级', 'tax credit class'],
  tax_class_year: ['评价年度', 'year of the class'], aml_level: ['洗钱风险等级', 'money-laundering risk'], aml_level_on: ['评定日期', 'judged on'], watch_list: ['名单筛查', 'watch-lists'], watch_list_on: ['筛查日期', 'screened on'],
  watch_list_note: ['筛查说明', 'what was found'], main_bank: ['主办银行', 'main bank'], banking_note: ['说明', 'note'], no_calls: ['不接受电话', 'no calls'], no_messages: ['不接受短信和微信', 'no messages'],
  no_letters: ['不接受信函和邮件', 'no letters or mail'], no_visits: ['不接受上门', 'no visits'], no_automated: ['拒绝自动化决策', 'no automated decisions'], contact_times: ['方便联系的时间', 'good times'], contact_note: ['联系说明', 'note'],
  confidentiality: ['客户保密级别', 'class of confidentiality'], confidentiality_reason: ['定级原因', 'why'], office: ['身份', 'office'], authority: ['授权事项', 'authority'], authority_from: ['授权起始日', 'authority from'],
  authority_until: ['授权到期日', 'authority until'], department: ['部门', 'department'], decision_role: ['决策角色', 'part in the decision'], attitude: ['对我行态度', 'attitude to us'], site: ['种类', 'kind'],
  site_owner: ['权属', 'owned or rented'], side: ['方向', 'side'], goods: ['商品', 'goods'], trade_share_pct: ['占比', 'share'], payment_terms: ['结算方式', 'payment terms'], since_year: ['往来起始年', 'since'], bank_name: ['银行', 'bank'],
  service: ['业务', 'service'], product_name: ['产品', 'product'], price_note: ['价格与条件', 'price and terms'], known_on: ['了解日期', 'as told on'], report_year: ['年度', 'year'], report_state: ['公示情况', 'state'],
  published_on: ['公示日期', 'published on'], part: ['地位', 'part'], cause: ['案由', 'cause'], court: ['法院', 'court'], case_no: ['案号', 'case number'], document_kind: ['资料种类', 'kind of document'],
  title: ['名称或编号', 'title or number'], remind_days: ['提前提醒（天）', 'remind so many days before'], original_seen_on: ['核对原件日期', 'original seen on'], consent_for: ['事项', 'for'], stated_purpose: ['授权用途', 'purpose stated'],
  given_on: ['给予日期', 'given on'], valid_until: ['有效期至', 'valid until'], proof: ['凭证', 'proof'],
  weight_t1: ['核心权重', 'weight of core'], weight_t2: ['重点权重', 'weight of key'], weight_t3: ['普通优质权重', 'weight of good'], weight_t4: ['基础权重', 'weight of basic'], weight_p: ['潜在权重', 'weight of prospects'], capacity_credit: ['授信企业容量', 'capacity, credit'],
  capacity_corporate: ['无贷企业容量', 'capacity, companies'], capacity_person_t1: ['核心个人容量', 'capacity, core persons'], capacity_person: ['个人容量', 'capacity, persons'], factor_a: ['助理系数', 'factor of A'], factor_b: ['客户经理系数', 'factor of B'], factor_c: ['高级系数', 'factor of C'],
  warn_above: ['提示线', 'warn above'], stop_above: ['停止线', 'stop above'], claim_tiers: ['可认领层级', 'tiers that may be claimed'], claims_per_day: ['每日认领上限', 'claims a day'], claims_open: ['未定认领上限', 'open claims'], cooling_days: ['冷却天数', 'cooling days'],
  claim_window: ['公示工作日', 'window in working days'], visit_within: ['联合走访期限（天）', 'joint visits within days'], substitution_most: ['代班最长工作日', 'longest substitution'], former_main_key: ['原主办', 'former main manager'],
  claimed_on: ['认领日', 'claimed on'], open_until: ['公示截止', 'window until'], customer_number: ['客户号', 'customer number'],
  leaver_key: ['移交人', 'leaver'], receiver_key: ['接收人', 'receiver'], supervisor_key: ['监交人', 'supervisor'], supervisor_named_by: ['监交人指定者', 'supervisor named by'], effective_on: ['生效日', 'effective on'], list_version: ['清单版本', 'version of the list'],
  opened_by: ['发起人', 'opened by'], listed_on: ['清单提交日', 'listed on'], effected_on: ['实际生效日', 'took effect on'], visits_until: ['走访截止', 'visits until'], list_digest: ['清单校验值', 'digest of the list'],
  declared: ['移交人声明', 'declared'], signed_on: ['签字日', 'signed on'], since_version: ['列入版本', 'since version'], slice_until: ['原定终止日', 'was to end on'], last_contact_on: ['最近联系', 'last contact'], must_sample: ['须抽查', 'to be checked'], sampled_by: ['抽查人', 'checked by'],
  sampled_on: ['抽查日', 'checked on'], sample_note: ['抽查说明', 'note of the check'], absent_key: ['离岗人', 'absent'], substitute_key: ['代班人', 'substitute'],
  first_key: ['一方', 'one'], second_key: ['另一方', 'the other'], agreed_by: ['同意人', 'agreed by'], agreed_on: ['同意日', 'agreed on'], for_key: ['代何人', 'for'], next_owner_key: ['承诺人', 'who keeps the promise'],
}

// where a field means something else in one table
const ownFields: Words = {
  'appointment.kind': ['类别', 'kind'], 'appointment.people': ['参加人', 'who takes part'],
  'duty_kind.missing': ['缺少的功能', 'capability that is missing'],
  'merge_case.decided_by': ['复核人', 'confirmed by'], 'merge_case.decided_on': ['复核日', 'confirmed on'], 'merge_case.decision_reason': ['复核意见', 'opinion'], 'merge_case.undo_until': ['可撤销至', 'may be undone until'],
  'duplicate_pair.decided_by': ['处理人', 'decided by'], 'duplicate_pair.decided_on': ['处理日', 'decided on'], 'duplicate_pair.decision_reason': ['处理意见', 'reason'],
  'group_proposal.decided_by': ['决定人', 'decided by'], 'group_proposal.decided_on': ['决定日', 'decided on'],
  'customer_document.issued_on': ['签发日期', 'issued on'], 'trade_partner.name': ['名称', 'name'], 'company_person.name': ['姓名', 'name'], 'contact_person.name': ['姓名', 'name'], 'litigation.amount_fen': ['标的金额', 'amount'],
  'pay_fact.place': ['条目序号', 'place of the line'],
  'indicator.owner': ['主管部门', 'department'], 'indicator_change.owner': ['主管部门', 'department'],
  'staff.name': ['姓名', 'name'], 'assignment.main': ['主办', 'main manager'], 'post_held.main': ['主岗', 'main post'], 'product.name': ['产品名称', 'product name'], 'loan.settled_on': ['结清日', 'settled on'], 'settlement_run.settled_on': ['结算日', 'settled on'],
  'closed_month.closed_on': ['关账日', 'closed on'], 'pay_line.place': ['序号', 'place'], 'contact.place': ['地点', 'place'], 'contact.checked_by': ['审阅人', 'checked by'], 'contact_promise.what': ['承诺内容', 'what was promised'], 'contact_promise.side': ['承诺方', 'whose promise'], 'contact_promise.owner_key': ['经办人', 'owner'], 'contact_promise.ended_by': ['办结人', 'ended by'], 'contact_photo.removed_on': ['移除日', 'removed on'], 'pool_return.returned_on': ['退回日', 'returned on'], 'substitution.customers': ['客户范围', 'customers'], 'hand_over.cause': ['移交原因', 'cause'], 'hand_over_party.side': ['一方', 'side'], 'hand_over_signature.side': ['一方', 'side'],
}

const codes: Words = {
  HANDED_ON: ['已转办', 'handed on'], REQUEST: ['协办请求', 'request'], FRONT_SECOND: ['前台与二线', 'front and second line'], DEPARTMENTS: ['专业部门之间', 'between departments'], LEVELS: ['上下级之间', 'between levels'], RESOURCES: ['经营资源分配', 'resources'],
  ASK: ['发起', 'asked'], REFUSE: ['不予受理', 'refused'], HAND_ON: ['转办', 'handed on'], CLOSE: ['办结', 'closed'], REOPEN: ['重新发起', 'opened again'], JOIN: ['加入', 'joined'], TASK_DONE: ['完成任务', 'task done'], TASK_DROPPED: ['取消任务', 'task dropped'], ESCALATE: ['逾期上报', 'went up'], PASS_ON: ['变更', 'passed on'],
  DATE: ['到期', 'its day'], POST_ENDED: ['离岗', 'post ended'], BUSINESS: ['业务', 'business'], RISK: ['风险', 'risk'], OPERATIONS: ['运营', 'operations'], SUPPORT: ['支持', 'support'],
  CERTAIN: ['确定', 'certain'], LIKELY: ['很可能', 'likely'], POSSIBLE: ['可能', 'possible'], SAME_PERSON: ['同一客户', 'same customer'], DIFFERENT: ['不同客户', 'different'], MERGED: ['已合并', 'merged'], PROPOSED: ['待复核', 'proposed'], UNDONE: ['已撤销', 'undone'],
  APPLIED: ['已生效', 'in force'], WAITING: ['待确认', 'waiting'], REPLACED: ['已被取代', 'replaced'], BID: ['存款买入', 'bid'], OFFER: ['贷款卖出', 'offer'], PARAMETER: ['参数', 'parameter'], DEPOSIT_INSURANCE: ['存款保险', 'deposit insurance'],
  LOAN_INTEREST: ['贷款利息', 'loan interest'], LOAN_FUNDING: ['资金成本', 'cost of funds'], LOAN_VAT: ['利息增值税', 'VAT on interest'], LOAN_SURCHARGE: ['利息附加', 'surcharges on interest'], EXPECTED_LOSS: ['预期损失', 'expected loss'], FEES: ['手续费', 'fees'],
  FEE_VAT: ['手续费增值税', 'VAT on fees'], FEE_SURCHARGE: ['手续费附加', 'surcharges on fees'], TRANSACTIONS: ['交易成本', 'cost of transactions'], CONTACTS: ['维护成本', 'cost of contacts'],
  RM_OWN: ['本人', 'own'], OWN: ['自拟', 'own'], CONTACT: ['待联系', 'contact due'], APPOINTMENT: ['日程', 'appointment'], USUAL: ['一般', 'usual'], LEADER: ['领导交办', 'leader'], MEETING: ['会议', 'meeting'], LOBBY_REPORT: ['大堂报告', 'lobby report'], AUDIT: ['稽核', 'audit'], UPPER_LEVEL: ['上级下达', 'upper level'], GIVEN: ['待接收', 'given'], QUESTIONED: ['待答复', 'questioned'], ACCEPTED: ['已接收', 'accepted'],
  IN_WORK: ['办理中', 'in work'], REPORTED: ['待确认', 'reported'], OFF: ['放假', 'off'], RECURRENCE: ['周期', 'recurrence'], EVENT: ['事件', 'event'], COVERAGE: ['联系覆盖', 'coverage'], VISITS: ['见面拜访', 'visits'], CLOSED_MONTH: ['关账', 'closed month'], DAY: ['每日', 'daily'], WEEK: ['每周', 'weekly'],
  MONTH: ['每月', 'monthly'], QUARTER: ['每季', 'quarterly'], HALF: ['每半年', 'half-yearly'], YEAR: ['每年', 'yearly'], CONDITION: ['条件', 'condition'], PLAN: ['计划', 'plan'], TASK: ['任务', 'task'], EXCUSED: ['已免除', 'excused'], DONE: ['按时办结', 'done in time'], DONE_LATE: ['逾期办结', 'done late'],
  PREPARED: ['已准备', 'prepared'], RUNNING: ['进行中', 'running'], PRESENT: ['到会', 'present'], LEAVE: ['请假', 'on leave'], ANALYSIS: ['客户分析', 'analysis'], GOALS: ['宣布目标', 'goals'], YESTERDAY: ['昨日回顾', 'yesterday'], MORALE: ['鼓舞士气', 'morale'],
  NOTICES: ['通知与安排', 'notices'], TECHNIQUE: ['营销技巧训练', 'technique'], AWARENESS: ['营销意识', 'awareness'], COLLEAGUE: ['同事', 'colleague'], CUSTOMER: ['客户', 'customer'], DRAFT: ['草稿', 'draft'], SUBMITTED: ['已提交', 'handed in'],
  NEED_CARDS: ['需求卡', 'need cards'], COVERAGE_PCT: ['联系覆盖率', 'coverage'], DEPOSIT_GROWTH: ['存款净增', 'growth of deposits'], NEW_CUSTOMERS: ['新增客户', 'new customers'],
  RECEIVE: ['来行面谈', 'at the bank'], CALL: ['电话约谈', 'call'], INTERNAL: ['行内事务', 'inside of the bank'],
  PLANNED: ['待开始', 'planned'], MISSED: ['逾期未办', 'missed'], GIVE: ['交办', 'given'], QUESTION: ['提问', 'question'], ANSWER: ['答复', 'answer'], ACCEPT: ['接收', 'accepted'], NOTE: ['进展', 'note'], REPORT: ['报告完成', 'reported'], RETURN: ['退回', 'returned'], CONFIRM: ['确认', 'confirmed'],
  ASK_EXTENSION: ['申请延期', 'asked for time'], EXTEND: ['同意延期', 'extended'], KEEP_DUE: ['不同意延期', 'kept the day'], WITHDRAW: ['撤回', 'withdrawn'], REFUSE_TASK: ['拒办', 'refused'], CLOSE_TASK: ['办结', 'closed'],
  HEAD_OFFICE: ['总行', 'head office'], BRANCH: ['分行', 'branch'], SUB_BRANCH: ['支行', 'sub-branch'], OUTLET: ['网点', 'outlet'], RM_DEPARTMENT: ['客户经理部', 'managers’ department'], DEPARTMENT: ['部门', 'department'], TEAM: ['团队', 'team'],
  FRONT: ['前台营销', 'front'], RISK_CONTROL: ['中间风险控制', 'risk control'], PROCESSING: ['后台产品处理', 'processing'], NONE: ['不看客户', 'nobody'], SELF: ['本人客户', 'own customers'], UNIT: ['本机构客户', 'the unit’s customers'],
  ALL: ['全行客户', 'all customers'], CORPORATE: ['企业', 'company'], PERSON: ['个人', 'person'], PROSPECT: ['潜在', 'prospect'], ACTIVE: ['正常', 'active'], CLOSED: ['已关闭', 'closed'],
  SOLAR: ['公历', 'solar'], LUNAR: ['农历', 'lunar'], RESIDENT_ID: ['居民身份证', 'resident identity card'], HK_MACAO_PERMIT: ['港澳居民通行证', 'Hong Kong or Macao permit'], TAIWAN_PERMIT: ['台湾居民通行证', 'Taiwan permit'],
  FOREIGN_PERMANENT: ['外国人永久居留证', 'permanent residence card'], PASSPORT: ['护照', 'passport'], MILITARY: ['军官证', 'military identity'], USCC: ['统一社会信用代码', 'credit code'], LEGACY_ORG_CODE: ['组织机构代码', 'organisation code'], OTHER: ['其他', 'other'],
  UP: ['越高越好', 'the higher the better'], DOWN: ['越低越好', 'the lower the better'],
  BLOCKS: ['由模块组成', 'made of blocks'], DEPOSIT: ['存款', 'deposit'], LOAN: ['贷款', 'loan'], WEALTH: ['理财', 'wealth'], CARD: ['银行卡', 'card'], SETTLEMENT: ['结算', 'settlement'], E_BANKING: ['电子银行', 'e-banking'], IN: ['收', 'in'], OUT: ['付', 'out'],
  NORMAL: ['正常', 'normal'], SPECIAL_MENTION: ['关注', 'special mention'], SUBSTANDARD: ['次级', 'substandard'], DOUBTFUL: ['可疑', 'doubtful'], LOSS: ['损失', 'loss'],
  VISIT: ['拜访', 'visit'], PHONE: ['电话', 'phone'], VIDEO: ['视频', 'video'], WECHAT: ['微信', 'WeChat'], LETTER: ['信函', 'letter'], EMAIL: ['邮件', 'e-mail'], WECOM: ['企业微信', 'WeCom'], CALL_BACK: ['回访提醒', 'reminder of a call'], SMS_ONE_WAY: ['单向短信', 'one-way message'], GREETING: ['问候', 'greeting'],
  NO: ['否', 'no'], VOID: ['已作废', 'void'], OURS: ['我行', 'ours'], THEIRS: ['客户', 'theirs'], KEPT: ['已兑现', 'kept'], DROPPED: ['已取消', 'dropped'], CAMERA: ['相机', 'camera'], DEVICE: ['设备', 'device'], SAME_CUSTOMER: ['本客户用过', 'used for this customer'], ELSEWHERE: ['他处用过', 'used elsewhere'],
  PRODUCTION: ['停产减产', 'production'], ORDERS: ['订单减少', 'orders'], INVENTORY: ['存货积压', 'inventory'], RECEIVABLES: ['回款变慢', 'receivables'], ARREARS: ['欠薪欠税欠费', 'arrears'], LITIGATION: ['诉讼纠纷', 'litigation'], CONTROLLER: ['控制人变化', 'controller'], STAFF: ['人员异动', 'staff'], FUND_FLOW: ['资金流异常', 'flow of funds'], COLLATERAL: ['押品变化', 'collateral'], ENVIRONMENT: ['环保安全', 'environment'],
  NO_ANSWER: ['未接通', 'no answer'], ROUTINE: ['日常', 'routine'], MATURITY: ['到期', 'maturity'], NEEDS: ['需求', 'needs'], PRODUCT: ['产品', 'product'], POST_LOAN: ['贷后', 'post-loan'], COMPLAINT: ['投诉', 'complaint'],
  ADDITION: ['补充', 'addition'], COMMENT: ['点评', 'comment'],
  FULL: ['全量', 'full'], DELTA: ['增量', 'delta'], CORRECTION: ['更正', 'correction'], CHECKING: ['校验中', 'being checked'], LOADING: ['装载中', 'being loaded'], LOADED: ['已装载', 'loaded'], REFUSED: ['已拒收', 'refused'],
  LARGE_MOVEMENT: ['大额变动', 'large movement'], CHURN: ['流失', 'churn'], BELOW_BASE: ['低于基数', 'below base'], OUTFLOW: ['短期流出', 'outflow'], LEAKAGE: ['他行回流', 'leakage'], PAYEE_LEAD: ['上下游线索', 'lead'], GAP: ['产品缺口', 'gap'],
  MOVEMENT_IN: ['大额转入', 'large inflow'], MOVEMENT_OUT: ['大额转出', 'large outflow'], OPEN: ['待处理', 'open'], GONE: ['已消除', 'gone'], JUSTIFIED: ['属实', 'justified'], FALSE_ALARM: ['误报', 'false alarm'],
  PAYROLL: ['发薪', 'payroll'], TAX: ['缴税', 'tax'], PURCHASE: ['采购', 'purchase'], INVESTMENT: ['投资', 'investment'], OTHER_BANK: ['转往他行', 'to another bank'], LOAN_REPAYMENT: ['归还贷款', 'loan repayment'], SEASONAL: ['季节性', 'seasonal'], PRICE: ['价格', 'price'],
  SERVICE: ['服务', 'service'], MOVED_AWAY: ['迁离', 'moved away'], HAS_ELSEWHERE: ['已在他行办理', 'has it elsewhere'], NO_NEED: ['无需求', 'no need'], UNKNOWN: ['不详', 'unknown'], TIME_DEPOSIT: ['定期存款', 'time deposit'], LOAN_INSTALMENT: ['贷款分期', 'instalment'],
  IDENTITY: ['证件', 'document'], NAME: ['名称', 'name'], OVERTAKEN: ['自动终止', 'overtaken'], RENEWED: ['续作', 'renewed'], MOVED: ['转投', 'moved'], LEFT: ['流出', 'left'], PAID: ['归还', 'paid'], BELOW: ['降幅过半', 'fell by half'], TIER: ['层级下降', 'tier fell'], DEATH: ['身故', 'death'],
  EXIT_BY_BANK: ['本行退出', 'exit by the bank'], PAYEE: ['收款方', 'payee'], BUYER: ['付款方', 'buyer'], TAKEN: ['已认领', 'taken'], EXPLAINED: ['已说明', 'explained'],
  MARKETING_SCORE: ['营销得分', 'marketing score'], RETAIL_SCORE: ['零售综合评价', 'retail score'], INSPECTION_REPORT: ['检查报告', 'inspection report'], INSPECTION_CHECK: ['检查记录', 'inspection check'], NET_GROWTH_TARGET: ['净增目标', 'net growth target'],
  TEAM_TARGET: ['团队目标', 'team target'], ACCOUNT: ['账户', 'account'], BASE: ['基数', 'base'], FORM: ['表单', 'form'], POINTS: ['积分制', 'points'],
  GENERAL_SENSITIVE: ['敏感级一般数据', 'general, sensitive'], APPROVED: ['同意', 'approved'], DECLINED: ['否决', 'declined'],
  COMPANY: ['企业', 'company'], SHAREHOLDING: ['股权', 'shareholding'], CONTROL: ['实际控制', 'control'], GUARANTEE: ['担保', 'guarantee'], SUPPLY: ['供销', 'supply'], FAMILY: ['亲属', 'family'], LEGAL_REPRESENTATIVE: ['法定代表人', 'legal representative'],
  MANAGEMENT: ['任职', 'post'], SHARED_PHONE: ['共用电话', 'shared phone'], SHARED_ADDRESS: ['共用地址', 'shared address'], SHARED_AGENT: ['共用代理人', 'shared agent'], BOARD: ['控制董事会', 'the board'], CONTRACT: ['协议', 'contract'],
  CHAIRMAN: ['董事长', 'chairman'], GENERAL_MANAGER: ['总经理', 'general manager'], DIRECTOR: ['董事', 'director'], SUPERVISOR: ['监事', 'supervisor'], FINANCE_HEAD: ['财务负责人', 'finance head'], SPOUSE: ['配偶', 'spouse'], PARENT: ['父母', 'parent'],
  SIBLING: ['兄弟姐妹', 'sibling'], CHILD: ['子女', 'child'], PARENT_OR_CHILD: ['父母或子女', 'parent or child'], OTHER_RELATIVE: ['其他亲属', 'other relative'], GROUP: ['集团客户', 'group'], DEPENDENCE: ['经济依存', 'economic dependence'], CIRCLE: ['担保圈', 'guarantee circle'], HOUSEHOLD: ['家庭', 'household'],
  LEAD: ['牵头成员', 'lead member'], MEMBER: ['成员', 'member'], HEAD: ['户主', 'head'], CONFIRMED: ['已认定', 'confirmed'],
  SHARE: ['持股', 'shares'], SENIOR_MANAGER: ['高级管理人员', 'senior manager'], EXEMPT: ['无需识别', 'exempt'], ECONOMIC: ['经济依存', 'economic dependence'],
  CANNOT: ['本行暂不能满足', 'not to be met here'], MATCHED: ['已匹配产品', 'matched'], ESCALATED: ['已上报', 'sent up'], MET: ['已满足', 'met'], VERIFIED: ['有效需求', 'verified'], REJECTED: ['无效', 'rejected'],
  FINANCING: ['融资', 'financing'], CASH_MANAGEMENT: ['现金管理', 'cash management'], PAYROLL_RETAIL: ['代发及员工零售', 'payroll, staff'], CROSS_BORDER: ['跨境', 'cross-border'], INVESTMENT_BANKING: ['投行', 'investment banking'],
  STATED: ['客户明示', 'stated'], DISCOVERED: ['挖掘发现', 'discovered'], NOW: ['现在', 'now'], THREE_MONTHS: ['3 个月内', 'within 3 months'], TWELVE_MONTHS: ['12 个月内', 'within 12 months'], SIGNATURE: ['签字', 'signature'], MESSAGE: ['消息', 'message'],
  LEADER_VISIT: ['领导走访', 'leader visit'], MAJOR_CONTRACT: ['重大合同', 'major contract'], CHANGE_OF_CONTROL: ['控制人变更', 'change of control'], CHURN_WARNING: ['流失预警', 'churn warning'],
  RETURNED: ['已退回', 'returned'], CALENDAR_MONTH: ['自然月', 'calendar month'], ROLLING_31_DAYS: ['31 日滚动', 'rolling 31 days'],
  OWNED: ['自有', 'owned'], RENTED: ['租赁', 'rented'], BOTH: ['自有和租赁', 'owned and rented'], FREE: ['无偿使用', 'used free'], LEGAL_ENTERPRISE: ['企业法人', 'enterprise, legal person'],
  OTHER_ENTERPRISE: ['非法人企业', 'enterprise without legal personality'], SOLE_TRADER: ['个体工商户', 'sole trader'], PUBLIC_INSTITUTION: ['事业单位', 'public institution'], SOCIAL_ORGANISATION: ['社会团体', 'social organisation'],
  GOVERNMENT: ['机关', 'government body'], PRIVATE_NON_ENTERPRISE: ['民办非企业', 'private non-enterprise'], SINGLE: ['未婚', 'single'], MARRIED: ['已婚', 'married'], DIVORCED: ['离异', 'divorced'], WIDOWED: ['丧偶', 'widowed'],
  PRIMARY: ['初中及以下', 'primary'], SECONDARY: ['高中或中专', 'secondary'], COLLEGE: ['大专', 'college'], BACHELOR: ['本科', 'bachelor'], POSTGRADUATE: ['研究生', 'postgraduate'], CHINA_ONLY: ['仅为中国税收居民', 'china only'],
  FOREIGN_ONLY: ['仅为非居民', 'abroad only'], LOW: ['低', 'low'], MEDIUM_LOW: ['中低', 'medium low'], MEDIUM: ['中', 'medium'], MEDIUM_HIGH: ['中高', 'medium high'], HIGH: ['高', 'high'], HIT: ['命中', 'hit'],
  CLEARED: ['已排除', 'cleared'], SENSITIVE: ['敏感', 'sensitive'], STRICT: ['严格', 'strict'], PERSON_IN_CHARGE: ['负责人', 'person in charge'],
  ACCOUNT_CONTACT: ['账户备案联系人', 'account contact person'], AGENT: ['授权代理人', 'authorised agent'],
  DECIDES: ['拍板', 'decides'], APPROVES: ['审批', 'approves'], INFLUENCES: ['影响', 'influences'], USES: ['使用', 'uses'], GATEKEEPER: ['把关', 'gatekeeper'], EXECUTES: ['经办', 'carries out'], SUPPORTIVE: ['支持', 'supportive'],
  NEUTRAL: ['中立', 'neutral'], RESERVED: ['保留', 'reserved'], OPPOSED: ['反对', 'opposed'], HOME: ['住址', 'home'], WORK: ['工作地', 'work'], MAILING: ['邮寄地址', 'mailing'], OFFICE: ['办公', 'office'], PLANT: ['厂区', 'plant'],
  WAREHOUSE: ['仓库', 'warehouse'], SHOP: ['门店', 'shop'], SITE: ['项目地', 'site'], SUPPLIER: ['供应商', 'supplier'], PUBLISHED: ['已公示', 'published'],
  LATE: ['逾期公示', 'published late'], MISSING: ['未公示', 'not published'], HIDDEN: ['隐瞒或虚假', 'false or hidden'], PLAINTIFF: ['原告', 'plaintiff'], DEFENDANT: ['被告', 'defendant'], EXECUTED: ['被执行人', 'under execution'],
  DISHONEST: ['失信被执行人', 'dishonest debtor'], THIRD_PARTY: ['第三人', 'third party'], LICENCE: ['营业执照', 'business licence'], ARTICLES: ['公司章程', 'articles'], ACCOUNT_PERMIT: ['基本存款账户信息', 'basic account certificate'],
  LEGAL_REPRESENTATIVE_ID: ['法定代表人证件', 'document of the legal representative'], AGENT_AUTHORITY: ['授权委托书', 'power of attorney'], OWNER_STATEMENT: ['受益所有人声明', 'statement of beneficial owners'],
  LEASE: ['场所证明或租约', 'lease or proof of premises'], TAX_CERTIFICATE: ['纳税证明', 'tax certificate'], FINANCIAL_REPORT: ['财务报表', 'financial report'], ID_COPY: ['身份证件复印件', 'copy of the identity document'],
  RESIDENCE_PROOF: ['居住证明', 'proof of residence'], INCOME_PROOF: ['收入证明', 'proof of income'], TAX_DECLARATION: ['税收居民声明', 'declaration of tax residence'], RISK_QUESTIONNAIRE: ['风险测评问卷', 'risk questionnaire'],
  CREDIT_AUTHORISATION: ['征信查询授权书', 'authorisation of a credit-report query'], CONSENT_FORM: ['个人信息授权书', 'consent form'], CREDIT_REPORT: ['征信查询', 'credit-report query'], MARKETING: ['营销信息', 'marketing'],
  DATA_USE: ['个人信息处理', 'use of personal data'], FAMILY_LINKS: ['家庭关系登记', 'family links'], PAPER: ['书面签字', 'signed paper'], ELECTRONIC: ['电子签名', 'electronic signature'], RECORDING: ['录音录像', 'recording'],
  COUNTER: ['柜面系统', 'counter system'], PDF: ['PDF 文件', 'PDF'], JPEG: ['JPEG 图片', 'JPEG picture'], PNG: ['PNG 图片', 'PNG picture'], WEBP: ['WebP 图片', 'WebP picture'], HEIC: ['HEIC 图片', 'HEIC picture'],
  OFD: ['OFD 文件', 'OFD document'], XLSX: ['Excel 工作簿', 'Excel workbook'], DOCX: ['Word 文档', 'Word document'], CSV: ['文本', 'text'], OLD_OFFICE: ['旧版 Office 文件', 'old Office file'], ZIP: ['压缩包', 'archive'],
  TRANSFER: ['调动', 'transfer'], OPENED: ['已发起', 'opened'], LISTED: ['清单已提交', 'listed'], SAMPLED: ['已抽查', 'checked'], SIGNED_BY_LEAVER: ['移交人已签', 'signed by the leaver'], SIGNED_BY_RECEIVER: ['接收人已签', 'signed by the receivers'],
  SIGNED_BY_SUPERVISOR: ['监交人已签', 'signed by the supervisor'], EFFECTIVE: ['已生效', 'effective'], FOLLOW_UP: ['联合走访中', 'joint visits'], WITHDRAWN: ['已撤回', 'withdrawn'], ORDINARY: ['一般移交', 'ordinary'], EMERGENCY: ['紧急接管', 'emergency'],
  RESIGNATION: ['辞职', 'resignation'], RETIREMENT: ['退休', 'retirement'], SUSPENSION: ['停职', 'suspension'], LONG_LEAVE: ['长期休假', 'long leave'], OVERLOAD: ['负荷调整', 'load'], LEAVER: ['移交人', 'leaver'], RECEIVER: ['接收人', 'receiver'],
  REMOVED: ['已移出', 'taken off'], CLAIM: ['认领', 'claim'], CONTEST: ['异议', 'contest'], GRANTED: ['已给予', 'granted'], ASKED: ['待确认', 'asked'],
  SMS: ['短信', 'SMS'], UNCERTAIN: ['未确认', 'uncertain'], FAILED: ['失败', 'failed'], SENDING: ['发送中', 'being sent'], DELIVERED: ['已送达', 'delivered'], FESTIVAL: ['节日', 'festival'], BIRTHDAY: ['生日', 'birthday'],
  CANCELLED: ['已取消', 'cancelled'], ENDED: ['已结束', 'ended'], LIST: ['指定客户', 'listed customers'],
}
// the same letters in another field are another thing
const ownCodes: Readonly<Record<string, Words>> = {
  tax_residence: { BOTH: ['中国和其他国家（地区）', 'China and abroad'] },
  watch_list: { NONE: ['未命中', 'no hit'], CHECKING: ['核实中', 'being checked'] },
  confidentiality: { NORMAL: ['一般', 'normal'] },
  grade: { A: ['客户经理助理', 'assistant'], B: ['客户经理', 'manager'], C: ['高级客户经理', 'senior manager'] },
  sex: { M: ['男', 'male'], F: ['女', 'female'] },
}

const actions: Words = {
  CLOSE_ALERT: ['办结', 'closed'], ANSWER_ALERT: ['答复', 'answered'], SILENCE_ALERT: ['暂缓', 'silenced'], PREPARE_MATURITY: ['登记准备', 'prepared'], ENTER_RESULT: ['登记结果', 'result entered'], EXCLUDE: ['剔除', 'excluded'], TAKE_LEAD: ['认领', 'took'], EXPLAIN_LEAD: ['说明', 'explained'],
  MAKE_PLAN: ['制定', 'made'], CHANGE_PLAN: ['修改', 'changed'], PLAN_TARGET: ['列入', 'planned'], PLAN_ITEM: ['列入', 'planned'], DROP_FROM_PLAN: ['取消', 'dropped'], SUBMIT_PLAN: ['提交', 'handed in'], CONFIRM_PLAN: ['确认', 'confirmed'], RETURN_PLAN: ['退回', 'returned'], PLAN_RESULT: ['登记结果', 'result kept'], REVIEW_PLAN: ['总结', 'reviewed'],
  PREPARE_MEETING: ['准备', 'prepared'], MARK_ATTENDANCE: ['登记', 'marked'], BEGIN_MEETING: ['开始', 'begun'], CLOSE_MEETING: ['结束', 'closed'], ADD_MEETING_ACTION: ['添加', 'added'], NAME_FOCUS: ['列入', 'named'], GIVE_PRAISE: ['提交', 'given'], RETRACT_PRAISE: ['收回', 'retracted'],
  COORDINATION_ASK: ['发起', 'asked'], COORDINATION_ASK_UNIT: ['请求答复', 'asked the department'], COORDINATION_JOIN: ['加入', 'joined'], COORDINATION_LEAVE: ['退出', 'left'], COORDINATION_ACCEPT: ['受理', 'accepted'], COORDINATION_REFUSE: ['不予受理', 'refused'], COORDINATION_HAND_ON: ['转办', 'handed on'],
  COORDINATION_REPORT: ['报告完成', 'reported'], COORDINATION_RETURN: ['退回', 'returned'], COORDINATION_CLOSE: ['办结', 'closed'], COORDINATION_REOPEN: ['重新发起', 'opened again'], COORDINATION_WITHDRAW: ['撤回', 'withdrew'], COORDINATION_EXTEND: ['延期', 'extended'], COORDINATION_NOTE: ['记录进展', 'noted'],
  COORDINATION_MEETING: ['登记纪要', 'minutes'], COORDINATION_TASK: ['安排', 'arranged'], COORDINATION_TASK_DONE: ['完成', 'done'], COORDINATION_TASK_DROPPED: ['取消', 'dropped'],
  MAKE_FORM: ['新建', 'built'], CHANGE_FORM: ['修改', 'changed'], OPEN_FORM: ['发出', 'sent out'], CLOSE_FORM: ['结束', 'closed'], WITHDRAW_FORM: ['撤回', 'withdrew'], SAVE_ANSWER: ['保存', 'saved'], SUBMIT_ANSWER: ['报送', 'handed in'], RETURN_ANSWER: ['退回', 'returned'], UPLOAD_ANSWER: ['上传', 'sent up'],
  PLAN_APPOINTMENT: ['安排', 'planned'], MOVE_APPOINTMENT: ['改期', 'moved'], CANCEL_APPOINTMENT: ['取消', 'cancelled'], FINISH_APPOINTMENT: ['办结', 'finished'], REOPEN_APPOINTMENT: ['恢复待办', 'opened again'],
  CHOOSE_NOTICES: ['设置', 'chose'], SET_STAFF_ADDRESS: ['登记', 'entered'], PROPOSE_TEMPLATE: ['提交', 'proposed'], CONFIRM_TEMPLATE: ['复核', 'confirmed'], RETURN_TEMPLATE: ['退回', 'returned'], SEND_GREETINGS: ['发送', 'sent'], APPROVE_GREETINGS: ['批准', 'approved'], RETURN_GREETINGS: ['退回', 'returned'],
  SEND_MESSAGE: ['提交渠道', 'handed over'], NOTE_ANSWER: ['登记渠道答复', 'answer noted'], TAKE_RECEIPT: ['登记回执', 'receipt noted'], RECOVER_MESSAGE: ['中断后恢复', 'recovered'], WITHDRAW_MESSAGE: ['撤回', 'withdrawn'], RETRY_MESSAGE: ['重发', 'sent again'],
  MAKE_FEED: ['生成', 'made'], REVOKE_FEED: ['撤销', 'revoked'], READ_FEED: ['日历程序读取', 'read by a calendar'], SWITCH_FEED: ['开关', 'switched'],
  CONFIRM_REPORT: ['提交', 'confirmed'], RECORD_PHONE_REPORT: ['代录电话汇报', 'recorded by phone'], ADD_TO_REPORT: ['补充', 'added'], COMMENT_REPORT: ['点评', 'commented'], SIGN_REPORT: ['审阅', 'signed'], ANSWER_REPORT: ['答复', 'answered'], DECIDE_MEASURE: ['定出措施', 'decided'],
  NOTE_IN_BOOK: ['登记', 'noted'],
  GIVE_TASK: ['交办', 'given'], TASK_QUESTION: ['提问', 'questioned'], TASK_ANSWER: ['答复', 'answered'], TASK_ACCEPT: ['接收', 'accepted'], TASK_NOTE: ['记录进展', 'noted'], TASK_REPORT: ['报告完成', 'reported'], TASK_RETURN: ['退回', 'returned'], TASK_CONFIRM: ['确认完成', 'confirmed'], TASK_ASK_EXTENSION: ['申请延期', 'asked for time'], TASK_EXTEND: ['同意延期', 'extended'],
  TASK_KEEP_DUE: ['不同意延期', 'kept the day'], TASK_WITHDRAW: ['撤回', 'withdrew'], TASK_REFUSE_TASK: ['拒办', 'refused'], FINISH_DUTY: ['办结', 'done'], EXCUSE_DUTY: ['免除', 'excused'], PROPOSE_DUTY: ['提交', 'proposed'], CONFIRM_DUTY: ['复核', 'confirmed'], RETURN_DUTY: ['退回', 'returned'], ENTER_YEAR: ['录入', 'entered'], CONFIRM_YEAR: ['复核', 'confirmed'],
  RETURN_YEAR: ['退回', 'returned'],
  ADD: ['新增', 'added'], CHANGE: ['修改', 'changed'], END: ['终止', 'ended'], READ: ['查看', 'read'], BULK_ADD: ['批量新增', 'added in bulk'], BULK_CHANGE: ['批量修改', 'changed in bulk'], BULK_REMOVE: ['批量移除', 'removed in bulk'],
  HIRE: ['入职', 'joined'], HOLD_POST: ['任职', 'got a post'], END_POST: ['免岗', 'post ended'], TRANSFER: ['调动', 'transferred'], LEAVE: ['离职', 'left'], HOLD_GRADE: ['定级', 'graded'], RENAME: ['更名', 'renamed'], CLOSE: ['撤销', 'closed'],
  PROPOSE_TIER_RULE: ['提交', 'proposed'], CONFIRM_TIER_RULE: ['复核', 'confirmed'], RETURN_TIER_RULE: ['退回', 'returned'], CONFIRM_TIER: ['确认', 'confirmed'], DECLINE_TIER: ['不同意', 'declined'], PROPOSE_STRATEGIC: ['提名', 'proposed'], PROPOSE_IDENTITY: ['申请', 'asked for'], CONFIRM_IDENTITY: ['同意', 'confirmed'], RETURN_IDENTITY: ['退回', 'returned'], WITHDRAW_IDENTITY: ['撤回', 'withdrew'],
  CONFIRM_STRATEGIC: ['复核', 'confirmed'], RETURN_STRATEGIC: ['退回', 'returned'], PROPOSE_END_STRATEGIC: ['提出移出', 'end proposed'], END_STRATEGIC: ['移出', 'ended'], PROPOSE_VALUE: ['提交', 'proposed'], CONFIRM_VALUE: ['复核', 'confirmed'], RETURN_VALUE: ['退回', 'returned'],
  PROPOSE_POLICY: ['提交', 'proposed'], CONFIRM_POLICY: ['复核', 'confirmed'], RETURN_POLICY: ['退回', 'returned'], NOTE_KEY_EVENT: ['登记', 'noted'], VOID_KEY_EVENT: ['作废', 'voided'],
  OPEN_DEVICE: ['启用', 'opened'], CLOSE_DEVICE: ['关闭', 'closed'], WITHDRAW_DEVICE: ['停用', 'withdrew'], PROMISE: ['登记', 'noted'], KEEP_PROMISE: ['兑现', 'kept'], DROP_PROMISE: ['取消', 'dropped'], PUT_OFF_PROMISE: ['延期', 'put off'], CHECK_CONTACT: ['审阅', 'checked'], ADD_PHOTO: ['上传', 'added'], REMOVE_PHOTO: ['移除', 'removed'],
  RECORD_NEED_CARD: ['登记', 'recorded'], MOVE_NEED: ['处理', 'moved'], ESCALATE_NEED: ['上报', 'sent up'], ANSWER_NEED: ['答复', 'answered'], RAISE_IDEA: ['提出', 'raised'], VOID_NEED_CARD: ['作废', 'voided'],
  SIGN_IN: ['登录', 'signed in'], SIGN_OUT: ['退出', 'signed out'], END_SESSION: ['结束登录', 'session ended'], SWITCH_POST: ['切换岗位', 'switched post'], CHANGE_PASSWORD: ['修改密码', 'changed the password'],
  SET_FIRST_PASSWORD: ['设置初始密码', 'first password set'], GIVE_GRANT: ['授权', 'granted'], WITHDRAW_GRANT: ['撤回授权', 'withdrew'], ASSIGN: ['指派', 'assigned'], BEGIN_AGAIN: ['重新开始', 'begun again'], ENTER_FACT: ['登记', 'entered'], PROPOSE_INDICATOR: ['提交', 'proposed'], CONFIRM_INDICATOR: ['复核', 'confirmed'], RETURN_INDICATOR: ['退回', 'returned'], CONFIRM_FACT: ['复核', 'confirmed'], RETURN_FACT: ['退回', 'returned'], LOAD: ['装载', 'loaded'], RECEIVE: ['收到', 'received'],
  REFUSE: ['拒收', 'refused'], REJECTS: ['登记拒收', 'rejects noted'], SIGN_OFF: ['签收', 'signed off'], MOVE_BUSINESS_DATE: ['营业日推进', 'business date moved'], NAME_READERS: ['指定读者', 'readers named'], SETTLE: ['结算', 'settled'], SET_PASSWORD: ['设置密码', 'password set'],
  STORE_FILE: ['存入', 'stored'], WITHDRAW_CONSENT: ['撤回', 'withdrew'], RENEW: ['换发', 'renewed'],
  SAY_DIFFERENT: ['判定为不同客户', 'said to be different'], SAY_SAME: ['判定为同一客户', 'said to be the same'], PROPOSE_MERGE: ['提出', 'proposed'], CONFIRM_MERGE: ['复核并合并', 'confirmed'], RETURN_MERGE: ['退回', 'returned'], UNDO_MERGE: ['撤销合并', 'merge undone'], MERGE: ['合并', 'merged'],
  RECORD_CONTACT: ['新增', 'added'], CORRECT_CONTACT: ['更正', 'corrected'], VOID_CONTACT: ['作废', 'voided'], WRITE_RESTRICTED: ['写入', 'wrote'], WRITE_SECRET: ['写入', 'wrote'], RECORD_RELATION: ['登记', 'recorded'], END_RELATION: ['终止', 'ended'], CONFIRM_GROUP: ['认定', 'confirmed'], DECLINE_GROUP: ['不认定', 'declined'], JOIN_GROUP: ['加入', 'joined'], LEAVE_GROUP: ['退出', 'left'],
  END_GROUP: ['终止', 'ended'], MAKE_HOUSEHOLD: ['建立', 'made'], FIND_OWNERS: ['识别', 'worked out'], FILE_OWNERS: ['登记', 'entered'], 'closed_month.CLOSE': ['关账', 'closed'], END_ASSIGNMENT: ['结束', 'ended'],
  ASK_EXPORT: ['申请导出', 'asked for'], APPROVE_EXPORT: ['同意导出', 'approved'], DECLINE_EXPORT: ['否决导出', 'declined'], WITHDRAW_EXPORT: ['撤回导出', 'withdrew'], FETCH_EXPORT: ['领取导出文件', 'fetched'], RUN_IMPORT: ['执行导入', 'ran'], UNDO_IMPORT: ['撤销导入', 'undone'],
  OPEN_HAND_OVER: ['发起移交', 'opened a hand-over'], CHANGE_LIST: ['修改清单', 'changed the list'], SUBMIT_LIST: ['提交清单', 'submitted the list'], SIGN_HAND_OVER: ['签署', 'signed'], HAND_OVER_STATE: ['状态变更', 'state'], MOVE_EFFECTIVE_DAY: ['更改生效日', 'moved the effective day'],
  TAKE_EFFECT: ['生效', 'took effect'], WITHDRAW_HAND_OVER: ['撤回移交', 'withdrew the hand-over'], CLOSE_HAND_OVER: ['办结移交', 'closed the hand-over'], RETURN_TO_POOL: ['退回客户池', 'returned to the pool'], CLAIM_CUSTOMER: ['认领', 'claimed'], CONTEST_CLAIM: ['提出异议', 'contested'],
  WITHDRAW_CLAIM: ['撤回认领', 'withdrew the claim'], GRANT_CLAIM: ['给予认领', 'granted the claim'], REFUSE_CLAIM: ['不予认领', 'refused the claim'], ASK_SUBSTITUTION: ['申请代班', 'asked for a substitution'], CONFIRM_SUBSTITUTION: ['确认代班', 'confirmed the substitution'],
  REFUSE_SUBSTITUTION: ['不同意代班', 'refused the substitution'], END_SUBSTITUTION: ['结束代班', 'ended the substitution'],
}

/** Fields whose value is a person's key, a unit's key, a post's code. */
export const personFields: ReadonlySet<string> = new Set(['holder_key', 'done_by', 'excused_by', 'helpers', 'state_by', 'commented_by', 'escalated_by', 'answered_by', 'raised_by', 'undone_by', 'proposed_by', 'noted_by', 'owner_key', 'made_by', 'tagged_by', 'ended_by', 'decided_by', 'staff_key', 'main_staff_key', 'viewers', 'readers', 'our_people', 'given_by', 'author_key', 'voided_by', 'asked_by', 'entered_by', 'confirmed_by', 'closed_by', 'withdrawn_by', 'returned_by', 'settled_by', 'signed_by', 'found_by', 'stored_by', 'former_main_key', 'leaver_key', 'receiver_key', 'supervisor_key', 'supervisor_named_by', 'opened_by', 'sampled_by', 'absent_key', 'substitute_key', 'first_key', 'second_key', 'agreed_by', 'for_key', 'next_owner_key'])
export const institutionFields: ReadonlySet<string> = new Set(['unit_key', 'parent_key', 'institution_key', 'outlet_key', 'line_key', 'place_key', 'lead_org', 'co_orgs'])
export const postFields: ReadonlySet<string> = new Set(['post_code'])

/** Whether a field is for people: ids, hashes and the path that stands for a unit are not. */
export function isTold(_table: string, field: string): boolean {
  return !/(^id$|^key$|^post_key$|_id$|_hash$)/.test(field) && !['scope_path', 'line_path', 'grams', 'shared_path', 'asked_path', 'asked_post', 'replaces', 'one', 'changed_at', 'name_pinyin', 'name_initials', 'as_customer', 'from_party', 'to_party', 'controller_party', 'parties', 'customers', 'fingerprint', 'merged_into'].includes(field)
}

const pick = (text: Text | undefined, language: Language): string | undefined => text?.[language === 'zh' ? 0 : 1]

export function tableLabel(table: string, language: Language): string {
  return pick(tables[table], language) ?? table
}
export function tableLabels(language: Language): { table: string; label: string }[] {
  return Object.keys(tables).filter((table) => table !== 'secret_note').map((table) => ({ table, label: tableLabel(table, language) }))
}
export function hasTable(table: string): boolean {
  return table in tables
}
export function hasField(table: string, field: string): boolean {
  return `${table}.${field}` in ownFields || field in fields
}
export function fieldLabel(table: string, field: string, language: Language): string {
  return pick(ownFields[`${table}.${field}`] ?? fields[field], language) ?? field
}
export function valueWord(_table: string, field: string, value: string, language: Language): string {
  return pick(ownCodes[field]?.[value] ?? (/^[A-Z][A-Z0-9_]+$/.test(value) && field !== 'code' && field !== 'currency' ? codes[value] : undefined), language) ?? value
}

const plainActs = new Set(['ADD', 'CHANGE', 'END', 'READ', 'BULK_ADD', 'BULK_CHANGE', 'BULK_REMOVE', 'RECORD_CONTACT', 'CORRECT_CONTACT', 'VOID_CONTACT'])

// reasons that the product itself gives; what a person wrote stays as it is
const reasonsGiven: readonly (readonly [pattern: RegExp, zh: string, en: string])[] = [
  [/^[\w.-]+: opened by grant$/, '凭只读授权打开', 'opened by a read grant'], [/^档案：(.+)$/, '档案：$1', 'file: $1'], [/^search by number$/, '按号码搜索', 'search by number'], [/^restricted text read$/, '阅读限制内容', 'restricted text read'],
  [/^secret note read$/, '阅读机密内容', 'secret note read'], [/^list of secret notes$/, '查看机密内容列表', 'list of secret notes'], [/^journal$/, '查看操作日志', 'journal'],
  [/^duties of the product$/, '系统提供的职责', 'duties of the product'], [/^duties of (\S+)$/, '$1 履职事项', 'duties of $1'], [/^duties follow the person$/, '职责随人员变动', 'duties follow the person'], [/^duties pass to the receiver$/, '职责随客户移交', 'duties pass to the receiver'],
  [/^facts of a report$/, '汇报所列事项', 'facts of a report'],
  [/^bank set up$/, '建立银行', 'bank set up'], [/^posts of the house$/, '本行岗位', 'posts of the house'], [/^delivery loaded$/, '装入数据批次', 'delivery loaded'], [/^delivery (\S+) FULL$/, '数据批次 $1（全量）', 'delivery $1, full'],
  [/^delivery (\S+) DELTA$/, '数据批次 $1（增量）', 'delivery $1, changes'], [/^delivery (\S+) CORRECTION$/, '数据批次 $1（更正）', 'delivery $1, correction'], [/^tiers after (\S+)$/, '按 $1 月日均重定层级', 'tiers after $1'],
  [/^tiers follow their customer$/, '层级记录随客户归属', 'tiers follow their customer'], [/^what is listed follows its customer$/, '清单记录随客户归属', 'what is listed follows its customer'], [/^the core system says so$/, '核心系统已更新', 'the core system says so'], [/^value of (\S+)$/, '计算 $1 贡献', 'contribution of $1'],
  [/^tier of the day$/, '当日层级', 'tier of the day'], [/^first tier$/, '首次定级', 'first tier'], [/^customers follow their manager$/, '客户随客户经理归属', 'customers follow their manager'], [/^contacts follow their customer$/, '联系记录随客户归属', 'contacts follow their customer'], [/^first password$/, '初始密码', 'first password'],
  [/^groups found by rule$/, '按规则查找集团', 'groups found by rule'], [/^(SHARED_\w+) found by rule$/, '按规则查找共用信息', 'shared particulars found by rule'], [/^parties that became customers$/, '关系方成为客户', 'parties that became customers'],
  [/^first administrator$/, '首位管理员', 'first administrator'], [/^settlement (\S+), scheme (\S+)$/, '结算 $1（方案 $2）', 'settlement $1, scheme $2'], [/^settlement (\S+): unchanged$/, '结算 $1：结果未变', 'settlement $1: unchanged'],
  [/^closed (\S+), scheme (\S+)$/, '关账 $1（方案 $2）', 'closed $1, scheme $2'], [/^(\S+) was settled again$/, '$1 已重新结算', '$1 was settled again'], [/^settlement (\d{4}-\d{2})(: .*)?$/, '结算 $1', 'settlement $1'],
  [/^hand-over (\S+)$/, '移交 $1', 'hand-over $1'], [/^take-over (\S+)$/, '紧急接管 $1', 'take-over $1'], [/^all joint visits made$/, '联合走访已全部完成', 'all joint visits made'], [/^nobody contested the claim$/, '公示期内无人提出异议', 'nobody contested the claim'],
  [/^the customer has a manager by now$/, '该客户已有主办', 'the customer has a manager by now'], [/^the load of the claimant is above the limit$/, '认领人负荷超过上限', 'the load of the claimant is above the limit'], [/^the claimant may not look after customers$/, '认领人不能管户', 'the claimant may not look after customers'],
  [/^promises pass to the receiver$/, '承诺转由接收人兑现', 'promises pass to the receiver'], [/^not confirmed in time$/, '未及时确认', 'not confirmed in time'], [/^the last day has passed$/, '截止日已过', 'the last day has passed'],
  [/^rejected rows of an import$/, '下载导入拒收明细', 'rejected rows of an import'], [/^demo bank.*$/, '建立演示银行', 'demo bank'], [/^password set by the administrator$/, '管理员设置密码', 'password set by the administrator'], [/^password changed$/, '密码已修改', 'password changed'], [/^signed out$/, '退出登录', 'signed out'],
]

/** Why it was done, in the reader's language. */
export function reasonText(why: string | null, language: Language): string | null {
  const known = why === null ? undefined : reasonsGiven.find(([pattern]) => pattern.test(why))
  return known && why !== null ? why.replace(known[0], language === 'zh' ? known[1] : known[2]) : why
}

/** "修改客户", "批量新增余额 1,056,320 行"; a named act says what it touched: "调动（任职）". */
export function actionSentence(action: string, table: string, rows: number | null, language: Language): string {
  const verb = pick(actions[`${table}.${action}`] ?? actions[action], language) ?? action
  const object = tableLabel(table, language)
  const count = rows === null ? '' : language === 'zh' ? ` ${rows.toLocaleString('en-US')} 行` : `, ${rows.toLocaleString('en-US')} rows`
  if (plainActs.has(action)) return language === 'zh' ? `${verb}${object}${count}` : `${verb} ${object}${count}`
  if (table === 'employment' || verb.includes(object)) return `${verb}${count}`
  return language === 'zh' ? `${verb}（${object}）${count}` : `${verb} (${object})${count}`
}
