import { readFile, keepFile } from '../../foundation/files/keep-file.ts'
import { minutesLeft, numbersPerHour, takeHourly } from '../../foundation/access/hourly-limit.ts'
import { handle, handleUpload } from '../../foundation/http/route.ts'
import { change, recordReading } from '../../foundation/store/store.ts'
import { aboutKinds } from '../../foundation/values/file-kind.ts'
import { ok, refuse } from '../../foundation/values/outcome.ts'
import { listOf } from './file-fields.contract.ts'
import { attachFile, downloadFile } from './file.contract.ts'
import { confidentialTo } from './confidentiality.ts'
import { listFor, oneRow } from './save-row.ts'

/** The scan of a document or of a consent's proof. The former scan stays stored with its journal line; the row shows the new one. */
export const attachFileRoute = handleUpload(attachFile, async (tx, { params: { customerId, rowId }, body, file }, context) => {
  const list = await listFor(tx, customerId, body.list, context)
  if (!list.ok) return list.refusal.name === 'wrong-part' ? refuse('not-found') : list
  const row = await oneRow(tx, context.services.keys, customerId, list.value.list, rowId)
  if (!row) return refuse('not-found')
  if (row.endedOn !== null) return refuse('row-ended')
  const why = `档案：${list.value.list.zh}`
  await keepFile(tx, context.services, { customerId, id: body.id, file, storedBy: context.actor.staffKey, why })
  await change(tx, list.value.list.table, { customer_id: customerId, id: rowId }, { file_id: body.id }, { why })
  return ok({ id: body.id })
})

/** The content of a scan: counted and journaled like a revealed number. */
export const downloadFileRoute = handle(downloadFile, async (tx, { params: { customerId, rowId }, body }, context) => {
  const { actor, services } = context
  const list = listOf(body.list)
  const row = list && (await oneRow(tx, services.keys, customerId, list, rowId))
  if (!row?.file) return refuse('not-found')
  const confidential = await confidentialTo(tx, context, customerId)
  if (confidential) return refuse('confidential', { details: confidential })
  if (!(await takeHourly(tx, actor.staffKey, 'NUMBER', numbersPerHour))) return refuse('too-many', { details: { minutes: minutesLeft(new Date()) } })
  const file = await readFile(tx, services, customerId, row.file.id)
  if (!file) return refuse('destroyed')
  await recordReading(tx, { table: 'stored_file', objectId: file.id, customerId, why: body.purpose, about: { what: body.list, size: file.size } })
  return ok({ type: aboutKinds[file.kind].type, content: file.content, fileName: file.name })
})
