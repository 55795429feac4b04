import { verdictOf } from '../foundation/access/permission.rules.ts'
import { sql, type Transaction } from '../foundation/database/transaction.ts'
import { handle, handleAlone } from '../foundation/http/route.ts'
import { decideProposal } from '../foundation/store/decide-proposal.ts'
import { add, change, end } from '../foundation/store/store.ts'
import { monthOf, monthStart, previousMonth } from '../foundation/values/business-date.ts'
import { ok, refuse } from '../foundation/values/outcome.ts'
import { tryTerms } from './engine-try-indicator.ts'
import { computeIndicators, decideIndicator, listIndicators, proposeIndicator, tryIndicator, type IndicatorChange, type IndicatorShown, type IndicatorTerms } from './indicator.contract.ts'
import { faultOfStart, faultOfTerms, unitOf, type Fault } from './indicator.rules.ts'

/** Definitions as the page shows them; `code` for one of them. */
export async function readIndicators(tx: Transaction, today: string, code?: string): Promise<IndicatorShown[]> {
  const rows = await tx.all(sql<Omit<IndicatorShown, 'unit'>>`
    SELECT i.code, i.version, i.from_date AS "from", i.to_date AS "to", i.name, i.name_en AS "nameEn", i.direction, i.owner, i.terms, i.reason, i.from_date <= ${today} AND (i.to_date IS NULL OR i.to_date > ${today}) AS "inForce",
      (SELECT to_char(max(m.month), 'YYYY-MM') FROM indicator_month m WHERE m.code = i.code) AS "lastMonth"
    FROM indicator i ${code === undefined ? sql`` : sql`WHERE i.code = ${code}`} ORDER BY i.code, i.version DESC`)
  return rows.map((row) => ({ ...row, unit: unitOf(row.terms) }))
}

export const listIndicatorsRoute = handle(listIndicators, async (tx, _input, { businessDate: day, actor, may }) => {
  const mayChange = may('indicator.change')
  const changes = mayChange.allowed ? await tx.asRole('office', () => tx.all(sql<Omit<IndicatorChange, 'may' | 'unit'> & { proposedKey: number }>`
    SELECT c.id, c.code, c.from_date AS "from", c.name, c.name_en AS "nameEn", c.direction, c.owner, c.terms, c.reason, p.staff_name AS "proposedBy", c.proposed_by AS "proposedKey", c.proposed_on AS "proposedOn", c.decision, d.staff_name AS "decidedBy",
      c.decided_on AS "decidedOn", c.decision_note AS "decisionNote"
    FROM indicator_change c JOIN organisation_staff_facts p ON p.staff_key = c.proposed_by LEFT JOIN organisation_staff_facts d ON d.staff_key = c.decided_by ORDER BY c.decision IS NOT NULL, c.proposed_on DESC, c.id DESC LIMIT 30`)) : []
  const products = mayChange.allowed ? await tx.asRole('office', () => tx.all(sql<{ code: string; name: string; nameEn: string; line: string }>`SELECT code, name, name_en AS "nameEn", line FROM holdings_product_facts ORDER BY line, code LIMIT 500`)) : []
  return ok({
    indicators: await readIndicators(tx, day), asOf: day, products, mayChange, mayCompute: mayChange,
    changes: changes.map(({ proposedKey, ...one }) => ({ ...one, unit: unitOf(one.terms), may: one.decision !== null ? verdictOf('decided-already') : proposedKey === actor.staffKey ? verdictOf('same-person') : mayChange })),
  })
})

/** What stands against a definition beginning on a day, or null. */
async function faultOf(tx: Transaction, asked: { code: string; from: string; terms: IndicatorTerms }, today: string): Promise<(Fault & { details?: Record<string, string> }) | null> {
  const fault = faultOfTerms(asked.terms)
  if (fault) return fault
  const last = await tx.maybe(sql<{ from_date: string }>`SELECT from_date FROM indicator WHERE code = ${asked.code} ORDER BY version DESC LIMIT 1`)
  const start = faultOfStart(asked.from, !last, today)
  if (start) return { ...start, details: { month: monthOf(today) } }
  return last && last.from_date >= asked.from ? { name: 'begins-in-the-past', field: 'from', details: { month: monthOf(last.from_date > today ? last.from_date : today) } } : null
}

