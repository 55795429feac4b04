import { defineText } from '../../../ui/text.ts'
import type { Text } from '../../../ui/text.ts'

export const duplicatesText = defineText({
  title: { zh: '疑似重复', en: 'Possible duplicates' }, merges: { zh: '客户合并', en: 'Merges' }, parts: { zh: '疑似重复与合并', en: 'Duplicates and merges' }, customers: { zh: '客户列表', en: 'Customers' },
  // at entry
  seemsThere: { zh: '疑似已存在', en: 'Seems to exist' }, elsewhere: { zh: '已存在，归属{outlet}，请联系该网点', en: 'Exists, held by {outlet}; ask there' }, openIt: { zh: '查看该客户，确为同一客户的不要重复建档', en: 'Open it: one customer is entered once' },
  // list
  one: { zh: '客户', en: 'Customer' }, other: { zh: '疑似同一客户', en: 'Perhaps the same' }, level: { zh: '程度', en: 'Level' }, signs: { zh: '依据', en: 'Signs' }, foundOn: { zh: '发现日', en: 'Found on' }, kind: { zh: '类别', en: 'Kind' }, state: { zh: '状态', en: 'State' },
  open: { zh: '待处理', en: 'Open' }, decided: { zh: '已处理', en: 'Decided' }, noneOpen: { zh: '没有疑似重复的客户', en: 'No possible duplicates' }, noneHint: { zh: '这里列出双方都在您可见范围内的客户', en: 'Pairs both of whom you see are listed here' },
  compare: { zh: '对比与合并', en: 'Compare and merge' }, different: { zh: '不是同一客户', en: 'Different' }, same: { zh: '是同一客户', en: 'The same' }, toCase: { zh: '合并待复核', en: 'Merge waits' },
  differentTitle: { zh: '判定为不同客户', en: 'Two different customers' }, sameTitle: { zh: '判定为同一客户，暂不合并', en: 'One customer, not merged for now' }, reason: { zh: '理由', en: 'Reason' }, needed: { zh: '必填', en: 'Required' },
  differentHint: { zh: '记住后不再提示，除非出现新的依据', en: 'Remembered: not proposed again unless a new sign is found' }, sameHint: { zh: '两个客户号都保留，仍列在此处', en: 'Both numbers stay; the pair stays listed here' }, save: { zh: '保存', en: 'Save' }, saved: { zh: '已保存', en: 'Saved' },
  scan: { zh: '全行查重', en: 'Scan the book' }, scanning: { zh: '全行查重', en: 'Scan of the book' }, lastScan: { zh: '上次全行查重', en: 'Last scan' }, newPairs: { zh: '新发现 {n} 对', en: '{n|new pair|new pairs}: {n}' }, stop: { zh: '停止', en: 'Stop' },
  CERTAIN: { zh: '确定', en: 'Certain' }, LIKELY: { zh: '很可能', en: 'Likely' }, POSSIBLE: { zh: '可能', en: 'Possible' }, OPEN: { zh: '待处理', en: 'Open' }, SAME_PERSON: { zh: '同一客户，未合并', en: 'Same, not merged' }, DIFFERENT: { zh: '不同客户', en: 'Different' }, MERGED: { zh: '已合并', en: 'Merged' }, GONE: { zh: '已消失', en: 'Gone' },
  CORPORATE: { zh: '企业', en: 'Company' }, PERSON: { zh: '个人', en: 'Person' },
  // preview
  mergeTitle: { zh: '合并客户', en: 'Merge customers' }, survivor: { zh: '保留', en: 'Stays' }, alias: { zh: '并入', en: 'Merged into it' }, swap: { zh: '互换保留方', en: 'Keep the other one' }, sides: { zh: '双方', en: 'The two' }, fieldsTitle: { zh: '资料以哪一方为准', en: 'Which value stays' }, field: { zh: '项目', en: 'Field' }, kept: { zh: '采用', en: 'Kept' }, conflict: { zh: '不一致', en: 'Differs' },
  movesTitle: { zh: '一并转移', en: 'What goes over' }, movesHint: { zh: '全部成功或全部不动。被并入的客户号作为别名保留，仍可查到；操作日志不动；已关账月份不变', en: 'All or nothing. The merged number stays as an alias and still finds the customer; the journal stays; closed months never change' },
  nothingMoves: { zh: '没有需要转移的记录', en: 'Nothing goes over' }, table: { zh: '内容', en: 'What' }, count: { zh: '行数', en: 'Rows' }, ownership: { zh: '管户与绩效', en: 'Managers and pay' },
  ownershipHint: { zh: '合并后由保留方的客户经理管户，份额不变（合计 100%）；{day} 之前的业绩仍归原客户经理，冻结基数按合并日的日均顺加', en: 'The managers of the customer that stays look after it with their shares (100% in all). What was earned before {day} stays with the former managers; the frozen base grows by the average of that day' },
  undoHint: { zh: '复核后 {n} 天内可以撤销', en: 'May be undone within {n} days' }, mergeReason: { zh: '合并理由', en: 'Why they are one' }, propose: { zh: '提交复核', en: 'Propose' }, proposed: { zh: '已提交，等待另一位同事复核', en: 'Proposed: a colleague confirms' }, customerName: { zh: '客户名称', en: 'Name' }, customerNumber: { zh: '客户号', en: 'Number' }, outlet: { zh: '网点', en: 'Outlet' },
  managers: { zh: '客户经理', en: 'Managers' }, identities: { zh: '证件', en: 'Documents' }, phones: { zh: '电话', en: 'Phones' }, deposits: { zh: '存款', en: 'Deposits' }, loans: { zh: '贷款', en: 'Loans' }, openedOn: { zh: '开立日', en: 'Opened on' }, none: { zh: '--', en: '--' }, chooseFor: { zh: '{field}采用哪一方', en: 'Which {field} stays' },
  // case
  caseTitle: { zh: '客户合并', en: 'Merge' }, PROPOSED: { zh: '待复核', en: 'To be confirmed' }, RETURNED: { zh: '已退回', en: 'Returned' }, UNDONE: { zh: '已撤销', en: 'Undone' }, what: { zh: '做什么', en: 'What' }, whatText: { zh: '将 {other} 并入 {survivor}', en: '{other} is merged into {survivor}' }, whatUndone: { zh: '{other} 曾并入 {survivor}，已撤销', en: '{other} was merged into {survivor}; undone' },
  history: { zh: '经过', en: 'Course' }, proposedBy: { zh: '提出', en: 'Proposed' }, decidedBy: { zh: '复核', en: 'Decided' }, undoneBy: { zh: '撤销', en: 'Undone' }, opinion: { zh: '意见', en: 'Opinion' }, confirm: { zh: '同意合并', en: 'Merge' }, giveBack: { zh: '退回', en: 'Return' }, undo: { zh: '撤销合并', en: 'Undo the merge' },
  undoUntil: { zh: '可在 {day} 前撤销', en: 'May be undone until {day}' }, ownWork: { zh: '您是提出人，不能复核', en: 'You proposed it, so somebody else confirms' }, needOpinion: { zh: '请填写意见', en: 'Write your opinion' }, done: { zh: '已合并', en: 'Merged' }, returned: { zh: '已退回', en: 'Returned' }, undone: { zh: '已撤销，双方恢复原状', en: 'Undone: both are as they were' },
  confirmUndo: { zh: '撤销这项合并？', en: 'Undo this merge?' }, undoEffect: { zh: '转移的记录退回 {name}，合并后新增的记录留在保留方', en: 'What went over goes back to {name}; what came since stays' }, noMerges: { zh: '没有客户合并', en: 'No merges' }, mergesHint: { zh: '在疑似重复中提出合并后，由另一位同事在此复核', en: 'A merge that was proposed is confirmed here by a colleague' }, all: { zh: '全部', en: 'All' },
  openCustomer: { zh: '查看客户', en: 'Open the customer' },
})

