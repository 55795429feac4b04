import type { Transaction } from '../foundation/database/transaction.ts'
import { handle, type Context, type RawReply } from '../foundation/http/route.ts'
import { recordReading } from '../foundation/store/store.ts'
import { decimalText, exact } from '../foundation/values/decimal.ts'
import { ok, refuse, type Outcome } from '../foundation/values/outcome.ts'
import { exportGaps, exportLeads, exportMovements } from './alert.contract.ts'
import { alertRows, alertsWhere, alertView, amountOrder } from './list-alerts.ts'
import { leadRows, leadsWhere } from './list-leads.ts'
import { movementDays, movementRows, movementShown, whereOf } from './list-movements.ts'
import { markedSheet } from '../foundation/spreadsheets/export-mark.ts'

const most = 10_000
type Cell = string | null | { amount: string }
type Sheet<Row> = {
  zh: string
  en: string
  file: string
  table: 'movement' | 'alert' | 'payee_lead'
  columns: readonly { zh: string; en: string; show: (row: Row) => Cell }[]
  about: Record<string, string | number | null>
}
const wan = (fen: string | null): Cell => (fen === null ? null : { amount: decimalText(exact(BigInt(fen)).div(1_000_000), 6).replace(/0{1,4}$/, '') })

/** A list as a workbook: who, when and what for above and below the rows, and in the journal. Refusals: 'nothing-to-export', 'too-many-rows'. */
async function sheetOf<Row>(tx: Transaction, { actor, businessDate, language }: Context, purpose: string, rows: readonly Row[], sheet: Sheet<Row>): Promise<Outcome<RawReply>> {
  if (rows.length === 0) return refuse('nothing-to-export')
  if (rows.length > most) return refuse('too-many-rows', { details: { most: String(most) } })
  const zh = language === 'zh'
  const content = await markedSheet(tx, { actor, language }, {
    title: zh ? sheet.zh : sheet.en, purpose, holds: 'CUSTOMERS', header: [zh ? '序号' : 'No.', ...sheet.columns.map((column) => (zh ? column.zh : column.en))],
    rows: rows.map((row, place) => [String(place + 1), ...sheet.columns.map((column) => column.show(row))]),
  })
  await recordReading(tx, { table: sheet.table, objectId: null, customerId: null, why: purpose, about: { export: sheet.file, rows: rows.length, ...sheet.about } })
  return ok({ type: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet', content, fileName: `${zh ? sheet.zh : sheet.file}-${businessDate}.xlsx` })
}

export const exportMovementsRoute = handle(exportMovements, async (tx, { body }, context) => {
  const { purpose, day, ...filters } = body
  const { actor, businessDate } = context
  const of = day ?? (await movementDays(tx, businessDate))[0]?.day ?? businessDate
  const rows = (await movementRows(tx, whereOf(of, filters), businessDate, most + 1)).map((row) => movementShown(row, actor))
  const parties = (row: (typeof rows)[number]): string => row.parties.filter((party) => (party.direction === 'OUT' ? row.listedOut : row.listedIn)).slice(0, 3).map((party) => `${party.direction === 'IN' ? '←' : '→'}${party.name ?? party.memo ?? '--'}`).join('；')
  return sheetOf(tx, context, purpose, rows, {
    zh: '大额变动', en: 'Large movements', file: 'movements', table: 'movement', about: { day: of, direction: filters.direction ?? null, manager: filters.managerKey ?? null },
    columns: [
      { zh: '客户号', en: 'Number', show: (row) => row.customerNumber }, { zh: '客户', en: 'Customer', show: (row) => row.customerName }, { zh: '日期', en: 'Day', show: (row) => row.day }, { zh: '转出(万元)', en: 'Out (10,000 yuan)', show: (row) => wan(row.outFen) },
      { zh: '转入(万元)', en: 'In (10,000 yuan)', show: (row) => wan(row.inFen) }, { zh: '对方', en: 'Other side', show: parties }, { zh: '变动后余额(万元)', en: 'Balance after (10,000 yuan)', show: (row) => wan(row.balanceAfterFen) },
      { zh: '标准(万元)', en: 'Limit (10,000 yuan)', show: (row) => wan(row.thresholdFen) }, { zh: '最近联系', en: 'Last contact', show: (row) => row.lastContact }, { zh: '客户经理', en: 'Manager', show: (row) => row.managerName },
    ],
  })
})

export const exportGapsRoute = handle(exportGaps, async (tx, { body }, context) => {
  const { purpose, ...filters } = body
  const { actor, businessDate, language } = context
  const rows = (await tx.all(alertRows(businessDate, alertsWhere(filters, businessDate, actor), amountOrder, most + 1))).map((row) => alertView(row, actor))
  const gap = filters.kind === 'GAP'
  return sheetOf(tx, context, purpose, rows, {
    zh: gap ? '产品缺口' : '他行回流', en: gap ? 'Gaps' : 'Leakage', file: gap ? 'gaps' : 'leakage', table: 'alert', about: { kind: filters.kind, rule: filters.rule ?? null, state: filters.state },
    columns: [
      { zh: '客户号', en: 'Number', show: (row) => row.customerNumber }, { zh: '客户', en: 'Customer', show: (row) => row.customerName }, { zh: '事由', en: 'What', show: (row) => row.reason[language] }, { zh: '金额(万元)', en: 'Amount (10,000 yuan)', show: (row) => wan(row.amountFen) },
      { zh: '发现日', en: 'Found on', show: (row) => row.raisedOn }, { zh: '负责人', en: 'Owner', show: (row) => row.ownerName }, { zh: '最近联系', en: 'Last contact', show: (row) => row.lastContact }, { zh: '说明', en: 'Note', show: (row) => row.note },
    ],
  })
})

export const exportLeadsRoute = handle(exportLeads, async (tx, { body }, context) => {
  const { purpose, ...filters } = body
  const rows = await leadRows(tx, leadsWhere(filters), most + 1)
  return sheetOf(tx, context, purpose, rows, {
    zh: filters.direction === 'PAYEE' ? '付款对象线索' : '收款来源线索', en: filters.direction === 'PAYEE' ? 'Payees' : 'Buyers', file: filters.direction === 'PAYEE' ? 'payees' : 'buyers', table: 'payee_lead', about: { direction: filters.direction, state: filters.state },
    columns: [
      { zh: '名称', en: 'Name', show: (row) => row.name }, { zh: '合计(万元)', en: 'Sum (10,000 yuan)', show: (row) => wan(row.sumFen) }, { zh: '笔数', en: 'Payments', show: (row) => String(row.payments) }, { zh: '月数', en: 'Months', show: (row) => String(row.months) },
      { zh: '涉及客户数', en: 'Customers', show: (row) => String(row.customers) }, { zh: '我可见的客户', en: 'Those that I see', show: (row) => row.known.map((one) => one.name).join('；') }, { zh: '用途', en: 'Memo', show: (row) => row.memo }, { zh: '最近一笔', en: 'Last on', show: (row) => row.lastOn },
      { zh: '认领或说明', en: 'Decided', show: (row) => (row.decidedBy === null ? null : `${row.decidedBy} ${row.decidedOn ?? ''} ${row.note ?? ''}`.trim()) },
    ],
  })
})
