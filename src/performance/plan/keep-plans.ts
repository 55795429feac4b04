import { unless, verdictOf, type Verdict } from '../../foundation/access/permission.rules.ts'
import { inKnownDays } from '../../foundation/calendar/read-calendar.ts'
import { sql, type Sql, type Transaction } from '../../foundation/database/transaction.ts'
import { handle, type Context } from '../../foundation/http/route.ts'
import { add } from '../../foundation/store/store.ts'
import { exact } from '../../foundation/values/decimal.ts'
import { ok, refuse, type Outcome } from '../../foundation/values/outcome.ts'
import { cascadeSums } from './engine-cascade.ts'
import { besideTargets } from './engine-target-beside.ts'
import { answeredByCompliance, judgePlan, unanswered, type Finding, type JudgedItem } from './judge-plan.rules.ts'
import { findingText } from './finding-text.rules.ts'
import { acknowledgeFinding, actOnAppraisalPlan, giveAuthorisation, makeAppraisalPlan, type PlanItem } from './plan.contract.ts'
import { stepOf, type PlanAct, type PlanNow, type Side } from './plan-step.rules.ts'
import { prorateParts, spreadTarget } from './plan-target.rules.ts'
import { definitionsFor, readPlanRow, transferredOn, type Definition, type PlanRow, type StoredTarget } from './read-plan.ts'

type Who = Pick<Context, 'actor' | 'businessDate' | 'may'>

/** Reads and writes of plans go by one's own sight; the offices see all of them. */
export const inSight = <T>(tx: Transaction, { may }: Pick<Context, 'may'>, work: () => Promise<T>): Promise<T> => (may('appraisal-plan.read-all').allowed ? tx.asRole('office', work) : work())

/** Which side a person takes: who is appraised, or who leads the line above him (the offices and the bank's leaders do for everybody). */
export function sideOf(plan: Pick<PlanRow, 'holderKey' | 'scopePath' | 'staffKey'>, { actor, may }: Pick<Context, 'actor' | 'may'>): Side {
  if (plan.holderKey === actor.staffKey) return 'HOLDER'
  if (!may('appraisal-plan.keep').allowed) return null
  if (may('appraisal-plan.read-all').allowed || actor.breadth === 'ALL') return 'OWNER'
  return plan.scopePath === actor.linePath || plan.scopePath.startsWith(`${actor.linePath}.`) ? 'OWNER' : null
}
export function nowOf(plan: PlanRow, who: Pick<Context, 'actor' | 'may'>): PlanNow {
  return { state: plan.state, side: sideOf(plan, who), agreed: plan.agreedBy === null ? null : plan.agreedBy === plan.holderKey ? 'HOLDER' : 'OWNER', person: plan.staffKey !== null, transferred: plan.transferred }
}
/** What a person may do with a plan now, with the reason why not. */
export function mayOnPlan(plan: PlanRow, who: Pick<Context, 'actor' | 'may'>): Record<PlanAct, Verdict> {
  const of = (act: PlanAct): Verdict => {
    const step = stepOf(nowOf(plan, who), act)
    return verdictOf(step.ok ? null : step.refusal.name)
  }
  return { DRAFT: of('DRAFT'), PROPOSE: of('PROPOSE'), ASK_OTHER: of('ASK_OTHER'), ANSWER: of('ANSWER'), AGREE: of('AGREE'), TRANSFER: of('TRANSFER'), PAY: of('PAY'), WITHDRAW: of('WITHDRAW') }
}

type Period = { from: string; to: string }
type Whole = Period & { id: string; scheme: string; unitKey: number; unitName: string; unitPath: string; staffKey: number | null; parentId: string | null }

