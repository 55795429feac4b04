import { randomInt } from 'node:crypto'
import { verdictOf } from '../../foundation/access/permission.rules.ts'
import { sql, type Transaction } from '../../foundation/database/transaction.ts'
import { handle } from '../../foundation/http/route.ts'
import { add, bulk, change } from '../../foundation/store/store.ts'
import { takeNumbers } from '../../foundation/store/take-numbers.ts'
import { monthEnd, monthStart } from '../../foundation/values/business-date.ts'
import { ok, refuse } from '../../foundation/values/outcome.ts'
import { newId } from '../../foundation/values/uuid7.ts'
import { drawSample, inspectionTerms } from '../inspection.rules.ts'
import { findObjects, oneInspectionAtATime } from './find-objects.ts'
import { findable, readRuns, termsOf } from './read-runs.ts'
import { drawRun, getRunOptions, planRun, withdrawRun, type RunObject } from './run.contract.ts'
import { inspectorFault, type InspectorSeen, type ManagerSeen } from './run.rules.ts'

type Unit = { key: number; name: string; path: string }
const unitsOn = (tx: Transaction, day: string): Promise<Unit[]> => tx.all(sql<Unit>`
  SELECT institution_key AS key, name, scope_path AS path FROM organisation_institution_facts WHERE from_date <= ${day}::date AND (to_date IS NULL OR to_date > ${day}::date) AND kind <> 'HEAD_OFFICE' ORDER BY scope_path LIMIT 2000`)

type Manager = { key: number; name: string; staffNo: string }
/** Managers of a unit and what lies below it, as they were on the month's last day. */
const managersOf = (tx: Transaction, path: string, month: string): Promise<Manager[]> => tx.all(sql<Manager>`
  SELECT DISTINCT staff_key AS key, staff_name AS name, staff_no AS "staffNo" FROM organisation_post_facts WHERE post_code = 'RM' AND from_date <= ${monthEnd(month)}::date AND (to_date IS NULL OR to_date > ${monthEnd(month)}::date) AND (line_path = ${path} OR starts_with(line_path, ${`${path}.`})) ORDER BY staff_no LIMIT 200`)

type Held = { key: number; linePath: string; placeKey: number; leads: boolean }
/** Posts that people held on any day from the month's beginning until today: who left a line within these days is still of it. */
const postsOf = (tx: Transaction, people: readonly number[], month: string, day: string): Promise<Held[]> => tx.all(sql<Held>`
  SELECT staff_key AS key, line_path AS "linePath", place_key AS "placeKey", breadth = 'UNIT' OR post_code IN ('BANK_LEADER', 'OUTLET_HEAD_PLACE') AS leads FROM organisation_post_facts
  WHERE staff_key = ANY(${[...people]}::int[]) AND from_date <= ${day}::date AND (to_date IS NULL OR to_date > ${monthStart(month)}::date)`)

/** Who inspects the same kind of object of managers the time before and the time after a month. */
const neighboursOf = (tx: Transaction, object: RunObject, month: string, people: readonly number[]): Promise<{ key: number; inspector: number }[]> => tx.all(sql<{ key: number; inspector: number }>`
  SELECT p.key, n.inspector_key AS inspector FROM unnest(${[...people]}::int[]) p(key) CROSS JOIN LATERAL (
    (SELECT r.inspector_key FROM inspection_run r WHERE r.staff_keys @> ARRAY[p.key] AND r.object = ${object} AND r.withdrawn_on IS NULL AND r.month < ${monthStart(month)}::date ORDER BY r.month DESC LIMIT 1)
    UNION ALL (SELECT r.inspector_key FROM inspection_run r WHERE r.staff_keys @> ARRAY[p.key] AND r.object = ${object} AND r.withdrawn_on IS NULL AND r.month > ${monthStart(month)}::date ORDER BY r.month LIMIT 1)) n`)

async function seenOf(tx: Transaction, asked: { inspector: { key: number; relatives: number[] }; managers: readonly number[]; object: RunObject; month: string; day: string }): Promise<{ inspector: InspectorSeen; manager: (key: number) => ManagerSeen }> {
  const { inspector, managers, object, month, day } = asked
  const posts = await postsOf(tx, [inspector.key, ...managers], month, day)
  const neighbours = await neighboursOf(tx, object, month, managers)
  return {
    inspector: { ...inspector, posts: posts.filter(({ key }) => key === inspector.key) },
    manager: (key) => ({ key, posts: posts.filter((one) => one.key === key), neighbours: neighbours.filter((one) => one.key === key).map((one) => one.inspector) }),
  }
}

