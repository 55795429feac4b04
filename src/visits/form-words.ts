import type { ContactMode, ContactPurpose, RiskSignal } from './contact.contract.ts'

/** Words of the printed forms: they are the bank's forms, in Chinese, whoever prints them. */
export const modeWords: Readonly<Record<ContactMode, string>> = { VISIT: '见面', PHONE: '电话', VIDEO: '视频', WECHAT: '企业微信', EMAIL: '邮件', LETTER: '信函', SMS_ONE_WAY: '单向短信', GREETING: '节日问候', NO_ANSWER: '未接通' }
export const purposeWords: Readonly<Record<ContactPurpose, string>> = {
  ROUTINE: '日常维护', MATURITY: '到期提醒', NEEDS: '需求了解', PRODUCT: '产品沟通', POST_LOAN: '贷后走访', COMPLAINT: '投诉处理', GREETING: '问候', LEADER_VISIT: '领导拜访', OTHER: '其他',
}
export const riskWords: Readonly<Record<RiskSignal, string>> = {
  PRODUCTION: '停产减产', ORDERS: '订单减少', INVENTORY: '存货积压', RECEIVABLES: '回款变慢', ARREARS: '欠薪欠税欠费', LITIGATION: '诉讼纠纷', CONTROLLER: '控制人变化', STAFF: '人员异动', FUND_FLOW: '资金流异常', COLLATERAL: '押品变化',
  ENVIRONMENT: '环保安全', OTHER: '其他',
}
export const yuan = (fen: string | null): string => {
  if (fen === null) return ''
  const digits = fen.replace('-', '').padStart(3, '0')
  return `${fen.startsWith('-') ? '−' : ''}${digits.slice(0, -2).replace(/\B(?=(\d{3})+$)/g, ',')}.${digits.slice(-2)} 元`
}