/** Items as they are kept: spread over the parts of the period, with what stands beside each. A spread that does not fit is kept as it was written: the validator says so. */
async function storedItems(tx: Transaction, plan: Whole, items: readonly PlanItem[], definitions: ReadonlyMap<string, Definition>): Promise<Outcome<StoredTarget[]>> {
  const seen = new Set<string>()
  const objectives = await tx.all(sql<{ id: string }>`SELECT id FROM strategy_objective WHERE ended_on IS NULL AND id = ANY(${items.flatMap((item) => item.objectiveId ?? [])}::uuid[])`)
  for (const item of items) {
    if (seen.has(item.indicator)) return refuse('item-twice', { field: 'items', details: { code: item.indicator } })
    seen.add(item.indicator)
    if (item.objectiveId !== null && !objectives.some((one) => one.id === item.objectiveId)) return refuse('no-such-objective', { field: 'items', details: { code: item.indicator } })
  }
  const beside = await besideTargets(tx, plan, plan, items.map((item) => ({ indicator: item.indicator, target: item.target, terms: item.target === null ? undefined : (definitions.get(item.indicator)?.terms ?? null) })))
  return ok(items.map((item) => {
    const target = item.target === null ? null : exact(item.target).toFixed(2)
    const terms = definitions.get(item.indicator)?.terms
    const spread = target === null || !terms ? null : spreadTarget(target, plan, item.split, terms, item.parts)
    const parts = spread?.ok ? spread.parts : target === null ? [] : (item.parts ?? [target]).map((part) => ({ from: plan.from, to: plan.to, target: exact(part).toFixed(2) }))
    return { indicator: item.indicator, objectiveId: item.objectiveId, weight: exact(item.weight).toFixed(2), cls: item.cls, target, split: item.split, parts, note: item.note, beside: beside.get(item.indicator) ?? { lastYear: null, peers: null, peerMedian: null, peerGrowth: null, growth: null } }
  }))
}

/** What the validator finds in targets that a plan has or would have. */
export async function findingsOf(tx: Transaction, plan: Omit<Whole, 'scheme' | 'unitPath' | 'staffKey'>, targets: readonly StoredTarget[], definitions: ReadonlyMap<string, Definition>): Promise<Finding[]> {
  const terms = (item: StoredTarget) => (item.target === null ? undefined : (definitions.get(item.indicator)?.terms ?? null))
  const judged: JudgedItem[] = targets.map((item) => ({
    indicator: item.indicator, terms: terms(item), direction: definitions.get(item.indicator)?.direction ?? 'UP', objective: item.objectiveId !== null, weight: item.weight, cls: item.cls, target: item.target, split: item.split,
    parts: item.parts.map((part) => part.target), lastYear: item.beside.lastYear, peerGrowth: item.beside.peerGrowth,
  }))
  const { above, below } = await cascadeSums(tx, plan, targets.map((item) => ({ indicator: item.indicator, target: item.target, terms: terms(item) })))
  return judgePlan(judged, [...above, ...below], plan)
}

export const answersOf = (tx: Transaction, planId: string) => tx.all(sql<{ code: string; indicator: string; value: string; reason: string; by: string; on: string }>`
  SELECT a.code, a.indicator, a.value, a.reason, p.staff_name AS by, a.done_on AS "on" FROM plan_acknowledgement a JOIN organisation_staff_facts p ON p.staff_key = a.done_by WHERE a.plan_id = ${planId}`)

type Head = { staffKey: number; postKey: number | null; path: string }
/** Who agrees for whom: the person in his main post of the period's begin (or today), the head of the unit. */
async function holderOf(tx: Transaction, body: { unitKey: number | null; staffKey: number | null }, day: string): Promise<(Head & { unitKey: number; unitName: string; unitPath: string }) | 'no-such-holder' | 'unit-without-head'> {
  const inForce = (column: string): Sql => sql`${sql.ref(`${column}.from_date`)} <= ${day}::date AND (${sql.ref(`${column}.to_date`)} IS NULL OR ${sql.ref(`${column}.to_date`)} > ${day}::date)`
  if (body.staffKey !== null) {
    const found = await tx.maybe(sql<Head & { unitKey: number; unitName: string; unitPath: string }>`
      SELECT f.staff_key AS "staffKey", f.post_key AS "postKey", f.line_path AS path, f.line_key AS "unitKey", f.line_name AS "unitName", f.line_path AS "unitPath" FROM organisation_post_facts f WHERE f.staff_key = ${body.staffKey} AND ${inForce('f')} ORDER BY f.main DESC, f.post_key DESC LIMIT 1`)
    return found ?? 'no-such-holder'
  }
  const unit = await tx.maybe(sql<{ unitKey: number; unitName: string; unitPath: string }>`SELECT f.institution_key AS "unitKey", f.name AS "unitName", f.scope_path AS "unitPath" FROM organisation_institution_facts f WHERE f.institution_key = ${body.unitKey} AND ${inForce('f')} LIMIT 1`)
  if (!unit) return 'no-such-holder'
  const head = await tx.maybe(sql<{ staffKey: number }>`
    SELECT f.staff_key AS "staffKey" FROM organisation_post_facts f WHERE f.line_key = ${body.unitKey} AND f.post_code IN ('TEAM_LEAD', 'OUTLET_HEAD', 'BRANCH_HEAD', 'BANK_LEADER') AND ${inForce('f')}
    ORDER BY array_position(ARRAY['BANK_LEADER', 'BRANCH_HEAD', 'OUTLET_HEAD', 'TEAM_LEAD'], f.post_code), f.staff_no LIMIT 1`)
  return head ? { ...unit, staffKey: head.staffKey, postKey: null, path: unit.unitPath } : 'unit-without-head'
}

