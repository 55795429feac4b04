import { bankCalendar, inKnownDays } from '../../foundation/calendar/read-calendar.ts'
import { minutesLeft, numbersPerHour, takeHourly } from '../../foundation/access/hourly-limit.ts'
import { sql, type Transaction } from '../../foundation/database/transaction.ts'
import { keepBankFile, readBankFile } from '../../foundation/files/keep-file.ts'
import { handle, handleUpload } from '../../foundation/http/route.ts'
import { add, change, recordReading } from '../../foundation/store/store.ts'
import { aboutKinds } from '../../foundation/values/file-kind.ts'
import { ok, refuse } from '../../foundation/values/outcome.ts'
import { addWorkingDays } from '../../foundation/values/working-calendar.ts'
import { checkGrades, reportGrades } from '../inspection.contract.ts'
import { isByForm, oneInspectionAtATime } from './find-objects.ts'
import { findable, readObjects, readRuns } from './read-runs.ts'
import { enterFinding, fetchEvidence, giveFindings, type RunObject } from './run.contract.ts'
import { objectionDays } from './run.rules.ts'

/** Grades that the tariff knows for a kind of object. */
export const gradesOf = (object: RunObject): readonly string[] => (object === 'REPORT' ? reportGrades : checkGrades)

export const enterFindingRoute = handleUpload(enterFinding, async (tx, { params, body, file }, context) => {
  const { actor, services, businessDate: day } = context
  return tx.asRole('office', async () => {
    await oneInspectionAtATime(tx)
    const run = (await readRuns(tx, sql`r.id = ${params.runId} AND ${findable(context)}`))[0]
    const object = run && (await readObjects(tx, sql`o.id = ${params.objectId} AND o.run_id = ${run.id} AND o.drawn`))[0]
    if (!run || !object) return refuse('not-found')
    if (run.inspectorKey !== actor.staffKey) return refuse('not-the-inspector')
    if (run.givenOn !== null || run.withdrawnOn !== null) return refuse('wrong-state')
    if (!gradesOf(run.object).includes(body.grade)) return refuse('no-such-grade', { field: 'grade' })
    if (body.grade === 'FALSE' && object.loanId === null) return refuse('loan-missing', { field: 'grade' })
    const byForm = await tx.one(sql<{ there: boolean }>`SELECT ${isByForm(run.object, run.month, { staffKey: sql`${object.staffKey}::int`, number: sql`${object.number}::text`, label: sql`${object.label}::text`, loanId: sql`${object.loanId}::uuid` })} AS there`)
    if (byForm.there) return refuse('found-by-form')
    await tx.asRole('batch', () => keepBankFile(tx, services, { id: body.id, file, storedBy: actor.staffKey, why: `检查证据：${run.number} ${object.label}` }))
    const written = { source_seen: body.sourceSeen, finding: body.finding, grade: body.grade, file_id: body.id, file_name: file.name, found_by: actor.staffKey, found_on: day }
    if (object.grade === null) await add(tx, 'inspection_finding', { object_id: object.id, run_id: run.id, staff_key: object.staffKey, ...written }, { why: run.number, action: 'ENTER_FINDING' })
    else await change(tx, 'inspection_finding', { object_id: object.id }, written, { why: run.number, action: 'ENTER_FINDING' })
    return ok({ id: body.id })
  })
})

/** Who may confirm a run: the offices, without the inspector and the managers concerned. Whose turn it is stands on their day. */
const decidersOf = async (tx: Transaction, day: string, without: readonly number[]): Promise<number[]> => (await tx.all(sql<{ key: number }>`
  SELECT DISTINCT staff_key AS key FROM organisation_post_facts WHERE post_code IN ('PERFORMANCE', 'HR', 'AUDIT') AND from_date <= ${day}::date AND (to_date IS NULL OR to_date > ${day}::date) AND staff_key <> ALL(${[...without]}::int[]) ORDER BY 1 LIMIT 50`)).map(({ key }) => key)

export const giveFindingsRoute = handle(giveFindings, (tx, { params }, context) => inKnownDays(() => tx.asRole('office', async () => {
  const { actor, businessDate: day } = context
  const run = (await readRuns(tx, sql`r.id = ${params.runId} AND ${findable(context)}`))[0]
  if (!run) return refuse('not-found')
  if (run.inspectorKey !== actor.staffKey) return refuse('not-the-inspector')
  if (run.sampledOn === null || run.givenOn !== null || run.withdrawnOn !== null) return refuse('wrong-state')
  if (run.found < run.drawn) return refuse('findings-missing', { details: { n: String(run.drawn - run.found) } })
  const until = addWorkingDays(await bankCalendar(tx), day, objectionDays)
  await change(tx, 'inspection_run', { id: run.id }, { given_on: day, objection_until: until, shown_to: run.staffKeys, deciders: await decidersOf(tx, day, [run.inspectorKey, ...run.staffKeys]) }, { why: null, action: 'GIVE_FINDINGS' })
  return ok({ objectionUntil: until })
})))

/** The evidence of a finding: for who finds the run, and the manager from the day of the hand-over. With a purpose, counted and journaled. */
export const fetchEvidenceRoute = handle(fetchEvidence, async (tx, { params, body }, context) => {
  const { actor, services } = context
  const found = await tx.asRole('office', async () => {
    const run = (await readRuns(tx, sql`r.id = ${params.runId} AND (${findable(context)} OR (r.given_on IS NOT NULL AND r.staff_keys @> ARRAY[${actor.staffKey}::int]))`))[0]
    const object = run && (await readObjects(tx, sql`o.id = ${params.objectId} AND o.run_id = ${run.id}`))[0]
    return run && object && object.fileId !== null && (!run.staffKeys.includes(actor.staffKey) || object.staffKey === actor.staffKey) ? { number: run.number, id: object.id, fileId: object.fileId } : null
  })
  if (!found) return refuse('not-found')
  if (!(await takeHourly(tx, actor.staffKey, 'NUMBER', numbersPerHour))) return refuse('too-many', { details: { minutes: minutesLeft(new Date()) } })
  const file = await tx.asRole('batch', () => readBankFile(tx, services, found.fileId))
  if (!file) return refuse('destroyed')
  await recordReading(tx, { table: 'inspection_finding', objectId: found.id, customerId: null, why: body.purpose, about: { run: found.number, size: file.size } })
  return ok({ type: aboutKinds[file.kind].type, content: file.content, fileName: file.name })
})
