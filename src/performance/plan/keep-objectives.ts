import { sql, type Transaction } from '../../foundation/database/transaction.ts'
import { handle } from '../../foundation/http/route.ts'
import { add, end } from '../../foundation/store/store.ts'
import { ok, refuse } from '../../foundation/values/outcome.ts'
import { addObjective, endObjective, listObjectives, type ObjectiveShown } from './plan.contract.ts'

/** How many KPIs of plans that are not withdrawn name an objective, by its id. Engine: a number of the whole bank. */
function kpisOf(tx: Transaction, year: number): Promise<{ id: string; kpis: number }[]> {
  return tx.asRole('engine', () => tx.all(sql<{ id: string; kpis: number }>`
    SELECT t ->> 'objectiveId' AS id, count(*)::int AS kpis FROM appraisal_plan p
    CROSS JOIN LATERAL (SELECT z.state, z.targets_place FROM plan_step z WHERE z.plan_id = p.id ORDER BY z.place DESC LIMIT 1) l JOIN plan_step s ON s.plan_id = p.id AND s.place = l.targets_place CROSS JOIN LATERAL jsonb_array_elements(s.targets) t
    WHERE p.year = ${year} AND l.state <> 'WITHDRAWN' AND t ->> 'objectiveId' IS NOT NULL GROUP BY 1`))
}

/** Objectives of a year with how many KPIs serve each, those of the objectives below it among them. */
export async function readObjectives(tx: Transaction, year: number): Promise<ObjectiveShown[]> {
  const rows = await tx.all(sql<Omit<ObjectiveShown, 'kpis'>>`
    SELECT o.id, o.code, o.year, o.level, o.parent_id AS "parentId", coalesce((SELECT f.name FROM organisation_institution_facts f WHERE f.institution_key = o.unit_key ORDER BY f.from_date DESC LIMIT 1), '') AS "unitName", o.title, o.title_en AS "titleEn", o.owner, o.ended_on AS "endedOn"
    FROM strategy_objective o WHERE o.year = ${year} ORDER BY o.code`)
  const direct = new Map((await kpisOf(tx, year)).map((row) => [row.id, row.kpis]))
  const counted = (id: string): number => (direct.get(id) ?? 0) + rows.filter((row) => row.parentId === id).reduce((sum, row) => sum + counted(row.id), 0)
  return rows.map((row) => ({ ...row, kpis: counted(row.id) }))
}

export const listObjectivesRoute = handle(listObjectives, async (tx, { query }, { businessDate, may }) => {
  const year = query.year ?? Number(businessDate.slice(0, 4))
  const mayKeep = may('objective.keep')
  const units = mayKeep.allowed ? await tx.all(sql<{ key: number; name: string }>`
    SELECT institution_key AS key, name FROM organisation_institution_facts WHERE from_date <= ${businessDate} AND (to_date IS NULL OR to_date > ${businessDate}) AND kind IN ('HEAD_OFFICE', 'BRANCH', 'SUB_BRANCH', 'OUTLET', 'RM_DEPARTMENT', 'DEPARTMENT') ORDER BY scope_path LIMIT 500`) : []
  return ok({ year, objectives: await readObjectives(tx, year), mayKeep, units })
})

export const addObjectiveRoute = handle(addObjective, (tx, { body }, { actor, businessDate }) => tx.asRole('office', async () => {
  if (!(await tx.maybe(sql`SELECT 1 FROM organisation_institution_facts WHERE institution_key = ${body.unitKey}`))) return refuse('no-such-unit', { field: 'unitKey' })
  if (body.parentId !== null && !(await tx.maybe(sql`SELECT 1 FROM strategy_objective WHERE id = ${body.parentId} AND year = ${body.year} AND ended_on IS NULL`))) return refuse('no-such-objective', { field: 'parentId' })
  if (await tx.maybe(sql`SELECT 1 FROM strategy_objective WHERE year = ${body.year} AND code = ${body.code}`)) return refuse('code-taken', { field: 'code', details: { code: body.code } })
  await add(tx, 'strategy_objective', {
    id: body.id, code: body.code, year: body.year, level: body.parentId === null ? 'BANK' : 'UNIT', parent_id: body.parentId, unit_key: body.unitKey, title: body.title, title_en: body.titleEn, owner: body.owner, made_by: actor.staffKey, made_on: businessDate,
  }, { why: null, action: 'SET_OBJECTIVE' })
  return ok({ id: body.id })
}))

export const endObjectiveRoute = handle(endObjective, (tx, { params, body }, { businessDate }) => tx.asRole('office', async () => {
  const found = await tx.maybe(sql<{ year: number; ended_on: string | null }>`SELECT year, ended_on FROM strategy_objective WHERE id = ${params.objectiveId} FOR UPDATE`)
  if (!found) return refuse('not-found')
  if (found.ended_on !== null) return refuse('ended-already')
  const { kpis } = (await readObjectives(tx, found.year)).find((one) => one.id === params.objectiveId) ?? { kpis: 0 }
  if (kpis > 0) return refuse('kpis-serve-it', { details: { count: String(kpis) } })
  await end(tx, 'strategy_objective', { id: params.objectiveId }, { ended_on: businessDate, end_reason: body.reason }, { why: body.reason, action: 'END_OBJECTIVE' })
  return ok({ id: params.objectiveId })
}))