type InOffice = { id: string; key: number; relatives: number[]; groupId: string; name: string; staffNo: string; to: string; members: number[]; secretary: number }
const inspectorsOn = (tx: Transaction, day: string): Promise<InOffice[]> => tx.all(sql<InOffice>`
  SELECT i.id, i.staff_key AS key, i.relatives, i.group_id AS "groupId", s.staff_name AS name, s.staff_no AS "staffNo", i.to_date AS "to", g.members_key AS members, g.secretary_key AS secretary
  FROM inspector i JOIN organisation_staff_facts s ON s.staff_key = i.staff_key JOIN appraisal_group g ON g.id = i.group_id WHERE i.from_date <= ${day}::date AND i.to_date > ${day}::date
    AND EXISTS (SELECT FROM organisation_post_facts p WHERE p.staff_key = i.staff_key AND p.from_date <= ${day}::date AND (p.to_date IS NULL OR p.to_date > ${day}::date)) ORDER BY s.staff_no LIMIT 200`)

/** The run in which a manager is already, of the same month and kind. */
const busyIn = (tx: Transaction, object: RunObject, month: string, people: readonly number[]): Promise<{ key: number; number: string }[]> => tx.all(sql<{ key: number; number: string }>`
  SELECT k.key, r.number FROM inspection_run r CROSS JOIN LATERAL unnest(r.staff_keys) k(key) WHERE r.object = ${object} AND r.month = ${monthStart(month)}::date AND r.withdrawn_on IS NULL AND k.key = ANY(${[...people]}::int[])`)

export const getRunOptionsRoute = handle(getRunOptions, (tx, { query }, { businessDate: day }) => tx.asRole('office', async () => {
  const { month, object } = query
  const units = await unitsOn(tx, monthEnd(month))
  const inspectors = await inspectorsOn(tx, day)
  const unit = units.find(({ key }) => key === query.unit)
  const found = unit ? await managersOf(tx, unit.path, month) : []
  const keys = found.map(({ key }) => key)
  const objects = keys.length === 0 ? [] : await findObjects(tx, object, month, keys)
  const busy = new Set((await busyIn(tx, object, month, keys)).map(({ key }) => key))
  const inspector = inspectors.find(({ id }) => id === query.inspector)
  const seen = inspector ? await seenOf(tx, { inspector, managers: keys, object, month, day }) : null
  return ok({
    units: units.map(({ key, name }) => ({ key, name })), inspectors: inspectors.map(({ id, name, staffNo, to }) => ({ id, name, staffNo, to })),
    managers: found.map(({ key, name, staffNo }) => ({ staffKey: key, name, staffNo, objects: objects.filter((one) => one.staffKey === key).length, may: verdictOf(busy.has(key) ? 'inspected-already' : seen === null ? null : inspectorFault(seen.inspector, seen.manager(key))) })),
  })
}))

