import { verdictOf } from '../../foundation/access/permission.rules.ts'
import { sql, type Transaction } from '../../foundation/database/transaction.ts'
import { handle, type Context } from '../../foundation/http/route.ts'
import { exact } from '../../foundation/values/decimal.ts'
import { ok, refuse } from '../../foundation/values/outcome.ts'
import { unitOf } from '../indicator.rules.ts'
import { cascadeSums } from './engine-cascade.ts'
import { reachedSoFar } from './engine-target-beside.ts'
import { answeredByCompliance, cascades, unanswered } from './judge-plan.rules.ts'
import { answersOf, findingsOf, inSight, mayAcknowledge, mayOnPlan, nowOf, sideOf } from './keep-plans.ts'
import { readObjectives } from './keep-objectives.ts'
import { getAppraisalPlan, listMyAppraisalPlans, listPlanOptions, listAppraisalPlans, type PlanLine, type TargetShown } from './plan.contract.ts'
import { definitionsFor, nameOf, readPlanRow, readPlans, transferredOn, type Definition, type PlanRow, type StoredTarget } from './read-plan.ts'

type Asker = Pick<Context, 'actor' | 'may'>
/** Whether the next word is this person's. */
function waitsFor(plan: PlanRow, who: Asker): boolean {
  const side = sideOf(plan, who)
  if (side === null) return false
  if (plan.state === 'DRAFT') return plan.madeBy === who.actor.staffKey
  const agreed = nowOf(plan, who).agreed
  // whoever asked for other targets, or agreed, has spoken; of the owner’s side it is the one who made the plan (the same in performance_agenda_facts)
  const next = plan.lastKind === 'ASK_OTHER' || agreed === 'HOLDER' ? 'OWNER' : 'HOLDER'
  return plan.state === 'NEGOTIATED' && side === next && (side === 'HOLDER' || plan.madeBy === who.actor.staffKey)
}
const head = (plan: PlanRow, who: Asker) => ({
  id: plan.id, scheme: plan.scheme, schemeName: plan.schemeName, from: plan.from, to: plan.to, unitName: plan.unitName, person: plan.staffKey === null ? null : { staffKey: plan.staffKey, name: plan.staffName ?? '', staffNo: plan.staffNo ?? '' }, holderName: plan.holderName, parentId: plan.parentId, state: plan.state, version: plan.version,
  waitsForMe: waitsFor(plan, who),
})

/** Most plans of one page: a bank's tree is opened by branch. */
const most = 400

export const listAppraisalPlansRoute = handle(listAppraisalPlans, (tx, { query }, who) => inSight(tx, who, async () => {
  const { businessDate, may } = who
  const years = (await tx.all(sql<{ year: number }>`SELECT DISTINCT year FROM appraisal_plan ORDER BY year DESC LIMIT 20`)).map((row) => row.year)
  const year = query.year ?? years.find((one) => one <= Number(businessDate.slice(0, 4))) ?? Number(businessDate.slice(0, 4))
  const rows = await readPlans(tx, sql`p.year = ${year} AND l.state <> 'WITHDRAWN'`, most + 1)
  const shown = rows.slice(0, most)
  const definitions = await definitionsFor(tx, { from: `${year}-01-01`, to: `${year + 1}-01-01` })
  // what the plans below ask together: of the plans that one sees the sums are whole, for one sees the whole line
  const sums = new Map<string, ReturnType<typeof exact>>()
  for (const row of shown) {
    for (const item of row.targets) {
      const terms = definitions.get(item.indicator)?.terms
      if (row.parentId === null || item.target === null || !terms || !cascades(terms)) continue
      const key = `${row.parentId} ${item.indicator}`
      sums.set(key, (sums.get(key) ?? exact('0')).plus(exact(item.target)))
    }
  }
  const known = new Set(shown.map((row) => row.id))
  const depthOf = (row: PlanRow): number => (row.parentId === null || !known.has(row.parentId) ? 0 : 1 + depthOf(shown.find((one) => one.id === row.parentId) ?? { ...row, parentId: null }))
  const plans: PlanLine[] = shown.map((row) => ({
    ...head(row, who), depth: Math.min(depthOf(row), 6), kpis: row.targets.length, findings: 0,
    targets: row.targets.flatMap((item) => {
      const definition = definitions.get(item.indicator)
      if (item.target === null || !definition) return []
      const below = sums.get(`${row.id} ${item.indicator}`)
      return [{ indicator: item.indicator, name: nameOf(definitions, item.indicator), unit: unitOf(definition.terms), target: item.target, sumBelow: below ? below.toFixed(2) : null, weight: item.weight }]
    }),
  }))
  const authorisations = await tx.all(sql<{ id: string; indicator: string | null; scheme: string | null; unitName: string; factor: string | null; from: string; to: string; number: string; reason: string; givenBy: string; givenOn: string }>`
    SELECT a.id, a.indicator, a.scheme_code AS scheme, coalesce((SELECT f.name FROM organisation_institution_facts f WHERE f.institution_key = a.unit_key ORDER BY f.from_date DESC LIMIT 1), '') AS "unitName", trim_scale(a.factor)::text AS factor, a.from_date AS "from", a.to_date AS "to", a.number, a.reason, p.staff_name AS "givenBy", a.given_on AS "givenOn"
    FROM head_office_authorisation a JOIN organisation_staff_facts p ON p.staff_key = a.given_by WHERE a.to_date > ${`${year}-01-01`}::date AND a.from_date < ${`${year + 1}-01-01`}::date ORDER BY a.given_on DESC, a.id DESC LIMIT 100`)
  const { currency } = await tx.one(sql<{ currency: string }>`SELECT currency FROM bank`)
  const objectives = await readObjectives(tx, year)
  return ok({
    year, years: years.length === 0 ? [year] : years, plans: inTree(plans), mayMake: may('appraisal-plan.keep'), mayAuthorise: may('appraisal-plan.authorise'), authorisations: authorisations.map((row) => ({ ...row, name: row.indicator === null ? { zh: `方案 ${row.scheme ?? ''}`, en: `Scheme ${row.scheme ?? ''}` } : nameOf(definitions, row.indicator) })),
    objectivesWithoutKpi: objectives.filter((one) => one.endedOn === null && one.kpis === 0).length, more: rows.length > most, currency,
  })
}))

