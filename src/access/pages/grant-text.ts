import { defineText } from '../../ui/text.ts'

/** Texts of read grants. */
export const grantText = defineText({
  title: { zh: '只读授权', en: 'Read grants' },
  none: { zh: '没有授权他人查看', en: 'Nobody else was granted reading' },
  give: { zh: '授权', en: 'Grant' },
  giveTitle: { zh: '授权查看客户', en: 'Grant reading of the customer' },
  given: { zh: '已授权', en: 'Granted' },
  withdraw: { zh: '撤回', en: 'Withdraw' },
  withdrawTitle: { zh: '撤回授权', en: 'Withdraw the grant' },
  withdrawn: { zh: '已撤回', en: 'Withdrawn' },
  expired: { zh: '已到期', en: 'Expired' },
  inForce: { zh: '有效', en: 'In force' },
  person: { zh: '被授权人', en: 'Person' },
  reason: { zh: '原因', en: 'Reason' },
  reasonHint: { zh: '授权、查看都会记入日志', en: 'The grant and each reading are journaled' },
  until: { zh: '截止日', en: 'Last day' },
  untilHint: { zh: '含当日，最长 90 天', en: 'That day included, at most 90 days' },
  givenBy: { zh: '授权人', en: 'Given by' },
  state: { zh: '状态', en: 'State' },
  findPerson: { zh: '姓名、拼音或工号', en: 'Name, pinyin or staff number' },
  needed: { zh: '必填', en: 'required' },
})
