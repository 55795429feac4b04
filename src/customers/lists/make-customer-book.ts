import { sql, type Transaction } from '../../foundation/database/transaction.ts'
import { writeSheet } from '../../foundation/spreadsheets/write-sheet.ts'
import { yuanText } from '../../foundation/values/fen.ts'
import type { Row } from '../list-customers.ts'

const kinds = { CORPORATE: ['企业', 'company'], PERSON: ['个人', 'person'] } as const
const statuses = { PROSPECT: ['潜在', 'prospect'], ACTIVE: ['正常', 'active'], CLOSED: ['已销户', 'closed'] } as const

export type BookFor = { name: string; staffNo: string; purpose: string; language: 'zh' | 'en'; approvedBy?: string }

/** Customers as a workbook: who, when and what for stand above and below the rows, on each printed page and in the properties. No number of identity, phone or account is in it. */
export async function makeCustomerBook(tx: Transaction, rows: readonly Row[], { name, staffNo, purpose, language, approvedBy }: BookFor): Promise<Buffer> {
  const zh = language === 'zh'
  const word = zh ? 0 : 1
  const { at } = await tx.one(sql<{ at: string }>`SELECT to_char(now() AT TIME ZONE 'Asia/Shanghai', 'YYYY-MM-DD HH24:MI') AS at`)
  const approved = approvedBy === undefined ? '' : zh ? `，${approvedBy} 同意` : `, approved by ${approvedBy}`
  const line = zh ? `${name}（${staffNo}） ${at} 导出${approved}，用途：${purpose}。客户信息，禁止外传` : `Exported by ${name} (${staffNo}) ${at}${approved}, for: ${purpose}. Customer data, not to be passed on`
  return writeSheet({
    name: zh ? '客户' : 'Customers', above: [line], below: [line], mark: { title: zh ? '客户导出' : 'Export of customers', author: `${name} ${staffNo}`, purpose, line }, widths: [14, 36, 8, 8, 8, 20, 12, 18, 18, 18, 18, 12],
    header: zh ? ['客户号', '客户名称', '类别', '层级', '状态', '网点', '主办', '存款（元）', '本月日均（元）', '上月日均（元）', '贷款（元）', '数据截至'] : ['Number', 'Name', 'Kind', 'Tier', 'Status', 'Outlet', 'Main manager', 'Deposits (yuan)', 'Month average (yuan)', 'Last month average (yuan)', 'Loans (yuan)', 'As of'],
    rows: rows.map((row) => [
      row.number, row.name, kinds[row.kind][word], row.tier, statuses[row.status][word], row.outletName, row.managerName,
      ...[row.depositFen, row.monthAdbFen, row.lastMonthAdbFen, row.loanFen].map((fen) => ({ amount: yuanText(BigInt(fen)) })), row.asOf,
    ]),
  })
}