export const makeAppraisalPlanRoute = handle(makeAppraisalPlan, (tx, { body }, who) => inSight(tx, who, async () => {
  if ((body.unitKey === null) === (body.staffKey === null)) return refuse('one-of-two')
  const before = body.followsId === null ? null : (await tx.asRole('engine', () => readPlanRow(tx, body.followsId ?? '')))
  if (before === undefined || (before !== null && before.staffKey !== body.staffKey)) return refuse('parent-does-not-fit', { field: 'followsId' })
  // the plan of the new post begins where that of the former one ended
  const begins = body.from.endsWith('-01') || (before !== null && transferredOn(before) === body.from)
  if (!begins || !body.to.endsWith('-01') || body.to <= body.from) return refuse('wrong-period', { field: 'to' })
  const day = body.from > who.businessDate ? body.from : who.businessDate
  const holder = await holderOf(tx, body, day)
  if (typeof holder === 'string') return refuse(holder, { field: body.staffKey === null ? 'unitKey' : 'staffKey' })
  if (holder.staffKey === who.actor.staffKey) return refuse('own-plan')
  if (sideOf({ holderKey: holder.staffKey, scopePath: holder.path, staffKey: body.staffKey }, who) !== 'OWNER') return refuse('no-such-holder', { field: 'staffKey' })
  const parent = body.parentId === null ? null : (await tx.asRole('engine', () => readPlanRow(tx, body.parentId ?? '')))
  const fits = parent === null || (parent !== undefined && parent.scheme === body.scheme && parent.staffKey === null && parent.from <= body.from && parent.to >= body.to && parent.state !== 'WITHDRAWN' && (holder.path === parent.unitPath ? body.staffKey !== null : holder.path.startsWith(`${parent.unitPath}.`)))
  if (!fits) return refuse('parent-does-not-fit', { field: 'parentId' })
  const there = await tx.asRole('engine', () => tx.maybe(sql`
    SELECT 1 FROM appraisal_plan p WHERE p.scheme_code = ${body.scheme} AND p.from_date = ${body.from}::date AND p.to_date = ${body.to}::date AND ${body.staffKey === null ? sql`p.staff_key IS NULL AND p.unit_key = ${body.unitKey}` : sql`p.staff_key = ${body.staffKey} AND p.post_key = ${holder.postKey}`}`))
  if (there) return refuse('plan-there')
  const plan: Whole = { id: body.id, scheme: body.scheme, from: body.from, to: body.to, unitKey: holder.unitKey, unitName: holder.unitName, unitPath: holder.unitPath, staffKey: body.staffKey, parentId: body.parentId }
  const items = await storedItems(tx, plan, body.items, await definitionsFor(tx, plan))
  if (!items.ok) return items
  const shared = { holder_key: holder.staffKey, scope_path: holder.path }
  await add(tx, 'appraisal_plan', {
    id: body.id, scheme_code: body.scheme, year: Number(body.from.slice(0, 4)), from_date: body.from, to_date: body.to, unit_key: holder.unitKey, staff_key: body.staffKey, post_key: holder.postKey, parent_id: body.parentId, follows_id: body.followsId, made_by: who.actor.staffKey, made_on: who.businessDate, ...shared,
  }, { why: null, action: 'MAKE_APPRAISAL_PLAN' })
  await add(tx, 'plan_step', { plan_id: body.id, place: 1, kind: 'DRAFT', state: 'DRAFT', targets: items.value, targets_place: 1, done_by: who.actor.staffKey, done_on: who.businessDate, staff_key: body.staffKey, ...shared }, { why: null, action: 'PLAN_DRAFT' })
  return ok({ id: body.id })
}))

