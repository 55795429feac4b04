import { unless, verdictOf } from '../../foundation/access/permission.rules.ts'
import { bankCalendar, inKnownDays } from '../../foundation/calendar/read-calendar.ts'
import { sql, type Sql, type Transaction } from '../../foundation/database/transaction.ts'
import { handle, type Context } from '../../foundation/http/route.ts'
import { monthOf, monthStart, nextMonth } from '../../foundation/values/business-date.ts'
import { decimalText, exact, Exact } from '../../foundation/values/decimal.ts'
import { ok, refuse } from '../../foundation/values/outcome.ts'
import { workingDaysBetween, type WorkingCalendar } from '../../foundation/values/working-calendar.ts'
import { conductOf, correctionOf, drawSample, pointsOfFinding, type InspectionTariff, type InspectionTerms } from '../inspection.rules.ts'
import { getRun, listInspectors, listMyFindings, listRuns, type DrawnObject, type RunLine, type RunObject, type RunShown, type RunState } from './run.contract.ts'
import { betterGrades, objectOf, runState } from './run.rules.ts'

export type StoredTerms = { ratio: string; least: number; aboveFen: string }
export const termsOf = (stored: StoredTerms): InspectionTerms => ({ ratio: stored.ratio, least: stored.least, alwaysAboveFen: BigInt(stored.aboveFen) })

export type RunRow = {
  id: string; number: string; month: string; object: RunObject; unitName: string; groupId: string; groupName: string; inspectorKey: number; inspector: string; staffKeys: number[]; terms: StoredTerms; seed: string | null; plannedBy: string; plannedOn: string; sampledOn: string | null; givenOn: string | null; objectionUntil: string | null
  confirmedKey: number | null; confirmedBy: string | null; confirmedOn: string | null; withdrawnBy: string | null; withdrawnOn: string | null; withdrawnWhy: string | null; readers: number[]; deciders: number[]; drawn: number; found: number; objections: number; answerers: number[]; answeredBy: number[]; settledIn: string | null
}
// settled: every manager with a finding has a statement of this or a later month that was worked out after the findings were confirmed
const settledIn = sql`(SELECT CASE WHEN bool_and(x.month IS NOT NULL) THEN max(x.month) END FROM (SELECT (
    SELECT min(m.month) FROM settled_month m JOIN settlement_run w ON w.id = m.run_id JOIN pay_statement p ON p.run_id = m.run_id AND p.staff_key = k.staff_key LEFT JOIN closed_month c ON c.month = m.month AND c.scheme_code = m.scheme_code
    WHERE m.month >= r.month AND (w.settled_at >= r.confirmed_at OR c.closed_on > r.confirmed_on)) AS month
  FROM (SELECT DISTINCT f.staff_key FROM inspection_finding f WHERE f.run_id = r.id AND r.confirmed_at IS NOT NULL) k) x)`
/** Runs as the offices see them (role office). */
export const readRuns = (tx: Transaction, where: Sql): Promise<RunRow[]> => tx.all(sql<RunRow>`
  SELECT r.id, r.number, r.month, r.object, coalesce(u.name, '') AS "unitName", r.group_id AS "groupId", g.name AS "groupName", r.inspector_key AS "inspectorKey", i.staff_name AS inspector, r.staff_keys AS "staffKeys", r.terms, r.seed::text AS seed, p.staff_name AS "plannedBy", r.planned_on AS "plannedOn", r.sampled_on AS "sampledOn",
    r.given_on AS "givenOn", r.objection_until AS "objectionUntil", r.confirmed_by AS "confirmedKey", c.staff_name AS "confirmedBy", r.confirmed_on AS "confirmedOn", w.staff_name AS "withdrawnBy", r.withdrawn_on AS "withdrawnOn", r.withdrawn_why AS "withdrawnWhy", r.readers, r.deciders,
    (SELECT count(*)::int FROM inspection_object o WHERE o.run_id = r.id AND o.drawn) AS drawn, (SELECT count(*)::int FROM inspection_finding f WHERE f.run_id = r.id) AS found, (SELECT count(*)::int FROM inspection_objection b WHERE b.run_id = r.id) AS objections,
    coalesce((SELECT array_agg(DISTINCT a.key) FROM inspection_objection b CROSS JOIN LATERAL unnest(b.answerers) a(key) WHERE b.run_id = r.id AND b.answered_on IS NULL), '{}') AS answerers,
    coalesce((SELECT array_agg(DISTINCT b.answered_by) FROM inspection_objection b WHERE b.run_id = r.id AND b.answered_by IS NOT NULL), '{}') AS "answeredBy", ${settledIn} AS "settledIn"
  FROM inspection_run r JOIN organisation_staff_facts i ON i.staff_key = r.inspector_key JOIN organisation_staff_facts p ON p.staff_key = r.planned_by JOIN appraisal_group g ON g.id = r.group_id
  LEFT JOIN organisation_staff_facts c ON c.staff_key = r.confirmed_by LEFT JOIN organisation_staff_facts w ON w.staff_key = r.withdrawn_by
  LEFT JOIN LATERAL (SELECT f.name FROM organisation_institution_facts f WHERE f.institution_key = r.unit_key ORDER BY f.from_date DESC LIMIT 1) u ON true
  WHERE ${where} ORDER BY r.month DESC, r.number DESC LIMIT 200`)
