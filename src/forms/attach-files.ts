import { minutesLeft, numbersPerHour, takeHourly } from '../foundation/access/hourly-limit.ts'
import { sql } from '../foundation/database/transaction.ts'
import { keepBankFile, keepFile, readBankFile, readFile } from '../foundation/files/keep-file.ts'
import { handle, handleUpload } from '../foundation/http/route.ts'
import { add, recordReading } from '../foundation/store/store.ts'
import { aboutKinds } from '../foundation/values/file-kind.ts'
import { ok, refuse } from '../foundation/values/outcome.ts'
import { answerOf, confirming, fileFault, fillsIn, refuseFilling } from './read-answer.ts'
import { attachToAnswer, fetchAnswerFile, mostSubjects } from './form.contract.ts'
import { fileIdsOf } from './form.rules.ts'
import { subjectsOf } from './read-subjects.ts'

const mostOfAnswer = 5 * mostSubjects

/** A file comes to the answer: under the customer's key where the row is about one, else under the bank's. It counts when the answer names it. */
export const attachToAnswerRoute = handleUpload(attachToAnswer, async (tx, { params: { answerId }, body, file }, context) => {
  const { actor, services, businessDate: day } = context
  const row = await answerOf(tx, answerId)
  if (!row) return refuse('not-found')
  const refused = refuseFilling(row, context)
  if (refused) return refused
  if (row.cells.find((cell) => cell.code === body.cell)?.type !== 'FILE') return refuse('no-file-cell')
  const subject = body.of === null ? undefined : (await subjectsOf(tx, [answerId])).find((one) => one.of === body.of && one.name !== null)
  if ((body.of !== null || row.answers_for === 'CUSTOMER') && !subject) return refuse('not-found')
  return tx.asRole('batch', async () => {
    const { n } = await tx.one(sql<{ n: number }>`SELECT count(*)::int AS n FROM collection_file WHERE answer_id = ${answerId}`)
    if (n >= mostOfAnswer) return refuse('too-many-files', { details: { most: String(mostOfAnswer) } })
    const why = `收表附件：${row.number}`
    if (subject) await keepFile(tx, services, { customerId: subject.customerId, id: body.id, file, storedBy: actor.staffKey, why })
    else await keepBankFile(tx, services, { id: body.id, file, storedBy: actor.staffKey, why })
    await add(tx, 'collection_file', { id: body.id, form_id: row.form_id, answer_id: answerId, cell: body.cell, subject_id: subject?.of ?? null, stored_by: actor.staffKey, stored_on: day }, { why, action: 'ATTACH_FILE' })
    return ok({ id: body.id, name: file.name, size: file.bytes.length })
  })
})

/** The content of a file that stands in the answer: counted and journaled like a document of a customer's file. */
export const fetchAnswerFileRoute = handle(fetchAnswerFile, async (tx, { params: { answerId, fileId }, body }, context) => {
  const { actor, services } = context
  const row = await answerOf(tx, answerId)
  if (!row) return refuse('not-found')
  const kept = await tx.asRole('batch', () => tx.maybe(sql<{ subject_id: string | null; cell: string }>`SELECT subject_id, cell FROM collection_file WHERE id = ${fileId} AND answer_id = ${answerId}`))
  if (!kept) return refuse('not-found')
  const subject = kept.subject_id === null ? undefined : (await subjectsOf(tx, [answerId])).find((one) => one.of === kept.subject_id)
  const fills = fillsIn(row, actor.staffKey)
  // what is not in a cell any more is nobody's but who sent it
  const stands = row.rows.some((one) => fileIdsOf(one.values[kept.cell]).includes(fileId))
  if (!fills && !stands) return refuse('not-found')
  const { confirmers } = await confirming(tx, row, context)
  const fault = fileFault(row, actor.staffKey, confirmers, kept.subject_id === null || (subject !== undefined && subject.name !== null))
  if (fault) return refuse(fault)
  if (!(await takeHourly(tx, actor.staffKey, 'NUMBER', numbersPerHour))) return refuse('too-many', { details: { minutes: minutesLeft(new Date()) } })
  const file = await tx.asRole('batch', () => (subject ? readFile(tx, services, subject.customerId, fileId) : readBankFile(tx, services, fileId)))
  if (!file) return refuse('destroyed')
  await recordReading(tx, { table: 'collection_file', objectId: fileId, customerId: subject?.customerId ?? null, why: body.purpose, about: { form: row.number, size: file.size } })
  return ok({ type: aboutKinds[file.kind].type, content: file.content, fileName: file.name })
})