export const planRunRoute = handle(planRun, (tx, { body }, { actor, businessDate: day }) => tx.asRole('office', async () => {
  await oneInspectionAtATime(tx)
  const { month, object } = body
  if (monthEnd(month) >= day) return refuse('month-not-over', { field: 'month', details: { month } })
  const unit = (await unitsOn(tx, monthEnd(month))).find(({ key }) => key === body.unitKey)
  if (!unit) return refuse('no-such-unit', { field: 'unitKey' })
  const inspector = (await inspectorsOn(tx, day)).find(({ id }) => id === body.appointmentId)
  if (!inspector) return refuse('no-such-inspector', { field: 'appointmentId' })
  const known = await managersOf(tx, unit.path, month)
  const missing = body.managers.find((no) => !known.some(({ staffNo }) => staffNo === no))
  if (missing !== undefined) return refuse('no-such-manager', { field: 'managers', details: { staffNo: missing, month } })
  const managers = known.filter(({ staffNo }) => body.managers.includes(staffNo))
  const keys = managers.map(({ key }) => key)
  const nameOf = (key: number): string => managers.find((one) => one.key === key)?.name ?? ''
  const [busy] = await busyIn(tx, object, month, keys)
  if (busy) return refuse('inspected-already', { field: 'managers', details: { name: nameOf(busy.key), month, number: busy.number } })
  const seen = await seenOf(tx, { inspector, managers: keys, object, month, day })
  for (const { key, name } of managers) {
    const fault = inspectorFault(seen.inspector, seen.manager(key))
    if (fault !== null) return refuse(fault, { field: 'managers', details: { name } })
  }
  const year = day.slice(0, 4)
  const number = `JC${year}-${String(await tx.asRole('batch', () => takeNumbers(tx, `inspection-${year}`))).padStart(4, '0')}`
  await add(tx, 'inspection_run', {
    id: body.id, number, month: monthStart(month), object, unit_key: unit.key, staff_keys: keys, appointment_id: inspector.id, inspector_key: inspector.key, group_id: inspector.groupId,
    terms: { ratio: inspectionTerms.ratio, least: inspectionTerms.least, aboveFen: inspectionTerms.alwaysAboveFen.toString() }, planned_by: actor.staffKey, planned_on: day, readers: [...new Set([inspector.key, ...inspector.members, inspector.secretary])], deciders: [],
  }, { why: null, action: 'PLAN_INSPECTION' })
  return ok({ id: body.id, number })
}))

/** Draws once: the seed is stored with everything that could have been drawn, so that anybody can draw again. */
export const drawRunRoute = handle(drawRun, (tx, { params }, context) => tx.asRole('office', async () => {
  await oneInspectionAtATime(tx)
  const { actor, businessDate: day } = context
  const run = (await readRuns(tx, sql`r.id = ${params.runId} AND ${findable(context)}`))[0]
  if (!run) return refuse('not-found')
  if (run.inspectorKey !== actor.staffKey) return refuse('not-the-inspector')
  if (run.sampledOn !== null || run.withdrawnOn !== null) return refuse('wrong-state')
  const objects = await findObjects(tx, run.object, run.month, run.staffKeys)
  if (objects.length === 0) return refuse('nothing-to-draw')
  const seed = randomInt(2 ** 31 - 1)
  const terms = termsOf(run.terms)
  const rows = run.staffKeys.flatMap((key) => {
    const his = objects.filter(({ staffKey }) => staffKey === key)
    const drawn = new Set(drawSample(terms, his.map(({ number, loanFen }) => ({ id: number, loanFen: loanFen === null ? null : BigInt(loanFen) })), seed))
    return his.map((one) => ({ id: newId(), staff_key: key, number: one.number, label: one.label, loan_id: one.loanId, loan_fen: one.loanFen, drawn: drawn.has(one.number) }))
  })
  await bulk(tx, {
    table: 'inspection_object', what: 'add', why: `inspection ${run.number}: seed ${seed}`, batch: run.id,
    statement: sql`INSERT INTO inspection_object (id, run_id, staff_key, number, label, loan_id, loan_fen, drawn) SELECT o.id, ${run.id}::uuid, o.staff_key, o.number, o.label, o.loan_id, o.loan_fen, o.drawn
      FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS o(id uuid, staff_key int, number text, label text, loan_id uuid, loan_fen bigint, drawn boolean)`,
  })
  await change(tx, 'inspection_run', { id: run.id }, { seed: String(seed), sampled_on: day }, { why: null, action: 'DRAW_INSPECTION' })
  return ok({ drawn: rows.filter((row) => row.drawn).length, population: rows.length })
}))

export const withdrawRunRoute = handle(withdrawRun, (tx, { params, body }, { actor, businessDate: day }) => tx.asRole('office', async () => {
  await oneInspectionAtATime(tx)
  const run = await tx.maybe(sql<{ open: boolean }>`SELECT given_on IS NULL AND withdrawn_on IS NULL AS open FROM inspection_run WHERE id = ${params.runId} AND NOT staff_keys @> ARRAY[${actor.staffKey}::int]`)
  if (!run) return refuse('not-found')
  if (!run.open) return refuse('wrong-state')
  await change(tx, 'inspection_run', { id: params.runId }, { withdrawn_by: actor.staffKey, withdrawn_on: day, withdrawn_why: body.reason }, { why: body.reason, action: 'WITHDRAW_INSPECTION' })
  return ok({ id: params.runId })
}))