/** Each plan below the one it belongs to. */
function inTree(plans: readonly PlanLine[]): PlanLine[] {
  const known = new Set(plans.map((plan) => plan.id))
  const below = (id: string): PlanLine[] => plans.filter((plan) => plan.parentId === id).flatMap((plan) => [plan, ...below(plan.id)])
  return plans.filter((plan) => plan.parentId === null || !known.has(plan.parentId)).flatMap((plan) => [plan, ...below(plan.id)])
}

export const listMyAppraisalPlansRoute = handle(listMyAppraisalPlans, async (tx, _input, who) => {
  const rows = await tx.asRole('self', () => readPlans(tx, sql`p.holder_key = ${who.actor.staffKey} AND l.state NOT IN ('DRAFT', 'WITHDRAWN')`, 40))
  return ok({ plans: rows.sort((a, b) => (a.from < b.from ? 1 : -1)).map((row) => ({ ...head(row, who), kpis: row.targets.length })) })
})

type StepRow = { place: number; kind: string; state: PlanRow['state']; by: string | null; on: string; note: string | null; orderNo: string | null; windowUntil: string | null; targets: StoredTarget[] | null }

export const getAppraisalPlanRoute = handle(getAppraisalPlan, (tx, { params }, who) => inSight(tx, who, async () => {
  const plan = await readPlanRow(tx, params.planId)
  // a draft is its owner's until it is proposed
  if (!plan || (plan.state === 'DRAFT' && sideOf(plan, who) === 'HOLDER')) return refuse('not-found')
  const definitions = await definitionsFor(tx, plan)
  const { currency } = await tx.one(sql<{ currency: string }>`SELECT currency FROM bank`)
  const objectives = await readObjectives(tx, plan.year)
  const asked = plan.targets.map((item) => ({ indicator: item.indicator, target: item.target, terms: item.target === null ? undefined : (definitions.get(item.indicator)?.terms ?? null) }))
  const sums = await cascadeSums(tx, plan, asked)
  const actual = await reachedSoFar(tx, plan, plan, asked.flatMap(({ indicator, terms }) => (terms ? [{ indicator, terms }] : [])))
  const chainOf = (id: string | null): TargetShown['chain'] => {
    const found = objectives.find((one) => one.id === id)
    return found ? [{ id: found.id, code: found.code, title: found.title, titleEn: found.titleEn, unitName: found.unitName }, ...chainOf(found.parentId)] : []
  }
  const targets = plan.targets.map((item): TargetShown => {
    const definition = definitions.get(item.indicator)
    const [above, below] = [sums.above.find((one) => one.indicator === item.indicator), sums.below.find((one) => one.indicator === item.indicator)]
    const total = (list: readonly string[]): string => list.reduce((sum, one) => sum.plus(exact(one)), exact('0')).toFixed(2)
    return {
      indicator: item.indicator, name: nameOf(definitions, item.indicator), unit: item.target === null || !definition ? null : unitOf(definition.terms), adds: definition ? cascades(definition.terms) : false, direction: definition?.direction ?? 'UP', weight: item.weight, cls: item.cls,
      target: item.target, split: item.split, parts: item.parts, note: item.note, beside: item.beside, objectiveId: item.objectiveId, chain: chainOf(item.objectiveId), above: above ? { target: above.parent, sum: total(above.children) } : null, below: below ? { sum: total(below.children), plans: below.children.length } : null,
      actual: actual.get(item.indicator) ?? null,
    }
  })
  const judged = plan.state === 'DRAFT' || plan.state === 'NEGOTIATED' ? await findingsOf(tx, plan, plan.targets, definitions) : await findingsAtLock(tx, plan.id)
  const answers = await answersOf(tx, plan.id)
  const steps = await tx.all(sql<StepRow>`
    SELECT s.place, s.kind, s.state, p.staff_name AS by, s.done_on AS "on", s.note, s.order_no AS "orderNo", s.window_until AS "windowUntil", s.targets FROM plan_step s LEFT JOIN organisation_staff_facts p ON p.staff_key = s.done_by WHERE s.plan_id = ${plan.id} ORDER BY s.place`)
  const side = sideOf(plan, who)
  const transfers = plan.staffKey !== null && side === 'OWNER' ? await tx.all(sql<{ postKey: number; from: string; name: string; orderNo: string | null }>`
    SELECT DISTINCT ON (o.post_key) o.post_key AS "postKey", o.from_date AS "from", f.post_name || ' · ' || f.line_name AS name, o.order_no AS "orderNo" FROM organisation_transfer_facts o JOIN organisation_post_facts f ON f.post_key = o.post_key
    WHERE o.staff_key = ${plan.staffKey} AND o.post_key <> ${plan.postKey ?? 0} AND o.from_date > ${plan.from}::date AND o.from_date < ${plan.to}::date ORDER BY o.post_key, f.from_date`) : []
  const links = await tx.maybe(sql<{ parentName: string | null; followedBy: string | null }>`
    SELECT (SELECT f.name FROM appraisal_plan u JOIN organisation_institution_facts f ON f.institution_key = u.unit_key WHERE u.id = ${plan.parentId}::uuid ORDER BY f.from_date DESC LIMIT 1) AS "parentName", (SELECT n.id FROM appraisal_plan n WHERE n.follows_id = ${plan.id}::uuid LIMIT 1) AS "followedBy"`)
  const writes = side !== null && (plan.state === 'DRAFT' || plan.state === 'NEGOTIATED')
  const may = mayOnPlan(plan, who)
  const waiting = unanswered(judged, answers)
  return ok({
    plan: {
      ...head(plan, who), parentName: links?.parentName ?? null, follows: plan.followsId, followedBy: links?.followedBy ?? null, transferredOn: transferredOn(plan), agreed: nowOf(plan, who).agreed, mine: side === 'HOLDER', transfers,
      may: {
        ...may, AGREE: may.AGREE.allowed && judged.some((one) => one.level === 'REFUSE') ? verdictOf('validator-refuses') : may.AGREE.allowed && waiting.length > 0 ? verdictOf('warnings-open') : may.AGREE,
        acknowledge: who.may('appraisal-plan.acknowledge'),
        ...Object.fromEntries(waiting.map((one) => [`acknowledge ${one.code} ${one.indicator}`, mayAcknowledge(plan, who, one.code)])),
      },
    },
    targets, currency,
    findings: judged.map((one) => {
      const answer = answers.find((given) => given.code === one.code && given.indicator === one.indicator && given.value === one.value)
      return { ...one, indicatorName: one.indicator === '' ? null : nameOf(definitions, one.indicator), answer: answer ? { reason: answer.reason, by: answer.by, on: answer.on } : null, byCompliance: answeredByCompliance(one.code) }
    }),
    steps: steps.map(({ targets: set, ...row }, place) => ({ ...row, changes: set === null ? [] : changesOf(before(steps, place), set, definitions) })),
    indicators: writes ? [...definitions.values()].map((one) => ({ code: one.code, name: { zh: one.name, en: one.nameEn }, unit: unitOf(one.terms), direction: one.direction })) : [],
    objectives: writes ? objectives.filter((one) => one.endedOn === null).map(({ id, code, title, titleEn }) => ({ id, code, title, titleEn })) : [],
  })
}))

