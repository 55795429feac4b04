import { z } from 'zod'
import { endpoint } from '../foundation/http/contract.ts'
import { dayText, newIdText, safeText } from '../foundation/values/api-values.ts'

/** Money is whole hundredths: currencies with two decimals. */
export const bankCurrencies = ['CNY', 'HKD', 'MOP', 'USD', 'EUR', 'CZK'] as const
export const bankCalendars = ['china', 'weekdays'] as const
export const bankCodePattern = /^[a-z][a-z0-9-]{1,29}$/
export const administratorNumberPattern = /^[A-Za-z0-9]{2,20}$/

const wrongBankCode = { params: { zh: '2 至 30 个小写字母、数字或连字符，字母开头', en: '2 to 30 small letters, digits or hyphens, a letter first' } }
const wrongStaffNo = { params: { zh: '2 至 20 个字母或数字', en: '2 to 20 letters or digits' } }

/**
 * Begins the bank with the code that the server printed at its start. Nobody is signed in, so the id stands in for an idempotency key:
 * the same id with the same content is done once, however often it is sent.
 */
export const beginBank = endpoint({
  id: 'set-up.begin', method: 'POST', path: '/api/bank',
  text: { zh: '建立银行和管理员', en: 'Begin the bank with its administrator' },
  permission: 'public', ownTransaction: true,
  body: z.strictObject({
    id: newIdText,
    code: safeText(60),
    bankCode: z.string().max(120).refine((text) => bankCodePattern.test(text), wrongBankCode),
    nameZh: safeText(60), nameEn: safeText(80),
    currency: z.enum(bankCurrencies), calendar: z.enum(bankCalendars), businessDate: dayText,
    administratorName: safeText(40), staffNo: z.string().max(120).refine((text) => administratorNumberPattern.test(text), wrongStaffNo),
    password: z.string().min(1).max(200),
  }),
  reply: z.strictObject({ staffNo: z.string() }),
  refusals: {
    'bank-exists': { status: 409, zh: '未能建立。本系统已有银行，启用码已失效。请直接登录', en: 'Not begun. There is a bank already and the code is void. Sign in instead' },
    'locked': { status: 429, zh: '尝试过多，请 {minutes} 分钟后再试', en: 'Too many tries. Try again in {minutes} minutes' },
    'wrong-code': { status: 422, zh: '未能建立。启用码不正确或已过期。请核对启动窗口中最近一次显示的启用码，或重新启动服务取得新码', en: 'Not begun. The code is not right or has expired. Compare it with the last one in the window of the server, or start the server again for a new one' },
    'bank-code-reserved': { status: 422, zh: '未能建立。代码 demo 留给演示银行，请另选', en: 'Not begun. The code demo is kept for the demo bank; take another' },
    'calendar-unknown': { status: 422, zh: '未能建立。中国工作日历只知道 {from} 至 {until}。请更改营业日，或选用“周一至周五”', en: 'Not begun. The Chinese calendar knows {from} to {until} only. Change the business date or choose Monday to Friday' },
    'weak-password': { status: 422, zh: '未能建立。密码至少 10 个字符，须含字母和数字，且不含工号', en: 'Not begun. The password needs at least 10 characters with letters and digits, without the staff number' },
  },
})
