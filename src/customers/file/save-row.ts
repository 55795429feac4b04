import { sql, type Transaction } from '../../foundation/database/transaction.ts'
import { handle, type Context } from '../../foundation/http/route.ts'
import type { CustomerKeys } from '../../foundation/secrets/customer-keys.ts'
import { add, change, end, type Row } from '../../foundation/store/store.ts'
import { ok, refuse, type Outcome } from '../../foundation/values/outcome.ts'
import { foreignChoice, listOf, type FileList, type Values } from './file-fields.contract.ts'
import { columnsToWrite, lastChange, lockFile, readRows, type CustomerKind, type KeptRow } from './file-values.ts'
import { addRow, changeRow, endRow } from './file.contract.ts'
import { hasAll, judgeEnd, judgeRow } from './file.rules.ts'
import { homeColumns } from './keep-home.ts'
import { legalRepresentativeOf } from '../identity/read-identity.ts'
import { representativeFault } from '../identity/second-person.rules.ts'
import { proposeHouseholdsAround } from '../relations/propose-groups.ts'

/** A further person, contact, address, partner, account elsewhere, report, case, document or consent. */
export const addRowRoute = handle(addRow, async (tx, { params: { customerId }, body }, context) => {
  const list = await listFor(tx, customerId, body.list, context)
  if (!list.ok) return list
  const { kind, list: of } = list.value
  const judged = await judge(tx, context, customerId, list.value, body.id, body.values, body.values)
  if (!judged.ok) return judged
  const two = await byTwo(tx, of, customerId, null, body.values)
  if (two) return two
  const values = withEmpty(of, body.values)
  await add(tx, of.table, { customer_id: customerId, id: body.id, ...(await columnsToWrite(tx, context.services.keys, customerId, kind, of.fields, values)), ...(await homeOf(tx, context.services.keys, customerId, kind, of, null, values)) }, { why: `档案：${of.zh}` })
  await keepInStep(tx, of, customerId, body.values)
  if (movesHome(kind, of)) await proposeHouseholdsAround(tx, [customerId], context.businessDate)
  return ok({ id: body.id })
})

/** Some fields of a row change; a secret that is left out stays. */
export const changeRowRoute = handle(changeRow, async (tx, { params: { customerId, rowId }, body }, context) => {
  const list = await listFor(tx, customerId, body.list, context)
  if (!list.ok) return list
  const { kind, list: of } = list.value
  const { keys } = context.services
  const now = await oneRow(tx, keys, customerId, of, rowId)
  if (!now) return refuse('not-found')
  if (now.endedOn !== null) return refuse('row-ended')
  if (now.edition !== body.edition) return refuse('changed-meanwhile', { details: await lastChange(tx, customerId, [of.table], rowId) })
  const after = { ...now.values, ...body.values }
  // another kind of document with the number of the former one was never checked
  if (of.code === 'PEOPLE' && body.values['idKind'] !== undefined && body.values['idKind'] !== now.values['idKind'] && body.values['idNumber'] === undefined && now.values['idNumber'] !== null) {
    return refuse('goes-together', { field: 'values.idNumber', details: { what: '证件号码', whatEn: 'the number' } })
  }
  const judged = await judge(tx, context, customerId, list.value, rowId, after, body.values)
  if (!judged.ok) return judged
  const two = await byTwo(tx, of, customerId, now.values, body.values)
  if (two) return two
  await change(tx, of.table, { customer_id: customerId, id: rowId }, { ...(await columnsToWrite(tx, keys, customerId, kind, of.fields, body.values)), ...(await homeOf(tx, keys, customerId, kind, of, rowId, body.values)) }, { why: `档案：${of.zh}` })
  await keepInStep(tx, of, customerId, after)
  if (movesHome(kind, of)) await proposeHouseholdsAround(tx, [customerId], context.businessDate)
  return ok({ edition: (await oneRow(tx, keys, customerId, of, rowId))?.edition ?? now.edition })
})