export const stateOf = (row: RunRow): RunState => runState({ sampled: row.sampledOn !== null, findings: row.found, given: row.givenOn !== null, objections: row.objections, confirmed: row.confirmedOn !== null, counted: row.settledIn !== null, withdrawn: row.withdrawnOn !== null })

/** Who finds a run: its inspector, the group that answers, who may confirm it, the offices; never the managers whom it is about, who find what was handed over on their own page. */
export const findable = ({ actor, may }: Pick<Context, 'actor' | 'may'>): Sql =>
  sql`NOT r.staff_keys @> ARRAY[${actor.staffKey}::int] AND (r.readers @> ARRAY[${actor.staffKey}::int] OR r.deciders @> ARRAY[${actor.staffKey}::int] OR ${may('inspection.read-all').allowed ? sql`true` : sql`false`})`

/** The tariff by which the points of findings are told: of the indicator of inspection points, as it is in force at the month's end. A scheme counts by its own. */
export async function tariffOn(tx: Transaction, month: string): Promise<InspectionTariff> {
  const found = await tx.maybe(sql<{ tariff: InspectionTariff | null }>`SELECT terms -> 'tariff' AS tariff FROM indicator WHERE code = 'INSPECTION_POINTS' AND from_date < ${monthStart(nextMonth(month))}::date ORDER BY version DESC LIMIT 1`)
  return found?.tariff ?? {}
}

export type ObjectRow = {
  id: string; runId: string; staffKey: number; name: string; staffNo: string; number: string; label: string; loanId: string | null; loanFen: string | null; drawn: boolean; sourceSeen: string | null; finding: string | null; grade: string | null; fileId: string | null; fileName: string | null; foundBy: string | null; foundOn: string | null
  claim: string | null; madeOn: string | null; answerers: number[] | null; result: 'UPHELD' | 'REJECTED' | null; becomes: string | null; reason: string | null; answeredBy: string | null; answeredOn: string | null; correctionMonth: string | null; correctionCounts: boolean | null
}
export const readObjects = (tx: Transaction, where: Sql): Promise<ObjectRow[]> => tx.all(sql<ObjectRow>`
  SELECT o.id, o.run_id AS "runId", o.staff_key AS "staffKey", s.staff_name AS name, s.staff_no AS "staffNo", o.number, o.label, o.loan_id AS "loanId", o.loan_fen::text AS "loanFen", o.drawn, f.source_seen AS "sourceSeen", f.finding, f.grade, f.file_id AS "fileId", f.file_name AS "fileName", q.staff_name AS "foundBy", f.found_on AS "foundOn",
    b.claim, b.made_on AS "madeOn", b.answerers, b.result, b.becomes, b.reason, a.staff_name AS "answeredBy", b.answered_on AS "answeredOn", x.month AS "correctionMonth", x.confirmed_by IS NOT NULL AS "correctionCounts"
  FROM inspection_object o JOIN organisation_staff_facts s ON s.staff_key = o.staff_key LEFT JOIN inspection_finding f ON f.object_id = o.id LEFT JOIN organisation_staff_facts q ON q.staff_key = f.found_by
  LEFT JOIN inspection_objection b ON b.object_id = o.id LEFT JOIN organisation_staff_facts a ON a.staff_key = b.answered_by LEFT JOIN indicator_fact x ON x.id = b.fact_id
  WHERE ${where} ORDER BY s.staff_no, o.number LIMIT 5000`)

