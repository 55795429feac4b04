import { handle } from '../foundation/http/route.ts'
import { recordReading } from '../foundation/store/store.ts'
import { ok, refuse } from '../foundation/values/outcome.ts'
import { exportCustomers } from './customer.contract.ts'
import { narrow, readRows, type Asked } from './list-customers.ts'
import { judgeExport } from './lists/judge-export.ts'
import { makeCustomerBook } from './lists/make-customer-book.ts'

/** The list that the person sees, as a workbook with purpose and watermark, up to the free number of rows; above it somebody else approves first. */
export const exportCustomersRoute = handle(exportCustomers, async (tx, { body }, context) => {
  const { purpose, ...filters } = body
  const { actor, businessDate, language } = context
  const narrowed = await narrow(tx, filters, context, true)
  if (!narrowed.ok) return narrowed
  const asked: Asked = { ...narrowed.value, after: null }
  const judged = await judgeExport(tx, asked, context)
  if (!judged.ok) return judged
  const { rows: count, policy } = judged.value
  if (count > policy.exportFreeRows) return refuse('needs-approval', { details: { count: String(count), free: String(policy.exportFreeRows) } })
  const rows = await readRows(tx, asked, policy.exportFreeRows, businessDate)
  const content = await makeCustomerBook(tx, rows, { name: actor.name, staffNo: actor.staffNo, purpose, language })
  // what was searched may be a number or a name: the journal keeps that there was a search, not its words
  await recordReading(tx, { table: 'customer', objectId: null, customerId: null, why: purpose, about: {
    export: 'customers.list', rows: rows.length, kind: filters.kind ?? null, tier: filters.tier ?? null, status: filters.status ?? null, outletKey: filters.outletKey ?? null, managerKey: filters.managerKey ?? null,
    segment: filters.segment ?? null, tag: filters.tag ?? null, searched: filters.q === undefined ? 'no' : 'yes',
  } })
  return ok({ type: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet', content, fileName: `${language === 'zh' ? '客户' : 'customers'}-${businessDate}.xlsx` })
})