const sign = (zh: string, en: string): Text => ({ zh, en })
/** The signs of a duplicate in words. */
export const signWords: Readonly<Record<string, Text>> = {
  number: sign('证件号码相同', 'same identity number'), 'organisation-code': sign('组织机构代码相同', 'same organisation code'), name: sign('名称相同', 'same name'), 'name-written-otherwise': sign('名称写法不同', 'name written otherwise'),
  'name-place-left-out': sign('名称相同，地名不全', 'same name, place left out'), 'name-former': sign('与曾用名相同', 'a former name'), 'name-form-differs': sign('字号行业相同，企业形式不同', 'same brand and trade, other legal form'), 'name-sounds-alike': sign('名称同音', 'sounds the same'), 'name-one-character': sign('名称差一字', 'one character differs'),
  'person-name': sign('姓名相同', 'same name'), 'person-name-written-otherwise': sign('姓名写法不同', 'name written otherwise'), 'person-name-former': sign('与曾用名相同', 'a former name'), 'person-name-sounds-alike': sign('姓名同音', 'sounds the same'),
  phone: sign('电话相同', 'same phone'), representative: sign('法定代表人相同', 'same representative'), address: sign('地址相同', 'same address'), 'birth-date': sign('出生日期相同', 'same birth date'),
  'number-differs': sign('证件号码不同', 'numbers differ'), 'place-differs': sign('地名不同', 'another place'), 'branch-differs': sign('分支机构不同', 'another branch'), 'birth-date-differs': sign('出生日期不同', 'birth dates differ'), 'sex-differs': sign('性别不同', 'sex differs'),
}
export const fieldWords: Readonly<Record<string, Text>> = {
  name: sign('名称', 'Name'), outlet: sign('网点', 'Outlet'), source: sign('来源', 'Source'), uscc: sign('统一社会信用代码', 'Credit code'), legacyOrgCode: sign('组织机构代码', 'Organisation code'), companyType: sign('企业类型', 'Company type'), establishedOn: sign('成立日期', 'Established on'),
  registeredAddress: sign('注册地址', 'Registered address'), operatingAddress: sign('经营地址', 'Operating address'), registrationStatus: sign('登记状态', 'Registration'), businessScope: sign('经营范围', 'Business scope'), industryCode: sign('行业', 'Industry'), sizeClass: sign('规模', 'Size'),
  registeredCapital: sign('注册资本（分）', 'Registered capital (fen)'), legalRepresentative: sign('法定代表人', 'Legal representative'), staffCount: sign('员工人数', 'Employees'), sex: sign('性别', 'Sex'), birthDate: sign('出生日期', 'Birth date'), nationality: sign('国籍', 'Nationality'), occupation: sign('职业', 'Occupation'),
  employer: sign('工作单位', 'Employer'), district: sign('所在区县', 'District'), riskLevel: sign('风险等级', 'Risk level'),
}