export const proposeIndicatorRoute = handle(proposeIndicator, async (tx, { body: { id, reason, ...asked } }, { actor, businessDate: day }) => {
  const fault = await faultOf(tx, asked, day)
  if (fault) return refuse(fault.name, { field: fault.field, ...(fault.details ? { details: fault.details } : {}) })
  return tx.asRole('office', async () => {
    if (await tx.maybe(sql`SELECT 1 FROM indicator_change WHERE code = ${asked.code} AND decision IS NULL`)) return refuse('change-waiting', { field: 'code' })
    await add(tx, 'indicator_change', {
      id, code: asked.code, from_date: asked.from, name: asked.name, name_en: asked.nameEn, direction: asked.direction, owner: asked.owner, terms: asked.terms, reason, proposed_by: actor.staffKey, proposed_on: day,
    }, { why: reason, action: 'PROPOSE_INDICATOR' })
    return ok({ id })
  })
})

export const tryIndicatorRoute = handle(tryIndicator, async (tx, { body: { terms } }, { businessDate: day }) => {
  const fault = faultOfTerms(terms)
  if (fault) return refuse(fault.name, { field: fault.field })
  const { currency } = await tx.one(sql<{ currency: string }>`SELECT currency FROM bank`)
  const month = previousMonth(monthOf(day))
  return ok({ month, unit: unitOf(terms), ...await tryTerms(tx, { code: '', terms, month, today: day, currency }) })
})

type Waiting = { code: string; from: string; name: string; nameEn: string; direction: string; owner: string; terms: IndicatorTerms; reason: string; proposedKey: number; decision: string | null }

export const decideIndicatorRoute = handle(decideIndicator, (tx, { params, body }, { actor, businessDate: day }) => tx.asRole('office', async () => {
  const found = await tx.maybe(sql<Waiting>`
    SELECT code, from_date AS "from", name, name_en AS "nameEn", direction, owner, terms, reason, proposed_by AS "proposedKey", decision FROM indicator_change WHERE id = ${params.changeId} FOR UPDATE`)
  const decision = await decideProposal(tx, found, { table: 'indicator_change', id: params.changeId, returned: 'RETURN_INDICATOR', body, staffKey: actor.staffKey, day })
  if (!decision.ok) return decision
  if (!found || decision.value === null) return ok({ id: params.changeId })
  const fault = await faultOf(tx, found, day)
  if (fault) return refuse(fault.name, fault.details ? { details: fault.details } : {})
  await change(tx, 'indicator_change', { id: params.changeId }, decision.value, { why: found.reason, action: 'CONFIRM_INDICATOR' })
  const last = await tx.maybe(sql<{ version: number; to_date: string | null }>`SELECT version, to_date FROM indicator WHERE code = ${found.code} ORDER BY version DESC LIMIT 1`)
  if (last && last.to_date === null) await end(tx, 'indicator', { code: found.code, version: last.version }, { to_date: found.from }, { why: found.reason })
  await add(tx, 'indicator', {
    code: found.code, version: (last?.version ?? 0) + 1, from_date: found.from, name: found.name, name_en: found.nameEn, direction: found.direction, owner: found.owner, terms: found.terms, reason: found.reason,
  }, { why: found.reason })
  return ok({ id: params.changeId })
}))

export const computeIndicatorsRoute = handleAlone(computeIndicators, async ({ body }, { services, actor }) => {
  const { business_date: day } = await services.db.asBatch((tx) => tx.one(sql<{ business_date: string }>`SELECT business_date FROM bank`))
  const late = body.months.find((month) => monthStart(month) > day)
  if (late !== undefined) return refuse('month-in-the-future', { details: { month: late } })
  if (!services.jobs || !actor) return refuse('unavailable')
  return ok({ jobId: await services.jobs.ask('indicators', { months: body.months, ...(body.code === undefined ? {} : { code: body.code }) }, actor.staffKey) })
})