const before = (steps: readonly StepRow[], place: number): StoredTarget[] | null => steps.slice(0, place).findLast((row) => row.targets !== null)?.targets ?? null

/** What a step set otherwise than the targets before it. */
function changesOf(was: readonly StoredTarget[] | null, is: readonly StoredTarget[], definitions: ReadonlyMap<string, Definition>) {
  if (was === null) return []
  return [...new Set([...was, ...is].map((item) => item.indicator))].flatMap((indicator) => {
    const [from, to] = [was.find((item) => item.indicator === indicator)?.target ?? null, is.find((item) => item.indicator === indicator)?.target ?? null]
    const definition = definitions.get(indicator)
    return from === to ? [] : [{ indicator, name: nameOf(definitions, indicator), unit: definition ? unitOf(definition.terms) : null, from, to }]
  })
}

/** What the validator had found when the plan was locked: a locked plan is not judged anew. */
async function findingsAtLock(tx: Transaction, planId: string) {
  const row = await tx.maybe(sql<{ findings: Awaited<ReturnType<typeof findingsOf>> }>`SELECT findings FROM plan_step WHERE plan_id = ${planId} AND kind IN ('LOCK', 'AGREE', 'PROPOSE') ORDER BY place DESC LIMIT 1`)
  return row?.findings ?? []
}

