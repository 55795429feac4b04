import { sql } from '../foundation/database/transaction.ts'
import { handle } from '../foundation/http/route.ts'
import { writeSheet } from '../foundation/spreadsheets/write-sheet.ts'
import { recordReading } from '../foundation/store/store.ts'
import { yuanText } from '../foundation/values/fen.ts'
import { ok, refuse } from '../foundation/values/outcome.ts'
import { exportCustomers } from './customer.contract.ts'
import { narrow, readRows } from './list-customers.ts'

const most = 10_000
const kinds = { CORPORATE: ['企业', 'company'], PERSON: ['个人', 'person'] } as const
const statuses = { PROSPECT: ['潜在', 'prospect'], ACTIVE: ['正常', 'active'], CLOSED: ['已销户', 'closed'] } as const

/** The list that the person sees, as a workbook: his name, the moment and the purpose stand above and below it, and in the journal. No number of identity, phone or account is in it. */
export const exportCustomersRoute = handle(exportCustomers, async (tx, { body }, context) => {
  const { purpose, ...filters } = body
  const { actor, businessDate, language } = context
  const narrowed = await narrow(tx, filters, context, true)
  if (!narrowed.ok) return narrowed
  const rows = await readRows(tx, { ...narrowed.value, after: null }, most + 1, businessDate)
  if (rows.length === 0) return refuse('nothing-to-export')
  if (rows.length > most) return refuse('too-many-rows', { details: { most: String(most) } })
  const zh = language === 'zh'
  const { at } = await tx.one(sql<{ at: string }>`SELECT to_char(now() AT TIME ZONE 'Asia/Shanghai', 'YYYY-MM-DD HH24:MI') AS at`)
  const mark = zh ? `${actor.name}（${actor.staffNo}） ${at} 导出，用途：${purpose}。客户信息，禁止外传` : `Exported by ${actor.name} (${actor.staffNo}) ${at}, for: ${purpose}. Customer data, not to be passed on`
  const word = zh ? 0 : 1
  const content = await writeSheet({
    name: zh ? '客户' : 'Customers', above: [mark], below: [mark],
    header: zh ? ['客户号', '客户名称', '类别', '层级', '状态', '网点', '主办', '存款（元）', '本月日均（元）', '上月日均（元）', '贷款（元）', '数据截至'] : ['Number', 'Name', 'Kind', 'Tier', 'Status', 'Outlet', 'Main manager', 'Deposits (yuan)', 'Month average (yuan)', 'Last month average (yuan)', 'Loans (yuan)', 'As of'],
    rows: rows.map((row) => [
      row.number, row.name, kinds[row.kind][word], row.tier, statuses[row.status][word], row.outletName, row.managerName,
      ...[row.depositFen, row.monthAdbFen, row.lastMonthAdbFen, row.loanFen].map((fen) => ({ amount: yuanText(BigInt(fen)) })), row.asOf,
    ]),
  })
  // what was searched may be a number or a name: the journal keeps that there was a search, not its words
  await recordReading(tx, { table: 'customer', objectId: null, customerId: null, why: purpose, about: { export: 'customers.list', rows: rows.length, kind: filters.kind ?? null, tier: filters.tier ?? null, status: filters.status ?? null, outletKey: filters.outletKey ?? null, managerKey: filters.managerKey ?? null, searched: filters.q === undefined ? 'no' : 'yes' } })
  return ok({ type: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet', content, fileName: `${zh ? '客户' : 'customers'}-${businessDate}.xlsx` })
})