const sameTargets = (a: readonly StoredTarget[], b: readonly StoredTarget[]): boolean => {
  const told = (list: readonly StoredTarget[]): string => JSON.stringify(list.map(({ indicator, objectiveId, weight, cls, target, split, parts }) => [indicator, objectiveId, weight, cls, target, split, parts.map((part) => part.target)]))
  return told(a) === told(b)
}

export const actOnAppraisalPlanRoute = handle(actOnAppraisalPlan, (tx, { params, body }, who) => inSight(tx, who, () => inKnownDays(async () => {
  // two at once for one plan wait for each other; the key of a step holds the same
  await tx.run(sql`SELECT pg_advisory_xact_lock(hashtextextended(${`appraisal plan ${params.planId}`}, 13))`)
  const plan = await readPlanRow(tx, params.planId)
  if (!plan) return refuse('not-found')
  const decided = stepOf(nowOf(plan, who), body.act)
  if (!decided.ok) return decided
  const { kind, state } = decided.value
  const setsTargets = body.act === 'DRAFT' || body.act === 'ASK_OTHER' || body.act === 'ANSWER'
  if (setsTargets && body.items === null) return refuse('items-missing', { field: 'items' })
  if ((body.act === 'ASK_OTHER' || body.act === 'WITHDRAW') && body.note === '') return refuse('reason-missing', { field: 'note' })
  const definitions = await definitionsFor(tx, plan)
  const transfer = body.act === 'TRANSFER' ? await transferredTargets(tx, plan, body, definitions) : null
  if (transfer && !transfer.ok) return transfer
  const written = setsTargets && body.items !== null ? await storedItems(tx, plan, body.items, definitions) : null
  if (written && !written.ok) return written
  const set = transfer?.value.targets ?? written?.value ?? null
  if (body.act === 'ASK_OTHER' && set !== null && sameTargets(set, plan.targets)) return refuse('nothing-changed', { field: 'items' })
  const targets = set ?? plan.targets
  // the validator speaks when a plan is proposed, when figures change in negotiation, and when it is locked
  const judges = kind === 'PROPOSE' || kind === 'ANSWER' || kind === 'ASK_OTHER' || kind === 'AGREE' || kind === 'LOCK'
  const findings = judges ? await findingsOf(tx, plan, targets, definitions) : []
  const against = findings.filter((one) => one.level === 'REFUSE')
  // the one who is appraised may ask for a figure that the owner could not agree to: it is judged when it is agreed
  const [first] = against
  if (first && kind !== 'ASK_OTHER') {
    const told = findingText(first)
    return refuse('validator-refuses', { details: { count: String(against.length), code: first.code, indicator: first.indicator, first: told.zh, firstEn: told.en } })
  }
  if (kind === 'AGREE' || kind === 'LOCK') {
    const open = unanswered(findings, await answersOf(tx, plan.id))
    if (open.length > 0) return refuse('warnings-open', { details: { count: String(open.length) } })
  }
  const place = plan.place + 1
  const version = plan.version ?? (kind === 'LOCK' ? 1 : null)
  const agreement = kind === 'LOCK' ? await tx.one(sql<{ place: number; done_by: number }>`SELECT place, done_by FROM plan_step WHERE plan_id = ${plan.id} AND kind = 'AGREE' AND targets_place = ${plan.targetsPlace} ORDER BY place LIMIT 1`) : null
  await add(tx, 'plan_step', {
    plan_id: plan.id, place, kind, state, after_place: plan.place, after_state: plan.state, ...(set === null ? { targets_place: plan.targetsPlace, kept_place: plan.targetsPlace } : { targets: set, targets_place: place }),
    version: kind === 'TRANSFER' && version !== null ? version + 1 : version, ...(agreement ? { agreed_place: agreement.place, agreed_kind: 'AGREE', agreed_by: agreement.done_by } : {}),
    ...(transfer ? { transfer_post_key: body.transferPostKey, transfer_staff_key: plan.staffKey, order_no: transfer.value.orderNo } : {}),
    findings: findings.map((one) => ({ ...one })), note: body.note === '' ? null : body.note, done_by: who.actor.staffKey, done_on: who.businessDate, holder_key: plan.holderKey, staff_key: plan.staffKey, scope_path: plan.scopePath,
  }, { why: body.note === '' ? null : body.note, action: `PLAN_${kind}` })
  return ok({ id: plan.id, state, kind })
})))