/** The grade that counts: an objection that was upheld before the findings were confirmed changed it; later the correction does. */
export const gradeThatCounts = (row: Pick<ObjectRow, 'grade' | 'result' | 'becomes' | 'correctionMonth'>): string => (row.result === 'UPHELD' && row.correctionMonth === null && row.becomes !== null ? row.becomes : row.grade ?? '')

const pointsShown = (tariff: InspectionTariff, object: RunObject, grade: string): string | null => (grade === 'FALSE' ? null : pointsOfFinding(tariff, { object: objectOf(object), grade }) ?? null)

function shownObject(row: ObjectRow, run: RunRow, tariff: InspectionTariff, may: DrawnObject['may']): DrawnObject {
  const counts = gradeThatCounts(row)
  const object = objectOf(run.object)
  return {
    id: row.id, staffKey: row.staffKey, name: row.name, label: row.label, number: row.number, loanFen: row.loanFen, always: row.loanFen !== null && BigInt(row.loanFen) > BigInt(run.terms.aboveFen), may,
    finding: row.grade === null || row.foundOn === null || row.fileId === null ? null : {
      sourceSeen: row.sourceSeen ?? '', finding: row.finding ?? '', grade: row.grade, counts, points: pointsShown(tariff, run.object, counts), conduct: conductOf({ object, grade: counts }), fileId: row.fileId, fileName: row.fileName ?? '', foundBy: row.foundBy ?? '', foundOn: row.foundOn,
    },
    objection: row.claim === null || row.madeOn === null ? null : {
      claim: row.claim, madeOn: row.madeOn, result: row.result, becomes: row.becomes, reason: row.reason, answeredBy: row.answeredBy, answeredOn: row.answeredOn,
      correction: row.correctionMonth === null || row.becomes === null ? null : { month: monthOf(row.correctionMonth), points: correctionOf(tariff, { object, grade: row.grade ?? '' }, row.becomes), counts: row.correctionCounts ?? false },
    },
  }
}

function shownLine(row: RunRow, objects: readonly ObjectRow[], tariff: InspectionTariff, { me, day, calendar }: { me: number; day: string; calendar: WorkingCalendar }): RunLine {
  const open = row.givenOn !== null && row.confirmedOn === null && row.objectionUntil !== null && day <= row.objectionUntil
  const found = objects.filter((one) => one.runId === row.id && one.grade !== null)
  const points = found.reduce((sum, one) => sum.plus(exact(pointsShown(tariff, row.object, gradeThatCounts(one)) ?? '0')), new Exact(0))
  const mayConfirm = row.givenOn !== null && row.confirmedOn === null && !open && row.deciders.includes(me) && !row.answeredBy.includes(me)
  return {
    id: row.id, number: row.number, month: monthOf(row.month), object: row.object, unitName: row.unitName, inspector: row.inspector, people: row.staffKeys.length, drawn: row.drawn, found: row.found, points: found.length === 0 ? null : decimalText(points, 2), state: stateOf(row), plannedOn: row.plannedOn, objectionUntil: row.objectionUntil,
    workingDaysLeft: open && row.objectionUntil !== null ? workingDaysBetween(calendar, day, row.objectionUntil) : null,
    waitsForMe: row.withdrawnOn === null && ((row.inspectorKey === me && row.givenOn === null) || row.answerers.includes(me) || mayConfirm),
  }
}

/** Tariffs of the months of some runs, each read once. */
async function tariffsOf(tx: Transaction, rows: readonly RunRow[]): Promise<(month: string) => InspectionTariff> {
  const found = new Map<string, InspectionTariff>()
  for (const { month } of rows) if (!found.has(month)) found.set(month, await tariffOn(tx, month))
  return (month) => found.get(month) ?? {}
}