/** A row ends with a day and a reason; it stays. */
export const endRowRoute = handle(endRow, async (tx, { params: { customerId, rowId }, body }, context) => {
  const list = await listFor(tx, customerId, body.list, context)
  if (!list.ok) return list.refusal.name === 'wrong-part' ? refuse('not-found') : list
  const of = list.value.list
  const now = await oneRow(tx, context.services.keys, customerId, of, rowId)
  if (!now) return refuse('not-found')
  if (now.endedOn !== null) return refuse('row-ended')
  if (of.code === 'PEOPLE' && now.values['office'] === 'LEGAL_REPRESENTATIVE') return refuse('needs-second-person', { field: 'on', details: representativeWords })
  const judged = judgeEnd(of.code, body.on, context.businessDate, now.values)
  if (!judged.ok) return judged
  await end(tx, of.table, { customer_id: customerId, id: rowId }, { ended_on: body.on, end_reason: body.reason }, { why: body.reason, ...(of.code === 'CONSENTS' ? { action: 'WITHDRAW_CONSENT' } : {}) })
  if (movesHome(list.value.kind, of)) await proposeHouseholdsAround(tx, [customerId], context.businessDate)
  return ok({ id: rowId })
})

/** The list and the kind of customer, after the file was locked. Refuses what this person may not change and what this kind of customer has not. */
export async function listFor(tx: Transaction, customerId: string, code: string, { may, opened }: Context): Promise<Outcome<{ list: FileList; kind: CustomerKind }>> {
  const verdict = may('customer.file-edit', opened ? { relation: opened.relation } : {})
  if (!verdict.allowed) return refuse('not-allowed')
  const kind = await lockFile(tx, customerId)
  const list = listOf(code)
  return list && (list.for === 'BOTH' || list.for === kind) ? ok({ list, kind }) : refuse('wrong-part', { field: 'list' })
}

export async function oneRow(tx: Transaction, keys: CustomerKeys, customerId: string, list: FileList, id: string): Promise<KeptRow | undefined> {
  return (await readRows(tx, keys, customerId, list, { ended: true, id }))[0]
}

async function judge(tx: Transaction, context: Context, customerId: string, { list, kind }: { list: FileList; kind: CustomerKind }, id: string, after: Values, sent: Values): Promise<Outcome<null>> {
  const foreign = foreignChoice(list.fields, sent, kind)
  if (foreign) return refuse('wrong-part', { field: `values.${foreign.name}` })
  const all = hasAll(list.fields, after)
  if (!all.ok) return all
  const others = await readRows(tx, context.services.keys, customerId, list, { ended: false })
  return judgeRow(list.code, after, { today: context.businessDate, id, others, idNumber: sent['idNumber'] })
}

/** Who lives where a person says is looked at anew. */
const movesHome = (kind: CustomerKind, list: FileList): boolean => kind === 'PERSON' && list.code === 'ADDRESSES'

const homeOf = (tx: Transaction, keys: CustomerKeys, customerId: string, kind: CustomerKind, list: FileList, rowId: string | null, values: Values): Promise<Row> =>
  movesHome(kind, list) ? homeColumns(tx, keys, customerId, rowId, values) : Promise.resolve({})

// what a new row keeps where nothing was given
function withEmpty(list: FileList, values: Values): Values {
  return { ...Object.fromEntries(list.fields.filter((field) => field.empty !== undefined).map((field) => [field.name, field.empty ?? null])), ...values }
}

const representativeWords = { what: '法定代表人', whatEn: 'the legal representative' }

/** The refusal of a row by which one person alone would change who the legal representative is; null: it does not. */
async function byTwo(tx: Transaction, list: FileList, customerId: string, row: Values | null, sent: Values): Promise<Outcome<never> | null> {
  if (list.code !== 'PEOPLE') return null
  const fault = representativeFault({ row, named: await legalRepresentativeOf(tx, customerId) }, sent)
  return fault === null ? null : refuse('needs-second-person', { field: `values.${fault}`, details: representativeWords })
}

/** The name of the legal representative stands with the company's particulars as well. */
async function keepInStep(tx: Transaction, list: FileList, customerId: string, values: Values): Promise<void> {
  if (list.code !== 'PEOPLE' || values['office'] !== 'LEGAL_REPRESENTATIVE') return
  const there = await tx.maybe(sql`SELECT 1 FROM corporate WHERE customer_id = ${customerId}`)
  if (there) await change(tx, 'corporate', { customer_id: customerId }, { legal_representative: String(values['personName']) }, { why: '档案：企业人员' })
}