export const listPlanOptionsRoute = handle(listPlanOptions, (tx, { query }, who) => inSight(tx, who, async () => {
  const { actor, may, businessDate } = who
  const parent = query.parentId === undefined ? null : ((await readPlanRow(tx, query.parentId)) ?? null)
  if (query.parentId !== undefined && parent === null) return refuse('not-found')
  const day = parent !== null && parent.from > businessDate ? parent.from : businessDate
  const wide = may('appraisal-plan.read-all').allowed || actor.breadth === 'ALL'
  const root = parent?.unitPath ?? (wide ? null : actor.linePath)
  const inForce = sql`f.from_date <= ${day}::date AND (f.to_date IS NULL OR f.to_date > ${day}::date)`
  const mine = wide ? sql`true` : sql`(f.scope_path = ${actor.linePath} OR starts_with(f.scope_path, ${actor.linePath} || '.'))`
  const units = await tx.all(sql<{ key: number; name: string; headName: string }>`
    SELECT f.institution_key AS key, f.name, h.staff_name AS "headName" FROM organisation_institution_facts f
    JOIN LATERAL (SELECT p.staff_name FROM organisation_post_facts p WHERE p.line_key = f.institution_key AND p.post_code IN ('TEAM_LEAD', 'OUTLET_HEAD', 'BRANCH_HEAD', 'BANK_LEADER') AND p.staff_key <> ${actor.staffKey} AND p.from_date <= ${day}::date AND (p.to_date IS NULL OR p.to_date > ${day}::date)
      ORDER BY array_position(ARRAY['BANK_LEADER', 'BRANCH_HEAD', 'OUTLET_HEAD', 'TEAM_LEAD'], p.post_code), p.staff_no LIMIT 1) h ON true
    WHERE ${inForce} AND ${mine} ${root === null ? sql`` : sql`AND starts_with(f.scope_path, ${root} || '.')`}
      AND NOT EXISTS (SELECT FROM appraisal_plan a WHERE a.unit_key = f.institution_key AND a.staff_key IS NULL ${parent === null ? sql`AND a.year = ${Number(day.slice(0, 4))}` : sql`AND a.from_date = ${parent.from}::date AND a.to_date = ${parent.to}::date AND a.scheme_code = ${parent.scheme}`})
    ORDER BY f.scope_path LIMIT 200`)
  const people = await tx.all(sql<{ staffKey: number; staffNo: string; name: string; unitName: string }>`
    SELECT DISTINCT f.staff_key AS "staffKey", f.staff_no AS "staffNo", f.staff_name AS name, f.line_name AS "unitName" FROM organisation_post_facts f
    WHERE ${inForce} AND f.main AND f.post_code IN ('RM', 'TEAM_LEAD', 'LOBBY') AND f.staff_key <> ${actor.staffKey} AND ${wide ? sql`true` : sql`(f.line_path = ${actor.linePath} OR starts_with(f.line_path, ${actor.linePath} || '.'))`}
      ${root === null ? sql`` : sql`AND (f.line_path = ${root} OR starts_with(f.line_path, ${root} || '.'))`}
      AND NOT EXISTS (SELECT FROM appraisal_plan a WHERE a.staff_key = f.staff_key AND a.post_key = f.post_key ${parent === null ? sql`AND a.year = ${Number(day.slice(0, 4))}` : sql`AND a.from_date = ${parent.from}::date AND a.to_date = ${parent.to}::date AND a.scheme_code = ${parent.scheme}`})
    ORDER BY 2 LIMIT 500`)
  const schemes = await tx.all(sql<{ code: string; name: string; nameEn: string }>`SELECT DISTINCT ON (code) code, name, name_en AS "nameEn" FROM scheme ORDER BY code, version DESC`)
  return ok({ units, people, schemes, parent: parent && { id: parent.id, name: parent.unitName, scheme: parent.scheme, from: parent.from, to: parent.to } })
}))