export const listRunsRoute = handle(listRuns, (tx, { query }, context) => inKnownDays(() => tx.asRole('office', async () => {
  const { actor, businessDate: day } = context
  const rows = await readRuns(tx, sql`${findable(context)} AND ${query.month === undefined ? sql`true` : sql`r.month = ${monthStart(query.month)}::date`}`)
  const objects = await readObjects(tx, sql`o.drawn AND o.run_id = ANY(${rows.map((row) => row.id)}::uuid[])`)
  const tariff = await tariffsOf(tx, rows)
  const calendar = await bankCalendar(tx)
  return ok({ runs: rows.map((row) => shownLine(row, objects, tariff(row.month), { me: actor.staffKey, day, calendar })), mayPlan: context.may('inspection.plan') })
})))

export const getRunRoute = handle(getRun, (tx, { params }, context) => inKnownDays(() => tx.asRole('office', async () => {
  const { actor, may, businessDate: day } = context
  const row = (await readRuns(tx, sql`r.id = ${params.runId} AND ${findable(context)}`))[0]
  if (!row) return refuse('not-found')
  const me = actor.staffKey
  const objects = await readObjects(tx, sql`o.run_id = ${row.id}`)
  const drawn = objects.filter((one) => one.drawn)
  const tariff = await tariffOn(tx, row.month)
  const mine = row.inspectorKey === me
  const live = row.withdrawnOn === null
  const shown = drawn.map((one): DrawnObject => shownObject(one, row, tariff, {
    find: verdictOf(!mine ? 'not-the-inspector' : !live || row.givenOn !== null ? 'wrong-state' : null),
    answer: verdictOf(one.claim === null || one.result !== null ? 'answered-already' : !(one.answerers ?? []).includes(me) || row.confirmedKey === me ? 'not-a-third-person' : null),
  }))
  const people = await tx.all(sql<{ key: number; name: string; no: string }>`SELECT staff_key AS key, staff_name AS name, staff_no AS no FROM organisation_staff_facts WHERE staff_key = ANY(${row.staffKeys}::int[]) ORDER BY staff_no`)
  const run: RunShown = {
    ...shownLine(row, objects, tariff, { me, day, calendar: await bankCalendar(tx) }), groupName: row.groupName, inspectorKey: row.inspectorKey,
    managers: people.map((one) => ({ staffKey: one.key, name: one.name, staffNo: one.no, population: objects.filter((each) => each.staffKey === one.key).length, drawn: drawn.filter((each) => each.staffKey === one.key).length })),
    draw: row.seed === null || row.sampledOn === null ? null : { seed: row.seed, ratio: row.terms.ratio, least: row.terms.least, aboveFen: row.terms.aboveFen, on: row.sampledOn, repeats: drawRepeats(row, objects) },
    plannedBy: row.plannedBy, givenOn: row.givenOn, confirmedBy: row.confirmedBy, confirmedOn: row.confirmedOn, settledIn: row.settledIn === null ? null : monthOf(row.settledIn),
    withdrawn: row.withdrawnBy === null || row.withdrawnOn === null ? null : { by: row.withdrawnBy, on: row.withdrawnOn, why: row.withdrawnWhy ?? '' }, objects: shown,
    may: {
      draw: verdictOf(!mine ? 'not-the-inspector' : !live || row.sampledOn !== null ? 'wrong-state' : null),
      give: verdictOf(!mine ? 'not-the-inspector' : !live || row.sampledOn === null || row.givenOn !== null ? 'wrong-state' : row.found < row.drawn ? 'findings-missing' : null),
      confirm: unless(may('inspection.confirm'), confirmFault(row, me, day)), withdraw: unless(may('inspection.plan'), !live || row.givenOn !== null ? 'wrong-state' : null),
    },
  }
  return ok({ run })
})))

/** Why somebody may not confirm a run now, whatever his post. */
export function confirmFault(row: RunRow, me: number, day: string): string | null {
  if (row.withdrawnOn !== null || row.givenOn === null || row.objectionUntil === null || row.confirmedOn !== null) return 'wrong-state'
  if (row.inspectorKey === me) return 'same-person'
  if (row.staffKeys.includes(me)) return 'own-finding'
  if (row.answeredBy.includes(me)) return 'answered-it'
  return day <= row.objectionUntil ? 'window-open' : null
}