/** The targets of the former post for its days: only when the organisation knows the transfer, inside of the period. */
async function transferredTargets(tx: Transaction, plan: PlanRow, body: { transferPostKey: number | null; orderNo: string }, definitions: ReadonlyMap<string, Definition>): Promise<Outcome<{ targets: StoredTarget[]; orderNo: string }>> {
  const post = body.transferPostKey === null ? undefined : await tx.maybe(sql<{ from: string; order: string | null }>`
    SELECT f.from_date AS "from", o.order_no AS "order" FROM organisation_post_facts f LEFT JOIN organisation_transfer_facts o ON o.post_key = f.post_key WHERE f.post_key = ${body.transferPostKey} AND f.staff_key = ${plan.staffKey} AND f.post_key <> ${plan.postKey ?? 0} LIMIT 1`)
  if (!post || post.from <= plan.from || post.from >= plan.to) return refuse('no-such-transfer', { field: 'transferPostKey' })
  const orderNo = body.orderNo === '' ? (post.order ?? '') : body.orderNo
  if (orderNo === '') return refuse('order-missing', { field: 'orderNo' })
  return ok({
    orderNo,
    targets: plan.targets.map((item) => {
      const terms = definitions.get(item.indicator)?.terms
      if (item.target === null || !terms) return item
      const { target, parts } = prorateParts(item.target, item.parts, post.from, terms)
      return { ...item, target, parts }
    }),
  })
}

export const acknowledgeFindingRoute = handle(acknowledgeFinding, (tx, { params, body }, who) => inSight(tx, who, async () => {
  const plan = await readPlanRow(tx, params.planId)
  if (!plan) return refuse('not-found')
  if (plan.holderKey === who.actor.staffKey) return refuse('own-plan')
  const findings = await findingsOf(tx, plan, plan.targets, await definitionsFor(tx, plan))
  const open = unanswered(findings, await answersOf(tx, plan.id)).find((one) => one.code === body.code && one.indicator === body.indicator)
  if (!open) return refuse('no-such-finding')
  const verdict = mayAcknowledge(plan, who, open.code)
  if (!verdict.allowed) return refuse(verdict.reason)
  await add(tx, 'plan_acknowledgement', { plan_id: plan.id, code: open.code, indicator: open.indicator, value: open.value, reason: body.reason, done_by: who.actor.staffKey, done_on: who.businessDate, holder_key: plan.holderKey, scope_path: plan.scopePath }, { why: body.reason, action: 'ACKNOWLEDGE_FINDING' })
  return ok({ id: plan.id })
}))

/** Who answers a warning: compliance for the weights of the classes, for everything else who draws up the plan. */
export function mayAcknowledge(plan: PlanRow, who: Pick<Who, 'actor' | 'may'>, code: string): Verdict {
  const isCompliance = who.actor.postCode === 'COMPLIANCE'
  return unless(who.may('appraisal-plan.acknowledge'), plan.holderKey === who.actor.staffKey ? 'own-plan' : answeredByCompliance(code) ? (isCompliance ? null : 'compliance-answers') : !isCompliance && sideOf(plan, who) === 'OWNER' ? null : 'owner-answers')
}

export const giveAuthorisationRoute = handle(giveAuthorisation, (tx, { body }, { actor, businessDate }) => tx.asRole('office', async () => {
  if ((body.scheme === null) !== (body.indicator !== null && body.factor !== null) || (body.indicator === null) !== (body.factor === null)) return refuse('one-of-two', { field: 'indicator' })
  if (body.to <= body.from || (body.factor !== null && exact(body.factor).lte(1))) return refuse('wrong-period', { field: 'to' })
  if (!(await tx.maybe(sql`SELECT 1 FROM organisation_institution_facts WHERE institution_key = ${body.unitKey}`))) return refuse('no-such-unit', { field: 'unitKey' })
  if (body.indicator !== null && !(await tx.maybe(sql`SELECT 1 FROM indicator WHERE code = ${body.indicator}`))) return refuse('no-such-indicator', { field: 'indicator', details: { code: body.indicator } })
  await add(tx, 'head_office_authorisation', { id: body.id, indicator: body.indicator, scheme_code: body.scheme, unit_key: body.unitKey, factor: body.factor, from_date: body.from, to_date: body.to, number: body.number, reason: body.reason, given_by: actor.staffKey, given_on: businessDate }, { why: body.reason, action: body.scheme === null ? 'AUTHORISE_CASCADE' : 'AUTHORISE_SCHEME' })
  return ok({ id: body.id })
}))