/** Draws again from the stored seed over the stored population: the same objects of each manager. */
export function drawRepeats(row: Pick<RunRow, 'seed' | 'terms' | 'staffKeys'>, objects: readonly Pick<ObjectRow, 'staffKey' | 'number' | 'loanFen' | 'drawn'>[]): boolean {
  return row.staffKeys.every((key) => {
    const his = objects.filter((one) => one.staffKey === key)
    const again = drawSample(termsOf(row.terms), his.map((one) => ({ id: one.number, loanFen: one.loanFen === null ? null : BigInt(one.loanFen) })), Number(row.seed))
    return JSON.stringify(again) === JSON.stringify(his.filter((one) => one.drawn).map((one) => one.number).sort())
  })
}

export const listMyFindingsRoute = handle(listMyFindings, (tx, { query }, { actor, businessDate: day }) => inKnownDays(() => tx.asRole('office', async () => {
  const me = actor.staffKey
  const rows = await readRuns(tx, sql`r.staff_keys @> ARRAY[${me}::int] AND r.given_on IS NOT NULL AND ${query.month === undefined ? sql`true` : sql`r.month = ${monthStart(query.month)}::date`}`)
  const objects = await readObjects(tx, sql`o.drawn AND o.staff_key = ${me} AND o.run_id = ANY(${rows.map((row) => row.id)}::uuid[])`)
  const tariff = await tariffsOf(tx, rows)
  const calendar = await bankCalendar(tx)
  return ok({
    findings: rows.flatMap((row) => objects.filter((one) => one.runId === row.id).flatMap((one) => {
      if (row.givenOn === null || row.objectionUntil === null) return []
      const open = day <= row.objectionUntil && row.confirmedOn === null
      const { staffKey: _key, name: _name, number: objectNumber, ...shown } = shownObject(one, row, tariff(row.month), { object: verdictOf(one.claim !== null ? 'objected-already' : !open ? 'window-over' : betterGrades(row.object, one.grade ?? '').length === 0 ? 'best-already' : null) })
      return [{ runId: row.id, number: row.number, month: monthOf(row.month), object: row.object, inspector: row.inspector, givenOn: row.givenOn, objectionUntil: row.objectionUntil, workingDaysLeft: open ? workingDaysBetween(calendar, day, row.objectionUntil) : null, confirmed: row.confirmedOn !== null, ...shown, objectNumber }]
    })),
  })
})))

type InspectorRow = { id: string; staffKey: number; name: string; staffNo: string; groupName: string; motionId: string; groupReaders: number[]; from: string; to: string; relatives: string[] }
/** Inspectors and their terms; who is a relative is told to the offices that plan. */
export const listInspectorsRoute = handle(listInspectors, (tx, _input, { actor, may, businessDate: day }) => tx.asRole('office', async () => {
  const rows = await tx.all(sql<InspectorRow>`
    SELECT i.id, i.staff_key AS "staffKey", s.staff_name AS name, s.staff_no AS "staffNo", g.name AS "groupName", i.motion_id AS "motionId", g.readers AS "groupReaders", i.from_date AS "from", i.to_date AS "to",
      coalesce((SELECT array_agg(p.staff_name ORDER BY p.staff_no) FROM organisation_staff_facts p WHERE p.staff_key = ANY(i.relatives)), '{}') AS relatives
    FROM inspector i JOIN organisation_staff_facts s ON s.staff_key = i.staff_key JOIN appraisal_group g ON g.id = i.group_id ORDER BY i.to_date DESC, s.staff_no LIMIT 200`)
  const plans = may('inspection.plan').allowed
  return ok({
    inspectors: rows.map((row) => ({
      id: row.id, staffKey: row.staffKey, name: row.name, staffNo: row.staffNo, groupName: row.groupName, motionId: row.groupReaders.includes(actor.staffKey) && row.staffKey !== actor.staffKey ? row.motionId : null, from: row.from, to: row.to, inForce: row.from <= day && row.to > day, relatives: plans ? row.relatives : [],
    })),
  })
}))
